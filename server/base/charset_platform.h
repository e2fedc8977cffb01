/*
 * charset_platform.h: the platform's code page conversion, for charset.c alone. Layer: base.
 */
#ifndef CHARSET_PLATFORM_H
#define CHARSET_PLATFORM_H

#include "bytebuf.h"

/*
 * Appends bytes in `codepage` as UTF-16 in machine order. Returns false, with nothing appended, if the
 * platform does not know the code page. *replaced is set where input was ill-formed and replaced.
 */
bool charset_platform_decode(uint32_t codepage, const uint8_t *text, size_t size, struct bytebuf *out,
                             bool *replaced);

/* Appends UTF-16 in `codepage`; otherwise as charset_platform_decode. */
bool charset_platform_encode(uint32_t codepage, const void *text, size_t units, struct bytebuf *out,
                             bool *replaced);

#endif
