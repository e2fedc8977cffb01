/*
 * test_tables.c: IMAPITable's less usual answers, after Microsoft's reference: flags and parameters that it refuses, the
 * ends of a table, bookmarks whose rows go, reserved columns, categories by their keys.
 */
#include "harness.h"

static IMAPITable *sorted_table(IMAPIFolder *folder)
{
    IMAPITable *table = NULL;
    SizedSPropTagArray(2, columns) = {2, {PR_SUBJECT_W, PR_ENTRYID}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, TBL_BATCH), S_OK);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, TBL_BATCH), S_OK);
    return table;
}

/* The folder has messages with the subjects m0, m1, …. */
static IMAPIFolder *folder_of(const WCHAR *name, int count)
{
    IMAPIFolder *folder = make_folder(inbox, name);
    for (int i = 0; i < count; i++) {
        WCHAR subject[8];
        wsprintfW(subject, L"m%d", i);
        IMessage *message = make_message(folder, subject);
        set_long(message, PR_IMPORTANCE, i % 3);
        assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
        release(message);
    }
    return folder;
}

static void assert_next(IMAPITable *table, const WCHAR *subject)
{
    SRowSet *rows = NULL;
    assert_hr(table->lpVtbl->QueryRows(table, 1, TBL_NOADVANCE, &rows), S_OK);
    assert_int_equal(rows->cRows, subject != NULL);
    if (subject)
        assert_int_equal(wcscmp(rows->aRow[0].lpProps[0].Value.lpszW, subject), 0);
    free_rows(rows);
}

static void delete_row(IMAPIFolder *folder, IMAPITable *table, const WCHAR *subject)
{
    SPropValue value = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = (LPWSTR)subject};
    SRestriction is = {.rt = RES_PROPERTY};
    SRowSet *rows = NULL;
    is.res.resProperty.relop = RELOP_EQ;
    is.res.resProperty.ulPropTag = PR_SUBJECT_W;
    is.res.resProperty.lpProp = &value;
    assert_hr(table->lpVtbl->FindRow(table, &is, BOOKMARK_BEGINNING, 0), S_OK);
    assert_hr(table->lpVtbl->QueryRows(table, 1, 0, &rows), S_OK);
    ENTRYLIST list = {1, &rows->aRow[0].lpProps[1].Value.bin};
    assert_hr(folder->lpVtbl->DeleteMessages(folder, &list, 0, NULL, 0), S_OK);
    free_rows(rows);
}

static void a_bookmark_tells_that_its_row_has_gone(void **state)
{
    IMAPIFolder *folder = folder_of(L"Bookmarks", 6);
    IMAPITable *table = sorted_table(folder);
    BOOKMARK mark, end;
    (void)state;
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 2, NULL), S_OK);
    assert_hr(table->lpVtbl->CreateBookmark(table, &mark), S_OK);
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_END, 0, NULL), S_OK);
    assert_hr(table->lpVtbl->CreateBookmark(table, &end), S_OK);
    /* Rows that come or go before it do not matter. */
    delete_row(folder, table, L"m1");
    IMessage *before = make_message(folder, L"m1b");
    release(before);
    assert_hr(table->lpVtbl->SeekRow(table, mark, 0, NULL), S_OK);
    assert_next(table, L"m2");
    delete_row(folder, table, L"m2");
    assert_hr(table->lpVtbl->SeekRow(table, mark, 0, NULL), MAPI_W_POSITION_CHANGED);
    assert_next(table, L"m3");
    assert_hr(table->lpVtbl->SeekRow(table, mark, 1, NULL), S_OK); /* told once */
    assert_next(table, L"m4");
    assert_hr(table->lpVtbl->SeekRow(table, end, 0, NULL), S_OK);
    assert_next(table, NULL);
    assert_hr(table->lpVtbl->FreeBookmark(table, mark), S_OK);
    assert_hr(table->lpVtbl->FreeBookmark(table, mark), MAPI_E_INVALID_BOOKMARK);
    assert_hr(table->lpVtbl->SeekRow(table, mark, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    assert_hr(table->lpVtbl->Restrict(table, NULL, 0), S_OK); /* ends them all */
    assert_hr(table->lpVtbl->SeekRow(table, end, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    release(table);
    release(folder);
}

static void flags_and_parameters_are_checked(void **state)
{
    IMAPIFolder *folder = folder_of(L"Checked", 1);
    IMAPITable *table = sorted_table(folder);
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    SizedSSortOrderSet(1, more_categories) = {1, 2, 0, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(1, columns) = {1, {PR_SUBJECT_W}};
    SRestriction exists = {.rt = RES_EXIST};
    SPropTagArray *tags = NULL;
    SRowSet *rows = NULL;
    ULONG row, number, count;
    ULONG_PTR connection;
    (void)state;
    exists.res.resExist.ulPropTag = PR_SUBJECT_W;
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0x100), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0x100), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->Restrict(table, &exists, 0x100), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->QueryRows(table, 1, 0x100, &rows), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->QueryColumns(table, 8, &tags), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->GetRowCount(table, 0x100, &count), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->FindRow(table, &exists, BOOKMARK_BEGINNING, 8), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->FindRow(table, &exists, 999, 0), MAPI_E_INVALID_BOOKMARK);
    assert_hr(table->lpVtbl->FindRow(table, NULL, BOOKMARK_BEGINNING, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&more_categories, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->QueryPosition(table, NULL, &number, &count), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->QueryRows(table, 1, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->SeekRowApprox(table, 1, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->CreateBookmark(table, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->Advise(table, fnevTableModified, NULL, &connection), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->Unadvise(table, 123456), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->SeekRowApprox(table, 5, 2), S_OK); /* more than all: the end */
    assert_hr(table->lpVtbl->QueryPosition(table, &row, &number, &count), S_OK);
    assert_int_equal(row, 1);
    release(table);
    release(folder);
}

/* PR_NULL keeps a place among the columns; a type that is left open is the property's. */
static void columns_can_be_reserved(void **state)
{
    IMAPIFolder *folder = folder_of(L"Reserved", 1);
    IMAPITable *table = sorted_table(folder);
    SizedSPropTagArray(2, columns) = {2, {PR_NULL, CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_UNSPECIFIED)}};
    SPropTagArray *tags = NULL;
    (void)state;
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->QueryColumns(table, 0, &tags), S_OK);
    assert_int_equal(tags->cValues, 2);
    assert_int_equal(tags->aulPropTag[0], PR_NULL);
    SRowSet *rows = query_rows(table, 1);
    assert_int_equal(rows->aRow[0].cValues, 2);
    assert_int_equal(rows->aRow[0].lpProps[0].ulPropTag, PR_NULL);
    assert_int_equal(rows->aRow[0].lpProps[1].ulPropTag, PR_SUBJECT_W);
    free_rows(rows);
    free_mapi(tags);
    release(table);
    release(folder);
}

static void categories_are_named_by_their_keys(void **state)
{
    IMAPIFolder *folder = folder_of(L"Categories", 6);
    IMAPITable *table = sorted_table(folder);
    SizedSSortOrderSet(2, order) = {2, 1, 0, {{PR_IMPORTANCE, TABLE_SORT_ASCEND}, {PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(2, columns) = {2, {PR_INSTANCE_KEY, PR_ROW_TYPE}};
    SRowSet *rows = NULL, *expanded = NULL;
    ULONG count = 0;
    (void)state;
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 3);
    SBinary *key = &rows->aRow[1].lpProps[0].Value.bin;
    assert_hr(table->lpVtbl->ExpandRow(table, key->cb, key->lpb, 1, 4, &expanded, &count), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->ExpandRow(table, 4, (BYTE *)"none", 1, 0, &expanded, &count), MAPI_E_NOT_FOUND);
    assert_hr(table->lpVtbl->CollapseRow(table, 4, (BYTE *)"none", 0, &count), MAPI_E_NOT_FOUND);
    assert_hr(table->lpVtbl->ExpandRow(table, key->cb, key->lpb, 1, 0, &expanded, &count), S_OK);
    assert_int_equal(expanded->cRows, 1); /* as many as were asked for */
    assert_int_equal(count, 2);           /* as many as came into the table */
    assert_int_equal(expanded->aRow[0].lpProps[1].Value.l, TBL_LEAF_ROW);
    free_rows(expanded);
    assert_hr(table->lpVtbl->CollapseRow(table, key->cb, key->lpb, 0, &count), S_OK);
    assert_int_equal(count, 2);
    free_rows(rows);
    release(table);
    release(folder);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bookmark_tells_that_its_row_has_gone),
        cmocka_unit_test(flags_and_parameters_are_checked),
        cmocka_unit_test(columns_can_be_reserved),
        cmocka_unit_test(categories_are_named_by_their_keys),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
