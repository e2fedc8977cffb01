/*
 * mime_export.h: between mime_export.c and its parts. Private to server/mime.
 */
#ifndef MIME_EXPORT_H
#define MIME_EXPORT_H

#include "mapi_exchange.h"
#include "mime_mapi.h"

/* Adds the headers of a message, recipients included, to a part. */
HRESULT mime_export_headers(IMessage *message, IAddrBook *book, struct mime_part *root);
/* The bodies of a message as one part: text, HTML, or an alternative of both; *html receives the HTML text
 * within it (or NULL), which lives as long as the part. */
HRESULT mime_export_bodies(IMessage *message, struct mime_part **out, const struct mime_part **html);
/* A string property as UTF-8 on the heap; NULL if it is absent or empty. */
char *mime_export_text(const SPropValue *value);
/* Builds a whole message; `depth` counts embedded messages. */
HRESULT mime_export_mail(IMessage *message, IAddrBook *book, int depth, struct mime_mail **out);

#endif
