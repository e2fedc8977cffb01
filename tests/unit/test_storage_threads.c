/*
 * test_storage_threads.c: one process, many threads and many mailboxes: sharing, copying in opposite directions, cost of
 * opening.
 *
 * Layer: tests (native).
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "mbx.h"
#include "view_fixture.h"

enum { THREADS = 4, EACH = 40 };

struct job {
    struct fixture *f, *other;
    int number;
    HRESULT hr; /* the first failure */
};

static HRESULT save_one(struct mailbox *mbx, mbx_id folder, int number, mbx_id *id)
{
    struct mbx_message *message;
    HRESULT hr = mbx_message_new(folder, false, &message);
    if (FAILED(hr))
        return hr;
    propbag_set_long(message->props, FIXTURE_TAG_NUMBER, number);
    propbag_set_string(message->props, PR_SUBJECT_W, L"from a thread");
    hr = mailbox_message_save(mbx, message, false);
    *id = message->id;
    mbx_message_free(message);
    return hr;
}

/* Half of the threads write in transactions of their own, the other half read a view meanwhile. */
static void *write_and_read(void *context)
{
    struct job *job = context;
    struct mbx_view *view = NULL;
    struct mbx_pos *pos = NULL;
    SRowSet *set;
    mbx_id id;
    if (job->number % 2 == 0) {
        for (int i = 0; i < EACH && SUCCEEDED(job->hr); i++) {
            if (FAILED(job->hr = mailbox_begin(job->f->mbx)))
                break;
            job->hr = save_one(job->f->mbx, MBX_INBOX, i, &id);
            if (SUCCEEDED(job->hr) && i % 8 != 7)
                job->hr = mailbox_commit(job->f->mbx);
            else
                mailbox_rollback(job->f->mbx);
        }
        return NULL;
    }
    job->hr = mailbox_view_open(job->f->mbx, MBX_VIEW_CONTENTS, MBX_INBOX, fixture_entryid, NULL, &view);
    for (int i = 0; i < EACH && SUCCEEDED(job->hr); i++) {
        SizedSSortOrderSet(1, order) = {1, 0, 0, {{i % 2 ? PR_SUBJECT_W : FIXTURE_TAG_NUMBER, 0}}};
        job->hr = view_sort(view, (SSortOrderSet *)&order);
        if (SUCCEEDED(job->hr))
            job->hr = view_pos_begin(view, &pos);
        if (SUCCEEDED(job->hr) && SUCCEEDED(job->hr = view_rows(view, pos, 50, true, &set)))
            fixture_free_rows(set);
        view_pos_free(pos);
    }
    view_close(view);
    return NULL;
}

static void run_jobs(struct job *jobs, int count, void *(*work)(void *))
{
    pthread_t threads[THREADS];
    for (int i = 0; i < count; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, &jobs[i]), 0);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < count; i++)
        assert_mapi(S_OK, jobs[i].hr);
}

static void threads_share_a_mailbox(void **state)
{
    struct fixture *f = *state;
    struct mbx_folder folder;
    struct job jobs[THREADS];
    for (int i = 0; i < THREADS; i++)
        jobs[i] = (struct job){.f = f, .number = i};
    run_jobs(jobs, THREADS, write_and_read);
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &folder));
    assert_int_equal(folder.contents, THREADS / 2 * (EACH - EACH / 8));
    assert_mapi(S_OK, mailbox_check(f->path, NULL, NULL));
}

static void *copy_across(void *context)
{
    struct job *job = context;
    mbx_id id, copy;
    job->hr = save_one(job->f->mbx, MBX_INBOX, job->number, &id);
    for (int i = 0; i < EACH && SUCCEEDED(job->hr); i++)
        job->hr = mailbox_message_copy(job->f->mbx, id, job->other->mbx, MBX_SENT, NULL, &copy);
    return NULL;
}

static void copies_in_opposite_directions_do_not_wait_for_each_other(void **state)
{
    struct fixture *f = *state, other;
    struct mbx_folder folder;
    fixture_open(&other);
    struct job jobs[] = {{.f = f, .other = &other, .number = 1}, {.f = &other, .other = f, .number = 2}};
    run_jobs(jobs, 2, copy_across);
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_SENT, &folder));
    assert_int_equal(folder.contents, EACH);
    assert_mapi(S_OK, mailbox_folder_get(other.mbx, MBX_SENT, &folder));
    assert_int_equal(folder.contents, EACH);
    fixture_close(&other);
}

/* Another owner's thread: reads at once, then writes, which waits for the transaction that is open. */
struct second {
    struct mailbox *mbx;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool has_read;
    HRESULT hr;
};

static void *read_then_write(void *context)
{
    struct second *second = context;
    struct mbx_folder folder;
    mbx_id id;
    second->hr = mailbox_folder_get(second->mbx, MBX_INBOX, &folder);
    if (SUCCEEDED(second->hr) && folder.contents != 0)
        second->hr = MAPI_E_CALL_FAILED; /* what is not committed */
    pthread_mutex_lock(&second->lock);
    second->has_read = true;
    pthread_cond_signal(&second->changed);
    pthread_mutex_unlock(&second->lock);
    if (SUCCEEDED(second->hr))
        second->hr = save_one(second->mbx, MBX_INBOX, 2, &id);
    return NULL;
}

static void owners_read_at_the_same_time(void **state)
{
    struct fixture *f = *state;
    struct second second = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    struct mailbox *again;
    struct mbx_folder folder;
    struct timespec until;
    pthread_t thread;
    bool in_time = true;
    mbx_id id;
    assert_mapi(S_OK, mailbox_open(f->path, &second, &second.mbx));
    assert_ptr_not_equal(second.mbx, f->mbx);
    assert_mapi(S_OK, mailbox_open(f->path, &second, &again));
    assert_ptr_equal(again, second.mbx);
    mailbox_close(again);
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    assert_mapi(S_OK, save_one(f->mbx, MBX_INBOX, 1, &id));
    assert_int_equal(pthread_create(&thread, NULL, read_then_write, &second), 0);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 30;
    pthread_mutex_lock(&second.lock);
    while (!second.has_read && in_time)
        in_time = pthread_cond_timedwait(&second.changed, &second.lock, &until) == 0;
    pthread_mutex_unlock(&second.lock);
    assert_true(in_time); /* while this transaction is open */
    assert_mapi(S_OK, mailbox_commit(f->mbx));
    pthread_join(thread, NULL);
    assert_mapi(S_OK, second.hr);
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &folder));
    assert_int_equal(folder.contents, 2);
    mailbox_close(second.mbx);
}

static int hook_calls;

static void count_commits(void *context, const GUID *mailbox)
{
    assert_ptr_equal(context, &hook_calls);
    assert_memory_equal(mailbox, &fixture_guid, sizeof(GUID));
    hook_calls++;
}

static void the_hook_is_called_once_per_commit(void **state)
{
    struct fixture *f = *state;
    mbx_id id;
    storage_set_commit_hook(count_commits, &hook_calls);
    hook_calls = 0;
    assert_mapi(S_OK, save_one(f->mbx, MBX_INBOX, 1, &id));
    assert_int_equal(hook_calls, 1);
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    for (int i = 0; i < 5; i++)
        assert_mapi(S_OK, save_one(f->mbx, MBX_INBOX, 1, &id));
    assert_int_equal(hook_calls, 1);
    assert_mapi(S_OK, mailbox_commit(f->mbx));
    assert_int_equal(hook_calls, 2);
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    assert_mapi(S_OK, save_one(f->mbx, MBX_INBOX, 1, &id));
    mailbox_rollback(f->mbx);
    assert_int_equal(hook_calls, 2);
    storage_set_commit_hook(NULL, NULL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(threads_share_a_mailbox),
        FIXTURE_TEST(copies_in_opposite_directions_do_not_wait_for_each_other),
        FIXTURE_TEST(owners_read_at_the_same_time),
        FIXTURE_TEST(the_hook_is_called_once_per_commit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
