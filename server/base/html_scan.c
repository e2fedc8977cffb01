/*
 * html_scan.c: cutting HTML into tokens. Layer: base (portable).
 */
#include "html_scan.h"
#include "charset.h"

#include <stdlib.h>
#include <string.h>

struct entity {
    const char *name;
    uint16_t code_point;
};

static const struct entity entities[] = {
#define ENTITY(name, code_point) {name, code_point},
#include "html_entities.def"
#undef ENTITY
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_start(const char *text, size_t size, const char *name)
{
    size_t length = strlen(name);
    if (size < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(text[i]) != name[i])
            return false;
    return true;
}

/* Where a tag that starts at `pos` ends: after its '>', quotes respected; a tag that never ends takes no text
 * with it. */
static size_t tag_end(const char *text, size_t size, size_t pos)
{
    char quote = 0;
    bool after_equals = false;
    for (size_t i = pos; i < size; i++) {
        char c = text[i];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '>') {
            return i + 1;
        } else if ((c == '"' || c == '\'') && after_equals) {
            quote = c;
            after_equals = false;
        } else if (c == '=') {
            after_equals = true;
        } else if (!is_space(c)) {
            after_equals = false;
        }
    }
    const char *close = memchr(text + pos, '>', size - pos);
    return close ? (size_t)(close - text) + 1 : size;
}

static size_t markup_end(const char *text, size_t size, size_t pos)
{
    if (same_start(text + pos, size - pos, "<!--")) {
        for (size_t i = pos + 4; i + 3 <= size; i++)
            if (!memcmp(text + i, "-->", 3))
                return i + 3;
    }
    const char *close = memchr(text + pos, '>', size - pos);
    return close ? (size_t)(close - text) + 1 : size;
}

/* Where the opaque content of an element ends: before its end tag. */
static size_t opaque_end(const char *text, size_t size, size_t pos, const char *name)
{
    for (size_t i = pos; i + 2 < size; i++)
        if (text[i] == '<' && text[i + 1] == '/' && same_start(text + i + 2, size - i - 2, name))
            return i;
    return size;
}

bool html_scan(struct html_scanner *s, struct html_token *token)
{
    *token = (struct html_token){.kind = HTML_END};
    if (s->pos >= s->size)
        return false;
    size_t start = s->pos, end;
    token->start = s->text + start;
    if (s->opaque[0]) {
        end = opaque_end(s->text, s->size, start, s->opaque);
        s->opaque[0] = 0;
        if (end > start) {
            token->kind = HTML_OPAQUE;
            token->size = end - start;
            s->pos = end;
            return true;
        }
    }
    char next = start + 1 < s->size ? s->text[start + 1] : 0;
    bool closing = next == '/' && start + 2 < s->size && is_letter(s->text[start + 2]);
    if (s->text[start] == '<' && (is_letter(next) || closing)) {
        size_t name = start + 1 + closing, length = 0;
        end = tag_end(s->text, s->size, name);
        token->kind = HTML_TAG;
        token->closing = closing;
        for (size_t i = name; i < end && is_name(s->text[i]); i++)
            if (length + 1 < sizeof token->name)
                token->name[length++] = lower(s->text[i]);
        bool opaque =
            !strcmp(token->name, "script") || !strcmp(token->name, "style") || !strcmp(token->name, "title");
        if (opaque && !closing)
            memcpy(s->opaque, token->name, sizeof s->opaque);
    } else if (s->text[start] == '<' && (next == '!' || next == '?')) {
        end = markup_end(s->text, s->size, start);
        token->kind = HTML_MARKUP;
    } else {
        end = start + 1;
        while (end < s->size && s->text[end] != '<')
            end++;
        token->kind = HTML_TEXT;
    }
    token->size = end - start;
    s->pos = end;
    return true;
}

size_t html_reference(const char *text, size_t size, uint32_t *code_point)
{
    size_t end = 1;
    *code_point = 0;
    if (size < 3)
        return 0;
    if (text[1] == '#') {
        bool hex = (text[2] | 32) == 'x';
        size_t first = end = hex ? 3 : 2;
        uint32_t value = 0;
        for (; end < size && end < 12; end++) {
            char c = lower(text[end]);
            if (c >= '0' && c <= '9')
                value = value * (hex ? 16 : 10) + (uint32_t)(c - '0');
            else if (hex && c >= 'a' && c <= 'f')
                value = value * 16 + (uint32_t)(c - 'a' + 10);
            else
                break;
        }
        if (end == first)
            return 0;
        /* Numbers of the C1 controls mean Windows-1252, as browsers read them. */
        if (value >= 0x80 && value < 0xa0) {
            uint8_t byte = (uint8_t)value;
            struct bytebuf one = {0};
            size_t pos = 0;
            charset_to_utf8(CHARSET_CP1252, &byte, 1, &one);
            value = one.size ? charset_get_utf8((const char *)one.data, one.size, &pos, NULL) : 0xfffd;
            bytebuf_free(&one);
        }
        *code_point = value == 0 || value > 0x10ffff ? 0xfffd : value;
    } else {
        while (end < size && end < 12 && (is_letter(text[end]) || (text[end] >= '0' && text[end] <= '9')))
            end++;
        for (size_t i = 0; i < sizeof entities / sizeof *entities && !*code_point; i++)
            if (strlen(entities[i].name) == end - 1 && !memcmp(entities[i].name, text + 1, end - 1))
                *code_point = entities[i].code_point;
        if (!*code_point)
            return 0;
    }
    return end < size && text[end] == ';' ? end + 1 : end;
}

bool html_attribute(const struct html_token *tag, const char *name, struct bytebuf *out)
{
    const char *p = tag->start, *end = p + tag->size;
    while (p < end && !is_space(*p))
        p++;
    while (p < end) {
        while (p < end && (is_space(*p) || *p == '/'))
            p++;
        const char *key = p;
        while (p < end && !is_space(*p) && *p != '=' && *p != '>')
            p++;
        size_t key_size = (size_t)(p - key);
        while (p < end && is_space(*p))
            p++;
        const char *value = p, *value_end = p;
        if (p < end && *p == '=') {
            p++;
            while (p < end && is_space(*p))
                p++;
            char quote = p < end && (*p == '"' || *p == '\'') ? *p++ : 0;
            value = p;
            while (p < end && (quote ? *p != quote : !is_space(*p) && *p != '>'))
                p++;
            value_end = p;
            if (quote && p < end)
                p++;
        } else if (key_size == 0) {
            p++;
            continue;
        }
        if (key_size != strlen(name) || !same_start(key, key_size, name))
            continue;
        while (value < value_end) {
            uint32_t c;
            size_t length = *value == '&' ? html_reference(value, (size_t)(value_end - value), &c) : 0;
            if (length)
                charset_put_utf8(out, c);
            else
                bytebuf_byte(out, (uint8_t)*value);
            value += length ? length : 1;
        }
        return true;
    }
    return false;
}

enum html_layout html_layout(const char *name)
{
    static const char *const lines[] = {"div",  "li",     "tr",  "table",   "address", "dt",     "dd",
                                        "form", "center", "hr",  "article", "section", "header", "footer",
                                        "body", "main",   "nav", "caption", "option"};
    static const char *const paragraphs[] = {"p",  "h1", "h2", "h3", "h4",  "h5",
                                             "h6", "ul", "ol", "dl", "pre", "blockquote"};
    if (!strcmp(name, "br"))
        return HTML_BREAK;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strcmp(name, lines[i]))
            return HTML_LINE;
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
        if (!strcmp(name, paragraphs[i]))
            return HTML_PARAGRAPH;
    return HTML_INLINE;
}
