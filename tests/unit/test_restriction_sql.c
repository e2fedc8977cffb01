/*
 * test_restriction_sql.c: restrictions give the same answers as SQL and in memory, for random rows and restrictions; and
 * each kind of restriction by examples.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "view_fixture.h"
#include "table.h"

/* ---- examples ------------------------------------------------------------------------------------------------------------ */

#define TAG_TEXT PROP_TAG(PT_UNICODE, 0x6710)
#define TAG_BYTES PROP_TAG(PT_BINARY, 0x6711)
#define TAG_WORDS PROP_TAG(PT_MV_UNICODE, 0x6712)
#define TAG_ABSENT PROP_TAG(PT_LONG, 0x6713)

static BYTE bytes[] = {1, 2, 3, 0, 5};
static WCHAR *words[] = {L"Red", L"blue"};
static const SPropValue example_row[] = {
    {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"Gr\x00fc\x00df" L"e aus K\x00f6ln"},
    {.ulPropTag = PR_IMPORTANCE, .Value.l = 2},
    {.ulPropTag = PR_MESSAGE_FLAGS, .Value.l = 0x13},
    {.ulPropTag = PR_MESSAGE_SIZE, .Value.l = 4000},
    {.ulPropTag = TAG_TEXT, .Value.lpszW = L"abc.DEF (1)"},
    {.ulPropTag = TAG_BYTES, .Value.bin = {5, bytes}},
    {.ulPropTag = TAG_WORDS, .Value.MVszW = {2, words}},
};
#define EXAMPLE_VALUES (sizeof example_row / sizeof *example_row)

#define STRING(t, s) ((SPropValue){.ulPropTag = (t), .Value.lpszW = (s)})
#define LONGS(t, n) ((SPropValue){.ulPropTag = (t), .Value.l = (n)})
#define BINARY(t, n, p) ((SPropValue){.ulPropTag = (t), .Value.bin = {(n), (p)}})

static const struct {
    const char *name;
    ULONG tag, fuzzy;
    SPropValue value;
    bool match;
} content_cases[] = {
    {"substring needs the case", PR_SUBJECT_W, FL_SUBSTRING, STRING(PR_SUBJECT_W, L"AUS"), false},
    {"substring", PR_SUBJECT_W, FL_SUBSTRING, STRING(PR_SUBJECT_W, L"aus"), true},
    {"substring without case", PR_SUBJECT_W, FL_SUBSTRING | FL_IGNORECASE, STRING(PR_SUBJECT_W, L"AUS K\x00d6"), true},
    {"diacritics count", PR_SUBJECT_W, FL_SUBSTRING | FL_IGNORECASE, STRING(PR_SUBJECT_W, L"koln"), false},
    {"loose ignores them", PR_SUBJECT_W, FL_SUBSTRING | FL_LOOSE, STRING(PR_SUBJECT_W, L"koln"), true},
    {"nonspace ignores them, not the case", PR_SUBJECT_W, FL_SUBSTRING | FL_IGNORENONSPACE, STRING(PR_SUBJECT_W, L"koln"), false},
    {"nonspace with the case", PR_SUBJECT_W, FL_SUBSTRING | FL_IGNORENONSPACE, STRING(PR_SUBJECT_W, L"Koln"), true},
    {"combining marks", PR_SUBJECT_W, FL_SUBSTRING | FL_LOOSE, STRING(PR_SUBJECT_W, L"ko\x0308ln"), true},
    {"prefix", PR_SUBJECT_W, FL_PREFIX | FL_IGNORECASE, STRING(PR_SUBJECT_W, L"GR\x00dc"), true},
    {"not a prefix", PR_SUBJECT_W, FL_PREFIX, STRING(PR_SUBJECT_W, L"aus"), false},
    {"full string", TAG_TEXT, FL_FULLSTRING | FL_IGNORECASE, STRING(TAG_TEXT, L"ABC.def (1)"), true},
    {"full string, shorter", TAG_TEXT, FL_FULLSTRING, STRING(TAG_TEXT, L"abc.DEF"), false},
    {"empty needle", TAG_TEXT, FL_SUBSTRING, STRING(TAG_TEXT, L""), true},
    {"empty full string", TAG_TEXT, FL_FULLSTRING, STRING(TAG_TEXT, L""), false},
    {"bytes within", TAG_BYTES, FL_SUBSTRING, BINARY(TAG_BYTES, 2, (bytes + 2)), true},
    {"bytes at the begin", TAG_BYTES, FL_PREFIX, BINARY(TAG_BYTES, 2, (bytes + 1)), false},
    {"one of several values", TAG_WORDS, FL_FULLSTRING | FL_IGNORECASE, STRING(PROP_TAG(PT_UNICODE, 0x6712), L"BLUE"), true},
    {"none of several values", TAG_WORDS, FL_FULLSTRING, STRING(PROP_TAG(PT_UNICODE, 0x6712), L"green"), false},
    {"an absent property", PR_SENDER_NAME_W, FL_SUBSTRING, STRING(PR_SENDER_NAME_W, L""), false},
};

static const struct {
    const char *name;
    ULONG tag, relop;
    SPropValue value;
    bool match;
} property_cases[] = {
    {"equal without case", PR_SUBJECT_W, RELOP_EQ, STRING(PR_SUBJECT_W, L"GR\x00dc\x00df" L"E AUS K\x00d6LN"), true},
    {"diacritics differ", PR_SUBJECT_W, RELOP_EQ, STRING(PR_SUBJECT_W, L"Gru\x00df" L"e aus Koln"), false},
    {"less", PR_SUBJECT_W, RELOP_LT, STRING(PR_SUBJECT_W, L"gs"), true},
    {"greater", PR_SUBJECT_W, RELOP_GT, STRING(PR_SUBJECT_W, L"gru\x00df" L"e aus koln"), true},
    {"number equal", PR_IMPORTANCE, RELOP_EQ, LONGS(PR_IMPORTANCE, 2), true},
    {"number not equal", PR_IMPORTANCE, RELOP_NE, LONGS(PR_IMPORTANCE, 2), false},
    {"number less or equal", PR_IMPORTANCE, RELOP_LE, LONGS(PR_IMPORTANCE, 2), true},
    {"number greater", PR_IMPORTANCE, RELOP_GT, LONGS(PR_IMPORTANCE, -1), true},
    {"absent is never equal", TAG_ABSENT, RELOP_EQ, LONGS(TAG_ABSENT, 0), false},
    {"absent is never unequal", TAG_ABSENT, RELOP_NE, LONGS(TAG_ABSENT, 0), false},
    {"bytes greater", TAG_BYTES, RELOP_GT, BINARY(TAG_BYTES, 3, bytes), true},
    {"bytes equal", TAG_BYTES, RELOP_EQ, BINARY(TAG_BYTES, 5, bytes), true},
    {"one of several values", TAG_WORDS, RELOP_EQ, STRING(PROP_TAG(PT_UNICODE, 0x6712), L"red"), true},
    {"one of several, instances", TAG_WORDS | 0x2000, RELOP_EQ, STRING(PROP_TAG(PT_UNICODE, 0x6712), L"red"), true},
    {"expression", TAG_TEXT, RELOP_RE, STRING(TAG_TEXT, L"^a.c\\.(def|x)+ \\([0-9]\\)$"), true},
    {"expression that does not match", TAG_TEXT, RELOP_RE, STRING(TAG_TEXT, L"^b"), false},
    {"malformed expression", TAG_TEXT, RELOP_RE, STRING(TAG_TEXT, L"(a"), false},
};

static mbx_id save_row(struct fixture *f, const SPropValue *values, size_t count)
{
    struct mbx_message *message;
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    for (size_t i = 0; i < count; i++)
        assert_mapi(S_OK, propbag_set(message->props, &values[i]));
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    mbx_id id = message->id;
    mbx_message_free(message);
    return id;
}

static void expect_both(struct mbx_view *view, const char *name, SRestriction *r, bool expected)
{
    bool match;
    ULONG rows, inverted;
    SRestriction not = {.rt = RES_NOT, .res.resNot = {0, r}};
    assert_mapi(S_OK, restriction_matches(r, EXAMPLE_VALUES, example_row, &match));
    if (match != expected)
        fail_msg("%s: in memory: %d", name, match);
    assert_mapi(S_OK, view_restrict(view, r));
    assert_mapi(S_OK, view_count(view, &rows));
    assert_mapi(S_OK, view_restrict(view, &not));
    assert_mapi(S_OK, view_count(view, &inverted));
    if (rows != expected || inverted != !expected)
        fail_msg("%s: as SQL: %u, inverted %u", name, (unsigned)rows, (unsigned)inverted);
}

static void each_kind_matches_as_it_should(void **state)
{
    struct fixture *f = *state;
    save_row(f, example_row, EXAMPLE_VALUES);
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    for (size_t i = 0; i < sizeof content_cases / sizeof *content_cases; i++) {
        SPropValue value = content_cases[i].value;
        SRestriction r = {.rt = RES_CONTENT, .res.resContent = {content_cases[i].fuzzy, content_cases[i].tag, &value}};
        expect_both(view, content_cases[i].name, &r, content_cases[i].match);
    }
    for (size_t i = 0; i < sizeof property_cases / sizeof *property_cases; i++) {
        SPropValue value = property_cases[i].value;
        SRestriction r = {.rt = RES_PROPERTY, .res.resProperty = {property_cases[i].relop, property_cases[i].tag, &value}};
        expect_both(view, property_cases[i].name, &r, property_cases[i].match);
    }
    struct {
        const char *name;
        SRestriction r;
        bool match;
    } others[] = {
        {"bits set", {.rt = RES_BITMASK, .res.resBitMask = {BMR_NEZ, PR_MESSAGE_FLAGS, 0x10}}, true},
        {"bits clear", {.rt = RES_BITMASK, .res.resBitMask = {BMR_EQZ, PR_MESSAGE_FLAGS, 0x0c}}, true},
        {"bits of an absent one", {.rt = RES_BITMASK, .res.resBitMask = {BMR_EQZ, TAG_ABSENT, 1}}, false},
        {"size", {.rt = RES_SIZE, .res.resSize = {RELOP_EQ, TAG_BYTES, 5}}, true},
        {"size of text", {.rt = RES_SIZE, .res.resSize = {RELOP_EQ, TAG_TEXT, 24}}, true},
        {"size of a number", {.rt = RES_SIZE, .res.resSize = {RELOP_LT, PR_IMPORTANCE, 4}}, false},
        {"exists", {.rt = RES_EXIST, .res.resExist = {0, PR_SUBJECT_W, 0}}, true},
        {"exists, as ANSI", {.rt = RES_EXIST, .res.resExist = {0, PR_SUBJECT_A, 0}}, true},
        {"exists, any type", {.rt = RES_EXIST, .res.resExist = {0, PROP_TAG(PT_UNSPECIFIED, 0x6711), 0}}, true},
        {"exists, another type", {.rt = RES_EXIST, .res.resExist = {0, PROP_TAG(PT_LONG, 0x6711), 0}}, false},
        {"exists not", {.rt = RES_EXIST, .res.resExist = {0, TAG_ABSENT, 0}}, false},
        {"two properties", {.rt = RES_COMPAREPROPS, .res.resCompareProps = {RELOP_LT, PR_IMPORTANCE, PR_MESSAGE_SIZE}}, true},
        {"an absent one of two", {.rt = RES_COMPAREPROPS, .res.resCompareProps = {RELOP_NE, PR_IMPORTANCE, TAG_ABSENT}}, false},
        {"empty AND", {.rt = RES_AND}, true},
        {"empty OR", {.rt = RES_OR}, false},
        {"comment", {.rt = RES_COMMENT}, true},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        expect_both(view, others[i].name, &others[i].r, others[i].match);
    view_close(view);
}

static void what_does_not_belong_together_is_too_complex(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    SPropValue text = STRING(PR_SUBJECT_W, L"x"), number = LONGS(PR_IMPORTANCE, 1), none = STRING(PR_SUBJECT_W, NULL);
    SRestriction leaf = {.rt = RES_EXIST, .res.resExist = {0, PR_SUBJECT_W, 0}};
    struct {
        SRestriction r;
        HRESULT hr;
    } cases[] = {
        {{.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_IMPORTANCE, &text}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_PROPERTY, .res.resProperty = {RELOP_RE, PR_IMPORTANCE, &number}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_PROPERTY, .res.resProperty = {99, PR_IMPORTANCE, &number}}, MAPI_E_INVALID_PARAMETER},
        {{.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_SUBJECT_W, &none}}, MAPI_E_INVALID_PARAMETER},
        {{.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_SUBJECT_W, NULL}}, MAPI_E_INVALID_PARAMETER},
        {{.rt = RES_CONTENT, .res.resContent = {FL_PREFIX, PR_IMPORTANCE, &number}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_CONTENT, .res.resContent = {7, PR_SUBJECT_W, &text}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_COMPAREPROPS, .res.resCompareProps = {RELOP_EQ, PR_IMPORTANCE, PR_SUBJECT_W}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_BITMASK, .res.resBitMask = {BMR_EQZ, PR_SUBJECT_W, 1}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_SUBRESTRICTION, .res.resSub = {PR_SUBJECT_W, &leaf}}, MAPI_E_TOO_COMPLEX},
        {{.rt = RES_NOT}, MAPI_E_INVALID_PARAMETER},
        {{.rt = RES_AND, .res.resAnd = {2, NULL}}, MAPI_E_INVALID_PARAMETER},
        {{.rt = 77}, MAPI_E_INVALID_PARAMETER},
    };
    bool match;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_mapi(cases[i].hr, view_restrict(view, &cases[i].r));
        if (cases[i].r.rt != RES_SUBRESTRICTION)
            assert_mapi(cases[i].hr, restriction_matches(&cases[i].r, 1, &text, &match));
    }
    SRestriction chain[300];
    for (int i = 0; i < 299; i++)
        chain[i] = (SRestriction){.rt = RES_NOT, .res.resNot = {0, &chain[i + 1]}};
    chain[299] = leaf;
    assert_mapi(MAPI_E_TOO_COMPLEX, view_restrict(view, chain));
    assert_mapi(S_OK, view_restrict(view, &chain[220]));
    view_close(view);
}

static void recipients_and_attachments_are_searched(void **state)
{
    struct fixture *f = *state;
    struct mbx_message *message;
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    fixture_add_recipient(message, L"Ann");
    fixture_add_recipient(message, L"Bob");
    fixture_add_attachment(message, L"report.pdf", 10);
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    mbx_message_free(message);
    fixture_message(f, MBX_INBOX, L"plain", 0);
    static const struct {
        ULONG object;
        const WCHAR *needle;
        ULONG rows;
    } cases[] = {
        {PR_MESSAGE_RECIPIENTS, L"bob", 1},    {PR_MESSAGE_RECIPIENTS, L"carl", 0}, {PR_MESSAGE_ATTACHMENTS, L"REPORT", 1},
        {PR_MESSAGE_ATTACHMENTS, L"bob", 0},
    };
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SPropValue needle = STRING(PR_DISPLAY_NAME_W, (WCHAR *)cases[i].needle);
        SRestriction content = {.rt = RES_CONTENT, .res.resContent = {FL_PREFIX | FL_IGNORECASE, PR_DISPLAY_NAME_W, &needle}};
        SRestriction sub = {.rt = RES_SUBRESTRICTION, .res.resSub = {cases[i].object, &content}};
        ULONG rows;
        assert_mapi(S_OK, view_restrict(view, &sub));
        assert_mapi(S_OK, view_count(view, &rows));
        assert_int_equal(rows, cases[i].rows);
    }
    view_close(view);
}

/* ---- random ----------------------------------------------------------------------------------------------------------------- */

static unsigned seed;

static unsigned next(unsigned limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return (seed >> 3) % limit;
}

/* Restrictions are built in this room. */
static struct {
    SRestriction r[400];
    SPropValue values[400];
    int r_used, values_used;
} room;

static const WCHAR *const texts[] = {L"Report", L"rep", L"\x00c4nderung", L"ANDERUNG", L"a", L"", L"zebra", L"x", L"\x0416",
                                     L"\xd83d\xde00", L"e"};
static const ULONG text_tags[] = {PR_SUBJECT_W, PR_SENDER_NAME_W, PR_BODY_W, PR_DISPLAY_TO_W};
static const ULONG long_tags[] = {PR_IMPORTANCE, PR_MESSAGE_FLAGS, PR_MESSAGE_SIZE, FIXTURE_TAG_NUMBER, PR_SENSITIVITY};

static SPropValue *value(SPropValue v)
{
    room.values[room.values_used] = v;
    return &room.values[room.values_used++];
}

static SRestriction *random_restriction(int depth);

static void random_children(SRestriction *r, int depth)
{
    ULONG count = next(4);
    SRestriction *children = &room.r[room.r_used];
    room.r_used += (int)count;
    for (ULONG i = 0; i < count; i++)
        children[i] = *random_restriction(depth - 1);
    r->res.resAnd.cRes = count;
    r->res.resAnd.lpRes = children;
}

static SRestriction *random_restriction(int depth)
{
    SRestriction *r = &room.r[room.r_used++];
    ULONG text_tag = text_tags[next(4)], long_tag = long_tags[next(5)];
    memset(r, 0, sizeof *r);
    switch (next(depth > 0 ? 12 : 8)) {
    case 0:
        r->rt = RES_CONTENT;
        r->res.resContent.ulFuzzyLevel = next(3) | next(8) << 16;
        r->res.resContent.ulPropTag = text_tag;
        r->res.resContent.lpProp = value(STRING(text_tag, (WCHAR *)texts[next(11)]));
        break;
    case 1:
        r->rt = RES_PROPERTY;
        r->res.resProperty.relop = next(7);
        r->res.resProperty.ulPropTag = text_tag;
        r->res.resProperty.lpProp = value(STRING(text_tag, (WCHAR *)texts[next(11)]));
        break;
    case 2:
        r->rt = RES_PROPERTY;
        r->res.resProperty.relop = next(6);
        r->res.resProperty.ulPropTag = long_tag;
        r->res.resProperty.lpProp = value(LONGS(long_tag, long_tag == PR_IMPORTANCE ? (LONG)next(4) : (LONG)next(1000)));
        break;
    case 3:
        r->rt = RES_BITMASK;
        r->res.resBitMask = (SBitMaskRestriction){next(2), long_tag, 1u << next(6)};
        break;
    case 4:
        r->rt = RES_SIZE;
        r->res.resSize = (SSizeRestriction){next(6), next(2) ? text_tag : long_tag, next(20)};
        break;
    case 5:
        r->rt = RES_EXIST;
        r->res.resExist.ulPropTag = next(2) ? text_tag : long_tag;
        break;
    case 6:
        r->rt = RES_COMPAREPROPS;
        r->res.resCompareProps = next(2) ? (SComparePropsRestriction){next(7), text_tag, text_tags[next(4)]}
                                         : (SComparePropsRestriction){next(6), long_tag, long_tags[next(5)]};
        break;
    case 7: {
        SPropValue time = {.ulPropTag = PR_MESSAGE_DELIVERY_TIME};
        uint64_t ticks = 130000000000000000ull + next(5000) * 600000000ull;
        time.Value.ft.dwLowDateTime = (DWORD)ticks;
        time.Value.ft.dwHighDateTime = (DWORD)(ticks >> 32);
        r->rt = RES_PROPERTY;
        r->res.resProperty.relop = next(6);
        r->res.resProperty.ulPropTag = PR_MESSAGE_DELIVERY_TIME;
        r->res.resProperty.lpProp = value(time);
        break;
    }
    case 8:
        r->rt = RES_NOT;
        r->res.resNot.lpRes = random_restriction(depth - 1);
        break;
    case 9:
        r->rt = RES_OR;
        random_children(r, depth);
        break;
    default:
        r->rt = RES_AND;
        random_children(r, depth);
    }
    return r;
}

/* A message's properties with large values read. */
static void load_values(struct fixture *f, mbx_id id, struct propbag **bag)
{
    struct mbx_message *message;
    assert_mapi(S_OK, mailbox_message_load(f->mbx, id, 0, &message));
    *bag = message->props;
    message->props = NULL;
    mbx_message_free(message);
    const struct propbag_entry *e = propbag_find(*bag, PROP_ID(PR_BODY_W));
    if (e == NULL || !e->lazy)
        return;
    size_t got;
    WCHAR *body = calloc(1, (size_t)e->size + sizeof(WCHAR));
    assert_mapi(S_OK, mailbox_blob_read(f->mbx, e->blob, 0, body, (size_t)e->size, &got));
    assert_mapi(S_OK, propbag_set_string(*bag, PR_BODY_W, body));
    free(body);
}

static void memory_and_sql_agree(void **state)
{
    enum { ROWS = 150, ROUNDS = 600 };
    struct fixture *f = *state;
    struct propbag *bags[ROWS];
    mbx_id *ids, *found;
    ULONG count, matches;
    fixture_random_rows(f, MBX_INBOX, ROWS, 77);
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    assert_mapi(S_OK, view_ids(view, &ids, &count));
    assert_int_equal(count, ROWS);
    for (int i = 0; i < ROWS; i++)
        load_values(f, ids[i], &bags[i]);
    for (unsigned round = 1; round <= ROUNDS; round++) {
        bool in_sql[ROWS] = {false};
        seed = round * 2654435761u;
        room.r_used = room.values_used = 0;
        SRestriction *r = random_restriction(3);
        /* By the default order and by others, which take other ways through the database. */
        fixture_sort(view, round % 3 == 0 ? PR_SUBJECT_W : 0, 0, 0, 0);
        assert_mapi(S_OK, view_restrict(view, r));
        assert_mapi(S_OK, view_ids(view, &found, &matches));
        for (ULONG k = 0; k < matches; k++)
            for (int i = 0; i < ROWS; i++)
                in_sql[i] |= ids[i] == found[k];
        free(found);
        ULONG counted;
        assert_mapi(S_OK, view_count(view, &counted));
        assert_int_equal(counted, matches);
        for (int i = 0; i < ROWS; i++) {
            SPropValue values[40];
            ULONG n = propbag_count(bags[i]);
            bool match;
            for (ULONG k = 0; k < n; k++)
                values[k] = propbag_at(bags[i], k)->value;
            assert_mapi(S_OK, restriction_matches(r, n, values, &match));
            if (match != in_sql[i])
                fail_msg("round %u, row %d: memory %d, SQL %d", round, i, match, in_sql[i]);
        }
    }
    for (int i = 0; i < ROWS; i++)
        propbag_free(bags[i]);
    free(ids);
    view_close(view);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(each_kind_matches_as_it_should),
        FIXTURE_TEST(what_does_not_belong_together_is_too_complex),
        FIXTURE_TEST(recipients_and_attachments_are_searched),
        FIXTURE_TEST(memory_and_sql_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
