/*
 * messages_filter.c: what a Messages collection shows and in which order: Filter, Sort, Restrict and Find.
 *
 * Layer: server/object.
 */
#include "messages_private.h"

#include "object_util.h"
#include <wchar.h>

HRESULT STDMETHODCALLTYPE messages_Sort(IMhMessages *iface, VARIANT order, VARIANT prop, VARIANT prop_tag)
{
    struct messages *self = messages_from(iface);
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {{0, 0}}};
    IMAPIFolder *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = folder_open(messages_folder(self), &mapi);
    if (SUCCEEDED(hr))
        hr = object_sort_args(&self->base, MAPI_PROP(mapi), &order, &prop, &prop_tag, PR_MESSAGE_DELIVERY_TIME,
                              (SSortOrderSet *)&sort);
    if (SUCCEEDED(hr)) {
        SSortOrder old = self->order;
        self->order = hr == S_OK ? sort.aSort[0] : (SSortOrder){0, 0};
        messages_close_table(self); /* also ends the old order when there is to be none */
        hr = messages_table(self);
        if (FAILED(hr))
            self->order = old;
    }
    return auto_leave(&call, hr);
}

static HRESULT make_criteria(struct messages *self)
{
    IMAPIFolder *mapi;
    SPropValue *class_name = NULL;
    bool calendar;
    HRESULT hr = S_OK;

    if (self->criteria)
        return S_OK;
    hr = folder_open(messages_folder(self), &mapi);
    if (FAILED(hr))
        return hr;
    calendar = SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_CONTAINER_CLASS_W, &class_name)) &&
               !_wcsnicmp(class_name->Value.lpszW, L"IPF.Appointment", 15);
    mapi_free(class_name);
    return message_criteria_create(MAPI_PROP(mapi), calendar, &self->criteria);
}

HRESULT STDMETHODCALLTYPE messages_get_Filter(IMhMessages *iface, IMhMessageFilter **value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = make_criteria(self);
    if (SUCCEEDED(hr))
        hr = message_filter_get(&self->base, self->criteria, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE messages_put_Filter(IMhMessages *iface, IMhMessageFilter *value)
{
    struct messages *self = messages_from(iface);
    struct auto_object *filter = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = make_criteria(self);
    if (SUCCEEDED(hr) && !value) { /* Nothing: no filter */
        message_criteria_clear(self->criteria);
    } else if (SUCCEEDED(hr)) {
        hr = auto_from_unknown((IUnknown *)value, &message_filter_class, &filter);
        if (FAILED(hr))
            hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the object is not a MessageFilter");
        else
            hr = message_criteria_copy(self->criteria, message_filter_criteria(filter));
    }
    if (filter)
        auto_release(filter);
    return auto_leave(&call, hr);
}

/* A collection of the same folder with this one's filter, where clause and order, and one more clause. */
static HRESULT restricted(struct messages *self, const VARIANT *where, struct messages **out)
{
    struct messages *made = NULL;
    BSTR text = NULL;
    HRESULT hr;

    *out = NULL;
    if (variant_missing(where) || !variant_is_text(variant_deref(where)))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the where clause must be a text");
    hr = variant_get_bstr(where, &text);
    if (SUCCEEDED(hr))
        hr = auto_create(self->base.class, self->base.parent, &made);
    if (SUCCEEDED(hr)) {
        made->hidden = self->hidden;
        made->order = self->order;
        if (self->where && text && *text) {
            size_t size = (SysStringLen(self->where) + SysStringLen(text) + 12);
            made->where = SysAllocStringLen(NULL, (UINT)size);
            if (made->where)
                swprintf(made->where, size, L"(%ls) AND (%ls)", self->where, text);
        } else {
            made->where = SysAllocString(text && *text ? text : self->where ? self->where : L"");
        }
        if (!made->where)
            hr = E_OUTOFMEMORY;
        if (SUCCEEDED(hr) && self->criteria && SUCCEEDED(hr = make_criteria(made)))
            hr = message_criteria_copy(made->criteria, self->criteria);
    }
    if (SUCCEEDED(hr)) { /* at once, so that a wrong clause fails here */
        struct mem_arena arena = {NULL};
        SRestriction *ignored = NULL;
        IMAPIFolder *mapi;
        VARIANT argument;

        V_VT(&argument) = VT_BSTR;
        V_BSTR(&argument) = text;
        hr = folder_open(messages_folder(self), &mapi);
        if (SUCCEEDED(hr))
            hr = object_where_arg(&self->base, MAPI_PROP(mapi), &argument, &arena, &ignored);
        mem_arena_free(&arena);
    }
    if (SUCCEEDED(hr))
        hr = messages_table(made);
    SysFreeString(text);
    if (FAILED(hr)) {
        if (made)
            auto_release(&made->base);
        return hr;
    }
    *out = made;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE messages_Restrict(IMhMessages *iface, VARIANT where, IMhMessages **value)
{
    struct messages *self = messages_from(iface), *made = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &where);
    if (SUCCEEDED(hr))
        hr = restricted(self, &where, &made);
    if (SUCCEEDED(hr))
        *value = (IMhMessages *)&made->base;
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE messages_Find(IMhMessages *iface, VARIANT where, IDispatch **value)
{
    struct messages *self = messages_from(iface), *made = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &where);
    if (SUCCEEDED(hr))
        hr = restricted(self, &where, &made);
    if (SUCCEEDED(hr))
        hr = messages_step(made, STEP_FIRST, value);
    if (made)
        auto_release(&made->base);
    return auto_leave(&call, hr);
}
