/*
 * message.h: the Message object and what others do with messages.
 *
 * Layer: server/object. A message that a table showed is opened in MAPI only when something is asked for that its row does
 * not hold.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "auto.h"
#include "folder.h"
#include "mapi_store.h"
#include "mapihost.h"

/* The columns that the Messages collection reads ahead; enum and array have the same order. */
enum message_column {
    MESSAGE_COL_ID,
    MESSAGE_COL_KEY,
    MESSAGE_COL_CLASS,
    MESSAGE_COL_PARENT,
    MESSAGE_COL_COUNT = 22,
};
extern const SPropTagArray *const message_columns;

struct message {
    struct auto_object base;
    struct mapi_store *store; /* held; NULL for a message inside another (an attachment) */
    SBinary id;               /* malloc's; empty while it was never saved */
    IMessage *mapi;           /* opened when it is first needed; pins the store */
    struct mapi_pin pin;
    bool unsaved;             /* something may have been changed in `mapi` since it was opened or saved */
    SPropValue *row;          /* the columns as a table showed them, until something is changed; MAPI memory */
    bool embedded;            /* inside an attachment: it cannot be moved, deleted or sent */
    GUID fields_set;
    bool is_occurrence; /* of a recurring appointment, which it stands for otherwise (appointment_occurrence.c) */
    struct {
        bool changed;        /* its series has an exception for it */
        bool own;            /* `mapi` is a copy for this occurrence, which is in no folder; else its series */
        LONGLONG start, end; /* local minutes since 1601 */
        LONGLONG saved_start, saved_end; /* before what was not saved yet */
        LONGLONG original;   /* where the pattern has it */
    } occurrence;
};

extern const struct auto_class message_class;

/* Makes a Message of a table row of message_columns below parent. */
HRESULT message_create_row(struct auto_object *parent, struct mapi_store *store, const SRow *row,
                           struct message **out);
/* Makes one of an open IMessage; takes the reference, also when it fails. `store` NULL and `embedded` for one inside an
 * attachment. */
HRESULT message_create_open(struct auto_object *parent, struct mapi_store *store, IMessage *mapi, bool embedded,
                            struct message **out);
/* The message with an id, opened: in the store `store_id`, or (NULL) in the store of `self`, or in that of the id. */
HRESULT message_open_by_id(struct auto_object *self, const SBinary *id, const SBinary *store_id,
                           struct message **out);

struct message *message_from(IMhMessage *iface);
/* Opens it in MAPI on first use; not referenced. Whoever only reads says so: then its store can be parked. */
HRESULT message_open(struct message *self, IMessage **out);
HRESULT message_open_reading(struct message *self, IMessage **out);
/* Notes that self->mapi is open. */
void message_pin(struct message *self);
/* Gives self->mapi back, if it is open. */
void message_drop(struct message *self);
/* Forgets the row: something was changed. */
void message_changed(struct message *self);
/* One property from the row or the message: *value is valid while *owned is not freed (mapi_free; NULL when in the row). */
HRESULT message_read(struct message *self, ULONG tag, const SPropValue **value, SPropValue **owned);
/* Sets properties and forgets the row. */
HRESULT message_write(struct message *self, const SPropValue *values, ULONG count);
/* Opens an occurrence that was or will be changed: self->mapi is then a message of its own, in no folder and not saved. */
HRESULT message_open_occurrence(struct message *self);
/* Makes an exception of the series of what was changed in an occurrence. */
HRESULT message_save_occurrence(struct message *self);
/* The times of an occurrence in the place of those of its series (appointment_occurrence.c). */
void message_correct_times(struct auto_object *message, SPropValue *value);
/* The bits of a flags property, 0 when it is absent. */
HRESULT message_flags(struct message *self, ULONG tag, LONG *flags);
/* Marks the message as read or unread, without a receipt; on one that was never saved the flag is a property. */
HRESULT message_mark_read(struct message *self, bool read);
/* SaveChanges, and the id of a new message. */
HRESULT message_save(struct message *self);
/* The folder that holds it, opened; the caller releases it. */
HRESULT message_open_folder(struct message *self, IMAPIFolder **out);

/* Creates a message in a folder: the object's parent is `parent`. The class and the importance are set. */
HRESULT message_create_new(struct auto_object *parent, struct folder *folder, const WCHAR *message_class,
                           bool hidden, struct message **out);

/*
 * Copies or moves messages of `from` to `to`; `ids` are message ids. `flags`: MESSAGE_MOVE or 0.
 * MAPI_E_UNABLE_TO_COMPLETE when some were left.
 */
HRESULT message_copy_list(IMAPIFolder *from, IMAPIFolder *to, ENTRYLIST *ids, ULONG flags);

/* Resolves the recipients and submits the message; the object is closed then (message_send.c). */
HRESULT message_submit(struct message *self, bool save_copy);

/* A body format (MhBodyFormat) as new text; a message without a body gives "". */
HRESULT message_body_get(struct message *self, LONG format, BSTR *value);
HRESULT message_body_put(struct message *self, LONG format, const WCHAR *text);

#define MESSAGE_MEMBER(name) HRESULT STDMETHODCALLTYPE message_##name
MESSAGE_MEMBER(get_Text)(IMhMessage *iface, BSTR *value);
MESSAGE_MEMBER(put_Text)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(get_Body)(IMhMessage *iface, BSTR *value);
MESSAGE_MEMBER(put_Body)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(get_HTMLBody)(IMhMessage *iface, BSTR *value);
MESSAGE_MEMBER(put_HTMLBody)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(get_RTFBody)(IMhMessage *iface, BSTR *value);
MESSAGE_MEMBER(put_RTFBody)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(get_BodyFormat)(IMhMessage *iface, LONG *value);
MESSAGE_MEMBER(put_BodyFormat)(IMhMessage *iface, LONG value);
MESSAGE_MEMBER(get_Categories)(IMhMessage *iface, VARIANT *value);
MESSAGE_MEMBER(put_Categories)(IMhMessage *iface, VARIANT value);
MESSAGE_MEMBER(get_Sender)(IMhMessage *iface, IMhAddressEntry **value);
MESSAGE_MEMBER(put_Sender)(IMhMessage *iface, IMhAddressEntry *value);
MESSAGE_MEMBER(get_Recipients)(IMhMessage *iface, IMhRecipients **value);
MESSAGE_MEMBER(put_Recipients)(IMhMessage *iface, IMhRecipients *value);
MESSAGE_MEMBER(get_Attachments)(IMhMessage *iface, IMhAttachments **value);
MESSAGE_MEMBER(put_To)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(put_CC)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(put_BCC)(IMhMessage *iface, BSTR value);
MESSAGE_MEMBER(get_SenderEmailAddress)(IMhMessage *iface, BSTR *value);
MESSAGE_MEMBER(CopyTo)(IMhMessage *iface, VARIANT folder, VARIANT store, IDispatch **value);
MESSAGE_MEMBER(MoveTo)(IMhMessage *iface, VARIANT folder, VARIANT store, IDispatch **value);
MESSAGE_MEMBER(Delete)(IMhMessage *iface, VARIANT deleted_items);
MESSAGE_MEMBER(Forward)(IMhMessage *iface, IDispatch **value);
MESSAGE_MEMBER(Reply)(IMhMessage *iface, IDispatch **value);
MESSAGE_MEMBER(ReplyAll)(IMhMessage *iface, IDispatch **value);
MESSAGE_MEMBER(Send)(IMhMessage *iface, VARIANT save_copy, VARIANT dialog, VARIANT window);
MESSAGE_MEMBER(Update)(IMhMessage *iface, VARIANT permanent, VARIANT refresh);
MESSAGE_MEMBER(Save)(IMhMessage *iface);
MESSAGE_MEMBER(Options)(IMhMessage *iface, VARIANT window);
MESSAGE_MEMBER(SaveAs)(IMhMessage *iface, VARIANT path, VARIANT type);
MESSAGE_MEMBER(Import)(IMhMessage *iface, VARIANT path, VARIANT type);
MESSAGE_MEMBER(MarkRead)(IMhMessage *iface, VARIANT read);
MESSAGE_MEMBER(GetProps)(IMhMessage *iface, VARIANT tags, VARIANT *value);
MESSAGE_MEMBER(SetProps)(IMhMessage *iface, VARIANT tags, VARIANT values);
MESSAGE_MEMBER(OpenStream)(IMhMessage *iface, VARIANT tag, VARIANT writable, IMhPropertyStream **value);
#undef MESSAGE_MEMBER

#endif
