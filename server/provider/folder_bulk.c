/*
 * folder_bulk.c: IMAPIFolder's methods on many messages: copy, move, delete, read flags.
 *
 * Layer: provider, store part. Work goes in transactions of some hundred messages. A message that is not there (any more)
 * does not stop the others: the answer is then MAPI_W_PARTIAL_COMPLETION.
 */
#include "folder.h"
#include "submit.h"
#include <stdlib.h>
#include <string.h>

#define BATCH 200 /* messages a transaction */

HRESULT progress_tell(IMAPIProgress *progress, ULONG i, ULONG n)
{
    ULONG flags = 0, low = 0, high = 1000;
    if (!progress || !n)
        return S_OK;
    progress->lpVtbl->GetFlags(progress, &flags);
    progress->lpVtbl->GetMin(progress, &low);
    progress->lpVtbl->GetMax(progress, &high);
    bool top = flags & MAPI_TOP_LEVEL;
    HRESULT hr = progress->lpVtbl->Progress(progress, low + (ULONG)((uint64_t)(high - low) * i / n), top ? i : 0,
                                            top ? n : 0);
    return FAILED(hr) ? MAPI_E_USER_CANCEL : S_OK;
}

HRESULT folder_message_ids(struct store *store, mbx_id folder, enum mbx_view_kind kind, mbx_id **ids, ULONG *count)
{
    struct mbx_view *view;
    struct view_names names = {*store_guid(store), store->open_flags};
    *ids = NULL;
    *count = 0;
    HRESULT hr = mailbox_view_open(store->mbx, kind, folder, view_entryid, &names, &view);
    if (SUCCEEDED(hr)) {
        hr = view_ids(view, ids, count);
        view_close(view);
    }
    return hr;
}

/* ---- one step for each message ---- */

struct bulk {
    struct folder *folder;
    struct folder *target; /* copy and move */
    ULONG flags;
    HRESULT (*step)(struct bulk *bulk, mbx_id id);
    mbx_id moved[BATCH];   /* copied into another mailbox, to be deleted here */
    ULONG moved_count;
};

/* Errors that concern one message only. */
static bool is_partial(HRESULT hr)
{
    return hr == MAPI_E_NOT_FOUND || hr == MAPI_E_OBJECT_DELETED || hr == MAPI_E_INVALID_ENTRYID ||
           hr == MAPI_E_UNKNOWN_ENTRYID || hr == MAPI_E_CORRUPT_DATA;
}

/* The message's id, if it is in the folder. */
static HRESULT listed_id(struct folder *folder, const SBinary *entryid, mbx_id *id)
{
    uint64_t version;
    mbx_id in = 0;
    HRESULT hr = store_parse_entryid(folder->prop.base.store, MAPI_MESSAGE, entryid->cb, (const ENTRYID *)entryid->lpb, id);
    if (SUCCEEDED(hr))
        hr = mailbox_message_find(folder->prop.base.store->mbx, *id, &in, &version);
    return SUCCEEDED(hr) && in != folder->id && folder->type != FOLDER_SEARCH ? MAPI_E_NOT_FOUND : hr;
}

/* The mailbox that is written to first. */
static struct mailbox *written(const struct bulk *bulk)
{
    struct store *store = bulk->folder->prop.base.store;
    return (bulk->target ? store_target(store, bulk->target->prop.base.store) : store)->mbx;
}

/* One transaction: the messages from *i on, at most BATCH of them. */
static HRESULT run_batch(struct bulk *bulk, const ENTRYLIST *list, const mbx_id *ids, ULONG *i, ULONG count, bool *partial)
{
    struct mailbox *mbx = written(bulk);
    ULONG end = count - *i > BATCH ? *i + BATCH : count;
    bulk->moved_count = 0;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    for (; SUCCEEDED(hr) && *i < end; ++*i) {
        mbx_id id = list ? 0 : ids[*i];
        hr = list ? listed_id(bulk->folder, &list->lpbin[*i], &id) : S_OK;
        if (SUCCEEDED(hr))
            hr = bulk->step(bulk, id);
        if (is_partial(hr)) {
            *partial = true;
            hr = S_OK;
        }
    }
    if (SUCCEEDED(hr))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

/* What has been copied into another mailbox goes from this one. */
static HRESULT delete_moved(struct bulk *bulk)
{
    struct mailbox *mbx = bulk->folder->prop.base.store->mbx;
    HRESULT hr = bulk->moved_count ? mailbox_begin(mbx) : S_OK;
    if (FAILED(hr) || !bulk->moved_count)
        return hr;
    for (ULONG i = 0; SUCCEEDED(hr) && i < bulk->moved_count; i++) {
        hr = mailbox_message_delete(mbx, bulk->moved[i], true);
        if (is_partial(hr))
            hr = S_OK; /* another was faster */
    }
    if (SUCCEEDED(hr))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

/* All messages of the list, or of `ids` when list is NULL. across: other mailboxes are concerned. */
static HRESULT bulk_run(struct bulk *bulk, const ENTRYLIST *list, const mbx_id *ids, ULONG count, bool across,
                        IMAPIProgress *progress)
{
    bool partial = false;
    HRESULT hr = S_OK;
    for (ULONG i = 0; SUCCEEDED(hr) && i < count;) {
        if (across)
            storage_across_begin();
        hr = run_batch(bulk, list, ids, &i, count, &partial);
        if (across)
            storage_across_end();
        if (SUCCEEDED(hr))
            hr = delete_moved(bulk);
        if (SUCCEEDED(hr) && FAILED(progress_tell(progress, i, count)))
            return i < count || partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
    }
    return FAILED(hr) ? hr : partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

static HRESULT check_list(const ENTRYLIST *list)
{
    if (!list || (list->cValues && !list->lpbin))
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG i = 0; i < list->cValues; i++)
        if (!list->lpbin[i].cb || !list->lpbin[i].lpb)
            return MAPI_E_INVALID_PARAMETER;
    return S_OK;
}

/* ---- copy and move ---- */

static HRESULT step_copy(struct bulk *bulk, mbx_id id)
{
    struct mailbox *from = bulk->folder->prop.base.store->mbx, *to = written(bulk);
    mbx_id made;
    if ((bulk->flags & MESSAGE_MOVE) && from == to)
        return mailbox_message_move(from, id, bulk->target->id);
    HRESULT hr = mailbox_message_copy(from, id, to, bulk->target->id, NULL, &made);
    if (SUCCEEDED(hr) && (bulk->flags & MESSAGE_MOVE))
        bulk->moved[bulk->moved_count++] = id;
    return hr;
}

HRESULT folder_copy_message_foreign(struct folder *folder, mbx_id id, IMAPIFolder *target, bool associated)
{
    IMessage *from = NULL, *to = NULL;
    HRESULT hr = message_open(&folder->prop.base, id, 0, &from);
    if (SUCCEEDED(hr))
        hr = target->lpVtbl->CreateMessage(target, NULL, associated ? MAPI_ASSOCIATED : 0, &to);
    if (SUCCEEDED(hr))
        hr = from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMessage, to, 0, NULL);
    if (SUCCEEDED(hr))
        hr = to->lpVtbl->SaveChanges(to, 0);
    if (from)
        IUnknown_Release((IUnknown *)from);
    if (to)
        IUnknown_Release((IUnknown *)to);
    return hr;
}

/* A folder of another provider: message by message, through its own interfaces. */
static HRESULT copy_to_foreign(struct folder *folder, const ENTRYLIST *list, IMAPIFolder *target, ULONG flags,
                               IMAPIProgress *progress)
{
    bool partial = false;
    HRESULT hr = S_OK;
    for (ULONG i = 0; SUCCEEDED(hr) && i < list->cValues; i++) {
        mbx_id id;
        hr = listed_id(folder, &list->lpbin[i], &id);
        if (SUCCEEDED(hr))
            hr = folder_copy_message_foreign(folder, id, target, false);
        if (SUCCEEDED(hr) && (flags & MESSAGE_MOVE))
            hr = mailbox_message_delete(folder->prop.base.store->mbx, id, true);
        if (is_partial(hr)) {
            partial = true;
            hr = S_OK;
        }
        if (SUCCEEDED(hr) && FAILED(progress_tell(progress, i + 1, list->cValues)))
            return MAPI_W_PARTIAL_COMPLETION;
    }
    return FAILED(hr) ? hr : partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

HRESULT STDMETHODCALLTYPE folder_CopyMessages(IMAPIFolder *self, LPENTRYLIST list, LPCIID iid, LPVOID target,
                                              ULONG_PTR ui, LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = (struct folder *)self;
    struct session *also;
    (void)ui;
    HRESULT hr = check_list(list);
    if (FAILED(hr) || !target)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MESSAGE_MOVE | MESSAGE_DIALOG | MAPI_DECLINE_OK))
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid && !IsEqualIID(iid, &IID_IMAPIFolder) && !IsEqualIID(iid, &IID_IMAPIContainer) &&
        !IsEqualIID(iid, &IID_IMAPIProp) && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    hr = object_enter_both(&folder->prop.base, target, &also);
    if (FAILED(hr))
        return hr;
    if (!(flags & MESSAGE_DIALOG))
        progress = NULL;
    struct bulk bulk = {.folder = folder, .target = folder_from_param(target), .flags = flags, .step = step_copy};
    if ((flags & MESSAGE_MOVE) && !folder->prop.writable)
        hr = MAPI_E_NO_ACCESS;
    else if (!bulk.target)
        hr = copy_to_foreign(folder, list, target, flags, progress);
    else if (!bulk.target->prop.writable)
        hr = MAPI_E_NO_ACCESS;
    else if (bulk.target->type == FOLDER_SEARCH || !bulk.target->prop.base.store->mbx)
        hr = MAPI_E_NO_SUPPORT;
    else
        hr = bulk_run(&bulk, list, NULL, list->cValues, written(&bulk) != folder->prop.base.store->mbx, progress);
    object_leave_both(&folder->prop.base, also);
    return hr;
}

/* ---- delete ---- */

static HRESULT step_delete(struct bulk *bulk, mbx_id id)
{
    return mailbox_message_delete(bulk->folder->prop.base.store->mbx, id, bulk->flags & DELETE_HARD_DELETE);
}

HRESULT STDMETHODCALLTYPE folder_DeleteMessages(IMAPIFolder *self, LPENTRYLIST list, ULONG_PTR ui,
                                                LPMAPIPROGRESS progress, ULONG flags)
{
    struct folder *folder = (struct folder *)self;
    (void)ui;
    HRESULT hr = check_list(list);
    if (FAILED(hr))
        return hr;
    if (flags & ~(MESSAGE_DIALOG | DELETE_HARD_DELETE))
        return MAPI_E_UNKNOWN_FLAGS;
    hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    struct bulk bulk = {.folder = folder, .flags = flags, .step = step_delete};
    hr = folder->prop.writable
             ? bulk_run(&bulk, list, NULL, list->cValues, false, flags & MESSAGE_DIALOG ? progress : NULL)
             : MAPI_E_NO_ACCESS;
    object_leave(&folder->prop.base);
    return hr;
}

/* ---- read flags ---- */

static HRESULT step_read(struct bulk *bulk, mbx_id id)
{
    struct store *store = bulk->folder->prop.base.store;
    struct mbx_message *msg;
    ULONG set, clear;
    HRESULT hr = mailbox_message_load(store->mbx, id, MBX_LOAD_PROPS, &msg);
    if (FAILED(hr))
        return hr;
    hr = submit_read_flags(store, id, msg->props, bulk->flags & ~(ULONG)MESSAGE_DIALOG, &set, &clear);
    if (SUCCEEDED(hr)) {
        ULONG now = (ULONG)propbag_long(msg->props, PR_MESSAGE_FLAGS, 0);
        if (((now & ~clear) | set) != now)
            hr = mailbox_message_set_flags(store->mbx, id, PR_MESSAGE_FLAGS, set, clear, NULL);
    }
    mbx_message_free(msg);
    return hr;
}

HRESULT STDMETHODCALLTYPE folder_SetReadFlags(IMAPIFolder *self, LPENTRYLIST list, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                              ULONG flags)
{
    const ULONG known = CLEAR_READ_FLAG | CLEAR_NRN_PENDING | CLEAR_RN_PENDING | GENERATE_RECEIPT_ONLY |
                        MAPI_DEFERRED_ERRORS | MESSAGE_DIALOG | SUPPRESS_RECEIPT;
    struct folder *folder = (struct folder *)self;
    mbx_id *ids = NULL;
    ULONG count = 0;
    (void)ui;
    HRESULT hr = list ? check_list(list) : S_OK;
    if (FAILED(hr))
        return hr;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & CLEAR_READ_FLAG) && (flags & (SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)))
        return MAPI_E_INVALID_PARAMETER;
    hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store_check_write(folder->prop.base.store);
    if (list)
        count = list->cValues;
    else if (SUCCEEDED(hr))
        hr = folder_message_ids(folder->prop.base.store, folder->id, MBX_VIEW_CONTENTS, &ids, &count);
    struct bulk bulk = {.folder = folder, .flags = flags, .step = step_read};
    if (SUCCEEDED(hr))
        hr = bulk_run(&bulk, list, ids, count, true, flags & MESSAGE_DIALOG ? progress : NULL); /* receipts go elsewhere */
    free(ids);
    object_leave(&folder->prop.base);
    return hr;
}
