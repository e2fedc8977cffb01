/*
 * restrict_sql.h: restrictions as SQL conditions over the rows of a view.
 *
 * Layer: portable. AND, OR and NOT become SQL; each leaf becomes a call of a function that evaluates the restriction
 * itself (restriction.h) on a column or a pack, so that SQL answers as memory does. For a condition that an index can
 * answer roughly, a hint is kept beside: a range of one indexed column that holds every match.
 */
#ifndef STORAGE_RESTRICT_SQL_H
#define STORAGE_RESTRICT_SQL_H

#include "bytebuf.h"
#include "db.h"
#include "restriction.h"
#include "storage.h"

struct view_column;
struct mbx_view;

/* A leaf, bound as a pointer. */
struct where_leaf {
    const SRestriction *restriction;
    ULONG tag;             /* of the column that is handed to mapi_leaf */
    struct mbx_view *view; /* for computed columns and large values */
};

struct where {
    struct bytebuf sql;         /* a condition with parameters from WHERE_FIRST on; empty: none */
    struct where_leaf **leaves; /* one per parameter */
    int leaf_count, first;      /* first: number of the first parameter */
    bool by_id;                 /* only the row with this id can match */
    mbx_id id;
    const struct view_column *hint; /* NULL: none */
    struct bytebuf low, high;       /* low <= key of the hint column < high */
};

#define WHERE_FIRST 20  /* of a view's restriction */
#define WHERE_EXTRA 500 /* of a further one, for finding */

/* The restriction must live as long as the condition. MAPI_E_TOO_COMPLEX, MAPI_E_INVALID_PARAMETER. */
HRESULT where_compile(struct mbx_view *view, const SRestriction *restriction, int first, struct where *out);
void where_free(struct where *where);
HRESULT where_bind(const struct where *where, sqlite3_stmt *stmt);

/* The SQL functions that the conditions call; by sqlfunc_register. */
int where_register(sqlite3 *handle);

#endif
