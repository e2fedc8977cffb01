/*
 * hex.c: hex text and the few string functions that 2-byte characters need natively.
 *
 * Layer: base (portable).
 */
#include "hex.h"

#include <stdlib.h>
#include <string.h>

void hex_encode(const void *bytes, size_t size, WCHAR *text)
{
    static const char digits[] = "0123456789ABCDEF";
    const BYTE *from = bytes;

    for (size_t i = 0; i < size; i++) {
        *text++ = (WCHAR)digits[from[i] >> 4];
        *text++ = (WCHAR)digits[from[i] & 15];
    }
    *text = 0;
}

static int digit_value(WCHAR c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return -1;
}

bool hex_decode(const WCHAR *text, size_t length, void *bytes)
{
    BYTE *to = bytes;

    if (length % 2)
        return false;
    for (size_t i = 0; i < length; i += 2) {
        int high = digit_value(text[i]), low = digit_value(text[i + 1]);
        if (high < 0 || low < 0)
            return false;
        *to++ = (BYTE)(high << 4 | low);
    }
    return true;
}

size_t wide_length(const WCHAR *text)
{
    size_t length = 0;

    while (text[length])
        length++;
    return length;
}

static int fold(WCHAR c)
{
    return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

int wide_compare(const WCHAR *a, const WCHAR *b)
{
    while (*a && fold(*a) == fold(*b))
        a++, b++;
    return fold(*a) - fold(*b);
}

WCHAR *wide_copy(const WCHAR *text)
{
    size_t size;
    WCHAR *copy;

    if (!text)
        return NULL;
    size = (wide_length(text) + 1) * sizeof(WCHAR);
    copy = malloc(size);
    if (copy)
        memcpy(copy, text, size);
    return copy;
}
