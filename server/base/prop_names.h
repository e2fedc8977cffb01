/*
 * prop_names.h: property symbols and names ↔ tags.
 *
 * Layer: base (portable, no state). The table (prop_names_*.def) holds Microsoft's documented PR_ symbols with their
 * canonical names; prop_aliases.def adds the names of CDO's members, so that a where clause may say [TimeReceived].
 */
#ifndef PROP_NAMES_H
#define PROP_NAMES_H

#include "mapi_abi.h"

struct prop_name_row {
    const char *symbol; /* "PR_SUBJECT" */
    ULONG tag;          /* strings as PT_UNICODE */
    const char *name;   /* "Subject", the canonical name without PidTag */
};

/*
 * The row of a symbol or name of `length` bytes; letters compare without case. Accepted are PR_SUBJECT, PR_SUBJECT_W,
 * PR_SUBJECT_A, CdoPR_SUBJECT, PidTagSubject, Subject and the names of CDO members. NULL if nobody knows the name.
 */
const struct prop_name_row *prop_names_find(const char *text, size_t length);

/* The symbol of a tag: an exact match of id and type, else of the id alone (string types count as one), else NULL. */
const char *prop_names_symbol(ULONG tag);

/* Row number `index` in the order of symbols, NULL past the end: for listings and tests. */
const struct prop_name_row *prop_names_row(size_t index);

#endif
