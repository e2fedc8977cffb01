/*
 * message_recipients.c: GetRecipientTable, ModifyRecipients and the display strings made of the recipients.
 *
 * Layer: provider, store part. A row is known by PR_ROWID, which is never used twice in a message. The table is a
 * picture of the list as it is when the table is opened.
 */
#include "message.h"
#include "bytebuf.h"
#include "mapi_exchange.h"
#include "table.h"
#include <stdlib.h>
#include <string.h>

/* ---- display strings ---- */

HRESULT recipients_display(struct mbx_message *msg)
{
    static const struct {
        LONG type;
        ULONG tag;
    } lists[] = {{MAPI_TO, PR_DISPLAY_TO_W}, {MAPI_CC, PR_DISPLAY_CC_W}, {MAPI_BCC, PR_DISPLAY_BCC_W}};
    HRESULT hr = S_OK;
    for (size_t k = 0; SUCCEEDED(hr) && k < ARRAYSIZE(lists); k++) {
        struct bytebuf text = {0};
        for (ULONG i = 0; i < msg->recipient_count; i++) {
            const struct propbag *row = msg->recipients[i];
            const WCHAR *name = propbag_string(row, PR_DISPLAY_NAME_W);
            if ((propbag_long(row, PR_RECIPIENT_TYPE, MAPI_TO) & 0xff) != lists[k].type)
                continue;
            if (!name || !*name)
                name = propbag_string(row, PR_EMAIL_ADDRESS_W);
            if (!name)
                continue;
            if (text.size)
                bytebuf_add(&text, L"; ", 2 * sizeof(WCHAR));
            bytebuf_add(&text, name, (size_t)lstrlenW(name) * sizeof(WCHAR));
        }
        bytebuf_add(&text, L"", sizeof(WCHAR));
        const WCHAR *old = propbag_string(msg->props, lists[k].tag);
        if (text.failed)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else if (!old || lstrcmpW(old, (WCHAR *)text.data))
            hr = propbag_set_string(msg->props, lists[k].tag, (WCHAR *)text.data);
        bytebuf_free(&text);
    }
    return hr;
}

/* ---- the table ---- */

static bool in_bag(const struct propbag *bag, ULONG tag)
{
    return propbag_find(bag, PROP_ID(tag)) != NULL;
}

/* One row: what the recipient has and what every row of the table must have. */
static HRESULT add_row(struct table_source *source, const struct propbag *recipient)
{
    ULONG count = propbag_count(recipient), n = 0;
    SPropValue *values;
    LONG row_id = propbag_long(recipient, PR_ROWID, 0);
    if (MAPIAllocateBuffer((count + 8) * sizeof(*values), (void **)&values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(values, 0, (count + 8) * sizeof(*values));
    for (ULONG i = 0; i < count; i++) {
        const struct propbag_entry *entry = propbag_at(recipient, i);
        if (!entry->lazy)
            values[n++] = entry->value;
    }
    if (!in_bag(recipient, PR_RECIPIENT_TYPE))
        value_long(&values[n++], PR_RECIPIENT_TYPE, MAPI_TO);
    if (!in_bag(recipient, PR_OBJECT_TYPE))
        value_long(&values[n++], PR_OBJECT_TYPE, MAPI_MAILUSER);
    if (!in_bag(recipient, PR_DISPLAY_TYPE))
        value_long(&values[n++], PR_DISPLAY_TYPE, DT_MAILUSER);
    if (!in_bag(recipient, PR_RESPONSIBILITY))
        value_bool(&values[n++], PR_RESPONSIBILITY, false);
    HRESULT hr = S_OK;
    if (!in_bag(recipient, PR_INSTANCE_KEY))
        hr = value_binary(&values[n++], PR_INSTANCE_KEY, &row_id, sizeof(row_id), values);
    if (SUCCEEDED(hr) && !in_bag(recipient, PR_RECORD_KEY))
        hr = value_binary(&values[n++], PR_RECORD_KEY, &row_id, sizeof(row_id), values);
    if (SUCCEEDED(hr))
        hr = memory_rows_add(source, n, values);
    MAPIFreeBuffer(values);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_GetRecipientTable(IMessage *self, ULONG flags, LPMAPITABLE *out)
{
    static const SizedSPropTagArray(15, columns) = {
        15,
        {PR_ROWID, PR_RECIPIENT_TYPE, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PR_ENTRYID, PR_SEARCH_KEY,
         PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_RESPONSIBILITY, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEND_RICH_INFO,
         PR_SMTP_ADDRESS_W, PR_TRANSMITABLE_DISPLAY_NAME_W}};
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
    hr = message_load_parts(message, MBX_LOAD_RECIPIENTS);
    if (SUCCEEDED(hr))
        hr = memory_rows_create(PR_ROWID, &source);
    for (ULONG i = 0; SUCCEEDED(hr) && i < message->msg->recipient_count; i++)
        hr = add_row(source, message->msg->recipients[i]);
    if (SUCCEEDED(hr))
        hr = table_create(&message->prop.base, source, (const SPropTagArray *)&columns, flags, out);
    else if (source)
        source->ops->destroy(source);
    object_leave(&message->prop.base);
    return hr;
}

/* ---- modifying ---- */

/* "ADDRTYPE:ADDRESS" in capitals, with the terminator: the search key that MAPI prescribes. */
static HRESULT set_search_key(struct propbag *row)
{
    const WCHAR *type = propbag_string(row, PR_ADDRTYPE_W), *address = propbag_string(row, PR_EMAIL_ADDRESS_W);
    struct bytebuf key = {0};
    SPropValue value = {.ulPropTag = PR_SEARCH_KEY};
    if (!type || !address || in_bag(row, PR_SEARCH_KEY))
        return S_OK;
    for (const WCHAR *c = type; *c; c++)
        bytebuf_byte(&key, (uint8_t)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c));
    bytebuf_byte(&key, ':');
    for (const WCHAR *c = address; *c; c++)
        bytebuf_byte(&key, (uint8_t)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c > 0xff ? '?' : *c));
    bytebuf_byte(&key, 0);
    value.Value.bin.cb = (ULONG)key.size;
    value.Value.bin.lpb = key.data;
    HRESULT hr = key.failed ? MAPI_E_NOT_ENOUGH_MEMORY : propbag_set(row, &value);
    bytebuf_free(&key);
    return hr;
}

static LONG next_row_id(const struct mbx_message *msg)
{
    LONG next = 0;
    for (ULONG i = 0; i < msg->recipient_count; i++) {
        LONG id = propbag_long(msg->recipients[i], PR_ROWID, -1);
        if (id >= next)
            next = id + 1;
    }
    return next;
}

static ULONG find_row_id(const struct mbx_message *msg, const ADRENTRY *entry)
{
    for (ULONG k = 0; k < entry->cValues; k++)
        if (entry->rgPropVals[k].ulPropTag == PR_ROWID)
            for (ULONG i = 0; i < msg->recipient_count; i++)
                if (propbag_long(msg->recipients[i], PR_ROWID, -1) == entry->rgPropVals[k].Value.l)
                    return i;
    return msg->recipient_count;
}

static HRESULT fill_row(struct propbag *row, const ADRENTRY *entry, LONG row_id)
{
    HRESULT hr = S_OK;
    for (ULONG k = 0; SUCCEEDED(hr) && k < entry->cValues; k++) {
        const SPropValue *value = &entry->rgPropVals[k];
        ULONG type = PROP_TYPE(value->ulPropTag), id = PROP_ID(value->ulPropTag);
        if (type == PT_ERROR || type == PT_NULL || type == PT_OBJECT || type == PT_UNSPECIFIED || !id ||
            id == PROP_ID(PR_ROWID) || id == PROP_ID(PR_INSTANCE_KEY))
            continue;
        hr = propbag_set(row, value);
        if (hr == MAPI_E_INVALID_PARAMETER)
            hr = S_OK; /* a value without content */
    }
    if (SUCCEEDED(hr))
        hr = propbag_set_long(row, PR_ROWID, row_id);
    if (SUCCEEDED(hr) && !in_bag(row, PR_RECIPIENT_TYPE))
        hr = propbag_set_long(row, PR_RECIPIENT_TYPE, MAPI_TO);
    return FAILED(hr) ? hr : set_search_key(row);
}

static HRESULT add_recipient(struct mbx_message *msg, const ADRENTRY *entry)
{
    struct propbag *row = NULL;
    struct propbag **grown = realloc(msg->recipients, (msg->recipient_count + 1) * sizeof(*grown));
    if (!grown)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    msg->recipients = grown;
    HRESULT hr = propbag_create(&row);
    if (SUCCEEDED(hr))
        hr = fill_row(row, entry, next_row_id(msg));
    if (FAILED(hr))
        propbag_free(row);
    else
        msg->recipients[msg->recipient_count++] = row;
    return hr;
}

static HRESULT modify_recipient(struct mbx_message *msg, ULONG at, const ADRENTRY *entry)
{
    /* The row takes the given properties only: what is not given goes, as the reference says of MODRECIP_MODIFY. */
    struct propbag *row = NULL;
    HRESULT hr = propbag_create(&row);
    if (SUCCEEDED(hr))
        hr = fill_row(row, entry, propbag_long(msg->recipients[at], PR_ROWID, 0));
    if (FAILED(hr)) {
        propbag_free(row);
        return hr;
    }
    propbag_free(msg->recipients[at]);
    msg->recipients[at] = row;
    return S_OK;
}

static void remove_recipient(struct mbx_message *msg, ULONG at)
{
    propbag_free(msg->recipients[at]);
    memmove(&msg->recipients[at], &msg->recipients[at + 1],
            (msg->recipient_count - at - 1) * sizeof(*msg->recipients));
    msg->recipient_count--;
}

HRESULT recipients_replace(struct mbx_message *msg, ULONG at, struct propbag **rows, ULONG count)
{
    struct propbag **grown = realloc(msg->recipients, (msg->recipient_count + count + 1) * sizeof(*grown));
    LONG id = next_row_id(msg);
    HRESULT hr = grown ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    if (grown)
        msg->recipients = grown;
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = propbag_set_long(rows[i], PR_ROWID, id++);
    if (FAILED(hr)) {
        for (ULONG i = 0; i < count; i++)
            propbag_free(rows[i]);
        return hr;
    }
    remove_recipient(msg, at);
    memmove(&grown[at + count], &grown[at], (msg->recipient_count - at) * sizeof(*grown));
    memcpy(&grown[at], rows, count * sizeof(*grown));
    msg->recipient_count += count;
    msg->recipients_dirty = true;
    return recipients_display(msg);
}

static HRESULT check_list(ULONG flags, const ADRLIST *list, const struct mbx_message *msg)
{
    for (ULONG i = 0; i < list->cEntries; i++) {
        const ADRENTRY *entry = &list->aEntries[i];
        if (entry->cValues && !entry->rgPropVals)
            return MAPI_E_INVALID_PARAMETER;
        for (ULONG k = 0; k < entry->cValues; k++) {
            const SPropValue *value = &entry->rgPropVals[k];
            ULONG type = PROP_TYPE(value->ulPropTag);
            if ((type == PT_STRING8 || type == PT_UNICODE) && !value->Value.lpszW)
                return MAPI_E_INVALID_PARAMETER;
            if (type == PT_BINARY && value->Value.bin.cb && !value->Value.bin.lpb)
                return MAPI_E_INVALID_PARAMETER;
        }
        if (entry->cValues && (flags & MODRECIP_REMOVE) && find_row_id(msg, entry) == msg->recipient_count)
            return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

HRESULT STDMETHODCALLTYPE message_ModifyRecipients(IMessage *self, ULONG flags, LPADRLIST list)
{
    struct message *message = (struct message *)self;
    struct mbx_message *msg = message->msg;
    if (!list)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MODRECIP_ADD | MODRECIP_MODIFY | MODRECIP_REMOVE))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & (flags - 1)) /* the flags exclude each other */
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&message->prop.base);
    if (FAILED(hr))
        return hr;
    hr = message->prop.writable ? message_load_parts(message, MBX_LOAD_RECIPIENTS) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = check_list(flags, list, msg);
    if (FAILED(hr))
        goto done;
    if (!flags) /* the list replaces all */
        while (msg->recipient_count)
            remove_recipient(msg, msg->recipient_count - 1);
    for (ULONG i = 0; SUCCEEDED(hr) && i < list->cEntries; i++) {
        const ADRENTRY *entry = &list->aEntries[i];
        ULONG at = flags == MODRECIP_MODIFY || flags == MODRECIP_REMOVE ? find_row_id(msg, entry)
                                                                         : msg->recipient_count;
        if (!entry->cValues)
            continue;
        if (flags == MODRECIP_REMOVE)
            remove_recipient(msg, at);
        else if (at < msg->recipient_count)
            hr = modify_recipient(msg, at, entry);
        else
            hr = add_recipient(msg, entry);
    }
    msg->recipients_dirty = true;
    if (SUCCEEDED(hr))
        hr = recipients_display(msg);
done:
    object_leave(&message->prop.base);
    return hr;
}
