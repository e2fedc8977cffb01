/*
 * test_notify.c: advise sinks on stores, folders and tables, for changes here and in another process. The program starts
 * itself as that process.
 */
#include "harness.h"

#define SECONDS 10

static void say(IMAPIFolder *folder, const WCHAR *subject)
{
    IMessage *message = make_message(folder, subject);
    release(message);
}

static ULONG_PTR advise(const SBinary *id, ULONG mask, struct sink *sink)
{
    ULONG_PTR connection = 0;
    sink_init(sink);
    assert_hr(store->lpVtbl->Advise(store, id ? id->cb : 0, id ? (ENTRYID *)id->lpb : NULL, mask, &sink->iface, &connection),
              S_OK);
    assert_true(connection != 0);
    return connection;
}

static void a_store_tells_of_new_messages(void **state)
{
    struct sink sink;
    ULONG_PTR connection = advise(NULL, fnevObjectCreated, &sink);
    (void)state;
    say(inbox, L"announced");
    assert_true(wait_for(&sink.count, SECONDS));
    assert_int_equal(sink.mask, fnevObjectCreated);
    assert_int_equal(sink.thread, GetCurrentThreadId()); /* without MAPI_MULTITHREAD_NOTIFICATIONS */
    assert_hr(store->lpVtbl->Unadvise(store, connection), S_OK);
    assert_int_equal(sink.refs, 1);
    /* A second sink hears of the next message; the first does not. */
    LONG told = sink.count;
    struct sink later;
    ULONG_PTR second = advise(NULL, fnevObjectCreated, &later);
    say(inbox, L"announced to the second");
    assert_true(wait_for(&later.count, SECONDS));
    assert_int_equal(sink.count, told);
    assert_hr(store->lpVtbl->Unadvise(store, second), S_OK);
    assert_hr(store->lpVtbl->Unadvise(store, connection), MAPI_E_INVALID_PARAMETER);
}

static void advise_checks_its_parameters(void **state)
{
    struct sink sink;
    ULONG_PTR connection = 99;
    (void)state;
    sink_init(&sink);
    assert_hr(store->lpVtbl->Advise(store, 0, NULL, fnevNewMail, NULL, &connection), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(connection, 0);
    assert_hr(store->lpVtbl->Advise(store, 0, NULL, fnevNewMail, &sink.iface, NULL), MAPI_E_INVALID_PARAMETER);
    assert_int_equal(sink.refs, 1);
}

static void one_folder_tells_of_itself_only(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Advised"), *other = make_folder(inbox, L"Other");
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    struct sink sink;
    ULONG_PTR connection = advise(&id->Value.bin, fnevObjectCreated | fnevObjectModified | fnevObjectDeleted, &sink);
    (void)state;
    say(other, L"elsewhere");
    say(folder, L"here");
    assert_true(wait_for(&sink.count, SECONDS));
    assert_true(sink.mask & fnevObjectCreated);
    assert_hr(store->lpVtbl->Unadvise(store, connection), S_OK);
    free_mapi(id);
    release(folder);
    release(other);
}

static void tables_tell_of_rows(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Watched");
    IMAPITable *table = NULL;
    IMessage *message;
    struct sink sink;
    ULONG_PTR connection = 0;
    (void)state;
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    sink_init(&sink);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, &sink.iface, &connection), S_OK);
    message = make_message(folder, L"row");
    assert_true(wait_for((volatile LONG *)&sink.table_events[TABLE_ROW_ADDED], SECONDS));
    set_string(message, PR_SUBJECT_W, L"changed row");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    assert_true(wait_for((volatile LONG *)&sink.table_events[TABLE_ROW_MODIFIED], SECONDS));
    SPropValue *id = get_prop(message, PR_ENTRYID);
    ENTRYLIST list = {1, &id->Value.bin};
    assert_hr(folder->lpVtbl->DeleteMessages(folder, &list, 0, NULL, 0), S_OK);
    assert_true(wait_for((volatile LONG *)&sink.table_events[TABLE_ROW_DELETED], SECONDS));
    free_mapi(id);
    release(message);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    assert_int_equal(sink.refs, 1);
    release(table);
    release(folder);
}

static void another_process_is_heard(void **state)
{
    WCHAR command[MAX_PATH + 20];
    STARTUPINFOW start = {.cb = sizeof(start)};
    PROCESS_INFORMATION process;
    struct sink sink;
    ULONG_PTR connection = advise(NULL, fnevNewMail | fnevObjectCreated, &sink);
    (void)state;
    command[0] = '"';
    DWORD n = GetModuleFileNameW(NULL, command + 1, MAX_PATH);
    assert_true(n > 0);
    lstrcatW(command, L"\" write");
    assert_true(CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process));
    assert_true(wait_for(&sink.count, 60));
    assert_int_equal(WaitForSingleObject(process.hProcess, 60000), WAIT_OBJECT_0);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
    assert_hr(store->lpVtbl->Unadvise(store, connection), S_OK);
}

static void a_released_store_ends_its_advises(void **state)
{
    IMsgStore *other = open_default_store(session, MDB_WRITE);
    struct sink sink;
    ULONG_PTR connection = 0;
    (void)state;
    sink_init(&sink);
    assert_hr(other->lpVtbl->Advise(other, 0, NULL, fnevObjectCreated, &sink.iface, &connection), S_OK);
    assert_int_equal(sink.refs, 2);
    release(other);
    assert_int_equal(sink.refs, 1);
}

static void a_thread_of_mapi_calls_when_asked_to(void **state)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS};
    struct sink sink;
    (void)state;
    assert_hr(dll.initialize(&init), S_OK);
    ULONG_PTR connection = advise(NULL, fnevObjectCreated, &sink);
    say(inbox, L"for another thread");
    /* This thread dispatches no messages meanwhile. */
    for (DWORD begin = GetTickCount(); !sink.count && GetTickCount() - begin < SECONDS * 1000;)
        SwitchToThread();
    assert_int_equal(sink.mask, fnevObjectCreated);
    assert_int_not_equal(sink.thread, GetCurrentThreadId());
    assert_hr(store->lpVtbl->Unadvise(store, connection), S_OK);
    dll.uninitialize();
}

/* The other process: one message into demo's inbox. */
static void write_message(void **state)
{
    ULONG cb = 0, type;
    ENTRYID *id = NULL;
    (void)state;
    harness_load();
    assert_hr(dll.initialize(NULL), S_OK);
    session = harness_logon(L"demo");
    store = open_default_store(session, MDB_WRITE);
    assert_hr(store->lpVtbl->GetReceiveFolder(store, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(store->lpVtbl->OpenEntry(store, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&inbox), S_OK);
    free_mapi(id);
    say(inbox, L"from another process");
    harness_teardown(NULL);
}

int main(int count, char **arguments)
{
    static const struct CMUnitTest writer[] = {cmocka_unit_test(write_message)};
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_tells_of_new_messages),
        cmocka_unit_test(advise_checks_its_parameters),
        cmocka_unit_test(one_folder_tells_of_itself_only),
        cmocka_unit_test(tables_tell_of_rows),
        cmocka_unit_test(another_process_is_heard),
        cmocka_unit_test(a_released_store_ends_its_advises),
        cmocka_unit_test(a_thread_of_mapi_calls_when_asked_to),
    };
    if (count > 1 && !strcmp(arguments[1], "write")) {
        cmocka_set_message_output(CM_OUTPUT_SUBUNIT); /* the other program's lines are not test results */
        return cmocka_run_group_tests(writer, NULL, NULL);
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
