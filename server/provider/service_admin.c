/*
 * service_admin.c: IMsgServiceAdmin and IMsgServiceAdmin2: the message services of a profile.
 *
 * Layer: provider, session part. Services are configured without property sheets: the flags that allow one
 * are accepted and change nothing, so that a service that cannot be configured fails.
 */
#include <stdlib.h>
#include <string.h>
#include "mapi_exchange.h"
#include "msgservice2.h"
#include "prof_admin.h"
#include "prof_sect.h"
#include "profile.h"
#include "session.h"
#include "text.h"

#ifndef SERVICE_NO_RESTART_WARNING
#define SERVICE_NO_RESTART_WARNING 0x00000080
#endif
#define UI_FLAGS (SERVICE_UI_ALWAYS | SERVICE_UI_ALLOWED | SERVICE_NO_RESTART_WARNING | 0x00000008)

struct service_admin {
    struct object base;
    struct directory *dir;
    int64_t profile;
};

static struct service_admin *admin_from(void *self)
{
    return self;
}

/* A session shows at once what changed in its profile. */
static HRESULT services_changed(struct service_admin *admin, HRESULT hr)
{
    if (hr == S_OK && admin->base.session != NULL)
        hr = session_stores_load(admin->base.session);
    return hr;
}

static const SizedSPropTagArray(8, service_columns) = {
    8,
    {PR_SERVICE_UID, PR_SERVICE_NAME_W, PR_DISPLAY_NAME_W, PR_RESOURCE_FLAGS, PR_SERVICE_DLL_NAME_W,
     CHANGE_PROP_TYPE(PR_SERVICE_ENTRY_NAME, PT_UNICODE), PR_INSTANCE_KEY, PR_ROWID}};

static const SizedSPropTagArray(11, provider_columns) = {
    11,
    {PR_PROVIDER_UID, PR_SERVICE_UID, PR_SERVICE_NAME_W, PR_DISPLAY_NAME_W, PR_PROVIDER_DISPLAY_W,
     PR_PROVIDER_DLL_NAME_W, PR_RESOURCE_TYPE, PR_RESOURCE_FLAGS, PR_MDB_PROVIDER, PR_INSTANCE_KEY,
     PR_ROWID}};

HRESULT section_row_add(struct table_source *source, struct directory *dir, int64_t profile,
                        const MAPIUID *uid, ULONG uid_tag, const SPropTagArray *columns, ULONG row_number)
{
    struct propbag *props = NULL;
    SPropValue *row = calloc(columns->cValues, sizeof *row);
    ULONG count = 0;
    HRESULT hr = row != NULL ? directory_section_load(dir, profile, uid, &props) : MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < columns->cValues && hr == S_OK; i++) {
        ULONG tag = columns->aulPropTag[i];
        const struct propbag_entry *entry = propbag_find(props, PROP_ID(tag));
        if (tag == uid_tag || tag == PR_INSTANCE_KEY) {
            row[count].ulPropTag = tag;
            row[count].Value.bin.cb = sizeof *uid;
            row[count++].Value.bin.lpb = (BYTE *)uid;
        } else if (tag == PR_ROWID) {
            row[count].ulPropTag = tag;
            row[count++].Value.l = (LONG)row_number;
        } else if (entry != NULL)
            row[count++] = entry->value;
    }
    if (hr == S_OK)
        hr = memory_rows_add(source, count, row);
    propbag_free(props);
    free(row);
    return hr;
}

/* A table of the profile's sections of one kind. */
static HRESULT section_table(struct object *parent, struct directory *dir, int64_t profile,
                             enum dir_section_kind kind, const MAPIUID *service, ULONG uid_tag,
                             const SPropTagArray *columns, ULONG flags, IMAPITable **out)
{
    struct dir_section *sections = NULL;
    struct table_source *source = NULL;
    ULONG count = 0;
    HRESULT hr = directory_sections(dir, profile, kind, service, &sections, &count);
    if (hr == S_OK)
        hr = memory_rows_create(PR_INSTANCE_KEY, &source);
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = section_row_add(source, dir, profile, &sections[i].uid, uid_tag, columns, i + 1);
    if (hr == S_OK) {
        hr = table_create(parent, source, columns, flags, out);
        source = NULL;
    }
    if (source != NULL)
        source->ops->destroy(source);
    free(sections);
    return hr;
}

HRESULT provider_table(struct object *parent, struct directory *dir, int64_t profile, const MAPIUID *service,
                       ULONG flags, IMAPITable **out)
{
    return section_table(parent, dir, profile, DIR_SECTION_PROVIDER, service, PR_PROVIDER_UID,
                         (const SPropTagArray *)&provider_columns, flags, out);
}

static HRESULT STDMETHODCALLTYPE service_GetMsgServiceTable(IMsgServiceAdmin2 *self, ULONG flags,
                                                            LPMAPITABLE *out)
{
    struct service_admin *admin = admin_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = section_table(&admin->base, admin->dir, admin->profile, DIR_SECTION_SERVICE, NULL, PR_SERVICE_UID,
                       (const SPropTagArray *)&service_columns, flags, out);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_GetProviderTable(IMsgServiceAdmin2 *self, ULONG flags,
                                                          LPMAPITABLE *out)
{
    struct service_admin *admin = admin_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = provider_table(&admin->base, admin->dir, admin->profile, NULL, flags, out);
    object_leave(&admin->base);
    return hr;
}

/* ---- making, configuring, deleting ---- */

static HRESULT STDMETHODCALLTYPE service_CreateMsgServiceEx(IMsgServiceAdmin2 *self, LPTSTR service,
                                                            LPTSTR display_name, ULONG_PTR ui, ULONG flags,
                                                            LPMAPIUID uid)
{
    struct service_admin *admin = admin_from(self);
    WCHAR *name = NULL, *shown = NULL;
    MAPIUID made;
    (void)ui;
    if (service == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_UNICODE | UI_FLAGS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    if ((hr = session_text_in(service, flags, &name)) == S_OK &&
        (hr = session_text_in(display_name, flags, &shown)) == S_OK)
        hr = profile_service_create(admin->dir, admin->profile, name, shown, &made);
    if (hr == MAPI_E_NO_ACCESS)
        object_fail(&admin->base, hr, L"The profile has a mailbox service already; there can be one.");
    hr = services_changed(admin, hr);
    if (hr == S_OK && uid != NULL)
        *uid = made;
    free(name);
    free(shown);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_CreateMsgService(IMsgServiceAdmin2 *self, LPTSTR service,
                                                          LPTSTR display_name, ULONG_PTR ui, ULONG flags)
{
    return service_CreateMsgServiceEx(self, service, display_name, ui, flags, NULL);
}

/* Enters and finds a service by its uid. */
static HRESULT service_enter(struct service_admin *admin, const MAPIUID *uid)
{
    struct dir_section section;
    if (uid == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = directory_section_find(admin->dir, admin->profile, uid, &section);
    if (hr == S_OK && section.kind != DIR_SECTION_SERVICE)
        hr = MAPI_E_NOT_FOUND;
    if (hr != S_OK)
        object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_DeleteMsgService(IMsgServiceAdmin2 *self, LPMAPIUID uid)
{
    struct service_admin *admin = admin_from(self);
    HRESULT hr = service_enter(admin, uid);
    if (hr != S_OK)
        return hr;
    if ((hr = directory_begin(admin->dir)) == S_OK) {
        hr = directory_section_delete(admin->dir, admin->profile, uid);
        if (hr == S_OK) { /* what the service wrote for the profile goes with it */
            hr = directory_section_delete(admin->dir, admin->profile, &profile_global_uid);
            if (hr == MAPI_E_NOT_FOUND)
                hr = S_OK;
        }
        hr = services_changed(admin, directory_end(admin->dir, hr));
    }
    object_leave(&admin->base);
    return hr;
}

/* A copy into another profile (or a refusal: the service is there once). */
static HRESULT service_copy(struct service_admin *from, const MAPIUID *uid, struct directory *dir,
                            int64_t profile)
{
    struct propbag *props = NULL, *target = NULL;
    MAPIUID made;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    hr = directory_section_load(from->dir, from->profile, uid, &props);
    if (hr == S_OK)
        hr = profile_service_create(dir, profile, propbag_string(props, PR_SERVICE_NAME_W),
                                    propbag_string(props, PR_DISPLAY_NAME_W), &made);
    if (hr == S_OK)
        hr = directory_section_load(dir, profile, &made, &target);
    for (ULONG i = 0; hr == S_OK && i < propbag_count(props); i++) {
        const SPropValue *value = &propbag_at(props, i)->value;
        if (PROP_ID(value->ulPropTag) != PROP_ID(PR_SERVICE_UID))
            hr = propbag_set(target, value);
    }
    if (hr == S_OK)
        hr = directory_section_save(dir, profile, &made, target);
    if (hr == S_OK) {
        SPropValue name = {.ulPropTag = CHANGE_PROP_TYPE(PR_PROFILE_UNRESOLVED_NAME, PT_UNICODE)};
        name.Value.lpszW = (WCHAR *)propbag_string(props, name.ulPropTag);
        if (name.Value.lpszW != NULL)
            hr = profile_service_configure(dir, profile, &made, 1, &name);
    }
    propbag_free(props);
    propbag_free(target);
    return directory_end(dir, hr);
}

static HRESULT STDMETHODCALLTYPE service_CopyMsgService(IMsgServiceAdmin2 *self, LPMAPIUID uid,
                                                        LPTSTR display_name, LPCIID iid_copy,
                                                        LPCIID iid_target, LPVOID target, ULONG_PTR ui,
                                                        ULONG flags)
{
    struct service_admin *admin = admin_from(self);
    struct object *object = target;
    (void)display_name, (void)ui;
    if (target == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_UNICODE | UI_FLAGS))
        return MAPI_E_UNKNOWN_FLAGS;
    if (iid_copy != NULL && !IsEqualIID(iid_copy, &IID_IProfSect))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    bool to_session = iid_target == NULL || IsEqualIID(iid_target, &IID_IMAPISession);
    if (!to_session && !IsEqualIID(iid_target, &IID_IMsgServiceAdmin))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    /* The target is an object of this DLL: its table of methods tells. */
    if (!to_session && object->lpVtbl != admin->base.lpVtbl)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = service_enter(admin, uid);
    if (hr != S_OK)
        return hr;
    if (to_session) {
        struct session *session = target;
        hr = service_copy(admin, uid, session->dir, session->profile);
    } else
        hr = service_copy(admin, uid, ((struct service_admin *)target)->dir,
                          ((struct service_admin *)target)->profile);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_RenameMsgService(IMsgServiceAdmin2 *self, LPMAPIUID uid, ULONG flags,
                                                          LPTSTR display_name)
{
    (void)self, (void)uid, (void)flags, (void)display_name;
    return MAPI_E_NO_SUPPORT; /* always, says the reference */
}

static HRESULT STDMETHODCALLTYPE service_ConfigureMsgService(IMsgServiceAdmin2 *self, LPMAPIUID uid,
                                                             ULONG_PTR ui, ULONG flags, ULONG count,
                                                             LPSPropValue values)
{
    struct service_admin *admin = admin_from(self);
    (void)ui;
    if (count > 0 && values == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_UNICODE | UI_FLAGS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = service_enter(admin, uid);
    if (hr != S_OK)
        return hr;
    hr = profile_service_configure(admin->dir, admin->profile, uid, count, values);
    if (hr == MAPI_E_NOT_FOUND)
        object_fail(&admin->base, hr, L"The name of the mailbox could not be resolved.");
    else if (hr == MAPI_E_AMBIGUOUS_RECIP)
        object_fail(&admin->base, hr, L"The name fits several mailboxes.");
    hr = services_changed(admin, hr);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_OpenProfileSection(IMsgServiceAdmin2 *self, LPMAPIUID uid,
                                                            LPCIID iid, ULONG flags, LPPROFSECT *out)
{
    struct service_admin *admin = admin_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = prof_sect_open(&admin->base, admin->dir, admin->profile, uid, iid, flags, false, out);
    object_leave(&admin->base);
    return hr;
}

/* ---- order, providers, identity ---- */

static HRESULT STDMETHODCALLTYPE service_MsgServiceTransportOrder(IMsgServiceAdmin2 *self, ULONG count,
                                                                  LPMAPIUID uids, ULONG flags)
{
    struct service_admin *admin = admin_from(self);
    struct dir_section *sections = NULL;
    ULONG all = 0, transports = 0;
    if (count > 0 && uids == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = directory_sections(admin->dir, admin->profile, DIR_SECTION_PROVIDER, NULL, &sections, &all);
    for (ULONG i = 0; i < all && hr == S_OK; i++) {
        struct propbag *props = NULL;
        hr = directory_section_load(admin->dir, admin->profile, &sections[i].uid, &props);
        if (hr == S_OK && propbag_long(props, PR_RESOURCE_TYPE, 0) == MAPI_TRANSPORT_PROVIDER)
            sections[transports++] = sections[i];
        propbag_free(props);
    }
    if (hr == S_OK && transports != count)
        hr = MAPI_E_BUSY;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        ULONG j = 0;
        while (j < transports && !IsEqualMAPIUID(&sections[j].uid, &uids[i]))
            j++;
        if (j == transports)
            hr = MAPI_E_NOT_FOUND;
    }
    /* Each goes to the end in turn. */
    for (ULONG i = 0; i < count && hr == S_OK; i++)
        hr = directory_section_move(admin->dir, admin->profile, &uids[i], all);
    free(sections);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_AdminProviders(IMsgServiceAdmin2 *self, LPMAPIUID uid, ULONG flags,
                                                        LPPROVIDERADMIN *out)
{
    struct service_admin *admin = admin_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = service_enter(admin, uid);
    if (hr != S_OK)
        return hr;
    hr = provider_admin_create(&admin->base, admin->dir, admin->profile, uid, out);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE service_SetPrimaryIdentity(IMsgServiceAdmin2 *self, LPMAPIUID uid,
                                                            ULONG flags)
{
    struct service_admin *admin = admin_from(self);
    struct dir_section *sections = NULL;
    ULONG count = 0;
    bool found = uid == NULL;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = directory_sections(admin->dir, admin->profile, DIR_SECTION_SERVICE, NULL, &sections, &count);
    for (ULONG i = 0; i < count; i++)
        found |= uid != NULL && IsEqualMAPIUID(&sections[i].uid, uid);
    if (hr == S_OK && !found)
        hr = MAPI_E_NOT_FOUND;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        struct propbag *props = NULL;
        bool chosen = uid != NULL && IsEqualMAPIUID(&sections[i].uid, uid);
        if ((hr = directory_section_load(admin->dir, admin->profile, &sections[i].uid, &props)) == S_OK) {
            LONG old = propbag_long(props, PR_RESOURCE_FLAGS, 0);
            if (chosen && (old & SERVICE_NO_PRIMARY_IDENTITY))
                hr = MAPI_E_NO_ACCESS;
            else if ((hr = propbag_set_long(props, PR_RESOURCE_FLAGS,
                                            chosen ? old | SERVICE_PRIMARY_IDENTITY
                                                   : old & ~SERVICE_PRIMARY_IDENTITY)) == S_OK)
                hr = directory_section_save(admin->dir, admin->profile, &sections[i].uid, props);
        }
        propbag_free(props);
    }
    free(sections);
    object_leave(&admin->base);
    return hr;
}

static void service_destroy(void *object)
{
    directory_close(((struct service_admin *)object)->dir);
}

static const IMsgServiceAdmin2Vtbl service_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .GetLastError = (void *)object_GetLastError,
    .GetMsgServiceTable = service_GetMsgServiceTable,
    .CreateMsgService = service_CreateMsgService,
    .DeleteMsgService = service_DeleteMsgService,
    .CopyMsgService = service_CopyMsgService,
    .RenameMsgService = service_RenameMsgService,
    .ConfigureMsgService = service_ConfigureMsgService,
    .OpenProfileSection = service_OpenProfileSection,
    .MsgServiceTransportOrder = service_MsgServiceTransportOrder,
    .AdminProviders = service_AdminProviders,
    .SetPrimaryIdentity = service_SetPrimaryIdentity,
    .GetProviderTable = service_GetProviderTable,
    .CreateMsgServiceEx = service_CreateMsgServiceEx,
};

static const IID *const service_iids[] = {&IID_IMsgServiceAdmin, &IID_IMsgServiceAdmin2, NULL};
static const struct object_class service_class = {
    .name = "IMsgServiceAdmin",
    .vtbl = &service_vtbl,
    .size = sizeof(struct service_admin),
    .iids = service_iids,
    .destroy = service_destroy,
};

HRESULT service_admin_create(struct object *parent, struct directory *dir, int64_t profile,
                             IMsgServiceAdmin **out)
{
    struct service_admin *admin;
    *out = NULL;
    HRESULT hr = object_create(&service_class, parent, &admin);
    if (hr != S_OK)
        return hr;
    admin->profile = profile;
    if ((hr = directory_open(directory_folder(dir), &admin->dir)) == S_OK)
        *out = (IMsgServiceAdmin *)admin;
    else
        object_Release(admin);
    return hr;
}
