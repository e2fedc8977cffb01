/*
 * field.c: the Field object: one property of an object.
 *
 * Layer: server/object. The value is read when it is asked for; what Item read to prove that the property is there
 * serves the first time. ReadFromFile and WriteToFile move bytes of binary properties as they are, and text as UTF-8
 * with a byte order mark or in the ANSI code page.
 */
#include "field.h"

#include "cdo_dispid.h"
#include "file_bytes.h"
#include "object_util.h"
#include <string.h>

struct field {
    struct auto_object base;
    ULONG tag;         /* as shown to the program */
    SPropValue *value; /* read by Item and not used yet, or NULL */
};

static struct field *field_from(IMhField *iface)
{
    return CONTAINING_RECORD(iface, struct field, base);
}

static struct fields *collection_of(struct field *self)
{
    return (struct fields *)self->base.parent;
}

static void forget_value(struct field *self)
{
    mapi_free(self->value);
    self->value = NULL;
}

/* The current value as MAPI memory that the caller frees. */
static HRESULT read_value(struct field *self, SPropValue **value)
{
    IMAPIProp *props = NULL;
    HRESULT hr;

    *value = self->value;
    self->value = NULL;
    if (*value)
        return S_OK;
    hr = fields_props(collection_of(self), false, &props);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(props, mapi_tag_unicode(self->tag), value);
    if (SUCCEEDED(hr))
        fields_correct(collection_of(self), *value);
    return hr;
}

static HRESULT write_value(struct field *self, const SPropValue *value)
{
    IMAPIProp *props = NULL;
    HRESULT hr = fields_props(collection_of(self), true, &props);

    if (SUCCEEDED(hr))
        hr = mapi_prop_set(props, value, 1);
    forget_value(self);
    if (SUCCEEDED(hr))
        fields_changed(collection_of(self), false);
    return hr;
}

static HRESULT STDMETHODCALLTYPE field_get_Value(IMhField *iface, VARIANT *value)
{
    struct field *self = field_from(iface);
    SPropValue *prop = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = read_value(self, &prop);
    if (SUCCEEDED(hr))
        hr = mapi_variant_from_prop(prop, MAPI_VARIANT_FIELDS, value);
    mapi_free(prop);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_put_Value(IMhField *iface, VARIANT value)
{
    struct field *self = field_from(iface);
    SPropValue *parent = NULL, prop;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = mapi_allocate(sizeof *parent, NULL, &parent);
    if (SUCCEEDED(hr)) {
        hr = mapi_variant_to_prop(&value, self->tag, MAPI_VARIANT_FIELDS, parent, &prop);
        if (hr == MAPI_E_INVALID_TYPE)
            auto_fail(&self->base, hr, L"the value does not have the type of the property 0x%08X", self->tag);
    }
    if (SUCCEEDED(hr))
        hr = write_value(self, &prop);
    mapi_free(parent);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_get_ID(IMhField *iface, LONG *value)
{
    struct field *self = field_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? (LONG)self->tag : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_get_Index(IMhField *iface, LONG *value)
{
    struct field *self = field_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr)) {
        *value = fields_place(collection_of(self), self->tag);
        if (!*value)
            hr = MAPI_E_NOT_FOUND;
    }
    return auto_leave(&call, hr);
}

/* CDO gives named properties their name, and others an empty one. */
static HRESULT STDMETHODCALLTYPE field_get_Name(IMhField *iface, BSTR *value)
{
    struct field *self = field_from(iface);
    IMAPIProp *props = NULL;
    MAPINAMEID *name = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_props(collection_of(self), false, &props);
    if (SUCCEEDED(hr)) {
        WCHAR number[16] = L"";
        const WCHAR *text = number;

        if (SUCCEEDED(mapi_names_of(props, self->tag, &name))) {
            if (name->ulKind == MNID_STRING)
                text = name->Kind.lpwstrName;
            else
                wsprintfW(number, L"0x%04X", name->Kind.lID);
        }
        *value = SysAllocString(text);
        if (!*value)
            hr = E_OUTOFMEMORY;
    }
    mapi_free(name);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_get_Type(IMhField *iface, LONG *value)
{
    struct field *self = field_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? mapi_vartype_from_type(PROP_TYPE(self->tag)) : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_Delete(IMhField *iface)
{
    struct field *self = field_from(iface);
    IMAPIProp *props = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = fields_props(collection_of(self), true, &props);
    if (SUCCEEDED(hr))
        hr = mapi_prop_delete(props, mapi_tag_unicode(self->tag));
    forget_value(self);
    if (SUCCEEDED(hr)) {
        fields_changed(collection_of(self), true);
        auto_close(&self->base);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_ReadFromFile(IMhField *iface, VARIANT file_name)
{
    struct field *self = field_from(iface);
    ULONG type = PROP_TYPE(mapi_tag_unicode(self->tag));
    SPropValue value = {.ulPropTag = mapi_tag_unicode(self->tag)};
    BYTE *bytes = NULL;
    WCHAR *text = NULL;
    struct auto_call call;
    ULONG size = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &file_name);
    if (SUCCEEDED(hr) && type != PT_BINARY && type != PT_UNICODE)
        hr = auto_fail(&self->base, MAPI_E_TYPE_NO_SUPPORT, L"only text and binary properties can be read from files");
    if (SUCCEEDED(hr))
        hr = file_read_bytes(&self->base, &file_name, &bytes, &size);
    if (SUCCEEDED(hr) && type == PT_BINARY) {
        value.Value.bin.cb = size;
        value.Value.bin.lpb = bytes;
    } else if (SUCCEEDED(hr)) {
        hr = file_decode_text(bytes, size, &text);
        value.Value.lpszW = text;
    }
    if (SUCCEEDED(hr))
        hr = write_value(self, &value);
    mapi_free(text);
    mapi_free(bytes);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE field_WriteToFile(IMhField *iface, VARIANT file_name)
{
    struct field *self = field_from(iface);
    SPropValue *value = NULL;
    BYTE *encoded = NULL;
    struct auto_call call;
    ULONG size = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &file_name);
    if (SUCCEEDED(hr))
        hr = read_value(self, &value);
    if (SUCCEEDED(hr)) {
        if (PROP_TYPE(value->ulPropTag) == PT_BINARY) {
            hr = file_write_bytes(&self->base, &file_name, value->Value.bin.lpb, value->Value.bin.cb);
        } else if (PROP_TYPE(value->ulPropTag) == PT_UNICODE) {
            hr = file_encode_text(value->Value.lpszW, &encoded, &size);
            if (SUCCEEDED(hr))
                hr = file_write_bytes(&self->base, &file_name, encoded, size);
        } else {
            hr = auto_fail(&self->base, MAPI_E_TYPE_NO_SUPPORT,
                           L"only text and binary properties can be written to files");
        }
    }
    mapi_free(encoded);
    mapi_free(value);
    return auto_leave(&call, hr);
}

static void field_close(struct auto_object *object)
{
    forget_value((struct field *)object);
}

static const IMhFieldVtbl field_vtbl = {
    AUTO_HEAD,
    .get_Value = field_get_Value,
    .put_Value = field_put_Value,
    .get_ID = field_get_ID,
    .get_Index = field_get_Index,
    .get_Name = field_get_Name,
    .get_Type = field_get_Type,
    .Delete = field_Delete,
    .ReadFromFile = field_ReadFromFile,
    .WriteToFile = field_WriteToFile,
};

static const struct auto_class field_class = {
    .name = L"Field",
    .kind = CdoField,
    .iid = &IID_IMhField,
    .coclass = &CLSID_Field,
    .size = sizeof(struct field),
    .vtbl = &field_vtbl,
    .value_id = CDO_DISPID_VALUE,
    .is_value = true,
    .close = field_close,
};

HRESULT field_create(struct fields *parent, ULONG tag, SPropValue *value, IMhField **out)
{
    struct field *self = NULL;
    HRESULT hr = auto_create(&field_class, &parent->base, &self);

    *out = NULL;
    if (FAILED(hr)) {
        mapi_free(value);
        return hr;
    }
    self->tag = tag;
    self->value = value;
    *out = (IMhField *)&self->base;
    return S_OK;
}
