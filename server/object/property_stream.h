/*
 * property_stream.h: the PropertyStream object: a large value in pieces, for script.
 *
 * Layer: server/object.
 */
#ifndef PROPERTY_STREAM_H
#define PROPERTY_STREAM_H

#include "auto.h"
#include "mapihost.h"

/* Makes the object below parent; takes the reference of stream also when it fails. */
HRESULT property_stream_create(struct auto_object *parent, IStream *stream, bool writable, IMhPropertyStream **out);

#endif
