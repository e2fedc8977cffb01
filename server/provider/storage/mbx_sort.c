/*
 * mbx_sort.c: see mbx_sort.h.
 *
 * Layer: portable. A definition is two 32-bit numbers per sort column: the tag, and 1 for descending. A multi-value
 * column with MVI_FLAG has a row in sortkey for each of its values.
 */
#include <string.h>
#include "mbx_sort.h"
#include "view.h"

static void write_definition(const struct mbx_view *view, struct bytebuf *out)
{
    for (int i = 0; i < view->part_count; i++) {
        bytebuf_le32(out, view->parts[i].tag);
        bytebuf_le32(out, view->parts[i].descending);
    }
    /* A column that only multiplies the rows. */
    if (view->mvi != 0 && view->order_mvi == 0) {
        bytebuf_le32(out, view->mvi);
        bytebuf_le32(out, 2);
    }
}

static int read_definition(const void *data, size_t size, struct sort_part *parts, ULONG *mvi)
{
    int count = 0;
    *mvi = 0;
    for (size_t at = 0; at + 8 <= size && count < VIEW_PARTS_MAX; at += 8) {
        uint32_t numbers[2];
        memcpy(numbers, (const char *)data + at, sizeof numbers);
        if (numbers[0] & MV_INSTANCE)
            *mvi = numbers[0];
        if (numbers[1] != 2)
            parts[count++] = (struct sort_part){.tag = numbers[0], .descending = numbers[1] == 1};
    }
    return count;
}

/* INSERT of the keys of one message, or of a whole folder: ?1 index, ?2 folder, ?3 kind, ?4 message, ?5 instance. */
static HRESULT key_statement(const void *definition, size_t size, bool whole_folder, bool remove, struct bytebuf *sql,
                             ULONG *mvi)
{
    struct sort_part parts[VIEW_PARTS_MAX];
    int count = read_definition(definition, size, parts, mvi);
    if (remove)
        bytebuf_text(sql, "DELETE FROM sortkey WHERE spec=?1 AND id=?4 AND instance=?5 AND key=(SELECT ");
    else
        bytebuf_text(sql, "INSERT OR IGNORE INTO sortkey(spec,key,id,instance) SELECT ?1,");
    if (count == 0)
        bytebuf_text(sql, "x'00'");
    else
        view_key_sql(false, parts, count, "?5", sql);
    bytebuf_format(sql, "%s FROM item i WHERE i.folder=?2 AND i.kind=?3%s%s", remove ? "" : ",i.id,ifnull(?5,0)",
                   whole_folder ? "" : " AND i.id=?4", remove ? ")" : "");
    bytebuf_byte(sql, 0);
    return sql->failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

/* How many rows a message has in an index. */
static HRESULT count_instances(struct mailbox *mbx, ULONG mvi, mbx_id id, int64_t *count)
{
    *count = 1;
    if (mvi == 0)
        return S_OK;
    HRESULT hr = db_int(mbx->db, count, "SELECT mapi_mv_count(props,?) FROM message WHERE id=?", "ii",
                        (int64_t)(mvi & ~(ULONG)MV_INSTANCE), id);
    return hr;
}

static HRESULT change_keys(struct mailbox *mbx, int64_t spec, const void *definition, size_t size, mbx_id folder,
                           int64_t kind, mbx_id id, bool remove)
{
    struct bytebuf sql = {0};
    ULONG mvi;
    int64_t count = 0;
    HRESULT hr = key_statement(definition, size, false, remove, &sql, &mvi);
    if (SUCCEEDED(hr))
        hr = count_instances(mbx, mvi, id, &count);
    for (int64_t i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = db_run(mbx->db, (const char *)sql.data, "iiiii", spec, folder, kind, id, i);
    bytebuf_free(&sql);
    return hr;
}

/* For every index that has (or is to have) the message. */
static HRESULT each_index(struct mailbox *mbx, mbx_id id, bool remove)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_query(mbx->db, &stmt,
                          "SELECT s.id,s.definition,s.folder,s.kind FROM item i CROSS JOIN sortspec s"
                          " ON s.folder=i.folder AND s.kind=i.kind WHERE i.id=?",
                          "i", id);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
        hr = change_keys(mbx, sqlite3_column_int64(stmt, 0), sqlite3_column_blob(stmt, 1),
                         (size_t)sqlite3_column_bytes(stmt, 1), sqlite3_column_int64(stmt, 2),
                         sqlite3_column_int64(stmt, 3), id, remove);
    db_release(mbx->db, stmt);
    return hr;
}

HRESULT sort_forget(struct mailbox *mbx, mbx_id id)
{
    return each_index(mbx, id, true);
}

HRESULT sort_remember(struct mailbox *mbx, mbx_id id)
{
    return each_index(mbx, id, false);
}

/* ---- making ------------------------------------------------------------------------------------------------------------------- */

static HRESULT fill(struct mbx_view *view, int64_t spec, const void *definition, size_t size)
{
    struct db *db = view->mbx->db;
    struct bytebuf sql = {0};
    sqlite3_stmt *stmt;
    ULONG mvi;
    bool row;
    HRESULT hr = key_statement(definition, size, true, false, &sql, &mvi);
    if (SUCCEEDED(hr) && mvi == 0) {
        hr = db_run(db, (const char *)sql.data, "iii-n", spec, view->folder, (int64_t)view->item_kind);
    } else if (SUCCEEDED(hr)) {
        hr = db_query(db, &stmt, "SELECT id FROM item WHERE folder=? AND kind=?", "ii", view->folder,
                      (int64_t)view->item_kind);
        while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(db, stmt, &row)) && row)
            hr = change_keys(view->mbx, spec, definition, size, view->folder, view->item_kind,
                             sqlite3_column_int64(stmt, 0), false);
        db_release(db, stmt);
    }
    bytebuf_free(&sql);
    return hr;
}

static HRESULT drop_oldest(struct mbx_view *view)
{
    struct db *db = view->mbx->db;
    int64_t count, oldest;
    HRESULT hr = db_int(db, &count, "SELECT count(*) FROM sortspec WHERE folder=?", "i", view->folder);
    while (SUCCEEDED(hr) && count-- >= SORT_INDEXES_MAX) {
        hr = db_int(db, &oldest, "SELECT id FROM sortspec WHERE folder=? ORDER BY id LIMIT 1", "i", view->folder);
        if (SUCCEEDED(hr))
            hr = db_run(db, "DELETE FROM sortkey WHERE spec=?", "i", oldest);
        if (SUCCEEDED(hr))
            hr = db_run(db, "DELETE FROM sortspec WHERE id=?", "i", oldest);
    }
    return hr;
}

static HRESULT find_index(struct mbx_view *view, const struct bytebuf *definition, int64_t *spec)
{
    return db_int(view->mbx->db, spec, "SELECT id FROM sortspec WHERE folder=? AND kind=? AND definition=?", "iib",
                  view->folder, (int64_t)view->item_kind, (const void *)definition->data, definition->size);
}

HRESULT sort_index_open(struct mbx_view *view, int64_t *spec)
{
    struct bytebuf definition = {0};
    write_definition(view, &definition);
    if (definition.failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = find_index(view, &definition, spec);
    if (hr == MAPI_E_NOT_FOUND && SUCCEEDED(hr = mailbox_begin(view->mbx))) {
        /* Another process may have made it since. */
        hr = find_index(view, &definition, spec);
        if (hr == MAPI_E_NOT_FOUND) {
            hr = drop_oldest(view);
            if (SUCCEEDED(hr))
                hr = db_run(view->mbx->db, "INSERT INTO sortspec(folder,kind,definition) VALUES(?,?,?)", "iib", view->folder,
                            (int64_t)view->item_kind, (const void *)definition.data, definition.size);
            *spec = sqlite3_last_insert_rowid(db_handle(view->mbx->db));
            if (SUCCEEDED(hr))
                hr = fill(view, *spec, definition.data, definition.size);
        }
        if (SUCCEEDED(hr))
            hr = mailbox_commit(view->mbx);
        else
            mailbox_rollback(view->mbx);
    }
    bytebuf_free(&definition);
    return hr;
}
