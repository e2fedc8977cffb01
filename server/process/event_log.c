/*
 * event_log.c: the Windows event log.
 *
 * Layer: server/process. The source's messages are those of EventCreate.exe, a part of Windows whose message for every
 * id is the text itself, so that no message file of ours has to be found. Limits: Wine keeps no event log; the setting EventFile
 * is of use there, and wherever the entries are collected from files.
 */
#include "event_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

void event_log_user(WCHAR *name, size_t count)
{
    BYTE user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    WCHAR account[128] = L"?", domain[128] = L"?";
    DWORD size, account_size = ARRAYSIZE(account), domain_size = ARRAYSIZE(domain);
    SID_NAME_USE use;
    HANDLE token;

    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) {
        if (GetTokenInformation(token, TokenUser, user, sizeof user, &size))
            LookupAccountSidW(NULL, ((TOKEN_USER *)user)->User.Sid, account, &account_size, domain, &domain_size, &use);
        CloseHandle(token);
    }
    _snwprintf(name, count, L"%ls\\%ls", domain, account);
    name[count - 1] = 0;
}

/* The SID of the process's user, for the entry's user field; user is what holds it. */
static SID *own_sid(BYTE *user, DWORD size)
{
    HANDLE token;
    BOOL known;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return NULL;
    known = GetTokenInformation(token, TokenUser, user, size, &size);
    CloseHandle(token);
    return known ? ((TOKEN_USER *)user)->User.Sid : NULL;
}

/* The file that gets the entries too, if the machine's settings name one. */
static bool file_name(WCHAR *path, DWORD count)
{
    DWORD size = count * sizeof *path;
    LSTATUS status;
    HKEY key;

    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\MapiHost", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
        return false;
    status = RegGetValueW(key, NULL, L"EventFile", RRF_RT_REG_SZ, NULL, path, &size);
    RegCloseKey(key);
    return !status && *path;
}

/* Appends a line in one write, so that lines of several processes stay whole: time (UTC), id, kind, user, text. */
static void file_write(enum event_id id, bool warning, const WCHAR *text)
{
    WCHAR path[MAX_PATH], user[256], line[1400];
    char bytes[3 * ARRAYSIZE(line)];
    DWORD written;
    SYSTEMTIME now;
    HANDLE file;
    int length;

    if (!file_name(path, ARRAYSIZE(path)))
        return;
    GetSystemTime(&now);
    event_log_user(user, ARRAYSIZE(user));
    _snwprintf(line, ARRAYSIZE(line) - 1, L"%04u-%02u-%02uT%02u:%02u:%02uZ\t%d\t%ls\t%ls\t%ls\r\n", now.wYear, now.wMonth,
               now.wDay, now.wHour, now.wMinute, now.wSecond, id, warning ? L"warning" : L"information", user, text);
    line[ARRAYSIZE(line) - 1] = 0;
    length = WideCharToMultiByte(CP_UTF8, 0, line, -1, bytes, sizeof bytes, NULL, NULL) - 1;
    file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL,
                       NULL);
    if (file == INVALID_HANDLE_VALUE)
        return;
    if (length > 0)
        WriteFile(file, bytes, (DWORD)length, &written, NULL);
    CloseHandle(file);
}

void event_log_write(enum event_id id, bool warning, const WCHAR *format, ...)
{
    BYTE user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    WCHAR text[1024];
    const WCHAR *texts[1] = {text};
    HANDLE log;
    va_list args;

    va_start(args, format);
    _vsnwprintf(text, ARRAYSIZE(text) - 1, format, args);
    va_end(args);
    text[ARRAYSIZE(text) - 1] = 0;
    file_write(id, warning, text);
    log = RegisterEventSourceW(NULL, L"MapiHost");
    if (!log)
        return;
    ReportEventW(log, warning ? EVENTLOG_WARNING_TYPE : EVENTLOG_INFORMATION_TYPE, 0, id, own_sid(user, sizeof user), 1,
                 0, texts, NULL);
    DeregisterEventSource(log);
}
