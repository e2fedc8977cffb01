/*
 * util_notify.c: MAPI's utility functions for notifications: flat copies, advise sinks, dispatching.
 *
 * Layer: provider. A flat copy is one block: the notifications and behind them all that they point to, each
 * part on an 8-byte boundary. Strings within notifications are Unicode or 8-bit as flags of the event tell
 * (new mail), or as the column's type (rows).
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "init.h"
#include "object.h"
#include "provider.h"
#include "text.h"

/* ---- flat copies ---- */

/* Gives every pointer of a notification, with the size of what it leads to (0 when it is NULL). */
typedef SCODE (*visit_fn)(void *context, void **pointer, ULONG size);

static ULONG string_size(const void *text, bool wide)
{
    if (text == NULL)
        return 0;
    return wide ? (ULONG)((text_length(text) + 1) * sizeof(WCHAR)) : (ULONG)strlen(text) + 1;
}

static SCODE visit_value(SPropValue *value, visit_fn visit, void *context)
{
    ULONG type = PROP_TYPE(value->ulPropTag) & ~(ULONG)MV_INSTANCE;
    switch (type) {
    case PT_STRING8:
        return visit(context, (void **)&value->Value.lpszA, string_size(value->Value.lpszA, false));
    case PT_UNICODE:
        return visit(context, (void **)&value->Value.lpszW, string_size(value->Value.lpszW, true));
    case PT_BINARY:
        return visit(context, (void **)&value->Value.bin.lpb, value->Value.bin.cb);
    case PT_CLSID:
        return visit(context, (void **)&value->Value.lpguid, sizeof(GUID));
    default:
        return type & MV_FLAG ? MAPI_E_NO_SUPPORT : S_OK; /* table rows have single values */
    }
}

static SCODE visit_error(MAPIERROR *error, visit_fn visit, void *context)
{
    SCODE sc = visit(context, (void **)&error->lpszError, string_size(error->lpszError, false));
    return sc != S_OK
               ? sc
               : visit(context, (void **)&error->lpszComponent, string_size(error->lpszComponent, false));
}

static SCODE visit_values(ULONG count, SPropValue *values, visit_fn visit, void *context)
{
    SCODE sc = S_OK;
    for (ULONG i = 0; i < count && sc == S_OK; i++)
        sc = visit_value(&values[i], visit, context);
    return sc;
}

static SCODE visit_notification(NOTIFICATION *event, visit_fn visit, void *context)
{
    SCODE sc;
    switch (event->ulEventType) {
    case fnevCriticalError:
        if ((sc = visit(context, (void **)&event->info.err.lpEntryID, event->info.err.cbEntryID)) == S_OK &&
            (sc = visit(context, (void **)&event->info.err.lpMAPIError,
                        event->info.err.lpMAPIError != NULL ? sizeof(MAPIERROR) : 0)) == S_OK &&
            event->info.err.lpMAPIError != NULL)
            sc = visit_error(event->info.err.lpMAPIError, visit, context);
        return sc;
    case fnevNewMail: {
        NEWMAIL_NOTIFICATION *mail = &event->info.newmail;
        if ((sc = visit(context, (void **)&mail->lpEntryID, mail->cbEntryID)) == S_OK &&
            (sc = visit(context, (void **)&mail->lpParentID, mail->cbParentID)) == S_OK)
            sc = visit(context, (void **)&mail->lpszMessageClass,
                       string_size(mail->lpszMessageClass, (mail->ulFlags & MAPI_UNICODE) != 0));
        return sc;
    }
    case fnevObjectCreated:
    case fnevObjectDeleted:
    case fnevObjectModified:
    case fnevObjectMoved:
    case fnevObjectCopied:
    case fnevSearchComplete: {
        OBJECT_NOTIFICATION *object = &event->info.obj;
        if ((sc = visit(context, (void **)&object->lpEntryID, object->cbEntryID)) == S_OK &&
            (sc = visit(context, (void **)&object->lpParentID, object->cbParentID)) == S_OK &&
            (sc = visit(context, (void **)&object->lpOldID, object->cbOldID)) == S_OK &&
            (sc = visit(context, (void **)&object->lpOldParentID, object->cbOldParentID)) == S_OK)
            sc = visit(context, (void **)&object->lpPropTagArray,
                       object->lpPropTagArray != NULL ? CbSPropTagArray(object->lpPropTagArray) : 0);
        return sc;
    }
    case fnevTableModified: {
        TABLE_NOTIFICATION *table = &event->info.tab;
        if ((sc = visit_value(&table->propIndex, visit, context)) == S_OK &&
            (sc = visit_value(&table->propPrior, visit, context)) == S_OK &&
            (sc = visit(context, (void **)&table->row.lpProps, table->row.cValues * sizeof(SPropValue))) ==
                S_OK)
            sc = visit_values(table->row.lpProps != NULL ? table->row.cValues : 0, table->row.lpProps, visit,
                              context);
        return sc;
    }
    case fnevStatusObjectModified: {
        STATUS_OBJECT_NOTIFICATION *status = &event->info.statobj;
        if ((sc = visit(context, (void **)&status->lpEntryID, status->cbEntryID)) == S_OK &&
            (sc = visit(context, (void **)&status->lpPropVals, status->cValues * sizeof(SPropValue))) == S_OK)
            sc = visit_values(status->lpPropVals != NULL ? status->cValues : 0, status->lpPropVals, visit,
                              context);
        return sc;
    }
    case fnevExtended:
        return visit(context, (void **)&event->info.ext.pbEventParameters, event->info.ext.cb);
    default:
        return S_OK;
    }
}

static ULONG padded(ULONG size)
{
    return (size + 7) & ~7u;
}

static SCODE count_part(void *context, void **pointer, ULONG size)
{
    (void)pointer;
    *(ULONG *)context += padded(size);
    return S_OK;
}

SCODE WINAPI ScCountNotifications(int count, LPNOTIFICATION events, ULONG *size)
{
    ULONG total = 0;
    if (size != NULL)
        *size = 0;
    if (count <= 0 || events == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (int i = 0; i < count; i++) {
        total += padded(sizeof(NOTIFICATION));
        SCODE sc = visit_notification(&events[i], count_part, &total);
        if (sc != S_OK)
            return sc;
    }
    if (size != NULL)
        *size = total;
    return S_OK;
}

static SCODE copy_part(void *context, void **pointer, ULONG size)
{
    BYTE **room = context;
    if (size == 0)
        return S_OK;
    memcpy(*room, *pointer, size);
    *pointer = *room;
    *room += padded(size);
    return S_OK;
}

SCODE WINAPI ScCopyNotifications(int count, LPNOTIFICATION events, LPVOID to, ULONG *size)
{
    NOTIFICATION *copy = to;
    ULONG total;
    if (size != NULL)
        *size = 0;
    if (to == NULL)
        return MAPI_E_INVALID_PARAMETER;
    SCODE sc = ScCountNotifications(count, events, &total);
    if (sc != S_OK)
        return sc;
    BYTE *room = (BYTE *)to + (ULONG)count * padded(sizeof(NOTIFICATION));
    memcpy(copy, events, (ULONG)count * sizeof *copy);
    for (int i = 0; i < count; i++)
        visit_notification(&copy[i], copy_part, &room);
    if (size != NULL)
        *size = total;
    return S_OK;
}

/* Pointers are followed where they lead now and then set: at the old base while the block lies there, else at
 * the new. */
struct reloc {
    BYTE *from, *to;
    bool at_old;
    ULONG total;
};

static SCODE reloc_part(void *context, void **pointer, ULONG size)
{
    struct reloc *reloc = context;
    reloc->total += padded(size);
    if (*pointer != NULL)
        *pointer = reloc->to + ((BYTE *)*pointer - reloc->from);
    return S_OK;
}

SCODE WINAPI ScRelocNotifications(int count, LPNOTIFICATION events, LPVOID old_base, LPVOID new_base,
                                  ULONG *size)
{
    struct reloc reloc = {old_base, new_base, (void *)events == old_base, 0};
    if (size != NULL)
        *size = 0;
    if (count <= 0 || events == NULL || old_base == NULL || new_base == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (int i = 0; i < count; i++) {
        NOTIFICATION *event = &events[i];
        reloc.total += padded(sizeof *event);
        /* The rows of a table event are followed through one pointer: at the place where they lie. */
        SPropValue **values = event->ulEventType == fnevTableModified ? &event->info.tab.row.lpProps
                              : event->ulEventType == fnevStatusObjectModified
                                  ? &event->info.statobj.lpPropVals
                                  : NULL;
        SPropValue *here = values != NULL ? *values : NULL;
        if (here != NULL && !reloc.at_old)
            here = (SPropValue *)(reloc.to + ((BYTE *)here - reloc.from));
        if (values != NULL && here != NULL) {
            ULONG n = event->ulEventType == fnevTableModified ? event->info.tab.row.cValues
                                                              : event->info.statobj.cValues;
            SPropValue *was = *values;
            SCODE sc = visit_values(n, here, reloc_part, &reloc);
            if (sc != S_OK)
                return sc;
            *values = NULL;
            sc = visit_notification(event, reloc_part, &reloc);
            *values = (SPropValue *)(reloc.to + ((BYTE *)was - reloc.from));
            if (sc != S_OK)
                return sc;
        } else {
            SCODE sc = visit_notification(event, reloc_part, &reloc);
            if (sc != S_OK)
                return sc;
        }
    }
    if (size != NULL)
        *size = reloc.total;
    return S_OK;
}
