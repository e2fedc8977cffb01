/*
 * mapi_admin_id.c: whether a store's entry id carries an administrator's rights.
 *
 * Layer: MAPI client.
 */
#include "mapi_admin_id.h"
#include "mapi_mailboxes.h"
#include "mapi_prop.h"
#include "mapi_store.h"

#include <stdlib.h>
#include <string.h>

#define ID_HEAD (4 + sizeof(MAPIUID)) /* the flags that every id begins with, and its provider */

/* muidStoreWrap: MAPI's own ids, around those of a provider that they name by its DLL. */
static const MAPIUID store_wrap = {
    {0x38, 0xA1, 0xBB, 0x10, 0x05, 0xE5, 0x10, 0x1A, 0xA1, 0xBB, 0x08, 0x00, 0x2B, 0x2A, 0x56, 0xC2}};

struct mapi_admin_mark {
    BYTE bit;     /* 0: no id has such rights */
    ULONG offset; /* of the byte with the bit */
    BYTE head[];  /* of the ids, up to that byte */
};

void mapi_admin_mark_free(struct mapi_admin_mark *mark)
{
    free(mark);
}

/* What differs between the two ids of one mailbox. */
static struct mapi_admin_mark *compare(const SBinary *plain, const SBinary *admin)
{
    struct mapi_admin_mark *mark = calloc(1, sizeof *mark + plain->cb);
    ULONG count = 0;

    if (!mark || plain->cb != admin->cb)
        return mark;
    for (ULONG i = ID_HEAD; i < plain->cb; i++)
        if (plain->lpb[i] != admin->lpb[i]) {
            mark->offset = i;
            count++;
        }
    if (count == 1) {
        memcpy(mark->head, plain->lpb, mark->offset);
        mark->bit = admin->lpb[mark->offset] & ~plain->lpb[mark->offset];
    }
    return mark;
}

/* The distinguished name of the session's user, freed with mapi_free. */
static HRESULT own_entry(struct mapi_session *session, SPropValue **dn)
{
    SBinary id = {0, NULL};
    IMAPIProp *entry = NULL;
    IAddrBook *book;
    ULONG type;
    HRESULT hr = session->session->lpVtbl->QueryIdentity(session->session, &id.cb, (ENTRYID **)&id.lpb);

    *dn = NULL;
    if (SUCCEEDED(hr) && !id.cb)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = mapi_session_address_book(session, &book);
    if (SUCCEEDED(hr))
        hr = book->lpVtbl->OpenEntry(book, id.cb, (ENTRYID *)id.lpb, NULL, 0, &type, (IUnknown **)&entry);
    if (SUCCEEDED(hr)) {
        hr = mapi_prop_get(entry, PR_EMAIL_ADDRESS_W, dn);
        entry->lpVtbl->Release(entry);
    }
    mapi_free(id.lpb);
    return hr;
}

/* Makes both ids of the user's own mailbox. NULL when it may go better the next time. */
static struct mapi_admin_mark *learn(struct mapi_session *session)
{
    SBinary plain = {0, NULL}, admin = {0, NULL};
    struct mapi_admin_mark *mark = NULL;
    struct mapi_store *store = NULL;
    SPropValue *dn = NULL;
    IMsgStore *mdb;
    HRESULT hr = mapi_store_open_default(session, &store);

    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(store, &mdb);
    if (SUCCEEDED(hr))
        hr = own_entry(session, &dn);
    if (SUCCEEDED(hr))
        hr = mapi_mailbox_store_id(session, mdb, mapi_prop_text(dn, 1, PR_EMAIL_ADDRESS_W), false, &plain);
    if (SUCCEEDED(hr))
        hr = mapi_mailbox_store_id(session, mdb, mapi_prop_text(dn, 1, PR_EMAIL_ADDRESS_W), true, &admin);
    if (SUCCEEDED(hr))
        mark = compare(&plain, &admin);
    else if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_NO_SUPPORT) /* no store, user or mailboxes of that kind */
        mark = calloc(1, sizeof *mark);
    mapi_free(plain.lpb);
    mapi_free(admin.lpb);
    mapi_free(dn);
    mapi_store_release(store);
    return mark;
}

static bool in_profile(struct mapi_session *session, const SBinary *id)
{
    struct mapi_store_list *list = NULL;
    bool found = false;

    if (FAILED(mapi_session_stores(session, &list)))
        return false;
    for (ULONG i = 0; i < list->count && !found; i++)
        found = list->rows[i].id.cb == id->cb && !memcmp(list->rows[i].id.lpb, id->lpb, id->cb);
    mapi_session_free_stores(list);
    return found;
}

bool mapi_admin_id(struct mapi_session *session, const SBinary *id)
{
    const struct mapi_admin_mark *mark = session->admin_mark;
    ULONG same;

    if (id->cb <= ID_HEAD || (!mark && in_profile(session, id)))
        return false;
    if (!mark)
        mark = session->admin_mark = learn(session);
    if (!mark || !mark->bit || id->cb <= mark->offset || !(id->lpb[mark->offset] & mark->bit))
        return false;
    /* A provider's own ids are known by its id; wrapped ones only by the whole of what stands before the flags. */
    same = memcmp(mark->head + 4, &store_wrap, sizeof store_wrap) ? ID_HEAD : mark->offset;
    return !memcmp(mark->head + 4, id->lpb + 4, same - 4);
}
