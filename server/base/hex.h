/*
 * hex.h: bytes ↔ hex text, as entry ids and binary properties are written.
 *
 * Layer: base (portable). Digits are written in upper case and read in either.
 */
#ifndef HEX_H
#define HEX_H

#include "mapi_abi.h"
#include <stdbool.h>

/* Writes 2 × size digits and a terminator to `text`, which has room for 2 × size + 1 characters. */
void hex_encode(const void *bytes, size_t size, WCHAR *text);

/*
 * Reads `length` digits into `bytes` (room for length / 2). False for an odd length or a character that is no digit;
 * `bytes` is then undefined.
 */
bool hex_decode(const WCHAR *text, size_t length, void *bytes);

/* Characters of a terminated string; natively there is no library function for 2-byte characters. */
size_t wide_length(const WCHAR *text);

/* Compares without the case of ASCII letters; 0 if equal. */
int wide_compare(const WCHAR *a, const WCHAR *b);

/* A copy made with malloc, NULL for NULL or when memory is out. */
WCHAR *wide_copy(const WCHAR *text);

#endif
