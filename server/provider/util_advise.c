/*
 * util_advise.c: HrAllocAdviseSink, HrThisThreadAdviseSink, HrDispatchNotifications.
 *
 * Layer: provider. A sink of HrThisThreadAdviseSink copies each call and has it made on the thread that asked
 * for the sink, from its message loop or from HrDispatchNotifications.
 */
#include <stdlib.h>
#include <string.h>
#include "init.h"
#include "mapi_abi.h"

struct sink {
    IMAPIAdviseSink iface; /* first */
    LONG refs;
    LPNOTIFCALLBACK callback; /* of HrAllocAdviseSink */
    void *context;
    IMAPIAdviseSink *target; /* of HrThisThreadAdviseSink */
    struct thread_queue *queue;
};

static struct sink *sink_from(IMAPIAdviseSink *self)
{
    return (struct sink *)self;
}

static HRESULT STDMETHODCALLTYPE sink_QueryInterface(IMAPIAdviseSink *self, REFIID iid, void **out)
{
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIAdviseSink))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    InterlockedIncrement(&sink_from(self)->refs);
    *out = self;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE sink_AddRef(IMAPIAdviseSink *self)
{
    return (ULONG)InterlockedIncrement(&sink_from(self)->refs);
}

static ULONG STDMETHODCALLTYPE sink_Release(IMAPIAdviseSink *self)
{
    struct sink *sink = sink_from(self);
    LONG refs = InterlockedDecrement(&sink->refs);
    if (refs > 0)
        return (ULONG)refs;
    if (sink->target != NULL)
        sink->target->lpVtbl->Release(sink->target);
    thread_queue_release(sink->queue);
    free(sink);
    return 0;
}

/* ---- a callback as a sink ---- */

static ULONG STDMETHODCALLTYPE callback_OnNotify(IMAPIAdviseSink *self, ULONG count, LPNOTIFICATION events)
{
    struct sink *sink = sink_from(self);
    return (ULONG)sink->callback(sink->context, count, events);
}

static const IMAPIAdviseSinkVtbl callback_vtbl = {
    .QueryInterface = sink_QueryInterface,
    .AddRef = sink_AddRef,
    .Release = sink_Release,
    .OnNotify = callback_OnNotify,
};

HRESULT WINAPI HrAllocAdviseSink(LPNOTIFCALLBACK callback, LPVOID context, LPMAPIADVISESINK *out)
{
    struct sink *sink;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (callback == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if ((sink = calloc(1, sizeof *sink)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    sink->iface.lpVtbl = &callback_vtbl;
    sink->refs = 1;
    sink->callback = callback;
    sink->context = context;
    *out = &sink->iface;
    return S_OK;
}

/* ---- a sink that is called on one thread ---- */

struct thread_call {
    IMAPIAdviseSink *target; /* referenced */
    ULONG count;
    NOTIFICATION events[];
};

static void thread_call_drop(void *context)
{
    struct thread_call *call = context;
    call->target->lpVtbl->Release(call->target);
    free(call);
}

static void thread_call_make(void *context)
{
    struct thread_call *call = context;
    call->target->lpVtbl->OnNotify(call->target, call->count, call->events);
    thread_call_drop(call);
}

static ULONG STDMETHODCALLTYPE thread_OnNotify(IMAPIAdviseSink *self, ULONG count, LPNOTIFICATION events)
{
    struct sink *sink = sink_from(self);
    struct thread_call *call;
    ULONG size;
    SCODE sc = ScCountNotifications((int)count, events, &size);
    if (sc != S_OK)
        return (ULONG)sc;
    if ((call = malloc(sizeof *call + size)) == NULL)
        return (ULONG)MAPI_E_NOT_ENOUGH_MEMORY;
    call->count = count;
    call->target = sink->target;
    call->target->lpVtbl->AddRef(call->target);
    sc = ScCopyNotifications((int)count, events, call->events, NULL);
    if (sc == S_OK)
        sc = thread_queue_post(sink->queue, thread_call_make, thread_call_drop, call);
    if (sc != S_OK)
        thread_call_drop(call);
    return (ULONG)sc;
}

static const IMAPIAdviseSinkVtbl thread_vtbl = {
    .QueryInterface = sink_QueryInterface,
    .AddRef = sink_AddRef,
    .Release = sink_Release,
    .OnNotify = thread_OnNotify,
};

HRESULT WINAPI HrThisThreadAdviseSink(LPMAPIADVISESINK target, LPMAPIADVISESINK *out)
{
    struct sink *sink;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (target == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if ((sink = calloc(1, sizeof *sink)) == NULL || (sink->queue = thread_queue_current()) == NULL) {
        free(sink);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    sink->iface.lpVtbl = &thread_vtbl;
    sink->refs = 1;
    sink->target = target;
    target->lpVtbl->AddRef(target);
    *out = &sink->iface;
    return S_OK;
}

HRESULT WINAPI HrDispatchNotifications(ULONG flags)
{
    (void)flags; /* reserved */
    thread_queue_dispatch();
    return S_OK;
}
