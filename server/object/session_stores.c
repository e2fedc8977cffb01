/*
 * session_stores.c: the Session members that lead to stores, folders and messages.
 *
 * Layer: server/object.
 */
#include "folder.h"
#include "infostores.h"
#include "mailbox.h"
#include "mailboxes.h"
#include "mapi_table.h"
#include "message.h"
#include "object_util.h"
#include "session.h"

#include <stdlib.h>

#ifndef PR_INTERNET_ARTICLE_NUMBER
#define PR_INTERNET_ARTICLE_NUMBER PROP_TAG(PT_LONG, 0x0E23)
#endif

/* ---- mailboxes ------------------------------------------------------------------------------------------------------ */

HRESULT STDMETHODCALLTYPE session_get_Mailboxes(IMhSession *iface, IMhMailboxes **value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = mailboxes_create(self, value);
    return auto_leave(&call, hr);
}

static HRESULT find_mailbox(struct session *self, const WCHAR *text, WCHAR **name, WCHAR **dn)
{
    struct mapi_store *store = NULL;
    IMsgStore *mdb;
    HRESULT hr = mapi_store_open_default(self->mapi, &store);

    *name = *dn = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(store, &mdb);
    if (SUCCEEDED(hr))
        hr = mapi_mailbox_find(self->mapi, mdb, text, name, dn);
    mapi_store_release(store);
    if (hr == MAPI_E_NOT_FOUND)
        return auto_fail(&self->base, hr,
                         L"neither the address book nor the server's mailbox table has such a mailbox");
    if (hr == MAPI_E_AMBIGUOUS_RECIP)
        return auto_fail(&self->base, hr, L"several mailboxes match. Use the address or the distinguished name.");
    return hr;
}

HRESULT STDMETHODCALLTYPE session_OpenMailbox(IMhSession *iface, VARIANT name_or_address, VARIANT admin,
                                              IMhMailbox **value)
{
    struct session *self = session_from(iface);
    struct mailbox *mailbox = NULL;
    WCHAR *name = NULL, *dn = NULL;
    struct auto_call call;
    BSTR text = NULL;
    bool as_admin = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &name_or_address);
    auto_arg_variant(&call, &admin);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&name_or_address, &text);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&admin, false, &as_admin);
    if (SUCCEEDED(hr) && !SysStringLen(text))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the name is empty");
    if (SUCCEEDED(hr))
        hr = find_mailbox(self, text, &name, &dn);
    if (SUCCEEDED(hr))
        hr = mailbox_create(&self->base, name, dn, as_admin, NULL, &mailbox);
    if (SUCCEEDED(hr))
        hr = mailbox_open(mailbox);
    if (SUCCEEDED(hr))
        *value = (IMhMailbox *)mailbox;
    else if (mailbox)
        auto_release(&mailbox->store.base);
    free(name);
    free(dn);
    SysFreeString(text);
    return auto_leave(&call, hr);
}

/* ---- stores --------------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE session_get_InfoStores(IMhSession *iface, VARIANT index, IDispatch **value)
{
    struct session *self = session_from(iface);
    IMhInfoStores *stores = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = infostores_create(&self->base, &stores);
    if (SUCCEEDED(hr) && variant_missing(&index)) {
        *value = (IDispatch *)stores;
        stores = NULL;
    } else if (SUCCEEDED(hr))
        hr = IMhInfoStores_get_Item(stores, index, (IMhInfoStore **)value);
    if (stores)
        IMhInfoStores_Release(stores);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_GetInfoStore(IMhSession *iface, VARIANT id, IMhInfoStore **value)
{
    struct session *self = session_from(iface);
    struct infostore *store = NULL;
    SBinary bytes = {0, NULL};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &id);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr) && !variant_blank(&id))
        hr = object_id_arg(&self->base, &id, L"a store", &bytes);
    if (SUCCEEDED(hr))
        hr = infostore_open(&self->base, bytes.cb ? &bytes : NULL, &store);
    if (SUCCEEDED(hr))
        *value = (IMhInfoStore *)store;
    mapi_free(bytes.lpb);
    return auto_leave(&call, hr);
}

/* ---- folders and messages ------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE session_GetFolder(IMhSession *iface, VARIANT id, VARIANT store, IMhFolder **value)
{
    struct session *self = session_from(iface);
    struct folder *folder = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &id);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = folder_open_arg(&self->base, &id, &store, &folder);
    if (SUCCEEDED(hr))
        *value = (IMhFolder *)folder;
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_GetMessage(IMhSession *iface, VARIANT id, VARIANT store, IMhMessage **value)
{
    struct session *self = session_from(iface);
    SBinary message_id = {0, NULL}, store_id = {0, NULL};
    struct message *message = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &id);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = object_id_arg(&self->base, &id, L"a message", &message_id);
    if (SUCCEEDED(hr) && !variant_blank(&store))
        hr = object_id_arg(&self->base, &store, L"a store", &store_id);
    if (SUCCEEDED(hr))
        hr = message_open_by_id(&self->base, &message_id, store_id.cb ? &store_id : NULL, &message);
    if (SUCCEEDED(hr))
        *value = (IMhMessage *)message;
    mapi_free(message_id.lpb);
    mapi_free(store_id.lpb);
    return auto_leave(&call, hr);
}

/* A default folder of the default store. */
static HRESULT default_folder(struct session *self, LONG which, IMhFolder **value)
{
    struct infostore *store = NULL;
    HRESULT hr = infostore_open(&self->base, NULL, &store);

    if (SUCCEEDED(hr))
        hr = infostore_default_folder(store, which, value);
    if (store)
        auto_release(&store->base);
    return hr;
}

static HRESULT get_default_folder(IMhSession *iface, const char *function, LONG which, IMhFolder **value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = default_folder(self, which, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_get_Inbox(IMhSession *iface, IMhFolder **value)
{
    return get_default_folder(iface, __func__, CdoDefaultFolderInbox, value);
}

HRESULT STDMETHODCALLTYPE session_get_Outbox(IMhSession *iface, IMhFolder **value)
{
    return get_default_folder(iface, __func__, CdoDefaultFolderOutbox, value);
}

/* The default folders of a mailbox as its members. */
static HRESULT mailbox_folder(IMhMailbox *mailbox, LONG which, IMhFolder **value)
{
    switch (which) {
    case CdoDefaultFolderCalendar:
        return IMhMailbox_get_Calendar(mailbox, value);
    case CdoDefaultFolderInbox:
        return IMhMailbox_get_Inbox(mailbox, value);
    case CdoDefaultFolderOutbox:
        return IMhMailbox_get_Outbox(mailbox, value);
    case CdoDefaultFolderSentItems:
        return IMhMailbox_get_SentItems(mailbox, value);
    case CdoDefaultFolderDeletedItems:
        return IMhMailbox_get_DeletedItems(mailbox, value);
    case CdoDefaultFolderContacts:
        return IMhMailbox_get_Contacts(mailbox, value);
    case CdoDefaultFolderJournal:
        return IMhMailbox_get_Journal(mailbox, value);
    case CdoDefaultFolderNotes:
        return IMhMailbox_get_Notes(mailbox, value);
    default:
        return IMhMailbox_get_Tasks(mailbox, value);
    }
}

HRESULT STDMETHODCALLTYPE session_GetDefaultFolder(IMhSession *iface, VARIANT type, VARIANT mailbox, IMhFolder **value)
{
    struct session *self = session_from(iface);
    VARIANT missing = {.vt = VT_ERROR};
    IMhMailbox *opened = NULL;
    struct auto_call call;
    LONG which = -1;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &type);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&type, -1, &which);
    if (SUCCEEDED(hr) && V_VT(variant_deref(&type)) == VT_EMPTY)
        which = CdoDefaultFolderCalendar; /* CDO's 0: scripts name constants that they do not define */
    if (SUCCEEDED(hr) && (which < 0 || which >= CdoDefaultFolderTotal))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"ObjectType is a CdoDefaultFolderTypes, 0 to %d",
                       CdoDefaultFolderTotal - 1);
    if (SUCCEEDED(hr) && variant_blank(&mailbox))
        hr = default_folder(self, which, value);
    else if (SUCCEEDED(hr)) {
        hr = session_OpenMailbox(iface, mailbox, missing, &opened);
        if (SUCCEEDED(hr))
            hr = mailbox_folder(opened, which, value);
    }
    if (opened)
        IMhMailbox_Release(opened);
    return auto_leave(&call, hr);
}

/* The id of the message of a folder with an article number; MAPI memory. */
static HRESULT find_article(struct folder *folder, LONG number, SBinary *id)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue wanted = {.ulPropTag = PR_INTERNET_ARTICLE_NUMBER, .Value.l = number};
    SRestriction restriction = {.rt = RES_PROPERTY};
    IMAPITable *table = NULL;
    IMAPIFolder *mapi;
    SRowSet *rows = NULL;
    HRESULT hr = folder_open(folder, &mapi);

    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_INTERNET_ARTICLE_NUMBER;
    restriction.res.resProperty.lpProp = &wanted;
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->GetContentsTable(mapi, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, &restriction, NULL, 1, &rows);
    if (SUCCEEDED(hr) && (!rows->cRows || rows->aRow[0].lpProps[0].ulPropTag != PR_ENTRYID))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = object_copy_id(&rows->aRow[0].lpProps[0].Value.bin, id);
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_GetArticle(IMhSession *iface, VARIANT article, VARIANT folder_id, VARIANT store,
                                             IMhMessage **value)
{
    struct session *self = session_from(iface);
    struct message *message = NULL;
    struct folder *folder = NULL;
    SBinary id = {0, NULL};
    struct auto_call call;
    LONG number = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &article);
    auto_arg_variant(&call, &folder_id);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&article, 0, &number);
    if (SUCCEEDED(hr))
        hr = folder_open_arg(&self->base, &folder_id, &store, &folder);
    if (SUCCEEDED(hr))
        hr = find_article(folder, number, &id);
    if (SUCCEEDED(hr))
        hr = message_open_by_id(&folder->base, &id, NULL, &message);
    if (SUCCEEDED(hr))
        *value = (IMhMessage *)message;
    if (folder)
        auto_release(&folder->base);
    free(id.lpb);
    return auto_leave(&call, hr);
}
