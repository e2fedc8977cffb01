/*
 * html.c: HTML to plain text and back. Layer: base (portable).
 */
#include "html.h"
#include "charset.h"
#include "html_scan.h"

#include <stdlib.h>
#include <string.h>

#define LIST_DEPTH 16

struct text_writer {
    struct bytebuf *out;
    size_t start;         /* out->size when it began: nothing before is looked at */
    int line_ends;        /* owed before the next character */
    bool space;           /* owed before the next character, unless a line begins */
    int pre;              /* open <pre> elements: white space is kept */
    int hidden;           /* open elements whose text is not shown */
    bool in_row;          /* a cell of this table row was begun */
    int list[LIST_DEPTH]; /* per open list: the next number, or -1 for bullets */
    int lists;
    struct bytebuf href; /* the open link's address */
    size_t link_start;   /* where its text begins in out */
};

static void writer_line_ends(struct text_writer *w, int count)
{
    if (w->line_ends < count)
        w->line_ends = count;
    w->space = false;
}

/* Pays the line ends and spaces that are owed, and then writes. */
static void writer_put(struct text_writer *w, const char *text, size_t size)
{
    if (w->out->size > w->start) {
        for (; w->line_ends > 0; w->line_ends--, w->space = false)
            bytebuf_text(w->out, "\r\n");
        if (w->space)
            bytebuf_byte(w->out, ' ');
    }
    w->line_ends = 0;
    w->space = false;
    bytebuf_add(w->out, text, size);
}

static void writer_pre_char(struct text_writer *w, char c)
{
    if (c == '\r')
        return;
    if (c == '\n')
        writer_line_ends(w, w->line_ends + 1);
    else
        writer_put(w, &c, 1);
}

static void writer_text(struct text_writer *w, const char *text, size_t size)
{
    for (size_t i = 0; i < size;) {
        uint32_t c;
        size_t length = text[i] == '&' ? html_reference(text + i, size - i, &c) : 0;
        if (length) {
            struct bytebuf one = {0};
            charset_put_utf8(&one, c == 0xa0 ? ' ' : c);
            writer_put(w, (const char *)one.data, one.size);
            bytebuf_free(&one);
            i += length;
            continue;
        }
        if (w->pre)
            writer_pre_char(w, text[i]);
        else if (strchr(" \t\r\n\f", text[i]))
            w->space = w->space || (w->line_ends == 0 && w->out->size > w->start && text[i]);
        else
            writer_put(w, text + i, 1);
        i++;
    }
}

static void writer_link(struct text_writer *w, const struct html_token *tag)
{
    if (!tag->closing) {
        w->href.size = 0;
        html_attribute(tag, "href", &w->href);
        w->link_start = w->out->size;
        return;
    }
    const char *href = (const char *)w->href.data;
    size_t size = w->href.size, shown = w->out->size - w->link_start;
    bool is_mail = size > 7 && !memcmp(href, "mailto:", 7);
    bool is_web = size > 7 && (!memcmp(href, "http://", 7) || !memcmp(href, "https:/", 7));
    if ((is_mail || is_web) && w->out->size >= w->link_start) {
        const char *text = (const char *)w->out->data + w->link_start;
        size_t skip = is_mail ? 7 : 0;
        while (shown > 0 && (*text == '\r' || *text == '\n' || *text == ' '))
            text++, shown--;
        bool same = shown == size - skip && !memcmp(text, href + skip, shown);
        if (shown > 0 && !same) {
            w->space = true;
            writer_put(w, "<", 1);
            writer_put(w, href, size);
            writer_put(w, ">", 1);
        }
    }
    w->href.size = 0;
}

static void writer_item(struct text_writer *w)
{
    char mark[24] = "* ";
    if (w->lists > 0 && w->list[w->lists - 1] >= 0) {
        struct bytebuf number = {0};
        bytebuf_format(&number, "%d. ", w->list[w->lists - 1]++);
        if (number.size < sizeof mark) {
            memcpy(mark, number.data, number.size);
            mark[number.size] = 0;
        }
        bytebuf_free(&number);
    }
    writer_put(w, mark, strlen(mark));
}

static void writer_tag(struct text_writer *w, const struct html_token *tag)
{
    const char *name = tag->name;
    if (!strcmp(name, "head")) {
        w->hidden = !tag->closing;
        return;
    }
    if (!strcmp(name, "body"))
        w->hidden = 0;
    if (w->hidden)
        return;
    switch (html_layout(name)) {
    case HTML_BREAK:
        w->line_ends++;
        w->space = false;
        break;
    case HTML_LINE:
        writer_line_ends(w, 1);
        break;
    case HTML_PARAGRAPH:
        writer_line_ends(w, w->lists > 0 ? 1 : 2);
        break;
    case HTML_INLINE:
        break;
    }
    if (!strcmp(name, "pre"))
        w->pre = tag->closing ? 0 : 1;
    else if (!strcmp(name, "tr"))
        w->in_row = false;
    else if ((!strcmp(name, "td") || !strcmp(name, "th")) && !tag->closing) {
        if (w->in_row)
            writer_put(w, "\t", 1);
        w->in_row = true;
    } else if (!strcmp(name, "hr"))
        writer_put(w, "----------", 10), writer_line_ends(w, 1);
    else if (!strcmp(name, "a"))
        writer_link(w, tag);
    else if (!strcmp(name, "li") && !tag->closing)
        writer_item(w);
    else if (!strcmp(name, "ul") || !strcmp(name, "ol")) {
        if (tag->closing)
            w->lists -= w->lists > 0;
        else if (w->lists < LIST_DEPTH)
            w->list[w->lists++] = name[0] == 'o' ? 1 : -1;
    }
}

HRESULT html_to_text(const char *html, size_t size, struct bytebuf *out)
{
    struct html_scanner scanner = {.text = html, .size = size};
    struct html_token token;
    struct text_writer w = {.out = out, .start = out->size};
    while (html_scan(&scanner, &token)) {
        if (token.kind == HTML_TAG)
            writer_tag(&w, &token);
        else if (token.kind == HTML_TEXT && !w.hidden)
            writer_text(&w, token.start, token.size);
    }
    if (out->size > w.start)
        bytebuf_text(out, "\r\n");
    bytebuf_free(&w.href);
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void html_escape(const char *text, size_t size, struct bytebuf *out)
{
    for (size_t i = 0; i < size; i++) {
        switch (text[i]) {
        case '<':
            bytebuf_text(out, "&lt;");
            break;
        case '>':
            bytebuf_text(out, "&gt;");
            break;
        case '&':
            bytebuf_text(out, "&amp;");
            break;
        case '"':
            bytebuf_text(out, "&quot;");
            break;
        default:
            bytebuf_byte(out, (uint8_t)text[i]);
        }
    }
}

HRESULT html_from_text(const char *text, size_t size, struct bytebuf *out)
{
    bytebuf_text(out, "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; "
                      "charset=utf-8\"></head><body>\r\n");
    bool line_start = true;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\r')
            continue;
        if (text[i] == '\n')
            bytebuf_text(out, "<br>\r\n");
        else if (text[i] == '\t')
            bytebuf_text(out, "&nbsp;&nbsp;&nbsp; ");
        else if (text[i] == ' ' && (line_start || (i + 1 < size && text[i + 1] == ' ')))
            bytebuf_text(out, "&nbsp;");
        else
            html_escape(text + i, 1, out);
        line_start = text[i] == '\n';
    }
    bytebuf_text(out, "\r\n</body></html>\r\n");
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

uint32_t html_declared_codepage(const char *html, size_t size)
{
    struct html_scanner scanner = {.text = html, .size = size < 2048 ? size : 2048};
    struct html_token token;
    uint32_t codepage = CHARSET_UNKNOWN;
    while (codepage == CHARSET_UNKNOWN && html_scan(&scanner, &token)) {
        struct bytebuf value = {0};
        if (token.kind != HTML_TAG || strcmp(token.name, "meta"))
            continue;
        if (html_attribute(&token, "charset", &value) || html_attribute(&token, "content", &value)) {
            char *text = bytebuf_take(&value, NULL), *name = text ? strstr(text, "charset=") : NULL;
            name = name ? name + 8 : text;
            if (name) {
                name[strcspn(name, " ;\"'")] = 0;
                codepage = charset_codepage(name);
            }
            free(text);
        }
    }
    return codepage;
}
