/*
 * directory_profile.c: profiles of the directory database and their sections. See directory.h.
 *
 * Layer: portable. A hidden profile has no name.
 */
#include <stdlib.h>
#include <string.h>
#include "db.h"
#include "directory.h"
#include "prop_codec.h"
#include "text.h"

#define PROFILE_COLUMNS "id, name, is_default"
#define UID(uid)        (const void *)(uid), sizeof(MAPIUID)

void dir_profile_free(struct dir_profile *profile)
{
    if (profile != NULL)
        free(profile->name);
    free(profile);
}

static HRESULT profile_read(sqlite3_stmt *stmt, struct dir_profile **out)
{
    struct dir_profile *profile = calloc(1, sizeof *profile);
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (profile != NULL) {
        profile->id = sqlite3_column_int64(stmt, 0);
        profile->is_default = sqlite3_column_int(stmt, 2) != 0;
        hr = db_column_text(stmt, 1, &profile->name);
        if (hr == S_OK && profile->name == NULL && (profile->name = calloc(1, sizeof(WCHAR))) == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    if (hr != S_OK) {
        dir_profile_free(profile);
        profile = NULL;
    }
    *out = profile;
    return hr;
}

static HRESULT profile_first(struct db *db, HRESULT hr, sqlite3_stmt *stmt, struct dir_profile **out)
{
    bool row = false;
    *out = NULL;
    if (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK)
        hr = row ? profile_read(stmt, out) : MAPI_E_NOT_FOUND;
    db_release(db, stmt);
    db_unlock(db);
    return hr;
}

HRESULT directory_profile_find(struct directory *dir, const WCHAR *name, struct dir_profile **out)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    db_lock(db);
    HRESULT hr = db_query(db, &stmt, "SELECT " PROFILE_COLUMNS " FROM profile WHERE name = ?", "w", name);
    return profile_first(db, hr, stmt, out);
}

HRESULT directory_profile_get(struct directory *dir, int64_t id, struct dir_profile **out)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    db_lock(db);
    HRESULT hr = db_query(db, &stmt, "SELECT " PROFILE_COLUMNS " FROM profile WHERE id = ?", "i", id);
    return profile_first(db, hr, stmt, out);
}

HRESULT directory_profile_default(struct directory *dir, struct dir_profile **out)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    db_lock(db);
    HRESULT hr = db_query(
        db, &stmt, "SELECT " PROFILE_COLUMNS " FROM profile WHERE is_default <> 0 AND name IS NOT NULL", "");
    return profile_first(db, hr, stmt, out);
}

HRESULT directory_profile_each(struct directory *dir,
                               HRESULT (*row_fn)(void *context, const struct dir_profile *profile),
                               void *context)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    bool row;
    db_lock(db);
    HRESULT hr = db_query(db, &stmt,
                          "SELECT " PROFILE_COLUMNS " FROM profile WHERE name IS NOT NULL ORDER BY name", "");
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row) {
        struct dir_profile *profile = NULL;
        if ((hr = profile_read(stmt, &profile)) == S_OK)
            hr = row_fn(context, profile);
        dir_profile_free(profile);
    }
    db_release(db, stmt);
    db_unlock(db);
    return hr;
}

/* MAPI_E_COLLISION if another profile than `id` has the name. */
static HRESULT name_free(struct directory *dir, const WCHAR *name, int64_t id)
{
    int64_t found = 0;
    HRESULT hr = db_int(directory_db(dir), &found, "SELECT count(*) FROM profile WHERE name = ? AND id <> ?",
                        "wi", name, id);
    return hr == S_OK && found > 0 ? MAPI_E_COLLISION : hr;
}

HRESULT directory_profile_create(struct directory *dir, const WCHAR *name, int64_t *id)
{
    *id = 0;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = name_free(dir, name, 0)) == S_OK &&
        (hr = db_run(directory_db(dir), "INSERT INTO profile(name) VALUES(?)", "w", name)) == S_OK)
        *id = sqlite3_last_insert_rowid(db_handle(directory_db(dir)));
    return directory_end(dir, hr);
}

HRESULT directory_profile_hide(struct directory *dir, int64_t id)
{
    return db_run(directory_db(dir), "UPDATE profile SET name = NULL, is_default = 0 WHERE id = ?", "i", id);
}

HRESULT directory_profile_delete(struct directory *dir, int64_t id)
{
    struct db *db = directory_db(dir);
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = db_run(db, "DELETE FROM section_prop WHERE profile = ?", "i", id)) == S_OK &&
        (hr = db_run(db, "DELETE FROM section WHERE profile = ?", "i", id)) == S_OK)
        hr = db_run(db, "DELETE FROM profile WHERE id = ?", "i", id);
    return directory_end(dir, hr);
}

HRESULT directory_profile_copy(struct directory *dir, int64_t id, const WCHAR *new_name)
{
    struct db *db = directory_db(dir);
    int64_t copy = 0;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = directory_profile_create(dir, new_name, &copy)) == S_OK &&
        (hr = db_run(
             db,
             "INSERT INTO section SELECT ?2, uid, kind, service, position FROM section WHERE profile = ?1",
             "ii", id, copy)) == S_OK)
        hr = db_run(
            db,
            "INSERT INTO section_prop SELECT ?2, uid, prop, type, value FROM section_prop WHERE profile = ?1",
            "ii", id, copy);
    return directory_end(dir, hr);
}

HRESULT directory_profile_rename(struct directory *dir, int64_t id, const WCHAR *new_name)
{
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = name_free(dir, new_name, id)) == S_OK)
        hr = db_run(directory_db(dir), "UPDATE profile SET name = ? WHERE id = ?", "wi", new_name, id);
    return directory_end(dir, hr);
}

HRESULT directory_profile_set_default(struct directory *dir, int64_t id)
{
    return db_run(directory_db(dir), "UPDATE profile SET is_default = (id = ?)", "i", id);
}

void directory_new_uid(MAPIUID *uid)
{
    sqlite3_randomness(sizeof *uid, uid);
}

/* ---- sections ---- */

HRESULT directory_section_create(struct directory *dir, int64_t profile, const MAPIUID *uid,
                                 enum dir_section_kind kind, const MAPIUID *service)
{
    struct db *db = directory_db(dir);
    struct dir_section existing;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    hr = directory_section_find(dir, profile, uid, &existing);
    if (hr == S_OK)
        hr = MAPI_E_COLLISION;
    else if (hr == MAPI_E_NOT_FOUND)
        hr = db_run(
            db,
            "INSERT INTO section VALUES(?1, ?2, ?3, ?4, (SELECT coalesce(max(position) + 1, 0) FROM section"
            " WHERE profile = ?1 AND kind = ?3))",
            service != NULL ? "ibib" : "ibin", profile, UID(uid), (int64_t)kind, UID(service));
    return directory_end(dir, hr);
}

static void section_read(sqlite3_stmt *stmt, struct dir_section *out)
{
    memset(out, 0, sizeof *out);
    if (sqlite3_column_bytes(stmt, 0) == sizeof out->uid)
        memcpy(&out->uid, sqlite3_column_blob(stmt, 0), sizeof out->uid);
    out->kind = sqlite3_column_int(stmt, 1);
    if (sqlite3_column_bytes(stmt, 2) == sizeof out->service)
        memcpy(&out->service, sqlite3_column_blob(stmt, 2), sizeof out->service);
}

HRESULT directory_section_find(struct directory *dir, int64_t profile, const MAPIUID *uid,
                               struct dir_section *out)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    db_lock(db);
    HRESULT hr = db_query(db, &stmt, "SELECT uid, kind, service FROM section WHERE profile = ? AND uid = ?",
                          "ib", profile, UID(uid));
    if (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK) {
        if (row)
            section_read(stmt, out);
        else
            hr = MAPI_E_NOT_FOUND;
    }
    db_release(db, stmt);
    db_unlock(db);
    return hr;
}

HRESULT directory_section_delete(struct directory *dir, int64_t profile, const MAPIUID *uid)
{
    struct db *db = directory_db(dir);
    struct dir_section section;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = directory_section_find(dir, profile, uid, &section)) == S_OK &&
        (hr = db_run(db,
                     "DELETE FROM section_prop WHERE profile = ?1 AND uid IN"
                     " (SELECT uid FROM section WHERE profile = ?1 AND (uid = ?2 OR service = ?2))",
                     "ib", profile, UID(uid))) == S_OK)
        hr = db_run(db, "DELETE FROM section WHERE profile = ?1 AND (uid = ?2 OR service = ?2)", "ib",
                    profile, UID(uid));
    return directory_end(dir, hr);
}

HRESULT directory_sections(struct directory *dir, int64_t profile, enum dir_section_kind kind,
                           const MAPIUID *service, struct dir_section **out, ULONG *count)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    bool row;
    ULONG room = 0;
    *out = NULL;
    *count = 0;
    db_lock(db);
    HRESULT hr =
        service != NULL
            ? db_query(db, &stmt,
                       "SELECT uid, kind, service FROM section WHERE profile = ? AND kind = ? AND service = ?"
                       " ORDER BY position",
                       "iib", profile, (int64_t)kind, UID(service))
            : db_query(
                  db, &stmt,
                  "SELECT uid, kind, service FROM section WHERE profile = ? AND kind = ? ORDER BY position",
                  "ii", profile, (int64_t)kind);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row) {
        if (*count == room) {
            struct dir_section *more = realloc(*out, (room = 2 * room + 4) * sizeof *more);
            if (more == NULL) {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                break;
            }
            *out = more;
        }
        section_read(stmt, &(*out)[(*count)++]);
    }
    db_release(db, stmt);
    db_unlock(db);
    if (hr != S_OK) {
        free(*out);
        *out = NULL;
        *count = 0;
    }
    return hr;
}

HRESULT directory_section_move(struct directory *dir, int64_t profile, const MAPIUID *uid, ULONG position)
{
    struct db *db = directory_db(dir);
    struct dir_section section, *all = NULL;
    ULONG count = 0, place = 0;
    bool placed = false;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = directory_section_find(dir, profile, uid, &section)) == S_OK)
        hr = directory_sections(dir, profile, section.kind, NULL, &all, &count);
    for (ULONG i = 0; i <= count && hr == S_OK; i++) {
        if (!placed && (place == position || i == count)) {
            hr = db_run(db, "UPDATE section SET position = ?3 WHERE profile = ?1 AND uid = ?2", "ibi",
                        profile, UID(uid), (int64_t)place++);
            placed = true;
        }
        if (i < count && hr == S_OK && !IsEqualMAPIUID(&all[i].uid, uid))
            hr = db_run(db, "UPDATE section SET position = ?3 WHERE profile = ?1 AND uid = ?2", "ibi",
                        profile, UID(&all[i].uid), (int64_t)place++);
    }
    free(all);
    return directory_end(dir, hr);
}

HRESULT directory_section_load(struct directory *dir, int64_t profile, const MAPIUID *uid,
                               struct propbag **out)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    struct propbag *bag = NULL;
    bool row;
    *out = NULL;
    db_lock(db);
    HRESULT hr = propbag_create(&bag);
    if (hr == S_OK)
        hr = db_query(db, &stmt, "SELECT prop, type, value FROM section_prop WHERE profile = ? AND uid = ?",
                      "ib", profile, UID(uid));
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row)
        hr = prop_decode(PROP_TAG(sqlite3_column_int(stmt, 1), sqlite3_column_int(stmt, 0)),
                         sqlite3_column_blob(stmt, 2), (size_t)sqlite3_column_bytes(stmt, 2), bag);
    db_release(db, stmt);
    db_unlock(db);
    if (hr != S_OK) {
        propbag_free(bag);
        return hr;
    }
    propbag_mark_clean(bag);
    *out = bag;
    return S_OK;
}

HRESULT directory_section_save(struct directory *dir, int64_t profile, const MAPIUID *uid,
                               struct propbag *props)
{
    struct db *db = directory_db(dir);
    const ULONG *deleted;
    ULONG count = propbag_deleted(props, &deleted);
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = db_run(db, "DELETE FROM section_prop WHERE profile = ? AND uid = ? AND prop = ?", "ibi", profile,
                    UID(uid), (int64_t)deleted[i]);
    for (ULONG i = 0; i < propbag_count(props) && hr == S_OK; i++) {
        const struct propbag_entry *entry = propbag_at(props, i);
        struct bytebuf bytes = {0};
        if (!entry->dirty)
            continue;
        if ((hr = prop_encode(&entry->value, &bytes)) == S_OK)
            hr = db_run(db, "INSERT OR REPLACE INTO section_prop VALUES(?, ?, ?, ?, ?)", "ibiib", profile,
                        UID(uid), (int64_t)PROP_ID(entry->value.ulPropTag),
                        (int64_t)PROP_TYPE(entry->value.ulPropTag), (const void *)bytes.data, bytes.size);
        bytebuf_free(&bytes);
    }
    if ((hr = directory_end(dir, hr)) == S_OK)
        propbag_mark_clean(props);
    return hr;
}
