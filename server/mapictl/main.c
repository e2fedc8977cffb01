/*
 * main.c: mapictl, the console tool: picks the command. Layer: mapictl.
 */
#include "mapictl.h"
#include "../version.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct command commands[] = {
    {"create-mailbox", "create-mailbox NAME [options]", "make a local mailbox and its profile",
     "  --address ADDRESS        its SMTP address (default: NAME@example.test)\n"
     "  --display TEXT           its display name (default: NAME)\n"
     "  --default                make its profile the default one\n"
     "  --admin                  its user may open every mailbox\n"
     "  --no-profile             make no profile\n"
     "  --count N                make N mailboxes, NAME1 to NAMEN, without profiles\n"
     "  --address-domain DOMAIN  the domain of their addresses (default: example.test)\n",
     run_create_mailbox},
    {"delete-mailbox", "delete-mailbox NAME [options]", "delete a local mailbox with its content",
     "  --keep-profile           leave the profile of the same name\n"
     "NAME is an alias, an address or a DN.\n",
     run_delete_mailbox},
    {"grant", "grant MAILBOX USER [options]", "let a user open another's local mailbox",
     "  --read-only              only to read it\n"
     "  --remove                 take the right away\n"
     "USER may be a list: then its members may.\n",
     run_grant},
    {"create-contact", "create-contact NAME --address ADDRESS [options]", "put an outside address into the address book",
     "  --address ADDRESS        its SMTP address\n"
     "  --display TEXT           its display name (default: NAME)\n",
     run_create_contact},
    {"create-list", "create-list NAME [options] [MEMBER...]", "make a distribution list",
     "  --display TEXT           its display name (default: NAME)\n"
     "  --address ADDRESS        an SMTP address that it answers to (default: none)\n"
     "MEMBER is a mailbox, contact or list, by alias, address or DN.\n",
     run_create_list},
    {"members", "members LIST MEMBER... [options]", "put entries into a distribution list",
     "  --remove                 take them out\n", run_members},
    {"set", "set NAME [options]", "change what the address book says of a mailbox, contact or list",
     "  --first, --last, --title, --company, --department, --office, --phone, --mobile, --street, --city, --country,\n"
     "  --note TEXT              a property; an empty TEXT takes it away\n"
     "  --manager NAME           another entry; empty: none\n"
     "  --add-address ADDRESS    a further SMTP address\n"
     "  --hide, --show           leave it out of the global address list, or not\n",
     run_set},
    {"delete-entry", "delete-entry NAME", "delete a contact or a distribution list", "", run_delete_entry},
    {"create-profile", "create-profile NAME --mailbox MAILBOX [options]", "make a MAPI profile for a mailbox",
     "  --mailbox MAILBOX        alias or address of the mailbox\n"
     "  --server SERVER          the Exchange server (default: LOCAL, the one of mapilocal.dll)\n"
     "  --default                make it the default profile\n",
     run_create_profile},
    {"delete-profile", "delete-profile NAME", "delete a MAPI profile", "", run_delete_profile},
    {"import", "import [options] PATH...",
     "import .eml and .msg files, mboxes, Maildirs, and folders of them",
     "  --profile NAME           the profile to log on to (default: the default one)\n"
     "  --folder PATH            the folder to import to, made if missing (default: the inbox)\n"
     "  --read                   mark the mails as read\n"
     "  --quiet                  print the summary only\n"
     "A malformed mail is imported as far as it can be, and what was wrong with it is printed.\n"
     "The exit code is 1 if a file could not be imported.\n",
     run_import},
    {"export", "export [options] TARGET", "export the messages of a folder",
     "  --profile NAME           the profile to log on to (default: the default one)\n"
     "  --folder PATH            the folder (default: the inbox)\n"
     "  --format eml|msg|mbox    the format of the files (default: eml)\n"
     "TARGET is a directory, made if missing; for mbox it is the file.\n",
     run_export},
    {"list", "list profiles|mailboxes|directory|members LIST|folders|messages [options]", "list what there is",
     "  --profile NAME           folders, messages: the profile to log on to\n"
     "  --folder PATH            messages: the folder (default: the inbox)\n"
     "  --limit N                messages: at most N, the newest first (default: 50)\n",
     run_list},
    {"check", "check", "verify the mailbox files of the data folder", "", run_check},
    {"doctor", "doctor", "show which MAPI is found and used, and what is wrong", "", run_doctor},
};
const size_t command_count = sizeof commands / sizeof *commands;

static void print_help(void)
{
    say("mapictl: MAPI profiles and local mailboxes, import and export, diagnosis\n\n"
        "usage: mapictl [--data DIR] COMMAND [options]\n\n");
    for (size_t i = 0; i < command_count; i++)
        say("  %-16s %s\n", commands[i].name, commands[i].summary);
    say("\n  --data DIR       the data folder of the local mailboxes, instead of the registered one\n"
        "  --version        print the version\n"
        "\nmapictl COMMAND --help tells a command's options.\n"
        "Exit codes: 0 done, 1 failed, 2 wrong arguments.\n");
}

static int run(int argc, const char **argv)
{
    int first = 1;
    for (; first < argc && argv[first][0] == '-'; first++) {
        const char *option = argv[first];
        if (!strcmp(option, "--help") || !strcmp(option, "-h")) {
            print_help();
            return EXIT_DONE;
        }
        if (!strcmp(option, "--version")) {
            say("mapictl %s (%u-bit)\n", MAPIHOST_VERSION_TEXT, (unsigned)sizeof(void *) * 8);
            return EXIT_DONE;
        }
        if (strcmp(option, "--data") || first + 1 >= argc) {
            complain("mapictl: unknown option %s (mapictl --help lists them)", option);
            return EXIT_USAGE;
        }
        WCHAR *folder = wide(argv[++first]);
        SetEnvironmentVariableW(L"MAPIHOST_DATA", folder);
        free(folder);
    }
    if (first >= argc) {
        print_help();
        return EXIT_USAGE;
    }
    if (!strcmp(argv[first], "help")) {
        print_help();
        return EXIT_DONE;
    }
    for (size_t i = 0; i < command_count; i++)
        if (!strcmp(commands[i].name, argv[first]))
            return commands[i].run(&commands[i], argc - first - 1, argv + first + 1);
    complain("mapictl: unknown command %s (mapictl --help lists them)", argv[first]);
    return EXIT_USAGE;
}

int wmain(int argc, WCHAR **argv)
{
    const char **arguments = calloc((size_t)argc + 1, sizeof *arguments);
    int code = EXIT_FAILED;
    for (int i = 0; arguments && i < argc; i++)
        arguments[i] = narrow(argv[i]);
    if (arguments)
        code = run(argc, arguments);
    for (int i = 0; arguments && i < argc; i++)
        free((char *)arguments[i]);
    free(arguments);
    return code;
}
