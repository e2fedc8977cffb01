/*
 * attachment.c: the Attachment object.
 *
 * Layer: server/object. Each change is saved into the IMessage at once, so that the message's Update has all of them.
 */
#include "attachments.h"

#include "cdo_dispid.h"
#include "collection.h"
#include "fields.h"
#include "mapi_exchange.h"
#include "mapi_file.h"
#include "mapi_prop.h"
#include "mapi_value.h"
#include "message.h"
#include "object_util.h"
#include "property_stream.h"
#include <stdlib.h>

#define PR_ATTACH_CONTENT_BASE_W PROP_TAG(PT_UNICODE, 0x3711)

struct attachment {
    struct auto_object base;
    struct attachment_row *row; /* held */
    GUID fields_set;            /* the namespace of Fields */
};

static struct attachment *attachment_from(IMhAttachment *iface)
{
    return (struct attachment *)iface;
}

/* Begins a member: the attachment must still be there; its IAttach is open after it. */
static HRESULT enter(struct auto_call *call, struct attachment *self, const char *function)
{
    HRESULT hr = auto_enter(call, &self->base, function);

    if (SUCCEEDED(hr) && !self->row->owner)
        hr = auto_fail(&self->base, MAPI_E_OBJECT_DELETED, L"the attachment was deleted from its message.");
    return SUCCEEDED(hr) ? attachment_row_open(self->row) : hr;
}

/* Ends a member that changes something. */
static HRESULT leave_changed(struct auto_call *call, struct attachment *self, HRESULT hr)
{
    if (SUCCEEDED(hr)) {
        self->row->touched = true;
        hr = attachment_row_save(self->row);
    }
    return auto_leave(call, hr);
}

static IMAPIProp *props(struct attachment *self)
{
    return MAPI_PROP(self->row->attach);
}

/* The first of these texts that is there and not empty. */
static HRESULT read_text(struct attachment *self, const ULONG *tags, size_t count, BSTR *out)
{
    HRESULT hr = MAPI_E_NOT_FOUND;

    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        SysFreeString(*out);
        hr = object_get_text(props(self), tags[i], out);
        if (FAILED(hr) || SysStringLen(*out))
            break;
    }
    return hr;
}

static HRESULT get_text(struct attachment *self, const char *function, ULONG tag, BSTR *value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, self, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = object_get_text(props(self), tag, value);
    return auto_leave(&call, hr);
}

static HRESULT put_text(struct attachment *self, const char *function, ULONG tag, BSTR value)
{
    struct auto_call call;
    HRESULT hr = enter(&call, self, function);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_string(props(self), tag, value);
    return leave_changed(&call, self, hr);
}

#define TEXT_MEMBER(name, tag)                                                                                          \
    static HRESULT STDMETHODCALLTYPE attachment_get_##name(IMhAttachment *iface, BSTR *value)                           \
    {                                                                                                                   \
        return get_text(attachment_from(iface), __func__, tag, value);                                                  \
    }                                                                                                                   \
    static HRESULT STDMETHODCALLTYPE attachment_put_##name(IMhAttachment *iface, BSTR value)                            \
    {                                                                                                                   \
        return put_text(attachment_from(iface), __func__, tag, value);                                                  \
    }

TEXT_MEMBER(ContentID, PR_ATTACH_CONTENT_ID_W)
TEXT_MEMBER(ContentLocation, PR_ATTACH_CONTENT_LOCATION_W)
TEXT_MEMBER(ContentBase, PR_ATTACH_CONTENT_BASE_W)
TEXT_MEMBER(MimeType, PR_ATTACH_MIME_TAG_W)

/* ---- names, place, kind -------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE attachment_get_Name(IMhAttachment *iface, BSTR *value)
{
    static const ULONG tags[] = {PR_DISPLAY_NAME_W, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W};
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_text(self, tags, ARRAYSIZE(tags), value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_put_Name(IMhAttachment *iface, BSTR value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr))
        hr = attachment_set_name(self->row->attach, value ? value : L"");
    return leave_changed(&call, self, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_get_FileName(IMhAttachment *iface, BSTR *value)
{
    static const ULONG tags[] = {PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W};
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_text(self, tags, ARRAYSIZE(tags), value);
    return auto_leave(&call, hr);
}

/* The display name stays. */
static HRESULT STDMETHODCALLTYPE attachment_put_FileName(IMhAttachment *iface, BSTR value)
{
    struct attachment *self = attachment_from(iface);
    SPropValue *shown = NULL;
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_text(&call, value);
    if (SUCCEEDED(hr)) {
        mapi_prop_get(props(self), PR_DISPLAY_NAME_W, &shown);
        hr = attachment_set_name(self->row->attach, value ? value : L"");
        if (SUCCEEDED(hr) && shown && *mapi_prop_text(shown, 1, PR_DISPLAY_NAME_W))
            hr = mapi_prop_set(props(self), shown, 1);
        mapi_free(shown);
    }
    return leave_changed(&call, self, hr);
}

/* A number, `fallback` where there is none; 0 when it fails. */
static HRESULT get_long(IMhAttachment *iface, const char *function, ULONG tag, LONG fallback, LONG *value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, function);

    *value = SUCCEEDED(hr) ? mapi_prop_long(props(self), tag, fallback) : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_get_Type(IMhAttachment *iface, LONG *value)
{
    HRESULT hr = get_long(iface, __func__, PR_ATTACH_METHOD, ATTACH_BY_VALUE, value);

    *value = SUCCEEDED(hr) ? attachment_type_of(*value) : 0;
    return hr;
}

static HRESULT STDMETHODCALLTYPE attachment_put_Type(IMhAttachment *iface, LONG value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && (value < CdoFileData || value > CdoEmbeddedMessage))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                       L"Type must be CdoFileData 1, CdoFileLink 2, CdoOLE 3 or CdoEmbeddedMessage 4");
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_long(props(self), PR_ATTACH_METHOD, attachment_method_of(value));
    return leave_changed(&call, self, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_get_Index(IMhAttachment *iface, LONG *value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = 0;
    for (LONG i = 0; SUCCEEDED(hr) && i < self->row->owner->count; i++)
        if (self->row->owner->rows[i] == self->row)
            *value = i + 1;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_get_Position(IMhAttachment *iface, LONG *value)
{
    return get_long(iface, __func__, PR_RENDERING_POSITION, -1, value);
}

static HRESULT STDMETHODCALLTYPE attachment_put_Position(IMhAttachment *iface, LONG value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && value < -1)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Position counts characters from 0; -1 is none");
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_long(props(self), PR_RENDERING_POSITION, value);
    return leave_changed(&call, self, hr);
}

/* ---- the content ------------------------------------------------------------------------------------------------------ */

/* The embedded message's object: a live one, or a new one. */
static HRESULT embedded(struct attachment *self, IDispatch **out)
{
    struct message *object = NULL;
    IMessage *message = NULL;
    HRESULT hr = self->row->attach->lpVtbl->OpenProperty(self->row->attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                                         MAPI_MODIFY, (IUnknown **)&message);

    *out = NULL;
    if (hr == MAPI_E_NO_ACCESS || hr == MAPI_E_NO_SUPPORT)
        hr = self->row->attach->lpVtbl->OpenProperty(self->row->attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                                     (IUnknown **)&message);
    if (FAILED(hr))
        return hr;
    self->row->touched = true; /* the message may be changed */
    hr = message_create_open(&self->base, NULL, message, true, &object);
    *out = (IDispatch *)object;
    return hr;
}

/* The OLE class name of an OLE attachment, "" when it says none. */
static HRESULT ole_class(struct attachment *self, BSTR *out)
{
    IStorage *storage = NULL;
    OLECHAR *name = NULL;
    STATSTG stat = {0};
    HRESULT hr = self->row->attach->lpVtbl->OpenProperty(self->row->attach, PR_ATTACH_DATA_OBJ, &IID_IStorage,
                                                         STGM_READ | STGM_SHARE_EXCLUSIVE, 0, (IUnknown **)&storage);

    if (SUCCEEDED(hr) && SUCCEEDED(IStorage_Stat(storage, &stat, STATFLAG_NONAME)))
        ProgIDFromCLSID(&stat.clsid, &name);
    if (storage)
        IStorage_Release(storage);
    hr = collection_text(name, out);
    CoTaskMemFree(name);
    return hr;
}

static HRESULT STDMETHODCALLTYPE attachment_get_Source(IMhAttachment *iface, VARIANT *value)
{
    static const ULONG paths[] = {PR_ATTACH_LONG_PATHNAME_W, PR_ATTACH_PATHNAME_W};
    struct attachment *self = attachment_from(iface);
    IDispatch *message = NULL;
    struct auto_call call;
    BSTR text = NULL;
    HRESULT hr = enter(&call, self, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr)) {
        switch (attachment_type_of(mapi_prop_long(props(self), PR_ATTACH_METHOD, ATTACH_BY_VALUE))) {
        case CdoEmbeddedMessage:
            hr = embedded(self, &message);
            if (SUCCEEDED(hr))
                variant_set_dispatch(value, message);
            break;
        case CdoFileLink:
            hr = read_text(self, paths, ARRAYSIZE(paths), &text);
            break;
        case CdoOLE:
            hr = self->row->source ? collection_text(self->row->source, &text) : ole_class(self, &text);
            break;
        default:
            hr = collection_text(self->row->source, &text);
            break;
        }
    }
    if (SUCCEEDED(hr) && !message) {
        V_VT(value) = VT_BSTR;
        V_BSTR(value) = text;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_put_Source(IMhAttachment *iface, VARIANT value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_variant(&call, &value);
    if (SUCCEEDED(hr))
        hr = attachments_set_source(self->row->owner, self->row, &value);
    return leave_changed(&call, self, hr);
}

/* Ends a member that was entered with `hr`: moves the content from or to a file. */
static HRESULT with_file(struct auto_call *call, struct attachment *self, const VARIANT *argument, HRESULT hr,
                         HRESULT (*move)(struct auto_object *self, IAttach *attach, const WCHAR *path))
{
    BSTR path = NULL;

    auto_arg_variant(call, argument);
    if (SUCCEEDED(hr) && (FAILED(variant_get_bstr(argument, &path)) || !SysStringLen(path)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"FileName must be the full path of a file");
    if (SUCCEEDED(hr))
        hr = move(&self->base, self->row->attach, path);
    SysFreeString(path);
    return hr;
}

static HRESULT STDMETHODCALLTYPE attachment_ReadFromFile(IMhAttachment *iface, VARIANT file)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    return leave_changed(&call, self, with_file(&call, self, &file, hr, attachment_read_file));
}

static HRESULT STDMETHODCALLTYPE attachment_WriteToFile(IMhAttachment *iface, VARIANT file)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    return auto_leave(&call, with_file(&call, self, &file, hr, attachment_write_file));
}

static HRESULT STDMETHODCALLTYPE attachment_get_Size(IMhAttachment *iface, LONG *value)
{
    struct attachment *self = attachment_from(iface);
    IStream *stream = NULL;
    struct auto_call call;
    STATSTG stat;
    HRESULT hr = enter(&call, self, __func__);

    *value = 0;
    if (SUCCEEDED(hr)) {
        if (SUCCEEDED(attachment_stream(self->row->attach, false, &stream)) &&
            SUCCEEDED(IStream_Stat(stream, &stat, STATFLAG_NONAME)))
            *value = stat.cbSize.QuadPart > MAXLONG ? MAXLONG : (LONG)stat.cbSize.QuadPart;
        else
            *value = mapi_prop_long(props(self), PR_ATTACH_SIZE, 0); /* objects have no stream */
        if (stream)
            IStream_Release(stream);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_get_EmbeddedMessage(IMhAttachment *iface, IDispatch **value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr) && mapi_prop_long(props(self), PR_ATTACH_METHOD, ATTACH_BY_VALUE) == ATTACH_EMBEDDED_MSG)
        hr = embedded(self, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_get_Bytes(IMhAttachment *iface, VARIANT *value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = attachment_read_bytes(self->row->attach, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_put_Bytes(IMhAttachment *iface, VARIANT value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    uint8_t *bytes = NULL;
    uint32_t size = 0;
    HRESULT hr = enter(&call, self, __func__);

    auto_arg_variant(&call, &value);
    if (SUCCEEDED(hr)) {
        hr = variant_get_bytes(&value, &bytes, &size);
        if (FAILED(hr))
            hr = auto_fail(&self->base, MAPI_E_INVALID_TYPE, L"the value must be a byte array");
    }
    if (SUCCEEDED(hr))
        hr = attachment_write_bytes(self->row->attach, bytes, size);
    free(bytes);
    return leave_changed(&call, self, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_OpenStream(IMhAttachment *iface, VARIANT writable, IMhPropertyStream **value)
{
    struct attachment *self = attachment_from(iface);
    IStream *stream = NULL;
    struct auto_call call;
    bool write = false;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    auto_arg_variant(&call, &writable);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&writable, false, &write);
    if (SUCCEEDED(hr))
        hr = attachment_stream(self->row->attach, write, &stream);
    if (SUCCEEDED(hr) && write) {
        self->row->touched = true;
        hr = mapi_prop_set_long(props(self), PR_ATTACH_METHOD, ATTACH_BY_VALUE);
        if (FAILED(hr))
            IStream_Release(stream);
    }
    if (SUCCEEDED(hr))
        hr = property_stream_create(&self->base, stream, write, value);
    return auto_leave(&call, hr);
}

/* ---- the rest ----------------------------------------------------------------------------------------------------------- */

static HRESULT attachment_open_fields(struct auto_object *owner, bool write, IMAPIProp **out)
{
    struct attachment *self = (struct attachment *)owner;
    HRESULT hr = self->row->owner ? attachment_row_open(self->row) : MAPI_E_OBJECT_DELETED;

    *out = SUCCEEDED(hr) ? props(self) : NULL;
    if (SUCCEEDED(hr) && write)
        self->row->touched = true;
    return hr;
}

static void attachment_fields_changed(struct auto_object *owner)
{
    struct attachment *self = (struct attachment *)owner;

    self->row->touched = true;
    attachment_row_save(self->row);
}

static const struct fields_source attachment_fields = {
    .open = attachment_open_fields,
    .changed = attachment_fields_changed,
    .set_offset = offsetof(struct attachment, fields_set),
};

static HRESULT STDMETHODCALLTYPE attachment_get_Fields(IMhAttachment *iface, IMhFields **value)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &attachment_fields, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE attachment_Delete(IMhAttachment *iface)
{
    struct attachment *self = attachment_from(iface);
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    if (SUCCEEDED(hr)) {
        auto_close_children(&self->base);
        hr = attachments_remove(self->row->owner, self->row);
    }
    return auto_leave(&call, hr);
}

/* The same attachment is the same number in the same message. */
static HRESULT STDMETHODCALLTYPE attachment_IsSameAs(IMhAttachment *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct attachment *self = attachment_from(iface), *second;
    SPropValue *own = NULL, *others = NULL;
    struct auto_object *other = NULL;
    struct auto_call call;
    HRESULT hr = enter(&call, self, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = collection_object(&self->base, &object, &attachment_class, &other);
    if (SUCCEEDED(hr)) {
        second = (struct attachment *)other;
        if (second->row == self->row)
            *value = VARIANT_TRUE;
        else if (second->row->owner && second->row->number == self->row->number &&
                 SUCCEEDED(mapi_prop_get(MAPI_PROP(self->row->owner->message), PR_ENTRYID, &own)) &&
                 SUCCEEDED(mapi_prop_get(MAPI_PROP(second->row->owner->message), PR_ENTRYID, &others)))
            *value = object_same_id(&self->base, &own->Value.bin, &others->Value.bin) ? VARIANT_TRUE : VARIANT_FALSE;
    }
    mapi_free(own);
    mapi_free(others);
    auto_release(other);
    return auto_leave(&call, hr);
}

static void attachment_close(struct auto_object *object)
{
    struct attachment *self = (struct attachment *)object;

    attachment_row_release(self->row);
    self->row = NULL;
}

#define ACCESSORS(name) .get_##name = attachment_get_##name, .put_##name = attachment_put_##name

static const IMhAttachmentVtbl attachment_vtbl = {
    AUTO_HEAD,
    ACCESSORS(Name),
    ACCESSORS(Type),
    .get_Index = attachment_get_Index,
    ACCESSORS(Position),
    ACCESSORS(Source),
    .get_Fields = attachment_get_Fields,
    ACCESSORS(ContentID),
    ACCESSORS(ContentLocation),
    ACCESSORS(ContentBase),
    .Delete = attachment_Delete,
    .IsSameAs = attachment_IsSameAs,
    .ReadFromFile = attachment_ReadFromFile,
    .WriteToFile = attachment_WriteToFile,
    ACCESSORS(FileName),
    ACCESSORS(MimeType),
    .get_Size = attachment_get_Size,
    .get_EmbeddedMessage = attachment_get_EmbeddedMessage,
    ACCESSORS(Bytes),
    .OpenStream = attachment_OpenStream,
};

const struct auto_class attachment_class = {
    .name = L"Attachment",
    .kind = CdoAttachment,
    .iid = &IID_IMhAttachment,
    .coclass = &CLSID_Attachment,
    .size = sizeof(struct attachment),
    .vtbl = &attachment_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = attachment_close,
};

HRESULT attachment_create(struct attachments *parent, struct attachment_row *row, IMhAttachment **out)
{
    struct attachment *self = NULL;
    HRESULT hr = auto_create(&attachment_class, &parent->base, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    self->row = row;
    row->refs++;
    *out = (IMhAttachment *)self;
    return S_OK;
}
