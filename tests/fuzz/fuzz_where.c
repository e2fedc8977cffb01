/*
 * fuzz_where.c: libFuzzer target: where clauses. Any text gives a restriction or an error with its position
 * in the text.
 */
#include <stdlib.h>

#include "charset.h"
#include "where.h"

static HRESULT resolve(void *context, const struct prop_ref *ref, ULONG *tag)
{
    (void)context, (void)ref;
    *tag = PROP_TAG(PT_UNSPECIFIED, 0x8001);
    return S_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct where_context context = {.resolve = resolve};
    struct mem_arena arena = {NULL};
    struct where_error error = {0};
    SRestriction *restriction = NULL;
    size_t units = 0;
    uint16_t *clause = charset_utf16_from_utf8((const char *)data, size, &units);
    if (!clause)
        return 0;
    HRESULT hr = where_parse((const WCHAR *)clause, &context, &arena, &restriction, &error);
    if (FAILED(hr) && (hr != error.code || error.position > units || !error.text[0]))
        abort();
    mem_arena_free(&arena);
    free(clause);
    return 0;
}
