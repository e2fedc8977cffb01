/*
 * prop_type.c: see prop_type.h.
 *
 * Layer: server/base.
 */
#include "prop_type.h"

size_t prop_type_size(ULONG type)
{
    switch (type) {
    case PT_I2:
    case PT_BOOLEAN:
        return 2;
    case PT_LONG:
    case PT_R4:
    case PT_ERROR:
        return 4;
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_I8:
    case PT_SYSTIME:
        return 8;
    case PT_CLSID:
        return sizeof(GUID);
    default:
        return 0;
    }
}
