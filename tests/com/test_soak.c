/*
 * test_soak.c: several clients make mixed calls and are killed at random; in the end nothing is leaked, nothing that was
 * acknowledged is lost, and the server is the one that began. MAPIHOST_SOAK_CALLS says how many calls (default: a short
 * form); `make soak` makes 200,000. The program starts itself as the clients.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "wrap.h"
#include <psapi.h>
#include <cmocka.h>

#define CLIENTS       3
#define DEFAULT_CALLS 1500
#define CALLS_A_LIFE  400 /* of a client on average, before it is killed */
#define SETTLE_MS     60000
#define ID_MAX        400
#define HANDLE_SLACK  64 /* threads of the pools and of RPC come and go; Wine tells the size of the table, in steps of 64 and more */
#define MEMORY_SLACK (8 << 20) /* what pools and caches may still grow by */

/* Shared with the clients: calls so far, and the ids of messages whose Update was answered. */
#define SECTION "mapihost-soak"
#define IDS_MAX 20000
struct board {
    volatile LONG calls, ids;
    volatile LONG failures; /* calls that should have worked */
    WCHAR id[IDS_MAX][ID_MAX];
};

static struct board *board;
static HANDLE section;

static bool board_open(void)
{
    section = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof *board, SECTION);
    board = section ? MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof *board) : NULL;
    return board != NULL;
}

/* ---- a client ----------------------------------------------------------------------------------------------------------- */

static void called(HRESULT hr)
{
    InterlockedIncrement(&board->calls);
    if (FAILED(hr))
        InterlockedIncrement(&board->failures);
}

static void write_message(IDispatch *folder)
{
    IDispatch *message = disp_path(folder, L"Messages.Add");
    WCHAR id[ID_MAX];
    HRESULT hr;

    called(message ? S_OK : E_FAIL);
    if (!message)
        return;
    called(disp_put(message, L"Subject", "s", L"soak"));
    called(disp_put(message, L"Text", "s", L"Some text."));
    called(hr = disp_run(message, L"Update", ""));
    disp_text(message, L"ID", id, ARRAYSIZE(id));
    if (SUCCEEDED(hr) && id[0] && board->ids < IDS_MAX) {
        LONG at = InterlockedIncrement(&board->ids) - 1;

        if (at < IDS_MAX)
            lstrcpynW(board->id[at], id, ID_MAX);
    }
    IDispatch_Release(message);
}

static void read_messages(IDispatch *folder)
{
    IDispatch *messages = disp_path(folder, L"Messages"), *message;
    WCHAR subject[100];
    VARIANT rows;

    called(messages ? S_OK : E_FAIL);
    if (!messages)
        return;
    called(disp_call(messages, L"GetRows", DISPATCH_METHOD, &rows, "si", L"Subject, Size", 20));
    VariantClear(&rows);
    if ((message = disp_object(messages, L"GetFirst", ""))) {
        disp_text(message, L"Subject", subject, ARRAYSIZE(subject));
        called(S_OK);
        IDispatch_Release(message);
    }
    IDispatch_Release(messages);
}

static int client(unsigned seed)
{
    IDispatch *session = NULL, *folder = NULL;

    srand(seed);
    for (;;) {
        int what = rand() % 20;

        if (!session || what == 0) {
            if (folder)
                IDispatch_Release(folder);
            if (session)
                IDispatch_Release(session);
            session = session_on(L"other");
            folder = session ? disp_path(session, L"Drafts") : NULL;
            if (session && !folder)
                folder = disp_path(session, L"Outbox");
            called(folder ? S_OK : E_FAIL);
        }
        if (!folder)
            return 3;
        if (what < 6)
            write_message(folder);
        else if (what < 12)
            read_messages(folder);
        else
            called(disp_long(folder, L"UnreadCount", -1) >= 0 ? S_OK : E_FAIL);
    }
}

/* ---- the soak ----------------------------------------------------------------------------------------------------------- */

static HANDLE start_one(void)
{
    char arguments[40];

    snprintf(arguments, sizeof arguments, "client %d", rand());
    return start_self(arguments);
}

/* MAPIHOST_SOAK_SEED, or another each time; it is told. */
static unsigned seed(void)
{
    const char *wanted = getenv("MAPIHOST_SOAK_SEED");
    unsigned number = wanted ? (unsigned)atol(wanted) : GetTickCount();

    print_message("# seed %u\n", number);
    return number;
}

static SIZE_T memory_of(HANDLE process)
{
    PROCESS_MEMORY_COUNTERS counters = {.cb = sizeof counters};

    return GetProcessMemoryInfo(process, &counters, sizeof counters) ? counters.PagefileUsage : 0;
}

static void clients_that_are_killed_leak_and_lose_nothing(void **state)
{
    const char *wanted = getenv("MAPIHOST_SOAK_CALLS");
    LONG calls = wanted ? atol(wanted) : DEFAULT_CALLS, next = 0, objects, lost = 0, kills = 0;
    IDispatch *session = session_on(L"other");
    HANDLE clients[CLIENTS], server;
    DWORD handles_before = 0, handles_after = 0, code;
    SIZE_T memory_before = 0, memory_after;

    (void)state;
    assert_true(board_open());
    assert_non_null(session);
    server = server_process(session);
    objects = diagnostic(session, L"ObjectCount");
    srand(seed());
    for (int i = 0; i < CLIENTS; i++)
        clients[i] = start_one();
    while (board->calls < calls) {
        int victim = rand() % CLIENTS;

        WaitForSingleObject(clients[victim], 20); /* until there is something to look at; it ends only by failing */
        if (!GetExitCodeProcess(clients[victim], &code) || code != STILL_ACTIVE)
            fail_msg("a client ended by itself, with %lu", code);
        if (!memory_before && board->calls > calls / 4) { /* pools have grown to what so many clients need */
            handles_before = handle_count(server);
            memory_before = memory_of(server);
        }
        if (board->calls < next)
            continue;
        next = board->calls + rand() % (2 * CALLS_A_LIFE / CLIENTS);
        TerminateProcess(clients[victim], 9);
        CloseHandle(clients[victim]);
        kills++;
        clients[victim] = start_one();
    }
    for (int i = 0; i < CLIENTS; i++) {
        TerminateProcess(clients[i], 9);
        WaitForSingleObject(clients[i], INFINITE);
        CloseHandle(clients[i]);
    }
    print_message("# %lu handles before, %s\n", handles_before, handles_before ? "compared" : "not told by this system: not compared");
    print_message("# %ld calls, %ld clients killed, %ld messages acknowledged\n", board->calls, kills, board->ids);
    if (diagnostic_settles(session, L"ObjectCount", objects, SETTLE_MS) != objects) {
        diagnostic_print(session);
        fail_msg("objects of clients that are gone");
    }
    assert_int_equal(diagnostic_settles(session, L"ThreadCount", 1, SETTLE_MS), 1);
    assert_int_equal(diagnostic(session, L"ClientCount"), 1);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 0);
    assert_int_equal(board->failures, 0);
    assert_true(board->ids > 0);
    for (LONG i = 0; i < board->ids && i < IDS_MAX; i++) {
        IDispatch *message = board->id[i][0] ? disp_object(session, L"GetMessage", "s", board->id[i]) : NULL;

        if (message)
            IDispatch_Release(message);
        else
            lost += board->id[i][0] != 0; /* empty: killed between the answer and its note */
    }
    assert_int_equal(lost, 0);
    handles_after = handle_count(server);
    memory_after = memory_of(server);
    print_message("# %lu to %lu handles, %lu to %lu KB\n", handles_before, handles_after, (unsigned long)(memory_before / 1024),
                  (unsigned long)(memory_after / 1024));
    assert_in_range(memory_after, 0, memory_before + MEMORY_SLACK);
    if (handles_before && handles_after > handles_before + HANDLE_SLACK)
        fail_msg("%lu handles before, %lu after", handles_before, handles_after);
    assert_int_equal(WaitForSingleObject(server, 0), WAIT_TIMEOUT); /* the same server all the time */
    IDispatch_Release(session);
    assert_true(server_end(server));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_that_are_killed_leak_and_lose_nothing),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (argc == 3 && !strcmp(argv[1], "client"))
        return board_open() ? client((unsigned)atoi(argv[2])) : 2;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    CoUninitialize();
    return failed;
}
