/*
 * folder_tree.c: IMAPIFolder's methods on folders as a whole: create, copy, move, delete, empty.
 *
 * Layer: provider, store part. Each runs in one transaction of the mailbox it changes, so that a failure leaves nothing
 * half done there; a move into another mailbox is a copy first and then a deletion.
 */
#include "folder.h"
#include <stdlib.h>
#include <string.h>

/* ---- create ---- */

static HRESULT set_container_class(struct store *store, mbx_id parent, struct propbag *props)
{
    static const SizedSPropTagArray(1, wanted) = {1, {PR_CONTAINER_CLASS_W}};
    struct propbag *inherited = NULL;
    HRESULT hr = mailbox_props_load(store->mbx, parent, (const SPropTagArray *)&wanted, &inherited);
    const WCHAR *name = SUCCEEDED(hr) ? propbag_string(inherited, PR_CONTAINER_CLASS_W) : NULL;
    hr = propbag_set_string(props, PR_CONTAINER_CLASS_W, name && *name ? name : L"IPF.Note");
    propbag_free(inherited);
    return hr;
}

static HRESULT set_times(struct propbag *props)
{
    SPropValue time = {.ulPropTag = PR_CREATION_TIME, .Value.ft = time_now()};
    HRESULT hr = propbag_set(props, &time);
    time.ulPropTag = PR_LAST_MODIFICATION_TIME;
    return FAILED(hr) ? hr : propbag_set(props, &time);
}

HRESULT STDMETHODCALLTYPE folder_CreateFolder(IMAPIFolder *self, ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid,
                                              ULONG flags, LPMAPIFOLDER *out)
{
    struct folder *folder = (struct folder *)self;
    struct store *store = folder->prop.base.store;
    struct propbag *props = NULL;
    WCHAR *wide_name = NULL, *wide_comment = NULL;
    struct mbx_folder info;
    mbx_id made = 0;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!name || (type != FOLDER_GENERIC && type != FOLDER_SEARCH))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | OPEN_IF_EXISTS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (!object_grants(&folder->prop.base, iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = folder->prop.writable ? text_from_param(name, flags, &wide_name) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr) && !*wide_name)
        hr = MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr) && folder->type == FOLDER_SEARCH)
        hr = MAPI_E_NO_SUPPORT;
    if (SUCCEEDED(hr))
        hr = text_from_param(comment, flags, &wide_comment);
    if (SUCCEEDED(hr))
        hr = propbag_create(&props);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, PR_DISPLAY_NAME_W, wide_name);
    if (SUCCEEDED(hr) && wide_comment)
        hr = propbag_set_string(props, PR_COMMENT_W, wide_comment);
    if (SUCCEEDED(hr))
        hr = set_times(props);
    if (SUCCEEDED(hr))
        hr = set_container_class(store, folder->id, props);
    if (SUCCEEDED(hr))
        hr = mailbox_folder_create(store->mbx, folder->id, type, props, &made);
    if (hr == MAPI_E_COLLISION && (flags & OPEN_IF_EXISTS) && made) {
        hr = mailbox_folder_get(store->mbx, made, &info);
        if (SUCCEEDED(hr) && info.type != type)
            hr = MAPI_E_COLLISION; /* the name is another kind of folder's */
    }
    if (SUCCEEDED(hr))
        hr = folder_open(&folder->prop.base, made, MAPI_MODIFY, out);
    propbag_free(props);
    free(wide_name);
    free(wide_comment);
    object_leave(&folder->prop.base);
    return hr;
}

/* ---- copy and move ---- */

struct tree_copy {
    struct store *from, *to;
    bool subfolders;
    bool partial;
    IMAPIProgress *progress;
};

static HRESULT copy_messages(struct tree_copy *copy, mbx_id from, mbx_id to, enum mbx_view_kind kind)
{
    mbx_id *ids, made;
    ULONG count;
    HRESULT hr = folder_message_ids(copy->from, from, kind, &ids, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        hr = mailbox_message_copy(copy->from->mbx, ids[i], copy->to->mbx, to, NULL, &made);
        if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_OBJECT_DELETED) {
            copy->partial = true;
            hr = S_OK;
        }
        if (SUCCEEDED(hr))
            hr = progress_tell(copy->progress, i + 1, count);
    }
    free(ids);
    return hr;
}

/* What a copied folder does not take along. */
static void strip_folder_props(struct propbag *props)
{
    static const ULONG gone[] = {PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY, PR_CREATION_TIME};
    for (size_t i = 0; i < ARRAYSIZE(gone); i++)
        propbag_delete(props, PROP_ID(gone[i]));
}

static HRESULT copy_folder(struct tree_copy *copy, mbx_id from, mbx_id to_parent, const WCHAR *new_name)
{
    struct mbx_folder info;
    struct propbag *props = NULL;
    mbx_id *children = NULL, made = 0;
    ULONG count = 0;
    HRESULT hr = mailbox_folder_get(copy->from->mbx, from, &info);
    if (SUCCEEDED(hr))
        hr = mailbox_props_load(copy->from->mbx, from, NULL, &props);
    if (SUCCEEDED(hr) && new_name)
        hr = propbag_set_string(props, PR_DISPLAY_NAME_W, new_name);
    if (SUCCEEDED(hr)) {
        strip_folder_props(props);
        hr = set_times(props);
    }
    /* The children are listed first: the copy may lie below its source's parent. */
    if (SUCCEEDED(hr) && copy->subfolders)
        hr = folder_message_ids(copy->from, from, MBX_VIEW_FOLDERS, &children, &count);
    if (SUCCEEDED(hr))
        hr = mailbox_folder_create(copy->to->mbx, to_parent, info.type, props, &made);
    if (SUCCEEDED(hr) && info.type != FOLDER_SEARCH) {
        hr = copy_messages(copy, from, made, MBX_VIEW_CONTENTS);
        if (SUCCEEDED(hr))
            hr = copy_messages(copy, from, made, MBX_VIEW_ASSOCIATED);
    }
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = copy_folder(copy, children[i], made, NULL);
    free(children);
    propbag_free(props);
    return hr;
}

static HRESULT copy_tree(struct tree_copy *copy, mbx_id from, mbx_id to_parent, const WCHAR *new_name)
{
    bool across = copy->from->mbx != copy->to->mbx;
    if (across)
        storage_across_begin();
    HRESULT hr = mailbox_begin(copy->to->mbx);
    if (SUCCEEDED(hr)) {
        hr = copy_folder(copy, from, to_parent, new_name);
        if (SUCCEEDED(hr))
            hr = mailbox_commit(copy->to->mbx);
        else
            mailbox_rollback(copy->to->mbx);
    }
    if (across)
        storage_across_end();
    return hr;
}

static HRESULT copy_or_move(struct store *from, mbx_id id, struct folder *target, const WCHAR *new_name, ULONG flags,
                            IMAPIProgress *progress)
{
    struct store *to = store_target(from, target->prop.base.store);
    struct tree_copy copy = {.from = from, .to = to, .progress = progress,
                             .subfolders = (flags & (COPY_SUBFOLDERS | FOLDER_MOVE)) != 0};
    bool inside = false, same = from->mbx == to->mbx;
    HRESULT hr = S_OK;
    if (same && copy.subfolders) {
        hr = mailbox_folder_is_ancestor(from->mbx, id, target->id, &inside);
        if (SUCCEEDED(hr) && (inside || id == target->id))
            hr = MAPI_E_FOLDER_CYCLE;
    }
    if (FAILED(hr))
        return hr;
    if ((flags & FOLDER_MOVE) && same)
        return mailbox_folder_move(from->mbx, id, target->id, new_name);
    if ((flags & FOLDER_MOVE) && id < MBX_FIRST_FREE)
        return MAPI_E_NO_ACCESS; /* a default folder stays in its mailbox */
    hr = copy_tree(&copy, id, target->id, new_name);
    if (SUCCEEDED(hr) && (flags & FOLDER_MOVE) && !copy.partial)
        hr = mailbox_folder_delete(from->mbx, id, DEL_MESSAGES | DEL_FOLDERS | DELETE_HARD_DELETE);
    return SUCCEEDED(hr) && copy.partial ? MAPI_W_PARTIAL_COMPLETION : hr;
}

/* ---- into a folder of another provider ---- */

/* A folder of ours and what is in it, through the interfaces of both. Properties come first, then messages, then subfolders.
 * partial: what could not be copied while the rest was. */
static HRESULT copy_foreign(struct folder *from, IMAPIFolder *to_parent, const WCHAR *new_name, ULONG flags, bool *partial,
                            IMAPIProgress *progress)
{
    static const SizedSPropTagArray(8, own) = {
        8, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY, PR_FOLDER_TYPE, PR_CONTAINER_CONTENTS,
            PR_CONTAINER_HIERARCHY, PR_FOLDER_ASSOCIATED_CONTENTS}};
    static const enum mbx_view_kind kinds[] = {MBX_VIEW_CONTENTS, MBX_VIEW_ASSOCIATED};
    struct store *store = from->prop.base.store;
    IMAPIFolder *made = NULL;
    mbx_id *ids = NULL;
    ULONG count = 0;
    SPropValue name;
    void *base;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = from->prop.ops->load(&from->prop);
    if (SUCCEEDED(hr))
        hr = prop_get(&from->prop, PR_DISPLAY_NAME_W, base, &name);
    if (SUCCEEDED(hr))
        hr = to_parent->lpVtbl->CreateFolder(to_parent, FOLDER_GENERIC, (LPTSTR)(new_name ? new_name : name.Value.lpszW), NULL,
                                             NULL, MAPI_UNICODE, &made);
    MAPIFreeBuffer(base);
    if (SUCCEEDED(hr))
        hr = prop_CopyTo(from, 0, NULL, (SPropTagArray *)&own, 0, NULL, &IID_IMAPIProp, made, 0, NULL);
    for (size_t k = 0; SUCCEEDED(hr) && from->type != FOLDER_SEARCH && k < ARRAYSIZE(kinds); k++) {
        hr = folder_message_ids(store, from->id, kinds[k], &ids, &count);
        for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
            hr = folder_copy_message_foreign(from, ids[i], made, kinds[k] == MBX_VIEW_ASSOCIATED);
            if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_OBJECT_DELETED || hr == MAPI_E_CORRUPT_DATA) {
                *partial = true;
                hr = S_OK;
            }
            if (SUCCEEDED(hr))
                hr = progress_tell(progress, i + 1, count);
        }
        free(ids);
        ids = NULL;
    }
    if (SUCCEEDED(hr) && (flags & (COPY_SUBFOLDERS | FOLDER_MOVE)))
        hr = folder_message_ids(store, from->id, MBX_VIEW_FOLDERS, &ids, &count);
    else
        count = 0;
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        IMAPIFolder *child = NULL;
        hr = folder_open(&from->prop.base, ids[i], 0, &child);
        if (SUCCEEDED(hr)) {
            hr = copy_foreign((struct folder *)child, made, NULL, flags, partial, progress);
            IUnknown_Release((IUnknown *)child);
        }
    }
    free(ids);
    if (made)
        IUnknown_Release((IUnknown *)made);
    return hr;
}

static HRESULT copy_or_move_foreign(struct folder *parent, mbx_id id, IUnknown *target, const WCHAR *new_name, ULONG flags,
                                    IMAPIProgress *progress)
{
    IMAPIFolder *from = NULL, *to = NULL;
    bool partial = false;
    HRESULT hr = IUnknown_QueryInterface(target, &IID_IMAPIFolder, (void **)&to);
    if (FAILED(hr))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & FOLDER_MOVE) && id < MBX_FIRST_FREE)
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = folder_open(&parent->prop.base, id, 0, &from);
    if (SUCCEEDED(hr))
        hr = copy_foreign((struct folder *)from, to, new_name, flags, &partial, progress);
    if (SUCCEEDED(hr) && (flags & FOLDER_MOVE) && !partial)
        hr = mailbox_folder_delete(parent->prop.base.store->mbx, id, DEL_MESSAGES | DEL_FOLDERS | DELETE_HARD_DELETE);
    if (from)
        IUnknown_Release((IUnknown *)from);
    IUnknown_Release((IUnknown *)to);
    return SUCCEEDED(hr) && partial ? MAPI_W_PARTIAL_COMPLETION : hr;
}

HRESULT STDMETHODCALLTYPE folder_CopyFolder(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, LPCIID iid, LPVOID target,
                                            LPTSTR new_name, ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    const ULONG known = COPY_SUBFOLDERS | FOLDER_DIALOG | FOLDER_MOVE | MAPI_DECLINE_OK | MAPI_UNICODE;
    struct folder *folder = (struct folder *)self, *to = folder_from_param(target);
    struct session *also;
    struct mbx_folder info;
    WCHAR *name = NULL;
    mbx_id id;
    (void)ui;
    if (!cb || !entryid || !target)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    if (to && !object_grants(&to->prop.base, iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    HRESULT hr = object_enter_both(&folder->prop.base, target, &also);
    if (FAILED(hr))
        return hr;
    hr = store_parse_entryid(folder->prop.base.store, MAPI_FOLDER, cb, entryid, &id);
    if (SUCCEEDED(hr) && ((to && !to->prop.writable) || ((flags & FOLDER_MOVE) && !folder->prop.writable)))
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = mailbox_folder_get(folder->prop.base.store->mbx, id, &info);
    if (SUCCEEDED(hr) && (info.parent != folder->id || id == MBX_ROOT))
        hr = MAPI_E_NOT_FOUND; /* only a folder's own subfolders can be copied through it */
    if (SUCCEEDED(hr))
        hr = text_from_param(new_name, flags, &name);
    const WCHAR *given = name && *name ? name : NULL;
    if (!(flags & FOLDER_DIALOG))
        progress = NULL;
    if (SUCCEEDED(hr))
        hr = to ? copy_or_move(folder->prop.base.store, id, to, given, flags, progress)
                : copy_or_move_foreign(folder, id, target, given, flags, progress);
    free(name);
    object_leave_both(&folder->prop.base, also);
    return hr;
}

/* ---- delete and empty ---- */

HRESULT STDMETHODCALLTYPE folder_DeleteFolder(IMAPIFolder *self, ULONG cb, LPENTRYID entryid, ULONG_PTR ui,
                                              LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = (struct folder *)self;
    struct mbx_folder info;
    mbx_id id;
    (void)ui, (void)progress;
    if (!cb || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(DEL_MESSAGES | DEL_FOLDERS | DELETE_HARD_DELETE | FOLDER_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = folder->prop.writable ? store_parse_entryid(folder->prop.base.store, MAPI_FOLDER, cb, entryid, &id)
                               : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = mailbox_folder_get(folder->prop.base.store->mbx, id, &info);
    if (SUCCEEDED(hr) && info.parent != folder->id)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = mailbox_folder_delete(folder->prop.base.store->mbx, id, flags & ~(ULONG)FOLDER_DIALOG);
    object_leave(&folder->prop.base);
    return hr;
}

static HRESULT delete_all(struct store *store, mbx_id folder, enum mbx_view_kind kind, bool hard)
{
    mbx_id *ids;
    ULONG count;
    HRESULT hr = folder_message_ids(store, folder, kind, &ids, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        hr = mailbox_message_delete(store->mbx, ids[i], hard);
        if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_OBJECT_DELETED)
            hr = S_OK;
    }
    free(ids);
    return hr;
}

static HRESULT empty(struct store *store, mbx_id folder, ULONG flags, bool *partial)
{
    bool hard = flags & DELETE_HARD_DELETE;
    mbx_id *children = NULL;
    ULONG count = 0;
    HRESULT hr = delete_all(store, folder, MBX_VIEW_CONTENTS, hard);
    if (SUCCEEDED(hr) && (flags & DEL_ASSOCIATED))
        hr = delete_all(store, folder, MBX_VIEW_ASSOCIATED, hard);
    if (SUCCEEDED(hr) && hard)
        hr = delete_all(store, folder, MBX_VIEW_CONTENTS_DELETED, true);
    if (SUCCEEDED(hr) && hard && (flags & DEL_ASSOCIATED))
        hr = delete_all(store, folder, MBX_VIEW_ASSOCIATED_DELETED, true);
    if (SUCCEEDED(hr))
        hr = folder_message_ids(store, folder, MBX_VIEW_FOLDERS, &children, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        hr = mailbox_folder_delete(store->mbx, children[i],
                                   DEL_MESSAGES | DEL_FOLDERS | (hard ? DELETE_HARD_DELETE : 0));
        if (hr == MAPI_E_NO_ACCESS) { /* a default folder stays */
            *partial = true;
            hr = S_OK;
        }
    }
    free(children);
    return hr;
}

HRESULT STDMETHODCALLTYPE folder_EmptyFolder(IMAPIFolder *self, ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = (struct folder *)self;
    bool partial = false;
    (void)ui, (void)progress;
    if (flags & ~(DEL_ASSOCIATED | DELETE_HARD_DELETE | FOLDER_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    struct mailbox *mbx = folder->prop.base.store->mbx;
    hr = folder->prop.writable ? S_OK : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr) && folder->type == FOLDER_SEARCH)
        hr = MAPI_E_NO_SUPPORT;
    if (SUCCEEDED(hr))
        hr = mailbox_begin(mbx);
    if (SUCCEEDED(hr)) {
        hr = empty(folder->prop.base.store, folder->id, flags, &partial);
        if (SUCCEEDED(hr))
            hr = mailbox_commit(mbx);
        else
            mailbox_rollback(mbx);
    }
    object_leave(&folder->prop.base);
    return SUCCEEDED(hr) && partial ? MAPI_W_PARTIAL_COMPLETION : hr;
}

/* ---- CopyTo's part: contents and subfolders ---- */

static bool taken(const SPropTagArray *tags, bool exclude, ULONG tag)
{
    bool listed = false;
    for (ULONG i = 0; tags && i < tags->cValues; i++)
        listed = listed || PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag);
    return listed != exclude;
}

HRESULT folder_copy_parts(struct prop_object *object, IMAPIProp *to, const SPropTagArray *tags, bool exclude, ULONG flags,
                          ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems)
{
    struct folder *from = (struct folder *)object, *target = folder_from_param(to);
    struct store *store = object->base.store;
    mbx_id *children = NULL;
    ULONG count = 0;
    HRESULT hr = S_OK;
    (void)ui, (void)problems;
    if (!target)
        return S_OK; /* the contents have no place there */
    bool contents = taken(tags, exclude, PR_CONTAINER_CONTENTS), inside = false;
    bool associated = taken(tags, exclude, PR_FOLDER_ASSOCIATED_CONTENTS);
    bool hierarchy = taken(tags, exclude, PR_CONTAINER_HIERARCHY);
    struct tree_copy copy = {.from = store, .to = store_target(store, target->prop.base.store), .subfolders = true,
                             .progress = flags & MAPI_DIALOG ? progress : NULL};
    if ((contents || associated || hierarchy) && !target->prop.writable)
        return MAPI_E_NO_ACCESS;
    if (hierarchy && store->mbx == copy.to->mbx) {
        hr = mailbox_folder_is_ancestor(store->mbx, from->id, target->id, &inside);
        if (SUCCEEDED(hr) && inside)
            hr = MAPI_E_FOLDER_CYCLE;
    }
    if (SUCCEEDED(hr) && contents)
        hr = copy_messages(&copy, from->id, target->id, MBX_VIEW_CONTENTS);
    if (SUCCEEDED(hr) && associated)
        hr = copy_messages(&copy, from->id, target->id, MBX_VIEW_ASSOCIATED);
    if (SUCCEEDED(hr) && hierarchy)
        hr = folder_message_ids(store, from->id, MBX_VIEW_FOLDERS, &children, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = copy_tree(&copy, children[i], target->id, NULL);
    free(children);
    children = NULL;
    if (SUCCEEDED(hr) && (flags & MAPI_MOVE)) {
        if (contents)
            hr = delete_all(store, from->id, MBX_VIEW_CONTENTS, true);
        if (SUCCEEDED(hr) && associated)
            hr = delete_all(store, from->id, MBX_VIEW_ASSOCIATED, true);
        if (SUCCEEDED(hr) && hierarchy && SUCCEEDED(folder_message_ids(store, from->id, MBX_VIEW_FOLDERS, &children, &count)))
            for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
                hr = mailbox_folder_delete(store->mbx, children[i], DEL_MESSAGES | DEL_FOLDERS | DELETE_HARD_DELETE);
        free(children);
    }
    return hr;
}
