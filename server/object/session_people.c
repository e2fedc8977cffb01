/*
 * session_people.c: the Session members of the address book, of delivery and of the out-of-office state.
 *
 * Layer: server/object.
 */
#include "address_lists.h"
#include "mapi_address.h"
#include "mapi_table.h"
#include "object_util.h"
#include "recipients.h"
#include "session.h"

#include <stdlib.h>

/* ---- address book --------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE session_get_CurrentUser(IMhSession *iface, IMhAddressEntry **value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = address_lists_current_user(&self->base, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_get_AddressLists(IMhSession *iface, VARIANT index, IDispatch **value)
{
    struct session *self = session_from(iface);
    IMhAddressLists *lists = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = address_lists_create(&self->base, &lists);
    if (SUCCEEDED(hr) && variant_missing(&index)) {
        *value = (IDispatch *)lists;
        lists = NULL;
    } else if (SUCCEEDED(hr))
        hr = IMhAddressLists_get_Item(lists, index, (IMhAddressList **)value);
    if (lists)
        IMhAddressLists_Release(lists);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_GetAddressEntry(IMhSession *iface, VARIANT id, IMhAddressEntry **value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    BSTR text = NULL;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &id);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&id, &text);
    if (SUCCEEDED(hr))
        hr = address_lists_entry(&self->base, text ? text : L"", value);
    SysFreeString(text);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_GetAddressList(IMhSession *iface, VARIANT type, IMhAddressList **value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    LONG kind = -1;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &type);
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&type, -1, &kind);
    if (SUCCEEDED(hr) && kind != CdoAddressListGAL && kind != CdoAddressListPAB)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"ObjectType is CdoAddressListGAL or CdoAddressListPAB");
    if (SUCCEEDED(hr))
        hr = address_lists_default(&self->base, kind, value);
    return auto_leave(&call, hr);
}

/* A message that is never saved, to hold the recipients that a person picks. */
static HRESULT scratch_message(struct session *self, IMessage **out)
{
    struct mapi_store *store = NULL;
    IMAPIFolder *folder = NULL;
    IMsgStore *mdb;
    ULONG type;
    HRESULT hr = mapi_store_open_default(self->mapi, &store);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(store, &mdb);
    if (SUCCEEDED(hr))
        hr = mdb->lpVtbl->OpenEntry(mdb, 0, NULL, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)&folder);
    if (SUCCEEDED(hr))
        hr = folder->lpVtbl->CreateMessage(folder, NULL, 0, out);
    if (folder)
        folder->lpVtbl->Release(folder);
    mapi_store_release(store);
    return hr;
}

/* Puts the picked people into the collection. */
static HRESULT add_chosen(struct recipients *recipients, const ADRLIST *chosen)
{
    HRESULT hr = S_OK;

    for (ULONG i = 0; SUCCEEDED(hr) && i < chosen->cEntries; i++) {
        const ADRENTRY *entry = &chosen->aEntries[i];
        const SPropValue *id = mapi_prop_find(entry->rgPropVals, entry->cValues, PR_ENTRYID);
        const SPropValue *type = mapi_prop_find(entry->rgPropVals, entry->cValues, PR_RECIPIENT_TYPE);
        struct recipient_row *row;

        hr = recipients_add(recipients, mapi_prop_text(entry->rgPropVals, entry->cValues, PR_DISPLAY_NAME_W), NULL,
                            type ? type->Value.l : CdoTo, id ? &id->Value.bin : NULL, &row);
    }
    return hr;
}

static void free_chosen(ADRLIST *chosen)
{
    for (ULONG i = 0; chosen && i < chosen->cEntries; i++)
        mapi_free(chosen->aEntries[i].rgPropVals);
    mapi_free(chosen);
}

HRESULT STDMETHODCALLTYPE session_AddressBook(IMhSession *iface, VARIANT recipients, VARIANT title, VARIANT one,
                                              VARIANT force, VARIANT lists, VARIANT to, VARIANT cc, VARIANT bcc,
                                              VARIANT window, IMhRecipients **value)
{
    struct session *self = session_from(iface);
    struct auto_object *given = NULL;
    struct recipients *result = NULL;
    IMessage *message = NULL;
    ADRLIST *chosen = NULL;
    IDispatch *dispatch = NULL;
    struct auto_call call;
    BSTR caption = NULL;
    LONG kinds = 1, parent = 0;
    bool resolve = true;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    (void)one, (void)to, (void)cc, (void)bcc; /* the labels and the single choice are the dialog's own */
    *value = NULL;
    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = variant_get_dispatch(&recipients, &dispatch);
    if (SUCCEEDED(hr) && dispatch)
        hr = auto_from_unknown((IUnknown *)dispatch, &recipients_class, &given);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&title, &caption);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&lists, 1, &kinds);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&force, true, &resolve);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&window, 0, &parent);
    if (SUCCEEDED(hr) && (kinds < -1 || kinds > 3))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"RecipLists is -1 to 3");
    if (SUCCEEDED(hr))
        hr = address_lists_dialog(&self->base, parent > 1 ? (ULONG_PTR)(ULONG)parent : (ULONG_PTR)GetDesktopWindow(),
                                  caption ? caption : L"Address Book", kinds > 0 ? (ULONG)kinds : 0, &chosen);
    if (SUCCEEDED(hr) && given) {
        result = (struct recipients *)given;
        auto_addref(given);
    } else if (SUCCEEDED(hr)) {
        hr = scratch_message(self, &message);
        if (SUCCEEDED(hr))
            hr = recipients_get(&self->base, message, &result);
    }
    if (SUCCEEDED(hr) && chosen)
        hr = add_chosen(result, chosen);
    if (SUCCEEDED(hr) && resolve)
        hr = recipients_resolve(result, 0);
    if (SUCCEEDED(hr))
        *value = (IMhRecipients *)result;
    else if (result)
        auto_release(&result->base);
    free_chosen(chosen);
    if (message)
        message->lpVtbl->Release(message);
    auto_release(given);
    if (dispatch)
        IDispatch_Release(dispatch);
    SysFreeString(caption);
    return auto_leave(&call, hr);
}

/* ---- delivery ------------------------------------------------------------------------------------------------------- */

/* The spooler's status object. */
static HRESULT open_spooler(IMAPISession *session, IMAPIStatus **out)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue wanted = {.ulPropTag = PR_RESOURCE_TYPE, .Value.l = MAPI_SPOOLER};
    SRestriction restriction = {.rt = RES_PROPERTY};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    ULONG type;
    HRESULT hr = session->lpVtbl->GetStatusTable(session, 0, &table);

    *out = NULL;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_RESOURCE_TYPE;
    restriction.res.resProperty.lpProp = &wanted;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, &restriction, NULL, 1, &rows);
    if (SUCCEEDED(hr) && (!rows->cRows || rows->aRow[0].lpProps[0].ulPropTag != PR_ENTRYID))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = mapi_open_entry(session, &rows->aRow[0].lpProps[0].Value.bin, 0, &type, (IUnknown **)out);
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_DeliverNow(IMhSession *iface)
{
    struct session *self = session_from(iface);
    IMAPIStatus *spooler = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = session_require(self);
    if (SUCCEEDED(hr))
        hr = open_spooler(self->mapi->session, &spooler);
    if (SUCCEEDED(hr))
        hr = spooler->lpVtbl->FlushQueues(spooler, 0, 0, NULL, FLUSH_UPLOAD | FLUSH_DOWNLOAD);
    else if (hr == MAPI_E_NOT_FOUND)
        hr = auto_fail(&self->base, hr, L"this profile has no spooler: its messages are delivered when they are sent");
    if (spooler)
        spooler->lpVtbl->Release(spooler);
    return auto_leave(&call, hr);
}

/* ---- out of office -------------------------------------------------------------------------------------------------- */

/* Runs work on the default store. */
static HRESULT with_default_store(struct session *self, HRESULT (*work)(IMsgStore *mdb, void *context), void *context)
{
    struct mapi_store *store = NULL;
    IMsgStore *mdb;
    HRESULT hr = session_require(self);

    if (SUCCEEDED(hr))
        hr = mapi_store_open_default(self->mapi, &store);
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(store, &mdb);
    if (SUCCEEDED(hr))
        hr = work(mdb, context);
    mapi_store_release(store);
    return hr;
}

static HRESULT read_state(IMsgStore *mdb, void *context)
{
    SPropValue *value = NULL;
    HRESULT hr = mapi_prop_get(MAPI_PROP(mdb), PR_OOF_STATE, &value);

    if (SUCCEEDED(hr) && value->Value.b)
        *(VARIANT_BOOL *)context = VARIANT_TRUE;
    mapi_free(value);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

static HRESULT write_state(IMsgStore *mdb, void *context)
{
    return mapi_prop_set_bool(MAPI_PROP(mdb), PR_OOF_STATE, *(VARIANT_BOOL *)context != VARIANT_FALSE);
}

HRESULT STDMETHODCALLTYPE session_get_OutOfOffice(IMhSession *iface, VARIANT_BOOL *value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr))
        hr = with_default_store(self, read_state, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_put_OutOfOffice(IMhSession *iface, VARIANT_BOOL value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = with_default_store(self, write_state, &value);
    return auto_leave(&call, hr);
}

/* The text is the body of a hidden message of the Inbox, where Outlook keeps it. */
#define OOF_CLASS L"IPM.Note.Rules.OofTemplate.Microsoft"

static HRESULT open_inbox(IMsgStore *mdb, IMAPIFolder **out)
{
    ENTRYID *id = NULL;
    ULONG size = 0, type;
    HRESULT hr = mdb->lpVtbl->GetReceiveFolder(mdb, (LPTSTR)L"IPM.Note", MAPI_UNICODE, &size, &id, NULL);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mdb->lpVtbl->OpenEntry(mdb, size, id, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)out);
    mapi_free(id);
    return hr;
}

static HRESULT open_template(IMsgStore *mdb, IMAPIFolder *inbox, IMessage **out)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue wanted = {.ulPropTag = PR_MESSAGE_CLASS_W, .Value.lpszW = OOF_CLASS};
    SRestriction restriction = {.rt = RES_PROPERTY};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    ULONG type;
    HRESULT hr = inbox->lpVtbl->GetContentsTable(inbox, MAPI_ASSOCIATED | MAPI_UNICODE, &table);

    *out = NULL;
    restriction.res.resProperty.relop = RELOP_EQ;
    restriction.res.resProperty.ulPropTag = PR_MESSAGE_CLASS_W;
    restriction.res.resProperty.lpProp = &wanted;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, &restriction, NULL, 1, &rows);
    if (SUCCEEDED(hr) && (!rows->cRows || rows->aRow[0].lpProps[0].ulPropTag != PR_ENTRYID))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) {
        const SBinary *id = &rows->aRow[0].lpProps[0].Value.bin;

        hr = mdb->lpVtbl->OpenEntry(mdb, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_BEST_ACCESS, &type, (IUnknown **)out);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

static HRESULT read_text(IMsgStore *mdb, void *context)
{
    IMAPIFolder *inbox = NULL;
    IMessage *template = NULL;
    HRESULT hr = open_inbox(mdb, &inbox);

    if (SUCCEEDED(hr))
        hr = open_template(mdb, inbox, &template);
    if (SUCCEEDED(hr))
        hr = object_get_text(MAPI_PROP(template), PR_BODY_W, context);
    else if (hr == MAPI_E_NOT_FOUND) {
        *(BSTR *)context = SysAllocString(L"");
        hr = *(BSTR *)context ? S_OK : E_OUTOFMEMORY;
    }
    if (template)
        template->lpVtbl->Release(template);
    if (inbox)
        inbox->lpVtbl->Release(inbox);
    return hr;
}

static HRESULT write_text(IMsgStore *mdb, void *context)
{
    IMAPIFolder *inbox = NULL;
    IMessage *template = NULL;
    const WCHAR *text = context;
    HRESULT hr = open_inbox(mdb, &inbox);

    if (SUCCEEDED(hr)) {
        hr = open_template(mdb, inbox, &template);
        if (hr == MAPI_E_NOT_FOUND) {
            hr = inbox->lpVtbl->CreateMessage(inbox, NULL, MAPI_ASSOCIATED, &template);
            if (SUCCEEDED(hr))
                hr = mapi_prop_set_string(MAPI_PROP(template), PR_MESSAGE_CLASS_W, OOF_CLASS);
        }
    }
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_string(MAPI_PROP(template), PR_BODY_W, text);
    if (SUCCEEDED(hr))
        hr = mapi_prop_save(MAPI_PROP(template));
    if (template)
        template->lpVtbl->Release(template);
    if (inbox)
        inbox->lpVtbl->Release(inbox);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_get_OutOfOfficeText(IMhSession *iface, BSTR *value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = with_default_store(self, read_text, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE session_put_OutOfOfficeText(IMhSession *iface, BSTR value)
{
    struct session *self = session_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = with_default_store(self, write_text, value ? value : (void *)L"");
    return auto_leave(&call, hr);
}
