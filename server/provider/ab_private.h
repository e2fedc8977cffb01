/*
 * ab_private.h: the objects of the address book, for ab_objects.c and the files of the personal address book.
 *
 * Layer: provider, session part.
 */
#ifndef PROVIDER_AB_PRIVATE_H
#define PROVIDER_AB_PRIVATE_H

#include "addrbook.h"

/* A container, a list or a user: a bag of properties, and for the first two a table of contents. */
struct ab_object {
    struct prop_object prop;
    enum ab_kind kind;
    int64_t id;         /* the directory's entry of a list or user; 0: one-off */
    int64_t personal;   /* the number of an entry of the personal address book; 0: it has none yet, or is no such entry */
    int64_t list;       /* the private distribution list that it is a member of; 0: none */
    ULONG create_flags; /* a new personal entry's, as CreateEntry took them */
};

/* A list of the personal address book with members of its own. */
static inline bool ab_is_private_list(const struct ab_object *object)
{
    return object->kind == AB_LIST && propbag_long(object->prop.props, PR_DISPLAY_TYPE, 0) == DT_PRIVATE_DISTLIST;
}

/* A list or a user without properties, one reference. */
HRESULT ab_object_create(struct object *parent, enum ab_kind kind, struct ab_object **out);
/* The members of a list or another relation of a directory's entry; what ops->open_property is for both kinds. */
HRESULT ab_open_property(struct prop_object *prop, ULONG tag, const IID *iid, ULONG interface_options, ULONG flags,
                         IUnknown **out);
/* Hands the object out if hr is S_OK and it grants the interface; else releases it and says why. */
HRESULT ab_object_grant(HRESULT hr, struct ab_object *object, const IID *iid, ULONG *type, IUnknown **out);

#endif
