/*
 * addrbook_id.h: the entry ids of the address book: Exchange's permanent ids, those of the personal address book and
 * one-off ids.
 *
 * Layer: provider, session part; portable. An entry's id is, as MS-OXOABK says, flags, muidEMSAB, version 1,
 * the display type and the DN in 8-bit characters. The root container has an empty DN. An id of the personal address
 * book is built alike with a uid of its own; its DN is empty for the container, an entry's number, or a template's
 * name. A one-off id is that of MS-OXCDATA.
 */
#ifndef PROVIDER_ADDRBOOK_ID_H
#define PROVIDER_ADDRBOOK_ID_H

#include <stdbool.h>
#include "mapi_abi.h"

extern const MAPIUID ab_provider_uid; /* muidEMSAB */
extern const MAPIUID ab_personal_uid;

enum ab_id_kind { AB_ID_ENTRY, AB_ID_PERSONAL, AB_ID_ONEOFF };

#define AB_TYPE_CONTAINER 0x100u /* DT_CONTAINER of an entry id; others are DT_MAILUSER, DT_DISTLIST … */
#define AB_DN_ROOT        L""
#define AB_DN_GAL         L"/"

struct ab_id {
    enum ab_id_kind kind;
    ULONG display_type;               /* of an entry, also a personal one */
    WCHAR *dn;                        /* of an entry, also a personal one */
    WCHAR *name, *addrtype, *address; /* of a one-off */
    bool unicode, rich_info; /* of a one-off: how it was written, MAPI_ONE_OFF_NO_RICH_INFO not set */
};

/* Takes an id apart. MAPI_E_UNKNOWN_ENTRYID: another provider's; MAPI_E_INVALID_ENTRYID: damaged. */
HRESULT ab_id_parse(ULONG cb, const ENTRYID *id, struct ab_id *out);
void ab_id_clear(struct ab_id *id);
/* base NULL: a buffer of its own. */
HRESULT ab_id_entry(ULONG display_type, const WCHAR *dn, void *base, SBinary *out);
HRESULT ab_id_personal(ULONG display_type, const WCHAR *dn, void *base, SBinary *out);
/* flags: MAPI_UNICODE writes the Unicode form, MAPI_SEND_NO_RICH_INFO as in CreateOneOff. */
HRESULT ab_id_oneoff(const WCHAR *name, const WCHAR *addrtype, const WCHAR *address, ULONG flags, void *base,
                     SBinary *out);
/* Whether both name the same thing; both have been parsed. */
bool ab_id_equal(const struct ab_id *a, const struct ab_id *b);
/* "TYPE:ADDRESS" in upper case, 8-bit, with its NUL: PR_SEARCH_KEY. */
HRESULT ab_search_key(const WCHAR *addrtype, const WCHAR *address, void *base, SBinary *out);

#endif
