/*
 * clients.h: watches the client processes and ends the sessions of one that is gone.
 *
 * Layer: server/process. COM itself finds a dead client only after minutes (Wine never does).
 */
#ifndef CLIENTS_H
#define CLIENTS_H

#include "auto.h"

/*
 * Notes that session (a root object, on whose thread this is called) belongs to the process pid. When that ends,
 * the session is closed and its remote references are cut, on its own thread. A process that cannot be opened (pid 0, a
 * client of higher integrity) is not watched: then COM's own run-down applies.
 */
void clients_attach(struct auto_object *session, DWORD pid);
/* Forgets the session; called on its thread while it is destroyed. */
void clients_forget(struct auto_object *session);
/* The process that a session belongs to; 0 when it is not known. */
DWORD clients_process_of(const struct auto_object *session);
/* Ends all sessions (and other roots that were attached), each on its own thread; does not wait. */
void clients_end_all(void);
/* The number of client processes with sessions, for Diagnostics. */
unsigned clients_count(void);

#endif
