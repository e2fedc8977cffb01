/*
 * test_kill.c: a process that writes is killed at a random moment; every message whose SaveChanges it was
 * acknowledged must be there, whole. The program starts itself as the writer, which tells through a shared counter.
 *
 * Environment: MAPIHOST_TEST_KILLS, the number of rounds (6 if absent).
 */
#include "harness.h"
#include <stdlib.h>

#define COUNTER L"MapiHostTestKillCounter"

struct shared {
    volatile LONG saved;   /* messages acknowledged, of all writers */
    volatile LONG running; /* the writer is in its loop */
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

static void run_and_kill(struct shared *shared, unsigned round)
{
    WCHAR command[MAX_PATH + 20];
    STARTUPINFOW start = {.cb = sizeof(start)};
    PROCESS_INFORMATION process;
    shared->running = 0;
    command[0] = '"';
    assert_true(GetModuleFileNameW(NULL, command + 1, MAX_PATH) > 0);
    lstrcatW(command, L"\" write");
    assert_true(CreateProcessW(NULL, command, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process));
    assert_true(wait_for(&shared->running, 60));
    /* A moment that differs from round to round; what is tested is that it does not matter. */
    LONG until = shared->saved + 1 + (LONG)(round * 7 % 5);
    for (DWORD begin = GetTickCount(); shared->saved < until && GetTickCount() - begin < 30000;)
        SwitchToThread();
    for (unsigned spin = 0; spin < round * 50000u; spin++)
        __asm__ volatile("");
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
        run_and_kill(shared, round);
        check(shared->saved);
    }
    assert_true(shared->saved >= (LONG)rounds);
}

int main(int count, char **arguments)
{
    static const struct CMUnitTest writers[] = {cmocka_unit_test(writer)};
    static const struct CMUnitTest tests[] = {cmocka_unit_test(what_was_acknowledged_survives_a_kill)};
    if (count > 1 && !strcmp(arguments[1], "write")) {
        _putenv("CMOCKA_MESSAGE_OUTPUT="); /* the other program's lines are not test results */
        cmocka_set_message_output(CM_OUTPUT_SUBUNIT);
        return cmocka_run_group_tests(writers, NULL, NULL);
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
