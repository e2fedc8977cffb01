/*
 * event_source.h: what happens in the store or folder of an automation object.
 *
 * Layer: server/object. Both kinds of listeners stand on this: connection points (event_sinks.c) and Subscription.
 */
#ifndef EVENT_SOURCE_H
#define EVENT_SOURCE_H

#include "auto.h"
#include "event_kinds.h"
#include "mapi_notify.h"
#include "mapi_store.h"

struct event_source;

/*
 * Listens for an object: a Session (its default store), an InfoStore or a Mailbox, or a Folder (what concerns it and its
 * contents); or, with `remote`, for such an object of a worker, on behalf of `object`. handle is called on any thread, never after event_source_close has returned, and owns the event
 * (free()). mask: fnev bits. The store is not parked meanwhile. Failures are explained.
 */
HRESULT event_source_open(struct auto_object *object, IUnknown *remote, ULONG mask,
                          void (*handle)(void *context, struct mapi_event *event), void *context,
                          struct event_source **out);
/* NULL-safe. */
void event_source_close(struct event_source *source);
/* The entry id of the store that it listens to; lives as long as the source. */
const SBinary *event_source_store_id(const struct event_source *source);
/*
 * The connection to a worker is gone that held what `object` (a Mailbox) stands for: tells the listeners of the object,
 * of its session, and those whose own connection is broken. On the object's thread.
 */
void event_source_lost(struct auto_object *object, const SBinary *store, HRESULT error);

#endif
