/*
 * text.h: strings as the store keeps and compares them.
 *
 * Layer: portable. Text is kept as UTF-8 in which an unpaired surrogate takes three bytes ("WTF-8"), so that every
 * WCHAR string comes back as it was. Comparison is the same everywhere (SQL, restrictions, sorting): letters first
 * without case and diacritics, then with diacritics; case never counts. Folding is simple (one to one),
 * by the tables that tools/gen-text-tables makes.
 */
#ifndef STORAGE_TEXT_H
#define STORAGE_TEXT_H

#include <stdbool.h>
#include "bytebuf.h"
#include "mapi_abi.h"

/* Strings are compared and sorted by this many leading units in tables. */
#define TEXT_KEY_UNITS 255

size_t text_length(const WCHAR *text); /* units before the NUL */
/* malloc; NUL-terminated; *size (may be NULL) without the NUL. NULL: no memory. */
char *text_to_utf8(const WCHAR *text, size_t units, size_t *size);
WCHAR *text_from_utf8(const char *text, size_t size, size_t *units);
/* Appends `units` units as UTF-8. */
void text_append_utf8(struct bytebuf *out, const WCHAR *text, size_t units);
/* Units that `size` bytes of UTF-8 make, and the conversion into room for them (no NUL is written). */
size_t text_utf8_units(const char *text, size_t size);
void text_decode_utf8(const char *text, size_t size, WCHAR *to);
/* Windows' ANSI code page (CP_ACP; 1252 elsewhere). malloc; NULL: no memory. */
WCHAR *text_from_ansi(const char *text);
char *text_to_ansi(const WCHAR *text);
WCHAR *text_duplicate(const WCHAR *text); /* malloc; NULL for NULL or without memory */

/* The next code point of *text (an unpaired surrogate is one), moving *text on; 0 at the end. */
uint32_t text_next(const WCHAR **text, const WCHAR *end);
/* Without case; without diacritics (0 for a combining mark). */
uint32_t text_fold(uint32_t c);
uint32_t text_base(uint32_t c);

/* <0, 0, >0 in sorting order. */
int text_compare(const WCHAR *a, const WCHAR *b);
/*
 * Appends the key that sorts as text_compare does when keys are compared as bytes: letters without diacritics,
 * a zero byte, then (only where there are diacritics) letters with them. At most TEXT_KEY_UNITS units go in.
 */
void text_sort_key(const WCHAR *text, size_t units, struct bytebuf *out);
/* Only the first part of that key: a lower bound for everything that begins so. */
void text_sort_prefix(const WCHAR *text, size_t units, struct bytebuf *out);

/* Content search: fuzzy is FL_FULLSTRING, FL_PREFIX or FL_SUBSTRING with FL_IGNORECASE, FL_IGNORENONSPACE,
 * FL_LOOSE (both). An empty needle is in every text, but equals only an empty one. */
bool text_matches(const WCHAR *text, const WCHAR *needle, ULONG fuzzy);
bool bytes_match(const void *data, size_t size, const void *needle, size_t needle_size, ULONG fuzzy);
/* RELOP_RE: an expression with . * + ? [] () | ^ $ and \ anywhere in the text, without case. A malformed expression
 * matches nothing. */
bool text_matches_expression(const WCHAR *text, const WCHAR *expression);

#endif
