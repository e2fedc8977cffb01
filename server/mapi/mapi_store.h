/*
 * mapi_store.h: the open stores of a session, shared by id, and the store logon slots of the process.
 *
 * Layer: MAPI client. A store that several objects use is one logon. A store can be parked: its logon is given back while
 * nothing is open from it, and it is opened again when it is next used. Used on the session's thread; the slot count
 * is the process's.
 */
#ifndef MAPI_STORE_H
#define MAPI_STORE_H

#include "mapi_names.h"
#include "mapi_session.h"

struct mapi_store {
    struct mapi_session *session;
    struct mapi_store *next; /* in the session's list */
    LONG refs;
    SBinary id;       /* the entry id that it was opened with */
    ULONG flags;      /* MDB_ flags beyond those of mapi_session_open_store */
    IMsgStore *mdb;   /* NULL while parked */
    ULONG pins;       /* wrappers that hold MAPI objects of this store; 0: it may be parked */
    ULONGLONG used;   /* tick of the last use */
    struct mapi_names names;
};

/* The store with that id: the session's open one with a new reference, or a new logon. */
HRESULT mapi_store_open(struct mapi_session *session, const SBinary *id, ULONG flags, struct mapi_store **out);
/* The default store of the profile. MAPI_E_NOT_FOUND if there is none. */
HRESULT mapi_store_open_default(struct mapi_session *session, struct mapi_store **out);
void mapi_store_addref(struct mapi_store *store);
/* Logs off with the last reference. NULL-safe. */
void mapi_store_release(struct mapi_store *store);

/* The store's interface, reopened if it was parked; not referenced for the caller, who must not keep it without a pin. */
HRESULT mapi_store_mdb(struct mapi_store *store, IMsgStore **out);
/* Counts a wrapper that holds MAPI objects of the store, and its end. */
void mapi_store_pin(struct mapi_store *store);
void mapi_store_unpin(struct mapi_store *store);
/* Gives the logon back; false if it is pinned or parked already. */
bool mapi_store_park(struct mapi_store *store);
/* Parks the longest unused store of this session that is not pinned and not the default one; false if there is none. */
bool mapi_store_park_oldest(struct mapi_session *session);

/* Opens an object by entry id: in `store` if it is not NULL, else through the session. MAPI_BEST_ACCESS is added. */
HRESULT mapi_store_open_entry(struct mapi_store *store, const SBinary *id, ULONG *type, IUnknown **out);

/* Store logons of this process now, and the number that it takes for the limit (255 until MAPI says "full" earlier). */
LONG mapi_slots_used(void);
LONG mapi_slots_limit(void);
/* Sets how many this process opens at most (the setting MaxStoresPerProcess). */
void mapi_slots_set_max(LONG max);
/*
 * Whether a failure to open a store means that the process is full: MAPI_E_FAILONEPROVIDER or MAPI_E_CALL_FAILED with
 * most of the slots in use.
 */
bool mapi_slots_full(HRESULT hr);

#endif
