/*
 * folder_search.c: search criteria, and the sort order that is saved with a folder.
 *
 * Layer: provider, store part. A search folder shows what matches at the moment it is read; there is no index to wait
 * for, so that a search is complete when SetSearchCriteria returns.
 */
#include "folder.h"
#include <stdlib.h>
#include <string.h>

#define PR_CONTENTS_SORT_ORDER_ PROP_TAG(PT_MV_LONG, 0x360D)

/* Flags that both name one choice. */
static HRESULT check_search_flags(ULONG flags)
{
    const ULONG known = STOP_SEARCH | RESTART_SEARCH | RECURSIVE_SEARCH | SHALLOW_SEARCH | FOREGROUND_SEARCH |
                        BACKGROUND_SEARCH | 0x10000 /* CONTENT_INDEXED */ | 0x20000 /* NON_CONTENT_INDEXED */ |
                        0x40000 /* STATIC_SEARCH */;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    if (((flags & STOP_SEARCH) && (flags & RESTART_SEARCH)) || ((flags & RECURSIVE_SEARCH) && (flags & SHALLOW_SEARCH)) ||
        ((flags & FOREGROUND_SEARCH) && (flags & BACKGROUND_SEARCH)))
        return MAPI_E_INVALID_PARAMETER;
    return S_OK;
}

static HRESULT container_ids(struct store *store, const ENTRYLIST *list, mbx_id **out)
{
    struct mbx_folder info;
    mbx_id *ids = calloc(list->cValues + 1, sizeof(*ids));
    HRESULT hr = ids ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; SUCCEEDED(hr) && i < list->cValues; i++) {
        hr = store_parse_entryid(store, MAPI_FOLDER, list->lpbin[i].cb, (const ENTRYID *)list->lpbin[i].lpb, &ids[i]);
        if (SUCCEEDED(hr))
            hr = mailbox_folder_get(store->mbx, ids[i], &info);
    }
    if (FAILED(hr)) {
        free(ids);
        ids = NULL;
    }
    *out = ids;
    return hr;
}

HRESULT STDMETHODCALLTYPE folder_SetSearchCriteria(IMAPIFolder *self, LPSRestriction restriction, LPENTRYLIST list,
                                                   ULONG flags)
{
    struct folder *folder = (struct folder *)self;
    struct store *store = folder->prop.base.store;
    SRestriction *old_restriction = NULL;
    mbx_id *ids = NULL, *old_ids = NULL;
    ULONG count = 0, old_count = 0, state = 0;
    HRESULT hr = check_search_flags(flags);
    if (FAILED(hr))
        return hr;
    if (list && list->cValues && !list->lpbin)
        return MAPI_E_INVALID_PARAMETER;
    hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    if (folder->type != FOLDER_SEARCH)
        hr = MAPI_E_NO_SUPPORT;
    else if (!folder->prop.writable)
        hr = MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr) && (!restriction || !list || !list->cValues)) {
        hr = mailbox_search_get(store->mbx, folder->id, &old_restriction, &old_ids, &old_count, &state);
        if (hr == MAPI_E_NOT_FOUND)
            hr = MAPI_E_NOT_INITIALIZED;
    }
    if (SUCCEEDED(hr) && list && list->cValues) {
        hr = container_ids(store, list, &ids);
        count = list->cValues;
    }
    if (SUCCEEDED(hr))
        hr = mailbox_search_set(store->mbx, folder->id, restriction ? restriction : old_restriction, ids ? ids : old_ids,
                                ids ? count : old_count, flags);
    MAPIFreeBuffer(old_restriction);
    free(old_ids);
    free(ids);
    object_leave(&folder->prop.base);
    return hr;
}

static HRESULT make_list(struct store *store, const mbx_id *ids, ULONG count, ENTRYLIST **out)
{
    ENTRYLIST *list;
    if (MAPIAllocateBuffer(sizeof(*list), (void **)&list))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->cValues = 0;
    HRESULT hr = MAPIAllocateMore((count + 1) * sizeof(SBinary), list, (void **)&list->lpbin) ? MAPI_E_NOT_ENOUGH_MEMORY
                                                                                              : S_OK;
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        hr = entryid_object(store_guid(store), MAPI_FOLDER, ids[i], list, &list->lpbin[i]);
        list->cValues += SUCCEEDED(hr);
    }
    if (FAILED(hr))
        MAPIFreeBuffer(list);
    else
        *out = list;
    return hr;
}

HRESULT STDMETHODCALLTYPE folder_GetSearchCriteria(IMAPIFolder *self, ULONG flags, LPSRestriction *restriction,
                                                   LPENTRYLIST *list, ULONG *state)
{
    struct folder *folder = (struct folder *)self;
    struct store *store = folder->prop.base.store;
    SRestriction *found = NULL;
    mbx_id *ids = NULL;
    ULONG count = 0, now = 0;
    if (restriction)
        *restriction = NULL;
    if (list)
        *list = NULL;
    if (state)
        *state = 0;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = folder->type == FOLDER_SEARCH ? mailbox_search_get(store->mbx, folder->id, &found, &ids, &count, &now)
                                       : MAPI_E_NO_SUPPORT;
    if (hr == MAPI_E_NOT_FOUND)
        hr = MAPI_E_NOT_INITIALIZED;
    if (SUCCEEDED(hr) && list)
        hr = make_list(store, ids, count, list);
    if (SUCCEEDED(hr) && restriction) {
        *restriction = found;
        found = NULL;
    }
    if (SUCCEEDED(hr) && state)
        *state = now;
    MAPIFreeBuffer(found);
    free(ids);
    object_leave(&folder->prop.base);
    return hr;
}

/* ---- the saved sort order ---- */

/* As longs: sorts, categories, expanded, then tag and direction of each. */
static HRESULT save_sort(struct store *store, mbx_id id, const SSortOrderSet *order)
{
    struct propbag *props = NULL;
    ULONG n = order->cSorts;
    LONG *longs = calloc(3 + 2 * n, sizeof(*longs));
    if (!longs)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    longs[0] = (LONG)n;
    longs[1] = (LONG)order->cCategories;
    longs[2] = (LONG)order->cExpanded;
    for (ULONG i = 0; i < n; i++) {
        longs[3 + 2 * i] = (LONG)order->aSort[i].ulPropTag;
        longs[4 + 2 * i] = (LONG)order->aSort[i].ulOrder;
    }
    SPropValue value = {.ulPropTag = PR_CONTENTS_SORT_ORDER_, .Value.MVl = {3 + 2 * n, longs}};
    HRESULT hr = propbag_create(&props);
    if (SUCCEEDED(hr))
        hr = propbag_set(props, &value);
    if (SUCCEEDED(hr))
        hr = mailbox_props_save(store->mbx, id, props);
    propbag_free(props);
    free(longs);
    return hr;
}

static HRESULT save_sort_tree(struct store *store, mbx_id id, const SSortOrderSet *order, bool recursive)
{
    mbx_id *children = NULL;
    ULONG count = 0;
    HRESULT hr = save_sort(store, id, order);
    if (SUCCEEDED(hr) && recursive)
        hr = folder_message_ids(store, id, MBX_VIEW_FOLDERS, &children, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = save_sort_tree(store, children[i], order, true);
    free(children);
    return hr;
}

HRESULT STDMETHODCALLTYPE folder_SaveContentsSort(IMAPIFolder *self, LPSSortOrderSet order, ULONG flags)
{
    struct folder *folder = (struct folder *)self;
    if (!order || order->cSorts > 256 || order->cCategories > order->cSorts || order->cExpanded > order->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~RECURSIVE_SORT)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&folder->prop.base);
    if (FAILED(hr))
        return hr;
    hr = folder->prop.writable
             ? save_sort_tree(folder->prop.base.store, folder->id, order, flags & RECURSIVE_SORT)
             : MAPI_E_NO_ACCESS;
    object_leave(&folder->prop.base);
    return hr;
}

HRESULT folder_apply_sort(struct folder *folder, IMAPITable *table)
{
    static const SizedSPropTagArray(1, wanted) = {1, {PR_CONTENTS_SORT_ORDER_}};
    struct propbag *props = NULL;
    SSortOrderSet *order = NULL;
    HRESULT hr = mailbox_props_load(folder->prop.base.store->mbx, folder->id, (const SPropTagArray *)&wanted, &props);
    if (FAILED(hr))
        return hr;
    const struct propbag_entry *entry = propbag_find(props, PROP_ID(PR_CONTENTS_SORT_ORDER_));
    const SLongArray *longs = entry && !entry->lazy && entry->value.ulPropTag == PR_CONTENTS_SORT_ORDER_
                                  ? &entry->value.Value.MVl
                                  : NULL;
    ULONG n = longs && longs->cValues > 3 ? (ULONG)longs->lpl[0] : 0;
    if (n && n <= 256 && longs->cValues == 3 + 2 * n) {
        order = calloc(1, CbNewSSortOrderSet(n));
        hr = order ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
        if (order) {
            order->cSorts = n;
            order->cCategories = (ULONG)longs->lpl[1];
            order->cExpanded = (ULONG)longs->lpl[2];
            for (ULONG i = 0; i < n; i++) {
                order->aSort[i].ulPropTag = (ULONG)longs->lpl[3 + 2 * i];
                order->aSort[i].ulOrder = (ULONG)longs->lpl[4 + 2 * i];
            }
            table->lpVtbl->SortTable(table, order, 0); /* an order that cannot be used is no reason to fail */
        }
    }
    free(order);
    propbag_free(props);
    return hr;
}
