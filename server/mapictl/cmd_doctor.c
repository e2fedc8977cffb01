/*
 * cmd_doctor.c: doctor: the search for MAPI step by step, bitness, registration of the server, profiles; what
 * is wrong and what to do. Layer: mapictl.
 */
#include "mapictl.h"
#include "../version.h"

#include <stdlib.h>
#include <string.h>

static void print_search(void)
{
    const struct mapi_search *search = mapi_load_search();
    say("\nThe search for MAPI:\n");
    for (size_t i = 0; i < search->count; i++) {
        const struct mapi_step *step = &search->steps[i];
        WCHAR text[256];
        mapi_step_text(step, text, ARRAYSIZE(text));
        char *source = narrow(step->source), *path = narrow(step->path), *result = narrow(text);
        say("  %s %s%s%s: %s\n", step == search->loaded ? "*" : " ", source, *path ? ", " : "", path, result);
        free(source);
        free(path);
        free(result);
    }
}

/* The path that a class's LocalServer32 names in one view of the registry; malloc or NULL. */
static char *registered_server(const WCHAR *prog_id, REGSAM view)
{
    WCHAR key[512] = L"", class_id[64] = L"", path[1024] = L"";
    HKEY root = NULL, opened = NULL;
    DWORD size = sizeof class_id;
    char *found = NULL;
    wcscpy(key, prog_id);
    wcscat(key, L"\\CLSID");
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"Software\\Classes", 0, KEY_READ | view, &root) != ERROR_SUCCESS)
        return NULL;
    if (RegGetValueW(root, key, NULL, RRF_RT_REG_SZ, NULL, class_id, &size) == ERROR_SUCCESS) {
        wcscpy(key, L"CLSID\\");
        wcscat(key, class_id);
        wcscat(key, L"\\LocalServer32");
        size = sizeof path;
        if (RegOpenKeyExW(root, key, 0, KEY_READ | view, &opened) == ERROR_SUCCESS) {
            if (RegGetValueW(opened, NULL, NULL, RRF_RT_ANY, NULL, path, &size) == ERROR_SUCCESS)
                found = narrow(path);
            RegCloseKey(opened);
        }
    }
    RegCloseKey(root);
    return found;
}

static unsigned print_registration(void)
{
    static const struct {
        const char *name;
        REGSAM view;
    } views[] = {{"64-bit", KEY_WOW64_64KEY}, {"32-bit", KEY_WOW64_32KEY}};
    unsigned missing = 0;
    say("\nThe server MapiHost.Session:\n");
    for (size_t i = 0; i < ARRAYSIZE(views); i++) {
        char *path = registered_server(L"MapiHost.Session", views[i].view);
        say("    %s programs: %s\n", views[i].name, path ? path : "not registered");
        missing += path == NULL;
        free(path);
    }
    return missing;
}

static void print_local(void)
{
    const struct mapilocal_admin *admin;
    WCHAR path[1024];
    if (FAILED(local_admin(&admin)))
        return;
    if (SUCCEEDED(admin->data_folder(path, ARRAYSIZE(path)))) {
        char *folder = narrow(path);
        say("\nData folder of the embedded provider: %s\n", folder);
        free(folder);
    }
}

static unsigned print_profiles(HRESULT loaded)
{
    struct mapi_profile_list *list = NULL;
    unsigned problems = 0;
    HRESULT hr = FAILED(loaded) ? loaded : mapi_thread_start();
    say("\nProfiles:\n");
    if (FAILED(hr)) {
        say("    cannot be listed without MAPI\n");
        return 1;
    }
    hr = mapi_profiles_list(&list);
    if (FAILED(hr)) {
        problems++;
        fail(hr, "doctor: the list of profiles");
    } else if (list->count == 0) {
        problems++;
        say("    none: make one with mapictl create-mailbox or create-profile, or in Control Panel's Mail\n");
    }
    for (ULONG i = 0; SUCCEEDED(hr) && i < list->count; i++) {
        char *name = narrow(list->rows[i].name);
        say("    %s%s\n", name, list->rows[i].is_default ? "  (default)" : "");
        free(name);
    }
    mapi_profiles_free(list);
    mapi_thread_stop();
    return problems;
}

int run_doctor(const struct command *command, int argc, const char **argv)
{
    const struct option options[] = {{NULL, NULL, NULL}};
    struct arguments arguments;
    int code = EXIT_USAGE;
    unsigned problems = 0;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 0)
        return usage_error(command, "no argument is needed");
    say("mapictl %s, %u-bit\n", MAPIHOST_VERSION_TEXT, (unsigned)sizeof(void *) * 8);
    HRESULT hr = mapi_load();
    print_search();
    if (FAILED(hr)) {
        WCHAR text[1024];
        mapi_load_error_text(text, ARRAYSIZE(text));
        char *line = narrow(text);
        say("\nMAPI cannot be used: %s\n", line);
        free(line);
        problems++;
    }
    unsigned missing = print_registration();
    if (missing)
        say("    To register it: mapihost.exe /RegServer, as an administrator.\n");
    problems += missing > 0;
    print_local();
    problems += print_profiles(hr);
    say("\n%s\n", problems ? "Something is to be done: see above." : "Everything is in order.");
    return problems ? EXIT_FAILED : EXIT_DONE;
}
