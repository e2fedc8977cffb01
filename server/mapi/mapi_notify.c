/*
 * mapi_notify.c: notifications of a message store, as events that any thread may keep.
 *
 * Layer: MAPI client. The sink only copies: it runs on MAPI's thread, inside MAPI's own work.
 */
#include "mapi_notify.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct mapi_notify {
    IMAPIAdviseSink sink;
    LONG refs;
    volatile LONG ended;
    IMsgStore *store; /* held by mapi_notify_begin until the end */
    ULONG_PTR connection;
    void (*deliver)(void *context, struct mapi_event *event);
    void (*release)(void *context);
    void *context;
};

static struct mapi_notify *notify_from(IMAPIAdviseSink *iface)
{
    return CONTAINING_RECORD(iface, struct mapi_notify, sink);
}

/* ---- copying ------------------------------------------------------------------------------------------------------ */

struct parts {
    const void *id, *parent, *old_id, *old_parent;
    ULONG id_size, parent_size, old_id_size, old_parent_size;
    const WCHAR *message_class;
};

static BYTE *place(SBinary *to, BYTE *at, const void *bytes, ULONG size)
{
    to->cb = bytes ? size : 0;
    to->lpb = at;
    if (to->cb)
        memcpy(at, bytes, size);
    return at + to->cb;
}

static struct mapi_event *event_make(ULONG kind, ULONG type, const struct parts *parts)
{
    size_t text = (parts->message_class ? wcslen(parts->message_class) + 1 : 1) * sizeof(WCHAR);
    struct mapi_event *event = calloc(1, sizeof *event + text + parts->id_size + parts->parent_size +
                                             parts->old_id_size + parts->old_parent_size);
    BYTE *at;

    if (!event)
        return NULL;
    event->kind = kind;
    event->object_type = type;
    event->message_class = (WCHAR *)(event + 1);
    if (parts->message_class)
        memcpy(event->message_class, parts->message_class, text);
    at = (BYTE *)(event + 1) + text;
    at = place(&event->id, at, parts->id, parts->id_size);
    at = place(&event->parent, at, parts->parent, parts->parent_size);
    at = place(&event->old_id, at, parts->old_id, parts->old_id_size);
    place(&event->old_parent, at, parts->old_parent, parts->old_parent_size);
    return event;
}

/* New mail comes with an 8-bit message class unless its flags say MAPI_UNICODE. */
static struct mapi_event *event_from_new_mail(const NEWMAIL_NOTIFICATION *mail)
{
    struct parts parts = {.id = mail->lpEntryID,
                          .id_size = mail->cbEntryID,
                          .parent = mail->lpParentID,
                          .parent_size = mail->cbParentID};
    WCHAR wide[256] = L"";

    if (mail->ulFlags & MAPI_UNICODE)
        parts.message_class = (const WCHAR *)mail->lpszMessageClass;
    else if (mail->lpszMessageClass) {
        MultiByteToWideChar(CP_ACP, 0, (const char *)mail->lpszMessageClass, -1, wide, ARRAYSIZE(wide) - 1);
        parts.message_class = wide;
    }
    return event_make(fnevNewMail, MAPI_MESSAGE, &parts);
}

static struct mapi_event *event_from(const NOTIFICATION *notification)
{
    const OBJECT_NOTIFICATION *object = &notification->info.obj;
    struct parts parts = {0};
    struct mapi_event *event;

    switch (notification->ulEventType) {
    case fnevNewMail:
        return event_from_new_mail(&notification->info.newmail);
    case fnevCriticalError:
        parts.id = notification->info.err.lpEntryID;
        parts.id_size = notification->info.err.cbEntryID;
        event = event_make(fnevCriticalError, MAPI_STORE, &parts);
        if (event)
            event->error = notification->info.err.scode;
        return event;
    case fnevObjectCreated:
    case fnevObjectDeleted:
    case fnevObjectModified:
    case fnevObjectMoved:
    case fnevObjectCopied:
    case fnevSearchComplete:
        parts = (struct parts){.id = object->lpEntryID,
                               .id_size = object->cbEntryID,
                               .parent = object->lpParentID,
                               .parent_size = object->cbParentID,
                               .old_id = object->lpOldID,
                               .old_id_size = object->cbOldID,
                               .old_parent = object->lpOldParentID,
                               .old_parent_size = object->cbOldParentID};
        return event_make(notification->ulEventType, object->ulObjType, &parts);
    default:
        return NULL;
    }
}

/* ---- the sink ----------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE notify_QueryInterface(IMAPIAdviseSink *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIAdviseSink))
        return E_NOINTERFACE;
    *out = iface;
    iface->lpVtbl->AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE notify_AddRef(IMAPIAdviseSink *iface)
{
    return InterlockedIncrement(&notify_from(iface)->refs);
}

static ULONG STDMETHODCALLTYPE notify_Release(IMAPIAdviseSink *iface)
{
    struct mapi_notify *self = notify_from(iface);
    LONG left = InterlockedDecrement(&self->refs);

    if (!left) {
        self->release(self->context);
        free(self);
    }
    return left;
}

static ULONG STDMETHODCALLTYPE notify_OnNotify(IMAPIAdviseSink *iface, ULONG count, NOTIFICATION *notifications)
{
    struct mapi_notify *self = notify_from(iface);

    for (ULONG i = 0; i < count && !self->ended; i++) {
        struct mapi_event *event = event_from(&notifications[i]);

        if (event)
            self->deliver(self->context, event);
    }
    return 0;
}

static const IMAPIAdviseSinkVtbl notify_vtbl = {
    .QueryInterface = notify_QueryInterface,
    .AddRef = notify_AddRef,
    .Release = notify_Release,
    .OnNotify = notify_OnNotify,
};

HRESULT mapi_notify_begin(IMsgStore *store, ULONG mask, void (*deliver)(void *context, struct mapi_event *event),
                          void (*release)(void *context), void *context, struct mapi_notify **out)
{
    struct mapi_notify *self = calloc(1, sizeof *self);
    HRESULT hr;

    *out = NULL;
    if (!self) {
        release(context);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    self->sink.lpVtbl = (void *)&notify_vtbl;
    self->refs = 1;
    self->deliver = deliver;
    self->release = release;
    self->context = context;
    hr = store->lpVtbl->Advise(store, 0, NULL, mask, &self->sink, &self->connection);
    if (FAILED(hr)) {
        self->sink.lpVtbl->Release(&self->sink);
        return hr;
    }
    self->store = store;
    store->lpVtbl->AddRef(store);
    *out = self;
    return S_OK;
}

void mapi_notify_end(struct mapi_notify *self)
{
    if (!self)
        return;
    InterlockedExchange(&self->ended, 1);
    self->store->lpVtbl->Unadvise(self->store, self->connection);
    self->store->lpVtbl->Release(self->store);
    self->sink.lpVtbl->Release(&self->sink);
}
