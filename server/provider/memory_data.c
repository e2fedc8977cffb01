/*
 * memory_data.c: rows in memory that tables show: see table.h and memory_rows.h.
 *
 * Layer: provider.
 */
#include <stdlib.h>
#include <string.h>
#include "memory_rows.h"

#define ALL_ROWS ((ULONG)-1)

HRESULT memory_data_create(ULONG index_tag, struct memory_data **out)
{
    struct memory_data *data = calloc(1, sizeof *data);
    *out = data;
    if (data == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    data->refs = 1;
    data->index_tag = index_tag;
    data->version = 1;
    InitializeCriticalSection(&data->lock);
    return S_OK;
}

HRESULT memory_data_borrow(const SRow *rows, ULONG count, void (*release)(void *context), void *context,
                           struct memory_data **out)
{
    struct memory_data *data;
    HRESULT hr = memory_data_create(PR_INSTANCE_KEY, &data);
    *out = NULL;
    if (hr != S_OK)
        return hr;
    if ((data->rows = calloc((size_t)count + 1, sizeof *data->rows)) == NULL) {
        memory_data_release(data);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    data->borrowed = true;
    for (; data->count < count; data->count++) {
        data->rows[data->count].id = ++data->next_id;
        data->rows[data->count].count = rows[data->count].cValues;
        data->rows[data->count].values = rows[data->count].lpProps;
    }
    data->release = release;
    data->context = context;
    *out = data;
    return S_OK;
}

void memory_data_addref(struct memory_data *data)
{
    InterlockedIncrement(&data->refs);
}

void memory_data_release(struct memory_data *data)
{
    if (data == NULL || InterlockedDecrement(&data->refs) != 0)
        return;
    if (!data->borrowed) {
        for (ULONG i = 0; i < data->count; i++)
            MAPIFreeBuffer(data->rows[i].values);
    }
    if (data->release != NULL)
        data->release(data->context);
    free(data->rows);
    DeleteCriticalSection(&data->lock);
    free(data);
}

ULONG memory_data_count(struct memory_data *data)
{
    EnterCriticalSection(&data->lock);
    ULONG count = data->count;
    LeaveCriticalSection(&data->lock);
    return count;
}

const SPropValue *memory_row_value(const struct memory_row *row, ULONG tag)
{
    ULONG type = PROP_TYPE(tag) & ~(ULONG)MV_INSTANCE;
    for (ULONG i = 0; i < row->count; i++) {
        const SPropValue *value = &row->values[i];
        if (PROP_ID(value->ulPropTag) != PROP_ID(tag))
            continue;
        ULONG have = PROP_TYPE(value->ulPropTag);
        if (have == PT_ERROR)
            return NULL;
        if (type == PT_UNSPECIFIED || have == type || (have | 1) == (type | 1)) /* 30/31, 0x101e/0x101f */
            return value;
        return NULL;
    }
    return NULL;
}

bool memory_data_find(struct memory_data *data, const SPropValue *index, ULONG *place)
{
    bool found = false;
    EnterCriticalSection(&data->lock);
    for (ULONG i = 0; i < data->count && !found; i++) {
        const SPropValue *value = memory_row_value(&data->rows[i], index->ulPropTag);
        if (value != NULL && propvalue_compare(value, index) == 0) {
            *place = i;
            found = true;
        }
    }
    LeaveCriticalSection(&data->lock);
    return found;
}

/* ---- notification ---- */

/* A notification that waits for the lock to be released, in one MAPI buffer. */
struct pending {
    struct pending *next;
    IMAPITable *table; /* referenced */
    TABLE_NOTIFICATION event;
};

/* A copy of the row's index value, in memory of `base`. */
static void index_value(const struct memory_data *data, const struct memory_row *row, void *base,
                        SPropValue *out)
{
    const SPropValue *value =
        row != NULL && data->index_tag != 0 ? memory_row_value(row, data->index_tag) : NULL;
    if (value == NULL ||
        PropCopyMore(out, (SPropValue *)value, (ALLOCATEMORE *)MAPIAllocateMore, base) != S_OK)
        out->ulPropTag = PR_NULL;
}

static void pending_add(struct pending **list, struct memory_source *source, ULONG event,
                        const struct memory_row *row, const struct memory_row *prior)
{
    struct pending *item;
    if (MAPIAllocateBuffer(sizeof *item, (void **)&item) != S_OK)
        return;
    if (!object_try_addref((struct object *)source->watcher)) {
        MAPIFreeBuffer(item);
        return;
    }
    memset(item, 0, sizeof *item);
    item->table = source->watcher;
    item->event.ulTableEvent = event;
    item->event.hResult = S_OK;
    index_value(source->data, row, item, &item->event.propIndex);
    index_value(source->data, prior, item, &item->event.propPrior);
    if (row != NULL && event != TABLE_ROW_DELETED)
        memory_source_row(source, row, &item->event.row);
    while (*list != NULL)
        list = &(*list)->next;
    *list = item;
}

/* table_notify copies what it is given. */
static void pending_send(struct pending *list)
{
    while (list != NULL) {
        struct pending *next = list->next;
        table_notify(list->table, &list->event);
        MAPIFreeBuffer(list->event.row.lpProps);
        object_Release(list->table);
        MAPIFreeBuffer(list);
        list = next;
    }
}

/* After a change of one row: what each table that shows it has to say. was: the source's position of it
 * before. */
static void note_change(struct memory_data *data, struct memory_source *source, LONG was, ULONG place,
                        struct pending **list)
{
    if (source->watcher == NULL || memory_source_refresh(source) != S_OK)
        return;
    LONG now = memory_source_position(source, place);
    if (now < 0 && was < 0)
        return;
    const struct memory_row *row = &data->rows[place];
    const struct memory_row *prior = now > 0 ? &data->rows[source->visible[now - 1]] : NULL;
    pending_add(list, source,
                now < 0   ? TABLE_ROW_DELETED
                : was < 0 ? TABLE_ROW_ADDED
                          : TABLE_ROW_MODIFIED,
                row, prior);
}

/* ---- changes ---- */

static HRESULT copy_values(ULONG count, const SPropValue *values, SPropValue **out)
{
    SPropValue *copy = NULL;
    HRESULT hr = MAPIAllocateBuffer((count > 0 ? count : 1) * sizeof *copy, (void **)&copy);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = PropCopyMore(&copy[i], (SPropValue *)&values[i], (ALLOCATEMORE *)MAPIAllocateMore, copy);
    if (hr != S_OK) {
        MAPIFreeBuffer(copy);
        copy = NULL;
    }
    *out = copy;
    return hr;
}

HRESULT memory_data_insert(struct memory_data *data, ULONG place, ULONG count, const SPropValue *values,
                           bool notify)
{
    SPropValue *copy;
    struct pending *list = NULL;
    HRESULT hr = copy_values(count, values, &copy);
    if (hr != S_OK)
        return hr;
    EnterCriticalSection(&data->lock);
    if (data->count == data->room) {
        ULONG room = data->room > 0 ? 2 * data->room : 8;
        struct memory_row *rows = realloc(data->rows, room * sizeof *rows);
        if (rows == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else {
            data->rows = rows;
            data->room = room;
        }
    }
    if (hr == S_OK) {
        if (place > data->count)
            place = data->count;
        memmove(&data->rows[place + 1], &data->rows[place], (data->count - place) * sizeof *data->rows);
        data->rows[place] = (struct memory_row){.id = ++data->next_id, .count = count, .values = copy};
        copy = NULL;
        data->count++;
        data->version++;
        for (struct memory_source *source = data->sources; source != NULL && notify; source = source->next)
            note_change(data, source, -1, place, &list);
    }
    LeaveCriticalSection(&data->lock);
    MAPIFreeBuffer(copy);
    pending_send(list);
    return hr;
}

HRESULT memory_data_replace(struct memory_data *data, ULONG place, ULONG count, const SPropValue *values,
                            bool notify)
{
    SPropValue *copy, *old = NULL;
    struct pending *list = NULL;
    struct memory_source *source;
    LONG was[32];
    ULONG i = 0;
    HRESULT hr = copy_values(count, values, &copy);
    if (hr != S_OK)
        return hr;
    EnterCriticalSection(&data->lock);
    if (place < data->count) {
        for (source = data->sources; source != NULL && i < 32; source = source->next, i++)
            was[i] = source->watcher != NULL && memory_source_refresh(source) == S_OK
                         ? memory_source_position(source, place)
                         : -1;
        old = data->rows[place].values;
        data->rows[place].values = copy;
        data->rows[place].count = count;
        data->version++;
        for (source = data->sources, i = 0; source != NULL && notify; source = source->next, i++)
            note_change(data, source, i < 32 ? was[i] : 0, place, &list);
    } else {
        old = copy;
        hr = MAPI_E_NOT_FOUND;
    }
    LeaveCriticalSection(&data->lock);
    MAPIFreeBuffer(old);
    pending_send(list);
    return hr;
}

void memory_data_remove(struct memory_data *data, ULONG place, bool notify)
{
    struct pending *list = NULL;
    SPropValue *old = NULL;
    EnterCriticalSection(&data->lock);
    if (place < data->count) {
        old = data->rows[place].values;
        for (struct memory_source *source = data->sources; source != NULL && notify; source = source->next) {
            if (source->watcher != NULL && memory_source_refresh(source) == S_OK &&
                memory_source_position(source, place) >= 0)
                pending_add(&list, source, TABLE_ROW_DELETED, &data->rows[place], NULL);
        }
        data->count--;
        memmove(&data->rows[place], &data->rows[place + 1], (data->count - place) * sizeof *data->rows);
        data->version++;
    }
    LeaveCriticalSection(&data->lock);
    MAPIFreeBuffer(old);
    pending_send(list);
}

void memory_data_touch(struct memory_data *data, ULONG place)
{
    struct pending *list = NULL;
    EnterCriticalSection(&data->lock);
    for (struct memory_source *source = data->sources; source != NULL; source = source->next) {
        if (source->watcher == NULL)
            continue;
        if (place == ALL_ROWS)
            pending_add(&list, source, TABLE_CHANGED, NULL, NULL);
        else if (place < data->count)
            note_change(data, source, 0, place, &list);
    }
    LeaveCriticalSection(&data->lock);
    pending_send(list);
}

HRESULT memory_data_row(struct memory_data *data, ULONG place, ULONG *count, SPropValue **out)
{
    HRESULT hr = MAPI_E_NOT_FOUND;
    *count = 0;
    *out = NULL;
    EnterCriticalSection(&data->lock);
    if (place < data->count) {
        hr = copy_values(data->rows[place].count, data->rows[place].values, out);
        if (hr == S_OK)
            *count = data->rows[place].count;
    }
    LeaveCriticalSection(&data->lock);
    return hr;
}
