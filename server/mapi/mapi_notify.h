/*
 * mapi_notify.h: notifications of a message store, as events that any thread may keep.
 *
 * Layer: MAPI client.
 */
#ifndef MAPI_NOTIFY_H
#define MAPI_NOTIFY_H

#include "mapi_loader.h"

/* The events that mapi_notify delivers. */
#define MAPI_NOTIFY_ALL                                                                                               \
    (fnevCriticalError | fnevNewMail | fnevObjectCreated | fnevObjectDeleted | fnevObjectModified | fnevObjectMoved | \
     fnevObjectCopied | fnevSearchComplete)

/* A copy of one notification, in one block of malloc's; absent ids have cb 0. */
struct mapi_event {
    ULONG kind;        /* one fnev bit */
    ULONG object_type; /* MAPI_MESSAGE, MAPI_FOLDER …; MAPI_MESSAGE for new mail */
    HRESULT error;     /* of fnevCriticalError */
    SBinary id, parent, old_id, old_parent;
    WCHAR *message_class; /* of new mail; else "" */
};

struct mapi_notify;

/*
 * Listens to everything that happens in a store. deliver is called on whatever thread MAPI uses, with an event that
 * it owns and frees with free(); release is called once, when no more calls will come. Used on the store's thread.
 */
HRESULT mapi_notify_begin(IMsgStore *store, ULONG mask, void (*deliver)(void *context, struct mapi_event *event),
                          void (*release)(void *context), void *context, struct mapi_notify **out);
/* Stops listening; a call may still be running. NULL-safe. */
void mapi_notify_end(struct mapi_notify *notify);

#endif
