/*
 * message_mapi.c: the IMessage behind a Message: opened when it is needed, read, written, saved, and let go.
 *
 * Layer: server/object. A message that was only read gives its IMessage back when its store is parked,
 * or when many others of the store are open, and opens it again.
 */
#include "message.h"

#include "attachments.h"
#include "messages.h"
#include "object_util.h"

/* Exchange cuts strings in tables at 255 characters: one that long has to be read again. */
#define TABLE_TEXT_LIMIT 254

/* So many messages of a store stay open for clients that release none, unless they have unsaved changes or open parts:
 * Exchange ends a session with more than 250. */
#define MOST_OPEN 32

static const SizedSPropTagArray(MESSAGE_COL_COUNT, columns) = {
    MESSAGE_COL_COUNT,
    {PR_ENTRYID, PR_INSTANCE_KEY, PR_MESSAGE_CLASS_W, PR_PARENT_ENTRYID, PR_SUBJECT_W, PR_SENDER_NAME_W,
     PR_SENT_REPRESENTING_NAME_W, PR_MESSAGE_DELIVERY_TIME, PR_CLIENT_SUBMIT_TIME, PR_CREATION_TIME,
     PR_LAST_MODIFICATION_TIME, PR_MESSAGE_SIZE, PR_MESSAGE_FLAGS, PR_IMPORTANCE, PR_SENSITIVITY, PR_HASATTACH,
     PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_INDEX, PR_STORE_ENTRYID,
     PR_SENDER_ENTRYID}};
const SPropTagArray *const message_columns = (const SPropTagArray *)&columns;

/* ---- open and let go ------------------------------------------------------------------------------------------------------ */

void message_drop(struct message *self)
{
    if (!self->mapi)
        return;
    self->mapi->lpVtbl->Release(self->mapi);
    self->mapi = NULL;
    if (self->occurrence.own) {
        self->occurrence.own = false;
        self->occurrence.start = self->occurrence.saved_start;
        self->occurrence.end = self->occurrence.saved_end;
    }
    if (self->store)
        mapi_store_unpin(self->store, &self->pin);
}

/* What is only in memory, and what a child holds of the message, would be lost. */
static bool let_go(struct mapi_pin *pin, bool really)
{
    struct message *self = CONTAINING_RECORD(pin, struct message, pin);

    if (really)
        message_drop(self);
    return self->id.cb && !self->unsaved && !self->base.last;
}

void message_pin(struct message *self)
{
    mapi_store_trim(self->store, let_go, MOST_OPEN);
    mapi_store_pin(self->store, &self->pin, let_go);
}

static HRESULT open_it(struct message *self, bool writing, IMessage **out)
{
    ULONG type = 0;
    HRESULT hr = S_OK;

    if (self->mapi && self->store) {
        mapi_store_touch(self->store);
        mapi_store_unpin(self->store, &self->pin); /* it is the newest again */
        message_pin(self);
    }
    if (!self->mapi && (!self->id.cb || !self->store))
        hr = MAPI_E_OBJECT_DELETED;
    if (SUCCEEDED(hr) && !self->mapi && self->is_occurrence && (writing || self->occurrence.changed)) {
        hr = message_open_occurrence(self);
    } else if (SUCCEEDED(hr) && !self->mapi) {
        hr = mapi_store_open_entry(self->store, &self->id, &type, (IUnknown **)&self->mapi);
        if (SUCCEEDED(hr) && type != MAPI_MESSAGE) {
            self->mapi->lpVtbl->Release(self->mapi);
            self->mapi = NULL;
            hr = auto_fail(&self->base, MAPI_E_INVALID_ENTRYID, L"the id is not that of a message");
        }
        if (SUCCEEDED(hr))
            message_pin(self);
    }
    *out = self->mapi;
    return hr;
}

HRESULT message_open(struct message *self, IMessage **out)
{
    self->unsaved = true;
    if (self->is_occurrence && !self->occurrence.own)
        message_drop(self); /* only the series was read */
    return open_it(self, true, out);
}

HRESULT message_open_reading(struct message *self, IMessage **out)
{
    return open_it(self, false, out);
}

/* Of the row of an occurrence only what it has in common with its series, and cannot be changed, stays. */
static void forget_row_of_occurrence(struct message *self)
{
    static const ULONG own[] = {PR_SUBJECT_W, PR_CONVERSATION_TOPIC_W, PR_IMPORTANCE, PR_SENSITIVITY, PR_HASATTACH,
                                PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_SENDER_NAME_W, PR_SENT_REPRESENTING_NAME_W,
                                PR_SENDER_ENTRYID};

    for (ULONG i = 0; i < MESSAGE_COL_COUNT; i++)
        for (ULONG k = 0; k < ARRAYSIZE(own); k++)
            if (PROP_ID(self->row[i].ulPropTag) == PROP_ID(own[k])) {
                self->row[i].ulPropTag = PROP_TAG(PT_ERROR, PROP_ID(own[k]));
                self->row[i].Value.err = MAPI_E_NOT_ENOUGH_MEMORY; /* the message has it */
            }
}

void message_changed(struct message *self)
{
    if (self->is_occurrence && self->row) {
        forget_row_of_occurrence(self);
        return;
    }
    mapi_free(self->row);
    self->row = NULL;
}

/* Whether the row says that the message does not have the property: then nobody has to open it. */
static bool row_lacks(struct message *self, ULONG tag)
{
    for (ULONG i = 0; self->row && i < MESSAGE_COL_COUNT; i++)
        if (PROP_ID(self->row[i].ulPropTag) == PROP_ID(tag))
            return PROP_TYPE(self->row[i].ulPropTag) == PT_ERROR && self->row[i].Value.err == MAPI_E_NOT_FOUND;
    return false;
}

/* A value of the row that can be relied on, or NULL. */
static const SPropValue *row_value(struct message *self, ULONG tag)
{
    const SPropValue *value = self->row ? mapi_prop_find(self->row, MESSAGE_COL_COUNT, tag) : NULL;

    if (!value || value->ulPropTag != mapi_tag_unicode(tag))
        return NULL;
    if (PROP_TYPE(tag) == PT_UNICODE && lstrlenW(value->Value.lpszW) >= TABLE_TEXT_LIMIT)
        return NULL;
    if (PROP_TYPE(tag) == PT_BINARY && value->Value.bin.cb >= TABLE_TEXT_LIMIT)
        return NULL;
    return value;
}

HRESULT message_read(struct message *self, ULONG tag, const SPropValue **value, SPropValue **owned)
{
    IMessage *mapi;
    HRESULT hr;

    *owned = NULL;
    *value = row_value(self, tag);
    if (*value)
        return S_OK;
    if (row_lacks(self, tag))
        return MAPI_E_NOT_FOUND;
    hr = message_open_reading(self, &mapi);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(mapi), tag, owned);
    *value = *owned;
    return hr;
}

HRESULT message_write(struct message *self, const SPropValue *values, ULONG count)
{
    IMessage *mapi;
    HRESULT hr = message_open(self, &mapi);

    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(mapi), values, count);
    message_changed(self);
    return hr;
}

HRESULT message_mark_read(struct message *self, bool read)
{
    IMessage *mapi;
    LONG flags = 0;
    HRESULT hr = (self->id.cb ? message_open_reading : message_open)(self, &mapi);

    if (SUCCEEDED(hr) && self->id.cb)
        hr = mapi->lpVtbl->SetReadFlag(mapi, read ? SUPPRESS_RECEIPT : CLEAR_READ_FLAG);
    else if (SUCCEEDED(hr) && SUCCEEDED(hr = message_flags(self, PR_MESSAGE_FLAGS, &flags)))
        hr = mapi_prop_set_long(MAPI_PROP(mapi), PR_MESSAGE_FLAGS, read ? flags | MSGFLAG_READ : flags & ~MSGFLAG_READ);
    message_changed(self);
    return hr;
}

/* ---- saving, and where it lies ------------------------------------------------------------------------------------------- */

HRESULT message_save(struct message *self)
{
    SPropValue *id = NULL;
    IMessage *mapi;
    HRESULT hr;

    if (self->is_occurrence)
        return message_save_occurrence(self);
    hr = message_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = attachments_flush(&self->base);
    if (SUCCEEDED(hr))
        hr = mapi_prop_save(MAPI_PROP(mapi));
    if (SUCCEEDED(hr))
        self->unsaved = false;
    message_changed(self);
    if (SUCCEEDED(hr) && !self->id.cb && !self->embedded && SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_ENTRYID, &id))) {
        hr = object_copy_id(&id->Value.bin, &self->id);
        messages_disturbed(self->base.parent);
    }
    mapi_free(id);
    return hr;
}

HRESULT message_open_folder(struct message *self, IMAPIFolder **out)
{
    const SPropValue *id;
    SPropValue *owned = NULL;
    HRESULT hr;

    *out = NULL;
    if (self->embedded)
        return auto_fail(&self->base, MAPI_E_NO_SUPPORT, L"the message is part of another one");
    hr = message_read(self, PR_PARENT_ENTRYID, &id, &owned);
    if (SUCCEEDED(hr))
        hr = mapi_store_open_entry(self->store, &id->Value.bin, NULL, (IUnknown **)out);
    mapi_free(owned);
    return hr;
}
