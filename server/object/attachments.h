/*
 * attachments.h: the Attachments and Attachment objects.
 *
 * Layer: server/object. An attachment's changes are saved into the IMessage by each member that makes them; the
 * message's Update or Send makes them last. An IAttach is open only while a client holds its Attachment.
 */
#ifndef ATTACHMENTS_H
#define ATTACHMENTS_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

struct attachments;

/* One attachment: kept by the collection and by the Attachment objects that stand for it. */
struct attachment_row {
    struct attachments *owner; /* NULL once it is deleted or the collection is closed */
    IAttach *attach;           /* NULL while nobody needs it */
    ULONG number;              /* PR_ATTACH_NUM */
    bool touched;              /* something may have been changed since the last save */
    BSTR source;               /* the Source that a client set, where MAPI does not keep it */
    LONG refs;
};

struct attachments {
    struct auto_object base;
    IMessage *message; /* held */
    struct attachment_row **rows;
    LONG count;
};

extern const struct auto_class attachments_class;
extern const struct auto_class attachment_class;

/* The collection of a message, of which parent is the object: the live one if there is one, else a new one. *out has a
 * new reference. */
HRESULT attachments_get(struct auto_object *parent, IMessage *message, struct attachments **out);
/* Saves what was changed in the attachments of a message's object into its IMessage: before the message is saved. */
HRESULT attachments_flush(struct auto_object *parent);
/* Takes an attachment out of the message. */
HRESULT attachments_remove(struct attachments *self, struct attachment_row *row);

/* Sets what the Source of an open row stands for (see Attachment.Source); nothing is saved. */
HRESULT attachments_set_source(struct attachments *self, struct attachment_row *row, const VARIANT *source);

/* Opens the row's IAttach for writing where that is allowed. */
HRESULT attachment_row_open(struct attachment_row *row);
/* Saves it into the IMessage. */
HRESULT attachment_row_save(struct attachment_row *row);
void attachment_row_release(struct attachment_row *row);
HRESULT attachment_create(struct attachments *parent, struct attachment_row *row, IMhAttachment **out);

/* ---- the content (attachment_data.c); self: whose failures are explained --------------------------------------------- */

/* PR_ATTACH_METHOD ↔ CdoAttachmentType. */
LONG attachment_type_of(LONG method);
LONG attachment_method_of(LONG type);
/* Names the attachment: display name, long and short file name, extension. */
HRESULT attachment_set_name(IAttach *attach, const WCHAR *name);
/* Replaces the content by a file's (data and OLE attachments). */
HRESULT attachment_read_file(struct auto_object *self, IAttach *attach, const WCHAR *path);
HRESULT attachment_write_file(struct auto_object *self, IAttach *attach, const WCHAR *path);
/* Makes the attachment a link to a file. */
HRESULT attachment_set_link(IAttach *attach, const WCHAR *path);
/* Embeds a copy of a message. */
HRESULT attachment_embed(IAttach *attach, IMessage *message);
/* The stream of the content; writable: empties it. */
HRESULT attachment_stream(IAttach *attach, bool writable, IStream **out);
/* The content as an array of bytes, empty where there is none yet; and a new content, which makes it a data attachment. */
HRESULT attachment_read_bytes(IAttach *attach, VARIANT *value);
HRESULT attachment_write_bytes(IAttach *attach, const uint8_t *bytes, uint32_t size);

#endif
