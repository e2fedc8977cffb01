/*
 * charset.c: character set names, UTF-8, UTF-16 and the single-byte sets every mail needs. Layer: base.
 * Other code pages go through charset_platform.c.
 */
#include "charset.h"
#include "charset_platform.h"

#include <stdlib.h>
#include <string.h>

struct charset_row {
    const char *name; /* lower case; the first row of a code page has its preferred MIME name */
    uint32_t codepage;
};

static const struct charset_row charset_rows[] = {
    {"utf-8", 65001},
    {"utf8", 65001},
    {"unicode-1-1-utf-8", 65001},
    {"x-unicode-2-0-utf-8", 65001},
    {"us-ascii", 20127},
    {"ascii", 20127},
    {"ansi_x3.4-1968", 20127},
    {"iso646-us", 20127},
    {"646", 20127},
    {"iso-8859-1", 28591},
    {"iso8859-1", 28591},
    {"iso_8859-1", 28591},
    {"latin1", 28591},
    {"l1", 28591},
    {"cp819", 28591},
    {"iso-8859-2", 28592},
    {"iso8859-2", 28592},
    {"latin2", 28592},
    {"iso-8859-3", 28593},
    {"iso-8859-4", 28594},
    {"iso-8859-5", 28595},
    {"iso-8859-6", 28596},
    {"iso-8859-7", 28597},
    {"iso-8859-8", 28598},
    {"iso-8859-8-i", 28598},
    {"iso-8859-9", 28599},
    {"iso8859-5", 28595},
    {"iso8859-7", 28597},
    {"iso8859-9", 28599},
    {"latin5", 28599},
    {"iso-8859-13", 28603},
    {"iso-8859-15", 28605},
    {"iso8859-15", 28605},
    {"latin-9", 28605},
    {"windows-1250", 1250},
    {"cp1250", 1250},
    {"windows-1251", 1251},
    {"cp1251", 1251},
    {"windows-1252", 1252},
    {"cp1252", 1252},
    {"x-ansi", 1252},
    {"windows-1253", 1253},
    {"cp1253", 1253},
    {"windows-1254", 1254},
    {"cp1254", 1254},
    {"windows-1255", 1255},
    {"cp1255", 1255},
    {"windows-1256", 1256},
    {"cp1256", 1256},
    {"windows-1257", 1257},
    {"cp1257", 1257},
    {"windows-1258", 1258},
    {"cp1258", 1258},
    {"windows-874", 874},
    {"tis-620", 874},
    {"iso-8859-11", 874},
    {"koi8-r", 20866},
    {"koi8r", 20866},
    {"koi8-u", 21866},
    {"koi8-ru", 21866},
    {"ibm437", 437},
    {"cp437", 437},
    {"ibm850", 850},
    {"cp850", 850},
    {"ibm852", 852},
    {"cp852", 852},
    {"cp866", 866},
    {"ibm866", 866},
    {"macintosh", 10000},
    {"shift_jis", 932},
    {"shift-jis", 932},
    {"sjis", 932},
    {"x-sjis", 932},
    {"cp932", 932},
    {"windows-31j", 932},
    {"ms_kanji", 932},
    {"iso-2022-jp", 50220},
    {"iso-2022-jp-1", 50220},
    {"iso-2022-jp-2", 50220},
    {"csiso2022jp", 50220},
    {"euc-jp", 51932},
    {"x-euc-jp", 51932},
    {"eucjp", 51932},
    {"gb2312", 936},
    {"gbk", 936},
    {"cp936", 936},
    {"x-gbk", 936},
    {"gb_2312-80", 936},
    {"euc-cn", 936},
    {"gb18030", 54936},
    {"hz-gb-2312", 52936},
    {"big5", 950},
    {"cp950", 950},
    {"big5-hkscs", 950},
    {"cn-big5", 950},
    {"ks_c_5601-1987", 949},
    {"euc-kr", 51949},
    {"cp949", 949},
    {"ks_c_5601", 949},
    {"ksc5601", 949},
    {"iso-2022-kr", 50225},
    {"utf-7", 65000},
    {"unicode-1-1-utf-7", 65000},
    {"utf-16", 1200},
    {"utf-16le", 1200},
    {"utf-16be", 1201},
    {"unicode", 1200},
};

/* What Windows-1252 has at 0x80 to 0x9f; 0 where it has nothing (the C1 control is kept). */
static const uint16_t cp1252_high[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static bool same_name(const char *row, const char *name)
{
    for (; *row && *name; row++, name++) {
        char c = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
        if (c != *row)
            return false;
    }
    return !*row && !*name;
}

uint32_t charset_codepage(const char *name)
{
    if (!name)
        return CHARSET_UNKNOWN;
    for (size_t i = 0; i < sizeof charset_rows / sizeof *charset_rows; i++)
        if (same_name(charset_rows[i].name, name))
            return charset_rows[i].codepage;
    return CHARSET_UNKNOWN;
}

const char *charset_name(uint32_t codepage)
{
    for (size_t i = 0; i < sizeof charset_rows / sizeof *charset_rows; i++)
        if (charset_rows[i].codepage == codepage)
            return charset_rows[i].name;
    return NULL;
}

void charset_put_utf8(struct bytebuf *out, uint32_t c)
{
    if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        c = 0xfffd;
    if (c < 0x80) {
        bytebuf_byte(out, (uint8_t)c);
    } else if (c < 0x800) {
        bytebuf_byte(out, (uint8_t)(0xc0 | c >> 6));
        bytebuf_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        bytebuf_byte(out, (uint8_t)(0xe0 | c >> 12));
        bytebuf_byte(out, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
        bytebuf_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
    } else {
        bytebuf_byte(out, (uint8_t)(0xf0 | c >> 18));
        bytebuf_byte(out, (uint8_t)(0x80 | (c >> 12 & 0x3f)));
        bytebuf_byte(out, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
        bytebuf_byte(out, (uint8_t)(0x80 | (c & 0x3f)));
    }
}

uint32_t charset_get_utf8(const char *text, size_t size, size_t *pos, bool *valid)
{
    const uint8_t *p = (const uint8_t *)text + *pos;
    size_t left = size - *pos, length;
    uint32_t c = *p, least;
    if (valid)
        *valid = true;
    if (c < 0x80) {
        *pos += 1;
        return c;
    }
    if (c >= 0xc2 && c < 0xe0)
        length = 2, c &= 0x1f, least = 0x80;
    else if (c >= 0xe0 && c < 0xf0)
        length = 3, c &= 0x0f, least = 0x800;
    else if (c >= 0xf0 && c < 0xf5)
        length = 4, c &= 0x07, least = 0x10000;
    else
        length = 0, least = 0;
    size_t i = 1;
    while (i < length && i < left && (p[i] & 0xc0) == 0x80)
        c = c << 6 | (p[i++] & 0x3f);
    if (length == 0 || i < length || c < least || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
        if (valid)
            *valid = false;
        /* An ill-formed sequence counts as one replacement up to the byte that broke it. */
        *pos += length && i < length ? i : 1;
        return 0xfffd;
    }
    *pos += length;
    return c;
}

bool charset_is_utf8(const void *text, size_t size)
{
    bool valid = true;
    for (size_t pos = 0; pos < size && valid;)
        charset_get_utf8(text, size, &pos, &valid);
    return valid;
}

bool charset_is_ascii(const void *text, size_t size)
{
    const uint8_t *p = text;
    for (size_t i = 0; i < size; i++)
        if (p[i] >= 0x80)
            return false;
    return true;
}

static void put_utf16(struct bytebuf *out, uint32_t c)
{
    uint16_t units[2] = {(uint16_t)c, 0};
    if (c >= 0x10000) {
        units[0] = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
        units[1] = (uint16_t)(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
    bytebuf_add(out, units, c >= 0x10000 ? 4 : 2);
}

bool charset_utf8_to_utf16(const char *text, size_t size, struct bytebuf *out)
{
    bool all = true, valid;
    for (size_t pos = 0; pos < size;) {
        put_utf16(out, charset_get_utf8(text, size, &pos, &valid));
        all &= valid;
    }
    return all;
}

static uint16_t utf16_unit(const uint8_t *text, size_t i, bool swap)
{
    uint16_t unit;
    memcpy(&unit, text + 2 * i, 2);
    return swap ? (uint16_t)(unit << 8 | unit >> 8) : unit;
}

static bool utf16_to_utf8(const uint8_t *text, size_t units, bool swap, struct bytebuf *out)
{
    bool all = true;
    for (size_t i = 0; i < units; i++) {
        uint32_t c = utf16_unit(text, i, swap);
        if (c >= 0xd800 && c < 0xdc00 && i + 1 < units) {
            uint32_t low = utf16_unit(text, i + 1, swap);
            if (low >= 0xdc00 && low < 0xe000) {
                c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
                i++;
            }
        }
        if (c >= 0xd800 && c < 0xe000)
            all = false;
        charset_put_utf8(out, c);
    }
    return all;
}

bool charset_utf16_to_utf8(const void *text, size_t units, struct bytebuf *out)
{
    return utf16_to_utf8(text, units, false, out);
}

static bool cp1252_to_utf8(const uint8_t *text, size_t size, struct bytebuf *out)
{
    for (size_t i = 0; i < size; i++) {
        uint32_t c = text[i];
        if (c >= 0x80 && c < 0xa0 && cp1252_high[c - 0x80])
            c = cp1252_high[c - 0x80];
        charset_put_utf8(out, c);
    }
    return true;
}

static bool utf8_to_utf8(const char *text, size_t size, struct bytebuf *out)
{
    bool all = true, valid;
    if (charset_is_utf8(text, size)) {
        bytebuf_add(out, text, size);
        return true;
    }
    for (size_t pos = 0; pos < size;) {
        charset_put_utf8(out, charset_get_utf8(text, size, &pos, &valid));
        all &= valid;
    }
    return all;
}

bool charset_to_utf8(uint32_t codepage, const void *text, size_t size, struct bytebuf *out)
{
    const uint8_t *bytes = text;
    if (size == 0)
        return true;
    switch (codepage) {
    case CHARSET_UTF8:
        if (size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3))
            bytes += 3, size -= 3;
        return utf8_to_utf8((const char *)bytes, size, out);
    case CHARSET_ASCII:
        if (!charset_is_ascii(bytes, size) && charset_is_utf8(bytes, size)) {
            bytebuf_add(out, bytes, size);
            return false;
        }
        cp1252_to_utf8(bytes, size, out);
        return charset_is_ascii(bytes, size);
    case CHARSET_LATIN1:
    case CHARSET_CP1252:
        return cp1252_to_utf8(bytes, size, out);
    case CHARSET_UTF16LE:
    case CHARSET_UTF16BE: {
        bool big = codepage == CHARSET_UTF16BE;
        if (size >= 2 && ((bytes[0] == 0xfe && bytes[1] == 0xff) || (bytes[0] == 0xff && bytes[1] == 0xfe))) {
            big = bytes[0] == 0xfe;
            bytes += 2, size -= 2;
        }
        const uint16_t one = 1;
        bool machine_is_big = *(const uint8_t *)&one == 0;
        return utf16_to_utf8(bytes, size / 2, big != machine_is_big, out) && size % 2 == 0;
    }
    case CHARSET_UNKNOWN:
        break;
    default: {
        struct bytebuf wide = {0};
        bool replaced = false;
        if (charset_platform_decode(codepage, bytes, size, &wide, &replaced)) {
            bool all = utf16_to_utf8(wide.data, wide.size / 2, false, out);
            out->failed |= wide.failed;
            bytebuf_free(&wide);
            return all && !replaced;
        }
        bytebuf_free(&wide);
    }
    }
    if (charset_is_utf8(bytes, size))
        bytebuf_add(out, bytes, size);
    else
        cp1252_to_utf8(bytes, size, out);
    return charset_is_ascii(bytes, size);
}

static bool utf8_to_single(uint32_t codepage, const char *text, size_t size, struct bytebuf *out)
{
    bool all = true;
    for (size_t pos = 0; pos < size;) {
        uint32_t c = charset_get_utf8(text, size, &pos, NULL);
        uint8_t byte = '?';
        if (c < 0x80 || (codepage != CHARSET_ASCII && c >= 0xa0 && c <= 0xff) ||
            (codepage == CHARSET_LATIN1 && c < 0xa0))
            byte = (uint8_t)c;
        else if (codepage == CHARSET_CP1252)
            for (unsigned i = 0; i < 32; i++)
                if (cp1252_high[i] == c || (!cp1252_high[i] && c == 0x80 + i))
                    byte = (uint8_t)(0x80 + i);
        all &= byte != '?' || c == '?';
        bytebuf_byte(out, byte);
    }
    return all;
}

bool charset_from_utf8(uint32_t codepage, const char *text, size_t size, struct bytebuf *out)
{
    struct bytebuf wide = {0};
    bool all = true, replaced = false;
    switch (codepage) {
    case CHARSET_UTF8:
        return utf8_to_utf8(text, size, out);
    case CHARSET_ASCII:
    case CHARSET_LATIN1:
    case CHARSET_CP1252:
        return utf8_to_single(codepage, text, size, out);
    default:
        all = charset_utf8_to_utf16(text, size, &wide);
        if (codepage == CHARSET_UTF16LE || codepage == CHARSET_UTF16BE) {
            for (size_t i = 0; i < wide.size / 2; i++) {
                uint16_t unit = utf16_unit(wide.data, i, false);
                bool big = codepage == CHARSET_UTF16BE;
                bytebuf_byte(out, (uint8_t)(big ? unit >> 8 : unit));
                bytebuf_byte(out, (uint8_t)(big ? unit : unit >> 8));
            }
        } else if (!charset_platform_encode(codepage, wide.data, wide.size / 2, out, &replaced)) {
            all = utf8_to_single(CHARSET_CP1252, text, size, out);
        }
        out->failed |= wide.failed;
        bytebuf_free(&wide);
        return all && !replaced;
    }
}

uint16_t *charset_utf16_from_utf8(const char *text, size_t size, size_t *units)
{
    struct bytebuf out = {0};
    size_t bytes = 0;
    charset_utf8_to_utf16(text, size, &out);
    bytebuf_add(&out, "\0", 2);
    uint16_t *taken = (uint16_t *)bytebuf_take(&out, &bytes);
    if (units)
        *units = taken ? bytes / 2 - 1 : 0;
    return taken;
}

char *charset_utf8_from_utf16(const void *text, size_t units, size_t *size)
{
    struct bytebuf out = {0};
    charset_utf16_to_utf8(text, units, &out);
    return bytebuf_take(&out, size);
}
