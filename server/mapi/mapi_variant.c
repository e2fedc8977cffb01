/*
 * mapi_variant.c: property values as VARIANTs, and the types of both. The other direction is in mapi_variant_in.c.
 *
 * Layer: MAPI client.
 */
#include "mapi_variant.h"

#include "hex.h"
#include <string.h>
#include <wchar.h>

#define EXACT_IN_DOUBLE 9007199254740992LL /* 2^53 */
#define VB_BLOB 65                        /* CDO's vbBlob */

ULONG mapi_tag_unicode(ULONG tag)
{
    if (PROP_TYPE(tag) == PT_STRING8)
        return CHANGE_PROP_TYPE(tag, PT_UNICODE);
    return PROP_TYPE(tag) == PT_MV_STRING8 ? CHANGE_PROP_TYPE(tag, PT_MV_UNICODE) : tag;
}

ULONG mapi_tag_ansi(ULONG tag)
{
    if (PROP_TYPE(tag) == PT_UNICODE)
        return CHANGE_PROP_TYPE(tag, PT_STRING8);
    return PROP_TYPE(tag) == PT_MV_UNICODE ? CHANGE_PROP_TYPE(tag, PT_MV_STRING8) : tag;
}

/*
 * What local time is ahead of UTC, for tables of many times: asking the system costs far more than all else of a conversion. A
 * day (of UTC) whose first and last moment have the same offset has it throughout; others are not kept. What is kept is
 * forgotten after some seconds, since the time zone can be changed.
 */
#define TICKS_A_MINUTE 600000000LL
#define TICKS_A_DAY    (1440 * TICKS_A_MINUTE)
#define DAYS_KEPT      512
#define KEPT_SHIFT     14 /* of milliseconds: 16 seconds */
#define OFFSET_BASE    4096
static volatile LONG64 offsets[DAYS_KEPT]; /* time kept << 32 | day << 13 | offset in minutes + OFFSET_BASE; 0: nothing */

static bool ask_offset(LONGLONG ticks, LONGLONG *offset)
{
    FILETIME time = {(DWORD)ticks, (DWORD)(ticks >> 32)}, local_time;
    SYSTEMTIME utc, local;
    LONGLONG ahead;

    if (!FileTimeToSystemTime(&time, &utc) || !SystemTimeToTzSpecificLocalTime(NULL, &utc, &local) ||
        !SystemTimeToFileTime(&local, &local_time))
        return false;
    ahead = ((LONGLONG)local_time.dwHighDateTime << 32 | local_time.dwLowDateTime) - ticks;
    ahead += ahead < 0 ? -TICKS_A_MINUTE / 2 : TICKS_A_MINUTE / 2; /* the parts of a millisecond are lost */
    *offset = ahead / TICKS_A_MINUTE;
    return true;
}

/* The offset, in minutes, at a time; 0 where the system knows none. */
static LONGLONG local_offset(LONGLONG ticks)
{
    LONGLONG day = ticks / TICKS_A_DAY, first = 0, last = 0, own = 0;
    volatile LONG64 *kept = &offsets[day % DAYS_KEPT];
    LONG64 key = (LONG64)((GetTickCount64() >> KEPT_SHIFT) & 0x7FFFFFFF) << 32 | (day & 0x7FFFF) << 13;
    LONG64 found = InterlockedCompareExchange64(kept, 0, 0);

    if (found && (found & ~(LONG64)0x1FFF) == key)
        return (found & 0x1FFF) - OFFSET_BASE;
    if (day < 0x7FFFF && ask_offset(day * TICKS_A_DAY, &first) && ask_offset((day + 1) * TICKS_A_DAY - 10000, &last) &&
        first == last) {
        InterlockedExchange64(kept, key | (first + OFFSET_BASE));
        return first;
    }
    return ask_offset(ticks, &own) ? own : 0;
}

bool mapi_date_from_filetime(const FILETIME *time, bool utc, DATE *date)
{
    LONGLONG ticks = (LONGLONG)time->dwHighDateTime << 32 | time->dwLowDateTime;
    FILETIME shown;
    SYSTEMTIME parts;

    if (ticks < 0)
        return false;
    if (!utc)
        ticks += local_offset(ticks) * TICKS_A_MINUTE;
    shown = (FILETIME){(DWORD)ticks, (DWORD)(ticks >> 32)};
    if (ticks < 0 || !FileTimeToSystemTime(&shown, &parts))
        return false;
    parts.wMilliseconds = 0;
    return SystemTimeToVariantTime(&parts, date) != 0;
}

bool mapi_date_to_filetime(DATE date, bool utc, FILETIME *time)
{
    SYSTEMTIME local, utc_time;

    if (!VariantTimeToSystemTime(date, &local))
        return false;
    if (utc || !TzSpecificLocalTimeToSystemTime(NULL, &local, &utc_time))
        utc_time = local;
    return SystemTimeToFileTime(&utc_time, time) != 0;
}

BSTR mapi_hex_bstr(const SBinary *binary)
{
    BSTR text = SysAllocStringLen(NULL, binary->cb * 2);

    if (text)
        hex_encode(binary->lpb, binary->cb, text);
    return text;
}

HRESULT mapi_hex_decode(const WCHAR *text, SBinary *out)
{
    size_t length = text ? wcslen(text) : 0;
    HRESULT hr;

    out->cb = 0, out->lpb = NULL;
    if (!length)
        return MAPI_E_INVALID_ENTRYID;
    hr = mapi_allocate(length / 2 + 1, NULL, &out->lpb);
    if (FAILED(hr))
        return hr;
    if (!hex_decode(text, length, out->lpb)) {
        mapi_free(out->lpb);
        out->lpb = NULL;
        return MAPI_E_INVALID_ENTRYID;
    }
    out->cb = (ULONG)(length / 2);
    return S_OK;
}

/* ---- values out ------------------------------------------------------------------------------------------------- */

static HRESULT set_bstr(VARIANT *out, BSTR text)
{
    if (!text)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    V_VT(out) = VT_BSTR;
    V_BSTR(out) = text;
    return S_OK;
}

static BSTR bstr_from_ansi(const char *text)
{
    int size = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    BSTR wide = size > 0 ? SysAllocStringLen(NULL, (UINT)size - 1) : NULL;

    if (wide)
        MultiByteToWideChar(CP_ACP, 0, text, -1, wide, size);
    return wide;
}

static HRESULT set_binary(VARIANT *out, const SBinary *binary, unsigned style)
{
    SAFEARRAY *array;

    if (!(style & MAPI_VARIANT_BYTES))
        return set_bstr(out, mapi_hex_bstr(binary));
    array = SafeArrayCreateVector(VT_UI1, 0, binary->cb);
    if (!array)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (binary->cb)
        memcpy(array->pvData, binary->lpb, binary->cb);
    V_VT(out) = VT_ARRAY | VT_UI1;
    V_ARRAY(out) = array;
    return S_OK;
}

static HRESULT set_guid(VARIANT *out, const GUID *guid)
{
    WCHAR text[40];

    StringFromGUID2(guid, text, 40);
    return set_bstr(out, SysAllocString(text));
}

static HRESULT set_integer64(VARIANT *out, LONGLONG number)
{
    if (number <= EXACT_IN_DOUBLE && number >= -EXACT_IN_DOUBLE) {
        V_VT(out) = VT_R8;
        V_R8(out) = (double)number;
        return S_OK;
    }
    memset(&V_DECIMAL(out), 0, sizeof V_DECIMAL(out));
    V_DECIMAL(out).sign = number < 0 ? DECIMAL_NEG : 0;
    V_DECIMAL(out).Lo64 = number < 0 ? 0 - (ULONGLONG)number : (ULONGLONG)number;
    V_VT(out) = VT_DECIMAL;
    return S_OK;
}

static HRESULT set_time(VARIANT *out, const FILETIME *time, unsigned style)
{
    DATE date;

    if (!mapi_date_from_filetime(time, (style & MAPI_VARIANT_UTC) != 0, &date)) {
        V_VT(out) = VT_NULL;
        return S_OK;
    }
    V_VT(out) = VT_DATE;
    V_DATE(out) = date;
    return S_OK;
}

static HRESULT set_single(const SPropValue *value, unsigned style, VARIANT *out)
{
    const union _PV *v = &value->Value;

    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_NULL:
    case PT_ERROR:
        V_VT(out) = VT_NULL;
        return S_OK;
    case PT_I2:
        V_VT(out) = VT_I2, V_I2(out) = v->i;
        return S_OK;
    case PT_LONG:
        V_VT(out) = VT_I4, V_I4(out) = v->l;
        return S_OK;
    case PT_R4:
        V_VT(out) = VT_R4, V_R4(out) = v->flt;
        return S_OK;
    case PT_DOUBLE:
        V_VT(out) = VT_R8, V_R8(out) = v->dbl;
        return S_OK;
    case PT_CURRENCY:
        V_VT(out) = VT_CY, V_CY(out) = v->cur;
        return S_OK;
    case PT_APPTIME:
        V_VT(out) = VT_DATE, V_DATE(out) = v->at;
        return S_OK;
    case PT_BOOLEAN:
        V_VT(out) = VT_BOOL, V_BOOL(out) = v->b ? VARIANT_TRUE : VARIANT_FALSE;
        return S_OK;
    case PT_I8:
        return set_integer64(out, v->li.QuadPart);
    case PT_STRING8:
        return set_bstr(out, bstr_from_ansi(v->lpszA ? v->lpszA : ""));
    case PT_UNICODE:
        return set_bstr(out, SysAllocString(v->lpszW ? v->lpszW : L""));
    case PT_SYSTIME:
        return set_time(out, &v->ft, style);
    case PT_CLSID:
        return set_guid(out, v->lpguid);
    case PT_BINARY:
        return set_binary(out, &v->bin, style);
    }
    return MAPI_E_TYPE_NO_SUPPORT;
}

/* Element `index` of a multi-value as a value of its own. */
static bool multi_element(const SPropValue *value, ULONG index, SPropValue *element)
{
    ULONG type = PROP_TYPE(value->ulPropTag) & ~(ULONG)MV_FLAG;
    const union _PV *v = &value->Value;

    memset(element, 0, sizeof *element);
    element->ulPropTag = CHANGE_PROP_TYPE(value->ulPropTag, type);
    switch (type) {
    case PT_I2:
        element->Value.i = v->MVi.lpi[index];
        return true;
    case PT_LONG:
        element->Value.l = v->MVl.lpl[index];
        return true;
    case PT_R4:
        element->Value.flt = v->MVflt.lpflt[index];
        return true;
    case PT_DOUBLE:
    case PT_APPTIME:
        element->Value.dbl = v->MVdbl.lpdbl[index];
        return true;
    case PT_CURRENCY:
        element->Value.cur = v->MVcur.lpcur[index];
        return true;
    case PT_I8:
        element->Value.li = v->MVli.lpli[index];
        return true;
    case PT_SYSTIME:
        element->Value.ft = v->MVft.lpft[index];
        return true;
    case PT_STRING8:
        element->Value.lpszA = v->MVszA.lppszA[index];
        return true;
    case PT_UNICODE:
        element->Value.lpszW = v->MVszW.lppszW[index];
        return true;
    case PT_BINARY:
        element->Value.bin = v->MVbin.lpbin[index];
        return true;
    case PT_CLSID:
        element->Value.lpguid = &v->MVguid.lpguid[index];
        return true;
    }
    return false;
}

static HRESULT set_multiple(const SPropValue *value, unsigned style, VARIANT *out)
{
    ULONG count = value->Value.MVl.cValues; /* every multi-value begins with its count */
    SAFEARRAY *array = SafeArrayCreateVector(VT_VARIANT, 0, count);
    HRESULT hr = array ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;

    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        VARIANT *element = (VARIANT *)array->pvData + i;
        SPropValue single;

        hr = multi_element(value, i, &single) ? set_single(&single, style, element) : MAPI_E_TYPE_NO_SUPPORT;
        if (FAILED(hr))
            V_VT(element) = VT_EMPTY;
    }
    if (FAILED(hr)) {
        if (array)
            SafeArrayDestroy(array);
        return hr;
    }
    V_VT(out) = VT_ARRAY | VT_VARIANT;
    V_ARRAY(out) = array;
    return S_OK;
}

HRESULT mapi_variant_from_prop(const SPropValue *value, unsigned style, VARIANT *out)
{
    HRESULT hr;

    VariantInit(out);
    hr = PROP_TYPE(value->ulPropTag) & MV_FLAG ? set_multiple(value, style, out) : set_single(value, style, out);
    if (FAILED(hr))
        V_VT(out) = VT_EMPTY;
    return hr;
}

/* ---- types ------------------------------------------------------------------------------------------------------ */

ULONG mapi_type_from_vartype(LONG vartype)
{
    ULONG multiple = vartype & VT_ARRAY ? MV_FLAG : 0;

    switch (vartype & ~(VT_ARRAY | VT_BYREF)) {
    case VT_NULL:
        return PT_NULL;
    case VT_I2:
        return PT_I2 | multiple;
    case VT_I1:
    case VT_UI2:
    case VT_I4:
    case VT_UI4:
    case VT_INT:
    case VT_UINT:
        return PT_LONG | multiple;
    case VT_UI1:
        return multiple ? PT_BINARY : PT_I2;
    case VT_R4:
        return PT_R4 | multiple;
    case VT_R8:
        return PT_DOUBLE | multiple;
    case VT_CY:
        return PT_CURRENCY | multiple;
    case VT_DATE:
        return PT_SYSTIME | multiple;
    case VT_BSTR:
        return PT_UNICODE | multiple;
    case VT_BOOL:
        return multiple ? 0 : PT_BOOLEAN;
    case VT_I8:
    case VT_UI8:
    case VT_DECIMAL:
        return PT_I8 | multiple;
    case VB_BLOB:
        return PT_BINARY | multiple;
    }
    return 0;
}

LONG mapi_vartype_from_type(ULONG type)
{
    LONG multiple = type & MV_FLAG ? VT_ARRAY : 0;

    switch (type & ~(ULONG)MV_FLAG) {
    case PT_I2:
        return VT_I2 | multiple;
    case PT_LONG:
        return VT_I4 | multiple;
    case PT_R4:
        return VT_R4 | multiple;
    case PT_DOUBLE:
    case PT_I8:
        return VT_R8 | multiple;
    case PT_CURRENCY:
        return VT_CY | multiple;
    case PT_APPTIME:
    case PT_SYSTIME:
        return VT_DATE | multiple;
    case PT_BOOLEAN:
        return VT_BOOL | multiple;
    case PT_STRING8:
    case PT_UNICODE:
    case PT_CLSID:
        return VT_BSTR | multiple;
    case PT_BINARY:
        return VB_BLOB | multiple;
    case PT_NULL:
        return VT_NULL;
    case PT_OBJECT:
        return VT_UNKNOWN;
    case PT_ERROR:
        return VT_ERROR;
    }
    return VT_EMPTY;
}

ULONG mapi_variant_type(const VARIANT *value)
{
    while (V_VT(value) == (VT_BYREF | VT_VARIANT))
        value = V_VARIANTREF(value);
    if (V_VT(value) & VT_ARRAY && (V_VT(value) & VT_TYPEMASK) == VT_VARIANT) {
        SAFEARRAY *array = V_VT(value) & VT_BYREF ? *V_ARRAYREF(value) : V_ARRAY(value);
        ULONG type;
        LONG lower, upper;

        if (!array || SafeArrayGetDim(array) != 1 || FAILED(SafeArrayGetLBound(array, 1, &lower)) ||
            FAILED(SafeArrayGetUBound(array, 1, &upper)) || upper < lower)
            return 0;
        type = mapi_variant_type((VARIANT *)array->pvData);
        return type && !(type & MV_FLAG) && type != PT_BOOLEAN && type != PT_NULL ? type | MV_FLAG : 0;
    }
    return mapi_type_from_vartype(V_VT(value));
}
