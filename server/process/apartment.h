/*
 * apartment.h: the STA threads that sessions live on.
 *
 * Layer: server/process. An apartment is a thread with a message loop that is prepared for MAPI. It ends by itself when
 * its last session is gone. The number of apartments is bounded; past the bound sessions share them.
 */
#ifndef APARTMENT_H
#define APARTMENT_H

#include "auto.h"

struct apartment;

/* What is done on each new apartment thread before its first session, and at its end (MAPIInitialize and its end). */
struct apartment_hooks {
    void (*start)(void);
    void (*stop)(void);
    void (*root_changed)(struct auto_object *root, int change); /* +1: was made, -1: is being destroyed */
};

/* Sets the bound (at least 1) and the hooks, which may be NULL. Once, before the first apartment. */
void apartment_setup(unsigned max_apartments, const struct apartment_hooks *hooks);

/*
 * Runs make(context) on an apartment thread that has room for one more session: a new one, or past the bound the
 * one with the fewest. Waits for it and answers what make answered. make creates the root object on it. E_OUTOFMEMORY when no thread can be made.
 */
HRESULT apartment_place(HRESULT (*make)(void *context), void *context);

/* Queues run(context) for the thread of that home, when no member call runs there. False when the thread is ending. */
bool apartment_post(struct auto_home *home, void (*run)(void *context), void *context);

/* The number of apartments, for Diagnostics. */
unsigned apartment_count(void);
/* Waits until all apartments have ended, at most that long. */
bool apartment_wait_all(DWORD milliseconds);

#endif
