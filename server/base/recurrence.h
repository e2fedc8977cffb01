/*
 * recurrence.h: recurring appointments: the pattern, its occurrences, and its binary form.
 *
 * Layer: base (portable). The binary form is the AppointmentRecurrencePattern structure of MS-OXOCAL 2.2.1.44, which
 * Outlook keeps in PidLidAppointmentRecur. Days are counted from 1601-01-01 (day 0, a Monday), minutes from midnight.
 * Limits: the Gregorian calendar only; exceptions are dropped when the pattern changes.
 */
#ifndef RECURRENCE_H
#define RECURRENCE_H

#include "bytebuf.h"
#include <stdbool.h>
#include <stdint.h>

/* Values of CDO's RecurrenceType. */
enum recurrence_type {
    RECURRENCE_DAILY = 0,
    RECURRENCE_WEEKLY = 1,
    RECURRENCE_MONTHLY = 2,
    RECURRENCE_MONTHLY_NTH = 3,
    RECURRENCE_YEARLY = 5,
    RECURRENCE_YEARLY_NTH = 6
};

/* CDO's limits: more occurrences, or an end in the year 4000 or later, is no end. */
#define RECURRENCE_ENDLESS 1490000
/* No day: there is no further occurrence. */
#define RECURRENCE_NO_DAY INT32_MAX

/* What an exception has of its own: OverrideFlags of MS-OXOCAL 2.2.1.44.2. */
enum recurrence_override {
    RECURRENCE_SUBJECT = 0x0001,
    RECURRENCE_MEETING_TYPE = 0x0002,
    RECURRENCE_REMINDER_MINUTES = 0x0004,
    RECURRENCE_REMINDER_SET = 0x0008,
    RECURRENCE_LOCATION = 0x0010,
    RECURRENCE_BUSY_STATUS = 0x0020,
    RECURRENCE_ATTACHMENT = 0x0040,
    RECURRENCE_ALL_DAY = 0x0080,
    RECURRENCE_COLOR = 0x0100,
    RECURRENCE_BODY = 0x0200
};

/* An occurrence that was changed on its own. Values that it does not override are 0 or NULL. */
struct recurrence_exception {
    int64_t start, end; /* local minutes since 1601 */
    int64_t original;   /* where the pattern has the occurrence */
    uint16_t overrides; /* recurrence_override bits */
    uint32_t meeting_type, reminder_minutes, reminder_set, busy_status, attachment, all_day, color;
    uint32_t highlight;           /* PidLidChangeHighlight */
    uint16_t *subject, *location; /* UTF-16 with a NUL, of malloc's */
};

struct recurrence {
    enum recurrence_type type;
    int32_t interval;      /* days, weeks, months or years by type; from 1 */
    int32_t day_of_month;  /* 1 to 31; beyond the month's end, its last day */
    int32_t week_days;     /* bits: Sunday 1 … Saturday 64 */
    int32_t instance;      /* 1 to 4; 5: the last */
    int32_t month;         /* 1 to 12 */
    int32_t first_weekday; /* 0 Sunday … 6: where weeks begin */
    int32_t start_day;     /* no occurrence is earlier */
    int32_t end_day;       /* no occurrence is later; without meaning when endless */
    int32_t occurrences;   /* RECURRENCE_ENDLESS when endless */
    bool endless;
    bool by_count;         /* the end was given as a number of occurrences */
    int32_t start_minute;  /* of each occurrence */
    int32_t end_minute;    /* of each occurrence; more than 1440 past midnight */

    int32_t *deleted; /* days whose occurrence was taken out or changed, in order */
    uint32_t deleted_count;
    struct recurrence_exception *exceptions; /* the changed ones, in the order of their originals */
    uint32_t exception_count;
};

/* The day number of a date, which need not be within its month, and back. */
int32_t recurrence_day(int32_t year, int32_t month, int32_t day);
void recurrence_date(int32_t day, int32_t *year, int32_t *month, int32_t *day_of_month);
/* 0 Sunday … 6 Saturday. */
int32_t recurrence_weekday(int32_t day);
int32_t recurrence_days_in_month(int32_t year, int32_t month);

/* A new pattern: weekly on the weekday of start_day, endless, with the further fields as CDO's defaults. */
void recurrence_init(struct recurrence *self, int32_t start_day, int32_t start_minute, int32_t end_minute);
void recurrence_free(struct recurrence *self);
/* Forgets exceptions, as a change of the pattern does. */
void recurrence_forget_exceptions(struct recurrence *self);

/* The first day of the pattern that is not before `from` nor before start_day; ends and exceptions are not looked
 * at. RECURRENCE_NO_DAY after the year 4500. */
int32_t recurrence_next(const struct recurrence *self, int32_t from);
/* True when day is an occurrence as the pattern has it: in its range, neither taken out nor changed. */
bool recurrence_has(const struct recurrence *self, int32_t day);
/* Sets the end by a number of occurrences (at least 1), by a day, or to none; the other fields follow. */
void recurrence_end_after(struct recurrence *self, int32_t occurrences);
void recurrence_end_by(struct recurrence *self, int32_t day);
void recurrence_no_end(struct recurrence *self);

/* The exception whose original is on day, or NULL. */
const struct recurrence_exception *recurrence_exception_of(const struct recurrence *self, int32_t day);
/* Takes the occurrence of day out, changed or not; a day that has none stays. False without memory. */
bool recurrence_delete(struct recurrence *self, int32_t day);

/* What came of a change. */
enum recurrence_change {
    RECURRENCE_CHANGED,
    RECURRENCE_NOT_THERE,  /* the series has no such occurrence */
    RECURRENCE_ON_ANOTHER, /* its new day is that of the one before or after it, or beyond them */
    RECURRENCE_NO_MEMORY
};
/* Makes a copy of *exception that of the occurrence exception->original, in the place of what it had. An occurrence stays
 * between those before and after it, each on a day of its own, as Outlook has it. */
enum recurrence_change recurrence_change(struct recurrence *self, const struct recurrence_exception *exception);

/* Reads the binary form. False when it is damaged, of another calendar, or memory is out; *self is then empty. Free
 * with recurrence_free. */
bool recurrence_read(const void *bytes, size_t size, struct recurrence *self);
/* Appends the binary form; check out->failed. */
void recurrence_write(const struct recurrence *self, struct bytebuf *out);

#endif
