/*
 * meeting_compose.c: meeting requests, cancellations and answers, and the appointment that belongs to a meeting.
 *
 * Layer: server/object. What goes from one to the other is that of MS-OXOCAL 3.1.4.6 to 3.1.4.8.
 */
#include "appointment.h"

#include "collection.h"
#include "infostore.h"
#include "mapi_address.h"
#include "mapi_compose.h"
#include "mapi_prop.h"
#include "mapi_recipients.h"
#include "mapi_table.h"
#include "messages.h"
#include "object_util.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* What a request takes from the appointment, and the appointment from the request. */
static const enum calendar_prop shared[] = {
    CALENDAR_LOCATION,    CALENDAR_ALL_DAY,   CALENDAR_RECUR_BLOB,      CALENDAR_RECURRING, CALENDAR_RECUR_TYPE,
    CALENDAR_RECUR_TEXT,  CALENDAR_TIME_ZONE, CALENDAR_TIME_ZONE_TEXT,  CALENDAR_SEQUENCE,  CALENDAR_GLOBAL_ID,
    CALENDAR_CLEAN_GLOBAL_ID, CALENDAR_OWNER_CHANGE,
};
static const SizedSPropTagArray(5, shared_tags) = {
    5, {PR_SUBJECT_W, PR_BODY_W, PR_OWNER_APPT_ID, PR_RESPONSE_REQUESTED, PR_REPLY_REQUESTED}};

#define PR_RECIPIENT_TRACKSTATUS PROP_TAG(PT_LONG, 0x5FFF)

/* A new item in a default folder of the store that `of` belongs to. */
static HRESULT create_in(struct message *of, LONG which, const WCHAR *class_name, struct message **out)
{
    struct infostore *store = object_infostore(&of->base);
    IMhMessages *messages = NULL;
    IMhFolder *folder = NULL;
    HRESULT hr = store ? infostore_default_folder(store, which, &folder) : MAPI_E_NO_SUPPORT;

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = messages_create(folder_from(folder), false, &messages);
    if (SUCCEEDED(hr))
        hr = message_create_new((struct auto_object *)messages, folder_from(folder), class_name, false, out);
    if (messages)
        IMhMessages_Release(messages);
    if (folder)
        IMhFolder_Release(folder);
    return hr;
}

static HRESULT copy_shared(struct message *from, struct message *to)
{
    LONGLONG start = 0, end = 0;
    SPropValue *values = NULL;
    IMessage *mapi = NULL;
    HRESULT hr = message_open(from, &mapi);

    if (SUCCEEDED(hr))
        hr = mapi_prop_get_many(MAPI_PROP(mapi), (const SPropTagArray *)&shared_tags, &values);
    for (ULONG i = 0; SUCCEEDED(hr) && i < shared_tags.cValues; i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            hr = message_write(to, &values[i], 1);
    mapi_free(values);
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(shared); i++)
        hr = calendar_copy(from, shared[i], to);
    if (SUCCEEDED(hr) && SUCCEEDED(calendar_get_times(from, &start, &end)))
        hr = calendar_set_times(to, start, end);
    return hr;
}

static FILETIME now(void)
{
    FILETIME time;

    GetSystemTimeAsFileTime(&time);
    return time;
}

/* ---- requests ---------------------------------------------------------------------------------------------------------- */

/* The organizer's appointment gets its ids and is saved, so that answers find it. */
static HRESULT prepare_own(struct appointment *self)
{
    struct message *message = &self->message;
    BYTE id[CALENDAR_GLOBAL_ID_SIZE];
    SPropValue *present = NULL, number = {.ulPropTag = PR_OWNER_APPT_ID};
    HRESULT hr = calendar_get(message, CALENDAR_GLOBAL_ID, &present);

    mapi_free(present);
    if (hr == MAPI_E_NOT_FOUND) {
        hr = mapi_calendar_new_id(id);
        if (SUCCEEDED(hr))
            hr = calendar_put_bytes(message, CALENDAR_GLOBAL_ID, id, sizeof id);
        if (SUCCEEDED(hr))
            hr = calendar_put_bytes(message, CALENDAR_CLEAN_GLOBAL_ID, id, sizeof id);
        memcpy(&number.Value.l, id + sizeof id - sizeof number.Value.l, sizeof number.Value.l);
        if (SUCCEEDED(hr))
            hr = message_write(message, &number, 1);
    } else if (SUCCEEDED(hr)) {
        hr = calendar_put_long(message, CALENDAR_SEQUENCE, calendar_get_long(message, CALENDAR_SEQUENCE, 0) + 1);
    }
    if (SUCCEEDED(hr))
        hr = calendar_put_time(message, CALENDAR_OWNER_CHANGE, now());
    if (SUCCEEDED(hr))
        hr = calendar_put_bool(message, CALENDAR_INVITED, true);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(message, CALENDAR_RESPONSE_STATUS, CdoResponseOrganized);
    return SUCCEEDED(hr) ? message_save(message) : hr;
}

static HRESULT copy_people(struct message *from, struct message *to)
{
    IMessage *source = NULL, *target = NULL;
    IMAPIProp **rows = NULL;
    ULONG count = 0;
    HRESULT hr = message_open(from, &source);

    if (SUCCEEDED(hr))
        hr = message_open(to, &target);
    if (SUCCEEDED(hr))
        hr = mapi_recipients_read(source, &rows, &count);
    if (SUCCEEDED(hr))
        hr = mapi_recipients_write(target, rows, count);
    for (ULONG i = 0; i < count; i++)
        rows[i]->lpVtbl->Release(rows[i]);
    free(rows);
    if (SUCCEEDED(hr))
        hr = mapi_compose_attachments(source, false, target);
    message_changed(to);
    return hr;
}

/* Puts a word before the subject: "Canceled: ". */
static HRESULT prefix_subject(struct message *self, const WCHAR *prefix)
{
    const SPropValue *value = NULL;
    SPropValue *owned = NULL, subject = {.ulPropTag = PR_SUBJECT_W};
    const WCHAR *old;
    size_t length;
    HRESULT hr = message_read(self, PR_SUBJECT_W, &value, &owned);

    old = SUCCEEDED(hr) ? value->Value.lpszW : L"";
    length = wcslen(prefix) + wcslen(old) + 1;
    subject.Value.lpszW = malloc(length * sizeof(WCHAR));
    if (subject.Value.lpszW) {
        _snwprintf(subject.Value.lpszW, length, L"%ls%ls", prefix, old);
        hr = message_write(self, &subject, 1);
    } else {
        hr = E_OUTOFMEMORY;
    }
    free(subject.Value.lpszW);
    mapi_free(owned);
    return hr;
}

HRESULT meeting_send_request(struct appointment *self, bool save_copy)
{
    bool canceled = calendar_get_long(&self->message, CALENDAR_STATE_FLAGS, 0) == CdoMeetingCanceled;
    struct message *request = NULL;
    LONG busy = calendar_get_long(&self->message, CALENDAR_BUSY_STATUS, CdoBusy);
    HRESULT hr = prepare_own(self);

    if (SUCCEEDED(hr))
        hr = create_in(&self->message, CdoDefaultFolderOutbox,
                       canceled ? L"IPM.Schedule.Meeting.Canceled" : L"IPM.Schedule.Meeting.Request", &request);
    if (SUCCEEDED(hr))
        hr = copy_shared(&self->message, request);
    if (SUCCEEDED(hr) && canceled)
        hr = prefix_subject(request, L"Canceled: ");
    if (SUCCEEDED(hr))
        hr = calendar_put_long(request, CALENDAR_STATE_FLAGS, canceled ? 7 : CdoMeetingReceived);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(request, CALENDAR_RESPONSE_STATUS, CdoResponseNotResponded);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(request, CALENDAR_INTENDED_BUSY, busy);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(request, CALENDAR_BUSY_STATUS, canceled ? CdoFree : CdoTentative);
    if (SUCCEEDED(hr) && !canceled)
        hr = calendar_put_long(request, CALENDAR_MEETING_TYPE, 1);
    if (SUCCEEDED(hr))
        hr = copy_people(&self->message, request);
    if (SUCCEEDED(hr))
        hr = message_submit(request, save_copy);
    if (request)
        auto_release(&request->base);
    return hr;
}

/* ---- the appointment of a meeting ---------------------------------------------------------------------------------------- */

/* The appointment with a global id, by its place in the calendar. */
static HRESULT find_by_id(struct message *of, const SBinary *id, struct appointment **out)
{
    struct infostore *store = object_infostore(&of->base);
    static const SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue value = {.Value.bin = *id};
    SRestriction same = {.rt = RES_PROPERTY};
    IMhFolder *folder = NULL;
    IMAPIFolder *calendar = NULL;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    struct message *found = NULL;
    HRESULT hr = store ? infostore_default_folder(store, CdoDefaultFolderCalendar, &folder) : MAPI_E_NOT_FOUND;

    if (SUCCEEDED(hr))
        hr = folder_open(folder_from(folder), &calendar);
    if (SUCCEEDED(hr))
        hr = mapi_calendar_tag(&store->store->names, (IMAPIProp *)calendar, CALENDAR_CLEAN_GLOBAL_ID, false,
                               &value.ulPropTag);
    same.res.resProperty.relop = RELOP_EQ;
    same.res.resProperty.ulPropTag = value.ulPropTag;
    same.res.resProperty.lpProp = &value;
    if (SUCCEEDED(hr))
        hr = calendar->lpVtbl->GetContentsTable(calendar, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, &same, NULL, 1, &rows);
    if (SUCCEEDED(hr) && !rows->cRows)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = message_open_by_id(&of->base, &rows->aRow[0].lpProps[0].Value.bin, NULL, &found);
    if (SUCCEEDED(hr) && found->base.class != &appointment_class) {
        auto_release(&found->base);
        hr = MAPI_E_NOT_FOUND;
    }
    if (SUCCEEDED(hr))
        *out = (struct appointment *)found;
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    if (folder)
        IMhFolder_Release(folder);
    return hr;
}

/* Who sends the request is the organizer of the appointment that is made from it. */
static HRESULT copy_organizer(struct message *from, struct message *to)
{
    static const SizedSPropTagArray(5, tags) = {
        5,
        {PR_SENT_REPRESENTING_ENTRYID, PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W,
         PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_SEARCH_KEY}};
    SPropValue *values = NULL;
    IMessage *mapi = NULL;
    HRESULT hr = message_open(from, &mapi);

    if (SUCCEEDED(hr))
        hr = mapi_prop_get_many(MAPI_PROP(mapi), (const SPropTagArray *)&tags, &values);
    for (ULONG i = 0; SUCCEEDED(hr) && i < tags.cValues; i++)
        if (PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            hr = message_write(to, &values[i], 1);
    mapi_free(values);
    return hr;
}

static HRESULT create_from_request(struct message *request, struct appointment **out)
{
    LONG busy = calendar_get_long(request, CALENDAR_INTENDED_BUSY, CdoBusy);
    struct message *made = NULL;
    HRESULT hr = create_in(request, CdoDefaultFolderCalendar, L"IPM.Appointment", &made);

    if (SUCCEEDED(hr))
        hr = calendar_init_new(made);
    if (SUCCEEDED(hr))
        hr = copy_shared(request, made);
    if (SUCCEEDED(hr))
        hr = copy_organizer(request, made);
    if (SUCCEEDED(hr))
        hr = copy_people(request, made);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(made, CALENDAR_STATE_FLAGS, CdoMeetingReceived);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(made, CALENDAR_RESPONSE_STATUS, CdoResponseNotResponded);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(made, CALENDAR_INTENDED_BUSY, busy);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(made, CALENDAR_BUSY_STATUS, CdoTentative);
    if (SUCCEEDED(hr))
        *out = (struct appointment *)made;
    else if (made)
        auto_release(&made->base);
    return hr;
}

HRESULT meeting_find_appointment(struct message *of, bool create, struct appointment **out)
{
    SPropValue *id = NULL;
    HRESULT hr = calendar_get(of, CALENDAR_CLEAN_GLOBAL_ID, &id);

    *out = NULL;
    if (hr == MAPI_E_NOT_FOUND)
        hr = calendar_get(of, CALENDAR_GLOBAL_ID, &id);
    if (SUCCEEDED(hr))
        hr = find_by_id(of, &id->Value.bin, out);
    mapi_free(id);
    return hr == MAPI_E_NOT_FOUND && create ? create_from_request(of, out) : hr;
}

HRESULT meeting_note_cancellation(struct message *item, struct appointment *own)
{
    const SPropValue *kind = NULL;
    SPropValue *owned = NULL;
    HRESULT hr = message_read(item, PR_MESSAGE_CLASS_W, &kind, &owned);
    bool canceled = SUCCEEDED(hr) && !_wcsnicmp(mapi_prop_text(kind, 1, PR_MESSAGE_CLASS_W), L"IPM.Schedule.Meeting.Canceled", 29);

    mapi_free(owned);
    return canceled ? calendar_put_long(&own->message, CALENDAR_STATE_FLAGS, 7) : hr;
}

/* ---- answers --------------------------------------------------------------------------------------------------------------- */

static const struct {
    LONG status, busy; /* busy < 0: as the organizer intends */
    const WCHAR *class_name, *prefix;
} answers[] = {
    {CdoResponseTentative, CdoTentative, L"IPM.Schedule.Meeting.Resp.Tent", L"Tentative: "},
    {CdoResponseAccepted, -1, L"IPM.Schedule.Meeting.Resp.Pos", L"Accepted: "},
    {CdoResponseDeclined, CdoFree, L"IPM.Schedule.Meeting.Resp.Neg", L"Declined: "},
};

/* The answer is noted in the appointment, which is made for an acceptance. */
static HRESULT note_answer(struct message *of, size_t which)
{
    struct appointment *own = NULL;
    LONG busy = answers[which].busy;
    HRESULT hr;

    if (of->base.class == &appointment_class) {
        own = (struct appointment *)of;
        auto_addref(&of->base);
        hr = S_OK;
    } else {
        hr = meeting_find_appointment(of, answers[which].status != CdoResponseDeclined, &own);
        if (hr == MAPI_E_NOT_FOUND)
            return S_OK;
    }
    if (busy < 0 && SUCCEEDED(hr))
        busy = calendar_get_long(&own->message, CALENDAR_INTENDED_BUSY, CdoBusy);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&own->message, CALENDAR_RESPONSE_STATUS, answers[which].status);
    if (SUCCEEDED(hr))
        hr = calendar_put_long(&own->message, CALENDAR_BUSY_STATUS, busy);
    if (SUCCEEDED(hr))
        hr = calendar_put_time(&own->message, CALENDAR_REPLY_TIME, now());
    if (SUCCEEDED(hr))
        hr = message_save(&own->message);
    if (own)
        auto_release(&own->message.base);
    return hr;
}

/* Whether a recipient of the appointment is who sent the answer: by SMTP address, as one of them may be an Exchange address. */
static bool is_sender(IAddrBook *book, IMAPIProp *row, const WCHAR *sender)
{
    SPropValue *id = NULL;
    WCHAR *smtp = NULL;
    HRESULT hr = mapi_prop_get(row, PR_ENTRYID, &id);
    bool same;

    if (SUCCEEDED(hr))
        hr = mapi_address_smtp(book, &id->Value.bin, &smtp);
    same = SUCCEEDED(hr) && !_wcsicmp(smtp, sender);
    mapi_free(smtp);
    mapi_free(id);
    return same;
}

/* Writes the status to the row of the sender and saves the appointment. */
static HRESULT record_answer(struct message *appointment, IAddrBook *book, const WCHAR *sender, LONG status)
{
    SPropValue value = {.ulPropTag = PR_RECIPIENT_TRACKSTATUS, .Value = {.l = status}};
    IMessage *mapi = NULL;
    IMAPIProp **rows = NULL;
    ULONG count = 0, changed = 0;
    HRESULT hr = message_open(appointment, &mapi);

    if (SUCCEEDED(hr))
        hr = mapi_recipients_read(mapi, &rows, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        SPropValue *before = NULL;
        bool noted = SUCCEEDED(mapi_prop_get(rows[i], PR_RECIPIENT_TRACKSTATUS, &before)) && before->Value.l == status;
        mapi_free(before);
        if (noted || !is_sender(book, rows[i], sender))
            continue;
        hr = mapi_prop_set(rows[i], &value, 1);
        changed++;
    }
    if (SUCCEEDED(hr) && changed)
        hr = mapi_recipients_write(mapi, rows, count);
    for (ULONG i = 0; i < count; i++)
        rows[i]->lpVtbl->Release(rows[i]);
    free(rows);
    return SUCCEEDED(hr) && changed ? message_save(appointment) : hr;
}

HRESULT meeting_record_response(struct message *answer, struct appointment *own)
{
    const SPropValue *value = NULL;
    SPropValue *owned = NULL, *id = NULL;
    IMessage *mapi = NULL;
    IAddrBook *book = NULL;
    WCHAR *sender = NULL;
    size_t which = 0;
    HRESULT hr = message_read(answer, PR_MESSAGE_CLASS_W, &value, &owned);

    while (SUCCEEDED(hr) && which < ARRAYSIZE(answers) &&
           _wcsnicmp(value->Value.lpszW, answers[which].class_name, wcslen(answers[which].class_name)) != 0)
        which++;
    mapi_free(owned);
    if (FAILED(hr) || which == ARRAYSIZE(answers))
        return hr;
    hr = message_open(answer, &mapi);
    if (SUCCEEDED(hr))
        hr = collection_address_book(&answer->base, &book);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(mapi), PR_SENT_REPRESENTING_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = mapi_address_smtp(book, &id->Value.bin, &sender);
    if (SUCCEEDED(hr))
        hr = record_answer(&own->message, book, sender, answers[which].status);
    else if (hr == MAPI_E_NOT_FOUND) /* from nobody who could be told among the recipients */
        hr = S_OK;
    if (SUCCEEDED(hr)) /* the appointment as this answer sees it; it is not saved so */
        hr = calendar_put_long(&own->message, CALENDAR_RESPONSE_STATUS, answers[which].status);
    mapi_free(sender);
    mapi_free(id);
    return hr;
}

HRESULT meeting_create_response(struct message *of, LONG response, IMhMeetingItem **out)
{
    IMessage *source = NULL, *target = NULL;
    struct message *answer = NULL;
    IAddrBook *book = NULL;
    size_t which = 0;
    HRESULT hr;

    while (which < ARRAYSIZE(answers) && answers[which].status != response)
        which++;
    if (which == ARRAYSIZE(answers))
        return auto_fail(&of->base, MAPI_E_INVALID_PARAMETER,
                         L"RespondType must be CdoResponseTentative 2, CdoResponseAccepted 3 or CdoResponseDeclined 4");
    hr = collection_address_book(&of->base, &book);
    if (SUCCEEDED(hr))
        hr = note_answer(of, which);
    if (SUCCEEDED(hr))
        hr = create_in(of, CdoDefaultFolderOutbox, answers[which].class_name, &answer);
    if (SUCCEEDED(hr))
        hr = message_open(of, &source);
    if (SUCCEEDED(hr))
        hr = message_open(answer, &target);
    if (SUCCEEDED(hr)) /* the organizer and the conversation, as in a reply */
        hr = mapi_compose_answer(book, source, MAPI_ANSWER_REPLY, NULL, target);
    message_changed(answer ? answer : of);
    if (SUCCEEDED(hr))
        hr = copy_shared(of, answer);
    if (SUCCEEDED(hr))
        hr = prefix_subject(answer, answers[which].prefix);
    if (SUCCEEDED(hr)) {
        SPropValue body = {.ulPropTag = PR_BODY_W, .Value.lpszW = (WCHAR *)L""};
        hr = message_write(answer, &body, 1);
    }
    if (SUCCEEDED(hr))
        hr = calendar_put_long(answer, CALENDAR_RESPONSE_STATUS, response);
    if (SUCCEEDED(hr))
        hr = calendar_put_time(answer, CALENDAR_CRITICAL_CHANGE, now());
    if (SUCCEEDED(hr))
        *out = (IMhMeetingItem *)answer;
    else if (answer)
        auto_release(&answer->base);
    return hr;
}
