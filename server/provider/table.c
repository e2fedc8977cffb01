/*
 * table.c: IMAPITable over a source of rows. See table.h.
 *
 * Layer: provider. Every operation is complete when its method returns: the asynchronous flags are accepted and change
 * nothing but the TABLE_…_DONE notification. Sorting, restricting and setting a collapse state end all bookmarks.
 */
#include "table_private.h"
#include "notify.h"
#include "provider.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_BOOKMARK 0x100

HRESULT table_enter(struct table *table)
{
    return object_enter(&table->base);
}

void table_leave(struct table *table)
{
    object_leave(&table->base);
}

/* ---- places ---- */

static void free_bookmarks(struct table *table)
{
    while (table->bookmarks) {
        struct bookmark *mark = table->bookmarks;
        table->bookmarks = mark->next;
        table->source->ops->pos_free(table->source, mark->pos);
        free(mark);
    }
}

HRESULT table_set_cursor(struct table *table, struct table_pos *pos)
{
    table->source->ops->pos_free(table->source, table->cursor);
    table->cursor = pos;
    return S_OK;
}

/* After a new order or restriction: no bookmark is left and the cursor is before the first row. */
HRESULT table_restart(struct table *table)
{
    struct table_pos *pos;
    free_bookmarks(table);
    HRESULT hr = table->source->ops->pos_begin(table->source, &pos);
    return FAILED(hr) ? hr : table_set_cursor(table, pos);
}

static HRESULT settle(struct table *table, struct bookmark *mark)
{
    const struct table_source_ops *ops = table->source->ops;
    HRESULT hr = ops->pos_settle ? ops->pos_settle(table->source, mark->pos, mark->row) : S_FALSE;
    mark->settled = hr == S_OK;
    return hr;
}

/* MAPI_W_POSITION_CHANGED when its row has gone since it was last used. */
static HRESULT position_of_bookmark(struct table *table, struct bookmark *mark, struct table_pos **out)
{
    int64_t row[2] = {mark->row[0], mark->row[1]};
    bool had = mark->settled;
    HRESULT hr = settle(table, mark);
    bool moved = had && (!mark->settled || row[0] != mark->row[0] || row[1] != mark->row[1]);
    if (SUCCEEDED(hr))
        hr = table->source->ops->pos_copy(table->source, mark->pos, out);
    return hr == S_OK && moved ? MAPI_W_POSITION_CHANGED : hr;
}

/* A new position at a bookmark. MAPI_W_POSITION_CHANGED. */
static HRESULT position_of(struct table *table, BOOKMARK mark, struct table_pos **out)
{
    const struct table_source_ops *ops = table->source->ops;
    *out = NULL;
    if (mark == BOOKMARK_BEGINNING)
        return ops->pos_begin(table->source, out);
    if (mark == BOOKMARK_CURRENT)
        return ops->pos_copy(table->source, table->cursor, out);
    if (mark == BOOKMARK_END)
        return ops->pos_end(table->source, out);
    for (struct bookmark *known = table->bookmarks; known; known = known->next)
        if (known->id == mark)
            return position_of_bookmark(table, known, out);
    return MAPI_E_INVALID_BOOKMARK;
}

HRESULT table_add_bookmark(struct table *table, const struct table_pos *pos, BOOKMARK *out)
{
    struct bookmark *mark = calloc(1, sizeof(*mark));
    if (!mark)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = table->source->ops->pos_copy(table->source, pos, &mark->pos);
    if (SUCCEEDED(hr) && FAILED(hr = settle(table, mark)))
        table->source->ops->pos_free(table->source, mark->pos);
    if (FAILED(hr)) {
        free(mark);
        return hr;
    }
    mark->id = FIRST_BOOKMARK + table->last_bookmark++;
    mark->next = table->bookmarks;
    table->bookmarks = mark;
    *out = mark->id;
    return S_OK;
}

/* ---- IMAPITable ---- */

static void post(struct table *table, ULONG event)
{
    TABLE_NOTIFICATION done = {.ulTableEvent = event, .hResult = S_OK};
    done.propIndex.ulPropTag = done.propPrior.ulPropTag = PR_NULL;
    table_notify((IMAPITable *)table, &done);
}

static HRESULT STDMETHODCALLTYPE table_Advise(IMAPITable *self, ULONG mask, LPMAPIADVISESINK sink,
                                              ULONG_PTR *connection)
{
    struct table *table = (struct table *)self;
    if (connection)
        *connection = 0;
    if (!sink || !connection || !(mask & fnevTableModified))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    struct table_sink *link = calloc(1, sizeof(*link));
    hr = link ? advise_create(sink, &link->advise) : MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr) && !table->sinks && table->source->ops->watch) {
        hr = table->source->ops->watch(table->source, self, true);
        if (FAILED(hr))
            advise_end(link->advise);
    }
    if (SUCCEEDED(hr)) {
        link->next = table->sinks;
        table->sinks = link;
        *connection = advise_connection(link->advise);
    } else {
        free(link);
    }
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_Unadvise(IMAPITable *self, ULONG_PTR connection)
{
    struct table *table = (struct table *)self;
    struct table_sink *found = NULL;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    for (struct table_sink **link = &table->sinks; *link; link = &(*link)->next)
        if (advise_connection((*link)->advise) == connection) {
            found = *link;
            *link = found->next;
            break;
        }
    if (found && !table->sinks && table->source->ops->watch)
        table->source->ops->watch(table->source, self, false);
    table_leave(table);
    if (!found)
        return MAPI_E_INVALID_PARAMETER;
    advise_end(found->advise);
    free(found);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_GetStatus(IMAPITable *self, ULONG *status, ULONG *type)
{
    struct table *table = (struct table *)self;
    if (!status || !type)
        return MAPI_E_INVALID_PARAMETER;
    *status = *type = 0;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    *status = table->status;
    *type = TBLTYPE_DYNAMIC;
    table_leave(table);
    return S_OK;
}

/* The columns in the width of the table's strings. */
static void narrow_columns(SPropTagArray *tags, ULONG flags)
{
    for (ULONG i = 0; !(flags & MAPI_UNICODE) && i < tags->cValues; i++) {
        ULONG type = PROP_TYPE(tags->aulPropTag[i]);
        if ((type & ~(ULONG)MVI_FLAG) == PT_UNICODE)
            tags->aulPropTag[i] = CHANGE_PROP_TYPE(tags->aulPropTag[i], (type & MVI_FLAG) | PT_STRING8);
    }
}

static HRESULT copy_tags(const SPropTagArray *tags, SPropTagArray **out)
{
    if (MAPIAllocateBuffer(CbNewSPropTagArray(tags->cValues + 1), (void **)out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*out, tags, CbNewSPropTagArray(tags->cValues));
    return S_OK;
}

static HRESULT set_columns(struct table *table, const SPropTagArray *tags, bool narrow)
{
    SPropTagArray *copy;
    HRESULT hr = copy_tags(tags, &copy);
    if (FAILED(hr))
        return hr;
    if (narrow)
        narrow_columns(copy, table->flags);
    hr = table->source->ops->set_columns(table->source, copy);
    if (FAILED(hr)) {
        MAPIFreeBuffer(copy);
        return hr;
    }
    MAPIFreeBuffer(table->columns);
    table->columns = copy;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_SetColumns(IMAPITable *self, LPSPropTagArray tags, ULONG flags)
{
    struct table *table = (struct table *)self;
    if (!tags || !tags->cValues || tags->cValues > 0xffff)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(TBL_ASYNC | TBL_BATCH))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = set_columns(table, tags, false);
    table->status = FAILED(hr) ? TBLSTAT_SETCOL_ERROR : TBLSTAT_COMPLETE;
    if (SUCCEEDED(hr) && (flags & TBL_ASYNC))
        post(table, TABLE_SETCOL_DONE);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_QueryColumns(IMAPITable *self, ULONG flags, LPSPropTagArray *out)
{
    struct table *table = (struct table *)self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~TBL_ALL_COLUMNS)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    if (flags & TBL_ALL_COLUMNS) {
        hr = table->source->ops->all_columns(table->source, out);
        if (SUCCEEDED(hr))
            narrow_columns(*out, table->flags);
    } else {
        hr = copy_tags(table->columns, out);
    }
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_GetRowCount(IMAPITable *self, ULONG flags, ULONG *count)
{
    struct table *table = (struct table *)self;
    if (!count)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    if (flags & ~TBL_NOWAIT)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->count(table->source, count);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_SeekRow(IMAPITable *self, BOOKMARK origin, LONG n, LONG *sought)
{
    struct table *table = (struct table *)self;
    struct table_pos *pos = NULL;
    LONG moved = 0;
    if (sought)
        *sought = 0;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    HRESULT found = hr = position_of(table, origin, &pos);
    if (SUCCEEDED(hr))
        hr = table->source->ops->seek(table->source, pos, n, &moved);
    if (SUCCEEDED(hr)) {
        table_set_cursor(table, pos);
        if (sought)
            *sought = moved;
    } else {
        table->source->ops->pos_free(table->source, pos);
    }
    table_leave(table);
    return SUCCEEDED(hr) ? found : hr;
}

static HRESULT STDMETHODCALLTYPE table_SeekRowApprox(IMAPITable *self, ULONG numerator, ULONG denominator)
{
    struct table *table = (struct table *)self;
    struct table_pos *pos = NULL;
    ULONG rows = 0;
    LONG moved;
    if (!denominator)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    if (numerator >= denominator) {
        hr = table->source->ops->pos_end(table->source, &pos);
    } else {
        hr = table->source->ops->count(table->source, &rows);
        if (SUCCEEDED(hr))
            hr = table->source->ops->pos_begin(table->source, &pos);
        if (SUCCEEDED(hr))
            hr = table->source->ops->seek(table->source, pos, (LONG)((uint64_t)rows * numerator / denominator), &moved);
    }
    if (SUCCEEDED(hr))
        table_set_cursor(table, pos);
    else
        table->source->ops->pos_free(table->source, pos);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_QueryPosition(IMAPITable *self, ULONG *row, ULONG *numerator, ULONG *denominator)
{
    struct table *table = (struct table *)self;
    ULONG rows = 0, at = 0;
    if (!row || !numerator || !denominator)
        return MAPI_E_INVALID_PARAMETER;
    *row = *numerator = 0;
    *denominator = 1;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->count(table->source, &rows);
    if (SUCCEEDED(hr))
        hr = table->source->ops->pos_row(table->source, table->cursor, &at);
    if (SUCCEEDED(hr)) {
        *row = *numerator = at;
        *denominator = rows ? rows : 1;
    }
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_FindRow(IMAPITable *self, LPSRestriction restriction, BOOKMARK origin, ULONG flags)
{
    struct table *table = (struct table *)self;
    struct table_pos *pos = NULL;
    if (!restriction)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~DIR_BACKWARD)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = position_of(table, origin, &pos);
    if (SUCCEEDED(hr))
        hr = table->source->ops->find(table->source, pos, restriction, flags & DIR_BACKWARD);
    if (SUCCEEDED(hr))
        table_set_cursor(table, pos);
    else
        table->source->ops->pos_free(table->source, pos);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_Restrict(IMAPITable *self, LPSRestriction restriction, ULONG flags)
{
    struct table *table = (struct table *)self;
    if (flags & ~(TBL_ASYNC | TBL_BATCH))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->restrict_rows(table->source, restriction);
    if (SUCCEEDED(hr))
        hr = table_restart(table);
    table->status = FAILED(hr) ? TBLSTAT_RESTRICT_ERROR : TBLSTAT_COMPLETE;
    if (SUCCEEDED(hr) && (flags & TBL_ASYNC))
        post(table, TABLE_RESTRICT_DONE);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_CreateBookmark(IMAPITable *self, BOOKMARK *out)
{
    struct table *table = (struct table *)self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = 0;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table_add_bookmark(table, table->cursor, out);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_FreeBookmark(IMAPITable *self, BOOKMARK id)
{
    struct table *table = (struct table *)self;
    if (id == BOOKMARK_BEGINNING || id == BOOKMARK_CURRENT || id == BOOKMARK_END)
        return S_OK;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = MAPI_E_INVALID_BOOKMARK;
    for (struct bookmark **link = &table->bookmarks; *link; link = &(*link)->next)
        if ((*link)->id == id) {
            struct bookmark *mark = *link;
            *link = mark->next;
            table->source->ops->pos_free(table->source, mark->pos);
            free(mark);
            hr = S_OK;
            break;
        }
    table_leave(table);
    return hr;
}

static HRESULT copy_order(const SSortOrderSet *order, SSortOrderSet **out)
{
    ULONG n = order ? order->cSorts : 0;
    if (MAPIAllocateBuffer(CbNewSSortOrderSet(n + 1), (void **)out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(*out, 0, CbNewSSortOrderSet(n + 1));
    if (order)
        memcpy(*out, order, CbNewSSortOrderSet(n));
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE table_SortTable(IMAPITable *self, LPSSortOrderSet order, ULONG flags)
{
    struct table *table = (struct table *)self;
    SSortOrderSet *copy = NULL;
    if (!order || order->cSorts > 0xffff || order->cCategories > order->cSorts ||
        order->cExpanded > order->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(TBL_ASYNC | TBL_BATCH))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = copy_order(order, &copy);
    if (SUCCEEDED(hr))
        hr = table->source->ops->sort(table->source, order->cSorts ? order : NULL);
    if (SUCCEEDED(hr)) {
        MAPIFreeBuffer(table->order);
        table->order = copy;
        copy = NULL;
        hr = table_restart(table);
    }
    table->status = FAILED(hr) ? TBLSTAT_SORT_ERROR : TBLSTAT_COMPLETE;
    if (SUCCEEDED(hr) && (flags & TBL_ASYNC))
        post(table, TABLE_SORT_DONE);
    MAPIFreeBuffer(copy);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_QuerySortOrder(IMAPITable *self, LPSSortOrderSet *out)
{
    struct table *table = (struct table *)self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = copy_order(table->order, out);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_QueryRows(IMAPITable *self, LONG n, ULONG flags, LPSRowSet *out)
{
    struct table *table = (struct table *)self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!n)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~TBL_NOADVANCE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->rows(table->source, table->cursor, n, !(flags & TBL_NOADVANCE), out);
    table_leave(table);
    return hr;
}

static HRESULT STDMETHODCALLTYPE table_Abort(IMAPITable *self)
{
    HRESULT hr = table_enter((struct table *)self);
    if (SUCCEEDED(hr)) /* nothing is ever in progress */
        table_leave((struct table *)self);
    return hr;
}

/* ---- life ---- */

static void table_destroy(void *object)
{
    struct table *table = object;
    if (table->sinks && table->source->ops->watch)
        table->source->ops->watch(table->source, (IMAPITable *)table, false);
    while (table->sinks) {
        struct table_sink *link = table->sinks;
        table->sinks = link->next;
        advise_end(link->advise);
        free(link);
    }
    if (table->source) {
        free_bookmarks(table);
        if (table->cursor)
            table->source->ops->pos_free(table->source, table->cursor);
        table->source->ops->destroy(table->source);
    }
    MAPIFreeBuffer(table->columns);
    MAPIFreeBuffer(table->order);
}

static const IMAPITableVtbl table_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .GetLastError = (void *)object_GetLastError,
    .Advise = table_Advise,
    .Unadvise = table_Unadvise,
    .GetStatus = table_GetStatus,
    .SetColumns = table_SetColumns,
    .QueryColumns = table_QueryColumns,
    .GetRowCount = table_GetRowCount,
    .SeekRow = table_SeekRow,
    .SeekRowApprox = table_SeekRowApprox,
    .QueryPosition = table_QueryPosition,
    .FindRow = table_FindRow,
    .Restrict = table_Restrict,
    .CreateBookmark = table_CreateBookmark,
    .FreeBookmark = table_FreeBookmark,
    .SortTable = table_SortTable,
    .QuerySortOrder = table_QuerySortOrder,
    .QueryRows = table_QueryRows,
    .Abort = table_Abort,
    .ExpandRow = table_ExpandRow,
    .CollapseRow = table_CollapseRow,
    .WaitForCompletion = table_WaitForCompletion,
    .GetCollapseState = table_GetCollapseState,
    .SetCollapseState = table_SetCollapseState,
};

static const IID *const table_iids[] = {&IID_IMAPITable, NULL};
static const struct object_class table_class = {
    .name = "IMAPITable", .vtbl = &table_vtbl, .size = sizeof(struct table), .iids = table_iids,
    .destroy = table_destroy,
};

HRESULT table_create(struct object *parent, struct table_source *source, const SPropTagArray *columns, ULONG flags,
                     IMAPITable **out)
{
    struct table *table;
    *out = NULL;
    HRESULT hr = object_create(&table_class, parent, &table);
    if (FAILED(hr)) {
        source->ops->destroy(source);
        return hr;
    }
    table->source = source;
    table->flags = flags & MAPI_UNICODE;
    hr = set_columns(table, columns, true);
    if (SUCCEEDED(hr))
        hr = source->ops->pos_begin(source, &table->cursor);
    if (FAILED(hr))
        object_Release(table);
    else
        *out = (IMAPITable *)table;
    return hr;
}

void table_notify(IMAPITable *self, const TABLE_NOTIFICATION *notification)
{
    struct table *table = (struct table *)self;
    NOTIFICATION event = {.ulEventType = fnevTableModified};
    event.info.tab = *notification;
    for (struct table_sink *link = table->sinks; link; link = link->next)
        advise_post(link->advise, &event);
}
