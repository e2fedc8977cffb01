/*
 * event_relay.c: the events of an object in another process.
 *
 * Layer: server/object. The sink is called on the apartment that made it; it only translates. The worker calls it from a
 * delivery thread of its own, so neither waits for the other's calls.
 */
#include "event_relay.h"
#include "mapihost.h"
#include "session_workers.h"

#include <stdlib.h>

struct event_relay {
    IDispatch sink;
    LONG refs;
    bool ended;
    IConnectionPoint *point;
    DWORD cookie;
    void (*deliver)(void *context, struct mapi_event *event);
    void (*release)(void *context);
    void *context;
};

static struct event_relay *relay_from(IDispatch *iface)
{
    return CONTAINING_RECORD(iface, struct event_relay, sink);
}

static HRESULT STDMETHODCALLTYPE relay_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch) && !IsEqualIID(iid, &DIID__IMhEvents))
        return E_NOINTERFACE;
    *out = iface;
    IDispatch_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE relay_AddRef(IDispatch *iface)
{
    return InterlockedIncrement(&relay_from(iface)->refs);
}

static ULONG STDMETHODCALLTYPE relay_Release(IDispatch *iface)
{
    struct event_relay *self = relay_from(iface);
    LONG left = InterlockedDecrement(&self->refs);

    if (!left) {
        self->release(self->context);
        free(self);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE relay_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface;
    *count = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE relay_GetTypeInfo(IDispatch *iface, UINT index, LCID lcid, ITypeInfo **out)
{
    (void)iface, (void)index, (void)lcid;
    *out = NULL;
    return DISP_E_BADINDEX;
}

static HRESULT STDMETHODCALLTYPE relay_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count,
                                                     LCID lcid, DISPID *ids)
{
    (void)iface, (void)iid, (void)names, (void)lcid;
    for (UINT i = 0; i < count; i++)
        ids[i] = DISPID_UNKNOWN;
    return DISP_E_UNKNOWNNAME;
}

static HRESULT STDMETHODCALLTYPE relay_Invoke(IDispatch *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                              DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception, UINT *bad_arg)
{
    struct event_relay *self = relay_from(iface);
    struct mapi_event *event = self->ended ? NULL : event_parse(id, params);

    (void)iid, (void)lcid, (void)flags, (void)result, (void)exception, (void)bad_arg;
    if (event)
        self->deliver(self->context, event);
    return S_OK;
}

static const IDispatchVtbl relay_vtbl = {
    .QueryInterface = relay_QueryInterface,
    .AddRef = relay_AddRef,
    .Release = relay_Release,
    .GetTypeInfoCount = relay_GetTypeInfoCount,
    .GetTypeInfo = relay_GetTypeInfo,
    .GetIDsOfNames = relay_GetIDsOfNames,
    .Invoke = relay_Invoke,
};

HRESULT event_relay_begin(IUnknown *remote, void (*deliver)(void *context, struct mapi_event *event),
                          void (*release)(void *context), void *context, struct event_relay **out)
{
    struct event_relay *self = calloc(1, sizeof *self);
    IConnectionPointContainer *container = NULL;
    HRESULT hr;

    *out = NULL;
    if (!self) {
        release(context);
        return E_OUTOFMEMORY;
    }
    self->sink.lpVtbl = (IDispatchVtbl *)&relay_vtbl;
    self->refs = 1;
    self->deliver = deliver;
    self->release = release;
    self->context = context;
    hr = IUnknown_QueryInterface(remote, &IID_IConnectionPointContainer, (void **)&container);
    if (SUCCEEDED(hr))
        hr = IConnectionPointContainer_FindConnectionPoint(container, &DIID__IMhEvents, &self->point);
    if (SUCCEEDED(hr))
        hr = IConnectionPoint_Advise(self->point, (IUnknown *)&self->sink, &self->cookie);
    if (container)
        IConnectionPointContainer_Release(container);
    if (SUCCEEDED(hr))
        *out = self;
    else {
        if (self->point)
            IConnectionPoint_Release(self->point);
        IDispatch_Release(&self->sink);
    }
    return hr;
}

void event_relay_end(struct event_relay *self)
{
    if (!self)
        return;
    self->ended = true;
    /* A worker that is gone gives its references to the sink back by this. */
    if (session_workers_lost(IConnectionPoint_Unadvise(self->point, self->cookie)))
        CoDisconnectObject((IUnknown *)&self->sink, 0);
    IConnectionPoint_Release(self->point);
    IDispatch_Release(&self->sink);
}

bool event_relay_alive(struct event_relay *self)
{
    IConnectionPoint *point = self->point;
    IID iid;
    HRESULT hr;

    IDispatch_AddRef(&self->sink); /* a call that comes in meanwhile may end it */
    IConnectionPoint_AddRef(point);
    hr = IConnectionPoint_GetConnectionInterface(point, &iid);
    IConnectionPoint_Release(point);
    IDispatch_Release(&self->sink);
    return !session_workers_lost(hr);
}
