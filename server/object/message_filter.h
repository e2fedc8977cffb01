/*
 * message_filter.h: the MessageFilter object and the criteria behind it.
 *
 * Layer: server/object. The criteria belong to the Messages collection; the object only shows them, so that a client
 * may let go of the object and the filter stays.
 */
#ifndef MESSAGE_FILTER_H
#define MESSAGE_FILTER_H

#include "auto.h"
#include "mapi_loader.h"
#include "mapihost.h"

extern const struct auto_class message_filter_class;

struct message_criteria;

/* Makes empty criteria. Named properties are those of folder, which is held; calendar: the folder holds appointments
 * (see filter_build_fields). */
HRESULT message_criteria_create(IMAPIProp *folder, bool calendar, struct message_criteria **out);
void message_criteria_free(struct message_criteria *criteria);
/* Takes all criteria away. */
void message_criteria_clear(struct message_criteria *criteria);
/* Makes criteria those of another collection's filter. */
HRESULT message_criteria_copy(struct message_criteria *criteria, const struct message_criteria *from);
/* The restriction that they make, NULL for none; free it with mapi_free. */
HRESULT message_criteria_build(const struct message_criteria *criteria, SRestriction **out);
/* The same without the times of a calendar; and those, in UTC: false unless an appointment must lie between two. */
HRESULT message_criteria_build_undated(const struct message_criteria *criteria, SRestriction **out);
bool message_criteria_range(const struct message_criteria *criteria, FILETIME *from, FILETIME *to);
/* A number that grows with each change. */
ULONG message_criteria_changes(const struct message_criteria *criteria);

/* The object that shows the criteria of a Messages collection, which outlives it. */
HRESULT message_filter_get(struct auto_object *messages, struct message_criteria *criteria, IMhMessageFilter **out);
/* The criteria behind a MessageFilter, valid while the object is open. */
struct message_criteria *message_filter_criteria(struct auto_object *filter);

#endif
