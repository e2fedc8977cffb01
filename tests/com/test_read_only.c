/*
 * test_read_only.c: with the setting ReadOnly every member that writes answers MAPI_E_NO_ACCESS, and nothing changes. Walks
 * the type library: a property that can be set, or a method that is not listed here as reading, must be refused.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include "wrap.h"
#include <cmocka.h>

#define NO_ACCESS ((HRESULT)0x80070005L) /* MAPI_E_NO_ACCESS */

enum base { OF_SESSION, OF_MESSAGE, OF_APPOINTMENT };

static const struct {
    const WCHAR *coclass;
    enum base base;
    const WCHAR *path;
} objects[] = {
    {L"AddressEntries", OF_SESSION, L"AddressLists.Item(1).AddressEntries"},
    {L"AddressEntry", OF_SESSION, L"CurrentUser"},
    {L"AppointmentItem", OF_APPOINTMENT, L""},
    {L"Attachment", OF_MESSAGE, L"Attachments.Item(1)"},
    {L"Attachments", OF_MESSAGE, L"Attachments"},
    {L"Field", OF_MESSAGE, L"Fields.Item(1)"},
    {L"Fields", OF_MESSAGE, L"Fields"},
    {L"Folder", OF_SESSION, L"Outbox"},
    {L"Folders", OF_SESSION, L"Inbox.Folders"},
    {L"InfoStore", OF_SESSION, L"GetInfoStore"},
    {L"Mailbox", OF_SESSION, L"OpenMailbox('other')"},
    {L"Message", OF_MESSAGE, L""},
    {L"Messages", OF_SESSION, L"Outbox.Messages"},
    {L"Recipient", OF_MESSAGE, L"Recipients.Item(1)"},
    {L"Recipients", OF_MESSAGE, L"Recipients"},
    {L"RecurrencePattern", OF_APPOINTMENT, L"GetRecurrencePattern"},
    {L"Session", OF_SESSION, L""},
};

/* Methods that only read, that concern the session alone, or that write files of the client's. */
static const WCHAR *const reading[] = {
    L"AddressBook", L"Close", L"CloseAll", L"CompareIDs", L"CreateConversationIndex", L"Details", L"Find", L"GetAddressEntry",
    L"GetAddressList", L"GetArticle", L"GetDefaultFolder", L"GetFirst", L"GetFirstUnresolved", L"GetFolder",
    L"GetFolderFromPath", L"GetFreeBusy", L"GetInfoStore", L"GetLast", L"GetMessage", L"GetNext", L"GetNextUnresolved",
    L"GetOption", L"GetPrevious", L"GetProps", L"GetReceiveFolder", L"GetRecurrencePattern", L"GetRows", L"IsSameAs", L"Logoff",
    L"Logon", L"LogonExchangeMailbox", L"Open", L"OpenMailbox", L"OpenStream", L"Options", L"Restrict", L"SaveAs",
    L"SetLocaleIDs", L"SetNamespace", L"SetOption", L"Sort", L"Subscribe", L"WriteToFile", L"Item",
};

static BOOL is_reading(const WCHAR *name)
{
    for (size_t i = 0; i < ARRAYSIZE(reading); i++)
        if (!_wcsicmp(name, reading[i]))
            return TRUE;
    return FALSE;
}

/* Something of the type that the member wants. */
static void make_argument(VARIANT *value, const ELEMDESC *wanted)
{
    VariantInit(value);
    if (wanted->paramdesc.wParamFlags & PARAMFLAG_FOPT) {
        V_VT(value) = VT_ERROR;
        V_ERROR(value) = DISP_E_PARAMNOTFOUND;
        return;
    }
    switch (wanted->tdesc.vt) {
    case VT_BSTR:
        V_VT(value) = VT_BSTR;
        V_BSTR(value) = SysAllocString(L"changed");
        break;
    case VT_DATE:
        V_VT(value) = VT_DATE;
        V_DATE(value) = 46000;
        break;
    case VT_BOOL:
        V_VT(value) = VT_BOOL;
        V_BOOL(value) = VARIANT_TRUE;
        break;
    case VT_PTR:
        V_VT(value) = VT_DISPATCH;
        V_DISPATCH(value) = NULL;
        break;
    default:
        V_VT(value) = VT_I4;
        V_I4(value) = 1;
    }
}

static HRESULT invoke(IDispatch *object, const FUNCDESC *function)
{
    DISPID put = DISPID_PROPERTYPUT;
    VARIANT arguments[16], result;
    UINT count = function->cParams < 16 ? (UINT)function->cParams : 16;
    DISPPARAMS params = {arguments, NULL, count, 0};
    EXCEPINFO exception = {0};
    HRESULT hr;

    for (UINT i = 0; i < count; i++)
        make_argument(&arguments[count - 1 - i], &function->lprgelemdescParam[i]);
    if (function->invkind & (INVOKE_PROPERTYPUT | INVOKE_PROPERTYPUTREF)) {
        params.rgdispidNamedArgs = &put;
        params.cNamedArgs = 1;
    }
    VariantInit(&result);
    hr = IDispatch_Invoke(object, function->memid, &IID_NULL, LOCALE_USER_DEFAULT, (WORD)function->invkind, &params, &result,
                          &exception, NULL);
    VariantClear(&result);
    for (UINT i = 0; i < count; i++)
        VariantClear(&arguments[i]);
    disp_note_error(hr, &exception);
    return FAILED(hr) ? disp_error()->hr : hr;
}

/* Calls every member that may write; answers how many did not refuse. */
static int walk(IDispatch *object, const WCHAR *coclass, int *called)
{
    ITypeInfo *info = NULL;
    TYPEATTR *attr;
    int wrong = 0;

    assert_int_equal(IDispatch_GetTypeInfo(object, 0, LOCALE_USER_DEFAULT, &info), S_OK);
    assert_int_equal(ITypeInfo_GetTypeAttr(info, &attr), S_OK);
    for (UINT i = 0; i < attr->cFuncs; i++) {
        FUNCDESC *function;
        BSTR name = NULL;
        UINT names = 0;

        assert_int_equal(ITypeInfo_GetFuncDesc(info, i, &function), S_OK);
        ITypeInfo_GetNames(info, function->memid, &name, 1, &names);
        if (!(function->wFuncFlags & FUNCFLAG_FRESTRICTED) && names && !(function->invkind & INVOKE_PROPERTYGET) &&
            (function->invkind != INVOKE_FUNC || !is_reading(name))) {
            HRESULT hr = invoke(object, function);

            (*called)++;
            if (hr != NO_ACCESS || !wcsstr(disp_error()->description, L"read-only")) {
                print_message("# %ls.%ls (kind %d): 0x%08lX %ls\n", coclass, name, function->invkind, (unsigned long)hr,
                              disp_error()->description);
                wrong++;
            }
        }
        SysFreeString(name);
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
    ITypeInfo_ReleaseTypeAttr(info, attr);
    ITypeInfo_Release(info);
    return wrong;
}

/* What must stay as it is. */
struct seen {
    LONG messages, folders, fields, recipients, attachments;
    WCHAR subject[80];
};

static struct seen look(IDispatch *session, IDispatch *message)
{
    static const WCHAR *const paths[] = {L"Outbox.Messages", L"Inbox.Folders", L"Fields", L"Recipients", L"Attachments"};
    struct seen seen = {0};
    LONG *counts[] = {&seen.messages, &seen.folders, &seen.fields, &seen.recipients, &seen.attachments};

    for (size_t i = 0; i < ARRAYSIZE(paths); i++) {
        IDispatch *object = disp_path(i < 2 ? session : message, paths[i]);

        assert_non_null(object);
        *counts[i] = disp_long(object, L"Count", -1);
        IDispatch_Release(object);
    }
    disp_text(message, L"Subject", seen.subject, ARRAYSIZE(seen.subject));
    return seen;
}

/* In normal mode: a message with a recipient and an attachment, and an appointment. */
static void make_objects(IDispatch *session, WCHAR *message_id, WCHAR *appointment_id, size_t count)
{
    IDispatch *message = disp_path(session, L"Outbox.Messages.Add"), *part;
    IDispatch *appointment = disp_path(session, L"GetDefaultFolder(0).Messages.Add");

    assert_true(message && appointment);
    assert_int_equal(disp_put(message, L"Subject", "s", L"as it was"), S_OK);
    assert_non_null(part = disp_path(message, L"Recipients.Add"));
    assert_int_equal(disp_put(part, L"Name", "s", L"demo@example.test"), S_OK);
    IDispatch_Release(part);
    assert_non_null(part = disp_path(message, L"Attachments.Add"));
    assert_int_equal(disp_put(part, L"Name", "s", L"file.txt"), S_OK);
    IDispatch_Release(part);
    assert_int_equal(disp_run(message, L"Update", ""), S_OK);
    disp_text(message, L"ID", message_id, count);
    assert_int_equal(disp_put(appointment, L"Subject", "s", L"meet"), S_OK);
    assert_non_null(part = disp_object(appointment, L"GetRecurrencePattern", ""));
    IDispatch_Release(part);
    assert_int_equal(disp_run(appointment, L"Update", ""), S_OK);
    disp_text(appointment, L"ID", appointment_id, count);
    IDispatch_Release(appointment);
    IDispatch_Release(message);
}

static void every_member_that_writes_is_refused_and_nothing_changes(void **state)
{
    IDispatch *session = session_on(L"other"), *bases[3], *object, *filter;
    WCHAR message_id[512], appointment_id[512];
    struct seen before, after;
    int wrong = 0, called = 0;
    HANDLE server;

    (void)state;
    assert_non_null(session);
    server = server_process(session);
    make_objects(session, message_id, appointment_id, ARRAYSIZE(message_id));
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
    assert_true(server_end(server));

    setting_set(L"ReadOnly", 1);
    assert_non_null(session = session_on(L"other"));
    server = server_process(session);
    bases[OF_SESSION] = session;
    bases[OF_MESSAGE] = disp_object(session, L"GetMessage", "s", message_id);
    bases[OF_APPOINTMENT] = disp_object(session, L"GetMessage", "s", appointment_id);
    assert_true(bases[OF_MESSAGE] && bases[OF_APPOINTMENT]);
    before = look(session, bases[OF_MESSAGE]);
    for (size_t i = 0; i < ARRAYSIZE(objects); i++) {
        object = bases[objects[i].base];
        if (objects[i].path[0])
            object = disp_path(object, objects[i].path);
        else
            IDispatch_AddRef(object);
        if (!object)
            fail_msg("%ls cannot be had: %ls", objects[i].coclass, disp_error()->description);
        wrong += walk(object, objects[i].coclass, &called);
        IDispatch_Release(object);
    }
    assert_int_equal(wrong, 0);
    assert_true(called > 100);
    after = look(session, bases[OF_MESSAGE]);
    assert_memory_equal(&before, &after, sizeof before);

    /* What a client needs for reading works: a filter's criteria, with fields. */
    assert_non_null(object = disp_path(session, L"Outbox.Messages"));
    assert_non_null(filter = disp_path(object, L"Filter"));
    assert_int_equal(disp_put(filter, L"Subject", "s", L"as it was"), S_OK);
    assert_true(disp_long(object, L"Count", -1) >= 1);
    IDispatch_Release(filter);
    IDispatch_Release(object);
    IDispatch_Release(bases[OF_APPOINTMENT]);
    IDispatch_Release(bases[OF_MESSAGE]);
    IDispatch_Release(session);
    assert_true(server_end(server));
}

static int clear(void **state)
{
    (void)state;
    settings_clear();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_that_writes_is_refused_and_nothing_changes),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, NULL, clear);
    CoUninitialize();
    return failed;
}
