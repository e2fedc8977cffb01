/*
 * restrict_copy.c: deep copies of SRestriction. Layer: portable.
 */
#include <string.h>
#include "table.h"

#define DEPTH_LIMIT 64

static HRESULT copy_into(SRestriction *to, const SRestriction *from, void *base, ULONG depth);

static HRESULT copy_list(ULONG count, const SRestriction *from, void *base, ULONG depth, SRestriction **out)
{
    SRestriction *list;
    *out = NULL;
    if (count > 0 && from == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (count > 0xffff)
        return MAPI_E_TOO_COMPLEX;
    HRESULT hr = MAPIAllocateMore((count + 1) * sizeof *list, base, (void **)&list);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = copy_into(&list[i], &from[i], base, depth + 1);
    if (hr == S_OK)
        *out = list;
    return hr;
}

static HRESULT copy_values(ULONG count, const SPropValue *from, void *base, SPropValue **out)
{
    SPropValue *list;
    *out = NULL;
    if (count > 0 && from == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = MAPIAllocateMore((count + 1) * sizeof *list, base, (void **)&list);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = PropCopyMore(&list[i], (SPropValue *)&from[i], (ALLOCATEMORE *)MAPIAllocateMore, base);
    if (hr == S_OK)
        *out = list;
    return hr;
}

static HRESULT copy_into(SRestriction *to, const SRestriction *from, void *base, ULONG depth)
{
    if (depth > DEPTH_LIMIT)
        return MAPI_E_TOO_COMPLEX;
    *to = *from;
    switch (from->rt) {
    case RES_AND:
    case RES_OR:
        return copy_list(from->res.resAnd.cRes, from->res.resAnd.lpRes, base, depth, &to->res.resAnd.lpRes);
    case RES_NOT:
        return copy_list(1, from->res.resNot.lpRes, base, depth, &to->res.resNot.lpRes);
    case RES_CONTENT:
        return copy_values(1, from->res.resContent.lpProp, base, &to->res.resContent.lpProp);
    case RES_PROPERTY:
        return copy_values(1, from->res.resProperty.lpProp, base, &to->res.resProperty.lpProp);
    case RES_COMPAREPROPS:
    case RES_BITMASK:
    case RES_SIZE:
    case RES_EXIST:
        return S_OK;
    case RES_SUBRESTRICTION:
        return copy_list(1, from->res.resSub.lpRes, base, depth, &to->res.resSub.lpRes);
    case RES_COMMENT: {
        HRESULT hr = copy_values(from->res.resComment.cValues, from->res.resComment.lpProp, base,
                                 &to->res.resComment.lpProp);
        to->res.resComment.lpRes = NULL;
        if (hr == S_OK && from->res.resComment.lpRes != NULL)
            hr = copy_list(1, from->res.resComment.lpRes, base, depth, &to->res.resComment.lpRes);
        return hr;
    }
    default:
        return MAPI_E_TOO_COMPLEX;
    }
}

HRESULT restriction_copy(const SRestriction *restriction, SRestriction **out)
{
    SRestriction *copy;
    *out = NULL;
    HRESULT hr = MAPIAllocateBuffer(sizeof *copy, (void **)&copy);
    if (hr != S_OK)
        return hr;
    if ((hr = copy_into(copy, restriction, copy, 0)) != S_OK) {
        MAPIFreeBuffer(copy);
        return hr;
    }
    *out = copy;
    return S_OK;
}
