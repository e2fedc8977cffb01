/*
 * address_entries_change.c: adding entries to an address list and deleting them: Add and Delete of AddressEntries, Delete of
 * AddressEntry.
 *
 * Layer: server/object. A list whose container is not modifiable answers the error of its provider.
 */
#include "address_entries_private.h"

#include "address_entry.h"
#include "collection.h"
#include "mapi_address.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include "variant.h"

#define PRIVATE_LIST L"MAPIPDL" /* the address type of a private distribution list */

/* The template that new entries of the container are made from: that of the address type, else the container's own for
 * people, or for lists. */
static HRESULT find_template(struct address_entries *self, const WCHAR *type, bool list, SBinary *out)
{
    static const SizedSPropTagArray(3, wanted) = {3, {PR_ENTRYID, PR_ADDRTYPE_W, PR_DISPLAY_NAME_W}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    SPropValue *value = NULL;
    HRESULT hr = self->container->lpVtbl->OpenProperty(self->container, PR_CREATE_TEMPLATES, &IID_IMAPITable, 0, 0,
                                                       (IUnknown **)&table);

    out->cb = 0, out->lpb = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&wanted, NULL, NULL, 0, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && !out->cb && i < rows->cRows; i++) {
        const SRow *row = &rows->aRow[i];
        const SPropValue *id = mapi_prop_find(row->lpProps, row->cValues, PR_ENTRYID);
        if (id && !lstrcmpiW(mapi_prop_text(row->lpProps, row->cValues, PR_ADDRTYPE_W), type))
            hr = mapi_binary_copy(&id->Value.bin, NULL, out);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    if (!out->cb) {
        hr = mapi_prop_get((IMAPIProp *)self->container, list ? PR_DEF_CREATE_DL : PR_DEF_CREATE_MAILUSER, &value);
        if (SUCCEEDED(hr))
            hr = mapi_binary_copy(&value->Value.bin, NULL, out);
        else if (hr == MAPI_E_NOT_FOUND) /* nothing of the kind can be made there */
            hr = list ? MAPI_E_NO_SUPPORT : MAPI_E_NO_ACCESS;
        mapi_free(value);
    }
    return hr;
}

static HRESULT create_entry(struct address_entries *self, const WCHAR *type, const WCHAR *name, const WCHAR *address,
                            IMAPIProp **out)
{
    bool list = !lstrcmpiW(type, PRIVATE_LIST);
    IABContainer *container = NULL;
    SBinary template = {0};
    HRESULT hr = self->container->lpVtbl->QueryInterface(self->container, &IID_IABContainer, (void **)&container);

    *out = NULL;
    if (FAILED(hr)) {
        hr = self->container->lpVtbl->QueryInterface(self->container, &IID_IDistList, (void **)&container);
        if (FAILED(hr))
            return MAPI_E_NO_SUPPORT;
    }
    hr = find_template(self, type, list, &template);
    if (SUCCEEDED(hr))
        hr = container->lpVtbl->CreateEntry(container, template.cb, (ENTRYID *)template.lpb, 0, out);
    if (SUCCEEDED(hr) && !list) /* a list's is its own */
        hr = mapi_prop_set_string(*out, PR_ADDRTYPE_W, type);
    if (SUCCEEDED(hr) && *name)
        hr = mapi_prop_set_string(*out, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr) && *address)
        hr = mapi_prop_set_string(*out, PR_EMAIL_ADDRESS_W, address);
    if (FAILED(hr) && *out) {
        (*out)->lpVtbl->Release(*out);
        *out = NULL;
    }
    mapi_free(template.lpb);
    container->lpVtbl->Release(container);
    if (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_NO_ACCESS)
        hr = auto_fail(&self->base, hr, list ? L"the address list takes no private distribution lists"
                                             : L"the address list takes no new entries");
    return hr;
}

HRESULT STDMETHODCALLTYPE address_entries_Add(IMhAddressEntries *iface, VARIANT type, VARIANT name, VARIANT address,
                                              IMhAddressEntry **value)
{
    struct address_entries *self = address_entries_from(iface);
    BSTR type_text = NULL, name_text = NULL, address_text = NULL;
    IMAPIProp *entry = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &type);
    auto_arg_variant(&call, &name);
    auto_arg_variant(&call, &address);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&type, &type_text);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&name, &name_text);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&address, &address_text);
    if (SUCCEEDED(hr) && !SysStringLen(type_text))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Emailtype must be an address type such as SMTP");
    if (SUCCEEDED(hr))
        hr = create_entry(self, type_text, name_text ? name_text : L"", address_text ? address_text : L"", &entry);
    if (SUCCEEDED(hr))
        hr = address_entry_create_new(&self->base, entry, value);
    if (SUCCEEDED(hr) && self->table)
        mapi_cursor_disturbed(&self->cursor);
    SysFreeString(type_text);
    SysFreeString(name_text);
    SysFreeString(address_text);
    return auto_leave(&call, hr);
}

static HRESULT delete_entries(IMAPIContainer *from, SBinary *ids, ULONG count)
{
    SBinaryArray list = {count, ids};
    IABContainer *container = NULL;
    HRESULT hr = from->lpVtbl->QueryInterface(from, &IID_IABContainer, (void **)&container);

    if (FAILED(hr))
        hr = from->lpVtbl->QueryInterface(from, &IID_IDistList, (void **)&container);
    if (FAILED(hr))
        return MAPI_E_NO_SUPPORT;
    hr = container->lpVtbl->DeleteEntries(container, &list, 0);
    container->lpVtbl->Release(container);
    return hr;
}

HRESULT address_entries_delete_one(struct auto_object *collection, struct auto_object *entry, const SBinary *id)
{
    struct address_entries *self = (struct address_entries *)collection;
    IMAPIProp *personal = NULL;
    IAddrBook *book = NULL;
    SBinary list = {0}, one = *id;
    HRESULT hr;

    if (self) {
        hr = delete_entries(self->container, &one, 1);
        if (SUCCEEDED(hr) && self->table)
            mapi_cursor_disturbed(&self->cursor);
    } else {
        hr = collection_address_book(entry, &book);
        if (SUCCEEDED(hr))
            hr = book->lpVtbl->GetPAB(book, &list.cb, (ENTRYID **)&list.lpb);
        if (SUCCEEDED(hr))
            hr = mapi_address_open(book, &list, true, NULL, &personal);
        if (SUCCEEDED(hr))
            hr = delete_entries((IMAPIContainer *)personal, &one, 1);
        if (personal)
            personal->lpVtbl->Release(personal);
        mapi_free(list.lpb);
    }
    if (hr == MAPI_W_PARTIAL_COMPLETION)
        hr = auto_fail(entry, MAPI_E_NOT_FOUND, L"the entry is no more, or not of a list that lets it be deleted");
    if (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_NO_ACCESS)
        hr = auto_fail(entry, hr, L"the address list does not let its entries be deleted");
    return hr;
}

HRESULT STDMETHODCALLTYPE address_entries_Delete(IMhAddressEntries *iface)
{
    static const SizedSPropTagArray(1, id_column) = {1, {PR_ENTRYID}};
    struct address_entries *self = address_entries_from(iface);
    IMAPITable *table = NULL;
    SBinary *ids = NULL;
    SRowSet *rows = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = self->container->lpVtbl->GetContentsTable(self->container, 0, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&id_column, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr) && rows->cRows) {
        hr = mapi_allocate(rows->cRows * sizeof *ids, NULL, &ids);
        for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++)
            ids[i] = rows->aRow[i].lpProps[0].Value.bin;
        if (SUCCEEDED(hr))
            hr = delete_entries(self->container, ids, rows->cRows);
        if (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_NO_ACCESS)
            hr = auto_fail(&self->base, hr, L"the address list does not let its entries be deleted");
    }
    address_entries_restart(self); /* what was read ahead is gone */
    mapi_free(ids);
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return auto_leave(&call, hr);
}
