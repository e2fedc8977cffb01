/*
 * message_filter.c: the MessageFilter object.
 *
 * Layer: server/object. Criteria are VARIANTs, Empty while unset; each is translated when the collection asks for the
 * restriction. Limits: at most 64 criteria.
 */
#include "message_filter.h"

#include "cdo_dispid.h"
#include "collection.h"
#include "fields.h"
#include "filter_build.h"
#include "mapi_bag.h"
#include "mapi_prop.h"
#include "mapi_variant.h"
#include "variant.h"
#include <stdlib.h>

#define MAX_CRITERIA 64

enum criterion {
    CRITERION_SUBJECT,
    CRITERION_TEXT,
    CRITERION_RECIPIENTS,
    CRITERION_SENDER,
    CRITERION_TYPE,
    CRITERION_CONVERSATION,
    CRITERION_IMPORTANCE,
    CRITERION_SENT,
    CRITERION_SIZE,
    CRITERION_TIME_FIRST,
    CRITERION_TIME_LAST,
    CRITERION_UNREAD,
    CRITERION_COUNT
};

/* What a criterion's value must be, and what it compares. */
static const struct {
    VARTYPE type;
    enum { AS_TEXT, AS_RECIPIENT, AS_LONG, AS_TIME, AS_CLEAR_BIT } how;
    ULONG tag;
    ULONG detail; /* fuzzy level, RELOP_ or bit mask */
} criteria[CRITERION_COUNT] = {
    [CRITERION_SUBJECT] = {VT_BSTR, AS_TEXT, PR_SUBJECT_W, FL_SUBSTRING},
    [CRITERION_TEXT] = {VT_BSTR, AS_TEXT, PR_BODY_W, FL_SUBSTRING},
    [CRITERION_RECIPIENTS] = {VT_BSTR, AS_RECIPIENT, 0, 0},
    [CRITERION_SENDER] = {VT_BSTR, AS_TEXT, PR_SENDER_NAME_W, FL_SUBSTRING},
    [CRITERION_TYPE] = {VT_BSTR, AS_TEXT, PR_MESSAGE_CLASS_W, FL_FULLSTRING},
    [CRITERION_CONVERSATION] = {VT_BSTR, AS_TEXT, PR_CONVERSATION_TOPIC_W, FL_SUBSTRING},
    [CRITERION_IMPORTANCE] = {VT_I4, AS_LONG, PR_IMPORTANCE, RELOP_EQ},
    [CRITERION_SENT] = {VT_BOOL, AS_CLEAR_BIT, PR_MESSAGE_FLAGS, MSGFLAG_UNSENT},
    [CRITERION_SIZE] = {VT_I4, AS_LONG, PR_MESSAGE_SIZE, RELOP_GT},
    [CRITERION_TIME_FIRST] = {VT_DATE, AS_TIME, PR_MESSAGE_DELIVERY_TIME, RELOP_GE},
    [CRITERION_TIME_LAST] = {VT_DATE, AS_TIME, PR_MESSAGE_DELIVERY_TIME, RELOP_LE},
    [CRITERION_UNREAD] = {VT_BOOL, AS_CLEAR_BIT, PR_MESSAGE_FLAGS, MSGFLAG_READ},
};

struct message_criteria {
    VARIANT values[CRITERION_COUNT];
    IMAPIProp *fields; /* mapi_bag.h */
    bool not, or, calendar;
    ULONG changes;
};

struct message_filter {
    struct auto_object base;
    struct message_criteria *criteria; /* the collection's */
    GUID fields_set; /* the namespace of Fields */
};

static struct message_filter *message_filter_from(IMhMessageFilter *iface)
{
    return (struct message_filter *)iface;
}

/* ---- members ------------------------------------------------------------------------------------------------- */

static HRESULT get(struct message_filter *self, const char *function, enum criterion which, VARIANT *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = VariantCopy(value, &self->criteria->values[which]);
    return auto_leave(&call, hr);
}

/* Empty, Null and Nothing take a criterion away. */
static HRESULT put(struct message_filter *self, const char *function, enum criterion which, const VARIANT *value)
{
    struct auto_call call;
    VARIANT converted;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_variant(&call, value);
    VariantInit(&converted);
    value = variant_deref(value);
    if (SUCCEEDED(hr) && !variant_missing(value) && V_VT(value) != VT_NULL &&
        !(V_VT(value) == VT_DISPATCH && !V_DISPATCH(value))) {
        hr = VariantChangeType(&converted, (VARIANT *)value, 0, criteria[which].type);
        if (FAILED(hr))
            hr = auto_fail(&self->base, MAPI_E_INVALID_TYPE, criteria[which].type == VT_BSTR ? L"the criterion is text"
                                                             : criteria[which].type == VT_DATE
                                                                 ? L"the criterion is a date"
                                                             : criteria[which].type == VT_BOOL
                                                                 ? L"the criterion is True or False"
                                                                 : L"the criterion is a number");
    }
    if (SUCCEEDED(hr)) {
        VariantClear(&self->criteria->values[which]);
        self->criteria->values[which] = converted;
        self->criteria->changes++;
    }
    return auto_leave(&call, hr);
}

#define CRITERION(name, which)                                                                                         \
    static HRESULT STDMETHODCALLTYPE message_filter_get_##name(IMhMessageFilter *iface, VARIANT *value)                \
    {                                                                                                                  \
        return get(message_filter_from(iface), __func__, which, value);                                                \
    }                                                                                                                  \
    static HRESULT STDMETHODCALLTYPE message_filter_put_##name(IMhMessageFilter *iface, VARIANT value)                 \
    {                                                                                                                  \
        return put(message_filter_from(iface), __func__, which, &value);                                               \
    }

CRITERION(Subject, CRITERION_SUBJECT)
CRITERION(Text, CRITERION_TEXT)
CRITERION(Recipients, CRITERION_RECIPIENTS)
CRITERION(Sender, CRITERION_SENDER)
CRITERION(Type, CRITERION_TYPE)
CRITERION(Conversation, CRITERION_CONVERSATION)
CRITERION(Importance, CRITERION_IMPORTANCE)
CRITERION(Sent, CRITERION_SENT)
CRITERION(Size, CRITERION_SIZE)
CRITERION(TimeFirst, CRITERION_TIME_FIRST)
CRITERION(TimeLast, CRITERION_TIME_LAST)
CRITERION(Unread, CRITERION_UNREAD)

static HRESULT STDMETHODCALLTYPE message_filter_get_Not(IMhMessageFilter *iface, VARIANT_BOOL *value)
{
    struct message_filter *self = message_filter_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) && self->criteria->not ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE message_filter_put_Not(IMhMessageFilter *iface, VARIANT_BOOL value)
{
    struct message_filter *self = message_filter_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr)) {
        self->criteria->not = value != VARIANT_FALSE;
        self->criteria->changes++;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE message_filter_get_Or(IMhMessageFilter *iface, VARIANT_BOOL *value)
{
    struct message_filter *self = message_filter_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) && self->criteria->or ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE message_filter_put_Or(IMhMessageFilter *iface, VARIANT_BOOL value)
{
    struct message_filter *self = message_filter_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr)) {
        self->criteria->or = value != VARIANT_FALSE;
        self->criteria->changes++;
    }
    return auto_leave(&call, hr);
}

static HRESULT message_filter_open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    struct message_filter *self = (struct message_filter *)owner;

    (void)write;
    *props = self->criteria->fields;
    return S_OK;
}

static const struct fields_source message_filter_fields = {
    .open = message_filter_open_fields,
    .set_offset = offsetof(struct message_filter, fields_set),
};

static HRESULT STDMETHODCALLTYPE message_filter_get_Fields(IMhMessageFilter *iface, IMhFields **value)
{
    struct message_filter *self = message_filter_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &message_filter_fields, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE message_filter_IsSameAs(IMhMessageFilter *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct message_filter *self = message_filter_from(iface);
    struct auto_object *other = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = collection_object(&self->base, &object, &message_filter_class, &other);
    if (SUCCEEDED(hr) && other == &self->base)
        *value = VARIANT_TRUE;
    auto_release(other);
    return auto_leave(&call, hr);
}

/* ---- criteria ------------------------------------------------------------------------------------------------ */

static HRESULT add_criterion(const struct message_criteria *self, struct filter_build *build, enum criterion which)
{
    const VARIANT *value = &self->values[which];
    ULONG tag = criteria[which].tag, detail = criteria[which].detail;
    SPropValue time = {.ulPropTag = tag};

    switch (criteria[which].how) {
    case AS_TEXT:
        filter_build_text(build, tag, V_BSTR(value) ? V_BSTR(value) : L"", detail);
        break;
    case AS_RECIPIENT:
        filter_build_recipient(build, V_BSTR(value) ? V_BSTR(value) : L"");
        break;
    case AS_LONG:
        filter_build_long(build, detail, tag, V_I4(value));
        break;
    case AS_CLEAR_BIT: /* True: the bit is clear */
        filter_build_bits(build, tag, detail, V_BOOL(value) == VARIANT_FALSE);
        break;
    case AS_TIME:
        if (!mapi_date_to_filetime(V_DATE(value), false, &time.Value.ft))
            return MAPI_E_INVALID_PARAMETER;
        filter_build_compare(build, detail, &time);
        break;
    }
    return S_OK;
}

static HRESULT build_with(const struct message_criteria *self, enum filter_kind kind, SRestriction **out)
{
    struct filter_build build;
    HRESULT hr = filter_build_begin(&build, MAX_CRITERIA);

    *out = NULL;
    for (int i = 0; SUCCEEDED(hr) && i < CRITERION_COUNT; i++)
        if (V_VT(&self->values[i]) != VT_EMPTY)
            hr = add_criterion(self, &build, i);
    if (SUCCEEDED(hr))
        filter_build_fields(&build, self->fields, kind);
    if (FAILED(hr)) {
        mapi_free(build.root);
        return hr;
    }
    return filter_build_end(&build, self->or, self->not, out);
}

HRESULT message_criteria_build(const struct message_criteria *self, SRestriction **out)
{
    return build_with(self, self->calendar ? FILTER_CALENDAR : FILTER_MESSAGES, out);
}

HRESULT message_criteria_build_undated(const struct message_criteria *self, SRestriction **out)
{
    return build_with(self, FILTER_UNDATED, out);
}

bool message_criteria_range(const struct message_criteria *self, FILETIME *from, FILETIME *to)
{
    const SPropValue *values, *first, *last;
    ULONG count;

    if (!self || !self->calendar || self->or || self->not)
        return false;
    count = mapi_bag_values(self->fields, &values);
    first = mapi_prop_find(values, count, PR_END_DATE);
    last = mapi_prop_find(values, count, PR_START_DATE);
    if (!first || !last || first->ulPropTag != PR_END_DATE || last->ulPropTag != PR_START_DATE)
        return false;
    *from = first->Value.ft;
    *to = last->Value.ft;
    return true;
}

ULONG message_criteria_changes(const struct message_criteria *self)
{
    return self->changes;
}

static HRESULT fields_changed(void *context)
{
    ((struct message_criteria *)context)->changes++;
    return S_OK;
}

HRESULT message_criteria_create(IMAPIProp *folder, bool calendar, struct message_criteria **out)
{
    struct message_criteria *self = calloc(1, sizeof *self);
    HRESULT hr = self ? mapi_bag_create(folder, &self->fields) : E_OUTOFMEMORY;

    *out = NULL;
    if (FAILED(hr)) {
        free(self);
        return hr;
    }
    mapi_bag_on_change(self->fields, fields_changed, self);
    self->calendar = calendar;
    *out = self;
    return S_OK;
}

void message_criteria_clear(struct message_criteria *self)
{
    const SPropValue *values;

    for (int i = 0; i < CRITERION_COUNT; i++)
        VariantClear(&self->values[i]);
    while (mapi_bag_values(self->fields, &values))
        mapi_bag_remove(self->fields, values[0].ulPropTag);
    self->not = self->or = false;
    self->changes++;
}

HRESULT message_criteria_copy(struct message_criteria *self, const struct message_criteria *from)
{
    const SPropValue *values;
    ULONG count;
    HRESULT hr = S_OK;

    if (self == from)
        return S_OK;
    message_criteria_clear(self);
    for (int i = 0; SUCCEEDED(hr) && i < CRITERION_COUNT; i++)
        hr = VariantCopy(&self->values[i], (VARIANT *)&from->values[i]);
    count = mapi_bag_values(from->fields, &values);
    if (SUCCEEDED(hr))
        hr = mapi_bag_put(self->fields, values, count);
    self->not = from->not;
    self->or = from->or;
    return hr;
}

void message_criteria_free(struct message_criteria *self)
{
    if (!self)
        return;
    message_criteria_clear(self);
    mapi_bag_on_change(self->fields, NULL, NULL); /* a Fields object may still hold it */
    self->fields->lpVtbl->Release(self->fields);
    free(self);
}

/* ---- the class ------------------------------------------------------------------------------------------------- */

#define ACCESSORS(name) .get_##name = message_filter_get_##name, .put_##name = message_filter_put_##name

static const IMhMessageFilterVtbl message_filter_vtbl = {
    AUTO_HEAD,
    ACCESSORS(Subject),
    ACCESSORS(Text),
    ACCESSORS(Recipients),
    ACCESSORS(Sender),
    ACCESSORS(Type),
    ACCESSORS(Conversation),
    ACCESSORS(Importance),
    ACCESSORS(Sent),
    ACCESSORS(Size),
    ACCESSORS(TimeFirst),
    ACCESSORS(TimeLast),
    ACCESSORS(Unread),
    ACCESSORS(Not),
    ACCESSORS(Or),
    .get_Fields = message_filter_get_Fields,
    .IsSameAs = message_filter_IsSameAs,
};

const struct auto_class message_filter_class = {
    .name = L"MessageFilter",
    .kind = CdoMessageFilter,
    .iid = &IID_IMhMessageFilter,
    .coclass = &CLSID_MessageFilter,
    .size = sizeof(struct message_filter),
    .vtbl = &message_filter_vtbl,
    .value_id = CDO_DISPID_SUBJECT,
};

HRESULT message_filter_get(struct auto_object *messages, struct message_criteria *criteria_of, IMhMessageFilter **out)
{
    struct message_filter *self = (struct message_filter *)auto_find_child(messages, &message_filter_class);
    HRESULT hr = S_OK;

    if (!self) {
        hr = auto_create(&message_filter_class, messages, &self);
        if (SUCCEEDED(hr))
            self->criteria = criteria_of;
    }
    *out = (IMhMessageFilter *)self;
    return hr;
}

struct message_criteria *message_filter_criteria(struct auto_object *filter)
{
    return ((struct message_filter *)filter)->criteria;
}
