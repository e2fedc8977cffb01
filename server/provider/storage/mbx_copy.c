/*
 * mbx_copy.c: copying, moving and deleting messages, and changing their flags.
 *
 * Layer: portable. A copy within a mailbox shares the blobs; a copy into another reads them from the first.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "mbx_search.h"
#include "pack.h"

static HRESULT finish(struct mailbox *mbx, HRESULT hr)
{
    if (SUCCEEDED(hr))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

/* A message's row. */
struct row {
    mbx_id folder;
    int64_t kind, flags, status, next_attachment;
    struct bytebuf props, recipients;
};

static void row_free(struct row *row)
{
    bytebuf_free(&row->props);
    bytebuf_free(&row->recipients);
}

static HRESULT read_row(struct mailbox *mbx, mbx_id id, struct row *out)
{
    sqlite3_stmt *stmt;
    bool found;
    memset(out, 0, sizeof *out);
    HRESULT hr = db_query(mbx->db, &stmt,
                          "SELECT folder,kind,flags,status,next_attachment,props,recipients FROM message WHERE id=?", "i",
                          id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &found))) {
        if (found) {
            out->folder = sqlite3_column_int64(stmt, 0);
            out->kind = sqlite3_column_int64(stmt, 1);
            out->flags = sqlite3_column_int64(stmt, 2);
            out->status = sqlite3_column_int64(stmt, 3);
            out->next_attachment = sqlite3_column_int64(stmt, 4);
            bytebuf_add(&out->props, sqlite3_column_blob(stmt, 5), (size_t)sqlite3_column_bytes(stmt, 5));
            bytebuf_add(&out->recipients, sqlite3_column_blob(stmt, 6), (size_t)sqlite3_column_bytes(stmt, 6));
            if (out->props.failed || out->recipients.failed)
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
        } else {
            hr = MAPI_E_NOT_FOUND;
        }
    }
    db_release(mbx->db, stmt);
    return hr;
}

/* ---- copying ---------------------------------------------------------------------------------------------------------------- */

/* The pack for the copy: the same bytes with the blobs shared, or new ones in another mailbox. */
static HRESULT copy_pack(struct mailbox *from, struct mailbox *to, bool same, const void *pack, size_t size,
                         struct bytebuf *out)
{
    if (!same)
        return mbx_pack_copy(from, pack, size, to, out);
    bytebuf_add(out, pack, size);
    return out->failed ? MAPI_E_NOT_ENOUGH_MEMORY : mbx_pack_ref(to, pack, size, 1);
}

static HRESULT copy_tree(struct mailbox *from, mbx_id id, struct mailbox *to, bool same, mbx_id folder,
                         mbx_id attachment, const struct propbag *changes, mbx_id *out);

static HRESULT copy_attachments(struct mailbox *from, mbx_id id, struct mailbox *to, bool same, mbx_id new_id)
{
    sqlite3_stmt *stmt;
    bool row;
    mbx_id embedded, new_attachment, new_embedded;
    HRESULT hr = db_query(from->db, &stmt,
                          "SELECT id,number,props,(SELECT m.id FROM message m WHERE m.attachment=a.id)"
                          " FROM attachment a WHERE message=? ORDER BY number",
                          "i", id);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(from->db, stmt, &row)) && row) {
        struct bytebuf pack = {0};
        if (SUCCEEDED(hr = mbx_new_id(to, &new_attachment)))
            hr = copy_pack(from, to, same, sqlite3_column_blob(stmt, 2), (size_t)sqlite3_column_bytes(stmt, 2), &pack);
        if (SUCCEEDED(hr))
            hr = db_run(to->db, "INSERT INTO attachment(id,message,number,props) VALUES(?,?,?,?)", "iiib", new_attachment,
                        new_id, sqlite3_column_int64(stmt, 1), (const void *)pack.data, pack.size);
        bytebuf_free(&pack);
        embedded = sqlite3_column_int64(stmt, 3);
        if (SUCCEEDED(hr) && embedded != 0)
            hr = copy_tree(from, embedded, to, same, 0, new_attachment, NULL, &new_embedded);
    }
    db_release(from->db, stmt);
    return hr;
}

static HRESULT copy_tree(struct mailbox *from, mbx_id id, struct mailbox *to, bool same, mbx_id folder,
                         mbx_id attachment, const struct propbag *changes, mbx_id *out)
{
    struct row row;
    struct bytebuf copied = {0}, merged = {0}, *pack = &copied;
    HRESULT hr = read_row(from, id, &row);
    if (SUCCEEDED(hr))
        hr = copy_pack(from, to, same, row.props.data, row.props.size, &copied);
    if (SUCCEEDED(hr))
        hr = mbx_new_id(to, out);
    if (SUCCEEDED(hr) && changes != NULL) {
        hr = mbx_pack_merge(to, copied.data, copied.size, changes, &merged);
        pack = &merged;
        row.flags = propbag_long(changes, PR_MESSAGE_FLAGS, (LONG)row.flags);
        row.status = propbag_long(changes, PR_MSG_STATUS, (LONG)row.status);
    }
    int64_t kind = row.kind & ITEM_ASSOCIATED;
    if (SUCCEEDED(hr))
        hr = db_run(to->db,
                    "INSERT INTO message(id,folder,attachment,kind,version,flags,status,next_attachment,props,recipients)"
                    " VALUES(?,?,nullif(?,0),?,1,?,?,?,?,?)",
                    "iiiiiiibb", *out, folder, attachment, kind, row.flags, row.status, row.next_attachment,
                    (const void *)pack->data, pack->size, (const void *)row.recipients.data, row.recipients.size);
    if (SUCCEEDED(hr))
        hr = copy_attachments(from, id, to, same, *out);
    if (SUCCEEDED(hr) && attachment == 0)
        hr = item_insert(to, *out, folder, (int)kind, pack->data, pack->size, row.flags, row.status);
    if (SUCCEEDED(hr) && attachment == 0)
        hr = item_changed(to, *out);
    row_free(&row);
    bytebuf_free(&copied);
    bytebuf_free(&merged);
    return hr;
}

/* A folder that takes messages. */
static HRESULT check_target(struct mailbox *mbx, mbx_id folder)
{
    int64_t type;
    HRESULT hr = db_int(mbx->db, &type, "SELECT type FROM folder WHERE id=?", "i", folder);
    return SUCCEEDED(hr) && (type == FOLDER_SEARCH || type == MBX_FOLDER_STORE) ? MAPI_E_NO_ACCESS : hr;
}

HRESULT mailbox_message_copy(struct mailbox *from, mbx_id id, struct mailbox *to, mbx_id to_folder,
                             const struct propbag *changes, mbx_id *out)
{
    struct mailbox *reader = NULL;
    mbx_id old_folder;
    *out = 0;
    HRESULT hr = mailbox_begin(to);
    if (FAILED(hr))
        return hr;
    if (from != to)
        hr = mbx_reader_open(from, &reader);
    struct mailbox *source = from == to ? to : reader;
    if (SUCCEEDED(hr))
        hr = check_target(to, to_folder);
    if (SUCCEEDED(hr))
        hr = mailbox_message_find(source, id, &old_folder, NULL);
    if (SUCCEEDED(hr))
        hr = copy_tree(source, id, to, from == to, to_folder, 0, changes, out);
    mbx_reader_close(from, reader);
    if (SUCCEEDED(hr)) {
        int64_t kind;
        hr = db_int(to->db, &kind, "SELECT kind FROM message WHERE id=?", "i", *out);
        struct mbx_change change = {.event = from == to ? fnevObjectCopied : fnevObjectCreated,
                                    .object_type = MAPI_MESSAGE, .associated = kind == ITEM_ASSOCIATED, .id = *out,
                                    .parent = to_folder, .old_id = from == to ? id : 0,
                                    .old_parent = from == to ? old_folder : 0};
        if (SUCCEEDED(hr))
            hr = mbx_log(to, &change);
    }
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(to, to_folder);
    hr = finish(to, hr);
    if (FAILED(hr))
        *out = 0;
    return hr;
}

/* ---- moving and deleting ------------------------------------------------------------------------------------------------------ */

static HRESULT log_message(struct mailbox *mbx, ULONG event, mbx_id id, mbx_id parent, mbx_id old_parent, int64_t kind)
{
    struct mbx_change change = {.event = event, .object_type = MAPI_MESSAGE, .associated = (kind & ITEM_ASSOCIATED) != 0,
                                .id = id, .parent = parent, .old_id = old_parent == 0 ? 0 : id,
                                .old_parent = old_parent};
    return mbx_log(mbx, &change);
}

HRESULT mailbox_message_move(struct mailbox *mbx, mbx_id id, mbx_id to_folder)
{
    struct row row = {0};
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = read_row(mbx, id, &row)) && row.folder == 0)
        hr = MAPI_E_NOT_FOUND; /* an embedded message */
    if (SUCCEEDED(hr))
        hr = check_target(mbx, to_folder);
    int64_t kind = row.kind & ITEM_ASSOCIATED; /* moving also brings a soft-deleted message back */
    if (SUCCEEDED(hr))
        hr = item_changing(mbx, id);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "UPDATE message SET folder=?,kind=? WHERE id=?", "iii", to_folder, kind, id);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "UPDATE item SET folder=?,kind=? WHERE folder=? AND id=?", "iiii", to_folder, kind, row.folder,
                    id);
    if (SUCCEEDED(hr))
        hr = item_changed(mbx, id);
    if (SUCCEEDED(hr))
        hr = log_message(mbx, fnevObjectMoved, id, to_folder, row.folder, kind);
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, row.folder);
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, to_folder);
    row_free(&row);
    return finish(mbx, hr);
}

HRESULT mailbox_message_delete(struct mailbox *mbx, mbx_id id, bool hard)
{
    struct row row = {0};
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = read_row(mbx, id, &row)) && row.folder == 0)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = item_changing(mbx, id);
    if (SUCCEEDED(hr) && hard) {
        hr = search_leave(mbx, id);
        if (SUCCEEDED(hr))
            hr = db_run(mbx->db, "DELETE FROM item WHERE id=?", "i", id);
        if (SUCCEEDED(hr))
            hr = mbx_message_delete_rows(mbx, id);
    } else if (SUCCEEDED(hr) && !(row.kind & ITEM_DELETED)) {
        hr = db_run(mbx->db, "UPDATE message SET kind=kind|2 WHERE id=?", "i", id);
        if (SUCCEEDED(hr))
            hr = db_run(mbx->db, "UPDATE item SET kind=kind|2 WHERE folder=? AND id=?", "ii", row.folder, id);
    }
    if (SUCCEEDED(hr) && !hard)
        hr = item_changed(mbx, id);
    /* Deleting for good what was soft-deleted is no event in the folder's contents. */
    if (SUCCEEDED(hr) && !(row.kind & ITEM_DELETED))
        hr = log_message(mbx, fnevObjectDeleted, id, row.folder, 0, row.kind);
    if (SUCCEEDED(hr))
        hr = mbx_touch_folder(mbx, row.folder);
    row_free(&row);
    return finish(mbx, hr);
}

/* ---- flags -------------------------------------------------------------------------------------------------------------------- */

HRESULT mailbox_message_set_flags(struct mailbox *mbx, mbx_id id, ULONG tag, ULONG set, ULONG clear, ULONG *old)
{
    struct row row = {0};
    bool flags = PROP_ID(tag) == PROP_ID(PR_MESSAGE_FLAGS);
    if (old != NULL)
        *old = 0;
    if (!flags && PROP_ID(tag) != PROP_ID(PR_MSG_STATUS))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = read_row(mbx, id, &row);
    int64_t before = flags ? row.flags : row.status;
    int64_t after = (int64_t)(int32_t)(((ULONG)before & ~clear) | set);
    if (SUCCEEDED(hr) && before != after) {
        hr = item_changing(mbx, id);
        if (SUCCEEDED(hr))
            hr = db_run(mbx->db, flags ? "UPDATE message SET flags=? WHERE id=?" : "UPDATE message SET status=? WHERE id=?",
                        "ii", after, id);
        if (SUCCEEDED(hr))
            hr = db_run(mbx->db, flags ? "UPDATE item SET flags=? WHERE id=?" : "UPDATE item SET status=? WHERE id=?", "ii",
                        after, id);
        if (SUCCEEDED(hr) && row.folder != 0)
            hr = item_changed(mbx, id);
        if (SUCCEEDED(hr) && row.folder != 0)
            hr = log_message(mbx, fnevObjectModified, id, row.folder, 0, row.kind);
        if (SUCCEEDED(hr) && row.folder != 0 && flags)
            hr = mbx_touch_folder(mbx, row.folder);
    }
    row_free(&row);
    hr = finish(mbx, hr);
    if (SUCCEEDED(hr) && old != NULL)
        *old = (ULONG)before;
    return hr;
}
