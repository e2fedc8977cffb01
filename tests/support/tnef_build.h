/*
 * tnef_build.h: TNEF streams (winmail.dat) as Outlook writes them, for tests, fuzz seeds and PE tests alike.
 */
#ifndef TESTS_TNEF_BUILD_H
#define TESTS_TNEF_BUILD_H

#include <string.h>

#include "bytebuf.h"
#include "mapi_abi.h"

static inline void tnef_begin(struct bytebuf *out)
{
    bytebuf_le32(out, 0x223e9f78);
    bytebuf_le16(out, 1);
}

/* level 1: of the message, 2: of an attachment. */
static inline void tnef_attribute(struct bytebuf *out, int level, uint32_t attribute, const void *data,
                                  size_t size)
{
    uint16_t sum = 0;
    bytebuf_byte(out, (uint8_t)level);
    bytebuf_le32(out, attribute);
    bytebuf_le32(out, (uint32_t)size);
    bytebuf_add(out, data, size);
    for (size_t i = 0; i < size; i++)
        sum = (uint16_t)(sum + ((const uint8_t *)data)[i]);
    bytebuf_le16(out, sum);
}

/* The same, and the content is freed. */
static inline void tnef_attribute_take(struct bytebuf *out, int level, uint32_t attribute,
                                       struct bytebuf *content)
{
    tnef_attribute(out, level, attribute, content->data, content->size);
    bytebuf_free(content);
}

static inline void tnef_value(struct bytebuf *out, const void *data, size_t size)
{
    bytebuf_le32(out, (uint32_t)size);
    bytebuf_add(out, data, size);
    for (; size % 4; size++)
        bytebuf_byte(out, 0);
}

static inline void tnef_long(struct bytebuf *out, ULONG tag, uint32_t value)
{
    bytebuf_le32(out, tag);
    bytebuf_le32(out, value);
}

/* A string or binary. */
static inline void tnef_one(struct bytebuf *out, ULONG tag, const void *data, size_t size)
{
    bytebuf_le32(out, tag);
    bytebuf_le32(out, 1);
    tnef_value(out, data, size);
}

static inline void tnef_ascii(struct bytebuf *out, ULONG tag, const char *text)
{
    struct bytebuf wide = {0};
    for (const char *p = text; *p; p++)
        bytebuf_le16(&wide, (uint8_t)*p);
    bytebuf_le16(&wide, 0);
    tnef_one(out, tag, wide.data, wide.size);
    bytebuf_free(&wide);
}

/* The name of a property; its tag goes before, its value behind. */
static inline void tnef_name(struct bytebuf *out, ULONG tag, const GUID *set, LONG number, const char *text)
{
    struct bytebuf wide = {0};
    bytebuf_le32(out, tag);
    bytebuf_add(out, set, sizeof *set);
    bytebuf_le32(out, text ? MNID_STRING : MNID_ID);
    if (!text) {
        bytebuf_le32(out, (uint32_t)number);
        return;
    }
    for (const char *p = text; *p; p++)
        bytebuf_le16(&wide, (uint8_t)*p);
    bytebuf_le16(&wide, 0);
    tnef_value(out, wide.data, wide.size);
    bytebuf_free(&wide);
}

/*
 * A message of every kind of content: class, priority, sender, subject in Windows-1250; three named
 * properties, one of several strings; two recipients; three attachments: a file of old attributes, a file of
 * properties, a message in which there is a file. `rtf` is PR_RTF_COMPRESSED.
 */
static inline void tnef_sample(struct bytebuf *out, const void *rtf, size_t rtf_size)
{
    static const GUID common = {0x00062008, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    static const GUID strings = {0x00020329, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
    static const uint8_t iid_message[16] = {7, 3, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};
    static const uint16_t sent[7] = {2026, 2, 28, 23, 59, 58, 6};
    static const uint8_t rendering[14] = {1, 0, 0xff, 0xff, 0xff, 0xff, 32, 0, 32, 0};
    static const uint32_t codepage[2] = {1250, 0};
    struct bytebuf part = {0}, inner = {0}, inner_part = {0};
    tnef_begin(out);
    tnef_attribute(out, 1, 0x00089006, "\0\0\1", 4);
    tnef_attribute(out, 1, 0x00069007, codepage, sizeof codepage);
    tnef_attribute(out, 1, 0x00078008, "IPM.Microsoft Mail.Note", 24);
    tnef_attribute(out, 1, 0x0004800d, "\1", 2);
    tnef_attribute(out, 1, 0x00018004, "z\xb3oty", 6); /* "złoty" */
    tnef_attribute(out, 1, 0x00038005, sent, sizeof sent);
    tnef_attribute(out, 1, 0x00018009, "0A1b", 5);
    tnef_attribute(out, 1, 0x00008000, "\4\0\40\0\5\0\16\0Paul\0SMTP:p@x.test", 8 + 5 + 14);

    bytebuf_le32(&part, 7);
    tnef_ascii(&part, PR_CONVERSATION_TOPIC_W, "topic");
    tnef_one(&part, PROP_TAG(PT_STRING8, 0x0070), "ignored, the first stands",
             26); /* the topic again: replaces */
    tnef_one(&part, PR_RTF_COMPRESSED, rtf, rtf_size);
    tnef_name(&part, PROP_TAG(PT_BOOLEAN, 0x8000), &common, 0x8506, NULL); /* private */
    bytebuf_le32(&part, 1);
    tnef_name(&part, PROP_TAG(PT_MV_UNICODE, 0x8001), &strings, 0, "Keywords");
    bytebuf_le32(&part, 2);
    tnef_value(&part, "r\0e\0d\0\0", 8);
    tnef_value(&part, "b\0\0", 4);
    tnef_name(&part, PROP_TAG(PT_SYSTIME, 0x8002), &common, 0x8502, NULL);
    bytebuf_le32(&part, 0xd53e8000);
    bytebuf_le32(&part, 0x019db1de);
    bytebuf_le32(&part, PROP_TAG(PT_MV_LONG, 0x6800));
    bytebuf_le32(&part, 2);
    bytebuf_le32(&part, 3);
    bytebuf_le32(&part, 4);
    tnef_attribute_take(out, 1, 0x00069003, &part);

    bytebuf_le32(&part, 2);
    for (int i = 0; i < 2; i++) {
        bytebuf_le32(&part, 4);
        tnef_long(&part, PR_RECIPIENT_TYPE, i ? MAPI_CC : MAPI_TO);
        tnef_ascii(&part, PR_DISPLAY_NAME_W, i ? "Cecil" : "Theo");
        tnef_one(&part, PR_ADDRTYPE_A, "SMTP", 5);
        tnef_one(&part, PR_EMAIL_ADDRESS_A, i ? "c@x.test" : "t@x.test", 9);
    }
    tnef_attribute_take(out, 1, 0x00069004, &part);

    tnef_attribute(out, 2, 0x00069002, rendering, sizeof rendering);
    tnef_attribute(out, 2, 0x00018010, "..\\old name.txt", 16);
    tnef_attribute(out, 2, 0x0006800f, "old content", 11);

    tnef_attribute(out, 2, 0x00069002, rendering, sizeof rendering);
    tnef_attribute(out, 2, 0x0006800f, "new content!", 12);
    bytebuf_le32(&part, 3);
    tnef_ascii(&part, PR_ATTACH_LONG_FILENAME_W, "a longer name.bin");
    tnef_one(&part, PROP_TAG(PT_STRING8, 0x3712), "id@x", 5);
    tnef_one(&part, PR_ATTACH_MIME_TAG_A, "image/x", 8);
    tnef_attribute_take(out, 2, 0x00069005, &part);

    tnef_begin(&inner);
    tnef_attribute(&inner, 1, 0x00078008, "IPM.Contact", 12);
    tnef_attribute(&inner, 1, 0x0002800c, "inner text", 11);
    bytebuf_le32(&inner_part, 1);
    tnef_ascii(&inner_part, PR_SUBJECT_W, "inner");
    tnef_attribute_take(&inner, 1, 0x00069003, &inner_part);
    tnef_attribute(&inner, 2, 0x00069002, rendering, sizeof rendering);
    tnef_attribute(&inner, 2, 0x00018010, "deep.txt", 9);
    tnef_attribute(&inner, 2, 0x0006800f, "deep", 4);
    tnef_attribute(out, 2, 0x00069002, rendering, sizeof rendering);
    bytebuf_le32(&part, 3);
    tnef_long(&part, PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);
    tnef_ascii(&part, PR_DISPLAY_NAME_W, "inner");
    bytebuf_le32(&part, PR_ATTACH_DATA_OBJ);
    bytebuf_le32(&part, 1);
    bytebuf_add(&inner_part, iid_message, sizeof iid_message);
    bytebuf_add(&inner_part, inner.data, inner.size);
    tnef_value(&part, inner_part.data, inner_part.size);
    tnef_attribute_take(out, 2, 0x00069005, &part);
    bytebuf_free(&inner);
    bytebuf_free(&inner_part);
}

#endif
