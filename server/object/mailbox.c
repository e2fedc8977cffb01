/*
 * mailbox.c: the Mailbox object: opening, here or in a worker, closing, and its own members.
 *
 * Layer: server/object. The members that it shares with InfoStore are in mailbox_members.c.
 */
#include "mailbox.h"
#include "cdo_dispid.h"
#include "event_sinks.h"
#include "event_source.h"
#include "mailbox_members.h"
#include "mapi_address.h"
#include "object_util.h"
#include "session.h"

#include <stdlib.h>
#include <wchar.h>

static void (*audit)(struct auto_object *session, const WCHAR *name, const WCHAR *dn, HRESULT result);

/* ---- opening ------------------------------------------------------------------------------------------------------ */

HRESULT mailbox_create(struct auto_object *parent, const WCHAR *name, const WCHAR *dn, bool admin,
                       const struct mapi_mailbox *row, struct mailbox **out)
{
    struct mailbox *self;
    HRESULT hr = auto_create(&mailbox_class, parent, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    self->admin = admin;
    self->name = _wcsdup(name);
    self->dn = _wcsdup(dn);
    if (row) {
        self->has_row = true;
        self->size = row->size;
        self->items = row->items;
        self->last_logon = row->last_logon;
    }
    if (!self->name || !self->dn) {
        auto_release(&self->store.base);
        return E_OUTOFMEMORY;
    }
    *out = self;
    return S_OK;
}

/* The default store's interface, which names the server's mailboxes; *store is released by the caller. */
static HRESULT default_store(struct mapi_session *session, struct mapi_store **store, IMsgStore **mdb)
{
    HRESULT hr = mapi_store_open_default(session, store);

    return SUCCEEDED(hr) ? mapi_store_mdb(*store, mdb) : hr;
}

static HRESULT open_here(struct mailbox *self, struct mapi_session *session)
{
    struct mapi_store *store = NULL;
    SBinary id = {0, NULL};
    IMsgStore *mdb = NULL;
    HRESULT hr = default_store(session, &store, &mdb);

    if (SUCCEEDED(hr))
        hr = mapi_mailbox_store_id(session, mdb, self->dn, self->admin, &id);
    mapi_store_release(store);
    if (SUCCEEDED(hr))
        hr = mapi_store_open(session, &id, MDB_TEMPORARY | MDB_NO_MAIL, self->admin, &self->store.store);
    mapi_free(id.lpb);
    return hr;
}

void mailbox_set_audit(void (*wanted)(struct auto_object *session, const WCHAR *name, const WCHAR *dn, HRESULT result))
{
    audit = wanted;
}

void mailbox_note_admin(struct auto_object *session, const WCHAR *name, const WCHAR *dn, HRESULT result)
{
    if (audit)
        audit(session, name, dn, result);
}

HRESULT mailbox_open(struct mailbox *self)
{
    struct session *session = session_of(&self->store.base);
    struct mapi_session *mapi;
    IMsgStore *mdb;
    HRESULT hr;

    if (self->state == MAILBOX_OPEN && !self->store.store)
        return S_OK;
    hr = object_session(&self->store.base, &mapi);
    if (FAILED(hr))
        return hr;
    if (self->state == MAILBOX_OPEN) /* parked perhaps */
        hr = mapi_store_mdb(self->store.store, &mdb);
    else
        hr = open_here(self, mapi);
    if (self->admin && self->state != MAILBOX_OPEN && !mapi_slots_full(hr))
        mailbox_note_admin(&session->base, self->name, self->dn, hr);
    if (mapi_slots_full(hr)) {
        if (self->guest) /* a worker that holds nothing else is not full: then this is another failure */
            return session->guests > 1 ? MAPI_E_FAILONEPROVIDER : hr;
        mapi_store_release(self->store.store);
        self->store.store = NULL;
        self->state = MAILBOX_NEW;
        hr = session_workers_open(session, self->name, self->dn, self->admin, &self->remote);
    }
    if (SUCCEEDED(hr) && self->state != MAILBOX_OPEN) {
        self->state = MAILBOX_OPEN;
        self->lost = false;
        event_sinks_resume(&self->store.base);
    }
    return hr;
}

HRESULT mailbox_use(struct mailbox *self)
{
    if (self->state != MAILBOX_CLOSED)
        return mailbox_open(self);
    if (self->lost)
        return auto_fail(&self->store.base, MAPI_E_NETWORK_ERROR,
                         L"the worker process %lu that held this mailbox has ended. Call Mailbox.Open to open it again.",
                         self->remote.process_id);
    return auto_fail(&self->store.base, MAPI_E_OBJECT_DELETED,
                     L"this mailbox was closed (\"%ls\"). Call Mailbox.Open to open it again.", self->name);
}

static void mailbox_release_store(struct mailbox *self)
{
    mapi_store_release(self->store.store);
    self->store.store = NULL;
    if (!self->remote.mailbox)
        return;
    session_workers_closed(session_of(&self->store.base), self->remote.process_id);
    session_remote_clear(&self->remote);
}

/* Closes everything that was opened from it and gives its logon back; the object stays. */
static void mailbox_shut(struct mailbox *self)
{
    event_sinks_pause(&self->store.base);
    auto_close_children(&self->store.base);
    if (self->remote.mailbox)
        IMhMailbox_Close(self->remote.mailbox);
    mailbox_release_store(self);
    self->state = MAILBOX_CLOSED;
}

void mailbox_lost(struct mailbox *self)
{
    SBinary id;

    if (!self->remote.mailbox)
        return;
    self->state = MAILBOX_CLOSED;
    self->lost = true;
        event_id_bytes(self->remote.store_id, &id);
    event_source_lost(&self->store.base, &id, MAPI_E_NETWORK_ERROR);
    free(id.lpb);
    event_sinks_pause(&self->store.base);
    session_remote_clear(&self->remote);
}

/* Mailboxes of a session in a process. */
struct lost_list {
    const struct auto_object *session;
    DWORD process_id;
    struct mailbox **rows; /* NULL: only counted */
    size_t count, room;
};

static void find_lost(const struct auto_object *object, void *context)
{
    struct mailbox *self = (struct mailbox *)object;
    struct lost_list *list = context;

    if (object->class != &mailbox_class || object->home != list->session->home || object->closed ||
        auto_root((struct auto_object *)object) != list->session || !self->remote.mailbox ||
        self->remote.process_id != list->process_id)
        return;
    if (list->rows && list->count < list->room) {
        auto_addref(&self->store.base);
        list->rows[list->count] = self;
    }
    list->count++;
}

void mailbox_worker_ended(struct session *session, DWORD process_id)
{
    struct lost_list list = {.session = &session->base, .process_id = process_id};

    auto_visit(find_lost, &list); /* counts; nothing changes on this thread until the second visit */
    list.room = list.count;
    list.count = 0;
    if (!list.room || !(list.rows = calloc(list.room, sizeof *list.rows)))
        return;
    auto_visit(find_lost, &list);
    for (size_t i = 0; i < list.count; i++) {
        mailbox_lost(list.rows[i]);
        auto_release(&list.rows[i]->store.base);
    }
    free(list.rows);
}

HRESULT mailbox_open_guest(struct session *session, IMhSessionLink *alias, const WCHAR *name, const WCHAR *dn,
                           bool admin, BSTR *store_id, IMhMailbox **out)
{
    struct mailbox *self;
    IMsgStore *mdb;
    HRESULT hr = mailbox_create(&session->base, name, dn, admin, NULL, &self);

    *out = NULL;
    if (FAILED(hr))
        return hr;
    self->guest = true;
    session_guest_begin(session, alias);
    hr = mailbox_open(self);
    if (SUCCEEDED(hr))
        hr = mapi_store_mdb(self->store.store, &mdb);
    if (SUCCEEDED(hr))
        hr = object_get_id(MAPI_PROP(mdb), PR_ENTRYID, store_id);
    if (SUCCEEDED(hr))
        *out = (IMhMailbox *)self;
    else
        auto_release(&self->store.base);
    return hr;
}

/* ---- its own members ----------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE mailbox_Open(IMhMailbox *iface, VARIANT admin)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    bool wanted = self->admin;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    auto_arg_variant(&call, &admin);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&admin, self->admin, &wanted);
    if (SUCCEEDED(hr) && self->state == MAILBOX_OPEN && wanted != self->admin)
        mailbox_shut(self);
    if (SUCCEEDED(hr)) {
        self->admin = wanted;
        hr = mailbox_open(self);
    }
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE mailbox_Close(IMhMailbox *iface)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    if (SUCCEEDED(hr))
        mailbox_shut(self);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE mailbox_get_IsOpen(IMhMailbox *iface, VARIANT_BOOL *value)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    *value = SUCCEEDED(hr) && self->state == MAILBOX_OPEN ? VARIANT_TRUE : VARIANT_FALSE;
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE mailbox_get_ProcessID(IMhMailbox *iface, LONG *value)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    *value = 0;
    if (SUCCEEDED(hr) && self->state == MAILBOX_OPEN)
        *value = (LONG)(self->remote.mailbox ? self->remote.process_id : GetCurrentProcessId());
    return auto_leave(&call, hr);
}

static HRESULT copy_text(const WCHAR *text, BSTR *value)
{
    *value = SysAllocString(text);
    return *value ? S_OK : E_OUTOFMEMORY;
}

static HRESULT read_address(struct mailbox *self, BSTR *value)
{
    struct mapi_session *session;
    WCHAR *smtp = NULL;
    HRESULT hr = object_session(&self->store.base, &session);

    if (FAILED(hr))
        return hr;
    mapi_mailbox_smtp(session, self->dn, &smtp);
    hr = copy_text(smtp ? smtp : self->dn, value);
    free(smtp);
    return hr;
}

HRESULT STDMETHODCALLTYPE mailbox_get_Address(IMhMailbox *iface, BSTR *value)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = read_address(self, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE mailbox_get_DistinguishedName(IMhMailbox *iface, BSTR *value)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = copy_text(self->dn, value);
    return auto_leave(&call, hr);
}

static HRESULT get_name(IMhMailbox *iface, const char *function, BSTR *value)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, function);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = copy_text(self->name, value);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE mailbox_get_Owner(IMhMailbox *iface, BSTR *value)
{
    return get_name(iface, __func__, value);
}

HRESULT STDMETHODCALLTYPE mailbox_get_Name(IMhMailbox *iface, BSTR *value)
{
    return get_name(iface, __func__, value);
}

/* The server's table's row of this mailbox, read once. */
static HRESULT need_row(struct mailbox *self)
{
    struct mapi_mailbox_list *list = NULL;
    struct mapi_session *session;
    struct mapi_store *store = NULL;
    IMsgStore *mdb;
    HRESULT hr;

    if (self->has_row)
        return S_OK;
    hr = object_session(&self->store.base, &session);
    if (SUCCEEDED(hr))
        hr = default_store(session, &store, &mdb);
    if (SUCCEEDED(hr))
        hr = mapi_mailboxes_list(session, mdb, &list);
    for (ULONG i = 0; SUCCEEDED(hr) && !self->has_row && i < list->count; i++)
        if (!_wcsicmp(list->rows[i].dn, self->dn)) {
            self->has_row = true;
            self->size = list->rows[i].size;
            self->items = list->rows[i].items;
            self->last_logon = list->rows[i].last_logon;
        }
    if (SUCCEEDED(hr) && !self->has_row)
        hr = auto_fail(&self->store.base, MAPI_E_NOT_FOUND, L"the server's mailbox table does not list this mailbox");
    mapi_mailboxes_free(list);
    mapi_store_release(store);
    return hr;
}

HRESULT STDMETHODCALLTYPE mailbox_get_LastLogon(IMhMailbox *iface, VARIANT *value)
{
    struct mailbox *self = mailbox_from(iface);
    SYSTEMTIME utc, local;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = need_row(self);
    if (SUCCEEDED(hr)) {
        V_VT(value) = VT_NULL;
        if ((self->last_logon.dwHighDateTime || self->last_logon.dwLowDateTime) &&
            FileTimeToSystemTime(&self->last_logon, &utc) && SystemTimeToTzSpecificLocalTime(NULL, &utc, &local) &&
            SystemTimeToVariantTime(&local, &V_DATE(value)))
            V_VT(value) = VT_DATE;
    }
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE mailbox_get_ItemCount(IMhMailbox *iface, LONG *value)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = need_row(self);
    if (SUCCEEDED(hr))
        *value = self->items;
    return auto_leave(&call, hr);
}

/* ---- the class ----------------------------------------------------------------------------------------------------- */

static void mailbox_close_object(struct auto_object *object)
{
    struct mailbox *self = (struct mailbox *)object;

    mailbox_shut(self);
}

static void mailbox_destroy(struct auto_object *object)
{
    struct mailbox *self = (struct mailbox *)object;

    if (self->guest)
        session_guest_end(session_of(object->parent));
    free(self->name);
    free(self->dn);
}

static const WCHAR *mailbox_label(struct auto_object *object)
{
    return ((struct mailbox *)object)->name;
}

const struct auto_class mailbox_class = {
    .name = L"Mailbox",
    .kind = MhMailbox,
    .iid = &IID_IMhMailbox,
    .also = &IID_IMhInfoStore,
    .coclass = &CLSID_Mailbox,
    .events = &DIID__IMhEvents,
    .size = sizeof(struct mailbox),
    .vtbl = &mailbox_vtbl,
    .value_id = CDO_DISPID_NAME,
    .close = mailbox_close_object,
    .destroy = mailbox_destroy,
    .label = mailbox_label,
};
