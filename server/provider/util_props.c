/*
 * util_props.c: MAPI's utility functions for property values in memory.
 *
 * Layer: portable. ScCountProps, ScCopyProps and ScRelocProps treat a value as chunks: what its pointers lead
 * to. A copy puts the chunks behind the array of values, those that need alignment first, without gaps, so
 * that the size is exactly what ScCountProps says.
 */
#include <stdbool.h>
#include <string.h>
#include "restriction.h"
#include "prop_type.h"
#include "table.h"
#include "propvalue.h"
#include "text.h"

static ULONG type_of(const SPropValue *value)
{
    return PROP_TYPE(value->ulPropTag) & ~(ULONG)MV_INSTANCE;
}

static ULONG wide_size(const WCHAR *text)
{
    return (ULONG)((text_length(text) + 1) * sizeof(WCHAR));
}

/* Called for each chunk: the pointer that leads to it, its size and alignment. Returns the bytes used. */
typedef ULONG (*chunk_fn)(void *context, void **pointer, ULONG size, ULONG alignment);

#define NULL_CHUNK ((ULONG)-1)

/* Visits all chunks of a value, an array of pointers before what it points to. NULL_CHUNK: a pointer is
 * missing. */
static ULONG each_chunk(SPropValue *value, chunk_fn visit, void *context)
{
    ULONG type = type_of(value), single = type & ~(ULONG)MV_FLAG, count, total = 0;
    if (!(type & MV_FLAG)) {
        switch (type) {
        case PT_STRING8:
            if (value->Value.lpszA == NULL)
                return NULL_CHUNK;
            return visit(context, (void **)&value->Value.lpszA, (ULONG)strlen(value->Value.lpszA) + 1, 1);
        case PT_UNICODE:
            if (value->Value.lpszW == NULL)
                return NULL_CHUNK;
            return visit(context, (void **)&value->Value.lpszW, wide_size(value->Value.lpszW), 2);
        case PT_CLSID:
            if (value->Value.lpguid == NULL)
                return NULL_CHUNK;
            return visit(context, (void **)&value->Value.lpguid, sizeof(GUID), 4);
        case PT_BINARY:
            if (value->Value.bin.lpb == NULL)
                return value->Value.bin.cb == 0 ? 0 : NULL_CHUNK;
            return visit(context, (void **)&value->Value.bin.lpb, value->Value.bin.cb, 1);
        default:
            return 0;
        }
    }
    count = value->Value.MVl.cValues;
    if (value->Value.MVl.lpl == NULL)
        return count == 0 ? 0 : NULL_CHUNK;
    if (prop_type_size(single) != 0)
        return visit(context, (void **)&value->Value.MVl.lpl, count * (ULONG)prop_type_size(single),
                     single == PT_CLSID ? 4 : (ULONG)prop_type_size(single));
    if (single == PT_BINARY) {
        total = visit(context, (void **)&value->Value.MVbin.lpbin, count * sizeof(SBinary), sizeof(void *));
        for (ULONG i = 0; i < count; i++) {
            SBinary *bin = &value->Value.MVbin.lpbin[i];
            if (bin->lpb == NULL && bin->cb > 0)
                return NULL_CHUNK;
            if (bin->lpb != NULL)
                total += visit(context, (void **)&bin->lpb, bin->cb, 1);
        }
        return total;
    }
    if (single != PT_STRING8 && single != PT_UNICODE)
        return 0;
    total = visit(context, (void **)&value->Value.MVszA.lppszA, count * sizeof(void *), sizeof(void *));
    for (ULONG i = 0; i < count; i++) {
        if (value->Value.MVszA.lppszA[i] == NULL)
            return NULL_CHUNK;
        if (single == PT_STRING8)
            total += visit(context, (void **)&value->Value.MVszA.lppszA[i],
                           (ULONG)strlen(value->Value.MVszA.lppszA[i]) + 1, 1);
        else
            total += visit(context, (void **)&value->Value.MVszW.lppszW[i],
                           wide_size(value->Value.MVszW.lppszW[i]), 2);
    }
    return total;
}

static ULONG count_chunk(void *context, void **pointer, ULONG size, ULONG alignment)
{
    (void)context, (void)pointer, (void)alignment;
    return size;
}

ULONG WINAPI UlPropSize(LPSPropValue value)
{
    ULONG type, single, total = 0;
    if (value == NULL)
        return 0;
    if (PROP_TYPE(value->ulPropTag) & MV_INSTANCE) /* the type of a column, not of a value */
        return 0;
    type = type_of(value);
    single = type & ~(ULONG)MV_FLAG;
    /* Where the count alone says it, what it counts is not looked at. */
    if (prop_type_size(single) != 0)
        return (ULONG)prop_type_size(single) * (type & MV_FLAG ? value->Value.MVl.cValues : 1);
    if (type == PT_BINARY)
        return value->Value.bin.cb;
    /* Of multi-values the elements count, not the array of pointers to them. */
    if (single == PT_BINARY) {
        for (ULONG i = 0; i < value->Value.MVbin.cValues; i++)
            total += value->Value.MVbin.lpbin[i].cb;
        return total;
    }
    total = each_chunk(value, count_chunk, NULL);
    if (total == NULL_CHUNK)
        return 0;
    if ((type & MV_FLAG) && (single == PT_STRING8 || single == PT_UNICODE))
        total -= value->Value.MVszA.cValues * sizeof(void *);
    return total;
}

SCODE WINAPI ScCountProps(int count, LPSPropValue values, ULONG *size)
{
    ULONG total = 0;
    if (count <= 0 || values == NULL)
        return MAPI_E_INVALID_PARAMETER; /* *size stays as it is, as with MAPI's own */
    for (int i = 0; i < count; i++) {
        ULONG chunks =
            PROP_ID(values[i].ulPropTag) == PROP_ID_NULL || PROP_ID(values[i].ulPropTag) == PROP_ID_INVALID ||
                    PROP_TYPE(values[i].ulPropTag) == PT_UNSPECIFIED
                ? NULL_CHUNK
                : each_chunk(&values[i], count_chunk, NULL);
        if (chunks == NULL_CHUNK)
            return MAPI_E_INVALID_PARAMETER;
        total += sizeof(SPropValue) + chunks;
    }
    if (size != NULL)
        *size = total;
    return S_OK;
}

struct copy_context {
    BYTE *next;
    ULONG alignment; /* of the chunks that this pass copies */
};

static ULONG copy_chunk(void *opaque, void **pointer, ULONG size, ULONG alignment)
{
    struct copy_context *context = opaque;
    if (alignment != context->alignment)
        return 0;
    memcpy(context->next, *pointer, size);
    *pointer = context->next;
    context->next += size;
    return size;
}

SCODE WINAPI ScCopyProps(int count, LPSPropValue values, LPVOID to, ULONG *size)
{
    SPropValue *copy = to;
    struct copy_context context;
    ULONG total;
    if (size != NULL)
        *size = 0;
    if (to == NULL)
        return MAPI_E_INVALID_PARAMETER;
    SCODE sc = ScCountProps(count, values, &total);
    if (sc != S_OK)
        return sc;
    memcpy(copy, values, count * sizeof *copy);
    context.next = (BYTE *)(copy + count);
    for (context.alignment = 8; context.alignment > 0; context.alignment /= 2) {
        for (int i = 0; i < count; i++)
            each_chunk(&copy[i], copy_chunk, &context);
    }
    if (size != NULL)
        *size = total;
    return S_OK;
}

/* ScRelocProps: the data lies at the old or at the new base, and its pointers are for the other. */
struct reloc_context {
    BYTE *from, *to;
};

static void *moved(const struct reloc_context *context, void *pointer)
{
    return pointer != NULL ? context->to + ((BYTE *)pointer - context->from) : NULL;
}

SCODE WINAPI ScRelocProps(int count, LPSPropValue values, LPVOID old_base, LPVOID new_base, ULONG *size)
{
    struct reloc_context context = {old_base, new_base};
    ULONG total = 0;
    if (size != NULL)
        *size = 0;
    if (count <= 0 || values == NULL)
        return MAPI_E_INVALID_PARAMETER;
    /* Where the values are is where the rest is: at the base that lies closer below them. */
    bool at_old = (BYTE *)values >= (BYTE *)old_base &&
                  ((BYTE *)new_base > (BYTE *)values || (BYTE *)old_base >= (BYTE *)new_base);
    for (int i = 0; i < count; i++) {
        SPropValue *value = &values[i], here = *value;
        ULONG type = type_of(value), single = type & ~(ULONG)MV_FLAG, n = value->Value.MVl.cValues;
        total += sizeof *value;
        void **pointer = NULL;
        if (type & MV_FLAG)
            pointer = (void **)&value->Value.MVl.lpl;
        else if (type == PT_BINARY)
            pointer = (void **)&value->Value.bin.lpb;
        else if (type == PT_STRING8 || type == PT_UNICODE || type == PT_CLSID)
            pointer = (void **)&value->Value.lpszA;
        if (pointer == NULL)
            continue;
        /* `here` is the value as it can be read now. */
        void *readable = at_old ? *pointer : moved(&context, *pointer);
        if (type & MV_FLAG)
            here.Value.MVl.lpl = readable;
        else if (type == PT_BINARY)
            here.Value.bin.lpb = readable;
        else
            here.Value.lpszA = readable;
        *pointer = moved(&context, *pointer);
        if ((type & MV_FLAG) && (single == PT_STRING8 || single == PT_UNICODE)) {
            for (ULONG j = 0; j < n; j++) {
                void **element = (void **)&here.Value.MVszA.lppszA[j], *was = *element,
                     *now = moved(&context, was);
                *element = at_old ? was : now;
                total += sizeof(void *) +
                         (single == PT_STRING8 ? (ULONG)strlen(*element) + 1 : wide_size(*element));
                *element = now;
            }
        } else if (type == PT_MV_BINARY) {
            for (ULONG j = 0; j < n; j++) {
                SBinary *bin = &here.Value.MVbin.lpbin[j];
                bin->lpb = moved(&context, bin->lpb);
                total += sizeof(SBinary) + bin->cb;
            }
        } else {
            ULONG chunks = each_chunk(&here, count_chunk, NULL);
            total += chunks == NULL_CHUNK ? 0 : chunks;
        }
    }
    if (size != NULL)
        *size = total;
    return S_OK;
}

SCODE WINAPI ScDupPropset(int count, LPSPropValue values, LPALLOCATEBUFFER allocate, LPSPropValue *out)
{
    ULONG size;
    if (out == NULL || allocate == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    SCODE sc = ScCountProps(count, values, &size);
    if (sc == S_OK)
        sc = allocate(size, (void **)out);
    if (sc == S_OK)
        sc = ScCopyProps(count, values, *out, NULL);
    return sc;
}

/* ---- PropCopyMore ---- */

struct more_context {
    ALLOCATEMORE *more;
    void *base;
    SCODE sc;
};

static ULONG more_chunk(void *opaque, void **pointer, ULONG size, ULONG alignment)
{
    struct more_context *context = opaque;
    void *copy = NULL;
    (void)alignment;
    if (context->sc == S_OK)
        context->sc = context->more(size > 0 ? size : 1, context->base, &copy);
    if (context->sc == S_OK) {
        memcpy(copy, *pointer, size);
        *pointer = copy;
    }
    return size;
}

SCODE WINAPI PropCopyMore(LPSPropValue to, LPSPropValue from, ALLOCATEMORE *more, LPVOID base)
{
    struct more_context context = {more, base, S_OK};
    ULONG type, single;
    if (to == NULL || from == NULL || more == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *to = *from;
    type = type_of(from);
    single = type & ~(ULONG)MV_FLAG;
    if (prop_type_size(single) == 0 && single != PT_STRING8 && single != PT_UNICODE && single != PT_BINARY &&
        (type == PT_OBJECT || (type & MV_FLAG)))
        return MAPI_E_NO_SUPPORT;
    if (each_chunk(to, more_chunk, &context) == NULL_CHUNK && context.sc == S_OK)
        return MAPI_E_INVALID_PARAMETER;
    return context.sc;
}

/* ---- finding and comparing ---- */

LPSPropValue WINAPI PpropFindProp(LPSPropValue values, ULONG count, ULONG tag)
{
    for (ULONG i = 0; values != NULL && i < count; i++) {
        if (values[i].ulPropTag == tag ||
            (PROP_TYPE(tag) == PT_UNSPECIFIED && PROP_ID(values[i].ulPropTag) == PROP_ID(tag)))
            return &values[i];
    }
    return NULL;
}

LPSPropValue WINAPI LpValFindProp(ULONG tag, ULONG count, LPSPropValue values)
{
    for (ULONG i = 0; values != NULL && i < count; i++) {
        if (PROP_ID(values[i].ulPropTag) == PROP_ID(tag))
            return &values[i];
    }
    return NULL;
}

BOOL WINAPI FEqualNames(LPMAPINAMEID a, LPMAPINAMEID b)
{
    if (a == NULL || b == NULL || a->lpguid == NULL || b->lpguid == NULL || a->ulKind != b->ulKind ||
        memcmp(a->lpguid, b->lpguid, sizeof(GUID)) != 0)
        return FALSE;
    if (a->ulKind == MNID_ID)
        return a->Kind.lID == b->Kind.lID;
    const WCHAR *x = a->Kind.lpwstrName, *y = b->Kind.lpwstrName;
    if (x == NULL || y == NULL)
        return x == y;
    while (*x != 0 && *x == *y)
        x++, y++;
    return *x == *y;
}

/* Whether what the value's pointers should lead to is there. */
static bool is_whole(LPSPropValue value)
{
    return value != NULL && each_chunk(value, count_chunk, NULL) != NULL_CHUNK;
}

BOOL WINAPI FPropContainsProp(LPSPropValue value, LPSPropValue pattern, ULONG level)
{
    bool match = false;
    return is_whole(value) && is_whole(pattern) && restriction_contains(value, level, pattern, &match) == S_OK && match;
}

BOOL WINAPI FPropCompareProp(LPSPropValue a, ULONG relop, LPSPropValue b)
{
    bool match = false;
    return is_whole(a) && is_whole(b) && restriction_relation(a, relop, b, &match) == S_OK && match;
}

LONG WINAPI LPropCompareProp(LPSPropValue a, LPSPropValue b)
{
    return is_whole(a) && is_whole(b) ? propvalue_compare(a, b) : 0;
}

void WINAPI GetInstance(LPSPropValue multi, LPSPropValue single, ULONG i)
{
    propvalue_element(multi, i, single);
}
