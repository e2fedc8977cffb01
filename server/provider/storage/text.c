/*
 * text.c: see text.h.
 *
 * Layer: portable.
 */
#include <stdlib.h>
#include <string.h>
#include "charset.h"
#include "text.h"
#include "text_tables.h"

size_t text_length(const WCHAR *text)
{
    size_t n = 0;
    while (text[n])
        n++;
    return n;
}

WCHAR *text_duplicate(const WCHAR *text)
{
    if (text == NULL)
        return NULL;
    size_t size = (text_length(text) + 1) * sizeof *text;
    WCHAR *copy = malloc(size);
    if (copy != NULL)
        memcpy(copy, text, size);
    return copy;
}

/* ---- UTF-8 ------------------------------------------------------------------------------------------------------------ */

uint32_t text_next(const WCHAR **text, const WCHAR *end)
{
    if (*text >= end)
        return 0;
    uint32_t c = *(*text)++;
    if (c >= 0xd800 && c < 0xdc00 && *text < end && **text >= 0xdc00 && **text < 0xe000)
        c = 0x10000 + ((c - 0xd800) << 10) + (*(*text)++ - 0xdc00u);
    return c;
}

static void put_utf8(struct bytebuf *out, uint32_t c)
{
    uint8_t b[4];
    size_t n = 0;
    if (c < 0x80) {
        b[n++] = (uint8_t)c;
    } else if (c < 0x800) {
        b[n++] = (uint8_t)(0xc0 | c >> 6);
        b[n++] = (uint8_t)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        b[n++] = (uint8_t)(0xe0 | c >> 12);
        b[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
        b[n++] = (uint8_t)(0x80 | (c & 0x3f));
    } else {
        b[n++] = (uint8_t)(0xf0 | c >> 18);
        b[n++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
        b[n++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
        b[n++] = (uint8_t)(0x80 | (c & 0x3f));
    }
    bytebuf_add(out, b, n);
}

void text_append_utf8(struct bytebuf *out, const WCHAR *text, size_t units)
{
    const WCHAR *end = text + units;
    bytebuf_reserve(out, units);
    while (text < end)
        put_utf8(out, text_next(&text, end));
}

char *text_to_utf8(const WCHAR *text, size_t units, size_t *size)
{
    struct bytebuf buf = {0};
    text_append_utf8(&buf, text, units);
    return bytebuf_take(&buf, size);
}

/* One code point of stored text; damaged bytes become U+FFFD, one each. */
static uint32_t get_utf8(const uint8_t *text, size_t size, size_t *pos)
{
    uint32_t c = text[(*pos)++];
    size_t more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (c < 0x80)
        return c;
    if (more == 0 || more > size - *pos)
        return 0xfffd;
    c &= 0x3f >> more;
    for (size_t i = 0; i < more; i++) {
        uint32_t next = text[*pos + i];
        if ((next & 0xc0) != 0x80)
            return 0xfffd;
        c = c << 6 | (next & 0x3f);
    }
    *pos += more;
    return c > 0x10ffff ? 0xfffd : c;
}

size_t text_utf8_units(const char *text, size_t size)
{
    size_t units = 0;
    for (size_t pos = 0; pos < size; units++)
        units += get_utf8((const uint8_t *)text, size, &pos) >= 0x10000;
    return units;
}

void text_decode_utf8(const char *text, size_t size, WCHAR *to)
{
    for (size_t pos = 0; pos < size;) {
        uint32_t c = get_utf8((const uint8_t *)text, size, &pos);
        if (c >= 0x10000) {
            *to++ = (WCHAR)(0xd800 + ((c - 0x10000) >> 10));
            *to++ = (WCHAR)(0xdc00 + ((c - 0x10000) & 0x3ff));
        } else {
            *to++ = (WCHAR)c;
        }
    }
}

WCHAR *text_from_utf8(const char *text, size_t size, size_t *units)
{
    size_t n = text_utf8_units(text, size);
    WCHAR *out = malloc((n + 1) * sizeof *out);
    if (out != NULL) {
        text_decode_utf8(text, size, out);
        out[n] = 0;
    }
    if (units != NULL)
        *units = out == NULL ? 0 : n;
    return out;
}

/* ---- the ANSI code page --------------------------------------------------------------------------------------------- */

static uint32_t ansi_codepage(void)
{
#ifdef _WIN32
    return GetACP();
#else
    return CHARSET_CP1252;
#endif
}

WCHAR *text_from_ansi(const char *text)
{
    struct bytebuf utf8 = {0};
    WCHAR *out = NULL;
    charset_to_utf8(ansi_codepage(), text, strlen(text), &utf8);
    if (!utf8.failed)
        out = text_from_utf8((const char *)utf8.data, utf8.size, NULL);
    bytebuf_free(&utf8);
    return out;
}

char *text_to_ansi(const WCHAR *text)
{
    struct bytebuf utf8 = {0}, ansi = {0};
    text_append_utf8(&utf8, text, text_length(text));
    if (!utf8.failed)
        charset_from_utf8(ansi_codepage(), (const char *)utf8.data, utf8.size, &ansi);
    ansi.failed |= utf8.failed;
    bytebuf_free(&utf8);
    return bytebuf_take(&ansi, NULL);
}

/* ---- folding -------------------------------------------------------------------------------------------------------- */

static uint32_t map(const struct text_range *ranges, unsigned count, uint32_t c)
{
    unsigned low = 0, high = count;
    while (low < high) {
        unsigned mid = (low + high) / 2;
        if (ranges[mid].last < c)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == count || c < ranges[low].first || (c - ranges[low].first) % ranges[low].step != 0)
        return c;
    return ranges[low].target == 0 ? 0 : ranges[low].target + (c - ranges[low].first);
}

uint32_t text_fold(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return map(text_fold_ranges, text_fold_ranges_count, c);
}

uint32_t text_base(uint32_t c)
{
    return c < 0x80 ? c : map(text_base_ranges, text_base_ranges_count, c);
}

/* The letter as it counts first: no case, no diacritics; 0: nothing. */
static uint32_t primary(uint32_t c)
{
    if (c < 0x80)
        return text_fold(c);
    c = text_base(text_fold(c));
    return c == 0 ? 0 : text_fold(c);
}

static uint32_t next_primary(const WCHAR **text, const WCHAR *end, bool *accented)
{
    while (*text < end) {
        uint32_t c = text_fold(text_next(text, end)), p = primary(c);
        if (p != c)
            *accented = true;
        if (p != 0)
            return p;
    }
    return 0;
}

int text_compare(const WCHAR *a, const WCHAR *b)
{
    const WCHAR *a_end = a + text_length(a), *b_end = b + text_length(b), *pa = a, *pb = b;
    bool a_accented = false, b_accented = false;
    uint32_t ca, cb;
    do {
        ca = next_primary(&pa, a_end, &a_accented);
        cb = next_primary(&pb, b_end, &b_accented);
    } while (ca == cb && ca != 0);
    if (ca != cb)
        return ca < cb ? -1 : 1;
    if (!a_accented || !b_accented)
        return a_accented - b_accented;
    do {
        ca = text_fold(text_next(&a, a_end));
        cb = text_fold(text_next(&b, b_end));
    } while (ca == cb && ca != 0);
    return ca < cb ? -1 : ca > cb;
}

void text_sort_prefix(const WCHAR *text, size_t units, struct bytebuf *out)
{
    const WCHAR *end = text + (units > TEXT_KEY_UNITS ? TEXT_KEY_UNITS : units);
    bool accented;
    uint32_t c;
    while ((c = next_primary(&text, end, &accented)) != 0)
        put_utf8(out, c);
}

void text_sort_key(const WCHAR *text, size_t units, struct bytebuf *out)
{
    const WCHAR *end = text + (units > TEXT_KEY_UNITS ? TEXT_KEY_UNITS : units), *p = text;
    bool accented = false;
    uint32_t c;
    while ((c = next_primary(&p, end, &accented)) != 0)
        put_utf8(out, c);
    bytebuf_byte(out, 0);
    if (accented)
        while (text < end)
            put_utf8(out, text_fold(text_next(&text, end)));
}

/* ---- searching ------------------------------------------------------------------------------------------------------ */

/* The next code point as the fuzzy level sees it; 0 at the end. */
static uint32_t next_fuzzy(const WCHAR **text, const WCHAR *end, ULONG fuzzy)
{
    while (*text < end) {
        uint32_t c = text_next(text, end);
        if (fuzzy & (FL_IGNORECASE | FL_LOOSE))
            c = text_fold(c);
        if (fuzzy & (FL_IGNORENONSPACE | FL_LOOSE)) {
            c = text_base(c);
            if (fuzzy & (FL_IGNORECASE | FL_LOOSE))
                c = text_fold(c);
        }
        if (c != 0)
            return c;
    }
    return 0;
}

static bool begins(const WCHAR *text, const WCHAR *end, const WCHAR *needle, const WCHAR *needle_end, ULONG fuzzy,
                   bool whole)
{
    for (;;) {
        uint32_t n = next_fuzzy(&needle, needle_end, fuzzy);
        if (n == 0)
            return !whole || next_fuzzy(&text, end, fuzzy) == 0;
        if (n != next_fuzzy(&text, end, fuzzy))
            return false;
    }
}

bool text_matches(const WCHAR *text, const WCHAR *needle, ULONG fuzzy)
{
    const WCHAR *end = text + text_length(text), *needle_end = needle + text_length(needle);
    switch (fuzzy & 0xffff) {
    case FL_FULLSTRING:
        return begins(text, end, needle, needle_end, fuzzy, true);
    case FL_PREFIX:
        return begins(text, end, needle, needle_end, fuzzy, false);
    default:
        for (;;) {
            if (begins(text, end, needle, needle_end, fuzzy, false))
                return true;
            if (text >= end)
                return false;
            text_next(&text, end);
        }
    }
}

bool bytes_match(const void *data, size_t size, const void *needle, size_t needle_size, ULONG fuzzy)
{
    const uint8_t *p = data;
    if (needle_size > size)
        return false;
    if (needle_size == 0)
        return (fuzzy & 0xffff) != FL_FULLSTRING || size == 0;
    switch (fuzzy & 0xffff) {
    case FL_FULLSTRING:
        return size == needle_size && memcmp(p, needle, size) == 0;
    case FL_PREFIX:
        return memcmp(p, needle, needle_size) == 0;
    default:
        for (size_t i = 0; i + needle_size <= size; i++)
            if (memcmp(p + i, needle, needle_size) == 0)
                return true;
        return false;
    }
}
