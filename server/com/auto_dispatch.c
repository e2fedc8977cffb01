/*
 * auto_dispatch.c: IUnknown, ISupportErrorInfo, IProvideClassInfo2 and, but for Invoke (auto_invoke.c), IDispatch of
 * every automation object, and the members that all classes have.
 *
 * Layer: server/com. Names and types come from the type library: there is no list of members here.
 */
#include "auto_private.h"

#include <stdlib.h>

/* {46CE823B-7651-42B7-BF4D-9EEE5E7B3502} */
const IID IID_AutoObject = {0x46ce823b, 0x7651, 0x42b7, {0xbf, 0x4d, 0x9e, 0xee, 0x5e, 0x7b, 0x35, 0x02}};

/* Type informations that were asked for. They are never many; the list only grows. */
struct type_entry {
    GUID guid;
    ITypeInfo *info;
    struct type_entry *next;
};
static ITypeLib *library;
static struct type_entry *types;
static SRWLOCK types_lock = SRWLOCK_INIT;
static IDispatch *(*find_session)(struct auto_object *root);

HRESULT auto_types_load(HMODULE module)
{
    WCHAR path[MAX_PATH];

    if (library)
        return S_OK;
    if (!GetModuleFileNameW(module, path, ARRAYSIZE(path)))
        return HRESULT_FROM_WIN32(GetLastError());
    return LoadTypeLibEx(path, REGKIND_NONE, &library);
}

void auto_types_free(void)
{
    struct type_entry *entry;

    while ((entry = types)) {
        types = entry->next;
        ITypeInfo_Release(entry->info);
        free(entry);
    }
    if (library)
        ITypeLib_Release(library);
    library = NULL;
}

HRESULT auto_type_lib(ITypeLib **out)
{
    *out = library;
    if (!library)
        return E_UNEXPECTED;
    ITypeLib_AddRef(library);
    return S_OK;
}

HRESULT auto_type_info(REFGUID guid, ITypeInfo **out)
{
    struct type_entry *entry;
    HRESULT hr = S_OK;

    *out = NULL;
    if (!library)
        return E_UNEXPECTED;
    AcquireSRWLockExclusive(&types_lock);
    for (entry = types; entry && !IsEqualGUID(&entry->guid, guid); entry = entry->next)
        ;
    if (!entry && !(entry = calloc(1, sizeof *entry)))
        hr = E_OUTOFMEMORY;
    else if (!entry->info) {
        entry->guid = *guid;
        hr = ITypeLib_GetTypeInfoOfGuid(library, guid, &entry->info);
        if (SUCCEEDED(hr)) {
            entry->next = types;
            types = entry;
        } else
            free(entry);
    }
    if (SUCCEEDED(hr)) {
        *out = entry->info;
        ITypeInfo_AddRef(*out);
    }
    ReleaseSRWLockExclusive(&types_lock);
    return hr;
}

/* ---- IUnknown --------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE auto_query_interface(void *iface, REFIID iid, void **out)
{
    struct auto_object *object = iface;
    const struct auto_class *class = object->class;

    if (!out)
        return E_POINTER;
    *out = NULL;
    if (IsEqualIID(iid, class->iid) || IsEqualIID(iid, &IID_IDispatch) || IsEqualIID(iid, &IID_IUnknown) ||
        (class->also && IsEqualIID(iid, class->also)) || IsEqualIID(iid, &IID_AutoObject))
        *out = object;
    else if (IsEqualIID(iid, &IID_ISupportErrorInfo))
        *out = &object->support_iface;
    else if ((IsEqualIID(iid, &IID_IProvideClassInfo) || IsEqualIID(iid, &IID_IProvideClassInfo2)) && class->coclass)
        *out = &object->class_info_iface;
    else if (IsEqualIID(iid, &IID_IConnectionPointContainer) && class->events)
        *out = &object->points_iface;
    else
        return E_NOINTERFACE;
    auto_addref(object);
    return S_OK;
}

ULONG STDMETHODCALLTYPE auto_add_ref(void *iface)
{
    return InterlockedIncrement(&((struct auto_object *)iface)->refs);
}

ULONG STDMETHODCALLTYPE auto_release_ref(void *iface)
{
    struct auto_object *object = iface;
    ULONG left = object->refs - 1;

    auto_release(object);
    return left;
}

/* ---- IDispatch -------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE auto_get_type_info_count(void *iface, UINT *count)
{
    (void)iface;
    if (!count)
        return E_POINTER;
    *count = 1;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE auto_get_type_info(void *iface, UINT index, LCID lcid, ITypeInfo **out)
{
    (void)lcid;
    if (!out)
        return E_POINTER;
    *out = NULL;
    return index ? DISP_E_BADINDEX : auto_type_info(((struct auto_object *)iface)->class->iid, out);
}

HRESULT STDMETHODCALLTYPE auto_get_ids_of_names(void *iface, REFIID iid, LPOLESTR *names, UINT count, LCID lcid,
                                                DISPID *ids)
{
    ITypeInfo *info = NULL;
    HRESULT hr;
    UINT i;

    (void)lcid;
    if (!names || !ids || !count)
        return E_INVALIDARG;
    for (i = 0; i < count; i++)
        ids[i] = DISPID_UNKNOWN;
    if (!IsEqualIID(iid, &IID_NULL))
        return DISP_E_UNKNOWNINTERFACE;
    hr = auto_type_info(((struct auto_object *)iface)->class->iid, &info);
    if (SUCCEEDED(hr)) {
        hr = ITypeInfo_GetIDsOfNames(info, names, count, ids);
        ITypeInfo_Release(info);
    }
    return hr;
}

/* ---- ISupportErrorInfo ------------------------------------------------------------------------------------ */

static struct auto_object *from_support(ISupportErrorInfo *iface)
{
    return CONTAINING_RECORD(iface, struct auto_object, support_iface);
}

static HRESULT STDMETHODCALLTYPE support_query_interface(ISupportErrorInfo *iface, REFIID iid, void **out)
{
    return auto_query_interface(from_support(iface), iid, out);
}

static ULONG STDMETHODCALLTYPE support_add_ref(ISupportErrorInfo *iface)
{
    return auto_add_ref(from_support(iface));
}

static ULONG STDMETHODCALLTYPE support_release(ISupportErrorInfo *iface)
{
    return auto_release_ref(from_support(iface));
}

static HRESULT STDMETHODCALLTYPE support_supports(ISupportErrorInfo *iface, REFIID iid)
{
    const struct auto_class *class = from_support(iface)->class;

    return IsEqualIID(iid, class->iid) || (class->also && IsEqualIID(iid, class->also)) ? S_OK : S_FALSE;
}

const ISupportErrorInfoVtbl auto_support_vtbl = {
    .QueryInterface = support_query_interface,
    .AddRef = support_add_ref,
    .Release = support_release,
    .InterfaceSupportsErrorInfo = support_supports,
};

/* ---- IProvideClassInfo2 ----------------------------------------------------------------------------------- */

static struct auto_object *from_class_info(IProvideClassInfo2 *iface)
{
    return CONTAINING_RECORD(iface, struct auto_object, class_info_iface);
}

static HRESULT STDMETHODCALLTYPE class_info_query_interface(IProvideClassInfo2 *iface, REFIID iid, void **out)
{
    return auto_query_interface(from_class_info(iface), iid, out);
}

static ULONG STDMETHODCALLTYPE class_info_add_ref(IProvideClassInfo2 *iface)
{
    return auto_add_ref(from_class_info(iface));
}

static ULONG STDMETHODCALLTYPE class_info_release(IProvideClassInfo2 *iface)
{
    return auto_release_ref(from_class_info(iface));
}

static HRESULT STDMETHODCALLTYPE class_info_get(IProvideClassInfo2 *iface, ITypeInfo **out)
{
    if (!out)
        return E_POINTER;
    return auto_type_info(from_class_info(iface)->class->coclass, out);
}

static HRESULT STDMETHODCALLTYPE class_info_get_guid(IProvideClassInfo2 *iface, DWORD kind, GUID *out)
{
    const struct auto_class *class = from_class_info(iface)->class;

    if (!out)
        return E_POINTER;
    *out = GUID_NULL;
    if (kind != GUIDKIND_DEFAULT_SOURCE_DISP_IID || !class->events)
        return E_INVALIDARG;
    *out = *class->events;
    return S_OK;
}

const IProvideClassInfo2Vtbl auto_class_info_vtbl = {
    .QueryInterface = class_info_query_interface,
    .AddRef = class_info_add_ref,
    .Release = class_info_release,
    .GetClassInfo = class_info_get,
    .GetGUID = class_info_get_guid,
};

/* ---- the members that every class has --------------------------------------------------------------------- */

void auto_set_session(IDispatch *(*find)(struct auto_object *root))
{
    find_session = find;
}

HRESULT STDMETHODCALLTYPE auto_get_Application(void *iface, BSTR *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter_closed(&call, iface, __func__);

    *value = NULL;
    if (SUCCEEDED(hr) && !(*value = SysAllocString(L"MapiHost")))
        hr = E_OUTOFMEMORY;
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE auto_get_Class(void *iface, LONG *value)
{
    struct auto_object *object = iface;
    struct auto_call call;
    HRESULT hr = auto_enter_closed(&call, object, __func__);

    *value = object->class->kind;
    return auto_leave(&call, hr);
}

/* A root's parent is Nothing, as CDO's Session.Parent. */
HRESULT STDMETHODCALLTYPE auto_get_Parent(void *iface, IDispatch **value)
{
    struct auto_object *object = iface;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, object, __func__);

    *value = NULL;
    if (SUCCEEDED(hr) && object->parent)
        auto_return(object->parent, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE auto_get_Session(void *iface, void *value)
{
    struct auto_object *object = iface, *root = auto_root(object);
    IDispatch **out = value;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, object, __func__);

    *out = NULL;
    if (SUCCEEDED(hr)) {
        *out = find_session ? find_session(root) : NULL;
        if (!*out)
            auto_return(root, out);
    }
    return auto_leave(&call, hr);
}
