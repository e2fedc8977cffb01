/*
 * message.c: the Message object: reading and writing of properties.
 *
 * Layer: server/object. Objects are made in message_open.c; the IMessage behind one is in message_mapi.c. Bodies are in
 * message_body.c, copying in message_actions.c, sending in message_send.c, answers in message_reply.c, files in
 * message_file.c, people in message_people.c.
 */
#include "message.h"

#include "cdo_dispid.h"
#include "fields.h"
#include "object_util.h"
#include <stdlib.h>

struct message *message_from(IMhMessage *iface)
{
    return CONTAINING_RECORD(iface, struct message, base);
}

/* ---- properties by kind ------------------------------------------------------------------------------------------------ */

static HRESULT get_text(IMhMessage *iface, const char *function, ULONG tag, BSTR *text)
{
    struct message *self = message_from(iface);
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *text = NULL;
    if (SUCCEEDED(hr)) {
        hr = message_read(self, tag, &value, &owned);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK, value = NULL;
    }
    if (SUCCEEDED(hr))
        hr = object_text_of(value, text);
    mapi_free(owned);
    return auto_leave(&call, hr);
}

static HRESULT put_text(IMhMessage *iface, const char *function, ULONG tag, BSTR text)
{
    struct message *self = message_from(iface);
    SPropValue value = {.ulPropTag = tag, .Value.lpszW = text ? text : (WCHAR *)L""};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_text(&call, text);
    if (SUCCEEDED(hr))
        hr = message_write(self, &value, 1);
    return auto_leave(&call, hr);
}

static HRESULT get_long(IMhMessage *iface, const char *function, ULONG tag, LONG fallback, LONG *number)
{
    struct message *self = message_from(iface);
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *number = 0;
    if (SUCCEEDED(hr)) {
        hr = message_read(self, tag, &value, &owned);
        if (SUCCEEDED(hr) || hr == MAPI_E_NOT_FOUND) {
            *number = SUCCEEDED(hr) ? value->Value.l : fallback;
            hr = S_OK;
        }
    }
    mapi_free(owned);
    return auto_leave(&call, hr);
}

static HRESULT put_long(IMhMessage *iface, const char *function, ULONG tag, LONG low, LONG high, LONG number)
{
    struct message *self = message_from(iface);
    SPropValue value = {.ulPropTag = tag, .Value.l = number};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_number(&call, number);
    if (SUCCEEDED(hr) && (number < low || number > high))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the value must be %ld to %ld", low, high);
    if (SUCCEEDED(hr))
        hr = message_write(self, &value, 1);
    return auto_leave(&call, hr);
}

static HRESULT get_bool(IMhMessage *iface, const char *function, ULONG tag, VARIANT_BOOL *truth)
{
    struct message *self = message_from(iface);
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *truth = VARIANT_FALSE;
    if (SUCCEEDED(hr)) {
        hr = message_read(self, tag, &value, &owned);
        if (SUCCEEDED(hr))
            *truth = value->Value.b ? VARIANT_TRUE : VARIANT_FALSE;
        else if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
    }
    mapi_free(owned);
    return auto_leave(&call, hr);
}

static HRESULT put_bool(IMhMessage *iface, const char *function, ULONG tag, VARIANT_BOOL truth)
{
    struct message *self = message_from(iface);
    SPropValue value = {.ulPropTag = tag, .Value.b = truth != VARIANT_FALSE};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    if (SUCCEEDED(hr))
        hr = message_write(self, &value, 1);
    return auto_leave(&call, hr);
}

HRESULT message_flags(struct message *self, ULONG tag, LONG *flags)
{
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    HRESULT hr = message_read(self, tag, &value, &owned);

    *flags = SUCCEEDED(hr) ? value->Value.l : 0;
    mapi_free(owned);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

static HRESULT get_flag(IMhMessage *iface, const char *function, ULONG tag, LONG bit, bool when_set,
                        VARIANT_BOOL *truth)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    LONG flags = 0;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *truth = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = message_flags(self, tag, &flags);
    if (SUCCEEDED(hr))
        *truth = ((flags & bit) != 0) == when_set ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT put_flag(IMhMessage *iface, const char *function, ULONG tag, LONG bit, bool when_set,
                        VARIANT_BOOL truth)
{
    struct message *self = message_from(iface);
    SPropValue value = {.ulPropTag = tag};
    struct auto_call call;
    LONG flags = 0;
    HRESULT hr = auto_enter(&call, &self->base, function);

    if (SUCCEEDED(hr))
        hr = message_flags(self, tag, &flags);
    value.Value.l = (truth != VARIANT_FALSE) == when_set ? flags | bit : flags & ~bit;
    if (SUCCEEDED(hr) && value.Value.l != flags)
        hr = message_write(self, &value, 1);
    return auto_leave(&call, hr);
}

static HRESULT get_date(IMhMessage *iface, const char *function, ULONG tag, DATE *date)
{
    struct message *self = message_from(iface);
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *date = 0;
    if (SUCCEEDED(hr))
        hr = message_read(self, tag, &value, &owned);
    if (SUCCEEDED(hr) && !mapi_date_from_filetime(&value->Value.ft, false, date))
        hr = MAPI_E_CORRUPT_DATA;
    mapi_free(owned);
    return auto_leave(&call, hr);
}

static HRESULT put_date(IMhMessage *iface, const char *function, ULONG tag, DATE date)
{
    struct message *self = message_from(iface);
    SPropValue value = {.ulPropTag = tag};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    if (SUCCEEDED(hr) && !mapi_date_to_filetime(date, false, &value.Value.ft))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the time is out of range");
    if (SUCCEEDED(hr))
        hr = message_write(self, &value, 1);
    return auto_leave(&call, hr);
}

static HRESULT get_hex(IMhMessage *iface, const char *function, ULONG tag, bool required, BSTR *text)
{
    struct message *self = message_from(iface);
    const SPropValue *value = NULL;
    SPropValue *owned = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *text = NULL;
    if (SUCCEEDED(hr)) {
        hr = message_read(self, tag, &value, &owned);
        if (hr == MAPI_E_NOT_FOUND && !required)
            hr = S_OK, value = NULL;
    }
    if (SUCCEEDED(hr))
        hr = object_hex_of(value, text);
    mapi_free(owned);
    return auto_leave(&call, hr);
}

static HRESULT put_hex(IMhMessage *iface, const char *function, ULONG tag, BSTR text)
{
    struct message *self = message_from(iface);
    SPropValue value = {.ulPropTag = tag};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_text(&call, text);
    if (SUCCEEDED(hr) && FAILED(mapi_hex_decode(text, &value.Value.bin)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the value must be a text of hex digits");
    if (SUCCEEDED(hr))
        hr = message_write(self, &value, 1);
    mapi_free(value.Value.bin.lpb);
    return auto_leave(&call, hr);
}

#define GETTER(name, type, call)                                                                                     \
    static HRESULT STDMETHODCALLTYPE message_get_##name(IMhMessage *iface, type *value)                              \
    {                                                                                                                \
        return call;                                                                                                 \
    }
#define SETTER(name, type, call)                                                                                     \
    static HRESULT STDMETHODCALLTYPE message_put_##name(IMhMessage *iface, type value)                               \
    {                                                                                                                \
        return call;                                                                                                 \
    }
#define TEXT_RO(name, tag) GETTER(name, BSTR, get_text(iface, __func__, tag, value))
#define TEXT_RW(name, tag) TEXT_RO(name, tag) SETTER(name, BSTR, put_text(iface, __func__, tag, value))
#define LONG_RO(name, tag, absent) GETTER(name, LONG, get_long(iface, __func__, tag, absent, value))
#define LONG_RW(name, tag, absent, low, high)                                                                        \
    LONG_RO(name, tag, absent) SETTER(name, LONG, put_long(iface, __func__, tag, low, high, value))
#define BOOL_RW(name, tag)                                                                                           \
    GETTER(name, VARIANT_BOOL, get_bool(iface, __func__, tag, value))                                                \
    SETTER(name, VARIANT_BOOL, put_bool(iface, __func__, tag, value))
#define FLAG_RW(name, tag, bit, when_set)                                                                            \
    GETTER(name, VARIANT_BOOL, get_flag(iface, __func__, tag, bit, when_set, value))                                 \
    SETTER(name, VARIANT_BOOL, put_flag(iface, __func__, tag, bit, when_set, value))
#define DATE_RO(name, tag) GETTER(name, DATE, get_date(iface, __func__, tag, value))
#define DATE_RW(name, tag) DATE_RO(name, tag) SETTER(name, DATE, put_date(iface, __func__, tag, value))
#define HEX_RO(name, tag) GETTER(name, BSTR, get_hex(iface, __func__, tag, true, value))
#define HEX_RW(name, tag)                                                                                            \
    GETTER(name, BSTR, get_hex(iface, __func__, tag, false, value))                                                  \
    SETTER(name, BSTR, put_hex(iface, __func__, tag, value))
#include "message.props.h"

static HRESULT STDMETHODCALLTYPE message_get_ID(IMhMessage *iface, BSTR *value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr) && !self->id.cb)
        hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the message has no id before it is saved. Call Update first.");
    if (SUCCEEDED(hr)) {
        *value = mapi_hex_bstr(&self->id);
        hr = *value ? S_OK : E_OUTOFMEMORY;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE message_get_Unread(IMhMessage *iface, VARIANT_BOOL *value)
{
    return get_flag(iface, __func__, PR_MESSAGE_FLAGS, MSGFLAG_READ, false, value);
}

static HRESULT STDMETHODCALLTYPE message_put_Unread(IMhMessage *iface, VARIANT_BOOL value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = message_mark_read(self, value == VARIANT_FALSE);
    return auto_leave(&call, hr);
}

static HRESULT open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    return (write ? message_open : message_open_reading)((struct message *)owner, (IMessage **)props);
}

static void fields_changed(struct auto_object *owner)
{
    message_changed((struct message *)owner);
}

static HRESULT STDMETHODCALLTYPE message_get_Fields(IMhMessage *iface, IMhFields **value)
{
    static const struct fields_source source = {open_fields, fields_changed, offsetof(struct message, fields_set),
                                               message_correct_times};
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &source, value);
    return auto_leave(&call, hr);
}

/* ---- saving ------------------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE message_Update(IMhMessage *iface, VARIANT permanent, VARIANT refresh)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    bool save = true, reload = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = object_update_args(&permanent, &refresh, &save, &reload);
    if (SUCCEEDED(hr) && save)
        hr = message_save(self);
    if (SUCCEEDED(hr) && reload && self->id.cb) { /* the next use opens it anew */
        auto_close_children(&self->base);
        message_drop(self);
        message_changed(self);
    }
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_Save(IMhMessage *iface)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = message_save(self);
    return auto_leave(&call, hr);
}

static HRESULT id_of(struct auto_object *object, SBinary *id)
{
    *id = ((struct message *)object)->id;
    return id->cb ? S_OK : MAPI_E_NOT_FOUND;
}

static HRESULT STDMETHODCALLTYPE message_IsSameAs(IMhMessage *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = object_is_same(&self->base, &object, &self->id, id_of, value);
    return auto_leave(&call, hr);
}

/* ---- the class ------------------------------------------------------------------------------------------------------------ */

static void message_close(struct auto_object *object)
{
    struct message *self = (struct message *)object;

    message_drop(self);
    mapi_free(self->row);
    self->row = NULL;
    mapi_store_release(self->store);
    self->store = NULL;
}

static void message_destroy(struct auto_object *object)
{
    free(((struct message *)object)->id.lpb);
}

#undef TEXT_RO
#undef TEXT_RW
#undef LONG_RO
#undef LONG_RW
#undef BOOL_RW
#undef FLAG_RW
#undef DATE_RO
#undef DATE_RW
#undef HEX_RO
#undef HEX_RW
#define RO(name, ...) .get_##name = message_get_##name,
#define RW(name, ...) .get_##name = message_get_##name, .put_##name = message_put_##name,
#define TEXT_RO RO
#define TEXT_RW RW
#define LONG_RO RO
#define LONG_RW RW
#define BOOL_RW RW
#define FLAG_RW RW
#define DATE_RO RO
#define DATE_RW RW
#define HEX_RO RO
#define HEX_RW RW

static const IMhMessageVtbl message_vtbl = {
    AUTO_HEAD,
#include "message.props.h"
    .get_ID = message_get_ID,
    .get_Text = message_get_Text,
    .put_Text = message_put_Text,
    .get_Unread = message_get_Unread,
    .put_Unread = message_put_Unread,
    .get_Categories = message_get_Categories,
    .put_Categories = message_put_Categories,
    .get_Sender = message_get_Sender,
    .put_Sender = message_put_Sender,
    .get_Recipients = message_get_Recipients,
    .put_Recipients = message_put_Recipients,
    .get_Attachments = message_get_Attachments,
    .get_Fields = message_get_Fields,
    .CopyTo = message_CopyTo,
    .MoveTo = message_MoveTo,
    .Delete = message_Delete,
    .Forward = message_Forward,
    .Reply = message_Reply,
    .ReplyAll = message_ReplyAll,
    .Send = message_Send,
    .Update = message_Update,
    .Options = message_Options,
    .IsSameAs = message_IsSameAs,
    .get_Body = message_get_Body,
    .put_Body = message_put_Body,
    .get_HTMLBody = message_get_HTMLBody,
    .put_HTMLBody = message_put_HTMLBody,
    .get_RTFBody = message_get_RTFBody,
    .put_RTFBody = message_put_RTFBody,
    .get_BodyFormat = message_get_BodyFormat,
    .put_BodyFormat = message_put_BodyFormat,
    .put_To = message_put_To,
    .put_CC = message_put_CC,
    .put_BCC = message_put_BCC,
    .get_SenderEmailAddress = message_get_SenderEmailAddress,
    .Save = message_Save,
    .SaveAs = message_SaveAs,
    .Import = message_Import,
    .MarkRead = message_MarkRead,
    .GetProps = message_GetProps,
    .SetProps = message_SetProps,
    .OpenStream = message_OpenStream,
};

const struct auto_class message_class = {
    .name = L"Message",
    .kind = CdoMsg,
    .iid = &IID_IMhMessage,
    .coclass = &CLSID_Message,
    .size = sizeof(struct message),
    .vtbl = &message_vtbl,
    .value_id = CDO_DISPID_SUBJECT,
    .close = message_close,
    .destroy = message_destroy,
};
