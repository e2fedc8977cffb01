/*
 * address_lists.h: the AddressLists and AddressList objects, and the session's ways into the address book.
 *
 * Layer: server/object.
 */
#ifndef ADDRESS_LISTS_H
#define ADDRESS_LISTS_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

/* The collection of all containers that hold recipients. */
HRESULT address_lists_create(struct auto_object *session, IMhAddressLists **out);
/* Session.GetAddressList: CdoAddressListGAL or CdoAddressListPAB. MAPI_E_NOT_FOUND when the profile has none. */
HRESULT address_lists_default(struct auto_object *session, LONG kind, IMhAddressList **out);
/* Session.GetAddressEntry, by a hex id. */
HRESULT address_lists_entry(struct auto_object *session, const WCHAR *id, IMhAddressEntry **out);
/* Session.CurrentUser. */
HRESULT address_lists_current_user(struct auto_object *session, IMhAddressEntry **out);
/* Session.AddressBook: the dialog in which a person picks recipients, above a window (not 0). The chosen ones come as a
 * Recipients collection without a message, or of the message that `recipients` belongs to. */
HRESULT address_lists_dialog(struct auto_object *session, ULONG_PTR window, const WCHAR *title, ULONG kinds,
                             ADRLIST **chosen);

#endif
