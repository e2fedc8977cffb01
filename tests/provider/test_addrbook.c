/*
 * test_addrbook.c: the address book: containers, contents with sorting, restrictions and PR_ANR, entries,
 * lists, one-offs, name resolution, search path.
 */
#include "harness.h"
#include "mapilocal_admin.h"

#define PR_EMS_AB_PROXY PROP_TAG(PT_MV_UNICODE, 0x800F)
#define CROWD           300

static IAddrBook *book;

static int setup(void **state)
{
    static struct mapilocal_mailbox boxes[CROWD];
    static WCHAR names[CROWD][3][64];
    const struct mapilocal_admin *admin = NULL;
    ULONG failed;
    if (harness_setup(state))
        return -1;
    mapilocal_admin_entry entry =
        (mapilocal_admin_entry)(void *)GetProcAddress(dll.module, MAPILOCAL_ADMIN_ENTRY);
    for (int i = 0; i < CROWD; i++) {
        wsprintfW(names[i][0], L"crowd%03d", i);
        wsprintfW(names[i][1], i % 2 ? L"Smith, John %03d" : L"\x00c4rger, Zo\x00eb %03d", i);
        wsprintfW(names[i][2], L"crowd%03d@example.test", i);
        boxes[i].alias = names[i][0];
        boxes[i].display_name = names[i][1];
        boxes[i].smtp = names[i][2];
    }
    if (FAILED(entry(MAPILOCAL_ADMIN_VERSION, &admin)) ||
        FAILED(admin->mailboxes_create(boxes, CROWD, &failed)))
        return -1;
    return FAILED(session->lpVtbl->OpenAddressBook(session, 0, NULL, 0, &book));
}

static int teardown(void **state)
{
    release(book);
    return harness_teardown(state);
}

static IABContainer *gal_open(void)
{
    ULONG cb = 0, type = 0;
    ENTRYID *id = NULL;
    IABContainer *gal = NULL;
    assert_hr(book->lpVtbl->GetDefaultDir(book, &cb, &id), S_OK);
    assert_hr(book->lpVtbl->OpenEntry(book, cb, id, NULL, 0, &type, (IUnknown **)&gal), S_OK);
    assert_int_equal(type, MAPI_ABCONT);
    free_mapi(id);
    return gal;
}

static IMAPITable *gal_table(void)
{
    IABContainer *gal = gal_open();
    IMAPITable *table = NULL;
    assert_hr(gal->lpVtbl->GetContentsTable(gal, MAPI_UNICODE, &table), S_OK);
    release(gal);
    return table;
}

/* ---- containers ---- */

static void the_root_holds_the_containers(void **state)
{
    static const SizedSPropTagArray(4, columns) = {
        4, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_CONTAINER_FLAGS}};
    IABContainer *root = NULL, *gal = NULL;
    IMAPITable *table = NULL;
    ULONG type = 0, same = 0;
    (void)state;
    assert_hr(book->lpVtbl->OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root), S_OK);
    assert_int_equal(type, MAPI_ABCONT);
    assert_hr(root->lpVtbl->GetHierarchyTable(root, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 2); /* the personal address book is the second: test_personal.c */
    SPropValue *row = rows->aRow[0].lpProps;
    assert_int_equal(row[2].Value.l, MAPI_ABCONT);
    assert_int_equal(row[3].Value.l, AB_RECIPIENTS | AB_UNMODIFIABLE);
    assert_int_equal(rows->aRow[1].lpProps[3].Value.l, AB_RECIPIENTS | AB_MODIFIABLE);
    assert_hr(root->lpVtbl->OpenEntry(root, row[1].Value.bin.cb, (ENTRYID *)row[1].Value.bin.lpb, NULL, 0,
                                      &type, (IUnknown **)&gal),
              S_OK);
    assert_string(gal, PR_DISPLAY_NAME_W, row[0].Value.lpszW);
    SPropValue *own = get_prop(gal, PR_ENTRYID);
    assert_hr(book->lpVtbl->CompareEntryIDs(book, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb,
                                            row[1].Value.bin.cb, (ENTRYID *)row[1].Value.bin.lpb, 0, &same),
              S_OK);
    assert_true(same);
    free_mapi(own);
    IMAPIProp *made = POISON;
    assert_hr(gal->lpVtbl->CreateEntry(gal, row[1].Value.bin.cb, (ENTRYID *)row[1].Value.bin.lpb, 0, &made),
              MAPI_E_NO_ACCESS);
    assert_null(made);
    free_rows(rows);
    release(table);
    release(gal);
    release(root);
}

static void contents_sort_seek_and_restrict(void **state)
{
    static const SizedSPropTagArray(3, columns) = {
        3, {PR_DISPLAY_NAME_W, PR_ACCOUNT_W, PROP_TAG(PT_UNICODE, 0x39FE)}};
    SizedSSortOrderSet(1, descending) = {1, 0, 0, {{PR_ACCOUNT_W, TABLE_SORT_DESCEND}}};
    IMAPITable *table = gal_table();
    ULONG count = 0, row, numerator, denominator;
    LONG moved = 0;
    SPropValue value = {.ulPropTag = PR_ACCOUNT_W};
    SRestriction prefix = {.rt = RES_CONTENT};
    (void)state;
    value.Value.lpszW = L"CROWD01";
    prefix.res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
    prefix.res.resContent.ulPropTag = PR_ACCOUNT_W;
    prefix.res.resContent.lpProp = &value;
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, CROWD + 3);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&descending, 0), S_OK);
    SRowSet *rows = query_rows(table, 2);
    assert_true(lstrcmpW(rows->aRow[0].lpProps[1].Value.lpszW, L"demo") == 0);
    assert_true(lstrcmpW(rows->aRow[1].lpProps[1].Value.lpszW, L"crowd299") == 0);
    free_rows(rows);
    assert_hr(table->lpVtbl->Restrict(table, &prefix, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 10);
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_END, -3, &moved), S_OK);
    assert_int_equal(moved, -3);
    assert_hr(table->lpVtbl->QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 7);
    rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 3);
    assert_true(lstrcmpW(rows->aRow[2].lpProps[1].Value.lpszW, L"crowd010") == 0);
    free_rows(rows);
    assert_hr(table->lpVtbl->Restrict(table, NULL, 0), S_OK);
    value.Value.lpszW = L"crowd123";
    assert_hr(table->lpVtbl->FindRow(table, &prefix, BOOKMARK_BEGINNING, 0), S_OK);
    rows = query_rows(table, 1);
    assert_true(lstrcmpW(rows->aRow[0].lpProps[2].Value.lpszW, L"crowd123@example.test") == 0);
    free_rows(rows);
    value.Value.lpszW = L"nobody";
    assert_hr(table->lpVtbl->FindRow(table, &prefix, BOOKMARK_BEGINNING, 0), MAPI_E_NOT_FOUND);
    release(table);
}

static void ambiguous_names_restrict(void **state)
{
    static const struct {
        const WCHAR *text;
        ULONG expected;
    } cases[] = {
        {L"demo", 1},          {L"john smith", CROWD / 2},
        {L"SMITH", CROWD / 2}, {L"arger zoe", CROWD / 2},
        {L"crowd299", 1},      {L"=crowd1", 0},
        {L"=crowd100", 1},     {L"nobody", 0},
        {L"anna@example", 1},  {L"ohn", 0},
    };
    IMAPITable *table = gal_table();
    SPropValue value = {.ulPropTag = PR_ANR_W};
    SRestriction anr = {.rt = RES_PROPERTY};
    (void)state;
    anr.res.resProperty.relop = RELOP_EQ;
    anr.res.resProperty.ulPropTag = PR_ANR_W;
    anr.res.resProperty.lpProp = &value;
    for (size_t i = 0; i < ARRAYSIZE(cases); i++) {
        ULONG count = 0;
        value.Value.lpszW = (WCHAR *)cases[i].text;
        print_message("case %u\n", (unsigned)i);
        assert_hr(table->lpVtbl->Restrict(table, &anr, 0), S_OK);
        assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
        assert_int_equal(count, cases[i].expected);
    }
    release(table);
}

/* ---- name resolution ---- */

static ADRLIST *recipient(const char *name)
{
    ADRLIST *list = NULL;
    char *copy;
    assert_hr(dll.allocate(CbNewADRLIST(1), (void **)&list), S_OK);
    memset(list, 0, CbNewADRLIST(1));
    list->cEntries = 1;
    list->aEntries[0].cValues = 2;
    assert_hr(dll.allocate(2 * sizeof(SPropValue) + 256, (void **)&list->aEntries[0].rgPropVals), S_OK);
    memset(list->aEntries[0].rgPropVals, 0, 2 * sizeof(SPropValue));
    copy = (char *)(list->aEntries[0].rgPropVals + 2);
    lstrcpynA(copy, name, 256);
    list->aEntries[0].rgPropVals[0].ulPropTag = PR_DISPLAY_NAME_A;
    list->aEntries[0].rgPropVals[0].Value.lpszA = copy;
    list->aEntries[0].rgPropVals[1].ulPropTag = PR_RECIPIENT_TYPE;
    list->aEntries[0].rgPropVals[1].Value.l = MAPI_CC;
    return list;
}

static const SPropValue *recipient_prop(const ADRLIST *list, ULONG tag)
{
    for (ULONG i = 0; i < list->aEntries[0].cValues; i++) {
        if (list->aEntries[0].rgPropVals[i].ulPropTag == tag)
            return &list->aEntries[0].rgPropVals[i];
    }
    return NULL;
}

static void recipient_free(ADRLIST *list)
{
    dll.free_buffer(list->aEntries[0].rgPropVals);
    dll.free_buffer(list);
}

static void names_resolve(void **state)
{
    static const struct {
        const char *name;
        HRESULT expected;
        const char *type, *address; /* the SMTP address */
    } cases[] = {
        {"demo", S_OK, "EX", "demo@example.test"},
        {"Demo User", S_OK, "EX", "demo@example.test"},
        {"user demo", S_OK, "EX", "demo@example.test"},
        {"anna@EXAMPLE.test", S_OK, "EX", "anna@example.test"},
        {"SMTP:anna@example.test", S_OK, "EX", "anna@example.test"},
        {"[SMTP:anna@example.test]", S_OK, "EX", "anna@example.test"},
        {"someone@elsewhere.test", S_OK, "SMTP", "someone@elsewhere.test"},
        {"Some One <someone@elsewhere.test>", S_OK, "SMTP", "someone@elsewhere.test"},
        {"Smith", MAPI_E_AMBIGUOUS_RECIP, NULL, NULL},
        {"nobody here", MAPI_E_NOT_FOUND, NULL, NULL},
        {"two@ats@x", MAPI_E_NOT_FOUND, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(cases); i++) {
        ADRLIST *list = recipient(cases[i].name);
        print_message("case %s\n", cases[i].name);
        assert_hr(book->lpVtbl->ResolveName(book, 0, 0, NULL, list), cases[i].expected);
        /* What was there stays. */
        assert_int_equal(recipient_prop(list, PR_RECIPIENT_TYPE)->Value.l, MAPI_CC);
        if (cases[i].expected == S_OK) {
            IMAPIProp *entry = NULL;
            ULONG type;
            const SPropValue *id = recipient_prop(list, PR_ENTRYID);
            assert_non_null(id);
            assert_string_equal(recipient_prop(list, PR_ADDRTYPE_A)->Value.lpszA, cases[i].type);
            assert_string_equal(recipient_prop(list, PROP_TAG(PT_STRING8, 0x39FE))->Value.lpszA,
                                cases[i].address);
            assert_hr(session->lpVtbl->OpenEntry(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                                 NULL, 0, &type, (IUnknown **)&entry),
                      S_OK);
            assert_int_equal(type, MAPI_MAILUSER);
            release(entry);
        } else
            assert_null(recipient_prop(list, PR_ENTRYID));
        recipient_free(list);
    }
}

static void a_container_resolves_into_flags(void **state)
{
    IABContainer *gal = gal_open();
    struct {
        ULONG count;
        ULONG flags[1];
    } states = {1, {MAPI_UNRESOLVED}};
    ADRLIST *list = recipient("demo");
    (void)state;
    assert_hr(gal->lpVtbl->ResolveNames(gal, NULL, MAPI_UNICODE, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_RESOLVED);
    assert_non_null(recipient_prop(list, PR_EMAIL_ADDRESS_W));
    recipient_free(list);
    list = recipient("Smith");
    states.flags[0] = MAPI_UNRESOLVED;
    assert_hr(gal->lpVtbl->ResolveNames(gal, NULL, 0, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_AMBIGUOUS);
    recipient_free(list);
    list = recipient("nobody here");
    states.flags[0] = MAPI_UNRESOLVED;
    assert_hr(gal->lpVtbl->ResolveNames(gal, NULL, 0, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_UNRESOLVED);
    recipient_free(list);
    release(gal);
}

static void recipients_are_prepared_with_the_wanted_properties_first(void **state)
{
    static const SizedSPropTagArray(3, wanted) = {
        3, {PROP_TAG(PT_UNICODE, 0x39FE), PR_EMAIL_ADDRESS_W, PR_HOME_TELEPHONE_NUMBER_W}};
    ADRLIST *list = recipient("demo");
    (void)state;
    assert_hr(book->lpVtbl->ResolveName(book, 0, 0, NULL, list), S_OK);
    assert_hr(book->lpVtbl->PrepareRecips(book, 0, (SPropTagArray *)&wanted, list), S_OK);
    const SPropValue *values = list->aEntries[0].rgPropVals;
    assert_int_equal(values[0].ulPropTag, PROP_TAG(PT_UNICODE, 0x39FE));
    assert_int_equal(values[1].ulPropTag, PR_EMAIL_ADDRESS_W);
    assert_int_equal(PROP_TYPE(values[2].ulPropTag), PT_ERROR);
    assert_int_equal(values[2].Value.err, MAPI_E_NOT_FOUND);
    assert_non_null(recipient_prop(list, PR_RECIPIENT_TYPE));
    recipient_free(list);
}

/* ---- entries ---- */

static void a_user_has_exchanges_properties(void **state)
{
    ADRLIST *list = recipient("demo");
    IMailUser *user = NULL;
    ULONG type = 0;
    (void)state;
    assert_hr(book->lpVtbl->ResolveName(book, 0, 0, NULL, list), S_OK);
    const SPropValue *id = recipient_prop(list, PR_ENTRYID);
    assert_hr(book->lpVtbl->OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, &IID_IMailUser, 0,
                                      &type, (IUnknown **)&user),
              S_OK);
    assert_string(user, PR_ADDRTYPE_W, L"EX");
    assert_string(user, PR_EMAIL_ADDRESS_W,
                  L"/o=MapiHost/ou=First Administrative Group/cn=Recipients/cn=demo");
    assert_string(user, PROP_TAG(PT_UNICODE, 0x39FE), L"demo@example.test");
    assert_string(user, PR_ACCOUNT_W, L"demo");
    assert_int_equal(get_long(user, PR_OBJECT_TYPE), MAPI_MAILUSER);
    assert_int_equal(get_long(user, PR_DISPLAY_TYPE), DT_MAILUSER);
    SPropValue *proxies = get_prop(user, PR_EMS_AB_PROXY);
    assert_true(lstrcmpW(proxies->Value.MVszW.lppszW[0], L"SMTP:demo@example.test") == 0);
    free_mapi(proxies);
    SPropValue *key = get_prop(user, PR_SEARCH_KEY);
    assert_string_equal((char *)key->Value.bin.lpb,
                        "EX:/O=MAPIHOST/OU=FIRST ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=DEMO");
    free_mapi(key);
    SPropValue name = {.ulPropTag = PR_DISPLAY_NAME_W};
    name.Value.lpszW = L"changed";
    assert_hr(user->lpVtbl->SetProps(user, 1, &name, NULL), MAPI_E_NO_ACCESS);
    release(user);
    assert_hr(book->lpVtbl->OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MAPI_MODIFY,
                                      &type, (IUnknown **)&user),
              MAPI_E_NO_ACCESS);
    assert_hr(book->lpVtbl->OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, &IID_IMessage, 0,
                                      &type, (IUnknown **)&user),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    recipient_free(list);
}

static void one_offs_are_as_documented(void **state)
{
    static const BYTE header[] = {0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19,
                                  0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02};
    static const char tail[] = "J\xf6rg\0SMTP\0j@x.test";
    ULONG cb = 0, cb_wide = 0, type = 0;
    ENTRYID *id = NULL, *wide = NULL;
    IMailUser *user = NULL;
    (void)state;
    assert_hr(book->lpVtbl->CreateOneOff(book, (LPTSTR) "J\xf6rg", (LPTSTR) "SMTP", (LPTSTR) "j@x.test", 0,
                                         &cb, &id),
              S_OK);
    const BYTE *bytes = (const BYTE *)id;
    assert_memory_equal(bytes + 4, header, sizeof header);
    assert_int_equal(cb, 24 + sizeof tail);
    assert_memory_equal(bytes + 24, tail, sizeof tail);
    assert_hr(book->lpVtbl->CreateOneOff(book, (LPTSTR)L"J\x00f6rg", (LPTSTR)L"SMTP", (LPTSTR)L"j@x.test",
                                         MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO, &cb_wide, &wide),
              S_OK);
    assert_int_equal(((const BYTE *)wide)[22] & 1, 1);       /* MAPI_ONE_OFF_NO_RICH_INFO */
    assert_int_equal(((const BYTE *)wide)[23] & 0x80, 0x80); /* MAPI_ONE_OFF_UNICODE */
    assert_hr(book->lpVtbl->OpenEntry(book, cb_wide, wide, NULL, 0, &type, (IUnknown **)&user), S_OK);
    assert_string(user, PR_DISPLAY_NAME_W, L"J\x00f6rg");
    assert_string(user, PR_ADDRTYPE_W, L"SMTP");
    assert_string(user, PR_EMAIL_ADDRESS_W, L"j@x.test");
    SPropValue *rich = get_prop(user, PR_SEND_RICH_INFO);
    assert_int_equal(rich->Value.b, FALSE);
    free_mapi(rich);
    release(user);
    ULONG same = 0;
    assert_hr(book->lpVtbl->CompareEntryIDs(book, cb, id, cb_wide, wide, 0, &same), S_OK);
    assert_true(same);
    assert_hr(book->lpVtbl->OpenEntry(book, cb_wide - 2, wide, NULL, 0, &type, (IUnknown **)&user),
              MAPI_E_INVALID_ENTRYID);
    free_mapi(id);
    free_mapi(wide);
}

static void the_search_path_can_be_set_and_read(void **state)
{
    SRowSet *path = NULL;
    (void)state;
    assert_hr(book->lpVtbl->GetSearchPath(book, MAPI_UNICODE, &path), S_OK);
    assert_int_equal(path->cRows, 2);
    SRow personal = path->aRow[0]; /* which comes first */
    path->aRow[0] = path->aRow[1];
    path->aRow[1] = personal;
    path->cRows = 1; /* the global address list alone */
    assert_hr(book->lpVtbl->SetSearchPath(book, 0, path), S_OK);
    path->cRows = 2;
    free_rows(path);
    assert_hr(book->lpVtbl->GetSearchPath(book, MAPI_UNICODE, &path), S_OK);
    assert_int_equal(path->cRows, 1);
    for (ULONG i = 0; i < path->aRow[0].cValues; i++)
        if (path->aRow[0].lpProps[i].ulPropTag == PR_DISPLAY_TYPE)
            assert_int_equal(path->aRow[0].lpProps[i].Value.l, DT_GLOBAL);
    path->cRows = 0; /* the default again */
    assert_hr(book->lpVtbl->SetSearchPath(book, 0, path), S_OK);
    path->cRows = 1;
    free_rows(path);
    assert_hr(book->lpVtbl->GetSearchPath(book, MAPI_UNICODE, &path), S_OK);
    assert_int_equal(path->cRows, 2);
    free_rows(path);
}

static void dialogs_are_refused(void **state)
{
    ADRPARM parameters = {0};
    ADRLIST *list = NULL;
    ULONG_PTR window = 0;
    BYTE bytes[4] = {0};
    (void)state;
    assert_hr(book->lpVtbl->Address(book, &window, &parameters, &list), MAPI_E_NO_SUPPORT);
    assert_hr(book->lpVtbl->Details(book, &window, NULL, NULL, 4, (ENTRYID *)bytes, NULL, NULL, NULL, 0),
              MAPI_E_NO_SUPPORT);
}

/* Who listens to an entry is told when the directory changes, also by another program than MAPI's. */
static void changes_of_the_directory_are_told(void **state)
{
    const struct mapilocal_admin *admin = NULL;
    struct mapilocal_entry contact = {.kind = MAPILOCAL_CONTACT};
    struct sink sink;
    ULONG_PTR connection = 0, root = 0;
    ULONG cb = 0;
    ENTRYID *id = NULL;
    (void)state;
    mapilocal_admin_entry entry = (mapilocal_admin_entry)(void *)GetProcAddress(dll.module, MAPILOCAL_ADMIN_ENTRY);
    assert_hr(entry(MAPILOCAL_ADMIN_VERSION, &admin), S_OK);
    contact.alias = L"newcomer";
    contact.display_name = L"New Comer";
    contact.smtp = L"new@elsewhere.test";
    sink_init(&sink);
    assert_hr(book->lpVtbl->GetDefaultDir(book, &cb, &id), S_OK);
    assert_hr(book->lpVtbl->Advise(book, cb, id, fnevObjectModified, NULL, &connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(book->lpVtbl->Advise(book, 5, (ENTRYID *)"abcde", fnevObjectModified, &sink.iface, &connection),
              MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(book->lpVtbl->Advise(book, cb, id, fnevObjectModified, &sink.iface, &connection), S_OK);
    assert_hr(book->lpVtbl->Advise(book, 0, NULL, fnevObjectModified, &sink.iface, &root), S_OK);
    assert_true(connection && root && connection != root);
    free_mapi(id);
    assert_hr(admin->entry_create(&contact), S_OK);
    assert_true(wait_for(&sink.count, 20));
    assert_int_equal(sink.mask, fnevObjectModified);
    assert_hr(book->lpVtbl->Unadvise(book, connection), S_OK);
    assert_hr(book->lpVtbl->Unadvise(book, connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(book->lpVtbl->Unadvise(book, root), S_OK);
    assert_int_equal(sink.refs, 1);
    /* A one-off is nowhere but in its id. */
    assert_hr(book->lpVtbl->CreateOneOff(book, (LPTSTR)L"x", (LPTSTR)L"SMTP", (LPTSTR)L"x@y.test", MAPI_UNICODE, &cb, &id),
              S_OK);
    assert_hr(book->lpVtbl->Advise(book, cb, id, fnevObjectModified, &sink.iface, &connection), MAPI_E_NO_SUPPORT);
    free_mapi(id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_holds_the_containers),
        cmocka_unit_test(contents_sort_seek_and_restrict),
        cmocka_unit_test(ambiguous_names_restrict),
        cmocka_unit_test(names_resolve),
        cmocka_unit_test(a_container_resolves_into_flags),
        cmocka_unit_test(recipients_are_prepared_with_the_wanted_properties_first),
        cmocka_unit_test(a_user_has_exchanges_properties),
        cmocka_unit_test(one_offs_are_as_documented),
        cmocka_unit_test(the_search_path_can_be_set_and_read),
        cmocka_unit_test(dialogs_are_refused),
        cmocka_unit_test(changes_of_the_directory_are_told),
    };
    return cmocka_run_group_tests_name("addrbook", tests, setup, teardown);
}
