/*
 * filter_build.h: criteria of MessageFilter and AddressEntryFilter, joined to one SRestriction.
 *
 * Layer: server/object. A builder that found no memory or no room keeps the failure; filter_build_end reports it.
 */
#ifndef FILTER_BUILD_H
#define FILTER_BUILD_H

#include "mapi_loader.h"

struct filter_build {
    SRestriction *root; /* the allocation that everything belongs to */
    SRestriction *parts;
    ULONG count, capacity;
    HRESULT failure;
};

/* Begins with room for `capacity` criteria. */
HRESULT filter_build_begin(struct filter_build *self, ULONG capacity);
/* The property contains the text, whatever the case; fuzzy: FL_SUBSTRING, FL_PREFIX or FL_FULLSTRING. */
void filter_build_text(struct filter_build *self, ULONG tag, const WCHAR *text, ULONG fuzzy);
/* The property stands in a relation (RELOP_) to a value, which is copied. */
void filter_build_compare(struct filter_build *self, ULONG relation, const SPropValue *value);
void filter_build_long(struct filter_build *self, ULONG relation, ULONG tag, LONG number);
/* Bits of a number are set, or all clear. */
void filter_build_bits(struct filter_build *self, ULONG tag, ULONG mask, bool set);
/* Some recipient's display name contains the text. */
void filter_build_recipient(struct filter_build *self, const WCHAR *text);
/* How the criteria of a filter's Fields are meant, as in CDO: in an address book names begin with the text; in a calendar
 * PR_START_DATE is "starts then or before" and PR_END_DATE "ends then or after"; undated leaves these two out. */
enum filter_kind { FILTER_MESSAGES, FILTER_ADDRESSES, FILTER_CALENDAR, FILTER_UNDATED };
/* The criteria of a filter's Fields: text is searched for, other values must be equal. */
void filter_build_fields(struct filter_build *self, IMAPIProp *fields, enum filter_kind kind);
/* Joins the criteria by AND or OR, and turns the result round. *out is NULL when there is none; mapi_free it. */
HRESULT filter_build_end(struct filter_build *self, bool or, bool not, SRestriction **out);

#endif
