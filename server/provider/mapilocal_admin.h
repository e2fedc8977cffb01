/*
 * mapilocal_admin.h: administration of the local mailboxes of mapilocal.dll: what MAPI has no interface for.
 *
 * Layer: provider; the one private entry of mapilocal.dll, for mapictl alone. mapihost.exe must not use it.
 * A DLL exports MapiLocalAdmin (GetProcAddress by MAPILOCAL_ADMIN_ENTRY), which gives the table of functions.
 * The data folder is the one that the DLL uses (environment variable MAPIHOST_DATA, registry). No function
 * needs MAPIInitialize. Strings given to callbacks live as long as the call of the callback. Errors are MAPI
 * HRESULTs.
 */
#ifndef MAPILOCAL_ADMIN_H
#define MAPILOCAL_ADMIN_H

#include "mapi_abi.h"

#define MAPILOCAL_ADMIN_ENTRY   "MapiLocalAdmin"
#define MAPILOCAL_ADMIN_VERSION 2

struct mapilocal_mailbox {
    const WCHAR *alias;        /* unique in the data folder */
    const WCHAR *display_name; /* NULL when it is made: the alias */
    const WCHAR *smtp;         /* unique */
    const WCHAR *dn;           /* not read when it is made */
    BOOL admin;                /* may open every mailbox (OPENSTORE_USE_ADMIN_PRIVILEGE) */
    LONGLONG last_logon;       /* FILETIME, 0: never; not read when it is made */
};

enum mapilocal_kind {
    MAPILOCAL_MAILBOX = 1,
    MAPILOCAL_LIST = 2,    /* a distribution list */
    MAPILOCAL_CONTACT = 3, /* a user whose mailbox is elsewhere */
};

/* An entry of the directory, and thus of the global address list. */
struct mapilocal_entry {
    enum mapilocal_kind kind;
    const WCHAR *alias, *display_name, *smtp, *dn; /* smtp: may be NULL for a list */
    BOOL hidden;                                   /* not in the global address list */
};

enum mapilocal_rights {
    MAPILOCAL_RIGHTS_NONE = 0,
    MAPILOCAL_RIGHTS_ALL = 1,  /* read, write, send in its name */
    MAPILOCAL_RIGHTS_READ = 2, /* only read */
};

struct mapilocal_admin {
    ULONG version; /* MAPILOCAL_ADMIN_VERSION */

    /* The data folder's path, cut to `count` characters with a NUL. */
    HRESULT(WINAPI *data_folder)(WCHAR *path, ULONG count);

    /* Makes mailboxes: all of them or, on an error, none. *failed receives the index of the one that could
     * not be made. MAPI_E_COLLISION: its alias or address is taken. MAPI_E_INVALID_PARAMETER: without alias
     * or address. */
    HRESULT(WINAPI *mailboxes_create)(const struct mapilocal_mailbox *mailboxes, ULONG count, ULONG *failed);

    /* Deletes a mailbox with its content, by alias, address or DN. MAPI_E_NOT_FOUND. Profiles that name it
     * stay. */
    HRESULT(WINAPI *mailbox_delete)(const WCHAR *name);

    /* Calls `each` for every mailbox in the order of display names; its failure ends the list and is
     * returned. */
    HRESULT(WINAPI *mailbox_each)
    (HRESULT(WINAPI *each)(void *context, const struct mapilocal_mailbox *mailbox), void *context);

    /* Lets `user` (or, if that is a list, its members) open the mailbox of another, in place of what was granted before;
     * both by alias, address or DN. MAPI_E_NOT_FOUND. */
    HRESULT(WINAPI *mailbox_grant)(const WCHAR *mailbox, const WCHAR *user, enum mapilocal_rights rights);

    /* Makes a list or a contact; dn and hidden are not read. Errors as mailboxes_create. */
    HRESULT(WINAPI *entry_create)(const struct mapilocal_entry *entry);

    /* Deletes a list or a contact, by alias, address or DN. MAPI_E_NOT_FOUND, also for a mailbox. */
    HRESULT(WINAPI *entry_delete)(const WCHAR *name);

    /* Calls `each` for every entry of these kinds (bits 1 << kind) in the order of display names. */
    HRESULT(WINAPI *entry_each)
    (ULONG kinds, HRESULT(WINAPI *each)(void *context, const struct mapilocal_entry *entry), void *context);

    /* A string property of an entry of any kind (PR_TITLE_W, PR_COMPANY_NAME_W …); NULL takes it away. */
    HRESULT(WINAPI *entry_set)(const WCHAR *name, ULONG tag, const WCHAR *value);
    HRESULT(WINAPI *entry_set_hidden)(const WCHAR *name, BOOL hidden);
    HRESULT(WINAPI *entry_set_manager)(const WCHAR *name, const WCHAR *manager); /* NULL: none */
    HRESULT(WINAPI *entry_add_address)(const WCHAR *name, const WCHAR *smtp);    /* a further one. MAPI_E_COLLISION */

    /* Puts an entry into a list or takes it out. MAPI_E_NOT_FOUND: one of them is not there, the first is no list, or the
     * entry is not in it. */
    HRESULT(WINAPI *member_set)(const WCHAR *list, const WCHAR *member, BOOL is_member);
    HRESULT(WINAPI *member_each)
    (const WCHAR *list, HRESULT(WINAPI *each)(void *context, const struct mapilocal_entry *entry), void *context);

    /* Verifies every mailbox file; `finding` is called for each thing that is wrong, with the mailbox's
     * alias. *checked receives their number. MAPI_E_CORRUPT_STORE if anything is wrong. */
    HRESULT(WINAPI *check)
    (void(WINAPI *finding)(void *context, const WCHAR *alias, const char *text), void *context,
     ULONG *checked);
};

/* version: MAPILOCAL_ADMIN_VERSION; MAPI_E_VERSION if the DLL does not have that one. The calling convention is one that
 * leaves the exported name undecorated on x86. */
typedef HRESULT(__cdecl *mapilocal_admin_entry)(ULONG version, const struct mapilocal_admin **out);

#endif
