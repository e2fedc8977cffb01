/*
 * dispatch.c: late-bound calls by name. See dispatch.h.
 *
 * Layer: tests. Limits: at most 12 arguments a call.
 */
#include "dispatch.h"

#include <stdarg.h>
#include <wchar.h>

#define MAX_ARGS 12

static _Thread_local struct disp_error last_error;

BOOL (*disp_member_id)(const WCHAR *name, DISPID *id);

const struct disp_error *disp_error(void)
{
    return &last_error;
}

static void keep_error(HRESULT hr, const EXCEPINFO *exception)
{
    memset(&last_error, 0, sizeof last_error);
    if (SUCCEEDED(hr))
        return;
    last_error.hr = hr;
    if (hr == DISP_E_EXCEPTION && exception) {
        if (exception->scode)
            last_error.hr = exception->scode;
        if (exception->bstrSource)
            lstrcpynW(last_error.source, exception->bstrSource, ARRAYSIZE(last_error.source));
        if (exception->bstrDescription)
            lstrcpynW(last_error.description, exception->bstrDescription, ARRAYSIZE(last_error.description));
    }
}

void disp_note_error(HRESULT hr, EXCEPINFO *exception)
{
    if (hr == DISP_E_EXCEPTION && exception->pfnDeferredFillIn)
        exception->pfnDeferredFillIn(exception);
    keep_error(hr, exception);
    SysFreeString(exception->bstrSource);
    SysFreeString(exception->bstrDescription);
    SysFreeString(exception->bstrHelpFile);
    memset(exception, 0, sizeof *exception);
}

/* An error of the call itself: of its name, its arguments. */
static BOOL is_of_the_call(HRESULT hr)
{
    static const HRESULT of_the_call[] = {DISP_E_BADPARAMCOUNT,  DISP_E_TYPEMISMATCH, DISP_E_PARAMNOTOPTIONAL,
                                          DISP_E_MEMBERNOTFOUND, DISP_E_BADVARTYPE,   DISP_E_OVERFLOW,
                                          DISP_E_BADINDEX,       DISP_E_ARRAYISLOCKED, DISP_E_NOTACOLLECTION, DISP_E_PARAMNOTFOUND};

    for (size_t i = 0; i < ARRAYSIZE(of_the_call); i++)
        if (hr == of_the_call[i])
            return TRUE;
    return FALSE;
}

BOOL disp_error_is_defined(HRESULT hr)
{
    if (is_of_the_call(hr))
        return TRUE;
    if (hr == E_FAIL) /* MAPI_E_CALL_FAILED has this value: good with a text of its own */
        return !wcsncmp(last_error.description, L"[MAPI_E_CALL_FAILED", 19);
    if (hr == E_NOTIMPL || hr == E_UNEXPECTED || HRESULT_FACILITY(hr) == FACILITY_RPC)
        return FALSE;
    return last_error.description[0] == L'[' && !wcsncmp(last_error.source, L"MapiHost.", 9);
}

HRESULT disp_create(const WCHAR *progid, IDispatch **out)
{
    CLSID clsid;
    HRESULT hr;

    *out = NULL;
    hr = CLSIDFromProgID(progid, &clsid);
    if (SUCCEEDED(hr))
        hr = CoCreateInstance(&clsid, NULL, CLSCTX_LOCAL_SERVER, &IID_IDispatch, (void **)out);
    keep_error(hr, NULL);
    return hr;
}

/* Reads one argument by its letter. */
static HRESULT take_argument(char letter, va_list *list, VARIANT *to)
{
    const WCHAR *text;

    VariantInit(to);
    switch (letter) {
    case 's':
        text = va_arg(*list, const WCHAR *);
        if (!text)
            break;
        V_VT(to) = VT_BSTR;
        V_BSTR(to) = SysAllocString(text);
        return V_BSTR(to) ? S_OK : E_OUTOFMEMORY;
    case 'i':
        V_VT(to) = VT_I4;
        V_I4(to) = va_arg(*list, LONG);
        return S_OK;
    case 'b':
        V_VT(to) = VT_BOOL;
        V_BOOL(to) = va_arg(*list, int) ? VARIANT_TRUE : VARIANT_FALSE;
        return S_OK;
    case 'd':
        V_VT(to) = VT_DATE;
        V_DATE(to) = va_arg(*list, double);
        return S_OK;
    case 'r':
        V_VT(to) = VT_R8;
        V_R8(to) = va_arg(*list, double);
        return S_OK;
    case 'o':
        V_VT(to) = VT_DISPATCH;
        V_DISPATCH(to) = va_arg(*list, IDispatch *);
        if (V_DISPATCH(to))
            IDispatch_AddRef(V_DISPATCH(to));
        return S_OK;
    case 'v':
        return VariantCopy(to, va_arg(*list, VARIANT *));
    case 'n':
        V_VT(to) = VT_NULL;
        return S_OK;
    case 'e':
        break;
    default:
        return E_INVALIDARG;
    }
    V_VT(to) = VT_ERROR;
    V_ERROR(to) = DISP_E_PARAMNOTFOUND;
    return S_OK;
}

static HRESULT ask_id(IDispatch *object, const WCHAR *name, DISPID *id)
{
    return IDispatch_GetIDsOfNames(object, &IID_NULL, (LPOLESTR *)&name, 1, LOCALE_USER_DEFAULT, id);
}

static HRESULT call_list(IDispatch *object, const WCHAR *name, WORD flags, VARIANT *result, const char *format,
                         va_list *list)
{
    VARIANT args[MAX_ARGS], ordered[MAX_ARGS];
    DISPPARAMS params = {ordered, NULL, 0, 0};
    DISPID id, other, put = DISPID_PROPERTYPUT;
    EXCEPINFO exception = {0};
    UINT count = 0, bad = 0;
    BOOL known;
    HRESULT hr;

    if (result)
        VariantInit(result);
    if (!object)
        return E_POINTER;
    known = disp_member_id && disp_member_id(name, &id);
    hr = known ? S_OK : ask_id(object, name, &id);
    for (; SUCCEEDED(hr) && format && *format; format++) {
        if (*format == '=')
            continue;
        hr = count < MAX_ARGS ? take_argument(*format, list, &args[count]) : E_INVALIDARG;
        count += SUCCEEDED(hr);
    }
    for (UINT i = 0; i < count; i++)
        ordered[i] = args[count - 1 - i];
    params.cArgs = count;
    if (flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF)) {
        params.rgdispidNamedArgs = &put;
        params.cNamedArgs = 1;
    }
    if (SUCCEEDED(hr))
        hr = IDispatch_Invoke(object, id, &IID_NULL, LOCALE_USER_DEFAULT, flags, &params, result, &exception, &bad);
    if (known && is_of_the_call(hr)) { /* perhaps this object has another member under that id, or none of that name */
        HRESULT asked = ask_id(object, name, &other);

        if (FAILED(asked))
            hr = asked;
        else if (other != id)
            hr = IDispatch_Invoke(object, other, &IID_NULL, LOCALE_USER_DEFAULT, flags, &params, result, &exception, &bad);
    }
    disp_note_error(hr, &exception);
    for (UINT i = 0; i < count; i++)
        VariantClear(&args[i]);
    return FAILED(hr) ? last_error.hr : hr;
}

HRESULT disp_call(IDispatch *object, const WCHAR *name, WORD flags, VARIANT *result, const char *format, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, format);
    hr = call_list(object, name, flags, result, format, &list);
    va_end(list);
    return hr;
}

HRESULT disp_get(IDispatch *object, const WCHAR *name, VARIANT *result, const char *format, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, format);
    hr = call_list(object, name, DISPATCH_PROPERTYGET | DISPATCH_METHOD, result, format, &list);
    va_end(list);
    return hr;
}

HRESULT disp_put(IDispatch *object, const WCHAR *name, const char *format, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, format);
    hr = call_list(object, name, DISPATCH_PROPERTYPUT, NULL, format, &list);
    va_end(list);
    return hr;
}

HRESULT disp_run(IDispatch *object, const WCHAR *name, const char *format, ...)
{
    va_list list;
    HRESULT hr;

    va_start(list, format);
    hr = call_list(object, name, DISPATCH_METHOD, NULL, format, &list);
    va_end(list);
    return hr;
}

IDispatch *disp_object(IDispatch *object, const WCHAR *name, const char *format, ...)
{
    VARIANT result;
    va_list list;
    HRESULT hr;

    va_start(list, format);
    hr = call_list(object, name, DISPATCH_PROPERTYGET | DISPATCH_METHOD, &result, format, &list);
    va_end(list);
    if (SUCCEEDED(hr) && V_VT(&result) == VT_DISPATCH)
        return V_DISPATCH(&result);
    VariantClear(&result);
    return NULL;
}

LONG disp_long(IDispatch *object, const WCHAR *name, LONG fallback)
{
    VARIANT result;
    LONG value = fallback;

    if (SUCCEEDED(disp_get(object, name, &result, "")) && SUCCEEDED(VariantChangeType(&result, &result, 0, VT_I4)))
        value = V_I4(&result);
    VariantClear(&result);
    return value;
}

const WCHAR *disp_text(IDispatch *object, const WCHAR *name, WCHAR *buffer, size_t count)
{
    VARIANT result;

    buffer[0] = 0;
    if (SUCCEEDED(disp_get(object, name, &result, "")) && SUCCEEDED(VariantChangeType(&result, &result, 0, VT_BSTR)) &&
        V_BSTR(&result))
        lstrcpynW(buffer, V_BSTR(&result), (int)count);
    VariantClear(&result);
    return buffer;
}

/* One step of a path: "Name", "Name(3)" or "Name('text')". */
static IDispatch *path_step(IDispatch *object, const WCHAR *step, size_t length)
{
    WCHAR name[128], *argument;

    if (length >= ARRAYSIZE(name))
        return NULL;
    lstrcpynW(name, step, (int)length + 1);
    argument = wcschr(name, L'(');
    if (!argument)
        return disp_object(object, name, "");
    *argument++ = 0;
    if (*argument != L'\'')
        return disp_object(object, name, "i", wcstol(argument, NULL, 0));
    argument++;
    argument[wcscspn(argument, L"'")] = 0;
    return disp_object(object, name, "s", argument);
}

IDispatch *disp_path(IDispatch *object, const WCHAR *path)
{
    IDispatch *at = object;

    IDispatch_AddRef(at);
    while (at && *path) {
        size_t length = wcscspn(path, L".");
        IDispatch *next = path_step(at, path, length);

        IDispatch_Release(at);
        at = next;
        path += length + (path[length] == L'.');
    }
    return at;
}
