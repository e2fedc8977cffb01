/*
 * address_entry.h: the AddressEntry object.
 *
 * Layer: server/object. Name, address, type and display type come from the row of the list where there is one; the entry
 * itself is opened when something else is asked for or changed.
 */
#ifndef ADDRESS_ENTRY_H
#define ADDRESS_ENTRY_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

extern const struct auto_class address_entry_class;

/* Makes the object of an entry id; row: its columns (mapi_address_columns) as a table gave them, or NULL. Nothing is
 * opened yet. */
HRESULT address_entry_create(struct auto_object *parent, const SBinary *id, const SRow *row, IMhAddressEntry **out);
/* The same, opened, so that an id of something else is refused: Session.GetAddressEntry. */
HRESULT address_entry_open(struct auto_object *parent, const SBinary *id, IMhAddressEntry **out);
/* Makes the object of an entry that was just created and is not saved yet; takes the reference. */
HRESULT address_entry_create_new(struct auto_object *parent, IMAPIProp *entry, IMhAddressEntry **out);
/* The entry id of an AddressEntry; points into it. MAPI_E_OBJECT_CHANGED for one that was never saved. */
HRESULT address_entry_id(struct auto_object *entry, SBinary *id);

#endif
