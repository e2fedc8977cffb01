/*
 * view.h: what the files of the views share. Not for other folders: see storage.h.
 *
 * Layer: portable. A view is a list of rows in the order of (key, id, instance), where the key is one byte string
 * made of the sort columns (sortkey.h). A place is a boundary before or after such a row, so it stays right
 * whatever is inserted or deleted. The rows are walked in one of these ways, all in the same order:
 *   VIEW_HOT   by an index of the item table (orders by one column of item_columns.def, and the default order)
 *   VIEW_SPEC  by the sortkey table: an index made on first use and kept up to date (mbx_sort.h)
 *   VIEW_SCAN  by sorting what a query finds: few rows, or few that a restriction leaves
 *   VIEW_TEMP  by a temporary table of keys, where a key depends on other rows (view_aggregate.c)
 */
#ifndef STORAGE_VIEW_H
#define STORAGE_VIEW_H

#include "mbx.h"
#include "restrict_sql.h"

#ifndef PR_MESSAGE_SIZE_EXTENDED
#define PR_MESSAGE_SIZE_EXTENDED PROP_TAG(PT_I8, 0x0e08)
#endif

/* Values of SSortOrder.ulOrder that mingw-w64's headers lack. */
#ifndef TABLE_SORT_CATEG_MAX
#define TABLE_SORT_CATEG_MAX 4
#define TABLE_SORT_CATEG_MIN 8
#endif

#define VIEW_PARTS_MAX 16
#define VIEW_SCAN_ROWS 200 /* no index is made for a folder with fewer messages */

enum view_mode { VIEW_HOT, VIEW_SPEC, VIEW_SCAN, VIEW_TEMP };

/* A column that SQL knows. Text and bytes are cut at TEXT_KEY_UNITS. */
struct view_column {
    ULONG tag;
    const char *name; /* in the item table, for its index; NULL for folders */
    const char *sql;
    bool indexed;
};
/* The column of this property in this kind of view, or NULL: then it is in the pack, or computed. */
const struct view_column *view_column_find(bool folders, ULONG tag);
/* MSGFLAG_READ of messages, which has an index of its own: 0 for those that are unread. For hints only. */
const struct view_column *view_column_unread(void);
/* All of them, in the order of the statement that view_rows.c reads them with. */
const struct view_column *view_column_first(bool folders);
int view_column_count(bool folders);
/* The pack of the row, as SQL. */
const char *view_pack_sql(bool folders);

/* One sort column. */
struct sort_part {
    ULONG tag;       /* strings as PT_UNICODE; MVI_FLAG for the instances of a multi-value */
    bool descending;
    UCHAR level;     /* the category level that it belongs to; the number of levels for the columns of the rows */
    UCHAR aggregate; /* TABLE_SORT_CATEG_MAX or _MIN over the rows of the level before */
};

/* Appends the SQL expression of the key of these columns. instance_sql: SQL of the instance number, for MVI_FLAG. */
void view_key_sql(bool folders, const struct sort_part *parts, int count, const char *instance_sql, struct bytebuf *out);

struct mbx_view {
    struct mailbox *mbx;
    enum mbx_view_kind kind;
    bool folders;   /* rows are folders */
    int item_kind;  /* messages: the kind of items */
    mbx_id folder;
    mbx_entryid_fn entryid;
    void *context;
    SPropTagArray *columns;
    struct sort_part parts[VIEW_PARTS_MAX];
    int part_count, levels;
    ULONG expanded_levels;
    ULONG mvi;               /* the column whose values have rows of their own, or 0 */
    ULONG order_mvi;         /* mvi of the sort order, before the columns had their say */
    const struct view_column *hot; /* the only sort column, when an index has it */
    bool reverse;            /* hot: descending */
    struct bytebuf key_sql;  /* SQL of the key, with a NUL */
    int64_t spec;            /* the sort index, 0: none yet */
    bool aggregated;         /* a sort column has an aggregate: VIEW_TEMP */
    int temp_table;          /* number of the temporary table, 0: none yet */
    int64_t temp_sequence;   /* the last change that it knows */
    SRestriction *restriction; /* MAPI memory */
    struct where where;
    int64_t generation;      /* of the order: places of another one count as the begin */
    struct bytebuf *toggled; /* keys of the category headers that are not in the default state */
    ULONG toggled_count;
};

/* A row of the walk. */
struct view_row {
    struct bytebuf key;
    int64_t id, instance; /* instance: of a multi-value; the depth for folders */
    int level;            /* category headers: their level; -1: a row with an object */
};
HRESULT view_row_set(struct view_row *row, const void *key, size_t size, int64_t id, int64_t instance);
void view_row_free(struct view_row *row);

enum pos_side { POS_BEGIN, POS_BEFORE, POS_AFTER, POS_END };

struct mbx_pos {
    enum pos_side side;
    int64_t generation;
    struct view_row row;
};

/* ---- view_walk.c ------------------------------------------------------------------------------------------------------- */

typedef HRESULT (*view_each)(void *context, const struct view_row *row, bool *stop);

/* Calls each for up to max rows with objects from the place on (backward: for those before it, nearest first). extra:
 * a further condition, or NULL. */
HRESULT view_walk(struct mbx_view *view, const struct mbx_pos *from, bool backward, int64_t max, struct where *extra,
                  view_each each, void *context);
/* Rows with objects before the place. */
HRESULT view_rows_before(struct mbx_view *view, const struct mbx_pos *pos, ULONG *rows);
/* All rows with objects, or those whose key begins with prefix; unread (may be NULL): those without MSGFLAG_READ. */
HRESULT view_leaf_count(struct mbx_view *view, const struct bytebuf *prefix, ULONG *rows, ULONG *unread);
/* The place of one object's row (its first instance); MAPI_E_NOT_FOUND when the view does not have it. */
HRESULT view_locate(struct mbx_view *view, mbx_id id, struct view_row *out);

/* ---- view_group.c: categories -------------------------------------------------------------------------------------------- */

/* As view_walk, over what is visible: headers, and rows in expanded categories. */
HRESULT group_walk(struct mbx_view *view, const struct mbx_pos *from, bool backward, int64_t max, view_each each,
                   void *context);
/* Visible rows before the place. */
HRESULT group_rows_before(struct mbx_view *view, const struct mbx_pos *pos, ULONG *rows);
/* Bytes of the key that belong to the levels 0..level. */
size_t group_prefix(const struct mbx_view *view, const uint8_t *key, size_t size, int level);
bool group_is_expanded(const struct mbx_view *view, const uint8_t *prefix, size_t size, int level);
bool group_is_visible(const struct mbx_view *view, const struct view_row *row);

/* ---- view_aggregate.c ---------------------------------------------------------------------------------------------------- */

/* Makes the temporary table of keys, or makes it anew when the mailbox has changed. */
HRESULT aggregate_refresh(struct mbx_view *view);
void aggregate_drop(struct mbx_view *view);

/* ---- view_rows.c: what rows hold ------------------------------------------------------------------------------------------ */

/* The values of the columns; memory on base. MAPI_E_NOT_FOUND: the object has gone. */
HRESULT view_render(struct mbx_view *view, const struct view_row *row, void *base, SPropValue *values);
HRESULT view_make_instance_key(const struct mbx_view *view, const struct view_row *row, void *base, SBinary *out);
/* The row that an instance key names; MAPI_E_INVALID_PARAMETER where it is not one of ours. */
HRESULT view_parse_instance_key(const SBinary *key, struct view_row *out);
/* A column that is made of ids (entry ids, keys) or constant, or MAPI_E_NOT_FOUND for other tags. */
HRESULT view_compute(struct mbx_view *view, ULONG tag, const struct view_row *row, mbx_id parent, void *base,
                     SPropValue *out);
bool view_is_computed(const struct mbx_view *view, ULONG tag);

#endif
