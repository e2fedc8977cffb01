/*
 * stream.c: IMAPIProp::OpenProperty and IStream over a string or binary property.
 *
 * Layer: provider. A read-only stream on a large value reads the database piece by piece; any other keeps the bytes in
 * memory. A direct stream's bytes become the property's value with Commit, with the last Release, and
 * whenever the object is read or saved; those of a transacted stream (STGM_TRANSACTED) with Commit alone.
 * Strings appear as UTF-16LE (PT_UNICODE) or ANSI bytes (PT_STRING8) without a terminator. Limits: 2 GB in memory
 * (STG_E_MEDIUMFULL beyond), of which 1 GB can be saved (MAPI_E_TOO_BIG).
 */
#include "object.h"
#include "provider.h"
#include "store.h"
#include <stdlib.h>
#include <string.h>

#define STREAM_LIMIT 0x7fffffffu

/* The bytes, shared by a stream and its clones. */
struct stream_data {
    LONG refs;
    struct stream_data *next;   /* in the target's list while writable */
    struct prop_object *target; /* pinned by the streams */
    ULONG tag;
    bool writable, transacted;
    bool dirty;      /* differs from the property */
    BYTE *bytes;     /* NULL while lazy or empty */
    size_t size, room;
    BYTE *reverted;  /* transacted: the bytes as of the last commit, once there was a change */
    size_t reverted_size;
    bool has_reverted;
    struct mailbox *mbx; /* lazy: where the value lies */
    int64_t blob;
    bool lazy;
};

struct stream {
    struct object base;
    struct stream_data *data;
    uint64_t pos;
};

/* ---- bytes ---- */

static HRESULT data_reserve(struct stream_data *data, size_t size)
{
    if (size > STREAM_LIMIT)
        return STG_E_MEDIUMFULL;
    if (size <= data->room)
        return S_OK;
    size_t room = data->room + data->room / 2;
    if (room < size)
        room = size < 256 ? 256 : size;
    BYTE *grown = realloc(data->bytes, room);
    if (!grown)
        return STG_E_MEDIUMFULL;
    data->bytes = grown;
    data->room = room;
    return S_OK;
}

static HRESULT data_resize(struct stream_data *data, size_t size)
{
    HRESULT hr = data_reserve(data, size);
    if (FAILED(hr))
        return hr;
    if (size > data->size)
        memset(data->bytes + data->size, 0, size - data->size);
    data->size = size;
    return S_OK;
}

static HRESULT data_put(struct stream_data *data, const void *bytes, size_t size)
{
    data->size = 0;
    HRESULT hr = data_reserve(data, size);
    if (SUCCEEDED(hr) && size)
        memcpy(data->bytes, bytes, size);
    if (SUCCEEDED(hr))
        data->size = size;
    return hr;
}

/* Keeps the committed state of a transacted stream before its first change. */
static HRESULT before_change(struct stream_data *data)
{
    if (!data->writable)
        return STG_E_ACCESSDENIED;
    if (data->transacted && !data->has_reverted) {
        data->reverted = malloc(data->size ? data->size : 1);
        if (!data->reverted)
            return STG_E_MEDIUMFULL;
        if (data->size)
            memcpy(data->reverted, data->bytes, data->size);
        data->reverted_size = data->size;
        data->has_reverted = true;
    }
    return S_OK;
}

static void forget_reverted(struct stream_data *data)
{
    free(data->reverted);
    data->reverted = NULL;
    data->has_reverted = false;
}

/* ---- property ↔ bytes ---- */

/* The bytes as the property's value. */
static HRESULT data_store(struct stream_data *data)
{
    SPropValue value = {.ulPropTag = data->tag};
    HRESULT hr = data_reserve(data, data->size + sizeof(WCHAR));
    if (FAILED(hr))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(data->bytes + data->size, 0, sizeof(WCHAR));
    if (PROP_TYPE(data->tag) == PT_BINARY) {
        value.Value.bin.cb = (ULONG)data->size;
        value.Value.bin.lpb = data->bytes;
    } else if (PROP_TYPE(data->tag) == PT_UNICODE) {
        if (data->size & 1) /* half a character */
            data->bytes[data->size - 1] = 0;
        value.Value.lpszW = (LPWSTR)data->bytes;
    } else {
        value.Value.lpszA = (LPSTR)data->bytes;
    }
    hr = prop_set(data->target, &value);
    if (SUCCEEDED(hr)) {
        data->dirty = false;
        forget_reverted(data);
    }
    return hr;
}

static HRESULT data_commit(struct stream_data *data)
{
    if (!data->dirty)
        return S_OK;
    HRESULT hr = data_store(data);
    if (SUCCEEDED(hr) && data->target->ops->changed)
        hr = data->target->ops->changed(data->target);
    return hr;
}

HRESULT prop_flush_streams(struct prop_object *object)
{
    for (struct stream_data *data = object->streams; data; data = data->next) {
        HRESULT hr = data->transacted ? S_OK : data_commit(data);
        if (FAILED(hr))
            return hr;
    }
    return S_OK;
}

/* Takes the present value of the property as the stream's bytes. */
static HRESULT data_load(struct stream_data *data)
{
    struct prop_object *object = data->target;
    const struct prop_handler *row = prop_handler_find(object, data->tag);
    const struct propbag_entry *entry = row && row->get ? NULL : propbag_find(object->props, PROP_ID(data->tag));
    if (entry && entry->lazy && !data->writable && PROP_TYPE(entry->value.ulPropTag) == PROP_TYPE(data->tag)) {
        data->mbx = store_mailbox(object->base.store);
        data->blob = entry->blob;
        data->size = (size_t)entry->size;
        data->lazy = true;
        return S_OK;
    }
    SPropValue *value;
    if (MAPIAllocateBuffer(sizeof(*value), (void **)&value))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = prop_get_whole(object, data->tag, value, value);
    if (SUCCEEDED(hr)) {
        switch (PROP_TYPE(data->tag)) {
        case PT_BINARY:
            hr = data_put(data, value->Value.bin.lpb, value->Value.bin.cb);
            break;
        case PT_UNICODE:
            hr = data_put(data, value->Value.lpszW, lstrlenW(value->Value.lpszW) * sizeof(WCHAR));
            break;
        default:
            hr = data_put(data, value->Value.lpszA, strlen(value->Value.lpszA));
        }
        if (hr == STG_E_MEDIUMFULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
    }
    MAPIFreeBuffer(value);
    return hr;
}

static void data_release(struct stream_data *data)
{
    if (!data || --data->refs)
        return;
    if (data->writable) {
        const struct object *target = &data->target->base;
        if (!data->transacted && (!target->store || store_is_valid(target->store))) /* a logoff discards */
            data_commit(data);
        for (struct stream_data **link = &data->target->streams; *link; link = &(*link)->next)
            if (*link == data) {
                *link = data->next;
                break;
            }
    }
    forget_reverted(data);
    free(data->bytes);
    free(data);
}

/* ---- IStream ---- */

static void stream_destroy(void *object)
{
    data_release(((struct stream *)object)->data);
}

static HRESULT STDMETHODCALLTYPE stream_Read(IStream *self, void *to, ULONG cb, ULONG *read)
{
    struct stream *stream = (struct stream *)self;
    struct stream_data *data = stream->data;
    size_t got = 0;
    if (read)
        *read = 0;
    if (!to)
        return STG_E_INVALIDPOINTER;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    if (stream->pos < data->size) {
        got = data->size - (size_t)stream->pos;
        if (got > cb)
            got = cb;
        if (data->lazy)
            hr = mailbox_blob_read(data->mbx, data->blob, stream->pos, to, got, &got);
        else
            memcpy(to, data->bytes + stream->pos, got);
    }
    if (SUCCEEDED(hr)) {
        stream->pos += got;
        if (read)
            *read = (ULONG)got;
        hr = S_OK;
    }
    object_leave(&stream->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_Write(IStream *self, const void *from, ULONG cb, ULONG *written)
{
    struct stream *stream = (struct stream *)self;
    struct stream_data *data = stream->data;
    if (written)
        *written = 0;
    if (!from && cb)
        return STG_E_INVALIDPOINTER;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    hr = before_change(data);
    if (SUCCEEDED(hr) && cb) {
        if (stream->pos + cb > STREAM_LIMIT)
            hr = STG_E_MEDIUMFULL;
        else if (stream->pos + cb > data->size)
            hr = data_resize(data, (size_t)stream->pos + cb);
        if (SUCCEEDED(hr)) {
            memcpy(data->bytes + stream->pos, from, cb);
            stream->pos += cb;
            data->dirty = true;
        }
    }
    if (SUCCEEDED(hr) && written)
        *written = cb;
    object_leave(&stream->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_Seek(IStream *self, LARGE_INTEGER move, DWORD origin, ULARGE_INTEGER *position)
{
    struct stream *stream = (struct stream *)self;
    int64_t from;
    if (position)
        position->QuadPart = 0;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    switch (origin) {
    case STREAM_SEEK_SET: from = 0; break;
    case STREAM_SEEK_CUR: from = (int64_t)stream->pos; break;
    case STREAM_SEEK_END: from = (int64_t)stream->data->size; break;
    default: hr = STG_E_INVALIDFUNCTION; goto done;
    }
    if (from + move.QuadPart < 0 || from + move.QuadPart > STREAM_LIMIT)
        hr = STG_E_INVALIDFUNCTION;
    else
        stream->pos = (uint64_t)(from + move.QuadPart);
    if (position)
        position->QuadPart = stream->pos;
done:
    object_leave(&stream->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_SetSize(IStream *self, ULARGE_INTEGER size)
{
    struct stream *stream = (struct stream *)self;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    hr = size.QuadPart > STREAM_LIMIT ? STG_E_MEDIUMFULL : before_change(stream->data);
    if (SUCCEEDED(hr))
        hr = data_resize(stream->data, (size_t)size.QuadPart);
    if (SUCCEEDED(hr))
        stream->data->dirty = true;
    object_leave(&stream->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_CopyTo(IStream *self, IStream *to, ULARGE_INTEGER cb, ULARGE_INTEGER *read,
                                               ULARGE_INTEGER *written)
{
    uint64_t total_read = 0, total_written = 0;
    BYTE buffer[16384];
    HRESULT hr = S_OK;
    if (read)
        read->QuadPart = 0;
    if (written)
        written->QuadPart = 0;
    if (!to)
        return STG_E_INVALIDPOINTER;
    while (total_read < cb.QuadPart) {
        uint64_t left = cb.QuadPart - total_read;
        ULONG got = 0, put = 0;
        hr = stream_Read(self, buffer, left < sizeof(buffer) ? (ULONG)left : (ULONG)sizeof(buffer), &got);
        if (FAILED(hr) || !got)
            break;
        total_read += got;
        hr = IStream_Write(to, buffer, got, &put);
        total_written += put;
        if (FAILED(hr))
            break;
    }
    if (read)
        read->QuadPart = total_read;
    if (written)
        written->QuadPart = total_written;
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT STDMETHODCALLTYPE stream_Commit(IStream *self, DWORD flags)
{
    struct stream *stream = (struct stream *)self;
    (void)flags;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    hr = stream->data->writable ? data_commit(stream->data) : S_OK;
    object_leave(&stream->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_Revert(IStream *self)
{
    struct stream *stream = (struct stream *)self;
    struct stream_data *data = stream->data;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    if (data->has_reverted) { /* a direct stream has nothing to revert to */
        hr = data_put(data, data->reverted, data->reverted_size);
        data->dirty = false;
        forget_reverted(data);
    }
    object_leave(&stream->base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE stream_region(IStream *self, ULARGE_INTEGER offset, ULARGE_INTEGER cb, DWORD type)
{
    (void)self, (void)offset, (void)cb, (void)type;
    return STG_E_INVALIDFUNCTION; /* as OLE's streams: regions are not locked */
}

static HRESULT STDMETHODCALLTYPE stream_Stat(IStream *self, STATSTG *stat, DWORD flags)
{
    struct stream *stream = (struct stream *)self;
    (void)flags;
    if (!stat)
        return STG_E_INVALIDPOINTER;
    memset(stat, 0, sizeof(*stat));
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    stat->type = STGTY_STREAM;
    stat->cbSize.QuadPart = stream->data->size;
    stat->grfMode = (stream->data->writable ? STGM_READWRITE : STGM_READ) |
                    (stream->data->transacted ? STGM_TRANSACTED : 0);
    object_leave(&stream->base);
    return S_OK;
}

static HRESULT make_stream(struct stream_data *data, uint64_t pos, IStream **out);

static HRESULT STDMETHODCALLTYPE stream_Clone(IStream *self, IStream **out)
{
    struct stream *stream = (struct stream *)self;
    if (!out)
        return STG_E_INVALIDPOINTER;
    *out = NULL;
    HRESULT hr = object_enter(&stream->base);
    if (FAILED(hr))
        return hr;
    hr = make_stream(stream->data, stream->pos, out);
    object_leave(&stream->base);
    return hr;
}

static const IStreamVtbl stream_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .Read = stream_Read,
    .Write = stream_Write,
    .Seek = stream_Seek,
    .SetSize = stream_SetSize,
    .CopyTo = stream_CopyTo,
    .Commit = stream_Commit,
    .Revert = stream_Revert,
    .LockRegion = stream_region,
    .UnlockRegion = stream_region,
    .Stat = stream_Stat,
    .Clone = stream_Clone,
};

static const IID *const stream_iids[] = {&IID_IStream, &IID_ISequentialStream, NULL};
static const struct object_class stream_class = {
    .name = "IStream", .vtbl = &stream_vtbl, .size = sizeof(struct stream), .iids = stream_iids,
    .destroy = stream_destroy,
};

static HRESULT make_stream(struct stream_data *data, uint64_t pos, IStream **out)
{
    struct stream *stream;
    HRESULT hr = object_create(&stream_class, &data->target->base, &stream);
    if (FAILED(hr))
        return hr;
    data->refs++;
    stream->data = data;
    stream->pos = pos;
    *out = (IStream *)stream;
    return S_OK;
}

/* ---- OpenProperty ---- */

HRESULT prop_open_stream(struct prop_object *object, ULONG tag, ULONG interface_options, ULONG flags, IStream **out)
{
    const struct prop_handler *row = prop_handler_find(object, tag);
    bool write = (flags & (MAPI_MODIFY | MAPI_CREATE)) ||
                 (interface_options & (STGM_WRITE | STGM_READWRITE));
    HRESULT hr = S_OK;
    *out = NULL;
    if (write && (!object->writable || (row && (row->flags & (PROP_COMPUTED | PROP_READONLY)))))
        return MAPI_E_NO_ACCESS;
    struct stream_data *data = calloc(1, sizeof(*data));
    if (!data)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    data->refs = 1;
    data->target = object;
    data->tag = tag;
    data->writable = write;
    data->transacted = write && (interface_options & STGM_TRANSACTED);
    if (flags & MAPI_CREATE)
        data->dirty = true; /* the old value goes, and the property exists from now on */
    else
        hr = data_load(data);
    if (SUCCEEDED(hr))
        hr = make_stream(data, flags & STREAM_APPEND ? data->size : 0, out);
    if (SUCCEEDED(hr) && write) {
        data->next = object->streams;
        object->streams = data;
    } else if (FAILED(hr)) {
        data->writable = false;
    }
    data_release(data);
    return hr;
}

HRESULT STDMETHODCALLTYPE prop_OpenProperty(void *self, ULONG tag, LPCIID iid, ULONG interface_options, ULONG flags,
                                            LPUNKNOWN *out)
{
    struct prop_object *object = self;
    ULONG type = PROP_TYPE(tag);
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!iid || type == PT_UNSPECIFIED)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_CREATE | MAPI_MODIFY | MAPI_DEFERRED_ERRORS | STREAM_APPEND))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    hr = object->ops->load ? object->ops->load(object) : S_OK;
    if (SUCCEEDED(hr))
        hr = prop_flush_streams(object);
    if (FAILED(hr))
        goto done;
    if (IsEqualIID(iid, &IID_IStream) || IsEqualIID(iid, &IID_ISequentialStream)) {
        if (type == PT_BINARY || type == PT_UNICODE || type == PT_STRING8)
            hr = prop_open_stream(object, tag, interface_options, flags, (IStream **)out);
        else if (type == PT_OBJECT && object->ops->open_property)
            hr = object->ops->open_property(object, tag, iid, interface_options, flags, out);
        else
            hr = MAPI_E_NO_SUPPORT;
    } else if (object->ops->open_property) {
        hr = object->ops->open_property(object, tag, iid, interface_options, flags, out);
    } else {
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
done:
    object_leave(&object->base);
    return hr;
}
