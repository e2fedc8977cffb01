/*
 * test_kills.c: clients and workers that are killed at bad moments: in the middle of a call of each kind (wrapmapi.dll makes it
 * hang there), with many objects, with a sink that is being called; workers in a call and while they open; an import. What was
 * acknowledged is kept, what was begun is there whole or not at all, and nothing else is left. The program starts itself as the
 * clients.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sink.h"
#include "wrap.h"
#include <tlhelp32.h>
#include <cmocka.h>

#define WAIT_MS 30000
#define FOLDER L"Killed"
#define FILLED 30 /* messages of the folder when a client begins */
#define NETWORK_ERROR ((HRESULT)0x80040115L) /* MAPI_E_NETWORK_ERROR */

/* ---- the clients -------------------------------------------------------------------------------------------------------- */

static HANDLE named_event(const char *kind, const char *what)
{
    char name[80];

    snprintf(name, sizeof name, "mapihost-kills-%s-%s", kind, what);
    return CreateEventA(NULL, FALSE, FALSE, name);
}

/* Ids of all messages of a folder; *count of them. */
static VARIANT ids_of(IDispatch *messages, LONG *count)
{
    VARIANT rows, ids, id;
    SAFEARRAY *array;

    VariantInit(&ids);
    *count = 0;
    if (FAILED(disp_get(messages, L"GetRows", &rows, "i", 0x0FFF0102L)) || !V_ISARRAY(&rows)) /* PR_ENTRYID */
        return ids;
    SafeArrayGetUBound(V_ARRAY(&rows), 1, count);
    array = SafeArrayCreateVector(VT_VARIANT, 0, (ULONG)++*count);
    for (LONG i = 0; i < *count; i++) {
        LONG at[2] = {i, 0};

        SafeArrayGetElement(V_ARRAY(&rows), at, &id);
        SafeArrayPutElement(array, &i, &id);
        VariantClear(&id);
    }
    VariantClear(&rows);
    V_VT(&ids) = VT_ARRAY | VT_VARIANT;
    V_ARRAY(&ids) = array;
    return ids;
}

static IDispatch *own_folder(IDispatch *session)
{
    IDispatch *folders = disp_path(session, L"Inbox.Folders"), *folder = folders ? disp_object(folders, L"Item", "s", FOLDER) : NULL;

    if (folders)
        IDispatch_Release(folders);
    return folder;
}

/* One call, which will hang. It begins when `go` says so. */
static int call_once(const char *call, HANDLE ready, HANDLE go)
{
    IDispatch *session = NULL, *folder, *outbox, *messages, *message = NULL;
    VARIANT ids, rows;
    LONG count = 0;

    if (!strcmp(call, "logon")) {
        if (FAILED(disp_create(L"MapiHost.Session", &session)))
            return 3;
        SetEvent(ready);
        WaitForSingleObject(go, INFINITE);
        return disp_run(session, L"Logon", "ssbb", L"demo", L"", 0, 1) ? 4 : 0;
    }
    if (!(session = session_on(L"demo")) || !(folder = own_folder(session)) || !(messages = disp_object(folder, L"Messages", "")) ||
        !(outbox = disp_path(session, L"Outbox")))
        return 5;
    ids = ids_of(messages, &count);
    if (!strcmp(call, "save") && (!(message = disp_object(messages, L"Add", "ss", L"half", L"Text")) || count != FILLED))
        return 6;
    SetEvent(ready);
    WaitForSingleObject(go, INFINITE);
    if (!strcmp(call, "read"))
        return disp_get(messages, L"GetRows", &rows, "i", 0x0037001FL) ? 4 : 0;
    if (!strcmp(call, "save"))
        return disp_run(message, L"Update", "") ? 4 : 0;
    if (!strcmp(call, "delete"))
        return disp_run(messages, L"DeleteMany", "v", &ids) ? 4 : 0;
    if (!strcmp(call, "move"))
        return disp_run(messages, L"MoveMany", "vo", &ids, outbox) ? 4 : 0;
    if (!strcmp(call, "open"))
        return disp_object(session, L"OpenMailbox", "sb", L"other", 1) ? 0 : 4;
    if (!strcmp(call, "logoff"))
        return disp_run(session, L"Logoff", "") ? 4 : 0;
    return 7;
}

/* Holds very many objects, never releases any, and listens. */
static int hold_many(HANDLE ready)
{
    IDispatch *session = session_on(L"demo"), *folder = session ? own_folder(session) : NULL;
    IDispatch *messages = folder ? disp_object(folder, L"Messages", "") : NULL;

    for (LONG i = 0; messages && i < 120; i++) {
        IDispatch *message = disp_object(messages, L"Item", "i", i % FILLED + 1), *parts = NULL;

        if (message)
            parts = disp_object(message, i % 3 == 0 ? L"Fields" : i % 3 == 1 ? L"Recipients" : L"Attachments", "");
        if (!message || !parts || disp_put(message, L"Subject", "s", L"never saved"))
            return 3;
    }
    if (!messages || !sink_advise(folder) || !sink_advise(session))
        return 4;
    SetEvent(ready);
    Sleep(INFINITE);
    return 0;
}

/* Makes a call in a worker, which will hang. */
static int call_worker(HANDLE ready, HANDLE go)
{
    IDispatch *session = session_on(L"demo"), *mailbox, *messages, *unsaved;

    if (!session || !(unsaved = disp_path(session, L"Outbox.Messages.Add")) ||
        !(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1)) || !(messages = disp_path(mailbox, L"Inbox.Messages")))
        return 3;
    SetEvent(ready);
    WaitForSingleObject(go, INFINITE);
    disp_long(messages, L"Count", -1);
    return 4;
}

static int client(const char *call)
{
    HANDLE ready = named_event(call, "ready"), go = named_event(call, "go");

    if (!strcmp(call, "hold"))
        return hold_many(ready);
    if (!strcmp(call, "worker"))
        return call_worker(ready, go);
    return call_once(call, ready, go);
}

/* ---- the test's side ---------------------------------------------------------------------------------------------------------- */

static struct wrap_control *control;
static IDispatch *session, *folder;
static HANDLE server;

/* Starts the client and waits until it is ready. */
static HANDLE start_client(const char *call, HANDLE *go)
{
    HANDLE waits[2] = {named_event(call, "ready"), NULL};
    char arguments[80];
    DWORD code = 0;

    *go = named_event(call, "go");
    snprintf(arguments, sizeof arguments, "client %s", call);
    assert_non_null(waits[1] = start_self(arguments));
    if (WaitForMultipleObjects(2, waits, FALSE, 4 * WAIT_MS) != WAIT_OBJECT_0) {
        GetExitCodeProcess(waits[1], &code);
        fail_msg("%s: not ready, exit code %lu", call, code);
    }
    CloseHandle(waits[0]);
    return waits[1];
}

static void kill(HANDLE process)
{
    TerminateProcess(process, 9);
    WaitForSingleObject(process, INFINITE);
    CloseHandle(process);
}

static LONG messages_in(IDispatch *of)
{
    IDispatch *messages = disp_object(of, L"Messages", "");
    LONG count = messages ? disp_long(messages, L"Count", -1) : -1;

    if (messages)
        IDispatch_Release(messages);
    return count;
}

static void add_messages(IDispatch *to, int count)
{
    for (int i = 0; i < count; i++) {
        IDispatch *message = disp_path(to, L"Messages.Add");

        assert_non_null(message);
        assert_int_equal(disp_put(message, L"Subject", "s", L"whole"), S_OK);
        assert_int_equal(disp_run(message, L"Update", ""), S_OK);
        IDispatch_Release(message);
    }
}

static int begin(void **state)
{
    IDispatch *folders;

    (void)state;
    settings_clear();
    if ((session = session_on(L"demo"))) { /* one that runs with another MAPI ends */
        server = server_process(session);
        IDispatch_Release(session);
        server_end(server);
    }
    control = wrap_begin();
    setting_set(L"MaxStoresPerProcess", 3);
    session = session_on(L"demo");
    if (session && (folder = own_folder(session))) { /* of a run that was stopped */
        disp_run(folder, L"Delete", "");
        IDispatch_Release(folder);
    }
    folders = session ? disp_path(session, L"Inbox.Folders") : NULL;
    folder = folders ? disp_object(folders, L"Add", "s", FOLDER) : NULL;
    if (!control || !folder)
        return -1;
    IDispatch_Release(folders);
    server = server_process(session);
    add_messages(folder, FILLED);
    return 0;
}

static int end(void **state)
{
    (void)state;
    if (folder) {
        disp_run(folder, L"Delete", "");
        IDispatch_Release(folder);
    }
    if (session)
        IDispatch_Release(session);
    settings_clear();
    wrap_end();
    return server_end(server) ? 0 : -1;
}

/* Everything of a client that is gone is freed. */
static void check_settled(const char *call, LONG objects, LONG threads)
{
    if (diagnostic_settles(session, L"ObjectCount", objects, WAIT_MS) != objects) {
        diagnostic_print(session);
        fail_msg("%s: objects of a client that is gone", call);
    }
    assert_int_equal(diagnostic_settles(session, L"ClientCount", 1, WAIT_MS), 1);
    assert_int_equal(diagnostic_settles(session, L"ThreadCount", threads, WAIT_MS), threads);
    assert_int_equal(diagnostic_settles(session, L"WorkerCount", 0, WAIT_MS), 0);
    assert_int_equal(diagnostic_settles(session, L"SlotsUsed", 1, WAIT_MS), 1);
}

/* The folder's messages can be read, each one whole. */
static void check_whole(const char *call)
{
    IDispatch *messages = disp_object(folder, L"Messages", "");
    LONG count = disp_long(messages, L"Count", -1);

    for (LONG i = 1; i <= count; i++) {
        IDispatch *message = disp_object(messages, L"Item", "i", i);
        WCHAR subject[40];

        disp_text(message, L"Subject", subject, ARRAYSIZE(subject));
        if (wcscmp(subject, L"whole") && wcscmp(subject, L"half"))
            fail_msg("%s: message %ld is \"%ls\"", call, i, subject);
        IDispatch_Release(message);
    }
    IDispatch_Release(messages);
}

static void a_client_killed_in_any_call_leaves_nothing(void **state)
{
    static const struct {
        const char *call, *method; /* where it hangs */
        LONG less, more;           /* how many messages the folder may have lost or got, all of them or none */
    } calls[] = {
        {"logon", "MAPILogonEx", 0, 0}, {"open", "OpenMsgStore", 0, 0},          {"read", "QueryRows", 0, 0},
        {"save", "SaveChanges", 0, 1},  {"delete", "DeleteMessages", FILLED, 0}, {"move", "CopyMessages", FILLED, 0},
    };

    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(calls); i++) {
        LONG objects, threads, count;
        HANDLE client, go;

        assert_int_equal(messages_in(folder), FILLED);
        objects = diagnostic(session, L"ObjectCount");
        threads = diagnostic(session, L"ThreadCount");
        client = start_client(calls[i].call, &go);
        wrap_hang(calls[i].method);
        SetEvent(go);
        CloseHandle(go);
        if (!wrap_wait_hanging(WAIT_MS))
            fail_msg("%s does not reach %s", calls[i].call, calls[i].method);
        kill(client);
        assert_int_equal(messages_in(folder), FILLED); /* this client is not delayed */
        assert_int_equal(diagnostic(session, L"ClientCount"), 2);
        wrap_go();
        check_settled(calls[i].call, objects, threads);
        count = messages_in(folder);
        if (count != FILLED && count != FILLED - calls[i].less && count != FILLED + calls[i].more)
            fail_msg("%s: %ld messages", calls[i].call, count);
        check_whole(calls[i].call);
        if (count > FILLED) {
            IDispatch *message = disp_path(folder, L"Messages.GetLast");

            assert_int_equal(disp_run(message, L"Delete", ""), S_OK);
            IDispatch_Release(message);
        }
        add_messages(folder, (int)(FILLED - messages_in(folder)));
    }
    assert_int_equal(control->foreign, 0);
}

static void a_client_killed_with_many_objects_and_sinks_leaves_nothing(void **state)
{
    LONG objects = diagnostic(session, L"ObjectCount"), threads = diagnostic(session, L"ThreadCount");
    HANDLE go, client = start_client("hold", &go);

    (void)state;
    CloseHandle(go);
    assert_true(diagnostic(session, L"ObjectCount") > objects + 240);
    add_messages(folder, 2); /* its sinks are called */
    TerminateProcess(client, 9);
    add_messages(folder, 3); /* while nobody has seen yet that it is gone */
    WaitForSingleObject(client, INFINITE);
    CloseHandle(client);
    check_settled("hold", objects, threads);
    assert_int_equal(messages_in(folder), FILLED + 5);
    check_whole("hold");
    for (int i = 0; i < 5; i++) {
        IDispatch *message = disp_path(folder, L"Messages.GetLast");

        assert_int_equal(disp_run(message, L"Delete", ""), S_OK);
        IDispatch_Release(message);
    }
}

/* Two of three slots are held by sessions that cannot let go: the next mailbox needs a worker. */
static void pin(IDispatch **unsaved)
{
    assert_non_null(unsaved[0] = disp_path(session, L"Inbox.Messages.Add"));
    assert_non_null(unsaved[1] = session_on(L"other"));
    assert_non_null(unsaved[2] = disp_path(unsaved[1], L"Inbox.Messages.Add"));
}

static void unpin(IDispatch **unsaved)
{
    IDispatch_Release(unsaved[2]);
    IDispatch_Release(unsaved[1]);
    IDispatch_Release(unsaved[0]);
}

static void a_client_killed_while_its_worker_works_takes_the_worker_along(void **state)
{
    IDispatch *unsaved[3];
    LONG objects, threads;
    HANDLE go, client;

    (void)state;
    pin(unsaved);
    objects = diagnostic(session, L"ObjectCount");
    threads = diagnostic(session, L"ThreadCount");
    client = start_client("worker", &go);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 1);
    wrap_hang("GetContentsTable");
    SetEvent(go);
    CloseHandle(go);
    assert_true(wrap_wait_hanging(WAIT_MS));
    kill(client);
    /* Its call hangs for good: nothing waits for it. */
    assert_int_equal(diagnostic_settles(session, L"WorkerCount", 0, WAIT_MS), 0);
    assert_int_equal(diagnostic_settles(session, L"ObjectCount", objects, WAIT_MS), objects);
    assert_int_equal(diagnostic_settles(session, L"ClientCount", 1, WAIT_MS), 1);
    assert_int_equal(diagnostic_settles(session, L"ThreadCount", threads, WAIT_MS), threads);
    wrap_go();
    unpin(unsaved);
    assert_int_equal(diagnostic_settles(session, L"ThreadCount", 1, WAIT_MS), 1);
}

/* ---- workers ------------------------------------------------------------------------------------------------------------- */

/* A call of this client that hangs, on a thread of its own. */
struct hanging_call {
    IDispatch *object;
    const WCHAR *member, *argument;
    HRESULT hr;
    VARIANT value;
};

static DWORD WINAPI make_call(void *context)
{
    struct hanging_call *call = context;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    VariantInit(&call->value);
    if (call->argument)
        call->hr = disp_call(call->object, call->member, DISPATCH_METHOD, &call->value, "sb", call->argument, 1);
    else
        call->hr = disp_get(call->object, call->member, &call->value, "");
    VariantClear(&call->value);
    CoUninitialize();
    return 0;
}

/* A process of the server that is not its main one; NULL when there is none. */
static HANDLE find_worker(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0), found = NULL;
    PROCESSENTRY32W entry = {.dwSize = sizeof entry};

    for (BOOL more = Process32FirstW(snapshot, &entry); more && !found; more = Process32NextW(snapshot, &entry))
        if (!_wcsicmp(entry.szExeFile, L"mapihost.exe") && entry.th32ProcessID != GetProcessId(server))
            found = OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE, FALSE, entry.th32ProcessID);
    CloseHandle(snapshot);
    return found;
}

static HRESULT kill_worker_in(struct hanging_call *call, const char *method)
{
    HANDLE thread, worker;

    wrap_hang(method);
    thread = CreateThread(NULL, 0, make_call, call, 0, NULL);
    assert_true(wrap_wait_hanging(WAIT_MS));
    assert_non_null(worker = find_worker());
    kill(worker);
    assert_int_equal(WaitForSingleObject(thread, WAIT_MS), WAIT_OBJECT_0);
    CloseHandle(thread);
    wrap_go();
    return call->hr;
}

static void a_worker_killed_while_it_opens_or_works_is_replaced(void **state)
{
    /* Where it is: it opens the mailbox; a call that passes through the Mailbox object; one that goes straight to the worker. */
    enum { OPENS, PASSES, DIRECT, WAYS };
    IDispatch *unsaved[3];

    (void)state;
    pin(unsaved);
    for (int way = 0; way < WAYS; way++) {
        IDispatch *mailbox = NULL, *messages = NULL, *room = session_on(L"demo"), *last = disp_path(room, L"Inbox.Messages.Add");
        struct hanging_call call;
        VARIANT value;
        HRESULT hr;

        assert_non_null(last); /* the third slot */
        if (way == OPENS) {
            call = (struct hanging_call){.object = session, .member = L"OpenMailbox", .argument = L"other"};
            assert_int_equal(kill_worker_in(&call, "OpenMsgStore"), NETWORK_ERROR);
        } else {
            assert_non_null(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1));
            assert_int_not_equal(disp_long(mailbox, L"ProcessID", 0), (LONG)GetProcessId(server));
            assert_non_null(messages = disp_path(mailbox, L"Inbox.Messages"));
            call = way == DIRECT ? (struct hanging_call){.object = messages, .member = L"Count"}
                                 : (struct hanging_call){.object = mailbox, .member = L"Size"};
            hr = kill_worker_in(&call, way == DIRECT ? "GetContentsTable" : "GetProps");
            if (way == PASSES)
                assert_int_equal(hr, NETWORK_ERROR);
            assert_true(FAILED(hr));
            assert_int_equal(disp_get(mailbox, L"Inbox", &value, ""), NETWORK_ERROR);
        }
        assert_int_equal(diagnostic_settles(session, L"WorkerCount", 0, WAIT_MS), 0);
        if (mailbox)
            assert_int_equal(disp_run(mailbox, L"Open", ""), S_OK);
        else
            assert_non_null(mailbox = disp_object(session, L"OpenMailbox", "sb", L"other", 1));
        if (messages)
            IDispatch_Release(messages);
        assert_non_null(messages = disp_path(mailbox, L"Inbox.Messages"));
        assert_true(disp_long(messages, L"Count", -1) >= 0);
        assert_int_equal(messages_in(folder), FILLED); /* the rest goes on */
        IDispatch_Release(messages);
        IDispatch_Release(mailbox);
        IDispatch_Release(last);
        IDispatch_Release(room);
    }
    unpin(unsaved);
}

/* ---- an import ------------------------------------------------------------------------------------------------------------- */

/* Of the bitness of the server, which is that of the MAPI that the tests set. */
static HANDLE run_mapictl(const char *arguments)
{
    char bin[MAX_PATH] = "", server[16] = "", line[4 * MAX_PATH];
    STARTUPINFOA startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;

    GetEnvironmentVariableA("MAPIHOST_TEST_BIN", bin, sizeof bin);
    GetEnvironmentVariableA("MAPIHOST_TEST_SERVER", server, sizeof server);
    snprintf(line, sizeof line, "\"%s\\..\\%s\\mapictl.exe\" %s", bin, server, arguments);
    if (!CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return NULL;
    CloseHandle(process.hThread);
    return process.hProcess;
}

static void an_import_that_is_killed_leaves_whole_messages(void **state)
{
    enum { MAILS = 400, SOME = 5 };
    char temp[MAX_PATH] = "", path[MAX_PATH + 40], arguments[2 * MAX_PATH];
    ULONGLONG give_up = GetTickCount64() + WAIT_MS;
    LONG before = messages_in(folder), count = 0;
    HANDLE import, check;
    DWORD code = 1;

    (void)state;
    GetEnvironmentVariableA("MAPIHOST_TEST_TEMP", temp, sizeof temp);
    snprintf(path, sizeof path, "%s\\mails", temp);
    CreateDirectoryA(path, NULL);
    for (int i = 0; i < MAILS; i++) {
        FILE *file;

        snprintf(path, sizeof path, "%s\\mails\\%d.eml", temp, i);
        assert_non_null(file = fopen(path, "wb"));
        fprintf(file, "From: a@example.test\r\nTo: demo@example.test\r\nSubject: whole\r\n\r\nText %d.\r\n", i);
        fclose(file);
    }
    snprintf(arguments, sizeof arguments, "import --quiet --profile demo --folder Inbox/Killed \"%s\\mails\"", temp);
    assert_non_null(import = run_mapictl(arguments));
    while ((count = messages_in(folder)) < before + SOME && WaitForSingleObject(import, 0) == WAIT_TIMEOUT &&
           GetTickCount64() < give_up)
        ;
    kill(import);
    count = messages_in(folder);
    print_message("# %ld of %d mails were in when the import was killed\n", count - before, MAILS);
    assert_in_range(count, before + SOME, before + MAILS);
    check_whole("import");
    assert_non_null(check = run_mapictl("check"));
    WaitForSingleObject(check, INFINITE);
    GetExitCodeProcess(check, &code);
    CloseHandle(check);
    assert_int_equal(code, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_killed_in_any_call_leaves_nothing),
        cmocka_unit_test(a_client_killed_with_many_objects_and_sinks_leaves_nothing),
        cmocka_unit_test(a_client_killed_while_its_worker_works_takes_the_worker_along),
        cmocka_unit_test(a_worker_killed_while_it_opens_or_works_is_replaced),
        cmocka_unit_test(an_import_that_is_killed_leaves_whole_messages),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    if (argc == 3 && !strcmp(argv[1], "client"))
        return client(argv[2]);
    failed = cmocka_run_group_tests(tests, begin, end);
    CoUninitialize();
    return failed;
}
