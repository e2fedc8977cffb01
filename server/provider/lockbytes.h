/*
 * lockbytes.h: ILockBytes over an IStream, for compound files that live in a property.
 *
 * Layer: provider.
 */
#ifndef PROVIDER_LOCKBYTES_H
#define PROVIDER_LOCKBYTES_H

#include "mapi_abi.h"

/* References the stream; a flush commits it. */
HRESULT lockbytes_on_stream(IStream *stream, ILockBytes **out);

#endif
