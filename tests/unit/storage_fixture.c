/*
 * storage_fixture.c: see storage_fixture.h.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>
#include "storage_fixture.h"
#include "text.h"

const GUID fixture_guid = {0x01020304, 0x0506, 0x0708, {9, 10, 11, 12, 13, 14, 15, 16}};

void fixture_assert_mapi(HRESULT expected, HRESULT hr, const char *call, const char *file, int line)
{
    if (hr != expected) {
        print_error("%s: 0x%08x, expected 0x%08x\n", call, (unsigned)hr, (unsigned)expected);
        _fail(file, line);
    }
}

void fixture_assert_wide(const WCHAR *expected, const WCHAR *text, const char *file, int line)
{
    char *a = expected == NULL ? NULL : text_to_utf8(expected, text_length(expected), NULL);
    char *b = text == NULL ? NULL : text_to_utf8(text, text_length(text), NULL);
    bool same = a != NULL && b != NULL ? strcmp(a, b) == 0 : a == b;
    if (!same)
        print_error("\"%s\", expected \"%s\"\n", b == NULL ? "(NULL)" : b, a == NULL ? "(NULL)" : a);
    free(a);
    free(b);
    if (!same)
        _fail(file, line);
}

void fixture_open(struct fixture *f)
{
    strcpy(f->folder, "/tmp/storage-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/mbx.db", f->folder);
    assert_mapi(S_OK, mailbox_create(f->path, &fixture_guid, L"Mailbox - Test"));
    assert_mapi(S_OK, mailbox_open(f->path, NULL, &f->mbx));
}

void fixture_close(struct fixture *f)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    mailbox_close(f->mbx);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char path[100];
        snprintf(path, sizeof path, "%s%s", f->path, suffixes[i]);
        unlink(path);
    }
    rmdir(f->folder);
}

int fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    fixture_open(f);
    return 0;
}

int fixture_teardown(void **state)
{
    fixture_close(*state);
    free(*state);
    return 0;
}

struct propbag *fixture_props(const WCHAR *display_name)
{
    struct propbag *props;
    assert_mapi(S_OK, propbag_create(&props));
    assert_mapi(S_OK, propbag_set_string(props, PR_DISPLAY_NAME_W, display_name));
    return props;
}

mbx_id fixture_folder(struct fixture *f, mbx_id parent, const WCHAR *name)
{
    mbx_id id;
    struct propbag *props = fixture_props(name);
    assert_mapi(S_OK, mailbox_folder_create(f->mbx, parent, FOLDER_GENERIC, props, &id));
    propbag_free(props);
    return id;
}

mbx_id fixture_message(struct fixture *f, mbx_id folder, const WCHAR *subject, LONG flags)
{
    struct mbx_message *message;
    assert_mapi(S_OK, mbx_message_new(folder, false, &message));
    assert_mapi(S_OK, propbag_set_string(message->props, PR_SUBJECT_W, subject));
    assert_mapi(S_OK, propbag_set_long(message->props, PR_MESSAGE_FLAGS, flags));
    assert_mapi(S_OK, propbag_set_long(message->props, PR_MESSAGE_SIZE, 1000));
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    mbx_id id = message->id;
    mbx_message_free(message);
    return id;
}

void fixture_add_recipient(struct mbx_message *message, const WCHAR *name)
{
    message->recipients =
        realloc(message->recipients, (message->recipient_count + 1) * sizeof *message->recipients);
    struct propbag *props = fixture_props(name);
    assert_mapi(S_OK, propbag_set_long(props, PR_ROWID, (LONG)message->recipient_count));
    message->recipients[message->recipient_count++] = props;
    message->recipients_dirty = true;
}

struct mbx_attachment *fixture_add_attachment(struct mbx_message *message, const WCHAR *name, ULONG data_size)
{
    message->attachments =
        realloc(message->attachments, (message->attachment_count + 1) * sizeof *message->attachments);
    struct mbx_attachment *attachment = &message->attachments[message->attachment_count++];
    *attachment = (struct mbx_attachment){.number = message->next_attachment_number++, .props = fixture_props(name)};
    if (data_size > 0) {
        BYTE *data = malloc(data_size);
        for (ULONG i = 0; i < data_size; i++)
            data[i] = (BYTE)(i * 7);
        SPropValue value = {.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {data_size, data}};
        assert_mapi(S_OK, propbag_set(attachment->props, &value));
        free(data);
    }
    return attachment;
}

WCHAR *fixture_text(size_t units)
{
    WCHAR *text = malloc((units + 1) * sizeof *text);
    for (size_t i = 0; i < units; i++)
        text[i] = (WCHAR)(i % 7919 + 1);
    text[units] = 0;
    return text;
}

int64_t fixture_count(struct fixture *f, const char *sql)
{
    sqlite3 *handle;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open(f->path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(handle);
    return n;
}
