/*
 * profile.c: message services and their providers in a profile. See profile.h.
 *
 * Layer: provider, session part. There is one server, LOCAL: the server that a profile names is kept, not
 * checked, so that profiles written for another Exchange server work here.
 */
#include <stdlib.h>
#include <string.h>
#include "mapi_exchange.h"
#include "profile.h"
#include "profile_tags.h"
#include "provider.h"
#include "text.h"

const MAPIUID profile_global_uid = {
    {0x13, 0xdb, 0xb0, 0xc8, 0xaa, 0x05, 0x10, 0x1a, 0x9b, 0xb0, 0x00, 0xaa, 0x00, 0x2f, 0xc4, 0x5a}};
const MAPIUID profile_section_uid = {
    {0x85, 0x03, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};

static const WCHAR dll_name[] = L"mapilocal.dll";

static const struct service {
    const WCHAR *name, *display_name;
} services[] = {
    {L"MSEMS", L"Microsoft Exchange"},
    {L"MapiLocal", L"MapiHost local mailbox"},
};

/* The providers that a service brings. */
static const struct provider {
    const WCHAR *name, *display_name;
    ULONG type, flags;
} providers[] = {
    {L"MSEMS_MDB", L"Microsoft Exchange Message Store", MAPI_STORE_PROVIDER,
     STATUS_DEFAULT_STORE | STATUS_PRIMARY_STORE | STATUS_PRIMARY_IDENTITY},
    {L"MSEMS_ABP", L"Microsoft Exchange Directory Service", MAPI_AB_PROVIDER, 0},
    {L"MSEMS_XP", L"Microsoft Exchange Transport", MAPI_TRANSPORT_PROVIDER, STATUS_DEFAULT_OUTBOUND},
};
static const struct provider delegate_provider = {L"EMSDelegate", L"Microsoft Exchange Message Store",
                                                  MAPI_STORE_PROVIDER, STATUS_NO_DEFAULT_STORE};

static const struct service *service_find(const WCHAR *name)
{
    for (size_t i = 0; i < sizeof services / sizeof *services; i++) {
        if (name != NULL && text_compare(services[i].name, name) == 0)
            return &services[i];
    }
    return NULL;
}

bool profile_service_known(const WCHAR *name)
{
    return service_find(name) != NULL;
}

static HRESULT set_uid(struct propbag *props, ULONG tag, const MAPIUID *uid)
{
    SPropValue value = {.ulPropTag = tag};
    value.Value.bin.cb = sizeof *uid;
    value.Value.bin.lpb = (BYTE *)uid;
    return propbag_set(props, &value);
}

static HRESULT provider_make(struct directory *dir, int64_t profile, const MAPIUID *service,
                             const WCHAR *service_name, const struct provider *kind, MAPIUID *uid)
{
    struct propbag *props = NULL;
    HRESULT hr = propbag_create(&props);
    directory_new_uid(uid);
    if (hr == S_OK && (hr = set_uid(props, PR_PROVIDER_UID, uid)) == S_OK &&
        (hr = set_uid(props, PR_SERVICE_UID, service)) == S_OK &&
        (hr = propbag_set_string(props, PR_SERVICE_NAME_W, service_name)) == S_OK &&
        (hr = propbag_set_string(props, PR_DISPLAY_NAME_W, kind->display_name)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROVIDER_DISPLAY_W, kind->display_name)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROVIDER_DLL_NAME_W, dll_name)) == S_OK &&
        (hr = propbag_set_long(props, PR_RESOURCE_TYPE, (LONG)kind->type)) == S_OK &&
        (hr = propbag_set_long(props, PR_RESOURCE_FLAGS, (LONG)kind->flags)) == S_OK &&
        (kind->type != MAPI_STORE_PROVIDER ||
         (hr = set_uid(props, PR_MDB_PROVIDER, &provider_uid)) == S_OK) &&
        (hr = directory_section_create(dir, profile, uid, DIR_SECTION_PROVIDER, service)) == S_OK)
        hr = directory_section_save(dir, profile, uid, props);
    propbag_free(props);
    return hr;
}

HRESULT profile_service_create(struct directory *dir, int64_t profile, const WCHAR *name,
                               const WCHAR *display_name, MAPIUID *uid)
{
    const struct service *service = service_find(name);
    struct dir_section *existing = NULL, global;
    struct propbag *props = NULL;
    ULONG count = 0;
    MAPIUID provider;
    if (service == NULL)
        return MAPI_E_NOT_FOUND;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    directory_new_uid(uid);
    if ((hr = directory_sections(dir, profile, DIR_SECTION_SERVICE, NULL, &existing, &count)) == S_OK &&
        count > 0)
        hr = MAPI_E_NO_ACCESS; /* SERVICE_SINGLE_COPY */
    if (hr == S_OK && (hr = propbag_create(&props)) == S_OK &&
        (hr = set_uid(props, PR_SERVICE_UID, uid)) == S_OK &&
        (hr = propbag_set_string(props, PR_SERVICE_NAME_W, service->name)) == S_OK &&
        (hr = propbag_set_string(props, PR_SERVICE_DLL_NAME_W, dll_name)) == S_OK &&
        (hr = propbag_set_string(props, CHANGE_PROP_TYPE(PR_SERVICE_ENTRY_NAME, PT_UNICODE),
                                 L"ServiceEntry")) == S_OK &&
        (hr = propbag_set_string(
             props, PR_DISPLAY_NAME_W,
             display_name != NULL && display_name[0] != 0 ? display_name : service->display_name)) == S_OK &&
        (hr = propbag_set_long(props, PR_RESOURCE_FLAGS,
                               SERVICE_DEFAULT_STORE | SERVICE_SINGLE_COPY | SERVICE_PRIMARY_IDENTITY)) ==
            S_OK &&
        (hr = directory_section_create(dir, profile, uid, DIR_SECTION_SERVICE, NULL)) == S_OK)
        hr = directory_section_save(dir, profile, uid, props);
    for (size_t i = 0; i < sizeof providers / sizeof *providers && hr == S_OK; i++)
        hr = provider_make(dir, profile, uid, service->name, &providers[i], &provider);
    if (hr == S_OK && directory_section_find(dir, profile, &profile_global_uid, &global) == MAPI_E_NOT_FOUND)
        hr = directory_section_create(dir, profile, &profile_global_uid, DIR_SECTION_PLAIN, NULL);
    propbag_free(props);
    free(existing);
    return directory_end(dir, hr);
}

/* ---- configuration ---- */

struct name_search {
    const WCHAR *name;
    struct dir_entry *found;
    ULONG count;
};

static HRESULT match_display_name(void *context, struct dir_entry **entry)
{
    struct name_search *search = context;
    if (text_compare((*entry)->display_name, search->name) != 0)
        return S_OK;
    if (search->count++ == 0) {
        search->found = *entry;
        *entry = NULL;
    }
    return S_OK;
}

/* A mailbox by any of its names, or by a display name that only one has. */
static HRESULT mailbox_resolve(struct directory *dir, const WCHAR *name, struct dir_entry **out)
{
    struct name_search search = {.name = name};
    HRESULT hr = directory_entry_find(dir, name, out);
    if (hr == S_OK && (*out)->kind != DIR_MAILBOX) {
        dir_entry_free(*out);
        *out = NULL;
        return MAPI_E_NOT_FOUND;
    }
    if (hr != MAPI_E_NOT_FOUND)
        return hr;
    hr = directory_entry_each(dir, 1u << DIR_MAILBOX, match_display_name, &search);
    if (hr == S_OK)
        hr = search.count == 1 ? S_OK : search.count == 0 ? MAPI_E_NOT_FOUND : MAPI_E_AMBIGUOUS_RECIP;
    if (hr == S_OK)
        *out = search.found;
    else
        dir_entry_free(search.found);
    return hr;
}

/* Loads a section's properties, calls `change` and saves them. */
static HRESULT section_change(struct directory *dir, int64_t profile, const MAPIUID *uid,
                              HRESULT (*change)(struct propbag *props, const void *context),
                              const void *context)
{
    struct propbag *props = NULL;
    HRESULT hr = directory_section_load(dir, profile, uid, &props);
    if (hr == S_OK)
        hr = change(props, context);
    if (hr == S_OK)
        hr = directory_section_save(dir, profile, uid, props);
    propbag_free(props);
    return hr;
}

static HRESULT set_global(struct propbag *props, const void *context)
{
    const struct dir_entry *entry = context;
    HRESULT hr;
    if ((hr = propbag_set_string(props, PR_PROFILE_USER_W, entry->dn)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROFILE_HOME_SERVER_W, DIRECTORY_SERVER)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROFILE_HOME_SERVER_DN_W, DIRECTORY_SERVER_DN)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROFILE_USER_SMTP_EMAIL_ADDRESS_W, entry->smtp)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROFILE_UNRESOLVED_NAME_W, entry->display_name)) == S_OK)
        hr = propbag_set_string(props, PR_PROFILE_UNRESOLVED_SERVER_W, DIRECTORY_SERVER);
    return hr;
}

static HRESULT set_store(struct propbag *props, const void *context)
{
    const struct dir_entry *entry = context;
    HRESULT hr;
    if ((hr = propbag_set_string(props, PR_PROFILE_MAILBOX_W, entry->dn)) == S_OK &&
        (hr = propbag_set_string(props, PR_PROFILE_SERVER_W, DIRECTORY_SERVER)) == S_OK)
        hr = propbag_set_string(props, PR_PROFILE_SERVER_DN_W, DIRECTORY_SERVER_DN);
    return hr;
}

/* Sets the mailbox in the global section and in the service's own store. */
static HRESULT mailbox_set(struct directory *dir, int64_t profile, const MAPIUID *service,
                           const struct dir_entry *entry)
{
    struct dir_section *sections = NULL;
    ULONG count = 0;
    HRESULT hr = section_change(dir, profile, &profile_global_uid, set_global, entry);
    if (hr == S_OK)
        hr = directory_sections(dir, profile, DIR_SECTION_PROVIDER, service, &sections, &count);
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        struct propbag *props = NULL;
        bool home = false;
        hr = directory_section_load(dir, profile, &sections[i].uid, &props);
        if (hr == S_OK)
            home = propbag_long(props, PR_RESOURCE_TYPE, 0) == MAPI_STORE_PROVIDER &&
                   (propbag_long(props, PR_RESOURCE_FLAGS, 0) & STATUS_NO_DEFAULT_STORE) == 0;
        propbag_free(props);
        if (hr == S_OK && home)
            hr = section_change(dir, profile, &sections[i].uid, set_store, entry);
    }
    free(sections);
    return hr;
}

struct values {
    ULONG count;
    const SPropValue *values;
};

static HRESULT set_values(struct propbag *props, const void *context)
{
    const struct values *given = context;
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < given->count && hr == S_OK; i++)
        hr = propbag_set(props, &given->values[i]);
    return hr;
}

/* Which of the given values names the mailbox: the first of these that is there. */
static const WCHAR *mailbox_name(const struct propbag *props)
{
    static const ULONG tags[] = {PR_PROFILE_UNRESOLVED_NAME_W, PR_PROFILE_USER_SMTP_EMAIL_ADDRESS_W,
                                 PR_PROFILE_MAILBOX_W, PR_PROFILE_USER_W};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const WCHAR *name = propbag_string(props, tags[i]);
        if (name != NULL && name[0] != 0)
            return name;
    }
    return NULL;
}

HRESULT profile_service_configure(struct directory *dir, int64_t profile, const MAPIUID *uid, ULONG count,
                                  const SPropValue *values)
{
    struct values given = {count, values};
    struct dir_section section;
    struct dir_entry *entry = NULL;
    struct propbag *named = NULL, *global = NULL;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    hr = directory_section_find(dir, profile, uid, &section);
    if (hr == S_OK && section.kind != DIR_SECTION_SERVICE)
        hr = MAPI_E_NOT_FOUND;
    if (hr == S_OK && (hr = propbag_create(&named)) == S_OK && (hr = set_values(named, &given)) == S_OK &&
        (hr = section_change(dir, profile, uid, set_values, &given)) == S_OK) {
        const struct propbag_entry *flags = propbag_find(named, PROP_ID(PR_PROFILE_CONNECT_FLAGS));
        const WCHAR *name = mailbox_name(named);
        if (flags != NULL) {
            struct values one = {1, &flags->value};
            hr = section_change(dir, profile, &profile_global_uid, set_values, &one);
        }
        if (hr == S_OK && name != NULL && (hr = mailbox_resolve(dir, name, &entry)) == S_OK)
            hr = mailbox_set(dir, profile, uid, entry);
        else if (hr == S_OK &&
                 (hr = directory_section_load(dir, profile, &profile_global_uid, &global)) == S_OK &&
                 propbag_string(global, PR_PROFILE_USER_W) == NULL)
            hr = MAPI_E_UNCONFIGURED; /* a dialog would ask now */
    }
    propbag_free(named);
    propbag_free(global);
    dir_entry_free(entry);
    return directory_end(dir, hr);
}

HRESULT profile_provider_create(struct directory *dir, int64_t profile, const MAPIUID *service,
                                const WCHAR *name, ULONG count, const SPropValue *values, MAPIUID *uid)
{
    struct values given = {count, values};
    struct dir_entry *entry = NULL;
    struct propbag *props = NULL, *named = NULL;
    HRESULT hr = MAPI_E_NOT_FOUND;
    if (name == NULL || text_compare(name, delegate_provider.name) != 0)
        return hr;
    if ((hr = directory_begin(dir)) != S_OK)
        return hr;
    if ((hr = directory_section_load(dir, profile, service, &props)) == S_OK &&
        (hr = provider_make(dir, profile, service, propbag_string(props, PR_SERVICE_NAME_W),
                            &delegate_provider, uid)) == S_OK &&
        (hr = section_change(dir, profile, uid, set_values, &given)) == S_OK &&
        (hr = propbag_create(&named)) == S_OK && (hr = set_values(named, &given)) == S_OK &&
        mailbox_name(named) != NULL && (hr = mailbox_resolve(dir, mailbox_name(named), &entry)) == S_OK)
        hr = section_change(dir, profile, uid, set_store, entry);
    dir_entry_free(entry);
    propbag_free(props);
    propbag_free(named);
    return directory_end(dir, hr);
}

HRESULT profile_create_for(struct directory *dir, const WCHAR *name, const WCHAR *mailbox, int64_t *id)
{
    SPropValue value = {.ulPropTag = PR_PROFILE_UNRESOLVED_NAME_W};
    MAPIUID uid;
    value.Value.lpszW = (WCHAR *)mailbox;
    HRESULT hr = directory_begin(dir);
    if (hr != S_OK)
        return hr;
    if ((hr = directory_profile_create(dir, name, id)) == S_OK &&
        (hr = profile_service_create(dir, *id, L"MSEMS", NULL, &uid)) == S_OK)
        hr = profile_service_configure(dir, *id, &uid, 1, &value);
    return directory_end(dir, hr);
}

HRESULT profile_mailbox(struct directory *dir, int64_t profile, WCHAR **dn, ULONG *connect_flags)
{
    struct dir_section *services_found = NULL;
    struct propbag *props = NULL;
    ULONG count = 0;
    *dn = NULL;
    *connect_flags = 0;
    HRESULT hr = directory_sections(dir, profile, DIR_SECTION_SERVICE, NULL, &services_found, &count);
    free(services_found);
    if (hr != S_OK || count == 0)
        return hr;
    if ((hr = directory_section_load(dir, profile, &profile_global_uid, &props)) != S_OK)
        return hr;
    const WCHAR *user = propbag_string(props, PR_PROFILE_USER_W);
    *connect_flags = (ULONG)propbag_long(props, PR_PROFILE_CONNECT_FLAGS, 0);
    if (user != NULL && (*dn = text_duplicate(user)) == NULL)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    propbag_free(props);
    return hr;
}
