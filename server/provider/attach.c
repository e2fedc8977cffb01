/*
 * attach.c: IAttach, and IMessage's methods that make, open, list and delete attachments.
 *
 * Layer: provider, store part. See message.h for the copies that an attachment works on. PR_ATTACH_NUM identifies
 * it within its message and is never used twice.
 */
#include "message.h"
#include "mapi_exchange.h"
#include "table.h"
#include <stdlib.h>
#include <string.h>

static void attach_destroy(void *object)
{
    struct attach *attach = object;
    prop_object_destroy(&attach->prop);
    mbx_message_free(attach->embedded);
}

static const IAttachVtbl attach_vtbl = {PROP_OBJECT_VTBL};
static const IID *const attach_iids[] = {&IID_IAttachment, &IID_IMAPIProp, NULL};
static const struct object_class attach_class = {
    .name = "IAttach", .vtbl = &attach_vtbl, .size = sizeof(struct attach), .object_type = MAPI_ATTACH,
    .iids = attach_iids, .destroy = attach_destroy,
};

static bool wanted_iid(const IID *iid)
{
    return !iid || IsEqualIID(iid, &IID_IAttachment) || IsEqualIID(iid, &IID_IMAPIProp) ||
           IsEqualIID(iid, &IID_IUnknown);
}

static HRESULT attach_make(struct message *message, ULONG number, struct propbag *props, bool writable, bool is_new,
                           IAttach **out)
{
    struct attach *attach;
    HRESULT hr = object_create(&attach_class, &message->prop.base, &attach);
    if (FAILED(hr)) {
        propbag_free(props);
        return hr;
    }
    attach->prop.ops = &attach_prop_ops;
    attach->prop.props = props;
    attach->prop.writable = writable;
    attach->message = message;
    attach->number = number;
    attach->is_new = is_new;
    *out = (IAttach *)attach;
    return S_OK;
}

/* ---- IMessage's methods ---- */

HRESULT STDMETHODCALLTYPE message_OpenAttach(IMessage *self, ULONG number, LPCIID iid, ULONG flags, LPATTACH *out)
{
    struct message *message = (struct message *)self;
    struct mbx_attachment *entry;
    struct propbag *props = NULL;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!wanted_iid(iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~(MAPI_BEST_ACCESS | MAPI_MODIFY | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    if ((flags & MAPI_MODIFY) && !message->prop.writable)
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = message_load_parts(message, MBX_LOAD_ATTACHMENTS);
    if (SUCCEEDED(hr)) {
        entry = message_find_attachment(message->msg, number);
        hr = !entry ? MAPI_E_NOT_FOUND
             : entry->props || !entry->id ? S_OK
                                          : mailbox_attachment_load(message->prop.base.store->mbx, entry);
    }
    if (SUCCEEDED(hr))
        hr = entry->props ? propbag_clone(entry->props, &props) : propbag_create(&props);
    if (SUCCEEDED(hr))
        hr = attach_make(message, number, props,
                         message->prop.writable && (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)), false, out);
    object_leave(&message->prop.base);
    return hr;
}

static ULONG take_number(struct mbx_message *msg)
{
    for (ULONG i = 0; i < msg->attachment_count; i++)
        if (msg->attachments[i].number >= msg->next_attachment_number)
            msg->next_attachment_number = msg->attachments[i].number + 1;
    return msg->next_attachment_number++;
}

HRESULT STDMETHODCALLTYPE message_CreateAttach(IMessage *self, LPCIID iid, ULONG flags, ULONG *number, LPATTACH *out)
{
    struct message *message = (struct message *)self;
    struct propbag *props = NULL;
    if (number)
        *number = 0;
    if (out)
        *out = NULL;
    if (!number || !out)
        return MAPI_E_INVALID_PARAMETER;
    if (!wanted_iid(iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & ~MAPI_DEFERRED_ERRORS)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    hr = message->prop.writable ? message_load_parts(message, MBX_LOAD_ATTACHMENTS) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = propbag_create(&props);
    if (SUCCEEDED(hr)) {
        ULONG taken = take_number(message->msg);
        hr = attach_make(message, taken, props, true, true, out);
        if (SUCCEEDED(hr))
            *number = taken;
    }
    object_leave(&message->prop.base);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_DeleteAttach(IMessage *self, ULONG number, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                               ULONG flags)
{
    struct message *message = (struct message *)self;
    (void)ui, (void)progress;
    if (flags & ~ATTACH_DIALOG)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    hr = message->prop.writable ? message_load_parts(message, MBX_LOAD_ATTACHMENTS) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr)) {
        struct mbx_message *msg = message->msg;
        struct mbx_attachment *entry = message_find_attachment(msg, number);
        if (!entry) {
            hr = MAPI_E_NOT_FOUND;
        } else if (entry->id) {
            entry->deleted = true;
        } else { /* never stored: nothing is left of it */
            propbag_free(entry->props);
            mbx_message_free(entry->embedded);
            memmove(entry, entry + 1, (size_t)(msg->attachments + --msg->attachment_count - entry) * sizeof(*entry));
        }
        message->parts_dirty = true;
    }
    object_leave(&message->prop.base);
    return hr;
}

/* ---- the table ---- */

static HRESULT add_attachment_row(struct message *message, struct table_source *source, struct mbx_attachment *entry)
{
    SPropValue *values;
    LONG number = (LONG)entry->number;
    HRESULT hr = S_OK;
    if (!entry->props && entry->id)
        hr = mailbox_attachment_load(message->prop.base.store->mbx, entry);
    ULONG count = entry->props ? propbag_count(entry->props) : 0, n = 0;
    if (FAILED(hr))
        return hr;
    if (MAPIAllocateBuffer((count + 12) * sizeof(*values), (void **)&values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(values, 0, (count + 12) * sizeof(*values));
    for (ULONG i = 0; i < count; i++) {
        const struct propbag_entry *have = propbag_at(entry->props, i);
        if (!have->lazy && PROP_ID(have->value.ulPropTag) != PROP_ID(PR_ATTACH_DATA_BIN) && have->size <= 4096)
            values[n++] = have->value;
    }
    value_long(&values[n++], PR_ATTACH_NUM, number);
    value_long(&values[n++], PR_OBJECT_TYPE, MAPI_ATTACH);
    if (!entry->props || !propbag_find(entry->props, PROP_ID(PR_RENDERING_POSITION)))
        value_long(&values[n++], PR_RENDERING_POSITION, -1);
    if (!entry->props || !propbag_find(entry->props, PROP_ID(PR_ATTACH_METHOD)))
        value_long(&values[n++], PR_ATTACH_METHOD, NO_ATTACHMENT);
    hr = value_binary(&values[n++], PR_INSTANCE_KEY, &number, sizeof(number), values);
    if (SUCCEEDED(hr))
        hr = value_binary(&values[n++], PR_RECORD_KEY, &number, sizeof(number), values);
    if (SUCCEEDED(hr) && message->prop.base.store)
        hr = value_binary(&values[n++], PR_MAPPING_SIGNATURE, store_guid(message->prop.base.store), sizeof(GUID), values);
    if (SUCCEEDED(hr))
        hr = memory_rows_add(source, n, values);
    MAPIFreeBuffer(values);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_GetAttachmentTable(IMessage *self, ULONG flags, LPMAPITABLE *out)
{
    static const SizedSPropTagArray(18, columns) = {
        18,
        {PR_ATTACH_NUM, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_OBJECT_TYPE, PR_ATTACH_METHOD, PR_ATTACH_SIZE,
         PR_RENDERING_POSITION, PR_ATTACH_FILENAME_W, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_EXTENSION_W,
         PR_ATTACH_MIME_TAG_W, PR_DISPLAY_NAME_W, PR_ATTACH_ENCODING, PR_ATTACH_CONTENT_ID_W, PR_ATTACH_PATHNAME_W,
         PR_CREATION_TIME, PR_LAST_MODIFICATION_TIME, PR_MAPPING_SIGNATURE}};
    struct message *message = (struct message *)self;
    struct table_source *source = NULL;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    hr = message_load_parts(message, MBX_LOAD_ATTACHMENTS);
    if (SUCCEEDED(hr))
        hr = memory_rows_create(PR_ATTACH_NUM, &source);
    for (ULONG i = 0; SUCCEEDED(hr) && i < message->msg->attachment_count; i++)
        if (!message->msg->attachments[i].deleted)
            hr = add_attachment_row(message, source, &message->msg->attachments[i]);
    if (SUCCEEDED(hr))
        hr = table_create(&message->prop.base, source, (const SPropTagArray *)&columns, flags, out);
    else if (source)
        source->ops->destroy(source);
    object_leave(&message->prop.base);
    return hr;
}

/* ---- saving ---- */

/* A copy of an embedded tree takes the stored ids of the tree that it replaces, part by part. */
static void adopt_ids(struct mbx_message *msg, const struct mbx_message *stored)
{
    msg->id = stored->id;
    msg->version = stored->version;
    for (ULONG i = 0; i < msg->attachment_count; i++)
        for (ULONG k = 0; k < stored->attachment_count; k++)
            if (msg->attachments[i].number == stored->attachments[k].number) {
                msg->attachments[i].id = stored->attachments[k].id;
                if (msg->attachments[i].embedded && stored->attachments[k].embedded)
                    adopt_ids(msg->attachments[i].embedded, stored->attachments[k].embedded);
            }
}

static HRESULT add_entry(struct mbx_message *msg, ULONG number, struct mbx_attachment **out)
{
    struct mbx_attachment *grown = realloc(msg->attachments, (msg->attachment_count + 1) * sizeof(*grown));
    if (!grown)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    msg->attachments = grown;
    *out = &grown[msg->attachment_count++];
    memset(*out, 0, sizeof(**out));
    (*out)->number = number;
    return S_OK;
}

HRESULT attach_save(struct prop_object *object, ULONG flags)
{
    struct attach *attach = (struct attach *)object;
    struct mbx_message *msg = attach->message->msg, *embedded = NULL;
    struct propbag *props = NULL;
    FILETIME now = time_now();
    SPropValue time = {.ulPropTag = PR_CREATION_TIME, .Value.ft = now};
    HRESULT hr = S_OK;
    (void)flags;
    if (!attach->message->prop.writable)
        return MAPI_E_NO_ACCESS;
    struct mbx_attachment *entry = message_find_attachment(msg, attach->number);
    if (!entry && !attach->is_new)
        return MAPI_E_OBJECT_DELETED;
    if (!propbag_find(object->props, PROP_ID(PR_CREATION_TIME)))
        hr = propbag_set(object->props, &time);
    time.ulPropTag = PR_LAST_MODIFICATION_TIME;
    if (SUCCEEDED(hr))
        hr = propbag_set(object->props, &time);
    if (SUCCEEDED(hr)) {
        int64_t size = propbag_size(object->props) + (attach->embedded ? message_size(attach->embedded) : 0);
        if (!attach->embedded && entry && entry->has_embedded) /* the unchanged message counts as before */
            size = propbag_long(object->props, PR_ATTACH_SIZE, 0);
        hr = propbag_set_long(object->props, PR_ATTACH_SIZE, size > 0x7fffffff ? 0x7fffffff : (LONG)size);
    }
    if (SUCCEEDED(hr))
        hr = propbag_set_long(object->props, PR_ATTACH_NUM, (LONG)attach->number);
    if (SUCCEEDED(hr))
        hr = propbag_clone(object->props, &props);
    if (SUCCEEDED(hr) && attach->embedded)
        hr = mbx_message_clone(attach->embedded, &embedded);
    if (SUCCEEDED(hr) && !entry)
        hr = add_entry(msg, attach->number, &entry);
    if (FAILED(hr)) {
        propbag_free(props);
        mbx_message_free(embedded);
        return hr;
    }
    propbag_free(entry->props);
    entry->props = props;
    if (embedded) {
        if (entry->embedded)
            adopt_ids(embedded, entry->embedded);
        mbx_message_free(entry->embedded);
        entry->embedded = embedded;
        entry->has_embedded = true;
    }
    attach->is_new = false;
    attach->message->parts_dirty = true;
    return S_OK;
}

/* ---- the embedded message ---- */

HRESULT attach_put_embedded(struct attach *attach, const struct mbx_message *msg)
{
    struct mbx_message *copy;
    if (!attach->prop.writable)
        return MAPI_E_NO_ACCESS;
    HRESULT hr = mbx_message_clone(msg, &copy);
    if (FAILED(hr))
        return hr;
    mbx_message_free(attach->embedded);
    attach->embedded = copy;
    return S_OK;
}

HRESULT attach_open_embedded(struct attach *attach, ULONG flags, IMessage **out)
{
    bool writable = attach->prop.writable && (flags & (MAPI_MODIFY | MAPI_CREATE | MAPI_BEST_ACCESS));
    struct mbx_attachment *entry = message_find_attachment(attach->message->msg, attach->number);
    struct mbx_message *msg = NULL;
    HRESULT hr = S_OK;
    if ((flags & (MAPI_MODIFY | MAPI_CREATE)) && !attach->prop.writable)
        return MAPI_E_NO_ACCESS;
    if (!attach->embedded && entry && entry->has_embedded && !entry->embedded)
        hr = mailbox_attachment_load_embedded(attach->prop.base.store->mbx, entry);
    if (FAILED(hr))
        return hr;
    const struct mbx_message *from = attach->embedded ? attach->embedded : entry ? entry->embedded : NULL;
    if (flags & MAPI_CREATE) {
        hr = mbx_message_new(0, false, &msg);
        if (SUCCEEDED(hr)) {
            msg->recipients_loaded = msg->attachments_loaded = true;
            hr = message_set_defaults(msg, attach->prop.base.store);
        }
    } else {
        hr = from ? mbx_message_clone(from, &msg) : MAPI_E_NOT_FOUND;
    }
    if (FAILED(hr)) {
        mbx_message_free(msg);
        return hr;
    }
    return message_wrap(&attach->prop.base, msg, writable, attach, out);
}
