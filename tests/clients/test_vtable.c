/*
 * test_vtable.c: the client scenario in C by vtable, as VB6 calls: the dual interfaces of the type library, out of process.
 *
 * Layer: tests. Run by tools/run-suite in both bitnesses against the server of each. The mailbox demo holds the mails of
 * build/deps/corpora, as many as MAPIHOST_TEST_MAILS says. Limits: Wine carries no IErrorInfo for calls by vtable, so
 * error texts are the other clients' business; here the codes are checked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#define COBJMACROS
#include <windows.h>
#include <oleauto.h>
#include <cmocka.h>
#include "mapihost.h"

#define PR_SUBJECT_TAG   0x0037001F
#define NOT_FOUND        ((HRESULT)0x8004010F)
#define MESSAGE_ID_WHERE L"[InternetMessageID] = '<15090.61304.110929.45684@aaa.zzz.org>'"

static IMhSession *session;

static VARIANT none(void)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_ERROR;
    V_ERROR(&value) = DISP_E_PARAMNOTFOUND;
    return value;
}

static VARIANT text(const WCHAR *string)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(string);
    return value;
}

static VARIANT number(LONG amount)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_I4;
    V_I4(&value) = amount;
    return value;
}

static VARIANT truth(BOOL is)
{
    VARIANT value;

    VariantInit(&value);
    V_VT(&value) = VT_BOOL;
    V_BOOL(&value) = is ? VARIANT_TRUE : VARIANT_FALSE;
    return value;
}

/* Compares a string that a member gave, and frees it. */
static void assert_text(BSTR got, const WCHAR *expected)
{
    if (!got || wcscmp(got, expected) != 0)
        print_error("got \"%ls\", expected \"%ls\"\n", got ? got : L"(none)", expected);
    assert_true(got && wcscmp(got, expected) == 0);
    SysFreeString(got);
}

/* The interface of an object that a member gave as IDispatch, which is released. */
static void *as(IDispatch *object, const IID *iid)
{
    void *out = NULL;

    assert_non_null(object);
    assert_int_equal(IDispatch_QueryInterface(object, iid, &out), S_OK);
    IDispatch_Release(object);
    return out;
}

static HRESULT log_on(IMhSession *to, const WCHAR *profile)
{
    VARIANT name = text(profile), password = text(L"");
    HRESULT hr = IMhSession_Logon(to, name, password, truth(FALSE), truth(TRUE), none(), none(), none());

    VariantClear(&name);
    VariantClear(&password);
    return hr;
}

static IMhFolder *inbox(void)
{
    IMhFolder *folder = NULL;

    assert_int_equal(IMhSession_get_Inbox(session, &folder), S_OK);
    assert_non_null(folder);
    return folder;
}

static IMhMessages *inbox_messages(void)
{
    IMhFolder *folder = inbox();
    IMhMessages *messages = NULL;

    assert_int_equal(IMhFolder_get_Messages(folder, &messages), S_OK);
    IMhFolder_Release(folder);
    return messages;
}

static int begin(void **state)
{
    (void)state;
    if (FAILED(CoInitializeEx(NULL, COINIT_APARTMENTTHREADED)) ||
        FAILED(CoCreateInstance(&CLSID_Session, NULL, CLSCTX_LOCAL_SERVER, &IID_IMhSession, (void **)&session)))
        return -1;
    return SUCCEEDED(log_on(session, L"demo")) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    IMhSession_Logoff(session);
    IMhSession_Release(session);
    CoUninitialize();
    return 0;
}

static void the_session_is_logged_on(void **state)
{
    VARIANT_BOOL on = VARIANT_FALSE;
    BSTR name = NULL;

    (void)state;
    assert_int_equal(IMhSession_get_LoggedOn(session, &on), S_OK);
    assert_int_equal(on, VARIANT_TRUE);
    assert_int_equal(IMhSession_get_ProfileName(session, &name), S_OK);
    assert_text(name, L"demo");
}

static void the_inbox_has_its_name_and_count(void **state)
{
    IMhFolder *folder = inbox();
    IMhMessages *messages = inbox_messages();
    BSTR name = NULL;
    LONG count = 0;

    (void)state;
    assert_int_equal(IMhFolder_get_Name(folder, &name), S_OK);
    assert_text(name, L"Inbox");
    assert_int_equal(IMhMessages_get_Count(messages, &count), S_OK);
    assert_int_equal(count, atoi(getenv("MAPIHOST_TEST_MAILS")));
    IMhMessages_Release(messages);
    IMhFolder_Release(folder);
}

static void every_mail_is_enumerated(void **state)
{
    IMhMessages *messages = inbox_messages();
    IUnknown *unknown = NULL;
    IEnumVARIANT *all = NULL;
    LONG count = 0;
    VARIANT item;

    (void)state;
    assert_int_equal(IMhMessages_get__NewEnum(messages, &unknown), S_OK);
    assert_int_equal(IUnknown_QueryInterface(unknown, &IID_IEnumVARIANT, (void **)&all), S_OK);
    VariantInit(&item);
    while (IEnumVARIANT_Next(all, 1, &item, NULL) == S_OK) {
        IMhMessage *message = as(V_DISPATCH(&item), &IID_IMhMessage);
        BSTR subject = NULL;

        assert_int_equal(IMhMessage_get_Subject(message, &subject), S_OK);
        SysFreeString(subject);
        IMhMessage_Release(message);
        VariantInit(&item);
        count++;
    }
    assert_int_equal(count, atoi(getenv("MAPIHOST_TEST_MAILS")));
    IEnumVARIANT_Release(all);
    IUnknown_Release(unknown);
    IMhMessages_Release(messages);
}

static IMhMessage *test_message(void)
{
    IMhMessages *messages = inbox_messages();
    VARIANT where = text(MESSAGE_ID_WHERE);
    IDispatch *found = NULL;

    assert_int_equal(IMhMessages_Find(messages, where, &found), S_OK);
    VariantClear(&where);
    IMhMessages_Release(messages);
    return as(found, &IID_IMhMessage);
}

static void a_mail_has_its_properties(void **state)
{
    IMhMessage *message = test_message();
    IMhAddressEntry *sender = NULL;
    BSTR value = NULL;
    SYSTEMTIME time;
    DATE sent = 0;
    LONG size = 0;

    (void)state;
    assert_int_equal(IMhMessage_get_Subject(message, &value), S_OK);
    assert_text(value, L"This is a test message");
    assert_int_equal(IMhMessage_get_Text(message, &value), S_OK);
    assert_true(SysStringLen(value) > 0);
    SysFreeString(value);
    assert_int_equal(IMhMessage_get_Size(message, &size), S_OK);
    assert_true(size > 100);
    assert_int_equal(IMhMessage_get_TimeSent(message, &sent), S_OK);
    assert_true(VariantTimeToSystemTime(sent, &time));
    assert_int_equal(time.wYear, 2001);
    assert_int_equal(IMhMessage_get_Sender(message, &sender), S_OK);
    assert_int_equal(IMhAddressEntry_get_Address(sender, &value), S_OK);
    assert_text(value, L"bbb@ddd.com");
    IMhAddressEntry_Release(sender);
    IMhMessage_Release(message);
}

static void a_field_is_read_by_its_tag(void **state)
{
    IMhMessage *message = test_message();
    IMhFields *fields = NULL;
    IMhField *field = NULL;
    VARIANT value;

    (void)state;
    VariantInit(&value);
    assert_int_equal(IMhMessage_get_Fields(message, &fields), S_OK);
    assert_int_equal(IMhFields_get_Item(fields, number(PR_SUBJECT_TAG), none(), &field), S_OK);
    assert_int_equal(IMhField_get_Value(field, &value), S_OK);
    assert_int_equal(V_VT(&value), VT_BSTR);
    assert_text(V_BSTR(&value), L"This is a test message");
    IMhField_Release(field);
    IMhFields_Release(fields);
    IMhMessage_Release(message);
}

static void a_message_is_composed_and_deleted(void **state)
{
    IMhMessages *messages = inbox_messages();
    VARIANT subject = text(L"Composed by vtable"), body = text(L"A text");
    LONG before = 0, after = 0;
    IDispatch *added = NULL;
    IMhMessage *message;
    BSTR value = NULL;

    (void)state;
    assert_int_equal(IMhMessages_get_Count(messages, &before), S_OK);
    assert_int_equal(IMhMessages_Add(messages, subject, body, none(), none(), &added), S_OK);
    message = as(added, &IID_IMhMessage);
    assert_int_equal(IMhMessage_Update(message, none(), none()), S_OK);
    assert_int_equal(IMhMessages_get_Count(messages, &after), S_OK);
    assert_int_equal(after, before + 1);
    assert_int_equal(IMhMessage_get_Text(message, &value), S_OK);
    assert_text(value, L"A text");
    assert_int_equal(IMhMessage_Delete(message, none()), S_OK);
    assert_int_equal(IMhMessages_get_Count(messages, &after), S_OK);
    assert_int_equal(after, before);
    IMhMessage_Release(message);
    VariantClear(&subject);
    VariantClear(&body);
    IMhMessages_Release(messages);
}

/* ---- a message with everything, which goes to another folder and to another user ------------------------------------------- */

static IMhFolder *scratch_folder(void)
{
    VARIANT name = text(L"Scratch vtable");
    IMhFolder *folder = inbox(), *made = NULL;
    IMhFolders *folders = NULL;

    assert_int_equal(IMhFolder_get_Folders(folder, &folders), S_OK);
    assert_int_equal(IMhFolders_Add(folders, name, truth(TRUE), &made), S_OK);
    IMhFolders_Release(folders);
    IMhFolder_Release(folder);
    VariantClear(&name);
    return made;
}

/* A new message, in no folder's table before Update. */
static IMhMessage *new_message(IMhFolder *folder, const WCHAR *subject)
{
    VARIANT title = text(subject), body = text(L"A text");
    IMhMessages *messages = NULL;
    IDispatch *added = NULL;

    assert_int_equal(IMhFolder_get_Messages(folder, &messages), S_OK);
    assert_int_equal(IMhMessages_Add(messages, title, body, none(), none(), &added), S_OK);
    IMhMessages_Release(messages);
    VariantClear(&title);
    VariantClear(&body);
    return as(added, &IID_IMhMessage);
}

static LONG count_of(IMhFolder *folder)
{
    IMhMessages *messages = NULL;
    LONG count = -1;

    assert_int_equal(IMhFolder_get_Messages(folder, &messages), S_OK);
    assert_int_equal(IMhMessages_get_Count(messages, &count), S_OK);
    IMhMessages_Release(messages);
    return count;
}

static void add_recipient(IMhMessage *message, const WCHAR *name)
{
    VARIANT variant = text(name);
    IMhRecipients *recipients = NULL;
    IMhRecipient *recipient = NULL;
    VARIANT_BOOL resolved = VARIANT_FALSE;

    assert_int_equal(IMhMessage_get_Recipients(message, &recipients), S_OK);
    assert_int_equal(IMhRecipients_Add(recipients, variant, none(), none(), none(), &recipient), S_OK);
    assert_int_equal(IMhRecipients_Resolve(recipients, truth(FALSE)), S_OK);
    assert_int_equal(IMhRecipients_get_Resolved(recipients, &resolved), S_OK);
    assert_int_equal(resolved, VARIANT_TRUE);
    IMhRecipient_Release(recipient);
    IMhRecipients_Release(recipients);
    VariantClear(&variant);
}

/* A path in the folder of this run. */
static const WCHAR *temp_path(const WCHAR *name)
{
    static WCHAR path[MAX_PATH * 2];

    assert_true(GetEnvironmentVariableW(L"MAPIHOST_TEST_TEMP", path, MAX_PATH) > 0);
    return wcscat(wcscat(path, L"\\"), name);
}

static void attach_file(IMhMessage *message)
{
    VARIANT name = text(L"note.txt"), source = text(temp_path(L"note.txt"));
    IMhAttachments *attachments = NULL;
    IMhAttachment *attachment = NULL;
    FILE *file = _wfopen(V_BSTR(&source), L"wb");

    assert_non_null(file);
    fputs("some bytes", file);
    fclose(file);
    assert_int_equal(IMhMessage_get_Attachments(message, &attachments), S_OK);
    assert_int_equal(IMhAttachments_Add(attachments, name, number(0), number(1), source, &attachment), S_OK);
    IMhAttachment_Release(attachment);
    IMhAttachments_Release(attachments);
    VariantClear(&name);
    VariantClear(&source);
}

static void check_attachment(IMhMessage *message)
{
    VARIANT path = text(temp_path(L"again.txt"));
    IMhAttachments *attachments = NULL;
    IMhAttachment *attachment = NULL;
    char bytes[32] = "";
    LONG count = 0;
    FILE *file;

    assert_int_equal(IMhMessage_get_Attachments(message, &attachments), S_OK);
    assert_int_equal(IMhAttachments_get_Count(attachments, &count), S_OK);
    assert_int_equal(count, 1);
    assert_int_equal(IMhAttachments_get_Item(attachments, number(1), &attachment), S_OK);
    assert_int_equal(IMhAttachment_WriteToFile(attachment, path), S_OK);
    assert_non_null(file = _wfopen(V_BSTR(&path), L"rb"));
    fgets(bytes, sizeof bytes, file);
    fclose(file);
    assert_string_equal(bytes, "some bytes");
    IMhAttachment_Release(attachment);
    IMhAttachments_Release(attachments);
    VariantClear(&path);
}

/* Sets (value given) or checks a named property. */
static void named_property(IMhMessage *message, bool set)
{
    VARIANT name = text(L"Shade"), value = text(L"green");
    IMhFields *fields = NULL;
    IMhField *field = NULL;

    assert_int_equal(IMhMessage_get_Fields(message, &fields), S_OK);
    if (set)
        assert_int_equal(IMhFields_Add(fields, name, number(VT_BSTR), value, none(), &field), S_OK);
    else {
        VariantClear(&value);
        assert_int_equal(IMhFields_get_Item(fields, name, none(), &field), S_OK);
        assert_int_equal(IMhField_get_Value(field, &value), S_OK);
        assert_int_equal(V_VT(&value), VT_BSTR);
        assert_int_equal(wcscmp(V_BSTR(&value), L"green"), 0);
    }
    IMhField_Release(field);
    IMhFields_Release(fields);
    VariantClear(&name);
    VariantClear(&value);
}

static IMhMessage *reopened(IMhMessage *message)
{
    VARIANT id = {0};
    IMhMessage *found = NULL;

    V_VT(&id) = VT_BSTR;
    assert_int_equal(IMhMessage_get_ID(message, &V_BSTR(&id)), S_OK);
    assert_int_equal(IMhSession_GetMessage(session, id, none(), &found), S_OK);
    VariantClear(&id);
    IMhMessage_Release(message);
    return found;
}

static void a_message_keeps_its_parts_and_moves(void **state)
{
    IMhFolder *scratch = scratch_folder(), *to = inbox();
    IMhMessage *message = new_message(scratch, L"Filed by vtable");
    LONG before = count_of(to);
    IDispatch *moved = NULL;
    VARIANT id = {0};

    (void)state;
    add_recipient(message, L"other");
    attach_file(message);
    named_property(message, true);
    assert_int_equal(IMhMessage_Update(message, none(), none()), S_OK);
    message = reopened(message);
    check_attachment(message);
    named_property(message, false);
    V_VT(&id) = VT_BSTR;
    assert_int_equal(IMhFolder_get_ID(to, &V_BSTR(&id)), S_OK);
    assert_int_equal(IMhMessage_MoveTo(message, id, none(), &moved), S_OK);
    VariantClear(&id);
    assert_int_equal(count_of(scratch), 0);
    assert_int_equal(count_of(to), before + 1);
    IMhMessage_Release(message);
    message = as(moved, &IID_IMhMessage);
    check_attachment(message);
    assert_int_equal(IMhMessage_Delete(message, none()), S_OK);
    assert_int_equal(count_of(to), before);
    IMhMessage_Release(message);
    assert_int_equal(IMhFolder_Delete(scratch, none()), S_OK);
    IMhFolder_Release(scratch);
    IMhFolder_Release(to);
}

static IMhMessage *find_in_inbox_of(IMhSession *of, const WCHAR *where)
{
    VARIANT clause = text(where);
    IMhFolder *folder = NULL;
    IMhMessages *messages = NULL;
    IDispatch *found = NULL;

    assert_int_equal(IMhSession_get_Inbox(of, &folder), S_OK);
    assert_int_equal(IMhFolder_get_Messages(folder, &messages), S_OK);
    assert_int_equal(IMhMessages_Find(messages, clause, &found), S_OK);
    IMhMessages_Release(messages);
    IMhFolder_Release(folder);
    VariantClear(&clause);
    return found ? as(found, &IID_IMhMessage) : NULL;
}

static void a_message_is_sent_and_received(void **state)
{
    IMhFolder *outbox = NULL;
    IMhSession *other = NULL;
    IMhMessage *message;
    BSTR body = NULL;

    (void)state;
    assert_int_equal(IMhSession_get_Outbox(session, &outbox), S_OK);
    message = new_message(outbox, L"Sent by vtable");
    add_recipient(message, L"other");
    assert_int_equal(IMhMessage_Send(message, none(), none(), none()), S_OK);
    assert_int_equal(IMhSession_DeliverNow(session), S_OK);
    IMhMessage_Release(message);
    IMhFolder_Release(outbox);
    assert_int_equal(CoCreateInstance(&CLSID_Session, NULL, CLSCTX_LOCAL_SERVER, &IID_IMhSession, (void **)&other), S_OK);
    assert_int_equal(log_on(other, L"other"), S_OK);
    message = find_in_inbox_of(other, L"[Subject] = 'Sent by vtable'"); /* delivery within the server is over with Send */
    assert_non_null(message);
    assert_int_equal(IMhMessage_get_Text(message, &body), S_OK);
    assert_true(body && !wcsncmp(body, L"A text", 6));
    SysFreeString(body);
    assert_int_equal(IMhMessage_Delete(message, none()), S_OK);
    IMhMessage_Release(message);
    assert_int_equal(IMhSession_Logoff(other), S_OK);
    IMhSession_Release(other);
}

static void a_folder_that_is_not_there_is_not_found(void **state)
{
    VARIANT name = text(L"No such folder");
    IMhFolder *folder = inbox(), *found = (IMhFolder *)&name;
    IMhFolders *folders = NULL;

    (void)state;
    assert_int_equal(IMhFolder_get_Folders(folder, &folders), S_OK);
    assert_int_equal(IMhFolders_get_Item(folders, name, &found), NOT_FOUND);
    assert_null(found);
    IMhFolders_Release(folders);
    IMhFolder_Release(folder);
    VariantClear(&name);
}

static void objects_of_an_ended_session_answer_an_error(void **state)
{
    IMhSession *other = NULL;
    IMhFolder *folder = NULL;
    BSTR name = NULL;

    (void)state;
    assert_int_equal(CoCreateInstance(&CLSID_Session, NULL, CLSCTX_LOCAL_SERVER, &IID_IMhSession, (void **)&other), S_OK);
    assert_int_equal(log_on(other, L"other"), S_OK);
    assert_int_equal(IMhSession_get_Inbox(other, &folder), S_OK);
    assert_int_equal(IMhSession_Logoff(other), S_OK);
    assert_true(FAILED(IMhFolder_get_Name(folder, &name)));
    assert_null(name);
    IMhFolder_Release(folder);
    IMhSession_Release(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_session_is_logged_on),
        cmocka_unit_test(the_inbox_has_its_name_and_count),
        cmocka_unit_test(every_mail_is_enumerated),
        cmocka_unit_test(a_mail_has_its_properties),
        cmocka_unit_test(a_field_is_read_by_its_tag),
        cmocka_unit_test(a_message_is_composed_and_deleted),
        cmocka_unit_test(a_message_keeps_its_parts_and_moves),
        cmocka_unit_test(a_message_is_sent_and_received),
        cmocka_unit_test(a_folder_that_is_not_there_is_not_found),
        cmocka_unit_test(objects_of_an_ended_session_answer_an_error),
    };
    return cmocka_run_group_tests_name("vtable", tests, begin, end);
}
