/*
 * walk_library.c: see walk_library.h.
 *
 * Layer: tests. Limits: members with more than WALK_PARAMS parameters are called with that many.
 */
#include "walk_library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <cmocka.h>

static IDispatch *path(IDispatch *session, const WCHAR *path)
{
    return disp_path(session, path);
}

/* A message of that class, which decides what object it is. */
static IDispatch *of_class(IDispatch *session, const WCHAR *message_class)
{
    IDispatch *messages = disp_path(session, L"Inbox.Messages"), *message;

    message = messages ? disp_object(messages, L"Add", "sss", L"walked", L"a body", message_class) : NULL;
    if (messages)
        IDispatch_Release(messages);
    return message;
}

/* The stream of a body; the message lives on as its parent. */
static IDispatch *body_stream(IDispatch *session, const WCHAR *message_class)
{
    IDispatch *message = of_class(session, message_class), *stream = NULL;

    if (message && SUCCEEDED(disp_run(message, L"Update", "")))
        stream = disp_object(message, L"OpenStream", "ib", 0x1000001F, 1);
    if (message)
        IDispatch_Release(message);
    return stream;
}

/* A folder of its own, which can be deleted. */
static IDispatch *folder(IDispatch *session, const WCHAR *name)
{
    IDispatch *folders = disp_path(session, L"Inbox.Folders"), *made;

    made = folders ? disp_object(folders, L"Add", "sb", name, 1) : NULL;
    if (folders)
        IDispatch_Release(folders);
    return made;
}

/* A named property of a new message, which can be deleted. */
static IDispatch *field(IDispatch *session, const WCHAR *name)
{
    IDispatch *message = of_class(session, L"IPM.Note"), *fields, *made;

    fields = message ? disp_object(message, L"Fields", "") : NULL;
    made = fields ? disp_object(fields, L"Add", "sis", name, 8, L"a value") : NULL;
    if (fields)
        IDispatch_Release(fields);
    if (message)
        IDispatch_Release(message);
    return made;
}

/* An attachment with a name. */
static IDispatch *attachment(IDispatch *session, const WCHAR *message_class)
{
    IDispatch *message = of_class(session, message_class), *attachments, *made;

    attachments = message ? disp_object(message, L"Attachments", "") : NULL;
    made = attachments ? disp_object(attachments, L"Add", "s", L"walked.txt") : NULL;
    if (attachments)
        IDispatch_Release(attachments);
    if (message)
        IDispatch_Release(message);
    return made;
}

/* How to get one of each, from a Session that is logged on. */
static const struct {
    const WCHAR *coclass;
    IDispatch *(*get)(IDispatch *session, const WCHAR *argument);
    const WCHAR *argument;
} objects[] = {
    {L"AddressEntries", path, L"AddressLists.Item(1).AddressEntries"},
    {L"AddressEntry", path, L"CurrentUser"},
    {L"AddressEntryFilter", path, L"AddressLists.Item(1).AddressEntries.Filter"},
    {L"AddressList", path, L"AddressLists.Item(1)"},
    {L"AddressLists", path, L"AddressLists"},
    {L"AppointmentItem", path, L"GetDefaultFolder(0).Messages.Add('walked')"},
    {L"Attachment", attachment, L"IPM.Note"},
    {L"Attachments", path, L"Inbox.Messages.Add.Attachments"},
    {L"Diagnostics", path, L"Diagnostics"},
    {L"Field", field, L"walked"},
    {L"Fields", path, L"Inbox.Fields"},
    {L"Folder", folder, L"walked"},
    {L"Folders", path, L"Inbox.Folders"},
    {L"InfoStore", path, L"GetInfoStore"},
    {L"InfoStores", path, L"InfoStores"},
    {L"Mailbox", path, L"OpenMailbox('demo')"},
    {L"Mailboxes", path, L"Mailboxes"},
    {L"MeetingItem", of_class, L"IPM.Schedule.Meeting.Request"},
    {L"Message", of_class, L"IPM.Note"},
    {L"MessageFilter", path, L"Inbox.Messages.Filter"},
    {L"Messages", path, L"Inbox.Messages"},
    {L"PropertyStream", body_stream, L"IPM.Note"},
    {L"Recipient", path, L"Inbox.Messages.Add.Recipients.Add"},
    {L"Recipients", path, L"Inbox.Messages.Add.Recipients"},
    {L"RecurrencePattern", path, L"GetDefaultFolder(0).Messages.Add.GetRecurrencePattern"},
    {L"Session", path, L""},
    {L"Subscription", path, L"Subscribe"},
};

IDispatch *walk_session(void)
{
    IDispatch *session = NULL;

    assert_int_equal(disp_create(L"MapiHost.Session", &session), S_OK);
    assert_int_equal(disp_run(session, L"Logon", "ssbb", L"demo", L"", 0, 1), S_OK);
    return session;
}

HRESULT walk_invoke(IDispatch *object, const FUNCDESC *function, VARIANT *reversed, UINT count)
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

void walk_missing(VARIANT *value)
{
    VariantInit(value);
    V_VT(value) = VT_ERROR;
    V_ERROR(value) = DISP_E_PARAMNOTFOUND;
}

void walk_complain(struct walk *walk, const struct walk_member *member, const char *what, HRESULT hr)
{
    print_message("# %ls.%ls %s: 0x%08lX \"%ls\" \"%ls\"\n", member->coclass, member->name, what, (unsigned long)hr,
                  disp_error()->source, disp_error()->description);
    walk->wrong++;
    if (HRESULT_FACILITY(hr) == FACILITY_WIN32 && HRESULT_CODE(hr) >= 1700 && HRESULT_CODE(hr) < 1900)
        fail_msg("%ls.%ls %s: the server is gone", member->coclass, member->name, what);
}

/* ---- the walk ----------------------------------------------------------------------------------------------------- */

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

/* A session with an object of the row in the state to test; false when it cannot be had. */
static bool begin_object(struct walk *walk, size_t row, bool (*prepare)(IDispatch *session, IDispatch *object),
                         IDispatch **session, IDispatch **object)
{
    struct walk_member whole = {.coclass = objects[row].coclass, .name = L"*"};

    if (!*session)
        *session = walk_session();
    *object = objects[row].get(*session, objects[row].argument);
    if (!*object)
        walk_complain(walk, &whole, "cannot be had", disp_error()->hr);
    else if (prepare && !prepare(*session, *object)) {
        IDispatch_Release(*object); /* the state does not exist for this class */
        *object = NULL;
    }
    return *object;
}

static void end_session(IDispatch **session)
{
    if (!*session)
        return;
    disp_run(*session, L"Logoff", "");
    IDispatch_Release(*session);
    *session = NULL;
}

static void call_test(struct walk *walk, walk_test test, IDispatch *session, IDispatch *object, ITypeInfo *info,
                      const FUNCDESC *function, const WCHAR *coclass)
{
    struct walk_member member = {.coclass = coclass, .function = function};
    BSTR names[WALK_PARAMS + 1] = {NULL};
    UINT count = 0;

    ITypeInfo_GetNames(info, function->memid, names, ARRAYSIZE(names), &count);
    member.name = count ? names[0] : L"?";
    member.count = function->cParams < WALK_PARAMS ? (UINT)function->cParams : WALK_PARAMS;
    for (UINT i = 0; i < member.count; i++) {
        bool optional = function->lprgelemdescParam[i].paramdesc.wParamFlags & PARAMFLAG_FOPT;

        member.params[i] = i + 1 < count ? names[i + 1] : L"value";
        if (!optional)
            member.required = i + 1;
    }
    test(walk, session, object, &member);
    for (UINT i = 0; i < count; i++)
        SysFreeString(names[i]);
}

static void each_member(struct walk *walk, size_t row, ITypeInfo *info, walk_test test,
                        bool (*prepare)(IDispatch *session, IDispatch *object), bool fresh)
{
    IDispatch *session = NULL, *object = NULL;
    TYPEATTR *attributes;

    assert_int_equal(ITypeInfo_GetTypeAttr(info, &attributes), S_OK);
    if (begin_object(walk, row, prepare, &session, &object))
        for (UINT i = 0; i < attributes->cFuncs && object; i++) {
            FUNCDESC *function;

            assert_int_equal(ITypeInfo_GetFuncDesc(info, i, &function), S_OK);
            /* IUnknown's and IDispatch's own members have these ids */
            if (!(function->memid >= 0x60000000 && function->memid < 0x60020000)) {
                call_test(walk, test, session, object, info, function, objects[row].coclass);
                if (fresh) {
                    IDispatch_Release(object);
                    begin_object(walk, row, prepare, &session, &object);
                }
            }
            ITypeInfo_ReleaseFuncDesc(info, function);
        }
    if (object)
        IDispatch_Release(object);
    end_session(&session);
    ITypeInfo_ReleaseTypeAttr(info, attributes);
}

void walk_library(struct walk *walk, walk_test test, bool (*prepare)(IDispatch *session, IDispatch *object), bool fresh)
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
                fail_msg("%ls has no row in walk_library.c", name);
            info = default_interface(coclass, attributes);
            assert_non_null(info);
            each_member(walk, row, info, test, prepare, fresh);
            ITypeInfo_Release(info);
        }
        SysFreeString(name);
        ITypeInfo_ReleaseTypeAttr(coclass, attributes);
        ITypeInfo_Release(coclass);
    }
}

void walk_begin(struct walk *walk, void *context)
{
    static const GUID id = {0x416e5801, 0xa113, 0x4d8c, {0x8c, 0xc8, 0x3b, 0xdb, 0x40, 0x64, 0xf2, 0x97}};

    memset(walk, 0, sizeof *walk);
    walk->context = context;
    assert_int_equal(LoadRegTypeLib(&id, 1, 0, LOCALE_NEUTRAL, &walk->library), S_OK);
}

/* Messages that had to be saved for an object that the walk needs. */
static void delete_messages(IDispatch *session)
{
    IDispatch *messages = disp_path(session, L"Inbox.Messages"), *filter, *message;

    assert_non_null(messages);
    filter = disp_object(messages, L"Filter", "");
    assert_int_equal(disp_put(filter, L"Subject", "s", L"walked"), S_OK);
    while ((message = disp_object(messages, L"GetFirst", ""))) {
        HRESULT hr = disp_run(message, L"Delete", "");

        IDispatch_Release(message);
        if (FAILED(hr))
            break;
    }
    IDispatch_Release(filter);
    IDispatch_Release(messages);
}

void walk_end(struct walk *walk)
{
    IDispatch *session = walk_session(), *made = folder(session, L"walked");

    delete_messages(session);
    if (made) { /* what the walk has left */
        disp_run(made, L"Delete", "");
        IDispatch_Release(made);
    }
    end_session(&session);
    ITypeLib_Release(walk->library);
}
