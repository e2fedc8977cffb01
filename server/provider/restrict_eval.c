/*
 * restrict_eval.c: restrictions over rows in memory, and copies of restrictions: see table.h.
 *
 * Layer: provider, portable. The rules are restriction.h's, so that a table in memory answers as one that
 * runs as SQL.
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
            return propvalue_type_of(row->values[i].ulPropTag)->form == PROPVALUE_NONE ? NULL
                                                                                       : &row->values[i];
    return NULL;
}

/* Rows in memory have no recipients and attachments. */
static HRESULT row_sub(struct restriction_source *source, ULONG tag, const SRestriction *restriction,
                       bool *match)
{
    (void)source, (void)tag, (void)restriction;
    *match = false;
    return MAPI_E_TOO_COMPLEX;
}

HRESULT restriction_matches(const SRestriction *restriction, ULONG count, const SPropValue *values,
                            bool *match)
{
    struct row_source row = {.base = {.value = row_value, .sub = row_sub}, .count = count, .values = values};
    *match = false;
    HRESULT hr = restriction_check(restriction);
    return SUCCEEDED(hr) ? restriction_test(restriction, &row.base, match) : hr;
}

HRESULT restriction_copy(const SRestriction *restriction, SRestriction **out)
{
    struct bytebuf bytes = {0};
    *out = NULL;
    HRESULT hr = restriction_check(restriction);
    if (hr == S_OK)
        hr = restriction_write(restriction, &bytes);
    if (hr == S_OK)
        hr = restriction_read(bytes.data, bytes.size, out);
    bytebuf_free(&bytes);
    return hr;
}

ULONG WINAPI FBadRestriction(LPSRestriction restriction)
{
    return restriction == NULL || restriction_check(restriction) != S_OK;
}
