/*
 * directory.h: the directory database of a data folder: mailboxes, distribution lists, contacts, rights,
 * profiles and personal address books.
 *
 * Layer: portable (C11, MAPI types, SQLite). One file, directory.db, in the data folder; mailbox files lie in
 * its folder "mailboxes". Several processes use it at once. All functions return MAPI HRESULTs as storage.h
 * explains and are safe to call from any thread. Strings that come out are owned by the struct that they are
 * in, unless said otherwise. Names (DN, alias, SMTP address) compare without regard to ASCII case.
 */
#ifndef STORAGE_DIRECTORY_H
#define STORAGE_DIRECTORY_H

#include <stdbool.h>
#include "mapi_abi.h"
#include "propbag.h"

#define DIRECTORY_ORG        L"/o=MapiHost/ou=First Administrative Group"
#define DIRECTORY_SERVER     L"LOCAL"
#define DIRECTORY_SERVER_DN  DIRECTORY_ORG L"/cn=Configuration/cn=Servers/cn=" DIRECTORY_SERVER
#define DIRECTORY_RECIPIENTS DIRECTORY_ORG L"/cn=Recipients/cn="

struct directory;

/* Opens the directory of a data folder (UTF-8), making folder and file where they are missing. One open
 * directory per process and folder is shared: every open needs its close. */
HRESULT directory_open(const char *folder, struct directory **out);
void directory_close(struct directory *dir); /* NULL is allowed */
const char *directory_folder(const struct directory *dir);
/* Makes a folder with its parents; an existing one is as good. What cannot be made shows when a file in it is opened. */
void directory_make_folders(const char *folder);
/* Grows with every change of entries, members and rights by any process: a cache of them is valid while it
 * stays. */
HRESULT directory_version(struct directory *dir, int64_t *version);
/* Several changes at once: all or none. They nest. */
HRESULT directory_begin(struct directory *dir);
HRESULT directory_end(struct directory *dir,
                      HRESULT hr); /* commits if hr is S_OK, else undoes; returns the outcome */

/* ---- entries ---- */

enum dir_kind {
    DIR_MAILBOX = 1, /* a user with a mailbox here */
    DIR_LIST = 2,    /* a distribution list */
    DIR_CONTACT = 3, /* a user whose mailbox is elsewhere */
};

/* A further string of an entry: PR_GIVEN_NAME_W, PR_SURNAME_W, PR_TITLE_W … */
struct dir_attribute {
    ULONG tag;
    WCHAR *value;
};

struct dir_entry {
    int64_t id;
    enum dir_kind kind;
    GUID guid;
    WCHAR *alias, *display_name, *smtp, *dn;
    bool hidden;        /* not in the global address list */
    bool admin;         /* may use OPENSTORE_USE_ADMIN_PRIVILEGE */
    int64_t manager;    /* an entry's id, 0: none */
    int64_t last_logon; /* FILETIME; 0: never */
    int64_t created;    /* FILETIME */
    char *path;         /* of the mailbox file, UTF-8; NULL for other kinds */
    struct dir_attribute *attributes;
    ULONG attribute_count;
    WCHAR **addresses; /* all SMTP addresses, the primary one first */
    ULONG address_count;
};
void dir_entry_free(struct dir_entry *entry); /* NULL is allowed */

/* The name of a user's store, as Exchange composes it: "Mailbox - " and the display name, cut to the buffer. */
#define STORE_NAME_SIZE 280
void directory_store_name(const WCHAR *display_name, WCHAR out[STORE_NAME_SIZE]);

/* By DN, alias, any of its SMTP addresses ("SMTP:" may precede it) or GUID string. MAPI_E_NOT_FOUND. */
HRESULT directory_entry_find(struct directory *dir, const WCHAR *name, struct dir_entry **out);
HRESULT directory_entry_get(struct directory *dir, int64_t id, struct dir_entry **out);
HRESULT directory_entry_by_guid(struct directory *dir, const GUID *guid, struct dir_entry **out);
/* Calls `row` for every entry of these kinds (bits 1 << kind), in order of display name; the row takes the
 * entry over by setting *entry to NULL, else it is freed. A failure ends it. */
HRESULT directory_entry_each(struct directory *dir, unsigned kinds,
                             HRESULT (*row)(void *context, struct dir_entry **entry), void *context);
/* Adds an entry: display_name NULL: the alias; smtp NULL: none for a list, MAPI_E_INVALID_PARAMETER
 * otherwise. MAPI_E_COLLISION: alias or address is taken. The mailbox file is made when the mailbox is first
 * found. */
HRESULT directory_entry_add(struct directory *dir, enum dir_kind kind, const WCHAR *alias,
                            const WCHAR *display_name, const WCHAR *smtp, int64_t *id);
/* Takes an entry away, with its memberships and rights; a mailbox's file too. */
HRESULT directory_entry_remove(struct directory *dir, int64_t id);
HRESULT directory_entry_set_attribute(struct directory *dir, int64_t id, ULONG tag,
                                      const WCHAR *value); /* NULL: none */
HRESULT directory_entry_set_hidden(struct directory *dir, int64_t id, bool hidden);
HRESULT directory_entry_set_manager(struct directory *dir, int64_t id, int64_t manager);
HRESULT directory_entry_add_address(struct directory *dir, int64_t id, const WCHAR *smtp);
HRESULT directory_entry_touch(struct directory *dir, int64_t id); /* last_logon: now */
/* Makes the mailbox file of an entry unless it has been made. */
HRESULT directory_entry_make_mailbox(struct directory *dir, const struct dir_entry *entry);

/* Members of a list, and the lists that an entry is in, as ids; free(*ids). */
HRESULT directory_members(struct directory *dir, int64_t list, int64_t **ids, ULONG *count);
HRESULT directory_member_of(struct directory *dir, int64_t id, int64_t **lists, ULONG *count);
HRESULT directory_reports(struct directory *dir, int64_t manager, int64_t **ids, ULONG *count);
HRESULT directory_member_add(struct directory *dir, int64_t list, int64_t member);
HRESULT directory_member_remove(struct directory *dir, int64_t list, int64_t member);

/* Rights on a mailbox. */
enum dir_right {
    DIR_RIGHT_OPEN = 1, /* a delegate: opens the mailbox without the admin flag, to read and write */
    DIR_RIGHT_SEND = 2, /* may send in its name */
    DIR_RIGHT_READ = 4, /* opens the mailbox, but only to read */
};
HRESULT directory_right_set(struct directory *dir, int64_t mailbox, int64_t grantee,
                            unsigned rights); /* 0: none */
HRESULT directory_right_get(struct directory *dir, int64_t mailbox, int64_t grantee, unsigned *rights);
HRESULT directory_admin_set(struct directory *dir, int64_t id, bool admin);

/* ---- profiles ---- */

/* Profile names: at most 64 characters, unique without regard to case. */
struct dir_profile {
    int64_t id;
    WCHAR *name;
    bool is_default;
};
void dir_profile_free(struct dir_profile *profile); /* NULL is allowed */

HRESULT directory_profile_create(struct directory *dir, const WCHAR *name,
                                 int64_t *id); /* MAPI_E_COLLISION */
HRESULT directory_profile_find(struct directory *dir, const WCHAR *name,
                               struct dir_profile **out); /* NOT_FOUND */
HRESULT directory_profile_get(struct directory *dir, int64_t id, struct dir_profile **out);
HRESULT directory_profile_default(struct directory *dir, struct dir_profile **out); /* MAPI_E_NOT_FOUND */
HRESULT directory_profile_each(struct directory *dir,
                               HRESULT (*row)(void *context, const struct dir_profile *profile),
                               void *context);
/* No more found by name or listed; its contents stay until directory_profile_delete: a profile in use. */
HRESULT directory_profile_hide(struct directory *dir, int64_t id);
HRESULT directory_profile_delete(struct directory *dir, int64_t id);
HRESULT directory_profile_copy(struct directory *dir, int64_t id,
                               const WCHAR *new_name); /* MAPI_E_COLLISION */
HRESULT directory_profile_rename(struct directory *dir, int64_t id,
                                 const WCHAR *new_name);                  /* MAPI_E_COLLISION */
HRESULT directory_profile_set_default(struct directory *dir, int64_t id); /* 0: none */

/* A section of a profile: properties under a uid. Services and providers are sections with a place in an
 * order. */
enum dir_section_kind { DIR_SECTION_PLAIN = 0, DIR_SECTION_SERVICE = 1, DIR_SECTION_PROVIDER = 2 };
struct dir_section {
    MAPIUID uid;
    enum dir_section_kind kind;
    MAPIUID service; /* of a provider */
};

/* MAPI_E_COLLISION: there is one already. service: of a provider, else NULL. */
HRESULT directory_section_create(struct directory *dir, int64_t profile, const MAPIUID *uid,
                                 enum dir_section_kind kind, const MAPIUID *service);
HRESULT directory_section_find(struct directory *dir, int64_t profile, const MAPIUID *uid,
                               struct dir_section *out);
/* Deletes a section; a service's providers too. MAPI_E_NOT_FOUND. */
HRESULT directory_section_delete(struct directory *dir, int64_t profile, const MAPIUID *uid);
/* Sections of a kind in their order; service NULL: of all. free(*out). */
HRESULT directory_sections(struct directory *dir, int64_t profile, enum dir_section_kind kind,
                           const MAPIUID *service, struct dir_section **out, ULONG *count);
/* Puts a section of a kind at this place of the order (0: first). */
HRESULT directory_section_move(struct directory *dir, int64_t profile, const MAPIUID *uid, ULONG position);
HRESULT directory_section_load(struct directory *dir, int64_t profile, const MAPIUID *uid,
                               struct propbag **out);
/* Writes what changed in the bag and marks it clean. */
HRESULT directory_section_save(struct directory *dir, int64_t profile, const MAPIUID *uid,
                               struct propbag *props);

/* ---- personal address books ---- */

/* Each mailbox's user has one; owner is the user's entry. The version grows with every change of it by any process. */
HRESULT directory_personal_version(struct directory *dir, int64_t owner, int64_t *version);
/* The entries of a user in the order in which they were added: those of the book itself (list 0) or the members of one of its
 * lists, which is an entry too. The row takes the bag over by setting *props to NULL, else it is freed. A failure ends it. */
HRESULT directory_personal_each(struct directory *dir, int64_t owner, int64_t list,
                                HRESULT (*row)(void *context, int64_t id, struct propbag **props), void *context);
/* *list (may be NULL): what it is a member of, or 0. MAPI_E_NOT_FOUND: it is not there, or another's. */
HRESULT directory_personal_load(struct directory *dir, int64_t owner, int64_t id, int64_t *list, struct propbag **out);
/* Adds an entry with all properties of the bag, which is clean then. Ids are never used again. MAPI_E_NOT_FOUND: the list is
 * not there. */
HRESULT directory_personal_add(struct directory *dir, int64_t owner, int64_t list, struct propbag *props, int64_t *id);
/* Writes what changed in the bag; replace: the entry has these properties and no others. MAPI_E_NOT_FOUND. */
HRESULT directory_personal_save(struct directory *dir, int64_t owner, int64_t id, struct propbag *props, bool replace);
/* With its members. MAPI_E_NOT_FOUND, also where it is in another list, or in none. */
HRESULT directory_personal_remove(struct directory *dir, int64_t owner, int64_t list, int64_t id);

/* A random uid for a new section. */
void directory_new_uid(MAPIUID *uid);

/* ---- within the directory's own files ---- */

struct db;
struct db *directory_db(struct directory *dir);
int64_t directory_now(void); /* FILETIME */

#endif
