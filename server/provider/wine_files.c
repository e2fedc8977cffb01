/*
 * wine_files.c: see wine_files.h. Layer: provider.
 *
 * SQLite gives the place of each access in an OVERLAPPED, and its files are synchronous: the file pointer does as well. Nothing
 * else uses these handles, and SQLite uses each from one thread at a time.
 */
#include "wine_files.h"
#include <sqlite3.h>
#include <stdbool.h>
#include <windows.h>

static bool seek(HANDLE file, const OVERLAPPED *place)
{
    LARGE_INTEGER offset = {.LowPart = place->Offset, .HighPart = (LONG)place->OffsetHigh};
    return SetFilePointerEx(file, offset, NULL, FILE_BEGIN);
}

static BOOL WINAPI read_plain(HANDLE file, void *buffer, DWORD size, DWORD *done, OVERLAPPED *place)
{
    if (place && !seek(file, place))
        return FALSE;
    return ReadFile(file, buffer, size, done, NULL);
}

static BOOL WINAPI write_plain(HANDLE file, const void *buffer, DWORD size, DWORD *done, OVERLAPPED *place)
{
    if (place && !seek(file, place))
        return FALSE;
    return WriteFile(file, buffer, size, done, NULL);
}

static BOOL CALLBACK set_calls(INIT_ONCE *once, void *parameter, void **context)
{
    sqlite3_vfs *vfs;
    (void)once, (void)parameter, (void)context;
    if (!GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") || !(vfs = sqlite3_vfs_find(NULL)) || vfs->iVersion < 3)
        return TRUE;
    vfs->xSetSystemCall(vfs, "ReadFile", (sqlite3_syscall_ptr)(void *)read_plain);
    vfs->xSetSystemCall(vfs, "WriteFile", (sqlite3_syscall_ptr)(void *)write_plain);
    return TRUE;
}

void wine_files_setup(void)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    InitOnceExecuteOnce(&once, set_calls, NULL, NULL);
}
