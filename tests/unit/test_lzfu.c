/*
 * test_lzfu.c: the compression of PR_RTF_COMPRESSED: MS-OXRTFCP's examples, round trips, and damaged values.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "lzfu.h"

struct vector {
    const char *hex; /* the compressed value */
    const char *rtf; /* what it holds */
};

static const struct vector vectors[] = {
    {"2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
     "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"},
    {"1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"},
};

static size_t from_hex(const char *hex, uint8_t *out)
{
    size_t count = strlen(hex) / 2;
    for (size_t i = 0; i < count; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i + 1], 0};
        out[i] = (uint8_t)strtoul(digits, NULL, 16);
    }
    return count;
}

static void published_vectors_decompress(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t packed[256];
        struct bytebuf out = {0};
        size_t size = from_hex(vectors[i].hex, packed);
        assert_int_equal(lzfu_decompress(packed, size, &out), S_OK);
        assert_int_equal(out.size, strlen(vectors[i].rtf));
        assert_memory_equal(out.data, vectors[i].rtf, out.size);
        bytebuf_free(&out);
    }
}

static void published_vectors_compress(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint8_t packed[256];
        struct bytebuf out = {0};
        size_t size = from_hex(vectors[i].hex, packed);
        assert_int_equal(lzfu_compress(vectors[i].rtf, strlen(vectors[i].rtf), &out), S_OK);
        assert_int_equal(out.size, size);
        assert_memory_equal(out.data, packed, size);
        bytebuf_free(&out);
    }
}

static void any_content_survives_a_round_trip(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 3, 17, 18, 206, 207, 4095, 4096, 4097, 9000, 70000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (unsigned variety = 1; variety <= 256; variety *= 4) {
            size_t size = sizes[i];
            uint8_t *raw = malloc(size + 1);
            unsigned seed = (unsigned)size * 31 + variety;
            for (size_t k = 0; k < size; k++) {
                seed = seed * 1103515245u + 12345u;
                raw[k] = (uint8_t)((seed >> 16) % variety);
            }
            struct bytebuf packed = {0}, stored = {0}, out = {0};
            assert_int_equal(lzfu_compress(raw, size, &packed), S_OK);
            assert_int_equal(lzfu_store(raw, size, &stored), S_OK);
            assert_int_equal(lzfu_decompress(packed.data, packed.size, &out), S_OK);
            assert_int_equal(lzfu_decompress(stored.data, stored.size, &out), S_OK);
            assert_int_equal(out.size, 2 * size);
            if (size > 0) {
                assert_memory_equal(out.data, raw, size);
                assert_memory_equal(out.data + size, raw, size);
            }
            bytebuf_free(&packed);
            bytebuf_free(&stored);
            bytebuf_free(&out);
            free(raw);
        }
    }
}

static void repetitive_text_shrinks(void **state)
{
    (void)state;
    static char text[20000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "\\par the quick brown fox "[i % 25];
    struct bytebuf packed = {0};
    assert_int_equal(lzfu_compress(text, sizeof text, &packed), S_OK);
    assert_true(packed.size < sizeof text / 5);
    bytebuf_free(&packed);
}

static void damaged_values_are_rejected_and_leave_the_output_alone(void **state)
{
    (void)state;
    uint8_t good[256], bad[256];
    size_t size = from_hex(vectors[0].hex, good);
    static const struct {
        size_t offset;
        uint8_t flip;
    } damage[] = {{0, 0x40},  {1, 0x01},  {4, 0x01},  {7, 0x80},  {8, 0x01},
                  {11, 0x20}, {12, 0x01}, {15, 0x80}, {20, 0x01}, {40, 0xff}};
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        struct bytebuf out = {0};
        bytebuf_text(&out, "kept");
        memcpy(bad, good, size);
        bad[damage[i].offset] ^= damage[i].flip;
        assert_int_equal(lzfu_decompress(bad, size, &out), MAPI_E_CORRUPT_DATA);
        assert_int_equal(out.size, 4);
        bytebuf_free(&out);
    }
    for (size_t cut = 0; cut < size; cut++) {
        struct bytebuf out = {0};
        assert_int_equal(lzfu_decompress(good, cut, &out), MAPI_E_CORRUPT_DATA);
        bytebuf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_decompress),
        cmocka_unit_test(published_vectors_compress),
        cmocka_unit_test(any_content_survives_a_round_trip),
        cmocka_unit_test(repetitive_text_shrinks),
        cmocka_unit_test(damaged_values_are_rejected_and_leave_the_output_alone),
    };
    return cmocka_run_group_tests_name("lzfu", tests, NULL, NULL);
}
