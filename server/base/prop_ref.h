/*
 * prop_ref.h: the ways in which a program names a property, read into one form.
 *
 * Layer: base (portable). Accepted:
 *   PR_SUBJECT, CdoPR_SUBJECT, PidTagSubject, Subject, TimeReceived      names of prop_names.h
 *   0x0037001F                                                            a tag (8 digits), 0x8205: an id
 *   {00062002-0000-0000-C000-000000000046}/0x8205, …/0x82050003          a named property by number, with a type
 *   {guid}/name                                                           a named property by string
 *   {0220060000000000C000000000000046}0x8205, …/name                      CDO's sets: 32 digits in memory order
 *   http://schemas.microsoft.com/mapi/proptag/0x0037001F                  DASL
 *   http://schemas.microsoft.com/mapi/id/{guid}/82050003, /string/{guid}/name
 */
#ifndef PROP_REF_H
#define PROP_REF_H

#include "mapi_abi.h"
#include <stdbool.h>

enum prop_ref_kind {
    PROP_REF_TAG,    /* `tag` is complete (type PT_UNSPECIFIED when only an id was given) */
    PROP_REF_NUMBER, /* a named property: set and lid */
    PROP_REF_STRING, /* a named property: set and name */
};

struct prop_ref {
    enum prop_ref_kind kind;
    ULONG tag;         /* PROP_REF_TAG */
    ULONG type;        /* property type, PT_UNSPECIFIED if the text gives none */
    GUID set;          /* NUMBER and STRING */
    LONG lid;          /* NUMBER */
    const WCHAR *name; /* STRING: points into the text */
    size_t name_length;
};

/* PS_PUBLIC_STRINGS, PS_MAPI, PS_INTERNET_HEADERS and Outlook's sets, for programs without <mapiguid.h>'s definitions. */
extern const GUID prop_set_public_strings, prop_set_mapi, prop_set_internet_headers, prop_set_appointment,
    prop_set_task, prop_set_address, prop_set_common, prop_set_log, prop_set_note, prop_set_meeting;

/*
 * Reads `length` characters. With `set`, as in CDO's Fields, a bare number (0x8205) and every name but PR_…, CdoPR_…
 * and PidTag… belong to that property set. Without it, as in where clauses, a name must be one that the tables know.
 * False if the text names no property.
 */
bool prop_ref_parse(const WCHAR *text, size_t length, const GUID *set, struct prop_ref *ref);

/*
 * Reads a property set id: {8-4-4-4-12} with or without braces, or CDO's 32 hex digits, which are the GUID's bytes
 * in memory order ("0220060000000000C000000000000046" is PSETID_Appointment). False if it is neither.
 */
bool prop_ref_parse_set(const WCHAR *text, size_t length, GUID *set);

/* Bytewise comparison; natively there is no IsEqualGUID. */
bool guid_equal(const GUID *a, const GUID *b);

#endif
