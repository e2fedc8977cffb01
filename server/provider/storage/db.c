/*
 * db.c: see db.h.
 *
 * Layer: portable. Memory is kept small, since a worker process has many mailboxes open: a page cache of 192 KB, a
 * small lookaside and at most DB_CACHED statements per connection. Only a transaction with many parts (an import) has a
 * larger page cache, until it ends.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "db.h"
#include "sqlfunc.h"
#include "text.h"

#define DB_CACHED 24
#define DB_BUSY_MS 15000
#define DB_RETRY_MS 20
#define DB_CACHE "PRAGMA cache_size=-192"
#define DB_BULK_CACHE "PRAGMA cache_size=-8192"
#define DB_BULK_AFTER 16 /* savepoints in one transaction */
#define DB_PRAGMAS                                                                                                     \
    "PRAGMA synchronous=FULL; " DB_CACHE "; PRAGMA journal_size_limit=1048576;"                              \
    "PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=OFF; PRAGMA foreign_keys=OFF; PRAGMA cell_size_check=ON"

struct cached_statement {
    sqlite3_stmt *stmt; /* NULL: a free place */
    uint64_t used;      /* the clock at its last use */
    uint32_t hash;      /* of its text */
    bool busy;
};

struct db {
    sqlite3 *handle;
    sqlite3_mutex *mutex;
    sqlite3_mutex *writer; /* of all connections of this process that write to the file; NULL: there are no others */
    int depth;     /* open transactions */
    int readers;   /* open db_read_begin */
    int parts;     /* savepoints that this transaction has had */
    bool lost;     /* SQLite rolled the whole transaction back by itself: the commits in it fail */
    HRESULT cause; /* lost: why */
    uint64_t clock;
    struct cached_statement cache[DB_CACHED];
};

/* One row per SQLite primary result code that can happen; what is not named is MAPI_E_CALL_FAILED. */
static const struct {
    int rc;
    HRESULT hr;
} db_errors[] = {
    {SQLITE_OK, S_OK},
    {SQLITE_ROW, S_OK},
    {SQLITE_DONE, S_OK},
    {SQLITE_PERM, MAPI_E_NO_ACCESS},
    {SQLITE_BUSY, MAPI_E_TIMEOUT},
    {SQLITE_LOCKED, MAPI_E_TIMEOUT},
    {SQLITE_NOMEM, MAPI_E_NOT_ENOUGH_MEMORY},
    {SQLITE_READONLY, MAPI_E_NO_ACCESS},
    {SQLITE_INTERRUPT, MAPI_E_USER_CANCEL},
    {SQLITE_IOERR, MAPI_E_DISK_ERROR},
    {SQLITE_CORRUPT, MAPI_E_CORRUPT_STORE},
    {SQLITE_NOTADB, MAPI_E_CORRUPT_STORE},
    {SQLITE_FULL, MAPI_E_NOT_ENOUGH_DISK},
    {SQLITE_CANTOPEN, MAPI_E_NOT_FOUND},
    {SQLITE_PROTOCOL, MAPI_E_TIMEOUT},
    {SQLITE_TOOBIG, MAPI_E_TOO_BIG},
    {SQLITE_CONSTRAINT, MAPI_E_COLLISION},
    {SQLITE_AUTH, MAPI_E_NO_ACCESS},
};

HRESULT db_error(int rc)
{
    if (rc == SQLITE_IOERR_NOMEM)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; i < sizeof db_errors / sizeof *db_errors; i++)
        if (db_errors[i].rc == (rc & 0xff))
            return db_errors[i].hr;
    return MAPI_E_CALL_FAILED;
}

/* ---- opening ------------------------------------------------------------------------------------------------------- */

/* Whether there is such a file, whatever may be done with it. */
static bool file_exists(const char *path)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    char *full = vfs == NULL ? NULL : malloc((size_t)vfs->mxPathname + 1);
    int found = 0;
    if (full != NULL && vfs->xFullPathname(vfs, path, vfs->mxPathname + 1, full) == SQLITE_OK)
        vfs->xAccess(vfs, full, SQLITE_ACCESS_EXISTS, &found);
    free(full);
    return found != 0;
}

/* Another process may be switching the same file to WAL: the busy timeout does not count then. */
static HRESULT set_wal(struct db *db)
{
    int rc;
    for (int tries = 0;; tries++) {
        rc = sqlite3_exec(db->handle, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
        if ((rc & 0xff) != SQLITE_BUSY || tries == DB_BUSY_MS / DB_RETRY_MS)
            break;
        sqlite3_sleep(DB_RETRY_MS);
    }
    /* A read-only file keeps the mode it has; everything else becomes (and stays) WAL. */
    return (rc & 0xff) == SQLITE_READONLY ? S_OK : db_error(rc);
}

HRESULT db_open(const char *path, unsigned flags, struct db **out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    int rc;
    *out = NULL;
    struct db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return hr;
    if ((db->mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_RECURSIVE)) == NULL)
        goto done;
    int mode = flags & DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (flags & DB_CREATE)
        mode |= SQLITE_OPEN_CREATE;
    rc = sqlite3_open_v2(path, &db->handle, mode | SQLITE_OPEN_FULLMUTEX, NULL);
    if (rc != SQLITE_OK) {
        hr = db_error(rc);
        goto done;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, DB_BUSY_MS);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_LOOKASIDE, NULL, 128, 100);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (FAILED(hr = sqlfunc_register(db->handle)))
        goto done;
    if (FAILED(hr = db_script(db, DB_PRAGMAS)))
        goto done;
    if (!(flags & DB_READ_ONLY))
        hr = set_wal(db);
done:
    /* SQLite's one code for what is missing and what may not be opened. */
    if (hr == MAPI_E_NOT_FOUND && file_exists(path))
        hr = MAPI_E_NO_ACCESS;
    if (FAILED(hr))
        db_close(db);
    else
        *out = db;
    return hr;
}

void db_trim(struct db *db)
{
    db_lock(db);
    for (int i = 0; i < DB_CACHED; i++) {
        if (db->cache[i].stmt != NULL && !db->cache[i].busy) {
            sqlite3_finalize(db->cache[i].stmt);
            db->cache[i].stmt = NULL;
        }
    }
    sqlite3_db_release_memory(db->handle);
    db_unlock(db);
}

void db_close(struct db *db)
{
    if (db == NULL)
        return;
    for (int i = 0; i < DB_CACHED; i++)
        sqlite3_finalize(db->cache[i].stmt);
    sqlite3_close(db->handle);
    sqlite3_mutex_free(db->mutex);
    free(db);
}

void db_share_writer(struct db *db, sqlite3_mutex *writer)
{
    db->writer = writer;
}

sqlite3 *db_handle(struct db *db)
{
    return db->handle;
}

void db_lock(struct db *db)
{
    sqlite3_mutex_enter(db->mutex);
}

bool db_try_lock(struct db *db)
{
    return sqlite3_mutex_try(db->mutex) == SQLITE_OK;
}

void db_unlock(struct db *db)
{
    sqlite3_mutex_leave(db->mutex);
}

int db_depth(const struct db *db)
{
    return db->depth;
}

int db_changes(struct db *db)
{
    return sqlite3_changes(db->handle);
}

/* ---- statements ------------------------------------------------------------------------------------------------------ */

static uint32_t hash_text(const char *text)
{
    uint32_t hash = 2166136261u;
    while (*text)
        hash = (hash ^ (uint8_t)*text++) * 16777619u;
    return hash;
}

HRESULT db_prepare(struct db *db, const char *sql, sqlite3_stmt **out)
{
    struct cached_statement *place = NULL;
    uint32_t hash = hash_text(sql);
    *out = NULL;
    for (int i = 0; i < DB_CACHED; i++) {
        struct cached_statement *c = &db->cache[i];
        if (c->busy)
            continue;
        if (c->stmt != NULL && c->hash == hash && strcmp(sqlite3_sql(c->stmt), sql) == 0) {
            c->busy = true;
            c->used = ++db->clock;
            *out = c->stmt;
            return S_OK;
        }
        if (place == NULL || c->stmt == NULL || (place->stmt != NULL && c->used < place->used))
            place = c;
    }
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    if (rc != SQLITE_OK)
        return db_error(rc);
    if (place != NULL) {
        sqlite3_finalize(place->stmt);
        *place = (struct cached_statement){stmt, ++db->clock, hash, true};
    }
    *out = stmt;
    return S_OK;
}

void db_release(struct db *db, sqlite3_stmt *stmt)
{
    if (stmt == NULL)
        return;
    for (int i = 0; i < DB_CACHED; i++) {
        if (db->cache[i].stmt == stmt) {
            sqlite3_reset(stmt);
            sqlite3_clear_bindings(stmt);
            db->cache[i].busy = false;
            return;
        }
    }
    sqlite3_finalize(stmt);
}

static int bind_wide(sqlite3_stmt *stmt, int index, const WCHAR *text)
{
    if (text == NULL)
        return sqlite3_bind_null(stmt, index);
    size_t size;
    char *utf8 = text_to_utf8(text, text_length(text), &size);
    if (utf8 == NULL)
        return SQLITE_NOMEM;
    return sqlite3_bind_text64(stmt, index, utf8, size, free, SQLITE_UTF8);
}

static HRESULT bind_all(sqlite3_stmt *stmt, const char *format, va_list args)
{
    int rc = SQLITE_OK;
    for (int i = 1; *format && rc == SQLITE_OK; i++, format++) {
        switch (*format) {
        case 'i':
            rc = sqlite3_bind_int64(stmt, i, va_arg(args, int64_t));
            break;
        case 'd':
            rc = sqlite3_bind_double(stmt, i, va_arg(args, double));
            break;
        case 'b': {
            const void *data = va_arg(args, const void *);
            size_t size = va_arg(args, size_t);
            rc = size == 0 ? sqlite3_bind_zeroblob(stmt, i, 0) : sqlite3_bind_blob64(stmt, i, data, size, SQLITE_STATIC);
            break;
        }
        case 'w':
            rc = bind_wide(stmt, i, va_arg(args, const WCHAR *));
            break;
        case 's':
            rc = sqlite3_bind_text(stmt, i, va_arg(args, const char *), -1, SQLITE_STATIC);
            break;
        case 'n':
            rc = sqlite3_bind_null(stmt, i);
            break;
        case '-':
            break;
        default:
            rc = SQLITE_MISUSE;
        }
    }
    return db_error(rc);
}

static HRESULT query(struct db *db, sqlite3_stmt **out, const char *sql, const char *format, va_list args)
{
    HRESULT hr = db_prepare(db, sql, out);
    if (SUCCEEDED(hr) && FAILED(hr = bind_all(*out, format, args))) {
        db_release(db, *out);
        *out = NULL;
    }
    return hr;
}

HRESULT db_query(struct db *db, sqlite3_stmt **out, const char *sql, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    HRESULT hr = query(db, out, sql, format, args);
    va_end(args);
    return hr;
}

HRESULT db_step(struct db *db, sqlite3_stmt *stmt, bool *row)
{
    int rc = sqlite3_step(stmt);
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        return S_OK;
    HRESULT hr = db_error(rc);
    if (db->depth > 0 && sqlite3_get_autocommit(db->handle) && !db->lost) {
        db->lost = true;
        db->cause = hr;
    }
    return hr;
}

HRESULT db_run(struct db *db, const char *sql, const char *format, ...)
{
    sqlite3_stmt *stmt;
    bool row;
    va_list args;
    va_start(args, format);
    HRESULT hr = query(db, &stmt, sql, format, args);
    va_end(args);
    if (SUCCEEDED(hr)) {
        do
            hr = db_step(db, stmt, &row);
        while (SUCCEEDED(hr) && row);
        db_release(db, stmt);
    }
    return hr;
}

HRESULT db_script(struct db *db, const char *sql)
{
    return db_error(sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

HRESULT db_int(struct db *db, int64_t *out, const char *sql, const char *format, ...)
{
    sqlite3_stmt *stmt;
    bool row;
    va_list args;
    *out = 0;
    va_start(args, format);
    HRESULT hr = query(db, &stmt, sql, format, args);
    va_end(args);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(hr = db_step(db, stmt, &row))) {
        if (row)
            *out = sqlite3_column_int64(stmt, 0);
        else
            hr = MAPI_E_NOT_FOUND;
    }
    db_release(db, stmt);
    return hr;
}

/* ---- transactions ------------------------------------------------------------------------------------------------------ */

static HRESULT run_plain(struct db *db, const char *sql)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_prepare(db, sql, &stmt);
    if (SUCCEEDED(hr)) {
        hr = db_step(db, stmt, &row);
        db_release(db, stmt);
    }
    return hr;
}

HRESULT db_begin(struct db *db)
{
    db_lock(db);
    HRESULT hr;
    if (db->depth == 0) {
        db->lost = false;
        db->parts = 0;
        /* A read that turns to writing (an index made on first use) gives its snapshot up. */
        if (db->readers > 0)
            run_plain(db, "COMMIT");
        sqlite3_mutex_enter(db->writer);
        if (FAILED(hr = run_plain(db, "BEGIN IMMEDIATE")))
            sqlite3_mutex_leave(db->writer);
    } else {
        hr = db->lost ? db->cause : run_plain(db, "SAVEPOINT nested");
        if (++db->parts == DB_BULK_AFTER)
            db_script(db, DB_BULK_CACHE);
    }
    if (FAILED(hr)) {
        db_unlock(db);
        return hr;
    }
    db->depth++;
    return S_OK;
}

static void end_transaction(struct db *db)
{
    if (--db->depth > 0)
        return;
    sqlite3_mutex_leave(db->writer);
    db->lost = false;
    if (db->parts >= DB_BULK_AFTER) {
        db_script(db, DB_CACHE);
        sqlite3_db_release_memory(db->handle);
    }
    if (db->readers > 0)
        run_plain(db, "BEGIN");
}

HRESULT db_commit(struct db *db)
{
    HRESULT hr = db->lost ? db->cause : run_plain(db, db->depth > 1 ? "RELEASE nested" : "COMMIT");
    if (FAILED(hr)) {
        db_rollback(db);
        return hr;
    }
    end_transaction(db);
    db_unlock(db);
    return S_OK;
}

void db_rollback(struct db *db)
{
    if (!db->lost && !sqlite3_get_autocommit(db->handle)) {
        if (db->depth > 1) {
            run_plain(db, "ROLLBACK TO nested");
            run_plain(db, "RELEASE nested");
        } else {
            run_plain(db, "ROLLBACK");
        }
    }
    end_transaction(db);
    db_unlock(db);
}

HRESULT db_read_begin(struct db *db)
{
    db_lock(db);
    HRESULT hr = S_OK;
    if (db->depth == 0 && db->readers == 0)
        hr = run_plain(db, "BEGIN");
    if (FAILED(hr))
        db_unlock(db);
    else
        db->readers++;
    return hr;
}

void db_read_end(struct db *db)
{
    if (--db->readers == 0 && db->depth == 0)
        run_plain(db, "COMMIT");
    db_unlock(db);
}

HRESULT db_column_text(sqlite3_stmt *stmt, int column, WCHAR **out)
{
    *out = NULL;
    const char *text = (const char *)sqlite3_column_text(stmt, column);
    if (text == NULL)
        return S_OK;
    *out = text_from_utf8(text, (size_t)sqlite3_column_bytes(stmt, column), NULL);
    return *out == NULL ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}
