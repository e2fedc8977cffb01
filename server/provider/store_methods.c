/*
 * store_methods.c: IMsgStore.
 *
 * Layer: provider, store part. Messages are delivered within SubmitMessage, so that the outgoing queue is empty except
 * after a crash; then submitted messages that are still in the Outbox are in it.
 */
#include "store.h"
#include "message.h"
#include "submit.h"
#include "table.h"
#include "view_source.h"
#include <stdlib.h>
#include <string.h>

static HRESULT STDMETHODCALLTYPE store_Advise(IMsgStore *self, ULONG cb, LPENTRYID entryid, ULONG mask,
                                              LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    struct store *store = (struct store *)self;
    mbx_id id = 0;
    if (connection)
        *connection = 0;
    if (!sink || !connection || (cb && !entryid) || !mask)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    if (cb) {
        struct entryid parsed;
        hr = entryid_parse(cb, entryid, &parsed);
        if (SUCCEEDED(hr) && !IsEqualGUID(&parsed.mailbox, store_guid(store)))
            hr = MAPI_E_UNKNOWN_ENTRYID;
        id = parsed.object_type == MAPI_STORE ? 0 : parsed.id;
    }
    if (SUCCEEDED(hr))
        hr = notify_advise(&store->prop.base, store->mbx, id, mask, sink, connection);
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_Unadvise(IMsgStore *self, ULONG_PTR connection)
{
    return notify_unadvise((struct object *)self, connection);
}

static HRESULT STDMETHODCALLTYPE store_CompareEntryIDs(IMsgStore *self, ULONG cb1, LPENTRYID id1, ULONG cb2,
                                                       LPENTRYID id2, ULONG flags, ULONG *result)
{
    struct store *store = (struct store *)self;
    if (result)
        *result = FALSE;
    if (!result || !id1 || !id2 || !cb1 || !cb2)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    struct entryid a, b;
    hr = entryid_parse(cb1, id1, &a);
    if (SUCCEEDED(hr))
        hr = entryid_parse(cb2, id2, &b);
    if (SUCCEEDED(hr))
        *result = entryid_equal(cb1, id1, cb2, id2);
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_OpenEntry(IMsgStore *self, ULONG cb, LPENTRYID entryid, LPCIID iid, ULONG flags,
                                                 ULONG *object_type, LPUNKNOWN *out)
{
    struct store *store = (struct store *)self;
    if (object_type)
        *object_type = 0;
    if (out)
        *out = NULL;
    if (!object_type || !out)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store_open_object(store, &store->prop.base, cb, entryid, iid, flags, object_type, out);
    object_leave(&store->prop.base);
    return hr;
}

/* ---- receive folders ---- */

static bool valid_class(const WCHAR *name)
{
    for (const WCHAR *c = name; c && *c; c++)
        if (*c < 0x20 || *c > 0x7e || c - name > 254)
            return false;
    return true;
}

static HRESULT STDMETHODCALLTYPE store_SetReceiveFolder(IMsgStore *self, LPTSTR message_class, ULONG flags, ULONG cb,
                                                        LPENTRYID entryid)
{
    struct store *store = (struct store *)self;
    WCHAR *name = NULL;
    mbx_id folder = 0;
    struct mbx_folder info;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store->writable ? text_from_param(message_class, flags, &name) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr) && !valid_class(name))
        hr = MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr) && cb && entryid) {
        hr = store_parse_entryid(store, MAPI_FOLDER, cb, entryid, &folder);
        if (SUCCEEDED(hr))
            hr = mailbox_folder_get(store->mbx, folder, &info);
    } else if (SUCCEEDED(hr) && (!name || !*name)) {
        folder = MBX_INBOX; /* the default of the default */
    }
    if (SUCCEEDED(hr)) {
        hr = mailbox_receive_folder_set(store->mbx, name ? name : L"", folder);
        if (hr == MAPI_E_NOT_FOUND && !folder)
            hr = S_OK;
    }
    free(name);
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_GetReceiveFolder(IMsgStore *self, LPTSTR message_class, ULONG flags, ULONG *cb,
                                                        LPENTRYID *entryid, LPTSTR *explicit_class)
{
    struct store *store = (struct store *)self;
    WCHAR *name = NULL, *matched = NULL;
    mbx_id folder = 0;
    SBinary id = {0, NULL};
    if (cb)
        *cb = 0;
    if (entryid)
        *entryid = NULL;
    if (explicit_class)
        *explicit_class = NULL;
    if (!cb || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = text_from_param(message_class, flags, &name);
    if (SUCCEEDED(hr))
        hr = mailbox_receive_folder_get(store->mbx, name ? name : L"", &folder, &matched);
    if (hr == MAPI_E_NOT_FOUND) { /* a default always exists */
        folder = MBX_INBOX;
        hr = S_OK;
    }
    if (SUCCEEDED(hr) && MAPIAllocateBuffer(1, (void **)entryid))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) {
        void *base = *entryid;
        *entryid = NULL;
        hr = entryid_object(store_guid(store), MAPI_FOLDER, folder, base, &id);
        /* The id is a block of its own, so that the caller frees it alone. */
        if (SUCCEEDED(hr) && MAPIAllocateBuffer(id.cb, (void **)entryid))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (SUCCEEDED(hr))
            memcpy(*entryid, id.lpb, id.cb);
        MAPIFreeBuffer(base);
    }
    if (SUCCEEDED(hr) && explicit_class)
        hr = text_to_param(matched ? matched : L"", flags, NULL, explicit_class);
    if (SUCCEEDED(hr)) {
        *cb = id.cb;
    } else {
        MAPIFreeBuffer(*entryid);
        *entryid = NULL;
    }
    MAPIFreeBuffer(matched);
    free(name);
    object_leave(&store->prop.base);
    return hr;
}

struct receive_rows {
    struct store *store;
    struct table_source *source;
    LONG row;
};

static HRESULT add_receive_row(void *context, const WCHAR *message_class, mbx_id folder)
{
    struct receive_rows *rows = context;
    SPropValue *values;
    if (MAPIAllocateBuffer(5 * sizeof(*values), (void **)&values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(values, 0, 5 * sizeof(*values));
    value_long(&values[0], PR_ROWID, rows->row++);
    HRESULT hr = value_string(&values[1], PR_MESSAGE_CLASS_W, message_class, values);
    if (SUCCEEDED(hr)) {
        values[2].ulPropTag = PR_ENTRYID;
        hr = entryid_object(store_guid(rows->store), MAPI_FOLDER, folder, values, &values[2].Value.bin);
    }
    values[3] = values[2];
    values[3].ulPropTag = PR_RECORD_KEY;
    if (SUCCEEDED(hr))
        hr = value_binary(&values[4], PR_INSTANCE_KEY, &values[0].Value.l, sizeof(LONG), values);
    if (SUCCEEDED(hr))
        hr = memory_rows_add(rows->source, 5, values);
    MAPIFreeBuffer(values);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_GetReceiveFolderTable(IMsgStore *self, ULONG flags, LPMAPITABLE *out)
{
    static const SizedSPropTagArray(5, columns) = {
        5, {PR_ENTRYID, PR_MESSAGE_CLASS_W, PR_RECORD_KEY, PR_ROWID, PR_INSTANCE_KEY}};
    struct store *store = (struct store *)self;
    struct receive_rows rows = {.store = store};
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = memory_rows_create(PR_ROWID, &rows.source);
    if (SUCCEEDED(hr)) {
        hr = mailbox_receive_folder_each(store->mbx, add_receive_row, &rows);
        if (SUCCEEDED(hr))
            hr = table_create(&store->prop.base, rows.source, (const SPropTagArray *)&columns, flags, out);
        else
            rows.source->ops->destroy(rows.source);
    }
    object_leave(&store->prop.base);
    return hr;
}

/* ---- logoff and the outgoing queue ---- */

static HRESULT STDMETHODCALLTYPE store_StoreLogoff(IMsgStore *self, ULONG *flags)
{
    const ULONG known = LOGOFF_NO_WAIT | LOGOFF_ORDERLY | LOGOFF_PURGE | LOGOFF_ABORT | LOGOFF_QUIET;
    struct store *store = (struct store *)self;
    if (!flags)
        return MAPI_E_INVALID_PARAMETER;
    if (*flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    *flags = LOGOFF_COMPLETE; /* delivery is done within SubmitMessage: nothing is on its way */
    object_leave(&store->prop.base);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE store_AbortSubmit(IMsgStore *self, ULONG cb, LPENTRYID entryid, ULONG flags)
{
    struct store *store = (struct store *)self;
    mbx_id id = 0;
    if (!cb || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store_check_write(store);
    if (SUCCEEDED(hr))
        hr = store_parse_entryid(store, MAPI_MESSAGE, cb, entryid, &id);
    if (SUCCEEDED(hr))
        hr = submit_abort(store, id);
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_GetOutgoingQueue(IMsgStore *self, ULONG flags, LPMAPITABLE *out)
{
    struct store *store = (struct store *)self;
    SRestriction submitted = {.rt = RES_BITMASK};
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = view_table_open(&store->prop.base, MBX_VIEW_CONTENTS, MBX_OUTBOX, false, flags, out);
    if (SUCCEEDED(hr)) {
        SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_CLIENT_SUBMIT_TIME, TABLE_SORT_ASCEND}}};
        submitted.res.resBitMask.relBMR = BMR_NEZ;
        submitted.res.resBitMask.ulPropTag = PR_MESSAGE_FLAGS;
        submitted.res.resBitMask.ulMask = MSGFLAG_SUBMIT;
        hr = (*out)->lpVtbl->SortTable(*out, (SSortOrderSet *)&order, 0);
        if (SUCCEEDED(hr))
            hr = (*out)->lpVtbl->Restrict(*out, &submitted, 0);
        if (FAILED(hr)) {
            object_Release(*out);
            *out = NULL;
        }
    }
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_SetLockState(IMsgStore *self, LPMESSAGE message, ULONG state)
{
    struct store *store = (struct store *)self;
    if (!message || (state != MSG_LOCKED && state != MSG_UNLOCKED))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = message_is_ours(message) ? submit_lock(store, message, state == MSG_LOCKED) : MAPI_E_INVALID_PARAMETER;
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_FinishedMsg(IMsgStore *self, ULONG flags, ULONG cb, LPENTRYID entryid)
{
    struct store *store = (struct store *)self;
    mbx_id id = 0;
    if (!cb || !entryid)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store_check_write(store);
    if (SUCCEEDED(hr))
        hr = store_parse_entryid(store, MAPI_MESSAGE, cb, entryid, &id);
    if (SUCCEEDED(hr))
        hr = submit_finished(store, id);
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE store_NotifyNewMail(IMsgStore *self, LPNOTIFICATION notification)
{
    struct store *store = (struct store *)self;
    mbx_id message = 0, folder = 0;
    if (!notification || notification->ulEventType != fnevNewMail)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    const NEWMAIL_NOTIFICATION *mail = &notification->info.newmail;
    hr = store_check_write(store);
    if (SUCCEEDED(hr))
        hr = store_parse_entryid(store, MAPI_MESSAGE, mail->cbEntryID, mail->lpEntryID, &message);
    if (SUCCEEDED(hr))
        hr = store_parse_entryid(store, MAPI_FOLDER, mail->cbParentID, mail->lpParentID, &folder);
    if (SUCCEEDED(hr))
        hr = mailbox_log_new_mail(store->mbx, message, folder);
    object_leave(&store->prop.base);
    return hr;
}

const IMsgStoreVtbl store_vtbl = {
    PROP_OBJECT_VTBL_PROPS,
    .QueryInterface = (void *)store_QueryInterface,
    .Advise = store_Advise,
    .Unadvise = store_Unadvise,
    .CompareEntryIDs = store_CompareEntryIDs,
    .OpenEntry = store_OpenEntry,
    .SetReceiveFolder = store_SetReceiveFolder,
    .GetReceiveFolder = store_GetReceiveFolder,
    .GetReceiveFolderTable = store_GetReceiveFolderTable,
    .StoreLogoff = store_StoreLogoff,
    .AbortSubmit = store_AbortSubmit,
    .GetOutgoingQueue = store_GetOutgoingQueue,
    .SetLockState = store_SetLockState,
    .FinishedMsg = store_FinishedMsg,
    .NotifyNewMail = store_NotifyNewMail,
};
