/*
 * infostores.c: the InfoStores collection: the stores table of the session.
 *
 * Layer: server/object. The table is read once per collection; a new collection sees a changed profile.
 */
#include "infostores.h"

#include "auto_enum.h"
#include "cdo_dispid.h"
#include "hex.h"
#include "infostore.h"
#include "object_util.h"

struct infostores {
    struct auto_object base;
    struct mapi_store_list *list;
};

static struct infostores *infostores_from(IMhInfoStores *iface)
{
    return CONTAINING_RECORD(iface, struct infostores, base);
}

static HRESULT load(struct infostores *self)
{
    struct mapi_session *session;
    HRESULT hr = object_session(&self->base, &session);

    if (SUCCEEDED(hr) && !self->list)
        hr = mapi_session_stores(session, &self->list);
    return hr;
}

static HRESULT open_row(struct infostores *self, ULONG row, struct infostore **out)
{
    return infostore_open(&self->base, &self->list->rows[row].id, out);
}

static HRESULT STDMETHODCALLTYPE infostores_get_Count(IMhInfoStores *iface, LONG *value)
{
    struct infostores *self = infostores_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = load(self);
    if (SUCCEEDED(hr))
        *value = (LONG)self->list->count;
    return auto_leave(&call, hr);
}

/* The row that an index (1-based) or a name means. */
static HRESULT find_row(struct infostores *self, const VARIANT *index, ULONG *row)
{
    LONG number = 0;
    BSTR name = NULL;
    HRESULT hr;

    *row = 0;
    if (variant_is_text(variant_deref(index))) {
        hr = variant_get_bstr(index, &name);
        for (ULONG i = 0; SUCCEEDED(hr) && i < self->list->count; i++)
            if (!wide_compare(self->list->rows[i].name, name)) {
                *row = i;
                SysFreeString(name);
                return S_OK;
            }
        if (SUCCEEDED(hr))
            hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the profile has no store of that name");
        SysFreeString(name);
        return hr;
    }
    if (!variant_is_number(variant_deref(index)))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the index must be a number or a name");
    hr = variant_get_long(index, 0, &number);
    if (SUCCEEDED(hr) && number < 1)
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the index begins at 1");
    if (SUCCEEDED(hr) && (ULONG)number > self->list->count)
        return auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the collection has %lu items", self->list->count);
    *row = (ULONG)number - 1;
    return hr;
}

static HRESULT STDMETHODCALLTYPE infostores_get_Item(IMhInfoStores *iface, VARIANT index, IMhInfoStore **value)
{
    struct infostores *self = infostores_from(iface);
    struct infostore *store = NULL;
    struct auto_call call;
    ULONG row = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = load(self);
    if (SUCCEEDED(hr))
        hr = find_row(self, &index, &row);
    if (SUCCEEDED(hr))
        hr = open_row(self, row, &store);
    if (SUCCEEDED(hr))
        *value = (IMhInfoStore *)&store->base;
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct infostores *self = (struct infostores *)collection;
    struct infostore *store = NULL;
    HRESULT hr = load(self);

    if (SUCCEEDED(hr) && (ULONG)index > self->list->count)
        return S_FALSE;
    if (SUCCEEDED(hr))
        hr = open_row(self, (ULONG)index - 1, &store);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, store);
    return hr;
}

static HRESULT STDMETHODCALLTYPE infostores_get__NewEnum(IMhInfoStores *iface, IUnknown **value)
{
    struct infostores *self = infostores_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

static void infostores_close(struct auto_object *object)
{
    struct infostores *self = (struct infostores *)object;

    mapi_session_free_stores(self->list);
    self->list = NULL;
}

static const IMhInfoStoresVtbl infostores_vtbl = {
    AUTO_HEAD,
    .get_Count = infostores_get_Count,
    .get_Item = infostores_get_Item,
    .get__NewEnum = infostores_get__NewEnum,
};

static const struct auto_class infostores_class = {
    .name = L"InfoStores",
    .kind = CdoInfoStores,
    .iid = &IID_IMhInfoStores,
    .coclass = &CLSID_InfoStores,
    .size = sizeof(struct infostores),
    .vtbl = &infostores_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = infostores_close,
};

HRESULT infostores_create(struct auto_object *parent, IMhInfoStores **out)
{
    struct infostores *self = NULL;
    HRESULT hr = auto_create(&infostores_class, parent, &self);

    *out = SUCCEEDED(hr) ? (IMhInfoStores *)&self->base : NULL;
    return hr;
}
