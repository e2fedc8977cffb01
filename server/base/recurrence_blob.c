/*
 * recurrence_blob.c: the binary form of recurrence patterns, MS-OXOCAL 2.2.1.44.
 *
 * Layer: base (portable).
 */
#include "recurrence_private.h"

#include <stdlib.h>
#include <string.h>

#define VERSION        0x3004 /* ReaderVersion and WriterVersion */
#define READER_VERSION 0x3006 /* ReaderVersion2 */
#define WRITER_VERSION 0x3009 /* WriterVersion2 */

#define FREQUENCY_DAILY   0x200A
#define FREQUENCY_WEEKLY  0x200B
#define FREQUENCY_MONTHLY 0x200C
#define FREQUENCY_YEARLY  0x200D

#define PATTERN_DAY       0
#define PATTERN_WEEK      1
#define PATTERN_MONTH     2
#define PATTERN_MONTH_NTH 3
#define PATTERN_MONTH_END 4

#define END_BY_DATE  0x2021
#define END_BY_COUNT 0x2022
#define END_NEVER    0x2023
#define NEVER_DATE   0x5AE980DFu /* EndDate of endless patterns */

#define MINUTES_PER_DAY 1440

/* ---- reading ----------------------------------------------------------------------------------------------- */

uint32_t recurrence_take(struct recurrence_reader *in, unsigned size)
{
    uint32_t value = 0;

    if (in->failed || (size_t)(in->end - in->at) < size) {
        in->failed = true;
        return 0;
    }
    for (unsigned i = 0; i < size; i++)
        value |= (uint32_t)in->at[i] << 8 * i;
    in->at += size;
    return value;
}

static int32_t take_day(struct recurrence_reader *in)
{
    return (int32_t)(recurrence_take(in, 4) / MINUTES_PER_DAY);
}

static bool take_days(struct recurrence_reader *in, int32_t **days, uint32_t *count)
{
    uint32_t n = recurrence_take(in, 4);

    *days = NULL, *count = 0;
    if (in->failed || n > (size_t)(in->end - in->at) / 4)
        return false;
    if (!n)
        return true;
    *days = malloc(n * sizeof **days);
    if (!*days)
        return false;
    for (uint32_t i = 0; i < n; i++)
        (*days)[i] = take_day(in);
    *count = n;
    return true;
}

static bool read_type(struct recurrence_reader *in, struct recurrence *self, uint32_t frequency, uint32_t pattern,
                      uint32_t period)
{
    bool yearly = frequency == FREQUENCY_YEARLY;

    if (frequency < FREQUENCY_DAILY || frequency > FREQUENCY_YEARLY || !period)
        return false;
    switch (pattern) {
    case PATTERN_DAY:
        self->type = RECURRENCE_DAILY;
        self->interval = (int32_t)(period / MINUTES_PER_DAY);
        return self->interval > 0;
    case PATTERN_WEEK: /* also "every weekday", whose frequency is daily */
        self->type = RECURRENCE_WEEKLY;
        self->interval = (int32_t)period;
        self->week_days = (int32_t)recurrence_take(in, 4) & 0x7F;
        return self->week_days && period <= 10000;
    case PATTERN_MONTH:
    case PATTERN_MONTH_END:
        self->type = yearly ? RECURRENCE_YEARLY : RECURRENCE_MONTHLY;
        self->day_of_month = (int32_t)recurrence_take(in, 4);
        if (pattern == PATTERN_MONTH_END)
            self->day_of_month = 31;
        break;
    case PATTERN_MONTH_NTH:
        self->type = yearly ? RECURRENCE_YEARLY_NTH : RECURRENCE_MONTHLY_NTH;
        self->week_days = (int32_t)recurrence_take(in, 4) & 0x7F;
        self->instance = (int32_t)recurrence_take(in, 4);
        if (!self->week_days || self->instance < 1 || self->instance > 5)
            return false;
        break;
    default: /* the Hijri calendar and those to come */
        return false;
    }
    self->interval = (int32_t)(yearly ? period / 12 : period);
    return self->interval > 0 && self->interval <= 10000 && self->day_of_month >= 1 && self->day_of_month <= 31;
}

/* Calendars whose months are the Gregorian ones: CAL_DEFAULT, CAL_GREGORIAN…, CAL_JAPAN, CAL_TAIWAN, CAL_KOREA, CAL_THAI. */
static bool has_our_months(uint32_t calendar)
{
    return calendar <= 5 || calendar == 7 || (calendar >= 9 && calendar <= 12);
}

static bool read_all(struct recurrence_reader *in, struct recurrence *self)
{
    uint32_t reader = recurrence_take(in, 2), frequency, pattern, calendar, period, end, count, version, writer;
    int32_t *modified = NULL, end_day, year, month, day;
    uint32_t modified_count = 0;
    bool whole;

    recurrence_take(in, 2); /* WriterVersion */
    frequency = recurrence_take(in, 2);
    pattern = recurrence_take(in, 2);
    calendar = recurrence_take(in, 2);
    recurrence_take(in, 4); /* FirstDateTime: follows from the rest */
    period = recurrence_take(in, 4);
    recurrence_take(in, 4); /* SlidingFlag: tasks only */
    recurrence_init(self, 0, 0, 0);
    if (in->failed || reader != VERSION || !read_type(in, self, frequency, pattern, period))
        return false;
    if (frequency >= FREQUENCY_MONTHLY && !has_our_months(calendar))
        return false;
    end = recurrence_take(in, 4);
    count = recurrence_take(in, 4);
    self->first_weekday = (int32_t)(recurrence_take(in, 4) % 7);
    whole = take_days(in, &self->deleted, &self->deleted_count) && take_days(in, &modified, &modified_count);
    free(modified); /* the exceptions tell */
    if (!whole)
        return false;
    self->start_day = take_day(in);
    end_day = take_day(in);
    version = recurrence_take(in, 4); /* ReaderVersion2 */
    writer = recurrence_take(in, 4);  /* WriterVersion2 */
    self->start_minute = (int32_t)recurrence_take(in, 4);
    self->end_minute = (int32_t)recurrence_take(in, 4);
    if (in->failed || version != READER_VERSION)
        return false;

    recurrence_date(self->start_day, &year, &month, &day);
    self->month = month;
    if (self->type != RECURRENCE_WEEKLY && self->type != RECURRENCE_MONTHLY_NTH && self->type != RECURRENCE_YEARLY_NTH)
        self->week_days = 1 << recurrence_weekday(self->start_day);
    if (self->type != RECURRENCE_MONTHLY && self->type != RECURRENCE_YEARLY)
        self->day_of_month = day;
    recurrence_no_end(self);
    if (end == END_BY_DATE || end == END_BY_COUNT) {
        self->endless = false;
        self->by_count = end == END_BY_COUNT;
        self->end_day = end_day;
        self->occurrences = count && count < RECURRENCE_ENDLESS ? (int32_t)count : 1;
    }
    return recurrence_read_exceptions(in, writer, self);
}

bool recurrence_read(const void *bytes, size_t size, struct recurrence *self)
{
    struct recurrence_reader in = {.at = bytes, .end = (const uint8_t *)bytes + size};

    memset(self, 0, sizeof *self);
    if (read_all(&in, self))
        return true;
    recurrence_free(self);
    return false;
}

/* ---- writing ----------------------------------------------------------------------------------------------- */

static void add_day(struct bytebuf *out, int32_t day)
{
    bytebuf_le32(out, (uint32_t)day * MINUTES_PER_DAY);
}

/* FirstDateTime: where the pattern's periods begin, reduced by whole periods from 1601 on. */
static uint32_t first_date_time(const struct recurrence *self, uint32_t period)
{
    int32_t year, month, day, week;

    switch (self->type) {
    case RECURRENCE_DAILY:
        return (uint32_t)self->start_day * MINUTES_PER_DAY % period;
    case RECURRENCE_WEEKLY:
        week = self->start_day - (recurrence_weekday(self->start_day) - self->first_weekday + 7) % 7;
        return (uint32_t)week * MINUTES_PER_DAY % (period * 7 * MINUTES_PER_DAY);
    default:
        recurrence_date(self->start_day, &year, &month, &day);
        if (self->type == RECURRENCE_YEARLY || self->type == RECURRENCE_YEARLY_NTH)
            month = self->month;
        month = ((year - 1601) * 12 + month - 1) % (int32_t)period;
        return (uint32_t)recurrence_day(1601, 1 + month, 1) * MINUTES_PER_DAY;
    }
}

void recurrence_write(const struct recurrence *self, struct bytebuf *out)
{
    static const struct {
        uint16_t frequency, pattern;
    } kinds[] = {
        [RECURRENCE_DAILY] = {FREQUENCY_DAILY, PATTERN_DAY},
        [RECURRENCE_WEEKLY] = {FREQUENCY_WEEKLY, PATTERN_WEEK},
        [RECURRENCE_MONTHLY] = {FREQUENCY_MONTHLY, PATTERN_MONTH},
        [RECURRENCE_MONTHLY_NTH] = {FREQUENCY_MONTHLY, PATTERN_MONTH_NTH},
        [RECURRENCE_YEARLY] = {FREQUENCY_YEARLY, PATTERN_MONTH},
        [RECURRENCE_YEARLY_NTH] = {FREQUENCY_YEARLY, PATTERN_MONTH_NTH},
    };
    bool yearly = self->type == RECURRENCE_YEARLY || self->type == RECURRENCE_YEARLY_NTH;
    uint32_t period = (uint32_t)self->interval;

    if (self->type == RECURRENCE_DAILY)
        period *= MINUTES_PER_DAY;
    else if (yearly)
        period *= 12;
    bytebuf_le16(out, VERSION);
    bytebuf_le16(out, VERSION);
    bytebuf_le16(out, kinds[self->type].frequency);
    bytebuf_le16(out, kinds[self->type].pattern);
    bytebuf_le16(out, 0); /* CalendarType: the default, Gregorian */
    bytebuf_le32(out, first_date_time(self, period));
    bytebuf_le32(out, period);
    bytebuf_le32(out, 0); /* SlidingFlag */
    switch (kinds[self->type].pattern) {
    case PATTERN_WEEK:
        bytebuf_le32(out, (uint32_t)self->week_days);
        break;
    case PATTERN_MONTH:
        bytebuf_le32(out, (uint32_t)self->day_of_month);
        break;
    case PATTERN_MONTH_NTH:
        bytebuf_le32(out, (uint32_t)self->week_days);
        bytebuf_le32(out, (uint32_t)self->instance);
        break;
    }
    bytebuf_le32(out, self->endless ? END_NEVER : self->by_count ? END_BY_COUNT : END_BY_DATE);
    bytebuf_le32(out, self->endless ? 10 : (uint32_t)self->occurrences);
    bytebuf_le32(out, (uint32_t)self->first_weekday);
    bytebuf_le32(out, self->deleted_count);
    for (uint32_t i = 0; i < self->deleted_count; i++)
        add_day(out, self->deleted[i]);
    bytebuf_le32(out, self->exception_count);
    for (uint32_t i = 0; i < self->exception_count; i++)
        add_day(out, (int32_t)(self->exceptions[i].start / MINUTES_PER_DAY));
    add_day(out, self->start_day);
    if (self->endless)
        bytebuf_le32(out, NEVER_DATE);
    else
        add_day(out, self->end_day);
    bytebuf_le32(out, READER_VERSION);
    bytebuf_le32(out, WRITER_VERSION);
    bytebuf_le32(out, (uint32_t)self->start_minute);
    bytebuf_le32(out, (uint32_t)self->end_minute);
    recurrence_write_exceptions(self, out);
}
