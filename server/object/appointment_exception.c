/*
 * appointment_exception.c: an occurrence of a recurring appointment that is changed on its own.
 *
 * Layer: server/object. As MS-OXOCAL 2.2.10 has it, the series keeps a changed occurrence as a hidden attachment with a
 * message in it, and its pattern says where it is and what it overrides. A client works with a copy that is in no folder:
 * what the attached message has, and from the series what it does not override. Update replaces attachment and entry.
 * Limits: changed occurrences of meetings are not sent to the attendees.
 */
#include "appointment.h"

#include "attachments.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "messages.h"
#include "object_util.h"
#include <string.h>
#include <wchar.h>

#define DAY                      1440
#define TICKS_PER_MINUTE         600000000ULL
#define EXCEPTION_CLASS          L"IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}"
#define PR_EXCEPTION_REPLACETIME PROP_TAG(PT_SYSTIME, 0x7FF9) /* the original time, UTC */
#define PR_EXCEPTION_STARTTIME   PROP_TAG(PT_SYSTIME, 0x7FFB) /* local times */
#define PR_EXCEPTION_ENDTIME     PROP_TAG(PT_SYSTIME, 0x7FFC)
#define PR_ATTACHMENT_FLAGS      PROP_TAG(PT_LONG, 0x7FFD)
#define PR_ATTACHMENT_LINKID     PROP_TAG(PT_LONG, 0x7FFA)
#define ATTACHMENT_EXCEPTION     2 /* afException */

/* What an exception can override: a named property or, with CALENDAR_PROP_COUNT, one of MAPI's. */
static const struct {
    uint16_t flag;
    enum calendar_prop which;
    ULONG tag;
    size_t number; /* where struct recurrence_exception has it */
} overrides[] = {
    {RECURRENCE_SUBJECT, CALENDAR_PROP_COUNT, PR_SUBJECT_W, 0},
    {RECURRENCE_BODY, CALENDAR_PROP_COUNT, PR_BODY_W, 0},
    {RECURRENCE_LOCATION, CALENDAR_LOCATION, 0, 0},
    {RECURRENCE_MEETING_TYPE, CALENDAR_STATE_FLAGS, 0, offsetof(struct recurrence_exception, meeting_type)},
    {RECURRENCE_REMINDER_MINUTES, CALENDAR_REMINDER_MINUTES, 0, offsetof(struct recurrence_exception, reminder_minutes)},
    {RECURRENCE_REMINDER_SET, CALENDAR_REMINDER_SET, 0, offsetof(struct recurrence_exception, reminder_set)},
    {RECURRENCE_BUSY_STATUS, CALENDAR_BUSY_STATUS, 0, offsetof(struct recurrence_exception, busy_status)},
    {RECURRENCE_ALL_DAY, CALENDAR_ALL_DAY, 0, offsetof(struct recurrence_exception, all_day)},
    {RECURRENCE_COLOR, CALENDAR_COLOR, 0, offsetof(struct recurrence_exception, color)},
};

/* The tag of such a row; MAPI_E_NOT_FOUND where the store has never seen the property. */
static HRESULT override_tag(struct message *self, size_t row, IMessage *mapi, ULONG *tag)
{
    *tag = overrides[row].tag;
    return *tag ? S_OK : mapi_calendar_tag(&self->store->names, MAPI_PROP(mapi), overrides[row].which, false, tag);
}

/* ---- attachments of the series ----------------------------------------------------------------------------------- */

/* Local minutes as a FILETIME that is not of UTC. */
static FILETIME local_time(LONGLONG minutes)
{
    ULONGLONG ticks = (ULONGLONG)minutes * TICKS_PER_MINUTE;

    return (FILETIME){(DWORD)ticks, (DWORD)(ticks >> 32)};
}

static HRESULT attachment_numbers(IMessage *message, SRowSet **rows)
{
    SizedSPropTagArray(2, columns) = {2, {PR_ATTACH_NUM, PR_ATTACH_METHOD}};
    IMAPITable *table = NULL;
    HRESULT hr = message->lpVtbl->GetAttachmentTable(message, 0, &table);

    *rows = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

/* Whether an attachment is a changed occurrence: of the original time, or (-1) of any. */
static bool is_exception(const SRow *row, IAttach *attach, LONGLONG original)
{
    SPropValue *time = NULL;
    bool yes = false;

    if (row->lpProps[1].ulPropTag != PR_ATTACH_METHOD || row->lpProps[1].Value.l != ATTACH_EMBEDDED_MSG)
        return false;
    if (SUCCEEDED(mapi_prop_get(MAPI_PROP(attach), PR_EXCEPTION_REPLACETIME, &time)))
        yes = original < 0 || mapi_calendar_minutes(&time->Value.ft) == original;
    else if (original < 0)
        yes = mapi_prop_long(MAPI_PROP(attach), PR_ATTACHMENT_FLAGS, 0) & ATTACHMENT_EXCEPTION;
    mapi_free(time);
    return yes;
}

/* PR_EXCEPTION_REPLACETIME is optional: without it the start tells. */
static bool starts_at(IAttach *attach, LONGLONG start)
{
    FILETIME wanted = local_time(start);
    SPropValue *time = NULL, *original = NULL;
    bool yes = FAILED(mapi_prop_get(MAPI_PROP(attach), PR_EXCEPTION_REPLACETIME, &original)) &&
               SUCCEEDED(mapi_prop_get(MAPI_PROP(attach), PR_EXCEPTION_STARTTIME, &time)) &&
               !CompareFileTime(&time->Value.ft, &wanted);

    mapi_free(time);
    mapi_free(original);
    return yes;
}

/* The message of a changed occurrence, for reading; *out NULL where the series has none. */
static HRESULT open_exception(IMessage *series, LONGLONG original, LONGLONG start, IMessage **out)
{
    SRowSet *rows = NULL;
    HRESULT hr = attachment_numbers(series, &rows);

    *out = NULL;
    for (ULONG i = 0; SUCCEEDED(hr) && !*out && i < rows->cRows; i++) {
        IAttach *attach = NULL;
        hr = series->lpVtbl->OpenAttach(series, (ULONG)rows->aRow[i].lpProps[0].Value.l, NULL, 0, &attach);
        if (SUCCEEDED(hr) && (is_exception(&rows->aRow[i], attach, original) || starts_at(attach, start)))
            hr = attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, 0, (IUnknown **)out);
        if (attach)
            attach->lpVtbl->Release(attach);
    }
    mapi_rows_free(rows);
    return hr;
}

HRESULT appointment_delete_exceptions(struct appointment *self, LONGLONG original)
{
    const struct recurrence_exception *exception =
        original < 0 ? NULL : recurrence_exception_of(&self->pattern, (int32_t)(original / DAY));
    SRowSet *rows = NULL;
    IMessage *series = NULL;
    HRESULT hr = message_open(&self->message, &series);

    if (SUCCEEDED(hr))
        hr = attachment_numbers(series, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        ULONG number = (ULONG)rows->aRow[i].lpProps[0].Value.l;
        IAttach *attach = NULL;
        bool gone;
        hr = series->lpVtbl->OpenAttach(series, number, NULL, 0, &attach);
        gone = SUCCEEDED(hr) && (is_exception(&rows->aRow[i], attach, original) ||
                                 (exception && starts_at(attach, exception->start)));
        if (attach)
            attach->lpVtbl->Release(attach);
        if (gone)
            hr = series->lpVtbl->DeleteAttach(series, number, 0, NULL, 0);
    }
    mapi_rows_free(rows);
    return hr;
}

/* Copies the attachments that are no changed occurrences. */
static HRESULT copy_documents(IMessage *series, IMessage *to)
{
    SRowSet *rows = NULL;
    HRESULT hr = attachment_numbers(series, &rows);

    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        IAttach *from = NULL, *copy = NULL;
        ULONG number;
        hr = series->lpVtbl->OpenAttach(series, (ULONG)rows->aRow[i].lpProps[0].Value.l, NULL, 0, &from);
        if (SUCCEEDED(hr) && !is_exception(&rows->aRow[i], from, -1)) {
            hr = to->lpVtbl->CreateAttach(to, NULL, 0, &number, &copy);
            if (SUCCEEDED(hr))
                hr = from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IAttachment, copy, 0, NULL);
            if (SUCCEEDED(hr))
                hr = copy->lpVtbl->SaveChanges(copy, 0);
        }
        if (copy)
            copy->lpVtbl->Release(copy);
        if (from)
            from->lpVtbl->Release(from);
    }
    mapi_rows_free(rows);
    return hr;
}

/* ---- the copy that a client works with --------------------------------------------------------------------------- */

/* The pattern of the series, and what it says of a changed occurrence: NULL when it says nothing. Free the pattern. */
static const struct recurrence_exception *read_exception(struct message *self, IMessage *series, struct recurrence *pattern)
{
    SPropValue *blob = NULL;
    ULONG tag = 0;

    memset(pattern, 0, sizeof *pattern);
    if (SUCCEEDED(mapi_calendar_tag(&self->store->names, MAPI_PROP(series), CALENDAR_RECUR_BLOB, false, &tag)) &&
        SUCCEEDED(mapi_prop_get(MAPI_PROP(series), tag, &blob)))
        recurrence_read(blob->Value.bin.lpb, blob->Value.bin.cb, pattern);
    mapi_free(blob);
    return recurrence_exception_of(pattern, (int32_t)(self->occurrence.original / DAY));
}

/* Gives the copy what the pattern overrides: for a changed occurrence whose message is lost. */
static HRESULT put_overrides(struct message *self, const struct recurrence_exception *from)
{
    SPropValue subject = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = from->subject};
    HRESULT hr = from->subject ? message_write(self, &subject, 1) : S_OK;

    if (SUCCEEDED(hr) && from->location)
        hr = calendar_put_text(self, CALENDAR_LOCATION, from->location);
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(overrides); i++)
        if (overrides[i].number && from->overrides & overrides[i].flag) {
            uint32_t number = *(const uint32_t *)((const BYTE *)from + overrides[i].number);
            bool truth = overrides[i].flag == RECURRENCE_REMINDER_SET || overrides[i].flag == RECURRENCE_ALL_DAY;
            hr = truth ? calendar_put_bool(self, overrides[i].which, number)
                       : calendar_put_long(self, overrides[i].which, (LONG)number);
        }
    return hr;
}

/* Copies what the message of a changed occurrence has of its own: not what its series still decides. */
static HRESULT copy_own(struct message *self, IMessage *series, IMessage *exception, uint16_t own, IMessage *to)
{
    SizedSPropTagArray(ARRAYSIZE(overrides) + 6, left) = {1, {PR_MESSAGE_CLASS_W}};

    for (size_t i = 0; i < ARRAYSIZE(overrides); i++)
        if (!(own & overrides[i].flag) && SUCCEEDED(override_tag(self, i, series, &left.aulPropTag[left.cValues])))
            left.cValues++;
    if (!(own & RECURRENCE_SUBJECT)) {
        left.aulPropTag[left.cValues++] = PR_NORMALIZED_SUBJECT_W;
        left.aulPropTag[left.cValues++] = PR_SUBJECT_PREFIX_W;
        left.aulPropTag[left.cValues++] = PR_CONVERSATION_TOPIC_W;
    }
    if (!(own & RECURRENCE_BODY)) {
        left.aulPropTag[left.cValues++] = PR_RTF_COMPRESSED;
        left.aulPropTag[left.cValues++] = PR_HTML;
    }
    return exception->lpVtbl->CopyTo(exception, 0, NULL, (SPropTagArray *)&left, 0, NULL, &IID_IMessage, to, 0, NULL);
}

static bool has_recipients(IMessage *message)
{
    IMAPITable *table = NULL;
    ULONG count = 0;

    if (SUCCEEDED(message->lpVtbl->GetRecipientTable(message, 0, &table))) {
        table->lpVtbl->GetRowCount(table, 0, &count);
        table->lpVtbl->Release(table);
    }
    return count > 0;
}

/* Copies what the series has and the occurrence has not. */
static HRESULT copy_common(struct message *self, IMessage *series, bool changed, IMessage *to)
{
    static const enum calendar_prop of_series[] = {CALENDAR_RECUR_BLOB, CALENDAR_RECUR_TYPE, CALENDAR_RECUR_TEXT,
                                                   CALENDAR_TIME_ZONE, CALENDAR_TIME_ZONE_TEXT};
    SizedSPropTagArray(ARRAYSIZE(of_series) + 2, left) = {1, {PR_MESSAGE_ATTACHMENTS}};
    HRESULT hr;

    for (size_t i = 0; i < ARRAYSIZE(of_series); i++)
        if (SUCCEEDED(mapi_calendar_tag(&self->store->names, MAPI_PROP(series), of_series[i], false,
                                        &left.aulPropTag[left.cValues])))
            left.cValues++;
    if (changed && has_recipients(to))
        left.aulPropTag[left.cValues++] = PR_MESSAGE_RECIPIENTS;
    hr = series->lpVtbl->CopyTo(series, 0, NULL, (SPropTagArray *)&left, 0, NULL, &IID_IMessage, to,
                                changed ? MAPI_NOREPLACE : 0, NULL);
    return SUCCEEDED(hr) && !changed ? copy_documents(series, to) : hr;
}

static HRESULT copy_class(IMessage *from, IMessage *to)
{
    SPropValue *kind = NULL;
    HRESULT hr = mapi_prop_get(MAPI_PROP(from), PR_MESSAGE_CLASS_W, &kind);

    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(to), kind, 1);
    mapi_free(kind);
    return hr;
}

HRESULT message_open_occurrence(struct message *self)
{
    IMessage *series = NULL, *exception = NULL, *copy = NULL;
    const struct recurrence_exception *entry = NULL;
    struct recurrence pattern = {0};
    IMAPIFolder *folder = NULL;
    bool unsaved = self->unsaved;
    HRESULT hr = message_open_folder(self, &folder);

    if (SUCCEEDED(hr))
        hr = mapi_store_open_entry(self->store, &self->id, NULL, (IUnknown **)&series);
    if (SUCCEEDED(hr))
        hr = folder->lpVtbl->CreateMessage(folder, NULL, 0, &copy);
    if (SUCCEEDED(hr) && self->occurrence.changed)
        hr = open_exception(series, self->occurrence.original, self->occurrence.saved_start, &exception);
    if (SUCCEEDED(hr) && self->occurrence.changed)
        entry = read_exception(self, series, &pattern);
    if (SUCCEEDED(hr) && exception)
        hr = copy_own(self, series, exception, entry ? entry->overrides : 0, copy);
    if (SUCCEEDED(hr))
        hr = copy_common(self, series, exception != NULL, copy);
    if (SUCCEEDED(hr))
        hr = copy_class(series, copy);
    if (SUCCEEDED(hr)) {
        self->mapi = copy;
        copy = NULL;
        self->occurrence.own = true;
        message_pin(self);
        hr = calendar_set_times(self, self->occurrence.start, self->occurrence.end);
        if (SUCCEEDED(hr) && entry && !exception)
            hr = put_overrides(self, entry);
        if (FAILED(hr))
            message_drop(self);
    }
    self->unsaved = unsaved;
    recurrence_free(&pattern);
    if (exception)
        exception->lpVtbl->Release(exception);
    if (copy)
        copy->lpVtbl->Release(copy);
    if (series)
        series->lpVtbl->Release(series);
    if (folder)
        folder->lpVtbl->Release(folder);
    return hr;
}

/* ---- saving ------------------------------------------------------------------------------------------------------ */

static bool is_same(const SPropValue *a, const SPropValue *b)
{
    switch (PROP_TYPE(a->ulPropTag)) {
    case PT_UNICODE:
        return !wcscmp(a->Value.lpszW, b->Value.lpszW);
    case PT_BOOLEAN:
        return !a->Value.b == !b->Value.b;
    default:
        return a->Value.l == b->Value.l;
    }
}

/* Fills in one of the values that an exception can override. */
static HRESULT compare(struct message *self, IMessage *series, size_t row, struct recurrence_exception *out)
{
    static const WCHAR none[] = L"";
    SPropValue *own = NULL, *common = NULL, absent = {0};
    ULONG tag = 0;
    HRESULT hr = override_tag(self, row, series, &tag);

    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(self->mapi), tag, &own);
    if (SUCCEEDED(hr)) {
        if (PROP_TYPE(tag) == PT_UNICODE)
            absent.Value.lpszW = (WCHAR *)none;
        if (!is_same(own, SUCCEEDED(mapi_prop_get(MAPI_PROP(series), tag, &common)) ? common : &absent)) {
            out->overrides |= overrides[row].flag;
            if (overrides[row].number)
                *(uint32_t *)((BYTE *)out + overrides[row].number) =
                    PROP_TYPE(tag) == PT_BOOLEAN ? own->Value.b != 0 : (uint32_t)own->Value.l;
            if (overrides[row].flag == RECURRENCE_SUBJECT)
                out->subject = _wcsdup(own->Value.lpszW);
            if (overrides[row].flag == RECURRENCE_LOCATION)
                out->location = _wcsdup(own->Value.lpszW);
        }
    }
    mapi_free(own);
    mapi_free(common);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

/* What the copy has of its own, for the pattern. */
static HRESULT describe(struct message *self, IMessage *series, struct recurrence_exception *out)
{
    SRowSet *rows = NULL;
    HRESULT hr = S_OK;

    out->start = self->occurrence.start;
    out->end = self->occurrence.end;
    out->original = self->occurrence.original;
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(overrides); i++)
        hr = compare(self, series, i, out);
    if (SUCCEEDED(hr))
        hr = attachment_numbers(self->mapi, &rows);
    if (SUCCEEDED(hr) && rows->cRows) {
        out->overrides |= RECURRENCE_ATTACHMENT;
        out->attachment = 1;
    }
    mapi_rows_free(rows);
    if (SUCCEEDED(hr) && ((out->overrides & RECURRENCE_SUBJECT && !out->subject) ||
                          (out->overrides & RECURRENCE_LOCATION && !out->location)))
        hr = E_OUTOFMEMORY;
    return hr;
}

/* Attaches the copy to the series, as the message of a changed occurrence. */
static HRESULT attach_copy(struct message *self, IMessage *series, uint16_t own)
{
    FILETIME original = mapi_calendar_filetime(self->occurrence.original);
    SPropValue values[] = {
        {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (WCHAR *)L"Untitled"},
        {.ulPropTag = PR_RENDERING_POSITION, .Value.l = -1},
        {.ulPropTag = PR_ATTACHMENT_HIDDEN, .Value.b = TRUE},
        {.ulPropTag = PR_ATTACHMENT_FLAGS, .Value.l = ATTACHMENT_EXCEPTION},
        {.ulPropTag = PR_ATTACHMENT_LINKID, .Value.l = 0},
        {.ulPropTag = PR_EXCEPTION_STARTTIME, .Value.ft = local_time(self->occurrence.start)},
        {.ulPropTag = PR_EXCEPTION_ENDTIME, .Value.ft = local_time(self->occurrence.end)},
        {.ulPropTag = PR_EXCEPTION_REPLACETIME, .Value.ft = original},
    };
    IAttach *attach = NULL;
    ULONG number = 0;
    HRESULT hr = calendar_put_time(self, CALENDAR_REPLACE_TIME, original);

    if (SUCCEEDED(hr))
        hr = calendar_put_bool(self, CALENDAR_EXCEPTIONAL_BODY, own & RECURRENCE_BODY);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_string(MAPI_PROP(self->mapi), PR_MESSAGE_CLASS_W, EXCEPTION_CLASS);
    if (SUCCEEDED(hr))
        hr = series->lpVtbl->CreateAttach(series, NULL, 0, &number, &attach);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set(MAPI_PROP(attach), values, ARRAYSIZE(values));
    if (SUCCEEDED(hr))
        hr = attachment_embed(attach, self->mapi);
    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->SaveChanges(attach, 0);
    if (attach)
        attach->lpVtbl->Release(attach);
    if (SUCCEEDED(hr)) /* for its own object it goes on as what its series is */
        hr = copy_class(series, self->mapi);
    return hr;
}

static HRESULT change_pattern(struct appointment *series, struct message *self,
                              const struct recurrence_exception *exception)
{
    switch (recurrence_change(&series->pattern, exception)) {
    case RECURRENCE_CHANGED:
        return S_OK;
    case RECURRENCE_NOT_THERE:
        return auto_fail(&self->base, MAPI_E_INVALID_OBJECT, L"the series does not have this occurrence any more");
    case RECURRENCE_ON_ANOTHER:
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                         L"an occurrence stays between those before and after it, on a day of its own");
    default:
        return E_OUTOFMEMORY;
    }
}

HRESULT message_save_occurrence(struct message *self)
{
    struct recurrence_exception exception = {0};
    struct appointment *series = NULL;
    IMessage *mapi = NULL;
    HRESULT hr = attachments_flush(&self->base);

    if (FAILED(hr) || !self->mapi || !self->occurrence.own || !self->unsaved)
        return hr;
    hr = appointment_series((struct appointment *)self, &series); /* as it is now, whatever others changed */
    if (SUCCEEDED(hr))
        hr = message_open(&series->message, &mapi);
    if (SUCCEEDED(hr))
        hr = appointment_load_pattern(series);
    if (SUCCEEDED(hr))
        hr = describe(self, mapi, &exception);
    if (SUCCEEDED(hr))
        hr = appointment_delete_exceptions(series, exception.original);
    if (SUCCEEDED(hr))
        hr = change_pattern(series, self, &exception);
    if (SUCCEEDED(hr))
        hr = attach_copy(self, mapi, exception.overrides);
    if (SUCCEEDED(hr))
        hr = appointment_store_blob(series);
    if (SUCCEEDED(hr))
        hr = mapi_prop_save(MAPI_PROP(mapi));
    if (SUCCEEDED(hr)) {
        self->unsaved = false;
        self->occurrence.changed = true;
        self->occurrence.saved_start = self->occurrence.start;
        self->occurrence.saved_end = self->occurrence.end;
        messages_disturbed(self->base.parent);
    }
    free(exception.subject);
    free(exception.location);
    if (series)
        auto_release(&series->message.base);
    return hr;
}
