/*
 * mime_words.c: text in headers: RFC 2047 encoded words and RFC 2231 parameters. Layer: MIME (portable).
 */
#include "charset.h"
#include "mime.h"

#include <stdlib.h>
#include <string.h>

#define PARAM_LIMIT 256 /* parameters of one header that are read */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Raw text in a header: UTF-8 where it is, else Windows-1252. */
static void put_raw(const char *text, size_t size, struct bytebuf *out)
{
    for (size_t i = 0; i < size;) {
        size_t run = i;
        while (run < size && text[run])
            run++;
        charset_to_utf8(CHARSET_UNKNOWN, text + i, run - i, out);
        if (run < size)
            bytebuf_byte(out, ' ');
        i = run + 1;
    }
}

struct encoded_word {
    uint32_t codepage;
    char encoding; /* 'b' or 'q' */
    const char *text;
    size_t size;
};

/* Reads "=?charset?e?text?=" at `pos`. Returns its length, or 0. */
static size_t read_word(const char *value, size_t size, size_t pos, struct encoded_word *word)
{
    size_t i = pos + 2;
    char name[64];
    if (size - pos < 8 || value[pos] != '=' || value[pos + 1] != '?')
        return 0;
    size_t start = i;
    while (i < size && value[i] != '?' && !is_space(value[i]))
        i++;
    if (i + 3 >= size || value[i] != '?' || value[i + 2] != '?')
        return 0;
    size_t length = i - start;
    const char *language = memchr(value + start, '*', length);
    if (language)
        length = (size_t)(language - value) - start;
    if (length >= sizeof name)
        return 0;
    memcpy(name, value + start, length);
    name[length] = 0;
    word->codepage = charset_codepage(name);
    word->encoding = lower(value[i + 1]);
    if (word->encoding != 'b' && word->encoding != 'q')
        return 0;
    i += 3;
    word->text = value + i;
    while (i + 1 < size && !(value[i] == '?' && value[i + 1] == '='))
        i++;
    if (i + 1 >= size)
        return 0;
    word->size = (size_t)(value + i - word->text);
    return i + 2 - pos;
}

static bool word_bytes(const struct encoded_word *word, struct bytebuf *out)
{
    if (word->encoding == 'b')
        return mime_decode_base64(word->text, word->size, out);
    return mime_decode_q(word->text, word->size, out);
}

bool mime_decode_words(const char *value, size_t size, struct bytebuf *out)
{
    struct bytebuf bytes = {0}; /* of adjacent words in one charset: a character may be cut between them */
    uint32_t codepage = CHARSET_UNKNOWN;
    bool clean = true, pending = false;
    size_t raw = 0; /* where text begins that was not yet written */
    for (size_t pos = 0; pos < size;) {
        struct encoded_word word;
        size_t length = value[pos] == '=' ? read_word(value, size, pos, &word) : 0;
        if (!length) {
            pos++;
            continue;
        }
        size_t gap = raw;
        while (gap < pos && is_space(value[gap]))
            gap++;
        bool adjacent = pending && gap == pos;
        if (pending && (!adjacent || word.codepage != codepage)) {
            clean &= charset_to_utf8(codepage, bytes.data, bytes.size, out);
            bytes.size = 0;
        }
        if (!adjacent)
            put_raw(value + raw, pos - raw, out);
        codepage = word.codepage;
        clean &= word_bytes(&word, &bytes);
        pending = true;
        pos += length;
        raw = pos;
    }
    if (pending)
        clean &= charset_to_utf8(codepage, bytes.data, bytes.size, out);
    put_raw(value + raw, size - raw, out);
    clean &= charset_is_utf8(value + raw, size - raw);
    out->failed |= bytes.failed;
    bytebuf_free(&bytes);
    return clean;
}

struct raw_param {
    const char *name;
    size_t name_size;
    int index;     /* of a continuation (name*2), or -1 */
    bool extended; /* percent-encoded (name*) */
    char *value;
};

static void raw_params_free(struct raw_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(params[i].value);
}

static bool same_name(const struct raw_param *a, const struct raw_param *b)
{
    if (a->name_size != b->name_size)
        return false;
    for (size_t i = 0; i < a->name_size; i++)
        if (lower(a->name[i]) != lower(b->name[i]))
            return false;
    return true;
}

/* Takes "*2*" off a parameter's name. */
static void split_name(struct raw_param *param)
{
    size_t size = param->name_size;
    const char *star = memchr(param->name, '*', size);
    param->index = -1;
    param->extended = false;
    if (!star)
        return;
    param->name_size = (size_t)(star - param->name);
    if (param->name[size - 1] == '*') {
        param->extended = true;
        size--;
    }
    const char *end = param->name + size;
    if (star + 1 < end) {
        param->index = 0;
        for (const char *p = star + 1; p < end && *p >= '0' && *p <= '9' && param->index < 10000; p++)
            param->index = param->index * 10 + (*p - '0');
    }
}

/* Reads a token or a quoted string up to ';'. */
static size_t read_value(const char *p, size_t pos, char **out)
{
    struct bytebuf value = {0};
    if (p[pos] == '"') {
        for (pos++; p[pos] && p[pos] != '"'; pos++) {
            /* Windows programs write paths as they are: a backslash quotes quotes and itself alone. */
            if (p[pos] == '\\' && (p[pos + 1] == '"' || p[pos + 1] == '\\'))
                pos++;
            bytebuf_byte(&value, (uint8_t)p[pos]);
        }
        while (p[pos] && p[pos] != ';')
            pos++;
    } else {
        size_t start = pos;
        while (p[pos] && p[pos] != ';')
            pos++;
        size_t end = pos;
        while (end > start && is_space(p[end - 1]))
            end--;
        /* A comment may follow the token; a value with spaces, though not allowed, is kept whole. */
        const char *comment = memchr(p + start, '(', end - start);
        if (comment && comment > p + start && is_space(comment[-1])) {
            end = (size_t)(comment - p);
            while (end > start && is_space(p[end - 1]))
                end--;
        }
        bytebuf_add(&value, p + start, end - start);
    }
    *out = bytebuf_take(&value, NULL);
    return pos;
}

static void percent_decode(const char *text, struct bytebuf *out)
{
    for (const char *p = text; *p; p++) {
        char digits[3] = {p[1], p[1] ? p[2] : 0, 0}, *end;
        unsigned long byte = *p == '%' && digits[1] ? strtoul(digits, &end, 16) : 0;
        if (*p == '%' && digits[1] && end == digits + 2) {
            bytebuf_byte(out, (uint8_t)byte);
            p += 2;
        } else {
            bytebuf_byte(out, (uint8_t)*p);
        }
    }
}

/* The whole value of the parameter `first`, whose pieces may lie anywhere in the list. */
static char *join_param(const struct raw_param *params, size_t count, const struct raw_param *first)
{
    struct bytebuf bytes = {0}, out = {0};
    uint32_t codepage = CHARSET_UNKNOWN;
    bool extended = false;
    for (int index = first->index < 0 ? -1 : 0;; index++) {
        const struct raw_param *piece = index < 0 ? first : NULL;
        for (size_t i = 0; i < count && !piece; i++)
            if (params[i].index == index && same_name(&params[i], first))
                piece = &params[i];
        if (!piece)
            break;
        const char *value = piece->value;
        if (piece->extended && index <= 0) {
            const char *quote = strchr(value, '\''), *second = quote ? strchr(quote + 1, '\'') : NULL;
            char name[64];
            extended = true;
            if (second && (size_t)(quote - value) < sizeof name) {
                memcpy(name, value, (size_t)(quote - value));
                name[quote - value] = 0;
                codepage = charset_codepage(name);
                value = second + 1;
            }
        }
        if (piece->extended)
            percent_decode(value, &bytes);
        else
            bytebuf_text(&bytes, value);
        if (index < 0)
            break;
    }
    if (extended)
        charset_to_utf8(codepage, bytes.data, bytes.size, &out);
    else
        mime_decode_words((const char *)bytes.data, bytes.size, &out);
    out.failed |= bytes.failed;
    bytebuf_free(&bytes);
    return bytebuf_take(&out, NULL);
}

void mime_params_free(struct mime_param *params, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(params[i].name);
        free(params[i].value);
    }
    free(params);
}

static HRESULT join_params(const struct raw_param *raw, size_t raw_count, struct mime_param **out,
                           size_t *count)
{
    struct mime_param *params = calloc(raw_count + 1, sizeof *params);
    if (!params)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *out = params;
    for (size_t i = 0; i < raw_count; i++) {
        bool seen = raw[i].name_size == 0;
        for (size_t k = 0; k < i && !seen; k++)
            seen = same_name(&raw[k], &raw[i]);
        if (seen)
            continue;
        /* The RFC 2231 form wins over the plain one that some programs write beside it. */
        const struct raw_param *best = &raw[i];
        for (size_t k = i; k < raw_count; k++)
            if (same_name(&raw[k], best) && (raw[k].extended || raw[k].index == 0) && !best->extended)
                best = &raw[k];
        struct mime_param *param = &params[(*count)++];
        param->name = calloc(1, raw[i].name_size + 1);
        param->value = join_param(raw, raw_count, best);
        if (!param->name || !param->value)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        for (size_t k = 0; k < raw[i].name_size; k++)
            param->name[k] = lower(raw[i].name[k]);
    }
    return S_OK;
}

HRESULT mime_parse_params(const char *header, char **value, struct mime_param **params, size_t *count)
{
    struct raw_param raw[PARAM_LIMIT];
    size_t raw_count = 0, pos = 0;
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    *value = NULL;
    *params = NULL;
    *count = 0;
    while (is_space(header[pos]))
        pos++;
    pos = read_value(header, pos, value);
    if (!*value)
        return hr;
    while (header[pos] && raw_count < PARAM_LIMIT) {
        while (header[pos] == ';' || is_space(header[pos]))
            pos++;
        struct raw_param *param = &raw[raw_count];
        param->name = header + pos;
        while (header[pos] && header[pos] != '=' && header[pos] != ';')
            pos++;
        param->name_size = (size_t)(header + pos - param->name);
        while (param->name_size > 0 && is_space(param->name[param->name_size - 1]))
            param->name_size--;
        if (header[pos] != '=')
            continue;
        pos++;
        while (is_space(header[pos]))
            pos++;
        if (param->name_size > 0)
            split_name(param);
        pos = read_value(header, pos, &param->value);
        raw_count++;
        if (!param->value)
            goto done;
    }
    hr = join_params(raw, raw_count, params, count);
done:
    raw_params_free(raw, raw_count);
    if (FAILED(hr)) {
        mime_params_free(*params, *count);
        free(*value);
        *value = NULL;
        *params = NULL;
        *count = 0;
    }
    return hr;
}
