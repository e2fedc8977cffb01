/*
 * freebusy.h: GetFreeBusy: the free and busy time of a user, read from the calendar.
 *
 * Layer: server/object. The answer has one digit of CdoBusyStatus per interval, the busiest state in it. Limits: the
 * calendar is read itself, so the caller needs access to it: one's own, or that of a mailbox that one may open.
 */
#ifndef FREEBUSY_H
#define FREEBUSY_H

#include "auto.h"
#include "mapi_loader.h"

struct freebusy_range {
    LONGLONG start, end; /* minutes since 1601, local time */
    LONG interval;       /* minutes */
    LONG slots;          /* intervals in the range */
};

/* Reads the three arguments; failures are explained as those of object. */
HRESULT freebusy_read_range(struct auto_object *object, const VARIANT *start, const VARIANT *end,
                            const VARIANT *interval, struct freebusy_range *range);
/* A text of '0's, one for each interval. */
HRESULT freebusy_begin(const struct freebusy_range *range, BSTR *digits);
/* Raises the digits by the calendar of an address entry. */
HRESULT freebusy_add(struct auto_object *object, const SBinary *entry_id, const struct freebusy_range *range,
                     BSTR digits);
/* All of it. */
HRESULT freebusy_get(struct auto_object *object, const SBinary *entry_id, const VARIANT *start, const VARIANT *end,
                     const VARIANT *interval, BSTR *value);

#endif
