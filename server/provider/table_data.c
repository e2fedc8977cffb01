/*
 * table_data.c: CreateTable and ITableData: a table that its owner fills.
 *
 * Layer: provider. The rows lie in a memory_data that all views share. Memory goes out by MAPI's own
 * allocator, whatever allocation functions CreateTable was given: FreeProws and MAPIFreeBuffer free it.
 */
#include <stdlib.h>
#include <string.h>
#include "memory_rows.h"

struct table_data {
    struct object base;
    struct memory_data *data;
    ULONG index_tag;
    SPropTagArray *columns; /* MAPI buffer */
};

static struct table_data *data_from(ITableData *self)
{
    return (struct table_data *)self;
}

/* The row's value of the index column. MAPI_E_INVALID_PARAMETER: it has none. */
static HRESULT row_index(const struct table_data *table, const SRow *row, const SPropValue **out)
{
    *out = NULL;
    if (row == NULL || row->lpProps == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = PpropFindProp(row->lpProps, row->cValues, table->index_tag);
    return *out != NULL ? S_OK : MAPI_E_INVALID_PARAMETER;
}

/* ---- views ---- */

struct view_end {
    ITableData *table; /* not referenced: the view references it as its parent */
    IMAPITable *view;
    CALLERRELEASE *release;
    ULONG caller_data;
};

static void view_gone(void *context)
{
    struct view_end *end = context;
    end->release(end->caller_data, end->table, end->view);
    free(end);
}

static HRESULT STDMETHODCALLTYPE data_HrGetView(ITableData *self, LPSSortOrderSet order,
                                                CALLERRELEASE *release, ULONG caller_data, LPMAPITABLE *out)
{
    struct table_data *table = data_from(self);
    struct table_source *source;
    struct view_end *end = NULL;
    IMAPITable *view = NULL;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (release != NULL && (end = calloc(1, sizeof *end)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = memory_data_source(table->data, &source);
    if (hr == S_OK) /* takes the source over */
        hr = table_create(&table->base, source, table->columns, MAPI_UNICODE, &view);
    if (hr == S_OK && order != NULL)
        hr = view->lpVtbl->SortTable(view, order, 0);
    if (hr != S_OK) {
        object_Release(view);
        free(end);
        return hr;
    }
    if (end != NULL) {
        *end = (struct view_end){self, view, release, caller_data};
        ((struct memory_source *)source)->gone = view_gone;
        ((struct memory_source *)source)->gone_context = end;
    }
    *out = view;
    return S_OK;
}

/* ---- changing ---- */

static HRESULT modify_row(struct table_data *table, const SRow *row)
{
    const SPropValue *index;
    ULONG place;
    HRESULT hr = row_index(table, row, &index);
    if (hr != S_OK)
        return hr;
    if (memory_data_find(table->data, index, &place))
        return memory_data_replace(table->data, place, row->cValues, row->lpProps, true);
    return memory_data_insert(table->data, (ULONG)-1, row->cValues, row->lpProps, true);
}

static HRESULT STDMETHODCALLTYPE data_HrModifyRow(ITableData *self, LPSRow row)
{
    return modify_row(data_from(self), row);
}

static HRESULT STDMETHODCALLTYPE data_HrModifyRows(ITableData *self, ULONG flags, LPSRowSet rows)
{
    struct table_data *table = data_from(self);
    const SPropValue *index;
    HRESULT hr = S_OK;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    if (rows == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG i = 0; i < rows->cRows && hr == S_OK; i++) /* all are good or none goes in */
        hr = row_index(table, &rows->aRow[i], &index);
    for (ULONG i = 0; i < rows->cRows && hr == S_OK; i++)
        hr = modify_row(table, &rows->aRow[i]);
    return hr;
}

static HRESULT STDMETHODCALLTYPE data_HrInsertRow(ITableData *self, ULONG place, LPSRow row)
{
    struct table_data *table = data_from(self);
    const SPropValue *index;
    ULONG existing;
    HRESULT hr = row_index(table, row, &index);
    if (hr != S_OK)
        return hr;
    if (place > memory_data_count(table->data) || memory_data_find(table->data, index, &existing))
        return MAPI_E_INVALID_PARAMETER;
    return memory_data_insert(table->data, place, row->cValues, row->lpProps, true);
}

static HRESULT delete_by(struct table_data *table, const SPropValue *index)
{
    ULONG place;
    if (index == NULL || PROP_ID(index->ulPropTag) != PROP_ID(table->index_tag))
        return MAPI_E_INVALID_PARAMETER;
    if (!memory_data_find(table->data, index, &place))
        return MAPI_E_NOT_FOUND;
    memory_data_remove(table->data, place, true);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE data_HrDeleteRow(ITableData *self, LPSPropValue index)
{
    return delete_by(data_from(self), index);
}

static HRESULT STDMETHODCALLTYPE data_HrDeleteRows(ITableData *self, ULONG flags, LPSRowSet rows,
                                                   ULONG *out_count)
{
    struct table_data *table = data_from(self);
    ULONG count = 0;
    HRESULT hr = S_OK;
    if (out_count != NULL)
        *out_count = 0;
    if (flags & ~(ULONG)TAD_ALL_ROWS)
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & TAD_ALL_ROWS) {
        for (count = 0; memory_data_count(table->data) > 0; count++)
            memory_data_remove(table->data, memory_data_count(table->data) - 1, false);
        memory_data_touch(table->data, (ULONG)-1);
    } else if (rows == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG i = 0; !(flags & TAD_ALL_ROWS) && i < rows->cRows && hr == S_OK; i++) {
        const SPropValue *index;
        hr = row_index(table, &rows->aRow[i], &index);
        if (hr == S_OK && delete_by(table, index) == S_OK)
            count++;
    }
    if (out_count != NULL)
        *out_count = count;
    return hr;
}

/* ---- reading ---- */

/* A row in one MAPI buffer. */
static HRESULT row_out(struct table_data *table, ULONG place, SRow **out)
{
    SPropValue *values = NULL;
    SRow *row;
    ULONG count;
    HRESULT hr = memory_data_row(table->data, place, &count, &values);
    if (hr == S_OK)
        hr = MAPIAllocateBuffer(sizeof *row, (void **)&row);
    if (hr != S_OK) {
        MAPIFreeBuffer(values);
        return hr;
    }
    memset(row, 0, sizeof *row);
    row->cValues = count;
    hr = MAPIAllocateMore((count + 1) * sizeof(SPropValue), row, (void **)&row->lpProps);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = PropCopyMore(&row->lpProps[i], &values[i], (ALLOCATEMORE *)MAPIAllocateMore, row);
    MAPIFreeBuffer(values);
    if (hr != S_OK) {
        MAPIFreeBuffer(row);
        return hr;
    }
    *out = row;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE data_HrQueryRow(ITableData *self, LPSPropValue index, LPSRow *out,
                                                 ULONG *out_place)
{
    struct table_data *table = data_from(self);
    ULONG place;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (index == NULL || PROP_ID(index->ulPropTag) != PROP_ID(table->index_tag))
        return MAPI_E_INVALID_PARAMETER;
    if (!memory_data_find(table->data, index, &place))
        return MAPI_E_NOT_FOUND;
    HRESULT hr = row_out(table, place, out);
    if (hr == S_OK && out_place != NULL)
        *out_place = place;
    return hr;
}

/* Past the last row there is none, which is no error. */
static HRESULT STDMETHODCALLTYPE data_HrEnumRow(ITableData *self, ULONG place, LPSRow *out)
{
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = row_out(data_from(self), place, out);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

/* Tells the views of the row that has all these values that it has changed. */
static HRESULT STDMETHODCALLTYPE data_HrNotify(ITableData *self, ULONG flags, ULONG count,
                                               LPSPropValue values)
{
    struct table_data *table = data_from(self);
    (void)flags;
    if (count == 0 || values == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG place = 0;; place++) {
        ULONG have, i = 0;
        SPropValue *row;
        HRESULT hr = memory_data_row(table->data, place, &have, &row);
        if (hr != S_OK)
            return hr;
        while (i < count) {
            const SPropValue *value = PpropFindProp(row, have, values[i].ulPropTag);
            if (value == NULL || propvalue_compare(value, &values[i]) != 0)
                break;
            i++;
        }
        MAPIFreeBuffer(row);
        if (i == count) {
            memory_data_touch(table->data, place);
            return S_OK;
        }
    }
}

static void data_destroy(void *object)
{
    struct table_data *table = object;
    memory_data_release(table->data);
    MAPIFreeBuffer(table->columns);
}

static const ITableDataVtbl data_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .HrGetView = data_HrGetView,
    .HrModifyRow = data_HrModifyRow,
    .HrDeleteRow = data_HrDeleteRow,
    .HrQueryRow = data_HrQueryRow,
    .HrEnumRow = data_HrEnumRow,
    .HrNotify = data_HrNotify,
    .HrInsertRow = data_HrInsertRow,
    .HrModifyRows = data_HrModifyRows,
    .HrDeleteRows = data_HrDeleteRows,
};

static const IID *const data_iids[] = {&IID_IMAPITableData, NULL};
static const struct object_class data_class = {
    .name = "ITableData",
    .vtbl = &data_vtbl,
    .size = sizeof(struct table_data),
    .iids = data_iids,
    .destroy = data_destroy,
};

SCODE WINAPI CreateTable(LPCIID iid, ALLOCATEBUFFER *allocate, ALLOCATEMORE *more, FREEBUFFER *release,
                         LPVOID reserved, ULONG table_type, ULONG index_tag, LPSPropTagArray columns,
                         LPTABLEDATA *out)
{
    struct table_data *table;
    (void)allocate, (void)more, (void)release, (void)reserved;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (columns == NULL || columns->cValues == 0 || table_type > TBLTYPE_DYNAMIC ||
        PROP_TYPE(index_tag) == PT_UNSPECIFIED || PROP_TYPE(index_tag) == PT_NULL ||
        PROP_TYPE(index_tag) == PT_OBJECT || PROP_TYPE(index_tag) == PT_ERROR || (index_tag & MV_FLAG))
        return MAPI_E_INVALID_PARAMETER;
    if (iid != NULL && !IsEqualIID(iid, &IID_IMAPITableData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    HRESULT hr = object_create(&data_class, NULL, &table);
    if (hr != S_OK)
        return hr;
    table->index_tag = index_tag;
    if ((hr = memory_data_create(index_tag, &table->data)) == S_OK &&
        (hr = MAPIAllocateBuffer(CbSPropTagArray(columns), (void **)&table->columns)) == S_OK)
        memcpy(table->columns, columns, CbSPropTagArray(columns));
    if (hr != S_OK) {
        object_Release(table);
        return hr;
    }
    *out = (ITableData *)table;
    return S_OK;
}
