/*
 * variant.h: reading VARIANT arguments as clients pass them, and making VARIANTs and SAFEARRAYs.
 *
 * Layer: server/com. Optional arguments arrive missing (VT_ERROR), empty, by reference (VBScript's variables are
 * VT_BYREF|VT_VARIANT), and with numbers as I2, I4, R8 or text: the functions here accept all of these.
 * Every getter answers fallback for a missing argument, and E_INVALIDARG for one that cannot be converted.
 */
#ifndef VARIANT_H
#define VARIANT_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#include <stdbool.h>
#include <stdint.h>
#include <windows.h>
#include <oleauto.h>

/* Follows VT_BYREF|VT_VARIANT; NULL stays NULL. Other references are left. */
const VARIANT *variant_deref(const VARIANT *value);
/* The argument was left out: NULL, VT_EMPTY, or VT_ERROR (DISP_E_PARAMNOTFOUND). */
bool variant_missing(const VARIANT *value);
/* VT_NULL, an empty text or missing. */
bool variant_blank(const VARIANT *value);

HRESULT variant_get_long(const VARIANT *value, LONG fallback, LONG *out);
HRESULT variant_get_bool(const VARIANT *value, bool fallback, bool *out);
HRESULT variant_get_double(const VARIANT *value, double fallback, double *out);
HRESULT variant_get_date(const VARIANT *value, DATE fallback, DATE *out);
/* *out is a new BSTR, NULL when the argument is missing or Null. The caller frees it. */
HRESULT variant_get_bstr(const VARIANT *value, BSTR *out);
/* *out has a new reference, NULL when the argument is missing or Nothing. */
HRESULT variant_get_dispatch(const VARIANT *value, IDispatch **out);
/* True when the argument is text; false for numbers and all else. */
bool variant_is_text(const VARIANT *value);
bool variant_is_number(const VARIANT *value);

/* An argument that is one element or an array of elements: walks it as VARIANTs. */
struct variant_list {
    const VARIANT *single;
    SAFEARRAY *array;
    LONG lower, count;
};
/* Prepares the walk; a missing argument has count 0. E_INVALIDARG for arrays of more than one dimension. */
HRESULT variant_list_open(const VARIANT *value, struct variant_list *list);
/* Copies element index (0-based) to *out, which the caller clears. */
HRESULT variant_list_get(const struct variant_list *list, LONG index, VARIANT *out);

/* Bytes of a byte array (VT_ARRAY|VT_UI1), of an array of numbers, or of a hex string, as new memory of malloc's. */
HRESULT variant_get_bytes(const VARIANT *value, uint8_t **bytes, uint32_t *size);

/* Makers: *out is overwritten (not cleared). E_OUTOFMEMORY leaves it empty. */
HRESULT variant_set_bstr(VARIANT *out, const WCHAR *text);
HRESULT variant_set_bytes(VARIANT *out, const void *bytes, uint32_t size);
void variant_set_long(VARIANT *out, LONG value);
void variant_set_bool(VARIANT *out, bool value);
/* Takes the reference of dispatch. */
void variant_set_dispatch(VARIANT *out, void *dispatch);
/* Takes the array, of elements of that type. */
void variant_set_array(VARIANT *out, VARTYPE type, SAFEARRAY *array);

/* New SAFEARRAYs of VARIANT with lower bounds 0; variant_rows: element (row, column). NULL without memory. */
SAFEARRAY *variant_vector(ULONG count);
SAFEARRAY *variant_rows(ULONG rows, ULONG columns);

#endif
