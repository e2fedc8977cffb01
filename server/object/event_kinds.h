/*
 * event_kinds.h: MAPI's events as members of _IMhEvents, and back.
 *
 * Layer: server/object.
 */
#ifndef EVENT_KINDS_H
#define EVENT_KINDS_H

#include "auto.h"
#include "mapi_notify.h"

/* An event's place in the dispinterface _IMhEvents. */
struct event_kind {
    ULONG fnev;
    DISPID id;
    const WCHAR *name;
    const char *types; /* of its arguments: 's' a BSTR, 'i' a LONG */
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
/*
 * The event that a call of a member of _IMhEvents tells of, as one that mapi_notify delivers (free()); NULL for arguments
 * that do not fit.
 */
struct mapi_event *event_parse(DISPID id, const DISPPARAMS *params);
/* The loss of a store: a ConnectionLost event (free()), or NULL. Its store's id is noted in old_id. */
struct mapi_event *event_lost(const SBinary *store, HRESULT error);
/* The store that an event tells of; `store` is the one that was listened to. */
const SBinary *event_store(const struct mapi_event *event, const SBinary *store);
/* The bytes of a hex id, malloc's; empty for text that is none. */
void event_id_bytes(const WCHAR *hex, SBinary *out);

#endif
