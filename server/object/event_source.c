/*
 * event_source.c: what happens in the store or folder of an automation object.
 *
 * Layer: server/object. MAPI's thread only filters and hands on. The lock lets event_source_close wait for a handler
 * that runs; MAPI is never called with it held. What lives in a worker is listened to there, by a relay. The list of
 * sources is shared by the apartments; an entry is used on its object's thread alone.
 */
#include "event_source.h"
#include "event_relay.h"
#include "folder.h"
#include "mailbox.h"
#include "object_util.h"
#include "session.h"
#include "variant.h"

#include <stdlib.h>
#include <wchar.h>

struct event_source {
    volatile LONG refs; /* the owner's and the notification's */
    SRWLOCK lock;       /* held shared while handle runs */
    bool closed;
    void (*handle)(void *context, struct mapi_event *event);
    void *context;
    ULONG mask;
    SBinary folder; /* empty: the whole store; malloc's */
    struct auto_object *object;
    struct mapi_store *store; /* here, with its notification, */
    struct mapi_pin pin;      /* a parked store tells nothing */
    struct mapi_notify *notify;
    struct event_relay *relay; /* or in a worker */
    SBinary store_id;          /* as the store's ID property gives it; malloc's */
    struct event_source *next;
};

static SRWLOCK list_lock = SRWLOCK_INIT;
static struct event_source *sources;

/* ---- listening ----------------------------------------------------------------------------------------------------- */

static void source_release(void *context)
{
    struct event_source *self = context;

    if (InterlockedDecrement(&self->refs))
        return;
    free(self->folder.lpb);
    free(self->store_id.lpb);
    free(self);
}

static bool same_id(const SBinary *a, const SBinary *b)
{
    return a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb);
}

/* On MAPI's thread, or (relayed, lost) on the object's. */
static void source_deliver(void *context, struct mapi_event *event)
{
    struct event_source *self = context;
    bool wanted = (event->kind & self->mask) &&
                  (!self->folder.cb || event->kind == fnevCriticalError || same_id(&event->parent, &self->folder) ||
                   same_id(&event->id, &self->folder) || same_id(&event->old_parent, &self->folder));

    AcquireSRWLockShared(&self->lock);
    if (wanted && !self->closed)
        self->handle(self->context, event);
    else
        free(event);
    ReleaseSRWLockShared(&self->lock);
}

/* The store, with a new reference, and the folder that an object listens to; no store: the mailbox is in a worker. */
static HRESULT find_target(struct auto_object *object, struct mapi_store **store, const SBinary **folder)
{
    struct mapi_session *session;
    HRESULT hr = S_OK;

    *store = NULL;
    *folder = NULL;
    if (object->class == &session_class) {
        hr = object_session(object, &session);
        return SUCCEEDED(hr) ? mapi_store_open_default(session, store) : hr;
    }
    if (object->class == &folder_class) {
        *store = ((struct folder *)object)->store;
        *folder = &((struct folder *)object)->id;
    } else if (object->class == &mailbox_class) {
        hr = mailbox_use((struct mailbox *)object);
        *store = ((struct infostore *)object)->store;
    } else if (object->class == &infostore_class)
        *store = ((struct infostore *)object)->store;
    else
        return auto_fail(object, MAPI_E_INVALID_PARAMETER, L"only a Session, a store, a mailbox or a folder has events");
    if (SUCCEEDED(hr) && *store)
        mapi_store_addref(*store);
    return hr;
}

static void list_add(struct event_source *self)
{
    AcquireSRWLockExclusive(&list_lock);
    self->next = sources;
    sources = self;
    ReleaseSRWLockExclusive(&list_lock);
}

static void list_remove(struct event_source *self)
{
    struct event_source **link;

    AcquireSRWLockExclusive(&list_lock);
    for (link = &sources; *link && *link != self; link = &(*link)->next)
        ;
    if (*link)
        *link = self->next;
    ReleaseSRWLockExclusive(&list_lock);
}

/* The id of the store that a remote Mailbox, InfoStore or Folder belongs to. */
static HRESULT remote_store_id(IUnknown *remote, SBinary *out)
{
    IMhMailbox *mailbox = NULL;
    IMhInfoStore *store = NULL;
    IMhFolder *folder = NULL;
    VARIANT id;
    HRESULT hr;

    VariantInit(&id);
    if (SUCCEEDED(IUnknown_QueryInterface(remote, &IID_IMhMailbox, (void **)&mailbox))) {
        hr = IMhMailbox_get_ID(mailbox, &V_BSTR(&id));
        IMhMailbox_Release(mailbox);
    } else if (SUCCEEDED(IUnknown_QueryInterface(remote, &IID_IMhInfoStore, (void **)&store))) {
        hr = IMhInfoStore_get_ID(store, &V_BSTR(&id));
        IMhInfoStore_Release(store);
    } else if (SUCCEEDED(hr = IUnknown_QueryInterface(remote, &IID_IMhFolder, (void **)&folder))) {
        hr = IMhFolder_get_StoreID(folder, &V_BSTR(&id));
        IMhFolder_Release(folder);
    }
    if (FAILED(hr))
        return hr;
    event_id_bytes(V_BSTR(&id), out);
    SysFreeString(V_BSTR(&id));
    return S_OK;
}

static HRESULT own_store_id(IMsgStore *mdb, SBinary *out)
{
    BSTR id = NULL;
    HRESULT hr = object_get_id(MAPI_PROP(mdb), PR_ENTRYID, &id);

    if (SUCCEEDED(hr))
        event_id_bytes(id, out);
    SysFreeString(id);
    return hr;
}

/* Listens in this process. */
static HRESULT listen_here(struct event_source *self, const SBinary *folder)
{
    IMsgStore *mdb;
    HRESULT hr;

    mapi_store_pin(self->store, &self->pin, NULL);
    hr = folder ? object_copy_id(folder, &self->folder) : S_OK;
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(self->store, &mdb);
    if (SUCCEEDED(hr))
        hr = own_store_id(mdb, &self->store_id);
    if (SUCCEEDED(hr))
        return mapi_notify_begin(mdb, self->mask, source_deliver, source_release, self, &self->notify);
    source_release(self); /* for the notification that was not made */
    return hr;
}

static HRESULT listen_there(struct event_source *self, IUnknown *remote)
{
    HRESULT hr = remote_store_id(remote, &self->store_id);

    if (SUCCEEDED(hr))
        return event_relay_begin(remote, source_deliver, source_release, self, &self->relay);
    source_release(self);
    return hr;
}


HRESULT event_source_open(struct auto_object *object, IUnknown *remote, ULONG mask,
                          void (*handle)(void *context, struct mapi_event *event), void *context,
                          struct event_source **out)
{
    struct event_source *self = calloc(1, sizeof *self);
    const SBinary *folder = NULL;
    HRESULT hr = self ? S_OK : E_OUTOFMEMORY;

    *out = NULL;
    if (SUCCEEDED(hr) && !remote)
        hr = find_target(object, &self->store, &folder);
    if (FAILED(hr)) {
        free(self);
        return hr;
    }
    InitializeSRWLock(&self->lock);
    self->refs = 2;
    self->handle = handle;
    self->context = context;
    self->mask = mask;
    self->object = object;
    if (self->store)
        hr = listen_here(self, folder);
    else
        hr = listen_there(self, remote ? remote : (IUnknown *)((struct mailbox *)object)->remote.mailbox);
    if (FAILED(hr)) {
        event_source_close(self);
        return hr;
    }
    list_add(self);
    *out = self;
    return S_OK;
}

void event_source_close(struct event_source *self)
{
    if (!self)
        return;
    list_remove(self);
    AcquireSRWLockExclusive(&self->lock);
    self->closed = true;
    ReleaseSRWLockExclusive(&self->lock);
    mapi_notify_end(self->notify);
    event_relay_end(self->relay);
    if (self->store) {
        mapi_store_unpin(self->store, &self->pin);
        mapi_store_release(self->store);
    }
    source_release(self);
}

const SBinary *event_source_store_id(const struct event_source *self)
{
    return &self->store_id;
}

static bool is_concerned(const struct event_source *source, const struct auto_object *object, const struct auto_object *root)
{
    return source->object->home == object->home && auto_root(source->object) == root &&
           (source->object == root || source->object == object || source->relay);
}

void event_source_lost(struct auto_object *object, const SBinary *store, HRESULT error)
{
    const struct auto_object *root = auto_root(object);
    struct event_source **concerned, *source;
    size_t count = 0;

    AcquireSRWLockShared(&list_lock);
    for (source = sources; source; source = source->next)
        count++;
    concerned = malloc((count + 1) * sizeof *concerned);
    count = 0;
    for (source = concerned ? sources : NULL; source; source = source->next)
        if (is_concerned(source, object, root)) {
            InterlockedIncrement(&source->refs); /* asking another process may let a call in that closes it */
            concerned[count++] = source;
        }
    ReleaseSRWLockShared(&list_lock);
    for (size_t i = 0; i < count; i++) {
        struct mapi_event *event;

        source = concerned[i];
        if ((source->object == object || source->object == root || source->closed || !event_relay_alive(source->relay)) &&
            (event = event_lost(store, error)))
            source_deliver(source, event);
        source_release(source);
    }
    free(concerned);
}
