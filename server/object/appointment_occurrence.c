/*
 * appointment_occurrence.c: the members of AppointmentItem that have to do with recurrence, and one occurrence of a recurring
 * appointment, as a calendar that is filtered by times lists it.
 *
 * Layer: server/object. An occurrence is an AppointmentItem with the id of its series and times of its own. While it is as its
 * series has it, the series is read; how it is changed is in appointment_exception.c.
 */
#include "appointment.h"

#include "messages.h"
#include "object_util.h"

#define DAY 1440

void message_correct_times(struct auto_object *message, SPropValue *value)
{
    const struct message *self = (const struct message *)message;

    if (self->is_occurrence && value->ulPropTag == PR_START_DATE)
        value->Value.ft = mapi_calendar_filetime(self->occurrence.start);
    else if (self->is_occurrence && value->ulPropTag == PR_END_DATE)
        value->Value.ft = mapi_calendar_filetime(self->occurrence.end);
}

void appointment_make_occurrence(struct message *message, const struct mapi_calendar_time *time)
{
    message->is_occurrence = true;
    message->occurrence.changed = time->changed;
    message->occurrence.start = message->occurrence.saved_start = time->start;
    message->occurrence.end = message->occurrence.saved_end = time->end;
    message->occurrence.original = time->original;
    if (time->changed)
        message_changed(message); /* the row is that of the series */
}

HRESULT appointment_series(struct appointment *self, struct appointment **out)
{
    struct message *series = NULL;
    HRESULT hr = S_OK;

    *out = NULL;
    if (self->message.is_occurrence)
        hr = message_open_by_id(self->message.base.parent, &self->message.id, NULL, &series);
    if (SUCCEEDED(hr) && series && !calendar_get_long(series, CALENDAR_RECURRING, FALSE)) {
        auto_release(&series->base);
        return auto_fail(&self->message.base, MAPI_E_INVALID_OBJECT, L"the appointment does not recur any more");
    }
    if (SUCCEEDED(hr))
        *out = (struct appointment *)series;
    return hr;
}

HRESULT appointment_enter_whole(struct appointment *self, struct auto_call *call, const char *function)
{
    HRESULT hr = auto_enter(call, &self->message.base, function);

    if (SUCCEEDED(hr) && self->message.is_occurrence)
        hr = auto_fail(&self->message.base, MAPI_E_NO_SUPPORT,
                       L"one occurrence cannot do this without its series, which is GetRecurrencePattern.Parent");
    return hr;
}

HRESULT STDMETHODCALLTYPE appointment_get_IsRecurring(IMhAppointmentItem *iface, VARIANT_BOOL *value)
{
    struct appointment *self = (struct appointment *)iface;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = SUCCEEDED(hr) && (self->message.is_occurrence || self->has_pattern ||
                               calendar_get_long(&self->message, CALENDAR_RECURRING, FALSE)) ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE appointment_GetRecurrencePattern(IMhAppointmentItem *iface, IMhRecurrencePattern **value)
{
    struct appointment *self = (struct appointment *)iface, *series = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = appointment_series(self, &series);
    if (series)
        self = series;
    if (SUCCEEDED(hr))
        hr = appointment_load_pattern(self);
    if (SUCCEEDED(hr))
        hr = recurrence_pattern_get(self, value);
    if (series)
        auto_release(&series->message.base);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE appointment_ClearRecurrencePattern(IMhAppointmentItem *iface)
{
    struct appointment *self = (struct appointment *)iface;
    struct auto_call call;
    HRESULT hr = appointment_enter_whole(self, &call, __func__);

    if (SUCCEEDED(hr)) {
        recurrence_free(&self->pattern);
        self->has_pattern = self->pattern_changed = false;
        calendar_delete(&self->message, CALENDAR_RECUR_BLOB);
        calendar_delete(&self->message, CALENDAR_RECUR_TEXT);
        hr = calendar_put_bool(&self->message, CALENDAR_RECURRING, false);
    }
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&self->message, CALENDAR_RECUR_TYPE, 0);
    return auto_leave(&call, hr);
}

/* An occurrence is taken out of its series; anything else goes as a message does. */
HRESULT STDMETHODCALLTYPE appointment_Delete(IMhMessage *iface, VARIANT deleted_items)
{
    struct appointment *self = (struct appointment *)message_from(iface), *series = NULL;
    struct auto_call call;
    bool keep = false;
    HRESULT hr;

    if (!self->message.is_occurrence)
        return message_Delete(iface, deleted_items);
    hr = auto_enter(&call, &self->message.base, __func__);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&deleted_items, false, &keep);
    if (SUCCEEDED(hr))
        hr = appointment_series(self, &series);
    if (SUCCEEDED(hr))
        hr = appointment_delete_day(series, (int32_t)(self->message.occurrence.original / DAY));
    if (SUCCEEDED(hr)) {
        messages_disturbed(self->message.base.parent);
        auto_close(&self->message.base);
    }
    if (series)
        auto_release(&series->message.base);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE appointment_MoveTo(IMhMessage *iface, VARIANT folder, VARIANT store, IDispatch **value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr;

    if (!self->is_occurrence)
        return message_MoveTo(iface, folder, store, value);
    hr = appointment_enter_whole((struct appointment *)self, &call, __func__);
    *value = NULL;
    return auto_leave(&call, hr);
}
