/*
 * property_stream.c: the PropertyStream object: a large value in pieces, for script.
 *
 * Layer: server/object. What was written is committed by Close, or when the object goes. Limits: positions up to
 * 2 GB, as script's Long counts them.
 */
#include "property_stream.h"

#include "mapi_prop.h"
#include "variant.h"
#include <mapicode.h>
#include <stdlib.h>

struct property_stream {
    struct auto_object base;
    IStream *stream;
    bool writable;
    bool dirty; /* something was written since the last commit */
};

static struct property_stream *property_stream_from(IMhPropertyStream *iface)
{
    return (struct property_stream *)iface;
}

static HRESULT commit(struct property_stream *self)
{
    HRESULT hr = S_OK;

    if (self->dirty) {
        hr = mapi_stream_commit(self->stream);
        self->dirty = FAILED(hr);
    }
    return hr;
}

/* The size, by Stat or, for streams that lack it, by seeking to the end and back. */
static HRESULT stream_size(IStream *stream, LONG *size)
{
    LARGE_INTEGER offset = {.QuadPart = 0};
    ULARGE_INTEGER here = {.QuadPart = 0}, end = {.QuadPart = 0};
    STATSTG stat;
    HRESULT hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);

    if (SUCCEEDED(hr)) {
        end = stat.cbSize;
    } else {
        hr = IStream_Seek(stream, offset, STREAM_SEEK_CUR, &here);
        if (SUCCEEDED(hr))
            hr = IStream_Seek(stream, offset, STREAM_SEEK_END, &end);
        offset.QuadPart = (LONGLONG)here.QuadPart;
        if (SUCCEEDED(hr))
            hr = IStream_Seek(stream, offset, STREAM_SEEK_SET, NULL);
    }
    if (SUCCEEDED(hr) && end.QuadPart > MAXLONG)
        hr = MAPI_E_TOO_BIG;
    *size = SUCCEEDED(hr) ? (LONG)end.QuadPart : 0;
    return hr;
}

static HRESULT stream_position(IStream *stream, LONG *position)
{
    LARGE_INTEGER none = {.QuadPart = 0};
    ULARGE_INTEGER here = {.QuadPart = 0};
    HRESULT hr = IStream_Seek(stream, none, STREAM_SEEK_CUR, &here);

    if (SUCCEEDED(hr) && here.QuadPart > MAXLONG)
        hr = MAPI_E_TOO_BIG;
    *position = SUCCEEDED(hr) ? (LONG)here.QuadPart : 0;
    return hr;
}

static HRESULT require_writable(struct property_stream *self)
{
    return self->writable ? S_OK
                          : auto_fail(&self->base, MAPI_E_NO_ACCESS,
                                      L"the stream was opened for reading. Open it with Writable = True.");
}

static HRESULT STDMETHODCALLTYPE property_stream_get_Size(IMhPropertyStream *iface, LONG *value)
{
    struct property_stream *self = property_stream_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = stream_size(self->stream, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE property_stream_get_Position(IMhPropertyStream *iface, LONG *value)
{
    struct property_stream *self = property_stream_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = stream_position(self->stream, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE property_stream_put_Position(IMhPropertyStream *iface, LONG value)
{
    struct property_stream *self = property_stream_from(iface);
    LARGE_INTEGER to = {.QuadPart = value};
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_number(&call, value);
    if (SUCCEEDED(hr) && value < 0)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"positions count from 0");
    if (SUCCEEDED(hr))
        hr = IStream_Seek(self->stream, to, STREAM_SEEK_SET, NULL);
    return auto_leave(&call, hr);
}

/* Reads count bytes, or fewer at the end, into a new byte array. */
static HRESULT read_bytes(struct property_stream *self, LONG count, VARIANT *value)
{
    BYTE *bytes = malloc(count ? (size_t)count : 1);
    LONG used = 0;
    ULONG got = 0;
    HRESULT hr = bytes ? S_OK : E_OUTOFMEMORY;

    while (SUCCEEDED(hr) && used < count) {
        hr = IStream_Read(self->stream, bytes + used, (ULONG)(count - used), &got);
        if (FAILED(hr) || !got)
            break;
        used += (LONG)got;
    }
    if (SUCCEEDED(hr))
        hr = variant_set_bytes(value, bytes, (uint32_t)used);
    free(bytes);
    return hr;
}

static HRESULT STDMETHODCALLTYPE property_stream_Read(IMhPropertyStream *iface, VARIANT count, VARIANT *value)
{
    struct property_stream *self = property_stream_from(iface);
    LONG size = 0, position = 0, wanted = 0;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    auto_arg_variant(&call, &count);
    if (SUCCEEDED(hr))
        hr = stream_size(self->stream, &size);
    if (SUCCEEDED(hr))
        hr = stream_position(self->stream, &position);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&count, MAXLONG, &wanted);
    if (SUCCEEDED(hr) && wanted < 0)
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"Count must not be negative");
    if (SUCCEEDED(hr)) {
        LONG left = size > position ? size - position : 0;
        hr = read_bytes(self, wanted < left ? wanted : left, value);
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE property_stream_Write(IMhPropertyStream *iface, VARIANT bytes, LONG *value)
{
    struct property_stream *self = property_stream_from(iface);
    uint8_t *data = NULL;
    uint32_t size = 0, done = 0;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    auto_arg_variant(&call, &bytes);
    if (SUCCEEDED(hr))
        hr = require_writable(self);
    if (SUCCEEDED(hr))
        hr = variant_get_bytes(&bytes, &data, &size);
    while (SUCCEEDED(hr) && done < size) {
        ULONG written = 0;
        hr = IStream_Write(self->stream, data + done, size - done, &written);
        if (SUCCEEDED(hr) && !written)
            hr = MAPI_E_NOT_ENOUGH_DISK;
        done += written;
        self->dirty = true;
    }
    free(data);
    if (SUCCEEDED(hr))
        *value = (LONG)done;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE property_stream_SetEnd(IMhPropertyStream *iface)
{
    struct property_stream *self = property_stream_from(iface);
    ULARGE_INTEGER end;
    LONG position = 0;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = require_writable(self);
    if (SUCCEEDED(hr))
        hr = stream_position(self->stream, &position);
    if (SUCCEEDED(hr)) {
        end.QuadPart = (ULONGLONG)position;
        hr = IStream_SetSize(self->stream, end);
        self->dirty = true;
    }
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE property_stream_Close(IMhPropertyStream *iface)
{
    struct property_stream *self = property_stream_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter_closed(&call, &self->base, __func__);

    if (SUCCEEDED(hr) && !self->base.closed) {
        hr = commit(self);
        if (SUCCEEDED(hr))
            auto_close(&self->base);
    }
    return auto_leave(&call, hr);
}

static void property_stream_close(struct auto_object *object)
{
    struct property_stream *self = (struct property_stream *)object;

    if (self->stream) {
        commit(self);
        IStream_Release(self->stream);
        self->stream = NULL;
    }
}

static const IMhPropertyStreamVtbl property_stream_vtbl = {
    AUTO_HEAD,
    .get_Size = property_stream_get_Size,
    .get_Position = property_stream_get_Position,
    .put_Position = property_stream_put_Position,
    .Read = property_stream_Read,
    .Write = property_stream_Write,
    .SetEnd = property_stream_SetEnd,
    .Close = property_stream_Close,
};

static const struct auto_class property_stream_class = {
    .name = L"PropertyStream",
    .kind = MhPropertyStream,
    .iid = &IID_IMhPropertyStream,
    .coclass = &CLSID_PropertyStream,
    .size = sizeof(struct property_stream),
    .vtbl = &property_stream_vtbl,
    .close = property_stream_close,
};

HRESULT property_stream_create(struct auto_object *parent, IStream *stream, bool writable, IMhPropertyStream **out)
{
    struct property_stream *self = NULL;
    HRESULT hr = auto_create(&property_stream_class, parent, &self);

    *out = NULL;
    if (FAILED(hr)) {
        IStream_Release(stream);
        return hr;
    }
    self->stream = stream;
    self->writable = writable;
    *out = (IMhPropertyStream *)self;
    return S_OK;
}
