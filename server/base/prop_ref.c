/*
 * prop_ref.c: reads property references.
 *
 * Layer: base (portable).
 */
#include "prop_ref.h"

#include "hex.h"
#include "prop_names.h"
#include <string.h>

#define OUTLOOK_SET(first) {first, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}}

const GUID prop_set_public_strings = OUTLOOK_SET(0x00020329);
const GUID prop_set_mapi = OUTLOOK_SET(0x00020328);
const GUID prop_set_internet_headers = OUTLOOK_SET(0x00020386);
const GUID prop_set_appointment = OUTLOOK_SET(0x00062002);
const GUID prop_set_task = OUTLOOK_SET(0x00062003);
const GUID prop_set_address = OUTLOOK_SET(0x00062004);
const GUID prop_set_common = OUTLOOK_SET(0x00062008);
const GUID prop_set_log = OUTLOOK_SET(0x0006200A);
const GUID prop_set_note = OUTLOOK_SET(0x0006200E);
const GUID prop_set_meeting = {0x6ED8DA90, 0x450B, 0x101B, {0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05}};

static const char dasl_prefix[] = "http://schemas.microsoft.com/mapi/";

bool guid_equal(const GUID *a, const GUID *b)
{
    return !memcmp(a, b, sizeof *a);
}

/* Whether the text begins with an ASCII prefix, without case. */
static bool starts_with(const WCHAR *text, size_t length, const char *prefix)
{
    size_t i;

    for (i = 0; prefix[i]; i++) {
        if (i == length)
            return false;
        if ((text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]) != prefix[i])
            return false;
    }
    return true;
}

/* A number of 1 to 8 hex digits that fills the whole text. */
static bool read_hex(const WCHAR *text, size_t length, ULONG *value)
{
    WCHAR padded[8];
    BYTE bytes[4];

    if (!length || length > 8)
        return false;
    for (size_t i = 0; i < 8; i++)
        padded[i] = i < 8 - length ? '0' : text[i - (8 - length)];
    if (!hex_decode(padded, 8, bytes))
        return false;
    *value = (ULONG)bytes[0] << 24 | (ULONG)bytes[1] << 16 | (ULONG)bytes[2] << 8 | bytes[3];
    return true;
}

static bool read_prefixed_hex(const WCHAR *text, size_t length, ULONG *value)
{
    return length > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') && read_hex(text + 2, length - 2, value);
}

/* Bytes of a GUID as it is written with hyphens: the first three fields are big-endian there. */
static void guid_from_written(const BYTE *bytes, GUID *guid)
{
    guid->Data1 = (ULONG)bytes[0] << 24 | (ULONG)bytes[1] << 16 | (ULONG)bytes[2] << 8 | bytes[3];
    guid->Data2 = (unsigned short)(bytes[4] << 8 | bytes[5]);
    guid->Data3 = (unsigned short)(bytes[6] << 8 | bytes[7]);
    memcpy(guid->Data4, bytes + 8, 8);
}

bool prop_ref_parse_set(const WCHAR *text, size_t length, GUID *set)
{
    static const BYTE hyphens[] = {8, 13, 18, 23};
    WCHAR digits[32];
    BYTE bytes[16];
    size_t used = 0;

    if (length >= 2 && text[0] == '{' && text[length - 1] == '}')
        text++, length -= 2;
    if (length == 32) {
        if (!hex_decode(text, length, bytes))
            return false;
        memcpy(set, bytes, sizeof *set); /* memory order of a little-endian machine, as all that run MAPI are */
        return true;
    }
    if (length != 36)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (text[hyphens[i]] != '-')
            return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '-' && used < 32)
            digits[used++] = text[i];
    if (used != 32 || !hex_decode(digits, 32, bytes))
        return false;
    guid_from_written(bytes, set);
    return true;
}

/* Splits a number of a named property: up to 4 digits are its id, more are id and type as in DASL. */
static void set_number(struct prop_ref *ref, ULONG number, size_t digits)
{
    ref->kind = PROP_REF_NUMBER;
    if (digits > 4 && number > 0xFFFF) {
        ref->lid = (LONG)(number >> 16);
        ref->type = number & 0xFFFF;
    } else {
        ref->lid = (LONG)number;
    }
}

/* What follows a set: "0x8205", "82050003" (when bare numbers are allowed) or a name. */
static bool read_member(const WCHAR *text, size_t length, bool bare_number, struct prop_ref *ref)
{
    ULONG number;

    if (!length)
        return false;
    if (read_prefixed_hex(text, length, &number)) {
        set_number(ref, number, length - 2);
        return true;
    }
    if (bare_number) {
        if (!read_hex(text, length, &number))
            return false;
        set_number(ref, number, length);
        return true;
    }
    ref->kind = PROP_REF_STRING;
    ref->name = text;
    ref->name_length = length;
    return true;
}

/* "{set}member" or "{set}/member"; `bare_number` as in read_member. */
static bool read_braced(const WCHAR *text, size_t length, bool bare_number, struct prop_ref *ref)
{
    size_t end = 0;

    while (end < length && text[end] != '}')
        end++;
    if (end == length || !prop_ref_parse_set(text, end + 1, &ref->set))
        return false;
    end++;
    if (end < length && text[end] == '/')
        end++;
    return read_member(text + end, length - end, bare_number, ref);
}

static bool read_dasl(const WCHAR *text, size_t length, struct prop_ref *ref)
{
    if (starts_with(text, length, "proptag/0x")) {
        ref->kind = PROP_REF_TAG;
        if (!read_hex(text + 10, length - 10, &ref->tag) || length != 18)
            return false;
        ref->type = PROP_TYPE(ref->tag);
        return true;
    }
    if (starts_with(text, length, "id/{"))
        return read_braced(text + 3, length - 3, true, ref);
    if (starts_with(text, length, "string/{"))
        return read_braced(text + 7, length - 7, false, ref);
    return false;
}

static bool read_known_name(const WCHAR *text, size_t length, struct prop_ref *ref)
{
    const struct prop_name_row *row;
    char ascii[80];

    if (!length || length >= sizeof ascii)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] <= 32 || text[i] > 126)
            return false;
        ascii[i] = (char)text[i];
    }
    row = prop_names_find(ascii, length);
    if (!row)
        return false;
    ref->kind = PROP_REF_TAG;
    ref->tag = row->tag;
    ref->type = PROP_TYPE(row->tag);
    return true;
}

bool prop_ref_parse(const WCHAR *text, size_t length, const GUID *set, struct prop_ref *ref)
{
    ULONG number;

    memset(ref, 0, sizeof *ref);
    if (!length)
        return false;
    if (starts_with(text, length, dasl_prefix))
        return read_dasl(text + sizeof dasl_prefix - 1, length - (sizeof dasl_prefix - 1), ref);
    if (text[0] == '{')
        return read_braced(text, length, false, ref);
    if (read_prefixed_hex(text, length, &number)) {
        if (set && number <= 0xFFFF) {
            ref->set = *set;
            set_number(ref, number, length - 2);
            return true;
        }
        ref->kind = PROP_REF_TAG;
        ref->tag = number <= 0xFFFF ? PROP_TAG(PT_UNSPECIFIED, number) : number;
        ref->type = PROP_TYPE(ref->tag);
        return PROP_ID(ref->tag) != 0;
    }
    /* In a property set "Subject" is a name of its own; symbols cannot be mistaken. */
    if (!set || starts_with(text, length, "pr_") || starts_with(text, length, "cdopr_") ||
        starts_with(text, length, "pidtag"))
        if (read_known_name(text, length, ref))
            return true;
    if (!set)
        return false;
    ref->set = *set;
    return read_member(text, length, false, ref);
}
