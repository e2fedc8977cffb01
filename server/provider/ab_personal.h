/*
 * ab_personal.h: the personal address book: the container that MAPI programs may change.
 *
 * Layer: provider, session part. Each mailbox's user has one, whatever the profile; it lies in the directory database. A
 * session keeps its rows in memory from the first use on: its own changes show in tables that are open, those of other
 * sessions when the container is used the next time. Entries are mail users of any address type, references to
 * distribution lists of the directory, and private distribution lists with entries of their own (but no lists in them).
 * Named properties are not kept. All functions are called within the session's lock.
 */
#ifndef PROVIDER_AB_PERSONAL_H
#define PROVIDER_AB_PERSONAL_H

#include "addrbook.h"

struct personal_book; /* a session's rows */

/* Whether the session's user has one: there is a mailbox of the profile's. */
bool personal_available(const struct session *session);
void personal_book_free(struct personal_book *book); /* NULL is allowed */

/* ---- ab_personal.c: what is in it ---- */

/* The contents table, by name. */
HRESULT personal_table(struct object *parent, ULONG flags, IMAPITable **out);
/* The number of the one entry that a text names; whole_only as anr_answer. MAPI_E_NOT_FOUND, MAPI_E_AMBIGUOUS_RECIP. */
HRESULT personal_resolve(struct session *session, const WCHAR *text, bool whole_only, int64_t *number);
/* The first entry with this address. MAPI_E_NOT_FOUND. */
HRESULT personal_find_address(struct session *session, const WCHAR *address, int64_t *number);
/* The first entry with the name, and if strict the address type and address, of these properties; 0: there is none. */
HRESULT personal_find_duplicate(struct session *session, const struct propbag *props, bool strict, int64_t *number);
/* Tells the session's rows that an entry has been added, changed or deleted: one of the book itself, or of one of its lists. */
HRESULT personal_changed(struct session *session, int64_t list, int64_t number);
/* The contents table of a private distribution list, by name. */
HRESULT personal_members(struct object *parent, int64_t list, ULONG flags, IMAPITable **out);

/* ---- ab_personal_entry.c: entries ---- */

/* The name of an entry in its id, or false: it is no entry's. */
bool personal_number(const WCHAR *dn, int64_t *number);
HRESULT personal_id(ULONG display_type, int64_t number, void *base, SBinary *out);
/* flags: MAPI_MODIFY or MAPI_BEST_ACCESS to change it. MAPI_E_NOT_FOUND. */
HRESULT personal_number_open(struct session *session, struct object *parent, int64_t number, const IID *iid, ULONG flags,
                             ULONG *type, IUnknown **out);
HRESULT personal_entry_open(struct session *session, struct object *parent, const WCHAR *dn, const IID *iid, ULONG flags,
                            ULONG *type, IUnknown **out);
/* All properties of an entry, as tables show them; takes the bag. MAPIFreeBuffer. */
HRESULT personal_values(struct session *session, int64_t number, struct propbag *props, ULONG *count, SPropValue **out);
/* An entry that is not saved yet, of another one or (source NULL) a user or a private list without properties. list: of which
 * it will be a member, 0: none. */
HRESULT personal_entry_new(struct object *container, int64_t list, IMAPIProp *source, bool private_list,
                           ULONG create_flags, IMAPIProp **out);
/* The address of an entry, malloc. MAPI_E_NOT_FOUND. */
HRESULT personal_address(struct session *session, const WCHAR *dn, WCHAR **addrtype, WCHAR **address);

/* ---- ab_personal_edit.c: what the container's methods do ---- */

/* The template of a user or a private distribution list. */
HRESULT personal_template_id(bool private_list, void *base, SBinary *out);
/* PR_CREATE_TEMPLATES; lists: not of users only. */
HRESULT personal_templates(struct object *container, bool lists, ULONG flags, IMAPITable **out);
/* list: the private distribution list that is changed, 0: the book itself. */
HRESULT personal_create(struct object *container, int64_t list, ULONG cb, const ENTRYID *id, ULONG flags, IMAPIProp **out);
HRESULT personal_copy(struct object *container, int64_t list, const ENTRYLIST *entries, ULONG flags);
HRESULT personal_delete(struct session *session, int64_t list, const ENTRYLIST *entries);
/* Makes and saves an entry of another one and answers its id (MAPIFreeBuffer). */
HRESULT personal_add(struct object *container, ULONG cb, const ENTRYID *id, ULONG *cb_made, ENTRYID **made);

#endif
