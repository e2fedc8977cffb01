/*
 * test_restrictions.c: every kind of SRestriction on a contents table, by MAPI calls: which of five messages it leaves, and
 * which restrictions are refused; the state of collapsed categories; the table of public folders.
 */
#include "harness.h"

#define NUMBER  PROP_TAG(PT_LONG, 0x6701)
#define OTHER   PROP_TAG(PT_LONG, 0x6702)
#define BYTES   PROP_TAG(PT_BINARY, 0x6703)
#define PLACE   PROP_TAG(PT_LONG, 0x6704)
#define COLOURS PROP_TAG(PT_MV_UNICODE, 0x6705)
#define COLOUR  PROP_TAG(PT_UNICODE, 0x6705) /* one of them, which a restriction compares each with */

#define MESSAGES 5

static IMAPIFolder *folder;

static void set_many(IMessage *message, const SPropValue *values, ULONG count)
{
    SPropProblemArray *problems = NULL;

    assert_hr(message->lpVtbl->SetProps(message, count, (SPropValue *)values, &problems), S_OK);
    assert_null(problems);
}

/* Messages 0 to 4; the third has neither NUMBER nor OTHER, the last neither colours nor bytes. */
static int make_messages(void **state)
{
    static const WCHAR *const subjects[MESSAGES] = {L"Alpha report", L"beta Report", L"gamma", L"ALPHA", L""};
    static const LONG numbers[MESSAGES] = {1, 6, 0, 2, 8}, others[MESSAGES] = {1, 7, 0, 3, 7};
    static WCHAR *colours[] = {(WCHAR *)L"red", (WCHAR *)L"blue", (WCHAR *)L"Green"};
    static BYTE bytes[] = {1, 2, 3, 4};

    if (harness_setup(state))
        return -1;
    folder = make_folder(inbox, L"Restricted");
    for (LONG i = 0; i < MESSAGES; i++) {
        IMessage *message = make_message(folder, subjects[i]);
        IAttach *attach = NULL;
        ULONG number;
        SPropValue values[] = {
            {.ulPropTag = PLACE, .Value.l = i},
            {.ulPropTag = PR_IMPORTANCE, .Value.l = i % 3},
            {.ulPropTag = BYTES, .Value.bin = {(ULONG)i + 1, bytes}},
            {.ulPropTag = COLOURS, .Value.MVszW = {2, colours + i % 2}},
            {.ulPropTag = NUMBER, .Value.l = numbers[i]},
            {.ulPropTag = OTHER, .Value.l = others[i]},
        };

        set_many(message, values, 2);
        if (i < 4)
            set_many(message, values + 2, 2);
        if (i != 2)
            set_many(message, values + 4, 2);
        else {
            add_recipient(message, MAPI_TO, L"Anna Arnold", L"SMTP", L"anna@example.test");
            assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &number, &attach), S_OK);
            set_string(attach, PR_ATTACH_LONG_FILENAME_W, L"notes.txt");
            assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
            release(attach);
        }
        assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
        release(message);
    }
    return 0;
}

static int end_all(void **state)
{
    release(folder);
    return harness_teardown(state);
}

/* ---- which rows are left ---------------------------------------------------------------------------------------------- */

#define VALUE(tag, ...) ((SPropValue[]){{.ulPropTag = tag, .Value = {__VA_ARGS__}}})
#define IS(op, tag, ...) {.rt = RES_PROPERTY, .res.resProperty = {op, tag, VALUE(tag, __VA_ARGS__)}}
#define HAS(level, tag, ...) {.rt = RES_CONTENT, .res.resContent = {level, tag, VALUE(tag, __VA_ARGS__)}}
#define COMPARE(op, a, b) {.rt = RES_COMPAREPROPS, .res.resCompareProps = {op, a, b}}
#define BITS(relation, tag, mask) {.rt = RES_BITMASK, .res.resBitMask = {relation, tag, mask}}
#define SIZE_IS(op, tag, size) {.rt = RES_SIZE, .res.resSize = {op, tag, size}}
#define EXISTS(tag) {.rt = RES_EXIST, .res.resExist = {0, tag, 0}}
#define ALL(...) {.rt = RES_AND, .res.resAnd = {sizeof((SRestriction[]){__VA_ARGS__}) / sizeof(SRestriction), (SRestriction[]){__VA_ARGS__}}}
#define ANY(...) {.rt = RES_OR, .res.resOr = {sizeof((SRestriction[]){__VA_ARGS__}) / sizeof(SRestriction), (SRestriction[]){__VA_ARGS__}}}
#define NOT(...) {.rt = RES_NOT, .res.resNot = {0, (SRestriction[]){__VA_ARGS__}}}
#define WITHIN(object, ...) {.rt = RES_SUBRESTRICTION, .res.resSub = {object, (SRestriction[]){__VA_ARGS__}}}
#define REMARK(...) {.rt = RES_COMMENT, .res.resComment = {0, (SRestriction[]){__VA_ARGS__}, NULL}}
#define TEXT_OF(literal) .lpszW = (WCHAR *)literal

static const struct {
    const char *what;
    SRestriction restriction;
    unsigned rows; /* a bit for each message */
} cases[] = {
    {"a long equals", IS(RELOP_EQ, NUMBER, .l = 6), 0x02},
    {"a long differs: one without it fails too", IS(RELOP_NE, NUMBER, .l = 6), 0x19},
    {"less", IS(RELOP_LT, NUMBER, .l = 2), 0x01},
    {"less or equal", IS(RELOP_LE, NUMBER, .l = 2), 0x09},
    {"greater", IS(RELOP_GT, NUMBER, .l = 2), 0x12},
    {"greater or equal", IS(RELOP_GE, NUMBER, .l = 2), 0x1a},
    {"an absent property fails every comparison", IS(RELOP_GE, NUMBER, .l = MINLONG), 0x1b},
    {"a text without regard to case", IS(RELOP_EQ, PR_SUBJECT_W, TEXT_OF(L"alpha")), 0x08},
    {"texts have an order", IS(RELOP_GT, PR_SUBJECT_W, TEXT_OF(L"alpha report")), 0x06},
    {"bytes have an order", IS(RELOP_GE, BYTES, .bin = {2, (BYTE *)"\1\2"}), 0x0e},
    {"one of several values", {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, COLOURS, VALUE(COLOUR, TEXT_OF(L"red"))}}, 0x05},
    {"one of several values, another case",
     {.rt = RES_CONTENT, .res.resContent = {FL_FULLSTRING | FL_IGNORECASE, COLOURS, VALUE(COLOUR, TEXT_OF(L"green"))}}, 0x0a},
    {"the whole text", HAS(FL_FULLSTRING, PR_SUBJECT_W, TEXT_OF(L"ALPHA")), 0x08},
    {"a part", HAS(FL_SUBSTRING, PR_SUBJECT_W, TEXT_OF(L"eport")), 0x03},
    {"a part with regard to case", HAS(FL_SUBSTRING, PR_SUBJECT_W, TEXT_OF(L"Report")), 0x02},
    {"a part without regard to case", HAS(FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W, TEXT_OF(L"REPORT")), 0x03},
    {"the beginning", HAS(FL_PREFIX | FL_IGNORECASE, PR_SUBJECT_W, TEXT_OF(L"alpha")), 0x09},
    {"the beginning of bytes", HAS(FL_PREFIX, BYTES, .bin = {3, (BYTE *)"\1\2\3"}), 0x0c},
    {"equal properties", COMPARE(RELOP_EQ, NUMBER, OTHER), 0x01},
    {"one less than the other", COMPARE(RELOP_LT, NUMBER, OTHER), 0x0a},
    {"one greater than the other", COMPARE(RELOP_GT, NUMBER, OTHER), 0x10},
    {"all bits off", BITS(BMR_EQZ, NUMBER, 3), 0x10},
    {"some bits on", BITS(BMR_NEZ, NUMBER, 3), 0x0b},
    {"the size of bytes", SIZE_IS(RELOP_EQ, BYTES, 3), 0x04},
    {"at least a size", SIZE_IS(RELOP_GE, BYTES, 3), 0x0c},
    {"there", EXISTS(NUMBER), 0x1b},
    {"not there", NOT(EXISTS(BYTES)), 0x10},
    {"not a comparison", NOT(IS(RELOP_EQ, NUMBER, .l = 6)), 0x1d},
    {"both", ALL(EXISTS(NUMBER), HAS(FL_PREFIX | FL_IGNORECASE, PR_SUBJECT_W, TEXT_OF(L"alpha"))), 0x09},
    {"either", ANY(IS(RELOP_EQ, NUMBER, .l = 1), IS(RELOP_EQ, NUMBER, .l = 8)), 0x11},
    {"nested", ALL(ANY(IS(RELOP_EQ, NUMBER, .l = 1), NOT(EXISTS(NUMBER))), NOT(IS(RELOP_EQ, PLACE, .l = 0))), 0x04},
    {"a recipient", WITHIN(PR_MESSAGE_RECIPIENTS, HAS(FL_SUBSTRING | FL_IGNORECASE, PR_DISPLAY_NAME_W, TEXT_OF(L"anna"))), 0x04},
    {"no such recipient", WITHIN(PR_MESSAGE_RECIPIENTS, HAS(FL_SUBSTRING | FL_IGNORECASE, PR_DISPLAY_NAME_W, TEXT_OF(L"bert"))), 0},
    {"an attachment", WITHIN(PR_MESSAGE_ATTACHMENTS, HAS(FL_SUBSTRING | FL_IGNORECASE, PR_ATTACH_LONG_FILENAME_W, TEXT_OF(L"notes"))), 0x04},
    {"what a comment holds", REMARK(IS(RELOP_EQ, NUMBER, .l = 6)), 0x02},
};

static IMAPITable *table_of_places(void)
{
    SizedSPropTagArray(1, columns) = {1, {PLACE}};
    IMAPITable *table = NULL;

    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    return table;
}

static unsigned places(IMAPITable *table)
{
    SRowSet *rows = query_rows(table, 100);
    unsigned mask = 0;

    for (ULONG i = 0; i < rows->cRows; i++)
        mask |= 1u << rows->aRow[i].lpProps[0].Value.l;
    free_rows(rows);
    return mask;
}

static void a_restriction_leaves_what_fulfils_it(void **state)
{
    IMAPITable *table = table_of_places();
    unsigned wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        HRESULT hr = table->lpVtbl->Restrict(table, (SRestriction *)&cases[i].restriction, 0);
        unsigned left = hr == S_OK ? places(table) : 0;

        if (hr != S_OK || left != cases[i].rows) {
            print_message("# %s: 0x%08lx, rows %02x instead of %02x\n", cases[i].what, (unsigned long)hr, left, cases[i].rows);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    assert_hr(table->lpVtbl->Restrict(table, NULL, 0), S_OK);
    assert_int_equal(places(table), 0x1f);
    release(table);
}

static void a_row_is_found_by_the_same_restrictions(void **state)
{
    IMAPITable *table = table_of_places();
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PLACE, TABLE_SORT_ASCEND}}};
    unsigned wrong = 0;

    (void)state;
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        HRESULT hr = table->lpVtbl->FindRow(table, (SRestriction *)&cases[i].restriction, BOOKMARK_BEGINNING, 0);
        SRowSet *rows = NULL;
        LONG first = 0;

        while (first < MESSAGES && !(cases[i].rows & (1u << first)))
            first++;
        if (hr == S_OK)
            rows = query_rows(table, 1);
        if (hr != (cases[i].rows ? S_OK : MAPI_E_NOT_FOUND) || (rows && rows->aRow[0].lpProps[0].Value.l != first)) {
            print_message("# %s: 0x%08lx\n", cases[i].what, (unsigned long)hr);
            wrong++;
        }
        free_rows(rows);
    }
    assert_int_equal(wrong, 0);
    release(table);
}

/* Of a type that does not fit. */
static void what_cannot_be_asked_is_too_complex(void **state)
{
    const SRestriction refused[] = {
        {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, NUMBER, VALUE(PR_SUBJECT_W, TEXT_OF(L"6"))}},
        {.rt = RES_CONTENT, .res.resContent = {FL_SUBSTRING, NUMBER, VALUE(NUMBER, .l = 6)}},
        BITS(BMR_EQZ, PR_SUBJECT_W, 1),
        COMPARE(RELOP_EQ, NUMBER, PR_SUBJECT_W),
    };
    IMAPITable *table = table_of_places();

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_hr(table->lpVtbl->Restrict(table, (SRestriction *)&refused[i], 0), MAPI_E_TOO_COMPLEX);
        assert_int_equal(places(table), 0x1f); /* the one before, none, stays */
        assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, 0, NULL), S_OK);
    }
    release(table);
}

/* ---- categories and public folders ---------------------------------------------------------------------------------------- */

static IMAPITable *table_of_categories(void)
{
    SizedSSortOrderSet(2, order) = {2, 1, 0, {{PR_IMPORTANCE, TABLE_SORT_ASCEND}, {PLACE, TABLE_SORT_ASCEND}}};
    SizedSPropTagArray(3, columns) = {3, {PR_INSTANCE_KEY, PR_ROW_TYPE, PR_IMPORTANCE}};
    IMAPITable *table = NULL;

    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    return table;
}

static void what_is_expanded_can_be_kept(void **state)
{
    IMAPITable *table = table_of_categories(), *again = table_of_categories();
    SRowSet *rows = query_rows(table, 10), *same = NULL;
    BYTE *kept = NULL;
    BOOKMARK mark = 0;
    ULONG size = 0, count = 0;
    SBinary *key;

    (void)state;
    assert_int_equal(rows->cRows, 3);
    key = &rows->aRow[1].lpProps[0].Value.bin;
    assert_hr(table->lpVtbl->ExpandRow(table, key->cb, key->lpb, 0, 0, NULL, &count), S_OK);
    assert_int_equal(count, 2);
    assert_hr(table->lpVtbl->GetCollapseState(table, 1, key->cb, key->lpb, &size, &kept), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(table->lpVtbl->GetCollapseState(table, 0, key->cb, key->lpb, &size, &kept), S_OK);
    assert_true(size > 0);
    assert_hr(again->lpVtbl->SetCollapseState(again, 0, size, kept, &mark), S_OK);
    assert_hr(again->lpVtbl->GetRowCount(again, 0, &count), S_OK);
    assert_int_equal(count, 5);
    assert_hr(again->lpVtbl->SeekRow(again, mark, 0, NULL), S_OK);
    same = query_rows(again, 1);
    assert_int_equal(same->aRow[0].lpProps[2].Value.l, 1);
    assert_int_equal(same->aRow[0].lpProps[1].Value.l, TBL_EXPANDED_CATEGORY);
    free_rows(same);
    free_mapi(kept);
    free_rows(rows);
    release(table);
    release(again);
}

static void there_are_no_public_folders(void **state)
{
    IMAPISession *admin = harness_logon(L"admin");
    IMsgStore *own = open_default_store(admin, MDB_WRITE);
    IExchangeManageStore *manage = NULL;
    IMAPITable *table = NULL;
    ULONG count = 1;

    (void)state;
    assert_hr(own->lpVtbl->QueryInterface(own, &IID_IExchangeManageStore, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->GetPublicFolderTable(manage, (LPSTR) "", &table, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    release(table);
    release(manage);
    release(own);
    admin->lpVtbl->Logoff(admin, 0, 0, 0);
    release(admin);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restriction_leaves_what_fulfils_it),
        cmocka_unit_test(a_row_is_found_by_the_same_restrictions),
        cmocka_unit_test(what_cannot_be_asked_is_too_complex),
        cmocka_unit_test(what_is_expanded_can_be_kept),
        cmocka_unit_test(there_are_no_public_folders),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, make_messages, end_all);
}
