/*
 * msg_check.h: does an Outlook message file hold what it says it holds? Layer: mapictl.
 */
#ifndef MAPICTL_MSG_CHECK_H
#define MAPICTL_MSG_CHECK_H

#include "mime_mapi.h"

/*
 * Adds to `report` what a message file (MS-OXMSG) announces and does not have: values, recipients,
 * attachments, the parts of embedded messages. MAPI's OpenIMsgOnIStg passes over them, so a file that is cut
 * off would lose them without a word. The storage is open for reading.
 */
void msg_check(IStorage *storage, struct mime_report *report);

/* Adds what the message `copy` has fewer of than the file: recipients, attachments. */
void msg_check_copy(IStorage *storage, IMessage *copy, struct mime_report *report);

#endif
