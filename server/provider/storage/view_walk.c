/*
 * view_walk.c: walking the rows of a view as SQL: by an index where there is one, from any place in both directions.
 *
 * Layer: portable. Parameters of all statements: 1 folder, 2 kind of items or number of the sort index, 3 key, 4 id, 5 instance,
 * 6 limit, 7 and 8 id of a restriction by id, 9 and 10 the range of a hint, 11 and 12 that of a key prefix, from WHERE_FIRST
 * on the restrictions.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx_sort.h"
#include "view.h"

#define HINT_COUNT_MAX 1000 /* rows: counting more would cost more than it saves */

HRESULT view_row_set(struct view_row *row, const void *key, size_t size, int64_t id, int64_t instance)
{
    row->key.size = 0;
    bytebuf_add(&row->key, key, size);
    row->id = id;
    row->instance = instance;
    row->level = -1;
    return row->key.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

void view_row_free(struct view_row *row)
{
    bytebuf_free(&row->key);
}

/* ---- the plan ------------------------------------------------------------------------------------------------------------ */

/* How a statement goes over the rows. */
struct plan {
    struct mbx_view *view;
    enum view_mode mode;
    struct where *extra;            /* a second restriction, or NULL */
    const struct view_column *hint; /* the range is part of the statement */
    const struct where *hint_where; /* whose range it is */
    bool by_id;
    bool no_key;                    /* rows are ordered by their id alone */
};

static HRESULT count_folder(struct mbx_view *view, int64_t *count)
{
    static const char *const sql[] = {
        "SELECT contents FROM folder WHERE id=?",
        "SELECT associated FROM folder WHERE id=?",
        "SELECT count(*) FROM item WHERE folder=? AND kind=2",
        "SELECT count(*) FROM item WHERE folder=? AND kind=3",
    };
    *count = 0;
    if (view->folders)
        return S_OK;
    HRESULT hr = db_int(view->mbx->db, count, sql[view->item_kind], "i", view->folder);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

/* Rows within the range of a hint, at most HINT_COUNT_MAX. */
static HRESULT count_hint(struct mbx_view *view, const struct where *where, int64_t *count)
{
    char sql[256];
    sqlite3_snprintf(sizeof sql, sql,
                     "SELECT count(*) FROM (SELECT 1 FROM item i WHERE folder=? AND kind=? AND mapi_key(%s)>=?"
                     " AND mapi_key(%s)<? LIMIT %d)",
                     where->hint->sql, where->hint->sql, HINT_COUNT_MAX);
    return db_int(view->mbx->db, count, sql, "iibb", view->folder, (int64_t)view->item_kind, (const void *)where->low.data,
                  where->low.size, (const void *)where->high.data, where->high.size);
}

/* Chooses the cheapest way to the first `wanted` rows. */
static HRESULT make_plan(struct mbx_view *view, struct where *extra, int64_t wanted, struct plan *plan)
{
    int64_t folder_count = 0, matches;
    HRESULT hr = S_OK;
    *plan = (struct plan){.view = view, .extra = extra};
    if (wanted > MAXLONG)
        wanted = MAXLONG;
    bool plain = view->part_count == 0 && view->mvi == 0;
    plan->no_key = plain && !view->folders;
    plan->by_id = view->where.by_id || (extra != NULL && extra->by_id);
    plan->mode = view->folders ? VIEW_SCAN : view->aggregated ? VIEW_TEMP : plain || view->hot != NULL ? VIEW_HOT : VIEW_SPEC;
    if (plan->mode == VIEW_TEMP)
        return aggregate_refresh(view);
    if (view->folders || (plan->by_id && view->mvi == 0)) {
        plan->mode = VIEW_SCAN;
        return S_OK;
    }
    if (FAILED(hr = count_folder(view, &folder_count)))
        return hr;
    const struct where *where = view->where.hint != NULL ? &view->where : extra != NULL && extra->hint != NULL ? extra : NULL;
    if (where != NULL) {
        if (plan->mode == VIEW_HOT && where->hint == view->hot) {
            plan->hint = where->hint;
            plan->hint_where = where;
        } else if (view->mvi == 0 && SUCCEEDED(hr = count_hint(view, where, &matches)) && matches < HINT_COUNT_MAX &&
                   (matches == 0 || matches * matches <= wanted * folder_count)) {
            plan->mode = VIEW_SCAN;
            plan->hint = where->hint;
            plan->hint_where = where;
        }
    }
    if (SUCCEEDED(hr) && plan->mode == VIEW_SPEC) {
        if (view->mvi == 0 && folder_count < VIEW_SCAN_ROWS)
            plan->mode = VIEW_SCAN;
        else if (FAILED(hr = sort_index_open(view, &view->spec)) && view->mvi == 0 && hr != MAPI_E_CORRUPT_STORE) {
            /* A file that cannot be written has no index made: sort each time. */
            plan->mode = VIEW_SCAN;
            hr = S_OK;
        }
    }
    return hr;
}

/* ---- the statement -------------------------------------------------------------------------------------------------------- */

/* Whether the keys lie in a table of their own. */
static bool has_keys(const struct plan *plan)
{
    return plan->mode == VIEW_SPEC || plan->mode == VIEW_TEMP;
}

static const char *key_of(const struct plan *plan)
{
    return has_keys(plan) ? "s.key" : plan->no_key ? "x''" : (const char *)plan->view->key_sql.data;
}

static const char *id_of(const struct plan *plan)
{
    return has_keys(plan) ? "s.id" : plan->view->folders ? "f.id" : "i.id";
}

static const char *instance_of(const struct plan *plan)
{
    if (has_keys(plan))
        return "s.instance";
    return plan->view->kind == MBX_VIEW_FOLDERS_DEEP ? "d.depth" : plan->view->folders ? "1" : "0";
}

/* FROM … WHERE … with everything but the place. */
static void put_source(const struct plan *plan, struct bytebuf *sql)
{
    const struct mbx_view *view = plan->view;
    switch (plan->mode == VIEW_TEMP ? -2 : plan->mode == VIEW_SPEC ? -1 : (int)view->kind) {
    case -2:
        bytebuf_format(sql, " FROM temp.view%d s CROSS JOIN item i ON i.folder=?1 AND i.id=s.id WHERE 1", view->temp_table);
        break;
    case -1:
        bytebuf_text(sql, " FROM sortkey s CROSS JOIN item i ON i.folder=?1 AND i.id=s.id WHERE s.spec=?2");
        break;
    case MBX_VIEW_FOLDERS_DEEP:
        bytebuf_text(sql, " FROM d CROSS JOIN folder f ON f.id=d.id WHERE 1");
        break;
    case MBX_VIEW_FOLDERS:
        bytebuf_text(sql, " FROM folder f WHERE f.parent=?1 AND f.deleted=0");
        break;
    case MBX_VIEW_FOLDERS_DELETED:
        bytebuf_text(sql, " FROM folder f WHERE f.parent=?1 AND f.deleted=1");
        break;
    default:
        bytebuf_text(sql, " FROM item i ");
        if (plan->by_id)
            bytebuf_text(sql, "NOT INDEXED");
        else if (plan->hint != NULL)
            bytebuf_format(sql, "INDEXED BY item_%s", plan->hint->name);
        else if (plan->mode == VIEW_HOT)
            bytebuf_format(sql, "INDEXED BY item_%s", view->hot != NULL ? view->hot->name : "kind");
        else
            bytebuf_text(sql, "INDEXED BY item_kind");
        bytebuf_text(sql, " WHERE i.folder=?1 AND i.kind=?2");
    }
    const char *id = view->folders ? "f.id" : "i.id";
    if (view->where.by_id)
        bytebuf_format(sql, " AND %s=?7", id);
    if (plan->extra != NULL && plan->extra->by_id)
        bytebuf_format(sql, " AND %s=?8", id);
    if (plan->hint != NULL)
        bytebuf_format(sql, " AND mapi_key(%s)>=?9 AND mapi_key(%s)<?10", plan->hint->sql, plan->hint->sql);
    if (view->where.sql.size > 1)
        bytebuf_format(sql, " AND (%s)", (const char *)view->where.sql.data);
    if (plan->extra != NULL && plan->extra->sql.size > 1)
        bytebuf_format(sql, " AND (%s)", (const char *)plan->extra->sql.data);
}

static void put_with(const struct plan *plan, struct bytebuf *sql)
{
    if (plan->view->kind == MBX_VIEW_FOLDERS_DEEP)
        bytebuf_text(sql, "WITH RECURSIVE d(id,depth,path) AS (SELECT id,1,mapi_key(name) FROM folder WHERE parent=?1 AND"
                          " deleted=0 UNION ALL SELECT c.id,d.depth+1,mapi_join(d.path,mapi_key(c.name)) FROM d JOIN folder c"
                          " ON c.parent=d.id AND c.deleted=0) ");
}

static HRESULT bind_blob(sqlite3_stmt *stmt, int index, const struct bytebuf *blob)
{
    if (index > sqlite3_bind_parameter_count(stmt))
        return S_OK;
    return db_error(blob->size == 0 ? sqlite3_bind_zeroblob(stmt, index, 0)
                                    : sqlite3_bind_blob64(stmt, index, blob->data, blob->size, SQLITE_STATIC));
}

static HRESULT bind_int(sqlite3_stmt *stmt, int index, int64_t value)
{
    return index > sqlite3_bind_parameter_count(stmt) ? S_OK : db_error(sqlite3_bind_int64(stmt, index, value));
}

/* Prepares and binds all but the place and the limit. */
static HRESULT open_statement(const struct plan *plan, struct bytebuf *sql, sqlite3_stmt **out)
{
    struct mbx_view *view = plan->view;
    *out = NULL;
    bytebuf_byte(sql, 0);
    if (sql->failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = db_prepare(view->mbx->db, (const char *)sql->data, out);
    if (FAILED(hr))
        return hr;
    hr = bind_int(*out, 1, view->folder);
    if (SUCCEEDED(hr))
        hr = bind_int(*out, 2, plan->mode == VIEW_SPEC ? view->spec : view->item_kind);
    if (SUCCEEDED(hr) && view->where.by_id)
        hr = bind_int(*out, 7, view->where.id);
    if (SUCCEEDED(hr) && plan->extra != NULL && plan->extra->by_id)
        hr = bind_int(*out, 8, plan->extra->id);
    if (SUCCEEDED(hr) && plan->hint != NULL)
        hr = bind_blob(*out, 9, &plan->hint_where->low);
    if (SUCCEEDED(hr) && plan->hint != NULL)
        hr = bind_blob(*out, 10, &plan->hint_where->high);
    if (SUCCEEDED(hr))
        hr = where_bind(&view->where, *out);
    if (SUCCEEDED(hr) && plan->extra != NULL)
        hr = where_bind(plan->extra, *out);
    return hr;
}

/* ---- places ------------------------------------------------------------------------------------------------------------------ */

/* Which rows a statement takes, seen from a row: those with its key (beyond its id), or those with keys beyond. */
enum part { PART_ALL, PART_SAME_KEY, PART_BEYOND };

/* Conditions and order. ascending: of key and id in the database; inclusive: the row itself too. */
static void put_place(const struct plan *plan, enum part part, bool ascending, bool inclusive, struct bytebuf *sql)
{
    const char *op = ascending ? ">" : "<", *equal = inclusive ? "=" : "";
    if (plan->no_key && part == PART_BEYOND)
        bytebuf_text(sql, " AND 0");
    else if (part == PART_BEYOND)
        bytebuf_format(sql, " AND %s%s?3", key_of(plan), op);
    if (part != PART_SAME_KEY)
        return;
    if (!plan->no_key)
        bytebuf_format(sql, " AND %s=?3", key_of(plan));
    if (plan->view->mvi != 0)
        bytebuf_format(sql, " AND (s.id,s.instance)%s%s(?4,?5)", op, equal);
    else
        bytebuf_format(sql, " AND %s%s%s?4", id_of(plan), op, equal);
}

static void put_order(const struct plan *plan, enum part part, bool ascending, struct bytebuf *sql)
{
    const char *direction = ascending ? "" : " DESC";
    bytebuf_text(sql, " ORDER BY ");
    if (!plan->no_key && part != PART_SAME_KEY)
        bytebuf_format(sql, "%s%s,", key_of(plan), direction);
    bytebuf_format(sql, "%s%s", id_of(plan), direction);
    if (has_keys(plan))
        bytebuf_format(sql, ",s.instance%s", direction);
    bytebuf_text(sql, " LIMIT ?6");
}

static HRESULT bind_place(sqlite3_stmt *stmt, const struct view_row *row)
{
    HRESULT hr = bind_blob(stmt, 3, &row->key);
    if (SUCCEEDED(hr))
        hr = bind_int(stmt, 4, row->id);
    return SUCCEEDED(hr) ? bind_int(stmt, 5, row->instance) : hr;
}

/* Runs one part; *left is what may still be given. */
static HRESULT walk_part(const struct plan *plan, enum part part, const struct view_row *from, bool ascending,
                         bool inclusive, int64_t *left, bool *stop, view_each each, void *context)
{
    struct db *db = plan->view->mbx->db;
    struct bytebuf sql = {0};
    struct view_row row = {0};
    sqlite3_stmt *stmt;
    bool more;
    put_with(plan, &sql);
    bytebuf_format(&sql, "SELECT %s,%s,%s", key_of(plan), id_of(plan), instance_of(plan));
    put_source(plan, &sql);
    put_place(plan, part, ascending, inclusive, &sql);
    put_order(plan, part, ascending, &sql);
    HRESULT hr = open_statement(plan, &sql, &stmt);
    if (SUCCEEDED(hr) && part != PART_ALL)
        hr = bind_place(stmt, from);
    if (SUCCEEDED(hr))
        hr = bind_int(stmt, 6, *left);
    while (SUCCEEDED(hr) && !*stop && SUCCEEDED(hr = db_step(db, stmt, &more)) && more) {
        hr = view_row_set(&row, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0),
                          sqlite3_column_int64(stmt, 1), sqlite3_column_int64(stmt, 2));
        if (SUCCEEDED(hr))
            hr = each(context, &row, stop);
        --*left;
    }
    db_release(db, stmt);
    view_row_free(&row);
    bytebuf_free(&sql);
    return hr;
}

HRESULT view_walk(struct mbx_view *view, const struct mbx_pos *from, bool backward, int64_t max, struct where *extra,
                  view_each each, void *context)
{
    struct plan plan;
    bool ascending = backward == view->reverse, stop = false;
    enum pos_side side = from->generation == view->generation ? from->side : POS_BEGIN;
    if (side == (backward ? POS_BEGIN : POS_END) || max <= 0)
        return S_OK;
    HRESULT hr = make_plan(view, extra, max < 50 ? 50 : max, &plan);
    if (FAILED(hr))
        return hr;
    if (side == POS_BEGIN || side == POS_END)
        return walk_part(&plan, PART_ALL, NULL, ascending, false, &max, &stop, each, context);
    bool inclusive = (side == POS_AFTER) == backward;
    hr = walk_part(&plan, PART_SAME_KEY, &from->row, ascending, inclusive, &max, &stop, each, context);
    if (SUCCEEDED(hr) && max > 0 && !stop)
        hr = walk_part(&plan, PART_BEYOND, &from->row, ascending, inclusive, &max, &stop, each, context);
    return hr;
}

/* ---- counting ----------------------------------------------------------------------------------------------------------------- */

static HRESULT count_part(const struct plan *plan, enum part part, const struct view_row *from, bool ascending, bool inclusive,
                          ULONG *rows)
{
    struct db *db = plan->view->mbx->db;
    struct bytebuf sql = {0};
    sqlite3_stmt *stmt;
    bool more;
    put_with(plan, &sql);
    bytebuf_text(&sql, "SELECT count(*)");
    put_source(plan, &sql);
    put_place(plan, part, ascending, inclusive, &sql);
    HRESULT hr = open_statement(plan, &sql, &stmt);
    if (SUCCEEDED(hr) && part != PART_ALL)
        hr = bind_place(stmt, from);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(db, stmt, &more)) && more)
        *rows += (ULONG)sqlite3_column_int64(stmt, 0);
    db_release(db, stmt);
    bytebuf_free(&sql);
    return hr;
}

HRESULT view_rows_before(struct mbx_view *view, const struct mbx_pos *pos, ULONG *rows)
{
    struct plan plan;
    enum pos_side side = pos->generation == view->generation ? pos->side : POS_BEGIN;
    *rows = 0;
    if (side == POS_BEGIN)
        return S_OK;
    if (side == POS_END)
        return view_leaf_count(view, NULL, rows, NULL);
    HRESULT hr = make_plan(view, NULL, HINT_COUNT_MAX, &plan);
    bool ascending = view->reverse;
    if (SUCCEEDED(hr))
        hr = count_part(&plan, PART_SAME_KEY, &pos->row, ascending, side == POS_AFTER, rows);
    if (SUCCEEDED(hr))
        hr = count_part(&plan, PART_BEYOND, &pos->row, ascending, false, rows);
    return hr;
}

HRESULT view_leaf_count(struct mbx_view *view, const struct bytebuf *prefix, ULONG *rows, ULONG *unread)
{
    struct db *db = view->mbx->db;
    struct bytebuf sql = {0}, high = {0};
    struct plan plan;
    sqlite3_stmt *stmt;
    int64_t count;
    bool more;
    *rows = 0;
    if (unread != NULL)
        *unread = 0;
    HRESULT hr = S_OK;
    if (prefix == NULL && unread == NULL && !view->folders && view->mvi == 0 && view->restriction == NULL) {
        hr = count_folder(view, &count);
        *rows = (ULONG)count;
        return hr;
    }
    if (FAILED(hr = make_plan(view, NULL, MAXLONG, &plan)))
        return hr;
    put_with(&plan, &sql);
    bytebuf_text(&sql, view->folders ? "SELECT count(*),0" : "SELECT count(*),total((i.flags&1)=0)");
    put_source(&plan, &sql);
    if (prefix != NULL) {
        bytebuf_format(&sql, " AND %s>=?11 AND %s<?12", key_of(&plan), key_of(&plan));
        bytebuf_add(&high, prefix->data, prefix->size);
        for (int i = 0; i <= VIEW_PARTS_MAX; i++) /* keys go on with 00, 01 or, descending, ff or fe */
            bytebuf_byte(&high, 0xff);
    }
    hr = open_statement(&plan, &sql, &stmt);
    if (SUCCEEDED(hr) && prefix != NULL)
        hr = bind_blob(stmt, 11, prefix);
    if (SUCCEEDED(hr) && prefix != NULL)
        hr = bind_blob(stmt, 12, &high);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(db, stmt, &more)) && more) {
        *rows = (ULONG)sqlite3_column_int64(stmt, 0);
        if (unread != NULL)
            *unread = (ULONG)sqlite3_column_int64(stmt, 1);
    }
    db_release(db, stmt);
    bytebuf_free(&sql);
    bytebuf_free(&high);
    return hr;
}

/* ---- one object --------------------------------------------------------------------------------------------------------------- */

static HRESULT keep_first(void *context, const struct view_row *row, bool *stop)
{
    *stop = true;
    return view_row_set(context, row->key.data, row->key.size, row->id, row->instance);
}

HRESULT view_locate(struct mbx_view *view, mbx_id id, struct view_row *out)
{
    struct where only = {.by_id = true, .id = id, .first = WHERE_EXTRA};
    struct mbx_pos begin = {.side = POS_BEGIN, .generation = view->generation};
    out->id = 0;
    HRESULT hr = view_walk(view, &begin, false, 1, &only, keep_first, out);
    return SUCCEEDED(hr) && out->id == 0 ? MAPI_E_NOT_FOUND : hr;
}
