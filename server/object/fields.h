/*
 * fields.h: the Fields collection and Field, over the properties of any object.
 *
 * Layer: server/object.
 */
#ifndef FIELDS_H
#define FIELDS_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

/* How Fields reaches the properties of its owner (its parent). */
struct fields_source {
    /* Gives the properties, opening the object if it must; not referenced. Asked for each time. `write` tells that the
     * caller is about to change them. */
    HRESULT (*open)(struct auto_object *owner, bool write, IMAPIProp **props);
    /* Called after a change, so that the owner can forget what it had read; may be NULL. */
    void (*changed)(struct auto_object *owner);
    size_t set_offset; /* of a GUID in the owner's struct: the namespace, which lives as long as the owner */
    /* Puts another value in the place of one that was read, of the same size; may be NULL. */
    void (*correct)(struct auto_object *owner, SPropValue *value);
};

/* Makes the collection below its owner. `source` is constant. */
HRESULT fields_create(struct auto_object *owner, const struct fields_source *source, IMhFields **out);

#endif
