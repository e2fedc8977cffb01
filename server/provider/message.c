/*
 * message.c: IMessage: opening, creating, saving, read state.
 *
 * Layer: provider, store part. See message.h for who owns what.
 */
#include "message.h"
#include "mapi_exchange.h"
#include "submit.h"
#include <stdlib.h>
#include <string.h>

static struct message *message_from(void *object)
{
    return object;
}

static void message_destroy(void *object)
{
    struct message *message = object;
    message->prop.props = NULL; /* the tree's */
    mbx_message_free(message->msg);
}

static const IID *const message_iids[] = {&IID_IMessage, &IID_IMAPIProp, NULL};
static const struct object_class message_class = {
    .name = "IMessage", .vtbl = &message_vtbl, .size = sizeof(struct message), .object_type = MAPI_MESSAGE,
    .iids = message_iids, .destroy = message_destroy,
};

bool message_is_ours(void *object)
{
    return object && ((struct object *)object)->lpVtbl == &message_vtbl;
}

HRESULT message_wrap(struct object *parent, struct mbx_message *msg, bool writable, struct attach *container,
                     IMessage **out)
{
    struct message *message;
    *out = NULL;
    HRESULT hr = object_create(&message_class, parent, &message);
    if (FAILED(hr)) {
        mbx_message_free(msg);
        return hr;
    }
    message->msg = msg;
    message->container = container;
    message->prop.ops = &message_prop_ops;
    message->prop.props = msg->props;
    message->prop.writable = writable;
    *out = (IMessage *)message;
    return S_OK;
}

/* ---- trees ---- */

HRESULT mbx_message_clone(const struct mbx_message *from, struct mbx_message **out)
{
    struct mbx_message *to = calloc(1, sizeof(*to));
    HRESULT hr = S_OK;
    *out = NULL;
    if (!to)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *to = *from;
    to->props = NULL;
    to->recipients = NULL;
    to->attachments = NULL;
    to->recipient_count = to->attachment_count = 0;
    hr = propbag_clone(from->props, &to->props);
    if (SUCCEEDED(hr) && from->recipient_count) {
        to->recipients = calloc(from->recipient_count, sizeof(*to->recipients));
        hr = to->recipients ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
        for (ULONG i = 0; SUCCEEDED(hr) && i < from->recipient_count; i++) {
            hr = propbag_clone(from->recipients[i], &to->recipients[i]);
            to->recipient_count += SUCCEEDED(hr);
        }
    }
    if (SUCCEEDED(hr) && from->attachment_count) {
        to->attachments = calloc(from->attachment_count, sizeof(*to->attachments));
        hr = to->attachments ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
        for (ULONG i = 0; SUCCEEDED(hr) && i < from->attachment_count; i++) {
            const struct mbx_attachment *source = &from->attachments[i];
            struct mbx_attachment *copy = &to->attachments[i];
            *copy = *source;
            copy->props = NULL;
            copy->embedded = NULL;
            to->attachment_count++;
            if (source->props)
                hr = propbag_clone(source->props, &copy->props);
            if (SUCCEEDED(hr) && source->embedded)
                hr = mbx_message_clone(source->embedded, &copy->embedded);
        }
    }
    if (FAILED(hr))
        mbx_message_free(to);
    else
        *out = to;
    return hr;
}

bool message_is_dirty(const struct mbx_message *msg)
{
    if (!msg->id || propbag_is_dirty(msg->props) || msg->recipients_dirty)
        return true;
    for (ULONG i = 0; i < msg->attachment_count; i++) {
        const struct mbx_attachment *attachment = &msg->attachments[i];
        if (attachment->deleted || !attachment->id || (attachment->props && propbag_is_dirty(attachment->props)) ||
            (attachment->embedded && message_is_dirty(attachment->embedded)))
            return true;
    }
    return false;
}

struct mbx_attachment *message_find_attachment(struct mbx_message *msg, ULONG number)
{
    for (ULONG i = 0; i < msg->attachment_count; i++)
        if (msg->attachments[i].number == number && !msg->attachments[i].deleted)
            return &msg->attachments[i];
    return NULL;
}

HRESULT message_load_parts(struct message *message, unsigned parts)
{
    struct mbx_message *msg = message->msg;
    if (msg->recipients_loaded)
        parts &= ~(unsigned)MBX_LOAD_RECIPIENTS;
    if (msg->attachments_loaded)
        parts &= ~(unsigned)MBX_LOAD_ATTACHMENTS;
    if (!parts)
        return S_OK;
    if (msg->id)
        return mailbox_message_load_more(message->prop.base.store->mbx, msg, parts);
    if (parts & MBX_LOAD_RECIPIENTS)
        msg->recipients_loaded = true;
    if (parts & MBX_LOAD_ATTACHMENTS)
        msg->attachments_loaded = true;
    return S_OK;
}

/* ---- opening and creating ---- */

HRESULT message_open(struct object *parent, mbx_id id, ULONG flags, IMessage **out)
{
    struct store *store = parent->store;
    struct mbx_message *msg = NULL;
    bool writable;
    *out = NULL;
    HRESULT hr = store_open_mode(store, flags, &writable);
    if (SUCCEEDED(hr))
        hr = mailbox_message_load(store->mbx, id, MBX_LOAD_PROPS, &msg);
    if (SUCCEEDED(hr) && msg->soft_deleted && !(flags & SHOW_SOFT_DELETES)) {
        mbx_message_free(msg);
        hr = MAPI_E_NOT_FOUND;
    }
    return FAILED(hr) ? hr : message_wrap(store_object(store), msg, writable, NULL, out);
}

HRESULT message_set_defaults(struct mbx_message *msg, struct store *store)
{
    const struct mailbox_info *user = store ? session_user(store->prop.base.session) : NULL;
    GUID key;
    SPropValue value = {.ulPropTag = PR_SEARCH_KEY, .Value.bin = {sizeof(key), (LPBYTE)&key}};
    HRESULT hr = CoCreateGuid(&key);
    if (SUCCEEDED(hr))
        hr = propbag_set(msg->props, &value);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(msg->props, PR_MESSAGE_CLASS_W, L"IPM.Note");
    if (SUCCEEDED(hr))
        hr = propbag_set_long(msg->props, PR_IMPORTANCE, IMPORTANCE_NORMAL);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(msg->props, PR_PRIORITY, PRIO_NORMAL);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(msg->props, PR_SENSITIVITY, (LONG)SENSITIVITY_NONE);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(msg->props, PR_MESSAGE_FLAGS,
                              (LONG)(MSGFLAG_UNSENT | MSGFLAG_READ | (msg->associated ? MSGFLAG_ASSOCIATED : 0)));
    if (SUCCEEDED(hr) && user && user->display_name)
        hr = propbag_set_string(msg->props, PROP_TAG(PT_UNICODE, 0x3FF8) /* PR_CREATOR_NAME */, user->display_name);
    if (SUCCEEDED(hr))
        hr = recipients_display(msg);
    return hr;
}

HRESULT message_create(struct object *parent, mbx_id folder, bool associated, IMessage **out)
{
    struct mbx_message *msg;
    *out = NULL;
    HRESULT hr = mbx_message_new(folder, associated, &msg);
    if (FAILED(hr))
        return hr;
    msg->recipients_loaded = msg->attachments_loaded = true;
    hr = message_set_defaults(msg, parent->store);
    if (FAILED(hr)) {
        mbx_message_free(msg);
        return hr;
    }
    return message_wrap(store_object(parent->store), msg, true, NULL, out);
}

/* ---- saving ---- */

int64_t propbag_size(const struct propbag *bag)
{
    int64_t size = 0;
    for (ULONG i = 0; bag && i < propbag_count(bag); i++)
        size += 16 + (int64_t)propbag_at(bag, i)->size;
    return size;
}

int64_t message_size(const struct mbx_message *msg)
{
    int64_t size = propbag_size(msg->props);
    for (ULONG i = 0; i < msg->recipient_count; i++)
        size += propbag_size(msg->recipients[i]);
    for (ULONG i = 0; i < msg->attachment_count; i++) {
        const struct mbx_attachment *attachment = &msg->attachments[i];
        if (!attachment->deleted)
            size += propbag_long(attachment->props, PR_ATTACH_SIZE, 0);
    }
    return size;
}

static HRESULT set_time(struct propbag *props, ULONG tag, FILETIME time)
{
    SPropValue value = {.ulPropTag = tag, .Value.ft = time};
    return propbag_set(props, &value);
}

/* A header of 22 bytes: a reserved byte, the time's upper five bytes, a GUID. */
static HRESULT start_conversation(struct propbag *props, FILETIME now)
{
    BYTE index[22] = {1};
    GUID guid;
    uint64_t ticks = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
    SPropValue value = {.ulPropTag = PR_CONVERSATION_INDEX, .Value.bin = {sizeof(index), index}};
    if (propbag_find(props, PROP_ID(PR_CONVERSATION_INDEX)))
        return S_OK;
    HRESULT hr = CoCreateGuid(&guid);
    for (int i = 1; i < 6; i++)
        index[i] = (BYTE)(ticks >> (8 * (8 - 1 - i)));
    index[0] = 1;
    memcpy(index + 6, &guid, sizeof(guid));
    return FAILED(hr) ? hr : propbag_set(props, &value);
}

/* Loads what is needed to know the attachments' sizes, and whether there are any. */
static HRESULT measure_attachments(struct message *message, bool *any)
{
    struct mbx_message *msg = message->msg;
    *any = false;
    HRESULT hr = message_load_parts(message, MBX_LOAD_ATTACHMENTS | MBX_LOAD_RECIPIENTS);
    for (ULONG i = 0; SUCCEEDED(hr) && i < msg->attachment_count; i++) {
        struct mbx_attachment *attachment = &msg->attachments[i];
        if (attachment->deleted)
            continue;
        if (!attachment->props && attachment->id)
            hr = mailbox_attachment_load(message->prop.base.store->mbx, attachment);
        *any = *any || !propbag_bool(attachment->props, PR_ATTACHMENT_HIDDEN, false);
    }
    return hr;
}

/* What is computed at each save. */
HRESULT message_compute(struct message *message)
{
    struct mbx_message *msg = message->msg;
    struct store *store = message->prop.base.store; /* NULL: of a message file */
    const struct mailbox_info *user = store ? session_user(store->prop.base.session) : NULL;
    FILETIME now = time_now();
    bool attached;
    HRESULT hr = body_settle(message);
    if (SUCCEEDED(hr))
        hr = body_complete(message);
    if (SUCCEEDED(hr))
        hr = measure_attachments(message, &attached);
    if (FAILED(hr))
        return hr;
    LONG flags = propbag_long(msg->props, PR_MESSAGE_FLAGS, 0), wanted = flags;
    wanted = attached ? wanted | (LONG)MSGFLAG_HASATTACH : wanted & ~(LONG)MSGFLAG_HASATTACH;
    if (wanted != flags)
        hr = propbag_set_long(msg->props, PR_MESSAGE_FLAGS, wanted);
    if (SUCCEEDED(hr) && propbag_bool(msg->props, PR_HASATTACH, !attached) != attached) {
        SPropValue value = {.ulPropTag = PR_HASATTACH, .Value.b = attached};
        hr = propbag_set(msg->props, &value);
    }
    if (SUCCEEDED(hr) && msg->recipients_dirty)
        hr = recipients_display(msg);
    if (SUCCEEDED(hr) && !propbag_find(msg->props, PROP_ID(PR_CREATION_TIME)))
        hr = set_time(msg->props, PR_CREATION_TIME, now);
    if (SUCCEEDED(hr))
        hr = set_time(msg->props, PR_LAST_MODIFICATION_TIME, now);
    if (SUCCEEDED(hr) && user && user->display_name)
        hr = propbag_set_string(msg->props, PROP_TAG(PT_UNICODE, 0x3FFA) /* PR_LAST_MODIFIER_NAME */,
                                user->display_name);
    if (SUCCEEDED(hr) && !propbag_find(msg->props, PROP_ID(PR_CONVERSATION_TOPIC_W)) &&
        propbag_string(msg->props, PR_NORMALIZED_SUBJECT_W))
        hr = propbag_set_string(msg->props, PR_CONVERSATION_TOPIC_W,
                                propbag_string(msg->props, PR_NORMALIZED_SUBJECT_W));
    if (SUCCEEDED(hr) && !msg->associated)
        hr = start_conversation(msg->props, now);
    if (SUCCEEDED(hr)) {
        int64_t size = message_size(msg);
        hr = propbag_set_long(msg->props, PR_MESSAGE_SIZE, size > 0x7fffffff ? 0x7fffffff : (LONG)size);
    }
    return hr;
}

HRESULT message_save(struct prop_object *object, ULONG flags)
{
    struct message *message = message_from(object);
    if (!message_is_dirty(message->msg) && !message->bodies_set)
        return S_OK;
    HRESULT hr = message_compute(message);
    if (FAILED(hr))
        return hr;
    if (message->container)
        return attach_put_embedded(message->container, message->msg);
    return mailbox_message_save(object->base.store->mbx, message->msg, flags & FORCE_SAVE);
}

/* ---- IMessage ---- */

static HRESULT STDMETHODCALLTYPE message_SubmitMessage(IMessage *self, ULONG flags)
{
    struct message *message = message_from(self);
    if (flags & ~FORCE_SUBMIT)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    if (message->container || !message->prop.base.store)
        hr = MAPI_E_NO_SUPPORT;
    else if (!message->prop.writable)
        hr = MAPI_E_NO_ACCESS;
    else
        hr = prop_flush_streams(&message->prop);
    if (SUCCEEDED(hr))
        hr = submit_message(message, flags);
    object_leave(&message->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE message_SetReadFlag(IMessage *self, ULONG flags)
{
    const ULONG known = SUPPRESS_RECEIPT | CLEAR_READ_FLAG | MAPI_DEFERRED_ERRORS | GENERATE_RECEIPT_ONLY |
                        CLEAR_RN_PENDING | CLEAR_NRN_PENDING;
    struct message *message = message_from(self);
    ULONG set = 0, clear = 0;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    if ((flags & CLEAR_READ_FLAG) && (flags & (SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY)))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    if (message->prop.base.store)
        hr = store_check_write(message->prop.base.store);
    if (SUCCEEDED(hr))
        hr = submit_read_flags(message->prop.base.store, message->msg->id, message->msg->props, flags, &set, &clear);
    if (SUCCEEDED(hr) && message->msg->id && !message->container)
        hr = mailbox_message_set_flags(message->prop.base.store->mbx, message->msg->id, PR_MESSAGE_FLAGS, set, clear,
                                       NULL);
    if (SUCCEEDED(hr)) {
        LONG now = propbag_long(message->msg->props, PR_MESSAGE_FLAGS, 0);
        hr = propbag_set_long(message->msg->props, PR_MESSAGE_FLAGS, (LONG)(((ULONG)now & ~clear) | set));
    }
    object_leave(&message->prop.base);
    return hr;
}

const IMessageVtbl message_vtbl = {
    PROP_OBJECT_VTBL,
    .GetAttachmentTable = message_GetAttachmentTable,
    .OpenAttach = message_OpenAttach,
    .CreateAttach = message_CreateAttach,
    .DeleteAttach = message_DeleteAttach,
    .GetRecipientTable = message_GetRecipientTable,
    .ModifyRecipients = message_ModifyRecipients,
    .SubmitMessage = message_SubmitMessage,
    .SetReadFlag = message_SetReadFlag,
};
