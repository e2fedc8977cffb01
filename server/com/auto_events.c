/*
 * auto_events.c: connection points and the delivery of events.
 *
 * Layer: server/com. Every advised sink has a queue and a delivery thread in the MTA that calls it, so that the
 * object's own thread never waits for a client, not even to release its sink. The sink travels there through the
 * global interface table, which holds it. A sink that answers that it is gone is dropped; a slow one loses its oldest events beyond SINK_QUEUE_MAX.
 */
#include "auto_events.h"
#include "auto_private.h"

#include <stdlib.h>

#define SINK_QUEUE_MAX 1000

struct event {
    DISPID id;
    UINT count;
    VARIANT *args; /* in IDispatch's order: last argument first */
    struct event *next;
};

/* One advised sink. Two owners: the connection point and the delivery thread. */
struct sink {
    LONG refs;
    DWORD git_cookie;
    CRITICAL_SECTION lock; /* guards the queue and the two flags */
    struct event *first, *last;
    unsigned queued;
    bool stopped, dead;
    HANDLE wake;
};

struct connection {
    DWORD cookie;
    struct sink *sink;
    struct connection *next;
};

struct auto_points {
    IConnectionPoint iface;
    struct auto_object *object; /* not held: it owns this */
    struct auto_side side;
    LONG refs;                  /* beyond the object's own; each holds the object */
    DWORD next_cookie;
    struct connection *connections;
};

static const IConnectionPointVtbl point_vtbl;
static HRESULT (*sinks_changed)(struct auto_object *object, bool listening);

void auto_on_sinks_changed(HRESULT (*changed)(struct auto_object *object, bool listening))
{
    sinks_changed = changed;
}

static HRESULT interface_table(IGlobalInterfaceTable **out)
{
    return CoCreateInstance(&CLSID_StdGlobalInterfaceTable, NULL, CLSCTX_INPROC_SERVER, &IID_IGlobalInterfaceTable,
                            (void **)out);
}

/* ---- sinks and their delivery threads ---------------------------------------------------------------------- */

static void event_free(struct event *event)
{
    UINT i;

    if (!event)
        return;
    for (i = 0; i < event->count; i++)
        VariantClear(&event->args[i]);
    free(event->args);
    free(event);
}

static void sink_release(struct sink *sink)
{
    struct event *event;

    if (InterlockedDecrement(&sink->refs))
        return;
    while ((event = sink->first)) {
        sink->first = event->next;
        event_free(event);
    }
    DeleteCriticalSection(&sink->lock);
    CloseHandle(sink->wake);
    free(sink);
}

/* Takes the next event; false when the sink is stopped. Waits. */
static bool sink_take(struct sink *sink, struct event **out)
{
    *out = NULL;
    for (;;) {
        bool stopped;

        EnterCriticalSection(&sink->lock);
        stopped = sink->stopped;
        if (!stopped && (*out = sink->first)) {
            sink->first = (*out)->next;
            if (!sink->first)
                sink->last = NULL;
            sink->queued--;
        }
        LeaveCriticalSection(&sink->lock);
        if (stopped || *out)
            return !stopped;
        WaitForSingleObject(sink->wake, INFINITE);
    }
}

static bool sink_is_gone(HRESULT hr)
{
    return hr == RPC_E_DISCONNECTED || hr == HRESULT_FROM_WIN32(RPC_S_SERVER_UNAVAILABLE) ||
           hr == HRESULT_FROM_WIN32(RPC_S_CALL_FAILED) || hr == RPC_E_SERVER_DIED || hr == RPC_E_SERVER_DIED_DNE ||
           hr == CO_E_OBJNOTCONNECTED;
}

static DWORD WINAPI sink_thread(void *context)
{
    struct sink *sink = context;
    IGlobalInterfaceTable *table = NULL;
    IDispatch *target = NULL;
    struct event *event;
    HRESULT hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    bool initialised = SUCCEEDED(hr);

    if (SUCCEEDED(hr))
        hr = interface_table(&table);
    if (SUCCEEDED(hr))
        hr = IGlobalInterfaceTable_GetInterfaceFromGlobal(table, sink->git_cookie, &IID_IDispatch, (void **)&target);
    while (SUCCEEDED(hr) && sink_take(sink, &event)) {
        DISPPARAMS params = {.rgvarg = event->args, .cArgs = event->count};
        HRESULT called = IDispatch_Invoke(target, event->id, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &params,
                                          NULL, NULL, NULL);

        event_free(event);
        if (sink_is_gone(called))
            hr = called;
    }
    EnterCriticalSection(&sink->lock);
    sink->dead = true;
    LeaveCriticalSection(&sink->lock);
    if (target)
        IDispatch_Release(target);
    if (table) {
        IGlobalInterfaceTable_RevokeInterfaceFromGlobal(table, sink->git_cookie);
        IGlobalInterfaceTable_Release(table);
    }
    sink_release(sink);
    if (initialised)
        CoUninitialize();
    return 0;
}

static HRESULT sink_create(IDispatch *target, struct sink **out)
{
    IGlobalInterfaceTable *table = NULL;
    struct sink *sink = NULL;
    HANDLE thread;
    HRESULT hr = interface_table(&table);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    if (!(sink = calloc(1, sizeof *sink)) || !(sink->wake = CreateEventW(NULL, FALSE, FALSE, NULL))) {
        free(sink);
        IGlobalInterfaceTable_Release(table);
        return E_OUTOFMEMORY;
    }
    InitializeCriticalSection(&sink->lock);
    sink->refs = 2;
    hr = IGlobalInterfaceTable_RegisterInterfaceInGlobal(table, (IUnknown *)target, &IID_IDispatch, &sink->git_cookie);
    IGlobalInterfaceTable_Release(table);
    thread = SUCCEEDED(hr) ? CreateThread(NULL, 0, sink_thread, sink, 0, NULL) : NULL;
    if (!thread) {
        sink->refs = 1;
        sink_release(sink);
        return FAILED(hr) ? hr : E_OUTOFMEMORY;
    }
    CloseHandle(thread);
    *out = sink;
    return S_OK;
}

static void sink_stop(struct sink *sink)
{
    EnterCriticalSection(&sink->lock);
    sink->stopped = true;
    LeaveCriticalSection(&sink->lock);
    SetEvent(sink->wake);
    sink_release(sink);
}

/* Puts a copy of the event into the sink's queue; false when the sink is dead. */
static bool sink_post(struct sink *sink, DISPID id, const VARIANT *args, UINT count)
{
    struct event *event = calloc(1, sizeof *event), *lost = NULL;
    bool alive;
    UINT i;

    if (event && count && !(event->args = calloc(count, sizeof *event->args))) {
        free(event);
        event = NULL;
    }
    if (!event)
        return true;
    event->id = id;
    event->count = count;
    for (i = 0; i < count; i++)
        VariantCopy(&event->args[count - 1 - i], (VARIANT *)&args[i]);
    EnterCriticalSection(&sink->lock);
    alive = !sink->dead;
    if (sink->queued == SINK_QUEUE_MAX) {
        lost = sink->first;
        sink->first = lost->next;
        sink->queued--;
    }
    if (sink->first)
        sink->last->next = event;
    else
        sink->first = event;
    sink->last = event;
    sink->queued++;
    LeaveCriticalSection(&sink->lock);
    event_free(lost);
    SetEvent(sink->wake);
    return alive;
}

/* ---- firing ------------------------------------------------------------------------------------------------ */

static void connection_free(struct connection *connection)
{
    sink_stop(connection->sink);
    free(connection);
}

static HRESULT tell_listening(struct auto_points *points, bool listening)
{
    return sinks_changed ? sinks_changed(points->object, listening) : S_OK;
}

bool auto_has_sinks(const struct auto_object *object)
{
    return object->points && object->points->connections;
}

void auto_fire(struct auto_object *object, DISPID id, const VARIANT *args, UINT count)
{
    struct auto_points *points = object->points;
    struct connection **link, *gone;
    bool had;

    if (!points)
        return;
    had = points->connections != NULL;
    for (link = &points->connections; *link;) {
        if (sink_post((*link)->sink, id, args, count)) {
            link = &(*link)->next;
            continue;
        }
        gone = *link;
        *link = gone->next;
        connection_free(gone);
    }
    if (had && !points->connections)
        tell_listening(points, false);
}

void auto_points_close(struct auto_object *object)
{
    struct auto_points *points = object->points;
    struct connection *connection;

    if (!points)
        return;
    if (points->connections)
        tell_listening(points, false);
    while ((connection = points->connections)) {
        points->connections = connection->next;
        connection_free(connection);
    }
}

void auto_points_free(struct auto_object *object)
{
    if (object->points)
        auto_side_remove(&object->points->side);
    free(object->points);
    object->points = NULL;
}

/* ---- IConnectionPoint -------------------------------------------------------------------------------------- */

static struct auto_points *from_point(IConnectionPoint *iface)
{
    return CONTAINING_RECORD(iface, struct auto_points, iface);
}

static HRESULT STDMETHODCALLTYPE point_QueryInterface(IConnectionPoint *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IConnectionPoint))
        return E_NOINTERFACE;
    *out = iface;
    IConnectionPoint_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE point_AddRef(IConnectionPoint *iface)
{
    struct auto_points *self = from_point(iface);

    auto_addref(self->object);
    return InterlockedIncrement(&self->refs);
}

static ULONG STDMETHODCALLTYPE point_Release(IConnectionPoint *iface)
{
    struct auto_points *self = from_point(iface);
    struct auto_object *object = self->object;
    LONG left = InterlockedDecrement(&self->refs);

    auto_release(object);
    return left;
}

static HRESULT STDMETHODCALLTYPE point_GetConnectionInterface(IConnectionPoint *iface, IID *iid)
{
    if (!iid)
        return E_POINTER;
    *iid = *from_point(iface)->object->class->events;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE point_GetConnectionPointContainer(IConnectionPoint *iface,
                                                                   IConnectionPointContainer **out)
{
    struct auto_object *object = from_point(iface)->object;

    if (!out)
        return E_POINTER;
    auto_addref(object);
    *out = &object->points_iface;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE point_Unadvise(IConnectionPoint *iface, DWORD cookie);

static HRESULT STDMETHODCALLTYPE point_Advise(IConnectionPoint *iface, IUnknown *unknown, DWORD *cookie)
{
    struct auto_points *self = from_point(iface);
    struct connection *connection;
    IDispatch *target = NULL;
    HRESULT hr;

    if (!cookie)
        return E_POINTER;
    *cookie = 0;
    if (!unknown)
        return E_POINTER;
    if (self->object->closed)
        return AUTO_E_CLOSED;
    /* .NET's sinks answer to the dispinterface, script's to IDispatch alone. */
    if (FAILED(IUnknown_QueryInterface(unknown, self->object->class->events, (void **)&target)) &&
        FAILED(IUnknown_QueryInterface(unknown, &IID_IDispatch, (void **)&target)))
        return CONNECT_E_CANNOTCONNECT;
    if (!(connection = calloc(1, sizeof *connection)))
        hr = E_OUTOFMEMORY;
    else
        hr = sink_create(target, &connection->sink);
    IDispatch_Release(target);
    if (FAILED(hr)) {
        free(connection);
        return hr;
    }
    connection->cookie = ++self->next_cookie;
    connection->next = self->connections;
    self->connections = connection;
    hr = connection->next ? S_OK : tell_listening(self, true);
    if (SUCCEEDED(hr))
        *cookie = connection->cookie;
    else
        point_Unadvise(iface, connection->cookie);
    return hr;
}

static HRESULT STDMETHODCALLTYPE point_Unadvise(IConnectionPoint *iface, DWORD cookie)
{
    struct auto_points *self = from_point(iface);
    struct connection **link = &self->connections, *gone;

    while (*link && (*link)->cookie != cookie)
        link = &(*link)->next;
    if (!(gone = *link))
        return CONNECT_E_NOCONNECTION;
    *link = gone->next;
    connection_free(gone);
    if (!self->connections)
        tell_listening(self, false);
    return S_OK;
}

/* ---- the connections --------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE point_EnumConnections(IConnectionPoint *iface, IEnumConnections **out)
{
    struct auto_points *self = from_point(iface);
    IGlobalInterfaceTable *table = NULL;
    struct connection *connection;
    CONNECTDATA *items = NULL;
    ULONG count = 0, i;
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    for (connection = self->connections; connection; connection = connection->next)
        count++;
    if (!(items = calloc(count + 1, sizeof *items)))
        return E_OUTOFMEMORY;
    hr = interface_table(&table);
    count = 0;
    for (connection = self->connections; SUCCEEDED(hr) && connection; connection = connection->next) {
        /* A sink that has gone is not in the table any more. */
        if (FAILED(IGlobalInterfaceTable_GetInterfaceFromGlobal(table, connection->sink->git_cookie, &IID_IUnknown,
                                                                (void **)&items[count].pUnk)))
            continue;
        items[count++].dwCookie = connection->cookie;
    }
    if (SUCCEEDED(hr))
        hr = auto_point_enum_create(NULL, items, count, 0, out);
    for (i = 0; i < count; i++)
        IUnknown_Release(items[i].pUnk);
    if (table)
        IGlobalInterfaceTable_Release(table);
    free(items);
    return hr;
}

static const IConnectionPointVtbl point_vtbl = {
    .QueryInterface = point_QueryInterface,
    .AddRef = point_AddRef,
    .Release = point_Release,
    .GetConnectionInterface = point_GetConnectionInterface,
    .GetConnectionPointContainer = point_GetConnectionPointContainer,
    .Advise = point_Advise,
    .Unadvise = point_Unadvise,
    .EnumConnections = point_EnumConnections,
};

/* ---- IConnectionPointContainer ------------------------------------------------------------------------------ */

static struct auto_object *from_container(IConnectionPointContainer *iface)
{
    return CONTAINING_RECORD(iface, struct auto_object, points_iface);
}

static HRESULT STDMETHODCALLTYPE container_QueryInterface(IConnectionPointContainer *iface, REFIID iid, void **out)
{
    return auto_query_interface(from_container(iface), iid, out);
}

static ULONG STDMETHODCALLTYPE container_AddRef(IConnectionPointContainer *iface)
{
    return auto_add_ref(from_container(iface));
}

static ULONG STDMETHODCALLTYPE container_Release(IConnectionPointContainer *iface)
{
    return auto_release_ref(from_container(iface));
}

static HRESULT STDMETHODCALLTYPE container_FindConnectionPoint(IConnectionPointContainer *iface, REFIID iid,
                                                               IConnectionPoint **out)
{
    struct auto_object *object = from_container(iface);

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, object->class->events) && !IsEqualIID(iid, &IID_IDispatch))
        return CONNECT_E_NOCONNECTION;
    if (object->closed)
        return AUTO_E_CLOSED;
    if (!object->points) {
        if (!(object->points = calloc(1, sizeof *object->points)))
            return E_OUTOFMEMORY;
        object->points->iface.lpVtbl = (IConnectionPointVtbl *)&point_vtbl;
        object->points->object = object;
        auto_side_add(&object->points->side, object, &object->points->iface);
    }
    *out = &object->points->iface;
    IConnectionPoint_AddRef(*out);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE container_EnumConnectionPoints(IConnectionPointContainer *iface,
                                                                IEnumConnectionPoints **out)
{
    IConnectionPoint *point = NULL;
    CONNECTDATA item = {0};
    HRESULT hr;

    if (!out)
        return E_POINTER;
    *out = NULL;
    hr = container_FindConnectionPoint(iface, &IID_IDispatch, &point);
    if (FAILED(hr))
        return hr;
    item.pUnk = (IUnknown *)point;
    hr = auto_point_enum_create(from_container(iface), &item, 1, 0, out);
    IConnectionPoint_Release(point);
    return hr;
}

const IConnectionPointContainerVtbl auto_points_vtbl = {
    .QueryInterface = container_QueryInterface,
    .AddRef = container_AddRef,
    .Release = container_Release,
    .EnumConnectionPoints = container_EnumConnectionPoints,
    .FindConnectionPoint = container_FindConnectionPoint,
};
