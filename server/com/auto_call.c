/*
 * auto_call.c: the guard around every member call, and the errors that clients see.
 *
 * Layer: server/com. An error lives in the thread's home until the next outermost call. It leaves by EXCEPINFO for
 * IDispatch::Invoke and by SetErrorInfo for vtable calls. (Wine 8 does not carry the latter across processes; the
 * HRESULT arrives there all the same.)
 */
#include "auto_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define TEXT_MAX 1024 /* characters of a composed description */
#define ARG_MAX  48   /* characters shown of one argument */

static auto_error_lookup error_lookup;
static WCHAR *(*explainer)(struct auto_object *object, HRESULT hr);
static HRESULT (*call_filter)(struct auto_object *object, const char *function);
static void (*recorder)(const struct auto_class *class, const char *function);

void auto_errors_use(auto_error_lookup lookup)
{
    error_lookup = lookup;
}

const char *auto_member_name(const char *function)
{
    const char *name = function, *p;

    for (p = function; *p; p++)
        if (*p == '_' && p[1] >= 'A' && p[1] <= 'Z')
            name = p + 1;
    return name;
}

/* ---- the error of a thread -------------------------------------------------------------------------------- */

void auto_error_clear(struct auto_home *home)
{
    home->error = S_OK;
    SysFreeString(home->description);
    SysFreeString(home->source);
    home->description = home->source = NULL;
}

void auto_error_move(struct auto_home *home, EXCEPINFO *exception)
{
    exception->scode = home->error;
    exception->bstrDescription = home->description;
    exception->bstrSource = home->source;
    home->description = home->source = NULL;
    auto_error_clear(home);
}

/* A text under construction; what does not fit is cut. */
struct text {
    WCHAR chars[TEXT_MAX];
    size_t length;
};

static void text_vadd(struct text *text, const WCHAR *format, va_list args)
{
    size_t room = TEXT_MAX - 1 - text->length;
    int n = _vsnwprintf(text->chars + text->length, room, format, args);

    text->length += n < 0 || (size_t)n > room ? room : (size_t)n;
    text->chars[text->length] = 0;
}

static void text_add(struct text *text, const WCHAR *format, ...)
{
    va_list args;

    va_start(args, format);
    text_vadd(text, format, args);
    va_end(args);
}

static void text_add_string(struct text *text, const WCHAR *string)
{
    size_t length = string ? wcslen(string) : 0;

    text_add(text, length > ARG_MAX ? L"\"%.*ls…\"" : L"\"%.*ls\"", ARG_MAX, string ? string : L"");
}

static void text_add_variant(struct text *text, const VARIANT *value)
{
    VARIANT copy;

    while (value && V_VT(value) == (VT_BYREF | VT_VARIANT))
        value = V_VARIANTREF(value);
    VariantInit(&copy);
    if (!value || V_VT(value) == VT_ERROR || V_VT(value) == VT_EMPTY)
        return;
    if (V_VT(value) == VT_BSTR)
        text_add_string(text, V_BSTR(value));
    else if (V_VT(value) == VT_DISPATCH || V_VT(value) == VT_UNKNOWN)
        text_add(text, L"object");
    else if (V_ISARRAY(value))
        text_add(text, L"array");
    else if (V_VT(value) == VT_NULL)
        text_add(text, L"Null");
    else if (SUCCEEDED(VariantChangeTypeEx(&copy, (VARIANT *)value, LOCALE_INVARIANT, VARIANT_ALPHABOOL, VT_BSTR)))
        text_add(text, L"%.*ls", ARG_MAX, V_BSTR(&copy));
    VariantClear(&copy);
}

static void text_add_args(struct text *text, const struct auto_call *call)
{
    unsigned i;

    if (!call->arg_count)
        return;
    text_add(text, L"(");
    for (i = 0; i < call->arg_count; i++) {
        if (i)
            text_add(text, L", ");
        if (call->args[i].type == VT_BSTR)
            text_add_string(text, call->args[i].value);
        else if (call->args[i].type == VT_I4)
            text_add(text, L"%ld", call->args[i].number);
        else
            text_add_variant(text, call->args[i].value);
    }
    text_add(text, L")");
}

/* The system's own text for an HRESULT that the table does not know. */
static void text_add_system(struct text *text, HRESULT hr)
{
    WCHAR buffer[256];
    DWORD n = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL, hr, 0, buffer,
                             ARRAYSIZE(buffer), NULL);

    while (n && (buffer[n - 1] == '\n' || buffer[n - 1] == '\r' || buffer[n - 1] == '.' || buffer[n - 1] == ' '))
        n--;
    text_add(text, n ? L"%.*ls" : L"the call failed", (int)n, buffer);
}

void auto_error_set(struct auto_call *call, HRESULT hr, const WCHAR *reason)
{
    struct auto_home *home = call->object->home;
    const WCHAR *class = call->object->class->name;
    struct auto_error_text known = {0};
    struct text text = {.length = 0};
    size_t length = reason ? wcslen(reason) : 0;
    bool complete = length && reason[length - 1] == '.';
    IErrorInfo *info = NULL;
    ICreateErrorInfo *create = NULL;

    if (error_lookup)
        error_lookup(hr, &known);
    auto_error_clear(home);
    home->error = hr;
    if (known.symbol)
        text_add(&text, L"[%hs 0x%08lX] ", known.symbol, (unsigned long)hr);
    else
        text_add(&text, L"[0x%08lX] ", (unsigned long)hr);
    text_add(&text, L"%ls.%hs", class, auto_member_name(call->function));
    text_add_args(&text, call);
    text_add(&text, L": ");
    if (length)
        text_add(&text, L"%ls", reason);
    else if (known.reason)
        text_add(&text, L"%hs", known.reason);
    else
        text_add_system(&text, hr);
    if (!complete && known.hint)
        text_add(&text, L". %hs", known.hint);
    home->description = SysAllocStringLen(text.chars, (UINT)text.length);
    text.length = 0;
    text_add(&text, L"MapiHost.%ls", class);
    home->source = SysAllocStringLen(text.chars, (UINT)text.length);

    if (SUCCEEDED(CreateErrorInfo(&create))) {
        ICreateErrorInfo_SetGUID(create, call->object->class->iid);
        ICreateErrorInfo_SetDescription(create, home->description);
        ICreateErrorInfo_SetSource(create, home->source);
        if (SUCCEEDED(ICreateErrorInfo_QueryInterface(create, &IID_IErrorInfo, (void **)&info))) {
            SetErrorInfo(0, info);
            IErrorInfo_Release(info);
        }
        ICreateErrorInfo_Release(create);
    }
}

HRESULT auto_fail(struct auto_object *object, HRESULT hr, const WCHAR *format, ...)
{
    struct auto_call *call = object->home->call;
    struct text reason = {.length = 0};
    va_list args;

    if (!call || SUCCEEDED(hr))
        return hr;
    if (format) {
        va_start(args, format);
        text_vadd(&reason, format, args);
        va_end(args);
    }
    auto_error_set(call, hr, format ? reason.chars : NULL);
    return hr;
}

/* ---- the guard -------------------------------------------------------------------------------------------- */

HRESULT auto_enter_closed(struct auto_call *call, struct auto_object *object, const char *function)
{
    struct auto_home *home = object->home;

    call->object = NULL;
    call->function = function;
    call->arg_count = 0;
    if (home->thread_id != GetCurrentThreadId())
        return RPC_E_WRONG_THREAD;
    auto_addref(object);
    call->object = object;
    call->outer = home->call;
    home->call = call;
    if (!call->outer) {
        auto_error_clear(home);
        home->serial++;
        home->busy_class = object->class;
        home->busy_function = function;
        home->busy_since = GetTickCount64();
    }
    return S_OK;
}

ULONG_PTR auto_call_serial(void)
{
    struct auto_home *home = auto_home_current();

    return home ? home->serial : 0;
}

HRESULT auto_enter(struct auto_call *call, struct auto_object *object, const char *function)
{
    HRESULT hr = auto_enter_closed(call, object, function);

    if (SUCCEEDED(hr) && object->closed)
        return AUTO_E_CLOSED;
    return SUCCEEDED(hr) && call_filter ? call_filter(object, function) : hr;
}

void auto_set_filter(HRESULT (*allow)(struct auto_object *object, const char *function))
{
    call_filter = allow;
}

void auto_set_recorder(void (*record)(const struct auto_class *class, const char *function))
{
    recorder = record;
}

void auto_set_explainer(WCHAR *(*explain)(struct auto_object *object, HRESULT hr))
{
    explainer = explain;
}

/* The text of an error that nobody has explained. */
static void error_set_default(struct auto_call *call, HRESULT hr)
{
    WCHAR *text = explainer ? explainer(call->object, hr) : NULL;

    auto_error_set(call, hr, text);
    free(text);
}

void auto_waiting(struct auto_object *object, bool waits)
{
    object->home->busy_since = waits ? 0 : GetTickCount64();
}

/* The reason why an object is closed, for its error. */
static void fail_closed(struct auto_call *call)
{
    const struct auto_object *object = call->object;
    struct text text = {.length = 0};

    if (!object->closed_class || object->closed_class == object->class)
        text_add(&text, L"this object was closed");
    else
        text_add(&text, L"the %ls that it belongs to was closed", object->closed_class->name);
    if (object->closed_label)
        text_add(&text, L" (\"%.*ls\")", ARG_MAX, object->closed_label);
    if (object->closer)
        text_add(&text, L" by %ls.%hs", object->closer->name, auto_member_name(object->closer_function));
    text_add(&text, L". Get it again from its parent.");
    auto_error_set(call, AUTO_E_CLOSED, text.chars);
}

HRESULT auto_leave(struct auto_call *call, HRESULT hr)
{
    struct auto_object *object = call->object;
    struct auto_home *home;

    if (!object)
        return hr;
    home = object->home;
    if (recorder && SUCCEEDED(hr))
        recorder(object->class, call->function);
    if (FAILED(hr) && home->error != hr) {
        if (hr == AUTO_E_CLOSED && object->closed)
            fail_closed(call);
        else
            error_set_default(call, hr);
    }
    home->call = call->outer;
    if (!call->outer)
        home->busy_since = 0;
    auto_release(object);
    return hr;
}

static void arg_add(struct auto_call *call, VARTYPE type, const void *value, LONG number)
{
    if (call->arg_count == AUTO_MAX_ARGS)
        return;
    call->args[call->arg_count].type = type;
    call->args[call->arg_count].value = value;
    call->args[call->arg_count++].number = number;
}

void auto_arg_text(struct auto_call *call, const WCHAR *text)
{
    arg_add(call, VT_BSTR, text, 0);
}

void auto_arg_number(struct auto_call *call, LONG number)
{
    arg_add(call, VT_I4, NULL, number);
}

void auto_arg_variant(struct auto_call *call, const VARIANT *value)
{
    arg_add(call, VT_VARIANT, value, 0);
}
