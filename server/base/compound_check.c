/*
 * compound_check.c: follows every chain of a compound file once. Layer: base (portable).
 */
#include "compound_check.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_SIZE   512
#define ENTRY_SIZE    128
#define HEADER_DIFAT  109
#define SECTOR_LIMIT  0xFFFFFFFAu /* numbers from here on are no sectors but marks: free, end of chain … */
#define NO_ENTRY      0xFFFFFFFFu
#define MINI_CUTOFF   4096
#define TREE_DEPTH    65536 /* of brothers to one side; OLE balances its trees, Wine and others make lists of them */

enum { ENTRY_STORAGE = 1, ENTRY_STREAM = 2, ENTRY_ROOT = 5 };

/* A table of links: the next sector of each sector. */
struct links {
    uint32_t *next;
    uint32_t count;
    uint8_t *seen; /* a chain went through this sector */
};

struct compound {
    const uint8_t *data;
    size_t size;
    uint32_t sector_size, sectors;
    struct links fat, mini_fat;
    uint32_t *directory; /* the directory's sectors, in order */
    uint32_t directory_sectors, entries;
};

static uint32_t get16(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static uint32_t get32(const uint8_t *at)
{
    return get16(at) | get16(at + 2) << 16;
}

/* The bytes of a sector that lies in the file as a whole, or NULL. */
static const uint8_t *sector_bytes(const struct compound *file, uint32_t sector)
{
    uint64_t at = ((uint64_t)sector + 1) * file->sector_size;
    return at + file->sector_size <= file->size ? file->data + at : NULL;
}

static bool links_init(struct links *links, uint32_t count)
{
    links->count = count;
    links->next = malloc((size_t)(count ? count : 1) * sizeof *links->next);
    links->seen = calloc(count ? count : 1, 1);
    if (links->next)
        memset(links->next, 0xFF, (size_t)count * sizeof *links->next);
    return links->next && links->seen;
}

static void links_fill(struct links *links, uint32_t block, const uint8_t *bytes, uint32_t sector_size)
{
    uint32_t each = sector_size / 4;
    for (uint32_t i = 0; bytes && i < each && (uint64_t)block * each + i < links->count; i++)
        links->next[block * each + i] = get32(bytes + 4 * (size_t)i);
}

/* Follows a chain; false when it meets a sector that a chain (itself included) has gone through. `list` takes its
 * sectors, as many as the table has. */
static bool chain_follow(struct links *links, uint32_t first, uint32_t *list, uint32_t *count)
{
    uint32_t length = 0;
    for (uint32_t at = first; at < SECTOR_LIMIT && at < links->count; at = links->next[at]) {
        if (links->seen[at])
            return false;
        links->seen[at] = 1;
        if (list)
            list[length] = at;
        length++;
    }
    if (count)
        *count = length;
    return true;
}

/* The allocation table, from the sectors that the header and the chain of further lists name. */
static bool read_fat(struct compound *file)
{
    uint32_t each = file->sector_size / 4, block = 0, steps = 0;
    if (!links_init(&file->fat, file->sectors))
        return false;
    for (uint32_t i = 0; i < HEADER_DIFAT; i++) {
        uint32_t sector = get32(file->data + 76 + 4 * (size_t)i);
        if (sector < SECTOR_LIMIT)
            links_fill(&file->fat, block++, sector_bytes(file, sector), file->sector_size);
    }
    for (uint32_t at = get32(file->data + 68); at < SECTOR_LIMIT;) {
        const uint8_t *list = sector_bytes(file, at);
        if (!list)
            break;
        if (++steps > file->sectors)
            return false;
        for (uint32_t i = 0; i + 1 < each && block < file->sectors; i++) {
            uint32_t sector = get32(list + 4 * (size_t)i);
            if (sector < SECTOR_LIMIT)
                links_fill(&file->fat, block++, sector_bytes(file, sector), file->sector_size);
        }
        at = get32(list + file->sector_size - 4);
    }
    return true;
}

static bool read_mini_fat(struct compound *file, uint32_t *list)
{
    uint32_t count = 0;
    if (!chain_follow(&file->fat, get32(file->data + 60), list, &count) ||
        !links_init(&file->mini_fat, count * (file->sector_size / 4)))
        return false;
    for (uint32_t i = 0; i < count; i++)
        links_fill(&file->mini_fat, i, sector_bytes(file, list[i]), file->sector_size);
    return true;
}

static const uint8_t *entry_bytes(const struct compound *file, uint32_t entry)
{
    uint32_t each = file->sector_size / ENTRY_SIZE;
    const uint8_t *sector = entry < file->entries ? sector_bytes(file, file->directory[entry / each]) : NULL;
    return sector ? sector + (size_t)(entry % each) * ENTRY_SIZE : NULL;
}

/* Follows the chain of the entry's content. */
static bool check_content(struct compound *file, const uint8_t *entry)
{
    uint64_t size = get32(entry + 120) | (file->sector_size > 512 ? (uint64_t)get32(entry + 124) << 32 : 0);
    if (size == 0 || (entry[66] != ENTRY_STREAM && entry[66] != ENTRY_ROOT))
        return true;
    bool mini = entry[66] == ENTRY_STREAM && size < MINI_CUTOFF;
    return chain_follow(mini ? &file->mini_fat : &file->fat, get32(entry + 116), NULL, NULL);
}

/* Visits every entry of the tree once: what is reached twice is a circle. The stack holds entries still to visit; each is
 * put there once, so it cannot grow beyond their number. */
static bool check_tree(struct compound *file)
{
    struct visit {
        uint32_t entry, depth;
    };
    struct visit *stack = malloc((file->entries + (size_t)1) * sizeof *stack);
    uint8_t *seen = calloc(file->entries + (size_t)1, 1);
    uint32_t height = 0;
    bool sound = stack && seen && entry_bytes(file, 0) && entry_bytes(file, 0)[66] == ENTRY_ROOT;

    if (sound) {
        seen[0] = 1;
        stack[height++] = (struct visit){0, 0};
    }
    while (sound && height > 0) {
        struct visit top = stack[--height];
        const uint8_t *entry = entry_bytes(file, top.entry);
        if (!entry)
            continue;
        sound = check_content(file, entry) && top.depth < TREE_DEPTH;
        for (int i = 0; sound && i < 3; i++) { /* the brothers to the left and to the right, the first child */
            uint32_t link = get32(entry + 68 + 4 * i);
            bool child = i == 2;
            if (link == NO_ENTRY || link >= file->entries || (child && entry[66] == ENTRY_STREAM))
                continue;
            sound = !seen[link];
            if (sound) {
                seen[link] = 1;
                stack[height++] = (struct visit){link, child ? 0 : top.depth + 1};
            }
        }
    }
    free(seen);
    free(stack);
    return sound;
}

enum compound_state compound_check(const void *data, size_t size)
{
    static const uint8_t signature[8] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    struct compound file = {.data = data, .size = size};
    uint32_t *list = NULL;
    bool sound = false;

    if (size < sizeof signature || memcmp(data, signature, sizeof signature) != 0)
        return COMPOUND_NOT;
    if (size < HEADER_SIZE || get16(file.data + 28) != 0xFFFE || get16(file.data + 32) != 6 ||
        (get16(file.data + 30) != 9 && get16(file.data + 30) != 12))
        return COMPOUND_DAMAGED;
    file.sector_size = 1u << get16(file.data + 30);
    if (size / file.sector_size >= SECTOR_LIMIT)
        return COMPOUND_DAMAGED;
    file.sectors = (uint32_t)(size / file.sector_size);
    list = malloc(((size_t)file.sectors + 1) * sizeof *list);
    file.directory = malloc(((size_t)file.sectors + 1) * sizeof *file.directory);
    if (list && file.directory && read_fat(&file) &&
        chain_follow(&file.fat, get32(file.data + 48), file.directory, &file.directory_sectors)) {
        file.entries = file.directory_sectors * (file.sector_size / ENTRY_SIZE);
        sound = read_mini_fat(&file, list) && check_tree(&file);
    }
    free(list);
    free(file.directory);
    free(file.fat.next);
    free(file.fat.seen);
    free(file.mini_fat.next);
    free(file.mini_fat.seen);
    return sound ? COMPOUND_SOUND : COMPOUND_DAMAGED;
}
