/*
 * collection.h: what the small collections (recipients, attachments, address lists) share.
 *
 * Layer: server/object.
 */
#ifndef COLLECTION_H
#define COLLECTION_H

#include "auto.h"
#include "mapi_session.h"
#include "mapihost.h"

/*
 * The index that an argument of Item names: a number from 1 to count, or a name, which find looks up (0: not there;
 * NULL: names are refused). MAPI_E_INVALID_PARAMETER for neither, MAPI_E_NOT_FOUND beyond the end or for an unknown
 * name; explained.
 */
HRESULT collection_index(struct auto_object *self, const VARIANT *argument, LONG count,
                         LONG (*find)(struct auto_object *self, const WCHAR *name), LONG *index);

/* The number, from 1, of an argument of Item that is no text; `what` says in the error what an index may be ("a number or a
 * name"). How many there are is not looked at. MAPI_E_INVALID_PARAMETER, explained. */
HRESULT collection_number(struct auto_object *self, const VARIANT *argument, const WCHAR *what, ULONG *number);

/* The address book of the session that an object belongs to; not referenced for the caller. A failure is explained. */
HRESULT collection_address_book(struct auto_object *object, IAddrBook **out);
/* The MAPI session that an object belongs to; MAPI_E_NOT_INITIALIZED when it is logged off. */
HRESULT collection_session(struct auto_object *object, struct mapi_session **out);

/* A text as a BSTR; NULL gives an empty one. */
HRESULT collection_text(const WCHAR *text, BSTR *out);
/* An entry id as a hex BSTR; empty for none. */
HRESULT collection_id(const SBinary *id, BSTR *out);

/* True when both entry ids are of one object, as the address book says. */
HRESULT collection_same_entry(struct auto_object *self, const SBinary *a, const SBinary *b, VARIANT_BOOL *same);

/* The open object of a class behind an object argument, with a new reference. MAPI_E_INVALID_PARAMETER, explained. */
HRESULT collection_object(struct auto_object *self, const VARIANT *argument, const struct auto_class *class,
                          struct auto_object **out);

#endif
