/*
 * mapictl.h: what the commands of mapictl share: arguments, output, logon.
 *
 * Layer: mapictl. Text is UTF-8 within the program. Results go to standard output, errors and progress to
 * standard error. Exit codes: 0 done, 1 failed (wholly or in part), 2 wrong arguments.
 */
#ifndef MAPICTL_H
#define MAPICTL_H

#include "mapi_session.h"
#include "mapilocal_admin.h"

#include <stdbool.h>

enum exit_code {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
};

/* ---- arguments ------------------------------------------------------------------------------------------
 */

struct option {
    const char *name;   /* "--profile" */
    const char **value; /* receives the argument that follows; NULL for a flag */
    bool *flag;
};

struct arguments {
    int count; /* of what is not an option */
    const char **items;
};

struct command {
    const char *name;
    const char *usage;   /* "import [options] PATH…" */
    const char *summary; /* one line for the list of commands */
    const char *help;    /* the rest of mapictl COMMAND --help */
    int (*run)(const struct command *command, int argc, const char **argv);
};
extern const struct command commands[];
extern const size_t command_count;

/*
 * Reads options and takes them out of argv (which is reordered); "--" ends them. `options` ends with a NULL
 * name. --help prints the command's help. Returns false when the command is to end with *code at once.
 */
bool arguments_read(const struct command *command, int argc, const char **argv, const struct option *options,
                    struct arguments *out, int *code);
/* Says what is wrong with the arguments; returns EXIT_USAGE. */
int usage_error(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A number from 1 to `most`, or 0 if the text is none. */
unsigned argument_number(const char *text, unsigned most);

/* ---- output ---------------------------------------------------------------------------------------------
 */

void say(const char *format, ...) __attribute__((format(printf, 1, 2)));      /* standard output */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2))); /* standard error, a line */
/* "mapictl: what: explanation [MAPI_E_…, 0x…]. Hint."; returns EXIT_FAILED. */
int fail(HRESULT hr, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Progress on a console only: the line is overwritten by the next. NULL ends it. */
void progress(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* malloc copies; they end the program when memory is out. NULL stays NULL. */
char *narrow(const WCHAR *text);
WCHAR *wide(const char *text);

/* ---- MAPI -----------------------------------------------------------------------------------------------
 */

/* Starts MAPI and logs on to a profile (NULL: the default one). Says what is wrong. End with mapi_end. */
HRESULT mapi_begin(const char *profile, struct mapi_session **session);
void mapi_end(struct mapi_session *session);
/* The administration of mapilocal.dll, which lies beside mapictl.exe. Says what is wrong. */
HRESULT local_admin(const struct mapilocal_admin **out);

/*
 * A folder by its path below the top of the store ("Inbox/Projects", "\" is as good); NULL: the inbox. With
 * `create` missing folders are made. MAPI_E_NOT_FOUND.
 */
HRESULT folder_open(IMsgStore *store, const char *path, bool create, IMAPIFolder **out);
/* A row's string (Unicode) as UTF-8 on the heap; "" if absent. */
char *row_text(const SPropValue *value);

int run_create_mailbox(const struct command *command, int argc, const char **argv);
int run_delete_mailbox(const struct command *command, int argc, const char **argv);
int run_grant(const struct command *command, int argc, const char **argv);
int run_create_contact(const struct command *command, int argc, const char **argv);
int run_create_list(const struct command *command, int argc, const char **argv);
int run_delete_entry(const struct command *command, int argc, const char **argv);
int run_members(const struct command *command, int argc, const char **argv);
int run_set(const struct command *command, int argc, const char **argv);
int run_check(const struct command *command, int argc, const char **argv);
int run_create_profile(const struct command *command, int argc, const char **argv);
int run_delete_profile(const struct command *command, int argc, const char **argv);
int run_import(const struct command *command, int argc, const char **argv);
int run_export(const struct command *command, int argc, const char **argv);
int run_list(const struct command *command, int argc, const char **argv);
int run_doctor(const struct command *command, int argc, const char **argv);

#endif
