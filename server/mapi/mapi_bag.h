/*
 * mapi_bag.h: an IMAPIProp that lives in memory, for property sets that no provider object holds: the row of a
 * recipient, the further criteria of a filter.
 *
 * Layer: MAPI client. It has GetProps, GetPropList, SetProps, DeleteProps, SaveChanges (nothing to do), reading
 * streams, and names of another object. Strings are kept as Unicode. Limits: no objects (PT_OBJECT), no CopyTo.
 */
#ifndef MAPI_BAG_H
#define MAPI_BAG_H

#include "mapi_loader.h"

/* Makes an empty bag. Named properties are those of `names`, which is held; NULL: none (MAPI_E_NO_SUPPORT). */
HRESULT mapi_bag_create(IMAPIProp *names, IMAPIProp **out);
/* Calls changed(context) after each SetProps and DeleteProps of a client; its failure is what the client gets. NULL
 * ends it. */
void mapi_bag_on_change(IMAPIProp *bag, HRESULT (*changed)(void *context), void *context);
/* Adds values, or replaces those of the same id, without telling anyone. */
HRESULT mapi_bag_put(IMAPIProp *bag, const SPropValue *values, ULONG count);
/* Takes a property out without telling anyone; absent ones are no error. */
void mapi_bag_remove(IMAPIProp *bag, ULONG tag);
/* The values, in the order in which they were added; valid until the next change. Answers their count. */
ULONG mapi_bag_values(IMAPIProp *bag, const SPropValue **values);

#endif
