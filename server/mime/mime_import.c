/*
 * mime_import.c: a mail's headers and bodies into a MAPI message (MS-OXCMAIL 2.2.3). Layer: MIME over MAPI.
 * Attachments are in mime_import_attach.c.
 */
#include "charset.h"
#include "mapi_prop.h"
#include "mime_import.h"

#include <stdlib.h>
#include <string.h>

void mime_report_free(struct mime_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        free(report->lines[i]);
    report->count = 0;
}

/* ---- addresses ------------------------------------------------------------------------------------------
 */

/* The seven properties of one sender; a row of tags for each kind. */
struct sender_tags {
    ULONG name, type, address, smtp, entryid, search_key;
};

static const struct sender_tags sender_tags = {PR_SENDER_NAME_W,          PR_SENDER_ADDRTYPE_W,
                                               PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_SMTP_ADDRESS_W,
                                               PR_SENDER_ENTRYID,         PR_SENDER_SEARCH_KEY};
static const struct sender_tags representing_tags = {
    PR_SENT_REPRESENTING_NAME_W,          PR_SENT_REPRESENTING_ADDRTYPE_W,
    PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_SMTP_ADDRESS_W,
    PR_SENT_REPRESENTING_ENTRYID,         PR_SENT_REPRESENTING_SEARCH_KEY};
static const struct sender_tags recipient_tags = {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
                                                  PR_SMTP_ADDRESS_W, PR_ENTRYID,    PR_SEARCH_KEY};

static void set_address(struct mime_set *set, const struct sender_tags *tags, const struct mime_address *from)
{
    const char *name = *from->name ? from->name : from->address;
    struct bytebuf id = {0}, key = {0};
    mime_set_text(set, tags->name, name);
    mime_set_text(set, tags->type, "SMTP");
    mime_set_text(set, tags->address, from->address);
    mime_set_text(set, tags->smtp, from->address);
    mime_one_off(name, from->address, &id);
    mime_search_key(from->address, &key);
    set->failed |= id.failed || key.failed;
    mime_set_binary_copy(set, tags->entryid, id.data, id.size);
    mime_set_binary_copy(set, tags->search_key, key.data, key.size);
    bytebuf_free(&id);
    bytebuf_free(&key);
}

static HRESULT set_senders(struct mime_set *set, const struct mime_part *root)
{
    struct mime_address_list from = {0}, sender = {0};
    HRESULT hr = mime_header_addresses(root, "From", &from);
    if (SUCCEEDED(hr))
        hr = mime_header_addresses(root, "Sender", &sender);
    if (SUCCEEDED(hr) && from.count == 0 && sender.count == 0)
        hr = mime_header_addresses(root, "Return-Path", &from);
    const struct mime_address *represents = from.count     ? &from.items[0]
                                            : sender.count ? &sender.items[0]
                                                           : NULL;
    const struct mime_address *sends = sender.count ? &sender.items[0] : represents;
    if (SUCCEEDED(hr) && represents) {
        set_address(set, &sender_tags, sends);
        set_address(set, &representing_tags, represents);
    }
    mime_addresses_free(&from);
    mime_addresses_free(&sender);
    return hr;
}

/* PR_REPLY_RECIPIENT_ENTRIES is a FLATENTRYLIST: count, bytes, then each entry id with its size, padded to
 * four. */
static HRESULT set_reply_to(struct mime_set *set, const struct mime_part *root)
{
    struct mime_address_list list;
    struct bytebuf entries = {0}, names = {0}, flat = {0};
    HRESULT hr = mime_header_addresses(root, "Reply-To", &list);
    if (FAILED(hr) || list.count == 0)
        return hr;
    for (size_t i = 0; i < list.count; i++) {
        const char *name = *list.items[i].name ? list.items[i].name : list.items[i].address;
        struct bytebuf id = {0};
        mime_one_off(name, list.items[i].address, &id);
        bytebuf_le32(&entries, (uint32_t)id.size);
        bytebuf_add(&entries, id.data, id.size);
        while (entries.size % 4)
            bytebuf_byte(&entries, 0);
        bytebuf_format(&names, "%s%s", i ? ";" : "", name);
        entries.failed |= id.failed;
        bytebuf_free(&id);
    }
    bytebuf_le32(&flat, (uint32_t)list.count);
    bytebuf_le32(&flat, (uint32_t)entries.size);
    bytebuf_add(&flat, entries.data, entries.size);
    mime_set_binary_copy(set, PR_REPLY_RECIPIENT_ENTRIES, flat.data, flat.size);
    mime_set_text_n(set, PR_REPLY_RECIPIENT_NAMES_W, (const char *)names.data, names.size);
    set->failed |= entries.failed || names.failed || flat.failed;
    bytebuf_free(&entries);
    bytebuf_free(&names);
    bytebuf_free(&flat);
    mime_addresses_free(&list);
    return S_OK;
}

#define RECIPIENT_BATCH 200

/* Copies a row into MAPI memory, as rows of an ADRLIST are. */
static HRESULT copy_row(const struct mime_set *set, SPropValue **out)
{
    SPropValue *row = NULL;
    HRESULT hr = mapi_allocate(set->count * sizeof *row, NULL, &row);
    for (ULONG i = 0; i < set->count && SUCCEEDED(hr); i++) {
        const SPropValue *from = &set->values[i];
        const void *data = NULL;
        size_t size = 0;
        row[i] = *from;
        if (PROP_TYPE(from->ulPropTag) == PT_UNICODE) {
            while (from->Value.lpszW[size])
                size++;
            size = (size + 1) * sizeof(WCHAR);
            data = from->Value.lpszW;
        } else if (PROP_TYPE(from->ulPropTag) == PT_BINARY) {
            size = from->Value.bin.cb;
            data = from->Value.bin.lpb;
        }
        void *copy = NULL;
        if (data)
            hr = mapi_allocate(size ? size : 1, row, &copy);
        if (SUCCEEDED(hr) && data)
            memcpy(copy, data, size);
        if (PROP_TYPE(from->ulPropTag) == PT_UNICODE)
            row[i].Value.lpszW = copy;
        else if (PROP_TYPE(from->ulPropTag) == PT_BINARY)
            row[i].Value.bin.lpb = copy;
    }
    if (FAILED(hr)) {
        mapi_free(row);
        row = NULL;
    }
    *out = row;
    return hr;
}

static HRESULT recipient_row(const struct mime_address *address, LONG type, ADRENTRY *entry)
{
    struct mime_set set = {.count = 0};
    set_address(&set, &recipient_tags, address);
    mime_set_long(&set, PR_RECIPIENT_TYPE, type);
    mime_set_long(&set, PR_OBJECT_TYPE, MAPI_MAILUSER);
    mime_set_long(&set, PR_DISPLAY_TYPE, DT_MAILUSER);
    mime_set_bool(&set, PR_SEND_RICH_INFO, false);
    HRESULT hr = set.failed ? MAPI_E_NOT_ENOUGH_MEMORY : copy_row(&set, &entry->rgPropVals);
    entry->cValues = SUCCEEDED(hr) ? set.count : 0;
    mime_set_free(&set);
    return hr;
}

static HRESULT add_recipients(IMessage *message, const struct mime_address_list *list, LONG type)
{
    ADRLIST *rows = NULL;
    HRESULT hr = S_OK;
    for (size_t start = 0; start < list->count && SUCCEEDED(hr); start += RECIPIENT_BATCH) {
        size_t count = list->count - start < RECIPIENT_BATCH ? list->count - start : RECIPIENT_BATCH;
        hr = mapi_allocate(CbNewADRLIST(count), NULL, &rows);
        if (FAILED(hr))
            break;
        memset(rows, 0, CbNewADRLIST(count));
        for (; rows->cEntries < count && SUCCEEDED(hr); rows->cEntries += SUCCEEDED(hr))
            hr = recipient_row(&list->items[start + rows->cEntries], type, &rows->aEntries[rows->cEntries]);
        if (SUCCEEDED(hr))
            hr = message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, rows);
        for (ULONG i = 0; i < rows->cEntries; i++)
            mapi_free(rows->aEntries[i].rgPropVals);
        mapi_free(rows);
        rows = NULL;
    }
    return hr;
}

static HRESULT set_recipients(IMessage *message, const struct mime_part *root)
{
    static const struct {
        const char *header;
        LONG type;
    } kinds[] = {{"To", MAPI_TO}, {"Cc", MAPI_CC}, {"Bcc", MAPI_BCC}};
    HRESULT hr = S_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && SUCCEEDED(hr); i++) {
        struct mime_address_list list;
        hr = mime_header_addresses(root, kinds[i].header, &list);
        if (SUCCEEDED(hr)) {
            hr = add_recipients(message, &list, kinds[i].type);
            mime_addresses_free(&list);
        }
    }
    return hr;
}

/* ---- headers --------------------------------------------------------------------------------------------
 */

static bool starts_with(const char *value, const char *start)
{
    for (; *start; value++, start++)
        if ((*value >= 'A' && *value <= 'Z' ? *value + 32 : *value) != *start)
            return false;
    return true;
}

static void set_importance(struct mime_set *set, const struct mime_part *root)
{
    static const char *const headers[] = {"Importance", "X-Priority", "X-MSMail-Priority", "Priority"};
    LONG importance = IMPORTANCE_NORMAL;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const char *value = mime_header(root, headers[i]);
        if (!value)
            continue;
        if (starts_with(value, "high") || starts_with(value, "urgent") || *value == '1' || *value == '2')
            importance = IMPORTANCE_HIGH;
        else if (starts_with(value, "low") || starts_with(value, "non-urgent") || *value == '4' ||
                 *value == '5')
            importance = IMPORTANCE_LOW;
        break;
    }
    mime_set_long(set, PR_IMPORTANCE, importance);
    mime_set_long(set, PR_PRIORITY, importance - IMPORTANCE_NORMAL);
}

static void set_sensitivity(struct mime_set *set, const struct mime_part *root)
{
    const char *value = mime_header(root, "Sensitivity");
    LONG sensitivity = SENSITIVITY_NONE;
    if (value && starts_with(value, "personal"))
        sensitivity = SENSITIVITY_PERSONAL;
    else if (value && starts_with(value, "private"))
        sensitivity = SENSITIVITY_PRIVATE;
    else if (value && starts_with(value, "company"))
        sensitivity = SENSITIVITY_COMPANY_CONFIDENTIAL;
    mime_set_long(set, PR_SENSITIVITY, sensitivity);
}

static void set_times(struct mime_set *set, const struct mime_part *root, const struct mime_import *options)
{
    int64_t sent, received;
    bool has_sent = mime_header_date(root, "Date", &sent);
    bool has_received = mime_received_date(root, &received);
    if (!has_received)
        received = has_sent ? sent : options->now;
    if (has_sent)
        mime_set_time(set, PR_CLIENT_SUBMIT_TIME, sent);
    else if (received > 0)
        mime_set_time(set, PR_CLIENT_SUBMIT_TIME, received);
    if (received > 0)
        mime_set_time(set, PR_MESSAGE_DELIVERY_TIME, received);
    if (mime_header_date(root, "Expires", &sent) || mime_header_date(root, "Expiry-Date", &sent))
        mime_set_time(set, PR_EXPIRY_TIME, sent);
    if (mime_header_date(root, "Reply-By", &sent))
        mime_set_time(set, PR_REPLY_TIME, sent);
}

/* Headers that become one string property each. */
static const struct {
    const char *header;
    ULONG tag;
} text_headers[] = {
    {"Subject", PR_SUBJECT_W},
    {"Message-ID", PR_INTERNET_MESSAGE_ID_W},
    {"In-Reply-To", PROP_TAG(PT_UNICODE, 0x1042)}, /* PR_IN_REPLY_TO_ID */
    {"References", PROP_TAG(PT_UNICODE, 0x1039)},  /* PR_INTERNET_REFERENCES */
    {"Thread-Topic", PR_CONVERSATION_TOPIC_W},
    {"List-Help", PROP_TAG(PT_UNICODE, 0x1043)},        /* PR_LIST_HELP */
    {"List-Subscribe", PROP_TAG(PT_UNICODE, 0x1044)},   /* PR_LIST_SUBSCRIBE */
    {"List-Unsubscribe", PROP_TAG(PT_UNICODE, 0x1045)}, /* PR_LIST_UNSUBSCRIBE */
};

static void set_headers(struct mime_set *set, const struct mime_mail *mail)
{
    const struct mime_part *root = mail->root;
    for (size_t i = 0; i < sizeof text_headers / sizeof *text_headers; i++) {
        char *text = mime_header_text(root, text_headers[i].header);
        if (text || text_headers[i].tag == PR_SUBJECT_W)
            mime_set_text(set, text_headers[i].tag, text ? text : "");
        free(text);
    }
    const char *index = mime_header(root, "Thread-Index");
    struct bytebuf bytes = {0};
    if (index && mime_decode_base64(index, strlen(index), &bytes) && bytes.size >= 22)
        mime_set_binary_copy(set, PR_CONVERSATION_INDEX, bytes.data, bytes.size);
    bytebuf_free(&bytes);

    /* The header block as it came, with CRLF line ends. */
    struct bytebuf utf8 = {0}, lines = {0};
    charset_to_utf8(CHARSET_UNKNOWN, mail->headers, mail->headers_size, &utf8);
    for (size_t i = 0; i < utf8.size; i++) {
        uint8_t c = utf8.data[i];
        bool crlf = c == '\r' && i + 1 < utf8.size && utf8.data[i + 1] == '\n';
        if (c == '\n' || (c == '\r' && !crlf))
            bytebuf_text(&lines, "\r\n");
        else if (c && !crlf)
            bytebuf_byte(&lines, c);
    }
    bytebuf_text(&lines, "\r\n");
    if (mail->headers_size > 0)
        mime_set_text_n(set, PR_TRANSPORT_MESSAGE_HEADERS_W, (const char *)lines.data, lines.size);
    set->failed |= utf8.failed || lines.failed;
    bytebuf_free(&utf8);
    bytebuf_free(&lines);
}

static void set_flags(struct mime_set *set, const struct mime_part *root, const struct mime_import *options)
{
    const char *unsent = mime_header(root, "X-Unsent"), *status = mime_header(root, "Status");
    bool draft = options->draft || (unsent && *unsent == '1');
    bool read = options->read || draft || (status && strchr(status, 'R'));
    mime_set_long(set, PR_MESSAGE_FLAGS, (draft ? MSGFLAG_UNSENT : 0) | (read ? MSGFLAG_READ : 0));
    mime_set_bool(set, PR_READ_RECEIPT_REQUESTED, mime_header(root, "Disposition-Notification-To") != NULL);
    mime_set_bool(set, PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
                  mime_header(root, "Return-Receipt-To") != NULL);
}

/* PS_PUBLIC_STRINGS "Keywords", the categories, of the header Keywords. */
static HRESULT set_keywords(IMessage *message, const struct mime_part *root)
{
    static GUID public_strings = {0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    static WCHAR keywords_name[] = L"Keywords";
    char *text = mime_header_text(root, "Keywords");
    LPWSTR words[64];
    ULONG count = 0;
    HRESULT hr = S_OK;
    for (char *word = text; word && *word && count < 64;) {
        size_t length = strcspn(word, ",;"), end = length;
        char *next = word + length + (word[length] != 0);
        while (end > 0 && word[end - 1] == ' ')
            end--;
        size_t skip = strspn(word, " ");
        if (skip < end && !(words[count++] = (LPWSTR)charset_utf16_from_utf8(word + skip, end - skip, NULL)))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        word = next;
    }
    if (count > 0 && SUCCEEDED(hr)) {
        MAPINAMEID name = {&public_strings, MNID_STRING, {.lpwstrName = keywords_name}};
        LPMAPINAMEID names[1] = {&name};
        SPropTagArray *tags = NULL;
        hr = message->lpVtbl->GetIDsFromNames(message, 1, names, MAPI_CREATE, &tags);
        if (hr == S_OK) {
            SPropValue value = {.ulPropTag = CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_MV_UNICODE)};
            value.Value.MVszW.cValues = count;
            value.Value.MVszW.lppszW = words;
            hr = mapi_prop_set(MAPI_PROP(message), &value, 1);
        }
        mapi_free(tags);
    }
    for (ULONG i = 0; i < count; i++)
        free(words[i]);
    free(text);
    return hr;
}

/* ---- bodies ---------------------------------------------------------------------------------------------
 */

static void set_codepage(struct mime_set *set, const struct mime_view *view)
{
    uint32_t codepage = view->has_html ? view->html_codepage : view->text_codepage;
    if (!codepage)
        codepage = view->has_html ? CHARSET_CP1252 : CHARSET_UTF8;
    mime_set_long(set, PR_INTERNET_CPID, (LONG)codepage);
    mime_set_long(set, PR_MESSAGE_CODEPAGE, (LONG)codepage);
}

#define SHORT_BODY 4096 /* bytes: surely set by SetProps, not by a stream */

static HRESULT write_body(const struct mime_view *view, bool text, bool html, IMessage *message)
{
    struct mime_set set = {.count = 0};
    if (text)
        mime_set_text_n(&set, PR_BODY_W, (const char *)view->text.data, view->text.size);
    if (html)
        mime_set_binary(&set, PR_HTML, view->html.data, view->html.size);
    HRESULT hr = set.failed ? MAPI_E_NOT_ENOUGH_MEMORY : mapi_prop_set(MAPI_PROP(message), set.values, set.count);
    mime_set_free(&set);
    return hr;
}

/*
 * The body that is written last is the message's own, from which a store makes the others; of those that one SetProps writes it
 * is the richest. Long ones are written by streams, one after the other: the HTML must come after the text.
 */
static HRESULT write_bodies(const struct mime_view *view, IMessage *message)
{
    bool html = view->has_html, text = view->has_text || !html;
    bool together = text && html && view->text.size < SHORT_BODY && view->html.size < SHORT_BODY;
    HRESULT hr = S_OK;
    if (text && !together)
        hr = write_body(view, true, false, message);
    if (SUCCEEDED(hr) && html)
        hr = write_body(view, together, true, message);
    return hr;
}

HRESULT mime_to_message(const struct mime_mail *mail, const struct mime_import *options,
                        struct mime_report *report, IMessage *message)
{
    static const struct mime_import no_options = {.now = 0};
    const struct mime_part *root = mail->root;
    struct mime_set set = {.count = 0};
    struct mime_view view = {.has_text = false};
    struct tnef *tnef = NULL;
    if (!options)
        options = &no_options;
    HRESULT hr = mime_view(mail, report, &view);
    if (SUCCEEDED(hr))
        hr = mime_import_take_tnef(&view, report, &tnef);
    if (FAILED(hr))
        goto done;
    mime_set_text(&set, PR_MESSAGE_CLASS_W, view.message_class);
    set_headers(&set, mail);
    hr = set_senders(&set, root);
    if (SUCCEEDED(hr))
        hr = set_reply_to(&set, root);
    if (FAILED(hr))
        goto done;
    set_importance(&set, root);
    set_sensitivity(&set, root);
    set_times(&set, root, options);
    set_flags(&set, root, options);
    set_codepage(&set, &view);
    hr = set.failed ? MAPI_E_NOT_ENOUGH_MEMORY : mapi_prop_set(MAPI_PROP(message), set.values, set.count);
    if (SUCCEEDED(hr))
        hr = write_bodies(&view, message);
    if (FAILED(hr))
        goto done;
    if (FAILED(set_keywords(message, root)))
        mime_report_add(report, "the keywords could not be stored");
    hr = set_recipients(message, root);
    if (SUCCEEDED(hr) && tnef)
        hr = mime_import_tnef_message(&tnef->message, root, view.has_html || view.text.size > 0, report, message);
    if (SUCCEEDED(hr) && tnef)
        hr = mime_import_tnef_attachments(&tnef->message, options, report, message);
    if (SUCCEEDED(hr))
        hr = mime_import_attachments(&view, options, report, message);
done:
    tnef_free(tnef);
    mime_view_free(&view);
    mime_set_free(&set);
    return hr;
}

HRESULT mime_import(const char *text, size_t size, const struct mime_import *options,
                    struct mime_report *report, IMessage *message)
{
    struct mime_mail *mail = NULL;
    HRESULT hr = mime_parse(text, size, &mail);
    if (FAILED(hr))
        return hr;
    for (size_t i = 0; i < mail->report.count; i++)
        mime_report_add(report, "%s", mail->report.lines[i]);
    hr = mime_to_message(mail, options, report, message);
    mime_free(mail);
    return hr;
}
