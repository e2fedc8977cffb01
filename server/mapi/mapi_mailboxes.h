/*
 * mapi_mailboxes.h: the mailboxes of the Exchange server that a session's default store is on.
 *
 * Layer: MAPI client. Everything goes through IExchangeManageStore of the default store: a provider without it
 * answers MAPI_E_NO_SUPPORT. The stores themselves are opened with mapi_store.h.
 */
#ifndef MAPI_MAILBOXES_H
#define MAPI_MAILBOXES_H

#include "mapi_session.h"

/* A row of the server's mailbox table. */
struct mapi_mailbox {
    WCHAR *name; /* display name */
    WCHAR *dn;   /* distinguished name of its owner's address entry */
    double size; /* bytes */
    LONG items;
    FILETIME last_logon; /* zero: never */
};

/* Mailboxes in the table's order; free with mapi_mailboxes_free. */
struct mapi_mailbox_list {
    ULONG count, capacity;
    struct mapi_mailbox *rows;
};

/* All mailboxes, also beyond the 64K rows that one table gives where the provider can go on. */
HRESULT mapi_mailboxes_list(struct mapi_session *session, IMsgStore *store, struct mapi_mailbox_list **out);
void mapi_mailboxes_free(struct mapi_mailbox_list *list);

/*
 * Finds a mailbox by distinguished name, SMTP address, alias or display name, through the address book and then
 * the mailbox table. *name and *dn are freed with free(). MAPI_E_NOT_FOUND, MAPI_E_AMBIGUOUS_RECIP.
 */
HRESULT mapi_mailbox_find(struct mapi_session *session, IMsgStore *store, const WCHAR *text, WCHAR **name, WCHAR **dn);

/* The SMTP address of a mailbox's owner, from the address book; freed with free(). MAPI_E_NOT_FOUND if it has none. */
HRESULT mapi_mailbox_smtp(struct mapi_session *session, const WCHAR *dn, WCHAR **out);

/* The display name and distinguished name of an open mailbox's owner, each freed with free(), NULL where it is not told. */
void mapi_mailbox_owner(struct mapi_session *session, IMsgStore *store, WCHAR **name, WCHAR **dn);

/*
 * Makes the entry id of a mailbox's store. admin: with the rights of an administrator. *id is MAPI memory: free
 * id->lpb with mapi_free.
 */
HRESULT mapi_mailbox_store_id(struct mapi_session *session, IMsgStore *store, const WCHAR *dn, bool admin, SBinary *id);

#endif
