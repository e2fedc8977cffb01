/*
 * settings.h: the server's settings in the registry.
 *
 * Layer: server/process, which hands each value down to the layer that needs it.
 * Values (DWORD) of HKLM\Software\MapiHost; what is absent there is taken from HKCU\Software\MapiHost. Both bitnesses
 * read the 64-bit view. The meanings are documented in registry/README.md.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <windows.h>
#include <stdbool.h>

struct settings {
    DWORD max_stores_per_process; /* MaxStoresPerProcess: store logons that one process opens at most */
    DWORD max_workers;            /* MaxWorkers: worker processes at most; 0 for none */
    DWORD max_apartments;         /* MaxApartments: threads that sessions are spread over */
    DWORD call_timeout;           /* CallTimeout: seconds after which a call counts as hung; 0 for never */
    DWORD linger_time;            /* LingerTime: milliseconds that the server waits for a next client without any */
    bool isolate_sessions;        /* Isolation: 0 shared, 1 a process per session */
    bool separate_connections;    /* UseSeparateConnections: a connection per store logon */
    bool read_only;               /* ReadOnly: refuse everything that changes data */
};

/* Reads them, with the defaults for what is absent and within the allowed ranges. */
void settings_read(struct settings *settings);

#endif
