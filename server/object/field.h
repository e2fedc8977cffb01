/*
 * field.h: what Fields and Field know of each other. Private to fields.c and field.c.
 */
#ifndef FIELD_H
#define FIELD_H

#include "fields.h"
#include "mapi_names.h"

struct fields {
    struct auto_object base;
    const struct fields_source *source;
    SPropTagArray *tags;       /* what Count and numbers count; read on first use */
    struct mapi_names names;   /* for owners that belong to no store */
};

/* The owner's properties; not referenced. */
HRESULT fields_props(struct fields *self, bool write, IMAPIProp **props);
/* A value that was read of the owner, as the owner wants it seen. */
void fields_correct(struct fields *self, SPropValue *value);
/* Says that properties were added, changed or deleted. */
void fields_changed(struct fields *self, bool list_too);
/* The 1-based place of a tag's id in the collection, 0 if it is not there. */
LONG fields_place(struct fields *self, ULONG tag);

/*
 * Makes a Field below the collection. `tag` is as programs see it: strings of programs for CDO are PT_STRING8. `value`
 * is what was just read of it (MAPI memory, taken over also on failure) or NULL.
 */
HRESULT field_create(struct fields *parent, ULONG tag, SPropValue *value, IMhField **out);

#endif
