/*
 * where_value.c: the literals of where clauses as property values.
 *
 * Layer: base (portable). A literal takes the type of the property that it is compared with.
 */
#include "where_private.h"

#include "hex.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICKS_PER_SECOND 10000000LL
#define SECONDS_PER_DAY 86400LL
#define DAYS_1601_TO_1899 109205 /* 1601-01-01 to 1899-12-30, day 0 of a DATE */

bool where_is_value(const struct token *token)
{
    return token->kind == TOKEN_TEXT || token->kind == TOKEN_HEX || token->kind == TOKEN_NUMBER ||
           (token->kind == TOKEN_WORD && (token->word == WORD_TRUE || token->word == WORD_FALSE));
}

/* The text with doubled quotes made single. */
static WCHAR *unquote(const struct token *token, struct mem_arena *arena, size_t *length)
{
    WCHAR *text = mem_arena_alloc(arena, (token->length + 1) * sizeof(WCHAR));
    WCHAR quote = token->text[-1];
    size_t used = 0;

    if (!text)
        return NULL;
    for (size_t i = 0; i < token->length; i++) {
        text[used++] = token->text[i];
        if (token->text[i] == quote && i + 1 < token->length)
            i++;
    }
    text[used] = 0;
    *length = used;
    return text;
}

static bool read_digits(const WCHAR **text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (**text < '0' || **text > '9')
            return false;
        *value = *value * 10 + *(*text)++ - '0';
    }
    return true;
}

static bool expect(const WCHAR **text, WCHAR c)
{
    if (**text != c)
        return false;
    (*text)++;
    return true;
}

/* Days from 1601-01-01 to a date of the Gregorian calendar. */
static LONGLONG days_since_1601(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int past = year - 1601, leap = (year % 4 == 0 && year % 100) || year % 400 == 0;

    return past * 365LL + past / 4 - past / 100 + past / 400 + before[month - 1] + (month > 2 && leap) + day - 1;
}

static bool is_date(int year, int month, int day)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100) || year % 400 == 0;

    if (year < 1601 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && leap);
}

/* Reads yyyy-mm-dd[{ |T}hh:mm[:ss]][Z] as ticks since 1601; *utc tells whether it ended in Z. */
static bool read_time(const WCHAR *text, LONGLONG *ticks, bool *utc)
{
    int year, month, day, hour = 0, minute = 0, second = 0;

    *utc = false;
    if (!read_digits(&text, 4, &year) || !expect(&text, '-') || !read_digits(&text, 2, &month) ||
        !expect(&text, '-') || !read_digits(&text, 2, &day) || !is_date(year, month, day))
        return false;
    if (*text == ' ' || *text == 'T') {
        text++;
        if (!read_digits(&text, 2, &hour) || !expect(&text, ':') || !read_digits(&text, 2, &minute))
            return false;
        if (*text == ':' && (text++, !read_digits(&text, 2, &second)))
            return false;
    }
    if (*text == 'Z') {
        *utc = true;
        text++;
    }
    if (*text || hour > 23 || minute > 59 || second > 59)
        return false;
    *ticks = (days_since_1601(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second) *
             TICKS_PER_SECOND;
    return true;
}

/* A number token as text for strtod and strtoll; false if it is too long to be one. */
static bool number_text(const struct token *token, char *text, size_t size)
{
    if (token->length >= size)
        return false;
    for (size_t i = 0; i < token->length; i++)
        text[i] = token->text[i] < 128 ? (char)token->text[i] : '?';
    text[token->length] = 0;
    return true;
}

static bool read_integer(const struct token *token, LONGLONG *value)
{
    char text[40], *end;

    if (token->kind == TOKEN_WORD) {
        *value = token->word == WORD_TRUE;
        return true;
    }
    if (token->kind != TOKEN_NUMBER || !number_text(token, text, sizeof text))
        return false;
    *value = strtoll(text, &end, strchr(text, 'x') || strchr(text, 'X') ? 16 : 10);
    return !*end;
}

static bool read_double(const struct token *token, double *value)
{
    char text[64], *end;
    LONGLONG integer;

    if (read_integer(token, &integer)) {
        *value = (double)integer;
        return true;
    }
    if (token->kind != TOKEN_NUMBER || !number_text(token, text, sizeof text))
        return false;
    *value = strtod(text, &end);
    return !*end;
}

static ULONG own_type(const struct token *token)
{
    switch (token->kind) {
    case TOKEN_TEXT:
        return token->text[-1] == '#' ? PT_SYSTIME : PT_UNICODE;
    case TOKEN_HEX:
        return PT_BINARY;
    case TOKEN_WORD:
        return PT_BOOLEAN;
    default:
        for (size_t i = 0; i < token->length; i++)
            if (token->text[i] == '.')
                return PT_DOUBLE;
        return PT_LONG;
    }
}

static bool read_number_value(const struct token *token, ULONG type, SPropValue *value, const char **message)
{
    LONGLONG integer = 0;
    double real = 0;
    bool whole = read_integer(token, &integer);

    if (!whole && !read_double(token, &real)) {
        *message = "is a number";
        return false;
    }
    if (whole)
        real = (double)integer;
    *message = "is a whole number of a smaller range";
    switch (type) {
    case PT_I2:
        value->Value.i = (short)integer;
        return whole && integer >= -32768 && integer <= 65535;
    case PT_LONG:
        value->Value.l = (LONG)integer;
        return whole && integer >= -2147483648LL && integer <= 4294967295LL;
    case PT_I8:
        value->Value.li.QuadPart = integer;
        return whole;
    case PT_R4:
        value->Value.flt = (float)real;
        return true;
    case PT_DOUBLE:
        value->Value.dbl = real;
        return true;
    case PT_CURRENCY:
        value->Value.cur.int64 = (LONGLONG)(real * 10000 + (real < 0 ? -0.5 : 0.5));
        return fabs(real) < 9e14;
    case PT_BOOLEAN:
        value->Value.b = integer != 0;
        *message = "is TRUE or FALSE";
        return whole && (integer == 0 || integer == 1 || integer == -1);
    }
    *message = "has a type that cannot be compared";
    return false;
}

static bool read_time_value(const struct token *token, ULONG type, const struct where_context *context,
                            struct mem_arena *arena, SPropValue *value, const char **message)
{
    LONGLONG ticks = 0;
    bool utc = false;
    size_t length = 0;
    WCHAR *text = token->kind == TOKEN_TEXT ? unquote(token, arena, &length) : NULL;

    *message = "is a time: 'yyyy-mm-dd', 'yyyy-mm-dd hh:mm:ss' or 'yyyy-mm-ddThh:mm:ssZ'";
    if (!text || !read_time(text, &ticks, &utc))
        return false;
    if (type == PT_APPTIME) {
        value->Value.at = (double)ticks / (SECONDS_PER_DAY * TICKS_PER_SECOND) - DAYS_1601_TO_1899;
        return true;
    }
    if (!utc && context->to_utc)
        ticks = context->to_utc(context->context, ticks);
    value->Value.ft.dwLowDateTime = (DWORD)ticks;
    value->Value.ft.dwHighDateTime = (DWORD)((ULONGLONG)ticks >> 32);
    return true;
}

static bool read_binary_value(const struct token *token, struct mem_arena *arena, SPropValue *value,
                              const char **message)
{
    BYTE *bytes = mem_arena_alloc(arena, token->length / 2 + 1);

    *message = "is binary: an even number of hex digits, X'00FF'";
    if (!bytes || (token->kind != TOKEN_TEXT && token->kind != TOKEN_HEX) ||
        !hex_decode(token->text, token->length, bytes))
        return false;
    value->Value.bin.cb = (ULONG)(token->length / 2);
    value->Value.bin.lpb = bytes;
    return true;
}

static bool read_text_value(const struct token *token, struct mem_arena *arena, SPropValue *value,
                            const char **message)
{
    size_t length;

    *message = "is text: put the value in quotes";
    if (token->kind != TOKEN_TEXT)
        return false;
    value->Value.lpszW = unquote(token, arena, &length);
    return value->Value.lpszW != NULL;
}

static bool read_guid_value(const struct token *token, struct mem_arena *arena, SPropValue *value,
                            const char **message)
{
    GUID *guid = mem_arena_alloc(arena, sizeof *guid);

    *message = "is a GUID: '{00000000-0000-0000-0000-000000000000}'";
    value->Value.lpguid = guid;
    return guid && token->kind == TOKEN_TEXT && prop_ref_parse_set(token->text, token->length, guid);
}

bool where_read_value(const struct token *token, ULONG tag, const struct where_context *context,
                      struct mem_arena *arena, SPropValue *value, const char **message)
{
    ULONG type = PROP_TYPE(tag) & ~(ULONG)MV_FLAG;

    memset(value, 0, sizeof *value);
    if (type == PT_UNSPECIFIED)
        type = own_type(token);
    if (type == PT_STRING8)
        type = PT_UNICODE;
    value->ulPropTag = PROP_TAG(type, PROP_ID(tag));
    switch (type) {
    case PT_UNICODE:
        return read_text_value(token, arena, value, message);
    case PT_BINARY:
        return read_binary_value(token, arena, value, message);
    case PT_SYSTIME:
    case PT_APPTIME:
        return read_time_value(token, type, context, arena, value, message);
    case PT_CLSID:
        return read_guid_value(token, arena, value, message);
    default:
        return read_number_value(token, type, value, message);
    }
}
