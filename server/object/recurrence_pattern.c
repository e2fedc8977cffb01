/*
 * recurrence_pattern.c: the RecurrencePattern object.
 *
 * Layer: server/object. The pattern lives in the AppointmentItem; this object shows it. What is set here is written to
 * the message by the appointment's Update or Send, as in CDO. CDO's rules decide which fields follow when one is set.
 */
#include "appointment.h"

#include "cdo_dispid.h"
#include "mapi_prop.h"
#include "object_util.h"
#include <math.h>
#include <stdio.h>

#define DAY 1440

struct recurrence_pattern {
    struct auto_object base;
    struct appointment *appointment; /* the parent */
};

static struct recurrence_pattern *recurrence_pattern_from(IMhRecurrencePattern *iface)
{
    return (struct recurrence_pattern *)iface;
}

static struct recurrence *pattern_of(IMhRecurrencePattern *iface)
{
    return &recurrence_pattern_from(iface)->appointment->pattern;
}

static bool is_yearly(const struct recurrence *pattern)
{
    return pattern->type == RECURRENCE_YEARLY || pattern->type == RECURRENCE_YEARLY_NTH;
}

static bool is_nth(const struct recurrence *pattern)
{
    return pattern->type == RECURRENCE_MONTHLY_NTH || pattern->type == RECURRENCE_YEARLY_NTH;
}

/* ---- reading and writing the message ------------------------------------------------------------------------------------ */

HRESULT appointment_load_pattern(struct appointment *self)
{
    SPropValue *blob = NULL;
    LONGLONG start = 0, end = 0;
    HRESULT hr;

    if (self->has_pattern)
        return S_OK;
    hr = calendar_get_times(&self->message, &start, &end);
    if (hr == MAPI_E_NOT_FOUND)
        hr = S_OK;
    if (SUCCEEDED(hr) && calendar_get_long(&self->message, CALENDAR_RECURRING, FALSE) &&
        SUCCEEDED(calendar_get(&self->message, CALENDAR_RECUR_BLOB, &blob))) {
        if (!recurrence_read(blob->Value.bin.lpb, blob->Value.bin.cb, &self->pattern))
            hr = auto_fail(&self->message.base, MAPI_E_CORRUPT_DATA,
                           L"the recurrence pattern cannot be read: it is damaged, or of another calendar");
    } else if (SUCCEEDED(hr)) {
        recurrence_init(&self->pattern, (int32_t)(start / DAY), (int32_t)(start % DAY),
                        (int32_t)(start % DAY + (end - start)));
        self->pattern_changed = true;
    }
    self->has_pattern = SUCCEEDED(hr);
    mapi_free(blob);
    return hr;
}

/* "every 2 weeks, from 10:00 to 10:30": what list views show. */
static void describe(const struct recurrence *pattern, WCHAR *text, size_t size)
{
    static const WCHAR *const units[] = {L"day", L"week", L"month", L"month", L"", L"year", L"year"};

    if (pattern->interval == 1)
        _snwprintf(text, size, L"every %ls from %02d:%02d to %02d:%02d", units[pattern->type],
                   pattern->start_minute / 60, pattern->start_minute % 60, pattern->end_minute / 60 % 24,
                   pattern->end_minute % 60);
    else
        _snwprintf(text, size, L"every %d %lss from %02d:%02d to %02d:%02d", pattern->interval, units[pattern->type],
                   pattern->start_minute / 60, pattern->start_minute % 60, pattern->end_minute / 60 % 24,
                   pattern->end_minute % 60);
}

/* PidLidRecurrenceType: 1 daily to 4 yearly. */
static LONG stored_type(const struct recurrence *pattern)
{
    switch (pattern->type) {
    case RECURRENCE_DAILY:
        return 1;
    case RECURRENCE_WEEKLY:
        return 2;
    case RECURRENCE_MONTHLY:
    case RECURRENCE_MONTHLY_NTH:
        return 3;
    default:
        return 4;
    }
}

HRESULT appointment_store_blob(struct appointment *self)
{
    struct bytebuf blob = {0};
    HRESULT hr;

    recurrence_write(&self->pattern, &blob);
    hr = blob.failed ? E_OUTOFMEMORY
                     : calendar_put_bytes(&self->message, CALENDAR_RECUR_BLOB, blob.data, (ULONG)blob.size);
    bytebuf_free(&blob);
    return hr;
}

/* The appointment itself is at the first occurrence; the clip times say from when to when the series goes. */
static HRESULT store_times(struct appointment *self)
{
    const struct recurrence *pattern = &self->pattern;
    int32_t first = recurrence_next(pattern, pattern->start_day);
    int32_t last = pattern->endless ? recurrence_day(4500, 8, 31) : pattern->end_day;
    LONGLONG begin = (LONGLONG)(first == RECURRENCE_NO_DAY ? pattern->start_day : first) * DAY;
    BYTE zone[CALENDAR_TIME_ZONE_SIZE];
    WCHAR zone_name[32];
    HRESULT hr = calendar_set_times(&self->message, begin + pattern->start_minute, begin + pattern->end_minute);

    if (SUCCEEDED(hr))
        hr = calendar_put_time(&self->message, CALENDAR_CLIP_START,
                               mapi_calendar_filetime((LONGLONG)pattern->start_day * DAY));
    if (SUCCEEDED(hr))
        hr = calendar_put_time(&self->message, CALENDAR_CLIP_END, mapi_calendar_filetime((LONGLONG)last * DAY));
    mapi_calendar_time_zone(zone, zone_name);
    if (SUCCEEDED(hr))
        hr = calendar_put_bytes(&self->message, CALENDAR_TIME_ZONE, zone, sizeof zone);
    if (SUCCEEDED(hr))
        hr = calendar_put_text(&self->message, CALENDAR_TIME_ZONE_TEXT, zone_name);
    return hr;
}

HRESULT appointment_delete_day(struct appointment *self, int32_t day)
{
    const struct recurrence_exception *exception;
    HRESULT hr = appointment_load_pattern(self);
    IMessage *mapi;

    if (FAILED(hr))
        return hr;
    exception = recurrence_exception_of(&self->pattern, day);
    if (!exception && !recurrence_has(&self->pattern, day))
        return S_OK;
    if (exception)
        hr = appointment_delete_exceptions(self, exception->original);
    if (SUCCEEDED(hr) && !recurrence_delete(&self->pattern, day))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = appointment_store_blob(self);
    if (SUCCEEDED(hr))
        hr = message_open(&self->message, &mapi);
    return SUCCEEDED(hr) ? mapi_prop_save(MAPI_PROP(mapi)) : hr;
}

HRESULT appointment_store_pattern(struct appointment *self)
{
    WCHAR text[128];
    HRESULT hr = S_OK;

    if (!self->has_pattern || !self->pattern_changed)
        return S_OK;
    describe(&self->pattern, text, ARRAYSIZE(text));
    if (self->message.id.cb && !self->pattern.exception_count)
        hr = appointment_delete_exceptions(self, -1);
    if (SUCCEEDED(hr))
        hr = appointment_store_blob(self);
    if (SUCCEEDED(hr))
        hr = calendar_put_bool(&self->message, CALENDAR_RECURRING, true);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&self->message, CALENDAR_RECUR_TYPE, stored_type(&self->pattern));
    if (SUCCEEDED(hr))
        hr = calendar_put_text(&self->message, CALENDAR_RECUR_TEXT, text);
    if (SUCCEEDED(hr))
        hr = store_times(self);
    if (SUCCEEDED(hr))
        self->pattern_changed = false;
    return hr;
}

/* ---- members ---------------------------------------------------------------------------------------------------------------- */

/* Begins a member; the pattern is gone after ClearRecurrencePattern. */
static HRESULT enter(struct auto_call *call, IMhRecurrencePattern *iface, const char *function)
{
    struct recurrence_pattern *self = recurrence_pattern_from(iface);
    HRESULT hr = auto_enter(call, &self->base, function);

    if (SUCCEEDED(hr) && !self->appointment->has_pattern)
        hr = auto_fail(&self->base, MAPI_E_OBJECT_DELETED, L"the appointment has no recurrence pattern any more.");
    return hr;
}

/* Ends a member that changed the pattern: the end follows, exceptions are gone. */
static HRESULT leave_changed(struct auto_call *call, IMhRecurrencePattern *iface, HRESULT hr)
{
    struct recurrence *pattern = pattern_of(iface);

    if (SUCCEEDED(hr)) {
        if (!pattern->endless && pattern->by_count)
            recurrence_end_after(pattern, pattern->occurrences);
        recurrence_forget_exceptions(pattern);
        recurrence_pattern_from(iface)->appointment->pattern_changed = true;
    }
    return auto_leave(call, hr);
}

static HRESULT refuse(IMhRecurrencePattern *iface, const WCHAR *when)
{
    return auto_fail(&recurrence_pattern_from(iface)->base, MAPI_E_NO_SUPPORT,
                     L"the property has a meaning in %ls patterns only. Set RecurrenceType first.", when);
}

static HRESULT out_of_range(IMhRecurrencePattern *iface, LONG low, LONG high)
{
    return auto_fail(&recurrence_pattern_from(iface)->base, MAPI_E_INVALID_PARAMETER,
                     L"the value must be %ld to %ld", low, high);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_RecurrenceType(IMhRecurrencePattern *iface, LONG *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? (LONG)pattern_of(iface)->type : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_RecurrenceType(IMhRecurrencePattern *iface, LONG value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && (value < CdoRecurTypeDaily || value > CdoRecurTypeYearlyNth || value == 4))
        hr = auto_fail(&recurrence_pattern_from(iface)->base, MAPI_E_INVALID_PARAMETER,
                       L"RecurrenceType must be a CdoRecurTypes: 0 to 3, 5 or 6");
    if (SUCCEEDED(hr)) {
        pattern_of(iface)->type = (enum recurrence_type)value;
        if (is_yearly(pattern_of(iface)))
            pattern_of(iface)->interval = 1;
    }
    return leave_changed(&call, iface, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_Interval(IMhRecurrencePattern *iface, LONG *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? pattern_of(iface)->interval : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_Interval(IMhRecurrencePattern *iface, LONG value)
{
    struct auto_call call;
    LONG most;
    HRESULT hr = enter(&call, iface, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr)) {
        most = pattern_of(iface)->type == RECURRENCE_DAILY ? 999 : is_yearly(pattern_of(iface)) ? 1 : 99;
        if (value < 1 || value > most)
            hr = out_of_range(iface, 1, most);
        else
            pattern_of(iface)->interval = value;
    }
    return leave_changed(&call, iface, hr);
}

static bool has_week_days(const struct recurrence *pattern)
{
    return pattern->type == RECURRENCE_WEEKLY || is_nth(pattern);
}

static bool has_day_of_month(const struct recurrence *pattern)
{
    return pattern->type == RECURRENCE_MONTHLY || pattern->type == RECURRENCE_YEARLY;
}

/* A field that some types have: its place, range, and for whom it is. */
struct field {
    bool (*allowed)(const struct recurrence *pattern);
    const WCHAR *types;
    size_t offset;
    LONG low, high;
};
static const struct field day_of_week_mask = {has_week_days, L"weekly, monthly-nth and yearly-nth",
                                              offsetof(struct recurrence, week_days), 1, 127};
static const struct field day_of_month = {has_day_of_month, L"monthly and yearly",
                                          offsetof(struct recurrence, day_of_month), 1, 31};
static const struct field instance = {is_nth, L"monthly-nth and yearly-nth", offsetof(struct recurrence, instance), 1, 5};
static const struct field month_of_year = {is_yearly, L"yearly", offsetof(struct recurrence, month), 1, 12};

static HRESULT get_field(IMhRecurrencePattern *iface, const char *function, const struct field *field, LONG *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, function);

    *value = 0;
    if (SUCCEEDED(hr) && !field->allowed(pattern_of(iface)))
        hr = refuse(iface, field->types);
    if (SUCCEEDED(hr))
        *value = *(int32_t *)((BYTE *)pattern_of(iface) + field->offset);
    return auto_leave(&call, hr);
}

static HRESULT put_field(IMhRecurrencePattern *iface, const char *function, const struct field *field, LONG value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, function);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && !field->allowed(pattern_of(iface)))
        hr = refuse(iface, field->types);
    if (SUCCEEDED(hr) && (value < field->low || value > field->high))
        hr = out_of_range(iface, field->low, field->high);
    if (SUCCEEDED(hr))
        *(int32_t *)((BYTE *)pattern_of(iface) + field->offset) = value;
    return leave_changed(&call, iface, hr);
}

#define FIELD(name, field)                                                                                             \
    static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_##name(IMhRecurrencePattern *iface, LONG *value)           \
    {                                                                                                                  \
        return get_field(iface, __func__, &field, value);                                                              \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_##name(IMhRecurrencePattern *iface, LONG value)            \
    {                                                                                                                  \
        return put_field(iface, __func__, &field, value);                                                              \
    }

FIELD(DayOfWeekMask, day_of_week_mask)
FIELD(DayOfMonth, day_of_month)
FIELD(Instance, instance)
FIELD(MonthOfYear, month_of_year)

/* ---- the end ---------------------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_NoEndDate(IMhRecurrencePattern *iface, VARIANT_BOOL *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) && pattern_of(iface)->endless ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_NoEndDate(IMhRecurrencePattern *iface, VARIANT_BOOL value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    if (SUCCEEDED(hr) && value)
        recurrence_no_end(pattern_of(iface));
    else if (SUCCEEDED(hr) && pattern_of(iface)->endless)
        recurrence_end_after(pattern_of(iface), 10);
    return leave_changed(&call, iface, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_Occurrences(IMhRecurrencePattern *iface, LONG *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? pattern_of(iface)->occurrences : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_Occurrences(IMhRecurrencePattern *iface, LONG value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && value < 1)
        hr = out_of_range(iface, 1, RECURRENCE_ENDLESS);
    if (SUCCEEDED(hr))
        recurrence_end_after(pattern_of(iface), value);
    return leave_changed(&call, iface, hr);
}

/* ---- dates and times ---------------------------------------------------------------------------------------------------------- */

static DATE to_date(int32_t day, int32_t minute)
{
    DATE date;

    mapi_calendar_date((LONGLONG)day * DAY + minute, &date);
    return date;
}

static HRESULT read_day(IMhRecurrencePattern *iface, DATE date, int32_t *day)
{
    LONGLONG minutes = 0;

    if (!mapi_calendar_from_date(date, &minutes))
        return auto_fail(&recurrence_pattern_from(iface)->base, MAPI_E_INVALID_PARAMETER, L"the date is out of range");
    *day = (int32_t)(minutes / DAY);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_PatternStartDate(IMhRecurrencePattern *iface, DATE *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? to_date(pattern_of(iface)->start_day, pattern_of(iface)->start_minute) : 0;
    return auto_leave(&call, hr);
}

/* The number of occurrences stays, and the end follows. */
static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_PatternStartDate(IMhRecurrencePattern *iface, DATE value)
{
    struct auto_call call;
    int32_t day = 0;
    HRESULT hr = enter(&call, iface, __func__);

    if (SUCCEEDED(hr))
        hr = read_day(iface, value, &day);
    if (SUCCEEDED(hr)) {
        pattern_of(iface)->start_day = day;
        recurrence_end_after(pattern_of(iface), pattern_of(iface)->occurrences);
    }
    return leave_changed(&call, iface, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_PatternEndDate(IMhRecurrencePattern *iface, DATE *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? to_date(pattern_of(iface)->end_day, pattern_of(iface)->start_minute) : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_PatternEndDate(IMhRecurrencePattern *iface, DATE value)
{
    struct auto_call call;
    int32_t day = 0;
    HRESULT hr = enter(&call, iface, __func__);

    if (SUCCEEDED(hr))
        hr = read_day(iface, value, &day);
    if (SUCCEEDED(hr) && day < pattern_of(iface)->start_day)
        hr = auto_fail(&recurrence_pattern_from(iface)->base, MAPI_E_INVALID_PARAMETER,
                       L"the end must not be before PatternStartDate");
    if (SUCCEEDED(hr))
        recurrence_end_by(pattern_of(iface), day);
    return leave_changed(&call, iface, hr);
}

/* The times are those of the original appointment: its day with them. */
static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_StartTime(IMhRecurrencePattern *iface, DATE *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? to_date(pattern_of(iface)->start_day, pattern_of(iface)->start_minute) : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_EndTime(IMhRecurrencePattern *iface, DATE *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? to_date(pattern_of(iface)->start_day, pattern_of(iface)->end_minute) : 0;
    return auto_leave(&call, hr);
}

/* A day is that of PatternStartDate, or for the end a later one; a time without a day will do. An end before the start is
 * on the next day. */
static HRESULT put_time(IMhRecurrencePattern *iface, const char *function, DATE value, bool is_start)
{
    int32_t minute = (int32_t)(fabs(value - trunc(value)) * DAY + 0.5) % DAY, day = 0;
    struct recurrence *pattern;
    struct auto_call call;
    HRESULT hr = enter(&call, iface, function);

    if (SUCCEEDED(hr) && trunc(value) != 0) {
        hr = read_day(iface, value, &day);
        day -= pattern_of(iface)->start_day;
        if (SUCCEEDED(hr) && (is_start ? day != 0 : day < 0))
            hr = auto_fail(&recurrence_pattern_from(iface)->base, MAPI_E_INVALID_PARAMETER,
                           is_start ? L"the day must be that of PatternStartDate"
                                    : L"the day must not be before that of PatternStartDate");
    }
    if (SUCCEEDED(hr)) {
        pattern = pattern_of(iface);
        if (is_start) {
            pattern->end_minute += minute - pattern->start_minute;
            pattern->start_minute = minute;
        } else {
            pattern->end_minute = day * DAY + minute + (!day && minute < pattern->start_minute ? DAY : 0);
        }
    }
    return leave_changed(&call, iface, hr);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_StartTime(IMhRecurrencePattern *iface, DATE value)
{
    return put_time(iface, __func__, value, true);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_put_EndTime(IMhRecurrencePattern *iface, DATE value)
{
    return put_time(iface, __func__, value, false);
}

static HRESULT STDMETHODCALLTYPE recurrence_pattern_get_Duration(IMhRecurrencePattern *iface, LONG *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, iface, __func__);

    *value = SUCCEEDED(hr) ? pattern_of(iface)->end_minute - pattern_of(iface)->start_minute : 0;
    return auto_leave(&call, hr);
}

#define ACCESSORS(name) .get_##name = recurrence_pattern_get_##name, .put_##name = recurrence_pattern_put_##name

static const IMhRecurrencePatternVtbl recurrence_pattern_vtbl = {
    AUTO_HEAD,
    ACCESSORS(RecurrenceType),
    ACCESSORS(Interval),
    ACCESSORS(DayOfWeekMask),
    ACCESSORS(DayOfMonth),
    ACCESSORS(Instance),
    ACCESSORS(MonthOfYear),
    ACCESSORS(NoEndDate),
    ACCESSORS(Occurrences),
    ACCESSORS(PatternStartDate),
    ACCESSORS(PatternEndDate),
    ACCESSORS(StartTime),
    ACCESSORS(EndTime),
    .get_Duration = recurrence_pattern_get_Duration,
};

static const struct auto_class recurrence_pattern_class = {
    .name = L"RecurrencePattern",
    .kind = CdoRecurrencePattern,
    .iid = &IID_IMhRecurrencePattern,
    .coclass = &CLSID_RecurrencePattern,
    .size = sizeof(struct recurrence_pattern),
    .vtbl = &recurrence_pattern_vtbl,
    .value_id = CDO_DISPID_RECURRENCE_TYPE,
};

HRESULT recurrence_pattern_get(struct appointment *self, IMhRecurrencePattern **out)
{
    struct recurrence_pattern *pattern =
        (struct recurrence_pattern *)auto_find_child(&self->message.base, &recurrence_pattern_class);
    HRESULT hr = S_OK;

    if (!pattern) {
        hr = auto_create(&recurrence_pattern_class, &self->message.base, &pattern);
        if (SUCCEEDED(hr))
            pattern->appointment = self;
    }
    *out = (IMhRecurrencePattern *)pattern;
    return hr;
}
