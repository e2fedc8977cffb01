/*
 * test_msgfile.c: message files through OpenIMsgOnIStg: what is written is there when the file is opened
 * again.
 */
#include "harness.h"

#include <imessage.h>

typedef SCODE(WINAPI *open_fn)(LPMSGSESS, LPALLOCATEBUFFER, LPALLOCATEMORE, LPFREEBUFFER, LPMALLOC, LPVOID,
                               LPSTORAGE, MSGCALLRELEASE *, ULONG, ULONG, LPMESSAGE *);
typedef SCODE(WINAPI *open_session_fn)(LPMALLOC, ULONG, LPMSGSESS *);
typedef void(WINAPI *close_session_fn)(LPMSGSESS);
typedef HRESULT(WINAPI *get_attributes_fn)(LPVOID, LPSPropTagArray, LPSPropAttrArray *);
typedef HRESULT(WINAPI *set_attributes_fn)(LPVOID, LPSPropTagArray, LPSPropAttrArray, LPSPropProblemArray *);

static open_fn open_message;
static open_session_fn open_session;
static close_session_fn close_session;
static get_attributes_fn get_attributes;
static set_attributes_fn set_attributes;
static LPALLOCATEMORE allocate_more;
static WCHAR path[MAX_PATH];

static int setup(void **state)
{
    int failed = harness_setup(state);
    if (failed)
        return failed;
    open_message = (open_fn)(void *)GetProcAddress(dll.module, "OpenIMsgOnIStg");
    open_session = (open_session_fn)(void *)GetProcAddress(dll.module, "OpenIMsgSession");
    close_session = (close_session_fn)(void *)GetProcAddress(dll.module, "CloseIMsgSession");
    get_attributes = (get_attributes_fn)(void *)GetProcAddress(dll.module, "GetAttribIMsgOnIStg");
    set_attributes = (set_attributes_fn)(void *)GetProcAddress(dll.module, "SetAttribIMsgOnIStg");
    allocate_more = (LPALLOCATEMORE)(void *)GetProcAddress(dll.module, "MAPIAllocateMore");
    GetEnvironmentVariableW(L"MAPIHOST_TEST_TEMP", path, MAX_PATH - 20);
    wcscat(path, L"\\test.msg");
    return !open_message || !open_session || !close_session || !get_attributes || !set_attributes;
}

static IStorage *create_file(void)
{
    IStorage *storage = NULL;
    assert_hr(StgCreateDocfile(path, STGM_CREATE | STGM_READWRITE | STGM_TRANSACTED | STGM_SHARE_EXCLUSIVE, 0,
                               &storage),
              S_OK);
    return storage;
}

static IStorage *open_file(DWORD mode)
{
    IStorage *storage = NULL;
    assert_hr(StgOpenStorage(path, NULL, mode, NULL, 0, &storage), S_OK);
    return storage;
}

static IMessage *message_on(IStorage *storage, LPMSGSESS in, ULONG flags)
{
    IMessage *message = POISON;
    assert_hr(open_message(in, (LPALLOCATEBUFFER)dll.allocate, allocate_more, (LPFREEBUFFER)dll.free_buffer,
                           NULL, NULL, storage, NULL, 0, flags, &message),
              S_OK);
    assert_non_null(message);
    return message;
}

static ULONG keywords_tag(void *object, ULONG flags, HRESULT expected)
{
    static GUID set = {0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    static WCHAR text[] = L"Keywords";
    MAPINAMEID name = {&set, MNID_STRING, {.lpwstrName = text}}, *names[] = {&name};
    SPropTagArray *tags = NULL;
    IMAPIProp *prop = object;
    assert_hr(prop->lpVtbl->GetIDsFromNames(prop, 1, names, flags, &tags), expected);
    ULONG tag = CHANGE_PROP_TYPE(tags->aulPropTag[0], PT_UNICODE);
    free_mapi(tags);
    return tag;
}

static ULONG rows_of(IMAPITable *table)
{
    ULONG count = 0;
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    table->lpVtbl->Release(table);
    return count;
}

/* A message with a named property, recipients, a file and an embedded message, saved to the file. */
static void write_file(void)
{
    IStorage *storage = create_file();
    IMessage *message = message_on(storage, NULL, MAPI_UNICODE), *inner = NULL;
    IAttach *attach = NULL;
    ULONG number;
    BYTE bytes[3000];
    memset(bytes, 0x5a, sizeof bytes);
    SPropValue data = {.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {sizeof bytes, bytes}};
    set_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    set_string(message, PR_SUBJECT_W,
               L"Re: gr\x00fc\x00df"
               L"e");
    set_string(message, PR_BODY_W, L"text");
    set_string(message, keywords_tag(message, MAPI_CREATE, S_OK), L"named");
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    add_recipient(message, MAPI_CC, L"Bo", L"SMTP", L"bo@example.test");
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &number, &attach), S_OK);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    assert_hr(attach->lpVtbl->SetProps(attach, 1, &data, NULL), S_OK);
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    release(attach);
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &number, &attach), S_OK);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                           MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner),
              S_OK);
    set_string(inner, PR_SUBJECT_W, L"inner");
    set_string(inner, keywords_tag(inner, MAPI_CREATE, S_OK), L"inner named");
    assert_hr(inner->lpVtbl->SaveChanges(inner, 0), S_OK);
    release(inner);
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    release(attach);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    release(message);
    release(storage);
}

static void a_saved_message_is_there_again(void **state)
{
    (void)state;
    write_file();
    IStorage *storage = open_file(STGM_READ | STGM_SHARE_EXCLUSIVE);
    IMessage *message = message_on(storage, NULL, 0), *inner = NULL;
    IMAPITable *table = NULL;
    IAttach *attach = NULL;
    assert_string(message, PR_SUBJECT_W,
                  L"Re: gr\x00fc\x00df"
                  L"e");
    assert_string(message, PR_NORMALIZED_SUBJECT_W,
                  L"gr\x00fc\x00df"
                  L"e");
    assert_string(message, PR_BODY_W, L"text");
    assert_string(message, PR_DISPLAY_TO_W, L"Anna");
    assert_string(message, keywords_tag(message, 0, S_OK), L"named");
    assert_hr(message->lpVtbl->GetRecipientTable(message, 0, &table), S_OK);
    assert_int_equal(rows_of(table), 2);
    assert_hr(message->lpVtbl->GetAttachmentTable(message, 0, &table), S_OK);
    assert_int_equal(rows_of(table), 2);
    SPropTagArray *tags = NULL; /* a message that is in no store has no ids of one */
    assert_hr(message->lpVtbl->GetPropList(message, MAPI_UNICODE, &tags), S_OK);
    for (ULONG i = 0; i < tags->cValues; i++)
        assert_true(tags->aulPropTag[i] != PR_STORE_ENTRYID && tags->aulPropTag[i] != PR_MAPPING_SIGNATURE);
    free_mapi(tags);
    assert_null(get_prop(message, PR_MAPPING_SIGNATURE));
    assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, 0, &attach), S_OK);
    SPropValue *data = get_prop(attach, PR_ATTACH_DATA_BIN);
    assert_non_null(data);
    assert_int_equal(data->Value.bin.cb, 3000);
    assert_int_equal(data->Value.bin.lpb[2999], 0x5a);
    free_mapi(data);
    release(attach);
    assert_hr(message->lpVtbl->OpenAttach(message, 1, NULL, 0, &attach), S_OK);
    assert_hr(
        attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner),
        S_OK);
    assert_string(inner, PR_SUBJECT_W, L"inner");
    assert_string(inner, keywords_tag(inner, 0, S_OK), L"inner named");
    release(inner);
    release(attach);
    release(message);
    release(storage);
}

/* A body whose HTML is larger than what is copied at once keeps all its forms. */
static void large_bodies_are_copied_whole(void **state)
{
    (void)state;
    enum { SIZE = 20000 };
    IMessage *source = NULL, *copy = NULL;
    BYTE *html = malloc(SIZE);
    memset(html, 'x', SIZE);
    memcpy(html, "<b>", 3);
    SPropValue bodies[2] = {{.ulPropTag = PR_BODY_W}, {.ulPropTag = PR_HTML}}, *read;
    bodies[0].Value.lpszW = (WCHAR *)L"a text of its own";
    bodies[1].Value.bin.cb = SIZE;
    bodies[1].Value.bin.lpb = html;
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &source), S_OK);
    assert_hr(source->lpVtbl->SetProps(source, 2, bodies, NULL), S_OK);
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &copy), S_OK);
    assert_hr(source->lpVtbl->CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL), S_OK);
    read = get_prop(copy, PR_HTML);
    assert_non_null(read);
    assert_int_equal(read->Value.bin.cb, SIZE);
    free_mapi(read);
    assert_string(copy, PR_BODY_W, L"a text of its own");
    release(copy);
    release(source);
    free(html);
}

static void messages_are_copied_between_store_and_file(void **state)
{
    (void)state;
    write_file();
    IStorage *storage = open_file(STGM_READ | STGM_SHARE_EXCLUSIVE);
    IMessage *source = message_on(storage, NULL, 0), *copy = NULL;
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &copy), S_OK);
    assert_hr(source->lpVtbl->CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL), S_OK);
    assert_hr(copy->lpVtbl->SaveChanges(copy, KEEP_OPEN_READWRITE), S_OK);
    release(source);
    release(storage);
    assert_string(copy, PR_SUBJECT_W,
                  L"Re: gr\x00fc\x00df"
                  L"e");
    assert_string(copy, keywords_tag(copy, 0, S_OK), L"named");
    storage = create_file();
    IMessage *target = message_on(storage, NULL, 0);
    assert_hr(copy->lpVtbl->CopyTo(copy, 0, NULL, NULL, 0, NULL, &IID_IMessage, target, 0, NULL), S_OK);
    assert_hr(target->lpVtbl->SaveChanges(target, 0), S_OK);
    release(target);
    release(storage);
    release(copy);
    a_saved_message_is_there_again(state);
}

static void without_commit_the_caller_decides(void **state)
{
    (void)state;
    IStorage *storage = create_file();
    IMessage *message = message_on(storage, NULL, IMSG_NO_ISTG_COMMIT);
    set_string(message, PR_SUBJECT_W, L"lost");
    assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
    release(message);
    release(storage); /* transacted and never committed */
    storage = open_file(STGM_READ | STGM_SHARE_EXCLUSIVE);
    message = message_on(storage, NULL, 0);
    assert_null(get_prop(message, PR_SUBJECT_W));
    release(message);
    release(storage);
}

static void a_file_opened_for_reading_is_not_written(void **state)
{
    (void)state;
    write_file();
    IStorage *storage = open_file(STGM_READ | STGM_SHARE_EXCLUSIVE);
    IMessage *message = message_on(storage, NULL, 0);
    SPropValue value = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"x"};
    assert_hr(message->lpVtbl->SetProps(message, 1, &value, NULL), MAPI_E_NO_ACCESS);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), MAPI_E_NO_SUPPORT);
    release(message);
    release(storage);
}

static ULONG released_data;
static void STDAPICALLTYPE on_release(ULONG data, LPMESSAGE message)
{
    (void)message;
    released_data = data;
}

static void the_callback_comes_with_the_last_release(void **state)
{
    (void)state;
    IStorage *storage = create_file();
    IMessage *message = NULL;
    released_data = 0;
    assert_hr(open_message(NULL, (LPALLOCATEBUFFER)dll.allocate, allocate_more, (LPFREEBUFFER)dll.free_buffer,
                           NULL, NULL, storage, on_release, 77, 0, &message),
              S_OK);
    message->lpVtbl->AddRef(message);
    message->lpVtbl->Release(message);
    assert_int_equal(released_data, 0);
    release(message);
    assert_int_equal(released_data, 77);
    release(storage);
}

static void a_closed_session_ends_its_messages(void **state)
{
    (void)state;
    LPMSGSESS messages = POISON;
    assert_hr(open_session(NULL, 1, &messages), MAPI_E_UNKNOWN_FLAGS);
    assert_null(messages);
    assert_hr(open_session(NULL, 0, &messages), S_OK);
    IStorage *storage = create_file();
    IMessage *message = message_on(storage, messages, 0);
    set_string(message, PR_SUBJECT_W, L"x");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    close_session(messages);
    set_string(message, PR_SUBJECT_W, L"y");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), MAPI_E_INVALID_OBJECT);
    release(message);
    assert_int_equal(storage->lpVtbl->Release(storage), 0);
}

static void attributes_are_kept(void **state)
{
    (void)state;
    SizedSPropTagArray(2, tags) = {2, {PR_SUBJECT_W, PROP_TAG(PT_LONG, 0x6abc)}};
    struct {
        ULONG cValues;
        ULONG aPropAttr[2];
    } wanted = {2, {PROPATTR_MANDATORY | PROPATTR_READABLE, PROPATTR_READABLE}};
    SPropAttrArray *attributes = NULL;
    SPropProblemArray *problems = NULL;
    IStorage *storage = create_file();
    IMessage *message = message_on(storage, NULL, 0);
    set_string(message, PR_SUBJECT_W, L"x");
    assert_hr(get_attributes(message, (SPropTagArray *)&tags, &attributes), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(attributes->aPropAttr[0], PROPATTR_READABLE | PROPATTR_WRITEABLE);
    assert_int_equal(attributes->aPropAttr[1], PROPATTR_NOT_PRESENT);
    free_mapi(attributes);
    assert_hr(set_attributes(message, (SPropTagArray *)&tags, (SPropAttrArray *)&wanted, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->cProblem, 1);
    assert_int_equal(problems->aProblem[0].ulIndex, 1);
    assert_int_equal(problems->aProblem[0].scode, MAPI_E_NOT_FOUND);
    free_mapi(problems);
    assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
    release(message);
    release(storage);
    storage = open_file(STGM_READ | STGM_SHARE_EXCLUSIVE);
    message = message_on(storage, NULL, 0);
    assert_hr(get_attributes(message, (SPropTagArray *)&tags, &attributes), MAPI_W_ERRORS_RETURNED);
    assert_int_equal(attributes->aPropAttr[0], PROPATTR_MANDATORY | PROPATTR_READABLE);
    free_mapi(attributes);
    release(message);
    release(storage);
}

static void wrong_arguments_are_refused(void **state)
{
    (void)state;
    IMessage *message = POISON;
    IStorage *storage = create_file();
    assert_hr(open_message(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, &message),
              MAPI_E_INVALID_PARAMETER);
    assert_null(message);
    assert_hr(open_message(NULL, NULL, NULL, NULL, NULL, NULL, storage, NULL, 0, 0, NULL),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(open_message(NULL, NULL, NULL, NULL, NULL, NULL, storage, NULL, 0, 0x100, &message),
              MAPI_E_UNKNOWN_FLAGS);
    assert_int_equal(storage->lpVtbl->Release(storage), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_saved_message_is_there_again),
        cmocka_unit_test(large_bodies_are_copied_whole),
        cmocka_unit_test(messages_are_copied_between_store_and_file),
        cmocka_unit_test(without_commit_the_caller_decides),
        cmocka_unit_test(a_file_opened_for_reading_is_not_written),
        cmocka_unit_test(the_callback_comes_with_the_last_release),
        cmocka_unit_test(a_closed_session_ends_its_messages),
        cmocka_unit_test(attributes_are_kept),
        cmocka_unit_test(wrong_arguments_are_refused),
    };
    return cmocka_run_group_tests_name("msgfile", tests, setup, harness_teardown);
}
