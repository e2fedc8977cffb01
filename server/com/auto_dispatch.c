/*
 * auto_dispatch.c: IUnknown, IDispatch, ISupportErrorInfo and IProvideClassInfo2 of every automation object.
 *
 * Layer: server/com. Dispatch goes by the type library's ITypeInfo: there is no list of members here. A failure of
 * a member leaves as DISP_E_EXCEPTION with the HRESULT, description and source in EXCEPINFO.
 */
#include "auto_private.h"
#include "mapi_abi.h"
#include "variant.h"

#include <stdlib.h>
#include <wchar.h>

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

/*
 * How many arguments a member takes (a property put counts its value); -1 when there is no such member. *needed: how many
 * must be there. *plain: it is a property without arguments, so that obj.Fields(tag) means the default member of what it
 * answers. Found by walking: Wine's GetFuncIndexOfMemId takes no account of dual interfaces.
 */
static int parameter_count(ITypeInfo *info, DISPID id, WORD flags, int *needed, bool *plain)
{
    TYPEATTR *attributes = NULL;
    int count = -1;

    *needed = 0;
    *plain = false;
    if (FAILED(ITypeInfo_GetTypeAttr(info, &attributes)))
        return -1;
    for (UINT i = 0; count < 0 && i < attributes->cFuncs; i++) {
        FUNCDESC *function = NULL;

        if (FAILED(ITypeInfo_GetFuncDesc(info, i, &function)))
            continue;
        if (function->memid == id && function->invkind & flags) {
            count = function->cParams;
            if (count && function->lprgelemdescParam[count - 1].paramdesc.wParamFlags & PARAMFLAG_FRETVAL)
                count--;
            while (*needed < count && !(function->lprgelemdescParam[*needed].paramdesc.wParamFlags & PARAMFLAG_FOPT))
                ++*needed;
            *plain = function->invkind == INVOKE_PROPERTYGET && !count;
        }
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
    ITypeInfo_ReleaseTypeAttr(info, attributes);
    return count;
}

/* CDO gives its default members numbers of their own besides DISPID_VALUE: that one for such a number, else id itself. */
static DISPID default_id(struct auto_object *object, DISPID id)
{
    static const struct {
        DISPID id;
        const WCHAR *name;
    } numbers[] = {{21, L"Item"}, {23, L"Name"}, {38, L"Subject"}, {43, L"Value"}, {324, L"RecurrenceType"}};
    ITypeInfo *info = NULL;
    BSTR name = NULL;
    size_t i = 0;

    while (i < ARRAYSIZE(numbers) && numbers[i].id != id)
        i++;
    if (i < ARRAYSIZE(numbers) && SUCCEEDED(auto_type_info(object->class->iid, &info))) {
        if (SUCCEEDED(ITypeInfo_GetDocumentation(info, DISPID_VALUE, &name, NULL, NULL, NULL)) && !_wcsicmp(name, numbers[i].name))
            id = DISPID_VALUE;
        SysFreeString(name);
        ITypeInfo_Release(info);
    }
    return id;
}

/* Calls the default member of the object that a member answers for `inner` arguments. */
static HRESULT invoke_default(void *iface, DISPID id, DISPPARAMS *inner, WORD flags, DISPPARAMS *outer,
                              VARIANT *result, EXCEPINFO *exception, UINT *bad_arg)
{
    VARIANT value;
    HRESULT hr;

    VariantInit(&value);
    hr = auto_invoke(iface, id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, inner, &value, exception, bad_arg);
    if (SUCCEEDED(hr)) {
        if (V_VT(&value) == VT_DISPATCH && V_DISPATCH(&value))
            hr = IDispatch_Invoke(V_DISPATCH(&value), DISPID_VALUE, &IID_NULL, LOCALE_NEUTRAL, flags, outer, result,
                                  exception, bad_arg);
        else
            hr = DISP_E_MEMBERNOTFOUND;
    }
    VariantClear(&value);
    return hr;
}

static void exception_clear(EXCEPINFO *exception)
{
    SysFreeString(exception->bstrDescription);
    SysFreeString(exception->bstrSource);
    SysFreeString(exception->bstrHelpFile);
    ZeroMemory(exception, sizeof *exception);
}

/* Fields(tag) = value where the object has no such property yet: scripts written for CDO expect that it is added then. `iface`
 * is the Fields collection itself, or the object whose member `id` answers it. */
static HRESULT put_new_field(void *iface, DISPID id, const VARIANT *tag, const VARIANT *value, EXCEPINFO *exception,
                             UINT *bad_arg)
{
    struct auto_object *object = iface, *fields = NULL;
    VARIANT own, args[2] = {*value, *tag}, added;
    DISPPARAMS none = {0}, params = {args, NULL, 2, 0};
    WCHAR *name = (WCHAR *)L"Add";
    DISPID add;
    HRESULT hr = S_OK;

    VariantInit(&own);
    VariantInit(&added);
    if (!variant_is_number(tag))
        return DISP_E_MEMBERNOTFOUND;
    if (wcscmp(object->class->name, L"Fields") != 0) {
        hr = auto_invoke(iface, id, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, &none, &own, NULL, bad_arg);
        hr = SUCCEEDED(hr) && V_VT(&own) == VT_DISPATCH && V_DISPATCH(&own) &&
                     SUCCEEDED(auto_from_unknown((IUnknown *)V_DISPATCH(&own), NULL, &fields))
                 ? S_OK
                 : DISP_E_MEMBERNOTFOUND;
    } else {
        fields = object;
        auto_addref(fields);
    }
    if (SUCCEEDED(hr) && wcscmp(fields->class->name, L"Fields") != 0)
        hr = DISP_E_MEMBERNOTFOUND;
    if (SUCCEEDED(hr))
        hr = IDispatch_GetIDsOfNames((IDispatch *)fields, &IID_NULL, &name, 1, LOCALE_NEUTRAL, &add);
    if (SUCCEEDED(hr))
        hr = IDispatch_Invoke((IDispatch *)fields, add, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_METHOD, &params, &added, exception,
                              bad_arg);
    VariantClear(&added);
    VariantClear(&own);
    if (fields)
        auto_release(fields);
    return hr;
}

/* Objects among the arguments that stand for their value (Field) are replaced by it, as VB does where a value is wanted. */
static HRESULT take_values(DISPPARAMS *params, VARIANT **copies, EXCEPINFO *exception)
{
    HRESULT hr = S_OK;

    *copies = NULL;
    for (UINT i = 0; SUCCEEDED(hr) && i < params->cArgs; i++) {
        const VARIANT *argument = variant_deref(&params->rgvarg[i]);
        struct auto_object *object = NULL;
        DISPPARAMS none = {0};

        if (V_VT(argument) != VT_DISPATCH || !V_DISPATCH(argument) ||
            FAILED(auto_from_unknown((IUnknown *)V_DISPATCH(argument), NULL, &object)))
            continue;
        if (object->class->is_value && !*copies) {
            *copies = malloc(params->cArgs * sizeof **copies);
            if (*copies)
                memcpy(*copies, params->rgvarg, params->cArgs * sizeof **copies);
            else
                hr = E_OUTOFMEMORY;
        }
        if (SUCCEEDED(hr) && object->class->is_value) {
            VariantInit(&(*copies)[i]);
            hr = IDispatch_Invoke((IDispatch *)object, DISPID_VALUE, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &none,
                                  &(*copies)[i], exception, NULL);
        }
        auto_release(object);
    }
    return hr;
}

/* Frees what take_values made; the other arguments are the caller's. */
static void free_values(const DISPPARAMS *original, UINT count, VARIANT *copies)
{
    for (UINT i = 0; copies && i < count; i++)
        if (memcmp(&copies[i], &original->rgvarg[i], sizeof copies[i]))
            VariantClear(&copies[i]);
    free(copies);
}

static HRESULT invoke_member(void *iface, DISPID id, REFIID iid, WORD flags, DISPPARAMS *params, VARIANT *result,
                             EXCEPINFO *exception, UINT *bad_arg)
{
    struct auto_object *object = iface;
    struct auto_home *home = object->home;
    DISPPARAMS none = {0};
    EXCEPINFO own = {0};
    ITypeInfo *info = NULL;
    bool plain = false;
    int takes = -1, needed = 0;
    UINT unused;
    HRESULT hr;

    if (exception)
        ZeroMemory(exception, sizeof *exception);
    if (!IsEqualIID(iid, &IID_NULL))
        return DISP_E_UNKNOWNINTERFACE;
    if (home->thread_id != GetCurrentThreadId())
        return RPC_E_WRONG_THREAD;
    if (FAILED(hr = auto_type_info(object->class->iid, &info)))
        return hr;
    auto_addref(object);
    if (!home->call)
        auto_error_clear(home);
    if (id == DISPID_NEWENUM) /* Wine's JScript asks for a method only */
        flags |= DISPATCH_PROPERTYGET;
    if (params && params->cArgs)
        takes = parameter_count(info, id, flags, &needed, &plain);
    if (plain) {
        hr = invoke_default(iface, id, &none, flags, params, result, exception, bad_arg ? bad_arg : &unused);
        ITypeInfo_Release(info);
        auto_release(object);
        return hr;
    }
    /* oleaut32 of Windows refuses too many arguments, Wine's forgets them. */
    if (takes >= 0 && (int)params->cArgs > takes)
        hr = DISP_E_BADPARAMCOUNT;
    /* Wine's refuses too few, but keeps the references of those that are there. */
    else if (takes >= 0 && !params->cNamedArgs && (int)params->cArgs < needed)
        hr = DISP_E_PARAMNOTOPTIONAL;
    else
        hr = ITypeInfo_Invoke(info, object, id, flags, params ? params : &none, result, &own,
                              bad_arg ? bad_arg : &unused);
    if ((hr == E_NOINTERFACE || hr == E_INVALIDARG) && home->error == S_OK) /* an object or value of another kind */
        hr = DISP_E_TYPEMISMATCH;
    /* Set x.Sender = y asks for PROPERTYPUTREF; the library has plain puts. */
    if (hr == DISP_E_MEMBERNOTFOUND && flags == DISPATCH_PROPERTYPUTREF)
        hr = ITypeInfo_Invoke(info, object, id, DISPATCH_PROPERTYPUT, params ? params : &none, result, &own,
                              bad_arg ? bad_arg : &unused);
    /* obj.Fields(tag) = value: the default member of the item takes the value. */
    if (FAILED(hr) && home->error == S_OK && flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF) && params &&
        params->cArgs > 1 && params->cNamedArgs == 1) {
        DISPPARAMS index = {params->rgvarg + 1, NULL, params->cArgs - 1, 0};
        DISPPARAMS new_value = {params->rgvarg, params->rgdispidNamedArgs, 1, 1};
        EXCEPINFO first = {0}, second = {0};
        hr = invoke_default(iface, id, &index, DISPATCH_PROPERTYPUT, &new_value, result, &first,
                            bad_arg ? bad_arg : &unused);
        if (hr == DISP_E_EXCEPTION && first.scode == MAPI_E_NOT_FOUND && params->cArgs == 2) {
            HRESULT again = put_new_field(iface, id, variant_deref(&params->rgvarg[1]), variant_deref(&params->rgvarg[0]),
                                          &second, bad_arg ? bad_arg : &unused);
            if (again != DISP_E_MEMBERNOTFOUND) {
                exception_clear(&first);
                first = second;
                hr = again;
            } else {
                exception_clear(&second);
            }
        }
        if (exception)
            *exception = first;
        else
            exception_clear(&first);
        exception_clear(&own);
        ITypeInfo_Release(info);
        auto_release(object);
        return hr;
    }
    exception_clear(&own);
    if (FAILED(hr) && home->error != S_OK) {
        if (exception) {
            auto_error_move(home, exception);
            hr = DISP_E_EXCEPTION;
        } else
            hr = home->error;
        SetErrorInfo(0, NULL);
    }
    ITypeInfo_Release(info);
    auto_release(object);
    return hr;
}

HRESULT STDMETHODCALLTYPE auto_invoke(void *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                      DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception, UINT *bad_arg)
{
    DISPPARAMS with_values;
    VARIANT *copies = NULL;
    HRESULT hr = S_OK;

    (void)lcid;
    if (params && ((struct auto_object *)iface)->home->thread_id == GetCurrentThreadId())
        hr = take_values(params, &copies, exception);
    if (copies) {
        with_values = *params;
        with_values.rgvarg = copies;
    }
    if (SUCCEEDED(hr))
        hr = invoke_member(iface, default_id(iface, id), iid, flags, copies ? &with_values : params, result, exception, bad_arg);
    if (copies)
        free_values(params, params->cArgs, copies);
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
