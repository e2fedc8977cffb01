/*
 * memory_rows.c: a table source over rows in memory. See table.h and memory_rows.h.
 *
 * Layer: provider. Sorting and restricting keep a list of the rows' places, made anew when the rows have
 * changed. Limits: no categories (MAPI_E_TOO_COMPLEX), no multi-value instances in columns.
 */
#include <stdlib.h>
#include <string.h>
#include "memory_rows.h"

/* At a row by its id, so that it stays there when others come and go; id 0: past the last row. */
struct table_pos {
    uint64_t id;
    ULONG hint; /* where it was in `visible` */
};

static struct memory_source *source_from(struct table_source *source)
{
    return (struct memory_source *)source;
}

static void lock(struct memory_source *source)
{
    EnterCriticalSection(&source->data->lock);
}

static void unlock(struct memory_source *source)
{
    LeaveCriticalSection(&source->data->lock);
}

/* ---- which rows, in which order ---- */

struct sort_context {
    const struct memory_row *rows;
    const SSortOrderSet *order;
};

static int compare_rows(const struct sort_context *context, ULONG a, ULONG b)
{
    for (ULONG i = 0; i < context->order->cSorts; i++) {
        const SSortOrder *key = &context->order->aSort[i];
        int order = propvalue_compare(memory_row_value(&context->rows[a], key->ulPropTag),
                                      memory_row_value(&context->rows[b], key->ulPropTag));
        if (order != 0)
            return key->ulOrder == TABLE_SORT_DESCEND ? -order : order;
    }
    return a < b ? -1 : a > b;
}

/* Merge sort: the C library's qsort takes no context. */
static void sort_places(const struct sort_context *context, ULONG *places, ULONG *room, ULONG count)
{
    if (count < 2)
        return;
    ULONG half = count / 2, i = 0, j = half, n = 0;
    sort_places(context, places, room, half);
    sort_places(context, places + half, room, count - half);
    while (i < half && j < count)
        room[n++] = compare_rows(context, places[i], places[j]) <= 0 ? places[i++] : places[j++];
    while (i < half)
        room[n++] = places[i++];
    while (j < count)
        room[n++] = places[j++];
    memcpy(places, room, count * sizeof *places);
}

static HRESULT make_visible(struct memory_source *source, const SRestriction *restriction,
                            const SSortOrderSet *order, ULONG **out, ULONG *out_count)
{
    const struct memory_data *data = source->data;
    HRESULT hr = S_OK;
    ULONG count = 0, *room = NULL, *visible = malloc(((size_t)data->count + 1) * sizeof *visible);
    if (visible == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < data->count && hr == S_OK; i++) {
        bool match = true;
        if (restriction != NULL)
            hr = restriction_matches(restriction, data->rows[i].count, data->rows[i].values, &match);
        if (hr == S_OK && match)
            visible[count++] = i;
    }
    if (hr == S_OK && order != NULL && count > 1) {
        struct sort_context context = {data->rows, order};
        if ((room = malloc(count * sizeof *room)) == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            sort_places(&context, visible, room, count);
        free(room);
    }
    if (hr != S_OK) {
        free(visible);
        return hr;
    }
    *out = visible;
    *out_count = count;
    return S_OK;
}

HRESULT memory_source_refresh(struct memory_source *source)
{
    ULONG *visible, count;
    if (source->seen == source->data->version)
        return S_OK;
    HRESULT hr = make_visible(source, source->restriction, source->order, &visible, &count);
    if (hr != S_OK)
        return hr;
    free(source->visible);
    source->visible = visible;
    source->visible_count = count;
    source->seen = source->data->version;
    return S_OK;
}

LONG memory_source_position(const struct memory_source *source, ULONG place)
{
    for (ULONG i = 0; i < source->visible_count; i++) {
        if (source->visible[i] == place)
            return (LONG)i;
    }
    return -1;
}

/* The position's index in `visible`; a row that has gone: the one that took its place. */
static ULONG pos_index(const struct memory_source *source, const struct table_pos *pos)
{
    if (pos->id == 0)
        return source->visible_count;
    if (pos->hint < source->visible_count && source->data->rows[source->visible[pos->hint]].id == pos->id)
        return pos->hint;
    for (ULONG i = 0; i < source->visible_count; i++) {
        if (source->data->rows[source->visible[i]].id == pos->id)
            return i;
    }
    return pos->hint < source->visible_count ? pos->hint : source->visible_count;
}

static void pos_set(const struct memory_source *source, struct table_pos *pos, ULONG index)
{
    pos->hint = index;
    pos->id = index < source->visible_count ? source->data->rows[source->visible[index]].id : 0;
}

/* ---- the source's operations ---- */

static void source_destroy(struct table_source *self)
{
    struct memory_source *source = source_from(self), **link;
    lock(source);
    for (link = &source->data->sources; *link != NULL && *link != source; link = &(*link)->next)
        ;
    if (*link != NULL)
        *link = source->next;
    unlock(source);
    if (source->gone != NULL)
        source->gone(source->gone_context);
    memory_data_release(source->data);
    MAPIFreeBuffer(source->columns);
    MAPIFreeBuffer(source->order);
    MAPIFreeBuffer(source->restriction);
    free(source->visible);
    free(source);
}

static HRESULT source_set_columns(struct table_source *self, const SPropTagArray *tags)
{
    struct memory_source *source = source_from(self);
    SPropTagArray *copy;
    if (MAPIAllocateBuffer(CbNewSPropTagArray(tags->cValues + 1), (void **)&copy) != S_OK)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(copy, tags, CbNewSPropTagArray(tags->cValues));
    lock(source);
    MAPIFreeBuffer(source->columns);
    source->columns = copy;
    unlock(source);
    return S_OK;
}

static HRESULT source_all_columns(struct table_source *self, SPropTagArray **out)
{
    struct memory_source *source = source_from(self);
    const struct memory_data *data = source->data;
    HRESULT hr = S_OK;
    ULONG room = 0;
    SPropTagArray *tags = NULL;
    lock(source);
    for (ULONG i = 0; i < data->count; i++)
        room += i < 1000 ? data->rows[i].count : 0;
    if (source->columns != NULL)
        room += source->columns->cValues;
    hr = MAPIAllocateBuffer(CbNewSPropTagArray(room + 1), (void **)&tags);
    if (hr == S_OK) {
        tags->cValues = 0;
        if (source->columns != NULL)
            memcpy(tags, source->columns, CbSPropTagArray(source->columns));
        for (ULONG i = 0; i < data->count && i < 1000; i++) {
            for (ULONG j = 0; j < data->rows[i].count; j++) {
                ULONG k = 0, tag = data->rows[i].values[j].ulPropTag;
                while (k < tags->cValues && PROP_ID(tags->aulPropTag[k]) != PROP_ID(tag))
                    k++;
                if (k == tags->cValues && PROP_TYPE(tag) != PT_ERROR)
                    tags->aulPropTag[tags->cValues++] = tag;
            }
        }
    }
    unlock(source);
    *out = tags;
    return hr;
}

/* Puts a new order and restriction in place; both are MAPI buffers, freed here on failure. */
static HRESULT source_change(struct memory_source *source, SSortOrderSet *order, SRestriction *restriction)
{
    ULONG *visible, count;
    HRESULT hr = make_visible(source, restriction, order, &visible, &count);
    if (hr != S_OK) {
        if (order != source->order)
            MAPIFreeBuffer(order);
        if (restriction != source->restriction)
            MAPIFreeBuffer(restriction);
        return hr;
    }
    if (order != source->order)
        MAPIFreeBuffer(source->order);
    if (restriction != source->restriction)
        MAPIFreeBuffer(source->restriction);
    free(source->visible);
    source->order = order;
    source->restriction = restriction;
    source->visible = visible;
    source->visible_count = count;
    source->seen = source->data->version;
    return S_OK;
}

static HRESULT source_sort(struct table_source *self, const SSortOrderSet *order)
{
    struct memory_source *source = source_from(self);
    SSortOrderSet *copy = NULL;
    HRESULT hr = S_OK;
    if (order != NULL && order->cCategories > 0)
        return MAPI_E_TOO_COMPLEX;
    if (order != NULL && (hr = MAPIAllocateBuffer(CbSSortOrderSet(order), (void **)&copy)) == S_OK)
        memcpy(copy, order, CbSSortOrderSet(order));
    lock(source);
    if (hr == S_OK)
        hr = source_change(source, copy, source->restriction);
    unlock(source);
    return hr;
}

static HRESULT source_restrict(struct table_source *self, const SRestriction *restriction)
{
    struct memory_source *source = source_from(self);
    SRestriction *copy = NULL;
    HRESULT hr = restriction != NULL ? restriction_expand_anr(restriction, &copy) : S_OK;
    lock(source);
    if (hr == S_OK)
        hr = source_change(source, source->order, copy);
    unlock(source);
    return hr;
}

static HRESULT source_count(struct table_source *self, ULONG *rows)
{
    struct memory_source *source = source_from(self);
    lock(source);
    HRESULT hr = memory_source_refresh(source);
    *rows = hr == S_OK ? source->visible_count : 0;
    unlock(source);
    return hr;
}

static HRESULT pos_make(struct memory_source *source, bool end, struct table_pos **out)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    lock(source);
    HRESULT hr = memory_source_refresh(source);
    if (hr == S_OK)
        pos_set(source, *out, end ? source->visible_count : 0);
    unlock(source);
    if (hr != S_OK) {
        free(*out);
        *out = NULL;
    }
    return hr;
}

static HRESULT source_pos_begin(struct table_source *self, struct table_pos **out)
{
    return pos_make(source_from(self), false, out);
}

static HRESULT source_pos_end(struct table_source *self, struct table_pos **out)
{
    return pos_make(source_from(self), true, out);
}

static HRESULT source_pos_copy(struct table_source *self, const struct table_pos *pos, struct table_pos **out)
{
    (void)self;
    *out = malloc(sizeof **out);
    if (*out == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    **out = *pos;
    return S_OK;
}

static void source_pos_free(struct table_source *self, struct table_pos *pos)
{
    (void)self;
    free(pos);
}

static HRESULT source_pos_row(struct table_source *self, const struct table_pos *pos, ULONG *row)
{
    struct memory_source *source = source_from(self);
    lock(source);
    HRESULT hr = memory_source_refresh(source);
    *row = hr == S_OK ? pos_index(source, pos) : 0;
    unlock(source);
    return hr;
}

static HRESULT source_seek(struct table_source *self, struct table_pos *pos, LONG n, LONG *moved)
{
    struct memory_source *source = source_from(self);
    *moved = 0;
    lock(source);
    HRESULT hr = memory_source_refresh(source);
    if (hr == S_OK) {
        int64_t from = pos_index(source, pos), to = from + n;
        to = to < 0 ? 0 : to > source->visible_count ? source->visible_count : to;
        *moved = (LONG)(to - from);
        pos_set(source, pos, (ULONG)to);
    }
    unlock(source);
    return hr;
}

HRESULT memory_source_row(struct memory_source *source, const struct memory_row *row, SRow *out)
{
    ULONG count = source->columns != NULL ? source->columns->cValues : 0;
    HRESULT hr = MAPIAllocateBuffer((count > 0 ? count : 1) * sizeof(SPropValue), (void **)&out->lpProps);
    out->ulAdrEntryPad = 0;
    out->cValues = 0;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        ULONG tag = source->columns->aulPropTag[i];
        SPropValue *to = &out->lpProps[i];
        const SPropValue *value = PROP_TYPE(tag) == PT_NULL ? NULL : memory_row_value(row, tag);
        HRESULT found = value != NULL ? S_OK : MAPI_E_NOT_FOUND;
        if (value != NULL) {
            hr = PropCopyMore(to, (SPropValue *)value, (ALLOCATEMORE *)MAPIAllocateMore, out->lpProps);
            if (hr == S_OK)
                found = prop_convert_type(to, PROP_TYPE(tag), out->lpProps);
            if (found == MAPI_E_NOT_ENOUGH_MEMORY)
                hr = found;
        }
        if (found != S_OK && PROP_TYPE(tag) == PT_NULL)
            to->ulPropTag = tag;
        else if (found != S_OK) {
            to->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
            to->Value.err = MAPI_E_NOT_FOUND;
        }
        to->dwAlignPad = 0;
        out->cValues = i + 1;
    }
    if (hr != S_OK) {
        MAPIFreeBuffer(out->lpProps);
        out->lpProps = NULL;
        out->cValues = 0;
    }
    return hr;
}

static HRESULT source_rows(struct table_source *self, struct table_pos *pos, LONG n, bool advance,
                           SRowSet **out)
{
    struct memory_source *source = source_from(self);
    SRowSet *rows = NULL;
    *out = NULL;
    lock(source);
    HRESULT hr = memory_source_refresh(source);
    if (hr == S_OK) {
        int64_t at = pos_index(source, pos), first = n < 0 ? at + n : at, end = n < 0 ? at : at + n;
        first = first < 0 ? 0 : first;
        end = end > source->visible_count ? source->visible_count : end;
        hr = MAPIAllocateBuffer(CbNewSRowSet((ULONG)(end - first) + 1), (void **)&rows);
        if (hr == S_OK)
            rows->cRows = 0;
        for (int64_t i = first; i < end && hr == S_OK; i++) {
            hr = memory_source_row(source, &source->data->rows[source->visible[i]], &rows->aRow[rows->cRows]);
            if (hr == S_OK)
                rows->cRows++;
        }
        if (hr == S_OK && advance)
            pos_set(source, pos, (ULONG)(n < 0 ? first : end));
    }
    unlock(source);
    if (hr != S_OK) {
        FreeProws(rows);
        rows = NULL;
    }
    *out = rows;
    return hr;
}

static HRESULT source_find(struct table_source *self, struct table_pos *pos, const SRestriction *restriction,
                           bool backward)
{
    struct memory_source *source = source_from(self);
    SRestriction *expanded = NULL;
    bool match = false;
    HRESULT hr = restriction_expand_anr(restriction, &expanded);
    if (hr != S_OK)
        return hr;
    lock(source);
    if ((hr = memory_source_refresh(source)) == S_OK) {
        int64_t i = pos_index(source, pos);
        for (i -= backward; i >= 0 && i < source->visible_count && hr == S_OK; i += backward ? -1 : 1) {
            const struct memory_row *row = &source->data->rows[source->visible[i]];
            hr = restriction_matches(expanded, row->count, row->values, &match);
            if (match)
                break;
        }
        if (hr == S_OK && match)
            pos_set(source, pos, (ULONG)i);
        else if (hr == S_OK)
            hr = MAPI_E_NOT_FOUND;
    }
    unlock(source);
    MAPIFreeBuffer(expanded);
    return hr;
}

static HRESULT source_watch(struct table_source *self, IMAPITable *table, bool on)
{
    struct memory_source *source = source_from(self);
    lock(source);
    source->watcher = on ? table : NULL;
    unlock(source);
    return S_OK;
}

static const struct table_source_ops source_ops = {
    .destroy = source_destroy,
    .set_columns = source_set_columns,
    .all_columns = source_all_columns,
    .sort = source_sort,
    .restrict_rows = source_restrict,
    .count = source_count,
    .pos_begin = source_pos_begin,
    .pos_end = source_pos_end,
    .pos_copy = source_pos_copy,
    .pos_free = source_pos_free,
    .pos_row = source_pos_row,
    .seek = source_seek,
    .rows = source_rows,
    .find = source_find,
    .watch = source_watch,
};

HRESULT memory_data_source(struct memory_data *data, struct table_source **out)
{
    struct memory_source *source = calloc(1, sizeof *source);
    *out = &source->base;
    if (source == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    source->base.ops = &source_ops;
    source->data = data;
    memory_data_addref(data);
    lock(source);
    source->next = data->sources;
    data->sources = source;
    unlock(source);
    return S_OK;
}

HRESULT memory_rows_create(ULONG index_tag, struct table_source **out)
{
    struct memory_data *data;
    *out = NULL;
    HRESULT hr = memory_data_create(index_tag, &data);
    if (hr == S_OK) {
        hr = memory_data_source(data, out);
        memory_data_release(data);
    }
    return hr;
}

HRESULT memory_rows_add(struct table_source *source, ULONG count, const SPropValue *values)
{
    return memory_data_insert(source_from(source)->data, (ULONG)-1, count, values, false);
}
