/*
 * infostore.c: the InfoStore object: a message store of the profile, and what Mailbox shares with it.
 *
 * Layer: server/object. The store itself (one logon for all its objects) is a struct mapi_store.
 */
#include "infostore.h"

#include "cdo_dispid.h"
#include "fields.h"
#include "folder.h"
#include "hex.h"
#include "mailbox.h"
#include "mapi_admin_id.h"
#include "object_util.h"
#include "session.h"

#include <stdlib.h>
#include <wchar.h>

static struct infostore *infostore_from(IMhInfoStore *iface)
{
    return CONTAINING_RECORD(iface, struct infostore, base);
}

/* The store's interface; explained when a Mailbox is not open. */
static HRESULT open_mdb(struct infostore *self, IMsgStore **mdb)
{
    *mdb = NULL;
    if (!self->store)
        return auto_fail(&self->base, MAPI_E_OBJECT_DELETED, L"the mailbox is not open. Call Open first.");
    return mapi_store_mdb(self->store, mdb);
}

static HRESULT read_text(struct infostore *self, ULONG tag, BSTR *value)
{
    IMsgStore *mdb;
    HRESULT hr = open_mdb(self, &mdb);

    return SUCCEEDED(hr) ? object_get_text(MAPI_PROP(mdb), tag, value) : hr;
}

HRESULT STDMETHODCALLTYPE infostore_get_Name(IMhInfoStore *iface, BSTR *value)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_text(self, PR_DISPLAY_NAME_W, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE infostore_get_ProviderName(IMhInfoStore *iface, BSTR *value)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_text(self, PR_PROVIDER_DISPLAY_W, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE infostore_get_ID(IMhInfoStore *iface, BSTR *value)
{
    struct infostore *self = infostore_from(iface);
    IMsgStore *mdb;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = open_mdb(self, &mdb);
    if (SUCCEEDED(hr))
        hr = object_get_id(MAPI_PROP(mdb), PR_ENTRYID, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE infostore_get_Index(IMhInfoStore *iface, LONG *value)
{
    struct infostore *self = infostore_from(iface);
    struct mapi_store_list *list = NULL;
    struct mapi_session *session;
    IMsgStore *mdb;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = open_mdb(self, &mdb);
    if (SUCCEEDED(hr))
        hr = object_session(&self->base, &session);
    if (SUCCEEDED(hr))
        hr = mapi_session_stores(session, &list);
    if (SUCCEEDED(hr)) {
        for (ULONG i = 0; i < list->count && !*value; i++)
            if (object_same_id(&self->base, &list->rows[i].id, &self->store->id))
                *value = (LONG)i + 1;
        if (!*value)
            hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the store is not one of the profile's");
    }
    mapi_session_free_stores(list);
    return auto_leave(&call, hr);
}

/* ---- folders ------------------------------------------------------------------------------------------------------ */

HRESULT infostore_folder(struct infostore *self, const SBinary *id, IMhFolder **out)
{
    struct folder *folder = NULL;
    HRESULT hr = folder_create(&self->base, self->store, id, NULL, &folder);

    *out = SUCCEEDED(hr) ? (IMhFolder *)&folder->base : NULL;
    return hr;
}

static HRESULT folder_by_prop(struct infostore *self, IMAPIProp *props, ULONG tag, IMhFolder **out)
{
    SPropValue *value = NULL;
    HRESULT hr = mapi_prop_get(props, tag, &value);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = infostore_folder(self, &value->Value.bin, out);
    mapi_free(value);
    return hr;
}

static HRESULT receive_folder_id(IMsgStore *mdb, const WCHAR *message_class, SBinary *id)
{
    WCHAR *explicit_class = NULL;
    HRESULT hr;

    id->cb = 0, id->lpb = NULL;
    hr = mdb->lpVtbl->GetReceiveFolder(mdb, (LPTSTR)message_class, MAPI_UNICODE, &id->cb, (ENTRYID **)&id->lpb,
                                       (LPTSTR *)&explicit_class);
    mapi_free(explicit_class);
    return hr;
}

/* The folders whose ids stand on the Inbox (in other stores than the default one: on the root folder). */
static HRESULT folder_by_inbox_prop(struct infostore *self, IMsgStore *mdb, ULONG tag, IMhFolder **out)
{
    IMAPIFolder *folder = NULL;
    SBinary id = {0, NULL};
    ULONG type;
    HRESULT hr = receive_folder_id(mdb, L"IPM.Note", &id);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_store_open_entry(self->store, &id, &type, (IUnknown **)&folder);
    if (SUCCEEDED(hr))
        hr = folder_by_prop(self, MAPI_PROP(folder), tag, out);
    if (folder)
        folder->lpVtbl->Release(folder);
    mapi_free(id.lpb);
    if (hr != MAPI_E_NOT_FOUND && hr != MAPI_E_NO_SUPPORT)
        return hr;
    folder = NULL;
    hr = mdb->lpVtbl->OpenEntry(mdb, 0, NULL, NULL, 0, &type, (IUnknown **)&folder);
    if (SUCCEEDED(hr))
        hr = folder_by_prop(self, MAPI_PROP(folder), tag, out);
    if (folder)
        folder->lpVtbl->Release(folder);
    return hr;
}

/* By CdoDefaultFolderTypes; where: on the store, on the Inbox, or the Inbox itself (0). */
static const struct {
    LONG which;
    ULONG tag;
    bool on_store;
} default_folders[] = {
    {CdoDefaultFolderCalendar, PR_IPM_APPOINTMENT_ENTRYID, false},
    {CdoDefaultFolderInbox, 0, false},
    {CdoDefaultFolderOutbox, PR_IPM_OUTBOX_ENTRYID, true},
    {CdoDefaultFolderSentItems, PR_IPM_SENTMAIL_ENTRYID, true},
    {CdoDefaultFolderDeletedItems, PR_IPM_WASTEBASKET_ENTRYID, true},
    {CdoDefaultFolderContacts, PR_IPM_CONTACT_ENTRYID, false},
    {CdoDefaultFolderJournal, PR_IPM_JOURNAL_ENTRYID, false},
    {CdoDefaultFolderNotes, PR_IPM_NOTE_ENTRYID, false},
    {CdoDefaultFolderTasks, PR_IPM_TASK_ENTRYID, false},
    {INFOSTORE_DRAFTS, PR_IPM_DRAFTS_ENTRYID, false},
};

HRESULT infostore_default_folder(struct infostore *self, LONG which, IMhFolder **out)
{
    SBinary id = {0, NULL};
    IMsgStore *mdb;
    HRESULT hr = open_mdb(self, &mdb);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    for (size_t i = 0; i < sizeof default_folders / sizeof default_folders[0]; i++) {
        if (default_folders[i].which != which)
            continue;
        if (default_folders[i].on_store)
            hr = folder_by_prop(self, MAPI_PROP(mdb), default_folders[i].tag, out);
        else if (default_folders[i].tag)
            hr = folder_by_inbox_prop(self, mdb, default_folders[i].tag, out);
        else if (SUCCEEDED(hr = receive_folder_id(mdb, L"IPM.Note", &id)))
            hr = infostore_folder(self, &id, out);
        mapi_free(id.lpb);
        if (hr == MAPI_E_NOT_FOUND)
            auto_fail(&self->base, hr, L"the store has no such folder");
        return hr;
    }
    return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"%ld is no CdoDefaultFolderTypes value", which);
}

#define DEFAULT_FOLDER(name, which)                                                                                  \
    HRESULT STDMETHODCALLTYPE infostore_get_##name(IMhInfoStore *iface, IMhFolder **value)                           \
    {                                                                                                                \
        struct infostore *self = infostore_from(iface);                                                              \
        struct auto_call call;                                                                                       \
        HRESULT hr = auto_enter(&call, &self->base, __func__);                                                       \
                                                                                                                     \
        *value = NULL;                                                                                               \
        if (SUCCEEDED(hr))                                                                                           \
            hr = infostore_default_folder(self, which, value);                                                       \
        return auto_leave(&call, hr);                                                                                \
    }
DEFAULT_FOLDER(Inbox, CdoDefaultFolderInbox)
DEFAULT_FOLDER(Outbox, CdoDefaultFolderOutbox)
DEFAULT_FOLDER(SentItems, CdoDefaultFolderSentItems)
DEFAULT_FOLDER(DeletedItems, CdoDefaultFolderDeletedItems)
DEFAULT_FOLDER(Drafts, INFOSTORE_DRAFTS)
DEFAULT_FOLDER(Calendar, CdoDefaultFolderCalendar)
DEFAULT_FOLDER(Contacts, CdoDefaultFolderContacts)
DEFAULT_FOLDER(Tasks, CdoDefaultFolderTasks)
DEFAULT_FOLDER(Notes, CdoDefaultFolderNotes)
DEFAULT_FOLDER(Journal, CdoDefaultFolderJournal)

/* The IPM subtree; a store without one (public folders) shows its own root. */
static HRESULT root_folder(struct infostore *self, IMhFolder **out)
{
    IMAPIFolder *root = NULL;
    IMsgStore *mdb;
    ULONG type;
    HRESULT hr = open_mdb(self, &mdb);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    hr = folder_by_prop(self, MAPI_PROP(mdb), PR_IPM_SUBTREE_ENTRYID, out);
    if (hr == MAPI_E_NOT_FOUND)
        hr = folder_by_prop(self, MAPI_PROP(mdb), PR_IPM_PUBLIC_FOLDERS_ENTRYID, out);
    if (hr != MAPI_E_NOT_FOUND)
        return hr;
    hr = mdb->lpVtbl->OpenEntry(mdb, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    if (SUCCEEDED(hr))
        hr = folder_by_prop(self, MAPI_PROP(root), PR_ENTRYID, out);
    if (root)
        root->lpVtbl->Release(root);
    return hr;
}

HRESULT STDMETHODCALLTYPE infostore_get_RootFolder(IMhInfoStore *iface, IMhFolder **value)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = root_folder(self, value);
    return auto_leave(&call, hr);
}

/* Goes down from a folder by the names of a path; `self` gets the error. */
static HRESULT walk_path(struct infostore *self, struct folder *root, const WCHAR *path, struct folder **out)
{
    struct folder *here = root;
    HRESULT hr = S_OK;

    auto_addref(&here->base);
    while (SUCCEEDED(hr)) {
        struct folder *child = NULL;
        WCHAR name[256];
        size_t length;

        path += wcsspn(path, L"\\/");
        length = wcscspn(path, L"\\/");
        if (!length)
            break;
        if (length >= sizeof name / sizeof name[0]) {
            hr = MAPI_E_NOT_FOUND;
            break;
        }
        wmemcpy(name, path, length);
        name[length] = 0;
        path += length;
        hr = folder_find_child(here, &self->base, name, &child);
        if (SUCCEEDED(hr)) {
            auto_release(&here->base);
            here = child;
        } else if (hr == MAPI_E_NOT_FOUND) {
            auto_fail(&self->base, hr, L"there is no folder \"%ls\" on this path", name);
        }
    }
    *out = here;
    if (FAILED(hr)) {
        auto_release(&here->base);
        *out = NULL;
    }
    return hr;
}

HRESULT STDMETHODCALLTYPE infostore_GetFolderFromPath(IMhInfoStore *iface, VARIANT path, IMhFolder **value)
{
    struct infostore *self = infostore_from(iface);
    struct folder *folder = NULL;
    IMhFolder *root = NULL;
    BSTR text = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &path);
    if (SUCCEEDED(hr) && !variant_is_text(variant_deref(&path)))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the path must be a text");
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&path, &text);
    if (SUCCEEDED(hr))
        hr = root_folder(self, &root);
    if (SUCCEEDED(hr))
        hr = walk_path(self, (struct folder *)root, text ? text : L"", &folder);
    if (SUCCEEDED(hr))
        *value = (IMhFolder *)&folder->base;
    if (root)
        IMhFolder_Release(root);
    SysFreeString(text);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE infostore_GetReceiveFolder(IMhInfoStore *iface, VARIANT message_class, IMhFolder **value)
{
    struct infostore *self = infostore_from(iface);
    SBinary id = {0, NULL};
    BSTR class_name = NULL;
    IMsgStore *mdb;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &message_class);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&message_class, &class_name);
    if (SUCCEEDED(hr))
        hr = open_mdb(self, &mdb);
    if (SUCCEEDED(hr))
        hr = receive_folder_id(mdb, class_name ? class_name : L"IPM.Note", &id);
    if (SUCCEEDED(hr))
        hr = infostore_folder(self, &id, value);
    mapi_free(id.lpb);
    SysFreeString(class_name);
    return auto_leave(&call, hr);
}

/* ---- the rest ------------------------------------------------------------------------------------------------------- */

static HRESULT open_fields(struct auto_object *owner, bool write, IMAPIProp **props)
{
    (void)write;
    return open_mdb((struct infostore *)owner, (IMsgStore **)props);
}

HRESULT STDMETHODCALLTYPE infostore_get_Fields(IMhInfoStore *iface, IMhFields **value)
{
    static const struct fields_source source = {open_fields, NULL, offsetof(struct infostore, fields_set), NULL};
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = fields_create(&self->base, &source, value);
    return auto_leave(&call, hr);
}

static HRESULT id_of(struct auto_object *object, SBinary *id)
{
    struct mapi_store *store = ((struct infostore *)object)->store;

    if (!store)
        return MAPI_E_OBJECT_DELETED;
    *id = store->id;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE infostore_IsSameAs(IMhInfoStore *iface, VARIANT object, VARIANT_BOOL *value)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    SBinary id = {0, NULL};
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = VARIANT_FALSE;
    if (SUCCEEDED(hr) && self->store)
        id = self->store->id;
    if (SUCCEEDED(hr))
        hr = object_is_same(&self->base, &object, &id, id_of, value);
    return auto_leave(&call, hr);
}

/* A number of the store, 0 where it does not tell. `scale` is bytes per unit of PT_LONG. */
static HRESULT read_size(struct infostore *self, ULONG tag, double scale, double *value)
{
    SPropValue *prop = NULL;
    IMsgStore *mdb;
    HRESULT hr = open_mdb(self, &mdb);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(MAPI_PROP(mdb), tag, &prop);
    if (SUCCEEDED(hr) && PROP_TYPE(prop->ulPropTag) == PT_I8)
        *value = (double)prop->Value.li.QuadPart;
    else if (SUCCEEDED(hr) && PROP_TYPE(prop->ulPropTag) == PT_LONG)
        *value = prop->Value.l > 0 ? prop->Value.l * scale : 0;
    mapi_free(prop);
    return hr;
}

HRESULT STDMETHODCALLTYPE infostore_get_Size(IMhInfoStore *iface, double *value)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = read_size(self, PR_MESSAGE_SIZE_EXTENDED, 1, value);
    if (hr == MAPI_E_NOT_FOUND)
        hr = read_size(self, PR_MESSAGE_SIZE, 1, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE infostore_get_Quota(IMhInfoStore *iface, double *value)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = read_size(self, PR_PROHIBIT_SEND_QUOTA, 1024, value);
    if (hr == MAPI_E_NOT_FOUND)
        hr = S_OK; /* no limit */
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE infostore_Close(IMhInfoStore *iface)
{
    struct infostore *self = infostore_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter_closed(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        auto_close(&self->base);
    return auto_leave(&call, hr);
}

static void infostore_close(struct auto_object *object)
{
    struct infostore *self = (struct infostore *)object;

    mapi_store_release(self->store);
    self->store = NULL;
}

static const IMhInfoStoreVtbl infostore_vtbl = {
    AUTO_HEAD,
    INFOSTORE_MEMBERS,
};

const struct auto_class infostore_class = {
    .name = L"InfoStore",
    .kind = CdoInfoStore,
    .iid = &IID_IMhInfoStore,
    .coclass = &CLSID_InfoStore,
    .events = &DIID__IMhEvents,
    .size = sizeof(struct infostore),
    .vtbl = &infostore_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = infostore_close,
};

HRESULT infostore_create(struct auto_object *parent, struct mapi_store *store, struct infostore **out)
{
    struct infostore *self = NULL;
    HRESULT hr = auto_create(&infostore_class, parent, &self);

    *out = NULL;
    if (FAILED(hr)) {
        mapi_store_release(store);
        return hr;
    }
    self->store = store;
    *out = self;
    return S_OK;
}

/* Who opened what, for the audit: an id with an administrator's rights was made by OpenMailbox, here or in another session. */
static void note_admin(struct auto_object *parent, struct mapi_session *session, const SBinary *id, struct mapi_store *store,
                       HRESULT result)
{
    WCHAR *name = NULL, *dn = NULL, *hex = malloc((2 * id->cb + 1) * sizeof *hex);
    IMsgStore *mdb;

    if (hex)
        hex_encode(id->lpb, id->cb, hex);
    if (store && SUCCEEDED(mapi_store_mdb(store, &mdb)))
        mapi_mailbox_owner(session, mdb, &name, &dn);
    mailbox_note_admin(&session_of(parent)->base, name ? name : L"?", dn ? dn : hex ? hex : L"", result);
    free(name);
    free(dn);
    free(hex);
}

HRESULT infostore_open(struct auto_object *parent, const SBinary *id, struct infostore **out)
{
    struct mapi_session *session;
    struct mapi_store *store = NULL;
    bool admin;
    HRESULT hr = object_session(parent, &session);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    admin = id && mapi_admin_id(session, id);
    if (id)
        hr = mapi_store_open(session, id, 0, admin, &store);
    else
        hr = mapi_store_open_default(session, &store);
    if (admin && !mapi_slots_full(hr) && (FAILED(hr) || store->refs == 1)) /* a logon that is there is logged already */
        note_admin(parent, session, id, store, hr);
    if (!id && hr == MAPI_E_NOT_FOUND)
        return auto_fail(parent, hr, L"the profile has no default message store");
    if (FAILED(hr))
        return hr;
    return infostore_create(parent, store, out);
}
