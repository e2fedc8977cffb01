/*
 * noop_server.c: a COM local server whose members do nothing, written as plainly as possible: what a call across the
 * process boundary costs before MapiHost adds anything to it.
 *
 * Usage: noop_server /RegServer TYPELIB | /UnregServer | -Embedding. One object, one STA thread, dispatch by the type library.
 */
#define COBJMACROS
#include <initguid.h>
#include <windows.h>
#include <ole2.h>
#include <stdio.h>
#include <wchar.h>
#include "noop.h"

static ITypeInfo *type_info;
static LONG live;
static DWORD main_thread;

static HRESULT STDMETHODCALLTYPE noop_query_interface(INoop *self, REFIID iid, void **out)
{
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IDispatch) && !IsEqualIID(iid, &IID_INoop)) {
        *out = NULL;
        return E_NOINTERFACE;
    }
    *out = self;
    INoop_AddRef(self);
    return S_OK;
}

static ULONG STDMETHODCALLTYPE noop_add_ref(INoop *self)
{
    (void)self;
    return InterlockedIncrement(&live);
}

static ULONG STDMETHODCALLTYPE noop_release(INoop *self)
{
    LONG left = InterlockedDecrement(&live);

    (void)self;
    if (!left)
        PostThreadMessageW(main_thread, WM_QUIT, 0, 0);
    return left;
}

static HRESULT STDMETHODCALLTYPE noop_type_info_count(INoop *self, UINT *count)
{
    (void)self;
    *count = 1;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE noop_type_info(INoop *self, UINT index, LCID lcid, ITypeInfo **out)
{
    (void)self, (void)index, (void)lcid;
    *out = type_info;
    ITypeInfo_AddRef(type_info);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE noop_ids(INoop *self, REFIID iid, LPOLESTR *names, UINT count, LCID lcid, DISPID *ids)
{
    (void)self, (void)iid, (void)lcid;
    return DispGetIDsOfNames(type_info, names, count, ids);
}

static HRESULT STDMETHODCALLTYPE noop_invoke(INoop *self, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                             DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception, UINT *bad)
{
    (void)iid, (void)lcid;
    return DispInvoke(self, type_info, id, flags, params, result, exception, bad);
}

static HRESULT STDMETHODCALLTYPE noop_logged_on(INoop *self, VARIANT_BOOL *value)
{
    (void)self;
    *value = VARIANT_TRUE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE noop_version(INoop *self, BSTR *value)
{
    (void)self;
    *value = SysAllocString(L"1.0.0");
    return *value ? S_OK : E_OUTOFMEMORY;
}

static const INoopVtbl noop_vtbl = {
    .QueryInterface = noop_query_interface,
    .AddRef = noop_add_ref,
    .Release = noop_release,
    .GetTypeInfoCount = noop_type_info_count,
    .GetTypeInfo = noop_type_info,
    .GetIDsOfNames = noop_ids,
    .Invoke = noop_invoke,
    .get_LoggedOn = noop_logged_on,
    .get_Version = noop_version,
};
static INoop noop = {(INoopVtbl *)&noop_vtbl};

static HRESULT STDMETHODCALLTYPE factory_query_interface(IClassFactory *self, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || IsEqualIID(iid, &IID_IClassFactory) ? self : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

static ULONG STDMETHODCALLTYPE factory_ref(IClassFactory *self)
{
    (void)self;
    return 2;
}

static HRESULT STDMETHODCALLTYPE factory_create(IClassFactory *self, IUnknown *outer, REFIID iid, void **out)
{
    (void)self;
    *out = NULL;
    return outer ? CLASS_E_NOAGGREGATION : INoop_QueryInterface(&noop, iid, out);
}

static HRESULT STDMETHODCALLTYPE factory_lock(IClassFactory *self, BOOL lock)
{
    (void)self, (void)lock;
    return S_OK;
}

static const IClassFactoryVtbl factory_vtbl = {
    .QueryInterface = factory_query_interface,
    .AddRef = factory_ref,
    .Release = factory_ref,
    .CreateInstance = factory_create,
    .LockServer = factory_lock,
};
static IClassFactory factory = {(IClassFactoryVtbl *)&factory_vtbl};

static LONG set_value(const WCHAR *key, const WCHAR *text)
{
    return RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, NULL, REG_SZ, text, (DWORD)(wcslen(text) + 1) * sizeof(WCHAR));
}

static int register_server(const WCHAR *typelib)
{
    WCHAR clsid[40], key[128], path[MAX_PATH];
    ITypeLib *lib = NULL;
    LONG error;

    StringFromGUID2(&CLSID_Noop, clsid, ARRAYSIZE(clsid));
    GetModuleFileNameW(NULL, path, ARRAYSIZE(path));
    error = set_value(L"Software\\Classes\\NoopBench.Noop\\CLSID", clsid);
    _snwprintf(key, ARRAYSIZE(key), L"Software\\Classes\\CLSID\\%ls\\LocalServer32", clsid);
    if (!error)
        error = set_value(key, path);
    if (error || FAILED(LoadTypeLibEx(typelib, REGKIND_REGISTER, &lib)))
        return 1;
    ITypeLib_Release(lib);
    return 0;
}

static int unregister_server(void)
{
    WCHAR clsid[40], key[128];

    StringFromGUID2(&CLSID_Noop, clsid, ARRAYSIZE(clsid));
    _snwprintf(key, ARRAYSIZE(key), L"Software\\Classes\\CLSID\\%ls", clsid);
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, key);
    RegDeleteTreeW(HKEY_LOCAL_MACHINE, L"Software\\Classes\\NoopBench.Noop");
    UnRegisterTypeLib(&LIBID_NoopBench, 1, 0, LOCALE_NEUTRAL, SYS_WIN64);
    return 0;
}

int wmain(int argc, WCHAR **argv)
{
    ITypeLib *lib = NULL;
    DWORD cookie = 0;
    MSG message;
    HRESULT hr;

    main_thread = GetCurrentThreadId();
    CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    if (argc > 2 && !_wcsicmp(argv[1], L"/RegServer"))
        return register_server(argv[2]);
    if (argc > 1 && !_wcsicmp(argv[1], L"/UnregServer"))
        return unregister_server();
    hr = LoadRegTypeLib(&LIBID_NoopBench, 1, 0, LOCALE_NEUTRAL, &lib);
    if (SUCCEEDED(hr))
        hr = ITypeLib_GetTypeInfoOfGuid(lib, &IID_INoop, &type_info);
    if (SUCCEEDED(hr))
        hr = CoRegisterClassObject(&CLSID_Noop, (IUnknown *)&factory, CLSCTX_LOCAL_SERVER, REGCLS_MULTIPLEUSE, &cookie);
    if (FAILED(hr)) {
        fwprintf(stderr, L"noop_server: 0x%08lX\n", (unsigned long)hr);
        return 1;
    }
    while (GetMessageW(&message, NULL, 0, 0) > 0)
        DispatchMessageW(&message);
    CoRevokeClassObject(cookie);
    ITypeInfo_Release(type_info);
    ITypeLib_Release(lib);
    CoUninitialize();
    return 0;
}
