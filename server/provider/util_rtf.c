/*
 * util_rtf.c: WrapCompressedRTFStream, WrapCompressedRTFStreamEx and RTFSync.
 *
 * Layer: provider. Reading unpacks the whole value at once; writing packs what was written at each Commit.
 * Limits: RTF of more than LZFU_RAW_LIMIT is refused.
 */
#include <stdlib.h>
#include <string.h>
#include "body.h"
#include "bytebuf.h"
#include "charset.h"
#include "lzfu.h"
#include "rtf.h"
#include "text.h"
#include "util_rtf.h"
#include "util_stream.h"

struct rtf {
    struct bytebuf text;
    IStream *compressed; /* what Commit writes to; NULL for reading */
    bool stored;         /* STORE_UNCOMPRESSED_RTF */
};

static HRESULT rtf_read(void *context, uint64_t offset, void *to, ULONG size, ULONG *done)
{
    const struct rtf *rtf = context;
    if (offset >= rtf->text.size)
        return S_OK;
    *done = size < rtf->text.size - offset ? size : (ULONG)(rtf->text.size - offset);
    memcpy(to, rtf->text.data + offset, *done);
    return S_OK;
}

static HRESULT rtf_set_size(void *context, uint64_t size)
{
    struct rtf *rtf = context;
    if (size > LZFU_RAW_LIMIT)
        return MAPI_E_TOO_BIG;
    if (size > rtf->text.size) {
        if (!bytebuf_reserve(&rtf->text, (size_t)size - rtf->text.size)) {
            rtf->text.failed = false;
            return MAPI_E_NOT_ENOUGH_MEMORY;
        }
        memset(rtf->text.data + rtf->text.size, 0, (size_t)size - rtf->text.size);
    }
    rtf->text.size = (size_t)size;
    return S_OK;
}

static HRESULT rtf_write(void *context, uint64_t offset, const void *from, ULONG size, ULONG *done)
{
    struct rtf *rtf = context;
    HRESULT hr = offset + size > rtf->text.size ? rtf_set_size(context, offset + size) : S_OK;
    if (hr == S_OK && size > 0)
        memcpy(rtf->text.data + offset, from, size);
    *done = hr == S_OK ? size : 0;
    return hr;
}

static HRESULT rtf_size(void *context, uint64_t *size)
{
    *size = ((struct rtf *)context)->text.size;
    return S_OK;
}

static HRESULT rtf_commit(void *context)
{
    struct rtf *rtf = context;
    struct bytebuf packed = {0};
    LARGE_INTEGER start = {.QuadPart = 0};
    ULARGE_INTEGER size;
    ULONG done = 0;
    HRESULT hr = rtf->stored ? lzfu_store(rtf->text.data, rtf->text.size, &packed)
                             : lzfu_compress(rtf->text.data, rtf->text.size, &packed);
    size.QuadPart = packed.size;
    if (hr == S_OK &&
        (hr = rtf->compressed->lpVtbl->Seek(rtf->compressed, start, STREAM_SEEK_SET, NULL)) == S_OK &&
        (hr = rtf->compressed->lpVtbl->Write(rtf->compressed, packed.data, (ULONG)packed.size, &done)) ==
            S_OK)
        hr = rtf->compressed->lpVtbl->SetSize(rtf->compressed, size);
    bytebuf_free(&packed);
    return hr;
}

static void rtf_close(void *context)
{
    struct rtf *rtf = context;
    if (rtf->compressed != NULL)
        rtf->compressed->lpVtbl->Release(rtf->compressed);
    bytebuf_free(&rtf->text);
    free(rtf);
}

static const struct backend rtf_backend = {
    .read = rtf_read,
    .write = rtf_write,
    .size = rtf_size,
    .set_size = rtf_set_size,
    .commit = rtf_commit,
    .close = rtf_close,
};

/* Everything from the stream's start. */
static HRESULT read_all(IStream *stream, struct bytebuf *out)
{
    LARGE_INTEGER start = {.QuadPart = 0};
    BYTE buffer[16384];
    ULONG got;
    HRESULT hr = stream->lpVtbl->Seek(stream, start, STREAM_SEEK_SET, NULL);
    while (SUCCEEDED(hr)) {
        hr = stream->lpVtbl->Read(stream, buffer, sizeof buffer, &got);
        if (FAILED(hr) || got == 0)
            break;
        bytebuf_add(out, buffer, got);
        if (out->failed)
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    return SUCCEEDED(hr) ? S_OK : hr;
}

/* The body that the RTF was made from, in a code page, instead of the RTF. */
static HRESULT native_body(struct rtf *rtf, ULONG codepage, ULONG *kind)
{
    struct bytebuf body = {0}, converted = {0};
    uint32_t have = CHARSET_UTF8;
    HRESULT hr = S_OK;
    switch (rtf_origin((const char *)rtf->text.data, rtf->text.size)) {
    case RTF_FROM_HTML:
        *kind = MAPI_NATIVE_BODY_TYPE_HTML;
        hr = rtf_to_html((const char *)rtf->text.data, rtf->text.size, &body, &have);
        break;
    case RTF_FROM_TEXT:
        *kind = MAPI_NATIVE_BODY_TYPE_PLAINTEXT;
        hr = rtf_to_text((const char *)rtf->text.data, rtf->text.size, &body);
        break;
    default:
        *kind = MAPI_NATIVE_BODY_TYPE_RTF;
        return S_OK;
    }
    if (hr == S_OK && codepage != 0 && codepage != have) {
        struct bytebuf utf8 = {0};
        charset_to_utf8(have, body.data, body.size, &utf8);
        charset_from_utf8(codepage, (const char *)utf8.data, utf8.size, &converted);
        if (utf8.failed || converted.failed)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        bytebuf_free(&utf8);
        bytebuf_free(&body);
        body = converted;
    }
    if (hr == S_OK) {
        bytebuf_free(&rtf->text);
        rtf->text = body;
    } else
        bytebuf_free(&body);
    return hr;
}

HRESULT WINAPI WrapCompressedRTFStreamEx(LPSTREAM compressed, const RTF_WCSINFO *info, LPSTREAM *out,
                                         RTF_WCSRETINFO *returned)
{
    struct bytebuf packed = {0};
    struct rtf *rtf;
    ULONG kind = MAPI_NATIVE_BODY_TYPE_RTF;
    HRESULT hr = S_OK;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (compressed == NULL || info == NULL || info->size < sizeof *info ||
        ((info->ulFlags & MAPI_MODIFY) && (info->ulFlags & MAPI_NATIVE_BODY)))
        return MAPI_E_INVALID_PARAMETER;
    if (info->ulFlags & ~(ULONG)(MAPI_MODIFY | STORE_UNCOMPRESSED_RTF | MAPI_NATIVE_BODY))
        return MAPI_E_UNKNOWN_FLAGS;
    if ((rtf = calloc(1, sizeof *rtf)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (info->ulFlags & MAPI_MODIFY) {
        rtf->stored = (info->ulFlags & STORE_UNCOMPRESSED_RTF) != 0;
        rtf->compressed = compressed;
        compressed->lpVtbl->AddRef(compressed);
    } else {
        hr = read_all(compressed, &packed);
        if (hr == S_OK && packed.size > 0)
            hr = lzfu_decompress(packed.data, packed.size, &rtf->text);
        if (hr == S_OK && (info->ulFlags & MAPI_NATIVE_BODY))
            hr = native_body(rtf, info->ulOutCodePage, &kind);
    }
    bytebuf_free(&packed);
    if (hr != S_OK) {
        rtf_close(rtf);
        return hr;
    }
    if (returned != NULL && returned->size >= sizeof *returned)
        returned->ulStreamFlags = kind;
    return util_stream_create(&rtf_backend, rtf, info->ulFlags & MAPI_MODIFY ? STGM_READWRITE : STGM_READ,
                              out);
}

HRESULT WINAPI WrapCompressedRTFStream(LPSTREAM compressed, ULONG flags, LPSTREAM *out)
{
    RTF_WCSINFO info = {sizeof info, flags, 0, 0};
    if (flags & ~(ULONG)(MAPI_MODIFY | STORE_UNCOMPRESSED_RTF)) {
        if (out != NULL)
            *out = NULL;
        return MAPI_E_UNKNOWN_FLAGS;
    }
    return WrapCompressedRTFStreamEx(compressed, &info, out, NULL);
}

/* ---- RTFSync ---- */

/* A property of any size through a stream. MAPI_E_NOT_FOUND. */
static HRESULT body_read(IMessage *message, ULONG tag, struct bytebuf *out)
{
    IStream *stream = NULL;
    HRESULT hr = message->lpVtbl->OpenProperty(message, tag, &IID_IStream, 0, 0, (IUnknown **)&stream);
    if (hr == S_OK) {
        hr = read_all(stream, out);
        stream->lpVtbl->Release(stream);
    }
    return hr;
}

static HRESULT body_write(IMessage *message, ULONG tag, const void *data, size_t size)
{
    IStream *stream = NULL;
    ULARGE_INTEGER length;
    ULONG done;
    HRESULT hr = message->lpVtbl->OpenProperty(message, tag, &IID_IStream, STGM_READWRITE,
                                               MAPI_MODIFY | MAPI_CREATE, (IUnknown **)&stream);
    length.QuadPart = size;
    if (hr == S_OK && (hr = stream->lpVtbl->SetSize(stream, length)) == S_OK &&
        (hr = stream->lpVtbl->Write(stream, data, (ULONG)size, &done)) == S_OK)
        hr = stream->lpVtbl->Commit(stream, 0);
    if (stream != NULL)
        stream->lpVtbl->Release(stream);
    return hr;
}

/* Makes one form from the other, unless it says the same already. */
static HRESULT sync_body(IMessage *message, ULONG from_tag, ULONG to_tag, bool *updated)
{
    struct bytebuf from = {0}, utf8 = {0}, made = {0}, text = {0}, have = {0};
    bool to_text = to_tag == PR_BODY_W;
    HRESULT hr = body_read(message, from_tag, &from);
    if (hr != S_OK)
        goto done;
    if (!to_text) {
        charset_utf16_to_utf8(from.data, from.size / sizeof(WCHAR), &utf8);
        bytebuf_free(&from);
        from = utf8;
        memset(&utf8, 0, sizeof utf8);
    }
    struct body_part part = {to_text ? BODY_RTF : BODY_TEXT, from.data, from.size, 0};
    hr = body_convert(&part, to_text ? BODY_TEXT : BODY_RTF, &made, NULL);
    if (hr == S_OK && to_text) {
        charset_utf8_to_utf16((const char *)made.data, made.size, &text);
        bytebuf_free(&made);
        made = text;
        memset(&text, 0, sizeof text);
    }
    if (hr != S_OK || made.failed)
        goto done;
    if (body_read(message, to_tag, &have) == S_OK && have.size == made.size &&
        (made.size == 0 || memcmp(have.data, made.data, made.size) == 0))
        goto done;
    hr = body_write(message, to_tag, made.data, made.size);
    *updated = hr == S_OK;
done:
    bytebuf_free(&from);
    bytebuf_free(&utf8);
    bytebuf_free(&made);
    bytebuf_free(&text);
    bytebuf_free(&have);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr; /* what is not there cannot have changed */
}

HRESULT WINAPI RTFSync(LPMESSAGE message, ULONG flags, BOOL *out)
{
    bool updated = false;
    HRESULT hr = S_OK;
    if (out != NULL)
        *out = FALSE;
    if (message == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(RTF_SYNC_RTF_CHANGED | RTF_SYNC_BODY_CHANGED))
        return MAPI_E_UNKNOWN_FLAGS;
    /* When both have changed, the RTF, which says more, is the one to follow. */
    if (flags & RTF_SYNC_RTF_CHANGED)
        hr = sync_body(message, PR_RTF_COMPRESSED, PR_BODY_W, &updated);
    else if (flags & RTF_SYNC_BODY_CHANGED)
        hr = sync_body(message, PR_BODY_W, PR_RTF_COMPRESSED, &updated);
    *out = updated;
    return hr;
}
