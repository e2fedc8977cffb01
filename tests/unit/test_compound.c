/*
 * test_compound.c: compound files that are sound, and the same with links that run in a circle, are cut or contradict.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "compound_check.h"

#define SECTOR   512
#define END      0xFFFFFFFEu
#define NOTHING  0xFFFFFFFFu
#define FILE_SIZE (7 * SECTOR)

/* The file's sectors: 0 the allocation table, 1 and 2 the directory, 3 the small streams' table, 4 and 5 the small streams. */
enum { FAT = 0, DIRECTORY = 1, MINI_FAT = 3, MINI_STREAM = 4 };

static void put32(uint8_t *file, size_t at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        file[at + (size_t)i] = (uint8_t)(value >> 8 * i);
}

static size_t in_sector(uint32_t sector, size_t offset)
{
    return (size_t)(sector + 1) * SECTOR + offset;
}

static size_t in_entry(uint32_t entry, size_t offset)
{
    return in_sector(DIRECTORY, 128u * entry + offset);
}

static void put_entry(uint8_t *file, uint32_t entry, uint8_t type, uint32_t left, uint32_t right, uint32_t child,
                      uint32_t first, uint32_t size)
{
    file[in_entry(entry, 66)] = type;
    put32(file, in_entry(entry, 68), left);
    put32(file, in_entry(entry, 72), right);
    put32(file, in_entry(entry, 76), child);
    put32(file, in_entry(entry, 116), first);
    put32(file, in_entry(entry, 120), size);
}

/* Root (0) holds storage 1 and, as its brothers, streams 2 and 3; storage 1 holds stream 4. */
static void sound_file(uint8_t *file)
{
    static const uint8_t header[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    memset(file, 0, FILE_SIZE);
    memcpy(file, header, sizeof header);
    file[24] = 0x3E;
    file[26] = 3;
    file[28] = 0xFE;
    file[29] = 0xFF;
    file[30] = 9;
    file[32] = 6;
    put32(file, 44, 1);
    put32(file, 48, DIRECTORY);
    put32(file, 56, 4096);
    put32(file, 60, MINI_FAT);
    put32(file, 64, 1);
    put32(file, 68, END);
    memset(file + 76, 0xFF, 436);
    put32(file, 76, FAT);
    memset(file + in_sector(FAT, 0), 0xFF, SECTOR);
    put32(file, in_sector(FAT, 4 * FAT), 0xFFFFFFFD);
    put32(file, in_sector(FAT, 4 * DIRECTORY), DIRECTORY + 1);
    put32(file, in_sector(FAT, 4 * (DIRECTORY + 1)), END);
    put32(file, in_sector(FAT, 4 * MINI_FAT), END);
    put32(file, in_sector(FAT, 4 * MINI_STREAM), MINI_STREAM + 1);
    put32(file, in_sector(FAT, 4 * (MINI_STREAM + 1)), END);
    memset(file + in_sector(MINI_FAT, 0), 0xFF, SECTOR);
    put32(file, in_sector(MINI_FAT, 0), 1);
    put32(file, in_sector(MINI_FAT, 4), END);
    put32(file, in_sector(MINI_FAT, 8), END);
    put_entry(file, 0, 5, NOTHING, NOTHING, 1, MINI_STREAM, 192);
    put_entry(file, 1, 1, 2, 3, 4, 0, 0);
    put_entry(file, 2, 2, NOTHING, NOTHING, NOTHING, 0, 100);
    put_entry(file, 3, 2, NOTHING, NOTHING, NOTHING, 0, 0);
    put_entry(file, 4, 2, NOTHING, NOTHING, NOTHING, 2, 10);
}

/* One change to the sound file. */
static const struct damage {
    const char *what;
    int place; /* 0 in the header, 1 in a sector, 2 in an entry */
    uint32_t number;
    size_t offset;
    uint32_t value;
    enum compound_state state;
} damages[] = {
    {"another signature", 0, 0, 0, 0x04034B50, COMPOUND_NOT},
    {"sectors of 2^31 bytes", 0, 0, 30, 31, COMPOUND_DAMAGED},
    {"a byte order that is none", 0, 0, 28, 0x0009FEFF, COMPOUND_DAMAGED},
    {"the directory in a circle", 1, FAT, 4 * (DIRECTORY + 1), DIRECTORY, COMPOUND_DAMAGED},
    {"the small streams' table in a circle", 1, FAT, 4 * MINI_FAT, MINI_FAT, COMPOUND_DAMAGED},
    {"the small streams in a circle", 1, FAT, 4 * (MINI_STREAM + 1), MINI_STREAM, COMPOUND_DAMAGED},
    {"the small streams through the directory", 1, FAT, 4 * (MINI_STREAM + 1), DIRECTORY, COMPOUND_DAMAGED},
    {"a small stream in a circle", 1, MINI_FAT, 4, 0, COMPOUND_DAMAGED},
    {"a small stream through another", 2, 4, 116, 0, COMPOUND_DAMAGED},
    {"a brother that is its own brother", 2, 2, 68, 2, COMPOUND_DAMAGED},
    {"a brother that is the storage", 2, 3, 72, 1, COMPOUND_DAMAGED},
    {"a child that is the root", 2, 1, 76, 0, COMPOUND_DAMAGED},
    {"a root that is no root", 2, 0, 66, 0x00000002, COMPOUND_DAMAGED},
    {"a directory that is not there", 0, 0, 48, 1000, COMPOUND_DAMAGED},
    {"further lists of the table beyond the file", 0, 0, 68, 6, COMPOUND_SOUND},
    {"a brother beyond the directory", 2, 3, 72, 1000, COMPOUND_SOUND},
    {"a chain that leaves the file", 1, FAT, 4 * (MINI_STREAM + 1), 1000, COMPOUND_SOUND},
    {"a stream with a child", 2, 2, 76, 1, COMPOUND_SOUND},
    {"an empty stream that begins in another", 2, 3, 116, 0, COMPOUND_SOUND},
};

static void damage_is_found(void **state)
{
    uint8_t *file = malloc(FILE_SIZE);
    (void)state;
    sound_file(file);
    assert_int_equal(compound_check(file, FILE_SIZE), COMPOUND_SOUND);
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        const struct damage *damage = &damages[i];
        sound_file(file);
        size_t at = damage->place == 0   ? damage->offset
                    : damage->place == 1 ? in_sector(damage->number, damage->offset)
                                         : in_entry(damage->number, damage->offset);
        put32(file, at, damage->value);
        if (compound_check(file, FILE_SIZE) != damage->state)
            fail_msg("%s: %d", damage->what, compound_check(file, FILE_SIZE));
    }
    free(file);
}

/* Every length, in memory of just that length: nothing is read beyond it. */
static void cut_files_are_survived(void **state)
{
    uint8_t file[FILE_SIZE];
    (void)state;
    sound_file(file);
    for (size_t size = 0; size <= FILE_SIZE; size++) {
        uint8_t *part = malloc(size ? size : 1);
        memcpy(part, file, size);
        enum compound_state found = compound_check(part, size);
        free(part);
        if (size < 8)
            assert_int_equal(found, COMPOUND_NOT);
        else if (size < in_sector(DIRECTORY + 1, 0))
            assert_int_equal(found, COMPOUND_DAMAGED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_is_found),
        cmocka_unit_test(cut_files_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
