/*
 * notify_private.h: what notify.c (who listens) and notify_thread.c (what happens) share.
 *
 * Layer: provider, store part. One lock guards all lists; nothing is called with it held but object_try_addref.
 */
#ifndef PROVIDER_NOTIFY_PRIVATE_H
#define PROVIDER_NOTIFY_PRIVATE_H

#include "notify.h"

/* One Advise of a store, of an entry of the address book, or of the session (which has no events of its own). */
struct registration {
    struct registration *next;
    struct advise *advise;
    struct object *owner; /* not referenced: it ends its registrations */
    GUID mailbox;
    bool has_mailbox;
    mbx_id id;     /* 0: the whole store */
    ULONG mask;
    int64_t since; /* changes up to here are older than the registration; of_directory: its version */
    bool of_directory, of_personal; /* the second with the first: an entry of the personal address book */
    ULONG object_type; /* of_directory: of the entry */
    SBinary entry;     /* and its id, owned */
};

/* A mailbox that somebody listens to. */
struct watched {
    struct watched *next;
    struct mailbox *mbx; /* referenced */
    GUID guid;
    ULONG users;
    int64_t sequence; /* changes up to here have been told */
};

void notify_lock(void);
void notify_unlock(void);
extern struct registration *notify_registrations;
extern struct watcher *notify_watchers;
extern struct watched *notify_mailboxes;

struct advise *advise_addref(struct advise *advise);
void advise_release(struct advise *advise);

/* The version of the directory that an object's session has open, or of its user's personal address book. */
HRESULT notify_directory_version(struct object *owner, bool personal, int64_t *version);
/* Starts the thread unless it runs, and wakes it. */
HRESULT notify_thread_wake(void);
/* Has it call advise_call(queued); false: it was not taken. */
bool notify_thread_queue(void *queued);
/* Calls the sink with a queued notification, unless its connection has ended, and frees what was queued. */
void advise_call(void *queued);

#endif
