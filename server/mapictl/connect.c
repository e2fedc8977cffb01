/*
 * connect.c: logon, folders by path, and the administration of mapilocal.dll, for mapictl's commands. Layer:
 * mapictl.
 */
#include "mapi_exchange.h"
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapictl.h"

#include <stdlib.h>
#include <string.h>

HRESULT mapi_begin(const char *profile, struct mapi_session **session)
{
    WCHAR *name = wide(profile);
    struct mapi_logon logon = {.profile = name, .new_session = true, .no_mail = true};
    *session = NULL;
    HRESULT hr = mapi_thread_start();
    if (FAILED(hr)) {
        WCHAR text[1024];
        mapi_load_error_text(text, ARRAYSIZE(text));
        char *line = narrow(text);
        complain("mapictl: MAPI cannot be used: %s [0x%08X]", line, (unsigned)hr);
        free(line);
    } else {
        hr = mapi_session_logon(&logon, session);
        if (FAILED(hr)) {
            if (profile)
                fail(hr, "logon to the profile \"%s\"", profile);
            else
                fail(hr, "logon to the default profile");
            mapi_thread_stop();
        }
    }
    free(name);
    return hr;
}

void mapi_end(struct mapi_session *session)
{
    mapi_session_logoff(session);
    mapi_thread_stop();
}

HRESULT local_admin(const struct mapilocal_admin **out)
{
    WCHAR path[MAX_PATH + 16];
    DWORD length = GetModuleFileNameW(NULL, path, MAX_PATH);
    *out = NULL;
    while (length > 0 && path[length - 1] != '\\')
        length--;
    memcpy(path + length, L"mapilocal.dll", sizeof L"mapilocal.dll");
    HMODULE module = LoadLibraryW(path);
    if (!module) {
        char *text = narrow(path);
        complain("mapictl: %s cannot be loaded (error %lu): it belongs beside mapictl.exe", text,
                 GetLastError());
        free(text);
        return MAPI_E_NOT_FOUND;
    }
    mapilocal_admin_entry entry =
        (mapilocal_admin_entry)(void *)GetProcAddress(module, MAPILOCAL_ADMIN_ENTRY);
    HRESULT hr = entry ? entry(MAPILOCAL_ADMIN_VERSION, out) : MAPI_E_VERSION;
    if (FAILED(hr))
        complain("mapictl: mapilocal.dll is of another version than mapictl.exe");
    return hr;
}

char *row_text(const SPropValue *value)
{
    return narrow(
        value && PROP_TYPE(value->ulPropTag) == PT_UNICODE && value->Value.lpszW ? value->Value.lpszW : L"");
}

static HRESULT open_folder(IMsgStore *store, const SBinary *id, IMAPIFolder **out)
{
    ULONG type = 0;
    return store->lpVtbl->OpenEntry(store, id->cb, (ENTRYID *)id->lpb, NULL, MAPI_BEST_ACCESS, &type,
                                    (IUnknown **)out);
}

static HRESULT open_inbox(IMsgStore *store, IMAPIFolder **out)
{
    SBinary id = {0, NULL};
    LPTSTR class = NULL;
    HRESULT hr = store->lpVtbl->GetReceiveFolder(store, (LPTSTR)L"IPM.Note", MAPI_UNICODE, &id.cb,
                                                 (ENTRYID **)&id.lpb, &class);
    if (SUCCEEDED(hr))
        hr = open_folder(store, &id, out);
    mapi_free(id.lpb);
    mapi_free(class);
    return hr;
}

/* The subfolder of a name, compared without regard to case. */
static HRESULT open_child(IMsgStore *store, IMAPIFolder *parent, const WCHAR *name, bool create,
                          IMAPIFolder **out)
{
    enum { COL_NAME, COL_ID, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT, {PR_DISPLAY_NAME_W, PR_ENTRYID}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    *out = NULL;
    HRESULT hr = parent->lpVtbl->GetHierarchyTable(parent, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && !*out && i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        if (PROP_TYPE(row[COL_NAME].ulPropTag) == PT_UNICODE &&
            PROP_TYPE(row[COL_ID].ulPropTag) == PT_BINARY &&
            CompareStringW(LOCALE_INVARIANT, NORM_IGNORECASE, row[COL_NAME].Value.lpszW, -1, name, -1) ==
                CSTR_EQUAL)
            hr = open_folder(store, &row[COL_ID].Value.bin, out);
    }
    if (SUCCEEDED(hr) && !*out)
        hr = create ? parent->lpVtbl->CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL,
                                                   MAPI_UNICODE | OPEN_IF_EXISTS, out)
                    : MAPI_E_NOT_FOUND;
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT folder_open(IMsgStore *store, const char *path, bool create, IMAPIFolder **out)
{
    SPropValue *top = NULL;
    IMAPIFolder *folder = NULL;
    *out = NULL;
    if (!path || !*path)
        return open_inbox(store, out);
    WCHAR *name = wide(path), *part = name;
    HRESULT hr = mapi_prop_get(MAPI_PROP(store), PR_IPM_SUBTREE_ENTRYID, &top);
    if (SUCCEEDED(hr))
        hr = open_folder(store, &top->Value.bin, &folder);
    while (SUCCEEDED(hr) && *part) {
        WCHAR *end = part, *next;
        while (*end && *end != '/' && *end != '\\')
            end++;
        next = *end ? end + 1 : end;
        *end = 0;
        if (*part) {
            IMAPIFolder *child = NULL;
            hr = open_child(store, folder, part, create, &child);
            folder->lpVtbl->Release(folder);
            folder = child;
        }
        part = next;
    }
    mapi_free(top);
    free(name);
    if (FAILED(hr) && folder)
        folder->lpVtbl->Release(folder);
    else
        *out = folder;
    return hr;
}
