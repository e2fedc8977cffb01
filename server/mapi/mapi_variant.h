/*
 * mapi_variant.h: property values ↔ VARIANTs. The only file that knows both.
 *
 * Layer: MAPI client. Rules, as CDO 1.21 has them:
 *   PT_I2 Integer · PT_LONG Long · PT_R4 Single · PT_DOUBLE Double · PT_CURRENCY Currency · PT_BOOLEAN Boolean
 *   PT_UNICODE, PT_STRING8 String · PT_SYSTIME, PT_APPTIME Date (local time, whole seconds)
 *   PT_BINARY hex String in Fields, Byte() in the members that CDO lacks (MAPI_VARIANT_BYTES)
 *   PT_I8 Double where that is exact, else Decimal: script knows no 64-bit integer · PT_CLSID "{…}" · PT_NULL Null
 *   multi-values: an array of Variants, lower bound 0
 * An absent property (PT_ERROR) becomes Null.
 */
#ifndef MAPI_VARIANT_H
#define MAPI_VARIANT_H

#include "mapi_loader.h"
#include <oleauto.h>

enum mapi_variant_style {
    MAPI_VARIANT_FIELDS = 0, /* binary as a hex string */
    MAPI_VARIANT_BYTES = 1,  /* binary as a byte array */
    MAPI_VARIANT_UTC = 2,    /* PT_SYSTIME stays in UTC */
};

/* Makes a VARIANT of a value; *out is overwritten. MAPI_E_TYPE_NO_SUPPORT for types that have no VARIANT (PT_OBJECT). */
HRESULT mapi_variant_from_prop(const SPropValue *value, unsigned style, VARIANT *out);

/*
 * Makes a value of a VARIANT for a tag; with type PT_UNSPECIFIED the VARIANT's own type decides. Pointers in *out are
 * allocated as part of `parent` (MAPI memory, not NULL). PT_STRING8 tags become PT_UNICODE. MAPI_E_INVALID_TYPE when
 * the VARIANT cannot be had as that type, MAPI_E_TYPE_NO_SUPPORT when nothing can. Binary takes hex text and byte arrays.
 */
HRESULT mapi_variant_to_prop(const VARIANT *value, ULONG tag, unsigned style, void *parent, SPropValue *out);

/* The property type of a VARIANT's type (VT_BSTR: PT_UNICODE, VT_ARRAY | VT_UI1: PT_BINARY, …), 0 if it has none. */
ULONG mapi_variant_type(const VARIANT *value);
/* The same of a VarType alone, as the Class argument of Fields.Add and Field.Type count: vbString …, with vbArray. */
ULONG mapi_type_from_vartype(LONG vartype);
/* The VarType that a property type shows as in Field.Type: CDO's CdoFieldType (vbBlob 65 for binary). */
LONG mapi_vartype_from_type(ULONG type);

/* FILETIME in UTC ↔ DATE in local time (utc false) or UTC. False for a time that has no DATE. */
bool mapi_date_from_filetime(const FILETIME *time, bool utc, DATE *date);
bool mapi_date_to_filetime(DATE date, bool utc, FILETIME *time);

/* A tag with its string types made Unicode: programs for CDO name strings by their PT_STRING8 tags. */
ULONG mapi_tag_unicode(ULONG tag);
/* The opposite, for tags that are shown to programs: CDO's own tags name strings as PT_STRING8. */
ULONG mapi_tag_ansi(ULONG tag);

/* An entry id or other binary as a new hex BSTR; NULL when memory is out. */
BSTR mapi_hex_bstr(const SBinary *binary);
/* Hex text as bytes in new memory of MAPI's. MAPI_E_INVALID_ENTRYID if it is no hex text or empty. */
HRESULT mapi_hex_decode(const WCHAR *text, SBinary *out);

#endif
