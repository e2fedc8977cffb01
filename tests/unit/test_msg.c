/*
 * test_msg.c: message files (MS-OXMSG): the streams that are written, that they are read back the same, and
 * damaged files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "mapi_exchange.h"
#include "msg_memory.h"

static GUID set_a = {0x00062008, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* PSETID_Common */
static GUID set_public = {0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static WCHAR keywords[] = L"Keywords";

static void set(struct propbag *props, SPropValue value)
{
    assert_int_equal(propbag_set(props, &value), S_OK);
}

/* One property of each type. */
static void fill(struct propbag *props)
{
    static BYTE bytes[] = {0, 1, 2, 0xff};
    static LONG longs[] = {1, -2, 3};
    static LPWSTR texts[] = {L"one", L"", L"thr\x00e9\x00e9"};
    static SBinary binaries[] = {{2, bytes}, {0, bytes}, {4, bytes}};
    static FILETIME time = {0x12345678, 0x01c00000};
    static GUID guid = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    set(props, (SPropValue){.ulPropTag = PR_SUBJECT_W, .Value.lpszW = L"gr\x00fc\x00df"});
    set(props, (SPropValue){.ulPropTag = PR_BODY_W, .Value.lpszW = L""});
    set(props, (SPropValue){.ulPropTag = PR_IMPORTANCE, .Value.l = 2});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_I2, 0x6001), .Value.i = -5});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_BOOLEAN, 0x6002), .Value.b = TRUE});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_DOUBLE, 0x6003), .Value.dbl = 1.5});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_R4, 0x6004), .Value.flt = -0.25f});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_I8, 0x6005), .Value.li.QuadPart = -6000000000ll});
    set(props, (SPropValue){.ulPropTag = PR_CLIENT_SUBMIT_TIME, .Value.ft = time});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_CLSID, 0x6006), .Value.lpguid = &guid});
    set(props, (SPropValue){.ulPropTag = PR_SEARCH_KEY, .Value.bin = {4, bytes}});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_MV_LONG, 0x6007), .Value.MVl = {3, longs}});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_MV_UNICODE, 0x8000), .Value.MVszW = {3, texts}});
    set(props, (SPropValue){.ulPropTag = PROP_TAG(PT_MV_BINARY, 0x8001), .Value.MVbin = {3, binaries}});
}

static struct mbx_message *new_message(ULONG recipients, ULONG attachments)
{
    struct mbx_message *message;
    assert_int_equal(mbx_message_new(0, false, &message), S_OK);
    message->recipients = calloc(recipients + 1, sizeof *message->recipients);
    message->attachments = calloc(attachments + 1, sizeof *message->attachments);
    message->recipient_count = recipients;
    message->attachment_count = attachments;
    for (ULONG i = 0; i < recipients; i++) {
        assert_int_equal(propbag_create(&message->recipients[i]), S_OK);
        assert_int_equal(propbag_set_long(message->recipients[i], PR_RECIPIENT_TYPE, (LONG)i + 1), S_OK);
        assert_int_equal(propbag_set_string(message->recipients[i], PR_DISPLAY_NAME_W, L"R"), S_OK);
    }
    for (ULONG i = 0; i < attachments; i++) {
        message->attachments[i].number = i;
        assert_int_equal(propbag_create(&message->attachments[i].props), S_OK);
    }
    return message;
}

/* A message with all that a file can hold. */
static struct mbx_message *full_message(void)
{
    struct mbx_message *message = new_message(3, 3);
    static BYTE data[5000];
    fill(message->props);
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (BYTE)(i * 7);
    struct propbag *file = message->attachments[0].props, *mail = message->attachments[1].props,
                   *object = message->attachments[2].props;
    set(file, (SPropValue){.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_BY_VALUE});
    set(file, (SPropValue){.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {sizeof data, data}});
    set(file, (SPropValue){.ulPropTag = PR_ATTACH_LONG_FILENAME_W, .Value.lpszW = L"a.bin"});
    set(mail, (SPropValue){.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_EMBEDDED_MSG});
    message->attachments[1].embedded = new_message(1, 1);
    fill(message->attachments[1].embedded->props);
    set(message->attachments[1].embedded->attachments[0].props,
        (SPropValue){.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_EMBEDDED_MSG});
    message->attachments[1].embedded->attachments[0].embedded = new_message(0, 0);
    set(object, (SPropValue){.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_OLE});
    set(object, (SPropValue){.ulPropTag = PR_ATTACH_DATA_BIN, .Value.bin = {100, data}});
    return message;
}

static void fill_names(struct msg_names *names)
{
    MAPINAMEID by_text = {&set_public, MNID_STRING, {.lpwstrName = keywords}},
               by_id = {&set_a, MNID_ID, {.lID = 0x8578}};
    ULONG id;
    assert_int_equal(msg_names_id(names, &by_text, false, &id), MAPI_E_NOT_FOUND);
    assert_int_equal(msg_names_id(names, &by_text, true, &id), S_OK);
    assert_int_equal(id, 0x8000);
    assert_int_equal(msg_names_id(names, &by_id, true, &id), S_OK);
    assert_int_equal(id, 0x8001);
    assert_int_equal(msg_names_id(names, &by_text, false, &id), S_OK);
    assert_int_equal(id, 0x8000);
}

static size_t units(const WCHAR *text)
{
    size_t count = 0;
    while (text[count])
        count++;
    return count;
}

static void same_text(const WCHAR *a, const WCHAR *b)
{
    assert_int_equal(units(a), units(b));
    assert_memory_equal(a, b, units(a) * sizeof *a);
}

static void same_value(const SPropValue *a, const SPropValue *b)
{
    assert_int_equal(a->ulPropTag, b->ulPropTag);
    switch (PROP_TYPE(a->ulPropTag)) {
    case PT_UNICODE:
        same_text(a->Value.lpszW, b->Value.lpszW);
        break;
    case PT_BINARY:
        assert_int_equal(a->Value.bin.cb, b->Value.bin.cb);
        assert_memory_equal(a->Value.bin.lpb, b->Value.bin.lpb, a->Value.bin.cb);
        break;
    case PT_CLSID:
        assert_memory_equal(a->Value.lpguid, b->Value.lpguid, sizeof(GUID));
        break;
    case PT_MV_LONG:
        assert_int_equal(a->Value.MVl.cValues, b->Value.MVl.cValues);
        assert_memory_equal(a->Value.MVl.lpl, b->Value.MVl.lpl, a->Value.MVl.cValues * sizeof(LONG));
        break;
    case PT_MV_UNICODE:
        assert_int_equal(a->Value.MVszW.cValues, b->Value.MVszW.cValues);
        for (ULONG i = 0; i < a->Value.MVszW.cValues; i++)
            same_text(a->Value.MVszW.lppszW[i], b->Value.MVszW.lppszW[i]);
        break;
    case PT_MV_BINARY:
        assert_int_equal(a->Value.MVbin.cValues, b->Value.MVbin.cValues);
        for (ULONG i = 0; i < a->Value.MVbin.cValues; i++) {
            assert_int_equal(a->Value.MVbin.lpbin[i].cb, b->Value.MVbin.lpbin[i].cb);
            assert_memory_equal(a->Value.MVbin.lpbin[i].lpb, b->Value.MVbin.lpbin[i].lpb,
                                a->Value.MVbin.lpbin[i].cb);
        }
        break;
    case PT_I2:
        assert_int_equal(a->Value.i, b->Value.i);
        break;
    case PT_BOOLEAN:
        assert_int_equal(a->Value.b, b->Value.b);
        break;
    case PT_LONG:
    case PT_R4:
        assert_int_equal(a->Value.l, b->Value.l);
        break;
    default:
        assert_int_equal(a->Value.li.QuadPart, b->Value.li.QuadPart);
    }
}

/* Everything of `a` is in `b`. */
static void holds(const struct propbag *a, const struct propbag *b)
{
    for (ULONG i = 0; i < propbag_count(a); i++) {
        const struct propbag_entry *entry = propbag_at(a, i),
                                   *found = propbag_find(b, PROP_ID(entry->value.ulPropTag));
        assert_non_null(found);
        same_value(&entry->value, &found->value);
    }
}

static void same_message(const struct mbx_message *a, const struct mbx_message *b)
{
    holds(a->props, b->props);
    assert_int_equal(a->recipient_count, b->recipient_count);
    assert_int_equal(a->attachment_count, b->attachment_count);
    for (ULONG i = 0; i < a->recipient_count; i++)
        holds(a->recipients[i], b->recipients[i]);
    for (ULONG i = 0; i < a->attachment_count; i++) {
        holds(a->attachments[i].props, b->attachments[i].props);
        assert_int_equal(!a->attachments[i].embedded, !b->attachments[i].embedded);
        if (a->attachments[i].embedded)
            same_message(a->attachments[i].embedded, b->attachments[i].embedded);
    }
}

static void a_message_survives_its_file(void **state)
{
    (void)state;
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0}, read_names = {NULL, 0, 0};
    struct mbx_message *message = full_message(), *read = NULL;
    fill_names(&names);
    for (int pass = 0; pass < 2; pass++) { /* the second overwrites the first */
        assert_int_equal(msg_write(&root, message, &names, NULL), S_OK);
        assert_int_equal(msg_read(&root, &read, &read_names, NULL), S_OK);
        same_message(message, read);
        const MAPINAMEID *name = msg_names_get(&read_names, 0x8000);
        assert_non_null(name);
        same_text(name->Kind.lpwstrName, keywords);
        name = msg_names_get(&read_names, 0x8001);
        assert_int_equal(name->Kind.lID, 0x8578);
        assert_memory_equal(name->lpguid, &set_a, sizeof set_a);
        assert_null(msg_names_get(&read_names, 0x8002));
        mbx_message_free(read);
        msg_names_free(&read_names);
    }
    mbx_message_free(message);
    msg_names_free(&names);
    msg_memory_free(file);
}

static void the_streams_are_those_of_the_specification(void **state)
{
    (void)state;
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0};
    struct mbx_message *message = full_message();
    static const struct {
        const char *path;
        size_t size;
        const char *start; /* its first bytes, or NULL */
        size_t start_size;
    } rows[] = {
        {"__substg1.0_0037001F", 8, "g\0r\0", 4},
        {"__substg1.0_1000001F", 0, NULL, 0},
        {"__substg1.0_6007"
         "1003",
         12, "\1\0\0\0", 4},
        {"__substg1.0_8000101F", 12, "\x08\0\0\0\x02\0\0\0", 8},
        {"__substg1.0_8000101F-00000000", 8, "o\0n\0e\0\0\0", 8},
        {"__substg1.0_80011102", 24, "\x02\0\0\0\0\0\0\0", 8},
        {"__nameid_version1.0/__substg1.0_00020102", 16, NULL, 0},
        {"__nameid_version1.0/__substg1.0_00030102", 16, "\0\0\0\0\x05\0\0\0\x78\x85\0\0\x06\0\x01\0", 16},
        {"__nameid_version1.0/__substg1.0_00040102", 20, "\x10\0\0\0K\0e\0", 8},
        {"__recip_version1.0_#00000002/__substg1.0_3001001F", 2, "R\0", 2},
        {"__attach_version1.0_#00000000/__substg1.0_37010102", 5000, NULL, 0},
        {"__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F", 8, NULL, 0},
        {"__attach_version1.0_#00000002/__substg1.0_3701000D", 100, NULL, 0},
    };
    fill_names(&names);
    assert_int_equal(msg_write(&root, message, &names, NULL), S_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct msg_memory *found = msg_memory_find(file, rows[i].path);
        if (!found)
            fail_msg("%s is missing", rows[i].path);
        assert_int_equal(msg_memory_content(found)->size, rows[i].size);
        if (rows[i].start)
            assert_memory_equal(msg_memory_content(found)->data, rows[i].start, rows[i].start_size);
    }
    struct bytebuf *top = msg_memory_content(msg_memory_find(file, "__properties_version1.0"));
    static const uint8_t header[32] = {[8] = 3, [12] = 3, [16] = 3, [20] = 3};
    assert_int_equal(top->size % 16, 0);
    assert_memory_equal(top->data, header, sizeof header);
    struct bytebuf *inner = msg_memory_content(
        msg_memory_find(file, "__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0"));
    assert_int_equal(inner->size % 16, 8);
    mbx_message_free(message);
    msg_names_free(&names);
    msg_memory_free(file);
}

static void eight_bit_strings_are_read_in_their_code_page(void **state)
{
    (void)state;
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0};
    struct mbx_message *read = NULL;
    static const uint8_t properties[32 + 32] = {[32] = 0x1e, 0, 0x37, 0,    6, 0,    0, 0,    3,    0, 0,
                                                0,           0, 0,    0,    0, 0x03, 0, 0xfd, 0x3f, 6, 0,
                                                0,           0, 0xe3, 0x04, 0, 0,    0, 0,    0,    0};
    root.ops->write(&root, "__properties_version1.0", properties, sizeof properties);
    root.ops->write(&root, "__substg1.0_0037001E", "\xcf\xd0", 3);
    assert_int_equal(msg_read(&root, &read, &names, NULL), S_OK);
    static const WCHAR expected[] = {0x041f, 0x0420, 0};
    same_text(propbag_string(read->props, PR_SUBJECT_W), expected);
    mbx_message_free(read);
    msg_names_free(&names);
    msg_memory_free(file);
}

/* Recipients are written in another order than theirs; none is lost or twice there, whatever their number. */
static void any_number_of_recipients_survives(void **state)
{
    (void)state;
    for (ULONG count = 0; count < 70; count++) {
        struct msg_memory *file = msg_memory_new();
        struct msg_dir root = msg_memory_dir(file);
        struct msg_names names = {NULL, 0, 0};
        struct mbx_message *message = full_message(), *read = NULL;
        for (ULONG i = 0; i < message->recipient_count; i++)
            propbag_free(message->recipients[i]);
        free(message->recipients);
        message->recipients = calloc(count + 1, sizeof *message->recipients);
        for (message->recipient_count = 0; message->recipient_count < count; message->recipient_count++) {
            assert_int_equal(propbag_create(&message->recipients[message->recipient_count]), S_OK);
            propbag_set_long(message->recipients[message->recipient_count], PR_RECIPIENT_TYPE,
                             (LONG)message->recipient_count + 100);
        }
        assert_int_equal(msg_write(&root, message, &names, NULL), S_OK);
        assert_int_equal(msg_read(&root, &read, &names, NULL), S_OK);
        assert_int_equal(read->recipient_count, count);
        for (ULONG i = 0; i < count; i++)
            assert_int_equal(propbag_long(read->recipients[i], PR_RECIPIENT_TYPE, 0), (LONG)i + 100);
        mbx_message_free(read);
        mbx_message_free(message);
        msg_names_free(&names);
        msg_memory_free(file);
    }
}

/* HTML as a string is read as PR_HTML; a body of a type that it cannot have is left out. */
static void bodies_of_other_types_are_put_right(void **state)
{
    (void)state;
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0};
    struct mbx_message *read = NULL;
    static const uint8_t properties[32 + 48] = {
        [32] = 0x1f, 0, 0x13, 0x10, 6, [48] = 0x02, 1, 0, 0x10, 6, [64] = 0x1f, 0, 0x09, 0x10, 6};
    root.ops->write(&root, "__properties_version1.0", properties, sizeof properties);
    root.ops->write(&root, "__substg1.0_1013001F", "<\0b\0>\0\xfc\0\0\0", 10);
    root.ops->write(&root, "__substg1.0_10000102", "body", 4);
    root.ops->write(&root, "__substg1.0_1009001F", "r\0t\0", 4);
    assert_int_equal(msg_read(&root, &read, &names, NULL), S_OK);
    const struct propbag_entry *html = propbag_find(read->props, PROP_ID(PR_HTML));
    assert_non_null(html);
    assert_int_equal(html->value.ulPropTag, PR_HTML);
    assert_int_equal(html->value.Value.bin.cb, 5);
    assert_memory_equal(html->value.Value.bin.lpb, "<b>\xc3\xbc", 5);
    assert_int_equal(propbag_long(read->props, PR_INTERNET_CPID, 0), 65001);
    assert_null(propbag_find(read->props, PROP_ID(PR_BODY_W)));
    assert_null(propbag_find(read->props, PROP_ID(PR_RTF_COMPRESSED)));
    mbx_message_free(read);
    msg_names_free(&names);
    msg_memory_free(file);
}

static void damaged_files_give_what_is_readable_or_an_error(void **state)
{
    (void)state;
    struct msg_names names = {NULL, 0, 0};
    struct mbx_message *message = full_message(), *read = NULL;
    struct msg_memory *empty = msg_memory_new();
    struct msg_dir root = msg_memory_dir(empty);
    assert_int_equal(msg_read(&root, &read, &names, NULL), MAPI_E_CORRUPT_DATA);
    assert_null(read);
    msg_names_free(&names);
    msg_memory_free(empty);
    static const char *const streams[] = {
        "__properties_version1.0",
        "__nameid_version1.0/__substg1.0_00030102",
        "__nameid_version1.0/__substg1.0_00040102",
        "__substg1.0_8000101F",
        "__recip_version1.0_#00000001/__properties_version1.0",
        "__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0"};
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        for (unsigned damage = 0; damage < 40; damage++) {
            struct msg_memory *file = msg_memory_new();
            root = msg_memory_dir(file);
            fill_names(&names);
            assert_int_equal(msg_write(&root, message, &names, NULL), S_OK);
            msg_names_free(&names);
            struct bytebuf *content = msg_memory_content(msg_memory_find(file, streams[i]));
            if (damage % 2)
                content->size = content->size * damage / 40;
            else if (content->size)
                for (size_t k = damage; k < content->size; k += 11)
                    content->data[k] ^= (uint8_t)(0x81 + damage);
            if (SUCCEEDED(msg_read(&root, &read, &names, NULL)))
                mbx_message_free(read);
            msg_names_free(&names);
            msg_memory_free(file);
        }
    }
    mbx_message_free(message);
}

static void attributes_survive(void **state)
{
    (void)state;
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0};
    struct msg_flags flags = {NULL, 0}, found = {NULL, 0};
    struct mbx_message *message = full_message(), *read = NULL;
    assert_int_equal(msg_flags_get(&flags, PROP_ID(PR_SUBJECT_W)), 6);
    assert_int_equal(msg_flags_set(&flags, PROP_ID(PR_SUBJECT_W), 7), S_OK);
    assert_int_equal(msg_write(&root, message, &names, &flags), S_OK);
    assert_int_equal(msg_read(&root, &read, &names, &found), S_OK);
    assert_int_equal(msg_flags_get(&found, PROP_ID(PR_SUBJECT_W)), 7);
    assert_int_equal(msg_flags_get(&found, PROP_ID(PR_IMPORTANCE)), 6);
    assert_int_equal(found.count, 1);
    msg_flags_free(&flags);
    msg_flags_free(&found);
    mbx_message_free(message);
    mbx_message_free(read);
    msg_names_free(&names);
    msg_memory_free(file);
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    struct msg_memory *file = msg_memory_new();
    struct msg_dir root = msg_memory_dir(file);
    struct msg_names names = {NULL, 0, 0};
    struct mbx_message *outer = new_message(0, 0), *read = NULL;
    for (int i = 0; i < MSG_DEPTH_LIMIT + 2; i++) {
        struct mbx_message *next = new_message(0, 1);
        set(next->attachments[0].props,
            (SPropValue){.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_EMBEDDED_MSG});
        next->attachments[0].embedded = outer;
        outer = next;
        assert_int_equal(msg_write(&root, outer, &names, NULL), i < MSG_DEPTH_LIMIT ? S_OK : MAPI_E_TOO_BIG);
        if (i < MSG_DEPTH_LIMIT) {
            assert_int_equal(msg_read(&root, &read, &names, NULL), S_OK);
            same_message(outer, read);
            mbx_message_free(read);
        }
    }
    mbx_message_free(outer);
    msg_names_free(&names);
    msg_memory_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_survives_its_file),
        cmocka_unit_test(the_streams_are_those_of_the_specification),
        cmocka_unit_test(eight_bit_strings_are_read_in_their_code_page),
        cmocka_unit_test(any_number_of_recipients_survives),
        cmocka_unit_test(bodies_of_other_types_are_put_right),
        cmocka_unit_test(damaged_files_give_what_is_readable_or_an_error),
        cmocka_unit_test(attributes_survive),
        cmocka_unit_test(nesting_is_bounded),
    };
    return cmocka_run_group_tests_name("msg", tests, NULL, NULL);
}
