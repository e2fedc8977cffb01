/*
 * mapilocal_entries.c: see mapilocal_entries.h. Layer: provider, over the directory.
 */
#include "mapilocal_entries.h"
#include "data_folder.h"
#include "directory.h"

#include <stdlib.h>

/* The directory and one entry of it; done with close_entry, also after a failure. */
struct opened {
    struct directory *dir;
    struct dir_entry *entry;
};

static HRESULT open_entry(const WCHAR *name, struct opened *out)
{
    *out = (struct opened){NULL, NULL};
    if (!name)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&out->dir);
    return SUCCEEDED(hr) ? directory_entry_find(out->dir, name, &out->entry) : hr;
}

static void close_entry(struct opened *opened)
{
    dir_entry_free(opened->entry);
    directory_close(opened->dir);
}

HRESULT WINAPI admin_entry_create(const struct mapilocal_entry *entry)
{
    struct directory *dir = NULL;
    int64_t id;
    if (!entry || (entry->kind != MAPILOCAL_LIST && entry->kind != MAPILOCAL_CONTACT))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&dir);
    if (SUCCEEDED(hr))
        hr = directory_entry_add(dir, (enum dir_kind)entry->kind, entry->alias, entry->display_name, entry->smtp, &id);
    directory_close(dir);
    return hr;
}

HRESULT WINAPI admin_entry_delete(const WCHAR *name)
{
    struct opened opened;
    HRESULT hr = open_entry(name, &opened);
    if (SUCCEEDED(hr) && opened.entry->kind == DIR_MAILBOX)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = directory_entry_remove(opened.dir, opened.entry->id);
    close_entry(&opened);
    return hr;
}

/* ---- listing ---- */

struct each_call {
    mapilocal_each_entry each;
    void *context;
};

static HRESULT each_row(void *context, struct dir_entry **entry)
{
    const struct each_call *call = context;
    const struct mapilocal_entry told = {(enum mapilocal_kind)(*entry)->kind, (*entry)->alias, (*entry)->display_name,
                                         (*entry)->smtp, (*entry)->dn, (*entry)->hidden};
    return call->each(call->context, &told);
}

HRESULT WINAPI admin_entry_each(ULONG kinds, mapilocal_each_entry each, void *context)
{
    struct each_call call = {each, context};
    struct directory *dir = NULL;
    if (!each)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = data_folder_open(&dir);
    if (SUCCEEDED(hr))
        hr = directory_entry_each(dir, kinds, each_row, &call);
    directory_close(dir);
    return hr;
}

/* ---- properties ---- */

HRESULT WINAPI admin_entry_set(const WCHAR *name, ULONG tag, const WCHAR *value)
{
    struct opened opened;
    HRESULT hr = PROP_TYPE(tag) == PT_UNICODE ? open_entry(name, &opened) : MAPI_E_INVALID_PARAMETER;
    if (hr == MAPI_E_INVALID_PARAMETER)
        return hr;
    if (SUCCEEDED(hr))
        hr = directory_entry_set_attribute(opened.dir, opened.entry->id, tag, value);
    if (hr == MAPI_E_NOT_FOUND && !value && opened.entry)
        hr = S_OK; /* it had none */
    close_entry(&opened);
    return hr;
}

HRESULT WINAPI admin_entry_set_hidden(const WCHAR *name, BOOL hidden)
{
    struct opened opened;
    HRESULT hr = open_entry(name, &opened);
    if (SUCCEEDED(hr))
        hr = directory_entry_set_hidden(opened.dir, opened.entry->id, hidden != FALSE);
    close_entry(&opened);
    return hr;
}

HRESULT WINAPI admin_entry_set_manager(const WCHAR *name, const WCHAR *manager)
{
    struct opened opened;
    struct dir_entry *other = NULL;
    HRESULT hr = open_entry(name, &opened);
    if (SUCCEEDED(hr) && manager)
        hr = directory_entry_find(opened.dir, manager, &other);
    if (SUCCEEDED(hr))
        hr = directory_entry_set_manager(opened.dir, opened.entry->id, other ? other->id : 0);
    dir_entry_free(other);
    close_entry(&opened);
    return hr;
}

HRESULT WINAPI admin_entry_add_address(const WCHAR *name, const WCHAR *smtp)
{
    struct opened opened;
    HRESULT hr = smtp && *smtp ? open_entry(name, &opened) : MAPI_E_INVALID_PARAMETER;
    if (hr == MAPI_E_INVALID_PARAMETER)
        return hr;
    if (SUCCEEDED(hr))
        hr = directory_entry_add_address(opened.dir, opened.entry->id, smtp);
    close_entry(&opened);
    return hr;
}

/* ---- members ---- */

HRESULT WINAPI admin_member_set(const WCHAR *list, const WCHAR *member, BOOL is_member)
{
    struct opened opened;
    struct dir_entry *other = NULL;
    HRESULT hr = open_entry(list, &opened);
    if (SUCCEEDED(hr))
        hr = directory_entry_find(opened.dir, member, &other);
    if (SUCCEEDED(hr))
        hr = is_member ? directory_member_add(opened.dir, opened.entry->id, other->id)
                       : directory_member_remove(opened.dir, opened.entry->id, other->id);
    dir_entry_free(other);
    close_entry(&opened);
    return hr;
}

HRESULT WINAPI admin_member_each(const WCHAR *list, mapilocal_each_entry each, void *context)
{
    struct each_call call = {each, context};
    struct opened opened;
    int64_t *ids = NULL;
    ULONG count = 0;
    if (!each)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = open_entry(list, &opened);
    if (SUCCEEDED(hr) && opened.entry->kind != DIR_LIST)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = directory_members(opened.dir, opened.entry->id, &ids, &count);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        struct dir_entry *member = NULL;
        hr = directory_entry_get(opened.dir, ids[i], &member);
        if (SUCCEEDED(hr))
            hr = each_row(&call, &member);
        dir_entry_free(member);
    }
    free(ids);
    close_entry(&opened);
    return hr;
}
