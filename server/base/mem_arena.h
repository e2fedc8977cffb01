/*
 * mem_arena.h: many small allocations that are freed together.
 *
 * Layer: base (portable). Used for restrictions, whose trees have no owner of their own. Limit: nothing is freed
 * before the whole arena is.
 */
#ifndef MEM_ARENA_H
#define MEM_ARENA_H

#include <stddef.h>

struct mem_block;

/* All zero is an empty arena. */
struct mem_arena {
    struct mem_block *blocks;
};

/* Zeroed memory, aligned for any type; NULL when memory is out. */
void *mem_arena_alloc(struct mem_arena *arena, size_t size);
/* A copy of `size` bytes. */
void *mem_arena_copy(struct mem_arena *arena, const void *bytes, size_t size);
/* Frees everything; the arena can be used again. */
void mem_arena_free(struct mem_arena *arena);

#endif
