/*
 * mapilocal_entries.h: the functions of mapilocal_admin.h for all entries of the directory: lists, contacts, members and
 * properties. Layer: provider, over the directory.
 */
#ifndef PROVIDER_MAPILOCAL_ENTRIES_H
#define PROVIDER_MAPILOCAL_ENTRIES_H

#include "mapilocal_admin.h"

typedef HRESULT(WINAPI *mapilocal_each_entry)(void *context, const struct mapilocal_entry *entry);

/* They mean what struct mapilocal_admin says. */
HRESULT WINAPI admin_entry_create(const struct mapilocal_entry *entry);
HRESULT WINAPI admin_entry_delete(const WCHAR *name);
HRESULT WINAPI admin_entry_each(ULONG kinds, mapilocal_each_entry each, void *context);
HRESULT WINAPI admin_entry_set(const WCHAR *name, ULONG tag, const WCHAR *value);
HRESULT WINAPI admin_entry_set_hidden(const WCHAR *name, BOOL hidden);
HRESULT WINAPI admin_entry_set_manager(const WCHAR *name, const WCHAR *manager);
HRESULT WINAPI admin_entry_add_address(const WCHAR *name, const WCHAR *smtp);
HRESULT WINAPI admin_member_set(const WCHAR *list, const WCHAR *member, BOOL is_member);
HRESULT WINAPI admin_member_each(const WCHAR *list, mapilocal_each_entry each, void *context);

#endif
