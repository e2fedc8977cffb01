/*
 * directory.c: opening the directory database, its schema, transactions and version. See directory.h.
 *
 * Layer: portable.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include "db.h"
#include "directory.h"
#include "text.h"

struct directory {
    struct directory *next; /* of all that are open */
    unsigned refs;
    char *folder;
    struct db *db;
};

static struct directory *open_directories;

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT OR IGNORE INTO meta VALUES('schema', 1), ('version', 1);"
    "CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL,"
    " guid BLOB NOT NULL UNIQUE, alias TEXT NOT NULL COLLATE NOCASE UNIQUE, name TEXT NOT NULL COLLATE "
    "NOCASE, smtp TEXT,"
    " dn TEXT NOT NULL COLLATE NOCASE UNIQUE, hidden INTEGER NOT NULL DEFAULT 0, admin INTEGER NOT NULL "
    "DEFAULT 0,"
    " manager INTEGER NOT NULL DEFAULT 0, created INTEGER NOT NULL, last_logon INTEGER NOT NULL DEFAULT 0,"
    " made INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX IF NOT EXISTS entry_name ON entry(name);"
    "CREATE TABLE IF NOT EXISTS address(address TEXT PRIMARY KEY COLLATE NOCASE, entry INTEGER NOT NULL,"
    " position INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS address_entry ON address(entry, position);"
    "CREATE TABLE IF NOT EXISTS attribute(entry INTEGER NOT NULL, tag INTEGER NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(entry, tag)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS member(list INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY(list, "
    "entry))"
    " WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS member_entry ON member(entry);"
    "CREATE TABLE IF NOT EXISTS permission(mailbox INTEGER NOT NULL, grantee INTEGER NOT NULL, rights "
    "INTEGER NOT NULL,"
    " PRIMARY KEY(mailbox, grantee)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS profile(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE "
    "UNIQUE,"
    " is_default INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS section(profile INTEGER NOT NULL, uid BLOB NOT NULL, kind INTEGER NOT NULL, "
    "service BLOB,"
    " position INTEGER NOT NULL, PRIMARY KEY(profile, uid)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS section_prop(profile INTEGER NOT NULL, uid BLOB NOT NULL, prop INTEGER NOT "
    "NULL,"
    " type INTEGER NOT NULL, value BLOB, PRIMARY KEY(profile, uid, prop)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS personal(id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS personal_owner ON personal(owner);"
    "CREATE TABLE IF NOT EXISTS personal_prop(entry INTEGER NOT NULL, prop INTEGER NOT NULL, type INTEGER NOT NULL,"
    " value BLOB, PRIMARY KEY(entry, prop)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS personal_member(entry INTEGER PRIMARY KEY, list INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS personal_member_list ON personal_member(list);";

/* Guards open_directories and their counts. */
static sqlite3_mutex *open_lock(void)
{
    sqlite3_initialize();
    return sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1);
}

int64_t directory_now(void)
{
#ifdef _WIN32
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    return (int64_t)(((uint64_t)now.dwHighDateTime << 32) | now.dwLowDateTime);
#else
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 10000000 + now.tv_nsec / 100 + 116444736000000000;
#endif
}

static void make_folder(const char *path)
{
#ifdef _WIN32
    WCHAR *wide = text_from_utf8(path, strlen(path), NULL);
    if (wide != NULL)
        CreateDirectoryW(wide, NULL);
    free(wide);
#else
    mkdir(path, 0777);
#endif
}

void directory_make_folders(const char *folder)
{
    char *path = strdup(folder);
    if (path == NULL)
        return;
    for (char *p = path + 1; *p != 0; p++) {
        if (*p == '/' || *p == '\\') {
            char mark = *p;
            *p = 0;
            make_folder(path);
            *p = mark;
        }
    }
    make_folder(path);
    free(path);
}

static HRESULT directory_make(const char *folder, struct directory **out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    size_t length = strlen(folder);
    int64_t found = 0;
    char *path = malloc(length + 32);
    struct directory *dir = calloc(1, sizeof *dir);
    if (path == NULL || dir == NULL || (dir->folder = strdup(folder)) == NULL)
        goto done;
    while (length > 1 && strchr("/\\", dir->folder[length - 1]) != NULL)
        dir->folder[--length] = 0;
    snprintf(path, length + 32, "%s/mailboxes", dir->folder);
    directory_make_folders(path);
    snprintf(path, length + 32, "%s/pickup", dir->folder);
    make_folder(path);
    snprintf(path, length + 32, "%s/directory.db", dir->folder);
    if ((hr = db_open(path, DB_CREATE, &dir->db)) != S_OK)
        goto done;
    if ((hr = db_int(dir->db, &found, "SELECT count(*) FROM sqlite_master WHERE name = 'personal_member'",
                     "")) == S_OK &&
        found == 0 && (hr = db_begin(dir->db)) == S_OK) {
        if ((hr = db_script(dir->db, schema)) == S_OK)
            hr = db_commit(dir->db);
        else
            db_rollback(dir->db);
    }
done:
    free(path);
    if (hr != S_OK && dir != NULL) {
        db_close(dir->db);
        free(dir->folder);
        free(dir);
        dir = NULL;
    }
    *out = dir;
    return hr;
}

HRESULT directory_open(const char *folder, struct directory **out)
{
    HRESULT hr = S_OK;
    struct directory *dir;
    *out = NULL;
    sqlite3_mutex *lock = open_lock();
    sqlite3_mutex_enter(lock);
    for (dir = open_directories; dir != NULL && strcmp(dir->folder, folder) != 0; dir = dir->next)
        ;
    if (dir == NULL && (hr = directory_make(folder, &dir)) == S_OK) {
        dir->next = open_directories;
        open_directories = dir;
    }
    if (dir != NULL)
        dir->refs++;
    sqlite3_mutex_leave(lock);
    *out = dir;
    return hr;
}

void directory_close(struct directory *dir)
{
    struct directory **link;
    if (dir == NULL)
        return;
    sqlite3_mutex *lock = open_lock();
    sqlite3_mutex_enter(lock);
    if (--dir->refs == 0) {
        for (link = &open_directories; *link != dir; link = &(*link)->next)
            ;
        *link = dir->next;
        db_close(dir->db);
        free(dir->folder);
        free(dir);
    }
    sqlite3_mutex_leave(lock);
}

const char *directory_folder(const struct directory *dir)
{
    return dir->folder;
}

struct db *directory_db(struct directory *dir)
{
    return dir->db;
}

HRESULT directory_version(struct directory *dir, int64_t *version)
{
    return db_int(dir->db, version, "SELECT value FROM meta WHERE name = 'version'", "");
}

HRESULT directory_begin(struct directory *dir)
{
    return db_begin(dir->db);
}

HRESULT directory_end(struct directory *dir, HRESULT hr)
{
    if (hr == S_OK)
        return db_commit(dir->db);
    db_rollback(dir->db);
    return hr;
}
