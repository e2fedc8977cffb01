/*
 * session.c: MAPILogonEx, the session's life, Logoff, identity, and what needs no file of its own of
 * IMAPISession.
 *
 * Layer: provider, session part. No dialogs: MAPI_LOGON_UI without a profile uses the default one. Shared
 * sessions are per process: a logon without MAPI_NEW_SESSION joins the profile of one that was opened with
 * MAPI_ALLOW_OTHERS, with a session object of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "addrbook.h"
#include "addrbook_id.h"
#include "data_folder.h"
#include "init.h"
#include "mapi_exchange.h"
#include "profile.h"
#include "session.h"
#include "text.h"

#ifndef MAPI_USE_DEFAULT
#define MAPI_USE_DEFAULT 0x00000040
#endif
#define PROFILE_NAME_MAX 64

static SRWLOCK sessions_lock = SRWLOCK_INIT;
static struct session *sessions; /* of the process, newest first; not referenced */

void session_lock(struct session *session)
{
    EnterCriticalSection(&session->lock);
}

void session_unlock(struct session *session)
{
    LeaveCriticalSection(&session->lock);
}

bool session_is_valid(struct session *session)
{
    return session->valid;
}

IMAPISession *session_interface(struct session *session)
{
    return (IMAPISession *)session;
}

bool session_separate_connections(struct session *session)
{
    return (session->connect_flags & CONNECT_USE_SEPARATE_CONNECTION) != 0;
}

HRESULT session_text_in(const void *text, ULONG flags, WCHAR **out)
{
    *out = NULL;
    if (text == NULL)
        return S_OK;
    *out = flags & MAPI_UNICODE ? text_duplicate(text) : text_from_ansi(text);
    return *out != NULL ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT session_text_out(const WCHAR *text, ULONG flags, void *base, void *out)
{
    SPropValue value = {.ulPropTag = PROP_TAG(PT_UNICODE, 1)};
    value.Value.lpszW = (WCHAR *)text;
    HRESULT hr = propvalue_copy_more(&value, &value, base);
    if (hr == S_OK && !(flags & MAPI_UNICODE))
        hr = prop_convert_type(&value, PT_STRING8, base);
    *(void **)out = hr == S_OK ? (void *)value.Value.lpszW : NULL;
    return hr;
}

/* ---- profiles in use ---- */

/* The name of the object that exists while a profile is in use on this machine and in this data folder. */
static void in_use_name(int64_t profile, WCHAR name[64])
{
    char *folder = data_folder();
    uint32_t hash = 2166136261u;
    char narrow[64];
    for (const char *p = folder; p != NULL && *p != 0; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    free(folder);
    int n = snprintf(narrow, sizeof narrow, "MapiHost.Profile.%08x.%lld", (unsigned)hash, (long long)profile);
    for (int i = 0; i <= n; i++)
        name[i] = (WCHAR)narrow[i];
}

bool profile_in_use(int64_t profile)
{
    WCHAR name[64];
    in_use_name(profile, name);
    HANDLE handle = OpenMutexW(SYNCHRONIZE, FALSE, name);
    if (handle != NULL)
        CloseHandle(handle);
    return handle != NULL;
}

/* Ends the use of the profile; the last user deletes one that was deleted meanwhile. */
static void profile_leave(struct session *session)
{
    struct dir_profile *profile = NULL;
    if (session->in_use == NULL)
        return;
    CloseHandle(session->in_use);
    session->in_use = NULL;
    if (directory_profile_get(session->dir, session->profile, &profile) == S_OK && profile->name[0] == 0 &&
        !profile_in_use(session->profile))
        directory_profile_delete(session->dir, session->profile);
    dir_profile_free(profile);
}

/* ---- the end of a session ---- */

/* No method but Release works from now on. The session's lock is held. */
static void session_end(struct session *session)
{
    if (!session->valid)
        return;
    session_advises_end(session);
    stores_invalidate(session);
    session->valid = false;
    session->shared = false;
    profile_leave(session);
}

/* The last MAPIUninitialize. */
static void sessions_reclaim(void)
{
    struct session *session, *next;
    AcquireSRWLockShared(&sessions_lock);
    for (session = sessions; session != NULL && !object_try_addref(&session->base); session = session->next)
        ;
    ReleaseSRWLockShared(&sessions_lock);
    while (session != NULL) {
        session_lock(session);
        session_end(session);
        session_unlock(session);
        AcquireSRWLockShared(&sessions_lock);
        for (next = session->next; next != NULL && !object_try_addref(&next->base); next = next->next)
            ;
        ReleaseSRWLockShared(&sessions_lock);
        object_Release(session);
        session = next;
    }
}

static void session_destroy(void *object)
{
    struct session *session = object, **link;
    AcquireSRWLockExclusive(&sessions_lock);
    for (link = &sessions; *link != NULL && *link != session; link = &(*link)->next)
        ;
    if (*link != NULL)
        *link = session->next;
    ReleaseSRWLockExclusive(&sessions_lock);
    session_end(session);
    memory_data_release(session->stores);
    personal_book_free(session->personal);
    mailbox_info_free(session->user);
    free(session->profile_name);
    free(session->pickup);
    directory_close(session->dir);
    DeleteCriticalSection(&session->lock);
}

struct session *session_shared(void)
{
    struct session *session;
    AcquireSRWLockShared(&sessions_lock);
    for (session = sessions; session != NULL; session = session->next) {
        if (session->shared && session->valid && object_try_addref(&session->base))
            break;
    }
    ReleaseSRWLockShared(&sessions_lock);
    return session;
}

/* ---- IMAPISession ---- */

static struct session *session_from(IMAPISession *self)
{
    return (struct session *)self;
}

static HRESULT STDMETHODCALLTYPE session_Logoff(IMAPISession *self, ULONG_PTR ui, ULONG flags, ULONG reserved)
{
    struct session *session = session_from(self), *other;
    (void)ui, (void)reserved;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    if (flags & ~(ULONG)(MAPI_LOGOFF_SHARED | MAPI_LOGOFF_UI)) {
        object_leave(&session->base);
        return MAPI_E_UNKNOWN_FLAGS;
    }
    bool end_shared = (flags & MAPI_LOGOFF_SHARED) && session->shared;
    session_end(session);
    object_leave(&session->base);
    if (end_shared) { /* nobody may join what is left of it */
        AcquireSRWLockShared(&sessions_lock);
        for (other = sessions; other != NULL; other = other->next) {
            if (other->profile == session->profile)
                other->shared = false;
        }
        ReleaseSRWLockShared(&sessions_lock);
    }
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE session_QueryIdentity(IMAPISession *self, ULONG *cb, LPENTRYID *out)
{
    struct session *session = session_from(self);
    SBinary id = {0, NULL};
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    if (session->user_id != 0)
        hr = ab_id_entry(DT_MAILUSER, session->user->dn, NULL, &id);
    else if ((hr = ab_id_oneoff(L"Unknown", L"Unknown", L"Unknown", MAPI_UNICODE, NULL, &id)) == S_OK)
        hr = MAPI_W_NO_SERVICE;
    if (SUCCEEDED(hr)) {
        *cb = id.cb;
        *out = (ENTRYID *)id.lpb;
    }
    object_leave(&session->base);
    return hr;
}

/* Options of a transport: an address type that is handled here has none; others are unknown. */
static HRESULT addrtype_check(const void *text, ULONG flags)
{
    WCHAR *type = NULL;
    if (text == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = session_text_in(text, flags, &type);
    if (hr == S_OK && text_compare(type, L"SMTP") != 0 && text_compare(type, L"EX") != 0)
        hr = MAPI_E_NOT_FOUND;
    free(type);
    return hr;
}

static HRESULT STDMETHODCALLTYPE session_MessageOptions(IMAPISession *self, ULONG_PTR ui, ULONG flags,
                                                        LPTSTR addrtype, LPMESSAGE message)
{
    struct session *session = session_from(self);
    (void)ui;
    if (message == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = addrtype_check(addrtype, flags);
    if (hr == S_OK) /* the transport registers no options, so there is no dialog to show */
        hr = MAPI_W_NO_SERVICE;
    object_leave(&session->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE session_QueryDefaultMessageOpt(IMAPISession *self, LPTSTR addrtype,
                                                                ULONG flags, ULONG *count, LPSPropValue *out)
{
    struct session *session = session_from(self);
    if (count == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = addrtype_check(addrtype, flags);
    if (hr == S_OK)
        hr = MAPIAllocateBuffer(sizeof(SPropValue), (void **)out);
    object_leave(&session->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE session_EnumAdrTypes(IMAPISession *self, ULONG flags, ULONG *count,
                                                      LPTSTR **out)
{
    static const WCHAR *const types[] = {L"EX", L"SMTP"};
    struct session *session = session_from(self);
    LPTSTR *list = NULL;
    if (count == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = MAPIAllocateBuffer(sizeof types, (void **)&list);
    for (size_t i = 0; i < 2 && hr == S_OK; i++)
        hr = session_text_out(types[i], flags, list, &list[i]);
    if (hr == S_OK) {
        *count = 2;
        *out = list;
    } else
        MAPIFreeBuffer(list);
    object_leave(&session->base);
    return hr;
}

/* Forms have windows; this MAPI has none. */
static HRESULT STDMETHODCALLTYPE session_ShowForm(IMAPISession *self, ULONG_PTR ui, LPMDB store,
                                                  LPMAPIFOLDER folder, LPCIID iid, ULONG_PTR token,
                                                  LPMESSAGE sent, ULONG flags, ULONG status,
                                                  ULONG message_flags, ULONG access, LPSTR message_class)
{
    struct session *session = session_from(self);
    (void)ui, (void)iid, (void)token, (void)sent, (void)flags, (void)status, (void)message_flags,
        (void)access;
    if (store == NULL || folder == NULL || message_class == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = object_fail(&session->base, MAPI_E_NO_SUPPORT, L"There are no forms without Outlook.");
    object_leave(&session->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE session_PrepareForm(IMAPISession *self, LPCIID iid, LPMESSAGE message,
                                                     ULONG_PTR *token)
{
    struct session *session = session_from(self);
    if (token != NULL)
        *token = 0;
    if (message == NULL || token == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (iid != NULL && !IsEqualIID(iid, &IID_IMessage))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    HRESULT hr = object_enter(&session->base);
    if (hr != S_OK)
        return hr;
    hr = object_fail(&session->base, MAPI_E_NO_SUPPORT, L"There are no forms without Outlook.");
    object_leave(&session->base);
    return hr;
}

static const IMAPISessionVtbl session_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .GetLastError = (void *)object_GetLastError,
    .GetMsgStoresTable = session_GetMsgStoresTable,
    .OpenMsgStore = session_OpenMsgStore,
    .OpenAddressBook = session_OpenAddressBook,
    .OpenProfileSection = session_OpenProfileSection,
    .GetStatusTable = session_GetStatusTable,
    .OpenEntry = session_OpenEntry,
    .CompareEntryIDs = session_CompareEntryIDs,
    .Advise = session_Advise,
    .Unadvise = session_Unadvise,
    .MessageOptions = session_MessageOptions,
    .QueryDefaultMessageOpt = session_QueryDefaultMessageOpt,
    .EnumAdrTypes = session_EnumAdrTypes,
    .QueryIdentity = session_QueryIdentity,
    .Logoff = session_Logoff,
    .SetDefaultStore = session_SetDefaultStore,
    .AdminServices = session_AdminServices,
    .ShowForm = session_ShowForm,
    .PrepareForm = session_PrepareForm,
};

static const IID *const session_iids[] = {&IID_IMAPISession, NULL};
static const struct object_class session_class = {
    .name = "IMAPISession",
    .vtbl = &session_vtbl,
    .size = sizeof(struct session),
    .object_type = MAPI_SESSION,
    .iids = session_iids,
    .destroy = session_destroy,
};

/* ---- logon ---- */

/* Finds the profile's mailbox. A profile without a service gives a session without an identity. */
static HRESULT session_identify(struct session *session)
{
    struct dir_entry *entry = NULL;
    WCHAR *dn = NULL;
    HRESULT hr = profile_mailbox(session->dir, session->profile, &dn, &session->connect_flags);
    if (hr == S_OK && dn != NULL) {
        if ((hr = directory_mailbox_find(session, dn, &session->user)) == S_OK &&
            (hr = directory_entry_find(session->dir, dn, &entry)) == S_OK) {
            session->user_id = entry->id;
            session->admin = entry->admin;
            directory_entry_touch(session->dir, entry->id);
        } else if (hr == MAPI_E_NOT_FOUND)
            hr = MAPI_E_LOGON_FAILED;
    }
    if (hr == S_OK && session->user == NULL) {
        session->user = calloc(1, sizeof *session->user);
        hr = session->user != NULL && (session->user->display_name = text_duplicate(L"")) != NULL &&
                     (session->user->alias = text_duplicate(L"")) != NULL &&
                     (session->user->smtp = text_duplicate(L"")) != NULL &&
                     (session->user->dn = text_duplicate(L"")) != NULL &&
                     (session->user->path = strdup("")) != NULL
                 ? S_OK
                 : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    dir_entry_free(entry);
    free(dn);
    return hr;
}

static HRESULT session_create(struct directory *dir, const struct dir_profile *profile, ULONG flags,
                              struct session **out)
{
    struct session *session;
    WCHAR name[64];
    HRESULT hr = object_create(&session_class, NULL, &session);
    *out = NULL;
    if (hr != S_OK) {
        directory_close(dir);
        return hr;
    }
    InitializeCriticalSection(&session->lock);
    session->base.session = session;
    session->valid = true;
    session->no_mail = (flags & MAPI_NO_MAIL) != 0;
    session->dir = dir;
    session->profile = profile->id;
    in_use_name(profile->id, name);
    session->in_use = CreateMutexW(NULL, FALSE, name);
    size_t size = strlen(directory_folder(dir)) + sizeof "/pickup";
    if ((session->profile_name = text_duplicate(profile->name)) == NULL ||
        (session->pickup = malloc(size)) == NULL)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
        snprintf(session->pickup, size, "%s/pickup", directory_folder(dir));
    AcquireSRWLockExclusive(&sessions_lock);
    session->next = sessions;
    sessions = session;
    ReleaseSRWLockExclusive(&sessions_lock);
    if (hr == S_OK)
        hr = session_identify(session);
    if (hr == S_OK)
        hr = memory_data_create(PR_INSTANCE_KEY, &session->stores);
    if (hr == S_OK)
        hr = session_stores_load(session);
    if (hr != S_OK) {
        object_Release(session);
        return hr;
    }
    session->shared = (flags & MAPI_ALLOW_OTHERS) != 0;
    *out = session;
    return S_OK;
}

/* The profile that a logon means, by the rules of MAPILogonEx. */
static HRESULT profile_choose(struct directory *dir, const WCHAR *name, ULONG flags, struct dir_profile **out)
{
    HRESULT hr = MAPI_E_NOT_FOUND;
    struct session *shared = flags & MAPI_NEW_SESSION ? NULL : session_shared();
    *out = NULL;
    if (shared != NULL) {
        hr = directory_profile_get(dir, shared->profile, out);
        object_Release(shared);
    } else if (name != NULL && name[0] != 0 && !(flags & MAPI_USE_DEFAULT))
        hr =
            text_length(name) <= PROFILE_NAME_MAX ? directory_profile_find(dir, name, out) : MAPI_E_NOT_FOUND;
    else if ((flags & MAPI_USE_DEFAULT) || !(flags & MAPI_EXPLICIT_PROFILE))
        hr = directory_profile_default(dir, out);
    return hr == MAPI_E_NOT_FOUND ? MAPI_E_LOGON_FAILED : hr;
}

HRESULT WINAPI MAPILogonEx(ULONG_PTR ui, LPTSTR profile_name, LPTSTR password, ULONG flags,
                           LPMAPISESSION *out)
{
    static const ULONG known = MAPI_LOGON_UI | MAPI_NEW_SESSION | MAPI_ALLOW_OTHERS | MAPI_EXPLICIT_PROFILE |
                               MAPI_EXTENDED | MAPI_USE_DEFAULT | MAPI_FORCE_DOWNLOAD |
                               MAPI_SERVICE_UI_ALWAYS | MAPI_NO_MAIL | MAPI_NT_SERVICE | MAPI_PASSWORD_UI |
                               MAPI_TIMEOUT_SHORT | MAPI_BG_SESSION | MAPI_UNICODE;
    struct directory *dir = NULL;
    struct dir_profile *profile = NULL;
    struct session *session = NULL;
    WCHAR *name = NULL;
    HRESULT hr;
    (void)ui, (void)password;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!mapi_thread_initialized())
        return MAPI_E_NOT_INITIALIZED;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    if ((hr = session_text_in(profile_name, flags, &name)) != S_OK)
        return hr;
    mapi_at_last_uninitialize(sessions_reclaim);
    if ((hr = data_folder_open(&dir)) == S_OK)
        hr = profile_choose(dir, name, flags, &profile);
    if (hr == S_OK) {
        hr = session_create(dir, profile, flags, &session); /* takes the directory over */
        dir = NULL;
    }
    if (hr == S_OK)
        *out = session_interface(session);
    directory_close(dir);
    dir_profile_free(profile);
    free(name);
    return hr;
}
