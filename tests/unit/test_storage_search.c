/*
 * test_storage_search.c: search folders follow every write; they are stopped, restarted, and deleted without harm.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "view_fixture.h"

static SPropValue needle = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"invoice"};
static SRestriction has_invoice = {.rt = RES_CONTENT, .res.resContent = {FL_SUBSTRING | FL_IGNORECASE, PR_SUBJECT_W, &needle}};

static mbx_id search_folder(struct fixture *f, const SRestriction *restriction, mbx_id in, ULONG flags)
{
    mbx_id id;
    struct propbag *props = fixture_props(L"found");
    assert_mapi(S_OK, mailbox_folder_create(f->mbx, MBX_FINDER, FOLDER_SEARCH, props, &id));
    propbag_free(props);
    assert_mapi(S_OK, mailbox_search_set(f->mbx, id, restriction, &in, 1, flags));
    return id;
}

static ULONG results(struct fixture *f, mbx_id id)
{
    struct mbx_folder folder;
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, id);
    mbx_id *ids;
    ULONG count, counted;
    assert_mapi(S_OK, view_ids(view, &ids, &count));
    assert_mapi(S_OK, view_count(view, &counted));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, id, &folder));
    assert_int_equal(count, counted);
    assert_int_equal(count, folder.contents);
    free(ids);
    view_close(view);
    return count;
}

static void set_subject(struct fixture *f, mbx_id id, const WCHAR *subject)
{
    struct mbx_message *message;
    assert_mapi(S_OK, mailbox_message_load(f->mbx, id, 0, &message));
    assert_mapi(S_OK, propbag_set_string(message->props, PR_SUBJECT_W, subject));
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    mbx_message_free(message);
}

static void results_follow_writes(void **state)
{
    struct fixture *f = *state;
    mbx_id before = fixture_message(f, MBX_INBOX, L"Invoice 1", 0), copy;
    mbx_id sub = fixture_folder(f, MBX_INBOX, L"sub");
    fixture_message(f, sub, L"invoice in sub", 0);
    fixture_message(f, MBX_SENT, L"invoice elsewhere", 0);
    mbx_id shallow = search_folder(f, &has_invoice, MBX_INBOX, SHALLOW_SEARCH);
    assert_int_equal(results(f, shallow), 1);
    mbx_id later = fixture_message(f, MBX_INBOX, L"another INVOICE", MSGFLAG_READ);
    assert_int_equal(results(f, shallow), 2);
    struct mbx_folder folder;
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, shallow, &folder));
    assert_int_equal(folder.unread, 1);
    ULONG old;
    assert_mapi(S_OK, mailbox_message_set_flags(f->mbx, before, PR_MESSAGE_FLAGS, MSGFLAG_READ, 0, &old));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, shallow, &folder));
    assert_int_equal(folder.unread, 0);
    set_subject(f, later, L"nothing");
    assert_int_equal(results(f, shallow), 1);
    set_subject(f, later, L"an invoice again");
    assert_int_equal(results(f, shallow), 2);
    assert_mapi(S_OK, mailbox_message_move(f->mbx, later, MBX_SENT));
    assert_int_equal(results(f, shallow), 1);
    assert_mapi(S_OK, mailbox_message_copy(f->mbx, later, f->mbx, MBX_INBOX, NULL, &copy));
    assert_int_equal(results(f, shallow), 2);
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, copy, false));
    assert_int_equal(results(f, shallow), 1);
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, before, true));
    assert_int_equal(results(f, shallow), 0);
    /* The store's size does not count what is found twice. */
    int64_t bytes;
    ULONG items;
    assert_mapi(S_OK, mailbox_size(f->mbx, &bytes, &items));
    assert_int_equal(items, 3);
}

static void recursive_searches_follow_folders(void **state)
{
    struct fixture *f = *state;
    mbx_id a = fixture_folder(f, MBX_INBOX, L"a"), b = fixture_folder(f, a, L"b");
    fixture_message(f, b, L"invoice", 0);
    mbx_id deep = search_folder(f, &has_invoice, MBX_INBOX, RECURSIVE_SEARCH);
    assert_int_equal(results(f, deep), 1);
    assert_mapi(S_OK, mailbox_folder_move(f->mbx, b, MBX_SENT, NULL));
    assert_int_equal(results(f, deep), 0);
    assert_mapi(S_OK, mailbox_folder_move(f->mbx, b, a, NULL));
    assert_int_equal(results(f, deep), 1);
    assert_mapi(S_OK, mailbox_folder_delete(f->mbx, a, DEL_FOLDERS | DEL_MESSAGES));
    assert_int_equal(results(f, deep), 0);
    fixture_message(f, b, L"invoice in a deleted folder", 0);
    assert_int_equal(results(f, deep), 0);
}

static void a_stopped_search_stays_as_it_is(void **state)
{
    struct fixture *f = *state;
    fixture_message(f, MBX_INBOX, L"invoice", 0);
    mbx_id id = search_folder(f, &has_invoice, MBX_INBOX, 0);
    assert_mapi(S_OK, mailbox_search_set(f->mbx, id, NULL, NULL, 0, STOP_SEARCH));
    fixture_message(f, MBX_INBOX, L"invoice", 0);
    assert_int_equal(results(f, id), 1);
    SRestriction *restriction;
    mbx_id *folders;
    ULONG count, search_state;
    assert_mapi(S_OK, mailbox_search_get(f->mbx, id, &restriction, &folders, &count, &search_state));
    assert_int_equal(search_state & SEARCH_RUNNING, 0);
    assert_int_equal(count, 1);
    assert_int_equal(folders[0], MBX_INBOX);
    assert_int_equal(restriction->rt, RES_CONTENT);
    assert_wide_equal(L"invoice", restriction->res.resContent.lpProp->Value.lpszW);
    MAPIFreeBuffer(restriction);
    free(folders);
    assert_mapi(S_OK, mailbox_search_set(f->mbx, id, NULL, NULL, 0, RESTART_SEARCH));
    assert_int_equal(results(f, id), 2);
}

static void deleting_a_search_folder_leaves_its_messages(void **state)
{
    struct fixture *f = *state;
    mbx_id message = fixture_message(f, MBX_INBOX, L"invoice", 0);
    mbx_id id = search_folder(f, &has_invoice, MBX_INBOX, 0);
    assert_mapi(S_OK, mailbox_folder_delete(f->mbx, id, DEL_MESSAGES));
    assert_mapi(S_OK, mailbox_message_find(f->mbx, message, NULL, NULL));
    struct mbx_folder folder;
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &folder));
    assert_int_equal(folder.contents, 1);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM item"), 1);
}

static void criteria_are_needed_and_checked(void **state)
{
    struct fixture *f = *state;
    SRestriction *restriction;
    mbx_id id, inbox = MBX_INBOX, *folders;
    ULONG count, search_state;
    struct propbag *props = fixture_props(L"empty");
    assert_mapi(S_OK, mailbox_folder_create(f->mbx, MBX_FINDER, FOLDER_SEARCH, props, &id));
    propbag_free(props);
    assert_mapi(MAPI_E_NOT_INITIALIZED, mailbox_search_get(f->mbx, id, &restriction, &folders, &count, &search_state));
    assert_mapi(MAPI_E_NOT_INITIALIZED, mailbox_search_set(f->mbx, id, &has_invoice, NULL, 0, 0));
    assert_mapi(MAPI_E_NO_ACCESS, mailbox_search_set(f->mbx, MBX_INBOX, &has_invoice, &inbox, 1, 0));
    SPropValue number = {.ulPropTag = PR_SUBJECT_A, .Value.lpszA = "x"};
    SRestriction wrong = {.rt = RES_PROPERTY, .res.resProperty = {RELOP_EQ, PR_IMPORTANCE, &number}};
    assert_mapi(MAPI_E_TOO_COMPLEX, mailbox_search_set(f->mbx, id, &wrong, &inbox, 1, 0));
}

static void results_are_sorted_by_an_index(void **state)
{
    struct fixture *f = *state;
    SRestriction all = {.rt = RES_EXIST, .res.resExist = {0, FIXTURE_TAG_NUMBER, 0}};
    fixture_random_rows(f, MBX_INBOX, 400, 5);
    mbx_id id = search_folder(f, &all, MBX_INBOX, 0);
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, id);
    fixture_sort(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 1);
    fixture_check_sorted(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 1, 400);
    fixture_random_rows(f, MBX_INBOX, 50, 6);
    fixture_check_sorted(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 1, 450);
    assert_mapi(S_OK, mailbox_search_set(f->mbx, id, NULL, NULL, 0, RESTART_SEARCH));
    fixture_check_sorted(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 1, 450);
    view_close(view);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(results_follow_writes),          FIXTURE_TEST(recursive_searches_follow_folders),
        FIXTURE_TEST(a_stopped_search_stays_as_it_is), FIXTURE_TEST(deleting_a_search_folder_leaves_its_messages),
        FIXTURE_TEST(criteria_are_needed_and_checked), FIXTURE_TEST(results_are_sorted_by_an_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
