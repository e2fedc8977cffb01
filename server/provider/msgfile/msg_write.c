/*
 * msg_write.c: a message tree into a message file (MS-OXMSG 2.1, 2.4). Layer: provider, portable part.
 */
#include "msg_file.h"
#include "prop_type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROPERTIES_STREAM "__properties_version1.0"
#define EMBEDDED_DIR      "__substg1.0_3701000D"
#define FLAGS_READ_WRITE  6u /* PROPATTR_READABLE | PROPATTR_WRITABLE */
#define OBJECT_MESSAGE    1u /* the reserved field of a PT_OBJECT entry */
#define OBJECT_STORAGE    4u
#define SUPPORT_UNICODE                                                                                      \
    0x00040e79 /* PR_STORE_SUPPORT_MASK as Outlook writes it: STORE_UNICODE_OK among others */

static size_t text_bytes(const WCHAR *text)
{
    size_t units = 0;
    while (text[units])
        units++;
    return units * sizeof(WCHAR);
}

static HRESULT put_stream(struct msg_dir *dir, ULONG tag, long index, const void *data, size_t size)
{
    char name[40];
    msg_stream_name(tag, index, name);
    return dir->ops->write(dir, name, data, size);
}

ULONG msg_flags_get(const struct msg_flags *flags, ULONG prop_id)
{
    for (ULONG i = 0; i < flags->count; i++)
        if (flags->rows[i].prop_id == prop_id)
            return flags->rows[i].flags;
    return FLAGS_READ_WRITE;
}

HRESULT msg_flags_set(struct msg_flags *flags, ULONG prop_id, ULONG value)
{
    for (ULONG i = 0; i < flags->count; i++) {
        if (flags->rows[i].prop_id == prop_id) {
            flags->rows[i].flags = value;
            return S_OK;
        }
    }
    if (value == FLAGS_READ_WRITE)
        return S_OK;
    struct msg_flag *rows = realloc(flags->rows, (flags->count + 1) * sizeof *rows);
    if (!rows)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    flags->rows = rows;
    rows[flags->count++] = (struct msg_flag){prop_id, value};
    return S_OK;
}

void msg_flags_free(struct msg_flags *flags)
{
    free(flags->rows);
    *flags = (struct msg_flags){NULL, 0};
}

static void put_entry(struct bytebuf *out, ULONG tag, uint64_t value)
{
    bytebuf_le32(out, tag);
    bytebuf_le32(out, FLAGS_READ_WRITE);
    bytebuf_le32(out, (uint32_t)value);
    bytebuf_le32(out, (uint32_t)(value >> 32));
}

static uint64_t fixed_bits(const SPropValue *value)
{
    uint64_t bits = 0;
    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_I2:
        return (uint16_t)value->Value.i;
    case PT_BOOLEAN:
        return value->Value.b != 0;
    default:
        memcpy(&bits, &value->Value, prop_type_size(PROP_TYPE(value->ulPropTag)));
        return bits;
    }
}

static HRESULT put_mv_variable(struct msg_dir *dir, const SPropValue *value, struct bytebuf *entries)
{
    bool binary = PROP_TYPE(value->ulPropTag) == PT_MV_BINARY;
    ULONG count = binary ? value->Value.MVbin.cValues : value->Value.MVszW.cValues;
    struct bytebuf lengths = {0};
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < count && SUCCEEDED(hr); i++) {
        const void *data =
            binary ? (const void *)value->Value.MVbin.lpbin[i].lpb : value->Value.MVszW.lppszW[i];
        size_t size = binary ? value->Value.MVbin.lpbin[i].cb : text_bytes(data) + sizeof(WCHAR);
        bytebuf_le32(&lengths, (uint32_t)size);
        if (binary)
            bytebuf_le32(&lengths, 0);
        hr = put_stream(dir, value->ulPropTag, (long)i, data, size);
    }
    if (lengths.failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = put_stream(dir, value->ulPropTag, -1, lengths.data, lengths.size);
    put_entry(entries, value->ulPropTag, lengths.size);
    bytebuf_free(&lengths);
    return hr;
}

static HRESULT put_property(struct msg_dir *dir, const SPropValue *value, struct bytebuf *entries)
{
    ULONG tag = value->ulPropTag, type = PROP_TYPE(tag);
    size_t size;
    switch (type) {
    case PT_UNICODE: /* its stream has no NUL, but its entry counts one */
        size = text_bytes(value->Value.lpszW);
        put_entry(entries, tag, size + sizeof(WCHAR));
        return put_stream(dir, tag, -1, value->Value.lpszW, size);
    case PT_BINARY:
        put_entry(entries, tag, value->Value.bin.cb);
        return put_stream(dir, tag, -1, value->Value.bin.lpb, value->Value.bin.cb);
    case PT_CLSID:
        put_entry(entries, tag, sizeof(GUID));
        return put_stream(dir, tag, -1, value->Value.lpguid, sizeof(GUID));
    case PT_MV_UNICODE:
    case PT_MV_BINARY:
        return put_mv_variable(dir, value, entries);
    default:
        break;
    }
    if (type & MV_FLAG) {
        size = prop_type_size(type & ~(ULONG)MV_FLAG);
        if (size == 0)
            return S_OK;
        size *= value->Value.MVl.cValues; /* count and pointer are alike in all of them */
        put_entry(entries, tag, size);
        return put_stream(dir, tag, -1, value->Value.MVl.lpl, size);
    }
    if (prop_type_size(type) && type != PT_CLSID)
        put_entry(entries, tag, fixed_bits(value));
    return S_OK;
}

/* All properties of a bag; `skip` is a property id that is not written (0: none). */
static HRESULT put_bag(struct msg_dir *dir, const struct propbag *props, ULONG skip, struct bytebuf *entries)
{
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < propbag_count(props) && SUCCEEDED(hr); i++) {
        const struct propbag_entry *entry = propbag_at(props, i);
        ULONG id = PROP_ID(entry->value.ulPropTag);
        if (!entry->lazy && id != skip && id != PROP_ID(PR_STORE_SUPPORT_MASK))
            hr = put_property(dir, &entry->value, entries);
    }
    return hr;
}

/* Puts attributes into entries that begin at `start`. */
static void put_flags(const struct msg_flags *flags, struct bytebuf *entries, size_t start)
{
    for (size_t i = start; i + 16 <= entries->size; i += 16) {
        ULONG id = (ULONG)entries->data[i + 2] | (ULONG)entries->data[i + 3] << 8;
        entries->data[i + 4] = (uint8_t)msg_flags_get(flags, id);
    }
}

static HRESULT finish(struct msg_dir *dir, struct bytebuf *entries)
{
    HRESULT hr = entries->failed ? MAPI_E_NOT_ENOUGH_MEMORY
                                 : dir->ops->write(dir, PROPERTIES_STREAM, entries->data, entries->size);
    bytebuf_free(entries);
    return hr;
}

/*
 * The numbers below `count`, each once, in an order in which a tree that is not balanced comes out balanced: the middle
 * first. Wine's compound files hold elements so; written in their order, thousands of recipients become a list so deep
 * that readers which call themselves for each element give up. Begins and ends with `count`.
 */
static ULONG next_part(ULONG number, ULONG count)
{
    ULONG step = 1;
    if (number >= count) {
        while (step <= count / 2)
            step *= 2;
        return count ? step - 1 : count;
    }
    while (!((number + 1) & step))
        step *= 2;
    if (count - number > 2 * step)
        return number + 2 * step;
    return step > 1 ? step / 2 - 1 : count;
}

static HRESULT write_message(struct msg_dir *dir, const struct mbx_message *message,
                             const struct msg_flags *flags, int depth);

static HRESULT write_recipient(struct msg_dir *dir, const struct propbag *props, ULONG number)
{
    struct bytebuf entries = {0};
    bytebuf_le32(&entries, 0);
    bytebuf_le32(&entries, 0);
    HRESULT hr = put_bag(dir, props, PROP_ID(PR_ROWID), &entries);
    put_entry(&entries, PR_ROWID, number);
    if (SUCCEEDED(hr))
        return finish(dir, &entries);
    bytebuf_free(&entries);
    return hr;
}

static HRESULT write_attachment(struct msg_dir *dir, const struct mbx_attachment *attachment, ULONG number,
                                int depth)
{
    struct bytebuf entries = {0};
    struct msg_dir inner;
    const struct propbag *props = attachment->props;
    LONG method = propbag_long(props, PR_ATTACH_METHOD, (LONG)ATTACH_BY_VALUE);
    const struct propbag_entry *data = propbag_find(props, PROP_ID(PR_ATTACH_DATA_BIN));
    bool object = attachment->embedded ||
                  (method == (LONG)ATTACH_OLE && data && PROP_TYPE(data->value.ulPropTag) == PT_BINARY);
    HRESULT hr = S_OK;
    bytebuf_le32(&entries, 0);
    bytebuf_le32(&entries, 0);
    if (attachment->embedded) {
        hr = dir->ops->open(dir, EMBEDDED_DIR, true, &inner);
        if (SUCCEEDED(hr)) {
            hr = write_message(&inner, attachment->embedded, NULL, depth + 1);
            inner.ops->close(&inner);
        }
        put_entry(&entries, PR_ATTACH_DATA_OBJ, 0xffffffffu | (uint64_t)OBJECT_MESSAGE << 32);
    } else if (object) {
        hr = dir->ops->write_object(dir, EMBEDDED_DIR, data->value.Value.bin.lpb, data->value.Value.bin.cb);
        put_entry(&entries, PR_ATTACH_DATA_OBJ, 0xffffffffu | (uint64_t)OBJECT_STORAGE << 32);
    }
    /* PR_ATTACH_NUM is the place in this file; the object is not written a second time as bytes. */
    for (ULONG i = 0; i < propbag_count(props) && SUCCEEDED(hr); i++) {
        const struct propbag_entry *entry = propbag_at(props, i);
        ULONG id = PROP_ID(entry->value.ulPropTag);
        if (!entry->lazy && id != PROP_ID(PR_ATTACH_NUM) && !(object && id == PROP_ID(PR_ATTACH_DATA_BIN)))
            hr = put_property(dir, &entry->value, &entries);
    }
    put_entry(&entries, PR_ATTACH_NUM, number);
    if (SUCCEEDED(hr))
        return finish(dir, &entries);
    bytebuf_free(&entries);
    return hr;
}

/* Opens a new numbered folder: "__recip_version1.0_#00000000". */
static HRESULT open_part(struct msg_dir *dir, const char *kind, ULONG number, struct msg_dir *out)
{
    char name[40];
    snprintf(name, sizeof name, "__%s_version1.0_#%08lX", kind, (unsigned long)number);
    return dir->ops->open(dir, name, true, out);
}

static HRESULT write_message(struct msg_dir *dir, const struct mbx_message *message,
                             const struct msg_flags *flags, int depth)
{
    struct bytebuf entries = {0};
    ULONG recipients = message->recipient_count, attachments = 0;
    struct msg_dir part;
    HRESULT hr = depth > MSG_DEPTH_LIMIT ? MAPI_E_TOO_BIG : S_OK;
    for (ULONG i = next_part(recipients, recipients); i < recipients && SUCCEEDED(hr); i = next_part(i, recipients)) {
        hr = open_part(dir, "recip", i, &part);
        if (SUCCEEDED(hr)) {
            hr = write_recipient(&part, message->recipients[i], i);
            part.ops->close(&part);
        }
    }
    for (ULONG i = 0; i < message->attachment_count && SUCCEEDED(hr); i++) {
        const struct mbx_attachment *attachment = &message->attachments[i];
        if (attachment->deleted || !attachment->props)
            continue;
        hr = open_part(dir, "attach", attachments, &part);
        if (SUCCEEDED(hr)) {
            hr = write_attachment(&part, attachment, attachments, depth);
            part.ops->close(&part);
        }
        attachments++;
    }
    bytebuf_le32(&entries, 0);
    bytebuf_le32(&entries, 0);
    bytebuf_le32(&entries, recipients);  /* the next recipient's number */
    bytebuf_le32(&entries, attachments); /* the next attachment's */
    bytebuf_le32(&entries, recipients);
    bytebuf_le32(&entries, attachments);
    if (depth == 0) {
        bytebuf_le32(&entries, 0);
        bytebuf_le32(&entries, 0);
    }
    size_t start = entries.size;
    if (SUCCEEDED(hr))
        hr = put_bag(dir, message->props, 0, &entries);
    put_entry(&entries, PR_STORE_SUPPORT_MASK, SUPPORT_UNICODE);
    if (flags && !entries.failed)
        put_flags(flags, &entries, start);
    if (SUCCEEDED(hr))
        return finish(dir, &entries);
    bytebuf_free(&entries);
    return hr;
}

HRESULT msg_write(struct msg_dir *root, const struct mbx_message *message, const struct msg_names *names,
                  const struct msg_flags *flags)
{
    HRESULT hr = root->ops->clear(root);
    if (SUCCEEDED(hr))
        hr = msg_names_write(root, names);
    if (SUCCEEDED(hr))
        hr = write_message(root, message, flags, 0);
    return hr;
}
