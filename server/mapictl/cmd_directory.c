/*
 * cmd_directory.c: lists and contacts of the local directory: create-contact, create-list, delete-entry, members, set.
 * Layer: mapictl.
 */
#include "mapictl.h"

#include <stdlib.h>

static int create_entry(const struct command *command, enum mapilocal_kind kind, const char *name, const char *display,
                        const char *address, const struct mapilocal_admin *admin)
{
    struct mapilocal_entry entry = {
        .kind = kind, .alias = wide(name), .display_name = wide(display), .smtp = wide(address)};
    HRESULT hr = admin->entry_create(&entry);
    free((WCHAR *)entry.alias);
    free((WCHAR *)entry.display_name);
    free((WCHAR *)entry.smtp);
    if (FAILED(hr))
        return fail(hr, "%s: %s", command->name, name);
    say("%s %s created\n", kind == MAPILOCAL_LIST ? "list" : "contact", name);
    return EXIT_DONE;
}

int run_create_contact(const struct command *command, int argc, const char **argv)
{
    const char *address = NULL, *display = NULL;
    const struct option options[] = {{"--address", &address, NULL}, {"--display", &display, NULL}, {NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1 || !address)
        return usage_error(command, "one name and --address are needed");
    return FAILED(local_admin(&admin))
               ? EXIT_FAILED
               : create_entry(command, MAPILOCAL_CONTACT, arguments.items[0], display, address, admin);
}

/* Puts entries into a list or takes them out; those that cannot are told. */
static int change_members(const struct command *command, const struct mapilocal_admin *admin, const char *list,
                          const char **members, int count, bool are_members)
{
    WCHAR *list_w = wide(list);
    int code = EXIT_DONE;
    for (int i = 0; i < count; i++) {
        WCHAR *member = wide(members[i]);
        HRESULT hr = admin->member_set(list_w, member, are_members);
        free(member);
        if (FAILED(hr))
            code = fail(hr, "%s: %s %s %s", command->name, members[i], are_members ? "into" : "out of", list);
        else
            say("%s is %s in %s\n", members[i], are_members ? "now" : "no longer", list);
    }
    free(list_w);
    return code;
}

int run_create_list(const struct command *command, int argc, const char **argv)
{
    const char *address = NULL, *display = NULL;
    const struct option options[] = {{"--address", &address, NULL}, {"--display", &display, NULL}, {NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count < 1)
        return usage_error(command, "a name is needed");
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    const char *name = arguments.items[0];
    code = create_entry(command, MAPILOCAL_LIST, name, display, address, admin);
    return code == EXIT_DONE ? change_members(command, admin, name, arguments.items + 1, arguments.count - 1, true) : code;
}

int run_members(const struct command *command, int argc, const char **argv)
{
    bool remove = false;
    const struct option options[] = {{"--remove", NULL, &remove}, {NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count < 2)
        return usage_error(command, "a list and its members are needed");
    return FAILED(local_admin(&admin)) ? EXIT_FAILED
                                       : change_members(command, admin, arguments.items[0], arguments.items + 1,
                                                        arguments.count - 1, !remove);
}

int run_delete_entry(const struct command *command, int argc, const char **argv)
{
    const struct option options[] = {{NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1)
        return usage_error(command, "one name is needed");
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    WCHAR *name = wide(arguments.items[0]);
    HRESULT hr = admin->entry_delete(name);
    free(name);
    if (FAILED(hr))
        return fail(hr, "delete-entry: %s", arguments.items[0]);
    say("%s deleted\n", arguments.items[0]);
    return EXIT_DONE;
}

/* ---- set ---- */

/* The options that are strings of the entry. */
static const struct {
    const char *option;
    ULONG tag;
} strings[] = {
    {"--first", PR_GIVEN_NAME_W},   {"--last", PR_SURNAME_W},
    {"--title", PR_TITLE_W},        {"--company", PR_COMPANY_NAME_W},
    {"--department", PR_DEPARTMENT_NAME_W}, {"--office", PR_OFFICE_LOCATION_W},
    {"--phone", PR_BUSINESS_TELEPHONE_NUMBER_W}, {"--mobile", PR_MOBILE_TELEPHONE_NUMBER_W},
    {"--street", PR_STREET_ADDRESS_W}, {"--city", PR_LOCALITY_W},
    {"--country", PR_COUNTRY_W},    {"--note", PR_COMMENT_W},
};

int run_set(const struct command *command, int argc, const char **argv)
{
    enum { STRINGS = ARRAYSIZE(strings) };
    const char *values[STRINGS] = {NULL}, *manager = NULL, *address = NULL;
    bool hide = false, show = false;
    struct option options[STRINGS + 5] = {{NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    HRESULT hr = S_OK;
    for (size_t i = 0; i < STRINGS; i++)
        options[i] = (struct option){strings[i].option, &values[i], NULL};
    options[STRINGS] = (struct option){"--manager", &manager, NULL};
    options[STRINGS + 1] = (struct option){"--add-address", &address, NULL};
    options[STRINGS + 2] = (struct option){"--hide", NULL, &hide};
    options[STRINGS + 3] = (struct option){"--show", NULL, &show};
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1)
        return usage_error(command, "one name is needed");
    if (hide && show)
        return usage_error(command, "--hide and --show exclude each other");
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    WCHAR *name = wide(arguments.items[0]), *manager_w = wide(manager), *address_w = wide(address);
    for (size_t i = 0; i < STRINGS && SUCCEEDED(hr); i++)
        if (values[i]) {
            WCHAR *value = wide(values[i]);
            hr = admin->entry_set(name, strings[i].tag, *value ? value : NULL);
            free(value);
        }
    if (SUCCEEDED(hr) && manager)
        hr = admin->entry_set_manager(name, *manager_w ? manager_w : NULL);
    if (SUCCEEDED(hr) && address)
        hr = admin->entry_add_address(name, address_w);
    if (SUCCEEDED(hr) && (hide || show))
        hr = admin->entry_set_hidden(name, hide);
    free(name);
    free(manager_w);
    free(address_w);
    if (FAILED(hr))
        return fail(hr, "set: %s", arguments.items[0]);
    say("%s changed\n", arguments.items[0]);
    return EXIT_DONE;
}
