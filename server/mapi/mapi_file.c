/*
 * mapi_file.c: streams to files and back; compound files.
 *
 * Layer: MAPI client.
 */
#include "mapi_file.h"

#include "compound_check.h"
#include "hex.h"
#include "mapi_prop.h"
#include <stdlib.h>

#define CHUNK         65536
#define STORAGE_LIMIT 0x40000000 /* of a compound file, which is read into memory */

HRESULT mapi_file_error(DWORD error)
{
    switch (error) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
        return MAPI_E_NOT_FOUND;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION:
    case ERROR_WRITE_PROTECT:
        return MAPI_E_NO_ACCESS;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    default:
        return HRESULT_FROM_WIN32(error);
    }
}

HRESULT mapi_file_to_stream(const WCHAR *path, IStream *stream)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING,
                              FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    BYTE *buffer = malloc(CHUNK);
    DWORD got = 0;
    HRESULT hr = buffer ? S_OK : E_OUTOFMEMORY;

    if (file == INVALID_HANDLE_VALUE)
        hr = mapi_file_error(GetLastError());
    while (SUCCEEDED(hr)) {
        if (!ReadFile(file, buffer, CHUNK, &got, NULL))
            hr = mapi_file_error(GetLastError());
        if (FAILED(hr) || !got)
            break;
        hr = mapi_stream_write_all(stream, buffer, got);
    }
    if (SUCCEEDED(hr))
        hr = mapi_stream_commit(stream);
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    free(buffer);
    return hr;
}

HRESULT mapi_file_from_stream(const WCHAR *path, IStream *stream)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    BYTE *buffer = malloc(CHUNK);
    ULONG got = 0;
    HRESULT hr = buffer ? S_OK : E_OUTOFMEMORY;

    if (file == INVALID_HANDLE_VALUE)
        hr = mapi_file_error(GetLastError());
    while (SUCCEEDED(hr)) {
        DWORD written = 0;
        hr = IStream_Read(stream, buffer, CHUNK, &got);
        if (FAILED(hr) || !got)
            break;
        if (!WriteFile(file, buffer, got, &written, NULL))
            hr = mapi_file_error(GetLastError());
        else if (written < got)
            hr = MAPI_E_NOT_ENOUGH_DISK;
    }
    if (file != INVALID_HANDLE_VALUE) {
        CloseHandle(file);
        if (FAILED(hr))
            DeleteFileW(path);
    }
    free(buffer);
    return FAILED(hr) ? hr : S_OK;
}

/* A whole file in movable memory, as CreateILockBytesOnHGlobal takes it. */
static HRESULT file_to_memory(const WCHAR *path, HGLOBAL *out, SIZE_T *size)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    LARGE_INTEGER length = {.QuadPart = 0};
    HRESULT hr = S_OK;
    HGLOBAL memory = NULL;
    BYTE *bytes = NULL;

    *out = NULL;
    *size = 0;
    if (file == INVALID_HANDLE_VALUE || !GetFileSizeEx(file, &length))
        hr = mapi_file_error(GetLastError());
    else if (length.QuadPart > STORAGE_LIMIT)
        hr = MAPI_E_TOO_BIG;
    else if (!(memory = GlobalAlloc(GMEM_MOVEABLE, (SIZE_T)length.QuadPart + 1)) || !(bytes = GlobalLock(memory)))
        hr = E_OUTOFMEMORY;
    while (SUCCEEDED(hr) && *size < (SIZE_T)length.QuadPart) {
        SIZE_T left = (SIZE_T)length.QuadPart - *size;
        DWORD got = 0;
        if (!ReadFile(file, bytes + *size, left > CHUNK ? CHUNK : (DWORD)left, &got, NULL))
            hr = mapi_file_error(GetLastError());
        if (!got)
            break;
        *size += got;
    }
    if (bytes)
        GlobalUnlock(memory);
    if (SUCCEEDED(hr)) {
        *out = memory;
        memory = NULL;
    }
    if (memory)
        GlobalFree(memory);
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    return hr;
}

HRESULT mapi_file_open_storage(const WCHAR *path, IStorage **out)
{
    ILockBytes *bytes = NULL;
    HGLOBAL memory = NULL;
    ULARGE_INTEGER end;
    SIZE_T size;
    HRESULT hr;

    *out = NULL;
    hr = file_to_memory(path, &memory, &size);
    if (SUCCEEDED(hr)) {
        enum compound_state state = compound_check(GlobalLock(memory), size);
        GlobalUnlock(memory);
        hr = state == COMPOUND_SOUND ? S_OK : state == COMPOUND_NOT ? STG_E_INVALIDHEADER : MAPI_E_CORRUPT_DATA;
    }
    if (SUCCEEDED(hr)) {
        hr = CreateILockBytesOnHGlobal(memory, TRUE, &bytes);
        if (SUCCEEDED(hr))
            memory = NULL;
    }
    end.QuadPart = size;
    if (SUCCEEDED(hr))
        hr = ILockBytes_SetSize(bytes, end);
    if (SUCCEEDED(hr))
        hr = StgOpenStorageOnILockBytes(bytes, NULL, STGM_READ | STGM_SHARE_EXCLUSIVE, NULL, 0, out);
    if (bytes)
        ILockBytes_Release(bytes);
    if (memory)
        GlobalFree(memory);
    return hr;
}

bool mapi_file_is_absolute(const WCHAR *path)
{
    bool drive = path[0] && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
    bool server = (path[0] == '\\' || path[0] == '/') && (path[1] == '\\' || path[1] == '/');

    return drive || server;
}

const WCHAR *mapi_file_name(const WCHAR *path)
{
    const WCHAR *name = path;

    for (; *path; path++)
        if (*path == '\\' || *path == '/' || (*path == ':' && name == path - 1))
            name = path + 1;
    return name;
}

const WCHAR *mapi_file_extension(const WCHAR *name)
{
    const WCHAR *end = name + wide_length(name), *dot = end;

    while (dot > name && *dot != '.' && *dot != '\\' && *dot != '/')
        dot--;
    return *dot == '.' && dot > name ? dot : end;
}

static bool is_short_char(WCHAR c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '~';
}

void mapi_file_short_name(const WCHAR *name, WCHAR out[13])
{
    const WCHAR *extension = mapi_file_extension(name), *p;
    int used = 0, base;

    for (p = name; p < extension && used < 8; p++)
        if (is_short_char(*p))
            out[used++] = *p;
    if (!used)
        out[used++] = '_';
    base = used;
    if (*extension)
        out[used++] = '.';
    for (p = extension; *p && used < base + 4; p++)
        if (is_short_char(*p))
            out[used++] = *p;
    out[used] = 0;
}
