/*
 * mbx_save.c: saving messages with their recipients, attachments and embedded messages.
 *
 * Layer: portable. One transaction per save. A message that was saved by another since it was loaded is refused by
 * its version; what nobody changed in the bag keeps the database's value.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "pack.h"
#include "recipients.h"

/* What the database has of a message that is saved again. */
struct stored {
    bool found;
    mbx_id folder;
    int kind;
    uint64_t version;
    int64_t flags, status;
    struct bytebuf props;
};

static HRESULT read_stored(struct mailbox *mbx, mbx_id id, struct stored *out)
{
    sqlite3_stmt *stmt;
    memset(out, 0, sizeof *out);
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT folder,kind,version,flags,status,props FROM message WHERE id=?", "i", id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &out->found)) && out->found) {
        out->folder = sqlite3_column_int64(stmt, 0);
        out->kind = sqlite3_column_int(stmt, 1);
        out->version = (uint64_t)sqlite3_column_int64(stmt, 2);
        out->flags = sqlite3_column_int64(stmt, 3);
        out->status = sqlite3_column_int64(stmt, 4);
        bytebuf_add(&out->props, sqlite3_column_blob(stmt, 5), (size_t)sqlite3_column_bytes(stmt, 5));
        if (out->props.failed)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    db_release(mbx->db, stmt);
    return hr;
}

/* The bag's value when it was set there, else what the database has. */
static int64_t column_value(const struct propbag *props, ULONG tag, int64_t stored, bool is_new)
{
    const struct propbag_entry *e = propbag_find(props, PROP_ID(tag));
    return e != NULL && (e->dirty || is_new) ? propbag_long(props, tag, (LONG)stored) : stored;
}

static HRESULT save_tree(struct mailbox *mbx, struct mbx_message *message, mbx_id attachment, bool force, mbx_id *id,
                         uint64_t *version);

/* ---- attachments ---------------------------------------------------------------------------------------------------------- */

static HRESULT delete_tree(struct mailbox *mbx, mbx_id id);

static HRESULT delete_attachment(struct mailbox *mbx, mbx_id id)
{
    sqlite3_stmt *stmt;
    bool row;
    mbx_id embedded;
    HRESULT hr = db_int(mbx->db, &embedded, "SELECT id FROM message WHERE attachment=?", "i", id);
    hr = hr == MAPI_E_NOT_FOUND ? S_OK : SUCCEEDED(hr) ? delete_tree(mbx, embedded) : hr;
    if (FAILED(hr) || FAILED(hr = db_query(mbx->db, &stmt, "SELECT props FROM attachment WHERE id=?", "i", id)))
        return hr;
    if (SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
        hr = mbx_pack_ref(mbx, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), -1);
    db_release(mbx->db, stmt);
    return SUCCEEDED(hr) ? db_run(mbx->db, "DELETE FROM attachment WHERE id=?", "i", id) : hr;
}

/* Deletes a message's row with all that belongs to it (not its items). */
static HRESULT delete_tree(struct mailbox *mbx, mbx_id id)
{
    sqlite3_stmt *stmt;
    bool row;
    mbx_id attachment;
    HRESULT hr;
    while (SUCCEEDED(hr = db_int(mbx->db, &attachment, "SELECT id FROM attachment WHERE message=?", "i", id)))
        if (FAILED(hr = delete_attachment(mbx, attachment)))
            return hr;
    if (hr != MAPI_E_NOT_FOUND)
        return hr;
    if (FAILED(hr = db_query(mbx->db, &stmt, "SELECT props FROM message WHERE id=?", "i", id)))
        return hr;
    if (SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
        hr = mbx_pack_ref(mbx, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), -1);
    db_release(mbx->db, stmt);
    return SUCCEEDED(hr) ? db_run(mbx->db, "DELETE FROM message WHERE id=?", "i", id) : hr;
}

static HRESULT write_attachment(struct mailbox *mbx, const struct mbx_attachment *attachment, mbx_id message, mbx_id id)
{
    sqlite3_stmt *stmt = NULL;
    struct bytebuf old = {0}, pack = {0};
    struct propbag *empty = NULL;
    const struct propbag *props = attachment->props;
    bool row = false, is_new = attachment->id == 0;
    HRESULT hr = S_OK;
    if (props == NULL && SUCCEEDED(hr = propbag_create(&empty)))
        props = empty;
    if (SUCCEEDED(hr) && !is_new && SUCCEEDED(hr = db_query(mbx->db, &stmt, "SELECT props FROM attachment WHERE id=?", "i", id))) {
        if (SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row)
            bytebuf_add(&old, sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0));
        db_release(mbx->db, stmt);
        if (SUCCEEDED(hr) && !row)
            hr = MAPI_E_OBJECT_DELETED;
    }
    if (SUCCEEDED(hr))
        hr = mbx_pack_merge(mbx, old.data, old.size, props, &pack);
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db,
                    "INSERT INTO attachment(id,message,number,props) VALUES(?,?,?,?)"
                    " ON CONFLICT(id) DO UPDATE SET number=excluded.number, props=excluded.props",
                    "iiib", id, message, (int64_t)attachment->number, (const void *)pack.data, pack.size);
    propbag_free(empty);
    bytebuf_free(&old);
    bytebuf_free(&pack);
    return hr;
}

/* The ids and versions that a save gives are kept here and set only when everything has been written. */
static HRESULT save_attachments(struct mailbox *mbx, struct mbx_message *message, mbx_id id)
{
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < message->attachment_count && SUCCEEDED(hr); i++) {
        struct mbx_attachment *a = &message->attachments[i];
        mbx_id attachment_id = a->id;
        if (a->deleted) {
            if (a->id != 0)
                hr = delete_attachment(mbx, a->id);
            continue;
        }
        if (a->id == 0)
            hr = mbx_new_id(mbx, &attachment_id);
        if (SUCCEEDED(hr) && (a->id == 0 || (a->props != NULL && propbag_is_dirty(a->props))))
            hr = write_attachment(mbx, a, id, attachment_id);
        if (SUCCEEDED(hr) && !a->has_embedded && a->id != 0) {
            /* Another kind of data has taken the embedded message's place. */
            mbx_id embedded;
            hr = db_int(mbx->db, &embedded, "SELECT id FROM message WHERE attachment=?", "i", a->id);
            hr = hr == MAPI_E_NOT_FOUND ? S_OK : SUCCEEDED(hr) ? delete_tree(mbx, embedded) : hr;
        }
        if (SUCCEEDED(hr) && a->embedded != NULL && a->has_embedded) {
            mbx_id embedded_id;
            uint64_t version;
            if (SUCCEEDED(hr = save_tree(mbx, a->embedded, attachment_id, true, &embedded_id, &version))) {
                a->embedded->id = embedded_id;
                a->embedded->version = version;
            }
        }
        if (SUCCEEDED(hr))
            a->id = attachment_id;
    }
    return hr;
}

/* ---- messages ------------------------------------------------------------------------------------------------------------- */

static bool tree_changed(const struct mbx_message *message)
{
    if (message->id == 0 || message->recipients_dirty || propbag_is_dirty(message->props))
        return true;
    for (ULONG i = 0; i < message->attachment_count; i++) {
        const struct mbx_attachment *a = &message->attachments[i];
        if (a->id == 0 || a->deleted || (a->props != NULL && propbag_is_dirty(a->props)) ||
            (a->embedded != NULL && tree_changed(a->embedded)))
            return true;
    }
    return false;
}

static HRESULT check_folder(struct mailbox *mbx, mbx_id folder)
{
    int64_t type;
    HRESULT hr = db_int(mbx->db, &type, "SELECT type FROM folder WHERE id=?", "i", folder);
    if (hr == MAPI_E_NOT_FOUND)
        return MAPI_E_OBJECT_DELETED;
    return SUCCEEDED(hr) && (type == FOLDER_SEARCH || type == MBX_FOLDER_STORE) ? MAPI_E_NO_ACCESS : hr;
}

static HRESULT write_message(struct mailbox *mbx, const struct mbx_message *message, mbx_id id, mbx_id attachment,
                             const struct stored *stored, uint64_t version, const struct bytebuf *pack)
{
    struct bytebuf recipients = {0};
    bool is_new = !stored->found;
    int64_t flags = column_value(message->props, PR_MESSAGE_FLAGS, stored->flags, is_new);
    int64_t status = column_value(message->props, PR_MSG_STATUS, stored->status, is_new);
    int kind = is_new ? (message->associated ? ITEM_ASSOCIATED : ITEM_MESSAGE) : stored->kind;
    HRESULT hr = S_OK;
    if (is_new || message->recipients_dirty)
        hr = recipients_write(message->recipients, message->recipient_count, &recipients);
    if (SUCCEEDED(hr) && !is_new && attachment == 0)
        hr = item_changing(mbx, id);
    if (SUCCEEDED(hr) && is_new)
        hr = db_run(mbx->db,
                    "INSERT INTO message(id,folder,attachment,kind,version,flags,status,next_attachment,props,recipients)"
                    " VALUES(?,?,nullif(?,0),?,?,?,?,?,?,?)",
                    "iiiiiiiibb", id, message->folder, attachment, (int64_t)kind, (int64_t)version, flags, status,
                    (int64_t)message->next_attachment_number, (const void *)pack->data, pack->size,
                    (const void *)recipients.data, recipients.size);
    else if (SUCCEEDED(hr))
        hr = db_run(mbx->db,
                    "UPDATE message SET version=?,flags=?,status=?,next_attachment=max(next_attachment,?),props=? WHERE id=?",
                    "iiiibi", (int64_t)version, flags, status, (int64_t)message->next_attachment_number,
                    (const void *)pack->data, pack->size, id);
    if (SUCCEEDED(hr) && !is_new && message->recipients_dirty)
        hr = db_run(mbx->db, "UPDATE message SET recipients=? WHERE id=?", "bi", (const void *)recipients.data,
                    recipients.size, id);
    if (SUCCEEDED(hr) && attachment == 0)
        hr = is_new ? item_insert(mbx, id, message->folder, kind, pack->data, pack->size, flags, status)
                    : item_update(mbx, id, pack->data, pack->size, flags, status);
    bytebuf_free(&recipients);
    return hr;
}

static HRESULT save_tree(struct mailbox *mbx, struct mbx_message *message, mbx_id attachment, bool force, mbx_id *id,
                         uint64_t *version)
{
    struct stored stored = {0};
    struct bytebuf pack = {0};
    HRESULT hr = S_OK;
    *id = message->id;
    *version = message->version;
    if (!tree_changed(message))
        return S_OK;
    if (message->id == 0) {
        if (attachment == 0)
            hr = check_folder(mbx, message->folder);
        if (SUCCEEDED(hr))
            hr = mbx_new_id(mbx, id);
        /* A new message embedded where another one was takes its place. */
        mbx_id other;
        if (SUCCEEDED(hr) && attachment != 0) {
            hr = db_int(mbx->db, &other, "SELECT id FROM message WHERE attachment=?", "i", attachment);
            hr = hr == MAPI_E_NOT_FOUND ? S_OK : SUCCEEDED(hr) ? delete_tree(mbx, other) : hr;
        }
    } else if (SUCCEEDED(hr = read_stored(mbx, message->id, &stored))) {
        if (!stored.found)
            hr = MAPI_E_OBJECT_DELETED;
        else if (!force && stored.version != message->version)
            hr = MAPI_E_OBJECT_CHANGED;
    }
    *version = stored.version + 1;
    if (SUCCEEDED(hr))
        hr = mbx_pack_merge(mbx, stored.found ? stored.props.data : NULL, stored.props.size, message->props, &pack);
    if (SUCCEEDED(hr))
        hr = write_message(mbx, message, *id, attachment, &stored, *version, &pack);
    if (SUCCEEDED(hr))
        hr = save_attachments(mbx, message, *id);
    if (SUCCEEDED(hr) && attachment == 0)
        hr = item_changed(mbx, *id);
    bytebuf_free(&stored.props);
    bytebuf_free(&pack);
    return hr;
}

/* After the commit: nothing is dirty, deleted attachments leave the array. */
static void mark_saved(struct mbx_message *message)
{
    ULONG kept = 0;
    propbag_mark_clean(message->props);
    message->recipients_dirty = false;
    for (ULONG i = 0; i < message->recipient_count; i++)
        propbag_mark_clean(message->recipients[i]);
    for (ULONG i = 0; i < message->attachment_count; i++) {
        struct mbx_attachment a = message->attachments[i];
        if (a.deleted) {
            propbag_free(a.props);
            mbx_message_free(a.embedded);
            continue;
        }
        if (a.props != NULL)
            propbag_mark_clean(a.props);
        if (a.embedded != NULL)
            mark_saved(a.embedded);
        message->attachments[kept++] = a;
    }
    message->attachment_count = kept;
}

/* After a rollback: what was new is new again. */
static void forget_ids(struct mbx_message *message, const mbx_id first_new)
{
    if (message->id >= first_new)
        message->id = 0;
    for (ULONG i = 0; i < message->attachment_count; i++) {
        struct mbx_attachment *a = &message->attachments[i];
        if (a->id >= first_new)
            a->id = 0;
        if (a->embedded != NULL)
            forget_ids(a->embedded, first_new);
    }
}

HRESULT mailbox_message_save(struct mailbox *mbx, struct mbx_message *message, bool force)
{
    mbx_id id = 0, first_new = 0;
    uint64_t version = 0;
    bool is_new = message->id == 0;
    const struct propbag_entry *flags = propbag_find(message->props, PROP_ID(PR_MESSAGE_FLAGS));
    bool counts_change = is_new || (flags != NULL && flags->dirty);
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    hr = db_int(mbx->db, &first_new, "SELECT value FROM meta WHERE name='next_id'", "");
    if (SUCCEEDED(hr))
        hr = save_tree(mbx, message, 0, force, &id, &version);
    bool wrote = SUCCEEDED(hr) && (is_new || version != message->version);
    if (wrote) {
        struct mbx_change change = {.event = is_new ? fnevObjectCreated : fnevObjectModified,
                                    .object_type = MAPI_MESSAGE, .associated = message->associated, .id = id,
                                    .parent = message->folder};
        hr = mbx_log(mbx, &change);
        if (SUCCEEDED(hr) && counts_change)
            hr = mbx_touch_folder(mbx, message->folder);
    }
    if (FAILED(hr))
        mailbox_rollback(mbx);
    else
        hr = mailbox_commit(mbx);
    if (FAILED(hr)) {
        if (first_new != 0)
            forget_ids(message, first_new);
        return hr;
    }
    message->id = id;
    message->version = version;
    mark_saved(message);
    return S_OK;
}

HRESULT mbx_message_delete_rows(struct mailbox *mbx, mbx_id id)
{
    return delete_tree(mbx, id);
}
