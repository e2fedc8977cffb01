/*
 * pack.h: a set of properties as one BLOB, the form in which the databases keep the properties of an object.
 *
 * Layer: portable. Layout, little-endian: a byte with the format's version, a byte 0, the count (16 bits), then per property,
 * sorted by id, tag, offset and size (32 bits each; the top bit of the size marks a value that lies in the blob
 * table: its data are the blob's id and size), then the data. Strings are UTF-8 (text.h), numbers little-endian,
 * multi-values of fixed size follow each other, others are a count, the sizes and the data.
 */
#ifndef STORAGE_PACK_H
#define STORAGE_PACK_H

#include "bytebuf.h"
#include "propbag.h"

/* Larger values than this lie in the blob table (bytes as PR_…_SIZE counts). */
#define PACK_INLINE_MAX 4096

/* One property within a pack; data points into it. */
struct pack_item {
    ULONG tag;
    const uint8_t *data;
    size_t size;
    bool lazy;
    int64_t blob;       /* lazy */
    uint64_t blob_size; /* lazy */
};

/* Whether these bytes are a pack: every offset within it, ids in order. */
bool pack_is_valid(const void *pack, size_t size);
ULONG pack_count(const void *pack, size_t size);
/* The i-th property, or false past the last (or where the pack is damaged). */
bool pack_at(const void *pack, size_t size, ULONG i, struct pack_item *out);
bool pack_find(const void *pack, size_t size, ULONG prop_id, struct pack_item *out);

/* The bytes of one value as a pack keeps them. */
HRESULT pack_value_write(const SPropValue *value, struct bytebuf *out);
/* The value in one malloc block (*block, NULL for plain values); MAPI_E_CORRUPT_DATA. Not for lazy items. */
HRESULT pack_value_read(ULONG tag, const uint8_t *data, size_t size, SPropValue *out, void **block);

/* Writes a bag. Every entry must be inline or lazy (see mbx_blob.h, which turns large values into lazy ones). */
struct pack_source {
    const SPropValue *value; /* NULL: lazy */
    ULONG tag;
    int64_t blob;
    uint64_t blob_size;
};
HRESULT pack_write(const struct pack_source *items, ULONG count /* sorted by id */, struct bytebuf *out);
/* Reads all properties, or those named (types do not count), into a new bag; clean. */
HRESULT pack_read(const void *pack, size_t size, const SPropTagArray *tags, struct propbag **out);

#endif
