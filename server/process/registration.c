/*
 * registration.c: /RegServer, /UnregServer, /RegFile.
 *
 * Layer: server/process. Every row of registry/keys.def goes through one sink, which writes it to the registry or to a
 * .reg file. Both registry views get everything: a client marshals by the view of its own bitness.
 */
#include "auto.h"
#include "registration.h"
#include "mapihost.h"
#include "security.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

/* {10F1B166-5036-43CE-AD7E-04E39B5F1A2C} */
const GUID APPID_MapiHost = {0x10f1b166, 0x5036, 0x43ce, {0xad, 0x7e, 0x04, 0xe3, 0x9b, 0x5f, 0x1a, 0x2c}};

#define PROXY_DUAL     L"{00020424-0000-0000-C000-000000000046}" /* the type library marshaller */
#define PROXY_DISPATCH L"{00020420-0000-0000-C000-000000000046}" /* IDispatch's own */
#define PATH_MAX_CHARS 512

enum row_kind { ROW_TEXT, ROW_EXPAND, ROW_NUMBER, ROW_ACL, ROW_OWNED };

struct row {
    enum row_kind kind;
    const WCHAR *path, *name, *text;
    DWORD number;
    bool shared; /* the key is the same in both views of the registry: written once */
};

#define KEY(path, name, value)        {ROW_TEXT, path, name, value, 0, false},
#define SHARED_KEY(path, name, value) {ROW_TEXT, path, name, value, 0, true},
#define EXPAND(path, name, value)     {ROW_EXPAND, path, name, value, 0, false},
#define NUMBER(path, name, value)     {ROW_NUMBER, path, name, NULL, value, false},
#define ACL(path, name, sddl)         {ROW_ACL, path, name, sddl, 0, false},
#define OWNED(path)                   {ROW_OWNED, path, NULL, NULL, 0, false},
static const struct row server_rows[] = {
#include "../../registry/keys.def"
};
static const struct row interface_rows[] = {
#include "../../registry/interface_keys.def"
};

static const struct row machine_rows[] = {
#include "../../registry/machine_keys.def"
};

/* What the placeholders stand for. */
struct values {
    WCHAR clsid[40], appid[40], libid[40], iid[40], exe[MAX_PATH], folder[MAX_PATH];
    const WCHAR *name, *proxy;
};

/* Where rows go: one view of the registry, or a file. */
struct sink {
    HRESULT (*put)(struct sink *sink, const struct row *row, const WCHAR *path, const WCHAR *text);
    HKEY root;                     /* what the paths are below, for the registry sinks */
    REGSAM view;                   /* of the registry; every key is opened with it: CLSID and others below root differ by view */
    bool second_view;              /* the 32-bit view, which shares what is not redirected with the other */
    FILE *file;                    /* for the file sink */
    const WCHAR *prefix;           /* of its section names */
    WCHAR section[PATH_MAX_CHARS]; /* its current section */
};

/* ---- placeholders ------------------------------------------------------------------------------------------ */

static const WCHAR *placeholder(const struct values *values, const WCHAR *name, size_t length)
{
    const struct {
        const WCHAR *name, *value;
    } known[] = {
        {L"clsid", values->clsid}, {L"appid", values->appid}, {L"libid", values->libid}, {L"iid", values->iid},
        {L"exe", values->exe},     {L"folder", values->folder}, {L"name", values->name},  {L"proxy", values->proxy},
    };
    size_t i;

    for (i = 0; i < ARRAYSIZE(known); i++)
        if (wcslen(known[i].name) == length && !wcsncmp(known[i].name, name, length))
            return known[i].value;
    return NULL;
}

/* Copies template with its placeholders replaced; what does not fit is cut. */
static void expand(const struct values *values, const WCHAR *template, WCHAR *out, size_t size)
{
    size_t used = 0;

    while (*template && used + 1 < size) {
        const WCHAR *end = *template == '{' ? wcschr(template, '}') : NULL;
        const WCHAR *value = end ? placeholder(values, template + 1, end - template - 1) : NULL;

        if (!value) {
            out[used++] = *template++;
            continue;
        }
        while (*value && used + 1 < size)
            out[used++] = *value++;
        template = end + 1;
    }
    out[used] = 0;
}

/* ---- sinks ------------------------------------------------------------------------------------------------- */

/* Whether a sink has nothing to write for a row. */
static bool is_skipped(const struct sink *sink, const struct row *row)
{
    return row->kind == ROW_OWNED || (row->shared && sink->second_view);
}

static HRESULT put_registry(struct sink *sink, const struct row *row, const WCHAR *path, const WCHAR *text)
{
    void *acl = NULL;
    ULONG size = 0;
    LSTATUS status;
    HRESULT hr;
    HKEY key;

    if (is_skipped(sink, row))
        return S_OK;
    status = RegCreateKeyExW(sink->root, path, 0, NULL, 0, KEY_SET_VALUE | sink->view, NULL, &key, NULL);
    if (status)
        return HRESULT_FROM_WIN32(status);
    if (row->kind == ROW_NUMBER)
        status = RegSetValueExW(key, row->name, 0, REG_DWORD, (const BYTE *)&row->number, sizeof row->number);
    else if (row->kind == ROW_TEXT || row->kind == ROW_EXPAND)
        status = RegSetValueExW(key, row->name, 0, row->kind == ROW_TEXT ? REG_SZ : REG_EXPAND_SZ, (const BYTE *)text,
                                (wcslen(text) + 1) * sizeof *text);
    else if (FAILED(hr = security_from_sddl(row->text, &acl, &size))) {
        RegCloseKey(key);
        return hr;
    } else
        status = RegSetValueExW(key, row->name, 0, REG_BINARY, acl, size);
    LocalFree(acl);
    RegCloseKey(key);
    return HRESULT_FROM_WIN32(status);
}

/* A user may have had no CLSID, Interface … before: such a key goes with the last key in it. */
static void remove_empty_parent(const struct sink *sink, const WCHAR *path)
{
    const WCHAR *slash = wcschr(path, '\\');
    DWORD keys = 1, values = 1;
    WCHAR parent[64];
    HKEY key;

    if (!slash || (size_t)(slash - path) >= ARRAYSIZE(parent))
        return;
    wmemcpy(parent, path, (size_t)(slash - path));
    parent[slash - path] = 0;
    if (RegOpenKeyExW(sink->root, parent, 0, KEY_QUERY_VALUE | sink->view, &key))
        return;
    RegQueryInfoKeyW(key, NULL, NULL, NULL, &keys, NULL, NULL, &values, NULL, NULL, NULL, NULL);
    RegCloseKey(key);
    if (!keys && !values)
        RegDeleteKeyExW(sink->root, parent, sink->view, 0);
}

static HRESULT put_removal(struct sink *sink, const struct row *row, const WCHAR *path, const WCHAR *text)
{
    LSTATUS status = ERROR_SUCCESS;
    HKEY key;

    (void)text;
    if (row->kind == ROW_OWNED) {
        status = RegOpenKeyExW(sink->root, path, 0, KEY_ALL_ACCESS | sink->view, &key);
        if (!status) {
            status = RegDeleteTreeW(key, NULL);
            RegCloseKey(key);
        }
        if (!status)
            status = RegDeleteKeyExW(sink->root, path, sink->view, 0);
        remove_empty_parent(sink, path);
    }
    return status == ERROR_FILE_NOT_FOUND ? S_OK : HRESULT_FROM_WIN32(status);
}

static void file_text(FILE *file, const WCHAR *text)
{
    fputwc('"', file);
    for (; *text; text++) {
        if (*text == '\\' || *text == '"')
            fputwc('\\', file);
        fputwc(*text, file);
    }
    fputwc('"', file);
}

static void file_bytes(FILE *file, const WCHAR *type, const BYTE *bytes, ULONG size)
{
    fwprintf(file, L"=%ls:", type);
    for (ULONG i = 0; i < size; i++)
        fwprintf(file, i ? L",%02x" : L"%02x", bytes[i]);
    fwprintf(file, L"\r\n");
}

static HRESULT put_file(struct sink *sink, const struct row *row, const WCHAR *path, const WCHAR *text)
{
    ULONG size = 0;
    void *acl = NULL;
    HRESULT hr;

    if (is_skipped(sink, row))
        return S_OK;
    if (wcscmp(path, sink->section)) {
        wcscpy(sink->section, path);
        fwprintf(sink->file, L"\r\n[%ls\\%ls]\r\n", sink->prefix, path);
    }
    if (row->name)
        file_text(sink->file, row->name);
    else
        fputwc('@', sink->file);
    if (row->kind == ROW_NUMBER)
        fwprintf(sink->file, L"=dword:%08lx\r\n", row->number);
    else if (row->kind == ROW_TEXT) {
        fputwc('=', sink->file);
        file_text(sink->file, text);
        fwprintf(sink->file, L"\r\n");
    } else if (row->kind == ROW_EXPAND) {
        file_bytes(sink->file, L"hex(2)", (const BYTE *)text, (ULONG)((wcslen(text) + 1) * sizeof *text));
    } else {
        if (FAILED(hr = security_from_sddl(row->text, &acl, &size)))
            return hr;
        file_bytes(sink->file, L"hex", acl, size);
        LocalFree(acl);
    }
    return ferror(sink->file) ? HRESULT_FROM_WIN32(ERROR_WRITE_FAULT) : S_OK;
}

/* ---- the rows of everything --------------------------------------------------------------------------------- */

static HRESULT put_rows(struct sink *sink, const struct row *rows, size_t count, const struct values *values)
{
    WCHAR path[PATH_MAX_CHARS], text[PATH_MAX_CHARS];
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; SUCCEEDED(hr) && i < count; i++) {
        expand(values, rows[i].path, path, ARRAYSIZE(path));
        expand(values, rows[i].text ? rows[i].text : L"", text, ARRAYSIZE(text));
        hr = sink->put(sink, &rows[i], path, text);
    }
    return hr;
}

/* The rows of one type of the library, if it is an interface. */
static HRESULT put_interface(struct sink *sink, ITypeLib *library, UINT index, struct values *values)
{
    ITypeInfo *info = NULL;
    TYPEATTR *attr = NULL;
    BSTR name = NULL;
    HRESULT hr = ITypeLib_GetTypeInfo(library, index, &info);

    if (SUCCEEDED(hr))
        hr = ITypeInfo_GetTypeAttr(info, &attr);
    if (SUCCEEDED(hr) && attr->typekind == TKIND_DISPATCH) {
        hr = ITypeLib_GetDocumentation(library, index, &name, NULL, NULL, NULL);
        if (SUCCEEDED(hr)) {
            StringFromGUID2(&attr->guid, values->iid, ARRAYSIZE(values->iid));
            values->name = name;
            values->proxy = attr->wTypeFlags & TYPEFLAG_FDUAL ? PROXY_DUAL : PROXY_DISPATCH;
            hr = put_rows(sink, interface_rows, ARRAYSIZE(interface_rows), values);
        }
    }
    SysFreeString(name);
    if (attr)
        ITypeInfo_ReleaseTypeAttr(info, attr);
    if (info)
        ITypeInfo_Release(info);
    return hr;
}

static HRESULT put_all(struct sink *sink, const WCHAR *exe)
{
    struct values values = {.name = L"", .proxy = L""};
    ITypeLib *library = NULL;
    WCHAR *slash;
    HRESULT hr;
    UINT i;

    StringFromGUID2(&CLSID_Session, values.clsid, ARRAYSIZE(values.clsid));
    StringFromGUID2(&APPID_MapiHost, values.appid, ARRAYSIZE(values.appid));
    StringFromGUID2(&LIBID_MapiHost, values.libid, ARRAYSIZE(values.libid));
    if (exe)
        wcsncpy(values.exe, exe, ARRAYSIZE(values.exe) - 1);
    else if (!GetModuleFileNameW(NULL, values.exe, ARRAYSIZE(values.exe)))
        return HRESULT_FROM_WIN32(GetLastError());
    wcscpy(values.folder, values.exe);
    if ((slash = wcsrchr(values.folder, '\\')))
        *slash = 0;
    hr = put_rows(sink, server_rows, ARRAYSIZE(server_rows), &values);
    if (SUCCEEDED(hr))
        hr = auto_type_lib(&library);
    for (i = 0; SUCCEEDED(hr) && i < ITypeLib_GetTypeInfoCount(library); i++)
        hr = put_interface(sink, library, i, &values);
    if (library)
        ITypeLib_Release(library);
    return hr;
}

/* ---- what the command line asks for -------------------------------------------------------------------------- */

static HRESULT put_views(bool per_user,
                         HRESULT (*put)(struct sink *sink, const struct row *row, const WCHAR *path, const WCHAR *text))
{
    static const REGSAM views[] = {KEY_WOW64_64KEY, KEY_WOW64_32KEY};
    HRESULT hr = S_OK;
    size_t i;

    for (i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(views); i++) {
        struct sink sink = {.put = put, .view = views[i], .second_view = i > 0};
        LSTATUS status = RegCreateKeyExW(per_user ? HKEY_CURRENT_USER : HKEY_LOCAL_MACHINE, L"Software\\Classes", 0,
                                         NULL, 0, KEY_ALL_ACCESS | views[i], NULL, &sink.root, NULL);

        hr = HRESULT_FROM_WIN32(status);
        if (SUCCEEDED(hr)) {
            hr = put_all(&sink, NULL);
            RegCloseKey(sink.root);
        }
    }
    if (SUCCEEDED(hr) && !per_user) {
        struct sink sink = {.put = put, .view = KEY_WOW64_64KEY, .root = HKEY_LOCAL_MACHINE};

        hr = put_rows(&sink, machine_rows, ARRAYSIZE(machine_rows), &(struct values){.name = L"", .proxy = L""});
    }
    return hr;
}

HRESULT registration_add(bool per_user)
{
    HRESULT hr = put_views(per_user, put_removal); /* nothing of an older version stays */

    return SUCCEEDED(hr) ? put_views(per_user, put_registry) : hr;
}

HRESULT registration_remove(bool per_user)
{
    return put_views(per_user, put_removal);
}

HRESULT registration_write(bool per_user, const WCHAR *file, const WCHAR *exe)
{
    static const WCHAR *const prefixes[2][2] = {
        {L"HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes", L"HKEY_LOCAL_MACHINE\\SOFTWARE\\Classes\\WOW6432Node"},
        {L"HKEY_CURRENT_USER\\Software\\Classes", L"HKEY_CURRENT_USER\\Software\\Classes\\WOW6432Node"},
    };
    struct sink sink = {.put = put_file};
    HRESULT hr = S_OK;
    size_t i;

    sink.file = _wfopen(file, L"wb,ccs=UTF-16LE");
    if (!sink.file)
        return HRESULT_FROM_WIN32(ERROR_CANNOT_MAKE);
    fwprintf(sink.file, L"Windows Registry Editor Version 5.00\r\n");
    for (i = 0; SUCCEEDED(hr) && i < 2; i++) {
        sink.prefix = prefixes[per_user][i];
        sink.second_view = i > 0;
        sink.section[0] = 0;
        hr = put_all(&sink, exe);
    }
    sink.second_view = false;
    if (SUCCEEDED(hr) && !per_user) {
        sink.prefix = L"HKEY_LOCAL_MACHINE";
        sink.section[0] = 0;
        hr = put_rows(&sink, machine_rows, ARRAYSIZE(machine_rows), &(struct values){.name = L"", .proxy = L""});
    }
    if (fclose(sink.file) && SUCCEEDED(hr))
        hr = HRESULT_FROM_WIN32(ERROR_WRITE_FAULT);
    return hr;
}
