/*
 * messages_calendar.c: a calendar whose Filter names two times shows the appointments between them, every occurrence of what
 * recurs on its own, in the order of their starts, as CDO does.
 *
 * Layer: server/object. The list is made when a walk begins; changes show in the next one. Sort does not change its order.
 */
#include "messages_private.h"

#include "appointment.h"
#include "object_util.h"
#include <stdlib.h>

#define START_COLUMN MESSAGE_COL_COUNT
#define END_COLUMN   (MESSAGE_COL_COUNT + 1)

struct occurrence {
    const SRow *row;
    struct mapi_calendar_time time;
    bool recurs;
};

struct occurrences {
    SRowSet *rows, *series; /* appointments that do not recur, and those that do */
    struct occurrence *items;
    LONG count, room, place;
    ULONG changes; /* of the filter when the list was made */
    bool stale;
    /* while the list is made */
    const SRow *row;
    HRESULT failure;
};

static void empty(struct occurrences *self)
{
    mapi_rows_free(self->rows);
    mapi_rows_free(self->series);
    free(self->items);
    memset(self, 0, sizeof *self);
    self->place = -1;
}

void messages_occurrences_free(struct messages *self)
{
    if (self->occurrences)
        empty(self->occurrences);
    free(self->occurrences);
    self->occurrences = NULL;
}

void messages_occurrences_stale(struct messages *self)
{
    if (self->occurrences)
        self->occurrences->stale = true;
}

LONG messages_occurrence_place(struct messages *self)
{
    return self->occurrences->place;
}

static void add(struct occurrences *self, const struct mapi_calendar_time *time, bool recurs)
{
    if (self->count == self->room) {
        LONG room = self->room ? 2 * self->room : 64;
        struct occurrence *items = realloc(self->items, (size_t)room * sizeof *items);

        if (!items) {
            self->failure = E_OUTOFMEMORY;
            return;
        }
        self->items = items;
        self->room = room;
    }
    self->items[self->count++] = (struct occurrence){self->row, *time, recurs};
}

static void add_occurrence(void *context, const struct mapi_calendar_time *time)
{
    add(context, time, true);
}

static int by_start(const void *a, const void *b)
{
    const struct occurrence *left = a, *right = b;

    return left->time.start < right->time.start ? -1 : left->time.start > right->time.start;
}

/* ---- the rows -------------------------------------------------------------------------------------------------------- */

/* The rows of a folder that meet both restrictions (NULL: none), with the columns of a message and its times. */
static HRESULT query(IMAPIFolder *folder, SRestriction *one, SRestriction *other, SRowSet **out)
{
    SizedSPropTagArray(MESSAGE_COL_COUNT + 2, columns) = {MESSAGE_COL_COUNT + 2, {0}};
    SRestriction parts[2], both = {.rt = RES_AND};
    IMAPITable *table = NULL;
    ULONG count = 0;
    HRESULT hr = folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table);

    memcpy(columns.aulPropTag, message_columns->aulPropTag, MESSAGE_COL_COUNT * sizeof(ULONG));
    columns.aulPropTag[START_COLUMN] = PR_START_DATE;
    columns.aulPropTag[END_COLUMN] = PR_END_DATE;
    if (one)
        parts[count++] = *one;
    if (other)
        parts[count++] = *other;
    both.res.resAnd.cRes = count;
    both.res.resAnd.lpRes = parts;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, count ? &both : NULL, NULL, 0, out);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

static HRESULT add_rows(struct occurrences *self)
{
    for (ULONG i = 0; SUCCEEDED(self->failure) && i < self->rows->cRows; i++) {
        const SPropValue *values = self->rows->aRow[i].lpProps;
        struct mapi_calendar_time time = {0};

        self->row = &self->rows->aRow[i];
        if (values[START_COLUMN].ulPropTag == PR_START_DATE && values[END_COLUMN].ulPropTag == PR_END_DATE) {
            time.start = mapi_calendar_minutes(&values[START_COLUMN].Value.ft);
            time.end = mapi_calendar_minutes(&values[END_COLUMN].Value.ft);
            add(self, &time, false);
        }
    }
    return self->failure;
}

static HRESULT add_series(struct occurrences *self, IMAPIFolder *folder, ULONG tag, LONGLONG from, LONGLONG to)
{
    for (ULONG i = 0; SUCCEEDED(self->failure) && i < self->series->cRows; i++) {
        const SPropValue *id = &self->series->aRow[i].lpProps[MESSAGE_COL_ID];
        struct recurrence pattern;

        self->row = &self->series->aRow[i];
        if (id->ulPropTag == PR_ENTRYID && SUCCEEDED(mapi_calendar_pattern(folder, &id->Value.bin, tag, &pattern))) {
            mapi_calendar_expand(&pattern, from - 1, to + 1, add_occurrence, self, 0); /* what touches them is listed too */
            recurrence_free(&pattern);
        }
    }
    return self->failure;
}

static HRESULT make(struct messages *owner, struct occurrences *self, const FILETIME *from, const FILETIME *to)
{
    SPropValue yes = {.Value.b = TRUE};
    SRestriction recurs = {.rt = RES_PROPERTY}, single = {.rt = RES_NOT}, *dated = NULL, *undated = NULL;
    struct mapi_names names = {0};
    ULONG recurring = 0, blob = 0;
    IMAPIFolder *folder;
    HRESULT hr = folder_open(messages_folder(owner), &folder), known = MAPI_E_NOT_FOUND;

    empty(self);
    self->changes = message_criteria_changes(owner->criteria);
    if (SUCCEEDED(hr))
        known = mapi_calendar_tag(&names, MAPI_PROP(folder), CALENDAR_RECURRING, false, &recurring);
    if (SUCCEEDED(known))
        known = mapi_calendar_tag(&names, MAPI_PROP(folder), CALENDAR_RECUR_BLOB, false, &blob);
    mapi_names_free(&names);
    yes.ulPropTag = recurs.res.resProperty.ulPropTag = recurring;
    recurs.res.resProperty.relop = RELOP_EQ;
    recurs.res.resProperty.lpProp = &yes;
    single.res.resNot.lpRes = &recurs;
    if (SUCCEEDED(hr))
        hr = message_criteria_build(owner->criteria, &dated);
    if (SUCCEEDED(hr))
        hr = query(folder, dated, SUCCEEDED(known) ? &single : NULL, &self->rows);
    if (SUCCEEDED(hr))
        hr = add_rows(self);
    if (SUCCEEDED(hr) && SUCCEEDED(known)) { /* else the store has never held one that recurs */
        hr = message_criteria_build_undated(owner->criteria, &undated);
        if (SUCCEEDED(hr))
            hr = query(folder, undated, &recurs, &self->series);
        if (SUCCEEDED(hr))
            hr = add_series(self, folder, blob, mapi_calendar_minutes(from), mapi_calendar_minutes(to));
    }
    if (SUCCEEDED(hr) && self->count)
        qsort(self->items, (size_t)self->count, sizeof *self->items, by_start);
    mapi_free(dated);
    mapi_free(undated);
    if (FAILED(hr))
        empty(self);
    return hr;
}

/* ---- the list -------------------------------------------------------------------------------------------------------- */

HRESULT messages_occurrences(struct messages *self, enum occurrences_age age, LONG *count)
{
    struct occurrences *list = self->occurrences;
    FILETIME from, to;
    HRESULT hr = S_OK;

    *count = -1;
    if (self->hidden || self->where || !message_criteria_range(self->criteria, &from, &to)) {
        messages_occurrences_free(self);
        return S_OK;
    }
    if (!list) {
        list = self->occurrences = calloc(1, sizeof *list);
        if (!list)
            return E_OUTOFMEMORY;
        age = OCCURRENCES_NEW;
    }
    if (age == OCCURRENCES_NEW || (age == OCCURRENCES_IF_STALE && list->stale) ||
        list->changes != message_criteria_changes(self->criteria))
        hr = make(self, list, &from, &to);
    if (SUCCEEDED(hr))
        *count = list->count;
    return hr;
}

HRESULT messages_occurrence(struct messages *self, LONG index, bool go, IDispatch **out)
{
    struct occurrences *list = self->occurrences;
    struct message *message = NULL;
    HRESULT hr;

    *out = NULL;
    if (go)
        list->place = index < 0 ? -1 : index < list->count ? index : list->count;
    if (index < 0 || index >= list->count)
        return S_OK;
    hr = message_create_row(&self->base, messages_folder(self)->store, list->items[index].row, &message);
    if (FAILED(hr))
        return hr;
    if (list->items[index].recurs)
        appointment_make_occurrence(message, &list->items[index].time);
    *out = (IDispatch *)&message->base;
    return S_OK;
}
