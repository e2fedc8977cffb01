/*
 * schema.c: the tables of a mailbox and its default folders.
 *
 * Layer: portable. Each message is one row with its properties in a pack (pack.h); what tables sort by is repeated in
 * the item table, one row per folder that shows the message. Counts of folders are kept by triggers. The version of
 * the schema is SQLite's user_version; a newer one than this code's is refused.
 */
#include <string.h>
#include "mbx.h"

#define SCHEMA_VERSION 4
#define SCHEMA_APPLICATION 0x4d486f73 /* "MHos": SQLite's application_id */

/* 3: unread messages are found among many others. */
#define UNREAD_INDEX "CREATE INDEX IF NOT EXISTS item_unread ON item(folder, kind, mapi_key((flags&1)), id);"
/* 2: what was submitted and not yet sent is found without a search. */
#define OUTGOING_INDEX "CREATE INDEX IF NOT EXISTS message_outgoing ON message(id) WHERE flags&4;"

static const char schema_sql[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    /* type: FOLDER_ROOT, FOLDER_GENERIC, FOLDER_SEARCH; 255: the store itself */
    "CREATE TABLE folder(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, type INTEGER NOT NULL,"
    " deleted INTEGER NOT NULL DEFAULT 0, name TEXT NOT NULL, props BLOB NOT NULL,"
    " contents INTEGER NOT NULL DEFAULT 0, unread INTEGER NOT NULL DEFAULT 0, associated INTEGER NOT NULL DEFAULT 0,"
    " deleted_items INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX folder_name ON folder(parent, deleted, mapi_key(name));"
    /* folder 0: embedded in an attachment. flags and status: PR_MESSAGE_FLAGS, PR_MSG_STATUS */
    "CREATE TABLE message(id INTEGER PRIMARY KEY, folder INTEGER NOT NULL, attachment INTEGER, kind INTEGER NOT NULL,"
    " version INTEGER NOT NULL, flags INTEGER NOT NULL, status INTEGER NOT NULL, next_attachment INTEGER NOT NULL,"
    " props BLOB NOT NULL, recipients BLOB);"
    "CREATE INDEX message_attachment ON message(attachment) WHERE attachment IS NOT NULL;"
    OUTGOING_INDEX
    "CREATE TABLE attachment(id INTEGER PRIMARY KEY, message INTEGER NOT NULL, number INTEGER NOT NULL,"
    " props BLOB NOT NULL);"
    "CREATE UNIQUE INDEX attachment_message ON attachment(message, number);"
    "CREATE TABLE blob(id INTEGER PRIMARY KEY AUTOINCREMENT, refs INTEGER NOT NULL, data BLOB NOT NULL);"
    "CREATE TABLE named(id INTEGER PRIMARY KEY, guid BLOB NOT NULL, number INTEGER, name TEXT);"
    "CREATE UNIQUE INDEX named_number ON named(guid, number) WHERE number IS NOT NULL;"
    "CREATE UNIQUE INDEX named_name ON named(guid, name) WHERE name IS NOT NULL;"
    "CREATE TABLE receive(class TEXT PRIMARY KEY, folder INTEGER NOT NULL, shown TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE search(folder INTEGER PRIMARY KEY, state INTEGER NOT NULL,"
    " restriction BLOB, folders BLOB);"
    "CREATE TABLE change(sequence INTEGER PRIMARY KEY, event INTEGER NOT NULL, type INTEGER NOT NULL,"
    " associated INTEGER NOT NULL, id INTEGER NOT NULL, parent INTEGER NOT NULL, old_id INTEGER NOT NULL,"
    " old_parent INTEGER NOT NULL);"
    "CREATE TABLE sortspec(id INTEGER PRIMARY KEY AUTOINCREMENT, folder INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " definition BLOB NOT NULL, UNIQUE(folder, kind, definition));"
    "CREATE TABLE sortkey(spec INTEGER NOT NULL, key BLOB NOT NULL, id INTEGER NOT NULL, instance INTEGER NOT NULL,"
    " PRIMARY KEY(spec, key, id, instance)) WITHOUT ROWID;"
    "CREATE TABLE item(folder INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL"
#define ITEM_COLUMN(column, tag, indexed) "," #column
#include "item_columns.def"
#undef ITEM_COLUMN
    ", PRIMARY KEY(folder, id)) WITHOUT ROWID;"
    "CREATE INDEX item_id ON item(id);"
    "CREATE INDEX item_kind ON item(folder, kind, id);"
    UNREAD_INDEX
    "CREATE TRIGGER item_added AFTER INSERT ON item BEGIN"
    " UPDATE folder SET contents=contents+(new.kind=0), unread=unread+(new.kind=0 AND (new.flags&1)=0),"
    "  associated=associated+(new.kind=1), deleted_items=deleted_items+(new.kind>1), size=size+ifnull(new.size,0)"
    "  WHERE id=new.folder; END;"
    "CREATE TRIGGER item_removed AFTER DELETE ON item BEGIN"
    " UPDATE folder SET contents=contents-(old.kind=0), unread=unread-(old.kind=0 AND (old.flags&1)=0),"
    "  associated=associated-(old.kind=1), deleted_items=deleted_items-(old.kind>1), size=size-ifnull(old.size,0)"
    "  WHERE id=old.folder; END;"
    "CREATE TRIGGER item_updated AFTER UPDATE OF folder, kind, flags, size ON item"
    " WHEN old.folder<>new.folder OR old.kind<>new.kind OR (old.flags&1)<>(new.flags&1) OR old.size IS NOT new.size BEGIN"
    " UPDATE folder SET contents=contents-(old.kind=0), unread=unread-(old.kind=0 AND (old.flags&1)=0),"
    "  associated=associated-(old.kind=1), deleted_items=deleted_items-(old.kind>1), size=size-ifnull(old.size,0)"
    "  WHERE id=old.folder;"
    " UPDATE folder SET contents=contents+(new.kind=0), unread=unread+(new.kind=0 AND (new.flags&1)=0),"
    "  associated=associated+(new.kind=1), deleted_items=deleted_items+(new.kind>1), size=size+ifnull(new.size,0)"
    "  WHERE id=new.folder; END;";

/* The default folders: id, parent, English name, container class (NULL: none). */
static const struct {
    mbx_id id, parent;
    const char *name;
    const WCHAR *wide, *container_class;
} default_folders[] = {
#define FOLDER(id, parent, name, class) {id, parent, name, L"" name, class}
    FOLDER(MBX_ROOT, MBX_NONE, "Root", NULL),
    FOLDER(MBX_IPM_SUBTREE, MBX_ROOT, "Top of Information Store", NULL),
    FOLDER(MBX_INBOX, MBX_IPM_SUBTREE, "Inbox", L"IPF.Note"),
    FOLDER(MBX_OUTBOX, MBX_IPM_SUBTREE, "Outbox", L"IPF.Note"),
    FOLDER(MBX_SENT, MBX_IPM_SUBTREE, "Sent Items", L"IPF.Note"),
    FOLDER(MBX_WASTEBASKET, MBX_IPM_SUBTREE, "Deleted Items", L"IPF.Note"),
    FOLDER(MBX_DRAFTS, MBX_IPM_SUBTREE, "Drafts", L"IPF.Note"),
    FOLDER(MBX_CALENDAR, MBX_IPM_SUBTREE, "Calendar", L"IPF.Appointment"),
    FOLDER(MBX_CONTACTS, MBX_IPM_SUBTREE, "Contacts", L"IPF.Contact"),
    FOLDER(MBX_TASKS, MBX_IPM_SUBTREE, "Tasks", L"IPF.Task"),
    FOLDER(MBX_NOTES, MBX_IPM_SUBTREE, "Notes", L"IPF.StickyNote"),
    FOLDER(MBX_JOURNAL, MBX_IPM_SUBTREE, "Journal", L"IPF.Journal"),
    FOLDER(MBX_JUNK, MBX_IPM_SUBTREE, "Junk E-mail", L"IPF.Note"),
    FOLDER(MBX_FINDER, MBX_ROOT, "Finder", NULL),
    FOLDER(MBX_VIEWS, MBX_ROOT, "Views", NULL),
    FOLDER(MBX_COMMON_VIEWS, MBX_ROOT, "Common Views", NULL),
    FOLDER(MBX_SCHEDULE, MBX_ROOT, "Schedule", NULL),
    FOLDER(MBX_SHORTCUTS, MBX_ROOT, "Shortcuts", NULL),
    FOLDER(MBX_DEFERRED, MBX_ROOT, "Deferred Action", NULL),
    FOLDER(MBX_SPOOLER, MBX_ROOT, "Spooler Queue", NULL),
    FOLDER(MBX_FREEBUSY, MBX_ROOT, "Freebusy Data", NULL),
#undef FOLDER
};

/* Receive folders of a new mailbox, as Exchange sets them. */
static const struct {
    const WCHAR *message_class;
    mbx_id folder;
} default_receive[] = {
    {L"", MBX_INBOX}, {L"IPM", MBX_INBOX}, {L"REPORT.IPM", MBX_INBOX}, {L"IPM.Note", MBX_INBOX}, {L"IPC", MBX_ROOT},
};

const char *schema_default_name(mbx_id id)
{
    for (size_t i = 0; i < sizeof default_folders / sizeof *default_folders; i++)
        if (default_folders[i].id == id)
            return default_folders[i].name;
    return NULL;
}

static HRESULT create_folder(struct mailbox *mbx, mbx_id id, mbx_id parent, ULONG type, const WCHAR *name,
                             const WCHAR *container_class)
{
    struct propbag *props;
    HRESULT hr = propbag_create(&props);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, PR_DISPLAY_NAME_W, name);
    if (SUCCEEDED(hr) && container_class != NULL)
        hr = propbag_set_string(props, PR_CONTAINER_CLASS_W, container_class);
    if (SUCCEEDED(hr))
        hr = mbx_folder_insert(mbx, id, parent, type, props);
    propbag_free(props);
    return hr;
}

HRESULT schema_create(struct mailbox *mbx, const GUID *guid, const WCHAR *display_name)
{
    HRESULT hr = db_script(mbx->db, schema_sql);
    for (int i = 0; i < item_column_count && SUCCEEDED(hr); i++) {
        char sql[160];
        if (!item_columns[i].indexed)
            continue;
        sqlite3_snprintf(sizeof sql, sql, "CREATE INDEX item_%s ON item(folder, kind, mapi_key(%s), id)",
                         item_columns[i].name, item_columns[i].name);
        hr = db_script(mbx->db, sql);
    }
    if (SUCCEEDED(hr))
        hr = db_run(mbx->db, "INSERT INTO meta VALUES('guid',?),('next_id',?)", "bi", (const void *)guid, sizeof *guid,
                    (int64_t)MBX_FIRST_FREE);
    if (SUCCEEDED(hr))
        hr = create_folder(mbx, MBX_STORE, MBX_NONE, MBX_FOLDER_STORE, display_name, NULL);
    for (size_t i = 0; i < sizeof default_folders / sizeof *default_folders && SUCCEEDED(hr); i++)
        hr = create_folder(mbx, default_folders[i].id, default_folders[i].parent,
                           default_folders[i].id == MBX_ROOT ? FOLDER_ROOT : FOLDER_GENERIC, default_folders[i].wide,
                           default_folders[i].container_class);
    for (size_t i = 0; i < sizeof default_receive / sizeof *default_receive && SUCCEEDED(hr); i++)
        hr = mailbox_receive_folder_set(mbx, default_receive[i].message_class, default_receive[i].folder);
    if (SUCCEEDED(hr)) {
        char sql[100];
        sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id=%d; PRAGMA user_version=%d", SCHEMA_APPLICATION,
                         SCHEMA_VERSION);
        hr = db_script(mbx->db, sql);
    }
    return hr;
}

/* Brings an older file up to date. One that cannot be written is used as it is. */
static HRESULT upgrade(struct mailbox *mbx)
{
    HRESULT hr = db_begin(mbx->db);
    if (SUCCEEDED(hr)) {
        hr = create_folder(mbx, MBX_FREEBUSY, MBX_ROOT, FOLDER_GENERIC, L"Freebusy Data", NULL);
        if (hr == MAPI_E_COLLISION) /* somebody has made one of that name */
            hr = S_OK;
        if (SUCCEEDED(hr))
            hr = db_script(mbx->db, OUTGOING_INDEX UNREAD_INDEX "PRAGMA user_version=4");
        if (SUCCEEDED(hr))
            hr = db_commit(mbx->db);
        else
            db_rollback(mbx->db);
    }
    return hr == MAPI_E_NO_ACCESS ? S_OK : hr;
}

HRESULT schema_read(struct mailbox *mbx)
{
    int64_t version, application;
    sqlite3_stmt *stmt = NULL;
    bool row;
    HRESULT hr = db_int(mbx->db, &version, "PRAGMA user_version", "");
    if (SUCCEEDED(hr))
        hr = db_int(mbx->db, &application, "PRAGMA application_id", "");
    if (FAILED(hr))
        return hr;
    if (application != SCHEMA_APPLICATION || version < 1)
        return MAPI_E_CORRUPT_STORE;
    if (version > SCHEMA_VERSION)
        return MAPI_E_VERSION;
    if (version < SCHEMA_VERSION && FAILED(hr = upgrade(mbx)))
        return hr;
    hr = db_query(mbx->db, &stmt, "SELECT value FROM meta WHERE name='guid'", "");
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row))) {
        if (row && sqlite3_column_bytes(stmt, 0) == sizeof mbx->guid)
            memcpy(&mbx->guid, sqlite3_column_blob(stmt, 0), sizeof mbx->guid);
        else
            hr = MAPI_E_CORRUPT_STORE;
    }
    db_release(mbx->db, stmt);
    return hr;
}
