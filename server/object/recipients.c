/*
 * recipients.c: the Recipients collection.
 *
 * Layer: server/object.
 */
#include "recipients.h"

#include "address_text.h"
#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "freebusy.h"
#include "hex.h"
#include "mapi_address.h"
#include "mapi_bag.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_recipients.h"
#include "mapi_variant.h"
#include "variant.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct recipients *recipients_from(IMhRecipients *iface)
{
    return (struct recipients *)iface;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

void recipient_row_release(struct recipient_row *row)
{
    if (!row || --row->refs)
        return;
    mapi_bag_on_change(row->props, NULL, NULL);
    row->props->lpVtbl->Release(row->props);
    free(row);
}

/* A client changed a property through Fields. */
static HRESULT row_changed(void *context)
{
    struct recipient_row *row = context;

    return row->owner ? recipients_store(row->owner) : MAPI_E_OBJECT_DELETED;
}

/* Takes the reference of props, also when it fails. */
static HRESULT append(struct recipients *self, IMAPIProp *props, struct recipient_row **out)
{
    struct recipient_row **rows = realloc(self->rows, (self->count + 1) * sizeof *rows);
    struct recipient_row *row = calloc(1, sizeof *row);

    if (rows)
        self->rows = rows;
    if (!rows || !row) {
        free(row);
        props->lpVtbl->Release(props);
        return E_OUTOFMEMORY;
    }
    row->props = props;
    row->owner = self;
    row->refs = 1;
    mapi_bag_on_change(props, row_changed, row);
    self->rows[self->count++] = row;
    if (out)
        *out = row;
    return S_OK;
}

/* Takes a row out of the array alone. */
static void detach(struct recipients *self, LONG index)
{
    struct recipient_row *row = self->rows[index];

    memmove(self->rows + index, self->rows + index + 1, (self->count - index - 1) * sizeof *self->rows);
    self->count--;
    row->owner = NULL;
    recipient_row_release(row);
}

bool recipient_row_resolved(const struct recipient_row *row)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(row->props, &values);
    const SPropValue *id = mapi_prop_find(values, count, PR_ENTRYID);

    return id && PROP_TYPE(id->ulPropTag) == PT_BINARY && id->Value.bin.cb;
}

static HRESULT put_text(IMAPIProp *props, ULONG tag, const WCHAR *text)
{
    SPropValue value = {.ulPropTag = tag, .Value.lpszW = (WCHAR *)text};

    return mapi_bag_put(props, &value, 1);
}

HRESULT recipient_row_set_address(struct recipient_row *row, const WCHAR *full)
{
    static const ULONG of_entry[] = {PR_ENTRYID,        PR_SEARCH_KEY, PR_OBJECT_TYPE, PR_DISPLAY_TYPE,
                                     PR_SMTP_ADDRESS_W, PR_SEND_RICH_INFO, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W};
    struct address_text parts;
    HRESULT hr = S_OK;

    if (!address_text_split(full, wcslen(full), &parts))
        return E_OUTOFMEMORY;
    for (size_t i = 0; i < ARRAYSIZE(of_entry); i++)
        mapi_bag_remove(row->props, of_entry[i]);
    /* An address without a type is kept as it is; Resolve looks for it in the address book. */
    if (parts.type)
        hr = put_text(row->props, PR_ADDRTYPE_W, parts.type);
    if (SUCCEEDED(hr) && (parts.address || *full))
        hr = put_text(row->props, PR_EMAIL_ADDRESS_W, parts.address ? parts.address : full);
    address_text_free(&parts);
    return hr;
}

HRESULT recipient_row_set_entry(struct auto_object *object, struct recipient_row *row, const SBinary *id)
{
    SPropValue *values = NULL;
    IAddrBook *book = NULL;
    ULONG count = 0;
    HRESULT hr = collection_address_book(object, &book);

    if (SUCCEEDED(hr))
        hr = mapi_address_row(book, id, &values, &count);
    if (SUCCEEDED(hr))
        hr = recipient_row_set_address(row, L"");
    if (SUCCEEDED(hr))
        hr = mapi_bag_put(row->props, values, count);
    mapi_free(values);
    return hr;
}

/* ---- the collection for others ------------------------------------------------------------------------------ */

HRESULT recipients_store(struct recipients *self)
{
    IMAPIProp **rows = malloc((self->count + 1) * sizeof *rows);
    HRESULT hr;

    if (!rows)
        return E_OUTOFMEMORY;
    for (LONG i = 0; i < self->count; i++)
        rows[i] = self->rows[i]->props;
    hr = mapi_recipients_write(self->message, rows, (ULONG)self->count);
    free(rows);
    return hr;
}

static HRESULT check_type(struct recipients *self, LONG type)
{
    if (type >= CdoTo && type <= CdoBcc)
        return S_OK;
    return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Type must be CdoTo 1, CdoCc 2 or CdoBcc 3, not %ld", type);
}

HRESULT recipients_add(struct recipients *self, const WCHAR *name, const WCHAR *address, LONG type,
                       const SBinary *entry_id, struct recipient_row **out)
{
    SPropValue kind = {.ulPropTag = PR_RECIPIENT_TYPE, .Value.l = type};
    struct recipient_row *row = NULL;
    IMAPIProp *props = NULL;
    HRESULT hr = check_type(self, type);

    if (SUCCEEDED(hr))
        hr = mapi_bag_create(NULL, &props);
    if (SUCCEEDED(hr))
        hr = append(self, props, &row);
    if (FAILED(hr))
        return hr;
    hr = mapi_bag_put(props, &kind, 1);
    if (SUCCEEDED(hr) && entry_id)
        hr = recipient_row_set_entry(&self->base, row, entry_id);
    if (SUCCEEDED(hr) && !entry_id && name && *name)
        hr = put_text(props, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr) && !entry_id && address && *address)
        hr = recipient_row_set_address(row, address);
    if (SUCCEEDED(hr))
        hr = mapi_recipients_add(self->message, props);
    if (FAILED(hr))
        detach(self, self->count - 1);
    else if (out)
        *out = row;
    return hr;
}

HRESULT recipients_remove(struct recipients *self, struct recipient_row *row)
{
    for (LONG i = 0; i < self->count; i++)
        if (self->rows[i] == row) {
            detach(self, i);
            if (self->unresolved > i)
                self->unresolved--;
            return recipients_store(self);
        }
    return MAPI_E_OBJECT_DELETED;
}

HRESULT recipients_resolve(struct recipients *self, ULONG_PTR window)
{
    IAddrBook *book = NULL;
    HRESULT hr = collection_address_book(&self->base, &book), first = S_OK;
    const WCHAR *name = NULL;
    bool changed = false;

    for (LONG i = 0; SUCCEEDED(hr) && i < self->count; i++) {
        IMAPIProp *props = self->rows[i]->props;
        const SPropValue *values;
        ULONG count;
        HRESULT one;

        if (recipient_row_resolved(self->rows[i]))
            continue;
        one = mapi_address_resolve(book, props, window);
        if (SUCCEEDED(one)) {
            changed = true;
        } else if (SUCCEEDED(first)) {
            count = mapi_bag_values(props, &values);
            name = mapi_prop_text(values, count, PR_DISPLAY_NAME_W);
            first = one;
        }
    }
    if (SUCCEEDED(hr) && changed)
        hr = recipients_store(self);
    if (SUCCEEDED(hr) && FAILED(first))
        hr = auto_fail(&self->base, first,
                       first == MAPI_E_AMBIGUOUS_RECIP ? L"\"%ls\" may mean more than one entry of the address book"
                       : first == MAPI_E_NOT_FOUND     ? L"the address book has no entry \"%ls\""
                                                       : L"\"%ls\" cannot be resolved",
                       name);
    return hr;
}

static HRESULT load(struct recipients *self)
{
    IMAPIProp **rows = NULL;
    ULONG count = 0;
    HRESULT hr = mapi_recipients_read(self->message, &rows, &count);

    for (ULONG i = 0; i < count; i++) {
        if (SUCCEEDED(hr))
            hr = append(self, rows[i], NULL);
        else
            rows[i]->lpVtbl->Release(rows[i]);
    }
    free(rows);
    return hr;
}

HRESULT recipients_get(struct auto_object *parent, IMessage *message, struct recipients **out)
{
    struct recipients *self = (struct recipients *)auto_find_child(parent, &recipients_class);
    HRESULT hr = S_OK;

    *out = NULL;
    if (!self) {
        hr = auto_create(&recipients_class, parent, &self);
        if (SUCCEEDED(hr)) {
            self->message = message;
            message->lpVtbl->AddRef(message);
            hr = load(self);
        }
    }
    if (SUCCEEDED(hr))
        *out = self;
    else
        auto_release(&self->base);
    return hr;
}

/* ---- members ----------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE recipients_get_Count(IMhRecipients *iface, LONG *value)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? self->count : 0;
    return auto_leave(&call, hr);
}

static LONG find_by_name(struct auto_object *object, const WCHAR *name)
{
    struct recipients *self = (struct recipients *)object;
    const SPropValue *values;

    for (LONG i = 0; i < self->count; i++) {
        ULONG count = mapi_bag_values(self->rows[i]->props, &values);
        if (!lstrcmpiW(mapi_prop_text(values, count, PR_DISPLAY_NAME_W), name))
            return i + 1;
    }
    return 0;
}

static HRESULT STDMETHODCALLTYPE recipients_get_Item(IMhRecipients *iface, VARIANT index, IMhRecipient **value)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    LONG at = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = collection_index(&self->base, &index, self->count, find_by_name, &at);
    if (SUCCEEDED(hr))
        hr = recipient_create(self, self->rows[at - 1], value);
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct recipients *self = (struct recipients *)collection;
    IMhRecipient *item = NULL;
    HRESULT hr;

    if (index > self->count)
        return S_FALSE;
    hr = recipient_create(self, self->rows[index - 1], &item);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, item);
    return hr;
}

static HRESULT STDMETHODCALLTYPE recipients_get__NewEnum(IMhRecipients *iface, IUnknown **value)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipients_Add(IMhRecipients *iface, VARIANT name, VARIANT address, VARIANT type,
                                                VARIANT entry_id, IMhRecipient **value)
{
    struct recipients *self = recipients_from(iface);
    BSTR name_text = NULL, address_text = NULL, id_text = NULL;
    struct recipient_row *row = NULL;
    struct auto_call call;
    SBinary id = {0};
    LONG kind = CdoTo;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &name);
    auto_arg_variant(&call, &address);
    auto_arg_variant(&call, &type);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&name, &name_text);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&address, &address_text);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&type, CdoTo, &kind);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&entry_id, &id_text);
    if (SUCCEEDED(hr) && SysStringLen(id_text))
        hr = mapi_hex_decode(id_text, &id);
    if (SUCCEEDED(hr))
        hr = recipients_add(self, name_text, address_text, kind, id.cb ? &id : NULL, &row);
    if (SUCCEEDED(hr))
        hr = recipient_create(self, row, value);
    mapi_free(id.lpb);
    SysFreeString(name_text);
    SysFreeString(address_text);
    SysFreeString(id_text);
    return auto_leave(&call, hr);
}

/* One piece of AddMultiple's list: "Jane[SMTP:j@e.com]", an address, or a name. */
static HRESULT add_piece(struct recipients *self, const WCHAR *piece, size_t length, LONG type)
{
    struct address_text parts;
    WCHAR *full = NULL;
    HRESULT hr;

    if (!address_text_parse(piece, length, &parts))
        return E_OUTOFMEMORY;
    if (parts.address) {
        size_t room = wcslen(parts.type) + wcslen(parts.address) + 2;
        full = malloc(room * sizeof *full);
        if (full)
            _snwprintf(full, room, L"%ls:%ls", parts.type, parts.address);
    }
    hr = parts.address && !full ? E_OUTOFMEMORY
                                : recipients_add(self, parts.name ? parts.name : parts.address, full, type, NULL, NULL);
    free(full);
    address_text_free(&parts);
    return hr;
}

static HRESULT STDMETHODCALLTYPE recipients_AddMultiple(IMhRecipients *iface, VARIANT names, VARIANT type)
{
    struct recipients *self = recipients_from(iface);
    const WCHAR *rest, *piece;
    struct auto_call call;
    BSTR list = NULL;
    LONG kind = CdoTo;
    size_t length;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &names);
    auto_arg_variant(&call, &type);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&names, &list);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&type, CdoTo, &kind);
    if (SUCCEEDED(hr))
        hr = check_type(self, kind);
    rest = list ? list : L"";
    while (SUCCEEDED(hr) && address_text_next(&rest, &piece, &length))
        hr = add_piece(self, piece, length, kind);
    SysFreeString(list);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipients_Delete(IMhRecipients *iface)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    while (SUCCEEDED(hr) && self->count)
        detach(self, self->count - 1);
    if (SUCCEEDED(hr)) {
        self->unresolved = 0;
        hr = recipients_store(self);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipients_Resolve(IMhRecipients *iface, VARIANT show_dialog)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    bool ignored;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    /* There is no window to show a dialog in: CDO's ShowDialog = True is taken as False. */
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&show_dialog, false, &ignored);
    if (SUCCEEDED(hr))
        hr = recipients_resolve(self, 0);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipients_get_Resolved(IMhRecipients *iface, VARIANT_BOOL *value)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? VARIANT_TRUE : VARIANT_FALSE;
    for (LONG i = 0; SUCCEEDED(hr) && i < self->count; i++)
        if (!recipient_row_resolved(self->rows[i]))
            *value = VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT next_unresolved(struct recipients *self, IMhRecipient **value)
{
    while (self->unresolved < self->count) {
        struct recipient_row *row = self->rows[self->unresolved++];
        if (!recipient_row_resolved(row))
            return recipient_create(self, row, value);
    }
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE recipients_GetFirstUnresolved(IMhRecipients *iface, IMhRecipient **value)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        self->unresolved = 0;
        hr = next_unresolved(self, value);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipients_GetNextUnresolved(IMhRecipients *iface, IMhRecipient **value)
{
    struct recipients *self = recipients_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = next_unresolved(self, value);
    return auto_leave(&call, hr);
}

/* The busiest state of any recipient for each interval. */
static HRESULT STDMETHODCALLTYPE recipients_GetFreeBusy(IMhRecipients *iface, VARIANT start, VARIANT end,
                                                        VARIANT interval, BSTR *value)
{
    struct recipients *self = recipients_from(iface);
    struct freebusy_range range;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = freebusy_read_range(&self->base, &start, &end, &interval, &range);
    if (SUCCEEDED(hr))
        hr = freebusy_begin(&range, value);
    for (LONG i = 0; SUCCEEDED(hr) && i < self->count; i++) {
        const SPropValue *values;
        ULONG count = mapi_bag_values(self->rows[i]->props, &values);
        const SPropValue *id = mapi_prop_find(values, count, PR_ENTRYID);

        hr = id ? freebusy_add(&self->base, &id->Value.bin, &range, *value)
                : auto_fail(&self->base, MAPI_E_AMBIGUOUS_RECIP, L"a recipient is not resolved. Call Resolve first.");
    }
    if (FAILED(hr)) {
        SysFreeString(*value);
        *value = NULL;
    }
    return auto_leave(&call, hr);
}

static void recipients_close(struct auto_object *object)
{
    struct recipients *self = (struct recipients *)object;

    while (self->count)
        detach(self, self->count - 1);
    free(self->rows);
    self->rows = NULL;
    if (self->message)
        self->message->lpVtbl->Release(self->message);
    self->message = NULL;
}

static const IMhRecipientsVtbl recipients_vtbl = {
    AUTO_HEAD,
    .get_Count = recipients_get_Count,
    .get_Item = recipients_get_Item,
    .get__NewEnum = recipients_get__NewEnum,
    .Add = recipients_Add,
    .AddMultiple = recipients_AddMultiple,
    .Delete = recipients_Delete,
    .Resolve = recipients_Resolve,
    .get_Resolved = recipients_get_Resolved,
    .GetFirstUnresolved = recipients_GetFirstUnresolved,
    .GetNextUnresolved = recipients_GetNextUnresolved,
    .GetFreeBusy = recipients_GetFreeBusy,
};

const struct auto_class recipients_class = {
    .name = L"Recipients",
    .kind = CdoRecipients,
    .iid = &IID_IMhRecipients,
    .coclass = &CLSID_Recipients,
    .size = sizeof(struct recipients),
    .vtbl = &recipients_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = recipients_close,
};
