/*
 * store.h: a store logon, and what the objects below it need of it.
 *
 * Layer: provider, store part. Everything opened from a store holds the store (through its parents), and the store
 * holds the logon slot and the mailbox's database.
 */
#ifndef PROVIDER_STORE_H
#define PROVIDER_STORE_H

#include "entryid.h"
#include "object.h"
#include "provider.h"

struct store {
    struct prop_object prop;    /* the store's own properties; also IMsgStore */
    const void *manage_vtbl;    /* IExchangeManageStore…Ex: a second COM pointer into this object */
    const void *manage_ex_vtbl;
    struct mailbox *mbx;        /* NULL after logoff */
    struct mailbox_info *info;
    ULONG open_flags;           /* OPENSTORE_… of the entry id */
    bool writable;              /* opened with MDB_WRITE or MAPI_BEST_ACCESS */
    bool delegate_reads;        /* the user has the right to read this mailbox, and no other */
    bool valid;
    bool has_slot;
    int slot;
    HANDLE sending;             /* outgoing.c: the mark of who sends, while sending_depth is not 0 */
    unsigned sending_depth;
    struct store *next;         /* in the list of open stores */
};

/* The open database; NULL after logoff. */
struct mailbox *store_mailbox(struct store *store);
const GUID *store_guid(struct store *store);
/* The store to write to when something is copied: `from` itself where `to` is another session's of the same mailbox. */
struct store *store_target(struct store *from, struct store *to);
struct object *store_object(struct store *store);

/* Objects of a store. id is known to be of that kind; flags as OpenEntry (MAPI_BEST_ACCESS, MAPI_MODIFY …). */
HRESULT folder_open(struct object *parent, mbx_id id, ULONG flags, IMAPIFolder **out);
HRESULT message_open(struct object *parent, mbx_id id, ULONG flags, IMessage **out);
/* A new message in a folder; nothing is stored before SaveChanges. */
HRESULT message_create(struct object *parent, mbx_id folder, bool associated, IMessage **out);

/* OpenEntry of stores and containers: cb 0 opens the root folder. */
HRESULT store_open_object(struct store *store, struct object *parent, ULONG cb, const ENTRYID *entryid, const IID *iid,
                          ULONG flags, ULONG *object_type, IUnknown **out);
/* Whether an open mode is allowed: MAPI_E_NO_ACCESS for MAPI_MODIFY on a read-only logon; *writable what the flags give. */
HRESULT store_open_mode(struct store *store, ULONG flags, bool *writable);
/* For what writes without having been opened for it (read flags, the queue): MAPI_E_NO_ACCESS for a delegate who may only
 * read. */
HRESULT store_check_write(const struct store *store);

/* An entry id that must name an object of this kind in this mailbox. MAPI_E_INVALID_ENTRYID, MAPI_E_UNKNOWN_ENTRYID. */
HRESULT store_parse_entryid(struct store *store, ULONG object_type, ULONG cb, const ENTRYID *entryid, mbx_id *id);

/* For views: entry ids of the mailbox `context`; that of the store is as the store was opened. */
struct view_names {
    GUID mailbox;
    ULONG open_flags; /* OPENSTORE_… */
};
HRESULT view_entryid(void *context, ULONG object_type, mbx_id id, void *base, SBinary *out);

/* Property handlers that folders, messages and the store have in common. */
HRESULT get_store_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
HRESULT get_access_level(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
HRESULT get_mailbox_guid(struct prop_object *object, ULONG tag, void *base, SPropValue *out);

/* Values for handlers; memory on base, which may be NULL (the tag alone is wanted). */
HRESULT value_long(SPropValue *out, ULONG tag, LONG value);
HRESULT value_bool(SPropValue *out, ULONG tag, bool value);
HRESULT value_i8(SPropValue *out, ULONG tag, int64_t value);
HRESULT value_string(SPropValue *out, ULONG tag, const WCHAR *value, void *base);
HRESULT value_binary(SPropValue *out, ULONG tag, const void *bytes, ULONG cb, void *base);

HRESULT value_folder_entryid(struct prop_object *object, ULONG tag, mbx_id id, void *base, SPropValue *out);
FILETIME time_now(void);

/* The folder ids that Outlook puts on the Inbox, the root and the store; id of a well-known folder by its tag, or 0. */
mbx_id default_folder_of_tag(ULONG tag);
extern const struct prop_object_ops store_prop_ops; /* store_props.c */
extern const IMsgStoreVtbl store_vtbl;              /* store_methods.c */
HRESULT STDMETHODCALLTYPE store_QueryInterface(void *self, REFIID iid, void **out);

/* The string of an ANSI or Unicode parameter as Unicode: free(); NULL stays NULL. */
HRESULT text_from_param(const void *text, ULONG flags, WCHAR **out);
/* The reverse, MAPI memory linked to base, or of its own when base is NULL. */
HRESULT text_to_param(const WCHAR *text, ULONG flags, void *base, LPTSTR *out);

/* Rights in folders, as EdkMdb.h has them. */
#define RIGHTS_ALL 0x5FB
#define RIGHTS_READ 0x401 /* frightsReadAny | frightsVisible */

/* PR_ACCESS bits that mingw-w64's headers do not name alike. */
#define ACCESS_FOLDER_ALL \
    (MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE | MAPI_ACCESS_CREATE_HIERARCHY | \
     MAPI_ACCESS_CREATE_CONTENTS | MAPI_ACCESS_CREATE_ASSOCIATED)

/* Flags that mingw-w64's headers lack. */
#ifndef SHOW_SOFT_DELETES
#define SHOW_SOFT_DELETES ((ULONG)0x00000002)
#endif
#ifndef DELETE_HARD_DELETE
#define DELETE_HARD_DELETE ((ULONG)0x00000010)
#endif
#ifndef MAPI_NO_CACHE
#define MAPI_NO_CACHE ((ULONG)0x00000200)
#endif
#ifndef MAPI_CACHE_ONLY
#define MAPI_CACHE_ONLY ((ULONG)0x00004000)
#endif

#endif
