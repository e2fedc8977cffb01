/*
 * propbag.c: see propbag.h.
 *
 * Layer: portable. A sorted array of entries; the memory of each value is one malloc block beside it.
 */
#include <stdlib.h>
#include <string.h>
#include "propbag.h"
#include "propvalue.h"

struct slot {
    struct propbag_entry entry; /* first: what find and at hand out */
    void *block;                /* the value's memory */
};

struct propbag {
    struct slot *slots; /* sorted by property id */
    ULONG count, capacity;
    ULONG *deleted; /* property ids */
    ULONG deleted_count, deleted_capacity;
};

HRESULT propbag_create(struct propbag **out)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void propbag_free(struct propbag *bag)
{
    if (bag == NULL)
        return;
    for (ULONG i = 0; i < bag->count; i++)
        free(bag->slots[i].block);
    free(bag->slots);
    free(bag->deleted);
    free(bag);
}

/* The place of an id: where it is, or where it would be put. */
static ULONG position(const struct propbag *bag, ULONG prop_id, bool *found)
{
    ULONG low = 0, high = bag->count;
    while (low < high) {
        ULONG mid = (low + high) / 2;
        if (PROP_ID(bag->slots[mid].entry.value.ulPropTag) < prop_id)
            low = mid + 1;
        else
            high = mid;
    }
    *found = low < bag->count && PROP_ID(bag->slots[low].entry.value.ulPropTag) == prop_id;
    return low;
}

const struct propbag_entry *propbag_find(const struct propbag *bag, ULONG prop_id)
{
    bool found;
    ULONG i = position(bag, prop_id, &found);
    return found ? &bag->slots[i].entry : NULL;
}

const struct propbag_entry *propbag_at(const struct propbag *bag, ULONG i)
{
    return i < bag->count ? &bag->slots[i].entry : NULL;
}

ULONG propbag_count(const struct propbag *bag)
{
    return bag->count;
}

/* Puts a slot in, or replaces the one that is there; takes the slot's block over when it succeeds. */
static HRESULT put(struct propbag *bag, const struct slot *slot)
{
    bool found;
    ULONG id = PROP_ID(slot->entry.value.ulPropTag), i = position(bag, id, &found);
    if (!found) {
        if (bag->count == bag->capacity) {
            ULONG capacity = bag->capacity == 0 ? 16 : bag->capacity * 2;
            struct slot *grown = realloc(bag->slots, capacity * sizeof *grown);
            if (grown == NULL)
                return MAPI_E_NOT_ENOUGH_MEMORY;
            bag->slots = grown;
            bag->capacity = capacity;
        }
        memmove(bag->slots + i + 1, bag->slots + i, (bag->count - i) * sizeof *bag->slots);
        bag->count++;
    } else {
        free(bag->slots[i].block);
    }
    bag->slots[i] = *slot;
    for (ULONG d = 0; d < bag->deleted_count; d++) {
        if (bag->deleted[d] == id) {
            bag->deleted[d] = bag->deleted[--bag->deleted_count];
            break;
        }
    }
    return S_OK;
}

HRESULT propbag_set(struct propbag *bag, const SPropValue *value)
{
    struct slot slot = {.entry = {.dirty = true}};
    if (!propvalue_is_valid(value))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = propvalue_copy(&slot.entry.value, value, &slot.block);
    if (FAILED(hr))
        return hr;
    slot.entry.size = propvalue_size(&slot.entry.value);
    if (PROP_TYPE(slot.entry.value.ulPropTag) == PT_UNICODE)
        slot.entry.size -= sizeof(WCHAR);
    if (FAILED(hr = put(bag, &slot)))
        free(slot.block);
    return hr;
}

HRESULT propbag_set_lazy(struct propbag *bag, ULONG tag, int64_t blob, uint64_t size)
{
    struct slot slot = {.entry = {.lazy = true, .dirty = true, .blob = blob, .size = size}};
    slot.entry.value.ulPropTag = tag;
    return put(bag, &slot);
}

HRESULT propbag_delete(struct propbag *bag, ULONG prop_id)
{
    bool found;
    ULONG i = position(bag, prop_id, &found);
    if (!found)
        return MAPI_E_NOT_FOUND;
    if (bag->deleted_count == bag->deleted_capacity) {
        ULONG capacity = bag->deleted_capacity == 0 ? 8 : bag->deleted_capacity * 2;
        ULONG *grown = realloc(bag->deleted, capacity * sizeof *grown);
        if (grown == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        bag->deleted = grown;
        bag->deleted_capacity = capacity;
    }
    bag->deleted[bag->deleted_count++] = prop_id;
    free(bag->slots[i].block);
    bag->count--;
    memmove(bag->slots + i, bag->slots + i + 1, (bag->count - i) * sizeof *bag->slots);
    return S_OK;
}

ULONG propbag_deleted(const struct propbag *bag, const ULONG **prop_ids)
{
    *prop_ids = bag->deleted;
    return bag->deleted_count;
}

void propbag_mark_clean(struct propbag *bag)
{
    for (ULONG i = 0; i < bag->count; i++)
        bag->slots[i].entry.dirty = false;
    bag->deleted_count = 0;
}

bool propbag_is_dirty(const struct propbag *bag)
{
    if (bag->deleted_count > 0)
        return true;
    for (ULONG i = 0; i < bag->count; i++)
        if (bag->slots[i].entry.dirty)
            return true;
    return false;
}

HRESULT propbag_clone(const struct propbag *bag, struct propbag **out)
{
    struct propbag *copy;
    HRESULT hr = propbag_create(&copy);
    *out = NULL;
    for (ULONG i = 0; SUCCEEDED(hr) && i < bag->count; i++) {
        const struct propbag_entry *e = &bag->slots[i].entry;
        hr = e->lazy ? propbag_set_lazy(copy, e->value.ulPropTag, e->blob, e->size) : propbag_set(copy, &e->value);
        if (SUCCEEDED(hr))
            copy->slots[i].entry.dirty = e->dirty;
    }
    if (SUCCEEDED(hr) && bag->deleted_count > 0) {
        copy->deleted = malloc(bag->deleted_count * sizeof *copy->deleted);
        if (copy->deleted == NULL) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        } else {
            memcpy(copy->deleted, bag->deleted, bag->deleted_count * sizeof *copy->deleted);
            copy->deleted_count = copy->deleted_capacity = bag->deleted_count;
        }
    }
    if (FAILED(hr))
        propbag_free(copy);
    else
        *out = copy;
    return hr;
}

/* ---- shorthands ------------------------------------------------------------------------------------------------------- */

/* The loaded value with exactly this tag, or NULL. */
static const SPropValue *exact(const struct propbag *bag, ULONG tag)
{
    const struct propbag_entry *e = propbag_find(bag, PROP_ID(tag));
    return e != NULL && !e->lazy && e->value.ulPropTag == tag ? &e->value : NULL;
}

LONG propbag_long(const struct propbag *bag, ULONG tag, LONG fallback)
{
    const SPropValue *value = exact(bag, CHANGE_PROP_TYPE(tag, PT_LONG));
    return value == NULL ? fallback : value->Value.l;
}

bool propbag_bool(const struct propbag *bag, ULONG tag, bool fallback)
{
    const SPropValue *value = exact(bag, CHANGE_PROP_TYPE(tag, PT_BOOLEAN));
    return value == NULL ? fallback : value->Value.b != 0;
}

const WCHAR *propbag_string(const struct propbag *bag, ULONG tag)
{
    const SPropValue *value = exact(bag, CHANGE_PROP_TYPE(tag, PT_UNICODE));
    return value == NULL ? NULL : value->Value.lpszW;
}

HRESULT propbag_set_long(struct propbag *bag, ULONG tag, LONG value)
{
    SPropValue prop = {.ulPropTag = CHANGE_PROP_TYPE(tag, PT_LONG), .Value.l = value};
    return propbag_set(bag, &prop);
}

HRESULT propbag_set_string(struct propbag *bag, ULONG tag, const WCHAR *value)
{
    SPropValue prop = {.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE), .Value.lpszW = (WCHAR *)value};
    return propbag_set(bag, &prop);
}
