/*
 * mailboxes.h: the Mailboxes collection.
 *
 * Layer: server/object.
 */
#ifndef MAILBOXES_H
#define MAILBOXES_H

#include "session.h"

/* Makes the collection below a session that is logged on; reads the server's table. */
HRESULT mailboxes_create(struct session *session, IMhMailboxes **out);

#endif
