/*
 * message_body.c: the bodies of Message in text, HTML and RTF, and its categories.
 *
 * Layer: server/object. The store keeps the three forms of a body in step; what a store lacks is made from what it has.
 */
#include "message.h"

#include "body.h"
#include "charset.h"
#include "html.h"
#include "lzfu.h"
#include "object_util.h"
#include <string.h>

/* Values of PR_NATIVE_BODY_INFO. */
enum { NATIVE_TEXT = 1, NATIVE_RTF = 2, NATIVE_HTML = 3 };

/* UTF-8 as a BSTR. */
static HRESULT bstr_from_utf8(const void *text, size_t size, BSTR *out)
{
    int length = size ? MultiByteToWideChar(CP_UTF8, 0, text, (int)size, NULL, 0) : 0;

    *out = SysAllocStringLen(NULL, (UINT)length);
    if (!*out)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (length)
        MultiByteToWideChar(CP_UTF8, 0, text, (int)size, *out, length);
    return S_OK;
}

static HRESULT utf8_from_wide(const WCHAR *text, struct bytebuf *out)
{
    charset_utf16_to_utf8(text, (size_t)lstrlenW(text), out);
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* What the message has of one form, ready for body_convert; *value owns the data. */
static HRESULT read_part(IMessage *mapi, enum body_format format, SPropValue **value, struct bytebuf *text,
                         struct body_part *part)
{
    HRESULT hr;

    memset(part, 0, sizeof *part);
    part->format = format;
    if (format == BODY_TEXT) {
        hr = mapi_prop_get(MAPI_PROP(mapi), PR_BODY_W, value);
        if (SUCCEEDED(hr))
            hr = utf8_from_wide((*value)->Value.lpszW, text);
        part->data = text->data;
        part->size = text->size;
        return hr;
    }
    hr = mapi_prop_get(MAPI_PROP(mapi), format == BODY_HTML ? PR_HTML : PR_RTF_COMPRESSED, value);
    if (SUCCEEDED(hr) && PROP_TYPE((*value)->ulPropTag) != PT_BINARY)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) {
        part->data = (*value)->Value.bin.lpb;
        part->size = (*value)->Value.bin.cb;
        if (format == BODY_HTML)
            part->codepage = (uint32_t)mapi_prop_long(MAPI_PROP(mapi), PR_INTERNET_CPID, 0);
        if (!part->size)
            hr = MAPI_E_NOT_FOUND;
    }
    return hr;
}

/* A body in a format's own bytes: UTF-8 text, HTML bytes, or unpacked RTF. */
static HRESULT part_to_bstr(const struct body_part *part, BSTR *out)
{
    struct bytebuf bytes = {0};
    uint32_t codepage = part->codepage;
    HRESULT hr = S_OK;

    if (part->format == BODY_TEXT)
        return bstr_from_utf8(part->data, part->size, out);
    if (part->format == BODY_RTF) {
        hr = lzfu_decompress(part->data, part->size, &bytes);
    } else {
        if (!codepage)
            codepage = html_declared_codepage(part->data, part->size);
        charset_to_utf8(codepage, part->data, part->size, &bytes);
    }
    if (bytes.failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = bstr_from_utf8(bytes.data, bytes.size, out);
    bytebuf_free(&bytes);
    return hr;
}

/* Makes the wanted form from another one. */
static HRESULT convert_to_bstr(const struct body_part *from, enum body_format to, BSTR *out)
{
    struct bytebuf made = {0};
    struct body_part part = {.format = to};
    HRESULT hr = body_convert(from, to, &made, &part.codepage);

    part.data = made.data;
    part.size = made.size;
    if (SUCCEEDED(hr))
        hr = part_to_bstr(&part, out);
    bytebuf_free(&made);
    return hr;
}

static enum body_format wanted_format(LONG format)
{
    return format == MhFormatHTML ? BODY_HTML : format == MhFormatRTF ? BODY_RTF : BODY_TEXT;
}

HRESULT message_body_get(struct message *self, LONG format, BSTR *value)
{
    /* Which form to make another one from, the best first. */
    static const enum body_format sources[3][3] = {
        [BODY_TEXT] = {BODY_TEXT, BODY_HTML, BODY_RTF},
        [BODY_HTML] = {BODY_HTML, BODY_RTF, BODY_TEXT},
        [BODY_RTF] = {BODY_RTF, BODY_HTML, BODY_TEXT},
    };
    enum body_format to = wanted_format(format);
    IMessage *mapi;
    HRESULT hr = message_open_reading(self, &mapi);

    *value = NULL;
    if (FAILED(hr))
        return hr;
    for (int i = 0; i < 3; i++) {
        SPropValue *prop = NULL;
        struct bytebuf text = {0};
        struct body_part part;

        hr = read_part(mapi, sources[to][i], &prop, &text, &part);
        if (SUCCEEDED(hr))
            hr = part.format == to ? part_to_bstr(&part, value) : convert_to_bstr(&part, to, value);
        mapi_free(prop);
        bytebuf_free(&text);
        if (hr != MAPI_E_NOT_FOUND && hr != MAPI_E_NO_SUPPORT)
            return hr;
    }
    return bstr_from_utf8("", 0, value);
}

/* Stores that keep the body forms apart are told to bring them in step. */
static void sync_rtf(IMessage *message, ULONG flags)
{
    BOOL updated = FALSE;

    if (mapi.rtf_sync)
        mapi.rtf_sync(message, flags, &updated);
}

static HRESULT put_html(IMessage *mapi, const WCHAR *text)
{
    SPropValue values[2] = {{.ulPropTag = PR_INTERNET_CPID}, {.ulPropTag = PR_HTML}};
    struct bytebuf bytes = {0};
    HRESULT hr = utf8_from_wide(text, &bytes);

    values[0].Value.l = CHARSET_UTF8;
    values[1].Value.bin.cb = (ULONG)bytes.size;
    values[1].Value.bin.lpb = bytes.data ? bytes.data : (BYTE *)"";
    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(mapi), values, 2);
    bytebuf_free(&bytes);
    return hr;
}

/* RTF is 7-bit text: what is not becomes '?'. */
static HRESULT put_rtf(IMessage *mapi, const WCHAR *text)
{
    SPropValue value = {.ulPropTag = PR_RTF_COMPRESSED};
    struct bytebuf raw = {0}, packed = {0};
    HRESULT hr;

    for (; *text; text++)
        bytebuf_byte(&raw, *text < 0x100 ? (uint8_t)*text : '?');
    hr = raw.failed ? MAPI_E_NOT_ENOUGH_MEMORY : lzfu_compress(raw.data, raw.size, &packed);
    value.Value.bin.cb = (ULONG)packed.size;
    value.Value.bin.lpb = packed.data;
    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(mapi), &value, 1);
    if (SUCCEEDED(hr))
        sync_rtf(mapi, RTF_SYNC_RTF_CHANGED);
    bytebuf_free(&raw);
    bytebuf_free(&packed);
    return hr;
}

HRESULT message_body_put(struct message *self, LONG format, const WCHAR *text)
{
    IMessage *mapi;
    HRESULT hr = message_open(self, &mapi);

    if (!text)
        text = L"";
    if (FAILED(hr))
        return hr;
    switch (wanted_format(format)) {
    case BODY_HTML:
        hr = put_html(mapi, text);
        break;
    case BODY_RTF:
        hr = put_rtf(mapi, text);
        break;
    case BODY_TEXT:
        hr = mapi_prop_set_string(MAPI_PROP(mapi), PR_BODY_W, text);
        if (SUCCEEDED(hr))
            sync_rtf(mapi, RTF_SYNC_BODY_CHANGED);
    }
    message_changed(self);
    return hr;
}

static HRESULT get_body(IMhMessage *iface, const char *function, LONG format, BSTR *value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = message_body_get(self, format, value);
    return auto_leave(&call, hr);
}

static HRESULT put_body(IMhMessage *iface, const char *function, LONG format, BSTR value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    if (SUCCEEDED(hr))
        hr = message_body_put(self, format, value);
    return auto_leave(&call, hr);
}

#define BODY(name, format)                                                                                           \
    HRESULT STDMETHODCALLTYPE message_get_##name(IMhMessage *iface, BSTR *value)                                     \
    {                                                                                                                \
        return get_body(iface, __func__, format, value);                                                             \
    }                                                                                                                \
    HRESULT STDMETHODCALLTYPE message_put_##name(IMhMessage *iface, BSTR value)                                      \
    {                                                                                                                \
        return put_body(iface, __func__, format, value);                                                             \
    }
BODY(Text, MhFormatText)
BODY(Body, MhFormatText)
BODY(HTMLBody, MhFormatHTML)
BODY(RTFBody, MhFormatRTF)

/* The format that the message is really in: what the store says, else what it has. */
static HRESULT native_format(struct message *self, LONG *format)
{
    SPropValue *rtf = NULL, *html = NULL;
    IMessage *mapi;
    HRESULT hr = message_open_reading(self, &mapi);

    *format = MhFormatText;
    if (FAILED(hr))
        return hr;
    switch (mapi_prop_long(MAPI_PROP(mapi), PR_NATIVE_BODY_INFO, 0)) {
    case NATIVE_TEXT:
        return S_OK;
    case NATIVE_RTF:
        *format = MhFormatRTF;
        return S_OK;
    case NATIVE_HTML:
        *format = MhFormatHTML;
        return S_OK;
    }
    if (SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_RTF_COMPRESSED, &rtf))) {
        enum body_format native = body_native_format(rtf->Value.bin.lpb, rtf->Value.bin.cb);
        *format = native == BODY_HTML ? MhFormatHTML : native == BODY_TEXT ? MhFormatText : MhFormatRTF;
    } else if (SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_HTML, &html))) {
        *format = MhFormatHTML;
    }
    mapi_free(rtf);
    mapi_free(html);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE message_get_BodyFormat(IMhMessage *iface, LONG *value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = native_format(self, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_put_BodyFormat(IMhMessage *iface, LONG value)
{
    struct message *self = message_from(iface);
    BSTR text = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && (value < MhFormatText || value > MhFormatRTF))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the value must be an MhBodyFormat");
    if (SUCCEEDED(hr))
        hr = message_body_get(self, value, &text);
    if (SUCCEEDED(hr))
        hr = message_body_put(self, value, text);
    SysFreeString(text);
    return auto_leave(&call, hr);
}

/* ---- categories -------------------------------------------------------------------------------------------------------- */

static HRESULT categories_tag(struct message *self, bool create, IMessage **mapi, ULONG *tag)
{
    struct mapi_names local = {NULL, 0, 0};
    struct mapi_store *store = object_store(&self->base);
    HRESULT hr = message_open(self, mapi);

    if (SUCCEEDED(hr))
        hr = mapi_names_string(store ? &store->names : &local, MAPI_PROP(*mapi), &prop_set_public_strings, L"Keywords",
                               PT_MV_UNICODE, create, tag);
    mapi_names_free(&local);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_get_Categories(IMhMessage *iface, VARIANT *value)
{
    struct message *self = message_from(iface);
    SPropValue *prop = NULL;
    IMessage *mapi;
    struct auto_call call;
    ULONG tag;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = categories_tag(self, false, &mapi, &tag);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(mapi), tag, &prop);
    if (SUCCEEDED(hr)) {
        hr = mapi_variant_from_prop(prop, MAPI_VARIANT_FIELDS, value);
    } else if (hr == MAPI_E_NOT_FOUND) { /* none: an empty array, so that For Each works */
        SAFEARRAY *none = variant_vector(0);
        hr = none ? S_OK : E_OUTOFMEMORY;
        if (none)
            variant_set_array(value, VT_VARIANT, none);
    }
    mapi_free(prop);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_put_Categories(IMhMessage *iface, VARIANT value)
{
    struct message *self = message_from(iface);
    SPropValue *parent = NULL, prop;
    IMessage *mapi;
    struct auto_call call;
    ULONG tag;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = categories_tag(self, true, &mapi, &tag);
    if (SUCCEEDED(hr) && variant_blank(&value)) {
        hr = mapi_prop_delete(MAPI_PROP(mapi), tag);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
    } else if (SUCCEEDED(hr)) {
        hr = mapi_allocate(sizeof *parent, NULL, &parent);
        if (SUCCEEDED(hr))
            hr = mapi_variant_to_prop(&value, tag, MAPI_VARIANT_FIELDS, parent, &prop);
        if (hr == MAPI_E_INVALID_TYPE)
            auto_fail(&self->base, hr, L"the categories must be an array of texts");
        if (SUCCEEDED(hr))
            hr = message_write(self, &prop, 1);
    }
    mapi_free(parent);
    return auto_leave(&call, hr);
}
