/*
 * mapi_table.c: reading MAPI tables in batches.
 *
 * Layer: MAPI client.
 */
#include "mapi_table.h"

#include <string.h>

#define BATCH 256

void mapi_rows_free(SRowSet *rows)
{
    if (!rows)
        return;
    for (ULONG i = 0; i < rows->cRows; i++)
        mapi_free(rows->aRow[i].lpProps);
    mapi_free(rows);
}

void mapi_rows_clear(SRowSet **rows)
{
    mapi_rows_free(*rows);
    *rows = NULL;
}

HRESULT mapi_table_next(IMAPITable *table, LONG count, SRowSet **out)
{
    *out = NULL;
    return table->lpVtbl->QueryRows(table, count, 0, out);
}

HRESULT mapi_rows_append(SRowSet **all, SRowSet *more)
{
    SRowSet *joined = NULL;
    ULONG have = *all ? (*all)->cRows : 0;
    HRESULT hr;

    if (!*all) {
        *all = more;
        return S_OK;
    }
    hr = mapi_allocate(offsetof(SRowSet, aRow) + (size_t)(have + more->cRows) * sizeof(SRow), NULL, &joined);
    if (FAILED(hr)) {
        mapi_rows_free(more);
        return hr;
    }
    joined->cRows = have + more->cRows;
    memcpy(joined->aRow, (*all)->aRow, have * sizeof(SRow));
    memcpy(joined->aRow + have, more->aRow, more->cRows * sizeof(SRow));
    mapi_free(*all); /* the rows themselves live on in `joined` */
    mapi_free(more);
    *all = joined;
    return S_OK;
}

HRESULT mapi_table_query(IMAPITable *table, const SPropTagArray *columns, const SRestriction *restriction,
                         const SSortOrderSet *sort, ULONG limit, SRowSet **out)
{
    SRowSet *all = NULL, *rows = NULL;
    HRESULT hr = S_OK;

    *out = NULL;
    if (columns)
        hr = table->lpVtbl->SetColumns(table, (SPropTagArray *)columns, 0);
    if (SUCCEEDED(hr) && restriction)
        hr = table->lpVtbl->Restrict(table, (SRestriction *)restriction, 0);
    if (SUCCEEDED(hr) && sort)
        hr = table->lpVtbl->SortTable(table, (SSortOrderSet *)sort, 0);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL);
    while (SUCCEEDED(hr)) {
        ULONG have = all ? all->cRows : 0, want = limit && limit - have < BATCH ? limit - have : BATCH;
        bool last;

        hr = mapi_table_next(table, (LONG)want, &rows);
        if (FAILED(hr))
            break;
        last = !rows->cRows;
        if (last && all)
            mapi_rows_free(rows);
        else
            hr = mapi_rows_append(&all, rows);
        if (last || (limit && all && all->cRows >= limit))
            break;
    }
    if (FAILED(hr)) {
        mapi_rows_free(all);
        return hr;
    }
    *out = all;
    return S_OK;
}
