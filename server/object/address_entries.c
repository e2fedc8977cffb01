/*
 * address_entries.c: the AddressEntries collection.
 *
 * Layer: server/object. The collection walks the contents table of its container; nothing of it is copied, so that a
 * global address list of any size works. Limits: Count is what the provider's table says.
 */
#include "address_entries.h"

#include "address_entry.h"
#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "filter_build.h"
#include "mapi_address.h"
#include "mapi_cursor.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include "mapi_variant.h"
#include "variant.h"
#include <string.h>

/* mapi_address_columns with the instance key that the cursor needs. */
#define KEY_COLUMN 0
static const SizedSPropTagArray(10, columns) = {
    10,
    {PR_INSTANCE_KEY, PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_SEARCH_KEY, PR_OBJECT_TYPE,
     PR_DISPLAY_TYPE, PR_SMTP_ADDRESS_W, PR_SEND_RICH_INFO}};

struct address_entries {
    struct auto_object base;
    IMAPIContainer *container; /* held */
    IMAPITable *table;         /* NULL until it is used */
    struct mapi_cursor cursor;
    WCHAR *ambiguous; /* MAPI memory: the name that entries must match, or NULL */
    struct address_criteria criteria;
    ULONG applied; /* criteria.changes when they were last applied */
};

static struct address_entries *address_entries_from(IMhAddressEntries *iface)
{
    return (struct address_entries *)iface;
}

/* ---- the table ------------------------------------------------------------------------------------------------ */

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
        mapi_cursor_reset(&self->cursor);
        mapi_cursor_init(&self->cursor, self->table, KEY_COLUMN);
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

/* The first entry whose name begins with the text. */
static HRESULT find_by_name(struct address_entries *self, const WCHAR *text, IMhAddressEntry **value)
{
    SPropValue name = {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (WCHAR *)text};
    SRestriction begins = {.rt = RES_CONTENT};
    SRowSet *rows = NULL;
    HRESULT hr;

    begins.res.resContent.ulFuzzyLevel = FL_PREFIX | FL_IGNORECASE;
    begins.res.resContent.ulPropTag = PR_DISPLAY_NAME_W;
    begins.res.resContent.lpProp = &name;
    hr = self->table->lpVtbl->FindRow(self->table, &begins, BOOKMARK_BEGINNING, 0);
    if (SUCCEEDED(hr))
        hr = mapi_table_next(self->table, 1, &rows);
    if (SUCCEEDED(hr) && !rows->cRows)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = entry_of(self, &rows->aRow[0], value);
    if (hr == MAPI_E_NOT_FOUND)
        hr = auto_fail(&self->base, hr, L"no entry's name begins with the text");
    mapi_rows_free(rows);
    return hr;
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
            hr = find_by_name(self, name ? name : L"", value);
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
        mapi_cursor_reset(&self->cursor);
        mapi_cursor_init(&self->cursor, self->table, KEY_COLUMN);
    }
    return auto_leave(&call, hr);
}

/* ---- changes --------------------------------------------------------------------------------------------------- */

/* The template that new entries of the container are made from: that of its address type, else its own for people. */
static HRESULT find_template(struct address_entries *self, const WCHAR *type, SBinary *out)
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
        hr = mapi_prop_get((IMAPIProp *)self->container, PR_DEF_CREATE_MAILUSER, &value);
        if (SUCCEEDED(hr))
            hr = mapi_binary_copy(&value->Value.bin, NULL, out);
        mapi_free(value);
    }
    return hr;
}

static HRESULT create_entry(struct address_entries *self, const WCHAR *type, const WCHAR *name, const WCHAR *address,
                            IMAPIProp **out)
{
    IABContainer *container = NULL;
    SBinary template = {0};
    HRESULT hr = self->container->lpVtbl->QueryInterface(self->container, &IID_IABContainer, (void **)&container);

    *out = NULL;
    if (FAILED(hr)) {
        hr = self->container->lpVtbl->QueryInterface(self->container, &IID_IDistList, (void **)&container);
        if (FAILED(hr))
            return MAPI_E_NO_SUPPORT;
    }
    hr = find_template(self, type, &template);
    if (SUCCEEDED(hr))
        hr = container->lpVtbl->CreateEntry(container, template.cb, (ENTRYID *)template.lpb, 0, out);
    if (SUCCEEDED(hr))
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
    if (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_NOT_FOUND || hr == MAPI_E_NO_ACCESS)
        hr = auto_fail(&self->base, hr, L"the address list takes no new entries");
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_entries_Add(IMhAddressEntries *iface, VARIANT type, VARIANT name,
                                                     VARIANT address, IMhAddressEntry **value)
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
    if (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_NO_ACCESS)
        hr = auto_fail(entry, hr, L"the address list does not let its entries be deleted");
    return hr;
}

static HRESULT STDMETHODCALLTYPE address_entries_Delete(IMhAddressEntries *iface)
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
    if (self->table)
        mapi_cursor_disturbed(&self->cursor);
    mapi_free(ids);
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
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
