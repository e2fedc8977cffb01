/*
 * table_private.h: what table.c and table_groups.c share.
 *
 * Layer: provider.
 */
#ifndef PROVIDER_TABLE_PRIVATE_H
#define PROVIDER_TABLE_PRIVATE_H

#include "table.h"

struct bookmark {
    BOOKMARK id;
    struct table_pos *pos;
    int64_t row[2]; /* that pos stands before, as pos_settle tells it */
    bool settled;   /* there is one */
    struct bookmark *next;
};

struct table_sink {
    struct advise *advise;
    struct table_sink *next;
};

struct table {
    struct object base;
    struct table_source *source;
    ULONG flags; /* MAPI_UNICODE */
    struct table_pos *cursor;
    struct bookmark *bookmarks;
    BOOKMARK last_bookmark;
    SPropTagArray *columns; /* as set or by default; MAPI memory */
    SSortOrderSet *order;   /* as set; NULL: default; MAPI memory */
    ULONG status;
    struct table_sink *sinks;
};

/* object_enter and object_leave of a table. */
HRESULT table_enter(struct table *table);
void table_leave(struct table *table);
/* Takes pos over as the cursor. */
HRESULT table_set_cursor(struct table *table, struct table_pos *pos);
/* After a new order or restriction: no bookmark is left and the cursor is before the first row. */
HRESULT table_restart(struct table *table);
HRESULT table_add_bookmark(struct table *table, const struct table_pos *pos, BOOKMARK *out);

HRESULT STDMETHODCALLTYPE table_ExpandRow(IMAPITable *self, ULONG cb, LPBYTE key, ULONG count, ULONG flags, LPSRowSet *rows,
                                          ULONG *more);
HRESULT STDMETHODCALLTYPE table_CollapseRow(IMAPITable *self, ULONG cb, LPBYTE key, ULONG flags, ULONG *count);
HRESULT STDMETHODCALLTYPE table_WaitForCompletion(IMAPITable *self, ULONG flags, ULONG timeout, ULONG *status);
HRESULT STDMETHODCALLTYPE table_GetCollapseState(IMAPITable *self, ULONG flags, ULONG cb_key, LPBYTE key, ULONG *cb,
                                                 LPBYTE *out);
HRESULT STDMETHODCALLTYPE table_SetCollapseState(IMAPITable *self, ULONG flags, ULONG cb, LPBYTE bytes, BOOKMARK *location);

#endif
