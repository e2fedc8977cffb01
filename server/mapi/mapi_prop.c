/*
 * mapi_prop.c: reading and writing of single properties, with the detour through streams for long ones.
 *
 * Layer: MAPI client.
 */
#include "mapi_prop.h"

#include "hex.h"
#include <string.h>

/* SetProps may refuse values from here on (Exchange: 32 KB in all); they are written as streams at once. */
#define STREAM_THRESHOLD 16384

HRESULT mapi_prop_stream(IMAPIProp *object, ULONG tag, ULONG flags, IStream **out)
{
    ULONG mode = STGM_READ;

    *out = NULL;
    if (flags & MAPI_MODIFY)
        mode = STGM_READWRITE;
    if (flags & MAPI_CREATE)
        mode |= STGM_CREATE;
    return object->lpVtbl->OpenProperty(object, tag, &IID_IStream, mode, flags, (IUnknown **)out);
}

HRESULT mapi_stream_read_all(IStream *stream, void *parent, BYTE **out, ULONG *size)
{
    STATSTG stat;
    ULONG capacity = 0, used = 0;
    BYTE *buffer = NULL;
    HRESULT hr = IStream_Stat(stream, &stat, STATFLAG_NONAME);

    *out = NULL, *size = 0;
    if (SUCCEEDED(hr) && stat.cbSize.QuadPart > 0x7FFF0000)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    capacity = SUCCEEDED(hr) ? stat.cbSize.LowPart : 65536; /* some streams cannot tell their size */
    for (;;) {
        ULONG got = 0;
        BYTE *bigger;

        if (!buffer) {
            hr = mapi_allocate((size_t)capacity + 2, parent, &buffer);
            if (FAILED(hr))
                goto done;
        }
        hr = IStream_Read(stream, buffer + used, capacity - used, &got);
        if (FAILED(hr))
            goto done;
        used += got;
        if (used < capacity && got)
            continue;
        if (used < capacity || capacity == 0)
            break;
        /* Full: is there more than Stat said? */
        {
            BYTE more;
            hr = IStream_Read(stream, &more, 1, &got);
            if (FAILED(hr))
                goto done;
            if (!got)
                break;
            if (capacity > 0x3FFF0000) {
                hr = MAPI_E_NOT_ENOUGH_MEMORY;
                goto done;
            }
            hr = mapi_allocate((size_t)capacity * 2 + 2, parent, &bigger);
            if (FAILED(hr))
                goto done;
            memcpy(bigger, buffer, used);
            bigger[used++] = more;
            if (!parent)
                mapi_free(buffer);
            buffer = bigger;
            capacity *= 2;
        }
    }
    buffer[used] = buffer[used + 1] = 0;
    *out = buffer, *size = used;
    return S_OK;
done:
    if (!parent)
        mapi_free(buffer);
    return hr;
}

HRESULT mapi_stream_write_all(IStream *stream, const void *bytes, size_t size)
{
    const BYTE *from = bytes;

    while (size) {
        ULONG part = size > 1 << 20 ? 1 << 20 : (ULONG)size, written = 0;
        HRESULT hr = IStream_Write(stream, from, part, &written);
        if (FAILED(hr))
            return hr;
        if (!written)
            return STG_E_MEDIUMFULL;
        from += written, size -= written;
    }
    return S_OK;
}

HRESULT mapi_stream_commit(IStream *stream)
{
    HRESULT hr = IStream_Commit(stream, STGC_DEFAULT);

    return hr == E_NOTIMPL || hr == MAPI_E_NO_SUPPORT ? S_OK : hr;
}

/* Puts the whole of a long property in place of the error that GetProps gave. */
static HRESULT read_long(IMAPIProp *object, ULONG tag, void *parent, SPropValue *value)
{
    IStream *stream = NULL;
    BYTE *bytes = NULL;
    ULONG size = 0;
    HRESULT hr = mapi_prop_stream(object, tag, 0, &stream);

    if (SUCCEEDED(hr))
        hr = mapi_stream_read_all(stream, parent, &bytes, &size);
    if (SUCCEEDED(hr)) {
        value->ulPropTag = tag;
        if (PROP_TYPE(tag) == PT_BINARY) {
            value->Value.bin.cb = size;
            value->Value.bin.lpb = bytes;
        } else {
            value->Value.lpszW = (WCHAR *)bytes; /* PT_STRING8 shares the place */
        }
    }
    if (stream)
        IStream_Release(stream);
    return hr;
}

static bool is_streamable(ULONG type)
{
    return type == PT_UNICODE || type == PT_STRING8 || type == PT_BINARY;
}

/* The type to read an over-long property with: what was asked for, or what the provider would have given. */
static ULONG stream_tag(ULONG tag)
{
    return PROP_TYPE(tag) == PT_UNSPECIFIED ? CHANGE_PROP_TYPE(tag, PT_UNICODE) : tag;
}

HRESULT mapi_prop_get_many(IMAPIProp *object, const SPropTagArray *tags, SPropValue **out)
{
    SPropValue *values = NULL;
    ULONG count = 0;
    HRESULT hr;

    *out = NULL;
    hr = object->lpVtbl->GetProps(object, (SPropTagArray *)tags, MAPI_UNICODE, &count, &values);
    if (FAILED(hr))
        return hr;
    for (ULONG i = 0; i < count && i < tags->cValues; i++) {
        ULONG tag = stream_tag(tags->aulPropTag[i]);
        if (PROP_TYPE(values[i].ulPropTag) == PT_ERROR && values[i].Value.err == MAPI_E_NOT_ENOUGH_MEMORY &&
            is_streamable(PROP_TYPE(tag)))
            read_long(object, tag, values, &values[i]); /* a failure leaves the error in place */
    }
    *out = values;
    return S_OK;
}

HRESULT mapi_prop_get(IMAPIProp *object, ULONG tag, SPropValue **out)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    HRESULT hr = mapi_prop_get_many(object, (SPropTagArray *)&tags, out);

    if (SUCCEEDED(hr) && PROP_TYPE((*out)->ulPropTag) == PT_ERROR) {
        hr = (*out)->Value.err;
        if (SUCCEEDED(hr))
            hr = MAPI_E_NOT_FOUND;
        mapi_free(*out);
        *out = NULL;
    }
    return hr;
}

static size_t value_size(const SPropValue *value)
{
    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_UNICODE:
        return value->Value.lpszW ? wide_length(value->Value.lpszW) * sizeof(WCHAR) : 0;
    case PT_STRING8:
        return value->Value.lpszA ? strlen(value->Value.lpszA) : 0;
    case PT_BINARY:
        return value->Value.bin.cb;
    }
    return 0;
}

static HRESULT write_long(IMAPIProp *object, const SPropValue *value)
{
    const void *bytes =
        PROP_TYPE(value->ulPropTag) == PT_BINARY ? (void *)value->Value.bin.lpb : (void *)value->Value.lpszW;
    size_t size = value_size(value);
    ULARGE_INTEGER end = {.QuadPart = size};
    IStream *stream = NULL;
    HRESULT hr = mapi_prop_stream(object, value->ulPropTag, MAPI_MODIFY | MAPI_CREATE, &stream);

    if (SUCCEEDED(hr))
        IStream_SetSize(stream, end); /* a stream that has more is cut; one that cannot is new anyway */
    if (SUCCEEDED(hr))
        hr = mapi_stream_write_all(stream, bytes, size);
    if (SUCCEEDED(hr))
        hr = mapi_stream_commit(stream);
    if (stream)
        IStream_Release(stream);
    return hr;
}

HRESULT mapi_prop_set(IMAPIProp *object, const SPropValue *values, ULONG count)
{
    SPropValue *rest = NULL;
    ULONG rest_count = 0;
    SPropProblemArray *problems = NULL;
    HRESULT hr;

    if (!count)
        return S_OK;
    hr = mapi_allocate(count * sizeof *rest, NULL, &rest);
    for (ULONG i = 0; i < count && SUCCEEDED(hr); i++) {
        if (is_streamable(PROP_TYPE(values[i].ulPropTag)) && value_size(&values[i]) >= STREAM_THRESHOLD) {
            hr = write_long(object, &values[i]);
            if (hr != MAPI_E_NO_SUPPORT && hr != MAPI_E_INTERFACE_NOT_SUPPORTED)
                continue;
            hr = S_OK; /* no streams on this object: SetProps must do */
        }
        rest[rest_count++] = values[i];
    }
    if (SUCCEEDED(hr) && rest_count)
        hr = object->lpVtbl->SetProps(object, rest_count, rest, &problems);
    if (SUCCEEDED(hr) && problems && problems->cProblem) {
        hr = problems->aProblem[0].scode;
        if (SUCCEEDED(hr))
            hr = MAPI_E_CALL_FAILED;
    }
    mapi_free(problems);
    mapi_free(rest);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT mapi_prop_set_string(IMAPIProp *object, ULONG tag, const WCHAR *text)
{
    SPropValue value = {.ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE), .Value.lpszW = (WCHAR *)(text ? text : L"")};

    return mapi_prop_set(object, &value, 1);
}

HRESULT mapi_prop_set_long(IMAPIProp *object, ULONG tag, LONG number)
{
    SPropValue value = {.ulPropTag = tag, .Value.l = number};

    return mapi_prop_set(object, &value, 1);
}

HRESULT mapi_prop_set_bool(IMAPIProp *object, ULONG tag, bool truth)
{
    SPropValue value = {.ulPropTag = tag, .Value.b = truth};

    return mapi_prop_set(object, &value, 1);
}

HRESULT mapi_prop_delete(IMAPIProp *object, ULONG tag)
{
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropProblemArray *problems = NULL;
    HRESULT hr = object->lpVtbl->DeleteProps(object, (SPropTagArray *)&tags, &problems);

    if (SUCCEEDED(hr) && problems && problems->cProblem)
        hr = problems->aProblem[0].scode;
    mapi_free(problems);
    return hr;
}

LONG mapi_prop_long(IMAPIProp *object, ULONG tag, LONG fallback)
{
    SPropValue *value = NULL;

    if (FAILED(mapi_prop_get(object, tag, &value)))
        return fallback;
    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_LONG:
        fallback = value->Value.l;
        break;
    case PT_BOOLEAN:
        fallback = value->Value.b;
        break;
    case PT_I2:
        fallback = value->Value.i;
        break;
    }
    mapi_free(value);
    return fallback;
}

const SPropValue *mapi_prop_find(const SPropValue *values, ULONG count, ULONG tag)
{
    for (ULONG i = 0; values && i < count; i++)
        if (PROP_ID(values[i].ulPropTag) == PROP_ID(tag) && PROP_TYPE(values[i].ulPropTag) != PT_ERROR)
            return &values[i];
    return NULL;
}

const WCHAR *mapi_prop_text(const SPropValue *values, ULONG count, ULONG tag)
{
    const SPropValue *value = mapi_prop_find(values, count, tag);

    return value && PROP_TYPE(value->ulPropTag) == PT_UNICODE && value->Value.lpszW ? value->Value.lpszW : L"";
}

HRESULT mapi_prop_save(IMAPIProp *object)
{
    return object->lpVtbl->SaveChanges(object, KEEP_OPEN_READWRITE);
}
