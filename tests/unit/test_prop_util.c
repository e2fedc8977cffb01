/*
 * test_prop_util.c: the property utilities that MAPI exports: sizes, copies in one block and their relocation, comparing,
 * finding, containing; values of every form.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "storage_fixture.h"
#include <mapiutil.h>

static BYTE bytes[] = {1, 2, 3, 4, 5};
static GUID guid = {0x11223344, 0x5566, 0x7788, {1, 2, 3, 4, 5, 6, 7, 8}};
static LONG longs[] = {1, -2, 3};
static WCHAR *texts[] = {L"one", L"", L"three"};
static SBinary binaries[] = {{3, bytes}, {0, bytes}};

static SPropValue values[] = {
    {.ulPropTag = PROP_TAG(PT_LONG, 0x6001), .Value.l = -7},
    {.ulPropTag = PROP_TAG(PT_UNICODE, 0x6002), .Value.lpszW = L"text"},
    {.ulPropTag = PROP_TAG(PT_STRING8, 0x6003), .Value.lpszA = "narrow"},
    {.ulPropTag = PROP_TAG(PT_BINARY, 0x6004), .Value.bin = {5, bytes}},
    {.ulPropTag = PROP_TAG(PT_CLSID, 0x6005), .Value.lpguid = &guid},
    {.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6006), .Value.MVl = {3, longs}},
    {.ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x6007), .Value.MVszW = {3, texts}},
    {.ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6008), .Value.MVbin = {2, binaries}},
    {.ulPropTag = PROP_TAG(PT_DOUBLE, 0x6009), .Value.dbl = 0.5},
};
enum { COUNT = sizeof values / sizeof *values };

static void assert_same(const SPropValue *copy)
{
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(copy[i].ulPropTag, values[i].ulPropTag);
    assert_int_equal(copy[0].Value.l, -7);
    assert_wide_equal(L"text", copy[1].Value.lpszW);
    assert_string_equal(copy[2].Value.lpszA, "narrow");
    assert_int_equal(copy[3].Value.bin.cb, 5);
    assert_memory_equal(copy[3].Value.bin.lpb, bytes, 5);
    assert_memory_equal(copy[4].Value.lpguid, &guid, sizeof guid);
    assert_memory_equal(copy[5].Value.MVl.lpl, longs, sizeof longs);
    for (int i = 0; i < 3; i++)
        assert_wide_equal(texts[i], copy[6].Value.MVszW.lppszW[i]);
    assert_memory_equal(copy[7].Value.MVbin.lpbin[0].lpb, bytes, 3);
    assert_int_equal(copy[7].Value.MVbin.lpbin[1].cb, 0);
    assert_true(copy[8].Value.dbl == 0.5);
}

static void sizes_are_those_of_the_values(void **state)
{
    static const ULONG sizes[COUNT] = {4, 10, 7, 5, 16, 12, 8 + 2 + 12, 3, 8};
    (void)state;
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(UlPropSize(&values[i]), sizes[i]);
    assert_int_equal(UlPropSize(NULL), 0);
    /* What the count says needs no look at what is counted; an instance of a multi-value is no value. */
    SPropValue bare = {.ulPropTag = PROP_TAG(PT_BINARY, 0x6001), .Value.bin = {19, NULL}};
    assert_int_equal(UlPropSize(&bare), 19);
    bare = (SPropValue){.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6001), .Value.MVl = {2, NULL}};
    assert_int_equal(UlPropSize(&bare), 8);
    bare = (SPropValue){.ulPropTag = PROP_TAG(PT_LONG | MV_INSTANCE, 0x6001), .Value.l = 1};
    assert_int_equal(UlPropSize(&bare), 0);
}

static void copies_are_one_block_that_can_be_moved(void **state)
{
    ULONG size = 0, copied = 0, moved = 0;
    (void)state;
    assert_mapi(S_OK, ScCountProps(COUNT, values, &size));
    assert_true(size > sizeof values);
    BYTE *block = malloc(size), *elsewhere = malloc(size); /* exactly: a byte more is noticed */
    assert_mapi(S_OK, ScCopyProps(COUNT, values, block, &copied));
    assert_int_equal(copied, size);
    assert_same((SPropValue *)block);
    memcpy(elsewhere, block, size);
    assert_mapi(S_OK, ScRelocProps(COUNT, (SPropValue *)elsewhere, block, elsewhere, &moved));
    memset(block, 0xee, size);
    free(block);
    assert_int_equal(moved, size);
    assert_same((SPropValue *)elsewhere);
    free(elsewhere);
    SPropValue *duplicate = NULL;
    assert_mapi(S_OK, ScDupPropset(COUNT, values, MAPIAllocateBuffer, &duplicate));
    assert_same(duplicate);
    MAPIFreeBuffer(duplicate);
    SPropValue bad = {.ulPropTag = PR_NULL};
    assert_mapi(MAPI_E_INVALID_PARAMETER, ScCountProps(1, &bad, &size));
    assert_mapi(MAPI_E_INVALID_PARAMETER, ScCountProps(0, values, &size));
    assert_mapi(MAPI_E_INVALID_PARAMETER, ScCountProps(1, NULL, &size));
    bad = (SPropValue){.ulPropTag = PROP_TAG(PT_UNSPECIFIED, 0x6001)};
    size = 77;
    assert_mapi(MAPI_E_INVALID_PARAMETER, ScCountProps(1, &bad, &size));
    assert_int_equal(size, 77);
    bad = (SPropValue){.ulPropTag = PROP_TAG(PT_UNICODE, 0x6001)};
    assert_true(FAILED(ScCountProps(1, &bad, &size))); /* a string that is not there */
}

static void one_value_is_copied_into_others_memory(void **state)
{
    SPropValue *copy = NULL;
    (void)state;
    assert_int_equal(MAPIAllocateBuffer(COUNT * sizeof *copy, (void **)&copy), S_OK);
    for (int i = 0; i < COUNT; i++)
        assert_mapi(S_OK, PropCopyMore(&copy[i], &values[i], MAPIAllocateMore, copy));
    assert_same(copy);
    MAPIFreeBuffer(copy);
}

static void values_are_found_by_id_and_type(void **state)
{
    (void)state;
    assert_ptr_equal(PpropFindProp(values, COUNT, values[3].ulPropTag), &values[3]);
    assert_null(PpropFindProp(values, COUNT, PROP_TAG(PT_LONG, 0x6004)));
    assert_ptr_equal(PpropFindProp(values, COUNT, PROP_TAG(PT_UNSPECIFIED, 0x6004)), &values[3]);
    assert_null(PpropFindProp(NULL, COUNT, values[3].ulPropTag));
    assert_ptr_equal(LpValFindProp(PROP_TAG(PT_LONG, 0x6004), COUNT, values), &values[3]); /* by id alone */
}

static void values_compare(void **state)
{
    static const struct {
        ULONG relop;
        bool less, same, more; /* of 1 and 2, 2 and 2, 3 and 2 */
    } rows[] = {{RELOP_LT, true, false, false}, {RELOP_LE, true, true, false},  {RELOP_GT, false, false, true},
                {RELOP_GE, false, true, true},  {RELOP_EQ, false, true, false}, {RELOP_NE, true, false, true}};
    (void)state;
    SPropValue n[3] = {{.ulPropTag = PR_IMPORTANCE, .Value.l = 1}, {.ulPropTag = PR_IMPORTANCE, .Value.l = 2},
                       {.ulPropTag = PR_IMPORTANCE, .Value.l = 3}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(FPropCompareProp(&n[0], rows[i].relop, &n[1]), rows[i].less);
        assert_int_equal(FPropCompareProp(&n[1], rows[i].relop, &n[1]), rows[i].same);
        assert_int_equal(FPropCompareProp(&n[2], rows[i].relop, &n[1]), rows[i].more);
    }
    assert_true(LPropCompareProp(&n[0], &n[1]) < 0);
    assert_int_equal(LPropCompareProp(&n[1], &n[1]), 0);
    assert_true(LPropCompareProp(&n[2], &n[1]) > 0);
    SPropValue text = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"A long subject"};
    static const struct {
        const WCHAR *pattern;
        ULONG level;
        bool contains;
    } patterns[] = {{L"A long subject", FL_FULLSTRING, true},        {L"a LONG subject", FL_FULLSTRING, false},
                    {L"a LONG subject", FL_FULLSTRING | FL_IGNORECASE, true}, {L"A lo", FL_PREFIX, true},
                    {L"lo", FL_PREFIX, false},                       {L"subj", FL_SUBSTRING, true},
                    {L"SUBJ", FL_SUBSTRING | FL_IGNORECASE, true},   {L"none", FL_SUBSTRING, false}};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        SPropValue pattern = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = (LPWSTR)patterns[i].pattern};
        assert_int_equal(FPropContainsProp(&text, &pattern, patterns[i].level), patterns[i].contains);
    }
}

/* Pointers that lead nowhere are no match, and no crash. */
static void values_without_content_match_nothing(void **state)
{
    static const ULONG types[] = {PT_UNICODE, PT_STRING8, PT_CLSID, PT_MV_UNICODE, PT_MV_LONG, PT_MV_BINARY};
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        SPropValue none = {.ulPropTag = PROP_TAG(types[i], 0x6001)};
        if (types[i] & MV_FLAG)
            none.Value.MVl.cValues = 1;
        assert_false(FPropContainsProp(&none, &none, FL_FULLSTRING));
        assert_false(FPropCompareProp(&none, RELOP_EQ, &none));
        assert_int_equal(LPropCompareProp(&none, &none), 0);
    }
}

static void names_are_equal(void **state)
{
    GUID other = guid;
    MAPINAMEID number = {&guid, MNID_ID, {.lID = 5}}, same = {&other, MNID_ID, {.lID = 5}};
    MAPINAMEID text = {&guid, MNID_STRING, {.lpwstrName = L"Name"}}, lower = {&guid, MNID_STRING, {.lpwstrName = L"name"}};
    (void)state;
    assert_true(FEqualNames(&number, &same));
    assert_false(FEqualNames(&number, &text));
    assert_true(FEqualNames(&text, &text));
    assert_false(FEqualNames(&text, &lower));
    other.Data1++;
    assert_false(FEqualNames(&number, &same));
    assert_false(FEqualNames(NULL, &same));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_those_of_the_values),
        cmocka_unit_test(copies_are_one_block_that_can_be_moved),
        cmocka_unit_test(one_value_is_copied_into_others_memory),
        cmocka_unit_test(values_are_found_by_id_and_type),
        cmocka_unit_test(values_compare),
        cmocka_unit_test(values_without_content_match_nothing),
        cmocka_unit_test(names_are_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
