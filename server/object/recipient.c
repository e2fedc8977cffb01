/*
 * recipient.c: the Recipient object.
 *
 * Layer: server/object. It stands for a row of its collection and stays with that row when others come and go; after
 * its deletion it answers MAPI_E_OBJECT_DELETED.
 */
#include "recipients.h"

#include "address_entries.h"
#include "address_entry.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "fields.h"
#include "freebusy.h"
#include "mapi_address.h"
#include "mapi_bag.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_variant.h"
#include "variant.h"
#include <stdio.h>
#include <stdlib.h>

/* [MS-OXOCAL] 2.2.4.10.2: a recipient's answer to a meeting request; the values are CDO's. */
#define PR_RECIPIENT_TRACKSTATUS PROP_TAG(PT_LONG, 0x5FFF)

struct recipient {
    struct auto_object base;
    struct recipient_row *row; /* held */
    GUID fields_set; /* the namespace of Fields */
};

static struct recipient *recipient_from(IMhRecipient *iface)
{
    return (struct recipient *)iface;
}

/* Begins a member: the row must still be one of the message. */
static HRESULT enter(struct auto_call *call, struct recipient *self, const char *function)
{
    HRESULT hr = auto_enter(call, &self->base, function);

    if (SUCCEEDED(hr) && !self->row->owner)
        hr = auto_fail(&self->base, MAPI_E_OBJECT_DELETED, L"the recipient was deleted from its message.");
    return hr;
}

static const SPropValue *value_of(struct recipient *self, ULONG tag)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(self->row->props, &values);

    return mapi_prop_find(values, count, tag);
}

static const WCHAR *text_of(struct recipient *self, ULONG tag)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(self->row->props, &values);

    return mapi_prop_text(values, count, tag);
}

static LONG long_of(struct recipient *self, ULONG tag, LONG fallback)
{
    const SPropValue *value = value_of(self, tag);

    return value && PROP_TYPE(value->ulPropTag) == PT_LONG ? value->Value.l : fallback;
}

/* The entry id, or an empty one. */
static SBinary entry_id(struct recipient *self)
{
    const SPropValue *value = value_of(self, PR_ENTRYID);
    SBinary none = {0, NULL};

    return value && PROP_TYPE(value->ulPropTag) == PT_BINARY ? value->Value.bin : none;
}

static HRESULT put_long(struct recipient *self, ULONG tag, LONG number)
{
    SPropValue value = {.ulPropTag = tag, .Value.l = number};
    HRESULT hr = mapi_bag_put(self->row->props, &value, 1);

    return SUCCEEDED(hr) ? recipients_store(self->row->owner) : hr;
}

/* ---- name and address --------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE recipient_get_Name(IMhRecipient *iface, BSTR *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = collection_text(text_of(self, PR_DISPLAY_NAME_W), value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_put_Name(IMhRecipient *iface, BSTR value)
{
    struct recipient *self = recipient_from(iface);
    SPropValue name = {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = value ? value : (WCHAR *)L""};
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr))
        hr = mapi_bag_put(self->row->props, &name, 1);
    if (SUCCEEDED(hr))
        hr = recipients_store(self->row->owner);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_Address(IMhRecipient *iface, BSTR *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        const WCHAR *type = text_of(self, PR_ADDRTYPE_W), *address = text_of(self, PR_EMAIL_ADDRESS_W);
        size_t length = wcslen(type) + (*type ? 1 : 0) + wcslen(address);

        *value = SysAllocStringLen(NULL, (UINT)length);
        if (*value)
            _snwprintf(*value, length + 1, *type ? L"%ls:%ls" : L"%ls%ls", type, address);
        else
            hr = E_OUTOFMEMORY;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_put_Address(IMhRecipient *iface, BSTR value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr))
        hr = recipient_row_set_address(self->row, value ? value : L"");
    if (SUCCEEDED(hr))
        hr = recipients_store(self->row->owner);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_SMTPAddress(IMhRecipient *iface, BSTR *value)
{
    struct recipient *self = recipient_from(iface);
    WCHAR *found = NULL;
    IAddrBook *book = NULL;
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr) && !wcscmp(text_of(self, PR_ADDRTYPE_W), L"SMTP")) {
        hr = collection_text(text_of(self, PR_EMAIL_ADDRESS_W), value);
    } else if (SUCCEEDED(hr) && *text_of(self, PR_SMTP_ADDRESS_W)) {
        hr = collection_text(text_of(self, PR_SMTP_ADDRESS_W), value);
    } else if (SUCCEEDED(hr)) {
        SBinary id = entry_id(self);
        hr = collection_address_book(&self->base, &book);
        if (SUCCEEDED(hr))
            hr = id.cb ? mapi_address_smtp(book, &id, &found) : MAPI_E_NOT_FOUND;
        if (SUCCEEDED(hr))
            hr = collection_text(found, value);
        mapi_free(found);
    }
    return auto_leave(&call, hr);
}

/* ---- type, place, kind -------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE recipient_get_Type(IMhRecipient *iface, LONG *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    /* MAPI adds flags for resent messages above the type. */
    *value = SUCCEEDED(hr) ? long_of(self, PR_RECIPIENT_TYPE, CdoTo) & 0xFF : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_put_Type(IMhRecipient *iface, LONG value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && (value < CdoTo || value > CdoBcc))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Type must be CdoTo 1, CdoCc 2 or CdoBcc 3");
    if (SUCCEEDED(hr))
        hr = put_long(self, PR_RECIPIENT_TYPE, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_Index(IMhRecipient *iface, LONG *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = 0;
    for (LONG i = 0; SUCCEEDED(hr) && i < self->row->owner->count; i++)
        if (self->row->owner->rows[i] == self->row)
            *value = i + 1;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_DisplayType(IMhRecipient *iface, LONG *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = 0;
    if (SUCCEEDED(hr)) {
        const SPropValue *values;
        ULONG count = mapi_bag_values(self->row->props, &values);
        *value = mapi_address_display_type(values, count);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_MeetingResponseStatus(IMhRecipient *iface, LONG *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = SUCCEEDED(hr) ? long_of(self, PR_RECIPIENT_TRACKSTATUS, CdoResponseNone) : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_put_MeetingResponseStatus(IMhRecipient *iface, LONG value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && (value < CdoResponseNone || value > CdoResponseNotResponded))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the status must be a CdoResponseStatus, 0 to 5");
    if (SUCCEEDED(hr))
        hr = put_long(self, PR_RECIPIENT_TRACKSTATUS, value);
    return auto_leave(&call, hr);
}

/* ---- the address entry -------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE recipient_get_ID(IMhRecipient *iface, BSTR *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        SBinary id = entry_id(self);
        hr = collection_id(&id, value);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_put_ID(IMhRecipient *iface, BSTR value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    SBinary id = {0};
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr))
        hr = mapi_hex_decode(value ? value : L"", &id);
    if (SUCCEEDED(hr))
        hr = recipient_row_set_entry(&self->base, self->row, &id);
    if (SUCCEEDED(hr))
        hr = recipients_store(self->row->owner);
    mapi_free(id.lpb);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_AddressEntry(IMhRecipient *iface, IMhAddressEntry **value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        SBinary id = entry_id(self);
        if (id.cb)
            hr = address_entry_create(&self->base, &id, NULL, value);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_put_AddressEntry(IMhRecipient *iface, IMhAddressEntry *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_object *entry = NULL;
    struct auto_call call;
    SBinary id = {0};
    HRESULT hr = enter(&call, self, __func__);

    if (SUCCEEDED(hr) && !value)
        hr = recipient_row_set_address(self->row, L"");
    else if (SUCCEEDED(hr)) {
        hr = auto_from_unknown((IUnknown *)value, &address_entry_class, &entry);
        if (FAILED(hr))
            hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the value must be an AddressEntry of this session");
        if (SUCCEEDED(hr))
            hr = address_entry_id(entry, &id);
        if (SUCCEEDED(hr))
            hr = recipient_row_set_entry(&self->base, self->row, &id);
        auto_release(entry);
    }
    if (SUCCEEDED(hr))
        hr = recipients_store(self->row->owner);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_get_AmbiguousNames(IMhRecipient *iface, IMhAddressEntries **value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = address_entries_matching(&self->base, text_of(self, PR_DISPLAY_NAME_W), value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_Resolve(IMhRecipient *iface, VARIANT show_dialog)
{
    struct recipient *self = recipient_from(iface);
    IAddrBook *book = NULL;
    struct auto_call call;
    bool ignored;
    HRESULT hr = enter(&call, self, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&show_dialog, false, &ignored);
    if (SUCCEEDED(hr))
        hr = collection_address_book(&self->base, &book);
    if (SUCCEEDED(hr) && !recipient_row_resolved(self->row)) {
        hr = mapi_address_resolve(book, self->row->props, 0);
        if (SUCCEEDED(hr))
            hr = recipients_store(self->row->owner);
        else if (hr == MAPI_E_AMBIGUOUS_RECIP)
            hr = auto_fail(&self->base, hr, L"\"%ls\" may mean more than one entry of the address book: see AmbiguousNames",
                           text_of(self, PR_DISPLAY_NAME_W));
        else if (hr == MAPI_E_NOT_FOUND)
            hr = auto_fail(&self->base, hr, L"the address book has no entry \"%ls\"", text_of(self, PR_DISPLAY_NAME_W));
    }
    return auto_leave(&call, hr);
}

/* ---- the rest ------------------------------------------------------------------------------------------------ */

static HRESULT recipient_open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    struct recipient *self = (struct recipient *)owner;

    (void)write;
    *props = self->row->owner ? self->row->props : NULL;
    return *props ? S_OK : MAPI_E_OBJECT_DELETED;
}

static const struct fields_source recipient_fields = {
    .open = recipient_open_fields,
    .set_offset = offsetof(struct recipient, fields_set),
};

static HRESULT STDMETHODCALLTYPE recipient_get_Fields(IMhRecipient *iface, IMhFields **value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &recipient_fields, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_Delete(IMhRecipient *iface)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    if (SUCCEEDED(hr))
        hr = recipients_remove(self->row->owner, self->row);
    return auto_leave(&call, hr);
}

/* The same recipient is the same address entry, or, unresolved, the same row. */
static HRESULT STDMETHODCALLTYPE recipient_IsSameAs(IMhRecipient *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_object *other = NULL;
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = collection_object(&self->base, &object, &recipient_class, &other);
    if (SUCCEEDED(hr) && ((struct recipient *)other)->row == self->row) {
        *value = VARIANT_TRUE;
    } else if (SUCCEEDED(hr)) {
        SBinary a = entry_id(self), b = entry_id((struct recipient *)other);
        hr = collection_same_entry(&self->base, &a, &b, value);
    }
    auto_release(other);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recipient_GetFreeBusy(IMhRecipient *iface, VARIANT start, VARIANT end,
                                                       VARIANT interval, BSTR *value)
{
    struct recipient *self = recipient_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        SBinary id = entry_id(self);
        hr = freebusy_get(&self->base, &id, &start, &end, &interval, value);
    }
    return auto_leave(&call, hr);
}

static void recipient_close(struct auto_object *object)
{
    struct recipient *self = (struct recipient *)object;

    recipient_row_release(self->row);
    self->row = NULL;
}

static const IMhRecipientVtbl recipient_vtbl = {
    AUTO_HEAD,
    .get_Name = recipient_get_Name,
    .put_Name = recipient_put_Name,
    .get_Address = recipient_get_Address,
    .put_Address = recipient_put_Address,
    .get_Type = recipient_get_Type,
    .put_Type = recipient_put_Type,
    .get_Index = recipient_get_Index,
    .get_ID = recipient_get_ID,
    .put_ID = recipient_put_ID,
    .get_DisplayType = recipient_get_DisplayType,
    .get_AddressEntry = recipient_get_AddressEntry,
    .put_AddressEntry = recipient_put_AddressEntry,
    .get_AmbiguousNames = recipient_get_AmbiguousNames,
    .get_Fields = recipient_get_Fields,
    .get_MeetingResponseStatus = recipient_get_MeetingResponseStatus,
    .put_MeetingResponseStatus = recipient_put_MeetingResponseStatus,
    .get_SMTPAddress = recipient_get_SMTPAddress,
    .Delete = recipient_Delete,
    .Resolve = recipient_Resolve,
    .IsSameAs = recipient_IsSameAs,
    .GetFreeBusy = recipient_GetFreeBusy,
};

const struct auto_class recipient_class = {
    .name = L"Recipient",
    .kind = CdoRecipient,
    .iid = &IID_IMhRecipient,
    .coclass = &CLSID_Recipient,
    .size = sizeof(struct recipient),
    .vtbl = &recipient_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = recipient_close,
};

HRESULT recipient_create(struct recipients *parent, struct recipient_row *row, IMhRecipient **out)
{
    struct recipient *self = NULL;
    HRESULT hr = auto_create(&recipient_class, &parent->base, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    self->row = row;
    row->refs++;
    *out = (IMhRecipient *)self;
    return S_OK;
}
