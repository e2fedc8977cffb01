/*
 * factory.h: the class factory of Session.
 *
 * Layer: server/process.
 */
#ifndef FACTORY_H
#define FACTORY_H

#include "auto.h"

/* Makes a Session on the calling thread with one reference; knows nothing of processes (server/object). */
typedef HRESULT (*factory_make)(struct auto_object **out);

/* The factory, a static object; its CreateInstance makes sessions with make, or each one in a worker of its own. */
IClassFactory *factory_get(factory_make make, bool isolate);

#endif
