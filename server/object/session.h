/*
 * session.h: the Session object and what other objects ask of it.
 *
 * Layer: server/object.
 */
#ifndef SESSION_H
#define SESSION_H

#include "auto.h"
#include "mapihost.h"
#include "mapi_session.h"

/* Options of GetOption and SetOption; their order is that of the table in session_options.c. */
#define SESSION_OPTION_COUNT 9

struct session {
    struct auto_object base;
    struct mapi_session *mapi; /* NULL while logged off */
    bool mapi_started;         /* MAPIInitialize was called for this session's sake */
    LCID locale;               /* 0: the system's */
    UINT code_page;
    VARIANT options[SESSION_OPTION_COUNT]; /* VT_EMPTY: the default */
    WCHAR *password;           /* of the logon, for workers; wiped at logoff */
    struct session_link *links; /* workers that hold mailboxes of this session (session_workers.c) */
    /* In a worker: leads to the session that the client knows; held while mailboxes of it are here. */
    IMhSessionLink *alias;
    unsigned guests;
};

extern const struct auto_class session_class;

/* CONNECT_ bits of mapi_exchange.h that every logon adds to its profile; once per process. */
void session_set_connect_flags(ULONG flags);
/* Makes a session on the calling thread with one reference. */
HRESULT session_make(struct auto_object **out);
struct session *session_from(IMhSession *iface);
/* The session that an object belongs to; never NULL for objects below a session. */
struct session *session_of(struct auto_object *object);
/* What MAPI's session says of an error, as new text of malloc's, or NULL: for auto_set_explainer. */
WCHAR *session_explain(struct auto_object *object, HRESULT hr);
/* S_OK when it is logged on; otherwise MAPI_E_NOT_INITIALIZED, explained. */
HRESULT session_require(struct session *self);
/* Loads and initialises MAPI for this session's thread, once; a failure is explained. */
HRESULT session_start_mapi(struct session *self);
/* Logs on; for the members and for workers. */
HRESULT session_log_on(struct session *self, const struct mapi_logon *logon);
/* Closes everything below the session and logs off; does nothing when logged off. */
void session_end(struct session *self);

/* The members beside logon and logoff (session_info.c, session_options.c, session_stores.c,
 * session_people.c). */
HRESULT STDMETHODCALLTYPE session_get_Version(IMhSession *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE session_get_OperatingSystem(IMhSession *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE session_CompareIDs(IMhSession *iface, VARIANT id1, VARIANT id2, VARIANT_BOOL *value);
HRESULT STDMETHODCALLTYPE session_CreateConversationIndex(IMhSession *iface, VARIANT parent, BSTR *value);
HRESULT STDMETHODCALLTYPE session_get_Diagnostics(IMhSession *iface, IMhDiagnostics **value);
HRESULT STDMETHODCALLTYPE session_GetOption(IMhSession *iface, VARIANT name, VARIANT *value);
HRESULT STDMETHODCALLTYPE session_SetOption(IMhSession *iface, VARIANT name, VARIANT value);
HRESULT STDMETHODCALLTYPE session_SetLocaleIDs(IMhSession *iface, VARIANT locale, VARIANT code_page);
HRESULT STDMETHODCALLTYPE session_get_CurrentUser(IMhSession *iface, IMhAddressEntry **value);
HRESULT STDMETHODCALLTYPE session_get_Inbox(IMhSession *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE session_get_Outbox(IMhSession *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE session_get_InfoStores(IMhSession *iface, VARIANT index, IDispatch **value);
HRESULT STDMETHODCALLTYPE session_get_AddressLists(IMhSession *iface, VARIANT index, IDispatch **value);
HRESULT STDMETHODCALLTYPE session_GetInfoStore(IMhSession *iface, VARIANT id, IMhInfoStore **value);
HRESULT STDMETHODCALLTYPE session_GetFolder(IMhSession *iface, VARIANT id, VARIANT store, IMhFolder **value);
HRESULT STDMETHODCALLTYPE session_GetMessage(IMhSession *iface, VARIANT id, VARIANT store, IMhMessage **value);
HRESULT STDMETHODCALLTYPE session_GetDefaultFolder(IMhSession *iface, VARIANT type, VARIANT mailbox, IMhFolder **value);
HRESULT STDMETHODCALLTYPE session_GetAddressEntry(IMhSession *iface, VARIANT id, IMhAddressEntry **value);
HRESULT STDMETHODCALLTYPE session_GetAddressList(IMhSession *iface, VARIANT type, IMhAddressList **value);
HRESULT STDMETHODCALLTYPE session_GetArticle(IMhSession *iface, VARIANT article, VARIANT folder, VARIANT store,
                                             IMhMessage **value);
HRESULT STDMETHODCALLTYPE session_DeliverNow(IMhSession *iface);
HRESULT STDMETHODCALLTYPE session_AddressBook(IMhSession *iface, VARIANT recipients, VARIANT title, VARIANT one,
                                              VARIANT force, VARIANT lists, VARIANT to, VARIANT cc, VARIANT bcc,
                                              VARIANT window, IMhRecipients **value);
HRESULT STDMETHODCALLTYPE session_get_OutOfOffice(IMhSession *iface, VARIANT_BOOL *value);
HRESULT STDMETHODCALLTYPE session_put_OutOfOffice(IMhSession *iface, VARIANT_BOOL value);
HRESULT STDMETHODCALLTYPE session_get_OutOfOfficeText(IMhSession *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE session_put_OutOfOfficeText(IMhSession *iface, BSTR value);
HRESULT STDMETHODCALLTYPE session_get_Mailboxes(IMhSession *iface, IMhMailboxes **value);
HRESULT STDMETHODCALLTYPE session_OpenMailbox(IMhSession *iface, VARIANT name, VARIANT admin, IMhMailbox **value);
HRESULT STDMETHODCALLTYPE session_Subscribe(IMhSession *iface, VARIANT source, VARIANT events,
                                            IMhSubscription **value);
void session_options_clear(struct session *self);

#endif
