/*
 * test_members.c: walks the type library and calls every member of every object, out of process, where it cannot work: on an
 * object that was closed or deleted, on a session that is not logged on, with too many or too few arguments, with arguments of
 * a wrong type, under a name or a number that it does not have. Each must answer a defined error with its texts, and the server
 * must live on.
 *
 * Arguments of the right type with a wrong value are for test_arguments.c; what the members do when called rightly, for the
 * others.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include "walk_library.h"
#include <cmocka.h>

static bool is_listed(const WCHAR *name, const WCHAR *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!_wcsicmp(name, list[i]))
            return true;
    return false;
}

static void must_fail(struct walk *walk, const struct walk_member *member, const char *what, HRESULT hr)
{
    walk->calls++;
    if (SUCCEEDED(hr) || !disp_error_is_defined(hr))
        walk_complain(walk, member, what, hr);
}

/* ---- objects that are gone ---------------------------------------------------------------------------------------------- */

/* The member with every argument that it needs, of the type that it wants, and no other. */
static HRESULT call_plainly(IDispatch *object, const struct walk_member *member)
{
    VARIANT args[WALK_PARAMS];
    HRESULT hr;

    for (UINT i = 0; i < member->count; i++) {
        VARIANT *value = &args[member->count - 1 - i];
        VARTYPE type = member->function->lprgelemdescParam[i].tdesc.vt;

        walk_missing(value);
        if (i >= member->required)
            continue;
        V_VT(value) = type == VT_BSTR || type == VT_DATE || type == VT_BOOL ? type : type == VT_PTR ? VT_DISPATCH : VT_I4;
        V_I8(value) = 0;
        if (V_VT(value) == VT_I4)
            V_I4(value) = 1;
    }
    hr = walk_invoke(object, member->function, args, member->count);
    for (UINT i = 0; i < member->count; i++)
        VariantClear(&args[i]);
    return hr;
}

/* Members that work on a closed object as well. */
static const WCHAR *const work_closed[] = {L"Application", L"Class", L"Parent", L"Session", L"Close"};

static void call_gone(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member)
{
    (void)session;
    if (!is_listed(member->name, work_closed, ARRAYSIZE(work_closed)))
        must_fail(walk, member, walk->context, call_plainly(object, member));
}

static bool log_off(IDispatch *session, IDispatch *object)
{
    if (object == session) /* it outlives its Logoff */
        return false;
    assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
    return true;
}

static void every_member_of_a_closed_object_answers_a_defined_error(void **state)
{
    struct walk walk;

    (void)state;
    walk_begin(&walk, "on a closed object");
    walk_library(&walk, call_gone, log_off, false);
    walk_end(&walk);
    assert_true(walk.calls > 300);
    assert_int_equal(walk.wrong, 0);
}

/* Of the classes that can be deleted one by one; a collection's Delete empties it, and it lives on. */
static bool delete_it(IDispatch *session, IDispatch *object)
{
    enum { FOLDER = 2, MESSAGE = 3, RECIPIENT = 4, ATTACHMENT = 5, FIELD = 6, APPOINTMENT = 26, MEETING = 27 };
    static const LONG classes[] = {FOLDER, MESSAGE, RECIPIENT, ATTACHMENT, FIELD, APPOINTMENT, MEETING};
    LONG kind = disp_long(object, L"Class", -1);

    for (size_t i = 0; i < ARRAYSIZE(classes); i++)
        if (kind == classes[i]) {
            if (kind == MESSAGE || kind == APPOINTMENT || kind == MEETING)
                assert_int_equal(disp_run(object, L"Update", ""), S_OK);
            assert_int_equal(disp_run(object, L"Delete", ""), S_OK);
            return true;
        }
    (void)session;
    return false;
}

static void every_member_of_a_deleted_object_answers_a_defined_error(void **state)
{
    struct walk walk;

    (void)state;
    walk_begin(&walk, "on a deleted object");
    walk_library(&walk, call_gone, delete_it, false);
    walk_end(&walk);
    assert_true(walk.calls > 150);
    assert_int_equal(walk.wrong, 0);
}

/* ---- a session that is not logged on -------------------------------------------------------------------------------------- */

/* Members of Session that need no logon; CDO says so of SetLocaleIDs, and the others tell what is there. */
static const WCHAR *const work_logged_off[] = {
    L"Application", L"Class",      L"Parent",   L"Session",      L"Version",  L"OperatingSystem", L"Logon", L"LogonExchangeMailbox",
    L"LoggedOn",    L"Profiles",   L"CloseAll", L"SetLocaleIDs", L"GetOption", L"SetOption",      L"Diagnostics",
};

static void call_without_logon(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member)
{
    IDispatch *other = walk->context;

    if (object == session && !is_listed(member->name, work_logged_off, ARRAYSIZE(work_logged_off)))
        must_fail(walk, member, "without a logon", call_plainly(other, member));
}

static bool only_sessions(IDispatch *session, IDispatch *object)
{
    return session == object;
}

static void every_member_of_a_session_without_logon_answers_a_defined_error(void **state)
{
    IDispatch *session = NULL;
    struct walk walk;

    (void)state;
    assert_int_equal(disp_create(L"MapiHost.Session", &session), S_OK);
    for (int logged_off = 0; logged_off < 2; logged_off++) { /* never logged on; logged off again */
        walk_begin(&walk, session);
        walk_library(&walk, call_without_logon, only_sessions, false);
        walk_end(&walk);
        assert_true(walk.calls > 20);
        assert_int_equal(walk.wrong, 0);
        assert_int_equal(disp_run(session, L"Logon", "ssbb", L"demo", L"", 0, 1), S_OK);
        assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
    }
    IDispatch_Release(session);
}

/* ---- calls of the wrong form ------------------------------------------------------------------------------------------------ */

/* A value of a type that no member takes: an array of three dimensions. */
static void make_wrong(VARIANT *value)
{
    SAFEARRAYBOUND bounds[3] = {{1, 0}, {1, 0}, {1, 0}};

    V_VT(value) = VT_ARRAY | VT_DATE;
    V_ARRAY(value) = SafeArrayCreate(VT_DATE, 3, bounds);
}

/* Too many arguments, too few, then every argument in turn of a wrong type. */
static void call_wrongly(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member)
{
    VARIANT args[WALK_PARAMS + 3];

    (void)session;
    for (UINT i = 0; i < ARRAYSIZE(args); i++)
        walk_missing(&args[i]);
    must_fail(walk, member, "with too many arguments", walk_invoke(object, member->function, args, member->count + 3));
    for (UINT count = 0; count < member->required; count++)
        must_fail(walk, member, "with too few arguments", walk_invoke(object, member->function, args, count));
    for (UINT wrong = 0; wrong < member->count; wrong++) {
        make_wrong(&args[wrong]);
        must_fail(walk, member, "with an argument of a wrong type",
                  walk_invoke(object, member->function, args, member->count));
        VariantClear(&args[wrong]);
        walk_missing(&args[wrong]);
    }
}

static void every_member_answers_a_defined_error_to_a_call_of_the_wrong_form(void **state)
{
    struct walk walk;

    (void)state;
    walk_begin(&walk, NULL);
    walk_library(&walk, call_wrongly, NULL, false);
    walk_end(&walk);
    assert_true(walk.calls > 800);
    assert_int_equal(walk.wrong, 0);
}

static HRESULT invoke_as(IDispatch *object, DISPID id, WORD kind, DISPID named)
{
    DISPPARAMS params = {0};
    EXCEPINFO exception = {0};
    VARIANT argument, result;
    HRESULT hr;

    VariantInit(&result);
    V_VT(&argument) = VT_I4;
    V_I4(&argument) = 1;
    if (named) {
        params.rgvarg = &argument;
        params.rgdispidNamedArgs = &named;
        params.cArgs = params.cNamedArgs = 1;
    }
    hr = IDispatch_Invoke(object, id, &IID_NULL, LOCALE_USER_DEFAULT, kind, &params, &result, &exception, NULL);
    VariantClear(&result);
    disp_note_error(hr, &exception);
    return FAILED(hr) ? disp_error()->hr : hr;
}

/* A named argument that the member does not have, and setting what cannot be set. */
static void call_by_wrong_names(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member)
{
    LPOLESTR names[2] = {(LPOLESTR)member->name, (LPOLESTR)L"NoSuchArgument"}, name = (LPOLESTR)L"NoSuchMember";
    DISPID ids[2] = {0, 0};
    HRESULT hr;

    (void)session;
    hr = IDispatch_GetIDsOfNames(object, &IID_NULL, names, 2, LOCALE_USER_DEFAULT, ids);
    walk->calls++;
    if (hr != DISP_E_UNKNOWNNAME || ids[0] != member->function->memid || ids[1] != DISPID_UNKNOWN)
        walk_complain(walk, member, "knows an argument NoSuchArgument", hr);
    if (IDispatch_GetIDsOfNames(object, &IID_NULL, &name, 1, LOCALE_USER_DEFAULT, ids) != DISP_E_UNKNOWNNAME)
        walk_complain(walk, member, "knows a member NoSuchMember", hr);
    must_fail(walk, member, "with a named argument that it does not have",
              invoke_as(object, member->function->memid, (WORD)member->function->invkind, 77));
    if (member->function->invkind == INVOKE_FUNC)
        must_fail(walk, member, "set like a property",
                  invoke_as(object, member->function->memid, DISPATCH_PROPERTYPUT, DISPID_PROPERTYPUT));
    must_fail(walk, member, "by a number that no member has", invoke_as(object, 0x7654321, DISPATCH_METHOD, 0));
}

static void names_that_do_not_exist_answer_a_defined_error(void **state)
{
    struct walk walk;

    (void)state;
    walk_begin(&walk, NULL);
    walk_library(&walk, call_by_wrong_names, NULL, false);
    walk_end(&walk);
    assert_true(walk.calls > 800);
    assert_int_equal(walk.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_a_closed_object_answers_a_defined_error),
        cmocka_unit_test(every_member_of_a_deleted_object_answers_a_defined_error),
        cmocka_unit_test(every_member_of_a_session_without_logon_answers_a_defined_error),
        cmocka_unit_test(every_member_answers_a_defined_error_to_a_call_of_the_wrong_form),
        cmocka_unit_test(names_that_do_not_exist_answer_a_defined_error),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    CoUninitialize();
    return failed;
}
