/*
 * lzfu.h: the compression of PR_RTF_COMPRESSED ("LZFu", MS-OXRTFCP), in both directions.
 *
 * Layer: base (portable). Works on whole values in memory.
 */
#ifndef LZFU_H
#define LZFU_H

#include "bytebuf.h"
#include "mapi_abi.h"

/* Bytes that precede the compressed content: size, raw size, type and checksum. */
#define LZFU_HEADER_SIZE 16
/* A raw size above this is refused: it is a damaged header, not an RTF text. */
#define LZFU_RAW_LIMIT (256u * 1024 * 1024)

/*
 * Unpacks a compressed ("LZFu") or stored ("MELA") value and appends the RTF to `out`. The end of the stream
 * is where the content says it is; bytes after it are ignored, as Exchange does. Errors: MAPI_E_CORRUPT_DATA
 * for a header that is cut, an unknown type, sizes that contradict the data, a wrong checksum or content that
 * ends early; MAPI_E_NOT_ENOUGH_MEMORY. On an error `out` holds what it held before.
 */
HRESULT lzfu_decompress(const void *data, size_t size, struct bytebuf *out);

/* Packs `size` bytes of RTF as "LZFu" and appends the value to `out`. Errors: MAPI_E_NOT_ENOUGH_MEMORY,
 * MAPI_E_TOO_BIG. */
HRESULT lzfu_compress(const void *rtf, size_t size, struct bytebuf *out);

/* Appends `size` bytes of RTF as an uncompressed ("MELA") value to `out`. Errors as lzfu_compress. */
HRESULT lzfu_store(const void *rtf, size_t size, struct bytebuf *out);

/* The checksum of the format, which message files use for the names of properties too. */
uint32_t lzfu_crc(const void *data, size_t size);

#endif
