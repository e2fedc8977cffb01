/*
 * prop_convert.c: a property value in the type that the caller asks for.
 *
 * Layer: provider. Values are kept as PT_UNICODE; MAPI programs ask for either width. Other types are not converted
 * (a property of another type does not exist for the caller), except integers that fit.
 */
#include "object.h"
#include <string.h>

static HRESULT to_ansi(const WCHAR *text, void *base, LPSTR *out)
{
    int cb = WideCharToMultiByte(CP_ACP, 0, text ? text : L"", -1, NULL, 0, NULL, NULL);
    if (cb <= 0)
        return MAPI_E_BAD_CHARWIDTH;
    if (MAPIAllocateMore((ULONG)cb, base, (void **)out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    WideCharToMultiByte(CP_ACP, 0, text ? text : L"", -1, *out, cb, NULL, NULL);
    return S_OK;
}

static HRESULT to_unicode(const char *text, void *base, LPWSTR *out)
{
    int cch = MultiByteToWideChar(CP_ACP, 0, text ? text : "", -1, NULL, 0);
    if (cch <= 0)
        return MAPI_E_BAD_CHARWIDTH;
    if (MAPIAllocateMore((ULONG)cch * sizeof(WCHAR), base, (void **)out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    MultiByteToWideChar(CP_ACP, 0, text ? text : "", -1, *out, cch);
    return S_OK;
}

static HRESULT mv_strings(SPropValue *value, bool ansi, void *base)
{
    ULONG n = value->Value.MVszW.cValues;
    void **from = (void **)value->Value.MVszW.lppszW, **to;
    if (MAPIAllocateMore((n ? n : 1) * sizeof(void *), base, (void **)&to))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < n; i++) {
        HRESULT hr = ansi ? to_ansi(from[i], base, (LPSTR *)&to[i]) : to_unicode(from[i], base, (LPWSTR *)&to[i]);
        if (FAILED(hr))
            return hr;
    }
    value->Value.MVszW.lppszW = (LPWSTR *)to;
    return S_OK;
}

HRESULT prop_convert_type(SPropValue *value, ULONG type, void *base)
{
    ULONG from = PROP_TYPE(value->ulPropTag);
    HRESULT hr = S_OK;
    type &= ~(ULONG)MV_INSTANCE;
    if (type == from || type == PT_UNSPECIFIED)
        return S_OK;
    if (from == PT_UNICODE && type == PT_STRING8)
        hr = to_ansi(value->Value.lpszW, base, &value->Value.lpszA);
    else if (from == PT_STRING8 && type == PT_UNICODE)
        hr = to_unicode(value->Value.lpszA, base, &value->Value.lpszW);
    else if (from == PT_MV_UNICODE && type == PT_MV_STRING8)
        hr = mv_strings(value, true, base);
    else if (from == PT_MV_STRING8 && type == PT_MV_UNICODE)
        hr = mv_strings(value, false, base);
    else if (from == PT_I2 && type == PT_LONG)
        value->Value.l = value->Value.i;
    else if (from == PT_LONG && type == PT_I8)
        value->Value.li.QuadPart = value->Value.l;
    else
        return MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        value->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, type);
    return hr;
}
