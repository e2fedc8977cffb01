/*
 * test_tnef.c: mails with a winmail.dat (TNEF) into messages: what it holds becomes the message's, the mail's
 * headers have the word about people and times, and what cannot be decoded stays an attachment and is
 * reported.
 */
#include "harness.h"
#include "lzfu.h"
#include "mime_mapi.h"
#include "tnef_build.h"

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

static void build(struct bytebuf *out)
{
    struct bytebuf rtf = {0};
    static const char text[] = "{\\rtf1\\ansi rich \\b body\\b0}";
    assert_hr(lzfu_compress(text, sizeof(text) - 1, &rtf), S_OK);
    tnef_sample(out, rtf.data, rtf.size);
    bytebuf_free(&rtf);
}

/* A mail with a text, a winmail.dat and, behind it, a file. */
static void wrap(const struct bytebuf *stream, const char *type, struct bytebuf *mail)
{
    bytebuf_format(
        mail,
        "From: Mira <mira@example.test>\r\nTo: anna@example.test\r\nSubject: of the mail\r\n"
        "Date: Mon, 2 Feb 2026 10:00:00 +0000\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n"
        "--m\r\nContent-Type: text/plain\r\n\r\nplain body\r\n"
        "--m\r\nContent-Type: %s; name=\"WinMail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        type);
    mime_encode_base64(stream->data, stream->size, mail);
    bytebuf_text(
        mail,
        "\r\n--m\r\nContent-Type: application/pdf; name=beside.pdf\r\nContent-Transfer-Encoding: base64\r\n"
        "\r\nUERG\r\n--m--\r\n");
}

static IMessage *import(const struct bytebuf *text, bool whole, struct mime_report *report)
{
    IMessage *message = NULL;
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &message), S_OK);
    assert_hr(whole ? mime_import_tnef(text->data, text->size, NULL, report, message)
                    : mime_import((const char *)text->data, text->size, NULL, report, message),
              S_OK);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    return message;
}

static ULONG attachments_of(IMessage *message)
{
    IMAPITable *table = NULL;
    ULONG rows = 0;
    assert_hr(message->lpVtbl->GetAttachmentTable(message, 0, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &rows), S_OK);
    release(table);
    return rows;
}

static void assert_data(IMessage *message, ULONG number, const WCHAR *name, const char *content)
{
    IAttach *attach = NULL;
    assert_hr(message->lpVtbl->OpenAttach(message, number, NULL, 0, &attach), S_OK);
    assert_string(attach, PR_ATTACH_LONG_FILENAME_W, name);
    assert_int_equal(get_long(attach, PR_ATTACH_METHOD), ATTACH_BY_VALUE);
    SPropValue *data = get_prop(attach, PR_ATTACH_DATA_BIN);
    assert_non_null(data);
    assert_int_equal(data->Value.bin.cb, strlen(content));
    assert_memory_equal(data->Value.bin.lpb, content, strlen(content));
    free_mapi(data);
    release(attach);
}

static ULONG named_tag(IMessage *message, GUID *set, LONG number, WCHAR *text, ULONG type)
{
    MAPINAMEID name = {.lpguid = set, .ulKind = text ? MNID_STRING : MNID_ID};
    LPMAPINAMEID names[] = {&name};
    SPropTagArray *tags = NULL;
    if (text)
        name.Kind.lpwstrName = text;
    else
        name.Kind.lID = number;
    assert_hr(message->lpVtbl->GetIDsFromNames(message, 1, names, 0, &tags), S_OK);
    ULONG tag = CHANGE_PROP_TYPE(tags->aulPropTag[0], type);
    free_mapi(tags);
    return tag;
}

static void assert_contents(IMessage *message)
{
    GUID common = {0x00062008, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    GUID strings = {0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    WCHAR keywords[] = L"Keywords";
    IAttach *attach = NULL;
    IMessage *inner = NULL;
    assert_string(message, PR_MESSAGE_CLASS_W, L"IPM.Note");
    assert_string(message, PR_CONVERSATION_TOPIC_W, L"ignored, the first stands");
    assert_int_equal(get_long(message, PR_IMPORTANCE), IMPORTANCE_HIGH);
    SPropValue *value = get_prop(message, PR_RTF_COMPRESSED);
    assert_non_null(value);
    free_mapi(value);
    value = get_prop(message, PR_BODY_W);
    assert_non_null(wcsstr(value->Value.lpszW, L"rich body"));
    free_mapi(value);
    value = get_prop(message, named_tag(message, &strings, 0, keywords, PT_MV_UNICODE));
    assert_int_equal(value->Value.MVszW.cValues, 2);
    assert_int_equal(wcscmp(value->Value.MVszW.lppszW[0], L"red"), 0);
    free_mapi(value);
    value = get_prop(message, named_tag(message, &common, 0x8506, NULL, PT_BOOLEAN));
    assert_true(value && value->Value.b);
    free_mapi(value);
    assert_data(message, 0, L"old name.txt", "old content");
    assert_data(message, 1, L"a longer name.bin", "new content!");
    assert_hr(message->lpVtbl->OpenAttach(message, 1, NULL, 0, &attach), S_OK);
    assert_string(attach, PR_ATTACH_CONTENT_ID_W, L"id@x");
    assert_string(attach, PR_ATTACH_MIME_TAG_W, L"image/x");
    release(attach);
    assert_hr(message->lpVtbl->OpenAttach(message, 2, NULL, 0, &attach), S_OK);
    assert_int_equal(get_long(attach, PR_ATTACH_METHOD), ATTACH_EMBEDDED_MSG);
    assert_hr(
        attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)&inner),
        S_OK);
    assert_string(inner, PR_MESSAGE_CLASS_W, L"IPM.Contact");
    assert_string(inner, PR_SUBJECT_W, L"inner");
    assert_string(inner, PR_BODY_W, L"inner text");
    assert_data(inner, 0, L"deep.txt", "deep");
    release(inner);
    release(attach);
}

static void what_it_holds_becomes_the_messages(void **state)
{
    static const char *const types[] = {"application/ms-tnef", "application/vnd.ms-tnef",
                                        "application/octet-stream"};
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(types); i++) {
        struct mime_report report = {.count = 0};
        struct bytebuf stream = {0}, mail = {0};
        build(&stream);
        wrap(&stream, types[i], &mail);
        IMessage *message = import(&mail, false, &report);
        if (report.count)
            print_error("%s\n", report.lines[0]);
        assert_int_equal(report.count, 0);
        assert_contents(message);
        assert_string(message, PR_SUBJECT_W, L"of the mail");
        assert_string(message, PR_SENDER_EMAIL_ADDRESS_W, L"mira@example.test");
        assert_string(message, PR_DISPLAY_TO_W, L"anna@example.test");
        assert_string(message, PR_DISPLAY_CC_W, L"");
        assert_int_equal(attachments_of(message), 4); /* winmail.dat itself is none */
        assert_data(message, 3, L"beside.pdf", "PDF");
        release(message);
        bytebuf_free(&stream);
        bytebuf_free(&mail);
    }
}

static void the_file_itself_can_be_imported(void **state)
{
    struct mime_report report = {.count = 0};
    struct bytebuf stream = {0};
    (void)state;
    build(&stream);
    IMessage *message = import(&stream, true, &report);
    assert_int_equal(report.count, 0);
    assert_contents(message);
    assert_string(message, PR_SUBJECT_W, L"z\x142oty");
    assert_string(message, PR_SENDER_EMAIL_ADDRESS_W, L"p@x.test");
    assert_string(message, PR_DISPLAY_TO_W, L"Theo");
    assert_string(message, PR_DISPLAY_CC_W, L"Cecil");
    assert_int_equal(attachments_of(message), 3);
    release(message);
    bytebuf_text(&stream, "and something behind it"); /* then the file itself is kept too */
    message = import(&stream, true, &report);
    assert_int_equal(report.count, 1);
    assert_contents(message);
    assert_int_equal(attachments_of(message), 4);
    release(message);
    mime_report_free(&report);
    bytebuf_free(&stream);
    assert_hr(inbox->lpVtbl->CreateMessage(inbox, NULL, 0, &message), S_OK);
    assert_hr(mime_import_tnef("no TNEF", 7, NULL, &report, message), MAPI_E_CORRUPT_DATA);
    release(message);
}

static void what_cannot_be_decoded_stays_attached(void **state)
{
    struct bytebuf stream = {0}, mail = {0};
    struct mime_report report = {.count = 0};
    (void)state;
    build(&stream);
    stream.size -= 40; /* in the last attachment */
    wrap(&stream, "application/ms-tnef", &mail);
    IMessage *message = import(&mail, false, &report);
    assert_true(report.count > 0);
    assert_string(message, PR_CONVERSATION_TOPIC_W,
                  L"ignored, the first stands"); /* what was read is there */
    assert_data(message, 0, L"old name.txt", "old content");
    ULONG count = attachments_of(message);
    IAttach *attach = NULL;
    assert_hr(message->lpVtbl->OpenAttach(message, count - 2, NULL, 0, &attach), S_OK);
    assert_string(attach, PR_ATTACH_LONG_FILENAME_W, L"WinMail.dat");
    SPropValue *data = get_prop(attach, PR_ATTACH_DATA_BIN);
    assert_int_equal(data->Value.bin.cb, stream.size);
    free_mapi(data);
    release(attach);
    assert_data(message, count - 1, L"beside.pdf", "PDF");
    release(message);
    mime_report_free(&report);
    bytebuf_free(&mail);

    stream.size = 5; /* no TNEF at all */
    wrap(&stream, "application/ms-tnef", &mail);
    message = import(&mail, false, &report);
    assert_int_equal(report.count, 1);
    assert_non_null(strstr(report.lines[0], "kept as an attachment"));
    assert_string(message, PR_BODY_W, L"plain body");
    assert_int_equal(attachments_of(message), 2);
    release(message);
    mime_report_free(&report);
    bytebuf_free(&mail);
    bytebuf_free(&stream);
}

/* A stream with plain text alone does not take a mail's HTML from it; nor does a damaged formatted body. */
static void a_poorer_body_does_not_replace_the_mails(void **state)
{
    struct bytebuf stream = {0}, mail = {0};
    struct mime_report report = {.count = 0};
    (void)state;
    tnef_begin(&stream);
    tnef_attribute(&stream, 1, 0x00078008, "IPM.Note", 9);
    tnef_attribute(&stream, 1, 0x0002800c, "from the stream", 15);
    wrap(&stream, "application/ms-tnef", &mail);
    IMessage *message = import(&mail, false, &report);
    assert_string(message, PR_BODY_W, L"plain body");
    assert_int_equal(report.count, 0);
    release(message);
    bytebuf_free(&mail);
    bytebuf_free(&stream);
    tnef_sample(&stream, "not compressed at all", 21);
    wrap(&stream, "application/ms-tnef", &mail);
    message = import(&mail, false, &report);
    assert_string(message, PR_BODY_W, L"plain body");
    assert_true(report.count > 0);
    release(message);
    mime_report_free(&report);
    bytebuf_free(&mail);
    bytebuf_free(&stream);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_holds_becomes_the_messages),
        cmocka_unit_test(the_file_itself_can_be_imported),
        cmocka_unit_test(what_cannot_be_decoded_stays_attached),
        cmocka_unit_test(a_poorer_body_does_not_replace_the_mails),
    };
    return cmocka_run_group_tests_name("tnef", tests, setup, harness_teardown);
}
