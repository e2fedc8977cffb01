/*
 * store.c: opening a store, its life and its logon slot, and opening what is in it by entry id.
 *
 * Layer: provider, store part. Everything opened from a store holds it through its parents, so that the slot and the
 * database are given back when the last of them is released. Locking: a session's lock protects its stores; the list
 * of all stores has a lock of its own, taken last.
 */
#include "store.h"
#include "mapi_exchange.h"
#include "outgoing.h"
#include "store_manage.h"
#include <stdlib.h>
#include <string.h>

static SRWLOCK list_lock = SRWLOCK_INIT;
static struct store *open_stores;

struct mailbox *store_mailbox(struct store *store)
{
    return store->mbx;
}

const GUID *store_guid(struct store *store)
{
    return &store->info->guid;
}

struct store *store_target(struct store *from, struct store *to)
{
    return to->mbx && IsEqualGUID(store_guid(from), store_guid(to)) ? from : to;
}

struct object *store_object(struct store *store)
{
    return &store->prop.base;
}

bool store_is_valid(struct store *store)
{
    return store->valid;
}

static void list_add(struct store *store)
{
    AcquireSRWLockExclusive(&list_lock);
    store->next = open_stores;
    open_stores = store;
    ReleaseSRWLockExclusive(&list_lock);
}

static void list_remove(struct store *store)
{
    AcquireSRWLockExclusive(&list_lock);
    for (struct store **link = &open_stores; *link; link = &(*link)->next)
        if (*link == store) {
            *link = store->next;
            break;
        }
    ReleaseSRWLockExclusive(&list_lock);
}

/* Gives back the database and the slot; what is still open answers MAPI_E_INVALID_OBJECT. */
static void store_shut(struct store *store)
{
    store->valid = false;
    if (store->has_slot)
        store_slot_release(store->prop.base.session, store->slot);
    store->has_slot = false;
    mailbox_close(store->mbx);
    store->mbx = NULL;
}

static void store_destroy(void *object)
{
    struct store *store = object;
    list_remove(store);
    notify_owner_gone(&store->prop.base);
    prop_object_destroy(&store->prop);
    store_shut(store);
    mailbox_info_free(store->info);
}

void stores_invalidate(struct session *session)
{
    struct store *found;
    do {
        found = NULL;
        AcquireSRWLockExclusive(&list_lock);
        for (struct store *store = open_stores; store && !found; store = store->next)
            if (store->prop.base.session == session && store->valid && object_try_addref(&store->prop.base))
                found = store;
        ReleaseSRWLockExclusive(&list_lock);
        if (found) {
            notify_owner_gone(&found->prop.base);
            session_lock(session);
            store_shut(found);
            session_unlock(session);
            object_Release(found);
        }
    } while (found);
}

/* ---- IUnknown: three interfaces on one object ---- */

HRESULT STDMETHODCALLTYPE store_QueryInterface(void *self, REFIID iid, void **out)
{
    struct store *store = self;
    HRESULT hr = object_QueryInterface(self, iid, out);
    if (hr != MAPI_E_INTERFACE_NOT_SUPPORTED)
        return hr;
    if (IsEqualIID(iid, &IID_IExchangeManageStore) || IsEqualIID(iid, &IID_IExchangeManageStore2) ||
        IsEqualIID(iid, &IID_IExchangeManageStore3) || IsEqualIID(iid, &IID_IExchangeManageStore4) ||
        IsEqualIID(iid, &IID_IExchangeManageStore5))
        *out = &store->manage_vtbl;
    else if (IsEqualIID(iid, &IID_IExchangeManageStoreEx))
        *out = &store->manage_ex_vtbl;
    else
        return hr;
    object_AddRef(store);
    return S_OK;
}

static const IID *const store_iids[] = {&IID_IMsgStore, &IID_IMAPIProp, NULL};

static const struct object_class store_class = {
    .name = "IMsgStore", .vtbl = &store_vtbl, .size = sizeof(struct store), .object_type = MAPI_STORE,
    .iids = store_iids, .destroy = store_destroy,
};

/* ---- opening ---- */

static HRESULT open_mailbox(struct store *store, const struct entryid *id, ULONG flags)
{
    bool read_only = false;
    struct session *session = store->prop.base.session;
    HRESULT hr = directory_mailbox_by_guid(session, &id->mailbox, &store->info);
    if (FAILED(hr))
        return hr;
    hr = directory_access_check(session, store->info, id->open_flags, &read_only);
    if (SUCCEEDED(hr) && read_only && (flags & MDB_WRITE) && !(flags & MAPI_BEST_ACCESS))
        hr = object_fail((struct object *)session_interface(session), MAPI_E_NO_ACCESS,
                         L"The user may only read this mailbox.");
    if (FAILED(hr))
        return hr;
    store->delegate_reads = read_only;
    if (read_only)
        store->writable = store->prop.writable = false;
    hr = store_slot_acquire(session, session_separate_connections(session), &store->slot);
    if (FAILED(hr))
        return hr;
    store->has_slot = true;
    return mailbox_open(store->info->path, session, &store->mbx);
}

HRESULT store_open(struct session *session, ULONG cb, const ENTRYID *entryid, const IID *iid, ULONG flags,
                   IMsgStore **out)
{
    struct entryid id;
    struct store *store = NULL;
    *out = NULL;
    if (iid && !IsEqualIID(iid, &IID_IMsgStore) && !IsEqualIID(iid, &IID_IMAPIProp) && !IsEqualIID(iid, &IID_IUnknown))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    HRESULT hr = entryid_parse(cb, entryid, &id);
    if (FAILED(hr))
        return hr;
    if (id.object_type != MAPI_STORE)
        return MAPI_E_INVALID_ENTRYID;

    hr = object_create(&store_class, (struct object *)session_interface(session), &store);
    if (FAILED(hr))
        return hr;
    store->prop.base.session = session;
    store->prop.base.store = store;
    store->prop.ops = &store_prop_ops;
    store->manage_vtbl = &manage_store_vtbl;
    store->manage_ex_vtbl = &manage_store_ex_vtbl;
    store->open_flags = id.open_flags;
    store->writable = store->prop.writable = (flags & (MDB_WRITE | MAPI_BEST_ACCESS)) != 0;
    hr = open_mailbox(store, &id, flags);
    if (SUCCEEDED(hr)) {
        store->valid = true;
        list_add(store);
        directory_touch_logon(session, &id.mailbox);
        outgoing_resume(store);
        *out = (IMsgStore *)store;
    } else {
        object_Release(store);
    }
    return hr;
}

/* ---- OpenEntry ---- */

HRESULT store_open_mode(struct store *store, ULONG flags, bool *writable)
{
    *writable = store->writable && (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS));
    return (flags & MAPI_MODIFY) && !store->writable ? MAPI_E_NO_ACCESS : S_OK;
}

HRESULT store_check_write(const struct store *store)
{
    return store->delegate_reads ? MAPI_E_NO_ACCESS : S_OK;
}

HRESULT store_parse_entryid(struct store *store, ULONG object_type, ULONG cb, const ENTRYID *entryid, mbx_id *id)
{
    struct entryid parsed;
    *id = 0;
    HRESULT hr = entryid_parse(cb, entryid, &parsed);
    if (FAILED(hr))
        return hr;
    if (!IsEqualGUID(&parsed.mailbox, store_guid(store)))
        return MAPI_E_UNKNOWN_ENTRYID;
    if (parsed.object_type != object_type)
        return MAPI_E_INVALID_ENTRYID;
    *id = parsed.id;
    return S_OK;
}

HRESULT store_open_object(struct store *store, struct object *parent, ULONG cb, const ENTRYID *entryid, const IID *iid,
                          ULONG flags, ULONG *object_type, IUnknown **out)
{
    const ULONG known = MAPI_BEST_ACCESS | MAPI_DEFERRED_ERRORS | MAPI_MODIFY | SHOW_SOFT_DELETES | MAPI_NO_CACHE |
                        MAPI_CACHE_ONLY;
    struct entryid id = {.object_type = MAPI_FOLDER, .id = MBX_ROOT};
    HRESULT hr = S_OK;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    if (cb && entryid) {
        hr = entryid_parse(cb, entryid, &id);
        if (FAILED(hr))
            return hr;
        if (!IsEqualGUID(&id.mailbox, store_guid(store)))
            return MAPI_E_UNKNOWN_ENTRYID;
    } else if (cb) {
        return MAPI_E_INVALID_PARAMETER;
    }
    IUnknown *object = NULL;
    if (id.object_type == MAPI_FOLDER) {
        hr = folder_open(parent, id.id, flags, (IMAPIFolder **)&object);
    } else if (id.object_type == MAPI_MESSAGE) {
        hr = message_open(parent, id.id, flags, (IMessage **)&object);
    } else {
        object = (IUnknown *)store;
        object_AddRef(store);
    }
    if (FAILED(hr))
        return hr;
    if (!object_grants((struct object *)object, iid)) {
        object_Release(object);
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    *object_type = id.object_type;
    *out = object;
    return S_OK;
}

/* An open store of the session on this mailbox, referenced; NULL: none. */
static struct store *find_open(struct session *session, const GUID *mailbox)
{
    struct store *found = NULL;
    AcquireSRWLockShared(&list_lock);
    for (struct store *store = open_stores; store && !found; store = store->next)
        if (store->prop.base.session == session && store->valid && store->writable &&
            IsEqualGUID(store_guid(store), mailbox) && object_try_addref(&store->prop.base))
            found = store;
    ReleaseSRWLockShared(&list_lock);
    return found;
}

HRESULT store_open_entry(struct session *session, ULONG cb, const ENTRYID *entryid, const IID *iid, ULONG flags,
                         ULONG *object_type, IUnknown **out)
{
    struct entryid id;
    struct store *store;
    *object_type = 0;
    *out = NULL;
    HRESULT hr = entryid_parse(cb, entryid, &id);
    if (FAILED(hr))
        return hr;
    if (id.object_type == MAPI_STORE) {
        hr = store_open(session, cb, entryid, iid, MAPI_BEST_ACCESS, (IMsgStore **)out);
        if (SUCCEEDED(hr))
            *object_type = MAPI_STORE;
        return hr;
    }
    store = find_open(session, &id.mailbox);
    if (!store) {
        SBinary store_id;
        void *base;
        if (MAPIAllocateBuffer(1, &base))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        hr = entryid_store(&id.mailbox, 0, base, &store_id);
        if (SUCCEEDED(hr))
            hr = store_open(session, store_id.cb, (const ENTRYID *)store_id.lpb, NULL, MAPI_BEST_ACCESS,
                            (IMsgStore **)&store);
        MAPIFreeBuffer(base);
        if (FAILED(hr))
            return hr;
    }
    session_lock(session);
    hr = store_open_object(store, &store->prop.base, cb, entryid, iid, flags, object_type, out);
    session_unlock(session);
    object_Release(store);
    return hr;
}
