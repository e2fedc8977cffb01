/*
 * address_filter.c: the AddressEntryFilter object.
 *
 * Layer: server/object. Limits: at most 32 criteria.
 */
#include "address_entries.h"

#include "cdo_dispid.h"
#include "collection.h"
#include "fields.h"
#include "filter_build.h"
#include "mapi_bag.h"
#include "variant.h"
#include <string.h>

#define MAX_CRITERIA 32

struct address_filter {
    struct auto_object base;
    struct address_criteria *criteria; /* the collection's */
    GUID fields_set; /* the namespace of Fields */
};

static struct address_filter *address_filter_from(IMhAddressEntryFilter *iface)
{
    return (struct address_filter *)iface;
}

static HRESULT get_text(struct address_filter *self, const char *function, const BSTR *text, VARIANT *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    VariantInit(value);
    if (SUCCEEDED(hr) && *text)
        hr = variant_set_bstr(value, *text);
    return auto_leave(&call, hr);
}

static HRESULT put_text(struct address_filter *self, const char *function, BSTR *text, const VARIANT *value)
{
    struct auto_call call;
    BSTR copy = NULL;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_variant(&call, value);
    if (SUCCEEDED(hr) && !variant_missing(value)) {
        hr = variant_get_bstr(value, &copy);
        if (FAILED(hr))
            hr = auto_fail(&self->base, MAPI_E_INVALID_TYPE, L"the criterion is text");
    }
    if (SUCCEEDED(hr)) {
        SysFreeString(*text);
        *text = copy;
        self->criteria->changes++;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_filter_get_Name(IMhAddressEntryFilter *iface, VARIANT *value)
{
    return get_text(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->name, value);
}

static HRESULT STDMETHODCALLTYPE address_filter_put_Name(IMhAddressEntryFilter *iface, VARIANT value)
{
    return put_text(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->name, &value);
}

static HRESULT STDMETHODCALLTYPE address_filter_get_Address(IMhAddressEntryFilter *iface, VARIANT *value)
{
    return get_text(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->address, value);
}

static HRESULT STDMETHODCALLTYPE address_filter_put_Address(IMhAddressEntryFilter *iface, VARIANT value)
{
    return put_text(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->address, &value);
}

static HRESULT get_flag(struct address_filter *self, const char *function, const bool *flag, VARIANT_BOOL *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = SUCCEEDED(hr) && *flag ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

static HRESULT put_flag(struct address_filter *self, const char *function, bool *flag, VARIANT_BOOL value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    if (SUCCEEDED(hr)) {
        *flag = value != VARIANT_FALSE;
        self->criteria->changes++;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_filter_get_Not(IMhAddressEntryFilter *iface, VARIANT_BOOL *value)
{
    return get_flag(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->not, value);
}

static HRESULT STDMETHODCALLTYPE address_filter_put_Not(IMhAddressEntryFilter *iface, VARIANT_BOOL value)
{
    return put_flag(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->not, value);
}

static HRESULT STDMETHODCALLTYPE address_filter_get_Or(IMhAddressEntryFilter *iface, VARIANT_BOOL *value)
{
    return get_flag(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->or, value);
}

static HRESULT STDMETHODCALLTYPE address_filter_put_Or(IMhAddressEntryFilter *iface, VARIANT_BOOL value)
{
    return put_flag(address_filter_from(iface), __func__, &address_filter_from(iface)->criteria->or, value);
}

static HRESULT address_filter_open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    struct address_filter *self = (struct address_filter *)owner;

    (void)write;
    *props = self->criteria->fields;
    return S_OK;
}

static const struct fields_source address_filter_fields = {
    .open = address_filter_open_fields,
    .set_offset = offsetof(struct address_filter, fields_set),
};

static HRESULT STDMETHODCALLTYPE address_filter_get_Fields(IMhAddressEntryFilter *iface, IMhFields **value)
{
    struct address_filter *self = address_filter_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &address_filter_fields, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE address_filter_IsSameAs(IMhAddressEntryFilter *iface, VARIANT object,
                                                         VARIANT_BOOL *value)
{
    struct address_filter *self = address_filter_from(iface);
    struct auto_object *other = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = collection_object(&self->base, &object, &address_filter_class, &other);
    if (SUCCEEDED(hr) && other == &self->base)
        *value = VARIANT_TRUE;
    auto_release(other);
    return auto_leave(&call, hr);
}

/* ---- criteria -------------------------------------------------------------------------------------------------- */

/* A name is searched for by PR_ANR where it is the only criterion, as directories index that and nothing else. */
HRESULT address_criteria_build(const struct address_criteria *self, SRestriction **out)
{
    const SPropValue *values;
    ULONG fields = mapi_bag_values(self->fields, &values);
    SPropValue anr = {.ulPropTag = PR_ANR_W, .Value.lpszW = self->name};
    struct filter_build build;
    HRESULT hr = filter_build_begin(&build, MAX_CRITERIA);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    if (self->name && !self->address && !fields && !self->not)
        filter_build_compare(&build, RELOP_EQ, &anr);
    else if (self->name)
        filter_build_text(&build, PR_DISPLAY_NAME_W, self->name, FL_SUBSTRING);
    if (self->address)
        filter_build_text(&build, PR_EMAIL_ADDRESS_W, self->address, FL_SUBSTRING);
    filter_build_fields(&build, self->fields, FILTER_ADDRESSES);
    return filter_build_end(&build, self->or, self->not, out);
}

static HRESULT fields_changed(void *context)
{
    ((struct address_criteria *)context)->changes++;
    return S_OK;
}

HRESULT address_criteria_init(struct address_criteria *self, IMAPIProp *names)
{
    HRESULT hr;

    memset(self, 0, sizeof *self);
    hr = mapi_bag_create(names, &self->fields);
    if (SUCCEEDED(hr))
        mapi_bag_on_change(self->fields, fields_changed, self);
    return hr;
}

void address_criteria_clear(struct address_criteria *self)
{
    const SPropValue *values;

    SysFreeString(self->name);
    SysFreeString(self->address);
    self->name = self->address = NULL;
    while (self->fields && mapi_bag_values(self->fields, &values))
        mapi_bag_remove(self->fields, values[0].ulPropTag);
    self->not = self->or = false;
    self->changes++;
}

void address_criteria_free(struct address_criteria *self)
{
    address_criteria_clear(self);
    if (self->fields) {
        mapi_bag_on_change(self->fields, NULL, NULL); /* a Fields object may still hold it */
        self->fields->lpVtbl->Release(self->fields);
    }
    self->fields = NULL;
}

/* ---- the class -------------------------------------------------------------------------------------------------- */

static const IMhAddressEntryFilterVtbl address_filter_vtbl = {
    AUTO_HEAD,
    .get_Name = address_filter_get_Name,
    .put_Name = address_filter_put_Name,
    .get_Address = address_filter_get_Address,
    .put_Address = address_filter_put_Address,
    .get_Not = address_filter_get_Not,
    .put_Not = address_filter_put_Not,
    .get_Or = address_filter_get_Or,
    .put_Or = address_filter_put_Or,
    .get_Fields = address_filter_get_Fields,
    .IsSameAs = address_filter_IsSameAs,
};

const struct auto_class address_filter_class = {
    .name = L"AddressEntryFilter",
    .kind = CdoAddressFilter,
    .iid = &IID_IMhAddressEntryFilter,
    .coclass = &CLSID_AddressEntryFilter,
    .size = sizeof(struct address_filter),
    .vtbl = &address_filter_vtbl,
    .value_id = CDO_DISPID_NAME,
};

HRESULT address_filter_get(struct auto_object *entries, struct address_criteria *criteria, IMhAddressEntryFilter **out)
{
    struct address_filter *self = (struct address_filter *)auto_find_child(entries, &address_filter_class);
    HRESULT hr = S_OK;

    if (!self) {
        hr = auto_create(&address_filter_class, entries, &self);
        if (SUCCEEDED(hr))
            self->criteria = criteria;
    }
    *out = (IMhAddressEntryFilter *)self;
    return hr;
}
