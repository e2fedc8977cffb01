/*
 * session_info.c: Session members that tell about the system, compare ids and make conversation indexes.
 *
 * Layer: server/object.
 */
#include "session.h"
#include "conversation_index.h"
#include "diagnostics.h"
#include "event_source.h"
#include "subscription.h"
#include "variant.h"

#include <stdio.h>
#include <stdlib.h>

HRESULT STDMETHODCALLTYPE session_get_Version(IMhSession *iface, BSTR *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &session_from(iface)->base, __func__);

    *value = NULL;
    /* Programs written for CDO compare this with the version that they need. */
    if (SUCCEEDED(hr) && !(*value = SysAllocString(L"1.2.1")))
        hr = E_OUTOFMEMORY;
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_get_OperatingSystem(IMhSession *iface, BSTR *value)
{
    typedef LONG(WINAPI * get_version)(OSVERSIONINFOW *);
    get_version rtl_get_version = (get_version)(void *)GetProcAddress(GetModuleHandleW(L"ntdll"), "RtlGetVersion");
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof version};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &session_from(iface)->base, __func__);
    WCHAR text[64];

    *value = NULL;
    if (SUCCEEDED(hr)) {
        /* GetVersionEx tells what the manifest allows it to. */
        if (rtl_get_version)
            rtl_get_version(&version);
        _snwprintf(text, ARRAYSIZE(text), L"Microsoft Windows %lu.%lu.%lu", version.dwMajorVersion,
                   version.dwMinorVersion, version.dwBuildNumber);
        if (!(*value = SysAllocString(text)))
            hr = E_OUTOFMEMORY;
    }
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_CompareIDs(IMhSession *iface, VARIANT id1, VARIANT id2, VARIANT_BOOL *value)
{
    struct session *self = session_from(iface);
    uint8_t *bytes1 = NULL, *bytes2 = NULL;
    uint32_t size1, size2;
    struct auto_call call;
    ULONG same = FALSE;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    auto_arg_variant(&call, &id1);
    auto_arg_variant(&call, &id2);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_bytes(&id1, &bytes1, &size1);
    if (SUCCEEDED(hr))
        hr = variant_get_bytes(&id2, &bytes2, &size2);
    if (SUCCEEDED(hr))
        hr = self->mapi->session->lpVtbl->CompareEntryIDs(self->mapi->session, size1, (ENTRYID *)bytes1, size2,
                                                          (ENTRYID *)bytes2, 0, &same);
    if (SUCCEEDED(hr) && same)
        *value = VARIANT_TRUE;
    free(bytes1);
    free(bytes2);
    return auto_leave(&call, hr);
}

static BSTR hex_text(const uint8_t *bytes, size_t size)
{
    static const WCHAR digits[] = L"0123456789ABCDEF";
    BSTR text = SysAllocStringLen(NULL, (UINT)size * 2);
    size_t i;

    for (i = 0; text && i < size; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return text;
}

HRESULT STDMETHODCALLTYPE session_CreateConversationIndex(IMhSession *iface, VARIANT parent, BSTR *value)
{
    struct session *self = session_from(iface);
    uint8_t *bytes = NULL, *made = NULL;
    uint32_t size = 0;
    struct auto_call call;
    FILETIME now;
    GUID guid;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &parent);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr) && !variant_blank(&parent))
        hr = variant_get_bytes(&parent, &bytes, &size);
    if (SUCCEEDED(hr))
        hr = CoCreateGuid(&guid);
    if (SUCCEEDED(hr) && !(made = malloc(conversation_index_size(size))))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr)) {
        GetSystemTimeAsFileTime(&now);
        conversation_index_make(bytes, size, (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime,
                                (const uint8_t *)&guid, guid.Data4[7], made);
        if (!(*value = hex_text(made, conversation_index_size(size))))
            hr = E_OUTOFMEMORY;
    }
    free(bytes);
    free(made);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_get_Diagnostics(IMhSession *iface, IMhDiagnostics **value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = diagnostics_create(&self->base, value);
    return auto_leave(&call, hr);
}

/* The fnev bits of an argument of Subscribe: MhEvents bits, or names as text or array. */
static HRESULT events_arg(struct session *self, const VARIANT *events, ULONG *mask)
{
    struct variant_list list;
    HRESULT hr = variant_list_open(events, &list);
    LONG i, bits = 0;

    *mask = list.count ? 0 : MAPI_NOTIFY_ALL;
    for (i = 0; SUCCEEDED(hr) && i < list.count; i++) {
        VARIANT item;
        ULONG more = 0;

        hr = variant_list_get(&list, i, &item);
        if (SUCCEEDED(hr) && V_VT(&item) == VT_BSTR) {
            if (!event_kinds_parse(V_BSTR(&item) ? V_BSTR(&item) : L"", &more))
                hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                               L"there is no such event: NewMail, ObjectCreated, ObjectDeleted, ObjectModified, "
                               L"ObjectMoved, ObjectCopied, SearchComplete and ConnectionLost are known");
        } else if (SUCCEEDED(hr) && SUCCEEDED(hr = variant_get_long(&item, 0, &bits))) {
            more = event_kinds_of(bits);
            if (bits & ~MhAllEvents)
                hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Events has bits that stand for no event");
        }
        *mask |= more;
        VariantClear(&item);
    }
    if (SUCCEEDED(hr) && !*mask)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"no event is asked for");
    return hr;
}

HRESULT STDMETHODCALLTYPE session_Subscribe(IMhSession *iface, VARIANT source, VARIANT events,
                                            IMhSubscription **value)
{
    struct session *self = session_from(iface);
    struct auto_object *object = NULL;
    IDispatch *dispatch = NULL;
    struct auto_call call;
    ULONG mask = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &source);
    auto_arg_variant(&call, &events);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_dispatch(&source, &dispatch);
    if (SUCCEEDED(hr))
        hr = events_arg(self, &events, &mask);
    if (SUCCEEDED(hr) && dispatch)
        auto_from_unknown((IUnknown *)dispatch, NULL, &object); /* else it lives in a worker */
    if (SUCCEEDED(hr))
        hr = subscription_create(object ? object : &self->base, object ? NULL : (IUnknown *)dispatch, mask, value);
    if (hr == E_NOINTERFACE)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                       L"Source is not a Session, a store, a mailbox or a folder of this session");
    auto_release(object);
    if (dispatch)
        IDispatch_Release(dispatch);
    return auto_leave(&call, hr);
}
