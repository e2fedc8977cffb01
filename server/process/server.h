/*
 * server.h: running as a COM server.
 *
 * Layer: server/process.
 */
#ifndef SERVER_H
#define SERVER_H

#include "factory.h"
#include "settings.h"

/* What the server serves. */
struct server_options {
    const CLSID *clsid; /* of Session */
    const GUID *appid;
    factory_make make; /* makes a session */
    const struct settings *settings;
    bool is_worker;        /* ended by the watchdog when a call hangs */
    DWORD first_client_ms; /* how long to wait for the first client */
};

/* Runs the server until its last session is gone. For the process's main thread. */
HRESULT server_run(const struct server_options *options);

/* What servers and workers have in common: standard handles, COM's MTA and security, apartments; and their end. */
HRESULT server_begin(const struct server_options *options);
void server_end(void);

#endif
