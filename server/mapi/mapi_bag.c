/*
 * mapi_bag.c: an IMAPIProp that lives in memory.
 *
 * Layer: MAPI client. Each value is an allocation of its own, so that replacing one frees the old one.
 */
#include "mapi_bag.h"

#include "hex.h"
#include "mapi_value.h"
#include <stdlib.h>
#include <string.h>

struct bag {
    IMAPIProp iface;
    LONG refs;
    IMAPIProp *names;    /* whose named properties these are, or NULL */
    SPropValue *values;  /* shallow copies of what the owners hold, for mapi_bag_values */
    SPropValue **owners; /* the allocation of each value */
    ULONG count, capacity;
    HRESULT (*changed)(void *context);
    void *context;
};

static struct bag *from_iface(IMAPIProp *iface)
{
    return CONTAINING_RECORD(iface, struct bag, iface);
}

static LONG find(const struct bag *bag, ULONG tag)
{
    for (ULONG i = 0; i < bag->count; i++)
        if (PROP_ID(bag->values[i].ulPropTag) == PROP_ID(tag))
            return (LONG)i;
    return -1;
}

static HRESULT put(struct bag *bag, const SPropValue *from)
{
    LONG at = find(bag, from->ulPropTag);
    SPropValue *copy = NULL;
    HRESULT hr;

    if (at < 0 && bag->count == bag->capacity) {
        ULONG capacity = bag->capacity ? bag->capacity * 2 : 8;
        SPropValue *values = realloc(bag->values, capacity * sizeof *values);
        SPropValue **owners;

        if (!values)
            return E_OUTOFMEMORY;
        bag->values = values;
        owners = realloc(bag->owners, capacity * sizeof *owners);
        if (!owners)
            return E_OUTOFMEMORY;
        bag->owners = owners;
        bag->capacity = capacity;
    }
    hr = mapi_values_copy(from, 1, &copy);
    if (SUCCEEDED(hr))
        hr = mapi_value_to_unicode(copy, copy);
    if (FAILED(hr)) {
        mapi_free(copy);
        return hr;
    }
    if (at < 0)
        at = (LONG)bag->count++;
    else
        mapi_free(bag->owners[at]);
    bag->owners[at] = copy;
    bag->values[at] = *copy;
    return S_OK;
}

static bool take_out(struct bag *bag, ULONG tag)
{
    LONG at = find(bag, tag);

    if (at < 0)
        return false;
    mapi_free(bag->owners[at]);
    bag->count--;
    memmove(bag->values + at, bag->values + at + 1, (bag->count - at) * sizeof *bag->values);
    memmove(bag->owners + at, bag->owners + at + 1, (bag->count - at) * sizeof *bag->owners);
    return true;
}

/* ---- IUnknown --------------------------------------------------------------------------------------------- */

static HRESULT WINAPI bag_QueryInterface(IMAPIProp *iface, REFIID iid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IMAPIProp))
        return E_NOINTERFACE;
    InterlockedIncrement(&from_iface(iface)->refs);
    *out = iface;
    return S_OK;
}

static ULONG WINAPI bag_AddRef(IMAPIProp *iface)
{
    return InterlockedIncrement(&from_iface(iface)->refs);
}

static ULONG WINAPI bag_Release(IMAPIProp *iface)
{
    struct bag *bag = from_iface(iface);
    LONG left = InterlockedDecrement(&bag->refs);

    if (!left) {
        for (ULONG i = 0; i < bag->count; i++)
            mapi_free(bag->owners[i]);
        if (bag->names)
            bag->names->lpVtbl->Release(bag->names);
        free(bag->values);
        free(bag->owners);
        free(bag);
    }
    return left;
}

/* ---- IMAPIProp -------------------------------------------------------------------------------------------- */

static HRESULT WINAPI bag_GetLastError(IMAPIProp *iface, HRESULT hr, ULONG flags, LPMAPIERROR *out)
{
    (void)iface, (void)hr, (void)flags;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    return S_OK;
}

static HRESULT WINAPI bag_SaveChanges(IMAPIProp *iface, ULONG flags)
{
    (void)iface, (void)flags;
    return S_OK;
}

static void set_error(SPropValue *value, ULONG tag, SCODE error)
{
    value->ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
    value->Value.err = error;
}

static HRESULT WINAPI bag_GetProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG flags, ULONG *count,
                                   LPSPropValue *out)
{
    struct bag *bag = from_iface(iface);
    ULONG wanted = tags ? tags->cValues : bag->count, missing = 0;
    SPropValue *values = NULL;
    HRESULT hr;

    (void)flags;
    if (!count || !out || (tags && !tags->cValues))
        return MAPI_E_INVALID_PARAMETER;
    *count = 0, *out = NULL;
    hr = mapi_allocate(wanted * sizeof *values + 1, NULL, &values);
    for (ULONG i = 0; i < wanted && SUCCEEDED(hr); i++) {
        ULONG tag = tags ? tags->aulPropTag[i] : bag->values[i].ulPropTag;
        LONG at = find(bag, tag);
        bool fits = at >= 0 && (PROP_TYPE(tag) == PT_UNSPECIFIED || tag == bag->values[at].ulPropTag);

        if (fits)
            hr = mapi_value_copy(&bag->values[at], values, &values[i]);
        else
            set_error(&values[i], tag, MAPI_E_NOT_FOUND), missing++;
    }
    if (FAILED(hr)) {
        mapi_free(values);
        return hr;
    }
    *count = wanted, *out = values;
    return missing ? MAPI_W_ERRORS_RETURNED : S_OK;
}

static HRESULT WINAPI bag_GetPropList(IMAPIProp *iface, ULONG flags, LPSPropTagArray *out)
{
    struct bag *bag = from_iface(iface);
    HRESULT hr;

    (void)flags;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    hr = mapi_allocate(CbNewSPropTagArray(bag->count + 1), NULL, out);
    if (FAILED(hr))
        return hr;
    (*out)->cValues = bag->count;
    for (ULONG i = 0; i < bag->count; i++)
        (*out)->aulPropTag[i] = bag->values[i].ulPropTag;
    return S_OK;
}

static HRESULT WINAPI bag_OpenProperty(IMAPIProp *iface, ULONG tag, LPCIID iid, ULONG options, ULONG flags,
                                       LPUNKNOWN *out)
{
    struct bag *bag = from_iface(iface);
    LONG at = find(bag, tag);
    const SPropValue *value = at < 0 ? NULL : &bag->values[at];
    LARGE_INTEGER start = {.QuadPart = 0};
    IStream *stream = NULL;
    HRESULT hr;

    (void)options;
    if (!out || !iid)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IStream))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (flags & (MAPI_CREATE | MAPI_MODIFY))
        return MAPI_E_NO_SUPPORT;
    if (!value)
        return MAPI_E_NOT_FOUND;
    if (PROP_TYPE(value->ulPropTag) != PT_BINARY && PROP_TYPE(value->ulPropTag) != PT_UNICODE)
        return MAPI_E_NO_SUPPORT;
    hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);
    if (SUCCEEDED(hr) && PROP_TYPE(value->ulPropTag) == PT_BINARY)
        hr = IStream_Write(stream, value->Value.bin.lpb, value->Value.bin.cb, NULL);
    else if (SUCCEEDED(hr))
        hr = IStream_Write(stream, value->Value.lpszW, (ULONG)(wide_length(value->Value.lpszW) * sizeof(WCHAR)), NULL);
    if (SUCCEEDED(hr))
        hr = IStream_Seek(stream, start, STREAM_SEEK_SET, NULL);
    if (FAILED(hr)) {
        if (stream)
            IStream_Release(stream);
        return hr;
    }
    *out = (IUnknown *)stream;
    return S_OK;
}

static HRESULT tell(struct bag *bag)
{
    return bag->changed ? bag->changed(bag->context) : S_OK;
}

static HRESULT WINAPI bag_SetProps(IMAPIProp *iface, ULONG count, LPSPropValue values, LPSPropProblemArray *problems)
{
    HRESULT hr = mapi_bag_put(iface, values, count);

    if (problems)
        *problems = NULL;
    return SUCCEEDED(hr) ? tell(from_iface(iface)) : hr;
}

static HRESULT WINAPI bag_DeleteProps(IMAPIProp *iface, LPSPropTagArray tags, LPSPropProblemArray *problems)
{
    struct bag *bag = from_iface(iface);
    SPropProblemArray *absent = NULL;
    HRESULT hr;

    if (problems)
        *problems = NULL;
    if (!tags || !tags->cValues)
        return MAPI_E_INVALID_PARAMETER;
    hr = mapi_allocate(CbNewSPropProblemArray(tags->cValues), NULL, &absent);
    if (FAILED(hr))
        return hr;
    absent->cProblem = 0;
    for (ULONG i = 0; i < tags->cValues; i++)
        if (!take_out(bag, tags->aulPropTag[i])) {
            SPropProblem *problem = &absent->aProblem[absent->cProblem++];
            problem->ulIndex = i;
            problem->ulPropTag = tags->aulPropTag[i];
            problem->scode = MAPI_E_NOT_FOUND;
        }
    if (absent->cProblem && problems)
        *problems = absent;
    else
        mapi_free(absent);
    return tell(bag);
}

static HRESULT WINAPI bag_CopyTo(IMAPIProp *iface, ULONG excluded_iids, LPCIID iids, LPSPropTagArray excluded,
                                 ULONG_PTR window, LPMAPIPROGRESS progress, LPCIID iid, LPVOID destination,
                                 ULONG flags, LPSPropProblemArray *problems)
{
    (void)iface, (void)excluded_iids, (void)iids, (void)excluded, (void)window, (void)progress, (void)iid;
    (void)destination, (void)flags, (void)problems;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI bag_CopyProps(IMAPIProp *iface, LPSPropTagArray tags, ULONG_PTR window,
                                    LPMAPIPROGRESS progress, LPCIID iid, LPVOID destination, ULONG flags,
                                    LPSPropProblemArray *problems)
{
    (void)iface, (void)tags, (void)window, (void)progress, (void)iid, (void)destination, (void)flags, (void)problems;
    return MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI bag_GetNamesFromIDs(IMAPIProp *iface, LPSPropTagArray *tags, LPGUID set, ULONG flags,
                                          ULONG *count, LPMAPINAMEID **names)
{
    IMAPIProp *other = from_iface(iface)->names;

    return other ? other->lpVtbl->GetNamesFromIDs(other, tags, set, flags, count, names) : MAPI_E_NO_SUPPORT;
}

static HRESULT WINAPI bag_GetIDsFromNames(IMAPIProp *iface, ULONG count, LPMAPINAMEID *names, ULONG flags,
                                          LPSPropTagArray *out)
{
    IMAPIProp *other = from_iface(iface)->names;

    return other ? other->lpVtbl->GetIDsFromNames(other, count, names, flags, out) : MAPI_E_NO_SUPPORT;
}

static const IMAPIPropVtbl bag_vtbl = {
    .QueryInterface = bag_QueryInterface,
    .AddRef = bag_AddRef,
    .Release = bag_Release,
    .GetLastError = bag_GetLastError,
    .SaveChanges = bag_SaveChanges,
    .GetProps = bag_GetProps,
    .GetPropList = bag_GetPropList,
    .OpenProperty = bag_OpenProperty,
    .SetProps = bag_SetProps,
    .DeleteProps = bag_DeleteProps,
    .CopyTo = bag_CopyTo,
    .CopyProps = bag_CopyProps,
    .GetNamesFromIDs = bag_GetNamesFromIDs,
    .GetIDsFromNames = bag_GetIDsFromNames,
};

/* ---- the owner's side ------------------------------------------------------------------------------------- */

HRESULT mapi_bag_create(IMAPIProp *names, IMAPIProp **out)
{
    struct bag *bag = calloc(1, sizeof *bag);

    *out = NULL;
    if (!bag)
        return E_OUTOFMEMORY;
    bag->iface.lpVtbl = &bag_vtbl;
    bag->refs = 1;
    bag->names = names;
    if (names)
        names->lpVtbl->AddRef(names);
    *out = &bag->iface;
    return S_OK;
}

void mapi_bag_on_change(IMAPIProp *iface, HRESULT (*changed)(void *context), void *context)
{
    struct bag *bag = from_iface(iface);

    bag->changed = changed;
    bag->context = context;
}

HRESULT mapi_bag_put(IMAPIProp *iface, const SPropValue *values, ULONG count)
{
    HRESULT hr = S_OK;

    for (ULONG i = 0; i < count && SUCCEEDED(hr); i++)
        if (PROP_TYPE(values[i].ulPropTag) == PT_OBJECT)
            hr = MAPI_E_INVALID_PARAMETER;
        else if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR && PROP_TYPE(values[i].ulPropTag) != PT_NULL)
            hr = put(from_iface(iface), &values[i]);
    return hr;
}

void mapi_bag_remove(IMAPIProp *iface, ULONG tag)
{
    take_out(from_iface(iface), tag);
}

ULONG mapi_bag_values(IMAPIProp *iface, const SPropValue **values)
{
    *values = from_iface(iface)->values;
    return from_iface(iface)->count;
}
