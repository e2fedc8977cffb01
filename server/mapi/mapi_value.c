/*
 * mapi_value.c: copying property values and entry ids between allocations.
 *
 * Layer: MAPI client.
 */
#include "mapi_value.h"

#include "hex.h"
#include "prop_type.h"
#include <string.h>

HRESULT mapi_text_copy(const WCHAR *from, void *parent, WCHAR **out)
{
    size_t size = from ? (wide_length(from) + 1) * sizeof(WCHAR) : 0;
    HRESULT hr;

    *out = NULL;
    if (!from)
        return S_OK;
    hr = mapi_allocate(size, parent, out);
    if (SUCCEEDED(hr))
        memcpy(*out, from, size);
    return hr;
}

HRESULT mapi_binary_copy(const SBinary *from, void *parent, SBinary *out)
{
    HRESULT hr = mapi_allocate(from->cb ? from->cb : 1, parent, &out->lpb);

    out->cb = 0;
    if (FAILED(hr))
        return hr;
    if (from->cb)
        memcpy(out->lpb, from->lpb, from->cb);
    out->cb = from->cb;
    return S_OK;
}

bool mapi_binary_equal(const SBinary *a, const SBinary *b)
{
    return a->cb && a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb);
}

static HRESULT copy_bytes(const void *from, size_t size, void *parent, void *out)
{
    HRESULT hr = mapi_allocate(size ? size : 1, parent, out);

    if (SUCCEEDED(hr) && size)
        memcpy(*(void **)out, from, size);
    return hr;
}

static HRESULT copy_strings(const SPropValue *from, void *parent, SPropValue *to)
{
    bool wide = PROP_TYPE(from->ulPropTag) == PT_MV_UNICODE;
    ULONG count = from->Value.MVszW.cValues;
    HRESULT hr = mapi_allocate(count * sizeof(WCHAR *) + 1, parent, &to->Value.MVszW.lppszW);

    for (ULONG i = 0; i < count && SUCCEEDED(hr); i++) {
        if (wide)
            hr = mapi_text_copy(from->Value.MVszW.lppszW[i], parent, &to->Value.MVszW.lppszW[i]);
        else
            hr = copy_bytes(from->Value.MVszA.lppszA[i], strlen(from->Value.MVszA.lppszA[i]) + 1, parent,
                            &to->Value.MVszA.lppszA[i]);
    }
    return hr;
}

HRESULT mapi_value_copy(const SPropValue *from, void *parent, SPropValue *to)
{
    ULONG type = PROP_TYPE(from->ulPropTag);
    size_t element = type & MV_FLAG ? prop_type_size(type & ~(ULONG)MV_FLAG) : 0;
    HRESULT hr = S_OK;

    *to = *from;
    if (element)
        return copy_bytes(from->Value.MVl.lpl, from->Value.MVl.cValues * element, parent, &to->Value.MVl.lpl);
    switch (type) {
    case PT_UNICODE:
        return mapi_text_copy(from->Value.lpszW, parent, &to->Value.lpszW);
    case PT_STRING8:
        return from->Value.lpszA ? copy_bytes(from->Value.lpszA, strlen(from->Value.lpszA) + 1, parent, &to->Value.lpszA)
                                 : S_OK;
    case PT_BINARY:
        return mapi_binary_copy(&from->Value.bin, parent, &to->Value.bin);
    case PT_CLSID:
        return copy_bytes(from->Value.lpguid, sizeof(GUID), parent, &to->Value.lpguid);
    case PT_MV_UNICODE:
    case PT_MV_STRING8:
        return copy_strings(from, parent, to);
    case PT_MV_BINARY:
        hr = mapi_allocate(from->Value.MVbin.cValues * sizeof(SBinary) + 1, parent, &to->Value.MVbin.lpbin);
        for (ULONG i = 0; i < from->Value.MVbin.cValues && SUCCEEDED(hr); i++)
            hr = mapi_binary_copy(&from->Value.MVbin.lpbin[i], parent, &to->Value.MVbin.lpbin[i]);
        return hr;
    }
    return hr;
}

HRESULT mapi_values_copy(const SPropValue *from, ULONG count, SPropValue **out)
{
    SPropValue *values = NULL;
    HRESULT hr = mapi_allocate(count * sizeof *values + 1, NULL, &values);

    *out = NULL;
    for (ULONG i = 0; i < count && SUCCEEDED(hr); i++)
        hr = mapi_value_copy(&from[i], values, &values[i]);
    if (FAILED(hr))
        mapi_free(values);
    else
        *out = values;
    return hr;
}

static HRESULT widen(const char *from, void *parent, WCHAR **out)
{
    int count = MultiByteToWideChar(CP_ACP, 0, from ? from : "", -1, NULL, 0);
    HRESULT hr = mapi_allocate(count * sizeof(WCHAR), parent, out);

    if (SUCCEEDED(hr))
        MultiByteToWideChar(CP_ACP, 0, from ? from : "", -1, *out, count);
    return hr;
}

HRESULT mapi_value_to_unicode(SPropValue *value, void *parent)
{
    HRESULT hr = S_OK;

    if (PROP_TYPE(value->ulPropTag) == PT_STRING8) {
        hr = widen(value->Value.lpszA, parent, &value->Value.lpszW);
        if (SUCCEEDED(hr))
            value->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, PT_UNICODE);
    } else if (PROP_TYPE(value->ulPropTag) == PT_MV_STRING8) {
        /* A pointer takes the place of a pointer; a failure half way leaves the tag, and the value is not used. */
        for (ULONG i = 0; i < value->Value.MVszA.cValues && SUCCEEDED(hr); i++)
            hr = widen(value->Value.MVszA.lppszA[i], parent, &value->Value.MVszW.lppszW[i]);
        if (SUCCEEDED(hr))
            value->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, PT_MV_UNICODE);
    }
    return hr;
}
