/*
 * restrict_eval.c: comparison of property values, and SRestriction evaluated against a row in memory.
 *
 * Layer: portable. Strings compare without regard to case when rows are sorted or compared by a restriction's
 * operator, as Exchange does; PT_STRING8 and PT_UNICODE compare with each other. An absent property fails
 * every test but the absence itself (NOT EXIST). Subrestrictions over recipients and attachments are not
 * evaluated here (MAPI_E_TOO_COMPLEX): rows in memory have none.
 */
#include <stdlib.h>
#include <string.h>
#include "table.h"
#include "text.h"

#define COMPARE(a, b) (((a) > (b)) - ((a) < (b)))

static int binary_compare(const void *a, size_t a_size, const void *b, size_t b_size)
{
    size_t n = a_size < b_size ? a_size : b_size;
    int order = n > 0 ? memcmp(a, b, n) : 0;
    return order != 0 ? order : COMPARE(a_size, b_size);
}

/* The value as a wide string: *owned is to be freed, NULL for PT_UNICODE. */
static const WCHAR *wide_value(const SPropValue *value, WCHAR **owned)
{
    *owned = NULL;
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        return value->Value.lpszW != NULL ? value->Value.lpszW : L"";
    *owned = text_from_ansi(value->Value.lpszA != NULL ? value->Value.lpszA : "");
    return *owned != NULL ? *owned : L"";
}

static bool is_string(ULONG type)
{
    return type == PT_STRING8 || type == PT_UNICODE;
}

static int string_compare(const SPropValue *a, const SPropValue *b)
{
    WCHAR *own_a, *own_b;
    const WCHAR *x = wide_value(a, &own_a), *y = wide_value(b, &own_b);
    int order = text_compare(x, y);
    free(own_a);
    free(own_b);
    return order;
}

static int64_t time_value(const FILETIME *time)
{
    return (int64_t)(((uint64_t)time->dwHighDateTime << 32) | time->dwLowDateTime);
}

/* One element of a multi-value as a single value that points into it. */
static SPropValue mv_element(const SPropValue *value, ULONG i)
{
    ULONG type = PROP_TYPE(value->ulPropTag) & ~(ULONG)MVI_FLAG;
    SPropValue one = {.ulPropTag = PROP_TAG(type, PROP_ID(value->ulPropTag))};
    switch (type) {
    case PT_I2:
        one.Value.i = value->Value.MVi.lpi[i];
        break;
    case PT_LONG:
        one.Value.l = value->Value.MVl.lpl[i];
        break;
    case PT_R4:
        one.Value.flt = value->Value.MVflt.lpflt[i];
        break;
    case PT_DOUBLE:
        one.Value.dbl = value->Value.MVdbl.lpdbl[i];
        break;
    case PT_CURRENCY:
        one.Value.cur = value->Value.MVcur.lpcur[i];
        break;
    case PT_APPTIME:
        one.Value.at = value->Value.MVat.lpat[i];
        break;
    case PT_SYSTIME:
        one.Value.ft = value->Value.MVft.lpft[i];
        break;
    case PT_I8:
        one.Value.li = value->Value.MVli.lpli[i];
        break;
    case PT_CLSID:
        one.Value.lpguid = &value->Value.MVguid.lpguid[i];
        break;
    case PT_BINARY:
        one.Value.bin = value->Value.MVbin.lpbin[i];
        break;
    case PT_STRING8:
        one.Value.lpszA = value->Value.MVszA.lppszA[i];
        break;
    case PT_UNICODE:
        one.Value.lpszW = value->Value.MVszW.lppszW[i];
        break;
    default:
        one.ulPropTag = PROP_TAG(PT_NULL, PROP_ID(value->ulPropTag));
    }
    return one;
}

/* Whether values of these types can be compared. */
static bool comparable(ULONG a, ULONG b)
{
    return a == b || (is_string(a) && is_string(b)) ||
           ((a & MV_FLAG) && (b & MV_FLAG) && is_string(a & ~MV_FLAG) && is_string(b & ~MV_FLAG));
}

/* The order of two values of comparable types. */
static int value_order(const SPropValue *a, const SPropValue *b)
{
    ULONG type = PROP_TYPE(a->ulPropTag);
    if (type & MV_FLAG) {
        ULONG n = a->Value.MVl.cValues, m = b->Value.MVl.cValues;
        for (ULONG i = 0; i < n && i < m; i++) {
            SPropValue x = mv_element(a, i), y = mv_element(b, i);
            int order = value_order(&x, &y);
            if (order != 0)
                return order;
        }
        return COMPARE(n, m);
    }
    switch (type) {
    case PT_I2:
        return COMPARE(a->Value.i, b->Value.i);
    case PT_LONG:
        return COMPARE(a->Value.l, b->Value.l);
    case PT_R4:
        return COMPARE(a->Value.flt, b->Value.flt);
    case PT_DOUBLE:
        return COMPARE(a->Value.dbl, b->Value.dbl);
    case PT_CURRENCY:
        return COMPARE(a->Value.cur.int64, b->Value.cur.int64);
    case PT_APPTIME:
        return COMPARE(a->Value.at, b->Value.at);
    case PT_ERROR:
        return COMPARE(a->Value.err, b->Value.err);
    case PT_BOOLEAN:
        return COMPARE(a->Value.b != 0, b->Value.b != 0);
    case PT_I8:
        return COMPARE(a->Value.li.QuadPart, b->Value.li.QuadPart);
    case PT_SYSTIME:
        return COMPARE(time_value(&a->Value.ft), time_value(&b->Value.ft));
    case PT_CLSID:
        return memcmp(a->Value.lpguid, b->Value.lpguid, sizeof(GUID));
    case PT_BINARY:
        return binary_compare(a->Value.bin.lpb, a->Value.bin.cb, b->Value.bin.lpb, b->Value.bin.cb);
    case PT_STRING8:
    case PT_UNICODE:
        return string_compare(a, b);
    default:
        return 0;
    }
}

static bool absent(const SPropValue *value)
{
    return value == NULL || PROP_TYPE(value->ulPropTag) == PT_ERROR || PROP_TYPE(value->ulPropTag) == PT_NULL;
}

int propvalue_compare(const SPropValue *a, const SPropValue *b)
{
    if (absent(a) || absent(b))
        return (int)absent(b) - (int)absent(a);
    if (!comparable(PROP_TYPE(a->ulPropTag), PROP_TYPE(b->ulPropTag)))
        return COMPARE(PROP_TYPE(a->ulPropTag), PROP_TYPE(b->ulPropTag));
    return value_order(a, b);
}

static bool relation_holds(int order, ULONG relop)
{
    switch (relop) {
    case RELOP_LT:
        return order < 0;
    case RELOP_LE:
        return order <= 0;
    case RELOP_GT:
        return order > 0;
    case RELOP_GE:
        return order >= 0;
    case RELOP_EQ:
        return order == 0;
    case RELOP_NE:
        return order != 0;
    default:
        return false;
    }
}

static HRESULT expression_holds(const SPropValue *value, const SPropValue *expression, bool *holds)
{
    WCHAR *own_value, *own_expression;
    if (!is_string(PROP_TYPE(value->ulPropTag)) || !is_string(PROP_TYPE(expression->ulPropTag)))
        return MAPI_E_TOO_COMPLEX;
    const WCHAR *text = wide_value(value, &own_value), *pattern = wide_value(expression, &own_expression);
    *holds = text_matches_expression(text, pattern);
    free(own_value);
    free(own_expression);
    return S_OK;
}

HRESULT propvalue_relation(const SPropValue *a, ULONG relop, const SPropValue *b, bool *holds)
{
    ULONG type_a = PROP_TYPE(a->ulPropTag), type_b = PROP_TYPE(b->ulPropTag);
    *holds = false;
    if (relop > RELOP_RE)
        return MAPI_E_TOO_COMPLEX;
    if (absent(a))
        return S_OK;
    if (relop == RELOP_RE)
        return expression_holds(a, b, holds);
    if ((type_a & MV_FLAG) && !(type_b & MV_FLAG) && comparable(type_a & ~(ULONG)MVI_FLAG, type_b)) {
        /* A multi-value meets a single one: any element will do; NE: none may be equal. */
        for (ULONG i = 0; i < a->Value.MVl.cValues; i++) {
            SPropValue one = mv_element(a, i);
            if (relation_holds(value_order(&one, b), relop == RELOP_NE ? RELOP_EQ : relop)) {
                *holds = relop != RELOP_NE;
                return S_OK;
            }
        }
        *holds = relop == RELOP_NE;
        return S_OK;
    }
    if (!comparable(type_a, type_b))
        return MAPI_E_TOO_COMPLEX;
    *holds = relation_holds(value_order(a, b), relop);
    return S_OK;
}

HRESULT propvalue_contains(const SPropValue *value, ULONG level, const SPropValue *pattern, bool *contains)
{
    ULONG type = PROP_TYPE(value->ulPropTag), pattern_type = PROP_TYPE(pattern->ulPropTag);
    *contains = false;
    if (absent(value))
        return S_OK;
    if ((type & MV_FLAG) && !(pattern_type & MV_FLAG)) {
        for (ULONG i = 0; i < value->Value.MVl.cValues && !*contains; i++) {
            SPropValue one = mv_element(value, i);
            HRESULT hr = propvalue_contains(&one, level, pattern, contains);
            if (hr != S_OK)
                return hr;
        }
        return S_OK;
    }
    if (type == PT_BINARY && pattern_type == PT_BINARY) {
        *contains = bytes_match(value->Value.bin.lpb, value->Value.bin.cb, pattern->Value.bin.lpb,
                                pattern->Value.bin.cb, level);
        return S_OK;
    }
    if (!is_string(type) || !is_string(pattern_type))
        return MAPI_E_TOO_COMPLEX;
    WCHAR *own_value, *own_pattern;
    const WCHAR *text = wide_value(value, &own_value), *part = wide_value(pattern, &own_pattern);
    *contains = text_matches(text, part, level);
    free(own_value);
    free(own_pattern);
    return S_OK;
}

/* ---- restrictions
 * ------------------------------------------------------------------------------------------------------- */

struct row {
    ULONG count;
    const SPropValue *values;
};

/* The row's value of this property, whatever its type; NULL when absent. */
static const SPropValue *row_value(const struct row *row, ULONG tag)
{
    for (ULONG i = 0; i < row->count; i++) {
        if (PROP_ID(row->values[i].ulPropTag) == PROP_ID(tag))
            return absent(&row->values[i]) ? NULL : &row->values[i];
    }
    return NULL;
}

/* UlPropSize's notion of size: what RES_SIZE compares. */
static ULONG value_size(const SPropValue *value)
{
    return UlPropSize((SPropValue *)value);
}

static HRESULT evaluate(const SRestriction *res, const struct row *row, ULONG depth, bool *match)
{
    const SPropValue *value, *other;
    HRESULT hr = S_OK;
    *match = false;
    if (depth > 64)
        return MAPI_E_TOO_COMPLEX;
    switch (res->rt) {
    case RES_AND:
        *match = true;
        for (ULONG i = 0; i < res->res.resAnd.cRes && *match && hr == S_OK; i++)
            hr = evaluate(&res->res.resAnd.lpRes[i], row, depth + 1, match);
        return hr;
    case RES_OR:
        for (ULONG i = 0; i < res->res.resOr.cRes && !*match && hr == S_OK; i++)
            hr = evaluate(&res->res.resOr.lpRes[i], row, depth + 1, match);
        return hr;
    case RES_NOT:
        hr = evaluate(res->res.resNot.lpRes, row, depth + 1, match);
        *match = hr == S_OK && !*match;
        return hr;
    case RES_CONTENT:
        if ((value = row_value(row, res->res.resContent.ulPropTag)) == NULL)
            return S_OK;
        return propvalue_contains(value, res->res.resContent.ulFuzzyLevel, res->res.resContent.lpProp, match);
    case RES_PROPERTY:
        if ((value = row_value(row, res->res.resProperty.ulPropTag)) == NULL)
            return S_OK;
        return propvalue_relation(value, res->res.resProperty.relop, res->res.resProperty.lpProp, match);
    case RES_COMPAREPROPS:
        value = row_value(row, res->res.resCompareProps.ulPropTag1);
        other = row_value(row, res->res.resCompareProps.ulPropTag2);
        if (value == NULL || other == NULL)
            return S_OK;
        return propvalue_relation(value, res->res.resCompareProps.relop, other, match);
    case RES_BITMASK:
        if ((value = row_value(row, res->res.resBitMask.ulPropTag)) == NULL)
            return S_OK;
        if (PROP_TYPE(value->ulPropTag) != PT_LONG)
            return MAPI_E_TOO_COMPLEX;
        *match =
            ((value->Value.ul & res->res.resBitMask.ulMask) == 0) == (res->res.resBitMask.relBMR == BMR_EQZ);
        return S_OK;
    case RES_SIZE:
        if ((value = row_value(row, res->res.resSize.ulPropTag)) == NULL)
            return S_OK;
        *match = relation_holds(COMPARE(value_size(value), res->res.resSize.cb), res->res.resSize.relop);
        return S_OK;
    case RES_EXIST:
        *match = row_value(row, res->res.resExist.ulPropTag) != NULL;
        return S_OK;
    case RES_COMMENT:
        if (res->res.resComment.lpRes == NULL) {
            *match = true;
            return S_OK;
        }
        return evaluate(res->res.resComment.lpRes, row, depth + 1, match);
    default: /* RES_SUBRESTRICTION, and what is none */
        return MAPI_E_TOO_COMPLEX;
    }
}

HRESULT restriction_matches(const SRestriction *restriction, ULONG count, const SPropValue *values,
                            bool *match)
{
    struct row row = {count, values};
    return evaluate(restriction, &row, 0, match);
}
