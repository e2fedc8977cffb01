/*
 * message_send.c: Message.Send and Options.
 *
 * Layer: server/object.
 */
#include "message.h"

#include "attachments.h"
#include "collection.h"
#include "infostore.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "messages.h"
#include "object_util.h"
#include "recipients.h"

/* Where the copy goes: PR_SENTMAIL_ENTRYID of the store's Sent Items; without a copy the message is deleted once it is
 * sent. */
static HRESULT set_copy(struct message *self, IMessage *mapi, bool save_copy)
{
    SPropValue *sent = NULL;
    IMsgStore *store = NULL;
    HRESULT hr;

    if (!save_copy) {
        mapi_prop_delete(MAPI_PROP(mapi), PR_SENTMAIL_ENTRYID);
        return mapi_prop_set_bool(MAPI_PROP(mapi), PR_DELETE_AFTER_SUBMIT, true);
    }
    hr = mapi_store_mdb(self->store, &store);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get((IMAPIProp *)store, PR_IPM_SENTMAIL_ENTRYID, &sent);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK; /* a store without Sent Items keeps the copy where it pleases */
    if (SUCCEEDED(hr)) {
        sent->ulPropTag = PR_SENTMAIL_ENTRYID;
        hr = mapi_prop_set(MAPI_PROP(mapi), sent, 1);
    }
    if (SUCCEEDED(hr))
        mapi_prop_delete(MAPI_PROP(mapi), PR_DELETE_AFTER_SUBMIT);
    mapi_free(sent);
    return hr;
}

/* Recipients that a program left unresolved are resolved now; it is told who cannot be. */
static HRESULT resolve_recipients(struct message *self, IMessage *mapi)
{
    struct recipients *recipients = NULL;
    HRESULT hr = recipients_get(&self->base, mapi, &recipients);

    if (SUCCEEDED(hr) && !recipients->count)
        hr = auto_fail(&self->base, MAPI_E_NO_RECIPIENTS, L"the message has no recipients. Use Recipients.Add.");
    if (SUCCEEDED(hr))
        hr = recipients_resolve(recipients, 0);
    if (recipients)
        auto_release(&recipients->base);
    return hr;
}

HRESULT message_submit(struct message *self, bool save_copy)
{
    struct auto_object *collection = self->base.parent;
    IMessage *mapi = NULL;
    HRESULT hr = message_open(self, &mapi);

    if (SUCCEEDED(hr) && self->embedded)
        hr = auto_fail(&self->base, MAPI_E_NO_SUPPORT,
                       L"the message is part of another one. Copy it to a folder, or embed it in a new message.");
    if (SUCCEEDED(hr))
        hr = resolve_recipients(self, mapi);
    if (SUCCEEDED(hr))
        hr = set_copy(self, mapi, save_copy);
    if (SUCCEEDED(hr))
        hr = attachments_flush(&self->base);
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->SubmitMessage(mapi, 0);
    if (SUCCEEDED(hr)) {
        /* The message is the mail system's now: MAPI leaves nothing to do with it but Release. */
        auto_addref(collection);
        auto_close(&self->base);
        messages_disturbed(collection);
        auto_release(collection);
    }
    return hr;
}

HRESULT STDMETHODCALLTYPE message_Send(IMhMessage *iface, VARIANT save_copy, VARIANT dialog, VARIANT window)
{
    struct message *self = message_from(iface);
    bool keep = true, show = false;
    struct auto_call call;
    LONG parent = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &save_copy);
    auto_arg_variant(&call, &dialog);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&save_copy, true, &keep);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&dialog, false, &show);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&window, 0, &parent);
    if (SUCCEEDED(hr) && show)
        hr = auto_fail(&self->base, MAPI_E_NO_SUPPORT,
                       L"the server shows no send form. Leave ShowDialog out, and set the message's properties.");
    if (SUCCEEDED(hr))
        hr = message_submit(self, keep);
    return auto_leave(&call, hr);
}

/* The dialog of the address type's options: only above a window of the caller's. */
HRESULT STDMETHODCALLTYPE message_Options(IMhMessage *iface, VARIANT window)
{
    struct message *self = message_from(iface);
    struct mapi_session *session = NULL;
    IMessage *mapi = NULL;
    struct auto_call call;
    LONG parent = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &window);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&window, 0, &parent);
    if (SUCCEEDED(hr) && !parent)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                       L"the server has no window to show a dialog above. Pass the handle of a window as ParentWindow.");
    if (SUCCEEDED(hr))
        hr = message_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = collection_session(&self->base, &session);
    if (SUCCEEDED(hr))
        hr = session->session->lpVtbl->MessageOptions(session->session, (ULONG_PTR)(ULONG)parent, MAPI_UNICODE,
                                                      (LPTSTR)L"SMTP", mapi);
    return auto_leave(&call, hr);
}
