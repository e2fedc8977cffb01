/*
 * msg_read.c: the message in a message file (MS-OXMSG 2.1, 2.4). Layer: provider, portable part.
 *
 * Each object is a folder with a properties stream of 16-byte entries; fixed values are in the entry, others
 * in streams named by the tag.
 */
#include "charset.h"
#include "mapi_exchange.h"
#include "msg_file.h"
#include "prop_type.h"

#include <stdlib.h>
#include <string.h>

#define PROPERTIES_STREAM "__properties_version1.0"
#define RECIP_PREFIX      "__recip_version1.0_#"
#define ATTACH_PREFIX     "__attach_version1.0_#"
#define EMBEDDED_DIR      "__substg1.0_3701000D"
#define HEADER_TOP        32
#define HEADER_EMBEDDED   24
#define HEADER_PART       8

#define FLAGS_KNOWN 7u /* PROPATTR_MANDATORY, _READABLE, _WRITEABLE */

struct reader {
    uint32_t codepage;       /* of 8-bit strings */
    struct msg_flags *flags; /* of the outermost message; NULL for all else */
};

static uint32_t le32(const uint8_t *p)
{
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint64_t le64(const uint8_t *p)
{
    return le32(p) | (uint64_t)le32(p + 4) << 32;
}

static void fixed_value(ULONG type, const uint8_t *p, SPropValue *value)
{
    uint64_t bits = prop_type_size(type) == 8   ? le64(p)
                    : prop_type_size(type) == 4 ? le32(p)
                                            : (uint64_t)(p[0] | p[1] << 8);
    switch (type) {
    case PT_I2:
        value->Value.i = (short)bits;
        break;
    case PT_BOOLEAN:
        value->Value.b = bits != 0;
        break;
    default:
        memcpy(&value->Value, &bits, sizeof bits); /* the union's other members begin at the same place */
    }
}

/* A string as UTF-16 without its NULs, with one behind. */
static void string_value(const struct reader *r, ULONG type, const struct bytebuf *bytes,
                         struct bytebuf *wide)
{
    if (type == PT_UNICODE) {
        bytebuf_add(wide, bytes->data, bytes->size & ~(size_t)1);
    } else {
        struct bytebuf utf8 = {0};
        charset_to_utf8(r->codepage, bytes->data, bytes->size, &utf8);
        charset_utf8_to_utf16((const char *)utf8.data, utf8.size, wide);
        wide->failed |= utf8.failed;
        bytebuf_free(&utf8);
    }
    while (wide->size >= 2 && !wide->data[wide->size - 2] && !wide->data[wide->size - 1])
        wide->size -= 2;
    bytebuf_le16(wide, 0);
}

static HRESULT read_value_stream(struct msg_dir *dir, ULONG tag, long index, struct bytebuf *out)
{
    char name[40];
    msg_stream_name(tag, index, name);
    HRESULT hr = dir->ops->read(dir, name, out);
    if (SUCCEEDED(hr) && out->failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    return hr;
}

static HRESULT set_stream_value(const struct reader *r, ULONG tag, const struct bytebuf *bytes,
                                struct propbag *props)
{
    struct bytebuf wide = {0};
    ULONG type = PROP_TYPE(tag);
    SPropValue value = {.ulPropTag = tag};
    if (type == PT_BINARY) {
        value.Value.bin.cb = (ULONG)bytes->size;
        value.Value.bin.lpb = bytes->size ? bytes->data : (BYTE *)"";
    } else if (type == PT_CLSID) {
        if (bytes->size < sizeof(GUID))
            return S_FALSE;
        value.Value.lpguid = (GUID *)bytes->data;
    } else {
        string_value(r, type, bytes, &wide);
        value.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
        value.Value.lpszW = (WCHAR *)wide.data;
    }
    HRESULT hr = wide.failed ? MAPI_E_NOT_ENOUGH_MEMORY : propbag_set(props, &value);
    bytebuf_free(&wide);
    return hr;
}

/* A multi-valued property of a fixed type: one stream of all values. */
static HRESULT read_mv_fixed(struct msg_dir *dir, ULONG tag, struct propbag *props)
{
    struct bytebuf bytes = {0};
    ULONG type = PROP_TYPE(tag) & ~(ULONG)MV_FLAG;
    size_t size = prop_type_size(type);
    SPropValue value = {.ulPropTag = tag};
    HRESULT hr = read_value_stream(dir, tag, -1, &bytes);
    if (SUCCEEDED(hr) && bytes.size / size > 0 && bytes.size / size < MSG_PARTS_LIMIT) {
        /* The arrays of SPropValue have the file's layout, and begin with count and pointer alike. */
        value.Value.MVl.cValues = (ULONG)(bytes.size / size);
        value.Value.MVl.lpl = (LONG *)bytes.data;
        hr = propbag_set(props, &value);
    }
    bytebuf_free(&bytes);
    return hr;
}

/* A multi-valued property of strings or binaries: a stream of lengths, and one stream for each value. */
static HRESULT read_mv_variable(const struct reader *r, struct msg_dir *dir, ULONG tag, struct propbag *props)
{
    struct bytebuf lengths = {0}, *values = NULL;
    ULONG type = PROP_TYPE(tag) & ~(ULONG)MV_FLAG;
    HRESULT hr = read_value_stream(dir, tag, -1, &lengths);
    size_t count = lengths.size / (type == PT_BINARY ? 8 : 4);
    SBinary *binaries = NULL;
    LPWSTR *strings = NULL;
    SPropValue value = {.ulPropTag = tag};
    if (FAILED(hr) || count == 0 || count >= MSG_PARTS_LIMIT)
        goto done;
    values = calloc(count, sizeof *values);
    binaries = calloc(count, sizeof *binaries);
    strings = calloc(count, sizeof *strings);
    if (!values || !binaries || !strings) {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
        goto done;
    }
    for (size_t i = 0; i < count && SUCCEEDED(hr); i++) {
        struct bytebuf bytes = {0};
        hr = read_value_stream(dir, tag, (long)i, &bytes);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
        if (type == PT_BINARY)
            bytebuf_add(&values[i], bytes.data, bytes.size);
        else
            string_value(r, type, &bytes, &values[i]);
        bytebuf_free(&bytes);
        if (values[i].failed)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        binaries[i].cb = (ULONG)values[i].size;
        binaries[i].lpb = values[i].size ? values[i].data : (BYTE *)"";
        strings[i] = (LPWSTR)values[i].data;
    }
    if (type == PT_BINARY) {
        value.Value.MVbin.cValues = (ULONG)count;
        value.Value.MVbin.lpbin = binaries;
    } else {
        value.ulPropTag = CHANGE_PROP_TYPE(tag, PT_MV_UNICODE);
        value.Value.MVszW.cValues = (ULONG)count;
        value.Value.MVszW.lppszW = strings;
    }
    if (SUCCEEDED(hr))
        hr = propbag_set(props, &value);
done:
    for (size_t i = 0; values && i < count; i++)
        bytebuf_free(&values[i]);
    free(values);
    free(binaries);
    free(strings);
    bytebuf_free(&lengths);
    return hr;
}

/* The bodies and the data of attachments have one type each, on which everything else relies. */
static bool type_fits(ULONG tag)
{
    ULONG type = PROP_TYPE(tag);
    bool text = type == PT_UNICODE || type == PT_STRING8;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_BODY_W):
        return text;
    case PROP_ID(PR_HTML):
        return text || type == PT_BINARY;
    case PROP_ID(PR_RTF_COMPRESSED):
    case PROP_ID(PR_ATTACH_DATA_BIN):
        return type == PT_BINARY;
    default:
        return true;
    }
}

/* PR_BODY_HTML, the string that some programs write, becomes PR_HTML: an 8-bit one as it is, another in UTF-8. */
static HRESULT set_html(ULONG type, const struct bytebuf *bytes, struct propbag *props)
{
    struct bytebuf utf8 = {0};
    SPropValue value = {.ulPropTag = PR_HTML};
    if (type == PT_UNICODE)
        charset_utf16_to_utf8((const WCHAR *)bytes->data, bytes->size / sizeof(WCHAR), &utf8);
    else
        bytebuf_add(&utf8, bytes->data, bytes->size);
    while (utf8.size > 0 && !utf8.data[utf8.size - 1])
        utf8.size--;
    value.Value.bin.cb = (ULONG)utf8.size;
    value.Value.bin.lpb = utf8.size ? utf8.data : (BYTE *)"";
    HRESULT hr = utf8.failed ? MAPI_E_NOT_ENOUGH_MEMORY : propbag_set(props, &value);
    bytebuf_free(&utf8);
    return hr;
}

static HRESULT read_property(const struct reader *r, struct msg_dir *dir, const uint8_t *entry,
                             struct propbag *props)
{
    ULONG tag = le32(entry), type = PROP_TYPE(tag), single = type & ~(ULONG)MV_FLAG;
    HRESULT hr = S_OK;
    /* The first entry of a property counts: a file that repeats one is not read again and again. */
    if (PROP_ID(tag) == 0 || PROP_ID(tag) == 0xffff || !type_fits(tag) || propbag_find(props, PROP_ID(tag)))
        return S_OK;
    if (type & MV_FLAG) {
        if (prop_type_size(single))
            hr = read_mv_fixed(dir, tag, props);
        else if (single == PT_UNICODE || single == PT_STRING8 || single == PT_BINARY)
            hr = read_mv_variable(r, dir, tag, props);
    } else if (type == PT_UNICODE || type == PT_STRING8 || type == PT_BINARY || type == PT_CLSID) {
        struct bytebuf bytes = {0};
        hr = read_value_stream(dir, tag, -1, &bytes);
        if (SUCCEEDED(hr))
            hr = PROP_ID(tag) == PROP_ID(PR_HTML) && type != PT_BINARY ? set_html(type, &bytes, props)
                                                                       : set_stream_value(r, tag, &bytes, props);
        bytebuf_free(&bytes);
    } else if (prop_type_size(type) && type != PT_ERROR) {
        SPropValue value = {.ulPropTag = tag};
        fixed_value(type, entry + 8, &value);
        hr = propbag_set(props, &value);
    }
    /* A property whose stream is missing or that the bag refuses is left out. */
    return hr == MAPI_E_NOT_ENOUGH_MEMORY ? hr : S_OK;
}

static HRESULT read_properties(struct reader *r, struct msg_dir *dir, size_t header, struct propbag *props)
{
    struct bytebuf stream = {0};
    HRESULT hr = dir->ops->read(dir, PROPERTIES_STREAM, &stream);
    if (hr == MAPI_E_NOT_FOUND || (SUCCEEDED(hr) && stream.size < header))
        hr = MAPI_E_CORRUPT_DATA;
    size_t count = SUCCEEDED(hr) ? (stream.size - header) / 16 : 0;
    if (count > MSG_PARTS_LIMIT)
        count = MSG_PARTS_LIMIT;
    /* The code page is needed before any 8-bit string. */
    for (size_t i = 0; i < count; i++) {
        const uint8_t *entry = stream.data + header + 16 * i;
        if (le32(entry) == PROP_TAG(PT_LONG, 0x3FFD) && le32(entry + 8)) /* PR_MESSAGE_CODEPAGE */
            r->codepage = le32(entry + 8);
    }
    for (size_t i = 0; i < count && SUCCEEDED(hr); i++)
        hr = read_property(r, dir, stream.data + header + 16 * i, props);
    for (size_t i = 0; i < count && SUCCEEDED(hr); i++)
        if (le32(stream.data + header + 16 * i) == CHANGE_PROP_TYPE(PR_HTML, PT_UNICODE))
            hr = propbag_set_long(props, PR_INTERNET_CPID, CHARSET_UTF8);
    for (size_t i = 0; r->flags && i < count && SUCCEEDED(hr); i++) {
        const uint8_t *entry = stream.data + header + 16 * i;
        hr = msg_flags_set(r->flags, PROP_ID(le32(entry)), le32(entry + 4) & FLAGS_KNOWN);
    }
    r->flags = NULL;
    bytebuf_free(&stream);
    return hr;
}

struct part_names {
    char (*names)[40];
    size_t count, room;
    const char *prefix;
    bool failed;
};

static HRESULT collect_part(void *context, const char *name, bool is_dir)
{
    struct part_names *parts = context;
    if (!is_dir || strncmp(name, parts->prefix, strlen(parts->prefix)) || strlen(name) >= 40 ||
        parts->count >= MSG_PARTS_LIMIT)
        return S_OK;
    if (parts->count == parts->room) {
        size_t room = parts->room ? parts->room * 2 : 16;
        void *grown = realloc(parts->names, room * sizeof *parts->names);
        if (!grown)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        parts->names = grown;
        parts->room = room;
    }
    strcpy(parts->names[parts->count++], name);
    return S_OK;
}

static int by_number(const void *a, const void *b)
{
    return strcmp(a, b); /* the numbers have eight hexadecimal digits */
}

static HRESULT list_parts(struct msg_dir *dir, const char *prefix, struct part_names *parts)
{
    *parts = (struct part_names){.prefix = prefix};
    HRESULT hr = dir->ops->list(dir, collect_part, parts);
    if (SUCCEEDED(hr) && parts->count > 1)
        qsort(parts->names, parts->count, sizeof *parts->names, by_number);
    return hr;
}

static HRESULT read_recipients(struct reader *r, struct msg_dir *dir, struct mbx_message *message)
{
    struct part_names parts;
    HRESULT hr = list_parts(dir, RECIP_PREFIX, &parts);
    message->recipients = calloc(parts.count + 1, sizeof *message->recipients);
    if (!message->recipients)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < parts.count && SUCCEEDED(hr); i++) {
        struct msg_dir part;
        struct propbag *props = NULL;
        hr = dir->ops->open(dir, parts.names[i], false, &part);
        if (FAILED(hr))
            break;
        hr = propbag_create(&props);
        if (SUCCEEDED(hr))
            hr = read_properties(r, &part, HEADER_PART, props);
        if (SUCCEEDED(hr))
            hr = propbag_set_long(props, PR_ROWID, (LONG)message->recipient_count);
        part.ops->close(&part);
        if (SUCCEEDED(hr))
            message->recipients[message->recipient_count++] = props;
        else
            propbag_free(props);
        if (hr == MAPI_E_CORRUPT_DATA)
            hr = S_OK; /* this one is left out */
    }
    message->recipients_loaded = true;
    free(parts.names);
    return hr;
}

static HRESULT read_message(struct msg_dir *dir, size_t header, int depth, uint32_t codepage,
                            struct msg_flags *flags, struct mbx_message **out);

static HRESULT read_attachment(struct reader *r, struct msg_dir *dir, int depth,
                               struct mbx_attachment *attachment)
{
    struct msg_dir inner;
    HRESULT hr = propbag_create(&attachment->props);
    if (SUCCEEDED(hr))
        hr = read_properties(r, dir, HEADER_PART, attachment->props);
    if (FAILED(hr))
        return hr;
    LONG method = propbag_long(attachment->props, PR_ATTACH_METHOD, (LONG)ATTACH_BY_VALUE);
    if (method == (LONG)ATTACH_EMBEDDED_MSG) {
        hr = dir->ops->open(dir, EMBEDDED_DIR, false, &inner);
        if (SUCCEEDED(hr)) {
            hr = read_message(&inner, HEADER_EMBEDDED, depth + 1, r->codepage, NULL, &attachment->embedded);
            attachment->has_embedded = SUCCEEDED(hr);
            inner.ops->close(&inner);
        }
    } else if (method == (LONG)ATTACH_OLE) {
        struct bytebuf bytes = {0};
        hr = dir->ops->read_object(dir, EMBEDDED_DIR, &bytes);
        SPropValue value = {.ulPropTag = PR_ATTACH_DATA_BIN};
        value.Value.bin.cb = (ULONG)bytes.size;
        value.Value.bin.lpb = bytes.data;
        if (SUCCEEDED(hr) && bytes.size)
            hr = propbag_set(attachment->props, &value);
        bytebuf_free(&bytes);
    }
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

static HRESULT read_attachments(struct reader *r, struct msg_dir *dir, int depth, struct mbx_message *message)
{
    struct part_names parts;
    HRESULT hr = list_parts(dir, ATTACH_PREFIX, &parts);
    message->attachments = calloc(parts.count + 1, sizeof *message->attachments);
    if (!message->attachments)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < parts.count && SUCCEEDED(hr); i++) {
        struct mbx_attachment *attachment = &message->attachments[message->attachment_count];
        struct msg_dir part;
        hr = dir->ops->open(dir, parts.names[i], false, &part);
        if (FAILED(hr))
            break;
        hr = read_attachment(r, &part, depth, attachment);
        part.ops->close(&part);
        if (FAILED(hr)) {
            propbag_free(attachment->props);
            mbx_message_free(attachment->embedded);
            memset(attachment, 0, sizeof *attachment);
            if (hr == MAPI_E_CORRUPT_DATA)
                hr = S_OK;
            continue;
        }
        attachment->number = message->attachment_count++;
        hr = propbag_set_long(attachment->props, PR_ATTACH_NUM, (LONG)attachment->number);
    }
    message->next_attachment_number = message->attachment_count;
    message->attachments_loaded = true;
    free(parts.names);
    return hr;
}

static HRESULT read_message(struct msg_dir *dir, size_t header, int depth, uint32_t codepage,
                            struct msg_flags *flags, struct mbx_message **out)
{
    struct reader r = {codepage, flags};
    struct mbx_message *message = NULL;
    *out = NULL;
    if (depth > MSG_DEPTH_LIMIT)
        return MAPI_E_CORRUPT_DATA;
    HRESULT hr = mbx_message_new(0, false, &message);
    if (SUCCEEDED(hr))
        hr = read_properties(&r, dir, header, message->props);
    if (SUCCEEDED(hr))
        hr = read_recipients(&r, dir, message);
    if (SUCCEEDED(hr))
        hr = read_attachments(&r, dir, depth, message);
    if (FAILED(hr)) {
        mbx_message_free(message);
        return hr;
    }
    *out = message;
    return S_OK;
}

HRESULT msg_read(struct msg_dir *root, struct mbx_message **out, struct msg_names *names,
                 struct msg_flags *flags)
{
    *out = NULL;
    HRESULT hr = msg_names_read(root, names);
    if (SUCCEEDED(hr))
        hr = read_message(root, HEADER_TOP, 0, CHARSET_CP1252, flags, out);
    return hr;
}
