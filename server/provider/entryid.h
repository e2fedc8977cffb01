/*
 * entryid.h: the entry ids of stores, folders and messages, and the keys that are made of ids.
 *
 * Layer: provider. All are opaque to callers and never change. Every id begins with four flag bytes (0: long-term) and
 * provider_uid, as MAPI requires. Memory goes out linked to `base` (MAPIAllocateMore).
 */
#ifndef PROVIDER_ENTRYID_H
#define PROVIDER_ENTRYID_H

#include <stdbool.h>
#include "mapi_abi.h"
#include "storage.h"

extern const MAPIUID provider_uid; /* PR_MDB_PROVIDER and the owner of the entry ids */

struct entryid {
    ULONG object_type; /* MAPI_STORE, MAPI_FOLDER, MAPI_MESSAGE */
    GUID mailbox;
    mbx_id id;         /* MBX_STORE for a store */
    ULONG open_flags;  /* of a store: OPENSTORE_… */
};

/* Whether this provider made the id. */
bool entryid_is_ours(ULONG cb, const ENTRYID *id);
/* MAPI_E_INVALID_ENTRYID for a damaged one, MAPI_E_UNKNOWN_ENTRYID for another provider's. */
HRESULT entryid_parse(ULONG cb, const ENTRYID *id, struct entryid *out);
HRESULT entryid_store(const GUID *mailbox, ULONG open_flags, void *base, SBinary *out);
/* object_type: MAPI_FOLDER or MAPI_MESSAGE. */
HRESULT entryid_object(const GUID *mailbox, ULONG object_type, mbx_id id, void *base, SBinary *out);
/* Whether two ids name one object: the flags and a store's open flags do not count. */
bool entryid_equal(ULONG cb1, const ENTRYID *id1, ULONG cb2, const ENTRYID *id2);

/* PR_SOURCE_KEY: the mailbox's GUID and a 48-bit counter, as Exchange has it (22 bytes). */
HRESULT sourcekey_make(const GUID *mailbox, mbx_id id, void *base, SBinary *out);
HRESULT sourcekey_parse(ULONG cb, const BYTE *key, GUID *mailbox, mbx_id *id); /* MAPI_E_INVALID_ENTRYID */

#endif
