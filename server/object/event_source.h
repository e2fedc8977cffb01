/*
 * event_source.h: what happens in the store or folder of an automation object.
 *
 * Layer: server/object. Both kinds of listeners stand on this: connection points (event_sinks.c) and Subscription.
 */
#ifndef EVENT_SOURCE_H
#define EVENT_SOURCE_H

#include "auto.h"
#include "mapi_notify.h"
#include "mapi_store.h"

struct event_source;

/*
 * Listens for an object: a Session (its default store), an InfoStore or a Mailbox, or a Folder (what concerns it and its
 * contents). handle is called on any thread, never after event_source_close has returned, and owns the event
 * (free()). mask: fnev bits. The store is not parked meanwhile. Failures are explained.
 */
HRESULT event_source_open(struct auto_object *object, ULONG mask,
                          void (*handle)(void *context, struct mapi_event *event), void *context,
                          struct event_source **out);
/* NULL-safe. */
void event_source_close(struct event_source *source);
/* The entry id of the store that it listens to; lives as long as the source. */
const SBinary *event_source_store_id(const struct event_source *source);

/* An event's place in the dispinterface _IMhEvents. */
struct event_kind {
    ULONG fnev;
    DISPID id;
    const WCHAR *name;
};
/* The kind of a fnev bit; never NULL for events that are delivered. */
const struct event_kind *event_kind_find(ULONG fnev);
/* The fnev bits of names with commas or spaces between them; false for an unknown name. */
bool event_kinds_parse(const WCHAR *names, ULONG *mask);
/* The fnev bits of a number of MhEvents bits. */
ULONG event_kinds_of(LONG bits);

#define EVENT_MAX_ARGS 6
/* Fills the arguments of the event's member of _IMhEvents; the caller clears them. Answers how many. */
UINT event_args(const struct mapi_event *event, const SBinary *store, VARIANT args[EVENT_MAX_ARGS]);
/* A CdoObjectClass for a MAPI object type. */
LONG event_object_class(ULONG type);

#endif
