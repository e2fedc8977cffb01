/*
 * apartment.h: the STA threads that sessions live on.
 *
 * Layer: server/process. An apartment is a thread with a message loop. One whose last session is gone waits for the next:
 * Wine 8 keeps an RPC endpoint of every apartment that ever was, and a process with more than 63 is not reached any more.
 * The number of apartments is bounded; past the bound sessions share them.
 */
#ifndef APARTMENT_H
#define APARTMENT_H

#include "auto.h"

struct apartment;

/*
 * Sets the bound (at least 1), and what is called on the apartment's thread when a session was made (+1) and while it
 * is destroyed (-1). Once, before the first apartment.
 */
void apartment_setup(unsigned max_apartments, void (*session_changed)(struct auto_object *session, int change));

/*
 * Runs make(context) on an apartment thread that has room for one more session: an empty one, a new one, or past the
 * bound the one with the fewest. Waits for it and answers what make answered. make creates the root object on it.
 * E_OUTOFMEMORY when no thread can be made.
 */
HRESULT apartment_place(HRESULT (*make)(void *context), void *context);

/* Queues run(context) for the thread of that home, when no member call runs there. False when the thread is ending. */
bool apartment_post(struct auto_home *home, void (*run)(void *context), void *context);

/* The number of apartments with sessions, for Diagnostics. */
unsigned apartment_count(void);
/* For the process's end: lets apartments end that have no session, and waits until all have, at most that long. */
bool apartment_end_all(DWORD milliseconds);

#endif
