/*
 * message.h: messages and attachments, as their files share them.
 *
 * Layer: provider, store part. A message works on a struct mbx_message of its own; nothing is seen elsewhere
 * before SaveChanges. An attachment works on a copy of its entry: its SaveChanges puts the copy into the
 * message, whose SaveChanges stores the whole tree. An embedded message is a message whose tree belongs to an
 * attachment: its SaveChanges puts a copy into that attachment.
 */
#ifndef PROVIDER_MESSAGE_H
#define PROVIDER_MESSAGE_H

#include "object.h"
#include "storage.h"
#include "store.h"

struct attach;

enum body_bits { BODY_BIT_TEXT = 1, BODY_BIT_RTF = 2, BODY_BIT_HTML = 4 };

struct message {
    struct prop_object prop;  /* prop.props is msg->props */
    struct mbx_message *msg;  /* owned */
    struct attach *container; /* of an embedded message: also base.parent; NULL otherwise */
    unsigned bodies_set;      /* body_bits written since the bodies were last settled */
    bool parts_dirty;         /* attachments were added, changed or deleted */
    bool locked;              /* by IMsgStore::SetLockState */
};

struct attach {
    struct prop_object prop;      /* prop.props is a working copy */
    struct message *message;      /* base.parent */
    ULONG number;
    struct mbx_message *embedded; /* working copy of the embedded message; NULL: none or unchanged */
    bool is_new;                  /* not saved into the message yet */
};

extern const struct prop_object_ops message_prop_ops; /* message_props.c */
extern const struct prop_object_ops attach_prop_ops;  /* attach_props.c */
extern const IMessageVtbl message_vtbl;               /* message.c */

bool message_is_ours(void *object);
/* A message object over a tree, which it takes over (also when it fails). */
HRESULT message_wrap(struct object *parent, struct mbx_message *msg, bool writable, struct attach *container,
                     IMessage **out);
/* Fills in what every new message has (class, importance, flags, search key). */
HRESULT message_set_defaults(struct mbx_message *msg, struct store *store);
/* SaveChanges' work: computes what is computed and stores the tree, or puts it into the attachment. */
HRESULT message_save(struct prop_object *object, ULONG flags);
/* What is computed at each save: bodies, attachment flags, display names, times, conversation, size. */
HRESULT message_compute(struct message *message);
bool message_is_dirty(const struct mbx_message *msg);
/* Loads recipients or attachments (enum mbx_load) unless they are. */
HRESULT message_load_parts(struct message *message, unsigned parts);
/* A deep copy, with ids, lazy values and dirtiness. */
HRESULT mbx_message_clone(const struct mbx_message *from, struct mbx_message **out);
struct mbx_attachment *message_find_attachment(struct mbx_message *msg, ULONG number);
/* PR_MESSAGE_SIZE of the tree in memory. */
int64_t message_size(const struct mbx_message *msg);
int64_t propbag_size(const struct propbag *bag);

/* Bodies: message_body.c. */
HRESULT body_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
HRESULT body_set(struct prop_object *object, const SPropValue *value);
HRESULT body_delete(struct prop_object *object, ULONG tag);
HRESULT body_info_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
HRESULT body_cpid_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
/* After writes: the richest of the bodies written together is the native one, the others of old go. */
HRESULT body_settle(struct message *message);
/* Before saving: makes the text form, so that tables and searches see it. */
HRESULT body_complete(struct message *message);

/* Recipients: message_recipients.c. */
HRESULT STDMETHODCALLTYPE message_GetRecipientTable(IMessage *self, ULONG flags, LPMAPITABLE *out);
HRESULT STDMETHODCALLTYPE message_ModifyRecipients(IMessage *self, ULONG flags, LPADRLIST list);
/* PR_DISPLAY_TO, …CC and …BCC from the recipients. */
HRESULT recipients_display(struct mbx_message *msg);
/* Puts other recipients in the place of one; takes the bags, not the array, also when it fails. */
HRESULT recipients_replace(struct mbx_message *msg, ULONG at, struct propbag **rows, ULONG count);

/* Attachments: attach.c. */
HRESULT STDMETHODCALLTYPE message_GetAttachmentTable(IMessage *self, ULONG flags, LPMAPITABLE *out);
HRESULT STDMETHODCALLTYPE message_OpenAttach(IMessage *self, ULONG number, LPCIID iid, ULONG flags, LPATTACH *out);
HRESULT STDMETHODCALLTYPE message_CreateAttach(IMessage *self, LPCIID iid, ULONG flags, ULONG *number, LPATTACH *out);
HRESULT STDMETHODCALLTYPE message_DeleteAttach(IMessage *self, ULONG number, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                               ULONG flags);
/* An attachment's SaveChanges. */
HRESULT attach_save(struct prop_object *object, ULONG flags);
/* Puts a copy of an embedded message's tree into its attachment. */
HRESULT attach_put_embedded(struct attach *attach, const struct mbx_message *msg);
HRESULT attach_open_embedded(struct attach *attach, ULONG flags, IMessage **out);

/* Copying what is not a property: message_copy.c. */
HRESULT message_copy_parts(struct prop_object *from, IMAPIProp *to, const SPropTagArray *tags, bool exclude, ULONG flags,
                           ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems);
HRESULT attach_copy_parts(struct prop_object *from, IMAPIProp *to, const SPropTagArray *tags, bool exclude, ULONG flags,
                          ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems);

#endif
