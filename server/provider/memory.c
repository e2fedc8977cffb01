/*
 * memory.c: MAPI's allocator: MAPIAllocateBuffer, MAPIAllocateMore, MAPIFreeBuffer, MAPIGetDefaultMalloc.
 *
 * Layer: portable. A buffer from MAPIAllocateBuffer heads a list; each MAPIAllocateMore block is put on the list of
 * its buffer, and freeing the buffer frees them all. Blocks may be added from several threads at once. Memory is not
 * zeroed. Limits: a block handed to MAPIFreeBuffer that came from MAPIAllocateMore is left alone (its buffer frees
 * it), as are pointers whose header is not ours.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "mapi_abi.h"

#define BLOCK_BUFFER 0x4d424146u /* from MAPIAllocateBuffer */
#define BLOCK_MORE 0x4d424d4fu   /* from MAPIAllocateMore */
#define BLOCK_FREED 0x44444444u

/* Lies before every block; padded so that what follows is aligned for any type. */
struct block {
    uint32_t kind;
    struct block *buffer; /* the buffer that frees this block: itself for a buffer */
    struct block *next;   /* the next block of the same buffer */
} __attribute__((aligned(16)));

static struct block *block_of(void *memory)
{
    return (struct block *)memory - 1;
}

static SCODE block_allocate(ULONG size, uint32_t kind, struct block **out)
{
    struct block *block;
    if ((SIZE_T)size + sizeof *block < size || (block = malloc(sizeof *block + (SIZE_T)size)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    block->kind = kind;
    block->buffer = block;
    block->next = NULL;
    *out = block;
    return S_OK;
}

SCODE WINAPI MAPIAllocateBuffer(ULONG size, LPVOID *out)
{
    struct block *block;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    SCODE sc = block_allocate(size, BLOCK_BUFFER, &block);
    if (sc == S_OK)
        *out = block + 1;
    return sc;
}

SCODE WINAPI MAPIAllocateMore(ULONG size, LPVOID object, LPVOID *out)
{
    struct block *block, *buffer;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (object == NULL)
        return MAPI_E_INVALID_PARAMETER;
    buffer = block_of(object);
    if (buffer->kind == BLOCK_MORE)
        buffer = buffer->buffer;
    if (buffer->kind != BLOCK_BUFFER)
        return MAPI_E_INVALID_PARAMETER;
    SCODE sc = block_allocate(size, BLOCK_MORE, &block);
    if (sc != S_OK)
        return sc;
    block->buffer = buffer;
    block->next = __atomic_load_n(&buffer->next, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&buffer->next, &block->next, block, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
        ;
    *out = block + 1;
    return S_OK;
}

ULONG WINAPI MAPIFreeBuffer(LPVOID memory)
{
    struct block *block, *next;
    if (memory == NULL)
        return S_OK;
    block = block_of(memory);
    if (block->kind != BLOCK_BUFFER)
        return S_OK;
    for (; block != NULL; block = next) {
        next = block->next;
        block->kind = BLOCK_FREED;
        free(block);
    }
    return S_OK;
}

/* ---- the default IMalloc ---------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE malloc_QueryInterface(IMalloc *self, REFIID iid, void **out)
{
    if (out == NULL)
        return E_INVALIDARG;
    if (IsEqualGUID(iid, &IID_IUnknown) || IsEqualGUID(iid, &IID_IMalloc)) {
        *out = self;
        return S_OK;
    }
    *out = NULL;
    return E_NOINTERFACE;
}

/* One object for the life of the process. */
static ULONG STDMETHODCALLTYPE malloc_AddRef(IMalloc *self)
{
    (void)self;
    return 1;
}

struct sized {
    uint32_t mark;
    SIZE_T size;
} __attribute__((aligned(16)));
#define SIZED_MARK 0x4d53495au

static void *STDMETHODCALLTYPE malloc_Realloc(IMalloc *self, void *memory, SIZE_T size)
{
    struct sized *head = memory != NULL ? (struct sized *)memory - 1 : NULL, *grown;
    (void)self;
    if (head != NULL && size == 0) {
        free(head);
        return NULL;
    }
    if (size > SIZE_MAX - sizeof *head || (grown = realloc(head, sizeof *head + size)) == NULL)
        return NULL;
    grown->mark = SIZED_MARK;
    grown->size = size;
    return grown + 1;
}

static void *STDMETHODCALLTYPE malloc_Alloc(IMalloc *self, SIZE_T size)
{
    return malloc_Realloc(self, NULL, size);
}

static void STDMETHODCALLTYPE malloc_Free(IMalloc *self, void *memory)
{
    (void)self;
    if (memory != NULL)
        free((struct sized *)memory - 1);
}

static SIZE_T STDMETHODCALLTYPE malloc_GetSize(IMalloc *self, void *memory)
{
    (void)self;
    return memory != NULL ? ((struct sized *)memory - 1)->size : (SIZE_T)-1;
}

static int STDMETHODCALLTYPE malloc_DidAlloc(IMalloc *self, void *memory)
{
    (void)self;
    return memory != NULL ? ((struct sized *)memory - 1)->mark == SIZED_MARK : -1;
}

static void STDMETHODCALLTYPE malloc_HeapMinimize(IMalloc *self)
{
    (void)self;
}

LPMALLOC WINAPI MAPIGetDefaultMalloc(void)
{
    static const IMallocVtbl vtbl = {
        .QueryInterface = malloc_QueryInterface,
        .AddRef = malloc_AddRef,
        .Release = malloc_AddRef,
        .Alloc = malloc_Alloc,
        .Realloc = malloc_Realloc,
        .Free = malloc_Free,
        .GetSize = malloc_GetSize,
        .DidAlloc = malloc_DidAlloc,
        .HeapMinimize = malloc_HeapMinimize,
    };
    static IMalloc instance = {(IMallocVtbl *)&vtbl};
    return &instance;
}
