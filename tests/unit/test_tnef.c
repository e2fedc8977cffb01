/*
 * test_tnef.c: reading winmail.dat: old attributes, properties of every type, names, recipients, attachments,
 * messages in messages; and what is cut, changed or no TNEF at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../support/tnef_build.h"
#include "lzfu.h"
#include "mime_mapi.h"
#include "tnef.h"

static void build(struct bytebuf *out)
{
    struct bytebuf rtf = {0};
    assert_int_equal(lzfu_compress("{\\rtf1 hello}", 13, &rtf), S_OK);
    tnef_sample(out, rtf.data, rtf.size);
    bytebuf_free(&rtf);
    assert_false(out->failed);
}

static void free_report(struct mime_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        free(report->lines[i]);
    report->count = 0;
}

static void assert_text(const struct tnef_props *props, ULONG tag, const WCHAR *expected)
{
    const SPropValue *value = tnef_find(props, tag);
    assert_non_null(value);
    assert_int_equal(value->ulPropTag, tag);
    size_t units = 0;
    while (expected[units])
        units++;
    assert_memory_equal(value->Value.lpszW, expected, (units + 1) * sizeof(WCHAR));
}

static LONG number_of(const struct tnef_props *props, ULONG tag)
{
    const SPropValue *value = tnef_find(props, tag);
    assert_non_null(value);
    assert_int_equal(value->ulPropTag, tag);
    return value->Value.l;
}

static const struct tnef_prop *named(const struct tnef_props *props, LONG number)
{
    for (size_t i = 0; i < props->count; i++)
        if (props->items[i].name && props->items[i].name->ulKind == (number ? MNID_ID : MNID_STRING) &&
            (!number || props->items[i].name->Kind.lID == number))
            return &props->items[i];
    fail_msg("no property named 0x%x", (unsigned)number);
    return NULL;
}

static void a_whole_message_is_read(void **state)
{
    struct bytebuf stream = {0};
    struct mime_report report = {.count = 0};
    struct tnef *tnef = NULL;
    (void)state;
    build(&stream);
    assert_true(tnef_is(stream.data, stream.size));
    assert_int_equal(tnef_read(stream.data, stream.size, &report, &tnef), S_OK);
    if (report.count)
        fail_msg("%s", report.lines[0]);
    assert_false(tnef->damaged);
    const struct tnef_props *props = &tnef->message.props;
    assert_text(props, PR_MESSAGE_CLASS_W, L"IPM.Note");
    assert_text(props, PR_SUBJECT_W, L"z\x142oty");
    assert_text(props, PR_CONVERSATION_TOPIC_W, L"ignored, the first stands");
    assert_text(props, PR_SENDER_NAME_W, L"Paul");
    assert_text(props, PR_SENDER_ADDRTYPE_W, L"SMTP");
    assert_text(props, PR_SENDER_EMAIL_ADDRESS_W, L"p@x.test");
    assert_int_equal(number_of(props, PR_IMPORTANCE), IMPORTANCE_HIGH);
    const SPropValue *sent = tnef_find(props, PR_CLIENT_SUBMIT_TIME), *key = tnef_find(props, PR_SEARCH_KEY);
    uint64_t ticks = (uint64_t)sent->Value.ft.dwHighDateTime << 32 | sent->Value.ft.dwLowDateTime;
    assert_int_equal(ticks / 10000000 - 11644473600, 1772323198); /* 2026-02-28 23:59:58 UTC as Unix time */
    assert_int_equal(key->Value.bin.cb, 2);
    assert_memory_equal(key->Value.bin.lpb, "\x0a\x1b", 2);
    assert_int_equal(tnef_find(props, PROP_TAG(PT_MV_LONG, 0x6800))->Value.MVl.cValues, 2);
    assert_int_equal(tnef_find(props, PROP_TAG(PT_MV_LONG, 0x6800))->Value.MVl.lpl[1], 4);
    assert_true(named(props, 0x8506)->value.Value.b);
    assert_int_equal(named(props, 0x8502)->value.Value.ft.dwHighDateTime, 0x019db1de);
    const struct tnef_prop *words = named(props, 0);
    assert_int_equal(PROP_TYPE(words->value.ulPropTag), PT_MV_UNICODE);
    assert_int_equal(words->value.Value.MVszW.cValues, 2);
    assert_memory_equal(words->value.Value.MVszW.lppszW[0], L"red", 8);

    assert_int_equal(tnef->message.recipient_count, 2);
    assert_text(&tnef->message.recipients[1], PR_DISPLAY_NAME_W, L"Cecil");
    assert_text(&tnef->message.recipients[0], PR_EMAIL_ADDRESS_W, L"t@x.test");
    assert_int_equal(tnef->message.attachment_count, 3);
    const struct tnef_attachment *attachments = tnef->message.attachments;
    assert_text(&attachments[0].props, PR_ATTACH_FILENAME_W, L"..\\old name.txt");
    assert_int_equal(attachments[0].size, 11);
    assert_memory_equal(attachments[0].data, "old content", 11);
    assert_int_equal(number_of(&attachments[0].props, PR_RENDERING_POSITION), -1);
    assert_text(&attachments[1].props, PROP_TAG(PT_UNICODE, 0x3712), L"id@x");
    assert_null(attachments[1].message);
    const struct tnef_message *inner = attachments[2].message;
    assert_non_null(inner);
    assert_text(&inner->props, PR_MESSAGE_CLASS_W, L"IPM.Contact");
    assert_text(&inner->props, PR_SUBJECT_W, L"inner");
    assert_text(&inner->props, PR_BODY_W, L"inner text");
    assert_int_equal(inner->attachment_count, 1);
    assert_memory_equal(inner->attachments[0].data, "deep", 4);
    tnef_free(tnef);
    bytebuf_free(&stream);
}

/* However much of the end is missing, the rest is read, and it is said that something is. */
static void what_is_cut_is_told(void **state)
{
    struct bytebuf stream = {0};
    (void)state;
    build(&stream);
    for (size_t size = 0; size < stream.size; size++) {
        struct mime_report report = {.count = 0};
        struct tnef *tnef = NULL;
        uint8_t *exact = malloc(size ? size : 1);
        memcpy(exact, stream.data, size);
        HRESULT hr = tnef_read(exact, size, &report, &tnef);
        if (size < 6) {
            assert_int_equal(hr, MAPI_E_CORRUPT_DATA);
        } else {
            assert_int_equal(hr, S_OK);
            assert_int_equal(tnef->damaged, report.count > 0);
        }
        tnef_free(tnef);
        free_report(&report);
        free(exact);
    }
    /* The last file's name is there though its content is cut. */
    struct tnef *tnef = NULL;
    assert_int_equal(tnef_read(stream.data, stream.size - 30, NULL, &tnef), S_OK);
    assert_true(tnef->damaged);
    assert_int_equal(tnef->message.recipient_count, 2);
    assert_memory_equal(tnef->message.attachments[1].data, "new content!", 12);
    tnef_free(tnef);
    bytebuf_free(&stream);
}

static void what_is_wrong_is_told(void **state)
{
    static const struct {
        const char *what;
        size_t at;
        uint8_t with;
        size_t size; /* appended instead, if at is 0 */
        const char *says;
    } rows[] = {
        {"a changed byte", 60, 0x55, 0, "checksum"},
        {"an attribute that nobody knows", 7, 0x77, 0, "cannot be read"},
        {"bytes behind the end", 0, 'x', 20, "no part of it"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytebuf stream = {0};
        struct mime_report report = {.count = 0};
        struct tnef *tnef = NULL;
        bool told = false;
        build(&stream);
        for (size_t k = 0; k < rows[i].size; k++)
            bytebuf_byte(&stream, rows[i].with);
        if (rows[i].at)
            stream.data[rows[i].at] = rows[i].with;
        assert_int_equal(tnef_read(stream.data, stream.size, &report, &tnef), S_OK);
        assert_true(tnef->damaged);
        for (size_t k = 0; k < report.count; k++)
            told |= strstr(report.lines[k], rows[i].says) != NULL;
        if (!told)
            fail_msg("%s: not told (%s)", rows[i].what, report.count ? report.lines[0] : "nothing said");
        assert_int_equal(tnef->message.attachment_count, 3); /* the rest is read */
        tnef_free(tnef);
        free_report(&report);
        bytebuf_free(&stream);
    }
}

static void line_ends_behind_it_are_nothing(void **state)
{
    struct bytebuf stream = {0};
    struct tnef *tnef = NULL;
    (void)state;
    build(&stream);
    bytebuf_text(&stream, "\r\n");
    assert_int_equal(tnef_read(stream.data, stream.size, NULL, &tnef), S_OK);
    assert_false(tnef->damaged);
    tnef_free(tnef);
    bytebuf_free(&stream);
}

/* Some writers leave the type out of the attribute. */
static void attributes_need_no_type(void **state)
{
    struct bytebuf stream = {0};
    struct tnef *tnef = NULL;
    (void)state;
    tnef_begin(&stream);
    tnef_attribute(&stream, 1, 0x8004, "bare", 5);
    tnef_attribute(&stream, 2, 0x9002, "\1\0\0\0\0\0\0\0\0\0\0\0\0", 14);
    tnef_attribute(&stream, 2, 0x8010, "a.txt", 6);
    tnef_attribute(&stream, 2, 0x800f, "content", 7);
    assert_int_equal(tnef_read(stream.data, stream.size, NULL, &tnef), S_OK);
    assert_false(tnef->damaged);
    assert_text(&tnef->message.props, PR_SUBJECT_W, L"bare");
    assert_int_equal(tnef->message.attachment_count, 1);
    assert_int_equal(tnef->message.attachments[0].size, 7);
    tnef_free(tnef);
    bytebuf_free(&stream);
}

static void a_damaged_body_is_left_out(void **state)
{
    struct bytebuf stream = {0};
    struct tnef *tnef = NULL;
    (void)state;
    tnef_sample(&stream, "not compressed at all", 21);
    assert_int_equal(tnef_read(stream.data, stream.size, NULL, &tnef), S_OK);
    assert_true(tnef->damaged);
    assert_null(tnef_find(&tnef->message.props, PR_RTF_COMPRESSED));
    assert_int_equal(tnef->message.attachment_count, 3);
    tnef_free(tnef);
    bytebuf_free(&stream);
}

static void messages_do_not_nest_without_end(void **state)
{
    static const uint8_t iid_message[16] = {7, 3, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};
    struct bytebuf stream = {0};
    struct tnef *tnef = NULL;
    int depth = 0;
    (void)state;
    tnef_begin(&stream);
    for (int i = 0; i < 3 * TNEF_DEPTH_LIMIT; i++) {
        struct bytebuf outer = {0}, part = {0}, object = {0};
        bytebuf_add(&object, iid_message, sizeof iid_message);
        bytebuf_add(&object, stream.data, stream.size);
        bytebuf_le32(&part, 1);
        tnef_one(&part, PR_ATTACH_DATA_OBJ, object.data, object.size);
        tnef_begin(&outer);
        tnef_attribute(&outer, 2, 0x00069002, "\1\0\0\0\0\0\0\0\0\0\0\0\0", 14);
        tnef_attribute_take(&outer, 2, 0x00069005, &part);
        bytebuf_free(&object);
        bytebuf_free(&stream);
        stream = outer;
    }
    assert_int_equal(tnef_read(stream.data, stream.size, NULL, &tnef), S_OK);
    assert_true(tnef->damaged);
    for (const struct tnef_message *m = &tnef->message; m;
         m = m->attachment_count ? m->attachments[0].message : NULL)
        depth++;
    assert_in_range(depth, TNEF_DEPTH_LIMIT, TNEF_DEPTH_LIMIT + 1);
    tnef_free(tnef);
    bytebuf_free(&stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_message_is_read),
        cmocka_unit_test(what_is_cut_is_told),
        cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(line_ends_behind_it_are_nothing),
        cmocka_unit_test(attributes_need_no_type),
        cmocka_unit_test(a_damaged_body_is_left_out),
        cmocka_unit_test(messages_do_not_nest_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
