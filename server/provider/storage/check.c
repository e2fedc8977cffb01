/*
 * check.c: mailbox_check: is a mailbox file sound?
 *
 * Layer: portable. First SQLite's own check, then what the schema promises: every row below test says what must not be
 * found. The file is only read.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "pack.h"
#include "recipients.h"

struct checker {
    struct mailbox *mbx;
    void (*report)(void *context, const char *finding);
    void *context;
    int findings;
};

#define FINDINGS_MAX 200 /* then the rest is not told */

static void tell(struct checker *c, const char *format, int64_t a, int64_t b)
{
    char text[200];
    sqlite3_snprintf(sizeof text, text, format, a, b);
    if (c->findings++ < FINDINGS_MAX && c->report != NULL)
        c->report(c->context, text);
}

/* Queries that find nothing in a sound mailbox. The text takes up to two numbers of the row. */
static const struct {
    const char *text, *sql;
} rules[] = {
    {"the default folder %lld is missing",
     "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<20) SELECT i,0 FROM n"
     " WHERE NOT EXISTS(SELECT 1 FROM folder WHERE id=i)"},
    {"folder %lld lies in folder %lld, which is missing or the store",
     "SELECT f.id,f.parent FROM folder f WHERE f.id>2 AND NOT EXISTS(SELECT 1 FROM folder p WHERE p.id=f.parent AND"
     " p.type<>255)"},
    {"folder %lld is not below the root",
     "WITH RECURSIVE d(id) AS (VALUES(2) UNION SELECT f.id FROM folder f JOIN d ON f.parent=d.id)"
     " SELECT id,0 FROM folder WHERE id>1 AND id NOT IN (SELECT id FROM d)"},
    {"folders %lld and %lld have one name",
     "SELECT a.id,b.id FROM folder a JOIN folder b ON a.parent=b.parent AND a.deleted=0 AND b.deleted=0 AND a.id<b.id"
     " AND mapi_key(a.name)=mapi_key(b.name)"},
    {"message %lld lies in folder %lld, which is missing",
     "SELECT m.id,m.folder FROM message m WHERE m.folder<>0 AND NOT EXISTS(SELECT 1 FROM folder f WHERE f.id=m.folder)"},
    {"message %lld is not listed in its folder %lld",
     "SELECT m.id,m.folder FROM message m WHERE m.folder<>0 AND NOT EXISTS"
     "(SELECT 1 FROM item i WHERE i.folder=m.folder AND i.id=m.id AND i.kind=m.kind AND i.flags=m.flags)"},
    {"message %lld, listed in folder %lld, is missing",
     "SELECT i.id,i.folder FROM item i WHERE NOT EXISTS(SELECT 1 FROM message m WHERE m.id=i.id)"},
    {"message %lld is listed in folder %lld, which is neither its own nor a search folder",
     "SELECT i.id,i.folder FROM item i JOIN message m ON m.id=i.id JOIN folder f ON f.id=i.folder"
     " WHERE m.folder<>i.folder AND f.type<>2"},
    {"embedded message %lld belongs to no attachment (%lld)",
     "SELECT m.id,m.attachment FROM message m WHERE m.folder=0 AND NOT EXISTS"
     "(SELECT 1 FROM attachment a WHERE a.id=m.attachment)"},
    {"attachment %lld belongs to message %lld, which is missing",
     "SELECT a.id,a.message FROM attachment a WHERE NOT EXISTS(SELECT 1 FROM message m WHERE m.id=a.message)"},
    {"folder %lld has wrong counts: it says %lld messages",
     "SELECT f.id,f.contents FROM folder f LEFT JOIN (SELECT folder,sum(kind=0) c,sum(kind=0 AND (flags&1)=0) u,"
     "sum(kind=1) a,sum(kind>1) d,sum(ifnull(size,0)) s FROM item GROUP BY folder) n ON n.folder=f.id"
     " WHERE f.contents<>ifnull(n.c,0) OR f.unread<>ifnull(n.u,0) OR f.associated<>ifnull(n.a,0)"
     " OR f.deleted_items<>ifnull(n.d,0) OR f.size<>ifnull(n.s,0)"},
    {"id %lld is used, but the next one is %lld",
     "SELECT x,n FROM (SELECT max((SELECT max(id) FROM folder),(SELECT ifnull(max(id),0) FROM message),"
     "(SELECT ifnull(max(id),0) FROM attachment)) x,(SELECT value FROM meta WHERE name='next_id') n) WHERE n<=x"},
    {"sort index %lld has message %lld, which its folder does not list",
     "SELECT s.id,k.id FROM sortkey k JOIN sortspec s ON s.id=k.spec WHERE NOT EXISTS"
     "(SELECT 1 FROM item i WHERE i.folder=s.folder AND i.id=k.id AND i.kind=s.kind)"},
    {"sort index %lld lacks message %lld",
     "SELECT s.id,i.id FROM sortspec s JOIN item i ON i.folder=s.folder AND i.kind=s.kind WHERE NOT EXISTS"
     "(SELECT 1 FROM (SELECT id FROM sortkey k WHERE k.spec=s.id) k WHERE k.id=i.id)"},
    {"a receive folder is folder %lld, which is missing",
     "SELECT folder,0 FROM receive WHERE folder NOT IN (SELECT id FROM folder)"},
    {"value %lld is referred to, but missing", "SELECT DISTINCT r.blob,0 FROM temp.blob_use r WHERE r.blob NOT IN"
                                               " (SELECT id FROM blob)"},
    {"value %lld counts %lld uses, which is not so",
     "SELECT b.id,b.refs FROM blob b LEFT JOIN (SELECT blob,count(*) n FROM temp.blob_use GROUP BY blob) r ON r.blob=b.id"
     " WHERE b.refs<>ifnull(r.n,0)"},
};

static HRESULT check_sqlite(struct checker *c)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_query(c->mbx->db, &stmt, "PRAGMA integrity_check(50)", "");
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(c->mbx->db, stmt, &row)) && row) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        if (text != NULL && strcmp(text, "ok") != 0 && c->findings++ < FINDINGS_MAX && c->report != NULL)
            c->report(c->context, text);
    }
    db_release(c->mbx->db, stmt);
    return hr;
}

/* Every pack is readable; notes what blobs it uses. */
static HRESULT check_pack(struct checker *c, const char *text, int64_t id, const void *pack, size_t size)
{
    struct pack_item item;
    HRESULT hr = S_OK;
    if (!pack_is_valid(pack, size)) {
        tell(c, text, id, 0);
        return S_OK;
    }
    for (ULONG i = 0; SUCCEEDED(hr) && pack_at(pack, size, i, &item); i++)
        if (item.lazy)
            hr = db_run(c->mbx->db, "INSERT INTO temp.blob_use VALUES(?)", "i", item.blob);
    return hr;
}

static HRESULT check_packs(struct checker *c, const char *sql, const char *text)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_query(c->mbx->db, &stmt, sql, "");
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(c->mbx->db, stmt, &row)) && row)
        hr = check_pack(c, text, sqlite3_column_int64(stmt, 0), sqlite3_column_blob(stmt, 1),
                        (size_t)sqlite3_column_bytes(stmt, 1));
    db_release(c->mbx->db, stmt);
    return hr;
}

static HRESULT check_recipients(struct checker *c)
{
    sqlite3_stmt *stmt;
    bool row;
    HRESULT hr = db_query(c->mbx->db, &stmt, "SELECT id,recipients FROM message", "");
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(c->mbx->db, stmt, &row)) && row) {
        struct propbag **recipients;
        ULONG count;
        HRESULT read = recipients_read(sqlite3_column_blob(stmt, 1), (size_t)sqlite3_column_bytes(stmt, 1), &recipients, &count);
        if (FAILED(read))
            tell(c, "the recipients of message %lld are damaged", sqlite3_column_int64(stmt, 0), 0);
        while (SUCCEEDED(read) && count > 0)
            propbag_free(recipients[--count]);
        if (SUCCEEDED(read))
            free(recipients);
    }
    db_release(c->mbx->db, stmt);
    return hr;
}

static HRESULT check_rules(struct checker *c)
{
    HRESULT hr = S_OK;
    for (size_t i = 0; SUCCEEDED(hr) && i < sizeof rules / sizeof *rules; i++) {
        sqlite3_stmt *stmt;
        bool row;
        hr = db_query(c->mbx->db, &stmt, rules[i].sql, "");
        while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(c->mbx->db, stmt, &row)) && row)
            tell(c, rules[i].text, sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1));
        db_release(c->mbx->db, stmt);
    }
    return hr;
}

static HRESULT check_all(struct checker *c)
{
    HRESULT hr = check_sqlite(c);
    if (SUCCEEDED(hr))
        hr = db_script(c->mbx->db, "CREATE TEMP TABLE blob_use(blob INTEGER)");
    if (SUCCEEDED(hr))
        hr = check_packs(c, "SELECT id,props FROM folder", "the properties of folder %lld are damaged");
    if (SUCCEEDED(hr))
        hr = check_packs(c, "SELECT id,props FROM message", "the properties of message %lld are damaged");
    if (SUCCEEDED(hr))
        hr = check_packs(c, "SELECT id,props FROM attachment", "the properties of attachment %lld are damaged");
    if (SUCCEEDED(hr))
        hr = check_recipients(c);
    return SUCCEEDED(hr) ? check_rules(c) : hr;
}

HRESULT mailbox_check(const char *path, void (*report)(void *context, const char *finding), void *context)
{
    struct checker c = {.report = report, .context = context};
    HRESULT hr = mbx_open_alone(path, DB_READ_ONLY, &c.mbx);
    if (SUCCEEDED(hr)) {
        hr = schema_read(c.mbx);
        if (hr == MAPI_E_CORRUPT_STORE)
            tell(&c, "this is not a mailbox", 0, 0);
        /* One snapshot: others may write meanwhile. */
        if (SUCCEEDED(hr) && SUCCEEDED(hr = db_read_begin(c.mbx->db))) {
            hr = check_all(&c);
            db_read_end(c.mbx->db);
        }
        mbx_free_alone(c.mbx);
    }
    if (hr == MAPI_E_CORRUPT_STORE && c.findings == 0)
        tell(&c, "the file is damaged", 0, 0);
    return SUCCEEDED(hr) && c.findings > 0 ? MAPI_E_CORRUPT_STORE : hr;
}
