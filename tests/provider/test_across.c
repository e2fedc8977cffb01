/*
 * test_across.c: copying between sessions by threads in opposite directions, which must not wait for each other, and into
 * folders of another provider: a second copy of mapilocal.dll under another name, whose objects the first does not know.
 */
#include "harness.h"
#include <process.h>
#include <stdbool.h>
#include <stdlib.h>

enum { TIMES = 40, MESSAGES = 6 };

struct side {
    IMAPISession *session;
    IMsgStore *store;
    IMAPIFolder *folder, *takes; /* what is copied; where the other side's copies go */
    IMessage *message, *target;
    SRowSet *rows;               /* ids of the folder's messages */
};

struct job {
    struct side *from, *to;
    HRESULT hr;
    const char *what;
};

static struct side sides[2];

static IMAPIFolder *inbox_of(IMsgStore *in)
{
    IMAPIFolder *folder = NULL;
    ULONG cb = 0, type;
    ENTRYID *id = NULL;
    assert_hr(in->lpVtbl->GetReceiveFolder(in, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(in->lpVtbl->OpenEntry(in, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&folder), S_OK);
    free_mapi(id);
    return folder;
}

static SRowSet *rows_of(IMAPIFolder *folder)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table = NULL;
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 1000);
    release(table);
    return rows;
}

static void make_side(struct side *side, const WCHAR *user)
{
    side->session = harness_logon(user);
    side->store = open_default_store(side->session, MDB_WRITE);
    IMAPIFolder *parent = inbox_of(side->store);
    side->folder = make_folder(parent, L"Own");
    side->takes = make_folder(parent, L"Taken");
    release(parent);
    for (int i = 0; i < MESSAGES; i++) {
        IMessage *message = make_message(side->folder, L"copied across");
        release(message);
    }
    side->message = make_message(side->folder, L"copied by its properties");
    add_recipient(side->message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    side->target = make_message(side->folder, L"copied onto");
    side->rows = rows_of(side->folder);
}

static void end_side(struct side *side)
{
    free_rows(side->rows);
    release(side->message);
    release(side->target);
    release(side->folder);
    release(side->takes);
    release(side->store);
    side->session->lpVtbl->Logoff(side->session, 0, 0, 0);
    release(side->session);
}

static int setup(void **state)
{
    harness_setup(state);
    make_side(&sides[0], L"demo");
    make_side(&sides[1], L"anna");
    return 0;
}

static int teardown(void **state)
{
    end_side(&sides[0]);
    end_side(&sides[1]);
    return harness_teardown(state);
}

static unsigned __stdcall copy_both_kinds(void *context)
{
    struct job *job = context;
    struct side *from = job->from, *to = job->to;
    ENTRYLIST list = {from->rows->cRows, NULL};
    job->what = "MAPIInitialize";
    job->hr = dll.initialize(NULL);
    if (FAILED(job->hr))
        return 1;
    list.lpbin = calloc(list.cValues, sizeof(SBinary));
    for (ULONG i = 0; i < list.cValues; i++)
        list.lpbin[i] = from->rows->aRow[i].lpProps[0].Value.bin;
    for (int i = 0; i < TIMES && SUCCEEDED(job->hr); i++) {
        job->what = "IMessage::CopyTo";
        job->hr = from->message->lpVtbl->CopyTo(from->message, 0, NULL, NULL, 0, NULL, &IID_IMessage, to->target, 0, NULL);
        if (FAILED(job->hr) || i % 8)
            continue;
        job->what = "CopyMessages";
        job->hr = from->folder->lpVtbl->CopyMessages(from->folder, &list, NULL, to->takes, 0, NULL, 0);
        if (FAILED(job->hr))
            continue;
        job->what = "SetReadFlags";
        job->hr = from->folder->lpVtbl->SetReadFlags(from->folder, &list, 0, NULL, i % 16 ? CLEAR_READ_FLAG : 0);
    }
    free(list.lpbin);
    dll.uninitialize();
    return 0;
}

static unsigned __stdcall copy_folders(void *context)
{
    struct job *job = context;
    SPropValue *id;
    job->what = "MAPIInitialize";
    job->hr = dll.initialize(NULL);
    if (FAILED(job->hr))
        return 1;
    id = get_prop(job->from->folder, PR_ENTRYID);
    for (int i = 0; i < 6 && SUCCEEDED(job->hr); i++) {
        WCHAR name[20];
        wsprintfW(name, L"Copy %d", i);
        job->what = "CopyFolder";
        IMAPIFolder *parent = inbox_of(job->from->store);
        job->hr = parent->lpVtbl->CopyFolder(parent, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, job->to->takes,
                                             (LPTSTR)name, 0, NULL, MAPI_UNICODE);
        release(parent);
    }
    free_mapi(id);
    dll.uninitialize();
    return 0;
}

/* Both directions at once; a thread that waits for ever fails the test. */
static void run_both(unsigned(__stdcall *work)(void *))
{
    struct job jobs[2] = {{.from = &sides[0], .to = &sides[1]}, {.from = &sides[1], .to = &sides[0]}};
    HANDLE threads[2];
    for (int i = 0; i < 2; i++)
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, work, &jobs[i], 0, NULL);
    DWORD waited = WaitForMultipleObjects(2, threads, TRUE, 120000);
    if (waited != WAIT_OBJECT_0)
        print_error("the threads wait for each other in %s and %s\n", jobs[0].what, jobs[1].what);
    assert_int_equal(waited, WAIT_OBJECT_0);
    for (int i = 0; i < 2; i++) {
        if (FAILED(jobs[i].hr))
            print_error("%s failed\n", jobs[i].what);
        assert_hr(jobs[i].hr, S_OK);
        CloseHandle(threads[i]);
    }
}

static void opposite_copies_do_not_wait_for_each_other(void **state)
{
    ULONG expected = sides[0].rows->cRows * ((TIMES + 7) / 8);
    (void)state;
    run_both(copy_both_kinds);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(count_contents(sides[i].takes, 0), expected);
        assert_string(sides[i].target, PR_SUBJECT_W, L"copied by its properties");
    }
    run_both(copy_folders);
}

static void a_move_across_leaves_nothing_behind(void **state)
{
    IMAPIFolder *from = make_folder(sides[0].folder, L"Moved from"), *to = make_folder(sides[1].folder, L"Moved to");
    (void)state;
    for (int i = 0; i < 3; i++) {
        IMessage *message = make_message(from, L"on the move");
        release(message);
    }
    SRowSet *rows = rows_of(from);
    SBinary ids[4];
    for (int i = 0; i < 3; i++)
        ids[i] = rows->aRow[i].lpProps[0].Value.bin;
    ids[3] = sides[0].rows->aRow[0].lpProps[0].Value.bin; /* of another folder */
    ENTRYLIST list = {4, ids};
    assert_hr(from->lpVtbl->CopyMessages(from, &list, NULL, to, 0, NULL, MESSAGE_MOVE), MAPI_W_PARTIAL_COMPLETION);
    assert_int_equal(count_contents(from, 0), 0);
    assert_int_equal(count_contents(from, SHOW_SOFT_DELETES), 0);
    assert_int_equal(count_contents(to, 0), 3);
    free_rows(rows);
    release(from);
    release(to);
}

/* ---- another provider ---- */

static void folders_are_copied_into_another_provider(void **state)
{
    WCHAR bin[MAX_PATH], temp[MAX_PATH], from_path[MAX_PATH], to_path[MAX_PATH];
    struct mapi_dll own = dll;
    IMAPIFolder *top = make_folder(inbox, L"Tree"), *child = make_folder(top, L"Branch"), *copy = NULL, *branch = NULL;
    IMessage *message = make_message(child, L"in the branch"), *hidden = NULL;
    SPropValue *id = get_prop(top, PR_ENTRYID);
    (void)state;
    set_string(top, PR_COMMENT_W, L"kept");
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
    release(message);
    assert_hr(top->lpVtbl->CreateMessage(top, NULL, MAPI_ASSOCIATED, &hidden), S_OK);
    set_string(hidden, PR_SUBJECT_W, L"hidden");
    assert_hr(hidden->lpVtbl->SaveChanges(hidden, 0), S_OK);
    release(hidden);

    assert_true(GetEnvironmentVariableW(L"MAPIHOST_TEST_BIN", bin, MAX_PATH) > 0);
    assert_true(GetEnvironmentVariableW(L"MAPIHOST_TEST_TEMP", temp, MAX_PATH) > 0);
    wsprintfW(from_path, L"%s\\mapilocal.dll", bin);
    wsprintfW(to_path, L"%s\\another.dll", temp);
    assert_true(CopyFileW(from_path, to_path, FALSE));
    dll.module = LoadLibraryW(to_path);
    assert_non_null(dll.module);
    assert_true(dll.module != own.module);
    dll.initialize = (void *)GetProcAddress(dll.module, "MAPIInitialize");
    dll.uninitialize = (void *)GetProcAddress(dll.module, "MAPIUninitialize");
    dll.logon_ex = (void *)GetProcAddress(dll.module, "MAPILogonEx");
    dll.admin_profiles = (void *)GetProcAddress(dll.module, "MAPIAdminProfiles");
    dll.free_buffer = (void *)GetProcAddress(dll.module, "MAPIFreeBuffer");
    assert_hr(dll.initialize(NULL), S_OK);
    IMAPISession *other = harness_logon(L"anna");
    IMsgStore *foreign = open_default_store(other, MDB_WRITE);
    IMAPIFolder *target = inbox_of(foreign);

    assert_hr(inbox->lpVtbl->CopyFolder(inbox, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, target,
                                        (LPTSTR)L"Tree abroad", 0, NULL, MAPI_UNICODE | COPY_SUBFOLDERS),
              S_OK);
    assert_hr(target->lpVtbl->CreateFolder(target, FOLDER_GENERIC, (LPTSTR)L"Tree abroad", NULL, NULL,
                                           MAPI_UNICODE | OPEN_IF_EXISTS, &copy),
              S_OK);
    assert_string(copy, PR_COMMENT_W, L"kept");
    assert_int_equal(count_contents(copy, MAPI_ASSOCIATED), 1);
    assert_hr(copy->lpVtbl->CreateFolder(copy, FOLDER_GENERIC, (LPTSTR)L"Branch", NULL, NULL, MAPI_UNICODE | OPEN_IF_EXISTS,
                                         &branch),
              S_OK);
    assert_int_equal(count_contents(branch, 0), 1);
    SRowSet *rows = rows_of(branch);
    message = (IMessage *)open_entry(foreign, &rows->aRow[0].lpProps[0].Value.bin, 0);
    assert_string(message, PR_SUBJECT_W, L"in the branch");
    assert_string(message, PR_DISPLAY_TO_W, L"Anna");
    release(message);
    free_rows(rows);
    /* A second time the name is taken; moving takes the source away. */
    assert_hr(inbox->lpVtbl->CopyFolder(inbox, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, target,
                                        (LPTSTR)L"Tree abroad", 0, NULL, MAPI_UNICODE),
              MAPI_E_COLLISION);
    release(child);
    release(top);
    assert_hr(inbox->lpVtbl->CopyFolder(inbox, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, target,
                                        (LPTSTR)L"Tree moved", 0, NULL, MAPI_UNICODE | FOLDER_MOVE),
              S_OK);
    ULONG type;
    IUnknown *gone = NULL;
    assert_hr(store->lpVtbl->OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type, &gone),
              MAPI_E_NOT_FOUND);
    release(branch);
    release(copy);
    release(target);
    release(foreign);
    other->lpVtbl->Logoff(other, 0, 0, 0);
    release(other);
    dll.uninitialize();
    dll = own;
    free_mapi(id);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(opposite_copies_do_not_wait_for_each_other),
        cmocka_unit_test(a_move_across_leaves_nothing_behind),
        cmocka_unit_test(folders_are_copied_into_another_provider),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
