/*
 * message_open.c: Message objects made: of a table's row, of an open message, of an id, and of nothing.
 *
 * Layer: server/object.
 */
#include "message.h"

#include "appointment.h"
#include "infostore.h"
#include "mapi_value.h"
#include "object_util.h"
#include <stdlib.h>

HRESULT message_create_row(struct auto_object *parent, struct mapi_store *store, const SRow *row,
                           struct message **out)
{
    struct message *self = NULL;
    HRESULT hr;

    *out = NULL;
    if (PROP_TYPE(row->lpProps[MESSAGE_COL_ID].ulPropTag) != PT_BINARY)
        return MAPI_E_CORRUPT_STORE;
    hr = auto_create(calendar_class_of(mapi_prop_text(row->lpProps, MESSAGE_COL_COUNT, PR_MESSAGE_CLASS_W)), parent,
                     &self);
    if (FAILED(hr))
        return hr;
    mapi_store_addref(store);
    self->store = store;
    hr = object_copy_id(&row->lpProps[MESSAGE_COL_ID].Value.bin, &self->id);
    if (SUCCEEDED(hr))
        hr = mapi_values_copy(row->lpProps, MESSAGE_COL_COUNT, &self->row);
    if (FAILED(hr)) {
        auto_release(&self->base);
        return hr;
    }
    *out = self;
    return S_OK;
}

HRESULT message_create_open(struct auto_object *parent, struct mapi_store *store, IMessage *mapi, bool embedded,
                            struct message **out)
{
    struct message *self = NULL;
    SPropValue *id = NULL, *kind = NULL;
    HRESULT hr;

    *out = NULL;
    mapi_prop_get(MAPI_PROP(mapi), PR_MESSAGE_CLASS_W, &kind);
    hr = auto_create(calendar_class_of(mapi_prop_text(kind, 1, PR_MESSAGE_CLASS_W)), parent, &self);
    mapi_free(kind);
    if (FAILED(hr)) {
        mapi->lpVtbl->Release(mapi);
        return hr;
    }
    self->mapi = mapi;
    self->embedded = embedded;
    if (store) {
        mapi_store_addref(store);
        self->store = store;
        message_pin(self);
    }
    if (!embedded && SUCCEEDED(mapi_prop_get(MAPI_PROP(mapi), PR_ENTRYID, &id)))
        hr = object_copy_id(&id->Value.bin, &self->id);
    mapi_free(id);
    if (FAILED(hr)) {
        auto_release(&self->base);
        return hr;
    }
    *out = self;
    return S_OK;
}

/* Opens a message in one store, as a child of its InfoStore. */
static HRESULT open_in(struct infostore *infostore, const SBinary *id, struct message **out)
{
    IMessage *mapi = NULL;
    ULONG type = 0;
    HRESULT hr;

    if (!infostore->store)
        return MAPI_E_OBJECT_DELETED;
    hr = mapi_store_open_entry(infostore->store, id, &type, (IUnknown **)&mapi);
    if (SUCCEEDED(hr) && type != MAPI_MESSAGE) {
        mapi->lpVtbl->Release(mapi);
        return auto_fail(&infostore->base, MAPI_E_INVALID_ENTRYID, L"the id is not that of a message");
    }
    return SUCCEEDED(hr) ? message_create_open(&infostore->base, infostore->store, mapi, false, out) : hr;
}

HRESULT message_open_by_id(struct auto_object *self, const SBinary *id, const SBinary *store_id,
                           struct message **out)
{
    struct infostore *infostore = store_id ? NULL : object_infostore(self);
    HRESULT hr;

    *out = NULL;
    if (infostore && SUCCEEDED(open_in(infostore, id, out)))
        return S_OK;
    infostore = NULL;
    hr = infostore_of_entry(self, id, store_id, &infostore);
    if (SUCCEEDED(hr))
        hr = open_in(infostore, id, out);
    if (infostore)
        auto_release(&infostore->base);
    return hr;
}

/* New items of a calendar are appointments. */
static bool is_calendar(IMAPIFolder *folder)
{
    SPropValue *kind = NULL;
    bool yes = SUCCEEDED(mapi_prop_get(MAPI_PROP(folder), PR_CONTAINER_CLASS_W, &kind)) &&
               !lstrcmpiW(mapi_prop_text(kind, 1, PR_CONTAINER_CLASS_W), L"IPF.Appointment");

    mapi_free(kind);
    return yes;
}

HRESULT message_create_new(struct auto_object *parent, struct folder *folder, const WCHAR *message_class_name,
                           bool hidden, struct message **out)
{
    IMAPIFolder *mapi;
    IMessage *made = NULL;
    HRESULT hr = folder_open(folder, &mapi);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->CreateMessage(mapi, NULL, hidden ? MAPI_ASSOCIATED : 0, &made);
    if (SUCCEEDED(hr) && !hidden && !(message_class_name && message_class_name[0]) && is_calendar(mapi))
        message_class_name = L"IPM.Appointment";
    if (SUCCEEDED(hr) && message_class_name && message_class_name[0]) /* it decides which object it gets */
        hr = mapi_prop_set_string(MAPI_PROP(made), PR_MESSAGE_CLASS_W, message_class_name);
    if (FAILED(hr) && made)
        made->lpVtbl->Release(made);
    if (SUCCEEDED(hr))
        hr = message_create_open(parent, folder->store, made, false, out);
    if (FAILED(hr))
        return hr;
    free((*out)->id.lpb); /* some providers give the id at once; the message counts as unsaved all the same */
    (*out)->id.lpb = NULL, (*out)->id.cb = 0;
    hr = calendar_init_new(*out);
    if (FAILED(hr)) {
        auto_release(&(*out)->base);
        *out = NULL;
    }
    return hr;
}
