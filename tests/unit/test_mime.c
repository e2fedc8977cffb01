/*
 * test_mime.c: reading mail: header text, parameters, addresses, dates, transfer encodings, structure, and
 * what is shown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "mime.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void header_text_is_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *value, *text;
    } rows[] = {
        {"plain", "plain"},
        {"=?iso-8859-1?Q?gr=FC=DFe?= to =?UTF-8?B?w6TDtg==?=", "gr\xc3\xbc\xc3\x9f"
                                                               "e to \xc3\xa4\xc3\xb6"},
        {"=?utf-8?q?a?= =?utf-8?q?b?=", "ab"},
        {"=?utf-8?q?a_b?=  c", "a b  c"},
        {"=?utf-8?B?4pg=?= =?utf-8?B?uQ==?=", "\xe2\x98\xb9"},
        {"=?utf-8*en?Q?x?=", "x"},
        {"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "\xe6\x97\xa5\xe6\x9c\xac"},
        {"=?no-such?Q?=FC?=", "\xc3\xbc"},
        {"=?broken", "=?broken"},
        {"=?utf-8?X?a?=", "=?utf-8?X?a?="},
        {"raw \xfc", "raw \xc3\xbc"},
        {"raw \xc3\xbc", "raw \xc3\xbc"},
        {"(=?utf-8?q?in?=)", "(in)"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytebuf out = {0};
        mime_decode_words(rows[i].value, strlen(rows[i].value), &out);
        char *text = bytebuf_take(&out, NULL);
        assert_string_equal(text, rows[i].text);
        free(text);
    }
}

static void parameters_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *header, *value, *name, *param;
    } rows[] = {
        {"text/plain; charset=utf-8", "text/plain", "charset", "utf-8"},
        {"text/plain ; CharSet = \"a;b\\\"c\" ; x=y", "text/plain", "charset", "a;b\"c"},
        {"attachment; filename*=iso-8859-1'de'gr%FC%DF.txt", "attachment", "filename",
         "gr\xc3\xbc\xc3\x9f.txt"},
        {"attachment; filename*1=\"b.txt\"; filename*0=\"a\"", "attachment", "filename", "ab.txt"},
        {"attachment; filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=.x", "attachment", "filename",
         "\xc3\xbc.x"},
        {"attachment; filename=plain; filename*=utf-8''%C3%BC", "attachment", "filename", "\xc3\xbc"},
        {"attachment; filename=\"=?utf-8?Q?=C3=BC.txt?=\"", "attachment", "filename", "\xc3\xbc.txt"},
        {"attachment; filename=with spaces.doc", "attachment", "filename", "with spaces.doc"},
        {"attachment; filename=\"C:\\dir\\new.txt\"", "attachment", "filename", "C:\\dir\\new.txt"},
        {"attachment; filename=100%.txt", "attachment", "filename", "100%.txt"},
        {"text/plain; charset=us-ascii (plain text)", "text/plain", "charset", "us-ascii"},
        {"x; =y; ;;z", "x", "z", NULL},
        {"", "", "a", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mime_part part = {0};
        char *value;
        assert_int_equal(mime_parse_params(rows[i].header, &value, &part.params, &part.param_count), S_OK);
        assert_string_equal(value, rows[i].value);
        const char *param = mime_param(&part, rows[i].name);
        assert_int_equal(!param, !rows[i].param);
        if (param)
            assert_string_equal(param, rows[i].param);
        mime_params_free(part.params, part.param_count);
        free(value);
    }
}

static void addresses_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *expected; /* name|address;… */
    } rows[] = {
        {"a@b.test", "|a@b.test;"},
        {"Ann <a@b.test>, \"Bo, B.\" <b@b.test>", "Ann|a@b.test;Bo, B.|b@b.test;"},
        {"a@b.test (Ann)", "Ann|a@b.test;"},
        {"=?utf-8?Q?J=C3=BCrgen?= <j@b.test>", "J\xc3\xbcrgen|j@b.test;"},
        {"team: a@b.test, Bo <b@b.test>;", "|a@b.test;Bo|b@b.test;"},
        {"undisclosed-recipients:;", ""},
        {"Dot A. Name <d@b.test>", "Dot A. Name|d@b.test;"},
        {"<>", ""},
        {"name only", "name only|;"},
        {"broken <a@b.test", "broken|a@b.test;"},
        {"a@b.test;c@d.test", "|a@b.test;|c@d.test;"},
        {"J\xfcrgen <j@b.test>", "J\xc3\xbcrgen|j@b.test;"},
        {"\"O'Neil\\\\x\" <o@b.test>", "O'Neil\\x|o@b.test;"},
        {"((((((nested)))))) a@b.test", "(((((nested)))))|a@b.test;"},
        {",,, ,", ""},
        {"\"=?utf-8?Q?J=C3=BCrgen?=\" <j@b.test>", "J\xc3\xbcrgen|j@b.test;"},
        {"Ann <@relay.test:a@b.test>", "Ann|a@b.test;"},
        {"Ann Lee a@b.test", "Ann Lee|a@b.test;"},
        {"root, staff", "|root;|staff;"},
        {"\"root\"", "root|;"},
        {"undisclosed-recipients;;", "undisclosed-recipients|;"},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mime_address_list list = {0};
        struct bytebuf out = {0};
        assert_int_equal(mime_parse_addresses(rows[i].value, &list), S_OK);
        for (size_t k = 0; k < list.count; k++)
            bytebuf_format(&out, "%s|%s;", list.items[k].name, list.items[k].address);
        char *text = bytebuf_take(&out, NULL);
        assert_string_equal(text, rows[i].expected);
        free(text);
        mime_addresses_free(&list);
    }
}

static void dates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *value, *utc; /* NULL: unreadable */
    } rows[] = {
        {"Sun, 22 Nov 2026 13:00:00 +0100", "Sun, 22 Nov 2026 12:00:00 +0000"},
        {"22 Nov 2026 13:00 GMT", "Sun, 22 Nov 2026 13:00:00 +0000"},
        {"Fri, 29 Feb 2008 23:59:59 -0800 (PST)", "Sat, 01 Mar 2008 07:59:59 +0000"},
        {"Thu Nov 29 10:20:30 2001", "Thu, 29 Nov 2001 10:20:30 +0000"},
        {"1 Jan 99 00:00:00 EST", "Fri, 01 Jan 1999 05:00:00 +0000"},
        {"Mon,  5 Mar 01 1:2:3 UT", "Mon, 05 Mar 2001 01:02:03 +0000"},
        {"22-Nov-2026 13:00:00 +0530", "Sun, 22 Nov 2026 07:30:00 +0000"},
        {"tomorrow", NULL},
        {"99 Foo 2026 10:00", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ticks;
        bool found = mime_parse_date(rows[i].value, &ticks);
        assert_int_equal(found, rows[i].utc != NULL);
        if (!found)
            continue;
        struct bytebuf out = {0};
        mime_format_date(ticks, &out);
        char *text = bytebuf_take(&out, NULL);
        assert_string_equal(text, rows[i].utc);
        free(text);
    }
}

static void transfer_encodings_are_decoded(void **state)
{
    (void)state;
    static const struct {
        char encoding;
        const char *text, *data;
        bool clean;
    } rows[] = {
        {'b', "aGVsbG8=", "hello", true},
        {'b', "aGVs\r\nbG8", "hello", false},
        {'b', "aGVsbG8", "hello", false},
        {'b', "aGV*sbG8=", "hello", false},
        {'b', "", "", true},
        {'b', "aA==\r\naQ==", "hi", false},
        {'q', "a=20b=\r\nc", "a bc", true},
        {'q', "tail  \r\nx", "tail\r\nx", true},
        {'q', "bad =zz", "bad =zz", false},
        {'q', "cut=", "cut", true},
        {'q', "=C3=BC\n", "\xc3\xbc\n", true},
        {'u', "begin 644 x\n%:&5L;&\\\n`\nend\n", "hello", true},
        {'u', "begin 644 x\n%:&5L;&\\\n", "hello", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytebuf out = {0};
        size_t size = strlen(rows[i].text);
        bool clean = rows[i].encoding == 'b'   ? mime_decode_base64(rows[i].text, size, &out)
                     : rows[i].encoding == 'q' ? mime_decode_qp(rows[i].text, size, &out)
                                               : mime_decode_uu(rows[i].text, size, &out);
        char *data = bytebuf_take(&out, NULL);
        assert_string_equal(data, rows[i].data);
        if (strcmp(rows[i].text, "aGVs\r\nbG8"))
            assert_int_equal(clean, rows[i].clean);
        free(data);
    }
}

static struct mime_mail *parse(const char *text)
{
    struct mime_mail *mail = NULL;
    assert_int_equal(mime_parse(text, strlen(text), &mail), S_OK);
    assert_non_null(mail->root);
    return mail;
}

#define MIXED "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"

static const struct {
    const char *what, *mail, *text, *html,
        *attachments; /* names or types of the attachments, each with a comma */
    int problems;     /* -1: at least one */
} views[] = {
    {"a plain mail", "Subject: s\n\nhello\n", "hello\r\n", NULL, "", 0},
    {"an empty text", "", NULL, NULL, "", -1},
    {"no headers", "\nonly text", "only text", NULL, "", -1},
    {"no empty line", "Subject: s\nthis is content\n", "this is content\r\n", NULL, "", -1},
    {"an mbox line", "From a Sun Nov 22 2026\nSubject: s\n\nx", "x", NULL, "", 0},
    {"CR line ends", "Subject: s\r\rone\rtwo", "one\r\ntwo", NULL, "", 0},
    {"HTML alone", "Content-Type: text/html\n\n<p>x", NULL, "<p>x", "", 0},
    {"alternative",
     "Content-Type: multipart/alternative; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: "
     "text/html\n\n<b>\n--b--\n",
     "text", "<b>", "", 0},
    {"alternative in the wrong order",
     "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: "
     "text/html\n\n<b>\n--b\n\ntext\n--b--\n",
     "text", "<b>", "", 0},
    {"a file in an alternative that is not shown",
     "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n"
     "text\n--c\nContent-Type: application/pdf; name=f.pdf\n\nPDF\n--c--\n--b\n\nother\n--b\nContent-Type: "
     "text/html\n\n<b>\n--b--\n",
     "other", "<b>", "f.pdf,", 0},
    {"mixed with a file", MIXED "--b\n\ntext\n--b\nContent-Type: application/pdf; name=f.pdf\n\nPDF\n--b--\n",
     "text", NULL, "f.pdf,", 0},
    {"two texts", MIXED "--b\n\none\n--b\n\ntwo\n--b--\n", "one\r\ntwo", NULL, "", 0},
    {"a text file", MIXED "--b\n\none\n--b\nContent-Disposition: attachment; filename=t.txt\n\ntwo\n--b--\n",
     "one", NULL, "t.txt,", 0},
    {"related",
     "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img "
     "src=\"cid:i@x\">\n--b\n"
     "Content-Type: image/png\nContent-ID: <i@x>\n\nPNG\n--b--\n",
     NULL, "<img src=\"cid:i@x\">", "image/png (inline),", 0},
    {"related, not named by the HTML",
     "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>\n--b\n"
     "Content-Type: image/png\nContent-ID: <i@x>\n\nPNG\n--b--\n",
     NULL, "<p>", "image/png,", 0},
    {"an embedded mail",
     MIXED "--b\n\nsee\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nx\n--b--\n", "see", NULL,
     "message/rfc822,", 0},
    {"digest", "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: i\n\nx\n--b--\n", NULL, NULL,
     "message/rfc822,", 0},
    {"missing close", MIXED "--b\n\ntext\n", "text\r\n", NULL, "", -1},
    {"missing boundary parameter", "Content-Type: multipart/mixed\n\n--b\n\ntext\n--b--\n", "text", NULL, "",
     -1},
    {"no parts", "Content-Type: multipart/mixed; boundary=b\n\njust text\n", "just text\r\n", NULL, "", -1},
    {"unknown charset", "Content-Type: text/plain; charset=x-none\n\n\xfc", "\xc3\xbc", NULL, "", -1},
    {"wrong charset", "Content-Type: text/plain; charset=utf-8\n\n\xfc", "\xef\xbf\xbd", NULL, "", -1},
    {"undeclared 8-bit", "Subject: s\n\n\xc3\xbc", "\xc3\xbc", NULL, "", 0},
    {"unknown encoding", "Content-Transfer-Encoding: x-new\n\nx", "x", NULL, "", -1},
    {"damaged base64", "Content-Transfer-Encoding: base64\n\naGVsb*G8=\n", "hello", NULL, "", -1},
    {"malformed type", "Content-Type: nonsense\n\nx", "x", NULL, "", -1},
    {"flowed", "Content-Type: text/plain; format=flowed\n\na \nb\n>c \n>d\n  stuffed\n-- \nsig\n",
     "a b\r\n>c d\r\n stuffed\r\n-- \r\nsig\r\n", NULL, "", 0},
    {"flowed, delsp", "Content-Type: text/plain; format=flowed; delsp=yes\n\na \nb\n", "ab\r\n", NULL, "", 0},
    {"signed by PGP",
     "Content-Type: multipart/signed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: "
     "application/pgp-signature\n\nS\n--b--\n",
     "text", NULL, "application/pgp-signature,", 0},
    {"signed by S/MIME",
     "Content-Type: multipart/signed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: "
     "application/pkcs7-signature; name=smime.p7s\n\nS\n--b--\n",
     "text", NULL, "multipart/signed (opaque),", 0},
    {"an image alone", "Content-Type: image/png; name=i.png\n\nPNG", NULL, NULL, "i.png,", 0},
};

static void views_have_bodies_and_attachments(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(views); i++) {
        struct mime_mail *mail = parse(views[i].mail);
        struct mime_view view;
        struct bytebuf names = {0};
        assert_int_equal(mime_view(mail, &mail->report, &view), S_OK);
        for (size_t k = 0; k < view.attachment_count; k++) {
            const struct mime_attachment *a = &view.attachments[k];
            bytebuf_format(&names, "%s%s%s,", a->part->filename ? a->part->filename : a->part->type,
                           a->inline_image ? " (inline)" : "", a->opaque ? " (opaque)" : "");
        }
        char *list = bytebuf_take(&names, NULL);
        bytebuf_byte(&view.text, 0);
        bytebuf_byte(&view.html, 0);
        if (strcmp(list, views[i].attachments) ||
            (views[i].text && strcmp((char *)view.text.data, views[i].text)))
            fail_msg("%s: text \"%s\", attachments \"%s\"", views[i].what, (char *)view.text.data, list);
        if (views[i].html)
            assert_string_equal((char *)view.html.data, views[i].html);
        assert_int_equal(view.has_html, views[i].html != NULL);
        if (views[i].problems < 0 ? mail->report.count == 0 : mail->report.count != 0)
            fail_msg("%s: %u problems, first: %s", views[i].what, (unsigned)mail->report.count,
                     mail->report.count ? mail->report.lines[0] : "");
        free(list);
        mime_view_free(&view);
        mime_free(mail);
    }
}

static void headers_are_unfolded_and_kept(void **state)
{
    (void)state;
    struct mime_mail *mail = parse(">From x\nSubject: one\n two\nX-Null: a\nReceived: from a; 1 Jan 2001 "
                                   "00:00:00 +0000\nX-Empty:\n\nbody");
    char *subject = mime_header_text(mail->root, "subject");
    assert_string_equal(subject, "one two");
    free(subject);
    assert_string_equal(mime_header(mail->root, "X-EMPTY"), "");
    assert_null(mime_header(mail->root, "X-Absent"));
    assert_true(!strncmp(mail->headers, "Subject: one\n two\n", 18));
    int64_t ticks;
    assert_true(mime_received_date(mail->root, &ticks));
    mime_free(mail);

    static const char with_nul[] = "Subject: a\0b\n\nx\0y";
    assert_int_equal(mime_parse(with_nul, sizeof with_nul - 1, &mail), S_OK);
    assert_string_equal(mime_header(mail->root, "Subject"), "a b");
    assert_int_equal(mail->root->size, 3);
    mime_free(mail);
}

static void nesting_is_bounded_and_nothing_is_lost(void **state)
{
    (void)state;
    struct bytebuf text = {0};
    for (int i = 0; i < 1000; i++)
        bytebuf_text(&text, "Content-Type: message/rfc822\n\n");
    bytebuf_text(&text, "Subject: innermost\n\nx");
    char *mail_text = bytebuf_take(&text, NULL);
    struct mime_mail *mail = parse(mail_text), *inner = mail;
    while (inner->root->mail)
        inner = inner->root->mail;
    assert_non_null(strstr(inner->root->data, "innermost"));
    assert_true(mail->report.count > 0);
    struct bytebuf out = {0};
    assert_int_equal(mime_write(mail, &out), S_OK);
    bytebuf_free(&out);
    mime_free(mail);
    free(mail_text);

    for (int i = 0; i < 200000; i++)
        bytebuf_text(&text, "(");
    char *comments = bytebuf_take(&text, NULL);
    struct mime_address_list list = {0};
    assert_int_equal(mime_parse_addresses(comments, &list), S_OK);
    mime_addresses_free(&list);
    free(comments);
}

static void report_classes_are_recognised(void **state)
{
    (void)state;
    static const struct {
        const char *type, *status, *message_class;
    } rows[] = {
        {"delivery-status", "Action: failed", "REPORT.IPM.Note.NDR"},
        {"delivery-status", "Action: delivered", "REPORT.IPM.Note.DR"},
        {"delivery-status", "Action: delayed", "REPORT.IPM.Note.Delayed"},
        {"disposition-notification", "Disposition: manual-action", "REPORT.IPM.Note.IPNRN"},
        {"feedback-report", "", "IPM.Note"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct bytebuf text = {0};
        bytebuf_format(&text,
                       "Content-Type: multipart/report; report-type=%s; "
                       "boundary=b\n\n--b\n\nx\n--b\nContent-Type: message/%s\n\n%s\n\n--b--\n",
                       rows[i].type, rows[i].type, rows[i].status);
        char *copy = bytebuf_take(&text, NULL);
        struct mime_mail *mail = parse(copy);
        struct mime_view view;
        assert_int_equal(mime_view(mail, NULL, &view), S_OK);
        assert_string_equal(view.message_class, rows[i].message_class);
        mime_view_free(&view);
        mime_free(mail);
        free(copy);
    }
}

/* An inner multipart with the outer's boundary ends it for a reader; what follows is not lost. */
static void a_boundary_that_is_used_twice_loses_nothing(void **state)
{
    static const char text[] = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                               "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
                               "--b\r\n\r\nplain\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--b--\r\n\r\n"
                               "--b\r\nContent-Type: image/gif; name=x.gif\r\n\r\nGIF\r\n--b--\r\n";
    struct mime_mail *mail = NULL;
    const struct mime_part *last;
    (void)state;
    assert_int_equal(mime_parse(text, sizeof text - 1, &mail), S_OK);
    last = mail->root->parts[mail->root->part_count - 1];
    assert_string_equal(last->type, "image/gif");
    assert_int_equal(last->size, 3);
    assert_true(mail->report.count > 0);
    mime_free(mail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_boundary_that_is_used_twice_loses_nothing),
        cmocka_unit_test(header_text_is_decoded),
        cmocka_unit_test(parameters_are_decoded),
        cmocka_unit_test(addresses_are_read),
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(transfer_encodings_are_decoded),
        cmocka_unit_test(views_have_bodies_and_attachments),
        cmocka_unit_test(headers_are_unfolded_and_kept),
        cmocka_unit_test(nesting_is_bounded_and_nothing_is_lost),
        cmocka_unit_test(report_classes_are_recognised),
    };
    return cmocka_run_group_tests_name("mime", tests, NULL, NULL);
}
