/*
 * notify.h: advise sinks and the delivery of notifications, for the store part. provider.h has what others use.
 *
 * Layer: provider. An advise is one sink with the way in which its calls reach it: on the provider's notification thread
 * where MAPI_MULTITHREAD_NOTIFICATIONS was asked for, else from the message loop of the thread that advised. A sink
 * is never called inside the call that caused the event, nor after its Unadvise has returned (except from a callback
 * that is running at that moment).
 */
#ifndef PROVIDER_NOTIFY_H
#define PROVIDER_NOTIFY_H

#include "object.h"
#include "storage.h"

struct advise;

/* References the sink. The connection number is unique in the process. */
HRESULT advise_create(IMAPIAdviseSink *sink, struct advise **out);
ULONG_PTR advise_connection(const struct advise *advise);
/* Queues a copy of the notification. */
HRESULT advise_post(struct advise *advise, const NOTIFICATION *notification);
/* Ends the connection and releases the sink; queued calls are dropped. */
void advise_end(struct advise *advise);

/* A view that wants to hear of changes in a mailbox, called from the notification thread, which holds no lock. */
struct watcher {
    struct watcher *next;
    GUID mailbox;
    void (*changed)(struct watcher *watcher, const struct mbx_change *changes, ULONG count);
    struct object *object; /* pinned while changed runs */
};
/*
 * fnevObjectModified for an entry of the address book (an id of no bytes: its root): told, within a second or so, when the
 * directory has changed, by whatever process. Which entry has changed is not known: it is told of each that is listened to.
 * Ends with notify_unadvise.
 */
HRESULT notify_advise_directory(struct object *owner, ULONG object_type, ULONG cb, const ENTRYID *id, ULONG event_mask,
                                IMAPIAdviseSink *sink, ULONG_PTR *connection);
HRESULT notify_watch(struct watcher *watcher, struct mailbox *mbx);
void notify_unwatch(struct watcher *watcher);

#endif
