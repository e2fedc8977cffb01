/*
 * store_manage.c: IExchangeManageStore to …5 and …Ex: ids of other mailboxes, rights, and the mailbox table.
 *
 * Layer: provider, store part. Both interfaces are second faces of the store object. There are no public folders:
 * their tables answer as an Exchange server without a public folder database.
 */
#include "store_manage.h"
#include "bytebuf.h"
#include "store.h"
#include "table.h"
#include <stdlib.h>
#include <string.h>

#define MANAGE_FLAGS \
    (OPENSTORE_USE_ADMIN_PRIVILEGE | OPENSTORE_PUBLIC | OPENSTORE_HOME_LOGON | OPENSTORE_TAKE_OWNERSHIP | \
     OPENSTORE_OVERRIDE_HOME_MDB | 0x20 /* OPENSTORE_TRANSPORT */ | 0x40 /* …REMOTE_TRANSPORT */)

static struct store *store_of(IExchangeManageStore5 *self)
{
    return CONTAINING_RECORD(self, struct store, manage_vtbl);
}

static struct store *store_of_ex(IExchangeManageStoreEx *self)
{
    return CONTAINING_RECORD(self, struct store, manage_ex_vtbl);
}

/* ---- CreateStoreEntryID ---- */

static HRESULT new_entryid(const SBinary *from, ULONG *cb, ENTRYID **out)
{
    if (MAPIAllocateBuffer(from->cb, (void **)out))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(*out, from->lpb, from->cb);
    *cb = from->cb;
    return S_OK;
}

/* name: a DN, alias or SMTP address; NULL or empty: the session's own mailbox. */
static HRESULT create_entryid(struct store *store, const WCHAR *name, ULONG flags, ULONG *cb, ENTRYID **out)
{
    struct session *session = store->prop.base.session;
    struct mailbox_info *found = NULL;
    const struct mailbox_info *info = NULL;
    SBinary id;
    void *base;
    HRESULT hr = S_OK;
    if (flags & OPENSTORE_PUBLIC)
        return MAPI_E_NOT_FOUND; /* no public store */
    if (name && *name) {
        hr = directory_mailbox_find(session, name, &found);
        info = found;
    } else {
        info = session_user(session);
        hr = info ? S_OK : MAPI_E_NOT_FOUND;
    }
    if (FAILED(hr))
        return hr;
    if (MAPIAllocateBuffer(1, &base)) {
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    } else {
        hr = entryid_store(&info->guid, flags, base, &id);
        if (SUCCEEDED(hr))
            hr = new_entryid(&id, cb, out);
        MAPIFreeBuffer(base);
    }
    mailbox_info_free(found);
    return hr;
}

static HRESULT STDMETHODCALLTYPE manage_CreateStoreEntryID(IExchangeManageStore5 *self, LPSTR store_dn, LPSTR mailbox_dn,
                                                           ULONG flags, ULONG *cb, LPENTRYID *out)
{
    struct store *store = store_of(self);
    WCHAR *name = NULL;
    if (cb)
        *cb = 0;
    if (out)
        *out = NULL;
    if (!cb || !out || !store_dn)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MANAGE_FLAGS)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = text_from_param(mailbox_dn, 0, &name);
    if (SUCCEEDED(hr))
        hr = create_entryid(store, name, flags, cb, out);
    free(name);
    object_leave(&store->prop.base);
    return hr;
}

/* ---- source keys and rights ---- */

static HRESULT STDMETHODCALLTYPE manage_EntryIDFromSourceKey(IExchangeManageStore5 *self, ULONG cb_folder, BYTE *folder_key,
                                                             ULONG cb_message, BYTE *message_key, ULONG *cb, LPENTRYID *out)
{
    struct store *store = store_of(self);
    struct mbx_folder info;
    uint64_t version;
    mbx_id folder, message = 0, in;
    SBinary id;
    GUID guid;
    void *base;
    if (cb)
        *cb = 0;
    if (out)
        *out = NULL;
    if (!cb || !out || !cb_folder || !folder_key || (cb_message && !message_key))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = sourcekey_parse(cb_folder, folder_key, &guid, &folder);
    if (SUCCEEDED(hr))
        hr = IsEqualGUID(&guid, store_guid(store)) ? mailbox_folder_get(store->mbx, folder, &info) : MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && cb_message) {
        hr = sourcekey_parse(cb_message, message_key, &guid, &message);
        if (SUCCEEDED(hr))
            hr = IsEqualGUID(&guid, store_guid(store)) ? mailbox_message_find(store->mbx, message, &in, &version)
                                                       : MAPI_E_NOT_FOUND;
        if (SUCCEEDED(hr) && in != folder)
            hr = MAPI_E_NOT_FOUND;
    }
    if (SUCCEEDED(hr) && MAPIAllocateBuffer(1, &base))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else if (SUCCEEDED(hr)) {
        hr = entryid_object(store_guid(store), message ? MAPI_MESSAGE : MAPI_FOLDER, message ? message : folder, base, &id);
        if (SUCCEEDED(hr))
            hr = new_entryid(&id, cb, out);
        MAPIFreeBuffer(base);
    }
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE manage_GetRights(IExchangeManageStore5 *self, ULONG cb_user, LPENTRYID user, ULONG cb,
                                                  LPENTRYID entryid, ULONG *rights)
{
    struct store *store = store_of(self);
    struct mbx_folder info;
    mbx_id id;
    if (rights)
        *rights = 0;
    if (!rights || !cb || !entryid || (cb_user && !user))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = store_parse_entryid(store, MAPI_FOLDER, cb, entryid, &id);
    if (SUCCEEDED(hr))
        hr = mailbox_folder_get(store->mbx, id, &info);
    if (SUCCEEDED(hr)) /* rights are those in the mailbox: its folders have no others */
        hr = directory_rights(store->prop.base.session, store_guid(store), cb_user, user, rights);
    object_leave(&store->prop.base);
    return hr;
}

/* ---- the mailbox table ---- */

struct mailbox_rows {
    struct store *store;
    struct table_source *source;
    UINT skip;  /* rows before the offset */
    ULONG left; /* rows that the table may still take */
};

#define MAILBOX_TABLE_ROWS 0xffff

static HRESULT add_mailbox(void *context, const struct mailbox_info *info, const FILETIME *last_logon)
{
    struct mailbox_rows *rows = context;
    struct mailbox *mbx = NULL;
    SPropValue *values;
    int64_t bytes = 0;
    ULONG items = 0, n = 0;
    SBinary id = {0, NULL};
    if (rows->skip) {
        rows->skip--;
        return S_OK;
    }
    if (!rows->left)
        return S_OK;
    rows->left--;
    /* A mailbox that has never been opened has no file yet: it is empty. */
    if (SUCCEEDED(mailbox_open(info->path, rows->store->prop.base.session, &mbx)))
        mailbox_size(mbx, &bytes, &items);
    mailbox_close(mbx);
    if (MAPIAllocateBuffer(12 * sizeof(*values), (void **)&values))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(values, 0, 12 * sizeof(*values));
    HRESULT hr = value_string(&values[n++], PR_DISPLAY_NAME_W, info->display_name, values);
    if (SUCCEEDED(hr))
        hr = value_string(&values[n++], PR_EMAIL_ADDRESS_W, info->dn, values);
    if (SUCCEEDED(hr))
        hr = value_string(&values[n++], PR_SMTP_ADDRESS_W, info->smtp, values);
    if (SUCCEEDED(hr))
        hr = value_string(&values[n++], PR_NT_USER_NAME_W, info->alias, values);
    if (SUCCEEDED(hr))
        hr = entryid_store(&info->guid, OPENSTORE_USE_ADMIN_PRIVILEGE | OPENSTORE_TAKE_OWNERSHIP, values, &id);
    if (SUCCEEDED(hr))
        hr = value_binary(&values[n++], PR_ENTRYID, id.lpb, id.cb, values);
    if (SUCCEEDED(hr))
        hr = value_binary(&values[n++], PR_INSTANCE_KEY, &info->guid, sizeof(GUID), values);
    if (SUCCEEDED(hr))
        hr = value_binary(&values[n++], PR_RECORD_KEY, &info->guid, sizeof(GUID), values);
    value_i8(&values[n++], PR_MESSAGE_SIZE_EXTENDED, bytes);
    value_long(&values[n++], PR_CONTENT_COUNT, (LONG)items);
    value_long(&values[n++], PR_STORAGE_LIMIT_INFORMATION, 8 /* no limit */);
    if (last_logon && (last_logon->dwLowDateTime || last_logon->dwHighDateTime)) {
        values[n].ulPropTag = PR_LAST_LOGON_TIME;
        values[n++].Value.ft = *last_logon;
    }
    if (SUCCEEDED(hr))
        hr = memory_rows_add(rows->source, n, values);
    MAPIFreeBuffer(values);
    return hr;
}

static HRESULT mailbox_table(struct store *store, IMAPITable **out, ULONG flags, UINT offset, bool with_mailboxes)
{
    static const SizedSPropTagArray(9, columns) = {
        9,
        {PR_DISPLAY_NAME_W, PR_EMAIL_ADDRESS_W, PR_LAST_LOGON_TIME, PR_MESSAGE_SIZE_EXTENDED, PR_CONTENT_COUNT,
         PR_STORAGE_LIMIT_INFORMATION, PR_NT_USER_NAME_W, PR_SMTP_ADDRESS_W, PR_INSTANCE_KEY}};
    struct mailbox_rows rows = {.store = store, .skip = offset, .left = MAILBOX_TABLE_ROWS};
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | 0x1 /* MDB_NON_EMS … */))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    hr = directory_admin_check(store->prop.base.session);
    if (SUCCEEDED(hr))
        hr = memory_rows_create(PR_INSTANCE_KEY, &rows.source);
    if (SUCCEEDED(hr)) {
        if (with_mailboxes)
            hr = directory_mailbox_each(store->prop.base.session, add_mailbox, &rows);
        if (SUCCEEDED(hr))
            hr = table_create(&store->prop.base, rows.source, (const SPropTagArray *)&columns, flags, out);
        else
            rows.source->ops->destroy(rows.source);
    }
    object_leave(&store->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE manage_GetMailboxTable(IExchangeManageStore5 *self, LPSTR server, LPMAPITABLE *table,
                                                        ULONG flags)
{
    (void)server;
    return mailbox_table(store_of(self), table, flags, 0, true);
}

static HRESULT STDMETHODCALLTYPE manage_GetPublicFolderTable(IExchangeManageStore5 *self, LPSTR server, LPMAPITABLE *table,
                                                             ULONG flags)
{
    (void)server;
    return mailbox_table(store_of(self), table, flags, 0, false);
}

static HRESULT STDMETHODCALLTYPE manage_CreateNewsgroupNameEntryID(IExchangeManageStore5 *self, LPSTR name, ULONG *cb,
                                                                   LPENTRYID *out)
{
    (void)self;
    if (cb)
        *cb = 0;
    if (out)
        *out = NULL;
    return cb && out && name ? MAPI_E_NO_SUPPORT : MAPI_E_INVALID_PARAMETER; /* there are no newsgroups */
}

static HRESULT STDMETHODCALLTYPE manage_GetMailboxTableOffset(IExchangeManageStore5 *self, LPSTR server, LPMAPITABLE *table,
                                                              ULONG flags, UINT offset)
{
    (void)server;
    return mailbox_table(store_of(self), table, flags, offset, true);
}

static HRESULT STDMETHODCALLTYPE manage_GetPublicFolderTableOffset(IExchangeManageStore5 *self, LPSTR server,
                                                                   LPMAPITABLE *table, ULONG flags, UINT offset)
{
    (void)server;
    return mailbox_table(store_of(self), table, flags, offset, false);
}

static HRESULT STDMETHODCALLTYPE manage_GetMailboxTableEx(IExchangeManageStore5 *self, LPSTR server, LPGUID database,
                                                          LPMAPITABLE *table, ULONG flags, UINT offset)
{
    (void)server, (void)database; /* one database holds all mailboxes */
    return mailbox_table(store_of(self), table, flags, offset, true);
}

static HRESULT STDMETHODCALLTYPE manage_GetPublicFolderTableEx(IExchangeManageStore5 *self, LPSTR server, LPGUID database,
                                                               LPMAPITABLE *table, ULONG flags, UINT offset)
{
    (void)server, (void)database;
    return mailbox_table(store_of(self), table, flags, offset, false);
}

/* ---- IExchangeManageStoreEx ---- */

static HRESULT STDMETHODCALLTYPE manage_ex_CreateStoreEntryID2(IExchangeManageStoreEx *self, ULONG count, LPSPropValue values,
                                                            ULONG flags, ULONG *cb, LPENTRYID *out)
{
    static const ULONG names[] = {PROP_ID(PR_PROFILE_USER_SMTP_EMAIL_ADDRESS_W), PROP_ID(PR_PROFILE_MAILBOX)};
    struct store *store = store_of_ex(self);
    WCHAR *name = NULL;
    if (cb)
        *cb = 0;
    if (out)
        *out = NULL;
    if (!cb || !out || !count || !values)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MANAGE_FLAGS)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&store->prop.base);
    if (FAILED(hr))
        return hr;
    /* The SMTP address counts more than the mailbox's DN. */
    for (size_t k = 0; SUCCEEDED(hr) && !name && k < ARRAYSIZE(names); k++)
        for (ULONG i = 0; SUCCEEDED(hr) && !name && i < count; i++)
            if (PROP_ID(values[i].ulPropTag) == names[k] &&
                (PROP_TYPE(values[i].ulPropTag) == PT_UNICODE || PROP_TYPE(values[i].ulPropTag) == PT_STRING8))
                hr = text_from_param(values[i].Value.lpszA,
                                     PROP_TYPE(values[i].ulPropTag) == PT_UNICODE ? MAPI_UNICODE : 0, &name);
    if (SUCCEEDED(hr))
        hr = create_entryid(store, name, flags, cb, out);
    free(name);
    object_leave(&store->prop.base);
    return hr;
}

/* ---- IUnknown: the store's ---- */

static HRESULT STDMETHODCALLTYPE manage_QueryInterface(IExchangeManageStore5 *self, REFIID iid, void **out)
{
    return out ? store_QueryInterface(store_of(self), iid, out) : MAPI_E_INVALID_PARAMETER;
}

static ULONG STDMETHODCALLTYPE manage_AddRef(IExchangeManageStore5 *self)
{
    return object_AddRef(store_of(self));
}

static ULONG STDMETHODCALLTYPE manage_Release(IExchangeManageStore5 *self)
{
    return object_Release(store_of(self));
}

static HRESULT STDMETHODCALLTYPE manage_ex_QueryInterface(IExchangeManageStoreEx *self, REFIID iid, void **out)
{
    return out ? store_QueryInterface(store_of_ex(self), iid, out) : MAPI_E_INVALID_PARAMETER;
}

static ULONG STDMETHODCALLTYPE manage_ex_AddRef(IExchangeManageStoreEx *self)
{
    return object_AddRef(store_of_ex(self));
}

static ULONG STDMETHODCALLTYPE manage_ex_Release(IExchangeManageStoreEx *self)
{
    return object_Release(store_of_ex(self));
}

static HRESULT STDMETHODCALLTYPE manage_ex_CreateStoreEntryID(IExchangeManageStoreEx *self, LPSTR store_dn, LPSTR mailbox_dn,
                                                              ULONG flags, ULONG *cb, LPENTRYID *out)
{
    return manage_CreateStoreEntryID((IExchangeManageStore5 *)&store_of_ex(self)->manage_vtbl, store_dn, mailbox_dn, flags,
                                     cb, out);
}

static HRESULT STDMETHODCALLTYPE manage_ex_EntryIDFromSourceKey(IExchangeManageStoreEx *self, ULONG cb_folder, BYTE *folder,
                                                                ULONG cb_message, BYTE *message, ULONG *cb, LPENTRYID *out)
{
    return manage_EntryIDFromSourceKey((IExchangeManageStore5 *)&store_of_ex(self)->manage_vtbl, cb_folder, folder,
                                       cb_message, message, cb, out);
}

static HRESULT STDMETHODCALLTYPE manage_ex_GetRights(IExchangeManageStoreEx *self, ULONG cb_user, LPENTRYID user, ULONG cb,
                                                     LPENTRYID id, ULONG *rights)
{
    return manage_GetRights((IExchangeManageStore5 *)&store_of_ex(self)->manage_vtbl, cb_user, user, cb, id, rights);
}

static HRESULT STDMETHODCALLTYPE manage_ex_GetMailboxTable(IExchangeManageStoreEx *self, LPSTR server, LPMAPITABLE *table,
                                                           ULONG flags)
{
    (void)server;
    return mailbox_table(store_of_ex(self), table, flags, 0, true);
}

static HRESULT STDMETHODCALLTYPE manage_ex_GetPublicFolderTable(IExchangeManageStoreEx *self, LPSTR server,
                                                                LPMAPITABLE *table, ULONG flags)
{
    (void)server;
    return mailbox_table(store_of_ex(self), table, flags, 0, false);
}

const IExchangeManageStore5Vtbl manage_store_vtbl = {
    .QueryInterface = manage_QueryInterface,
    .AddRef = manage_AddRef,
    .Release = manage_Release,
    .CreateStoreEntryID = manage_CreateStoreEntryID,
    .EntryIDFromSourceKey = manage_EntryIDFromSourceKey,
    .GetRights = manage_GetRights,
    .GetMailboxTable = manage_GetMailboxTable,
    .GetPublicFolderTable = manage_GetPublicFolderTable,
    .CreateNewsgroupNameEntryID = manage_CreateNewsgroupNameEntryID,
    .GetMailboxTableOffset = manage_GetMailboxTableOffset,
    .GetPublicFolderTableOffset = manage_GetPublicFolderTableOffset,
    .GetMailboxTableEx = manage_GetMailboxTableEx,
    .GetPublicFolderTableEx = manage_GetPublicFolderTableEx,
};

const IExchangeManageStoreExVtbl manage_store_ex_vtbl = {
    .QueryInterface = manage_ex_QueryInterface,
    .AddRef = manage_ex_AddRef,
    .Release = manage_ex_Release,
    .CreateStoreEntryID = manage_ex_CreateStoreEntryID,
    .EntryIDFromSourceKey = manage_ex_EntryIDFromSourceKey,
    .GetRights = manage_ex_GetRights,
    .GetMailboxTable = manage_ex_GetMailboxTable,
    .GetPublicFolderTable = manage_ex_GetPublicFolderTable,
    .CreateStoreEntryID2 = manage_ex_CreateStoreEntryID2,
};
