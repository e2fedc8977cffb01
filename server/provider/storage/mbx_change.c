/*
 * mbx_change.c: the log of changes, from which notifications are made in every process.
 *
 * Layer: portable. Only the latest CHANGE_KEPT changes are kept: who asks for older ones gets what is left.
 */
#include "mbx.h"

#define CHANGE_KEPT 20000
#define CHANGE_PRUNE_EVERY 1024

HRESULT mbx_log(struct mailbox *mbx, const struct mbx_change *change)
{
    HRESULT hr = db_run(mbx->db, "INSERT INTO change(event,type,associated,id,parent,old_id,old_parent) VALUES(?,?,?,?,?,?,?)",
                        "iiiiiii", (int64_t)change->event, (int64_t)change->object_type, (int64_t)change->associated,
                        change->id, change->parent, change->old_id, change->old_parent);
    if (FAILED(hr))
        return hr;
    mbx->changed = true;
    int64_t sequence = sqlite3_last_insert_rowid(db_handle(mbx->db));
    if (sequence % CHANGE_PRUNE_EVERY == 0)
        hr = db_run(mbx->db, "DELETE FROM change WHERE sequence<=?", "i", sequence - CHANGE_KEPT);
    return hr;
}

static HRESULT log_folder_modified(struct mailbox *mbx, mbx_id folder)
{
    int64_t parent;
    HRESULT hr = db_int(mbx->db, &parent, "SELECT parent FROM folder WHERE id=?", "i", folder);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK;
    struct mbx_change change = {.event = fnevObjectModified, .object_type = MAPI_FOLDER, .id = folder, .parent = parent};
    return SUCCEEDED(hr) ? mbx_log(mbx, &change) : hr;
}

HRESULT mbx_touch_folder(struct mailbox *mbx, mbx_id folder)
{
    for (int i = 0; i < mbx->touched_count; i++)
        if (mbx->touched[i] == folder)
            return S_OK;
    if (mbx->touched_count == MBX_TOUCHED_MAX)
        return log_folder_modified(mbx, folder);
    mbx->touched[mbx->touched_count++] = folder;
    return S_OK;
}

HRESULT mbx_log_touched(struct mailbox *mbx)
{
    HRESULT hr = S_OK;
    for (int i = 0; i < mbx->touched_count && SUCCEEDED(hr); i++)
        hr = log_folder_modified(mbx, mbx->touched[i]);
    mbx->touched_count = 0;
    return hr;
}

HRESULT mailbox_log_new_mail(struct mailbox *mbx, mbx_id message, mbx_id folder)
{
    struct mbx_change change = {.event = fnevNewMail, .object_type = MAPI_MESSAGE, .id = message, .parent = folder};
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = mbx_log(mbx, &change)))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

HRESULT mailbox_change_last(struct mailbox *mbx, int64_t *sequence)
{
    db_lock(mbx->db);
    HRESULT hr = db_int(mbx->db, sequence, "SELECT ifnull(max(sequence),0) FROM change", "");
    db_unlock(mbx->db);
    return hr;
}

HRESULT mailbox_changes(struct mailbox *mbx, int64_t *sequence, struct mbx_change *out, ULONG max, ULONG *count)
{
    sqlite3_stmt *stmt;
    bool row;
    *count = 0;
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt,
                          "SELECT sequence,event,type,associated,id,parent,old_id,old_parent FROM change"
                          " WHERE sequence>? ORDER BY sequence LIMIT ?",
                          "ii", *sequence, (int64_t)max);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
        struct mbx_change *c = &out[(*count)++];
        c->sequence = *sequence = sqlite3_column_int64(stmt, 0);
        c->event = (ULONG)sqlite3_column_int64(stmt, 1);
        c->object_type = (ULONG)sqlite3_column_int64(stmt, 2);
        c->associated = sqlite3_column_int(stmt, 3) != 0;
        c->id = sqlite3_column_int64(stmt, 4);
        c->parent = sqlite3_column_int64(stmt, 5);
        c->old_id = sqlite3_column_int64(stmt, 6);
        c->old_parent = sqlite3_column_int64(stmt, 7);
    }
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}

HRESULT mailbox_changed_elsewhere(struct mailbox *mbx, bool *changed)
{
    int64_t version;
    *changed = false;
    db_lock(mbx->db);
    HRESULT hr = db_int(mbx->db, &version, "PRAGMA data_version", "");
    if (SUCCEEDED(hr)) {
        *changed = mbx->data_version != 0 && version != mbx->data_version;
        mbx->data_version = version;
    }
    db_unlock(mbx->db);
    return hr;
}
