/*
 * messages_private.h: the Messages collection, for messages.c, messages_filter.c and messages_rows.c.
 */
#ifndef MESSAGES_PRIVATE_H
#define MESSAGES_PRIVATE_H

#include "mapi_cursor.h"
#include "mem_arena.h"
#include "message.h"
#include "message_filter.h"
#include "messages.h"

struct messages {
    struct auto_object base;
    bool hidden;
    IMAPITable *table;                 /* opened when it is first needed; pins the store, given back when that is parked */
    struct mapi_pin pin;
    bool parked;                       /* the table was given back: the cursors go on from where they stood */
    struct mapi_cursor cursor;         /* of GetFirst … GetPrevious and Item(text) */
    struct mapi_cursor walk;           /* of Item(number) and For Each */
    LONG walked;                       /* the number that For Each asked for last */
    struct message_criteria *criteria; /* Filter; made when it is first asked for */
    ULONG criteria_seen;               /* their change that the table shows */
    BSTR where;                        /* of Restrict, NULL for none */
    BSTR class_filter;                 /* of GetFirst and GetLast, NULL for none */
    SSortOrder order;                  /* ulPropTag 0: none */
    struct occurrences *occurrences;   /* messages_calendar.c; NULL unless the filter names a time of a calendar */
};

struct messages *messages_from(IMhMessages *iface);
struct folder *messages_folder(struct messages *self);
/* Opens the table and applies filter, where and order. */
HRESULT messages_table(struct messages *self);
/* The restriction of filter and where clause together, in `arena`; what the filter made is in *made (mapi_free). */
HRESULT messages_restriction(struct messages *self, struct mem_arena *arena, SRestriction **made, SRestriction **out);
/* Closes the table: the next use opens it anew. */
void messages_close_table(struct messages *self);
/* One step of the cursor, then further ones to a row of the class that GetFirst asked for; NULL where no row follows. */
enum messages_step { STEP_FIRST, STEP_LAST, STEP_NEXT, STEP_PREVIOUS };
HRESULT messages_step(struct messages *self, enum messages_step step, IDispatch **value);

/* ---- the occurrences of a calendar (messages_calendar.c) ---- */

/* When they are found out again: never, after a change, always. */
enum occurrences_age { OCCURRENCES_KEEP, OCCURRENCES_IF_STALE, OCCURRENCES_NEW };
/* *count is that of the appointments between the two times that the filter names, every occurrence of what recurs on its own
 * and in the order of their starts; -1 when this is not a calendar with such a filter. */
HRESULT messages_occurrences(struct messages *self, enum occurrences_age age, LONG *count);
/* The object of number `index` from 0; NULL beyond the ends. `go`: GetNext goes on from there. */
HRESULT messages_occurrence(struct messages *self, LONG index, bool go, IDispatch **out);
/* Where GetNext stands. */
LONG messages_occurrence_place(struct messages *self);
void messages_occurrences_stale(struct messages *self);
void messages_occurrences_free(struct messages *self);

/* Rows may have moved. */
void messages_moved(struct messages *self);

HRESULT STDMETHODCALLTYPE messages_GetRows(IMhMessages *iface, VARIANT columns, VARIANT max_rows, VARIANT start,
                                           VARIANT utc, VARIANT *value);
HRESULT STDMETHODCALLTYPE messages_DeleteMany(IMhMessages *iface, VARIANT ids, VARIANT deleted_items, LONG *value);
HRESULT STDMETHODCALLTYPE messages_MoveMany(IMhMessages *iface, VARIANT ids, VARIANT folder, LONG *value);
HRESULT STDMETHODCALLTYPE messages_CopyMany(IMhMessages *iface, VARIANT ids, VARIANT folder, LONG *value);
HRESULT STDMETHODCALLTYPE messages_SetReadFlags(IMhMessages *iface, VARIANT read, VARIANT ids);
HRESULT STDMETHODCALLTYPE messages_Delete(IMhMessages *iface);
HRESULT STDMETHODCALLTYPE messages_Sort(IMhMessages *iface, VARIANT order, VARIANT prop, VARIANT prop_tag);
HRESULT STDMETHODCALLTYPE messages_get_Filter(IMhMessages *iface, IMhMessageFilter **value);
HRESULT STDMETHODCALLTYPE messages_put_Filter(IMhMessages *iface, IMhMessageFilter *value);
HRESULT STDMETHODCALLTYPE messages_Restrict(IMhMessages *iface, VARIANT where, IMhMessages **value);
HRESULT STDMETHODCALLTYPE messages_Find(IMhMessages *iface, VARIANT where, IDispatch **value);

#endif
