/*
 * infostores.h: the InfoStores collection.
 *
 * Layer: server/object.
 */
#ifndef INFOSTORES_H
#define INFOSTORES_H

#include "auto.h"
#include "mapihost.h"

/* Makes the collection below a session that is logged on. */
HRESULT infostores_create(struct auto_object *parent, IMhInfoStores **out);

#endif
