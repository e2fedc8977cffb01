/*
 * directory_entry.c: mailboxes, distribution lists and contacts of the directory database. See directory.h.
 *
 * Layer: portable. Every change raises the directory's version in the same transaction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "db.h"
#include "directory.h"
#include "storage.h"
#include "text.h"

#define ENTRY_COLUMNS "id, kind, guid, alias, name, smtp, dn, hidden, admin, manager, created, last_logon"

void dir_entry_free(struct dir_entry *entry)
{
    if (entry == NULL)
        return;
    for (ULONG i = 0; i < entry->attribute_count; i++)
        free(entry->attributes[i].value);
    for (ULONG i = 0; i < entry->address_count; i++)
        free(entry->addresses[i]);
    free(entry->attributes);
    free(entry->addresses);
    free(entry->alias);
    free(entry->display_name);
    free(entry->smtp);
    free(entry->dn);
    free(entry->path);
    free(entry);
}

static HRESULT changed(struct directory *dir)
{
    return db_run(directory_db(dir), "UPDATE meta SET value = value + 1 WHERE name = 'version'", "");
}

/* The mailbox file: named by the guid, so that no alias needs escaping and a new mailbox never meets an old
 * file. The files lie in up to 256 folders: opening one in a folder of thousands is slow on some file systems, most of
 * all where names are compared without regard to case. */
static char *mailbox_path(struct directory *dir, const GUID *guid)
{
    size_t size = strlen(directory_folder(dir)) + 64;
    char *path = malloc(size);
    const unsigned char *b = (const unsigned char *)guid;
    if (path == NULL)
        return NULL;
    int n = snprintf(path, size, "%s/mailboxes/%02x/", directory_folder(dir), b[0]);
    for (int i = 0; i < 16; i++)
        n += snprintf(path + n, size - n, "%02x", b[i]);
    snprintf(path + n, size - n, ".db");
    return path;
}

/* ---- reading ---- */

/* Room for one more item: it is doubled at powers of two. NULL without memory; the items are then as they
 * were. */
static void *grow(void *items, ULONG count, size_t size)
{
    if (count & (count - 1))
        return items;
    return realloc(items, (count == 0 ? 1 : 2 * (size_t)count) * size);
}

static HRESULT entry_read_more(struct directory *dir, struct dir_entry *entry)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    bool row;
    HRESULT hr =
        db_query(db, &stmt, "SELECT tag, value FROM attribute WHERE entry = ? ORDER BY tag", "i", entry->id);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row) {
        struct dir_attribute *attributes =
            grow(entry->attributes, entry->attribute_count, sizeof *attributes);
        if (attributes == NULL) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        entry->attributes = attributes;
        struct dir_attribute *attribute = &attributes[entry->attribute_count];
        attribute->tag = (ULONG)sqlite3_column_int64(stmt, 0);
        if ((hr = db_column_text(stmt, 1, &attribute->value)) == S_OK)
            entry->attribute_count++;
    }
    db_release(db, stmt);
    stmt = NULL;
    if (hr == S_OK)
        hr = db_query(db, &stmt, "SELECT address FROM address WHERE entry = ? ORDER BY position", "i",
                      entry->id);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row) {
        WCHAR **addresses = grow(entry->addresses, entry->address_count, sizeof *addresses);
        if (addresses == NULL) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        entry->addresses = addresses;
        if ((hr = db_column_text(stmt, 0, &addresses[entry->address_count])) == S_OK)
            entry->address_count++;
    }
    db_release(db, stmt);
    return hr;
}

static HRESULT entry_read(struct directory *dir, sqlite3_stmt *stmt, struct dir_entry **out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    struct dir_entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL)
        goto done;
    entry->id = sqlite3_column_int64(stmt, 0);
    entry->kind = sqlite3_column_int(stmt, 1);
    if (sqlite3_column_bytes(stmt, 2) == sizeof entry->guid)
        memcpy(&entry->guid, sqlite3_column_blob(stmt, 2), sizeof entry->guid);
    entry->hidden = sqlite3_column_int(stmt, 7) != 0;
    entry->admin = sqlite3_column_int(stmt, 8) != 0;
    entry->manager = sqlite3_column_int64(stmt, 9);
    entry->created = sqlite3_column_int64(stmt, 10);
    entry->last_logon = sqlite3_column_int64(stmt, 11);
    if (entry->kind == DIR_MAILBOX && (entry->path = mailbox_path(dir, &entry->guid)) == NULL)
        goto done;
    if ((hr = db_column_text(stmt, 3, &entry->alias)) == S_OK &&
        (hr = db_column_text(stmt, 4, &entry->display_name)) == S_OK &&
        (hr = db_column_text(stmt, 5, &entry->smtp)) == S_OK &&
        (hr = db_column_text(stmt, 6, &entry->dn)) == S_OK)
        hr = entry_read_more(dir, entry);
done:
    if (hr != S_OK) {
        dir_entry_free(entry);
        entry = NULL;
    }
    *out = entry;
    return hr;
}

/* The entry of a prepared query's first row; releases the statement. */
static HRESULT entry_first(struct directory *dir, HRESULT hr, sqlite3_stmt *stmt, struct dir_entry **out)
{
    bool row = false;
    *out = NULL;
    if (hr == S_OK && (hr = db_step(directory_db(dir), stmt, &row)) == S_OK)
        hr = row ? entry_read(dir, stmt, out) : MAPI_E_NOT_FOUND;
    db_release(directory_db(dir), stmt);
    return hr;
}

HRESULT directory_entry_get(struct directory *dir, int64_t id, struct dir_entry **out)
{
    sqlite3_stmt *stmt = NULL;
    db_lock(directory_db(dir));
    HRESULT hr =
        db_query(directory_db(dir), &stmt, "SELECT " ENTRY_COLUMNS " FROM entry WHERE id = ?", "i", id);
    hr = entry_first(dir, hr, stmt, out);
    db_unlock(directory_db(dir));
    return hr;
}

HRESULT directory_entry_by_guid(struct directory *dir, const GUID *guid, struct dir_entry **out)
{
    sqlite3_stmt *stmt = NULL;
    db_lock(directory_db(dir));
    HRESULT hr = db_query(directory_db(dir), &stmt, "SELECT " ENTRY_COLUMNS " FROM entry WHERE guid = ?", "b",
                          guid, sizeof *guid);
    hr = entry_first(dir, hr, stmt, out);
    db_unlock(directory_db(dir));
    return hr;
}

/* "{8-4-4-4-12}" with or without braces. */
static bool guid_parse(const WCHAR *text, GUID *guid)
{
    char narrow[40];
    unsigned d[11];
    int n = 0, end = 0;
    size_t length = text_length(text);
    if (length == 38 && text[0] == '{' && text[37] == '}')
        text++, length -= 2;
    if (length != 36)
        return false;
    for (size_t i = 0; i < length; i++)
        narrow[i] = text[i] < 0x80 ? (char)text[i] : '?';
    narrow[length] = 0;
    n = sscanf(narrow, "%8x-%4x-%4x-%2x%2x-%2x%2x%2x%2x%2x%2x%n", &d[0], &d[1], &d[2], &d[3], &d[4], &d[5],
               &d[6], &d[7], &d[8], &d[9], &d[10], &end);
    if (n != 11 || end != 36)
        return false;
    guid->Data1 = d[0];
    guid->Data2 = (unsigned short)d[1];
    guid->Data3 = (unsigned short)d[2];
    for (int i = 0; i < 8; i++)
        guid->Data4[i] = (unsigned char)d[3 + i];
    return true;
}

HRESULT directory_entry_find(struct directory *dir, const WCHAR *name, struct dir_entry **out)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    GUID guid;
    HRESULT hr;
    static const WCHAR prefix[] = L"smtp:";
    *out = NULL;
    if (name == NULL || name[0] == 0)
        return MAPI_E_NOT_FOUND;
    if (guid_parse(name, &guid))
        return directory_entry_by_guid(dir, &guid, out);
    size_t i = 0;
    while (i < 5 && (name[i] | 0x20) == prefix[i])
        i++;
    if (i == 5 || (i == 4 && name[4] == ':'))
        name += 5;
    db_lock(db);
    hr = db_query(db, &stmt, "SELECT " ENTRY_COLUMNS " FROM entry WHERE dn = ?", "w", name);
    hr = entry_first(dir, hr, stmt, out);
    if (hr == MAPI_E_NOT_FOUND) {
        hr = db_query(db, &stmt, "SELECT " ENTRY_COLUMNS " FROM entry WHERE alias = ?", "w", name);
        hr = entry_first(dir, hr, stmt, out);
    }
    if (hr == MAPI_E_NOT_FOUND) {
        hr = db_query(db, &stmt,
                      "SELECT " ENTRY_COLUMNS
                      " FROM entry WHERE id = (SELECT entry FROM address WHERE address = ?)",
                      "w", name);
        hr = entry_first(dir, hr, stmt, out);
    }
    db_unlock(db);
    return hr;
}

HRESULT directory_entry_each(struct directory *dir, unsigned kinds,
                             HRESULT (*row_fn)(void *context, struct dir_entry **entry), void *context)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    bool row;
    db_lock(db);
    HRESULT hr =
        db_query(db, &stmt, "SELECT " ENTRY_COLUMNS " FROM entry WHERE (1 << kind) & ? ORDER BY name, id",
                 "i", (int64_t)kinds);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row) {
        struct dir_entry *entry = NULL;
        if ((hr = entry_read(dir, stmt, &entry)) == S_OK)
            hr = row_fn(context, &entry);
        dir_entry_free(entry);
    }
    db_release(db, stmt);
    db_unlock(db);
    return hr;
}

/* ---- changing ---- */

static bool alias_valid(const WCHAR *alias)
{
    if (alias == NULL || alias[0] == 0 || text_length(alias) > 64)
        return false;
    for (; *alias != 0; alias++) {
        if (*alias <= ' ' || *alias == '/' || *alias == '=' || *alias == '@' || *alias == '\\' ||
            *alias == '"')
            return false;
    }
    return true;
}

static HRESULT taken(struct directory *dir, const WCHAR *alias, const WCHAR *smtp)
{
    int64_t found = 0;
    HRESULT hr = db_int(directory_db(dir), &found,
                        "SELECT (SELECT count(*) FROM entry WHERE alias = ?1) +"
                        " (SELECT count(*) FROM address WHERE address = ?2)",
                        "ww", alias, smtp);
    return hr == S_OK && found > 0 ? MAPI_E_COLLISION : hr;
}

HRESULT directory_entry_add(struct directory *dir, enum dir_kind kind, const WCHAR *alias,
                            const WCHAR *display_name, const WCHAR *smtp, int64_t *id)
{
    struct db *db = directory_db(dir);
    struct bytebuf dn = {0};
    GUID guid;
    HRESULT hr;
    *id = 0;
    if (!alias_valid(alias) || (kind != DIR_LIST && (smtp == NULL || smtp[0] == 0)))
        return MAPI_E_INVALID_PARAMETER;
    sqlite3_randomness(sizeof guid, &guid);
    guid.Data3 = (guid.Data3 & 0x0fff) | 0x4000;
    guid.Data4[0] = (guid.Data4[0] & 0x3f) | 0x80;
    bytebuf_add(&dn, DIRECTORY_RECIPIENTS, sizeof DIRECTORY_RECIPIENTS - sizeof(WCHAR));
    bytebuf_add(&dn, alias, (text_length(alias) + 1) * sizeof(WCHAR));
    if (dn.failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if ((hr = directory_begin(dir)) == S_OK) {
        hr = taken(dir, alias, smtp);
        if (hr == S_OK)
            hr = db_run(
                db,
                "INSERT INTO entry(kind, guid, alias, name, smtp, dn, created) VALUES(?, ?, ?, ?, ?, ?, ?)",
                "ibwwwwi", (int64_t)kind, (const void *)&guid, sizeof guid, alias,
                display_name != NULL && display_name[0] != 0 ? display_name : alias, smtp,
                (const WCHAR *)dn.data, directory_now());
        if (hr == S_OK)
            *id = sqlite3_last_insert_rowid(db_handle(db));
        if (hr == S_OK && smtp != NULL && smtp[0] != 0)
            hr = db_run(db, "INSERT INTO address VALUES(?, ?, 0)", "wi", smtp, *id);
        if (hr == S_OK)
            hr = changed(dir);
        hr = directory_end(dir, hr);
    }
    bytebuf_free(&dn);
    return hr;
}

static void file_remove(const char *path)
{
    static const char *const parts[] = {"", "-wal", "-shm", "-sending", ".new"};
    size_t size = strlen(path) + sizeof "-sending";
    char *name = malloc(size);
    for (size_t i = 0; name != NULL && i < sizeof parts / sizeof *parts; i++) {
        snprintf(name, size, "%s%s", path, parts[i]);
#ifdef _WIN32
        WCHAR *wide = text_from_utf8(name, strlen(name), NULL);
        if (wide != NULL)
            DeleteFileW(wide);
        free(wide);
#else
        remove(name);
#endif
    }
    free(name);
}

HRESULT directory_entry_remove(struct directory *dir, int64_t id)
{
    static const char *const statements[] = {
        "DELETE FROM attribute WHERE entry = ?",
        "DELETE FROM address WHERE entry = ?",
        "DELETE FROM member WHERE list = ?",
        "DELETE FROM member WHERE entry = ?",
        "DELETE FROM permission WHERE mailbox = ?",
        "DELETE FROM permission WHERE grantee = ?",
        "UPDATE entry SET manager = 0 WHERE manager = ?",
        "DELETE FROM personal_prop WHERE entry IN (SELECT id FROM personal WHERE owner = ?)",
        "DELETE FROM personal_member WHERE entry IN (SELECT id FROM personal WHERE owner = ?)",
        "DELETE FROM personal WHERE owner = ?",
        "DELETE FROM entry WHERE id = ?",
    };
    struct dir_entry *entry = NULL;
    HRESULT hr = directory_entry_get(dir, id, &entry);
    if (hr == S_OK && (hr = directory_begin(dir)) == S_OK) {
        for (size_t i = 0; i < sizeof statements / sizeof *statements && hr == S_OK; i++)
            hr = db_run(directory_db(dir), statements[i], "i", id);
        if (hr == S_OK)
            hr = changed(dir);
        hr = directory_end(dir, hr);
        if (hr == S_OK && entry->path != NULL)
            file_remove(entry->path);
    }
    dir_entry_free(entry);
    return hr;
}

/* Ends a change that has been begun: raises the version; without a row that changed: MAPI_E_NOT_FOUND. */
static HRESULT change_end(struct directory *dir, HRESULT hr)
{
    if (hr == S_OK && db_changes(directory_db(dir)) == 0)
        hr = MAPI_E_NOT_FOUND;
    if (hr == S_OK)
        hr = changed(dir);
    return directory_end(dir, hr);
}

HRESULT directory_entry_set_attribute(struct directory *dir, int64_t id, ULONG tag, const WCHAR *value)
{
    struct db *db = directory_db(dir);
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if (value == NULL)
        hr = db_run(db, "DELETE FROM attribute WHERE entry = ? AND tag = ?", "ii", id, (int64_t)tag);
    else
        hr = db_run(db, "INSERT OR REPLACE INTO attribute SELECT id, ?2, ?3 FROM entry WHERE id = ?1", "iiw",
                    id, (int64_t)tag, value);
    return change_end(dir, hr);
}

HRESULT directory_entry_set_hidden(struct directory *dir, int64_t id, bool hidden)
{
    HRESULT hr = directory_begin(dir);
    if (hr == S_OK)
        hr = change_end(dir, db_run(directory_db(dir), "UPDATE entry SET hidden = ?2 WHERE id = ?1", "ii", id,
                                    (int64_t)hidden));
    return hr;
}

HRESULT directory_entry_set_manager(struct directory *dir, int64_t id, int64_t manager)
{
    HRESULT hr = directory_begin(dir);
    if (hr == S_OK)
        hr = change_end(
            dir, db_run(directory_db(dir), "UPDATE entry SET manager = ?2 WHERE id = ?1", "ii", id, manager));
    return hr;
}

HRESULT directory_admin_set(struct directory *dir, int64_t id, bool admin)
{
    HRESULT hr = directory_begin(dir);
    if (hr == S_OK)
        hr = change_end(dir, db_run(directory_db(dir), "UPDATE entry SET admin = ?2 WHERE id = ?1", "ii", id,
                                    (int64_t)admin));
    return hr;
}

HRESULT directory_entry_add_address(struct directory *dir, int64_t id, const WCHAR *smtp)
{
    HRESULT hr = taken(dir, NULL, smtp);
    if (hr != S_OK)
        return hr;
    if ((hr = directory_begin(dir)) != S_OK)
        return hr;
    return change_end(
        dir, db_run(directory_db(dir),
                    "INSERT INTO address SELECT ?2, id, (SELECT count(*) FROM address WHERE entry = ?1)"
                    " FROM entry WHERE id = ?1",
                    "iw", id, smtp));
}

HRESULT directory_entry_touch(struct directory *dir, int64_t id)
{
    return db_run(directory_db(dir), "UPDATE entry SET last_logon = ?2 WHERE id = ?1", "ii", id,
                  directory_now());
}

void directory_store_name(const WCHAR *display_name, WCHAR out[STORE_NAME_SIZE])
{
    static const WCHAR prefix[] = L"Mailbox - ";
    size_t length = sizeof prefix / sizeof *prefix - 1;
    memcpy(out, prefix, sizeof prefix);
    for (; *display_name && length < STORE_NAME_SIZE - 1; length++)
        out[length] = *display_name++;
    out[length] = 0;
}

HRESULT directory_entry_make_mailbox(struct directory *dir, const struct dir_entry *entry)
{
    struct db *db = directory_db(dir);
    int64_t made = 1;
    HRESULT hr = db_int(db, &made, "SELECT made FROM entry WHERE id = ?", "i", entry->id);
    if (hr != S_OK || made)
        return hr;
    /* Other processes that find the same mailbox new wait here for the one that makes it. */
    if ((hr = directory_begin(dir)) != S_OK)
        return hr;
    hr = db_run(db, "UPDATE entry SET made = 1 WHERE id = ? AND made = 0", "i", entry->id);
    if (hr == S_OK && db_changes(db) == 1) {
        char *name = strrchr(entry->path, '/');
        *name = 0;
        directory_make_folders(entry->path);
        *name = '/';
        WCHAR store_name[STORE_NAME_SIZE];
        directory_store_name(entry->display_name, store_name);
        hr = mailbox_create(entry->path, &entry->guid, store_name);
        if (hr == MAPI_E_COLLISION) /* made by a process that ended before it could say so */
            hr = S_OK;
    }
    return directory_end(dir, hr);
}

/* ---- members and rights ---- */

static HRESULT ids_query(struct directory *dir, const char *sql, int64_t key, int64_t **ids, ULONG *count)
{
    struct db *db = directory_db(dir);
    sqlite3_stmt *stmt = NULL;
    bool row;
    *ids = NULL;
    *count = 0;
    db_lock(db);
    HRESULT hr = db_query(db, &stmt, sql, "i", key);
    while (hr == S_OK && (hr = db_step(db, stmt, &row)) == S_OK && row) {
        int64_t *more = grow(*ids, *count, sizeof *more);
        if (more == NULL) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        *ids = more;
        more[(*count)++] = sqlite3_column_int64(stmt, 0);
    }
    db_release(db, stmt);
    db_unlock(db);
    if (hr != S_OK) {
        free(*ids);
        *ids = NULL;
        *count = 0;
    }
    return hr;
}

HRESULT directory_members(struct directory *dir, int64_t list, int64_t **ids, ULONG *count)
{
    return ids_query(dir,
                     "SELECT m.entry FROM member AS m JOIN entry AS e ON e.id = m.entry WHERE m.list = ?"
                     " ORDER BY e.name",
                     list, ids, count);
}

HRESULT directory_member_of(struct directory *dir, int64_t id, int64_t **lists, ULONG *count)
{
    return ids_query(dir, "SELECT list FROM member WHERE entry = ? ORDER BY list", id, lists, count);
}

HRESULT directory_reports(struct directory *dir, int64_t manager, int64_t **ids, ULONG *count)
{
    return ids_query(dir, "SELECT id FROM entry WHERE manager = ? ORDER BY name", manager, ids, count);
}

HRESULT directory_member_add(struct directory *dir, int64_t list, int64_t member)
{
    HRESULT hr = directory_begin(dir);
    if (hr == S_OK)
        hr = change_end(dir,
                        db_run(directory_db(dir),
                               "INSERT OR REPLACE INTO member SELECT l.id, e.id FROM entry AS l, entry AS e"
                               " WHERE l.id = ?1 AND l.kind = 2 AND e.id = ?2 AND e.id <> l.id",
                               "ii", list, member));
    return hr;
}

HRESULT directory_member_remove(struct directory *dir, int64_t list, int64_t member)
{
    HRESULT hr = directory_begin(dir);
    if (hr == S_OK)
        hr = change_end(dir, db_run(directory_db(dir), "DELETE FROM member WHERE list = ? AND entry = ?",
                                    "ii", list, member));
    return hr;
}

HRESULT directory_right_set(struct directory *dir, int64_t mailbox, int64_t grantee, unsigned rights)
{
    struct db *db = directory_db(dir);
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if (rights == 0)
        hr = db_run(db, "DELETE FROM permission WHERE mailbox = ? AND grantee = ?", "ii", mailbox, grantee);
    else
        hr = db_run(db,
                    "INSERT OR REPLACE INTO permission SELECT m.id, g.id, ?3 FROM entry AS m, entry AS g"
                    " WHERE m.id = ?1 AND m.kind = 1 AND g.id = ?2",
                    "iii", mailbox, grantee, (int64_t)rights);
    return change_end(dir, hr);
}

HRESULT directory_right_get(struct directory *dir, int64_t mailbox, int64_t grantee, unsigned *rights)
{
    int64_t value = 0;
    /* A right that a list has, its members have. */
    HRESULT hr = db_int(
        directory_db(dir), &value,
        "WITH RECURSIVE who(id) AS (SELECT ?2 UNION SELECT list FROM member JOIN who ON entry = who.id)"
        " SELECT coalesce(max(rights & 1), 0) | coalesce(max(rights & 2), 0) | coalesce(max(rights & 4), 0) FROM permission"
        " WHERE mailbox = ?1 AND grantee IN who",
        "ii", mailbox, grantee);
    *rights = hr == S_OK ? (unsigned)value : 0;
    return hr;
}
