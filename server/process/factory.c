/*
 * factory.c: the class factory of Session.
 *
 * Layer: server/process. It lives in the MTA, so that CreateInstance runs on an RPC thread that knows which process
 * calls. It makes the session on an apartment's thread and answers a proxy of it, which COM turns into a direct
 * connection of the client to the apartment.
 */
#include "factory.h"
#include "apartment.h"
#include "clients.h"
#include "lifetime.h"
#include "worker.h"

#include <rpc.h>
#include <rpcdcep.h>

static factory_make make_session;
static bool isolate_sessions;

/* What travels to the apartment and back. */
struct creation {
    const IID *iid;
    DWORD pid;
    IStream *stream; /* the marshalled interface */
};

static HRESULT create_on_apartment(void *context)
{
    struct creation *creation = context;
    struct auto_object *session = NULL;
    HRESULT hr = make_session(&session);

    if (FAILED(hr))
        return hr;
    hr = CoMarshalInterThreadInterfaceInStream(creation->iid, (IUnknown *)session, &creation->stream);
    if (SUCCEEDED(hr))
        clients_attach(session, creation->pid);
    auto_release(session);
    return hr;
}

/* A session in a process of its own, which lives as long as the session does. */
static HRESULT create_isolated(const struct creation *creation, void **out)
{
    struct worker *worker = NULL;
    IMhSession *session = NULL;
    HRESULT hr = worker_start(false, &worker);

    if (SUCCEEDED(hr))
        hr = IMhWorker_CreateSession(worker->control, (LONG)creation->pid, &session);
    if (SUCCEEDED(hr)) {
        hr = IMhSession_QueryInterface(session, creation->iid, out);
        IMhSession_Release(session);
    }
    worker_release(worker, INFINITE);
    return hr;
}

static HRESULT STDMETHODCALLTYPE factory_QueryInterface(IClassFactory *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IClassFactory))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

/* Static: COM's registration and proxies of the factory do not keep the process alive, sessions and locks do. */
static ULONG STDMETHODCALLTYPE factory_AddRef(IClassFactory *iface)
{
    (void)iface;
    return 2;
}

static ULONG STDMETHODCALLTYPE factory_Release(IClassFactory *iface)
{
    (void)iface;
    return 1;
}

static HRESULT STDMETHODCALLTYPE factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID iid, void **out)
{
    struct creation creation = {.iid = iid};
    unsigned long pid = 0;
    HRESULT hr;

    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (outer)
        return CLASS_E_NOAGGREGATION;
    if (I_RpcBindingInqLocalClientPID(NULL, &pid) != RPC_S_OK)
        pid = 0;
    creation.pid = pid;
    lifetime_hold(); /* until the session holds for itself */
    if (isolate_sessions)
        hr = create_isolated(&creation, out);
    else
        hr = apartment_place(create_on_apartment, &creation);
    if (SUCCEEDED(hr) && !isolate_sessions)
        hr = CoGetInterfaceAndReleaseStream(creation.stream, iid, out);
    lifetime_release();
    return hr;
}

static HRESULT STDMETHODCALLTYPE factory_LockServer(IClassFactory *iface, BOOL lock)
{
    (void)iface;
    if (lock)
        lifetime_hold();
    else
        lifetime_release();
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl = {
    .QueryInterface = factory_QueryInterface,
    .AddRef = factory_AddRef,
    .Release = factory_Release,
    .CreateInstance = factory_CreateInstance,
    .LockServer = factory_LockServer,
};

IClassFactory *factory_get(factory_make make, bool isolate)
{
    static IClassFactory factory = {(IClassFactoryVtbl *)&factory_vtbl};

    make_session = make;
    isolate_sessions = isolate;
    return &factory;
}
