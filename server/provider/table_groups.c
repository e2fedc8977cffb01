/*
 * table_groups.c: IMAPITable's methods on categories: expanding, collapsing and their state.
 *
 * Layer: provider. See table.h.
 */
#include "table_private.h"
#include <string.h>

/* The position of the row with an instance key. */
static HRESULT find_row(struct table *table, const SBinary *key, struct table_pos **out)
{
    SPropValue value = {.ulPropTag = PR_INSTANCE_KEY, .Value.bin = *key};
    SRestriction match = {.rt = RES_PROPERTY};
    match.res.resProperty.relop = RELOP_EQ;
    match.res.resProperty.ulPropTag = PR_INSTANCE_KEY;
    match.res.resProperty.lpProp = &value;
    HRESULT hr = table->source->ops->pos_begin(table->source, out);
    if (SUCCEEDED(hr))
        hr = table->source->ops->find(table->source, *out, &match, false);
    if (FAILED(hr)) {
        table->source->ops->pos_free(table->source, *out);
        *out = NULL;
    }
    return hr;
}

HRESULT STDMETHODCALLTYPE table_ExpandRow(IMAPITable *self, ULONG cb, LPBYTE key, ULONG count, ULONG flags,
                                                 LPSRowSet *rows, ULONG *more)
{
    struct table *table = (struct table *)self;
    SBinary instance = {cb, key};
    struct table_pos *pos = NULL;
    ULONG added = 0;
    LONG moved;
    if (rows)
        *rows = NULL;
    if (more)
        *more = 0;
    if (!cb || !key || (count && !rows) || count > 0x7fffffff)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->expand ? table->source->ops->expand(table->source, &instance, &added) : MAPI_E_NO_SUPPORT;
    if (SUCCEEDED(hr))
        hr = find_row(table, &instance, &pos);
    if (SUCCEEDED(hr))
        hr = table->source->ops->seek(table->source, pos, 1, &moved);
    if (SUCCEEDED(hr) && count)
        hr = table->source->ops->rows(table->source, pos, (LONG)(count < added ? count : added ? added : 1),
                                      added > 0, rows);
    if (SUCCEEDED(hr) && count && !added) { /* an empty row set, not the row that follows */
        FreeProws(*rows);
        *rows = NULL;
        hr = MAPIAllocateBuffer(CbNewSRowSet(1), (void **)rows) ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
        if (SUCCEEDED(hr))
            memset(*rows, 0, CbNewSRowSet(1));
    }
    if (SUCCEEDED(hr)) {
        table_set_cursor(table, pos);
        if (more)
            *more = added;
    } else {
        table->source->ops->pos_free(table->source, pos);
    }
    table_leave(table);
    return hr;
}

HRESULT STDMETHODCALLTYPE table_CollapseRow(IMAPITable *self, ULONG cb, LPBYTE key, ULONG flags, ULONG *count)
{
    struct table *table = (struct table *)self;
    SBinary instance = {cb, key};
    ULONG removed = 0;
    if (count)
        *count = 0;
    if (!cb || !key)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->collapse ? table->source->ops->collapse(table->source, &instance, &removed)
                                      : MAPI_E_NO_SUPPORT;
    if (SUCCEEDED(hr) && count)
        *count = removed;
    table_leave(table);
    return hr;
}

HRESULT STDMETHODCALLTYPE table_WaitForCompletion(IMAPITable *self, ULONG flags, ULONG timeout, ULONG *status)
{
    struct table *table = (struct table *)self;
    (void)timeout;
    if (status)
        *status = 0;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    if (status)
        *status = table->status;
    table_leave(table);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE table_GetCollapseState(IMAPITable *self, ULONG flags, ULONG cb_key, LPBYTE key,
                                                        ULONG *cb, LPBYTE *out)
{
    struct table *table = (struct table *)self;
    SBinary state = {0, NULL};
    if (cb)
        *cb = 0;
    if (out)
        *out = NULL;
    if (!cb || !out || (cb_key && !key))
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    hr = table->source->ops->collapse_state ? table->source->ops->collapse_state(table->source, &state)
                                            : MAPI_E_NO_SUPPORT;
    /* Ours: the key's length, the key (whose row becomes the bookmark again), the source's state. */
    if (SUCCEEDED(hr) && MAPIAllocateBuffer(4 + cb_key + state.cb, (void **)out))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr)) {
        memcpy(*out, &cb_key, 4);
        if (cb_key)
            memcpy(*out + 4, key, cb_key);
        if (state.cb)
            memcpy(*out + 4 + cb_key, state.lpb, state.cb);
        *cb = 4 + cb_key + state.cb;
    }
    MAPIFreeBuffer(state.lpb);
    table_leave(table);
    return hr;
}

HRESULT STDMETHODCALLTYPE table_SetCollapseState(IMAPITable *self, ULONG flags, ULONG cb, LPBYTE bytes,
                                                        BOOKMARK *location)
{
    struct table *table = (struct table *)self;
    struct table_pos *pos = NULL;
    ULONG cb_key = 0;
    if (location)
        *location = 0;
    if (!bytes || cb < 4)
        return MAPI_E_INVALID_PARAMETER;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    memcpy(&cb_key, bytes, 4);
    if (cb_key > cb - 4)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = table_enter(table);
    if (FAILED(hr))
        return hr;
    SBinary key = {cb_key, bytes + 4}, state = {cb - 4 - cb_key, bytes + 4 + cb_key};
    hr = table->source->ops->set_collapse_state ? table->source->ops->set_collapse_state(table->source, &state)
                                                : MAPI_E_NO_SUPPORT;
    if (SUCCEEDED(hr))
        hr = table_restart(table);
    if (SUCCEEDED(hr) && location) {
        HRESULT found = cb_key ? find_row(table, &key, &pos) : MAPI_E_NOT_FOUND;
        hr = table_add_bookmark(table, SUCCEEDED(found) ? pos : table->cursor, location);
        table->source->ops->pos_free(table->source, pos);
    }
    table_leave(table);
    return hr;
}
