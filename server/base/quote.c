/*
 * quote.c: the original message below a reply or in a forwarded message.
 *
 * Layer: base (portable).
 */
#include "quote.h"

#include "html.h"
#include <string.h>

static const struct {
    const char *label;
    size_t offset;
} lines[] = {
    {"From", offsetof(struct quote_header, from)},       {"Sent", offsetof(struct quote_header, sent)},
    {"To", offsetof(struct quote_header, to)},           {"Cc", offsetof(struct quote_header, cc)},
    {"Subject", offsetof(struct quote_header, subject)},
};
#define LINE_COUNT (sizeof lines / sizeof *lines)

static const char *line_value(const struct quote_header *header, size_t line)
{
    const char *value = *(const char *const *)((const char *)header + lines[line].offset);

    return value && *value ? value : NULL;
}

void quote_text(const struct quote_header *header, const char *text, size_t size, struct bytebuf *out)
{
    bytebuf_text(out, "\r\n\r\n-----Original Message-----\r\n");
    for (size_t i = 0; i < LINE_COUNT; i++)
        if (line_value(header, i))
            bytebuf_format(out, "%s: %s\r\n", lines[i].label, line_value(header, i));
    bytebuf_text(out, "\r\n");
    bytebuf_add(out, text, size);
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Does the text at `at` begin with a word, whatever the case? */
static bool begins(const char *html, size_t size, size_t at, const char *word)
{
    size_t length = strlen(word);

    if (at + length > size)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(html[at + i]) != word[i])
            return false;
    return true;
}

/* The place behind the tag that begins at `at`. */
static size_t tag_end(const char *html, size_t size, size_t at)
{
    char quote = 0;

    for (; at < size; at++) {
        if (quote && html[at] == quote)
            quote = 0;
        else if (!quote && (html[at] == '"' || html[at] == '\''))
            quote = html[at];
        else if (!quote && html[at] == '>')
            return at + 1;
    }
    return size;
}

/* Where the body's content begins: behind <body>, else behind </head>, else at the start. */
static size_t body_start(const char *html, size_t size)
{
    size_t head = 0;

    for (size_t i = 0; i < size; i++) {
        if (html[i] != '<')
            continue;
        if (begins(html, size, i, "<!--")) {
            while (i + 2 < size && memcmp(html + i, "-->", 3))
                i++;
        } else if (begins(html, size, i, "<body") && i + 5 < size && (html[i + 5] == '>' || html[i + 5] <= ' ')) {
            return tag_end(html, size, i);
        } else if (begins(html, size, i, "</head>")) {
            head = i + 7;
        }
    }
    return head;
}

/* Copies a document's head without <meta> tags that declare a character set. */
static void add_head(const char *html, size_t size, struct bytebuf *out)
{
    size_t copied = 0;

    for (size_t i = 0; i < size; i++) {
        size_t end;
        bool declares = false;

        if (html[i] != '<' || !begins(html, size, i, "<meta"))
            continue;
        end = tag_end(html, size, i);
        for (size_t k = i; k < end; k++)
            declares = declares || begins(html, end, k, "charset");
        if (declares) {
            bytebuf_add(out, html + copied, i - copied);
            copied = end;
        }
        i = end - 1;
    }
    bytebuf_add(out, html + copied, size - copied);
}

void quote_html(const struct quote_header *header, const char *html, size_t size, struct bytebuf *out)
{
    size_t body = body_start(html, size);

    add_head(html, body, out);
    bytebuf_text(out, "<p>&nbsp;</p>\r\n<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0\">\r\n<p>");
    for (size_t i = 0; i < LINE_COUNT; i++)
        if (line_value(header, i)) {
            bytebuf_format(out, "<b>%s:</b> ", lines[i].label);
            html_escape(line_value(header, i), strlen(line_value(header, i)), out);
            bytebuf_text(out, "<br>\r\n");
        }
    bytebuf_text(out, "</p>\r\n</div>\r\n");
    bytebuf_add(out, html + body, size - body);
}

const char *quote_normalized(const char *subject)
{
    for (;;) {
        size_t letters = 0;

        while (*subject == ' ')
            subject++;
        while ((lower(subject[letters]) >= 'a' && lower(subject[letters]) <= 'z') || subject[letters] & 0x80)
            letters++;
        if (letters < 1 || letters > 3 || subject[letters] != ':')
            return subject;
        subject += letters + 1;
    }
}

void quote_subject(const char *prefix, const char *subject, struct bytebuf *out)
{
    bytebuf_text(out, prefix);
    bytebuf_text(out, quote_normalized(subject));
}
