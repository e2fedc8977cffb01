/*
 * charset_platform.c: code page conversion by the platform. Layer: base; the only file there that calls it.
 *
 * Windows: MultiByteToWideChar. Wine does not know the stateful Japanese code page (50220), so that one is
 * turned into Shift JIS here first. Elsewhere: iconv.
 */
#include "charset_platform.h"

#include <limits.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>

/* Appends one JIS X 0208 pair as Shift JIS. */
static void put_jis_pair(struct bytebuf *out, uint8_t high, uint8_t low)
{
    uint8_t lead = (uint8_t)((high + 1) / 2 + (high < 0x5f ? 0x70 : 0xb0));
    uint8_t trail = (uint8_t)(high % 2 ? low + 0x1f + (low >= 0x60) : low + 0x7e);
    bytebuf_byte(out, lead);
    bytebuf_byte(out, trail);
}

/* ISO-2022-JP as Shift JIS: ASCII, JIS X 0201 (Roman and kana) and JIS X 0208. */
static void jis_to_shift_jis(const uint8_t *text, size_t size, struct bytebuf *out)
{
    enum { SINGLE, KANA, PAIRS } mode = SINGLE;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == 0x1b && size - i >= 3) {
            if (text[i + 1] == '(')
                mode = text[i + 2] == 'I' ? KANA : SINGLE;
            else if (text[i + 1] == '$')
                mode = PAIRS;
            i += 2;
        } else if (text[i] == '\n' || text[i] == '\r') {
            mode = mode == PAIRS ? PAIRS : SINGLE;
            bytebuf_byte(out, text[i]);
        } else if (mode == PAIRS && text[i] > 0x20 && text[i] < 0x7f && size - i >= 2) {
            put_jis_pair(out, text[i], text[i + 1]);
            i++;
        } else {
            bytebuf_byte(out, mode == KANA ? (uint8_t)(text[i] | 0x80) : text[i]);
        }
    }
}

/* Code pages of the .NET and MIME worlds that MultiByteToWideChar has under another number. */
static uint32_t windows_codepage(uint32_t codepage)
{
    switch (codepage) {
    case 51932:
        return 20932;
    case 51949:
        return 949;
    default:
        return codepage;
    }
}

bool charset_platform_decode(uint32_t codepage, const uint8_t *text, size_t size, struct bytebuf *out,
                             bool *replaced)
{
    UINT page = windows_codepage(codepage);
    struct bytebuf converted = {0};
    bool known = false;
    if (size > INT_MAX / 4)
        return false;
    if (codepage == 50220) {
        jis_to_shift_jis(text, size, &converted);
        text = converted.data, size = converted.size, page = 932;
        if (size == 0)
            goto done;
    }
    DWORD flags = MB_ERR_INVALID_CHARS;
    int units = MultiByteToWideChar(page, flags, (const char *)text, (int)size, NULL, 0);
    if (units <= 0) {
        *replaced = GetLastError() == ERROR_NO_UNICODE_TRANSLATION;
        flags = 0;
        units = MultiByteToWideChar(page, flags, (const char *)text, (int)size, NULL, 0);
    }
    if (units <= 0 && page == 54936) {
        page = 936;
        units = MultiByteToWideChar(page, flags, (const char *)text, (int)size, NULL, 0);
    }
    if (units > 0 && bytebuf_reserve(out, (size_t)units * 2)) {
        MultiByteToWideChar(page, flags, (const char *)text, (int)size, (WCHAR *)(out->data + out->size),
                            units);
        out->size += (size_t)units * 2;
        known = true;
    }
done:
    bytebuf_free(&converted);
    return known;
}

bool charset_platform_encode(uint32_t codepage, const void *text, size_t units, struct bytebuf *out,
                             bool *replaced)
{
    UINT page = windows_codepage(codepage);
    BOOL used_default = FALSE;
    if (units == 0)
        return true;
    if (units > INT_MAX / 4)
        return false;
    BOOL *report = page == 54936 || page == 65000 || (page >= 50220 && page <= 50229) ? NULL : &used_default;
    int size = WideCharToMultiByte(page, 0, text, (int)units, NULL, 0, NULL, report);
    if (size <= 0 || !bytebuf_reserve(out, (size_t)size))
        return false;
    WideCharToMultiByte(page, 0, text, (int)units, (char *)out->data + out->size, size, NULL, NULL);
    out->size += (size_t)size;
    *replaced = used_default;
    return true;
}

#else
#include <errno.h>
#include <iconv.h>
#include <stdio.h>

/* The iconv name where it is not "CP" and the number. */
static const char *iconv_name(uint32_t codepage, char *space, size_t space_size)
{
    static const struct {
        uint32_t codepage;
        const char *name;
    } names[] = {{20866, "KOI8-R"},    {21866, "KOI8-U"}, {50220, "ISO-2022-JP-2"}, {50225, "ISO-2022-KR"},
                 {51932, "EUC-JP"},    {51949, "CP949"},  {54936, "GB18030"},       {65000, "UTF-7"},
                 {10000, "MACINTOSH"}, {52936, "HZ"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].codepage == codepage)
            return names[i].name;
    if (codepage > 28590 && codepage < 28606)
        snprintf(space, space_size, "ISO-8859-%u", (unsigned)(codepage - 28590));
    else
        snprintf(space, space_size, "CP%u", (unsigned)codepage);
    return space;
}

static bool convert(const char *to, const char *from, const void *text, size_t size, size_t skip,
                    const char *substitute, size_t substitute_size, struct bytebuf *out, bool *replaced)
{
    iconv_t cd = iconv_open(to, from);
    char *in = (char *)text;
    size_t left = size;
    if (cd == (iconv_t)-1)
        return false;
    while (left > 0 && bytebuf_reserve(out, left * 2 + 16)) {
        char *target = (char *)out->data + out->size;
        size_t room = out->capacity - out->size;
        size_t result = iconv(cd, &in, &left, &target, &room);
        out->size = (size_t)((uint8_t *)target - out->data);
        if (result == (size_t)-1 && errno != E2BIG) {
            size_t step = left < skip ? left : skip;
            bytebuf_add(out, substitute, substitute_size);
            *replaced = true;
            in += step;
            left -= step;
        }
    }
    if (bytebuf_reserve(out, 16)) {
        char *target = (char *)out->data + out->size;
        size_t room = out->capacity - out->size;
        iconv(cd, NULL, NULL, &target, &room);
        out->size = (size_t)((uint8_t *)target - out->data);
    }
    iconv_close(cd);
    return true;
}

bool charset_platform_decode(uint32_t codepage, const uint8_t *text, size_t size, struct bytebuf *out,
                             bool *replaced)
{
    char name[24];
    static const uint16_t replacement = 0xfffd;
    return convert("UTF-16LE", iconv_name(codepage, name, sizeof name), text, size, 1,
                   (const char *)&replacement, 2, out, replaced);
}

bool charset_platform_encode(uint32_t codepage, const void *text, size_t units, struct bytebuf *out,
                             bool *replaced)
{
    char name[24];
    return convert(iconv_name(codepage, name, sizeof name), "UTF-16LE", text, units * 2, 2, "?", 1, out,
                   replaced);
}
#endif
