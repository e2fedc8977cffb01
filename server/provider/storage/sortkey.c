/*
 * sortkey.c: see sortkey.h.
 *
 * Layer: portable.
 */
#include <stdlib.h>
#include <string.h>
#include "propvalue.h"
#include "sortkey.h"
#include "text.h"

#define SORTKEY_ELEMENTS_MAX 16

void sortkey_absent(struct bytebuf *out)
{
    bytebuf_byte(out, 0);
}

static void put_big_endian(struct bytebuf *out, uint64_t bits)
{
    uint8_t bytes[9] = {1};
    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (uint8_t)(bits >> (56 - 8 * i));
    bytebuf_add(out, bytes, sizeof bytes);
}

void sortkey_int(struct bytebuf *out, int64_t value)
{
    put_big_endian(out, (uint64_t)value ^ 1ull << 63);
}

void sortkey_double(struct bytebuf *out, double value)
{
    uint64_t bits;
    if (value == 0)
        value = 0; /* -0 sorts as 0 */
    memcpy(&bits, &value, sizeof bits);
    put_big_endian(out, bits >> 63 ? ~bits : bits | 1ull << 63);
}

void sortkey_text(struct bytebuf *out, const WCHAR *text, size_t units)
{
    bytebuf_byte(out, 1);
    text_sort_key(text, units, out);
    bytebuf_byte(out, 0);
}

void sortkey_utf8(struct bytebuf *out, const char *text, size_t size)
{
    WCHAR room[TEXT_KEY_UNITS + 1];
    size_t used = 0, units = 0;
    /* No more than the key looks at: whole code points up to TEXT_KEY_UNITS units. */
    while (used < size && units < TEXT_KEY_UNITS) {
        size_t next = used + 1;
        while (next < size && ((uint8_t)text[next] & 0xc0) == 0x80)
            next++;
        size_t more = text_utf8_units(text + used, next - used);
        if (units + more > TEXT_KEY_UNITS)
            break;
        units += more;
        used = next;
    }
    text_decode_utf8(text, used, room);
    sortkey_text(out, room, units);
}

void sortkey_bytes(struct bytebuf *out, const void *data, size_t size)
{
    const uint8_t *p = data;
    if (size > TEXT_KEY_UNITS)
        size = TEXT_KEY_UNITS;
    bytebuf_byte(out, 1);
    for (size_t i = 0; i < size; i++) {
        bytebuf_byte(out, p[i]);
        if (p[i] == 0)
            bytebuf_byte(out, 0xff);
    }
    bytebuf_byte(out, 0);
    bytebuf_byte(out, 0);
}

/* A multi-value sorts as a tuple: its values one after the other, then the end, which comes before any value. */
static void tuple_key(struct bytebuf *out, const SPropValue *value)
{
    for (ULONG i = 0; i < propvalue_element_count(value) && i < SORTKEY_ELEMENTS_MAX; i++) {
        SPropValue element;
        propvalue_element(value, i, &element);
        sortkey_value(out, &element);
    }
    sortkey_absent(out);
}

void sortkey_value(struct bytebuf *out, const SPropValue *value)
{
    if (value != NULL && (value->ulPropTag & MV_FLAG) && propvalue_is_valid(value)) {
        tuple_key(out, value);
        return;
    }
    switch (value == NULL ? PT_ERROR : PROP_TYPE(value->ulPropTag)) {
    case PT_I2:
        sortkey_int(out, value->Value.i);
        break;
    case PT_LONG:
        sortkey_int(out, value->Value.l);
        break;
    case PT_BOOLEAN:
        sortkey_int(out, value->Value.b != 0);
        break;
    case PT_I8:
    case PT_CURRENCY:
        sortkey_int(out, value->Value.li.QuadPart);
        break;
    case PT_SYSTIME:
        sortkey_int(out, (int64_t)((uint64_t)value->Value.ft.dwHighDateTime << 32 | value->Value.ft.dwLowDateTime));
        break;
    case PT_R4:
        sortkey_double(out, value->Value.flt);
        break;
    case PT_DOUBLE:
    case PT_APPTIME:
        sortkey_double(out, value->Value.dbl);
        break;
    case PT_UNICODE:
        sortkey_text(out, value->Value.lpszW, text_length(value->Value.lpszW));
        break;
    case PT_STRING8: {
        WCHAR *wide = text_from_ansi(value->Value.lpszA);
        if (wide == NULL)
            out->failed = true;
        else
            sortkey_text(out, wide, text_length(wide));
        free(wide);
        break;
    }
    case PT_CLSID:
        sortkey_bytes(out, value->Value.lpguid, sizeof(GUID));
        break;
    case PT_BINARY:
        sortkey_bytes(out, value->Value.bin.lpb, value->Value.bin.cb);
        break;
    default:
        sortkey_absent(out);
    }
}

void sortkey_packed(struct bytebuf *out, ULONG tag, const uint8_t *data, size_t size)
{
    const struct propvalue_type *t = propvalue_type_of(tag);
    if (tag & MV_FLAG) {
        SPropValue multi;
        void *block;
        if (SUCCEEDED(pack_value_read(tag, data, size, &multi, &block)))
            sortkey_value(out, &multi);
        else
            sortkey_absent(out);
        free(block);
    } else if (t->form == PROPVALUE_WIDE) {
        sortkey_utf8(out, (const char *)data, size);
    } else if (t->form == PROPVALUE_BYTES || t->form == PROPVALUE_POINTED) {
        sortkey_bytes(out, data, size);
    } else if (t->form == PROPVALUE_FIXED && t->size == size) {
        SPropValue value = {.ulPropTag = PROP_TAG(t->type, 0)};
        memcpy(&value.Value, data, size);
        sortkey_value(out, &value);
    } else {
        sortkey_absent(out);
    }
}

void sortkey_invert(struct bytebuf *out, size_t from)
{
    for (size_t i = from; i < out->size; i++)
        out->data[i] = (uint8_t)~out->data[i];
}

/* Where a text or bytes end: both have two terminators after their content. */
static size_t variable_end(const uint8_t *key, size_t size, uint8_t flip, bool text)
{
    size_t at = 0;
    if (text) {
        for (int zeros = 0; at < size && zeros < 2; at++)
            zeros += (key[at] ^ flip) == 0;
        return at;
    }
    while (at < size) {
        if ((key[at] ^ flip) != 0) {
            at++;
        } else if (at + 1 < size && (key[at + 1] ^ flip) == 0xff) {
            at += 2;
        } else {
            return at + 2 < size ? at + 2 : size;
        }
    }
    return at;
}

size_t sortkey_component(const uint8_t *key, size_t size, ULONG tag, bool inverted)
{
    uint8_t flip = inverted ? 0xff : 0;
    size_t used;
    if (size == 0 || (key[0] ^ flip) == 0)
        return size == 0 ? 0 : 1;
    if ((tag & MV_FLAG) && !(tag & MV_INSTANCE)) {
        for (used = 0; used < size && (key[used] ^ flip) != 0;)
            used += sortkey_component(key + used, size - used, tag & ~(ULONG)MV_FLAG, inverted);
        return used < size ? used + 1 : size;
    }
    switch (propvalue_type_of(tag)->form) {
    case PROPVALUE_WIDE:
    case PROPVALUE_ANSI:
        used = 1 + variable_end(key + 1, size - 1, flip, true);
        break;
    case PROPVALUE_BYTES:
    case PROPVALUE_POINTED:
        used = 1 + variable_end(key + 1, size - 1, flip, false);
        break;
    default:
        used = 9;
    }
    return used < size ? used : size;
}
