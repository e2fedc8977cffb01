/*
 * mime_import_tnef.c: what winmail.dat holds, into a message (MS-OXCMAIL 2.2.3.4, MS-OXTNEF). Layer: MIME
 * over MAPI.
 *
 * Beside a mail the mail's headers have the word about who wrote to whom and when: they came with the
 * transport. All else is the stream's: class, body, calendar, named properties, attachments. An embedded
 * message is the stream's alone.
 */
#include "charset.h"
#include "mapi_prop.h"
#include "mime_import.h"

#include <stdlib.h>
#include <string.h>

static const IID message_iid = {0x00020307, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* IID_IMessage */

/* What the mail itself says, if it has the header. */
static const struct {
    const char *header, *other; /* either */
    ULONG first, last;          /* the ids that it stands for */
} header_ids[] = {
    {"From", "Sender", 0x0C19, 0x0C1A}, /* PR_SENDER_… */
    {"From", "Sender", 0x0C1D, 0x0C1F},
    {"From", "Sender", 0x0041, 0x0042}, /* PR_SENT_REPRESENTING_… */
    {"From", "Sender", 0x003B, 0x003B},
    {"From", "Sender", 0x0064, 0x0065},
    {"From", "Sender", 0x5D01, 0x5D02},
    {"Reply-To", NULL, 0x004F, 0x0050},   /* PR_REPLY_RECIPIENT_… */
    {"Date", NULL, 0x0039, 0x0039},       /* PR_CLIENT_SUBMIT_TIME */
    {"Date", "Received", 0x0E06, 0x0E06}, /* PR_MESSAGE_DELIVERY_TIME */
    {"Subject", NULL, 0x0037, 0x0037},
    {"Subject", NULL, 0x003D, 0x003D}, /* PR_SUBJECT_PREFIX */
    {"Message-ID", NULL, 0x1035, 0x1035},
    {"From", "Received", 0x007D, 0x007D}, /* PR_TRANSPORT_MESSAGE_HEADERS */
};

static bool mail_says(const struct mime_part *root, ULONG id)
{
    for (size_t i = 0; root && i < sizeof header_ids / sizeof *header_ids; i++)
        if (id >= header_ids[i].first && id <= header_ids[i].last &&
            (mime_header(root, header_ids[i].header) ||
             (header_ids[i].other && mime_header(root, header_ids[i].other))))
            return true;
    return false;
}

/* The one body that the message is given: the others are made from it. */
static ULONG body_of(const struct tnef_props *props)
{
    const SPropValue *html = tnef_find(props, PR_HTML), *rtf = tnef_find(props, PR_RTF_COMPRESSED);
    if (html && (PROP_TYPE(html->ulPropTag) == PT_BINARY || PROP_TYPE(html->ulPropTag) == PT_UNICODE))
        return PROP_ID(PR_HTML);
    return rtf && rtf->ulPropTag == PR_RTF_COMPRESSED ? PROP_ID(PR_RTF_COMPRESSED) : PROP_ID(PR_BODY_W);
}

/* Properties that a message has of itself, whatever its sender's store had. */
static bool is_of_the_store(ULONG id)
{
    switch (id) {
    case PROP_ID(PR_MESSAGE_FLAGS):
    case PROP_ID(PR_MSG_STATUS):
    case PROP_ID(PR_RTF_IN_SYNC):
    case PROP_ID(PR_NATIVE_BODY_INFO):
    case PROP_ID(PR_NORMALIZED_SUBJECT_W):
    case PROP_ID(PR_ATTACH_NUM):
    case PROP_ID(PR_ATTACH_DATA_BIN): /* which is PR_ATTACH_DATA_OBJ's too */
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_RECORD_KEY):
    case PROP_ID(PR_PARENT_ENTRYID):
    case PROP_ID(PR_STORE_ENTRYID):
    case PROP_ID(PR_STORE_RECORD_KEY):
    case PROP_ID(PR_MAPPING_SIGNATURE):
        return true;
    default:
        return false;
    }
}

static bool is_body(ULONG id)
{
    return id == PROP_ID(PR_BODY_W) || id == PROP_ID(PR_HTML) || id == PROP_ID(PR_RTF_COMPRESSED) ||
           (id >= 0x1006 && id <= 0x1012); /* PR_RTF_SYNC_… */
}

/* The tags of the named ones, in their order. */
static HRESULT named_tags(IMAPIProp *object, const struct tnef_props *props, SPropTagArray **tags)
{
    ULONG count = 0;
    *tags = NULL;
    LPMAPINAMEID *names = calloc(props->count + 1, sizeof *names);
    if (!names)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < props->count; i++)
        if (props->items[i].name)
            names[count++] = props->items[i].name;
    HRESULT hr = count ? object->lpVtbl->GetIDsFromNames(object, count, names, MAPI_CREATE, tags) : S_OK;
    free(names);
    return hr;
}

/* Sets properties; what the object computes itself is passed over, what it refuses for another reason is
 * reported. */
static HRESULT set_reported(IMAPIProp *object, const SPropValue *values, ULONG count,
                            struct mime_report *report)
{
    for (ULONG i = 0; i < count; i++) {
        HRESULT hr = mapi_prop_set(object, &values[i], 1);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_NOT_ENOUGH_DISK)
            return hr;
        if (FAILED(hr) && hr != MAPI_E_COMPUTED && hr != MAPI_E_NO_ACCESS)
            mime_report_add(report, "winmail.dat: property 0x%08X could not be stored (0x%08X)",
                            (unsigned)values[i].ulPropTag, (unsigned)hr);
    }
    return S_OK;
}

/* All properties but bodies that are not `body` and those that the mail of `root` (may be NULL) says. */
static HRESULT set_props(IMAPIProp *object, const struct tnef_props *props, ULONG body,
                         const struct mime_part *root, struct mime_report *report)
{
    SPropTagArray *tags = NULL;
    ULONG count = 0, named = 0;
    SPropValue *values = calloc(props->count + 1, sizeof *values);
    HRESULT hr = values ? named_tags(object, props, &tags) : MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr) && hr != MAPI_E_NOT_ENOUGH_MEMORY) {
        mime_report_add(report, "winmail.dat: the named properties could not be stored (0x%08X)",
                        (unsigned)hr);
        hr = S_OK;
    }
    for (size_t i = 0; i < props->count && SUCCEEDED(hr); i++) {
        const struct tnef_prop *prop = &props->items[i];
        ULONG tag = prop->value.ulPropTag;
        if (prop->name) {
            ULONG stored = tags && named < tags->cValues ? tags->aulPropTag[named] : 0;
            named++;
            if (PROP_TYPE(stored) == PT_ERROR || PROP_ID(stored) < 0x8000)
                continue;
            tag = PROP_TAG(PROP_TYPE(tag), PROP_ID(stored));
        } else if (is_of_the_store(PROP_ID(tag)) || mail_says(root, PROP_ID(tag)) ||
                   PROP_TYPE(tag) == PT_OBJECT || (is_body(PROP_ID(tag)) && PROP_ID(tag) != body)) {
            continue;
        }
        values[count] = prop->value;
        values[count++].ulPropTag = tag;
    }
    if (SUCCEEDED(hr))
        hr = set_reported(object, values, count, report);
    mapi_free(tags);
    free(values);
    return hr;
}

/* ---- recipients ------------------------------------------------------------------------------------------
 */

static HRESULT add_recipient(IMessage *message, const struct tnef_props *props)
{
    struct ADRENTRY_one {
        ULONG cEntries;
        ADRENTRY entry;
    } list = {.cEntries = 1};
    SPropValue *row = NULL;
    ULONG count = 0;
    HRESULT hr = mapi_allocate((ULONG)((props->count + 1) * sizeof *row), NULL, &row);
    if (FAILED(hr))
        return hr;
    bool has_type = false;
    for (size_t i = 0; i < props->count; i++) {
        ULONG tag = props->items[i].value.ulPropTag;
        if (props->items[i].name || PROP_TYPE(tag) == PT_OBJECT || PROP_ID(tag) == PROP_ID(PR_ROWID))
            continue;
        has_type |= tag == PR_RECIPIENT_TYPE;
        row[count++] = props->items[i].value;
    }
    if (!has_type) {
        row[count].ulPropTag = PR_RECIPIENT_TYPE;
        row[count++].Value.l = MAPI_TO;
    }
    list.entry.cValues = count;
    list.entry.rgPropVals = row;
    hr = message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list);
    mapi_free(row);
    return hr;
}

static HRESULT add_recipients(IMessage *message, const struct tnef_message *from, struct mime_report *report)
{
    for (size_t i = 0; i < from->recipient_count; i++) {
        HRESULT hr = add_recipient(message, &from->recipients[i]);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_NOT_ENOUGH_DISK)
            return hr;
        if (FAILED(hr))
            mime_report_add(report, "winmail.dat: recipient %u could not be stored (0x%08X)", (unsigned)i + 1,
                            (unsigned)hr);
    }
    return S_OK;
}

/* ---- attachments -----------------------------------------------------------------------------------------
 */

/* The name in a path, without what a file name cannot have; changed in place. */
static const WCHAR *clean_name(WCHAR *text)
{
    static const char forbidden[] = "/\\:*?\"<>|";
    WCHAR *name = text;
    for (WCHAR *p = text; *p; p++)
        if ((*p == '/' || *p == '\\') && p[1])
            name = p + 1;
    for (WCHAR *p = name; *p; p++)
        if (*p < ' ' || (*p < 127 && strchr(forbidden, (char)*p)))
            *p = '_';
    return name;
}

/* The names, without folders; the short one is made to fit, a long one is made of it where there is none. */
static void set_names(const struct tnef_props *props, struct mime_set *set)
{
    const SPropValue *longer = tnef_find(props, PR_ATTACH_LONG_FILENAME_W);
    const SPropValue *shorter = tnef_find(props, PR_ATTACH_FILENAME_W);
    const SPropValue *shown = tnef_find(props, PR_DISPLAY_NAME_W);
    const SPropValue *from = longer ? longer : shorter;
    if (!from || PROP_TYPE(from->ulPropTag) != PT_UNICODE)
        return;
    const WCHAR *name = clean_name(from->Value.lpszW);
    size_t units = 0, size;
    while (name[units])
        units++;
    char *text = charset_utf8_from_utf16(name, units, &size);
    set->failed |= !text;
    if (text && size) {
        const char *extension = strrchr(text, '.');
        mime_set_text(set, PR_ATTACH_LONG_FILENAME_W, text);
        mime_set_short_name(set, text);
        mime_set_text(set, PR_ATTACH_EXTENSION_W, extension ? extension : "");
        if (!shown)
            mime_set_text(set, PR_DISPLAY_NAME_W, text);
    }
    free(text);
}

static HRESULT set_embedded(IAttach *attach, const struct tnef_message *from,
                            const struct mime_import *options, struct mime_report *report)
{
    struct mime_import inner = *options;
    IMessage *message = NULL;
    inner.read = true;
    inner.draft = false;
    HRESULT hr = attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &message_iid, 0,
                                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&message);
    if (FAILED(hr))
        return hr;
    hr = mapi_prop_set_long(MAPI_PROP(message), PR_MESSAGE_FLAGS, MSGFLAG_READ);
    if (SUCCEEDED(hr))
        hr = mime_import_tnef_message(from, NULL, false, report, message);
    if (SUCCEEDED(hr))
        hr = mime_import_tnef_attachments(from, &inner, report, message);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->SaveChanges(message, 0);
    message->lpVtbl->Release(message);
    return hr;
}

static HRESULT add_attachment(const struct tnef_attachment *from, const struct mime_import *options,
                              struct mime_report *report, IMessage *message)
{
    struct mime_set set = {.count = 0};
    IAttach *attach = NULL;
    ULONG index;
    HRESULT hr = message->lpVtbl->CreateAttach(message, NULL, 0, &index, &attach);
    if (FAILED(hr))
        return hr;
    const SPropValue *method = tnef_find(&from->props, PR_ATTACH_METHOD),
                     *data = tnef_find(&from->props, PR_ATTACH_DATA_BIN);
    bool embeds =
        method && method->ulPropTag == PR_ATTACH_METHOD && method->Value.l == (LONG)ATTACH_EMBEDDED_MSG;
    set_names(&from->props, &set);
    if (from->message)
        mime_set_long(&set, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    else if (embeds) /* but it could not be read: its bytes are kept */
        mime_set_long(&set, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    if (!from->message && from->data)
        mime_set_binary(&set, PR_ATTACH_DATA_BIN, from->data, from->size);
    else if (!from->message && data && data->ulPropTag == PR_ATTACH_DATA_BIN)
        mime_set_binary(&set, PR_ATTACH_DATA_BIN, data->Value.bin.lpb, data->Value.bin.cb);
    hr = set.failed ? MAPI_E_NOT_ENOUGH_MEMORY : set_props(MAPI_PROP(attach), &from->props, 0, NULL, report);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(attach), set.values, set.count);
    if (SUCCEEDED(hr) && from->message)
        hr = set_embedded(attach, from->message, options, report);
    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->SaveChanges(attach, 0);
    attach->lpVtbl->Release(attach);
    if (FAILED(hr)) /* no half attachment stays */
        message->lpVtbl->DeleteAttach(message, index, 0, NULL, 0);
    mime_set_free(&set);
    return hr;
}

HRESULT mime_import_tnef_attachments(const struct tnef_message *from, const struct mime_import *options,
                                     struct mime_report *report, IMessage *message)
{
    for (size_t i = 0; i < from->attachment_count; i++) {
        HRESULT hr = add_attachment(&from->attachments[i], options, report, message);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_NOT_ENOUGH_DISK)
            return hr;
        if (FAILED(hr))
            mime_report_add(report, "winmail.dat: attachment %u could not be stored (0x%08X)",
                            (unsigned)i + 1, (unsigned)hr);
    }
    return S_OK;
}

/* ---- the message -----------------------------------------------------------------------------------------
 */

HRESULT mime_import_tnef_message(const struct tnef_message *from, const struct mime_part *root, bool has_body,
                                 struct mime_report *report, IMessage *message)
{
    bool addressed = root && (mime_header(root, "To") || mime_header(root, "Cc") || mime_header(root, "Bcc"));
    ULONG body = body_of(&from->props);
    if (has_body && body == PROP_ID(PR_BODY_W))
        body = 0;
    HRESULT hr = set_props(MAPI_PROP(message), &from->props, body, root, report);
    if (SUCCEEDED(hr) && !addressed)
        hr = add_recipients(message, from, report);
    return hr;
}

/* A part that Outlook wrote: by its type, or by its usual name and its first bytes. */
static bool is_tnef_part(const struct mime_attachment *attachment)
{
    const struct mime_part *part = attachment->part;
    static const char usual[] = "winmail.dat";
    const char *name = part->filename ? part->filename : "";
    if (attachment->opaque || part->mail || !part->data)
        return false;
    if (!strcmp(part->type, "application/ms-tnef") || !strcmp(part->type, "application/vnd.ms-tnef"))
        return true;
    for (size_t i = 0; i < sizeof usual; i++)
        if ((name[i] | (name[i] >= 'A' && name[i] <= 'Z' ? 32 : 0)) != usual[i])
            return false;
    return tnef_is(part->data, part->size);
}

HRESULT mime_import_take_tnef(struct mime_view *view, struct mime_report *report, struct tnef **out)
{
    *out = NULL;
    for (size_t i = 0; i < view->attachment_count && !*out; i++) {
        const struct mime_attachment *attachment = &view->attachments[i];
        if (!is_tnef_part(attachment))
            continue;
        HRESULT hr = tnef_read(attachment->part->data, attachment->part->size, report, out);
        if (hr == MAPI_E_CORRUPT_DATA)
            mime_report_add(report, "%s cannot be read: it is kept as an attachment",
                            attachment->part->filename ? attachment->part->filename : "winmail.dat");
        else if (FAILED(hr))
            return hr;
        /* What was not understood as a whole stays attached as it came. */
        if (SUCCEEDED(hr) && !(*out)->damaged)
            memmove(&view->attachments[i], &view->attachments[i + 1],
                    (--view->attachment_count - i) * sizeof *view->attachments);
    }
    return S_OK;
}

HRESULT mime_import_tnef(const void *data, size_t size, const struct mime_import *options,
                         struct mime_report *report, IMessage *message)
{
    static const struct mime_import no_options = {.now = 0};
    struct tnef *tnef = NULL;
    if (!options)
        options = &no_options;
    HRESULT hr = tnef_read(data, size, report, &tnef);
    if (FAILED(hr))
        return hr;
    LONG flags = (options->draft ? MSGFLAG_UNSENT : 0) | (options->read || options->draft ? MSGFLAG_READ : 0);
    hr = mapi_prop_set_long(MAPI_PROP(message), PR_MESSAGE_FLAGS, flags);
    if (SUCCEEDED(hr))
        hr = mime_import_tnef_message(&tnef->message, NULL, false, report, message);
    if (SUCCEEDED(hr))
        hr = mime_import_tnef_attachments(&tnef->message, options, report, message);
    if (SUCCEEDED(hr) && tnef->damaged) { /* nothing is lost: the stream itself is attached */
        struct mime_part part = {.type = (char *)"application/ms-tnef",
                                 .filename = (char *)"winmail.dat",
                                 .data = (char *)data,
                                 .size = size};
        struct mime_attachment attachment = {.part = &part};
        struct mime_view view = {.attachments = &attachment, .attachment_count = 1};
        hr = mime_import_attachments(&view, options, report, message);
    }
    tnef_free(tnef);
    return hr;
}
