/*
 * test_utilities.c: the utility functions that MAPI programs import, under both of their names: memory,
 * property values, tables, advise sinks, streams, RTF, ITableData, IPropData.
 */
#include "harness.h"
#include <stdlib.h>

/* Not among the ids that the harness defines. */
static const IID table_data_iid = {0x00020316, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

#define DECLARE(type, name, parameters) static type(WINAPI *name) parameters;
#define FUNCTIONS(X)                                                                                         \
    X(SCODE, MAPIAllocateMore, (ULONG, void *, void **), 12)                                                 \
    X(IMalloc *, MAPIGetDefaultMalloc, (void), 0)                                                            \
    X(SCODE, pScCountProps, (int, SPropValue *, ULONG *), 12)                                                \
    X(SCODE, pScCopyProps, (int, SPropValue *, void *, ULONG *), 16)                                         \
    X(SCODE, pScRelocProps, (int, SPropValue *, void *, void *, ULONG *), 20)                                \
    X(SCODE, pScDupPropset, (int, SPropValue *, ALLOCATEBUFFER *, SPropValue **), 16)                        \
    X(SCODE, pPropCopyMore, (SPropValue *, SPropValue *, ALLOCATEMORE *, void *), 16)                        \
    X(ULONG, pUlPropSize, (SPropValue *), 4)                                                                 \
    X(BOOL, pFEqualNames, (MAPINAMEID *, MAPINAMEID *), 8)                                                   \
    X(BOOL, pFPropContainsProp, (SPropValue *, SPropValue *, ULONG), 12)                                     \
    X(BOOL, pFPropCompareProp, (SPropValue *, ULONG, SPropValue *), 12)                                      \
    X(LONG, pLPropCompareProp, (SPropValue *, SPropValue *), 8)                                              \
    X(HRESULT, pHrGetOneProp, (void *, ULONG, SPropValue **), 12)                                            \
    X(HRESULT, pHrSetOneProp, (void *, SPropValue *), 8)                                                     \
    X(BOOL, pFPropExists, (void *, ULONG), 8)                                                                \
    X(HRESULT, pHrQueryAllRows, (IMAPITable *, void *, SRestriction *, SSortOrderSet *, LONG, SRowSet **),   \
      24)                                                                                                    \
    X(void, pFreeProws, (SRowSet *), 4)                                                                      \
    X(HRESULT, pHrAddColumns, (IMAPITable *, void *, ALLOCATEBUFFER *, FREEBUFFER *), 16)                    \
    X(HRESULT, pHrAddColumnsEx,                                                                              \
      (IMAPITable *, void *, ALLOCATEBUFFER *, FREEBUFFER *, void (*)(SPropTagArray *)), 20)                 \
    X(HRESULT, pHrAllocAdviseSink, (NOTIFCALLBACK *, void *, IMAPIAdviseSink **), 12)                        \
    X(HRESULT, pHrThisThreadAdviseSink, (IMAPIAdviseSink *, IMAPIAdviseSink **), 8)                          \
    X(HRESULT, pHrDispatchNotifications, (ULONG), 4)                                                         \
    X(HRESULT, pOpenStreamOnFile, (void *, void *, ULONG, char *, char *, IStream **), 24)                   \
    X(HRESULT, pWrapCompressedRTFStream, (IStream *, ULONG, IStream **), 12)                                 \
    X(HRESULT, pRTFSync, (IMessage *, ULONG, BOOL *), 12)                                                    \
    X(SCODE, pCreateTable,                                                                                   \
      (const IID *, void *, void *, void *, void *, ULONG, ULONG, void *, ITableData **), 36)                \
    X(SCODE, pCreateIProp, (const IID *, void *, void *, void *, void *, IPropData **), 24)                  \
    X(BOOL, pFBinFromHex, (const char *, BYTE *), 8)                                                         \
    X(void, pHexFromBin, (BYTE *, int, char *), 12)                                                          \
    X(SCODE, pScCreateConversationIndex, (ULONG, BYTE *, ULONG *, BYTE **), 16)                              \
    X(FILETIME, pFtAddFt, (FILETIME, FILETIME), 16)

#define X(type, name, parameters, bytes) DECLARE(type, name##_, parameters)
FUNCTIONS(X)
#undef X

static int setup(void **state)
{
    static struct {
        const char *name;
        int bytes;
        void **to;
    } imports[] = {
#define X(type, name, parameters, bytes) {#name, bytes, (void **)(void *)&name##_},
        FUNCTIONS(X)
#undef X
    };
    if (harness_setup(state))
        return -1;
    for (size_t i = 0; i < ARRAYSIZE(imports); i++) {
        char decorated[64];
        const char *name = imports[i].name + (imports[i].name[0] == 'p');
        snprintf(decorated, sizeof decorated, "%s@%d", name, imports[i].bytes);
        *imports[i].to = (void *)GetProcAddress(dll.module, name);
        if (*imports[i].to == NULL || (void *)GetProcAddress(dll.module, decorated) != *imports[i].to) {
            print_error("%s and %s are not both exported\n", name, decorated);
            return -1;
        }
    }
    return 0;
}

/* ---- memory ---- */

static void blocks_are_freed_with_their_buffer(void **state)
{
    BYTE *buffer = NULL, *more[100];
    (void)state;
    assert_int_equal(dll.allocate(10, (void **)&buffer), S_OK);
    for (int i = 0; i < 100; i++) {
        /* A block that was itself allocated as more will do as well. */
        assert_int_equal(MAPIAllocateMore_(1000, i > 0 && i % 2 ? more[i - 1] : buffer, (void **)&more[i]),
                         S_OK);
        memset(more[i], i, 1000);
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(more[i][999], i);
    assert_int_equal(dll.free_buffer(buffer), S_OK);
    assert_int_equal(dll.free_buffer(NULL), S_OK);
    assert_int_equal(dll.allocate(1, NULL), MAPI_E_INVALID_PARAMETER);
    void *none = POISON;
    assert_int_equal(MAPIAllocateMore_(1, NULL, &none), MAPI_E_INVALID_PARAMETER);
    assert_null(none);
    IMalloc *allocator = MAPIGetDefaultMalloc_();
    char *text = allocator->lpVtbl->Alloc(allocator, 10);
    strcpy(text, "kept");
    text = allocator->lpVtbl->Realloc(allocator, text, 5000);
    assert_string_equal(text, "kept");
    assert_int_equal(allocator->lpVtbl->GetSize(allocator, text), 5000);
    allocator->lpVtbl->Free(allocator, text);
}

/* ---- property values ---- */

static char *texts[] = {"one", "three"};
static SBinary blobs[] = {{2, (BYTE *)"ab"}, {1, (BYTE *)"c"}};
static LONG numbers[] = {1, 2, 3};

static void fill(SPropValue values[6])
{
    memset(values, 0, 6 * sizeof *values);
    values[0].ulPropTag = PR_SUBJECT_A;
    values[0].Value.lpszA = "text";
    values[1].ulPropTag = PR_BODY_W;
    values[1].Value.lpszW = L"wide";
    values[2].ulPropTag = PROP_TAG(PT_MV_STRING8, 0x6700);
    values[2].Value.MVszA.cValues = 2;
    values[2].Value.MVszA.lppszA = texts;
    values[3].ulPropTag = PROP_TAG(PT_MV_BINARY, 0x6701);
    values[3].Value.MVbin.cValues = 2;
    values[3].Value.MVbin.lpbin = blobs;
    values[4].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6702);
    values[4].Value.MVl.cValues = 3;
    values[4].Value.MVl.lpl = numbers;
    values[5].ulPropTag = PR_IMPORTANCE;
    values[5].Value.l = 7;
}

static void check(const SPropValue values[6])
{
    assert_string_equal(values[0].Value.lpszA, "text");
    assert_true(lstrcmpW(values[1].Value.lpszW, L"wide") == 0);
    assert_string_equal(values[2].Value.MVszA.lppszA[1], "three");
    assert_memory_equal(values[3].Value.MVbin.lpbin[0].lpb, "ab", 2);
    assert_int_equal(values[3].Value.MVbin.lpbin[1].cb, 1);
    assert_int_equal(values[4].Value.MVl.lpl[2], 3);
    assert_int_equal(values[5].Value.l, 7);
}

static void values_are_counted_copied_and_relocated(void **state)
{
    SPropValue values[6], *copy = NULL, one;
    ULONG size = 0, copied = 0;
    (void)state;
    fill(values);
    assert_int_equal(pUlPropSize_(&values[0]), 5);
    assert_int_equal(pUlPropSize_(&values[1]), 10);
    assert_int_equal(pUlPropSize_(&values[4]), 12);
    assert_int_equal(pUlPropSize_(&values[5]), 4);
    assert_int_equal(pScCountProps_(6, values, &size), S_OK);
    assert_int_equal(size, 6 * sizeof(SPropValue) + 5 + 10 + 2 * sizeof(char *) + 10 + 2 * sizeof(SBinary) +
                               3 + 12);
    assert_int_equal(pScCountProps_(0, values, &size), MAPI_E_INVALID_PARAMETER);
    pScCountProps_(6, values, &size);
    BYTE *first = malloc(size), *second = malloc(size);
    memset(second, 0xcc, size);
    assert_int_equal(pScCopyProps_(6, values, first, &copied), S_OK);
    assert_int_equal(copied, size);
    check((SPropValue *)first);
    /* Moved as bytes, the pointers are for the old place until they are relocated. */
    memcpy(second, first, size);
    assert_int_equal(pScRelocProps_(6, (SPropValue *)second, first, second, &copied), S_OK);
    assert_int_equal(copied, size);
    memset(first, 0xcc, size);
    check((SPropValue *)second);
    free(first);
    free(second);
    assert_int_equal(pScDupPropset_(6, values, (ALLOCATEBUFFER *)dll.allocate, &copy), S_OK);
    check(copy);
    assert_int_equal(pPropCopyMore_(&one, &values[2], (ALLOCATEMORE *)MAPIAllocateMore_, copy), S_OK);
    assert_true(one.Value.MVszA.lppszA != texts);
    assert_string_equal(one.Value.MVszA.lppszA[0], "one");
    dll.free_buffer(copy);
}

static void values_compare_as_restrictions_do(void **state)
{
    SPropValue a = {.ulPropTag = PR_SUBJECT_A}, b = {.ulPropTag = PR_SUBJECT_W},
               five = {.ulPropTag = PR_IMPORTANCE}, six = {.ulPropTag = PR_IMPORTANCE};
    GUID set = {1, 2, 3, {4}}, other = {2, 2, 3, {4}};
    MAPINAMEID x = {&set, MNID_ID, {5}}, y = {&set, MNID_ID, {5}}, z = {&other, MNID_ID, {5}};
    (void)state;
    a.Value.lpszA = "Hello World";
    b.Value.lpszW = L"hello";
    five.Value.l = 5;
    six.Value.l = 6;
    assert_true(pFPropContainsProp_(&a, &b, FL_PREFIX | FL_IGNORECASE));
    assert_false(pFPropContainsProp_(&a, &b, FL_FULLSTRING | FL_IGNORECASE));
    assert_false(pFPropContainsProp_(&a, &five, FL_PREFIX));
    assert_true(pFPropCompareProp_(&five, RELOP_LT, &six));
    assert_true(pFPropCompareProp_(&six, RELOP_NE, &five));
    assert_false(pFPropCompareProp_(&five, RELOP_GE, &six));
    assert_true(pLPropCompareProp_(&five, &six) < 0);
    assert_int_equal(pLPropCompareProp_(&five, &five), 0);
    assert_true(pFEqualNames_(&x, &y));
    assert_false(pFEqualNames_(&x, &z));
}

static void single_properties_are_read_and_written(void **state)
{
    IMessage *message = make_message(inbox, L"one property");
    SPropValue *value = POISON, set = {.ulPropTag = PR_BODY_W};
    (void)state;
    assert_hr(pHrGetOneProp_(message, PR_SUBJECT_W, &value), S_OK);
    assert_true(lstrcmpW(value->Value.lpszW, L"one property") == 0);
    free_mapi(value);
    assert_hr(pHrGetOneProp_(message, PROP_TAG(PT_LONG, 0x6789), &value), MAPI_E_NOT_FOUND);
    assert_null(value);
    set.Value.lpszW = L"body";
    assert_hr(pHrSetOneProp_(message, &set), S_OK);
    assert_true(pFPropExists_(message, PR_BODY_W));
    assert_false(pFPropExists_(message, PROP_TAG(PT_LONG, 0x6789)));
    set.ulPropTag = PR_ENTRYID;
    set.Value.bin.cb = 1;
    set.Value.bin.lpb = (BYTE *)"x";
    assert_true(FAILED(pHrSetOneProp_(message, &set)));
    release(message);
}

/* ---- tables ---- */

static void a_table_of_ones_own(void **state)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ROWID, PR_DISPLAY_NAME_A}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_DISPLAY_NAME_A, TABLE_SORT_ASCEND}}};
    static const char *names[] = {"pear", "apple", "quince"};
    ITableData *data = NULL;
    IMAPITable *view = NULL;
    SRowSet *rows = NULL;
    SRow *row = NULL;
    struct sink sink;
    ULONG_PTR connection;
    ULONG place = 9;
    SPropValue values[2] = {{.ulPropTag = PR_ROWID}, {.ulPropTag = PR_DISPLAY_NAME_A}};
    SRow given = {0, 2, values};
    (void)state;
    assert_int_equal(pCreateTable_(NULL, dll.allocate, MAPIAllocateMore_, dll.free_buffer, NULL,
                                   TBLTYPE_DYNAMIC, PR_ROWID, (void *)&columns, &data),
                     S_OK);
    for (int i = 0; i < 3; i++) {
        values[0].Value.l = i;
        values[1].Value.lpszA = (char *)names[i];
        assert_hr(data->lpVtbl->HrModifyRow(data, &given), S_OK);
    }
    assert_hr(data->lpVtbl->HrGetView(data, (SSortOrderSet *)&order, NULL, 0, &view), S_OK);
    sink_init(&sink);
    assert_hr(view->lpVtbl->Advise(view, fnevTableModified, &sink.iface, &connection), S_OK);
    assert_hr(pHrQueryAllRows_(view, NULL, NULL, NULL, 0, &rows), S_OK);
    assert_int_equal(rows->cRows, 3);
    assert_string_equal(rows->aRow[0].lpProps[1].Value.lpszA, "apple");
    assert_string_equal(rows->aRow[2].lpProps[1].Value.lpszA, "quince");
    pFreeProws_(rows);
    assert_hr(pHrQueryAllRows_(view, NULL, NULL, NULL, 2, &rows), MAPI_E_TABLE_TOO_BIG);
    values[0].Value.l = 1;
    values[1].Value.lpszA = "zebra";
    assert_hr(data->lpVtbl->HrModifyRow(data, &given), S_OK);
    assert_true(wait_for(&sink.count, 10));
    assert_true(sink.table_events[TABLE_ROW_MODIFIED] > 0);
    assert_hr(data->lpVtbl->HrQueryRow(data, values, &row, &place), S_OK);
    assert_int_equal(place, 1);
    assert_string_equal(row->lpProps[1].Value.lpszA, "zebra");
    free_mapi(row);
    assert_hr(data->lpVtbl->HrEnumRow(data, 3, &row), S_OK);
    assert_null(row);
    assert_hr(data->lpVtbl->HrInsertRow(data, 0, &given), MAPI_E_INVALID_PARAMETER); /* it has that row */
    assert_hr(data->lpVtbl->HrDeleteRow(data, values), S_OK);
    assert_hr(data->lpVtbl->HrDeleteRow(data, values), MAPI_E_NOT_FOUND);
    assert_hr(view->lpVtbl->GetRowCount(view, 0, &place), S_OK);
    assert_int_equal(place, 2);
    assert_hr(data->lpVtbl->HrDeleteRows(data, TAD_ALL_ROWS, NULL, &place), S_OK);
    assert_int_equal(place, 2);
    assert_hr(view->lpVtbl->Unadvise(view, connection), S_OK);
    release(view);
    release(data);
}

static ULONG gone_data;

static void WINAPI view_gone(ULONG caller_data, ITableData *data, IMAPITable *view)
{
    (void)data, (void)view;
    gone_data = caller_data;
}

static void the_owner_hears_of_a_released_view(void **state)
{
    static const SizedSPropTagArray(1, columns) = {1, {PR_ROWID}};
    ITableData *data = NULL;
    IMAPITable *view = NULL;
    (void)state;
    assert_int_equal(pCreateTable_(&table_data_iid, NULL, NULL, NULL, NULL, TBLTYPE_SNAPSHOT, PR_ROWID,
                                   (void *)&columns, &data),
                     S_OK);
    assert_hr(data->lpVtbl->HrGetView(data, NULL, view_gone, 42, &view), S_OK);
    assert_int_equal(gone_data, 0);
    release(view);
    assert_int_equal(gone_data, 42);
    release(data);
}

/* Leaves of the old columns the first alone. */
static void keep_first(SPropTagArray *tags)
{
    for (ULONG i = 1; i < tags->cValues; i++)
        tags->aulPropTag[i] = PR_NULL;
}

static void columns_are_added_in_front(void **state)
{
    static const SizedSPropTagArray(1, added) = {1, {PR_SEARCH_KEY}};
    IMAPITable *table = NULL;
    SPropTagArray *now = NULL;
    (void)state;
    assert_hr(inbox->lpVtbl->GetContentsTable(inbox, 0, &table), S_OK);
    assert_hr(
        pHrAddColumns_(table, (void *)&added, (ALLOCATEBUFFER *)dll.allocate, (FREEBUFFER *)dll.free_buffer),
        S_OK);
    assert_hr(table->lpVtbl->QueryColumns(table, 0, &now), S_OK);
    assert_int_equal(now->aulPropTag[0], PR_SEARCH_KEY);
    assert_true(now->cValues > 2);
    free_mapi(now);
    /* The filter may take old ones away. */
    static const SizedSPropTagArray(1, more) = {1, {PR_RECORD_KEY}};
    assert_hr(pHrAddColumnsEx_(table, (void *)&more, (ALLOCATEBUFFER *)dll.allocate, (FREEBUFFER *)dll.free_buffer, keep_first),
              S_OK);
    assert_hr(table->lpVtbl->QueryColumns(table, 0, &now), S_OK);
    assert_int_equal(now->cValues, 2);
    assert_int_equal(now->aulPropTag[0], PR_RECORD_KEY);
    assert_int_equal(now->aulPropTag[1], PR_SEARCH_KEY);
    free_mapi(now);
    release(table);
}

/* ---- properties in memory ---- */

static void properties_have_rights(void **state)
{
    SizedSPropTagArray(1, tags) = {1, {PR_SUBJECT_W}};
    ULONG access[1] = {IPROP_READONLY | IPROP_CLEAN}, *got = NULL;
    SPropTagArray *listed = NULL;
    SPropProblemArray *problems = NULL;
    IPropData *data = NULL;
    SPropValue value = {.ulPropTag = PR_SUBJECT_W};
    (void)state;
    value.Value.lpszW = L"kept";
    assert_int_equal(pCreateIProp_(NULL, dll.allocate, MAPIAllocateMore_, dll.free_buffer, NULL, &data),
                     S_OK);
    assert_hr(data->lpVtbl->SetProps(data, 1, &value, NULL), S_OK);
    assert_hr(data->lpVtbl->HrGetPropAccess(data, &listed, &got), S_OK);
    assert_int_equal(listed->cValues, 1);
    assert_int_equal(got[0], IPROP_READWRITE | IPROP_DIRTY);
    free_mapi(listed);
    free_mapi(got);
    /* One flag of each pair, and no others. */
    static ULONG wrong[] = {0, IPROP_READWRITE, IPROP_CLEAN, IPROP_READONLY | IPROP_READWRITE | IPROP_CLEAN};
    for (size_t i = 0; i < ARRAYSIZE(wrong); i++)
        assert_hr(data->lpVtbl->HrSetPropAccess(data, (SPropTagArray *)&tags, &wrong[i]), MAPI_E_INVALID_PARAMETER);
    assert_hr(data->lpVtbl->HrSetPropAccess(data, (SPropTagArray *)&tags, access), S_OK);
    SPropValue nothing = {.ulPropTag = PROP_TAG(PT_NULL, 1)};
    assert_hr(data->lpVtbl->SetProps(data, 1, &nothing, NULL), MAPI_E_INVALID_PARAMETER);
    SizedSPropTagArray(1, absent) = {1, {PR_RESPONSE_REQUESTED}};
    assert_hr(data->lpVtbl->DeleteProps(data, (SPropTagArray *)&absent, &problems), S_OK);
    assert_null(problems); /* what is not there is deleted already */
    assert_hr(data->lpVtbl->HrAddObjProps(data, (SPropTagArray *)&absent, &problems), MAPI_E_INVALID_TYPE);
    SizedSPropTagArray(2, mixed) = {2, {PR_RESPONSE_REQUESTED, PROP_TAG(PT_OBJECT, 0x6001)}};
    assert_hr(data->lpVtbl->HrAddObjProps(data, (SPropTagArray *)&mixed, NULL), MAPI_W_PARTIAL_COMPLETION);
    value.Value.lpszW = L"lost";
    assert_hr(data->lpVtbl->SetProps(data, 1, &value, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->aProblem[0].scode, MAPI_E_NO_ACCESS);
    free_mapi(problems);
    assert_string(data, PR_SUBJECT_W, L"kept");
    assert_hr(data->lpVtbl->HrSetObjAccess(data, IPROP_READONLY), S_OK);
    assert_hr(data->lpVtbl->SetProps(data, 1, &value, NULL), MAPI_E_NO_ACCESS);
    assert_hr(data->lpVtbl->HrSetObjAccess(data, 99), MAPI_E_INVALID_PARAMETER);
    release(data);
}

/* ---- sinks ---- */

static volatile LONG calls;
static DWORD call_thread;

static LONG WINAPI count_call(void *context, ULONG count, NOTIFICATION *events)
{
    (void)context;
    if (count == 1 && events->ulEventType == fnevObjectCreated)
        calls++;
    call_thread = GetCurrentThreadId();
    return 0;
}

static DWORD WINAPI notify_from_a_thread(void *opaque)
{
    IMAPIAdviseSink *sink = opaque;
    BYTE id[] = {1, 2, 3, 4, 5};
    NOTIFICATION event = {.ulEventType = fnevObjectCreated};
    event.info.obj.cbEntryID = sizeof id;
    event.info.obj.lpEntryID = (ENTRYID *)id;
    sink->lpVtbl->OnNotify(sink, 1, &event);
    return 0;
}

static void a_sink_is_called_on_its_own_thread(void **state)
{
    IMAPIAdviseSink *plain = NULL, *wrapped = NULL;
    (void)state;
    assert_hr(pHrAllocAdviseSink_(NULL, NULL, &plain), MAPI_E_INVALID_PARAMETER);
    assert_hr(pHrAllocAdviseSink_(count_call, NULL, &plain), S_OK);
    assert_hr(pHrThisThreadAdviseSink_(plain, &wrapped), S_OK);
    calls = 0;
    HANDLE thread = CreateThread(NULL, 0, notify_from_a_thread, wrapped, 0, NULL);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    assert_int_equal(calls, 0);
    assert_hr(pHrDispatchNotifications_(0), S_OK);
    assert_int_equal(calls, 1);
    assert_int_equal(call_thread, GetCurrentThreadId());
    release(wrapped);
    release(plain);
}

/* ---- streams ---- */

static void files_open_as_streams(void **state)
{
    char folder[MAX_PATH], path[MAX_PATH], back[16] = "";
    IStream *stream = NULL;
    ULONG done;
    STATSTG stat;
    (void)state;
    assert_true(GetEnvironmentVariableA("MAPIHOST_TEST_TEMP", folder, MAX_PATH - 20) > 0);
    snprintf(path, sizeof path, "%s\\stream.txt", folder);
    assert_hr(pOpenStreamOnFile_(NULL, NULL, STGM_READ, path, NULL, &stream), MAPI_E_NOT_FOUND);
    assert_null(stream);
    assert_hr(pOpenStreamOnFile_(NULL, NULL, STGM_CREATE | STGM_READ, path, NULL, &stream),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(pOpenStreamOnFile_(NULL, NULL, STGM_CREATE | STGM_READWRITE, path, NULL, &stream), S_OK);
    assert_hr(stream->lpVtbl->Write(stream, "content", 7, &done), S_OK);
    assert_int_equal(done, 7);
    release(stream);
    assert_hr(pOpenStreamOnFile_(NULL, NULL, STGM_READ, path, NULL, &stream), S_OK);
    assert_hr(stream->lpVtbl->Stat(stream, &stat, STATFLAG_NONAME), S_OK);
    assert_int_equal(stat.cbSize.QuadPart, 7);
    assert_hr(stream->lpVtbl->Read(stream, back, 16, &done), S_OK);
    assert_int_equal(done, 7);
    assert_string_equal(back, "content");
    assert_hr(stream->lpVtbl->Write(stream, "x", 1, &done), STG_E_ACCESSDENIED);
    release(stream);
    assert_hr(pOpenStreamOnFile_(NULL, NULL,
                                 SOF_UNIQUEFILENAME | STGM_CREATE | STGM_READWRITE | STGM_DELETEONRELEASE,
                                 folder, "abc", &stream),
              S_OK);
    release(stream);
    DeleteFileA(path);
}

static void rtf_is_packed_and_unpacked(void **state)
{
    static const char rtf[] = "{\\rtf1\\ansi\\pard hello}";
    LARGE_INTEGER start = {.QuadPart = 0};
    IMessage *message = make_message(inbox, L"rtf");
    IStream *compressed = NULL, *text = NULL;
    char back[64] = "";
    ULONG done;
    BOOL updated = FALSE;
    (void)state;
    assert_hr(message->lpVtbl->OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, STGM_READWRITE,
                                            MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&compressed),
              S_OK);
    assert_hr(pWrapCompressedRTFStream_(compressed, MAPI_MODIFY, &text), S_OK);
    assert_hr(text->lpVtbl->Write(text, rtf, sizeof rtf - 1, &done), S_OK);
    assert_hr(text->lpVtbl->Commit(text, 0), S_OK);
    release(text);
    assert_hr(compressed->lpVtbl->Commit(compressed, 0), S_OK);
    release(compressed);
    assert_hr(pRTFSync_(message, RTF_SYNC_RTF_CHANGED, &updated), S_OK);
    SPropValue *body = get_prop(message, PR_BODY_A);
    assert_non_null(body);
    assert_non_null(strstr(body->Value.lpszA, "hello"));
    free_mapi(body);
    assert_hr(message->lpVtbl->OpenProperty(message, PR_RTF_COMPRESSED, &IID_IStream, 0, 0,
                                            (IUnknown **)&compressed),
              S_OK);
    assert_hr(pWrapCompressedRTFStream_(compressed, 0, &text), S_OK);
    assert_hr(text->lpVtbl->Read(text, back, sizeof back - 1, &done), S_OK);
    assert_string_equal(back, rtf);
    release(text);
    /* A damaged value is refused. */
    IStream *memory = NULL;
    assert_hr(CreateStreamOnHGlobal(NULL, TRUE, &memory), S_OK);
    memory->lpVtbl->Write(memory, "\x1a\0\0\0\x1c\0\0\0LZFu\xe2\xd4\x4b\x52garbagegarbage", 30, &done);
    memory->lpVtbl->Seek(memory, start, STREAM_SEEK_SET, NULL);
    text = POISON;
    assert_true(FAILED(pWrapCompressedRTFStream_(memory, 0, &text)));
    assert_null(text);
    release(memory);
    release(compressed);
    release(message);
}

/* ---- small ones ---- */

static void hexadecimal_text_both_ways(void **state)
{
    BYTE bytes[] = {0, 0x1f, 0xff}, back[3] = {9, 9, 9};
    char text[7];
    (void)state;
    pHexFromBin_(bytes, 3, text);
    assert_string_equal(text, "001FFF");
    assert_true(pFBinFromHex_("001fff", back));
    assert_memory_equal(bytes, back, 3);
    assert_false(pFBinFromHex_("0g", back));
}

static void a_reply_continues_a_conversation(void **state)
{
    BYTE *first = NULL, *reply = NULL;
    ULONG cb = 0, cb_reply = 0;
    FILETIME low = {0xffffffff, 1}, one = {1, 0};
    (void)state;
    assert_int_equal(pScCreateConversationIndex_(0, NULL, &cb, &first), S_OK);
    assert_int_equal(cb, 22);
    assert_int_equal(first[0], 1);
    assert_int_equal(pScCreateConversationIndex_(cb, first, &cb_reply, &reply), S_OK);
    assert_int_equal(cb_reply, 27);
    assert_memory_equal(first, reply, 22);
    free_mapi(first);
    free_mapi(reply);
    FILETIME sum = pFtAddFt_(low, one);
    assert_int_equal(sum.dwLowDateTime, 0);
    assert_int_equal(sum.dwHighDateTime, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_freed_with_their_buffer),
        cmocka_unit_test(values_are_counted_copied_and_relocated),
        cmocka_unit_test(values_compare_as_restrictions_do),
        cmocka_unit_test(single_properties_are_read_and_written),
        cmocka_unit_test(a_table_of_ones_own),
        cmocka_unit_test(the_owner_hears_of_a_released_view),
        cmocka_unit_test(columns_are_added_in_front),
        cmocka_unit_test(properties_have_rights),
        cmocka_unit_test(a_sink_is_called_on_its_own_thread),
        cmocka_unit_test(files_open_as_streams),
        cmocka_unit_test(rtf_is_packed_and_unpacked),
        cmocka_unit_test(hexadecimal_text_both_ways),
        cmocka_unit_test(a_reply_continues_a_conversation),
    };
    return cmocka_run_group_tests_name("utilities", tests, setup, harness_teardown);
}
