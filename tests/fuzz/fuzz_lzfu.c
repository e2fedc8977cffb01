/*
 * fuzz_lzfu.c: libFuzzer target: the compressed RTF format alone. The input's first two bytes choose the raw size that the
 * header claims, the rest is the compressed content; header and checksum are made to fit, so that the decoder itself is
 * reached. The input is also read as it is, and packed and unpacked as a text.
 */
#include <stdlib.h>
#include <string.h>

#include "lzfu.h"

static void put_le32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> (8 * i));
}

/* Only these outcomes are there, and nothing is left in `out` by a failure. */
static void unpack(const uint8_t *data, size_t size)
{
    struct bytebuf out = {0};
    HRESULT hr = lzfu_decompress(data, size, &out);
    if ((hr != S_OK && hr != MAPI_E_CORRUPT_DATA) || (hr != S_OK && out.size != 0))
        abort();
    bytebuf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytebuf packed = {0}, stored = {0}, out = {0};
    unpack(data, size);
    if (size < 2)
        return 0;
    uint8_t *value = malloc(size + LZFU_HEADER_SIZE);
    if (value == NULL)
        return 0;
    size_t content = size - 2;
    memcpy(value + LZFU_HEADER_SIZE, data + 2, content);
    put_le32(value, (uint32_t)content + 12);
    put_le32(value + 4, data[0] | (uint32_t)data[1] << 8);
    memcpy(value + 8, "LZFu", 4);
    put_le32(value + 12, lzfu_crc(value + LZFU_HEADER_SIZE, content));
    unpack(value, content + LZFU_HEADER_SIZE);
    value[12] ^= 1; /* the checksum is wrong by one bit */
    if (lzfu_decompress(value, content + LZFU_HEADER_SIZE, &out) != MAPI_E_CORRUPT_DATA)
        abort();
    free(value);
    if (lzfu_compress(data, size, &packed) != S_OK || lzfu_store(data, size, &stored) != S_OK ||
        lzfu_decompress(packed.data, packed.size, &out) != S_OK || out.size != size || memcmp(out.data, data, size))
        abort();
    out.size = 0;
    if (lzfu_decompress(stored.data, stored.size, &out) != S_OK || out.size != size || memcmp(out.data, data, size))
        abort();
    bytebuf_free(&packed);
    bytebuf_free(&stored);
    bytebuf_free(&out);
    return 0;
}
