/*
 * sqlfunc.h: the SQL functions of MAPI semantic that every connection has.
 *
 * Layer: portable. All are deterministic:
 *   mapi_key(value)                     sort key of a column's value (sortkey.h); never NULL
 *   mapi_pack_key(pack, tag)            the same of a property in a pack
 *   mapi_pack_key(pack, tag, i)         of the i-th value of a multi-value
 *   mapi_key_invert(key)                a key for descending order
 *   mapi_mv_count(pack, tag)            values of a multi-value, at least 1
 * and, on values bound as pointers (restrict_sql.h), the conditions of restrictions.
 */
#ifndef STORAGE_SQLFUNC_H
#define STORAGE_SQLFUNC_H

#include <sqlite3.h>
#include "mapi_abi.h"

HRESULT sqlfunc_register(sqlite3 *handle);

#endif
