/*
 * session_entry.c: OpenEntry, CompareEntryIDs, Advise, profile sections and administration of a session.
 *
 * Layer: provider, session part. An entry id goes to the part that made it: stores, address book, status
 * objects.
 */
#include <stdlib.h>
#include <string.h>
#include "addrbook.h"
#include "addrbook_id.h"
#include "entryid.h"
#include "prof_admin.h"
#include "prof_sect.h"
#include "session.h"

HRESULT STDMETHODCALLTYPE session_OpenEntry(IMAPISession *self, ULONG cb, LPENTRYID id, LPCIID iid,
                                            ULONG flags, ULONG *type, LPUNKNOWN *out)
{
    struct session *session = (struct session *)self;
    if (type != NULL)
        *type = 0;
    if (out == NULL || type == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (cb == 0 || id == NULL)
        return MAPI_E_INVALID_ENTRYID;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    if (entryid_is_ours(cb, id))
        hr = store_open_entry(session, cb, id, iid, flags, type, out);
    else if ((hr = session_status_open(session, cb, id, iid, type, out)) == MAPI_E_UNKNOWN_ENTRYID)
        hr = addrbook_open_entry(session, &session->base, cb, id, iid, flags, type, out);
    object_leave(&session->base);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_CompareEntryIDs(IMAPISession *self, ULONG cb1, LPENTRYID id1, ULONG cb2,
                                                  LPENTRYID id2, ULONG flags, ULONG *result)
{
    struct session *session = (struct session *)self;
    if (result == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (cb1 == 0 || id1 == NULL || cb2 == 0 || id2 == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    if (entryid_is_ours(cb1, id1) && entryid_is_ours(cb2, id2))
        *result = entryid_equal(cb1, id1, cb2, id2);
    else if (!entryid_is_ours(cb1, id1) && !entryid_is_ours(cb2, id2))
        hr = addrbook_compare(cb1, id1, cb2, id2, result);
    object_leave(&session->base);
    return hr;
}

/* ---- Advise ---- */

struct session_advise {
    ULONG_PTR connection;
    IMsgStore *store; /* which has the connection; NULL: the session itself */
    struct session_advise *next;
};

/* Connects through the store of the object. The store stays open, with its slot, until Unadvise. */
static HRESULT advise_store(struct session *session, ULONG cb, const ENTRYID *id, ULONG mask,
                            IMAPIAdviseSink *sink, struct session_advise *advise)
{
    struct entryid parsed;
    SBinary store_id = {0, NULL};
    void *base = NULL;
    HRESULT hr = entryid_parse(cb, id, &parsed);
    if (hr == S_OK)
        hr = MAPIAllocateBuffer(1, &base);
    if (hr == S_OK)
        hr = entryid_store(&parsed.mailbox, parsed.open_flags, base, &store_id);
    if (hr == S_OK)
        hr = store_open(session, store_id.cb, (ENTRYID *)store_id.lpb, NULL, MDB_NO_DIALOG | MDB_NO_MAIL,
                        &advise->store);
    if (hr == S_OK) {
        bool whole = parsed.object_type == MAPI_STORE;
        hr = advise->store->lpVtbl->Advise(advise->store, whole ? 0 : cb, whole ? NULL : (ENTRYID *)id, mask,
                                           sink, &advise->connection);
        if (hr != S_OK)
            object_Release(advise->store);
    }
    MAPIFreeBuffer(base);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_Advise(IMAPISession *self, ULONG cb, LPENTRYID id, ULONG mask,
                                         LPMAPIADVISESINK sink, ULONG_PTR *connection)
{
    struct session *session = (struct session *)self;
    struct session_advise *advise;
    if (connection != NULL)
        *connection = 0;
    if (sink == NULL || connection == NULL || (cb != 0 && id == NULL))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    if ((advise = calloc(1, sizeof *advise)) == NULL)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (cb != 0 && entryid_is_ours(cb, id))
        hr = advise_store(session, cb, id, mask, sink, advise);
    else /* the session, or the address book, which changes by administration only */
        hr = notify_advise(&session->base, NULL, 0, mask, sink, &advise->connection);
    if (hr == S_OK) {
        advise->next = session->advises;
        session->advises = advise;
        *connection = advise->connection;
    } else
        free(advise);
    object_leave(&session->base);
    return hr;
}

static HRESULT advise_drop(struct session *session, struct session_advise *advise)
{
    HRESULT hr;
    if (advise->store != NULL) {
        hr = advise->store->lpVtbl->Unadvise(advise->store, advise->connection);
        object_Release(advise->store);
    } else
        hr = notify_unadvise(&session->base, advise->connection);
    free(advise);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_Unadvise(IMAPISession *self, ULONG_PTR connection)
{
    struct session *session = (struct session *)self;
    struct session_advise **link, *found;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    for (link = &session->advises; *link != NULL && (*link)->connection != connection; link = &(*link)->next)
        ;
    found = *link;
    if (found != NULL)
        *link = found->next;
    object_leave(&session->base);
    /* Outside the lock: a callback that is running may want it. */
    return found != NULL ? advise_drop(session, found) : MAPI_E_INVALID_PARAMETER;
}

void session_advises_end(struct session *session)
{
    while (session->advises != NULL) {
        struct session_advise *advise = session->advises;
        session->advises = advise->next;
        advise_drop(session, advise);
    }
}

/* ---- profile ---- */

HRESULT STDMETHODCALLTYPE session_OpenProfileSection(IMAPISession *self, LPMAPIUID uid, LPCIID iid,
                                                     ULONG flags, LPPROFSECT *out)
{
    struct session *session = (struct session *)self;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = prof_sect_open(&session->base, session->dir, session->profile, uid, iid, flags, true, out);
    object_leave(&session->base);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_AdminServices(IMAPISession *self, ULONG flags, LPSERVICEADMIN *out)
{
    struct session *session = (struct session *)self;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = service_admin_create(&session->base, session->dir, session->profile, out);
    object_leave(&session->base);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_OpenAddressBook(IMAPISession *self, ULONG_PTR ui, LPCIID iid, ULONG flags,
                                                  LPADRBOOK *out)
{
    struct session *session = (struct session *)self;
    (void)ui;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(AB_NO_DIALOG | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = addrbook_create(session, iid, out);
    object_leave(&session->base);
    return hr;
}
