/*
 * mailbox.c: creating, opening and sharing mailbox databases; their transactions.
 *
 * Layer: portable. An open mailbox is found in a registry by its path and owner and shared by reference count. See storage.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif
#include "mbx.h"
#include "text.h"

/* The open mailboxes of this process; guarded by registry_lock. */
static struct mailbox *registry;
static void (*commit_hook)(void *context, const GUID *mailbox);
static void *commit_context;

static void registry_lock(void)
{
    sqlite3_initialize();
    sqlite3_mutex_enter(sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1));
}

static void registry_unlock(void)
{
    sqlite3_mutex_leave(sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1));
}

static sqlite3_mutex *across_mutex(void)
{
    static sqlite3_mutex *mutex; /* for the life of the process */
    registry_lock();
    if (mutex == NULL)
        mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_RECURSIVE);
    sqlite3_mutex *made = mutex;
    registry_unlock();
    return made;
}

void storage_across_begin(void)
{
    sqlite3_mutex_enter(across_mutex());
}

void storage_across_end(void)
{
    sqlite3_mutex_leave(across_mutex());
}

void storage_set_commit_hook(void (*committed)(void *context, const GUID *mailbox), void *context)
{
    registry_lock();
    commit_hook = committed;
    commit_context = context;
    registry_unlock();
}

FILETIME mbx_now(void)
{
    FILETIME now;
#ifdef _WIN32
    GetSystemTimeAsFileTime(&now);
#else
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    uint64_t ticks = ((uint64_t)t.tv_sec + 11644473600ull) * 10000000u + (uint64_t)t.tv_nsec / 100;
    now.dwLowDateTime = (DWORD)ticks;
    now.dwHighDateTime = (DWORD)(ticks >> 32);
#endif
    return now;
}

/* ---- opening ------------------------------------------------------------------------------------------------------- */

void mbx_free_alone(struct mailbox *mbx)
{
    if (mbx == NULL)
        return;
    db_close(mbx->db);
    free(mbx->path);
    free(mbx);
}

static int64_t file_limit; /* bytes; 0: none */

void storage_set_file_limit(int64_t bytes)
{
    __atomic_store_n(&file_limit, bytes, __ATOMIC_RELAXED);
}

/* SQLite never sets less than the file has. */
static HRESULT set_limit(struct db *db)
{
    int64_t limit = __atomic_load_n(&file_limit, __ATOMIC_RELAXED), page = 0;
    char sql[60];
    if (limit <= 0)
        return S_OK;
    HRESULT hr = db_int(db, &page, "PRAGMA page_size", "");
    if (FAILED(hr) || page <= 0)
        return hr;
    int64_t pages = limit / page;
    sqlite3_snprintf(sizeof sql, sql, "PRAGMA max_page_count=%lld", (long long)(pages < 1 ? 1 : pages));
    return db_script(db, sql);
}

HRESULT mbx_open_alone(const char *path, unsigned flags, struct mailbox **out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    struct mailbox *mbx = calloc(1, sizeof *mbx);
    *out = NULL;
    if (mbx == NULL)
        return hr;
    mbx->refs = 1;
    size_t size = strlen(path) + 1;
    if ((mbx->path = malloc(size)) != NULL) {
        memcpy(mbx->path, path, size);
        hr = db_open(path, flags, &mbx->db);
        if (SUCCEEDED(hr))
            hr = set_limit(mbx->db);
    }
    if (FAILED(hr))
        mbx_free_alone(mbx);
    else
        *out = mbx;
    return hr;
}

/* Makes the tables in a database that has none: in the file, or in memory. The caller frees *out. */
static HRESULT create_in(const char *path, const GUID *mailbox_guid, const WCHAR *display_name, struct mailbox **out)
{
    struct mailbox *mbx;
    int64_t tables;
    HRESULT hr = mbx_open_alone(path, DB_CREATE, &mbx);
    *out = NULL;
    if (FAILED(hr))
        return hr;
    if (FAILED(hr = db_begin(mbx->db)))
        goto done;
    hr = db_int(mbx->db, &tables, "SELECT count(*) FROM sqlite_master", "");
    if (SUCCEEDED(hr) && tables > 0)
        hr = MAPI_E_COLLISION;
    if (SUCCEEDED(hr))
        hr = schema_create(mbx, mailbox_guid, display_name);
    if (SUCCEEDED(hr))
        hr = db_commit(mbx->db);
    else
        db_rollback(mbx->db);
done:
    if (FAILED(hr))
        mbx_free_alone(mbx);
    else
        *out = mbx;
    return hr;
}

static FILE *open_file(const char *path, const char *mode)
{
#ifdef _WIN32
    WCHAR *wide = text_from_utf8(path, strlen(path), NULL), *wide_mode = text_from_utf8(mode, strlen(mode), NULL);
    FILE *file = wide && wide_mode ? _wfopen(wide, wide_mode) : NULL;
    free(wide);
    free(wide_mode);
    return file;
#else
    return fopen(path, mode);
#endif
}

static bool flush_file(FILE *file)
{
#ifdef _WIN32
    return fflush(file) == 0 && _commit(_fileno(file)) == 0;
#else
    return fflush(file) == 0 && fsync(fileno(file)) == 0;
#endif
}

/* There is no file `to`. */
static bool rename_file(const char *from, const char *to)
{
#ifdef _WIN32
    WCHAR *wide = text_from_utf8(from, strlen(from), NULL), *wide_to = text_from_utf8(to, strlen(to), NULL);
    bool done = wide && wide_to && MoveFileExW(wide, wide_to, MOVEFILE_WRITE_THROUGH);
    free(wide);
    free(wide_to);
    return done;
#else
    return rename(from, to) == 0;
#endif
}

static void remove_file(const char *path)
{
#ifdef _WIN32
    WCHAR *wide = text_from_utf8(path, strlen(path), NULL);
    if (wide)
        DeleteFileW(wide);
    free(wide);
#else
    remove(path);
#endif
}

/*
 * Makes the database in memory and writes it at once, under another name until it is whole: many times quicker than a
 * transaction in a new file, and a process that ends in between leaves no half mailbox. False: not possible so.
 */
static bool create_at_once(const char *path, const GUID *mailbox_guid, const WCHAR *display_name)
{
    struct mailbox *mbx = NULL;
    unsigned char *image = NULL;
    sqlite3_int64 size = 0;
    size_t length = strlen(path) + sizeof ".new";
    char *new_path = malloc(length);
    bool done = false;
    FILE *file = NULL;
    if (new_path == NULL || FAILED(create_in(":memory:", mailbox_guid, display_name, &mbx)))
        goto done;
    snprintf(new_path, length, "%s.new", path);
    image = sqlite3_serialize(db_handle(mbx->db), "main", &size, 0);
    if (image == NULL || size < 100 || (file = open_file(new_path, "wb")) == NULL)
        goto done;
    image[18] = image[19] = 2; /* the file format's versions for writing and reading: WAL */
    done = fwrite(image, 1, (size_t)size, file) == (size_t)size && flush_file(file);
    done = fclose(file) == 0 && done && rename_file(new_path, path);
    if (!done)
        remove_file(new_path);
done:
    sqlite3_free(image);
    mbx_free_alone(mbx);
    free(new_path);
    return done;
}

HRESULT mailbox_create(const char *path, const GUID *mailbox_guid, const WCHAR *display_name)
{
    struct mailbox *mbx = NULL;
    FILE *file = open_file(path, "rb");
    if (file != NULL)
        fclose(file);
    else if (create_at_once(path, mailbox_guid, display_name))
        return S_OK;
    /* A file that is there is looked into; and what kept one from being made shows here too. */
    HRESULT hr = create_in(path, mailbox_guid, display_name, &mbx);
    mbx_free_alone(mbx);
    return hr;
}

/* The registry's lock is held. */
static struct mailbox *find_open(const char *path, const void *owner)
{
    struct mailbox *mbx = registry;
    while (mbx != NULL && (mbx->owner != owner || strcmp(mbx->path, path) != 0))
        mbx = mbx->next;
    return mbx;
}

/* Adds a mailbox that has just been opened; its writers are those of the file's other owners. The registry's lock is held. */
static HRESULT registry_add(struct mailbox *mbx)
{
    struct mailbox *other = registry;
    while (other != NULL && strcmp(other->path, mbx->path) != 0)
        other = other->next;
    struct mbx_writers *writers = other != NULL ? other->writers : calloc(1, sizeof *writers);
    if (writers == NULL || (writers->mutex == NULL && (writers->mutex = sqlite3_mutex_alloc(SQLITE_MUTEX_RECURSIVE)) == NULL)) {
        free(writers);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    writers->refs++;
    mbx->writers = writers;
    db_share_writer(mbx->db, writers->mutex);
    mbx->next = registry;
    registry = mbx;
    return S_OK;
}

/* The file is opened without the registry's lock: whatever that waits for, other mailboxes do not. */
HRESULT mailbox_open(const char *path, const void *owner, struct mailbox **out)
{
    struct mailbox *made = NULL;
    HRESULT hr = S_OK;
    registry_lock();
    if ((*out = find_open(path, owner)) != NULL)
        (*out)->refs++;
    registry_unlock();
    if (*out != NULL)
        return S_OK;
    hr = mbx_open_alone(path, 0, &made);
    if (SUCCEEDED(hr))
        hr = schema_read(made);
    if (FAILED(hr)) {
        mbx_free_alone(made);
        return hr;
    }
    made->owner = owner;
    registry_lock();
    if ((*out = find_open(path, owner)) != NULL) /* another thread was quicker */
        (*out)->refs++;
    else if (SUCCEEDED(hr = registry_add(made)))
        *out = made;
    registry_unlock();
    if (*out != made)
        mbx_free_alone(made);
    return hr;
}

void mailbox_addref(struct mailbox *mbx)
{
    registry_lock();
    mbx->refs++;
    registry_unlock();
}

void mailbox_close(struct mailbox *mbx)
{
    struct mbx_writers *writers = NULL;
    if (mbx == NULL)
        return;
    registry_lock();
    if (--mbx->refs == 0) {
        if (--mbx->writers->refs == 0)
            writers = mbx->writers;
        struct mailbox **link = &registry;
        while (*link != mbx)
            link = &(*link)->next;
        *link = mbx->next;
    } else {
        mbx = NULL;
    }
    registry_unlock();
    mbx_free_alone(mbx);
    if (writers != NULL)
        sqlite3_mutex_free(writers->mutex);
    free(writers);
}

HRESULT mbx_reader_open(struct mailbox *mbx, struct mailbox **out)
{
    *out = mbx;
    if (db_try_lock(mbx->db))
        return S_OK;
    HRESULT hr = mbx_open_alone(mbx->path, DB_READ_ONLY, out);
    if (SUCCEEDED(hr))
        db_lock((*out)->db);
    return hr;
}

void mbx_reader_close(struct mailbox *mbx, struct mailbox *reader)
{
    if (reader == NULL)
        return;
    db_unlock(reader->db);
    if (reader != mbx)
        mbx_free_alone(reader);
}

const GUID *mailbox_guid(const struct mailbox *mbx)
{
    return &mbx->guid;
}

/* ---- transactions ------------------------------------------------------------------------------------------------------ */

HRESULT mailbox_begin(struct mailbox *mbx)
{
    HRESULT hr = db_begin(mbx->db);
    if (SUCCEEDED(hr) && db_depth(mbx->db) == 1) {
        mbx->changed = false;
        mbx->touched_count = 0;
    }
    return hr;
}

HRESULT mailbox_commit(struct mailbox *mbx)
{
    bool outermost = db_depth(mbx->db) == 1;
    if (outermost) {
        HRESULT hr = mbx_log_touched(mbx);
        if (FAILED(hr)) {
            db_rollback(mbx->db);
            return hr;
        }
    }
    bool tell = outermost && mbx->changed;
    HRESULT hr = db_commit(mbx->db);
    if (SUCCEEDED(hr) && tell) {
        registry_lock();
        void (*hook)(void *, const GUID *) = commit_hook;
        void *context = commit_context;
        registry_unlock();
        if (hook != NULL)
            hook(context, &mbx->guid);
    }
    return hr;
}

void mailbox_rollback(struct mailbox *mbx)
{
    db_rollback(mbx->db);
}

/* ---- small things -------------------------------------------------------------------------------------------------------- */

HRESULT mbx_new_id(struct mailbox *mbx, mbx_id *out)
{
    return db_int(mbx->db, out, "UPDATE meta SET value=value+1 WHERE name='next_id' RETURNING value-1", "");
}

HRESULT mailbox_size(struct mailbox *mbx, int64_t *bytes, ULONG *items)
{
    sqlite3_stmt *stmt;
    bool row = false;
    *bytes = 0;
    *items = 0;
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt,
                          "SELECT total(size), total(contents+associated) FROM folder WHERE type<>?", "i",
                          (int64_t)FOLDER_SEARCH);
    if (SUCCEEDED(hr)) {
        hr = db_step(mbx->db, stmt, &row);
        if (row) {
            *bytes = sqlite3_column_int64(stmt, 0);
            *items = (ULONG)sqlite3_column_int64(stmt, 1);
        }
        db_release(mbx->db, stmt);
    }
    db_unlock(mbx->db);
    return hr;
}
