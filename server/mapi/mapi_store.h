/*
 * mapi_store.h: the open stores of a session, shared by id, and the store logon slots of the process.
 *
 * Layer: MAPI client. A store that several objects use is one logon. A store can be parked: its logon is given back while
 * nobody uses it, and it is opened again when it is next used. Who holds MAPI objects of a store pins it, and says
 * whether it can do without them for a while: then it gives them back, newest first, and opens them again by their ids.
 * A store that the running call has used is never parked. Used on the session's thread; the slot count is the process's.
 */
#ifndef MAPI_STORE_H
#define MAPI_STORE_H

#include "mapi_names.h"
#include "mapi_session.h"

/* What keeps a store from being parked; lives in the holder of MAPI objects, zeroed while it holds none. */
struct mapi_pin {
    struct mapi_pin *older, *newer;
    /* With really false: whether the objects can be given back now. With really true: gives them back and unpins.
     * NULL: they never can. */
    bool (*let_go)(struct mapi_pin *pin, bool really);
};

struct mapi_store {
    struct mapi_session *session;
    struct mapi_store *next; /* in the session's list */
    LONG refs;
    SBinary id;       /* the entry id that it was opened with */
    ULONG flags;      /* MDB_ flags beyond those of mapi_session_open_store */
    bool admin;       /* the id carries an administrator's rights */
    IMsgStore *mdb;   /* NULL while parked */
    struct mapi_pin *newest; /* who holds MAPI objects of this store */
    ULONGLONG used;   /* a number that grows with every use */
    ULONG_PTR call;   /* the call that used it last */
    struct mapi_names names;
};

/*
 * The store with that id: the session's open one with a new reference, or a new logon (refs is 1). A logon with an administrator's
 * rights and one without are never the same; admin says which the id is for (mapi_admin_id.h).
 */
HRESULT mapi_store_open(struct mapi_session *session, const SBinary *id, ULONG flags, bool admin, struct mapi_store **out);
/* The default store of the profile; the session keeps it open for the next time. MAPI_E_NOT_FOUND if there is none. */
HRESULT mapi_store_open_default(struct mapi_session *session, struct mapi_store **out);
void mapi_store_addref(struct mapi_store *store);
/* Logs off with the last reference. NULL-safe. */
void mapi_store_release(struct mapi_store *store);

/* The store's interface, reopened if it was parked; not referenced for the caller, who must not keep it without a pin. */
HRESULT mapi_store_mdb(struct mapi_store *store, IMsgStore **out);
/* Notes a holder of MAPI objects of the store, and its end. let_go as in struct mapi_pin. */
void mapi_store_pin(struct mapi_store *store, struct mapi_pin *pin, bool (*let_go)(struct mapi_pin *pin, bool really));
void mapi_store_unpin(struct mapi_store *store, struct mapi_pin *pin);
/* Asks the holders whose let_go is `kind`, but for the `most` - 1 that pinned last, to give their objects back. */
void mapi_store_trim(struct mapi_store *store, bool (*kind)(struct mapi_pin *pin, bool really), ULONG most);
/* Says that the running call uses objects of the store, which must stay. */
void mapi_store_touch(struct mapi_store *store);
/* Gives the logon back; false if it cannot be or is parked already. */
bool mapi_store_park(struct mapi_store *store);
/*
 * Parks the longest unused store of this session that can be; those of the profile last, and the default store, without
 * which no mailbox is found, only when another session asks (`for_others`). False if there is none.
 */
bool mapi_store_park_oldest(struct mapi_session *session, bool for_others);
/* Sets what is asked when this session has no store to park: true when another session has parked one (once). */
void mapi_store_set_others(bool (*park)(void));
/* Sets what tells the running call of a thread from others (once, before use). Without it, one call does all. */
void mapi_store_set_calls(ULONG_PTR (*running)(void));

/* Opens an object by entry id: in `store` if it is not NULL, else through the session. MAPI_BEST_ACCESS is added. */
HRESULT mapi_store_open_entry(struct mapi_store *store, const SBinary *id, ULONG *type, IUnknown **out);

/* Store logons of this process now, and the number that it takes for the limit (255 until MAPI says "full" earlier). */
LONG mapi_slots_used(void);
LONG mapi_slots_limit(void);
/* Sets how many this process opens at most (the setting MaxStoresPerProcess). */
void mapi_slots_set_max(LONG max);
/*
 * Whether a failure to open a store means that the process is full: MAPI_E_FAILONEPROVIDER or MAPI_E_CALL_FAILED with
 * other stores open. How many that is at most is found so, not assumed.
 */
bool mapi_slots_full(HRESULT hr);

#endif
