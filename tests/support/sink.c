/*
 * sink.c: see sink.h.
 *
 * Layer: tests.
 */
#include "sink.h"

#include <ocidl.h>
#include <olectl.h>
#include <stdlib.h>
#include <wchar.h>

#define EVENTS_MAX 4096

struct sink {
    IDispatch iface;
    LONG refs;
    CRITICAL_SECTION lock;
    struct {
        DISPID kind;
        WCHAR *id;
    } events[EVENTS_MAX];
    LONG count;
    HANDLE came, go, stuck;
    IConnectionPoint *point;
    DWORD cookie;
};

static struct sink *sink_from(IDispatch *iface)
{
    return CONTAINING_RECORD(iface, struct sink, iface);
}

static HRESULT STDMETHODCALLTYPE sink_QueryInterface(IDispatch *iface, REFIID iid, void **out)
{
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch)) {
        *out = NULL;
        return E_NOINTERFACE;
    }
    *out = iface;
    IDispatch_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE sink_AddRef(IDispatch *iface)
{
    return InterlockedIncrement(&sink_from(iface)->refs);
}

static ULONG STDMETHODCALLTYPE sink_Release(IDispatch *iface)
{
    struct sink *self = sink_from(iface);
    LONG left = InterlockedDecrement(&self->refs);

    if (!left) {
        sink_forget(self);
        DeleteCriticalSection(&self->lock);
        CloseHandle(self->came);
        CloseHandle(self->go);
        CloseHandle(self->stuck);
        free(self);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE sink_GetTypeInfoCount(IDispatch *iface, UINT *count)
{
    (void)iface;
    *count = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE sink_GetTypeInfo(IDispatch *iface, UINT index, LCID lcid, ITypeInfo **out)
{
    (void)iface, (void)index, (void)lcid;
    *out = NULL;
    return DISP_E_BADINDEX;
}

static HRESULT STDMETHODCALLTYPE sink_GetIDsOfNames(IDispatch *iface, REFIID iid, LPOLESTR *names, UINT count, LCID lcid,
                                                    DISPID *ids)
{
    (void)iface, (void)iid, (void)names, (void)count, (void)lcid, (void)ids;
    return DISP_E_UNKNOWNNAME;
}

static HRESULT STDMETHODCALLTYPE sink_Invoke(IDispatch *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                             DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception, UINT *bad_arg)
{
    struct sink *self = sink_from(iface);
    /* ObjectX(ObjectType, EntryID, …), the others begin with the id; arguments come last first. */
    UINT place = id >= EVENT_CREATED && id <= EVENT_COPIED ? 1 : 0;
    const VARIANT *value = params->cArgs > place ? &params->rgvarg[params->cArgs - 1 - place] : NULL;

    (void)iid, (void)lcid, (void)flags, (void)result, (void)exception, (void)bad_arg;
    if (WaitForSingleObject(self->go, 0) != WAIT_OBJECT_0) {
        SetEvent(self->stuck);
        WaitForSingleObject(self->go, INFINITE);
    }
    EnterCriticalSection(&self->lock);
    if (self->count < EVENTS_MAX) {
        self->events[self->count].kind = id;
        self->events[self->count++].id = _wcsdup(value && V_VT(value) == VT_BSTR && V_BSTR(value) ? V_BSTR(value) : L"");
    }
    SetEvent(self->came);
    LeaveCriticalSection(&self->lock);
    return S_OK;
}

static IDispatchVtbl sink_vtbl = {
    .QueryInterface = sink_QueryInterface,
    .AddRef = sink_AddRef,
    .Release = sink_Release,
    .GetTypeInfoCount = sink_GetTypeInfoCount,
    .GetTypeInfo = sink_GetTypeInfo,
    .GetIDsOfNames = sink_GetIDsOfNames,
    .Invoke = sink_Invoke,
};

struct sink *sink_advise(IDispatch *source)
{
    struct sink *self = calloc(1, sizeof *self);
    IConnectionPointContainer *container = NULL;
    IEnumConnectionPoints *points = NULL;
    HRESULT hr;

    self->iface.lpVtbl = &sink_vtbl;
    self->refs = 1;
    InitializeCriticalSection(&self->lock);
    self->came = CreateEventW(NULL, FALSE, FALSE, NULL);
    self->go = CreateEventW(NULL, TRUE, TRUE, NULL);
    self->stuck = CreateEventW(NULL, FALSE, FALSE, NULL);
    hr = IDispatch_QueryInterface(source, &IID_IConnectionPointContainer, (void **)&container);
    if (SUCCEEDED(hr))
        hr = IConnectionPointContainer_EnumConnectionPoints(container, &points);
    if (SUCCEEDED(hr))
        hr = IEnumConnectionPoints_Next(points, 1, &self->point, NULL) == S_OK ? S_OK : E_FAIL;
    if (SUCCEEDED(hr))
        hr = IConnectionPoint_Advise(self->point, (IUnknown *)&self->iface, &self->cookie);
    if (points)
        IEnumConnectionPoints_Release(points);
    if (container)
        IConnectionPointContainer_Release(container);
    if (SUCCEEDED(hr))
        return self;
    if (self->point)
        IConnectionPoint_Release(self->point);
    IDispatch_Release(&self->iface);
    return NULL;
}

HRESULT sink_unadvise(struct sink *self)
{
    HRESULT hr = IConnectionPoint_Unadvise(self->point, self->cookie);

    IConnectionPoint_Release(self->point);
    IDispatch_Release(&self->iface);
    return hr;
}

static bool sink_take(struct sink *self, DISPID kind, const WCHAR *id)
{
    bool found = false;
    LONG i, kept = 0;

    EnterCriticalSection(&self->lock);
    for (i = 0; i < self->count; i++) {
        if (found)
            self->events[kept++] = self->events[i];
        else {
            found = self->events[i].kind == kind && (!id || !_wcsicmp(self->events[i].id, id));
            free(self->events[i].id);
        }
    }
    self->count = kept;
    LeaveCriticalSection(&self->lock);
    return found;
}

bool sink_wait(struct sink *self, DISPID kind, const WCHAR *id, DWORD milliseconds)
{
    ULONGLONG end = GetTickCount64() + milliseconds;

    while (!sink_take(self, kind, id)) {
        ULONGLONG now = GetTickCount64();

        if (now >= end)
            return false;
        WaitForSingleObject(self->came, (DWORD)(end - now));
    }
    return true;
}

LONG sink_count(struct sink *self)
{
    LONG count;

    EnterCriticalSection(&self->lock);
    count = self->count;
    LeaveCriticalSection(&self->lock);
    return count;
}

void sink_forget(struct sink *self)
{
    EnterCriticalSection(&self->lock);
    while (self->count)
        free(self->events[--self->count].id);
    LeaveCriticalSection(&self->lock);
}

void sink_stick(struct sink *self)
{
    ResetEvent(self->stuck);
    ResetEvent(self->go);
}

bool sink_wait_stuck(struct sink *self, DWORD milliseconds)
{
    return WaitForSingleObject(self->stuck, milliseconds) == WAIT_OBJECT_0;
}

void sink_go(struct sink *self)
{
    SetEvent(self->go);
}
