/*
 * worker.h: further processes of the server: mapihost.exe -Worker.
 *
 * Layer: server/process. A worker is started directly, not through COM (which takes a second under Wine, and needs a class
 * in the registry); it hands its IMhWorker over through a pipe. What it gives out reaches the client as a direct
 * connection.
 */
#ifndef WORKER_H
#define WORKER_H

#include "auto.h"
#include "mapihost.h"
#include "server.h"

/* A running worker, as the process that started it sees it. */
struct worker {
    HANDLE process;
    DWORD process_id;
    IMhWorker *control; /* in the apartment of the thread that started it */
    HANDLE watch;       /* the wait of worker_watch, or NULL, */
    void *watching;     /* and what it calls */
};

/* Sets the bound of workers of this process. */
void worker_setup(unsigned max_workers);
/*
 * Starts a worker; blocks until it serves. A bound worker ends when this process ends; another one lives as long as
 * what it gave out. HRESULT_FROM_WIN32(ERROR_TOO_MANY_MODULES) past the bound, HRESULT_FROM_WIN32(WAIT_TIMEOUT).
 */
HRESULT worker_start(bool bound, struct worker **out);
/* Calls ended(context), once, on any thread, when the process has ended; never after worker_release has returned. */
HRESULT worker_watch(struct worker *worker, void (*ended)(void *context), void *context);
/* Lets go of it; kill_after: milliseconds after which the process is ended if it has not by itself, or INFINITE.
 * NULL-safe. */
void worker_release(struct worker *worker, DWORD kill_after);
unsigned worker_count(void);
unsigned worker_limit(void);

/* The worker's side: serves until the one that started it (parent, 0: none) is gone, or nothing is left. */
HRESULT worker_run(const struct server_options *options, const WCHAR *pipe, DWORD parent);

#endif
