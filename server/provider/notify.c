/*
 * notify.c: who listens: advise sinks, registrations and watching views. See notify.h.
 *
 * Layer: provider, store part.
 */
#include "notify_private.h"
#include "addrbook_id.h"
#include "init.h"
#include "session.h"
#include "provider.h"
#include <stdlib.h>
#include <string.h>

struct advise {
    LONG refs;
    ULONG_PTR connection;
    IMAPIAdviseSink *sink;
    struct thread_queue *queue; /* NULL: the notification thread calls */
};

static CRITICAL_SECTION lock;
static INIT_ONCE lock_once = INIT_ONCE_STATIC_INIT;
static volatile LONG last_connection;
struct registration *notify_registrations;
struct watcher *notify_watchers;
struct watched *notify_mailboxes;

static BOOL CALLBACK make_lock(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    InitializeCriticalSection(&lock);
    return TRUE;
}

void notify_lock(void)
{
    InitOnceExecuteOnce(&lock_once, make_lock, NULL, NULL);
    EnterCriticalSection(&lock);
}

void notify_unlock(void)
{
    LeaveCriticalSection(&lock);
}

/* ---- advise ---- */

HRESULT advise_create(IMAPIAdviseSink *sink, struct advise **out)
{
    struct advise *advise = calloc(1, sizeof(*advise));
    *out = NULL;
    if (!advise)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!mapi_multithread_notifications()) {
        advise->queue = thread_queue_current();
        if (!advise->queue) {
            free(advise);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    advise->refs = 1;
    advise->connection = (ULONG_PTR)InterlockedIncrement(&last_connection);
    advise->sink = sink;
    sink->lpVtbl->AddRef(sink);
    *out = advise;
    return S_OK;
}

ULONG_PTR advise_connection(const struct advise *advise)
{
    return advise->connection;
}

struct advise *advise_addref(struct advise *advise)
{
    InterlockedIncrement(&advise->refs);
    return advise;
}

void advise_release(struct advise *advise)
{
    if (InterlockedDecrement(&advise->refs))
        return;
    thread_queue_release(advise->queue);
    free(advise);
}

/* The sink is released here, also while calls are queued that will find none. */
void advise_end(struct advise *advise)
{
    notify_lock();
    IMAPIAdviseSink *sink = advise->sink;
    advise->sink = NULL;
    notify_unlock();
    if (sink)
        sink->lpVtbl->Release(sink);
    advise_release(advise);
}

/* ---- queued calls ---- */

struct queued {
    struct advise *advise;
    NOTIFICATION *notification; /* MAPI memory */
};

static void queued_free(void *context)
{
    struct queued *call = context;
    MAPIFreeBuffer(call->notification);
    advise_release(call->advise);
    free(call);
}

void advise_call(void *context)
{
    struct queued *call = context;
    notify_lock();
    IMAPIAdviseSink *sink = call->advise->sink;
    if (sink)
        sink->lpVtbl->AddRef(sink);
    notify_unlock();
    if (sink) {
        sink->lpVtbl->OnNotify(sink, 1, call->notification);
        sink->lpVtbl->Release(sink);
    }
    queued_free(call);
}

static HRESULT copy_bytes(void *base, ULONG cb, const void *from, void *out)
{
    *(void **)out = NULL;
    if (!cb)
        return S_OK;
    if (MAPIAllocateMore(cb, base, out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*(void **)out, from, cb);
    return S_OK;
}

static HRESULT copy_table_event(NOTIFICATION *to, const TABLE_NOTIFICATION *from)
{
    TABLE_NOTIFICATION *tab = &to->info.tab;
    HRESULT hr = S_OK;
    tab->row.lpProps = NULL;
    if (from->propIndex.ulPropTag != PR_NULL)
        hr = propvalue_copy_more(&tab->propIndex, &from->propIndex, to);
    if (SUCCEEDED(hr) && from->propPrior.ulPropTag != PR_NULL)
        hr = propvalue_copy_more(&tab->propPrior, &from->propPrior, to);
    if (FAILED(hr) || !from->row.cValues)
        return hr;
    if (MAPIAllocateMore(from->row.cValues * sizeof(SPropValue), to, (void **)&tab->row.lpProps))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; SUCCEEDED(hr) && i < from->row.cValues; i++)
        hr = propvalue_copy_more(&tab->row.lpProps[i], &from->row.lpProps[i], to);
    return hr;
}

static HRESULT copy_notification(const NOTIFICATION *from, NOTIFICATION **out)
{
    NOTIFICATION *to;
    HRESULT hr = S_OK;
    if (MAPIAllocateBuffer(sizeof(*to), (void **)&to))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *to = *from;
    if (from->ulEventType == fnevTableModified) {
        hr = copy_table_event(to, &from->info.tab);
    } else if (from->ulEventType == fnevNewMail) {
        const NEWMAIL_NOTIFICATION *mail = &from->info.newmail;
        ULONG cb = !mail->lpszMessageClass ? 0
                   : mail->ulFlags & MAPI_UNICODE
                       ? (lstrlenW((const WCHAR *)mail->lpszMessageClass) + 1) * sizeof(WCHAR)
                       : (ULONG)strlen((const char *)mail->lpszMessageClass) + 1;
        hr = copy_bytes(to, mail->cbEntryID, mail->lpEntryID, &to->info.newmail.lpEntryID);
        if (SUCCEEDED(hr))
            hr = copy_bytes(to, mail->cbParentID, mail->lpParentID, &to->info.newmail.lpParentID);
        if (SUCCEEDED(hr))
            hr = copy_bytes(to, cb, mail->lpszMessageClass, &to->info.newmail.lpszMessageClass);
    } else {
        const OBJECT_NOTIFICATION *obj = &from->info.obj;
        hr = copy_bytes(to, obj->cbEntryID, obj->lpEntryID, &to->info.obj.lpEntryID);
        if (SUCCEEDED(hr))
            hr = copy_bytes(to, obj->cbParentID, obj->lpParentID, &to->info.obj.lpParentID);
        if (SUCCEEDED(hr))
            hr = copy_bytes(to, obj->cbOldID, obj->lpOldID, &to->info.obj.lpOldID);
        if (SUCCEEDED(hr))
            hr = copy_bytes(to, obj->cbOldParentID, obj->lpOldParentID, &to->info.obj.lpOldParentID);
        to->info.obj.lpPropTagArray = NULL;
    }
    if (FAILED(hr))
        MAPIFreeBuffer(to);
    else
        *out = to;
    return hr;
}

HRESULT advise_post(struct advise *advise, const NOTIFICATION *notification)
{
    struct queued *call = calloc(1, sizeof(*call));
    HRESULT hr = call ? copy_notification(notification, &call->notification) : MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr)) {
        free(call);
        return hr;
    }
    call->advise = advise_addref(advise);
    if (advise->queue)
        hr = thread_queue_post(advise->queue, advise_call, queued_free, call);
    else if (!notify_thread_queue(call))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
        queued_free(call);
    return hr;
}

/* ---- watched mailboxes ---- */

static struct watched *find_watched(const GUID *guid)
{
    struct watched *found = notify_mailboxes;
    while (found && !IsEqualGUID(&found->guid, guid))
        found = found->next;
    return found;
}

/* One more listener. The lock is not held. */
static HRESULT watch_mailbox(struct mailbox *mbx)
{
    struct watched *made = calloc(1, sizeof(*made));
    if (!made)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = mailbox_change_last(mbx, &made->sequence);
    if (FAILED(hr)) {
        free(made);
        return hr;
    }
    notify_lock();
    struct watched *known = find_watched(mailbox_guid(mbx));
    if (known) {
        known->users++;
        free(made);
    } else {
        mailbox_addref(mbx);
        made->mbx = mbx;
        made->guid = *mailbox_guid(mbx);
        made->users = 1;
        made->next = notify_mailboxes;
        notify_mailboxes = made;
    }
    notify_unlock();
    return notify_thread_wake();
}

static void unwatch_mailbox(const GUID *guid)
{
    struct watched *gone = NULL;
    notify_lock();
    for (struct watched **link = &notify_mailboxes; *link; link = &(*link)->next)
        if (IsEqualGUID(&(*link)->guid, guid)) {
            if (!--(*link)->users) {
                gone = *link;
                *link = gone->next;
            }
            break;
        }
    notify_unlock();
    if (gone) {
        mailbox_close(gone->mbx);
        free(gone);
    }
}

HRESULT notify_watch(struct watcher *watcher, struct mailbox *mbx)
{
    HRESULT hr = watch_mailbox(mbx);
    if (FAILED(hr))
        return hr;
    notify_lock();
    watcher->next = notify_watchers;
    notify_watchers = watcher;
    notify_unlock();
    return S_OK;
}

void notify_unwatch(struct watcher *watcher)
{
    notify_lock();
    for (struct watcher **link = &notify_watchers; *link; link = &(*link)->next)
        if (*link == watcher) {
            *link = watcher->next;
            break;
        }
    notify_unlock();
    unwatch_mailbox(&watcher->mailbox);
}

/* ---- registrations ---- */

HRESULT notify_advise(struct object *owner, struct mailbox *mbx, mbx_id id, ULONG event_mask, IMAPIAdviseSink *sink,
                      ULONG_PTR *connection)
{
    struct registration *made = calloc(1, sizeof(*made));
    *connection = 0;
    if (!made)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = advise_create(sink, &made->advise);
    if (SUCCEEDED(hr) && mbx) {
        hr = mailbox_change_last(mbx, &made->since);
        if (SUCCEEDED(hr))
            hr = watch_mailbox(mbx);
        if (FAILED(hr))
            advise_end(made->advise);
    }
    if (FAILED(hr)) {
        free(made);
        return hr;
    }
    made->owner = owner;
    made->id = id;
    made->mask = event_mask;
    made->has_mailbox = mbx != NULL;
    if (mbx)
        made->mailbox = *mailbox_guid(mbx);
    notify_lock();
    made->next = notify_registrations;
    notify_registrations = made;
    notify_unlock();
    *connection = advise_connection(made->advise);
    return S_OK;
}

HRESULT notify_directory_version(struct object *owner, bool personal, int64_t *version)
{
    HRESULT hr = object_enter(owner);
    if (FAILED(hr))
        return hr;
    hr = personal ? directory_personal_version(owner->session->dir, owner->session->user_id, version)
                  : directory_version(owner->session->dir, version);
    object_leave(owner);
    return hr;
}

HRESULT notify_advise_directory(struct object *owner, ULONG object_type, ULONG cb, const ENTRYID *id, ULONG event_mask,
                                IMAPIAdviseSink *sink, ULONG_PTR *connection)
{
    struct registration *made = calloc(1, sizeof(*made));
    *connection = 0;
    if (!made)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    made->of_personal = cb >= 4 + sizeof(MAPIUID) && !memcmp(id->ab, &ab_personal_uid, sizeof(MAPIUID));
    HRESULT hr = notify_directory_version(owner, made->of_personal, &made->since);
    if (SUCCEEDED(hr) && cb && !(made->entry.lpb = malloc(cb)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = advise_create(sink, &made->advise);
    if (FAILED(hr)) {
        free(made->entry.lpb);
        free(made);
        return hr;
    }
    if (cb)
        memcpy(made->entry.lpb, id, cb);
    made->entry.cb = cb;
    made->object_type = object_type;
    made->owner = owner;
    made->mask = event_mask;
    made->of_directory = true;
    *connection = advise_connection(made->advise);
    notify_lock();
    made->next = notify_registrations;
    notify_registrations = made;
    notify_unlock();
    hr = notify_thread_wake();
    if (FAILED(hr)) {
        notify_unadvise(owner, *connection);
        *connection = 0;
    }
    return hr;
}

static void registration_end(struct registration *gone)
{
    if (gone->has_mailbox)
        unwatch_mailbox(&gone->mailbox);
    advise_end(gone->advise);
    free(gone->entry.lpb);
    free(gone);
}

HRESULT notify_unadvise(struct object *owner, ULONG_PTR connection)
{
    struct registration *gone = NULL;
    notify_lock();
    for (struct registration **link = &notify_registrations; *link; link = &(*link)->next)
        if ((*link)->owner == owner && advise_connection((*link)->advise) == connection) {
            gone = *link;
            *link = gone->next;
            break;
        }
    notify_unlock();
    if (!gone)
        return MAPI_E_INVALID_PARAMETER;
    registration_end(gone);
    return S_OK;
}

void notify_owner_gone(struct object *owner)
{
    for (;;) {
        struct registration *gone = NULL;
        notify_lock();
        for (struct registration **link = &notify_registrations; *link && !gone;)
            if ((*link)->owner == owner) {
                gone = *link;
                *link = gone->next;
            } else {
                link = &(*link)->next;
            }
        notify_unlock();
        if (!gone)
            return;
        registration_end(gone);
    }
}
