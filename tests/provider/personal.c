/*
 * personal.c: see personal.h. Layer: tests.
 */
#include "personal.h"

IAddrBook *pab_book;
IABContainer *pab;

IABContainer *pab_open(IAddrBook *of)
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

int pab_setup(void **state)
{
    if (harness_setup(state) || FAILED(session->lpVtbl->OpenAddressBook(session, 0, NULL, 0, &pab_book)))
        return -1;
    pab = pab_open(pab_book);
    return 0;
}

int pab_teardown(void **state)
{
    release(pab);
    release(pab_book);
    return harness_teardown(state);
}

SRowSet *pab_contents(IABContainer *of)
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

ULONG pab_count(void)
{
    SRowSet *rows = pab_contents(pab);
    ULONG found = rows->cRows;
    free_rows(rows);
    return found;
}

void pab_clear(void)
{
    SRowSet *rows = pab_contents(pab);
    SBinary ids[100];
    ENTRYLIST list = {rows->cRows, ids};
    for (ULONG i = 0; i < rows->cRows; i++)
        ids[i] = rows->aRow[i].lpProps[1].Value.bin;
    assert_hr(pab->lpVtbl->DeleteEntries(pab, &list, 0), S_OK);
    free_rows(rows);
    assert_int_equal(pab_count(), 0);
}

IMAPIProp *pab_create(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags)
{
    SPropValue *template = get_prop(pab, PR_DEF_CREATE_MAILUSER);
    IMAPIProp *entry = NULL;
    assert_non_null(template);
    assert_hr(pab->lpVtbl->CreateEntry(pab, template->Value.bin.cb, (ENTRYID *)template->Value.bin.lpb, flags,
                                            &entry),
              S_OK);
    free_mapi(template);
    set_string(entry, PR_DISPLAY_NAME_W, name);
    set_string(entry, PR_ADDRTYPE_W, type);
    set_string(entry, PR_EMAIL_ADDRESS_W, address);
    return entry;
}

void pab_add(const WCHAR *name, const WCHAR *address)
{
    IMAPIProp *entry = pab_create(name, L"SMTP", address, 0);
    assert_hr(entry->lpVtbl->SaveChanges(entry, 0), S_OK);
    release(entry);
}

ADRLIST *pab_recipient(const WCHAR *name)
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

const SPropValue *pab_recipient_prop(const ADRLIST *list, ULONG tag)
{
    for (ULONG i = 0; i < list->aEntries[0].cValues; i++)
        if (list->aEntries[0].rgPropVals[i].ulPropTag == tag)
            return &list->aEntries[0].rgPropVals[i];
    return NULL;
}

void pab_recipient_free(ADRLIST *list)
{
    dll.free_buffer(list->aEntries[0].rgPropVals);
    dll.free_buffer(list);
}

void pab_assert_resolves(const WCHAR *name, HRESULT expected, const WCHAR *address)
{
    ADRLIST *list = pab_recipient(name);
    print_message("resolve %ls\n", name);
    assert_hr(pab_book->lpVtbl->ResolveName(pab_book, 0, MAPI_UNICODE, NULL, list), expected);
    const SPropValue *got = pab_recipient_prop(list, PR_EMAIL_ADDRESS_W);
    if (address)
        assert_true(got && !lstrcmpW(got->Value.lpszW, address));
    else
        assert_null(got);
    pab_recipient_free(list);
}
