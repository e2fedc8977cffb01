/*
 * folder_actions.c: the members of Folder that copy, move, delete, empty and search.
 *
 * Layer: server/object.
 */
#include "folder.h"

#include "infostore.h"
#include "mapi_table.h"
#include "object_util.h"
#include <wchar.h>

/* The folder to copy or move to; the empty id, which is the root's for Session.GetFolder, is none here. */
static HRESULT open_target(struct folder *self, const VARIANT *id, const VARIANT *store, struct folder **target)
{
    return variant_blank(id) ? auto_fail(&self->base, MAPI_E_INVALID_ENTRYID, L"FolderID must be the id of a folder")
                             : folder_open_arg(&self->base, id, store, target);
}

/* Copies or moves the folder into `target` under `name` (NULL: its own). */
static HRESULT copy_folder(struct folder *self, struct folder *target, const WCHAR *name, ULONG flags)
{
    IMAPIFolder *parent = NULL, *to;
    HRESULT hr = folder_open(target, &to);

    if (SUCCEEDED(hr))
        hr = folder_open_parent(self, &parent);
    if (SUCCEEDED(hr))
        hr = parent->lpVtbl->CopyFolder(parent, self->id.cb, (ENTRYID *)self->id.lpb, NULL, to, (LPTSTR)name, 0, NULL,
                                        flags | (name ? MAPI_UNICODE : 0));
    if (parent)
        parent->lpVtbl->Release(parent);
    if (hr == MAPI_W_PARTIAL_COMPLETION)
        hr = auto_fail(&self->base, MAPI_E_UNABLE_TO_COMPLETE, L"some of the folder's contents were not copied");
    return hr;
}

/* The current name, freed by the caller. */
static HRESULT own_name(struct folder *self, BSTR *name)
{
    IMAPIFolder *mapi;
    HRESULT hr = folder_open(self, &mapi);

    *name = NULL;
    return SUCCEEDED(hr) ? object_get_text(MAPI_PROP(mapi), PR_DISPLAY_NAME_W, name) : hr;
}

HRESULT STDMETHODCALLTYPE folder_CopyTo(IMhFolder *iface, VARIANT id, VARIANT store, VARIANT name, VARIANT deep,
                                        IMhFolder **value)
{
    struct folder *self = folder_from(iface), *target = NULL, *copy = NULL;
    BSTR new_name = NULL;
    struct auto_call call;
    bool subfolders = true;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &id);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&deep, true, &subfolders);
    if (SUCCEEDED(hr) && !variant_blank(&name))
        hr = variant_get_bstr(&name, &new_name);
    if (SUCCEEDED(hr))
        hr = open_target(self, &id, &store, &target);
    if (SUCCEEDED(hr))
        hr = copy_folder(self, target, new_name, subfolders ? COPY_SUBFOLDERS : 0);
    if (SUCCEEDED(hr) && !new_name)
        hr = own_name(self, &new_name);
    if (SUCCEEDED(hr))
        hr = folder_find_child(target, target->base.parent, new_name, &copy);
    if (SUCCEEDED(hr))
        *value = (IMhFolder *)&copy->base;
    if (target)
        auto_release(&target->base);
    SysFreeString(new_name);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE folder_MoveTo(IMhFolder *iface, VARIANT id, VARIANT store, IMhFolder **value)
{
    struct folder *self = folder_from(iface), *target = NULL, *moved = NULL;
    BSTR name = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &id);
    if (SUCCEEDED(hr))
        hr = own_name(self, &name);
    if (SUCCEEDED(hr))
        hr = open_target(self, &id, &store, &target);
    if (SUCCEEDED(hr)) {
        auto_close_children(&self->base);
        hr = copy_folder(self, target, NULL, FOLDER_MOVE | COPY_SUBFOLDERS);
    }
    if (SUCCEEDED(hr))
        hr = folder_find_child(target, target->base.parent, name, &moved);
    if (SUCCEEDED(hr))
        *value = (IMhFolder *)&moved->base;
    if (target)
        auto_release(&target->base);
    SysFreeString(name);
    return auto_leave(&call, hr);
}

/* Moves the folder into Deleted Items, under another name when there is one of its own already, as Outlook does. */
static HRESULT move_to_deleted_items(struct folder *self)
{
    struct infostore *infostore = object_infostore(&self->base);
    IMhFolder *deleted = NULL;
    WCHAR numbered[270];
    BSTR name = NULL;
    HRESULT hr = infostore ? infostore_default_folder(infostore, CdoDefaultFolderDeletedItems, &deleted)
                           : MAPI_E_OBJECT_DELETED;

    if (SUCCEEDED(hr))
        hr = own_name(self, &name);
    if (SUCCEEDED(hr))
        hr = copy_folder(self, (struct folder *)deleted, NULL, FOLDER_MOVE | COPY_SUBFOLDERS);
    for (unsigned i = 1; hr == MAPI_E_COLLISION && i < 1000; i++) {
        _snwprintf(numbered, ARRAYSIZE(numbered), L"%.250ls (%u)", name, i);
        hr = copy_folder(self, (struct folder *)deleted, numbered, FOLDER_MOVE | COPY_SUBFOLDERS);
    }
    SysFreeString(name);
    if (deleted)
        IMhFolder_Release(deleted);
    return hr;
}

static HRESULT delete_for_good(struct folder *self)
{
    IMAPIFolder *parent = NULL;
    HRESULT hr = folder_open_parent(self, &parent);

    if (SUCCEEDED(hr))
        hr = parent->lpVtbl->DeleteFolder(parent, self->id.cb, (ENTRYID *)self->id.lpb, 0, NULL, DEL_MESSAGES | DEL_FOLDERS);
    if (parent)
        parent->lpVtbl->Release(parent);
    if (hr == MAPI_W_PARTIAL_COMPLETION)
        hr = auto_fail(&self->base, MAPI_E_UNABLE_TO_COMPLETE, L"some of the folder's contents were not deleted");
    return hr;
}

HRESULT STDMETHODCALLTYPE folder_Delete(IMhFolder *iface, VARIANT deleted_items)
{
    struct folder *self = folder_from(iface);
    struct auto_call call;
    bool keep = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&deleted_items, false, &keep);
    if (SUCCEEDED(hr)) {
        auto_close_children(&self->base);
        hr = keep ? move_to_deleted_items(self) : delete_for_good(self);
    }
    if (SUCCEEDED(hr))
        auto_close(&self->base);
    return auto_leave(&call, hr);
}

HRESULT folder_empty(IMAPIFolder *folder, bool hidden)
{
    HRESULT hr = folder->lpVtbl->EmptyFolder(folder, 0, NULL, hidden ? DEL_ASSOCIATED : 0);

    return hr == MAPI_W_PARTIAL_COMPLETION ? MAPI_E_UNABLE_TO_COMPLETE : hr;
}

HRESULT STDMETHODCALLTYPE folder_Empty(IMhFolder *iface, VARIANT hidden)
{
    struct folder *self = folder_from(iface);
    IMAPIFolder *mapi;
    struct auto_call call;
    bool also_hidden = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&hidden, false, &also_hidden);
    if (SUCCEEDED(hr))
        hr = folder_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = folder_empty(mapi, also_hidden);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE folder_EmptyDeletedItems(IMhFolder *iface)
{
    struct folder *self = folder_from(iface);
    struct infostore *infostore = object_infostore(&self->base);
    IMhFolder *deleted = NULL;
    IMAPIFolder *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && !infostore)
        hr = MAPI_E_OBJECT_DELETED;
    if (SUCCEEDED(hr))
        hr = infostore_default_folder(infostore, CdoDefaultFolderDeletedItems, &deleted);
    if (SUCCEEDED(hr))
        hr = folder_open((struct folder *)deleted, &mapi);
    if (SUCCEEDED(hr))
        hr = folder_empty(mapi, true);
    if (deleted)
        IMhFolder_Release(deleted);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE folder_SetReadFlags(IMhFolder *iface, VARIANT read)
{
    struct folder *self = folder_from(iface);
    IMAPIFolder *mapi;
    struct auto_call call;
    bool mark_read = true;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&read, true, &mark_read);
    if (SUCCEEDED(hr))
        hr = folder_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->SetReadFlags(mapi, NULL, 0, NULL, mark_read ? SUPPRESS_RECEIPT : CLEAR_READ_FLAG);
    return auto_leave(&call, hr);
}

/* The Finder folder of the store, where search folders live that a person sees; the root folder where there is none. */
static HRESULT open_search_root(struct folder *self, IMAPIFolder **out)
{
    SPropValue *id = NULL;
    IMsgStore *mdb;
    HRESULT hr = mapi_store_mdb(self->store, &mdb);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = mapi_prop_get(MAPI_PROP(mdb), PR_FINDER_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = mapi_store_open_entry(self->store, &id->Value.bin, NULL, (IUnknown **)out);
    else
        hr = mapi_store_open_entry(self->store, &(SBinary){0, NULL}, NULL, (IUnknown **)out);
    mapi_free(id);
    return hr;
}

static HRESULT start_search(struct folder *self, IMAPIFolder *search, SRestriction *restriction, bool deep)
{
    SBinary id = self->id;
    ENTRYLIST scope = {1, &id};

    return search->lpVtbl->SetSearchCriteria(search, restriction, &scope,
                                             RESTART_SEARCH | (deep ? RECURSIVE_SEARCH : SHALLOW_SEARCH));
}

HRESULT STDMETHODCALLTYPE folder_AddSearchFolder(IMhFolder *iface, VARIANT name, VARIANT where, VARIANT recursive,
                                                 IMhFolder **value)
{
    struct folder *self = folder_from(iface), *made = NULL;
    IMAPIFolder *mapi, *root = NULL, *search = NULL;
    struct infostore *infostore = object_infostore(&self->base);
    struct mem_arena arena = {NULL};
    SRestriction *restriction = NULL;
    SPropValue *id = NULL;
    BSTR text = NULL;
    struct auto_call call;
    bool deep = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &name);
    auto_arg_variant(&call, &where);
    if (SUCCEEDED(hr) && (variant_blank(&name) || !variant_is_text(variant_deref(&name))))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"a folder needs a name");
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&name, &text);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&recursive, false, &deep);
    if (SUCCEEDED(hr))
        hr = folder_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = object_where_arg(&self->base, MAPI_PROP(mapi), &where, &arena, &restriction);
    if (SUCCEEDED(hr) && !restriction)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"a search folder needs a where clause");
    if (SUCCEEDED(hr))
        hr = open_search_root(self, &root);
    if (SUCCEEDED(hr))
        hr = root->lpVtbl->CreateFolder(root, FOLDER_SEARCH, (LPTSTR)text, (LPTSTR)L"", NULL, MAPI_UNICODE, &search);
    if (SUCCEEDED(hr))
        hr = start_search(self, search, restriction, deep);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(search), PR_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = folder_create(&infostore->base, self->store, &id->Value.bin, text, &made);
    if (SUCCEEDED(hr))
        *value = (IMhFolder *)&made->base;
    mapi_free(id);
    if (search)
        search->lpVtbl->Release(search);
    if (root)
        root->lpVtbl->Release(root);
    mem_arena_free(&arena);
    SysFreeString(text);
    return auto_leave(&call, hr);
}
