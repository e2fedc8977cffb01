/*
 * util_table.c: MAPI's utility functions for tables, rows, recipient lists and single properties of objects.
 *
 * Layer: provider. Works with any MAPI object, ours or not.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "mapi_abi.h"

void WINAPI FreeProws(LPSRowSet rows)
{
    if (rows == NULL)
        return;
    for (ULONG i = 0; i < rows->cRows; i++)
        MAPIFreeBuffer(rows->aRow[i].lpProps);
    MAPIFreeBuffer(rows);
}

void WINAPI FreePadrlist(LPADRLIST list)
{
    if (list == NULL)
        return;
    for (ULONG i = 0; i < list->cEntries; i++)
        MAPIFreeBuffer(list->aEntries[i].rgPropVals);
    MAPIFreeBuffer(list);
}

/* Appends the rows of *more to *all, which takes them over. */
static HRESULT rows_append(SRowSet **all, SRowSet **more)
{
    SRowSet *joined = NULL;
    ULONG have = (*all)->cRows, add = (*more)->cRows;
    HRESULT hr = MAPIAllocateBuffer(CbNewSRowSet(have + add + 1), (void **)&joined);
    if (hr != S_OK)
        return hr;
    memcpy(joined->aRow, (*all)->aRow, have * sizeof(SRow));
    memcpy(joined->aRow + have, (*more)->aRow, add * sizeof(SRow));
    joined->cRows = have + add;
    MAPIFreeBuffer(*all);
    MAPIFreeBuffer(*more);
    *all = joined;
    *more = NULL;
    return S_OK;
}

/* crows_max 0: all. More rows than that in the table: MAPI_E_TABLE_TOO_BIG. */
HRESULT WINAPI HrQueryAllRows(LPMAPITABLE table, LPSPropTagArray tags, LPSRestriction restriction,
                              LPSSortOrderSet order, LONG crows_max, LPSRowSet *out)
{
    SRowSet *all = NULL, *more = NULL;
    LONG want = crows_max > 0 ? crows_max + 1 : 0x7fffffff;
    HRESULT hr;
    if (table == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (tags != NULL && FAILED(hr = table->lpVtbl->SetColumns(table, tags, TBL_BATCH)))
        return hr;
    if (restriction != NULL && FAILED(hr = table->lpVtbl->Restrict(table, restriction, TBL_BATCH)))
        return hr;
    if (order != NULL && FAILED(hr = table->lpVtbl->SortTable(table, order, TBL_BATCH)))
        return hr;
    if (FAILED(hr = table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL)))
        return hr;
    if (FAILED(hr = table->lpVtbl->QueryRows(table, want, 0, &all)))
        return hr;
    /* A table may give fewer rows at a time than it was asked for. */
    while (SUCCEEDED(hr) && all->cRows > 0 && (LONG)all->cRows < want) {
        hr = table->lpVtbl->QueryRows(table, want - (LONG)all->cRows, 0, &more);
        if (FAILED(hr) || more->cRows == 0)
            break;
        hr = rows_append(&all, &more);
    }
    FreeProws(more);
    if (SUCCEEDED(hr) && crows_max > 0 && (LONG)all->cRows > crows_max)
        hr = MAPI_E_TABLE_TOO_BIG;
    if (FAILED(hr)) {
        FreeProws(all);
        return hr;
    }
    *out = all;
    return S_OK;
}

static bool tags_contain(const SPropTagArray *tags, ULONG count, ULONG tag)
{
    for (ULONG i = 0; i < count; i++) {
        if (tags->aulPropTag[i] == tag)
            return true;
    }
    return false;
}

HRESULT WINAPI HrAddColumnsEx(LPMAPITABLE table, LPSPropTagArray tags, LPALLOCATEBUFFER allocate, LPFREEBUFFER release,
                              void (*filter)(LPSPropTagArray tags))
{
    SPropTagArray *old = NULL, *joined = NULL;
    if (table == NULL || tags == NULL || allocate == NULL || release == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = table->lpVtbl->QueryColumns(table, 0, &old);
    if (FAILED(hr))
        return hr;
    if (filter != NULL)
        filter(old);
    hr = allocate(CbNewSPropTagArray(tags->cValues + old->cValues + 1), (void **)&joined);
    if (hr == S_OK) { /* the new ones come first */
        memcpy(joined->aulPropTag, tags->aulPropTag, tags->cValues * sizeof(ULONG));
        joined->cValues = tags->cValues;
        for (ULONG i = 0; i < old->cValues; i++) {
            if (old->aulPropTag[i] != PR_NULL && !tags_contain(tags, tags->cValues, old->aulPropTag[i]))
                joined->aulPropTag[joined->cValues++] = old->aulPropTag[i];
        }
        hr = table->lpVtbl->SetColumns(table, joined, TBL_BATCH);
        release(joined);
    }
    MAPIFreeBuffer(old);
    return hr;
}

HRESULT WINAPI HrAddColumns(LPMAPITABLE table, LPSPropTagArray tags, LPALLOCATEBUFFER allocate, LPFREEBUFFER release)
{
    return HrAddColumnsEx(table, tags, allocate, release, NULL);
}

/* ---- single properties ---- */

HRESULT WINAPI HrGetOneProp(LPMAPIPROP object, ULONG tag, LPSPropValue *out)
{
    SPropTagArray tags = {1, {tag}};
    ULONG count = 0;
    if (object == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object->lpVtbl->GetProps(object, &tags, 0, &count, out);
    if (SUCCEEDED(hr) && PROP_TYPE((*out)->ulPropTag) == PT_ERROR)
        hr = (*out)->Value.err;
    else if (SUCCEEDED(hr))
        return S_OK;
    MAPIFreeBuffer(*out);
    *out = NULL;
    return hr;
}

HRESULT WINAPI HrSetOneProp(LPMAPIPROP object, LPSPropValue value)
{
    SPropProblemArray *problems = NULL;
    if (object == NULL || value == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object->lpVtbl->SetProps(object, 1, value, &problems);
    if (SUCCEEDED(hr) && problems != NULL)
        hr = problems->aProblem[0].scode;
    MAPIFreeBuffer(problems);
    return hr;
}

BOOL WINAPI FPropExists(LPMAPIPROP object, ULONG tag)
{
    SPropTagArray *tags = NULL;
    BOOL found = FALSE;
    if (object == NULL || FAILED(object->lpVtbl->GetPropList(object, 0, &tags)))
        return FALSE;
    for (ULONG i = 0; i < tags->cValues && !found; i++)
        found = PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag) &&
                (PROP_TYPE(tag) == PT_UNSPECIFIED || (PROP_TYPE(tags->aulPropTag[i]) | 1) == (PROP_TYPE(tag) | 1));
    MAPIFreeBuffer(tags);
    return found;
}

ULONG WINAPI UlAddRef(LPVOID object)
{
    IUnknown *unknown = object;
    return unknown != NULL ? unknown->lpVtbl->AddRef(unknown) : 0;
}

ULONG WINAPI UlRelease(LPVOID object)
{
    IUnknown *unknown = object;
    return unknown != NULL ? unknown->lpVtbl->Release(unknown) : 0;
}
