/*
 * event_log.c: the Windows event log.
 *
 * Layer: server/process. The source's messages are those of EventCreate.exe, a part of Windows whose message for every
 * id is the text itself, so that no message file of ours has to be found. Limits: Wine keeps no event log.
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

void event_log_write(enum event_id id, bool warning, const WCHAR *format, ...)
{
    BYTE user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
    WCHAR text[1024];
    const WCHAR *texts[1] = {text};
    HANDLE log = RegisterEventSourceW(NULL, L"MapiHost");
    va_list args;

    if (!log)
        return;
    va_start(args, format);
    _vsnwprintf(text, ARRAYSIZE(text) - 1, format, args);
    va_end(args);
    text[ARRAYSIZE(text) - 1] = 0;
    ReportEventW(log, warning ? EVENTLOG_WARNING_TYPE : EVENTLOG_INFORMATION_TYPE, 0, id, own_sid(user, sizeof user), 1,
                 0, texts, NULL);
    DeregisterEventSource(log);
}
