/*
 * test_address_text.c: mail addresses as people write them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "address_text.h"
#include "hex.h"

static const struct {
    const WCHAR *text, *name, *type, *address;
} texts[] = {
    {L"", NULL, NULL, NULL},
    {L"John Doe", L"John Doe", NULL, NULL},
    {L"  John Doe  ", L"John Doe", NULL, NULL},
    {L"\"Doe, John\"", L"Doe, John", NULL, NULL},
    {L"jim@example.com", NULL, L"SMTP", L"jim@example.com"},
    {L"SMTP:jim@example.com", NULL, L"SMTP", L"jim@example.com"},
    {L"smtp:jim@example.com", NULL, L"SMTP", L"jim@example.com"},
    {L"[SMTP:jim@example.com]", NULL, L"SMTP", L"jim@example.com"},
    {L"FAX:+49 30 123", L"FAX:+49 30 123", NULL, NULL},
    {L"[FAX:+49 30 123]", NULL, L"FAX", L"+49 30 123"},
    {L"Note: call Jane", L"Note: call Jane", NULL, NULL},
    {L"Jane Doe[SMTP:jane@example.com]", L"Jane Doe", L"SMTP", L"jane@example.com"},
    {L"Jane Doe [FAX:+49 30 123]", L"Jane Doe", L"FAX", L"+49 30 123"},
    {L"Jane Doe <jane@example.com>", L"Jane Doe", L"SMTP", L"jane@example.com"},
    {L"\"Doe, Jane\" <jane@example.com>", L"Doe, Jane", L"SMTP", L"jane@example.com"},
    {L"<jane@example.com>", NULL, L"SMTP", L"jane@example.com"},
    {L"Jane <no address>", L"Jane <no address>", NULL, NULL},
    {L"/o=Org/ou=Site/cn=Recipients/cn=jane", NULL, L"EX", L"/o=Org/ou=Site/cn=Recipients/cn=jane"},
    {L"EX:/o=Org/cn=jane", NULL, L"EX", L"/o=Org/cn=jane"},
    {L"@example.com", L"@example.com", NULL, NULL},
    {L"SMTP:", L"SMTP:", NULL, NULL},
    {L"]", L"]", NULL, NULL},
};

static void check(const WCHAR *wanted, const WCHAR *got)
{
    assert_int_equal(wanted == NULL, got == NULL);
    if (wanted)
        assert_memory_equal(wanted, got, (wide_length(wanted) + 1) * sizeof *wanted);
}

static void a_text_is_taken_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct address_text parts;

        assert_true(address_text_parse(texts[i].text, wide_length(texts[i].text), &parts));
        check(texts[i].name, parts.name);
        check(texts[i].type, parts.type);
        check(texts[i].address, parts.address);
        address_text_free(&parts);
    }
}

static void a_full_address_may_have_spaces(void **state)
{
    static const WCHAR fax[] = L"FAX:+49 30 123", x400[] = L"X400:c=US;a= ;p=Org;s=Doe";
    struct address_text parts;

    (void)state;
    assert_true(address_text_split(fax, wide_length(fax), &parts));
    check(L"FAX", parts.type);
    check(L"+49 30 123", parts.address);
    address_text_free(&parts);
    assert_true(address_text_split(x400, wide_length(x400), &parts));
    check(L"X400", parts.type);
    check(L"c=US;a= ;p=Org;s=Doe", parts.address);
    address_text_free(&parts);
    assert_true(address_text_split(L"John Doe", 8, &parts));
    check(NULL, parts.type);
    check(NULL, parts.address);
}

static void a_list_is_cut_at_semicolons(void **state)
{
    static const WCHAR list[] = L";John Doe; jim@example.com ;;Jane[X400:a;b];\"x;y\" <j@e.com>; ";
    static const WCHAR *const wanted[] = {L"John Doe", L"jim@example.com", L"Jane[X400:a;b]", L"\"x;y\" <j@e.com>"};
    const WCHAR *text = list, *piece;
    size_t length, count = 0;

    (void)state;
    while (address_text_next(&text, &piece, &length)) {
        assert_true(count < 4);
        assert_int_equal(length, wide_length(wanted[count]));
        assert_memory_equal(piece, wanted[count], length * sizeof *piece);
        count++;
    }
    assert_int_equal(count, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_taken_apart),
        cmocka_unit_test(a_full_address_may_have_spaces),
        cmocka_unit_test(a_list_is_cut_at_semicolons),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
