/*
 * test_storage_cost.c: the first rows of a sorted, restricted view cost about the same in a folder of 1,000 messages and in
 * one of 100,000; an open mailbox takes little memory.
 *
 * Layer: tests (native). Cost is counted in steps of SQLite's virtual machine, so that it does not depend on the machine.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "mbx.h"
#include "view_fixture.h"

enum { SMALL = 1000, TIMES = 100, STEP = 10 };

static int64_t steps;

static int count_steps(void *context)
{
    (void)context;
    steps += STEP;
    return 0;
}

/* Two folders: 1,000 messages, and 100 times as many of the same kind. Written directly: that is much faster. */
static int fill(void **state)
{
    struct fixture *f;
    if (fixture_setup(state) != 0)
        return -1;
    f = *state;
    fixture_random_rows(f, MBX_INBOX, SMALL, 11);
    struct db *db = f->mbx->db;
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    for (int64_t k = 1; k <= TIMES; k++) {
        assert_mapi(S_OK, db_run(db,
                                 "INSERT INTO message SELECT id+?1*10000,5,NULL,kind,version,flags,status,0,props,recipients"
                                 " FROM message WHERE folder=4",
                                 "i", k));
        assert_mapi(S_OK, db_run(db,
                                 "INSERT INTO item SELECT 5,id+?1*10000,kind,flags,status,size,subject||?1,normalized,sender,"
                                 "representing,display_to,delivered+?1*600000000,submitted,created,modified,importance,"
                                 "sensitivity,class,hasattach,topic,conversation FROM item WHERE folder=4",
                                 "i", k));
    }
    assert_mapi(S_OK, db_run(db, "UPDATE meta SET value=10000000 WHERE name='next_id'", ""));
    assert_mapi(S_OK, mailbox_commit(f->mbx));
    sqlite3_progress_handler(db_handle(db), STEP, count_steps, NULL);
    return 0;
}

static SPropValue number_one = {.ulPropTag = PR_IMPORTANCE, .Value.l = 1};
static SPropValue re = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"report"};
static SPropValue body = {.ulPropTag = PR_BODY_W, .Value.lpszW = L"zebra"};
static SPropValue time_limit = {.ulPropTag = PR_MESSAGE_DELIVERY_TIME};

static SRestriction unread = {.rt = RES_BITMASK, .res.resBitMask = {BMR_EQZ, PR_MESSAGE_FLAGS, MSGFLAG_READ}};
static SRestriction important = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_IMPORTANCE, &number_one}};
static SRestriction subject = {.rt = RES_CONTENT, .res.resContent = {FL_PREFIX | FL_IGNORECASE, PR_SUBJECT_W, &re}};
static SRestriction in_body = {.rt = RES_CONTENT, .res.resContent = {FL_SUBSTRING | FL_IGNORECASE, PR_BODY_W, &body}};
static SRestriction since = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_GE, PR_MESSAGE_DELIVERY_TIME, &time_limit}};

/* *rows: how many of the first 50 there are. */
static int64_t cost_of(struct fixture *f, mbx_id folder, ULONG tag, ULONG order, ULONG tag2, SRestriction *r, bool again,
                       ULONG *rows)
{
    SizedSPropTagArray(3, columns) = {3, {PR_SUBJECT_W, PR_MESSAGE_DELIVERY_TIME, PR_ENTRYID}};
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, folder);
    struct mbx_pos *pos;
    SRowSet *set;
    int64_t cost = 0;
    for (int i = 0; i < (again ? 2 : 1); i++) {
        steps = 0;
        assert_mapi(S_OK, view_set_columns(view, (SPropTagArray *)&columns));
        fixture_sort(view, tag, order, tag2, 0);
        assert_mapi(S_OK, view_restrict(view, r));
        assert_mapi(S_OK, view_pos_begin(view, &pos));
        assert_mapi(S_OK, view_rows(view, pos, 50, true, &set));
        cost = steps;
        *rows = set->cRows;
        fixture_free_rows(set);
        view_pos_free(pos);
    }
    view_close(view);
    return cost;
}

static void first_rows_do_not_cost_more_in_large_folders(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        ULONG tag, order, tag2;
        SRestriction *restriction;
        bool again; /* the order has no index until it is first used: the second time counts */
    } cases[] = {
        {"no order, all", 0, 0, 0, NULL, false},
        {"by time, newest first", PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND, 0, NULL, false},
        {"by subject", PR_SUBJECT_W, 0, 0, NULL, false},
        {"by sender", PR_SENDER_NAME_W, 0, 0, NULL, false},
        {"by importance", PR_IMPORTANCE, 0, 0, NULL, false},
        {"by size, unread", PR_MESSAGE_SIZE, 0, 0, &unread, false},
        {"by time, unread", PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND, 0, &unread, false},
        {"by time, importance 1", PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND, 0, &important, false},
        {"by subject, subject begins", PR_SUBJECT_W, 0, 0, &subject, false},
        {"by time, subject begins", PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND, 0, &subject, false},
        {"by subject, body contains", PR_SUBJECT_W, 0, 0, &in_body, false},
        {"by subject, since", PR_SUBJECT_W, 0, 0, &since, false},
        {"by another property", FIXTURE_TAG_NUMBER, 0, 0, &unread, true},
        {"by importance and subject", PR_IMPORTANCE, TABLE_SORT_DESCEND, PR_SUBJECT_W, &unread, true},
    };
    uint64_t ticks = 130000000000000000ull + 2500ull * 600000000u;
    time_limit.Value.ft.dwLowDateTime = (DWORD)ticks;
    time_limit.Value.ft.dwHighDateTime = (DWORD)(ticks >> 32);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ULONG rows;
        int64_t few = cost_of(f, 4, cases[i].tag, cases[i].order, cases[i].tag2, cases[i].restriction, cases[i].again, &rows);
        assert_int_equal(rows, 50);
        int64_t many = cost_of(f, 5, cases[i].tag, cases[i].order, cases[i].tag2, cases[i].restriction, cases[i].again, &rows);
        assert_int_equal(rows, 50);
        print_message("%s: %lld steps of %d messages, %lld of %d\n", cases[i].name, (long long)few, SMALL, (long long)many,
                      SMALL * TIMES);
        assert_true(many <= 10 * few);
        assert_true(many < 50 * 600);
    }
}

/*
 * Restrictions that few messages match, in each folder as many: what is found by an index costs what is found, whatever
 * the order and the size of the folder. (What no index can find, such as a word in bodies, is looked for in every message.)
 */
static void what_matches_rarely_is_found_by_an_index(void **state)
{
    static SPropValue text = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"needle"};
    static SPropValue class = {.ulPropTag = PR_MESSAGE_CLASS_W, .Value.lpszW = L"IPM.Needle"};
    static SPropValue name = {.ulPropTag = PR_SENDER_NAME_W, .Value.lpszW = L"Nadia Needle"};
    static SPropValue from = {.ulPropTag = PR_MESSAGE_DELIVERY_TIME}, size = {.ulPropTag = PR_MESSAGE_SIZE};
    static SRestriction by_subject = {.rt = RES_CONTENT, .res.resContent = {FL_PREFIX | FL_IGNORECASE, PR_SUBJECT_W, &text}};
    static SRestriction by_class = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_MESSAGE_CLASS_W, &class}};
    static SRestriction by_sender = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_SENDER_NAME_W, &name}};
    static SRestriction by_time = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_GE, PR_MESSAGE_DELIVERY_TIME, &from}};
    static SRestriction by_size = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_GT, PR_MESSAGE_SIZE, &size}};
    static SRestriction two[2], few_unread;
    static SRestriction both = {.rt = RES_AND, .res.resAnd = {2, two}};
    struct fixture *f = *state;
    const struct {
        const char *name;
        SRestriction *restriction;
    } cases[] = {{"subject begins", &by_subject}, {"class is", &by_class}, {"sender is", &by_sender},
                 {"received since", &by_time},    {"larger than", &by_size}, {"unread and subject begins", &both}, {"unread", &few_unread}};
    const ULONG orders[] = {0, PR_MESSAGE_DELIVERY_TIME, PR_IMPORTANCE, FIXTURE_TAG_NUMBER};
    uint64_t late = 230000000000000000ull;
    from.Value.ft.dwLowDateTime = (DWORD)late;
    from.Value.ft.dwHighDateTime = (DWORD)(late >> 32);
    size.Value.l = 0x7fff0000;
    two[0] = few_unread = unread;
    assert_mapi(S_OK, db_run(f->mbx->db, "UPDATE item SET flags=flags|1 WHERE folder IN (4,5)", ""));
    two[1] = by_subject;
    for (mbx_id folder = 4; folder <= 5; folder++)
        for (int i = 0; i < 5; i++) {
            struct mbx_message *message;
            SPropValue time = from;
            assert_mapi(S_OK, mbx_message_new(folder, false, &message));
            propbag_set_string(message->props, PR_SUBJECT_W, L"Needle in the hay");
            propbag_set_string(message->props, PR_MESSAGE_CLASS_W, L"IPM.Needle");
            propbag_set_string(message->props, PR_SENDER_NAME_W, L"Nadia Needle");
            propbag_set_long(message->props, PR_MESSAGE_SIZE, 0x7fff0001);
            propbag_set_long(message->props, PR_MESSAGE_FLAGS, 0);
            propbag_set_long(message->props, FIXTURE_TAG_NUMBER, i);
            time.ulPropTag = PR_MESSAGE_DELIVERY_TIME;
            propbag_set(message->props, &time);
            assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
            mbx_message_free(message);
        }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
            ULONG rows, counted;
            int64_t few = cost_of(f, 4, orders[k], 0, 0, cases[i].restriction, true, &rows);
            assert_int_equal(rows, 5);
            int64_t many = cost_of(f, 5, orders[k], 0, 0, cases[i].restriction, true, &rows);
            assert_int_equal(rows, 5);
            struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, 5);
            assert_mapi(S_OK, view_restrict(view, cases[i].restriction));
            steps = 0;
            assert_mapi(S_OK, view_count(view, &counted));
            print_message("%s, order %08x: %lld steps, %lld in the large folder; counting: %lld\n", cases[i].name,
                          (unsigned)orders[k], (long long)few, (long long)many, (long long)steps);
            assert_int_equal(counted, 5);
            assert_true(steps < 5000);
            view_close(view);
            assert_true(many <= 10 * few + 1000);
        }
}

/* Seeking by an index passes over its entries only; counting without a restriction passes over nothing. */
static void counting_all_rows_costs_nothing(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, 5);
    ULONG rows;
    fixture_sort(view, PR_SUBJECT_W, 0, 0, 0);
    steps = 0;
    assert_mapi(S_OK, view_count(view, &rows));
    assert_int_equal(rows, SMALL * TIMES);
    assert_true(steps < 200);
    view_close(view);
}

static void finding_by_entry_id_costs_nothing(void **state)
{
    struct fixture *f = *state;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, 5);
    struct mbx_pos *pos;
    SPropValue key = {.ulPropTag = PR_ENTRYID};
    SRestriction by_key = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_ENTRYID, &key}};
    void *base;
    fixture_sort(view, PR_SUBJECT_W, 0, 0, 0);
    assert_mapi(S_OK, MAPIAllocateBuffer(1, &base));
    assert_mapi(S_OK, fixture_entryid(NULL, MAPI_MESSAGE, 500 + 70 * 10000, base, &key.Value.bin));
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    steps = 0;
    assert_mapi(S_OK, view_find(view, pos, &by_key, false));
    assert_true(steps < 500);
    MAPIFreeBuffer(base);
    view_pos_free(pos);
    view_close(view);
}

/* A worker has a thousand mailboxes open. */
static void an_open_mailbox_takes_little_memory(void **state)
{
    struct fixture *f = *state;
    static const int kinds[] = {SQLITE_DBSTATUS_CACHE_USED, SQLITE_DBSTATUS_SCHEMA_USED, SQLITE_DBSTATUS_STMT_USED};
    int total = 0;
    for (int i = 0; i < 3; i++) {
        int used, highest;
        sqlite3_db_status(db_handle(f->mbx->db), kinds[i], &used, &highest, 0);
        print_message("memory of kind %d: %d bytes\n", kinds[i], used);
        total += used;
    }
    assert_true(total < 1000000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_rows_do_not_cost_more_in_large_folders),
        cmocka_unit_test(counting_all_rows_costs_nothing),
        cmocka_unit_test(finding_by_entry_id_costs_nothing),
        cmocka_unit_test(an_open_mailbox_takes_little_memory),
        cmocka_unit_test(what_matches_rarely_is_found_by_an_index), /* last: it adds messages */
    };
    return cmocka_run_group_tests(tests, fill, fixture_teardown);
}
