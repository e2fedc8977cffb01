/*
 * mapi_address.c: the address book for recipients.
 *
 * Layer: MAPI client.
 */
#include "mapi_address.h"

#include "address_text.h"
#include "hex.h"
#include "mapi_bag.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_value.h"
#include <string.h>

#ifndef PR_EMS_AB_PROXY_ADDRESSES_W
#define PR_EMS_AB_PROXY_ADDRESSES_W PROP_TAG(PT_MV_UNICODE, 0x800F)
#endif

static const SizedSPropTagArray(9, columns) = {
    9,
    {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEARCH_KEY, PR_OBJECT_TYPE, PR_DISPLAY_TYPE,
     PR_SMTP_ADDRESS_W, PR_SEND_RICH_INFO}};
const SPropTagArray *const mapi_address_columns = (const SPropTagArray *)&columns;

HRESULT mapi_address_open(IAddrBook *book, const SBinary *id, bool modify, ULONG *type, IMAPIProp **out)
{
    ULONG kind = 0;
    IUnknown *entry = NULL;
    HRESULT hr;

    *out = NULL;
    if (!id->cb)
        return MAPI_E_INVALID_ENTRYID;
    hr = book->lpVtbl->OpenEntry(book, id->cb, (ENTRYID *)id->lpb, NULL, modify ? MAPI_BEST_ACCESS : 0, &kind, &entry);
    if (SUCCEEDED(hr) && kind != MAPI_MAILUSER && kind != MAPI_DISTLIST && kind != MAPI_ABCONT) {
        IUnknown_Release(entry);
        return MAPI_E_INVALID_ENTRYID;
    }
    if (SUCCEEDED(hr)) {
        *out = (IMAPIProp *)entry; /* every one of these interfaces begins with IMAPIProp */
        if (type)
            *type = kind;
    }
    return hr;
}

/* Moves values that are errors out of the array; answers how many are left. */
static ULONG drop_errors(SPropValue *values, ULONG count)
{
    ULONG kept = 0;

    for (ULONG i = 0; i < count; i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            values[kept++] = values[i];
    return kept;
}

HRESULT mapi_address_row(IAddrBook *book, const SBinary *id, SPropValue **values, ULONG *count)
{
    IMAPIProp *entry = NULL;
    HRESULT hr = mapi_address_open(book, id, false, NULL, &entry);

    *values = NULL, *count = 0;
    if (SUCCEEDED(hr))
        hr = mapi_prop_get_many(entry, mapi_address_columns, values);
    if (SUCCEEDED(hr))
        *count = drop_errors(*values, mapi_address_columns->cValues);
    if (entry)
        entry->lpVtbl->Release(entry);
    return hr;
}

/* PR_SEARCH_KEY of an address: its type, a colon, the address and a zero byte, in capitals. */
static HRESULT make_search_key(const WCHAR *type, const WCHAR *address, void *parent, SBinary *out)
{
    WCHAR *text = NULL;
    size_t length = wide_length(type) + wide_length(address) + 2;
    int size;
    HRESULT hr = mapi_allocate(length * sizeof *text, NULL, &text);

    if (FAILED(hr))
        return hr;
    memcpy(text, type, wide_length(type) * sizeof *text);
    text[wide_length(type)] = ':';
    memcpy(text + wide_length(type) + 1, address, (wide_length(address) + 1) * sizeof *text);
    CharUpperW(text);
    size = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    hr = mapi_allocate((size_t)size, parent, &out->lpb);
    if (SUCCEEDED(hr))
        out->cb = (ULONG)WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)out->lpb, size, NULL, NULL);
    mapi_free(text);
    return hr;
}

HRESULT mapi_address_one_off(IAddrBook *book, const WCHAR *name, const WCHAR *type, const WCHAR *address,
                             SPropValue **values, ULONG *count)
{
    bool smtp = !wide_compare(type, L"SMTP");
    const WCHAR *shown = name && *name ? name : address;
    SPropValue *row = NULL;
    ENTRYID *id = NULL;
    SBinary bytes = {0};
    HRESULT hr;

    *values = NULL, *count = 0;
    /* Internet recipients get no rich text: without the flag Outlook's transports attach a winmail.dat. */
    hr = book->lpVtbl->CreateOneOff(book, (LPTSTR)shown, (LPTSTR)type, (LPTSTR)address,
                                    MAPI_UNICODE | (smtp ? MAPI_SEND_NO_RICH_INFO : 0), &bytes.cb, &id);
    bytes.lpb = (BYTE *)id;
    if (SUCCEEDED(hr))
        hr = mapi_allocate(9 * sizeof *row, NULL, &row);
    if (SUCCEEDED(hr)) {
        row[0].ulPropTag = PR_ENTRYID;
        hr = mapi_binary_copy(&bytes, row, &row[0].Value.bin);
    }
    if (SUCCEEDED(hr)) {
        row[1].ulPropTag = PR_DISPLAY_NAME_W;
        hr = mapi_text_copy(shown, row, &row[1].Value.lpszW);
    }
    if (SUCCEEDED(hr)) {
        row[2].ulPropTag = PR_ADDRTYPE_W;
        hr = mapi_text_copy(type, row, &row[2].Value.lpszW);
    }
    if (SUCCEEDED(hr)) {
        row[3].ulPropTag = PR_EMAIL_ADDRESS_W;
        hr = mapi_text_copy(address, row, &row[3].Value.lpszW);
    }
    if (SUCCEEDED(hr)) {
        row[4].ulPropTag = PR_SEARCH_KEY;
        hr = make_search_key(type, address, row, &row[4].Value.bin);
    }
    if (SUCCEEDED(hr)) {
        row[5].ulPropTag = PR_OBJECT_TYPE;
        row[5].Value.l = MAPI_MAILUSER;
        row[6].ulPropTag = PR_DISPLAY_TYPE;
        row[6].Value.l = DT_MAILUSER;
        row[7].ulPropTag = PR_SEND_RICH_INFO;
        row[7].Value.b = !smtp;
        row[8] = row[3];
        row[8].ulPropTag = PR_SMTP_ADDRESS_W;
        *values = row, *count = smtp ? 9 : 8;
    } else {
        mapi_free(row);
    }
    mapi_free(id);
    return hr;
}

static HRESULT resolve_by_address(IAddrBook *book, IMAPIProp *row, const WCHAR *name, const WCHAR *type,
                                  const WCHAR *address)
{
    SPropValue *values = NULL;
    ULONG count = 0;
    HRESULT hr = mapi_address_one_off(book, name, type, address, &values, &count);

    if (SUCCEEDED(hr))
        hr = mapi_bag_put(row, values, count);
    mapi_free(values);
    return hr;
}

/* The list has one entry with values of its own allocation: the address book may free and replace them. */
static HRESULT resolve_by_name(IAddrBook *book, IMAPIProp *row, ULONG_PTR window)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(row, &values);
    ADRLIST *list = NULL;
    HRESULT hr = mapi_allocate(CbNewADRLIST(1), NULL, &list);

    if (FAILED(hr))
        return hr;
    memset(list, 0, CbNewADRLIST(1));
    list->cEntries = 1;
    list->aEntries[0].cValues = count;
    hr = mapi_values_copy(values, count, &list->aEntries[0].rgPropVals);
    if (SUCCEEDED(hr))
        hr = book->lpVtbl->ResolveName(book, window, MAPI_UNICODE | (window ? MAPI_DIALOG : 0), NULL, list);
    if (SUCCEEDED(hr)) {
        const SPropValue *id = mapi_prop_find(list->aEntries[0].rgPropVals, list->aEntries[0].cValues, PR_ENTRYID);
        if (!id || !id->Value.bin.cb)
            hr = MAPI_E_NOT_FOUND;
    }
    if (SUCCEEDED(hr))
        hr = mapi_bag_put(row, list->aEntries[0].rgPropVals, list->aEntries[0].cValues);
    mapi_free(list->aEntries[0].rgPropVals);
    mapi_free(list);
    return hr;
}

HRESULT mapi_address_resolve(IAddrBook *book, IMAPIProp *row, ULONG_PTR window)
{
    struct address_text parts = {0};
    const SPropValue *values;
    ULONG count = mapi_bag_values(row, &values);
    const SPropValue *id = mapi_prop_find(values, count, PR_ENTRYID);
    const WCHAR *name = mapi_prop_text(values, count, PR_DISPLAY_NAME_W);
    const WCHAR *type = mapi_prop_text(values, count, PR_ADDRTYPE_W);
    const WCHAR *address = mapi_prop_text(values, count, PR_EMAIL_ADDRESS_W);
    HRESULT hr;

    if (id && id->Value.bin.cb)
        return S_OK;
    if (*type && *address)
        return resolve_by_address(book, row, name, type, address);
    if (!*name)
        return MAPI_E_NOT_FOUND;
    if (!address_text_parse(name, wide_length(name), &parts))
        return E_OUTOFMEMORY;
    if (parts.name && parts.address) /* "Jane[SMTP:jane@example.com]" says all that is to know */
        hr = resolve_by_address(book, row, parts.name, parts.type, parts.address);
    else
        hr = resolve_by_name(book, row, window);
    if (hr == MAPI_E_NOT_FOUND && parts.address)
        hr = resolve_by_address(book, row, parts.address, parts.type, parts.address);
    address_text_free(&parts);
    return hr;
}

HRESULT mapi_address_smtp_of(IMAPIProp *entry, WCHAR **out)
{
    static const SizedSPropTagArray(4, tags) = {
        4, {PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SMTP_ADDRESS_W, PR_EMS_AB_PROXY_ADDRESSES_W}};
    SPropValue *values = NULL;
    const WCHAR *found = NULL;
    HRESULT hr = mapi_prop_get_many(entry, (const SPropTagArray *)&tags, &values);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    if (!wide_compare(mapi_prop_text(values, 4, PR_ADDRTYPE_W), L"SMTP"))
        found = mapi_prop_text(values, 4, PR_EMAIL_ADDRESS_W);
    if (!found || !*found)
        found = mapi_prop_text(values, 4, PR_SMTP_ADDRESS_W);
    if (!*found && PROP_TYPE(values[3].ulPropTag) == PT_MV_UNICODE) {
        /* "SMTP:" in capitals marks the primary one. */
        for (ULONG i = 0; i < values[3].Value.MVszW.cValues; i++) {
            const WCHAR *proxy = values[3].Value.MVszW.lppszW[i];
            if (wide_length(proxy) > 5 && !memcmp(proxy, L"SMTP:", 5 * sizeof(WCHAR)))
                found = proxy + 5;
        }
    }
    hr = *found ? mapi_text_copy(found, NULL, out) : MAPI_E_NOT_FOUND;
    mapi_free(values);
    return hr;
}

HRESULT mapi_address_smtp(IAddrBook *book, const SBinary *id, WCHAR **out)
{
    IMAPIProp *entry = NULL;
    HRESULT hr = mapi_address_open(book, id, false, NULL, &entry);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_address_smtp_of(entry, out);
    if (entry)
        entry->lpVtbl->Release(entry);
    return hr;
}

LONG mapi_address_display_type(const SPropValue *values, ULONG count)
{
    const SPropValue *value = mapi_prop_find(values, count, PR_DISPLAY_TYPE);

    if (value && PROP_TYPE(value->ulPropTag) == PT_LONG)
        return value->Value.l;
    value = mapi_prop_find(values, count, PR_OBJECT_TYPE);
    return value && PROP_TYPE(value->ulPropTag) == PT_LONG && value->Value.l == MAPI_DISTLIST ? DT_DISTLIST : DT_MAILUSER;
}
