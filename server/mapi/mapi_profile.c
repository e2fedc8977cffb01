/*
 * mapi_profile.c: the list of profiles, and temporary profiles for LogonExchangeMailbox.
 *
 * Layer: MAPI client. Outlook's profile administration takes 8-bit strings only, whatever the flags say, so that is
 * what is passed. A temporary profile's name holds the id of the process that made it, so that a later process can
 * delete those of processes that were killed.
 */
#include "mapi_profile.h"

#include "hex.h"
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_session.h"
#include "mapi_table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define TEMPORARY_PREFIX L"MapiHost temporary "

char *profile_ansi(const WCHAR *text)
{
    int size = text ? WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL) : 0;
    char *ansi = size > 0 ? malloc((size_t)size) : NULL;

    if (ansi)
        WideCharToMultiByte(CP_ACP, 0, text, -1, ansi, size, NULL, NULL);
    return ansi;
}

static WCHAR *wide_from_ansi(const char *text)
{
    int size = text ? MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0) : 0;
    WCHAR *wide = size > 0 ? malloc((size_t)size * sizeof *wide) : NULL;

    if (wide)
        MultiByteToWideChar(CP_ACP, 0, text, -1, wide, size);
    return wide;
}

/* A new temporary name: prefix, process id, a counter. */
static WCHAR *temporary_name(void)
{
    static LONG counter;
    WCHAR name[64];

    swprintf(name, 64, TEMPORARY_PREFIX L"%lu-%lu-%ld", GetCurrentProcessId(), GetTickCount(),
             InterlockedIncrement(&counter));
    return wide_copy(name);
}

/* The service's own id, from the table of the profile's services. */
static HRESULT find_service(IMsgServiceAdmin *services, const char *wanted, MAPIUID *uid)
{
    enum { COL_NAME, COL_UID, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT, {PR_SERVICE_NAME_A, PR_SERVICE_UID}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = services->lpVtbl->GetMsgServiceTable(services, 0, &table);

    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr)) {
        hr = MAPI_E_NOT_FOUND;
        for (ULONG i = 0; i < rows->cRows; i++) {
            const SPropValue *row = rows->aRow[i].lpProps;
            if (PROP_TYPE(row[COL_NAME].ulPropTag) == PT_STRING8 && !strcmp(row[COL_NAME].Value.lpszA, wanted) &&
                PROP_TYPE(row[COL_UID].ulPropTag) == PT_BINARY && row[COL_UID].Value.bin.cb == sizeof *uid) {
                memcpy(uid, row[COL_UID].Value.bin.lpb, sizeof *uid);
                hr = S_OK;
            }
        }
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

static HRESULT configure_exchange(IMsgServiceAdmin *services, char *server, char *mailbox, ULONG connect_flags)
{
    SPropValue values[3] = {
        {.ulPropTag = PR_PROFILE_UNRESOLVED_NAME, .Value.lpszA = mailbox},
        {.ulPropTag = PR_PROFILE_UNRESOLVED_SERVER, .Value.lpszA = server},
        {.ulPropTag = PR_PROFILE_CONNECT_FLAGS, .Value.ul = connect_flags},
    };
    MAPIUID uid;
    HRESULT hr = services->lpVtbl->CreateMsgService(services, (LPTSTR) "MSEMS", (LPTSTR) "Microsoft Exchange", 0, 0);

    if (SUCCEEDED(hr))
        hr = find_service(services, "MSEMS", &uid);
    if (SUCCEEDED(hr))
        hr = services->lpVtbl->ConfigureMsgService(services, &uid, 0, 0, connect_flags ? 3 : 2, values);
    return hr;
}

HRESULT profile_create_named(const WCHAR *profile, const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags)
{
    char *profile_a = profile_ansi(profile), *server_a = profile_ansi(server), *mailbox_a = profile_ansi(mailbox);
    IMsgServiceAdmin *services = NULL;
    IProfAdmin *admin = NULL;
    bool created = false;
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;

    if (profile_a && server_a && mailbox_a)
        hr = mapi.admin_profiles(0, &admin);
    if (SUCCEEDED(hr))
        hr = admin->lpVtbl->CreateProfile(admin, (LPTSTR)profile_a, NULL, 0, 0);
    created = SUCCEEDED(hr);
    if (SUCCEEDED(hr))
        hr = admin->lpVtbl->AdminServices(admin, (LPTSTR)profile_a, NULL, 0, 0, &services);
    if (SUCCEEDED(hr))
        hr = configure_exchange(services, server_a, mailbox_a, connect_flags);
    if (services)
        services->lpVtbl->Release(services);
    if (FAILED(hr) && created)
        admin->lpVtbl->DeleteProfile(admin, (LPTSTR)profile_a, 0);
    if (admin)
        admin->lpVtbl->Release(admin);
    free(profile_a);
    free(server_a);
    free(mailbox_a);
    return hr;
}

HRESULT profile_create_exchange(const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags, WCHAR **name)
{
    WCHAR *profile = temporary_name();
    HRESULT hr = profile ? profile_create_named(profile, server, mailbox, connect_flags) : MAPI_E_NOT_ENOUGH_MEMORY;

    *name = NULL;
    if (FAILED(hr)) {
        free(profile);
        return hr;
    }
    *name = profile;
    return S_OK;
}

/* The section that the Exchange services of a profile share. */
static const MAPIUID global_section = {
    {0x13, 0xDB, 0xB0, 0xC8, 0xAA, 0x05, 0x10, 0x1A, 0x9B, 0xB0, 0x00, 0xAA, 0x00, 0x2F, 0xC4, 0x5A}};

static HRESULT add_flags(IProfSect *section, ULONG flags)
{
    ULONG old = (ULONG)mapi_prop_long(MAPI_PROP(section), PR_PROFILE_CONNECT_FLAGS, 0);
    HRESULT hr = S_OK;

    if ((old & flags) == flags)
        return S_OK;
    hr = mapi_prop_set_long(MAPI_PROP(section), PR_PROFILE_CONNECT_FLAGS, (LONG)(old | flags));
    return SUCCEEDED(hr) ? section->lpVtbl->SaveChanges(section, 0) : hr;
}

HRESULT profile_add_connect_flags(const WCHAR *profile, ULONG flags)
{
    struct mapi_profile_list *list = NULL;
    IMsgServiceAdmin *services = NULL;
    IProfSect *section = NULL;
    IProfAdmin *admin = NULL;
    char *name = NULL;
    HRESULT hr = S_OK;

    if (!profile || !*profile) {
        hr = mapi_profiles_list(&list);
        for (ULONG i = 0; SUCCEEDED(hr) && i < list->count; i++)
            if (list->rows[i].is_default)
                profile = list->rows[i].name;
    }
    name = profile_ansi(profile && *profile ? profile : NULL);
    if (SUCCEEDED(hr) && !name)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = mapi.admin_profiles(0, &admin);
    if (SUCCEEDED(hr))
        hr = admin->lpVtbl->AdminServices(admin, (LPTSTR)name, NULL, 0, 0, &services);
    if (SUCCEEDED(hr))
        hr = services->lpVtbl->OpenProfileSection(services, (MAPIUID *)&global_section, NULL, MAPI_MODIFY, &section);
    if (SUCCEEDED(hr))
        hr = add_flags(section, flags);
    if (section)
        section->lpVtbl->Release(section);
    if (services)
        services->lpVtbl->Release(services);
    if (admin)
        admin->lpVtbl->Release(admin);
    mapi_profiles_free(list);
    free(name);
    return hr;
}

void profile_delete(const WCHAR *name)
{
    char *ansi = profile_ansi(name);
    IProfAdmin *admin = NULL;

    if (ansi && SUCCEEDED(mapi.admin_profiles(0, &admin))) {
        admin->lpVtbl->DeleteProfile(admin, (LPTSTR)ansi, 0);
        admin->lpVtbl->Release(admin);
    }
    free(ansi);
}

void mapi_profiles_free(struct mapi_profile_list *list)
{
    for (ULONG i = 0; list && i < list->count; i++)
        free(list->rows[i].name);
    free(list);
}

HRESULT mapi_profiles_list(struct mapi_profile_list **out)
{
    enum { COL_NAME, COL_DEFAULT, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT, {PR_DISPLAY_NAME_A, PR_DEFAULT_PROFILE}};
    struct mapi_profile_list *list = NULL;
    IProfAdmin *admin = NULL;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;

    *out = NULL;
    if (!mapi.admin_profiles)
        return MAPI_E_NOT_INITIALIZED;
    hr = mapi.admin_profiles(0, &admin);
    if (SUCCEEDED(hr))
        hr = admin->lpVtbl->GetProfileTable(admin, 0, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    if (SUCCEEDED(hr)) {
        list = calloc(1, sizeof *list + rows->cRows * sizeof list->rows[0]);
        if (!list)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        WCHAR *name = NULL;

        if (PROP_TYPE(row[COL_NAME].ulPropTag) == PT_STRING8)
            name = wide_from_ansi(row[COL_NAME].Value.lpszA);
        else if (PROP_TYPE(row[COL_NAME].ulPropTag) == PT_UNICODE)
            name = wide_copy(row[COL_NAME].Value.lpszW);
        if (!name)
            continue;
        list->rows[list->count].name = name;
        list->rows[list->count++].is_default =
            PROP_TYPE(row[COL_DEFAULT].ulPropTag) == PT_BOOLEAN && row[COL_DEFAULT].Value.b;
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    if (admin)
        admin->lpVtbl->Release(admin);
    if (FAILED(hr)) {
        mapi_profiles_free(list);
        return hr;
    }
    *out = list;
    return S_OK;
}

static bool process_is_alive(DWORD id)
{
    HANDLE process = OpenProcess(SYNCHRONIZE, FALSE, id);
    bool alive;

    if (!process)
        return GetLastError() == ERROR_ACCESS_DENIED;
    alive = WaitForSingleObject(process, 0) == WAIT_TIMEOUT;
    CloseHandle(process);
    return alive;
}

void mapi_profiles_tidy(void)
{
    const size_t prefix = wcslen(TEMPORARY_PREFIX);
    struct mapi_profile_list *list = NULL;

    if (FAILED(mapi_profiles_list(&list)))
        return;
    for (ULONG i = 0; i < list->count; i++) {
        const WCHAR *name = list->rows[i].name;
        if (!wcsncmp(name, TEMPORARY_PREFIX, prefix) && !process_is_alive(wcstoul(name + prefix, NULL, 10)))
            profile_delete(name);
    }
    mapi_profiles_free(list);
}
