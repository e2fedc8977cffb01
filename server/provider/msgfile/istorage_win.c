/*
 * istorage_win.c: compound files through OLE's IStorage. Layer: provider; Windows alone.
 */
#include "istorage_win.h"
#include "charset.h"

#include <stdlib.h>
#include <string.h>

#define READ_MODE  (STGM_READ | STGM_SHARE_EXCLUSIVE)
#define WRITE_MODE (STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE)

static HRESULT storage_error(HRESULT hr)
{
    switch (hr) {
    case STG_E_FILENOTFOUND:
    case STG_E_PATHNOTFOUND:
        return MAPI_E_NOT_FOUND;
    case STG_E_MEDIUMFULL:
        return MAPI_E_NOT_ENOUGH_DISK;
    case STG_E_ACCESSDENIED:
        return MAPI_E_NO_ACCESS;
    case STG_E_INSUFFICIENTMEMORY:
        return MAPI_E_NOT_ENOUGH_MEMORY;
    default:
        return hr;
    }
}

static void wide_name(const char *name, WCHAR *out)
{
    size_t i = 0;
    for (; i < 39 && name[i]; i++)
        out[i] = (WCHAR)(unsigned char)name[i];
    out[i] = 0;
}

static HRESULT stream_bytes(IStream *stream, struct bytebuf *out)
{
    STATSTG info;
    HRESULT hr = stream->lpVtbl->Stat(stream, &info, STATFLAG_NONAME);
    if (FAILED(hr))
        return hr;
    if (info.cbSize.QuadPart > MSG_VALUE_LIMIT)
        return MAPI_E_CORRUPT_DATA;
    size_t left = (size_t)info.cbSize.QuadPart;
    if (!bytebuf_reserve(out, left))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    while (left > 0) {
        ULONG got = 0;
        hr = stream->lpVtbl->Read(stream, out->data + out->size, (ULONG)left, &got);
        if (FAILED(hr) || got == 0)
            return FAILED(hr) ? hr : MAPI_E_CORRUPT_DATA;
        out->size += got;
        left -= got;
    }
    return S_OK;
}

static HRESULT dir_read(struct msg_dir *dir, const char *name, struct bytebuf *out)
{
    IStorage *storage = dir->handle;
    IStream *stream = NULL;
    WCHAR text[40];
    wide_name(name, text);
    HRESULT hr = storage->lpVtbl->OpenStream(storage, text, NULL, READ_MODE, 0, &stream);
    if (SUCCEEDED(hr)) {
        hr = stream_bytes(stream, out);
        stream->lpVtbl->Release(stream);
    }
    return storage_error(hr);
}

static HRESULT dir_write(struct msg_dir *dir, const char *name, const void *data, size_t size)
{
    IStorage *storage = dir->handle;
    IStream *stream = NULL;
    WCHAR text[40];
    wide_name(name, text);
    HRESULT hr = storage->lpVtbl->CreateStream(storage, text, WRITE_MODE, 0, 0, &stream);
    if (SUCCEEDED(hr)) {
        ULONG written = 0;
        if (size > 0)
            hr = stream->lpVtbl->Write(stream, data, (ULONG)size, &written);
        if (SUCCEEDED(hr) && written != size)
            hr = STG_E_MEDIUMFULL;
        stream->lpVtbl->Release(stream);
    }
    return storage_error(hr);
}

static HRESULT dir_open(struct msg_dir *dir, const char *name, bool create, struct msg_dir *out)
{
    IStorage *storage = dir->handle, *inner = NULL;
    WCHAR text[40];
    wide_name(name, text);
    HRESULT hr = create ? storage->lpVtbl->CreateStorage(storage, text, WRITE_MODE, 0, 0, &inner)
                        : storage->lpVtbl->OpenStorage(storage, text, NULL, READ_MODE, NULL, 0, &inner);
    if (FAILED(hr))
        return storage_error(hr);
    *out = istorage_dir(inner);
    return S_OK;
}

static void dir_close(struct msg_dir *dir)
{
    IStorage *storage = dir->handle;
    storage->lpVtbl->Release(storage);
    dir->handle = NULL;
}

static HRESULT dir_list(struct msg_dir *dir, HRESULT (*each)(void *context, const char *name, bool is_dir),
                        void *context)
{
    IStorage *storage = dir->handle;
    IEnumSTATSTG *elements = NULL;
    STATSTG element;
    HRESULT hr = storage->lpVtbl->EnumElements(storage, 0, NULL, 0, &elements);
    if (FAILED(hr))
        return storage_error(hr);
    while (SUCCEEDED(hr) && elements->lpVtbl->Next(elements, 1, &element, NULL) == S_OK) {
        char *name = charset_utf8_from_utf16(element.pwcsName, lstrlenW(element.pwcsName), NULL);
        hr = name ? each(context, name, element.type == STGTY_STORAGE) : MAPI_E_NOT_ENOUGH_MEMORY;
        free(name);
        CoTaskMemFree(element.pwcsName);
    }
    elements->lpVtbl->Release(elements);
    return hr;
}

struct name_list {
    WCHAR (*names)[40];
    size_t count;
};

static HRESULT collect(void *context, const char *name, bool is_dir)
{
    struct name_list *list = context;
    (void)is_dir;
    void *grown = realloc(list->names, (list->count + 1) * sizeof *list->names);
    if (!grown)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list->names = grown;
    wide_name(name, list->names[list->count++]);
    return S_OK;
}

static HRESULT dir_clear(struct msg_dir *dir)
{
    IStorage *storage = dir->handle;
    struct name_list list = {NULL, 0};
    HRESULT hr = dir_list(dir, collect, &list);
    for (size_t i = 0; i < list.count && SUCCEEDED(hr); i++)
        hr = storage_error(storage->lpVtbl->DestroyElement(storage, list.names[i]));
    free(list.names);
    return hr;
}

static HRESULT dir_read_object(struct msg_dir *dir, const char *name, struct bytebuf *out)
{
    struct msg_dir inner;
    ILockBytes *bytes = NULL;
    IStorage *copy = NULL, *object;
    HGLOBAL memory = NULL;
    STATSTG info;
    HRESULT hr = dir_open(dir, name, false, &inner);
    if (FAILED(hr))
        return hr;
    object = inner.handle;
    hr = CreateILockBytesOnHGlobal(NULL, TRUE, &bytes);
    if (SUCCEEDED(hr))
        hr = StgCreateDocfileOnILockBytes(bytes, WRITE_MODE, 0, &copy);
    if (SUCCEEDED(hr))
        hr = object->lpVtbl->CopyTo(object, 0, NULL, NULL, copy);
    if (SUCCEEDED(hr))
        hr = copy->lpVtbl->Commit(copy, STGC_DEFAULT);
    if (SUCCEEDED(hr))
        hr = bytes->lpVtbl->Stat(bytes, &info, STATFLAG_NONAME);
    if (SUCCEEDED(hr))
        hr = GetHGlobalFromILockBytes(bytes, &memory);
    if (SUCCEEDED(hr)) {
        bytebuf_add(out, GlobalLock(memory), (size_t)info.cbSize.QuadPart);
        GlobalUnlock(memory);
    }
    if (copy)
        copy->lpVtbl->Release(copy);
    if (bytes)
        bytes->lpVtbl->Release(bytes);
    dir_close(&inner);
    return storage_error(hr);
}

static HRESULT dir_write_object(struct msg_dir *dir, const char *name, const void *data, size_t size)
{
    struct msg_dir inner;
    ILockBytes *bytes = NULL;
    IStorage *object = NULL;
    ULARGE_INTEGER start = {.QuadPart = 0};
    ULONG written = 0;
    HRESULT hr = dir_open(dir, name, true, &inner);
    if (FAILED(hr))
        return hr;
    hr = CreateILockBytesOnHGlobal(NULL, TRUE, &bytes);
    if (SUCCEEDED(hr))
        hr = bytes->lpVtbl->WriteAt(bytes, start, data, (ULONG)size, &written);
    if (SUCCEEDED(hr))
        hr = StgOpenStorageOnILockBytes(bytes, NULL, READ_MODE, NULL, 0, &object);
    if (SUCCEEDED(hr))
        hr = object->lpVtbl->CopyTo(object, 0, NULL, NULL, inner.handle);
    if (object)
        object->lpVtbl->Release(object);
    if (bytes)
        bytes->lpVtbl->Release(bytes);
    dir_close(&inner);
    return storage_error(hr);
}

struct msg_dir istorage_dir(IStorage *storage)
{
    static const struct msg_dir_ops ops = {
        .read = dir_read,
        .write = dir_write,
        .open = dir_open,
        .close = dir_close,
        .list = dir_list,
        .clear = dir_clear,
        .read_object = dir_read_object,
        .write_object = dir_write_object,
    };
    return (struct msg_dir){&ops, storage};
}
