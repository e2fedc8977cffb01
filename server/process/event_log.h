/*
 * event_log.h: the Windows event log: privileged opens, calls that hang and the workers that they end.
 *
 * Layer: server/process.
 */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include <windows.h>
#include <stdbool.h>

/* The ids of the events. */
enum event_id {
    EVENT_PRIVILEGED_OPEN = 1,
    EVENT_CALL_HANGS = 2,
};

/*
 * Writes an entry of the source MapiHost in the log Application, and a line of the file that the setting EventFile (text, of
 * HKLM's Software\MapiHost alone) names; format as wprintf's. The user is noted with it.
 */
void event_log_write(enum event_id id, bool warning, const WCHAR *format, ...);
/* The account that this process runs as, "DOMAIN\name". */
void event_log_user(WCHAR *name, size_t count);

#endif
