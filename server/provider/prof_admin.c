/*
 * prof_admin.c: MAPIAdminProfiles and IProfAdmin.
 *
 * Layer: provider, session part. Profiles have no passwords, as on Windows: one that is given is ignored, and
 * ChangeProfilePassword succeeds without doing anything, as its reference says.
 */
#include <stdlib.h>
#include <string.h>
#include "data_folder.h"
#include "prof_admin.h"
#include "profile.h"
#include "session.h"
#include "text.h"

#define NAME_MAX 64

struct prof_admin {
    struct object base;
    struct directory *dir;
};

static struct prof_admin *admin_from(IProfAdmin *self)
{
    return (struct prof_admin *)self;
}

/* A profile name as an argument: MAPI_E_INVALID_PARAMETER for none, an empty one, one too long. */
static HRESULT name_in(const void *text, ULONG flags, WCHAR **out)
{
    HRESULT hr = session_text_in(text, flags, out);
    if (hr == S_OK && (*out == NULL || (*out)[0] == 0 || text_length(*out) > NAME_MAX)) {
        free(*out);
        *out = NULL;
        hr = MAPI_E_INVALID_PARAMETER;
    }
    return hr;
}

/* Enters and finds the profile that an argument names. */
static HRESULT admin_enter(struct prof_admin *admin, const void *name, ULONG flags, ULONG known_flags,
                           struct dir_profile **out)
{
    WCHAR *wide = NULL;
    *out = NULL;
    if (flags & ~known_flags)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    if ((hr = name_in(name, flags, &wide)) == S_OK)
        hr = directory_profile_find(admin->dir, wide, out);
    free(wide);
    if (hr != S_OK)
        object_leave(&admin->base);
    return hr;
}

/* ---- the table ---- */

static const SizedSPropTagArray(4, profile_columns) = {
    4, {PR_DISPLAY_NAME_W, PR_DEFAULT_PROFILE, PR_INSTANCE_KEY, PR_ROWID}};

struct table_context {
    struct table_source *source;
    LONG rows;
};

static HRESULT add_profile(void *opaque, const struct dir_profile *profile)
{
    struct table_context *context = opaque;
    SPropValue row[4] = {{.ulPropTag = PR_DISPLAY_NAME_W},
                         {.ulPropTag = PR_DEFAULT_PROFILE},
                         {.ulPropTag = PR_INSTANCE_KEY},
                         {.ulPropTag = PR_ROWID}};
    row[0].Value.lpszW = profile->name;
    row[1].Value.b = profile->is_default;
    row[2].Value.bin.cb = sizeof profile->id;
    row[2].Value.bin.lpb = (BYTE *)&profile->id;
    row[3].Value.l = ++context->rows;
    return memory_rows_add(context->source, 4, row);
}

static HRESULT STDMETHODCALLTYPE admin_GetProfileTable(IProfAdmin *self, ULONG flags, LPMAPITABLE *out)
{
    struct prof_admin *admin = admin_from(self);
    struct table_context context = {NULL, 0};
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    if ((hr = memory_rows_create(PR_INSTANCE_KEY, &context.source)) == S_OK) {
        hr = directory_profile_each(admin->dir, add_profile, &context);
        if (hr == S_OK)
            hr = table_create(&admin->base, context.source, (const SPropTagArray *)&profile_columns, flags,
                              out);
        else
            context.source->ops->destroy(context.source);
    }
    object_leave(&admin->base);
    return hr;
}

/* ---- profiles ---- */

static HRESULT STDMETHODCALLTYPE admin_CreateProfile(IProfAdmin *self, LPTSTR name, LPTSTR password,
                                                     ULONG_PTR ui, ULONG flags)
{
    struct prof_admin *admin = admin_from(self);
    WCHAR *wide = NULL;
    int64_t id;
    MAPIUID uid;
    (void)password, (void)ui;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_DEFAULT_SERVICES | MAPI_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    if ((hr = name_in(name, flags, &wide)) == S_OK && (hr = directory_begin(admin->dir)) == S_OK) {
        hr = directory_profile_create(admin->dir, wide, &id);
        if (hr == MAPI_E_COLLISION)
            hr = object_fail(&admin->base, MAPI_E_NO_ACCESS, L"There is a profile with this name already.");
        if (hr == S_OK && (flags & MAPI_DEFAULT_SERVICES))
            hr = profile_service_create(admin->dir, id, L"MSEMS", NULL, &uid);
        hr = directory_end(admin->dir, hr);
    }
    free(wide);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_DeleteProfile(IProfAdmin *self, LPTSTR name, ULONG flags)
{
    struct prof_admin *admin = admin_from(self);
    struct dir_profile *profile;
    HRESULT hr = admin_enter(admin, name, flags, MAPI_UNICODE, &profile);
    if (hr != S_OK)
        return hr;
    /* One in use goes when its last session ends. */
    hr = profile_in_use(profile->id) ? directory_profile_hide(admin->dir, profile->id)
                                     : directory_profile_delete(admin->dir, profile->id);
    dir_profile_free(profile);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_ChangeProfilePassword(IProfAdmin *self, LPTSTR name,
                                                             LPTSTR old_password, LPTSTR new_password,
                                                             ULONG flags)
{
    struct prof_admin *admin = admin_from(self);
    struct dir_profile *profile;
    (void)old_password, (void)new_password;
    HRESULT hr = admin_enter(admin, name, flags, MAPI_UNICODE, &profile);
    if (hr != S_OK)
        return hr;
    dir_profile_free(profile);
    object_leave(&admin->base);
    return S_OK;
}

static HRESULT copy_or_rename(struct prof_admin *admin, const void *old_name, const void *new_name,
                              ULONG flags, bool copy)
{
    struct dir_profile *profile;
    WCHAR *wide = NULL;
    HRESULT hr = admin_enter(admin, old_name, flags, MAPI_UNICODE | MAPI_DIALOG, &profile);
    if (hr != S_OK)
        return hr;
    if ((hr = name_in(new_name, flags, &wide)) == S_OK)
        hr = copy ? directory_profile_copy(admin->dir, profile->id, wide)
                  : directory_profile_rename(admin->dir, profile->id, wide);
    if (hr == MAPI_E_COLLISION)
        hr = object_fail(&admin->base, MAPI_E_NO_ACCESS, L"There is a profile with this name already.");
    free(wide);
    dir_profile_free(profile);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_CopyProfile(IProfAdmin *self, LPTSTR old_name, LPTSTR password,
                                                   LPTSTR new_name, ULONG_PTR ui, ULONG flags)
{
    (void)password, (void)ui;
    return copy_or_rename(admin_from(self), old_name, new_name, flags, true);
}

static HRESULT STDMETHODCALLTYPE admin_RenameProfile(IProfAdmin *self, LPTSTR old_name, LPTSTR password,
                                                     LPTSTR new_name, ULONG_PTR ui, ULONG flags)
{
    (void)password, (void)ui;
    return copy_or_rename(admin_from(self), old_name, new_name, flags, false);
}

static HRESULT STDMETHODCALLTYPE admin_SetDefaultProfile(IProfAdmin *self, LPTSTR name, ULONG flags)
{
    struct prof_admin *admin = admin_from(self);
    struct dir_profile *profile = NULL;
    HRESULT hr;
    if (name == NULL) { /* no profile is the default any more */
        if (flags & ~MAPI_UNICODE)
            return MAPI_E_UNKNOWN_FLAGS;
        if ((hr = object_enter(&admin->base)) != S_OK)
            return hr;
        hr = directory_profile_set_default(admin->dir, 0);
    } else {
        if ((hr = admin_enter(admin, name, flags, MAPI_UNICODE, &profile)) != S_OK)
            return hr;
        hr = directory_profile_set_default(admin->dir, profile->id);
    }
    dir_profile_free(profile);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE admin_AdminServices(IProfAdmin *self, LPTSTR name, LPTSTR password,
                                                     ULONG_PTR ui, ULONG flags, LPSERVICEADMIN *out)
{
    struct prof_admin *admin = admin_from(self);
    struct dir_profile *profile;
    (void)password, (void)ui;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = admin_enter(admin, name, flags, MAPI_UNICODE | MAPI_DIALOG, &profile);
    if (hr != S_OK)
        return hr;
    hr = service_admin_create(&admin->base, admin->dir, profile->id, out);
    dir_profile_free(profile);
    object_leave(&admin->base);
    return hr;
}

static void admin_destroy(void *object)
{
    directory_close(((struct prof_admin *)object)->dir);
}

static const IProfAdminVtbl admin_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .GetLastError = (void *)object_GetLastError,
    .GetProfileTable = admin_GetProfileTable,
    .CreateProfile = admin_CreateProfile,
    .DeleteProfile = admin_DeleteProfile,
    .ChangeProfilePassword = admin_ChangeProfilePassword,
    .CopyProfile = admin_CopyProfile,
    .RenameProfile = admin_RenameProfile,
    .SetDefaultProfile = admin_SetDefaultProfile,
    .AdminServices = admin_AdminServices,
};

static const IID *const admin_iids[] = {&IID_IProfAdmin, NULL};
static const struct object_class admin_class = {
    .name = "IProfAdmin",
    .vtbl = &admin_vtbl,
    .size = sizeof(struct prof_admin),
    .iids = admin_iids,
    .destroy = admin_destroy,
};

HRESULT WINAPI MAPIAdminProfiles(ULONG flags, LPPROFADMIN *out)
{
    struct prof_admin *admin;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    if (!mapi_thread_initialized())
        return MAPI_E_NOT_INITIALIZED;
    HRESULT hr = object_create(&admin_class, NULL, &admin);
    if (hr != S_OK)
        return hr;
    if ((hr = data_folder_open(&admin->dir)) == S_OK)
        *out = (IProfAdmin *)admin;
    else
        object_Release(admin);
    return hr;
}
