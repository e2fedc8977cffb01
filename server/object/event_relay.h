/*
 * event_relay.h: the events of an object in another process (a worker's), as mapi_notify delivers those of this one.
 *
 * Layer: server/object.
 */
#ifndef EVENT_RELAY_H
#define EVENT_RELAY_H

#include "event_kinds.h"

struct event_relay;

/*
 * Listens to the connection point of a remote Mailbox, InfoStore or Folder. deliver is called on this thread while it
 * waits or is idle, with an event that it owns (free()); release once, when no more calls come, also on failure.
 * E_NOINTERFACE for an object without such events.
 */
HRESULT event_relay_begin(IUnknown *remote, void (*deliver)(void *context, struct mapi_event *event),
                          void (*release)(void *context), void *context, struct event_relay **out);
/* Stops listening. NULL-safe. */
void event_relay_end(struct event_relay *relay);
/* Whether the other process is still there. */
bool event_relay_alive(struct event_relay *relay);

#endif
