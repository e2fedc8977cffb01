/*
 * mailbox.h: the Mailbox object: an InfoStore of the server, by its owner.
 *
 * Layer: server/object.
 */
#ifndef MAILBOX_H
#define MAILBOX_H

#include "infostore.h"
#include "mapi_mailboxes.h"
#include "session_workers.h"

enum mailbox_state {
    MAILBOX_NEW,    /* opened by its first use */
    MAILBOX_OPEN,   /* here (store.store) or in a worker (remote) */
    MAILBOX_CLOSED, /* by the client, or with its worker: opened by Open alone */
};

struct mailbox {
    struct infostore store; /* first: a Mailbox is an InfoStore */
    enum mailbox_state state;
    WCHAR *name, *dn;
    bool admin;
    bool guest;                   /* in a worker, for another process's session */
    bool lost;                    /* CLOSED because its worker is gone */
    struct session_remote remote; /* in a worker of ours */
    bool has_row;                 /* the figures below are known */
    double size;
    LONG items;
    FILETIME last_logon;
};

extern const struct auto_class mailbox_class;

/* Is told of every open with an administrator's rights, also of those that failed; once per process. */
void mailbox_set_audit(void (*audit)(struct auto_object *session, const WCHAR *name, const WCHAR *dn, HRESULT result));
/* Tells that of a mailbox which was opened, or refused, with an administrator's rights. */
void mailbox_note_admin(struct auto_object *session, const WCHAR *name, const WCHAR *dn, HRESULT result);

/* Makes a Mailbox that is not open yet; row may be NULL. */
HRESULT mailbox_create(struct auto_object *parent, const WCHAR *name, const WCHAR *dn, bool admin,
                       const struct mapi_mailbox *row, struct mailbox **out);
/* Opens it here or in a worker; does nothing when it is open. Failures are explained. */
HRESULT mailbox_open(struct mailbox *self);
/* The same for a use, which a mailbox that was closed refuses. */
HRESULT mailbox_use(struct mailbox *self);
/*
 * In a worker: makes and opens one below `session` for the client's session `alias`, and answers its store's id as
 * well. MAPI_E_FAILONEPROVIDER: no slot.
 */
HRESULT mailbox_open_guest(struct session *session, IMhSessionLink *alias, const WCHAR *name, const WCHAR *dn,
                           bool admin, BSTR *store_id, IMhMailbox **out);
/* The worker process that held it is gone: closes it, and fires ConnectionLost. */
void mailbox_lost(struct mailbox *self);
/* The same for all mailboxes that the session had in that process. */
void mailbox_worker_ended(struct session *session, DWORD process_id);

#endif
