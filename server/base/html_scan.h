/*
 * html_scan.h: cutting HTML into tags, text and comments, and character references. For html.c and
 * rtf_write.c.
 *
 * Layer: base (portable). A scanner, not a parser: it keeps no tree and takes any input.
 */
#ifndef HTML_SCAN_H
#define HTML_SCAN_H

#include "bytebuf.h"

enum html_token_kind {
    HTML_END,    /* no more input */
    HTML_TEXT,   /* characters up to the next markup */
    HTML_TAG,    /* <name …> or </name> */
    HTML_MARKUP, /* a comment, declaration or processing instruction */
    HTML_OPAQUE, /* the content of script, style or title */
};

struct html_token {
    enum html_token_kind kind;
    const char *start; /* the token as it is in the source */
    size_t size;
    char name[16]; /* HTML_TAG: the element's name in lower case, cut to this size */
    bool closing;  /* HTML_TAG: an end tag */
};

struct html_scanner {
    const char *text;
    size_t size, pos;
    char opaque[16]; /* the element whose content is opaque and comes next, or "" */
};

/* Gives the next token. Returns false at the end. */
bool html_scan(struct html_scanner *scanner, struct html_token *token);

/* Appends the value of a tag's attribute, references decoded, to `out`. Returns false if the tag has none of
 * that name. */
bool html_attribute(const struct html_token *tag, const char *name, struct bytebuf *out);

/*
 * Reads a character reference at text[0] == '&'. Returns its length and the code point, or 0 if there is
 * none.
 */
size_t html_reference(const char *text, size_t size, uint32_t *code_point);

/* What an element does to the lines of text around it. */
enum html_layout {
    HTML_INLINE,    /* nothing */
    HTML_LINE,      /* begins and ends a line */
    HTML_PARAGRAPH, /* the same, with an empty line */
    HTML_BREAK,     /* one line end */
};
enum html_layout html_layout(const char *name);

#endif
