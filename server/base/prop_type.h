/*
 * prop_type.h: what is fixed for the types of MAPI properties.
 *
 * Layer: server/base.
 */
#ifndef PROP_TYPE_H
#define PROP_TYPE_H

#include <stddef.h>
#include "mapi_abi.h"

/* Bytes of one value of a type of fixed size (PT_LONG: 4, PT_CLSID: 16, PT_ERROR: 4), as in memory and in arrays. 0 for types
 * that vary (text, binary), have no value or are multi-valued: ask for the type without MV_FLAG. */
size_t prop_type_size(ULONG type);

#endif
