/*
 * mime_import_attach.c: a mail's parts as attachments and embedded messages. Layer: MIME over MAPI.
 */
#include "charset.h"
#include "mapi_prop.h"
#include "mime_import.h"

#include <stdlib.h>
#include <string.h>

static const IID message_iid = {0x00020307, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* IID_IMessage */

#ifndef ATTACH_FLAG_RENDERED_IN_BODY
#define ATTACH_FLAG_RENDERED_IN_BODY 4 /* PR_ATTACH_FLAGS: ATT_MHTML_REF */
#endif
#define PR_ATTACH_FLAGS_LONG PROP_TAG(PT_LONG, 0x3714)

/* File name extensions for parts that have no name. */
static const struct {
    const char *type, *extension;
} extensions[] = {
    {"text/plain", ".txt"},
    {"text/html", ".htm"},
    {"text/calendar", ".ics"},
    {"text/csv", ".csv"},
    {"text/vcard", ".vcf"},
    {"text/x-vcard", ".vcf"},
    {"text/rfc822-headers", ".txt"},
    {"image/jpeg", ".jpg"},
    {"image/png", ".png"},
    {"image/gif", ".gif"},
    {"image/bmp", ".bmp"},
    {"image/tiff", ".tif"},
    {"application/pdf", ".pdf"},
    {"application/zip", ".zip"},
    {"application/msword", ".doc"},
    {"application/rtf", ".rtf"},
    {"application/json", ".json"},
    {"application/xml", ".xml"},
    {"text/xml", ".xml"},
    {"audio/mpeg", ".mp3"},
    {"video/mp4", ".mp4"},
    {"application/pkcs7-mime", ".p7m"},
    {"application/x-pkcs7-mime", ".p7m"},
    {"application/pkcs7-signature", ".p7s"},
    {"application/pgp-signature", ".asc"},
    {"message/delivery-status", ".txt"},
    {"message/disposition-notification", ".txt"},
    {"message/rfc822", ".eml"},
};

/* The name of the file: without folders and control characters; made from the type and the number if there is
 * none. */
static char *file_name(const struct mime_attachment *attachment, unsigned number)
{
    const struct mime_part *part = attachment->part;
    struct bytebuf name = {0};
    if (attachment->opaque) {
        bytebuf_text(&name, "smime.p7m");
    } else if (part->filename) {
        const char *base = part->filename;
        for (const char *p = base; *p; p++)
            if ((*p == '/' || *p == '\\') && p[1])
                base = p + 1;
        for (; *base; base++)
            bytebuf_byte(&name, strchr("\t\n", *base)                                       ? ' '
                                : (uint8_t)*base < ' ' || strchr("/\\:*?\"<>|", *base) ? '_'
                                                                                        : (uint8_t)*base);
    }
    if (name.size == 0) {
        const char *extension = ".bin";
        for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
            if (!strcmp(part->type, extensions[i].type))
                extension = extensions[i].extension;
        bytebuf_format(&name, "ATT%05u%s", number, extension);
    }
    return bytebuf_take(&name, NULL);
}

void mime_set_short_name(struct mime_set *set, const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t base_size = dot ? (size_t)(dot - name) : strlen(name);
    struct bytebuf plain = {0}, made = {0};
    bool cut = false;
    for (size_t i = 0; i < base_size; i++) {
        uint8_t c = (uint8_t)name[i];
        if (c > ' ' && c < 127 && !strchr(".,;=+[]", c))
            bytebuf_byte(&plain, c);
        else
            cut = true;
    }
    cut |= plain.size > 8 || plain.size == 0;
    bytebuf_add(&made, plain.data, cut && plain.size > 6 ? 6 : plain.size);
    if (cut)
        bytebuf_text(&made, "~1");
    for (size_t i = 0; dot && i < 4 && dot[i]; i++)
        if ((uint8_t)dot[i] < 127)
            bytebuf_byte(&made, (uint8_t)dot[i]);
    mime_set_text_n(set, PR_ATTACH_FILENAME_W, (const char *)made.data, made.size);
    set->failed |= plain.failed || made.failed;
    bytebuf_free(&plain);
    bytebuf_free(&made);
}

static HRESULT set_embedded(IAttach *attach, const struct mime_part *part, const struct mime_import *options,
                            struct mime_report *report)
{
    struct mime_import inner = *options;
    IMessage *message = NULL;
    inner.read = true; /* what is in a message has no unread state of its own */
    inner.draft = false;
    HRESULT hr = attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &message_iid, 0,
                                              MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&message);
    if (FAILED(hr))
        return hr;
    hr = mime_to_message(part->mail, &inner, report, message);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->SaveChanges(message, 0);
    message->lpVtbl->Release(message);
    return hr;
}

static void set_common(struct mime_set *set, const struct mime_attachment *attachment, const char *name)
{
    const struct mime_part *part = attachment->part;
    char *subject = part->mail ? mime_header_text(part->mail->root, "Subject") : NULL;
    const char *extension = strrchr(name, '.');
    mime_set_long(set, PR_ATTACH_METHOD, part->mail ? ATTACH_EMBEDDED_MSG : ATTACH_BY_VALUE);
    mime_set_long(set, PR_RENDERING_POSITION, -1);
    mime_set_text(set, PR_DISPLAY_NAME_W, part->mail && subject && *subject ? subject : name);
    if (!part->mail || part->filename) {
        mime_set_text(set, PR_ATTACH_LONG_FILENAME_W, name);
        mime_set_short_name(set, name);
        mime_set_text(set, PR_ATTACH_EXTENSION_W, extension ? extension : "");
    }
    mime_set_text(set, PR_ATTACH_MIME_TAG_W, part->type);
    mime_set_text(set, PR_ATTACH_CONTENT_ID_W, part->content_id);
    mime_set_text(set, PR_ATTACH_CONTENT_LOCATION_W, part->location);
    if (attachment->inline_image) {
        mime_set_long(set, PR_ATTACH_FLAGS_LONG, ATTACH_FLAG_RENDERED_IN_BODY);
        mime_set_bool(set, PR_ATTACHMENT_HIDDEN, true);
    }
    free(subject);
}

/* The bytes of an attachment: content, or for a signed mail the whole part as it stands in the source with
 * CRLF line ends. */
static void attachment_bytes(const struct mime_attachment *attachment, struct bytebuf *out)
{
    const struct mime_part *part = attachment->part;
    if (!attachment->opaque) {
        bytebuf_add(out, part->data, part->size);
        return;
    }
    const char *type = mime_header(part, "Content-Type");
    mime_write_header("Content-Type", type ? type : part->type, false, out);
    bytebuf_text(out, "\r\n");
    for (size_t i = part->content_offset; i < part->source_size; i++) {
        if (part->source[i] == '\n' && (i == 0 || part->source[i - 1] != '\r'))
            bytebuf_byte(out, '\r');
        bytebuf_byte(out, (uint8_t)part->source[i]);
    }
}

static HRESULT add_attachment(const struct mime_attachment *attachment, unsigned number,
                              const struct mime_import *options, struct mime_report *report,
                              IMessage *message)
{
    struct mime_set set = {.count = 0};
    struct bytebuf bytes = {0};
    IAttach *attach = NULL;
    ULONG index;
    char *name = file_name(attachment, number);
    HRESULT hr =
        name ? message->lpVtbl->CreateAttach(message, NULL, 0, &index, &attach) : MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(hr))
        goto done;
    set_common(&set, attachment, name);
    if (!attachment->part->mail) {
        attachment_bytes(attachment, &bytes);
        mime_set_binary(&set, PR_ATTACH_DATA_BIN, bytes.data, bytes.size);
    }
    hr = set.failed || bytes.failed ? MAPI_E_NOT_ENOUGH_MEMORY
                                    : mapi_prop_set(MAPI_PROP(attach), set.values, set.count);
    if (SUCCEEDED(hr) && attachment->part->mail)
        hr = set_embedded(attach, attachment->part, options, report);
    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->SaveChanges(attach, 0);
done:
    if (attach)
        attach->lpVtbl->Release(attach);
    if (FAILED(hr) && attach) /* no half attachment stays */
        message->lpVtbl->DeleteAttach(message, index, 0, NULL, 0);
    bytebuf_free(&bytes);
    mime_set_free(&set);
    free(name);
    return hr;
}

HRESULT mime_import_attachments(const struct mime_view *view, const struct mime_import *options,
                                struct mime_report *report, IMessage *message)
{
    HRESULT hr = S_OK;
    for (size_t i = 0; i < view->attachment_count; i++) {
        hr = add_attachment(&view->attachments[i], (unsigned)i + 1, options, report, message);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY || hr == MAPI_E_NOT_ENOUGH_DISK)
            return hr;
        if (FAILED(hr))
            mime_report_add(report, "attachment %u could not be stored (0x%08X)", (unsigned)i + 1,
                            (unsigned)hr);
    }
    return S_OK;
}
