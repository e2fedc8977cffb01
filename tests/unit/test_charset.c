/*
 * test_charset.c: character set names and conversions, well-formed and ill-formed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "charset.h"

static const struct {
    const char *name;  /* MIME name */
    const char *bytes; /* text in that charset */
    const char *utf8;  /* the same in UTF-8 */
    bool all;          /* whether nothing is replaced */
} conversions[] = {
    {"UTF-8", "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f", true},
    {"utf-8", "\xef\xbb\xbfx", "x", true},
    {"utf-8",
     "a\xff"
     "b",
     "a\xef\xbf\xbd"
     "b",
     false},
    {"utf-8", "a\xe2\x82", "a\xef\xbf\xbd", false},
    {"utf-8", "\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd", false},
    {"utf-8", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", false},
    {"ISO-8859-1", "\xfc", "\xc3\xbc", true},
    {"iso-8859-1", "\x93x\x94", "\xe2\x80\x9cx\xe2\x80\x9d", true},
    {"windows-1252", "\x80", "\xe2\x82\xac", true},
    {"us-ascii", "\xc3\xbc", "\xc3\xbc", false},
    {"iso-8859-2", "\xb1", "\xc4\x85", true},
    {"koi8-r", "\xf0", "\xd0\x9f", true},
    {"windows-1251", "\xcf", "\xd0\x9f", true},
    {"shift_jis", "\x93\xfa\x96\x7b", "\xe6\x97\xa5\xe6\x9c\xac", true},
    {"iso-2022-jp", "\x1b$BF|K\\\x1b(B!", "\xe6\x97\xa5\xe6\x9c\xac!", true},
    {"euc-jp", "\xc6\xfc\xcb\xdc", "\xe6\x97\xa5\xe6\x9c\xac", true},
    {"gb2312", "\xd6\xd0", "\xe4\xb8\xad", true},
    {"big5", "\xa4\xa4", "\xe4\xb8\xad", true},
    {"euc-kr", "\xc7\xd1", "\xed\x95\x9c", true},
    {"no-such-charset", "plain", "plain", true},
    {"no-such-charset", "\xfc", "\xc3\xbc", false},
};

static void bytes_become_utf8(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        struct bytebuf out = {0};
        bool all = charset_to_utf8(charset_codepage(conversions[i].name), conversions[i].bytes,
                                   strlen(conversions[i].bytes), &out);
        char *text = bytebuf_take(&out, NULL);
        assert_string_equal(text, conversions[i].utf8);
        if (strcmp(conversions[i].name, "no-such-charset") || conversions[i].all)
            assert_int_equal(all, conversions[i].all);
        free(text);
    }
}

static void utf8_becomes_bytes(void **state)
{
    (void)state;
    static const struct {
        uint32_t codepage;
        const char *utf8, *bytes;
        bool all;
    } rows[] = {
        {1252, "\xe2\x82\xac\xc3\xbc", "\x80\xfc", true},
        {28591, "\xc3\xbc", "\xfc", true},
        {20127,
         "\xc3\xbc"
         "a",
         "?a", false},
        {1251, "\xd0\x9f", "\xcf", true},
        {932, "\xe6\x97\xa5", "\x93\xfa", true},
        {1250, "\xe6\x97\xa5", "?", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytebuf out = {0};
        assert_int_equal(charset_from_utf8(rows[i].codepage, rows[i].utf8, strlen(rows[i].utf8), &out),
                         rows[i].all);
        char *bytes = bytebuf_take(&out, NULL);
        assert_string_equal(bytes, rows[i].bytes);
        free(bytes);
    }
}

static void utf16_round_trips_and_mends_lone_surrogates(void **state)
{
    (void)state;
    static const char text[] = "a\xc3\xbc\xe6\x97\xa5\xf0\x9f\x98\x80";
    size_t units, size;
    uint16_t *wide = charset_utf16_from_utf8(text, sizeof text - 1, &units);
    assert_int_equal(units, 5);
    assert_int_equal(wide[3], 0xd83d);
    assert_int_equal(wide[5], 0);
    char *back = charset_utf8_from_utf16(wide, units, &size);
    assert_string_equal(back, text);
    assert_int_equal(size, sizeof text - 1);
    free(back);
    back = charset_utf8_from_utf16(wide, 4, NULL);
    assert_string_equal(back, "a\xc3\xbc\xe6\x97\xa5\xef\xbf\xbd");
    free(back);
    free(wide);
}

static void utf16_byte_order_is_taken_from_name_or_mark(void **state)
{
    (void)state;
    struct bytebuf out = {0};
    assert_true(charset_to_utf8(1200, "a\0b\0", 4, &out));
    assert_true(charset_to_utf8(1201, "\0c\0d", 4, &out));
    assert_true(charset_to_utf8(1200, "\xfe\xff\0e", 4, &out));
    assert_false(charset_to_utf8(1200, "f\0g", 3, &out));
    char *text = bytebuf_take(&out, NULL);
    assert_string_equal(text, "abcdef");
    free(text);
}

static void names_and_code_pages_agree(void **state)
{
    (void)state;
    assert_int_equal(charset_codepage("Windows-1252"), 1252);
    assert_int_equal(charset_codepage("x-unheard-of"), CHARSET_UNKNOWN);
    assert_int_equal(charset_codepage(NULL), CHARSET_UNKNOWN);
    assert_string_equal(charset_name(65001), "utf-8");
    assert_string_equal(charset_name(50220), "iso-2022-jp");
    assert_null(charset_name(12345));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_utf8),
        cmocka_unit_test(utf8_becomes_bytes),
        cmocka_unit_test(utf16_round_trips_and_mends_lone_surrogates),
        cmocka_unit_test(utf16_byte_order_is_taken_from_name_or_mark),
        cmocka_unit_test(names_and_code_pages_agree),
    };
    return cmocka_run_group_tests_name("charset", tests, NULL, NULL);
}
