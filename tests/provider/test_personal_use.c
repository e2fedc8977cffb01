/*
 * test_personal_use.c: the personal address book in use: name resolution, tables and notifications, what another session and a
 * later process find, recipients of messages.
 */
#include "personal.h"
#include "mapilocal_admin.h"

#ifndef PR_SMTP_ADDRESS_W
#define PR_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x39FE)
#endif

/* ---- finding ---- */

static void names_resolve(void **state)
{
    struct {
        ULONG count;
        ULONG flags[1];
    } states = {1, {MAPI_UNRESOLVED}};
    (void)state;
    pab_add(L"Fred Smith", L"freds@x.test");
    pab_add(L"Frida Smith", L"frida@x.test");
    pab_add(L"demo", L"not-me@x.test");
    pab_assert_resolves(L"Fred Smith", S_OK, L"freds@x.test");
    pab_assert_resolves(L"smith fred", S_OK, L"freds@x.test");
    pab_assert_resolves(L"Smith", MAPI_E_AMBIGUOUS_RECIP, NULL);
    pab_assert_resolves(L"frida@x.test", S_OK, L"frida@x.test");
    pab_assert_resolves(L"nobody here", MAPI_E_NOT_FOUND, NULL);
    pab_assert_resolves(L"else@x.test", S_OK, L"else@x.test"); /* a one-off */
    pab_assert_resolves(L"demo", S_OK, L"not-me@x.test"); /* it comes first, unless SetSearchPath says otherwise */
    /* The container on its own: no one-offs. */
    ADRLIST *list = pab_recipient(L"demo");
    assert_hr(pab->lpVtbl->ResolveNames(pab, NULL, MAPI_UNICODE, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_RESOLVED);
    assert_true(!lstrcmpW(pab_recipient_prop(list, PR_EMAIL_ADDRESS_W)->Value.lpszW, L"not-me@x.test"));
    /* PrepareRecips takes what it is asked for from the entry. */
    static const SizedSPropTagArray(2, wanted) = {2, {PR_SMTP_ADDRESS_W, PR_HOME_TELEPHONE_NUMBER_W}};
    assert_hr(pab_book->lpVtbl->PrepareRecips(pab_book, 0, (SPropTagArray *)&wanted, list), S_OK);
    assert_int_equal(list->aEntries[0].rgPropVals[0].ulPropTag, PR_SMTP_ADDRESS_W);
    assert_true(!lstrcmpW(list->aEntries[0].rgPropVals[0].Value.lpszW, L"not-me@x.test"));
    assert_int_equal(PROP_TYPE(list->aEntries[0].rgPropVals[1].ulPropTag), PT_ERROR);
    pab_recipient_free(list);
    list = pab_recipient(L"else@x.test");
    states.flags[0] = MAPI_UNRESOLVED;
    assert_hr(pab->lpVtbl->ResolveNames(pab, NULL, MAPI_UNICODE, list, (FlagList *)&states), S_OK);
    assert_int_equal(states.flags[0], MAPI_UNRESOLVED);
    pab_recipient_free(list);
    /* By PR_ANR as a restriction. */
    IMAPITable *table = NULL;
    ULONG rows = 0;
    SPropValue value = {.ulPropTag = PR_ANR_W, .Value.lpszW = (WCHAR *)L"fr"};
    SRestriction anr = {.rt = RES_PROPERTY};
    anr.res.resProperty.relop = RELOP_EQ;
    anr.res.resProperty.ulPropTag = PR_ANR_W;
    anr.res.resProperty.lpProp = &value;
    assert_hr(pab->lpVtbl->GetContentsTable(pab, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->Restrict(table, &anr, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 2);
    release(table);
    pab_clear();
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
    assert_hr(pab->lpVtbl->GetContentsTable(pab, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 0);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, &sink.iface, &connection), S_OK);
    pab_add(L"Zoe", L"z@x.test");
    pab_add(L"Adam", L"a@x.test");
    assert_true(wait_for(&sink.count, 20));
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    SRowSet *found = query_rows(table, 10);
    assert_int_equal(found->cRows, 2);
    assert_true(!lstrcmpW(found->aRow[0].lpProps[0].Value.lpszW, L"Adam")); /* by name */
    free_rows(found);
    pab_clear();
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 0);
    assert_hr(table->lpVtbl->Unadvise(table, connection), S_OK);
    release(table);
}

/* Who listens to the container is told of changes, whoever makes them. */
static void changes_are_told(void **state)
{
    SPropValue *own = get_prop(pab, PR_ENTRYID);
    struct sink sink;
    ULONG_PTR connection = 0;
    (void)state;
    sink_init(&sink);
    assert_hr(pab_book->lpVtbl->Advise(pab_book, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, fnevObjectModified, &sink.iface,
                                   &connection),
              S_OK);
    free_mapi(own);
    pab_add(L"Heard", L"h@x.test");
    assert_true(wait_for(&sink.count, 20));
    assert_int_equal(sink.mask, fnevObjectModified);
    assert_hr(pab_book->lpVtbl->Unadvise(pab_book, connection), S_OK);
    pab_clear();
}

/* ---- whose it is ---- */

static void each_user_has_one_and_it_lasts(void **state)
{
    IAddrBook *other = NULL;
    (void)state;
    pab_add(L"Lasting", L"l@x.test");
    /* Another user has another one. */
    IMAPISession *anna = harness_logon(L"anna");
    assert_hr(anna->lpVtbl->OpenAddressBook(anna, 0, NULL, 0, &other), S_OK);
    IABContainer *hers = pab_open(other);
    SRowSet *rows = pab_contents(hers);
    assert_int_equal(rows->cRows, 0);
    free_rows(rows);
    SRowSet *mine = pab_contents(pab);
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
    assert_int_equal(pab_count(), 1);
    /* Another session of the same user sees it, and this one what that one changes. */
    IMAPISession *again = harness_logon(L"demo");
    assert_hr(again->lpVtbl->OpenAddressBook(again, 0, NULL, 0, &other), S_OK);
    IABContainer *same = pab_open(other);
    rows = pab_contents(same);
    assert_int_equal(rows->cRows, 1);
    list.lpbin = &rows->aRow[0].lpProps[1].Value.bin;
    assert_hr(same->lpVtbl->DeleteEntries(same, &list, 0), S_OK);
    free_rows(rows);
    assert_int_equal(pab_count(), 0);
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
    SPropValue *own = get_prop(pab, PR_ENTRYID);
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
    pab_add(L"Remote Friend", L"friend@x.test");
    ADRLIST *list = pab_recipient(L"Remote Friend");
    assert_hr(pab_book->lpVtbl->ResolveName(pab_book, 0, MAPI_UNICODE, NULL, list), S_OK);
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
    pab_recipient_free(list);
    pab_clear();
    assert_hr(message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table), S_OK);
    SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_EMAIL_ADDRESS_W}};
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 1);
    SBinary id = rows->aRow[0].lpProps[0].Value.bin;
    assert_hr(pab_book->lpVtbl->OpenEntry(pab_book, id.cb, (ENTRYID *)id.lpb, NULL, 0, &type, (IUnknown **)&entry), S_OK);
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
        cmocka_unit_test(names_resolve),
        cmocka_unit_test(an_open_table_shows_changes),
        cmocka_unit_test(changes_are_told),
        cmocka_unit_test(each_user_has_one_and_it_lasts),
        cmocka_unit_test(a_profile_without_a_mailbox_has_none),
        cmocka_unit_test(recipients_are_others_own_when_sent),
    };
    return cmocka_run_group_tests_name("personal_use", tests, pab_setup, pab_teardown);
}
