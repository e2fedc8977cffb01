/*
 * test_lifetime.c: what happens to objects when their session logs off, their parent closes, their client is killed or
 * simply never releases anything. The program starts itself as the client that is killed.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include "dispatch.h"
#include <cmocka.h>

#define CLOSED ((HRESULT)0x8004010AL) /* MAPI_E_OBJECT_DELETED */
#define WAIT_SECONDS 10

static IDispatch *logged_on(void)
{
    IDispatch *session = NULL;

    assert_int_equal(disp_create(L"MapiHost.Session", &session), S_OK);
    assert_int_equal(disp_run(session, L"Logon", "ssbb", L"demo", L"", 0, 1), S_OK);
    return session;
}

/* Live objects of the server, without the Diagnostics object that is asked. */
static LONG live_objects(IDispatch *session)
{
    IDispatch *diagnostics = disp_object(session, L"Diagnostics", "");
    LONG count;

    assert_non_null(diagnostics);
    count = disp_long(diagnostics, L"ObjectCount", -1);
    IDispatch_Release(diagnostics);
    return count - 1;
}

/* Waits until the server holds `expected` objects; the server has no event for it. */
static LONG settle(IDispatch *session, LONG expected)
{
    LONG count = live_objects(session);

    for (int i = 0; count != expected && i < WAIT_SECONDS * 20; i++) {
        Sleep(50);
        count = live_objects(session);
    }
    return count;
}

static const WCHAR *const held_paths[] = {
    L"GetInfoStore", L"Inbox", L"Inbox.Messages", L"Inbox.Messages.Add", L"Inbox.Folders", L"Inbox.Fields.Item(1)",
    L"InfoStores", L"AddressLists", L"CurrentUser", L"Inbox.Messages.Add.Recipients.Add",
};

static void logoff_closes_everything_below_the_session(void **state)
{
    IDispatch *session = logged_on(), *held[ARRAYSIZE(held_paths)];

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(held); i++) {
        held[i] = disp_path(session, held_paths[i]);
        if (!held[i])
            fail_msg("%ls: %ls", held_paths[i], disp_error()->description);
    }
    assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
    for (size_t i = 0; i < ARRAYSIZE(held); i++) {
        VARIANT value;
        const WCHAR *member = wcsstr(held_paths[i], L"Messages.Add") ? L"Fields" : L"Count";
        HRESULT hr = disp_get(held[i], member, &value, "");

        if (hr == DISP_E_UNKNOWNNAME)
            hr = disp_get(held[i], L"Name", &value, "");
        if (hr != CLOSED)
            fail_msg("%ls after Logoff: 0x%08lX", held_paths[i], (unsigned long)hr);
        assert_true(disp_error()->description[0] == L'[');
        IDispatch_Release(held[i]);
    }
    assert_int_equal(disp_run(session, L"Logon", "ssbb", L"demo", L"", 0, 1), S_OK); /* a session can be used again */
    assert_int_equal(disp_run(session, L"Logoff", ""), S_OK);
    IDispatch_Release(session);
}

static void released_objects_are_gone_at_once(void **state)
{
    IDispatch *session = logged_on(), *holder = NULL;
    LONG before;

    (void)state;
    assert_int_equal(disp_create(L"MapiHost.Session", &holder), S_OK);
    before = live_objects(holder);
    for (int i = 0; i < 50; i++) {
        for (size_t p = 0; p < ARRAYSIZE(held_paths); p++) {
            IDispatch *object = disp_path(session, held_paths[p]);

            assert_non_null(object);
            IDispatch_Release(object);
        }
    }
    assert_int_equal(settle(holder, before), before);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
    assert_int_equal(settle(holder, before - 1), before - 1);
    IDispatch_Release(holder);
}

static void a_session_that_is_only_released_logs_off(void **state)
{
    IDispatch *holder = NULL, *session;
    LONG before;

    (void)state;
    assert_int_equal(disp_create(L"MapiHost.Session", &holder), S_OK);
    before = live_objects(holder);
    session = logged_on();
    IDispatch_Release(session);
    assert_int_equal(settle(holder, before), before);
    IDispatch_Release(holder);
}

/* Runs as the client that dies: takes objects of every kind, says so, waits to be killed. */
static int hold_objects_for_ever(const char *event_name)
{
    IDispatch *session = logged_on();
    HANDLE holding = OpenEventA(EVENT_MODIFY_STATE, FALSE, event_name);

    for (size_t i = 0; i < ARRAYSIZE(held_paths); i++)
        if (!disp_path(session, held_paths[i]))
            return 3;
    SetEvent(holding);
    Sleep(INFINITE);
    CloseHandle(holding);
    return 0;
}

static void a_client_that_is_killed_leaves_nothing(void **state)
{
    IDispatch *session = logged_on();
    LONG before = live_objects(session);
    char name[64], path[MAX_PATH] = "", line[MAX_PATH + 80];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION client;
    HANDLE waits[2];

    (void)state;
    snprintf(name, sizeof name, "mapihost-test-%lu", GetCurrentProcessId());
    waits[0] = CreateEventA(NULL, FALSE, FALSE, name);
    GetModuleFileNameA(NULL, path, sizeof path);
    snprintf(line, sizeof line, "\"%s\" --hold %s", path, name);
    assert_true(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &client));
    waits[1] = client.hProcess;
    assert_int_equal(WaitForMultipleObjects(2, waits, FALSE, 60000), WAIT_OBJECT_0);
    assert_true(live_objects(session) > before + (LONG)ARRAYSIZE(held_paths));
    TerminateProcess(client.hProcess, 9);
    WaitForSingleObject(client.hProcess, INFINITE);
    assert_int_equal(settle(session, before), before);
    assert_int_equal(disp_long(session, L"LoggedOn", 0), -1); /* and this client noticed nothing */
    CloseHandle(client.hThread);
    CloseHandle(client.hProcess);
    CloseHandle(waits[0]);
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logoff_closes_everything_below_the_session),
        cmocka_unit_test(released_objects_are_gone_at_once),
        cmocka_unit_test(a_session_that_is_only_released_logs_off),
        cmocka_unit_test(a_client_that_is_killed_leaves_nothing),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (argc == 3 && !strcmp(argv[1], "--hold"))
        return hold_objects_for_ever(argv[2]);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    CoUninitialize();
    return failed;
}
