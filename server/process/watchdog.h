/*
 * watchdog.h: notices member calls that hang.
 *
 * Layer: server/process.
 */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#include <windows.h>
#include <stdbool.h>

/*
 * Watches all apartments: a call that runs longer than that many seconds is written to the event log, once; a worker
 * (end_process) is then ended, because nothing else frees a thread that hangs in MAPI. 0 seconds: no watching.
 */
void watchdog_start(DWORD seconds, bool end_process);

#endif
