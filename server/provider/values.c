/*
 * values.c: makes the property values that computed properties answer with.
 *
 * Layer: provider, store part. base NULL asks for the tag alone (see prop_handler).
 */
#include "store.h"
#include <stdlib.h>
#include <string.h>

HRESULT value_long(SPropValue *out, ULONG tag, LONG value)
{
    out->ulPropTag = tag;
    out->Value.l = value;
    return S_OK;
}

HRESULT value_bool(SPropValue *out, ULONG tag, bool value)
{
    out->ulPropTag = tag;
    out->Value.b = value;
    return S_OK;
}

HRESULT value_i8(SPropValue *out, ULONG tag, int64_t value)
{
    out->ulPropTag = tag;
    out->Value.li.QuadPart = value;
    return S_OK;
}

HRESULT value_string(SPropValue *out, ULONG tag, const WCHAR *value, void *base)
{
    SPropValue from = {.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE), .Value.lpszW = (LPWSTR)(value ? value : L"")};
    out->ulPropTag = from.ulPropTag;
    return base ? propvalue_copy_more(out, &from, base) : S_OK;
}

HRESULT value_binary(SPropValue *out, ULONG tag, const void *bytes, ULONG cb, void *base)
{
    SPropValue from = {.ulPropTag = tag, .Value.bin = {cb, (LPBYTE)bytes}};
    out->ulPropTag = tag;
    return base ? propvalue_copy_more(out, &from, base) : S_OK;
}

HRESULT value_folder_entryid(struct prop_object *object, ULONG tag, mbx_id id, void *base, SPropValue *out)
{
    out->ulPropTag = tag;
    return base ? entryid_object(store_guid(object->base.store), MAPI_FOLDER, id, base, &out->Value.bin) : S_OK;
}

FILETIME time_now(void)
{
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    return now;
}

HRESULT get_store_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    if (!object->base.store) /* a message file is in no store */
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = tag;
    return base ? entryid_store(store_guid(object->base.store), object->base.store->open_flags, base, &out->Value.bin) : S_OK;
}

HRESULT get_mailbox_guid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    if (!object->base.store)
        return MAPI_E_NOT_FOUND;
    return value_binary(out, tag, store_guid(object->base.store), sizeof(GUID), base);
}

HRESULT get_access_level(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, tag, object->writable ? MAPI_MODIFY : 0);
}

HRESULT text_from_param(const void *text, ULONG flags, WCHAR **out)
{
    *out = NULL;
    if (!text)
        return S_OK;
    int cch = flags & MAPI_UNICODE ? lstrlenW(text) + 1 : MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    WCHAR *copy = malloc((size_t)(cch > 0 ? cch : 1) * sizeof(WCHAR));
    if (!copy)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    copy[0] = 0;
    if (flags & MAPI_UNICODE)
        memcpy(copy, text, (size_t)cch * sizeof(WCHAR));
    else
        MultiByteToWideChar(CP_ACP, 0, text, -1, copy, cch);
    *out = copy;
    return S_OK;
}

HRESULT text_to_param(const WCHAR *text, ULONG flags, void *base, LPTSTR *out)
{
    int cb = flags & MAPI_UNICODE ? (lstrlenW(text) + 1) * (int)sizeof(WCHAR)
                                  : WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    if (base ? MAPIAllocateMore((ULONG)cb, base, (void **)out) : MAPIAllocateBuffer((ULONG)cb, (void **)out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (flags & MAPI_UNICODE)
        memcpy(*out, text, (size_t)cb);
    else
        WideCharToMultiByte(CP_ACP, 0, text, -1, (char *)*out, cb, NULL, NULL);
    return S_OK;
}
