/*
 * mime_export.c: a MAPI message as a mail: bodies, attachments, structure. Layer: MIME over MAPI.
 */
#include "mime_export.h"
#include "body.h"
#include "charset.h"
#include "mapi_prop.h"
#include "mapi_table.h"

#include <stdlib.h>
#include <string.h>

static const IID message_iid = {0x00020307, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* IID_IMessage */
#define PR_ATTACH_FLAGS_LONG PROP_TAG(PT_LONG, 0x3714)

enum { NATIVE_TEXT = 1, NATIVE_RTF = 2, NATIVE_HTML = 3 }; /* PR_NATIVE_BODY_INFO */

/* ---- bodies ---------------------------------------------------------------------------------------------
 */

static struct mime_part *leaf(const char *type, struct bytebuf *content)
{
    struct mime_part *part = mime_part_new(type);
    if (part && !(part->data = bytebuf_take(content, &part->size))) {
        mime_part_free(part);
        part = NULL;
    }
    bytebuf_free(content);
    return part;
}

static HRESULT text_part(const SPropValue *body, struct mime_part **out)
{
    struct bytebuf text = {0}, lines = {0};
    char *utf8 = mime_export_text(body);
    bytebuf_text(&text, utf8);
    free(utf8);
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        if (c == '\n' || (c == '\r' && !(i + 1 < text.size && text.data[i + 1] == '\n')))
            bytebuf_text(&lines, "\r\n");
        else if (c != '\r')
            bytebuf_byte(&lines, c);
    }
    bool ascii = charset_is_ascii(lines.data, lines.size);
    lines.failed |= text.failed;
    bytebuf_free(&text);
    *out = leaf("text/plain", &lines);
    return *out && mime_add_param(*out, "charset", ascii ? "us-ascii" : "utf-8") ? S_OK
                                                                                 : MAPI_E_NOT_ENOUGH_MEMORY;
}

static HRESULT html_part(const void *data, size_t size, uint32_t codepage, struct mime_part **out)
{
    struct bytebuf content = {0};
    const char *charset = charset_name(codepage);
    if (charset) {
        bytebuf_add(&content, data, size);
    } else {
        charset_to_utf8(codepage, data, size, &content);
        charset = "utf-8";
    }
    *out = leaf("text/html", &content);
    return *out && mime_add_param(*out, "charset", charset) ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT mime_export_bodies(IMessage *message, struct mime_part **out, const struct mime_part **html)
{
    enum { P_BODY, P_HTML, P_RTF, P_NATIVE, P_CODEPAGE, P_COUNT };
    static const SizedSPropTagArray(P_COUNT, tags) = {
        P_COUNT, {PR_BODY_W, PR_HTML, PR_RTF_COMPRESSED, PR_NATIVE_BODY_INFO, PR_INTERNET_CPID}};
    SPropValue *values = NULL;
    struct mime_part *text = NULL, *rich = NULL;
    *out = NULL;
    *html = NULL;
    HRESULT hr = mapi_prop_get_many(MAPI_PROP(message), (const SPropTagArray *)&tags, &values);
    if (FAILED(hr))
        return hr;
    bool has_html = PROP_TYPE(values[P_HTML].ulPropTag) == PT_BINARY && values[P_HTML].Value.bin.cb > 0;
    bool has_rtf = PROP_TYPE(values[P_RTF].ulPropTag) == PT_BINARY && values[P_RTF].Value.bin.cb > 0;
    LONG native = PROP_TYPE(values[P_NATIVE].ulPropTag) == PT_LONG ? values[P_NATIVE].Value.l : 0;
    uint32_t codepage =
        PROP_TYPE(values[P_CODEPAGE].ulPropTag) == PT_LONG ? (uint32_t)values[P_CODEPAGE].Value.l : 0;
    if (!native && !has_html && has_rtf &&
        body_native_format(values[P_RTF].Value.bin.lpb, values[P_RTF].Value.bin.cb) == BODY_TEXT)
        native = NATIVE_TEXT;
    if (native != NATIVE_TEXT && has_html) {
        struct body_part part = {BODY_HTML, values[P_HTML].Value.bin.lpb, values[P_HTML].Value.bin.cb,
                                 codepage};
        struct bytebuf copy = {0};
        hr = body_convert(&part, BODY_HTML, &copy, &codepage);
        if (SUCCEEDED(hr))
            hr = html_part(copy.data, copy.size, codepage, &rich);
        bytebuf_free(&copy);
    } else if (native != NATIVE_TEXT && has_rtf) {
        struct body_part part = {BODY_RTF, values[P_RTF].Value.bin.lpb, values[P_RTF].Value.bin.cb, 0};
        struct bytebuf made = {0};
        if (SUCCEEDED(body_convert(&part, BODY_HTML, &made, &codepage)))
            hr = html_part(made.data, made.size, codepage, &rich);
        bytebuf_free(&made);
    }
    bool has_text = PROP_TYPE(values[P_BODY].ulPropTag) == PT_UNICODE && values[P_BODY].Value.lpszW[0];
    if (SUCCEEDED(hr) && (has_text || !rich))
        hr = text_part(&values[P_BODY], &text);
    mapi_free(values);
    *html = rich;
    if (SUCCEEDED(hr) && text && rich) {
        *out = mime_part_new("multipart/alternative");
        if (!*out || !mime_add_part(*out, text))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        text = NULL;
        if (SUCCEEDED(hr) && !mime_add_part(*out, rich))
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        rich = SUCCEEDED(hr) ? NULL : rich;
    } else if (SUCCEEDED(hr)) {
        *out = rich ? rich : text;
        rich = text = NULL;
    }
    if (FAILED(hr)) {
        mime_part_free(*out);
        mime_part_free(text);
        mime_part_free(rich);
        *out = NULL;
        *html = NULL;
    }
    return hr;
}

/* ---- attachments ----------------------------------------------------------------------------------------
 */

enum {
    A_METHOD,
    A_LONG_NAME,
    A_NAME,
    A_DISPLAY,
    A_TYPE,
    A_ID,
    A_LOCATION,
    A_FLAGS,
    A_HIDDEN,
    A_DATA,
    A_COUNT
};

static const SizedSPropTagArray(A_COUNT, attach_tags) = {
    A_COUNT,
    {PR_ATTACH_METHOD, PR_ATTACH_LONG_FILENAME_W, PR_ATTACH_FILENAME_W, PR_DISPLAY_NAME_W,
     PR_ATTACH_MIME_TAG_W, PR_ATTACH_CONTENT_ID_W, PR_ATTACH_CONTENT_LOCATION_W, PR_ATTACH_FLAGS_LONG,
     PR_ATTACHMENT_HIDDEN, PR_ATTACH_DATA_BIN}};

static const struct {
    const char *extension, *type;
} types[] = {{".txt", "text/plain"},         {".htm", "text/html"},       {".html", "text/html"},
             {".jpg", "image/jpeg"},         {".jpeg", "image/jpeg"},     {".png", "image/png"},
             {".gif", "image/gif"},          {".pdf", "application/pdf"}, {".zip", "application/zip"},
             {".doc", "application/msword"}, {".ics", "text/calendar"},   {".xml", "application/xml"},
             {".rtf", "application/rtf"},    {".csv", "text/csv"}};

/* A content type that a leaf may have. */
static bool usable_type(const char *type)
{
    const char *slash = type ? strchr(type, '/') : NULL;
    if (!slash || slash == type || !slash[1] || !strncmp(type, "multipart/", 10) ||
        !strcmp(type, "message/rfc822"))
        return false;
    for (; *type; type++)
        if ((uint8_t)*type <= ' ' || (uint8_t)*type >= 127 || strchr("()<>@,;:\\\"[]?=", *type))
            return false;
    return true;
}

static const char *type_of_name(const char *name)
{
    const char *dot = name ? strrchr(name, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++) {
        const char *a = types[i].extension, *b = dot;
        while (*a && *a == (*b >= 'A' && *b <= 'Z' ? *b + 32 : *b))
            a++, b++;
        if (!*a && !*b)
            return types[i].type;
    }
    return "application/octet-stream";
}

static HRESULT embedded_part(IAttach *attach, IAddrBook *book, int depth, struct mime_part **out)
{
    IMessage *inner = NULL;
    *out = NULL;
    if (depth >= MIME_DEPTH_LIMIT)
        return MAPI_E_TOO_BIG;
    HRESULT hr =
        attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &message_iid, 0, 0, (IUnknown **)&inner);
    if (FAILED(hr))
        return hr;
    *out = mime_part_new("message/rfc822");
    hr = *out ? mime_export_mail(inner, book, depth + 1, &(*out)->mail) : MAPI_E_NOT_ENOUGH_MEMORY;
    inner->lpVtbl->Release(inner);
    return hr;
}

static bool names_content(const struct mime_part *html, const char *id)
{
    size_t size = id ? strlen(id) : 0;
    for (size_t i = 0; html && size && i + size <= html->size; i++)
        if (html->data[i] == id[0] && !memcmp(html->data + i, id, size))
            return true;
    return false;
}

/* One attachment as a part. *related: it is shown by the HTML. */
static HRESULT attachment_part(IAttach *attach, IAddrBook *book, int depth, const struct mime_part *html,
                               struct mime_part **out, bool *related)
{
    SPropValue *values = NULL;
    *out = NULL;
    *related = false;
    HRESULT hr = mapi_prop_get_many(MAPI_PROP(attach), (const SPropTagArray *)&attach_tags, &values);
    if (FAILED(hr))
        return hr;
    LONG method =
        PROP_TYPE(values[A_METHOD].ulPropTag) == PT_LONG ? values[A_METHOD].Value.l : (LONG)ATTACH_BY_VALUE;
    char *name = mime_export_text(&values[A_LONG_NAME]), *type = mime_export_text(&values[A_TYPE]);
    if (!name)
        name = mime_export_text(&values[A_NAME]);
    if (method == ATTACH_EMBEDDED_MSG) {
        hr = embedded_part(attach, book, depth, out);
    } else {
        struct bytebuf data = {0};
        if (PROP_TYPE(values[A_DATA].ulPropTag) == PT_BINARY)
            bytebuf_add(&data, values[A_DATA].Value.bin.lpb, values[A_DATA].Value.bin.cb);
        if (!name)
            name = mime_export_text(&values[A_DISPLAY]);
        *out = leaf(usable_type(type) ? type : type_of_name(name), &data);
        hr = *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (SUCCEEDED(hr)) {
        struct mime_part *part = *out;
        part->content_id = mime_export_text(&values[A_ID]);
        part->location = mime_export_text(&values[A_LOCATION]);
        part->filename = name;
        name = NULL;
        *related = method != ATTACH_EMBEDDED_MSG &&
                   (names_content(html, part->content_id) || names_content(html, part->location));
        part->disposition = strdup(*related ? "inline" : "attachment");
    }
    free(name);
    free(type);
    mapi_free(values);
    if (FAILED(hr)) {
        mime_part_free(*out);
        *out = NULL;
    }
    return hr;
}

struct attachments {
    struct mime_part **plain, **related;
    size_t plain_count, related_count;
};

static void attachments_free(struct attachments *all)
{
    for (size_t i = 0; i < all->plain_count; i++)
        mime_part_free(all->plain[i]);
    for (size_t i = 0; i < all->related_count; i++)
        mime_part_free(all->related[i]);
    free(all->plain);
    free(all->related);
}

static HRESULT read_attachments(IMessage *message, IAddrBook *book, int depth, const struct mime_part *html,
                                struct attachments *all)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ATTACH_NUM}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = message->lpVtbl->GetAttachmentTable(message, 0, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr)) {
        all->plain = calloc(rows->cRows + 1, sizeof *all->plain);
        all->related = calloc(rows->cRows + 1, sizeof *all->related);
        if (!all->plain || !all->related)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        const SPropValue *number = &rows->aRow[i].lpProps[0];
        IAttach *attach = NULL;
        struct mime_part *part = NULL;
        bool related = false;
        if (PROP_TYPE(number->ulPropTag) != PT_LONG)
            continue;
        hr = message->lpVtbl->OpenAttach(message, (ULONG)number->Value.l, NULL, 0, &attach);
        if (SUCCEEDED(hr))
            hr = attachment_part(attach, book, depth, html, &part, &related);
        if (SUCCEEDED(hr) && related)
            all->related[all->related_count++] = part;
        else if (SUCCEEDED(hr))
            all->plain[all->plain_count++] = part;
        if (attach)
            attach->lpVtbl->Release(attach);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

/* ---- the whole ------------------------------------------------------------------------------------------
 */

/* Puts `body` and `parts` into a new multipart; both are taken over, also on a failure. */
static HRESULT wrap(const char *type, struct mime_part **body, struct mime_part **parts, size_t *count)
{
    struct mime_part *outer = mime_part_new(type);
    if (!outer)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    bool ok = mime_add_part(outer, *body);
    *body = outer;
    for (size_t i = 0; i < *count; i++) {
        ok &= mime_add_part(outer, parts[i]);
        parts[i] = NULL;
    }
    *count = 0;
    return ok ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* A signed mail's one attachment holds the whole signed part with its Content-Type (MS-OXOSMIME 2.1.3). */
static HRESULT signed_root(const struct mime_part *whole, struct mime_part **out)
{
    struct mime_mail *mail = NULL;
    *out = NULL;
    HRESULT hr = mime_parse(whole->data, whole->size, &mail);
    if (FAILED(hr))
        return hr;
    const struct mime_part *from = mail->root;
    hr = S_FALSE;
    if (!strcmp(from->type, "multipart/signed")) {
        struct mime_part *part = mime_part_new(from->type);
        bool ok = part != NULL;
        for (size_t i = 0; ok && i < from->param_count; i++)
            ok = mime_add_param(part, from->params[i].name, from->params[i].value);
        if (ok) {
            part->raw_size = from->source_size - from->content_offset;
            part->raw = malloc(part->raw_size + 1);
            if (part->raw)
                memcpy(part->raw, from->source + from->content_offset, part->raw_size);
            ok = part->raw != NULL;
        }
        hr = ok ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
        if (ok)
            *out = part;
        else
            mime_part_free(part);
    }
    mime_free(mail);
    return hr;
}

static bool class_is(IMessage *message, const char *wanted)
{
    SPropValue *value = NULL;
    char *text = SUCCEEDED(mapi_prop_get(MAPI_PROP(message), PR_MESSAGE_CLASS_W, &value))
                     ? mime_export_text(value)
                     : NULL;
    bool same = text && !strcmp(text, wanted);
    free(text);
    mapi_free(value);
    return same;
}

/* The content: bodies and attachments as one part. */
static HRESULT build_root(IMessage *message, IAddrBook *book, int depth, struct mime_part **out)
{
    struct attachments all = {NULL, NULL, 0, 0};
    struct mime_part *root = NULL, *replaced = NULL;
    const struct mime_part *html = NULL;
    HRESULT hr = mime_export_bodies(message, &root, &html);
    if (SUCCEEDED(hr))
        hr = read_attachments(message, book, depth, html, &all);
    if (SUCCEEDED(hr) && all.plain_count == 1 && all.plain[0]->data) {
        if (class_is(message, "IPM.Note.SMIME.MultipartSigned")) {
            hr = signed_root(all.plain[0], &replaced);
        } else if (class_is(message, "IPM.Note.SMIME")) {
            replaced = all.plain[0];
            all.plain_count = 0;
        }
    }
    if (SUCCEEDED(hr) && replaced) {
        mime_part_free(root);
        root = replaced;
    } else if (SUCCEEDED(hr)) {
        if (all.related_count > 0)
            hr = wrap("multipart/related", &root, all.related, &all.related_count);
        if (SUCCEEDED(hr) && all.plain_count > 0)
            hr = wrap("multipart/mixed", &root, all.plain, &all.plain_count);
    }
    attachments_free(&all);
    if (FAILED(hr)) {
        mime_part_free(root);
        root = NULL;
    }
    *out = root;
    return FAILED(hr) ? hr : S_OK;
}

HRESULT mime_export_mail(IMessage *message, IAddrBook *book, int depth, struct mime_mail **out)
{
    struct mime_mail *mail = mime_mail_new();
    *out = NULL;
    HRESULT hr = mail ? build_root(message, book, depth, &mail->root) : MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = mime_export_headers(message, book, mail->root);
    if (FAILED(hr)) {
        mime_free(mail);
        return hr;
    }
    *out = mail;
    return S_OK;
}

HRESULT mime_export(IMessage *message, IAddrBook *book, struct bytebuf *out)
{
    struct mime_mail *mail = NULL;
    size_t start = out->size;
    HRESULT hr = mime_export_mail(message, book, 0, &mail);
    if (SUCCEEDED(hr))
        hr = mime_write(mail, out);
    if (FAILED(hr))
        out->size = start;
    mime_free(mail);
    return hr;
}
