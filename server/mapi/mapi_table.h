/*
 * mapi_table.h: reading MAPI tables in batches.
 *
 * Layer: MAPI client. Rows are MAPI memory: free them with mapi_rows_free.
 */
#ifndef MAPI_TABLE_H
#define MAPI_TABLE_H

#include "mapi_loader.h"

/* Frees a row set with its rows; NULL-safe. */
void mapi_rows_free(SRowSet *rows);
/* Clears *rows after freeing it. */
void mapi_rows_clear(SRowSet **rows);

/*
 * Sets columns, restriction and sort order (each NULL to leave it), then reads at most `limit` rows from the start
 * (0: all). An empty table gives a row set with cRows 0.
 */
HRESULT mapi_table_query(IMAPITable *table, const SPropTagArray *columns, const SRestriction *restriction,
                         const SSortOrderSet *sort, ULONG limit, SRowSet **out);

/* Reads the next rows, at most `count`; S_OK with cRows 0 at the end. */
HRESULT mapi_table_next(IMAPITable *table, LONG count, SRowSet **out);

/* Adds the rows of `more` to `*all` and frees what is left of `more`, whatever the result. */
HRESULT mapi_rows_append(SRowSet **all, SRowSet *more);

#endif
