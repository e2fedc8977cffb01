/*
 * mime_export_headers.c: a MAPI message's properties and recipients as header fields. Layer: MIME over MAPI.
 */
#include "charset.h"
#include "mapi_address.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mime_export.h"

#include <stdlib.h>
#include <string.h>

char *mime_export_text(const SPropValue *value)
{
    size_t units = 0;
    if (PROP_TYPE(value->ulPropTag) != PT_UNICODE || !value->Value.lpszW || !value->Value.lpszW[0])
        return NULL;
    while (value->Value.lpszW[units])
        units++;
    return charset_utf8_from_utf16(value->Value.lpszW, units, NULL);
}

/* An address of another type in the form that Exchange gives it on the Internet: IMCEATYPE-… with '/' as '_'.
 */
static char *encapsulated(const char *type, const char *address)
{
    struct bytebuf out = {0};
    bytebuf_format(&out, "IMCEA%s-", type);
    for (; *address; address++) {
        uint8_t c = (uint8_t)*address;
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
            c == '=')
            bytebuf_byte(&out, c);
        else if (c == '/')
            bytebuf_byte(&out, '_');
        else
            bytebuf_format(&out, "+%02X", c);
    }
    bytebuf_text(&out, "@invalid");
    return bytebuf_take(&out, NULL);
}

/* The properties of an address, in the order name, type, address, SMTP address, entry id. */
enum { ADDRESS_NAME, ADDRESS_TYPE, ADDRESS_EMAIL, ADDRESS_SMTP, ADDRESS_ID, ADDRESS_COUNT };

/* Fills an address; false if there is none. The strings are on the heap. */
static bool read_address(const SPropValue *values, IAddrBook *book, struct mime_address *out)
{
    char *type = mime_export_text(&values[ADDRESS_TYPE]), *email = mime_export_text(&values[ADDRESS_EMAIL]);
    out->name = mime_export_text(&values[ADDRESS_NAME]);
    out->address = mime_export_text(&values[ADDRESS_SMTP]);
    if (!out->address && email &&
        (!type || !strcmp(type, "SMTP") || (strcmp(type, "EX") && strchr(email, '@')))) {
        out->address = email;
        email = NULL;
    }
    if (!out->address && book && PROP_TYPE(values[ADDRESS_ID].ulPropTag) == PT_BINARY &&
        values[ADDRESS_ID].Value.bin.cb) {
        WCHAR *smtp = NULL;
        if (SUCCEEDED(mapi_address_smtp(book, &values[ADDRESS_ID].Value.bin, &smtp))) {
            SPropValue text = {.ulPropTag = PR_SMTP_ADDRESS_W, .Value.lpszW = smtp};
            out->address = mime_export_text(&text);
        }
        mapi_free(smtp);
    }
    if (!out->address && email)
        out->address = encapsulated(type ? type : "", email);
    if (out->name && out->address && !strcmp(out->name, out->address)) {
        free(out->name); /* a display name made from the address says nothing */
        out->name = NULL;
    }
    free(type);
    free(email);
    return out->name || out->address;
}

static void add_addresses(struct mime_part *root, const char *header, const struct mime_address_list *list)
{
    struct bytebuf line = {0};
    if (list->count == 0)
        return;
    mime_format_addresses(list, &line);
    char *text = bytebuf_take(&line, NULL);
    if (text)
        mime_add_raw_header(root, header, text);
    free(text);
}

static void add_address(struct mime_part *root, const char *header, const struct mime_address *address)
{
    struct mime_address_list list = {(struct mime_address *)address, 1};
    add_addresses(root, header, &list);
}

static HRESULT add_senders(IMessage *message, IAddrBook *book, struct mime_part *root)
{
    static const SizedSPropTagArray(2 * ADDRESS_COUNT, tags) = {
        2 * ADDRESS_COUNT,
        {PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
         PR_SENT_REPRESENTING_SMTP_ADDRESS_W, PR_SENT_REPRESENTING_ENTRYID, PR_SENDER_NAME_W,
         PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_SMTP_ADDRESS_W, PR_SENDER_ENTRYID}};
    SPropValue *values = NULL;
    struct mime_address from = {NULL, NULL}, sender = {NULL, NULL};
    HRESULT hr = mapi_prop_get_many(MAPI_PROP(message), (const SPropTagArray *)&tags, &values);
    if (FAILED(hr))
        return hr;
    bool has_from = read_address(values, book, &from),
         has_sender = read_address(values + ADDRESS_COUNT, book, &sender);
    if (has_from || has_sender)
        add_address(root, "From", has_from ? &from : &sender);
    if (has_from && has_sender &&
        strcmp(from.address ? from.address : "", sender.address ? sender.address : ""))
        add_address(root, "Sender", &sender);
    free(from.name);
    free(from.address);
    free(sender.name);
    free(sender.address);
    mapi_free(values);
    return S_OK;
}

static HRESULT add_recipients(IMessage *message, IAddrBook *book, struct mime_part *root)
{
    enum { COL_TYPE = ADDRESS_COUNT, COL_COUNT };
    static const SizedSPropTagArray(COL_COUNT,
                                    columns) = {COL_COUNT,
                                                {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
                                                 PR_SMTP_ADDRESS_W, PR_ENTRYID, PR_RECIPIENT_TYPE}};
    static const char *const headers[] = {"To", "Cc", "Bcc"};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    for (LONG kind = MAPI_TO; SUCCEEDED(hr) && kind <= MAPI_BCC; kind++) {
        struct mime_address_list list = {calloc(rows->cRows + 1, sizeof *list.items), 0};
        for (ULONG i = 0; list.items && i < rows->cRows; i++) {
            const SPropValue *row = rows->aRow[i].lpProps;
            LONG type = PROP_TYPE(row[COL_TYPE].ulPropTag) == PT_LONG ? row[COL_TYPE].Value.l & 0xf : MAPI_TO;
            if (type == kind && read_address(row, book, &list.items[list.count]))
                list.count++;
        }
        if (!list.items)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            add_addresses(root, headers[kind - MAPI_TO], &list);
        mime_addresses_free(&list);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

/* Reply-To out of PR_REPLY_RECIPIENT_ENTRIES, whose one-off entries hold name, type and address as strings.
 */
static void add_reply_to(struct mime_part *root, const SBinary *entries)
{
    struct mime_address_list list = {NULL, 0};
    struct bytebuf line = {0};
    size_t pos = 8;
    while (pos + 4 <= entries->cb) {
        const uint8_t *p = entries->lpb + pos;
        size_t size = p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 | (size_t)p[3] << 24;
        pos += 4;
        if (size > entries->cb - pos || size < 26)
            break;
        bool is_unicode = entries->lpb[pos + 23] & 0x80;
        char *texts[3] = {NULL, NULL, NULL};
        size_t at = pos + 24, end = pos + size;
        for (int i = 0; i < 3 && at < end; i++) {
            size_t start = at, unit = is_unicode ? 2 : 1;
            while (at + unit <= end && (entries->lpb[at] || (is_unicode && entries->lpb[at + 1])))
                at += unit;
            struct bytebuf text = {0};
            if (is_unicode)
                charset_utf16_to_utf8(entries->lpb + start, (at - start) / 2, &text);
            else
                charset_to_utf8(CHARSET_CP1252, entries->lpb + start, at - start, &text);
            texts[i] = bytebuf_take(&text, NULL);
            at += unit;
        }
        if (texts[0] && texts[1] && texts[2] && !strcmp(texts[1], "SMTP")) {
            struct mime_address address = {strcmp(texts[0], texts[2]) ? texts[0] : "", texts[2]};
            struct mime_address_list one = {&address, 1};
            if (line.size)
                bytebuf_text(&line, ", ");
            mime_format_addresses(&one, &line);
            list.count++;
        }
        for (int i = 0; i < 3; i++)
            free(texts[i]);
        pos += (size + 3) & ~(size_t)3;
    }
    char *text = list.count ? bytebuf_take(&line, NULL) : NULL;
    if (text)
        mime_add_raw_header(root, "Reply-To", text);
    free(text);
    bytebuf_free(&line);
}

/* Header fields that are made from properties, or that belong to the content: not taken from the original
 * headers. */
static bool is_generated(const char *name)
{
    static const char *const names[] = {"From",
                                        "Sender",
                                        "To",
                                        "Cc",
                                        "Bcc",
                                        "Subject",
                                        "Date",
                                        "Message-ID",
                                        "In-Reply-To",
                                        "References",
                                        "Reply-To",
                                        "Importance",
                                        "X-Priority",
                                        "Sensitivity",
                                        "Thread-Topic",
                                        "Thread-Index",
                                        "MIME-Version",
                                        "Status",
                                        "Disposition-Notification-To",
                                        "X-Unsent"};
    if (!strncmp(name, "Content-", 8) || !strncmp(name, "content-", 8))
        return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *a = names[i], *b = name;
        while (*a && (*a | 32) == (*b | 32))
            a++, b++;
        if (!*a && !*b)
            return true;
    }
    return false;
}

/* Trace and other fields out of PR_TRANSPORT_MESSAGE_HEADERS. */
static void add_original(struct mime_part *root, const SPropValue *value)
{
    char *text = mime_export_text(value);
    struct mime_mail *mail = NULL;
    if (text && SUCCEEDED(mime_parse(text, strlen(text), &mail))) {
        for (size_t i = 0; i < mail->root->header_count; i++)
            if (!is_generated(mail->root->headers[i].name))
                mime_add_raw_header(root, mail->root->headers[i].name, mail->root->headers[i].value);
        mime_free(mail);
    }
    free(text);
}

static void add_date(struct mime_part *root, const char *header, const SPropValue *value)
{
    struct bytebuf line = {0};
    if (PROP_TYPE(value->ulPropTag) != PT_SYSTIME)
        return;
    mime_format_date(
        (int64_t)((uint64_t)value->Value.ft.dwHighDateTime << 32 | value->Value.ft.dwLowDateTime), &line);
    char *text = bytebuf_take(&line, NULL);
    if (text)
        mime_add_raw_header(root, header, text);
    free(text);
}

enum {
    P_HEADERS,
    P_SUBJECT,
    P_SENT,
    P_RECEIVED,
    P_ID,
    P_REPLY_ID,
    P_REFERENCES,
    P_TOPIC,
    P_INDEX,
    P_IMPORTANCE,
    P_SENSITIVITY,
    P_RECEIPT,
    P_FLAGS,
    P_REPLY_TO,
    P_EXPIRY,
    P_COUNT
};

static LONG long_value(const SPropValue *value, LONG fallback)
{
    if (PROP_TYPE(value->ulPropTag) == PT_BOOLEAN)
        return value->Value.b;
    return PROP_TYPE(value->ulPropTag) == PT_LONG ? value->Value.l : fallback;
}

static void add_marks(struct mime_part *root, const SPropValue *values)
{
    static const char *const sensitivities[] = {NULL, "Personal", "Private", "Company-Confidential"};
    LONG importance = long_value(&values[P_IMPORTANCE], IMPORTANCE_NORMAL),
         sensitivity = long_value(&values[P_SENSITIVITY], 0);
    if (importance != IMPORTANCE_NORMAL) {
        mime_add_raw_header(root, "Importance", importance == IMPORTANCE_HIGH ? "high" : "low");
        mime_add_raw_header(root, "X-Priority", importance == IMPORTANCE_HIGH ? "1" : "5");
    }
    if (sensitivity > 0 && sensitivity < 4)
        mime_add_raw_header(root, "Sensitivity", sensitivities[sensitivity]);
    if (long_value(&values[P_RECEIPT], 0) && mime_header(root, "From"))
        mime_add_raw_header(root, "Disposition-Notification-To", mime_header(root, "From"));
    if (long_value(&values[P_FLAGS], 0) & MSGFLAG_UNSENT)
        mime_add_raw_header(root, "X-Unsent", "1");
    if (PROP_TYPE(values[P_INDEX].ulPropTag) == PT_BINARY && values[P_INDEX].Value.bin.cb >= 22) {
        struct bytebuf line = {0}, joined = {0};
        mime_encode_base64(values[P_INDEX].Value.bin.lpb, values[P_INDEX].Value.bin.cb, &line);
        for (size_t i = 0; i < line.size; i++)
            if (line.data[i] > ' ')
                bytebuf_byte(&joined, line.data[i]);
        char *text = bytebuf_take(&joined, NULL);
        if (text)
            mime_add_raw_header(root, "Thread-Index", text);
        free(text);
        bytebuf_free(&line);
    }
}

HRESULT mime_export_headers(IMessage *message, IAddrBook *book, struct mime_part *root)
{
    static const SizedSPropTagArray(P_COUNT, tags) = {
        P_COUNT,
        {PR_TRANSPORT_MESSAGE_HEADERS_W, PR_SUBJECT_W, PR_CLIENT_SUBMIT_TIME, PR_MESSAGE_DELIVERY_TIME,
         PR_INTERNET_MESSAGE_ID_W, PROP_TAG(PT_UNICODE, 0x1042), PROP_TAG(PT_UNICODE, 0x1039),
         PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_INDEX, PR_IMPORTANCE, PR_SENSITIVITY,
         PR_READ_RECEIPT_REQUESTED, PR_MESSAGE_FLAGS, PR_REPLY_RECIPIENT_ENTRIES, PR_EXPIRY_TIME}};
    static const struct {
        int value;
        const char *header;
        bool text; /* free text, else ids */
    } strings[] = {{P_SUBJECT, "Subject", true},
                   {P_ID, "Message-ID", false},
                   {P_REPLY_ID, "In-Reply-To", false},
                   {P_REFERENCES, "References", false},
                   {P_TOPIC, "Thread-Topic", true}};
    SPropValue *values = NULL;
    HRESULT hr = mapi_prop_get_many(MAPI_PROP(message), (const SPropTagArray *)&tags, &values);
    if (FAILED(hr))
        return hr;
    add_original(root, &values[P_HEADERS]);
    hr = add_senders(message, book, root);
    if (SUCCEEDED(hr))
        hr = add_recipients(message, book, root);
    add_date(root, "Date",
             PROP_TYPE(values[P_SENT].ulPropTag) == PT_SYSTIME ? &values[P_SENT] : &values[P_RECEIVED]);
    add_date(root, "Expires", &values[P_EXPIRY]);
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        char *text = mime_export_text(&values[strings[i].value]);
        if (text && strings[i].text)
            mime_add_header(root, strings[i].header, text);
        else if (text)
            mime_add_raw_header(root, strings[i].header, text);
        free(text);
    }
    if (PROP_TYPE(values[P_REPLY_TO].ulPropTag) == PT_BINARY)
        add_reply_to(root, &values[P_REPLY_TO].Value.bin);
    add_marks(root, values);
    mapi_free(values);
    return hr;
}
