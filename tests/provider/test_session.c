/*
 * test_session.c: logon by its flags, the stores table, identity, access to others' mailboxes, the 255 logon
 * slots, status objects, and what is left after Logoff and MAPIUninitialize.
 */
#include "harness.h"
#include "mapilocal_admin.h"

#ifndef MAPI_USE_DEFAULT
#define MAPI_USE_DEFAULT 0x00000040
#endif

/* A profile for a mailbox with the service MSEMS, as client programs make it: 8-bit, by the reference's own
 * steps. */
static HRESULT make_profile(const char *name, const char *mailbox)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_SERVICE_UID}};
    IProfAdmin *admin = NULL;
    IMsgServiceAdmin *services = NULL;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    SPropValue values[2] = {{.ulPropTag = PR_PROFILE_UNRESOLVED_SERVER},
                            {.ulPropTag = PR_PROFILE_UNRESOLVED_NAME}};
    values[0].Value.lpszA = "LOCAL";
    values[1].Value.lpszA = (char *)mailbox;
    assert_hr(dll.admin_profiles(0, &admin), S_OK);
    admin->lpVtbl->DeleteProfile(admin, (LPTSTR)name, 0);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR)name, NULL, 0, 0), S_OK);
    assert_hr(admin->lpVtbl->AdminServices(admin, (LPTSTR)name, NULL, 0, 0, &services), S_OK);
    assert_hr(services->lpVtbl->CreateMsgService(services, (LPTSTR) "MSEMS", NULL, 0, 0), S_OK);
    assert_hr(services->lpVtbl->GetMsgServiceTable(services, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 1);
    HRESULT hr = services->lpVtbl->ConfigureMsgService(
        services, (MAPIUID *)rows->aRow[0].lpProps[0].Value.bin.lpb, 0, 0, 2, values);
    free_rows(rows);
    release(table);
    release(services);
    release(admin);
    return hr;
}

static void delete_profile(const char *name)
{
    IProfAdmin *admin = NULL;
    assert_hr(dll.admin_profiles(0, &admin), S_OK);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR)name, 0), S_OK);
    release(admin);
}

static IMAPISession *logon(const char *profile)
{
    IMAPISession *made = NULL;
    assert_hr(dll.logon_ex(0, (LPTSTR)profile, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE,
                           &made),
              S_OK);
    return made;
}

/* ---- logon ---- */

static void logon_follows_its_flags(void **state)
{
    static const struct {
        const char *profile;
        ULONG flags;
        HRESULT expected;
    } cases[] = {
        {"logon-test", MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, S_OK},
        {"LOGON-test", MAPI_EXTENDED | MAPI_NEW_SESSION, S_OK},
        {"logon-test", MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_NO_MAIL | MAPI_TIMEOUT_SHORT, S_OK},
        {NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_USE_DEFAULT, S_OK},
        {"no such profile", MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_USE_DEFAULT, S_OK},
        {NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_LOGON_UI, S_OK},
        {"no such profile", MAPI_EXTENDED | MAPI_NEW_SESSION, MAPI_E_LOGON_FAILED},
        {NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, MAPI_E_LOGON_FAILED},
        {"", MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE, MAPI_E_LOGON_FAILED},
        {"logon-test", MAPI_EXTENDED | MAPI_NEW_SESSION | 0x04000000, MAPI_E_UNKNOWN_FLAGS},
    };
    IProfAdmin *admin = NULL;
    (void)state;
    assert_hr(make_profile("logon-test", "demo"), S_OK);
    assert_hr(dll.admin_profiles(0, &admin), S_OK);
    assert_hr(admin->lpVtbl->SetDefaultProfile(admin, (LPTSTR) "logon-test", 0), S_OK);
    release(admin);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        IMAPISession *made = POISON;
        print_message("case %u\n", (unsigned)i);
        assert_hr(dll.logon_ex(0, (LPTSTR)cases[i].profile, NULL, cases[i].flags, &made), cases[i].expected);
        if (cases[i].expected != S_OK)
            assert_null(made);
        else {
            assert_hr(made->lpVtbl->Logoff(made, 0, 0, 0), S_OK);
            release(made);
        }
    }
    assert_hr(dll.logon_ex(0, (LPTSTR) "logon-test", NULL, MAPI_EXTENDED, NULL), MAPI_E_INVALID_PARAMETER);
    delete_profile("logon-test");
}

static void a_profile_of_nobody_cannot_be_configured(void **state)
{
    (void)state;
    assert_hr(make_profile("nobody-test", "nobody-here"), MAPI_E_NOT_FOUND);
    delete_profile("nobody-test");
}

static void a_shared_session_is_joined_unless_a_new_one_is_asked_for(void **state)
{
    IMAPISession *shared = NULL, *joined = NULL, *own = NULL;
    (void)state;
    assert_hr(make_profile("shared-test", "anna"), S_OK);
    assert_hr(dll.logon_ex(0, (LPTSTR) "shared-test", NULL,
                           MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS, &shared),
              S_OK);
    assert_hr(dll.logon_ex(0, (LPTSTR) "no such profile", NULL, MAPI_EXTENDED, &joined), S_OK);
    assert_hr(dll.logon_ex(0, (LPTSTR) "no such profile", NULL, MAPI_EXTENDED | MAPI_NEW_SESSION, &own),
              MAPI_E_LOGON_FAILED);
    IMsgStore *mailbox = open_default_store(joined, 0);
    assert_string(mailbox, PR_MAILBOX_OWNER_NAME_W, L"Anna Arnold");
    release(mailbox);
    /* The joined one outlives the one that it joined. */
    assert_hr(shared->lpVtbl->Logoff(shared, 0, MAPI_LOGOFF_SHARED, 0), S_OK);
    release(shared);
    mailbox = open_default_store(joined, 0);
    release(mailbox);
    assert_hr(joined->lpVtbl->Logoff(joined, 0, 0, 0), S_OK);
    release(joined);
    delete_profile("shared-test");
}

static DWORD WINAPI logon_without_initialize(void *result)
{
    IMAPISession *made = POISON;
    ULONG count;
    LPTSTR *types;
    HRESULT *results = result;
    results[0] = dll.logon_ex(0, NULL, NULL, MAPI_EXTENDED | MAPI_USE_DEFAULT, &made);
    results[1] = session->lpVtbl->EnumAdrTypes(session, 0, &count, &types);
    return 0;
}

static void a_thread_must_initialize(void **state)
{
    HRESULT results[2] = {S_OK, S_OK};
    (void)state;
    HANDLE thread = CreateThread(NULL, 0, logon_without_initialize, results, 0, NULL);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    assert_hr(results[0], MAPI_E_NOT_INITIALIZED);
    assert_hr(results[1], MAPI_E_NOT_INITIALIZED);
}

static void after_logoff_only_release_works(void **state)
{
    IMAPITable *table = POISON;
    ULONG cb;
    ENTRYID *id;
    (void)state;
    assert_hr(make_profile("logoff-test", "demo"), S_OK);
    IMAPISession *made = logon("logoff-test");
    IMsgStore *mailbox = open_default_store(made, 0);
    assert_hr(made->lpVtbl->Logoff(made, 0, 0, 0), S_OK);
    assert_hr(made->lpVtbl->QueryIdentity(made, &cb, &id), MAPI_E_INVALID_OBJECT);
    assert_hr(made->lpVtbl->GetMsgStoresTable(made, 0, &table), MAPI_E_INVALID_OBJECT);
    assert_null(table);
    assert_hr(mailbox->lpVtbl->GetReceiveFolderTable(mailbox, 0, &table), MAPI_E_INVALID_OBJECT);
    release(mailbox);
    release(made);
    delete_profile("logoff-test");
}

/* ---- stores ---- */

static void the_stores_table_has_the_mailbox_as_default(void **state)
{
    static const SizedSPropTagArray(6, columns) = {6,
                                                   {PR_DISPLAY_NAME_W, PR_DEFAULT_STORE, PR_ENTRYID,
                                                    PR_OBJECT_TYPE, PR_RESOURCE_FLAGS, PR_MDB_PROVIDER}};
    IMAPITable *table = NULL;
    IMsgStore *opened = NULL;
    (void)state;
    assert_hr(session->lpVtbl->GetMsgStoresTable(session, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 1);
    SPropValue *row = rows->aRow[0].lpProps;
    assert_int_equal(row[0].ulPropTag, PR_DISPLAY_NAME_W);
    assert_int_equal(row[1].Value.b, TRUE);
    assert_int_equal(row[3].Value.l, MAPI_STORE);
    assert_true(row[4].Value.l & STATUS_DEFAULT_STORE);
    assert_int_equal(row[5].Value.bin.cb, 16);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, row[2].Value.bin.cb, (ENTRYID *)row[2].Value.bin.lpb,
                                            NULL, MDB_NO_DIALOG, &opened),
              S_OK);
    release(opened);
    opened = POISON;
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, 0, NULL, NULL, MDB_NO_DIALOG, &opened),
              MAPI_E_INVALID_ENTRYID);
    assert_null(opened);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, row[2].Value.bin.cb, (ENTRYID *)row[2].Value.bin.lpb,
                                            NULL, 0x40000000, &opened),
              MAPI_E_UNKNOWN_FLAGS);
    free_rows(rows);
    release(table);
}

static void setting_the_default_store_shows_in_open_tables(void **state)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_DEFAULT_STORE}};
    IMAPITable *table = NULL;
    struct sink sink;
    ULONG_PTR connection;
    (void)state;
    assert_hr(session->lpVtbl->GetMsgStoresTable(session, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    sink_init(&sink);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, &sink.iface, &connection), S_OK);
    SRowSet *rows = query_rows(table, 1);
    SBinary id = rows->aRow[0].lpProps[0].Value.bin;
    assert_hr(session->lpVtbl->SetDefaultStore(session, MAPI_DEFAULT_STORE, 0, NULL), S_OK);
    assert_true(wait_for(&sink.count, 10));
    assert_true(sink.table_events[TABLE_ROW_MODIFIED] > 0);
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    SRowSet *now = query_rows(table, 1);
    assert_int_equal(now->aRow[0].lpProps[1].Value.b, FALSE);
    free_rows(now);
    assert_hr(session->lpVtbl->SetDefaultStore(session, MAPI_DEFAULT_STORE, id.cb, (ENTRYID *)id.lpb), S_OK);
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    now = query_rows(table, 1);
    assert_int_equal(now->aRow[0].lpProps[1].Value.b, TRUE);
    free_rows(now);
    assert_hr(session->lpVtbl->SetDefaultStore(session, 0x77, id.cb, (ENTRYID *)id.lpb),
              MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    free_rows(rows);
    release(table);
}

/* Opens the mailbox of `alias` through IExchangeManageStore. */
static HRESULT open_other(IMAPISession *as, IMsgStore *home, const char *alias, ULONG open_flags,
                          IMsgStore **out)
{
    static const char prefix[] = "/o=MapiHost/ou=First Administrative Group/cn=Recipients/cn=";
    IExchangeManageStore *manage = NULL;
    char server[256], mailbox[256];
    ENTRYID *id = NULL;
    ULONG cb = 0;
    IProfSect *global = NULL;
    *out = NULL;
    assert_hr(as->lpVtbl->OpenProfileSection(
                  as, (MAPIUID *)"\x13\xDB\xB0\xC8\xAA\x05\x10\x1A\x9B\xB0\x00\xAA\x00\x2F\xC4\x5A", NULL, 0,
                  &global),
              S_OK);
    SPropValue *dn = get_prop(global, PR_PROFILE_HOME_SERVER_DN);
    assert_non_null(dn);
    snprintf(server, sizeof server, "%s%s", dn->Value.lpszA, EXCHANGE_PRIVATE_MDB);
    snprintf(mailbox, sizeof mailbox, "%s%s", prefix, alias);
    free_mapi(dn);
    release(global);
    assert_hr(home->lpVtbl->QueryInterface(home, &IID_IExchangeManageStore, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->CreateStoreEntryID(manage, server, mailbox, open_flags, &cb, &id), S_OK);
    HRESULT hr = as->lpVtbl->OpenMsgStore(
        as, 0, cb, id, NULL, MDB_NO_DIALOG | MDB_NO_MAIL | MDB_TEMPORARY | MAPI_BEST_ACCESS, out);
    free_mapi(id);
    release(manage);
    return hr;
}

/* What the session's user and what demo by entry id may do in the inbox of a mailbox. */
static void assert_rights(IMsgStore *in, ULONG expected)
{
    IExchangeManageStore *manage = NULL;
    SPropValue *user = NULL;
    IMAPIFolder *folder = NULL;
    ULONG cb = 0, type = 0, rights = 99, cb_user = 0;
    ENTRYID *id = NULL, *user_id = NULL;
    assert_hr(in->lpVtbl->GetReceiveFolder(in, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(in->lpVtbl->OpenEntry(in, cb, id, NULL, 0, &type, (IUnknown **)&folder), S_OK);
    assert_int_equal(get_long(folder, PROP_TAG(PT_LONG, 0x6639) /* PR_RIGHTS */), (LONG)expected);
    assert_hr(in->lpVtbl->QueryInterface(in, &IID_IExchangeManageStore, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->GetRights(manage, 0, NULL, cb, id, &rights), S_OK);
    assert_int_equal(rights, expected);
    assert_hr(session->lpVtbl->QueryIdentity(session, &cb_user, &user_id), S_OK);
    rights = 99;
    assert_hr(manage->lpVtbl->GetRights(manage, cb_user, user_id, cb, id, &rights), S_OK);
    assert_int_equal(rights, expected);
    user = get_prop(in, PR_MAILBOX_OWNER_ENTRYID);
    assert_non_null(user);
    assert_hr(manage->lpVtbl->GetRights(manage, user->Value.bin.cb, (ENTRYID *)user->Value.bin.lpb, cb, id, &rights), S_OK);
    assert_int_equal(rights, 0x5FB);
    free_mapi(user);
    free_mapi(user_id);
    free_mapi(id);
    release(folder);
    release(manage);
}

/* A delegate who may read: everything that writes is refused. */
static void reads_only(IMsgStore *in)
{
    SPropValue *id = get_prop(in, PR_ENTRYID), name = {.ulPropTag = PR_COMMENT_W, .Value.lpszW = (LPWSTR)L"x"};
    IMsgStore *again = POISON;
    IMAPIFolder *folder = NULL, *made = POISON;
    IMessage *message = POISON;
    ULONG cb = 0, type = 0;
    ENTRYID *inbox_id = NULL;
    assert_rights(in, 0x401);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                            MDB_NO_DIALOG | MDB_WRITE, &again),
              MAPI_E_NO_ACCESS);
    assert_null(again);
    assert_int_equal(get_long(in, PR_ACCESS_LEVEL), 0);
    assert_hr(in->lpVtbl->SetProps(in, 1, &name, NULL), MAPI_E_NO_ACCESS);
    assert_hr(in->lpVtbl->GetReceiveFolder(in, NULL, 0, &cb, &inbox_id, NULL), S_OK);
    assert_hr(in->lpVtbl->OpenEntry(in, cb, inbox_id, NULL, MAPI_MODIFY, &type, (IUnknown **)&folder), MAPI_E_NO_ACCESS);
    assert_hr(in->lpVtbl->OpenEntry(in, cb, inbox_id, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)&folder), S_OK);
    assert_int_equal(get_long(folder, PR_ACCESS), MAPI_ACCESS_READ);
    assert_hr(folder->lpVtbl->CreateMessage(folder, NULL, 0, &message), MAPI_E_NO_ACCESS);
    assert_null(message);
    assert_hr(folder->lpVtbl->CreateFolder(folder, FOLDER_GENERIC, (LPTSTR)L"x", NULL, NULL, MAPI_UNICODE, &made),
              MAPI_E_NO_ACCESS);
    assert_null(made);
    assert_hr(folder->lpVtbl->SetProps(folder, 1, &name, NULL), MAPI_E_NO_ACCESS);
    assert_hr(folder->lpVtbl->EmptyFolder(folder, 0, NULL, 0), MAPI_E_NO_ACCESS);
    assert_hr(folder->lpVtbl->SetReadFlags(folder, NULL, 0, NULL, SUPPRESS_RECEIPT), MAPI_E_NO_ACCESS);
    release(folder);
    free_mapi(inbox_id);
    free_mapi(id);
}

static void anothers_mailbox_needs_a_right_or_an_administrator(void **state)
{
    static const ULONG admin_flags = OPENSTORE_USE_ADMIN_PRIVILEGE | OPENSTORE_TAKE_OWNERSHIP;
    const struct mapilocal_admin *admin = NULL;
    mapilocal_admin_entry entry =
        (mapilocal_admin_entry)(void *)GetProcAddress(dll.module, MAPILOCAL_ADMIN_ENTRY);
    MAPIERROR *error = NULL;
    IMsgStore *other = NULL, *home;
    (void)state;
    assert_hr(entry(MAPILOCAL_ADMIN_VERSION, &admin), S_OK);
    /* demo is neither. */
    assert_hr(open_other(session, store, "anna", 0, &other), MAPI_E_NO_ACCESS);
    assert_null(other);
    assert_hr(session->lpVtbl->GetLastError(session, MAPI_E_NO_ACCESS, 0, &error), S_OK);
    assert_non_null(error);
    assert_non_null(error->lpszError);
    free_mapi(error);
    assert_hr(open_other(session, store, "anna", admin_flags, &other), MAPI_E_NO_ACCESS);
    /* With a right; and without it again, while the session lasts. */
    assert_hr(admin->mailbox_grant(L"anna", L"demo", MAPILOCAL_RIGHTS_ALL), S_OK);
    assert_hr(open_other(session, store, "anna", 0, &other), S_OK);
    assert_rights(other, 0x5FB);
    release(other);
    assert_hr(admin->mailbox_grant(L"anna", L"demo", MAPILOCAL_RIGHTS_READ), S_OK);
    assert_hr(open_other(session, store, "anna", 0, &other), S_OK);
    reads_only(other);
    release(other);
    assert_hr(admin->mailbox_grant(L"anna", L"demo", MAPILOCAL_RIGHTS_NONE), S_OK);
    assert_hr(open_other(session, store, "anna", 0, &other), MAPI_E_NO_ACCESS);
    /* An administrator needs the flag. */
    IMAPISession *boss = harness_logon(L"admin");
    home = open_default_store(boss, 0);
    assert_hr(open_other(boss, home, "anna", 0, &other), MAPI_E_NO_ACCESS);
    assert_hr(open_other(boss, home, "anna", admin_flags, &other), S_OK);
    release(other);
    release(home);
    assert_hr(boss->lpVtbl->Logoff(boss, 0, 0, 0), S_OK);
    release(boss);
}

static void store_logons_end_at_255(void **state)
{
    static IMsgStore *opened[300];
    SPropValue *id = get_prop(store, PR_ENTRYID);
    IMAPITable *held = NULL;
    HRESULT hr = S_OK;
    int count = 0;
    (void)state;
    while (count < 300 && hr == S_OK) {
        hr = session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                           MDB_NO_DIALOG | MDB_TEMPORARY, &opened[count]);
        count += hr == S_OK;
    }
    assert_hr(hr, MAPI_E_FAILONEPROVIDER);
    assert_int_equal(count, 254); /* and the harness's own */
    /* What was opened from a store keeps its slot. */
    assert_hr(opened[7]->lpVtbl->GetReceiveFolderTable(opened[7], 0, &held), S_OK);
    release(opened[7]);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                            MDB_NO_DIALOG, &opened[7]),
              MAPI_E_FAILONEPROVIDER);
    release(held);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL,
                                            MDB_NO_DIALOG, &opened[7]),
              S_OK);
    for (int i = 0; i < count; i++)
        release(opened[i]);
    free_mapi(id);
}

static void separate_connections_have_no_limit(void **state)
{
    static IMsgStore *opened[300];
    IProfSect *global = NULL;
    SPropValue flags = {.ulPropTag = PR_PROFILE_CONNECT_FLAGS};
    (void)state;
    assert_hr(make_profile("separate-test", "demo"), S_OK);
    IMAPISession *made = logon("separate-test");
    assert_hr(made->lpVtbl->OpenProfileSection(
                  made, (MAPIUID *)"\x13\xDB\xB0\xC8\xAA\x05\x10\x1A\x9B\xB0\x00\xAA\x00\x2F\xC4\x5A", NULL,
                  MAPI_MODIFY, &global),
              S_OK);
    flags.Value.l = CONNECT_USE_SEPARATE_CONNECTION;
    assert_hr(global->lpVtbl->SetProps(global, 1, &flags, NULL), S_OK);
    release(global);
    assert_hr(made->lpVtbl->Logoff(made, 0, 0, 0), S_OK);
    release(made);
    made = logon("separate-test");
    for (int i = 0; i < 300; i++)
        opened[i] = open_default_store(made, MDB_TEMPORARY);
    for (int i = 0; i < 300; i++)
        release(opened[i]);
    assert_hr(made->lpVtbl->Logoff(made, 0, 0, 0), S_OK);
    release(made);
    delete_profile("separate-test");
}

/* ---- identity, entry ids, status ---- */

static void the_identity_is_the_users_entry(void **state)
{
    ULONG cb = 0, type = 0, same = 0;
    ENTRYID *id = NULL;
    IMAPIProp *user = NULL;
    (void)state;
    assert_hr(session->lpVtbl->QueryIdentity(session, &cb, &id), S_OK);
    assert_hr(session->lpVtbl->OpenEntry(session, cb, id, NULL, 0, &type, (IUnknown **)&user), S_OK);
    assert_int_equal(type, MAPI_MAILUSER);
    assert_string(user, PR_ADDRTYPE_W, L"EX");
    assert_hr(session->lpVtbl->CompareEntryIDs(session, cb, id, cb, id, 0, &same), S_OK);
    assert_true(same);
    assert_hr(session->lpVtbl->CompareEntryIDs(session, cb, id, cb, id, 1, &same), MAPI_E_UNKNOWN_FLAGS);
    release(user);
    assert_hr(session->lpVtbl->OpenEntry(session, 0, NULL, NULL, 0, &type, (IUnknown **)&user),
              MAPI_E_INVALID_ENTRYID);
    id->ab[3] ^= 0xff; /* nobody's */
    assert_hr(session->lpVtbl->OpenEntry(session, cb, id, NULL, 0, &type, (IUnknown **)&user),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_null(user);
    free_mapi(id);
}

static void status_objects_can_be_opened_and_flushed(void **state)
{
    static const SizedSPropTagArray(4, columns) = {
        4, {PR_ENTRYID, PR_RESOURCE_TYPE, PR_RESOURCE_METHODS, PR_STATUS_CODE}};
    IMAPITable *table = NULL;
    ULONG seen = 0;
    (void)state;
    assert_hr(session->lpVtbl->GetStatusTable(session, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 20);
    for (ULONG i = 0; i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        IMAPIStatus *status = NULL;
        ULONG type = 0;
        assert_hr(session->lpVtbl->OpenEntry(session, row[0].Value.bin.cb, (ENTRYID *)row[0].Value.bin.lpb,
                                             NULL, 0, &type, (IUnknown **)&status),
                  S_OK);
        assert_int_equal(type, MAPI_STATUS);
        assert_int_equal(get_long(status, PR_RESOURCE_TYPE), row[1].Value.l);
        assert_hr(status->lpVtbl->FlushQueues(status, 0, 0, NULL, FLUSH_UPLOAD),
                  row[2].Value.l & STATUS_FLUSH_QUEUES ? S_OK : MAPI_E_NO_SUPPORT);
        assert_hr(status->lpVtbl->ValidateState(status, 0, 0),
                  row[2].Value.l & STATUS_VALIDATE_STATE ? S_OK : MAPI_E_NO_SUPPORT);
        seen |= row[1].Value.l == MAPI_SPOOLER ? 1u : row[1].Value.l == MAPI_SUBSYSTEM ? 2u : 0u;
        release(status);
    }
    assert_int_equal(seen, 3);
    free_rows(rows);
    release(table);
}

static void what_needs_a_window_says_so(void **state)
{
    ULONG_PTR token;
    ULONG count = 0;
    LPTSTR *types = NULL;
    SPropValue *options = NULL;
    IMessage *message = make_message(inbox, L"a form");
    (void)state;
    assert_hr(session->lpVtbl->PrepareForm(session, NULL, message, &token), MAPI_E_NO_SUPPORT);
    assert_hr(session->lpVtbl->ShowForm(session, 0, store, inbox, NULL, 0, NULL, 0, 0, 0, 0, "IPM.Note"),
              MAPI_E_NO_SUPPORT);
    assert_hr(session->lpVtbl->EnumAdrTypes(session, 0, &count, &types), S_OK);
    assert_int_equal(count, 2);
    free_mapi(types);
    assert_hr(session->lpVtbl->QueryDefaultMessageOpt(session, (LPTSTR) "SMTP", 0, &count, &options), S_OK);
    assert_int_equal(count, 0);
    free_mapi(options);
    assert_hr(session->lpVtbl->QueryDefaultMessageOpt(session, (LPTSTR) "FAX", 0, &count, &options),
              MAPI_E_NOT_FOUND);
    release(message);
}

/* Runs last: everything is gone after it. */
static void the_last_uninitialize_reclaims_all(void **state)
{
    IMAPITable *table;
    MAPIINIT_0 init = {0, 0};
    (void)state;
    assert_hr(make_profile("reclaim-test", "anna"), S_OK);
    IMAPISession *leaked = logon("reclaim-test");
    IMsgStore *leaked_store = open_default_store(leaked, 0);
    dll.uninitialize();
    assert_hr(leaked->lpVtbl->GetMsgStoresTable(leaked, 0, &table), MAPI_E_NOT_INITIALIZED);
    assert_hr(dll.initialize(&init), S_OK);
    assert_hr(leaked->lpVtbl->GetMsgStoresTable(leaked, 0, &table), MAPI_E_INVALID_OBJECT);
    assert_hr(leaked_store->lpVtbl->GetReceiveFolderTable(leaked_store, 0, &table), MAPI_E_INVALID_OBJECT);
    release(leaked_store);
    release(leaked);
    delete_profile("reclaim-test");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logon_follows_its_flags),
        cmocka_unit_test(a_profile_of_nobody_cannot_be_configured),
        cmocka_unit_test(a_shared_session_is_joined_unless_a_new_one_is_asked_for),
        cmocka_unit_test(a_thread_must_initialize),
        cmocka_unit_test(after_logoff_only_release_works),
        cmocka_unit_test(the_stores_table_has_the_mailbox_as_default),
        cmocka_unit_test(setting_the_default_store_shows_in_open_tables),
        cmocka_unit_test(anothers_mailbox_needs_a_right_or_an_administrator),
        cmocka_unit_test(store_logons_end_at_255),
        cmocka_unit_test(separate_connections_have_no_limit),
        cmocka_unit_test(the_identity_is_the_users_entry),
        cmocka_unit_test(status_objects_can_be_opened_and_flushed),
        cmocka_unit_test(what_needs_a_window_says_so),
        cmocka_unit_test(the_last_uninitialize_reclaims_all),
    };
    return cmocka_run_group_tests_name("session", tests, harness_setup, harness_teardown);
}
