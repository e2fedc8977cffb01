/*
 * mapi_variant_in.c: VARIANTs as property values.
 *
 * Layer: MAPI client.
 */
#include "mapi_variant.h"

#include "hex.h"
#include "prop_ref.h"
#include "prop_type.h"
#include <string.h>
#include <wchar.h>

/* A VARIANT as another type; the result is cleared by the caller. */
static HRESULT change_type(const VARIANT *value, VARTYPE type, VARIANT *out)
{
    VariantInit(out);
    return FAILED(VariantChangeType(out, (VARIANT *)value, VARIANT_ALPHABOOL, type)) ? MAPI_E_INVALID_TYPE : S_OK;
}

static HRESULT get_text(const VARIANT *value, void *parent, WCHAR **text)
{
    VARIANT converted;
    HRESULT hr = change_type(value, VT_BSTR, &converted);
    UINT length;

    *text = NULL;
    if (FAILED(hr))
        return hr;
    length = SysStringLen(V_BSTR(&converted));
    hr = mapi_allocate(((size_t)length + 1) * sizeof(WCHAR), parent, text);
    if (SUCCEEDED(hr)) {
        if (length)
            memcpy(*text, V_BSTR(&converted), length * sizeof(WCHAR));
        (*text)[length] = 0;
    }
    VariantClear(&converted);
    return hr;
}

/* Bytes of an array of bytes, or of an array of Variants with numbers (script has no byte arrays). */
static HRESULT get_array_bytes(const VARIANT *value, void *parent, SBinary *out)
{
    SAFEARRAY *array = V_VT(value) & VT_BYREF ? *V_ARRAYREF(value) : V_ARRAY(value);
    VARTYPE element = V_VT(value) & VT_TYPEMASK;
    LONG lower = 0, upper = -1;
    HRESULT hr;

    if (!array || SafeArrayGetDim(array) != 1 || (element != VT_UI1 && element != VT_VARIANT) ||
        FAILED(SafeArrayGetLBound(array, 1, &lower)) || FAILED(SafeArrayGetUBound(array, 1, &upper)))
        return MAPI_E_INVALID_TYPE;
    out->cb = (ULONG)(upper - lower + 1);
    hr = mapi_allocate(out->cb ? out->cb : 1, parent, &out->lpb);
    if (FAILED(hr))
        return hr;
    if (element == VT_UI1) {
        memcpy(out->lpb, array->pvData, out->cb);
        return S_OK;
    }
    for (ULONG i = 0; i < out->cb; i++) {
        VARIANT byte;
        hr = change_type((VARIANT *)array->pvData + i, VT_UI1, &byte);
        if (FAILED(hr))
            return hr;
        out->lpb[i] = V_UI1(&byte);
    }
    return S_OK;
}

static HRESULT get_binary(const VARIANT *value, void *parent, SBinary *out)
{
    WCHAR *text;
    size_t length;
    HRESULT hr;

    if (V_VT(value) & VT_ARRAY)
        return get_array_bytes(value, parent, out);
    if (V_VT(value) != VT_BSTR && V_VT(value) != (VT_BYREF | VT_BSTR))
        return MAPI_E_INVALID_TYPE;
    hr = get_text(value, parent, &text);
    if (FAILED(hr))
        return hr;
    length = wcslen(text);
    out->lpb = (BYTE *)text; /* the bytes are fewer than the digits: decoded in place */
    out->cb = (ULONG)(length / 2);
    return hex_decode(text, length, out->lpb) ? S_OK : MAPI_E_INVALID_TYPE;
}

static HRESULT get_guid(const VARIANT *value, void *parent, GUID **out)
{
    WCHAR *text;
    HRESULT hr = get_text(value, parent, &text);

    if (SUCCEEDED(hr))
        hr = mapi_allocate(sizeof **out, parent, out);
    if (SUCCEEDED(hr) && !prop_ref_parse_set(text, wcslen(text), *out))
        hr = MAPI_E_INVALID_TYPE;
    return hr;
}

/* Numbers up to 64 bits: a double, a Decimal or text holds more than VT_I4. */
static HRESULT get_integer64(const VARIANT *value, LONGLONG *out)
{
    VARIANT converted;
    HRESULT hr = change_type(value, VT_I8, &converted);

    if (SUCCEEDED(hr))
        *out = V_I8(&converted);
    return hr;
}

/* VT_I4, but a program may also write flags as &H80000000 and more in a double or an unsigned number. */
static HRESULT get_long(const VARIANT *value, LONG *out)
{
    LONGLONG number;
    HRESULT hr;

    if (V_VT(value) == VT_BOOL) { /* True is -1 in VARIANTs and 1 in MAPI */
        *out = V_BOOL(value) ? 1 : 0;
        return S_OK;
    }
    hr = get_integer64(value, &number);
    if (SUCCEEDED(hr) && (number < -2147483648LL || number > 4294967295LL))
        hr = MAPI_E_INVALID_TYPE;
    if (SUCCEEDED(hr))
        *out = (LONG)number;
    return hr;
}

static HRESULT get_single(const VARIANT *value, ULONG type, unsigned style, void *parent, union _PV *out)
{
    VARIANT converted;
    HRESULT hr;

    VariantInit(&converted);
    switch (type) {
    case PT_NULL:
        return S_OK;
    case PT_LONG:
        return get_long(value, &out->l);
    case PT_I8:
        return get_integer64(value, &out->li.QuadPart);
    case PT_UNICODE:
        return get_text(value, parent, &out->lpszW);
    case PT_BINARY:
        return get_binary(value, parent, &out->bin);
    case PT_CLSID:
        return get_guid(value, parent, &out->lpguid);
    case PT_I2:
        hr = change_type(value, VT_I2, &converted);
        out->i = V_I2(&converted);
        return hr;
    case PT_R4:
        hr = change_type(value, VT_R4, &converted);
        out->flt = V_R4(&converted);
        return hr;
    case PT_DOUBLE:
        hr = change_type(value, VT_R8, &converted);
        out->dbl = V_R8(&converted);
        return hr;
    case PT_CURRENCY:
        hr = change_type(value, VT_CY, &converted);
        out->cur = V_CY(&converted);
        return hr;
    case PT_BOOLEAN:
        hr = change_type(value, VT_BOOL, &converted);
        out->b = V_BOOL(&converted) ? TRUE : FALSE;
        return hr;
    case PT_APPTIME:
    case PT_SYSTIME:
        hr = change_type(value, VT_DATE, &converted);
        if (FAILED(hr))
            return hr;
        if (type == PT_APPTIME) {
            out->at = V_DATE(&converted);
            return S_OK;
        }
        return mapi_date_to_filetime(V_DATE(&converted), (style & MAPI_VARIANT_UTC) != 0, &out->ft)
                   ? S_OK
                   : MAPI_E_INVALID_TYPE;
    }
    return MAPI_E_TYPE_NO_SUPPORT;
}

/* Bytes of one element of a multi-value; 0 for types that have none. */
static size_t element_size(ULONG type)
{
    switch (type) {
    case PT_UNICODE:
        return sizeof(WCHAR *);
    case PT_BINARY:
        return sizeof(SBinary);
    case PT_BOOLEAN:
    case PT_ERROR:
        return 0;
    default:
        return prop_type_size(type);
    }
}

/* Element `index` (0-based) of an array of any type, or the value itself when it is no array. */
static HRESULT array_element(const VARIANT *value, SAFEARRAY *array, LONG lower, ULONG index, VARIANT *out)
{
    LONG position = lower + (LONG)index;
    VARTYPE type = V_VT(value) & VT_TYPEMASK;

    VariantInit(out);
    if (!array)
        return VariantCopyInd(out, (VARIANT *)value);
    if (type == VT_VARIANT) {
        VARIANT element;
        HRESULT hr;

        VariantInit(&element);
        hr = SafeArrayGetElement(array, &position, &element);
        if (SUCCEEDED(hr))
            hr = VariantCopyInd(out, &element);
        VariantClear(&element);
        return hr;
    }
    V_VT(out) = type;
    return SafeArrayGetElement(array, &position, &V_I1(out));
}

static HRESULT get_multiple(const VARIANT *value, ULONG type, unsigned style, void *parent, SPropValue *out)
{
    SAFEARRAY *array = NULL;
    size_t size = element_size(type);
    LONG lower = 0, upper = 0;
    BYTE *elements = NULL;
    ULONG count;
    HRESULT hr;

    if (!size)
        return MAPI_E_TYPE_NO_SUPPORT;
    if (V_VT(value) & VT_ARRAY) {
        array = V_VT(value) & VT_BYREF ? *V_ARRAYREF(value) : V_ARRAY(value);
        if (!array || SafeArrayGetDim(array) != 1 || FAILED(SafeArrayGetLBound(array, 1, &lower)) ||
            FAILED(SafeArrayGetUBound(array, 1, &upper)))
            return MAPI_E_INVALID_TYPE;
    }
    count = (ULONG)(upper - lower + 1);
    hr = mapi_allocate(count ? count * size : 1, parent, &elements);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        union _PV single;
        VARIANT element;

        memset(&single, 0, sizeof single);
        hr = array_element(value, array, lower, i, &element);
        if (SUCCEEDED(hr))
            hr = get_single(&element, type, style, parent, &single);
        VariantClear(&element);
        if (FAILED(hr))
            break;
        if (type == PT_CLSID)
            memcpy(elements + i * size, single.lpguid, size);
        else
            memcpy(elements + i * size, &single, size);
    }
    out->Value.MVl.cValues = count;
    out->Value.MVl.lpl = (LONG *)elements; /* every multi-value is a count and a pointer */
    return hr;
}

HRESULT mapi_variant_to_prop(const VARIANT *value, ULONG tag, unsigned style, void *parent, SPropValue *out)
{
    ULONG type;

    memset(out, 0, sizeof *out);
    while (V_VT(value) == (VT_BYREF | VT_VARIANT))
        value = V_VARIANTREF(value);
    tag = mapi_tag_unicode(tag);
    if (PROP_TYPE(tag) == PT_UNSPECIFIED) {
        type = mapi_variant_type(value);
        if (!type)
            return MAPI_E_INVALID_TYPE;
        tag = CHANGE_PROP_TYPE(tag, type);
    }
    type = PROP_TYPE(tag);
    out->ulPropTag = tag;
    if (V_VT(value) == VT_EMPTY || V_VT(value) == VT_NULL || V_VT(value) == VT_ERROR)
        return type == PT_NULL ? S_OK : MAPI_E_INVALID_TYPE;
    if (type & MV_FLAG)
        return get_multiple(value, type & ~(ULONG)MV_FLAG, style, parent, out);
    return get_single(value, type, style, parent, &out->Value);
}
