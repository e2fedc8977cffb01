/*
 * error_table.c: searches in the table of mapi_errors.def.
 *
 * Layer: base (portable). The table is sorted by code as an unsigned number.
 */
#include "error_table.h"

#include <string.h>

static const struct error_row rows[] = {
#define ERR(symbol, code, text, hint) {(HRESULT)code, #symbol, text, hint},
#include "mapi_errors.def"
#undef ERR
};

#define ROW_COUNT (sizeof rows / sizeof rows[0])

const struct error_row *error_table_find(HRESULT code)
{
    size_t low = 0, high = ROW_COUNT;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((ULONG)rows[middle].code < (ULONG)code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ROW_COUNT && rows[low].code == code ? &rows[low] : NULL;
}

const struct error_row *error_table_by_symbol(const char *symbol)
{
    const char *tail = NULL;

    if (!symbol)
        return NULL;
    if (!strncmp(symbol, "CdoE_", 5) || !strncmp(symbol, "CdoW_", 5))
        tail = symbol + 3; /* CdoE_NOT_FOUND is MAPI_E_NOT_FOUND */
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!strcmp(rows[i].symbol, symbol))
            return &rows[i];
        if (tail && !strncmp(rows[i].symbol, "MAPI_", 5) && !strcmp(rows[i].symbol + 5, tail))
            return &rows[i];
    }
    return NULL;
}

const struct error_row *error_table_row(size_t index)
{
    return index < ROW_COUNT ? &rows[index] : NULL;
}
