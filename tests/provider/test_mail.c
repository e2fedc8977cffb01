/*
 * test_mail.c: mail into messages of the provider and back: the properties that a mail gives (MS-OXCMAIL),
 * recipients, attachments, embedded messages; and that what is written as mail again says the same.
 */
#include "harness.h"
#include "mime_mapi.h"

#include <stdlib.h>

static int setup(void **state)
{
    int failed = harness_setup(state);
    if (failed)
        return failed;
    mapi.allocate_buffer = (void *)GetProcAddress(dll.module, "MAPIAllocateBuffer");
    mapi.allocate_more = (void *)GetProcAddress(dll.module, "MAPIAllocateMore");
    mapi.free_buffer = (void *)GetProcAddress(dll.module, "MAPIFreeBuffer");
    return 0;
}

static IMessage *import(const char *text, struct mime_report *report)
{
    IMessage *message = NULL;
    struct mime_import options = {.now = 0x01d00000LL << 32};
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &message), S_OK);
    assert_hr(mime_import(text, strlen(text), &options, report, message), S_OK);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    return message;
}

static struct mime_mail *export(IMessage *message, struct bytebuf *text)
{
    struct mime_mail *mail = NULL;
    assert_hr(mime_export(message, NULL, text), S_OK);
    assert_hr(mime_parse((const char *)text->data, text->size, &mail), S_OK);
    assert_int_equal(mail->report.count, 0);
    return mail;
}

static const char full[] = "Received: from a by b; Mon, 2 Jan 2006 10:00:05 +0000\r\n"
                           "From: =?utf-8?Q?J=C3=BCrgen?= <j@example.test>\r\nSender: "
                           "s@example.test\r\nReply-To: \"Answers\" <r@example.test>\r\n"
                           "To: Anna <anna@example.test>, bo@example.test\r\nCc: c@example.test\r\n"
                           "Subject: RE: =?iso-8859-1?Q?gr=FC=DFe?=\r\nDate: Mon, 2 Jan 2006 11:00:00 "
                           "+0100\r\nMessage-ID: <id@example.test>\r\n"
                           "In-Reply-To: <first@example.test>\r\nReferences: "
                           "<first@example.test>\r\nImportance: High\r\nSensitivity: Private\r\n"
                           "Disposition-Notification-To: j@example.test\r\nThread-Topic: topic\r\nKeywords: "
                           "red, green\r\nX-Other: kept\r\n"
                           "Content-Type: multipart/mixed; boundary=m\r\n\r\n"
                           "--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: "
                           "multipart/alternative; boundary=a\r\n\r\n"
                           "--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain "
                           "\xc3\xbc\r\n--a\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"
                           "<p>html \xfc<img src=\"cid:pic@x\"></p>\r\n--a--\r\n--r\r\nContent-Type: "
                           "image/png; name=pic.png\r\nContent-ID: <pic@x>\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n"
                           "--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
                           "filename*=utf-8''gr%C3%BC%C3%9F%20e.pdf\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\nUERG\r\n"
                           "--m\r\nContent-Type: message/rfc822\r\n\r\nFrom: in@example.test\r\nSubject: "
                           "inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n"
                           "--i\r\n\r\ninner text\r\n--i\r\nContent-Type: message/rfc822\r\n\r\nSubject: "
                           "innermost\r\n\r\ndeep\r\n--i--\r\n\r\n--m--\r\n";

static void a_mail_becomes_properties(void **state)
{
    (void)state;
    static const struct {
        ULONG tag;
        const WCHAR *text;
    } strings[] = {
        {PR_MESSAGE_CLASS_W, L"IPM.Note"},
        {PR_SUBJECT_W, L"RE: gr\x00fc\x00df"
                       L"e"},
        {PR_NORMALIZED_SUBJECT_W, L"gr\x00fc\x00df"
                                  L"e"},
        {PR_SENT_REPRESENTING_NAME_W, L"J\x00fcrgen"},
        {PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, L"j@example.test"},
        {PR_SENT_REPRESENTING_ADDRTYPE_W, L"SMTP"},
        {PR_SENDER_NAME_W, L"s@example.test"},
        {PR_REPLY_RECIPIENT_NAMES_W, L"Answers"},
        {PR_DISPLAY_TO_W, L"Anna; bo@example.test"},
        {PR_DISPLAY_CC_W, L"c@example.test"},
        {PR_INTERNET_MESSAGE_ID_W, L"<id@example.test>"},
        {PROP_TAG(PT_UNICODE, 0x1042), L"<first@example.test>"},
        {PR_CONVERSATION_TOPIC_W, L"topic"},
        {PR_BODY_W, L"plain \x00fc"},
    };
    struct mime_report report = {.count = 0};
    IMessage *message = import(full, &report);
    assert_int_equal(report.count, 0);
    for (size_t i = 0; i < ARRAYSIZE(strings); i++)
        assert_string(message, strings[i].tag, strings[i].text);
    assert_int_equal(get_long(message, PR_IMPORTANCE), IMPORTANCE_HIGH);
    assert_int_equal(get_long(message, PR_SENSITIVITY), SENSITIVITY_PRIVATE);
    assert_int_equal(get_long(message, PR_INTERNET_CPID), 28591);
    assert_int_equal(get_long(message, PR_MESSAGE_FLAGS) &
                         (MSGFLAG_UNSENT | MSGFLAG_READ | MSGFLAG_HASATTACH),
                     MSGFLAG_HASATTACH);
    SPropValue *value = get_prop(message, PR_HTML);
    assert_non_null(value);
    assert_memory_equal(value->Value.bin.lpb, "<p>html \xfc<img", 13);
    free_mapi(value);
    value = get_prop(message, PR_CLIENT_SUBMIT_TIME);
    SYSTEMTIME time;
    assert_true(FileTimeToSystemTime(&value->Value.ft, &time));
    assert_int_equal(time.wYear, 2006);
    assert_int_equal(time.wHour, 10);
    assert_int_equal(time.wSecond, 0);
    free_mapi(value);
    value = get_prop(message, PR_MESSAGE_DELIVERY_TIME);
    assert_true(FileTimeToSystemTime(&value->Value.ft, &time));
    assert_int_equal(time.wSecond, 5);
    free_mapi(value);
    value = get_prop(message, PR_TRANSPORT_MESSAGE_HEADERS_W);
    assert_non_null(wcsstr(value->Value.lpszW, L"X-Other: kept\r\n"));
    assert_null(wcsstr(value->Value.lpszW, L"--m"));
    free_mapi(value);
    release(message);
}

static void attachments_have_their_properties(void **state)
{
    (void)state;
    static const struct {
        const WCHAR *name; /* NULL: none */
        LONG method, flags;
        const WCHAR *mime_tag, *content_id;
        ULONG size;
    } expected[] = {
        {L"pic.png", ATTACH_BY_VALUE, 4, L"image/png", L"pic@x", 8},
        {L"gr\x00fc\x00df e.pdf", ATTACH_BY_VALUE, 0, L"application/pdf", NULL, 3},
        {NULL, ATTACH_EMBEDDED_MSG, 0, L"message/rfc822", NULL, 0},
    };
    IMessage *message = import(full, NULL), *inner = NULL, *innermost = NULL;
    IAttach *attach = NULL;
    for (ULONG i = 0; i < ARRAYSIZE(expected); i++) {
        assert_hr(message->lpVtbl->OpenAttach(message, i, NULL, 0, &attach), S_OK);
        assert_int_equal(get_long(attach, PR_ATTACH_METHOD), expected[i].method);
        assert_string(attach, PR_ATTACH_MIME_TAG_W, expected[i].mime_tag);
        if (expected[i].name)
            assert_string(attach, PR_ATTACH_LONG_FILENAME_W, expected[i].name);
        if (expected[i].content_id)
            assert_string(attach, PR_ATTACH_CONTENT_ID_W, expected[i].content_id);
        if (expected[i].flags)
            assert_int_equal(get_long(attach, PROP_TAG(PT_LONG, 0x3714)), expected[i].flags);
        if (expected[i].size) {
            SPropValue *data = get_prop(attach, PR_ATTACH_DATA_BIN);
            assert_int_equal(data->Value.bin.cb, expected[i].size);
            free_mapi(data);
        }
        release(attach);
    }
    assert_hr(message->lpVtbl->OpenAttach(message, 2, NULL, 0, &attach), S_OK);
    assert_string(attach, PR_DISPLAY_NAME_W, L"inner");
    assert_hr(
        attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner),
        S_OK);
    assert_string(inner, PR_SUBJECT_W, L"inner");
    assert_string(inner, PR_BODY_W, L"inner text");
    release(attach);
    assert_hr(inner->lpVtbl->OpenAttach(inner, 0, NULL, 0, &attach), S_OK);
    assert_hr(attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0,
                                           (IUnknown **)&innermost),
              S_OK);
    assert_string(innermost, PR_SUBJECT_W, L"innermost");
    release(innermost);
    release(attach);
    release(inner);
    release(message);
}

static void a_message_becomes_the_same_mail(void **state)
{
    (void)state;
    static const struct {
        const char *header, *text;
    } headers[] = {
        {"Subject", "RE: gr\xc3\xbc\xc3\x9f"
                    "e"},
        {"Message-ID", "<id@example.test>"},
        {"In-Reply-To", "<first@example.test>"},
        {"References", "<first@example.test>"},
        {"Importance", "high"},
        {"Sensitivity", "Private"},
        {"X-Other", "kept"},
        {"Thread-Topic", "topic"},
        {"Date", "Mon, 02 Jan 2006 10:00:00 +0000"},
        {"From", "J\xc3\xbcrgen <j@example.test>"},
        {"Sender", "s@example.test"},
        {"Reply-To", "Answers <r@example.test>"},
        {"To", "Anna <anna@example.test>, bo@example.test"},
        {"Cc", "c@example.test"},
    };
    IMessage *message = import(full, NULL);
    struct bytebuf text = {0};
    struct mime_mail *mail = export(message, &text);
    struct mime_view view;
    for (size_t i = 0; i < ARRAYSIZE(headers); i++) {
        char *value = mime_header_text(mail->root, headers[i].header);
        if (!value || strcmp(value, headers[i].text))
            fail_msg("%s: \"%s\" is not \"%s\"", headers[i].header, value ? value : "(none)",
                     headers[i].text);
        free(value);
    }
    assert_hr(mime_view(mail, NULL, &view), S_OK);
    assert_true(view.has_text && view.has_html);
    assert_int_equal(view.html_codepage, 28591);
    assert_int_equal(view.attachment_count, 3);
    assert_true(view.attachments[0].inline_image);
    assert_string_equal(view.attachments[1].part->filename, "gr\xc3\xbc\xc3\x9f e.pdf");
    const struct mime_mail *inner = view.attachments[2].part->mail;
    assert_non_null(inner);
    assert_string_equal(mime_header(inner->root, "Subject"), "inner");
    assert_non_null(inner->root->parts[1]->mail);
    mime_view_free(&view);
    mime_free(mail);
    bytebuf_free(&text);
    release(message);
}

static void plain_text_stays_plain(void **state)
{
    (void)state;
    IMessage *message = import("Subject: s\r\n\r\nonly text\r\n", NULL);
    struct bytebuf text = {0};
    struct mime_mail *mail = export(message, &text);
    assert_string_equal(mail->root->type, "text/plain");
    assert_string_equal(mail->root->data, "only text\r\n");
    mime_free(mail);
    bytebuf_free(&text);
    release(message);
}

static void a_signed_mail_is_kept_byte_for_byte(void **state)
{
    (void)state;
    static const char content[] =
        "--b\r\nContent-type: text/plain;  charset=us-ascii\r\n\r\nodd   text \r\n--b\r\n"
        "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nSIG\r\n--b--\r\n";
    struct bytebuf source = {0}, text = {0};
    bytebuf_format(&source,
                   "Subject: s\r\nContent-Type: multipart/signed; boundary=\"b\"; "
                   "protocol=\"application/pkcs7-signature\"\r\n\r\n%s",
                   content);
    char *mail_text = bytebuf_take(&source, NULL);
    IMessage *message = import(mail_text, NULL);
    assert_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note.SMIME.MultipartSigned");
    assert_string(message, PR_BODY_W, L"odd   text ");
    struct mime_mail *mail = export(message, &text);
    bytebuf_byte(&text, 0);
    assert_non_null(strstr((const char *)text.data, content));
    mime_free(mail);
    bytebuf_free(&text);
    free(mail_text);
    release(message);
}

static void problems_are_reported_and_the_mail_is_there(void **state)
{
    (void)state;
    static const char *const mails[] = {
        "",
        "\r\n",
        "no header at all",
        "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nno parts",
        "Content-Type: text/plain; charset=nonsense\r\n\r\n\xff",
        "Content-Transfer-Encoding: base64\r\n\r\n*&^%",
    };
    for (size_t i = 0; i < ARRAYSIZE(mails); i++) {
        struct mime_report report = {.count = 0};
        IMessage *message = import(mails[i], &report);
        assert_true(report.count > 0);
        assert_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
        mime_report_free(&report);
        release(message);
    }
}

static void many_recipients_and_a_large_attachment(void **state)
{
    (void)state;
    struct bytebuf text = {0};
    IMAPITable *table = NULL;
    IAttach *attach = NULL;
    ULONG count = 0;
    bytebuf_text(&text, "Subject: many\r\nTo: ");
    for (int i = 0; i < 1000; i++)
        bytebuf_format(&text, "%suser%d@example.test", i ? ",\r\n " : "", i);
    bytebuf_text(&text, "\r\nContent-Type: application/octet-stream; "
                        "name=large.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    for (int i = 0; i < 30000; i++)
        bytebuf_text(&text,
                     "QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\r\n");
    char *mail_text = bytebuf_take(&text, NULL);
    IMessage *message = import(mail_text, NULL);
    assert_hr(message->lpVtbl->GetRecipientTable(message, 0, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 1000);
    release(table);
    assert_hr(message->lpVtbl->OpenAttach(message, 0, NULL, 0, &attach), S_OK);
    IStream *stream = NULL;
    STATSTG info;
    assert_hr(
        attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_BIN, &IID_IStream, 0, 0, (IUnknown **)&stream),
        S_OK);
    assert_hr(stream->lpVtbl->Stat(stream, &info, STATFLAG_NONAME), S_OK);
    assert_int_equal(info.cbSize.LowPart, 30000 * 57);
    release(stream);
    release(attach);
    struct mime_mail *mail = export(message, &text);
    assert_int_equal(mail->root->parts[1]->size, 30000 * 57);
    mime_free(mail);
    bytebuf_free(&text);
    free(mail_text);
    release(message);
}

/* A long HTML body, which is written by a stream, is not lost to a short text; nor a short HTML body to a long text. */
static void long_bodies_keep_their_form(void **state)
{
    static const size_t sizes[][2] = {{10, 100000}, {100000, 10}, {60000, 60000}, {10, 10}, {5000, 5000}};
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(sizes); i++) {
        struct bytebuf mail = {0}, text = {0};
        bytebuf_text(&mail, "Subject: long\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
                            "--b\r\nContent-Type: text/plain\r\n\r\n");
        for (size_t k = 0; k < sizes[i][0]; k += 10)
            bytebuf_text(&mail, "0123 text\n");
        bytebuf_text(&mail, "\r\n--b\r\nContent-Type: text/html\r\n\r\n<html><body>the <b>html</b>");
        for (size_t k = 0; k < sizes[i][1]; k += 10)
            bytebuf_text(&mail, "<i>x</i>\r\n");
        bytebuf_text(&mail, "</body></html>\r\n--b--\r\n");
        bytebuf_byte(&mail, 0);
        IMessage *message = import((const char *)mail.data, NULL);
        struct mime_mail *again = export(message, &text);
        struct mime_view view;
        assert_int_equal(get_long(message, PROP_TAG(PT_LONG, 0x1016)), 3); /* PR_NATIVE_BODY_INFO: HTML */
        assert_hr(mime_view(again, NULL, &view), S_OK);
        assert_true(view.has_html && view.has_text);
        bytebuf_byte(&view.html, 0);
        assert_non_null(strstr((const char *)view.html.data, "the <b>html</b>"));
        mime_view_free(&view);
        mime_free(again);
        bytebuf_free(&text);
        bytebuf_free(&mail);
        release(message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_bodies_keep_their_form),
        cmocka_unit_test(a_mail_becomes_properties),
        cmocka_unit_test(attachments_have_their_properties),
        cmocka_unit_test(a_message_becomes_the_same_mail),
        cmocka_unit_test(plain_text_stays_plain),
        cmocka_unit_test(a_signed_mail_is_kept_byte_for_byte),
        cmocka_unit_test(problems_are_reported_and_the_mail_is_there),
        cmocka_unit_test(many_recipients_and_a_large_attachment),
    };
    return cmocka_run_group_tests_name("mail", tests, setup, harness_teardown);
}
