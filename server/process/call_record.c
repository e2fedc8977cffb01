/*
 * call_record.c: a record of the members that were called, for the test that every member is.
 *
 * Layer: server/process. The file is opened and closed for each line, so that a killed process leaves what it wrote.
 */
#include "call_record.h"

#include "auto.h"
#include <stdio.h>
#include <string.h>

#define SLOTS 4096 /* a power of two, about four times the members of the library; when they are full, nothing is added */

/* Member calls that have been written: a hash table by class and function, whose addresses never change. */
static struct {
    const struct auto_class *class;
    const char *function;
} seen[SLOTS];
static SRWLOCK lock = SRWLOCK_INIT;
static WCHAR path[MAX_PATH + 16];

/* "get", "put" or "call", and the name, of a function such as folder_get_Name or folders_get__NewEnum. */
static const char *member_of(const char *function, const char **kind)
{
    const char *name = auto_member_name(function);

    if (name - function > 1 && name[-1] == '_' && name[-2] == '_')
        name--;
    *kind = "call";
    if (name - function >= 4 && !strncmp(name - 4, "get_", 4))
        *kind = "get";
    else if (name - function >= 4 && !strncmp(name - 4, "put_", 4))
        *kind = "put";
    return name;
}

static void write_line(const struct auto_class *class, const char *function)
{
    const char *kind, *name = member_of(function, &kind);
    char line[200];
    DWORD written;
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    int length = snprintf(line, sizeof line, "%ls %s %s\r\n", class->name, kind, name);

    if (file == INVALID_HANDLE_VALUE)
        return;
    if (length > 0 && length < (int)sizeof line)
        WriteFile(file, line, (DWORD)length, &written, NULL);
    CloseHandle(file);
}

static void record(const struct auto_class *class, const char *function)
{
    size_t slot = (((size_t)class >> 4) * 31 + (size_t)function) & (SLOTS - 1), tries = 0;

    AcquireSRWLockExclusive(&lock);
    while (tries < SLOTS && seen[slot].class && (seen[slot].class != class || seen[slot].function != function)) {
        slot = (slot + 1) & (SLOTS - 1);
        tries++;
    }
    if (tries < SLOTS && !seen[slot].class) {
        seen[slot].class = class;
        seen[slot].function = function;
        write_line(class, function);
    }
    ReleaseSRWLockExclusive(&lock);
}

void call_record_start(void)
{
    WCHAR folder[MAX_PATH];
    DWORD size = sizeof folder;
    HKEY key;
    LSTATUS status;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\MapiHost", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
        return;
    status = RegGetValueW(key, NULL, L"RecordCalls", RRF_RT_REG_SZ, NULL, folder, &size);
    RegCloseKey(key);
    if (status || !*folder)
        return;
    _snwprintf(path, ARRAYSIZE(path), L"%ls\\%lu.txt", folder, (unsigned long)GetCurrentProcessId());
    auto_set_recorder(record);
}
