/*
 * mbx_folder.c: folders, and the properties of folders and of the store.
 *
 * Layer: portable. Names are unique below a parent without regard to case. Default folders (ids below
 * MBX_FIRST_FREE) are neither moved nor deleted.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "mbx_search.h"
#include "pack.h"
#include "sortkey.h"
#include "text.h"

/* Ends a public function's transaction: commits when hr is a success, else rolls back. */
static HRESULT finish(struct mailbox *mbx, HRESULT hr)
{
    if (SUCCEEDED(hr))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

static HRESULT log_folder(struct mailbox *mbx, ULONG event, mbx_id id, mbx_id parent, mbx_id old_id, mbx_id old_parent)
{
    struct mbx_change change = {.event = event, .object_type = MAPI_FOLDER, .id = id, .parent = parent,
                                .old_id = old_id, .old_parent = old_parent};
    return mbx_log(mbx, &change);
}

/* ---- finding ----------------------------------------------------------------------------------------------------------- */

HRESULT mailbox_folder_get(struct mailbox *mbx, mbx_id id, struct mbx_folder *out)
{
    sqlite3_stmt *stmt;
    bool row = false;
    memset(out, 0, sizeof *out);
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt,
                          "SELECT parent,type,deleted,contents,unread,associated,size,"
                          "(SELECT count(*) FROM folder s WHERE s.parent=f.id AND s.deleted=0)"
                          " FROM folder f WHERE id=? AND type<>255",
                          "i", id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row))) {
        if (row) {
            out->id = id;
            out->parent = sqlite3_column_int64(stmt, 0);
            out->type = (ULONG)sqlite3_column_int(stmt, 1);
            out->soft_deleted = sqlite3_column_int(stmt, 2) != 0;
            out->contents = (ULONG)sqlite3_column_int64(stmt, 3);
            out->unread = (ULONG)sqlite3_column_int64(stmt, 4);
            out->associated = (ULONG)sqlite3_column_int64(stmt, 5);
            out->size = sqlite3_column_int64(stmt, 6);
            out->subfolders = (ULONG)sqlite3_column_int64(stmt, 7);
        } else {
            hr = MAPI_E_NOT_FOUND;
        }
    }
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}

HRESULT mailbox_folder_find(struct mailbox *mbx, mbx_id parent, const WCHAR *name, mbx_id *out)
{
    struct bytebuf key = {0};
    sortkey_text(&key, name, text_length(name));
    *out = 0;
    if (key.failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    db_lock(mbx->db);
    HRESULT hr = db_int(mbx->db, out, "SELECT id FROM folder WHERE parent=? AND deleted=0 AND mapi_key(name)=?", "ib",
                        parent, (const void *)key.data, key.size);
    db_unlock(mbx->db);
    bytebuf_free(&key);
    return hr;
}

HRESULT mailbox_folder_is_ancestor(struct mailbox *mbx, mbx_id ancestor, mbx_id id, bool *yes)
{
    int64_t found;
    *yes = false;
    db_lock(mbx->db);
    HRESULT hr = db_int(mbx->db, &found,
                        "WITH RECURSIVE up(id) AS (VALUES(?) UNION SELECT parent FROM folder, up WHERE folder.id=up.id)"
                        " SELECT count(*) FROM up WHERE id=?",
                        "ii", id, ancestor);
    db_unlock(mbx->db);
    *yes = SUCCEEDED(hr) && found > 0;
    return hr;
}

/* ---- creating ---------------------------------------------------------------------------------------------------------- */

static HRESULT add_time(struct propbag *props, ULONG tag)
{
    SPropValue value = {.ulPropTag = tag};
    if (propbag_find(props, PROP_ID(tag)) != NULL)
        return S_OK;
    value.Value.ft = mbx_now();
    return propbag_set(props, &value);
}

HRESULT mbx_folder_insert(struct mailbox *mbx, mbx_id id, mbx_id parent, ULONG type, const struct propbag *props)
{
    struct propbag *all = NULL;
    struct bytebuf pack = {0};
    const WCHAR *name = propbag_string(props, PR_DISPLAY_NAME_W);
    HRESULT hr = propbag_clone(props, &all);
    if (SUCCEEDED(hr))
        hr = add_time(all, PR_CREATION_TIME);
    if (SUCCEEDED(hr))
        hr = add_time(all, PR_LAST_MODIFICATION_TIME);
    if (SUCCEEDED(hr))
        hr = mbx_pack_merge(mbx, NULL, 0, all, &pack);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "INSERT INTO folder(id,parent,type,name,props) VALUES(?,?,?,?,?)", "iiiwb", id, parent,
                    (int64_t)type, name == NULL ? L"" : name, (const void *)pack.data, pack.size);
    bytebuf_free(&pack);
    propbag_free(all);
    return hr;
}

HRESULT mailbox_folder_create(struct mailbox *mbx, mbx_id parent, ULONG type, const struct propbag *props, mbx_id *out)
{
    const WCHAR *name = propbag_string(props, PR_DISPLAY_NAME_W);
    int64_t parent_type;
    *out = 0;
    if (name == NULL || *name == 0)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = db_int(mbx->db, &parent_type, "SELECT type FROM folder WHERE id=? AND deleted=0", "i", parent);
    if (SUCCEEDED(hr) && (parent_type == MBX_FOLDER_STORE || parent_type == FOLDER_SEARCH))
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr)) {
        hr = mailbox_folder_find(mbx, parent, name, out);
        hr = hr == MAPI_E_NOT_FOUND ? S_OK : SUCCEEDED(hr) ? MAPI_E_COLLISION : hr;
    }
    if (SUCCEEDED(hr))
        hr = mbx_new_id(mbx, out);
    if (SUCCEEDED(hr))
        hr = mbx_folder_insert(mbx, *out, parent, type, props);
    if (SUCCEEDED(hr))
        hr = log_folder(mbx, fnevObjectCreated, *out, parent, 0, 0);
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, parent);
    return finish(mbx, hr);
}

/* ---- properties --------------------------------------------------------------------------------------------------------- */

HRESULT mailbox_props_load(struct mailbox *mbx, mbx_id id, const SPropTagArray *tags, struct propbag **out)
{
    sqlite3_stmt *stmt;
    bool row;
    *out = NULL;
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT props FROM folder WHERE id=?", "i", id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)))
        hr = row ? pack_read(sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), tags, out)
                 : MAPI_E_NOT_FOUND;
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}

/* A dirty PR_DISPLAY_NAME renames the folder. */
static HRESULT rename_folder(struct mailbox *mbx, mbx_id id, mbx_id parent, const WCHAR *name)
{
    mbx_id other;
    if (id == MBX_STORE)
        return db_run(mbx->db, "UPDATE folder SET name=? WHERE id=?", "wi", name, id);
    if (*name == 0)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = mailbox_folder_find(mbx, parent, name, &other);
    if (SUCCEEDED(hr) && other != id)
        return MAPI_E_COLLISION;
    if (FAILED(hr) && hr != MAPI_E_NOT_FOUND)
        return hr;
    return db_run(mbx->db, "UPDATE folder SET name=? WHERE id=?", "wi", name, id);
}

HRESULT mailbox_props_save(struct mailbox *mbx, mbx_id id, struct propbag *props)
{
    sqlite3_stmt *stmt = NULL;
    struct bytebuf pack = {0};
    bool row;
    mbx_id parent = 0;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = db_query(mbx->db, &stmt, "SELECT props,parent FROM folder WHERE id=?", "i", id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row))) {
        if (row) {
            parent = sqlite3_column_int64(stmt, 1);
            hr = mbx_pack_merge(mbx, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), props, &pack);
        } else {
            hr = MAPI_E_OBJECT_DELETED;
        }
    }
    db_release(mbx->db, stmt);
    const struct propbag_entry *name = propbag_find(props, PROP_ID(PR_DISPLAY_NAME_W));
    if (SUCCEEDED(hr) && name != NULL && name->dirty && !name->lazy && name->value.ulPropTag == PR_DISPLAY_NAME_W)
        hr = rename_folder(mbx, id, parent, name->value.Value.lpszW);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "UPDATE folder SET props=? WHERE id=?", "bi", (const void *)pack.data, pack.size, id);
    if (SUCCEEDED(hr)) {
        struct mbx_change change = {.event = fnevObjectModified, .object_type = id == MBX_STORE ? MAPI_STORE : MAPI_FOLDER,
                                    .id = id, .parent = parent};
        hr = mbx_log(mbx, &change);
    }
    hr = finish(mbx, hr);
    if (SUCCEEDED(hr))
        propbag_mark_clean(props);
    bytebuf_free(&pack);
    return hr;
}

/* ---- moving ------------------------------------------------------------------------------------------------------------- */

/* The display name is in the pack too. */
static HRESULT set_name(struct mailbox *mbx, mbx_id id, const WCHAR *name)
{
    struct propbag *props;
    HRESULT hr = propbag_create(&props);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = propbag_set_string(props, PR_DISPLAY_NAME_W, name)))
        hr = mailbox_props_save(mbx, id, props);
    propbag_free(props);
    return hr;
}

HRESULT mailbox_folder_move(struct mailbox *mbx, mbx_id id, mbx_id new_parent, const WCHAR *new_name)
{
    struct mbx_folder folder, parent = {.soft_deleted = false};
    struct propbag *props = NULL;
    mbx_id other;
    bool below;
    if (id < MBX_FIRST_FREE)
        return MAPI_E_NO_ACCESS;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = mailbox_folder_get(mbx, id, &folder);
    if (SUCCEEDED(hr))
        hr = mailbox_folder_get(mbx, new_parent, &parent);
    if (SUCCEEDED(hr) && (parent.soft_deleted || parent.type == FOLDER_SEARCH))
        hr = parent.soft_deleted ? MAPI_E_NOT_FOUND : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr) && SUCCEEDED(hr = mailbox_folder_is_ancestor(mbx, id, new_parent, &below)) && below)
        hr = MAPI_E_FOLDER_CYCLE;
    if (SUCCEEDED(hr) && new_name == NULL && SUCCEEDED(hr = mailbox_props_load(mbx, id, NULL, &props)))
        new_name = propbag_string(props, PR_DISPLAY_NAME_W);
    if (SUCCEEDED(hr) && new_name != NULL) {
        hr = mailbox_folder_find(mbx, new_parent, new_name, &other);
        hr = hr == MAPI_E_NOT_FOUND || (SUCCEEDED(hr) && other == id) ? S_OK : SUCCEEDED(hr) ? MAPI_E_COLLISION : hr;
    }
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "UPDATE folder SET parent=?, deleted=0 WHERE id=?", "ii", new_parent, id);
    if (SUCCEEDED(hr) && new_name != NULL)
        hr = set_name(mbx, id, new_name);
    if (SUCCEEDED(hr))
        hr = log_folder(mbx, fnevObjectMoved, id, new_parent, id, folder.parent);
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, folder.parent);
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, new_parent);
    if (SUCCEEDED(hr))
        hr = search_folder_moved(mbx, id);
    propbag_free(props);
    return finish(mbx, hr);
}

/* ---- deleting ----------------------------------------------------------------------------------------------------------- */

/* The first id that a query gives, 0 for none. */
static HRESULT first_id(struct mailbox *mbx, const char *sql, mbx_id folder, mbx_id *out)
{
    HRESULT hr = db_int(mbx->db, out, sql, "i", folder);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

static HRESULT delete_hard(struct mailbox *mbx, mbx_id id, mbx_id parent)
{
    sqlite3_stmt *stmt = NULL;
    bool row;
    mbx_id child;
    int64_t type;
    HRESULT hr = db_int(mbx->db, &type, "SELECT type FROM folder WHERE id=?", "i", id);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = first_id(mbx, "SELECT id FROM folder WHERE parent=?", id, &child)) && child)
        hr = delete_hard(mbx, child, id);
    if (SUCCEEDED(hr) && type == FOLDER_SEARCH) /* its items are other folders' messages */
        hr = search_forget(mbx, id);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = first_id(mbx, "SELECT id FROM item WHERE folder=?", id, &child)) && child)
        hr = mailbox_message_delete(mbx, child, true);
    if (SUCCEEDED(hr))
        hr = db_query(mbx->db, &stmt, "SELECT props FROM folder WHERE id=?", "i", id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
        hr = mbx_pack_ref(mbx, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), -1);
    db_release(mbx->db, stmt);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "DELETE FROM folder WHERE id=?", "i", id);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "DELETE FROM receive WHERE folder=?", "i", id);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "DELETE FROM sortkey WHERE spec IN (SELECT id FROM sortspec WHERE folder=?)", "i", id);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "DELETE FROM sortspec WHERE folder=?", "i", id);
    return SUCCEEDED(hr) ? log_folder(mbx, fnevObjectDeleted, id, parent, 0, 0) : hr;
}

HRESULT mailbox_folder_delete(struct mailbox *mbx, mbx_id id, ULONG flags)
{
    struct mbx_folder folder;
    if (id < MBX_FIRST_FREE)
        return MAPI_E_NO_ACCESS;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = mailbox_folder_get(mbx, id, &folder);
    bool search = folder.type == FOLDER_SEARCH;
    if (SUCCEEDED(hr) && !(flags & DEL_MESSAGES) && !search && folder.contents > 0)
        hr = MAPI_E_HAS_MESSAGES;
    if (SUCCEEDED(hr) && !(flags & DEL_FOLDERS) && folder.subfolders > 0)
        hr = MAPI_E_HAS_FOLDERS;
    if (SUCCEEDED(hr)) {
        if ((flags & DELETE_HARD_DELETE) || search || folder.soft_deleted) {
            hr = delete_hard(mbx, id, folder.parent);
        } else {
            hr = db_run(mbx->db, "UPDATE folder SET deleted=1 WHERE id=?", "i", id);
            if (SUCCEEDED(hr))
                hr = search_folder_moved(mbx, id);
            if (SUCCEEDED(hr))
                hr = log_folder(mbx, fnevObjectDeleted, id, folder.parent, 0, 0);
        }
    }
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, folder.parent);
    return finish(mbx, hr);
}
