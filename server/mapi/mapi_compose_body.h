/*
 * mapi_compose_body.h: subject and quoted text of an answer. Private to mapi_compose.c.
 */
#ifndef MAPI_COMPOSE_BODY_H
#define MAPI_COMPOSE_BODY_H

#include "mapi_loader.h"

/* The original's subject with one prefix. */
HRESULT compose_subject(IMessage *original, const char *prefix, IMessage *answer);
/* The original's text below a header, in HTML if that is its form (*html), else as text. */
HRESULT compose_body(IMessage *original, IMessage *answer, bool *html);

#endif
