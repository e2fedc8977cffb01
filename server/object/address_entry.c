/*
 * address_entry.c: the AddressEntry object.
 *
 * Layer: server/object.
 */
#include "address_entry.h"

#include "address_entries.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "fields.h"
#include "freebusy.h"
#include "mapi_address.h"
#include "mapi_bag.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include "variant.h"

#ifndef PR_EMS_AB_MANAGER_O
#define PR_EMS_AB_MANAGER_O PROP_TAG(PT_OBJECT, 0x8005)
#endif
#define PR_EMS_AB_MANAGER_NAME CHANGE_PROP_TYPE(PR_EMS_AB_MANAGER_O, PT_UNICODE) /* the manager's DN */

struct address_entry {
    struct auto_object base;
    SBinary id;        /* MAPI memory; empty for a new entry */
    IMAPIProp *row;    /* what the table said (mapi_bag.h), or NULL */
    IMAPIProp *entry;  /* opened on first need */
    ULONG type;        /* MAPI_MAILUSER or MAPI_DISTLIST, when open */
    bool writable;     /* entry was opened to be changed */
    GUID fields_set; /* the namespace of Fields */
};

static struct address_entry *address_entry_from(IMhAddressEntry *iface)
{
    return (struct address_entry *)iface;
}

static void drop_entry(struct address_entry *self)
{
    if (self->entry)
        self->entry->lpVtbl->Release(self->entry);
    self->entry = NULL;
}

static void drop_row(struct address_entry *self)
{
    if (self->row)
        self->row->lpVtbl->Release(self->row);
    self->row = NULL;
}

/* Opens the entry; for a change again, if it was opened for reading. */
static HRESULT open_entry(struct address_entry *self, bool modify)
{
    IAddrBook *book = NULL;
    IMAPIProp *entry = NULL;
    HRESULT hr;

    if (self->entry && (self->writable || !modify))
        return S_OK;
    hr = collection_address_book(&self->base, &book);
    if (SUCCEEDED(hr))
        hr = mapi_address_open(book, &self->id, modify, &self->type, &entry);
    if (SUCCEEDED(hr)) {
        drop_entry(self);
        self->entry = entry;
        self->writable = modify;
    }
    return hr;
}

/* Reads a property from the row where it has it, else from the entry. */
static HRESULT read(struct address_entry *self, ULONG tag, SPropValue **value)
{
    HRESULT hr = MAPI_E_NOT_FOUND;

    *value = NULL;
    if (self->row)
        hr = mapi_prop_get(self->row, tag, value);
    if (hr == MAPI_E_NOT_FOUND) {
        hr = open_entry(self, false);
        if (SUCCEEDED(hr))
            hr = mapi_prop_get(self->entry, tag, value);
    }
    return hr;
}

static HRESULT get_text(struct address_entry *self, const char *function, ULONG tag, BSTR *out)
{
    SPropValue *value = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *out = NULL;
    if (SUCCEEDED(hr)) {
        hr = read(self, tag, &value);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
        if (SUCCEEDED(hr))
            hr = collection_text(value ? mapi_prop_text(value, 1, tag) : L"", out);
    }
    mapi_free(value);
    return auto_leave(&call, hr);
}

static HRESULT put_text(struct address_entry *self, const char *function, ULONG tag, BSTR text)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_text(&call, text);
    if (SUCCEEDED(hr))
        hr = open_entry(self, true);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_string(self->entry, tag, text);
    if (SUCCEEDED(hr))
        drop_row(self); /* it tells the old value */
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_Name(IMhAddressEntry *iface, BSTR *value)
{
    return get_text(address_entry_from(iface), __func__, PR_DISPLAY_NAME_W, value);
}

static HRESULT STDMETHODCALLTYPE address_entry_put_Name(IMhAddressEntry *iface, BSTR value)
{
    return put_text(address_entry_from(iface), __func__, PR_DISPLAY_NAME_W, value);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_Address(IMhAddressEntry *iface, BSTR *value)
{
    return get_text(address_entry_from(iface), __func__, PR_EMAIL_ADDRESS_W, value);
}

static HRESULT STDMETHODCALLTYPE address_entry_put_Address(IMhAddressEntry *iface, BSTR value)
{
    return put_text(address_entry_from(iface), __func__, PR_EMAIL_ADDRESS_W, value);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_Type(IMhAddressEntry *iface, BSTR *value)
{
    return get_text(address_entry_from(iface), __func__, PR_ADDRTYPE_W, value);
}

static HRESULT STDMETHODCALLTYPE address_entry_put_Type(IMhAddressEntry *iface, BSTR value)
{
    return put_text(address_entry_from(iface), __func__, PR_ADDRTYPE_W, value);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_ID(IMhAddressEntry *iface, BSTR *value)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = collection_id(&self->id, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_DisplayType(IMhAddressEntry *iface, LONG *value)
{
    struct address_entry *self = address_entry_from(iface);
    SPropValue *found = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = CdoUser;
    if (SUCCEEDED(hr)) {
        hr = read(self, PR_DISPLAY_TYPE, &found);
        if (hr == MAPI_E_NOT_FOUND)
            hr = read(self, PR_OBJECT_TYPE, &found);
        if (SUCCEEDED(hr))
            *value = mapi_address_display_type(found, 1);
    }
    mapi_free(found);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_SMTPAddress(IMhAddressEntry *iface, BSTR *value)
{
    struct address_entry *self = address_entry_from(iface);
    WCHAR *found = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        hr = self->row ? mapi_address_smtp_of(self->row, &found) : MAPI_E_NOT_FOUND;
        if (hr == MAPI_E_NOT_FOUND)
            hr = open_entry(self, false);
        if (SUCCEEDED(hr) && !found)
            hr = mapi_address_smtp_of(self->entry, &found);
        if (hr == MAPI_E_NOT_FOUND)
            hr = auto_fail(&self->base, hr, L"the entry has no SMTP address");
        if (SUCCEEDED(hr))
            hr = collection_text(found, value);
    }
    mapi_free(found);
    return auto_leave(&call, hr);
}

/* ---- related entries ----------------------------------------------------------------------------------------- */

/* The first row of the table that the manager's property is. */
static HRESULT manager_by_table(struct address_entry *self, IMhAddressEntry **out)
{
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    const SPropValue *id;
    HRESULT hr = self->entry->lpVtbl->OpenProperty(self->entry, PR_EMS_AB_MANAGER_O, &IID_IMAPITable, 0, 0,
                                                   (IUnknown **)&table);

    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, mapi_address_columns, NULL, NULL, 1, &rows);
    if (SUCCEEDED(hr) && !rows->cRows)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) {
        id = mapi_prop_find(rows->aRow[0].lpProps, rows->aRow[0].cValues, PR_ENTRYID);
        hr = id ? address_entry_create(&self->base, &id->Value.bin, &rows->aRow[0], out) : MAPI_E_NOT_FOUND;
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

/* By the manager's DN or name, looked up in the address book. */
static HRESULT manager_by_name(struct address_entry *self, ULONG tag, IMhAddressEntry **out)
{
    SPropValue *name = NULL, *id = NULL;
    IMAPIProp *row = NULL;
    IAddrBook *book = NULL;
    HRESULT hr = mapi_prop_get(self->entry, tag, &name);

    if (SUCCEEDED(hr))
        hr = collection_address_book(&self->base, &book);
    if (SUCCEEDED(hr))
        hr = mapi_bag_create(NULL, &row);
    if (SUCCEEDED(hr)) {
        name->ulPropTag = PR_DISPLAY_NAME_W;
        hr = mapi_bag_put(row, name, 1);
    }
    if (SUCCEEDED(hr))
        hr = mapi_address_resolve(book, row, 0);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(row, PR_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = address_entry_create(&self->base, &id->Value.bin, NULL, out);
    mapi_free(name);
    mapi_free(id);
    if (row)
        row->lpVtbl->Release(row);
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_entry_get_Manager(IMhAddressEntry *iface, IMhAddressEntry **value)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = open_entry(self, false);
    if (SUCCEEDED(hr) && FAILED(manager_by_table(self, value)) &&
        FAILED(manager_by_name(self, PR_EMS_AB_MANAGER_NAME, value)))
        manager_by_name(self, PR_MANAGER_NAME_W, value); /* none of them: Nothing */
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entry_get_Members(IMhAddressEntry *iface, IMhAddressEntries **value)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = open_entry(self, false);
    /* An IDistList is an IMAPIContainer. */
    if (SUCCEEDED(hr) && self->type == MAPI_DISTLIST)
        hr = address_entries_create(&self->base, (IMAPIContainer *)self->entry, NULL, value);
    return auto_leave(&call, hr);
}

static HRESULT address_entry_open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    struct address_entry *self = (struct address_entry *)owner;
    HRESULT hr = open_entry(self, write);

    *props = SUCCEEDED(hr) ? self->entry : NULL;
    if (SUCCEEDED(hr) && write)
        drop_row(self); /* it tells old values */
    return hr;
}

static const struct fields_source address_entry_fields = {
    .open = address_entry_open_fields,
    .set_offset = offsetof(struct address_entry, fields_set),
};

static HRESULT STDMETHODCALLTYPE address_entry_get_Fields(IMhAddressEntry *iface, IMhFields **value)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &address_entry_fields, value);
    return auto_leave(&call, hr);
}

/* ---- methods -------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE address_entry_Details(IMhAddressEntry *iface, VARIANT parent_window)
{
    struct address_entry *self = address_entry_from(iface);
    IAddrBook *book = NULL;
    struct auto_call call;
    LONG parent = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &parent_window);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&parent_window, 0, &parent);
    if (SUCCEEDED(hr) && !parent)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                       L"the server has no window to show a dialog above. Pass the handle of a window as ParentWindow.");
    if (SUCCEEDED(hr))
        hr = collection_address_book(&self->base, &book);
    if (SUCCEEDED(hr)) {
        ULONG_PTR window = (ULONG_PTR)(ULONG)parent;
        hr = book->lpVtbl->Details(book, &window, NULL, NULL, self->id.cb, (ENTRYID *)self->id.lpb, NULL, NULL, NULL,
                                   DIALOG_MODAL | MAPI_UNICODE);
    }
    return auto_leave(&call, hr);
}

/* A new entry has its id from its first save on. */
static HRESULT take_id(struct address_entry *self)
{
    SPropValue *id = NULL;
    HRESULT hr;

    if (self->id.cb)
        return S_OK;
    hr = mapi_prop_get(self->entry, PR_ENTRYID, &id);
    if (SUCCEEDED(hr)) {
        mapi_free(self->id.lpb);
        hr = mapi_binary_copy(&id->Value.bin, NULL, &self->id);
    }
    mapi_free(id);
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_entry_Update(IMhAddressEntry *iface, VARIANT make_permanent, VARIANT refresh)
{
    struct address_entry *self = address_entry_from(iface);
    bool permanent = true, again = false;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&make_permanent, true, &permanent);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&refresh, false, &again);
    if (SUCCEEDED(hr) && permanent && self->entry && self->writable) {
        hr = mapi_prop_save(self->entry);
        if (SUCCEEDED(hr))
            hr = take_id(self);
    }
    if (SUCCEEDED(hr) && again && self->id.cb) {
        drop_row(self);
        drop_entry(self);
    }
    return auto_leave(&call, hr);
}

/* From the list that the entry came from, else from the personal address book. */
static HRESULT STDMETHODCALLTYPE address_entry_Delete(IMhAddressEntry *iface)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_object *entries;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && self->id.cb) {
        entries = auto_ancestor(&self->base, &address_entries_class);
        hr = address_entries_delete_one(entries, &self->base, &self->id);
    }
    if (SUCCEEDED(hr))
        auto_close(&self->base);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entry_IsSameAs(IMhAddressEntry *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_object *other = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = collection_object(&self->base, &object, &address_entry_class, &other);
    if (SUCCEEDED(hr) && other == &self->base)
        *value = VARIANT_TRUE;
    else if (SUCCEEDED(hr))
        hr = collection_same_entry(&self->base, &self->id, &((struct address_entry *)other)->id, value);
    auto_release(other);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entry_GetFreeBusy(IMhAddressEntry *iface, VARIANT start, VARIANT end,
                                                           VARIANT interval, BSTR *value)
{
    struct address_entry *self = address_entry_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = freebusy_get(&self->base, &self->id, &start, &end, &interval, value);
    return auto_leave(&call, hr);
}

/* ---- the class ------------------------------------------------------------------------------------------------ */

static void address_entry_close(struct auto_object *object)
{
    struct address_entry *self = (struct address_entry *)object;

    drop_entry(self);
    drop_row(self);
    mapi_free(self->id.lpb);
    self->id.lpb = NULL;
    self->id.cb = 0;
}

static const IMhAddressEntryVtbl address_entry_vtbl = {
    AUTO_HEAD,
    .get_Name = address_entry_get_Name,
    .put_Name = address_entry_put_Name,
    .get_Address = address_entry_get_Address,
    .put_Address = address_entry_put_Address,
    .get_Type = address_entry_get_Type,
    .put_Type = address_entry_put_Type,
    .get_ID = address_entry_get_ID,
    .get_DisplayType = address_entry_get_DisplayType,
    .get_Manager = address_entry_get_Manager,
    .get_Members = address_entry_get_Members,
    .get_Fields = address_entry_get_Fields,
    .get_SMTPAddress = address_entry_get_SMTPAddress,
    .Details = address_entry_Details,
    .Update = address_entry_Update,
    .Delete = address_entry_Delete,
    .IsSameAs = address_entry_IsSameAs,
    .GetFreeBusy = address_entry_GetFreeBusy,
};

const struct auto_class address_entry_class = {
    .name = L"AddressEntry",
    .kind = CdoAddressEntry,
    .iid = &IID_IMhAddressEntry,
    .coclass = &CLSID_AddressEntry,
    .size = sizeof(struct address_entry),
    .vtbl = &address_entry_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = address_entry_close,
};

HRESULT address_entry_id(struct auto_object *entry, SBinary *id)
{
    *id = ((struct address_entry *)entry)->id;
    return id->cb ? S_OK
                  : auto_fail(entry, MAPI_E_OBJECT_CHANGED, L"the new entry is not saved. Call its Update first.");
}

static HRESULT fill(struct address_entry *self, const SBinary *id, const SRow *row)
{
    HRESULT hr = mapi_binary_copy(id, NULL, &self->id);

    if (SUCCEEDED(hr) && row) {
        hr = mapi_bag_create(NULL, &self->row);
        if (SUCCEEDED(hr))
            hr = mapi_bag_put(self->row, row->lpProps, row->cValues);
    }
    return hr;
}

HRESULT address_entry_create(struct auto_object *parent, const SBinary *id, const SRow *row, IMhAddressEntry **out)
{
    struct address_entry *self = NULL;
    HRESULT hr = auto_create(&address_entry_class, parent, &self);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = fill(self, id, row);
    if (SUCCEEDED(hr))
        *out = (IMhAddressEntry *)self;
    else if (self)
        auto_release(&self->base);
    return hr;
}

HRESULT address_entry_open(struct auto_object *parent, const SBinary *id, IMhAddressEntry **out)
{
    HRESULT hr = address_entry_create(parent, id, NULL, out);

    if (SUCCEEDED(hr)) {
        hr = open_entry(address_entry_from(*out), false);
        if (FAILED(hr)) {
            auto_release((struct auto_object *)*out);
            *out = NULL;
        }
    }
    return hr;
}

HRESULT address_entry_create_new(struct auto_object *parent, IMAPIProp *entry, IMhAddressEntry **out)
{
    struct address_entry *self = NULL;
    SPropValue *type = NULL;
    HRESULT hr = auto_create(&address_entry_class, parent, &self);

    *out = NULL;
    if (FAILED(hr)) {
        entry->lpVtbl->Release(entry);
        return hr;
    }
    self->entry = entry;
    self->type = MAPI_MAILUSER;
    if (SUCCEEDED(mapi_prop_get(entry, PR_OBJECT_TYPE, &type)))
        self->type = (ULONG)type->Value.l;
    mapi_free(type);
    self->writable = true;
    *out = (IMhAddressEntry *)self;
    return S_OK;
}
