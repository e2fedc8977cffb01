/*
 * test_storage_message.c: mailboxes, folders and messages: what is saved comes back, in this and another connection.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "storage_fixture.h"

static void a_new_mailbox_has_the_default_folders(void **state)
{
    struct fixture *f = *state;
    struct mbx_folder folder;
    for (mbx_id id = MBX_ROOT; id <= MBX_LAST_DEFAULT; id++) {
        assert_mapi(S_OK, mailbox_folder_get(f->mbx, id, &folder));
        assert_int_equal(folder.contents, 0);
        assert_int_equal(folder.type, id == MBX_ROOT ? FOLDER_ROOT : FOLDER_GENERIC);
    }
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &folder));
    assert_int_equal(folder.parent, MBX_IPM_SUBTREE);
    assert_mapi(MAPI_E_NOT_FOUND, mailbox_folder_get(f->mbx, MBX_STORE, &folder));
    struct propbag *props;
    assert_mapi(S_OK, mailbox_props_load(f->mbx, MBX_CALENDAR, NULL, &props));
    assert_wide_equal(L"IPF.Appointment", propbag_string(props, PR_CONTAINER_CLASS_W));
    propbag_free(props);
    assert_memory_equal(mailbox_guid(f->mbx), &fixture_guid, sizeof(GUID));
}

static void an_existing_mailbox_is_not_created_again(void **state)
{
    struct fixture *f = *state;
    assert_mapi(MAPI_E_COLLISION, mailbox_create(f->path, &fixture_guid, L"again"));
}

static void a_missing_mailbox_is_not_opened(void **state)
{
    (void)state;
    struct mailbox *mbx = (void *)1;
    assert_mapi(MAPI_E_NOT_FOUND, mailbox_open("/nonexistent/nowhere.db", NULL, &mbx));
    assert_null(mbx);
}

static void an_open_mailbox_is_shared(void **state)
{
    struct fixture *f = *state;
    struct mailbox *again;
    assert_mapi(S_OK, mailbox_open(f->path, NULL, &again));
    assert_ptr_equal(again, f->mbx);
    mailbox_close(again);
}

static void folders_are_unique_by_name_without_case(void **state)
{
    struct fixture *f = *state;
    mbx_id first, second, found;
    first = fixture_folder(f, MBX_IPM_SUBTREE, L"Straße Äpfel");
    struct propbag *props = fixture_props(L"straße äPFEL");
    assert_mapi(MAPI_E_COLLISION, mailbox_folder_create(f->mbx, MBX_IPM_SUBTREE, FOLDER_GENERIC, props, &second));
    assert_int_equal(first, second);
    propbag_free(props);
    assert_mapi(S_OK, mailbox_folder_find(f->mbx, MBX_IPM_SUBTREE, L"STRAßE ÄPFEL", &found));
    assert_int_equal(first, found);
    assert_mapi(MAPI_E_NOT_FOUND, mailbox_folder_find(f->mbx, MBX_IPM_SUBTREE, L"Strasse Apfel", &found));
}

static void folders_move_but_never_below_themselves(void **state)
{
    struct fixture *f = *state;
    mbx_id a = fixture_folder(f, MBX_IPM_SUBTREE, L"a"), b = fixture_folder(f, a, L"b"), c = fixture_folder(f, b, L"c");
    struct mbx_folder folder;
    assert_mapi(MAPI_E_FOLDER_CYCLE, mailbox_folder_move(f->mbx, a, c, NULL));
    assert_mapi(MAPI_E_FOLDER_CYCLE, mailbox_folder_move(f->mbx, a, a, NULL));
    assert_mapi(MAPI_E_NO_ACCESS, mailbox_folder_move(f->mbx, MBX_INBOX, a, NULL));
    assert_mapi(S_OK, mailbox_folder_move(f->mbx, c, MBX_IPM_SUBTREE, L"renamed"));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, c, &folder));
    assert_int_equal(folder.parent, MBX_IPM_SUBTREE);
    assert_mapi(MAPI_E_COLLISION, mailbox_folder_move(f->mbx, c, MBX_IPM_SUBTREE, L"Inbox"));
    assert_mapi(S_OK, mailbox_folder_find(f->mbx, MBX_IPM_SUBTREE, L"Renamed", &c));
}

static void a_folder_with_content_is_deleted_only_on_request(void **state)
{
    struct fixture *f = *state;
    mbx_id a = fixture_folder(f, MBX_IPM_SUBTREE, L"a"), b = fixture_folder(f, a, L"b");
    mbx_id message = fixture_message(f, b, L"in b", 0);
    struct mbx_folder folder;
    uint64_t version;
    assert_mapi(MAPI_E_HAS_FOLDERS, mailbox_folder_delete(f->mbx, a, 0));
    assert_mapi(MAPI_E_HAS_MESSAGES, mailbox_folder_delete(f->mbx, b, DEL_FOLDERS));
    assert_mapi(MAPI_E_NO_ACCESS, mailbox_folder_delete(f->mbx, MBX_INBOX, DEL_FOLDERS | DEL_MESSAGES));
    assert_mapi(S_OK, mailbox_folder_delete(f->mbx, a, DEL_FOLDERS | DEL_MESSAGES));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, a, &folder));
    assert_true(folder.soft_deleted);
    assert_mapi(S_OK, mailbox_folder_delete(f->mbx, a, DEL_FOLDERS | DEL_MESSAGES | DELETE_HARD_DELETE));
    assert_mapi(MAPI_E_NOT_FOUND, mailbox_folder_get(f->mbx, b, &folder));
    assert_mapi(MAPI_E_NOT_FOUND, mailbox_message_find(f->mbx, message, NULL, &version));
}

/* ---- messages ------------------------------------------------------------------------------------------------------- */

static void a_message_comes_back_with_all_its_parts(void **state)
{
    struct fixture *f = *state;
    struct mbx_message *message, *loaded, *inner;
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    assert_mapi(S_OK, propbag_set_string(message->props, PR_SUBJECT_W, L"outer"));
    WCHAR *body = fixture_text(100000);
    assert_mapi(S_OK, propbag_set_string(message->props, PR_BODY_W, body));
    fixture_add_recipient(message, L"one");
    fixture_add_recipient(message, L"two");
    struct mbx_attachment *attachment = fixture_add_attachment(message, L"a.bin", 50000);
    assert_int_equal(attachment->number, 0);
    attachment = fixture_add_attachment(message, L"inner.msg", 0);
    assert_mapi(S_OK, mbx_message_new(0, false, &inner));
    assert_mapi(S_OK, propbag_set_string(inner->props, PR_SUBJECT_W, L"inner"));
    fixture_add_recipient(inner, L"three");
    attachment->embedded = inner;
    attachment->has_embedded = true;
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    assert_true(message->id != 0);
    assert_int_equal(message->version, 1);
    assert_false(propbag_is_dirty(message->props));

    assert_mapi(S_OK, mailbox_message_load(f->mbx, message->id, MBX_LOAD_RECIPIENTS | MBX_LOAD_ATTACHMENTS, &loaded));
    assert_int_equal(loaded->folder, MBX_INBOX);
    assert_wide_equal(L"outer", propbag_string(loaded->props, PR_SUBJECT_W));
    const struct propbag_entry *e = propbag_find(loaded->props, PROP_ID(PR_BODY_W));
    assert_true(e->lazy);
    assert_int_equal(e->size, 200000);
    WCHAR part[50];
    size_t got;
    assert_mapi(S_OK, mailbox_blob_read(f->mbx, e->blob, 1000, part, sizeof part, &got));
    assert_int_equal(got, sizeof part);
    assert_memory_equal(part, body + 500, sizeof part);
    assert_mapi(S_OK, mailbox_blob_read(f->mbx, e->blob, 199990, part, sizeof part, &got));
    assert_int_equal(got, 10);
    assert_mapi(S_OK, mailbox_blob_read(f->mbx, e->blob, 300000, part, sizeof part, &got));
    assert_int_equal(got, 0);
    assert_int_equal(loaded->recipient_count, 2);
    assert_wide_equal(L"two", propbag_string(loaded->recipients[1], PR_DISPLAY_NAME_W));
    assert_int_equal(loaded->attachment_count, 2);
    assert_true(loaded->attachments[1].has_embedded);
    assert_mapi(S_OK, mailbox_attachment_load(f->mbx, &loaded->attachments[0]));
    assert_int_equal(propbag_find(loaded->attachments[0].props, PROP_ID(PR_ATTACH_DATA_BIN))->size, 50000);
    assert_mapi(S_OK, mailbox_attachment_load_embedded(f->mbx, &loaded->attachments[1]));
    assert_wide_equal(L"inner", propbag_string(loaded->attachments[1].embedded->props, PR_SUBJECT_W));
    assert_int_equal(loaded->attachments[1].embedded->recipient_count, 1);

    /* Deleting one attachment and changing the other's message. */
    loaded->attachments[0].deleted = true;
    propbag_set_string(loaded->attachments[1].embedded->props, PR_SUBJECT_W, L"changed inside");
    assert_mapi(S_OK, mailbox_message_save(f->mbx, loaded, false));
    assert_int_equal(loaded->attachment_count, 1);
    mbx_message_free(loaded);
    assert_mapi(S_OK, mailbox_message_load(f->mbx, message->id, MBX_LOAD_ATTACHMENTS, &loaded));
    assert_int_equal(loaded->version, 2);
    assert_int_equal(loaded->attachment_count, 1);
    assert_mapi(S_OK, mailbox_attachment_load_embedded(f->mbx, &loaded->attachments[0]));
    assert_wide_equal(L"changed inside", propbag_string(loaded->attachments[0].embedded->props, PR_SUBJECT_W));
    mbx_message_free(loaded);

    /* The first copy is out of date now. */
    propbag_set_string(message->props, PR_SUBJECT_W, L"lost");
    assert_mapi(MAPI_E_OBJECT_CHANGED, mailbox_message_save(f->mbx, message, false));
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, true));
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, message->id, true));
    propbag_set_string(message->props, PR_SUBJECT_W, L"gone");
    assert_mapi(MAPI_E_OBJECT_DELETED, mailbox_message_save(f->mbx, message, true));
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM blob"), 0);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM message"), 0);
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM attachment"), 0);
    mbx_message_free(message);
    free(body);
}

static void counts_follow_messages(void **state)
{
    struct fixture *f = *state;
    struct mbx_folder folder;
    mbx_id read = fixture_message(f, MBX_INBOX, L"read", MSGFLAG_READ), unread = fixture_message(f, MBX_INBOX, L"unread", 0);
    mbx_id other;
    ULONG old;
    int64_t bytes;
    ULONG items;
#define COUNTS(id, c, u)                                                                                               \
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, id, &folder));                                                        \
    assert_int_equal(folder.contents, c);                                                                              \
    assert_int_equal(folder.unread, u)
    COUNTS(MBX_INBOX, 2, 1);
    assert_mapi(S_OK, mailbox_message_set_flags(f->mbx, unread, PR_MESSAGE_FLAGS, MSGFLAG_READ, 0, &old));
    assert_int_equal(old & MSGFLAG_READ, 0);
    COUNTS(MBX_INBOX, 2, 0);
    assert_mapi(S_OK, mailbox_message_set_flags(f->mbx, read, PR_MESSAGE_FLAGS, 0, MSGFLAG_READ, &old));
    COUNTS(MBX_INBOX, 2, 1);
    assert_mapi(S_OK, mailbox_message_copy(f->mbx, read, f->mbx, MBX_SENT, NULL, &other));
    COUNTS(MBX_SENT, 1, 1);
    assert_mapi(S_OK, mailbox_message_move(f->mbx, read, MBX_SENT));
    COUNTS(MBX_SENT, 2, 2);
    COUNTS(MBX_INBOX, 1, 0);
    assert_mapi(S_OK, mailbox_size(f->mbx, &bytes, &items));
    assert_int_equal(items, 3);
    assert_int_equal(bytes, 3000);
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, read, false));
    COUNTS(MBX_SENT, 1, 1);
    assert_mapi(S_OK, mailbox_message_move(f->mbx, read, MBX_INBOX));
    COUNTS(MBX_INBOX, 2, 1);
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, read, true));
    COUNTS(MBX_INBOX, 1, 0);
}

static void a_copy_shares_nothing_visible(void **state)
{
    struct fixture *f = *state, other;
    struct mbx_message *message, *copy;
    mbx_id id;
    fixture_open(&other);
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    WCHAR *body = fixture_text(30000);
    propbag_set_string(message->props, PR_BODY_W, body);
    fixture_add_attachment(message, L"a.bin", 50000);
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    struct fixture *targets[] = {f, &other};
    for (int i = 0; i < 2; i++) {
        assert_mapi(S_OK, mailbox_message_copy(f->mbx, message->id, targets[i]->mbx, MBX_DRAFTS, NULL, &id));
        assert_mapi(S_OK, mailbox_message_load(targets[i]->mbx, id, MBX_LOAD_ATTACHMENTS, &copy));
        const struct propbag_entry *e = propbag_find(copy->props, PROP_ID(PR_BODY_W));
        WCHAR part[10];
        size_t got;
        assert_mapi(S_OK, mailbox_blob_read(targets[i]->mbx, e->blob, 2000, part, sizeof part, &got));
        assert_memory_equal(part, body + 1000, sizeof part);
        assert_int_equal(copy->attachment_count, 1);
        mbx_message_free(copy);
    }
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM blob"), 2);
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, message->id, true));
    assert_int_equal(fixture_count(f, "SELECT count(*) FROM blob"), 2);
    mbx_message_free(message);
    free(body);
    fixture_close(&other);
}

static void transactions_nest_and_roll_back(void **state)
{
    struct fixture *f = *state;
    struct mbx_folder folder;
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    fixture_message(f, MBX_INBOX, L"kept", 0);
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    fixture_message(f, MBX_INBOX, L"dropped", 0);
    mailbox_rollback(f->mbx);
    assert_mapi(S_OK, mailbox_commit(f->mbx));
    assert_mapi(S_OK, mailbox_folder_get(f->mbx, MBX_INBOX, &folder));
    assert_int_equal(folder.contents, 1);
}

static void changes_are_logged_in_order(void **state)
{
    struct fixture *f = *state;
    struct mbx_change changes[10];
    int64_t sequence;
    ULONG count;
    bool elsewhere;
    assert_mapi(S_OK, mailbox_change_last(f->mbx, &sequence));
    mbx_id id = fixture_message(f, MBX_INBOX, L"x", 0);
    assert_mapi(S_OK, mailbox_message_move(f->mbx, id, MBX_SENT));
    assert_mapi(S_OK, mailbox_message_delete(f->mbx, id, true));
    assert_mapi(S_OK, mailbox_log_new_mail(f->mbx, 7, MBX_INBOX));
    assert_mapi(S_OK, mailbox_changes(f->mbx, &sequence, changes, 10, &count));
    static const ULONG events[] = {fnevObjectCreated,  fnevObjectModified, fnevObjectMoved,    fnevObjectModified,
                                   fnevObjectModified, fnevObjectDeleted,  fnevObjectModified, fnevNewMail};
    assert_int_equal(count, 8);
    for (ULONG i = 0; i < count; i++)
        assert_int_equal(changes[i].event, events[i]);
    assert_int_equal(changes[2].old_parent, MBX_INBOX);
    assert_int_equal(changes[2].parent, MBX_SENT);
    assert_mapi(S_OK, mailbox_changes(f->mbx, &sequence, changes, 10, &count));
    assert_int_equal(count, 0);
    assert_mapi(S_OK, mailbox_changed_elsewhere(f->mbx, &elsewhere));
    assert_mapi(S_OK, mailbox_changed_elsewhere(f->mbx, &elsewhere));
    assert_false(elsewhere);
}

static void named_properties_keep_their_ids(void **state)
{
    struct fixture *f = *state;
    static const GUID set = {1, 2, 3, {4}}, headers = {0x00020386, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    MAPINAMEID number = {.lpguid = (GUID *)&set, .ulKind = MNID_ID, .Kind.lID = 0x8205}, *back;
    MAPINAMEID text = {.lpguid = (GUID *)&set, .ulKind = MNID_STRING, .Kind.lpwstrName = L"Keywords"};
    MAPINAMEID upper = {.lpguid = (GUID *)&set, .ulKind = MNID_STRING, .Kind.lpwstrName = L"KEYWORDS"};
    MAPINAMEID h1 = {.lpguid = (GUID *)&headers, .ulKind = MNID_STRING, .Kind.lpwstrName = L"X-Foo"};
    MAPINAMEID h2 = {.lpguid = (GUID *)&headers, .ulKind = MNID_STRING, .Kind.lpwstrName = L"x-foo"};
    ULONG a, b, c, d;
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &number, false, &a));
    assert_int_equal(a, 0);
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &number, true, &a));
    assert_int_equal(a, 0x8000);
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &text, true, &b));
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &upper, true, &c));
    assert_int_not_equal(b, c);
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &number, true, &d));
    assert_int_equal(a, d);
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &h1, true, &c));
    assert_mapi(S_OK, mailbox_named_id(f->mbx, &h2, true, &d));
    assert_int_equal(c, d);
    assert_mapi(S_OK, mailbox_named_name(f->mbx, b, &back));
    assert_int_equal(back->ulKind, MNID_STRING);
    assert_wide_equal(L"Keywords", back->Kind.lpwstrName);
    MAPIFreeBuffer(back);
    assert_mapi(MAPI_E_NOT_FOUND, mailbox_named_name(f->mbx, 0x9000, &back));
}

/* The same names have other ids in the other mailbox, in another order. */
static void a_copy_keeps_the_names_of_properties(void **state)
{
    static GUID set = {1, 2, 3, {4}};
    struct fixture *f = *state, other;
    struct mbx_message *message, *copy;
    ULONG here[3], there[3];
    mbx_id id;
    fixture_open(&other);
    assert_mapi(S_OK, mbx_message_new(MBX_INBOX, false, &message));
    for (LONG i = 0; i < 3; i++) {
        MAPINAMEID name = {.lpguid = &set, .ulKind = MNID_ID, .Kind.lID = i}, back = name;
        SPropValue value = {.Value.l = i};
        back.Kind.lID = 2 - i;
        assert_mapi(S_OK, mailbox_named_id(f->mbx, &name, true, &here[i]));
        assert_mapi(S_OK, mailbox_named_id(other.mbx, &back, true, &there[2 - i]));
        value.ulPropTag = PROP_TAG(PT_LONG, here[i]);
        assert_mapi(S_OK, propbag_set(message->props, &value));
    }
    assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
    assert_mapi(S_OK, mailbox_message_copy(f->mbx, message->id, other.mbx, MBX_DRAFTS, NULL, &id));
    assert_mapi(S_OK, mailbox_message_load(other.mbx, id, 0, &copy));
    for (LONG i = 0; i < 3; i++)
        assert_int_equal(propbag_long(copy->props, PROP_TAG(PT_LONG, there[i]), -1), i);
    mbx_message_free(copy);
    mbx_message_free(message);
    fixture_close(&other);
}

static void receive_folders_match_whole_parts(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const WCHAR *message_class, *matched;
        mbx_id folder;
    } cases[] = {
        {L"IPM.Note", L"IPM.Note", MBX_INBOX},       {L"ipm.note.smime", L"IPM.Note", MBX_INBOX},
        {L"IPM.Notebook", L"IPM", MBX_INBOX},        {L"IPM.Task.Request", L"IPM.Task", MBX_TASKS},
        {L"REPORT.IPM.Note.NDR", L"REPORT.IPM", MBX_INBOX}, {L"Something", L"", MBX_INBOX},
        {L"", L"", MBX_INBOX},                       {L"IPC.x", L"IPC", MBX_ROOT},
    };
    assert_mapi(S_OK, mailbox_receive_folder_set(f->mbx, L"IPM.Task", MBX_TASKS));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        WCHAR *matched;
        mbx_id folder;
        assert_mapi(S_OK, mailbox_receive_folder_get(f->mbx, cases[i].message_class, &folder, &matched));
        assert_int_equal(cases[i].folder, folder);
        assert_wide_equal(cases[i].matched, matched);
        MAPIFreeBuffer(matched);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_new_mailbox_has_the_default_folders),
        FIXTURE_TEST(an_existing_mailbox_is_not_created_again),
        FIXTURE_TEST(a_missing_mailbox_is_not_opened),
        FIXTURE_TEST(an_open_mailbox_is_shared),
        FIXTURE_TEST(folders_are_unique_by_name_without_case),
        FIXTURE_TEST(folders_move_but_never_below_themselves),
        FIXTURE_TEST(a_folder_with_content_is_deleted_only_on_request),
        FIXTURE_TEST(a_message_comes_back_with_all_its_parts),
        FIXTURE_TEST(counts_follow_messages),
        FIXTURE_TEST(a_copy_shares_nothing_visible),
        FIXTURE_TEST(a_copy_keeps_the_names_of_properties),
        FIXTURE_TEST(transactions_nest_and_roll_back),
        FIXTURE_TEST(changes_are_logged_in_order),
        FIXTURE_TEST(named_properties_keep_their_ids),
        FIXTURE_TEST(receive_folders_match_whole_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
