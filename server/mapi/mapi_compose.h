/*
 * mapi_compose.h: replies and forwarded messages, as Outlook composes them.
 *
 * Layer: MAPI client. A composed message is new in its folder (the Outbox) and not saved.
 */
#ifndef MAPI_COMPOSE_H
#define MAPI_COMPOSE_H

#include "mapi_loader.h"

enum mapi_answer {
    MAPI_ANSWER_REPLY,     /* to the sender, or to whom the sender wants replies sent */
    MAPI_ANSWER_REPLY_ALL, /* also to the other recipients, but not to oneself */
    MAPI_ANSWER_FORWARD,   /* to nobody yet, with the attachments */
};

/*
 * Fills a new message as an answer to another: subject, conversation, references, recipients, the original below the
 * text, attachments. self: the entry id of the user, who does not get the reply; NULL when that is not known.
 */
HRESULT mapi_compose_answer(IAddrBook *book, IMessage *original, enum mapi_answer how, const SBinary *self,
                            IMessage *answer);

/* Copies all attachments; inline_only: only those that the HTML text shows (with a content id). */
HRESULT mapi_compose_attachments(IMessage *from, bool inline_only, IMessage *to);

#endif
