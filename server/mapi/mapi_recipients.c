/*
 * mapi_recipients.c: a message's recipients as rows in memory, and back.
 *
 * Layer: MAPI client.
 */
#include "mapi_recipients.h"

#include "mapi_bag.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include <stdlib.h>
#include <string.h>

static void free_rows(IMAPIProp **rows, ULONG count)
{
    for (ULONG i = 0; i < count; i++)
        if (rows[i])
            rows[i]->lpVtbl->Release(rows[i]);
    free(rows);
}

/* Strings come as Unicode when their columns say so. */
static HRESULT use_all_columns(IMAPITable *table)
{
    SPropTagArray *columns = NULL;
    HRESULT hr = table->lpVtbl->QueryColumns(table, TBL_ALL_COLUMNS, &columns);

    if (FAILED(hr))
        return S_OK; /* the table's own choice must do */
    for (ULONG i = 0; i < columns->cValues; i++)
        if (PROP_TYPE(columns->aulPropTag[i]) == PT_STRING8)
            columns->aulPropTag[i] = CHANGE_PROP_TYPE(columns->aulPropTag[i], PT_UNICODE);
    hr = table->lpVtbl->SetColumns(table, columns, 0);
    mapi_free(columns);
    return hr;
}

HRESULT mapi_recipients_read(IMessage *message, IMAPIProp ***rows, ULONG *count)
{
    static const SizedSSortOrderSet(1, by_row) = {1, 0, 0, {{PR_ROWID, TABLE_SORT_ASCEND}}};
    IMAPITable *table = NULL;
    SRowSet *set = NULL;
    IMAPIProp **bags = NULL;
    HRESULT hr = message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table);

    *rows = NULL, *count = 0;
    if (SUCCEEDED(hr))
        hr = use_all_columns(table);
    if (SUCCEEDED(hr)) {
        table->lpVtbl->SortTable(table, (SSortOrderSet *)&by_row, 0); /* a table that cannot be sorted is in that order */
        hr = mapi_table_query(table, NULL, NULL, NULL, 0, &set);
    }
    if (SUCCEEDED(hr) && !(bags = calloc(set->cRows + 1, sizeof *bags)))
        hr = E_OUTOFMEMORY;
    for (ULONG i = 0; SUCCEEDED(hr) && i < set->cRows; i++) {
        SRow *row = &set->aRow[i];
        hr = mapi_bag_create(NULL, &bags[i]);
        for (ULONG k = 0; SUCCEEDED(hr) && k < row->cValues; k++)
            if (PROP_TYPE(row->lpProps[k].ulPropTag) != PT_OBJECT)
                hr = mapi_bag_put(bags[i], &row->lpProps[k], 1);
    }
    if (SUCCEEDED(hr))
        *rows = bags, *count = set->cRows;
    else if (bags)
        free_rows(bags, set->cRows);
    mapi_rows_free(set);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

bool mapi_recipients_filled(IMAPIProp *row)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(row, &values);

    return *mapi_prop_text(values, count, PR_DISPLAY_NAME_W) || *mapi_prop_text(values, count, PR_EMAIL_ADDRESS_W);
}

/* Properties of the row in its table, not of the recipient. */
static bool is_of_table(ULONG tag)
{
    return PROP_ID(tag) == PROP_ID(PR_ROWID) || PROP_ID(tag) == PROP_ID(PR_INSTANCE_KEY) ||
           PROP_ID(tag) == PROP_ID(PR_ROW_TYPE);
}

/* ModifyRecipients needs a type and a display name. */
static HRESULT make_entry(IMAPIProp *row, ADRENTRY *entry)
{
    const SPropValue *values;
    ULONG count = mapi_bag_values(row, &values), used = 0;
    SPropValue *copy = NULL;
    const WCHAR *name = mapi_prop_text(values, count, PR_DISPLAY_NAME_W);
    HRESULT hr = mapi_allocate((count + 2) * sizeof *copy, NULL, &copy);

    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
        if (!is_of_table(values[i].ulPropTag) && (*name || PROP_ID(values[i].ulPropTag) != PROP_ID(PR_DISPLAY_NAME)))
            hr = mapi_value_copy(&values[i], copy, &copy[used++]);
    if (SUCCEEDED(hr) && !*name) {
        copy[used].ulPropTag = PR_DISPLAY_NAME_W;
        hr = mapi_text_copy(mapi_prop_text(values, count, PR_EMAIL_ADDRESS_W), copy, &copy[used++].Value.lpszW);
    }
    if (SUCCEEDED(hr) && !mapi_prop_find(values, count, PR_RECIPIENT_TYPE)) {
        copy[used].ulPropTag = PR_RECIPIENT_TYPE;
        copy[used++].Value.l = MAPI_TO;
    }
    if (FAILED(hr)) {
        mapi_free(copy);
        return hr;
    }
    entry->cValues = used;
    entry->rgPropVals = copy;
    return S_OK;
}

static void free_list(ADRLIST *list)
{
    if (!list)
        return;
    for (ULONG i = 0; i < list->cEntries; i++)
        mapi_free(list->aEntries[i].rgPropVals);
    mapi_free(list);
}

static HRESULT make_list(IMAPIProp *const *rows, ULONG count, ADRLIST **out)
{
    ADRLIST *list = NULL;
    HRESULT hr = mapi_allocate(CbNewADRLIST(count + 1), NULL, &list);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    memset(list, 0, CbNewADRLIST(count + 1));
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++)
        if (mapi_recipients_filled(rows[i]))
            hr = make_entry(rows[i], &list->aEntries[list->cEntries++]);
    if (FAILED(hr))
        free_list(list);
    else
        *out = list;
    return hr;
}

/* An empty list replaces nothing with some stores: the rows are removed by their ids. */
static HRESULT remove_all(IMessage *message)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    IMAPITable *table = NULL;
    SRowSet *set = NULL;
    HRESULT hr = message->lpVtbl->GetRecipientTable(message, 0, &table);

    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, NULL, NULL, 0, &set);
    /* ADRLIST and SRowSet have one layout, as MAPI guarantees. */
    if (SUCCEEDED(hr) && set->cRows)
        hr = message->lpVtbl->ModifyRecipients(message, MODRECIP_REMOVE, (ADRLIST *)set);
    mapi_rows_free(set);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT mapi_recipients_write(IMessage *message, IMAPIProp *const *rows, ULONG count)
{
    ADRLIST *list = NULL;
    HRESULT hr = make_list(rows, count, &list);

    if (SUCCEEDED(hr))
        hr = list->cEntries ? message->lpVtbl->ModifyRecipients(message, 0, list) : remove_all(message);
    free_list(list);
    return hr;
}

HRESULT mapi_recipients_add(IMessage *message, IMAPIProp *row)
{
    ADRLIST *list = NULL;
    HRESULT hr = make_list(&row, 1, &list);

    if (SUCCEEDED(hr) && list->cEntries)
        hr = message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, list);
    free_list(list);
    return hr;
}
