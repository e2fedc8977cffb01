/*
 * recurrence_exception.c: occurrences of a pattern that were changed or taken out on their own, and their binary form:
 * ExceptionInfo and ExtendedException of MS-OXOCAL 2.2.1.44.2 to 2.2.1.44.4.
 *
 * Layer: base (portable). The texts of ExceptionInfo are written as Windows-1252; those of ExtendedException are UTF-16.
 */
#include "recurrence_private.h"

#include "charset.h"
#include <stdlib.h>
#include <string.h>

#define MINUTES_PER_DAY   1440
#define SMALLEST          14     /* bytes of an ExceptionInfo without overrides */
#define HIGHLIGHT_WRITER  0x3009 /* from this WriterVersion2 on there is a ChangeHighlight */
#define ANSI              1252
#define LONGEST_TEXT      0x7FFF

static int32_t day_of(int64_t minutes)
{
    return (int32_t)(minutes / MINUTES_PER_DAY);
}

void recurrence_exception_free(struct recurrence_exception *exception)
{
    free(exception->subject);
    free(exception->location);
    exception->subject = exception->location = NULL;
}

const struct recurrence_exception *recurrence_exception_of(const struct recurrence *self, int32_t day)
{
    for (uint32_t i = 0; i < self->exception_count; i++)
        if (day_of(self->exceptions[i].original) == day)
            return &self->exceptions[i];
    return NULL;
}

/* ---- changes ------------------------------------------------------------------------------------------------- */

/* Makes room for an exception in the order of the originals; NULL without memory. */
static struct recurrence_exception *insert(struct recurrence *self, int64_t original)
{
    struct recurrence_exception *more = realloc(self->exceptions, (self->exception_count + 1) * sizeof *more);
    uint32_t at = self->exception_count;

    if (!more)
        return NULL;
    self->exceptions = more;
    for (; at && more[at - 1].original > original; at--)
        more[at] = more[at - 1];
    self->exception_count++;
    memset(&more[at], 0, sizeof more[at]);
    return &more[at];
}

static void forget(struct recurrence *self, int32_t day)
{
    for (uint32_t i = 0; i < self->exception_count; i++)
        if (day_of(self->exceptions[i].original) == day) {
            recurrence_exception_free(&self->exceptions[i]);
            memmove(&self->exceptions[i], &self->exceptions[i + 1],
                    (--self->exception_count - i) * sizeof *self->exceptions);
            return;
        }
}

/* Notes that the pattern's own occurrence of day is not there any more. */
static bool note_deleted(struct recurrence *self, int32_t day)
{
    int32_t *more;
    uint32_t at;

    for (at = 0; at < self->deleted_count; at++)
        if (self->deleted[at] == day)
            return true;
    more = realloc(self->deleted, (self->deleted_count + 1) * sizeof *more);
    if (!more)
        return false;
    self->deleted = more;
    for (at = self->deleted_count++; at && more[at - 1] > day; at--)
        more[at] = more[at - 1];
    more[at] = day;
    return true;
}

bool recurrence_delete(struct recurrence *self, int32_t day)
{
    if (!recurrence_has(self, day) && !recurrence_exception_of(self, day))
        return true;
    if (!note_deleted(self, day))
        return false;
    forget(self, day);
    return true;
}

/* The day on which the occurrence of a day of the pattern is now; RECURRENCE_NO_DAY when it was taken out. */
static int32_t place_of(const struct recurrence *self, int32_t day)
{
    const struct recurrence_exception *exception = recurrence_exception_of(self, day);

    if (exception)
        return day_of(exception->start);
    return recurrence_has(self, day) ? day : RECURRENCE_NO_DAY;
}

/* Whether an occurrence of a day of the pattern can be on another day: only between its neighbours. */
static bool fits(const struct recurrence *self, int32_t day, int32_t wanted)
{
    int32_t place;

    for (int32_t before = day - 1; before >= self->start_day; before--) {
        place = place_of(self, before);
        if (place != RECURRENCE_NO_DAY) {
            if (wanted <= place)
                return false;
            break;
        }
    }
    for (int32_t after = recurrence_next(self, day + 1);
         after != RECURRENCE_NO_DAY && (self->endless || after <= self->end_day);
         after = recurrence_next(self, after + 1)) {
        place = place_of(self, after);
        if (place != RECURRENCE_NO_DAY)
            return wanted < place;
    }
    return true;
}

static uint16_t *copy_text(const uint16_t *text)
{
    size_t units = 0;
    uint16_t *copy;

    while (text[units])
        units++;
    copy = malloc((units + 1) * sizeof *copy);
    if (copy)
        memcpy(copy, text, (units + 1) * sizeof *copy);
    return copy;
}

enum recurrence_change recurrence_change(struct recurrence *self, const struct recurrence_exception *exception)
{
    struct recurrence_exception copy = *exception, *place;
    int32_t day = day_of(exception->original);

    if (place_of(self, day) == RECURRENCE_NO_DAY)
        return RECURRENCE_NOT_THERE;
    if (!fits(self, day, day_of(exception->start)))
        return RECURRENCE_ON_ANOTHER;
    copy.subject = copy.overrides & RECURRENCE_SUBJECT && exception->subject ? copy_text(exception->subject) : NULL;
    copy.location = copy.overrides & RECURRENCE_LOCATION && exception->location ? copy_text(exception->location) : NULL;
    if ((exception->subject && copy.overrides & RECURRENCE_SUBJECT && !copy.subject) ||
        (exception->location && copy.overrides & RECURRENCE_LOCATION && !copy.location) || !note_deleted(self, day)) {
        recurrence_exception_free(&copy);
        return RECURRENCE_NO_MEMORY;
    }
    forget(self, day);
    place = insert(self, copy.original);
    if (!place) {
        recurrence_exception_free(&copy);
        return RECURRENCE_NO_MEMORY;
    }
    *place = copy;
    return RECURRENCE_CHANGED;
}

/* ---- reading ------------------------------------------------------------------------------------------------- */

/* The numbers in the order of their flags, texts apart. */
static const struct {
    uint16_t flag;
    size_t offset;
} before_location[] = {{RECURRENCE_MEETING_TYPE, offsetof(struct recurrence_exception, meeting_type)},
                       {RECURRENCE_REMINDER_MINUTES, offsetof(struct recurrence_exception, reminder_minutes)},
                       {RECURRENCE_REMINDER_SET, offsetof(struct recurrence_exception, reminder_set)}},
  after_location[] = {{RECURRENCE_BUSY_STATUS, offsetof(struct recurrence_exception, busy_status)},
                      {RECURRENCE_ATTACHMENT, offsetof(struct recurrence_exception, attachment)},
                      {RECURRENCE_ALL_DAY, offsetof(struct recurrence_exception, all_day)},
                      {RECURRENCE_COLOR, offsetof(struct recurrence_exception, color)}};

#define NUMBER(exception, row) ((uint32_t *)((char *)(exception) + (row).offset))
#define COUNT(array)           (sizeof(array) / sizeof *(array))

static void skip(struct recurrence_reader *in, size_t size)
{
    if (in->failed || (size_t)(in->end - in->at) < size)
        in->failed = true;
    else
        in->at += size;
}

/* A text of bytes after its two lengths. */
static bool take_ansi(struct recurrence_reader *in, uint16_t **text)
{
    struct bytebuf utf8 = {0};
    const uint8_t *from;
    uint32_t size;

    recurrence_take(in, 2); /* with a NUL that is not there */
    size = recurrence_take(in, 2);
    from = in->at;
    skip(in, size);
    if (in->failed)
        return true;
    charset_to_utf8(ANSI, from, size, &utf8);
    *text = utf8.failed ? NULL : charset_utf16_from_utf8(utf8.data ? (char *)utf8.data : "", utf8.size, NULL);
    bytebuf_free(&utf8);
    return *text;
}

/* A UTF-16 text after its length, in the place of the one before. */
static bool take_wide(struct recurrence_reader *in, uint16_t **text)
{
    uint32_t units = recurrence_take(in, 2);
    const uint8_t *from = in->at;
    uint16_t *copy;

    skip(in, (size_t)units * 2);
    if (in->failed)
        return true;
    copy = calloc(units + 1, sizeof *copy);
    if (!copy)
        return false;
    for (uint32_t i = 0; i < units; i++)
        copy[i] = (uint16_t)(from[2 * i] | from[2 * i + 1] << 8);
    free(*text);
    *text = copy;
    return true;
}

/* False only without memory; in->failed says that the rest is damaged. */
static bool read_info(struct recurrence_reader *in, struct recurrence_exception *out)
{
    bool room = true;

    memset(out, 0, sizeof *out);
    out->start = recurrence_take(in, 4);
    out->end = recurrence_take(in, 4);
    out->original = recurrence_take(in, 4);
    out->overrides = (uint16_t)recurrence_take(in, 2);
    if (out->overrides & RECURRENCE_SUBJECT)
        room = take_ansi(in, &out->subject);
    for (size_t i = 0; i < COUNT(before_location); i++)
        if (out->overrides & before_location[i].flag)
            *NUMBER(out, before_location[i]) = recurrence_take(in, 4);
    if (room && out->overrides & RECURRENCE_LOCATION)
        room = take_ansi(in, &out->location);
    for (size_t i = 0; i < COUNT(after_location); i++)
        if (out->overrides & after_location[i].flag)
            *NUMBER(out, after_location[i]) = recurrence_take(in, 4);
    return room;
}

static bool read_extended(struct recurrence_reader *in, uint32_t writer, struct recurrence_exception *out)
{
    bool room = true;

    if (writer >= HIGHLIGHT_WRITER) {
        uint32_t size = recurrence_take(in, 4);
        if (size >= 4) {
            out->highlight = recurrence_take(in, 4);
            size -= 4;
        }
        skip(in, size);
    }
    skip(in, recurrence_take(in, 4)); /* ReservedBlockEE1 */
    if (!(out->overrides & (RECURRENCE_SUBJECT | RECURRENCE_LOCATION)))
        return true;
    skip(in, 12); /* the times once more */
    if (out->overrides & RECURRENCE_SUBJECT)
        room = take_wide(in, &out->subject);
    if (room && out->overrides & RECURRENCE_LOCATION)
        room = take_wide(in, &out->location);
    skip(in, recurrence_take(in, 4)); /* ReservedBlockEE2 */
    return room;
}

bool recurrence_read_exceptions(struct recurrence_reader *in, uint32_t writer, struct recurrence *self)
{
    uint32_t count = recurrence_take(in, 2), most = (uint32_t)((in->end - in->at) / SMALLEST);
    struct recurrence_exception *list = calloc(most < count ? most + 1 : count + 1, sizeof *list);
    uint32_t used = 0;
    bool room = list;

    for (; room && !in->failed && used < count && used < most; used++) {
        room = read_info(in, &list[used]);
        if (in->failed) {
            recurrence_exception_free(&list[used]);
            break;
        }
    }
    skip(in, recurrence_take(in, 4)); /* ReservedBlock1 */
    for (uint32_t i = 0; room && !in->failed && i < used; i++)
        room = read_extended(in, writer, &list[i]);
    for (uint32_t i = 0; i < used; i++) {
        struct recurrence_exception *place = room ? insert(self, list[i].original) : NULL;
        if (place)
            *place = list[i];
        else
            recurrence_exception_free(&list[i]);
        room = place;
    }
    free(list);
    return room;
}

/* ---- writing ------------------------------------------------------------------------------------------------- */

static size_t length_of(const uint16_t *text)
{
    size_t units = 0;

    while (text && units < LONGEST_TEXT && text[units])
        units++;
    return units;
}

static void add_ansi(struct bytebuf *out, const uint16_t *text)
{
    struct bytebuf utf8 = {0}, ansi = {0};
    size_t size;

    charset_utf16_to_utf8(text, length_of(text), &utf8);
    charset_from_utf8(ANSI, utf8.data ? (char *)utf8.data : "", utf8.size, &ansi);
    size = ansi.size < LONGEST_TEXT ? ansi.size : LONGEST_TEXT;
    bytebuf_le16(out, (uint16_t)(size + 1));
    bytebuf_le16(out, (uint16_t)size);
    bytebuf_add(out, ansi.data, size);
    out->failed = out->failed || utf8.failed || ansi.failed;
    bytebuf_free(&utf8);
    bytebuf_free(&ansi);
}

static void add_wide(struct bytebuf *out, const uint16_t *text)
{
    size_t units = length_of(text);

    bytebuf_le16(out, (uint16_t)units);
    for (size_t i = 0; i < units; i++)
        bytebuf_le16(out, text[i]);
}

static void add_times(struct bytebuf *out, const struct recurrence_exception *exception)
{
    bytebuf_le32(out, (uint32_t)exception->start);
    bytebuf_le32(out, (uint32_t)exception->end);
    bytebuf_le32(out, (uint32_t)exception->original);
}

static void add_info(struct bytebuf *out, const struct recurrence_exception *exception)
{
    add_times(out, exception);
    bytebuf_le16(out, exception->overrides);
    if (exception->overrides & RECURRENCE_SUBJECT)
        add_ansi(out, exception->subject);
    for (size_t i = 0; i < COUNT(before_location); i++)
        if (exception->overrides & before_location[i].flag)
            bytebuf_le32(out, *NUMBER(exception, before_location[i]));
    if (exception->overrides & RECURRENCE_LOCATION)
        add_ansi(out, exception->location);
    for (size_t i = 0; i < COUNT(after_location); i++)
        if (exception->overrides & after_location[i].flag)
            bytebuf_le32(out, *NUMBER(exception, after_location[i]));
}

static void add_extended(struct bytebuf *out, const struct recurrence_exception *exception)
{
    bytebuf_le32(out, 4); /* ChangeHighlightSize */
    bytebuf_le32(out, exception->highlight);
    bytebuf_le32(out, 0); /* ReservedBlockEE1Size */
    if (!(exception->overrides & (RECURRENCE_SUBJECT | RECURRENCE_LOCATION)))
        return;
    add_times(out, exception);
    if (exception->overrides & RECURRENCE_SUBJECT)
        add_wide(out, exception->subject);
    if (exception->overrides & RECURRENCE_LOCATION)
        add_wide(out, exception->location);
    bytebuf_le32(out, 0); /* ReservedBlockEE2Size */
}

void recurrence_write_exceptions(const struct recurrence *self, struct bytebuf *out)
{
    bytebuf_le16(out, (uint16_t)self->exception_count);
    for (uint32_t i = 0; i < self->exception_count; i++)
        add_info(out, &self->exceptions[i]);
    bytebuf_le32(out, 0); /* ReservedBlock1Size */
    for (uint32_t i = 0; i < self->exception_count; i++)
        add_extended(out, &self->exceptions[i]);
    bytebuf_le32(out, 0); /* ReservedBlock2Size */
}
