/*
 * mapi_session.h: MAPI per thread, logon and logoff, profiles, and opening stores.
 *
 * Layer: MAPI client. Nothing here shows a dialog unless the caller asks for one in struct mapi_logon.
 * A session is used on the thread that made it. Limits: profile administration of Outlook's MAPI is 8-bit, so profile
 * names must be representable in the ANSI code page.
 */
#ifndef MAPI_SESSION_H
#define MAPI_SESSION_H

#include "mapi_loader.h"

/*
 * Loads MAPI and initialises it on the calling thread; every success is matched by mapi_thread_stop on that thread.
 * Calls may nest. In a Windows service MAPI is told so.
 */
HRESULT mapi_thread_start(void);
void mapi_thread_stop(void);

struct mapi_logon {
    const WCHAR *profile;  /* NULL or "": the default profile */
    const WCHAR *password; /* NULL: none */
    ULONG_PTR window;      /* parent of dialogs */
    bool show_dialog;      /* false: never a dialog */
    bool new_session;      /* false: join a shared session where there is one */
    bool no_mail;          /* MAPI_NO_MAIL: the spooler neither sends nor receives for this session */
};

struct mapi_store;
struct mapi_admin_mark;

struct mapi_session {
    IMAPISession *session;
    struct mapi_store *stores; /* those that are open: mapi_store.h */
    struct mapi_store *default_store; /* held from its first use on */
    IAddrBook *address_book; /* opened by mapi_session_address_book */
    bool book_is_newer;      /* than the default store: it is released first */
    WCHAR *profile;          /* its profile's name, "" if it cannot be told */
    bool temporary;          /* the profile is ours and is deleted at logoff */
    struct mapi_admin_mark *admin_mark; /* of mapi_admin_id.h; NULL: not looked for yet */
};

/* Logs on. *out is freed with mapi_session_logoff. */
HRESULT mapi_session_logon(const struct mapi_logon *logon, struct mapi_session **out);

/*
 * Logs on to an Exchange mailbox through a temporary profile with the service MSEMS, as CDO's ProfileInfo does.
 * connect_flags: CONNECT_ bits, 0 for none. `logon` gives dialog and mail options; its profile and password are ignored.
 */
HRESULT mapi_session_logon_exchange(const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags,
                                    const struct mapi_logon *logon, struct mapi_session **out);

/* Releases the address book, logs off, releases the session, deletes a temporary profile. Everything that was opened
 * from it must be released before. NULL-safe. */
void mapi_session_logoff(struct mapi_session *session);

/* The session's address book, opened on first use; not referenced for the caller. */
HRESULT mapi_session_address_book(struct mapi_session *session, IAddrBook **out);

/* What a session's stores table says of a store, in the table's order. */
struct mapi_store_row {
    SBinary id; /* points into the row's allocation */
    WCHAR *name;
    WCHAR *provider;
    MAPIUID provider_uid; /* PR_MDB_PROVIDER */
    bool is_default;
    ULONG resource_flags;
};
struct mapi_store_list {
    ULONG count;
    struct mapi_store_row rows[];
};
/* The message stores of the profile; free with mapi_session_free_stores. */
HRESULT mapi_session_stores(struct mapi_session *session, struct mapi_store_list **out);
void mapi_session_free_stores(struct mapi_store_list *list);

/* Opens a store without dialogs, with the best access; `flags` are added (MDB_NO_MAIL, MDB_TEMPORARY, MDB_ONLINE). A
 * provider that does not know a flag is asked again without it. */
HRESULT mapi_session_open_store(struct mapi_session *session, const SBinary *id, ULONG flags, IMsgStore **out);
/* The default store; MAPI_E_NOT_FOUND if the profile has none. */
HRESULT mapi_session_open_default_store(struct mapi_session *session, ULONG flags, IMsgStore **out);
/* StoreLogoff without waiting, then Release; NULL-safe. */
void mapi_store_close(IMsgStore *store);

/* An object of any kind by entry id, without dialogs. `type` may be NULL. */
HRESULT mapi_open_entry(IMAPISession *session, const SBinary *id, ULONG flags, ULONG *type, IUnknown **out);

/* The profiles of this user. */
struct mapi_profile_list {
    ULONG count;
    struct {
        WCHAR *name;
        bool is_default;
    } rows[];
};
HRESULT mapi_profiles_list(struct mapi_profile_list **out);
void mapi_profiles_free(struct mapi_profile_list *list);

/* Deletes temporary profiles whose process has gone. Failures are ignored: it is tidying. */
void mapi_profiles_tidy(void);

/* The provider's own text for the last error of a session or other MAPI object with GetLastError, or NULL; free
 * with free(). */
WCHAR *mapi_last_error_text(IMAPIProp *object, HRESULT hr);

#endif
