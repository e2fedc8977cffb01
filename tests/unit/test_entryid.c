/*
 * test_entryid.c: entry ids of stores, folders and messages, source keys, and the ids of the address book: what is made is
 * taken apart again, other providers' ids are told from damaged ones, and no bytes are read that are not there.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "addrbook_id.h"
#include "entryid.h"
#include "storage_fixture.h"

static void *base;

static int setup(void **state)
{
    (void)state;
    return MAPIAllocateBuffer(1, &base) != 0;
}

static int teardown(void **state)
{
    (void)state;
    MAPIFreeBuffer(base);
    return 0;
}

static void ids_are_taken_apart_again(void **state)
{
    static const struct {
        ULONG type;
        mbx_id id;
    } rows[] = {{MAPI_FOLDER, MBX_INBOX}, {MAPI_MESSAGE, 64}, {MAPI_MESSAGE, INT64_C(0x7fffffffffff)}};
    struct entryid parsed;
    SBinary made, again;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_mapi(S_OK, entryid_object(&fixture_guid, rows[i].type, rows[i].id, base, &made));
        assert_mapi(S_OK, entryid_parse(made.cb, (ENTRYID *)made.lpb, &parsed));
        assert_int_equal(parsed.object_type, rows[i].type);
        assert_int_equal(parsed.id, rows[i].id);
        assert_memory_equal(&parsed.mailbox, &fixture_guid, sizeof(GUID));
        assert_mapi(S_OK, entryid_object(&fixture_guid, rows[i].type, rows[i].id, base, &again));
        assert_true(entryid_equal(made.cb, (ENTRYID *)made.lpb, again.cb, (ENTRYID *)again.lpb));
        assert_int_equal(made.cb, again.cb);
        assert_memory_equal(made.lpb, again.lpb, made.cb); /* permanent ids compare as bytes, too */
        again.lpb[0] ^= 0x80;                              /* the flags do not count */
        assert_true(entryid_equal(made.cb, (ENTRYID *)made.lpb, again.cb, (ENTRYID *)again.lpb));
    }
    assert_mapi(S_OK, entryid_store(&fixture_guid, 1, base, &made));
    assert_mapi(S_OK, entryid_store(&fixture_guid, 0, base, &again));
    assert_mapi(S_OK, entryid_parse(made.cb, (ENTRYID *)made.lpb, &parsed));
    assert_int_equal(parsed.object_type, MAPI_STORE);
    assert_int_equal(parsed.open_flags, 1);
    assert_int_equal(parsed.id, MBX_STORE);
    assert_true(entryid_equal(made.cb, (ENTRYID *)made.lpb, again.cb, (ENTRYID *)again.lpb));
}

/* Each prefix, in a block of exactly its size, and each changed byte. */
static void damaged_ids_are_told(void **state)
{
    struct entryid parsed;
    SBinary made, other;
    (void)state;
    assert_mapi(S_OK, entryid_object(&fixture_guid, MAPI_MESSAGE, 77, base, &made));
    assert_mapi(S_OK, entryid_object(&fixture_guid, MAPI_MESSAGE, 78, base, &other));
    assert_false(entryid_equal(made.cb, (ENTRYID *)made.lpb, other.cb, (ENTRYID *)other.lpb));
    for (ULONG size = 0; size < made.cb; size++) {
        BYTE *cut = malloc(size ? size : 1);
        memcpy(cut, made.lpb, size);
        assert_mapi(MAPI_E_INVALID_ENTRYID, entryid_parse(size, (ENTRYID *)cut, &parsed));
        assert_false(entryid_equal(size, (ENTRYID *)cut, made.cb, (ENTRYID *)made.lpb));
        free(cut);
    }
    assert_mapi(MAPI_E_INVALID_ENTRYID, entryid_parse(made.cb, NULL, &parsed));
    BYTE *changed = malloc(made.cb);
    for (ULONG at = 4; at < 22; at++) {
        memcpy(changed, made.lpb, made.cb);
        changed[at] ^= 0x55;
        HRESULT hr = entryid_parse(made.cb, (ENTRYID *)changed, &parsed);
        assert_mapi(at < 20 ? MAPI_E_UNKNOWN_ENTRYID : MAPI_E_INVALID_ENTRYID, hr);
    }
    free(changed);
}

static void source_keys_are_taken_apart_again(void **state)
{
    SBinary key;
    GUID guid;
    mbx_id id;
    (void)state;
    assert_mapi(S_OK, sourcekey_make(&fixture_guid, INT64_C(0x123456789abc), base, &key));
    assert_int_equal(key.cb, 22);
    assert_mapi(S_OK, sourcekey_parse(key.cb, key.lpb, &guid, &id));
    assert_int_equal(id, INT64_C(0x123456789abc));
    assert_memory_equal(&guid, &fixture_guid, sizeof guid);
    for (ULONG size = 0; size < key.cb; size++)
        assert_mapi(MAPI_E_INVALID_ENTRYID, sourcekey_parse(size, key.lpb, &guid, &id));
}

static void address_book_ids_are_taken_apart_again(void **state)
{
    struct ab_id parsed, other;
    SBinary id, oneoff, ansi;
    (void)state;
    assert_mapi(S_OK, ab_id_entry(DT_MAILUSER, L"/o=org/cn=anna", base, &id));
    assert_mapi(S_OK, ab_id_parse(id.cb, (ENTRYID *)id.lpb, &parsed));
    assert_int_equal(parsed.kind, AB_ID_ENTRY);
    assert_int_equal(parsed.display_type, DT_MAILUSER);
    assert_wide_equal(L"/o=org/cn=anna", parsed.dn);
    assert_mapi(S_OK, ab_id_personal(DT_MAILUSER, L"/o=org/cn=anna", base, &ansi)); /* the same name elsewhere */
    assert_mapi(S_OK, ab_id_parse(ansi.cb, (ENTRYID *)ansi.lpb, &other));
    assert_int_equal(other.kind, AB_ID_PERSONAL);
    assert_wide_equal(L"/o=org/cn=anna", other.dn);
    assert_false(ab_id_equal(&parsed, &other));
    assert_true(ab_id_equal(&other, &other));
    ab_id_clear(&other);
    ab_id_clear(&parsed);
    assert_mapi(S_OK, ab_id_oneoff(L"J\x00fcrgen", L"SMTP", L"j@example.test", MAPI_UNICODE, base, &oneoff));
    assert_mapi(S_OK, ab_id_parse(oneoff.cb, (ENTRYID *)oneoff.lpb, &parsed));
    assert_int_equal(parsed.kind, AB_ID_ONEOFF);
    assert_true(parsed.unicode);
    assert_wide_equal(L"J\x00fcrgen", parsed.name);
    assert_wide_equal(L"j@example.test", parsed.address);
    assert_mapi(S_OK, ab_id_oneoff(L"another name", L"smtp", L"J@Example.test", 0, base, &ansi));
    assert_mapi(S_OK, ab_id_parse(ansi.cb, (ENTRYID *)ansi.lpb, &other));
    assert_false(other.unicode);
    ab_id_clear(&other);
    ab_id_clear(&parsed);
    for (int which = 0; which < 2; which++) {
        const SBinary *whole = which ? &oneoff : &id;
        for (ULONG size = 0; size < whole->cb; size++) {
            BYTE *cut = malloc(size ? size : 1);
            memcpy(cut, whole->lpb, size);
            HRESULT hr = ab_id_parse(size, (ENTRYID *)cut, &parsed);
            assert_true(hr == MAPI_E_INVALID_ENTRYID || hr == MAPI_E_UNKNOWN_ENTRYID);
            free(cut);
        }
    }
    assert_mapi(S_OK, entryid_object(&fixture_guid, MAPI_FOLDER, 4, base, &id));
    assert_mapi(MAPI_E_UNKNOWN_ENTRYID, ab_id_parse(id.cb, (ENTRYID *)id.lpb, &parsed));
    assert_mapi(S_OK, ab_search_key(L"smtp", L"j@Example.test", base, &id));
    assert_int_equal(id.cb, 20);
    assert_memory_equal(id.lpb, "SMTP:J@EXAMPLE.TEST", 20);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_taken_apart_again),
        cmocka_unit_test(damaged_ids_are_told),
        cmocka_unit_test(source_keys_are_taken_apart_again),
        cmocka_unit_test(address_book_ids_are_taken_apart_again),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
