/*
 * mime_parse.c: a mail's text as a tree of parts. Layer: MIME (portable).
 *
 * Headers, multiparts by their boundaries, embedded mails. An outer multipart is cut before what is in it, so
 * a missing inner boundary loses nothing outside. Every part keeps where it stands in the source.
 */
#include "mime.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_LIMIT 4000 /* header fields of one part that are kept as such */

struct parser {
    struct mime_report *report;
    size_t parts; /* read so far */
};

void mime_report_add(struct mime_report *report, const char *format, ...)
{
    char line[256];
    va_list args;
    if (!report || report->count >= MIME_PROBLEM_LIMIT)
        return;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    for (char *p = line; *p; p++)
        if ((uint8_t)*p < ' ')
            *p = ' ';
    char *copy = strdup(line);
    if (copy)
        report->lines[report->count++] = copy;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a >= 'A' && *a <= 'Z' ? (char)(*a + 32) : *a,
             y = *b >= 'A' && *b <= 'Z' ? (char)(*b + 32) : *b;
        if (x != y)
            return false;
    }
    return *a == *b;
}

static void lower_text(char *text)
{
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'Z')
            *text = (char)(*text + 32);
}

void mime_part_free(struct mime_part *part)
{
    if (!part)
        return;
    for (size_t i = 0; i < part->header_count; i++) {
        free(part->headers[i].name);
        free(part->headers[i].value);
    }
    free(part->headers);
    mime_params_free(part->params, part->param_count);
    for (size_t i = 0; i < part->part_count; i++)
        mime_part_free(part->parts[i]);
    free(part->parts);
    mime_free(part->mail);
    free(part->type);
    free(part->disposition);
    free(part->filename);
    free(part->content_id);
    free(part->location);
    free(part->description);
    free(part->data);
    free(part->raw);
    free(part);
}

void mime_free(struct mime_mail *mail)
{
    if (!mail)
        return;
    mime_part_free(mail->root);
    for (size_t i = 0; i < mail->report.count; i++)
        free(mail->report.lines[i]);
    free(mail);
}

const char *mime_header(const struct mime_part *part, const char *name)
{
    for (size_t i = 0; i < part->header_count; i++)
        if (same_name(part->headers[i].name, name))
            return part->headers[i].value;
    return NULL;
}

const char *mime_param(const struct mime_part *part, const char *name)
{
    for (size_t i = 0; i < part->param_count; i++)
        if (!strcmp(part->params[i].name, name))
            return part->params[i].value;
    return NULL;
}

char *mime_header_text(const struct mime_part *part, const char *name)
{
    const char *value = mime_header(part, name);
    struct bytebuf out = {0};
    if (!value)
        return NULL;
    mime_decode_words(value, strlen(value), &out);
    return bytebuf_take(&out, NULL);
}

HRESULT mime_header_addresses(const struct mime_part *part, const char *name, struct mime_address_list *out)
{
    HRESULT hr = S_OK;
    *out = (struct mime_address_list){0};
    for (size_t i = 0; i < part->header_count && SUCCEEDED(hr); i++)
        if (same_name(part->headers[i].name, name))
            hr = mime_parse_addresses(part->headers[i].value, out);
    if (FAILED(hr))
        mime_addresses_free(out);
    return hr;
}

bool mime_header_date(const struct mime_part *part, const char *name, int64_t *ticks)
{
    const char *value = mime_header(part, name);
    *ticks = 0;
    return value && mime_parse_date(value, ticks);
}

bool mime_received_date(const struct mime_part *part, int64_t *ticks)
{
    const char *value = mime_header(part, "Received"), *date = value ? strrchr(value, ';') : NULL;
    *ticks = 0;
    return date && mime_parse_date(date + 1, ticks);
}

/* ---- headers --------------------------------------------------------------------------------------------
 */

/* The length of a field name that the line begins with, or 0. */
static size_t field_name(const char *line, size_t size)
{
    size_t i = 0;
    while (i < size && (uint8_t)line[i] > 32 && (uint8_t)line[i] < 127 && line[i] != ':')
        i++;
    size_t length = i;
    while (i < size && (line[i] == ' ' || line[i] == '\t'))
        i++;
    return length > 0 && i < size && line[i] == ':' ? length : 0;
}

static bool add_header(struct mime_part *part, const char *line, size_t size)
{
    size_t name_size = field_name(line, size), pos = name_size;
    if (part->header_count % 16 == 0) {
        struct mime_header *headers = realloc(part->headers, (part->header_count + 16) * sizeof *headers);
        if (!headers)
            return false;
        part->headers = headers;
    }
    while (line[pos] != ':')
        pos++;
    pos++;
    struct bytebuf value = {0};
    for (; pos < size; pos++) {
        char c = line[pos];
        if (c == '\r' || c == '\n')
            continue; /* unfolding keeps the white space that follows */
        bytebuf_byte(&value, c ? (uint8_t)c : ' ');
    }
    size_t skip = 0;
    while (skip < value.size && is_space((char)value.data[skip]))
        skip++;
    while (value.size > skip && is_space((char)value.data[value.size - 1]))
        value.size--;
    if (skip > 0) {
        value.size -= skip;
        memmove(value.data, value.data + skip, value.size);
    }
    struct mime_header *header = &part->headers[part->header_count];
    header->text = false;
    header->name = calloc(1, name_size + 1);
    header->value = bytebuf_take(&value, NULL);
    if (!header->name || !header->value) {
        free(header->name);
        free(header->value);
        return false;
    }
    memcpy(header->name, line, name_size);
    part->header_count++;
    return true;
}

static bool is_from_line(const char *line, size_t size)
{
    return (size >= 5 && !memcmp(line, "From ", 5)) || (size >= 6 && !memcmp(line, ">From ", 6));
}

/*
 * Reads the header block at the start of the text; *body receives where the content begins, *end where the
 * block ends. A line that is no field ends the block, and is content.
 */
static HRESULT read_headers(struct parser *parser, struct mime_part *part, const char *text, size_t size,
                            size_t *end, size_t *body)
{
    size_t pos = 0;
    *end = *body = 0;
    while (pos < size) {
        size_t next, line_end = mime_line_end(text, size, pos, &next);
        if (line_end == pos) {
            *end = pos;
            *body = next;
            return S_OK;
        }
        if (is_from_line(text + pos, line_end - pos)) {
            pos = next;
            continue;
        }
        if (field_name(text + pos, line_end - pos) == 0) {
            if (is_space(text[pos]) && part->header_count == 0) { /* a continuation of nothing */
                mime_report_add(parser->report, "the first header line is a continuation");
                pos = next;
                continue;
            }
            mime_report_add(parser->report, "the header section ends without an empty line");
            *end = *body = pos;
            return S_OK;
        }
        size_t start = pos;
        while (next < size && (text[next] == ' ' || text[next] == '\t')) {
            size_t after, fold_end = mime_line_end(text, size, next, &after);
            size_t blank = next;
            while (blank < fold_end && is_space(text[blank]))
                blank++;
            if (blank == fold_end && (after >= size || (text[after] != ' ' && text[after] != '\t')) &&
                fold_end == next)
                break;
            line_end = fold_end;
            next = after;
        }
        if (part->header_count < HEADER_LIMIT) {
            if (!add_header(part, text + start, line_end - start))
                return MAPI_E_NOT_ENOUGH_MEMORY;
        } else if (part->header_count == HEADER_LIMIT) {
            mime_report_add(parser->report, "more than %d header fields: the rest is not read", HEADER_LIMIT);
        }
        pos = next;
    }
    *end = *body = size;
    return S_OK;
}

static char *unbracketed(const char *value)
{
    size_t size = strlen(value);
    while (size > 0 && (*value == '<' || is_space(*value)))
        value++, size--;
    while (size > 0 && (value[size - 1] == '>' || is_space(value[size - 1])))
        size--;
    struct bytebuf out = {0};
    bytebuf_add(&out, value, size);
    return bytebuf_take(&out, NULL);
}

static const char *param_value(const struct mime_param *params, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(params[i].name, name))
            return params[i].value;
    return NULL;
}

/* Reads the Content- fields of a part. default_type: what it is without a Content-Type. */
static HRESULT read_content_fields(struct parser *parser, struct mime_part *part, const char *default_type)
{
    const char *header = mime_header(part, "Content-Type"), *name = NULL;
    struct mime_param *params = NULL;
    size_t count = 0;
    HRESULT hr = S_OK;
    if (header)
        hr = mime_parse_params(header, &part->type, &part->params, &part->param_count);
    if (FAILED(hr))
        return hr;
    if (part->type) {
        lower_text(part->type);
        char *slash = strchr(part->type, '/');
        for (char *p = part->type; *p; p++)
            if (is_space(*p) || (uint8_t)*p >= 127)
                slash = NULL;
        if (!slash || slash == part->type || !slash[1]) {
            /* "text" alone is what some old programs wrote for text/plain (RFC 1049). */
            if (*part->type && strcmp(part->type, "text"))
                mime_report_add(parser->report, "the content type \"%.60s\" is malformed: read as text",
                                part->type);
            free(part->type);
            part->type = NULL;
            default_type = "text/plain";
        }
    }
    if (!part->type && !(part->type = strdup(default_type)))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    header = mime_header(part, "Content-Disposition");
    if (header) {
        hr = mime_parse_params(header, &part->disposition, &params, &count);
        if (FAILED(hr))
            return hr;
        lower_text(part->disposition);
        name = param_value(params, count, "filename");
    }
    if (!name || !*name)
        name = mime_param(part, "name");
    if (name && *name && !(part->filename = strdup(name)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    mime_params_free(params, count);
    header = mime_header(part, "Content-ID");
    if (header && *header && !(part->content_id = unbracketed(header)))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    header = mime_header(part, "Content-Location");
    if (header && *header) {
        part->location = mime_header_text(part, "Content-Location");
        if (!part->location)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        /* Long addresses are folded: the white space is not part of them. */
        size_t kept = 0;
        for (char *p = part->location; p && *p; p++)
            if (!is_space(*p))
                part->location[kept++] = *p;
        if (part->location)
            part->location[kept] = 0;
    }
    part->description = mime_header_text(part, "Content-Description");
    return hr;
}

/* ---- content --------------------------------------------------------------------------------------------
 */

static HRESULT parse_part(struct parser *parser, const char *text, size_t size, const char *default_type,
                          int depth, struct mime_part **out, size_t *headers_size);
static HRESULT parse_mail(struct parser *parser, const char *text, size_t size, int depth,
                          struct mime_mail **out);

static HRESULT decode_leaf(struct parser *parser, struct mime_part *part, const char *content, size_t size)
{
    const char *header = mime_header(part, "Content-Transfer-Encoding");
    char encoding[32] = "";
    struct bytebuf out = {0};
    bool clean = true;
    if (header) {
        size_t length = strcspn(header, " \t;("), start = 0;
        if (length < sizeof encoding)
            memcpy(encoding, header + start, length);
        lower_text(encoding);
    }
    if (!strcmp(encoding, "base64")) {
        clean = mime_decode_base64(content, size, &out);
    } else if (!strcmp(encoding, "quoted-printable")) {
        clean = mime_decode_qp(content, size, &out);
    } else if (!strcmp(encoding, "x-uuencode") || !strcmp(encoding, "uuencode") ||
               !strcmp(encoding, "x-uue")) {
        clean = mime_decode_uu(content, size, &out);
        if (out.size == 0)
            bytebuf_add(&out, content, size);
    } else {
        static const char *const plain[] = {"", "7bit", "8bit", "binary", "7-bit", "8-bit", "none", "ascii"};
        bool known = false;
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
            known |= !strcmp(encoding, plain[i]);
        if (!known || (header && !*encoding && *header))
            mime_report_add(parser->report,
                            "unknown transfer encoding \"%.40s\": the content is kept as it is", header);
        bytebuf_add(&out, content, size);
    }
    if (!clean)
        mime_report_add(parser->report, "the %s content of a %.60s part is damaged", encoding, part->type);
    part->data = bytebuf_take(&out, &part->size);
    return part->data ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

/* Whether the line is the boundary: 1, its end form: 2, or not: 0. */
static int boundary_line(const char *line, size_t size, const char *boundary, size_t boundary_size)
{
    if (size < boundary_size + 2 || line[0] != '-' || line[1] != '-' ||
        memcmp(line + 2, boundary, boundary_size))
        return 0;
    size_t pos = boundary_size + 2;
    bool closing = size >= pos + 2 && line[pos] == '-' && line[pos + 1] == '-';
    pos += closing ? 2 : 0;
    while (pos < size && is_space(line[pos]))
        pos++;
    return pos < size ? 0 : closing ? 2 : 1;
}

/* What the first line that looks like a boundary has after its dashes, for a multipart that names none. */
static char *guess_boundary(const char *content, size_t size)
{
    for (size_t pos = 0; pos < size;) {
        size_t next, end = mime_line_end(content, size, pos, &next);
        if (end - pos > 2 && content[pos] == '-' && content[pos + 1] == '-' && !is_space(content[pos + 2])) {
            struct bytebuf out = {0};
            while (end > pos && is_space(content[end - 1]))
                end--;
            bytebuf_add(&out, content + pos + 2, end - pos - 2);
            return bytebuf_take(&out, NULL);
        }
        pos = next;
    }
    return NULL;
}

static HRESULT parse_child(struct parser *parser, struct mime_part *part, const char *text, size_t size, int depth)
{
    struct mime_part *child = NULL;
    size_t headers_size;
    if (parser->parts >= MIME_PARTS_LIMIT) {
        mime_report_add(parser->report, "more than %d parts: the rest is left out", MIME_PARTS_LIMIT);
        return S_OK;
    }
    const char *default_type = !strcmp(part->type, "multipart/digest") ? "message/rfc822" : "text/plain";
    HRESULT hr = parse_part(parser, text, size, default_type, depth + 1, &child, &headers_size);
    if (SUCCEEDED(hr) && !mime_add_part(part, child))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    return hr;
}

/* Cuts a multipart's content at its boundary lines. S_FALSE if there is none. */
static HRESULT parse_multipart(struct parser *parser, struct mime_part *part, const char *content,
                               size_t size, int depth)
{
    const char *named = mime_param(part, "boundary");
    char *boundary = named && *named ? strdup(named) : guess_boundary(content, size);
    size_t start = 0; /* of the part being cut; 0 outside of any */
    bool open = false, closed = false;
    HRESULT hr = S_OK;
    if (!named || !*named)
        mime_report_add(parser->report, "a %.60s part names no boundary%s", part->type,
                        boundary ? ": found one in its content" : "");
    if (!boundary)
        return S_FALSE;
    size_t length = strlen(boundary);
    while (length > 0 && is_space(boundary[length - 1]))
        length--;
    for (size_t pos = 0; pos < size && SUCCEEDED(hr);) {
        size_t next, end = mime_line_end(content, size, pos, &next);
        int kind = boundary_line(content + pos, end - pos, boundary, length);
        if (kind) {
            if (open) {
                /* The line end before a boundary belongs to the boundary. */
                size_t stop = pos;
                if (stop > start && content[stop - 1] == '\n')
                    stop--;
                if (stop > start && content[stop - 1] == '\r')
                    stop--;
                hr = parse_child(parser, part, content + start, stop - start, depth);
            }
            open = kind == 1;
            if (open && closed) /* multiparts in one another with one boundary */
                mime_report_add(parser->report, "a %.60s part goes on behind its end", part->type);
            closed = kind == 2;
            start = next;
        }
        pos = next;
    }
    if (SUCCEEDED(hr) && open) {
        mime_report_add(parser->report, "a %.60s part is not closed by its boundary", part->type);
        hr = parse_child(parser, part, content + start, size - start, depth);
    }
    free(boundary);
    return SUCCEEDED(hr) && part->part_count == 0 ? S_FALSE : hr;
}

static bool is_multipart(const char *type)
{
    return !strncmp(type, "multipart/", 10);
}

static bool is_mail_type(const char *type)
{
    return !strcmp(type, "message/rfc822") || !strcmp(type, "message/global") || !strcmp(type, "message/news");
}

static HRESULT parse_embedded(struct parser *parser, struct mime_part *part, const char *content, size_t size,
                              int depth)
{
    const char *encoding = mime_header(part, "Content-Transfer-Encoding");
    HRESULT hr;
    if (encoding && (!strncmp(encoding, "base64", 6) || !strncmp(encoding, "BASE64", 6) ||
                     !strncmp(encoding, "quoted", 6))) {
        /* Not allowed, but done: the decoded text stays in the part, as the mail borrows it. */
        hr = decode_leaf(parser, part, content, size);
        content = part->data, size = part->size;
        if (FAILED(hr))
            return hr;
    }
    return parse_mail(parser, content, size, depth + 1, &part->mail);
}

static HRESULT parse_part(struct parser *parser, const char *text, size_t size, const char *default_type,
                          int depth, struct mime_part **out, size_t *headers_size)
{
    size_t body = 0;
    struct mime_part *part = calloc(1, sizeof *part);
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    *out = NULL;
    *headers_size = 0;
    if (!part)
        return hr;
    parser->parts++;
    part->source = text;
    part->source_size = size;
    hr = read_headers(parser, part, text, size, headers_size, &body);
    if (SUCCEEDED(hr))
        hr = read_content_fields(parser, part, default_type);
    if (FAILED(hr))
        goto done;
    part->content_offset = body;
    const char *content = text + body;
    size_t content_size = size - body;
    bool nested = is_multipart(part->type) || is_mail_type(part->type);
    if (nested && depth >= MIME_DEPTH_LIMIT) {
        mime_report_add(parser->report, "parts are nested deeper than %d: the rest is kept as one",
                        MIME_DEPTH_LIMIT);
        nested = false;
    }
    if (nested && is_mail_type(part->type)) {
        hr = parse_embedded(parser, part, content, content_size, depth);
        goto done;
    }
    if (nested) {
        hr = parse_multipart(parser, part, content, content_size, depth);
        if (hr != S_FALSE)
            goto done;
        mime_report_add(parser->report, "a %.60s part has no parts: its content is read as text", part->type);
        free(part->type);
        part->type = strdup("text/plain");
        if (!part->type) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            goto done;
        }
    }
    hr = decode_leaf(parser, part, content, content_size);
done:
    if (FAILED(hr)) {
        mime_part_free(part);
        part = NULL;
    }
    *out = part;
    return hr;
}

static HRESULT parse_mail(struct parser *parser, const char *text, size_t size, int depth,
                          struct mime_mail **out)
{
    struct mime_mail *mail = calloc(1, sizeof *mail);
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    *out = NULL;
    if (!mail)
        return hr;
    if (!parser->report)
        parser->report = &mail->report;
    mail->headers = text;
    hr = parse_part(parser, text, size, "text/plain", depth, &mail->root, &mail->headers_size);
    if (FAILED(hr)) {
        mime_free(mail);
        return hr;
    }
    /* The mbox line is not a header. */
    while (mail->headers_size > 0 && is_from_line(mail->headers, mail->headers_size)) {
        size_t next;
        mime_line_end(mail->headers, mail->headers_size, 0, &next);
        mail->headers += next;
        mail->headers_size -= next;
    }
    if (mail->root->header_count == 0)
        mime_report_add(parser->report, "the mail has no headers");
    *out = mail;
    return S_OK;
}

HRESULT mime_parse(const char *text, size_t size, struct mime_mail **out)
{
    struct parser parser = {0};
    *out = NULL;
    if (size > MIME_SIZE_LIMIT)
        return MAPI_E_TOO_BIG;
    if (size >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
        text += 3, size -= 3;
    return parse_mail(&parser, size ? text : "", size, 0, out);
}
