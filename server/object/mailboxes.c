/*
 * mailboxes.c: the Mailboxes collection: the server's mailbox table, read once and again by Refresh.
 *
 * Layer: server/object. Its items are not open: a mailbox is opened by its first use, so that going through
 * thousands costs no logons.
 */
#include "mailboxes.h"
#include "auto_enum.h"
#include "cdo_dispid.h"
#include "mailbox.h"
#include "object_util.h"

#include <wchar.h>

struct mailboxes {
    struct auto_object base;
    struct mapi_mailbox_list *list;
};

static struct mailboxes *mailboxes_from(IMhMailboxes *iface)
{
    return CONTAINING_RECORD(iface, struct mailboxes, base);
}

static HRESULT read_list(struct mailboxes *self)
{
    struct mapi_mailbox_list *list = NULL;
    struct mapi_store *store = NULL;
    struct mapi_session *session;
    IMsgStore *mdb;
    HRESULT hr = object_session(&self->base, &session);

    if (SUCCEEDED(hr))
        hr = mapi_store_open_default(session, &store);
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(store, &mdb);
    if (SUCCEEDED(hr))
        hr = mapi_mailboxes_list(session, mdb, &list);
    mapi_store_release(store);
    if (FAILED(hr))
        return hr;
    mapi_mailboxes_free(self->list);
    self->list = list;
    return S_OK;
}

static HRESULT item_at(struct mailboxes *self, LONG index, IMhMailbox **out)
{
    struct mailbox *mailbox = NULL;
    const struct mapi_mailbox *row;
    HRESULT hr;

    if (index < 1 || (ULONG)index > self->list->count)
        return auto_fail(&self->base, MAPI_E_NOT_FOUND, L"there are %lu mailboxes", self->list->count);
    row = &self->list->rows[index - 1];
    hr = mailbox_create(self->base.parent, row->name, row->dn, false, row, &mailbox);
    *out = (IMhMailbox *)mailbox;
    return hr;
}

/* The row whose name, alias or distinguished name is the text; 0 for none. A name that occurs twice is ambiguous. */
static HRESULT find_row(struct mailboxes *self, const WCHAR *text, LONG *index)
{
    ULONG i;

    *index = 0;
    for (i = 0; i < self->list->count; i++) {
        const struct mapi_mailbox *row = &self->list->rows[i];
        const WCHAR *alias = wcsrchr(row->dn, '=');

        if (_wcsicmp(row->name, text) && _wcsicmp(row->dn, text) && (!alias || _wcsicmp(alias + 1, text)))
            continue;
        if (*index)
            return auto_fail(&self->base, MAPI_E_AMBIGUOUS_RECIP,
                             L"several mailboxes have that name. Use the distinguished name.");
        *index = (LONG)i + 1;
    }
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE mailboxes_get_Count(IMhMailboxes *iface, LONG *value)
{
    struct mailboxes *self = mailboxes_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = SUCCEEDED(hr) ? (LONG)self->list->count : 0;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE mailboxes_get_Item(IMhMailboxes *iface, VARIANT index, IMhMailbox **value)
{
    struct mailboxes *self = mailboxes_from(iface);
    struct auto_call call;
    BSTR text = NULL;
    LONG number = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr) && variant_is_text(&index)) {
        hr = variant_get_bstr(&index, &text);
        if (SUCCEEDED(hr))
            hr = find_row(self, text, &number);
        if (SUCCEEDED(hr) && !number)
            hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the server's table has no such mailbox");
    } else if (SUCCEEDED(hr))
        hr = variant_get_long(&index, 0, &number);
    if (SUCCEEDED(hr))
        hr = item_at(self, number, value);
    SysFreeString(text);
    return auto_leave(&call, hr);
}

static HRESULT enum_item(struct auto_object *object, LONG index, VARIANT *out)
{
    struct mailboxes *self = (struct mailboxes *)object;
    IMhMailbox *mailbox = NULL;
    HRESULT hr;

    if ((ULONG)index > self->list->count)
        return S_FALSE;
    hr = item_at(self, index, &mailbox);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, mailbox);
    return hr;
}

static HRESULT STDMETHODCALLTYPE mailboxes_get__NewEnum(IMhMailboxes *iface, IUnknown **value)
{
    struct mailboxes *self = mailboxes_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE mailboxes_Refresh(IMhMailboxes *iface)
{
    struct mailboxes *self = mailboxes_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = read_list(self);
    return auto_leave(&call, hr);
}

static void mailboxes_close(struct auto_object *object)
{
    struct mailboxes *self = (struct mailboxes *)object;

    mapi_mailboxes_free(self->list);
    self->list = NULL;
}

static const IMhMailboxesVtbl mailboxes_vtbl = {
    AUTO_HEAD,
    .get_Count = mailboxes_get_Count,
    .get_Item = mailboxes_get_Item,
    .get__NewEnum = mailboxes_get__NewEnum,
    .Refresh = mailboxes_Refresh,
};

static const struct auto_class mailboxes_class = {
    .name = L"Mailboxes",
    .kind = MhMailboxes,
    .iid = &IID_IMhMailboxes,
    .coclass = &CLSID_Mailboxes,
    .size = sizeof(struct mailboxes),
    .vtbl = &mailboxes_vtbl,
    .value_id = CDO_DISPID_ITEM,
    .close = mailboxes_close,
};

HRESULT mailboxes_create(struct session *session, IMhMailboxes **out)
{
    struct mailboxes *self;
    HRESULT hr = auto_create(&mailboxes_class, &session->base, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = read_list(self);
    if (FAILED(hr)) {
        auto_release(&self->base);
        return hr;
    }
    *out = (IMhMailboxes *)self;
    return S_OK;
}
