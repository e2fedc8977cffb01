/*
 * mapi_admin_id.h: whether a store's entry id carries an administrator's rights (OPENSTORE_USE_ADMIN_PRIVILEGE).
 *
 * Layer: MAPI client. Such an id opens the store with those rights wherever it comes from: a client keeps the StoreID and gives
 * it to another session. Ids are opaque: where the flag stands in those of a provider is learned from two that it makes,
 * with and without it. Limits: a provider whose ids say so in more than one byte is not understood.
 */
#ifndef MAPI_ADMIN_ID_H
#define MAPI_ADMIN_ID_H

#include "mapi_session.h"

/* False also where the default store's provider makes no such ids. May open the default store. */
bool mapi_admin_id(struct mapi_session *session, const SBinary *id);
/* What the session has learned; NULL-safe. */
void mapi_admin_mark_free(struct mapi_admin_mark *mark);

#endif
