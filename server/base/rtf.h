/*
 * rtf.h: RTF as message bodies have it: to plain text, to HTML (also HTML encapsulated in RTF, MS-OXRTFEX),
 * and from both.
 *
 * Layer: base (portable). RTF here is uncompressed; lzfu.h packs it. Text is UTF-8. Reading never fails
 * because of its input: damaged RTF gives what can be read of it. Nesting is bounded; groups below
 * RTF_DEPTH_LIMIT are skipped.
 */
#ifndef RTF_H
#define RTF_H

#include "bytebuf.h"
#include "mapi_abi.h"

#define RTF_DEPTH_LIMIT 256

/* What an RTF text was made from. */
enum rtf_origin {
    RTF_NATIVE,    /* written as RTF */
    RTF_FROM_TEXT, /* \fromtext: encapsulates plain text */
    RTF_FROM_HTML, /* \fromhtml1: encapsulates HTML */
};

/* Tells from its first control words what `rtf` was made from. */
enum rtf_origin rtf_origin(const char *rtf, size_t size);

/* Appends what a reader of the RTF sees, as UTF-8 text with CRLF line ends. Errors: MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT rtf_to_text(const char *rtf, size_t size, struct bytebuf *out);

/*
 * Appends the RTF as HTML: the original one of RTF_FROM_HTML, else HTML made from paragraphs and bold,
 * italic, underlined text. *codepage receives the code page that the HTML is in: that which the RTF names,
 * with characters outside it as numeric references. Errors: MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT rtf_to_html(const char *rtf, size_t size, struct bytebuf *out, uint32_t *codepage);

/* Appends RTF that encapsulates plain text (\fromtext). Errors: MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT rtf_from_text(const char *text, size_t size, struct bytebuf *out);

/* Appends RTF that encapsulates HTML (\fromhtml1), given in `codepage`. Errors: MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT rtf_from_html(const char *html, size_t size, uint32_t codepage, struct bytebuf *out);

#endif
