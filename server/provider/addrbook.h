/*
 * addrbook.h: the address book: IAddrBook, its containers, mail users, distribution lists and one-offs.
 *
 * Layer: provider, session part. The address book's root holds two containers: the global address list, which shows the
 * directory read-only (mapictl administers it), and the personal address book of the profile's user (ab_personal.h).
 * One-offs are as CreateOneOff made them.
 */
#ifndef PROVIDER_ADDRBOOK_H
#define PROVIDER_ADDRBOOK_H

#include "addrbook_id.h"
#include "directory.h"
#include "session.h"

/* A session's address book as IAddrBook. MAPI_E_INTERFACE_NOT_SUPPORTED. */
HRESULT addrbook_create(struct session *session, const IID *iid, IAddrBook **out);
/* Opens an entry of the address book; cb 0: the root container. MAPI_E_UNKNOWN_ENTRYID for an id that is not ours,
 * MAPI_E_NOT_FOUND, MAPI_E_INTERFACE_NOT_SUPPORTED. */
HRESULT addrbook_open_entry(struct session *session, struct object *parent, ULONG cb, const ENTRYID *id, const IID *iid,
                            ULONG flags, ULONG *type, IUnknown **out);
/* Whether two ids are of the same entry. MAPI_E_UNKNOWN_ENTRYID. */
HRESULT addrbook_compare(ULONG cb1, const ENTRYID *id1, ULONG cb2, const ENTRYID *id2, ULONG *result);

/* ---- the directory as rows ---- */

/* A snapshot of the directory with the properties of all entries, shared by all of the process while the directory
 * stays as it is. */
struct ab_snapshot;
struct ab_row {
    int64_t id;
    enum dir_kind kind;
    bool hidden;
    ULONG count;
    SPropValue *values; /* strings Unicode; as tables and objects show them */
};
HRESULT ab_snapshot_get(struct directory *dir, struct ab_snapshot **out);
void ab_snapshot_release(void *snapshot); /* NULL is allowed */
ULONG ab_snapshot_count(const struct ab_snapshot *snapshot);
/* Rows are in order of display name; the pointer is valid while the snapshot is held. */
const struct ab_row *ab_snapshot_row(const struct ab_snapshot *snapshot, ULONG i);
/* By DN or any of its addresses or the alias; by directory id. NULL: there is none. */
const struct ab_row *ab_snapshot_find(const struct ab_snapshot *snapshot, const WCHAR *name);
const struct ab_row *ab_snapshot_by_id(const struct ab_snapshot *snapshot, int64_t id);
/* A table source over the rows that `accept` takes (NULL: those that are not hidden). */
HRESULT ab_snapshot_source(struct ab_snapshot *snapshot, bool (*accept)(void *context, const struct ab_row *row),
                           void *context, struct table_source **out);
const SPropTagArray *ab_default_columns(void);

/* Does the text name the row as ambiguous name resolution means it: by its words, alias or address? exact: it is the
 * whole alias or one of the addresses. */
bool anr_row_matches(ULONG count, const SPropValue *values, const WCHAR *text, bool *exact);
/* Looks for the one row that a text (without spaces before it) names: begin with the text alone, consider each row, ask for
 * the answer. whole_only: not by the beginning of its name. MAPI_E_NOT_FOUND, MAPI_E_AMBIGUOUS_RECIP. */
struct anr_search {
    const WCHAR *text;
    ULONG matches, match_at; /* rows that the text matches, and the first one's place */
    ULONG whole, whole_at;   /* those whose whole name it is */
    bool exact;              /* one has it as alias or address: no others are looked at */
    ULONG exact_at;
};
void anr_consider(struct anr_search *search, ULONG place, ULONG count, const SPropValue *values, bool hidden);
HRESULT anr_answer(const struct anr_search *search, bool whole_only, ULONG *place);

/* ---- objects ---- */

/* Objects of the address book by kind. */
enum ab_kind { AB_ROOT, AB_GAL, AB_PERSONAL, AB_LIST, AB_USER };
/* One of the three containers; flags as OpenEntry takes them. MAPI_E_NO_ACCESS. */
HRESULT ab_container_open(struct session *session, struct object *parent, enum ab_kind kind, const IID *iid, ULONG flags,
                          ULONG *type, IUnknown **out);
/* The entry id of a container. */
HRESULT ab_container_id(enum ab_kind kind, void *base, SBinary *out);
/* A mail user or list by its row, and a one-off; the object holds the snapshot. */
HRESULT ab_entry_open(struct session *session, struct object *parent, struct ab_snapshot *snapshot,
                      const struct ab_row *row, const IID *iid, ULONG *type, IUnknown **out);
HRESULT ab_oneoff_open(struct session *session, struct object *parent, const struct ab_id *id, const IID *iid, ULONG *type,
                       IUnknown **out);
/* Where names are looked for. */
enum ab_place { AB_IN_GAL, AB_IN_PERSONAL, AB_ONE_OFFS /* what is an address is its own entry */, AB_PLACES };
/* The places of the profile's search path, in its order, and one-offs at the end; room for AB_PLACES. */
HRESULT addrbook_search_places(struct session *session, enum ab_place *places, ULONG *count);
/* Resolves the unresolved recipients (states[i] is MAPI_UNRESOLVED) by their display names in these places: the first that
 * knows one. tags NULL: the usual properties. flags: MAPI_UNICODE, EMS_AB_ADDRESS_LOOKUP. */
HRESULT ab_resolve_list(struct session *session, const enum ab_place *places, ULONG place_count, const SPropTagArray *tags,
                        ULONG flags, ADRLIST *list, ULONG *states);
/* Puts the wanted properties of recipients that have an entry id in front. */
HRESULT ab_prepare_list(struct session *session, const SPropTagArray *tags, ULONG flags, ADRLIST *list);
/* The one row that a text names; whole_only as anr_answer. MAPI_E_NOT_FOUND, MAPI_E_AMBIGUOUS_RECIP. */
HRESULT ab_resolve_row(struct ab_snapshot *snapshot, const WCHAR *text, bool whole_only, const struct ab_row **row);

#endif
