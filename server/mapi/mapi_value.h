/*
 * mapi_value.h: copying property values and entry ids between allocations.
 *
 * Layer: MAPI client. Copies are MAPI memory. String types are kept; PT_OBJECT and PT_ERROR copy their number.
 */
#ifndef MAPI_VALUE_H
#define MAPI_VALUE_H

#include "mapi_loader.h"

/* Copies one value into *to, what it points to as part of `parent`. */
HRESULT mapi_value_copy(const SPropValue *from, void *parent, SPropValue *to);
/* Copies an array of values into one allocation, which the caller frees with mapi_free. */
HRESULT mapi_values_copy(const SPropValue *from, ULONG count, SPropValue **out);
/* A text as part of `parent`, or of its own when parent is NULL; *out is NULL for NULL. */
HRESULT mapi_text_copy(const WCHAR *from, void *parent, WCHAR **out);
/* Bytes as part of `parent`, or of their own when parent is NULL. */
HRESULT mapi_binary_copy(const SBinary *from, void *parent, SBinary *out);
/* Turns a PT_STRING8 or PT_MV_STRING8 value into Unicode in place (ANSI code page); other types are left. */
HRESULT mapi_value_to_unicode(SPropValue *value, void *parent);
/* Equal bytes? Two empty ids are not equal. */
bool mapi_binary_equal(const SBinary *a, const SBinary *b);

#endif
