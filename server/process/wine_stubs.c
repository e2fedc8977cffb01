/*
 * wine_stubs.c: keeps Wine's RPC from waiting for ever when the last stub of an interface goes.
 *
 * Layer: server/process. Wine 8 registers an RPC interface per IID with the first stub and unregisters it with the last one.
 * Unregistering waits for calls that still run: it sees that one is counted, and only then makes the event that the call's end
 * sets. A call that ends in between sets nothing, and the apartment that released the stub waits for ever: a client that
 * calls an object once and releases it (ITypeInfo, an enumerator) can hang its session. A stub that stays means that nothing is
 * ever unregistered.
 */
#ifndef COBJMACROS
#define COBJMACROS
#endif
#include "wine_stubs.h"

#include "auto.h"

static const IID *wanted;

static HRESULT STDMETHODCALLTYPE query_interface(IUnknown *self, REFIID iid, void **out)
{
    *out = IsEqualIID(iid, &IID_IUnknown) || (wanted && IsEqualIID(iid, wanted)) ? self : NULL;
    return *out ? S_OK : E_NOINTERFACE;
}

/* It is static. */
static ULONG STDMETHODCALLTYPE add_or_release(IUnknown *self)
{
    (void)self;
    return 1;
}

static IUnknownVtbl vtbl = {query_interface, add_or_release, add_or_release};
static IUnknown object = {&vtbl};

/* Its methods are never called: the marshalled reference goes nowhere. */
static void keep(REFIID iid)
{
    IStream *stream = NULL;

    wanted = iid;
    if (SUCCEEDED(CreateStreamOnHGlobal(NULL, TRUE, &stream))) {
        CoMarshalInterface(stream, iid, &object, MSHCTX_LOCAL, NULL, MSHLFLAGS_TABLESTRONG);
        IStream_Release(stream);
    }
    wanted = NULL;
}

void wine_stubs_keep(void)
{
    static const IID *const system[] = {&IID_IDispatch, &IID_IEnumVARIANT, &IID_ITypeInfo, &IID_ITypeLib, &IID_ISupportErrorInfo,
                                        &IID_IProvideClassInfo, &IID_IConnectionPointContainer, &IID_IConnectionPoint,
                                        &IID_IEnumConnections, &IID_IEnumConnectionPoints};
    ITypeLib *library = NULL;

    if (!GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") || FAILED(auto_type_lib(&library)))
        return;
    for (size_t i = 0; i < ARRAYSIZE(system); i++)
        keep(system[i]);
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        ITypeInfo *info;
        TYPEATTR *attributes;

        if (FAILED(ITypeLib_GetTypeInfo(library, i, &info)))
            continue;
        if (SUCCEEDED(ITypeInfo_GetTypeAttr(info, &attributes))) {
            if (attributes->typekind == TKIND_DISPATCH && attributes->wTypeFlags & TYPEFLAG_FDUAL)
                keep(&attributes->guid);
            ITypeInfo_ReleaseTypeAttr(info, attributes);
        }
        ITypeInfo_Release(info);
    }
    ITypeLib_Release(library);
}
