/*
 * session_options.c: Session.GetOption, SetOption and SetLocaleIDs.
 *
 * Layer: server/object. The options are those of CDO's calendar rendering; they hold for the session. Both members
 * answer MAPI_E_CALL_FAILED before Logon, as CDO does.
 */
#include "session.h"
#include "variant.h"

#include <wchar.h>

static const struct option {
    const WCHAR *name;
    VARTYPE type;
    double number;     /* default of VT_DATE (a fraction of a day) and VT_I4 */
    const WCHAR *text; /* default of VT_BSTR */
} options[SESSION_OPTION_COUNT] = {
    {L"BusinessDayEndTime", VT_DATE, 17.0 / 24, NULL},
    {L"BusinessDayStartTime", VT_DATE, 9.0 / 24, NULL},
    {L"BusinessDays", VT_I4, 62, NULL}, /* a bit for each day from Sunday: Monday to Friday */
    {L"CalendarStore", VT_BSTR, 0, L"Outlook"},
    {L"FirstDayOfWeek", VT_I4, 7, NULL}, /* 1 Monday to 7 Sunday */
    {L"FreeBusyMonths", VT_I4, 2, NULL},
    {L"Is24HourClock", VT_BOOL, 0, NULL},
    {L"TimeZone", VT_I4, 0, NULL},
    {L"WeekOfYear", VT_I4, 1, NULL},
};

void session_options_clear(struct session *self)
{
    size_t i;

    for (i = 0; i < SESSION_OPTION_COUNT; i++)
        VariantClear(&self->options[i]);
}

static HRESULT option_find(struct session *self, const VARIANT *name, size_t *index)
{
    BSTR text = NULL;
    HRESULT hr = variant_get_bstr(name, &text);

    for (*index = 0; SUCCEEDED(hr) && *index < SESSION_OPTION_COUNT; ++*index)
        if (text && !_wcsicmp(options[*index].name, text))
            break;
    SysFreeString(text);
    if (SUCCEEDED(hr) && *index == SESSION_OPTION_COUNT)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"there is no such option");
    return hr;
}

static HRESULT require_logon(struct session *self)
{
    if (self->mapi)
        return S_OK;
    return auto_fail(&self->base, MAPI_E_CALL_FAILED, L"the session is not logged on. Call Session.Logon first.");
}

HRESULT STDMETHODCALLTYPE session_GetOption(IMhSession *iface, VARIANT name, VARIANT *value)
{
    struct session *self = session_from(iface);
    const struct option *option;
    struct auto_call call;
    size_t index = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    auto_arg_variant(&call, &name);
    if (SUCCEEDED(hr))
        hr = require_logon(self);
    if (SUCCEEDED(hr))
        hr = option_find(self, &name, &index);
    if (SUCCEEDED(hr)) {
        option = &options[index];
        if (V_VT(&self->options[index]) != VT_EMPTY)
            hr = VariantCopy(value, &self->options[index]);
        else if (option->type == VT_BSTR)
            hr = variant_set_bstr(value, option->text);
        else if (option->type == VT_BOOL)
            variant_set_bool(value, option->number != 0);
        else if (option->type == VT_DATE) {
            V_VT(value) = VT_DATE;
            V_DATE(value) = option->number;
        } else
            variant_set_long(value, (LONG)option->number);
    }
    return auto_leave(&call, hr);
}

static HRESULT option_check(struct session *self, size_t index, const VARIANT *value)
{
    if (!wcscmp(options[index].name, L"CalendarStore") && _wcsicmp(V_BSTR(value), L"Outlook") &&
        _wcsicmp(V_BSTR(value), L"SchedulePlus"))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"CalendarStore is Outlook or SchedulePlus");
    if (!wcscmp(options[index].name, L"FreeBusyMonths") && V_I4(value) < 1)
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"FreeBusyMonths is a positive number");
    return S_OK;
}

HRESULT STDMETHODCALLTYPE session_SetOption(IMhSession *iface, VARIANT name, VARIANT value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    VARIANT converted;
    size_t index = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(&converted);
    auto_arg_variant(&call, &name);
    auto_arg_variant(&call, &value);
    if (SUCCEEDED(hr))
        hr = require_logon(self);
    if (SUCCEEDED(hr))
        hr = option_find(self, &name, &index);
    if (SUCCEEDED(hr) && FAILED(VariantChangeType(&converted, (VARIANT *)variant_deref(&value), 0, options[index].type)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the value has not the type of this option");
    if (SUCCEEDED(hr))
        hr = option_check(self, index, &converted);
    if (SUCCEEDED(hr))
        hr = VariantCopy(&self->options[index], &converted);
    VariantClear(&converted);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_SetLocaleIDs(IMhSession *iface, VARIANT locale, VARIANT code_page)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    LONG lcid = 0, page = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &locale);
    auto_arg_variant(&call, &code_page);
    if (SUCCEEDED(hr) && self->mapi)
        hr = auto_fail(&self->base, MAPI_E_CALL_FAILED, L"the session is logged on. Call SetLocaleIDs before Logon.");
    if (SUCCEEDED(hr))
        hr = variant_get_long(&locale, 0, &lcid);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&code_page, 0, &page);
    if (SUCCEEDED(hr) && !IsValidLocale((LCID)lcid, LCID_SUPPORTED))
        hr = auto_fail(&self->base, MAPI_E_UNKNOWN_LCID, NULL);
    if (SUCCEEDED(hr) && !IsValidCodePage((UINT)page))
        hr = auto_fail(&self->base, MAPI_E_UNKNOWN_CPID, NULL);
    if (SUCCEEDED(hr)) {
        self->locale = (LCID)lcid;
        self->code_page = (UINT)page;
    }
    return auto_leave(&call, hr);
}
