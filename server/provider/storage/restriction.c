/*
 * restriction.c: checking and evaluating restrictions. See restriction.h.
 *
 * Layer: portable.
 */
#include <stdlib.h>
#include <string.h>
#include "propbag.h"
#include "propvalue.h"
#include "restriction.h"
#include "text.h"

/* ---- checking --------------------------------------------------------------------------------------------------------- */

#define SINGLE_TYPE(tag) (PROP_TYPE(tag) & ~(ULONG)MVI_FLAG)

static bool is_text(ULONG type)
{
    return type == PT_UNICODE || type == PT_STRING8;
}

/* A tag against the value that it is compared with: the same single type. */
static HRESULT check_value(ULONG tag, const SPropValue *value)
{
    if (value == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if ((value->ulPropTag & MV_FLAG) || SINGLE_TYPE(tag) != PROP_TYPE(value->ulPropTag))
        return MAPI_E_TOO_COMPLEX;
    if (propvalue_type_of(value->ulPropTag)->form == PROPVALUE_NONE)
        return MAPI_E_TOO_COMPLEX;
    return propvalue_is_valid(value) ? S_OK : MAPI_E_INVALID_PARAMETER;
}

static HRESULT check(const SRestriction *r, int depth)
{
    HRESULT hr;
    if (r == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (depth > RESTRICTION_DEPTH_MAX)
        return MAPI_E_TOO_COMPLEX;
    switch (r->rt) {
    case RES_AND:
    case RES_OR:
        if (r->res.resAnd.cRes > 0 && r->res.resAnd.lpRes == NULL)
            return MAPI_E_INVALID_PARAMETER;
        for (ULONG i = 0; i < r->res.resAnd.cRes; i++)
            if (FAILED(hr = check(&r->res.resAnd.lpRes[i], depth + 1)))
                return hr;
        return S_OK;
    case RES_NOT:
        return check(r->res.resNot.lpRes, depth + 1);
    case RES_COMMENT:
        return r->res.resComment.lpRes == NULL ? S_OK : check(r->res.resComment.lpRes, depth + 1);
    case RES_CONTENT:
        if (FAILED(hr = check_value(r->res.resContent.ulPropTag, r->res.resContent.lpProp)))
            return hr;
        if (!is_text(SINGLE_TYPE(r->res.resContent.ulPropTag)) && SINGLE_TYPE(r->res.resContent.ulPropTag) != PT_BINARY)
            return MAPI_E_TOO_COMPLEX;
        return (r->res.resContent.ulFuzzyLevel & 0xffff) > FL_PREFIX ? MAPI_E_TOO_COMPLEX : S_OK;
    case RES_PROPERTY:
        if (FAILED(hr = check_value(r->res.resProperty.ulPropTag, r->res.resProperty.lpProp)))
            return hr;
        if (r->res.resProperty.relop > RELOP_RE)
            return MAPI_E_INVALID_PARAMETER;
        return r->res.resProperty.relop == RELOP_RE && !is_text(SINGLE_TYPE(r->res.resProperty.ulPropTag))
                   ? MAPI_E_TOO_COMPLEX
                   : S_OK;
    case RES_COMPAREPROPS:
        if (r->res.resCompareProps.relop > RELOP_RE)
            return MAPI_E_INVALID_PARAMETER;
        if (PROP_TYPE(r->res.resCompareProps.ulPropTag1) != PROP_TYPE(r->res.resCompareProps.ulPropTag2) ||
            (r->res.resCompareProps.ulPropTag1 & MV_FLAG) ||
            propvalue_type_of(r->res.resCompareProps.ulPropTag1)->form == PROPVALUE_NONE)
            return MAPI_E_TOO_COMPLEX;
        return r->res.resCompareProps.relop == RELOP_RE && !is_text(PROP_TYPE(r->res.resCompareProps.ulPropTag1))
                   ? MAPI_E_TOO_COMPLEX
                   : S_OK;
    case RES_BITMASK:
        if (r->res.resBitMask.relBMR > BMR_NEZ)
            return MAPI_E_INVALID_PARAMETER;
        return PROP_TYPE(r->res.resBitMask.ulPropTag) == PT_LONG ? S_OK : MAPI_E_TOO_COMPLEX;
    case RES_SIZE:
        return r->res.resSize.relop > RELOP_NE ? MAPI_E_TOO_COMPLEX : S_OK;
    case RES_EXIST:
        return S_OK;
    case RES_SUBRESTRICTION:
        if (PROP_ID(r->res.resSub.ulSubObject) != PROP_ID(PR_MESSAGE_RECIPIENTS) &&
            PROP_ID(r->res.resSub.ulSubObject) != PROP_ID(PR_MESSAGE_ATTACHMENTS))
            return MAPI_E_TOO_COMPLEX;
        return check(r->res.resSub.lpRes, depth + 1);
    default:
        return MAPI_E_INVALID_PARAMETER;
    }
}

HRESULT restriction_check(const SRestriction *restriction)
{
    return check(restriction, 0);
}

/* ---- comparing -------------------------------------------------------------------------------------------------------- */

static int compare_bytes(const void *a, size_t a_size, const void *b, size_t b_size)
{
    size_t common = a_size < b_size ? a_size : b_size;
    int order = common == 0 ? 0 : memcmp(a, b, common);
    return order != 0 ? order : a_size < b_size ? -1 : a_size > b_size;
}

#define ORDER(a, b) ((a) < (b) ? -1 : (a) > (b))

static int64_t filetime(const FILETIME *t)
{
    return (int64_t)((uint64_t)t->dwHighDateTime << 32 | t->dwLowDateTime);
}

static int compare_texts(const SPropValue *a, const SPropValue *b)
{
    WCHAR *wide_a = NULL, *wide_b = NULL;
    const WCHAR *ta = a->Value.lpszW, *tb = b->Value.lpszW;
    if (PROP_TYPE(a->ulPropTag) == PT_STRING8)
        ta = wide_a = text_from_ansi(a->Value.lpszA);
    if (PROP_TYPE(b->ulPropTag) == PT_STRING8)
        tb = wide_b = text_from_ansi(b->Value.lpszA);
    int order = text_compare(ta == NULL ? L"" : ta, tb == NULL ? L"" : tb);
    free(wide_a);
    free(wide_b);
    return order;
}

int propvalue_compare(const SPropValue *a, const SPropValue *b)
{
    bool has_a = a != NULL && propvalue_type_of(a->ulPropTag)->form != PROPVALUE_NONE;
    bool has_b = b != NULL && propvalue_type_of(b->ulPropTag)->form != PROPVALUE_NONE;
    if (!has_a || !has_b)
        return has_a - has_b;
    if ((a->ulPropTag & MV_FLAG) && (b->ulPropTag & MV_FLAG)) {
        /* An ordered tuple; a missing element comes first. */
        ULONG ca = propvalue_element_count(a), cb = propvalue_element_count(b);
        for (ULONG i = 0; i < ca && i < cb; i++) {
            SPropValue ea, eb;
            propvalue_element(a, i, &ea);
            propvalue_element(b, i, &eb);
            int order = propvalue_compare(&ea, &eb);
            if (order != 0)
                return order;
        }
        return ORDER(ca, cb);
    }
    ULONG type = PROP_TYPE(a->ulPropTag);
    if (is_text(type) && is_text(PROP_TYPE(b->ulPropTag)))
        return compare_texts(a, b);
    if (type != PROP_TYPE(b->ulPropTag))
        return ORDER(type, PROP_TYPE(b->ulPropTag));
    switch (type) {
    case PT_I2:
        return ORDER(a->Value.i, b->Value.i);
    case PT_LONG:
        return ORDER(a->Value.l, b->Value.l);
    case PT_R4:
        return ORDER(a->Value.flt, b->Value.flt);
    case PT_DOUBLE:
    case PT_APPTIME:
        return ORDER(a->Value.dbl, b->Value.dbl);
    case PT_CURRENCY:
    case PT_I8:
        return ORDER(a->Value.li.QuadPart, b->Value.li.QuadPart);
    case PT_BOOLEAN:
        return (a->Value.b != 0) - (b->Value.b != 0);
    case PT_SYSTIME:
        return ORDER(filetime(&a->Value.ft), filetime(&b->Value.ft));
    case PT_CLSID:
        return memcmp(a->Value.lpguid, b->Value.lpguid, sizeof(GUID));
    default:
        return compare_bytes(a->Value.bin.lpb, a->Value.bin.cb, b->Value.bin.lpb, b->Value.bin.cb);
    }
}

static bool relation_holds(ULONG relop, int order)
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
    default:
        return order != 0;
    }
}

/* A text of either form as WCHAR; *owned is to be freed. */
static const WCHAR *wide_text(const SPropValue *value, WCHAR **owned)
{
    *owned = NULL;
    if (PROP_TYPE(value->ulPropTag) != PT_STRING8)
        return value->Value.lpszW;
    *owned = text_from_ansi(value->Value.lpszA);
    return *owned == NULL ? L"" : *owned;
}

static bool property_matches(const SPropValue *value, ULONG relop, const SPropValue *with)
{
    if (relop != RELOP_RE)
        return relation_holds(relop, propvalue_compare(value, with));
    WCHAR *owned_text, *owned_expression;
    const WCHAR *text = wide_text(value, &owned_text), *expression = wide_text(with, &owned_expression);
    bool match = text_matches_expression(text, expression);
    free(owned_text);
    free(owned_expression);
    return match;
}

static bool content_matches(const SPropValue *value, ULONG fuzzy, const SPropValue *needle)
{
    if (PROP_TYPE(value->ulPropTag) == PT_BINARY)
        return bytes_match(value->Value.bin.lpb, value->Value.bin.cb, needle->Value.bin.lpb, needle->Value.bin.cb, fuzzy);
    WCHAR *owned_text, *owned_needle;
    const WCHAR *text = wide_text(value, &owned_text), *wanted = wide_text(needle, &owned_needle);
    bool match = text_matches(text, wanted, fuzzy);
    free(owned_text);
    free(owned_needle);
    return match;
}

/* ---- evaluating ------------------------------------------------------------------------------------------------------- */

static bool same_type(ULONG a, ULONG b)
{
    a = PROP_TYPE(a) & ~(ULONG)MV_INSTANCE;
    b = PROP_TYPE(b) & ~(ULONG)MV_INSTANCE;
    return a == b || (is_text(a) && is_text(b)) ||
           ((a & b & MV_FLAG) && is_text(a & ~(ULONG)MV_FLAG) && is_text(b & ~(ULONG)MV_FLAG));
}

/* The source's value with this tag's type, or NULL. */
static const SPropValue *value_of(struct restriction_source *source, ULONG tag)
{
    const SPropValue *value = source->value(source, tag);
    return value != NULL && same_type(value->ulPropTag, tag) ? value : NULL;
}

/* PROPERTY and CONTENT on one value or on each of several. */
static bool leaf_matches(const SRestriction *r, const SPropValue *value)
{
    if (value->ulPropTag & MV_FLAG) {
        for (ULONG i = 0; i < propvalue_element_count(value); i++) {
            SPropValue element;
            propvalue_element(value, i, &element);
            if (leaf_matches(r, &element))
                return true;
        }
        return false;
    }
    if (r->rt == RES_CONTENT)
        return content_matches(value, r->res.resContent.ulFuzzyLevel, r->res.resContent.lpProp);
    return property_matches(value, r->res.resProperty.relop, r->res.resProperty.lpProp);
}

static bool has_value(const SPropValue *value)
{
    return value != NULL && propvalue_type_of(value->ulPropTag)->form != PROPVALUE_NONE;
}

HRESULT restriction_relation(const SPropValue *value, ULONG relop, const SPropValue *with, bool *holds)
{
    *holds = false;
    if (!has_value(value) || !has_value(with))
        return S_OK;
    SRestriction r = {.rt = RES_PROPERTY, .res.resProperty = {relop, value->ulPropTag, (SPropValue *)with}};
    if (!same_type(SINGLE_TYPE(value->ulPropTag), with->ulPropTag) || relop > RELOP_RE ||
        (relop == RELOP_RE && !is_text(PROP_TYPE(with->ulPropTag))))
        return MAPI_E_TOO_COMPLEX;
    *holds = leaf_matches(&r, value);
    return S_OK;
}

HRESULT restriction_contains(const SPropValue *value, ULONG fuzzy, const SPropValue *needle, bool *contains)
{
    *contains = false;
    if (!has_value(value) || !has_value(needle))
        return S_OK;
    SRestriction r = {.rt = RES_CONTENT, .res.resContent = {fuzzy, value->ulPropTag, (SPropValue *)needle}};
    if (!same_type(SINGLE_TYPE(value->ulPropTag), needle->ulPropTag) || (fuzzy & 0xffff) > FL_PREFIX ||
        (!is_text(PROP_TYPE(needle->ulPropTag)) && PROP_TYPE(needle->ulPropTag) != PT_BINARY))
        return MAPI_E_TOO_COMPLEX;
    *contains = leaf_matches(&r, value);
    return S_OK;
}

static HRESULT test_compare_props(const SRestriction *r, struct restriction_source *source, bool *match)
{
    SPropValue copy;
    void *block;
    const SPropValue *first = value_of(source, r->res.resCompareProps.ulPropTag1), *second;
    if (first == NULL)
        return source->hr;
    /* The second value may take the first one's place in the source. */
    HRESULT hr = propvalue_copy(&copy, first, &block);
    if (SUCCEEDED(hr) && (second = value_of(source, r->res.resCompareProps.ulPropTag2)) != NULL)
        *match = property_matches(&copy, r->res.resCompareProps.relop, second);
    free(block);
    return SUCCEEDED(hr) ? source->hr : hr;
}

HRESULT restriction_test(const SRestriction *r, struct restriction_source *source, bool *match)
{
    const SPropValue *value;
    HRESULT hr = S_OK;
    *match = false;
    switch (r->rt) {
    case RES_AND:
    case RES_OR:
        *match = r->rt == RES_AND;
        for (ULONG i = 0; SUCCEEDED(hr) && i < r->res.resAnd.cRes && *match == (r->rt == RES_AND); i++)
            hr = restriction_test(&r->res.resAnd.lpRes[i], source, match);
        return hr;
    case RES_NOT:
        hr = restriction_test(r->res.resNot.lpRes, source, match);
        *match = !*match;
        return hr;
    case RES_COMMENT:
        *match = true;
        return r->res.resComment.lpRes == NULL ? S_OK : restriction_test(r->res.resComment.lpRes, source, match);
    case RES_CONTENT:
    case RES_PROPERTY:
        value = value_of(source, r->rt == RES_CONTENT ? r->res.resContent.ulPropTag : r->res.resProperty.ulPropTag);
        *match = value != NULL && leaf_matches(r, value);
        return source->hr;
    case RES_COMPAREPROPS:
        return test_compare_props(r, source, match);
    case RES_BITMASK:
        value = value_of(source, r->res.resBitMask.ulPropTag);
        if (value != NULL)
            *match = ((value->Value.ul & r->res.resBitMask.ulMask) == 0) == (r->res.resBitMask.relBMR == BMR_EQZ);
        return source->hr;
    case RES_SIZE:
        value = source->value(source, r->res.resSize.ulPropTag);
        if (value != NULL && (PROP_TYPE(r->res.resSize.ulPropTag) == PT_UNSPECIFIED ||
                              same_type(value->ulPropTag, r->res.resSize.ulPropTag))) {
            size_t size = propvalue_size(value);
            *match = relation_holds(r->res.resSize.relop, ORDER(size, (size_t)r->res.resSize.cb));
        }
        return source->hr;
    case RES_EXIST:
        value = source->value(source, r->res.resExist.ulPropTag);
        *match = value != NULL && (PROP_TYPE(r->res.resExist.ulPropTag) == PT_UNSPECIFIED ||
                                   same_type(value->ulPropTag, r->res.resExist.ulPropTag));
        return source->hr;
    default: /* RES_SUBRESTRICTION */
        return source->sub == NULL ? S_OK : source->sub(source, r->res.resSub.ulSubObject, r->res.resSub.lpRes, match);
    }
}
