/*
 * mime_write.c: a tree as RFC 822 text, and building trees. Layer: MIME (portable).
 *
 * Everything written is 7-bit. A signed multipart is written as it was read, since any change would break its
 * signature.
 */
#include "charset.h"
#include "mime.h"

#include <stdlib.h>
#include <string.h>

struct writer {
    struct bytebuf *out;
    uint64_t seed; /* of the boundaries: made from the content, which therefore cannot hold them */
    unsigned boundaries;
};

/* ---- building ------------------------------------------------------------------------------------------ */

struct mime_part *mime_part_new(const char *type)
{
    struct mime_part *part = calloc(1, sizeof *part);
    if (part && !(part->type = strdup(type))) {
        free(part);
        part = NULL;
    }
    return part;
}

struct mime_mail *mime_mail_new(void)
{
    return calloc(1, sizeof(struct mime_mail));
}

static bool add_header(struct mime_part *part, const char *name, const char *value, bool text)
{
    struct mime_header *headers = realloc(part->headers, (part->header_count + 1) * sizeof *headers);
    if (!headers)
        return false;
    part->headers = headers;
    struct mime_header added = {strdup(name), strdup(value), text};
    if (!added.name || !added.value) {
        free(added.name);
        free(added.value);
        return false;
    }
    headers[part->header_count++] = added;
    return true;
}

bool mime_add_header(struct mime_part *part, const char *name, const char *value)
{
    return add_header(part, name, value, true);
}

bool mime_add_raw_header(struct mime_part *part, const char *name, const char *value)
{
    return add_header(part, name, value, false);
}

bool mime_add_param(struct mime_part *part, const char *name, const char *value)
{
    struct mime_param *params = realloc(part->params, (part->param_count + 1) * sizeof *params);
    if (!params)
        return false;
    part->params = params;
    struct mime_param added = {strdup(name), strdup(value)};
    if (!added.name || !added.value) {
        free(added.name);
        free(added.value);
        return false;
    }
    params[part->param_count++] = added;
    return true;
}

bool mime_add_part(struct mime_part *parent, struct mime_part *child)
{
    size_t count = parent->part_count;
    if (child && (count & (count - 1)) == 0) {
        struct mime_part **parts = realloc(parent->parts, (count ? count * 2 : 1) * sizeof *parts);
        if (!parts) {
            mime_part_free(child);
            return false;
        }
        parent->parts = parts;
    }
    if (!child)
        return false;
    parent->parts[parent->part_count++] = child;
    return true;
}

/* ---- headers of a part ----------------------------------------------------------------------------------
 */

static bool is_token(const char *value)
{
    if (!*value)
        return false;
    for (; *value; value++)
        if ((uint8_t)*value <= 32 || (uint8_t)*value >= 127 || strchr("()<>@,;:\\\"/[]?=", *value))
            return false;
    return true;
}

/* One parameter on a line of its own; non-ASCII and long ones as RFC 2231 has it. */
static void write_param(const char *name, const char *value, struct bytebuf *out)
{
    size_t size = strlen(value);
    bool ascii = charset_is_ascii(value, size) && !strpbrk(value, "\r\n") && !strstr(value, "=?");
    if (ascii && is_token(value) && size < 60) {
        bytebuf_format(out, ";\r\n %s=%s", name, value);
    } else if (ascii && size < 60) {
        bytebuf_format(out, ";\r\n %s=\"", name);
        for (; *value; value++) {
            if (*value == '"' || *value == '\\')
                bytebuf_byte(out, '\\');
            bytebuf_byte(out, (uint8_t)*value);
        }
        bytebuf_byte(out, '"');
    } else {
        bool pieces = size > 16;
        size_t column = 0;
        unsigned index = 0;
        for (size_t i = 0; i < size || index == 0; i++) {
            if (index == 0 || (pieces && column > 50)) {
                if (pieces)
                    bytebuf_format(out, ";\r\n %s*%u*=%s", name, index, index == 0 ? "utf-8''" : "");
                else
                    bytebuf_format(out, ";\r\n %s*=utf-8''", name);
                index++;
                column = 0;
            }
            uint8_t c = i < size ? (uint8_t)value[i] : 0;
            bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         c == '.' || c == '-' || c == '_';
            if (plain)
                bytebuf_byte(out, c);
            else if (i < size)
                bytebuf_format(out, "%%%02X", c);
            column += plain ? 1 : 3;
        }
    }
}

enum encoding {
    ENCODING_7BIT,
    ENCODING_QP,
    ENCODING_BASE64,
};

static enum encoding choose_encoding(const struct mime_part *part)
{
    const char *data = part->data;
    size_t size = part->size, special = 0, line = 0, longest = 0, from_lines = 0, bare_cr = 0;
    bool is_text = !strncmp(part->type, "text/", 5) || !strncmp(part->type, "message/", 8);
    if (!is_text)
        return ENCODING_BASE64;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)data[i];
        if (line == 0 && c == 'F' && size - i >= 5 && !memcmp(data + i, "From ", 5))
            from_lines++;
        if (c == '\n') {
            line = 0;
            continue;
        }
        bare_cr += c == '\r' && (i + 1 == size || data[i + 1] != '\n');
        special += c >= 127 || (c < 32 && c != '\t' && c != '\r');
        if (++line > longest)
            longest = line;
    }
    if (bare_cr)
        return ENCODING_BASE64;
    if (special == 0 && longest <= 900 && from_lines == 0)
        return ENCODING_7BIT;
    return special * 3 > size ? ENCODING_BASE64 : ENCODING_QP;
}

static bool is_content_header(const char *name)
{
    static const char prefix[] = "content-", version[] = "mime-version";
    size_t i = 0, k = 0;
    while (prefix[i] && (name[i] | 32) == (prefix[i] | 32))
        i++;
    while (version[k] && (name[k] | 32) == (version[k] | 32))
        k++;
    return !prefix[i] || (!version[k] && !name[k]);
}

static void write_content_headers(const struct mime_part *part, const char *boundary, const char *encoding,
                                  struct bytebuf *out)
{
    bytebuf_format(out, "Content-Type: %s", part->type);
    for (size_t i = 0; i < part->param_count; i++)
        if (!boundary || strcmp(part->params[i].name, "boundary"))
            write_param(part->params[i].name, part->params[i].value, out);
    if (boundary)
        write_param("boundary", boundary, out);
    bytebuf_text(out, "\r\n");
    if (encoding)
        bytebuf_format(out, "Content-Transfer-Encoding: %s\r\n", encoding);
    if (part->disposition || part->filename) {
        bytebuf_format(out, "Content-Disposition: %s",
                       part->disposition && is_token(part->disposition) ? part->disposition : "attachment");
        if (part->filename)
            write_param("filename", part->filename, out);
        bytebuf_text(out, "\r\n");
    }
    if (part->content_id) {
        struct bytebuf id = {0};
        bytebuf_format(&id, "<%s>", part->content_id);
        char *value = bytebuf_take(&id, NULL);
        if (value)
            mime_write_header("Content-ID", value, false, out);
        free(value);
    }
    if (part->location)
        mime_write_header("Content-Location", part->location, true, out);
    if (part->description)
        mime_write_header("Content-Description", part->description, true, out);
}

/* ---- content --------------------------------------------------------------------------------------------
 */

static HRESULT write_mail(struct writer *w, const struct mime_mail *mail, int depth);

/* Bytes with line ends as CRLF. */
static void write_lines(const char *text, size_t size, struct bytebuf *out)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
            bytebuf_byte(out, '\r');
        bytebuf_byte(out, (uint8_t)text[i]);
    }
}

static HRESULT write_content(struct writer *w, const struct mime_part *part, int depth)
{
    struct bytebuf *out = w->out;
    HRESULT hr = S_OK;
    if (depth > MIME_DEPTH_LIMIT + 1)
        return MAPI_E_TOO_BIG;
    if (part->raw || (part->source && !strcmp(part->type, "multipart/signed"))) {
        write_content_headers(part, NULL, NULL, out);
        bytebuf_text(out, "\r\n");
        if (part->raw)
            write_lines(part->raw, part->raw_size, out);
        else
            write_lines(part->source + part->content_offset, part->source_size - part->content_offset, out);
    } else if (part->part_count > 0) {
        char boundary[64];
        struct bytebuf name = {0};
        bytebuf_format(&name, "----=_MapiHost_%016llx_%04u", (unsigned long long)w->seed, w->boundaries++);
        if (name.failed || name.size >= sizeof boundary) {
            bytebuf_free(&name);
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        memcpy(boundary, name.data, name.size);
        boundary[name.size] = 0;
        bytebuf_free(&name);
        write_content_headers(part, boundary, NULL, out);
        bytebuf_text(out, "\r\n");
        for (size_t i = 0; i < part->part_count && SUCCEEDED(hr); i++) {
            bytebuf_format(out, "%s--%s\r\n", i ? "\r\n" : "", boundary);
            hr = write_content(w, part->parts[i], depth + 1);
        }
        bytebuf_format(out, "\r\n--%s--\r\n", boundary);
    } else if (part->mail) {
        write_content_headers(part, NULL, NULL, out);
        bytebuf_text(out, "\r\n");
        hr = write_mail(w, part->mail, depth + 1);
    } else {
        enum encoding encoding = choose_encoding(part);
        static const char *const names[] = {"7bit", "quoted-printable", "base64"};
        write_content_headers(part, NULL, names[encoding], out);
        bytebuf_text(out, "\r\n");
        if (encoding == ENCODING_BASE64)
            mime_encode_base64(part->data, part->size, out);
        else if (encoding == ENCODING_QP)
            mime_encode_qp(part->data, part->size, out);
        else
            write_lines(part->data, part->size, out);
    }
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

static HRESULT write_mail(struct writer *w, const struct mime_mail *mail, int depth)
{
    const struct mime_part *root = mail->root;
    for (size_t i = 0; i < root->header_count; i++)
        if (!is_content_header(root->headers[i].name))
            mime_write_header(root->headers[i].name, root->headers[i].value, root->headers[i].text, w->out);
    bytebuf_text(w->out, "MIME-Version: 1.0\r\n");
    return write_content(w, root, depth);
}

static void hash_bytes(uint64_t *hash, const void *data, size_t size)
{
    const uint8_t *p = data;
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ p[i]) * 0x100000001b3ull;
}

static void hash_part(uint64_t *hash, const struct mime_part *part)
{
    hash_bytes(hash, part->type, strlen(part->type));
    hash_bytes(hash, part->data, part->data ? part->size : 0);
    hash_bytes(hash, part->raw, part->raw ? part->raw_size : 0);
    for (size_t i = 0; i < part->part_count; i++)
        hash_part(hash, part->parts[i]);
    if (part->mail)
        hash_part(hash, part->mail->root);
}

HRESULT mime_write(const struct mime_mail *mail, struct bytebuf *out)
{
    struct writer writer = {.out = out, .seed = 0xcbf29ce484222325ull};
    hash_part(&writer.seed, mail->root);
    return write_mail(&writer, mail, 0);
}
