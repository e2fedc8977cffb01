/*
 * sortkey.h: values as byte strings that sort, compared byte by byte, as MAPI sorts the values.
 *
 * Layer: portable. One value is 00 (absent) or 01 and its form: numbers eight bytes, text the key of text.h and a zero
 * byte, bytes with zeros escaped and a terminator. So keys can follow one another; a descending one has its bits
 * inverted. Text and bytes count up to TEXT_KEY_UNITS units or bytes. All storage keys are made here, in SQL
 * by mapi_key.
 */
#ifndef STORAGE_SORTKEY_H
#define STORAGE_SORTKEY_H

#include "bytebuf.h"
#include "mapi_abi.h"
#include "pack.h"

void sortkey_absent(struct bytebuf *out);
void sortkey_int(struct bytebuf *out, int64_t value);
void sortkey_double(struct bytebuf *out, double value);
void sortkey_text(struct bytebuf *out, const WCHAR *text, size_t units);
void sortkey_utf8(struct bytebuf *out, const char *text, size_t size);
void sortkey_bytes(struct bytebuf *out, const void *data, size_t size);
/* By the type of the value; NULL and PT_ERROR count as absent; multi-values are tuples. */
void sortkey_value(struct bytebuf *out, const SPropValue *value);
/* A stored value (pack.h) of this type. */
void sortkey_packed(struct bytebuf *out, ULONG tag, const uint8_t *data, size_t size);
/* Bytes of the first component of a key: of a column of this type, inverted when descending. */
size_t sortkey_component(const uint8_t *key, size_t size, ULONG tag, bool inverted);
/* Turns what was appended since `from` round, for a descending column. */
void sortkey_invert(struct bytebuf *out, size_t from);

#endif
