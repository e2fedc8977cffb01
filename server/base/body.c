/*
 * body.c: message bodies from one form to another. Layer: base (portable).
 */
#include "body.h"
#include "charset.h"
#include "html.h"
#include "lzfu.h"
#include "rtf.h"

static uint32_t html_codepage(const struct body_part *part)
{
    uint32_t codepage = part->codepage;
    if (!codepage)
        codepage = html_declared_codepage(part->data, part->size);
    return codepage ? codepage : CHARSET_CP1252;
}

static HRESULT body_from_text(const struct body_part *from, enum body_format to, struct bytebuf *out)
{
    struct bytebuf rtf = {0};
    HRESULT hr;
    if (to == BODY_HTML)
        return html_from_text(from->data, from->size, out);
    hr = rtf_from_text(from->data, from->size, &rtf);
    if (SUCCEEDED(hr))
        hr = lzfu_compress(rtf.data, rtf.size, out);
    bytebuf_free(&rtf);
    return hr;
}

static HRESULT body_from_html(const struct body_part *from, enum body_format to, struct bytebuf *out)
{
    struct bytebuf made = {0};
    HRESULT hr;
    if (to == BODY_TEXT) {
        charset_to_utf8(html_codepage(from), from->data, from->size, &made);
        hr = made.failed ? MAPI_E_NOT_ENOUGH_MEMORY : html_to_text((const char *)made.data, made.size, out);
    } else {
        hr = rtf_from_html(from->data, from->size, html_codepage(from), &made);
        if (SUCCEEDED(hr))
            hr = lzfu_compress(made.data, made.size, out);
    }
    bytebuf_free(&made);
    return hr;
}

static HRESULT body_from_rtf(const struct body_part *from, enum body_format to, struct bytebuf *out,
                             uint32_t *codepage)
{
    struct bytebuf rtf = {0};
    HRESULT hr = lzfu_decompress(from->data, from->size, &rtf);
    if (SUCCEEDED(hr) && to == BODY_TEXT)
        hr = rtf_to_text((const char *)rtf.data, rtf.size, out);
    else if (SUCCEEDED(hr))
        hr = rtf_to_html((const char *)rtf.data, rtf.size, out, codepage);
    bytebuf_free(&rtf);
    return hr;
}

HRESULT body_convert(const struct body_part *from, enum body_format to, struct bytebuf *out,
                     uint32_t *codepage)
{
    size_t start = out->size;
    uint32_t made = CHARSET_UTF8;
    HRESULT hr;
    if (from->format == to) {
        bytebuf_add(out, from->data, from->size);
        if (to == BODY_HTML)
            made = html_codepage(from);
        hr = out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    } else if (from->format == BODY_TEXT) {
        hr = body_from_text(from, to, out);
    } else if (from->format == BODY_HTML) {
        hr = body_from_html(from, to, out);
    } else {
        hr = body_from_rtf(from, to, out, &made);
    }
    if (FAILED(hr))
        out->size = start;
    if (codepage)
        *codepage = made;
    return hr;
}

enum body_format body_native_format(const void *compressed, size_t size)
{
    struct bytebuf rtf = {0};
    enum body_format format = BODY_RTF;
    if (SUCCEEDED(lzfu_decompress(compressed, size, &rtf))) {
        enum rtf_origin origin = rtf_origin((const char *)rtf.data, rtf.size);
        if (origin != RTF_NATIVE)
            format = origin == RTF_FROM_HTML ? BODY_HTML : BODY_TEXT;
    }
    bytebuf_free(&rtf);
    return format;
}
