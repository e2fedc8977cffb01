/*
 * address_entries_private.h: the AddressEntries collection, for address_entries.c and address_entries_change.c.
 *
 * Layer: server/object.
 */
#ifndef ADDRESS_ENTRIES_PRIVATE_H
#define ADDRESS_ENTRIES_PRIVATE_H

#include "address_entries.h"
#include "mapi_cursor.h"

struct address_entries {
    struct auto_object base;
    IMAPIContainer *container; /* held */
    IMAPITable *table;         /* NULL until it is used */
    struct mapi_cursor cursor;
    WCHAR *ambiguous; /* MAPI memory: the name that entries must match, or NULL */
    struct address_criteria criteria;
    ULONG applied; /* criteria.changes when they were last applied */
    SSortOrder order; /* tag 0: as the list gives it, by name */
};

static inline struct address_entries *address_entries_from(IMhAddressEntries *iface)
{
    return (struct address_entries *)iface;
}

/* Forgets what was read ahead: the walk begins anew. */
void address_entries_restart(struct address_entries *self);

/* ---- members in address_entries_change.c ---- */

HRESULT STDMETHODCALLTYPE address_entries_Add(IMhAddressEntries *iface, VARIANT type, VARIANT name, VARIANT address,
                                              IMhAddressEntry **value);
HRESULT STDMETHODCALLTYPE address_entries_Delete(IMhAddressEntries *iface);

#endif
