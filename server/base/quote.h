/*
 * quote.h: the original message below a reply or in a forwarded message, as Outlook writes it.
 *
 * Layer: base (portable). All texts are UTF-8.
 */
#ifndef QUOTE_H
#define QUOTE_H

#include "bytebuf.h"

/* The lines above the original. NULL or "" leaves a line out. */
struct quote_header {
    const char *from, *sent, *to, *cc, *subject;
};

/* Appends two empty lines, the header lines, and the text of the original. */
void quote_text(const struct quote_header *header, const char *text, size_t size, struct bytebuf *out);

/* Appends the HTML of the original with an empty paragraph, a line and the header put in at the beginning of its body. A
 * declaration of another character set than UTF-8 is taken out. */
void quote_html(const struct quote_header *header, const char *html, size_t size, struct bytebuf *out);

/* The subject of a reply or forwarded message: prefix ("RE: ") and the original without such prefixes ("Re:", "AW:",
 * "FW:" … up to three letters and a colon). */
void quote_subject(const char *prefix, const char *subject, struct bytebuf *out);
/* The original without prefixes; points into it. */
const char *quote_normalized(const char *subject);

#endif
