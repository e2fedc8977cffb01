/*
 * mapi_address.h: the address book for recipients: opening entries, one-off entries, name resolution, SMTP addresses.
 *
 * Layer: MAPI client. No dialog is shown but where a window is given.
 */
#ifndef MAPI_ADDRESS_H
#define MAPI_ADDRESS_H

#include "mapi_loader.h"

/* What a recipient row or an address entry is made of; the order of mapi_address_columns. */
extern const SPropTagArray *const mapi_address_columns;

/* Opens an entry for reading, or with `modify` for writing where that is allowed. */
HRESULT mapi_address_open(IAddrBook *book, const SBinary *id, bool modify, ULONG *type, IMAPIProp **out);

/* The properties of an entry that a recipient row carries, absent ones left out; free with mapi_free. */
HRESULT mapi_address_row(IAddrBook *book, const SBinary *id, SPropValue **values, ULONG *count);

/* Makes a one-off entry: the name may be NULL (the address is taken). `values` are those of a resolved recipient row. */
HRESULT mapi_address_one_off(IAddrBook *book, const WCHAR *name, const WCHAR *type, const WCHAR *address,
                             SPropValue **values, ULONG *count);

/*
 * Resolves a recipient row (a bag with PR_DISPLAY_NAME, and PR_ADDRTYPE with PR_EMAIL_ADDRESS when it has an address):
 * an address gives a one-off entry, a name is looked up in the address book, and a name that is not found there but
 * is an address is taken as one. MAPI_E_NOT_FOUND, MAPI_E_AMBIGUOUS_RECIP. A row that has PR_ENTRYID is left.
 * window: parent of a dialog that asks what is meant, 0 for none.
 */
HRESULT mapi_address_resolve(IAddrBook *book, IMAPIProp *row, ULONG_PTR window);

/* The SMTP address of an entry: PR_EMAIL_ADDRESS of SMTP entries, else PR_SMTP_ADDRESS or the primary proxy address.
 * MAPI memory of its own. MAPI_E_NOT_FOUND when the entry has none. */
HRESULT mapi_address_smtp(IAddrBook *book, const SBinary *id, WCHAR **out);
/* The same from an open entry. */
HRESULT mapi_address_smtp_of(IMAPIProp *entry, WCHAR **out);

/* The display type of a recipient row or entry as CDO counts it: PR_DISPLAY_TYPE, by PR_OBJECT_TYPE where it is
 * missing. */
LONG mapi_address_display_type(const SPropValue *values, ULONG count);

#endif
