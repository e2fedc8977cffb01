/*
 * recurrence.c: recurrence patterns: dates and occurrences.
 *
 * Layer: base (portable). Changes of one occurrence are in recurrence_exception.c, the binary form
 * in recurrence_blob.c.
 */
#include "recurrence_private.h"

#include <stdlib.h>
#include <string.h>

#define LAST_YEAR 4500 /* MS-OXOCAL's endless patterns end there */

/* ---- dates ------------------------------------------------------------------------------------------------- */

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}

/* Days from 1601-01-01, a beginning of the calendar's 400-year cycle, so that leap years need no correction. */
int32_t recurrence_day(int32_t year, int32_t month, int32_t day)
{
    static const int16_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int32_t years, leap;

    year += floor_div(month - 1, 12);
    month = month - 1 - floor_div(month - 1, 12) * 12;
    years = year - 1601;
    leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return years * 365 + floor_div(years, 4) - floor_div(years, 100) + floor_div(years, 400) + before[month] +
           (month > 1 ? leap : 0) + day - 1;
}

void recurrence_date(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month)
{
    *year = 1601 + floor_div(day, 366);
    while (recurrence_day(*year + 1, 1, 1) <= day)
        ++*year;
    *month = 1;
    while (*month < 12 && recurrence_day(*year, *month + 1, 1) <= day)
        ++*month;
    *day_of_month = day - recurrence_day(*year, *month, 1) + 1;
}

int32_t recurrence_weekday(int32_t day)
{
    int32_t weekday = (day + 1) % 7; /* day 0 was a Monday */

    return weekday < 0 ? weekday + 7 : weekday;
}

int32_t recurrence_days_in_month(int32_t year, int32_t month)
{
    return recurrence_day(year, month + 1, 1) - recurrence_day(year, month, 1);
}

/* ---- a pattern --------------------------------------------------------------------------------------------- */

void recurrence_init(struct recurrence *self, int32_t start_day, int32_t start_minute, int32_t end_minute)
{
    int32_t year;

    memset(self, 0, sizeof *self);
    self->type = RECURRENCE_WEEKLY;
    self->interval = 1;
    self->start_day = start_day;
    self->start_minute = start_minute;
    self->end_minute = end_minute;
    self->week_days = 1 << recurrence_weekday(start_day);
    recurrence_date(start_day, &year, &self->month, &self->day_of_month);
    self->instance = (self->day_of_month + 6) / 7;
    recurrence_no_end(self);
}

void recurrence_forget_exceptions(struct recurrence *self)
{
    for (uint32_t i = 0; i < self->exception_count; i++)
        recurrence_exception_free(&self->exceptions[i]);
    free(self->deleted);
    free(self->exceptions);
    self->deleted = NULL;
    self->exceptions = NULL;
    self->deleted_count = self->exception_count = 0;
}

void recurrence_free(struct recurrence *self)
{
    recurrence_forget_exceptions(self);
    memset(self, 0, sizeof *self);
}

/* ---- occurrences ------------------------------------------------------------------------------------------- */

static int32_t week_start(const struct recurrence *self, int32_t day)
{
    return day - (recurrence_weekday(day) - self->first_weekday + 7) % 7;
}

static int32_t next_daily(const struct recurrence *self, int32_t from)
{
    int32_t steps = (from - self->start_day + self->interval - 1) / self->interval;

    return self->start_day + steps * self->interval;
}

static int32_t next_weekly(const struct recurrence *self, int32_t from)
{
    int32_t first = week_start(self, self->start_day);

    for (;;) {
        int32_t week = week_start(self, from), off = (week - first) / 7 % self->interval;
        if (!off)
            for (; from < week + 7; from++)
                if (self->week_days & 1 << recurrence_weekday(from))
                    return from;
        from = week + 7 * (self->interval - off);
    }
}

/* The day of the pattern in a month. */
static int32_t day_in_month(const struct recurrence *self, int32_t year, int32_t month)
{
    int32_t first = recurrence_day(year, month, 1), length = recurrence_days_in_month(year, month), found = 0;
    int32_t result = RECURRENCE_NO_DAY;

    if (self->type == RECURRENCE_MONTHLY || self->type == RECURRENCE_YEARLY)
        return first + (self->day_of_month < length ? self->day_of_month : length) - 1;
    for (int32_t day = first; day < first + length; day++)
        if (self->week_days & 1 << recurrence_weekday(day)) {
            result = day;
            if (++found == self->instance && self->instance < 5)
                break;
        }
    return result;
}

static int32_t next_monthly(const struct recurrence *self, int32_t from)
{
    bool yearly = self->type == RECURRENCE_YEARLY || self->type == RECURRENCE_YEARLY_NTH;
    int32_t step = yearly ? self->interval * 12 : self->interval;
    int32_t year, month, day, start, now;

    recurrence_date(self->start_day, &year, &month, &day);
    start = year * 12 + (yearly ? self->month : month) - 1;
    recurrence_date(from, &year, &month, &day);
    now = year * 12 + month - 1;
    if (now > start)
        start += (now - start) / step * step;
    for (; start / 12 <= LAST_YEAR; start += step) {
        day = day_in_month(self, start / 12, start % 12 + 1);
        if (day != RECURRENCE_NO_DAY && day >= from)
            return day;
    }
    return RECURRENCE_NO_DAY;
}

int32_t recurrence_next(const struct recurrence *self, int32_t from)
{
    int32_t day;

    if (from < self->start_day)
        from = self->start_day;
    if (self->interval < 1 || from > recurrence_day(LAST_YEAR, 12, 31))
        return RECURRENCE_NO_DAY;
    switch (self->type) {
    case RECURRENCE_DAILY:
        day = next_daily(self, from);
        break;
    case RECURRENCE_WEEKLY:
        day = self->week_days & 0x7F ? next_weekly(self, from) : RECURRENCE_NO_DAY;
        break;
    default:
        day = next_monthly(self, from);
        break;
    }
    return day > recurrence_day(LAST_YEAR, 12, 31) ? RECURRENCE_NO_DAY : day;
}

bool recurrence_has(const struct recurrence *self, int32_t day)
{
    if (day < self->start_day || (!self->endless && day > self->end_day) || recurrence_next(self, day) != day)
        return false;
    for (uint32_t i = 0; i < self->deleted_count; i++)
        if (self->deleted[i] == day)
            return false;
    return !recurrence_exception_of(self, day);
}

/* ---- the end ----------------------------------------------------------------------------------------------- */

void recurrence_no_end(struct recurrence *self)
{
    int32_t year, month, day;

    recurrence_date(self->start_day, &year, &month, &day);
    self->endless = true;
    self->by_count = false;
    self->occurrences = RECURRENCE_ENDLESS;
    self->end_day = recurrence_day(4001, month, day);
}

void recurrence_end_after(struct recurrence *self, int32_t occurrences)
{
    int32_t day = self->start_day - 1, limit = recurrence_day(4000, 1, 1), next;

    if (occurrences >= RECURRENCE_ENDLESS) {
        recurrence_no_end(self);
        return;
    }
    for (int32_t i = 0; i < occurrences; i++) {
        next = recurrence_next(self, day + 1);
        if (next == RECURRENCE_NO_DAY || next >= limit) {
            recurrence_no_end(self);
            return;
        }
        day = next;
    }
    self->endless = false;
    self->by_count = true;
    self->occurrences = occurrences;
    self->end_day = day < self->start_day ? self->start_day : day;
}

void recurrence_end_by(struct recurrence *self, int32_t end)
{
    int32_t count = 0;

    if (end >= recurrence_day(4000, 1, 1)) {
        recurrence_no_end(self);
        return;
    }
    for (int32_t day = recurrence_next(self, self->start_day); day <= end && count < RECURRENCE_ENDLESS;
         day = recurrence_next(self, day + 1))
        count++;
    self->endless = false;
    self->by_count = false;
    self->end_day = end;
    self->occurrences = count ? count : 1;
}
