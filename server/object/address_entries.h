/*
 * address_entries.h: the AddressEntries collection and its AddressEntryFilter.
 *
 * Layer: server/object.
 */
#ifndef ADDRESS_ENTRIES_H
#define ADDRESS_ENTRIES_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

extern const struct auto_class address_entries_class;
extern const struct auto_class address_filter_class;

/* The entries of an address list or of a distribution list, which is held; ambiguous: only those that this name may
 * mean, or NULL for all. */
HRESULT address_entries_create(struct auto_object *parent, IMAPIContainer *container, const WCHAR *ambiguous,
                               IMhAddressEntries **out);
/* The entries that a name may mean, from the first list of the search path that has any; NULL when none has. */
HRESULT address_entries_matching(struct auto_object *parent, const WCHAR *name, IMhAddressEntries **out);
/* Deletes an entry from the list of a collection, or from the personal address book when collection is NULL. Failures
 * are explained as those of `entry`. */
HRESULT address_entries_delete_one(struct auto_object *collection, struct auto_object *entry, const SBinary *id);

/* The criteria of a collection's filter (address_filter.c), which the AddressEntryFilter object shows. */
struct address_criteria {
    BSTR name, address; /* NULL while unset */
    IMAPIProp *fields;  /* mapi_bag.h */
    bool not, or;
    ULONG changes; /* grows with each change */
};
/* Makes empty criteria; named properties are those of names. Undo with address_criteria_free. */
HRESULT address_criteria_init(struct address_criteria *criteria, IMAPIProp *names);
void address_criteria_free(struct address_criteria *criteria);
void address_criteria_clear(struct address_criteria *criteria);
/* The restriction that they make, NULL for none; free it with mapi_free. */
HRESULT address_criteria_build(const struct address_criteria *criteria, SRestriction **out);
/* The object that shows the criteria of a collection. */
HRESULT address_filter_get(struct auto_object *entries, struct address_criteria *criteria, IMhAddressEntryFilter **out);

#endif
