/*
 * test_scale.c: far more mailboxes open at once than one process can hold: parking, coming back, and loops of openings
 * that leave nothing. With MAPIHOST_LOOPS (`make soak`) the loops alone, of that length.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include "own_data.h"
#include <psapi.h>
#include <cmocka.h>

#define MAILBOXES 1000
#define LOOPS     300
#define SLOTS     255 /* that one process can have */

static int mailboxes;

static int make_data(void **state)
{
    (void)state;
    mailboxes = many(MAILBOXES);
    return own_data_begin((unsigned)mailboxes) ? 0 : -1;
}

/* The numbers 0 … n-1 in an order that is the same in each run. */
static int *shuffled(int n)
{
    int *order = malloc(n * sizeof *order);
    unsigned seed = 12345;

    for (int i = 0; i < n; i++)
        order[i] = i;
    for (int i = n - 1; i > 0; i--) {
        int j, kept = order[i];

        seed = seed * 1103515245 + 12345;
        j = (int)(seed >> 16) % (i + 1);
        order[i] = order[j];
        order[j] = kept;
    }
    return order;
}

static void a_thousand_mailboxes_are_open_at_once(void **state)
{
    IDispatch *session = owner_session(), *collection, **held = calloc(mailboxes, sizeof *held),
              **inbox = calloc(mailboxes, sizeof *inbox);
    WCHAR (*id)[128] = calloc(mailboxes, sizeof *id);
    int *order = shuffled(mailboxes);

    (void)state;
    assert_non_null(session);
    collection = disp_object(session, L"Mailboxes", "");
    assert_non_null(collection);
    assert_int_equal(disp_long(collection, L"Count", -1), mailboxes + 1);
    for (int i = 0; i < mailboxes; i++) { /* half of them by each way */
        WCHAR name[16];

        _snwprintf(name, ARRAYSIZE(name), L"m%d", i + 1);
        held[i] = i % 2 ? open_mailbox(session, i + 1) : disp_object(collection, L"Item", "s", name);
        if (!held[i])
            fail_msg("mailbox %d: %ls", i + 1, disp_error()->description);
        if (i % 2 == 0) /* with an administrator's rights */
            assert_int_equal(disp_run(held[i], L"Open", "b", 1), S_OK);
        if (i % 2 && (inbox[i] = disp_object(held[i], L"Inbox", "")))
            disp_text(inbox[i], L"StoreID", id[i], ARRAYSIZE(id[i]));
    }
    for (int i = 0; i < mailboxes; i++) {
        int n = order[i];
        IDispatch *messages;
        WCHAR store[128], name[16], expected[16];

        if (!inbox[n] && (inbox[n] = disp_object(held[n], L"Inbox", "")))
            disp_text(inbox[n], L"StoreID", id[n], ARRAYSIZE(id[n]));
        messages = inbox[n] ? disp_object(inbox[n], L"Messages", "") : NULL;
        if (!messages || disp_long(messages, L"Count", -1) != 0)
            fail_msg("mailbox %d of %d: %ls", n + 1, i, disp_error()->description);
        IDispatch_Release(messages);
        /* And it is the right one, after it was parked too. */
        _snwprintf(expected, ARRAYSIZE(expected), L"m%d", n + 1);
        if (i % 8 == 0 && wcscmp(disp_text(held[n], L"Name", name, ARRAYSIZE(name)), expected))
            fail_msg("mailbox %ls is %ls", expected, name);
        assert_true(disp_text(inbox[n], L"StoreID", store, ARRAYSIZE(store))[0] != 0);
        assert_int_equal(wcscmp(store, id[n]), 0);
    }
    assert_true(diagnostic(session, L"SlotsUsed") < SLOTS);
    assert_int_equal(diagnostic(session, L"WorkerCount"), 0); /* all are idle: they were parked */
    release_all(inbox, mailboxes);
    release_all(held, mailboxes);
    IDispatch_Release(collection);
    owner_end(session);
    free(order);
    free(id);
    free(inbox);
    free(held);
}

/* Saves `count` messages "1", "2", … in the Inbox. */
static void fill(IDispatch *mailbox, int count)
{
    IDispatch *messages = disp_path(mailbox, L"Inbox.Messages");

    assert_non_null(messages);
    for (int i = 1; i <= count; i++) {
        WCHAR subject[16];
        IDispatch *message;

        _snwprintf(subject, ARRAYSIZE(subject), L"%d", i);
        message = disp_object(messages, L"Add", "ss", subject, L"Text");
        assert_non_null(message);
        assert_int_equal(disp_run(message, L"Update", ""), S_OK);
        IDispatch_Release(message);
    }
    IDispatch_Release(messages);
}

static LONG number_of(IDispatch *message)
{
    return message ? disp_long(message, L"Subject", -1) : 0;
}

static void what_is_held_of_a_parked_mailbox_goes_on_where_it_stood(void **state)
{
    enum { SMALL = 4, OTHERS = 12, MESSAGES = 20 };
    IDispatch *session, *mailbox, *messages, *folders, *first, *folder, *others[OTHERS], *next;
    WCHAR text[32], name[64], again[64];

    (void)state;
    setting_set(L"MaxStoresPerProcess", SMALL);
    setting_set(L"MaxWorkers", 0);
    session = owner_session();
    assert_non_null(session);
    mailbox = open_mailbox(session, 1);
    assert_non_null(mailbox);
    fill(mailbox, MESSAGES);
    messages = disp_path(mailbox, L"Inbox.Messages");
    assert_int_equal(disp_run(messages, L"Sort", "ii", 1L, 0x30070040L), S_OK); /* PR_CREATION_TIME, ascending */
    first = disp_object(messages, L"GetFirst", "");
    assert_int_equal(number_of(first), 1);
    disp_text(first, L"Text", text, ARRAYSIZE(text)); /* opens it */
    for (int i = 2; i <= 10; i++) {
        next = disp_object(messages, L"GetNext", "");
        assert_int_equal(number_of(next), i);
        IDispatch_Release(next);
    }
    folders = disp_path(mailbox, L"RootFolder.Folders");
    folder = disp_object(folders, L"GetFirst", "");
    disp_text(folder, L"Name", name, ARRAYSIZE(name));
    for (int i = 0; i < OTHERS; i++) {
        others[i] = open_mailbox(session, i + 2);
        if (!others[i])
            fail_msg("mailbox %d: %ls", i + 2, disp_error()->description);
        assert_true(diagnostic(session, L"SlotsUsed") <= SMALL);
    }
    for (int i = 11; i <= MESSAGES; i++) {
        next = disp_object(messages, L"GetNext", "");
        assert_int_equal(number_of(next), i);
        IDispatch_Release(next);
        if (i == 15) /* and again in between */
            for (int other = 0; other < OTHERS; other++)
                assert_true(disp_long(others[other], L"Size", -1) >= 0);
    }
    assert_null(disp_object(messages, L"GetNext", ""));
    assert_int_equal(disp_error()->hr, S_OK);
    assert_int_equal(wcsncmp(disp_text(first, L"Text", text, ARRAYSIZE(text)), L"Text", 4), 0);
    next = disp_object(folders, L"GetFirst", "");
    assert_int_equal(wcscmp(disp_text(next, L"Name", again, ARRAYSIZE(again)), name), 0);
    assert_int_equal(disp_long(messages, L"Count", -1), MESSAGES);
    IDispatch_Release(next);
    IDispatch_Release(folder);
    IDispatch_Release(folders);
    IDispatch_Release(first);
    IDispatch_Release(messages);
    release_all(others, OTHERS);
    IDispatch_Release(mailbox);
    owner_end(session);
}

static void what_was_not_saved_is_never_lost(void **state)
{
    enum { SMALL = 4, OTHERS = 8 };
    IDispatch *session, *mailbox, *added, *changed, *messages, *others[OTHERS];
    WCHAR subject[32];

    (void)state;
    setting_set(L"MaxStoresPerProcess", SMALL);
    setting_set(L"MaxWorkers", 0);
    session = owner_session();
    assert_non_null(session);
    mailbox = open_mailbox(session, 20);
    assert_non_null(mailbox);
    fill(mailbox, 1);
    messages = disp_path(mailbox, L"Inbox.Messages");
    changed = disp_object(messages, L"GetFirst", "");
    assert_int_equal(disp_put(changed, L"Subject", "s", L"changed"), S_OK);
    added = disp_object(messages, L"Add", "ss", L"added", L"Text");
    assert_non_null(added);
    for (int i = 0; i < OTHERS; i++) {
        others[i] = open_mailbox(session, i + 2);
        if (!others[i])
            fail_msg("mailbox %d: %ls", i + 2, disp_error()->description);
    }
    assert_int_equal(wcscmp(disp_text(changed, L"Subject", subject, ARRAYSIZE(subject)), L"changed"), 0);
    assert_int_equal(disp_run(added, L"Update", ""), S_OK);
    assert_int_equal(disp_run(changed, L"Update", ""), S_OK);
    for (int i = 0; i < OTHERS; i++) /* saved, it may go and come back */
        assert_true(disp_long(others[i], L"Size", -1) >= 0);
    assert_int_equal(disp_long(messages, L"Count", -1), 2);
    assert_int_equal(wcscmp(disp_text(changed, L"Subject", subject, ARRAYSIZE(subject)), L"changed"), 0);
    assert_int_equal(wcscmp(disp_text(added, L"Subject", subject, ARRAYSIZE(subject)), L"added"), 0);
    IDispatch_Release(changed);
    IDispatch_Release(added);
    IDispatch_Release(messages);
    release_all(others, OTHERS);
    IDispatch_Release(mailbox);
    owner_end(session);
}

static void sessions_of_one_process_share_its_logons(void **state)
{
    enum { SMALL = 4, EACH = 6 };
    IDispatch *sessions[2], *mailboxes_of[2][EACH];

    (void)state;
    setting_set(L"MaxStoresPerProcess", SMALL);
    setting_set(L"MaxWorkers", 0);
    for (int s = 0; s < 2; s++) {
        sessions[s] = owner_session();
        assert_non_null(sessions[s]);
        for (int i = 0; i < EACH; i++)
            if (!(mailboxes_of[s][i] = open_mailbox(sessions[s], 30 + s * EACH + i)))
                fail_msg("session %d, mailbox %d: %ls", s, i, disp_error()->description);
    }
    for (int i = 0; i < 2 * EACH; i++)
        if (disp_long(mailboxes_of[i % 2][i / 2], L"Size", -1) < 0)
            fail_msg("session %d: %ls", i % 2, disp_error()->description);
    assert_true(diagnostic(sessions[0], L"SlotsUsed") <= SMALL);
    for (int s = 0; s < 2; s++)
        release_all(mailboxes_of[s], EACH);
    disp_run(sessions[1], L"Logoff", "");
    IDispatch_Release(sessions[1]);
    owner_end(sessions[0]);
}

/* ---- loops ---------------------------------------------------------------------------------------------------------- */

struct footprint {
    LONG slots, workers, objects;
    DWORD handles;
    SIZE_T memory;
};

static struct footprint measure(IDispatch *session, HANDLE server)
{
    struct footprint now = {0};
    PROCESS_MEMORY_COUNTERS counters = {.cb = sizeof counters};

    now.slots = diagnostic(session, L"SlotsUsed");
    now.workers = diagnostic(session, L"WorkerCount");
    now.objects = diagnostic(session, L"ObjectCount");
    now.handles = handle_count(server);
    if (GetProcessMemoryInfo(server, &counters, sizeof counters))
        now.memory = counters.PagefileUsage;
    return now;
}

/* A client that overwrites its references, as a script's loop does, and never closes anything. */
static void a_loop_of_openings_leaves_nothing(void **state)
{
    enum { DIFFERENT = 260 };
    IDispatch *session = owner_session(), *mailbox = NULL, *messages = NULL;
    struct footprint before = {0}, after;
    HANDLE server = server_process(session);
    const char *wanted = getenv("MAPIHOST_LOOPS");
    int loops = wanted ? atoi(wanted) : many(LOOPS);
    int warm = loops / 4 | 3; /* as at the end, `messages` is of another mailbox than `mailbox` */

    (void)state;
    for (int i = 0; i < loops; i++) {
        IDispatch *opened = open_mailbox(session, i % (DIFFERENT < mailboxes ? DIFFERENT : mailboxes) + 1), *made;

        if (!opened)
            fail_msg("opening %d: %ls", i, disp_error()->description);
        if (mailbox)
            IDispatch_Release(mailbox);
        mailbox = opened;
        if (i % 4 == 0) {
            made = disp_path(mailbox, L"Inbox.Messages");
            assert_true(disp_long(made, L"Count", -1) >= 0);
            if (messages)
                IDispatch_Release(messages);
            messages = made;
        }
        if (i == warm)
            before = measure(session, server);
    }
    after = measure(session, server);
    print_message("# %d openings: %lu to %lu handles, %lu to %lu KB\n", loops, before.handles, after.handles,
                  (unsigned long)(before.memory / 1024), (unsigned long)(after.memory / 1024));
    if (!before.handles)
        print_message("# this system does not tell how many handles a process has: not compared\n");
    assert_int_equal(after.slots, before.slots);
    assert_int_equal(after.workers, 0);
    assert_in_range(after.objects, 0, before.objects + 2);
    assert_in_range(after.handles, 0, before.handles + 8);
    assert_in_range(after.memory / 1024, 0, before.memory / 1024 + 2048);
    IDispatch_Release(messages);
    IDispatch_Release(mailbox);
    CloseHandle(server);
    owner_end(session);
}

/* A client that keeps references which it has forgotten (a runtime that has not collected its garbage). */
static void dropped_references_are_gone_after_closeall(void **state)
{
    enum { ROUNDS = 2, EACH = 40 };
    IDispatch *session = owner_session(), *forgotten[ROUNDS * EACH] = {NULL};
    struct footprint before = {0}, after = {0};
    HANDLE server = server_process(session);
    int each = EACH < mailboxes ? EACH : mailboxes;

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < each; i++)
            if (!(forgotten[round * each + i] = open_mailbox(session, i + 1)))
                fail_msg("mailbox %d: %ls", i + 1, disp_error()->description);
        assert_int_equal(disp_run(session, L"CloseAll", ""), S_OK);
        after = measure(session, server);
        assert_int_equal(after.slots, 1); /* the default store, which the session keeps */
        assert_int_equal(after.workers, 0);
        if (round == 0)
            before = after;
    }
    assert_in_range(after.handles, 0, before.handles + 2 * each + 16); /* a client's references cost what COM has */
    CloseHandle(server);
    release_all(forgotten, ROUNDS * EACH); /* the collection, at last: the server can end */
    owner_end(session);
}

int main(void)
{
    const struct CMUnitTest loops[] = {
        cmocka_unit_test(a_loop_of_openings_leaves_nothing),
        cmocka_unit_test(dropped_references_are_gone_after_closeall),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_mailboxes_are_open_at_once),
        cmocka_unit_test(what_is_held_of_a_parked_mailbox_goes_on_where_it_stood),
        cmocka_unit_test(what_was_not_saved_is_never_lost),
        cmocka_unit_test(sessions_of_one_process_share_its_logons),
        cmocka_unit_test(a_loop_of_openings_leaves_nothing),
        cmocka_unit_test(dropped_references_are_gone_after_closeall),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (getenv("MAPIHOST_LOOPS"))
        failed = cmocka_run_group_tests(loops, make_data, NULL);
    else
        failed = cmocka_run_group_tests(tests, make_data, NULL);
    CoUninitialize();
    return failed;
}
