/*
 * test_mapi32.c: mapilocal.dll behind the system's mapi32.dll, as any MAPI program finds it: by DllPathEx of the default
 * mail client in HKLM\Software\Clients\Mail. The key is put back as soon as mapi32.dll has read it.
 */
#include "harness.h"
#include <stdbool.h>
#include <stdlib.h>

#define CLIENTS L"Software\\Clients\\Mail"
#define OURS L"MapiHost test"

static HMODULE mapi32;

static void *of_mapi32(const char *name)
{
    void *found = (void *)GetProcAddress(mapi32, name);
    if (!found)
        print_error("mapi32.dll does not export %s\n", name);
    assert_non_null(found);
    return found;
}

/* Makes this DLL the default mail client's while mapi32.dll is loaded. */
static void load_mapi32(void)
{
    WCHAR path[MAX_PATH], before[256] = L"";
    DWORD size = sizeof(before);
    HKEY clients = NULL, ours = NULL;
    HANDLE mutex = CreateMutexW(NULL, FALSE, L"MapiHostTestMailClient"); /* the other bitness may test at the same time */
    assert_non_null(mutex);
    WaitForSingleObject(mutex, 60000);
    assert_true(GetModuleFileNameW(dll.module, path, MAX_PATH) > 0);
    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, CLIENTS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &clients, NULL), ERROR_SUCCESS);
    bool had = RegQueryValueExW(clients, NULL, NULL, NULL, (BYTE *)before, &size) == ERROR_SUCCESS;
    assert_int_equal(RegCreateKeyExW(clients, OURS, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &ours, NULL), ERROR_SUCCESS);
    RegSetValueExW(ours, L"DllPathEx", 0, REG_SZ, (BYTE *)path, (lstrlenW(path) + 1) * sizeof(WCHAR));
    RegSetValueExW(clients, NULL, 0, REG_SZ, (const BYTE *)OURS, sizeof(OURS));
    mapi32 = LoadLibraryW(L"mapi32.dll");
    if (had)
        RegSetValueExW(clients, NULL, 0, REG_SZ, (BYTE *)before, size);
    else
        RegDeleteValueW(clients, NULL);
    RegCloseKey(ours);
    RegDeleteKeyW(clients, OURS);
    RegCloseKey(clients);
    ReleaseMutex(mutex);
    CloseHandle(mutex);
    assert_non_null(mapi32);
}

static int setup(void **state)
{
    harness_load();
    load_mapi32();
    dll.initialize = of_mapi32("MAPIInitialize");
    dll.uninitialize = of_mapi32("MAPIUninitialize");
    dll.logon_ex = of_mapi32("MAPILogonEx");
    dll.admin_profiles = of_mapi32("MAPIAdminProfiles");
    dll.allocate = of_mapi32("MAPIAllocateBuffer");
    dll.free_buffer = of_mapi32("MAPIFreeBuffer");
    return harness_setup(state); /* the profile, the logon and the stores table come through mapi32.dll */
}

static void messages_are_written_and_listed(void **state)
{
    HRESULT(WINAPI * query_all)(IMAPITable *, SPropTagArray *, SRestriction *, SSortOrderSet *, LONG, SRowSet **) =
        of_mapi32("HrQueryAllRows@24");
    void(WINAPI * free_prows)(SRowSet *) = of_mapi32("FreeProws@4");
    IMAPIFolder *folder = make_folder(inbox, L"Through mapi32");
    SizedSPropTagArray(2, columns) = {2, {PR_SUBJECT_W, PR_ENTRYID}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_DESCEND}}};
    IMAPITable *table = NULL;
    SRowSet *rows = POISON;
    (void)state;
    for (int i = 0; i < 3; i++) {
        static const WCHAR *const subjects[] = {L"a", L"c", L"b"};
        IMessage *message = make_message(folder, subjects[i]);
        release(message);
    }
    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(query_all(table, (SPropTagArray *)&columns, NULL, (SSortOrderSet *)&order, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    assert_int_equal(lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"c"), 0);
    free_prows(rows);
    release(table);
    release(folder);
}

static void properties_go_through_the_helpers(void **state)
{
    HRESULT(WINAPI * get_one)(IMAPIProp *, ULONG, SPropValue **) = of_mapi32("HrGetOneProp@12");
    HRESULT(WINAPI * set_one)(IMAPIProp *, SPropValue *) = of_mapi32("HrSetOneProp@8");
    BOOL(WINAPI * exists)(IMAPIProp *, ULONG) = of_mapi32("FPropExists@8");
    IMessage *message = make_message(inbox, L"helped");
    SPropValue value = {.ulPropTag = PR_BODY_W, .Value.lpszW = (LPWSTR)L"by mapi32"}, *got = POISON;
    (void)state;
    assert_hr(set_one((IMAPIProp *)message, &value), S_OK);
    assert_true(exists((IMAPIProp *)message, PR_IMPORTANCE)); /* strings: the list has them as ANSI, which Wine compares */
    assert_false(exists((IMAPIProp *)message, PR_ORIGINAL_AUTHOR_NAME_W));
    assert_hr(get_one((IMAPIProp *)message, PR_BODY_W, &got), S_OK);
    assert_int_equal(lstrcmpW(got->Value.lpszW, L"by mapi32"), 0);
    free_mapi(got);
    release(message);
}

static void memory_is_one_whoever_frees_it(void **state)
{
    SCODE(WINAPI * more)(ULONG, void *, void **) = of_mapi32("MAPIAllocateMore");
    ULONG(WINAPI * free_ours)(void *) = (void *)GetProcAddress(dll.module, "MAPIFreeBuffer");
    void *buffer = NULL, *block = NULL;
    (void)state;
    assert_hr(dll.allocate(100, &buffer), S_OK);
    assert_hr(more(5000, buffer, &block), S_OK);
    memset(block, 1, 5000);
    assert_int_equal(free_ours(buffer), 0);
    assert_hr(((SCODE(WINAPI *)(ULONG, void **))(void *)GetProcAddress(dll.module, "MAPIAllocateBuffer"))(8, &buffer), S_OK);
    assert_int_equal(dll.free_buffer(buffer), 0);
}

static void mail_is_sent(void **state)
{
    IMAPIFolder *outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    ULONG before = count_contents(inbox, 0);
    IMessage *message = NULL;
    (void)state;
    assert_hr(outbox->lpVtbl->CreateMessage(outbox, NULL, 0, &message), S_OK);
    set_string(message, PR_SUBJECT_W, L"to myself");
    set_long(message, PR_DELETE_AFTER_SUBMIT, 1);
    add_recipient(message, MAPI_TO, L"Demo User", L"SMTP", L"demo@example.test");
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    assert_int_equal(count_contents(inbox, 0), before + 1);
    release(message);
    release(outbox);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_written_and_listed),
        cmocka_unit_test(properties_go_through_the_helpers),
        cmocka_unit_test(memory_is_one_whoever_frees_it),
        cmocka_unit_test(mail_is_sent),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, harness_teardown);
}
