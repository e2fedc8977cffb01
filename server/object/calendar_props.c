/*
 * calendar_props.c: the properties of appointments and meetings.
 *
 * Layer: server/object.
 */
#include "appointment.h"

#include "mapi_prop.h"
#include "object_util.h"

static HRESULT tag_of(struct message *self, enum calendar_prop which, bool create, IMessage **mapi, ULONG *tag)
{
    struct mapi_names own = {0}; /* a message inside another belongs to no store of its own */
    HRESULT hr = (create ? message_open : message_open_reading)(self, mapi);

    if (SUCCEEDED(hr))
        hr = mapi_calendar_tag(self->store ? &self->store->names : &own, MAPI_PROP(*mapi), which, create, tag);
    mapi_names_free(&own);
    return hr;
}

HRESULT calendar_get(struct message *self, enum calendar_prop which, SPropValue **value)
{
    IMessage *mapi = NULL;
    ULONG tag = 0;
    HRESULT hr = tag_of(self, which, false, &mapi, &tag);

    *value = NULL;
    return SUCCEEDED(hr) ? mapi_prop_get(MAPI_PROP(mapi), tag, value) : hr;
}

LONG calendar_get_long(struct message *self, enum calendar_prop which, LONG fallback)
{
    SPropValue *value = NULL;

    if (FAILED(calendar_get(self, which, &value)))
        return fallback;
    fallback = PROP_TYPE(value->ulPropTag) == PT_BOOLEAN ? value->Value.b : value->Value.l;
    mapi_free(value);
    return fallback;
}

HRESULT calendar_put(struct message *self, enum calendar_prop which, SPropValue *value)
{
    IMessage *mapi = NULL;
    HRESULT hr = tag_of(self, which, true, &mapi, &value->ulPropTag);

    return SUCCEEDED(hr) ? message_write(self, value, 1) : hr;
}

HRESULT calendar_put_long(struct message *self, enum calendar_prop which, LONG number)
{
    SPropValue value = {.Value.l = number};

    return calendar_put(self, which, &value);
}

HRESULT calendar_put_bool(struct message *self, enum calendar_prop which, bool truth)
{
    SPropValue value = {.Value.b = truth};

    return calendar_put(self, which, &value);
}

HRESULT calendar_put_time(struct message *self, enum calendar_prop which, FILETIME time)
{
    SPropValue value = {.Value.ft = time};

    return calendar_put(self, which, &value);
}

HRESULT calendar_put_bytes(struct message *self, enum calendar_prop which, const void *bytes, ULONG size)
{
    SPropValue value = {.Value.bin = {size, (BYTE *)bytes}};

    return calendar_put(self, which, &value);
}

HRESULT calendar_put_text(struct message *self, enum calendar_prop which, const WCHAR *text)
{
    SPropValue value = {.Value.lpszW = (WCHAR *)(text ? text : L"")};

    return calendar_put(self, which, &value);
}

void calendar_delete(struct message *self, enum calendar_prop which)
{
    IMessage *mapi = NULL;
    ULONG tag = 0;

    if (SUCCEEDED(tag_of(self, which, false, &mapi, &tag)) && SUCCEEDED(message_open(self, &mapi)))
        mapi_prop_delete(MAPI_PROP(mapi), tag);
}

HRESULT calendar_copy(struct message *from, enum calendar_prop which, struct message *to)
{
    SPropValue *value = NULL;
    HRESULT hr = calendar_get(from, which, &value);

    if (SUCCEEDED(hr))
        hr = calendar_put(to, which, value);
    mapi_free(value);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

/* ---- times -------------------------------------------------------------------------------------------------------------- */

/* A time by its named property, or by the plain one that other programs set. */
static HRESULT get_time(struct message *self, enum calendar_prop which, ULONG plain, LONGLONG *minutes)
{
    SPropValue *value = NULL;
    IMessage *mapi = NULL;
    HRESULT hr = calendar_get(self, which, &value);

    if (hr == MAPI_E_NOT_FOUND) {
        hr = message_open_reading(self, &mapi);
        if (SUCCEEDED(hr))
            hr = mapi_prop_get(MAPI_PROP(mapi), plain, &value);
    }
    if (SUCCEEDED(hr))
        *minutes = mapi_calendar_minutes(&value->Value.ft);
    mapi_free(value);
    return hr;
}

HRESULT calendar_get_times(struct message *self, LONGLONG *start, LONGLONG *end)
{
    HRESULT hr;

    if (self->is_occurrence) {
        *start = self->occurrence.start;
        *end = self->occurrence.end;
        return S_OK;
    }
    hr = get_time(self, CALENDAR_START, PR_START_DATE, start);
    if (SUCCEEDED(hr)) {
        hr = get_time(self, CALENDAR_END, PR_END_DATE, end);
        if (hr == MAPI_E_NOT_FOUND) {
            *end = *start;
            hr = S_OK;
        }
    }
    return hr;
}

static HRESULT set_reminder(struct message *self, LONGLONG start)
{
    LONG before = calendar_get_long(self, CALENDAR_REMINDER_MINUTES, 15);
    HRESULT hr = calendar_put_time(self, CALENDAR_REMINDER_TIME, mapi_calendar_filetime(start));

    if (SUCCEEDED(hr))
        hr = calendar_put_time(self, CALENDAR_REMINDER_SIGNAL, mapi_calendar_filetime(start - before));
    return hr;
}

HRESULT calendar_set_times(struct message *self, LONGLONG start, LONGLONG end)
{
    FILETIME from = mapi_calendar_filetime(start), to = mapi_calendar_filetime(end);
    SPropValue plain[2] = {{.ulPropTag = PR_START_DATE, .Value.ft = from}, {.ulPropTag = PR_END_DATE, .Value.ft = to}};
    static const enum calendar_prop starts[] = {CALENDAR_START, CALENDAR_COMMON_START, CALENDAR_CLIP_START};
    static const enum calendar_prop ends[] = {CALENDAR_END, CALENDAR_COMMON_END, CALENDAR_CLIP_END};
    HRESULT hr = message_write(self, plain, 2);

    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(starts); i++)
        hr = calendar_put_time(self, starts[i], from);
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(ends); i++)
        hr = calendar_put_time(self, ends[i], to);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(self, CALENDAR_DURATION, (LONG)(end - start));
    if (SUCCEEDED(hr)) {
        self->occurrence.start = start;
        self->occurrence.end = end;
        hr = set_reminder(self, start);
    }
    return hr;
}
