/*
 * file_bytes.c: whole files in and out.
 *
 * Layer: server/object.
 */
#include "file_bytes.h"

#include "variant.h"
#include <string.h>

HRESULT file_path_arg(struct auto_object *self, const VARIANT *path, BSTR *out)
{
    HRESULT hr;

    *out = NULL;
    if (variant_blank(path) || !variant_is_text(variant_deref(path)))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the file's path must be a text");
    hr = variant_get_bstr(path, out);
    return hr;
}

static HRESULT fail_file(struct auto_object *self, const WCHAR *path, DWORD error)
{
    return auto_fail(self, HRESULT_FROM_WIN32(error), L"the file \"%ls\" cannot be used (Windows error %lu)", path,
                     error);
}

HRESULT file_read_bytes(struct auto_object *self, const VARIANT *path, BYTE **bytes, ULONG *size)
{
    HANDLE file = INVALID_HANDLE_VALUE;
    LARGE_INTEGER length = {.QuadPart = 0};
    BSTR name = NULL;
    DWORD got = 0;
    HRESULT hr = file_path_arg(self, path, &name);

    *bytes = NULL, *size = 0;
    if (FAILED(hr))
        return hr;
    file = CreateFileW(name, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE || !GetFileSizeEx(file, &length))
        hr = fail_file(self, name, GetLastError());
    if (SUCCEEDED(hr) && length.QuadPart > 0x7FFF0000)
        hr = auto_fail(self, MAPI_E_TOO_BIG, L"the file \"%ls\" is larger than 2 GB", name);
    if (SUCCEEDED(hr))
        hr = mapi_allocate((size_t)length.QuadPart + 2, NULL, bytes);
    if (SUCCEEDED(hr) && !ReadFile(file, *bytes, length.LowPart, &got, NULL))
        hr = fail_file(self, name, GetLastError());
    if (SUCCEEDED(hr)) {
        memset(*bytes + got, 0, 2);
        *size = got;
    } else {
        mapi_free(*bytes);
        *bytes = NULL;
    }
    if (file != INVALID_HANDLE_VALUE)
        CloseHandle(file);
    SysFreeString(name);
    return hr;
}

HRESULT file_write_bytes(struct auto_object *self, const VARIANT *path, const void *bytes, ULONG size)
{
    HANDLE file;
    BSTR name = NULL;
    DWORD written = 0;
    HRESULT hr = file_path_arg(self, path, &name);

    if (FAILED(hr))
        return hr;
    file = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        hr = fail_file(self, name, GetLastError());
    } else {
        if (!WriteFile(file, bytes, size, &written, NULL) || written != size)
            hr = fail_file(self, name, GetLastError());
        CloseHandle(file);
    }
    SysFreeString(name);
    return hr;
}

static HRESULT decode(UINT code_page, const BYTE *bytes, ULONG size, WCHAR **text)
{
    int length = size ? MultiByteToWideChar(code_page, 0, (const char *)bytes, (int)size, NULL, 0) : 0;
    HRESULT hr = mapi_allocate(((size_t)length + 1) * sizeof(WCHAR), NULL, text);

    if (FAILED(hr))
        return hr;
    if (length)
        MultiByteToWideChar(code_page, 0, (const char *)bytes, (int)size, *text, length);
    (*text)[length] = 0;
    return S_OK;
}

HRESULT file_decode_text(const BYTE *bytes, ULONG size, WCHAR **text)
{
    HRESULT hr;

    *text = NULL;
    if (size >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3))
        return decode(CP_UTF8, bytes + 3, size - 3, text);
    if (size >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE) {
        ULONG length = (size - 2) / sizeof(WCHAR);
        hr = mapi_allocate(((size_t)length + 1) * sizeof(WCHAR), NULL, text);
        if (FAILED(hr))
            return hr;
        memcpy(*text, bytes + 2, length * sizeof(WCHAR));
        (*text)[length] = 0;
        return S_OK;
    }
    return decode(CP_ACP, bytes, size, text);
}

HRESULT file_encode_text(const WCHAR *text, BYTE **bytes, ULONG *size)
{
    int length = text ? lstrlenW(text) : 0, needed;
    BOOL lossy = FALSE;
    HRESULT hr;

    *bytes = NULL, *size = 0;
    needed = length ? WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, text, length, NULL, 0, NULL, &lossy) : 0;
    if (!lossy) {
        hr = mapi_allocate((size_t)needed + 1, NULL, bytes);
        if (FAILED(hr))
            return hr;
        if (length)
            WideCharToMultiByte(CP_ACP, 0, text, length, (char *)*bytes, needed, NULL, NULL);
        *size = (ULONG)needed;
        return S_OK;
    }
    needed = WideCharToMultiByte(CP_UTF8, 0, text, length, NULL, 0, NULL, NULL);
    hr = mapi_allocate((size_t)needed + 3, NULL, bytes);
    if (FAILED(hr))
        return hr;
    memcpy(*bytes, "\xEF\xBB\xBF", 3);
    WideCharToMultiByte(CP_UTF8, 0, text, length, (char *)*bytes + 3, needed, NULL, NULL);
    *size = (ULONG)needed + 3;
    return S_OK;
}
