/*
 * mapi_cursor.h: going through a MAPI table forwards, backwards and by number, with rows read ahead.
 *
 * Layer: MAPI client. Several cursors may share one table: each call positions the table itself. Rows may be deleted and
 * added while a cursor stands in the middle: it goes on from the nearest row that is still there, found by its
 * PR_INSTANCE_KEY. Rows that were read ahead are shown even if they have been deleted since.
 */
#ifndef MAPI_CURSOR_H
#define MAPI_CURSOR_H

#include "mapi_table.h"

struct mapi_cursor {
    IMAPITable *table;  /* not held: the owner keeps it */
    ULONG key_column;   /* place of PR_INSTANCE_KEY in the rows */
    SRowSet *rows;      /* the window; NULL before the first use and after mapi_cursor_reset */
    ULONG place;        /* of the current row in the window */
    ULONG start;        /* row number of the window's first row when it was read */
    bool start_known;   /* false once rows may have moved */
    ULONG batch;        /* rows to read next time; grows while somebody goes on */
};

/* Begins at no row. The table has its columns, restriction and order already. */
void mapi_cursor_init(struct mapi_cursor *cursor, IMAPITable *table, ULONG key_column);
/* Forgets the window; NULL-safe before init when the struct is zeroed. */
void mapi_cursor_reset(struct mapi_cursor *cursor);
/* Gives it a new table of the same rows (NULL: none for now); it stays where it is. */
void mapi_cursor_rebind(struct mapi_cursor *cursor, IMAPITable *table);
/* Says that rows were deleted or added, so that row numbers have to be asked for again. */
void mapi_cursor_disturbed(struct mapi_cursor *cursor);

/*
 * Go to a row; *row is valid until the next call, and NULL (with S_OK) past either end. After the end, next and
 * previous stay there until first, last or at are called; next and previous without a row before them begin at the
 * first and the last.
 */
HRESULT mapi_cursor_first(struct mapi_cursor *cursor, const SRow **row);
HRESULT mapi_cursor_last(struct mapi_cursor *cursor, const SRow **row);
HRESULT mapi_cursor_next(struct mapi_cursor *cursor, const SRow **row);
HRESULT mapi_cursor_previous(struct mapi_cursor *cursor, const SRow **row);
/* By row number from 0. */
HRESULT mapi_cursor_at(struct mapi_cursor *cursor, ULONG number, const SRow **row);
/* The next row, from the current one on (itself not counted), that satisfies a restriction. */
HRESULT mapi_cursor_find(struct mapi_cursor *cursor, const SRestriction *restriction, const SRow **row);

#endif
