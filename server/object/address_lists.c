/*
 * address_lists.c: the AddressLists and AddressList objects, and the session's ways into the address book.
 *
 * Layer: server/object. The hierarchy table of the address book is read once per collection.
 */
#include "address_lists.h"

#include "address_entries.h"
#include "address_entry.h"
#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "fields.h"
#include "mapi_address.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include "mapi_variant.h"
#include "variant.h"

#ifndef DT_GLOBAL
#define DT_GLOBAL ((ULONG)0x00020000)
#endif

struct address_lists {
    struct auto_object base;
    SRowSet *rows;
};

struct address_list {
    struct auto_object base;
    SBinary id;  /* MAPI memory */
    WCHAR *name; /* MAPI memory */
    LONG flags;  /* PR_CONTAINER_FLAGS */
    LONG index;  /* in AddressLists, from 1 */
    IMAPIProp *container;
    GUID fields_set; /* the namespace of Fields */
};

static const SizedSPropTagArray(5, columns) = {
    5, {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_CONTAINER_FLAGS, PR_DISPLAY_TYPE, PR_DEPTH}};

static const struct auto_class address_lists_class, address_list_class;

static struct address_lists *address_lists_from(IMhAddressLists *iface)
{
    return (struct address_lists *)iface;
}

static struct address_list *address_list_from(IMhAddressList *iface)
{
    return (struct address_list *)iface;
}

/* ---- the table of lists ---------------------------------------------------------------------------------------- */

/* The containers with recipients in the order of the hierarchy. */
static HRESULT read_lists(struct auto_object *object, SRowSet **out)
{
    IABContainer *root = NULL;
    IMAPITable *table = NULL;
    IAddrBook *book = NULL;
    SRowSet *rows = NULL;
    ULONG type = 0, kept = 0;
    HRESULT hr = collection_address_book(object, &book);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = book->lpVtbl->OpenEntry(book, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    if (SUCCEEDED(hr))
        hr = root->lpVtbl->GetHierarchyTable(root, CONVENIENT_DEPTH | MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        const SPropValue *flags = mapi_prop_find(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_CONTAINER_FLAGS);
        if (flags && !(flags->Value.l & AB_RECIPIENTS))
            mapi_free(rows->aRow[i].lpProps);
        else
            rows->aRow[kept++] = rows->aRow[i];
    }
    if (SUCCEEDED(hr)) {
        rows->cRows = kept;
        *out = rows;
    } else {
        mapi_rows_free(rows);
    }
    if (table)
        table->lpVtbl->Release(table);
    if (root)
        root->lpVtbl->Release(root);
    return hr;
}

static HRESULT create_list(struct auto_object *parent, const SRow *row, LONG index, IMhAddressList **out)
{
    const SPropValue *id = mapi_prop_find(row->lpProps, row->cValues, PR_ENTRYID);
    const SPropValue *flags = mapi_prop_find(row->lpProps, row->cValues, PR_CONTAINER_FLAGS);
    struct address_list *self = NULL;
    HRESULT hr = id ? auto_create(&address_list_class, parent, &self) : MAPI_E_NOT_FOUND;

    *out = NULL;
    if (FAILED(hr))
        return hr;
    self->index = index;
    self->flags = flags ? flags->Value.l : (LONG)AB_UNMODIFIABLE;
    hr = mapi_binary_copy(&id->Value.bin, NULL, &self->id);
    if (SUCCEEDED(hr))
        hr = mapi_text_copy(mapi_prop_text(row->lpProps, row->cValues, PR_DISPLAY_NAME_W), NULL, &self->name);
    if (SUCCEEDED(hr))
        *out = (IMhAddressList *)self;
    else
        auto_release(&self->base);
    return hr;
}

/* ---- AddressLists ---------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE address_lists_get_Count(IMhAddressLists *iface, LONG *value)
{
    struct address_lists *self = address_lists_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? (LONG)self->rows->cRows : 0;
    return auto_leave(&call, hr);
}

static LONG find_by_name(struct auto_object *object, const WCHAR *name)
{
    const SRowSet *rows = ((struct address_lists *)object)->rows;

    for (ULONG i = 0; i < rows->cRows; i++)
        if (!lstrcmpiW(mapi_prop_text(rows->aRow[i].lpProps, rows->aRow[i].cValues, PR_DISPLAY_NAME_W), name))
            return (LONG)i + 1;
    return 0;
}

static HRESULT STDMETHODCALLTYPE address_lists_get_Item(IMhAddressLists *iface, VARIANT index, IMhAddressList **value)
{
    struct address_lists *self = address_lists_from(iface);
    struct auto_call call;
    LONG at = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = collection_index(&self->base, &index, (LONG)self->rows->cRows, find_by_name, &at);
    if (SUCCEEDED(hr))
        hr = create_list(&self->base, &self->rows->aRow[at - 1], at, value);
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct address_lists *self = (struct address_lists *)collection;
    IMhAddressList *item = NULL;
    HRESULT hr;

    if (index > (LONG)self->rows->cRows)
        return S_FALSE;
    hr = create_list(&self->base, &self->rows->aRow[index - 1], index, &item);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, item);
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_lists_get__NewEnum(IMhAddressLists *iface, IUnknown **value)
{
    struct address_lists *self = address_lists_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

static void address_lists_close(struct auto_object *object)
{
    mapi_rows_clear(&((struct address_lists *)object)->rows);
}

static const IMhAddressListsVtbl address_lists_vtbl = {
    AUTO_HEAD,
    .get_Count = address_lists_get_Count,
    .get_Item = address_lists_get_Item,
    .get__NewEnum = address_lists_get__NewEnum,
};

static const struct auto_class address_lists_class = {
    .name = L"AddressLists",
    .kind = CdoAddressLists,
    .iid = &IID_IMhAddressLists,
    .coclass = &CLSID_AddressLists,
    .size = sizeof(struct address_lists),
    .vtbl = &address_lists_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = address_lists_close,
};

/* ---- AddressList ----------------------------------------------------------------------------------------------- */

static HRESULT open_container(struct address_list *self)
{
    IAddrBook *book = NULL;
    HRESULT hr = self->container ? S_OK : collection_address_book(&self->base, &book);

    if (SUCCEEDED(hr) && !self->container)
        hr = mapi_address_open(book, &self->id, true, NULL, &self->container);
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_list_get_Name(IMhAddressList *iface, BSTR *value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = collection_text(self->name, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_list_get_ID(IMhAddressList *iface, BSTR *value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = collection_id(&self->id, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_list_get_Index(IMhAddressList *iface, LONG *value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? self->index : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_list_get_IsReadOnly(IMhAddressList *iface, VARIANT_BOOL *value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) && self->flags & AB_MODIFIABLE ? VARIANT_FALSE : VARIANT_TRUE;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_list_get_AddressEntries(IMhAddressList *iface, IMhAddressEntries **value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = open_container(self);
    if (SUCCEEDED(hr))
        hr = address_entries_create(&self->base, (IMAPIContainer *)self->container, NULL, value);
    return auto_leave(&call, hr);
}

static HRESULT address_list_open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    struct address_list *self = (struct address_list *)owner;
    HRESULT hr = open_container(self);

    (void)write;
    *props = self->container;
    return hr;
}

static const struct fields_source address_list_fields = {
    .open = address_list_open_fields,
    .set_offset = offsetof(struct address_list, fields_set),
};

static HRESULT STDMETHODCALLTYPE address_list_get_Fields(IMhAddressList *iface, IMhFields **value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &address_list_fields, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_list_IsSameAs(IMhAddressList *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct address_list *self = address_list_from(iface);
    struct auto_object *other = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = collection_object(&self->base, &object, &address_list_class, &other);
    if (SUCCEEDED(hr))
        hr = collection_same_entry(&self->base, &self->id, &((struct address_list *)other)->id, value);
    auto_release(other);
    return auto_leave(&call, hr);
}

static void address_list_close(struct auto_object *object)
{
    struct address_list *self = (struct address_list *)object;

    if (self->container)
        self->container->lpVtbl->Release(self->container);
    mapi_free(self->id.lpb);
    self->container = NULL;
    self->id.lpb = NULL;
    self->id.cb = 0;
}

static void address_list_destroy(struct auto_object *object)
{
    mapi_free(((struct address_list *)object)->name);
}

static const WCHAR *address_list_label(struct auto_object *object)
{
    return ((struct address_list *)object)->name;
}

static const IMhAddressListVtbl address_list_vtbl = {
    AUTO_HEAD,
    .get_Name = address_list_get_Name,
    .get_ID = address_list_get_ID,
    .get_Index = address_list_get_Index,
    .get_IsReadOnly = address_list_get_IsReadOnly,
    .get_AddressEntries = address_list_get_AddressEntries,
    .get_Fields = address_list_get_Fields,
    .IsSameAs = address_list_IsSameAs,
};

static const struct auto_class address_list_class = {
    .name = L"AddressList",
    .kind = CdoAddressList,
    .iid = &IID_IMhAddressList,
    .coclass = &CLSID_AddressList,
    .size = sizeof(struct address_list),
    .vtbl = &address_list_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = address_list_close,
    .destroy = address_list_destroy,
    .label = address_list_label,
};

/* ---- for the session --------------------------------------------------------------------------------------------- */

HRESULT address_lists_create(struct auto_object *session, IMhAddressLists **out)
{
    struct address_lists *self = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = read_lists(session, &rows);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = auto_create(&address_lists_class, session, &self);
    if (FAILED(hr)) {
        mapi_rows_free(rows);
        return hr;
    }
    self->rows = rows;
    *out = (IMhAddressLists *)self;
    return S_OK;
}

/* Is this row the container with that id, as the address book compares them? */
static bool is_container(IAddrBook *book, const SRow *row, const SBinary *id)
{
    const SPropValue *own = mapi_prop_find(row->lpProps, row->cValues, PR_ENTRYID);
    ULONG same = FALSE;

    return own && id->cb &&
           SUCCEEDED(book->lpVtbl->CompareEntryIDs(book, own->Value.bin.cb, (ENTRYID *)own->Value.bin.lpb, id->cb,
                                                   (ENTRYID *)id->lpb, 0, &same)) &&
           same;
}

/* The global list says so by its display type; where none does, it is the default directory. */
static bool is_global(const SRow *row)
{
    const SPropValue *type = mapi_prop_find(row->lpProps, row->cValues, PR_DISPLAY_TYPE);

    return type && (ULONG)type->Value.l == DT_GLOBAL;
}

HRESULT address_lists_default(struct auto_object *session, LONG kind, IMhAddressList **out)
{
    IAddrBook *book = NULL;
    SRowSet *rows = NULL;
    SBinary id = {0};
    LONG found = -1;
    HRESULT hr = collection_address_book(session, &book);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = read_lists(session, &rows);
    if (SUCCEEDED(hr) && kind != CdoAddressListGAL && kind != CdoAddressListPAB)
        hr = auto_fail(session, MAPI_E_INVALID_PARAMETER,
                       L"ObjectType must be CdoAddressListGAL 0 or CdoAddressListPAB 1");
    for (ULONG i = 0; SUCCEEDED(hr) && kind == CdoAddressListGAL && found < 0 && i < rows->cRows; i++)
        if (is_global(&rows->aRow[i]))
            found = (LONG)i;
    if (SUCCEEDED(hr) && found < 0) {
        hr = kind == CdoAddressListPAB ? book->lpVtbl->GetPAB(book, &id.cb, (ENTRYID **)&id.lpb)
                                       : book->lpVtbl->GetDefaultDir(book, &id.cb, (ENTRYID **)&id.lpb);
        for (ULONG i = 0; SUCCEEDED(hr) && found < 0 && i < rows->cRows; i++)
            if (is_container(book, &rows->aRow[i], &id))
                found = (LONG)i;
        if (SUCCEEDED(hr) && found < 0)
            hr = MAPI_E_NOT_FOUND;
    }
    if (hr == MAPI_E_NOT_FOUND)
        hr = auto_fail(session, hr, kind == CdoAddressListPAB ? L"the profile has no personal address book"
                                                              : L"the profile has no global address list");
    if (SUCCEEDED(hr))
        hr = create_list(session, &rows->aRow[found], found + 1, out);
    mapi_free(id.lpb);
    mapi_rows_free(rows);
    return hr;
}

HRESULT address_lists_entry(struct auto_object *session, const WCHAR *id, IMhAddressEntry **out)
{
    SBinary bytes = {0};
    HRESULT hr = mapi_hex_decode(id, &bytes);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = address_entry_open(session, &bytes, out);
    mapi_free(bytes.lpb);
    return hr;
}

HRESULT address_lists_current_user(struct auto_object *session, IMhAddressEntry **out)
{
    struct mapi_session *mapi_session = NULL;
    SBinary id = {0};
    HRESULT hr = collection_session(session, &mapi_session);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_session->session->lpVtbl->QueryIdentity(mapi_session->session, &id.cb, (ENTRYID **)&id.lpb);
    if (SUCCEEDED(hr) && !id.cb)
        hr = auto_fail(session, MAPI_E_NOT_FOUND, L"the profile does not say who its user is");
    if (SUCCEEDED(hr))
        hr = address_entry_create(session, &id, NULL, out);
    mapi_free(id.lpb);
    return hr;
}

HRESULT address_lists_dialog(struct auto_object *session, ULONG_PTR window, const WCHAR *title, ULONG kinds,
                             ADRLIST **chosen)
{
    ADRPARM parameters = {.ulFlags = DIALOG_MODAL | MAPI_UNICODE | (kinds == 1 ? ADDRESS_ONE : 0)};
    IAddrBook *book = NULL;
    HRESULT hr = collection_address_book(session, &book);

    *chosen = NULL;
    parameters.lpszCaption = (LPTSTR)title;
    parameters.cDestFields = kinds;
    parameters.nDestFieldFocus = 0;
    if (SUCCEEDED(hr))
        hr = book->lpVtbl->Address(book, &window, &parameters, chosen);
    if (SUCCEEDED(hr) && !*chosen)
        hr = MAPI_E_USER_CANCEL;
    return hr;
}
