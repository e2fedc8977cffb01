/*
 * event_source.c: what happens in the store or folder of an automation object.
 *
 * Layer: server/object. MAPI's thread only filters and hands on. The lock lets event_source_close wait for a handler
 * that runs; MAPI is never called with it held.
 */
#include "event_source.h"
#include "folder.h"
#include "hex.h"
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
    SBinary folder; /* empty: the whole store; malloc's */
    struct mapi_store *store;
    struct mapi_notify *notify;
};

/* ---- kinds --------------------------------------------------------------------------------------------------------- */

static const struct event_kind kinds[] = {
    {fnevNewMail, 1, L"NewMail"},           {fnevObjectCreated, 2, L"ObjectCreated"},
    {fnevObjectDeleted, 3, L"ObjectDeleted"}, {fnevObjectModified, 4, L"ObjectModified"},
    {fnevObjectMoved, 5, L"ObjectMoved"},   {fnevObjectCopied, 6, L"ObjectCopied"},
    {fnevSearchComplete, 7, L"SearchComplete"}, {fnevCriticalError, 8, L"ConnectionLost"},
};

const struct event_kind *event_kind_find(ULONG fnev)
{
    for (size_t i = 0; i < ARRAYSIZE(kinds); i++)
        if (kinds[i].fnev == fnev)
            return &kinds[i];
    return NULL;
}

bool event_kinds_parse(const WCHAR *names, ULONG *mask)
{
    *mask = 0;
    while (*(names += wcsspn(names, L", ;"))) {
        size_t length = wcscspn(names, L", ;"), i;

        for (i = 0; i < ARRAYSIZE(kinds); i++)
            if (wcslen(kinds[i].name) == length && !_wcsnicmp(kinds[i].name, names, length))
                break;
        if (i == ARRAYSIZE(kinds))
            return false;
        *mask |= kinds[i].fnev;
        names += length;
    }
    return true;
}

ULONG event_kinds_of(LONG bits)
{
    ULONG mask = 0;

    for (size_t i = 0; i < ARRAYSIZE(kinds); i++)
        if (bits & 1L << (kinds[i].id - 1))
            mask |= kinds[i].fnev;
    return mask;
}

LONG event_object_class(ULONG type)
{
    switch (type) {
    case MAPI_STORE:
        return CdoInfoStore;
    case MAPI_FOLDER:
        return CdoFolder;
    case MAPI_MESSAGE:
        return CdoMsg;
    case MAPI_ATTACH:
        return CdoAttachment;
    case MAPI_ABCONT:
        return CdoAddressList;
    case MAPI_MAILUSER:
    case MAPI_DISTLIST:
        return CdoAddressEntry;
    default:
        return CdoUnknown;
    }
}

static void set_id(VARIANT *out, const SBinary *id)
{
    VariantInit(out);
    V_BSTR(out) = SysAllocStringLen(NULL, id->cb * 2);
    if (V_BSTR(out)) {
        V_VT(out) = VT_BSTR;
        hex_encode(id->lpb, id->cb, V_BSTR(out));
    }
}

UINT event_args(const struct mapi_event *event, const SBinary *store, VARIANT args[EVENT_MAX_ARGS])
{
    UINT count = 0;

    if (event->kind == fnevNewMail) {
        set_id(&args[count++], &event->id);
        set_id(&args[count++], &event->parent);
        set_id(&args[count++], store);
        variant_set_bstr(&args[count++], event->message_class);
    } else if (event->kind == fnevSearchComplete) {
        set_id(&args[count++], &event->id);
        set_id(&args[count++], store);
    } else if (event->kind == fnevCriticalError) {
        set_id(&args[count++], store);
        variant_set_long(&args[count++], event->error);
    } else {
        variant_set_long(&args[count++], event_object_class(event->object_type));
        set_id(&args[count++], &event->id);
        set_id(&args[count++], &event->parent);
        set_id(&args[count++], store);
        if (event->kind == fnevObjectMoved || event->kind == fnevObjectCopied) {
            set_id(&args[count++], &event->old_id);
            set_id(&args[count++], &event->old_parent);
        }
    }
    return count;
}

/* ---- listening ----------------------------------------------------------------------------------------------------- */

static void source_release(void *context)
{
    struct event_source *self = context;

    if (InterlockedDecrement(&self->refs))
        return;
    free(self->folder.lpb);
    free(self);
}

static bool same_id(const SBinary *a, const SBinary *b)
{
    return a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb);
}

/* On MAPI's thread. */
static void source_deliver(void *context, struct mapi_event *event)
{
    struct event_source *self = context;
    bool wanted = !self->folder.cb || same_id(&event->parent, &self->folder) || same_id(&event->id, &self->folder) ||
                  same_id(&event->old_parent, &self->folder);

    AcquireSRWLockShared(&self->lock);
    if (wanted && !self->closed)
        self->handle(self->context, event);
    else
        free(event);
    ReleaseSRWLockShared(&self->lock);
}

/* The store, with a new reference, and the folder that an object listens to. */
static HRESULT find_target(struct auto_object *object, struct mapi_store **store, const SBinary **folder)
{
    struct mapi_session *session;
    HRESULT hr;

    *store = NULL;
    *folder = NULL;
    if (object->class == &session_class) {
        hr = object_session(object, &session);
        return SUCCEEDED(hr) ? mapi_store_open_default(session, store) : hr;
    }
    if (object->class == &folder_class) {
        *store = ((struct folder *)object)->store;
        *folder = &((struct folder *)object)->id;
    } else if (object->class == &infostore_class || object->class == &mailbox_class)
        *store = ((struct infostore *)object)->store;
    else
        return auto_fail(object, MAPI_E_INVALID_PARAMETER, L"only a Session, a store, a mailbox or a folder has events");
    if (!*store)
        return auto_fail(object, MAPI_E_NO_SUPPORT,
                         L"the mailbox is not open in this process. Listen to its folders instead.");
    mapi_store_addref(*store);
    return S_OK;
}

HRESULT event_source_open(struct auto_object *object, ULONG mask,
                          void (*handle)(void *context, struct mapi_event *event), void *context,
                          struct event_source **out)
{
    struct event_source *self = calloc(1, sizeof *self);
    const SBinary *folder;
    IMsgStore *mdb;
    HRESULT hr = self ? find_target(object, &self->store, &folder) : E_OUTOFMEMORY;

    *out = NULL;
    if (FAILED(hr)) {
        free(self);
        return hr;
    }
    InitializeSRWLock(&self->lock);
    self->refs = 2;
    self->handle = handle;
    self->context = context;
    mapi_store_pin(self->store);
    if (folder)
        hr = object_copy_id(folder, &self->folder);
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(self->store, &mdb);
    if (SUCCEEDED(hr))
        hr = mapi_notify_begin(mdb, mask, source_deliver, source_release, self, &self->notify);
    else
        source_release(self); /* for the notification that was not made */
    if (FAILED(hr)) {
        event_source_close(self);
        return hr;
    }
    *out = self;
    return S_OK;
}

void event_source_close(struct event_source *self)
{
    if (!self)
        return;
    AcquireSRWLockExclusive(&self->lock);
    self->closed = true;
    ReleaseSRWLockExclusive(&self->lock);
    mapi_notify_end(self->notify);
    mapi_store_unpin(self->store);
    mapi_store_release(self->store);
    source_release(self);
}

const SBinary *event_source_store_id(const struct event_source *self)
{
    return &self->store->id;
}
