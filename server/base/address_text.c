/*
 * address_text.c: mail addresses as people and programs write them.
 *
 * Layer: base (portable).
 */
#include "address_text.h"

#include <stdlib.h>
#include <string.h>

static bool is_space(WCHAR c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_type_char(WCHAR c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static void trim(const WCHAR **text, size_t *length)
{
    while (*length && is_space(**text))
        ++*text, --*length;
    while (*length && is_space((*text)[*length - 1]))
        --*length;
}

static bool copy(const WCHAR *text, size_t length, WCHAR **out)
{
    *out = malloc((length + 1) * sizeof **out);
    if (!*out)
        return false;
    memcpy(*out, text, length * sizeof *text);
    (*out)[length] = 0;
    return true;
}

static bool copy_type(const char *type, WCHAR **out)
{
    size_t length = strlen(type);

    *out = malloc((length + 1) * sizeof **out);
    if (!*out)
        return false;
    for (size_t i = 0; i <= length; i++)
        (*out)[i] = (WCHAR)type[i];
    return true;
}

void address_text_free(struct address_text *text)
{
    free(text->name);
    free(text->type);
    free(text->address);
    memset(text, 0, sizeof *text);
}

static size_t find(const WCHAR *text, size_t length, WCHAR c)
{
    size_t i = 0;

    while (i < length && text[i] != c)
        i++;
    return i;
}

static bool is_internet(const WCHAR *text, size_t length)
{
    size_t at = find(text, length, '@');

    for (size_t i = 0; i < length; i++)
        if (is_space(text[i]) || text[i] == '<' || text[i] == '>' || text[i] == '[')
            return false;
    return at > 0 && at + 1 < length;
}

static bool is_exchange(const WCHAR *text, size_t length)
{
    return length > 3 && text[0] == '/' && (text[1] == 'o' || text[1] == 'O') && text[2] == '=';
}

bool address_text_split(const WCHAR *text, size_t length, struct address_text *out)
{
    size_t colon;
    bool ok = true;

    memset(out, 0, sizeof *out);
    trim(&text, &length);
    if (length > 1 && text[0] == '[' && text[length - 1] == ']')
        text++, length -= 2;
    colon = find(text, length, ':');
    for (size_t i = 0; i < colon && colon < length; i++)
        if (!is_type_char(text[i]))
            colon = length;
    if (colon > 0 && colon + 1 < length)
        ok = copy(text, colon, &out->type) && copy(text + colon + 1, length - colon - 1, &out->address);
    else if (is_internet(text, length))
        ok = copy_type("SMTP", &out->type) && copy(text, length, &out->address);
    else if (is_exchange(text, length))
        ok = copy_type("EX", &out->type) && copy(text, length, &out->address);
    for (WCHAR *p = out->type; ok && p && *p; p++)
        if (*p >= 'a' && *p <= 'z')
            *p = (WCHAR)(*p - 'a' + 'A');
    if (!ok)
        address_text_free(out);
    return ok;
}

/* A name loses the quotes around it. */
static bool copy_name(const WCHAR *text, size_t length, WCHAR **out)
{
    trim(&text, &length);
    if (length > 1 && (text[0] == '"' || text[0] == '\'') && text[length - 1] == text[0])
        text++, length -= 2;
    return !length || copy(text, length, out);
}

bool address_text_parse(const WCHAR *text, size_t length, struct address_text *out)
{
    WCHAR open = 0;
    size_t at = length;

    memset(out, 0, sizeof *out);
    trim(&text, &length);
    at = length;
    if (length && text[length - 1] == ']')
        open = '[';
    else if (length && text[length - 1] == '>')
        open = '<';
    for (size_t i = length; open && i-- > 0;)
        if (text[i] == open) {
            at = i;
            break;
        }
    if (at < length) {
        if (!address_text_split(text + at + 1, length - at - 2, out))
            return false;
    } else if (!address_text_split(text, length, out)) {
        return false;
    } else if (out->address && find(text, length, ' ') < length && !is_internet(text, length)) {
        address_text_free(out); /* "Note: call Jane" is a name, not an address of type NOTE */
    }
    if (at == length && out->address)
        return true;
    if (!copy_name(text, out->address ? at : length, &out->name)) {
        address_text_free(out);
        return false;
    }
    return true;
}

bool address_text_next(const WCHAR **text, const WCHAR **piece, size_t *length)
{
    const WCHAR *p = *text;

    while (*p) {
        const WCHAR *start = p;
        WCHAR until = 0;

        for (; *p && (until || *p != ';'); p++) {
            if (until && *p == until)
                until = 0;
            else if (!until && *p == '"')
                until = '"';
            else if (!until && *p == '[')
                until = ']';
            else if (!until && *p == '<')
                until = '>';
        }
        *piece = start;
        *length = (size_t)(p - start);
        trim(piece, length);
        if (*p)
            p++;
        *text = p;
        if (*length)
            return true;
    }
    *text = p;
    return false;
}
