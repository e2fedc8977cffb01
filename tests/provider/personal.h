/*
 * personal.h: the personal address book of the harness's session, for the programs that test it.
 */
#ifndef TEST_PERSONAL_H
#define TEST_PERSONAL_H

#include "harness.h"

extern IAddrBook *pab_book; /* of the harness's session */
extern IABContainer *pab;   /* its personal address book, open for changes */

/* For cmocka groups: with the harness's. */
int pab_setup(void **state);
int pab_teardown(void **state);

/* The personal address book of an address book; the caller releases it. */
IABContainer *pab_open(IAddrBook *of);
/* Its rows: PR_DISPLAY_NAME_W, PR_ENTRYID, PR_EMAIL_ADDRESS_W, PR_ADDRTYPE_W, PR_HOME_TELEPHONE_NUMBER_W. */
SRowSet *pab_contents(IABContainer *of);
ULONG pab_count(void);
/* Deletes every entry. */
void pab_clear(void);
/* A new entry, not saved. */
IMAPIProp *pab_create(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags);
/* A new entry of an Internet address, saved. */
void pab_add(const WCHAR *name, const WCHAR *address);

/* A list of one recipient that has a name alone, its property of a tag (NULL: none), and its end. */
ADRLIST *pab_recipient(const WCHAR *name);
const SPropValue *pab_recipient_prop(const ADRLIST *list, ULONG tag);
void pab_recipient_free(ADRLIST *list);
/* Asserts what ResolveName answers, and the address that it finds (NULL: none). */
void pab_assert_resolves(const WCHAR *name, HRESULT expected, const WCHAR *address);

#endif
