/*
 * provider.h: where the parts of the embedded provider meet: session, stores, delivery, notifications.
 *
 * Layer: provider. The session part (session.c, profile*.c, addrbook*.c) owns logon and the directory; the store part
 * (store.c, folder*.c, message*.c …) owns everything opened from a store. Each side calls the other only through
 * the functions of this header.
 */
#ifndef PROVIDER_H
#define PROVIDER_H

#include "object.h"
#include "storage.h"

/* ---- session part ------------------------------------------------------------------------------------------------------------- */

/* What a store logon needs to know of a mailbox; from the directory. Freed with mailbox_info_free. */
struct mailbox_info {
    GUID guid;
    WCHAR *display_name; /* "Demo User" */
    WCHAR *alias;        /* "demo" */
    WCHAR *smtp;         /* "demo@example.test" */
    WCHAR *dn;           /* "/o=…/cn=Recipients/cn=demo" */
    char *path;          /* of its database, UTF-8 */
};
void mailbox_info_free(struct mailbox_info *info);

/* Looks a mailbox up by DN, alias, SMTP address or GUID string. MAPI_E_NOT_FOUND. */
HRESULT directory_mailbox_find(struct session *session, const WCHAR *name, struct mailbox_info **out);
HRESULT directory_mailbox_by_guid(struct session *session, const GUID *guid, struct mailbox_info **out);
/* Whether the session's user may open this mailbox with these OPENSTORE_ flags: S_OK or MAPI_E_NO_ACCESS. *read_only: a
 * delegate who may not write. */
HRESULT directory_access_check(struct session *session, const struct mailbox_info *mailbox, ULONG open_flags,
                               bool *read_only);
/* What a user may do in a mailbox: RIGHTS_ALL, RIGHTS_READ or 0. user: an address book entry id, cb 0 for the session's user.
 * MAPI_E_NOT_FOUND, MAPI_E_UNKNOWN_ENTRYID. */
HRESULT directory_rights(struct session *session, const GUID *mailbox, ULONG cb, const ENTRYID *user, ULONG *rights);
/* The address book entry id of a user by DN; memory on base (MAPIAllocateMore). */
HRESULT directory_user_entryid(struct session *session, const WCHAR *dn, void *base, SBinary *out);
/* Calls row once per mailbox, in order of display name. last_logon may be NULL. */
HRESULT directory_mailbox_each(struct session *session,
                               HRESULT (*row)(void *context, const struct mailbox_info *mailbox,
                                              const FILETIME *last_logon),
                               void *context);
/* Whether the session's user may list all mailboxes of the server: S_OK or MAPI_E_NO_ACCESS. */
HRESULT directory_admin_check(struct session *session);
HRESULT directory_touch_logon(struct session *session, const GUID *mailbox); /* PR_LAST_LOGON_TIME */
/* The folder that takes .eml files for addresses that are not local; UTF-8, owned by the session. */
const char *session_pickup_folder(struct session *session);
/* The session's own user. */
const struct mailbox_info *session_user(struct session *session);
/* Expands recipients for delivery: a local mailbox for an EX or SMTP address (aliases and distribution lists
 * expanded), or none. Calls `local` or `remote` once per final address. */
HRESULT directory_route(struct session *session, const WCHAR *addrtype, const WCHAR *address, const SBinary *entryid,
                        HRESULT (*local)(void *context, const struct mailbox_info *mailbox),
                        HRESULT (*remote)(void *context, const WCHAR *smtp), void *context);

/* Gives a recipient that is about to be sent an entry id that others can open, where it has one of the user's personal address
 * book: the directory's or a one-off. *changed is set to true then, else left as it is. */
HRESULT directory_publish_recipient(struct session *session, struct propbag *row, bool *changed);

/* The members of a private distribution list that a recipient is, as recipients of the same type (free *rows and each of them).
 * S_FALSE: it is no such list. */
HRESULT directory_private_members(struct session *session, const struct propbag *recipient, struct propbag ***rows,
                                  ULONG *count);

/* The store logon slots of this process: 255 of them, some reserved. FAILONEPROVIDER when none is free; a
 * separate connection (CONNECT_USE_SEPARATE_CONNECTION) takes none. release is called when a store and everything opened
 * from it are gone. */
HRESULT store_slot_acquire(struct session *session, bool separate_connection, int *slot);
void store_slot_release(struct session *session, int slot);

/* Whether this thread is inside MAPIInitialize … MAPIUninitialize (MAPI's own threads are). */
bool mapi_thread_initialized(void);
/* False after Logoff and after the last MAPIUninitialize. */
bool session_is_valid(struct session *session);

/* One lock per session; a thread may take it several times. */
void session_lock(struct session *session);
void session_unlock(struct session *session);
IMAPISession *session_interface(struct session *session); /* not referenced; it is a struct object, the parent of stores */
/* CONNECT_USE_SEPARATE_CONNECTION in the profile: a store logon takes no slot. */
bool session_separate_connections(struct session *session);

/* ---- store part ---------------------------------------------------------------------------------------------------------------- */

extern const MAPIUID provider_uid; /* PR_MDB_PROVIDER and the entry ids of the stores; entryid.h has the formats */

/* Opens a store by its entry id (a store entry id of entryid.h). flags as OpenMsgStore. The mailbox is found, access
 * checked, a slot taken. */
HRESULT store_open(struct session *session, ULONG cb, const ENTRYID *entryid, const IID *iid, ULONG flags, IMsgStore **out);
/* Opens any object by entry id through the store that it belongs to, opening that store where it is not open. */
HRESULT store_open_entry(struct session *session, ULONG cb, const ENTRYID *entryid, const IID *iid, ULONG flags,
                         ULONG *object_type, IUnknown **out);
bool store_is_valid(struct store *store); /* false after StoreLogoff and stores_invalidate */
/* Logoff of the session: every store of it answers MAPI_E_INVALID_OBJECT… from now on. */
void stores_invalidate(struct session *session);

/* ---- notifications ---------------------------------------------------------------------------------------------------------------- */

/* The advise registry of notify.c: for stores, folders, messages (by id; id 0: the whole store), sessions and the
 * address book. Callbacks run on MAPI's notification thread with MAPI_MULTITHREAD_NOTIFICATIONS, else from the message loop
 * of the thread that called MAPIInitialize; never inside the call that caused them. */
HRESULT notify_advise(struct object *owner, struct mailbox *mbx, mbx_id id, ULONG event_mask, IMAPIAdviseSink *sink,
                      ULONG_PTR *connection);
HRESULT notify_unadvise(struct object *owner, ULONG_PTR connection);
void notify_owner_gone(struct object *owner);

#endif
