/*
 * message_people.c: the members of Message about people and attachments: Sender, Recipients, To, CC, BCC, Attachments.
 *
 * Layer: server/object.
 */
#include "message.h"

#include "address_entry.h"
#include "attachments.h"
#include "mapi_address.h"
#include "mapi_value.h"
#include "object_util.h"
#include "recipients.h"
#include <wchar.h>

HRESULT STDMETHODCALLTYPE message_get_Recipients(IMhMessage *iface, IMhRecipients **value)
{
    struct message *self = message_from(iface);
    struct recipients *recipients = NULL;
    IMessage *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = message_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = recipients_get(&self->base, mapi, &recipients);
    if (SUCCEEDED(hr))
        *value = (IMhRecipients *)&recipients->base;
    return auto_leave(&call, hr);
}

/* Takes over the recipients of another collection (Session.AddressBook, another message). */
static HRESULT copy_recipients(struct recipients *from, struct recipients *to)
{
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && to->count)
        hr = recipients_remove(to, to->rows[to->count - 1]);
    for (LONG i = 0; SUCCEEDED(hr) && i < from->count; i++) {
        IMAPIProp *props = from->rows[i]->props;
        SPropValue *id = NULL, *name = NULL, *type = NULL, *address = NULL;
        struct recipient_row *row;
        WCHAR full[1024];

        mapi_prop_get(props, PR_ENTRYID, &id);
        mapi_prop_get(props, PR_DISPLAY_NAME_W, &name);
        mapi_prop_get(props, PR_ADDRTYPE_W, &type);
        mapi_prop_get(props, PR_EMAIL_ADDRESS_W, &address);
        full[0] = 0;
        if (type && address)
            swprintf(full, 1024, L"%ls:%ls", type->Value.lpszW, address->Value.lpszW);
        hr = recipients_add(to, name ? name->Value.lpszW : NULL, full[0] ? full : NULL,
                            mapi_prop_long(props, PR_RECIPIENT_TYPE, MAPI_TO), id ? &id->Value.bin : NULL, &row);
        mapi_free(id);
        mapi_free(name);
        mapi_free(type);
        mapi_free(address);
    }
    return hr;
}

HRESULT STDMETHODCALLTYPE message_put_Recipients(IMhMessage *iface, IMhRecipients *value)
{
    struct message *self = message_from(iface);
    struct auto_object *from = NULL;
    struct recipients *to = NULL;
    IMessage *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && (!value || FAILED(auto_from_unknown((IUnknown *)value, &recipients_class, &from))))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the object is not a Recipients collection");
    if (SUCCEEDED(hr))
        hr = message_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = recipients_get(&self->base, mapi, &to);
    if (SUCCEEDED(hr) && (struct recipients *)from != to)
        hr = copy_recipients((struct recipients *)from, to);
    message_changed(self);
    if (to)
        auto_release(&to->base);
    if (from)
        auto_release(from);
    return auto_leave(&call, hr);
}

/* Replaces the recipients of one type by the names of a text with semicolons. */
static HRESULT put_line(IMhMessage *iface, const char *function, LONG type, const WCHAR *names)
{
    struct message *self = message_from(iface);
    struct recipients *recipients = NULL;
    IMhRecipients *collection;
    VARIANT text, kind;
    IMessage *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    auto_arg_text(&call, names);
    if (SUCCEEDED(hr))
        hr = message_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = recipients_get(&self->base, mapi, &recipients);
    for (LONG i = SUCCEEDED(hr) ? recipients->count : 0; SUCCEEDED(hr) && i-- > 0;)
        if (mapi_prop_long(recipients->rows[i]->props, PR_RECIPIENT_TYPE, MAPI_TO) == type)
            hr = recipients_remove(recipients, recipients->rows[i]);
    if (SUCCEEDED(hr) && names && *names) {
        collection = (IMhRecipients *)&recipients->base;
        V_VT(&text) = VT_BSTR;
        V_BSTR(&text) = (BSTR)names;
        variant_set_long(&kind, type);
        hr = IMhRecipients_AddMultiple(collection, text, kind);
    }
    message_changed(self);
    if (recipients)
        auto_release(&recipients->base);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_put_To(IMhMessage *iface, BSTR value)
{
    return put_line(iface, __func__, MAPI_TO, value);
}

HRESULT STDMETHODCALLTYPE message_put_CC(IMhMessage *iface, BSTR value)
{
    return put_line(iface, __func__, MAPI_CC, value);
}

HRESULT STDMETHODCALLTYPE message_put_BCC(IMhMessage *iface, BSTR value)
{
    return put_line(iface, __func__, MAPI_BCC, value);
}

/* ---- the sender ------------------------------------------------------------------------------------------------------ */

HRESULT STDMETHODCALLTYPE message_get_Sender(IMhMessage *iface, IMhAddressEntry **value)
{
    struct message *self = message_from(iface);
    const SPropValue *id = NULL;
    SPropValue *owned = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr)) {
        hr = message_read(self, PR_SENDER_ENTRYID, &id, &owned);
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK; /* Nothing: nobody has sent it yet */
        else if (SUCCEEDED(hr) && id->Value.bin.cb)
            hr = address_entry_create(&self->base, &id->Value.bin, NULL, value);
    }
    mapi_free(owned);
    return auto_leave(&call, hr);
}

/* Writes an address entry as sender: both who sends and on whose behalf. */
static HRESULT write_sender(struct message *self, const SBinary *id)
{
    static const ULONG sender_tags[][3] = {
        {PR_DISPLAY_NAME_W, PR_SENDER_NAME_W, PR_SENT_REPRESENTING_NAME_W},
        {PR_ADDRTYPE_W, PR_SENDER_ADDRTYPE_W, PR_SENT_REPRESENTING_ADDRTYPE_W},
        {PR_EMAIL_ADDRESS_W, PR_SENDER_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W},
        {PR_SEARCH_KEY, PR_SENDER_SEARCH_KEY, PR_SENT_REPRESENTING_SEARCH_KEY},
    };
    struct mapi_session *session;
    const SPropValue *smtp, *type;
    SPropValue *row = NULL, out[12];
    IAddrBook *book;
    ULONG count = 0, used = 0;
    HRESULT hr = object_session(&self->base, &session);

    if (SUCCEEDED(hr))
        hr = mapi_session_address_book(session, &book);
    if (SUCCEEDED(hr))
        hr = mapi_address_row(book, id, &row, &count);
    for (size_t i = 0; SUCCEEDED(hr) && i < sizeof sender_tags / sizeof sender_tags[0]; i++) {
        const SPropValue *found = mapi_prop_find(row, count, sender_tags[i][0]);
        for (int k = 1; found && k < 3; k++) {
            out[used] = *found;
            out[used++].ulPropTag = sender_tags[i][k];
        }
    }
    /* The SMTP address is one more form of the address: that of the sender before must not stay. */
    type = mapi_prop_find(row, count, PR_ADDRTYPE_W);
    smtp = mapi_prop_find(row, count, PR_SMTP_ADDRESS_W);
    if (!smtp && type && !lstrcmpiW(type->Value.lpszW, L"SMTP"))
        smtp = mapi_prop_find(row, count, PR_EMAIL_ADDRESS_W);
    for (int k = 0; k < 2; k++) {
        out[used].Value.lpszW = smtp ? smtp->Value.lpszW : (WCHAR *)L"";
        out[used++].ulPropTag = k ? PR_SENT_REPRESENTING_SMTP_ADDRESS_W : PR_SENDER_SMTP_ADDRESS_W;
    }
    out[used].ulPropTag = PR_SENDER_ENTRYID;
    out[used++].Value.bin = *id;
    out[used].ulPropTag = PR_SENT_REPRESENTING_ENTRYID;
    out[used++].Value.bin = *id;
    if (SUCCEEDED(hr))
        hr = message_write(self, out, used);
    mapi_free(row);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_put_Sender(IMhMessage *iface, IMhAddressEntry *value)
{
    struct message *self = message_from(iface);
    struct auto_object *entry = NULL;
    SBinary id = {0, NULL};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && (!value || FAILED(auto_from_unknown((IUnknown *)value, &address_entry_class, &entry))))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the object is not an AddressEntry");
    if (SUCCEEDED(hr))
        hr = address_entry_id(entry, &id);
    if (SUCCEEDED(hr))
        hr = write_sender(self, &id);
    if (entry)
        auto_release(entry);
    return auto_leave(&call, hr);
}

/* The SMTP address of the sender where it is known, else the address as it is. */
static HRESULT read_sender_address(struct message *self, BSTR *value)
{
    SPropValue *smtp = NULL, *type = NULL, *id = NULL;
    struct mapi_session *session;
    WCHAR *found = NULL;
    IAddrBook *book;
    IMessage *mapi;
    HRESULT hr = message_open_reading(self, &mapi);

    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_SENDER_SMTP_ADDRESS_W, &smtp)) && smtp->Value.lpszW[0]) {
        *value = SysAllocString(smtp->Value.lpszW);
    } else if (SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_SENDER_ADDRTYPE_W, &type)) &&
               lstrcmpiW(type->Value.lpszW, L"SMTP") &&
               SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_SENDER_ENTRYID, &id)) &&
               SUCCEEDED(object_session(&self->base, &session)) &&
               SUCCEEDED(mapi_session_address_book(session, &book)) &&
               SUCCEEDED(mapi_address_smtp(book, &id->Value.bin, &found))) {
        *value = SysAllocString(found);
    } else {
        hr = object_get_text(MAPI_PROP(mapi), PR_SENDER_EMAIL_ADDRESS_W, value);
    }
    if (SUCCEEDED(hr) && !*value)
        hr = E_OUTOFMEMORY;
    mapi_free(smtp);
    mapi_free(type);
    mapi_free(id);
    mapi_free(found);
    return hr;
}

HRESULT STDMETHODCALLTYPE message_get_SenderEmailAddress(IMhMessage *iface, BSTR *value)
{
    struct message *self = message_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_sender_address(self, value);
    return auto_leave(&call, hr);
}

/* ---- attachments -------------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE message_get_Attachments(IMhMessage *iface, IMhAttachments **value)
{
    struct message *self = message_from(iface);
    struct attachments *attachments = NULL;
    IMessage *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = message_open(self, &mapi);
    if (SUCCEEDED(hr))
        hr = attachments_get(&self->base, mapi, &attachments);
    if (SUCCEEDED(hr))
        *value = (IMhAttachments *)&attachments->base;
    return auto_leave(&call, hr);
}
