/*
 * test_where.c: where clauses: what restriction each makes, and what is said of wrong ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "where.h"

/* ---- restrictions as text, so that a table can say what is expected ------------------------------------------------- */

struct text {
    char chars[2048];
    size_t length;
};

static void add(struct text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    text->length += (size_t)vsnprintf(text->chars + text->length, sizeof text->chars - text->length, format, args);
    va_end(args);
    assert_true(text->length < sizeof text->chars);
}

static const char *const relations[] = {"<", "<=", ">", ">=", "=", "<>"};

static void add_value(struct text *text, const SPropValue *value)
{
    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_I2:
        add(text, "i%d", value->Value.i);
        break;
    case PT_LONG:
        add(text, "%d", (int)value->Value.l);
        break;
    case PT_I8:
        add(text, "q%lld", (long long)value->Value.li.QuadPart);
        break;
    case PT_DOUBLE:
        add(text, "%g", value->Value.dbl);
        break;
    case PT_CURRENCY:
        add(text, "c%lld", (long long)value->Value.cur.int64);
        break;
    case PT_BOOLEAN:
        add(text, value->Value.b ? "true" : "false");
        break;
    case PT_SYSTIME:
        add(text, "t%llu",
            (unsigned long long)((uint64_t)value->Value.ft.dwHighDateTime << 32 | value->Value.ft.dwLowDateTime) /
                10000000);
        break;
    case PT_UNICODE:
        add(text, "'");
        for (const WCHAR *c = value->Value.lpszW; *c; c++)
            add(text, *c < 127 ? "%c" : "<%04X>", *c);
        add(text, "'");
        break;
    case PT_BINARY:
        add(text, "x");
        for (ULONG i = 0; i < value->Value.bin.cb; i++)
            add(text, "%02X", value->Value.bin.lpb[i]);
        break;
    case PT_CLSID:
        add(text, "g%08X", (unsigned)value->Value.lpguid->Data1);
        break;
    default:
        add(text, "?%x", (unsigned)value->ulPropTag);
    }
}

static void add_restriction(struct text *text, const SRestriction *res)
{
    switch (res->rt) {
    case RES_AND:
    case RES_OR:
        add(text, res->rt == RES_AND ? "and(" : "or(");
        for (ULONG i = 0; i < res->res.resAnd.cRes; i++) {
            add(text, i ? " " : "");
            add_restriction(text, &res->res.resAnd.lpRes[i]);
        }
        add(text, ")");
        break;
    case RES_NOT:
        add(text, "not(");
        add_restriction(text, res->res.resNot.lpRes);
        add(text, ")");
        break;
    case RES_CONTENT:
        add(text, "%08X~%s%s", (unsigned)res->res.resContent.ulPropTag,
            (res->res.resContent.ulFuzzyLevel & 0xFFFF) == FL_SUBSTRING ? "sub"
            : (res->res.resContent.ulFuzzyLevel & 0xFFFF) == FL_PREFIX  ? "pre"
                                                                         : "full",
            res->res.resContent.ulFuzzyLevel & FL_IGNORECASE ? "" : "!case");
        add_value(text, res->res.resContent.lpProp);
        break;
    case RES_PROPERTY:
        add(text, "%08X%s", (unsigned)res->res.resProperty.ulPropTag, relations[res->res.resProperty.relop]);
        add_value(text, res->res.resProperty.lpProp);
        break;
    case RES_COMPAREPROPS:
        add(text, "%08X%s%08X", (unsigned)res->res.resCompareProps.ulPropTag1,
            relations[res->res.resCompareProps.relop], (unsigned)res->res.resCompareProps.ulPropTag2);
        break;
    case RES_BITMASK:
        add(text, "%08X&%u%s", (unsigned)res->res.resBitMask.ulPropTag, (unsigned)res->res.resBitMask.ulMask,
            res->res.resBitMask.relBMR == BMR_NEZ ? "<>0" : "=0");
        break;
    case RES_SIZE:
        add(text, "size %08X%s%u", (unsigned)res->res.resSize.ulPropTag, relations[res->res.resSize.relop],
            (unsigned)res->res.resSize.cb);
        break;
    case RES_EXIST:
        add(text, "exist %08X", (unsigned)res->res.resExist.ulPropTag);
        break;
    case RES_SUBRESTRICTION:
        add(text, "sub %08X(", (unsigned)res->res.resSub.ulSubObject);
        add_restriction(text, res->res.resSub.lpRes);
        add(text, ")");
        break;
    default:
        fail_msg("unexpected restriction %u", (unsigned)res->rt);
    }
}

static WCHAR *widen(const char *text)
{
    size_t length = strlen(text);
    WCHAR *wide = malloc((length + 1) * sizeof *wide);

    assert_non_null(wide);
    for (size_t i = 0; i <= length; i++)
        wide[i] = (unsigned char)text[i];
    return wide;
}

/* Named properties of the test: 0x8205 in any set is 0x9205, the name "colour" is 0x9001; others are unknown. */
static HRESULT resolve(void *context, const struct prop_ref *ref, ULONG *tag)
{
    (void)context;
    if (ref->kind == PROP_REF_NUMBER && ref->lid == 0x8205)
        *tag = PROP_TAG(0, 0x9205);
    else if (ref->kind == PROP_REF_STRING && ref->name_length == 6)
        *tag = PROP_TAG(0, 0x9001);
    else
        return MAPI_E_NOT_FOUND;
    return S_OK;
}

/* Local time of the test is UTC plus one hour. */
static LONGLONG to_utc(void *context, LONGLONG local)
{
    (void)context;
    return local - 3600LL * 10000000;
}

static HRESULT parse(const char *clause, struct text *text, struct where_error *error)
{
    struct where_context context = {resolve, to_utc, NULL};
    struct mem_arena arena = {NULL};
    SRestriction *res = (SRestriction *)1;
    WCHAR *wide = widen(clause);
    HRESULT hr = where_parse(wide, &context, &arena, &res, error);

    text->length = 0;
    text->chars[0] = 0;
    if (FAILED(hr))
        assert_null(res);
    else if (res)
        add_restriction(text, res);
    mem_arena_free(&arena);
    free(wide);
    return hr;
}

/* ---- tables ------------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *clause, *restriction;
} good[] = {
    {"", ""},
    {"  \t", ""},
    {"[Subject] = 'hello'", "0037001F~full'hello'"},
    {"[subject] LIKE '%invoice%'", "0037001F~sub'invoice'"},
    {"[Subject] like 'Re:%'", "0037001F~pre'Re:'"},
    {"[Subject] LIKE 'x'", "0037001F~full'x'"},
    {"[Subject] LIKE '%'", "exist 0037001F"},
    {"[Subject] NOT LIKE '%a%'", "and(exist 0037001F not(0037001F~sub'a'))"},
    {"[Subject] <> 'a'", "and(exist 0037001F not(0037001F~full'a'))"},
    {"[Subject] >= 'm'", "0037001F>='m'"},
    {"[Subject] = 'it''s'", "0037001F~full'it's'"},
    {"[Subject] = \"it's\"", "0037001F~full'it's'"},
    {"[PR_SUBJECT] = 'a'", "0037001F~full'a'"},
    {"[CdoPR_SUBJECT] = 'a'", "0037001F~full'a'"},
    {"[PidTagSubject]='a'", "0037001F~full'a'"},
    {"[0x0037001E] = 'a'", "0037001F~full'a'"},
    {"[http://schemas.microsoft.com/mapi/proptag/0x0037001F] = 'a'", "0037001F~full'a'"},
    {"[Importance] = 2", "00170003=2"},
    {"[Importance] <> -1", "00170003<>-1"},
    {"[Importance] != 0x10", "00170003<>16"},
    {"[MessageSize] > 4294967295", "0E080003>-1"},
    {"[0x66000014] < 9999999999", "66000014<q9999999999"},
    {"[0x66000005] < 1.5", "66000005<1.5"},
    {"[0x66000006] = 1.25", "66000006=c12500"},
    {"[Unread]", "0E070003&1=0"},
    {"NOT [Unread]", "not(0E070003&1=0)"},
    {"[Unread] = FALSE", "0E070003&1<>0"},
    {"[Unread] <> True", "0E070003&1<>0"},
    {"[Submitted]", "0E070003&4<>0"},
    {"[HasAttachments]", "0E1B000B=true"},
    {"[PR_HASATTACH] = 0", "0E1B000B=false"},
    {"[MessageFlags] & 8", "0E070003&8<>0"},
    {"[MessageFlags] & 8 = 0", "0E070003&8=0"},
    {"[MessageFlags] & 0x18 <> 0", "0E070003&24<>0"},
    {"[TimeReceived] >= '1601-01-02T00:00:00Z'", "0E060040>=t86400"},
    {"[TimeReceived] >= '1601-01-02'", "0E060040>=t82800"},
    {"[TimeReceived] < '1601-01-02 01:02:03'", "0E060040<t86523"},
    {"[TimeReceived] < '1601-03-01T00:00Z'", "0E060040<t5097600"},
    {"[TimeReceived] < '2000-02-29T00:00Z'", "0E060040<t12596256000"},
    {"[TimeReceived] BETWEEN '1601-01-02T00:00Z' AND '1601-01-03T00:00Z'", "and(0E060040>=t86400 0E060040<=t172800)"},
    {"[Importance] NOT BETWEEN 1 AND 2", "and(exist 00170003 not(and(00170003>=1 00170003<=2)))"},
    {"[Importance] IN (1)", "00170003=1"},
    {"[Importance] IN (0, 2)", "or(00170003=0 00170003=2)"},
    {"[Importance] NOT IN (0,2)", "and(exist 00170003 not(or(00170003=0 00170003=2)))"},
    {"[ExpiryTime] IS NULL", "not(exist 00150040)"},
    {"[ExpiryTime] is not null", "exist 00150040"},
    {"[PR_ENTRYID] = X'00ff'", "0FFF0102=x00FF"},
    {"[PR_ENTRYID] = '00FF'", "0FFF0102=x00FF"},
    {"[CreationTime] < [LastModificationTime]", "30070040<30080040"},
    {"SIZE([Body]) > 1000", "size 1000001F>1000"},
    {"RECIPIENTS([SMTPAddress] = 'a@b.c')", "sub 0E12000D(39FE001F~full'a@b.c')"},
    {"ATTACHMENTS([AttachSize] > 5)", "sub 0E13000D(0E200003>5)"},
    {"[{00062002-0000-0000-C000-000000000046}/0x8205] = 2", "92050003=2"},
    {"[{00062002-0000-0000-C000-000000000046}/0x82050003] = 2", "92050003=2"},
    {"[{0220060000000000C000000000000046}0x8205] = 2", "92050003=2"},
    {"[http://schemas.microsoft.com/mapi/id/{00062002-0000-0000-C000-000000000046}/82050003] = 2", "92050003=2"},
    {"[{00020329-0000-0000-C000-000000000046}/colour] = 'red'", "9001001F~full'red'"},
    {"[http://schemas.microsoft.com/mapi/string/{00020329-0000-0000-C000-000000000046}/colour] LIKE 'r%'",
     "9001001F~pre'r'"},
    {"[Subject]='a' AND [Importance]=1 AND [Unread]", "and(0037001F~full'a' 00170003=1 0E070003&1=0)"},
    {"[Subject]='a' OR [Importance]=1 AND [Unread]", "or(0037001F~full'a' and(00170003=1 0E070003&1=0))"},
    {"([Subject]='a' OR [Importance]=1) AND [Unread]", "and(or(0037001F~full'a' 00170003=1) 0E070003&1=0)"},
    {"NOT NOT ([Importance]=1)", "00170003=1"},
    {"NOT ([Importance]=1 OR [Importance]=2)", "not(or(00170003=1 00170003=2))"},
};

static void clauses_make_restrictions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct where_error error;
        struct text text;
        HRESULT hr;

        hr = parse(good[i].clause, &text, &error);
        if (FAILED(hr) || strcmp(text.chars, good[i].restriction))
            fail_msg("%s\n  gave     %s %s\n  expected %s", good[i].clause, text.chars, error.text,
                     good[i].restriction);
    }
}

static const struct {
    const char *clause;
    size_t position;
    HRESULT code;
    const char *part; /* of the message */
} wrong[] = {
    {"[", 0, MAPI_E_INVALID_PARAMETER, "not closed"},
    {"[Subject", 0, MAPI_E_INVALID_PARAMETER, "not closed"},
    {"[Subject]", 9, MAPI_E_INVALID_PARAMETER, "must be followed by"},
    {"[Subject] =", 11, MAPI_E_INVALID_PARAMETER, "expected a value"},
    {"[Subject] = 'a", 12, MAPI_E_INVALID_PARAMETER, "expected a value"},
    {"[Subject] = 5", 12, MAPI_E_INVALID_PARAMETER, "is text"},
    {"[Nonsense] = 5", 0, MAPI_E_INVALID_PARAMETER, "[Nonsense] is no property"},
    {"[Importance] = 'high'", 15, MAPI_E_INVALID_PARAMETER, "is a number"},
    {"[Importance] = 1.5", 15, MAPI_E_INVALID_PARAMETER, "whole number"},
    {"[Importance] = 99999999999", 15, MAPI_E_INVALID_PARAMETER, "smaller range"},
    {"[TimeReceived] > 'yesterday'", 17, MAPI_E_INVALID_PARAMETER, "is a time"},
    {"[TimeReceived] > '2026-02-30'", 17, MAPI_E_INVALID_PARAMETER, "is a time"},
    {"[TimeReceived] > '2026-01-01 25:00'", 17, MAPI_E_INVALID_PARAMETER, "is a time"},
    {"[Subject] LIKE '%a%b%'", 15, MAPI_E_TOO_COMPLEX, "% cannot stand elsewhere"},
    {"[Subject] LIKE '%a'", 15, MAPI_E_TOO_COMPLEX, "% cannot stand elsewhere"},
    {"[Importance] LIKE 'a'", 18, MAPI_E_INVALID_PARAMETER, "LIKE needs text"},
    {"[Subject] LIKE a", 15, MAPI_E_INVALID_PARAMETER, "expected a pattern"},
    {"[Importance] IN 1", 16, MAPI_E_INVALID_PARAMETER, "expected ( after IN"},
    {"[Importance] IN (1", 18, MAPI_E_INVALID_PARAMETER, "expected , or )"},
    {"[Importance] IN ()", 17, MAPI_E_INVALID_PARAMETER, "expected a value"},
    {"[Importance] BETWEEN 1 OR 2", 23, MAPI_E_INVALID_PARAMETER, "expected AND"},
    {"[Importance] NOT 5", 17, MAPI_E_INVALID_PARAMETER, "after NOT"},
    {"[Importance] IS 5", 16, MAPI_E_INVALID_PARAMETER, "expected NULL"},
    {"[Importance]=1 [Unread]", 15, MAPI_E_INVALID_PARAMETER, "expected AND, OR or the end"},
    {"[Importance]=1 AND", 18, MAPI_E_INVALID_PARAMETER, "expected a [Property]"},
    {"([Importance]=1", 15, MAPI_E_INVALID_PARAMETER, "expected ), AND or OR"},
    {"[Importance]=1)", 14, MAPI_E_INVALID_PARAMETER, "expected AND, OR or the end"},
    {"Subject = 'a'", 0, MAPI_E_INVALID_PARAMETER, "expected a [Property]"},
    {"[Unread] > TRUE", 0, MAPI_E_INVALID_PARAMETER, "TRUE or FALSE"},
    {"[Unread] = 5", 11, MAPI_E_INVALID_PARAMETER, "TRUE or FALSE"},
    {"[Subject] & 1", 0, MAPI_E_INVALID_PARAMETER, "has no bits"},
    {"[MessageFlags] & 1 = 1", 22, MAPI_E_INVALID_PARAMETER, "compared with 0"},
    {"[PR_ENTRYID] = 'xyz'", 15, MAPI_E_INVALID_PARAMETER, "hex digits"},
    {"SIZE [Body] > 1", 5, MAPI_E_INVALID_PARAMETER, "after SIZE"},
    {"SIZE([Body])", 12, MAPI_E_INVALID_PARAMETER, "expected a comparison"},
    {"RECIPIENTS [Body] = 1", 11, MAPI_E_INVALID_PARAMETER, "recipients or attachments"},
    {"[{00020329-0000-0000-C000-000000000046}/unknown name] = 'a'", 0, MAPI_E_NOT_FOUND, "no such named property"},
    {"[{bad}/colour] = 'a'", 0, MAPI_E_INVALID_PARAMETER, "is no property"},
    {"[Subject] = 'a' ; drop", 16, MAPI_E_INVALID_PARAMETER, "expected AND, OR or the end"},
};

static void wrong_clauses_say_where_and_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct where_error error;
        struct text text;
        HRESULT hr = parse(wrong[i].clause, &text, &error);

        if (hr != wrong[i].code || error.code != hr || error.position != wrong[i].position ||
            !strstr(error.text, wrong[i].part))
            fail_msg("%s\n  gave %08X at %zu: %s\n  expected %08X at %zu: …%s…", wrong[i].clause, (unsigned)hr,
                     error.position, error.text, (unsigned)wrong[i].code, wrong[i].position, wrong[i].part);
    }
}

static void deep_nesting_is_refused(void **state)
{
    char clause[1024] = "";
    struct where_error error;
    struct text text;

    (void)state;
    for (int i = 0; i < 200; i++)
        strcat(clause, "(");
    strcat(clause, "[Unread]");
    assert_int_equal(parse(clause, &text, &error), MAPI_E_INVALID_PARAMETER);
    assert_non_null(strstr(error.text, "too deep"));
}

/* Every good clause, cut at every place and with every character replaced in turn: no crash, no leak, an error or a
 * restriction. The sanitizers watch. */
static void damaged_clauses_do_no_harm(void **state)
{
    static const char replacements[] = "[]'(),%=<&X0\"#N ";

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        size_t length = strlen(good[i].clause);
        char clause[256];
        struct where_error error;
        struct text text;

        for (size_t cut = 0; cut < length; cut++) {
            memcpy(clause, good[i].clause, cut);
            clause[cut] = 0;
            parse(clause, &text, &error);
            for (size_t r = 0; replacements[r]; r++) {
                strcpy(clause, good[i].clause);
                clause[cut] = replacements[r];
                parse(clause, &text, &error);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_make_restrictions),
        cmocka_unit_test(wrong_clauses_say_where_and_why),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(damaged_clauses_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
