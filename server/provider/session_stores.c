/*
 * session_stores.c: the message store table, OpenMsgStore and SetDefaultStore.
 *
 * Layer: provider, session part. The table's rows are the store providers of the profile; they are made at
 * logon and again when the profile's services change, and tables that are open are told.
 */
#include <stdlib.h>
#include <string.h>
#include "entryid.h"
#include "mapi_exchange.h"
#include "profile.h"
#include "profile_tags.h"
#include "session.h"
#include "text.h"

enum {
    COL_INSTANCE_KEY,
    COL_DISPLAY_NAME,
    COL_ENTRYID,
    COL_RECORD_KEY,
    COL_DEFAULT_STORE,
    COL_RESOURCE_FLAGS,
    COL_RESOURCE_TYPE,
    COL_OBJECT_TYPE,
    COL_MDB_PROVIDER,
    COL_PROVIDER_DISPLAY,
    COL_PROVIDER_DLL,
    COL_STORE_ENTRYID,
    COL_PROVIDER_UID,
    COL_SERVICE_UID,
    COL_STORE_RECORD_KEY,
    COL_ROWID,
    COL_COUNT
};

static const SizedSPropTagArray(COL_COUNT, store_columns) = {
    COL_COUNT,
    {PR_INSTANCE_KEY, PR_DISPLAY_NAME_W, PR_ENTRYID, PR_RECORD_KEY, PR_DEFAULT_STORE, PR_RESOURCE_FLAGS,
     PR_RESOURCE_TYPE, PR_OBJECT_TYPE, PR_MDB_PROVIDER, PR_PROVIDER_DISPLAY_W, PR_PROVIDER_DLL_NAME_W,
     PR_STORE_ENTRYID, PR_PROVIDER_UID, PR_SERVICE_UID, PR_STORE_RECORD_KEY, PR_ROWID}};

static void set_binary(SPropValue *value, const void *bytes, ULONG cb)
{
    value->Value.bin.cb = cb;
    value->Value.bin.lpb = (BYTE *)bytes;
}

/* The row of one store provider. */
static HRESULT store_row(struct session *session, const struct dir_section *section, ULONG number,
                         struct propbag *props, SPropValue *row, void *base)
{
    static WCHAR dll_name[] = L"mapilocal.dll";
    struct mailbox_info *info = NULL;
    SBinary id = {0, NULL};
    const WCHAR *dn = propbag_string(props, PR_PROFILE_MAILBOX_W);
    LONG flags = propbag_long(props, PR_RESOURCE_FLAGS, 0);
    HRESULT hr = dn != NULL ? directory_mailbox_find(session, dn, &info) : MAPI_E_NOT_FOUND;
    if (hr != S_OK)
        return hr;
    bool own = session->user_id != 0 && IsEqualGUID(&info->guid, &session->user->guid);
    memset(row, 0, COL_COUNT * sizeof *row);
    for (ULONG i = 0; i < COL_COUNT; i++)
        row[i].ulPropTag = store_columns.aulPropTag[i];
    hr = entryid_store(&info->guid, own ? OPENSTORE_HOME_LOGON | OPENSTORE_TAKE_OWNERSHIP : 0, base, &id);
    if (hr == S_OK)
        hr = MAPIAllocateMore(sizeof(GUID), base, (void **)&row[COL_RECORD_KEY].Value.bin.lpb);
    if (hr == S_OK) {
        memcpy(row[COL_RECORD_KEY].Value.bin.lpb, &info->guid, sizeof(GUID));
        row[COL_RECORD_KEY].Value.bin.cb = sizeof(GUID);
        row[COL_STORE_RECORD_KEY].Value = row[COL_RECORD_KEY].Value;
        row[COL_ENTRYID].Value.bin = row[COL_STORE_ENTRYID].Value.bin = id;
        const WCHAR *given = own ? NULL : propbag_string(props, PR_DISPLAY_NAME_W);
        WCHAR name[STORE_NAME_SIZE];
        directory_store_name(info->display_name, name);
        hr = session_text_out(given != NULL ? given : name, MAPI_UNICODE, base, &row[COL_DISPLAY_NAME].Value.lpszW);
    }
    set_binary(&row[COL_INSTANCE_KEY], &section->uid, sizeof section->uid);
    set_binary(&row[COL_PROVIDER_UID], &section->uid, sizeof section->uid);
    set_binary(&row[COL_SERVICE_UID], &section->service, sizeof section->service);
    set_binary(&row[COL_MDB_PROVIDER], &provider_uid, sizeof provider_uid);
    row[COL_DEFAULT_STORE].Value.b = (flags & STATUS_DEFAULT_STORE) != 0;
    row[COL_RESOURCE_FLAGS].Value.l = flags;
    row[COL_RESOURCE_TYPE].Value.l = MAPI_STORE_PROVIDER;
    row[COL_OBJECT_TYPE].Value.l = MAPI_STORE;
    row[COL_PROVIDER_DISPLAY].Value.lpszW = L"Microsoft Exchange Message Store";
    row[COL_PROVIDER_DLL].Value.lpszW = dll_name;
    row[COL_ROWID].Value.l = (LONG)number + 1;
    mailbox_info_free(info);
    return hr;
}

/* Puts a row in the place that it has, or takes the row that is there for it. */
static HRESULT row_put(struct memory_data *data, ULONG place, const SPropValue *row, bool notify)
{
    ULONG have;
    if (!memory_data_find(data, &row[COL_INSTANCE_KEY], &have))
        return memory_data_insert(data, place, COL_COUNT, row, notify);
    ULONG count;
    SPropValue *old;
    HRESULT hr = memory_data_row(data, have, &count, &old);
    bool same = hr == S_OK && count == COL_COUNT;
    for (ULONG i = 0; i < COL_COUNT && same; i++)
        same = i == COL_ROWID || propvalue_compare(&old[i], &row[i]) == 0;
    MAPIFreeBuffer(old);
    return same ? S_OK : memory_data_replace(data, have, COL_COUNT, row, notify);
}

HRESULT session_stores_load(struct session *session)
{
    struct dir_section *sections = NULL;
    ULONG count = 0, kept = 0;
    void *base = NULL;
    HRESULT hr =
        directory_sections(session->dir, session->profile, DIR_SECTION_PROVIDER, NULL, &sections, &count);
    if (hr == S_OK)
        hr = MAPIAllocateBuffer(1, &base);
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        struct propbag *props = NULL;
        SPropValue row[COL_COUNT];
        hr = directory_section_load(session->dir, session->profile, &sections[i].uid, &props);
        if (hr == S_OK && propbag_long(props, PR_RESOURCE_TYPE, 0) == MAPI_STORE_PROVIDER) {
            hr = store_row(session, &sections[i], kept, props, row, base);
            if (hr == S_OK)
                hr = row_put(session->stores, kept++, row, true);
            else if (hr == MAPI_E_NOT_FOUND) { /* a mailbox that is not there (any more): no row */
                memset(&sections[i].uid, 0, sizeof sections[i].uid);
                hr = S_OK;
            }
        }
        propbag_free(props);
    }
    /* Rows whose provider has gone. */
    for (ULONG i = memory_data_count(session->stores); i-- > 0 && hr == S_OK;) {
        ULONG values, j = 0;
        SPropValue *row;
        if ((hr = memory_data_row(session->stores, i, &values, &row)) != S_OK)
            break;
        while (j < count &&
               memcmp(row[COL_INSTANCE_KEY].Value.bin.lpb, &sections[j].uid, sizeof(MAPIUID)) != 0)
            j++;
        MAPIFreeBuffer(row);
        if (j == count)
            memory_data_remove(session->stores, i, true);
    }
    MAPIFreeBuffer(base);
    free(sections);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_GetMsgStoresTable(IMAPISession *self, ULONG flags, LPMAPITABLE *out)
{
    struct session *session = (struct session *)self;
    struct table_source *source;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    /* Another process may have changed the profile since. */
    if ((hr = session_stores_load(session)) == S_OK &&
        (hr = memory_data_source(session->stores, &source)) == S_OK)
        hr = table_create(&session->base, source, (const SPropTagArray *)&store_columns, flags, out);
    object_leave(&session->base);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_OpenMsgStore(IMAPISession *self, ULONG_PTR ui, ULONG cb, LPENTRYID id,
                                               LPCIID iid, ULONG flags, LPMDB *out)
{
    static const ULONG known = MDB_NO_DIALOG | MDB_WRITE | MAPI_DEFERRED_ERRORS | MAPI_BEST_ACCESS |
                               MDB_TEMPORARY | MDB_NO_MAIL | MDB_ONLINE | MAPI_UNICODE;
    struct session *session = (struct session *)self;
    (void)ui;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (id == NULL || cb == 0)
        return MAPI_E_INVALID_ENTRYID;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = store_open(session, cb, id, iid, flags, out);
    object_leave(&session->base);
    return hr;
}

/* ---- the default store ---- */

/* The flag of each request, and whether it goes into the profile. */
static LONG request_flag(ULONG request, bool *persistent)
{
    *persistent = request != MAPI_SIMPLE_STORE_TEMPORARY;
    switch (request) {
    case MAPI_DEFAULT_STORE:
        return STATUS_DEFAULT_STORE;
    case MAPI_PRIMARY_STORE:
        return STATUS_PRIMARY_STORE;
    case MAPI_SECONDARY_STORE:
        return STATUS_SECONDARY_STORE;
    case MAPI_SIMPLE_STORE_PERMANENT:
    case MAPI_SIMPLE_STORE_TEMPORARY:
        return STATUS_SIMPLE_STORE;
    default:
        return 0;
    }
}

static HRESULT provider_flag_set(struct session *session, const MAPIUID *uid, LONG set, LONG clear)
{
    struct propbag *props = NULL;
    HRESULT hr = directory_section_load(session->dir, session->profile, uid, &props);
    if (hr == S_OK) {
        LONG flags = propbag_long(props, PR_RESOURCE_FLAGS, 0);
        if ((hr = propbag_set_long(props, PR_RESOURCE_FLAGS, (flags & ~clear) | set)) == S_OK)
            hr = directory_section_save(session->dir, session->profile, uid, props);
    }
    propbag_free(props);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_SetDefaultStore(IMAPISession *self, ULONG flags, ULONG cb, LPENTRYID id)
{
    struct session *session = (struct session *)self;
    bool persistent, found = false;
    LONG flag = request_flag(flags, &persistent);
    if (flag == 0)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    for (int pass = 0; pass < 2 && hr == S_OK; pass++) { /* first: is there such a store? */
        for (ULONG i = 0; hr == S_OK && i < memory_data_count(session->stores); i++) {
            ULONG count;
            SPropValue *row;
            if ((hr = memory_data_row(session->stores, i, &count, &row)) != S_OK)
                break;
            bool chosen = id != NULL && entryid_equal(row[COL_ENTRYID].Value.bin.cb,
                                                      (ENTRYID *)row[COL_ENTRYID].Value.bin.lpb, cb, id);
            LONG old = row[COL_RESOURCE_FLAGS].Value.l, now = chosen ? old | flag : old & ~flag;
            found |= chosen;
            if (pass == 1 && now != old) {
                row[COL_RESOURCE_FLAGS].Value.l = now;
                row[COL_DEFAULT_STORE].Value.b = (now & STATUS_DEFAULT_STORE) != 0;
                if (persistent)
                    hr = provider_flag_set(session, (const MAPIUID *)row[COL_INSTANCE_KEY].Value.bin.lpb,
                                           chosen ? flag : 0, chosen ? 0 : flag);
                if (hr == S_OK)
                    hr = memory_data_replace(session->stores, i, count, row, true);
            }
            MAPIFreeBuffer(row);
        }
        if (hr == S_OK && id != NULL && !found)
            hr = MAPI_E_NOT_FOUND;
    }
    object_leave(&session->base);
    return hr;
}
