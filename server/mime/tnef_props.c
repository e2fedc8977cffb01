/*
 * tnef_props.c: the property lists in a TNEF stream (MS-OXTNEF 2.1.3.4). Layer: MIME (portable).
 *
 * Each value is padded to four bytes; strings, binaries and objects, and all that has several values, have a
 * count before them, and each string, binary and object its length.
 */
#include "charset.h"
#include "lzfu.h"
#include "prop_type.h"
#include "tnef.h"

#include <string.h>

uint32_t tnef_u8(struct tnef_bytes *bytes)
{
    struct tnef_bytes part = tnef_take(bytes, 1);
    return part.left ? part.at[0] : 0;
}

uint32_t tnef_u16(struct tnef_bytes *bytes)
{
    struct tnef_bytes part = tnef_take(bytes, 2);
    return part.left == 2 ? part.at[0] | (uint32_t)part.at[1] << 8 : 0;
}

uint32_t tnef_u32(struct tnef_bytes *bytes)
{
    struct tnef_bytes part = tnef_take(bytes, 4);
    return part.left == 4 ? part.at[0] | (uint32_t)part.at[1] << 8 | (uint32_t)part.at[2] << 16 |
                                (uint32_t)part.at[3] << 24
                          : 0;
}

struct tnef_bytes tnef_take(struct tnef_bytes *bytes, size_t size)
{
    struct tnef_bytes part = {bytes->at, size < bytes->left ? size : bytes->left};
    bytes->at += part.left;
    bytes->left -= part.left;
    return part;
}

/* Bytes of a value that is padded to four; the padding of the last one may be missing. */
static bool take_padded(struct tnef_bytes *bytes, size_t size, struct tnef_bytes *part)
{
    *part = tnef_take(bytes, size);
    tnef_take(bytes, -size & 3);
    return part->left == size;
}

void *tnef_grow(struct tnef_reader *r, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    size_t wanted = *room ? *room * 2 : 8;
    void *grown = mem_arena_alloc(&r->tnef->arena, wanted * size);
    if (!grown) {
        r->failed = true;
        return NULL;
    }
    if (count)
        memcpy(grown, items, count * size);
    *room = wanted;
    return grown;
}

static bool same_text(const WCHAR *a, const WCHAR *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

static bool same_property(const struct tnef_prop *a, ULONG tag, const MAPINAMEID *name)
{
    if (!a->name || !name)
        return !a->name && !name && PROP_ID(a->value.ulPropTag) == PROP_ID(tag);
    if (a->name->ulKind != name->ulKind || memcmp(a->name->lpguid, name->lpguid, sizeof(GUID)))
        return false;
    return name->ulKind == MNID_ID ? a->name->Kind.lID == name->Kind.lID
                                   : same_text(a->name->Kind.lpwstrName, name->Kind.lpwstrName);
}

void tnef_put(struct tnef_reader *r, struct tnef_props *props, const SPropValue *value, MAPINAMEID *name,
              bool weak)
{
    for (size_t i = 0; i < props->count; i++) {
        if (!same_property(&props->items[i], value->ulPropTag, name))
            continue;
        if (!weak)
            props->items[i].value = *value;
        return;
    }
    struct tnef_prop *items = tnef_grow(r, props->items, props->count, &props->room, sizeof *items);
    if (!items)
        return;
    props->items = items;
    items[props->count++] = (struct tnef_prop){*value, name};
}

const SPropValue *tnef_find(const struct tnef_props *props, ULONG tag)
{
    for (size_t i = 0; i < props->count; i++)
        if (!props->items[i].name && PROP_ID(props->items[i].value.ulPropTag) == PROP_ID(tag))
            return &props->items[i].value;
    return NULL;
}

/* UTF-16, to its NUL, with one behind. */
static WCHAR *wide_text(struct tnef_reader *r, struct tnef_bytes text)
{
    size_t units = 0;
    while (units < text.left / 2 && (text.at[2 * units] || text.at[2 * units + 1]))
        units++;
    WCHAR *copy = mem_arena_alloc(&r->tnef->arena, (units + 1) * sizeof *copy);
    if (!copy)
        r->failed = true;
    else
        memcpy(copy, text.at, units * sizeof *copy);
    return copy;
}

WCHAR *tnef_text(struct tnef_reader *r, uint32_t codepage, struct tnef_bytes text)
{
    struct bytebuf utf8 = {0}, wide = {0};
    const uint8_t *end = text.left ? memchr(text.at, 0, text.left) : NULL;
    charset_to_utf8(codepage, text.at, end ? (size_t)(end - text.at) : text.left, &utf8);
    charset_utf8_to_utf16((const char *)utf8.data, utf8.size, &wide);
    bytebuf_le16(&wide, 0);
    WCHAR *copy = utf8.failed || wide.failed ? NULL : mem_arena_copy(&r->tnef->arena, wide.data, wide.size);
    r->failed |= !copy;
    bytebuf_free(&utf8);
    bytebuf_free(&wide);
    return copy;
}

/* The name behind an id of 0x8000 and above. */
static MAPINAMEID *read_name(struct tnef_reader *r, struct tnef_bytes *bytes)
{
    struct tnef_bytes set = tnef_take(bytes, sizeof(GUID)), text;
    if (set.left < sizeof(GUID) || bytes->left < 8)
        return NULL;
    MAPINAMEID *name = mem_arena_alloc(&r->tnef->arena, sizeof *name);
    if (name)
        name->lpguid = mem_arena_copy(&r->tnef->arena, set.at, sizeof(GUID));
    if (!name || !name->lpguid) {
        r->failed = true;
        return NULL;
    }
    name->ulKind = tnef_u32(bytes);
    if (name->ulKind == MNID_ID) {
        name->Kind.lID = (LONG)tnef_u32(bytes);
        return name;
    }
    if (name->ulKind != MNID_STRING || !take_padded(bytes, tnef_u32(bytes), &text))
        return NULL;
    name->Kind.lpwstrName = wide_text(r, text);
    return name->Kind.lpwstrName ? name : NULL;
}

/* Bytes of one value of a fixed type; 0 for the others. */
static size_t fixed_size(ULONG type)
{
    return type == PT_NULL ? 4 : prop_type_size(type);
}

static bool has_length(ULONG type)
{
    return type == PT_STRING8 || type == PT_UNICODE || type == PT_BINARY || type == PT_OBJECT;
}

/* One or several values of a fixed type, together in memory; the arrays of SPropValue begin with count and
 * pointer alike. */
static bool read_fixed(struct tnef_reader *r, struct tnef_bytes *bytes, bool multiple, SPropValue *value)
{
    size_t size = fixed_size(PROP_TYPE(value->ulPropTag) & ~(ULONG)MV_FLAG);
    size_t padded = (size + 3) & ~(size_t)3, count = multiple ? tnef_u32(bytes) : 1;
    if (!size || count > bytes->left / padded)
        return false;
    uint8_t *values = mem_arena_alloc(&r->tnef->arena, count * size + 1);
    if (!values) {
        r->failed = true;
        return false;
    }
    for (size_t i = 0; i < count; i++)
        memcpy(values + i * size, tnef_take(bytes, padded).at, size);
    if (multiple) {
        value->Value.MVl.cValues = (ULONG)count;
        value->Value.MVl.lpl = (LONG *)values;
    } else if (PROP_TYPE(value->ulPropTag) == PT_CLSID) {
        value->Value.lpguid = (GUID *)values;
    } else if (PROP_TYPE(value->ulPropTag) == PT_BOOLEAN) {
        value->Value.b = values[0] || values[1];
    } else {
        memcpy(&value->Value, values, size); /* the union's members begin at the same place */
    }
    return true;
}

/* One value with its length. Bytes are borrowed, strings become Unicode. */
static bool read_long(struct tnef_reader *r, uint32_t codepage, struct tnef_bytes *bytes, ULONG type,
                      SBinary *binary, WCHAR **text)
{
    struct tnef_bytes part;
    if (bytes->left < 4 || !take_padded(bytes, tnef_u32(bytes), &part))
        return false;
    if (type == PT_STRING8 || type == PT_UNICODE) {
        *text = type == PT_UNICODE ? wide_text(r, part) : tnef_text(r, codepage, part);
        return *text != NULL;
    }
    binary->cb = (ULONG)part.left;
    binary->lpb = (BYTE *)part.at;
    return true;
}

static bool read_several(struct tnef_reader *r, uint32_t codepage, struct tnef_bytes *bytes, bool multiple,
                         SPropValue *value)
{
    ULONG type = PROP_TYPE(value->ulPropTag) & ~(ULONG)MV_FLAG, count = tnef_u32(bytes);
    bool text = type == PT_STRING8 || type == PT_UNICODE;
    if (count > bytes->left / 4 || (!multiple && count == 0))
        return false;
    SBinary *binaries = mem_arena_alloc(&r->tnef->arena, count * sizeof *binaries + 1);
    WCHAR **texts = mem_arena_alloc(&r->tnef->arena, count * sizeof *texts + 1);
    if (!binaries || !texts) {
        r->failed = true;
        return false;
    }
    for (ULONG i = 0; i < count; i++)
        if (!read_long(r, codepage, bytes, type, &binaries[i], &texts[i]))
            return false;
    if (text)
        value->ulPropTag =
            CHANGE_PROP_TYPE(value->ulPropTag, PT_UNICODE | (PROP_TYPE(value->ulPropTag) & MV_FLAG));
    if (multiple && text) {
        value->Value.MVszW.cValues = count;
        value->Value.MVszW.lppszW = texts;
    } else if (multiple) {
        value->Value.MVbin.cValues = count;
        value->Value.MVbin.lpbin = binaries;
    } else if (text) {
        value->Value.lpszW = texts[0];
    } else {
        value->Value.bin = binaries[0];
    }
    return true;
}

/* Whether a compressed RTF body can be unpacked: one that cannot would hide the text beside it. */
static bool is_sound(struct tnef_reader *r, const SPropValue *value)
{
    struct bytebuf rtf = {0};
    if (value->ulPropTag != PR_RTF_COMPRESSED)
        return true;
    HRESULT hr = lzfu_decompress(value->Value.bin.lpb, value->Value.bin.cb, &rtf);
    bytebuf_free(&rtf);
    if (FAILED(hr))
        TNEF_PROBLEM(r, "winmail.dat: the formatted body is damaged");
    return SUCCEEDED(hr);
}

bool tnef_read_props(struct tnef_reader *r, uint32_t codepage, struct tnef_bytes *bytes,
                     struct tnef_props *props)
{
    if (bytes->left < 4) {
        TNEF_PROBLEM(r, "winmail.dat: a list of properties is cut short");
        return false;
    }
    for (ULONG count = tnef_u32(bytes), i = 0; i < count && !r->failed; i++) {
        ULONG type = tnef_u16(bytes), id = tnef_u16(bytes), single = type & ~(ULONG)MV_FLAG;
        SPropValue value = {.ulPropTag = PROP_TAG(type, id)};
        MAPINAMEID *name = id >= 0x8000 && id != 0xffff ? read_name(r, bytes) : NULL;
        bool multiple = (type & MV_FLAG) != 0, good = id < 0x8000 || name;
        if (good && fixed_size(single))
            good = read_fixed(r, bytes, multiple, &value);
        else if (good)
            good = has_length(single) && read_several(r, codepage, bytes, multiple, &value);
        if (!good || props->count >= TNEF_PROPS_LIMIT) {
            TNEF_PROBLEM(r, "winmail.dat: properties from number %u of %u on cannot be read", (unsigned)i + 1,
                         (unsigned)count);
            return false;
        }
        bool empty = multiple && value.Value.MVl.cValues == 0;
        if (id && type != PT_NULL && type != PT_ERROR && !empty && is_sound(r, &value))
            tnef_put(r, props, &value, name, false);
    }
    return true;
}
