/*
 * util_file.c: OpenStreamOnFile and OpenStreamOnFileW.
 *
 * Layer: provider. Without MAPI_UNICODE names are 8-bit.
 */
#include <stdlib.h>
#include <string.h>
#include "text.h"
#include "util_stream.h"

#define NAME_ROOM (MAX_PATH + 16)

static HRESULT file_error(DWORD error)
{
    switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_PATHNAME:
        return MAPI_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION:
    case ERROR_WRITE_PROTECT:
        return MAPI_E_NO_ACCESS;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
        return MAPI_E_COLLISION;
    default:
        return MAPI_E_DISK_ERROR;
    }
}

static HRESULT file_seek(HANDLE file, uint64_t offset)
{
    LARGE_INTEGER to;
    to.QuadPart = (LONGLONG)offset;
    return SetFilePointerEx(file, to, NULL, FILE_BEGIN) ? S_OK : file_error(GetLastError());
}

static HRESULT file_read(void *file, uint64_t offset, void *to, ULONG size, ULONG *done)
{
    HRESULT hr = file_seek(file, offset);
    return hr != S_OK || ReadFile(file, to, size, done, NULL) ? hr : file_error(GetLastError());
}

static HRESULT file_write(void *file, uint64_t offset, const void *from, ULONG size, ULONG *done)
{
    HRESULT hr = file_seek(file, offset);
    return hr != S_OK || WriteFile(file, from, size, done, NULL) ? hr : file_error(GetLastError());
}

static HRESULT file_size(void *file, uint64_t *size)
{
    LARGE_INTEGER value;
    if (!GetFileSizeEx(file, &value))
        return file_error(GetLastError());
    *size = (uint64_t)value.QuadPart;
    return S_OK;
}

static HRESULT file_set_size(void *file, uint64_t size)
{
    HRESULT hr = file_seek(file, size);
    return hr != S_OK || SetEndOfFile(file) ? hr : file_error(GetLastError());
}

static HRESULT file_commit(void *file)
{
    return FlushFileBuffers(file) ? S_OK : file_error(GetLastError());
}

static void file_close(void *file)
{
    CloseHandle(file);
}

static const struct backend file_backend = {
    .read = file_read,
    .write = file_write,
    .size = file_size,
    .set_size = file_set_size,
    .commit = file_commit,
    .close = file_close,
};

/* <folder>\<prefix>HHHH.TMP, of which there is none yet. The new file is open. */
static HRESULT unique_file(const WCHAR *folder, const WCHAR *prefix, DWORD attributes, HANDLE *out)
{
    WCHAR path[NAME_ROOM], name[NAME_ROOM + 16];
    size_t length = folder != NULL ? text_length(folder) : 0;
    if (prefix == NULL || prefix[0] == 0)
        prefix = L"SOF";
    if (length >= MAX_PATH || text_length(prefix) > 3)
        return MAPI_E_INVALID_PARAMETER;
    if (length > 0)
        memcpy(path, folder, (length + 1) * sizeof *path);
    else if ((length = GetTempPathW(MAX_PATH, path)) == 0 || length > MAX_PATH)
        return MAPI_E_CALL_FAILED;
    if (path[length - 1] == '\\')
        path[length - 1] = 0;
    DWORD number = GetTickCount() ^ (GetCurrentProcessId() << 4);
    for (int i = 0; i < 0x10000; i++) {
        wsprintfW(name, L"%s\\%s%04X.TMP", path, prefix, (unsigned)(number + (DWORD)i) & 0xffff);
        *out = CreateFileW(name, GENERIC_READ | GENERIC_WRITE | DELETE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                           NULL, CREATE_NEW, attributes, NULL);
        if (*out != INVALID_HANDLE_VALUE)
            return S_OK;
        if (GetLastError() != ERROR_FILE_EXISTS)
            return file_error(GetLastError());
    }
    return MAPI_E_COLLISION;
}

static HRESULT open_wide(ULONG flags, const WCHAR *name, const WCHAR *prefix, IStream **out)
{
    bool unique = (flags & SOF_UNIQUEFILENAME) != 0, create = (flags & STGM_CREATE) != 0;
    bool write = (flags & (STGM_READWRITE | STGM_WRITE)) != 0, drop = (flags & STGM_DELETEONRELEASE) != 0;
    DWORD attributes = FILE_ATTRIBUTE_NORMAL | (drop ? FILE_FLAG_DELETE_ON_CLOSE : 0);
    HANDLE file = INVALID_HANDLE_VALUE;
    HRESULT hr = S_OK;
    if ((create && !write) || (unique && !create) || (name == NULL && !(create && drop)))
        return MAPI_E_INVALID_PARAMETER;
    if (unique || name == NULL)
        hr = unique_file(name, prefix, attributes, &file);
    else {
        file = CreateFileW(name, GENERIC_READ | (write ? GENERIC_WRITE : 0) | (drop ? DELETE : 0),
                           FILE_SHARE_READ | (write ? 0 : FILE_SHARE_WRITE) | (drop ? FILE_SHARE_DELETE : 0),
                           NULL, create ? CREATE_ALWAYS : OPEN_EXISTING, attributes, NULL);
        if (file == INVALID_HANDLE_VALUE)
            hr = file_error(GetLastError());
    }
    return hr == S_OK ? util_stream_create(&file_backend, file, write ? STGM_READWRITE : STGM_READ, out) : hr;
}

HRESULT WINAPI OpenStreamOnFileW(LPALLOCATEBUFFER allocate, LPFREEBUFFER release, ULONG flags, LPCWSTR name,
                                 LPCWSTR prefix, LPSTREAM *out)
{
    (void)allocate, (void)release;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    return open_wide(flags, name, prefix, out);
}

HRESULT WINAPI OpenStreamOnFile(LPALLOCATEBUFFER allocate, LPFREEBUFFER release, ULONG flags, LPTSTR name,
                                LPTSTR prefix, LPSTREAM *out)
{
    WCHAR *wide_name = NULL, *wide_prefix = NULL;
    HRESULT hr = S_OK;
    (void)allocate, (void)release;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if ((name != NULL && (wide_name = text_from_ansi((const char *)name)) == NULL) ||
        (prefix != NULL && (wide_prefix = text_from_ansi((const char *)prefix)) == NULL))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (hr == S_OK)
        hr = open_wide(flags, wide_name, wide_prefix, out);
    free(wide_name);
    free(wide_prefix);
    return hr;
}
