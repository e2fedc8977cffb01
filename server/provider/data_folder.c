/*
 * data_folder.c: see data_folder.h. Layer: provider.
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "data_folder.h"
#include "storage.h"
#include "text.h"
#include "wine_files.h"

#ifndef RRF_SUBKEY_WOW6464KEY
#define RRF_SUBKEY_WOW6464KEY 0x00010000
#define RRF_SUBKEY_WOW6432KEY 0x00020000
#endif

#define DEFAULT_FOLDER L"%ProgramData%\\MapiHost"

/* A registry string, expanded; NULL when there is none. malloc. */
static WCHAR *registry_folder(REGSAM view)
{
    WCHAR *value = NULL, *expanded = NULL;
    DWORD size = 0, type = 0, units;
    HKEY key;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\MapiHost", 0, KEY_READ | view, &key) != ERROR_SUCCESS)
        return NULL;
    if (RegQueryValueExW(key, L"DataFolder", NULL, &type, NULL, &size) == ERROR_SUCCESS &&
        (type == REG_SZ || type == REG_EXPAND_SZ) && (value = calloc(1, size + 2 * sizeof(WCHAR))) != NULL &&
        RegQueryValueExW(key, L"DataFolder", NULL, NULL, (BYTE *)value, &size) == ERROR_SUCCESS &&
        value[0] != 0) {
        units = ExpandEnvironmentStringsW(value, NULL, 0);
        if ((expanded = calloc(units + 1, sizeof(WCHAR))) != NULL)
            ExpandEnvironmentStringsW(value, expanded, units);
    }
    free(value);
    RegCloseKey(key);
    return expanded;
}

char *data_folder(void)
{
    WCHAR *wide = NULL;
    char *utf8;
    DWORD units = GetEnvironmentVariableW(L"MAPIHOST_DATA", NULL, 0);
    if (units > 1 && (wide = calloc(units + 1, sizeof(WCHAR))) != NULL)
        GetEnvironmentVariableW(L"MAPIHOST_DATA", wide, units);
    if (wide == NULL)
        wide = registry_folder(KEY_WOW64_64KEY);
    if (wide == NULL)
        wide = registry_folder(KEY_WOW64_32KEY);
    if (wide == NULL && (units = ExpandEnvironmentStringsW(DEFAULT_FOLDER, NULL, 0)) > 0 &&
        (wide = calloc(units + 1, sizeof(WCHAR))) != NULL)
        ExpandEnvironmentStringsW(DEFAULT_FOLDER, wide, units);
    utf8 = wide != NULL ? text_to_utf8(wide, text_length(wide), NULL) : NULL;
    free(wide);
    return utf8;
}

/* Megabytes; 0: no limit. */
static DWORD mailbox_limit(void)
{
    static const REGSAM views[] = {RRF_SUBKEY_WOW6464KEY, RRF_SUBKEY_WOW6432KEY};
    WCHAR text[16];
    DWORD megabytes = 0, size = sizeof(megabytes), units = GetEnvironmentVariableW(L"MAPIHOST_MAILBOX_LIMIT", text, 16);
    if (units > 0 && units < 16)
        return (DWORD)wcstoul(text, NULL, 10);
    for (size_t i = 0; i < ARRAYSIZE(views); i++)
        if (RegGetValueW(HKEY_LOCAL_MACHINE, L"Software\\MapiHost", L"MailboxLimit", RRF_RT_REG_DWORD | views[i], NULL,
                         &megabytes, &size) == ERROR_SUCCESS)
            return megabytes;
    return 0;
}

HRESULT data_folder_open(struct directory **out)
{
    char *folder = data_folder();
    wine_files_setup();
    storage_set_file_limit((int64_t)mailbox_limit() << 20);
    *out = NULL;
    HRESULT hr = folder != NULL ? directory_open(folder, out) : MAPI_E_NOT_ENOUGH_MEMORY;
    free(folder);
    return hr;
}
