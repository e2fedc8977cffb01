/*
 * test_mime_write.c: writing mail: lines, encodings, and that what was written is read back the same, also
 * for the real mail of the corpora that the set-up fetches (those cases are skipped where it is not there).
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>

#include "mime.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static bool same_text(const char *a, const char *b)
{
    return (!a && !b) || (a && b && !strcmp(a, b));
}

/* Compares content without regard to CR before LF. */
static bool same_lines(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t i = 0, k = 0;
    while (i < a_size || k < b_size) {
        i += i + 1 < a_size && a[i] == '\r' && a[i + 1] == '\n';
        k += k + 1 < b_size && b[k] == '\r' && b[k + 1] == '\n';
        if (i >= a_size || k >= b_size || a[i++] != b[k++])
            return false;
    }
    return true;
}

static const char *compare_headers(const struct mime_part *a, const struct mime_part *b)
{
    static const char *const lists[] = {"From", "To", "Cc", "Reply-To"};
    static const char *const texts[] = {"Subject", "Message-ID", "References",
                                        "Date",    "X-Mailer",   "Thread-Topic"};
    const char *difference = NULL;
    for (size_t i = 0; i < COUNT(texts) && !difference; i++) {
        char *x = mime_header_text(a, texts[i]), *y = mime_header_text(b, texts[i]);
        difference = same_text(x, y) ? NULL : texts[i];
        free(x);
        free(y);
    }
    for (size_t i = 0; i < COUNT(lists) && !difference; i++) {
        struct mime_address_list x, y;
        if (mime_header_addresses(a, lists[i], &x) != S_OK || mime_header_addresses(b, lists[i], &y) != S_OK)
            return "memory";
        if (x.count != y.count)
            difference = lists[i];
        for (size_t k = 0; k < x.count && !difference; k++)
            if (strcmp(x.items[k].name, y.items[k].name) || strcmp(x.items[k].address, y.items[k].address))
                difference = lists[i];
        mime_addresses_free(&x);
        mime_addresses_free(&y);
    }
    return difference;
}

/* in_signed: the content is written as it was read, but for its line ends. */
static const char *compare_parts(const struct mime_part *a, const struct mime_part *b, bool in_signed)
{
    const char *difference = NULL;
    in_signed |= !strcmp(a->type, "multipart/signed");
    if (!same_text(a->type, b->type))
        return "type";
    if (!same_text(a->filename, b->filename))
        return "file name";
    if (!same_text(a->content_id, b->content_id))
        return "content id";
    if (!same_text(mime_param(a, "charset"), mime_param(b, "charset")))
        return "charset";
    if (a->part_count != b->part_count)
        return "number of parts";
    if (!a->mail != !b->mail)
        return "embedded mail";
    for (size_t i = 0; i < a->part_count && !difference; i++)
        difference = compare_parts(a->parts[i], b->parts[i], in_signed);
    if (a->mail && !difference)
        difference = compare_headers(a->mail->root, b->mail->root);
    if (a->mail && !difference)
        difference = compare_parts(a->mail->root, b->mail->root, in_signed);
    if (!difference && !a->mail && !a->part_count) {
        bool text = in_signed || !strncmp(a->type, "text/", 5) || !strncmp(a->type, "message/", 8);
        bool same = text ? same_lines(a->data, a->size, b->data, b->size)
                         : a->size == b->size && !memcmp(a->data, b->data, a->size);
        difference = same ? NULL : "content";
    }
    return difference;
}

static const char *compare_mails(const struct mime_mail *a, const struct mime_mail *b)
{
    const char *difference = compare_headers(a->root, b->root);
    return difference ? difference : compare_parts(a->root, b->root, false);
}

static void lines_are_legal(const char *what, const char *text, size_t size)
{
    size_t start = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n') {
            if (i == 0 || text[i - 1] != '\r' || i - start > 999)
                fail_msg("%s: line of %u characters or without CR", what, (unsigned)(i - start));
            start = i + 1;
        }
    }
}

/* Reads, writes, reads and compares. */
static void round_trip(const char *what, const char *text, size_t size)
{
    struct mime_mail *first = NULL, *second = NULL;
    struct bytebuf out = {0}, again = {0};
    assert_int_equal(mime_parse(text, size, &first), S_OK);
    assert_int_equal(mime_write(first, &out), S_OK);
    assert_int_equal(mime_parse((const char *)out.data, out.size, &second), S_OK);
    const char *difference = compare_mails(first, second);
    if (difference)
        fail_msg("%s: the %s differs", what, difference);
    lines_are_legal(what, (const char *)out.data, out.size);
    assert_int_equal(mime_write(second, &again), S_OK);
    mime_free(second);
    mime_free(first);
    bytebuf_free(&out);
    bytebuf_free(&again);
}

static void written_mail_reads_the_same(void **state)
{
    (void)state;
    static const char *const mails[] = {
        "Subject: plain\n\nhello\n",
        "Subject: =?iso-8859-1?Q?gr=FC=DFe?=\nFrom: =?utf-8?Q?J=C3=BCrgen?= <j@b.test>\nTo: a@b.test,\n \"B, "
        "C\" <b@c.test>\n\ntext\n",
        "Content-Type: text/plain; charset=utf-8\n\n\xc3\xbc \xe6\x97\xa5 and then a line with a trailing "
        "blank \n.\nFrom here\n",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nContent-Type: "
        "application/octet-stream; name=\"gr\xc3\xbc\xc3\x9f.bin\"\n\n\x01\x02\xff\r\n--b--\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; "
        "boundary=b\n\n--b\n\nx\n--b\nContent-Type: text/html\n\n<p>\n--b--\n--a\nContent-Type: "
        "message/rfc822\n\nSubject: inner\n\nx\n--a--\n",
        "Subject: \nContent-Type: text/plain\n\n",
        "\n\n",
    };
    for (size_t i = 0; i < COUNT(mails); i++)
        round_trip(mails[i], mails[i], strlen(mails[i]));
}

static void long_things_are_folded_and_survive(void **state)
{
    (void)state;
    struct bytebuf text = {0};
    bytebuf_text(&text, "Subject: ");
    for (int i = 0; i < 300; i++)
        bytebuf_format(&text, "word%d ", i);
    bytebuf_text(&text, "end\nReferences: ");
    for (int i = 0; i < 100; i++)
        bytebuf_format(&text, "%s<id-%d@example.test>", i ? " " : "", i);
    bytebuf_text(&text, "\nTo: ");
    for (int i = 0; i < 200; i++)
        bytebuf_format(&text, "%s\"Name %d, x\" <user%d@example.test>", i ? ", " : "", i, i);
    bytebuf_text(&text, "\nContent-Type: application/pdf; name=\"");
    for (int i = 0; i < 40; i++)
        bytebuf_format(&text, "long \xc3\xbc %d ", i);
    bytebuf_text(&text, ".pdf\"\n\n");
    for (int i = 0; i < 5000; i++)
        bytebuf_text(&text, "x");
    round_trip("long", (const char *)text.data, text.size);
    bytebuf_free(&text);
    bytebuf_text(&text, "Content-Type: text/plain\n\n");
    for (int i = 0; i < 5000; i++)
        bytebuf_text(&text, "long line ");
    round_trip("long lines", (const char *)text.data, text.size);
    bytebuf_free(&text);
}

static void header_text_is_encoded_and_decoded_alike(void **state)
{
    (void)state;
    static const char *const values[] = {
        "plain",
        "gr\xc3\xbc\xc3\x9f",
        "=?looks like a word?=",
        " leading",
        "trailing ",
        "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
        "long \xc3\xbc text that needs more than one encoded word because it goes on and on and on, and on, "
        "and on \xf0\x9f\x98\x80 end",
        "two  spaces \xc3\xbc  here",
        "tab\there",
        "",
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        struct bytebuf line = {0};
        mime_write_header("Subject", values[i], true, &line);
        bytebuf_text(&line, "\r\n");
        char *text = bytebuf_take(&line, NULL);
        struct mime_mail *mail;
        for (char *p = text; *p; p++)
            assert_true((uint8_t)*p < 0x80);
        assert_int_equal(mime_parse(text, strlen(text), &mail), S_OK);
        char *subject = mime_header_text(mail->root, "Subject");
        assert_string_equal(subject, values[i]);
        free(subject);
        mime_free(mail);
        free(text);
    }
}

static void a_built_tree_is_written(void **state)
{
    (void)state;
    struct mime_mail *mail = mime_mail_new();
    mail->root = mime_part_new("multipart/mixed");
    struct mime_part *text = mime_part_new("text/plain"), *file = mime_part_new("application/octet-stream");
    mime_add_header(mail->root, "Subject", "gr\xc3\xbc\xc3\x9f");
    struct mime_address item = {"J\xc3\xbcrgen \"J\"", "j@b.test"};
    struct mime_address_list list = {&item, 1};
    struct bytebuf from = {0};
    mime_format_addresses(&list, &from);
    char *from_text = bytebuf_take(&from, NULL);
    mime_add_raw_header(mail->root, "From", from_text);
    free(from_text);
    mime_add_param(text, "charset", "utf-8");
    text->data = strdup("h\xc3\xa9llo\r\n");
    text->size = strlen(text->data);
    file->data = calloc(1, 1000);
    file->size = 1000;
    file->disposition = strdup("attachment");
    file->filename = strdup("a \xe6\x97\xa5.bin");
    assert_true(mime_add_part(mail->root, text));
    assert_true(mime_add_part(mail->root, file));
    struct bytebuf out = {0};
    assert_int_equal(mime_write(mail, &out), S_OK);
    round_trip("built", (const char *)out.data, out.size);

    struct mime_mail *read;
    struct mime_address_list found;
    assert_int_equal(mime_parse((const char *)out.data, out.size, &read), S_OK);
    assert_int_equal(read->report.count, 0);
    assert_int_equal(mime_header_addresses(read->root, "From", &found), S_OK);
    assert_string_equal(found.items[0].name, item.name);
    assert_string_equal(read->root->parts[1]->filename, "a \xe6\x97\xa5.bin");
    assert_int_equal(read->root->parts[1]->size, 1000);
    mime_addresses_free(&found);
    mime_free(read);
    mime_free(mail);
    bytebuf_free(&out);
}

static void signed_content_is_not_touched(void **state)
{
    (void)state;
    static const char text[] =
        "Subject: s\r\nContent-Type: multipart/signed; boundary=\"b\"; "
        "protocol=\"application/pkcs7-signature\"\r\n\r\n"
        "--b\r\nContent-type: text/plain;   charset=us-ascii\r\n\r\nodd   spacing \r\n--b\r\n"
        "Content-Type: application/pkcs7-signature\r\n\r\nSIG\r\n--b--\r\n";
    struct mime_mail *mail;
    struct bytebuf out = {0};
    assert_int_equal(mime_parse(text, sizeof text - 1, &mail), S_OK);
    assert_int_equal(mime_write(mail, &out), S_OK);
    char *written = bytebuf_take(&out, NULL);
    assert_non_null(strstr(
        written, "--b\r\nContent-type: text/plain;   charset=us-ascii\r\n\r\nodd   spacing \r\n--b\r\n"));
    free(written);
    mime_free(mail);
}

struct corpus_count {
    size_t mails, problems;
};

static void walk(const char *folder, struct corpus_count *count)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        char path[1024];
        struct stat info;
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (stat(path, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode)) {
            walk(path, count);
            continue;
        }
        FILE *file = fopen(path, "rb");
        char *text = malloc((size_t)info.st_size + 1);
        size_t size = fread(text, 1, (size_t)info.st_size, file);
        fclose(file);
        struct mime_mail *mail;
        struct mime_view view;
        assert_int_equal(mime_parse(text, size, &mail), S_OK);
        assert_int_equal(mime_view(mail, &mail->report, &view), S_OK);
        count->mails++;
        count->problems += mail->report.count > 0;
        mime_view_free(&view);
        mime_free(mail);
        round_trip(path, text, size);
        free(text);
    }
    if (dir)
        closedir(dir);
}

static void real_mail_survives(void **state)
{
    (void)state;
    static const char *const corpora[] = {"python", "notmuch", "enron"};
    const char *root = getenv("MAPIHOST_CORPORA");
    size_t all = 0;
    for (size_t i = 0; i < COUNT(corpora); i++) {
        char folder[1024];
        struct corpus_count count = {0};
        snprintf(folder, sizeof folder, "%s/%s", root ? root : "build/deps/corpora", corpora[i]);
        walk(folder, &count);
        print_message("%s: %u mails, %u with problems\n", corpora[i], (unsigned)count.mails,
                      (unsigned)count.problems);
        all += count.mails;
    }
    if (all == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_mail_reads_the_same),
        cmocka_unit_test(long_things_are_folded_and_survive),
        cmocka_unit_test(header_text_is_encoded_and_decoded_alike),
        cmocka_unit_test(a_built_tree_is_written),
        cmocka_unit_test(signed_content_is_not_touched),
        cmocka_unit_test(real_mail_survives),
    };
    return cmocka_run_group_tests_name("mime_write", tests, NULL, NULL);
}
