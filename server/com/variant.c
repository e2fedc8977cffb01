/*
 * variant.c: reading VARIANT arguments as clients pass them, and making VARIANTs and SAFEARRAYs.
 *
 * Layer: server/com. Conversions use the user's locale, as CDO's do.
 */
#include "variant.h"

#include <stdlib.h>
#include <string.h>

const VARIANT *variant_deref(const VARIANT *value)
{
    while (value && V_VT(value) == (VT_BYREF | VT_VARIANT))
        value = V_VARIANTREF(value);
    return value;
}

bool variant_missing(const VARIANT *value)
{
    value = variant_deref(value);
    return !value || V_VT(value) == VT_EMPTY || V_VT(value) == VT_ERROR;
}

bool variant_blank(const VARIANT *value)
{
    value = variant_deref(value);
    if (variant_missing(value) || V_VT(value) == VT_NULL)
        return true;
    if (V_VT(value) == VT_BSTR)
        return !SysStringLen(V_BSTR(value));
    return V_VT(value) == (VT_BYREF | VT_BSTR) && !SysStringLen(*V_BSTRREF(value));
}

bool variant_is_text(const VARIANT *value)
{
    value = variant_deref(value);
    return value && (V_VT(value) & ~VT_BYREF) == VT_BSTR;
}

bool variant_is_number(const VARIANT *value)
{
    value = variant_deref(value);
    switch (value ? V_VT(value) & ~VT_BYREF : VT_EMPTY) {
    case VT_I1:
    case VT_I2:
    case VT_I4:
    case VT_I8:
    case VT_UI1:
    case VT_UI2:
    case VT_UI4:
    case VT_UI8:
    case VT_INT:
    case VT_UINT:
    case VT_R4:
    case VT_R8:
    case VT_CY:
    case VT_DECIMAL:
        return true;
    default:
        return false;
    }
}

/* Converts a present argument to type; the caller clears *out. */
static HRESULT convert(const VARIANT *value, VARTYPE type, VARIANT *out)
{
    VariantInit(out);
    value = variant_deref(value);
    /* An object's default property is the client's business: it is not asked for here. */
    if (V_VT(value) == VT_NULL || V_ISARRAY(value) || V_VT(value) == VT_DISPATCH || V_VT(value) == VT_UNKNOWN ||
        FAILED(VariantChangeType(out, (VARIANT *)value, 0, type)))
        return E_INVALIDARG;
    return S_OK;
}

HRESULT variant_get_long(const VARIANT *value, LONG fallback, LONG *out)
{
    VARIANT number;
    HRESULT hr;

    *out = fallback;
    if (variant_missing(value))
        return S_OK;
    value = variant_deref(value);
    /* Property tags above 0x7FFFFFFF reach us as doubles from script, and as unsigned from .NET. */
    if (V_VT(value) == VT_UI4 || V_VT(value) == VT_UINT) {
        *out = (LONG)V_UI4(value);
        return S_OK;
    }
    hr = convert(value, VT_I4, &number);
    if (SUCCEEDED(hr)) {
        *out = V_I4(&number);
        return S_OK;
    }
    hr = convert(value, VT_R8, &number);
    if (SUCCEEDED(hr)) {
        if (V_R8(&number) < 0 || V_R8(&number) > 4294967295.0)
            return E_INVALIDARG;
        *out = (LONG)(ULONG)V_R8(&number);
    }
    return hr;
}

HRESULT variant_get_bool(const VARIANT *value, bool fallback, bool *out)
{
    VARIANT flag;
    HRESULT hr;

    *out = fallback;
    if (variant_missing(value) || V_VT(variant_deref(value)) == VT_NULL)
        return S_OK;
    hr = convert(value, VT_BOOL, &flag);
    if (SUCCEEDED(hr))
        *out = V_BOOL(&flag) != VARIANT_FALSE;
    return hr;
}

HRESULT variant_get_double(const VARIANT *value, double fallback, double *out)
{
    VARIANT number;
    HRESULT hr;

    *out = fallback;
    if (variant_missing(value))
        return S_OK;
    hr = convert(value, VT_R8, &number);
    if (SUCCEEDED(hr))
        *out = V_R8(&number);
    return hr;
}

HRESULT variant_get_date(const VARIANT *value, DATE fallback, DATE *out)
{
    VARIANT date;
    HRESULT hr;

    *out = fallback;
    if (variant_missing(value))
        return S_OK;
    hr = convert(value, VT_DATE, &date);
    if (SUCCEEDED(hr))
        *out = V_DATE(&date);
    return hr;
}

HRESULT variant_get_bstr(const VARIANT *value, BSTR *out)
{
    VARIANT text;
    HRESULT hr;

    *out = NULL;
    if (variant_missing(value) || V_VT(variant_deref(value)) == VT_NULL)
        return S_OK;
    hr = convert(value, VT_BSTR, &text);
    if (FAILED(hr))
        return hr;
    *out = V_BSTR(&text);
    if (!*out && !(*out = SysAllocString(L"")))
        return E_OUTOFMEMORY;
    return S_OK;
}

HRESULT variant_get_dispatch(const VARIANT *value, IDispatch **out)
{
    IUnknown *unknown;

    *out = NULL;
    if (variant_missing(value) || V_VT(variant_deref(value)) == VT_NULL)
        return S_OK;
    value = variant_deref(value);
    switch (V_VT(value)) {
    case VT_DISPATCH:
    case VT_UNKNOWN:
        unknown = V_UNKNOWN(value);
        break;
    case VT_BYREF | VT_DISPATCH:
    case VT_BYREF | VT_UNKNOWN:
        unknown = *V_UNKNOWNREF(value);
        break;
    default:
        return E_INVALIDARG;
    }
    if (!unknown)
        return S_OK;
    return FAILED(IUnknown_QueryInterface(unknown, &IID_IDispatch, (void **)out)) ? E_INVALIDARG : S_OK;
}

/* ---- lists ------------------------------------------------------------------------------------------------ */

/* A property of an object by name; E_INVALIDARG when it has none. */
static HRESULT object_property(IDispatch *object, const WCHAR *name, VARIANT *out)
{
    OLECHAR *names = (OLECHAR *)name;
    DISPPARAMS none = {0};
    DISPID id;

    VariantInit(out);
    if (FAILED(IDispatch_GetIDsOfNames(object, &IID_NULL, &names, 1, LOCALE_NEUTRAL, &id)) ||
        FAILED(IDispatch_Invoke(object, id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, &none, out, NULL, NULL)))
        return E_INVALIDARG;
    return S_OK;
}

/* A JScript array is an object with a length, and elements under the names "0", "1" … */
static bool script_array_length(const VARIANT *value, LONG *length)
{
    VARIANT found;
    bool has;

    if (V_VT(value) != VT_DISPATCH || !V_DISPATCH(value) ||
        FAILED(object_property(V_DISPATCH(value), L"length", &found)))
        return false;
    has = variant_is_number(&found) && SUCCEEDED(variant_get_long(&found, 0, length));
    VariantClear(&found);
    return has;
}

HRESULT variant_list_open(const VARIANT *value, struct variant_list *list)
{
    LONG upper;

    memset(list, 0, sizeof *list);
    if (variant_missing(value))
        return S_OK;
    value = variant_deref(value);
    if (!V_ISARRAY(value)) {
        list->single = value;
        list->count = 1;
        script_array_length(value, &list->count);
        return S_OK;
    }
    list->array = V_ISBYREF(value) ? *V_ARRAYREF(value) : V_ARRAY(value);
    if (!list->array)
        return S_OK;
    if (SafeArrayGetDim(list->array) != 1 || FAILED(SafeArrayGetLBound(list->array, 1, &list->lower)) ||
        FAILED(SafeArrayGetUBound(list->array, 1, &upper)))
        return E_INVALIDARG;
    list->count = upper - list->lower + 1;
    return S_OK;
}

HRESULT variant_list_get(const struct variant_list *list, LONG index, VARIANT *out)
{
    LONG at = list->lower + index, upper;
    VARIANT element;
    VARTYPE type;
    HRESULT hr;

    VariantInit(out);
    if (index < 0 || index >= list->count)
        return E_INVALIDARG;
    if (list->single && V_VT(list->single) == VT_DISPATCH && script_array_length(list->single, &upper)) {
        WCHAR name[16];

        wsprintfW(name, L"%ld", index);
        return object_property(V_DISPATCH(list->single), name, out);
    }
    if (list->single)
        return VariantCopyInd(out, (VARIANT *)list->single);
    if (FAILED(hr = SafeArrayGetVartype(list->array, &type)))
        return hr;
    VariantInit(&element);
    if (type == VT_VARIANT) {
        hr = SafeArrayGetElement(list->array, &at, &element);
        if (SUCCEEDED(hr))
            hr = VariantCopyInd(out, &element);
        VariantClear(&element);
        return hr;
    }
    if (type == VT_DECIMAL || type == VT_RECORD)
        return E_INVALIDARG;
    hr = SafeArrayGetElement(list->array, &at, &V_I8(out));
    if (SUCCEEDED(hr))
        V_VT(out) = type;
    return hr;
}

/* ---- bytes ------------------------------------------------------------------------------------------------ */

static int hex_digit(WCHAR c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static HRESULT bytes_from_hex(BSTR text, uint8_t **bytes, uint32_t *size)
{
    UINT length = SysStringLen(text), i;
    uint8_t *made;

    if (length % 2)
        return E_INVALIDARG;
    if (!(made = malloc(length / 2 + 1)))
        return E_OUTOFMEMORY;
    for (i = 0; i < length; i += 2) {
        int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);

        if (high < 0 || low < 0) {
            free(made);
            return E_INVALIDARG;
        }
        made[i / 2] = (uint8_t)(high << 4 | low);
    }
    *bytes = made;
    *size = length / 2;
    return S_OK;
}

static HRESULT bytes_from_byte_array(SAFEARRAY *array, LONG count, uint8_t **bytes, uint32_t *size)
{
    uint8_t *made;
    void *data;
    HRESULT hr;

    if (!(made = malloc((size_t)count + 1)))
        return E_OUTOFMEMORY;
    hr = SafeArrayAccessData(array, &data);
    if (FAILED(hr)) {
        free(made);
        return hr;
    }
    memcpy(made, data, (size_t)count);
    SafeArrayUnaccessData(array);
    *bytes = made;
    *size = (uint32_t)count;
    return S_OK;
}

HRESULT variant_get_bytes(const VARIANT *value, uint8_t **bytes, uint32_t *size)
{
    struct variant_list list;
    uint8_t *made;
    VARTYPE type;
    HRESULT hr;
    LONG i;

    *bytes = NULL;
    *size = 0;
    if (FAILED(hr = variant_list_open(value, &list)))
        return hr;
    if (list.single) {
        if (!variant_is_text(list.single))
            return E_INVALIDARG;
        return bytes_from_hex(V_ISBYREF(list.single) ? *V_BSTRREF(list.single) : V_BSTR(list.single), bytes, size);
    }
    if (list.array && SUCCEEDED(SafeArrayGetVartype(list.array, &type)) && (type == VT_UI1 || type == VT_I1))
        return bytes_from_byte_array(list.array, list.count, bytes, size);
    if (!(made = malloc((size_t)list.count + 1)))
        return E_OUTOFMEMORY;
    for (i = 0; i < list.count; i++) {
        VARIANT element;
        LONG number = -1;

        hr = variant_list_get(&list, i, &element);
        if (SUCCEEDED(hr))
            hr = variant_get_long(&element, -1, &number);
        VariantClear(&element);
        if (SUCCEEDED(hr) && (number < 0 || number > 255))
            hr = E_INVALIDARG;
        if (FAILED(hr)) {
            free(made);
            return hr;
        }
        made[i] = (uint8_t)number;
    }
    *bytes = made;
    *size = (uint32_t)list.count;
    return S_OK;
}

/* ---- makers ----------------------------------------------------------------------------------------------- */

HRESULT variant_set_bstr(VARIANT *out, const WCHAR *text)
{
    VariantInit(out);
    V_BSTR(out) = SysAllocString(text ? text : L"");
    if (!V_BSTR(out))
        return E_OUTOFMEMORY;
    V_VT(out) = VT_BSTR;
    return S_OK;
}

HRESULT variant_set_bytes(VARIANT *out, const void *bytes, uint32_t size)
{
    SAFEARRAY *array = SafeArrayCreateVector(VT_UI1, 0, size);
    void *data;
    HRESULT hr;

    VariantInit(out);
    if (!array)
        return E_OUTOFMEMORY;
    hr = SafeArrayAccessData(array, &data);
    if (FAILED(hr)) {
        SafeArrayDestroy(array);
        return hr;
    }
    if (size)
        memcpy(data, bytes, size);
    SafeArrayUnaccessData(array);
    variant_set_array(out, VT_UI1, array);
    return S_OK;
}

void variant_set_long(VARIANT *out, LONG value)
{
    VariantInit(out);
    V_VT(out) = VT_I4;
    V_I4(out) = value;
}

void variant_set_bool(VARIANT *out, bool value)
{
    VariantInit(out);
    V_VT(out) = VT_BOOL;
    V_BOOL(out) = value ? VARIANT_TRUE : VARIANT_FALSE;
}

void variant_set_dispatch(VARIANT *out, void *dispatch)
{
    VariantInit(out);
    V_VT(out) = VT_DISPATCH;
    V_DISPATCH(out) = dispatch;
}

void variant_set_array(VARIANT *out, VARTYPE type, SAFEARRAY *array)
{
    VariantInit(out);
    V_VT(out) = VT_ARRAY | type;
    V_ARRAY(out) = array;
}

SAFEARRAY *variant_vector(ULONG count)
{
    return SafeArrayCreateVector(VT_VARIANT, 0, count);
}

SAFEARRAY *variant_rows(ULONG rows, ULONG columns)
{
    SAFEARRAYBOUND bounds[2] = {{rows, 0}, {columns, 0}};

    return SafeArrayCreate(VT_VARIANT, 2, bounds);
}
