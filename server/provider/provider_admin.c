/*
 * provider_admin.c: IProviderAdmin: the providers of one message service.
 *
 * Layer: provider, session part. Only "EMSDelegate", the store of another user, can be added; the providers
 * that the service came with can be deleted with the service alone.
 */
#include <stdlib.h>
#include <string.h>
#include "prof_admin.h"
#include "prof_sect.h"
#include "profile.h"
#include "session.h"

struct provider_admin {
    struct object base;
    struct directory *dir;
    int64_t profile;
    MAPIUID service;
};

static struct provider_admin *admin_from(IProviderAdmin *self)
{
    return (struct provider_admin *)self;
}

static HRESULT STDMETHODCALLTYPE provider_GetProviderTable(IProviderAdmin *self, ULONG flags,
                                                           LPMAPITABLE *out)
{
    struct provider_admin *admin = admin_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = provider_table(&admin->base, admin->dir, admin->profile, &admin->service, flags, out);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE provider_CreateProvider(IProviderAdmin *self, LPTSTR provider, ULONG count,
                                                         LPSPropValue values, ULONG_PTR ui, ULONG flags,
                                                         MAPIUID *uid)
{
    struct provider_admin *admin = admin_from(self);
    WCHAR *name = NULL;
    MAPIUID made;
    (void)ui;
    if (provider == NULL || uid == NULL || (count > 0 && values == NULL))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    if ((hr = session_text_in(provider, flags, &name)) == S_OK)
        hr = profile_provider_create(admin->dir, admin->profile, &admin->service, name, count, values, &made);
    if (hr == S_OK && admin->base.session != NULL)
        hr = session_stores_load(admin->base.session);
    if (hr == S_OK)
        *uid = made;
    free(name);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE provider_DeleteProvider(IProviderAdmin *self, LPMAPIUID uid)
{
    struct provider_admin *admin = admin_from(self);
    struct dir_section section;
    struct propbag *props = NULL;
    if (uid == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    hr = directory_section_find(admin->dir, admin->profile, uid, &section);
    if (hr == S_OK &&
        (section.kind != DIR_SECTION_PROVIDER || !IsEqualMAPIUID(&section.service, &admin->service)))
        hr = MAPI_E_NOT_FOUND;
    if (hr == S_OK && (hr = directory_section_load(admin->dir, admin->profile, uid, &props)) == S_OK &&
        !(propbag_long(props, PR_RESOURCE_FLAGS, 0) & STATUS_NO_DEFAULT_STORE))
        hr = object_fail(&admin->base, MAPI_E_NO_ACCESS, L"This provider goes with its service.");
    if (hr == S_OK)
        hr = directory_section_delete(admin->dir, admin->profile, uid);
    if (hr == S_OK && admin->base.session != NULL)
        hr = session_stores_load(admin->base.session);
    propbag_free(props);
    object_leave(&admin->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE provider_OpenProfileSection(IProviderAdmin *self, LPMAPIUID uid, LPCIID iid,
                                                             ULONG flags, LPPROFSECT *out)
{
    struct provider_admin *admin = admin_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object_enter(&admin->base);
    if (hr != S_OK)
        return hr;
    /* NULL is the section of the service here. */
    hr = prof_sect_open(&admin->base, admin->dir, admin->profile, uid != NULL ? uid : &admin->service, iid,
                        flags, false, out);
    object_leave(&admin->base);
    return hr;
}

static void provider_destroy(void *object)
{
    directory_close(((struct provider_admin *)object)->dir);
}

static const IProviderAdminVtbl provider_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .GetLastError = (void *)object_GetLastError,
    .GetProviderTable = provider_GetProviderTable,
    .CreateProvider = provider_CreateProvider,
    .DeleteProvider = provider_DeleteProvider,
    .OpenProfileSection = provider_OpenProfileSection,
};

static const IID *const provider_iids[] = {&IID_IProviderAdmin, NULL};
static const struct object_class provider_class = {
    .name = "IProviderAdmin",
    .vtbl = &provider_vtbl,
    .size = sizeof(struct provider_admin),
    .iids = provider_iids,
    .destroy = provider_destroy,
};

HRESULT provider_admin_create(struct object *parent, struct directory *dir, int64_t profile,
                              const MAPIUID *service, IProviderAdmin **out)
{
    struct provider_admin *admin;
    *out = NULL;
    HRESULT hr = object_create(&provider_class, parent, &admin);
    if (hr != S_OK)
        return hr;
    admin->profile = profile;
    admin->service = *service;
    if ((hr = directory_open(directory_folder(dir), &admin->dir)) == S_OK)
        *out = (IProviderAdmin *)admin;
    else
        object_Release(admin);
    return hr;
}
