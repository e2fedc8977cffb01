/*
 * mime_view.c: what of a mail is shown as its body, and what is attached (MS-OXCMAIL 2.2.3). Layer: MIME
 * (portable).
 */
#include "charset.h"
#include "html.h"
#include "mime.h"

#include <stdlib.h>
#include <string.h>

struct viewer {
    struct mime_view *view;
    struct mime_report *report;
    bool failed;
};

static bool starts_with(const char *text, const char *start)
{
    return !strncmp(text, start, strlen(start));
}

static bool is_body_text(const struct mime_part *part)
{
    if (strcmp(part->type, "text/plain") && strcmp(part->type, "text/html") &&
        strcmp(part->type, "text/enriched"))
        return false;
    if (part->disposition && !strcmp(part->disposition, "attachment"))
        return false;
    /* An inline text with a name is a file that is shown, not the body. */
    return !part->filename;
}

static struct mime_attachment *add_attachment(struct viewer *v, const struct mime_part *part)
{
    struct mime_view *view = v->view;
    if ((view->attachment_count & (view->attachment_count + 1)) == 0 || !view->attachments) {
        size_t room = view->attachment_count * 2 + 1;
        struct mime_attachment *grown = realloc(view->attachments, room * sizeof *grown);
        if (!grown) {
            v->failed = true;
            return NULL;
        }
        view->attachments = grown;
    }
    struct mime_attachment *added = &view->attachments[view->attachment_count++];
    *added = (struct mime_attachment){.part = part};
    return added;
}

static uint32_t part_codepage(struct viewer *v, const struct mime_part *part, bool html)
{
    const char *name = mime_param(part, "charset");
    uint32_t codepage = charset_codepage(name);
    if (codepage == CHARSET_UNKNOWN && name && *name)
        mime_report_add(v->report, "unknown character set \"%.40s\"", name);
    if (codepage == CHARSET_UNKNOWN && html)
        codepage = html_declared_codepage(part->data, part->size);
    if (codepage == CHARSET_UNKNOWN && charset_is_utf8(part->data, part->size))
        codepage = charset_is_ascii(part->data, part->size) ? CHARSET_ASCII : CHARSET_UTF8;
    return codepage;
}

/* Text with line ends as CRLF and without NULs; format=flowed lines are joined (RFC 3676). */
static void put_lines(const char *text, size_t size, bool flowed, bool delsp, struct bytebuf *out)
{
    bool joined = false;
    size_t depth_before = 0;
    for (size_t pos = 0; pos < size;) {
        size_t next, end = mime_line_end(text, size, pos, &next), start = pos, depth = 0;
        bool last = next >= size && end == next;
        while (flowed && start < end && text[start] == '>')
            start++, depth++;
        if (joined && depth != depth_before) {
            bytebuf_text(out, "\r\n");
            joined = false;
        }
        if (!joined)
            for (size_t i = 0; i < depth; i++)
                bytebuf_byte(out, '>');
        bool quoted_space = flowed && start < end && text[start] == ' ';
        if (quoted_space && (joined || depth == 0))
            start++; /* stuffed */
        bool signature = end - start == 3 && !memcmp(text + start, "-- ", 3);
        bool soft = flowed && end > start && text[end - 1] == ' ' && !signature;
        for (size_t i = start; i < end - (soft && delsp); i++)
            if (text[i])
                bytebuf_byte(out, (uint8_t)text[i]);
        joined = soft && !last;
        depth_before = depth;
        if (!joined && !last)
            bytebuf_text(out, "\r\n");
        pos = next;
    }
}

static bool param_is(const struct mime_part *part, const char *name, const char *wanted)
{
    const char *value = mime_param(part, name);
    if (!value || strlen(value) != strlen(wanted))
        return false;
    for (; *wanted; value++, wanted++)
        if ((*value | 32) != *wanted)
            return false;
    return true;
}

static void add_text(struct viewer *v, const struct mime_part *part)
{
    struct bytebuf utf8 = {0};
    uint32_t codepage = part_codepage(v, part, false);
    if (!charset_to_utf8(codepage, part->data, part->size, &utf8))
        mime_report_add(v->report, "text does not fit its character set");
    if (v->view->has_text && v->view->text.size > 0)
        bytebuf_text(&v->view->text, "\r\n");
    put_lines((const char *)utf8.data, utf8.size, param_is(part, "format", "flowed"),
              param_is(part, "delsp", "yes"), &v->view->text);
    if (!v->view->text_codepage)
        v->view->text_codepage = codepage;
    v->view->has_text = true;
    v->failed |= utf8.failed;
    bytebuf_free(&utf8);
}

static void add_html(struct viewer *v, const struct mime_part *part)
{
    uint32_t codepage = part_codepage(v, part, true);
    struct mime_view *view = v->view;
    if (!view->has_html) {
        view->html_codepage = codepage;
        bytebuf_add(&view->html, part->data, part->size);
    } else {
        /* A second HTML part is appended; in another character set, by way of UTF-8. */
        struct bytebuf utf8 = {0};
        charset_to_utf8(codepage, part->data, part->size, &utf8);
        bytebuf_text(&view->html, "\r\n<br>\r\n");
        charset_from_utf8(view->html_codepage ? view->html_codepage : CHARSET_UTF8, (const char *)utf8.data,
                          utf8.size, &view->html);
        v->failed |= utf8.failed;
        bytebuf_free(&utf8);
    }
    view->has_html = true;
}

/* text/enriched (RFC 1896) as text: commands in angle brackets are left out. */
static void add_enriched(struct viewer *v, const struct mime_part *part)
{
    struct bytebuf utf8 = {0}, plain = {0};
    charset_to_utf8(part_codepage(v, part, false), part->data, part->size, &utf8);
    const char *text = (const char *)utf8.data;
    bool param = false;
    for (size_t i = 0; i < utf8.size; i++) {
        if (text[i] == '<' && i + 1 < utf8.size && text[i + 1] == '<') {
            i++;
        } else if (text[i] == '<') {
            const char *close = memchr(text + i, '>', utf8.size - i);
            param = utf8.size - i >= 7 && starts_with(text + i, "<param>");
            i = close ? (size_t)(close - text) : utf8.size;
            continue;
        }
        if (!param)
            bytebuf_byte(&plain, (uint8_t)text[i]);
    }
    put_lines((const char *)plain.data, plain.size, false, false, &v->view->text);
    v->view->has_text = true;
    v->failed |= utf8.failed || plain.failed;
    bytebuf_free(&utf8);
    bytebuf_free(&plain);
}

static void view_part(struct viewer *v, const struct mime_part *part, bool in_related, bool first);

static bool contains_type(const struct mime_part *part, const char *type)
{
    if (!strcmp(part->type, type) && is_body_text(part))
        return true;
    for (size_t i = 0; i < part->part_count; i++)
        if (starts_with(part->type, "multipart/") && contains_type(part->parts[i], type))
            return true;
    return false;
}

/* What hangs on an alternative that is not shown and is no text: the file beside a text of a program that nests so. */
static void attach_others(struct viewer *v, const struct mime_part *part)
{
    if (part->mail || (!is_body_text(part) && !starts_with(part->type, "multipart/")))
        add_attachment(v, part);
    else
        for (size_t i = 0; i < part->part_count; i++)
            attach_others(v, part->parts[i]);
}

/* The last alternative with HTML and the last with plain text are the bodies; calendar and others are
 * attached. */
static void view_alternative(struct viewer *v, const struct mime_part *part, bool in_related)
{
    const struct mime_part *html = NULL, *text = NULL;
    for (size_t i = 0; i < part->part_count; i++) {
        if (contains_type(part->parts[i], "text/html"))
            html = part->parts[i];
        else if (contains_type(part->parts[i], "text/plain") ||
                 contains_type(part->parts[i], "text/enriched"))
            text = part->parts[i];
    }
    if (html && text && v->view->has_text)
        text = NULL; /* a body came before: this alternative goes on in HTML, which is the fuller form */
    for (size_t i = 0; i < part->part_count; i++) {
        const struct mime_part *child = part->parts[i];
        bool is_text = contains_type(child, "text/plain") || contains_type(child, "text/html") ||
                       contains_type(child, "text/enriched");
        if (child == html || child == text || !is_text)
            view_part(v, child, in_related, true);
        else
            attach_others(v, child);
    }
}

static void view_leaf(struct viewer *v, const struct mime_part *part, bool in_related, bool first)
{
    if (is_body_text(part) && (first || !in_related)) {
        bool html = !strcmp(part->type, "text/html");
        bool other_only =
            html ? v->view->has_text && !v->view->has_html : v->view->has_html && !v->view->has_text;
        if (!other_only || first) {
            if (html)
                add_html(v, part);
            else if (!strcmp(part->type, "text/enriched"))
                add_enriched(v, part);
            else
                add_text(v, part);
            return;
        }
    }
    struct mime_attachment *added = add_attachment(v, part);
    if (added && (in_related || starts_with(part->type, "image/")))
        added->inline_image = part->content_id || part->location; /* settled when the HTML is known */
}

static bool is_smime_signature(const char *type)
{
    return !strcmp(type, "application/pkcs7-signature") || !strcmp(type, "application/x-pkcs7-signature");
}

static void view_part(struct viewer *v, const struct mime_part *part, bool in_related, bool first)
{
    if (part->mail) {
        add_attachment(v, part);
    } else if (!starts_with(part->type, "multipart/") || part->part_count == 0) {
        view_leaf(v, part, in_related, first);
    } else if (!strcmp(part->type, "multipart/alternative")) {
        view_alternative(v, part, in_related);
    } else if (!strcmp(part->type, "multipart/related")) {
        const char *start = mime_param(part, "start");
        size_t root = 0;
        for (size_t i = 0; start && i < part->part_count; i++) {
            const char *id = part->parts[i]->content_id;
            size_t length = id ? strlen(id) : 0;
            if (length && !strncmp(start + (*start == '<'), id, length))
                root = i;
        }
        view_part(v, part->parts[root], in_related, true);
        for (size_t i = 0; i < part->part_count; i++)
            if (i != root)
                view_part(v, part->parts[i], true, false);
    } else {
        bool digest = !strcmp(part->type, "multipart/digest");
        for (size_t i = 0; i < part->part_count; i++)
            view_part(v, part->parts[i], in_related, !digest && first && i == 0);
    }
}

/* Whether the HTML names the image, by its content id or its location. */
static bool html_names(const struct mime_view *view, const char *id, const char *prefix)
{
    size_t id_size = id ? strlen(id) : 0, prefix_size = strlen(prefix);
    const char *html = (const char *)view->html.data;
    if (id_size == 0 || view->html.size < id_size + prefix_size)
        return false;
    for (size_t i = 0; i + prefix_size + id_size <= view->html.size; i++)
        if (html[i + prefix_size] == id[0] && !memcmp(html + i, prefix, prefix_size) &&
            !memcmp(html + i + prefix_size, id, id_size))
            return true;
    return false;
}

static const char *report_class(const struct mime_part *root)
{
    const char *type = mime_param(root, "report-type");
    if (type && !strcmp(type, "disposition-notification"))
        return "REPORT.IPM.Note.IPNRN";
    if (!type || strcmp(type, "delivery-status"))
        return "IPM.Note";
    /* The delivery status tells a receipt from a failure: "Action: delivered" (RFC 3464). */
    for (size_t i = 0; i < root->part_count; i++) {
        const struct mime_part *part = root->parts[i];
        if (strcmp(part->type, "message/delivery-status") || !part->data)
            continue;
        for (const char *p = part->data; (p = strstr(p, "ction:")) != NULL; p++) {
            const char *action = p + 6 + strspn(p + 6, " \t");
            if (!strncmp(action, "delivered", 9) || !strncmp(action, "relayed", 7) ||
                !strncmp(action, "expanded", 8))
                return "REPORT.IPM.Note.DR";
            if (!strncmp(action, "delayed", 7))
                return "REPORT.IPM.Note.Delayed";
        }
    }
    return "REPORT.IPM.Note.NDR";
}

HRESULT mime_view(const struct mime_mail *mail, struct mime_report *report, struct mime_view *view)
{
    const struct mime_part *root = mail->root;
    *view = (struct mime_view){.message_class = "IPM.Note"};
    struct viewer v = {view, report, false};
    if (!strcmp(root->type, "multipart/signed") && root->part_count == 2 &&
        is_smime_signature(root->parts[1]->type) && root->source) {
        /* Signed text stays as it is, or the signature breaks; its body is shown too (MS-OXOSMIME 2.1.3). */
        view->message_class = "IPM.Note.SMIME.MultipartSigned";
        view_part(&v, root->parts[0], false, true);
        view->attachment_count = 0;
        struct mime_attachment *whole = add_attachment(&v, root);
        if (whole)
            whole->opaque = true;
    } else {
        if (!strcmp(root->type, "application/pkcs7-mime") || !strcmp(root->type, "application/x-pkcs7-mime"))
            view->message_class = "IPM.Note.SMIME";
        else if (!strcmp(root->type, "multipart/report"))
            view->message_class = report_class(root);
        view_part(&v, root, false, true);
    }
    for (size_t i = 0; i < view->attachment_count; i++) {
        struct mime_attachment *attachment = &view->attachments[i];
        if (attachment->inline_image)
            attachment->inline_image = html_names(view, attachment->part->content_id, "cid:") ||
                                       html_names(view, attachment->part->location, "");
    }
    return v.failed || view->text.failed || view->html.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void mime_view_free(struct mime_view *view)
{
    bytebuf_free(&view->text);
    bytebuf_free(&view->html);
    free(view->attachments);
    view->attachments = NULL;
    view->attachment_count = 0;
}
