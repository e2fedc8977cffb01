/*
 * util_stream.c: see util_stream.h. Layer: provider.
 */
#include <stdlib.h>
#include <string.h>
#include "util_stream.h"

/* Shared by a stream and its clones. */
struct stream_state {
    LONG refs;
    const struct backend *backend;
    void *context;
    DWORD mode;
    CRITICAL_SECTION lock;
};

struct util_stream {
    IStream iface; /* first */
    LONG refs;
    struct stream_state *state;
    uint64_t position;
};

static struct util_stream *stream_from(IStream *self)
{
    return (struct util_stream *)self;
}

static bool writable(const struct stream_state *state)
{
    return (state->mode & 3) != STGM_READ;
}

static void state_release(struct stream_state *state)
{
    if (InterlockedDecrement(&state->refs) != 0)
        return;
    state->backend->close(state->context);
    DeleteCriticalSection(&state->lock);
    free(state);
}

static HRESULT STDMETHODCALLTYPE stream_QueryInterface(IStream *self, REFIID iid, void **out)
{
    if (out == NULL)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualIID(iid, &IID_IUnknown) && !IsEqualIID(iid, &IID_IStream) &&
        !IsEqualIID(iid, &IID_ISequentialStream))
        return E_NOINTERFACE;
    InterlockedIncrement(&stream_from(self)->refs);
    *out = self;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE stream_AddRef(IStream *self)
{
    return (ULONG)InterlockedIncrement(&stream_from(self)->refs);
}

static ULONG STDMETHODCALLTYPE stream_Release(IStream *self)
{
    struct util_stream *stream = stream_from(self);
    LONG refs = InterlockedDecrement(&stream->refs);
    if (refs > 0)
        return (ULONG)refs;
    state_release(stream->state);
    free(stream);
    return 0;
}

static HRESULT STDMETHODCALLTYPE stream_Read(IStream *self, void *to, ULONG size, ULONG *out_done)
{
    struct util_stream *stream = stream_from(self);
    ULONG done = 0;
    if (out_done != NULL)
        *out_done = 0;
    if (to == NULL)
        return STG_E_INVALIDPOINTER;
    EnterCriticalSection(&stream->state->lock);
    HRESULT hr = stream->state->backend->read(stream->state->context, stream->position, to, size, &done);
    stream->position += done;
    LeaveCriticalSection(&stream->state->lock);
    if (out_done != NULL)
        *out_done = done;
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_Write(IStream *self, const void *from, ULONG size, ULONG *out_done)
{
    struct util_stream *stream = stream_from(self);
    ULONG done = 0;
    if (out_done != NULL)
        *out_done = 0;
    if (from == NULL)
        return STG_E_INVALIDPOINTER;
    if (!writable(stream->state))
        return STG_E_ACCESSDENIED;
    EnterCriticalSection(&stream->state->lock);
    HRESULT hr = stream->state->backend->write(stream->state->context, stream->position, from, size, &done);
    stream->position += done;
    LeaveCriticalSection(&stream->state->lock);
    if (out_done != NULL)
        *out_done = done;
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_Seek(IStream *self, LARGE_INTEGER move, DWORD origin,
                                             ULARGE_INTEGER *out)
{
    struct util_stream *stream = stream_from(self);
    uint64_t base = 0;
    HRESULT hr = S_OK;
    EnterCriticalSection(&stream->state->lock);
    if (origin == STREAM_SEEK_CUR)
        base = stream->position;
    else if (origin == STREAM_SEEK_END)
        hr = stream->state->backend->size(stream->state->context, &base);
    else if (origin != STREAM_SEEK_SET)
        hr = STG_E_INVALIDFUNCTION;
    if (hr == S_OK && move.QuadPart < 0 && (uint64_t)-move.QuadPart > base)
        hr = STG_E_INVALIDFUNCTION;
    if (hr == S_OK)
        stream->position = base + (uint64_t)move.QuadPart;
    if (out != NULL)
        out->QuadPart = stream->position;
    LeaveCriticalSection(&stream->state->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_SetSize(IStream *self, ULARGE_INTEGER size)
{
    struct util_stream *stream = stream_from(self);
    if (!writable(stream->state))
        return STG_E_ACCESSDENIED;
    EnterCriticalSection(&stream->state->lock);
    HRESULT hr = stream->state->backend->set_size(stream->state->context, size.QuadPart);
    LeaveCriticalSection(&stream->state->lock);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_CopyTo(IStream *self, IStream *to, ULARGE_INTEGER count,
                                               ULARGE_INTEGER *out_read, ULARGE_INTEGER *out_written)
{
    BYTE buffer[16384];
    uint64_t have_read = 0, have_written = 0;
    HRESULT hr = to != NULL ? S_OK : STG_E_INVALIDPOINTER;
    while (hr == S_OK && have_read < count.QuadPart) {
        uint64_t left = count.QuadPart - have_read;
        ULONG got = 0, put = 0;
        hr = stream_Read(self, buffer, left < sizeof buffer ? (ULONG)left : (ULONG)sizeof buffer, &got);
        if (FAILED(hr) || got == 0)
            break;
        have_read += got;
        hr = to->lpVtbl->Write(to, buffer, got, &put);
        have_written += put;
    }
    if (out_read != NULL)
        out_read->QuadPart = have_read;
    if (out_written != NULL)
        out_written->QuadPart = have_written;
    return SUCCEEDED(hr) ? S_OK : hr;
}

static HRESULT STDMETHODCALLTYPE stream_Commit(IStream *self, DWORD flags)
{
    struct util_stream *stream = stream_from(self);
    (void)flags;
    if (!writable(stream->state))
        return S_OK;
    EnterCriticalSection(&stream->state->lock);
    HRESULT hr = stream->state->backend->commit(stream->state->context);
    LeaveCriticalSection(&stream->state->lock);
    return hr;
}

/* Direct streams have nothing to revert to. */
static HRESULT STDMETHODCALLTYPE stream_Revert(IStream *self)
{
    (void)self;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_LockRegion(IStream *self, ULARGE_INTEGER offset, ULARGE_INTEGER size,
                                                   DWORD type)
{
    (void)self, (void)offset, (void)size, (void)type;
    return STG_E_INVALIDFUNCTION; /* locking is not supported */
}

static HRESULT STDMETHODCALLTYPE stream_Stat(IStream *self, STATSTG *stat, DWORD flags)
{
    struct util_stream *stream = stream_from(self);
    uint64_t size = 0;
    (void)flags;
    if (stat == NULL)
        return STG_E_INVALIDPOINTER;
    memset(stat, 0, sizeof *stat);
    EnterCriticalSection(&stream->state->lock);
    HRESULT hr = stream->state->backend->size(stream->state->context, &size);
    LeaveCriticalSection(&stream->state->lock);
    stat->type = STGTY_STREAM;
    stat->cbSize.QuadPart = size;
    stat->grfMode = stream->state->mode;
    return hr;
}

static HRESULT stream_make(struct stream_state *state, uint64_t position, IStream **out);

static HRESULT STDMETHODCALLTYPE stream_Clone(IStream *self, IStream **out)
{
    struct util_stream *stream = stream_from(self);
    if (out == NULL)
        return STG_E_INVALIDPOINTER;
    InterlockedIncrement(&stream->state->refs);
    return stream_make(stream->state, stream->position, out);
}

static const IStreamVtbl stream_vtbl = {
    .QueryInterface = stream_QueryInterface,
    .AddRef = stream_AddRef,
    .Release = stream_Release,
    .Read = stream_Read,
    .Write = stream_Write,
    .Seek = stream_Seek,
    .SetSize = stream_SetSize,
    .CopyTo = stream_CopyTo,
    .Commit = stream_Commit,
    .Revert = stream_Revert,
    .LockRegion = stream_LockRegion,
    .UnlockRegion = stream_LockRegion,
    .Stat = stream_Stat,
    .Clone = stream_Clone,
};

/* Takes one reference to the state over. */
static HRESULT stream_make(struct stream_state *state, uint64_t position, IStream **out)
{
    struct util_stream *stream = calloc(1, sizeof *stream);
    *out = NULL;
    if (stream == NULL) {
        state_release(state);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    stream->iface.lpVtbl = (IStreamVtbl *)&stream_vtbl;
    stream->refs = 1;
    stream->state = state;
    stream->position = position;
    *out = &stream->iface;
    return S_OK;
}

HRESULT util_stream_create(const struct backend *backend, void *context, DWORD mode, IStream **out)
{
    struct stream_state *state = calloc(1, sizeof *state);
    *out = NULL;
    if (state == NULL) {
        backend->close(context);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    state->refs = 1;
    state->backend = backend;
    state->context = context;
    state->mode = mode;
    InitializeCriticalSection(&state->lock);
    return stream_make(state, 0, out);
}
