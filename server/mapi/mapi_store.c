/*
 * mapi_store.c: the open stores of a session, and the store logon slots of the process.
 *
 * Layer: MAPI client.
 */
#include "mapi_store.h"

#include <stdlib.h>
#include <string.h>

#define SLOT_LIMIT 255

static volatile LONG slots_used, slots_limit = SLOT_LIMIT, slots_max = MAXLONG;
static volatile LONG64 use_count;
static ULONG_PTR (*running_call)(void);
static bool (*others_park)(void);

void mapi_store_set_calls(ULONG_PTR (*running)(void))
{
    running_call = running;
}

void mapi_store_set_others(bool (*park)(void))
{
    others_park = park;
}

LONG mapi_slots_used(void)
{
    return slots_used;
}

LONG mapi_slots_limit(void)
{
    return slots_limit;
}

void mapi_slots_set_max(LONG max)
{
    slots_max = max;
    if (slots_limit > max)
        slots_limit = max;
}

bool mapi_slots_full(HRESULT hr)
{
    return (hr == MAPI_E_FAILONEPROVIDER || hr == MAPI_E_CALL_FAILED) && (slots_used > 0 || slots_max <= 0);
}

/* Takes a slot; false when the process has as many logons as it may have. */
static bool take_slot(void)
{
    LONG used = slots_used, seen;

    while (used < slots_max) {
        if ((seen = InterlockedCompareExchange(&slots_used, used + 1, used)) == used)
            return true;
        used = seen;
    }
    return false;
}

/* Asks MAPI for a logon, unless the process has as many as it may have. *others: the slots in use beside it. */
static HRESULT try_logon(struct mapi_store *store, LONG *others)
{
    HRESULT hr;

    *others = slots_used;
    if (!take_slot())
        return MAPI_E_FAILONEPROVIDER;
    hr = mapi_session_open_store(store->session, &store->id, store->flags, &store->mdb);
    if (FAILED(hr))
        *others = InterlockedDecrement(&slots_used);
    return hr;
}

/*
 * Opens the logon of a store; when the process is full, parks unused ones until it works or none is left. A slot that another
 * thread has given back meanwhile (a session that ends) is as good as a parked one.
 */
static HRESULT open_logon(struct mapi_store *store)
{
    LONG others;
    HRESULT hr = try_logon(store, &others);

    while (mapi_slots_full(hr)) {
        slots_limit = others;
        if (!mapi_store_park_oldest(store->session, false) && !(others_park && others_park()) && slots_used >= others)
            break;
        hr = try_logon(store, &others);
    }
    if (SUCCEEDED(hr)) {
        LONG used = slots_used;
        if (used > slots_limit)
            slots_limit = used;
        mapi_store_touch(store);
    }
    return hr;
}

static void close_logon(struct mapi_store *store)
{
    if (!store->mdb)
        return;
    mapi_store_close(store->mdb);
    store->mdb = NULL;
    InterlockedDecrement(&slots_used);
}

static struct mapi_store *find_store(struct mapi_session *session, const SBinary *id, bool admin)
{
    struct mapi_store *store;

    for (store = session->stores; store; store = store->next)
        if (store->id.cb == id->cb && !memcmp(store->id.lpb, id->lpb, id->cb))
            return store;
    for (store = session->stores; store; store = store->next) { /* ids of one object may differ: ask the provider */
        ULONG same = FALSE;
        if (store->admin == admin &&
            SUCCEEDED(session->session->lpVtbl->CompareEntryIDs(session->session, store->id.cb,
                                                                (ENTRYID *)store->id.lpb, id->cb, (ENTRYID *)id->lpb,
                                                                0, &same)) &&
            same)
            return store;
    }
    return NULL;
}

HRESULT mapi_store_open(struct mapi_session *session, const SBinary *id, ULONG flags, bool admin, struct mapi_store **out)
{
    struct mapi_store *store = find_store(session, id, admin);
    HRESULT hr;

    *out = NULL;
    if (store) {
        store->refs++;
        *out = store;
        return S_OK;
    }
    store = calloc(1, sizeof *store + id->cb);
    if (!store)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    store->session = session;
    store->refs = 1;
    store->flags = flags;
    store->admin = admin;
    store->id.cb = id->cb;
    store->id.lpb = (BYTE *)(store + 1);
    memcpy(store->id.lpb, id->lpb, id->cb);
    hr = open_logon(store);
    if (FAILED(hr)) {
        free(store);
        return hr;
    }
    store->next = session->stores;
    session->stores = store;
    *out = store;
    return S_OK;
}

HRESULT mapi_store_open_default(struct mapi_session *session, struct mapi_store **out)
{
    struct mapi_store_list *list = NULL;
    HRESULT hr = S_OK;

    *out = NULL;
    if (!session->default_store) {
        hr = mapi_session_stores(session, &list);
        for (ULONG i = 0; SUCCEEDED(hr) && i < list->count && !session->default_store; i++)
            if (list->rows[i].is_default)
                hr = mapi_store_open(session, &list->rows[i].id, 0, false, &session->default_store);
        mapi_session_free_stores(list);
        if (SUCCEEDED(hr) && !session->default_store)
            hr = MAPI_E_NOT_FOUND;
    }
    if (FAILED(hr))
        return hr;
    mapi_store_addref(session->default_store);
    *out = session->default_store;
    return S_OK;
}

void mapi_store_addref(struct mapi_store *store)
{
    store->refs++;
}

void mapi_store_release(struct mapi_store *store)
{
    struct mapi_store **link;

    if (!store || --store->refs)
        return;
    for (link = &store->session->stores; *link; link = &(*link)->next)
        if (*link == store) {
            *link = store->next;
            break;
        }
    close_logon(store);
    mapi_names_free(&store->names);
    free(store);
}

HRESULT mapi_store_mdb(struct mapi_store *store, IMsgStore **out)
{
    HRESULT hr = store->mdb ? S_OK : open_logon(store);

    mapi_store_touch(store);
    *out = SUCCEEDED(hr) ? store->mdb : NULL;
    return hr;
}

/* ---- parking ------------------------------------------------------------------------------------------------------- */

void mapi_store_touch(struct mapi_store *store)
{
    store->used = (ULONGLONG)InterlockedIncrement64(&use_count);
    store->call = running_call ? running_call() : 1;
}

void mapi_store_pin(struct mapi_store *store, struct mapi_pin *pin, bool (*let_go)(struct mapi_pin *pin, bool really))
{
    pin->let_go = let_go;
    pin->newer = NULL;
    pin->older = store->newest;
    if (store->newest)
        store->newest->newer = pin;
    store->newest = pin;
}

void mapi_store_unpin(struct mapi_store *store, struct mapi_pin *pin)
{
    if (pin->newer)
        pin->newer->older = pin->older;
    else
        store->newest = pin->older;
    if (pin->older)
        pin->older->newer = pin->newer;
    pin->older = pin->newer = NULL;
}

void mapi_store_trim(struct mapi_store *store, bool (*kind)(struct mapi_pin *pin, bool really), ULONG most)
{
    struct mapi_pin *older;
    ULONG count = 0;

    for (struct mapi_pin *pin = store->newest; pin; pin = older) {
        older = pin->older;
        if (pin->let_go == kind && ++count >= most && kind(pin, false))
            kind(pin, true);
    }
}

static bool can_park(const struct mapi_store *store)
{
    if (!store->mdb || store->call == (running_call ? running_call() : 1))
        return false;
    for (struct mapi_pin *pin = store->newest; pin; pin = pin->older)
        if (!pin->let_go || !pin->let_go(pin, false))
            return false;
    return true;
}

bool mapi_store_park(struct mapi_store *store)
{
    if (!can_park(store))
        return false;
    while (store->newest)
        store->newest->let_go(store->newest, true);
    close_logon(store);
    return true;
}

/* A store of the profile itself has no flags. */
static bool goes_before(const struct mapi_store *a, const struct mapi_store *b)
{
    return !b || (a->flags && !b->flags) || (!a->flags == !b->flags && a->used < b->used);
}

bool mapi_store_park_oldest(struct mapi_session *session, bool for_others)
{
    struct mapi_store *oldest = NULL;

    for (struct mapi_store *store = session->stores; store; store = store->next)
        if ((for_others || store != session->default_store) && goes_before(store, oldest) && can_park(store))
            oldest = store;
    return oldest && mapi_store_park(oldest);
}

HRESULT mapi_store_open_entry(struct mapi_store *store, const SBinary *id, ULONG *type, IUnknown **out)
{
    ULONG own_type = 0;
    IMsgStore *mdb;
    HRESULT hr = mapi_store_mdb(store, &mdb);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mdb->lpVtbl->OpenEntry(mdb, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_BEST_ACCESS, &own_type, out);
    if (FAILED(hr))
        *out = NULL;
    if (type)
        *type = own_type;
    return FAILED(hr) ? hr : S_OK;
}
