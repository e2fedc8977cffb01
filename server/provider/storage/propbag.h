/*
 * propbag.h: a set of MAPI properties in memory, sorted by property id, owning its values.
 *
 * Layer: portable (C11 and MAPI types only). Used by storage to give and take properties and by the objects to
 * hold changes that are not saved yet. Values are copied in; strings are kept as PT_UNICODE whatever was given.
 * Not thread-safe: the owner locks.
 */
#ifndef PROPBAG_H
#define PROPBAG_H

#include <stdbool.h>
#include "mapi_abi.h"

/* A value that is too large to be loaded with its object stays in the database until it is read as a stream. */
struct propbag_entry {
    SPropValue value;  /* ulPropTag is always set; .Value is valid unless .lazy */
    bool lazy;         /* the value lies in the database: read it with mailbox_blob_read */
    int64_t blob;      /* lazy: the blob's id */
    uint64_t size;     /* bytes of the value (of UTF-16 text for strings, without the terminator) */
    bool dirty;        /* set since the bag was loaded or marked clean */
};

struct propbag;

/* All return S_OK or MAPI_E_NOT_ENOUGH_MEMORY unless said otherwise; a failed call changes nothing. */
HRESULT propbag_create(struct propbag **out);
void propbag_free(struct propbag *bag); /* NULL is allowed */
HRESULT propbag_clone(const struct propbag *bag, struct propbag **out);

/* The entry with this property id whatever its type, or NULL. The pointer is valid until the next change. */
const struct propbag_entry *propbag_find(const struct propbag *bag, ULONG prop_id);
/* The i-th entry in order of property id; NULL when i >= propbag_count. */
const struct propbag_entry *propbag_at(const struct propbag *bag, ULONG i);
ULONG propbag_count(const struct propbag *bag);

/* Copies one value in, replacing one with the same id (also of another type). PT_STRING8 becomes PT_UNICODE (code
 * page CP_ACP), PT_MV_STRING8 likewise. PT_NULL, PT_ERROR, PT_OBJECT and PT_UNSPECIFIED: MAPI_E_INVALID_PARAMETER. */
HRESULT propbag_set(struct propbag *bag, const SPropValue *value);
/* Adds a lazy entry: used by storage when it loads. */
HRESULT propbag_set_lazy(struct propbag *bag, ULONG tag, int64_t blob, uint64_t size);
/* Takes a property away; MAPI_E_NOT_FOUND when there is none. The deletion is remembered until mark_clean. */
HRESULT propbag_delete(struct propbag *bag, ULONG prop_id);
/* Property ids deleted since load or mark_clean. */
ULONG propbag_deleted(const struct propbag *bag, const ULONG **prop_ids);
void propbag_mark_clean(struct propbag *bag);
bool propbag_is_dirty(const struct propbag *bag);

/* Shorthands for a value of this id and type; the default when absent or of another type. */
LONG propbag_long(const struct propbag *bag, ULONG tag, LONG fallback);
bool propbag_bool(const struct propbag *bag, ULONG tag, bool fallback);
const WCHAR *propbag_string(const struct propbag *bag, ULONG tag); /* NULL when absent; owned by the bag */
HRESULT propbag_set_long(struct propbag *bag, ULONG tag, LONG value);
HRESULT propbag_set_string(struct propbag *bag, ULONG tag, const WCHAR *value);

/* Copies one value, with everything it points to, into memory linked to `base` by the MAPI allocator (for SPropValue
 * arrays that go out). */
HRESULT propvalue_copy_more(SPropValue *to, const SPropValue *from, void *base);

#endif
