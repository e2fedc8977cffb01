/*
 * test_propbag.c: property bags, packs, sort keys and texts: every type comes back as it was, and keys sort as values do.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "pack.h"
#include "sortkey.h"
#include "storage_fixture.h"
#include "propvalue.h"
#include "text.h"

/* ---- values of every type --------------------------------------------------------------------------------------------------- */

static BYTE some_bytes[] = {0, 255, 0, 1};
static GUID some_guids[] = {{0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}}, {0}};
static SHORT shorts[] = {-32768, 0, 32767};
static LONG longs[] = {MINLONG, 0, MAXLONG};
static float floats[] = {-1.5f, 0, 3.4e38f};
static double doubles[] = {-1e308, 5e-324, 0.1};
static CURRENCY currencies[] = {{.int64 = -1}, {.int64 = MAXLONGLONG}};
static FILETIME times[] = {{1, 2}, {0xffffffff, 0x7fffffff}};
static LARGE_INTEGER larges[] = {{.QuadPart = MINLONGLONG}, {.QuadPart = 7}};
/* Unpaired surrogates, a pair, combining marks, U+FFFF. */
static WCHAR odd_text[] = {0xd800, 'a', 0xdc00, 0xd83d, 0xde00, 0x0308, 0xffff, 1, 0};
static WCHAR *texts[] = {odd_text, L"", L"plain"};
static SBinary binaries[] = {{4, some_bytes}, {0, some_bytes}};

static const SPropValue every_type[] = {
    {.ulPropTag = PROP_TAG(PT_I2, 0x6001), .Value.i = -32768},
    {.ulPropTag = PROP_TAG(PT_LONG, 0x6002), .Value.l = MINLONG},
    {.ulPropTag = PROP_TAG(PT_R4, 0x6003), .Value.flt = -1.17549435e-38f},
    {.ulPropTag = PROP_TAG(PT_DOUBLE, 0x6004), .Value.dbl = 0.1},
    {.ulPropTag = PROP_TAG(PT_CURRENCY, 0x6005), .Value.cur = {.int64 = -123456789012345}},
    {.ulPropTag = PROP_TAG(PT_APPTIME, 0x6006), .Value.at = 36526.25},
    {.ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6007), .Value.b = 1},
    {.ulPropTag = PROP_TAG(PT_I8, 0x6008), .Value.li = {.QuadPart = MINLONGLONG}},
    {.ulPropTag = PROP_TAG(PT_SYSTIME, 0x6009), .Value.ft = {0xffffffff, 0x01d00000}},
    {.ulPropTag = PROP_TAG(PT_CLSID, 0x600a), .Value.lpguid = &some_guids[0]},
    {.ulPropTag = PROP_TAG(PT_UNICODE, 0x600b), .Value.lpszW = odd_text},
    {.ulPropTag = PROP_TAG(PT_BINARY, 0x600c), .Value.bin = {4, some_bytes}},
    {.ulPropTag = PROP_TAG(PT_BINARY, 0x600d), .Value.bin = {0, NULL}},
    {.ulPropTag = PROP_TAG(PT_MV_I2, 0x6011), .Value.MVi = {3, shorts}},
    {.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6012), .Value.MVl = {3, longs}},
    {.ulPropTag = PROP_TAG(PT_MV_R4, 0x6013), .Value.MVflt = {3, floats}},
    {.ulPropTag = PROP_TAG(PT_MV_DOUBLE, 0x6014), .Value.MVdbl = {3, doubles}},
    {.ulPropTag = PROP_TAG(PT_MV_CURRENCY, 0x6015), .Value.MVcur = {2, currencies}},
    {.ulPropTag = PROP_TAG(PT_MV_APPTIME, 0x6016), .Value.MVat = {3, doubles}},
    {.ulPropTag = PROP_TAG(PT_MV_I8, 0x6018), .Value.MVli = {2, larges}},
    {.ulPropTag = PROP_TAG(PT_MV_SYSTIME, 0x6019), .Value.MVft = {2, times}},
    {.ulPropTag = PROP_TAG(PT_MV_CLSID, 0x601a), .Value.MVguid = {2, some_guids}},
    {.ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x601b), .Value.MVszW = {3, texts}},
    {.ulPropTag = PROP_TAG(PT_MV_BINARY, 0x601c), .Value.MVbin = {2, binaries}},
    {.ulPropTag = PROP_TAG(PT_MV_LONG, 0x601d), .Value.MVl = {0, NULL}},
};
#define TYPES (sizeof every_type / sizeof *every_type)

static void assert_same(const SPropValue *a, const SPropValue *b)
{
    assert_int_equal(a->ulPropTag, b->ulPropTag);
    if (a->ulPropTag & MV_FLAG) {
        assert_int_equal(propvalue_element_count(a), propvalue_element_count(b));
        for (ULONG i = 0; i < propvalue_element_count(a); i++) {
            SPropValue ea, eb;
            propvalue_element(a, i, &ea);
            propvalue_element(b, i, &eb);
            assert_same(&ea, &eb);
        }
        return;
    }
    const struct propvalue_type *t = propvalue_type_of(a->ulPropTag);
    switch (t->form) {
    case PROPVALUE_FIXED:
        assert_memory_equal(&a->Value, &b->Value, t->size);
        break;
    case PROPVALUE_WIDE:
        assert_int_equal(text_length(a->Value.lpszW), text_length(b->Value.lpszW));
        assert_memory_equal(a->Value.lpszW, b->Value.lpszW, text_length(a->Value.lpszW) * 2);
        break;
    case PROPVALUE_BYTES:
        assert_int_equal(a->Value.bin.cb, b->Value.bin.cb);
        if (a->Value.bin.cb > 0)
            assert_memory_equal(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb);
        break;
    default:
        assert_memory_equal(a->Value.lpguid, b->Value.lpguid, sizeof(GUID));
    }
}

static void every_type_comes_back_from_bag_pack_and_database(void **state)
{
    struct fixture *f = *state;
    struct propbag *bag, *clone;
    struct mbx_message *message, *loaded;
    void *base;
    assert_mapi(S_OK, propbag_create(&bag));
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    for (size_t i = TYPES; i-- > 0;) {
        assert_mapi(S_OK, propbag_set(bag, &every_type[i]));
        assert_mapi(S_OK, propbag_set(message->props, &every_type[i]));
    }
    assert_int_equal(propbag_count(bag), TYPES);
    assert_mapi(S_OK, propbag_clone(bag, &clone));
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    assert_mapi(S_OK, mailbox_message_load(f->mbx, message->id, 0, &loaded));
    assert_mapi(S_OK, MAPIAllocateBuffer(1, &base));
    for (size_t i = 0; i < TYPES; i++) {
        SPropValue copy;
        assert_same(&every_type[i], &propbag_at(bag, (ULONG)i)->value);
        assert_same(&every_type[i], &propbag_find(clone, PROP_ID(every_type[i].ulPropTag))->value);
        assert_same(&every_type[i], &propbag_find(loaded->props, PROP_ID(every_type[i].ulPropTag))->value);
        assert_mapi(S_OK, propvalue_copy_more(&copy, &every_type[i], base));
        assert_same(&every_type[i], &copy);
    }
    MAPIFreeBuffer(base);
    mbx_message_free(loaded);
    mbx_message_free(message);
    propbag_free(bag);
    propbag_free(clone);
}

static void large_values_of_every_type_come_back(void **state)
{
    struct fixture *f = *state;
    enum { N = 3000 };
    LONG *many = malloc(N * sizeof *many);
    for (int i = 0; i < N; i++)
        many[i] = i * 7;
    WCHAR *text = fixture_text(N);
    text[5] = 0xd800; /* unpaired */
    SPropValue values[] = {{.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6100), .Value.MVl = {N, many}},
                           {.ulPropTag = PROP_TAG(PT_UNICODE, 0x6101), .Value.lpszW = text}};
    struct mbx_message *message, *loaded;
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    for (int i = 0; i < 2; i++)
        assert_mapi(S_OK, propbag_set(message->props, &values[i]));
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    assert_mapi(S_OK, mailbox_message_load(f->mbx, message->id, 0, &loaded));
    char *bytes = malloc(N * sizeof *many);
    size_t got;
    const struct propbag_entry *e = propbag_find(loaded->props, 0x6100);
    assert_true(e->lazy);
    assert_mapi(S_OK, mailbox_blob_read(f->mbx, e->blob, 0, bytes, (size_t)e->size, &got));
    assert_int_equal(got, N * sizeof *many);
    assert_memory_equal(bytes, many, got);
    e = propbag_find(loaded->props, 0x6101);
    assert_true(e->lazy);
    assert_mapi(S_OK, mailbox_blob_read(f->mbx, e->blob, 0, bytes, (size_t)e->size, &got));
    assert_int_equal(got, N * sizeof *text);
    assert_memory_equal(bytes, text, got);
    free(bytes);
    free(text);
    free(many);
    mbx_message_free(loaded);
    mbx_message_free(message);
}

/* ---- bags -------------------------------------------------------------------------------------------------------------------- */

static void a_bag_knows_what_changed(void **state)
{
    (void)state;
    struct propbag *bag;
    const ULONG *ids;
    SPropValue ansi = {.ulPropTag = PR_SUBJECT_A, .Value.lpszA = "caf\xe9"};
    assert_mapi(S_OK, propbag_create(&bag));
    assert_false(propbag_is_dirty(bag));
    assert_mapi(S_OK, propbag_set(bag, &ansi));
    assert_wide_equal(L"caf\x00e9", propbag_string(bag, PR_SUBJECT_W));
    assert_true(propbag_is_dirty(bag));
    propbag_mark_clean(bag);
    assert_mapi(S_OK, propbag_set_long(bag, PR_IMPORTANCE, 2));
    assert_int_equal(propbag_long(bag, PR_IMPORTANCE, 9), 2);
    assert_int_equal(propbag_long(bag, PR_PRIORITY, 9), 9);
    assert_mapi(S_OK, propbag_delete(bag, PROP_ID(PR_SUBJECT_W)));
    assert_mapi(MAPI_E_NOT_FOUND, propbag_delete(bag, PROP_ID(PR_SUBJECT_W)));
    assert_int_equal(propbag_deleted(bag, &ids), 1);
    assert_int_equal(ids[0], PROP_ID(PR_SUBJECT_W));
    assert_mapi(S_OK, propbag_set_string(bag, PR_SUBJECT_W, L"again"));
    assert_int_equal(propbag_deleted(bag, &ids), 0);
    /* The same id with another type takes its place. */
    SPropValue number = {.ulPropTag = CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_LONG), .Value.l = 5};
    assert_mapi(S_OK, propbag_set(bag, &number));
    assert_int_equal(propbag_count(bag), 2);
    assert_null(propbag_string(bag, PR_SUBJECT_W));
    propbag_free(bag);
}

static void what_cannot_be_stored_is_refused(void **state)
{
    (void)state;
    static const SPropValue bad[] = {
        {.ulPropTag = PROP_TAG(PT_NULL, 0x6001)},        {.ulPropTag = PROP_TAG(PT_ERROR, 0x6001)},
        {.ulPropTag = PROP_TAG(PT_OBJECT, 0x6001)},      {.ulPropTag = PROP_TAG(PT_UNSPECIFIED, 0x6001)},
        {.ulPropTag = PROP_TAG(PT_UNICODE, 0x6001)},     {.ulPropTag = PROP_TAG(PT_STRING8, 0x6001)},
        {.ulPropTag = PROP_TAG(PT_CLSID, 0x6001)},       {.ulPropTag = PROP_TAG(PT_BINARY, 0x6001), .Value.bin = {3, NULL}},
        {.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6001), .Value.MVl = {2, NULL}},
        {.ulPropTag = PROP_TAG(0x100b, 0x6001)},         {.ulPropTag = PROP_TAG(0x0099, 0x6001)},
    };
    struct propbag *bag;
    assert_mapi(S_OK, propbag_create(&bag));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_mapi(MAPI_E_INVALID_PARAMETER, propbag_set(bag, &bad[i]));
    assert_int_equal(propbag_count(bag), 0);
    propbag_free(bag);
}

/* ---- packs -------------------------------------------------------------------------------------------------------------------- */

static void a_damaged_pack_does_no_harm(void **state)
{
    (void)state;
    struct pack_source items[TYPES];
    struct bytebuf pack = {0};
    for (size_t i = 0; i < TYPES; i++)
        items[i] = (struct pack_source){.value = &every_type[i], .tag = every_type[i].ulPropTag};
    assert_mapi(S_OK, pack_write(items, TYPES, &pack));
    assert_true(pack_is_valid(pack.data, pack.size));
    /* Each byte changed in two ways, and each length: whatever comes out, nothing is read outside. */
    for (size_t i = 0; i < pack.size; i++) {
        for (int way = 0; way < 2; way++) {
            uint8_t *copy = malloc(pack.size);
            struct propbag *bag;
            memcpy(copy, pack.data, pack.size);
            copy[i] ^= way == 0 ? 0xff : 0x11;
            HRESULT hr = pack_read(copy, pack.size, NULL, &bag);
            assert_true(hr == S_OK || hr == MAPI_E_CORRUPT_DATA || hr == MAPI_E_INVALID_PARAMETER);
            if (hr == S_OK)
                propbag_free(bag);
            free(copy);
        }
        uint8_t *shorter = malloc(i + 1);
        struct propbag *bag;
        memcpy(shorter, pack.data, i);
        if (SUCCEEDED(pack_read(shorter, i, NULL, &bag)))
            propbag_free(bag);
        free(shorter);
    }
    bytebuf_free(&pack);
}

/* ---- sort keys ----------------------------------------------------------------------------------------------------------------- */

static int compare_keys(const SPropValue *a, const SPropValue *b, bool inverted)
{
    struct bytebuf ka = {0}, kb = {0};
    sortkey_value(&ka, a);
    sortkey_value(&kb, b);
    if (inverted) {
        sortkey_invert(&ka, 0);
        sortkey_invert(&kb, 0);
    }
    if (a != NULL) {
        /* A key is as long as it says, also with another one after it. */
        size_t size = ka.size;
        bytebuf_add(&ka, kb.data, kb.size);
        assert_int_equal(sortkey_component(ka.data, ka.size, a->ulPropTag, inverted), size);
        ka.size = size;
    }
    size_t n = ka.size < kb.size ? ka.size : kb.size;
    int order = memcmp(ka.data, kb.data, n);
    if (order == 0)
        order = (ka.size > kb.size) - (ka.size < kb.size);
    bytebuf_free(&ka);
    bytebuf_free(&kb);
    return (order > 0) - (order < 0);
}

static void keys_sort_as_values_do(void **state)
{
    (void)state;
    static BYTE b1[] = {0}, b2[] = {0, 0}, b3[] = {0, 1}, b4[] = {1}, b5[] = {0xff}, b6[] = {0xff, 0};
    static const SPropValue binary_values[] = {
        {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {0, b1}}, {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {1, b1}},
        {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {2, b2}}, {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {2, b3}},
        {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {1, b4}}, {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {1, b5}},
        {.ulPropTag = PROP_TAG(PT_BINARY, 1), .Value.bin = {2, b6}},
    };
    static const double numbers[] = {-1e300, -1, -5e-324, 0, 5e-324, 1, 1e300};
    static const LONG whole[] = {MINLONG, -1, 0, 1, MAXLONG};
    static const WCHAR *const strings[] = {L"", L"a", L"A\x0308", L"\x00e4", L"ab", L"\x00c4" L"b", L"B", L"\x0416", L"z",
                                           L"\xd83d\xde00", L"a b", L"\x0001", L"\xff21"};
    for (int inverted = 0; inverted < 2; inverted++) {
#define CHECK(a, b)                                                                                                    \
    do {                                                                                                               \
        int order = propvalue_compare(a, b);                                                                           \
        order = (order > 0) - (order < 0);                                                                             \
        assert_int_equal(compare_keys(a, b, inverted), inverted ? -order : order);                                     \
    } while (0)
        for (size_t i = 0; i < 7; i++)
            for (size_t k = 0; k < 7; k++) {
                SPropValue x = {.ulPropTag = PROP_TAG(PT_DOUBLE, 1), .Value.dbl = numbers[i]};
                SPropValue y = {.ulPropTag = PROP_TAG(PT_DOUBLE, 1), .Value.dbl = numbers[k]};
                CHECK(&x, &y);
                CHECK(&binary_values[i], &binary_values[k]);
                CHECK(NULL, &x);
            }
        for (size_t i = 0; i < 5; i++)
            for (size_t k = 0; k < 5; k++) {
                SPropValue x = {.ulPropTag = PROP_TAG(PT_LONG, 1), .Value.l = whole[i]};
                SPropValue y = {.ulPropTag = PROP_TAG(PT_LONG, 1), .Value.l = whole[k]};
                CHECK(&x, &y);
            }
        for (size_t i = 0; i < 13; i++)
            for (size_t k = 0; k < 13; k++) {
                SPropValue x = {.ulPropTag = PROP_TAG(PT_UNICODE, 1), .Value.lpszW = (WCHAR *)strings[i]};
                SPropValue y = {.ulPropTag = PROP_TAG(PT_UNICODE, 1), .Value.lpszW = (WCHAR *)strings[k]};
                CHECK(&x, &y);
                SPropValue mx = {.ulPropTag = PROP_TAG(PT_MV_UNICODE, 1), .Value.MVszW = {i % 3, (WCHAR **)&strings[i % 11]}};
                SPropValue my = {.ulPropTag = PROP_TAG(PT_MV_UNICODE, 1), .Value.MVszW = {k % 3, (WCHAR **)&strings[k % 11]}};
                CHECK(&mx, &my);
            }
    }
}

/* ---- texts --------------------------------------------------------------------------------------------------------------------- */

static void expressions_match(void **state)
{
    (void)state;
    static const struct {
        const WCHAR *text, *expression;
        bool match;
    } cases[] = {
        {L"hello", L"ell", true},       {L"hello", L"^ell", false},   {L"hello", L"^HEL*O$", true}, {L"hello", L"h.*o", true},
        {L"hello", L"h.?o", false},     {L"aaa", L"^a+$", true},      {L"", L"^a*$", true},         {L"", L"a+", false},
        {L"abab", L"^(ab)*$", true},    {L"aba", L"^(ab)*$", false},  {L"abab", L"^(ab)+$", true},  {L"", L"^(ab)+$", false},
        {L"cat", L"^(cat|dog)$", true}, {L"dog", L"^(cat|dog)$", true}, {L"cow", L"cat|dog", false}, {L"x1", L"[a-z][0-9]", true},
        {L"x1", L"[^a-z]$", true},      {L"xy", L"[^a-z]", false},    {L"a]b", L"[]]", true},       {L"a.b", L"a\\.b", true},
        {L"axb", L"a\\.b", false},      {L"a(b", L"\\(", true},       {L"x", L"[", false},          {L"x", L"*", false},
        {L"x", L"x\\", false},          {L"ab", L"(a)(b)?", true},    {L"ac", L"^a(b|)c$", true},   {L"\x00c4", L"\x00e4", true},
        {L"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", L"(a*)*(a*)*(a*)*b", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (text_matches_expression(cases[i].text, cases[i].expression) != cases[i].match)
            fail_msg("case %d", (int)i);
}

static void ansi_text_is_converted(void **state)
{
    (void)state;
    WCHAR *wide = text_from_ansi("\x80 caf\xe9");
    assert_wide_equal(L"\x20ac" L" caf\x00e9", wide);
    char *back = text_to_ansi(wide);
    assert_string_equal(back, "\x80 caf\xe9");
    free(wide);
    free(back);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(every_type_comes_back_from_bag_pack_and_database),
        FIXTURE_TEST(large_values_of_every_type_come_back),
        cmocka_unit_test(a_bag_knows_what_changed),
        cmocka_unit_test(what_cannot_be_stored_is_refused),
        cmocka_unit_test(a_damaged_pack_does_no_harm),
        cmocka_unit_test(keys_sort_as_values_do),
        cmocka_unit_test(expressions_match),
        cmocka_unit_test(ansi_text_is_converted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
