/*
 * recipients.c: see recipients.h.
 *
 * Layer: portable. All values are inline: recipients have no streams.
 */
#include <stdlib.h>
#include <string.h>
#include "pack.h"
#include "recipients.h"

static HRESULT write_bag(const struct propbag *bag, struct bytebuf *out)
{
    ULONG count = propbag_count(bag);
    struct pack_source *items = calloc(count + 1, sizeof *items);
    HRESULT hr = items == NULL ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        const struct propbag_entry *e = propbag_at(bag, i);
        if (e->lazy)
            hr = MAPI_E_INVALID_PARAMETER;
        items[i].tag = e->value.ulPropTag;
        items[i].value = &e->value;
    }
    if (SUCCEEDED(hr))
        hr = pack_write(items, count, out);
    free(items);
    return hr;
}

HRESULT recipients_write(struct propbag *const *recipients, ULONG count, struct bytebuf *out)
{
    HRESULT hr = S_OK;
    bytebuf_le32(out, count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        struct bytebuf pack = {0};
        hr = write_bag(recipients[i], &pack);
        bytebuf_le32(out, (uint32_t)pack.size);
        bytebuf_add(out, pack.data, pack.size);
        bytebuf_free(&pack);
    }
    return SUCCEEDED(hr) && out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

bool recipients_at(const void *data, size_t size, ULONG i, const void **pack, size_t *pack_size)
{
    const uint8_t *p = data;
    uint32_t count, length;
    if (size < 4)
        return false;
    memcpy(&count, p, 4);
    if (i >= count)
        return false;
    for (size_t at = 4;; at += length) {
        if (size - at < 4)
            return false;
        memcpy(&length, p + at, 4);
        at += 4;
        if (length > size - at)
            return false;
        if (i-- == 0) {
            *pack = p + at;
            *pack_size = length;
            return true;
        }
    }
}

HRESULT recipients_read(const void *data, size_t size, struct propbag ***recipients, ULONG *count)
{
    uint32_t n = 0;
    HRESULT hr = S_OK;
    const uint8_t *p = data;
    size_t at = 4;
    *recipients = NULL;
    *count = 0;
    if (size >= 4)
        memcpy(&n, data, 4);
    if (n > size / 4 || (size > 0 && size < 4))
        return MAPI_E_CORRUPT_DATA;
    if (n > 0 && (*recipients = calloc(n, sizeof **recipients)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (; SUCCEEDED(hr) && *count < n; ) {
        uint32_t length;
        if (size - at < 4 || (memcpy(&length, p + at, 4), length > size - at - 4))
            hr = MAPI_E_CORRUPT_DATA;
        else if (SUCCEEDED(hr = pack_read(p + at + 4, length, NULL, &(*recipients)[*count])))
            ++*count;
        if (SUCCEEDED(hr))
            at += 4 + length;
    }
    if (FAILED(hr)) {
        while (*count > 0)
            propbag_free((*recipients)[--*count]);
        free(*recipients);
        *recipients = NULL;
    }
    return hr;
}
