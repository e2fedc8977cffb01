/*
 * message_reply.c: Message.Reply, ReplyAll and Forward.
 *
 * Layer: server/object. The answer is new in the Outbox of the message's store, and not saved.
 */
#include "message.h"

#include "collection.h"
#include "infostore.h"
#include "mapi_compose.h"
#include "mapi_prop.h"
#include "messages.h"
#include "object_util.h"
#include <wchar.h>

/* A new message in the Outbox of the store that `self` belongs to. */
static HRESULT create_in_outbox(struct message *self, const WCHAR *message_class, struct message **out)
{
    struct infostore *store = object_infostore(&self->base);
    IMhMessages *messages = NULL;
    IMhFolder *outbox = NULL;
    HRESULT hr = store ? infostore_default_folder(store, CdoDefaultFolderOutbox, &outbox) : MAPI_E_NO_SUPPORT;

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = messages_create(folder_from(outbox), false, &messages);
    if (SUCCEEDED(hr))
        hr = message_create_new((struct auto_object *)messages, folder_from(outbox), message_class, false, out);
    if (messages)
        IMhMessages_Release(messages);
    if (outbox)
        IMhFolder_Release(outbox);
    return hr;
}

/* A forwarded message keeps the class of a form of one's own; everything else is a plain message. */
static const WCHAR *class_of(IMessage *original, enum mapi_answer how, SPropValue **owned)
{
    const WCHAR *name;

    if (how != MAPI_ANSWER_FORWARD || FAILED(mapi_prop_get(MAPI_PROP(original), PR_MESSAGE_CLASS_W, owned)))
        return L"IPM.Note";
    name = mapi_prop_text(*owned, 1, PR_MESSAGE_CLASS_W);
    return _wcsnicmp(name, L"IPM.Note.", 9) || !_wcsnicmp(name, L"IPM.Note.SMIME", 14) ? L"IPM.Note" : name;
}

static HRESULT answer(struct message *self, const char *function, enum mapi_answer how, IDispatch **value)
{
    struct mapi_session *session = NULL;
    IMessage *original = NULL, *mapi = NULL;
    SPropValue *class_value = NULL;
    struct message *reply = NULL;
    IAddrBook *book = NULL;
    struct auto_call call;
    SBinary user = {0};
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = message_open(self, &original);
    if (SUCCEEDED(hr))
        hr = collection_session(&self->base, &session);
    if (SUCCEEDED(hr))
        hr = collection_address_book(&self->base, &book);
    if (SUCCEEDED(hr))
        hr = create_in_outbox(self, class_of(original, how, &class_value), &reply);
    if (SUCCEEDED(hr))
        hr = message_open(reply, &mapi);
    if (SUCCEEDED(hr)) {
        /* A profile that does not say who the user is makes replies to all go to oneself as well. */
        session->session->lpVtbl->QueryIdentity(session->session, &user.cb, (ENTRYID **)&user.lpb);
        hr = mapi_compose_answer(book, original, how, user.cb ? &user : NULL, mapi);
        message_changed(reply);
    }
    if (SUCCEEDED(hr))
        *value = (IDispatch *)reply;
    else if (reply)
        auto_release(&reply->base);
    mapi_free(user.lpb);
    mapi_free(class_value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_Reply(IMhMessage *iface, IDispatch **value)
{
    return answer(message_from(iface), __func__, MAPI_ANSWER_REPLY, value);
}

HRESULT STDMETHODCALLTYPE message_ReplyAll(IMhMessage *iface, IDispatch **value)
{
    return answer(message_from(iface), __func__, MAPI_ANSWER_REPLY_ALL, value);
}

HRESULT STDMETHODCALLTYPE message_Forward(IMhMessage *iface, IDispatch **value)
{
    return answer(message_from(iface), __func__, MAPI_ANSWER_FORWARD, value);
}
