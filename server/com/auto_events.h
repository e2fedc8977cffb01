/*
 * auto_events.h: events by connection points.
 *
 * Layer: server/com. A class with `events` set is a source of that dispinterface. Firing never waits for a sink:
 * each sink is called from a delivery thread of its own, and one that is dead is dropped.
 */
#ifndef AUTO_EVENTS_H
#define AUTO_EVENTS_H

#include "auto.h"

/* Queues an event of the object for its sinks. args are in the order of the IDL, and copied. */
void auto_fire(struct auto_object *object, DISPID id, const VARIANT *args, UINT count);
/* True when somebody listens. */
bool auto_has_sinks(const struct auto_object *object);
/*
 * Called on the object's thread when its first sink comes (true; a failure is what Advise then answers) and its last
 * goes (false); set per process.
 */
void auto_on_sinks_changed(HRESULT (*changed)(struct auto_object *object, bool listening));

#endif
