/*
 * test_submit.c: SubmitMessage: local delivery, filing, the pickup folder, receipts, failures.
 */
#include "harness.h"
#include <stdlib.h>

static IMAPISession *anna_session;
static IMsgStore *anna;
static IMAPIFolder *anna_inbox, *outbox, *sent;

static int setup(void **state)
{
    ULONG cb = 0, type;
    ENTRYID *id = NULL;
    harness_setup(state);
    anna_session = harness_logon(L"anna");
    anna = open_default_store(anna_session, MDB_WRITE);
    assert_hr(anna->lpVtbl->GetReceiveFolder(anna, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(anna->lpVtbl->OpenEntry(anna, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&anna_inbox), S_OK);
    free_mapi(id);
    outbox = open_folder(store, PR_IPM_OUTBOX_ENTRYID);
    sent = open_folder(store, PR_IPM_SENTMAIL_ENTRYID);
    return 0;
}

static int teardown(void **state)
{
    release(outbox);
    release(sent);
    release(anna_inbox);
    release(anna);
    anna_session->lpVtbl->Logoff(anna_session, 0, 0, 0);
    release(anna_session);
    return harness_teardown(state);
}

static IMessage *draft(const WCHAR *subject)
{
    IMessage *message = NULL;
    assert_hr(outbox->lpVtbl->CreateMessage(outbox, NULL, 0, &message), S_OK);
    set_string(message, PR_SUBJECT_W, subject);
    set_string(message, PR_BODY_W, L"Dear reader");
    return message;
}

static void file_in_sent(IMessage *message)
{
    SPropValue *id = get_prop(store, PR_IPM_SENTMAIL_ENTRYID);
    id->ulPropTag = PR_SENTMAIL_ENTRYID;
    assert_hr(message->lpVtbl->SetProps(message, 1, id, NULL), S_OK);
    free_mapi(id);
}

/* The newest message of a folder. */
static IMessage *newest(IMsgStore *in, IMAPIFolder *folder)
{
    IMAPITable *table = NULL;
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_CREATION_TIME, TABLE_SORT_DESCEND}}};
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    SRowSet *rows = query_rows(table, 1);
    assert_int_equal(rows->cRows, 1);
    IMessage *message = (IMessage *)open_entry(in, &rows->aRow[0].lpProps[0].Value.bin, MAPI_MODIFY);
    free_rows(rows);
    release(table);
    return message;
}

static void without_recipients_it_fails(void **state)
{
    IMessage *message = draft(L"to nobody");
    (void)state;
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), MAPI_E_NO_RECIPIENTS);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0x8000), MAPI_E_UNKNOWN_FLAGS);
    release(message);
}

static void a_local_recipient_gets_it(void **state)
{
    ULONG before = count_contents(anna_inbox, 0), filed = count_contents(sent, 0), waiting = count_contents(outbox, 0);
    IMessage *message = draft(L"RE: delivery");
    IAttach *attach = NULL;
    ULONG number;
    SPropValue data = {.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {5, (BYTE *)"bytes"}};
    (void)state;
    assert_hr(message->lpVtbl->CreateAttach(message, NULL, 0, &number, &attach), S_OK);
    set_long(attach, PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    assert_hr(attach->lpVtbl->SetProps(attach, 1, &data, NULL), S_OK);
    assert_hr(attach->lpVtbl->SaveChanges(attach, 0), S_OK);
    release(attach);
    add_recipient(message, MAPI_TO, L"Anna Arnold", L"SMTP", L"ANNA@example.test");
    add_recipient(message, MAPI_BCC, L"Admin", L"SMTP", L"admin@example.test");
    file_in_sent(message);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    assert_int_equal(count_contents(anna_inbox, 0), before + 1);
    assert_int_equal(count_contents(sent, 0), filed + 1);
    assert_int_equal(count_contents(outbox, 0), waiting);

    message = newest(anna, anna_inbox);
    assert_string(message, PR_SUBJECT_W, L"RE: delivery");
    assert_string(message, PR_BODY_W, L"Dear reader");
    assert_string(message, PR_SENDER_NAME_W, L"Demo User");
    assert_string(message, PR_SENT_REPRESENTING_NAME_W, L"Demo User");
    assert_string(message, PR_DISPLAY_TO_W, L"Anna Arnold");
    assert_string(message, PR_DISPLAY_BCC_W, L"");
    assert_string(message, PR_RECEIVED_BY_NAME_W, L"Anna Arnold");
    assert_int_equal(get_long(message, PR_MESSAGE_FLAGS), MSGFLAG_HASATTACH);
    assert_int_equal(get_long(message, PR_MESSAGE_TO_ME), 1);
    assert_null(get_prop(message, PR_SENTMAIL_ENTRYID));
    SPropValue *time = get_prop(message, PR_MESSAGE_DELIVERY_TIME), *id = get_prop(message, PR_INTERNET_MESSAGE_ID_W);
    assert_non_null(time);
    assert_non_null(id);
    free_mapi(time);
    free_mapi(id);
    IMAPITable *table = NULL;
    ULONG recipients = 0;
    assert_hr(message->lpVtbl->GetRecipientTable(message, 0, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &recipients), S_OK);
    assert_int_equal(recipients, 1); /* without the Bcc */
    release(table);
    release(message);

    message = newest(store, sent);
    assert_int_equal(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_UNSENT | MSGFLAG_SUBMIT | MSGFLAG_READ), MSGFLAG_READ);
    assert_string(message, PR_DISPLAY_BCC_W, L"Admin");
    release(message);
}

static void delete_after_submit_leaves_nothing(void **state)
{
    ULONG filed = count_contents(sent, 0), waiting = count_contents(outbox, 0);
    IMessage *message = draft(L"gone");
    (void)state;
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    set_long(message, PR_DELETE_AFTER_SUBMIT, 1);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    assert_int_equal(count_contents(sent, 0), filed);
    assert_int_equal(count_contents(outbox, 0), waiting);
}

static int pickup_files(WCHAR *last)
{
    WCHAR pattern[MAX_PATH];
    WIN32_FIND_DATAW found;
    int count = 0;
    assert_true(GetEnvironmentVariableW(L"MAPIHOST_DATA", pattern, MAX_PATH - 20) > 0);
    lstrcatW(pattern, L"\\pickup\\*.eml");
    HANDLE find = FindFirstFileW(pattern, &found);
    if (find == INVALID_HANDLE_VALUE)
        return 0;
    do {
        count++;
        if (last)
            lstrcpyW(last, found.cFileName);
    } while (FindNextFileW(find, &found));
    FindClose(find);
    return count;
}

static void remote_mail_goes_to_the_pickup_folder(void **state)
{
    WCHAR name[MAX_PATH], path[MAX_PATH];
    char text[4096] = {0};
    DWORD read = 0;
    int before = pickup_files(NULL);
    IMessage *message = draft(L"far away");
    (void)state;
    add_recipient(message, MAPI_TO, L"Far", L"SMTP", L"far@elsewhere.test");
    add_recipient(message, MAPI_BCC, L"Secret", L"SMTP", L"secret@elsewhere.test");
    file_in_sent(message);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    assert_int_equal(pickup_files(name), before + 1);
    GetEnvironmentVariableW(L"MAPIHOST_DATA", path, MAX_PATH);
    lstrcatW(path, L"\\pickup\\");
    lstrcatW(path, name);
    HANDLE file = CreateFileW(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    assert_ptr_not_equal(file, INVALID_HANDLE_VALUE);
    assert_true(ReadFile(file, text, sizeof(text) - 1, &read, NULL));
    CloseHandle(file);
    assert_non_null(strstr(text, "X-Sender: demo@example.test\r\n"));
    assert_non_null(strstr(text, "X-Receiver: far@elsewhere.test\r\n"));
    assert_non_null(strstr(text, "X-Receiver: secret@elsewhere.test\r\n"));
    assert_non_null(strstr(text, "Subject: far away\r\n"));
    assert_non_null(strstr(text, "Dear reader"));
    assert_null(strstr(text, "\r\nBcc:"));
    assert_null(strstr(text, "Secret"));
}

/* What MAPI's reference requires of a report message. */
static void assert_report(IMessage *report, const WCHAR *subject)
{
    static const ULONG present[] = {PR_ORIGINAL_SUBMIT_TIME, PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_INDEX, PR_REPORT_TEXT_W,
                                    PR_BODY_W, PR_REPORT_TIME, PR_MESSAGE_DELIVERY_TIME, PR_SEARCH_KEY, PR_SENDER_ADDRTYPE_W,
                                    PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_ENTRYID, PR_SENDER_NAME_W, PR_SENDER_SEARCH_KEY,
                                    PR_ORIGINAL_DISPLAY_TO_W, PR_ORIGINAL_SENDER_NAME_W, PR_PARENT_KEY};
    for (size_t i = 0; i < ARRAYSIZE(present); i++) {
        SPropValue *value = get_prop(report, present[i]);
        if (!value)
            print_error("0x%08lX is missing\n", (unsigned long)present[i]);
        assert_non_null(value);
        free_mapi(value);
    }
    assert_string(report, PR_ORIGINAL_SUBJECT_W, subject);
}

static void an_unknown_address_is_reported(void **state)
{
    ULONG before = count_contents(inbox, 0), number = 0;
    IMessage *message = draft(L"lost"), *inner = NULL;
    IMAPITable *table = NULL;
    IAttach *attach = NULL;
    SizedSPropTagArray(5, columns) = {
        5, {PR_DISPLAY_NAME_W, PR_NDR_REASON_CODE, PR_NDR_DIAG_CODE, PR_REPORT_TEXT_W, PR_RECIPIENT_TYPE}};
    (void)state;
    set_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note.Special");
    add_recipient(message, MAPI_TO, L"Nobody", L"EX", L"/o=nowhere/cn=nobody");
    add_recipient(message, MAPI_CC, L"Anna", L"SMTP", L"anna@example.test");
    add_recipient(message, MAPI_BCC, L"No one", L"EX", L"/o=nowhere/cn=noone");
    file_in_sent(message);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    assert_int_equal(count_contents(outbox, 0), 0);
    assert_int_equal(count_contents(inbox, 0), before + 1);
    message = newest(store, inbox);
    assert_string(message, PR_MESSAGE_CLASS_W, L"REPORT.IPM.Note.Special.NDR");
    assert_string(message, PR_SUBJECT_W, L"Undeliverable: lost");
    assert_string(message, PR_SENDER_EMAIL_ADDRESS_W, L"postmaster@example.test");
    assert_string(message, PR_ORIGINAL_DISPLAY_TO_W, L"Nobody");
    assert_string(message, PR_ORIGINAL_DISPLAY_CC_W, L"Anna");
    assert_string(message, PR_ORIGINAL_DISPLAY_BCC_W, L"No one");
    assert_int_equal(get_long(message, PR_MESSAGE_FLAGS) & (MSGFLAG_UNSENT | MSGFLAG_SUBMIT | MSGFLAG_READ), 0);
    assert_report(message, L"lost");
    /* Its recipients are those it is about. */
    assert_hr(message->lpVtbl->GetRecipientTable(message, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 2);
    for (ULONG i = 0; i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        assert_int_equal(wcscmp(row[0].Value.lpszW, i ? L"No one" : L"Nobody"), 0);
        for (int k = 1; k < 5; k++)
            assert_int_equal(row[k].ulPropTag, columns.aulPropTag[k]);
        assert_int_equal(row[4].Value.l, i ? MAPI_BCC : MAPI_TO);
    }
    free_rows(rows);
    release(table);
    /* The message itself is in it, to be sent again. */
    assert_hr(message->lpVtbl->OpenAttach(message, number, NULL, 0, &attach), S_OK);
    assert_int_equal(get_long(attach, PR_ATTACH_METHOD), ATTACH_EMBEDDED_MSG);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner), S_OK);
    assert_string(inner, PR_SUBJECT_W, L"lost");
    assert_string(inner, PR_BODY_W, L"Dear reader");
    assert_string(inner, PR_DISPLAY_BCC_W, L"No one");
    release(inner);
    release(attach);
    release(message);
    /* Nor is one made when the sender asks for none. */
    message = draft(L"lost without a word");
    add_recipient(message, MAPI_TO, L"Nobody", L"EX", L"/o=nowhere/cn=nobody");
    SPropValue none = {.ulPropTag = PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED, .Value.b = FALSE};
    assert_hr(message->lpVtbl->SetProps(message, 1, &none, NULL), S_OK);
    file_in_sent(message);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    assert_int_equal(count_contents(inbox, 0), before + 1);
}

static void reading_sends_a_receipt_once(void **state)
{
    ULONG before = count_contents(inbox, 0);
    IMessage *message = draft(L"receipt");
    (void)state;
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    set_long(message, PR_READ_RECEIPT_REQUESTED, 1);
    set_long(message, PR_DELETE_AFTER_SUBMIT, 1);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    message = newest(anna, anna_inbox);
    assert_string(message, PR_SUBJECT_W, L"receipt");
    assert_hr(message->lpVtbl->SetReadFlag(message, 0), S_OK);
    assert_int_equal(count_contents(inbox, 0), before + 1);
    assert_hr(message->lpVtbl->SetReadFlag(message, CLEAR_READ_FLAG), S_OK);
    release(message);
    message = newest(store, inbox);
    assert_string(message, PR_MESSAGE_CLASS_W, L"REPORT.IPM.Note.IPNRN");
    assert_report(message, L"receipt");
    SPropValue *time = get_prop(message, PR_ORIGINAL_DELIVERY_TIME);
    assert_non_null(time);
    free_mapi(time);
    release(message);
}

/* A receipt that was cancelled is not sent later; flags that contradict each other are told. */
static void a_receipt_can_be_cancelled(void **state)
{
    static const ULONG cancelling[] = {CLEAR_RN_PENDING, SUPPRESS_RECEIPT | GENERATE_RECEIPT_ONLY, SUPPRESS_RECEIPT};
    static const ULONG wrong[] = {SUPPRESS_RECEIPT | CLEAR_READ_FLAG, CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY,
                                  SUPPRESS_RECEIPT | CLEAR_READ_FLAG | GENERATE_RECEIPT_ONLY};
    ULONG before = count_contents(inbox, 0);
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(cancelling); i++) {
        IMessage *message = draft(L"no receipt");
        add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
        set_long(message, PR_READ_RECEIPT_REQUESTED, 1);
        set_long(message, PR_DELETE_AFTER_SUBMIT, 1);
        assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
        release(message);
        message = newest(anna, anna_inbox);
        for (size_t k = 0; k < ARRAYSIZE(wrong); k++)
            assert_hr(message->lpVtbl->SetReadFlag(message, wrong[k]), MAPI_E_INVALID_PARAMETER);
        assert_true(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_RN_PENDING);
        assert_hr(message->lpVtbl->SetReadFlag(message, cancelling[i]), S_OK);
        assert_hr(message->lpVtbl->SetReadFlag(message, 0), S_OK);
        assert_true(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ);
        release(message);
    }
    assert_int_equal(count_contents(inbox, 0), before);
}

static void a_class_with_its_own_receive_folder_goes_there(void **state)
{
    IMAPIFolder *folder = make_folder(anna_inbox, L"Forms");
    SPropValue *id = get_prop(folder, PR_ENTRYID);
    IMessage *message = draft(L"a form");
    (void)state;
    assert_hr(anna->lpVtbl->SetReceiveFolder(anna, (LPTSTR) "IPM.Note.Form", 0, id->Value.bin.cb,
                                             (ENTRYID *)id->Value.bin.lpb),
              S_OK);
    set_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note.Form.Holiday");
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    set_long(message, PR_DELETE_AFTER_SUBMIT, 1);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), S_OK);
    release(message);
    assert_int_equal(count_contents(folder, 0), 1);
    free_mapi(id);
    release(folder);
}

static void the_queue_is_empty_and_abort_says_so(void **state)
{
    IMAPITable *table = NULL;
    ULONG count = 99;
    IMessage *message = make_message(outbox, L"never sent");
    SPropValue *id = get_prop(message, PR_ENTRYID);
    (void)state;
    assert_hr(store->lpVtbl->GetOutgoingQueue(store, 0, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 0);
    release(table);
    assert_hr(store->lpVtbl->AbortSubmit(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, 0), MAPI_E_NOT_IN_QUEUE);
    free_mapi(id);
    release(message);
}

/* The spooler's part: a locked message is neither submitted nor taken back; FinishedMsg files it. */
static void the_spooler_locks_and_finishes(void **state)
{
    IMessage *message = make_message(outbox, L"in the spooler's hands");
    SPropValue *id = get_prop(message, PR_ENTRYID);
    ULONG filed = count_contents(sent, 0);
    (void)state;
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    file_in_sent(message);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    assert_hr(store->lpVtbl->SetLockState(store, NULL, MSG_LOCKED), MAPI_E_INVALID_PARAMETER);
    assert_hr(store->lpVtbl->SetLockState(store, message, 7), MAPI_E_INVALID_PARAMETER);
    assert_hr(store->lpVtbl->SetLockState(store, message, MSG_LOCKED), S_OK);
    assert_hr(message->lpVtbl->SubmitMessage(message, 0), MAPI_E_NO_ACCESS);
    assert_hr(store->lpVtbl->SetLockState(store, message, MSG_UNLOCKED), S_OK);
    assert_hr(store->lpVtbl->FinishedMsg(store, 1, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(store->lpVtbl->FinishedMsg(store, 0, 0, NULL), MAPI_E_INVALID_PARAMETER);
    assert_hr(store->lpVtbl->FinishedMsg(store, 0, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb), S_OK);
    assert_int_equal(count_contents(sent, 0), filed + 1);
    assert_int_equal(count_contents(outbox, 0), 1); /* what the test before left */
    free_mapi(id);
    release(message);
}

/* MAPI over HTTP: a store by the user's SMTP address. */
static void a_store_is_named_by_an_address(void **state)
{
    SPropValue value = {.ulPropTag = PR_PROFILE_USER_SMTP_EMAIL_ADDRESS_W, .Value.lpszW = (LPWSTR)L"demo@example.test"};
    IExchangeManageStoreEx *manage = NULL;
    IMsgStore *opened = NULL;
    SPropValue *key = get_prop(store, PR_RECORD_KEY), *other;
    ULONG cb = 99;
    ENTRYID *id = POISON;
    (void)state;
    assert_hr(store->lpVtbl->QueryInterface(store, &IID_IExchangeManageStoreEx, (void **)&manage), S_OK);
    assert_hr(manage->lpVtbl->CreateStoreEntryID2(manage, 0, &value, 0, &cb, &id), MAPI_E_INVALID_PARAMETER);
    assert_null(id);
    assert_hr(manage->lpVtbl->CreateStoreEntryID2(manage, 1, &value, OPENSTORE_HOME_LOGON, &cb, &id), S_OK);
    assert_hr(session->lpVtbl->OpenMsgStore(session, 0, cb, id, NULL, MDB_NO_DIALOG | MAPI_BEST_ACCESS, &opened), S_OK);
    other = get_prop(opened, PR_RECORD_KEY);
    assert_int_equal(other->Value.bin.cb, key->Value.bin.cb);
    assert_memory_equal(other->Value.bin.lpb, key->Value.bin.lpb, key->Value.bin.cb);
    free_mapi(other);
    free_mapi(key);
    free_mapi(id);
    release(opened);
    value.Value.lpszW = (LPWSTR)L"nobody@example.test";
    assert_hr(manage->lpVtbl->CreateStoreEntryID2(manage, 1, &value, 0, &cb, &id), MAPI_E_NOT_FOUND);
    release(manage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_recipients_it_fails),
        cmocka_unit_test(a_local_recipient_gets_it),
        cmocka_unit_test(delete_after_submit_leaves_nothing),
        cmocka_unit_test(remote_mail_goes_to_the_pickup_folder),
        cmocka_unit_test(an_unknown_address_is_reported),
        cmocka_unit_test(reading_sends_a_receipt_once),
        cmocka_unit_test(a_receipt_can_be_cancelled),
        cmocka_unit_test(a_class_with_its_own_receive_folder_goes_there),
        cmocka_unit_test(the_queue_is_empty_and_abort_says_so),
        cmocka_unit_test(the_spooler_locks_and_finishes),
        cmocka_unit_test(a_store_is_named_by_an_address),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
