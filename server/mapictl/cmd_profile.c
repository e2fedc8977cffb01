/*
 * cmd_profile.c: create-profile, delete-profile. Layer: mapictl. Documented MAPI only: they work with any
 * MAPI that knows the service MSEMS.
 */
#include "mapi_profile.h"
#include "profiles.h"

#include <stdlib.h>
#include <string.h>

static HRESULT start(void)
{
    HRESULT hr = mapi_thread_start();
    if (FAILED(hr)) {
        WCHAR text[1024];
        mapi_load_error_text(text, ARRAYSIZE(text));
        char *line = narrow(text);
        complain("mapictl: MAPI cannot be used: %s [0x%08X]", line, (unsigned)hr);
        free(line);
    }
    return hr;
}

/* Sets the default profile, or deletes a profile. */
static HRESULT administer(const char *name, bool as_default)
{
    WCHAR *text = wide(name);
    char *ansi = profile_ansi(text);
    IProfAdmin *admin = NULL;
    HRESULT hr = ansi ? mapi.admin_profiles(0, &admin) : MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = as_default ? admin->lpVtbl->SetDefaultProfile(admin, (LPTSTR)ansi, 0)
                        : admin->lpVtbl->DeleteProfile(admin, (LPTSTR)ansi, 0);
    if (admin)
        admin->lpVtbl->Release(admin);
    free(ansi);
    free(text);
    return hr;
}

int profile_make(const char *name, const char *server, const char *mailbox, bool as_default)
{
    WCHAR *name_w = wide(name), *server_w = wide(server), *mailbox_w = wide(mailbox);
    int code = EXIT_FAILED;
    HRESULT hr = start();
    if (SUCCEEDED(hr)) {
        hr = profile_create_named(name_w, server_w, mailbox_w, 0);
        if (hr == MAPI_E_NO_ACCESS && profile_exists(name_w))
            fail(MAPI_E_COLLISION, "create-profile: %s", name);
        else if (FAILED(hr))
            fail(hr, "create-profile: %s for mailbox %s on %s", name, mailbox, server);
        else if (as_default && FAILED(hr = administer(name, true)))
            fail(hr, "create-profile: %s was made, but is not the default profile", name);
        else
            code = EXIT_DONE, say("profile %s created%s\n", name, as_default ? ", the default one" : "");
        mapi_thread_stop();
    }
    free(name_w);
    free(server_w);
    free(mailbox_w);
    return code;
}

int profile_remove(const char *name)
{
    int code = EXIT_FAILED;
    HRESULT hr = start();
    if (FAILED(hr))
        return code;
    hr = administer(name, false);
    if (FAILED(hr))
        fail(hr, "delete-profile: %s", name);
    else
        code = EXIT_DONE, say("profile %s deleted\n", name);
    mapi_thread_stop();
    return code;
}

bool profile_exists(const WCHAR *name)
{
    struct mapi_profile_list *list = NULL;
    bool found = false;
    if (FAILED(start()))
        return false;
    if (SUCCEEDED(mapi_profiles_list(&list)))
        for (ULONG i = 0; i < list->count; i++)
            found |= CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, list->rows[i].name, -1, name, -1) ==
                     CSTR_EQUAL;
    mapi_profiles_free(list);
    mapi_thread_stop();
    return found;
}

int run_create_profile(const struct command *command, int argc, const char **argv)
{
    const char *mailbox = NULL, *server = LOCAL_SERVER;
    bool as_default = false;
    const struct option options[] = {{"--mailbox", &mailbox, NULL},
                                     {"--server", &server, NULL},
                                     {"--default", NULL, &as_default},
                                     {NULL, NULL, NULL}};
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1 || !mailbox)
        return usage_error(command, "a name and --mailbox are needed");
    return profile_make(arguments.items[0], server, mailbox, as_default);
}

int run_delete_profile(const struct command *command, int argc, const char **argv)
{
    const struct option options[] = {{NULL, NULL, NULL}};
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1)
        return usage_error(command, "one name is needed");
    return profile_remove(arguments.items[0]);
}
