/*
 * message_body.c: keeps PR_BODY, PR_HTML and PR_RTF_COMPRESSED in step.
 *
 * Layer: provider, store part. One body is native: the one written last, or of several written in one call the
 * richest. The others are made from it when they are read. The text form is stored with the message, so that tables and
 * searches have it. PR_NATIVE_BODY_INFO in the bag says which is native (1 text, 2 RTF, 3 HTML).
 */
#include "message.h"
#include "body.h"
#include "charset.h"
#include "mapi_exchange.h"
#include <stdlib.h>
#include <string.h>

enum { NATIVE_NONE = 0, NATIVE_TEXT = 1, NATIVE_RTF = 2, NATIVE_HTML = 3 };

static bool has(const struct propbag *props, ULONG tag)
{
    return propbag_find(props, PROP_ID(tag)) != NULL;
}

/* The native body; messages stored without the mark have the richest that is there. */
static LONG native_of(const struct propbag *props)
{
    LONG native = propbag_long(props, PR_NATIVE_BODY_INFO, NATIVE_NONE);
    if ((native == NATIVE_HTML && has(props, PR_HTML)) || (native == NATIVE_RTF && has(props, PR_RTF_COMPRESSED)) ||
        (native == NATIVE_TEXT && has(props, PR_BODY_W)))
        return native;
    if (has(props, PR_HTML))
        return NATIVE_HTML;
    if (has(props, PR_RTF_COMPRESSED))
        return NATIVE_RTF;
    return has(props, PR_BODY_W) ? NATIVE_TEXT : NATIVE_NONE;
}

static ULONG tag_of(LONG native)
{
    return native == NATIVE_HTML ? PR_HTML : native == NATIVE_RTF ? PR_RTF_COMPRESSED : PR_BODY_W;
}

/* ---- converting ---- */

static HRESULT put_result(const struct bytebuf *bytes, ULONG tag, void *base, SPropValue *out)
{
    if (PROP_ID(tag) == PROP_ID(PR_BODY_W)) {
        struct bytebuf wide = {0};
        charset_utf8_to_utf16((const char *)bytes->data, bytes->size, &wide);
        bytebuf_add(&wide, L"", sizeof(WCHAR));
        HRESULT hr = wide.failed ? MAPI_E_NOT_ENOUGH_MEMORY : value_string(out, PR_BODY_W, (WCHAR *)wide.data, base);
        bytebuf_free(&wide);
        return hr;
    }
    return value_binary(out, tag, bytes->data, (ULONG)bytes->size, base);
}

/* Makes the body `tag` from the native one. */
static HRESULT convert(struct prop_object *object, LONG native, ULONG tag, void *base, SPropValue *out)
{
    struct bytebuf made = {0}, utf8 = {0};
    struct body_part from = {.format = BODY_TEXT};
    SPropValue value;
    enum body_format to = PROP_ID(tag) == PROP_ID(PR_HTML)             ? BODY_HTML
                          : PROP_ID(tag) == PROP_ID(PR_RTF_COMPRESSED) ? BODY_RTF
                                                                       : BODY_TEXT;
    HRESULT hr = prop_bag_value(object, PROP_ID(tag_of(native)), base, &value);
    if (FAILED(hr))
        return hr;
    if (native == NATIVE_TEXT) {
        charset_utf16_to_utf8(value.Value.lpszW, (size_t)lstrlenW(value.Value.lpszW), &utf8);
        from.data = utf8.data;
        from.size = utf8.size;
    } else {
        from.format = native == NATIVE_HTML ? BODY_HTML : BODY_RTF;
        from.data = value.Value.bin.lpb;
        from.size = value.Value.bin.cb;
        if (native == NATIVE_HTML)
            from.codepage = (uint32_t)propbag_long(object->props, PR_INTERNET_CPID, 0);
    }
    hr = utf8.failed ? MAPI_E_NOT_ENOUGH_MEMORY : body_convert(&from, to, &made, NULL);
    if (SUCCEEDED(hr))
        hr = put_result(&made, PROP_ID(tag) == PROP_ID(PR_HTML) ? PR_HTML : tag_of(to == BODY_RTF ? NATIVE_RTF : NATIVE_TEXT),
                        base, out);
    bytebuf_free(&made);
    bytebuf_free(&utf8);
    return hr;
}

/* PR_BODY_HTML is PR_HTML's id with a string type. */
static HRESULT html_as_text(struct prop_object *object, void *base, SPropValue *out)
{
    struct bytebuf utf8 = {0}, wide = {0};
    uint32_t codepage = (uint32_t)propbag_long(object->props, PR_INTERNET_CPID, 0);
    charset_to_utf8(has(object->props, PR_HTML) && codepage ? codepage : CHARSET_UTF8, out->Value.bin.lpb,
                    out->Value.bin.cb, &utf8);
    charset_utf8_to_utf16((const char *)utf8.data, utf8.size, &wide);
    bytebuf_add(&wide, L"", sizeof(WCHAR));
    HRESULT hr = utf8.failed || wide.failed ? MAPI_E_NOT_ENOUGH_MEMORY
                                            : value_string(out, PROP_TAG(PT_UNICODE, PROP_ID(PR_HTML)),
                                                           (WCHAR *)wide.data, base);
    bytebuf_free(&utf8);
    bytebuf_free(&wide);
    return hr;
}

HRESULT body_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG native = native_of(object->props);
    ULONG stored = PROP_ID(tag) == PROP_ID(PR_HTML)             ? PR_HTML
                   : PROP_ID(tag) == PROP_ID(PR_RTF_COMPRESSED) ? PR_RTF_COMPRESSED
                                                                : PR_BODY_W;
    if (native == NATIVE_NONE)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = stored;
    if (!base)
        return S_OK;
    HRESULT hr = has(object->props, stored) ? prop_bag_value(object, PROP_ID(stored), base, out)
                                            : convert(object, native, stored, base, out);
    if (SUCCEEDED(hr) && stored == PR_HTML && (PROP_TYPE(tag) == PT_UNICODE || PROP_TYPE(tag) == PT_STRING8))
        hr = html_as_text(object, base, out);
    return hr;
}

HRESULT body_info_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    LONG native = native_of(object->props);
    (void)base;
    if (native == NATIVE_NONE)
        return MAPI_E_NOT_FOUND;
    if (PROP_ID(tag) == PROP_ID(PR_RTF_IN_SYNC))
        return value_bool(out, PR_RTF_IN_SYNC, true); /* whatever is read is made from the native body */
    return value_long(out, PR_NATIVE_BODY_INFO, native);
}

/* The code page of PR_HTML: of the stored bytes what was set with them; HTML that is made here is UTF-8. */
HRESULT body_cpid_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)tag, (void)base;
    LONG codepage = propbag_long(object->props, PR_INTERNET_CPID, 0);
    if (!codepage && native_of(object->props) != NATIVE_NONE && !has(object->props, PR_HTML))
        codepage = CHARSET_UTF8;
    return codepage ? value_long(out, PR_INTERNET_CPID, codepage) : MAPI_E_NOT_FOUND;
}

/* ---- writing ---- */

static HRESULT set_html_text(struct prop_object *object, const SPropValue *value)
{
    SPropValue text = *value, bytes = {.ulPropTag = PR_HTML};
    struct bytebuf utf8 = {0};
    void *base;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = prop_convert_type(&text, PT_UNICODE, base);
    if (SUCCEEDED(hr)) {
        charset_utf16_to_utf8(text.Value.lpszW, (size_t)lstrlenW(text.Value.lpszW), &utf8);
        bytes.Value.bin.cb = (ULONG)utf8.size;
        bytes.Value.bin.lpb = utf8.data;
        hr = utf8.failed ? MAPI_E_NOT_ENOUGH_MEMORY : propbag_set(object->props, &bytes);
    }
    if (SUCCEEDED(hr))
        hr = propbag_set_long(object->props, PR_INTERNET_CPID, (LONG)CHARSET_UTF8);
    bytebuf_free(&utf8);
    MAPIFreeBuffer(base);
    return hr;
}

HRESULT body_set(struct prop_object *object, const SPropValue *value)
{
    struct message *message = (struct message *)object;
    ULONG type = PROP_TYPE(value->ulPropTag);
    bool text = type == PT_UNICODE || type == PT_STRING8;
    HRESULT hr;
    switch (PROP_ID(value->ulPropTag)) {
    case PROP_ID(PR_BODY_W):
        hr = text ? propbag_set(object->props, value) : MAPI_E_UNEXPECTED_TYPE;
        message->bodies_set |= SUCCEEDED(hr) ? BODY_BIT_TEXT : 0;
        return hr;
    case PROP_ID(PR_RTF_COMPRESSED):
        hr = type == PT_BINARY ? propbag_set(object->props, value) : MAPI_E_UNEXPECTED_TYPE;
        message->bodies_set |= SUCCEEDED(hr) ? BODY_BIT_RTF : 0;
        return hr;
    default:
        hr = type == PT_BINARY ? propbag_set(object->props, value) : text ? set_html_text(object, value)
                                                                          : MAPI_E_UNEXPECTED_TYPE;
        message->bodies_set |= SUCCEEDED(hr) ? BODY_BIT_HTML : 0;
        return hr;
    }
}

HRESULT body_delete(struct prop_object *object, ULONG tag)
{
    bool any = native_of(object->props) != NATIVE_NONE;
    LONG native = native_of(object->props);
    if (!any)
        return MAPI_E_NOT_FOUND;
    if (PROP_ID(tag) != PROP_ID(tag_of(native)) && PROP_ID(tag) != PROP_ID(PR_BODY_W)) {
        propbag_delete(object->props, PROP_ID(tag)); /* a made form: it is made again when it is read */
        return S_OK;
    }
    /* The message's text goes with the native form or the plain one. */
    propbag_delete(object->props, PROP_ID(PR_BODY_W));
    propbag_delete(object->props, PROP_ID(PR_HTML));
    propbag_delete(object->props, PROP_ID(PR_RTF_COMPRESSED));
    propbag_delete(object->props, PROP_ID(PR_NATIVE_BODY_INFO));
    return S_OK;
}

HRESULT body_settle(struct message *message)
{
    struct propbag *props = message->prop.props;
    unsigned set = message->bodies_set;
    LONG native = set & BODY_BIT_HTML ? NATIVE_HTML : set & BODY_BIT_RTF ? NATIVE_RTF : NATIVE_TEXT;
    if (!set)
        return S_OK;
    message->bodies_set = 0;
    if (!(set & BODY_BIT_TEXT))
        propbag_delete(props, PROP_ID(PR_BODY_W));
    if (!(set & BODY_BIT_RTF))
        propbag_delete(props, PROP_ID(PR_RTF_COMPRESSED));
    if (!(set & BODY_BIT_HTML))
        propbag_delete(props, PROP_ID(PR_HTML));
    return propbag_set_long(props, PR_NATIVE_BODY_INFO, native);
}

HRESULT body_complete(struct message *message)
{
    struct prop_object *object = &message->prop;
    LONG native = native_of(object->props);
    SPropValue text;
    void *base;
    if (native == NATIVE_NONE || has(object->props, PR_BODY_W))
        return S_OK;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = convert(object, native, PR_BODY_W, base, &text);
    if (SUCCEEDED(hr))
        hr = propbag_set(object->props, &text);
    else if (hr == MAPI_E_CORRUPT_DATA || hr == MAPI_E_TOO_BIG)
        hr = S_OK; /* RTF that nobody can unpack is kept as it is, without a text form */
    MAPIFreeBuffer(base);
    return hr;
}
