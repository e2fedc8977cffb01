/*
 * session_workers.c: mailboxes of a session that live in worker processes.
 *
 * Layer: server/object. A worker belongs to one session, which ends it at logoff. The end of a worker's process is noticed
 * by a watch, which posts to the session's apartment, or earlier by a call that fails.
 *
 * What a worker holds of the session is a SessionLink and not the session: its reference can be cut when the worker is
 * gone, without touching the client's.
 */
#include "session_workers.h"
#include "mailbox.h"
#include "mapi_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define END_MS      3000 /* for a worker to end by itself after a logoff */
#define ABANDON_MS  1000 /* the same when the client is gone */

/* The watch of a worker's end: used by its thread until the link is freed. Owners: the link and a posted job. */
struct link_watch {
    volatile LONG refs;
    struct auto_home *home;
    struct session *session; /* NULL when the link is gone; used on the session's thread */
    struct session_link *link;
};

/* One worker of a session. */
struct session_link {
    void *worker;
    IMhWorker *control;
    DWORD process_id;
    unsigned open; /* mailboxes that it holds */
    bool full; /* its last answer was that it has no slot; asked again when another one is full too */
    struct door *door; /* what the worker holds of the session, or NULL; not held: it keeps the session alive */
    struct link_watch *watch;
    struct session_link *next;
};

/* The SessionLink of a worker. */
struct door {
    struct auto_object base;
    struct session_link *link; /* NULL when that is gone */
};

static void door_destroy(struct auto_object *object)
{
    struct door *self = (struct door *)object;

    if (self->link)
        self->link->door = NULL;
}

static const IMhSessionLinkVtbl door_vtbl = {AUTO_HEAD};

static const struct auto_class door_class = {
    .name = L"SessionLink",
    .kind = CdoUnknown,
    .iid = &IID_IMhSessionLink,
    .size = sizeof(struct door),
    .vtbl = &door_vtbl,
    .destroy = door_destroy,
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

void session_remote_clear(struct session_remote *remote)
{
    if (remote->mailbox)
        IMhMailbox_Release(remote->mailbox);
    remote->mailbox = NULL;
    SysFreeString(remote->store_id);
    remote->store_id = NULL;
}

static void watch_release(struct link_watch *watch)
{
    if (!InterlockedDecrement(&watch->refs))
        free(watch);
}

static void link_free(struct session_link *link, DWORD milliseconds)
{
    if (link->control)
        IMhWorker_Release(link->control);
    source.release(link->worker, milliseconds); /* no watch calls after this */
    if (link->watch) {
        link->watch->session = NULL;
        watch_release(link->watch);
    }
    if (link->door) {
        struct auto_object *door = &link->door->base;

        auto_addref(door);
        link->door->link = NULL;
        auto_close(door);
        CoDisconnectObject((IUnknown *)door, 0); /* a killed worker gives nothing back */
        auto_release(door);
    }
    free(link);
}

/* A worker's process is gone: its mailboxes say so. The caller holds the session. */
static void link_drop(struct session *self, struct session_link *gone)
{
    DWORD process_id = gone->process_id;
    struct session_link **link;

    for (link = &self->links; *link != gone; link = &(*link)->next)
        ;
    *link = gone->next;
    link_free(gone, 0);
    mailbox_worker_ended(self, process_id);
}

void session_workers_close(struct session *self)
{
    bool abandoned = auto_is_cancelled(&self->base);
    struct session_link *link;

    while ((link = self->links)) {
        self->links = link->next;
        /* The worker watches the client as well. A call could wait for one that hangs there. */
        if (!abandoned)
            IMhWorker_Close(link->control);
        link_free(link, abandoned ? ABANDON_MS : END_MS);
    }
}

/* On the session's thread. */
static void run_ended(void *context)
{
    struct link_watch *watch = context;
    struct session *self = watch->session;

    if (self) {
        auto_addref(&self->base);
        link_drop(self, watch->link);
        auto_release(&self->base);
    }
    watch_release(watch);
}

/* On a thread of the system's pool; the link is alive, and so its home. */
static void on_ended(void *context)
{
    struct link_watch *watch = context;

    InterlockedIncrement(&watch->refs);
    if (!watch->home->post || !watch->home->post(watch->home, run_ended, watch))
        watch_release(watch);
}

static HRESULT link_watch(struct session *self, struct session_link *link)
{
    struct link_watch *watch = calloc(1, sizeof *watch);

    if (!watch)
        return E_OUTOFMEMORY;
    watch->refs = 1;
    watch->home = self->base.home;
    watch->session = self;
    watch->link = link;
    link->watch = watch;
    return source.watch(link->worker, on_ended, watch);
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
    hr = link_watch(self, link);
    if (FAILED(hr)) {
        link_free(link, 0);
        return hr;
    }
    link->next = self->links;
    self->links = link;
    *out = link;
    return S_OK;
}

/* The door of a worker, with a reference for the time of a call. */
static HRESULT door_get(struct session *self, struct session_link *link, struct door **out)
{
    HRESULT hr = S_OK;

    if (link->door)
        auto_addref(&link->door->base);
    else if (SUCCEEDED(hr = auto_create(&door_class, &self->base, &link->door)))
        link->door->link = link;
    *out = link->door;
    return hr;
}

static HRESULT open_in(struct session *self, struct session_link *link, const WCHAR *name, const WCHAR *dn, bool admin,
                       struct session_remote *out)
{
    BSTR profile = SysAllocString(self->mapi->profile), password = SysAllocString(self->password ? self->password : L"");
    BSTR title = SysAllocString(name), owner = SysAllocString(dn);
    struct door *door = NULL;
    HRESULT hr = profile && password && title && owner ? door_get(self, link, &door) : E_OUTOFMEMORY;

    out->mailbox = NULL;
    if (SUCCEEDED(hr))
        hr = IMhWorker_OpenMailbox(link->control, (IMhSessionLink *)door, (LONG)source.client(&self->base),
                                   profile, password, title, owner, admin ? VARIANT_TRUE : VARIANT_FALSE,
                                   &out->store_id, &out->mailbox);
    out->process_id = link->process_id;
    if (door)
        auto_release(&door->base);
    link->open += SUCCEEDED(hr);
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

void session_workers_closed(struct session *self, DWORD process_id)
{
    struct session_link *link = self->links;

    while (link && link->process_id != process_id)
        link = link->next;
    if (link && link->open)
        link->open--;
}

WCHAR *session_workers_full_text(struct session *self)
{
    size_t size = 1024, length = 0;
    WCHAR *text = malloc(size * sizeof *text);
    int n;

    if (!text)
        return NULL;
    n = _snwprintf(text, size, L"%ld message stores are open in process %lu, its most, and none of them can be parked",
                   mapi_slots_used(), GetCurrentProcessId());
    length += n;
    for (struct session_link *link = self->links; link && length < size - 300; link = link->next)
        length += _snwprintf(text + length, size - length, L"; %u in worker %lu", link->open, link->process_id);
    _snwprintf(text + length, size - length,
               L"; %u of at most %u workers run. Close mailboxes, save or release messages and end subscriptions, or "
               L"raise MaxWorkers or MaxStoresPerProcess.",
               source.count ? source.count() : 0, source.limit ? source.limit() : 0);
    return text;
}

static HRESULT fail_full(struct session *self)
{
    WCHAR *text = session_workers_full_text(self);

    auto_fail(&self->base, MAPI_E_FAILONEPROVIDER, text ? L"%ls" : NULL, text);
    free(text);
    return MAPI_E_FAILONEPROVIDER;
}

HRESULT session_workers_open(struct session *self, const WCHAR *name, const WCHAR *dn, bool admin,
                             struct session_remote *out)
{
    struct session_link *link;
    HRESULT hr;

    memset(out, 0, sizeof *out);
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
        if (session_workers_lost(hr)) {
            DWORD process_id = link->process_id;

            link_drop(self, link);
            return auto_fail(&self->base, MAPI_E_NETWORK_ERROR,
                             L"the worker process %lu ended while it opened the mailbox. Open it again.", process_id);
        }
        if (hr != MAPI_E_FAILONEPROVIDER)
            return hr;
        link_drop(self, link); /* one that cannot hold a single mailbox helps nobody */
    }
    /* Mailboxes may have been closed since a worker said that it is full. */
    hr = open_in_any(self, name, dn, admin, true, out);
    return hr == MAPI_E_FAILONEPROVIDER ? fail_full(self) : hr;
}

/* ---- in a worker --------------------------------------------------------------------------------------------------- */

void session_guest_begin(struct session *self, IMhSessionLink *alias)
{
    if (!self->guests++ && alias) {
        self->alias = alias;
        IMhSessionLink_AddRef(alias);
    }
}

void session_guest_end(struct session *self)
{
    IMhSessionLink *alias = self->alias;

    if (--self->guests || !alias)
        return;
    self->alias = NULL;
    IMhSessionLink_Release(alias);
}

IDispatch *session_alias(struct auto_object *root)
{
    IMhSessionLink *alias = root->class == &session_class ? ((struct session *)root)->alias : NULL;
    IMhSession *session = NULL;

    if (alias && FAILED(IMhSessionLink_get_Session(alias, &session)))
        session = NULL;
    return (IDispatch *)session;
}
