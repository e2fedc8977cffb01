/*
 * mapi_cursor.c: going through a MAPI table with rows read ahead.
 *
 * Layer: MAPI client.
 */
#include "mapi_cursor.h"

#include <string.h>

#define FIRST_BATCH 8
#define LAST_BATCH 128

void mapi_cursor_init(struct mapi_cursor *cursor, IMAPITable *table, ULONG key_column)
{
    memset(cursor, 0, sizeof *cursor);
    cursor->table = table;
    cursor->key_column = key_column;
    cursor->batch = FIRST_BATCH;
}

void mapi_cursor_reset(struct mapi_cursor *cursor)
{
    mapi_rows_clear(&cursor->rows);
    cursor->place = 0;
    cursor->start_known = false;
    cursor->batch = FIRST_BATCH;
}

void mapi_cursor_rebind(struct mapi_cursor *cursor, IMAPITable *table)
{
    cursor->table = table;
    cursor->start_known = false;
}

void mapi_cursor_disturbed(struct mapi_cursor *cursor)
{
    cursor->start_known = false;
}

/* Reads a window from where the table stands; `start` is its row number, or -1 when that is not known. */
static HRESULT read_window(struct mapi_cursor *cursor, ULONG count, LONG start)
{
    SRowSet *rows = NULL;
    HRESULT hr = mapi_table_next(cursor->table, (LONG)count, &rows);

    if (FAILED(hr))
        return hr;
    mapi_rows_free(cursor->rows);
    cursor->rows = rows;
    cursor->place = 0;
    cursor->start = start < 0 ? 0 : (ULONG)start;
    cursor->start_known = start >= 0;
    return S_OK;
}

static const SRow *current(const struct mapi_cursor *cursor)
{
    return cursor->rows && cursor->place < cursor->rows->cRows ? &cursor->rows->aRow[cursor->place] : NULL;
}

static HRESULT seek_begin(struct mapi_cursor *cursor, LONG offset)
{
    return cursor->table->lpVtbl->SeekRow(cursor->table, BOOKMARK_BEGINNING, offset, NULL);
}

HRESULT mapi_cursor_first(struct mapi_cursor *cursor, const SRow **row)
{
    HRESULT hr;

    *row = NULL;
    mapi_cursor_reset(cursor);
    hr = seek_begin(cursor, 0);
    if (SUCCEEDED(hr))
        hr = read_window(cursor, cursor->batch, 0);
    if (SUCCEEDED(hr))
        *row = current(cursor);
    return hr;
}

/* Puts the table on the row of the window at `place`; MAPI_E_NOT_FOUND when it has gone. */
static HRESULT seek_row(struct mapi_cursor *cursor, ULONG place)
{
    const SPropValue *key = &cursor->rows->aRow[place].lpProps[cursor->key_column];
    SRestriction restriction = {.rt = RES_PROPERTY};

    if (PROP_TYPE(key->ulPropTag) != PT_BINARY)
        return MAPI_E_NOT_FOUND;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_INSTANCE_KEY;
    restriction.res.resProperty.lpProp = (SPropValue *)key;
    return cursor->table->lpVtbl->FindRow(cursor->table, &restriction, BOOKMARK_BEGINNING, 0);
}

static void grow_batch(struct mapi_cursor *cursor)
{
    if (cursor->batch < LAST_BATCH)
        cursor->batch *= 4;
    if (cursor->batch > LAST_BATCH)
        cursor->batch = LAST_BATCH;
}

/* Puts the table behind the last row of the window that is still there. */
static HRESULT seek_behind_window(struct mapi_cursor *cursor)
{
    for (ULONG place = cursor->rows->cRows; place--;) {
        HRESULT hr = seek_row(cursor, place);
        if (SUCCEEDED(hr))
            return cursor->table->lpVtbl->SeekRow(cursor->table, BOOKMARK_CURRENT, 1, NULL);
        if (hr != MAPI_E_NOT_FOUND)
            return hr;
    }
    return seek_begin(cursor, (LONG)cursor->start); /* all gone: what followed them is in their place */
}

HRESULT mapi_cursor_next(struct mapi_cursor *cursor, const SRow **row)
{
    LONG start = -1;
    HRESULT hr;

    *row = NULL;
    if (!cursor->rows)
        return mapi_cursor_first(cursor, row);
    if (!cursor->rows->cRows)
        return S_OK;
    if (cursor->place < cursor->rows->cRows)
        cursor->place++;
    *row = current(cursor);
    if (*row)
        return S_OK;
    grow_batch(cursor);
    if (cursor->start_known) {
        start = (LONG)(cursor->start + cursor->rows->cRows);
        hr = seek_row(cursor, cursor->rows->cRows - 1);
        hr = SUCCEEDED(hr) ? cursor->table->lpVtbl->SeekRow(cursor->table, BOOKMARK_CURRENT, 1, NULL)
                           : (start = -1, seek_behind_window(cursor));
    } else {
        hr = seek_behind_window(cursor);
    }
    if (SUCCEEDED(hr))
        hr = read_window(cursor, cursor->batch, start);
    if (SUCCEEDED(hr))
        *row = current(cursor);
    return hr;
}

/* The row number at which the table stands. */
static HRESULT table_position(struct mapi_cursor *cursor, ULONG *number)
{
    ULONG numerator = 0, denominator = 0;

    *number = 0;
    return cursor->table->lpVtbl->QueryPosition(cursor->table, number, &numerator, &denominator);
}

/* Reads the window of at most a batch of rows that ends before row `end`, and goes to its last row. */
static HRESULT read_window_before(struct mapi_cursor *cursor, ULONG end, const SRow **row)
{
    ULONG count = end < cursor->batch ? end : cursor->batch;
    HRESULT hr;

    if (!end) {
        mapi_rows_clear(&cursor->rows);
        return mapi_allocate(offsetof(SRowSet, aRow), NULL, &cursor->rows) == S_OK
                   ? (cursor->rows->cRows = 0, S_OK)
                   : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    hr = seek_begin(cursor, (LONG)(end - count));
    if (SUCCEEDED(hr))
        hr = read_window(cursor, count, (LONG)(end - count));
    if (SUCCEEDED(hr) && cursor->rows->cRows) {
        cursor->place = cursor->rows->cRows - 1;
        *row = current(cursor);
    }
    return hr;
}

HRESULT mapi_cursor_last(struct mapi_cursor *cursor, const SRow **row)
{
    ULONG count = 0;
    HRESULT hr;

    *row = NULL;
    mapi_cursor_reset(cursor);
    hr = cursor->table->lpVtbl->GetRowCount(cursor->table, 0, &count);
    return SUCCEEDED(hr) ? read_window_before(cursor, count, row) : hr;
}

HRESULT mapi_cursor_previous(struct mapi_cursor *cursor, const SRow **row)
{
    ULONG end = cursor->start;
    HRESULT hr;

    *row = NULL;
    if (!cursor->rows)
        return mapi_cursor_last(cursor, row);
    if (!cursor->rows->cRows)
        return S_OK;
    if (cursor->place) {
        cursor->place--;
        *row = current(cursor);
        return S_OK;
    }
    grow_batch(cursor);
    for (ULONG place = 0; place < cursor->rows->cRows; place++) {
        hr = seek_row(cursor, place);
        if (SUCCEEDED(hr)) {
            hr = table_position(cursor, &end);
            if (FAILED(hr))
                return hr;
            break;
        }
        if (hr != MAPI_E_NOT_FOUND)
            return hr;
    }
    return read_window_before(cursor, end, row);
}

HRESULT mapi_cursor_at(struct mapi_cursor *cursor, ULONG number, const SRow **row)
{
    HRESULT hr;

    *row = NULL;
    if (cursor->rows && cursor->start_known && number >= cursor->start &&
        number - cursor->start < cursor->rows->cRows) {
        cursor->place = number - cursor->start;
        *row = current(cursor);
        return S_OK;
    }
    if (cursor->rows && cursor->start_known && number == cursor->start + cursor->rows->cRows)
        grow_batch(cursor);
    else if (cursor->rows && cursor->start_known && number + 1 == cursor->start) { /* going down */
        grow_batch(cursor);
        return read_window_before(cursor, number + 1, row);
    }
    hr = seek_begin(cursor, (LONG)number);
    if (SUCCEEDED(hr))
        hr = read_window(cursor, cursor->batch, (LONG)number);
    if (SUCCEEDED(hr))
        *row = current(cursor);
    if (SUCCEEDED(hr) && *row) { /* SeekRow clamps at the end: was it that row? */
        ULONG count = 0;
        hr = cursor->table->lpVtbl->GetRowCount(cursor->table, 0, &count);
        if (SUCCEEDED(hr) && number >= count)
            *row = NULL;
    }
    return hr;
}

HRESULT mapi_cursor_find(struct mapi_cursor *cursor, const SRestriction *restriction, const SRow **row)
{
    BOOKMARK origin = BOOKMARK_BEGINNING;
    HRESULT hr = S_OK;
    ULONG number;

    *row = NULL;
    if (current(cursor)) {
        hr = seek_row(cursor, cursor->place);
        if (SUCCEEDED(hr)) {
            hr = cursor->table->lpVtbl->SeekRow(cursor->table, BOOKMARK_CURRENT, 1, NULL);
            origin = BOOKMARK_CURRENT;
        } else if (hr == MAPI_E_NOT_FOUND) {
            hr = S_OK;
        }
    }
    if (SUCCEEDED(hr))
        hr = cursor->table->lpVtbl->FindRow(cursor->table, (SRestriction *)restriction, origin, 0);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK;
    if (SUCCEEDED(hr))
        hr = table_position(cursor, &number);
    if (SUCCEEDED(hr))
        hr = read_window(cursor, FIRST_BATCH, (LONG)number);
    if (SUCCEEDED(hr))
        *row = current(cursor);
    return hr;
}
