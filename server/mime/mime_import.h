/*
 * mime_import.h: between mime_import.c and mime_import_attach.c. Private to server/mime.
 */
#ifndef MIME_IMPORT_H
#define MIME_IMPORT_H

#include "mime_mapi.h"
#include "mime_set.h"

/* Makes and saves the attachments of a view, with the messages embedded in them. One that cannot be made is
 * reported, and the others go on; only MAPI_E_NOT_ENOUGH_MEMORY and a full disk end it. */
HRESULT mime_import_attachments(const struct mime_view *view, const struct mime_import *options,
                                struct mime_report *report, IMessage *message);

#endif
