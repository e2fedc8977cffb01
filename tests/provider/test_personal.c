/*
 * test_personal.c: the personal address book: its container, CreateEntry, CopyEntries and DeleteEntries, entries that are set
 * and read again, private lists, duplicates.
 */
#include "personal.h"
#include "mapilocal_admin.h"

#ifndef PR_SMTP_ADDRESS_W
#define PR_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x39FE)
#endif

/* ---- the container ---- */

static void the_container_says_that_it_can_be_changed(void **state)
{
    IMAPITable *table = NULL;
    IMAPIProp *entry = POISON;
    ULONG rows = 0, type = 0, cb = 0;
    ENTRYID *id = NULL;
    (void)state;
    assert_int_equal(get_long(pab, PR_CONTAINER_FLAGS), AB_MODIFIABLE | AB_RECIPIENTS);
    assert_int_equal(get_long(pab, PR_DISPLAY_TYPE), DT_MODIFIABLE);
    assert_int_equal(get_long(pab, PR_OBJECT_TYPE), MAPI_ABCONT);
    assert_string(pab, PR_DISPLAY_NAME_W, L"Personal Address Book");
    assert_hr(pab->lpVtbl->OpenProperty(pab, PR_CREATE_TEMPLATES, &IID_IMAPITable, MAPI_UNICODE, 0,
                                             (IUnknown **)&table),
              S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_true(rows >= 1);
    release(table);
    /* A container is no template, nor is an id of nobody. */
    assert_hr(pab_book->lpVtbl->GetDefaultDir(pab_book, &cb, &id), S_OK);
    assert_hr(pab->lpVtbl->CreateEntry(pab, cb, id, 0, &entry), MAPI_E_INVALID_ENTRYID);
    assert_null(entry);
    assert_hr(pab->lpVtbl->CreateEntry(pab, 5, (ENTRYID *)"abcde", 0, &entry), MAPI_E_UNKNOWN_ENTRYID);
    assert_hr(pab->lpVtbl->CreateEntry(pab, 0, NULL, 0, &entry), MAPI_E_INVALID_PARAMETER);
    assert_hr(pab->lpVtbl->CreateEntry(pab, cb, id, 0x80, &entry), MAPI_E_UNKNOWN_FLAGS);
    /* The global list is not opened to be changed. */
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&entry), MAPI_E_NO_ACCESS);
    /* Who has set another container as the personal one finds that. */
    assert_hr(pab_book->lpVtbl->SetPAB(pab_book, cb, id), S_OK);
    free_mapi(id);
    assert_hr(pab_book->lpVtbl->GetPAB(pab_book, &cb, &id), S_OK);
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, cb, id, NULL, 0, &type, (IUnknown **)&entry), S_OK);
    assert_int_equal(get_long(entry, PR_DISPLAY_TYPE), DT_GLOBAL);
    release(entry);
    free_mapi(id);
    SPropValue *own = get_prop(pab, PR_ENTRYID);
    assert_hr(pab_book->lpVtbl->SetPAB(pab_book, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb), S_OK);
    free_mapi(own);
}

/* ---- entries ---- */

static void an_entry_is_made_and_read_again(void **state)
{
    IMAPIProp *entry = pab_create(L"Fred Smith", L"SMTP", L"freds@x.test", 0), *again = NULL;
    ULONG type = 0, same = FALSE;
    SPropValue *id;
    (void)state;
    assert_null(get_prop(entry, PR_ENTRYID)); /* not yet */
    set_string(entry, PR_HOME_TELEPHONE_NUMBER_W, L"555-0100");
    assert_int_equal(pab_count(), 0); /* nor is it there */
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_int_equal(pab_count(), 1);
    assert_non_null(id = get_prop(entry, PR_ENTRYID));
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, &IID_IMailUser, 0, &type,
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
    SRowSet *rows = pab_contents(pab);
    assert_int_equal(rows->cRows, 1);
    assert_true(!lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"Frederick Smith"));
    assert_true(!lstrcmpW(rows->aRow[0].lpProps[2].Value.lpszW, L"frederick@x.test"));
    assert_true(!lstrcmpW(rows->aRow[0].lpProps[4].Value.lpszW, L"555-0100"));
    assert_hr(pab_book->lpVtbl->CompareEntryIDs(pab_book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb,
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
    pab_clear();
    assert_hr(session->lpVtbl->OpenEntry(session, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                         (IUnknown **)&again),
              MAPI_E_NOT_FOUND);
    set_string(entry, PR_DISPLAY_NAME_W, L"Too late");
    assert_hr(entry->lpVtbl->SaveChanges(entry, 0), MAPI_E_OBJECT_DELETED);
    ENTRYLIST list = {1, &id->Value.bin};
    assert_hr(pab->lpVtbl->DeleteEntries(pab, &list, 0), MAPI_W_PARTIAL_COMPLETION);
    assert_hr(pab->lpVtbl->DeleteEntries(pab, &list, 1), MAPI_E_UNKNOWN_FLAGS);
    free_mapi(id);
    release(entry);
}

static void what_an_entry_lacks_is_filled_or_refused(void **state)
{
    SPropValue *template = get_prop(pab, PR_DEF_CREATE_MAILUSER);
    IMAPIProp *entry = NULL;
    (void)state;
    assert_hr(pab->lpVtbl->CreateEntry(pab, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, 0, &entry),
              S_OK);
    free_mapi(template);
    assert_string(entry, PR_ADDRTYPE_W, L"SMTP");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), MAPI_E_MISSING_REQUIRED_COLUMN);
    assert_int_equal(pab_count(), 0);
    set_string(entry, PR_EMAIL_ADDRESS_W, L"only@x.test");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_DISPLAY_NAME_W, L"only@x.test");
    release(entry);
    /* An address of another kind, and a further Internet address. */
    entry = pab_create(L"Fax", L"FAX", L"+1 555 0100", 0);
    set_string(entry, PR_SMTP_ADDRESS_W, L"fax@x.test");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_SMTP_ADDRESS_W, L"fax@x.test");
    assert_string(entry, PR_ADDRTYPE_W, L"FAX");
    release(entry);
    pab_clear();
}

static void entries_are_made_of_others(void **state)
{
    IMAPIProp *entry = NULL;
    ULONG cb = 0, type = 0;
    ENTRYID *id = NULL, *made = NULL;
    (void)state;
    /* Of a one-off. */
    assert_hr(pab_book->lpVtbl->CreateOneOff(pab_book, (LPTSTR)L"One Off", (LPTSTR)L"SMTP", (LPTSTR)L"one@x.test",
                                         MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO, &cb, &id),
              S_OK);
    assert_hr(pab->lpVtbl->CreateEntry(pab, cb, id, 0, &entry), S_OK);
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_DISPLAY_NAME_W, L"One Off");
    assert_string(entry, PR_EMAIL_ADDRESS_W, L"one@x.test");
    release(entry);
    /* The same by NewEntry, without a dialog as there is nothing to ask. */
    SPropValue *own = get_prop(pab, PR_ENTRYID);
    ULONG cb_made = 0;
    assert_hr(pab_book->lpVtbl->NewEntry(pab_book, 0, 0, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, cb, id, &cb_made, &made),
              S_OK);
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, cb_made, made, NULL, 0, &type, (IUnknown **)&entry), S_OK);
    assert_string(entry, PR_DISPLAY_NAME_W, L"One Off");
    release(entry);
    free_mapi(made);
    assert_hr(pab_book->lpVtbl->NewEntry(pab_book, 0, 0, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, 0, NULL, &cb_made, &made),
              MAPI_E_NO_SUPPORT);
    free_mapi(own);
    free_mapi(id);
    assert_int_equal(pab_count(), 2);
    /* Of a user of the directory: the copy has what the user has, and names the same one. */
    ADRLIST *list = pab_recipient(L"anna");
    assert_hr(pab_book->lpVtbl->ResolveName(pab_book, 0, MAPI_UNICODE, NULL, list), S_OK);
    SBinary user = pab_recipient_prop(list, PR_ENTRYID)->Value.bin;
    assert_hr(pab->lpVtbl->CreateEntry(pab, user.cb, (ENTRYID *)user.lpb, 0, &entry), S_OK);
    set_string(entry, PR_DISPLAY_NAME_W, L"My Anna");
    assert_hr(entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READWRITE), S_OK);
    assert_string(entry, PR_ADDRTYPE_W, L"EX");
    assert_string(entry, PR_SMTP_ADDRESS_W, L"anna@example.test");
    assert_string(entry, PR_ACCOUNT_W, L"anna");
    /* And of an entry of its own. */
    SPropValue *first = get_prop(entry, PR_ENTRYID);
    ENTRYLIST copies = {1, &first->Value.bin};
    assert_hr(pab->lpVtbl->CopyEntries(pab, &copies, 0, NULL, CREATE_CHECK_DUP_STRICT), S_OK);
    assert_int_equal(pab_count(), 3); /* it is one already */
    assert_hr(pab->lpVtbl->CopyEntries(pab, &copies, 0, NULL, 0), S_OK);
    assert_int_equal(pab_count(), 4);
    SBinary bad = {5, (BYTE *)"abcde"};
    copies.lpbin = &bad;
    assert_hr(pab->lpVtbl->CopyEntries(pab, &copies, 0, NULL, 0), MAPI_W_PARTIAL_COMPLETION);
    free_mapi(first);
    release(entry);
    pab_recipient_free(list);
    pab_clear();
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
    ADRLIST *list = pab_recipient(L"team");
    assert_hr(pab_book->lpVtbl->ResolveName(pab_book, 0, MAPI_UNICODE, NULL, list), S_OK);
    SBinary id = pab_recipient_prop(list, PR_ENTRYID)->Value.bin;
    ENTRYLIST copies = {1, &id};
    assert_hr(pab->lpVtbl->CopyEntries(pab, &copies, 0, NULL, 0), S_OK);
    pab_recipient_free(list);
    SRowSet *found = pab_contents(pab);
    assert_int_equal(found->cRows, 1);
    id = found->aRow[0].lpProps[1].Value.bin;
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, id.cb, (ENTRYID *)id.lpb, &IID_IDistList, 0, &type, (IUnknown **)&entry), S_OK);
    assert_int_equal(type, MAPI_DISTLIST);
    assert_int_equal(get_long(entry, PR_DISPLAY_TYPE), DT_DISTLIST);
    assert_hr(entry->lpVtbl->GetContentsTable(entry, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 1);
    release(table);
    release(entry);
    free_rows(found);
    pab_clear();
    assert_hr(admin->entry_delete(L"team"), S_OK);
}

/* A private list is an entry with entries of its own; what is sent to it goes to them. */
static void a_private_list_has_members_of_its_own(void **state)
{
    SPropValue *template = get_prop(pab, PR_DEF_CREATE_DL), *id;
    IDistList *list = NULL;
    IMAPIProp *member = NULL;
    IMAPITable *table = NULL;
    ULONG type = 0, rows = 77;
    (void)state;
    assert_non_null(template);
    assert_hr(pab->lpVtbl->CreateEntry(pab, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, 0,
                                            (IMAPIProp **)&list),
              S_OK);
    assert_int_equal(get_long(list, PR_OBJECT_TYPE), MAPI_DISTLIST);
    set_string(list, PR_DISPLAY_NAME_W, L"Friends");
    id = get_prop(pab, PR_DEF_CREATE_MAILUSER);
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
    ADRLIST *anna = pab_recipient(L"anna");
    assert_hr(pab_book->lpVtbl->ResolveName(pab_book, 0, MAPI_UNICODE, NULL, anna), S_OK);
    SBinary user = pab_recipient_prop(anna, PR_ENTRYID)->Value.bin;
    ENTRYLIST copies = {1, &user};
    assert_hr(list->lpVtbl->CopyEntries(list, &copies, 0, NULL, 0), S_OK);
    /* No list in a list, and no copy of one. */
    assert_hr(list->lpVtbl->CreateEntry(list, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, 0, &member),
              MAPI_E_NO_SUPPORT);
    free_mapi(template);
    id = get_prop(list, PR_ENTRYID);
    assert_hr(pab->lpVtbl->CreateEntry(pab, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0, &member),
              MAPI_E_NO_SUPPORT);
    release(list);
    /* Its members are not the book's. */
    assert_int_equal(pab_count(), 1);
    pab_assert_resolves(L"First Friend", MAPI_E_NOT_FOUND, NULL);
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                      (IUnknown **)&list),
              S_OK);
    assert_int_equal(type, MAPI_DISTLIST);
    SRowSet *members = pab_contents((IABContainer *)list);
    assert_int_equal(members->cRows, 2);
    /* The message goes to each of them. */
    IMessage *message = make_message(inbox, L"to friends");
    ADRLIST *to = pab_recipient(L"Friends");
    assert_hr(pab_book->lpVtbl->ResolveName(pab_book, 0, MAPI_UNICODE, NULL, to), S_OK);
    assert_int_equal(pab_recipient_prop(to, PR_DISPLAY_TYPE)->Value.l, DT_PRIVATE_DISTLIST);
    SPropValue row[3] = {{.ulPropTag = PR_RECIPIENT_TYPE}, *pab_recipient_prop(to, PR_ENTRYID), *pab_recipient_prop(to, PR_ADDRTYPE_W)};
    row[0].Value.l = MAPI_CC;
    struct {
        ULONG count;
        ADRENTRY entry[1];
    } one = {1, {{0, 3, row}}};
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&one), S_OK);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    pab_recipient_free(to);
    pab_recipient_free(anna);
    assert_hr(message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table), S_OK);
    static const SizedSPropTagArray(3, columns) = {3, {PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_ENTRYID}};
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *found = query_rows(table, 10);
    assert_int_equal(found->cRows, 2);
    for (ULONG i = 0; i < 2; i++) {
        assert_int_equal(found->aRow[i].lpProps[1].Value.l, MAPI_CC);
        assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, found->aRow[i].lpProps[2].Value.bin.cb,
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
    assert_hr(pab->lpVtbl->DeleteEntries(pab, &gone, 0), MAPI_W_PARTIAL_COMPLETION);
    assert_hr(list->lpVtbl->DeleteEntries(list, &gone, 0), S_OK);
    assert_hr(list->lpVtbl->GetContentsTable(list, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 1);
    release(table);
    pab_clear();
    SBinary rest = members->aRow[1].lpProps[1].Value.bin;
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, rest.cb, (ENTRYID *)rest.lpb, NULL, 0, &type, (IUnknown **)&member),
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
        pab_add(L"Double", L"d@x.test");
        IMAPIProp *entry = pab_create(cases[i].name, L"SMTP", cases[i].address, cases[i].flags);
        assert_hr(entry->lpVtbl->SaveChanges(entry, 0), cases[i].expected);
        release(entry);
        assert_int_equal(pab_count(), cases[i].count);
        SRowSet *rows = pab_contents(pab);
        if (cases[i].count == 1 && cases[i].expected == S_OK) /* replaced */
            assert_true(!lstrcmpW(rows->aRow[0].lpProps[2].Value.lpszW, cases[i].address));
        free_rows(rows);
        pab_clear();
    }
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
    };
    return cmocka_run_group_tests_name("personal", tests, pab_setup, pab_teardown);
}
