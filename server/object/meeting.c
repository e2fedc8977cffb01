/*
 * meeting.c: the MeetingItem object: a meeting request, an answer to one, or a cancellation.
 *
 * Layer: server/object.
 */
#include "appointment.h"

#include "cdo_dispid.h"
#include "mapi_prop.h"
#include "object_util.h"
#include <string.h>
#include <wchar.h>

static struct meeting *meeting_from(IMhMeetingItem *iface)
{
    return (struct meeting *)iface;
}

static HRESULT class_begins(struct meeting *self, const WCHAR *prefix, bool *yes)
{
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    HRESULT hr = message_read(&self->message, PR_MESSAGE_CLASS_W, &value, &owned);

    *yes = SUCCEEDED(hr) && !_wcsnicmp(value->Value.lpszW, prefix, wcslen(prefix));
    mapi_free(owned);
    return hr;
}

static HRESULT STDMETHODCALLTYPE meeting_get_MeetingType(IMhMeetingItem *iface, LONG *value)
{
    struct meeting *self = meeting_from(iface);
    struct auto_call call;
    bool response = false;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = class_begins(self, L"IPM.Schedule.Meeting.Resp.", &response);
    if (SUCCEEDED(hr))
        *value = response ? CdoMeetingResponse : CdoMeetingRequest;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE meeting_GetAssociatedAppointment(IMhMeetingItem *iface, IMhAppointmentItem **value)
{
    struct meeting *self = meeting_from(iface);
    struct appointment *found = NULL;
    struct auto_call call;
    bool request = false;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = class_begins(self, L"IPM.Schedule.Meeting.Request", &request);
    if (SUCCEEDED(hr))
        hr = meeting_find_appointment(&self->message, request, &found);
    if (hr == MAPI_E_NOT_FOUND)
        hr = auto_fail(&self->message.base, hr, L"the calendar has no appointment of this meeting");
    if (SUCCEEDED(hr) && !request)
        hr = meeting_record_response(&self->message, found);
    if (SUCCEEDED(hr) && !request)
        hr = meeting_note_cancellation(&self->message, found);
    if (SUCCEEDED(hr))
        *value = (IMhAppointmentItem *)found;
    else if (found)
        auto_release(&found->message.base);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE meeting_Respond(IMhMeetingItem *iface, VARIANT response, IMhMeetingItem **value)
{
    struct meeting *self = meeting_from(iface);
    struct auto_call call;
    bool request = false;
    LONG kind = 0;
    HRESULT hr = auto_enter(&call, &self->message.base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &response);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&response, 0, &kind);
    if (SUCCEEDED(hr))
        hr = class_begins(self, L"IPM.Schedule.Meeting.Request", &request);
    if (SUCCEEDED(hr) && !request)
        hr = auto_fail(&self->message.base, MAPI_E_NO_SUPPORT, L"only a meeting request can be answered");
    if (SUCCEEDED(hr))
        hr = meeting_create_response(&self->message, kind, value);
    return auto_leave(&call, hr);
}

static void meeting_close(struct auto_object *object)
{
    message_class.close(object);
}

static void meeting_destroy(struct auto_object *object)
{
    message_class.destroy(object);
}

/* Message's part is copied to its beginning by meeting_make_vtable. */
static IMhMeetingItemVtbl meeting_vtbl = {
    .get_MeetingType = meeting_get_MeetingType,
    .GetAssociatedAppointment = meeting_GetAssociatedAppointment,
    .Respond = meeting_Respond,
};

void meeting_make_vtable(void)
{
    memcpy(&meeting_vtbl, message_class.vtbl, sizeof(IMhMessageVtbl));
}

const struct auto_class meeting_class = {
    .name = L"MeetingItem",
    .kind = CdoMeetingItem,
    .iid = &IID_IMhMeetingItem,
    .also = &IID_IMhMessage,
    .coclass = &CLSID_MeetingItem,
    .size = sizeof(struct meeting),
    .vtbl = &meeting_vtbl,
    .value_id = CDO_DISPID_SUBJECT,
    .close = meeting_close,
    .destroy = meeting_destroy,
};
