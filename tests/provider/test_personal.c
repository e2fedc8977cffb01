/*
 * test_personal.c: the personal address book: its container, CreateEntry, CopyEntries and DeleteEntries, entries that are set
 * and read again, duplicates, name resolution, what another session and a later process find, recipients of messages.
 */
#include "harness.h"
#include "mapilocal_admin.h"

#ifndef PR_SMTP_ADDRESS_W
#define PR_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x39FE)
#endif

static IAddrBook *book;
static IABContainer *personal;

static IABContainer *personal_open(IAddrBook *of)
{
    ULONG cb = 0, type = 0;
    ENTRYID *id = NULL;
    IABContainer *found = NULL;
    assert_hr(of->lpVtbl->GetPAB(of, &cb, &id), S_OK);
    assert_true(cb > 0);
    assert_hr(of->lpVtbl->OpenEntry(of, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&found), S_OK);
    assert_int_equal(type, MAPI_ABCONT);
    free_mapi(id);
    return found;
}

static int setup(void **state)
{
    if (harness_setup(state) || FAILED(session->lpVtbl->OpenAddressBook(session, 0, NULL, 0, &book)))
        return -1;
    personal = personal_open(book);
    return 0;
}

static int teardown(void **state)
{
    release(personal);
    release(book);
    return harness_teardown(state);
}

/* ---- helpers ---- */

static SRowSet *contents(IABContainer *of)
{
    static const SizedSPropTagArray(5, columns) = {
        5, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_HOME_TELEPHONE_NUMBER_W}};
    IMAPITable *table = NULL;
    assert_hr(of->lpVtbl->GetContentsTable(of, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 100);
    release(table);
    return rows;
}

static ULONG count(void)
{
    SRowSet *rows = contents(personal);
    ULONG found = rows->cRows;
    free_rows(rows);
    return found;
}

static void delete_all(void)
{
    SRowSet *rows = contents(personal);
    SBinary ids[100];
    ENTRYLIST list = {rows->cRows, ids};
    for (ULONG i = 0; i < rows->cRows; i++)
        ids[i] = rows->aRow[i].lpProps[1].Value.bin;
    assert_hr(personal->lpVtbl->DeleteEntries(personal, &list, 0), S_OK);
    free_rows(rows);
    assert_int_equal(count(), 0);
}

/* A new entry, not saved. */
static IMAPIProp *create(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags)
{
    SPropValue *template = get_prop(personal, PR_DEF_CREATE_MAILUSER);
    IMAPIProp *entry = NULL;
    assert_non_null(template);
    assert_hr(personal->lpVtbl->CreateEntry(personal, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, flags,
                                            &entry),
              S_OK);
    free_mapi(template);
    set_string(entry, PR_DISPLAY_NAME_W, name);
    set_string(entry, PR_ADDRTYPE_W, type);
    set_string(entry, PR_EMAIL_ADDRESS_W, address);
    return entry;
}

static void add(const WCHAR *name, const WCHAR *address)
{
    IMAPIProp *entry = create(name, L"SMTP", address, 0);
    assert_hr(entry->lpVtbl->SaveChanges(entry, 0), S_OK);
    release(entry);
}

static ADRLIST *recipient(const WCHAR *name)
{
    ADRLIST *list = NULL;
    assert_hr(dll.allocate(CbNewADRLIST(1), (void **)&list), S_OK);
    list->cEntries = 1;
    assert_hr(dll.allocate(sizeof(SPropValue), (void **)&list->aEntries[0].rgPropVals), S_OK);
    list->aEntries[0].cValues = 1;
    list->aEntries[0].rgPropVals[0].ulPropTag = PR_DISPLAY_NAME_W;
    list->aEntries[0].rgPropVals[0].Value.lpszW = (WCHAR *)name;
    return list;
}

static const SPropValue *recipient_prop(const ADRLIST *list, ULONG tag)
{
    for (ULONG i = 0; i < list->aEntries[0].cValues; i++)
        if (list->aEntries[0].rgPropVals[i].ulPropTag == tag)
            return &list->aEntries[0].rgPropVals[i];
    return NULL;
}

static void recipient_free(ADRLIST *list)
{
    dll.free_buffer(list->aEntries[0].rgPropVals);
    dll.free_buffer(list);
}

static void assert_resolves(const WCHAR *name, HRESULT expected, const WCHAR *address)
{
    ADRLIST *list = recipient(name);
    print_message("resolve %ls\n", name);
    assert_hr(book->lpVtbl->ResolveName(book, 0, MAPI_UNICODE, NULL, list), expected);
    const SPropValue *got = recipient_prop(list, PR_EMAIL_ADDRESS_W);
    if (address)
        assert_true(got && !lstrcmpW(got->Value.lpszW, address));
    else
        assert_null(got);
    recipient_free(list);
}

/* ---- the container ---- */

static void the_container_says_that_it_can_be_changed(void **state)
{
    IMAPITable *table = NULL;
    IMAPIProp *entry = POISON;
    ULONG rows = 0, type = 0, cb = 0;
    ENTRYID *id = NULL;
    (void)state;
    assert_int_equal(get_long(personal, PR_CONTAINER_FLAGS), AB_MODIFIABLE | AB_RECIPIENTS);
    assert_int_equal(get_long(personal, PR_DISPLAY_TYPE), DT_MODIFIABLE);
    assert_int_equal(get_long(personal, PR_OBJECT_TYPE), MAPI_ABCONT);
    assert_string(personal, PR_DISPLAY_NAME_W, L"Personal Address Book");
    assert_hr(personal->lpVtbl->OpenProperty(personal, PR_CREATE_TEMPLATES, &IID_IMAPITable, MAPI_UNICODE, 0,
                                             (IUnknown **)&table),
              S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_true(rows >= 1);
    release(table);
    /* A container is no template, nor is an id of nobody. */
    assert_hr(book->lpVtbl->GetDefaultDir(book, &cb, &id), S_OK);
    assert_hr(personal->lpVtbl->CreateEntry(personal, cb, id, 0, &entry), MAPI_E_INVALID_ENTRYID);
    assert_null(entry);
    assert_hr(personal->lpVtbl->CreateEntry(personal, 5, (ENTRYID *)"abcde", 0, &entry), MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(personal->lpVtbl->CreateEntry(personal, 0, NULL, 0, &entry), MAPI_E_INVALID_PARAMETER);
    assert_hr(personal->lpVtbl->CreateEntry(personal, cb, id, 0x80, &entry), MAPI_E_UNKNOWN_FLAGS);
    /* The global list is not opened to be changed. */
    assert_hr(book->lpVtbl->OpenEntry(book, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&entry), MAPI_E_NO_ACCESS);
    /* Who has set another container as the personal one finds that. */
    assert_hr(book->lpVtbl->SetPAB(book, cb, id), S_OK);
    free_mapi(id);
    assert_hr(book->lpVtbl->GetPAB(book, &cb, &id), S_OK);
    assert_hr(book->lpVtbl->OpenEntry(book, cb, id, NULL, 0, &type, (IUnknown **)&entry), S_OK);
    assert_int_equal(get_long(entry, PR_DISPLAY_TYPE), DT_GLOBAL);
    release(entry);
    free_mapi(id);
    SPropValue *own = get_prop(personal, PR_ENTRYID);
    assert_hr(book->lpVtbl->SetPAB(book, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb), S_OK);
    free_mapi(own);
}

/* ---- entries ---- */

static void an_entry_is_made_and_read_again(void **state)
{
    IMAPIProp *entry = create(L"Fred Smith", L"SMTP", L"freds@x.test", 0), *again = NULL;
    ULONG type = 0, same = FALSE;
    SPropValue *id;
    (void)state;
    assert_null(get_prop(entry, PR_ENTRYID)); /* not yet */
    set_string(entry, PR_HOME_TELEPHONE_NUMBER_W, L"555-0100");
    assert_int_equal(count(), 0); /* nor is it there */
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_int_equal(count(), 1);
    assert_non_null(id = get_prop(entry, PR_ENTRYID));
    assert_hr(book->lpVtbl->OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, &IID_IMailUser, 0, &type,
                                      (IUnknown **)&again),
              S_OK);
    assert_int_equal(type, MAPI_MAILUSER);
    assert_string(again, PR_DISPLAY_NAME_W, L"Fred Smith");
    assert_string(again, PR_ADDRTYPE_W, L"SMTP");
    assert_string(again, PR_EMAIL_ADDRESS_W, L"freds@x.test");
    assert_string(again, PR_SMTP_ADDRESS_W, L"freds@x.test");
    assert_string(again, PR_TRANSMITABLE_DISPLAY_NAME_W, L"Fred Smith");
    assert_string(again, PR_HOME_TELEPHONE_NUMBER_W, L"555-0100");
    assert_int_equal(get_long(again, PR_OBJECT_TYPE), MAPI_MAILUSER);
    assert_int_equal(get_long(again, PR_DISPLAY_TYPE), DT_MAILUSER);
    SPropValue *key = get_prop(again, PR_SEARCH_KEY);
    assert_string_equal((char *)key->Value.bin.lpb, "SMTP:FREDS@X.TEST");
    free_mapi(key);
    assert_non_null(key = get_prop(again, PR_CREATION_TIME));
    free_mapi(key);
    /* It was opened for reading. */
    SPropValue name = {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (WCHAR *)L"x"};
    assert_hr(again->lpVtbl->SetProps(again, 1, &name, NULL), MAPI_E_NO_ACCESS);
    assert_hr(again->lpVtbl->SaveChanges(again, 0), MAPI_E_NO_ACCESS);
    release(again);
    /* Changes are there when they are saved. */
    set_string(entry, PR_DISPLAY_NAME_W, L"Frederick Smith");
    set_string(entry, PR_EMAIL_ADDRESS_W, L"frederick@x.test");
    assert_hr(session->lpVtbl->OpenEntry(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, MAPI_BEST_ACCESS,
                                         &type, (IUnknown **)&again),
              S_OK);
    assert_string(again, PR_DISPLAY_NAME_W, L"Fred Smith");
    assert_int_equal(get_long(again, PR_ACCESS_LEVEL), MAPI_MODIFY);
    release(again);
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    SRowSet *rows = contents(personal);
    assert_int_equal(rows->cRows, 1);
    assert_true(!lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"Frederick Smith"));
    assert_true(!lstrcmpW(rows->aRow[0].lpProps[2].Value.lpszW, L"frederick@x.test"));
    assert_true(!lstrcmpW(rows->aRow[0].lpProps[4].Value.lpszW, L"555-0100"));
    assert_hr(book->lpVtbl->CompareEntryIDs(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
                                            rows->aRow[0].lpProps[1].Value.bin.cb,
                                            (ENTRYID *)rows->aRow[0].lpProps[1].Value.bin.lpb, 0, &same),
              S_OK);
    assert_true(same);
    free_rows(rows);
    assert_string(entry, PR_SMTP_ADDRESS_W, L"frederick@x.test");
    /* Properties can be taken away, but not what the entry computes. */
    SizedSPropTagArray(2, tags) = {2, {PR_HOME_TELEPHONE_NUMBER_W, PR_ENTRYID}};
    SPropProblemArray *problems = NULL;
    assert_hr(entry->lpVtbl->DeleteProps(entry, (SPropTagArray *)&tags, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].scode, MAPI_E_COMPUTED);
    free_mapi(problems);
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    /* Deleted under an open object. */
    delete_all();
    assert_hr(session->lpVtbl->OpenEntry(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                         (IUnknown **)&again),
              MAPI_E_NOT_FOUND);
    set_string(entry, PR_DISPLAY_NAME_W, L"Too late");
    assert_hr(entry->lpVtbl->SaveChanges(entry, 0), MAPI_E_OBJECT_DELETED);
    ENTRYLIST list = {1, &id->Value.bin};
    assert_hr(personal->lpVtbl->DeleteEntries(personal, &list, 0), MAPI_W_PARTIAL_COMPLETION);
    assert_hr(personal->lpVtbl->DeleteEntries(personal, &list, 1), MAPI_E_UNKNOWN_FLAGS);
    free_mapi(id);
    release(entry);
}

static void what_an_entry_lacks_is_filled_or_refused(void **state)
{
    SPropValue *template = get_prop(personal, PR_DEF_CREATE_MAILUSER);
    IMAPIProp *entry = NULL;
    (void)state;
    assert_hr(personal->lpVtbl->CreateEntry(personal, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, 0, &entry),
              S_OK);
    free_mapi(template);
    assert_string(entry, PR_ADDRTYPE_W, L"SMTP");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), MAPI_E_MISSING_REQUIRED_COLUMN);
    assert_int_equal(count(), 0);
    set_string(entry, PR_EMAIL_ADDRESS_W, L"only@x.test");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_DISPLAY_NAME_W, L"only@x.test");
    release(entry);
    /* An address of another kind, and a further Internet address. */
    entry = create(L"Fax", L"FAX", L"+1 555 0100", 0);
    set_string(entry, PR_SMTP_ADDRESS_W, L"fax@x.test");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_SMTP_ADDRESS_W, L"fax@x.test");
    assert_string(entry, PR_ADDRTYPE_W, L"FAX");
    release(entry);
    delete_all();
}

static void entries_are_made_of_others(void **state)
{
    IMAPIProp *entry = NULL;
    ULONG cb = 0, type = 0;
    ENTRYID *id = NULL, *made = NULL;
    (void)state;
    /* Of a one-off. */
    assert_hr(book->lpVtbl->CreateOneOff(book, (LPTSTR)L"One Off", (LPTSTR)L"SMTP", (LPTSTR)L"one@x.test",
                                         MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO, &cb, &id),
              S_OK);
    assert_hr(personal->lpVtbl->CreateEntry(personal, cb, id, 0, &entry), S_OK);
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_DISPLAY_NAME_W, L"One Off");
    assert_string(entry, PR_EMAIL_ADDRESS_W, L"one@x.test");
    release(entry);
    /* The same by NewEntry, without a dialog as there is nothing to ask. */
    SPropValue *own = get_prop(personal, PR_ENTRYID);
    ULONG cb_made = 0;
    assert_hr(book->lpVtbl->NewEntry(book, 0, 0, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, cb, id, &cb_made, &made),
              S_OK);
    assert_hr(book->lpVtbl->OpenEntry(book, cb_made, made, NULL, 0, &type, (IUnknown **)&entry), S_OK);
    assert_string(entry, PR_DISPLAY_NAME_W, L"One Off");
    release(entry);
    free_mapi(made);
    assert_hr(book->lpVtbl->NewEntry(book, 0, 0, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, 0, NULL, &cb_made, &made),
              MAPI_E_NO_SUPPORT);
    free_mapi(own);
    free_mapi(id);
    assert_int_equal(count(), 2);
    /* Of a user of the directory: the copy has what the user has, and names the same one. */
    ADRLIST *list = recipient(L"anna");
    assert_hr(book->lpVtbl->ResolveName(book, 0, MAPI_UNICODE, NULL, list), S_OK);
    SBinary user = recipient_prop(list, PR_ENTRYID)->Value.bin;
    assert_hr(personal->lpVtbl->CreateEntry(personal, user.cb, (ENTRYID *)user.lpb, 0, &entry), S_OK);
    set_string(entry, PR_DISPLAY_NAME_W, L"My Anna");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_ADDRTYPE_W, L"EX");
    assert_string(entry, PR_SMTP_ADDRESS_W, L"anna@example.test");
    assert_string(entry, PR_ACCOUNT_W, L"anna");
    /* And of an entry of its own. */
    SPropValue *first = get_prop(entry, PR_ENTRYID);
    ENTRYLIST copies = {1, &first->Value.bin};
    assert_hr(personal->lpVtbl->CopyEntries(personal, &copies, 0, NULL, CREATE_CHECK_DUP_STRICT), S_OK);
    assert_int_equal(count(), 3); /* it is one already */
    assert_hr(personal->lpVtbl->CopyEntries(personal, &copies, 0, NULL, 0), S_OK);
    assert_int_equal(count(), 4);
    SBinary bad = {5, (BYTE *)"abcde"};
    copies.lpbin = &bad;
    assert_hr(personal->lpVtbl->CopyEntries(personal, &copies, 0, NULL, 0), MAPI_W_PARTIAL_COMPLETION);
    free_mapi(first);
    release(entry);
    recipient_free(list);
    delete_all();
}

/* A distribution list of the directory is referred to: it has its members. */
static void a_list_of_the_directory_keeps_its_members(void **state)
{
    const struct mapilocal_admin *admin = NULL;
    struct mapilocal_entry team = {.kind = MAPILOCAL_LIST};
    IDistList *entry = NULL;
    IMAPITable *table = NULL;
    ULONG rows = 0, type = 0;
    (void)state;
    mapilocal_admin_entry get = (mapilocal_admin_entry)(void *)GetProcAddress(dll.module, MAPILOCAL_ADMIN_ENTRY);
    assert_hr(get(MAPILOCAL_ADMIN_VERSION, &admin), S_OK);
    team.alias = L"team";
    team.display_name = L"The Team";
    assert_hr(admin->entry_create(&team), S_OK);
    assert_hr(admin->member_set(L"team", L"anna", TRUE), S_OK);
    ADRLIST *list = recipient(L"team");
    assert_hr(book->lpVtbl->ResolveName(book, 0, MAPI_UNICODE, NULL, list), S_OK);
    SBinary id = recipient_prop(list, PR_ENTRYID)->Value.bin;
    ENTRYLIST copies = {1, &id};
    assert_hr(personal->lpVtbl->CopyEntries(personal, &copies, 0, NULL, 0), S_OK);
    recipient_free(list);
    SRowSet *found = contents(personal);
    assert_int_equal(found->cRows, 1);
    id = found->aRow[0].lpProps[1].Value.bin;
    assert_hr(book->lpVtbl->OpenEntry(book, id.cb, (ENTRYID *)id.lpb, &IID_IDistList, 0, &type, (IUnknown **)&entry), S_OK);
    assert_int_equal(type, MAPI_DISTLIST);
    assert_int_equal(get_long(entry, PR_DISPLAY_TYPE), DT_DISTLIST);
    assert_hr(entry->lpVtbl->GetContentsTable(entry, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 1);
    release(table);
    release(entry);
    free_rows(found);
    delete_all();
    assert_hr(admin->entry_delete(L"team"), S_OK);
}

/* A private list is an entry with entries of its own; what is sent to it goes to them. */
static void a_private_list_has_members_of_its_own(void **state)
{
    SPropValue *template = get_prop(personal, PR_DEF_CREATE_DL), *id;
    IDistList *list = NULL;
    IMAPIProp *member = NULL;
    IMAPITable *table = NULL;
    ULONG type = 0, rows = 77;
    (void)state;
    assert_non_null(template);
    assert_hr(personal->lpVtbl->CreateEntry(personal, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, 0,
                                            (IMAPIProp **)&list),
              S_OK);
    assert_int_equal(get_long(list, PR_OBJECT_TYPE), MAPI_DISTLIST);
    set_string(list, PR_DISPLAY_NAME_W, L"Friends");
    id = get_prop(personal, PR_DEF_CREATE_MAILUSER);
    assert_hr(list->lpVtbl->CreateEntry(list, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &member), MAPI_E_NO_ACCESS);
    assert_hr(list->lpVtbl->SaveChanges(list, KEEP_OPEN_READWRITE), S_OK);
    assert_string(list, PR_ADDRTYPE_W, L"MAPIPDL");
    assert_int_equal(get_long(list, PR_DISPLAY_TYPE), DT_PRIVATE_DISTLIST);
    assert_hr(list->lpVtbl->CreateEntry(list, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &member), S_OK);
    set_string(member, PR_DISPLAY_NAME_W, L"First Friend");
    set_string(member, PR_EMAIL_ADDRESS_W, L"first@x.test");
    assert_hr(member->lpVtbl->SaveChanges(member, 0), S_OK);
    release(member);
    free_mapi(id);
    ADRLIST *anna = recipient(L"anna");
    assert_hr(book->lpVtbl->ResolveName(book, 0, MAPI_UNICODE, NULL, anna), S_OK);
    SBinary user = recipient_prop(anna, PR_ENTRYID)->Value.bin;
    ENTRYLIST copies = {1, &user};
    assert_hr(list->lpVtbl->CopyEntries(list, &copies, 0, NULL, 0), S_OK);
    /* No list in a list, and no copy of one. */
    assert_hr(list->lpVtbl->CreateEntry(list, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, 0, &member),
              MAPI_E_NO_SUPPORT);
    free_mapi(template);
    id = get_prop(list, PR_ENTRYID);
    assert_hr(personal->lpVtbl->CreateEntry(personal, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &member),
              MAPI_E_NO_SUPPORT);
    release(list);
    /* Its members are not the book's. */
    assert_int_equal(count(), 1);
    assert_resolves(L"First Friend", MAPI_E_NOT_FOUND, NULL);
    assert_hr(book->lpVtbl->OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                      (IUnknown **)&list),
              S_OK);
    assert_int_equal(type, MAPI_DISTLIST);
    SRowSet *members = contents((IABContainer *)list);
    assert_int_equal(members->cRows, 2);
    /* The message goes to each of them. */
    IMessage *message = make_message(inbox, L"to friends");
    ADRLIST *to = recipient(L"Friends");
    assert_hr(book->lpVtbl->ResolveName(book, 0, MAPI_UNICODE, NULL, to), S_OK);
    assert_int_equal(recipient_prop(to, PR_DISPLAY_TYPE)->Value.l, DT_PRIVATE_DISTLIST);
    SPropValue row[3] = {{.ulPropTag = PR_RECIPIENT_TYPE}, *recipient_prop(to, PR_ENTRYID), *recipient_prop(to, PR_ADDRTYPE_W)};
    row[0].Value.l = MAPI_CC;
    struct {
        ULONG count;
        ADRENTRY entry[1];
    } one = {1, {{0, 3, row}}};
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&one), S_OK);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    recipient_free(to);
    recipient_free(anna);
    assert_hr(message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table), S_OK);
    static const SizedSPropTagArray(3, columns) = {3, {PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_ENTRYID}};
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *found = query_rows(table, 10);
    assert_int_equal(found->cRows, 2);
    for (ULONG i = 0; i < 2; i++) {
        assert_int_equal(found->aRow[i].lpProps[1].Value.l, MAPI_CC);
        assert_hr(book->lpVtbl->OpenEntry(book, found->aRow[i].lpProps[2].Value.bin.cb,
                                          (ENTRYID *)found->aRow[i].lpProps[2].Value.bin.lpb, NULL, 0, &type,
                                          (IUnknown **)&member),
                  S_OK);
        release(member);
    }
    assert_string(message, PR_DISPLAY_CC_W, L"First Friend; Anna Arnold");
    free_rows(found);
    release(table);
    release(message);
    /* Members are taken out; the rest goes with the list. */
    ENTRYLIST gone = {1, &members->aRow[0].lpProps[1].Value.bin};
    assert_hr(personal->lpVtbl->DeleteEntries(personal, &gone, 0), MAPI_W_PARTIAL_COMPLETION);
    assert_hr(list->lpVtbl->DeleteEntries(list, &gone, 0), S_OK);
    assert_hr(list->lpVtbl->GetContentsTable(list, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 1);
    release(table);
    delete_all();
    SBinary rest = members->aRow[1].lpProps[1].Value.bin;
    assert_hr(book->lpVtbl->OpenEntry(book, rest.cb, (ENTRYID *)rest.lpb, NULL, 0, &type, (IUnknown **)&member),
              MAPI_E_NOT_FOUND);
    free_rows(members);
    free_mapi(id);
    release(list);
}

static void duplicates_are_found_when_they_are_saved(void **state)
{
    static const struct {
        const WCHAR *name, *address;
        ULONG flags;
        HRESULT expected;
        ULONG count;
    } cases[] = {
        {L"Double", L"d@x.test", 0, S_OK, 2},
        {L"double", L"D@x.test", CREATE_CHECK_DUP_STRICT, MAPI_E_COLLISION, 1},
        {L"Double", L"other@x.test", CREATE_CHECK_DUP_STRICT, S_OK, 2},
        {L"DOUBLE", L"other@x.test", CREATE_CHECK_DUP_LOOSE, MAPI_E_COLLISION, 1},
        {L"Single", L"d@x.test", CREATE_CHECK_DUP_LOOSE, S_OK, 2},
        {L"Double", L"d@x.test", CREATE_CHECK_DUP_STRICT | CREATE_REPLACE, S_OK, 1},
        {L"Double", L"new@x.test", CREATE_CHECK_DUP_LOOSE | CREATE_REPLACE, S_OK, 1},
        {L"Double", L"new@x.test", CREATE_REPLACE, S_OK, 2},
    };
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(cases); i++) {
        print_message("case %u\n", (unsigned)i);
        add(L"Double", L"d@x.test");
        IMAPIProp *entry = create(cases[i].name, L"SMTP", cases[i].address, cases[i].flags);
        assert_hr(entry->lpVtbl->SaveChanges(entry, 0), cases[i].expected);
        release(entry);
        assert_int_equal(count(), cases[i].count);
        SRowSet *rows = contents(personal);
        if (cases[i].count == 1 && cases[i].expected == S_OK) /* replaced */
            assert_true(!lstrcmpW(rows->aRow[0].lpProps[2].Value.lpszW, cases[i].address));
        free_rows(rows);
        delete_all();
    }
}

/* ---- finding ---- */

static void names_resolve(void **state)
{
    struct {
        ULONG count;
        ULONG flags[1];
    } states = {1, {MAPI_UNRESOLVED}};
    (void)state;
    add(L"Fred Smith", L"freds@x.test");
    add(L"Frida Smith", L"frida@x.test");
    add(L"demo", L"not-me@x.test");
    assert_resolves(L"Fred Smith", S_OK, L"freds@x.test");
    assert_resolves(L"smith fred", S_OK, L"freds@x.test");
    assert_resolves(L"Smith", MAPI_E_AMBIGUOUS_RECIP, NULL);
    assert_resolves(L"frida@x.test", S_OK, L"frida@x.test");
    assert_resolves(L"nobody here", MAPI_E_NOT_FOUND, NULL);
    assert_resolves(L"else@x.test", S_OK, L"else@x.test"); /* a one-off */
    /* The directory comes first. */
    assert_resolves(L"demo", S_OK, L"/o=MapiHost/ou=First Administrative Group/cn=Recipients/cn=demo");
    /* The container on its own: no one-offs. */
    ADRLIST *list = recipient(L"demo");
    assert_hr(personal->lpVtbl->ResolveNames(personal, NULL, MAPI_UNICODE, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_RESOLVED);
    assert_true(!lstrcmpW(recipient_prop(list, PR_EMAIL_ADDRESS_W)->Value.lpszW, L"not-me@x.test"));
    /* PrepareRecips takes what it is asked for from the entry. */
    static const SizedSPropTagArray(2, wanted) = {2, {PR_SMTP_ADDRESS_W, PR_HOME_TELEPHONE_NUMBER_W}};
    assert_hr(book->lpVtbl->PrepareRecips(book, 0, (SPropTagArray *)&wanted, list), S_OK);
    assert_int_equal(list->aEntries[0].rgPropVals[0].ulPropTag, PR_SMTP_ADDRESS_W);
    assert_true(!lstrcmpW(list->aEntries[0].rgPropVals[0].Value.lpszW, L"not-me@x.test"));
    assert_int_equal(PROP_TYPE(list->aEntries[0].rgPropVals[1].ulPropTag), PT_ERROR);
    recipient_free(list);
    list = recipient(L"else@x.test");
    states.flags[0] = MAPI_UNRESOLVED;
    assert_hr(personal->lpVtbl->ResolveNames(personal, NULL, MAPI_UNICODE, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_UNRESOLVED);
    recipient_free(list);
    /* By PR_ANR as a restriction. */
    IMAPITable *table = NULL;
    ULONG rows = 0;
    SPropValue value = {.ulPropTag = PR_ANR_W, .Value.lpszW = (WCHAR *)L"fr"};
    SRestriction anr = {.rt = RES_PROPERTY};
    anr.res.resProperty.relop = RELOP_EQ;
    anr.res.resProperty.ulPropTag = PR_ANR_W;
    anr.res.resProperty.lpProp = &value;
    assert_hr(personal->lpVtbl->GetContentsTable(personal, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->Restrict(table, &anr, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 2);
    release(table);
    delete_all();
}

static void an_open_table_shows_changes(void **state)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_DISPLAY_NAME_W}};
    IMAPITable *table = NULL;
    struct sink sink;
    ULONG_PTR connection = 0;
    ULONG rows = 77;
    (void)state;
    sink_init(&sink);
    assert_hr(personal->lpVtbl->GetContentsTable(personal, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 0);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, &sink.iface, &connection), S_OK);
    add(L"Zoe", L"z@x.test");
    add(L"Adam", L"a@x.test");
    assert_true(wait_for(&sink.count, 20));
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    SRowSet *found = query_rows(table, 10);
    assert_int_equal(found->cRows, 2);
    assert_true(!lstrcmpW(found->aRow[0].lpProps[0].Value.lpszW, L"Adam")); /* by name */
    free_rows(found);
    delete_all();
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 0);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    release(table);
}

/* Who listens to the container is told of changes, whoever makes them. */
static void changes_are_told(void **state)
{
    SPropValue *own = get_prop(personal, PR_ENTRYID);
    struct sink sink;
    ULONG_PTR connection = 0;
    (void)state;
    sink_init(&sink);
    assert_hr(book->lpVtbl->Advise(book, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, fnevObjectModified, &sink.iface,
                                   &connection),
              S_OK);
    free_mapi(own);
    add(L"Heard", L"h@x.test");
    assert_true(wait_for(&sink.count, 20));
    assert_int_equal(sink.mask, fnevObjectModified);
    assert_hr(book->lpVtbl->Unadvise(book, connection), S_OK);
    delete_all();
}

/* ---- whose it is ---- */

static void each_user_has_one_and_it_lasts(void **state)
{
    IAddrBook *other = NULL;
    (void)state;
    add(L"Lasting", L"l@x.test");
    /* Another user has another one. */
    IMAPISession *anna = harness_logon(L"anna");
    assert_hr(anna->lpVtbl->OpenAddressBook(anna, 0, NULL, 0, &other), S_OK);
    IABContainer *hers = personal_open(other);
    SRowSet *rows = contents(hers);
    assert_int_equal(rows->cRows, 0);
    free_rows(rows);
    SRowSet *mine = contents(personal);
    IUnknown *entry = NULL;
    ULONG type = 0;
    assert_hr(other->lpVtbl->OpenEntry(other, mine->aRow[0].lpProps[1].Value.bin.cb,
                                       (ENTRYID *)mine->aRow[0].lpProps[1].Value.bin.lpb, NULL, 0, &type, &entry),
              MAPI_E_NOT_FOUND);
    ENTRYLIST list = {1, &mine->aRow[0].lpProps[1].Value.bin};
    assert_hr(hers->lpVtbl->DeleteEntries(hers, &list, 0), MAPI_W_PARTIAL_COMPLETION);
    free_rows(mine);
    release(hers);
    release(other);
    anna->lpVtbl->Logoff(anna, 0, 0, 0);
    release(anna);
    assert_int_equal(count(), 1);
    /* Another session of the same user sees it, and this one what that one changes. */
    IMAPISession *again = harness_logon(L"demo");
    assert_hr(again->lpVtbl->OpenAddressBook(again, 0, NULL, 0, &other), S_OK);
    IABContainer *same = personal_open(other);
    rows = contents(same);
    assert_int_equal(rows->cRows, 1);
    list.lpbin = &rows->aRow[0].lpProps[1].Value.bin;
    assert_hr(same->lpVtbl->DeleteEntries(same, &list, 0), S_OK);
    free_rows(rows);
    assert_int_equal(count(), 0);
    release(same);
    release(other);
    again->lpVtbl->Logoff(again, 0, 0, 0);
    release(again);
}

/* A profile without a mailbox is nobody's. */
static void a_profile_without_a_mailbox_has_none(void **state)
{
    IProfAdmin *admin = NULL;
    IMAPISession *bare = NULL;
    IAddrBook *other = NULL;
    SRowSet *path = NULL;
    ULONG cb = 77, type = 0;
    ENTRYID *id = POISON;
    IUnknown *container = POISON;
    SPropValue *own = get_prop(personal, PR_ENTRYID);
    (void)state;
    assert_hr(dll.admin_profiles(0, &admin), S_OK);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR) "bare", NULL, 0, 0), S_OK);
    release(admin);
    assert_hr(dll.logon_ex(0, (LPTSTR) "bare", NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_NO_MAIL, &bare), S_OK);
    assert_hr(bare->lpVtbl->OpenAddressBook(bare, 0, NULL, 0, &other), S_OK);
    assert_hr(other->lpVtbl->GetPAB(other, &cb, &id), S_OK);
    assert_int_equal(cb, 0);
    assert_null(id);
    assert_hr(other->lpVtbl->GetSearchPath(other, MAPI_UNICODE, &path), S_OK);
    assert_int_equal(path->cRows, 1);
    free_rows(path);
    assert_hr(other->lpVtbl->OpenEntry(other, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, NULL, 0, &type, &container),
              MAPI_E_NOT_FOUND);
    assert_null(container);
    free_mapi(own);
    release(other);
    bare->lpVtbl->Logoff(bare, 0, 0, 0);
    release(bare);
}

/* What is sent to an entry has an id that others can open. */
static void recipients_are_others_own_when_sent(void **state)
{
    IMAPIProp *entry = NULL;
    IMessage *message = make_message(inbox, L"to a personal entry");
    IMAPITable *table = NULL;
    ULONG type = 0;
    (void)state;
    add(L"Remote Friend", L"friend@x.test");
    ADRLIST *list = recipient(L"Remote Friend");
    assert_hr(book->lpVtbl->ResolveName(book, 0, MAPI_UNICODE, NULL, list), S_OK);
    SPropValue *more = NULL;
    assert_hr(dll.allocate((list->aEntries[0].cValues + 1) * sizeof *more, (void **)&more), S_OK);
    memcpy(more, list->aEntries[0].rgPropVals, list->aEntries[0].cValues * sizeof *more);
    more[list->aEntries[0].cValues].ulPropTag = PR_RECIPIENT_TYPE;
    more[list->aEntries[0].cValues].Value.l = MAPI_TO;
    SPropValue *resolved = list->aEntries[0].rgPropVals;
    list->aEntries[0].rgPropVals = more;
    list->aEntries[0].cValues++;
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, list), S_OK);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    free_mapi(resolved);
    recipient_free(list);
    delete_all();
    assert_hr(message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table), S_OK);
    SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_EMAIL_ADDRESS_W}};
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 1);
    SBinary id = rows->aRow[0].lpProps[0].Value.bin;
    assert_hr(book->lpVtbl->OpenEntry(book, id.cb, (ENTRYID *)id.lpb, NULL, 0, &type, (IUnknown **)&entry), S_OK);
    assert_string(entry, PR_EMAIL_ADDRESS_W, L"friend@x.test");
    assert_string(entry, PR_DISPLAY_NAME_W, L"Remote Friend");
    release(entry);
    free_rows(rows);
    release(table);
    release(message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_container_says_that_it_can_be_changed),
        cmocka_unit_test(an_entry_is_made_and_read_again),
        cmocka_unit_test(what_an_entry_lacks_is_filled_or_refused),
        cmocka_unit_test(entries_are_made_of_others),
        cmocka_unit_test(a_list_of_the_directory_keeps_its_members),
        cmocka_unit_test(a_private_list_has_members_of_its_own),
        cmocka_unit_test(duplicates_are_found_when_they_are_saved),
        cmocka_unit_test(names_resolve),
        cmocka_unit_test(an_open_table_shows_changes),
        cmocka_unit_test(changes_are_told),
        cmocka_unit_test(each_user_has_one_and_it_lasts),
        cmocka_unit_test(a_profile_without_a_mailbox_has_none),
        cmocka_unit_test(recipients_are_others_own_when_sent),
    };
    return cmocka_run_group_tests_name("personal", tests, setup, teardown);
}
