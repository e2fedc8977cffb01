/*
 * fields.c: the Fields collection.
 *
 * Layer: server/object. CDO's rules: Item(number up to 65535) counts, Item(greater or negative number) is a tag,
 * Item(text) is a named property of the namespace, a tag as text, or a name with its property set; Add(name, type,
 * value) makes a named property, Add(tag, value) sets a MAPI property. Properties that are objects are left out.
 */
#include "field.h"

#include "auto_enum.h"
#include "cdo_dispid.h"
#include "object_util.h"
#include "prop_ref.h"
#include <string.h>
#include <wchar.h>

#define LAST_INDEX 0xFFFF

static struct fields *fields_from(IMhFields *iface)
{
    return CONTAINING_RECORD(iface, struct fields, base);
}

/* The namespace; PS_PUBLIC_STRINGS until SetNamespace says otherwise. */
static GUID *namespace_of(struct fields *self)
{
    return (GUID *)((char *)self->base.parent + self->source->set_offset);
}

static const GUID *current_set(struct fields *self)
{
    static const GUID none;
    GUID *set = namespace_of(self);

    return guid_equal(set, &none) ? &prop_set_public_strings : set;
}

static struct mapi_names *names_of(struct fields *self)
{
    struct mapi_store *store = object_store(&self->base);

    return store ? &store->names : &self->names;
}

HRESULT fields_props(struct fields *self, bool write, IMAPIProp **props)
{
    *props = NULL;
    return self->source->open(self->base.parent, write, props);
}

void fields_correct(struct fields *self, SPropValue *value)
{
    if (self->source->correct)
        self->source->correct(self->base.parent, value);
}

void fields_changed(struct fields *self, bool list_too)
{
    if (list_too) {
        mapi_free(self->tags);
        self->tags = NULL;
    }
    if (self->source->changed)
        self->source->changed(self->base.parent);
}

/* Reads the list of properties, without objects. */
static HRESULT load_tags(struct fields *self)
{
    IMAPIProp *props = NULL;
    ULONG kept = 0;
    HRESULT hr;

    if (self->tags)
        return S_OK;
    hr = fields_props(self, false, &props);
    if (SUCCEEDED(hr))
        hr = props->lpVtbl->GetPropList(props, MAPI_UNICODE, &self->tags);
    if (hr == MAPI_E_BAD_CHARWIDTH)
        hr = props->lpVtbl->GetPropList(props, 0, &self->tags);
    if (FAILED(hr)) {
        self->tags = NULL;
        return hr;
    }
    for (ULONG i = 0; i < self->tags->cValues; i++)
        if (PROP_TYPE(self->tags->aulPropTag[i]) != PT_OBJECT)
            self->tags->aulPropTag[kept++] = self->tags->aulPropTag[i];
    self->tags->cValues = kept;
    return S_OK;
}

LONG fields_place(struct fields *self, ULONG tag)
{
    if (FAILED(load_tags(self)))
        return 0;
    for (ULONG i = 0; i < self->tags->cValues; i++)
        if (PROP_ID(self->tags->aulPropTag[i]) == PROP_ID(tag))
            return (LONG)i + 1;
    return 0;
}

static HRESULT STDMETHODCALLTYPE fields_get_Count(IMhFields *iface, LONG *value)
{
    struct fields *self = fields_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = load_tags(self);
    if (SUCCEEDED(hr))
        *value = (LONG)self->tags->cValues;
    return auto_leave(&call, hr);
}

/* Reads a property and makes its Field. */
static HRESULT open_field(struct fields *self, ULONG tag, IMhField **out)
{
    IMAPIProp *props = NULL;
    SPropValue *value = NULL;
    HRESULT hr = fields_props(self, false, &props);

    if (SUCCEEDED(hr) && PROP_TYPE(tag) == PT_OBJECT)
        hr = auto_fail(&self->base, MAPI_E_TYPE_NO_SUPPORT, L"the property 0x%08X is an object", tag);
    if (SUCCEEDED(hr)) {
        hr = mapi_prop_get(props, mapi_tag_unicode(tag), &value);
        if (hr == MAPI_E_NOT_FOUND)
            auto_fail(&self->base, hr, L"the object has no property 0x%08X", tag);
    }
    if (SUCCEEDED(hr)) {
        fields_correct(self, value);
        if (PROP_TYPE(tag) != PROP_TYPE(value->ulPropTag) && PROP_TYPE(mapi_tag_unicode(tag)) != PROP_TYPE(value->ulPropTag))
            tag = mapi_tag_ansi(value->ulPropTag); /* the program gave no type, or another */
        hr = field_create(self, tag, value, out);
    }
    return hr;
}

static HRESULT item_by_number(struct fields *self, LONG number, IMhField **out)
{
    HRESULT hr = load_tags(self);

    if (FAILED(hr))
        return hr;
    if (number < 1)
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the index begins at 1");
    if ((ULONG)number > self->tags->cValues)
        return auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the collection has %lu items", self->tags->cValues);
    return open_field(self, mapi_tag_ansi(self->tags->aulPropTag[number - 1]), out);
}

/* The property set of an argument, or the namespace where there is none. */
static HRESULT set_arg(struct fields *self, const VARIANT *argument, GUID *set)
{
    BSTR text = NULL;
    HRESULT hr;

    *set = *current_set(self);
    if (variant_blank(argument))
        return S_OK;
    if (!variant_is_text(variant_deref(argument)))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the property set must be a text of hex digits");
    hr = variant_get_bstr(argument, &text);
    if (SUCCEEDED(hr) && !prop_ref_parse_set(text, SysStringLen(text), set))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"\"%ls\" is no property set id", text);
    SysFreeString(text);
    return hr;
}

/* The tag that an index argument names, if it is no number of the collection. */
static HRESULT tag_of(struct fields *self, const VARIANT *index, const VARIANT *propset, bool create, ULONG *tag)
{
    IMAPIProp *props = NULL;
    GUID set;
    HRESULT hr = set_arg(self, propset, &set);

    *tag = 0;
    if (SUCCEEDED(hr))
        hr = fields_props(self, create, &props);
    if (SUCCEEDED(hr))
        hr = object_tag_arg(&self->base, props, names_of(self), index, &set, create, tag);
    return hr;
}

static HRESULT STDMETHODCALLTYPE fields_get_Item(IMhFields *iface, VARIANT index, VARIANT propset, IMhField **value)
{
    struct fields *self = fields_from(iface);
    const VARIANT *argument = variant_deref(&index);
    struct auto_call call;
    double number = 0;
    ULONG tag = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr) && variant_is_number(argument)) {
        hr = variant_get_double(argument, 0, &number);
        if (SUCCEEDED(hr) && number >= 0 && number <= LAST_INDEX) {
            hr = item_by_number(self, (LONG)number, value);
            return auto_leave(&call, hr);
        }
    }
    if (SUCCEEDED(hr))
        hr = tag_of(self, argument, &propset, false, &tag);
    if (SUCCEEDED(hr))
        hr = open_field(self, tag, value);
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct fields *self = (struct fields *)collection;
    IMhField *field = NULL;
    HRESULT hr = load_tags(self);

    if (SUCCEEDED(hr) && (ULONG)index > self->tags->cValues)
        return S_FALSE;
    if (SUCCEEDED(hr)) /* not read: the loop may want names and types only, and a value may be unreadable */
        hr = field_create(self, mapi_tag_ansi(self->tags->aulPropTag[index - 1]), NULL, &field);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, field);
    return hr;
}

static HRESULT STDMETHODCALLTYPE fields_get__NewEnum(IMhFields *iface, IUnknown **value)
{
    struct fields *self = fields_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

/* What a new field of a type holds before anybody sets it. */
static void empty_value(ULONG tag, SPropValue *value)
{
    memset(value, 0, sizeof *value);
    value->ulPropTag = tag;
    if (PROP_TYPE(tag) == PT_UNICODE)
        value->Value.lpszW = (WCHAR *)L"";
    else if (PROP_TYPE(tag) == PT_BINARY)
        value->Value.bin.lpb = (BYTE *)"";
}

/* Sets a value of the collection's owner. */
static HRESULT set_value(struct fields *self, ULONG tag, const VARIANT *value)
{
    IMAPIProp *props = NULL;
    SPropValue *parent = NULL, single;
    HRESULT hr = fields_props(self, true, &props);

    if (SUCCEEDED(hr))
        hr = mapi_allocate(sizeof *parent, NULL, &parent);
    if (SUCCEEDED(hr)) {
        if (variant_missing(value))
            empty_value(tag, &single);
        else
            hr = mapi_variant_to_prop(value, tag, MAPI_VARIANT_FIELDS, parent, &single);
        if (hr == MAPI_E_INVALID_TYPE)
            auto_fail(&self->base, hr, L"the value does not have the type of the property 0x%08X", tag);
    }
    if (SUCCEEDED(hr))
        hr = mapi_prop_set(props, &single, 1);
    mapi_free(parent);
    if (SUCCEEDED(hr))
        fields_changed(self, true);
    return hr;
}

/* Add(name, Class, value, PropsetID): Class is a CdoFieldType, plus 8192 for arrays. */
static HRESULT add_named(struct fields *self, const VARIANT *name, const VARIANT *class, const VARIANT *value,
                         const VARIANT *propset, ULONG *tag)
{
    LONG vartype = 0;
    ULONG type;
    HRESULT hr = variant_get_long(class, 0, &vartype);

    if (FAILED(hr))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Class must be a CdoFieldType");
    type = mapi_type_from_vartype(vartype);
    if (vartype == VT_EMPTY || vartype == VT_VARIANT || vartype == (VT_ARRAY | VT_VARIANT)) /* the value's own type */
        type = variant_missing(value) ? 0 : mapi_variant_type(value);
    if (!type || type == PT_NULL)
        return auto_fail(&self->base, MAPI_E_INVALID_TYPE, L"fields of the type %ld cannot be made", vartype);
    hr = tag_of(self, name, propset, true, tag);
    if (SUCCEEDED(hr))
        *tag = CHANGE_PROP_TYPE(*tag, type);
    return hr;
}

static HRESULT STDMETHODCALLTYPE fields_Add(IMhFields *iface, VARIANT name, VARIANT class, VARIANT value,
                                            VARIANT propset, IMhField **out)
{
    struct fields *self = fields_from(iface);
    const VARIANT *what = variant_deref(&name), *new_value = variant_deref(&value);
    struct auto_call call;
    ULONG tag = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *out = NULL;
    auto_arg_variant(&call, &name);
    if (SUCCEEDED(hr) && variant_is_number(what)) { /* Add(PropTag, value) */
        new_value = variant_deref(&class);
        hr = tag_of(self, what, &propset, true, &tag);
        /* A variable that nobody has set, which scripts pass for a new binary field, is an empty value. */
        if (SUCCEEDED(hr) && variant_missing(new_value) && V_VT(new_value) != VT_EMPTY)
            hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the value of the property is missing");
        if (SUCCEEDED(hr) && PROP_TYPE(tag) == PT_UNSPECIFIED && !variant_missing(new_value))
            tag = CHANGE_PROP_TYPE(tag, mapi_variant_type(new_value));
    } else if (SUCCEEDED(hr)) {
        hr = add_named(self, what, variant_deref(&class), new_value, &propset, &tag);
    }
    if (SUCCEEDED(hr))
        hr = set_value(self, tag, new_value);
    if (SUCCEEDED(hr))
        hr = field_create(self, mapi_tag_ansi(tag), NULL, out);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE fields_Delete(IMhFields *iface)
{
    struct fields *self = fields_from(iface);
    SPropProblemArray *problems = NULL;
    IMAPIProp *props = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = fields_props(self, true, &props);
    if (SUCCEEDED(hr))
        hr = load_tags(self);
    if (SUCCEEDED(hr) && self->tags->cValues) {
        /* Problems are the properties that the provider computes: they stay, as CDO leaves them. */
        hr = props->lpVtbl->DeleteProps(props, self->tags, &problems);
        mapi_free(problems);
        fields_changed(self, true);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE fields_SetNamespace(IMhFields *iface, VARIANT propset)
{
    struct fields *self = fields_from(iface);
    struct auto_call call;
    GUID set;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &propset);
    if (SUCCEEDED(hr) && variant_blank(&propset)) /* back to the first namespace */
        memset(namespace_of(self), 0, sizeof(GUID));
    else if (SUCCEEDED(hr) && SUCCEEDED(hr = set_arg(self, &propset, &set)))
        *namespace_of(self) = set;
    return auto_leave(&call, hr);
}

/* Fields(tag) = value for a tag that the object has not yet: scripts written for CDO expect that it is added then. */
static HRESULT fields_add_item(struct auto_object *object, HRESULT error, const VARIANT *index, const VARIANT *value)
{
    VARIANT missing = {.vt = VT_ERROR, .scode = DISP_E_PARAMNOTFOUND};
    IMhField *field = NULL;
    HRESULT hr;

    if (error != MAPI_E_NOT_FOUND || !variant_is_number(index))
        return S_FALSE;
    hr = fields_Add((IMhFields *)object, *index, *value, missing, missing, &field);
    if (field)
        IMhField_Release(field);
    return hr;
}

static void fields_close(struct auto_object *object)
{
    struct fields *self = (struct fields *)object;

    mapi_free(self->tags);
    self->tags = NULL;
    mapi_names_free(&self->names);
}

static const IMhFieldsVtbl fields_vtbl = {
    AUTO_HEAD,
    .get_Count = fields_get_Count,
    .get_Item = fields_get_Item,
    .get__NewEnum = fields_get__NewEnum,
    .Add = fields_Add,
    .Delete = fields_Delete,
    .SetNamespace = fields_SetNamespace,
};

static const struct auto_class fields_class = {
    .name = L"Fields",
    .kind = CdoFields,
    .iid = &IID_IMhFields,
    .coclass = &CLSID_Fields,
    .size = sizeof(struct fields),
    .vtbl = &fields_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = fields_close,
    .add_item = fields_add_item,
};

HRESULT fields_create(struct auto_object *owner, const struct fields_source *source, IMhFields **out)
{
    struct fields *self = NULL;
    HRESULT hr = auto_create(&fields_class, owner, &self);

    *out = NULL;
    if (SUCCEEDED(hr)) {
        self->source = source;
        *out = (IMhFields *)&self->base;
    }
    return hr;
}
