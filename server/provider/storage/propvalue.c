/*
 * propvalue.c: see propvalue.h, and propvalue_copy_more of propbag.h.
 *
 * Layer: portable.
 */
#include <stdlib.h>
#include <string.h>
#include "propbag.h"
#include "propvalue.h"
#include "text.h"

static const struct propvalue_type types[] = {
    {PT_I2, PROPVALUE_FIXED, 2},       {PT_LONG, PROPVALUE_FIXED, 4},     {PT_R4, PROPVALUE_FIXED, 4},
    {PT_DOUBLE, PROPVALUE_FIXED, 8},   {PT_CURRENCY, PROPVALUE_FIXED, 8}, {PT_APPTIME, PROPVALUE_FIXED, 8},
    {PT_BOOLEAN, PROPVALUE_FIXED, 2},  {PT_I8, PROPVALUE_FIXED, 8},       {PT_SYSTIME, PROPVALUE_FIXED, 8},
    {PT_CLSID, PROPVALUE_POINTED, 16}, {PT_UNICODE, PROPVALUE_WIDE, 0},   {PT_STRING8, PROPVALUE_ANSI, 0},
    {PT_BINARY, PROPVALUE_BYTES, 0},   {0, PROPVALUE_NONE, 0},
};

const struct propvalue_type *propvalue_type_of(ULONG tag)
{
    ULONG type = PROP_TYPE(tag) & ~(ULONG)(MV_FLAG | MV_INSTANCE);
    const struct propvalue_type *t = types;
    if (type == PT_BOOLEAN && (tag & MV_FLAG))
        return &types[sizeof types / sizeof *types - 1];
    while (t->form != PROPVALUE_NONE && t->type != type)
        t++;
    return t;
}

/* The size of one element of the array of a multi-value. */
static size_t element_size(const struct propvalue_type *t)
{
    switch (t->form) {
    case PROPVALUE_WIDE:
    case PROPVALUE_ANSI:
        return sizeof(void *);
    case PROPVALUE_BYTES:
        return sizeof(SBinary);
    default:
        return t->size;
    }
}

/* All SXxxArray structures are a count and a pointer: any of them stands for the others. */
static void *array_of(const SPropValue *value, ULONG *count)
{
    *count = value->Value.MVl.cValues;
    return value->Value.MVl.lpl;
}

ULONG propvalue_element_count(const SPropValue *multi)
{
    return multi->Value.MVl.cValues;
}

void propvalue_element(const SPropValue *multi, ULONG i, SPropValue *out)
{
    const struct propvalue_type *t = propvalue_type_of(multi->ulPropTag);
    ULONG count;
    const char *array = array_of(multi, &count);
    memset(out, 0, sizeof *out);
    out->ulPropTag = multi->ulPropTag & ~(ULONG)(MV_FLAG | MV_INSTANCE);
    array += i * element_size(t);
    if (t->form == PROPVALUE_POINTED)
        out->Value.lpguid = (GUID *)array;
    else
        memcpy(&out->Value, array, element_size(t));
}

bool propvalue_is_valid(const SPropValue *value)
{
    const struct propvalue_type *t = propvalue_type_of(value->ulPropTag);
    if (t->form == PROPVALUE_NONE || (value->ulPropTag & MV_INSTANCE))
        return false;
    if (value->ulPropTag & MV_FLAG) {
        ULONG count;
        const void *array = array_of(value, &count);
        if (count > 0 && array == NULL)
            return false;
        for (ULONG i = 0; i < count; i++) {
            SPropValue element;
            propvalue_element(value, i, &element);
            if (!propvalue_is_valid(&element))
                return false;
        }
        return true;
    }
    switch (t->form) {
    case PROPVALUE_BYTES:
        return value->Value.bin.cb == 0 || value->Value.bin.lpb != NULL;
    case PROPVALUE_FIXED:
        return true;
    default:
        return value->Value.lpguid != NULL;
    }
}

static size_t align8(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

/* Bytes behind a single value. */
static size_t single_size(const struct propvalue_type *t, const SPropValue *value)
{
    switch (t->form) {
    case PROPVALUE_POINTED:
        return t->size;
    case PROPVALUE_WIDE:
        return (text_length(value->Value.lpszW) + 1) * sizeof(WCHAR);
    case PROPVALUE_ANSI:
        return strlen(value->Value.lpszA) + 1;
    case PROPVALUE_BYTES:
        return value->Value.bin.cb;
    default:
        return 0;
    }
}

size_t propvalue_pointed_size(const SPropValue *value)
{
    const struct propvalue_type *t = propvalue_type_of(value->ulPropTag);
    if (!(value->ulPropTag & MV_FLAG))
        return single_size(t, value);
    ULONG count = propvalue_element_count(value);
    size_t size = align8(count * element_size(t));
    for (ULONG i = 0; i < count && t->form > PROPVALUE_POINTED; i++) {
        SPropValue element;
        propvalue_element(value, i, &element);
        size += align8(single_size(t, &element));
    }
    return size;
}

/* Copies a single value's bytes to room and points the copy at them. */
static size_t flatten_single(const struct propvalue_type *t, SPropValue *value, char *room)
{
    size_t size = single_size(t, value);
    switch (t->form) {
    case PROPVALUE_BYTES:
        if (size > 0)
            memcpy(room, value->Value.bin.lpb, size);
        value->Value.bin.lpb = (BYTE *)room;
        break;
    case PROPVALUE_FIXED:
    case PROPVALUE_NONE:
        break;
    default:
        memcpy(room, value->Value.lpguid, size);
        value->Value.lpguid = (GUID *)room;
    }
    return size;
}

void propvalue_flatten(SPropValue *to, const SPropValue *from, void *room)
{
    const struct propvalue_type *t = propvalue_type_of(from->ulPropTag);
    *to = *from;
    if (!(from->ulPropTag & MV_FLAG)) {
        flatten_single(t, to, room);
        return;
    }
    ULONG count;
    char *array = room, *rest;
    const void *source = array_of(from, &count);
    size_t each = element_size(t);
    if (count > 0)
        memcpy(array, source, count * each);
    rest = array + align8(count * each);
    for (ULONG i = 0; i < count && t->form > PROPVALUE_POINTED; i++) {
        SPropValue element;
        propvalue_element(from, i, &element);
        rest += align8(flatten_single(t, &element, rest));
        memcpy(array + i * each, &element.Value, each);
    }
    to->Value.MVl.lpl = room;
}

size_t propvalue_size(const SPropValue *value)
{
    const struct propvalue_type *t = propvalue_type_of(value->ulPropTag);
    if (!(value->ulPropTag & MV_FLAG))
        return t->form == PROPVALUE_FIXED ? t->size : single_size(t, value);
    size_t size = 0;
    for (ULONG i = 0; i < propvalue_element_count(value); i++) {
        SPropValue element;
        propvalue_element(value, i, &element);
        size += propvalue_size(&element);
    }
    return size;
}

/* PT_STRING8 and PT_MV_STRING8 → Unicode, in one block laid out as propvalue_flatten does. */
static HRESULT copy_ansi(SPropValue *to, const SPropValue *from, void **block)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    bool multi = (from->ulPropTag & MV_FLAG) != 0;
    ULONG count = multi ? propvalue_element_count(from) : 1;
    WCHAR **strings = calloc(count + 1, sizeof *strings);
    SPropValue wide = *from;
    if (strings == NULL)
        return hr;
    for (ULONG i = 0; i < count; i++) {
        const char *ansi = multi ? from->Value.MVszA.lppszA[i] : from->Value.lpszA;
        if ((strings[i] = text_from_ansi(ansi)) == NULL)
            goto done;
    }
    if (multi) {
        wide.ulPropTag = CHANGE_PROP_TYPE(from->ulPropTag, PT_MV_UNICODE);
        wide.Value.MVszW.lppszW = strings;
    } else {
        wide.ulPropTag = CHANGE_PROP_TYPE(from->ulPropTag, PT_UNICODE);
        wide.Value.lpszW = strings[0];
    }
    hr = propvalue_copy(to, &wide, block);
done:
    for (ULONG i = 0; i < count; i++)
        free(strings[i]);
    free(strings);
    return hr;
}

HRESULT propvalue_copy(SPropValue *to, const SPropValue *from, void **block)
{
    *block = NULL;
    if (propvalue_type_of(from->ulPropTag)->form == PROPVALUE_ANSI)
        return copy_ansi(to, from, block);
    size_t size = propvalue_pointed_size(from);
    if (propvalue_type_of(from->ulPropTag)->form == PROPVALUE_FIXED && !(from->ulPropTag & MV_FLAG)) {
        *to = *from;
        return S_OK;
    }
    if ((*block = malloc(size == 0 ? 1 : size)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    propvalue_flatten(to, from, *block);
    return S_OK;
}

HRESULT propvalue_copy_more(SPropValue *to, const SPropValue *from, void *base)
{
    size_t size = propvalue_pointed_size(from);
    void *room = NULL;
    if (size > MAXLONG)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (size > 0 || propvalue_type_of(from->ulPropTag)->form > PROPVALUE_FIXED || (from->ulPropTag & MV_FLAG)) {
        SCODE sc = MAPIAllocateMore(size == 0 ? 1 : (ULONG)size, base, &room);
        if (sc != S_OK)
            return sc;
    }
    propvalue_flatten(to, from, room);
    return S_OK;
}
