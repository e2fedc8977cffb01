/*
 * worker_run.c: the worker's side: the object that it hands over, and its life.
 *
 * Layer: server/process. The worker has apartments like the server. The control object keeps it alive as long as the
 * starting process holds it; sessions and mailboxes that it gave out do so as well.
 */
#include "apartment.h"
#include "clients.h"
#include "lifetime.h"
#include "mailbox.h"
#include "session.h"
#include "worker.h"

#include <stdlib.h>

#define CLOSE_MS     5000 /* for everything to be closed when the parent has gone */
#define ABANDONED_MS 1000 /* when the client has gone */

struct control {
    struct auto_object base;
    struct session *session; /* logged on with the profile of the client's session; NULL before the first mailbox */
};

static factory_make make_session;

static struct control *control_from(IMhWorker *iface)
{
    return CONTAINING_RECORD(iface, struct control, base);
}

static HRESULT STDMETHODCALLTYPE worker_CreateSession(IMhWorker *iface, LONG client, IMhSession **value)
{
    struct auto_object *session = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &control_from(iface)->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = make_session(&session);
    if (SUCCEEDED(hr)) {
        clients_attach(session, (DWORD)client);
        *value = (IMhSession *)session;
    }
    return auto_leave(&call, hr);
}

static void control_close(struct auto_object *object)
{
    struct control *self = (struct control *)object;

    if (!self->session)
        return;
    auto_close(&self->session->base);
    auto_release(&self->session->base);
    self->session = NULL;
}

/* The worker's own session with that profile, logged on; kept until Close, or until the client's process ends. */
static HRESULT host_session(struct control *self, DWORD client, BSTR profile, BSTR password)
{
    struct mapi_logon logon = {.profile = profile, .password = password, .new_session = true, .no_mail = true};
    struct auto_object *made = NULL;
    HRESULT hr;

    if (self->session && !self->session->base.closed)
        return S_OK;
    if (self->session)
        auto_release(&self->session->base);
    self->session = NULL;
    hr = make_session(&made);
    if (SUCCEEDED(hr)) {
        clients_attach(made, client);
        hr = session_log_on((struct session *)made, &logon);
    }
    if (SUCCEEDED(hr))
        self->session = (struct session *)made;
    else if (made)
        auto_release(made);
    return hr;
}

/* Closes everything and ends the process, whatever still hangs. Waits so long for it. */
static void end_process(DWORD milliseconds)
{
    clients_end_all();
    if (apartment_end_all(milliseconds))
        ExitProcess(0);
    TerminateProcess(GetCurrentProcess(), ERROR_PROCESS_ABORTED);
}

static void CALLBACK on_client_end(void *context, BOOLEAN timeout)
{
    (void)context, (void)timeout;
    end_process(ABANDONED_MS);
}

/* All that this worker gives out is one client's: it ends with that, so that nothing waits for a call that hangs. */
static void watch_client(DWORD id)
{
    static DWORD watched;
    HANDLE process, wait;

    if (!id || watched == id || !(process = OpenProcess(SYNCHRONIZE, FALSE, id)))
        return;
    watched = id;
    if (!RegisterWaitForSingleObject(&wait, process, on_client_end, NULL, INFINITE, WT_EXECUTEONLYONCE))
        CloseHandle(process);
}

static HRESULT STDMETHODCALLTYPE worker_OpenMailbox(IMhWorker *iface, IMhSessionLink *link, LONG client, BSTR profile,
                                                    BSTR password, BSTR name, BSTR dn, VARIANT_BOOL admin,
                                                    BSTR *store_id, IMhMailbox **value)
{
    struct control *self = control_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    *store_id = NULL;
    watch_client((DWORD)client);
    if (SUCCEEDED(hr))
        hr = host_session(self, (DWORD)client, profile, password);
    if (SUCCEEDED(hr))
        hr = mailbox_open_guest(self->session, link, name, dn, admin != VARIANT_FALSE, store_id, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE worker_Close(IMhWorker *iface)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &control_from(iface)->base, __func__);

    if (SUCCEEDED(hr)) {
        control_close(&control_from(iface)->base);
        clients_end_all();
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE worker_get_ProcessID(IMhWorker *iface, LONG *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &control_from(iface)->base, __func__);

    *value = (LONG)GetCurrentProcessId();
    return auto_leave(&call, hr);
}

static const IMhWorkerVtbl control_vtbl = {
    AUTO_HEAD,
    .CreateSession = worker_CreateSession,
    .OpenMailbox = worker_OpenMailbox,
    .Close = worker_Close,
    .get_ProcessID = worker_get_ProcessID,
};

static const struct auto_class control_class = {
    .name = L"Worker",
    .kind = CdoUnknown,
    .iid = &IID_IMhWorker,
    .size = sizeof(struct control),
    .vtbl = &control_vtbl,
    .close = control_close,
};

/* ---- handing the control object over ---------------------------------------------------------------------------- */

struct marshalled {
    void *bytes;
    DWORD size;
};

static HRESULT make_control(void *context)
{
    struct marshalled *marshalled = context;
    struct auto_object *control = NULL;
    IStream *stream = NULL;
    HGLOBAL memory;
    STATSTG stat;
    HRESULT hr = auto_create(&control_class, NULL, &control);

    if (FAILED(hr))
        return hr;
    clients_attach(control, 0); /* so that clients_end_all ends it too */
    if (SUCCEEDED(hr))
        hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    if (SUCCEEDED(hr))
        hr = CoMarshalInterface(stream, &IID_IMhWorker, (IUnknown *)control, MSHCTX_LOCAL, NULL, MSHLFLAGS_NORMAL);
    if (SUCCEEDED(hr))
        hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);
    if (SUCCEEDED(hr))
        hr = GetHGlobalFromStream(stream, &memory);
    if (SUCCEEDED(hr)) {
        marshalled->size = stat.cbSize.u.LowPart;
        marshalled->bytes = malloc(marshalled->size);
        if (marshalled->bytes)
            memcpy(marshalled->bytes, GlobalLock(memory), marshalled->size);
        else
            hr = E_OUTOFMEMORY;
        GlobalUnlock(memory);
    }
    if (stream)
        IStream_Release(stream);
    auto_release(control); /* the marshalled reference holds it */
    return hr;
}

static HRESULT hand_over(const WCHAR *pipe)
{
    struct marshalled marshalled = {NULL, 0};
    HANDLE file = INVALID_HANDLE_VALUE;
    DWORD written;
    HRESULT hr = apartment_place(make_control, &marshalled);

    if (SUCCEEDED(hr)) {
        file = CreateFileW(pipe, GENERIC_WRITE, 0, NULL, OPEN_EXISTING, SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION,
                           NULL);
        if (file == INVALID_HANDLE_VALUE || !WriteFile(file, &marshalled.size, sizeof marshalled.size, &written, NULL) ||
            !WriteFile(file, marshalled.bytes, marshalled.size, &written, NULL) || !FlushFileBuffers(file))
            hr = HRESULT_FROM_WIN32(GetLastError());
    }
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    free(marshalled.bytes);
    return hr;
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static void CALLBACK on_parent_end(void *context, BOOLEAN timeout)
{
    (void)context, (void)timeout;
    end_process(CLOSE_MS);
}

HRESULT worker_run(const struct server_options *options, const WCHAR *pipe, DWORD parent)
{
    HANDLE process = parent ? OpenProcess(SYNCHRONIZE, FALSE, parent) : NULL, wait = NULL;
    HRESULT hr;

    if (parent && !process)
        return HRESULT_FROM_WIN32(GetLastError()); /* it is gone already */
    make_session = options->make;
    hr = server_begin(options);
    if (SUCCEEDED(hr) && process && !RegisterWaitForSingleObject(&wait, process, on_parent_end, NULL, INFINITE, WT_EXECUTEONLYONCE))
        hr = HRESULT_FROM_WIN32(GetLastError());
    if (SUCCEEDED(hr))
        hr = hand_over(pipe);
    if (SUCCEEDED(hr))
        lifetime_wait(0, 0);
    server_end();
    return hr;
}
