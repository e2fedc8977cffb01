/*
 * test_cdo.c: what programs compiled or written against CDO 1.21's type library find in ours: members by number, argument names and
 * their order, its numbers of default members, its constants under all their names, and sources of events.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include "dispatch.h"
#include <ocidl.h>
#include <cmocka.h>

static const struct {
    const WCHAR *class, *member;
    DISPID id;
    const WCHAR *arguments;
} members[] = {
#define CDO_MEMBER(class, member, id, arguments) {L## #class, L## #member, id, arguments},
#include "cdo_members.def"
#undef CDO_MEMBER
};

static ITypeLib *open_library(void)
{
    static const GUID id = {0x416e5801, 0xa113, 0x4d8c, {0x8c, 0xc8, 0x3b, 0xdb, 0x40, 0x64, 0xf2, 0x97}};
    ITypeLib *library = NULL;

    assert_int_equal(LoadRegTypeLib(&id, 1, 0, LOCALE_NEUTRAL, &library), S_OK);
    return library;
}

/* A type of the library by name and kind; NULL when there is none. */
static ITypeInfo *find_type(ITypeLib *library, const WCHAR *name, TYPEKIND kind)
{
    ITypeInfo *found = NULL;

    for (UINT i = 0; !found && i < ITypeLib_GetTypeInfoCount(library); i++) {
        TYPEKIND is;
        BSTR has = NULL;

        if (SUCCEEDED(ITypeLib_GetTypeInfoType(library, i, &is)) && is == kind &&
            SUCCEEDED(ITypeLib_GetDocumentation(library, (INT)i, &has, NULL, NULL, NULL)) && !_wcsicmp(has, name))
            ITypeLib_GetTypeInfo(library, i, &found);
        SysFreeString(has);
    }
    return found;
}

/* Splits "A B C" behind the member's name. */
static UINT split(const WCHAR *member, const WCHAR *arguments, WCHAR *buffer, size_t room, OLECHAR **names)
{
    UINT count = 1;

    names[0] = (OLECHAR *)member;
    _snwprintf(buffer, room, L"%ls", arguments);
    for (WCHAR *at = buffer; at && *at; at = wcschr(at, L' ')) {
        if (*at == L' ')
            *at++ = 0;
        names[count++] = at;
    }
    return count;
}

static void members_have_the_numbers_and_arguments_of_cdo(void **state)
{
    ITypeLib *library = open_library();
    unsigned wrong = 0;

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(members); i++) {
        WCHAR type_name[64], buffer[200];
        OLECHAR *names[16];
        MEMBERID ids[16] = {0};
        UINT count = split(members[i].member, members[i].arguments, buffer, ARRAYSIZE(buffer), names);
        ITypeInfo *info;
        BOOL right;

        _snwprintf(type_name, ARRAYSIZE(type_name), L"IMh%ls", members[i].class);
        info = find_type(library, type_name, TKIND_DISPATCH);
        assert_non_null(info);
        right = SUCCEEDED(ITypeInfo_GetIDsOfNames(info, names, count, ids)) && ids[0] == members[i].id;
        for (UINT k = 1; k < count; k++)
            right = right && ids[k] == (MEMBERID)k - 1;
        if (!right) {
            print_message("# %ls.%ls(%ls): number %ld\n", members[i].class, members[i].member, members[i].arguments, (long)ids[0]);
            wrong++;
        }
        ITypeInfo_Release(info);
    }
    ITypeLib_Release(library);
    assert_int_equal(wrong, 0);
}

static LONG constant(ITypeLib *library, const WCHAR *type, const WCHAR *name)
{
    ITypeInfo *info = find_type(library, type, TKIND_ENUM);
    TYPEATTR *attributes;
    LONG value = -12345;

    if (!info || FAILED(ITypeInfo_GetTypeAttr(info, &attributes)))
        return value;
    for (UINT i = 0; i < attributes->cVars; i++) {
        VARDESC *variable;
        BSTR has = NULL;

        if (FAILED(ITypeInfo_GetVarDesc(info, i, &variable)))
            continue;
        ITypeInfo_GetDocumentation(info, variable->memid, &has, NULL, NULL, NULL);
        if (has && !_wcsicmp(has, name))
            value = V_I4(variable->lpvarValue);
        SysFreeString(has);
        ITypeInfo_ReleaseVarDesc(info, variable);
    }
    ITypeInfo_ReleaseTypeAttr(info, attributes);
    ITypeInfo_Release(info);
    return value;
}

static void constants_have_all_their_names(void **state)
{
    static const struct {
        const WCHAR *type, *name;
        LONG value;
    } constants[] = {
        {L"CdoRecipientType", L"CdoTo", 1},
        {L"ActMsgRecipientType", L"ActMsgTo", 1},
        {L"mapiRecipientType", L"mapiTo", 1},
        {L"ActMsgAttachmentType", L"ActMsgOle", 3},
        {L"mapiObjectClass", L"mapiHiddenMessages", 26},
        {L"ActMsgObjectClass", L"ActMsgHiddenMessages", 32},
        {L"ActMsgPropTags", L"ActMsgPR_SUBJECT", 0x0037001E},
        {L"ActMsgPropIds", L"AmPidLocation", 0x7E00},
        {L"ActMsgErrorType", L"ActMsgE_NOT_FOUND", (LONG)0x8004010F},
        {L"mapiFieldType", L"vbBlob", 65},
    };
    ITypeLib *library = open_library();

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(constants); i++)
        assert_int_equal(constant(library, constants[i].type, constants[i].name), constants[i].value);
    ITypeLib_Release(library);
}

static IDispatch *logged_on(void)
{
    OLECHAR *names[] = {(OLECHAR *)L"Logon", (OLECHAR *)L"NewSession", (OLECHAR *)L"ShowDialog", (OLECHAR *)L"ProfileName"};
    DISPID ids[4] = {0};
    VARIANT args[3];
    DISPPARAMS params = {args, ids + 1, 3, 3};
    IDispatch *session = NULL;

    assert_int_equal(disp_create(L"MapiHost.Session", &session), S_OK);
    assert_int_equal(IDispatch_GetIDsOfNames(session, &IID_NULL, names, 4, LOCALE_USER_DEFAULT, ids), S_OK);
    V_VT(&args[0]) = VT_BOOL, V_BOOL(&args[0]) = VARIANT_TRUE;
    V_VT(&args[1]) = VT_BOOL, V_BOOL(&args[1]) = VARIANT_FALSE;
    V_VT(&args[2]) = VT_BSTR, V_BSTR(&args[2]) = SysAllocString(L"demo");
    assert_int_equal(
        IDispatch_Invoke(session, ids[0], &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &params, NULL, NULL, NULL), S_OK);
    VariantClear(&args[2]);
    return session;
}

static void arguments_by_name_reach_their_places(void **state)
{
    OLECHAR *names[] = {(OLECHAR *)L"Add", (OLECHAR *)L"Importance", (OLECHAR *)L"Subject"};
    DISPID ids[3] = {0};
    VARIANT args[2], made;
    DISPPARAMS params = {args, ids + 1, 2, 2};
    IDispatch *session = logged_on(), *messages = disp_path(session, L"Inbox.Messages");
    WCHAR text[64];

    (void)state;
    assert_non_null(messages);
    assert_int_equal(IDispatch_GetIDsOfNames(messages, &IID_NULL, names, 3, LOCALE_USER_DEFAULT, ids), S_OK);
    VariantInit(&made);
    V_VT(&args[0]) = VT_I4, V_I4(&args[0]) = 2;
    V_VT(&args[1]) = VT_BSTR, V_BSTR(&args[1]) = SysAllocString(L"by name");
    assert_int_equal(
        IDispatch_Invoke(messages, ids[0], &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_METHOD, &params, &made, NULL, NULL), S_OK);
    assert_int_equal(V_VT(&made), VT_DISPATCH);
    assert_int_equal(disp_long(V_DISPATCH(&made), L"Importance", -1), 2);
    assert_true(!wcscmp(disp_text(V_DISPATCH(&made), L"Subject", text, ARRAYSIZE(text)), L"by name"));
    assert_true(!wcscmp(disp_text(V_DISPATCH(&made), L"Text", text, ARRAYSIZE(text)), L""));
    VariantClear(&made);
    VariantClear(&args[1]);
    IDispatch_Release(messages);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
}

/* Programs with wrappers made from CDO's library ask for a default member by its own number. */
static void default_members_answer_to_the_numbers_of_cdo(void **state)
{
    static const struct {
        const WCHAR *path;
        DISPID id;
    } defaults[] = {{L"", 23}, {L"Inbox", 23}, {L"Inbox.Messages.Add", 38}, {L"Inbox.Fields.Item(1)", 43}};
    IDispatch *session = logged_on();

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(defaults); i++) {
        IDispatch *object = disp_path(session, defaults[i].path);
        VARIANT by_cdo, by_value;
        DISPPARAMS none = {0};

        assert_non_null(object);
        VariantInit(&by_cdo);
        VariantInit(&by_value);
        assert_int_equal(IDispatch_Invoke(object, defaults[i].id, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &none,
                                          &by_cdo, NULL, NULL), S_OK);
        assert_int_equal(IDispatch_Invoke(object, DISPID_VALUE, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &none,
                                          &by_value, NULL, NULL), S_OK);
        assert_int_equal(V_VT(&by_cdo), V_VT(&by_value));
        if (V_VT(&by_cdo) == VT_BSTR)
            assert_int_equal(wcscmp(V_BSTR(&by_cdo) ? V_BSTR(&by_cdo) : L"", V_BSTR(&by_value) ? V_BSTR(&by_value) : L""), 0);
        VariantClear(&by_cdo);
        VariantClear(&by_value);
        IDispatch_Release(object);
    }
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
}

/* Session, stores and folders name their source of events in the library and by a connection point. */
static void sources_of_events_are_declared_and_there(void **state)
{
    static const WCHAR *const paths[][2] = {{L"Session", L""}, {L"InfoStore", L"InfoStores.Item(1)"}, {L"Folder", L"Inbox"}};
    ITypeLib *library = open_library();
    ITypeInfo *events = find_type(library, L"_IMhEvents", TKIND_DISPATCH);
    IDispatch *session = logged_on();
    TYPEATTR *attributes;

    (void)state;
    assert_non_null(events);
    assert_int_equal(ITypeInfo_GetTypeAttr(events, &attributes), S_OK);
    for (size_t i = 0; i < ARRAYSIZE(paths); i++) {
        ITypeInfo *class = find_type(library, paths[i][0], TKIND_COCLASS);
        IDispatch *object = disp_path(session, paths[i][1]);
        IConnectionPointContainer *points = NULL;
        IConnectionPoint *point = NULL;
        INT flags = 0;

        assert_non_null(class);
        assert_non_null(object);
        assert_int_equal(ITypeInfo_GetImplTypeFlags(class, 1, &flags), S_OK);
        assert_int_equal(flags, IMPLTYPEFLAG_FDEFAULT | IMPLTYPEFLAG_FSOURCE);
        assert_int_equal(IDispatch_QueryInterface(object, &IID_IConnectionPointContainer, (void **)&points), S_OK);
        assert_int_equal(IConnectionPointContainer_FindConnectionPoint(points, &attributes->guid, &point), S_OK);
        IConnectionPoint_Release(point);
        IConnectionPointContainer_Release(points);
        IDispatch_Release(object);
        ITypeInfo_Release(class);
    }
    ITypeInfo_ReleaseTypeAttr(events, attributes);
    ITypeInfo_Release(events);
    ITypeLib_Release(library);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
}

static bool is_same(IDispatch *a, IDispatch *b)
{
    IUnknown *one = NULL, *other = NULL;

    assert_int_equal(IDispatch_QueryInterface(a, &IID_IUnknown, (void **)&one), S_OK);
    assert_int_equal(IDispatch_QueryInterface(b, &IID_IUnknown, (void **)&other), S_OK);
    IUnknown_Release(one);
    IUnknown_Release(other);
    return one == other;
}

/* CDO's large collections begin anew with every use of the property, as its reference warns; the parts of a message and the
 * filter of a collection are one object, so that what is added by one expression is there in the next. */
static void collections_are_one_object_only_where_those_of_cdo_are(void **state)
{
    static const struct {
        const WCHAR *owner, *member;
        bool same;
    } rows[] = {
        {L"Inbox", L"Messages", false},
        {L"Inbox", L"HiddenMessages", false},
        {L"Inbox", L"Folders", false},
        {L"AddressLists.Item(1)", L"AddressEntries", false},
        {L"Inbox.Messages", L"Filter", true},
        {L"AddressLists.Item(1).AddressEntries", L"Filter", true},
        {L"Inbox.Messages.Add", L"Recipients", true},
        {L"Inbox.Messages.Add", L"Attachments", true},
        {L"Inbox.Messages.Add.Recipients", L"Parent", true},
        {L"Inbox.Messages", L"Parent", true},
        {L"Inbox", L"Session", true},
        {L"GetDefaultFolder(0).Messages.Add", L"GetRecurrencePattern", true},
    };
    IDispatch *session = logged_on(), *one, *other, *first;

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(rows); i++) {
        IDispatch *owner = disp_path(session, rows[i].owner);

        assert_non_null(owner);
        one = disp_object(owner, rows[i].member, "");
        other = disp_object(owner, rows[i].member, "");
        assert_non_null(one);
        assert_non_null(other);
        if (is_same(one, other) != rows[i].same)
            fail_msg("%ls.%ls is %s object each time", rows[i].owner, rows[i].member, rows[i].same ? "another" : "the same");
        IDispatch_Release(one);
        IDispatch_Release(other);
        IDispatch_Release(owner);
    }
    /* each has its own place and its own filter */
    one = disp_path(session, L"Inbox.Messages");
    other = disp_path(session, L"Inbox.Messages");
    first = disp_object(one, L"Filter", "");
    assert_int_equal(disp_put(first, L"Subject", "s", L"no message has this subject"), S_OK);
    IDispatch_Release(first);
    assert_int_equal(disp_long(one, L"Count", -1), 0);
    first = disp_object(other, L"GetFirst", "");
    assert_non_null(first);
    IDispatch_Release(first);
    IDispatch_Release(one);
    IDispatch_Release(other);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_have_the_numbers_and_arguments_of_cdo),
        cmocka_unit_test(constants_have_all_their_names),
        cmocka_unit_test(arguments_by_name_reach_their_places),
        cmocka_unit_test(default_members_answer_to_the_numbers_of_cdo),
        cmocka_unit_test(sources_of_events_are_declared_and_there),
        cmocka_unit_test(collections_are_one_object_only_where_those_of_cdo_are),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    CoUninitialize();
    return failed;
}
