/*
 * test_store.c: stores: opening, ids, default and receive folders, logoff, limits, Exchange's management interface.
 */
#include "harness.h"

static void default_folders_open(void **state)
{
    static const ULONG tags[] = {PR_IPM_SUBTREE_ENTRYID, PR_IPM_OUTBOX_ENTRYID, PR_IPM_WASTEBASKET_ENTRYID,
                                 PR_IPM_SENTMAIL_ENTRYID, PR_FINDER_ENTRYID, PR_VIEWS_ENTRYID, PR_COMMON_VIEWS_ENTRYID};
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(tags); i++) {
        IMAPIFolder *folder = open_folder(store, tags[i]);
        assert_int_equal(get_long(folder, PR_OBJECT_TYPE), MAPI_FOLDER);
        release(folder);
    }
}

static void inbox_names_the_special_folders(void **state)
{
    static const ULONG tags[] = {PR_IPM_APPOINTMENT_ENTRYID, PR_IPM_CONTACT_ENTRYID, PR_IPM_JOURNAL_ENTRYID,
                                 PR_IPM_NOTE_ENTRYID, PR_IPM_TASK_ENTRYID, PR_IPM_DRAFTS_ENTRYID};
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(tags); i++) {
        SPropValue *id = get_prop(inbox, tags[i]);
        assert_non_null(id);
        IUnknown *folder = open_entry(store, &id->Value.bin, 0);
        release(folder);
        free_mapi(id);
    }
    /* The folder of what others see of the calendar is the fourth of its ids. */
    SPropValue *ids = get_prop(inbox, PROP_TAG(PT_MV_BINARY, 0x36E4));
    assert_non_null(ids);
    assert_int_equal(ids->Value.MVbin.cValues, 4);
    IUnknown *freebusy = open_entry(store, &ids->Value.MVbin.lpbin[3], 0);
    assert_string(freebusy, PR_DISPLAY_NAME_W, L"Freebusy Data");
    release(freebusy);
    free_mapi(ids);
}

static void store_has_its_properties(void **state)
{
    static const ULONG binary[] = {PR_ENTRYID, PR_RECORD_KEY, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY, PR_MDB_PROVIDER,
                                   PR_MAPPING_SIGNATURE, PR_MAILBOX_OWNER_ENTRYID, PR_USER_ENTRYID};
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(binary); i++) {
        SPropValue *value = get_prop(store, binary[i]);
        if (!value)
            print_error("0x%08lX is absent\n", (unsigned long)binary[i]);
        assert_non_null(value);
        assert_true(value->Value.bin.cb >= 16);
        free_mapi(value);
    }
    assert_int_equal(get_long(store, PR_OBJECT_TYPE), MAPI_STORE);
    assert_true(get_long(store, PR_DEFAULT_STORE));
    LONG mask = get_long(store, PR_STORE_SUPPORT_MASK);
    assert_int_equal(mask & (STORE_MODIFY_OK | STORE_CREATE_OK | STORE_SUBMIT_OK | STORE_ATTACH_OK),
                     STORE_MODIFY_OK | STORE_CREATE_OK | STORE_SUBMIT_OK | STORE_ATTACH_OK);
    assert_string(store, PR_MAILBOX_OWNER_NAME_W, L"Demo User");
}

static void open_entry_checks_its_parameters(void **state)
{
    BYTE junk[48] = {0};
    ULONG type = 99;
    IUnknown *object = POISON;
    (void)state;
    assert_hr(store->lpVtbl->OpenEntry(store, 0, NULL, NULL, 0, NULL, &object), MAPI_E_INVALID_PARAMETER);
    assert_null(object);
    assert_hr(store->lpVtbl->OpenEntry(store, 0, NULL, NULL, 0, &type, NULL), MAPI_E_INVALID_PARAMETER);
    object = POISON;
    assert_hr(store->lpVtbl->OpenEntry(store, sizeof(junk), (ENTRYID *)junk, NULL, 0, &type, &object),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_null(object);
    assert_int_equal(type, 0);
    object = POISON;
    assert_hr(store->lpVtbl->OpenEntry(store, 3, (ENTRYID *)junk, NULL, 0, &type, &object), MAPI_E_INVALID_ENTRYID);
    object = POISON;
    assert_hr(store->lpVtbl->OpenEntry(store, 0, NULL, NULL, 0x80000000, &type, &object), MAPI_E_UNKNOWN_FLAGS);
    object = POISON;
    assert_hr(store->lpVtbl->OpenEntry(store, 0, NULL, &IID_IMessage, 0, &type, &object),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(object);
    assert_hr(store->lpVtbl->OpenEntry(store, 0, NULL, &IID_IMAPIFolder, 0, &type, &object), S_OK);
    assert_int_equal(type, MAPI_FOLDER);
    release(object);
}

static void entry_ids_compare(void **state)
{
    SPropValue *a = get_prop(inbox, PR_ENTRYID), *b = get_prop(inbox, PR_PARENT_ENTRYID);
    ULONG same = 99;
    (void)state;
    assert_hr(store->lpVtbl->CompareEntryIDs(store, a->Value.bin.cb, (ENTRYID *)a->Value.bin.lpb, a->Value.bin.cb,
                                             (ENTRYID *)a->Value.bin.lpb, 0, &same),
              S_OK);
    assert_int_equal(same, TRUE);
    assert_hr(store->lpVtbl->CompareEntryIDs(store, a->Value.bin.cb, (ENTRYID *)a->Value.bin.lpb, b->Value.bin.cb,
                                             (ENTRYID *)b->Value.bin.lpb, 0, &same),
              S_OK);
    assert_int_equal(same, FALSE);
    free_mapi(a);
    free_mapi(b);
}

static void receive_folders_follow_the_class(void **state)
{
    IMAPIFolder *folder = make_folder(inbox, L"Phone calls");
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    ULONG cb = 0, same = 0;
    ENTRYID *found = NULL;
    LPTSTR name = NULL;
    (void)state;
    assert_hr(store->lpVtbl->SetReceiveFolder(store, (LPTSTR)L"IPM.Note.Phone", MAPI_UNICODE, id->Value.bin.cb,
                                              (ENTRYID *)id->Value.bin.lpb),
              S_OK);
    assert_hr(store->lpVtbl->GetReceiveFolder(store, (LPTSTR)L"IPM.Note.Phone.Urgent", MAPI_UNICODE, &cb, &found, &name),
              S_OK);
    assert_hr(store->lpVtbl->CompareEntryIDs(store, cb, found, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &same),
              S_OK);
    assert_int_equal(same, TRUE);
    assert_int_equal(lstrcmpW((WCHAR *)name, L"IPM.Note.Phone"), 0);
    free_mapi(found);
    free_mapi(name);
    assert_hr(store->lpVtbl->SetReceiveFolder(store, (LPTSTR)L"IPM.Note.Phone", MAPI_UNICODE, 0, NULL), S_OK);
    assert_hr(store->lpVtbl->GetReceiveFolder(store, (LPTSTR) "IPM.Note.Phone", 0, &cb, &found, &name), S_OK);
    assert_hr(store->lpVtbl->CompareEntryIDs(store, cb, found, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &same),
              S_OK);
    assert_int_equal(same, FALSE);
    free_mapi(found);
    free_mapi(name);
    free_mapi(id);
    release(folder);
}

static void a_read_only_store_refuses_writing(void **state)
{
    IMsgStore *reader = open_default_store(session, MDB_NO_DIALOG);
    SPropValue *id = get_prop(inbox, PR_ENTRYID);
    IUnknown *object = POISON;
    ULONG type;
    (void)state;
    assert_hr(reader->lpVtbl->OpenEntry(reader, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MAPI_MODIFY, &type,
                                        &object),
              MAPI_E_NO_ACCESS);
    assert_hr(reader->lpVtbl->OpenEntry(reader, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MAPI_BEST_ACCESS,
                                        &type, &object),
              S_OK);
    IMessage *message = POISON;
    IMAPIFolder *folder = (IMAPIFolder *)object;
    assert_hr(folder->lpVtbl->CreateMessage(folder, NULL, 0, &message), MAPI_E_NO_ACCESS);
    assert_null(message);
    assert_int_equal(get_long(folder, PR_ACCESS_LEVEL), 0);
    release(object);
    free_mapi(id);
    release(reader);
}

static void the_256th_logon_fails_and_slots_come_back(void **state)
{
    IMsgStore *opened[300] = {0};
    SPropValue *id = get_prop(store, PR_ENTRYID);
    size_t n = 0;
    HRESULT hr = S_OK;
    IMAPIFolder *held = NULL;
    ULONG type;
    (void)state;
    while (n < ARRAYSIZE(opened) && SUCCEEDED(hr)) {
        hr = session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MDB_NO_DIALOG,
                                           &opened[n]);
        n += SUCCEEDED(hr);
    }
    assert_hr(hr, MAPI_E_FAILONEPROVIDER);
    assert_true(n < 255 && n >= 200);
    assert_hr(opened[0]->lpVtbl->OpenEntry(opened[0], 0, NULL, NULL, 0, &type, (IUnknown **)&held), S_OK);
    release(opened[0]);
    /* The folder holds the slot. */
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MDB_NO_DIALOG,
                                            &opened[0]),
              MAPI_E_FAILONEPROVIDER);
    release(held);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MDB_NO_DIALOG,
                                            &opened[0]),
              S_OK);
    for (size_t i = 0; i < n; i++)
        release(opened[i]);
    free_mapi(id);
}

static void another_mailbox_needs_rights(void **state)
{
    IExchangeManageStore *manage = NULL;
    IMAPISession *admin = harness_logon(L"admin");
    IMsgStore *own = open_default_store(admin, MDB_WRITE), *other = POISON;
    ULONG cb = 0;
    ENTRYID *id = NULL;
    (void)state;
    assert_hr(store->lpVtbl->QueryInterface(store, &IID_IExchangeManageStore, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->CreateStoreEntryID(manage, (LPSTR) "/o=x/cn=Microsoft Private MDB", (LPSTR) "anna", 0, &cb,
                                                 &id),
              S_OK);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, cb, id, NULL, MDB_NO_DIALOG, &other), MAPI_E_NO_ACCESS);
    assert_null(other);
    free_mapi(id);
    release(manage);
    assert_hr(own->lpVtbl->QueryInterface(own, &IID_IExchangeManageStore, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->CreateStoreEntryID(manage, (LPSTR) "/o=x/cn=Microsoft Private MDB", (LPSTR) "anna",
                                                 OPENSTORE_USE_ADMIN_PRIVILEGE | OPENSTORE_TAKE_OWNERSHIP, &cb, &id),
              S_OK);
    assert_hr(admin->lpVtbl->OpenMsgStore(admin, 0, cb, id, NULL,
                                          MDB_NO_DIALOG | MDB_NO_MAIL | MDB_TEMPORARY | MAPI_BEST_ACCESS, &other),
              S_OK);
    assert_string(other, PR_MAILBOX_OWNER_NAME_W, L"Anna Arnold");
    assert_int_equal(get_long(other, PR_DEFAULT_STORE), 0);
    release(other);
    free_mapi(id);
    assert_hr(manage->lpVtbl->CreateStoreEntryID(manage, (LPSTR) "x", (LPSTR) "nobody at all", 0, &cb, &id),
              MAPI_E_NOT_FOUND);
    release(manage);
    release(own);
    admin->lpVtbl->Logoff(admin, 0, 0, 0);
    release(admin);
}

static void the_mailbox_table_lists_everybody(void **state)
{
    IMAPISession *admin = harness_logon(L"admin");
    IMsgStore *own = open_default_store(admin, MDB_WRITE);
    IExchangeManageStore3 *manage = NULL;
    IMAPITable *table = NULL;
    (void)state;
    assert_hr(own->lpVtbl->QueryInterface(own, &IID_IExchangeManageStore3, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->GetMailboxTable(manage, NULL, &table, 0), S_OK);
    SRowSet *rows = query_rows(table, 100);
    assert_int_equal(rows->cRows, 3);
    free_rows(rows);
    release(table);
    assert_hr(manage->lpVtbl->GetMailboxTableOffset(manage, NULL, &table, 0, 2), S_OK);
    rows = query_rows(table, 100);
    assert_int_equal(rows->cRows, 1);
    free_rows(rows);
    release(table);
    release(manage);
    release(own);
    admin->lpVtbl->Logoff(admin, 0, 0, 0);
    release(admin);
}

static void a_source_key_leads_to_the_entry_id(void **state)
{
    IExchangeManageStore *manage = NULL;
    SPropValue *key = get_prop(inbox, PROP_TAG(PT_BINARY, 0x65E0)), *id = get_prop(inbox, PR_ENTRYID);
    ULONG cb = 0;
    ENTRYID *found = POISON;
    (void)state;
    assert_int_equal(key->Value.bin.cb, 22);
    assert_hr(store->lpVtbl->QueryInterface(store, &IID_IExchangeManageStore, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->EntryIDFromSourceKey(manage, key->Value.bin.cb, key->Value.bin.lpb, 0, NULL, &cb, &found),
              S_OK);
    assert_int_equal(cb, id->Value.bin.cb);
    assert_memory_equal(found, id->Value.bin.lpb, cb);
    free_mapi(found);
    free_mapi(key);
    free_mapi(id);
    release(manage);
}

static void logoff_ends_the_objects(void **state)
{
    IMAPISession *other = harness_logon(L"anna");
    IMsgStore *own = open_default_store(other, MDB_WRITE);
    ULONG flags = LOGOFF_NO_WAIT, count = 99;
    SPropValue *values = POISON;
    (void)state;
    assert_hr(own->lpVtbl->StoreLogoff(own, &flags), S_OK);
    other->lpVtbl->Logoff(other, 0, 0, 0);
    assert_true(FAILED(own->lpVtbl->GetProps(own, NULL, 0, &count, &values)));
    assert_null(values);
    release(own);
    release(other);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_folders_open),
        cmocka_unit_test(inbox_names_the_special_folders),
        cmocka_unit_test(store_has_its_properties),
        cmocka_unit_test(open_entry_checks_its_parameters),
        cmocka_unit_test(entry_ids_compare),
        cmocka_unit_test(receive_folders_follow_the_class),
        cmocka_unit_test(a_read_only_store_refuses_writing),
        cmocka_unit_test(another_mailbox_needs_rights),
        cmocka_unit_test(the_mailbox_table_lists_everybody),
        cmocka_unit_test(a_source_key_leads_to_the_entry_id),
        cmocka_unit_test(logoff_ends_the_objects),
        cmocka_unit_test(the_256th_logon_fails_and_slots_come_back),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
