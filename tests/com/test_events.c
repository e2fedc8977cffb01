/*
 * test_events.c: events of sessions, stores, mailboxes and folders: by connection points and by Subscription, of changes
 * by this client, by another process, and in a worker; sinks that hang; the loss of a worker.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include "sink.h"
#include "wrap.h"
#include <cmocka.h>

#define WAIT_MS 20000

/* Makes a message; its id goes into the buffer. */
static void make_message(IDispatch *folder, WCHAR *id, size_t count)
{
    IDispatch *message = disp_path(folder, L"Messages.Add");

    assert_non_null(message);
    assert_int_equal(disp_put(message, L"Subject", "s", L"an event"), S_OK);
    assert_int_equal(disp_run(message, L"Update", ""), S_OK);
    disp_text(message, L"ID", id, count);
    IDispatch_Release(message);
}

/* Whether Wait answers within the time an array with a row of that name and id (NULL: any). */
static bool subscription_wait(IDispatch *subscription, const WCHAR *name, const WCHAR *id)
{
    ULONGLONG end = GetTickCount64() + WAIT_MS;
    bool found = false;

    while (!found && GetTickCount64() < end) {
        VARIANT events, cell;
        LONG last = -1, at[2];

        if (FAILED(disp_call(subscription, L"Wait", DISPATCH_METHOD, &events, "i", 2000)))
            return false;
        if (V_VT(&events) == (VT_ARRAY | VT_VARIANT) && SafeArrayGetDim(V_ARRAY(&events)) == 2)
            SafeArrayGetUBound(V_ARRAY(&events), 1, &last);
        for (LONG row = 0; row <= last && !found; row++) {
            at[0] = row, at[1] = 0;
            SafeArrayGetElement(V_ARRAY(&events), at, &cell);
            found = !wcscmp(V_BSTR(&cell), name);
            VariantClear(&cell);
            at[1] = 2;
            SafeArrayGetElement(V_ARRAY(&events), at, &cell);
            found = found && (!id || !_wcsicmp(V_BSTR(&cell), id));
            VariantClear(&cell);
        }
        VariantClear(&events);
    }
    return found;
}

static void sinks_hear_what_concerns_their_object(void **state)
{
    IDispatch *session = session_on(L"demo"), *store = disp_object(session, L"GetInfoStore", "");
    IDispatch *outbox = disp_path(session, L"Outbox"), *inbox = disp_path(session, L"Inbox");
    struct sink *on_session = sink_advise(session), *on_store = sink_advise(store);
    struct sink *on_outbox = sink_advise(outbox), *on_inbox = sink_advise(inbox);
    WCHAR id[512], other[512];

    (void)state;
    assert_true(on_session && on_store && on_outbox && on_inbox);
    make_message(outbox, id, ARRAYSIZE(id));
    make_message(inbox, other, ARRAYSIZE(other));
    assert_true(sink_wait(on_session, EVENT_CREATED, id, WAIT_MS));
    assert_true(sink_wait(on_store, EVENT_CREATED, id, WAIT_MS));
    assert_true(sink_wait(on_outbox, EVENT_CREATED, id, WAIT_MS));
    assert_true(sink_wait(on_inbox, EVENT_CREATED, other, WAIT_MS));
    assert_true(sink_wait(on_session, EVENT_CREATED, other, WAIT_MS));
    assert_false(sink_wait(on_outbox, EVENT_CREATED, other, 0));

    assert_int_equal(sink_unadvise(on_outbox), S_OK);
    assert_int_equal(sink_unadvise(on_store), S_OK);
    sink_forget(on_session);
    make_message(outbox, id, ARRAYSIZE(id));
    assert_true(sink_wait(on_session, EVENT_CREATED, id, WAIT_MS)); /* the others go on */
    assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
    sink_unadvise(on_inbox);
    sink_unadvise(on_session);
    IDispatch_Release(inbox);
    IDispatch_Release(outbox);
    IDispatch_Release(store);
    IDispatch_Release(session);
}

/* Writes a mail and imports it with mapictl, in a process of its own. */
static void import_mail(void)
{
    char bin[MAX_PATH], temp[MAX_PATH], path[MAX_PATH + 20], line[3 * MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DWORD code = 1;
    FILE *file;

    GetEnvironmentVariableA("MAPIHOST_TEST_BIN", bin, sizeof bin);
    GetEnvironmentVariableA("MAPIHOST_TEST_TEMP", temp, sizeof temp);
    snprintf(path, sizeof path, "%s\\event.eml", temp);
    assert_non_null(file = fopen(path, "wb"));
    fputs("From: someone@example.test\r\nTo: demo@example.test\r\nSubject: imported\r\n\r\nText.\r\n", file);
    fclose(file);
    snprintf(line, sizeof line, "\"%s\\mapictl.exe\" import --profile demo \"%s\"", bin, path);
    assert_true(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process));
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    assert_int_equal(code, 0);
}

static void changes_by_another_process_are_told(void **state)
{
    IDispatch *session = session_on(L"demo"), *inbox = disp_path(session, L"Inbox");
    IDispatch *subscription = disp_object(session, L"Subscribe", "os", inbox, L"ObjectCreated, NewMail");
    struct sink *sink = sink_advise(inbox);

    (void)state;
    assert_true(subscription && sink);
    import_mail();
    assert_true(sink_wait(sink, EVENT_CREATED, NULL, WAIT_MS));
    assert_true(subscription_wait(subscription, L"ObjectCreated", NULL));
    assert_int_equal(disp_run(subscription, L"Close", ""), S_OK);
    sink_unadvise(sink);
    IDispatch_Release(subscription);
    IDispatch_Release(inbox);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
}

static void a_sink_that_hangs_blocks_nobody(void **state)
{
    IDispatch *session = session_on(L"demo"), *outbox = disp_path(session, L"Outbox");
    struct sink *slow = sink_advise(outbox), *quick = sink_advise(outbox);
    WCHAR id[512];

    (void)state;
    assert_true(slow && quick);
    sink_stick(slow);
    make_message(outbox, id, ARRAYSIZE(id));
    assert_true(sink_wait_stuck(slow, WAIT_MS));
    make_message(outbox, id, ARRAYSIZE(id)); /* the session goes on */
    assert_true(sink_wait(quick, EVENT_CREATED, id, WAIT_MS));
    assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
    sink_go(slow);
    sink_unadvise(slow);
    sink_unadvise(quick);
    IDispatch_Release(outbox);
    IDispatch_Release(session);
}

static void a_mailbox_in_a_worker_has_events_and_its_loss_is_one(void **state)
{
    IDispatch *session, *second, *unsaved, *inbox, *mailbox, *folder, *on_mailbox, *on_folder;
    struct sink *session_sink, *mailbox_sink, *folder_sink;
    WCHAR id[512], store[512];
    HANDLE server, worker;

    (void)state;
    assert_non_null(session = session_on(L"demo"));
    server = server_process(session);
    IDispatch_Release(session);
    assert_true(server_end(server));
    setting_set(L"MaxStoresPerProcess", 2); /* the second session pins one: the mailbox needs a worker */
    assert_non_null(session = session_on(L"demo"));
    assert_non_null(second = session_on(L"other"));
    assert_non_null(unsaved = disp_path(second, L"Inbox.Messages.Add"));
    server = server_process(session);
    session_sink = sink_advise(session);
    assert_non_null(inbox = disp_path(session, L"Inbox"));
    assert_non_null(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1));
    assert_int_not_equal(disp_long(mailbox, L"ProcessID", 0), (LONG)GetProcessId(server));
    assert_non_null(worker = process_of(mailbox));
    disp_text(mailbox, L"ID", store, ARRAYSIZE(store));
    assert_non_null(folder = disp_path(mailbox, L"Outbox"));
    assert_non_null(mailbox_sink = sink_advise(mailbox));
    assert_non_null(folder_sink = sink_advise(folder));
    on_mailbox = disp_object(session, L"Subscribe", "o", mailbox);
    on_folder = disp_object(session, L"Subscribe", "o", folder);
    if (!on_mailbox || !on_folder)
        fail_msg("%ls", disp_error()->description);

    make_message(folder, id, ARRAYSIZE(id));
    assert_true(sink_wait(mailbox_sink, EVENT_CREATED, id, WAIT_MS));
    assert_true(sink_wait(folder_sink, EVENT_CREATED, id, WAIT_MS));
    assert_true(subscription_wait(on_mailbox, L"ObjectCreated", id));
    assert_true(subscription_wait(on_folder, L"ObjectCreated", id));

    TerminateProcess(worker, 9);
    assert_true(sink_wait(mailbox_sink, EVENT_LOST, store, WAIT_MS));
    assert_true(sink_wait(session_sink, EVENT_LOST, store, WAIT_MS));
    assert_true(subscription_wait(on_mailbox, L"ConnectionLost", NULL));
    assert_true(subscription_wait(on_folder, L"ConnectionLost", NULL));
    assert_true(disp_long(inbox, L"UnreadCount", -1) >= 0); /* the rest goes on */
    assert_int_equal(disp_run(mailbox, L"Open", ""), S_OK);
    IDispatch_Release(folder);
    assert_non_null(folder = disp_path(mailbox, L"Outbox"));
    make_message(folder, id, ARRAYSIZE(id)); /* the mailbox's sink is still advised */
    assert_true(sink_wait(mailbox_sink, EVENT_CREATED, id, WAIT_MS));

    sink_unadvise(folder_sink);
    sink_unadvise(mailbox_sink);
    sink_unadvise(session_sink);
    IDispatch_Release(on_folder);
    IDispatch_Release(on_mailbox);
    IDispatch_Release(folder);
    IDispatch_Release(mailbox);
    IDispatch_Release(inbox);
    IDispatch_Release(unsaved);
    IDispatch_Release(second);
    IDispatch_Release(session);
    CloseHandle(worker);
    assert_true(server_end(server));
}

static int clear(void **state)
{
    (void)state;
    settings_clear();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sinks_hear_what_concerns_their_object),
        cmocka_unit_test(changes_by_another_process_are_told),
        cmocka_unit_test(a_sink_that_hangs_blocks_nobody),
        cmocka_unit_test(a_mailbox_in_a_worker_has_events_and_its_loss_is_one),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, clear, clear);
    CoUninitialize();
    return failed;
}
