/*
 * mapi_search.c: where MAPI may be, in the order of Microsoft's MAPI stub library.
 *
 * Layer: MAPI client. 1. the value MapiDll of our own registry key, user before machine: a path, or "local";
 * 2. olmapi32.dll if the process has it already; 3. DllPathEx of the default mail client; 4. Outlook 16 to 11 by their
 * Windows Installer components; 5. the default mail client's MSIComponentID; 6. mapilocal.dll beside the program.
 */
#include "mapi_search.h"

#include <stdio.h>
#include <wchar.h>

#define OWN_KEY L"Software\\MapiHost"
#define OWN_VALUE L"MapiDll"
#define MAIL_KEY L"Software\\Clients\\Mail"
#define INSTALL_MODE_DEFAULT 0

struct search {
    bool (*visit)(void *context, const WCHAR *source, const WCHAR *path, bool own);
    void *context;
};

static bool offer(const struct search *search, const WCHAR *source, const WCHAR *path, bool own)
{
    return search->visit(search->context, source, path, own);
}

/* Reads a string value with its variables expanded; "" if there is none. */
static bool read_string(HKEY root, const WCHAR *key, const WCHAR *value, WCHAR *text, DWORD count)
{
    WCHAR raw[MAX_PATH];
    DWORD type = 0, size = sizeof raw - sizeof raw[0];
    HKEY opened;
    LSTATUS status;

    text[0] = 0;
    if (RegOpenKeyExW(root, key, 0, KEY_READ, &opened))
        return false;
    status = RegQueryValueExW(opened, value, NULL, &type, (BYTE *)raw, &size);
    RegCloseKey(opened);
    if (status || (type != REG_SZ && type != REG_EXPAND_SZ))
        return false;
    raw[size / sizeof raw[0]] = 0;
    if (type == REG_SZ)
        lstrcpynW(text, raw, (int)count);
    else if (!ExpandEnvironmentStringsW(raw, text, count))
        text[0] = 0;
    return text[0] != 0;
}

/* The folder of a file's path with `name` in it instead of the file. */
static void sibling(const WCHAR *path, const WCHAR *name, WCHAR *out, size_t count)
{
    const WCHAR *slash = wcsrchr(path, L'\\');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;

    if (length + wcslen(name) >= count) {
        out[0] = 0;
        return;
    }
    wmemcpy(out, path, length);
    wcscpy(out + length, name);
}

static void local_path(WCHAR *out, size_t count)
{
    WCHAR program[MAX_PATH] = L"";
    DWORD length = GetModuleFileNameW(NULL, program, MAX_PATH);

    out[0] = 0;
    if (length && length < MAX_PATH)
        sibling(program, L"mapilocal.dll", out, count);
}

static bool offer_own_value(const struct search *search, HKEY root, const WCHAR *source)
{
    WCHAR path[MAX_PATH] = L"";

    read_string(root, OWN_KEY, OWN_VALUE, path, MAX_PATH);
    if (!lstrcmpiW(path, L"local"))
        local_path(path, MAX_PATH);
    return offer(search, source, path, true);
}

static bool offer_already_loaded(const struct search *search)
{
    WCHAR path[MAX_PATH] = L"";
    HMODULE module = GetModuleHandleW(L"olmapi32.dll");

    if (module)
        GetModuleFileNameW(module, path, MAX_PATH - 1);
    return offer(search, L"olmapi32.dll already in this process", path, false);
}

/* The registry key of the default mail client, with its name; false if there is none. */
static bool mail_client_key(WCHAR *key, size_t count)
{
    WCHAR client[128];

    if (!read_string(HKEY_LOCAL_MACHINE, MAIL_KEY, NULL, client, 128))
        return false;
    swprintf(key, count, L"%ls\\%ls", MAIL_KEY, client);
    return true;
}

static bool offer_mail_client(const struct search *search)
{
    WCHAR key[256], path[MAX_PATH] = L"";

    if (mail_client_key(key, 256))
        read_string(HKEY_LOCAL_MACHINE, key, L"DllPathEx", path, MAX_PATH);
    return offer(search, L"DllPathEx of the default mail client", path, false);
}

/* Asks Windows Installer for an Outlook and offers the olmapi32.dll beside it. */
static bool offer_outlook(const struct search *search, HMODULE installer, const WCHAR *name, const WCHAR *category)
{
    static const WCHAR *const qualifiers[] = {L"outlook.x64.exe", L"outlook.exe"};
    UINT(WINAPI * provide)(LPCWSTR, LPCWSTR, DWORD, LPWSTR, LPDWORD) = NULL;

    if (installer)
        provide = (void *)GetProcAddress(installer, "MsiProvideQualifiedComponentW");
    for (size_t i = 0; i < 2; i++) {
        WCHAR source[112], program[MAX_PATH] = L"", path[MAX_PATH] = L"";
        DWORD size = MAX_PATH;

        if (provide && !provide(category, qualifiers[i], INSTALL_MODE_DEFAULT, program, &size))
            sibling(program, L"olmapi32.dll", path, MAX_PATH);
        swprintf(source, 112, L"%ls (%ls)", name, qualifiers[i]);
        if (offer(search, source, path, false))
            return true;
    }
    return false;
}

/* Asks mapi32.dll's FGetComponentPath for the DLL of the mail client's MSIComponentID. */
static bool offer_component(const struct search *search)
{
    WCHAR key[256], component[128], locale[128] = L"", path[MAX_PATH] = L"";

    if (mail_client_key(key, 256) &&
        read_string(HKEY_LOCAL_MACHINE, key, L"MSIComponentID", component, 128)) {
        BOOL(WINAPI * get_path)(LPCSTR, LPSTR, LPSTR, DWORD, BOOL) = NULL;
        char component_a[128], locale_a[128], path_a[MAX_PATH] = "";
        HMODULE stub = LoadLibraryExW(L"mapi32.dll", NULL, 0);

        read_string(HKEY_LOCAL_MACHINE, key, L"MSIApplicationLCID", locale, 128);
        WideCharToMultiByte(CP_ACP, 0, component, -1, component_a, sizeof component_a, NULL, NULL);
        WideCharToMultiByte(CP_ACP, 0, locale, -1, locale_a, sizeof locale_a, NULL, NULL);
        if (stub) {
            get_path = (void *)GetProcAddress(stub, "FGetComponentPath");
            if (!get_path)
                get_path = (void *)GetProcAddress(stub, "FGetComponentPath@20");
        }
        if (get_path && get_path(component_a, locale_a, path_a, MAX_PATH, FALSE))
            MultiByteToWideChar(CP_ACP, 0, path_a, -1, path, MAX_PATH);
        if (stub)
            FreeLibrary(stub);
    }
    return offer(search, L"MSIComponentID of the default mail client", path, false);
}

void mapi_search_places(bool (*visit)(void *context, const WCHAR *source, const WCHAR *path, bool own), void *context)
{
    static const struct {
        const WCHAR *name, *category;
    } outlooks[] = {
        {L"Outlook 16", L"{5812C571-53F0-4467-BEFA-0A4F47A9437C}"},
        {L"Outlook 15", L"{E83B4360-C208-4325-9504-0D23003A74A5}"},
        {L"Outlook 14", L"{1E77DE88-BCAB-4C37-B9E5-073AF52DFD7A}"},
        {L"Outlook 12", L"{24AAE126-0911-478F-A019-07B875EB9996}"},
        {L"Outlook 11", L"{BC174BAD-2F53-4855-A1D5-0D575C19B1EA}"},
    };
    struct search search = {visit, context};
    HMODULE installer = NULL;
    WCHAR path[MAX_PATH] = L"";
    bool found = offer_own_value(&search, HKEY_CURRENT_USER, L"HKCU\\" OWN_KEY L" value " OWN_VALUE) ||
                 offer_own_value(&search, HKEY_LOCAL_MACHINE, L"HKLM\\" OWN_KEY L" value " OWN_VALUE) ||
                 offer_already_loaded(&search) || offer_mail_client(&search);

    if (!found)
        installer = LoadLibraryW(L"msi.dll");
    for (size_t i = 0; !found && i < sizeof outlooks / sizeof outlooks[0]; i++)
        found = offer_outlook(&search, installer, outlooks[i].name, outlooks[i].category);
    if (installer)
        FreeLibrary(installer);
    if (found || offer_component(&search))
        return;
    local_path(path, MAX_PATH);
    offer(&search, L"mapilocal.dll beside the program", path, true);
}
