/*
 * test_profiles.c: profile administration: IProfAdmin, IMsgServiceAdmin, IProviderAdmin and IProfSect.
 */
#include "harness.h"

static const IID IID_IMsgServiceAdmin2 = {0x00020387, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
#ifndef MAPI_FORCE_ACCESS
#define MAPI_FORCE_ACCESS ((ULONG)0x00080000)
#endif

static IProfAdmin *admin_open(void)
{
    IProfAdmin *admin = POISON;
    assert_hr(dll.admin_profiles(1, &admin), MAPI_E_UNKNOWN_FLAGS);
    assert_null(admin);
    assert_hr(dll.admin_profiles(0, &admin), S_OK);
    return admin;
}

/* Is there a row with this name, and is it the default? -1: no row. */
static int profile_row(IProfAdmin *admin, const char *name)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_DISPLAY_NAME_A, PR_DEFAULT_PROFILE}};
    IMAPITable *table = NULL;
    int found = -1;
    assert_hr(admin->lpVtbl->GetProfileTable(admin, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 100);
    for (ULONG i = 0; i < rows->cRows; i++) {
        if (strcmp(rows->aRow[i].lpProps[0].Value.lpszA, name) == 0)
            found = rows->aRow[i].lpProps[1].Value.b != 0;
    }
    free_rows(rows);
    release(table);
    return found;
}

static void profiles_are_made_copied_renamed_and_deleted(void **state)
{
    char long_name[80];
    IProfAdmin *admin = admin_open();
    (void)state;
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[79] = 0;
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR) "one", NULL, 0, 0), S_OK);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR) "ONE", NULL, 0, 0), MAPI_E_NO_ACCESS);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR) "", NULL, 0, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR)long_name, NULL, 0, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR) "two", NULL, 0, 0x40000000), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR)L"\x00dcmlaut", NULL, 0, MAPI_UNICODE), S_OK);
    assert_hr(admin->lpVtbl->CopyProfile(admin, (LPTSTR) "one", NULL, (LPTSTR) "two", 0, 0), S_OK);
    assert_hr(admin->lpVtbl->CopyProfile(admin, (LPTSTR) "one", NULL, (LPTSTR) "two", 0, 0),
              MAPI_E_NO_ACCESS);
    assert_hr(admin->lpVtbl->CopyProfile(admin, (LPTSTR) "none", NULL, (LPTSTR) "three", 0, 0),
              MAPI_E_NOT_FOUND);
    assert_hr(admin->lpVtbl->RenameProfile(admin, (LPTSTR) "two", NULL, (LPTSTR) "three", 0, 0), S_OK);
    assert_int_equal(profile_row(admin, "two"), -1);
    assert_int_equal(profile_row(admin, "three"), 0);
    assert_hr(admin->lpVtbl->SetDefaultProfile(admin, (LPTSTR) "three", 0), S_OK);
    assert_int_equal(profile_row(admin, "three"), 1);
    assert_hr(admin->lpVtbl->SetDefaultProfile(admin, (LPTSTR) "one", 0), S_OK);
    assert_int_equal(profile_row(admin, "three"), 0);
    assert_hr(admin->lpVtbl->SetDefaultProfile(admin, (LPTSTR) "none", 0), MAPI_E_NOT_FOUND);
    assert_hr(admin->lpVtbl->SetDefaultProfile(admin, NULL, 0), S_OK);
    assert_int_equal(profile_row(admin, "one"), 0);
    assert_hr(admin->lpVtbl->ChangeProfilePassword(admin, (LPTSTR) "one", NULL, NULL, 0), S_OK);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "one", 0), S_OK);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "one", 0), MAPI_E_NOT_FOUND);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "three", 0), S_OK);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR)L"\x00dcmlaut", MAPI_UNICODE), S_OK);
    release(admin);
}

static void a_profile_in_use_goes_with_its_last_session(void **state)
{
    IProfAdmin *admin = admin_open();
    ULONG cb;
    ENTRYID *id = NULL;
    (void)state;
    IMAPISession *used = harness_logon(L"anna"); /* makes the profile "anna" */
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "anna", 0), S_OK);
    assert_int_equal(profile_row(admin, "anna"), -1);
    /* The session goes on. */
    assert_hr(used->lpVtbl->QueryIdentity(used, &cb, &id), S_OK);
    free_mapi(id);
    IProfSect *section = NULL;
    assert_hr(used->lpVtbl->OpenProfileSection(used, NULL, NULL, 0, &section), S_OK);
    release(section);
    /* The name can be given anew meanwhile. */
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR) "anna", NULL, 0, 0), S_OK);
    assert_hr(used->lpVtbl->Logoff(used, 0, 0, 0), S_OK);
    release(used);
    assert_int_equal(profile_row(admin, "anna"), 0);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "anna", 0), S_OK);
    release(admin);
}

/* ---- services ---- */

static IMsgServiceAdmin *services_open(IProfAdmin *admin, const char *name)
{
    IMsgServiceAdmin *services = NULL;
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR)name, NULL, 0, 0), S_OK);
    assert_hr(admin->lpVtbl->AdminServices(admin, (LPTSTR)name, NULL, 0, 0, &services), S_OK);
    return services;
}

/* The uid of the row whose column has this string; rows NULL-safe. Returns the number of rows. */
static ULONG uid_by_row(IMAPITable *table, ULONG uid_tag, MAPIUID *uid)
{
    SizedSPropTagArray(1, columns) = {1, {uid_tag}};
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 20);
    ULONG count = rows->cRows;
    if (count > 0)
        memcpy(uid, rows->aRow[0].lpProps[0].Value.bin.lpb, sizeof *uid);
    free_rows(rows);
    release(table);
    return count;
}

static ULONG first_service(IMsgServiceAdmin *services, MAPIUID *uid)
{
    IMAPITable *table = NULL;
    assert_hr(services->lpVtbl->GetMsgServiceTable(services, 0, &table), S_OK);
    return uid_by_row(table, PR_SERVICE_UID, uid);
}

static void a_service_is_there_once(void **state)
{
    IProfAdmin *admin = admin_open();
    IMsgServiceAdmin *services = services_open(admin, "services");
    IMAPITable *table = NULL;
    MAPIUID uid, none = {{1}};
    (void)state;
    assert_int_equal(first_service(services, &uid), 0);
    assert_hr(services->lpVtbl->CreateMsgService(services, (LPTSTR) "NOSUCH", NULL, 0, 0), MAPI_E_NOT_FOUND);
    assert_hr(services->lpVtbl->CreateMsgService(services, (LPTSTR) "MSEMS", NULL, 0, 0), S_OK);
    assert_hr(services->lpVtbl->CreateMsgService(services, (LPTSTR) "MapiLocal", NULL, 0, 0),
              MAPI_E_NO_ACCESS);
    assert_int_equal(first_service(services, &uid), 1);
    assert_hr(services->lpVtbl->GetProviderTable(services, 0, &table), S_OK);
    MAPIUID provider;
    assert_int_equal(uid_by_row(table, PR_PROVIDER_UID, &provider), 3);
    assert_hr(services->lpVtbl->ConfigureMsgService(services, &none, 0, 0, 0, NULL), MAPI_E_NOT_FOUND);
    assert_hr(services->lpVtbl->ConfigureMsgService(services, &uid, 0, 0, 0, NULL), MAPI_E_UNCONFIGURED);
    assert_hr(services->lpVtbl->RenameMsgService(services, &uid, 0, (LPTSTR) "x"), MAPI_E_NO_SUPPORT);
    assert_hr(services->lpVtbl->SetPrimaryIdentity(services, &uid, 0), S_OK);
    assert_hr(services->lpVtbl->SetPrimaryIdentity(services, &none, 0), MAPI_E_NOT_FOUND);
    assert_hr(services->lpVtbl->DeleteMsgService(services, &none), MAPI_E_NOT_FOUND);
    assert_hr(services->lpVtbl->DeleteMsgService(services, &uid), S_OK);
    assert_int_equal(first_service(services, &uid), 0);
    assert_hr(services->lpVtbl->GetProviderTable(services, 0, &table), S_OK);
    assert_int_equal(uid_by_row(table, PR_PROVIDER_UID, &provider), 0);
    release(services);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "services", 0), S_OK);
    release(admin);
}

static void a_mailbox_is_found_by_any_of_its_names(void **state)
{
    static const struct {
        ULONG tag;
        const char *name;
        HRESULT expected;
    } cases[] = {
        {PR_PROFILE_UNRESOLVED_NAME, "demo", S_OK},
        {PR_PROFILE_UNRESOLVED_NAME, "DEMO@example.test", S_OK},
        {PR_PROFILE_UNRESOLVED_NAME, "Demo User", S_OK},
        {PR_PROFILE_UNRESOLVED_NAME, "/o=MapiHost/ou=First Administrative Group/cn=Recipients/cn=demo", S_OK},
        {PR_PROFILE_USER, "demo", S_OK},
        {PR_PROFILE_UNRESOLVED_NAME, "Dem", MAPI_E_NOT_FOUND},
        {PR_PROFILE_UNRESOLVED_NAME, "nobody@example.test", MAPI_E_NOT_FOUND},
    };
    IProfAdmin *admin = admin_open();
    IMsgServiceAdmin *services = services_open(admin, "names");
    MAPIUID uid;
    (void)state;
    assert_hr(services->lpVtbl->CreateMsgService(services, (LPTSTR) "MSEMS", NULL, 0, 0), S_OK);
    assert_int_equal(first_service(services, &uid), 1);
    for (size_t i = 0; i < ARRAYSIZE(cases); i++) {
        SPropValue value = {.ulPropTag = cases[i].tag};
        value.Value.lpszA = (char *)cases[i].name;
        print_message("case %s\n", cases[i].name);
        assert_hr(services->lpVtbl->ConfigureMsgService(services, &uid, 0, 0, 1, &value), cases[i].expected);
    }
    release(services);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "names", 0), S_OK);
    release(admin);
}

static void another_users_store_can_be_added(void **state)
{
    IMsgServiceAdmin *services = NULL;
    IProviderAdmin *providers = NULL;
    IMAPITable *table = NULL;
    MAPIUID service, added;
    SPropValue values[2] = {{.ulPropTag = PR_DISPLAY_NAME_A}, {.ulPropTag = PR_PROFILE_MAILBOX}};
    struct sink sink;
    ULONG_PTR connection;
    ULONG count = 0;
    (void)state;
    values[0].Value.lpszA = "Anna's mailbox";
    values[1].Value.lpszA = "anna";
    assert_hr(session->lpVtbl->GetMsgStoresTable(session, 0, &table), S_OK);
    sink_init(&sink);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, &sink.iface, &connection), S_OK);
    assert_hr(session->lpVtbl->AdminServices(session, 0, &services), S_OK);
    assert_int_equal(first_service(services, &service), 1);
    assert_hr(services->lpVtbl->AdminProviders(services, &service, 0, &providers), S_OK);
    assert_hr(providers->lpVtbl->CreateProvider(providers, (LPTSTR) "NOSUCH", 0, NULL, 0, 0, &added),
              MAPI_E_NOT_FOUND);
    assert_hr(providers->lpVtbl->CreateProvider(providers, (LPTSTR) "EMSDelegate", 2, values, 0, 0, &added),
              S_OK);
    assert_true(wait_for(&sink.count, 10));
    assert_true(sink.table_events[TABLE_ROW_ADDED] > 0);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 2);
    assert_hr(providers->lpVtbl->DeleteProvider(providers, &added), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 1);
    assert_hr(providers->lpVtbl->DeleteProvider(providers, &added), MAPI_E_NOT_FOUND);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    release(providers);
    release(services);
    release(table);
}

static void a_service_made_by_the_newer_interface_tells_its_uid(void **state)
{
    struct admin2 {
        const struct {
            void *slots[15];
            HRESULT(STDMETHODCALLTYPE *create_ex)(void *, LPTSTR, LPTSTR, ULONG_PTR, ULONG, MAPIUID *);
        } * vtbl;
    } *newer = NULL;
    IProfAdmin *admin = admin_open();
    IMsgServiceAdmin *services = services_open(admin, "newer");
    MAPIUID uid = {{0}}, listed;
    (void)state;
    assert_hr(services->lpVtbl->QueryInterface(services, &IID_IMsgServiceAdmin2, (void **)&newer), S_OK);
    assert_hr(newer->vtbl->create_ex(newer, (LPTSTR) "MSEMS", NULL, 0, 0, &uid), S_OK);
    assert_int_equal(first_service(services, &listed), 1);
    assert_memory_equal(&uid, &listed, sizeof uid);
    release(newer);
    release(services);
    assert_hr(admin->lpVtbl->DeleteProfile(admin, (LPTSTR) "newer", 0), S_OK);
    release(admin);
}

/* ---- sections ---- */

static void sections_keep_their_properties(void **state)
{
    static const MAPIUID uid = {{9, 8, 7, 6, 5, 4, 3, 2, 1}};
    BYTE bytes[] = {1, 0, 2};
    SPropValue values[] = {{.ulPropTag = PROP_TAG(PT_STRING8, 0x6700)},
                           {.ulPropTag = PROP_TAG(PT_LONG, 0x6701)},
                           {.ulPropTag = PROP_TAG(PT_BINARY, 0x6702)},
                           {.ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6703)}};
    LONG numbers[] = {3, -4};
    SPropValue many = {.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6704)};
    IProfSect *section = POISON;
    (void)state;
    many.Value.MVl.cValues = 2;
    many.Value.MVl.lpl = numbers;
    values[0].Value.lpszA = "text";
    values[1].Value.l = -5;
    values[2].Value.bin.cb = sizeof bytes;
    values[2].Value.bin.lpb = bytes;
    values[3].Value.b = TRUE;
    assert_hr(session->lpVtbl->OpenProfileSection(session, (MAPIUID *)&uid, NULL, 0, &section),
              MAPI_E_NOT_FOUND);
    assert_null(section);
    assert_hr(session->lpVtbl->OpenProfileSection(session, (MAPIUID *)&uid, NULL, MAPI_MODIFY, &section),
              S_OK);
    assert_hr(section->lpVtbl->SetProps(section, 4, values, NULL), S_OK);
    assert_hr(section->lpVtbl->SetProps(section, 1, &many, NULL), S_OK);
    release(section);
    assert_hr(session->lpVtbl->OpenProfileSection(session, (MAPIUID *)&uid, &IID_IProfSect, 0, &section),
              S_OK);
    assert_string(section, PROP_TAG(PT_UNICODE, 0x6700), L"text");
    assert_int_equal(get_long(section, PROP_TAG(PT_LONG, 0x6701)), -5);
    SPropValue *value = get_prop(section, PROP_TAG(PT_BINARY, 0x6702));
    assert_int_equal(value->Value.bin.cb, sizeof bytes);
    assert_memory_equal(value->Value.bin.lpb, bytes, sizeof bytes);
    free_mapi(value);
    value = get_prop(section, PROP_TAG(PT_MV_LONG, 0x6704));
    assert_int_equal(value->Value.MVl.cValues, 2);
    assert_int_equal(value->Value.MVl.lpl[1], -4);
    free_mapi(value);
    assert_int_equal(get_long(section, PR_OBJECT_TYPE), MAPI_PROFSECT);
    assert_hr(section->lpVtbl->SetProps(section, 1, values, NULL), MAPI_E_NO_ACCESS); /* opened for reading */
    release(section);
    assert_hr(session->lpVtbl->OpenProfileSection(session, (MAPIUID *)&uid, &IID_IMessage, 0, &section),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    assert_null(section);
}

static void a_providers_section_is_guarded(void **state)
{
    IMAPITable *table = NULL;
    IProfSect *section = NULL;
    MAPIUID uid;
    (void)state;
    assert_hr(session->lpVtbl->GetMsgStoresTable(session, 0, &table), S_OK);
    assert_int_equal(uid_by_row(table, PR_PROVIDER_UID, &uid), 1);
    assert_hr(session->lpVtbl->OpenProfileSection(session, &uid, NULL, 0, &section), MAPI_E_NO_ACCESS);
    assert_hr(session->lpVtbl->OpenProfileSection(session, &uid, NULL, MAPI_FORCE_ACCESS, &section), S_OK);
    SPropValue *mailbox = get_prop(section, PR_PROFILE_MAILBOX);
    assert_non_null(mailbox);
    assert_non_null(strstr(mailbox->Value.lpszA, "/cn=Recipients/cn=demo"));
    free_mapi(mailbox);
    release(section);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_are_made_copied_renamed_and_deleted),
        cmocka_unit_test(a_profile_in_use_goes_with_its_last_session),
        cmocka_unit_test(a_service_is_there_once),
        cmocka_unit_test(a_mailbox_is_found_by_any_of_its_names),
        cmocka_unit_test(another_users_store_can_be_added),
        cmocka_unit_test(a_service_made_by_the_newer_interface_tells_its_uid),
        cmocka_unit_test(sections_keep_their_properties),
        cmocka_unit_test(a_providers_section_is_guarded),
    };
    return cmocka_run_group_tests_name("profiles", tests, harness_setup, harness_teardown);
}
