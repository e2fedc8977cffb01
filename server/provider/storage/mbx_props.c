/*
 * mbx_props.c: property packs in the database, and the blob table for large values.
 *
 * Layer: portable. Blobs are never changed: a new value is a new blob, and copies of a message share them by count.
 * Strings lie in blobs as UTF-16LE, so that streams can read them anywhere.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "pack.h"
#include "propvalue.h"
#include "text.h"

/* ---- blobs ------------------------------------------------------------------------------------------------------------ */

HRESULT mbx_blob_write(struct mailbox *mbx, const void *data, size_t size, int64_t *blob)
{
    HRESULT hr = db_run(mbx->db, "INSERT INTO blob(refs,data) VALUES(1,?)", "b", data, size);
    *blob = SUCCEEDED(hr) ? sqlite3_last_insert_rowid(db_handle(mbx->db)) : 0;
    return hr;
}

HRESULT mbx_blob_ref(struct mailbox *mbx, int64_t blob, int difference)
{
    int64_t refs;
    HRESULT hr = db_int(mbx->db, &refs, "UPDATE blob SET refs=refs+? WHERE id=? RETURNING refs", "ii",
                        (int64_t)difference, blob);
    if (hr == MAPI_E_NOT_FOUND)
        return difference > 0 ? MAPI_E_OBJECT_DELETED : S_OK;
    if (SUCCEEDED(hr) && refs <= 0)
        hr = db_run(mbx->db, "DELETE FROM blob WHERE id=?", "i", blob);
    return hr;
}

HRESULT mbx_pack_ref(struct mailbox *mbx, const void *pack, size_t size, int difference)
{
    struct pack_item item;
    HRESULT hr = S_OK;
    for (ULONG i = 0; SUCCEEDED(hr) && pack_at(pack, size, i, &item); i++)
        if (item.lazy)
            hr = mbx_blob_ref(mbx, item.blob, difference);
    return hr;
}

HRESULT mailbox_blob_read(struct mailbox *mbx, int64_t blob, uint64_t offset, void *to, size_t n, size_t *got)
{
    sqlite3_blob *handle = NULL;
    *got = 0;
    db_lock(mbx->db);
    int rc = sqlite3_blob_open(db_handle(mbx->db), "main", "blob", "data", blob, 0, &handle);
    if (rc == SQLITE_OK) {
        uint64_t size = (uint64_t)sqlite3_blob_bytes(handle);
        if (offset < size) {
            if (n > size - offset)
                n = (size_t)(size - offset);
            if (n > 0)
                rc = sqlite3_blob_read(handle, to, (int)n, (int)offset);
            if (rc == SQLITE_OK)
                *got = n;
        }
    }
    sqlite3_blob_close(handle);
    db_unlock(mbx->db);
    /* SQLITE_ERROR here: no such row. */
    return rc == SQLITE_ERROR ? MAPI_E_OBJECT_DELETED : db_error(rc);
}

/* ---- values -------------------------------------------------------------------------------------------------------------- */

/* Writes a value as a blob: bytes and texts as they lie in memory, others as in a pack. */
static HRESULT write_value(struct mailbox *mbx, const SPropValue *value, int64_t *blob, uint64_t *size)
{
    struct bytebuf bytes = {0};
    const void *data = value->Value.bin.lpb;
    HRESULT hr = S_OK;
    *size = value->Value.bin.cb;
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE) {
        data = value->Value.lpszW;
        *size = text_length(value->Value.lpszW) * sizeof(WCHAR);
    } else if (PROP_TYPE(value->ulPropTag) != PT_BINARY) {
        hr = pack_value_write(value, &bytes);
        data = bytes.data;
        *size = bytes.size;
    }
    if (SUCCEEDED(hr))
        hr = mbx_blob_write(mbx, data, (size_t)*size, blob);
    bytebuf_free(&bytes);
    return hr;
}

HRESULT mbx_pack_value(struct mailbox *mbx, const struct pack_item *item, SPropValue *out, void **block)
{
    *block = NULL;
    if (!item->lazy)
        return pack_value_read(item->tag, item->data, item->size, out, block);
    size_t size = (size_t)item->blob_size, got;
    if (item->blob_size > MAXLONG)
        return MAPI_E_TOO_BIG;
    char *bytes = malloc(size + sizeof(WCHAR));
    if (bytes == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = mailbox_blob_read(mbx, item->blob, 0, bytes, size, &got);
    if (SUCCEEDED(hr) && got != size)
        hr = MAPI_E_CORRUPT_DATA;
    if (FAILED(hr)) {
        free(bytes);
        return hr;
    }
    memset(out, 0, sizeof *out);
    out->ulPropTag = item->tag;
    if (PROP_TYPE(item->tag) == PT_UNICODE) {
        memset(bytes + size, 0, sizeof(WCHAR));
        out->Value.lpszW = (WCHAR *)bytes;
        *block = bytes;
    } else if (PROP_TYPE(item->tag) == PT_BINARY) {
        out->Value.bin.cb = (ULONG)size;
        out->Value.bin.lpb = (BYTE *)bytes;
        *block = bytes;
    } else {
        hr = pack_value_read(item->tag, (const uint8_t *)bytes, size, out, block);
        free(bytes);
    }
    return hr;
}

/* ---- merging ---------------------------------------------------------------------------------------------------------- */

/* What a new pack is made of. */
struct merge {
    struct pack_source *items;
    SPropValue *values; /* of old inline properties, one per item */
    void **blocks;
    ULONG count;
};

static HRESULT merge_create(struct merge *m, ULONG capacity)
{
    memset(m, 0, sizeof *m);
    m->items = calloc(capacity + 1, sizeof *m->items);
    m->values = calloc(capacity + 1, sizeof *m->values);
    m->blocks = calloc(capacity + 1, sizeof *m->blocks);
    return m->items == NULL || m->values == NULL || m->blocks == NULL ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

static void merge_free(struct merge *m)
{
    for (ULONG i = 0; m->blocks != NULL && i < m->count; i++)
        free(m->blocks[i]);
    free(m->items);
    free(m->values);
    free(m->blocks);
}

static HRESULT take_old(struct merge *m, const struct pack_item *item)
{
    struct pack_source *to = &m->items[m->count];
    HRESULT hr = S_OK;
    *to = (struct pack_source){.tag = item->tag, .blob = item->blob, .blob_size = item->blob_size};
    if (!item->lazy) {
        hr = pack_value_read(item->tag, item->data, item->size, &m->values[m->count], &m->blocks[m->count]);
        to->value = &m->values[m->count];
    }
    m->count++;
    return hr;
}

/* Takes an entry of a bag. A lazy one of another object shares its blob. */
static HRESULT take_entry(struct mailbox *mbx, struct merge *m, const struct propbag_entry *e)
{
    struct pack_source *to = &m->items[m->count++];
    *to = (struct pack_source){.tag = e->value.ulPropTag, .blob = e->blob, .blob_size = e->size};
    if (e->lazy)
        return mbx_blob_ref(mbx, e->blob, 1);
    to->value = &e->value;
    if (e->size <= PACK_INLINE_MAX)
        return S_OK;
    to->value = NULL;
    return write_value(mbx, &e->value, &to->blob, &to->blob_size);
}

static bool is_deleted(const struct propbag *bag, ULONG prop_id)
{
    const ULONG *ids;
    ULONG count = propbag_deleted(bag, &ids);
    for (ULONG i = 0; i < count; i++)
        if (ids[i] == prop_id)
            return true;
    return false;
}

/* An old property that the bag replaces or deletes. */
static HRESULT release_old(struct mailbox *mbx, const struct pack_item *item)
{
    return item->lazy ? mbx_blob_ref(mbx, item->blob, -1) : S_OK;
}

HRESULT mbx_pack_merge(struct mailbox *mbx, const void *old, size_t old_size, const struct propbag *bag,
                       struct bytebuf *out)
{
    struct merge m;
    struct pack_item item;
    ULONG i = 0, j = 0;
    bool have = pack_at(old, old_size, 0, &item);
    HRESULT hr = merge_create(&m, propbag_count(bag) + pack_count(old, old_size));
    /* Both are sorted by id: one pass. */
    while (SUCCEEDED(hr)) {
        const struct propbag_entry *e = propbag_at(bag, j);
        if (e == NULL && !have)
            break;
        ULONG old_id = have ? PROP_ID(item.tag) : 0x10000;
        ULONG new_id = e != NULL ? PROP_ID(e->value.ulPropTag) : 0x10000;
        if (e != NULL && old != NULL && !e->dirty) {
            /* Loaded and not changed: the database's value stands, whatever it is by now. */
            j++;
            continue;
        }
        if (new_id <= old_id) {
            hr = take_entry(mbx, &m, e);
            j++;
        }
        if (old_id <= new_id) {
            if (old_id == new_id || is_deleted(bag, old_id))
                hr = SUCCEEDED(hr) ? release_old(mbx, &item) : hr;
            else
                hr = take_old(&m, &item);
            have = pack_at(old, old_size, ++i, &item);
        }
    }
    if (SUCCEEDED(hr))
        hr = pack_write(m.items, m.count, out);
    merge_free(&m);
    return hr;
}

/* A named property has another id in another mailbox. One whose name is lost keeps its id. */
static HRESULT translate_name(struct mailbox *from, struct mailbox *to, struct pack_source *item)
{
    MAPINAMEID *name = NULL;
    ULONG id = 0;
    HRESULT hr = mailbox_named_name(from, PROP_ID(item->tag), &name);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK;
    if (SUCCEEDED(hr))
        hr = mailbox_named_id(to, name, true, &id);
    if (SUCCEEDED(hr))
        item->tag = PROP_TAG(PROP_TYPE(item->tag), id);
    MAPIFreeBuffer(name);
    return hr;
}

static int compare_ids(const void *a, const void *b)
{
    const struct pack_source *first = a, *second = b;
    return (PROP_ID(first->tag) > PROP_ID(second->tag)) - (PROP_ID(first->tag) < PROP_ID(second->tag));
}

HRESULT mbx_pack_copy(struct mailbox *from, const void *pack, size_t size, struct mailbox *to, struct bytebuf *out)
{
    struct merge m;
    struct pack_item item;
    HRESULT hr = merge_create(&m, pack_count(pack, size));
    for (ULONG i = 0; SUCCEEDED(hr) && pack_at(pack, size, i, &item); i++) {
        hr = take_old(&m, &item);
        if (SUCCEEDED(hr) && PROP_ID(item.tag) >= 0x8000)
            hr = translate_name(from, to, &m.items[m.count - 1]);
        if (FAILED(hr) || !item.lazy)
            continue;
        char *bytes = malloc((size_t)item.blob_size + 1);
        size_t got;
        if (bytes == NULL) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        hr = mailbox_blob_read(from, item.blob, 0, bytes, (size_t)item.blob_size, &got);
        if (SUCCEEDED(hr))
            hr = mbx_blob_write(to, bytes, got, &m.items[m.count - 1].blob);
        free(bytes);
    }
    qsort(m.items, m.count, sizeof *m.items, compare_ids);
    if (SUCCEEDED(hr))
        hr = pack_write(m.items, m.count, out);
    merge_free(&m);
    return hr;
}
