/*
 * fuzz_recurrence.c: libFuzzer target: the binary form of recurrence patterns with their exceptions (MS-OXOCAL 2.2.1.44).
 * What is read is written and read again as the same; its days and changes end.
 */
#include <stdlib.h>

#include "recurrence.h"

/* How far from its beginning a pattern is looked at. */
#define DAYS 3000

static void look_at_days(const struct recurrence *pattern)
{
    int32_t day = pattern->start_day;

    for (int i = 0; i < 20 && day != RECURRENCE_NO_DAY; i++) {
        int32_t next = recurrence_next(pattern, day);
        if (next < day)
            abort();
        recurrence_has(pattern, next);
        day = next == RECURRENCE_NO_DAY ? next : next + 1;
    }
}

/* Puts the first exception a day later, if that is possible, and takes it out. */
static void change(struct recurrence *pattern)
{
    struct recurrence_exception later;
    int32_t day;

    if (!pattern->exception_count)
        return;
    later = pattern->exceptions[0];
    day = (int32_t)(later.original / 1440);
    later.subject = later.location = NULL;
    later.start += 1440;
    if (day < pattern->start_day || day > pattern->start_day + DAYS)
        return;
    if (recurrence_change(pattern, &later) == RECURRENCE_CHANGED && !recurrence_exception_of(pattern, day))
        abort();
    if (!recurrence_delete(pattern, day) || recurrence_has(pattern, day))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct recurrence pattern, again;
    struct bytebuf out = {0};

    if (!recurrence_read(data, size, &pattern))
        return 0;
    look_at_days(&pattern);
    recurrence_write(&pattern, &out);
    if (out.failed || !recurrence_read(out.data, out.size, &again) || again.exception_count != pattern.exception_count ||
        again.deleted_count != pattern.deleted_count)
        abort();
    change(&again);
    recurrence_free(&again);
    recurrence_free(&pattern);
    bytebuf_free(&out);
    return 0;
}
