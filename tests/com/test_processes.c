/*
 * test_processes.c: clients that die while they hold sessions, workers, temporary profiles, sinks, or in the middle of calls;
 * the server's end with its last client; the server's death. The program starts itself as the clients that die.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "sink.h"
#include "wrap.h"
#include <tlhelp32.h>
#include <cmocka.h>

#define WAIT_MS 30000

static LONG read_inbox(IDispatch *session)
{
    IDispatch *inbox = disp_path(session, L"Inbox");
    LONG unread = inbox ? disp_long(inbox, L"UnreadCount", -1) : -1;

    if (inbox)
        IDispatch_Release(inbox);
    return unread;
}

/* ---- the clients that die ------------------------------------------------------------------------------------------------- */

static void signal_ready(const char *name)
{
    HANDLE ready = OpenEventA(EVENT_MODIFY_STATE, FALSE, name);

    SetEvent(ready);
    CloseHandle(ready);
}

/* Ends as a crash does, without a debugger. */
static LONG WINAPI end_at_once(EXCEPTION_POINTERS *exception)
{
    TerminateProcess(GetCurrentProcess(), exception->ExceptionRecord->ExceptionCode);
    return EXCEPTION_EXECUTE_HANDLER;
}

/* Takes one of everything. */
static int hold(const char *ready, const char *how)
{
    IDispatch *session = session_on(L"demo"), *temporary = NULL, *inbox, *mailbox, *folder;

    if (!session || !(inbox = disp_path(session, L"Inbox")) || !disp_path(inbox, L"Messages.Add") || !sink_advise(inbox) ||
        !disp_object(session, L"Subscribe", "o", inbox)) {
        printf("# hold: %ls\n", disp_error()->description);
        return 3;
    }
    if (disp_create(L"MapiHost.Session", &temporary) || disp_run(temporary, L"Logon", "eeeeees", L"LOCAL\ndemo"))
        return 5;
    if (!(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1)) || !(folder = disp_path(mailbox, L"Outbox")) ||
        !sink_advise(mailbox) || !disp_path(folder, L"Messages"))
        return 4;
    signal_ready(ready);
    if (!strcmp(how, "crash")) {
        SetUnhandledExceptionFilter(end_at_once);
        /* cppcheck-suppress nullPointer */
        *(volatile int *)0 = 1;
    }
    if (!strcmp(how, "exit"))
        ExitProcess(0);
    if (!strcmp(how, "leave")) { /* lets go of all, but never calls Logoff */
        IDispatch *held[] = {folder, mailbox, temporary, inbox, session};

        for (size_t i = 0; i < ARRAYSIZE(held); i++)
            IDispatch_Release(held[i]);
        CoUninitialize();
        return 0;
    }
    Sleep(INFINITE);
    return 0;
}

/* Calls without end; says so when it is in the middle of it. */
static int work(const char *ready)
{
    IDispatch *session = session_on(L"other"), *outbox = session ? disp_path(session, L"Outbox") : NULL;

    for (int i = 0; outbox; i++) {
        IDispatch *message = disp_path(outbox, L"Messages.Add");

        if (!message || disp_put(message, L"Subject", "s", L"work") || disp_run(message, L"Update", ""))
            return 3;
        IDispatch_Release(message);
        if (i == 3)
            signal_ready(ready);
    }
    return 4;
}

/* Reads from the session's Inbox, so that its store is open; says so and waits for its end. */
static int idle(const char *ready)
{
    IDispatch *session = session_on(L"demo");

    if (!session || read_inbox(session) < 0)
        return 3;
    signal_ready(ready);
    Sleep(INFINITE);
    return 0;
}

/* ---- cases ------------------------------------------------------------------------------------------------------------------ */

/* Starts a client and waits until it is ready. */
static HANDLE start_client(const char *what, const char *how)
{
    char name[64], arguments[128];
    HANDLE waits[2];
    DWORD code = 0;

    snprintf(name, sizeof name, "mapihost-processes-%lu", GetCurrentProcessId());
    snprintf(arguments, sizeof arguments, "%s %s %s", what, name, how);
    waits[0] = CreateEventA(NULL, FALSE, FALSE, name);
    assert_non_null(waits[1] = start_self(arguments));
    if (WaitForMultipleObjects(2, waits, FALSE, 4 * WAIT_MS) != WAIT_OBJECT_0) {
        GetExitCodeProcess(waits[1], &code);
        fail_msg("%s %s: not ready, exit code %lu", what, how, code);
    }
    CloseHandle(waits[0]);
    return waits[1];
}

/* Temporary profiles: those of a server that was killed are there until the next one cleans up. */
static LONG temporary_profiles(IDispatch *session)
{
    LONG last = -1, count = 0;
    VARIANT names, name;

    if (FAILED(disp_get(session, L"Profiles", &names, "")) || !V_ISARRAY(&names))
        return -1;
    SafeArrayGetUBound(V_ARRAY(&names), 1, &last);
    for (LONG i = 0; i <= last; i++) {
        SafeArrayGetElement(V_ARRAY(&names), &i, &name);
        count += wcsstr(V_BSTR(&name), L"temporary") != NULL;
        VariantClear(&name);
    }
    VariantClear(&names);
    return count;
}

/* Ends the server that may run, so that the next one reads the settings. */
static void restart_with(const WCHAR *name, DWORD value)
{
    IDispatch *session = session_on(L"demo");
    HANDLE server;

    assert_non_null(session);
    server = server_process(session);
    IDispatch_Release(session);
    assert_true(server_end(server));
    setting_set(name, value);
}

/* A client that ends in one way, while others go on in the same server. */
static void client_dies(IDispatch *session, const char *how)
{
    LONG objects = diagnostic(session, L"ObjectCount"), threads = diagnostic(session, L"ThreadCount");
    HANDLE client = start_client("hold", how);

    if (!strcmp(how, "kill")) {
        assert_int_equal(diagnostic(session, L"ClientCount"), 2);
        assert_true(diagnostic(session, L"WorkerCount") >= 1);
        assert_int_equal(temporary_profiles(session), 1);
        assert_true(diagnostic(session, L"ObjectCount") > objects + 8);
        TerminateProcess(client, 9);
    }
    assert_int_equal(WaitForSingleObject(client, WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(client);
    if (diagnostic_settles(session, L"ObjectCount", objects, WAIT_MS) != objects) {
        diagnostic_print(session);
        fail_msg("objects of a client that is gone (%s)", how);
    }
    assert_int_equal(diagnostic_settles(session, L"WorkerCount", 0, WAIT_MS), 0);
    assert_int_equal(diagnostic_settles(session, L"ClientCount", 1, WAIT_MS), 1);
    assert_int_equal(diagnostic_settles(session, L"ThreadCount", threads, WAIT_MS), threads);
    assert_int_equal(temporary_profiles(session), 0);
}

static void a_client_that_dies_leaves_nothing(void **state)
{
    static const char *const ways[] = {"kill", "crash", "exit", "leave", "kill"};
    IDispatch *session, *second, *unsaved, *inbox;
    HANDLE server;

    (void)state;
    restart_with(L"MaxStoresPerProcess", 2);
    assert_non_null(session = session_on(L"demo"));
    assert_non_null(second = session_on(L"other"));
    assert_non_null(unsaved = disp_path(second, L"Inbox.Messages.Add")); /* pins one of two: the client needs a worker */
    server = server_process(session);
    assert_non_null(inbox = disp_path(session, L"Inbox"));
    for (size_t i = 0; i < ARRAYSIZE(ways); i++) {
        assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0); /* this client notices nothing */
        assert_int_equal(diagnostic(session, L"SlotsUsed"), 2);
        client_dies(session, ways[i]);
        /* The idle store was parked to make room for the client. */
        assert_int_equal(diagnostic_settles(session, L"SlotsUsed", 1, WAIT_MS), 1);
    }
    assert_int_equal(disp_put(unsaved, L"Subject", "s", L"kept"), S_OK);
    IDispatch_Release(unsaved);
    IDispatch_Release(inbox);
    IDispatch_Release(second);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

/* Stores of sessions that call nothing are parked for others, the one that a session's last call used among them. */
static void sessions_that_rest_make_room(void **state)
{
    enum { SESSIONS = 4, ROUNDS = 3, DEATHS = 4 };
    IDispatch *sessions[SESSIONS];
    HANDLE server, client;

    (void)state;
    restart_with(L"MaxStoresPerProcess", 2);
    setting_set(L"MaxWorkers", 0);
    for (int i = 0; i < SESSIONS; i++)
        assert_non_null(sessions[i] = session_on(i % 2 ? L"other" : L"demo"));
    server = server_process(sessions[0]);
    for (int i = 0; i < ROUNDS * SESSIONS; i++)
        if (read_inbox(sessions[i % SESSIONS]) < 0)
            fail_msg("use %d: %ls", i, disp_error()->description);
    assert_int_equal(diagnostic(sessions[0], L"SlotsUsed"), 2);
    for (int i = 0; i < DEATHS; i++) { /* and those of a client that has just gone, at once */
        client = start_client("idle", "");
        TerminateProcess(client, 9);
        if (read_inbox(sessions[i % SESSIONS]) < 0 || read_inbox(sessions[(i + 1) % SESSIONS]) < 0)
            fail_msg("after client %d: %ls", i, disp_error()->description);
        WaitForSingleObject(client, INFINITE);
        CloseHandle(client);
    }
    for (int i = 0; i < SESSIONS; i++)
        IDispatch_Release(sessions[i]);
    assert_true(server_end(server));
    settings_clear();
}

/* A program's thread with sessions of its own. */
static DWORD WINAPI read_in_turn(void *context)
{
    IDispatch *sessions[3] = {NULL};
    LONG *failures = context;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (size_t i = 0; i < ARRAYSIZE(sessions); i++)
        sessions[i] = session_on(i % 2 ? L"other" : L"demo");
    for (int i = 0; i < 30; i++) {
        IDispatch *session = sessions[i % ARRAYSIZE(sessions)];

        if (!session || read_inbox(session) < 0)
            printf("# read %d: %ls\n", i, disp_error()->description), InterlockedIncrement(failures);
    }
    for (size_t i = 0; i < ARRAYSIZE(sessions); i++)
        if (sessions[i])
            IDispatch_Release(sessions[i]);
    CoUninitialize();
    return 0;
}

/* Both threads always need what the other one's sessions have. */
static void threads_that_want_each_others_room_get_it(void **state)
{
    IDispatch *session;
    LONG failures = 0;
    HANDLE server, threads[2];

    (void)state;
    restart_with(L"MaxStoresPerProcess", 2);
    setting_set(L"MaxWorkers", 0);
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    for (size_t i = 0; i < ARRAYSIZE(threads); i++)
        threads[i] = CreateThread(NULL, 0, read_in_turn, &failures, 0, NULL);
    for (size_t i = 0; i < ARRAYSIZE(threads); i++) {
        assert_int_equal(WaitForSingleObject(threads[i], 4 * WAIT_MS), WAIT_OBJECT_0);
        CloseHandle(threads[i]);
    }
    assert_int_equal(failures, 0);
    assert_true(diagnostic(session, L"SlotsUsed") <= 2);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

static void a_client_that_is_killed_in_a_call_takes_nobody_along(void **state)
{
    IDispatch *session = session_on(L"demo"), *inbox = disp_path(session, L"Inbox");
    LONG objects = diagnostic(session, L"ObjectCount");

    (void)state;
    for (int i = 0; i < 4; i++) {
        HANDLE client = start_client("work", "");

        assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0);
        TerminateProcess(client, 9);
        WaitForSingleObject(client, INFINITE);
        CloseHandle(client);
        assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0);
        assert_int_equal(diagnostic_settles(session, L"ObjectCount", objects, WAIT_MS), objects);
    }
    IDispatch_Release(inbox);
    IDispatch_Release(session);
}

static void the_server_ends_with_its_last_client(void **state)
{
    HANDLE client = start_client("work", ""), server;
    IDispatch *session = NULL;

    (void)state;
    assert_int_equal(disp_create(L"MapiHost.Session", &session), S_OK);
    server = server_process(session);
    IDispatch_Release(session);
    assert_int_equal(WaitForSingleObject(server, 0), WAIT_TIMEOUT);
    TerminateProcess(client, 9);
    CloseHandle(client);
    assert_true(server_end(server));
}

/*
 * Wine 8's rpcss keeps the class of a server that was killed, and hands it to the next clients. It forgets all classes when it
 * ends, and is started again with the next activation.
 */
static void make_wine_forget_classes(void)
{
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};
    HANDLE snapshot, process;

    if (!GetProcAddress(GetModuleHandleA("ntdll.dll"), "wine_get_version"))
        return;
    snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    for (BOOL more = Process32FirstW(snapshot, &entry); more; more = Process32NextW(snapshot, &entry)) {
        if (lstrcmpiW(entry.szExeFile, L"rpcss.exe") ||
            !(process = OpenProcess(PROCESS_TERMINATE | SYNCHRONIZE, FALSE, entry.th32ProcessID)))
            continue;
        TerminateProcess(process, 0);
        WaitForSingleObject(process, INFINITE);
        CloseHandle(process);
    }
    CloseHandle(snapshot);
}

static void a_server_that_dies_is_started_again_and_loses_nothing(void **state)
{
    IDispatch *session, *inbox, *mailbox, *message;
    HANDLE server, worker;
    WCHAR id[512], subject[40];
    VARIANT value;
    HRESULT hr;

    (void)state;
    restart_with(L"MaxStoresPerProcess", 1);
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    assert_non_null(inbox = disp_path(session, L"Inbox"));
    assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0);
    assert_non_null(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1));
    worker = process_of(mailbox);
    assert_non_null(message = disp_path(inbox, L"Messages.Add"));
    assert_int_equal(disp_put(message, L"Subject", "s", L"saved before"), S_OK);
    assert_int_equal(disp_run(message, L"Update", ""), S_OK);
    disp_text(message, L"ID", id, ARRAYSIZE(id));

    TerminateProcess(server, 9);
    WaitForSingleObject(server, INFINITE);
    CloseHandle(server);
    hr = disp_get(inbox, L"Name", &value, "");
    assert_true(FAILED(hr));
    assert_int_equal(WaitForSingleObject(worker, WAIT_MS), WAIT_OBJECT_0); /* nothing is left of it */
    CloseHandle(worker);
    IDispatch_Release(message);
    IDispatch_Release(mailbox);
    IDispatch_Release(inbox);
    IDispatch_Release(session);
    make_wine_forget_classes();

    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    assert_non_null(message = disp_object(session, L"GetMessage", "s", id));
    assert_int_equal(wcscmp(disp_text(message, L"Subject", subject, ARRAYSIZE(subject)), L"saved before"), 0);
    IDispatch_Release(message);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

static int clear(void **state)
{
    (void)state;
    settings_clear();
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sessions_that_rest_make_room),
        cmocka_unit_test(threads_that_want_each_others_room_get_it),
        cmocka_unit_test(a_client_that_dies_leaves_nothing),
        cmocka_unit_test(a_client_that_is_killed_in_a_call_takes_nobody_along),
        cmocka_unit_test(the_server_ends_with_its_last_client),
        cmocka_unit_test(a_server_that_dies_is_started_again_and_loses_nothing),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    if (argc > 3 && !strcmp(argv[1], "hold"))
        return hold(argv[2], argv[3]);
    if (argc > 2 && !strcmp(argv[1], "work"))
        return work(argv[2]);
    if (argc > 2 && !strcmp(argv[1], "idle"))
        return idle(argv[2]);
    failed = cmocka_run_group_tests(tests, clear, clear);
    CoUninitialize();
    return failed;
}
