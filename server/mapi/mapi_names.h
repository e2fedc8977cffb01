/*
 * mapi_names.h: named properties of a store, remembered.
 *
 * Layer: MAPI client. Within a store a name keeps its id, so each name is asked for once. A name that the store does
 * not know is not remembered: another program may create it.
 */
#ifndef MAPI_NAMES_H
#define MAPI_NAMES_H

#include "mapi_loader.h"
#include "prop_ref.h"

/* All zero is an empty cache. One per store; used on one thread. */
struct mapi_names {
    struct mapi_names_entry *entries;
    size_t count, capacity;
};
void mapi_names_free(struct mapi_names *names);

/*
 * The tag of a property reference: id of the store, type of the reference (PT_UNSPECIFIED if it has none). A PROP_REF_TAG
 * is answered as it is. `object` is any object of the store. Without `create` an unknown name is MAPI_E_NOT_FOUND.
 */
HRESULT mapi_names_tag(struct mapi_names *names, IMAPIProp *object, const struct prop_ref *ref, bool create,
                       ULONG *tag);

/* The same for one named property by number or, when `name` is not NULL, by string. */
HRESULT mapi_names_number(struct mapi_names *names, IMAPIProp *object, const GUID *set, LONG lid, ULONG type,
                          bool create, ULONG *tag);
HRESULT mapi_names_string(struct mapi_names *names, IMAPIProp *object, const GUID *set, const WCHAR *name, ULONG type,
                          bool create, ULONG *tag);

/*
 * The name of a tag's id. *name is MAPI memory, freed with mapi_free; MAPI_E_NOT_FOUND for ids without a name
 * (those below 0x8000).
 */
HRESULT mapi_names_of(IMAPIProp *object, ULONG tag, MAPINAMEID **name);

#endif
