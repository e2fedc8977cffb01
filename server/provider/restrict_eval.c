/*
 * restrict_eval.c: restrictions over rows in memory: restriction_matches and its kin of table.h.
 *
 * Layer: provider, portable. The rules are restriction.h's, so that a table in memory answers as one that runs as SQL.
 */
#include "propvalue.h"
#include "restriction.h"
#include "table.h"

struct row_source {
    struct restriction_source base;
    ULONG count;
    const SPropValue *values;
};

static const SPropValue *row_value(struct restriction_source *base, ULONG tag)
{
    const struct row_source *row = (const struct row_source *)base;
    for (ULONG i = 0; i < row->count; i++)
        if (PROP_ID(row->values[i].ulPropTag) == PROP_ID(tag))
            return propvalue_type_of(row->values[i].ulPropTag)->form == PROPVALUE_NONE ? NULL : &row->values[i];
    return NULL;
}

/* Rows in memory have no recipients and attachments. */
static HRESULT row_sub(struct restriction_source *source, ULONG tag, const SRestriction *restriction, bool *match)
{
    (void)source, (void)tag, (void)restriction;
    *match = false;
    return MAPI_E_TOO_COMPLEX;
}

HRESULT restriction_matches(const SRestriction *restriction, ULONG count, const SPropValue *values, bool *match)
{
    struct row_source row = {.base = {.value = row_value, .sub = row_sub}, .count = count, .values = values};
    *match = false;
    HRESULT hr = restriction_check(restriction);
    return SUCCEEDED(hr) ? restriction_test(restriction, &row.base, match) : hr;
}

HRESULT propvalue_relation(const SPropValue *a, ULONG relop, const SPropValue *b, bool *holds)
{
    return restriction_relation(a, relop, b, holds);
}

HRESULT propvalue_contains(const SPropValue *value, ULONG level, const SPropValue *pattern, bool *contains)
{
    return restriction_contains(value, level, pattern, contains);
}
