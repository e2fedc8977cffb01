/*
 * auto_enum.h: IEnumVARIANT over any collection, by a callback.
 *
 * Layer: server/com.
 */
#ifndef AUTO_ENUM_H
#define AUTO_ENUM_H

#include "auto.h"

/*
 * Puts the collection's item at index (1-based) into *out, which is empty. S_FALSE when index is past the end.
 * Failures end the enumeration and reach the client.
 */
typedef HRESULT (*auto_enum_item)(struct auto_object *collection, LONG index, VARIANT *out);

/* Makes an enumerator that stands before the first item and holds the collection; for the _NewEnum member. */
HRESULT auto_enum_create(struct auto_object *collection, auto_enum_item item, IUnknown **out);

#endif
