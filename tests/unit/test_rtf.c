/*
 * test_rtf.c: RTF and HTML message bodies: reading, writing, and every conversion between the three forms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "body.h"
#include "charset.h"
#include "html.h"
#include "lzfu.h"
#include "rtf.h"

static const struct {
    const char *rtf, *text;
} rtf_texts[] = {
    {"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}", "hello world"},
    {"{\\rtf1 one\\par two\\line three\\tab four}", "one\r\ntwo\r\nthree\tfour"},
    {"{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red1\\green2\\blue3;}{\\*\\generator X;}{\\info{\\author "
     "me}}shown}",
     "shown"},
    {"{\\rtf1 a\\'fcb \\u228?c \\u-10179?\\u-8704? d\\{\\}\\\\}", "a\xc3\xbc"
                                                                  "b \xc3\xa4"
                                                                  "c \xf0\x9f\x98\x80 d{}\\"},
    {"{\\rtf1\\ansicpg1251 \\'cf}", "\xd0\x9f"},
    {"{\\rtf1{\\fonttbl{\\f1\\fcharset128 MS;}}\\f1 \\'93\\'fa\\'96\\'7b}", "\xe6\x97\xa5\xe6\x9c\xac"},
    {"{\\rtf1\\uc2 \\u8364\\'80\\'80x}", "\xe2\x82\xacx"},
    {"{\\rtf1\\uc0 \\u8364 x}", "\xe2\x82\xacx"},
    {"{\\rtf1 \\bin4 {}{}after}", "after"},
    {"{\\rtf1 \\ldblquote q\\rdblquote\\emdash\\~.}", "\xe2\x80\x9cq\xe2\x80\x9d\xe2\x80\x94\xc2\xa0."},
    {"{\\rtf1 un{closed", "unclosed"},
    {"{\\rtf1 too}}}many}}", "toomany"},
    {"{\\rtf1 lone\\u-10179? end}", "lone\xef\xbf\xbd end"},
    {"{\\rtf1 {\\pict\\wmetafile8 0102}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}}", "link"},
    {"not rtf at all", "not rtf at all"},
    {"", ""},
    {"\\", ""},
    {"{\\rtf1\\'", ""},
};

static void rtf_is_read_as_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rtf_texts / sizeof *rtf_texts; i++) {
        struct bytebuf out = {0};
        assert_int_equal(rtf_to_text(rtf_texts[i].rtf, strlen(rtf_texts[i].rtf), &out), S_OK);
        char *text = bytebuf_take(&out, NULL);
        assert_string_equal(text, rtf_texts[i].text);
        free(text);
    }
}

/* The shape of MS-OXRTFEX's example: tags in htmltag groups, what only RTF readers see between \htmlrtf and
 * \htmlrtf0. */
static const char encapsulated[] =
    "{\\rtf1\\ANSI\\ansicpg1251\\fromhtml1 \\deff0\r\n{\\fonttbl {\\f0\\fmodern Courier New;}{\\f1\\fswiss "
    "Arial;}"
    "{\\f2\\fswiss\\fcharset0 Arial;}}\r\n{\\colortbl\\red0\\green0\\blue0;\\red0\\green0\\blue255;}\r\n"
    "{\\*\\htmltag64}\r\n\\uc1\\pard\\plain\\deftab360 \\f0\\fs24\r\n{\\*\\htmltag "
    "<HTML><head>\\par\r\n<style>\\par\r\n<!--\\par\r\n"
    " /* Style Definitions */\\par\r\np.MsoNormal "
    "\\{font-family:Arial;\\}\\par\r\n-->\\par\r\n</style>\\par\r\n\\tab <!-- "
    "This is a HTML comment.\\par\r\nIt has two lines. "
    "-->\\par\r\n</head>\\par\r\n<body>\\par\r\n<p\\par\r\nclass=\"MsoNormal\">}"
    "{\\htmlrtf \\f1 \\htmlrtf0 Note the line break inside a P tag. {\\*\\htmltag <b>}{\\htmlrtf \\b "
    "\\htmlrtf0 This is "
    "{\\*\\htmltag <i>}{\\htmlrtf \\i \\htmlrtf0 a bold italic}{\\*\\htmltag </i>} text}{\\*\\htmltag "
    "</b>}\\htmlrtf\\par\\htmlrtf0}\r\n"
    "\\htmlrtf \\par \\htmlrtf0\r\n{\\*\\htmltag </p>\\par\r\n<p class=\"MsoNormal\">\\par}{\\htmlrtf \\f1 "
    "\\htmlrtf0 This is a paragraph with "
    "special symbols: {\\*\\htmltag &lt;}\\htmlrtf <\\htmlrtf0 \\'cf.}{\\*\\mhtmltag ignored}{\\*\\htmltag "
    "</p></body></HTML>}}";

static void encapsulated_html_is_restored(void **state)
{
    (void)state;
    struct bytebuf out = {0};
    uint32_t codepage;
    assert_int_equal(rtf_origin(encapsulated, sizeof encapsulated - 1), RTF_FROM_HTML);
    assert_int_equal(rtf_to_html(encapsulated, sizeof encapsulated - 1, &out, &codepage), S_OK);
    assert_int_equal(codepage, 1251);
    char *html = bytebuf_take(&out, NULL);
    assert_string_equal(
        html,
        "<HTML><head>\r\n<style>\r\n<!--\r\n /* Style Definitions */\r\np.MsoNormal "
        "{font-family:Arial;}\r\n-->\r\n"
        "</style>\r\n\t<!-- This is a HTML comment.\r\nIt has two lines. -->\r\n</head>\r\n<body>\r\n<p\r\n"
        "class=\"MsoNormal\">Note the line break inside a P tag. <b>This is <i>a bold italic</i> "
        "text</b></p>\r\n"
        "<p class=\"MsoNormal\">\r\nThis is a paragraph with special symbols: &lt;\xcf.</p></body></HTML>");
    free(html);
}

static const struct {
    const char *html, *text;
} html_texts[] = {
    {"<p>one</p><p>two</p>", "one\r\n\r\ntwo\r\n"},
    {"a<br>b<br><br>c", "a\r\nb\r\n\r\nc\r\n"},
    {"  white \r\n space  <b> is</b> one ", "white space is one\r\n"},
    {"<html><head><title>T</title><style>p {}</style></head><body>x</body></html>", "x\r\n"},
    {"<script>if (a<b) alert('x');</script>shown", "shown\r\n"},
    {"&lt;&amp;&gt;&quot;&auml;&#228;&#xE4;&nbsp;&bogus;&#150;",
     "<&>\"\xc3\xa4\xc3\xa4\xc3\xa4 &bogus;\xe2\x80\x93\r\n"},
    {"<ul><li>a<li>b</ul><ol><li>c</li><li>d</li></ol>", "* a\r\n* b\r\n\r\n1. c\r\n2. d\r\n"},
    {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\r\nc\r\n"},
    {"<a href=\"http://x.test/\">here</a> <a href='mailto:a@b.test'>a@b.test</a>",
     "here <http://x.test/> a@b.test\r\n"},
    {"<pre>a\n  b\n</pre>c", "a\r\n  b\r\n\r\nc\r\n"},
    {"1 < 2 <!-- hidden > --> 3", "1 < 2 3\r\n"},
    {"<p title=\"a>b\">x", "x\r\n"},
    {"<unclosed", ""},
    {"", ""},
};

static void html_is_read_as_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof html_texts / sizeof *html_texts; i++) {
        struct bytebuf out = {0};
        assert_int_equal(html_to_text(html_texts[i].html, strlen(html_texts[i].html), &out), S_OK);
        char *text = bytebuf_take(&out, NULL);
        assert_string_equal(text, html_texts[i].text);
        free(text);
    }
}

static void html_survives_rtf(void **state)
{
    (void)state;
    static const char *const documents[] = {
        "<html>\r\n<head><style>p {color: red}</style></head>\r\n<body><p>gr\xc3\xbc\xc3\x9f &amp; "
        "<b>bold</b> \xf0\x9f\x98\x80</p><br>{\\}</body></html>\r\n",
        "plain",
        "<!DOCTYPE html><a href=\"x?a=1&b=2\">y</a>\r\n\r\n\ttab",
    };
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        struct body_part part = {BODY_HTML, documents[i], strlen(documents[i]), CHARSET_UTF8};
        struct bytebuf packed = {0}, out = {0};
        uint32_t codepage = 0;
        assert_int_equal(body_convert(&part, BODY_RTF, &packed, NULL), S_OK);
        assert_int_equal(body_native_format(packed.data, packed.size), BODY_HTML);
        struct body_part rtf = {BODY_RTF, packed.data, packed.size, 0};
        assert_int_equal(body_convert(&rtf, BODY_HTML, &out, &codepage), S_OK);
        assert_int_equal(codepage, CHARSET_UTF8);
        char *html = bytebuf_take(&out, NULL);
        assert_string_equal(html, documents[i]);
        free(html);
        bytebuf_free(&packed);
    }
}

static void text_survives_every_form(void **state)
{
    (void)state;
    static const char text[] =
        "Dear {all},\r\n\r\n\tgr\xc3\xbc\xc3\x9f <x> & \\y\xf0\x9f\x98\x80\r\n  indented\r\n";
    struct body_part part = {BODY_TEXT, text, sizeof text - 1, 0};
    struct bytebuf packed = {0}, out = {0};
    assert_int_equal(body_convert(&part, BODY_RTF, &packed, NULL), S_OK);
    assert_int_equal(body_native_format(packed.data, packed.size), BODY_TEXT);
    struct body_part rtf = {BODY_RTF, packed.data, packed.size, 0};
    assert_int_equal(body_convert(&rtf, BODY_TEXT, &out, NULL), S_OK);
    char *back = bytebuf_take(&out, NULL);
    assert_string_equal(back, text);
    free(back);
    bytebuf_free(&packed);

    uint32_t codepage = 0;
    struct bytebuf html = {0};
    assert_int_equal(body_convert(&part, BODY_HTML, &html, &codepage), S_OK);
    struct body_part as_html = {BODY_HTML, html.data, html.size, codepage};
    assert_int_equal(body_convert(&as_html, BODY_TEXT, &out, NULL), S_OK);
    back = bytebuf_take(&out, NULL);
    assert_string_equal(
        back, "Dear {all},\r\n\r\n    gr\xc3\xbc\xc3\x9f <x> & \\y\xf0\x9f\x98\x80\r\n  indented\r\n");
    free(back);
    bytebuf_free(&html);
}

static void native_rtf_becomes_html(void **state)
{
    (void)state;
    static const char rtf[] = "{\\rtf1\\ansi a {\\b b\\par c} {\\i <\\ul d}\\u8364?\\u26085?}";
    struct bytebuf out = {0};
    uint32_t codepage;
    assert_int_equal(rtf_to_html(rtf, sizeof rtf - 1, &out, &codepage), S_OK);
    assert_int_equal(codepage, 1252);
    char *html = bytebuf_take(&out, NULL);
    assert_string_equal(
        html,
        "<html><body>\r\na <b>b<br>\r\nc</b> <i>&lt;</i><i><u>d</u></i>\x80&#26085;\r\n</body></html>\r\n");
    free(html);
}

static void damaged_compressed_rtf_is_an_error_and_changes_nothing(void **state)
{
    (void)state;
    struct bytebuf out = {0};
    struct body_part part = {BODY_RTF, "not compressed at all", 21, 0};
    bytebuf_text(&out, "kept");
    assert_int_equal(body_convert(&part, BODY_TEXT, &out, NULL), MAPI_E_CORRUPT_DATA);
    assert_int_equal(body_convert(&part, BODY_HTML, &out, NULL), MAPI_E_CORRUPT_DATA);
    assert_int_equal(out.size, 4);
    assert_int_equal(body_native_format(part.data, part.size), BODY_RTF);
    bytebuf_free(&out);
}

static void deep_nesting_is_bounded(void **state)
{
    (void)state;
    struct bytebuf rtf = {0}, out = {0};
    bytebuf_text(&rtf, "{\\rtf1 a");
    for (int i = 0; i < 100000; i++)
        bytebuf_text(&rtf, "{x");
    for (int i = 0; i < 100000; i++)
        bytebuf_byte(&rtf, '}');
    bytebuf_text(&rtf, "b}");
    assert_int_equal(rtf_to_text((char *)rtf.data, rtf.size, &out), S_OK);
    assert_int_equal(out.data[0], 'a');
    assert_int_equal(out.data[out.size - 1], 'b');
    bytebuf_free(&rtf);
    bytebuf_free(&out);
}

static void the_declared_code_page_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *html;
        uint32_t codepage;
    } rows[] = {{"<meta http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">", 28592},
                {"<head><meta charset='UTF-8'>", 65001},
                {"<meta name=x content=y>", 0},
                {"<p>charset=utf-8", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(html_declared_codepage(rows[i].html, strlen(rows[i].html)), rows[i].codepage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rtf_is_read_as_text),
        cmocka_unit_test(encapsulated_html_is_restored),
        cmocka_unit_test(html_is_read_as_text),
        cmocka_unit_test(html_survives_rtf),
        cmocka_unit_test(text_survives_every_form),
        cmocka_unit_test(native_rtf_becomes_html),
        cmocka_unit_test(damaged_compressed_rtf_is_an_error_and_changes_nothing),
        cmocka_unit_test(deep_nesting_is_bounded),
        cmocka_unit_test(the_declared_code_page_is_found),
    };
    return cmocka_run_group_tests_name("rtf", tests, NULL, NULL);
}
