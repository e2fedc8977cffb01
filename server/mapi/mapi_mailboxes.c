/*
 * mapi_mailboxes.c: the mailboxes of the Exchange server that a session's default store is on.
 *
 * Layer: MAPI client. The strings of IExchangeManageStore are 8-bit; distinguished names have no other characters.
 */
#include "mapi_mailboxes.h"
#include "mapi_address.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_table.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* What CreateStoreEntryID2 takes beside the properties of the profile. */
#define PR_PROFILE_MDB_DN           PROP_TAG(PT_STRING8, 0x7CFF)
#define PR_FORCE_USE_ENTRYID_SERVER PROP_TAG(PT_BOOLEAN, 0x7CFE)

#define TABLE_END 65000 /* rows after which a table may have been cut at 64K */

/* The profile section that holds what the Exchange services of a profile share. */
static const MAPIUID global_section = {
    {0x13, 0xDB, 0xB0, 0xC8, 0xAA, 0x05, 0x10, 0x1A, 0x9B, 0xB0, 0x00, 0xAA, 0x00, 0x2F, 0xC4, 0x5A}};

enum { COL_NAME, COL_DN, COL_SIZE, COL_ITEMS, COL_LOGON, COL_COUNT };
static const SizedSPropTagArray(COL_COUNT, columns) = {
    COL_COUNT,
    {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_MESSAGE_SIZE_EXTENDED, PR_CONTENT_COUNT, PR_LAST_LOGON_TIME},
};

static char *narrow(const WCHAR *text)
{
    int size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    char *out = malloc(size + 1);

    if (out)
        WideCharToMultiByte(CP_ACP, 0, text, -1, out, size, NULL, NULL);
    return out;
}

static HRESULT manage_store(IMsgStore *store, const IID *iid, void *out)
{
    return store->lpVtbl->QueryInterface(store, iid, out) == S_OK ? S_OK : MAPI_E_NO_SUPPORT;
}

/* A text of the profile's global section, in MAPI memory of its own. */
static HRESULT profile_text(struct mapi_session *session, ULONG tag, SPropValue **out)
{
    IProfSect *section = NULL;
    HRESULT hr = session->session->lpVtbl->OpenProfileSection(session->session, (MAPIUID *)&global_section, NULL, 0,
                                                              &section);

    *out = NULL;
    if (SUCCEEDED(hr)) {
        hr = mapi_prop_get(MAPI_PROP(section), tag, out);
        section->lpVtbl->Release(section);
    }
    return hr;
}

/* The distinguished name of the home server's message database; freed by the caller. */
static HRESULT store_dn(struct mapi_session *session, char **out)
{
    SPropValue *value = NULL;
    HRESULT hr = profile_text(session, PR_PROFILE_HOME_SERVER_DN, &value);
    size_t size;

    *out = NULL;
    if (SUCCEEDED(hr)) {
        size = strlen(value->Value.lpszA) + sizeof EXCHANGE_PRIVATE_MDB;
        *out = malloc(size);
        if (*out) {
            strcpy(*out, value->Value.lpszA);
            strcat(*out, EXCHANGE_PRIVATE_MDB);
        } else
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    mapi_free(value);
    return hr;
}

/* ---- the mailbox table ------------------------------------------------------------------------------------------- */

void mapi_mailboxes_free(struct mapi_mailbox_list *list)
{
    if (!list)
        return;
    for (ULONG i = 0; i < list->count; i++) {
        free(list->rows[i].name);
        free(list->rows[i].dn);
    }
    free(list->rows);
    free(list);
}

static WCHAR *row_text(const SRow *row, ULONG column)
{
    const SPropValue *value = &row->lpProps[column];
    WCHAR *wide;
    int size;

    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        return _wcsdup(value->Value.lpszW);
    if (PROP_TYPE(value->ulPropTag) != PT_STRING8)
        return _wcsdup(L"");
    size = MultiByteToWideChar(CP_ACP, 0, value->Value.lpszA, -1, NULL, 0);
    wide = malloc(size * sizeof *wide);
    if (wide)
        MultiByteToWideChar(CP_ACP, 0, value->Value.lpszA, -1, wide, size);
    return wide;
}

static HRESULT list_add(struct mapi_mailbox_list *list, const SRow *row)
{
    struct mapi_mailbox *mailbox, *grown;

    if (list->count == list->capacity) {
        ULONG capacity = list->capacity ? list->capacity * 2 : 64;

        if (!(grown = realloc(list->rows, capacity * sizeof *grown)))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->rows = grown;
        list->capacity = capacity;
    }
    mailbox = &list->rows[list->count];
    memset(mailbox, 0, sizeof *mailbox);
    mailbox->name = row_text(row, COL_NAME);
    mailbox->dn = row_text(row, COL_DN);
    if (!mailbox->name || !mailbox->dn) {
        free(mailbox->name);
        free(mailbox->dn);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (row->lpProps[COL_SIZE].ulPropTag == PR_MESSAGE_SIZE_EXTENDED)
        mailbox->size = (double)row->lpProps[COL_SIZE].Value.li.QuadPart;
    if (row->lpProps[COL_ITEMS].ulPropTag == PR_CONTENT_COUNT)
        mailbox->items = row->lpProps[COL_ITEMS].Value.l;
    if (row->lpProps[COL_LOGON].ulPropTag == PR_LAST_LOGON_TIME)
        mailbox->last_logon = row->lpProps[COL_LOGON].Value.ft;
    list->count++;
    return S_OK;
}

static HRESULT list_add_table(struct mapi_mailbox_list *list, IMAPITable *table)
{
    SRowSet *rows = NULL;
    HRESULT hr = table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0);

    while (SUCCEEDED(hr) && SUCCEEDED(hr = mapi_table_next(table, 500, &rows)) && rows->cRows) {
        for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
            hr = list_add(list, &rows->aRow[i]);
        mapi_rows_clear(&rows);
    }
    mapi_rows_free(rows);
    return hr;
}

HRESULT mapi_mailboxes_list(struct mapi_session *session, IMsgStore *store, struct mapi_mailbox_list **out)
{
    struct mapi_mailbox_list *list = calloc(1, sizeof *list);
    IExchangeManageStore3 *manage3 = NULL;
    IExchangeManageStore *manage = NULL;
    SPropValue *server = NULL;
    IMAPITable *table = NULL;
    ULONG before = 0;
    HRESULT hr = list ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = manage_store(store, &IID_IExchangeManageStore, &manage);
    if (SUCCEEDED(hr))
        hr = profile_text(session, PR_PROFILE_HOME_SERVER, &server);
    if (SUCCEEDED(hr))
        hr = manage->lpVtbl->GetMailboxTable(manage, server->Value.lpszA, &table, MAPI_UNICODE);
    if (SUCCEEDED(hr))
        hr = list_add_table(list, table);
    if (table)
        table->lpVtbl->Release(table);
    /* A table that ends near 64K rows may go on behind that. */
    if (SUCCEEDED(hr) && list->count >= TABLE_END)
        manage_store(store, &IID_IExchangeManageStore3, &manage3);
    while (SUCCEEDED(hr) && manage3 && list->count > before) {
        before = list->count;
        table = NULL;
        hr = manage3->lpVtbl->GetMailboxTableOffset(manage3, server->Value.lpszA, &table, MAPI_UNICODE, before);
        if (SUCCEEDED(hr))
            hr = list_add_table(list, table);
        if (table)
            table->lpVtbl->Release(table);
    }
    if (manage3)
        manage3->lpVtbl->Release(manage3);
    if (manage)
        manage->lpVtbl->Release(manage);
    mapi_free(server);
    if (SUCCEEDED(hr))
        *out = list;
    else
        mapi_mailboxes_free(list);
    return hr;
}

/* ---- finding one ------------------------------------------------------------------------------------------------- */

static HRESULT set_texts(const WCHAR *name, const WCHAR *dn, WCHAR **name_out, WCHAR **dn_out)
{
    *name_out = _wcsdup(name);
    *dn_out = _wcsdup(dn);
    if (*name_out && *dn_out)
        return S_OK;
    free(*name_out);
    free(*dn_out);
    *name_out = *dn_out = NULL;
    return MAPI_E_NOT_ENOUGH_MEMORY;
}

static void resolved_free(ADRLIST *list)
{
    for (ULONG i = 0; list && i < list->cEntries; i++)
        mapi_free(list->aEntries[i].rgPropVals);
    mapi_free(list);
}

/* The address book's entry for a text, as a list of one entry; free with resolved_free. */
static HRESULT resolve(struct mapi_session *session, const WCHAR *text, IAddrBook **book, ADRLIST **out)
{
    SPropValue *values = NULL;
    ADRLIST *list = NULL;
    HRESULT hr = mapi_session_address_book(session, book);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_allocate(CbNewADRLIST(1), NULL, &list);
    if (SUCCEEDED(hr)) {
        memset(list, 0, CbNewADRLIST(1));
        hr = mapi_allocate(sizeof *values, NULL, &values);
    }
    if (SUCCEEDED(hr)) {
        list->cEntries = 1;
        list->aEntries[0].cValues = 1;
        list->aEntries[0].rgPropVals = values;
        values->ulPropTag = PR_DISPLAY_NAME_W;
        values->Value.lpszW = (WCHAR *)text;
        hr = (*book)->lpVtbl->ResolveName(*book, 0, MAPI_UNICODE, NULL, list);
    }
    if (hr == S_OK)
        *out = list;
    else
        resolved_free(list);
    return hr;
}

/* By the address book; only an Exchange address is a mailbox. */
static HRESULT find_in_address_book(struct mapi_session *session, const WCHAR *text, WCHAR **name, WCHAR **dn)
{
    ADRLIST *list;
    IAddrBook *book;
    HRESULT hr = resolve(session, text, &book, &list);

    if (SUCCEEDED(hr)) {
        const ADRENTRY *entry = &list->aEntries[0];
        const WCHAR *type = mapi_prop_text(entry->rgPropVals, entry->cValues, PR_ADDRTYPE_W);
        const WCHAR *address = mapi_prop_text(entry->rgPropVals, entry->cValues, PR_EMAIL_ADDRESS_W);

        if (!_wcsicmp(type, L"EX") && *address)
            hr = set_texts(mapi_prop_text(entry->rgPropVals, entry->cValues, PR_DISPLAY_NAME_W), address, name, dn);
        else
            hr = MAPI_E_NOT_FOUND;
        resolved_free(list);
    }
    return hr;
}

HRESULT mapi_mailbox_smtp(struct mapi_session *session, const WCHAR *dn, WCHAR **out)
{
    const SPropValue *id;
    WCHAR *address = NULL;
    ADRLIST *list;
    IAddrBook *book;
    HRESULT hr = resolve(session, dn, &book, &list);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    id = mapi_prop_find(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_ENTRYID);
    hr = id ? mapi_address_smtp(book, &id->Value.bin, &address) : MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && !(*out = _wcsdup(address)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    mapi_free(address);
    resolved_free(list);
    return hr;
}

/* By the mailbox table: its display names, aliases (the last part of the DN) and DNs. */
static HRESULT find_in_table(struct mapi_session *session, IMsgStore *store, const WCHAR *text, WCHAR **name,
                             WCHAR **dn)
{
    struct mapi_mailbox_list *list = NULL;
    const struct mapi_mailbox *found = NULL;
    HRESULT hr = mapi_mailboxes_list(session, store, &list);

    for (ULONG i = 0; SUCCEEDED(hr) && i < list->count; i++) {
        const WCHAR *alias = wcsrchr(list->rows[i].dn, '=');

        if (_wcsicmp(list->rows[i].name, text) && _wcsicmp(list->rows[i].dn, text) &&
            (!alias || _wcsicmp(alias + 1, text)))
            continue;
        if (found && _wcsicmp(found->dn, list->rows[i].dn))
            hr = MAPI_E_AMBIGUOUS_RECIP;
        found = &list->rows[i];
    }
    if (SUCCEEDED(hr))
        hr = found ? set_texts(found->name, found->dn, name, dn) : MAPI_E_NOT_FOUND;
    mapi_mailboxes_free(list);
    return hr;
}

HRESULT mapi_mailbox_find(struct mapi_session *session, IMsgStore *store, const WCHAR *text, WCHAR **name, WCHAR **dn)
{
    HRESULT hr, again;

    *name = *dn = NULL;
    if (!*text)
        return MAPI_E_INVALID_PARAMETER;
    if (text[0] == '/')
        return set_texts(text, text, name, dn);
    hr = find_in_address_book(session, text, name, dn);
    if (SUCCEEDED(hr))
        return hr;
    again = find_in_table(session, store, text, name, dn);
    /* The address book's "ambiguous" says more than the table's "not found". */
    return FAILED(again) && hr == MAPI_E_AMBIGUOUS_RECIP ? hr : again;
}

void mapi_mailbox_owner(struct mapi_session *session, IMsgStore *store, WCHAR **name, WCHAR **dn)
{
    SPropValue *id = NULL, *value = NULL;
    IMAPIProp *entry = NULL;
    IAddrBook *book;
    ULONG type;

    *name = *dn = NULL;
    if (SUCCEEDED(mapi_prop_get(MAPI_PROP(store), PR_MAILBOX_OWNER_NAME_W, &value)))
        *name = _wcsdup(mapi_prop_text(value, 1, PR_MAILBOX_OWNER_NAME_W));
    mapi_free(value);
    value = NULL;
    if (SUCCEEDED(mapi_prop_get(MAPI_PROP(store), PR_MAILBOX_OWNER_ENTRYID, &id)) &&
        SUCCEEDED(mapi_session_address_book(session, &book)) &&
        SUCCEEDED(book->lpVtbl->OpenEntry(book, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                          (IUnknown **)&entry))) {
        if (SUCCEEDED(mapi_prop_get(entry, PR_EMAIL_ADDRESS_W, &value)))
            *dn = _wcsdup(mapi_prop_text(value, 1, PR_EMAIL_ADDRESS_W));
        entry->lpVtbl->Release(entry);
    }
    mapi_free(value);
    mapi_free(id);
}

/* ---- entry ids --------------------------------------------------------------------------------------------------- */

/* As MAPI over HTTP needs it. */
static HRESULT make_id_ex(IMsgStore *store, char *mdb, char *mailbox, ULONG flags, SBinary *id)
{
    IExchangeManageStoreEx *manage = NULL;
    SPropValue values[3] = {
        {.ulPropTag = PR_PROFILE_MAILBOX, .Value.lpszA = mailbox},
        {.ulPropTag = PR_PROFILE_MDB_DN, .Value.lpszA = mdb},
        {.ulPropTag = PR_FORCE_USE_ENTRYID_SERVER, .Value.b = TRUE},
    };
    HRESULT hr = manage_store(store, &IID_IExchangeManageStoreEx, &manage);

    if (SUCCEEDED(hr)) {
        hr = manage->lpVtbl->CreateStoreEntryID2(manage, ARRAYSIZE(values), values, flags, &id->cb,
                                                 (ENTRYID **)&id->lpb);
        manage->lpVtbl->Release(manage);
    }
    return hr;
}

HRESULT mapi_mailbox_store_id(struct mapi_session *session, IMsgStore *store, const WCHAR *dn, bool admin, SBinary *id)
{
    ULONG flags = admin ? OPENSTORE_USE_ADMIN_PRIVILEGE | OPENSTORE_TAKE_OWNERSHIP : OPENSTORE_TAKE_OWNERSHIP;
    IExchangeManageStore *manage = NULL;
    char *mailbox = narrow(dn), *mdb = NULL;
    HRESULT hr = mailbox ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;

    id->cb = 0;
    id->lpb = NULL;
    if (SUCCEEDED(hr))
        hr = manage_store(store, &IID_IExchangeManageStore, &manage);
    if (SUCCEEDED(hr))
        hr = store_dn(session, &mdb);
    if (SUCCEEDED(hr)) {
        hr = manage->lpVtbl->CreateStoreEntryID(manage, mdb, mailbox, flags, &id->cb, (ENTRYID **)&id->lpb);
        if (FAILED(hr) && hr != MAPI_E_NO_ACCESS && FAILED(make_id_ex(store, mdb, mailbox, flags, id))) {
            id->cb = 0;
            id->lpb = NULL;
        } else if (id->lpb)
            hr = S_OK;
    }
    if (manage)
        manage->lpVtbl->Release(manage);
    free(mailbox);
    free(mdb);
    return hr;
}
