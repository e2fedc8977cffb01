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
#define MAPILOCAL_ADMIN_VERSION 1

struct mapilocal_mailbox {
    const WCHAR *alias;        /* unique in the data folder */
    const WCHAR *display_name; /* NULL when it is made: the alias */
    const WCHAR *smtp;         /* unique */
    const WCHAR *dn;           /* not read when it is made */
    BOOL admin;                /* may open every mailbox (OPENSTORE_USE_ADMIN_PRIVILEGE) */
    LONGLONG last_logon;       /* FILETIME, 0: never; not read when it is made */
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

    /* Lets `user` open (and not any more) the mailbox of another; both by alias, address or DN.
     * MAPI_E_NOT_FOUND. */
    HRESULT(WINAPI *mailbox_grant)(const WCHAR *mailbox, const WCHAR *user, BOOL allowed);

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
