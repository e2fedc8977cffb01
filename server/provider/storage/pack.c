/*
 * pack.c: see pack.h.
 *
 * Layer: portable; little-endian machines (all that Windows runs on).
 */
#include <stdlib.h>
#include <string.h>
#include "pack.h"
#include "propvalue.h"
#include "text.h"

#define PACK_VERSION 1
#define PACK_HEADER 4u
#define PACK_ROW 12u
#define PACK_LAZY 0x80000000u

static uint32_t get32(const uint8_t *p)
{
    uint32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static uint64_t get64(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

ULONG pack_count(const void *pack, size_t size)
{
    const uint8_t *p = pack;
    if (p == NULL || size < PACK_HEADER || p[0] != PACK_VERSION)
        return 0;
    ULONG count = p[2] | (ULONG)p[3] << 8;
    return PACK_HEADER + count * PACK_ROW > size ? 0 : count;
}

bool pack_at(const void *pack, size_t size, ULONG i, struct pack_item *out)
{
    const uint8_t *p = pack;
    if (i >= pack_count(pack, size))
        return false;
    const uint8_t *row = p + PACK_HEADER + i * PACK_ROW;
    uint32_t offset = get32(row + 4), length = get32(row + 8);
    out->tag = get32(row);
    out->lazy = (length & PACK_LAZY) != 0;
    out->size = length & ~PACK_LAZY;
    if (offset > size || out->size > size - offset)
        return false;
    out->data = p + offset;
    out->blob = 0;
    out->blob_size = 0;
    if (out->lazy) {
        if (out->size != 16)
            return false;
        out->blob = (int64_t)get64(out->data);
        out->blob_size = get64(out->data + 8);
    }
    return true;
}

bool pack_find(const void *pack, size_t size, ULONG prop_id, struct pack_item *out)
{
    const uint8_t *p = pack;
    ULONG low = 0, count = pack_count(pack, size), high = count;
    while (low < high) {
        ULONG mid = (low + high) / 2;
        if (PROP_ID(get32(p + PACK_HEADER + mid * PACK_ROW)) < prop_id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < count && pack_at(pack, size, low, out) && PROP_ID(out->tag) == prop_id;
}

bool pack_is_valid(const void *pack, size_t size)
{
    const uint8_t *p = pack;
    struct pack_item item;
    ULONG count = pack_count(pack, size), last = 0;
    if (p == NULL || size < PACK_HEADER || p[0] != PACK_VERSION || count != (p[2] | (ULONG)p[3] << 8))
        return false;
    for (ULONG i = 0; i < count; i++) {
        if (!pack_at(pack, size, i, &item) || (i > 0 && PROP_ID(item.tag) <= last))
            return false;
        if (propvalue_type_of(item.tag)->form == PROPVALUE_NONE)
            return false;
        last = PROP_ID(item.tag);
    }
    return true;
}

/* ---- values ----------------------------------------------------------------------------------------------------------- */

static void write_single(const struct propvalue_type *t, const SPropValue *value, struct bytebuf *out)
{
    switch (t->form) {
    case PROPVALUE_FIXED:
        bytebuf_add(out, &value->Value, t->size);
        break;
    case PROPVALUE_POINTED:
        bytebuf_add(out, value->Value.lpguid, t->size);
        break;
    case PROPVALUE_WIDE:
        text_append_utf8(out, value->Value.lpszW, text_length(value->Value.lpszW));
        break;
    default:
        bytebuf_add(out, value->Value.bin.lpb, value->Value.bin.cb);
    }
}

HRESULT pack_value_write(const SPropValue *value, struct bytebuf *out)
{
    const struct propvalue_type *t = propvalue_type_of(value->ulPropTag);
    if (t->form == PROPVALUE_NONE || t->form == PROPVALUE_ANSI)
        return MAPI_E_INVALID_PARAMETER;
    if (!(value->ulPropTag & MV_FLAG)) {
        write_single(t, value, out);
    } else {
        ULONG count = propvalue_element_count(value);
        struct bytebuf data = {0};
        bool fixed = t->form <= PROPVALUE_POINTED;
        if (!fixed)
            bytebuf_le32(out, count);
        for (ULONG i = 0; i < count; i++) {
            SPropValue element;
            size_t before = data.size;
            propvalue_element(value, i, &element);
            write_single(t, &element, fixed ? out : &data);
            if (!fixed)
                bytebuf_le32(out, (uint32_t)(data.size - before));
        }
        bytebuf_add(out, data.data, data.size);
        out->failed |= data.failed;
        bytebuf_free(&data);
    }
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static size_t align8(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

/* Room that one variable-sized stored value needs in memory. */
static size_t room_for(const struct propvalue_type *t, const uint8_t *data, size_t size)
{
    return t->form == PROPVALUE_WIDE ? (text_utf8_units((const char *)data, size) + 1) * sizeof(WCHAR) : size;
}

static void read_single(const struct propvalue_type *t, const uint8_t *data, size_t size, char *room, SPropValue *out)
{
    switch (t->form) {
    case PROPVALUE_FIXED:
        memcpy(&out->Value, data, t->size);
        break;
    case PROPVALUE_WIDE:
        out->Value.lpszW = (WCHAR *)room;
        text_decode_utf8((const char *)data, size, out->Value.lpszW);
        out->Value.lpszW[room_for(t, data, size) / sizeof(WCHAR) - 1] = 0;
        break;
    case PROPVALUE_BYTES:
        out->Value.bin.cb = (ULONG)size;
        out->Value.bin.lpb = (BYTE *)room;
        if (size > 0)
            memcpy(room, data, size);
        break;
    default:
        out->Value.lpguid = (GUID *)room;
        memcpy(room, data, t->size);
    }
}

/* A multi-value: an array, then what its elements point to. */
static HRESULT read_multi(const struct propvalue_type *t, const uint8_t *data, size_t size, SPropValue *out, void **block)
{
    bool fixed = t->form <= PROPVALUE_POINTED;
    size_t each = t->form == PROPVALUE_WIDE ? sizeof(WCHAR *) : t->form == PROPVALUE_BYTES ? sizeof(SBinary) : t->size;
    ULONG count = 0;
    const uint8_t *sizes = data + 4;
    if (fixed) {
        if (size % t->size != 0)
            return MAPI_E_CORRUPT_DATA;
        count = (ULONG)(size / t->size);
    } else {
        if (size < 4 || (count = get32(data)) > (size - 4) / 4)
            return MAPI_E_CORRUPT_DATA;
        data += 4 + 4 * (size_t)count;
        size -= 4 + 4 * (size_t)count;
    }
    size_t room = align8(count * each), at = 0;
    for (ULONG i = 0; i < count && !fixed; i++) {
        uint32_t length = get32(sizes + 4 * i);
        if (length > size - at)
            return MAPI_E_CORRUPT_DATA;
        room += align8(room_for(t, data + at, length));
        at += length;
    }
    char *array = malloc(room == 0 ? 1 : room);
    if (array == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    char *rest = array + align8(count * each);
    if (fixed && count > 0)
        memcpy(array, data, count * each);
    for (ULONG i = 0; i < count && !fixed; i++) {
        uint32_t length = get32(sizes + 4 * i);
        SPropValue element = {0};
        read_single(t, data, length, rest, &element);
        memcpy(array + i * each, &element.Value, each);
        rest += align8(room_for(t, data, length));
        data += length;
    }
    out->Value.MVl.cValues = count;
    out->Value.MVl.lpl = (LONG *)array;
    *block = array;
    return S_OK;
}

HRESULT pack_value_read(ULONG tag, const uint8_t *data, size_t size, SPropValue *out, void **block)
{
    const struct propvalue_type *t = propvalue_type_of(tag);
    memset(out, 0, sizeof *out);
    out->ulPropTag = tag;
    *block = NULL;
    if (t->form == PROPVALUE_NONE || t->form == PROPVALUE_ANSI)
        return MAPI_E_CORRUPT_DATA;
    if (tag & MV_FLAG)
        return read_multi(t, data, size, out, block);
    if (t->form <= PROPVALUE_POINTED && size != t->size)
        return MAPI_E_CORRUPT_DATA;
    if (t->form != PROPVALUE_FIXED) {
        size_t room = room_for(t, data, size);
        if ((*block = malloc(room == 0 ? 1 : room)) == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    read_single(t, data, size, *block, out);
    return S_OK;
}

/* ---- whole packs -------------------------------------------------------------------------------------------------------- */

HRESULT pack_write(const struct pack_source *items, ULONG count, struct bytebuf *out)
{
    struct bytebuf data = {0};
    size_t base = PACK_HEADER + (size_t)count * PACK_ROW;
    HRESULT hr = S_OK;
    if (count > 0xffff)
        return MAPI_E_TOO_BIG;
    bytebuf_byte(out, PACK_VERSION);
    bytebuf_byte(out, 0);
    bytebuf_le16(out, (uint16_t)count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        size_t before = data.size;
        uint32_t lazy = 0;
        bytebuf_le32(out, items[i].tag);
        bytebuf_le32(out, (uint32_t)(base + before));
        if (items[i].value != NULL) {
            hr = pack_value_write(items[i].value, &data);
        } else {
            lazy = PACK_LAZY;
            bytebuf_add(&data, &items[i].blob, 8);
            bytebuf_add(&data, &items[i].blob_size, 8);
        }
        bytebuf_le32(out, (uint32_t)(data.size - before) | lazy);
    }
    bytebuf_add(out, data.data, data.size);
    if (SUCCEEDED(hr) && (data.failed || out->failed))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    bytebuf_free(&data);
    return hr;
}

static HRESULT read_item(struct propbag *bag, const struct pack_item *item)
{
    SPropValue value;
    void *block;
    if (item->lazy)
        return propbag_set_lazy(bag, item->tag, item->blob, item->blob_size);
    HRESULT hr = pack_value_read(item->tag, item->data, item->size, &value, &block);
    if (SUCCEEDED(hr))
        hr = propbag_set(bag, &value);
    free(block);
    return hr;
}

HRESULT pack_read(const void *pack, size_t size, const SPropTagArray *tags, struct propbag **out)
{
    struct propbag *bag;
    struct pack_item item;
    *out = NULL;
    HRESULT hr = propbag_create(&bag);
    if (FAILED(hr))
        return hr;
    if (size > 0 && !pack_is_valid(pack, size))
        hr = MAPI_E_CORRUPT_DATA;
    if (tags == NULL) {
        for (ULONG i = 0; SUCCEEDED(hr) && pack_at(pack, size, i, &item); i++)
            hr = read_item(bag, &item);
    } else {
        for (ULONG i = 0; SUCCEEDED(hr) && i < tags->cValues; i++)
            if (pack_find(pack, size, PROP_ID(tags->aulPropTag[i]), &item))
                hr = read_item(bag, &item);
    }
    if (FAILED(hr)) {
        propbag_free(bag);
    } else {
        propbag_mark_clean(bag);
        *out = bag;
    }
    return hr;
}
