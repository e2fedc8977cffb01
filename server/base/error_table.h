/*
 * error_table.h: HRESULT ↔ symbol ↔ explanation ↔ hint.
 *
 * Layer: base (portable, no state). One table, mapi_errors.def, is all that knows error texts.
 */
#ifndef ERROR_TABLE_H
#define ERROR_TABLE_H

#include "mapi_abi.h"

struct error_row {
    HRESULT code;
    const char *symbol; /* as Microsoft's headers spell it; Win32 codes without the HRESULT_FROM_WIN32 */
    const char *text;   /* what happened: a clause in lower case without a full stop */
    const char *hint;   /* what to do: a sentence, or "" */
};

/* The row of an HRESULT, or NULL if the table does not have it. */
const struct error_row *error_table_find(HRESULT code);

/* The row whose symbol is `symbol` (case matters), or NULL. CDO's CdoE_ and CdoW_ names are found as well. */
const struct error_row *error_table_by_symbol(const char *symbol);

/* Row number `index` in the order of codes, NULL past the end: for listings and tests. */
const struct error_row *error_table_row(size_t index);

#endif
