/*
 * appointment.h: the calendar objects: AppointmentItem, MeetingItem, RecurrencePattern.
 *
 * Layer: server/object. Both items are Messages with further members: their structs begin with struct message and their
 * vtables with that of Message. Which class an object gets is decided by the message class (calendar_class_of).
 */
#ifndef APPOINTMENT_H
#define APPOINTMENT_H

#include "mapi_calendar.h"
#include "message.h"
#include "recurrence.h"

struct appointment {
    struct message message;
    struct recurrence pattern;
    bool has_pattern;     /* pattern is filled */
    bool pattern_changed; /* and not written to the message yet */
};

struct meeting {
    struct message message;
};

extern const struct auto_class appointment_class;
extern const struct auto_class meeting_class;

/* The automation class for a message class: AppointmentItem for IPM.Appointment…, MeetingItem for
 * IPM.Schedule.Meeting…, else Message. NULL: Message. */
const struct auto_class *calendar_class_of(const WCHAR *message_class);
/* Completes MeetingItem's vtable with Message's part; once. */
void meeting_make_vtable(void);
/* Gives a new message of a calendar class the values that it begins with. */
HRESULT calendar_init_new(struct message *self);

/* ---- properties (calendar_props.c); all work on the message's IMessage ------------------------------------------------- */

/* One property; free with mapi_free. MAPI_E_NOT_FOUND. */
HRESULT calendar_get(struct message *self, enum calendar_prop which, SPropValue **value);
LONG calendar_get_long(struct message *self, enum calendar_prop which, LONG fallback);
/* Sets one; the tag of value is filled in. */
HRESULT calendar_put(struct message *self, enum calendar_prop which, SPropValue *value);
HRESULT calendar_put_long(struct message *self, enum calendar_prop which, LONG number);
HRESULT calendar_put_bool(struct message *self, enum calendar_prop which, bool truth);
HRESULT calendar_put_time(struct message *self, enum calendar_prop which, FILETIME time);
HRESULT calendar_put_bytes(struct message *self, enum calendar_prop which, const void *bytes, ULONG size);
HRESULT calendar_put_text(struct message *self, enum calendar_prop which, const WCHAR *text);
void calendar_delete(struct message *self, enum calendar_prop which);
/* Copies a property if the source has it. */
HRESULT calendar_copy(struct message *from, enum calendar_prop which, struct message *to);

/* Start and end in local minutes since 1601. */
HRESULT calendar_get_times(struct message *self, LONGLONG *start, LONGLONG *end);
/* Sets both with everything that follows from them: duration, common times, reminder. */
HRESULT calendar_set_times(struct message *self, LONGLONG start, LONGLONG end);

/* ---- recurrence (recurrence_pattern.c) ------------------------------------------------------------------------------------ */

/* Reads the pattern of a recurring appointment once. */
HRESULT appointment_load_pattern(struct appointment *self);
/* Writes a changed pattern into the message; before it is saved. */
HRESULT appointment_store_pattern(struct appointment *self);
/* Writes the pattern's binary form alone, as a change of one occurrence needs it. */
HRESULT appointment_store_blob(struct appointment *self);
/* Takes one day out of the pattern and saves that. */
HRESULT appointment_delete_day(struct appointment *self, int32_t day);
/* Deletes the attachments of the occurrence whose original time is given, or (-1) of all that were changed. The message is
 * not saved. */
HRESULT appointment_delete_exceptions(struct appointment *self, LONGLONG original);
/* Begins a member that one occurrence without its series does not have. */
HRESULT appointment_enter_whole(struct appointment *self, struct auto_call *call, const char *function);
/* Makes a message object of a series one of its occurrences. */
void appointment_make_occurrence(struct message *message, const struct mapi_calendar_time *time);
/* The series that an occurrence belongs to, as an object of its own; NULL when the object is no occurrence. */
HRESULT appointment_series(struct appointment *self, struct appointment **out);
/* Members that know occurrences (appointment_occurrence.c). */
HRESULT STDMETHODCALLTYPE appointment_get_IsRecurring(IMhAppointmentItem *iface, VARIANT_BOOL *value);
HRESULT STDMETHODCALLTYPE appointment_GetRecurrencePattern(IMhAppointmentItem *iface, IMhRecurrencePattern **value);
HRESULT STDMETHODCALLTYPE appointment_ClearRecurrencePattern(IMhAppointmentItem *iface);
HRESULT STDMETHODCALLTYPE appointment_Delete(IMhMessage *iface, VARIANT deleted_items);
HRESULT STDMETHODCALLTYPE appointment_MoveTo(IMhMessage *iface, VARIANT folder, VARIANT store, IDispatch **value);
HRESULT recurrence_pattern_get(struct appointment *self, IMhRecurrencePattern **out);

/* ---- meetings (meeting_compose.c) ------------------------------------------------------------------------------------------- */

/* Sends the meeting request, or the cancellation, of an appointment that is saved. */
HRESULT meeting_send_request(struct appointment *self, bool save_copy);
/* A new answer to a meeting request, in the Outbox. `of`: the request or its appointment. */
HRESULT meeting_create_response(struct message *of, LONG response, IMhMeetingItem **out);
/* The appointment in the user's calendar of the meeting; create: a new, unsaved one when there is none. */
HRESULT meeting_find_appointment(struct message *of, bool create, struct appointment **out);
/* Says in the appointment of a cancellation, which is not saved, that the meeting was canceled; of other items it says nothing. */
HRESULT meeting_note_cancellation(struct message *item, struct appointment *own);
/* Notes in the organizer's appointment, which is saved, how the sender of an answer responds; the appointment's own status is
 * then that of the answer until it is opened again. An item that is no answer changes nothing. */
HRESULT meeting_record_response(struct message *answer, struct appointment *own);

/* message_send.c: submits a message; its object is closed. */
HRESULT message_submit(struct message *self, bool save_copy);

#endif
