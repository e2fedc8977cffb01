/*
 * bench_mailboxes.c: many mailboxes at once in one session: is opening the last hundred as quick as the first, and
 * what does each open mailbox cost in memory, over all processes of the server?
 */
#include "bench.h"

#include <psapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <tlhelp32.h>

#define GROUP 100

/* The peak of the private memory of every running mapihost.exe together, in bytes. */
static double server_memory(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    double total = 0;

    if (snapshot == INVALID_HANDLE_VALUE)
        return 0;
    for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry)) {
        PROCESS_MEMORY_COUNTERS counters = {.cb = sizeof counters};
        HANDLE process;

        if (_wcsicmp(entry.szExeFile, L"mapihost.exe"))
            continue;
        process = OpenProcess(PROCESS_QUERY_INFORMATION | PROCESS_VM_READ, FALSE, entry.th32ProcessID);
        if (process && GetProcessMemoryInfo(process, &counters, sizeof counters))
            total += (double)counters.PeakWorkingSetSize;
        if (process)
            CloseHandle(process);
    }
    CloseHandle(snapshot);
    return total;
}

/* Opens mailbox n and reads from it. */
static HRESULT open_one(IDispatch *session, LONG n, IDispatch **mailbox)
{
    WCHAR name[32];
    IDispatch *inbox;

    _snwprintf(name, ARRAYSIZE(name), L"bench%ld", (long)n);
    *mailbox = disp_object(session, L"OpenMailbox", "sb", name, 1);
    inbox = *mailbox ? disp_path(*mailbox, L"Inbox.Messages") : NULL;
    if (!inbox)
        return FAILED(disp_error()->hr) ? disp_error()->hr : E_FAIL;
    disp_long(inbox, L"Count", -1);
    IDispatch_Release(inbox);
    return S_OK;
}

HRESULT bench_mailboxes(const struct bench_options *options)
{
    IDispatch **mailboxes = calloc(options->mailboxes + 1, sizeof *mailboxes);
    double *seconds = calloc(options->mailboxes + 1, sizeof *seconds), first = 0, last = 0, before = 0;
    IDispatch *session = bench_logon(options->profile);
    HRESULT hr = mailboxes && seconds && session && options->mailboxes >= 3 * GROUP ? S_OK : E_FAIL;
    LONG opened = 0;

    for (LONG n = 1; SUCCEEDED(hr) && n <= options->mailboxes; n++) {
        double start = bench_now();

        hr = open_one(session, n, &mailboxes[n]);
        seconds[n] = bench_now() - start;
        opened += SUCCEEDED(hr);
        if (n == 1)
            before = server_memory();
    }
    if (FAILED(hr) && session)
        fprintf(stderr, "bench: %ld mailboxes were open\n", (long)opened);
    if (SUCCEEDED(hr)) {
        double memory = server_memory();

        first = bench_median(seconds + 1, GROUP);
        last = bench_median(seconds + options->mailboxes - GROUP + 1, GROUP);
        bench_result("mailboxes: opening one of the last hundred / of the first hundred", last / first, BENCH_AT_MOST, 1.5);
        bench_result("mailboxes: peak memory per open mailbox / 1 MB",
                     (memory - before) / (options->mailboxes - 1) / 1048576, BENCH_AT_MOST, 1.0);
    }
    for (LONG n = options->mailboxes; mailboxes && n > 0; n--)
        if (mailboxes[n])
            IDispatch_Release(mailboxes[n]);
    if (session) {
        disp_run(session, L"Logoff", "");
        IDispatch_Release(session);
    }
    free(mailboxes);
    free(seconds);
    return hr;
}
