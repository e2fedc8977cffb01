/*
 * recipients.h: the Recipients and Recipient objects.
 *
 * Layer: server/object. The collection holds the rows in memory and writes each change to the IMessage at once; the
 * message's Update or Send makes it last. One collection per message: two would overwrite each other.
 */
#ifndef RECIPIENTS_H
#define RECIPIENTS_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

/* One recipient: kept by the collection and by the Recipient objects that stand for it. */
struct recipient_row {
    IMAPIProp *props; /* mapi_bag.h */
    struct recipients *owner; /* NULL once it is deleted or the collection is closed */
    LONG refs;
};

struct recipients {
    struct auto_object base;
    IMessage *message; /* held */
    struct recipient_row **rows;
    LONG count;
    LONG unresolved; /* index (from 0) from which GetNextUnresolved looks */
};

extern const struct auto_class recipients_class;
extern const struct auto_class recipient_class;

/* The collection of a message, of which parent is the object: the live one if there is one, else a new one. *out has a
 * new reference. */
HRESULT recipients_get(struct auto_object *parent, IMessage *message, struct recipients **out);

/* Writes all rows to the message. */
HRESULT recipients_store(struct recipients *self);
/* Adds a recipient by name, full address and entry id (each may be NULL) and writes it. The row has no new reference. */
HRESULT recipients_add(struct recipients *self, const WCHAR *name, const WCHAR *address, LONG type,
                       const SBinary *entry_id, struct recipient_row **out);
/* Takes a row out, and writes. */
HRESULT recipients_remove(struct recipients *self, struct recipient_row *row);
/* Resolves every row; the first failure is the answer, but all are tried. window as in mapi_address_resolve. */
HRESULT recipients_resolve(struct recipients *self, ULONG_PTR window);
bool recipient_row_resolved(const struct recipient_row *row);
void recipient_row_release(struct recipient_row *row);

/* Makes the Recipient object of a row. */
HRESULT recipient_create(struct recipients *parent, struct recipient_row *row, IMhRecipient **out);
/* Sets the address of a row from its full form ("SMTP:a@b.c"), which makes it unresolved. */
HRESULT recipient_row_set_address(struct recipient_row *row, const WCHAR *full);
/* Makes a row that of an address entry; its recipient type stays. object: for the address book. */
HRESULT recipient_row_set_entry(struct auto_object *object, struct recipient_row *row, const SBinary *id);

#endif
