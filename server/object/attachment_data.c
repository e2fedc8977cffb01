/*
 * attachment_data.c: what an attachment holds: data, links, OLE objects, messages.
 *
 * Layer: server/object.
 */
#include "attachments.h"

#include "hex.h"
#include "mapi_file.h"
#include "mapi_prop.h"
#include "variant.h"

LONG attachment_type_of(LONG method)
{
    switch (method) {
    case ATTACH_BY_REFERENCE:
    case ATTACH_BY_REF_RESOLVE:
    case ATTACH_BY_REF_ONLY:
        return CdoFileLink;
    case ATTACH_EMBEDDED_MSG:
        return CdoEmbeddedMessage;
    case ATTACH_OLE:
        return CdoOLE;
    default:
        return CdoFileData;
    }
}

LONG attachment_method_of(LONG type)
{
    switch (type) {
    case CdoFileLink:
        return ATTACH_BY_REF_ONLY;
    case CdoEmbeddedMessage:
        return ATTACH_EMBEDDED_MSG;
    case CdoOLE:
        return ATTACH_OLE;
    default:
        return ATTACH_BY_VALUE;
    }
}

HRESULT attachment_set_name(IAttach *attach, const WCHAR *name)
{
    WCHAR short_name[13];
    SPropValue values[4] = {
        {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (WCHAR *)name},
        {.ulPropTag = PR_ATTACH_LONG_FILENAME_W, .Value.lpszW = (WCHAR *)name},
        {.ulPropTag = PR_ATTACH_FILENAME_W, .Value.lpszW = short_name},
        {.ulPropTag = PR_ATTACH_EXTENSION_W, .Value.lpszW = (WCHAR *)mapi_file_extension(name)},
    };

    mapi_file_short_name(name, short_name);
    return mapi_prop_set(MAPI_PROP(attach), values, *name ? 4 : 1);
}

/* An attachment that was added without a name takes that of its file. */
static HRESULT name_after_file(IAttach *attach, const WCHAR *path)
{
    SPropValue *name = NULL;
    HRESULT hr = mapi_prop_get(MAPI_PROP(attach), PR_ATTACH_LONG_FILENAME_W, &name);
    bool named = SUCCEEDED(hr) && *mapi_prop_text(name, 1, PR_ATTACH_LONG_FILENAME_W);

    mapi_free(name);
    return named ? S_OK : attachment_set_name(attach, mapi_file_name(path));
}

HRESULT attachment_stream(IAttach *attach, bool writable, IStream **out)
{
    ULARGE_INTEGER nothing = {.QuadPart = 0};
    HRESULT hr =
        mapi_prop_stream(MAPI_PROP(attach), PR_ATTACH_DATA_BIN, writable ? MAPI_MODIFY | MAPI_CREATE : 0, out);

    if (SUCCEEDED(hr) && writable)
        IStream_SetSize(*out, nothing); /* a stream that cannot shrink was just created */
    return hr;
}

static HRESULT require_absolute(struct auto_object *self, const WCHAR *path)
{
    if (mapi_file_is_absolute(path))
        return S_OK;
    return auto_fail(self, MAPI_E_INVALID_PARAMETER,
                     L"\"%ls\" is not a full path. The server does not know the caller's current folder: write "
                     L"drive and folder, or server and share.",
                     path);
}

static HRESULT explain_file(struct auto_object *self, HRESULT hr, const WCHAR *path)
{
    switch (hr) {
    case MAPI_E_NOT_FOUND:
        return auto_fail(self, hr, L"the file \"%ls\" is not there, or its folder. Check the path.", path);
    case MAPI_E_NO_ACCESS:
        return auto_fail(self, hr, L"the file \"%ls\" may not be used, or another program uses it.", path);
    default:
        return hr;
    }
}

static HRESULT open_storage(IAttach *attach, bool modify, IStorage **out)
{
    return attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IStorage,
                                        modify ? STGM_READWRITE | STGM_SHARE_EXCLUSIVE : STGM_READ | STGM_SHARE_EXCLUSIVE,
                                        modify ? MAPI_CREATE | MAPI_MODIFY : 0, (IUnknown **)out);
}

/* CdoOLE: the file is an OLE docfile, which is copied as a storage. */
static HRESULT read_docfile(IAttach *attach, const WCHAR *path)
{
    IStorage *file = NULL, *storage = NULL;
    HRESULT hr = mapi_file_open_storage(path, &file);

    if (SUCCEEDED(hr))
        hr = open_storage(attach, true, &storage);
    if (SUCCEEDED(hr))
        hr = IStorage_CopyTo(file, 0, NULL, NULL, storage);
    if (SUCCEEDED(hr))
        hr = IStorage_Commit(storage, STGC_DEFAULT);
    if (storage)
        IStorage_Release(storage);
    if (file)
        IStorage_Release(file);
    return hr;
}

static HRESULT write_docfile(IAttach *attach, const WCHAR *path)
{
    IStorage *file = NULL, *storage = NULL;
    HRESULT hr = open_storage(attach, false, &storage);

    if (SUCCEEDED(hr)) {
        hr = StgCreateDocfile(path, STGM_CREATE | STGM_READWRITE | STGM_SHARE_EXCLUSIVE, 0, &file);
        if (hr == STG_E_PATHNOTFOUND || hr == STG_E_INVALIDNAME)
            hr = MAPI_E_NOT_FOUND;
        else if (hr == STG_E_ACCESSDENIED || hr == STG_E_SHAREVIOLATION)
            hr = MAPI_E_NO_ACCESS;
    }
    if (SUCCEEDED(hr))
        hr = IStorage_CopyTo(storage, 0, NULL, NULL, file);
    if (SUCCEEDED(hr))
        hr = IStorage_Commit(file, STGC_DEFAULT);
    if (file)
        IStorage_Release(file);
    if (storage)
        IStorage_Release(storage);
    return hr;
}

static HRESULT no_file(struct auto_object *self, LONG type)
{
    if (type == CdoFileLink)
        return auto_fail(self, MAPI_E_NO_SUPPORT, L"the attachment is a link: its file is the one that Source names");
    return auto_fail(self, MAPI_E_NO_SUPPORT,
                     L"the attachment is a message. Use EmbeddedMessage.SaveAs, or Source to embed another one.");
}

HRESULT attachment_read_file(struct auto_object *self, IAttach *attach, const WCHAR *path)
{
    LONG method = mapi_prop_long(MAPI_PROP(attach), PR_ATTACH_METHOD, NO_ATTACHMENT);
    LONG type = attachment_type_of(method);
    IStream *stream = NULL;
    HRESULT hr = require_absolute(self, path);

    if (SUCCEEDED(hr) && (type == CdoFileLink || type == CdoEmbeddedMessage))
        return no_file(self, type);
    if (SUCCEEDED(hr) && GetFileAttributesW(path) == INVALID_FILE_ATTRIBUTES) /* before the old content goes */
        hr = mapi_file_error(GetLastError());
    if (SUCCEEDED(hr) && type == CdoOLE)
        hr = read_docfile(attach, path);
    else if (SUCCEEDED(hr)) {
        hr = attachment_stream(attach, true, &stream);
        if (SUCCEEDED(hr))
            hr = mapi_file_to_stream(path, stream);
        if (stream)
            IStream_Release(stream);
        if (SUCCEEDED(hr) && method != ATTACH_BY_VALUE)
            hr = mapi_prop_set_long(MAPI_PROP(attach), PR_ATTACH_METHOD, ATTACH_BY_VALUE);
    }
    if (SUCCEEDED(hr))
        hr = name_after_file(attach, path);
    return explain_file(self, hr, path);
}

HRESULT attachment_write_file(struct auto_object *self, IAttach *attach, const WCHAR *path)
{
    LONG type = attachment_type_of(mapi_prop_long(MAPI_PROP(attach), PR_ATTACH_METHOD, ATTACH_BY_VALUE));
    IStream *stream = NULL;
    HRESULT hr = require_absolute(self, path);

    if (SUCCEEDED(hr) && (type == CdoFileLink || type == CdoEmbeddedMessage))
        return no_file(self, type);
    if (SUCCEEDED(hr) && type == CdoOLE)
        return explain_file(self, write_docfile(attach, path), path);
    if (SUCCEEDED(hr)) {
        hr = attachment_stream(attach, false, &stream);
        if (hr == MAPI_E_NOT_FOUND)
            return auto_fail(self, hr, L"the attachment has no content");
    }
    if (SUCCEEDED(hr))
        hr = explain_file(self, mapi_file_from_stream(path, stream), path);
    if (stream)
        IStream_Release(stream);
    return hr;
}

HRESULT attachment_set_link(IAttach *attach, const WCHAR *path)
{
    SPropValue values[3] = {
        {.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_BY_REF_ONLY},
        {.ulPropTag = PR_ATTACH_LONG_PATHNAME_W, .Value.lpszW = (WCHAR *)path},
        {.ulPropTag = PR_ATTACH_PATHNAME_W, .Value.lpszW = (WCHAR *)path},
    };
    HRESULT hr = mapi_prop_set(MAPI_PROP(attach), values, 3);

    return SUCCEEDED(hr) ? name_after_file(attach, path) : hr;
}

HRESULT attachment_embed(IAttach *attach, IMessage *message)
{
    SPropValue *subject = NULL, *name = NULL;
    IMessage *copy = NULL;
    HRESULT hr = mapi_prop_set_long(MAPI_PROP(attach), PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG);

    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                                          (IUnknown **)&copy);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
    if (SUCCEEDED(hr))
        hr = copy->lpVtbl->SaveChanges(copy, 0);
    if (copy)
        copy->lpVtbl->Release(copy);
    /* Without a name of its own the attachment is called as the message. */
    if (SUCCEEDED(hr) && (FAILED(mapi_prop_get(MAPI_PROP(attach), PR_DISPLAY_NAME_W, &name)) ||
                          !*mapi_prop_text(name, 1, PR_DISPLAY_NAME_W)) &&
        SUCCEEDED(mapi_prop_get(MAPI_PROP(message), PR_SUBJECT_W, &subject)))
        hr = mapi_prop_set_string(MAPI_PROP(attach), PR_DISPLAY_NAME_W, mapi_prop_text(subject, 1, PR_SUBJECT_W));
    mapi_free(subject);
    mapi_free(name);
    return hr;
}

HRESULT attachment_read_bytes(IAttach *attach, VARIANT *value)
{
    IStream *stream = NULL;
    BYTE *bytes = NULL;
    ULONG size = 0;
    HRESULT hr = attachment_stream(attach, false, &stream);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = mapi_stream_read_all(stream, NULL, &bytes, &size);
    else if (hr == MAPI_E_NOT_FOUND) /* nothing was ever written */
        hr = S_OK;
    if (SUCCEEDED(hr))
        hr = variant_set_bytes(value, bytes, size);
    mapi_free(bytes);
    if (stream)
        IStream_Release(stream);
    return hr;
}

HRESULT attachment_write_bytes(IAttach *attach, const uint8_t *bytes, uint32_t size)
{
    IStream *stream = NULL;
    HRESULT hr = attachment_stream(attach, true, &stream);

    if (SUCCEEDED(hr))
        hr = mapi_stream_write_all(stream, bytes, size);
    if (SUCCEEDED(hr))
        hr = mapi_stream_commit(stream);
    if (stream)
        IStream_Release(stream);
    return SUCCEEDED(hr) ? mapi_prop_set_long(MAPI_PROP(attach), PR_ATTACH_METHOD, ATTACH_BY_VALUE) : hr;
}
