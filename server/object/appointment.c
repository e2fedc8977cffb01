/*
 * appointment.c: the AppointmentItem object.
 *
 * Layer: server/object. What it has of Message is Message's own code: the vtable begins as Message's does.
 */
#include "appointment.h"

#include "address_entry.h"
#include "cdo_dispid.h"
#include "mapi_prop.h"
#include "object_util.h"
#include "session.h"
#include <string.h>
#include <wchar.h>

#define DAY             1440
#define STATE_MEETING   1           /* bits of PidLidAppointmentStateFlags */
#define STATE_RECEIVED  2
#define STATE_CANCELED  4

static struct appointment *appointment_from(IMhAppointmentItem *iface)
{
    return (struct appointment *)iface;
}

/* ---- members that are one property ---------------------------------------------------------------------------------- */

static HRESULT get_long(struct appointment *self, const char *function, enum calendar_prop which, LONG fallback,
                        LONG *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, function);

    *value = SUCCEEDED(hr) ? calendar_get_long(&self->message, which, fallback) : 0;
    return auto_leave(&call, hr);
}

static HRESULT put_long(struct appointment *self, const char *function, enum calendar_prop which, LONG low, LONG high,
                        LONG value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, function);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && (value < low || value > high))
        hr = auto_fail(&self->message.base, MAPI_E_INVALID_PARAMETER, L"the value must be %ld to %ld", low, high);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&self->message, which, value);
    return auto_leave(&call, hr);
}

static HRESULT get_bool(struct appointment *self, const char *function, enum calendar_prop which, VARIANT_BOOL *value)
{
    LONG number = 0;
    HRESULT hr = get_long(self, function, which, 0, &number);

    *value = number ? VARIANT_TRUE : VARIANT_FALSE;
    return hr;
}

static HRESULT put_bool(struct appointment *self, const char *function, enum calendar_prop which, VARIANT_BOOL value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, function);

    if (SUCCEEDED(hr))
        hr = calendar_put_bool(&self->message, which, value != VARIANT_FALSE);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_get_BusyStatus(IMhAppointmentItem *iface, LONG *value)
{
    return get_long(appointment_from(iface), __func__, CALENDAR_BUSY_STATUS, CdoBusy, value);
}

static HRESULT STDMETHODCALLTYPE appointment_put_BusyStatus(IMhAppointmentItem *iface, LONG value)
{
    return put_long(appointment_from(iface), __func__, CALENDAR_BUSY_STATUS, CdoFree, CdoOutOfOffice, value);
}

static HRESULT STDMETHODCALLTYPE appointment_get_MeetingResponseStatus(IMhAppointmentItem *iface, LONG *value)
{
    return get_long(appointment_from(iface), __func__, CALENDAR_RESPONSE_STATUS, CdoResponseNone, value);
}

static HRESULT STDMETHODCALLTYPE appointment_put_MeetingResponseStatus(IMhAppointmentItem *iface, LONG value)
{
    return put_long(appointment_from(iface), __func__, CALENDAR_RESPONSE_STATUS, CdoResponseNone,
                    CdoResponseNotResponded, value);
}

static HRESULT STDMETHODCALLTYPE appointment_get_ReminderMinutesBeforeStart(IMhAppointmentItem *iface, LONG *value)
{
    return get_long(appointment_from(iface), __func__, CALENDAR_REMINDER_MINUTES, 15, value);
}

static HRESULT STDMETHODCALLTYPE appointment_get_ReminderSet(IMhAppointmentItem *iface, VARIANT_BOOL *value)
{
    return get_bool(appointment_from(iface), __func__, CALENDAR_REMINDER_SET, value);
}

static HRESULT STDMETHODCALLTYPE appointment_put_ReminderSet(IMhAppointmentItem *iface, VARIANT_BOOL value)
{
    return put_bool(appointment_from(iface), __func__, CALENDAR_REMINDER_SET, value);
}

static HRESULT STDMETHODCALLTYPE appointment_get_AllDayEvent(IMhAppointmentItem *iface, VARIANT_BOOL *value)
{
    return get_bool(appointment_from(iface), __func__, CALENDAR_ALL_DAY, value);
}

static HRESULT STDMETHODCALLTYPE appointment_get_Location(IMhAppointmentItem *iface, BSTR *value)
{
    struct appointment *self = appointment_from(iface);
    SPropValue *found = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        hr = calendar_get(&self->message, CALENDAR_LOCATION, &found);
        if (SUCCEEDED(hr) || hr == MAPI_E_NOT_FOUND)
            hr = object_text_of(found, value);
    }
    mapi_free(found);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_put_Location(IMhAppointmentItem *iface, BSTR value)
{
    struct appointment *self = appointment_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr))
        hr = calendar_put_text(&self->message, CALENDAR_LOCATION, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_get_ReplyTime(IMhAppointmentItem *iface, DATE *value)
{
    struct appointment *self = appointment_from(iface);
    SPropValue *found = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = calendar_get(&self->message, CALENDAR_REPLY_TIME, &found);
    if (SUCCEEDED(hr) && !mapi_date_from_filetime(&found->Value.ft, false, value))
        hr = MAPI_E_CORRUPT_DATA;
    mapi_free(found);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_put_ReplyTime(IMhAppointmentItem *iface, DATE value)
{
    struct appointment *self = appointment_from(iface);
    struct auto_call call;
    FILETIME time;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    if (SUCCEEDED(hr) && !mapi_date_to_filetime(value, false, &time))
        hr = auto_fail(&self->message.base, MAPI_E_INVALID_PARAMETER, L"the time is out of range");
    if (SUCCEEDED(hr))
        hr = calendar_put_time(&self->message, CALENDAR_REPLY_TIME, time);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_get_ResponseRequested(IMhAppointmentItem *iface, VARIANT_BOOL *value)
{
    struct appointment *self = appointment_from(iface);
    IMessage *mapi = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = message_open_reading(&self->message, &mapi);
    if (SUCCEEDED(hr))
        *value = mapi_prop_long(MAPI_PROP(mapi), PR_RESPONSE_REQUESTED, FALSE) ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_put_ResponseRequested(IMhAppointmentItem *iface, VARIANT_BOOL value)
{
    struct appointment *self = appointment_from(iface);
    SPropValue values[2] = {{.ulPropTag = PR_RESPONSE_REQUESTED, .Value.b = value != VARIANT_FALSE},
                            {.ulPropTag = PR_REPLY_REQUESTED, .Value.b = value != VARIANT_FALSE}};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    if (SUCCEEDED(hr))
        hr = message_write(&self->message, values, 2);
    return auto_leave(&call, hr);
}

/* ---- times ------------------------------------------------------------------------------------------------------------ */

static HRESULT get_times(struct appointment *self, const char *function, DATE *start, DATE *end, LONG *duration)
{
    LONGLONG from = 0, to = 0;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, function);

    if (SUCCEEDED(hr))
        hr = calendar_get_times(&self->message, &from, &to);
    if (start)
        mapi_calendar_date(from, start);
    if (end)
        mapi_calendar_date(to, end);
    if (duration)
        *duration = SUCCEEDED(hr) ? (LONG)(to - from) : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_get_StartTime(IMhAppointmentItem *iface, DATE *value)
{
    return get_times(appointment_from(iface), __func__, value, NULL, NULL);
}

static HRESULT STDMETHODCALLTYPE appointment_get_EndTime(IMhAppointmentItem *iface, DATE *value)
{
    return get_times(appointment_from(iface), __func__, NULL, value, NULL);
}

static HRESULT STDMETHODCALLTYPE appointment_get_Duration(IMhAppointmentItem *iface, LONG *value)
{
    return get_times(appointment_from(iface), __func__, NULL, NULL, value);
}

/* Begins a member that sets times: those of a series are its pattern's. */
static HRESULT enter_times(struct appointment *self, struct auto_call *call, const char *function)
{
    HRESULT hr = auto_enter(call, &self->message.base, function);

    if (SUCCEEDED(hr) && !self->message.is_occurrence &&
        (self->has_pattern || calendar_get_long(&self->message, CALENDAR_RECURRING, FALSE)))
        hr = auto_fail(&self->message.base, MAPI_E_NO_SUPPORT,
                       L"the appointment recurs: its times are those of GetRecurrencePattern");
    return hr;
}

/* The other time stays, as in CDO: until Update both are in order. */
static HRESULT put_time(struct appointment *self, const char *function, DATE date, bool is_start)
{
    LONGLONG start = 0, end = 0, time = 0;
    struct auto_call call;
    HRESULT hr = enter_times(self, &call, function);

    if (SUCCEEDED(hr) && !mapi_calendar_from_date(date, &time))
        hr = auto_fail(&self->message.base, MAPI_E_INVALID_PARAMETER, L"the time is out of range");
    if (SUCCEEDED(hr)) {
        if (FAILED(calendar_get_times(&self->message, &start, &end)))
            start = end = time;
        hr = calendar_set_times(&self->message, is_start ? time : start, is_start ? end : time);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_put_StartTime(IMhAppointmentItem *iface, DATE value)
{
    return put_time(appointment_from(iface), __func__, value, true);
}

static HRESULT STDMETHODCALLTYPE appointment_put_EndTime(IMhAppointmentItem *iface, DATE value)
{
    return put_time(appointment_from(iface), __func__, value, false);
}

/* An event of whole days begins and ends at midnight. */
static HRESULT STDMETHODCALLTYPE appointment_put_AllDayEvent(IMhAppointmentItem *iface, VARIANT_BOOL value)
{
    struct appointment *self = appointment_from(iface);
    LONGLONG start = 0, end = 0;
    struct auto_call call;
    HRESULT hr = enter_times(self, &call, __func__);

    if (SUCCEEDED(hr))
        hr = calendar_put_bool(&self->message, CALENDAR_ALL_DAY, value != VARIANT_FALSE);
    if (SUCCEEDED(hr) && value && SUCCEEDED(calendar_get_times(&self->message, &start, &end))) {
        start -= start % DAY;
        end = (end + DAY - 1) / DAY * DAY;
        hr = calendar_set_times(&self->message, start, end > start ? end : start + DAY);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_put_ReminderMinutesBeforeStart(IMhAppointmentItem *iface, LONG value)
{
    struct appointment *self = appointment_from(iface);
    LONGLONG start = 0, end = 0;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && value < 0)
        hr = auto_fail(&self->message.base, MAPI_E_INVALID_PARAMETER, L"the number of minutes must not be negative");
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&self->message, CALENDAR_REMINDER_MINUTES, value);
    if (SUCCEEDED(hr) && SUCCEEDED(calendar_get_times(&self->message, &start, &end)))
        hr = calendar_put_time(&self->message, CALENDAR_REMINDER_SIGNAL, mapi_calendar_filetime(start - value));
    return auto_leave(&call, hr);
}

/* ---- meeting ---------------------------------------------------------------------------------------------------------- */

/* A received meeting that was canceled has all bits, and one value in CDO. */
static HRESULT STDMETHODCALLTYPE appointment_get_MeetingStatus(IMhAppointmentItem *iface, LONG *value)
{
    HRESULT hr = get_long(appointment_from(iface), __func__, CALENDAR_STATE_FLAGS, CdoNonMeeting, value);

    if (*value & STATE_CANCELED)
        *value = CdoMeetingCanceled;
    return hr;
}

static HRESULT STDMETHODCALLTYPE appointment_put_MeetingStatus(IMhAppointmentItem *iface, LONG value)
{
    struct appointment *self = appointment_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && value != CdoNonMeeting && value != CdoMeeting && value != CdoMeetingReceived &&
        value != CdoMeetingCanceled)
        hr = auto_fail(&self->message.base, MAPI_E_INVALID_PARAMETER, L"the status must be a CdoMeetingStatusTypes");
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&self->message, CALENDAR_STATE_FLAGS, value);
    if (SUCCEEDED(hr) && value == CdoMeeting)
        hr = calendar_put_long(&self->message, CALENDAR_RESPONSE_STATUS, CdoResponseOrganized);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_get_Organizer(IMhAppointmentItem *iface, IMhAddressEntry **value)
{
    struct appointment *self = appointment_from(iface);
    SPropValue *id = NULL;
    IMessage *mapi = NULL;
    struct auto_call call;
    LONG flags;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = message_open_reading(&self->message, &mapi);
    flags = SUCCEEDED(hr) ? calendar_get_long(&self->message, CALENDAR_STATE_FLAGS, 0) : 0;
    if (SUCCEEDED(hr) && flags & STATE_MEETING) {
        hr = mapi_prop_get(MAPI_PROP(mapi), PR_SENT_REPRESENTING_ENTRYID, &id);
        if (hr == MAPI_E_NOT_FOUND && !(flags & STATE_RECEIVED)) {
            /* a meeting of one's own that was not sent yet */
            struct mapi_session *session = NULL;
            SBinary own = {0};
            hr = object_session(&self->message.base, &session);
            if (SUCCEEDED(hr))
                hr = session->session->lpVtbl->QueryIdentity(session->session, &own.cb, (ENTRYID **)&own.lpb);
            if (SUCCEEDED(hr) && own.cb)
                hr = address_entry_create(&self->message.base, &own, NULL, value);
            mapi_free(own.lpb);
        } else if (SUCCEEDED(hr)) {
            hr = address_entry_create(&self->message.base, &id->Value.bin, NULL, value);
        } else if (hr == MAPI_E_NOT_FOUND) {
            hr = S_OK;
        }
    }
    mapi_free(id);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_Respond(IMhAppointmentItem *iface, VARIANT response,
                                                     IMhMeetingItem **value)
{
    struct appointment *self = appointment_from(iface);
    LONG kind = 0, status;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &response);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&response, 0, &kind);
    status = SUCCEEDED(hr) ? calendar_get_long(&self->message, CALENDAR_STATE_FLAGS, 0) : 0;
    if (SUCCEEDED(hr) && (!(status & STATE_RECEIVED) || status & STATE_CANCELED))
        hr = auto_fail(&self->message.base, MAPI_E_NO_SUPPORT,
                       L"only an appointment of a meeting request that was received can be answered");
    if (SUCCEEDED(hr))
        hr = meeting_create_response(&self->message, kind, value);
    return auto_leave(&call, hr);
}

/* ---- Message's members that do more here ------------------------------------------------------------------------------ */

/* Before it is saved: the times of one that recurs are its pattern's. */
static HRESULT complete(struct appointment *self)
{
    LONGLONG start = 0, end = 0;

    if (!self->has_pattern && SUCCEEDED(calendar_get_times(&self->message, &start, &end)) && end < start)
        return auto_fail(&self->message.base, MAPI_E_INVALID_OBJECT, L"EndTime is before StartTime");
    return appointment_store_pattern(self);
}

static HRESULT STDMETHODCALLTYPE appointment_Update(IMhAppointmentItem *iface, VARIANT permanent, VARIANT refresh)
{
    struct appointment *self = appointment_from(iface);
    bool save = true, reload = false;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    if (SUCCEEDED(hr))
        hr = object_update_args(&permanent, &refresh, &save, &reload);
    if (SUCCEEDED(hr) && save)
        hr = complete(self);
    if (SUCCEEDED(hr))
        hr = message_Update((IMhMessage *)iface, permanent, refresh);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE appointment_Save(IMhAppointmentItem *iface)
{
    struct appointment *self = appointment_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    if (SUCCEEDED(hr))
        hr = complete(self);
    if (SUCCEEDED(hr))
        hr = message_Save((IMhMessage *)iface);
    return auto_leave(&call, hr);
}

/* Saves the appointment and, when it is a meeting, sends the request to its recipients. */
static HRESULT STDMETHODCALLTYPE appointment_Send(IMhAppointmentItem *iface, VARIANT save_copy, VARIANT dialog,
                                                  VARIANT window)
{
    struct appointment *self = appointment_from(iface);
    bool keep = true, show = false;
    struct auto_call call;
    LONG flags;
    HRESULT hr = appointment_enter_whole(self, &call, __func__);

    (void)window;
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&save_copy, true, &keep);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&dialog, false, &show);
    if (SUCCEEDED(hr) && show)
        hr = auto_fail(&self->message.base, MAPI_E_NO_SUPPORT, L"the server shows no send form. Leave ShowDialog out.");
    flags = SUCCEEDED(hr) ? calendar_get_long(&self->message, CALENDAR_STATE_FLAGS, 0) : 0;
    if (SUCCEEDED(hr) && (!(flags & STATE_MEETING) || flags & STATE_RECEIVED))
        hr = auto_fail(&self->message.base, MAPI_E_NO_SUPPORT,
                       L"the appointment is not a meeting of this user's. Set MeetingStatus to CdoMeeting 1.");
    if (SUCCEEDED(hr))
        hr = complete(self);
    if (SUCCEEDED(hr))
        hr = meeting_send_request(self, keep);
    return auto_leave(&call, hr);
}

/* ---- a new appointment ------------------------------------------------------------------------------------------------- */

HRESULT calendar_init_new(struct message *self)
{
    FILETIME now;
    LONGLONG start;
    HRESULT hr;

    if (self->base.class != &appointment_class)
        return S_OK;
    GetSystemTimeAsFileTime(&now);
    start = mapi_calendar_minutes(&now) / 30 * 30; /* the half hour that it is */
    hr = calendar_put_long(self, CALENDAR_REMINDER_MINUTES, 15);
    if (SUCCEEDED(hr))
        hr = calendar_set_times(self, start, start + 30);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(self, CALENDAR_BUSY_STATUS, CdoBusy);
    if (SUCCEEDED(hr))
        hr = calendar_put_bool(self, CALENDAR_REMINDER_SET, true);
    if (SUCCEEDED(hr))
        hr = calendar_put_bool(self, CALENDAR_ALL_DAY, false);
    if (SUCCEEDED(hr))
        hr = calendar_put_bool(self, CALENDAR_RECURRING, false);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(self, CALENDAR_STATE_FLAGS, CdoNonMeeting);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(self, CALENDAR_RESPONSE_STATUS, CdoResponseNone);
    return hr;
}

static void appointment_close(struct auto_object *object)
{
    struct appointment *self = (struct appointment *)object;

    recurrence_free(&self->pattern);
    self->has_pattern = self->pattern_changed = false;
    message_class.close(object);
}

static void appointment_destroy(struct auto_object *object)
{
    message_class.destroy(object);
}

#define ACCESSORS(name) .get_##name = appointment_get_##name, .put_##name = appointment_put_##name

/* Message's part is copied to its beginning by calendar_class_of. */
static IMhAppointmentItemVtbl appointment_vtbl = {
    ACCESSORS(AllDayEvent),
    ACCESSORS(BusyStatus),
    .get_Duration = appointment_get_Duration,
    ACCESSORS(EndTime),
    ACCESSORS(StartTime),
    .get_IsRecurring = appointment_get_IsRecurring,
    ACCESSORS(Location),
    ACCESSORS(MeetingStatus),
    ACCESSORS(MeetingResponseStatus),
    .get_Organizer = appointment_get_Organizer,
    ACCESSORS(ReminderMinutesBeforeStart),
    ACCESSORS(ReminderSet),
    ACCESSORS(ReplyTime),
    ACCESSORS(ResponseRequested),
    .GetRecurrencePattern = appointment_GetRecurrencePattern,
    .ClearRecurrencePattern = appointment_ClearRecurrencePattern,
    .Respond = appointment_Respond,
};

/* The members of Message come first in both vtables, in its order: the IDL includes one file in all three interfaces. */
static BOOL CALLBACK make_vtable(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    memcpy(&appointment_vtbl, message_class.vtbl, sizeof(IMhMessageVtbl));
    appointment_vtbl.Update = appointment_Update;
    appointment_vtbl.Save = appointment_Save;
    appointment_vtbl.Send = appointment_Send;
    appointment_vtbl.Delete = (void *)appointment_Delete;
    appointment_vtbl.MoveTo = (void *)appointment_MoveTo;
    meeting_make_vtable();
    return TRUE;
}

const struct auto_class *calendar_class_of(const WCHAR *message_class_name)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;

    InitOnceExecuteOnce(&once, make_vtable, NULL, NULL);
    if (message_class_name && !_wcsnicmp(message_class_name, L"IPM.Appointment", 15) &&
        (!message_class_name[15] || message_class_name[15] == '.'))
        return &appointment_class;
    if (message_class_name && !_wcsnicmp(message_class_name, L"IPM.Schedule.Meeting.", 21))
        return &meeting_class;
    return &message_class;
}

const struct auto_class appointment_class = {
    .name = L"AppointmentItem",
    .kind = CdoAppointment,
    .iid = &IID_IMhAppointmentItem,
    .also = &IID_IMhMessage,
    .coclass = &CLSID_AppointmentItem,
    .size = sizeof(struct appointment),
    .vtbl = &appointment_vtbl,
    .value_id = CDO_DISPID_SUBJECT,
    .close = appointment_close,
    .destroy = appointment_destroy,
};
