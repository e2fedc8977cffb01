/*
 * mbx.h: what the mailbox files of storage share. Not for other folders: see storage.h.
 *
 * Layer: portable.
 */
#ifndef STORAGE_MBX_H
#define STORAGE_MBX_H

#include "bytebuf.h"
#include "db.h"
#include "storage.h"

/* The kinds of items of a folder: `kind` in the item table. */
enum item_kind {
    ITEM_MESSAGE = 0,
    ITEM_ASSOCIATED = 1,
    ITEM_DELETED = 2,            /* added for a soft-deleted one */
};

#define MBX_TOUCHED_MAX 32
#define MBX_FOLDER_STORE 255 /* `type` of the row in the folder table that is the store itself */

/* The writers of a file that is open for several owners. */
struct mbx_writers {
    sqlite3_mutex *mutex; /* recursive */
    int refs;             /* guarded by the registry's mutex */
};

struct mailbox {
    struct db *db;
    char *path;
    const void *owner;           /* for whom it is open; compared, never followed */
    struct mbx_writers *writers; /* NULL: not in the registry */
    GUID guid;
    int refs;              /* guarded by the registry's mutex */
    struct mailbox *next;  /* registry */
    bool changed;          /* the open transaction has logged something: tell the commit hook */
    int64_t data_version;  /* of other connections' commits, as mailbox_changed_elsewhere saw it */
    mbx_id touched[MBX_TOUCHED_MAX]; /* folders whose counts change in this transaction: logged once, at its end */
    int touched_count;
    int temp_tables;       /* temporary tables that were made so far: they are numbered */
};

/* ---- schema.c ----------------------------------------------------------------------------------------------------------- */

/* Creates tables, triggers, default folders in an empty database; inside a transaction. */
HRESULT schema_create(struct mailbox *mbx, const GUID *guid, const WCHAR *display_name);
/* Checks that it is a mailbox of a version that this code knows, and reads its guid. */
HRESULT schema_read(struct mailbox *mbx);
const char *schema_default_name(mbx_id id); /* English name of a default folder, or NULL */

/* ---- mailbox.c ---------------------------------------------------------------------------------------------------------- */

HRESULT mbx_new_id(struct mailbox *mbx, mbx_id *out); /* inside a transaction */
FILETIME mbx_now(void);
/* A mailbox that is not shared and not in the registry. flags: DB_… */
HRESULT mbx_open_alone(const char *path, unsigned flags, struct mailbox **out);
void mbx_free_alone(struct mailbox *mbx); /* NULL is allowed */
/* The mailbox for reading, its lock taken: itself, or, where another thread holds the lock, a connection of its own
 * (two threads that copy in opposite directions must not wait for each other). */
HRESULT mbx_reader_open(struct mailbox *mbx, struct mailbox **out);
void mbx_reader_close(struct mailbox *mbx, struct mailbox *reader);

/* ---- mbx_change.c ------------------------------------------------------------------------------------------------------- */

HRESULT mbx_log(struct mailbox *mbx, const struct mbx_change *change);
/* The folder's counts changed: one fnevObjectModified at the end of the transaction. */
HRESULT mbx_touch_folder(struct mailbox *mbx, mbx_id folder);
HRESULT mbx_log_touched(struct mailbox *mbx);

/* ---- mbx_props.c -------------------------------------------------------------------------------------------------------- */

/*
 * Makes the new pack of an object from its old one (NULL: none) and a bag: deleted ids go, dirty entries (all of
 * them, when there is no old pack) replace; large values become blobs; blobs that are no longer used are released.
 */
HRESULT mbx_pack_merge(struct mailbox *mbx, const void *old, size_t old_size, const struct propbag *bag,
                       struct bytebuf *out);
HRESULT mbx_blob_write(struct mailbox *mbx, const void *data, size_t size, int64_t *blob);
HRESULT mbx_blob_ref(struct mailbox *mbx, int64_t blob, int difference); /* at zero it is deleted */
/* Releases (-1) or takes (+1) every blob that a pack refers to. */
HRESULT mbx_pack_ref(struct mailbox *mbx, const void *pack, size_t size, int difference);
/* A value of a pack as SPropValue, lazy ones read in full. *block as pack_value_read. */
struct pack_item;
HRESULT mbx_pack_value(struct mailbox *mbx, const struct pack_item *item, SPropValue *out, void **block);
/* Writes one object's pack again, in another mailbox: lazy values are copied. */
HRESULT mbx_pack_copy(struct mailbox *from, const void *pack, size_t size, struct mailbox *to, struct bytebuf *out);

/* ---- mbx_folder.c ------------------------------------------------------------------------------------------------------- */

/* The whole of folder_create for schema_create too: with a given id. */
HRESULT mbx_folder_insert(struct mailbox *mbx, mbx_id id, mbx_id parent, ULONG type, const struct propbag *props);

/* ---- mbx_save.c --------------------------------------------------------------------------------------------------------- */

/* Deletes a message's row and all that belongs to it, but not its items. */
HRESULT mbx_message_delete_rows(struct mailbox *mbx, mbx_id id);

/* ---- mbx_item.c --------------------------------------------------------------------------------------------------------- */

/* The columns of item_columns.def, in order. */
struct item_column {
    const char *name;
    ULONG tag;
    bool indexed;
};
extern const struct item_column item_columns[];
extern const int item_column_count;
/* The column of this property id, or NULL. */
const struct item_column *item_column_find(ULONG prop_id);

/*
 * Every change of a message that has an item is made between item_changing and item_changed, which keep the sort
 * indexes and the search folders right. Between them the message row and the items are written.
 */
HRESULT item_changing(struct mailbox *mbx, mbx_id id);
HRESULT item_changed(struct mailbox *mbx, mbx_id id);
/* Puts the message's item into a folder, or brings all its items (also in search folders) up to date. */
HRESULT item_insert(struct mailbox *mbx, mbx_id id, mbx_id folder, int kind, const void *pack, size_t size,
                    int64_t flags, int64_t status);
HRESULT item_update(struct mailbox *mbx, mbx_id id, const void *pack, size_t size, int64_t flags, int64_t status);

#endif
