/*
 * session_directory.c: what the store part asks of the directory: mailboxes, access, routing of recipients.
 *
 * Layer: provider, session part. See provider.h.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "addrbook_id.h"
#include "mapi_exchange.h"
#include "session.h"
#include "store.h"
#include "text.h"

#define LIST_DEPTH 16 /* of lists within lists, for delivery */

void mailbox_info_free(struct mailbox_info *info)
{
    if (info == NULL)
        return;
    free(info->display_name);
    free(info->alias);
    free(info->smtp);
    free(info->dn);
    free(info->path);
    free(info);
}

static WCHAR *dup_or_empty(const WCHAR *text)
{
    return text_duplicate(text != NULL ? text : L"");
}

static HRESULT info_create(const struct dir_entry *entry, struct mailbox_info **out)
{
    struct mailbox_info *info;
    *out = NULL;
    if ((info = calloc(1, sizeof *info)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    info->guid = entry->guid;
    info->display_name = dup_or_empty(entry->display_name);
    info->alias = dup_or_empty(entry->alias);
    info->smtp = dup_or_empty(entry->smtp);
    info->dn = dup_or_empty(entry->dn);
    info->path = strdup(entry->path);
    if (!info->display_name || !info->alias || !info->smtp || !info->dn || !info->path) {
        mailbox_info_free(info);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *out = info;
    return S_OK;
}

/* Makes the mailbox file too, where it is not there yet. */
static HRESULT info_of_entry(struct directory *dir, const struct dir_entry *entry, struct mailbox_info **out)
{
    *out = NULL;
    if (entry->kind != DIR_MAILBOX)
        return MAPI_E_NOT_FOUND;
    HRESULT hr = directory_entry_make_mailbox(dir, entry);
    return hr == S_OK ? info_create(entry, out) : hr;
}

HRESULT directory_mailbox_find(struct session *session, const WCHAR *name, struct mailbox_info **out)
{
    struct dir_entry *entry = NULL;
    *out = NULL;
    HRESULT hr = directory_entry_find(session->dir, name, &entry);
    if (hr == S_OK)
        hr = info_of_entry(session->dir, entry, out);
    dir_entry_free(entry);
    return hr;
}

HRESULT directory_mailbox_by_guid(struct session *session, const GUID *guid, struct mailbox_info **out)
{
    struct dir_entry *entry = NULL;
    *out = NULL;
    HRESULT hr = directory_entry_by_guid(session->dir, guid, &entry);
    if (hr == S_OK)
        hr = info_of_entry(session->dir, entry, out);
    dir_entry_free(entry);
    return hr;
}

HRESULT directory_access_check(struct session *session, const struct mailbox_info *mailbox, ULONG open_flags,
                               bool *read_only)
{
    struct dir_entry *entry = NULL, *user = NULL;
    unsigned rights = 0;
    HRESULT hr;
    *read_only = false;
    if (session->user_id != 0 && IsEqualGUID(&mailbox->guid, &session->user->guid))
        return S_OK;
    /* Asked anew each time: rights change while sessions last. */
    if (session->user_id == 0 ||
        (hr = directory_entry_get(session->dir, session->user_id, &user)) == MAPI_E_NOT_FOUND)
        return object_fail(&session->base, MAPI_E_NO_ACCESS,
                           L"The profile's user has no mailbox in this directory.");
    if (hr == S_OK)
        hr = directory_entry_by_guid(session->dir, &mailbox->guid, &entry);
    if (hr == S_OK)
        hr = directory_right_get(session->dir, entry->id, user->id, &rights);
    bool admin = user != NULL && user->admin;
    dir_entry_free(entry);
    dir_entry_free(user);
    bool as_admin = ((open_flags | session->connect_flags) & OPENSTORE_USE_ADMIN_PRIVILEGE) != 0;
    if (hr != S_OK || (rights & DIR_RIGHT_OPEN))
        return hr;
    if ((rights & DIR_RIGHT_READ) && !(as_admin && admin)) {
        *read_only = true;
        return S_OK;
    }
    if (!as_admin)
        return object_fail(&session->base, MAPI_E_NO_ACCESS,
                           L"The user is not a delegate of this mailbox. An administrator opens it with "
                           L"OPENSTORE_USE_ADMIN_PRIVILEGE.");
    if (!admin)
        return object_fail(
            &session->base, MAPI_E_NO_ACCESS,
            L"OPENSTORE_USE_ADMIN_PRIVILEGE was asked for, but the user is not an administrator.");
    return S_OK;
}

/* The directory's entry that an address book entry id names. */
static HRESULT entry_by_entryid(struct session *session, ULONG cb, const ENTRYID *entryid, struct dir_entry **out)
{
    struct ab_id id = {0};
    HRESULT hr = ab_id_parse(cb, entryid, &id);
    if (hr == S_OK && id.kind == AB_ID_PERSONAL)
        hr = personal_address(session, id.dn, &id.addrtype, &id.address);
    if (hr == S_OK)
        hr = directory_entry_find(session->dir, id.kind == AB_ID_ENTRY ? id.dn : id.address, out);
    ab_id_clear(&id);
    return hr;
}

HRESULT directory_rights(struct session *session, const GUID *mailbox, ULONG cb, const ENTRYID *user, ULONG *rights)
{
    struct dir_entry *box = NULL, *entry = NULL;
    unsigned bits = 0;
    *rights = 0;
    HRESULT hr = cb != 0 ? entry_by_entryid(session, cb, user, &entry)
                         : directory_entry_get(session->dir, session->user_id, &entry);
    if (hr == S_OK)
        hr = directory_entry_by_guid(session->dir, mailbox, &box);
    if (hr == S_OK)
        hr = directory_right_get(session->dir, box->id, entry->id, &bits);
    if (hr == S_OK && (box->id == entry->id || entry->admin || (bits & DIR_RIGHT_OPEN)))
        *rights = RIGHTS_ALL;
    else if (hr == S_OK && (bits & DIR_RIGHT_READ))
        *rights = RIGHTS_READ;
    dir_entry_free(box);
    dir_entry_free(entry);
    return hr;
}

HRESULT directory_user_entryid(struct session *session, const WCHAR *dn, void *base, SBinary *out)
{
    (void)session;
    return ab_id_entry(DT_MAILUSER, dn, base, out);
}

struct mailbox_walk {
    HRESULT (*row)(void *context, const struct mailbox_info *mailbox, const FILETIME *last_logon);
    void *context;
};

static HRESULT each_mailbox(void *context, struct dir_entry **entry)
{
    const struct mailbox_walk *walk = context;
    struct mailbox_info *info = NULL;
    int64_t time = (*entry)->last_logon;
    FILETIME last = {(DWORD)time, (DWORD)(time >> 32)};
    HRESULT hr = info_create(*entry, &info);
    if (hr == S_OK)
        hr = walk->row(walk->context, info, time != 0 ? &last : NULL);
    mailbox_info_free(info);
    return hr;
}

HRESULT directory_mailbox_each(struct session *session,
                               HRESULT (*row)(void *context, const struct mailbox_info *mailbox,
                                              const FILETIME *last_logon),
                               void *context)
{
    struct mailbox_walk walk = {row, context};
    return directory_entry_each(session->dir, 1u << DIR_MAILBOX, each_mailbox, &walk);
}

HRESULT directory_admin_check(struct session *session)
{
    struct dir_entry *user = NULL;
    HRESULT hr = session->user_id != 0 ? directory_entry_get(session->dir, session->user_id, &user) : MAPI_E_NOT_FOUND;
    if (hr == S_OK && !user->admin)
        hr = MAPI_E_NOT_FOUND;
    dir_entry_free(user);
    return hr == MAPI_E_NOT_FOUND
               ? object_fail(&session->base, MAPI_E_NO_ACCESS, L"Only an administrator may list the server's mailboxes.")
               : hr;
}

HRESULT directory_touch_logon(struct session *session, const GUID *mailbox)
{
    struct dir_entry *entry = NULL;
    HRESULT hr = directory_entry_by_guid(session->dir, mailbox, &entry);
    if (hr == S_OK)
        hr = directory_entry_touch(session->dir, entry->id);
    dir_entry_free(entry);
    return hr;
}

const char *session_pickup_folder(struct session *session)
{
    return session->pickup;
}

const struct mailbox_info *session_user(struct session *session)
{
    return session->user;
}

/* ---- routing ---- */

struct route {
    struct directory *dir;
    HRESULT (*local)(void *context, const struct mailbox_info *mailbox);
    HRESULT (*remote)(void *context, const WCHAR *smtp);
    void *context;
    int64_t *seen; /* entries that have been delivered to or opened: nobody gets a message twice through one
                      list */
    ULONG count, room;
};

static HRESULT mark_seen(struct route *route, int64_t id, bool *before)
{
    *before = false;
    for (ULONG i = 0; i < route->count && !*before; i++)
        *before = route->seen[i] == id;
    if (*before)
        return S_OK;
    if (route->count == route->room) {
        int64_t *more = realloc(route->seen, (route->room = 2 * route->room + 16) * sizeof *more);
        if (more == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        route->seen = more;
    }
    route->seen[route->count++] = id;
    return S_OK;
}

static HRESULT route_entry(struct route *route, const struct dir_entry *entry, int depth)
{
    struct mailbox_info *info = NULL;
    int64_t *members = NULL;
    ULONG count = 0;
    bool before;
    HRESULT hr = mark_seen(route, entry->id, &before);
    if (hr != S_OK || before)
        return hr;
    if (entry->kind == DIR_MAILBOX) {
        if ((hr = info_of_entry(route->dir, entry, &info)) == S_OK)
            hr = route->local(route->context, info);
        mailbox_info_free(info);
    } else if (entry->kind == DIR_CONTACT)
        hr = route->remote(route->context, entry->smtp);
    else if (depth < LIST_DEPTH) {
        hr = directory_members(route->dir, entry->id, &members, &count);
        for (ULONG i = 0; i < count && hr == S_OK; i++) {
            struct dir_entry *member = NULL;
            hr = directory_entry_get(route->dir, members[i], &member);
            if (hr == S_OK)
                hr = route_entry(route, member, depth + 1);
            else if (hr == MAPI_E_NOT_FOUND) /* deleted meanwhile */
                hr = S_OK;
            dir_entry_free(member);
        }
        free(members);
    }
    return hr;
}

HRESULT directory_route(struct session *session, const WCHAR *addrtype, const WCHAR *address,
                        const SBinary *entryid,
                        HRESULT (*local)(void *context, const struct mailbox_info *mailbox),
                        HRESULT (*remote)(void *context, const WCHAR *smtp), void *context)
{
    struct route route = {.dir = session->dir, .local = local, .remote = remote, .context = context};
    struct dir_entry *entry = NULL;
    struct ab_id id = {0};
    WCHAR *own_address = NULL, *own_type = NULL;
    HRESULT hr;
    /* A recipient may be named by an entry id alone. */
    if ((address == NULL || address[0] == 0) && entryid != NULL &&
        ab_id_parse(entryid->cb, (const ENTRYID *)entryid->lpb, &id) == S_OK) {
        if (id.kind == AB_ID_PERSONAL)
            personal_address(session, id.dn, &id.addrtype, &id.address); /* without one it has nowhere to go */
        address = own_address = id.kind == AB_ID_ENTRY ? id.dn : id.address;
        addrtype = own_type = id.addrtype;
        id.address = id.addrtype = NULL;
        if (id.kind == AB_ID_ENTRY)
            id.dn = NULL;
    }
    if (address == NULL || address[0] == 0)
        hr = MAPI_E_INVALID_PARAMETER;
    else if ((hr = directory_entry_find(session->dir, address, &entry)) == S_OK)
        hr = route_entry(&route, entry, 0);
    else if (hr == MAPI_E_NOT_FOUND && addrtype != NULL && text_compare(addrtype, L"SMTP") == 0)
        hr = remote(context, address);
    free(route.seen);
    dir_entry_free(entry);
    ab_id_clear(&id);
    free(own_address);
    free(own_type);
    return hr;
}
