/*
 * test_recurrence.c: occurrences of recurrence patterns, those that were changed on their own, and the binary form by the
 * examples of MS-OXOCAL 4.1.1.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "recurrence_private.h"

static int32_t ymd(int32_t date)
{
    return recurrence_day(date / 10000, date / 100 % 100, date % 100);
}

static int32_t to_ymd(int32_t day)
{
    int32_t y, m, d;

    recurrence_date(day, &y, &m, &d);
    return y * 10000 + m * 100 + d;
}

static void days_count_from_1601(void **state)
{
    (void)state;
    assert_int_equal(recurrence_day(1601, 1, 1), 0);
    assert_int_equal(recurrence_weekday(0), 1);
    assert_int_equal(recurrence_day(1970, 1, 1), 134774);
    assert_int_equal(recurrence_day(2007, 3, 26), 0x0CBC2080 / 1440);
    assert_int_equal(recurrence_day(2006, 14, 1), recurrence_day(2007, 2, 1));
    for (int32_t day = 0; day < recurrence_day(4600, 1, 1); day += 13) {
        int32_t y, m, d;
        recurrence_date(day, &y, &m, &d);
        assert_int_equal(recurrence_day(y, m, d), day);
        assert_in_range(d, 1, recurrence_days_in_month(y, m));
    }
    assert_int_equal(recurrence_days_in_month(2000, 2), 29);
    assert_int_equal(recurrence_days_in_month(2100, 2), 28);
    assert_int_equal(recurrence_days_in_month(2023, 12), 31);
}

static const struct {
    enum recurrence_type type;
    int32_t interval, day_of_month, week_days, instance, month;
    int32_t start;
    int32_t wanted[6];
} patterns[] = {
    {RECURRENCE_DAILY, 1, 0, 0, 0, 0, 20240227, {20240227, 20240228, 20240229, 20240301, 20240302, 20240303}},
    {RECURRENCE_DAILY, 10, 0, 0, 0, 0, 20231225, {20231225, 20240104, 20240114, 20240124, 20240203, 20240213}},
    {RECURRENCE_WEEKLY, 1, 0, 0x32, 0, 0, 20070326, {20070326, 20070329, 20070330, 20070402, 20070405, 20070406}},
    {RECURRENCE_WEEKLY, 2, 0, 0x22, 0, 0, 20070328, {20070330, 20070409, 20070413, 20070423, 20070427, 20070507}},
    {RECURRENCE_WEEKLY, 1, 0, 0x3E, 0, 0, 20070331, {20070402, 20070403, 20070404, 20070405, 20070406, 20070409}},
    {RECURRENCE_MONTHLY, 1, 31, 0, 0, 0, 20240115, {20240131, 20240229, 20240331, 20240430, 20240531, 20240630}},
    {RECURRENCE_MONTHLY, 2, 30, 0, 0, 0, 20120830, {20120830, 20121030, 20121230, 20130228, 20130430, 20130630}},
    {RECURRENCE_MONTHLY, 1, 10, 0, 0, 0, 20240115, {20240210, 20240310, 20240410, 20240510, 20240610, 20240710}},
    {RECURRENCE_MONTHLY_NTH, 1, 0, 0x04, 2, 0, 20240101, {20240109, 20240213, 20240312, 20240409, 20240514, 20240611}},
    {RECURRENCE_MONTHLY_NTH, 1, 0, 0x20, 5, 0, 20240101, {20240126, 20240223, 20240329, 20240426, 20240531, 20240628}},
    {RECURRENCE_MONTHLY_NTH, 3, 0, 0x3E, 1, 0, 20240101, {20240101, 20240401, 20240701, 20241001, 20250101, 20250401}},
    {RECURRENCE_YEARLY, 1, 29, 0, 0, 2, 20200101, {20200229, 20210228, 20220228, 20230228, 20240229, 20250228}},
    {RECURRENCE_YEARLY, 1, 24, 0, 0, 12, 20231225, {20241224, 20251224, 20261224, 20271224, 20281224, 20291224}},
    {RECURRENCE_YEARLY_NTH, 1, 0, 0x10, 4, 11, 20220101, {20221124, 20231123, 20241128, 20251127, 20261126, 20271125}},
};

static void patterns_give_their_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct recurrence pattern;
        int32_t day = 0;

        recurrence_init(&pattern, ymd(patterns[i].start), 600, 630);
        pattern.type = patterns[i].type;
        pattern.interval = patterns[i].interval;
        pattern.day_of_month = patterns[i].day_of_month;
        pattern.week_days = patterns[i].week_days;
        pattern.instance = patterns[i].instance;
        pattern.month = patterns[i].month;
        for (size_t k = 0; k < 6; k++) {
            day = recurrence_next(&pattern, day);
            if (to_ymd(day) != patterns[i].wanted[k])
                fail_msg("pattern %zu, occurrence %zu: %d, not %d", i, k, to_ymd(day), patterns[i].wanted[k]);
            assert_true(recurrence_has(&pattern, day));
            day++;
        }
        recurrence_end_after(&pattern, 6);
        assert_false(pattern.endless);
        assert_int_equal(to_ymd(pattern.end_day), patterns[i].wanted[5]);
        recurrence_end_by(&pattern, ymd(patterns[i].wanted[4]));
        assert_int_equal(pattern.occurrences, 5);
        assert_false(recurrence_has(&pattern, ymd(patterns[i].wanted[5])));
        recurrence_end_after(&pattern, RECURRENCE_ENDLESS);
        assert_true(pattern.endless);
        recurrence_end_by(&pattern, ymd(40000101));
        assert_true(pattern.endless);
        assert_int_equal(pattern.occurrences, RECURRENCE_ENDLESS);
        recurrence_free(&pattern);
    }
}

static void nonsense_ends(void **state)
{
    struct recurrence pattern;

    (void)state;
    recurrence_init(&pattern, ymd(20240101), 0, 0);
    pattern.week_days = 0;
    assert_int_equal(recurrence_next(&pattern, 0), RECURRENCE_NO_DAY);
    pattern.interval = 0;
    assert_int_equal(recurrence_next(&pattern, 0), RECURRENCE_NO_DAY);
    recurrence_init(&pattern, ymd(20240101), 0, 0);
    assert_int_equal(recurrence_next(&pattern, ymd(46000101)), RECURRENCE_NO_DAY);
    assert_int_equal(recurrence_next(&pattern, RECURRENCE_NO_DAY), RECURRENCE_NO_DAY);
}

/* 4.1.1.1, 4.1.1.2 and 4.1.1.3; 4.1.1.6 is of the Hebrew calendar. */
static const char weekly[] = "043004300B2001000000C0210000010000000000000032000000222000000C000000000000000000000000"
                             "0000008020BC0C20ADBC0C0630000009300000580200007602000000000000000000000000";
static const char exceptions[] =
    "043004300B2001000000C0210000010000000000000032000000222000000C0000000000000001000000A096BC0C01000000A096BC0C8020"
    "BC0C20ADBC0C0630000009300000580200007602000001003499BC0C5299BC0CF898BC0C11002200210053696D706C65205265637572"
    "72656E6365207769746820657863657074696F6E730800070033342F34313431000000000400000000000000000000003499BC0C5299BC"
    "0CF898BC0C2100530069006D0070006C006500200052006500630075007200720065006E00630065002000770069007400680020006500"
    "7800630065007000740069006F006E0073000700330034002F0034003100340031000000000000000000";
static const char daily[] = "043004300A2000000000A0050000E010000000000000212000000A0000000000000002000000A0C1DC0C80D2"
                            "DC0C00000000207EDC0C0016DD0C0630000009300000E0010000FE01000000000000000000000000";
static const char hebrew[] = "043004300D200200080080750A000C0000000000000003000000232000000A0000000000000001000000207E"
                             "DC0C01000000207EDC0C6074C40CDF80E95A0630000009300000E0010000FE01000001000080DC0C1E80DC0C"
                             "0080DC0C24023C000000010000000000000004000000000000000000000000000000";

static size_t unhex(const char *hex, uint8_t *bytes)
{
    size_t size = strlen(hex) / 2;

    for (size_t i = 0; i < size; i++) {
        unsigned byte;
        assert_int_equal(sscanf(hex + 2 * i, "%2x", &byte), 1);
        bytes[i] = (uint8_t)byte;
    }
    return size;
}

static void comes_back(const struct recurrence *pattern, const uint8_t *bytes, size_t size)
{
    struct bytebuf out = {0};

    recurrence_write(pattern, &out);
    assert_false(out.failed);
    assert_int_equal(out.size, size);
    assert_memory_equal(out.data, bytes, size);
    bytebuf_free(&out);
}

static void is_text(const uint16_t *text, const char *wanted)
{
    assert_non_null(text);
    for (; *wanted; text++, wanted++)
        assert_int_equal(*text, (unsigned char)*wanted);
    assert_int_equal(*text, 0);
}

static void examples_are_read_and_written(void **state)
{
    struct recurrence pattern;
    uint8_t bytes[512];
    size_t size = unhex(weekly, bytes);

    (void)state;
    assert_true(recurrence_read(bytes, size, &pattern));
    assert_int_equal(pattern.type, RECURRENCE_WEEKLY);
    assert_int_equal(pattern.week_days, 0x32);
    assert_int_equal(pattern.occurrences, 12);
    assert_int_equal(to_ymd(pattern.start_day), 20070326);
    assert_int_equal(to_ymd(pattern.end_day), 20070420);
    assert_int_equal(pattern.start_minute, 600);
    assert_int_equal(pattern.end_minute, 630);
    comes_back(&pattern, bytes, size);
    recurrence_end_after(&pattern, 12);
    assert_int_equal(to_ymd(pattern.end_day), 20070420);
    recurrence_free(&pattern);

    size = unhex(exceptions, bytes);
    assert_true(recurrence_read(bytes, size, &pattern));
    assert_int_equal(pattern.exception_count, 1);
    assert_ptr_equal(recurrence_exception_of(&pattern, ymd(20070416)), &pattern.exceptions[0]);
    assert_null(recurrence_exception_of(&pattern, ymd(20070419)));
    assert_false(recurrence_has(&pattern, ymd(20070416)));
    assert_int_equal(pattern.exceptions[0].start, (int64_t)ymd(20070416) * 1440 + 660);
    assert_int_equal(pattern.exceptions[0].end, (int64_t)ymd(20070416) * 1440 + 690);
    assert_int_equal(pattern.exceptions[0].original, (int64_t)ymd(20070416) * 1440 + 600);
    assert_int_equal(pattern.exceptions[0].overrides, RECURRENCE_SUBJECT | RECURRENCE_LOCATION);
    is_text(pattern.exceptions[0].subject, "Simple Recurrence with exceptions");
    is_text(pattern.exceptions[0].location, "34/4141");
    comes_back(&pattern, bytes, size);
    recurrence_forget_exceptions(&pattern);
    comes_back(&pattern, bytes, unhex(weekly, bytes));
    recurrence_free(&pattern);

    size = unhex(daily, bytes);
    assert_true(recurrence_read(bytes, size, &pattern));
    assert_int_equal(pattern.type, RECURRENCE_DAILY);
    assert_int_equal(pattern.interval, 3);
    assert_int_equal(pattern.deleted_count, 2);
    assert_true(recurrence_has(&pattern, ymd(20110416)));
    assert_false(recurrence_has(&pattern, ymd(20110419)));
    assert_false(recurrence_has(&pattern, ymd(20110420)));
    comes_back(&pattern, bytes, size);
    recurrence_free(&pattern);

    assert_false(recurrence_read(bytes, unhex(hebrew, bytes), &pattern));
}

/* The exceptions of 4.1.1.6, which do not depend on the calendar. */
static void numbers_of_exceptions_are_read_and_written(void **state)
{
    struct recurrence pattern;
    struct bytebuf out = {0};
    uint8_t bytes[512];
    size_t size = unhex(strstr(hebrew, "01000080DC0C"), bytes);
    struct recurrence_reader in = {bytes, bytes + size, false};

    (void)state;
    recurrence_init(&pattern, ymd(20080101), 480, 510);
    assert_true(recurrence_read_exceptions(&in, 0x3009, &pattern));
    assert_int_equal(pattern.exception_count, 1);
    assert_int_equal(pattern.exceptions[0].overrides,
                     RECURRENCE_REMINDER_MINUTES | RECURRENCE_BUSY_STATUS | RECURRENCE_BODY);
    assert_int_equal(pattern.exceptions[0].reminder_minutes, 60);
    assert_int_equal(pattern.exceptions[0].busy_status, 1);
    recurrence_write_exceptions(&pattern, &out);
    assert_int_equal(out.size, size);
    assert_memory_equal(out.data, bytes, size);
    bytebuf_free(&out);
    recurrence_free(&pattern);
}

/* Mondays from 2007-03-05 on, five of them. */
static void make_mondays(struct recurrence *pattern)
{
    recurrence_init(pattern, ymd(20070305), 600, 630);
    recurrence_end_after(pattern, 5);
}

static enum recurrence_change move(struct recurrence *pattern, int32_t original, int32_t day)
{
    struct recurrence_exception exception = {.original = (int64_t)ymd(original) * 1440 + 600};

    exception.start = (int64_t)ymd(day) * 1440 + 900;
    exception.end = exception.start + 45;
    return recurrence_change(pattern, &exception);
}

static void occurrences_are_changed(void **state)
{
    static uint16_t subject[] = {'S', 0xE4, 0x20AC, 0x4E2D, 0}, location[] = {0};
    struct recurrence pattern, again;
    struct recurrence_exception rich = {0};
    struct bytebuf out = {0};

    (void)state;
    make_mondays(&pattern);
    rich.original = (int64_t)ymd(20070319) * 1440 + 600;
    rich.start = rich.original + 1440;
    rich.end = rich.start + 60;
    rich.overrides = 0x3FF;
    rich.meeting_type = 1;
    rich.reminder_minutes = 5;
    rich.reminder_set = 1;
    rich.busy_status = 3;
    rich.attachment = 1;
    rich.all_day = 1;
    rich.color = 7;
    rich.highlight = 3;
    rich.subject = subject;
    rich.location = location;
    assert_int_equal(recurrence_change(&pattern, &rich), RECURRENCE_CHANGED);
    assert_int_equal(move(&pattern, 20070312, 20070312), RECURRENCE_CHANGED);
    assert_int_equal(move(&pattern, 20070312, 20070314), RECURRENCE_CHANGED);
    assert_int_equal(pattern.exception_count, 2);
    assert_int_equal(pattern.deleted_count, 2);
    assert_true(recurrence_has(&pattern, ymd(20070305)));
    assert_false(recurrence_has(&pattern, ymd(20070312)));
    assert_true(recurrence_has(&pattern, ymd(20070326)));

    recurrence_write(&pattern, &out);
    assert_true(recurrence_read(out.data, out.size, &again));
    bytebuf_free(&out);
    recurrence_free(&pattern);
    assert_int_equal(again.exception_count, 2);
    assert_int_equal(again.deleted_count, 2);
    assert_int_equal(to_ymd(again.deleted[0]), 20070312);
    assert_int_equal(to_ymd((int32_t)(again.exceptions[0].start / 1440)), 20070314);
    assert_int_equal(again.exceptions[0].overrides, 0);
    assert_int_equal(again.exceptions[1].overrides, 0x3FF);
    assert_int_equal(again.exceptions[1].start, rich.start);
    assert_int_equal(again.exceptions[1].end, rich.end);
    assert_int_equal(again.exceptions[1].meeting_type, 1);
    assert_int_equal(again.exceptions[1].reminder_minutes, 5);
    assert_int_equal(again.exceptions[1].reminder_set, 1);
    assert_int_equal(again.exceptions[1].busy_status, 3);
    assert_int_equal(again.exceptions[1].attachment, 1);
    assert_int_equal(again.exceptions[1].all_day, 1);
    assert_int_equal(again.exceptions[1].color, 7);
    assert_int_equal(again.exceptions[1].highlight, 3);
    assert_memory_equal(again.exceptions[1].subject, subject, sizeof subject);
    is_text(again.exceptions[1].location, "");

    assert_true(recurrence_delete(&again, ymd(20070319)));
    assert_int_equal(again.exception_count, 1);
    assert_int_equal(again.deleted_count, 2);
    assert_int_equal(recurrence_change(&again, &rich), RECURRENCE_NOT_THERE);
    assert_true(recurrence_delete(&again, ymd(20070305)));
    assert_true(recurrence_delete(&again, ymd(20070306)));
    assert_int_equal(again.deleted_count, 3);
    assert_int_equal(to_ymd(again.deleted[0]), 20070305);
    recurrence_free(&again);
}

static const struct {
    int32_t original, day;
    enum recurrence_change wanted;
} moves[] = {
    {20070312, 20070305, RECURRENCE_ON_ANOTHER}, {20070312, 20070304, RECURRENCE_ON_ANOTHER},
    {20070312, 20070319, RECURRENCE_ON_ANOTHER}, {20070312, 20070401, RECURRENCE_ON_ANOTHER},
    {20070313, 20070314, RECURRENCE_NOT_THERE},  {20070409, 20070410, RECURRENCE_NOT_THERE},
    {20070312, 20070318, RECURRENCE_CHANGED},    {20070319, 20070318, RECURRENCE_ON_ANOTHER},
    {20070319, 20070320, RECURRENCE_CHANGED},    {20070312, 20070319, RECURRENCE_CHANGED}, /* there is room now */
    {20070305, 20070101, RECURRENCE_CHANGED},    {20070402, 20080101, RECURRENCE_CHANGED},
    {20070326, 20070402, RECURRENCE_CHANGED},    {20070326, 20080101, RECURRENCE_ON_ANOTHER},
};

static void occurrences_stay_between_their_neighbours(void **state)
{
    struct recurrence pattern;

    (void)state;
    make_mondays(&pattern);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        if (move(&pattern, moves[i].original, moves[i].day) != moves[i].wanted)
            fail_msg("move %zu, from %d to %d", i, moves[i].original, moves[i].day);
    assert_true(recurrence_delete(&pattern, ymd(20070319)));
    assert_int_equal(move(&pattern, 20070312, 20070322), RECURRENCE_CHANGED);
    recurrence_free(&pattern);
}

static void own_patterns_come_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct recurrence pattern, again;
        struct bytebuf out = {0};

        recurrence_init(&pattern, ymd(patterns[i].start), 1380, 1500);
        pattern.type = patterns[i].type;
        pattern.interval = patterns[i].interval;
        pattern.day_of_month = patterns[i].day_of_month ? patterns[i].day_of_month : pattern.day_of_month;
        pattern.week_days = patterns[i].week_days ? patterns[i].week_days : pattern.week_days;
        pattern.instance = patterns[i].instance ? patterns[i].instance : pattern.instance;
        pattern.month = patterns[i].month ? patterns[i].month : pattern.month;
        pattern.start_day = recurrence_next(&pattern, 0);
        recurrence_end_after(&pattern, 6);
        recurrence_write(&pattern, &out);
        assert_true(recurrence_read(out.data, out.size, &again));
        assert_int_equal(again.type, pattern.type);
        assert_int_equal(again.interval, pattern.interval);
        assert_int_equal(again.end_day, ymd(patterns[i].wanted[5]));
        assert_int_equal(recurrence_next(&again, 0), ymd(patterns[i].wanted[0]));
        assert_int_equal(recurrence_next(&again, ymd(patterns[i].wanted[4]) + 1), ymd(patterns[i].wanted[5]));
        recurrence_free(&again);
        bytebuf_free(&out);
    }
}

/* Whatever is cut off or changed, the reader answers; the sanitizers watch. */
static void damaged_ones_do_no_harm(void **state)
{
    static const char *const sources[] = {weekly, exceptions, daily, hebrew};
    uint8_t bytes[512], copy[512];
    struct recurrence pattern;

    (void)state;
    for (size_t s = 0; s < 4; s++) {
        size_t size = unhex(sources[s], bytes);
        for (size_t i = 0; i < size; i++) {
            uint8_t *exact = malloc(i ? i : 1);
            memcpy(exact, bytes, i);
            if (recurrence_read(exact, i, &pattern))
                recurrence_next(&pattern, pattern.start_day + 1);
            recurrence_free(&pattern);
            free(exact);
            for (unsigned bit = 0; bit < 256; bit += 51) {
                memcpy(copy, bytes, size);
                copy[i] ^= (uint8_t)(bit + 1);
                if (recurrence_read(copy, size, &pattern))
                    recurrence_next(&pattern, pattern.start_day + 1);
                recurrence_free(&pattern);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_1601),        cmocka_unit_test(patterns_give_their_days),
        cmocka_unit_test(nonsense_ends),               cmocka_unit_test(examples_are_read_and_written),
        cmocka_unit_test(numbers_of_exceptions_are_read_and_written),
        cmocka_unit_test(occurrences_are_changed),     cmocka_unit_test(occurrences_stay_between_their_neighbours),
        cmocka_unit_test(own_patterns_come_back),      cmocka_unit_test(damaged_ones_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
