/*
 * session_workers.h: mailboxes of a session that live in worker processes.
 *
 * Layer: server/object. How a worker is started is the business of server/process, which sets the source.
 */
#ifndef SESSION_WORKERS_H
#define SESSION_WORKERS_H

#include "session.h"

/* Starts and ends workers; set once by the process that may have some. */
struct session_worker_source {
    /* Starts one for the calling thread. *worker is for release; *control has a reference of its own. */
    HRESULT (*start)(void **worker, IMhWorker **control, DWORD *process_id);
    /* Calls ended(context) once on any thread when its process has ended; never after release has returned. */
    HRESULT (*watch)(void *worker, void (*ended)(void *context), void *context);
    /* Lets go of it, and ends its process after that many milliseconds if it has not ended by then. */
    void (*release)(void *worker, DWORD milliseconds);
    DWORD (*client)(const struct auto_object *session); /* the process that a session belongs to; 0: not known */
    unsigned (*count)(void), (*limit)(void);            /* workers of the process now, and at most */
};
void session_workers_setup(const struct session_worker_source *source);

/* A mailbox that was opened in a worker. */
struct session_remote {
    IMhMailbox *mailbox;
    DWORD process_id;
    BSTR store_id;
};
void session_remote_clear(struct session_remote *remote);

/*
 * Opens a mailbox in one of the session's workers, or in a new one. The error, when all are full, is explained with
 * how many mailboxes are open where.
 */
HRESULT session_workers_open(struct session *self, const WCHAR *name, const WCHAR *dn, bool admin,
                             struct session_remote *out);
/* Notes that a mailbox that was opened so is closed. */
void session_workers_closed(struct session *self, DWORD process_id);
/* How many stores are open in which process, and what to do, for an error text; malloc's. NULL: out of memory. */
WCHAR *session_workers_full_text(struct session *self);
/* Closes all workers of the session. */
void session_workers_close(struct session *self);
/* The HRESULT says that the other process is gone. */
bool session_workers_lost(HRESULT hr);

/* In a worker: notes that a mailbox of the client's session lives here, and its end. */
void session_guest_begin(struct session *self, IMhSessionLink *alias);
void session_guest_end(struct session *self);
/* What the Session property of objects below a root answers: for auto_set_session. */
IDispatch *session_alias(struct auto_object *root);

#endif
