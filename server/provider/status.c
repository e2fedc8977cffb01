/*
 * status.c: the status table of a session and its status objects (IMAPIStatus).
 *
 * Layer: provider, session part. There are rows for the MAPI subsystem, the spooler, the address book and,
 * when the profile has a mailbox, its store, address book and transport providers. Everything is delivered
 * when it is submitted, so flushing has nothing to do and succeeds.
 */
#include <stdlib.h>
#include <string.h>
#include "addrbook_id.h"
#include "session.h"
#include "store.h"

#ifndef MAPI_SPOOLER
#define MAPI_SPOOLER ((ULONG)37)
#endif
#ifndef MAPI_SUBSYSTEM
#define MAPI_SUBSYSTEM ((ULONG)39)
#endif
#ifndef MAPI_AB
#define MAPI_AB ((ULONG)34)
#endif

static const MAPIUID status_uid = {
    {0x6d, 0x61, 0x70, 0x69, 0x73, 0x74, 0x61, 0x74, 0x75, 0x73, 0x4c, 0x4f, 0x43, 0x41, 0x4c, 0x01}};

static const struct status_row {
    ULONG type;
    const WCHAR *name;
    ULONG methods, flags, code;
    bool mailbox;  /* only with a mailbox in the profile */
    bool identity; /* has the PR_IDENTITY_ properties */
} rows[] = {
    {MAPI_SUBSYSTEM, L"MAPI Subsystem", 0, 0, STATUS_AVAILABLE, false, false},
    {MAPI_SPOOLER, L"MAPI Spooler", STATUS_VALIDATE_STATE | STATUS_FLUSH_QUEUES, 0,
     STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED, false, false},
    {MAPI_AB, L"MAPI Address Book", 0, 0, STATUS_AVAILABLE, false, false},
    {MAPI_STORE_PROVIDER, L"Microsoft Exchange Message Store", STATUS_VALIDATE_STATE,
     STATUS_DEFAULT_STORE | STATUS_PRIMARY_STORE | STATUS_PRIMARY_IDENTITY, STATUS_AVAILABLE, true, true},
    {MAPI_AB_PROVIDER, L"Microsoft Exchange Directory Service", STATUS_VALIDATE_STATE, 0, STATUS_AVAILABLE,
     true, true},
    {MAPI_TRANSPORT_PROVIDER, L"Microsoft Exchange Transport", STATUS_VALIDATE_STATE | STATUS_FLUSH_QUEUES,
     STATUS_DEFAULT_OUTBOUND, STATUS_AVAILABLE | STATUS_INBOUND_ENABLED | STATUS_OUTBOUND_ENABLED, true,
     true},
};
#define ROW_COUNT ((ULONG)(sizeof rows / sizeof *rows))

struct status_id {
    BYTE flags[4];
    MAPIUID uid;
    uint32_t row;
};

static void status_id_make(ULONG row, struct status_id *id)
{
    memset(id, 0, sizeof *id);
    id->uid = status_uid;
    id->row = row;
}

/* The spooler of a MAPI_NO_MAIL session is not there. */
static LONG status_code(const struct session *session, const struct status_row *row)
{
    return row->type == MAPI_SPOOLER && session->no_mail ? (LONG)STATUS_FAILURE : (LONG)row->code;
}

static bool row_present(const struct session *session, const struct status_row *row)
{
    return (!row->mailbox || session->user_id != 0) &&
           !(row->type == MAPI_TRANSPORT_PROVIDER && session->no_mail);
}

/* ---- the object ---- */

struct status {
    struct prop_object prop;
    ULONG row;
};

static struct status *status_from(void *self)
{
    return self;
}

static HRESULT get_value(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct status *status = (const struct status *)object;
    const struct status_row *row = &rows[status->row];
    const struct session *session = object->base.session;
    struct status_id id;
    SBinary bytes = {0, NULL};
    HRESULT hr;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_OBJECT_TYPE):
        return value_long(out, tag, MAPI_STATUS);
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_INSTANCE_KEY):
    case PROP_ID(PR_RECORD_KEY):
    case PROP_ID(PR_SEARCH_KEY):
        status_id_make(status->row, &id);
        return value_binary(out, tag, &id, sizeof id, base);
    case PROP_ID(PR_ROWID):
        return value_long(out, tag, (LONG)status->row + 1);
    case PROP_ID(PR_DISPLAY_NAME_W): /* the subsystem's row bears the profile's name (PidTagProfileName) */
        return value_string(out, tag, row->type == MAPI_SUBSYSTEM ? session->profile_name : row->name, base);
    case PROP_ID(PR_PROVIDER_DISPLAY_W):
        return value_string(out, tag, row->name, base);
    case PROP_ID(PR_PROVIDER_DLL_NAME_W):
        return value_string(out, tag, L"mapilocal.dll", base);
    case PROP_ID(PR_RESOURCE_TYPE):
        return value_long(out, tag, (LONG)row->type);
    case PROP_ID(PR_RESOURCE_FLAGS):
        return value_long(out, tag, (LONG)row->flags);
    case PROP_ID(PR_RESOURCE_METHODS):
        return value_long(out, tag, (LONG)row->methods);
    case PROP_ID(PR_STATUS_CODE):
        return value_long(out, tag, status_code(session, row));
    case PROP_ID(PR_STATUS_STRING_W):
        return value_string(out, tag,
                            status_code(session, row) == (LONG)STATUS_FAILURE ? L"Not running" : L"Available",
                            base);
    default:
        break;
    }
    if (!row->identity)
        return MAPI_E_NOT_FOUND;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_IDENTITY_DISPLAY_W):
        return value_string(out, tag, session->user->display_name, base);
    case PROP_ID(PR_IDENTITY_ENTRYID):
        hr = ab_id_entry(DT_MAILUSER, session->user->dn, NULL, &bytes);
        break;
    default: /* PR_IDENTITY_SEARCH_KEY */
        hr = ab_search_key(L"EX", session->user->dn, NULL, &bytes);
        break;
    }
    if (hr == S_OK)
        hr = value_binary(out, tag, bytes.lpb, bytes.cb, base);
    MAPIFreeBuffer(bytes.lpb);
    return hr;
}

static const struct prop_handler status_handlers[] = {
    {PR_INSTANCE_KEY, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_RECORD_KEY, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_OBJECT_TYPE, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_ENTRYID, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_ROWID, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_DISPLAY_NAME_W, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_PROVIDER_DISPLAY_W, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_SEARCH_KEY, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_PROVIDER_DLL_NAME_W, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_RESOURCE_FLAGS, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_RESOURCE_METHODS, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_RESOURCE_TYPE, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_STATUS_CODE, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_IDENTITY_DISPLAY_W, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_IDENTITY_ENTRYID, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_IDENTITY_SEARCH_KEY, get_value, NULL, NULL, PROP_COMPUTED},
    {PR_STATUS_STRING_W, get_value, NULL, NULL, PROP_COMPUTED},
    {0, NULL, NULL, NULL, 0},
};

static HRESULT status_load(struct prop_object *object)
{
    return object->props != NULL ? S_OK : propbag_create(&object->props);
}

static HRESULT status_nothing(struct prop_object *object)
{
    (void)object;
    return S_OK;
}

static HRESULT status_save(struct prop_object *object, ULONG flags)
{
    (void)object, (void)flags;
    return S_OK;
}

static const struct prop_object_ops status_ops = {
    .handlers = status_handlers,
    .load = status_load,
    .changed = status_nothing,
    .save = status_save,
};

/* Enters for a method that only some status objects have. */
static HRESULT method(struct status *status, ULONG needed)
{
    HRESULT hr = object_enter(&status->prop.base);
    if (hr != S_OK)
        return hr;
    hr = rows[status->row].methods & needed ? S_OK : MAPI_E_NO_SUPPORT;
    object_leave(&status->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE status_ValidateState(IMAPIStatus *self, ULONG_PTR ui, ULONG flags)
{
    (void)ui, (void)flags;
    return method(status_from(self), STATUS_VALIDATE_STATE);
}

static HRESULT STDMETHODCALLTYPE status_SettingsDialog(IMAPIStatus *self, ULONG_PTR ui, ULONG flags)
{
    (void)ui, (void)flags;
    return method(status_from(self), STATUS_SETTINGS_DIALOG);
}

static HRESULT STDMETHODCALLTYPE status_ChangePassword(IMAPIStatus *self, LPTSTR old_password,
                                                       LPTSTR new_password, ULONG flags)
{
    (void)old_password, (void)new_password, (void)flags;
    return method(status_from(self), STATUS_CHANGE_PASSWORD);
}

static HRESULT STDMETHODCALLTYPE status_FlushQueues(IMAPIStatus *self, ULONG_PTR ui, ULONG cb,
                                                    LPENTRYID transport, ULONG flags)
{
    (void)ui, (void)cb, (void)transport, (void)flags;
    return method(status_from(self), STATUS_FLUSH_QUEUES);
}

static const IMAPIStatusVtbl status_vtbl = {
    PROP_OBJECT_VTBL,
    .ValidateState = status_ValidateState,
    .SettingsDialog = status_SettingsDialog,
    .ChangePassword = status_ChangePassword,
    .FlushQueues = status_FlushQueues,
};

static void status_destroy(void *object)
{
    prop_object_destroy(object);
}

static const IID *const status_iids[] = {&IID_IMAPIStatus, &IID_IMAPIProp, NULL};
static const struct object_class status_class = {
    .name = "IMAPIStatus",
    .vtbl = &status_vtbl,
    .size = sizeof(struct status),
    .object_type = MAPI_STATUS,
    .iids = status_iids,
    .destroy = status_destroy,
};

static HRESULT status_create(struct session *session, ULONG row, struct status **out)
{
    HRESULT hr = object_create(&status_class, &session->base, out);
    if (hr == S_OK) {
        (*out)->prop.ops = &status_ops;
        (*out)->row = row;
    }
    return hr;
}

HRESULT session_status_open(struct session *session, ULONG cb, const ENTRYID *id, const IID *iid, ULONG *type,
                            IUnknown **out)
{
    struct status_id parsed;
    struct status *status;
    *out = NULL;
    if (cb != sizeof parsed)
        return MAPI_E_UNKNOWN_ENTRYID;
    memcpy(&parsed, id, sizeof parsed);
    if (!IsEqualMAPIUID(&parsed.uid, &status_uid))
        return MAPI_E_UNKNOWN_ENTRYID;
    if (parsed.row >= ROW_COUNT || !row_present(session, &rows[parsed.row]))
        return MAPI_E_NOT_FOUND;
    HRESULT hr = status_create(session, parsed.row, &status);
    if (hr != S_OK)
        return hr;
    if (!object_grants(&status->prop.base, iid)) {
        object_Release(status);
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    *type = MAPI_STATUS;
    *out = (IUnknown *)status;
    return S_OK;
}

/* ---- the table ---- */

static const SizedSPropTagArray(14, status_columns) = {
    14,
    {PR_ENTRYID, PR_INSTANCE_KEY, PR_OBJECT_TYPE, PR_ROWID, PR_DISPLAY_NAME_W, PR_RESOURCE_TYPE,
     PR_RESOURCE_METHODS, PR_RESOURCE_FLAGS, PR_STATUS_CODE, PR_STATUS_STRING_W, PR_PROVIDER_DLL_NAME_W,
     PR_IDENTITY_DISPLAY_W, PR_IDENTITY_ENTRYID, PR_IDENTITY_SEARCH_KEY}};

static HRESULT status_row_add(struct session *session, ULONG number, struct table_source *source)
{
    struct status *status;
    SPropValue *values = NULL;
    ULONG count = 0;
    HRESULT hr = status_create(session, number, &status);
    if (hr != S_OK)
        return hr;
    hr = MAPIAllocateBuffer(status_columns.cValues * sizeof *values, (void **)&values);
    for (ULONG i = 0; i < status_columns.cValues && hr == S_OK; i++) {
        memset(&values[count], 0, sizeof *values);
        hr = get_value(&status->prop, status_columns.aulPropTag[i], values, &values[count]);
        if (hr == S_OK)
            count++;
        else if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
    }
    if (hr == S_OK)
        hr = memory_rows_add(source, count, values);
    MAPIFreeBuffer(values);
    object_Release(status);
    return hr;
}

HRESULT STDMETHODCALLTYPE session_GetStatusTable(IMAPISession *self, ULONG flags, LPMAPITABLE *out)
{
    struct session *session = (struct session *)self;
    struct table_source *source = NULL;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = memory_rows_create(PR_INSTANCE_KEY, &source);
    for (ULONG i = 0; i < ROW_COUNT && hr == S_OK; i++) {
        if (row_present(session, &rows[i]))
            hr = status_row_add(session, i, source);
    }
    if (hr == S_OK) {
        hr = table_create(&session->base, source, (const SPropTagArray *)&status_columns, flags, out);
        source = NULL;
    }
    if (source != NULL)
        source->ops->destroy(source);
    object_leave(&session->base);
    return hr;
}
