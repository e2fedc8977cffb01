/*
 * directory_personal.c: the personal address books of the directory database. See directory.h.
 *
 * Layer: portable. An entry is a number that is never used again, its owner and its properties, one row for each. Every
 * change raises a version of the owner's: what is kept in memory of the directory itself stays as it is.
 */
#include <stdlib.h>
#include <string.h>
#include "db.h"
#include "directory.h"
#include "prop_codec.h"

HRESULT directory_personal_version(struct directory *dir, int64_t owner, int64_t *version)
{
    HRESULT hr = db_int(directory_db(dir), version, "SELECT value FROM meta WHERE name = 'personal ' || ?", "i", owner);
    if (hr == MAPI_E_NOT_FOUND) { /* nothing has been changed yet */
        *version = 0;
        hr = S_OK;
    }
    return hr;
}

static HRESULT raise_version(struct directory *dir, int64_t owner)
{
    return db_run(directory_db(dir),
                  "INSERT INTO meta VALUES('personal ' || ?, 1) ON CONFLICT(name) DO UPDATE SET value = value + 1", "i",
                  owner);
}

HRESULT directory_personal_each(struct directory *dir, int64_t owner, int64_t list,
                                HRESULT (*row_fn)(void *context, int64_t id, struct propbag **props), void *context)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    struct propbag *props = NULL;
    int64_t current = 0;
    bool row;
    db_lock(db);
    HRESULT hr = db_query(db, &stmt,
                          "SELECT p.entry, p.prop, p.type, p.value FROM personal e JOIN personal_prop p ON p.entry = e.id"
                          " LEFT JOIN personal_member m ON m.entry = e.id"
                          " WHERE e.owner = ? AND ifnull(m.list, 0) = ? ORDER BY p.entry, p.prop",
                          "ii", owner, list);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK) {
        int64_t id = row ? sqlite3_column_int64(stmt, 0) : 0;
        if (id != current) { /* the one before is whole */
            if (current != 0)
                hr = row_fn(context, current, &props);
            propbag_free(props);
            props = NULL;
            current = id;
            if (hr == S_OK && row)
                hr = propbag_create(&props);
        }
        if (!row)
            break;
        if (hr == S_OK)
            hr = prop_decode(PROP_TAG(sqlite3_column_int(stmt, 2), sqlite3_column_int(stmt, 1)),
                             sqlite3_column_blob(stmt, 3), (size_t)sqlite3_column_bytes(stmt, 3), props);
    }
    propbag_free(props);
    db_release(db, stmt);
    db_unlock(db);
    return hr;
}

/* MAPI_E_NOT_FOUND unless the entry is the owner's; *list: what it is a member of, or 0. */
static HRESULT find(struct directory *dir, int64_t owner, int64_t id, int64_t *list)
{
    return db_int(directory_db(dir), list,
                  "SELECT ifnull(m.list, 0) FROM personal e LEFT JOIN personal_member m ON m.entry = e.id"
                  " WHERE e.id = ? AND e.owner = ?",
                  "ii", id, owner);
}

HRESULT directory_personal_load(struct directory *dir, int64_t owner, int64_t id, int64_t *list, struct propbag **out)
{
    int64_t in = 0;
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    struct propbag *props = NULL;
    bool row;
    *out = NULL;
    db_lock(db);
    HRESULT hr = find(dir, owner, id, &in);
    if (list != NULL)
        *list = in;
    if (hr == S_OK)
        hr = propbag_create(&props);
    if (hr == S_OK)
        hr = db_query(db, &stmt, "SELECT prop, type, value FROM personal_prop WHERE entry = ?", "i", id);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row)
        hr = prop_decode(PROP_TAG(sqlite3_column_int(stmt, 1), sqlite3_column_int(stmt, 0)),
                         sqlite3_column_blob(stmt, 2), (size_t)sqlite3_column_bytes(stmt, 2), props);
    db_release(db, stmt);
    db_unlock(db);
    if (hr != S_OK) {
        propbag_free(props);
        return hr;
    }
    propbag_mark_clean(props);
    *out = props;
    return S_OK;
}

/* Writes properties of the bag: all of them, or only those that are dirty. */
static HRESULT write_props(struct directory *dir, int64_t id, const struct propbag *props, bool all)
{
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < propbag_count(props) && hr == S_OK; i++) {
        const struct propbag_entry *entry = propbag_at(props, i);
        struct bytebuf bytes = {0};
        if (!entry->dirty && !all)
            continue;
        if ((hr = prop_encode(&entry->value, &bytes)) == S_OK)
            hr = db_run(directory_db(dir), "INSERT OR REPLACE INTO personal_prop VALUES(?, ?, ?, ?)", "iiib", id,
                        (int64_t)PROP_ID(entry->value.ulPropTag), (int64_t)PROP_TYPE(entry->value.ulPropTag),
                        (const void *)bytes.data, bytes.size);
        bytebuf_free(&bytes);
    }
    return hr;
}

HRESULT directory_personal_add(struct directory *dir, int64_t owner, int64_t list, struct propbag *props, int64_t *id)
{
    int64_t outer;
    *id = 0;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if (list != 0)
        hr = find(dir, owner, list, &outer);
    if (hr == S_OK && (hr = db_run(directory_db(dir), "INSERT INTO personal(owner) VALUES(?)", "i", owner)) == S_OK) {
        *id = sqlite3_last_insert_rowid(db_handle(directory_db(dir)));
        hr = write_props(dir, *id, props, true);
    }
    if (hr == S_OK && list != 0)
        hr = db_run(directory_db(dir), "INSERT INTO personal_member VALUES(?, ?)", "ii", *id, list);
    if (hr == S_OK)
        hr = raise_version(dir, owner);
    if ((hr = directory_end(dir, hr)) == S_OK)
        propbag_mark_clean(props);
    else
        *id = 0;
    return hr;
}

HRESULT directory_personal_save(struct directory *dir, int64_t owner, int64_t id, struct propbag *props, bool replace)
{
    struct db *db = directory_db(dir);
    const ULONG *deleted;
    ULONG count = propbag_deleted(props, &deleted);
    int64_t list;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    hr = find(dir, owner, id, &list);
    if (hr == S_OK && replace)
        hr = db_run(db, "DELETE FROM personal_prop WHERE entry = ?", "i", id);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = db_run(db, "DELETE FROM personal_prop WHERE entry = ? AND prop = ?", "ii", id, (int64_t)deleted[i]);
    if (hr == S_OK)
        hr = write_props(dir, id, props, replace);
    if (hr == S_OK)
        hr = raise_version(dir, owner);
    if ((hr = directory_end(dir, hr)) == S_OK)
        propbag_mark_clean(props);
    return hr;
}

HRESULT directory_personal_remove(struct directory *dir, int64_t owner, int64_t list, int64_t id)
{
    static const char *const statements[] = {
        "DELETE FROM personal_prop WHERE entry = ?1 OR entry IN (SELECT entry FROM personal_member WHERE list = ?1)",
        "DELETE FROM personal WHERE id = ?1 OR id IN (SELECT entry FROM personal_member WHERE list = ?1)",
        "DELETE FROM personal_member WHERE entry = ?1 OR list = ?1",
    };
    int64_t in = 0;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = find(dir, owner, id, &in)) == S_OK && in != list)
        hr = MAPI_E_NOT_FOUND;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && hr == S_OK; i++)
        hr = db_run(directory_db(dir), statements[i], "i", id);
    if (hr == S_OK)
        hr = raise_version(dir, owner);
    return directory_end(dir, hr);
}
