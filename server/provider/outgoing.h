/*
 * outgoing.h: the outgoing queue of a mailbox across crashes.
 *
 * Layer: provider, store part. SubmitMessage marks a message as submitted, delivers it and files it. A process that
 * dies between leaves it marked; whoever opens the mailbox for writing next sends it on. Delivery is at least once: a
 * recipient whose copy is still in the receive folder gets no second one, and a pickup file is written over.
 */
#ifndef PROVIDER_OUTGOING_H
#define PROVIDER_OUTGOING_H

#include "store.h"

/* Around everything that a store sends; calls nest. Others may send from the mailbox meanwhile, but nobody takes what is
 * marked for left behind. MAPI_E_TIMEOUT: another process has been sending on what was left for too long. */
HRESULT outgoing_begin(struct store *store);
void outgoing_end(struct store *store);

/* Sends what a process that ended has left submitted, unless another is just sending. What cannot be sent stays in the
 * queue. The caller does not hold the session's lock. */
void outgoing_resume(struct store *store);

#endif
