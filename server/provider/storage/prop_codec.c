/*
 * prop_codec.c: see prop_codec.h. Layer: portable.
 */
#include <stdlib.h>
#include <string.h>
#include "prop_codec.h"
#include "prop_type.h"
#include "text.h"

HRESULT prop_encode(const SPropValue *value, struct bytebuf *out)
{
    ULONG type = PROP_TYPE(value->ulPropTag), single = type & ~(ULONG)MV_FLAG;
    size_t fixed = single != PT_ERROR ? prop_type_size(single) : 0; /* an error is no value */
    ULONG count = value->Value.MVl.cValues;
    if (type == PT_CLSID)
        bytebuf_add(out, value->Value.lpguid, sizeof(GUID));
    else if (type == PT_UNICODE)
        bytebuf_add(out, value->Value.lpszW, text_length(value->Value.lpszW) * sizeof(WCHAR));
    else if (type == PT_BINARY)
        bytebuf_add(out, value->Value.bin.lpb, value->Value.bin.cb);
    else if (fixed != 0 && type == single)
        bytebuf_add(out, &value->Value, fixed);
    else if (fixed != 0 && single != PT_BOOLEAN) {
        bytebuf_le32(out, count);
        bytebuf_add(out, value->Value.MVl.lpl, count * fixed);
    } else if (type == PT_MV_BINARY || type == PT_MV_UNICODE) {
        bytebuf_le32(out, count);
        for (ULONG i = 0; i < count; i++) {
            const SBinary *bin = &value->Value.MVbin.lpbin[i];
            const WCHAR *text = type == PT_MV_UNICODE ? value->Value.MVszW.lppszW[i] : NULL;
            ULONG size = text != NULL ? (ULONG)(text_length(text) * sizeof(WCHAR)) : bin->cb;
            bytebuf_le32(out, size);
            bytebuf_add(out, text != NULL ? (const void *)text : bin->lpb, size);
        }
    } else
        return MAPI_E_INVALID_TYPE;
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* A copy with room for any type, and a terminator behind it. */
static WCHAR *text_of(const void *data, size_t size)
{
    WCHAR *text = malloc(size + sizeof(WCHAR));
    if (text != NULL) {
        memcpy(text, data, size);
        memset((BYTE *)text + size, 0, sizeof(WCHAR));
    }
    return text;
}

/* The elements of a multi-value of varying size; the array is freed by the caller, each string too. */
static HRESULT decode_varying(SPropValue *value, const BYTE *data, size_t size, ULONG count,
                              struct propbag *bag)
{
    bool text = PROP_TYPE(value->ulPropTag) == PT_MV_UNICODE;
    HRESULT hr = S_OK;
    ULONG done = 0;
    SBinary *items = count <= size / 4 ? calloc(count + 1, sizeof *items) : NULL;
    if (items == NULL)
        return count <= size / 4 ? MAPI_E_NOT_ENOUGH_MEMORY : MAPI_E_CORRUPT_DATA;
    for (; done < count && hr == S_OK; done++) {
        uint32_t n = 0;
        if (size >= 4)
            memcpy(&n, data, 4);
        if (size < 4 || n > size - 4) {
            hr = MAPI_E_CORRUPT_DATA;
            break;
        }
        items[done].cb = n;
        items[done].lpb = (BYTE *)(uintptr_t)(data + 4);
        data += 4 + n;
        size -= 4 + n;
    }
    value->Value.MVbin.cValues = count;
    value->Value.MVbin.lpbin = items;
    if (hr == S_OK && text) {
        WCHAR **texts = calloc(count + 1, sizeof *texts);
        for (ULONG i = 0; texts != NULL && i < count && hr == S_OK; i++) {
            if ((texts[i] = text_of(items[i].lpb, items[i].cb)) == NULL)
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
        value->Value.MVszW.lppszW = texts;
        if (texts == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (hr == S_OK)
            hr = propbag_set(bag, value);
        for (ULONG i = 0; texts != NULL && i < count; i++)
            free(texts[i]);
        free(texts);
    } else if (hr == S_OK)
        hr = propbag_set(bag, value);
    free(items);
    return hr;
}

HRESULT prop_decode(ULONG tag, const void *data, size_t size, struct propbag *bag)
{
    ULONG type = PROP_TYPE(tag), single = type & ~(ULONG)MV_FLAG;
    size_t fixed = single != PT_ERROR ? prop_type_size(single) : 0; /* an error is no value */
    SPropValue value = {.ulPropTag = tag};
    HRESULT hr = MAPI_E_CORRUPT_DATA;
    void *copy = NULL;
    uint32_t count = 0;
    if (type & MV_FLAG) {
        if (size < 4)
            return MAPI_E_CORRUPT_DATA;
        memcpy(&count, data, 4);
        data = (const BYTE *)data + 4;
        size -= 4;
        if (fixed == 0)
            return decode_varying(&value, data, size, count, bag);
        if (size / fixed != count || size % fixed != 0)
            return MAPI_E_CORRUPT_DATA;
    } else if (fixed != 0 && size != fixed)
        return MAPI_E_CORRUPT_DATA;
    /* A copy: SQLite's blobs are not aligned for every type. */
    if ((copy = text_of(data, size)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (type & MV_FLAG) {
        value.Value.MVl.cValues = count;
        value.Value.MVl.lpl = copy;
    } else if (type == PT_CLSID)
        value.Value.lpguid = copy;
    else if (type == PT_UNICODE)
        value.Value.lpszW = copy;
    else if (type == PT_BINARY) {
        value.Value.bin.cb = (ULONG)size;
        value.Value.bin.lpb = copy;
    } else if (fixed != 0)
        memcpy(&value.Value, copy, fixed);
    else
        goto done;
    hr = propbag_set(bag, &value);
done:
    free(copy);
    return hr;
}
