/*
 * subscription.c: the Subscription object: events for programs without event sinks.
 *
 * Layer: server/object. MAPI's thread puts events straight into the queue, so that Wait sees them while the
 * apartment's thread is inside Wait. Beyond QUEUE_MAX the oldest are lost.
 */
#include "subscription.h"
#include "event_source.h"
#include "hex.h"
#include "object_util.h"

#include <stdlib.h>

#define QUEUE_MAX   10000
#define WAIT_SLICE  100 /* ms after which Wait looks whether its client is still there */

enum { COL_NAME, COL_TYPE, COL_ID, COL_PARENT, COL_STORE, COL_OLD_ID, COL_OLD_PARENT, COL_COUNT };

struct queued {
    struct mapi_event *event;
    struct queued *next;
};

struct subscription {
    struct auto_object base;
    struct event_source *source; /* NULL when closed */
    SRWLOCK lock;                /* guards the queue */
    struct queued *first, *last;
    LONG count;
    HANDLE ready; /* set while the queue has events */
};

static struct subscription *subscription_from(IMhSubscription *iface)
{
    return CONTAINING_RECORD(iface, struct subscription, base);
}

/* ---- the queue ------------------------------------------------------------------------------------------------------ */

static void queued_free(struct queued *entry)
{
    free(entry->event);
    free(entry);
}

static void queue_put(void *context, struct mapi_event *event)
{
    struct subscription *self = context;
    struct queued *entry = event_kind_find(event->kind) ? calloc(1, sizeof *entry) : NULL, *lost = NULL;

    if (!entry) {
        free(event);
        return;
    }
    entry->event = event;
    AcquireSRWLockExclusive(&self->lock);
    if (self->count == QUEUE_MAX) {
        lost = self->first;
        self->first = lost->next;
        self->count--;
    }
    if (self->first)
        self->last->next = entry;
    else
        self->first = entry;
    self->last = entry;
    self->count++;
    SetEvent(self->ready);
    ReleaseSRWLockExclusive(&self->lock);
    if (lost)
        queued_free(lost);
}

/* Takes all events out; *count is their number. */
static struct queued *queue_take(struct subscription *self, ULONG *count)
{
    struct queued *first;

    AcquireSRWLockExclusive(&self->lock);
    first = self->first;
    *count = (ULONG)self->count;
    self->first = self->last = NULL;
    self->count = 0;
    ResetEvent(self->ready);
    ReleaseSRWLockExclusive(&self->lock);
    return first;
}

static HRESULT put_cell(SAFEARRAY *array, LONG row, LONG column, VARIANT *value)
{
    LONG at[2] = {row, column};
    HRESULT hr = SafeArrayPutElement(array, at, value);

    VariantClear(value);
    return hr;
}

static HRESULT put_id(SAFEARRAY *array, LONG row, LONG column, const SBinary *id)
{
    VARIANT value;

    VariantInit(&value);
    V_BSTR(&value) = SysAllocStringLen(NULL, id->cb * 2);
    if (!V_BSTR(&value))
        return E_OUTOFMEMORY;
    V_VT(&value) = VT_BSTR;
    hex_encode(id->lpb, id->cb, V_BSTR(&value));
    return put_cell(array, row, column, &value);
}

static HRESULT put_row(SAFEARRAY *array, LONG row, const struct mapi_event *event, const SBinary *store)
{
    VARIANT value;
    HRESULT hr = variant_set_bstr(&value, event_kind_find(event->kind)->name);

    if (SUCCEEDED(hr))
        hr = put_cell(array, row, COL_NAME, &value);
    variant_set_long(&value, event_object_class(event->object_type));
    if (SUCCEEDED(hr))
        hr = put_cell(array, row, COL_TYPE, &value);
    if (SUCCEEDED(hr))
        hr = put_id(array, row, COL_ID, &event->id);
    if (SUCCEEDED(hr))
        hr = put_id(array, row, COL_PARENT, &event->parent);
    if (SUCCEEDED(hr))
        hr = put_id(array, row, COL_STORE, event_store(event, store));
    if (SUCCEEDED(hr))
        hr = put_id(array, row, COL_OLD_ID, &event->old_id);
    if (SUCCEEDED(hr))
        hr = put_id(array, row, COL_OLD_PARENT, &event->old_parent);
    return hr;
}

/* All events of the queue as the array that Wait and Drain answer. */
static HRESULT drain(struct subscription *self, VARIANT *value)
{
    ULONG count = 0;
    struct queued *entry = queue_take(self, &count), *next;
    SAFEARRAY *array = variant_rows(count, COL_COUNT);
    HRESULT hr = array ? S_OK : E_OUTOFMEMORY;
    LONG row;

    for (row = 0; entry; entry = next, row++) {
        next = entry->next;
        if (SUCCEEDED(hr))
            hr = put_row(array, row, entry->event, event_source_store_id(self->source));
        queued_free(entry);
    }
    if (SUCCEEDED(hr))
        variant_set_array(value, VT_VARIANT, array);
    else if (array)
        SafeArrayDestroy(array);
    return hr;
}

/* ---- members -------------------------------------------------------------------------------------------------------- */

/* Waits for the queue; calls of other objects of this thread go on meanwhile. */
static void wait_ready(struct subscription *self, LONG milliseconds)
{
    ULONGLONG start = GetTickCount64(), gone = 0;
    DWORD slice, index;

    while (!self->base.closed && !auto_is_cancelled(&self->base) &&
           (milliseconds < 0 || gone <= (ULONGLONG)milliseconds)) {
        slice = milliseconds >= 0 && (ULONGLONG)milliseconds - gone < WAIT_SLICE ? (DWORD)(milliseconds - gone)
                                                                                  : WAIT_SLICE;
        if (CoWaitForMultipleHandles(0, slice, 1, &self->ready, &index) == S_OK)
            return;
        gone = GetTickCount64() - start;
        if (milliseconds >= 0 && gone >= (ULONGLONG)milliseconds)
            return;
    }
}

static HRESULT STDMETHODCALLTYPE subscription_Wait(IMhSubscription *iface, VARIANT milliseconds, VARIANT *value)
{
    struct subscription *self = subscription_from(iface);
    struct auto_call call;
    LONG limit = -1;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    auto_arg_variant(&call, &milliseconds);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&milliseconds, -1, &limit);
    if (SUCCEEDED(hr) && limit < -1)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Milliseconds must be 0 or more, or -1 to wait without end");
    if (SUCCEEDED(hr)) {
        auto_waiting(&self->base, true);
        wait_ready(self, limit);
        auto_waiting(&self->base, false);
        hr = self->base.closed ? AUTO_E_CLOSED : drain(self, value);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE subscription_Drain(IMhSubscription *iface, VARIANT *value)
{
    struct subscription *self = subscription_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = drain(self, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE subscription_get_Count(IMhSubscription *iface, LONG *value)
{
    struct subscription *self = subscription_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr)) {
        AcquireSRWLockShared(&self->lock);
        *value = self->count;
        ReleaseSRWLockShared(&self->lock);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE subscription_Close(IMhSubscription *iface)
{
    struct subscription *self = subscription_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        auto_close(&self->base);
    return auto_leave(&call, hr);
}

/* ---- the class ------------------------------------------------------------------------------------------------------ */

static void subscription_close(struct auto_object *object)
{
    struct subscription *self = (struct subscription *)object;
    struct queued *entry, *next;
    ULONG count;

    event_source_close(self->source);
    self->source = NULL;
    if (!self->ready)
        return;
    for (entry = queue_take(self, &count); entry; entry = next) {
        next = entry->next;
        queued_free(entry);
    }
    SetEvent(self->ready); /* ends a Wait */
}

static void subscription_destroy(struct auto_object *object)
{
    struct subscription *self = (struct subscription *)object;

    if (self->ready)
        CloseHandle(self->ready);
}

static const IMhSubscriptionVtbl subscription_vtbl = {
    AUTO_HEAD,
    .Wait = subscription_Wait,
    .Drain = subscription_Drain,
    .Close = subscription_Close,
    .get_Count = subscription_get_Count,
};

static const struct auto_class subscription_class = {
    .name = L"Subscription",
    .kind = MhSubscription,
    .iid = &IID_IMhSubscription,
    .coclass = &CLSID_Subscription,
    .size = sizeof(struct subscription),
    .vtbl = &subscription_vtbl,
    .close = subscription_close,
    .destroy = subscription_destroy,
};

HRESULT subscription_create(struct auto_object *source, IUnknown *remote, ULONG mask, IMhSubscription **out)
{
    struct subscription *self;
    HRESULT hr = auto_create(&subscription_class, source, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    InitializeSRWLock(&self->lock);
    self->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    hr = self->ready ? event_source_open(source, remote, mask, queue_put, self, &self->source) : E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        *out = (IMhSubscription *)self;
    else
        auto_release(&self->base);
    return hr;
}
