/*
 * memory_rows.h: what memory_data.c and memory_rows.c share: rows in memory and the sources that show them.
 *
 * Layer: provider. The lock of the data guards its rows and its list of sources; it is never held while a
 * client is called.
 */
#ifndef PROVIDER_MEMORY_ROWS_H
#define PROVIDER_MEMORY_ROWS_H

#include "table.h"

struct memory_row {
    uint64_t id; /* never used twice within the data */
    ULONG count;
    SPropValue *values; /* one MAPI buffer, or borrowed */
};

struct memory_source {
    struct table_source base;
    struct memory_data *data;
    SPropTagArray *columns;    /* MAPI buffer; NULL until set */
    SSortOrderSet *order;      /* MAPI buffer; NULL: order of insertion */
    SRestriction *restriction; /* MAPI buffer; NULL: all rows */
    ULONG *visible;            /* places of the rows that match, in order */
    ULONG visible_count;
    uint64_t seen;               /* data->version that `visible` was made of; 0: none */
    IMAPITable *watcher;         /* not referenced; NULL: nobody listens */
    void (*gone)(void *context); /* called when the table that shows the source is released; may be NULL */
    void *gone_context;
    struct memory_source *next; /* in the data's list */
};

struct memory_data {
    LONG refs;
    CRITICAL_SECTION lock;
    ULONG index_tag;
    struct memory_row *rows;
    ULONG count, room;
    bool borrowed;
    void (*release)(void *context);
    void *context;
    uint64_t next_id, version;
    struct memory_source *sources;
};

/* The row's value of a property: by id, and by type unless the tag's is PT_UNSPECIFIED or a string type.
 * NULL: none. */
const SPropValue *memory_row_value(const struct memory_row *row, ULONG tag);
/* Makes `visible` anew if rows have changed. The data is locked. */
HRESULT memory_source_refresh(struct memory_source *source);
/* The columns of one row, as QueryRows gives them, in a buffer of its own. The data is locked. */
HRESULT memory_source_row(struct memory_source *source, const struct memory_row *row, SRow *out);
/* The place in `visible` of the row at this place of the data; -1: not shown. */
LONG memory_source_position(const struct memory_source *source, ULONG place);

#endif
