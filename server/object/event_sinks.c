/*
 * event_sinks.c: feeds the connection points of Session, InfoStore, Mailbox and Folder.
 *
 * Layer: server/object. MAPI's thread posts the event to the object's apartment, which fires it; com/ delivers it on
 * further threads. The list of listening objects is shared by the apartments; an entry is used on its object's
 * thread alone, and by posted deliveries, which hold it.
 */
#include "event_sinks.h"
#include "event_source.h"
#include "auto_events.h"
#include "mailbox.h"
#include "session.h"

#include <stdlib.h>

struct listener {
    volatile LONG refs;
    struct auto_object *object; /* NULL when it has stopped; used on its thread only */
    struct auto_home *home;
    struct event_source *source;
    SBinary store; /* a copy: the source may be gone when a delivery runs */
    struct listener *next;
};

/* An event on its way to the apartment. */
struct delivery {
    struct listener *listener;
    struct mapi_event *event;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct listener *listeners;

static void listener_release(struct listener *listener)
{
    if (InterlockedDecrement(&listener->refs))
        return;
    free(listener->store.lpb);
    free(listener);
}

/* On the apartment's thread. */
static void run_delivery(void *context)
{
    struct delivery *delivery = context;
    struct listener *listener = delivery->listener;
    VARIANT args[EVENT_MAX_ARGS];
    UINT count;

    if (listener->object) {
        count = event_args(delivery->event, event_store(delivery->event, &listener->store), args);
        auto_fire(listener->object, event_kind_find(delivery->event->kind)->id, args, count);
        while (count)
            VariantClear(&args[--count]);
    }
    listener_release(listener);
    free(delivery->event);
    free(delivery);
}

/* On MAPI's thread; the source is open, so the home is alive. */
static void post_delivery(void *context, struct mapi_event *event)
{
    struct listener *listener = context;
    struct delivery *delivery = event_kind_find(event->kind) ? malloc(sizeof *delivery) : NULL;

    if (delivery) {
        delivery->listener = listener;
        delivery->event = event;
        InterlockedIncrement(&listener->refs);
        /* The loss of a worker is told on the object's thread, just before the listener ends. */
        if (event->kind == fnevCriticalError && listener->home->thread_id == GetCurrentThreadId()) {
            run_delivery(delivery);
            return;
        }
        if (listener->home->post && listener->home->post(listener->home, run_delivery, delivery))
            return;
        listener_release(listener);
    }
    free(delivery);
    free(event);
}

/* The listener of an object, taken out of the list if wanted; NULL for none. */
static struct listener *listener_find(const struct auto_object *object, bool take)
{
    struct listener **link, *listener;

    AcquireSRWLockExclusive(&lock);
    for (link = &listeners; *link && (*link)->object != object; link = &(*link)->next)
        ;
    listener = *link;
    if (listener && take)
        *link = listener->next;
    ReleaseSRWLockExclusive(&lock);
    return listener;
}

static void listen_end(struct auto_object *object)
{
    struct listener *listener = listener_find(object, true);

    if (!listener)
        return;
    event_source_close(listener->source);
    listener->object = NULL;
    listener_release(listener);
}

/* In the list before the source is opened: that may open a mailbox, which asks to resume. */
static HRESULT listen_begin(struct auto_object *object)
{
    struct listener *listener = calloc(1, sizeof *listener);
    const SBinary *store;
    HRESULT hr;

    if (!listener)
        return E_OUTOFMEMORY;
    listener->refs = 1;
    listener->object = object;
    listener->home = object->home;
    AcquireSRWLockExclusive(&lock);
    listener->next = listeners;
    listeners = listener;
    ReleaseSRWLockExclusive(&lock);
    hr = event_source_open(object, NULL, MAPI_NOTIFY_ALL, post_delivery, listener, &listener->source);
    if (FAILED(hr)) {
        listen_end(object);
        return hr;
    }
    store = event_source_store_id(listener->source);
    if ((listener->store.lpb = malloc(store->cb + 1))) {
        memcpy(listener->store.lpb, store->lpb, store->cb);
        listener->store.cb = store->cb;
    }
    return S_OK;
}

static HRESULT on_sinks_changed(struct auto_object *object, bool listening)
{
    if (!listening)
        listen_end(object);
    /* A session that is not logged on resumes when it is, a closed mailbox when it is opened again. */
    if (!listening || (object->class == &session_class && !((struct session *)object)->mapi) ||
        (object->class == &mailbox_class && ((struct mailbox *)object)->state == MAILBOX_CLOSED))
        return S_OK;
    return listen_begin(object);
}

void event_sinks_setup(void)
{
    auto_on_sinks_changed(on_sinks_changed);
}

void event_sinks_resume(struct auto_object *object)
{
    if (auto_has_sinks(object) && !listener_find(object, false))
        listen_begin(object);
}

void event_sinks_pause(struct auto_object *object)
{
    listen_end(object);
}
