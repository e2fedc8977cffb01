/*
 * prop_codec.h: one property value as bytes, for properties that are kept in a table of their own.
 *
 * Layer: portable. Little-endian; strings as UTF-16 without terminator; multi-values as a count and then each
 * value, with its size before it where sizes vary.
 */
#ifndef STORAGE_PROP_CODEC_H
#define STORAGE_PROP_CODEC_H

#include "bytebuf.h"
#include "mapi_abi.h"
#include "propbag.h"

/* Appends a value (as a propbag keeps it: no PT_STRING8). MAPI_E_INVALID_TYPE for what is not a storable
 * type. */
HRESULT prop_encode(const SPropValue *value, struct bytebuf *out);
/* Decodes into the bag. MAPI_E_CORRUPT_DATA when the bytes do not fit the type. */
HRESULT prop_decode(ULONG tag, const void *data, size_t size, struct propbag *bag);

#endif
