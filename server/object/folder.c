/*
 * folder.c: the Folder object: properties, and finding folders by id and name.
 *
 * Layer: server/object. What changes whole folders is in folder_actions.c. A folder that a table showed is opened in
 * MAPI only when something else than its name and id is asked for.
 */
#include "folder.h"

#include "cdo_dispid.h"
#include "fields.h"
#include "folders.h"
#include "hex.h"
#include "mapi_table.h"
#include "messages.h"
#include "object_util.h"
#include <stdlib.h>
#include <wchar.h>

struct folder *folder_from(IMhFolder *iface)
{
    return CONTAINING_RECORD(iface, struct folder, base);
}

static void drop_mapi(struct folder *self)
{
    if (!self->mapi)
        return;
    self->mapi->lpVtbl->Release(self->mapi);
    self->mapi = NULL;
    mapi_store_unpin(self->store, &self->pin);
}

/* A folder keeps nothing that its id does not bring back. */
static bool let_go(struct mapi_pin *pin, bool really)
{
    if (really)
        drop_mapi(CONTAINING_RECORD(pin, struct folder, pin));
    return true;
}

HRESULT folder_open(struct folder *self, IMAPIFolder **out)
{
    ULONG type = 0;
    HRESULT hr = S_OK;

    if (self->mapi)
        mapi_store_touch(self->store);
    else {
        hr = mapi_store_open_entry(self->store, &self->id, &type, (IUnknown **)&self->mapi);
        if (SUCCEEDED(hr) && type != MAPI_FOLDER) {
            self->mapi->lpVtbl->Release(self->mapi);
            self->mapi = NULL;
            hr = auto_fail(&self->base, MAPI_E_INVALID_ENTRYID, L"the id is not that of a folder");
        }
        if (SUCCEEDED(hr))
            mapi_store_pin(self->store, &self->pin, let_go);
    }
    *out = self->mapi;
    return hr;
}

HRESULT folder_find_child(struct folder *self, struct auto_object *parent, const WCHAR *name, struct folder **out)
{
    enum { COL_ID, COL_NAME, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT, {PR_ENTRYID, PR_DISPLAY_NAME_W}};
    IMAPIFolder *mapi;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = folder_open(self, &mapi);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->GetHierarchyTable(mapi, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr)) {
        hr = MAPI_E_NOT_FOUND;
        for (ULONG i = 0; i < rows->cRows; i++) {
            const SPropValue *row = rows->aRow[i].lpProps;
            if (PROP_TYPE(row[COL_ID].ulPropTag) == PT_BINARY &&
                !lstrcmpiW(mapi_prop_text(row, COL_COUNT, PR_DISPLAY_NAME_W), name)) {
                hr = folder_create(parent, self->store, &row[COL_ID].Value.bin, row[COL_NAME].Value.lpszW, out);
                break;
            }
        }
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT folder_open_parent(struct folder *self, IMAPIFolder **out)
{
    SPropValue *id = NULL;
    IMAPIFolder *mapi;
    ULONG type;
    HRESULT hr = folder_open(self, &mapi);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(mapi), PR_PARENT_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = mapi_store_open_entry(self->store, &id->Value.bin, &type, (IUnknown **)out);
    mapi_free(id);
    return hr;
}

/* ---- properties ------------------------------------------------------------------------------------------------------ */

static HRESULT STDMETHODCALLTYPE folder_get_Name(IMhFolder *iface, BSTR *value)
{
    struct folder *self = folder_from(iface);
    IMAPIFolder *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr) && self->name) {
        *value = SysAllocString(self->name);
        hr = *value ? S_OK : E_OUTOFMEMORY;
    } else if (SUCCEEDED(hr) && SUCCEEDED(hr = folder_open(self, &mapi))) {
        hr = object_get_text(MAPI_PROP(mapi), PR_DISPLAY_NAME_W, value);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_put_Name(IMhFolder *iface, BSTR value)
{
    struct folder *self = folder_from(iface);
    IMAPIFolder *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr) && (!value || !*value))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"a folder needs a name");
    if (SUCCEEDED(hr))
        hr = folder_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_string(MAPI_PROP(mapi), PR_DISPLAY_NAME_W, value);
    if (SUCCEEDED(hr)) {
        free(self->name);
        self->name = NULL;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_get_ID(IMhFolder *iface, BSTR *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        *value = mapi_hex_bstr(&self->id);
        hr = *value ? S_OK : E_OUTOFMEMORY;
    }
    return auto_leave(&call, hr);
}

static HRESULT read_id(struct folder *self, ULONG tag, BSTR *value)
{
    IMAPIFolder *mapi;
    HRESULT hr = folder_open(self, &mapi);

    return SUCCEEDED(hr) ? object_get_id(MAPI_PROP(mapi), tag, value) : hr;
}

static HRESULT STDMETHODCALLTYPE folder_get_FolderID(IMhFolder *iface, BSTR *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_id(self, PR_PARENT_ENTRYID, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_get_StoreID(IMhFolder *iface, BSTR *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_id(self, PR_STORE_ENTRYID, value);
    return auto_leave(&call, hr);
}

static HRESULT read_long(struct folder *self, ULONG tag, LONG *value)
{
    IMAPIFolder *mapi;
    HRESULT hr = folder_open(self, &mapi);

    if (SUCCEEDED(hr))
        *value = mapi_prop_long(MAPI_PROP(mapi), tag, 0);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_get_Count(IMhFolder *iface, LONG *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = read_long(self, PR_CONTENT_COUNT, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_get_UnreadCount(IMhFolder *iface, LONG *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = read_long(self, PR_CONTENT_UNREAD, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_get_Folders(IMhFolder *iface, IMhFolders **value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = folders_create(self, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_get_Messages(IMhFolder *iface, IMhMessages **value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = messages_create(self, false, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE folder_get_HiddenMessages(IMhFolder *iface, IMhMessages **value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = messages_create(self, true, value);
    return auto_leave(&call, hr);
}

static HRESULT open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    (void)write;
    return folder_open((struct folder *)owner, (IMAPIFolder **)props);
}

static void fields_changed(struct auto_object *owner)
{
    struct folder *self = (struct folder *)owner;

    free(self->name); /* it may have been the name */
    self->name = NULL;
}

static HRESULT STDMETHODCALLTYPE folder_get_Fields(IMhFolder *iface, IMhFields **value)
{
    static const struct fields_source source = {open_fields, fields_changed, offsetof(struct folder, fields_set), NULL};
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &source, value);
    return auto_leave(&call, hr);
}

/* The names from below the IPM subtree down, as GetFolderFromPath takes them. */
static HRESULT read_path(struct folder *self, BSTR *value)
{
    SizedSPropTagArray(3, columns) = {3, {PR_DISPLAY_NAME_W, PR_PARENT_ENTRYID, PR_ENTRYID}};
    SPropValue *props = NULL, *root = NULL;
    SBinary id = self->id, *root_id = NULL;
    IMAPIFolder *folder = NULL;
    WCHAR path[2048];
    size_t start = sizeof path / sizeof path[0] - 1;
    IMsgStore *mdb;
    HRESULT hr = mapi_store_mdb(self->store, &mdb);

    path[start] = 0;
    if (SUCCEEDED(hr) && SUCCEEDED(mapi_prop_get(MAPI_PROP(mdb), PR_IPM_SUBTREE_ENTRYID, &root)))
        root_id = &root->Value.bin;
    while (SUCCEEDED(hr) && !(root_id && object_same_id(&self->base, &id, root_id))) {
        const WCHAR *name;
        SPropValue *next = NULL;
        size_t length;
        bool top;

        hr = mapi_store_open_entry(self->store, &id, NULL, (IUnknown **)&folder);
        if (SUCCEEDED(hr))
            hr = mapi_prop_get_many(MAPI_PROP(folder), (SPropTagArray *)&columns, &next);
        if (folder)
            folder->lpVtbl->Release(folder);
        folder = NULL;
        if (FAILED(hr))
            break;
        top = PROP_TYPE(next[1].ulPropTag) != PT_BINARY || object_same_id(&self->base, &id, &next[1].Value.bin);
        mapi_free(props);
        props = next;
        name = mapi_prop_text(props, 1, PR_DISPLAY_NAME_W);
        length = wcslen(name);
        if (top) /* the store's root has no name in a path */
            break;
        if (length + 1 > start) {
            hr = auto_fail(&self->base, MAPI_E_STRING_TOO_LONG, L"the path has more than 2000 characters");
            break;
        }
        start -= length;
        wmemcpy(path + start, name, length);
        path[--start] = L'\\';
        id = props[1].Value.bin;
    }
    mapi_free(props);
    mapi_free(root);
    if (SUCCEEDED(hr)) {
        *value = SysAllocString(path[start] ? path + start : L"\\");
        hr = *value ? S_OK : E_OUTOFMEMORY;
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_get_Path(IMhFolder *iface, BSTR *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_path(self, value);
    return auto_leave(&call, hr);
}

/* A folder's properties persist when they are set; what Update can do is read them anew. */
static HRESULT STDMETHODCALLTYPE folder_Update(IMhFolder *iface, VARIANT permanent, VARIANT refresh)
{
    struct folder *self = folder_from(iface);
    IMAPIFolder *mapi;
    struct auto_call call;
    bool save = true, reload = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = object_update_args(&permanent, &refresh, &save, &reload);
    if (SUCCEEDED(hr))
        hr = folder_open(self, &mapi);
    if (SUCCEEDED(hr) && save) {
        hr = mapi_prop_save(MAPI_PROP(mapi));
        if (hr == MAPI_E_NO_SUPPORT)
            hr = S_OK;
    }
    if (SUCCEEDED(hr) && reload)
        fields_changed(&self->base);
    return auto_leave(&call, hr);
}

static HRESULT id_of(struct auto_object *object, SBinary *id)
{
    *id = ((struct folder *)object)->id;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE folder_IsSameAs(IMhFolder *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = object_is_same(&self->base, &object, &self->id, id_of, value);
    return auto_leave(&call, hr);
}

/* ---- the class --------------------------------------------------------------------------------------------------------- */

static void folder_close(struct auto_object *object)
{
    struct folder *self = (struct folder *)object;

    drop_mapi(self);
    mapi_store_release(self->store);
    self->store = NULL;
}

static void folder_destroy(struct auto_object *object)
{
    struct folder *self = (struct folder *)object;

    free(self->id.lpb);
    free(self->name);
}

static const WCHAR *folder_label(struct auto_object *object)
{
    return ((struct folder *)object)->name;
}

static const IMhFolderVtbl folder_vtbl = {
    AUTO_HEAD,
    .get_Name = folder_get_Name,
    .put_Name = folder_put_Name,
    .get_ID = folder_get_ID,
    .get_FolderID = folder_get_FolderID,
    .get_StoreID = folder_get_StoreID,
    .get_Folders = folder_get_Folders,
    .get_Messages = folder_get_Messages,
    .get_HiddenMessages = folder_get_HiddenMessages,
    .get_Fields = folder_get_Fields,
    .CopyTo = folder_CopyTo,
    .MoveTo = folder_MoveTo,
    .Delete = folder_Delete,
    .Update = folder_Update,
    .IsSameAs = folder_IsSameAs,
    .get_Path = folder_get_Path,
    .get_Count = folder_get_Count,
    .get_UnreadCount = folder_get_UnreadCount,
    .Empty = folder_Empty,
    .AddSearchFolder = folder_AddSearchFolder,
    .EmptyDeletedItems = folder_EmptyDeletedItems,
    .SetReadFlags = folder_SetReadFlags,
};

const struct auto_class folder_class = {
    .name = L"Folder",
    .kind = CdoFolder,
    .iid = &IID_IMhFolder,
    .coclass = &CLSID_Folder,
    .events = &DIID__IMhEvents,
    .size = sizeof(struct folder),
    .vtbl = &folder_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = folder_close,
    .destroy = folder_destroy,
    .label = folder_label,
};

HRESULT folder_create(struct auto_object *parent, struct mapi_store *store, const SBinary *id, const WCHAR *name,
                      struct folder **out)
{
    struct folder *self = NULL;
    HRESULT hr;

    *out = NULL;
    if (!store)
        return auto_fail(parent, MAPI_E_OBJECT_DELETED, L"the store is not open");
    hr = auto_create(&folder_class, parent, &self);
    if (FAILED(hr))
        return hr;
    mapi_store_addref(store);
    self->store = store;
    hr = object_copy_id(id, &self->id);
    if (SUCCEEDED(hr) && name) {
        self->name = wide_copy(name);
        if (!self->name)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (FAILED(hr)) {
        auto_release(&self->base);
        return hr;
    }
    *out = self;
    return S_OK;
}
