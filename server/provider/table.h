/*
 * table.h: IMAPITable, once, over a source of rows.
 *
 * Layer: provider. table.c implements the cursor, bookmarks, flags, status, notifications and parameter
 * checks of IMAPITable; a source brings the rows: view_source.c (SQL views of storage.h) or memory_rows.c
 * (rows in memory: the tables of profiles, services, stores, recipients, attachments, and ITableData).
 */
#ifndef PROVIDER_TABLE_H
#define PROVIDER_TABLE_H

#include "object.h"
#include "propvalue.h"

struct table_source;
struct table_pos; /* a source's own notion of a place; see mbx_pos */

/* The functions mean what the view_… functions of storage.h say. */
struct table_source_ops {
    void (*destroy)(struct table_source *source);
    HRESULT (*set_columns)(struct table_source *source, const SPropTagArray *tags);
    HRESULT (*all_columns)(struct table_source *source, SPropTagArray **out);
    HRESULT (*sort)(struct table_source *source, const SSortOrderSet *order);
    HRESULT (*restrict_rows)(struct table_source *source, const SRestriction *restriction);
    HRESULT (*count)(struct table_source *source, ULONG *rows);
    HRESULT (*pos_begin)(struct table_source *source, struct table_pos **out);
    HRESULT (*pos_end)(struct table_source *source, struct table_pos **out);
    HRESULT (*pos_copy)(struct table_source *source, const struct table_pos *pos, struct table_pos **out);
    void (*pos_free)(struct table_source *source, struct table_pos *pos);
    HRESULT (*pos_row)(struct table_source *source, const struct table_pos *pos, ULONG *row);
    HRESULT (*pos_settle)(struct table_source *source, struct table_pos *pos, int64_t row[2]); /* NULL: S_FALSE */
    HRESULT (*seek)(struct table_source *source, struct table_pos *pos, LONG n, LONG *moved);
    HRESULT (*rows)(struct table_source *source, struct table_pos *pos, LONG n, bool advance, SRowSet **out);
    HRESULT (*find)
    (struct table_source *source, struct table_pos *pos, const SRestriction *restriction, bool backward);
    /* NULL where the source has no categories: MAPI_E_NO_SUPPORT. */
    HRESULT (*expand)(struct table_source *source, const SBinary *instance_key, ULONG *added);
    HRESULT (*collapse)(struct table_source *source, const SBinary *instance_key, ULONG *removed);
    HRESULT (*collapse_state)(struct table_source *source, SBinary *out);
    HRESULT (*set_collapse_state)(struct table_source *source, const SBinary *state);
    /* Tells the source that somebody listens; it then calls table_notify. NULL: changes are not watched. */
    HRESULT (*watch)(struct table_source *source, IMAPITable *table, bool on);
};

struct table_source {
    const struct table_source_ops *ops;
};

/* Takes the source over (also when it fails). parent pins its store. columns: the initial column set.
 * default_order NULL: the source's. flags: MAPI_UNICODE gives Unicode string columns, else PT_STRING8. */
HRESULT table_create(struct object *parent, struct table_source *source, const SPropTagArray *columns,
                     ULONG flags, IMAPITable **out);
/* Sends one notification to the table's sinks (on the thread that MAPI's rules name); event: TABLE_ROW_ADDED
 * … */
void table_notify(IMAPITable *table, const TABLE_NOTIFICATION *notification);

/* ---- rows in memory ---- */

/* A source over rows that are copied in; tag is the index column (PR_ROWID, PR_INSTANCE_KEY …), 0 for none.
 */
HRESULT memory_rows_create(ULONG index_tag, struct table_source **out);
HRESULT memory_rows_add(struct table_source *source, ULONG count, const SPropValue *values);

/*
 * The rows themselves, where several tables show them or where they change while tables are open (ITableData,
 * the stores table …): reference-counted, safe to use from any thread. Tables that are open notice changes
 * and notify.
 */
struct memory_data;
HRESULT memory_data_create(ULONG index_tag, struct memory_data **out);
/* Over rows that lie elsewhere and do not change: release is called with context when the last user is gone.
 */
HRESULT memory_data_borrow(const SRow *rows, ULONG count, void (*release)(void *context), void *context,
                           struct memory_data **out);
void memory_data_addref(struct memory_data *data);
void memory_data_release(struct memory_data *data); /* NULL is allowed */
ULONG memory_data_count(struct memory_data *data);
/* The place of the row with this value of the index column; false: there is none. */
bool memory_data_find(struct memory_data *data, const SPropValue *index, ULONG *place);
/* Puts a copy of a row at a place (counted in the order of insertion; beyond the end: last). Notifies if
 * asked to. */
HRESULT memory_data_insert(struct memory_data *data, ULONG place, ULONG count, const SPropValue *values,
                           bool notify);
HRESULT memory_data_replace(struct memory_data *data, ULONG place, ULONG count, const SPropValue *values,
                            bool notify);
void memory_data_remove(struct memory_data *data, ULONG place, bool notify);
/* Tells open tables that everything may have changed (TABLE_CHANGED), or that this row has
 * (TABLE_ROW_MODIFIED). */
void memory_data_touch(struct memory_data *data, ULONG place /* (ULONG)-1: all */);
/* A copy of a row in one MAPI buffer (array of values); MAPI_E_NOT_FOUND past the end. */
HRESULT memory_data_row(struct memory_data *data, ULONG place, ULONG *count, SPropValue **out);
/* A source for table_create; it holds a reference. */
HRESULT memory_data_source(struct memory_data *data, struct table_source **out);

/* Does a row (property array) match? S_OK with *match; MAPI_E_TOO_COMPLEX for mismatched types. Portable:
 * restrict_eval.c. */
HRESULT restriction_matches(const SRestriction *restriction, ULONG count, const SPropValue *values,
                            bool *match);
/* A copy in which PR_ANR (ambiguous name resolution) is written out as restrictions on names, alias and address. */
HRESULT restriction_expand_anr(const SRestriction *restriction, SRestriction **out);
/* A deep copy in one MAPI buffer. MAPI_E_TOO_COMPLEX when nested too deeply or not a restriction. */
HRESULT restriction_copy(const SRestriction *restriction, SRestriction **out);

#endif
