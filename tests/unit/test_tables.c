/*
 * test_tables.c: the tables of errors and property names are sorted and complete, and are found in; hex text, property
 * references and program files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "error_table.h"
#include "hex.h"
#include "pe_file.h"
#include "prop_names.h"
#include "prop_ref.h"

static void errors_are_sorted_and_found(void **state)
{
    const struct error_row *row, *last = NULL;

    (void)state;
    for (size_t i = 0; (row = error_table_row(i)); last = row, i++) {
        if (last)
            assert_true((uint32_t)last->code < (uint32_t)row->code);
        assert_ptr_equal(error_table_find(row->code), row);
        assert_ptr_equal(error_table_by_symbol(row->symbol), row);
        assert_true(row->text[0] && row->text[strlen(row->text) - 1] != '.');
        assert_true(!row->hint[0] || strchr(".?", row->hint[strlen(row->hint) - 1]));
    }
    assert_null(error_table_find((HRESULT)0x8004FFFF));
    assert_null(error_table_by_symbol("MAPI_E_NONSENSE"));
    assert_int_equal(error_table_by_symbol("CdoE_NOT_FOUND")->code, MAPI_E_NOT_FOUND);
}

/* Every error that the headers define has a row. */
static void errors_are_complete(void **state)
{
    static const HRESULT codes[] = {
        MAPI_E_NO_SUPPORT, MAPI_E_BAD_CHARWIDTH, MAPI_E_STRING_TOO_LONG, MAPI_E_UNKNOWN_FLAGS, MAPI_E_INVALID_ENTRYID,
        MAPI_E_INVALID_OBJECT, MAPI_E_OBJECT_CHANGED, MAPI_E_OBJECT_DELETED, MAPI_E_BUSY, MAPI_E_NOT_ENOUGH_DISK,
        MAPI_E_NOT_ENOUGH_RESOURCES, MAPI_E_NOT_FOUND, MAPI_E_VERSION, MAPI_E_LOGON_FAILED, MAPI_E_SESSION_LIMIT,
        MAPI_E_USER_CANCEL, MAPI_E_UNABLE_TO_ABORT, MAPI_E_NETWORK_ERROR, MAPI_E_DISK_ERROR, MAPI_E_TOO_COMPLEX,
        MAPI_E_BAD_COLUMN, MAPI_E_EXTENDED_ERROR, MAPI_E_COMPUTED, MAPI_E_CORRUPT_DATA, MAPI_E_UNCONFIGURED,
        MAPI_E_FAILONEPROVIDER, MAPI_E_UNKNOWN_CPID, MAPI_E_UNKNOWN_LCID, MAPI_E_PASSWORD_CHANGE_REQUIRED,
        MAPI_E_PASSWORD_EXPIRED, MAPI_E_INVALID_WORKSTATION_ACCOUNT, MAPI_E_INVALID_ACCESS_TIME,
        MAPI_E_ACCOUNT_DISABLED, MAPI_E_END_OF_SESSION, MAPI_E_UNKNOWN_ENTRYID, MAPI_E_MISSING_REQUIRED_COLUMN,
        MAPI_W_NO_SERVICE, MAPI_E_BAD_VALUE, MAPI_E_INVALID_TYPE, MAPI_E_TYPE_NO_SUPPORT, MAPI_E_UNEXPECTED_TYPE,
        MAPI_E_TOO_BIG, MAPI_E_DECLINE_COPY, MAPI_E_UNEXPECTED_ID, MAPI_W_ERRORS_RETURNED, MAPI_E_UNABLE_TO_COMPLETE,
        MAPI_E_TIMEOUT, MAPI_E_TABLE_EMPTY, MAPI_E_TABLE_TOO_BIG, MAPI_E_INVALID_BOOKMARK, MAPI_W_POSITION_CHANGED,
        MAPI_W_APPROX_COUNT, MAPI_E_WAIT, MAPI_E_CANCEL, MAPI_E_NOT_ME, MAPI_W_CANCEL_MESSAGE, MAPI_E_CORRUPT_STORE,
        MAPI_E_NOT_IN_QUEUE, MAPI_E_NO_SUPPRESS, MAPI_E_COLLISION, MAPI_E_NOT_INITIALIZED, MAPI_E_NON_STANDARD,
        MAPI_E_NO_RECIPIENTS, MAPI_E_SUBMITTED, MAPI_E_HAS_FOLDERS, MAPI_E_HAS_MESSAGES, MAPI_E_FOLDER_CYCLE,
        MAPI_W_PARTIAL_COMPLETION, MAPI_E_AMBIGUOUS_RECIP, MAPI_E_CALL_FAILED, MAPI_E_NOT_ENOUGH_MEMORY,
        MAPI_E_INVALID_PARAMETER, MAPI_E_INTERFACE_NOT_SUPPORTED, MAPI_E_NO_ACCESS,
    };

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (!error_table_find(codes[i]))
            fail_msg("no row for %08X", (unsigned)codes[i]);
}

static int compare_without_case(const char *a, const char *b)
{
    for (;; a++, b++) {
        int x = *a >= 'a' && *a <= 'z' ? *a - 32 : *a, y = *b >= 'a' && *b <= 'z' ? *b - 32 : *b;
        if (x != y || !x)
            return x - y;
    }
}

static void property_names_are_sorted_and_found(void **state)
{
    const struct prop_name_row *row, *last = NULL;
    size_t count = 0;

    (void)state;
    for (; (row = prop_names_row(count)); last = row, count++) {
        if (last && compare_without_case(last->symbol, row->symbol) >= 0)
            fail_msg("%s is not before %s", last->symbol, row->symbol);
        assert_ptr_equal(prop_names_find(row->symbol, strlen(row->symbol)), row);
        assert_non_null(prop_names_find(row->name, strlen(row->name)));
        assert_int_equal(strncmp(row->symbol, "PR_", 3), 0);
    }
    assert_true(count > 900);
    assert_null(prop_names_row(count));
}

static void property_names_of_programs_are_found(void **state)
{
    static const struct {
        const char *name;
        ULONG tag;
    } cases[] = {
        {"PR_SUBJECT", 0x0037001F},   {"pr_subject_w", 0x0037001F}, {"PR_SUBJECT_A", 0x0037001F},
        {"CdoPR_SUBJECT", 0x0037001F}, {"PidTagSubject", 0x0037001F}, {"Subject", 0x0037001F},
        {"TimeReceived", 0x0E060040}, {"Size", 0x0E080003},         {"To", 0x0E04001F},
        {"HTMLBody", 0x10130102},     {"Text", 0x1000001F},         {"ID", 0x0FFF0102},
        {"", 0},                      {"PR_", 0},                   {"PR_NONSENSE", 0},
        {"Subjec", 0},                {"Subjects", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct prop_name_row *row = prop_names_find(cases[i].name, strlen(cases[i].name));
        if ((row ? row->tag : 0) != cases[i].tag)
            fail_msg("%s gave %08X", cases[i].name, row ? (unsigned)row->tag : 0);
    }
    assert_string_equal(prop_names_symbol(0x0037001E), "PR_SUBJECT");
    assert_string_equal(prop_names_symbol(0x00370000), "PR_SUBJECT");
    assert_string_equal(prop_names_symbol(0x0E080014), "PR_MESSAGE_SIZE_EXTENDED");
    assert_null(prop_names_symbol(0x7EEE0003));
}

static void hex_goes_both_ways(void **state)
{
    static const BYTE bytes[] = {0x00, 0x7F, 0x80, 0xFF};
    WCHAR text[9];
    BYTE back[4];

    (void)state;
    hex_encode(bytes, 4, text);
    assert_memory_equal(text, L"007F80FF", 9 * sizeof(WCHAR));
    assert_true(hex_decode(text, 8, back));
    assert_memory_equal(back, bytes, 4);
    assert_true(hex_decode(L"aBcD", 4, back));
    assert_int_equal(back[0], 0xAB);
    assert_false(hex_decode(L"abc", 3, back));
    assert_false(hex_decode(L"0g", 2, back));
    assert_false(hex_decode(L"0\x0130", 2, back));
    assert_true(hex_decode(L"", 0, back));
}

static void references_are_read(void **state)
{
    static const struct {
        const WCHAR *text;
        bool in_set; /* as in Fields, with PS_PUBLIC_STRINGS */
        bool read;
        enum prop_ref_kind kind;
        ULONG tag, type;
        LONG lid;
    } cases[] = {
        {L"0x0037001F", false, true, PROP_REF_TAG, 0x0037001F, PT_UNICODE, 0},
        {L"0x0037", false, true, PROP_REF_TAG, 0x00370000, 0, 0},
        {L"0x8205", true, true, PROP_REF_NUMBER, 0, 0, 0x8205},
        {L"Subject", true, true, PROP_REF_STRING, 0, 0, 0},
        {L"PR_SUBJECT", true, true, PROP_REF_TAG, 0x0037001F, PT_UNICODE, 0},
        {L"my field", true, true, PROP_REF_STRING, 0, 0, 0},
        {L"my field", false, false, 0, 0, 0, 0},
        {L"{00062002-0000-0000-C000-000000000046}/0x82050003", false, true, PROP_REF_NUMBER, 0, PT_LONG, 0x8205},
        {L"{0220060000000000C000000000000046}0x8205", false, true, PROP_REF_NUMBER, 0, 0, 0x8205},
        {L"{0220060000000000C000000000000046}name", false, true, PROP_REF_STRING, 0, 0, 0},
        {L"{0220060000000000C000000000000046}", false, false, 0, 0, 0, 0},
        {L"{0220060000000000C00000000000004}x", false, false, 0, 0, 0, 0},
        {L"http://schemas.microsoft.com/mapi/proptag/0x0037001F", false, true, PROP_REF_TAG, 0x0037001F, PT_UNICODE, 0},
        {L"http://schemas.microsoft.com/mapi/proptag/0x0037", false, false, 0, 0, 0, 0},
        {L"http://schemas.microsoft.com/mapi/other", false, false, 0, 0, 0, 0},
        {L"", true, false, 0, 0, 0, 0},
        {L"0x", false, false, 0, 0, 0, 0},
        {L"0x123456789", false, false, 0, 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct prop_ref ref;
        bool read = prop_ref_parse(cases[i].text, wide_length(cases[i].text),
                                   cases[i].in_set ? &prop_set_public_strings : NULL, &ref);

        if (read != cases[i].read || (read && (ref.kind != cases[i].kind || ref.type != cases[i].type ||
                                               ref.tag != cases[i].tag || ref.lid != cases[i].lid)))
            fail_msg("case %zu", i);
    }
}

static void property_sets_have_two_spellings(void **state)
{
    GUID written, memory;

    (void)state;
    assert_true(prop_ref_parse_set(L"{00062002-0000-0000-C000-000000000046}", 38, &written));
    assert_true(prop_ref_parse_set(L"0220060000000000C000000000000046", 32, &memory));
    assert_true(guid_equal(&written, &memory));
    assert_true(guid_equal(&written, &prop_set_appointment));
    assert_false(prop_ref_parse_set(L"0220060000000000C00000000000004", 31, &memory));
    assert_false(prop_ref_parse_set(L"00062002-0000-0000-C000-00000000004G", 36, &memory));
}

static void bitness_comes_from_the_header(void **state)
{
    BYTE head[256] = {0};

    (void)state;
    memcpy(head, "MZ", 2);
    head[0x3C] = 0x80;
    memcpy(head + 0x80, "PE\0\0\x64\x86", 6);
    assert_int_equal(pe_file_bits(head, sizeof head), 64);
    memcpy(head + 0x84, "\x4C\x01", 2);
    assert_int_equal(pe_file_bits(head, sizeof head), 32);
    assert_int_equal(pe_file_bits(head, 0x85), 0);
    assert_int_equal(pe_file_bits(head, 2), 0);
    head[0x3C + 3] = 0xFF; /* an offset far outside */
    assert_int_equal(pe_file_bits(head, sizeof head), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_are_sorted_and_found),
        cmocka_unit_test(errors_are_complete),
        cmocka_unit_test(property_names_are_sorted_and_found),
        cmocka_unit_test(property_names_of_programs_are_found),
        cmocka_unit_test(hex_goes_both_ways),
        cmocka_unit_test(references_are_read),
        cmocka_unit_test(property_sets_have_two_spellings),
        cmocka_unit_test(bitness_comes_from_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
