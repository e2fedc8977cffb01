/*
 * test_threads.c: sessions on threads of their own: a call that hangs in MAPI delays no other session, no call runs on a
 * foreign thread, and the watchdog ends a worker that hangs; what is written to the event log. wrapmapi.dll is the MAPI.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "wrap.h"
#include <cmocka.h>

#define WAIT_MS 30000
#define CLIENTS 6
#define ROUNDS  15
#define NETWORK_ERROR ((HRESULT)0x80040115L) /* MAPI_E_NETWORK_ERROR */

static struct wrap_control *control;

static int begin(void **state)
{
    (void)state;
    control = wrap_begin();
    return control ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    settings_clear();
    wrap_end();
    return 0;
}

/* A program's thread that makes one call which hangs. */
static DWORD WINAPI count_messages(void *context)
{
    IDispatch *session, *messages;
    LONG *count = context;

    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    session = session_on(L"demo");
    if (session && (messages = disp_path(session, L"Inbox.Messages"))) {
        wrap_hang("GetContentsTable");
        *count = disp_long(messages, L"Count", -2);
        IDispatch_Release(messages);
    }
    if (session) {
        disp_run(session, L"Logoff", "");
        IDispatch_Release(session);
    }
    CoUninitialize();
    return 0;
}

static void a_call_that_hangs_delays_no_other_session(void **state)
{
    IDispatch *session = session_on(L"demo"), *messages, *late;
    LONG hanging_count = -1, count;
    HANDLE server, thread;

    (void)state;
    assert_non_null(session);
    server = server_process(session);
    messages = disp_path(session, L"Inbox.Messages");
    count = disp_long(messages, L"Count", -1);
    assert_true(count > 0);
    thread = CreateThread(NULL, 0, count_messages, &hanging_count, 0, NULL);
    assert_true(wrap_wait_hanging(WAIT_MS));
    /* It hangs until wrap_go: whatever comes to an end before did not wait for it. */
    assert_int_equal(disp_long(messages, L"Count", -1), count);
    IDispatch_Release(messages);
    assert_non_null(messages = disp_path(session, L"Inbox.Messages"));
    assert_int_equal(disp_long(messages, L"Count", -1), count);
    assert_non_null(late = session_on(L"other"));
    assert_int_equal(disp_run(late, L"Logoff", ""), S_OK);
    IDispatch_Release(late);
    assert_int_equal(WaitForSingleObject(thread, 0), WAIT_TIMEOUT);
    wrap_go();
    assert_int_equal(WaitForSingleObject(thread, WAIT_MS), WAIT_OBJECT_0);
    assert_int_equal(hanging_count, count);
    CloseHandle(thread);
    IDispatch_Release(messages);
    IDispatch_Release(session);
    assert_true(server_end(server));
    assert_int_equal(control->foreign, 0);
}

/* A client among many: its session answers its own messages. */
static DWORD WINAPI work(void *context)
{
    IDispatch *session = NULL;
    DWORD failures = 0;

    (void)context;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (int i = 0; i < ROUNDS && !failures; i++) {
        IDispatch *message;
        WCHAR subject[40], read[40];

        if (i % 5 == 0) {
            if (session)
                IDispatch_Release(session);
            session = session_on(L"other");
        }
        message = session ? disp_path(session, L"Outbox.Messages.Add") : NULL;
        _snwprintf(subject, ARRAYSIZE(subject), L"thread %lu, %d", GetCurrentThreadId(), i);
        if (!message || disp_put(message, L"Subject", "s", subject) ||
            wcscmp(disp_text(message, L"Subject", read, ARRAYSIZE(read)), subject))
            failures++;
        if (message)
            IDispatch_Release(message);
    }
    if (session)
        IDispatch_Release(session);
    CoUninitialize();
    return failures;
}

static void many_clients_at_once_each_have_their_own_thread(void **state)
{
    IDispatch *session = session_on(L"demo");
    HANDLE threads[CLIENTS], server;

    (void)state;
    assert_non_null(session);
    server = server_process(session);
    for (int i = 0; i < CLIENTS; i++)
        threads[i] = CreateThread(NULL, 0, work, NULL, 0, NULL);
    assert_true(WaitForMultipleObjects(CLIENTS, threads, TRUE, 2 * WAIT_MS) < WAIT_OBJECT_0 + CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
        DWORD failures = 1;

        GetExitCodeThread(threads[i], &failures);
        assert_int_equal(failures, 0);
        CloseHandle(threads[i]);
    }
    assert_int_equal(diagnostic_settles(session, L"ThreadCount", 1, WAIT_MS), 1);
    IDispatch_Release(session);
    assert_true(server_end(server));
    assert_int_equal(control->foreign, 0);
}

static void the_watchdog_ends_a_worker_that_hangs(void **state)
{
    IDispatch *session, *second, *unsaved, *inbox, *mailbox, *folder;
    const WCHAR *events = setting_event_file();
    HANDLE server, worker;
    VARIANT value;
    char who[40];
    HRESULT hr;

    (void)state;
    assert_non_null(events);
    setting_set(L"MaxStoresPerProcess", 2); /* the second session pins one: the mailbox needs a worker */
    setting_set(L"CallTimeout", 1);
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    assert_non_null(second = session_on(L"other"));
    assert_non_null(unsaved = disp_path(second, L"Inbox.Messages.Add"));
    assert_non_null(inbox = disp_path(session, L"Inbox"));
    assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0);
    mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1);
    if (!mailbox)
        fail_msg("%ls", disp_error()->description);
    assert_non_null(folder = disp_path(mailbox, L"Inbox"));
    worker = process_of(mailbox);
    snprintf(who, sizeof who, "process %lu.", GetProcessId(worker));
    assert_int_equal(diagnostic(session, L"WorkerCount"), 1);
    assert_int_equal(event_file_count(events, "\t2\twarning\t", NULL), 0);
    wrap_hang("GetContentsTable");
    hr = disp_get(folder, L"UnreadCount", &value, "");
    if (SUCCEEDED(hr)) {
        IDispatch *messages = disp_path(folder, L"Messages");

        assert_non_null(messages);
        hr = disp_get(messages, L"Count", &value, "");
        IDispatch_Release(messages);
    }
    assert_true(FAILED(hr)); /* the call that hung ends with the worker */
    assert_true(wrap_wait_hanging(0));
    assert_int_equal(WaitForSingleObject(worker, WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(worker);
    assert_int_equal(event_file_count(events, "for more than 1 seconds", who), 1);
    assert_int_equal(event_file_count(events, "\t2\twarning\t", "The worker process is ended."), 1);
    IDispatch_Release(folder);
    /* The mailbox says so and can be opened again; the rest of the session goes on. */
    assert_int_equal(disp_get(mailbox, L"Inbox", &value, ""), NETWORK_ERROR);
    assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0);
    assert_int_equal(disp_run(mailbox, L"Open", ""), S_OK);
    assert_non_null(folder = disp_path(mailbox, L"Inbox"));
    assert_true(disp_long(folder, L"UnreadCount", -1) >= 0);
    IDispatch_Release(folder);
    IDispatch_Release(mailbox);
    IDispatch_Release(inbox);
    IDispatch_Release(unsaved);
    IDispatch_Release(second);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
    assert_int_equal(control->foreign, 0);
}

/* In the server itself it can only say so, once per call; other calls are none of its business. */
static void the_watchdog_reports_a_call_of_the_server_once(void **state)
{
    const WCHAR *events = setting_event_file();
    IDispatch *session;
    LONG count = -1;
    HANDLE server, thread;
    ULONGLONG give_up;

    (void)state;
    setting_set(L"CallTimeout", 1);
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    thread = CreateThread(NULL, 0, count_messages, &count, 0, NULL);
    assert_true(wrap_wait_hanging(WAIT_MS));
    for (give_up = GetTickCount64() + WAIT_MS; !event_file_count(events, "Messages.Count", NULL) && GetTickCount64() < give_up;)
        assert_int_equal(diagnostic(session, L"ThreadCount"), 2);
    /* Longer than it takes to look again: a call that ends in time is not told of, and this one only once. */
    assert_int_equal(WaitForSingleObject(thread, 1500), WAIT_TIMEOUT);
    assert_int_equal(diagnostic(session, L"ThreadCount"), 2);
    assert_int_equal(event_file_count(events, "\t2\twarning\t", "for more than 1 seconds"), 1);
    assert_int_equal(event_file_count(events, "is ended", NULL), 0);
    wrap_go();
    assert_int_equal(WaitForSingleObject(thread, WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(thread);
    assert_true(count > 0);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

/* Who, what, for whom, and how it ended; opens without those rights are not noted. */
static void opens_with_an_administrators_rights_are_logged(void **state)
{
    const WCHAR *events = setting_event_file();
    IDispatch *session, *second, *mailbox;
    char user[100] = "", client[60];
    DWORD size = sizeof user;
    HANDLE server;

    (void)state;
    GetUserNameA(user, &size);
    snprintf(client, sizeof client, "for the client process %lu: result 0x00000000", GetCurrentProcessId());
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    assert_non_null(mailbox = disp_object(session, L"OpenMailbox", "s", L"demo"));
    assert_true(disp_long(mailbox, L"Size", -1) >= 0);
    IDispatch_Release(mailbox);
    assert_int_equal(event_file_count(events, "", NULL), 0);
    assert_non_null(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1));
    assert_int_equal(event_file_count(events, "\t1\tinformation\t", client), 1);
    assert_int_equal(event_file_count(events, user, "opened the mailbox \"other\""), 1);
    assert_true(disp_long(mailbox, L"Size", -1) >= 0); /* a use is no open */
    IDispatch_Release(mailbox);
    assert_int_equal(event_file_count(events, "", NULL), 1);
    assert_non_null(second = session_on(L"other")); /* which has no such rights */
    assert_null(disp_object(second, L"OpenMailbox", "sb", L"demo", 1));
    assert_int_equal(event_file_count(events, "\t1\twarning\t", "opened the mailbox \"demo\""), 1);
    assert_int_equal(event_file_count(events, "", NULL), 2);
    IDispatch_Release(second);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

/* What disp_text reads of an object that is then released. */
static const WCHAR *text_of(IDispatch *object, const WCHAR *member, WCHAR *text)
{
    assert_non_null(object);
    disp_text(object, member, text, 1024);
    IDispatch_Release(object);
    return text;
}

/* The rights are in the id: also where a client has kept it, for another member, another session or another user. */
static void opens_by_an_administrators_store_id_are_logged(void **state)
{
    static WCHAR plain[1024], store[1024], folder[1024], own[1024];
    const WCHAR *events = setting_event_file();
    IDispatch *session, *second, *opened, *held;
    HANDLE server;

    (void)state;
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    text_of(disp_object(session, L"OpenMailbox", "s", L"demo"), L"ID", plain);
    assert_non_null(opened = disp_object(session, L"OpenMailbox", "sb", L"demo", 1));
    text_of(opened, L"ID", own);
    assert_int_not_equal(wcscmp(plain, own), 0);
    assert_non_null(opened = disp_object(session, L"OpenMailbox", "sb", L"other", 1));
    text_of(disp_path(opened, L"Inbox"), L"ID", folder);
    text_of(opened, L"ID", store);
    assert_int_equal(event_file_count(events, "\t1\tinformation\t", NULL), 2);
    IDispatch_Release(session);

    assert_non_null(session = session_on(L"demo")); /* which has not made any of these ids */
    assert_non_null(opened = disp_object(session, L"GetInfoStore", "s", plain));
    IDispatch_Release(opened);
    assert_int_equal(event_file_count(events, "", NULL), 2);
    assert_non_null(held = disp_object(session, L"GetInfoStore", "s", store));
    assert_int_equal(event_file_count(events, "opened the mailbox \"other\" (/o=", "result 0x00000000"), 2);
    assert_non_null(opened = disp_object(session, L"GetFolder", "ss", folder, store)); /* the logon that is there */
    IDispatch_Release(opened);
    assert_int_equal(event_file_count(events, "", NULL), 3);
    IDispatch_Release(held);
    assert_non_null(opened = disp_object(session, L"GetFolder", "ss", folder, store));
    assert_int_equal(event_file_count(events, "opened the mailbox \"other\" (/o=", "result 0x00000000"), 3);
    IDispatch_Release(opened);
    assert_non_null(second = session_on(L"other")); /* who has no such rights */
    assert_null(disp_object(second, L"GetInfoStore", "s", own));
    assert_int_equal(event_file_count(events, "\t1\twarning\t", "result 0x80070005"), 1);
    assert_int_equal(event_file_count(events, "", NULL), 5);
    IDispatch_Release(second);
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_that_hangs_delays_no_other_session),
        cmocka_unit_test(many_clients_at_once_each_have_their_own_thread),
        cmocka_unit_test(the_watchdog_ends_a_worker_that_hangs),
        cmocka_unit_test(the_watchdog_reports_a_call_of_the_server_once),
        cmocka_unit_test(opens_with_an_administrators_rights_are_logged),
        cmocka_unit_test(opens_by_an_administrators_store_id_are_logged),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, begin, end);
    CoUninitialize();
    return failed;
}
