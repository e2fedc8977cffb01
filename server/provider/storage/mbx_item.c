/*
 * mbx_item.c: the item table: one row per message and folder that shows it, with the columns that tables sort by.
 *
 * Layer: portable. A message has an item in its folder and one in each search folder that found it; all have the
 * same values. The folders' counts follow by triggers (schema.c).
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "mbx_search.h"
#include "mbx_sort.h"
#include "pack.h"
#include "propvalue.h"
#include "text.h"

const struct item_column item_columns[] = {
#define ITEM_COLUMN(column, tag, indexed) {#column, tag, indexed},
#include "item_columns.def"
#undef ITEM_COLUMN
};
const int item_column_count = sizeof item_columns / sizeof *item_columns;

#define COLUMN_FLAGS 0
#define COLUMN_STATUS 1
#define COLUMNS ((int)(sizeof item_columns / sizeof *item_columns))

const struct item_column *item_column_find(ULONG prop_id)
{
    for (int i = 0; i < COLUMNS; i++)
        if (PROP_ID(item_columns[i].tag) == prop_id)
            return &item_columns[i];
    return NULL;
}

HRESULT item_changing(struct mailbox *mbx, mbx_id id)
{
    return sort_forget(mbx, id);
}

HRESULT item_changed(struct mailbox *mbx, mbx_id id)
{
    HRESULT hr = search_update(mbx, id);
    return SUCCEEDED(hr) ? sort_remember(mbx, id) : hr;
}

/* Bytes of UTF-8 that make at most TEXT_KEY_UNITS units. */
static size_t cut_text(const uint8_t *text, size_t size)
{
    size_t used = 0, units = 0;
    while (used < size) {
        size_t next = used + 1;
        while (next < size && (text[next] & 0xc0) == 0x80)
            next++;
        units += next - used == 4 ? 2 : 1;
        if (units > TEXT_KEY_UNITS)
            break;
        used = next;
    }
    return used;
}

/* The beginning of a large text or of large bytes. */
static int bind_lazy(struct mailbox *mbx, sqlite3_stmt *stmt, int index, const struct pack_item *item)
{
    WCHAR bytes[TEXT_KEY_UNITS];
    size_t size, got, n = PROP_TYPE(item->tag) == PT_UNICODE ? sizeof bytes : TEXT_KEY_UNITS;
    if (FAILED(mailbox_blob_read(mbx, item->blob, 0, bytes, n, &got)))
        return sqlite3_bind_null(stmt, index);
    if (PROP_TYPE(item->tag) != PT_UNICODE)
        return sqlite3_bind_blob(stmt, index, bytes, (int)got, SQLITE_TRANSIENT);
    char *text = text_to_utf8(bytes, got / sizeof *bytes, &size);
    return text == NULL ? SQLITE_NOMEM : sqlite3_bind_text(stmt, index, text, (int)size, free);
}

static int bind_packed(struct mailbox *mbx, sqlite3_stmt *stmt, int index, ULONG tag, const struct pack_item *item)
{
    if (item->lazy && item->tag == tag)
        return bind_lazy(mbx, stmt, index, item);
    if (item->lazy || PROP_TYPE(item->tag) != PROP_TYPE(tag))
        return sqlite3_bind_null(stmt, index);
    switch (PROP_TYPE(tag)) {
    case PT_UNICODE:
        return sqlite3_bind_text(stmt, index, (const char *)item->data, (int)cut_text(item->data, item->size),
                                 SQLITE_STATIC);
    case PT_BINARY:
        return sqlite3_bind_blob(stmt, index, item->data,
                                 item->size > TEXT_KEY_UNITS ? TEXT_KEY_UNITS : (int)item->size, SQLITE_STATIC);
    case PT_BOOLEAN: {
        uint16_t value;
        memcpy(&value, item->data, sizeof value);
        return sqlite3_bind_int(stmt, index, value != 0);
    }
    case PT_LONG: {
        int32_t value;
        memcpy(&value, item->data, sizeof value);
        return sqlite3_bind_int(stmt, index, value);
    }
    default: {
        int64_t value;
        memcpy(&value, item->data, sizeof value);
        return sqlite3_bind_int64(stmt, index, value);
    }
    }
}

/* PR_SUBJECT where a message has only its parts. malloc; *size bytes. */
static char *joined_subject(const void *pack, size_t size, size_t *joined)
{
    struct pack_item prefix, rest;
    if (!pack_find(pack, size, PROP_ID(PR_NORMALIZED_SUBJECT_W), &rest) || rest.lazy)
        return NULL;
    if (!pack_find(pack, size, PROP_ID(PR_SUBJECT_PREFIX_W), &prefix) || prefix.lazy)
        prefix.size = 0;
    char *text = malloc(prefix.size + rest.size + 1);
    if (text != NULL) {
        memcpy(text, prefix.data, prefix.size);
        memcpy(text + prefix.size, rest.data, rest.size);
        *joined = cut_text((const uint8_t *)text, prefix.size + rest.size);
    }
    return text;
}

/* Binds all columns, beginning at parameter `first`. */
static HRESULT bind_columns(struct mailbox *mbx, sqlite3_stmt *stmt, int first, const void *pack, size_t size, int64_t flags, int64_t status)
{
    int rc = SQLITE_OK;
    for (int i = 0; i < COLUMNS && rc == SQLITE_OK; i++) {
        const struct item_column *column = &item_columns[i];
        struct pack_item item;
        size_t joined;
        char *text;
        if (i == COLUMN_FLAGS)
            rc = sqlite3_bind_int64(stmt, first + i, flags);
        else if (i == COLUMN_STATUS)
            rc = sqlite3_bind_int64(stmt, first + i, status);
        else if (pack_find(pack, size, PROP_ID(column->tag), &item))
            rc = bind_packed(mbx, stmt, first + i, column->tag, &item);
        else if (column->tag == PR_SUBJECT_W && (text = joined_subject(pack, size, &joined)) != NULL)
            rc = sqlite3_bind_text(stmt, first + i, text, (int)joined, free);
        else
            rc = sqlite3_bind_null(stmt, first + i);
    }
    return db_error(rc);
}

static HRESULT run(struct mailbox *mbx, sqlite3_stmt *stmt)
{
    bool row;
    return db_step(mbx->db, stmt, &row);
}

HRESULT item_insert(struct mailbox *mbx, mbx_id id, mbx_id folder, int kind, const void *pack, size_t size,
                    int64_t flags, int64_t status)
{
    sqlite3_stmt *stmt;
    HRESULT hr = db_query(mbx->db, &stmt,
#define ITEM_COLUMN(column, tag, indexed) "," #column
                          "INSERT INTO item(folder,id,kind"
#include "item_columns.def"
#undef ITEM_COLUMN
#define ITEM_COLUMN(column, tag, indexed) ",?"
                          ")VALUES(?,?,?"
#include "item_columns.def"
#undef ITEM_COLUMN
                          ")",
                          "iii", folder, id, (int64_t)kind);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = bind_columns(mbx, stmt, 4, pack, size, flags, status)))
        hr = run(mbx, stmt);
    db_release(mbx->db, stmt);
    return hr;
}

HRESULT item_update(struct mailbox *mbx, mbx_id id, const void *pack, size_t size, int64_t flags, int64_t status)
{
    sqlite3_stmt *stmt;
    HRESULT hr = db_query(mbx->db, &stmt,
#define ITEM_COLUMN(column, tag, indexed) "," #column "=?"
                          "UPDATE item SET id=id"
#include "item_columns.def"
#undef ITEM_COLUMN
                          " WHERE id=?",
                          "");
    if (FAILED(hr))
        return hr;
    hr = db_error(sqlite3_bind_int64(stmt, COLUMNS + 1, id));
    if (SUCCEEDED(hr) && SUCCEEDED(hr = bind_columns(mbx, stmt, 1, pack, size, flags, status)))
        hr = run(mbx, stmt);
    db_release(mbx->db, stmt);
    return hr;
}
