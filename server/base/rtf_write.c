/*
 * rtf_write.c: plain text and HTML as RTF (MS-OXRTFEX). Layer: base (portable).
 *
 * Only \u escapes are used above 0x7f, so the document's code page matters to readers of the encapsulated
 * HTML alone.
 */
#include "charset.h"
#include "html_scan.h"
#include "rtf.h"

#include <string.h>

static void put_unicode(struct bytebuf *out, uint32_t c)
{
    if (c >= 0x10000) {
        put_unicode(out, 0xd800 + ((c - 0x10000) >> 10));
        put_unicode(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
        return;
    }
    bytebuf_format(out, "\\u%d?", (int)(int16_t)(uint16_t)c);
}

/* Appends characters with what RTF needs escaped; line ends become `line_end`. */
static void put_escaped(struct bytebuf *out, const char *text, size_t size, const char *line_end)
{
    for (size_t pos = 0; pos < size;) {
        uint32_t c = charset_get_utf8(text, size, &pos, NULL);
        if (c == '\\' || c == '{' || c == '}') {
            bytebuf_byte(out, '\\');
            bytebuf_byte(out, (uint8_t)c);
        } else if (c == '\n') {
            bytebuf_text(out, line_end);
        } else if (c == '\t') {
            bytebuf_text(out, "\\tab ");
        } else if (c >= 0x80) {
            put_unicode(out, c);
        } else if (c >= 0x20) {
            bytebuf_byte(out, (uint8_t)c);
        }
    }
}

HRESULT rtf_from_text(const char *text, size_t size, struct bytebuf *out)
{
    bytebuf_text(out, "{\\rtf1\\ansi\\ansicpg1252\\fromtext \\deff0{\\fonttbl\r\n{\\f0\\fswiss Arial;}}\r\n"
                      "{\\colortbl\\red0\\green0\\blue0;\\red0\\green0\\blue255;}\r\n"
                      "\\uc1\\pard\\plain\\deftab360 \\f0\\fs20 ");
    put_escaped(out, text, size, "\\par\r\n");
    bytebuf_text(out, "}");
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* Text between tags: readers of RTF see it too; white space and references differ between the two. */
static void put_html_text(struct bytebuf *out, const char *text, size_t size)
{
    size_t run = 0;
    for (size_t i = 0; i < size;) {
        uint32_t c = 0;
        size_t length = 0;
        if (text[i] == '&')
            length = html_reference(text + i, size - i, &c);
        else if (text[i] == '\n' || (text[i] == '\r' && i + 1 < size && text[i + 1] == '\n'))
            length = text[i] == '\n' ? 1 : 2;
        else if (text[i] == '\t')
            length = 1;
        if (!length) {
            i++;
            continue;
        }
        put_escaped(out, text + run, i - run, "");
        if (c) {
            bytebuf_text(out, "{\\*\\htmltag84 ");
            put_escaped(out, text + i, length, "");
            bytebuf_text(out, "}\\htmlrtf ");
            struct bytebuf one = {0};
            charset_put_utf8(&one, c);
            put_escaped(out, (const char *)one.data, one.size, " ");
            bytebuf_free(&one);
            bytebuf_text(out, "\\htmlrtf0 ");
        } else {
            bytebuf_format(out, "\r\n{\\*\\htmltag64 %s}\\htmlrtf  \\htmlrtf0 ",
                           text[i] == '\t' ? "\\tab " : "\\par ");
        }
        i += length;
        run = i;
    }
    put_escaped(out, text + run, size - run, "");
}

static void put_tag(struct bytebuf *out, const struct html_token *token)
{
    static const struct {
        const char *name, *on, *off;
    } formats[] = {{"b", "\\b ", "\\b0 "},
                   {"strong", "\\b ", "\\b0 "},
                   {"i", "\\i ", "\\i0 "},
                   {"em", "\\i ", "\\i0 "},
                   {"u", "\\ul ", "\\ulnone "}};
    const char *shown = NULL;
    enum html_layout layout = token->kind == HTML_TAG ? html_layout(token->name) : HTML_INLINE;
    bytebuf_text(out, "\r\n{\\*\\htmltag64 ");
    put_escaped(out, token->start, token->size, "\\par ");
    bytebuf_text(out, "}");
    if (layout == HTML_BREAK || (layout != HTML_INLINE && token->closing))
        shown = "\\par ";
    for (size_t i = 0; token->kind == HTML_TAG && i < sizeof formats / sizeof *formats; i++)
        if (!strcmp(token->name, formats[i].name))
            shown = token->closing ? formats[i].off : formats[i].on;
    if (shown)
        bytebuf_format(out, "\\htmlrtf %s\\htmlrtf0 ", shown);
}

HRESULT rtf_from_html(const char *html, size_t size, uint32_t codepage, struct bytebuf *out)
{
    struct bytebuf utf8 = {0};
    struct html_token token;
    charset_to_utf8(codepage, html, size, &utf8);
    struct html_scanner scanner = {.text = (const char *)utf8.data, .size = utf8.size};
    bytebuf_format(out,
                   "{\\rtf1\\ansi\\ansicpg%u\\fromhtml1 \\deff0{\\fonttbl\r\n{\\f0\\fswiss Arial;}}\r\n"
                   "{\\colortbl\\red0\\green0\\blue0;\\red0\\green0\\blue255;}\r\n"
                   "\\uc1\\pard\\plain\\deftab360 \\f0\\fs24 ",
                   (unsigned)(codepage ? codepage : CHARSET_CP1252));
    while (html_scan(&scanner, &token)) {
        if (token.kind == HTML_TEXT)
            put_html_text(out, token.start, token.size);
        else
            put_tag(out, &token);
    }
    bytebuf_text(out, "}");
    bool failed = out->failed || utf8.failed;
    bytebuf_free(&utf8);
    return failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}
