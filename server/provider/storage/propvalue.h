/*
 * propvalue.h: one SPropValue: how its type is stored, its size, deep copies.
 *
 * Layer: portable. The one table of property types; property bags, packs and tables all go by it.
 */
#ifndef STORAGE_PROPVALUE_H
#define STORAGE_PROPVALUE_H

#include <stdbool.h>
#include "mapi_abi.h"

/* mingw-w64's headers lack these. */
#ifndef MV_INSTANCE
#define MV_INSTANCE 0x2000
#define MVI_FLAG (MV_FLAG | MV_INSTANCE)
#endif

/* How the values of a type lie in memory. */
enum propvalue_form {
    PROPVALUE_NONE,    /* not a type that can be stored */
    PROPVALUE_FIXED,   /* in the union */
    PROPVALUE_POINTED, /* behind a pointer: PT_CLSID */
    PROPVALUE_WIDE,    /* NUL-terminated UTF-16 */
    PROPVALUE_ANSI,    /* NUL-terminated, converted to UTF-16 before it is stored */
    PROPVALUE_BYTES,   /* SBinary */
};

struct propvalue_type {
    USHORT type;              /* PT_…, without MV_FLAG */
    UCHAR form;               /* enum propvalue_form */
    UCHAR size;               /* of one fixed or pointed value */
};

/* The row for PROP_TYPE(tag), with MV_FLAG and MV_INSTANCE taken away; a row with form PROPVALUE_NONE for others. */
const struct propvalue_type *propvalue_type_of(ULONG tag);

/* Whether the value can be stored: a known type and no NULL where something must be pointed to. */
bool propvalue_is_valid(const SPropValue *value);
/* Bytes that it points to (strings with their NUL, arrays with what their elements point to). */
size_t propvalue_pointed_size(const SPropValue *value);
/* Copies it with everything it points to, which goes to `room` (propvalue_pointed_size bytes, 8-byte aligned). */
void propvalue_flatten(SPropValue *to, const SPropValue *from, void *room);
/* Deep copy in one malloc block (*block, which may be NULL for plain values). PT_STRING8 becomes PT_UNICODE. */
HRESULT propvalue_copy(SPropValue *to, const SPropValue *from, void **block);
/* Bytes of the value as PR_…_SIZE restrictions count it: strings in UTF-16 with their NUL. */
size_t propvalue_size(const SPropValue *value);
/* As declared in the provider's table.h: <0, 0, >0; an absent value (NULL, PT_ERROR) sorts first. */
int propvalue_compare(const SPropValue *a, const SPropValue *b);
/* The i-th of a multi-value as a single value that points into it. */
void propvalue_element(const SPropValue *multi, ULONG i, SPropValue *out);
ULONG propvalue_element_count(const SPropValue *multi);

#endif
