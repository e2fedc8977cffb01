/*
 * appointment_occurrence.c: one occurrence of a recurring appointment, as a calendar that is filtered by times lists it.
 *
 * Layer: server/object. An occurrence is an AppointmentItem with the id of its series and times of its own. It can be read and
 * deleted; changes of one occurrence alone are refused when they would be saved (message_save).
 */
#include "appointment.h"

#include "messages.h"
#include "object_util.h"

#define DAY 1440

void message_correct_times(struct auto_object *message, SPropValue *value)
{
    const struct message *self = (const struct message *)message;

    if (self->is_occurrence && value->ulPropTag == PR_START_DATE)
        value->Value.ft = mapi_calendar_filetime(self->occurrence_start);
    else if (self->is_occurrence && value->ulPropTag == PR_END_DATE)
        value->Value.ft = mapi_calendar_filetime(self->occurrence_end);
}

HRESULT appointment_series(struct appointment *self, struct appointment **out)
{
    struct message *series = NULL;
    HRESULT hr = S_OK;

    *out = NULL;
    if (self->message.is_occurrence)
        hr = message_open_by_id(self->message.base.parent, &self->message.id, NULL, &series);
    if (SUCCEEDED(hr))
        *out = (struct appointment *)series;
    return hr;
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
        hr = appointment_delete_day(series, (int32_t)(self->message.occurrence_start / DAY));
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
    hr = auto_enter(&call, &self->base, __func__);
    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_fail(&self->base, MAPI_E_NO_SUPPORT, L"one occurrence is not moved without its series");
    return auto_leave(&call, hr);
}
