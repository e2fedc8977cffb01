/*
 * mapi_calendar.h: appointments in MAPI: named properties, and the times that a calendar folder holds.
 *
 * Layer: MAPI client. The properties are those of MS-OXOCAL. Times of recurring appointments are taken as local
 * times of this machine.
 */
#ifndef MAPI_CALENDAR_H
#define MAPI_CALENDAR_H

#include "mapi_names.h"
#include "recurrence.h"
#include <oleauto.h>

/* The named properties of appointments and meetings; the order of the table in mapi_calendar.c. */
enum calendar_prop {
    CALENDAR_BUSY_STATUS,
    CALENDAR_LOCATION,
    CALENDAR_START,
    CALENDAR_END,
    CALENDAR_DURATION,
    CALENDAR_ALL_DAY,
    CALENDAR_RECUR_BLOB,
    CALENDAR_STATE_FLAGS,
    CALENDAR_RESPONSE_STATUS,
    CALENDAR_REPLY_TIME,
    CALENDAR_RECURRING,
    CALENDAR_RECUR_TYPE,
    CALENDAR_RECUR_TEXT,
    CALENDAR_TIME_ZONE,
    CALENDAR_TIME_ZONE_TEXT,
    CALENDAR_CLIP_START,
    CALENDAR_CLIP_END,
    CALENDAR_SEQUENCE,
    CALENDAR_INVITED,
    CALENDAR_INTENDED_BUSY,
    CALENDAR_REMINDER_MINUTES,
    CALENDAR_REMINDER_TIME,
    CALENDAR_REMINDER_SET,
    CALENDAR_REMINDER_SIGNAL,
    CALENDAR_COMMON_START,
    CALENDAR_COMMON_END,
    CALENDAR_GLOBAL_ID,
    CALENDAR_CLEAN_GLOBAL_ID,
    CALENDAR_CRITICAL_CHANGE,
    CALENDAR_OWNER_CHANGE,
    CALENDAR_MEETING_TYPE,
    CALENDAR_COLOR,
    CALENDAR_EXCEPTIONAL_BODY,
    CALENDAR_REPLACE_TIME,
    CALENDAR_PROP_COUNT
};

/* The tag of such a property in the store of `object`; create as in mapi_names.h. */
HRESULT mapi_calendar_tag(struct mapi_names *names, IMAPIProp *object, enum calendar_prop which, bool create, ULONG *tag);

/* FILETIME (UTC) ↔ minutes since 1601 in local time. */
LONGLONG mapi_calendar_minutes(const FILETIME *utc);
FILETIME mapi_calendar_filetime(LONGLONG local_minutes);
/* DATE ↔ minutes since 1601, both in local time, to the very value that a program's literal has. False out of range. */
bool mapi_calendar_date(LONGLONG local_minutes, DATE *date);
bool mapi_calendar_from_date(DATE date, LONGLONG *local_minutes);

/* The machine's time zone as PidLidTimeZoneStruct holds it (MS-OXOCAL 2.2.1.39), and its name. */
#define CALENDAR_TIME_ZONE_SIZE 48
void mapi_calendar_time_zone(BYTE bytes[CALENDAR_TIME_ZONE_SIZE], WCHAR name[32]);
/* A new PidLidGlobalObjectId (MS-OXOCAL 2.2.1.27). */
#define CALENDAR_GLOBAL_ID_SIZE 56
HRESULT mapi_calendar_new_id(BYTE bytes[CALENDAR_GLOBAL_ID_SIZE]);

/* One stretch of time of a calendar. */
struct mapi_calendar_time {
    LONGLONG start, end;
    LONGLONG original; /* where the pattern of what recurs has the occurrence; elsewhere the start */
    LONG busy_status;
    bool changed;      /* an occurrence that was changed on its own */
};
typedef void (*mapi_calendar_visit)(void *context, const struct mapi_calendar_time *time);
/* Calls visit for everything in a calendar folder between two local times, occurrences of recurring appointments
 * one by one. */
HRESULT mapi_calendar_walk(IMAPIFolder *calendar, LONGLONG start, LONGLONG end, mapi_calendar_visit visit, void *context);

/* The pattern of a message of the folder, whose binary form has the tag; free with recurrence_free. */
HRESULT mapi_calendar_pattern(IMAPIFolder *calendar, const SBinary *id, ULONG tag, struct recurrence *pattern);
/* Calls visit for the occurrences of a pattern between two local times; `busy` for those that do not override it. */
void mapi_calendar_expand(const struct recurrence *pattern, LONGLONG start, LONGLONG end, mapi_calendar_visit visit,
                          void *context, LONG busy);

/* The calendar of a mailbox's store, opened for reading. MAPI_E_NOT_FOUND when it has none. */
HRESULT mapi_calendar_open(IMsgStore *store, IMAPIFolder **out);

#endif
