/*
 * mime_import.h: between mime_import.c, mime_import_attach.c and mime_import_tnef.c. Private to server/mime.
 */
#ifndef MIME_IMPORT_H
#define MIME_IMPORT_H

#include "mime_mapi.h"
#include "mime_set.h"
#include "tnef.h"

/* Makes and saves the attachments of a view, with the messages embedded in them. One that cannot be made is
 * reported, and the others go on; only MAPI_E_NOT_ENOUGH_MEMORY and a full disk end it. */
HRESULT mime_import_attachments(const struct mime_view *view, const struct mime_import *options,
                                struct mime_report *report, IMessage *message);

/* PR_ATTACH_FILENAME, eight and three ASCII characters, of a file name. */
void mime_set_short_name(struct mime_set *set, const char *name);

/*
 * Decodes the first winmail.dat among the attachments of a view and takes it off them, unless part of it was not
 * understood: then it stays. *out is NULL if there is none; free it with tnef_free, before the view's mail. Errors:
 * MAPI_E_NOT_ENOUGH_MEMORY.
 */
HRESULT mime_import_take_tnef(struct mime_view *view, struct mime_report *report, struct tnef **out);
/*
 * Sets the properties, and the recipients, that the mail of `root` (may be NULL) does not have itself; with `has_body` not
 * a body of plain text alone either. Errors as above.
 */
HRESULT mime_import_tnef_message(const struct tnef_message *from, const struct mime_part *root, bool has_body,
                                 struct mime_report *report, IMessage *message);
/* Makes and saves the attachments. Errors as those of mime_import_attachments. */
HRESULT mime_import_tnef_attachments(const struct tnef_message *from, const struct mime_import *options,
                                     struct mime_report *report, IMessage *message);

#endif
