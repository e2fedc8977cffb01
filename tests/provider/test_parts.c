/*
 * test_parts.c: recipients, attachments, embedded messages and OLE storages of a message.
 */
#include "harness.h"

static IMessage *new_message(void)
{
    IMessage *message = NULL;
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &message), S_OK);
    return message;
}

static ULONG rows_of(IMAPITable *table)
{
    ULONG count = 99;
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    release(table);
    return count;
}

static ULONG recipients_of(IMessage *message)
{
    IMAPITable *table = NULL;
    assert_hr(message->lpVtbl->GetRecipientTable(message, 0, &table), S_OK);
    return rows_of(table);
}

static ULONG attachments_of(IMessage *message)
{
    IMAPITable *table = NULL;
    assert_hr(message->lpVtbl->GetAttachmentTable(message, 0, &table), S_OK);
    return rows_of(table);
}

static IMessage *reopen(IMessage *message, ULONG flags)
{
    SPropValue *id = get_prop(message, PR_ENTRYID);
    assert_non_null(id);
    release(message);
    message = (IMessage *)open_entry(store, &id->Value.bin, flags);
    free_mapi(id);
    return message;
}

static void recipients_are_added_changed_and_removed(void **state)
{
    IMessage *message = new_message();
    IMAPITable *table = NULL;
    SizedSPropTagArray(4, columns) = {4, {PR_ROWID, PR_DISPLAY_NAME_W, PR_RECIPIENT_TYPE, PR_EMAIL_ADDRESS_A}};
    (void)state;
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    add_recipient(message, MAPI_TO, L"Bert", L"SMTP", L"bert@example.test");
    add_recipient(message, MAPI_CC, L"Carla", L"SMTP", L"carla@example.test");
    add_recipient(message, MAPI_BCC, L"Dora", L"SMTP", L"dora@example.test");
    assert_string(message, PR_DISPLAY_TO_W, L"Anna; Bert");
    assert_string(message, PR_DISPLAY_CC_W, L"Carla");
    assert_string(message, PR_DISPLAY_BCC_W, L"Dora");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    message = reopen(message, MAPI_MODIFY);
    assert_int_equal(recipients_of(message), 4);
    assert_hr(message->lpVtbl->GetRecipientTable(message, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    release(table);
    assert_int_equal(rows->cRows, 4);
    assert_string_equal(rows->aRow[0].lpProps[3].Value.lpszA, "anna@example.test");
    SPropValue change[3] = {rows->aRow[1].lpProps[0], rows->aRow[1].lpProps[2],
                            {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (LPWSTR)L"Berta"}};
    SizedADRLIST(1, list) = {1, {{0, 3, change}}};
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_MODIFY, (ADRLIST *)&list), S_OK);
    assert_string(message, PR_DISPLAY_TO_W, L"Anna; Berta");
    list.aEntries[0].rgPropVals = rows->aRow[0].lpProps;
    list.aEntries[0].cValues = 1;
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_REMOVE, (ADRLIST *)&list), S_OK);
    assert_string(message, PR_DISPLAY_TO_W, L"Berta");
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_REMOVE, (ADRLIST *)&list), MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->ModifyRecipients(message, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(message->lpVtbl->ModifyRecipients(message, 0x100, (ADRLIST *)&list), MAPI_E_UNKNOWN_FLAGS);
    list.cEntries = 0;
    assert_hr(message->lpVtbl->ModifyRecipients(message, 0, (ADRLIST *)&list), S_OK);
    assert_int_equal(recipients_of(message), 0);
    free_rows(rows);
    release(message);
}

static IAttach *new_attachment(IMessage *message, const WCHAR *name, ULONG *number)
{
    IAttach *attach = NULL;
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, number, &attach), S_OK);
    set_string(attach, PR_ATTACH_LONG_FILENAME_W, name);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    return attach;
}

static void set_data(IAttach *attach, const char *text)
{
    SPropValue value = {.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {(ULONG)strlen(text), (BYTE *)text}};
    assert_hr(attach->lpVtbl->SetProps(attach, 1, &value, NULL), S_OK);
}

static void attachments_need_both_saves(void **state)
{
    IMessage *message = new_message();
    ULONG first = 99, second = 99;
    IAttach *attach = new_attachment(message, L"a.txt", &first);
    (void)state;
    set_data(attach, "twelve bytes");
    assert_int_equal(attachments_of(message), 0);
    assert_hr(attach->lpVtbl->SaveChanges(attach, KEEP_OPEN_READWRITE), S_OK);
    assert_int_equal(attachments_of(message), 1);
    release(attach);
    attach = new_attachment(message, L"lost.txt", &second);
    assert_int_not_equal(first, second);
    release(attach); /* never saved */
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    assert_int_equal(get_long(message, PR_HASATTACH), 1);
    assert_true(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_HASATTACH);
    assert_true(get_long(message, PR_MESSAGE_SIZE) > 12);
    message = reopen(message, MAPI_MODIFY);
    assert_int_equal(attachments_of(message), 1);
    assert_hr(message->lpVtbl->OpenAttach(message, 4711, NULL, 0, &attach), MAPI_E_NOT_FOUND);
    assert_null(attach);
    assert_hr(message->lpVtbl->OpenAttach(message, first, NULL, MAPI_MODIFY, &attach), S_OK);
    assert_int_equal(get_long(attach, PR_ATTACH_NUM), first);
    assert_string(attach, PR_ATTACH_LONG_FILENAME_W, L"a.txt");
    assert_string(attach, PR_ATTACH_EXTENSION_W, L".txt");
    assert_int_equal(get_long(attach, PR_RENDERING_POSITION), -1);
    assert_true(get_long(attach, PR_ATTACH_SIZE) >= 12);
    SPropValue *data = get_prop(attach, PR_ATTACH_DATA_BIN);
    assert_int_equal(data->Value.bin.cb, 12);
    free_mapi(data);
    set_string(attach, PR_ATTACH_LONG_FILENAME_W, L"b.txt");
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    release(attach);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    assert_hr(message->lpVtbl->DeleteAttach(message, first, 0, NULL, 0), S_OK);
    assert_int_equal(attachments_of(message), 0);
    message = reopen(message, MAPI_MODIFY); /* the deletion was not saved */
    assert_int_equal(attachments_of(message), 1);
    assert_hr(message->lpVtbl->OpenAttach(message, first, NULL, 0, &attach), S_OK);
    assert_string(attach, PR_ATTACH_LONG_FILENAME_W, L"b.txt");
    release(attach);
    assert_hr(message->lpVtbl->DeleteAttach(message, first, 0, NULL, 0), S_OK);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    assert_int_equal(get_long(message, PR_HASATTACH), 0);
    message = reopen(message, 0);
    assert_int_equal(attachments_of(message), 0);
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &first, &attach), MAPI_E_NO_ACCESS);
    release(message);
}

/* Puts a message into an attachment of `message`; both are saved. depth: more inside. */
static void embed(IMessage *message, int depth)
{
    ULONG number;
    IAttach *attach = NULL;
    IMessage *inner = NULL;
    WCHAR subject[] = L"level 0";
    subject[6] = (WCHAR)('0' + depth);
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &number, &attach), S_OK);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    set_string(attach, PR_DISPLAY_NAME_W, subject);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                                           (IUnknown **)&inner),
              S_OK);
    set_string(inner, PR_SUBJECT_W, subject);
    set_string(inner, PR_BODY_W, subject);
    add_recipient(inner, MAPI_TO, L"Inner", L"SMTP", L"inner@example.test");
    if (depth > 1)
        embed(inner, depth - 1);
    assert_hr(inner->lpVtbl->SaveChanges(inner, KEEP_OPEN_READWRITE), S_OK);
    assert_hr(attach->lpVtbl->SaveChanges(attach, KEEP_OPEN_READWRITE), S_OK);
    release(inner);
    release(attach);
}

static void check_embedded(IMessage *message, int depth)
{
    WCHAR subject[] = L"level 0";
    IAttach *attach = NULL;
    IMessage *inner = NULL;
    subject[6] = (WCHAR)('0' + depth);
    assert_int_equal(attachments_of(message), 1);
    assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, 0, &attach), S_OK);
    assert_int_equal(get_long(attach, PR_ATTACH_METHOD), ATTACH_EMBEDDED_MSG);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner), S_OK);
    assert_string(inner, PR_SUBJECT_W, subject);
    assert_string(inner, PR_BODY_W, subject);
    assert_int_equal(recipients_of(inner), 1);
    if (depth > 1)
        check_embedded(inner, depth - 1);
    release(inner);
    release(attach);
}

static void embedded_messages_nest(void **state)
{
    IMessage *message = new_message(), *copy = new_message();
    (void)state;
    set_string(message, PR_SUBJECT_W, L"outer");
    embed(message, 4);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    message = reopen(message, MAPI_MODIFY);
    check_embedded(message, 4);
    assert_hr(message->lpVtbl->CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL), S_OK);
    assert_hr(copy->lpVtbl->SaveChanges(copy, KEEP_OPEN_READWRITE), S_OK);
    copy = reopen(copy, 0);
    check_embedded(copy, 4);
    release(copy);
    release(message);
}

static void an_embedded_message_waits_for_all_saves(void **state)
{
    IMessage *message = new_message(), *inner = NULL;
    IAttach *attach = NULL;
    (void)state;
    embed(message, 1);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    message = reopen(message, MAPI_MODIFY);
    assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, MAPI_MODIFY, &attach), S_OK);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_MODIFY, (IUnknown **)&inner),
              S_OK);
    set_string(inner, PR_SUBJECT_W, L"changed");
    assert_hr(inner->lpVtbl->SaveChanges(inner, KEEP_OPEN_READWRITE), S_OK);
    release(inner);
    release(attach); /* not saved */
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    message = reopen(message, MAPI_MODIFY);
    check_embedded(message, 1);
    assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, MAPI_MODIFY, &attach), S_OK);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_MODIFY, (IUnknown **)&inner),
              S_OK);
    set_string(inner, PR_SUBJECT_W, L"changed");
    assert_hr(inner->lpVtbl->SaveChanges(inner, KEEP_OPEN_READWRITE), S_OK);
    assert_hr(attach->lpVtbl->SaveChanges(attach, KEEP_OPEN_READWRITE), S_OK);
    release(inner);
    release(attach);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    message = reopen(message, 0);
    assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, 0, &attach), S_OK);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner), S_OK);
    assert_string(inner, PR_SUBJECT_W, L"changed");
    release(inner);
    release(attach);
    release(message);
}

static void ole_storages_are_kept(void **state)
{
    IMessage *message = new_message();
    ULONG number, done = 0;
    char back[8] = {0};
    IAttach *attach = new_attachment(message, L"object", &number);
    IStorage *storage = NULL;
    IStream *stream = NULL;
    (void)state;
    set_long(attach, PR_ATTACH_METHOD, ATTACH_OLE);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, MAPI_CREATE | MAPI_MODIFY,
                                           (IUnknown **)&storage),
              S_OK);
    assert_hr(IStorage_CreateStream(storage, L"CONTENTS", STGM_READWRITE | STGM_SHARE_EXCLUSIVE | STGM_CREATE, 0, 0, &stream),
              S_OK);
    assert_hr(IStream_Write(stream, "inside!", 7, &done), S_OK);
    release(stream);
    assert_hr(IStorage_Commit(storage, 0), S_OK);
    release(storage);
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    release(attach);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    message = reopen(message, 0);
    assert_hr(message->lpVtbl->OpenAttach(message, number, NULL, 0, &attach), S_OK);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage, 0, 0, (IUnknown **)&storage), S_OK);
    assert_hr(IStorage_OpenStream(storage, L"CONTENTS", NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, 0, &stream), S_OK);
    assert_hr(IStream_Read(stream, back, 7, &done), S_OK);
    assert_string_equal(back, "inside!");
    release(stream);
    release(storage);
    release(attach);
    release(message);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(recipients_are_added_changed_and_removed),
        cmocka_unit_test(attachments_need_both_saves),
        cmocka_unit_test(embedded_messages_nest),
        cmocka_unit_test(an_embedded_message_waits_for_all_saves),
        cmocka_unit_test(ole_storages_are_kept),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, harness_setup, harness_teardown);
}
