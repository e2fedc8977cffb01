/*
 * fuzz_body.c: libFuzzer target: LZFu both ways, and RTF and HTML bodies into each other form.
 */
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "lzfu.h"
#include "rtf.h"

static void convert(enum body_format from, const uint8_t *data, size_t size, uint32_t codepage)
{
    struct body_part part = {from, data, size, codepage};
    for (int to = BODY_TEXT; to <= BODY_RTF; to++) {
        struct bytebuf out = {0};
        HRESULT hr = body_convert(&part, (enum body_format)to, &out, NULL);
        if (hr != S_OK && !(from == BODY_RTF && hr == MAPI_E_CORRUPT_DATA))
            abort();
        bytebuf_free(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint32_t codepages[] = {65001, 1252, 28592, 932};
    struct bytebuf packed = {0}, out = {0};
    if (size == 0)
        return 0;
    uint32_t codepage = codepages[data[0] % 4];
    data++, size--;
    convert(BODY_RTF, data, size, 0); /* as a compressed value */
    convert(BODY_HTML, data, size, codepage);
    convert(BODY_TEXT, data, size, 0);
    if (lzfu_compress(data, size, &packed) != S_OK || lzfu_decompress(packed.data, packed.size, &out) != S_OK)
        abort();
    if (out.size != size || (size && memcmp(out.data, data, size)))
        abort();
    convert(BODY_RTF, packed.data, packed.size, 0); /* as RTF */
    bytebuf_free(&packed);
    bytebuf_free(&out);
    return 0;
}
