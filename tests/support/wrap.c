/*
 * wrap.c: see wrap.h.
 *
 * Layer: tests.
 */
#include "wrap.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <winternl.h>

#define OWN_KEY L"Software\\MapiHost"
#define POLL_MS 20
#define END_MS  30000

static HANDLE section, hanging, go;
static HANDLE armed[16];
static size_t armed_count;
static struct wrap_control *control;

/* ---- settings ------------------------------------------------------------------------------------------------------- */

void setting_set(const WCHAR *name, DWORD value)
{
    HKEY key;

    if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, OWN_KEY, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL))
        return;
    RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value, sizeof value);
    RegCloseKey(key);
}

const WCHAR *setting_event_file(void)
{
    static WCHAR path[MAX_PATH];
    HKEY key;

    if (!GetEnvironmentVariableW(L"MAPIHOST_TEST_TEMP", path, MAX_PATH - 16) ||
        RegCreateKeyExW(HKEY_LOCAL_MACHINE, OWN_KEY, 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL))
        return NULL;
    wcscat(path, L"\\events.txt");
    DeleteFileW(path);
    RegSetValueExW(key, L"EventFile", 0, REG_SZ, (const BYTE *)path, (DWORD)(wcslen(path) + 1) * sizeof *path);
    RegCloseKey(key);
    return path;
}

int event_file_count(const WCHAR *path, const char *text, const char *also)
{
    char line[4096];
    FILE *file = _wfopen(path, L"rb");
    int count = 0;

    while (file && fgets(line, sizeof line, file))
        count += strstr(line, text) && (!also || strstr(line, also));
    if (file)
        fclose(file);
    return count;
}

void settings_clear(void)
{
    static const WCHAR *const names[] = {L"MaxStoresPerProcess", L"MaxWorkers",  L"MaxApartments", L"CallTimeout",
                                         L"Isolation",           L"UseSeparateConnections", L"ReadOnly", L"EventFile",
                                         L"LingerTime"};
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, OWN_KEY, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, &key))
        return;
    for (size_t i = 0; i < ARRAYSIZE(names); i++)
        RegDeleteValueW(key, names[i]);
    RegCloseKey(key);
}

/* ---- wrapmapi.dll ----------------------------------------------------------------------------------------------------- */

struct wrap_control *wrap_begin(void)
{
    WCHAR bin[MAX_PATH], server[16], path[MAX_PATH * 2];
    HKEY key;

    if (!GetEnvironmentVariableW(L"MAPIHOST_TEST_BIN", bin, ARRAYSIZE(bin)) ||
        !GetEnvironmentVariableW(L"MAPIHOST_TEST_SERVER", server, ARRAYSIZE(server)))
        return NULL;
    _snwprintf(path, ARRAYSIZE(path), L"%ls\\..\\%ls\\tests\\wrapmapi.dll", bin, server);
    section = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof *control, WRAP_SECTION);
    control = section ? MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof *control) : NULL;
    hanging = CreateEventW(NULL, FALSE, FALSE, WRAP_HANGING);
    go = CreateEventW(NULL, TRUE, FALSE, WRAP_GO);
    if (!control || !hanging || !go || RegCreateKeyExW(HKEY_CURRENT_USER, OWN_KEY, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL))
        return NULL;
    RegSetValueExW(key, L"MapiDll", 0, REG_SZ, (const BYTE *)path, (wcslen(path) + 1) * sizeof *path);
    RegCloseKey(key);
    return control;
}

void wrap_end(void)
{
    HKEY key;

    if (!RegOpenKeyExW(HKEY_CURRENT_USER, OWN_KEY, 0, KEY_SET_VALUE, &key)) {
        RegDeleteValueW(key, L"MapiDll");
        RegCloseKey(key);
    }
    while (armed_count)
        CloseHandle(armed[--armed_count]);
    UnmapViewOfFile(control);
    CloseHandle(section);
    CloseHandle(hanging);
    CloseHandle(go);
    control = NULL;
}

void wrap_hang(const char *method)
{
    WCHAR name[80];
    HANDLE semaphore;

    _snwprintf(name, ARRAYSIZE(name), L"%ls%hs", WRAP_HANG_PREFIX, method);
    ResetEvent(go);
    ResetEvent(hanging);
    semaphore = CreateSemaphoreW(NULL, 0, 1, name);
    ReleaseSemaphore(semaphore, 1, NULL);
    if (armed_count < ARRAYSIZE(armed))
        armed[armed_count++] = semaphore;
}

bool wrap_wait_hanging(DWORD milliseconds)
{
    return WaitForSingleObject(hanging, milliseconds) == WAIT_OBJECT_0;
}

void wrap_go(void)
{
    SetEvent(go);
}

/* ---- sessions and processes -------------------------------------------------------------------------------------------- */

IDispatch *session_on(const WCHAR *profile)
{
    IDispatch *session = NULL;
    HRESULT hr = disp_create(L"MapiHost.Session", &session);

    if (FAILED(hr)) {
        printf("# CreateObject: 0x%08lx\n", (unsigned long)hr);
        return NULL;
    }
    hr = disp_run(session, L"Logon", "ssbb", profile, L"", 0, 1);
    if (FAILED(hr)) {
        printf("# Logon %ls: 0x%08lx %ls\n", profile, (unsigned long)hr, disp_error()->description);
        IDispatch_Release(session);
        return NULL;
    }
    return session;
}

HANDLE process_of(IDispatch *object)
{
    LONG id = disp_long(object, L"ProcessID", 0);

    return id ? OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE | PROCESS_QUERY_INFORMATION, FALSE, (DWORD)id) : NULL;
}

HANDLE server_process(IDispatch *session)
{
    IDispatch *diagnostics = disp_object(session, L"Diagnostics", "");
    HANDLE process = diagnostics ? process_of(diagnostics) : NULL;

    if (diagnostics)
        IDispatch_Release(diagnostics);
    return process;
}

bool server_end(HANDLE server)
{
    bool ended = true;

    if (!server)
        return true;
    if (WaitForSingleObject(server, END_MS) != WAIT_OBJECT_0) {
        TerminateProcess(server, 1);
        WaitForSingleObject(server, INFINITE);
        ended = false;
    }
    CloseHandle(server);
    return ended;
}

LONG diagnostic(IDispatch *session, const WCHAR *name)
{
    IDispatch *diagnostics = disp_object(session, L"Diagnostics", "");
    LONG value = diagnostics ? disp_long(diagnostics, name, -1) : -1;

    if (diagnostics)
        IDispatch_Release(diagnostics);
    return value;
}

LONG diagnostic_settles(IDispatch *session, const WCHAR *name, LONG expected, DWORD milliseconds)
{
    ULONGLONG end = GetTickCount64() + milliseconds;
    LONG value;

    while ((value = diagnostic(session, name)) != expected && GetTickCount64() < end)
        Sleep(POLL_MS);
    return value;
}

void diagnostic_print(IDispatch *session)
{
    IDispatch *diagnostics = disp_object(session, L"Diagnostics", "");
    LONG last = -1, at[2];
    VARIANT rows, cell;

    if (!diagnostics || FAILED(disp_get(diagnostics, L"LiveObjects", &rows, "")))
        return;
    SafeArrayGetUBound(V_ARRAY(&rows), 1, &last);
    for (at[0] = 0; at[0] <= last; at[0]++) {
        printf("#");
        for (at[1] = 0; at[1] < 3; at[1]++) {
            SafeArrayGetElement(V_ARRAY(&rows), at, &cell);
            VariantChangeType(&cell, &cell, 0, VT_BSTR);
            printf(" %ls", V_BSTR(&cell));
            VariantClear(&cell);
        }
        printf("\n");
    }
    fflush(stdout);
    VariantClear(&rows);
    IDispatch_Release(diagnostics);
}

DWORD handle_count(HANDLE process)
{
    NTSTATUS(WINAPI * query)(SYSTEM_INFORMATION_CLASS, void *, ULONG, ULONG *) = NULL;
    FARPROC found = GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtQuerySystemInformation");
    DWORD id = GetProcessId(process), count = 0;
    ULONG size = 1 << 16, needed = 0;
    NTSTATUS status = -1;
    BYTE *buffer = NULL;

    memcpy(&query, &found, sizeof query);
    while (query && status && size <= 1 << 24) { /* until the buffer is large enough */
        free(buffer);
        if ((buffer = malloc(size)))
            status = query(SystemProcessInformation, buffer, size, &needed);
        size *= 2;
    }
    for (BYTE *at = status ? NULL : buffer; at;) {
        const SYSTEM_PROCESS_INFORMATION *row = (const void *)at;

        if ((DWORD)(ULONG_PTR)row->UniqueProcessId == id)
            count = row->HandleCount;
        at = row->NextEntryOffset ? at + row->NextEntryOffset : NULL;
    }
    free(buffer);
    return count;
}

HANDLE start_self(const char *arguments)
{
    char path[MAX_PATH] = "", line[MAX_PATH + 400];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;

    GetModuleFileNameA(NULL, path, sizeof path);
    snprintf(line, sizeof line, "\"%s\" %s", path, arguments);
    if (!CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return NULL;
    CloseHandle(process.hThread);
    return process.hProcess;
}
