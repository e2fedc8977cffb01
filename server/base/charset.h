/*
 * charset.h: character sets: MIME names, Windows code pages, and conversion to and from UTF-8 and UTF-16.
 *
 * Layer: base. UTF-8, UTF-16, US-ASCII, ISO-8859-1 and Windows-1252 are converted here; other code pages by
 * the platform (MultiByteToWideChar on Windows, iconv elsewhere), behind this interface.
 * Conversion never fails because of its input: what cannot be converted becomes U+FFFD (or '?') and is
 * reported.
 */
#ifndef CHARSET_H
#define CHARSET_H

#include "bytebuf.h"

#define CHARSET_UNKNOWN 0u
#define CHARSET_UTF16LE 1200u
#define CHARSET_UTF16BE 1201u
#define CHARSET_CP1252  1252u
#define CHARSET_ASCII   20127u
#define CHARSET_LATIN1  28591u
#define CHARSET_UTF8    65001u

/* The code page of a MIME charset name (any case, common aliases), or CHARSET_UNKNOWN. NULL is unknown. */
uint32_t charset_codepage(const char *name);

/* The preferred MIME name of a code page, or NULL for one that has none here. */
const char *charset_name(uint32_t codepage);

/*
 * Appends `size` bytes in `codepage`, as UTF-8, to `out`. ISO-8859-1 and US-ASCII are read as Windows-1252,
 * as mail programs do. An unknown code page is read as UTF-8 if that is valid, else as Windows-1252. Returns
 * true if everything was converted, false if something was replaced or the code page is unknown.
 */
bool charset_to_utf8(uint32_t codepage, const void *text, size_t size, struct bytebuf *out);

/* Appends `size` bytes of UTF-8, in `codepage`, to `out`. Returns false if something was replaced by '?'. */
bool charset_from_utf8(uint32_t codepage, const char *text, size_t size, struct bytebuf *out);

/* Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms). */
bool charset_is_utf8(const void *text, size_t size);

/* Whether every byte is below 0x80. */
bool charset_is_ascii(const void *text, size_t size);

/*
 * Appends UTF-8 as UTF-16 in machine order; ill-formed input becomes U+FFFD. Returns false if there was any.
 * The result is not terminated.
 */
bool charset_utf8_to_utf16(const char *text, size_t size, struct bytebuf *out);

/* Appends `units` UTF-16 units (machine order, any alignment) as UTF-8; lone surrogates become U+FFFD, with
 * false. */
bool charset_utf16_to_utf8(const void *text, size_t units, struct bytebuf *out);

/* Appends one code point as UTF-8; an impossible one becomes U+FFFD. */
void charset_put_utf8(struct bytebuf *out, uint32_t code_point);

/*
 * Reads one code point of UTF-8 from text[*pos] and advances *pos by at least one. Returns 0xFFFD with
 * *valid = false where the input is ill-formed. *pos must be below `size`. `valid` may be NULL.
 */
uint32_t charset_get_utf8(const char *text, size_t size, size_t *pos, bool *valid);

/* NUL-terminated malloc copies, or NULL without memory. `units` and `size` may be NULL. The caller frees. */
uint16_t *charset_utf16_from_utf8(const char *text, size_t size, size_t *units);
char *charset_utf8_from_utf16(const void *text, size_t units, size_t *size);

#endif
