/*
 * session.h: a logon to a profile, and what the files of the session part share.
 *
 * Layer: provider, session part. provider.h is what the store part sees of it.
 */
#ifndef PROVIDER_SESSION_H
#define PROVIDER_SESSION_H

#include "directory.h"
#include "object.h"
#include "provider.h"
#include "table.h"

struct address_book; /* addrbook.h */
struct personal_book; /* ab_personal.h */
struct session_advise;

struct session {
    struct object base;    /* also IMAPISession */
    CRITICAL_SECTION lock; /* recursive: of the session and everything opened from it */
    bool valid;            /* false after Logoff and after the last MAPIUninitialize */
    bool no_mail;          /* MAPI_NO_MAIL */
    bool shared;           /* MAPI_ALLOW_OTHERS: later logons may join */
    struct directory *dir;
    int64_t profile; /* the profile's id in the directory */
    WCHAR *profile_name;
    HANDLE in_use;              /* says to other processes that the profile is in use */
    struct mailbox_info *user;  /* of the profile's mailbox; empty strings when the profile names none */
    int64_t user_id;            /* its directory entry, 0: none */
    bool admin;                 /* may use OPENSTORE_USE_ADMIN_PRIVILEGE */
    ULONG connect_flags;        /* PR_PROFILE_CONNECT_FLAGS */
    char *pickup;               /* UTF-8 */
    struct memory_data *stores; /* the rows of the message store table */
    struct personal_book *personal; /* the rows of the personal address book; NULL until they are used */
    struct session_advise *advises;
    struct session *next; /* of the process */
};

/* A string argument of a MAPI method as Unicode (malloc); flags & MAPI_UNICODE tells its form. NULL stays
 * NULL. */
HRESULT session_text_in(const void *text, ULONG flags, WCHAR **out);
/* A string that goes out, linked to base: Unicode or ANSI by flags. */
HRESULT session_text_out(const WCHAR *text, ULONG flags, void *base, void *out);

/* The session that later logons may join, with a reference; NULL: none. */
struct session *session_shared(void);
/* Whether a session of this or another process uses the profile. */
bool profile_in_use(int64_t profile);

/* The methods of IMAPISession by file. */
HRESULT STDMETHODCALLTYPE session_GetMsgStoresTable(IMAPISession *self, ULONG flags, LPMAPITABLE *out);
HRESULT STDMETHODCALLTYPE session_OpenMsgStore(IMAPISession *self, ULONG_PTR ui, ULONG cb, LPENTRYID id,
                                               LPCIID iid, ULONG flags, LPMDB *out);
HRESULT STDMETHODCALLTYPE session_SetDefaultStore(IMAPISession *self, ULONG flags, ULONG cb, LPENTRYID id);
HRESULT STDMETHODCALLTYPE session_OpenAddressBook(IMAPISession *self, ULONG_PTR ui, LPCIID iid, ULONG flags,
                                                  LPADRBOOK *out);
HRESULT STDMETHODCALLTYPE session_OpenProfileSection(IMAPISession *self, LPMAPIUID uid, LPCIID iid,
                                                     ULONG flags, LPPROFSECT *out);
HRESULT STDMETHODCALLTYPE session_GetStatusTable(IMAPISession *self, ULONG flags, LPMAPITABLE *out);
HRESULT STDMETHODCALLTYPE session_OpenEntry(IMAPISession *self, ULONG cb, LPENTRYID id, LPCIID iid,
                                            ULONG flags, ULONG *type, LPUNKNOWN *out);
HRESULT STDMETHODCALLTYPE session_CompareEntryIDs(IMAPISession *self, ULONG cb1, LPENTRYID id1, ULONG cb2,
                                                  LPENTRYID id2, ULONG flags, ULONG *result);
HRESULT STDMETHODCALLTYPE session_Advise(IMAPISession *self, ULONG cb, LPENTRYID id, ULONG mask,
                                         LPMAPIADVISESINK sink, ULONG_PTR *connection);
HRESULT STDMETHODCALLTYPE session_Unadvise(IMAPISession *self, ULONG_PTR connection);
HRESULT STDMETHODCALLTYPE session_AdminServices(IMAPISession *self, ULONG flags, LPSERVICEADMIN *out);

/* Ends all of the session's advise connections. */
void session_advises_end(struct session *session);
/* (Re)makes the rows of the message store table from the profile; tables that are open are told. */
HRESULT session_stores_load(struct session *session);
/* Opens a status object; MAPI_E_UNKNOWN_ENTRYID when the entry id is not one. */
HRESULT session_status_open(struct session *session, ULONG cb, const ENTRYID *id, const IID *iid, ULONG *type,
                            IUnknown **out);

#endif
