/*
 * test_storage_safety.c: what is acknowledged is on disk: processes killed at random, two writers, a full disk, files that
 * cannot be written, damaged files.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "mbx.h"
#include "view_fixture.h"

static void report(void *context, const char *finding)
{
    (void)context;
    print_message("check: %s\n", finding);
}

static void count_findings(void *context, const char *finding)
{
    (void)finding;
    ++*(int *)context;
}

static void assert_sound(struct fixture *f)
{
    assert_mapi(S_OK, mailbox_check(f->path, report, NULL));
}

/* ---- processes ------------------------------------------------------------------------------------------------------------- */

/* A message with everything; the number is its subject's beginning. */
static HRESULT write_one(struct mailbox *mbx, unsigned number, mbx_id *id)
{
    struct mbx_message *message;
    WCHAR subject[40] = {0};
    char text[20];
    snprintf(text, sizeof text, "%u", number);
    for (int i = 0; text[i]; i++)
        subject[i] = (WCHAR)text[i];
    HRESULT hr = mbx_message_new(MBX_INBOX, false, &message);
    if (FAILED(hr))
        return hr;
    WCHAR *body = fixture_text(200 + number * 977 % 9000);
    propbag_set_string(message->props, PR_SUBJECT_W, subject);
    propbag_set_string(message->props, PR_BODY_W, body);
    propbag_set_long(message->props, FIXTURE_TAG_NUMBER, (LONG)number);
    propbag_set_long(message->props, PR_MESSAGE_SIZE, (LONG)number);
    fixture_add_recipient(message, L"someone");
    fixture_add_attachment(message, L"a", number * 31 % 20000 + 1);
    hr = mailbox_message_save(mbx, message, false);
    *id = message->id;
    mbx_message_free(message);
    free(body);
    return hr;
}

/* The child: writes, moves and deletes until it is killed; tells each acknowledged id. */
static void write_for_ever(const char *path, int out)
{
    struct mailbox *mbx;
    if (FAILED(mailbox_open(path, NULL, &mbx)))
        _exit(3);
    for (unsigned number = 1;; number++) {
        mbx_id id, other;
        if (FAILED(write_one(mbx, number, &id)) || write(out, &id, sizeof id) != sizeof id)
            _exit(4);
        if (number % 5 == 0 && (FAILED(write_one(mbx, number, &other)) || FAILED(mailbox_message_delete(mbx, other, number % 2))))
            _exit(5);
        if (number % 7 == 0 && FAILED(mailbox_message_move(mbx, id, MBX_SENT)))
            _exit(6);
    }
}

static void a_killed_process_loses_nothing_acknowledged(void **state)
{
    struct fixture *f = *state;
    static mbx_id acknowledged[4000];
    size_t count = 0;
    mailbox_close(f->mbx);
    f->mbx = NULL;
    for (unsigned round = 0; round < 12; round++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(ends[0]);
            write_for_ever(f->path, ends[1]);
        }
        close(ends[1]);
        /* Killed after a number of messages, at whatever it does then. */
        for (unsigned i = 0; i < 3 + round * 5 % 17; i++)
            if (read(ends[0], &acknowledged[count], sizeof(mbx_id)) == sizeof(mbx_id))
                count++;
        usleep(round * 137 % 1000); /* not a wait: only another place to be killed at */
        kill(child, SIGKILL);
        while (count < 4000 && read(ends[0], &acknowledged[count], sizeof(mbx_id)) == sizeof(mbx_id))
            count++;
        close(ends[0]);
        int status;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        assert_sound(f);
    }
    assert_mapi(S_OK, mailbox_open(f->path, NULL, &f->mbx));
    for (size_t i = 0; i < count; i++) {
        struct mbx_message *message;
        assert_mapi(S_OK, mailbox_message_load(f->mbx, acknowledged[i], MBX_LOAD_RECIPIENTS | MBX_LOAD_ATTACHMENTS, &message));
        assert_int_equal(message->recipient_count, 1);
        assert_int_equal(message->attachment_count, 1);
        assert_mapi(S_OK, mailbox_attachment_load(f->mbx, &message->attachments[0]));
        mbx_message_free(message);
    }
    assert_true(count > 50);
}

static void two_processes_write_one_mailbox(void **state)
{
    enum { WRITERS = 2, EACH = 60 };
    struct fixture *f = *state;
    struct mbx_folder folder;
    bool changed;
    mailbox_close(f->mbx);
    f->mbx = NULL;
    pid_t children[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        children[w] = fork();
        if (children[w] == 0) {
            struct mailbox *mbx;
            mbx_id id;
            HRESULT hr = mailbox_open(f->path, NULL, &mbx);
            for (unsigned i = 0; SUCCEEDED(hr) && i < EACH; i++)
                hr = write_one(mbx, i, &id);
            _exit(FAILED(hr));
        }
    }
    for (int w = 0; w < WRITERS; w++) {
        int status;
        waitpid(children[w], &status, 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_mapi(S_OK, mailbox_open(f->path, NULL, &f->mbx));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &folder));
    assert_int_equal(folder.contents, WRITERS * EACH);
    assert_sound(f);

    /* Another process's commit is noticed, and a message that it changed is not overwritten. */
    mbx_id id;
    struct mbx_message *mine;
    assert_mapi(S_OK, write_one(f->mbx, 1, &id));
    assert_mapi(S_OK, mailbox_message_load(f->mbx, id, 0, &mine));
    assert_mapi(S_OK, mailbox_changed_elsewhere(f->mbx, &changed));
    assert_mapi(S_OK, mailbox_changed_elsewhere(f->mbx, &changed));
    assert_false(changed);
    pid_t child = fork();
    if (child == 0) {
        /* A connection is not taken across fork: another name for the same file gives a new one. */
        char path[200];
        struct mailbox *mbx;
        struct mbx_message *theirs;
        snprintf(path, sizeof path, "%s/./mbx.db", f->folder);
        HRESULT hr = mailbox_open(path, NULL, &mbx);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = mailbox_message_load(mbx, id, 0, &theirs))) {
            propbag_set_string(theirs->props, PR_SUBJECT_W, L"theirs");
            hr = mailbox_message_save(mbx, theirs, false);
        }
        _exit(FAILED(hr));
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_mapi(S_OK, mailbox_changed_elsewhere(f->mbx, &changed));
    assert_true(changed);
    propbag_set_string(mine->props, PR_SUBJECT_W, L"mine");
    assert_mapi(MAPI_E_OBJECT_CHANGED, mailbox_message_save(f->mbx, mine, false));
    mbx_message_free(mine);
    assert_mapi(S_OK, mailbox_message_load(f->mbx, id, 0, &mine));
    assert_wide_equal(L"theirs", propbag_string(mine->props, PR_SUBJECT_W));
    mbx_message_free(mine);
}

/* ---- the disk --------------------------------------------------------------------------------------------------------------- */

static void a_full_disk_is_told_and_does_no_damage(void **state)
{
    struct fixture *f = *state;
    struct mbx_folder before, after;
    mbx_id id;
    char sql[60];
    int64_t pages;
    for (unsigned i = 0; i < 5; i++)
        assert_mapi(S_OK, write_one(f->mbx, i, &id));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &before));
    assert_mapi(S_OK, db_int(f->mbx->db, &pages, "PRAGMA page_count", ""));
    snprintf(sql, sizeof sql, "PRAGMA max_page_count=%d", (int)pages + 6);
    assert_mapi(S_OK, db_script(f->mbx->db, sql));
    HRESULT hr = S_OK;
    unsigned written = 0;
    for (unsigned i = 0; i < 100 && SUCCEEDED(hr); i++)
        if (SUCCEEDED(hr = write_one(f->mbx, i, &id)))
            written++;
    assert_mapi(MAPI_E_NOT_ENOUGH_DISK, hr);
    /* In an outer transaction all of it is taken back. */
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    for (unsigned i = 0; i < 100 && (i == 0 || SUCCEEDED(hr)); i++)
        hr = write_one(f->mbx, i, &id);
    assert_mapi(MAPI_E_NOT_ENOUGH_DISK, hr);
    mailbox_rollback(f->mbx);
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &after));
    assert_int_equal(after.contents, before.contents + written);
    assert_sound(f);
    assert_mapi(S_OK, db_script(f->mbx->db, "PRAGMA max_page_count=1000000"));
    assert_mapi(S_OK, write_one(f->mbx, 1, &id));
    assert_sound(f);
}

static void a_file_that_cannot_be_written_is_still_read(void **state)
{
    struct fixture *f = *state;
    mbx_id id;
    assert_mapi(S_OK, write_one(f->mbx, 1, &id));
    fixture_random_rows(f, MBX_INBOX, 250, 3);
    assert_mapi(S_OK, db_script(f->mbx->db, "PRAGMA query_only=1"));
    struct mbx_message *message;
    assert_mapi(S_OK, mailbox_message_load(f->mbx, id, 0, &message));
    propbag_set_string(message->props, PR_SUBJECT_W, L"x");
    assert_mapi(MAPI_E_NO_ACCESS, mailbox_message_save(f->mbx, message, false));
    mbx_message_free(message);
    assert_mapi(MAPI_E_NO_ACCESS, mailbox_message_delete(f->mbx, id, true));
    /* An order that needs a new index is sorted each time instead. */
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    fixture_sort(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 0);
    fixture_check_sorted(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 0, 251);
    view_close(view);
    assert_mapi(S_OK, db_script(f->mbx->db, "PRAGMA query_only=0"));
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, id, true));
}

static void another_user_may_not_open_a_private_file(void **state)
{
    struct fixture *f = *state;
    if (geteuid() != 0)
        skip();
    mailbox_close(f->mbx);
    f->mbx = NULL;
    assert_int_equal(chmod(f->folder, 0755), 0);
    assert_int_equal(chmod(f->path, 0600), 0);
    pid_t child = fork();
    if (child == 0) {
        struct mailbox *mbx;
        _exit(seteuid(65534) != 0 ? 2 : mailbox_open(f->path, NULL, &mbx) != MAPI_E_NO_ACCESS);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_mapi(S_OK, mailbox_open(f->path, NULL, &f->mbx));
}

/* ---- damage ------------------------------------------------------------------------------------------------------------------- */

static void damage_is_found(void **state)
{
    struct fixture *f = *state;
    static const char *const harm[] = {
        "UPDATE folder SET contents=contents+1 WHERE id=4",
        "DELETE FROM folder WHERE id=9",
        "UPDATE folder SET parent=77777 WHERE id=6",
        "UPDATE message SET props=x'0100ff' WHERE id=(SELECT min(id) FROM message)",
        "UPDATE message SET recipients=x'ff' WHERE id=(SELECT min(id) FROM message)",
        "DELETE FROM item WHERE id=(SELECT min(id) FROM message)",
        "DELETE FROM attachment",
        "UPDATE blob SET refs=refs+1",
        "DELETE FROM blob",
        "UPDATE meta SET value=70 WHERE name='next_id'",
        "UPDATE message SET folder=99999 WHERE id=(SELECT min(id) FROM message)",
        "DELETE FROM sortkey WHERE id=(SELECT min(id) FROM sortkey)",
        "INSERT INTO receive VALUES('x',4711,'x')",
    };
    mbx_id id;
    assert_mapi(S_OK, write_one(f->mbx, 200, &id));
    fixture_random_rows(f, MBX_INBOX, 250, 3);
    struct mbx_view *view = fixture_view(f, MBX_VIEW_CONTENTS, MBX_INBOX);
    fixture_sort(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 0);
    fixture_check_sorted(view, PR_IMPORTANCE, 0, FIXTURE_TAG_NUMBER, 0, 251);
    view_close(view);
    assert_sound(f);
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        int findings = 0;
        char copy[120], command[300];
        struct mailbox *mbx;
        snprintf(copy, sizeof copy, "%s/copy.db", f->folder);
        snprintf(command, sizeof command, "VACUUM INTO '%s'", copy);
        assert_mapi(S_OK, db_script(f->mbx->db, command));
        assert_mapi(S_OK, mailbox_open(copy, NULL, &mbx));
        /* The triggers would put the counts right. */
        assert_mapi(S_OK, db_script(mbx->db, "DROP TRIGGER item_removed"));
        assert_mapi(S_OK, db_script(mbx->db, harm[i]));
        mailbox_close(mbx);
        HRESULT hr = mailbox_check(copy, count_findings, &findings);
        if (hr != MAPI_E_CORRUPT_STORE || findings == 0)
            fail_msg("not found (0x%08x): %s", (unsigned)hr, harm[i]);
        unlink(copy);
    }
}

static void what_is_no_mailbox_is_not_opened(void **state)
{
    struct fixture *f = *state;
    struct mailbox *mbx;
    char path[120];
    int findings = 0;
    snprintf(path, sizeof path, "%s/other.db", f->folder);
    FILE *file = fopen(path, "wb");
    for (int i = 0; i < 5000; i++)
        fputc(i * 31 & 0xff, file);
    fclose(file);
    assert_mapi(MAPI_E_CORRUPT_STORE, mailbox_open(path, NULL, &mbx));
    assert_mapi(MAPI_E_CORRUPT_STORE, mailbox_check(path, count_findings, &findings));
    assert_true(findings > 0);
    unlink(path);
    /* Damage in the middle of a mailbox. */
    fixture_random_rows(f, MBX_INBOX, 300, 4);
    mailbox_close(f->mbx);
    f->mbx = NULL;
    file = fopen(f->path, "r+b");
    for (long at = 4096 * 30; at < 4096 * 60; at += 512) {
        fseek(file, at, SEEK_SET);
        fwrite("garbage garbage garbage", 1, 23, file);
    }
    fclose(file);
    findings = 0;
    assert_mapi(MAPI_E_CORRUPT_STORE, mailbox_check(f->path, count_findings, &findings));
    assert_true(findings > 0);
}

static void an_older_file_is_brought_up_to_date(void **state)
{
    struct fixture *f = *state;
    struct mailbox *mbx;
    mbx_id id, *ids = NULL;
    ULONG count = 0;
    int64_t version = 0;
    assert_mapi(S_OK, write_one(f->mbx, 1, &id));
    assert_mapi(S_OK, mailbox_message_set_flags(f->mbx, id, PR_MESSAGE_FLAGS, MSGFLAG_SUBMIT, 0, NULL));
    assert_mapi(S_OK, write_one(f->mbx, 2, &id));
    /* As version 1 was. */
    assert_mapi(S_OK, db_script(f->mbx->db, "DROP INDEX message_outgoing; DROP INDEX item_unread; PRAGMA user_version=1"));
    assert_mapi(S_OK, db_run(f->mbx->db, "DELETE FROM folder WHERE id=?", "i", (int64_t)MBX_FREEBUSY));
    mailbox_close(f->mbx);
    assert_mapi(S_OK, mailbox_open(f->path, NULL, &mbx));
    f->mbx = mbx;
    assert_mapi(S_OK, db_int(mbx->db, &version, "PRAGMA user_version", ""));
    assert_int_equal(version, 4);
    struct mbx_folder folder;
    assert_mapi(S_OK, mailbox_folder_get(mbx, MBX_FREEBUSY, &folder));
    assert_int_equal(folder.parent, MBX_ROOT);
    assert_mapi(S_OK, mailbox_outgoing(mbx, &ids, &count));
    assert_int_equal(count, 1);
    assert_int_equal(ids[0], id - 2); /* the one before, with an attachment */
    free(ids);
    assert_sound(f);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_killed_process_loses_nothing_acknowledged),
        FIXTURE_TEST(two_processes_write_one_mailbox),
        FIXTURE_TEST(a_full_disk_is_told_and_does_no_damage),
        FIXTURE_TEST(a_file_that_cannot_be_written_is_still_read),
        FIXTURE_TEST(another_user_may_not_open_a_private_file),
        FIXTURE_TEST(damage_is_found),
        FIXTURE_TEST(what_is_no_mailbox_is_not_opened),
        FIXTURE_TEST(an_older_file_is_brought_up_to_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
