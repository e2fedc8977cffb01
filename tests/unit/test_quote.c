/*
 * test_quote.c: originals below replies, in text and HTML, and their subjects.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "quote.h"

static const struct quote_header header = {
    .from = "Jane <jane@example.com>", .sent = "Monday", .to = "John", .cc = "", .subject = "A & B"};

static void text_is_quoted(void **state)
{
    struct bytebuf out = {0};
    char *text;

    (void)state;
    quote_text(&header, "Hello", 5, &out);
    text = bytebuf_take(&out, NULL);
    assert_string_equal(text, "\r\n\r\n-----Original Message-----\r\nFrom: Jane <jane@example.com>\r\nSent: Monday\r\n"
                              "To: John\r\nSubject: A & B\r\n\r\nHello");
    free(text);
}

static const struct {
    const char *html, *before, *after;
} documents[] = {
    {"<html><head><title>x</title></head><body lang=en>Hi</body></html>",
     "<html><head><title>x</title></head><body lang=en><p>&nbsp;</p>", "</div>\r\nHi</body></html>"},
    {"<HTML><BODY>Hi", "<HTML><BODY><p>", "Hi"},
    {"plain <b>words</b>", "<p>&nbsp;</p>", "</div>\r\nplain <b>words</b>"},
    {"<head><meta charset=\"koi8-r\"><meta name=x></head>Hi", "<head><meta name=x></head><p>", "</div>\r\nHi"},
    {"<head><META http-equiv=Content-Type content='text/html; charset=x'></head><body>Hi", "<head></head><body><p>",
     "</div>\r\nHi"},
    {"<!-- <body> --><body title=\"a>b\">Hi", "<!-- <body> --><body title=\"a>b\"><p>", "</div>\r\nHi"},
    {"<bodyguard>x", "<p>", "</div>\r\n<bodyguard>x"},
    {"<body ", "<body <p>", "</div>\r\n"},
    {"", "<p>", "</div>\r\n"},
};

static void html_is_quoted_in_its_body(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct bytebuf out = {0};
        size_t size, after = strlen(documents[i].after);
        char *text;

        quote_html(&header, documents[i].html, strlen(documents[i].html), &out);
        text = bytebuf_take(&out, &size);
        assert_memory_equal(text, documents[i].before, strlen(documents[i].before));
        assert_true(size >= after);
        assert_string_equal(text + size - after, documents[i].after);
        assert_non_null(strstr(text, "<b>From:</b> Jane &lt;jane@example.com&gt;<br>"));
        assert_non_null(strstr(text, "<b>Subject:</b> A &amp; B<br>"));
        assert_null(strstr(text, "Cc"));
        free(text);
    }
}

static const struct {
    const char *prefix, *subject, *wanted;
} subjects[] = {
    {"RE: ", "Hello", "RE: Hello"},
    {"RE: ", "RE: Hello", "RE: Hello"},
    {"RE: ", "Re: re:Hello", "RE: Hello"},
    {"FW: ", "RE: Hello", "FW: Hello"},
    {"RE: ", "AW: Hello", "RE: Hello"},
    {"RE: ", "Minutes: Monday", "RE: Minutes: Monday"},
    {"RE: ", "10: 30", "RE: 10: 30"},
    {"RE: ", "", "RE: "},
    {"RE: ", "RE:", "RE: "},
};

static void subjects_get_one_prefix(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct bytebuf out = {0};
        char *text;

        quote_subject(subjects[i].prefix, subjects[i].subject, &out);
        text = bytebuf_take(&out, NULL);
        assert_string_equal(text, subjects[i].wanted);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_quoted),
        cmocka_unit_test(html_is_quoted_in_its_body),
        cmocka_unit_test(subjects_get_one_prefix),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
