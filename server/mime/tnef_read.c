/*
 * tnef_read.c: the attributes of a TNEF stream (MS-OXTNEF 2.1.3): those of the message, then those of each
 * attachment. Layer: MIME (portable).
 *
 * Newer writers put everything into lists of properties (attMsgProps, attAttachment); the older attributes
 * say the same again, or, from older programs, alone. They become the properties that they stand for where a
 * list has none.
 */
#include "charset.h"
#include "mapi_exchange.h"
#include "tnef.h"

#include <stdlib.h>
#include <string.h>

#define SIGNATURE   0x223e9f78u
#define HEAD_SIZE   9 /* level, attribute, length */
#define LEVEL_TOP   1
#define LEVEL_PART  2
#define DEFAULT_OEM 1252

static const uint8_t iid_message[16] = {7,    3, 2, 0, 0, 0, 0, 0,
                                        0xc0, 0, 0, 0, 0, 0, 0, 0x46}; /* IID_IMessage */

enum attribute {
    ATT_OWNER = 0x00060000,
    ATT_SENT_FOR = 0x00060001,
    ATT_DELEGATE = 0x00060002,
    ATT_DATE_START = 0x00030006,
    ATT_DATE_END = 0x00030007,
    ATT_AID_OWNER = 0x00050008,
    ATT_AID_OWNER_OTHER = 0x00040008, /* as MS-OXTNEF has it */
    ATT_REQUEST_RES = 0x00040009,
    ATT_ORIGINAL_CLASS = 0x00070006,
    ATT_FROM = 0x00008000,
    ATT_SUBJECT = 0x00018004,
    ATT_DATE_SENT = 0x00038005,
    ATT_DATE_RECEIVED = 0x00038006,
    ATT_STATUS = 0x00068007,
    ATT_CLASS = 0x00078008,
    ATT_MESSAGE_ID = 0x00018009,
    ATT_PARENT_ID = 0x0001800a,
    ATT_CONVERSATION_ID = 0x0001800b,
    ATT_BODY = 0x0002800c,
    ATT_PRIORITY = 0x0004800d,
    ATT_ATTACH_DATA = 0x0006800f,
    ATT_ATTACH_TITLE = 0x00018010,
    ATT_ATTACH_METAFILE = 0x00068011,
    ATT_ATTACH_CREATED = 0x00038012,
    ATT_ATTACH_MODIFIED = 0x00038013,
    ATT_MODIFIED = 0x00038020,
    ATT_TRANSPORT_NAME = 0x00069001,
    ATT_RENDERING = 0x00069002,
    ATT_PROPS = 0x00069003,
    ATT_RECIPIENTS = 0x00069004,
    ATT_ATTACHMENT = 0x00069005,
    ATT_VERSION = 0x00089006,
    ATT_CODEPAGE = 0x00069007,
};

/* What becomes of an older attribute: one property of the message or of the attachment. */
enum form { FORM_NONE, FORM_TEXT, FORM_DATE, FORM_LONG, FORM_BOOL, FORM_KEY, FORM_CLASS, FORM_BINARY };
static const struct {
    uint32_t attribute;
    enum form form;
    ULONG tag;
} attributes[] = {
    {ATT_DATE_START, FORM_DATE, PR_START_DATE},
    {ATT_DATE_END, FORM_DATE, PR_END_DATE},
    {ATT_AID_OWNER, FORM_LONG, PR_OWNER_APPT_ID},
    {ATT_AID_OWNER_OTHER, FORM_LONG, PR_OWNER_APPT_ID},
    {ATT_REQUEST_RES, FORM_BOOL, PR_RESPONSE_REQUESTED},
    {ATT_ORIGINAL_CLASS, FORM_CLASS, PR_ORIG_MESSAGE_CLASS_W},
    {ATT_SUBJECT, FORM_TEXT, PR_SUBJECT_W},
    {ATT_DATE_SENT, FORM_DATE, PR_CLIENT_SUBMIT_TIME},
    {ATT_DATE_RECEIVED, FORM_DATE, PR_MESSAGE_DELIVERY_TIME},
    {ATT_STATUS, FORM_NONE, 0}, /* of the sender's copy */
    {ATT_CLASS, FORM_CLASS, PR_MESSAGE_CLASS_W},
    {ATT_MESSAGE_ID, FORM_KEY, PR_SEARCH_KEY},
    {ATT_PARENT_ID, FORM_KEY, PR_PARENT_KEY},
    {ATT_CONVERSATION_ID, FORM_KEY, PR_CONVERSATION_KEY},
    {ATT_BODY, FORM_TEXT, PR_BODY_W},
    {ATT_MODIFIED, FORM_DATE, PR_LAST_MODIFICATION_TIME},
    {ATT_DELEGATE, FORM_BINARY, PR_DELEGATION},
    {ATT_ATTACH_TITLE, FORM_TEXT, PR_ATTACH_FILENAME_W},
    {ATT_ATTACH_METAFILE, FORM_BINARY, PR_ATTACH_RENDERING},
    {ATT_ATTACH_CREATED, FORM_DATE, PR_CREATION_TIME},
    {ATT_ATTACH_MODIFIED, FORM_DATE, PR_LAST_MODIFICATION_TIME},
    {ATT_TRANSPORT_NAME, FORM_TEXT, PR_ATTACH_TRANSPORT_NAME_W},
    {ATT_VERSION, FORM_NONE, 0},
    {ATT_CODEPAGE, FORM_NONE, 0}, /* read before all others */
};

/* Message classes that have another name in TNEF (MS-OXTNEF 2.1.3.3.5). */
static const struct {
    const char *there, *here;
} classes[] = {
    {"IPM.Microsoft Mail.Note", "IPM.Note"},
    {"IPM.Microsoft Mail.Read Receipt", "REPORT.IPM.Note.IPNRN"},
    {"IPM.Microsoft Mail.Non-Delivery", "REPORT.IPM.Note.NDR"},
    {"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
    {"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
    {"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
    {"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
    {"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"},
};

struct cursor {
    struct tnef_message *message;
    struct tnef_attachment *attachment; /* that the attributes of LEVEL_PART belong to */
};

static void read_message(struct tnef_reader *r, struct tnef_bytes bytes, struct tnef_message *message);

static void put_text(struct tnef_reader *r, struct tnef_props *props, ULONG tag, uint32_t codepage,
                     struct tnef_bytes text)
{
    SPropValue value = {.ulPropTag = tag};
    value.Value.lpszW = tnef_text(r, codepage, text);
    if (value.Value.lpszW)
        tnef_put(r, props, &value, NULL, true);
}

static void put_class(struct tnef_reader *r, struct tnef_props *props, ULONG tag, struct tnef_bytes text)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        size_t size = strlen(classes[i].there);
        if (text.left >= size && !memcmp(text.at, classes[i].there, size) &&
            (text.left == size || !text.at[size]))
            text = (struct tnef_bytes){(const uint8_t *)classes[i].here, strlen(classes[i].here)};
    }
    put_text(r, props, tag, DEFAULT_OEM, text);
}

/* Days since 1601 of a day of the Gregorian calendar. */
static int64_t days_of(uint32_t year, uint32_t month, uint32_t day)
{
    int64_t y = (int64_t)year - (month <= 2), m = month <= 2 ? month + 9 : month - 3;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 584694;
}

static bool put_date(struct tnef_reader *r, struct tnef_props *props, ULONG tag, struct tnef_bytes bytes)
{
    uint32_t part[6];
    if (bytes.left < 12)
        return false;
    for (size_t i = 0; i < 6; i++)
        part[i] = tnef_u16(&bytes);
    if (part[0] == 0)
        return true; /* no date */
    if (part[0] < 1601 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31 || part[3] > 23 ||
        part[4] > 59 || part[5] > 60)
        return false;
    int64_t seconds = days_of(part[0], part[1], part[2]) * 86400 + part[3] * 3600 + part[4] * 60 + part[5];
    uint64_t ticks = (uint64_t)seconds * 10000000;
    SPropValue value = {.ulPropTag = tag};
    value.Value.ft.dwLowDateTime = (DWORD)ticks;
    value.Value.ft.dwHighDateTime = (DWORD)(ticks >> 32);
    tnef_put(r, props, &value, NULL, true);
    return true;
}

static void put_binary(struct tnef_reader *r, struct tnef_props *props, ULONG tag, const void *data,
                       size_t size)
{
    SPropValue value = {.ulPropTag = tag};
    value.Value.bin.cb = (ULONG)size;
    value.Value.bin.lpb = (BYTE *)data;
    tnef_put(r, props, &value, NULL, true);
}

/* A key is written in hexadecimal digits. */
static bool put_key(struct tnef_reader *r, struct tnef_props *props, ULONG tag, struct tnef_bytes text)
{
    uint8_t *key = mem_arena_alloc(&r->tnef->arena, text.left / 2 + 1);
    size_t size = 0;
    r->failed |= !key;
    while (key && text.left >= 2 && text.at[0]) {
        struct tnef_bytes pair = tnef_take(&text, 2);
        unsigned value = 0;
        for (size_t i = 0; i < 2; i++) {
            uint8_t c = pair.at[i];
            if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f')))
                return false;
            value = value * 16 + (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
        }
        key[size++] = (uint8_t)value;
    }
    if (size)
        put_binary(r, props, tag, key, size);
    return true;
}

/* A person: display name and "TYPE:address". */
struct person_tags {
    ULONG name, type, address;
};
static const struct person_tags sender = {PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W};
static const struct person_tags representing = {PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W,
                                                PR_SENT_REPRESENTING_EMAIL_ADDRESS_W};
static const struct person_tags receiving = {PR_RCVD_REPRESENTING_NAME_W, PR_RCVD_REPRESENTING_ADDRTYPE_W,
                                             PR_RCVD_REPRESENTING_EMAIL_ADDRESS_W};

static void put_person(struct tnef_reader *r, struct tnef_message *message, const struct person_tags *tags,
                       struct tnef_bytes name, struct tnef_bytes address)
{
    const uint8_t *colon = address.left ? memchr(address.at, ':', address.left) : NULL;
    put_text(r, &message->props, tags->name, message->codepage, name);
    if (!colon)
        return;
    struct tnef_bytes type = tnef_take(&address, (size_t)(colon - address.at));
    tnef_take(&address, 1);
    put_text(r, &message->props, tags->type, message->codepage, type);
    put_text(r, &message->props, tags->address, message->codepage, address);
}

/* attFrom: a kind, the structure's size, then two sizes and the two texts (MS-OXTNEF 2.1.3.3.2). */
static bool put_from(struct tnef_reader *r, struct tnef_message *message, struct tnef_bytes bytes)
{
    if (bytes.left < 8)
        return false;
    tnef_take(&bytes, 4);
    uint32_t name_size = tnef_u16(&bytes), address_size = tnef_u16(&bytes);
    struct tnef_bytes name = tnef_take(&bytes, name_size), address = tnef_take(&bytes, address_size);
    put_person(r, message, &sender, name, address);
    return name.left == name_size && address.left == address_size;
}

/* attOwner and attSentFor: each text with its size before it. The owner of a request sent it; of an answer,
 * gets it. */
static bool put_owner(struct tnef_reader *r, struct tnef_message *message, bool owner,
                      struct tnef_bytes bytes)
{
    static const WCHAR start[] = L"IPM.Schedule.Meeting.Resp.";
    const SPropValue *class = tnef_find(&message->props, PR_MESSAGE_CLASS_W);
    bool answers = owner && class && class->ulPropTag == PR_MESSAGE_CLASS_W;
    for (size_t i = 0; answers && start[i]; i++)
        answers = class->Value.lpszW[i] == start[i];
    struct tnef_bytes name = tnef_take(&bytes, tnef_u16(&bytes));
    struct tnef_bytes address = tnef_take(&bytes, tnef_u16(&bytes));
    put_person(r, message, answers ? &receiving : &representing, name, address);
    return true;
}

static bool put_number(struct tnef_reader *r, struct tnef_props *props, enum form form, ULONG tag,
                       struct tnef_bytes bytes)
{
    SPropValue value = {.ulPropTag = tag};
    if (bytes.left < (form == FORM_LONG ? 4u : 2u))
        return false;
    if (form == FORM_LONG)
        value.Value.l = (LONG)tnef_u32(&bytes);
    else
        value.Value.b = tnef_u16(&bytes) != 0;
    tnef_put(r, props, &value, NULL, true);
    return true;
}

/* attPriority: 1 high, 2 normal, 3 low. */
static bool put_priority(struct tnef_reader *r, struct tnef_message *message, struct tnef_bytes bytes)
{
    uint32_t priority = tnef_u16(&bytes);
    SPropValue value = {.ulPropTag = PR_IMPORTANCE};
    value.Value.l = priority == 1 ? IMPORTANCE_HIGH : priority == 3 ? IMPORTANCE_LOW : IMPORTANCE_NORMAL;
    tnef_put(r, &message->props, &value, NULL, true);
    return true;
}

static bool put_recipients(struct tnef_reader *r, struct tnef_message *message, struct tnef_bytes bytes)
{
    if (bytes.left < 4)
        return false;
    for (ULONG rows = tnef_u32(&bytes); rows > 0 && !r->failed; rows--) {
        if (message->recipient_count >= TNEF_PARTS_LIMIT)
            return false;
        struct tnef_props *grown = tnef_grow(r, message->recipients, message->recipient_count,
                                             &message->recipient_room, sizeof *grown);
        if (!grown)
            return true;
        message->recipients = grown;
        grown[message->recipient_count] = (struct tnef_props){NULL, 0, 0};
        if (!tnef_read_props(r, message->codepage, &bytes, &grown[message->recipient_count]))
            return false;
        message->recipient_count++;
    }
    return true;
}

/* attAttachRendData begins an attachment. */
static bool begin_attachment(struct tnef_reader *r, struct cursor *at, struct tnef_bytes bytes)
{
    struct tnef_message *message = at->message;
    SPropValue value = {.ulPropTag = PR_ATTACH_METHOD};
    at->attachment = NULL;
    if (message->attachment_count >= TNEF_PARTS_LIMIT)
        return false;
    struct tnef_attachment *grown = tnef_grow(r, message->attachments, message->attachment_count,
                                              &message->attachment_room, sizeof *grown);
    if (!grown)
        return true;
    message->attachments = grown;
    at->attachment = &grown[message->attachment_count++];
    *at->attachment = (struct tnef_attachment){.data = NULL};
    value.Value.l = tnef_u16(&bytes) == 2 ? (LONG)ATTACH_OLE : (LONG)ATTACH_BY_VALUE;
    tnef_put(r, &at->attachment->props, &value, NULL, true);
    value.ulPropTag = PR_RENDERING_POSITION;
    value.Value.l = bytes.left < 4 ? -1 : (LONG)tnef_u32(&bytes);
    tnef_put(r, &at->attachment->props, &value, NULL, true);
    return true;
}

/* The attachment's list has the embedded message, or an OLE object, as one property: interface id, then
 * bytes. */
static bool put_attachment(struct tnef_reader *r, struct cursor *at, struct tnef_bytes bytes)
{
    struct tnef_props *props = &at->attachment->props;
    bool good = tnef_read_props(r, at->message->codepage, &bytes, props);
    for (size_t i = 0; i < props->count; i++) {
        const SPropValue *value = &props->items[i].value;
        if (PROP_ID(value->ulPropTag) != PROP_ID(PR_ATTACH_DATA_OBJ) || props->items[i].name ||
            (PROP_TYPE(value->ulPropTag) != PT_OBJECT && PROP_TYPE(value->ulPropTag) != PT_BINARY))
            continue;
        struct tnef_bytes content = {value->Value.bin.lpb, value->Value.bin.cb};
        bool has_iid = PROP_TYPE(value->ulPropTag) == PT_OBJECT;
        struct tnef_bytes iid = tnef_take(&content, has_iid ? sizeof iid_message : 0);
        if (has_iid && iid.left == sizeof iid_message && !memcmp(iid.at, iid_message, sizeof iid_message)) {
            at->attachment->message = mem_arena_alloc(&r->tnef->arena, sizeof *at->attachment->message);
            r->failed |= !at->attachment->message;
            if (at->attachment->message)
                read_message(r, content, at->attachment->message);
        } else {
            at->attachment->data = content.at;
            at->attachment->size = content.left;
        }
        props->items[i] = props->items[--props->count];
        break;
    }
    return good;
}

static bool read_simple(struct tnef_reader *r, struct cursor *at, uint32_t attribute, struct tnef_bytes bytes)
{
    struct tnef_props *props = at->attachment ? &at->attachment->props : &at->message->props;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        ULONG tag = attributes[i].tag;
        if (attributes[i].attribute != attribute)
            continue;
        switch (attributes[i].form) {
        case FORM_TEXT:
            put_text(r, props, tag, at->message->codepage, bytes);
            return true;
        case FORM_CLASS:
            put_class(r, props, tag, bytes);
            return true;
        case FORM_DATE:
            return put_date(r, props, tag, bytes);
        case FORM_LONG:
        case FORM_BOOL:
            return put_number(r, props, attributes[i].form, tag, bytes);
        case FORM_KEY:
            return put_key(r, props, tag, bytes);
        case FORM_BINARY:
            put_binary(r, props, tag, bytes.at, bytes.left);
            return true;
        case FORM_NONE:
            return true;
        }
    }
    return false;
}

/* From 0x8000 on the lower half alone says what it is; some writers leave the type in the upper half out. */
static uint32_t whole_attribute(uint32_t attribute)
{
    static const uint32_t others[] = {ATT_FROM,  ATT_PRIORITY,   ATT_ATTACH_DATA, ATT_RENDERING,
                                      ATT_PROPS, ATT_RECIPIENTS, ATT_ATTACHMENT};
    if (!(attribute & 0x8000))
        return attribute;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if ((others[i] & 0xffff) == (attribute & 0xffff))
            return others[i];
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if ((attributes[i].attribute & 0xffff) == (attribute & 0xffff))
            return attributes[i].attribute;
    return attribute;
}

static bool read_attribute(struct tnef_reader *r, struct cursor *at, uint32_t attribute,
                           struct tnef_bytes bytes)
{
    switch (attribute) {
    case ATT_FROM:
        return put_from(r, at->message, bytes);
    case ATT_OWNER:
    case ATT_SENT_FOR:
        return put_owner(r, at->message, attribute == ATT_OWNER, bytes);
    case ATT_PRIORITY:
        return put_priority(r, at->message, bytes);
    case ATT_PROPS:
        tnef_read_props(r, at->message->codepage, &bytes, &at->message->props);
        return true; /* what is wrong has been reported */
    case ATT_RECIPIENTS:
        return put_recipients(r, at->message, bytes);
    case ATT_RENDERING:
        return begin_attachment(r, at, bytes);
    case ATT_ATTACH_DATA:
        if (!at->attachment)
            return false;
        at->attachment->data = bytes.at;
        at->attachment->size = bytes.left;
        return true;
    case ATT_ATTACHMENT:
        return at->attachment && put_attachment(r, at, bytes);
    default:
        return read_simple(r, at, attribute, bytes);
    }
}

struct piece {
    uint32_t level, attribute;
    struct tnef_bytes content;
    bool whole, sound; /* not cut; the checksum is right */
};

static bool next_piece(struct tnef_bytes *bytes, struct piece *piece)
{
    if (bytes->left < HEAD_SIZE)
        return false;
    piece->level = tnef_u8(bytes);
    piece->attribute = whole_attribute(tnef_u32(bytes));
    uint32_t size = tnef_u32(bytes);
    piece->whole = bytes->left >= (uint64_t)size + 2;
    piece->content = tnef_take(bytes, size);
    uint16_t sum = 0;
    for (size_t i = 0; i < piece->content.left; i++)
        sum = (uint16_t)(sum + piece->content.at[i]);
    piece->sound = tnef_u16(bytes) == sum;
    return piece->level == LEVEL_TOP || piece->level == LEVEL_PART;
}

/* Anything but line ends and zeros after the last attribute. */
static bool is_blank(struct tnef_bytes bytes)
{
    for (size_t i = 0; i < bytes.left; i++)
        if (bytes.at[i] && bytes.at[i] != '\r' && bytes.at[i] != '\n')
            return false;
    return true;
}

static void find_codepage(struct tnef_bytes bytes, struct tnef_message *message)
{
    struct piece piece;
    for (int i = 0; i < 8 && next_piece(&bytes, &piece); i++)
        if (piece.attribute == ATT_CODEPAGE && piece.content.left >= 4)
            message->codepage = tnef_u32(&piece.content);
    if (!message->codepage)
        message->codepage = DEFAULT_OEM;
}

static void read_message(struct tnef_reader *r, struct tnef_bytes bytes, struct tnef_message *message)
{
    struct cursor at = {message, NULL};
    struct piece piece;
    if (bytes.left < 6 || tnef_u32(&bytes) != SIGNATURE || r->depth >= TNEF_DEPTH_LIMIT) {
        TNEF_PROBLEM(r, "winmail.dat: %s",
                     r->depth >= TNEF_DEPTH_LIMIT ? "messages nested too deep"
                                                  : "an embedded message cannot be read");
        return;
    }
    tnef_take(&bytes, 2); /* the key */
    r->depth++;
    find_codepage(bytes, message);
    while (bytes.left && !r->failed) {
        struct tnef_bytes rest = bytes;
        if (is_blank(rest))
            break;
        if (!next_piece(&bytes, &piece)) {
            TNEF_PROBLEM(r, "winmail.dat: %u bytes at its end are no part of it", (unsigned)rest.left);
            break;
        }
        if (piece.level == LEVEL_TOP)
            at.attachment = NULL;
        if (!piece.whole)
            TNEF_PROBLEM(r, "winmail.dat is cut short in attribute 0x%08X", (unsigned)piece.attribute);
        else if (!piece.sound)
            TNEF_PROBLEM(r, "winmail.dat: attribute 0x%08X does not fit its checksum",
                         (unsigned)piece.attribute);
        if (!read_attribute(r, &at, piece.attribute, piece.content))
            TNEF_PROBLEM(r, "winmail.dat: attribute 0x%08X cannot be read", (unsigned)piece.attribute);
    }
    r->depth--;
}

bool tnef_is(const void *data, size_t size)
{
    struct tnef_bytes bytes = {data, size};
    return size >= 6 && tnef_u32(&bytes) == SIGNATURE;
}

HRESULT tnef_read(const void *data, size_t size, struct mime_report *report, struct tnef **out)
{
    *out = NULL;
    if (!tnef_is(data, size))
        return MAPI_E_CORRUPT_DATA;
    struct tnef *tnef = calloc(1, sizeof *tnef);
    if (!tnef)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    struct tnef_reader r = {.tnef = tnef, .report = report};
    read_message(&r, (struct tnef_bytes){data, size}, &tnef->message);
    if (r.failed) {
        tnef_free(tnef);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *out = tnef;
    return S_OK;
}

void tnef_free(struct tnef *tnef)
{
    if (!tnef)
        return;
    mem_arena_free(&tnef->arena);
    free(tnef);
}
