/*
 * subscription.h: the Subscription object: events for programs without event sinks.
 *
 * Layer: server/object.
 */
#ifndef SUBSCRIPTION_H
#define SUBSCRIPTION_H

#include "auto.h"
#include "mapihost.h"

/* Makes one below source, which is what it listens to, or (not NULL) an object of a worker; mask: fnev bits. Failures
 * are explained. */
HRESULT subscription_create(struct auto_object *source, IUnknown *remote, ULONG mask, IMhSubscription **out);

#endif
