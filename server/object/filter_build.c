/*
 * filter_build.c: criteria of filters, joined to one SRestriction.
 *
 * Layer: server/object.
 */
#include "filter_build.h"

#include "mapi_bag.h"
#include "mapi_prop.h"
#include "mapi_value.h"
#include <string.h>

HRESULT filter_build_begin(struct filter_build *self, ULONG capacity)
{
    memset(self, 0, sizeof *self);
    self->failure = mapi_allocate(2 * sizeof *self->root, NULL, &self->root);
    if (SUCCEEDED(self->failure))
        self->failure = mapi_allocate((capacity + 1) * sizeof *self->parts, self->root, &self->parts);
    self->capacity = SUCCEEDED(self->failure) ? capacity : 0;
    return self->failure;
}

/* The place of the next criterion, NULL after a failure. */
static SRestriction *next(struct filter_build *self)
{
    if (SUCCEEDED(self->failure) && self->count == self->capacity)
        self->failure = MAPI_E_TOO_COMPLEX;
    return SUCCEEDED(self->failure) ? &self->parts[self->count++] : NULL;
}

static SPropValue *copy(struct filter_build *self, const SPropValue *value)
{
    SPropValue *result = NULL;

    if (SUCCEEDED(self->failure))
        self->failure = mapi_allocate(sizeof *result, self->root, &result);
    if (SUCCEEDED(self->failure))
        self->failure = mapi_value_copy(value, self->root, result);
    return SUCCEEDED(self->failure) ? result : NULL;
}

static void set_text(struct filter_build *self, SRestriction *part, ULONG tag, const WCHAR *text, ULONG fuzzy)
{
    SPropValue value = {.ulPropTag = PROP_TAG(PT_UNICODE, PROP_ID(tag)), .Value.lpszW = (WCHAR *)text};

    part->rt = RES_CONTENT;
    part->res.resContent.ulFuzzyLevel = fuzzy | FL_IGNORECASE | FL_LOOSE;
    part->res.resContent.ulPropTag = tag;
    part->res.resContent.lpProp = copy(self, &value);
}

void filter_build_text(struct filter_build *self, ULONG tag, const WCHAR *text, ULONG fuzzy)
{
    SRestriction *part = next(self);

    if (part)
        set_text(self, part, tag, text, fuzzy);
}

void filter_build_compare(struct filter_build *self, ULONG relation, const SPropValue *value)
{
    SRestriction *part = next(self);

    if (!part)
        return;
    part->rt = RES_PROPERTY;
    part->res.resProperty.relop = relation;
    part->res.resProperty.ulPropTag = value->ulPropTag;
    part->res.resProperty.lpProp = copy(self, value);
}

void filter_build_long(struct filter_build *self, ULONG relation, ULONG tag, LONG number)
{
    SPropValue value = {.ulPropTag = tag, .Value.l = number};

    filter_build_compare(self, relation, &value);
}

void filter_build_bits(struct filter_build *self, ULONG tag, ULONG mask, bool set)
{
    SRestriction *part = next(self);

    if (!part)
        return;
    part->rt = RES_BITMASK;
    part->res.resBitMask.relBMR = set ? BMR_NEZ : BMR_EQZ;
    part->res.resBitMask.ulPropTag = tag;
    part->res.resBitMask.ulMask = mask;
}

void filter_build_recipient(struct filter_build *self, const WCHAR *text)
{
    SRestriction *part = next(self), *inner = NULL;

    if (part)
        self->failure = mapi_allocate(sizeof *inner, self->root, &inner);
    if (!part || !inner)
        return;
    set_text(self, inner, PR_DISPLAY_NAME_W, text, FL_SUBSTRING);
    part->rt = RES_SUBRESTRICTION;
    part->res.resSub.ulSubObject = PR_MESSAGE_RECIPIENTS;
    part->res.resSub.lpRes = inner;
}

/* What directories have an index of: CDO asks for its beginning, and for any part of other texts. */
static ULONG fuzzy_of(ULONG tag, enum filter_kind kind)
{
    static const ULONG prefixes[] = {PR_ACCOUNT,    PR_BUSINESS_ADDRESS_CITY, PR_COMPANY_NAME,    PR_DEPARTMENT_NAME,
                                     PR_GIVEN_NAME, PR_DISPLAY_NAME,          PR_OFFICE_LOCATION, PR_SURNAME,
                                     PR_TITLE,      PR_MHS_COMMON_NAME};

    for (size_t i = 0; kind == FILTER_ADDRESSES && i < sizeof prefixes / sizeof *prefixes; i++)
        if (PROP_ID(tag) == PROP_ID(prefixes[i]))
            return FL_PREFIX;
    return FL_SUBSTRING;
}

void filter_build_fields(struct filter_build *self, IMAPIProp *fields, enum filter_kind kind)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(fields, &values);

    for (ULONG i = 0; i < count; i++) {
        ULONG tag = values[i].ulPropTag;

        if (kind == FILTER_UNDATED && (tag == PR_START_DATE || tag == PR_END_DATE))
            continue;
        if (PROP_TYPE(tag) == PT_UNICODE)
            filter_build_text(self, tag, values[i].Value.lpszW, fuzzy_of(tag, kind));
        else if (PROP_TYPE(tag) == PT_MV_UNICODE)
            for (ULONG k = 0; k < values[i].Value.MVszW.cValues; k++)
                filter_build_text(self, tag, values[i].Value.MVszW.lppszW[k], FL_SUBSTRING);
        else if (kind == FILTER_CALENDAR && tag == PR_START_DATE)
            filter_build_compare(self, RELOP_LE, &values[i]);
        else if (kind == FILTER_CALENDAR && tag == PR_END_DATE)
            filter_build_compare(self, RELOP_GE, &values[i]);
        else
            filter_build_compare(self, RELOP_EQ, &values[i]);
    }
}

HRESULT filter_build_end(struct filter_build *self, bool or, bool not, SRestriction **out)
{
    SRestriction *inner = not ? &self->root[1] : self->root;

    *out = NULL;
    if (FAILED(self->failure) || !self->count) {
        mapi_free(self->root);
        return self->failure;
    }
    if (self->count == 1) {
        *inner = self->parts[0];
    } else {
        inner->rt = or ? RES_OR : RES_AND;
        inner->res.resAnd.cRes = self->count; /* resOr has the same layout */
        inner->res.resAnd.lpRes = self->parts;
    }
    if (not) {
        self->root->rt = RES_NOT;
        self->root->res.resNot.ulReserved = 0;
        self->root->res.resNot.lpRes = inner;
    }
    *out = self->root;
    return S_OK;
}
