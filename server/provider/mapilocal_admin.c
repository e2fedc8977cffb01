/*
 * mapilocal_admin.c: administration of the local mailboxes, for mapictl. Layer: provider, over the directory.
 */
#include "mapilocal_entries.h"
#include "charset.h"
#include "data_folder.h"
#include "directory.h"
#include "storage.h"

#include <stdlib.h>
#include <string.h>

static HRESULT WINAPI admin_data_folder(WCHAR *path, ULONG count)
{
    char *folder = data_folder();
    size_t units = 0;
    uint16_t *wide = folder ? charset_utf16_from_utf8(folder, strlen(folder), &units) : NULL;
    if (!path || count == 0) {
        free(wide);
        free(folder);
        return MAPI_E_INVALID_PARAMETER;
    }
    ULONG length = units < count ? (ULONG)units : count - 1;
    if (wide)
        memcpy(path, wide, length * sizeof *path);
    path[wide ? length : 0] = 0;
    HRESULT hr = wide ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    free(wide);
    free(folder);
    return hr;
}

static HRESULT create_one(struct directory *dir, const struct mapilocal_mailbox *mailbox)
{
    int64_t id = 0;
    if (!mailbox->alias || !*mailbox->alias || !mailbox->smtp || !*mailbox->smtp)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr =
        directory_entry_add(dir, DIR_MAILBOX, mailbox->alias, mailbox->display_name, mailbox->smtp, &id);
    if (SUCCEEDED(hr) && mailbox->admin)
        hr = directory_admin_set(dir, id, true);
    return hr;
}

static HRESULT WINAPI admin_mailboxes_create(const struct mapilocal_mailbox *mailboxes, ULONG count,
                                             ULONG *failed)
{
    struct directory *dir = NULL;
    ULONG done = 0;
    if (failed)
        *failed = 0;
    if (count > 0 && !mailboxes)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&dir);
    if (FAILED(hr))
        return hr;
    hr = directory_begin(dir);
    if (SUCCEEDED(hr)) {
        while (done < count && SUCCEEDED(hr)) {
            hr = create_one(dir, &mailboxes[done]);
            done += SUCCEEDED(hr);
        }
        hr = directory_end(dir, hr);
    }
    if (failed)
        *failed = done;
    directory_close(dir);
    return hr;
}

static HRESULT WINAPI admin_mailbox_delete(const WCHAR *name)
{
    struct directory *dir = NULL;
    struct dir_entry *entry = NULL;
    if (!name)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&dir);
    if (SUCCEEDED(hr))
        hr = directory_entry_find(dir, name, &entry);
    if (SUCCEEDED(hr) && entry->kind != DIR_MAILBOX)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = directory_entry_remove(dir, entry->id);
    dir_entry_free(entry);
    directory_close(dir);
    return hr;
}

struct each_call {
    HRESULT(WINAPI *each)(void *context, const struct mapilocal_mailbox *mailbox);
    void *context;
};

static HRESULT each_row(void *context, struct dir_entry **entry)
{
    const struct each_call *call = context;
    const struct mapilocal_mailbox mailbox = {(*entry)->alias, (*entry)->display_name, (*entry)->smtp,
                                              (*entry)->dn,    (*entry)->admin,        (*entry)->last_logon};
    return call->each(call->context, &mailbox);
}

static HRESULT WINAPI admin_mailbox_each(HRESULT(WINAPI *each)(void *context,
                                                               const struct mapilocal_mailbox *mailbox),
                                         void *context)
{
    struct each_call call = {each, context};
    struct directory *dir = NULL;
    if (!each)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&dir);
    if (SUCCEEDED(hr))
        hr = directory_entry_each(dir, 1u << DIR_MAILBOX, each_row, &call);
    directory_close(dir);
    return hr;
}

static HRESULT WINAPI admin_mailbox_grant(const WCHAR *mailbox, const WCHAR *user, enum mapilocal_rights rights)
{
    struct directory *dir = NULL;
    struct dir_entry *box = NULL, *grantee = NULL;
    unsigned bits = rights == MAPILOCAL_RIGHTS_ALL ? DIR_RIGHT_OPEN | DIR_RIGHT_SEND
                                                   : rights == MAPILOCAL_RIGHTS_READ ? DIR_RIGHT_READ : 0;
    if (!mailbox || !user)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&dir);
    if (SUCCEEDED(hr))
        hr = directory_entry_find(dir, mailbox, &box);
    if (SUCCEEDED(hr) && box->kind != DIR_MAILBOX)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = directory_entry_find(dir, user, &grantee);
    if (SUCCEEDED(hr))
        hr = directory_right_set(dir, box->id, grantee->id, bits);
    dir_entry_free(box);
    dir_entry_free(grantee);
    directory_close(dir);
    return hr;
}

struct check_call {
    void(WINAPI *finding)(void *context, const WCHAR *alias, const char *text);
    void *context;
    const WCHAR *alias;
    ULONG checked;
    bool damaged;
};

static void check_finding(void *context, const char *text)
{
    struct check_call *call = context;
    call->damaged = true;
    if (call->finding)
        call->finding(call->context, call->alias, text);
}

static HRESULT check_row(void *context, struct dir_entry **entry)
{
    struct check_call *call = context;
    call->alias = (*entry)->alias;
    HRESULT hr = (*entry)->path ? mailbox_check((*entry)->path, check_finding, call) : MAPI_E_NOT_FOUND;
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK; /* its file is made when it is first opened */
    call->checked++;
    if (hr == MAPI_E_CORRUPT_STORE)
        call->damaged = true;
    else if (FAILED(hr))
        check_finding(call, "the file cannot be read");
    return S_OK;
}

static HRESULT WINAPI admin_check(void(WINAPI *finding)(void *context, const WCHAR *alias, const char *text),
                                  void *context, ULONG *checked)
{
    struct check_call call = {finding, context, NULL, 0, false};
    struct directory *dir = NULL;
    HRESULT hr = data_folder_open(&dir);
    if (SUCCEEDED(hr))
        hr = directory_entry_each(dir, 1u << DIR_MAILBOX, check_row, &call);
    directory_close(dir);
    if (checked)
        *checked = call.checked;
    return SUCCEEDED(hr) && call.damaged ? MAPI_E_CORRUPT_STORE : hr;
}

static const struct mapilocal_admin admin_functions = {
    .version = MAPILOCAL_ADMIN_VERSION,
    .data_folder = admin_data_folder,
    .mailboxes_create = admin_mailboxes_create,
    .mailbox_delete = admin_mailbox_delete,
    .mailbox_each = admin_mailbox_each,
    .mailbox_grant = admin_mailbox_grant,
    .entry_create = admin_entry_create,
    .entry_delete = admin_entry_delete,
    .entry_each = admin_entry_each,
    .entry_set = admin_entry_set,
    .entry_set_hidden = admin_entry_set_hidden,
    .entry_set_manager = admin_entry_set_manager,
    .entry_add_address = admin_entry_add_address,
    .member_set = admin_member_set,
    .member_each = admin_member_each,
    .check = admin_check,
};

__declspec(dllexport) HRESULT __cdecl MapiLocalAdmin(ULONG version, const struct mapilocal_admin **out)
{
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (version != MAPILOCAL_ADMIN_VERSION)
        return MAPI_E_VERSION;
    *out = &admin_functions;
    return S_OK;
}
