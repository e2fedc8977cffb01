/*
 * address_entries.c: the AddressEntries collection.
 *
 * Layer: server/object. The collection walks the contents table of its container; nothing of it is copied, so that a
 * global address list of any size works. Limits: Count is what the provider's table says.
 */
#include "address_entries_private.h"

#include "address_entry.h"
#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "filter_build.h"
#include "hex.h"
#include "mapi_address.h"
#include "mapi_cursor.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include "mapi_variant.h"
#include "variant.h"
#include <string.h>

#define SHORTEST_ID 40 /* digits of an entry id in hex */

/* mapi_address_columns with the instance key that the cursor needs. */
#define KEY_COLUMN 0
static const SizedSPropTagArray(10, columns) = {
    10,
    {PR_INSTANCE_KEY, PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEARCH_KEY, PR_OBJECT_TYPE,
     PR_DISPLAY_TYPE, PR_SMTP_ADDRESS_W, PR_SEND_RICH_INFO}};

/* ---- the table ------------------------------------------------------------------------------------------------ */

void address_entries_restart(struct address_entries *self)
{
    mapi_cursor_reset(&self->cursor);
    if (self->table)
        mapi_cursor_init(&self->cursor, self->table, KEY_COLUMN);
}

/* Restricts the table by the ambiguous name and the filter. */
static HRESULT apply_filter(struct address_entries *self)
{
    SRestriction *own = NULL;
    SRestriction parts[2], both = {.rt = RES_AND};
    SPropValue name = {.ulPropTag = PR_ANR_W, .Value.lpszW = self->ambiguous};
    ULONG count = 0;
    HRESULT hr = address_criteria_build(&self->criteria, &own);

    if (FAILED(hr))
        return hr;
    memset(parts, 0, sizeof parts);
    if (self->ambiguous) {
        parts[count].rt = RES_PROPERTY;
        parts[count].res.resProperty.relop = RELOP_EQ;
        parts[count].res.resProperty.ulPropTag = PR_ANR_W;
        parts[count++].res.resProperty.lpProp = &name;
    }
    if (own)
        parts[count++] = *own;
    both.res.resAnd.cRes = count;
    both.res.resAnd.lpRes = parts;
    hr = self->table->lpVtbl->Restrict(self->table, count > 1 ? &both : count ? &parts[0] : NULL, 0);
    mapi_free(own);
    if (SUCCEEDED(hr)) {
        self->applied = self->criteria.changes;
        address_entries_restart(self);
    }
    return hr;
}

/* Opens the table; restarts the walk when the filter has changed. */
static HRESULT prepare(struct address_entries *self)
{
    HRESULT hr;

    if (self->table)
        return self->applied != self->criteria.changes ? apply_filter(self) : S_OK;
    hr = self->container->lpVtbl->GetContentsTable(self->container, MAPI_UNICODE, &self->table);
    if (SUCCEEDED(hr))
        hr = self->table->lpVtbl->SetColumns(self->table, (SPropTagArray *)&columns, 0);
    if (SUCCEEDED(hr))
        hr = apply_filter(self);
    if (FAILED(hr) && self->table) {
        self->table->lpVtbl->Release(self->table);
        self->table = NULL;
    }
    return hr;
}

/* The object of a row, NULL for none. */
static HRESULT entry_of(struct address_entries *self, const SRow *row, IMhAddressEntry **out)
{
    const SPropValue *id = row ? mapi_prop_find(row->lpProps, row->cValues, PR_ENTRYID) : NULL;

    *out = NULL;
    if (!row)
        return S_OK;
    return id ? address_entry_create(&self->base, &id->Value.bin, row, out) : MAPI_E_INVALID_ENTRYID;
}

static HRESULT step(struct address_entries *self, const char *function,
                    HRESULT (*go)(struct mapi_cursor *cursor, const SRow **row), bool restart, IMhAddressEntry **value)
{
    const SRow *row = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = prepare(self);
    if (SUCCEEDED(hr) && restart)
        mapi_cursor_disturbed(&self->cursor);
    if (SUCCEEDED(hr))
        hr = go(&self->cursor, &row);
    if (SUCCEEDED(hr))
        hr = entry_of(self, row, value);
    return auto_leave(&call, hr);
}

/* ---- members -------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE address_entries_GetFirst(IMhAddressEntries *iface, IMhAddressEntry **value)
{
    return step(address_entries_from(iface), __func__, mapi_cursor_first, true, value);
}

static HRESULT STDMETHODCALLTYPE address_entries_GetNext(IMhAddressEntries *iface, IMhAddressEntry **value)
{
    return step(address_entries_from(iface), __func__, mapi_cursor_next, false, value);
}

static HRESULT STDMETHODCALLTYPE address_entries_GetLast(IMhAddressEntries *iface, IMhAddressEntry **value)
{
    return step(address_entries_from(iface), __func__, mapi_cursor_last, true, value);
}

static HRESULT STDMETHODCALLTYPE address_entries_GetPrevious(IMhAddressEntries *iface, IMhAddressEntry **value)
{
    return step(address_entries_from(iface), __func__, mapi_cursor_previous, false, value);
}

static HRESULT count_rows(struct address_entries *self, LONG *count)
{
    ULONG rows = 0;
    HRESULT hr = prepare(self);

    if (SUCCEEDED(hr))
        hr = self->table->lpVtbl->GetRowCount(self->table, 0, &rows);
    *count = SUCCEEDED(hr) ? rows > MAXLONG ? MAXLONG : (LONG)rows : 0;
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_entries_get_Count(IMhAddressEntries *iface, LONG *value)
{
    struct address_entries *self = address_entries_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = count_rows(self, value);
    return auto_leave(&call, hr);
}

/* Item(searchValue): an id, or the next entry from the current one on whose sort property is the text or behind it. */
static HRESULT item_by_text(struct address_entries *self, const WCHAR *text, IMhAddressEntry **value)
{
    bool by_text = PROP_TYPE(self->order.ulPropTag) == PT_UNICODE;
    SPropValue name = {.ulPropTag = by_text ? self->order.ulPropTag : PR_DISPLAY_NAME_W, .Value.lpszW = (WCHAR *)text};
    SRestriction behind = {.rt = RES_PROPERTY};
    const SRow *row = NULL;
    SBinary id = {0};
    HRESULT hr;

    if (wide_length(text) >= SHORTEST_ID && SUCCEEDED(mapi_hex_decode(text, &id)) &&
        SUCCEEDED(address_entry_open(&self->base, &id, value))) {
        mapi_free(id.lpb);
        return S_OK;
    }
    mapi_free(id.lpb);
    behind.res.resProperty.relop = by_text && self->order.ulOrder == TABLE_SORT_DESCEND ? RELOP_LE : RELOP_GE;
    behind.res.resProperty.ulPropTag = name.ulPropTag;
    behind.res.resProperty.lpProp = &name;
    hr = mapi_cursor_find(&self->cursor, &behind, &row);
    if (SUCCEEDED(hr) && !row)
        hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"no entry follows that is the text or behind it");
    return SUCCEEDED(hr) ? entry_of(self, row, value) : hr;
}

static HRESULT STDMETHODCALLTYPE address_entries_get_Item(IMhAddressEntries *iface, VARIANT index,
                                                          IMhAddressEntry **value)
{
    struct address_entries *self = address_entries_from(iface);
    const SRow *row = NULL;
    struct auto_call call;
    BSTR name = NULL;
    LONG at = 0, count = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = count_rows(self, &count);
    if (SUCCEEDED(hr) && variant_is_text(&index)) {
        hr = variant_get_bstr(&index, &name);
        if (SUCCEEDED(hr))
            hr = item_by_text(self, name ? name : L"", value);
        SysFreeString(name);
    } else if (SUCCEEDED(hr)) {
        hr = collection_index(&self->base, &index, count, NULL, &at);
        if (SUCCEEDED(hr))
            hr = mapi_cursor_at(&self->cursor, (ULONG)at - 1, &row);
        if (SUCCEEDED(hr))
            hr = row ? entry_of(self, row, value) : MAPI_E_NOT_FOUND;
    }
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct address_entries *self = (struct address_entries *)collection;
    IMhAddressEntry *entry = NULL;
    const SRow *row = NULL;
    HRESULT hr = prepare(self);

    if (SUCCEEDED(hr))
        hr = mapi_cursor_at(&self->cursor, (ULONG)index - 1, &row);
    if (SUCCEEDED(hr) && !row)
        return S_FALSE;
    if (SUCCEEDED(hr))
        hr = entry_of(self, row, &entry);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, entry);
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_entries_get__NewEnum(IMhAddressEntries *iface, IUnknown **value)
{
    struct address_entries *self = address_entries_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entries_get_Filter(IMhAddressEntries *iface, IMhAddressEntryFilter **value)
{
    struct address_entries *self = address_entries_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = address_filter_get(&self->base, &self->criteria, value);
    return auto_leave(&call, hr);
}

/* Nothing takes the criteria away; another collection's filter is not taken over. */
static HRESULT STDMETHODCALLTYPE address_entries_put_Filter(IMhAddressEntries *iface, IMhAddressEntryFilter *value)
{
    struct address_entries *self = address_entries_from(iface);
    struct auto_object *filter = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && !value) {
        address_criteria_clear(&self->criteria);
    } else if (SUCCEEDED(hr) &&
               (FAILED(auto_from_unknown((IUnknown *)value, &address_filter_class, &filter)) ||
                filter->parent != &self->base)) {
        hr = auto_fail(&self->base, MAPI_E_NO_SUPPORT,
                       L"a filter belongs to its own collection. Set the properties of this one's Filter.");
    }
    auto_release(filter);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_entries_Sort(IMhAddressEntries *iface, VARIANT order, VARIANT property)
{
    struct address_entries *self = address_entries_from(iface);
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    LONG direction = CdoAscending, tag = PR_DISPLAY_NAME_W;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &order);
    auto_arg_variant(&call, &property);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&order, CdoAscending, &direction);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&property, (LONG)PR_DISPLAY_NAME_W, &tag);
    if (SUCCEEDED(hr) && (direction < CdoNone || direction > CdoDescending))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"SortOrder must be CdoNone 0, CdoAscending 1 or CdoDescending 2");
    if (SUCCEEDED(hr) && (!PROP_ID(tag) || !PROP_TYPE(tag)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"PropID must be a property tag");
    if (SUCCEEDED(hr))
        hr = prepare(self);
    if (SUCCEEDED(hr)) {
        sort.cSorts = direction == CdoNone ? 0 : 1;
        sort.aSort[0].ulPropTag = mapi_tag_unicode((ULONG)tag);
        sort.aSort[0].ulOrder = direction == CdoDescending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
        hr = self->table->lpVtbl->SortTable(self->table, (SSortOrderSet *)&sort, 0);
        if (SUCCEEDED(hr))
            self->order = sort.cSorts ? sort.aSort[0] : (SSortOrder){0};
        address_entries_restart(self);
    }
    return auto_leave(&call, hr);
}

/* ---- the class -------------------------------------------------------------------------------------------------- */

static void address_entries_close(struct auto_object *object)
{
    struct address_entries *self = (struct address_entries *)object;

    mapi_cursor_reset(&self->cursor);
    address_criteria_free(&self->criteria);
    if (self->table)
        self->table->lpVtbl->Release(self->table);
    if (self->container)
        self->container->lpVtbl->Release(self->container);
    mapi_free(self->ambiguous);
    self->table = NULL;
    self->container = NULL;
    self->ambiguous = NULL;
}

static const IMhAddressEntriesVtbl address_entries_vtbl = {
    AUTO_HEAD,
    .get_Count = address_entries_get_Count,
    .get_Item = address_entries_get_Item,
    .get__NewEnum = address_entries_get__NewEnum,
    .get_Filter = address_entries_get_Filter,
    .put_Filter = address_entries_put_Filter,
    .Add = address_entries_Add,
    .Delete = address_entries_Delete,
    .GetFirst = address_entries_GetFirst,
    .GetNext = address_entries_GetNext,
    .GetLast = address_entries_GetLast,
    .GetPrevious = address_entries_GetPrevious,
    .Sort = address_entries_Sort,
};

const struct auto_class address_entries_class = {
    .name = L"AddressEntries",
    .kind = CdoAddressEntries,
    .iid = &IID_IMhAddressEntries,
    .coclass = &CLSID_AddressEntries,
    .size = sizeof(struct address_entries),
    .vtbl = &address_entries_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = address_entries_close,
};

HRESULT address_entries_create(struct auto_object *parent, IMAPIContainer *container, const WCHAR *ambiguous,
                               IMhAddressEntries **out)
{
    struct address_entries *self = NULL;
    HRESULT hr = auto_create(&address_entries_class, parent, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    self->container = container;
    container->lpVtbl->AddRef(container);
    hr = address_criteria_init(&self->criteria, (IMAPIProp *)container);
    if (SUCCEEDED(hr))
        hr = mapi_text_copy(ambiguous, NULL, &self->ambiguous);
    if (SUCCEEDED(hr))
        *out = (IMhAddressEntries *)self;
    else
        auto_release(&self->base);
    return hr;
}

/* The entries of one list that the name may mean; *out stays NULL when it has none. */
static HRESULT match_in(struct auto_object *parent, IAddrBook *book, const SBinary *id, const WCHAR *name,
                        IMhAddressEntries **out)
{
    IMAPIProp *container = NULL;
    LONG count = 0;
    HRESULT hr = mapi_address_open(book, id, false, NULL, &container);

    if (SUCCEEDED(hr))
        hr = address_entries_create(parent, (IMAPIContainer *)container, name, out);
    if (SUCCEEDED(hr))
        hr = count_rows(address_entries_from(*out), &count);
    if (*out && !count) {
        auto_release((struct auto_object *)*out);
        *out = NULL;
    }
    if (container)
        container->lpVtbl->Release(container);
    return hr;
}

HRESULT address_entries_matching(struct auto_object *parent, const WCHAR *name, IMhAddressEntries **out)
{
    IAddrBook *book = NULL;
    SRowSet *path = NULL;
    HRESULT hr = collection_address_book(parent, &book);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = book->lpVtbl->GetSearchPath(book, MAPI_UNICODE, &path);
    for (ULONG i = 0; SUCCEEDED(hr) && !*out && *name && i < path->cRows; i++) {
        const SPropValue *id = mapi_prop_find(path->aRow[i].lpProps, path->aRow[i].cValues, PR_ENTRYID);
        if (id && id->Value.bin.cb)
            match_in(parent, book, &id->Value.bin, name, out); /* a list that cannot be searched has nothing to offer */
    }
    mapi_rows_free(path);
    return hr;
}
