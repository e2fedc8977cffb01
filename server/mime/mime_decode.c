/*
 * mime_decode.c: transfer encodings and lines. Layer: MIME (portable).
 */
#include "mime.h"

#include <string.h>

size_t mime_line_end(const char *text, size_t size, size_t pos, size_t *next)
{
    const char *lf = memchr(text + pos, '\n', size - pos);
    const char *cr = NULL;
    if (lf) {
        size_t end = (size_t)(lf - text);
        *next = end + 1;
        return end > pos && text[end - 1] == '\r' ? end - 1 : end;
    }
    /* No LF is left: an old Mac's text, or the last line. */
    cr = memchr(text + pos, '\r', size - pos);
    *next = cr ? (size_t)(cr - text) + 1 : size;
    return cr ? (size_t)(cr - text) : size;
}

static int base64_value(uint8_t c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    if (c == '/' || c == '_')
        return 63;
    return -1;
}

bool mime_decode_base64(const char *text, size_t size, struct bytebuf *out)
{
    uint32_t bits = 0;
    int count = 0;
    bool clean = true, ended = false;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)text[i];
        int value = base64_value(c);
        if (c == '=') {
            /* Padding ends one quantum; some programs join encoded pieces, so what follows is read on. */
            if (count == 2)
                bytebuf_byte(out, (uint8_t)(bits >> 4));
            else if (count == 3)
                bytebuf_byte(out, (uint8_t)(bits >> 10)), bytebuf_byte(out, (uint8_t)(bits >> 2));
            count = 0;
            bits = 0;
            ended = true;
            continue;
        }
        if (value < 0) {
            clean &= c == '\r' || c == '\n' || c == ' ' || c == '\t';
            continue;
        }
        clean &= !ended;
        bits = bits << 6 | (uint32_t)value;
        if (++count == 4) {
            bytebuf_byte(out, (uint8_t)(bits >> 16));
            bytebuf_byte(out, (uint8_t)(bits >> 8));
            bytebuf_byte(out, (uint8_t)bits);
            count = 0;
            bits = 0;
        }
    }
    if (count == 2)
        bytebuf_byte(out, (uint8_t)(bits >> 4));
    else if (count == 3)
        bytebuf_byte(out, (uint8_t)(bits >> 10)), bytebuf_byte(out, (uint8_t)(bits >> 2));
    return clean && count == 0;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c | 32) >= 'a' && (c | 32) <= 'f')
        return (c | 32) - 'a' + 10;
    return -1;
}

bool mime_decode_qp(const char *text, size_t size, struct bytebuf *out)
{
    bool clean = true;
    for (size_t pos = 0; pos < size;) {
        size_t next, end = mime_line_end(text, size, pos, &next), line_end = end;
        bool soft = false;
        while (end > pos && (text[end - 1] == ' ' || text[end - 1] == '\t'))
            end--; /* white space at a line's end was added on the way */
        if (end > pos && text[end - 1] == '=') {
            soft = true;
            end--;
        }
        for (size_t i = pos; i < end; i++) {
            int high = text[i] == '=' && i + 2 < end ? hex_value(text[i + 1]) : -1;
            int low = high >= 0 ? hex_value(text[i + 2]) : -1;
            if (low >= 0) {
                bytebuf_byte(out, (uint8_t)(high << 4 | low));
                i += 2;
            } else {
                clean &= text[i] != '=';
                bytebuf_byte(out, (uint8_t)text[i]);
            }
        }
        if (!soft)
            bytebuf_add(out, text + line_end, next - line_end);
        pos = next;
    }
    return clean;
}

bool mime_decode_q(const char *text, size_t size, struct bytebuf *out)
{
    bool clean = true;
    for (size_t i = 0; i < size; i++) {
        int high = text[i] == '=' && i + 2 < size ? hex_value(text[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low >= 0) {
            bytebuf_byte(out, (uint8_t)(high << 4 | low));
            i += 2;
        } else {
            clean &= text[i] != '=';
            bytebuf_byte(out, text[i] == '_' ? ' ' : (uint8_t)text[i]);
        }
    }
    return clean;
}

bool mime_decode_uu(const char *text, size_t size, struct bytebuf *out)
{
    bool begun = false, ended = false;
    for (size_t pos = 0; pos < size && !ended;) {
        size_t next, end = mime_line_end(text, size, pos, &next);
        const char *line = text + pos;
        size_t length = end - pos;
        pos = next;
        if (!begun) {
            begun = length > 6 && !memcmp(line, "begin ", 6);
            continue;
        }
        if (length >= 3 && !memcmp(line, "end", 3)) {
            ended = true;
            continue;
        }
        size_t bytes = length ? (size_t)((line[0] - 32) & 63) : 0;
        for (size_t i = 1, done = 0; done < bytes; i += 4) {
            uint32_t bits = 0;
            for (size_t k = 0; k < 4; k++)
                bits = bits << 6 | (i + k < length ? (uint32_t)((line[i + k] - 32) & 63) : 0);
            for (int shift = 16; shift >= 0 && done < bytes; shift -= 8, done++)
                bytebuf_byte(out, (uint8_t)(bits >> shift));
        }
    }
    return begun && ended;
}
