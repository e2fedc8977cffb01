/*
 * mapi_compose_body.c: subject and quoted text of an answer.
 *
 * Layer: MAPI client. MAPI's texts are UTF-16 and code pages; quote.h works in UTF-8.
 */
#include "mapi_compose_body.h"

#include "charset.h"
#include "html.h"
#include "mapi_prop.h"
#include "quote.h"
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#ifndef PR_HTML
#define PR_HTML PROP_TAG(PT_BINARY, 0x1013)
#endif
#ifndef PR_INTERNET_CPID
#define PR_INTERNET_CPID PROP_TAG(PT_LONG, 0x3FDE)
#endif
#ifndef PR_NATIVE_BODY_INFO
#define PR_NATIVE_BODY_INFO PROP_TAG(PT_LONG, 0x1016)
#endif
#define NATIVE_BODY_TEXT 1

/* A text as UTF-8 in memory of malloc's, NULL without memory. */
static char *narrow(const WCHAR *text)
{
    struct bytebuf out = {0};

    charset_utf16_to_utf8(text, wcslen(text), &out);
    return bytebuf_take(&out, NULL);
}

/* Sets a Unicode property from UTF-8; frees the text. */
static HRESULT set_utf8(IMessage *message, ULONG tag, char *text, size_t size)
{
    struct bytebuf wide = {0};
    WCHAR *units;
    HRESULT hr = E_OUTOFMEMORY;

    if (text) {
        charset_utf8_to_utf16(text, size, &wide);
        bytebuf_le16(&wide, 0);
        units = (WCHAR *)bytebuf_take(&wide, NULL);
        if (units)
            hr = mapi_prop_set_string(MAPI_PROP(message), tag, units);
        free(units);
    }
    free(text);
    return hr;
}

HRESULT compose_subject(IMessage *original, const char *prefix, IMessage *answer)
{
    SPropValue *value = NULL;
    struct bytebuf out = {0};
    char *subject, *text;
    size_t size = 0;

    mapi_prop_get(MAPI_PROP(original), PR_SUBJECT_W, &value);
    subject = narrow(mapi_prop_text(value, 1, PR_SUBJECT_W));
    mapi_free(value);
    if (!subject)
        return E_OUTOFMEMORY;
    quote_subject(prefix, subject, &out);
    free(subject);
    text = bytebuf_take(&out, &size);
    return set_utf8(answer, PR_SUBJECT_W, text, size);
}

/* When the original was sent, in the user's long form and local time. */
static void sent_text(IMessage *original, WCHAR *text, int size)
{
    FILETIME local;
    SYSTEMTIME time;
    SPropValue *value = NULL;
    int used;

    *text = 0;
    if (FAILED(mapi_prop_get(MAPI_PROP(original), PR_CLIENT_SUBMIT_TIME, &value)) &&
        FAILED(mapi_prop_get(MAPI_PROP(original), PR_MESSAGE_DELIVERY_TIME, &value)))
        return;
    if (FileTimeToLocalFileTime(&value->Value.ft, &local) && FileTimeToSystemTime(&local, &time)) {
        used = GetDateFormatW(LOCALE_USER_DEFAULT, DATE_LONGDATE, &time, NULL, text, size - 16);
        if (used > 0) {
            text[used - 1] = ' ';
            if (!GetTimeFormatW(LOCALE_USER_DEFAULT, TIME_NOSECONDS, &time, NULL, text + used, size - used))
                text[used - 1] = 0;
        }
    }
    mapi_free(value);
}

/* "Jane Doe <jane@example.com>" where the address is an Internet one. */
static char *sender_text(IMessage *original)
{
    static const SizedSPropTagArray(6, tags) = {
        6,
        {PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
         PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W}};
    SPropValue *values = NULL;
    const WCHAR *name, *type, *address;
    WCHAR *text;
    size_t size;
    char *result = NULL;

    if (FAILED(mapi_prop_get_many(MAPI_PROP(original), (const SPropTagArray *)&tags, &values)))
        return narrow(L"");
    name = mapi_prop_text(values, 6, PR_SENT_REPRESENTING_NAME_W);
    type = mapi_prop_text(values, 6, PR_SENT_REPRESENTING_ADDRTYPE_W);
    address = mapi_prop_text(values, 6, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W);
    if (!*name && !*address) {
        name = mapi_prop_text(values, 6, PR_SENDER_NAME_W);
        type = mapi_prop_text(values, 6, PR_SENDER_ADDRTYPE_W);
        address = mapi_prop_text(values, 6, PR_SENDER_EMAIL_ADDRESS_W);
    }
    size = wcslen(name) + wcslen(address) + 4;
    text = malloc(size * sizeof *text);
    if (text) {
        if (*address && !lstrcmpiW(type, L"SMTP") && *name && lstrcmpiW(name, address))
            _snwprintf(text, size, L"%ls <%ls>", name, address);
        else
            _snwprintf(text, size, L"%ls", *name ? name : address);
        result = narrow(text);
    }
    free(text);
    mapi_free(values);
    return result;
}

static char *text_of(IMessage *original, ULONG tag)
{
    SPropValue *value = NULL;
    char *result;

    mapi_prop_get(MAPI_PROP(original), tag, &value);
    result = narrow(mapi_prop_text(value, 1, tag));
    mapi_free(value);
    return result;
}

/* The HTML of a message that was not written as plain text, as UTF-8. */
static bool read_html(IMessage *original, struct bytebuf *out)
{
    SPropValue *html = NULL;
    uint32_t codepage;

    if (mapi_prop_long(MAPI_PROP(original), PR_NATIVE_BODY_INFO, 0) == NATIVE_BODY_TEXT ||
        FAILED(mapi_prop_get(MAPI_PROP(original), PR_HTML, &html)))
        return false;
    codepage = html_declared_codepage((const char *)html->Value.bin.lpb, html->Value.bin.cb);
    if (codepage == CHARSET_UNKNOWN)
        codepage = (uint32_t)mapi_prop_long(MAPI_PROP(original), PR_INTERNET_CPID, CHARSET_CP1252);
    charset_to_utf8(codepage, html->Value.bin.lpb, html->Value.bin.cb, out);
    mapi_free(html);
    return out->size > 0;
}

static HRESULT set_html(IMessage *answer, struct bytebuf *html)
{
    SPropValue values[2] = {
        {.ulPropTag = PR_INTERNET_CPID, .Value.l = (LONG)CHARSET_UTF8},
        {.ulPropTag = PR_HTML},
    };

    if (html->failed)
        return E_OUTOFMEMORY;
    values[1].Value.bin.cb = (ULONG)html->size;
    values[1].Value.bin.lpb = html->data;
    return mapi_prop_set(MAPI_PROP(answer), values, 2);
}

HRESULT compose_body(IMessage *original, IMessage *answer, bool *html)
{
    WCHAR sent_wide[128];
    struct bytebuf body = {0}, quoted = {0};
    char *from = sender_text(original), *to = text_of(original, PR_DISPLAY_TO_W);
    char *cc = text_of(original, PR_DISPLAY_CC_W), *subject = text_of(original, PR_SUBJECT_W), *sent = NULL, *text = NULL;
    struct quote_header header;
    size_t size = 0;
    HRESULT hr;

    sent_text(original, sent_wide, ARRAYSIZE(sent_wide));
    sent = narrow(sent_wide);
    header = (struct quote_header){.from = from, .sent = sent, .to = to, .cc = cc, .subject = subject};
    *html = read_html(original, &body);
    if (*html) {
        quote_html(&header, (const char *)body.data, body.size, &quoted);
        hr = set_html(answer, &quoted);
    } else {
        text = text_of(original, PR_BODY_W);
        quote_text(&header, text ? text : "", text ? strlen(text) : 0, &quoted);
        free(text);
        text = bytebuf_take(&quoted, &size);
        hr = set_utf8(answer, PR_BODY_W, text, size);
    }
    bytebuf_free(&body);
    bytebuf_free(&quoted);
    free(from);
    free(sent);
    free(to);
    free(cc);
    free(subject);
    return hr;
}
