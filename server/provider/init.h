/*
 * init.h: MAPIInitialize and MAPIUninitialize: who may call, and what the process as a whole has asked for.
 *
 * Layer: provider. MAPIInitialize is counted per thread and per process. A thread that has not called it gets
 * MAPI_E_NOT_INITIALIZED from every object (object_enter asks here). The last MAPIUninitialize of the process
 * invalidates all sessions, frees all store slots and ends the notification thread.
 *
 * thread_queue: calls that must run on a certain thread, from its message loop (a hidden window) or from
 * HrDispatchNotifications: how notifications reach a thread that did not ask for MAPI_MULTITHREAD_NOTIFICATIONS.
 */
#ifndef PROVIDER_INIT_H
#define PROVIDER_INIT_H

#include <stdbool.h>
#include "mapi_abi.h"

/* Whether the calling thread has called MAPIInitialize (or is one of the provider's own). */
bool mapi_thread_initialized(void);
/* Marks a thread that the provider itself runs (notification callbacks may then call MAPI); false takes it back. */
void mapi_thread_adopt(bool own);
/* Whether some thread of the process initialised MAPI with MAPI_MULTITHREAD_NOTIFICATIONS. */
bool mapi_multithread_notifications(void);
/* Called by the last MAPIUninitialize, newest registration first. At most 8 registrations; the same function is
 * registered once. */
void mapi_at_last_uninitialize(void (*call)(void));
/* Changes with every last MAPIUninitialize: what was acquired in an earlier generation is void. */
LONG mapi_generation(void);

struct thread_queue;

/* The calling thread's queue, made on first use, with a reference for the caller. NULL: no memory. */
struct thread_queue *thread_queue_current(void);
void thread_queue_release(struct thread_queue *queue); /* NULL is allowed */
/* Has `call` run on the queue's thread. If the thread is gone or ends first, `drop` (may be NULL) is called instead,
 * on any thread. MAPI_E_NOT_ENOUGH_MEMORY: neither is called. */
HRESULT thread_queue_post(struct thread_queue *queue, void (*call)(void *context), void (*drop)(void *context),
                          void *context);
/* Runs what is queued for the calling thread. */
void thread_queue_dispatch(void);

/* DllMain's part. */
void init_process_attach(HINSTANCE instance);
void init_process_detach(void);
void init_thread_detach(void);

#endif
