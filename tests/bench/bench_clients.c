/*
 * bench_clients.c: two clients in two sessions against one client alone: is there anything in the server that only one can
 * use at a time? Each client is a thread with a session of its own. Rounds with one client and with two alternate; the best
 * of each counts, since whatever else the machine does takes a whole core from two.
 *
 * The first ratio is that of the server's own work (searches through a large folder, a block of rows), where the time is
 * spent in the server: both clients read the same mailbox. The second is that of the smallest calls, whose time is the system's for crossing the process
 * boundary; it is compared with the gain of a second client on the no-op server, which is all that the system allows.
 */
#include "bench.h"
#include "bench_mapi.h"

#include <stdio.h>

#define SECONDS 1.0
#define ROUNDS 7
#define BLOCK 50 /* rows that one call reads */

struct client;

/* What a client does again and again. */
struct work {
    HRESULT (*begin)(struct client *client);
    HRESULT (*once)(struct client *client);
};

struct client {
    const struct work *work;
    const struct bench_options *options;
    HANDLE ready, start;
    IDispatch *session, *target;
    LONG calls; /* answered between start and the end of its time */
    HRESULT hr;
};

/* ---- the server's own work ---------------------------------------------------------------------------------------------- */

static HRESULT begin_bulk(struct client *client)
{
    IDispatch *folders, *folder;

    client->session = bench_logon(client->options->profile);
    folders = client->session ? disp_path(client->session, L"Inbox.Folders") : NULL;
    folder = folders ? disp_object(folders, L"Item", "s", L"Bench") : NULL;
    client->target = folder ? disp_object(folder, L"Messages", "") : NULL;
    if (folder)
        IDispatch_Release(folder);
    if (folders)
        IDispatch_Release(folders);
    return client->target ? S_OK : E_FAIL;
}

/* A search through all subjects and one through all texts, which find nothing, and a block of rows, another one each time. */
static HRESULT read_bulk(struct client *client)
{
    static const ULONG tags[] = {PR_SUBJECT_W, PR_SENDER_NAME_W, PR_MESSAGE_DELIVERY_TIME, PR_IMPORTANCE};
    static const WCHAR *const searches[] = {L"[Subject] LIKE '%no such subject%'", L"[Text] LIKE '%no such text%'"};
    LONG blocks = client->options->messages / BLOCK, begin = blocks > 1 ? client->calls % blocks * BLOCK + 1 : 1;
    VARIANT columns, value;
    HRESULT hr = S_OK;

    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(searches); i++) {
        hr = disp_get(client->target, L"Find", &value, "s", searches[i]);
        if (SUCCEEDED(hr))
            VariantClear(&value);
    }
    if (FAILED(hr))
        return hr;
    V_VT(&columns) = VT_ARRAY | VT_I4;
    V_ARRAY(&columns) = SafeArrayCreateVector(VT_I4, 0, ARRAYSIZE(tags));
    if (!V_ARRAY(&columns))
        return E_OUTOFMEMORY;
    memcpy(V_ARRAY(&columns)->pvData, tags, sizeof tags);
    hr = disp_get(client->target, L"GetRows", &value, "vii", &columns, (LONG)BLOCK, begin);
    if (SUCCEEDED(hr))
        VariantClear(&value);
    VariantClear(&columns);
    return hr;
}

/* ---- the smallest calls --------------------------------------------------------------------------------------------------- */

static HRESULT begin_small(struct client *client)
{
    client->session = bench_logon(client->options->profile);
    if (!client->session)
        return E_FAIL;
    client->target = client->session;
    IDispatch_AddRef(client->target);
    return S_OK;
}

static HRESULT begin_noop(struct client *client)
{
    return disp_create(L"NoopBench.Noop", &client->target);
}

static HRESULT ask_small(struct client *client)
{
    VARIANT value;
    HRESULT hr = disp_get(client->target, L"LoggedOn", &value, "");

    VariantClear(&value);
    return hr;
}

static const struct work bulk = {begin_bulk, read_bulk}, small = {begin_small, ask_small}, noop = {begin_noop, ask_small};

/* ---- clients ---------------------------------------------------------------------------------------------------------------- */

static DWORD WINAPI client_main(void *context)
{
    struct client *client = context;
    double end;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    client->hr = client->work->begin(client);
    if (SUCCEEDED(client->hr))
        client->hr = client->work->once(client);
    SetEvent(client->ready);
    WaitForSingleObject(client->start, INFINITE);
    end = bench_now() + SECONDS;
    while (SUCCEEDED(client->hr) && bench_now() < end) {
        client->hr = client->work->once(client);
        client->calls += SUCCEEDED(client->hr);
    }
    if (FAILED(client->hr)) /* which the thread alone knows more of */
        fprintf(stderr, "bench: a client: 0x%08lX %ls\n", (unsigned long)client->hr, disp_error()->description);
    if (client->target)
        IDispatch_Release(client->target);
    if (client->session) {
        disp_run(client->session, L"Logoff", "");
        IDispatch_Release(client->session);
    }
    CoUninitialize();
    return 0;
}

/* Calls answered by `count` clients at once. */
static HRESULT run_clients(const struct bench_options *options, const struct work *work, LONG count, double *calls)
{
    struct client clients[2] = {{0}};
    HANDLE threads[2], start = CreateEventW(NULL, TRUE, FALSE, NULL);
    HRESULT hr = S_OK;

    for (LONG i = 0; i < count; i++) {
        clients[i].work = work;
        clients[i].options = options;
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

/* How many times as much two get done as one. */
static HRESULT gain(const struct bench_options *options, const struct work *work, double *ratio)
{
    double one = 0, two = 0, best_one = 0, best_two = 0;
    HRESULT hr = S_OK;

    for (int round = 0; SUCCEEDED(hr) && round < ROUNDS; round++) {
        hr = run_clients(options, work, 1, &one);
        if (SUCCEEDED(hr))
            hr = run_clients(options, work, 2, &two);
        best_one = one > best_one ? one : best_one;
        best_two = two > best_two ? two : best_two;
    }
    *ratio = best_one > 0 ? best_two / best_one : 0;
    return hr;
}

/* The large folder, if no benchmark before has made it. */
static HRESULT make_folder(const struct bench_options *options)
{
    struct bench_mapi mapi;
    IMAPIFolder *folder = NULL;
    HRESULT hr = bench_mapi_open(options->mapi_dll, options->profile, &mapi);

    if (SUCCEEDED(hr))
        hr = bench_mapi_fill(&mapi, L"Bench", options->messages, &folder);
    if (folder)
        folder->lpVtbl->Release(folder);
    bench_mapi_close(&mapi);
    return hr;
}

HRESULT bench_clients(const struct bench_options *options)
{
    double ours = 0, theirs = 0, work = 0;
    HRESULT hr = make_folder(options);

    if (SUCCEEDED(hr))
        hr = gain(options, &bulk, &work);
    if (SUCCEEDED(hr))
        bench_result("clients: searches and rows, to two clients at once / to one", work, BENCH_AT_LEAST, 1.7);
    if (SUCCEEDED(hr))
        hr = gain(options, &noop, &theirs);
    if (SUCCEEDED(hr))
        hr = gain(options, &small, &ours);
    if (SUCCEEDED(hr))
        bench_result("clients: small calls, gain of a second client / on a no-op server", ours / theirs, BENCH_AT_LEAST, 0.8);
    return hr;
}
