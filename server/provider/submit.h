/*
 * submit.h: submission, local delivery, the pickup folder, and read receipts.
 *
 * Layer: provider, store part.
 */
#ifndef PROVIDER_SUBMIT_H
#define PROVIDER_SUBMIT_H

#include "message.h"

/* SubmitMessage: saves the message, delivers it to local mailboxes, writes it for the others, and files it as
 * PR_SENTMAIL_ENTRYID and PR_DELETE_AFTER_SUBMIT say. MAPI_E_NO_RECIPIENTS, MAPI_E_CORRUPT_DATA … */
HRESULT submit_message(struct message *message, ULONG flags);
/* The rest of it for a message that is marked as submitted, when the process that submitted it has ended. The message stays
 * in the queue when that fails, or when a spooler has locked it. */
HRESULT submit_again(struct message *message);
/* IMsgStore's part in it, for messages that are still submitted. */
HRESULT submit_abort(struct store *store, mbx_id id);    /* MAPI_E_NOT_IN_QUEUE, MAPI_E_UNABLE_TO_ABORT */
HRESULT submit_lock(struct store *store, IMessage *message, bool lock);
HRESULT submit_finished(struct store *store, mbx_id id); /* files the sent message */

/* Which bits of PR_MESSAGE_FLAGS the flags of SetReadFlag set and clear. Sends the read receipt that is asked for. */
HRESULT submit_read_flags(struct store *store, mbx_id id, const struct propbag *props, ULONG flags, ULONG *set,
                          ULONG *clear);

#endif
