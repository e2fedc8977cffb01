/*
 * test_members.c: walks the type library and calls every member of every object wrongly, out of process: on a closed
 * object, with too many arguments, with an argument of a wrong type. Each must answer a defined error with its texts, and the
 * server must live on. A coclass without a row in `objects` fails the test, so that no object is forgotten.
 *
 * What the members do when called rightly is for the other tests.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include "dispatch.h"
#include <cmocka.h>

/* How to get one of each: a path from a Session that is logged on. */
static const struct {
    const WCHAR *coclass, *path;
} objects[] = {
    {L"AddressEntries", L"AddressLists.Item(1).AddressEntries"},
    {L"AddressEntry", L"CurrentUser"},
    {L"AddressEntryFilter", L"AddressLists.Item(1).AddressEntries.Filter"},
    {L"AddressList", L"AddressLists.Item(1)"},
    {L"AddressLists", L"AddressLists"},
    {L"AppointmentItem", L"GetDefaultFolder(0).Messages.Add"},
    {L"Attachment", L"Inbox.Messages.Add.Attachments.Add"},
    {L"Attachments", L"Inbox.Messages.Add.Attachments"},
    {L"Diagnostics", L"Diagnostics"},
    {L"Field", L"Inbox.Fields.Item(1)"},
    {L"Fields", L"Inbox.Fields"},
    {L"Folder", L"Inbox"},
    {L"Folders", L"Inbox.Folders"},
    {L"InfoStore", L"GetInfoStore"},
    {L"InfoStores", L"InfoStores"},
    {L"Mailbox", L"OpenMailbox('demo')"},
    {L"Mailboxes", L"Mailboxes"},
    {L"MeetingItem", NULL}, /* comes with a meeting request that was received: test_calendar */
    {L"Message", L"Inbox.Messages.Add"},
    {L"MessageFilter", L"Inbox.Messages.Filter"},
    {L"Messages", L"Inbox.Messages"},
    {L"PropertyStream", NULL}, /* needs a large property: test_streams */
    {L"Recipient", L"Inbox.Messages.Add.Recipients.Add"},
    {L"Recipients", L"Inbox.Messages.Add.Recipients"},
    {L"RecurrencePattern", L"GetDefaultFolder(0).Messages.Add.GetRecurrencePattern"},
    {L"Session", L""},
    {L"Subscription", L"Subscribe"},
};

/* Members that work on a closed object as well. */
static const WCHAR *const work_closed[] = {L"Application", L"Class", L"Parent", L"Session", L"Close"};

struct walk {
    ITypeLib *library;
    unsigned calls, wrong;
};

static BOOL is_listed(const WCHAR *name, const WCHAR *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!_wcsicmp(name, list[i]))
            return TRUE;
    return FALSE;
}

static IDispatch *logged_on(void)
{
    IDispatch *session = NULL;

    assert_int_equal(disp_create(L"MapiHost.Session", &session), S_OK);
    assert_int_equal(disp_run(session, L"Logon", "ssbb", L"demo", L"", 0, 1), S_OK);
    return session;
}

static HRESULT invoke(IDispatch *object, const FUNCDESC *function, VARIANT *reversed, UINT count)
{
    DISPID put = DISPID_PROPERTYPUT;
    DISPPARAMS params = {reversed, NULL, count, 0};
    EXCEPINFO exception = {0};
    VARIANT result;
    HRESULT hr;

    if (function->invkind & (INVOKE_PROPERTYPUT | INVOKE_PROPERTYPUTREF)) {
        params.rgdispidNamedArgs = &put;
        params.cNamedArgs = count ? 1 : 0;
    }
    VariantInit(&result);
    hr = IDispatch_Invoke(object, function->memid, &IID_NULL, LOCALE_USER_DEFAULT, (WORD)function->invkind, &params, &result,
                          &exception, NULL);
    VariantClear(&result);
    disp_note_error(hr, &exception);
    return FAILED(hr) ? disp_error()->hr : hr;
}

/* A value of a type that no member takes: an array of an array of dates. */
static void make_wrong(VARIANT *value)
{
    SAFEARRAYBOUND bounds[3] = {{1, 0}, {1, 0}, {1, 0}};

    V_VT(value) = VT_ARRAY | VT_DATE;
    V_ARRAY(value) = SafeArrayCreate(VT_DATE, 3, bounds);
}

static void complain(struct walk *walk, const WCHAR *object, const WCHAR *member, const char *what, HRESULT hr)
{
    print_message("# %ls.%ls %s: 0x%08lX \"%ls\" \"%ls\"\n", object, member, what, (unsigned long)hr, disp_error()->source,
                  disp_error()->description);
    walk->wrong++;
}

typedef void (*member_test)(struct walk *walk, const WCHAR *coclass, IDispatch *object, const WCHAR *member,
                            const FUNCDESC *function);

/* On a closed object: every argument missing. */
static void call_closed(struct walk *walk, const WCHAR *coclass, IDispatch *object, const WCHAR *member,
                        const FUNCDESC *function)
{
    VARIANT missing[16];
    UINT count = function->cParams < 16 ? function->cParams : 16;
    HRESULT hr;

    if (is_listed(member, work_closed, ARRAYSIZE(work_closed)))
        return;
    for (UINT i = 0; i < count; i++) {
        VariantInit(&missing[i]);
        if (function->lprgelemdescParam[i].paramdesc.wParamFlags & PARAMFLAG_FOPT) {
            V_VT(&missing[i]) = VT_ERROR;
            V_ERROR(&missing[i]) = DISP_E_PARAMNOTFOUND;
        } else if (function->lprgelemdescParam[i].tdesc.vt == VT_BSTR) {
            V_VT(&missing[i]) = VT_BSTR;
        } else {
            V_VT(&missing[i]) = VT_I4;
            V_I4(&missing[i]) = 1;
        }
    }
    hr = invoke(object, function, missing, count);
    walk->calls++;
    if (SUCCEEDED(hr) || !disp_error_is_defined(hr))
        complain(walk, coclass, member, "on a closed object", hr);
}

/* Too many arguments, then every argument in turn of a wrong type. */
static void call_wrongly(struct walk *walk, const WCHAR *coclass, IDispatch *object, const WCHAR *member,
                         const FUNCDESC *function)
{
    VARIANT args[20];
    UINT count = function->cParams < 16 ? function->cParams : 16;
    HRESULT hr;

    for (UINT i = 0; i < ARRAYSIZE(args); i++) {
        VariantInit(&args[i]);
        V_VT(&args[i]) = VT_ERROR;
        V_ERROR(&args[i]) = DISP_E_PARAMNOTFOUND;
    }
    hr = invoke(object, function, args, count + 3);
    walk->calls++;
    if (SUCCEEDED(hr) || !disp_error_is_defined(hr))
        complain(walk, coclass, member, "with too many arguments", hr);
    for (UINT wrong = 0; wrong < count; wrong++) {
        make_wrong(&args[wrong]);
        hr = invoke(object, function, args, count);
        walk->calls++;
        if (SUCCEEDED(hr) || !disp_error_is_defined(hr))
            complain(walk, coclass, member, "with an argument of a wrong type", hr);
        VariantClear(&args[wrong]);
        V_VT(&args[wrong]) = VT_ERROR;
        V_ERROR(&args[wrong]) = DISP_E_PARAMNOTFOUND;
    }
}

/* The default dispinterface of a coclass. */
static ITypeInfo *default_interface(ITypeInfo *coclass, const TYPEATTR *attributes)
{
    for (UINT i = 0; i < attributes->cImplTypes; i++) {
        ITypeInfo *found = NULL;
        HREFTYPE reference;
        INT flags = 0;

        if (SUCCEEDED(ITypeInfo_GetImplTypeFlags(coclass, i, &flags)) && flags == IMPLTYPEFLAG_FDEFAULT &&
            SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(coclass, i, &reference)) &&
            SUCCEEDED(ITypeInfo_GetRefTypeInfo(coclass, reference, &found)))
            return found;
    }
    return NULL;
}

static void each_member(struct walk *walk, ITypeInfo *info, const WCHAR *coclass, IDispatch *object, member_test test)
{
    TYPEATTR *attributes;

    assert_int_equal(ITypeInfo_GetTypeAttr(info, &attributes), S_OK);
    for (UINT i = 0; i < attributes->cFuncs; i++) {
        FUNCDESC *function;
        BSTR name = NULL;

        assert_int_equal(ITypeInfo_GetFuncDesc(info, i, &function), S_OK);
        ITypeInfo_GetDocumentation(info, function->memid, &name, NULL, NULL, NULL);
        /* IUnknown's and IDispatch's own members have these ids */
        if (!(function->memid >= 0x60000000 && function->memid < 0x60020000))
            test(walk, coclass, object, name, function);
        SysFreeString(name);
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
    ITypeInfo_ReleaseTypeAttr(info, attributes);
}

/* Calls test for every member of every coclass, on an object of a session that `prepare` has put in the state to test. */
static void each_coclass(struct walk *walk, member_test test, void (*prepare)(IDispatch *session))
{
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(walk->library); i++) {
        ITypeInfo *coclass, *info;
        TYPEATTR *attributes;
        BSTR name = NULL;
        size_t row = 0;

        assert_int_equal(ITypeLib_GetTypeInfo(walk->library, i, &coclass), S_OK);
        assert_int_equal(ITypeInfo_GetTypeAttr(coclass, &attributes), S_OK);
        ITypeInfo_GetDocumentation(coclass, MEMBERID_NIL, &name, NULL, NULL, NULL);
        if (attributes->typekind == TKIND_COCLASS) {
            while (row < ARRAYSIZE(objects) && wcscmp(objects[row].coclass, name))
                row++;
            if (row == ARRAYSIZE(objects))
                complain(walk, name, L"*", "has no row in test_members.c", 0);
            else if (objects[row].path && !(prepare && !*objects[row].path)) { /* a session outlives its Logoff */
                IDispatch *session = logged_on();
                IDispatch *object = disp_path(session, objects[row].path);

                info = default_interface(coclass, attributes);
                assert_non_null(info);
                if (!object)
                    complain(walk, name, objects[row].path, "cannot be had", disp_error()->hr);
                if (object && prepare)
                    prepare(session);
                if (object) {
                    each_member(walk, info, name, object, test);
                    IDispatch_Release(object);
                }
                ITypeInfo_Release(info);
                disp_run(session, L"Logoff", "");
                IDispatch_Release(session);
            }
        }
        SysFreeString(name);
        ITypeInfo_ReleaseTypeAttr(coclass, attributes);
        ITypeInfo_Release(coclass);
    }
}

static void log_off(IDispatch *session)
{
    assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
}

/* The library as it is registered. */
static ITypeLib *open_library(void)
{
    static const GUID id = {0x416e5801, 0xa113, 0x4d8c, {0x8c, 0xc8, 0x3b, 0xdb, 0x40, 0x64, 0xf2, 0x97}};
    ITypeLib *library = NULL;

    assert_int_equal(LoadRegTypeLib(&id, 1, 0, LOCALE_NEUTRAL, &library), S_OK);
    return library;
}

static void every_member_of_a_closed_object_answers_a_defined_error(void **state)
{
    struct walk walk = {open_library(), 0, 0};

    (void)state;
    each_coclass(&walk, call_closed, log_off);
    ITypeLib_Release(walk.library);
    assert_true(walk.calls > 100);
    assert_int_equal(walk.wrong, 0);
}

static void every_member_answers_a_defined_error_to_wrong_arguments(void **state)
{
    struct walk walk = {open_library(), 0, 0};

    (void)state;
    each_coclass(&walk, call_wrongly, NULL);
    ITypeLib_Release(walk.library);
    assert_true(walk.calls > 100);
    assert_int_equal(walk.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_a_closed_object_answers_a_defined_error),
        cmocka_unit_test(every_member_answers_a_defined_error_to_wrong_arguments),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    CoUninitialize();
    return failed;
}
