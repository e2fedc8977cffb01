/*
 * test_props.c: IMAPIProp on messages and folders: GetProps, SetProps, DeleteProps, names, streams, copies, bodies.
 */
#include "harness.h"
#include <stdlib.h>

static IMessage *new_message(void)
{
    IMessage *message = NULL;
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &message), S_OK);
    return message;
}

static void a_new_message_has_its_defaults(void **state)
{
    IMessage *message = new_message();
    (void)state;
    assert_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    assert_int_equal(get_long(message, PR_IMPORTANCE), 1);
    assert_int_equal(get_long(message, PR_MESSAGE_FLAGS), MSGFLAG_UNSENT | MSGFLAG_READ);
    assert_int_equal(get_long(message, PR_OBJECT_TYPE), MAPI_MESSAGE);
    assert_null(get_prop(message, PR_ENTRYID));
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    SPropValue *id = get_prop(message, PR_ENTRYID);
    assert_non_null(id);
    free_mapi(id);
    release(message);
}

static void getprops_checks_its_parameters(void **state)
{
    IMessage *message = new_message();
    SizedSPropTagArray(1, none) = {0, {0}};
    SPropValue *values = POISON;
    ULONG count = 99;
    (void)state;
    assert_hr(message->lpVtbl->GetProps(message, (SPropTagArray *)&none, 0, &count, &values), MAPI_E_INVALID_PARAMETER);
    assert_null(values);
    assert_int_equal(count, 0);
    assert_hr(message->lpVtbl->GetProps(message, NULL, 0, NULL, &values), MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->GetProps(message, NULL, 0, &count, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->GetProps(message, NULL, 0x1000, &count, &values), MAPI_E_UNKNOWN_FLAGS);
    release(message);
}

static void missing_properties_are_errors_in_place(void **state)
{
    IMessage *message = new_message();
    SizedSPropTagArray(3, tags) = {3, {PR_MESSAGE_CLASS_A, PR_BODY_W, PROP_TAG(PT_UNSPECIFIED, PROP_ID(PR_MESSAGE_CLASS))}};
    SPropValue *values = POISON;
    ULONG count = 0;
    (void)state;
    assert_hr(message->lpVtbl->GetProps(message, (SPropTagArray *)&tags, 0, &count, &values), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(count, 3);
    assert_string_equal(values[0].Value.lpszA, "IPM.Note");
    assert_int_equal(values[1].ulPropTag, CHANGE_PROP_TYPE(PR_BODY_W, PT_ERROR));
    assert_int_equal(values[1].Value.err, MAPI_E_NOT_FOUND);
    assert_int_equal(values[2].ulPropTag, PR_MESSAGE_CLASS_A);
    free_mapi(values);
    assert_hr(message->lpVtbl->GetProps(message, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &values),
              MAPI_W_ERRORS_RETURNED);
    assert_int_equal(values[2].ulPropTag, PR_MESSAGE_CLASS_W);
    free_mapi(values);
    release(message);
}

static void setprops_reports_problems_in_place(void **state)
{
    IMessage *message = make_message(inbox, L"problems");
    SPropValue values[4] = {{.ulPropTag = PR_SUBJECT_W, .Value.lpszW = (LPWSTR)L"changed"},
                            {.ulPropTag = PR_HASATTACH, .Value.b = TRUE},
                            {.ulPropTag = PR_NULL},
                            {.ulPropTag = CHANGE_PROP_TYPE(PR_BODY, PT_ERROR), .Value.err = MAPI_E_NOT_FOUND}};
    SPropProblemArray *problems = POISON;
    (void)state;
    assert_hr(message->lpVtbl->SetProps(message, 4, values, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_int_equal(problems->aProblem[0].ulPropTag, PR_HASATTACH);
    assert_int_equal(problems->aProblem[0].scode, MAPI_E_COMPUTED);
    free_mapi(problems);
    assert_string(message, PR_SUBJECT_W, L"changed");
    values[0].ulPropTag = PR_MESSAGE_RECIPIENTS;
    problems = POISON;
    assert_hr(message->lpVtbl->SetProps(message, 1, values, &problems), MAPI_E_INVALID_PARAMETER);
    assert_null(problems);
    assert_hr(message->lpVtbl->SetProps(message, 0, values, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->SetProps(message, 1, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    values[0].ulPropTag = PROP_TAG(PT_MV_LONG, 0x6001);
    values[0].Value.MVl.cValues = 0;
    assert_hr(message->lpVtbl->SetProps(message, 1, values, NULL), MAPI_E_INVALID_PARAMETER);
    release(message);
}

static void deleteprops_reports_the_absent(void **state)
{
    IMessage *message = make_message(inbox, L"delete");
    SizedSPropTagArray(2, tags) = {2, {PR_SUBJECT_W, PROP_TAG(PT_LONG, 0x6002)}};
    SPropProblemArray *problems = POISON;
    (void)state;
    assert_hr(message->lpVtbl->DeleteProps(message, (SPropTagArray *)&tags, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_int_equal(problems->aProblem[0].scode, MAPI_E_NOT_FOUND);
    free_mapi(problems);
    assert_null(get_prop(message, PR_SUBJECT_W));
    assert_hr(message->lpVtbl->DeleteProps(message, NULL, NULL), MAPI_E_INVALID_PARAMETER);
    release(message);
}

/* Every type, through save and reopening. */
static void every_type_survives(void **state)
{
    static GUID guid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    static BYTE bytes[] = {0, 1, 2, 255};
    static LONG longs[] = {1, -2, 3};
    static short shorts[] = {4, -5};
    static WCHAR *strings[] = {(WCHAR *)L"one", (WCHAR *)L"zwei \x00e4", (WCHAR *)L""};
    static SBinary binaries[] = {{2, bytes}, {0, bytes}};
    static FILETIME times[] = {{1, 2}, {3, 4}};
    static double doubles[] = {0.5, -1e300};
    SPropValue values[] = {
        {.ulPropTag = PROP_TAG(PT_I2, 0x6010), .Value.i = -7},
        {.ulPropTag = PROP_TAG(PT_LONG, 0x6011), .Value.l = 0x7fffffff},
        {.ulPropTag = PROP_TAG(PT_R4, 0x6012), .Value.flt = 1.5f},
        {.ulPropTag = PROP_TAG(PT_DOUBLE, 0x6013), .Value.dbl = -2.25},
        {.ulPropTag = PROP_TAG(PT_CURRENCY, 0x6014), .Value.cur.int64 = -123456789},
        {.ulPropTag = PROP_TAG(PT_APPTIME, 0x6015), .Value.at = 36526.5},
        {.ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6016), .Value.b = TRUE},
        {.ulPropTag = PROP_TAG(PT_I8, 0x6017), .Value.li.QuadPart = INT64_C(-0x123456789abcdef)},
        {.ulPropTag = PROP_TAG(PT_UNICODE, 0x6018), .Value.lpszW = (LPWSTR)L"text \x20ac"},
        {.ulPropTag = PROP_TAG(PT_SYSTIME, 0x6019), .Value.ft = {5, 6}},
        {.ulPropTag = PROP_TAG(PT_CLSID, 0x601A), .Value.lpguid = &guid},
        {.ulPropTag = PROP_TAG(PT_BINARY, 0x601B), .Value.bin = {sizeof(bytes), bytes}},
        {.ulPropTag = PROP_TAG(PT_MV_LONG, 0x601C), .Value.MVl = {3, longs}},
        {.ulPropTag = PROP_TAG(PT_MV_I2, 0x601D), .Value.MVi = {2, shorts}},
        {.ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x601E), .Value.MVszW = {3, strings}},
        {.ulPropTag = PROP_TAG(PT_MV_BINARY, 0x601F), .Value.MVbin = {2, binaries}},
        {.ulPropTag = PROP_TAG(PT_MV_SYSTIME, 0x6020), .Value.MVft = {2, times}},
        {.ulPropTag = PROP_TAG(PT_MV_DOUBLE, 0x6021), .Value.MVdbl = {2, doubles}},
        {.ulPropTag = PROP_TAG(PT_MV_CLSID, 0x6022), .Value.MVguid = {1, &guid}},
    };
    IMessage *message = new_message();
    SPropProblemArray *problems = POISON;
    (void)state;
    assert_hr(message->lpVtbl->SetProps(message, ARRAYSIZE(values), values, &problems), S_OK);
    assert_null(problems);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READONLY), S_OK);
    SPropValue *id = get_prop(message, PR_ENTRYID);
    release(message);
    message = (IMessage *)open_entry(store, &id->Value.bin, 0);
    free_mapi(id);
    for (size_t i = 0; i < ARRAYSIZE(values); i++) {
        SPropValue *got = get_prop(message, values[i].ulPropTag);
        if (!got)
            print_error("0x%08lX is lost\n", (unsigned long)values[i].ulPropTag);
        assert_non_null(got);
        assert_int_equal(got->ulPropTag, values[i].ulPropTag);
        switch (PROP_TYPE(values[i].ulPropTag)) {
        case PT_UNICODE: assert_int_equal(lstrcmpW(got->Value.lpszW, values[i].Value.lpszW), 0); break;
        case PT_CLSID: assert_memory_equal(got->Value.lpguid, &guid, sizeof(guid)); break;
        case PT_BINARY: assert_memory_equal(got->Value.bin.lpb, bytes, sizeof(bytes)); break;
        case PT_I2: case PT_BOOLEAN: assert_int_equal(got->Value.i, values[i].Value.i); break;
        case PT_LONG: assert_int_equal(got->Value.l, values[i].Value.l); break;
        case PT_R4: assert_true(got->Value.flt == values[i].Value.flt); break;
        case PT_DOUBLE: case PT_APPTIME: case PT_CURRENCY: case PT_I8: case PT_SYSTIME:
            assert_memory_equal(&got->Value, &values[i].Value, 8);
            break;
        case PT_MV_UNICODE:
            assert_int_equal(got->Value.MVszW.cValues, 3);
            assert_int_equal(lstrcmpW(got->Value.MVszW.lppszW[1], strings[1]), 0);
            break;
        default: assert_int_equal(got->Value.MVl.cValues, values[i].Value.MVl.cValues); break;
        }
        free_mapi(got);
    }
    release(message);
}

static void large_values_go_through_streams(void **state)
{
    enum { SIZE = 300000 };
    IMessage *message = new_message();
    IStream *stream = POISON;
    BYTE *big = malloc(SIZE), *back = malloc(SIZE);
    ULONG done = 0, tag = PROP_TAG(PT_BINARY, 0x6030), count;
    SPropValue *values = NULL;
    SizedSPropTagArray(1, tags) = {1, {tag}};
    STATSTG stat;
    LARGE_INTEGER move = {.QuadPart = 0};
    ULARGE_INTEGER at;
    (void)state;
    for (int i = 0; i < SIZE; i++)
        big[i] = (BYTE)(i * 7 + i / 251);
    assert_hr(message->lpVtbl->OpenProperty(message, tag, &IID_IStream, 0, 0, (IUnknown **)&stream), MAPI_E_NOT_FOUND);
    assert_null(stream);
    assert_hr(message->lpVtbl->OpenProperty(message, tag, NULL, 0, 0, (IUnknown **)&stream), MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->OpenProperty(message, PROP_TAG(PT_UNSPECIFIED, 0x6030), &IID_IStream, 0, 0,
                                            (IUnknown **)&stream),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->OpenProperty(message, tag, &IID_IStream, STGM_READWRITE, MAPI_CREATE | MAPI_MODIFY,
                                            (IUnknown **)&stream),
              S_OK);
    assert_hr(IStream_Write(stream, big, SIZE, &done), S_OK);
    assert_int_equal(done, SIZE);
    assert_hr(IStream_Commit(stream, 0), S_OK);
    release(stream);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    SPropValue *id = get_prop(message, PR_ENTRYID);
    release(message);
    message = (IMessage *)open_entry(store, &id->Value.bin, MAPI_MODIFY);
    free_mapi(id);
    assert_hr(message->lpVtbl->GetProps(message, (SPropTagArray *)&tags, 0, &count, &values), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(values[0].Value.err, MAPI_E_NOT_ENOUGH_MEMORY);
    free_mapi(values);
    assert_hr(message->lpVtbl->OpenProperty(message, tag, &IID_IStream, 0, 0, (IUnknown **)&stream), S_OK);
    assert_hr(IStream_Stat(stream, &stat, STATFLAG_NONAME), S_OK);
    assert_int_equal(stat.cbSize.QuadPart, SIZE);
    assert_hr(IStream_Read(stream, back, SIZE, &done), S_OK);
    assert_int_equal(done, SIZE);
    assert_memory_equal(back, big, SIZE);
    assert_hr(IStream_Read(stream, back, 10, &done), S_OK);
    assert_int_equal(done, 0);
    move.QuadPart = -5;
    assert_hr(IStream_Seek(stream, move, STREAM_SEEK_END, &at), S_OK);
    assert_int_equal(at.QuadPart, SIZE - 5);
    assert_hr(IStream_Read(stream, back, 10, &done), S_OK);
    assert_int_equal(done, 5);
    assert_memory_equal(back, big + SIZE - 5, 5);
    move.QuadPart = -1;
    assert_hr(IStream_Seek(stream, move, STREAM_SEEK_SET, NULL), STG_E_INVALIDFUNCTION);
    assert_hr(IStream_Write(stream, big, 1, &done), STG_E_ACCESSDENIED);
    release(stream);
    release(message);
    free(big);
    free(back);
}

static void transacted_streams_commit_or_revert(void **state)
{
    IMessage *message = new_message();
    IStream *stream = NULL, *clone = NULL;
    ULONG tag = PROP_TAG(PT_UNICODE, 0x6031), done;
    ULARGE_INTEGER size = {.QuadPart = 4};
    (void)state;
    set_string(message, tag, L"before");
    assert_hr(message->lpVtbl->OpenProperty(message, tag, &IID_IStream, STGM_READWRITE | STGM_TRANSACTED, MAPI_MODIFY,
                                            (IUnknown **)&stream),
              S_OK);
    assert_hr(IStream_Write(stream, L"AFTER!", 12, &done), S_OK);
    assert_string(message, tag, L"before");
    assert_hr(IStream_Revert(stream), S_OK);
    assert_hr(IStream_Commit(stream, 0), S_OK);
    assert_string(message, tag, L"before");
    LARGE_INTEGER zero = {.QuadPart = 0};
    assert_hr(IStream_Seek(stream, zero, STREAM_SEEK_SET, NULL), S_OK);
    assert_hr(IStream_Write(stream, L"AF", 4, &done), S_OK);
    assert_hr(IStream_SetSize(stream, size), S_OK);
    assert_hr(IStream_Clone(stream, &clone), S_OK);
    assert_hr(IStream_Commit(clone, 0), S_OK);
    assert_string(message, tag, L"AF");
    release(clone);
    release(stream);
    /* A direct stream is seen at once. */
    assert_hr(message->lpVtbl->OpenProperty(message, tag, &IID_IStream, STGM_READWRITE, MAPI_MODIFY, (IUnknown **)&stream),
              S_OK);
    assert_hr(IStream_Write(stream, L"direct", 12, &done), S_OK);
    assert_string(message, tag, L"direct");
    release(stream);
    release(message);
}

static void names_keep_their_ids(void **state)
{
    GUID set = {0x00062008, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}}, own = {9, 9, 9, {9}};
    MAPINAMEID by_id = {.lpguid = &set, .ulKind = MNID_ID, .Kind.lID = 0x8503};
    MAPINAMEID by_name = {.lpguid = &own, .ulKind = MNID_STRING, .Kind.lpwstrName = (LPWSTR)L"Some Name"};
    MAPINAMEID *both[2] = {&by_id, &by_name}, **names = POISON;
    SPropTagArray *tags = POISON, *again = NULL;
    ULONG count = 99;
    IMessage *message = new_message();
    (void)state;
    by_name.Kind.lpwstrName = (LPWSTR)L"Unknown so far";
    assert_hr(message->lpVtbl->GetIDsFromNames(message, 2, both, 0, &tags), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(tags->aulPropTag[1], PROP_TAG(PT_ERROR, 0));
    free_mapi(tags);
    by_name.Kind.lpwstrName = (LPWSTR)L"Some Name";
    assert_hr(message->lpVtbl->GetIDsFromNames(message, 2, both, MAPI_CREATE, &tags), S_OK);
    assert_int_equal(tags->cValues, 2);
    for (int i = 0; i < 2; i++) {
        assert_in_range(PROP_ID(tags->aulPropTag[i]), 0x8000, 0xFFFE);
        assert_int_equal(PROP_TYPE(tags->aulPropTag[i]), PT_UNSPECIFIED);
    }
    assert_int_not_equal(PROP_ID(tags->aulPropTag[0]), PROP_ID(tags->aulPropTag[1]));
    assert_hr(store->lpVtbl->GetIDsFromNames(store, 2, both, 0, &again), S_OK);
    assert_memory_equal(tags->aulPropTag, again->aulPropTag, 8);
    free_mapi(again);
    assert_hr(message->lpVtbl->GetNamesFromIDs(message, &tags, NULL, 0, &count, &names), S_OK);
    assert_int_equal(count, 2);
    assert_int_equal(names[0]->ulKind, MNID_ID);
    assert_int_equal(names[0]->Kind.lID, 0x8503);
    assert_int_equal(lstrcmpW(names[1]->Kind.lpwstrName, L"Some Name"), 0);
    assert_memory_equal(names[1]->lpguid, &own, sizeof(GUID));
    free_mapi(names);
    set_string(message, PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[1])), L"named value");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READONLY), S_OK);
    assert_string(message, PROP_TAG(PT_UNICODE, PROP_ID(tags->aulPropTag[1])), L"named value");
    free_mapi(tags);
    release(message);
}

static void subject_prefix_and_normalised_subject(void **state)
{
    static const struct {
        const WCHAR *subject, *prefix, *normalized;
    } rows[] = {{L"RE: lunch", L"RE: ", L"lunch"}, {L"lunch", L"", L"lunch"},   {L"FW: RE: x", L"FW: ", L"RE: x"},
                {L"Note: x", L"", L"Note: x"},     {L"12: x", L"", L"12: x"},   {L"", L"", L""},
                {L"AW: \x00fc", L"AW: ", L"\x00fc"}};
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        IMessage *message = new_message();
        set_string(message, PR_SUBJECT_W, rows[i].subject);
        assert_string(message, PR_SUBJECT_PREFIX_W, rows[i].prefix);
        assert_string(message, PR_NORMALIZED_SUBJECT_W, rows[i].normalized);
        assert_string(message, PR_SUBJECT_W, rows[i].subject);
        set_string(message, PR_NORMALIZED_SUBJECT_W, L"other");
        set_string(message, PR_SUBJECT_PREFIX_W, L"Re: ");
        assert_string(message, PR_SUBJECT_W, L"Re: other");
        release(message);
    }
}

static SPropValue *body_text(IMessage *message)
{
    SPropValue *value = get_prop(message, PR_BODY_W);
    assert_non_null(value);
    return value;
}

static void bodies_stay_in_step(void **state)
{
    static char html[] = "<html><body><p>Hello <b>world</b></p></body></html>";
    SPropValue value = {.ulPropTag = PR_HTML, .Value.bin = {sizeof(html) - 1, (BYTE *)html}};
    IMessage *message = new_message();
    SPropValue *got;
    (void)state;
    assert_null(get_prop(message, PR_HTML));
    set_string(message, PR_BODY_W, L"plain text");
    got = get_prop(message, PR_HTML);
    assert_non_null(got);
    free_mapi(got);
    got = get_prop(message, PR_RTF_COMPRESSED);
    assert_non_null(got);
    assert_memory_equal(got->Value.bin.lpb + 8, "LZFu", 4);
    free_mapi(got);
    assert_hr(message->lpVtbl->SetProps(message, 1, &value, NULL), S_OK);
    got = body_text(message);
    assert_int_equal(memcmp(got->Value.lpszW, L"Hello world", 11 * sizeof(WCHAR)), 0);
    free_mapi(got);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    SPropValue *id = get_prop(message, PR_ENTRYID);
    release(message);
    message = (IMessage *)open_entry(store, &id->Value.bin, MAPI_MODIFY);
    free_mapi(id);
    got = get_prop(message, PR_HTML);
    assert_int_equal(got->Value.bin.cb, sizeof(html) - 1);
    free_mapi(got);
    assert_int_equal(get_long(message, PR_NATIVE_BODY_INFO), 3);
    set_string(message, PR_BODY_W, L"now text");
    got = get_prop(message, PR_HTML);
    assert_non_null(got);
    got->Value.bin.lpb[got->Value.bin.cb - 1] = 0;
    assert_null(strstr((char *)got->Value.bin.lpb, "world"));
    assert_non_null(strstr((char *)got->Value.bin.lpb, "now text"));
    free_mapi(got);
    release(message);
}

static void two_writers_collide(void **state)
{
    IMessage *first = make_message(inbox, L"contended"), *second;
    SPropValue *id = get_prop(first, PR_ENTRYID);
    (void)state;
    second = (IMessage *)open_entry(store, &id->Value.bin, MAPI_MODIFY);
    set_string(first, PR_SUBJECT_W, L"first");
    set_string(second, PR_SUBJECT_W, L"second");
    assert_hr(first->lpVtbl->SaveChanges(first, KEEP_OPEN_READWRITE), S_OK);
    assert_hr(second->lpVtbl->SaveChanges(second, KEEP_OPEN_READWRITE), MAPI_E_OBJECT_CHANGED);
    assert_hr(second->lpVtbl->SaveChanges(second, KEEP_OPEN_READWRITE | FORCE_SAVE), S_OK);
    assert_hr(second->lpVtbl->SaveChanges(second, KEEP_OPEN_READONLY), S_OK);
    release(first);
    first = (IMessage *)open_entry(store, &id->Value.bin, 0);
    assert_string(first, PR_SUBJECT_W, L"second");
    SPropValue subject = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = (LPWSTR)L"x"};
    assert_hr(first->lpVtbl->SetProps(first, 1, &subject, NULL), MAPI_E_NO_ACCESS);
    assert_hr(first->lpVtbl->SaveChanges(first, KEEP_OPEN_READWRITE), MAPI_E_NO_ACCESS);
    release(first);
    release(second);
    free_mapi(id);
}

static void uncommitted_changes_are_invisible(void **state)
{
    IMessage *writer = make_message(inbox, L"visible"), *reader;
    SPropValue *id = get_prop(writer, PR_ENTRYID);
    ULONG before = count_contents(inbox, 0);
    IMessage *unsaved = new_message();
    (void)state;
    assert_int_equal(count_contents(inbox, 0), before);
    release(unsaved);
    set_string(writer, PR_SUBJECT_W, L"not yet");
    reader = (IMessage *)open_entry(store, &id->Value.bin, 0);
    assert_string(reader, PR_SUBJECT_W, L"visible");
    release(reader);
    release(writer);
    reader = (IMessage *)open_entry(store, &id->Value.bin, 0);
    assert_string(reader, PR_SUBJECT_W, L"visible");
    release(reader);
    free_mapi(id);
}

static void copyto_copies_all_but_the_excluded(void **state)
{
    IMessage *from = new_message(), *to = new_message();
    SizedSPropTagArray(2, exclude) = {2, {PR_BODY_W, PR_MESSAGE_RECIPIENTS}};
    SPropProblemArray *problems = POISON;
    IMAPITable *table = NULL;
    ULONG rows = 0;
    (void)state;
    set_string(from, PR_SUBJECT_W, L"RE: copied");
    set_string(from, PR_BODY_W, L"text");
    set_long(from, PR_IMPORTANCE, 2);
    add_recipient(from, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    assert_hr(from->lpVtbl->CopyTo(from, 0, NULL, (SPropTagArray *)&exclude, 0, NULL, &IID_IMessage, to, 0, &problems), S_OK);
    assert_string(to, PR_SUBJECT_W, L"RE: copied");
    assert_int_equal(get_long(to, PR_IMPORTANCE), 2);
    assert_null(get_prop(to, PR_BODY_W));
    free_mapi(problems);
    assert_hr(to->lpVtbl->GetRecipientTable(to, 0, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    assert_int_equal(rows, 0);
    release(table);
    assert_hr(from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMessage, to, 0, NULL), S_OK);
    assert_string(to, PR_BODY_W, L"text");
    assert_string(to, PR_DISPLAY_TO_W, L"Anna");
    set_long(to, PR_IMPORTANCE, 0);
    assert_hr(from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMessage, to, MAPI_NOREPLACE, NULL), S_OK);
    assert_int_equal(get_long(to, PR_IMPORTANCE), 0);
    assert_hr(from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMessage, from, 0, NULL), MAPI_E_NO_ACCESS);
    assert_hr(from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, NULL, to, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMAPIFolder, to, 0, NULL),
              MAPI_E_INTERFACE_NOT_SUPPORTED);
    SizedSPropTagArray(1, subject) = {1, {PR_SUBJECT_W}};
    assert_hr(from->lpVtbl->CopyProps(from, (SPropTagArray *)&subject, 0, NULL, &IID_IMessage, to, MAPI_MOVE, NULL), S_OK);
    assert_null(get_prop(from, PR_SUBJECT_W));
    release(from);
    release(to);
}

static void proplist_lists_what_getprops_gives(void **state)
{
    IMessage *message = make_message(inbox, L"listed");
    SPropTagArray *tags = POISON;
    SPropValue *values = POISON;
    ULONG count = 0;
    (void)state;
    set_string(message, PR_BODY_W, L"body");
    assert_hr(message->lpVtbl->GetPropList(message, MAPI_UNICODE, &tags), S_OK);
    assert_hr(message->lpVtbl->GetProps(message, NULL, MAPI_UNICODE, &count, &values), S_OK);
    assert_int_equal(count, tags->cValues);
    for (ULONG i = 0; i < count; i++) {
        assert_int_equal(tags->aulPropTag[i], values[i].ulPropTag);
        assert_int_not_equal(PROP_TYPE(tags->aulPropTag[i]), PT_STRING8);
    }
    free_mapi(values);
    free_mapi(tags);
    assert_hr(message->lpVtbl->GetPropList(message, 0, &tags), S_OK);
    for (ULONG i = 0; i < tags->cValues; i++)
        assert_int_not_equal(PROP_TYPE(tags->aulPropTag[i]), PT_UNICODE);
    free_mapi(tags);
    release(message);
}

static void last_error_is_told(void **state)
{
    MAPIERROR *error = POISON;
    (void)state;
    assert_hr(inbox->lpVtbl->GetLastError(inbox, S_OK, 0, &error), S_OK);
    assert_null(error);
    assert_hr(inbox->lpVtbl->GetLastError(inbox, MAPI_E_NOT_FOUND, MAPI_UNICODE, &error), S_OK);
    if (error)
        assert_true(lstrlenW((WCHAR *)error->lpszError) > 0);
    free_mapi(error);
    assert_hr(inbox->lpVtbl->GetLastError(inbox, MAPI_E_NOT_FOUND, 0, NULL), MAPI_E_INVALID_PARAMETER);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_message_has_its_defaults),
        cmocka_unit_test(getprops_checks_its_parameters),
        cmocka_unit_test(missing_properties_are_errors_in_place),
        cmocka_unit_test(setprops_reports_problems_in_place),
        cmocka_unit_test(deleteprops_reports_the_absent),
        cmocka_unit_test(every_type_survives),
        cmocka_unit_test(large_values_go_through_streams),
        cmocka_unit_test(transacted_streams_commit_or_revert),
        cmocka_unit_test(names_keep_their_ids),
        cmocka_unit_test(subject_prefix_and_normalised_subject),
        cmocka_unit_test(bodies_stay_in_step),
        cmocka_unit_test(two_writers_collide),
        cmocka_unit_test(uncommitted_changes_are_invisible),
        cmocka_unit_test(copyto_copies_all_but_the_excluded),
        cmocka_unit_test(proplist_lists_what_getprops_gives),
        cmocka_unit_test(last_error_is_told),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
