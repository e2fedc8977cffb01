/*
 * restrict_anr.c: ambiguous name resolution: whether a text that somebody typed names a row of the address book.
 *
 * Layer: portable. The text is a whole alias or address, the beginning of the name, alias or address, or words that each
 * begin a word of the name, in any order. "=alias" means that one and no other.
 */
#include <string.h>
#include "addrbook.h"
#include "text.h"

#define PR_SMTP_ADDRESS_UNICODE PROP_TAG(PT_UNICODE, 0x39FE)
#define PR_EMS_AB_PROXY_UNICODE PROP_TAG(PT_MV_UNICODE, 0x800F)
#define WORD_LIMIT 256

static const WCHAR *string_of(ULONG count, const SPropValue *values, ULONG tag)
{
    const SPropValue *value = PpropFindProp((SPropValue *)values, count, tag);
    return value != NULL ? value->Value.lpszW : NULL;
}

/* Without "SMTP:" before it. */
static const WCHAR *bare_address(const WCHAR *name)
{
    static const WCHAR prefix[] = L"smtp:";
    for (int i = 0; i < 5; i++) {
        if (name[i] != prefix[i] && (i == 4 || name[i] != prefix[i] - 32))
            return name;
    }
    return name + 5;
}

static bool has_address(ULONG count, const SPropValue *values, const WCHAR *address)
{
    const SPropValue *value = PpropFindProp((SPropValue *)values, count, PR_EMS_AB_PROXY_UNICODE);
    for (ULONG i = 0; value != NULL && i < value->Value.MVszW.cValues; i++) {
        if (text_compare(bare_address(value->Value.MVszW.lppszW[i]), address) == 0)
            return true;
    }
    return false;
}

static bool is_break(WCHAR c)
{
    return c == 0 || c == ' ' || c == ',' || c == ';' || c == '.' || c == '-' || c == '_' || c == '(';
}

static bool word_begins(const WCHAR *text, const WCHAR *start, size_t length)
{
    WCHAR part[WORD_LIMIT];
    if (text == NULL || length >= WORD_LIMIT)
        return false;
    memcpy(part, start, length * sizeof *part);
    part[length] = 0;
    for (const WCHAR *p = text; *p != 0; p++) {
        if ((p == text || is_break(p[-1])) && text_matches(p, part, FL_PREFIX | FL_LOOSE))
            return true;
    }
    return false;
}

static bool all_words_begin(const WCHAR *name, const WCHAR *text)
{
    bool any = false;
    while (*text != 0) {
        const WCHAR *start = text;
        while (!is_break(*text))
            text++;
        if (text > start) {
            if (!word_begins(name, start, (size_t)(text - start)))
                return false;
            any = true;
        }
        if (*text != 0)
            text++;
    }
    return any;
}

bool anr_row_matches(ULONG count, const SPropValue *values, const WCHAR *text, bool *exact)
{
    const WCHAR *name = string_of(count, values, PR_DISPLAY_NAME_W);
    const WCHAR *alias = string_of(count, values, PR_ACCOUNT_W);
    const WCHAR *smtp = string_of(count, values, PR_SMTP_ADDRESS_UNICODE);
    bool forced = text[0] == '=';
    *exact = (alias != NULL && text_compare(alias, text + forced) == 0) ||
             (smtp != NULL && text_compare(smtp, bare_address(text)) == 0) ||
             has_address(count, values, bare_address(text));
    if (*exact || forced)
        return *exact;
    return (name != NULL && text_matches(name, text, FL_PREFIX | FL_LOOSE)) ||
           (alias != NULL && text_matches(alias, text, FL_PREFIX | FL_LOOSE)) ||
           (smtp != NULL && text_matches(smtp, bare_address(text), FL_PREFIX | FL_LOOSE)) ||
           (name != NULL && all_words_begin(name, text));
}

/* ---- the one entry that a text names ---- */

void anr_consider(struct anr_search *search, ULONG place, ULONG count, const SPropValue *values, bool hidden)
{
    const WCHAR *name = string_of(count, values, PR_DISPLAY_NAME_W);
    bool exact;
    if (search->exact || !anr_row_matches(count, values, search->text, &exact))
        return;
    if (exact) { /* an alias or an address is unique */
        search->exact = true;
        search->exact_at = place;
    } else if (!hidden) {
        if (search->matches++ == 0)
            search->match_at = place;
        if (name != NULL && text_compare(name, search->text) == 0 && search->whole++ == 0)
            search->whole_at = place;
    }
}

HRESULT anr_answer(const struct anr_search *search, bool whole_only, ULONG *place)
{
    *place = search->exact ? search->exact_at : search->whole == 1 ? search->whole_at : search->match_at;
    if (search->exact || search->whole == 1 || (search->matches == 1 && !whole_only))
        return S_OK;
    return search->matches == 0 || (whole_only && search->whole == 0) ? MAPI_E_NOT_FOUND : MAPI_E_AMBIGUOUS_RECIP;
}

/* ---- as a restriction ---- */

/* Room for the tree that one PR_ANR becomes. */
#define WORDS 8

static HRESULT leaf(SRestriction *res, ULONG tag, ULONG level, const WCHAR *text, size_t length, void *base)
{
    SPropValue *value;
    WCHAR *copy;
    HRESULT hr = MAPIAllocateMore(sizeof *value, base, (void **)&value);
    if (hr == S_OK)
        hr = MAPIAllocateMore((ULONG)((length + 1) * sizeof *copy), base, (void **)&copy);
    if (hr != S_OK)
        return hr;
    memcpy(copy, text, length * sizeof *copy);
    copy[length] = 0;
    memset(value, 0, sizeof *value);
    value->ulPropTag = tag;
    value->Value.lpszW = copy;
    res->rt = RES_CONTENT;
    res->res.resContent.ulFuzzyLevel = level;
    res->res.resContent.ulPropTag = tag;
    res->res.resContent.lpProp = value;
    return S_OK;
}

static HRESULT list_of(SRestriction *res, ULONG kind, ULONG count, void *base, SRestriction **list)
{
    HRESULT hr = MAPIAllocateMore(count * sizeof **list, base, (void **)list);
    if (hr == S_OK) {
        memset(*list, 0, count * sizeof **list);
        res->rt = kind;
        res->res.resOr.cRes = count;
        res->res.resOr.lpRes = *list;
    }
    return hr;
}

/* A word of the name begins so: at its start, or after a space, a hyphen or a full stop. */
static HRESULT word_of_name(SRestriction *res, const WCHAR *word, size_t length, void *base)
{
    static const WCHAR breaks[] = {' ', '-', '.'};
    SRestriction *any;
    WCHAR part[WORD_LIMIT];
    if (length >= WORD_LIMIT - 1)
        length = WORD_LIMIT - 2;
    HRESULT hr = list_of(res, RES_OR, 4, base, &any);
    if (hr == S_OK)
        hr = leaf(&any[3], PR_DISPLAY_NAME_W, FL_PREFIX | FL_LOOSE, word, length, base);
    for (int i = 0; i < 3 && hr == S_OK; i++) {
        part[0] = breaks[i];
        memcpy(part + 1, word, length * sizeof *part);
        hr = leaf(&any[i], PR_DISPLAY_NAME_W, FL_SUBSTRING | FL_LOOSE, part, length + 1, base);
    }
    return hr;
}

static HRESULT anr_write_out(SRestriction *res, const WCHAR *text, void *base)
{
    const WCHAR *words[WORDS];
    size_t lengths[WORDS], length = text_length(text);
    SRestriction *any, *all;
    ULONG count = 0;
    if (text[0] == '=')
        return leaf(res, PR_ACCOUNT_W, FL_FULLSTRING | FL_IGNORECASE, text + 1, length - 1, base);
    for (const WCHAR *p = text; *p != 0 && count < WORDS;) {
        const WCHAR *start = p;
        while (!is_break(*p))
            p++;
        if (p > start) {
            words[count] = start;
            lengths[count++] = (size_t)(p - start);
        }
        if (*p != 0)
            p++;
    }
    HRESULT hr = list_of(res, RES_OR, count > 0 ? 4 : 3, base, &any);
    if (hr == S_OK)
        hr = leaf(&any[0], PR_DISPLAY_NAME_W, FL_PREFIX | FL_LOOSE, text, length, base);
    if (hr == S_OK)
        hr = leaf(&any[1], PR_ACCOUNT_W, FL_PREFIX | FL_LOOSE, text, length, base);
    if (hr == S_OK)
        hr = leaf(&any[2], PR_SMTP_ADDRESS_UNICODE, FL_PREFIX | FL_LOOSE, bare_address(text),
                  text_length(bare_address(text)), base);
    if (hr == S_OK && count > 0)
        hr = list_of(&any[3], RES_AND, count, base, &all);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = word_of_name(&all[i], words[i], lengths[i], base);
    return hr;
}

/* The tree is a copy by restriction_copy: its depth is bounded and its strings are Unicode. */
static HRESULT expand(SRestriction *res, void *base)
{
    HRESULT hr = S_OK;
    const SPropValue *value;
    switch (res->rt) {
    case RES_AND:
    case RES_OR:
        for (ULONG i = 0; i < res->res.resAnd.cRes && hr == S_OK; i++)
            hr = expand(&res->res.resAnd.lpRes[i], base);
        return hr;
    case RES_NOT:
        return expand(res->res.resNot.lpRes, base);
    case RES_COMMENT:
        return res->res.resComment.lpRes != NULL ? expand(res->res.resComment.lpRes, base) : S_OK;
    case RES_PROPERTY:
        value = res->res.resProperty.lpProp;
        return PROP_ID(res->res.resProperty.ulPropTag) == PROP_ID(PR_ANR) &&
                       PROP_TYPE(value->ulPropTag) == PT_UNICODE
                   ? anr_write_out(res, value->Value.lpszW, base)
                   : S_OK;
    case RES_CONTENT:
        value = res->res.resContent.lpProp;
        return PROP_ID(res->res.resContent.ulPropTag) == PROP_ID(PR_ANR) && PROP_TYPE(value->ulPropTag) == PT_UNICODE
                   ? anr_write_out(res, value->Value.lpszW, base)
                   : S_OK;
    default:
        return S_OK;
    }
}

HRESULT restriction_expand_anr(const SRestriction *restriction, SRestriction **out)
{
    HRESULT hr = restriction_copy(restriction, out);
    if (hr == S_OK && (hr = expand(*out, *out)) != S_OK) {
        MAPIFreeBuffer(*out);
        *out = NULL;
    }
    return hr;
}
