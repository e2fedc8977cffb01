/*
 * test_settings.c: the settings that bound a server: MaxStoresPerProcess, MaxWorkers, Isolation, UseSeparateConnections;
 * a limit of MAPI's own that nobody told the server; and mailboxes in workers, which work as others do.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include "own_data.h"
#include <cmocka.h>

#define MAILBOXES 270 /* more than one process can have without separate connections */
#define FULL      ((HRESULT)0x8004011D) /* MAPI_E_FAILONEPROVIDER */
#define CALL_FAILED ((HRESULT)0x80004005)

static int make_data(void **state)
{
    (void)state;
    return own_data_begin(MAILBOXES) ? 0 : -1;
}

static bool error_says(const WCHAR *text)
{
    return wcsstr(disp_error()->description, text) != NULL;
}

/* Opens a mailbox whose store cannot be parked. False, with disp_error, when there is no room. */
static bool open_pinned(IDispatch *session, int number, IDispatch **mailbox, IDispatch **message)
{
    *message = NULL;
    *mailbox = open_mailbox(session, number);
    if (*mailbox && !(*message = unsaved_message(*mailbox)))
        fail_msg("mailbox %d: %ls", number, disp_error()->description);
    return *mailbox != NULL;
}

static void the_bounds_hold_and_the_error_says_what_to_do(void **state)
{
    enum { STORES = 3, WORKERS = 2, ROOM = (STORES - 1) * (1 + WORKERS) }; /* each keeps its default store */
    IDispatch *session, *mailboxes[ROOM + 1] = {NULL}, *messages[ROOM + 1] = {NULL};
    LONG server;
    int here = 0, opened = 0;

    (void)state;
    setting_set(L"MaxStoresPerProcess", STORES);
    setting_set(L"MaxWorkers", WORKERS);
    session = owner_session();
    assert_non_null(session);
    assert_int_equal(diagnostic(session, L"WorkerLimit"), WORKERS);
    server = diagnostic(session, L"ProcessID");
    while (opened <= ROOM && open_pinned(session, opened + 1, &mailboxes[opened], &messages[opened])) {
        here += disp_long(mailboxes[opened], L"ProcessID", 0) == server;
        opened++;
        assert_true(diagnostic(session, L"SlotsUsed") <= STORES);
    }
    assert_int_equal(disp_error()->hr, FULL);
    assert_true(error_says(L"3 message stores are open in process"));
    assert_true(error_says(L"2 in worker"));
    assert_true(error_says(L"2 of at most 2 workers"));
    assert_true(error_says(L"MaxStoresPerProcess"));
    assert_int_equal(opened, ROOM);
    assert_int_equal(here, STORES - 1);
    assert_int_equal(diagnostic(session, L"WorkerCount"), WORKERS);
    /* Where one is closed, there is room again: here and in a worker. */
    assert_int_equal(disp_run(mailboxes[ROOM - 1], L"Close", ""), S_OK);
    IDispatch_Release(messages[ROOM - 1]);
    IDispatch_Release(mailboxes[ROOM - 1]);
    if (!open_pinned(session, ROOM + 1, &mailboxes[ROOM - 1], &messages[ROOM - 1]))
        fail_msg("after one was closed: %ls", disp_error()->description);
    release_all(messages, ROOM + 1);
    release_all(mailboxes, ROOM + 1);
    owner_end(session);
}

static void without_workers_one_process_is_the_bound(void **state)
{
    enum { STORES = 5 };
    IDispatch *session, *mailboxes[STORES + 1] = {NULL}, *messages[STORES + 1] = {NULL};
    int opened = 0;

    (void)state;
    setting_set(L"MaxStoresPerProcess", STORES);
    setting_set(L"MaxWorkers", 0);
    session = owner_session();
    assert_non_null(session);
    while (opened <= STORES && open_pinned(session, opened + 1, &mailboxes[opened], &messages[opened]))
        opened++;
    assert_int_equal(disp_error()->hr, FULL);
    assert_true(error_says(L"0 of at most 0 workers"));
    assert_int_equal(opened, STORES - 1);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 0);
    assert_int_equal(diagnostic(session, L"SlotsFree"), 0);
    release_all(messages, STORES + 1);
    release_all(mailboxes, STORES + 1);
    owner_end(session);
}

/* MAPI refuses at a number that nobody told the server, with either of the errors that providers use. */
static void a_limit_is_found(LONG limit, HRESULT error)
{
    enum { OPENED = 16 };
    struct wrap_control *control = wrap_begin();
    IDispatch *session, *mailboxes[OPENED];

    assert_non_null(control);
    control->store_limit = limit;
    control->store_error = error;
    session = owner_session();
    assert_non_null(session);
    for (int i = 0; i < OPENED; i++) {
        mailboxes[i] = open_mailbox(session, i + 1);
        if (!mailboxes[i])
            fail_msg("limit %ld, 0x%08lX, mailbox %d: %ls", limit, (unsigned long)error, i + 1, disp_error()->description);
    }
    for (int i = 0; i < OPENED; i++)
        assert_true(disp_long(mailboxes[i], L"Size", -1) >= 0);
    assert_int_equal(diagnostic(session, L"SlotsUsed"), limit);
    assert_int_equal(diagnostic(session, L"SlotsFree"), 0);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 0);
    assert_int_equal(control->foreign, 0);
    release_all(mailboxes, OPENED);
    owner_end(session);
    wrap_end();
}

static void the_limit_is_found_not_assumed(void **state)
{
    (void)state;
    a_limit_is_found(7, FULL);
    a_limit_is_found(3, CALL_FAILED);
}

static void isolation_gives_each_session_a_process(void **state)
{
    IDispatch *sessions[2], *mailbox;
    LONG process[2], still;
    HANDLE ended;

    (void)state;
    setting_set(L"Isolation", 1);
    for (int i = 0; i < 2; i++) {
        sessions[i] = owner_session();
        assert_non_null(sessions[i]);
        process[i] = diagnostic(sessions[i], L"ProcessID");
    }
    assert_int_not_equal(process[0], process[1]);
    mailbox = open_mailbox(sessions[1], 1);
    assert_non_null(mailbox);
    assert_int_equal(disp_long(mailbox, L"ProcessID", 0), process[1]);
    ended = server_process(sessions[0]);
    disp_run(sessions[0], L"Logoff", "");
    IDispatch_Release(sessions[0]);
    assert_true(server_end(ended));
    still = disp_long(mailbox, L"Size", -1); /* the other one does not notice */
    assert_true(still >= 0);
    IDispatch_Release(mailbox);
    owner_end(sessions[1]);
}

static void an_isolated_session_has_workers_of_its_own(void **state)
{
    enum { STORES = 3, WORKERS = 2, OPENED = STORES };
    IDispatch *session, *mailboxes[OPENED], *messages[OPENED];
    LONG process;

    (void)state;
    setting_set(L"Isolation", 1);
    setting_set(L"MaxStoresPerProcess", STORES);
    setting_set(L"MaxWorkers", WORKERS);
    assert_non_null(session = owner_session());
    process = diagnostic(session, L"ProcessID");
    assert_int_equal(diagnostic(session, L"WorkerLimit"), WORKERS);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 0);
    for (int i = 0; i < OPENED; i++)
        if (!open_pinned(session, i + 1, &mailboxes[i], &messages[i]))
            fail_msg("mailbox %d: %ls", i + 1, disp_error()->description);
    assert_int_equal(disp_long(mailboxes[0], L"ProcessID", 0), process);
    assert_int_not_equal(disp_long(mailboxes[OPENED - 1], L"ProcessID", 0), process);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 1);
    release_all(messages, OPENED);
    release_all(mailboxes, OPENED);
    owner_end(session); /* waits for the isolated process, which waits for its worker */
}

static void separate_connections_lift_the_limit(void **state)
{
    IDispatch *session, *mailboxes[MAILBOXES] = {NULL};
    int opened = 0;

    (void)state;
    setting_set(L"MaxStoresPerProcess", 1000);
    setting_set(L"MaxWorkers", 0);
    setting_set(L"UseSeparateConnections", 1);
    session = owner_session();
    assert_non_null(session);
    while (opened < MAILBOXES && (mailboxes[opened] = open_mailbox(session, opened + 1)))
        opened++;
    if (opened < MAILBOXES)
        fail_msg("%d were open: %ls", opened, disp_error()->description);
    assert_int_equal(diagnostic(session, L"SlotsUsed"), MAILBOXES + 1); /* none was parked */
    release_all(mailboxes, MAILBOXES);
    owner_end(session);
}

/* ---- mailboxes in workers ------------------------------------------------------------------------------------------- */

static const WCHAR *const object_members[] = {L"RootFolder", L"Inbox",  L"Outbox",   L"SentItems", L"DeletedItems",
                                              L"Drafts",     L"Fields", L"Calendar", L"Contacts",  L"Tasks",
                                              L"Notes",      L"Journal"};

static void put_message(IDispatch *mailbox, const WCHAR *subject)
{
    IDispatch *messages = disp_path(mailbox, L"Inbox.Messages"), *message;

    assert_non_null(messages);
    message = disp_object(messages, L"Add", "ss", subject, L"Text of it");
    assert_non_null(message);
    assert_int_equal(disp_run(message, L"Update", ""), S_OK);
    IDispatch_Release(message);
    IDispatch_Release(messages);
}

static LONG inbox_count(IDispatch *mailbox)
{
    IDispatch *messages = disp_path(mailbox, L"Inbox.Messages");
    LONG count = messages ? disp_long(messages, L"Count", -1) : -1;

    if (messages)
        IDispatch_Release(messages);
    return count;
}

/* Everything that a client does with a mailbox, for one that is here or in a worker. */
static void use_mailbox(IDispatch *session, IDispatch *mailbox, int number, IDispatch *other)
{
    WCHAR text[256], name[16];
    IDispatch *object, *folder, *messages, *message;
    VARIANT rows;
    LONG upper = -1, before = inbox_count(mailbox), other_before = inbox_count(other);

    for (size_t i = 0; i < ARRAYSIZE(object_members); i++) {
        object = disp_object(mailbox, object_members[i], "");
        if (!object)
            fail_msg("%ls: %ls", object_members[i], disp_error()->description);
        IDispatch_Release(object);
    }
    _snwprintf(name, ARRAYSIZE(name), L"m%d", number);
    assert_int_equal(wcscmp(disp_text(mailbox, L"Name", text, ARRAYSIZE(text)), name), 0);
    assert_true(disp_text(mailbox, L"ID", text, ARRAYSIZE(text))[0]);
    assert_true(disp_text(mailbox, L"ProviderName", text, ARRAYSIZE(text))[0]);
    assert_true(disp_text(mailbox, L"Address", text, ARRAYSIZE(text))[0]);
    assert_true(disp_long(mailbox, L"Size", -1) >= 0);
    assert_int_equal(disp_long(mailbox, L"IsOpen", 0), -1);
    put_message(mailbox, L"one");
    put_message(mailbox, L"two");
    assert_int_equal(inbox_count(mailbox), before + 2);
    folder = disp_object(mailbox, L"GetFolderFromPath", "s", L"Inbox");
    assert_non_null(folder);
    object = disp_object(folder, L"Session", ""); /* the client's session, whatever process it is in */
    assert_non_null(object);
    assert_int_equal(wcscmp(disp_text(object, L"ProfileName", text, ARRAYSIZE(text)), L"owner"), 0);
    IDispatch_Release(object);
    messages = disp_object(folder, L"Messages", "");
    assert_int_equal(disp_get(messages, L"GetRows", &rows, "i", 0x0037001FL), S_OK);
    assert_int_equal(SafeArrayGetUBound(V_ARRAY(&rows), 1, &upper), S_OK);
    assert_int_equal(upper + 1, before + 2);
    VariantClear(&rows);
    object = disp_object(messages, L"Restrict", "s", L"[Subject] = 'two'");
    assert_non_null(object);
    assert_true(disp_long(object, L"Count", -1) >= 1);
    message = disp_object(object, L"GetFirst", "");
    assert_int_equal(wcscmp(disp_text(message, L"Subject", text, ARRAYSIZE(text)), L"two"), 0);
    assert_int_equal(disp_run(message, L"Delete", ""), S_OK);
    IDispatch_Release(message);
    IDispatch_Release(object);
    assert_int_equal(inbox_count(mailbox), before + 1);
    IDispatch_Release(messages);
    IDispatch_Release(folder);
    put_message(other, L"there");
    assert_int_equal(inbox_count(other), other_before + 1);
    (void)session;
}

static void a_mailbox_in_a_worker_works_like_one_here(void **state)
{
    enum { STORES = 2 };
    IDispatch *session, *mailboxes[STORES + 1], *messages[STORES];
    LONG server;

    (void)state;
    setting_set(L"MaxStoresPerProcess", STORES + 1);
    session = owner_session();
    assert_non_null(session);
    server = diagnostic(session, L"ProcessID");
    for (int i = 0; i < STORES; i++)
        assert_true(open_pinned(session, 100 + i, &mailboxes[i], &messages[i]));
    mailboxes[STORES] = open_mailbox(session, 110);
    if (!mailboxes[STORES])
        fail_msg("%ls", disp_error()->description);
    assert_int_equal(disp_long(mailboxes[0], L"ProcessID", 0), server);
    assert_int_not_equal(disp_long(mailboxes[STORES], L"ProcessID", 0), server);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 1);
    use_mailbox(session, mailboxes[0], 100, mailboxes[STORES]);
    use_mailbox(session, mailboxes[STORES], 110, mailboxes[0]);
    /* Closed, its members say so; opened again, it works. */
    assert_int_equal(disp_run(mailboxes[STORES], L"Close", ""), S_OK);
    assert_null(disp_object(mailboxes[STORES], L"Inbox", ""));
    assert_int_equal(disp_error()->hr, (HRESULT)0x8004010A);
    assert_int_equal(disp_run(mailboxes[STORES], L"Open", ""), S_OK);
    use_mailbox(session, mailboxes[STORES], 110, mailboxes[0]);
    release_all(messages, STORES);
    release_all(mailboxes, STORES + 1);
    /* Logoff ends the worker. */
    disp_run(session, L"Logoff", "");
    assert_int_equal(diagnostic_settles(session, L"WorkerCount", 0, 10000), 0);
    owner_end(session);
}

/* ---- between processes --------------------------------------------------------------------------------------------------- */

static IDispatch *first_message(IDispatch *mailbox)
{
    IDispatch *messages = disp_path(mailbox, L"Inbox.Messages"), *message;

    assert_non_null(messages);
    message = disp_object(messages, L"GetFirst", "");
    assert_non_null(message);
    IDispatch_Release(messages);
    return message;
}

/* Copies and moves from one mailbox's Inbox to that of another process, by ids and by the folder object. */
static void send_across(IDispatch *from, IDispatch *to)
{
    IDispatch *target = disp_path(to, L"Inbox"), *messages, *message, *made;
    WCHAR id[256], store[512], text[64];
    LONG there, count = 0;
    VARIANT ids, rows;

    put_message(from, L"across");
    put_message(from, L"across");
    put_message(from, L"across");
    disp_text(target, L"ID", id, ARRAYSIZE(id));
    disp_text(target, L"StoreID", store, ARRAYSIZE(store));
    there = inbox_count(to);
    for (int way = 0; way < 4; way++) { /* two copies, two moves */
        const WCHAR *member = way < 2 ? L"CopyTo" : L"MoveTo";
        LONG here = inbox_count(from);

        message = first_message(from);
        made = way % 2 ? disp_object(message, member, "o", target) : disp_object(message, member, "ss", id, store);
        if (!made)
            fail_msg("%ls, way %d: %ls", member, way, disp_error()->description);
        assert_true(disp_text(made, L"Subject", text, ARRAYSIZE(text))[0] != 0);
        disp_text(made, L"StoreID", text, ARRAYSIZE(text));
        IDispatch_Release(made);
        IDispatch_Release(message);
        assert_int_equal(inbox_count(to), there + way + 1);
        assert_int_equal(inbox_count(from), here - (way >= 2));
    }
    put_message(from, L"across");
    put_message(from, L"across");
    there = inbox_count(to);
    messages = disp_path(from, L"Inbox.Messages");
    for (int move = 0; move < 2; move++) {
        LONG here = inbox_count(from), upper = -1;
        SAFEARRAY *array;

        assert_int_equal(disp_get(messages, L"GetRows", &rows, "i", 0x0FFF0102L), S_OK); /* PR_ENTRYID */
        SafeArrayGetUBound(V_ARRAY(&rows), 1, &upper);
        array = SafeArrayCreateVector(VT_VARIANT, 0, (ULONG)upper + 1);
        for (LONG i = 0; i <= upper; i++) {
            LONG at[2] = {i, 0};
            VARIANT cell;

            SafeArrayGetElement(V_ARRAY(&rows), at, &cell);
            SafeArrayPutElement(array, &i, &cell);
            VariantClear(&cell);
        }
        V_VT(&ids) = VT_ARRAY | VT_VARIANT;
        V_ARRAY(&ids) = array;
        count += upper + 1;
        if (disp_run(messages, move ? L"MoveMany" : L"CopyMany", "vo", &ids, target))
            fail_msg("bulk, move %d: %ls", move, disp_error()->description);
        VariantClear(&ids);
        VariantClear(&rows);
        assert_int_equal(inbox_count(to), there + count);
        assert_int_equal(inbox_count(from), move ? 0 : here);
    }
    IDispatch_Release(messages);
    IDispatch_Release(target);
}

static void messages_go_from_one_process_to_another(void **state)
{
    enum { STORES = 2 };
    IDispatch *session, *mailboxes[STORES], *messages[STORES], *remote;

    (void)state;
    setting_set(L"MaxStoresPerProcess", STORES + 1);
    assert_non_null(session = owner_session());
    for (int i = 0; i < STORES; i++)
        assert_true(open_pinned(session, 120 + i, &mailboxes[i], &messages[i]));
    assert_non_null(remote = open_mailbox(session, 130));
    assert_int_not_equal(disp_long(remote, L"ProcessID", 0), disp_long(mailboxes[0], L"ProcessID", 0));
    release_all(messages, STORES);
    send_across(remote, mailboxes[0]);
    send_across(mailboxes[0], remote);
    release_all(mailboxes, STORES);
    IDispatch_Release(remote);
    owner_end(session);
}

/* ---- the server's life ----------------------------------------------------------------------------------------------- */

static void a_lingering_server_is_there_for_the_next_client(void **state)
{
    enum { LINGER_MS = 3000, SOON_MS = 500 };
    IDispatch *session;
    HANDLE server;
    LONG process;

    (void)state;
    setting_set(L"LingerTime", LINGER_MS);
    session = owner_session();
    assert_non_null(session);
    process = diagnostic(session, L"ProcessID");
    server = server_process(session);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
    assert_int_equal(WaitForSingleObject(server, SOON_MS), WAIT_TIMEOUT);
    session = owner_session();
    assert_int_equal(diagnostic(session, L"ProcessID"), process);
    CloseHandle(server);
    owner_end(session);
    setting_set(L"LingerTime", 0);
    session = owner_session();
    server = server_process(session);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
    assert_true(server_end(server));
    settings_clear();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bounds_hold_and_the_error_says_what_to_do),
        cmocka_unit_test(without_workers_one_process_is_the_bound),
        cmocka_unit_test(the_limit_is_found_not_assumed),
        cmocka_unit_test(isolation_gives_each_session_a_process),
        cmocka_unit_test(an_isolated_session_has_workers_of_its_own),
        cmocka_unit_test(separate_connections_lift_the_limit),
        cmocka_unit_test(a_mailbox_in_a_worker_works_like_one_here),
        cmocka_unit_test(messages_go_from_one_process_to_another),
        cmocka_unit_test(a_lingering_server_is_there_for_the_next_client),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, make_data, NULL);
    CoUninitialize();
    return failed;
}
