/*
 * mime_encode.c: transfer encodings and header lines in the direction of writing. Layer: MIME (portable).
 */
#include "charset.h"
#include "mime.h"

#include <string.h>

#define LINE_WIDTH 76
#define WORD_WIDTH 75  /* of an RFC 2047 word */
#define HARD_WIDTH 990 /* no line is longer, even if nothing allows a fold */

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void put_base64(const uint8_t *p, size_t size, struct bytebuf *out)
{
    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t bits =
            (uint32_t)p[i] << 16 | (left > 1 ? (uint32_t)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
        char quad[4] = {base64_digits[bits >> 18], base64_digits[bits >> 12 & 63],
                        left > 1 ? base64_digits[bits >> 6 & 63] : '=',
                        left > 2 ? base64_digits[bits & 63] : '='};
        bytebuf_add(out, quad, 4);
    }
}

void mime_encode_base64(const void *data, size_t size, struct bytebuf *out)
{
    const uint8_t *p = data;
    for (size_t pos = 0; pos < size; pos += LINE_WIDTH / 4 * 3) {
        size_t left = size - pos;
        put_base64(p + pos, left < LINE_WIDTH / 4 * 3 ? left : LINE_WIDTH / 4 * 3, out);
        bytebuf_text(out, "\r\n");
    }
}

void mime_encode_qp(const char *text, size_t size, struct bytebuf *out)
{
    size_t column = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t c = (uint8_t)text[i];
        bool crlf = c == '\r' && i + 1 < size && text[i + 1] == '\n';
        if (c == '\n' || crlf) {
            bytebuf_text(out, "\r\n");
            column = 0;
            i += crlf;
            continue;
        }
        bool at_end = i + 1 == size || text[i + 1] == '\n' || text[i + 1] == '\r';
        bool plain = (c > 32 && c < 127 && c != '=') || ((c == ' ' || c == '\t') && !at_end);
        /* "From " and a lone dot at a line's start are changed by some transports. */
        if (column == 0 &&
            ((c == 'F' && size - i >= 5 && !memcmp(text + i, "From ", 5)) || (c == '.' && at_end)))
            plain = false;
        size_t width = plain ? 1 : 3;
        if (column + width > LINE_WIDTH - 1) {
            bytebuf_text(out, "=\r\n");
            column = 0;
        }
        if (plain)
            bytebuf_byte(out, c);
        else
            bytebuf_format(out, "=%02X", c);
        column += width;
    }
}

/* Whether a byte may stand as itself in the Q encoding, in any header. */
static bool q_plain(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           strchr("!*+-/", c) != NULL;
}

void mime_encode_words(const char *text, size_t size, size_t column, struct bytebuf *out)
{
    static const char start_b[] = "=?utf-8?B?", start_q[] = "=?utf-8?Q?";
    size_t plain = 0;
    for (size_t i = 0; i < size; i++)
        plain += text[i] && (q_plain((uint8_t)text[i]) || text[i] == ' ');
    bool q = plain * 3 >= size * 2;
    for (size_t pos = 0; pos < size;) {
        size_t room = column + 20 > WORD_WIDTH ? 0 : WORD_WIDTH - column - (sizeof start_b - 1) - 2, used = 0,
               end = pos;
        if (room == 0) {
            bytebuf_text(out, "\r\n ");
            column = 1;
            continue;
        }
        /* As many whole characters as fit. */
        while (end < size) {
            size_t next = end, width = 0;
            charset_get_utf8(text, size, &next, NULL);
            if (q) {
                for (size_t i = end; i < next; i++)
                    width += (text[i] && q_plain((uint8_t)text[i])) || text[i] == ' ' ? 1 : 3;
            } else {
                width = (next - pos + 2) / 3 * 4 - used;
            }
            if (used + width > room && end > pos)
                break;
            used += width;
            end = next;
        }
        bytebuf_text(out, q ? start_q : start_b);
        if (!q)
            put_base64((const uint8_t *)text + pos, end - pos, out);
        for (size_t i = pos; q && i < end; i++) {
            if (text[i] == ' ')
                bytebuf_byte(out, '_');
            else if (text[i] && q_plain((uint8_t)text[i]))
                bytebuf_byte(out, (uint8_t)text[i]);
            else
                bytebuf_format(out, "=%02X", (uint8_t)text[i]);
        }
        bytebuf_text(out, "?=");
        column += sizeof start_b + 1 + used;
        pos = end;
        if (pos < size) {
            bytebuf_text(out, "\r\n ");
            column = 1;
        }
    }
}

/* Writes ASCII, folded before white space where a line would grow too long. */
static void put_folded(const char *text, size_t size, size_t column, struct bytebuf *out)
{
    for (size_t i = 0; i < size;) {
        size_t end = i;
        while (end < size && text[end] == ' ')
            end++;
        size_t blanks = end - i;
        while (end < size && text[end] != ' ' && text[end] != '\t')
            end++;
        if (end == i)
            end++;
        if (column + (end - i) > LINE_WIDTH && column > 1 && blanks > 0 && end > i + blanks) {
            bytebuf_text(out, "\r\n");
            column = 0;
        }
        for (; i < end; i++, column++) {
            if (column >= HARD_WIDTH) {
                bytebuf_text(out, "\r\n ");
                column = 1;
            }
            bytebuf_byte(out, (uint8_t)text[i] < ' ' && text[i] != '\t' ? ' ' : (uint8_t)text[i]);
        }
    }
}

void mime_write_header(const char *name, const char *value, bool text, struct bytebuf *out)
{
    size_t size = strlen(value), column = strlen(name) + 2;
    bytebuf_format(out, "%s: ", name);
    bool encode = !charset_is_ascii(value, size);
    if (text)
        encode |= strstr(value, "=?") || strpbrk(value, "\r\n") ||
                  (size > 0 && (value[0] == ' ' || value[size - 1] == ' ')) ||
                  (size > HARD_WIDTH && !strchr(value, ' '));
    if (!encode) {
        put_folded(value, size, column, out);
    } else if (text || charset_is_utf8(value, size)) {
        mime_encode_words(value, size, column, out);
    } else {
        struct bytebuf utf8 = {0};
        charset_to_utf8(CHARSET_UNKNOWN, value, size, &utf8);
        mime_encode_words((const char *)utf8.data, utf8.size, column, out);
        bytebuf_free(&utf8);
    }
    bytebuf_text(out, "\r\n");
}

static bool is_phrase(const char *name)
{
    bool plain = true;
    for (const char *p = name; *p; p++)
        plain &= (*p >= '0' && *p <= '9') || (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z') ||
                 strchr(" !#$%&'*+-/^_`{|}~", *p);
    return plain;
}

void mime_format_addresses(const struct mime_address_list *list, struct bytebuf *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *name = list->items[i].name ? list->items[i].name : "";
        const char *address = list->items[i].address ? list->items[i].address : "";
        if (i > 0)
            bytebuf_text(out, ", ");
        if (*name && (!charset_is_ascii(name, strlen(name)) || strstr(name, "=?") || strpbrk(name, "\r\n"))) {
            struct bytebuf words = {0};
            mime_encode_words(name, strlen(name), 20, &words);
            for (size_t k = 0; k < words.size; k++) /* the header is folded as a whole */
                if (words.data[k] != '\r' && words.data[k] != '\n')
                    bytebuf_byte(out, words.data[k]);
            bytebuf_free(&words);
        } else if (is_phrase(name)) {
            bytebuf_text(out, name);
        } else {
            bytebuf_byte(out, '"');
            for (const char *p = name; *p; p++) {
                if (*p == '"' || *p == '\\')
                    bytebuf_byte(out, '\\');
                bytebuf_byte(out, (uint8_t)*p);
            }
            bytebuf_byte(out, '"');
        }
        if (!*name || *address) /* a name alone is what was known of a recipient */
            bytebuf_format(out, *name ? " <%s>" : *address ? "%s" : "<>%s", address);
    }
}
