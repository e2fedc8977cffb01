/*
 * folders.c: the Folders collection: the hierarchy table of a folder.
 *
 * Layer: server/object. Item and the Get methods make Folder objects from table rows, without opening folders.
 */
#include "folders.h"

#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "hex.h"
#include "mapi_cursor.h"
#include "object_util.h"
#include <string.h>
#include <wchar.h>

enum { COL_ID, COL_NAME, COL_KEY, COL_COUNT };

struct folders {
    struct auto_object base;
    IMAPITable *table;         /* pins the store, given back when that is parked */
    struct mapi_pin pin;
    bool parked;               /* the table was given back: the cursors go on from where they stood */
    SSortOrder order;          /* of Sort; ulPropTag 0: by name */
    struct mapi_cursor cursor; /* of GetFirst … GetPrevious */
    struct mapi_cursor walk;   /* of Item and For Each */
};

static struct folders *folders_from(IMhFolders *iface)
{
    return CONTAINING_RECORD(iface, struct folders, base);
}

static struct folder *owner_of(struct folders *self)
{
    return (struct folder *)self->base.parent;
}

static void drop_table(struct folders *self)
{
    if (!self->table)
        return;
    self->table->lpVtbl->Release(self->table);
    self->table = NULL;
    mapi_store_unpin(owner_of(self)->store, &self->pin);
}

static bool let_go(struct mapi_pin *pin, bool really)
{
    struct folders *self = CONTAINING_RECORD(pin, struct folders, pin);

    if (really) {
        drop_table(self);
        mapi_cursor_rebind(&self->cursor, NULL);
        mapi_cursor_rebind(&self->walk, NULL);
        self->parked = true;
    }
    return true;
}

static HRESULT open_table(struct folders *self)
{
    static const SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT,
                                                           {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_INSTANCE_KEY}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    IMAPIFolder *mapi;
    HRESULT hr = S_OK;

    if (self->table) {
        mapi_store_touch(owner_of(self)->store);
        return S_OK;
    }
    if (self->order.ulPropTag)
        order.aSort[0] = self->order;
    hr = folder_open(owner_of(self), &mapi);
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->GetHierarchyTable(mapi, MAPI_UNICODE, &self->table);
    if (SUCCEEDED(hr))
        mapi_store_pin(owner_of(self)->store, &self->pin, let_go);
    else
        self->table = NULL;
    if (SUCCEEDED(hr))
        hr = self->table->lpVtbl->SetColumns(self->table, (SPropTagArray *)&columns, 0);
    if (SUCCEEDED(hr)) {
        hr = self->table->lpVtbl->SortTable(self->table, (SSortOrderSet *)&order, 0);
        if (hr == MAPI_E_NO_SUPPORT || hr == MAPI_E_TOO_COMPLEX)
            hr = S_OK; /* then in the provider's order */
    }
    if (FAILED(hr)) {
        drop_table(self);
        return hr;
    }
    if (self->parked) {
        mapi_cursor_rebind(&self->cursor, self->table);
        mapi_cursor_rebind(&self->walk, self->table);
        self->parked = false;
        return S_OK;
    }
    mapi_cursor_init(&self->cursor, self->table, COL_KEY);
    mapi_cursor_init(&self->walk, self->table, COL_KEY);
    return S_OK;
}

/* Folders were added or deleted: every position has to be found again. */
static void disturbed(struct folders *self)
{
    if (!self->table && !self->parked)
        return;
    mapi_cursor_disturbed(&self->cursor);
    mapi_cursor_reset(&self->walk);
}

/* The Folder of a row; NULL for no row. */
static HRESULT folder_of_row(struct folders *self, const SRow *row, IMhFolder **out)
{
    struct folder *folder = NULL;
    HRESULT hr;

    *out = NULL;
    if (!row)
        return S_OK;
    if (PROP_TYPE(row->lpProps[COL_ID].ulPropTag) != PT_BINARY)
        return MAPI_E_CORRUPT_STORE;
    hr = folder_create(&self->base, owner_of(self)->store, &row->lpProps[COL_ID].Value.bin,
                       mapi_prop_text(row->lpProps, COL_COUNT, PR_DISPLAY_NAME_W), &folder);
    if (SUCCEEDED(hr))
        *out = (IMhFolder *)&folder->base;
    return hr;
}

static HRESULT STDMETHODCALLTYPE folders_get_Count(IMhFolders *iface, LONG *value)
{
    struct folders *self = folders_from(iface);
    struct auto_call call;
    ULONG count = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = open_table(self);
    if (SUCCEEDED(hr))
        hr = self->table->lpVtbl->GetRowCount(self->table, 0, &count);
    if (SUCCEEDED(hr))
        *value = (LONG)count;
    return auto_leave(&call, hr);
}

/* By a text: the name of a folder, or its id. */
static HRESULT item_by_text(struct folders *self, const VARIANT *index, IMhFolder **out)
{
    struct folder *folder = NULL;
    SBinary id = {0, NULL};
    BSTR text = NULL;
    const SRow *row;
    HRESULT hr = variant_get_bstr(index, &text);

    if (SUCCEEDED(hr)) {
        hr = mapi_cursor_first(&self->walk, &row);
        while (SUCCEEDED(hr) && row && lstrcmpiW(mapi_prop_text(row->lpProps, COL_COUNT, PR_DISPLAY_NAME_W), text))
            hr = mapi_cursor_next(&self->walk, &row);
        if (SUCCEEDED(hr) && row) {
            hr = folder_of_row(self, row, out);
        } else if (SUCCEEDED(hr) && wcslen(text) > 32 && SUCCEEDED(mapi_hex_decode(text, &id))) {
            hr = folder_open_by_id(&self->base, &id, NULL, &folder);
            if (SUCCEEDED(hr))
                *out = (IMhFolder *)&folder->base;
        } else if (SUCCEEDED(hr)) {
            hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"there is no folder of that name");
        }
    }
    mapi_free(id.lpb);
    SysFreeString(text);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folders_get_Item(IMhFolders *iface, VARIANT index, IMhFolder **value)
{
    struct folders *self = folders_from(iface);
    const VARIANT *argument = variant_deref(&index);
    struct auto_call call;
    const SRow *row = NULL;
    ULONG number = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = open_table(self);
    if (SUCCEEDED(hr) && variant_is_text(argument)) {
        hr = item_by_text(self, argument, value);
        return auto_leave(&call, hr);
    }
    if (SUCCEEDED(hr))
        hr = collection_number(&self->base, argument, L"a number, a name or an id", &number);
    if (SUCCEEDED(hr))
        hr = mapi_cursor_at(&self->walk, number - 1, &row);
    if (SUCCEEDED(hr) && !row)
        hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the collection has fewer than %lu folders", number);
    if (SUCCEEDED(hr))
        hr = folder_of_row(self, row, value);
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct folders *self = (struct folders *)collection;
    IMhFolder *folder = NULL;
    const SRow *row = NULL;
    HRESULT hr = open_table(self);

    if (SUCCEEDED(hr))
        hr = mapi_cursor_at(&self->walk, (ULONG)index - 1, &row);
    if (SUCCEEDED(hr) && !row)
        return S_FALSE;
    if (SUCCEEDED(hr))
        hr = folder_of_row(self, row, &folder);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, folder);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folders_get__NewEnum(IMhFolders *iface, IUnknown **value)
{
    struct folders *self = folders_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folders_Add(IMhFolders *iface, VARIANT name, VARIANT existing, IMhFolder **value)
{
    struct folders *self = folders_from(iface);
    struct folder *folder = NULL;
    IMAPIFolder *parent, *made = NULL;
    SPropValue *id = NULL;
    BSTR text = NULL;
    struct auto_call call;
    bool open_existing = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &name);
    if (SUCCEEDED(hr) && (variant_blank(&name) || !variant_is_text(variant_deref(&name))))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"a folder needs a name");
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&name, &text);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&existing, false, &open_existing);
    if (SUCCEEDED(hr))
        hr = folder_open(owner_of(self), &parent);
    if (SUCCEEDED(hr))
        hr = parent->lpVtbl->CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)text, (LPTSTR)L"", NULL,
                                          MAPI_UNICODE | (open_existing ? OPEN_IF_EXISTS : 0), &made);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(made), PR_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = folder_create(&self->base, owner_of(self)->store, &id->Value.bin, text, &folder);
    if (SUCCEEDED(hr)) {
        *value = (IMhFolder *)&folder->base;
        disturbed(self);
    }
    if (made)
        made->lpVtbl->Release(made);
    mapi_free(id);
    SysFreeString(text);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folders_Delete(IMhFolders *iface)
{
    static const SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT,
                                                           {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_INSTANCE_KEY}};
    struct folders *self = folders_from(iface);
    IMAPIFolder *parent;
    SRowSet *rows = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = folder_open(owner_of(self), &parent);
    if (SUCCEEDED(hr))
        hr = open_table(self);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(self->table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr)) {
        auto_close_children(&self->base); /* the Folder objects of what is deleted now */
        for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
            const SBinary *id = &rows->aRow[i].lpProps[COL_ID].Value.bin;
            hr = parent->lpVtbl->DeleteFolder(parent, id->cb, (ENTRYID *)id->lpb, 0, NULL,
                                              DEL_MESSAGES | DEL_FOLDERS);
        }
    }
    disturbed(self);
    mapi_rows_free(rows);
    return auto_leave(&call, hr);
}

typedef HRESULT (*cursor_step)(struct mapi_cursor *cursor, const SRow **row);

static HRESULT step(struct folders *self, const char *function, cursor_step move, IMhFolder **value)
{
    struct auto_call call;
    const SRow *row = NULL;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = open_table(self);
    if (SUCCEEDED(hr))
        hr = move(&self->cursor, &row);
    if (SUCCEEDED(hr))
        hr = folder_of_row(self, row, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folders_GetFirst(IMhFolders *iface, IMhFolder **value)
{
    return step(folders_from(iface), __func__, mapi_cursor_first, value);
}

static HRESULT STDMETHODCALLTYPE folders_GetNext(IMhFolders *iface, IMhFolder **value)
{
    return step(folders_from(iface), __func__, mapi_cursor_next, value);
}

static HRESULT STDMETHODCALLTYPE folders_GetLast(IMhFolders *iface, IMhFolder **value)
{
    return step(folders_from(iface), __func__, mapi_cursor_last, value);
}

static HRESULT STDMETHODCALLTYPE folders_GetPrevious(IMhFolders *iface, IMhFolder **value)
{
    return step(folders_from(iface), __func__, mapi_cursor_previous, value);
}

static HRESULT STDMETHODCALLTYPE folders_Sort(IMhFolders *iface, VARIANT order, VARIANT prop, VARIANT prop_tag)
{
    struct folders *self = folders_from(iface);
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    IMAPIFolder *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = folder_open(owner_of(self), &mapi);
    if (SUCCEEDED(hr))
        hr = open_table(self);
    if (SUCCEEDED(hr))
        hr = object_sort_args(&self->base, MAPI_PROP(mapi), &order, &prop, &prop_tag, PR_DISPLAY_NAME_W,
                              (SSortOrderSet *)&sort);
    if (hr == S_OK)
        hr = self->table->lpVtbl->SortTable(self->table, (SSortOrderSet *)&sort, 0);
    if (hr == S_OK)
        self->order = sort.aSort[0];
    if (SUCCEEDED(hr)) {
        mapi_cursor_reset(&self->cursor);
        mapi_cursor_reset(&self->walk);
    }
    return auto_leave(&call, FAILED(hr) ? hr : S_OK);
}

static void folders_close(struct auto_object *object)
{
    struct folders *self = (struct folders *)object;

    mapi_cursor_reset(&self->cursor);
    mapi_cursor_reset(&self->walk);
    drop_table(self);
}

static const IMhFoldersVtbl folders_vtbl = {
    AUTO_HEAD,
    .get_Count = folders_get_Count,
    .get_Item = folders_get_Item,
    .get__NewEnum = folders_get__NewEnum,
    .Add = folders_Add,
    .Delete = folders_Delete,
    .GetFirst = folders_GetFirst,
    .GetNext = folders_GetNext,
    .GetLast = folders_GetLast,
    .GetPrevious = folders_GetPrevious,
    .Sort = folders_Sort,
};

static const struct auto_class folders_class = {
    .name = L"Folders",
    .kind = CdoFolders,
    .iid = &IID_IMhFolders,
    .coclass = &CLSID_Folders,
    .size = sizeof(struct folders),
    .vtbl = &folders_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = folders_close,
};

HRESULT folders_create(struct folder *parent, IMhFolders **out)
{
    struct folders *self = NULL;
    HRESULT hr = auto_create(&folders_class, &parent->base, &self);

    *out = SUCCEEDED(hr) ? (IMhFolders *)&self->base : NULL;
    return hr;
}
