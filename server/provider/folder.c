/*
 * folder.c: IMAPIFolder: opening, tables, new messages, message status.
 *
 * Layer: provider, store part.
 */
#include "folder.h"
#include "view_source.h"
#include <string.h>

static struct folder *folder_from(void *object)
{
    return object;
}

static void folder_destroy(void *object)
{
    prop_object_destroy(object);
}

static const IID *const folder_iids[] = {&IID_IMAPIFolder, &IID_IMAPIContainer, &IID_IMAPIProp, NULL};
static const struct object_class folder_class = {
    .name = "IMAPIFolder", .vtbl = &folder_vtbl, .size = sizeof(struct folder), .object_type = MAPI_FOLDER,
    .iids = folder_iids, .destroy = folder_destroy,
};

bool folder_is_ours(const void *object)
{
    return object && ((const struct object *)object)->lpVtbl == &folder_vtbl;
}

struct folder *folder_from_param(void *object)
{
    return folder_is_ours(object) ? object : NULL;
}

HRESULT folder_open(struct object *parent, mbx_id id, ULONG flags, IMAPIFolder **out)
{
    struct store *store = parent->store;
    struct mbx_folder info = {0};
    struct folder *folder;
    bool writable;
    *out = NULL;
    HRESULT hr = store_open_mode(store, flags, &writable);
    if (SUCCEEDED(hr))
        hr = mailbox_folder_get(store->mbx, id, &info);
    if (SUCCEEDED(hr) && info.soft_deleted && !(flags & SHOW_SOFT_DELETES))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = object_create(&folder_class, store_object(store), &folder);
    if (FAILED(hr))
        return hr;
    folder->id = id;
    folder->type = info.type;
    folder->prop.ops = &folder_prop_ops;
    folder->prop.writable = writable;
    *out = (IMAPIFolder *)folder;
    return S_OK;
}

/* ---- IMAPIContainer ---- */

static HRESULT STDMETHODCALLTYPE folder_GetContentsTable(IMAPIFolder *self, ULONG flags, LPMAPITABLE *out)
{
    struct folder *folder = folder_from(self);
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | MAPI_ASSOCIATED | SHOW_SOFT_DELETES))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    bool associated = flags & MAPI_ASSOCIATED;
    enum mbx_view_kind kind = flags & SHOW_SOFT_DELETES
                                  ? (associated ? MBX_VIEW_ASSOCIATED_DELETED : MBX_VIEW_CONTENTS_DELETED)
                                  : (associated ? MBX_VIEW_ASSOCIATED : MBX_VIEW_CONTENTS);
    hr = view_table_open(&folder->prop.base, kind, folder->id, folder->type == FOLDER_SEARCH, flags, out);
    if (SUCCEEDED(hr) && kind == MBX_VIEW_CONTENTS)
        hr = folder_apply_sort(folder, *out);
    if (FAILED(hr) && *out) {
        object_Release(*out);
        *out = NULL;
    }
    object_leave(&folder->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_GetHierarchyTable(IMAPIFolder *self, ULONG flags, LPMAPITABLE *out)
{
    struct folder *folder = folder_from(self);
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | CONVENIENT_DEPTH | SHOW_SOFT_DELETES))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    enum mbx_view_kind kind = flags & SHOW_SOFT_DELETES  ? MBX_VIEW_FOLDERS_DELETED
                              : flags & CONVENIENT_DEPTH ? MBX_VIEW_FOLDERS_DEEP
                                                         : MBX_VIEW_FOLDERS;
    hr = view_table_open(&folder->prop.base, kind, folder->id, false, flags, out);
    object_leave(&folder->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_OpenEntry(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, LPCIID iid, ULONG flags,
                                                  ULONG *object_type, LPUNKNOWN *out)
{
    struct folder *folder = folder_from(self);
    if (object_type)
        *object_type = 0;
    if (out)
        *out = NULL;
    if (!object_type || !out)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store_open_object(folder->prop.base.store, &folder->prop.base, cb, entryid, iid, flags, object_type, out);
    object_leave(&folder->prop.base);
    return hr;
}

/* ---- messages ---- */

static HRESULT STDMETHODCALLTYPE folder_CreateMessage(IMAPIFolder *self, LPCIID iid, ULONG flags, LPMESSAGE *out)
{
    struct folder *folder = folder_from(self);
    const ULONG known = MAPI_ASSOCIATED | MAPI_DEFERRED_ERRORS | 0x800 /* ITEMPROC_FORCE */;
    struct mbx_folder info;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (iid && !IsEqualIID(iid, &IID_IMessage) && !IsEqualIID(iid, &IID_IMAPIProp) && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    if (!folder->prop.writable)
        hr = MAPI_E_NO_ACCESS;
    else if (folder->type == FOLDER_SEARCH)
        hr = MAPI_E_NO_SUPPORT; /* a search folder has links only */
    else
        hr = mailbox_folder_get(folder->prop.base.store->mbx, folder->id, &info);
    if (SUCCEEDED(hr))
        hr = message_create(&folder->prop.base, folder->id, flags & MAPI_ASSOCIATED, out);
    object_leave(&folder->prop.base);
    return hr;
}

/* The id of a message that must be in this folder. */
static HRESULT message_in_folder(struct folder *folder, ULONG cb, const ENTRYID *entryid, mbx_id *id)
{
    uint64_t version;
    mbx_id in = 0;
    HRESULT hr = store_parse_entryid(folder->prop.base.store, MAPI_MESSAGE, cb, entryid, id);
    if (SUCCEEDED(hr))
        hr = mailbox_message_find(folder->prop.base.store->mbx, *id, &in, &version);
    return SUCCEEDED(hr) && in != folder->id && folder->type != FOLDER_SEARCH ? MAPI_E_NOT_FOUND : hr;
}

static HRESULT STDMETHODCALLTYPE folder_GetMessageStatus(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, ULONG flags,
                                                         ULONG *status)
{
    struct folder *folder = folder_from(self);
    mbx_id id;
    if (status)
        *status = 0;
    if (!status || !cb || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = message_in_folder(folder, cb, entryid, &id);
    if (SUCCEEDED(hr))
        hr = mailbox_message_set_flags(folder->prop.base.store->mbx, id, PR_MSG_STATUS, 0, 0, status);
    object_leave(&folder->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE folder_SetMessageStatus(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, ULONG status,
                                                         ULONG mask, ULONG *old)
{
    struct folder *folder = folder_from(self);
    ULONG before = 0;
    mbx_id id;
    if (old)
        *old = 0;
    if (!cb || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = folder->prop.writable ? message_in_folder(folder, cb, entryid, &id) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = mailbox_message_set_flags(folder->prop.base.store->mbx, id, PR_MSG_STATUS, status & mask, ~status & mask,
                                       &before);
    if (SUCCEEDED(hr) && old)
        *old = before;
    object_leave(&folder->prop.base);
    return hr;
}

const IMAPIFolderVtbl folder_vtbl = {
    PROP_OBJECT_VTBL,
    .GetContentsTable = folder_GetContentsTable,
    .GetHierarchyTable = folder_GetHierarchyTable,
    .OpenEntry = folder_OpenEntry,
    .SetSearchCriteria = folder_SetSearchCriteria,
    .GetSearchCriteria = folder_GetSearchCriteria,
    .CreateMessage = folder_CreateMessage,
    .CopyMessages = folder_CopyMessages,
    .DeleteMessages = folder_DeleteMessages,
    .CreateFolder = folder_CreateFolder,
    .CopyFolder = folder_CopyFolder,
    .DeleteFolder = folder_DeleteFolder,
    .SetReadFlags = folder_SetReadFlags,
    .GetMessageStatus = folder_GetMessageStatus,
    .SetMessageStatus = folder_SetMessageStatus,
    .SaveContentsSort = folder_SaveContentsSort,
    .EmptyFolder = folder_EmptyFolder,
};
