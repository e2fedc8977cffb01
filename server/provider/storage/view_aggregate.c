/*
 * view_aggregate.c: categories in the order of the greatest or least value of their rows (TABLE_SORT_CATEG_MAX, _MIN).
 *
 * Layer: portable. Such a key depends on other rows, so no index can be kept by writes: a temporary table of keys is made
 * for the view and made again when the mailbox or the restriction has changed. The only order whose first rows
 * cost as much as the folder is large.
 */
#include "view.h"

/* The SQL of one part: of the group, for an aggregate. */
static void part_key(const struct mbx_view *view, int number, struct bytebuf *sql)
{
    const struct sort_part *part = &view->parts[number];
    struct sort_part plain = *part;
    const char *separator = "";
    plain.descending = false;
    if (part->aggregate == 0) {
        view_key_sql(false, part, 1, "0", sql);
        return;
    }
    if (part->descending)
        bytebuf_text(sql, "mapi_key_invert(");
    /* An absent value is neither the greatest nor the least, unless there is no other. */
    bytebuf_format(sql, "ifnull(%s(nullif(", part->aggregate & TABLE_SORT_CATEG_MAX ? "max" : "min");
    view_key_sql(false, &plain, 1, "0", sql);
    bytebuf_text(sql, ",x'00')) OVER (PARTITION BY ");
    for (int i = 0; i < view->part_count; i++) {
        if (view->parts[i].aggregate != 0 || view->parts[i].level > part->level)
            continue;
        bytebuf_text(sql, separator);
        view_key_sql(false, &view->parts[i], 1, "0", sql);
        separator = ",";
    }
    bytebuf_text(sql, "),x'00')");
    if (part->descending)
        bytebuf_byte(sql, ')');
}

static HRESULT fill(struct mbx_view *view)
{
    struct bytebuf sql = {0};
    sqlite3_stmt *stmt = NULL;
    bool row;
    bytebuf_format(&sql, "INSERT INTO temp.view%d(key,id,instance) SELECT mapi_join(", view->temp_table);
    for (int i = 0; i < view->part_count; i++) {
        if (i > 0)
            bytebuf_byte(&sql, ',');
        part_key(view, i, &sql);
    }
    bytebuf_text(&sql, "),i.id,0 FROM item i WHERE i.folder=?1 AND i.kind=?2");
    if (view->where.sql.size > 1)
        bytebuf_format(&sql, " AND (%s)", (const char *)view->where.sql.data);
    bytebuf_byte(&sql, 0);
    HRESULT hr = sql.failed ? MAPI_E_NOT_ENOUGH_MEMORY
                            : db_query(view->mbx->db, &stmt, (const char *)sql.data, "ii", view->folder,
                                       (int64_t)view->item_kind);
    if (SUCCEEDED(hr))
        hr = where_bind(&view->where, stmt);
    if (SUCCEEDED(hr))
        hr = db_step(view->mbx->db, stmt, &row);
    db_release(view->mbx->db, stmt);
    bytebuf_free(&sql);
    return hr;
}

void aggregate_drop(struct mbx_view *view)
{
    char sql[60];
    if (view->temp_table == 0)
        return;
    sqlite3_snprintf(sizeof sql, sql, "DROP TABLE IF EXISTS temp.view%d", view->temp_table);
    db_lock(view->mbx->db);
    db_script(view->mbx->db, sql);
    db_unlock(view->mbx->db);
    view->temp_table = 0;
}

HRESULT aggregate_refresh(struct mbx_view *view)
{
    int64_t sequence;
    char sql[160];
    HRESULT hr = db_int(view->mbx->db, &sequence, "SELECT ifnull(max(sequence),0) FROM change", "");
    if (FAILED(hr) || (view->temp_table != 0 && view->temp_sequence == sequence))
        return hr;
    aggregate_drop(view);
    int number = ++view->mbx->temp_tables;
    sqlite3_snprintf(sizeof sql, sql,
                     "CREATE TEMP TABLE view%d(key BLOB,id INTEGER,instance INTEGER,PRIMARY KEY(key,id,instance)) WITHOUT ROWID",
                     number);
    if (FAILED(hr = db_script(view->mbx->db, sql)))
        return hr;
    view->temp_table = number;
    view->temp_sequence = sequence;
    return fill(view);
}
