/*
 * auto_enum.c: IEnumVARIANT over any collection, by a callback.
 *
 * Layer: server/com. The enumerator asks for item after item, so that it needs no copy of the collection; items that
 * are added or deleted meanwhile shift it, as they do in CDO. When the collection is closed it answers AUTO_E_CLOSED.
 */
#include "auto_enum.h"
#include "auto_private.h"

#include <stdlib.h>

struct enumerator {
    IEnumVARIANT iface;
    struct auto_object *collection; /* held */
    auto_enum_item item;
    struct auto_side side;
    LONG refs, next; /* next: index of the item that Next answers, 1-based */
};

static const IEnumVARIANTVtbl enumerator_vtbl;

static struct enumerator *from_iface(IEnumVARIANT *iface)
{
    return CONTAINING_RECORD(iface, struct enumerator, iface);
}

static HRESULT enumerator_create(struct auto_object *collection, auto_enum_item item, LONG next, IEnumVARIANT **out)
{
    struct enumerator *self = calloc(1, sizeof *self);

    *out = NULL;
    if (!self)
        return E_OUTOFMEMORY;
    self->iface.lpVtbl = (IEnumVARIANTVtbl *)&enumerator_vtbl;
    self->collection = collection;
    auto_addref(collection);
    auto_side_add(&self->side, collection, &self->iface);
    self->item = item;
    self->refs = 1;
    self->next = next;
    *out = &self->iface;
    return S_OK;
}

HRESULT auto_enum_create(struct auto_object *collection, auto_enum_item item, IUnknown **out)
{
    return enumerator_create(collection, item, 1, (IEnumVARIANT **)out);
}

static HRESULT STDMETHODCALLTYPE enumerator_QueryInterface(IEnumVARIANT *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IEnumVARIANT))
        return E_NOINTERFACE;
    *out = iface;
    IEnumVARIANT_AddRef(iface);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE enumerator_AddRef(IEnumVARIANT *iface)
{
    return InterlockedIncrement(&from_iface(iface)->refs);
}

static ULONG STDMETHODCALLTYPE enumerator_Release(IEnumVARIANT *iface)
{
    struct enumerator *self = from_iface(iface);
    LONG left = InterlockedDecrement(&self->refs);

    if (!left) {
        auto_side_remove(&self->side);
        auto_release(self->collection);
        free(self);
    }
    return left;
}

static HRESULT STDMETHODCALLTYPE enumerator_Next(IEnumVARIANT *iface, ULONG count, VARIANT *items, ULONG *fetched)
{
    struct enumerator *self = from_iface(iface);
    struct auto_call call;
    ULONG n = 0;
    HRESULT hr;

    if (fetched)
        *fetched = 0;
    if (!items || (count != 1 && !fetched))
        return E_INVALIDARG;
    hr = auto_enter(&call, self->collection, __func__);
    for (n = 0; SUCCEEDED(hr) && n < count; n++) {
        VariantInit(&items[n]);
        hr = self->item(self->collection, self->next, &items[n]);
        if (hr != S_OK)
            break;
        self->next++;
    }
    /* What came before a failure is kept; the failure comes again with the next call. */
    if (FAILED(hr) && n)
        hr = S_FALSE;
    if (fetched)
        *fetched = n;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE enumerator_Skip(IEnumVARIANT *iface, ULONG count)
{
    struct enumerator *self = from_iface(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, self->collection, __func__);
    VARIANT item;

    for (; hr == S_OK && count; count--) {
        VariantInit(&item);
        hr = self->item(self->collection, self->next, &item);
        if (hr == S_OK)
            self->next++;
        VariantClear(&item);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE enumerator_Reset(IEnumVARIANT *iface)
{
    from_iface(iface)->next = 1;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE enumerator_Clone(IEnumVARIANT *iface, IEnumVARIANT **out)
{
    struct enumerator *self = from_iface(iface);

    if (!out)
        return E_POINTER;
    return enumerator_create(self->collection, self->item, self->next, out);
}

static const IEnumVARIANTVtbl enumerator_vtbl = {
    .QueryInterface = enumerator_QueryInterface,
    .AddRef = enumerator_AddRef,
    .Release = enumerator_Release,
    .Next = enumerator_Next,
    .Skip = enumerator_Skip,
    .Reset = enumerator_Reset,
    .Clone = enumerator_Clone,
};
