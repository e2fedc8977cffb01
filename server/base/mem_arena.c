/*
 * mem_arena.c: many small allocations that are freed together.
 *
 * Layer: base (portable).
 */
#include "mem_arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 4096
#define ALIGNMENT 16

struct mem_block {
    struct mem_block *next;
    size_t used, size; /* of the bytes that follow the header */
};

/* The header's size rounded up, so that the bytes behind it are aligned. */
#define HEADER ((sizeof(struct mem_block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

void *mem_arena_alloc(struct mem_arena *arena, size_t size)
{
    struct mem_block *block = arena->blocks;
    void *memory;

    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (!block || block->size - block->used < size) {
        size_t capacity = size > BLOCK_SIZE ? size : BLOCK_SIZE;
        block = calloc(1, HEADER + capacity);
        if (!block)
            return NULL;
        block->size = capacity;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    memory = (char *)block + HEADER + block->used;
    block->used += size;
    return memory;
}

void *mem_arena_copy(struct mem_arena *arena, const void *bytes, size_t size)
{
    void *copy = mem_arena_alloc(arena, size ? size : 1);

    if (copy && size)
        memcpy(copy, bytes, size);
    return copy;
}

void mem_arena_free(struct mem_arena *arena)
{
    while (arena->blocks) {
        struct mem_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
}
