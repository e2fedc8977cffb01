/*
 * mapi_recipients.h: a message's recipients as rows in memory, each a property set, and back.
 *
 * Layer: MAPI client. Rows are written whole: IMessage::ModifyRecipients tells nobody the row ids of what it adds, so
 * later changes cannot name them.
 */
#ifndef MAPI_RECIPIENTS_H
#define MAPI_RECIPIENTS_H

#include "mapi_loader.h"

/* Reads the recipients in the order of their rows: new property sets (mapi_bag.h) in an array of malloc's. */
HRESULT mapi_recipients_read(IMessage *message, IMAPIProp ***rows, ULONG *count);
/* Makes the recipients of the message those of the rows; rows without a name and an address are left out. Nothing is
 * saved. */
HRESULT mapi_recipients_write(IMessage *message, IMAPIProp *const *rows, ULONG count);
/* Adds one row to the message's recipients. */
HRESULT mapi_recipients_add(IMessage *message, IMAPIProp *row);
/* True when a row has something to tell: a name or an address. */
bool mapi_recipients_filled(IMAPIProp *row);

#endif
