/*
 * collection.c: what the small collections share.
 *
 * Layer: server/object.
 */
#include "collection.h"

#include "hex.h"
#include "session.h"
#include "variant.h"

HRESULT collection_index(struct auto_object *self, const VARIANT *argument, LONG count,
                         LONG (*find)(struct auto_object *self, const WCHAR *name), LONG *index)
{
    BSTR name = NULL;
    HRESULT hr;

    *index = 0;
    if (variant_is_text(argument) && find) {
        hr = variant_get_bstr(argument, &name);
        if (SUCCEEDED(hr)) {
            *index = find(self, name ? name : L"");
            if (!*index)
                hr = auto_fail(self, MAPI_E_NOT_FOUND, L"the collection has nothing of that name");
        }
        SysFreeString(name);
        return hr;
    }
    if (variant_blank(argument) || FAILED(variant_get_long(argument, 0, index)))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"Index must be a number from 1%ls",
                         find ? L" or a name" : L"");
    if (*index < 1)
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"Index counts from 1");
    if (*index > count)
        return auto_fail(self, MAPI_E_NOT_FOUND, L"Index is beyond the end: the collection has %ld", count);
    return S_OK;
}

HRESULT collection_number(struct auto_object *self, const VARIANT *argument, const WCHAR *what, ULONG *number)
{
    LONG value = 0;

    *number = 0;
    if (!variant_is_number(argument) || FAILED(variant_get_long(argument, 0, &value)))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the index must be %ls", what);
    if (value < 1)
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the index begins at 1");
    *number = (ULONG)value;
    return S_OK;
}

HRESULT collection_session(struct auto_object *object, struct mapi_session **out)
{
    struct session *session = session_of(object);
    HRESULT hr = session ? session_require(session) : MAPI_E_NOT_INITIALIZED;

    *out = SUCCEEDED(hr) ? session->mapi : NULL;
    return hr;
}

HRESULT collection_address_book(struct auto_object *object, IAddrBook **out)
{
    struct mapi_session *session = NULL;
    HRESULT hr = collection_session(object, &session);

    *out = NULL;
    return SUCCEEDED(hr) ? mapi_session_address_book(session, out) : hr;
}

HRESULT collection_text(const WCHAR *text, BSTR *out)
{
    *out = SysAllocString(text ? text : L"");
    return *out ? S_OK : E_OUTOFMEMORY;
}

HRESULT collection_id(const SBinary *id, BSTR *out)
{
    *out = SysAllocStringLen(NULL, id ? id->cb * 2 : 0);
    if (!*out)
        return E_OUTOFMEMORY;
    if (id)
        hex_encode(id->lpb, id->cb, *out);
    return S_OK;
}

HRESULT collection_same_entry(struct auto_object *self, const SBinary *a, const SBinary *b, VARIANT_BOOL *same)
{
    IAddrBook *book = NULL;
    ULONG equal = FALSE;
    HRESULT hr = collection_address_book(self, &book);

    *same = VARIANT_FALSE;
    if (SUCCEEDED(hr) && a->cb && b->cb)
        hr = book->lpVtbl->CompareEntryIDs(book, a->cb, (ENTRYID *)a->lpb, b->cb, (ENTRYID *)b->lpb, 0, &equal);
    if (SUCCEEDED(hr) && equal)
        *same = VARIANT_TRUE;
    return hr;
}

HRESULT collection_object(struct auto_object *self, const VARIANT *argument, const struct auto_class *class,
                          struct auto_object **out)
{
    IDispatch *dispatch = NULL;
    HRESULT hr = variant_get_dispatch(argument, &dispatch);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = auto_from_unknown((IUnknown *)dispatch, class, out);
    if (FAILED(hr))
        hr = auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the argument must be a %ls of this session", class->name);
    if (SUCCEEDED(hr) && (*out)->closed) {
        auto_release(*out);
        *out = NULL;
        hr = auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the %ls that was passed was closed", class->name);
    }
    if (dispatch)
        IDispatch_Release(dispatch);
    return hr;
}
