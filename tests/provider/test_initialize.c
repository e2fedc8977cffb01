/*
 * test_initialize.c: one thread's last MAPIUninitialize and another's first MAPIInitialize.
 */
#include "harness.h"

#define SINK_MS  1500 /* that a sink keeps the end waiting, unless the other thread comes in meanwhile */
#define AHEAD_MS 300  /* for the one to be well inside its MAPIUninitialize */

static HANDLE told, ends, came, ended;

static ULONG STDMETHODCALLTYPE slow_on_notify(IMAPIAdviseSink *self, ULONG count, LPNOTIFICATION notifications)
{
    (void)self, (void)count, (void)notifications;
    SetEvent(told);
    WaitForSingleObject(ends, INFINITE);
    WaitForSingleObject(came, SINK_MS);
    return 0;
}

/* Comes while the other thread is ending MAPI; works when that has ended. Answers how that went. */
static DWORD WINAPI come(void *unused)
{
    IMAPISession *made = NULL;
    IMAPITable *table = NULL;
    (void)unused;
    WaitForSingleObject(ends, INFINITE);
    WaitForSingleObject(ended, AHEAD_MS);
    HRESULT hr = dll.initialize(NULL);
    if (hr == S_OK)
        hr = dll.logon_ex(0, (LPTSTR)L"demo", NULL,
                          MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_UNICODE | MAPI_NO_MAIL, &made);
    SetEvent(came);
    WaitForSingleObject(ended, INFINITE);
    if (hr == S_OK)
        hr = made->lpVtbl->GetMsgStoresTable(made, 0, &table);
    release(table);
    release(made);
    dll.uninitialize();
    return (DWORD)hr;
}

/* As sessions of a server do: one client's last one ends while another client logs on. */
static void what_begins_during_the_last_uninitialize_is_not_ended_with_it(void **state)
{
    MAPIINIT_0 init = {0, MAPI_MULTITHREAD_NOTIFICATIONS};
    struct sink sink;
    ULONG_PTR connection;
    DWORD result = 1;
    (void)state;
    HANDLE *const events[] = {&told, &ends, &came, &ended};
    for (size_t i = 0; i < ARRAYSIZE(events); i++)
        *events[i] = CreateEventW(NULL, TRUE, FALSE, NULL);
    dll.uninitialize(); /* the harness's: its session ends with it */
    assert_hr(dll.initialize(&init), S_OK);
    IMAPISession *made = harness_logon(L"demo");
    IMsgStore *mailbox = open_default_store(made, MDB_WRITE);
    sink_init(&sink);
    IMAPIAdviseSinkVtbl slow = {sink.iface.lpVtbl->QueryInterface, sink.iface.lpVtbl->AddRef, sink.iface.lpVtbl->Release,
                                slow_on_notify};
    sink.iface.lpVtbl = (void *)&slow;
    assert_hr(mailbox->lpVtbl->Advise(mailbox, 0, NULL, fnevObjectCreated, &sink.iface, &connection), S_OK);
    IMAPIFolder *outbox = open_folder(mailbox, PR_IPM_OUTBOX_ENTRYID);
    IMessage *message = make_message(outbox, L"for the sink");
    assert_int_equal(WaitForSingleObject(told, 10000), WAIT_OBJECT_0);
    HANDLE thread = CreateThread(NULL, 0, come, NULL, 0, NULL);
    SetEvent(ends);
    dll.uninitialize();
    SetEvent(ended);
    assert_int_equal(WaitForSingleObject(thread, 10000), WAIT_OBJECT_0);
    assert_true(GetExitCodeThread(thread, &result));
    assert_hr((HRESULT)result, S_OK);
    assert_hr(dll.initialize(NULL), S_OK); /* which the harness ends */
    release(message);
    release(outbox);
    release(mailbox);
    release(made);
    CloseHandle(thread);
    for (size_t i = 0; i < ARRAYSIZE(events); i++)
        CloseHandle(*events[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_begins_during_the_last_uninitialize_is_not_ended_with_it),
    };
    return cmocka_run_group_tests_name("initialize", tests, harness_setup, harness_teardown);
}
