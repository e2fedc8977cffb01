/*
 * wine_stubs.h: keeps Wine's RPC from waiting for ever when the last stub of an interface goes.
 *
 * Layer: server/process. Nothing of it is needed, or done, on Windows.
 */
#ifndef WINE_STUBS_H
#define WINE_STUBS_H

#include <windows.h>

/*
 * Under Wine, marshals one object by each of the library's interfaces and those that go with them, and keeps these stubs for
 * the life of the process. Called once by a thread of the multithreaded apartment, after CoInitializeSecurity. Failures are left
 * alone: the server works without.
 */
void wine_stubs_keep(void);

#endif
