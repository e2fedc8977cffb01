/*
 * test_release.c: in what order the server gives MAPI objects back, seen by the MAPI that it uses (wrapmapi.dll): what
 * was opened last goes first, and nothing outlives what it was opened from. And Diagnostics, which names what is held.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include "own_data.h"
#include <cmocka.h>

#define CLOSED ((HRESULT)0x8004010A) /* MAPI_E_OBJECT_DELETED */
#define SERIALS 4096

static int make_data(void **state)
{
    (void)state;
    return own_data_begin(8) ? 0 : -1;
}

/* Children are released before what they were opened from; from record `from` on, also the newest of each parent first. */
static void check_order(const struct wrap_control *control, LONG from, bool all_released)
{
    static LONG parent[SERIALS], released_at[SERIALS], last[SERIALS];
    LONG count = control->count, objects = 0, releases = 0;

    memset(parent, 0, sizeof parent);
    memset(released_at, 0, sizeof released_at);
    memset(last, 0, sizeof last);
    assert_in_range(count, 1, WRAP_RECORDS);
    for (LONG i = 0; i < count; i++) {
        const struct wrap_record *record = &control->records[i];

        if (record->serial >= SERIALS)
            continue;
        if (!record->released) {
            objects++;
            parent[record->serial] = record->parent;
            continue;
        }
        releases++;
        released_at[record->serial] = i + 1;
        if (i >= from) {
            LONG of = parent[record->serial];

            if (last[of] && last[of] < record->serial)
                fail_msg("%s %ld was released after object %ld, which is older", record->what, (long)record->serial,
                         (long)last[of]);
            last[of] = record->serial;
        }
        for (LONG child = 1; child < SERIALS; child++) /* every object that it gave has gone before */
            if (parent[child] == record->serial && !released_at[child])
                fail_msg("%s %ld was released before object %ld, which was opened from it", record->what,
                         (long)record->serial, (long)child);
    }
    if (all_released)
        assert_int_equal(releases, objects);
}

static const WCHAR *const paths[] = {
    L"Inbox",          L"Inbox.Messages.GetFirst", L"Inbox.Folders", L"Inbox.Fields.Item(1)", L"Outbox.Messages",
    L"RootFolder.Folders.GetFirst", L"Inbox.Messages.Add",
};

static void hold(IDispatch *mailbox, IDispatch **held)
{
    for (size_t i = 0; i < ARRAYSIZE(paths); i++) {
        VARIANT value;

        held[i] = disp_path(mailbox, paths[i]);
        if (!held[i])
            fail_msg("%ls: %ls", paths[i], disp_error()->description);
        if (SUCCEEDED(disp_get(held[i], L"Count", &value, "")) || SUCCEEDED(disp_get(held[i], L"Text", &value, "")))
            VariantClear(&value);
    }
}

static void save_one(IDispatch *mailbox)
{
    IDispatch *message = disp_path(mailbox, L"Inbox.Messages.Add");

    assert_non_null(message);
    assert_int_equal(disp_put(message, L"Subject", "s", L"saved"), S_OK);
    assert_int_equal(disp_run(message, L"Update", ""), S_OK);
    IDispatch_Release(message);
}

/* A stale reference answers the defined error with a text. */
static void check_stale(IDispatch **held)
{
    for (size_t i = 0; i < ARRAYSIZE(paths); i++) {
        VARIANT value;
        HRESULT hr = disp_get(held[i], L"Parent", &value, "");

        VariantClear(&value);
        hr = disp_get(held[i], L"Count", &value, "");
        if (hr == DISP_E_UNKNOWNNAME)
            hr = disp_get(held[i], L"Name", &value, "");
        if (hr == DISP_E_UNKNOWNNAME)
            hr = disp_get(held[i], L"Subject", &value, "");
        if (hr != CLOSED)
            fail_msg("%ls: 0x%08lX", paths[i], (unsigned long)hr);
        assert_true(disp_error()->description[0] == L'[');
    }
}

static void each_end_releases_newest_first(void **state)
{
    static const WCHAR *const ends[] = {L"Close", L"CloseAll", L"Logoff"};

    (void)state;
    for (size_t end = 0; end < ARRAYSIZE(ends); end++) {
        struct wrap_control *control = wrap_begin();
        IDispatch *session, *mailbox, *held[ARRAYSIZE(paths)];
        LONG before;

        assert_non_null(control);
        control->recording = 1;
        session = owner_session();
        assert_non_null(session);
        mailbox = open_mailbox(session, (int)end + 1);
        assert_non_null(mailbox);
        save_one(mailbox);
        hold(mailbox, held);
        before = control->count;
        assert_int_equal(disp_run(end == 0 ? mailbox : session, ends[end], ""), S_OK);
        check_order(control, before, end == 2);
        check_stale(held);
        release_all(held, ARRAYSIZE(held));
        IDispatch_Release(mailbox);
        owner_end(session);
        check_order(control, control->count, true);
        wrap_end();
    }
}

/* References that the client lets go of in the order in which it got them: parents first. */
static void a_client_that_releases_parents_first_is_put_right(void **state)
{
    struct wrap_control *control = wrap_begin();
    IDispatch *session, *mailbox, *held[ARRAYSIZE(paths)];

    (void)state;
    assert_non_null(control);
    control->recording = 1;
    session = owner_session();
    assert_non_null(session);
    mailbox = open_mailbox(session, 4);
    assert_non_null(mailbox);
    save_one(mailbox);
    hold(mailbox, held);
    IDispatch_Release(mailbox);
    for (size_t i = 0; i < ARRAYSIZE(held); i++)
        IDispatch_Release(held[i]);
    owner_end(session);
    check_order(control, control->count, true);
    wrap_end();
}

/* The rows of Diagnostics.LiveObjects (class, member that made it, count) with these texts. */
static LONG live(IDispatch *session, const WCHAR *class_name, const WCHAR *creator)
{
    IDispatch *diagnostics = disp_object(session, L"Diagnostics", "");
    LONG upper = -1, found = 0;
    VARIANT rows;

    assert_non_null(diagnostics);
    assert_int_equal(disp_get(diagnostics, L"LiveObjects", &rows, ""), S_OK);
    SafeArrayGetUBound(V_ARRAY(&rows), 1, &upper);
    for (LONG row = 0; row <= upper; row++) {
        VARIANT cells[3];

        for (LONG column = 0; column < 3; column++) {
            LONG at[2] = {row, column};

            VariantInit(&cells[column]);
            SafeArrayGetElement(V_ARRAY(&rows), at, &cells[column]);
        }
        if (!wcscmp(V_BSTR(&cells[0]), class_name) && !wcscmp(V_BSTR(&cells[1]), creator))
            found += V_I4(&cells[2]);
        for (LONG column = 0; column < 3; column++)
            VariantClear(&cells[column]);
    }
    VariantClear(&rows);
    IDispatch_Release(diagnostics);
    return found;
}

static void diagnostics_name_the_leaked_interface(void **state)
{
    enum { LEAKED = 5 };
    IDispatch *session = owner_session(), *mailbox = open_mailbox(session, 5), *leaked[LEAKED];

    (void)state;
    assert_non_null(mailbox);
    assert_int_equal(live(session, L"Mailbox", L"Session.OpenMailbox"), 1);
    assert_int_equal(live(session, L"Folder", L"Mailbox.Drafts"), 0);
    for (int i = 0; i < LEAKED; i++) /* a loop that forgets what it got from one member */
        leaked[i] = disp_object(mailbox, L"Drafts", "");
    assert_int_equal(live(session, L"Folder", L"Mailbox.Drafts"), LEAKED);
    assert_int_equal(diagnostic(session, L"SlotsUsed"), 2);
    release_all(leaked, LEAKED);
    assert_int_equal(live(session, L"Folder", L"Mailbox.Drafts"), 0);
    assert_int_equal(disp_run(mailbox, L"Close", ""), S_OK);
    assert_int_equal(diagnostic(session, L"SlotsUsed"), 1);
    IDispatch_Release(mailbox);
    assert_int_equal(live(session, L"Mailbox", L"Session.OpenMailbox"), 0);
    owner_end(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_end_releases_newest_first),
        cmocka_unit_test(a_client_that_releases_parents_first_is_put_right),
        cmocka_unit_test(diagnostics_name_the_leaked_interface),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, make_data, NULL);
    CoUninitialize();
    return failed;
}
