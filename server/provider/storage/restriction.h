/*
 * restriction.h: restrictions over any source of properties: checking, evaluating, copying and storing them.
 *
 * Layer: portable. SQL (restrict_sql.h) evaluates the same leaves by the same functions. Rules: an absent property
 * fails every comparison (also RELOP_NE) and has no value of another type; NOT only inverts. Types that do not belong
 * together are MAPI_E_TOO_COMPLEX. A multi-value matches when one of its values does. Strings compare as text.h
 * says: without case.
 */
#ifndef STORAGE_RESTRICTION_H
#define STORAGE_RESTRICTION_H

#include <stdbool.h>
#include "bytebuf.h"
#include "mapi_abi.h"

#define RESTRICTION_DEPTH_MAX 100 /* deeper ones are MAPI_E_TOO_COMPLEX */

/* Where the values come from. */
struct restriction_source {
    /* The value of the property with this id, or NULL; valid until the next call. The type may differ from the tag's. */
    const SPropValue *(*value)(struct restriction_source *source, ULONG tag);
    /* RES_SUBRESTRICTION on PR_MESSAGE_RECIPIENTS or PR_MESSAGE_ATTACHMENTS: does one of them match? NULL: none. */
    HRESULT (*sub)(struct restriction_source *source, ULONG tag, const SRestriction *restriction, bool *match);
    HRESULT hr; /* set by value() when it fails */
};

/* S_OK, MAPI_E_TOO_COMPLEX, or MAPI_E_INVALID_PARAMETER (a NULL where something must be, an unknown kind). */
HRESULT restriction_check(const SRestriction *restriction);
/* Evaluates a restriction that restriction_check has passed. */
HRESULT restriction_test(const SRestriction *restriction, struct restriction_source *source, bool *match);

/* `value relop with` and `value contains needle` (FL_ flags); a multi-value: any element. NULL and PT_ERROR hold for
 * nothing. MAPI_E_TOO_COMPLEX for types that do not belong together. */
HRESULT restriction_relation(const SPropValue *value, ULONG relop, const SPropValue *with, bool *holds);
HRESULT restriction_contains(const SPropValue *value, ULONG fuzzy, const SPropValue *needle, bool *contains);

/* As bytes, for search folders and for copies: PT_STRING8 becomes PT_UNICODE. */
HRESULT restriction_write(const SRestriction *restriction, struct bytebuf *out);
/* In one MAPI buffer: MAPIFreeBuffer. MAPI_E_CORRUPT_DATA. */
HRESULT restriction_read(const void *data, size_t size, SRestriction **out);

#endif
