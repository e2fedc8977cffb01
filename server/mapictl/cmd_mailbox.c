/*
 * cmd_mailbox.c: local mailboxes: create-mailbox, delete-mailbox, grant, check. Layer: mapictl.
 */
#include "mapi_profile.h"
#include "mapictl.h"
#include "profiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_MOST     100000
#define DEFAULT_DOMAIN "example.test"

static char *joined(const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    char *text = malloc(size);
    if (!text)
        exit(EXIT_FAILED);
    snprintf(text, size, "%s%s%s", a, b, c);
    return text;
}

static int create_many(const char *name, const char *domain, unsigned count, bool admin_right,
                       const struct mapilocal_admin *admin)
{
    struct mapilocal_mailbox *mailboxes = calloc(count, sizeof *mailboxes);
    ULONG failed = 0;
    HRESULT hr = mailboxes ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (unsigned i = 0; mailboxes && i < count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", i + 1);
        char *alias = joined(name, number, ""), *address = joined(alias, "@", domain);
        mailboxes[i] =
            (struct mapilocal_mailbox){.alias = wide(alias), .smtp = wide(address), .admin = admin_right};
        free(alias);
        free(address);
    }
    if (SUCCEEDED(hr))
        hr = admin->mailboxes_create(mailboxes, count, &failed);
    int code = EXIT_DONE;
    if (FAILED(hr))
        code = fail(hr, "create-mailbox: %s%lu (none was made)", name, failed + 1);
    else
        say("%u mailboxes created: %s1 to %s%u\n", count, name, name, count);
    for (unsigned i = 0; mailboxes && i < count; i++) {
        free((WCHAR *)mailboxes[i].alias);
        free((WCHAR *)mailboxes[i].smtp);
    }
    free(mailboxes);
    return code;
}

int run_create_mailbox(const struct command *command, int argc, const char **argv)
{
    const char *address = NULL, *display = NULL, *count = NULL, *domain = DEFAULT_DOMAIN;
    bool as_default = false, admin_right = false, no_profile = false;
    const struct option options[] = {{"--address", &address, NULL},       {"--display", &display, NULL},
                                     {"--count", &count, NULL},           {"--address-domain", &domain, NULL},
                                     {"--default", NULL, &as_default},    {"--admin", NULL, &admin_right},
                                     {"--no-profile", NULL, &no_profile}, {NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1)
        return usage_error(command, "one name is needed");
    const char *name = arguments.items[0];
    if (count) {
        unsigned number = argument_number(count, COUNT_MOST);
        if (!number)
            return usage_error(command, "--count takes a number from 1 to %u", COUNT_MOST);
        if (address || display || as_default)
            return usage_error(command, "--count makes names and addresses itself, and no profiles");
        return FAILED(local_admin(&admin)) ? EXIT_FAILED
                                           : create_many(name, domain, number, admin_right, admin);
    }
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    char *made = joined(name, "@", domain);
    struct mapilocal_mailbox mailbox = {.alias = wide(name),
                                        .display_name = wide(display),
                                        .smtp = wide(address ? address : made),
                                        .admin = admin_right};
    HRESULT hr = admin->mailboxes_create(&mailbox, 1, NULL);
    if (hr == MAPI_E_INVALID_PARAMETER)
        code = (complain("mapictl: create-mailbox: \"%s\": a name has 1 to 64 characters, without blanks and / \\ = @ \"", name),
                EXIT_FAILED);
    else if (FAILED(hr))
        code = fail(hr, "create-mailbox: %s", name);
    else
        code = EXIT_DONE, say("mailbox %s <%s> created\n", name, address ? address : made);
    free((WCHAR *)mailbox.alias);
    free((WCHAR *)mailbox.display_name);
    free((WCHAR *)mailbox.smtp);
    free(made);
    if (code == EXIT_DONE && !no_profile)
        code = profile_make(name, LOCAL_SERVER, name, as_default);
    return code;
}

int run_delete_mailbox(const struct command *command, int argc, const char **argv)
{
    bool keep_profile = false;
    const struct option options[] = {{"--keep-profile", NULL, &keep_profile}, {NULL, NULL, NULL}};
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
    HRESULT hr = admin->mailbox_delete(name);
    if (FAILED(hr)) {
        code = fail(hr, "delete-mailbox: %s", arguments.items[0]);
    } else {
        code = EXIT_DONE;
        say("mailbox %s deleted\n", arguments.items[0]);
        if (!keep_profile && profile_exists(name))
            code = profile_remove(arguments.items[0]);
    }
    free(name);
    return code;
}

int run_grant(const struct command *command, int argc, const char **argv)
{
    bool remove = false, read_only = false;
    const struct option options[] = {{"--remove", NULL, &remove}, {"--read-only", NULL, &read_only}, {NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 2)
        return usage_error(command, "a mailbox and a user are needed");
    if (remove && read_only)
        return usage_error(command, "--remove and --read-only exclude each other");
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    WCHAR *mailbox = wide(arguments.items[0]), *user = wide(arguments.items[1]);
    HRESULT hr = admin->mailbox_grant(mailbox, user,
                                      remove      ? MAPILOCAL_RIGHTS_NONE
                                      : read_only ? MAPILOCAL_RIGHTS_READ
                                                  : MAPILOCAL_RIGHTS_ALL);
    if (FAILED(hr))
        code = fail(hr, "grant: %s to %s", arguments.items[0], arguments.items[1]);
    else
        code = EXIT_DONE, say("%s %s open the mailbox %s%s\n", arguments.items[1], remove ? "may no longer" : "may",
                              arguments.items[0], read_only ? " to read it" : "");
    free(mailbox);
    free(user);
    return code;
}

static void WINAPI print_finding(void *context, const WCHAR *alias, const char *text)
{
    char *name = narrow(alias);
    (void)context;
    say("%s: %s\n", name, text);
    free(name);
}

int run_check(const struct command *command, int argc, const char **argv)
{
    const struct option options[] = {{NULL, NULL, NULL}};
    const struct mapilocal_admin *admin;
    struct arguments arguments;
    WCHAR path[1024];
    ULONG checked = 0;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 0)
        return usage_error(command, "no argument is needed");
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    HRESULT hr = admin->data_folder(path, ARRAYSIZE(path));
    if (SUCCEEDED(hr)) {
        char *folder = narrow(path);
        say("data folder %s\n", folder);
        free(folder);
        hr = admin->check(print_finding, NULL, &checked);
    }
    say("%lu mailboxes checked: %s\n", checked, SUCCEEDED(hr) ? "sound" : "damage was found");
    return SUCCEEDED(hr) ? EXIT_DONE : fail(hr, "check");
}
