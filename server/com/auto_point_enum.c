/*
 * auto_point_enum.c: the enumerators of a source's connection points and of a point's connections.
 *
 * Layer: server/com.
 */
#include "auto_private.h"

#include <stdlib.h>

/*
 * Both enumerations are short arrays taken when they are made. IEnumConnections and IEnumConnectionPoints have the
 * same vtable layout and differ in their element, so one object serves both.
 */
struct point_enum {
    IEnumConnections iface;
    LONG refs;
    struct auto_object *points; /* elements are its IConnectionPoint *; NULL: CONNECTDATA */
    struct auto_side side;
    ULONG count, next;
    CONNECTDATA *items; /* held; for points only pUnk is used */
};

static const IEnumConnectionsVtbl point_enum_vtbl;

static struct point_enum *from_enum(IEnumConnections *iface)
{
    return CONTAINING_RECORD(iface, struct point_enum, iface);
}

HRESULT auto_point_enum_create(struct auto_object *points, const CONNECTDATA *items, ULONG count, ULONG next, void *out)
{
    struct point_enum *self = calloc(1, sizeof *self);
    ULONG i;

    *(void **)out = NULL;
    if (!self || !(self->items = calloc(count + 1, sizeof *items))) {
        free(self);
        return E_OUTOFMEMORY;
    }
    self->iface.lpVtbl = (IEnumConnectionsVtbl *)&point_enum_vtbl;
    self->refs = 1;
    self->points = points;
    if (points) {
        auto_addref(points);
        auto_side_add(&self->side, points, &self->iface);
    }
    self->count = count;
    self->next = next;
    for (i = 0; i < count; i++) {
        self->items[i] = items[i];
        IUnknown_AddRef(items[i].pUnk);
    }
    *(void **)out = self;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE point_enum_QueryInterface(IEnumConnections *iface, REFIID iid, void **out)
{
    const IID *own = from_enum(iface)->points ? &IID_IEnumConnectionPoints : &IID_IEnumConnections;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, own))
        return E_NOINTERFACE;
    *out = iface;
    IEnumConnections_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE point_enum_AddRef(IEnumConnections *iface)
{
    return InterlockedIncrement(&from_enum(iface)->refs);
}

static ULONG STDMETHODCALLTYPE point_enum_Release(IEnumConnections *iface)
{
    struct point_enum *self = from_enum(iface);
    LONG left = InterlockedDecrement(&self->refs);
    ULONG i;

    if (!left) {
        for (i = 0; i < self->count; i++)
            IUnknown_Release(self->items[i].pUnk);
        free(self->items);
        auto_side_remove(&self->side);
        auto_release(self->points);
        free(self);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE point_enum_Next(IEnumConnections *iface, ULONG count, CONNECTDATA *out, ULONG *fetched)
{
    struct point_enum *self = from_enum(iface);
    ULONG n;

    if (!out || (count != 1 && !fetched))
        return E_POINTER;
    for (n = 0; n < count && self->next < self->count; n++, self->next++) {
        const CONNECTDATA *item = &self->items[self->next];

        IUnknown_AddRef(item->pUnk);
        if (self->points)
            ((IUnknown **)out)[n] = item->pUnk;
        else
            out[n] = *item;
    }
    if (fetched)
        *fetched = n;
    return n == count ? S_OK : S_FALSE;
}

static HRESULT STDMETHODCALLTYPE point_enum_Skip(IEnumConnections *iface, ULONG count)
{
    struct point_enum *self = from_enum(iface);
    ULONG left = self->count - self->next;

    self->next += count < left ? count : left;
    return count <= left ? S_OK : S_FALSE;
}

static HRESULT STDMETHODCALLTYPE point_enum_Reset(IEnumConnections *iface)
{
    from_enum(iface)->next = 0;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE point_enum_Clone(IEnumConnections *iface, IEnumConnections **out)
{
    struct point_enum *self = from_enum(iface);

    if (!out)
        return E_POINTER;
    return auto_point_enum_create(self->points, self->items, self->count, self->next, out);
}

static const IEnumConnectionsVtbl point_enum_vtbl = {
    .QueryInterface = point_enum_QueryInterface,
    .AddRef = point_enum_AddRef,
    .Release = point_enum_Release,
    .Next = point_enum_Next,
    .Skip = point_enum_Skip,
    .Reset = point_enum_Reset,
    .Clone = point_enum_Clone,
};
