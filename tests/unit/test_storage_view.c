/*
 * test_storage_view.c: views of folders and messages: order, places, restrictions, finding, categories, cost.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "storage_fixture.h"
#include "view_fixture.h"

/* ---- order ---------------------------------------------------------------------------------------------------------- */

static void messages_come_in_the_order_asked_for(void **state)
{
    struct fixture *f = *state;
    static const struct row_spec rows[] = {
        {L"beta", 3, 1, 0}, {L"Alpha", 1, 2, 0}, {L"\x00e4lpha", 2, 0, 0}, {L"gamma", 5, 1, 0}, {L"alpha", 4, 1, 0},
        {NULL, 6, 1, 0},
    };
    static const struct {
        const char *name;
        ULONG tag1, order1, tag2, order2;
        const char *expected; /* numbers of the rows */
    } cases[] = {
        {"default", 0, 0, 0, 0, "012345"},
        {"subject", PR_SUBJECT_W, TABLE_SORT_ASCEND, 0, 0, "514203"},
        {"subject down", PR_SUBJECT_W, TABLE_SORT_DESCEND, 0, 0, "302415"},
        {"subject as ANSI", PR_SUBJECT_A, TABLE_SORT_ASCEND, 0, 0, "514203"},
        {"delivery time", PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND, 0, 0, "120435"},
        {"importance, then time", PR_IMPORTANCE, TABLE_SORT_ASCEND, PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND, "253401"},
        {"importance down, subject", PR_IMPORTANCE, TABLE_SORT_DESCEND, PR_SUBJECT_W, TABLE_SORT_ASCEND, "154032"},
        {"a property without column", FIXTURE_TAG_NUMBER, TABLE_SORT_DESCEND, 0, 0, "543210"},
    };
    fixture_rows(f, MBX_INBOX, rows, 6);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
        fixture_sort(view, cases[i].tag1, cases[i].order1, cases[i].tag2, cases[i].order2);
        fixture_expect_numbers(view, cases[i].name, cases[i].expected);
        fixture_expect_backwards(view, cases[i].name, cases[i].expected);
        view_close(view);
    }
}

static void many_rows_come_in_the_same_order_by_an_index(void **state)
{
    struct fixture *f = *state;
    ULONG orders[][2] = {{PR_SUBJECT_W, PR_IMPORTANCE}, {PR_IMPORTANCE, PR_SUBJECT_W}, {FIXTURE_TAG_NUMBER, 0},
                         {PR_BODY_W, 0},                {PR_HASATTACH, PR_SUBJECT_W},  {PR_IMPORTANCE, 0}};
    fixture_random_rows(f, MBX_INBOX, 600, 1);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        for (ULONG direction = 0; direction < 2; direction++) {
            struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
            fixture_sort(view, orders[i][0], direction, orders[i][1], 1 - direction);
            fixture_check_sorted(view, orders[i][0], direction, orders[i][1], 1 - direction, 600);
            view_close(view);
        }
    }
}

static void sort_indexes_follow_writes(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    fixture_random_rows(f, MBX_INBOX, 300, 2);
    fixture_sort(view, PR_IMPORTANCE, 1, FIXTURE_TAG_NUMBER, 0);
    fixture_check_sorted(view, PR_IMPORTANCE, 1, FIXTURE_TAG_NUMBER, 0, 300);
    mbx_id *ids;
    ULONG count;
    assert_mapi(S_OK, view_ids(view, &ids, &count));
    for (ULONG i = 0; i < count; i += 3) {
        struct mbx_message *message;
        switch (i % 4) {
        case 0:
            assert_mapi(S_OK, mailbox_message_load(f->mbx, ids[i], 0, &message));
            propbag_set_long(message->props, FIXTURE_TAG_NUMBER, (LONG)(10000 - i * 7 % 999));
            propbag_set_long(message->props, PR_IMPORTANCE, (LONG)(i % 3));
            assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
            mbx_message_free(message);
            break;
        case 1:
            assert_mapi(S_OK, mailbox_message_delete(f->mbx, ids[i], true));
            break;
        case 2:
            assert_mapi(S_OK, mailbox_message_move(f->mbx, ids[i], MBX_SENT));
            assert_mapi(S_OK, mailbox_message_move(f->mbx, ids[i], MBX_INBOX));
            break;
        default:
            assert_mapi(S_OK, mailbox_message_delete(f->mbx, ids[i], false));
        }
    }
    free(ids);
    ULONG left;
    assert_mapi(S_OK, view_count(view, &left));
    fixture_check_sorted(view, PR_IMPORTANCE, 1, FIXTURE_TAG_NUMBER, 0, left);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM sortkey"), left);
    view_close(view);
}

/* ---- places ----------------------------------------------------------------------------------------------------------- */

static void a_cursor_survives_inserts_and_deletes(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    static const struct row_spec first[] = {{L"b", 1, 1, 0}, {L"d", 2, 1, 0}, {L"f", 3, 1, 0}};
    static const struct row_spec more[] = {{L"a", 1, 1, 3}, {L"e", 1, 1, 3}};
    struct mbx_pos *pos, *bookmark;
    mbx_id ids[3];
    LONG moved;
    ULONG row;
    fixture_rows_ids(f, MBX_INBOX, first, 3, ids);
    fixture_sort(view, PR_SUBJECT_W, TABLE_SORT_ASCEND, 0, 0);
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    fixture_expect_rows(view, pos, 2, "01");
    assert_mapi(S_OK, view_pos_copy(pos, &bookmark));
    fixture_rows(f, MBX_INBOX, more, 2);
    assert_mapi(S_OK, view_pos_row(view, pos, &row));
    assert_int_equal(row, 3);
    fixture_expect_rows(view, pos, 5, "42");
    fixture_expect_rows(view, pos, 5, "");
    fixture_expect_rows(view, pos, -2, "42");
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, ids[1], true));
    fixture_expect_rows(view, bookmark, 1, "4");
    assert_mapi(S_OK, view_seek(view, bookmark, -10, &moved));
    assert_int_equal(moved, -3);
    fixture_expect_rows(view, bookmark, 1, "3");
    assert_mapi(S_OK, view_seek(view, bookmark, 2, &moved));
    assert_int_equal(moved, 2);
    fixture_expect_rows(view, bookmark, 5, "2");
    assert_mapi(S_OK, view_seek(view, bookmark, 1, &moved));
    assert_int_equal(moved, 0);
    view_pos_free(pos);
    view_pos_free(bookmark);
    view_close(view);
}

static void rows_are_found_in_both_directions(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    static const struct row_spec rows[] = {{L"x1", 1, 1, 0}, {L"y", 2, 1, 0}, {L"x2", 3, 1, 0}, {L"z", 4, 1, 0}};
    SPropValue needle = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"X"};
    SRestriction content = {.rt = RES_CONTENT, .res.resContent = {FL_PREFIX | FL_IGNORECASE, PR_SUBJECT_W, &needle}};
    struct mbx_pos *pos;
    ULONG row;
    mbx_id ids[4];
    fixture_rows_ids(f, MBX_INBOX, rows, 4, ids);
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_find(view, pos, &content, false));
    fixture_expect_rows(view, pos, 1, "0");
    assert_mapi(S_OK, view_find(view, pos, &content, false));
    assert_mapi(S_OK, view_pos_row(view, pos, &row));
    assert_int_equal(row, 2);
    fixture_expect_rows(view, pos, 1, "2");
    assert_mapi(MAPI_E_NOT_FOUND, view_find(view, pos, &content, false));
    fixture_expect_rows(view, pos, 1, "3");
    assert_mapi(S_OK, view_find(view, pos, &content, true));
    assert_mapi(S_OK, view_find(view, pos, &content, true));
    fixture_expect_rows(view, pos, 1, "0");
    /* By instance key and entry id, which no SQL column has. */
    const ULONG tags[] = {PR_INSTANCE_KEY, PR_ENTRYID, PR_RECORD_KEY};
    for (int i = 0; i < 3; i++) {
        SPropValue key = {.ulPropTag = tags[i]};
        SRestriction by_key = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, tags[i], &key}};
        void *base;
        assert_mapi(S_OK, MAPIAllocateBuffer(1, &base));
        if (i == 0)
            assert_mapi(S_OK, view_instance_key(view, ids[3], base, &key.Value.bin));
        else
            assert_mapi(S_OK, fixture_entryid(NULL, MAPI_MESSAGE, ids[3], base, &key.Value.bin));
        assert_mapi(S_OK, view_find(view, pos, &by_key, false));
        fixture_expect_rows(view, pos, 1, "3");
        assert_mapi(MAPI_E_NOT_FOUND, view_find(view, pos, &by_key, false));
        assert_mapi(S_OK, view_find(view, pos, &by_key, true));
        MAPIFreeBuffer(base);
    }
    view_pos_free(pos);
    view_close(view);
}

/* ---- what rows hold --------------------------------------------------------------------------------------------------- */

static void missing_columns_are_errors_in_their_place(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    static const struct row_spec rows[] = {{L"s\x00e4", 1, 1, 0}};
    SizedSPropTagArray(10, tags) = {10, {PR_BODY_W, PR_SUBJECT_A, PR_IMPORTANCE, PR_ENTRYID, PR_PARENT_ENTRYID, PR_ROW_TYPE,
                                         CHANGE_PROP_TYPE(PR_SUBJECT_W, PT_UNSPECIFIED),
                                         CHANGE_PROP_TYPE(PR_IMPORTANCE, PT_BINARY), PR_STORE_ENTRYID, PR_NULL}};
    struct mbx_pos *pos;
    SRowSet *set;
    fixture_rows(f, MBX_INBOX, rows, 1);
    assert_mapi(S_OK, view_set_columns(view, (SPropTagArray *)&tags));
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_rows(view, pos, 10, true, &set));
    assert_int_equal(set->cRows, 1);
    SPropValue *v = set->aRow[0].lpProps;
    assert_int_equal(v[0].ulPropTag, CHANGE_PROP_TYPE(PR_BODY_W, PT_ERROR));
    assert_int_equal(v[0].Value.err, MAPI_E_NOT_FOUND);
    assert_int_equal(v[1].ulPropTag, PR_SUBJECT_A);
    assert_string_equal(v[1].Value.lpszA, "s\xe4");
    assert_int_equal(v[2].Value.l, 1);
    assert_int_equal(v[4].ulPropTag, PR_PARENT_ENTRYID);
    assert_int_equal(v[5].Value.l, TBL_LEAF_ROW);
    assert_int_equal(v[6].ulPropTag, PR_SUBJECT_W);
    assert_int_equal(PROP_TYPE(v[7].ulPropTag), PT_ERROR);
    assert_int_equal(v[8].ulPropTag, PR_STORE_ENTRYID);
    assert_int_equal(v[9].ulPropTag, PR_NULL);
    fixture_free_rows(set);
    view_pos_free(pos);
    view_close(view);
}

static void folders_are_listed_with_their_counts(void **state)
{
    struct fixture *f = *state;
    SizedSPropTagArray(4, tags) = {4, {PR_DISPLAY_NAME_W, PR_CONTENT_COUNT, PR_SUBFOLDERS, PR_DEPTH}};
    mbx_id a = fixture_folder(f, MBX_IPM_SUBTREE, L"AAA"), b = fixture_folder(f, a, L"b");
    fixture_folder(f, b, L"c");
    fixture_message(f, a, L"x", 0);
    struct mbx_view *view = fixture_view(f, MBX_VIEW_FOLDERS_DEEP, a);
    struct mbx_pos *pos;
    SRowSet *set;
    ULONG count;
    assert_mapi(S_OK, view_set_columns(view, (SPropTagArray *)&tags));
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_rows(view, pos, 10, true, &set));
    assert_int_equal(set->cRows, 2);
    assert_wide_equal(L"b", set->aRow[0].lpProps[0].Value.lpszW);
    assert_true(set->aRow[0].lpProps[2].Value.b);
    assert_int_equal(set->aRow[0].lpProps[3].Value.l, 1);
    assert_wide_equal(L"c", set->aRow[1].lpProps[0].Value.lpszW);
    assert_int_equal(set->aRow[1].lpProps[3].Value.l, 2);
    fixture_free_rows(set);
    view_pos_free(pos);
    view_close(view);

    view = fixture_view(f, MBX_VIEW_FOLDERS, MBX_IPM_SUBTREE);
    assert_mapi(S_OK, view_set_columns(view, (SPropTagArray *)&tags));
    assert_mapi(S_OK, view_count(view, &count));
    assert_int_equal(count, 12);
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_rows(view, pos, 1, true, &set));
    assert_wide_equal(L"AAA", set->aRow[0].lpProps[0].Value.lpszW);
    assert_int_equal(set->aRow[0].lpProps[1].Value.l, 1);
    fixture_free_rows(set);
    view_pos_free(pos);
    view_close(view);
}

static void each_value_of_a_multi_value_has_its_row(void **state)
{
    struct fixture *f = *state;
    ULONG tag = PROP_TAG(PT_MV_UNICODE, 0x6701), mvi = tag | MVI_FLAG;
    WCHAR *words[] = {L"red", L"blue", L"green"};
    for (ULONG i = 0; i < 3; i++) {
        struct mbx_message *message;
        assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
        SPropValue value = {.ulPropTag = tag, .Value.MVszW = {i, words}};
        propbag_set_long(message->props, FIXTURE_TAG_NUMBER, (LONG)i);
        if (i > 0)
            propbag_set(message->props, &value);
        assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
        mbx_message_free(message);
    }
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    SizedSPropTagArray(2, tags) = {2, {FIXTURE_TAG_NUMBER, mvi}};
    assert_mapi(S_OK, view_set_columns(view, (SPropTagArray *)&tags));
    fixture_expect_numbers(view, "columns multiply", "0122");
    fixture_sort(view, mvi, TABLE_SORT_ASCEND, 0, 0);
    fixture_expect_numbers(view, "sorted by each value", "0212");
    struct mbx_pos *pos;
    SRowSet *set;
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_rows(view, pos, 10, true, &set));
    assert_int_equal(set->cRows, 4);
    assert_int_equal(set->aRow[1].lpProps[1].ulPropTag, CHANGE_PROP_TYPE(tag, PT_UNICODE));
    assert_wide_equal(L"blue", set->aRow[1].lpProps[1].Value.lpszW);
    assert_wide_equal(L"red", set->aRow[3].lpProps[1].Value.lpszW);
    fixture_free_rows(set);
    view_pos_free(pos);
    view_close(view);
}

/* ---- categories --------------------------------------------------------------------------------------------------------- */

static void categories_expand_and_collapse(void **state)
{
    struct fixture *f = *state;
    static const struct row_spec rows[] = {
        {L"one", 1, 0, 0}, {L"two", 2, 1, 0}, {L"one", 3, 1, 0}, {L"one", 4, 0, 0}, {L"two", 5, 1, 0},
    };
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    fixture_rows(f, MBX_INBOX, rows, 5);
    SizedSSortOrderSet(3, order) = {
        3, 2, 2, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}, {PR_IMPORTANCE, TABLE_SORT_DESCEND}, {PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND}}};
    assert_mapi(S_OK, view_sort(view, (SSortOrderSet *)&order));
    fixture_expect_outline(view, "[one 3] (1 1) 2 (0 2) 3 0 [two 2] (1 2) 4 1");
    order.cExpanded = 0;
    assert_mapi(S_OK, view_sort(view, (SSortOrderSet *)&order));
    fixture_expect_outline(view, "[one 3] [two 2]");
    SBinary key;
    ULONG rows_changed;
    fixture_instance_key(view, 1, &key);
    assert_mapi(S_OK, view_expand(view, &key, &rows_changed));
    assert_int_equal(rows_changed, 1);
    fixture_expect_outline(view, "[one 3] [two 2] (1 2)");
    SBinary state_before;
    assert_mapi(S_OK, view_collapse_state(view, &state_before));
    assert_mapi(S_OK, view_collapse(view, &key, &rows_changed));
    assert_int_equal(rows_changed, 1);
    fixture_expect_outline(view, "[one 3] [two 2]");
    assert_mapi(S_OK, view_set_collapse_state(view, &state_before));
    fixture_expect_outline(view, "[one 3] [two 2] (1 2)");
    MAPIFreeBuffer(state_before.lpb);
    MAPIFreeBuffer(key.lpb);
    order.cExpanded = 1;
    assert_mapi(S_OK, view_sort(view, (SSortOrderSet *)&order));
    fixture_expect_outline(view, "[one 3] (1 1) (0 2) [two 2] (1 2)");
    view_close(view);
}

static void categories_can_be_ordered_by_their_latest_row(void **state)
{
    struct fixture *f = *state;
    static const struct row_spec rows[] = {
        {L"a", 5, 1, 0}, {L"b", 9, 1, 0}, {L"a", 1, 1, 0}, {L"c", 7, 1, 0}, {L"b", 2, 1, 0},
    };
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    fixture_rows(f, MBX_INBOX, rows, 5);
    SizedSSortOrderSet(3, order) = {
        3, 1, 1, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}, {PR_MESSAGE_DELIVERY_TIME, 4 | TABLE_SORT_DESCEND}, {PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND}}};
    assert_mapi(S_OK, view_sort(view, (SSortOrderSet *)&order));
    fixture_expect_outline(view, "[b 2] 4 1 [c 1] 3 [a 2] 2 0");
    order.aSort[1].ulOrder = 8;
    assert_mapi(S_OK, view_sort(view, (SSortOrderSet *)&order));
    fixture_expect_outline(view, "[a 2] 2 0 [b 2] 4 1 [c 1] 3");
    /* A new row changes the order of the categories. */
    static const struct row_spec late[] = {{L"c", 0, 1, 5}};
    fixture_rows(f, MBX_INBOX, late, 1);
    fixture_expect_outline(view, "[c 2] 5 3 [a 2] 2 0 [b 2] 4 1");
    view_close(view);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(messages_come_in_the_order_asked_for),
        FIXTURE_TEST(many_rows_come_in_the_same_order_by_an_index),
        FIXTURE_TEST(sort_indexes_follow_writes),
        FIXTURE_TEST(a_cursor_survives_inserts_and_deletes),
        FIXTURE_TEST(rows_are_found_in_both_directions),
        FIXTURE_TEST(missing_columns_are_errors_in_their_place),
        FIXTURE_TEST(folders_are_listed_with_their_counts),
        FIXTURE_TEST(each_value_of_a_multi_value_has_its_row),
        FIXTURE_TEST(categories_expand_and_collapse),
        FIXTURE_TEST(categories_can_be_ordered_by_their_latest_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
