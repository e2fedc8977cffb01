/*
 * test_kill.c: a process that writes is killed at a random moment; every message whose SaveChanges it was
 * acknowledged must be there, whole. A process that sends is killed too: what it had submitted arrives once, for all
 * recipients or for none, when the mailbox is next opened. The program starts itself as the writer or sender, which tells
 * through shared counters.
 *
 * Environment: MAPIHOST_TEST_KILLS, the number of rounds (6 if absent).
 */
#include "harness.h"
#include <stdlib.h>

#define COUNTER L"MapiHostTestKillCounter"
#define SENT_MAX 4096

struct shared {
    volatile LONG saved;   /* messages acknowledged, of all writers */
    volatile LONG running; /* the writer is in its loop */
    volatile LONG begun;   /* messages whose sending has begun, of all senders */
    volatile unsigned char sent[SENT_MAX]; /* by number: SubmitMessage has returned */
};

static struct shared *share(void)
{
    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(struct shared), COUNTER);
    assert_non_null(mapping);
    struct shared *shared = MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, sizeof(*shared));
    assert_non_null(shared);
    return shared; /* lives as long as the process */
}

/* One message with a body, a recipient and an attachment that all follow from its number. */
static void write_message(LONG number)
{
    IMessage *message = NULL;
    IAttach *attach = NULL;
    BYTE bytes[9000];
    ULONG at;
    WCHAR subject[32];
    SPropValue data = {.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {sizeof(bytes), bytes}};
    memset(bytes, (int)(number & 0xff), sizeof(bytes));
    wsprintfW(subject, L"%ld", number);
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &message), S_OK);
    set_string(message, PR_SUBJECT_W, subject);
    set_string(message, PR_BODY_W, subject);
    add_recipient(message, MAPI_TO, subject, L"SMTP", L"x@example.test");
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &at, &attach), S_OK);
    assert_hr(attach->lpVtbl->SetProps(attach, 1, &data, NULL), S_OK);
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    release(attach);
    assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
    release(message);
}

static void open_inbox(void)
{
    ULONG cb = 0, type;
    ENTRYID *id = NULL;
    session = harness_logon(L"demo");
    store = open_default_store(session, MDB_WRITE);
    assert_hr(store->lpVtbl->GetReceiveFolder(store, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(store->lpVtbl->OpenEntry(store, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&inbox), S_OK);
    free_mapi(id);
}

static void writer(void **state)
{
    struct shared *shared = share();
    (void)state;
    harness_load();
    assert_hr(dll.initialize(NULL), S_OK);
    open_inbox();
    shared->running = 1;
    for (;;) { /* until it is killed */
        write_message(shared->saved + 1);
        InterlockedIncrement(&shared->saved);
    }
}

/* One message to three mailboxes, one of them the sender's own; nothing of it is kept. */
static void send_message(IMAPIFolder *outbox, LONG number)
{
    IMessage *message = NULL;
    WCHAR subject[32];
    wsprintfW(subject, L"%ld", number);
    assert_hr(outbox->lpVtbl->CreateMessage(outbox, NULL, 0, &message), S_OK);
    set_string(message, PR_SUBJECT_W, subject);
    set_string(message, PR_BODY_W, subject);
    set_long(message, PR_DELETE_AFTER_SUBMIT, 1);
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    add_recipient(message, MAPI_TO, L"Admin", L"SMTP", L"admin@example.test");
    add_recipient(message, MAPI_CC, L"Demo", L"SMTP", L"demo@example.test");
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
}

static void sender(void **state)
{
    struct shared *shared = share();
    (void)state;
    harness_load();
    assert_hr(dll.initialize(NULL), S_OK);
    open_inbox();
    IMAPIFolder *outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    shared->running = 1;
    while (shared->begun + 1 < SENT_MAX) { /* until it is killed */
        LONG number = InterlockedIncrement(&shared->begun);
        send_message(outbox, number);
        shared->sent[number] = 1;
    }
}

static void run_and_kill(struct shared *shared, unsigned round, const WCHAR *as, const volatile LONG *counter)
{
    WCHAR command[MAX_PATH + 20];
    STARTUPINFOW start = {.cb = sizeof(start)};
    PROCESS_INFORMATION process;
    shared->running = 0;
    command[0] = '"';
    assert_true(GetModuleFileNameW(NULL, command + 1, MAX_PATH) > 0);
    lstrcatW(command, L"\" ");
    lstrcatW(command, as);
    assert_true(CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process));
    assert_true(wait_for(&shared->running, 60));
    /* Some are let through; then, as far into the next as the round says: what is tested is that it does not matter. */
    LONG first = *counter + 1, until = first + 2 + (LONG)(round * 7 % 5);
    LARGE_INTEGER begin = {.QuadPart = 0}, end = {.QuadPart = 0}, now;
    for (DWORD start_ticks = GetTickCount(); *counter < until && GetTickCount() - start_ticks < 30000;) {
        if (!begin.QuadPart && *counter >= first)
            QueryPerformanceCounter(&begin);
        SwitchToThread();
    }
    QueryPerformanceCounter(&end);
    LONGLONG wait = (end.QuadPart - begin.QuadPart) / (until - first) * (round % 8 * 2 + 1) / 16;
    do
        QueryPerformanceCounter(&now);
    while (now.QuadPart - end.QuadPart < wait);
    assert_true(TerminateProcess(process.hProcess, 9));
    assert_int_equal(WaitForSingleObject(process.hProcess, 30000), WAIT_OBJECT_0);
    CloseHandle(process.hProcess);
    CloseHandle(process.hThread);
}

/* Every number up to `saved` is there once and whole; at most one more may be (saved, but not yet told). */
static void check(LONG saved)
{
    IMAPITable *table = NULL;
    SizedSPropTagArray(2, columns) = {2, {PR_SUBJECT_W, PR_ENTRYID}};
    BYTE *seen = calloc((size_t)saved + 2, 1);
    LONG found = 0;
    assert_hr(inbox->lpVtbl->GetContentsTable(inbox, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, saved + 100);
    for (ULONG i = 0; i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        LONG number = wcstol(row[0].Value.lpszW, NULL, 10);
        IMessage *message = (IMessage *)open_entry(store, &row[1].Value.bin, 0);
        IAttach *attach = NULL;
        assert_in_range(number, 1, saved + 1);
        assert_string(message, PR_BODY_W, row[0].Value.lpszW);
        assert_string(message, PR_DISPLAY_TO_W, row[0].Value.lpszW);
        assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, 0, &attach), S_OK);
        SPropValue *data = get_prop(attach, PR_ATTACH_DATA_BIN);
        assert_int_equal(data->Value.bin.cb, 9000);
        assert_int_equal(data->Value.bin.lpb[8999], number & 0xff);
        free_mapi(data);
        found += !seen[number];
        seen[number] = 1;
        release(attach);
        release(message);
    }
    for (LONG number = 1; number <= saved; number++) {
        if (!seen[number])
            print_error("message %ld was acknowledged and is lost\n", (long)number);
        assert_true(seen[number]);
    }
    free_rows(rows);
    release(table);
    free(seen);
}

static void what_was_acknowledged_survives_a_kill(void **state)
{
    char text[16];
    unsigned rounds = GetEnvironmentVariableA("MAPIHOST_TEST_KILLS", text, sizeof(text)) ? (unsigned)atoi(text) : 6;
    struct shared *shared = share();
    (void)state;
    for (unsigned round = 0; round < rounds; round++) {
        run_and_kill(shared, round, L"write", &shared->saved);
        check(shared->saved);
    }
    assert_true(shared->saved >= (LONG)rounds);
}

/* ---- sending ---- */

/* How often each number is the subject of a message in a user's inbox. */
static unsigned char *arrived(const WCHAR *user)
{
    SizedSPropTagArray(1, columns) = {1, {PR_SUBJECT_W}};
    unsigned char *times = calloc(SENT_MAX, 1);
    IMAPISession *session_of = harness_logon(user);
    IMsgStore *store_of = open_default_store(session_of, MDB_WRITE);
    IMAPIFolder *folder;
    IMAPITable *table = NULL;
    ULONG cb = 0, type;
    ENTRYID *id = NULL;
    assert_hr(store_of->lpVtbl->GetReceiveFolder(store_of, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(store_of->lpVtbl->OpenEntry(store_of, cb, id, NULL, 0, &type, (IUnknown **)&folder), S_OK);
    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 2 * SENT_MAX);
    for (ULONG i = 0; i < rows->cRows; i++) {
        LONG number = wcstol(rows->aRow[i].lpProps[0].Value.lpszW, NULL, 10);
        assert_in_range(number, 1, SENT_MAX - 1);
        times[number]++;
    }
    free_rows(rows);
    free_mapi(id);
    release(table);
    release(folder);
    release(store_of);
    session_of->lpVtbl->Logoff(session_of, 0, 0, 0);
    release(session_of);
    return times;
}

static void assert_queue_empty(void)
{
    IMAPITable *table = NULL;
    ULONG count = 99;
    IMAPIFolder *outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    assert_hr(store->lpVtbl->GetOutgoingQueue(store, 0, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    assert_int_equal(count_contents(outbox, 0), 0);
    release(outbox);
    release(table);
}

static void what_was_submitted_is_sent_on_after_a_kill(void **state)
{
    struct shared *shared = share();
    (void)state;
    /* Of what the other test wrote. */
    assert_hr(inbox->lpVtbl->EmptyFolder(inbox, 0, NULL, DELETE_HARD_DELETE), S_OK);
    for (unsigned round = 0; round < 8; round++) {
        run_and_kill(shared, round, L"send", &shared->begun);
        IMsgStore *again = open_default_store(session, MDB_WRITE); /* sends on what is left */
        release(again);
        assert_queue_empty();
    }
    unsigned char *anna = arrived(L"anna"), *admin = arrived(L"admin"), *demo = arrived(L"demo");
    for (LONG number = 1; number < SENT_MAX; number++) {
        if (anna[number] != shared->sent[number] || admin[number] != anna[number] || demo[number] != anna[number])
            print_message("# message %ld: %s, arrived %d, %d and %d times\n", (long)number,
                          shared->sent[number] ? "acknowledged" : "not acknowledged", anna[number], admin[number],
                          demo[number]);
        assert_true(anna[number] == 1 || (!anna[number] && !shared->sent[number]));
        assert_int_equal(anna[number], admin[number]);
        assert_int_equal(anna[number], demo[number]);
    }
    assert_true(shared->begun >= 8);
    free(anna);
    free(admin);
    free(demo);
}

int main(int count, char **arguments)
{
    static const struct CMUnitTest writers[] = {cmocka_unit_test(writer)}, senders[] = {cmocka_unit_test(sender)};
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_acknowledged_survives_a_kill),
        cmocka_unit_test(what_was_submitted_is_sent_on_after_a_kill),
    };
    if (count > 1) {
        _putenv("CMOCKA_MESSAGE_OUTPUT="); /* the other program's lines are not test results */
        cmocka_set_message_output(CM_OUTPUT_SUBUNIT);
        return strcmp(arguments[1], "send") ? cmocka_run_group_tests(writers, NULL, NULL)
                                            : cmocka_run_group_tests(senders, NULL, NULL);
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
