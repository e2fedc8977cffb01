/*
 * addrbook_id.c: see addrbook_id.h. Layer: provider, session part; portable.
 */
#include <stdlib.h>
#include <string.h>
#include "addrbook_id.h"
#include "bytebuf.h"
#include "text.h"

#ifndef MAPI_SEND_NO_RICH_INFO
#define MAPI_SEND_NO_RICH_INFO 0x00010000
#endif

const MAPIUID ab_provider_uid = {
    {0xdc, 0xa7, 0x40, 0xc8, 0xc0, 0x42, 0x10, 0x1a, 0xb4, 0xb9, 0x08, 0x00, 0x2b, 0x2f, 0xe1, 0x82}};
const MAPIUID ab_personal_uid = {
    {0x4b, 0x1e, 0x93, 0xd7, 0x5c, 0x20, 0x4f, 0x88, 0xa6, 0x3d, 0x71, 0xe9, 0x0c, 0xb5, 0x2a, 0x64}};
static const MAPIUID oneoff_uid = {MAPI_ONE_OFF_UID};

#define HEADER 20 /* flags and uid */
#define ONEOFF_FORMAT                                                                                        \
    0x1000 /* the address book's encoding bits that Outlook writes beside the two documented flags */

static uint32_t le32(const BYTE *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* The next NUL-terminated string of an id, as malloc Unicode; *at moves behind it. */
static HRESULT next_text(const BYTE **at, const BYTE *end, bool wide, WCHAR **out)
{
    const BYTE *p = *at;
    *out = NULL;
    if (wide) {
        while (end - p >= 2 && (p[0] != 0 || p[1] != 0))
            p += 2;
        if (end - p < 2)
            return MAPI_E_INVALID_ENTRYID;
        WCHAR *text = malloc((size_t)(p - *at) + sizeof(WCHAR));
        if (text == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(text, *at, (size_t)(p - *at));
        text[(p - *at) / 2] = 0;
        *out = text;
        *at = p + 2;
        return S_OK;
    }
    while (p < end && *p != 0)
        p++;
    if (p == end)
        return MAPI_E_INVALID_ENTRYID;
    *out = text_from_ansi((const char *)*at);
    *at = p + 1;
    return *out != NULL ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT ab_id_parse(ULONG cb, const ENTRYID *id, struct ab_id *out)
{
    const BYTE *bytes = (const BYTE *)id, *at, *end = id != NULL ? bytes + cb : bytes;
    HRESULT hr;
    memset(out, 0, sizeof *out);
    if (id == NULL || cb < HEADER + 4)
        return MAPI_E_UNKNOWN_ENTRYID;
    at = bytes + HEADER + 4;
    bool personal = memcmp(bytes + 4, &ab_personal_uid, sizeof(MAPIUID)) == 0;
    if (personal || memcmp(bytes + 4, &ab_provider_uid, sizeof(MAPIUID)) == 0) {
        if (end - at < 5 || le32(bytes + HEADER) != 1)
            return MAPI_E_INVALID_ENTRYID;
        out->kind = personal ? AB_ID_PERSONAL : AB_ID_ENTRY;
        out->display_type = le32(at);
        at += 4;
        return next_text(&at, end, false, &out->dn);
    }
    if (memcmp(bytes + 4, &oneoff_uid, sizeof(MAPIUID)) != 0)
        return MAPI_E_UNKNOWN_ENTRYID;
    ULONG flags = le32(bytes + HEADER) >> 16; /* version 0, then the flags */
    out->kind = AB_ID_ONEOFF;
    out->unicode = (flags & MAPI_ONE_OFF_UNICODE) != 0;
    out->rich_info = (flags & MAPI_ONE_OFF_NO_RICH_INFO) == 0;
    if ((hr = next_text(&at, end, out->unicode, &out->name)) == S_OK &&
        (hr = next_text(&at, end, out->unicode, &out->addrtype)) == S_OK)
        hr = next_text(&at, end, out->unicode, &out->address);
    if (hr != S_OK)
        ab_id_clear(out);
    return hr;
}

void ab_id_clear(struct ab_id *id)
{
    free(id->dn);
    free(id->name);
    free(id->addrtype);
    free(id->address);
    id->dn = id->name = id->addrtype = id->address = NULL;
}

/* Moves the buffer's content to MAPI memory. */
static HRESULT bytes_out(struct bytebuf *buf, void *base, SBinary *out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    out->cb = 0;
    out->lpb = NULL;
    if (!buf->failed)
        hr = base != NULL ? MAPIAllocateMore((ULONG)buf->size, base, (void **)&out->lpb)
                          : MAPIAllocateBuffer((ULONG)buf->size, (void **)&out->lpb);
    if (hr == S_OK) {
        memcpy(out->lpb, buf->data, buf->size);
        out->cb = (ULONG)buf->size;
    }
    bytebuf_free(buf);
    return hr;
}

static void add_ansi(struct bytebuf *buf, const WCHAR *text)
{
    char *ansi = text_to_ansi(text);
    if (ansi == NULL)
        buf->failed = true;
    else
        bytebuf_add(buf, ansi, strlen(ansi) + 1);
    free(ansi);
}

static HRESULT id_of_dn(const MAPIUID *uid, ULONG display_type, const WCHAR *dn, void *base, SBinary *out)
{
    struct bytebuf buf = {0};
    bytebuf_le32(&buf, 0);
    bytebuf_add(&buf, uid, sizeof *uid);
    bytebuf_le32(&buf, 1);
    bytebuf_le32(&buf, display_type);
    add_ansi(&buf, dn);
    return bytes_out(&buf, base, out);
}

HRESULT ab_id_entry(ULONG display_type, const WCHAR *dn, void *base, SBinary *out)
{
    return id_of_dn(&ab_provider_uid, display_type, dn, base, out);
}

HRESULT ab_id_personal(ULONG display_type, const WCHAR *dn, void *base, SBinary *out)
{
    return id_of_dn(&ab_personal_uid, display_type, dn, base, out);
}

HRESULT ab_id_oneoff(const WCHAR *name, const WCHAR *addrtype, const WCHAR *address, ULONG flags, void *base,
                     SBinary *out)
{
    const WCHAR *texts[] = {name, addrtype, address};
    bool wide = (flags & MAPI_UNICODE) != 0;
    struct bytebuf buf = {0};
    bytebuf_le32(&buf, 0);
    bytebuf_add(&buf, &oneoff_uid, sizeof oneoff_uid);
    bytebuf_le16(&buf, 0);
    bytebuf_le16(&buf, (wide ? MAPI_ONE_OFF_UNICODE | ONEOFF_FORMAT : 0) |
                           (flags & MAPI_SEND_NO_RICH_INFO ? MAPI_ONE_OFF_NO_RICH_INFO : 0));
    for (int i = 0; i < 3; i++) {
        if (wide)
            bytebuf_add(&buf, texts[i], (text_length(texts[i]) + 1) * sizeof(WCHAR));
        else
            add_ansi(&buf, texts[i]);
    }
    return bytes_out(&buf, base, out);
}

bool ab_id_equal(const struct ab_id *a, const struct ab_id *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind != AB_ID_ONEOFF)
        return text_compare(a->dn, b->dn) == 0;
    return text_compare(a->addrtype, b->addrtype) == 0 && text_compare(a->address, b->address) == 0 &&
           text_compare(a->name, b->name) == 0;
}

HRESULT ab_search_key(const WCHAR *addrtype, const WCHAR *address, void *base, SBinary *out)
{
    struct bytebuf buf = {0};
    char *type = text_to_ansi(addrtype), *text = text_to_ansi(address);
    if (type == NULL || text == NULL)
        buf.failed = true;
    else
        bytebuf_format(&buf, "%s:%s", type, text);
    free(type);
    free(text);
    for (size_t i = 0; i < buf.size; i++) {
        if (buf.data[i] >= 'a' && buf.data[i] <= 'z')
            buf.data[i] -= 32;
    }
    bytebuf_byte(&buf, 0);
    return bytes_out(&buf, base, out);
}
