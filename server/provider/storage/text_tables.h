/*
 * text_tables.h: the generated tables of text_tables.c. Layer: portable.
 */
#ifndef STORAGE_TEXT_TABLES_H
#define STORAGE_TEXT_TABLES_H

#include <stdint.h>

/* Every step-th code point from first to last maps to itself + (target - first); to 0 where target is 0. */
struct text_range {
    uint32_t first, last, step, target;
};
extern const struct text_range text_fold_ranges[], text_base_ranges[];
extern const unsigned text_fold_ranges_count, text_base_ranges_count;

#endif
