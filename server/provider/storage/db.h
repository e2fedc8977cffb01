/*
 * db.h: one SQLite connection with its statement cache, nested transactions and the mapping of its errors to MAPI.
 *
 * Layer: portable (C11, MAPI types, SQLite). Used by the mailbox files and the directory; nobody above storage
 * sees it. A connection is shared by threads: take its lock (recursive) around everything that uses it; db_begin holds
 * it until the commit or rollback. Limits: one statement text may be in use twice at most by nesting (the second
 * use is prepared anew and not cached).
 */
#ifndef STORAGE_DB_H
#define STORAGE_DB_H

#include <stdbool.h>
#include <sqlite3.h>
#include "mapi_abi.h"

struct db;

enum db_open_flags {
    DB_CREATE = 1,    /* makes the file when it is missing */
    DB_READ_ONLY = 2, /* never writes */
};

/* Opens a database file (UTF-8 path) with WAL, synchronous=FULL, a busy timeout and the functions of sqlfunc.h.
 * MAPI_E_NOT_FOUND when it is missing, MAPI_E_NO_ACCESS, MAPI_E_CORRUPT_STORE, … */
HRESULT db_open(const char *path, unsigned flags, struct db **out);
/* From now on a transaction waits for those of the connections with the same recursive mutex, without SQLite's time limit. */
void db_share_writer(struct db *db, sqlite3_mutex *writer);
void db_close(struct db *db); /* NULL is allowed */
sqlite3 *db_handle(struct db *db);
/* Gives the page cache and the cached statements back, for a mailbox that is idle. */
void db_trim(struct db *db);

void db_lock(struct db *db);
bool db_try_lock(struct db *db); /* false: another thread has it (or the platform cannot tell) */
void db_unlock(struct db *db);

/* The MAPI error of a SQLite result code, by one table; SQLITE_OK, _ROW and _DONE are S_OK. */
HRESULT db_error(int rc);

/*
 * Statements. db_prepare takes one from the cache or prepares it; db_release gives it back (NULL is allowed).
 * Bindings by format, one letter per parameter in order:
 *   i int64_t · d double · b const void *, size_t (a BLOB; NULL with 0 bytes is an empty BLOB) · w const WCHAR *
 *   (TEXT; NULL is SQL NULL) · s const char * UTF-8 (NULL is SQL NULL) · n nothing (SQL NULL) · - leaves it as it is.
 * Strings and blobs are not copied: they must outlive the statement's use.
 */
HRESULT db_prepare(struct db *db, const char *sql, sqlite3_stmt **out);
HRESULT db_query(struct db *db, sqlite3_stmt **out, const char *sql, const char *format, ...);
void db_release(struct db *db, sqlite3_stmt *stmt);
/* Moves on; *row tells whether there is a row. */
HRESULT db_step(struct db *db, sqlite3_stmt *stmt, bool *row);
/* Runs a statement that returns nothing. */
HRESULT db_run(struct db *db, const char *sql, const char *format, ...);
/* Runs several statements without parameters, for schemas. */
HRESULT db_script(struct db *db, const char *sql);
/* The first column of the first row; MAPI_E_NOT_FOUND without a row. */
HRESULT db_int(struct db *db, int64_t *out, const char *sql, const char *format, ...);
int db_changes(struct db *db); /* rows that the last db_run touched */

/* Transactions nest: inside another one, begin makes a savepoint. begin takes the lock and keeps it until the commit
 * or rollback that belongs to it. A commit that fails has rolled back. */
HRESULT db_begin(struct db *db);
HRESULT db_commit(struct db *db);
void db_rollback(struct db *db);
/* The lock and one snapshot for several statements that only read; inside a transaction: that one. */
HRESULT db_read_begin(struct db *db);
void db_read_end(struct db *db);
int db_depth(const struct db *db); /* open transactions, 0: none */

/* A column's TEXT as UTF-16 (malloc; NULL for SQL NULL). MAPI_E_NOT_ENOUGH_MEMORY. */
HRESULT db_column_text(sqlite3_stmt *stmt, int column, WCHAR **out);

#endif
