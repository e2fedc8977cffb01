/*
 * test_disk.c: a full disk and a file that cannot be written, by MAPI calls: what they answer, that nothing that was
 * acknowledged is lost, and that all goes on when there is room again. The disk is full at the size that MailboxLimit says;
 * what keeps the file from being written is a handle that does not share writing.
 */
#include "harness.h"
#include <stdlib.h>

static int setup(void **state)
{
    SetEnvironmentVariableW(L"MAPIHOST_MAILBOX_LIMIT", L"3");
    return harness_setup(state);
}

/* A message with 100 KB in an attachment, then SaveChanges. */
static HRESULT write_large(IMAPIFolder *folder, LONG number)
{
    static BYTE bytes[100000];
    IMessage *message = NULL;
    IAttach *attach = NULL;
    ULONG at;
    WCHAR subject[16];
    SPropValue values[2] = {{.ulPropTag = PR_SUBJECT_W, .Value.lpszW = subject},
                            {.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {sizeof(bytes), bytes}}};
    for (size_t i = 0, x = (size_t)number; i < sizeof(bytes); i++)
        bytes[i] = (BYTE)((x = x * 1103515245u + 12345u) >> 16);
    wsprintfW(subject, L"%ld", number);
    assert_hr(folder->lpVtbl->CreateMessage(folder, NULL, 0, &message), S_OK);
    assert_hr(message->lpVtbl->SetProps(message, 1, values, NULL), S_OK);
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &at, &attach), S_OK);
    assert_hr(attach->lpVtbl->SetProps(attach, 1, values + 1, NULL), S_OK);
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    HRESULT hr = message->lpVtbl->SaveChanges(message, 0);
    release(attach);
    release(message);
    return hr;
}

static void a_full_disk_is_told_and_nothing_is_lost(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Full");
    IMAPIFolder *other = make_folder(inbox, L"Other");
    IMAPITable *table = NULL;
    IMessage *message = NULL;
    SizedSPropTagArray(2, columns) = {2, {PR_SUBJECT_W, PR_ENTRYID}};
    LONG saved = 0;
    HRESULT hr = S_OK;
    (void)state;
    while (saved < 100 && SUCCEEDED(hr = write_large(folder, saved + 1)))
        saved++;
    assert_hr(hr, MAPI_E_NOT_ENOUGH_DISK);
    assert_in_range(saved, 5, 40);
    /* What was acknowledged is there, and no more; reading goes on. */
    assert_int_equal(count_contents(folder, 0), saved);
    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 100);
    assert_int_equal(rows->cRows, saved);
    for (ULONG i = 0; i < rows->cRows; i++) {
        IAttach *attach = NULL;
        message = (IMessage *)open_entry(store, &rows->aRow[i].lpProps[1].Value.bin, 0);
        assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, 0, &attach), S_OK);
        assert_int_equal(get_long(attach, PR_ATTACH_SIZE) >= 100000, 1);
        release(attach);
        release(message);
    }
    /* Copies of it fail as a whole. */
    ENTRYLIST one = {1, &rows->aRow[0].lpProps[1].Value.bin};
    hr = folder->lpVtbl->CopyMessages(folder, &one, NULL, other, 0, NULL, 0);
    assert_true(hr == MAPI_E_NOT_ENOUGH_DISK || hr == S_OK);
    assert_int_equal(count_contents(other, 0), hr == S_OK);
    /* Another's full mailbox is another's: a message to it is not taken for sent. */
    assert_hr(write_large(folder, 1000), MAPI_E_NOT_ENOUGH_DISK);
    /* With room again it goes on. */
    ENTRYLIST two = {2, calloc(2, sizeof(SBinary))};
    two.lpbin[0] = rows->aRow[0].lpProps[1].Value.bin;
    two.lpbin[1] = rows->aRow[1].lpProps[1].Value.bin;
    assert_hr(folder->lpVtbl->DeleteMessages(folder, &two, 0, NULL, DELETE_HARD_DELETE), S_OK);
    assert_hr(write_large(folder, 2000), S_OK);
    assert_int_equal(count_contents(folder, 0), saved - 1);
    free(two.lpbin);
    free_rows(rows);
    release(table);
    release(folder);
    release(other);
}

/* Handles on every mailbox file that let others read only; their number. */
static int hold_files(const WCHAR *folder, HANDLE *held, int most)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    int count = 0;
    wsprintfW(path, L"%s\\*", folder);
    HANDLE find = FindFirstFileW(path, &found);
    if (find == INVALID_HANDLE_VALUE)
        return 0;
    do {
        size_t length = wcslen(found.cFileName);
        wsprintfW(path, L"%s\\%s", folder, found.cFileName);
        if (found.cFileName[0] != '.' && found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
            count += hold_files(path, held + count, most - count);
        } else if (count < most && length > 3 && !wcscmp(found.cFileName + length - 3, L".db")) {
            held[count] = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
            count += held[count] != INVALID_HANDLE_VALUE;
        }
    } while (FindNextFileW(find, &found));
    FindClose(find);
    return count;
}

static void a_file_that_cannot_be_written_is_no_access(void **state)
{
    WCHAR folder[MAX_PATH];
    HANDLE held[64];
    IMsgStore *opened = NULL;
    (void)state;
    /* Nobody else has the mailboxes open. */
    ULONG before = count_contents(inbox, 0);
    release(inbox);
    release(store);
    session->lpVtbl->Logoff(session, 0, 0, 0);
    release(session);
    dll.uninitialize();
    assert_hr(dll.initialize(NULL), S_OK);
    assert_true(GetEnvironmentVariableW(L"MAPIHOST_DATA", folder, MAX_PATH - 20) > 0);
    lstrcatW(folder, L"\\mailboxes");
    int count = hold_files(folder, held, ARRAYSIZE(held));
    assert_true(count > 0);
    IMAPISession *reading = harness_logon(L"demo");
    IMAPITable *table = NULL;
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    assert_hr(reading->lpVtbl->GetMsgStoresTable(reading, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 1);
    SBinary *id = &rows->aRow[0].lpProps[0].Value.bin;
    HRESULT hr = reading->lpVtbl->OpenMsgStore(reading, 0, id->cb, (ENTRYID *)id->lpb, NULL, MDB_WRITE | MDB_NO_DIALOG, &opened);
    if (SUCCEEDED(hr)) {
        IMAPIFolder *drafts = open_folder(opened, PR_IPM_OUTBOX_ENTRYID), *made = NULL;
        IMessage *message = NULL;
        assert_hr(drafts->lpVtbl->CreateFolder(drafts, FOLDER_GENERIC, (LPTSTR)L"no", NULL, NULL, MAPI_UNICODE, &made),
                  MAPI_E_NO_ACCESS);
        assert_null(made);
        hr = drafts->lpVtbl->CreateMessage(drafts, NULL, 0, &message);
        if (SUCCEEDED(hr))
            hr = message->lpVtbl->SaveChanges(message, 0);
        assert_hr(hr, MAPI_E_NO_ACCESS);
        release(message);
        release(drafts);
        release(opened);
    } else {
        assert_hr(hr, MAPI_E_NO_ACCESS);
    }
    free_rows(rows);
    release(table);
    reading->lpVtbl->Logoff(reading, 0, 0, 0);
    release(reading);
    dll.uninitialize();
    while (count > 0)
        CloseHandle(held[--count]);
    assert_hr(dll.initialize(NULL), S_OK);
    session = harness_logon(L"demo");
    store = open_default_store(session, MDB_WRITE);
    ULONG cb = 0, type;
    ENTRYID *receive = NULL;
    assert_hr(store->lpVtbl->GetReceiveFolder(store, NULL, 0, &cb, &receive, NULL), S_OK);
    assert_hr(store->lpVtbl->OpenEntry(store, cb, receive, NULL, MAPI_MODIFY, &type, (IUnknown **)&inbox), S_OK);
    free_mapi(receive);
    assert_int_equal(count_contents(inbox, 0), before);
    IMessage *message = make_message(inbox, L"again");
    release(message);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_is_told_and_nothing_is_lost),
        cmocka_unit_test(a_file_that_cannot_be_written_is_no_access),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, harness_teardown);
}
