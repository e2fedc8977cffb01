/*
 * session_workers.c: mailboxes of a session that live in worker processes.
 *
 * Layer: server/object. A worker belongs to one session, which ends it at logoff. A worker that is gone is noticed by
 * the next call to it, and dropped.
 */
#include "session_workers.h"
#include "mapi_store.h"

#include <stdlib.h>

/* One worker of a session. */
struct session_link {
    void *worker;
    IMhWorker *control;
    DWORD process_id;
    bool full; /* its last answer was that it has no slot; asked again when another one is full too */
    struct session_link *next;
};

static struct session_worker_source source;

void session_workers_setup(const struct session_worker_source *wanted)
{
    source = *wanted;
}

bool session_workers_lost(HRESULT hr)
{
    return hr == RPC_E_DISCONNECTED || hr == RPC_E_SERVER_DIED || hr == RPC_E_SERVER_DIED_DNE ||
           hr == CO_E_OBJNOTCONNECTED || hr == HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
           hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED) || hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED_DNE);
}

static void link_free(struct session_link *link)
{
    IMhWorker_Release(link->control);
    source.release(link->worker);
    free(link);
}

static void link_drop(struct session *self, struct session_link *gone)
{
    struct session_link **link;

    for (link = &self->links; *link != gone; link = &(*link)->next)
        ;
    *link = gone->next;
    link_free(gone);
}

void session_workers_close(struct session *self)
{
    struct session_link *link;

    while ((link = self->links)) {
        self->links = link->next;
        IMhWorker_Close(link->control);
        link_free(link);
    }
}

static HRESULT link_start(struct session *self, struct session_link **out)
{
    struct session_link *link = calloc(1, sizeof *link);
    HRESULT hr = link ? source.start(&link->worker, &link->control, &link->process_id) : E_OUTOFMEMORY;

    *out = NULL;
    if (FAILED(hr)) {
        free(link);
        return hr;
    }
    link->next = self->links;
    self->links = link;
    *out = link;
    return S_OK;
}

static HRESULT open_in(struct session *self, struct session_link *link, const WCHAR *name, const WCHAR *dn, bool admin,
                       struct session_remote *out)
{
    BSTR profile = SysAllocString(self->mapi->profile), password = SysAllocString(self->password ? self->password : L"");
    BSTR title = SysAllocString(name), owner = SysAllocString(dn);
    HRESULT hr = E_OUTOFMEMORY;

    out->mailbox = NULL;
    if (profile && password && title && owner)
        hr = IMhWorker_OpenMailbox(link->control, (IDispatch *)self, profile, password, title, owner,
                                   admin ? VARIANT_TRUE : VARIANT_FALSE, &out->mailbox);
    out->process_id = link->process_id;
    if (password)
        SecureZeroMemory(password, SysStringByteLen(password));
    SysFreeString(profile);
    SysFreeString(password);
    SysFreeString(title);
    SysFreeString(owner);
    return hr;
}

/* Tries the session's workers; MAPI_E_FAILONEPROVIDER when all are full. */
static HRESULT open_in_any(struct session *self, const WCHAR *name, const WCHAR *dn, bool admin, bool full,
                           struct session_remote *out)
{
    struct session_link *link = self->links, *next;

    for (; link; link = next) {
        HRESULT hr;

        next = link->next;
        if (link->full != full)
            continue;
        hr = open_in(self, link, name, dn, admin, out);
        if (session_workers_lost(hr)) {
            link_drop(self, link);
            continue;
        }
        link->full = hr == MAPI_E_FAILONEPROVIDER;
        if (!link->full)
            return hr;
    }
    return MAPI_E_FAILONEPROVIDER;
}

static HRESULT fail_full(struct session *self)
{
    unsigned links = 0;
    struct session_link *link;

    for (link = self->links; link; link = link->next)
        links++;
    return auto_fail(&self->base, MAPI_E_FAILONEPROVIDER,
                     L"%ld store logons are in use in process %lu and no open mailbox is idle; %u worker processes of "
                     L"this session are full as well (%u of at most %u workers run). Close mailboxes, release their "
                     L"folders and messages, or raise MaxWorkers or MaxStoresPerProcess.",
                     mapi_slots_used(), GetCurrentProcessId(), links, source.count ? source.count() : 0,
                     source.limit ? source.limit() : 0);
}

HRESULT session_workers_open(struct session *self, const WCHAR *name, const WCHAR *dn, bool admin,
                             struct session_remote *out)
{
    struct session_link *link;
    HRESULT hr;

    out->mailbox = NULL;
    out->process_id = 0;
    if (!source.start)
        return fail_full(self);
    hr = open_in_any(self, name, dn, admin, false, out);
    if (hr != MAPI_E_FAILONEPROVIDER)
        return hr;
    if (source.count() < source.limit()) {
        hr = link_start(self, &link);
        if (SUCCEEDED(hr))
            hr = open_in(self, link, name, dn, admin, out);
        else
            return auto_fail(&self->base, hr, L"a worker process for further mailboxes could not be started");
        if (hr != MAPI_E_FAILONEPROVIDER)
            return hr;
        link->full = true;
    }
    /* Mailboxes may have been closed since a worker said that it is full. */
    hr = open_in_any(self, name, dn, admin, true, out);
    return hr == MAPI_E_FAILONEPROVIDER ? fail_full(self) : hr;
}

/* ---- in a worker --------------------------------------------------------------------------------------------------- */

void session_guest_begin(struct session *self, IDispatch *alias)
{
    if (!self->guests++ && alias) {
        self->alias = alias;
        IDispatch_AddRef(alias);
    }
}

void session_guest_end(struct session *self)
{
    IDispatch *alias = self->alias;

    if (--self->guests || !alias)
        return;
    self->alias = NULL;
    IDispatch_Release(alias);
}

IDispatch *session_alias(struct auto_object *root)
{
    IDispatch *alias = root->class == &session_class ? ((struct session *)root)->alias : NULL;

    if (alias)
        IDispatch_AddRef(alias);
    return alias;
}
