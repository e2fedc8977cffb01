/*
 * html.h: HTML bodies to plain text, and plain text to HTML.
 *
 * Layer: base (portable). Both are UTF-8; charset.h converts before. Reading takes any input.
 */
#ifndef HTML_H
#define HTML_H

#include "bytebuf.h"
#include "mapi_abi.h"

/*
 * Appends the text that a reader of the HTML sees, with CRLF line ends: paragraphs, lists and cells laid out,
 * a link's address after its text in angle brackets where it differs. Errors: MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT html_to_text(const char *html, size_t size, struct bytebuf *out);

/* Appends a whole HTML document (declared as UTF-8) that shows the text. Errors: MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT html_from_text(const char *text, size_t size, struct bytebuf *out);

/* Appends text with <, >, & and quotes as references. */
void html_escape(const char *text, size_t size, struct bytebuf *out);

/* The code page that a document declares in <meta charset> or http-equiv within its first 2 KB, or
 * CHARSET_UNKNOWN. */
uint32_t html_declared_codepage(const char *html, size_t size);

#endif
