/*
 * session_stores.c: the Session members that lead to stores, folders and messages.
 *
 * Layer: server/object.
 */
#include "mailbox.h"
#include "mailboxes.h"
#include "object_util.h"
#include "session.h"

#include <stdlib.h>

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
