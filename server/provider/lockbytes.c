/*
 * lockbytes.c: ILockBytes over an IStream. See lockbytes.h.
 *
 * Layer: provider. Not safe for several threads at once: a compound file has one user.
 */
#include "lockbytes.h"
#include <stdlib.h>
#include <string.h>

struct lockbytes {
    ILockBytes ILockBytes_iface;
    LONG refs;
    IStream *stream;
};

static struct lockbytes *from_iface(ILockBytes *iface)
{
    return CONTAINING_RECORD(iface, struct lockbytes, ILockBytes_iface);
}

static HRESULT STDMETHODCALLTYPE lockbytes_QueryInterface(ILockBytes *iface, REFIID iid, void **out)
{
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_ILockBytes))
        return E_NOINTERFACE;
    ILockBytes_AddRef(iface);
    *out = iface;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE lockbytes_AddRef(ILockBytes *iface)
{
    return (ULONG)InterlockedIncrement(&from_iface(iface)->refs);
}

static ULONG STDMETHODCALLTYPE lockbytes_Release(ILockBytes *iface)
{
    struct lockbytes *bytes = from_iface(iface);
    LONG refs = InterlockedDecrement(&bytes->refs);
    if (!refs) {
        IStream_Commit(bytes->stream, STGC_DEFAULT);
        IStream_Release(bytes->stream);
        free(bytes);
    }
    return (ULONG)refs;
}

static HRESULT seek(struct lockbytes *bytes, ULARGE_INTEGER offset)
{
    LARGE_INTEGER to = {.QuadPart = (LONGLONG)offset.QuadPart};
    return IStream_Seek(bytes->stream, to, STREAM_SEEK_SET, NULL);
}

static HRESULT STDMETHODCALLTYPE lockbytes_ReadAt(ILockBytes *iface, ULARGE_INTEGER offset, void *to, ULONG cb, ULONG *read)
{
    ULONG got = 0;
    HRESULT hr = seek(from_iface(iface), offset);
    if (SUCCEEDED(hr))
        hr = IStream_Read(from_iface(iface)->stream, to, cb, &got);
    if (read)
        *read = got;
    return hr;
}

static HRESULT STDMETHODCALLTYPE lockbytes_WriteAt(ILockBytes *iface, ULARGE_INTEGER offset, const void *from, ULONG cb,
                                                   ULONG *written)
{
    ULONG put = 0;
    HRESULT hr = seek(from_iface(iface), offset);
    if (SUCCEEDED(hr))
        hr = IStream_Write(from_iface(iface)->stream, from, cb, &put);
    if (written)
        *written = put;
    return hr;
}

static HRESULT STDMETHODCALLTYPE lockbytes_Flush(ILockBytes *iface)
{
    return IStream_Commit(from_iface(iface)->stream, STGC_DEFAULT);
}

static HRESULT STDMETHODCALLTYPE lockbytes_SetSize(ILockBytes *iface, ULARGE_INTEGER size)
{
    return IStream_SetSize(from_iface(iface)->stream, size);
}

static HRESULT STDMETHODCALLTYPE lockbytes_region(ILockBytes *iface, ULARGE_INTEGER offset, ULARGE_INTEGER cb, DWORD type)
{
    (void)iface, (void)offset, (void)cb, (void)type;
    return STG_E_INVALIDFUNCTION; /* regions are not locked: Stat says so */
}

static HRESULT STDMETHODCALLTYPE lockbytes_Stat(ILockBytes *iface, STATSTG *stat, DWORD flags)
{
    HRESULT hr = IStream_Stat(from_iface(iface)->stream, stat, flags | STATFLAG_NONAME);
    if (SUCCEEDED(hr))
        stat->type = STGTY_LOCKBYTES;
    return hr;
}

static const ILockBytesVtbl lockbytes_vtbl = {
    .QueryInterface = lockbytes_QueryInterface,
    .AddRef = lockbytes_AddRef,
    .Release = lockbytes_Release,
    .ReadAt = lockbytes_ReadAt,
    .WriteAt = lockbytes_WriteAt,
    .Flush = lockbytes_Flush,
    .SetSize = lockbytes_SetSize,
    .LockRegion = lockbytes_region,
    .UnlockRegion = lockbytes_region,
    .Stat = lockbytes_Stat,
};

HRESULT lockbytes_on_stream(IStream *stream, ILockBytes **out)
{
    struct lockbytes *bytes = calloc(1, sizeof(*bytes));
    *out = NULL;
    if (!bytes)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    bytes->ILockBytes_iface.lpVtbl = (ILockBytesVtbl *)&lockbytes_vtbl;
    bytes->refs = 1;
    bytes->stream = stream;
    IStream_AddRef(stream);
    *out = &bytes->ILockBytes_iface;
    return S_OK;
}
