/*
 * util_entry.c: MAPI's utility functions for composed entry ids, the IPM subtree, and checks of structures.
 *
 * Layer: provider. A composed entry id is four flag bytes, an id of ours, the size of the store's entry id,
 * that entry id and the message's. Composed ids are taken apart before the message is opened.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "mapi_abi.h"

static const MAPIUID composed_uid = {
    {0x6d, 0x61, 0x70, 0x69, 0x63, 0x6f, 0x6d, 0x70, 0x6f, 0x73, 0x65, 0x64, 0x00, 0x00, 0x00, 0x01}};
#define COMPOSED_HEADER 24

/* The entry id of the store whose row has this value in this column (record key or search key). */
static HRESULT store_find(IMAPISession *session, ULONG tag, ULONG cb, const BYTE *key, SRowSet **rows)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue value = {.ulPropTag = tag};
    SRestriction restriction = {.rt = RES_PROPERTY};
    IMAPITable *table = NULL;
    value.Value.bin.cb = cb;
    value.Value.bin.lpb = (BYTE *)key;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = tag;
    restriction.res.resProperty.lpProp = &value;
    HRESULT hr = session->lpVtbl->GetMsgStoresTable(session, 0, &table);
    if (hr == S_OK)
        hr = HrQueryAllRows(table, (SPropTagArray *)&columns, &restriction, NULL, 0, rows);
    if (hr == S_OK && ((*rows)->cRows == 0 || (*rows)->aRow[0].lpProps[0].ulPropTag != PR_ENTRYID)) {
        FreeProws(*rows);
        *rows = NULL;
        hr = MAPI_E_NOT_FOUND;
    }
    if (table != NULL)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT WINAPI HrComposeEID(LPMAPISESSION session, ULONG cb_key, LPBYTE key, ULONG cb_message,
                            LPENTRYID message, ULONG *cb, LPENTRYID *out)
{
    SRowSet *rows = NULL;
    BYTE *id;
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    if (message == NULL || cb_message == 0 || (cb_key != 0 && (key == NULL || session == NULL)))
        return MAPI_E_INVALID_PARAMETER;
    if (cb_key == 0) { /* without a store: the message's entry id as it is */
        HRESULT hr = MAPIAllocateBuffer(cb_message, (void **)out);
        if (hr == S_OK) {
            memcpy(*out, message, cb_message);
            *cb = cb_message;
        }
        return hr;
    }
    HRESULT hr = store_find(session, PR_RECORD_KEY, cb_key, key, &rows);
    if (hr != S_OK)
        return hr;
    const SBinary *store = &rows->aRow[0].lpProps[0].Value.bin;
    ULONG size = COMPOSED_HEADER + store->cb + cb_message;
    if ((hr = MAPIAllocateBuffer(size, (void **)&id)) == S_OK) {
        memset(id, 0, 4);
        memcpy(id + 4, &composed_uid, sizeof composed_uid);
        memcpy(id + 20, &store->cb, 4);
        memcpy(id + COMPOSED_HEADER, store->lpb, store->cb);
        memcpy(id + COMPOSED_HEADER + store->cb, message, cb_message);
        *out = (ENTRYID *)id;
        *cb = size;
    }
    FreeProws(rows);
    return hr;
}

HRESULT WINAPI HrDecomposeEID(LPMAPISESSION session, ULONG cb, LPENTRYID id, ULONG *cb_store,
                              LPENTRYID *store, ULONG *cb_message, LPENTRYID *message)
{
    const BYTE *bytes = (const BYTE *)id;
    ULONG store_size = 0, header = 0;
    (void)session;
    if (cb_store == NULL || store == NULL || cb_message == NULL || message == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb_store = *cb_message = 0;
    *store = *message = NULL;
    if (id == NULL || cb == 0)
        return MAPI_E_INVALID_PARAMETER;
    if (cb >= COMPOSED_HEADER && memcmp(bytes + 4, &composed_uid, sizeof composed_uid) == 0) {
        header = COMPOSED_HEADER;
        memcpy(&store_size, bytes + 20, 4);
        if (store_size > cb - header)
            return MAPI_E_INVALID_ENTRYID;
    }
    HRESULT hr = MAPIAllocateBuffer(cb - header - store_size, (void **)message);
    if (hr == S_OK && store_size > 0)
        hr = MAPIAllocateBuffer(store_size, (void **)store);
    if (hr != S_OK) {
        MAPIFreeBuffer(*message);
        *message = NULL;
        return hr;
    }
    memcpy(*message, bytes + header + store_size, cb - header - store_size);
    *cb_message = cb - header - store_size;
    if (store_size > 0)
        memcpy(*store, bytes + header, store_size);
    *cb_store = store_size;
    return S_OK;
}

HRESULT WINAPI HrComposeMsgID(LPMAPISESSION session, ULONG cb_key, LPBYTE key, ULONG cb_message,
                              LPENTRYID message, LPTSTR *out)
{
    ENTRYID *id;
    ULONG cb;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = HrComposeEID(session, cb_key, key, cb_message, message, &cb, &id);
    if (hr == S_OK) {
        hr = HrSzFromEntryID(cb, id, out);
        MAPIFreeBuffer(id);
    }
    return hr;
}

HRESULT WINAPI HrDecomposeMsgID(LPMAPISESSION session, LPTSTR text, ULONG *cb_store, LPENTRYID *store,
                                ULONG *cb_message, LPENTRYID *message)
{
    ENTRYID *id;
    ULONG cb;
    HRESULT hr = HrEntryIDFromSz(text, &cb, &id);
    if (hr == S_OK) {
        hr = HrDecomposeEID(session, cb, id, cb_store, store, cb_message, message);
        MAPIFreeBuffer(id);
    }
    return hr;
}

/* MAPI's own wrapping: flags, muidStoreWrap, version and flags, the DLL's name in capitals, the provider's
 * entry id. */
HRESULT WINAPI WrapStoreEntryID(ULONG flags, LPTSTR dll_name, ULONG cb_original, LPENTRYID original,
                                ULONG *cb, LPENTRYID *out)
{
    static const MAPIUID wrap_uid = {
        {0x38, 0xa1, 0xbb, 0x10, 0x05, 0xe5, 0x10, 0x1a, 0xa1, 0xbb, 0x08, 0x00, 0x2b, 0x2a, 0x56, 0xc2}};
    char name[64];
    BYTE *id;
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    if (dll_name == NULL || original == NULL || cb_original < 4)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & MAPI_UNICODE) {
        if (WideCharToMultiByte(CP_ACP, 0, (const WCHAR *)(const void *)dll_name, -1, name, sizeof name, NULL,
                                NULL) == 0)
            return MAPI_E_INVALID_PARAMETER;
    } else {
        if (strlen((const char *)dll_name) >= sizeof name)
            return MAPI_E_INVALID_PARAMETER;
        strcpy(name, (const char *)dll_name);
    }
    for (char *p = name; *p != 0; p++)
        *p = *p >= 'a' && *p <= 'z' ? *p - 32 : *p;
    ULONG length = (ULONG)strlen(name) + 1, header = (22 + length + 3) & ~3u;
    HRESULT hr = MAPIAllocateBuffer(header + cb_original, (void **)&id);
    if (hr != S_OK)
        return hr;
    memset(id, 0, header);
    memcpy(id, original, 4); /* the flags are the provider's */
    memcpy(id + 4, &wrap_uid, sizeof wrap_uid);
    memcpy(id + 22, name, length);
    memcpy(id + header, original, cb_original);
    *cb = header + cb_original;
    *out = (ENTRYID *)id;
    return S_OK;
}

/* ---- the IPM subtree ---- */

/* Every store here has its folders; this reads what they are. */
HRESULT WINAPI HrValidateIPMSubtree(LPMDB store, ULONG flags, ULONG *count, LPSPropValue *values,
                                    LPMAPIERROR *error)
{
    static const SizedSPropTagArray(8, tags) = {
        8,
        {PR_VALID_FOLDER_MASK, PR_IPM_SUBTREE_ENTRYID, PR_IPM_OUTBOX_ENTRYID, PR_IPM_WASTEBASKET_ENTRYID,
         PR_IPM_SENTMAIL_ENTRYID, PR_VIEWS_ENTRYID, PR_COMMON_VIEWS_ENTRYID, PR_FINDER_ENTRYID}};
    (void)flags;
    if (error != NULL)
        *error = NULL;
    if (store == NULL || count == NULL || values == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *values = NULL;
    return store->lpVtbl->GetProps(store, (SPropTagArray *)&tags, 0, count, values);
}

/* ---- checks: TRUE when something is wrong ---- */

ULONG WINAPI FBadPropTag(ULONG tag)
{
    /* MV_INSTANCE belongs to columns; no value has it, and MAPI's own check knows no such type. */
    switch (PROP_TYPE(tag) & ~(ULONG)MV_FLAG) {
    case PT_UNSPECIFIED:
    case PT_NULL:
    case PT_I2:
    case PT_LONG:
    case PT_R4:
    case PT_DOUBLE:
    case PT_CURRENCY:
    case PT_APPTIME:
    case PT_ERROR:
    case PT_BOOLEAN:
    case PT_OBJECT:
    case PT_I8:
    case PT_STRING8:
    case PT_UNICODE:
    case PT_SYSTIME:
    case PT_CLSID:
    case PT_BINARY:
        return FALSE;
    default:
        return TRUE;
    }
}

ULONG WINAPI FBadProp(LPSPropValue value)
{
    ULONG size;
    if (value == NULL || FBadPropTag(value->ulPropTag))
        return TRUE;
    return PROP_ID(value->ulPropTag) != 0 && ScCountProps(1, value, &size) != S_OK;
}

ULONG WINAPI FBadRow(LPSRow row)
{
    if (row == NULL || (row->cValues > 0 && row->lpProps == NULL))
        return TRUE;
    for (ULONG i = 0; i < row->cValues; i++) {
        if (FBadProp(&row->lpProps[i]))
            return TRUE;
    }
    return FALSE;
}

ULONG WINAPI FBadRowSet(LPSRowSet rows)
{
    if (rows == NULL)
        return TRUE;
    for (ULONG i = 0; i < rows->cRows; i++) {
        if (FBadRow(&rows->aRow[i]))
            return TRUE;
    }
    return FALSE;
}

ULONG WINAPI FBadColumnSet(LPSPropTagArray tags)
{
    if (tags == NULL)
        return TRUE;
    for (ULONG i = 0; i < tags->cValues; i++) {
        if (FBadPropTag(tags->aulPropTag[i]) || PROP_TYPE(tags->aulPropTag[i]) == PT_ERROR)
            return TRUE;
    }
    return FALSE;
}

ULONG WINAPI FBadSortOrderSet(LPSSortOrderSet order)
{
    if (order == NULL || order->cCategories > order->cSorts || order->cExpanded > order->cCategories)
        return TRUE;
    for (ULONG i = 0; i < order->cSorts; i++) {
        if (FBadPropTag(order->aSort[i].ulPropTag & ~(ULONG)MV_INSTANCE))
            return TRUE;
    }
    return FALSE;
}

ULONG WINAPI FBadEntryList(LPENTRYLIST list)
{
    if (list == NULL || (list->cValues > 0 && list->lpbin == NULL))
        return TRUE;
    for (ULONG i = 0; i < list->cValues; i++) {
        if (list->lpbin[i].cb == 0 || list->lpbin[i].lpb == NULL)
            return TRUE;
    }
    return FALSE;
}

ULONG WINAPI FBadRglpszW(LPWSTR *list, ULONG count)
{
    for (ULONG i = 0; i < count; i++) {
        if (list == NULL || list[i] == NULL)
            return TRUE;
    }
    return FALSE;
}

ULONG WINAPI FBadRglpNameID(LPMAPINAMEID *list, ULONG count)
{
    for (ULONG i = 0; i < count; i++) {
        if (list == NULL || list[i] == NULL || list[i]->lpguid == NULL || list[i]->ulKind > MNID_STRING ||
            (list[i]->ulKind == MNID_STRING && list[i]->Kind.lpwstrName == NULL))
            return TRUE;
    }
    return FALSE;
}
