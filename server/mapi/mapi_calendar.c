/*
 * mapi_calendar.c: appointments in MAPI.
 *
 * Layer: MAPI client.
 */
#include "mapi_calendar.h"

#include "mapi_prop.h"
#include "mapi_table.h"
#include "prop_ref.h"
#include <string.h>

#define PR_IPM_APPOINTMENT_ID PROP_TAG(PT_BINARY, 0x36D0) /* on the Inbox and the root */
#define TICKS_PER_MINUTE      600000000LL
#define HALF_SECOND           (0.5 / 60) /* in minutes */

static const struct {
    const GUID *set;
    LONG lid;
    ULONG type;
} props[CALENDAR_PROP_COUNT] = {
    [CALENDAR_BUSY_STATUS] = {&prop_set_appointment, 0x8205, PT_LONG},
    [CALENDAR_LOCATION] = {&prop_set_appointment, 0x8208, PT_UNICODE},
    [CALENDAR_START] = {&prop_set_appointment, 0x820D, PT_SYSTIME},
    [CALENDAR_END] = {&prop_set_appointment, 0x820E, PT_SYSTIME},
    [CALENDAR_DURATION] = {&prop_set_appointment, 0x8213, PT_LONG},
    [CALENDAR_ALL_DAY] = {&prop_set_appointment, 0x8215, PT_BOOLEAN},
    [CALENDAR_RECUR_BLOB] = {&prop_set_appointment, 0x8216, PT_BINARY},
    [CALENDAR_STATE_FLAGS] = {&prop_set_appointment, 0x8217, PT_LONG},
    [CALENDAR_RESPONSE_STATUS] = {&prop_set_appointment, 0x8218, PT_LONG},
    [CALENDAR_REPLY_TIME] = {&prop_set_appointment, 0x8220, PT_SYSTIME},
    [CALENDAR_RECURRING] = {&prop_set_appointment, 0x8223, PT_BOOLEAN},
    [CALENDAR_RECUR_TYPE] = {&prop_set_appointment, 0x8231, PT_LONG},
    [CALENDAR_RECUR_TEXT] = {&prop_set_appointment, 0x8232, PT_UNICODE},
    [CALENDAR_TIME_ZONE] = {&prop_set_appointment, 0x8233, PT_BINARY},
    [CALENDAR_TIME_ZONE_TEXT] = {&prop_set_appointment, 0x8234, PT_UNICODE},
    [CALENDAR_CLIP_START] = {&prop_set_appointment, 0x8235, PT_SYSTIME},
    [CALENDAR_CLIP_END] = {&prop_set_appointment, 0x8236, PT_SYSTIME},
    [CALENDAR_SEQUENCE] = {&prop_set_appointment, 0x8201, PT_LONG},
    [CALENDAR_INVITED] = {&prop_set_appointment, 0x8229, PT_BOOLEAN},
    [CALENDAR_INTENDED_BUSY] = {&prop_set_appointment, 0x8224, PT_LONG},
    [CALENDAR_REMINDER_MINUTES] = {&prop_set_common, 0x8501, PT_LONG},
    [CALENDAR_REMINDER_TIME] = {&prop_set_common, 0x8502, PT_SYSTIME},
    [CALENDAR_REMINDER_SET] = {&prop_set_common, 0x8503, PT_BOOLEAN},
    [CALENDAR_REMINDER_SIGNAL] = {&prop_set_common, 0x8560, PT_SYSTIME},
    [CALENDAR_COMMON_START] = {&prop_set_common, 0x8516, PT_SYSTIME},
    [CALENDAR_COMMON_END] = {&prop_set_common, 0x8517, PT_SYSTIME},
    [CALENDAR_GLOBAL_ID] = {&prop_set_meeting, 0x0003, PT_BINARY},
    [CALENDAR_CLEAN_GLOBAL_ID] = {&prop_set_meeting, 0x0023, PT_BINARY},
    [CALENDAR_CRITICAL_CHANGE] = {&prop_set_meeting, 0x0001, PT_SYSTIME},
    [CALENDAR_OWNER_CHANGE] = {&prop_set_meeting, 0x001A, PT_SYSTIME},
    [CALENDAR_MEETING_TYPE] = {&prop_set_meeting, 0x0026, PT_LONG},
    [CALENDAR_COLOR] = {&prop_set_appointment, 0x8214, PT_LONG},
    [CALENDAR_EXCEPTIONAL_BODY] = {&prop_set_appointment, 0x8206, PT_BOOLEAN},
    [CALENDAR_REPLACE_TIME] = {&prop_set_appointment, 0x8228, PT_SYSTIME},
};

HRESULT mapi_calendar_tag(struct mapi_names *names, IMAPIProp *object, enum calendar_prop which, bool create, ULONG *tag)
{
    return mapi_names_number(names, object, props[which].set, props[which].lid, props[which].type, create, tag);
}

LONGLONG mapi_calendar_minutes(const FILETIME *utc)
{
    SYSTEMTIME universal, here;
    FILETIME local;

    if (!FileTimeToSystemTime(utc, &universal) || !SystemTimeToTzSpecificLocalTime(NULL, &universal, &here) ||
        !SystemTimeToFileTime(&here, &local))
        return 0;
    return (LONGLONG)(((ULONGLONG)local.dwHighDateTime << 32 | local.dwLowDateTime) / TICKS_PER_MINUTE);
}

FILETIME mapi_calendar_filetime(LONGLONG local_minutes)
{
    ULONGLONG ticks = (ULONGLONG)local_minutes * TICKS_PER_MINUTE;
    FILETIME local = {(DWORD)ticks, (DWORD)(ticks >> 32)}, utc = {0, 0};
    SYSTEMTIME here, universal;

    if (FileTimeToSystemTime(&local, &here) && TzSpecificLocalTimeToSystemTime(NULL, &here, &universal))
        SystemTimeToFileTime(&universal, &utc);
    return utc;
}

void mapi_calendar_time_zone(BYTE bytes[CALENDAR_TIME_ZONE_SIZE], WCHAR name[32])
{
    TIME_ZONE_INFORMATION zone;
    struct bytebuf out = {0};

    GetTimeZoneInformation(&zone);
    bytebuf_le32(&out, (uint32_t)zone.Bias);
    bytebuf_le32(&out, (uint32_t)zone.StandardBias);
    bytebuf_le32(&out, (uint32_t)zone.DaylightBias);
    bytebuf_le16(&out, 0); /* wStandardYear */
    bytebuf_add(&out, &zone.StandardDate, sizeof zone.StandardDate);
    bytebuf_le16(&out, 0); /* wDaylightYear */
    bytebuf_add(&out, &zone.DaylightDate, sizeof zone.DaylightDate);
    memset(bytes, 0, CALENDAR_TIME_ZONE_SIZE);
    if (!out.failed)
        memcpy(bytes, out.data, out.size);
    bytebuf_free(&out);
    lstrcpynW(name, zone.StandardName, 32);
}

HRESULT mapi_calendar_new_id(BYTE bytes[CALENDAR_GLOBAL_ID_SIZE])
{
    static const BYTE prefix[16] = {0x04, 0x00, 0x00, 0x00, 0x82, 0x00, 0xE0, 0x00,
                                    0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08};
    FILETIME now;
    GUID guid;
    HRESULT hr = CoCreateGuid(&guid);

    memset(bytes, 0, CALENDAR_GLOBAL_ID_SIZE);
    GetSystemTimeAsFileTime(&now);
    memcpy(bytes, prefix, 16);          /* then year, month and day of an exception: none */
    memcpy(bytes + 20, &now, 8);        /* then 8 reserved bytes */
    bytes[36] = 16;                     /* size of what follows */
    memcpy(bytes + 40, &guid, sizeof guid);
    return hr;
}

HRESULT mapi_calendar_open(IMsgStore *store, IMAPIFolder **out)
{
    IMAPIFolder *inbox = NULL;
    SPropValue *id = NULL;
    SBinary inbox_id = {0};
    ULONG type = 0;
    HRESULT hr = store->lpVtbl->GetReceiveFolder(store, (LPTSTR)L"IPM.Note", MAPI_UNICODE, &inbox_id.cb,
                                                 (ENTRYID **)&inbox_id.lpb, NULL);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = store->lpVtbl->OpenEntry(store, inbox_id.cb, (ENTRYID *)inbox_id.lpb, NULL, 0, &type, (IUnknown **)&inbox);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get((IMAPIProp *)inbox, PR_IPM_APPOINTMENT_ID, &id);
    if (SUCCEEDED(hr))
        hr = store->lpVtbl->OpenEntry(store, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                      (IUnknown **)out);
    mapi_free(id);
    mapi_free(inbox_id.lpb);
    if (inbox)
        inbox->lpVtbl->Release(inbox);
    return hr;
}

bool mapi_calendar_date(LONGLONG local_minutes, DATE *date)
{
    ULONGLONG ticks = (ULONGLONG)local_minutes * TICKS_PER_MINUTE;
    FILETIME local = {(DWORD)ticks, (DWORD)(ticks >> 32)};
    SYSTEMTIME here;

    *date = 0;
    return FileTimeToSystemTime(&local, &here) && SystemTimeToVariantTime(&here, date);
}

bool mapi_calendar_from_date(DATE date, LONGLONG *local_minutes)
{
    SYSTEMTIME here;
    FILETIME local;

    *local_minutes = 0;
    if (!VariantTimeToSystemTime(date, &here) || !SystemTimeToFileTime(&here, &local))
        return false;
    if (date >= 0) /* by the value itself: seconds are cut off, but not those of an inexact whole minute */
        *local_minutes = (LONGLONG)recurrence_day(1899, 12, 30) * 1440 + (LONGLONG)(date * 1440 + HALF_SECOND);
    else
        *local_minutes =
            (LONGLONG)((((ULONGLONG)local.dwHighDateTime << 32 | local.dwLowDateTime) + TICKS_PER_MINUTE / 2) / TICKS_PER_MINUTE);
    return true;
}

/* ---- the times of a calendar ------------------------------------------------------------------------------------------ */

struct walk {
    IMAPIFolder *calendar;
    ULONG tags[5]; /* of the columns START, END, BUSY, RECURRING, BLOB; the last three PR_NULL where the store has no such names */
    LONGLONG start, end;
    mapi_calendar_visit visit;
    void *context;
};

/* The binary pattern whole: a table may cut it. */
HRESULT mapi_calendar_pattern(IMAPIFolder *calendar, const SBinary *id, ULONG tag, struct recurrence *pattern)
{
    IMessage *message = NULL;
    SPropValue *blob = NULL;
    ULONG type = 0;
    HRESULT hr = calendar->lpVtbl->OpenEntry(calendar, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type, (IUnknown **)&message);

    if (SUCCEEDED(hr))
        hr = mapi_prop_get((IMAPIProp *)message, tag, &blob);
    if (SUCCEEDED(hr) && !recurrence_read(blob->Value.bin.lpb, blob->Value.bin.cb, pattern))
        hr = MAPI_E_CORRUPT_DATA;
    mapi_free(blob);
    if (message)
        message->lpVtbl->Release(message);
    return hr;
}

void mapi_calendar_expand(const struct recurrence *pattern, LONGLONG start, LONGLONG end, mapi_calendar_visit visit,
                          void *context, LONG busy)
{
    int32_t last = (int32_t)(end / 1440), day = (int32_t)(start / 1440) - 1 - pattern->end_minute / 1440;

    for (day = recurrence_next(pattern, day); day <= last; day = recurrence_next(pattern, day + 1)) {
        LONGLONG begin = (LONGLONG)day * 1440;
        struct mapi_calendar_time time = {begin + pattern->start_minute, begin + pattern->end_minute,
                                          begin + pattern->start_minute, busy, false};
        if (!pattern->endless && day > pattern->end_day)
            break;
        if (recurrence_has(pattern, day) && time.end > start && time.start < end)
            visit(context, &time);
    }
    for (uint32_t i = 0; i < pattern->exception_count; i++) {
        const struct recurrence_exception *exception = &pattern->exceptions[i];
        struct mapi_calendar_time time = {exception->start, exception->end, exception->original, busy, true};
        if (exception->overrides & RECURRENCE_BUSY_STATUS)
            time.busy_status = (LONG)exception->busy_status;
        if (time.end > start && time.start < end)
            visit(context, &time);
    }
}

static void walk_row(struct walk *walk, const SRow *row)
{
    const SPropValue *id = mapi_prop_find(row->lpProps, row->cValues, PR_ENTRYID);
    const SPropValue *start = mapi_prop_find(row->lpProps, row->cValues, walk->tags[0]);
    const SPropValue *end = mapi_prop_find(row->lpProps, row->cValues, walk->tags[1]);
    const SPropValue *busy = walk->tags[2] == PR_NULL ? NULL : mapi_prop_find(row->lpProps, row->cValues, walk->tags[2]);
    const SPropValue *recurring =
        walk->tags[3] == PR_NULL ? NULL : mapi_prop_find(row->lpProps, row->cValues, walk->tags[3]);
    struct mapi_calendar_time time = {.busy_status = busy ? busy->Value.l : 2};
    struct recurrence pattern;

    if (recurring && recurring->Value.b && id &&
        SUCCEEDED(mapi_calendar_pattern(walk->calendar, &id->Value.bin, walk->tags[4], &pattern))) {
        mapi_calendar_expand(&pattern, walk->start, walk->end, walk->visit, walk->context, time.busy_status);
        recurrence_free(&pattern);
        return;
    }
    if (!start || !end)
        return;
    time.start = time.original = mapi_calendar_minutes(&start->Value.ft);
    time.end = mapi_calendar_minutes(&end->Value.ft);
    if (time.end > walk->start && time.start < walk->end)
        walk->visit(walk->context, &time);
}

HRESULT mapi_calendar_walk(IMAPIFolder *calendar, LONGLONG start, LONGLONG end, mapi_calendar_visit visit, void *context)
{
    static const enum calendar_prop wanted[5] = {CALENDAR_START, CALENDAR_END, CALENDAR_BUSY_STATUS, CALENDAR_RECURRING,
                                                 CALENDAR_RECUR_BLOB};
    struct walk walk = {.calendar = calendar, .start = start, .end = end, .visit = visit, .context = context};
    SizedSPropTagArray(5, columns) = {5, {PR_ENTRYID}};
    struct mapi_names names = {0};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = S_OK;

    for (int i = 0; SUCCEEDED(hr) && i < 5; i++) {
        hr = mapi_calendar_tag(&names, (IMAPIProp *)calendar, wanted[i], false, &walk.tags[i]);
        if (hr == MAPI_E_NOT_FOUND && i >= 2) { /* the store has never held an appointment that recurs, or says how busy */
            walk.tags[i] = PR_NULL;
            hr = S_OK;
        }
    }
    mapi_names_free(&names);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK; /* the store has never held an appointment */
    if (SUCCEEDED(hr))
        hr = calendar->lpVtbl->GetContentsTable(calendar, MAPI_UNICODE, &table);
    memcpy(&columns.aulPropTag[1], walk.tags, 4 * sizeof(ULONG));
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0);
    while (SUCCEEDED(hr)) {
        hr = mapi_table_next(table, 256, &rows);
        if (FAILED(hr) || !rows->cRows)
            break;
        for (ULONG i = 0; i < rows->cRows; i++)
            walk_row(&walk, &rows->aRow[i]);
        mapi_rows_clear(&rows);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}
