/*
 * mime_set.c: collecting properties; one-off entry ids. Layer: MIME over MAPI (calls nothing of MAPI).
 */
#include "mime_set.h"
#include "charset.h"

#include <string.h>

static SPropValue *set_next(struct mime_set *set, ULONG tag)
{
    if (set->count >= MIME_SET_MAX) {
        set->failed = true;
        return NULL;
    }
    SPropValue *value = &set->values[set->count++];
    *value = (SPropValue){.ulPropTag = tag};
    return value;
}

void mime_set_long(struct mime_set *set, ULONG tag, LONG number)
{
    SPropValue *value = set_next(set, tag);
    if (value)
        value->Value.l = number;
}

void mime_set_bool(struct mime_set *set, ULONG tag, bool truth)
{
    SPropValue *value = set_next(set, tag);
    if (value)
        value->Value.b = truth;
}

void mime_set_time(struct mime_set *set, ULONG tag, int64_t ticks)
{
    SPropValue *value = set_next(set, tag);
    if (value) {
        value->Value.ft.dwLowDateTime = (DWORD)ticks;
        value->Value.ft.dwHighDateTime = (DWORD)(ticks >> 32);
    }
}

void mime_set_text_n(struct mime_set *set, ULONG tag, const char *text, size_t size)
{
    struct bytebuf wide = {0};
    charset_utf8_to_utf16(text, size, &wide);
    bytebuf_le16(&wide, 0);
    WCHAR *copy = wide.failed ? NULL : mem_arena_copy(&set->arena, wide.data, wide.size);
    SPropValue *value = copy ? set_next(set, tag) : NULL;
    if (value)
        value->Value.lpszW = copy;
    else
        set->failed = true;
    bytebuf_free(&wide);
}

void mime_set_text(struct mime_set *set, ULONG tag, const char *text)
{
    if (text)
        mime_set_text_n(set, tag, text, strlen(text));
}

void mime_set_binary(struct mime_set *set, ULONG tag, const void *data, size_t size)
{
    SPropValue *value = set_next(set, tag);
    if (value) {
        value->Value.bin.cb = (ULONG)size;
        value->Value.bin.lpb = (BYTE *)(size ? data : "");
    }
}

void mime_set_binary_copy(struct mime_set *set, ULONG tag, const void *data, size_t size)
{
    void *copy = mem_arena_copy(&set->arena, size ? data : "", size ? size : 1);
    if (copy)
        mime_set_binary(set, tag, copy, size);
    else
        set->failed = true;
}

void mime_set_free(struct mime_set *set)
{
    mem_arena_free(&set->arena);
    set->count = 0;
}

static void put_wide(const char *text, struct bytebuf *out)
{
    charset_utf8_to_utf16(text, strlen(text), out);
    bytebuf_le16(out, 0);
}

void mime_one_off(const char *name, const char *address, struct bytebuf *out)
{
    static const uint8_t provider[16] = {0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19,
                                         0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02};
    bytebuf_le32(out, 0);
    bytebuf_add(out, provider, sizeof provider);
    bytebuf_le16(out, 0);
    bytebuf_le16(out, 0x8001); /* Unicode strings; no rich text */
    put_wide(name, out);
    put_wide("SMTP", out);
    put_wide(address, out);
}

void mime_search_key(const char *address, struct bytebuf *out)
{
    bytebuf_text(out, "SMTP:");
    for (; *address; address++)
        bytebuf_byte(out, *address >= 'a' && *address <= 'z' ? (uint8_t)(*address - 32) : (uint8_t)*address);
    bytebuf_byte(out, 0);
}
