/*
 * body.h: one message body in its three forms, and any of them from any other.
 *
 * Layer: base (portable). The provider keeps PR_BODY, PR_HTML and PR_RTF_COMPRESSED in step with it: when one
 * is written the others are made from it. Conversion takes any input.
 */
#ifndef BODY_H
#define BODY_H

#include "bytebuf.h"
#include "mapi_abi.h"

enum body_format {
    BODY_TEXT, /* PR_BODY as UTF-8, CRLF line ends */
    BODY_HTML, /* PR_HTML: bytes in a code page (PR_INTERNET_CPID) */
    BODY_RTF,  /* PR_RTF_COMPRESSED: the compressed value */
};

struct body_part {
    enum body_format format;
    const void *data;
    size_t size;
    uint32_t codepage; /* BODY_HTML: the code page of the bytes; 0: what the document declares, else
                          Windows-1252 */
};

/*
 * Appends `from` in the format `to` to `out`; the same format is copied. *codepage (may be NULL) receives the
 * code page of HTML that was made, CHARSET_UTF8 for other formats. Errors: MAPI_E_CORRUPT_DATA (compressed
 * RTF that cannot be unpacked), MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_TOO_BIG. On an error `out` holds what it
 * held before.
 */
HRESULT body_convert(const struct body_part *from, enum body_format to, struct bytebuf *out,
                     uint32_t *codepage);

/*
 * Tells the form that a compressed RTF value was made from: BODY_HTML or BODY_TEXT when it encapsulates one,
 * else BODY_RTF (the value of PR_NATIVE_BODY_INFO follows from it). A value that cannot be unpacked is
 * BODY_RTF.
 */
enum body_format body_native_format(const void *compressed, size_t size);

#endif
