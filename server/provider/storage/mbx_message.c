/*
 * mbx_message.c: messages in memory, and loading them.
 *
 * Layer: portable. PR_MESSAGE_FLAGS and PR_MSG_STATUS have columns of their own, which override the pack.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "pack.h"
#include "recipients.h"

HRESULT mbx_message_new(mbx_id folder, bool associated, struct mbx_message **out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    struct mbx_message *message = calloc(1, sizeof *message);
    *out = NULL;
    if (message != NULL && SUCCEEDED(hr = propbag_create(&message->props))) {
        message->folder = folder;
        message->associated = associated;
        message->recipients_loaded = message->attachments_loaded = true;
        *out = message;
    } else {
        free(message);
    }
    return hr;
}

static void free_recipients(struct mbx_message *message)
{
    for (ULONG i = 0; i < message->recipient_count; i++)
        propbag_free(message->recipients[i]);
    free(message->recipients);
    message->recipients = NULL;
    message->recipient_count = 0;
}

void mbx_message_free(struct mbx_message *message)
{
    if (message == NULL)
        return;
    propbag_free(message->props);
    free_recipients(message);
    for (ULONG i = 0; i < message->attachment_count; i++) {
        propbag_free(message->attachments[i].props);
        mbx_message_free(message->attachments[i].embedded);
    }
    free(message->attachments);
    free(message);
}

/* ---- loading ------------------------------------------------------------------------------------------------------------ */

static HRESULT load_attachments(struct mailbox *mbx, struct mbx_message *message)
{
    sqlite3_stmt *stmt;
    bool row;
    ULONG capacity = 0;
    HRESULT hr = db_query(mbx->db, &stmt,
                          "SELECT id,number,EXISTS(SELECT 1 FROM message m WHERE m.attachment=a.id)"
                          " FROM attachment a WHERE message=? ORDER BY number",
                          "i", message->id);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
        if (message->attachment_count == capacity) {
            capacity = capacity == 0 ? 4 : capacity * 2;
            struct mbx_attachment *grown = realloc(message->attachments, capacity * sizeof *grown);
            if (grown == NULL) {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
            message->attachments = grown;
        }
        message->attachments[message->attachment_count++] =
            (struct mbx_attachment){.id = sqlite3_column_int64(stmt, 0),
                                    .number = (ULONG)sqlite3_column_int64(stmt, 1),
                                    .has_embedded = sqlite3_column_int(stmt, 2) != 0};
    }
    db_release(mbx->db, stmt);
    if (SUCCEEDED(hr)) {
        message->attachments_loaded = true;
    } else {
        free(message->attachments);
        message->attachments = NULL;
        message->attachment_count = 0;
    }
    return hr;
}

static HRESULT load_recipients(struct mailbox *mbx, struct mbx_message *message)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT recipients FROM message WHERE id=?", "i", message->id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row))) {
        hr = row ? recipients_read(sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0),
                                   &message->recipients, &message->recipient_count)
                 : MAPI_E_OBJECT_DELETED;
        message->recipients_loaded = SUCCEEDED(hr);
    }
    db_release(mbx->db, stmt);
    return hr;
}

HRESULT mailbox_message_load_more(struct mailbox *mbx, struct mbx_message *message, unsigned parts)
{
    HRESULT hr = S_OK;
    db_lock(mbx->db);
    if ((parts & MBX_LOAD_RECIPIENTS) && !message->recipients_loaded)
        hr = load_recipients(mbx, message);
    if (SUCCEEDED(hr) && (parts & MBX_LOAD_ATTACHMENTS) && !message->attachments_loaded)
        hr = load_attachments(mbx, message);
    db_unlock(mbx->db);
    return hr;
}

/* Reads the row of the statement, whose columns are id,folder,kind,version,flags,status,next_attachment,props. */
static HRESULT read_message(sqlite3_stmt *stmt, struct mbx_message **out)
{
    struct mbx_message *message = calloc(1, sizeof *message);
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (message == NULL)
        return hr;
    int kind = sqlite3_column_int(stmt, 2);
    message->id = sqlite3_column_int64(stmt, 0);
    message->folder = sqlite3_column_int64(stmt, 1);
    message->associated = (kind & ITEM_ASSOCIATED) != 0;
    message->soft_deleted = (kind & ITEM_DELETED) != 0;
    message->version = (uint64_t)sqlite3_column_int64(stmt, 3);
    message->next_attachment_number = (ULONG)sqlite3_column_int64(stmt, 6);
    hr = pack_read(sqlite3_column_blob(stmt, 7), (size_t)sqlite3_column_bytes(stmt, 7), NULL, &message->props);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(message->props, PR_MESSAGE_FLAGS, sqlite3_column_int(stmt, 4));
    if (SUCCEEDED(hr) && (sqlite3_column_int(stmt, 5) != 0 || propbag_find(message->props, PROP_ID(PR_MSG_STATUS))))
        hr = propbag_set_long(message->props, PR_MSG_STATUS, sqlite3_column_int(stmt, 5));
    if (SUCCEEDED(hr)) {
        propbag_mark_clean(message->props);
        *out = message;
    } else {
        mbx_message_free(message);
    }
    return hr;
}

#define MESSAGE_COLUMNS "SELECT id,folder,kind,version,flags,status,next_attachment,props FROM message "

static HRESULT load(struct mailbox *mbx, const char *sql, int64_t key, unsigned parts, struct mbx_message **out)
{
    sqlite3_stmt *stmt;
    bool row;
    *out = NULL;
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt, sql, "i", key);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)))
        hr = row ? read_message(stmt, out) : MAPI_E_NOT_FOUND;
    db_release(mbx->db, stmt);
    if (SUCCEEDED(hr) && FAILED(hr = mailbox_message_load_more(mbx, *out, parts))) {
        mbx_message_free(*out);
        *out = NULL;
    }
    db_unlock(mbx->db);
    return hr;
}

HRESULT mailbox_message_load(struct mailbox *mbx, mbx_id id, unsigned parts, struct mbx_message **out)
{
    return load(mbx, MESSAGE_COLUMNS "WHERE id=?", id, parts, out);
}

HRESULT mailbox_attachment_load_embedded(struct mailbox *mbx, struct mbx_attachment *attachment)
{
    if (attachment->embedded != NULL)
        return S_OK;
    return load(mbx, MESSAGE_COLUMNS "WHERE attachment=?", attachment->id, MBX_LOAD_RECIPIENTS | MBX_LOAD_ATTACHMENTS,
                &attachment->embedded);
}

HRESULT mailbox_attachment_load(struct mailbox *mbx, struct mbx_attachment *attachment)
{
    sqlite3_stmt *stmt;
    bool row;
    if (attachment->props != NULL)
        return S_OK;
    if (attachment->id == 0)
        return propbag_create(&attachment->props);
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT props FROM attachment WHERE id=?", "i", attachment->id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)))
        hr = row ? pack_read(sqlite3_column_blob(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0), NULL, &attachment->props)
                 : MAPI_E_OBJECT_DELETED;
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}

HRESULT mailbox_message_find(struct mailbox *mbx, mbx_id id, mbx_id *folder, uint64_t *version)
{
    sqlite3_stmt *stmt;
    bool row;
    if (folder != NULL)
        *folder = 0;
    if (version != NULL)
        *version = 0;
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT folder,version FROM message WHERE id=?", "i", id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row))) {
        if (!row)
            hr = MAPI_E_NOT_FOUND;
        if (row && folder != NULL)
            *folder = sqlite3_column_int64(stmt, 0);
        if (row && version != NULL)
            *version = (uint64_t)sqlite3_column_int64(stmt, 1);
    }
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}

HRESULT mailbox_outgoing(struct mailbox *mbx, mbx_id **ids, ULONG *count)
{
    sqlite3_stmt *stmt;
    bool row;
    *ids = NULL;
    *count = 0;
    db_lock(mbx->db);
    /* By the index message_outgoing: nothing is looked at but what is found. */
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT id FROM message WHERE flags&4 AND folder<>0 AND kind=0 ORDER BY id", "");
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
        mbx_id *grown = realloc(*ids, (*count + 1) * sizeof **ids);
        if (grown == NULL) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        *ids = grown;
        grown[(*count)++] = sqlite3_column_int64(stmt, 0);
    }
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    if (FAILED(hr)) {
        free(*ids);
        *ids = NULL;
        *count = 0;
    }
    return hr;
}
