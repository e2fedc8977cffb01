/*
 * attach_props.c: the properties of an attachment, and PR_ATTACH_DATA_OBJ as message, storage or stream.
 *
 * Layer: provider, store part. An OLE storage lives in the bytes of PR_ATTACH_DATA_BIN: OLE's own compound file works
 * over ILockBytes on the property's stream.
 */
#include "lockbytes.h"
#include "mapi_exchange.h"
#include "message.h"
#include <string.h>

static struct attach *attach_of(struct prop_object *object)
{
    return (struct attach *)object;
}

static HRESULT get_number(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), (LONG)attach_of(object)->number);
}

static HRESULT get_record_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG number = (LONG)attach_of(object)->number;
    return value_binary(out, CHANGE_PROP_TYPE(tag, PT_BINARY), &number, sizeof(number), base);
}

static HRESULT get_size(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG size = propbag_long(object->props, PR_ATTACH_SIZE, -1);
    (void)base;
    if (size < 0 || propbag_is_dirty(object->props)) {
        int64_t now = propbag_size(object->props) +
                      (attach_of(object)->embedded ? message_size(attach_of(object)->embedded) : 0);
        if (now > size)
            size = now > 0x7fffffff ? 0x7fffffff : (LONG)now;
    }
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), size);
}

static HRESULT get_access(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG),
                      object->writable ? MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE : MAPI_ACCESS_READ);
}

static HRESULT get_object_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), MAPI_ATTACH);
}

static HRESULT get_long_default(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG fallback = PROP_ID(tag) == PROP_ID(PR_RENDERING_POSITION) ? -1 : (LONG)NO_ATTACHMENT;
    (void)base;
    tag = CHANGE_PROP_TYPE(tag, PT_LONG);
    return value_long(out, tag, propbag_long(object->props, tag, fallback));
}

/* The extension follows the file name unless it was set itself. */
static HRESULT get_extension(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const WCHAR *own = propbag_string(object->props, PR_ATTACH_EXTENSION_W), *dot = NULL;
    const WCHAR *name = propbag_string(object->props, PR_ATTACH_LONG_FILENAME_W);
    if (own)
        return value_string(out, tag, own, base);
    if (!name)
        name = propbag_string(object->props, PR_ATTACH_FILENAME_W);
    for (; name && *name; name++)
        dot = *name == '.' ? name : *name == '\\' || *name == '/' ? NULL : dot;
    return dot ? value_string(out, tag, dot, base) : MAPI_E_NOT_FOUND;
}

/* PR_ATTACH_DATA_BIN and PR_ATTACH_DATA_OBJ have one id; which it is follows from the method. */
static HRESULT get_data(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct attach *attach = attach_of(object);
    struct mbx_attachment *entry = message_find_attachment(attach->message->msg, attach->number);
    LONG method = propbag_long(object->props, PR_ATTACH_METHOD, NO_ATTACHMENT);
    bool embedded = attach->embedded || (entry && entry->has_embedded);
    if (embedded || (method == (LONG)ATTACH_OLE && PROP_TYPE(tag) != PT_BINARY))
        return PROP_TYPE(tag) == PT_BINARY ? MAPI_E_NOT_FOUND : value_long(out, PR_ATTACH_DATA_OBJ, 0);
    return prop_bag_value(object, PROP_ID(PR_ATTACH_DATA_BIN), base, out);
}

#define C PROP_COMPUTED
static const struct prop_handler attach_handlers[] = {
    {.tag = PR_ATTACH_SIZE, .get = get_size, .flags = C},
    {.tag = PR_ATTACH_NUM, .get = get_number, .flags = C},
    {.tag = PR_ACCESS, .get = get_access, .flags = C},
    {.tag = PR_INSTANCE_KEY, .get = get_record_key, .flags = C},
    {.tag = PR_ACCESS_LEVEL, .get = get_access_level, .flags = C},
    {.tag = PR_MAPPING_SIGNATURE, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_RECORD_KEY, .get = get_record_key, .flags = C},
    {.tag = PR_STORE_RECORD_KEY, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_STORE_ENTRYID, .get = get_store_entryid, .flags = C},
    {.tag = PR_OBJECT_TYPE, .get = get_object_type, .flags = C},
    {.tag = PR_LAST_MODIFICATION_TIME, .flags = C},
    {.tag = PR_ATTACH_DATA_BIN, .get = get_data},
    {.tag = PR_ATTACH_EXTENSION_W, .get = get_extension},
    {.tag = PR_ATTACH_METHOD, .get = get_long_default},
    {.tag = PR_RENDERING_POSITION, .get = get_long_default},
    {0},
};
#undef C

static HRESULT open_storage(struct prop_object *object, ULONG flags, IUnknown **out)
{
    bool write = flags & (MAPI_MODIFY | MAPI_CREATE);
    IStream *stream = NULL;
    ILockBytes *bytes = NULL;
    HRESULT hr = prop_open_stream(object, PR_ATTACH_DATA_BIN, write ? STGM_READWRITE : STGM_READ,
                                  flags & (MAPI_MODIFY | MAPI_CREATE), &stream);
    if (FAILED(hr))
        return hr;
    hr = lockbytes_on_stream(stream, &bytes);
    IStream_Release(stream);
    if (FAILED(hr))
        return hr;
    if (flags & MAPI_CREATE)
        hr = StgCreateDocfileOnILockBytes(bytes, STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_DIRECT, 0,
                                          (IStorage **)out);
    else
        hr = StgOpenStorageOnILockBytes(bytes, NULL,
                                        (write ? STGM_READWRITE : STGM_READ) | STGM_SHARE_EXCLUSIVE | STGM_DIRECT, NULL, 0,
                                        (IStorage **)out);
    ILockBytes_Release(bytes);
    return hr == STG_E_FILEALREADYEXISTS || hr == STG_E_FILENOTFOUND ? MAPI_E_CORRUPT_DATA : hr;
}

static HRESULT attach_open_property(struct prop_object *object, ULONG tag, const IID *iid, ULONG interface_options,
                                    ULONG flags, IUnknown **out)
{
    if (PROP_ID(tag) != PROP_ID(PR_ATTACH_DATA_OBJ))
        return PROP_TYPE(tag) == PT_OBJECT ? MAPI_E_NOT_FOUND : MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (IsEqualIID(iid, &IID_IMessage) || IsEqualIID(iid, &IID_IMAPIProp)) {
        if (PROP_TYPE(tag) != PT_OBJECT)
            return MAPI_E_INTERFACE_NOT_SUPPORTED;
        return attach_open_embedded(attach_of(object), flags, (IMessage **)out);
    }
    if (IsEqualIID(iid, &IID_IStorage))
        return open_storage(object, flags, out);
    if (IsEqualIID(iid, &IID_IStreamDocfile) || IsEqualIID(iid, &IID_IStream) || IsEqualIID(iid, &IID_ISequentialStream))
        return prop_open_stream(object, PR_ATTACH_DATA_BIN, interface_options, flags, (IStream **)out);
    return MAPI_E_INTERFACE_NOT_SUPPORTED;
}

const struct prop_object_ops attach_prop_ops = {
    .handlers = attach_handlers,
    .save = attach_save,
    .open_property = attach_open_property,
    .copy_parts = attach_copy_parts,
};
