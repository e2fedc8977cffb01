/*
 * lifetime.h: how long the server process lives.
 *
 * Layer: server/process. It lives while anything holds it: a session, a lock of a client (LockServer), the wait for
 * the first client. After the last one it may linger, so that scripts run one after the other share a server.
 */
#ifndef LIFETIME_H
#define LIFETIME_H

#include <windows.h>
#include <stdbool.h>

/* Once, before the first hold. */
HRESULT lifetime_start(void);
/* Any thread. Every hold is paired with a release. */
void lifetime_hold(void);
void lifetime_release(void);
/*
 * Waits until the process shall end: nothing holds it for linger_ms; or nobody came within first_client_ms of the
 * start. Class objects are suspended then (new activations start a new process).
 */
void lifetime_wait(DWORD first_client_ms, DWORD linger_ms);

#endif
