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

/* ---- tables that show a part ---- */

static ULONG_PTR watch(IMAPITable *table, struct sink *sink)
{
    ULONG_PTR connection = 0;
    sink_init(sink);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, &sink->iface, &connection), S_OK);
    return connection;
}

static void wait_event(struct sink *sink, ULONG event, ULONG times)
{
    for (DWORD begin = GetTickCount(); sink->table_events[event] < times && GetTickCount() - begin < SECONDS * 1000;) {
        volatile LONG more = sink->count;
        MSG msg;
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&msg);
        if (sink->count == more)
            MsgWaitForMultipleObjects(0, NULL, FALSE, 20, QS_ALLINPUT);
    }
    assert_true(sink->table_events[event] >= times);
}

/* Rows that come into the part, change in it and leave it; what never was in it is not told. */
static void follow_part(IMAPITable *table, IMAPIFolder *folder)
{
    struct sink sink;
    ULONG_PTR connection = watch(table, &sink);
    say(folder, L"no part of it");
    IMessage *message = make_message(folder, L"wanted row");
    wait_event(&sink, TABLE_ROW_ADDED, 1);
    set_long(message, PR_IMPORTANCE, IMPORTANCE_HIGH);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    wait_event(&sink, TABLE_ROW_MODIFIED, 1);
    set_string(message, PR_SUBJECT_W, L"other row");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    wait_event(&sink, TABLE_ROW_DELETED, 1);
    set_string(message, PR_SUBJECT_W, L"wanted again");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    wait_event(&sink, TABLE_ROW_ADDED, 2);
    SPropValue *id = get_prop(message, PR_ENTRYID);
    ENTRYLIST list = {1, &id->Value.bin};
    assert_hr(folder->lpVtbl->DeleteMessages(folder, &list, 0, NULL, 0), S_OK);
    wait_event(&sink, TABLE_ROW_DELETED, 2);
    assert_int_equal(sink.table_events[TABLE_CHANGED], 0);
    assert_int_equal(sink.count, 5);
    free_mapi(id);
    release(message);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
}

static void wanted(SRestriction *restriction, SPropValue *value)
{
    memset(restriction, 0, sizeof(*restriction));
    value->ulPropTag = PR_SUBJECT_W;
    value->Value.lpszW = (LPWSTR)L"wanted";
    restriction->rt = RES_CONTENT;
    restriction->res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
    restriction->res.resContent.ulPropTag = PR_SUBJECT_W;
    restriction->res.resContent.lpProp = value;
}

static void a_restricted_table_tells_of_its_rows(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Restricted");
    IMAPITable *table = NULL;
    SRestriction restriction;
    SPropValue value;
    (void)state;
    wanted(&restriction, &value);
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(table->lpVtbl->Restrict(table, &restriction, 0), S_OK);
    follow_part(table, folder);
    release(table);
    release(folder);
}

static void a_search_folder_tells_of_its_rows(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Searched"), *finder = open_folder(store, PR_FINDER_ENTRYID), *search = NULL;
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    ENTRYLIST where = {1, &id->Value.bin};
    IMAPITable *table = NULL;
    SRestriction restriction;
    SPropValue value;
    struct sink sink;
    (void)state;
    wanted(&restriction, &value);
    assert_hr(finder->lpVtbl->CreateFolder(finder, FOLDER_SEARCH, (LPTSTR)L"Wanted", NULL, NULL, MAPI_UNICODE, &search), S_OK);
    assert_hr(search->lpVtbl->SetSearchCriteria(search, &restriction, &where, SHALLOW_SEARCH), S_OK);
    assert_hr(search->lpVtbl->GetContentsTable(search, 0, &table), S_OK);
    follow_part(table, folder);
    /* A search that is made again is told as a whole. */
    ULONG_PTR connection = watch(table, &sink);
    assert_hr(search->lpVtbl->SetSearchCriteria(search, NULL, NULL, RESTART_SEARCH), S_OK);
    wait_event(&sink, TABLE_CHANGED, 1);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    release(table);
    release(search);
    release(finder);
    free_mapi(id);
    release(folder);
}

static void a_deep_hierarchy_tells_of_its_rows(void **state)
{
    IMAPIFolder *top = make_folder(inbox, L"Deep"), *child = make_folder(top, L"Child"), *leaf;
    SPropValue *id = get_prop(child, PR_ENTRYID);
    IMAPITable *table = NULL;
    struct sink sink;
    (void)state;
    assert_hr(top->lpVtbl->GetHierarchyTable(top, CONVENIENT_DEPTH, &table), S_OK);
    ULONG_PTR connection = watch(table, &sink);
    leaf = make_folder(child, L"Leaf");
    wait_event(&sink, TABLE_ROW_ADDED, 1);
    IMAPIFolder *outside = make_folder(inbox, L"Outside");
    set_string(leaf, PR_COMMENT_W, L"noted");
    wait_event(&sink, TABLE_ROW_MODIFIED, 1);
    assert_int_equal(sink.table_events[TABLE_ROW_ADDED], 1); /* not the one outside */
    release(leaf);
    release(child);
    assert_hr(top->lpVtbl->DeleteFolder(top, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, NULL, DEL_FOLDERS), S_OK);
    wait_event(&sink, TABLE_ROW_DELETED, 2); /* the child and what was in it */
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    release(table);
    free_mapi(id);
    release(outside);
    release(top);
}

static void categories_tell_that_they_changed(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Categories");
    SizedSSortOrderSet(1, order) = {1, 1, 1, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    IMAPITable *table = NULL;
    struct sink sink;
    (void)state;
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    ULONG_PTR connection = watch(table, &sink);
    say(folder, L"a category");
    wait_event(&sink, TABLE_CHANGED, 1);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
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
        cmocka_unit_test(a_restricted_table_tells_of_its_rows),
        cmocka_unit_test(a_search_folder_tells_of_its_rows),
        cmocka_unit_test(a_deep_hierarchy_tells_of_its_rows),
        cmocka_unit_test(categories_tell_that_they_changed),
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
