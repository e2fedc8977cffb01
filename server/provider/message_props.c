/*
 * message_props.c: the properties of a message that are computed or have rules.
 *
 * Layer: provider, store part. PR_SUBJECT, its prefix and the normalised subject are all kept in the bag, so that
 * tables can sort by them; writing one mends the others. Bodies: message_body.c.
 */
#include "message.h"
#include "mapi_exchange.h"
#include "table.h"
#include <string.h>

#define PR_SOURCE_KEY_ PROP_TAG(PT_BINARY, 0x65E0)
#define PR_PARENT_SOURCE_KEY_ PROP_TAG(PT_BINARY, 0x65E1)
#define PR_CHANGE_KEY_ PROP_TAG(PT_BINARY, 0x65E2)
#define PR_INTERNET_CPID_ PROP_TAG(PT_LONG, 0x3FDE)

static struct message *message_of(struct prop_object *object)
{
    return (struct message *)object;
}

static const GUID *guid_of(struct prop_object *object)
{
    return store_guid(object->base.store);
}

/* ---- ids ---- */

static HRESULT get_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    mbx_id id = message_of(object)->msg->id;
    if (!id || message_of(object)->container) /* an embedded message has none; a new one not yet */
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? entryid_object(guid_of(object), MAPI_MESSAGE, id, base, &out->Value.bin) : S_OK;
}

static HRESULT get_instance_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    mbx_id id = message_of(object)->msg->id;
    return id ? value_binary(out, CHANGE_PROP_TYPE(tag, PT_BINARY), &id, sizeof(id), base) : MAPI_E_NOT_FOUND;
}

static HRESULT get_parent_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    mbx_id folder = message_of(object)->msg->folder;
    return folder ? value_folder_entryid(object, CHANGE_PROP_TYPE(tag, PT_BINARY), folder, base, out) : MAPI_E_NOT_FOUND;
}

static HRESULT get_parent_display(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    static const SizedSPropTagArray(1, name) = {1, {PR_DISPLAY_NAME_W}};
    struct propbag *props = NULL;
    mbx_id folder = message_of(object)->msg->folder;
    if (!folder)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = tag;
    if (!base)
        return value_string(out, tag, NULL, NULL);
    HRESULT hr = mailbox_props_load(object->base.store->mbx, folder, (const SPropTagArray *)&name, &props);
    if (SUCCEEDED(hr))
        hr = value_string(out, tag, propbag_string(props, PR_DISPLAY_NAME_W), base);
    propbag_free(props);
    return hr;
}

static HRESULT get_source_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    mbx_id id = PROP_ID(tag) == PROP_ID(PR_SOURCE_KEY_) ? message_of(object)->msg->id : message_of(object)->msg->folder;
    if (!id)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? sourcekey_make(guid_of(object), id, base, &out->Value.bin) : S_OK;
}

static HRESULT get_change_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct mbx_message *msg = message_of(object)->msg;
    if (!msg->id)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? sourcekey_make(guid_of(object), (mbx_id)msg->version, base, &out->Value.bin) : S_OK;
}

/* ---- state ---- */

static HRESULT get_access(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG access = MAPI_ACCESS_READ;
    (void)base;
    if (object->base.store ? object->base.store->writable : object->writable)
        access |= MAPI_ACCESS_MODIFY | MAPI_ACCESS_DELETE;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), access);
}

static HRESULT get_object_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), MAPI_MESSAGE);
}

static HRESULT get_object(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_OBJECT), 0);
}

static HRESULT get_status(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), propbag_long(object->props, PR_MSG_STATUS, 0));
}

static HRESULT get_hasattach(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_bool(out, CHANGE_PROP_TYPE(tag, PT_BOOLEAN), propbag_bool(object->props, PR_HASATTACH, false));
}

static HRESULT get_size(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG size = propbag_long(object->props, PR_MESSAGE_SIZE, -1);
    (void)base;
    if (size < 0)
        return MAPI_E_NOT_FOUND;
    return PROP_TYPE(tag) == PT_I8 ? value_i8(out, PR_MESSAGE_SIZE_EXTENDED, size)
                                   : value_long(out, PR_MESSAGE_SIZE, size);
}

static HRESULT get_support_mask(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    if (!object->base.store)
        return MAPI_E_NOT_FOUND;
    return prop_get(&object->base.store->prop, tag, base, out);
}

/* Before the first save the flags are the caller's, as when a message is imported; later the store's. */
static HRESULT set_flags(struct prop_object *object, const SPropValue *value)
{
    const ULONG free_bits = MSGFLAG_READ | MSGFLAG_UNMODIFIED | MSGFLAG_UNSENT | MSGFLAG_FROMME | MSGFLAG_RESEND |
                            MSGFLAG_RN_PENDING | MSGFLAG_NRN_PENDING | MSGFLAG_SUBMIT | 0xffff0000;
    const struct mbx_message *msg = message_of(object)->msg;
    ULONG now = (ULONG)propbag_long(object->props, PR_MESSAGE_FLAGS, 0);
    if (PROP_TYPE(value->ulPropTag) != PT_LONG)
        return MAPI_E_UNEXPECTED_TYPE;
    if (msg->id)
        return ((ULONG)value->Value.l ^ now) & ~(ULONG)MSGFLAG_HASATTACH ? MAPI_E_COMPUTED : S_OK;
    return propbag_set_long(object->props, PR_MESSAGE_FLAGS,
                            (LONG)((now & ~free_bits) | ((ULONG)value->Value.l & free_bits)));
}

/* ---- subject ---- */

/* One to three letters, a colon and a space: "RE: ", "FW: ", "AW: ". */
static int prefix_length(const WCHAR *subject)
{
    for (int i = 0; i < 4 && subject[i]; i++) {
        if (subject[i] == ':' && i > 0)
            return subject[i + 1] == ' ' ? i + 2 : subject[i + 1] ? 0 : i + 1;
        if (subject[i] <= ' ' || (subject[i] >= '0' && subject[i] <= '9'))
            return 0;
    }
    return 0;
}

static HRESULT as_text(const SPropValue *value, SPropValue *text, void **base)
{
    *text = *value;
    if (MAPIAllocateBuffer(1, base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = prop_convert_type(text, PT_UNICODE, *base);
    return hr == MAPI_E_NOT_FOUND ? MAPI_E_UNEXPECTED_TYPE : hr;
}

static HRESULT store_subject(struct prop_object *object, const WCHAR *subject, int prefix)
{
    WCHAR head[64] = {0};
    if (prefix > 63)
        prefix = 0;
    memcpy(head, subject, (size_t)prefix * sizeof(WCHAR));
    HRESULT hr = propbag_set_string(object->props, PR_SUBJECT_W, subject);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(object->props, PR_SUBJECT_PREFIX_W, head);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(object->props, PR_NORMALIZED_SUBJECT_W, subject + prefix);
    return hr;
}

static HRESULT set_subject(struct prop_object *object, const SPropValue *value)
{
    SPropValue text;
    void *base = NULL;
    HRESULT hr = as_text(value, &text, &base);
    if (SUCCEEDED(hr)) {
        /* A prefix that was set explicitly stays one when the subject begins with it. */
        const WCHAR *own = propbag_string(object->props, PR_SUBJECT_PREFIX_W);
        int n = own ? lstrlenW(own) : 0;
        if (!n || n > lstrlenW(text.Value.lpszW) || memcmp(own, text.Value.lpszW, (size_t)n * sizeof(WCHAR)))
            n = prefix_length(text.Value.lpszW);
        hr = store_subject(object, text.Value.lpszW, n);
    }
    MAPIFreeBuffer(base);
    return hr;
}

/* Joins prefix and normalised subject. */
static HRESULT join_subject(struct prop_object *object, const WCHAR *prefix, const WCHAR *normalized)
{
    WCHAR *subject;
    int n = lstrlenW(prefix), m = lstrlenW(normalized);
    if (MAPIAllocateBuffer((ULONG)(n + m + 1) * sizeof(WCHAR), (void **)&subject))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(subject, prefix, (size_t)n * sizeof(WCHAR));
    memcpy(subject + n, normalized, (size_t)(m + 1) * sizeof(WCHAR));
    HRESULT hr = store_subject(object, subject, n);
    MAPIFreeBuffer(subject);
    return hr;
}

static HRESULT set_prefix(struct prop_object *object, const SPropValue *value)
{
    SPropValue text;
    void *base = NULL;
    HRESULT hr = as_text(value, &text, &base);
    if (SUCCEEDED(hr)) {
        const WCHAR *prefix = text.Value.lpszW, *subject = propbag_string(object->props, PR_SUBJECT_W);
        const WCHAR *normalized = propbag_string(object->props, PR_NORMALIZED_SUBJECT_W);
        int n = lstrlenW(prefix);
        if (!subject)
            hr = propbag_set_string(object->props, PR_SUBJECT_PREFIX_W, prefix);
        else if (n <= lstrlenW(subject) && !memcmp(prefix, subject, (size_t)n * sizeof(WCHAR)))
            hr = join_subject(object, prefix, subject + n);
        else
            hr = join_subject(object, prefix, normalized ? normalized : L"");
    }
    MAPIFreeBuffer(base);
    return hr;
}

static HRESULT set_normalized(struct prop_object *object, const SPropValue *value)
{
    SPropValue text;
    void *base = NULL;
    HRESULT hr = as_text(value, &text, &base);
    if (SUCCEEDED(hr)) {
        const WCHAR *prefix = propbag_string(object->props, PR_SUBJECT_PREFIX_W);
        hr = join_subject(object, prefix ? prefix : L"", text.Value.lpszW);
    }
    MAPIFreeBuffer(base);
    return hr;
}

static HRESULT delete_subject(struct prop_object *object, ULONG tag)
{
    HRESULT hr = propbag_delete(object->props, PROP_ID(tag));
    propbag_delete(object->props, PROP_ID(PR_SUBJECT_W));
    propbag_delete(object->props, PROP_ID(PR_SUBJECT_PREFIX_W));
    propbag_delete(object->props, PROP_ID(PR_NORMALIZED_SUBJECT_W));
    return hr;
}

static HRESULT get_topic(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const WCHAR *topic = propbag_string(object->props, PR_CONVERSATION_TOPIC_W);
    if (!topic)
        topic = propbag_string(object->props, PR_NORMALIZED_SUBJECT_W);
    return topic ? value_string(out, tag, topic, base) : MAPI_E_NOT_FOUND;
}

/* ---- the table ---- */

#define C PROP_COMPUTED
static const struct prop_handler message_handlers[] = {
    {.tag = PR_SUBJECT_W, .set = set_subject, .del = delete_subject},
    {.tag = PR_SUBJECT_PREFIX_W, .set = set_prefix},
    {.tag = PR_CONVERSATION_TOPIC_W, .get = get_topic},
    {.tag = PR_DISPLAY_BCC_W, .flags = C},
    {.tag = PR_DISPLAY_CC_W, .flags = C},
    {.tag = PR_DISPLAY_TO_W, .flags = C},
    {.tag = PR_PARENT_DISPLAY_W, .get = get_parent_display, .flags = C},
    {.tag = PR_MESSAGE_FLAGS, .set = set_flags},
    {.tag = PR_MESSAGE_SIZE, .get = get_size, .flags = C},
    {.tag = PR_PARENT_ENTRYID, .get = get_parent_entryid, .flags = C},
    {.tag = PR_MESSAGE_RECIPIENTS, .get = get_object, .flags = C},
    {.tag = PR_MESSAGE_ATTACHMENTS, .get = get_object, .flags = C},
    {.tag = PR_MSG_STATUS, .get = get_status, .flags = C},
    {.tag = PR_HASATTACH, .get = get_hasattach, .flags = C},
    {.tag = PR_NORMALIZED_SUBJECT_W, .set = set_normalized, .del = delete_subject},
    {.tag = PR_RTF_IN_SYNC, .get = body_info_get, .flags = C},
    {.tag = PR_ACCESS, .get = get_access, .flags = C},
    {.tag = PR_INSTANCE_KEY, .get = get_instance_key, .flags = C},
    {.tag = PR_ACCESS_LEVEL, .get = get_access_level, .flags = C},
    {.tag = PR_MAPPING_SIGNATURE, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_RECORD_KEY, .get = get_entryid, .flags = C},
    {.tag = PR_STORE_RECORD_KEY, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_STORE_ENTRYID, .get = get_store_entryid, .flags = C},
    {.tag = PR_OBJECT_TYPE, .get = get_object_type, .flags = C},
    {.tag = PR_ENTRYID, .get = get_entryid, .flags = C},
    {.tag = PR_BODY_W, .get = body_get, .set = body_set, .del = body_delete},
    {.tag = PR_RTF_COMPRESSED, .get = body_get, .set = body_set, .del = body_delete},
    {.tag = PR_HTML, .get = body_get, .set = body_set, .del = body_delete},
    {.tag = PR_NATIVE_BODY_INFO, .get = body_info_get, .flags = C},
    {.tag = PR_CREATION_TIME, .flags = C},
    {.tag = PR_LAST_MODIFICATION_TIME, .flags = C},
    {.tag = PR_STORE_SUPPORT_MASK, .get = get_support_mask, .flags = C},
    {.tag = PR_INTERNET_CPID_, .get = body_cpid_get},
    {.tag = PROP_TAG(PT_UNICODE, 0x3FFA) /* PR_LAST_MODIFIER_NAME */, .flags = C},
    {.tag = PR_SOURCE_KEY_, .get = get_source_key, .flags = C},
    {.tag = PR_PARENT_SOURCE_KEY_, .get = get_source_key, .flags = C},
    {.tag = PR_CHANGE_KEY_, .get = get_change_key, .flags = C},
    {0},
};
#undef C

static HRESULT message_changed(struct prop_object *object)
{
    return body_settle(message_of(object));
}

static HRESULT message_open_property(struct prop_object *object, ULONG tag, const IID *iid, ULONG interface_options,
                                     ULONG flags, IUnknown **out)
{
    IMessage *self = (IMessage *)object;
    ULONG table_flags = interface_options & MAPI_UNICODE;
    if (PROP_ID(tag) != PROP_ID(PR_MESSAGE_RECIPIENTS) && PROP_ID(tag) != PROP_ID(PR_MESSAGE_ATTACHMENTS))
        return PROP_TYPE(tag) == PT_OBJECT ? MAPI_E_NOT_FOUND : MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!IsEqualIID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if ((flags & (MAPI_MODIFY | MAPI_CREATE)) && !object->writable)
        return MAPI_E_NO_ACCESS;
    return PROP_ID(tag) == PROP_ID(PR_MESSAGE_RECIPIENTS)
               ? message_GetRecipientTable(self, table_flags, (IMAPITable **)out)
               : message_GetAttachmentTable(self, table_flags, (IMAPITable **)out);
}

const struct prop_object_ops message_prop_ops = {
    .handlers = message_handlers,
    .changed = message_changed,
    .save = message_save,
    .open_property = message_open_property,
    .copy_parts = message_copy_parts,
};
