/*
 * bench_clients.c: two clients in two sessions against one client alone: is there anything that only one can use at
 * a time? Each client is a thread with a session of its own that reads a folder's rows again and again. Rounds with one
 * client and with two alternate; the best of each counts, since whatever else the machine does takes a whole core from two.
 */
#include "bench.h"

#include <stdio.h>

#define SECONDS 1.0
#define ROUNDS 9

struct client {
    const WCHAR *profile;
    HANDLE ready, start;
    LONG calls; /* answered between start and the end of its time */
    HRESULT hr;
};

static HRESULT read_once(IDispatch *messages)
{
    VARIANT rows, column;
    HRESULT hr;

    V_VT(&column) = VT_I4;
    V_I4(&column) = 0x0037001F; /* PR_SUBJECT */
    hr = disp_get(messages, L"GetRows", &rows, "vi", &column, 200L);
    if (SUCCEEDED(hr))
        VariantClear(&rows);
    return hr;
}

static DWORD WINAPI client_main(void *context)
{
    struct client *client = context;
    IDispatch *session, *messages = NULL;
    double end;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    session = bench_logon(client->profile);
    messages = session ? disp_path(session, L"Inbox.Messages") : NULL;
    client->hr = messages ? read_once(messages) : E_FAIL;
    SetEvent(client->ready);
    WaitForSingleObject(client->start, INFINITE);
    end = bench_now() + SECONDS;
    while (SUCCEEDED(client->hr) && bench_now() < end) {
        client->hr = read_once(messages);
        client->calls += SUCCEEDED(client->hr);
    }
    if (messages)
        IDispatch_Release(messages);
    if (session) {
        disp_run(session, L"Logoff", "");
        IDispatch_Release(session);
    }
    CoUninitialize();
    return 0;
}

/* Calls answered by `count` clients at once. */
static HRESULT run_clients(const WCHAR *profile, LONG count, double *calls)
{
    struct client clients[2] = {{0}};
    HANDLE threads[2], start = CreateEventW(NULL, TRUE, FALSE, NULL);
    HRESULT hr = S_OK;

    for (LONG i = 0; i < count; i++) {
        clients[i].profile = profile;
        clients[i].start = start;
        clients[i].ready = CreateEventW(NULL, TRUE, FALSE, NULL);
        threads[i] = CreateThread(NULL, 0, client_main, &clients[i], 0, NULL);
        WaitForSingleObject(clients[i].ready, INFINITE);
    }
    SetEvent(start);
    WaitForMultipleObjects(count, threads, TRUE, INFINITE);
    *calls = 0;
    for (LONG i = 0; i < count; i++) {
        *calls += clients[i].calls;
        if (FAILED(clients[i].hr))
            hr = clients[i].hr;
        CloseHandle(clients[i].ready);
        CloseHandle(threads[i]);
    }
    CloseHandle(start);
    return hr;
}

HRESULT bench_clients(const struct bench_options *options)
{
    double one = 0, two = 0, best_one = 0, best_two = 0;
    HRESULT hr = S_OK;

    for (int round = 0; SUCCEEDED(hr) && round < ROUNDS; round++) {
        hr = run_clients(options->profile, 1, &one);
        if (SUCCEEDED(hr))
            hr = run_clients(options->profile, 2, &two);
        best_one = one > best_one ? one : best_one;
        best_two = two > best_two ? two : best_two;
    }
    if (SUCCEEDED(hr))
        bench_result("clients: calls answered to two clients at once / to one", best_one > 0 ? best_two / best_one : 0,
                     BENCH_AT_LEAST, 1.7);
    return hr;
}
