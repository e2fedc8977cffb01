/*
 * storage.h: the mailbox databases. With directory.h the only door to SQL: no other folder names SQLite.
 *
 * Layer: portable (C11, MAPI types, SQLite). One SQLite file (WAL, synchronous=FULL) per mailbox. An open mailbox
 * is shared by all users in the process (reference counted by path) and locks itself; several processes may use
 * one file. Every function returns a MAPI HRESULT: SQLite's errors are mapped by one table (full disk →
 * MAPI_E_NOT_ENOUGH_DISK, read-only → MAPI_E_NO_ACCESS, damage → MAPI_E_CORRUPT_STORE, busy for too long →
 * MAPI_E_TIMEOUT). What a function acknowledges with S_OK is on disk. Paths are UTF-8.
 */
#ifndef STORAGE_H
#define STORAGE_H

#include <stdbool.h>
#include "mapi_abi.h"
#include "propbag.h"

/* Not in the headers that this is built with. */
#ifndef DELETE_HARD_DELETE
#define DELETE_HARD_DELETE 0x10
#endif
#ifndef MAPI_E_NAMED_PROP_QUOTA_EXCEEDED
#define MAPI_E_NAMED_PROP_QUOTA_EXCEEDED ((SCODE)0x80040900)
#endif

/* Ids of folders, messages and attachments share one sequence and are never used twice in one mailbox. */
typedef int64_t mbx_id;

/* The folders (and the store object itself, which has properties too) that every mailbox has, with fixed ids. */
enum mbx_well_known {
    MBX_NONE = 0,
    MBX_STORE = 1,
    MBX_ROOT,         /* PR_IPM_... parent; the root of the store, not seen by users */
    MBX_IPM_SUBTREE,  /* "Top of Information Store" */
    MBX_INBOX, MBX_OUTBOX, MBX_SENT, MBX_WASTEBASKET, MBX_DRAFTS, MBX_CALENDAR, MBX_CONTACTS, MBX_TASKS, MBX_NOTES,
    MBX_JOURNAL, MBX_JUNK,
    MBX_FINDER,       /* search folders */
    MBX_VIEWS, MBX_COMMON_VIEWS, MBX_SCHEDULE, MBX_SHORTCUTS, MBX_DEFERRED, MBX_SPOOLER,
    MBX_FREEBUSY,     /* what others see of the calendar */
    MBX_LAST_DEFAULT = MBX_FREEBUSY,
    MBX_FIRST_FREE = 64
};

struct mailbox; /* an open mailbox */

/* Mailbox files that are opened from now on grow to this many bytes (0: as the disk lets them): what needs more is answered
 * MAPI_E_NOT_ENOUGH_DISK. One that is larger already grows no further. */
void storage_set_file_limit(int64_t bytes);

/* ---- a mailbox ------------------------------------------------------------------------------------------------ */

/* Creates the file with its schema and default folders. MAPI_E_COLLISION when it exists. display_name: the store's. */
HRESULT mailbox_create(const char *path, const GUID *mailbox_guid, const WCHAR *display_name);
/*
 * Opens the file, or finds it open for the same owner: a session, so that sessions on one mailbox read at the same time, each by a
 * connection of its own. Of the writers in this process one waits for another, however long that takes.
 * MAPI_E_NOT_FOUND, MAPI_E_CORRUPT_STORE, …
 */
HRESULT mailbox_open(const char *path, const void *owner, struct mailbox **out);
void mailbox_addref(struct mailbox *mbx);                     /* another reference to an open mailbox */
void mailbox_close(struct mailbox *mbx);                      /* drops one reference; NULL is allowed */
const GUID *mailbox_guid(const struct mailbox *mbx);
HRESULT mailbox_size(struct mailbox *mbx, int64_t *bytes, ULONG *items);
/* Verifies file and schema: report is called once per finding. S_OK: sound; MAPI_E_CORRUPT_STORE: not. */
HRESULT mailbox_check(const char *path, void (*report)(void *context, const char *finding), void *context);

/* ---- folders --------------------------------------------------------------------------------------------------- */

struct mbx_folder {
    mbx_id id, parent;  /* parent of the root: 0 */
    ULONG type;         /* FOLDER_ROOT, FOLDER_GENERIC, FOLDER_SEARCH */
    bool soft_deleted;
    ULONG contents, unread, associated; /* counts */
    ULONG subfolders;
    int64_t size;       /* bytes of its messages */
};

HRESULT mailbox_folder_get(struct mailbox *mbx, mbx_id id, struct mbx_folder *out); /* MAPI_E_NOT_FOUND */
/* props holds PR_DISPLAY_NAME and what else is known. MAPI_E_COLLISION: *out is the folder that has the name. */
HRESULT mailbox_folder_create(struct mailbox *mbx, mbx_id parent, ULONG type, const struct propbag *props, mbx_id *out);
HRESULT mailbox_folder_find(struct mailbox *mbx, mbx_id parent, const WCHAR *name, mbx_id *out);
/* new_name NULL keeps it. MAPI_E_COLLISION, MAPI_E_FOLDER_CYCLE, MAPI_E_NO_ACCESS (a default folder). */
HRESULT mailbox_folder_move(struct mailbox *mbx, mbx_id id, mbx_id new_parent, const WCHAR *new_name);
/* flags: DEL_MESSAGES, DEL_FOLDERS, DELETE_HARD_DELETE. MAPI_E_HAS_MESSAGES, MAPI_E_HAS_FOLDERS: nothing deleted. */
HRESULT mailbox_folder_delete(struct mailbox *mbx, mbx_id id, ULONG flags);
HRESULT mailbox_folder_is_ancestor(struct mailbox *mbx, mbx_id ancestor, mbx_id id, bool *yes);

/* Properties of the store and of folders: writes persist at once. tags NULL: all. */
HRESULT mailbox_props_load(struct mailbox *mbx, mbx_id id, const SPropTagArray *tags, struct propbag **out);
/* Writes what is dirty in the bag and deletes what was deleted from it; marks it clean. */
HRESULT mailbox_props_save(struct mailbox *mbx, mbx_id id, struct propbag *props);

/* ---- messages --------------------------------------------------------------------------------------------------- */

/* One attachment within a message that is loaded or saved. */
struct mbx_message;
struct mbx_attachment {
    mbx_id id;                    /* 0: new */
    ULONG number;                 /* PR_ATTACH_NUM */
    struct propbag *props;        /* NULL while not loaded or unchanged */
    struct mbx_message *embedded; /* NULL: none, not loaded or unchanged */
    bool has_embedded;
    bool deleted;                 /* save removes it */
};

/* A message in memory. Loading fills props always, recipients and attachments (without their props) on request. */
struct mbx_message {
    mbx_id id;       /* 0: new */
    mbx_id folder;   /* 0 for an embedded message */
    bool associated;
    bool soft_deleted;
    uint64_t version; /* grows with every save: two writers are told apart by it */
    struct propbag *props;
    struct propbag **recipients; /* each with PR_ROWID; NULL while not loaded */
    ULONG recipient_count;
    bool recipients_loaded, recipients_dirty;
    struct mbx_attachment *attachments;
    ULONG attachment_count;
    bool attachments_loaded;
    ULONG next_attachment_number;
};

enum mbx_load { MBX_LOAD_PROPS = 0, MBX_LOAD_RECIPIENTS = 1, MBX_LOAD_ATTACHMENTS = 2 };

/* A new message in memory only: id 0, empty bags. */
HRESULT mbx_message_new(mbx_id folder, bool associated, struct mbx_message **out);
void mbx_message_free(struct mbx_message *message); /* with all below it; NULL is allowed */
HRESULT mailbox_message_load(struct mailbox *mbx, mbx_id id, unsigned parts, struct mbx_message **out);
/* Loads more parts of a loaded message (recipients, attachments). */
HRESULT mailbox_message_load_more(struct mailbox *mbx, struct mbx_message *message, unsigned parts);
HRESULT mailbox_attachment_load(struct mailbox *mbx, struct mbx_attachment *attachment);          /* its props */
HRESULT mailbox_attachment_load_embedded(struct mailbox *mbx, struct mbx_attachment *attachment); /* its message */
/*
 * Saves what changed, the whole tree, in one transaction; sets ids, version and the hot columns; marks all clean.
 * MAPI_E_OBJECT_CHANGED: another saved it since it was loaded (unless force); MAPI_E_OBJECT_DELETED: it is gone.
 * The caller has computed PR_MESSAGE_SIZE, PR_HASATTACH, display names, change keys.
 */
HRESULT mailbox_message_save(struct mailbox *mbx, struct mbx_message *message, bool force);
HRESULT mailbox_message_find(struct mailbox *mbx, mbx_id id, mbx_id *folder, uint64_t *version);
/* to may be another mailbox for copy. keep_read_state etc. are the caller's: it passes changed props (or NULL). */
HRESULT mailbox_message_copy(struct mailbox *from, mbx_id id, struct mailbox *to, mbx_id to_folder,
                             const struct propbag *changes, mbx_id *out);
HRESULT mailbox_message_move(struct mailbox *mbx, mbx_id id, mbx_id to_folder);
HRESULT mailbox_message_delete(struct mailbox *mbx, mbx_id id, bool hard);
/* The messages that are marked as submitted (MSGFLAG_SUBMIT), oldest first, in all folders. free(*ids). */
HRESULT mailbox_outgoing(struct mailbox *mbx, mbx_id **ids, ULONG *count);
/* Sets and clears bits of PR_MESSAGE_FLAGS or PR_MSG_STATUS without a new version (read state is not a change). */
HRESULT mailbox_message_set_flags(struct mailbox *mbx, mbx_id id, ULONG tag, ULONG set, ULONG clear, ULONG *old);

/* Many messages in one transaction: begin/commit nest (a savepoint inside). An error between → mailbox_rollback. */
HRESULT mailbox_begin(struct mailbox *mbx);
HRESULT mailbox_commit(struct mailbox *mbx);
void mailbox_rollback(struct mailbox *mbx);

/* Around work that has a transaction in one mailbox and reads or writes another meanwhile: only one thread of a process
 * does that at a time, so that none waits for another in a circle. It is begun before any transaction; it nests. */
void storage_across_begin(void);
void storage_across_end(void);

/* A lazy value: reads up to n bytes at offset (strings are UTF-16LE). *got < n at the end. */
HRESULT mailbox_blob_read(struct mailbox *mbx, int64_t blob, uint64_t offset, void *to, size_t n, size_t *got);

/* ---- views: tables that run as SQL ------------------------------------------------------------------------------- */

enum mbx_view_kind {
    MBX_VIEW_CONTENTS,            /* messages of a folder (of a search folder: its results) */
    MBX_VIEW_ASSOCIATED,
    MBX_VIEW_CONTENTS_DELETED,    /* soft-deleted messages */
    MBX_VIEW_ASSOCIATED_DELETED,
    MBX_VIEW_FOLDERS,             /* direct subfolders */
    MBX_VIEW_FOLDERS_DEEP,        /* all descendants, with PR_DEPTH */
    MBX_VIEW_FOLDERS_DELETED,
};

struct mbx_view;

/*
 * The place of a cursor or bookmark: before the first row, at a row (named by its sort keys and id, so that it
 * survives inserts and deletes elsewhere), or past the last. Allocated by the view, copied with view_pos_copy.
 */
struct mbx_pos;

/* `entryid` turns an id into the entry id columns (PR_ENTRYID, PR_PARENT_ENTRYID, PR_RECORD_KEY …) of the rows: the
 * caller knows the format. It appends to memory linked to `base`. */
typedef HRESULT (*mbx_entryid_fn)(void *context, ULONG object_type, mbx_id id, void *base, SBinary *out);

HRESULT mailbox_view_open(struct mailbox *mbx, enum mbx_view_kind kind, mbx_id folder, mbx_entryid_fn entryid,
                          void *context, struct mbx_view **out);
void view_close(struct mbx_view *view);
/* Columns may hold PT_UNSPECIFIED types and PT_STRING8 (converted out). Default columns: as a new MAPI table has. */
HRESULT view_set_columns(struct mbx_view *view, const SPropTagArray *tags);
/* All columns that occur in the rows plus the computed ones, for QueryColumns(TBL_ALL_COLUMNS); MAPI memory. */
HRESULT view_all_columns(struct mbx_view *view, SPropTagArray **out);
HRESULT view_sort(struct mbx_view *view, const SSortOrderSet *order);        /* NULL: default order; categories too */
HRESULT view_restrict(struct mbx_view *view, const SRestriction *restriction); /* NULL: all. MAPI_E_TOO_COMPLEX */
HRESULT view_count(struct mbx_view *view, ULONG *rows);
HRESULT view_pos_begin(struct mbx_view *view, struct mbx_pos **out);
HRESULT view_pos_end(struct mbx_view *view, struct mbx_pos **out);
HRESULT view_pos_copy(const struct mbx_pos *pos, struct mbx_pos **out);
void view_pos_free(struct mbx_pos *pos);
HRESULT view_pos_row(struct mbx_view *view, const struct mbx_pos *pos, ULONG *row); /* rows before it */
/*
 * The row that pos stands before, as two numbers that no other row of the view has: its id and instance. pos is tied to the
 * row, so that rows that come before it leave it there. S_FALSE: it stands at the end, or before a category's header.
 */
HRESULT view_pos_settle(struct mbx_view *view, struct mbx_pos *pos, int64_t row[2]);
/* Moves by n rows (negative: back), clamped; *moved has n's sign. The row a bookmark named is gone: S_OK, next row. */
HRESULT view_seek(struct mbx_view *view, struct mbx_pos *pos, LONG n, LONG *moved);
/* Reads up to |n| rows from pos (n < 0: the rows before it, returned in table order) and moves pos past them unless
 * advance is false. MAPI memory, as FreeProws frees it. Never costs more than the rows it passes over. */
HRESULT view_rows(struct mbx_view *view, struct mbx_pos *pos, LONG n, bool advance, SRowSet **out);
/* Moves pos to the first row at or after it (before it, when backward) that matches; MAPI_E_NOT_FOUND: unmoved. */
HRESULT view_find(struct mbx_view *view, struct mbx_pos *pos, const SRestriction *restriction, bool backward);
/* Categories: instance keys as in the rows. */
HRESULT view_expand(struct mbx_view *view, const SBinary *instance_key, ULONG *added);
HRESULT view_collapse(struct mbx_view *view, const SBinary *instance_key, ULONG *removed);
HRESULT view_collapse_state(struct mbx_view *view, SBinary *out /* MAPI memory */);
HRESULT view_set_collapse_state(struct mbx_view *view, const SBinary *state);
/* The row of one object as this view shows it, for table notifications; MAPI_E_NOT_FOUND: not in the view.
 * prior_key: instance key of the row before it (cb 0: it is the first). */
HRESULT view_row_of(struct mbx_view *view, mbx_id id, SRow *row, SBinary *prior_key, void *base);

/* PR_INSTANCE_KEY of the row of one object, whether it is in the view or not: memory on base. */
HRESULT view_instance_key(struct mbx_view *view, mbx_id id, void *base, SBinary *out);

/* Ids that match, in view order (all of them): for bulk operations and search folders. free(*ids). */
HRESULT view_ids(struct mbx_view *view, mbx_id **ids, ULONG *count);

/* ---- search folders, receive folders, named properties ------------------------------------------------------------- */

/* Criteria as IMAPIFolder::SetSearchCriteria: NULL and 0 keep what is set (MAPI_E_NOT_INITIALIZED: nothing is yet);
 * flags STOP_SEARCH, RESTART_SEARCH, RECURSIVE_SEARCH, SHALLOW_SEARCH … The results are there on return (logged as
 * fnevSearchComplete) and follow every later write until the search is stopped. state: SEARCH_RUNNING … */
HRESULT mailbox_search_set(struct mailbox *mbx, mbx_id search_folder, const SRestriction *restriction,
                           const mbx_id *folders, ULONG folder_count, ULONG flags);
HRESULT mailbox_search_get(struct mailbox *mbx, mbx_id search_folder, SRestriction **restriction /* MAPI memory */,
                           mbx_id **folders /* free */, ULONG *folder_count, ULONG *state);

HRESULT mailbox_receive_folder_set(struct mailbox *mbx, const WCHAR *message_class, mbx_id folder); /* 0: remove */
/* The longest prefix of the class; matched: MAPI memory. */
HRESULT mailbox_receive_folder_get(struct mailbox *mbx, const WCHAR *message_class, mbx_id *folder, WCHAR **matched);
HRESULT mailbox_receive_folder_each(struct mailbox *mbx,
                                    HRESULT (*row)(void *context, const WCHAR *message_class, mbx_id folder),
                                    void *context);

/* Ids 0x8000–0xFFFE, the same for a name for ever. create false: *prop_id 0 when unknown. MAPI_E_NAMED_PROP_QUOTA_EXCEEDED. */
HRESULT mailbox_named_id(struct mailbox *mbx, const MAPINAMEID *name, bool create, ULONG *prop_id);
HRESULT mailbox_named_name(struct mailbox *mbx, ULONG prop_id, MAPINAMEID **name /* MAPI memory */);
HRESULT mailbox_named_each(struct mailbox *mbx, const GUID *set /* NULL: all */,
                           HRESULT (*row)(void *context, ULONG prop_id, const MAPINAMEID *name), void *context);

/* ---- changes, for notifications across processes ---------------------------------------------------------------------- */

/* Every change is logged in its transaction. Readers ask for what came after a sequence number. */
struct mbx_change {
    int64_t sequence;
    ULONG event;        /* fnevObjectCreated, …Deleted, …Modified, …Moved, …Copied, fnevNewMail, fnevSearchComplete */
    ULONG object_type;  /* MAPI_FOLDER, MAPI_MESSAGE, MAPI_STORE */
    bool associated;
    mbx_id id, parent, old_id, old_parent;
};

HRESULT mailbox_change_last(struct mailbox *mbx, int64_t *sequence);
/* Up to max changes after *sequence, which is moved on. More may be left: call again until *count < max. */
HRESULT mailbox_changes(struct mailbox *mbx, int64_t *sequence, struct mbx_change *out, ULONG max, ULONG *count);
/* Called after every commit of this process that changed something, outside the mailbox's lock; NULL: none.
 * Another process's commits are noticed with mailbox_changed_elsewhere (cheap: PRAGMA data_version). */
void storage_set_commit_hook(void (*committed)(void *context, const GUID *mailbox), void *context);
HRESULT mailbox_changed_elsewhere(struct mailbox *mbx, bool *changed);
/* Logs fnevNewMail for a delivered message. */
HRESULT mailbox_log_new_mail(struct mailbox *mbx, mbx_id message, mbx_id folder);

#endif
