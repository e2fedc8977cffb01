/*
 * restriction_store.c: restrictions as bytes, for search folders and for views that keep a copy.
 *
 * Layer: portable. Little-endian: the kind, then its numbers; values as tag, size and the bytes of pack.h.
 */
#include <stdlib.h>
#include <string.h>
#include "pack.h"
#include "propvalue.h"
#include "restriction.h"

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

static HRESULT write_value(const SPropValue *value, struct bytebuf *out)
{
    SPropValue copy;
    void *block;
    struct bytebuf bytes = {0};
    HRESULT hr = propvalue_copy(&copy, value, &block); /* PT_STRING8 becomes PT_UNICODE */
    if (SUCCEEDED(hr))
        hr = pack_value_write(&copy, &bytes);
    if (SUCCEEDED(hr)) {
        bytebuf_le32(out, copy.ulPropTag);
        bytebuf_le32(out, (uint32_t)bytes.size);
        bytebuf_add(out, bytes.data, bytes.size);
    }
    free(block);
    bytebuf_free(&bytes);
    return hr;
}

/* Tags are kept with Unicode strings, as values are. */
static void write_tag(ULONG tag, struct bytebuf *out)
{
    if ((PROP_TYPE(tag) & ~(ULONG)MVI_FLAG) == PT_STRING8)
        tag = CHANGE_PROP_TYPE(tag, PT_UNICODE | (PROP_TYPE(tag) & MVI_FLAG));
    bytebuf_le32(out, tag);
}

HRESULT restriction_write(const SRestriction *r, struct bytebuf *out)
{
    HRESULT hr = S_OK;
    bytebuf_le32(out, r->rt);
    switch (r->rt) {
    case RES_AND:
    case RES_OR:
        bytebuf_le32(out, r->res.resAnd.cRes);
        for (ULONG i = 0; SUCCEEDED(hr) && i < r->res.resAnd.cRes; i++)
            hr = restriction_write(&r->res.resAnd.lpRes[i], out);
        break;
    case RES_NOT:
        hr = restriction_write(r->res.resNot.lpRes, out);
        break;
    case RES_COMMENT: {
        ULONG count = r->res.resComment.lpProp == NULL ? 0 : r->res.resComment.cValues;
        bytebuf_le32(out, count);
        for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
            hr = write_value(&r->res.resComment.lpProp[i], out);
        bytebuf_le32(out, r->res.resComment.lpRes != NULL);
        if (SUCCEEDED(hr) && r->res.resComment.lpRes != NULL)
            hr = restriction_write(r->res.resComment.lpRes, out);
        break;
    }
    case RES_CONTENT:
        bytebuf_le32(out, r->res.resContent.ulFuzzyLevel);
        write_tag(r->res.resContent.ulPropTag, out);
        hr = write_value(r->res.resContent.lpProp, out);
        break;
    case RES_PROPERTY:
        bytebuf_le32(out, r->res.resProperty.relop);
        write_tag(r->res.resProperty.ulPropTag, out);
        hr = write_value(r->res.resProperty.lpProp, out);
        break;
    case RES_COMPAREPROPS:
        bytebuf_le32(out, r->res.resCompareProps.relop);
        write_tag(r->res.resCompareProps.ulPropTag1, out);
        write_tag(r->res.resCompareProps.ulPropTag2, out);
        break;
    case RES_BITMASK:
        bytebuf_le32(out, r->res.resBitMask.relBMR);
        write_tag(r->res.resBitMask.ulPropTag, out);
        bytebuf_le32(out, r->res.resBitMask.ulMask);
        break;
    case RES_SIZE:
        bytebuf_le32(out, r->res.resSize.relop);
        write_tag(r->res.resSize.ulPropTag, out);
        bytebuf_le32(out, r->res.resSize.cb);
        break;
    case RES_EXIST:
        write_tag(r->res.resExist.ulPropTag, out);
        break;
    case RES_SUBRESTRICTION:
        bytebuf_le32(out, r->res.resSub.ulSubObject);
        hr = restriction_write(r->res.resSub.lpRes, out);
        break;
    default:
        hr = MAPI_E_INVALID_PARAMETER;
    }
    return SUCCEEDED(hr) && out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------ */

struct reader {
    const uint8_t *p, *end;
    void *base; /* the MAPI buffer; everything else is linked to it */
    HRESULT hr; /* the first failure */
    int depth;
};

static ULONG read_long(struct reader *in)
{
    uint32_t value = 0;
    if (in->end - in->p < 4) {
        if (SUCCEEDED(in->hr))
            in->hr = MAPI_E_CORRUPT_DATA;
        in->p = in->end;
        return 0;
    }
    memcpy(&value, in->p, 4);
    in->p += 4;
    return value;
}

/* Room for count elements, of which each takes at least 4 bytes of what is left. */
static void *read_room(struct reader *in, ULONG count, size_t size)
{
    void *room = NULL;
    if (SUCCEEDED(in->hr) && count > (size_t)(in->end - in->p) / 4)
        in->hr = MAPI_E_CORRUPT_DATA;
    if (SUCCEEDED(in->hr))
        in->hr = MAPIAllocateMore((ULONG)((count == 0 ? 1 : count) * size), in->base, &room);
    if (SUCCEEDED(in->hr))
        memset(room, 0, (count == 0 ? 1 : count) * size);
    return SUCCEEDED(in->hr) ? room : NULL;
}

static void read_value(struct reader *in, SPropValue *out)
{
    ULONG tag = read_long(in), size = read_long(in);
    SPropValue value;
    void *block = NULL;
    if (SUCCEEDED(in->hr) && size > (size_t)(in->end - in->p))
        in->hr = MAPI_E_CORRUPT_DATA;
    if (SUCCEEDED(in->hr))
        in->hr = pack_value_read(tag, in->p, size, &value, &block);
    if (SUCCEEDED(in->hr)) {
        in->p += size;
        in->hr = propvalue_copy_more(out, &value, in->base);
    }
    free(block);
}

static SPropValue *read_values(struct reader *in, ULONG count)
{
    SPropValue *values = read_room(in, count, sizeof *values);
    for (ULONG i = 0; SUCCEEDED(in->hr) && i < count; i++)
        read_value(in, &values[i]);
    return values;
}

static void read_into(struct reader *in, SRestriction *r);

static SRestriction *read_more(struct reader *in, ULONG count)
{
    SRestriction *array = read_room(in, count, sizeof *array);
    for (ULONG i = 0; SUCCEEDED(in->hr) && i < count; i++)
        read_into(in, &array[i]);
    return array;
}

static void read_into(struct reader *in, SRestriction *r)
{
    if (++in->depth > RESTRICTION_DEPTH_MAX + 2)
        in->hr = MAPI_E_CORRUPT_DATA;
    r->rt = read_long(in);
    switch (SUCCEEDED(in->hr) ? r->rt : RES_AND + 0xff) {
    case RES_AND:
    case RES_OR:
        r->res.resAnd.cRes = read_long(in);
        r->res.resAnd.lpRes = read_more(in, r->res.resAnd.cRes);
        break;
    case RES_NOT:
        r->res.resNot.lpRes = read_more(in, 1);
        break;
    case RES_COMMENT:
        r->res.resComment.cValues = read_long(in);
        r->res.resComment.lpProp = read_values(in, r->res.resComment.cValues);
        if (read_long(in) != 0)
            r->res.resComment.lpRes = read_more(in, 1);
        break;
    case RES_CONTENT:
        r->res.resContent.ulFuzzyLevel = read_long(in);
        r->res.resContent.ulPropTag = read_long(in);
        r->res.resContent.lpProp = read_values(in, 1);
        break;
    case RES_PROPERTY:
        r->res.resProperty.relop = read_long(in);
        r->res.resProperty.ulPropTag = read_long(in);
        r->res.resProperty.lpProp = read_values(in, 1);
        break;
    case RES_COMPAREPROPS:
        r->res.resCompareProps.relop = read_long(in);
        r->res.resCompareProps.ulPropTag1 = read_long(in);
        r->res.resCompareProps.ulPropTag2 = read_long(in);
        break;
    case RES_BITMASK:
        r->res.resBitMask.relBMR = read_long(in);
        r->res.resBitMask.ulPropTag = read_long(in);
        r->res.resBitMask.ulMask = read_long(in);
        break;
    case RES_SIZE:
        r->res.resSize.relop = read_long(in);
        r->res.resSize.ulPropTag = read_long(in);
        r->res.resSize.cb = read_long(in);
        break;
    case RES_EXIST:
        r->res.resExist.ulPropTag = read_long(in);
        break;
    case RES_SUBRESTRICTION:
        r->res.resSub.ulSubObject = read_long(in);
        r->res.resSub.lpRes = read_more(in, 1);
        break;
    default:
        if (SUCCEEDED(in->hr))
            in->hr = MAPI_E_CORRUPT_DATA;
    }
    in->depth--;
}

HRESULT restriction_read(const void *data, size_t size, SRestriction **out)
{
    struct reader in = {.p = data, .end = (const uint8_t *)data + size};
    *out = NULL;
    SCODE sc = MAPIAllocateBuffer(sizeof(SRestriction), &in.base);
    if (sc != S_OK)
        return sc;
    memset(in.base, 0, sizeof(SRestriction));
    read_into(&in, in.base);
    if (SUCCEEDED(in.hr) && in.p != in.end)
        in.hr = MAPI_E_CORRUPT_DATA;
    if (SUCCEEDED(in.hr))
        in.hr = restriction_check(in.base);
    if (FAILED(in.hr))
        MAPIFreeBuffer(in.base);
    else
        *out = in.base;
    return in.hr;
}
