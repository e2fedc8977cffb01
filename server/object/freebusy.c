/*
 * freebusy.c: GetFreeBusy.
 *
 * Layer: server/object.
 */
#include "freebusy.h"

#include "collection.h"
#include "mailbox.h"
#include "mapi_calendar.h"
#include "mapi_mailboxes.h"
#include "mapi_prop.h"
#include "object_util.h"
#include "session.h"
#include <stdlib.h>

#define MAX_SLOTS 100000

HRESULT freebusy_read_range(struct auto_object *object, const VARIANT *start, const VARIANT *end,
                            const VARIANT *interval, struct freebusy_range *range)
{
    DATE from = 0, to = 0;
    LONGLONG slots;

    if (FAILED(variant_get_date(start, 0, &from)) || FAILED(variant_get_date(end, 0, &to)) || to <= from ||
        !mapi_calendar_from_date(from, &range->start) || !mapi_calendar_from_date(to, &range->end))
        return auto_fail(object, MAPI_E_INVALID_PARAMETER, L"StartTime and EndTime must be dates, the second one later");
    if (FAILED(variant_get_long(interval, 0, &range->interval)) || range->interval < 1)
        return auto_fail(object, MAPI_E_INVALID_PARAMETER, L"Interval must be a number of minutes from 1");
    slots = (range->end - range->start + range->interval - 1) / range->interval;
    if (slots > MAX_SLOTS)
        return auto_fail(object, MAPI_E_TOO_BIG, L"the range has more than %d intervals", MAX_SLOTS);
    range->slots = (LONG)slots;
    return S_OK;
}

HRESULT freebusy_begin(const struct freebusy_range *range, BSTR *digits)
{
    *digits = SysAllocStringLen(NULL, (UINT)range->slots);
    if (!*digits)
        return E_OUTOFMEMORY;
    for (LONG i = 0; i < range->slots; i++)
        (*digits)[i] = '0' + CdoFree;
    return S_OK;
}

/* ---- whose calendar ---------------------------------------------------------------------------------------------------- */

static bool is_own(IAddrBook *book, struct mapi_session *session, const SBinary *id)
{
    SBinary own = {0};
    ULONG same = FALSE;

    if (SUCCEEDED(session->session->lpVtbl->QueryIdentity(session->session, &own.cb, (ENTRYID **)&own.lpb)) && own.cb)
        book->lpVtbl->CompareEntryIDs(book, id->cb, (ENTRYID *)id->lpb, own.cb, (ENTRYID *)own.lpb, 0, &same);
    mapi_free(own.lpb);
    return same;
}

static HRESULT open_as(struct mapi_session *session, IMsgStore *own, const WCHAR *dn, bool admin, struct mapi_store **out)
{
    SBinary id = {0};
    HRESULT hr = mapi_mailbox_store_id(session, own, dn, admin, &id);

    if (SUCCEEDED(hr))
        hr = mapi_store_open(session, &id, MDB_NO_MAIL | MDB_TEMPORARY, admin, out);
    mapi_free(id.lpb);
    return hr;
}

/* The store of another user's mailbox, by the DN of the address entry: as the user that it is, then as an administrator. */
static HRESULT open_mailbox(struct auto_object *object, struct mapi_session *session, IAddrBook *book, struct mapi_store *own,
                            const SBinary *id, struct mapi_store **out)
{
    SPropValue *dn = NULL, *name = NULL;
    IMAPIProp *entry = NULL;
    IMsgStore *mdb = NULL;
    ULONG type = 0;
    HRESULT hr = book->lpVtbl->OpenEntry(book, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type, (IUnknown **)&entry);

    if (SUCCEEDED(hr))
        hr = mapi_prop_get(entry, PR_EMAIL_ADDRESS_W, &dn);
    if (SUCCEEDED(hr))
        mapi_prop_get(entry, PR_DISPLAY_NAME_W, &name);
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(own, &mdb);
    if (SUCCEEDED(hr))
        hr = open_as(session, mdb, mapi_prop_text(dn, 1, PR_EMAIL_ADDRESS_W), false, out);
    if (hr == MAPI_E_NO_ACCESS && mdb) {
        hr = open_as(session, mdb, mapi_prop_text(dn, 1, PR_EMAIL_ADDRESS_W), true, out);
        if (SUCCEEDED(hr)) /* nobody asked for these rights: where there are none, that is no event */
            mailbox_note_admin(&session_of(object)->base, mapi_prop_text(name, 1, PR_DISPLAY_NAME_W),
                               mapi_prop_text(dn, 1, PR_EMAIL_ADDRESS_W), hr);
    }
    mapi_free(dn);
    mapi_free(name);
    if (entry)
        entry->lpVtbl->Release(entry);
    return hr;
}

static HRESULT open_calendar(struct auto_object *object, const SBinary *id, struct mapi_store **store,
                             IMAPIFolder **calendar)
{
    struct mapi_session *session = NULL;
    struct mapi_store *own = NULL;
    IAddrBook *book = NULL;
    IMsgStore *mdb = NULL;
    HRESULT hr = collection_session(object, &session);

    if (SUCCEEDED(hr))
        hr = collection_address_book(object, &book);
    if (SUCCEEDED(hr))
        hr = mapi_store_open_default(session, &own);
    if (SUCCEEDED(hr) && is_own(book, session, id)) {
        *store = own;
        own = NULL;
    } else if (SUCCEEDED(hr)) {
        hr = open_mailbox(object, session, book, own, id, store);
    }
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(*store, &mdb);
    if (SUCCEEDED(hr))
        hr = mapi_calendar_open(mdb, calendar);
    mapi_store_release(own);
    if (FAILED(hr))
        hr = auto_fail(object, hr, L"the calendar of this user cannot be opened");
    return hr;
}

/* ---- the digits ---------------------------------------------------------------------------------------------------------- */

struct marking {
    const struct freebusy_range *range;
    BSTR digits;
};

static void mark(void *context, const struct mapi_calendar_time *time)
{
    struct marking *marking = context;
    const struct freebusy_range *range = marking->range;
    LONGLONG first = time->start > range->start ? (time->start - range->start) / range->interval : 0;
    LONG busy = time->busy_status;

    if (busy < CdoFree || busy > CdoOutOfOffice) /* "working elsewhere" of later Outlooks is free time */
        return;
    for (LONGLONG i = first; i < range->slots && range->start + i * range->interval < time->end; i++)
        if (marking->digits[i] < '0' + busy)
            marking->digits[i] = (WCHAR)('0' + busy);
}

HRESULT freebusy_add(struct auto_object *object, const SBinary *entry_id, const struct freebusy_range *range, BSTR digits)
{
    struct marking marking = {range, digits};
    struct mapi_store *store = NULL;
    IMAPIFolder *calendar = NULL;
    HRESULT hr = open_calendar(object, entry_id, &store, &calendar);

    if (SUCCEEDED(hr))
        hr = mapi_calendar_walk(calendar, range->start, range->end, mark, &marking);
    if (calendar)
        calendar->lpVtbl->Release(calendar);
    mapi_store_release(store);
    return hr;
}

HRESULT freebusy_get(struct auto_object *object, const SBinary *entry_id, const VARIANT *start, const VARIANT *end,
                     const VARIANT *interval, BSTR *value)
{
    struct freebusy_range range;
    HRESULT hr = freebusy_read_range(object, start, end, interval, &range);

    *value = NULL;
    if (SUCCEEDED(hr) && !entry_id->cb)
        hr = auto_fail(object, MAPI_E_AMBIGUOUS_RECIP, L"the recipient is not resolved. Call Resolve first.");
    if (SUCCEEDED(hr))
        hr = freebusy_begin(&range, value);
    if (SUCCEEDED(hr))
        hr = freebusy_add(object, entry_id, &range, *value);
    if (FAILED(hr)) {
        SysFreeString(*value);
        *value = NULL;
    }
    return hr;
}
