/*
 * mbx_search.c: see mbx_search.h; mailbox_search_set and mailbox_search_get of storage.h.
 *
 * Layer: portable. The results are items of the search folder, so that they are shown and sorted as any folder's; each
 * write brings them up to date in its own transaction, in whatever process. A stopped search keeps its results as
 * they are. Only normal messages are found, not associated or soft-deleted ones.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx_search.h"
#include "restriction.h"
#include "view.h"

#define SCOPE_DEPTH 64 /* of nested folders that a recursive search looks up */

/* A search as it is stored. */
struct search {
    mbx_id folder;
    ULONG state;              /* SEARCH_RUNNING, SEARCH_RECURSIVE, SEARCH_FOREGROUND */
    SRestriction *restriction; /* MAPI memory; NULL: everything */
    mbx_id *folders;
    ULONG folder_count;
};

static void search_free(struct search *s)
{
    MAPIFreeBuffer(s->restriction);
    free(s->folders);
    memset(s, 0, sizeof *s);
}

/* Reads a row "folder,state,restriction,folders". */
static HRESULT read_search(sqlite3_stmt *stmt, struct search *out)
{
    HRESULT hr = S_OK;
    memset(out, 0, sizeof *out);
    out->folder = sqlite3_column_int64(stmt, 0);
    out->state = (ULONG)sqlite3_column_int(stmt, 1);
    if (sqlite3_column_bytes(stmt, 2) > 0)
        hr = restriction_read(sqlite3_column_blob(stmt, 2), (size_t)sqlite3_column_bytes(stmt, 2), &out->restriction);
    size_t size = (size_t)sqlite3_column_bytes(stmt, 3);
    if (SUCCEEDED(hr) && size > 0) {
        out->folders = malloc(size);
        if (out->folders == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            memcpy(out->folders, sqlite3_column_blob(stmt, 3), size);
        out->folder_count = (ULONG)(size / sizeof(mbx_id));
    }
    if (FAILED(hr))
        search_free(out);
    return hr;
}

#define SEARCH_COLUMNS "SELECT folder,state,restriction,folders FROM search "

static HRESULT load_search(struct mailbox *mbx, mbx_id folder, struct search *out)
{
    sqlite3_stmt *stmt;
    bool row;
    memset(out, 0, sizeof *out);
    HRESULT hr = db_query(mbx->db, &stmt, SEARCH_COLUMNS "WHERE folder=?", "i", folder);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)))
        hr = row ? read_search(stmt, out) : MAPI_E_NOT_FOUND;
    db_release(mbx->db, stmt);
    return hr;
}

/* ---- one message ------------------------------------------------------------------------------------------------------- */

/* The folders from this one up to the root. *alive: none of them is soft-deleted. */
static HRESULT load_path(struct mailbox *mbx, mbx_id folder, mbx_id path[SCOPE_DEPTH], int *count, bool *alive)
{
    sqlite3_stmt *stmt;
    bool row = true;
    HRESULT hr = S_OK;
    *count = 0;
    *alive = true;
    while (SUCCEEDED(hr) && row && folder != 0 && *count < SCOPE_DEPTH) {
        path[(*count)++] = folder;
        hr = db_query(mbx->db, &stmt, "SELECT parent,deleted FROM folder WHERE id=?", "i", folder);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
            folder = sqlite3_column_int64(stmt, 0);
            if (sqlite3_column_int(stmt, 1))
                *alive = false;
        }
        db_release(mbx->db, stmt);
    }
    return hr;
}

static bool in_scope(const struct search *s, const mbx_id *path, int count)
{
    int levels = s->state & SEARCH_RECURSIVE ? count : count > 0;
    for (int i = 0; i < levels; i++)
        for (ULONG k = 0; k < s->folder_count; k++)
            if (s->folders[k] == path[i])
                return true;
    return false;
}

/* What where_compile needs to know: messages of a mailbox. */
static void bare_view(struct mailbox *mbx, struct mbx_view *view)
{
    memset(view, 0, sizeof *view);
    view->mbx = mbx;
}

static HRESULT message_matches(struct mailbox *mbx, const struct search *s, mbx_id folder, mbx_id id, bool *match)
{
    struct mbx_view view;
    struct where where;
    struct bytebuf sql = {0};
    sqlite3_stmt *stmt = NULL;
    *match = true;
    if (s->restriction == NULL)
        return S_OK;
    bare_view(mbx, &view);
    HRESULT hr = where_compile(&view, s->restriction, WHERE_FIRST, &where);
    if (FAILED(hr))
        return hr;
    bytebuf_format(&sql, "SELECT 1 FROM item i WHERE i.folder=?1 AND i.id=?2 AND (%s)", (const char *)where.sql.data);
    bytebuf_byte(&sql, 0);
    hr = sql.failed ? MAPI_E_NOT_ENOUGH_MEMORY : db_query(mbx->db, &stmt, (const char *)sql.data, "ii", folder, id);
    if (SUCCEEDED(hr))
        hr = where_bind(&where, stmt);
    if (SUCCEEDED(hr))
        hr = db_step(mbx->db, stmt, match);
    db_release(mbx->db, stmt);
    bytebuf_free(&sql);
    where_free(&where);
    return hr;
}

/* All columns of an item but its folder. */
#define ITEM_COLUMN(column, tag, indexed) "," #column
static const char copy_item_sql[] = "INSERT OR IGNORE INTO item(folder,id,kind"
#include "item_columns.def"
                                    ") SELECT ?1,id,0"
#include "item_columns.def"
                                    " FROM item i WHERE i.folder=?2 AND i.kind=0";
#undef ITEM_COLUMN

static HRESULT set_result(struct mailbox *mbx, const struct search *s, mbx_id folder, mbx_id id, bool match)
{
    struct bytebuf sql = {0};
    int64_t there;
    HRESULT hr = db_int(mbx->db, &there, "SELECT count(*) FROM item WHERE folder=? AND id=?", "ii", s->folder, id);
    if (FAILED(hr) || (there == 0 && !match))
        return hr;
    if (there > 0 && !match) {
        hr = db_run(mbx->db, "DELETE FROM item WHERE folder=? AND id=?", "ii", s->folder, id);
    } else if (there == 0) {
        bytebuf_format(&sql, "%s AND i.id=?3", copy_item_sql);
        bytebuf_byte(&sql, 0);
        hr = sql.failed ? MAPI_E_NOT_ENOUGH_MEMORY : db_run(mbx->db, (const char *)sql.data, "iii", s->folder, folder, id);
        bytebuf_free(&sql);
    }
    return SUCCEEDED(hr) ? mbx_touch_folder(mbx, s->folder) : hr;
}

HRESULT search_update(struct mailbox *mbx, mbx_id id)
{
    sqlite3_stmt *stmt = NULL;
    mbx_id folder = 0, path[SCOPE_DEPTH];
    int64_t kind = 0;
    int depth = -1;
    bool row, alive = true, match;
    HRESULT hr = db_query(mbx->db, &stmt, SEARCH_COLUMNS "WHERE state&?", "i", (int64_t)SEARCH_RUNNING);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
        struct search s = {0};
        if (depth < 0) {
            hr = db_int(mbx->db, &kind, "SELECT kind FROM message WHERE id=?", "i", id);
            if (SUCCEEDED(hr))
                hr = mailbox_message_find(mbx, id, &folder, NULL);
            if (SUCCEEDED(hr))
                hr = load_path(mbx, folder, path, &depth, &alive);
        }
        if (SUCCEEDED(hr))
            hr = read_search(stmt, &s);
        match = kind == ITEM_MESSAGE && alive && in_scope(&s, path, depth);
        if (SUCCEEDED(hr) && match)
            hr = message_matches(mbx, &s, folder, id, &match);
        if (SUCCEEDED(hr))
            hr = set_result(mbx, &s, folder, id, match);
        search_free(&s);
    }
    db_release(mbx->db, stmt);
    return hr;
}

HRESULT search_leave(struct mailbox *mbx, mbx_id id)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT folder FROM item WHERE id=?", "i", id);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
        hr = mbx_touch_folder(mbx, sqlite3_column_int64(stmt, 0));
    db_release(mbx->db, stmt);
    return hr;
}

/* ---- whole searches ------------------------------------------------------------------------------------------------------- */

static HRESULT empty_results(struct mailbox *mbx, mbx_id folder)
{
    HRESULT hr = db_run(mbx->db, "DELETE FROM sortkey WHERE spec IN (SELECT id FROM sortspec WHERE folder=?)", "i", folder);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "DELETE FROM sortspec WHERE folder=?", "i", folder);
    return SUCCEEDED(hr) ? db_run(mbx->db, "DELETE FROM item WHERE folder=?", "i", folder) : hr;
}

/* Takes everything that matches out of one folder and, if recursive, those below. */
static HRESULT search_in(struct mailbox *mbx, const struct search *s, const struct where *where, mbx_id folder, int depth)
{
    struct bytebuf sql = {0};
    sqlite3_stmt *stmt = NULL;
    int64_t found;
    bool row = true;
    /* Only folders that are there, and no search folders. */
    HRESULT hr = db_int(mbx->db, &found, "SELECT count(*) FROM folder WHERE id=? AND deleted=0 AND type NOT IN (?,?)", "iii",
                        folder, (int64_t)FOLDER_SEARCH, (int64_t)MBX_FOLDER_STORE);
    if (FAILED(hr) || found == 0 || depth > SCOPE_DEPTH)
        return hr;
    bytebuf_text(&sql, copy_item_sql);
    if (where->sql.size > 1)
        bytebuf_format(&sql, " AND (%s)", (const char *)where->sql.data);
    bytebuf_byte(&sql, 0);
    hr = sql.failed ? MAPI_E_NOT_ENOUGH_MEMORY : db_query(mbx->db, &stmt, (const char *)sql.data, "ii", s->folder, folder);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = where_bind(where, stmt)))
        hr = db_step(mbx->db, stmt, &row);
    db_release(mbx->db, stmt);
    bytebuf_free(&sql);
    stmt = NULL;
    if (SUCCEEDED(hr) && (s->state & SEARCH_RECURSIVE))
        hr = db_query(mbx->db, &stmt, "SELECT id FROM folder WHERE parent=? AND deleted=0", "i", folder);
    while (stmt != NULL && SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
        hr = search_in(mbx, s, where, sqlite3_column_int64(stmt, 0), depth + 1);
    db_release(mbx->db, stmt);
    return hr;
}

static HRESULT rebuild(struct mailbox *mbx, const struct search *s)
{
    struct mbx_view view;
    struct where where;
    int64_t parent = 0;
    bare_view(mbx, &view);
    HRESULT hr = where_compile(&view, s->restriction, WHERE_FIRST, &where);
    if (FAILED(hr))
        return hr;
    hr = empty_results(mbx, s->folder);
    for (ULONG i = 0; SUCCEEDED(hr) && i < s->folder_count; i++) {
        mbx_id path[SCOPE_DEPTH];
        int depth;
        bool alive;
        hr = load_path(mbx, s->folders[i], path, &depth, &alive);
        if (SUCCEEDED(hr) && alive)
            hr = search_in(mbx, s, &where, s->folders[i], 0);
    }
    where_free(&where);
    if (SUCCEEDED(hr))
        hr = db_int(mbx->db, &parent, "SELECT parent FROM folder WHERE id=?", "i", s->folder);
    if (SUCCEEDED(hr)) {
        struct mbx_change change = {.event = fnevSearchComplete, .object_type = MAPI_FOLDER, .id = s->folder, .parent = parent};
        hr = mbx_log(mbx, &change);
    }
    return SUCCEEDED(hr) ? mbx_touch_folder(mbx, s->folder) : hr;
}

HRESULT search_folder_moved(struct mailbox *mbx, mbx_id folder)
{
    sqlite3_stmt *stmt;
    bool row;
    (void)folder; /* which searches see it now or did before is not worth finding out: moving folders is rare */
    HRESULT hr = db_query(mbx->db, &stmt, SEARCH_COLUMNS "WHERE state&?", "i", (int64_t)SEARCH_RUNNING);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
        struct search s;
        if (SUCCEEDED(hr = read_search(stmt, &s)))
            hr = rebuild(mbx, &s);
        search_free(&s);
    }
    db_release(mbx->db, stmt);
    return hr;
}

HRESULT search_forget(struct mailbox *mbx, mbx_id search_folder)
{
    HRESULT hr = empty_results(mbx, search_folder);
    return SUCCEEDED(hr) ? db_run(mbx->db, "DELETE FROM search WHERE folder=?", "i", search_folder) : hr;
}

/* ---- the interface ----------------------------------------------------------------------------------------------------------- */

static HRESULT store_search(struct mailbox *mbx, const struct search *s)
{
    struct bytebuf restriction = {0};
    HRESULT hr = s->restriction == NULL ? S_OK : restriction_write(s->restriction, &restriction);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "INSERT OR REPLACE INTO search(folder,state,restriction,folders) VALUES(?,?,?,?)", "iibb",
                    s->folder, (int64_t)s->state, (const void *)restriction.data, restriction.size,
                    (const void *)s->folders, s->folder_count * sizeof *s->folders);
    bytebuf_free(&restriction);
    return hr;
}

/* Puts the new criteria into s, which holds the old ones. *changed: the results have to be made anew. */
static HRESULT change_search(struct search *s, const SRestriction *restriction, const mbx_id *folders, ULONG folder_count,
                             ULONG flags, bool *changed)
{
    struct bytebuf bytes = {0};
    HRESULT hr = S_OK;
    *changed = (flags & RESTART_SEARCH) != 0;
    if (restriction != NULL) {
        SRestriction *copy = NULL;
        hr = restriction_check(restriction);
        if (SUCCEEDED(hr))
            hr = restriction_write(restriction, &bytes);
        if (SUCCEEDED(hr))
            hr = restriction_read(bytes.data, bytes.size, &copy);
        bytebuf_free(&bytes);
        if (FAILED(hr))
            return hr;
        MAPIFreeBuffer(s->restriction);
        s->restriction = copy;
        *changed = true;
    }
    if (folder_count > 0) {
        mbx_id *copy = malloc(folder_count * sizeof *copy);
        if (copy == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(copy, folders, folder_count * sizeof *copy);
        free(s->folders);
        s->folders = copy;
        s->folder_count = folder_count;
        *changed = true;
    }
    ULONG before = s->state;
    if (flags & RECURSIVE_SEARCH)
        s->state |= SEARCH_RECURSIVE;
    else if (flags & SHALLOW_SEARCH)
        s->state &= ~(ULONG)SEARCH_RECURSIVE;
    if (flags & FOREGROUND_SEARCH)
        s->state |= SEARCH_FOREGROUND;
    else if (flags & BACKGROUND_SEARCH)
        s->state &= ~(ULONG)SEARCH_FOREGROUND;
    *changed = *changed || ((before ^ s->state) & SEARCH_RECURSIVE) != 0;
    if (flags & STOP_SEARCH)
        s->state &= ~(ULONG)SEARCH_RUNNING;
    else if (*changed)
        s->state |= SEARCH_RUNNING;
    return S_OK;
}

HRESULT mailbox_search_set(struct mailbox *mbx, mbx_id search_folder, const SRestriction *restriction,
                           const mbx_id *folders, ULONG folder_count, ULONG flags)
{
    struct search s = {0};
    struct mbx_folder folder;
    bool changed = false;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = mailbox_folder_get(mbx, search_folder, &folder);
    if (SUCCEEDED(hr) && folder.type != FOLDER_SEARCH)
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr)) {
        hr = load_search(mbx, search_folder, &s);
        if (hr == MAPI_E_NOT_FOUND)
            hr = folder_count == 0 ? MAPI_E_NOT_INITIALIZED : S_OK;
    }
    s.folder = search_folder;
    if (SUCCEEDED(hr))
        hr = change_search(&s, restriction, folders, folder_count, flags, &changed);
    if (SUCCEEDED(hr))
        hr = store_search(mbx, &s);
    if (SUCCEEDED(hr) && changed && (s.state & SEARCH_RUNNING))
        hr = rebuild(mbx, &s);
    search_free(&s);
    if (SUCCEEDED(hr))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

HRESULT mailbox_search_get(struct mailbox *mbx, mbx_id search_folder, SRestriction **restriction, mbx_id **folders,
                           ULONG *folder_count, ULONG *state)
{
    struct search s;
    *restriction = NULL;
    *folders = NULL;
    *folder_count = *state = 0;
    db_lock(mbx->db);
    HRESULT hr = load_search(mbx, search_folder, &s);
    db_unlock(mbx->db);
    if (FAILED(hr))
        return hr == MAPI_E_NOT_FOUND ? MAPI_E_NOT_INITIALIZED : hr;
    *restriction = s.restriction;
    *folders = s.folders;
    *folder_count = s.folder_count;
    *state = s.state;
    return S_OK;
}
