/*
 * message_file.c: Message.SaveAs and Import: .msg, .eml and text files.
 *
 * Layer: server/object. A .msg file is a compound file with an IMessage on it, which MAPI makes (OpenIMsgOnIStg); .eml is
 * RFC 822 text by server/mime. Paths are those of the server process.
 */
#include "message.h"

#include "file_bytes.h"
#include "mapi_file.h"
#include "mime_mapi.h"
#include "object_util.h"
#include <string.h>
#include <wchar.h>

/* {00020D0B-0000-0000-C000-000000000046}: what Outlook looks for in a .msg file. */
static const CLSID clsid_mail_message = {0x00020D0B, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

/* The type that an argument names, or else what the file's name ends with. */
static HRESULT file_type(struct message *self, const WCHAR *path, const VARIANT *argument, LONG *type)
{
    const WCHAR *dot = wcsrchr(path, L'.');
    HRESULT hr;

    *type = MhMsg;
    if (dot && !lstrcmpiW(dot, L".eml"))
        *type = MhEml;
    else if (dot && !lstrcmpiW(dot, L".txt"))
        *type = MhText;
    hr = variant_get_long(argument, *type, type);
    if (SUCCEEDED(hr) && *type == 9) /* Outlook's Unicode .msg: all of ours are */
        *type = MhMsg;
    if (FAILED(hr) || (*type != MhMsg && *type != MhEml && *type != MhText))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the type must be MhMsg, MhEml or MhText");
    return S_OK;
}

/* ---- .msg ---------------------------------------------------------------------------------------------------------- */

static HRESULT open_on_storage(struct message *self, IStorage *storage, ULONG flags, IMessage **out)
{
    SCODE code;

    *out = NULL;
    if (!mapi.open_imsg_on_istg)
        return auto_fail(&self->base, MAPI_E_NO_SUPPORT, L"this MAPI has no .msg files");
    code = mapi.open_imsg_on_istg(NULL, mapi.allocate_buffer, mapi.allocate_more, mapi.free_buffer,
                                  mapi.default_malloc ? mapi.default_malloc() : NULL, NULL, storage, NULL, 0, flags,
                                  out);
    return code;
}

static HRESULT copy_message(IMessage *from, IMessage *to)
{
    SPropProblemArray *problems = NULL;
    HRESULT hr = from->lpVtbl->CopyTo(from, 0, NULL, NULL, 0, NULL, &IID_IMessage, to, 0, &problems);

    mapi_free(problems); /* properties that the other side computes */
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT save_msg(struct message *self, const WCHAR *path)
{
    IStorage *storage = NULL;
    IMessage *from, *file = NULL;
    HRESULT hr = message_open(self, &from);

    if (SUCCEEDED(hr)) {
        hr = StgCreateDocfile(path, STGM_READWRITE | STGM_TRANSACTED | STGM_SHARE_EXCLUSIVE | STGM_CREATE, 0,
                              &storage);
        if (FAILED(hr))
            auto_fail(&self->base, hr, L"the file \"%ls\" cannot be written", path);
    }
    if (SUCCEEDED(hr))
        hr = open_on_storage(self, storage, MAPI_UNICODE, &file);
    if (SUCCEEDED(hr))
        hr = WriteClassStg(storage, &clsid_mail_message);
    if (SUCCEEDED(hr))
        hr = copy_message(from, file);
    if (SUCCEEDED(hr))
        hr = file->lpVtbl->SaveChanges(file, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(hr))
        hr = IStorage_Commit(storage, STGC_DEFAULT);
    if (file)
        file->lpVtbl->Release(file);
    if (storage)
        IStorage_Release(storage);
    return hr;
}

static HRESULT import_msg(struct message *self, const WCHAR *path)
{
    IStorage *storage = NULL;
    IMessage *to, *file = NULL;
    HRESULT hr = message_open(self, &to);

    if (SUCCEEDED(hr)) {
        hr = mapi_file_open_storage(path, &storage);
        if (FAILED(hr))
            auto_fail(&self->base, hr, L"\"%ls\" cannot be read as a .msg file", path);
    }
    if (SUCCEEDED(hr))
        hr = open_on_storage(self, storage, 0, &file);
    if (SUCCEEDED(hr))
        hr = copy_message(file, to);
    if (file)
        file->lpVtbl->Release(file);
    if (storage)
        IStorage_Release(storage);
    return hr;
}

/* ---- .eml and text ---------------------------------------------------------------------------------------------------- */

static HRESULT save_eml(struct message *self, const VARIANT *path)
{
    struct mapi_session *session;
    struct bytebuf text = {0};
    IAddrBook *book = NULL;
    IMessage *from;
    HRESULT hr = message_open(self, &from);

    if (SUCCEEDED(hr) && SUCCEEDED(object_session(&self->base, &session)))
        mapi_session_address_book(session, &book); /* without one the message's own addresses must do */
    if (SUCCEEDED(hr))
        hr = mime_export(from, book, &text);
    if (SUCCEEDED(hr) && text.failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        hr = file_write_bytes(&self->base, path, text.data, (ULONG)text.size);
    bytebuf_free(&text);
    return hr;
}

static HRESULT import_eml(struct message *self, const VARIANT *path)
{
    struct mime_import options = {.read = true};
    BYTE *bytes = NULL;
    ULONG size = 0;
    FILETIME now;
    IMessage *to;
    HRESULT hr = message_open(self, &to);

    GetSystemTimeAsFileTime(&now);
    options.now = (int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime);
    if (SUCCEEDED(hr))
        hr = file_read_bytes(&self->base, path, &bytes, &size);
    if (SUCCEEDED(hr))
        hr = mime_import((const char *)bytes, size, &options, NULL, to);
    mapi_free(bytes);
    return hr;
}

static HRESULT save_text(struct message *self, const VARIANT *path)
{
    BYTE *bytes = NULL;
    BSTR text = NULL;
    ULONG size = 0;
    HRESULT hr = message_body_get(self, MhFormatText, &text);

    if (SUCCEEDED(hr))
        hr = file_encode_text(text, &bytes, &size);
    if (SUCCEEDED(hr))
        hr = file_write_bytes(&self->base, path, bytes, size);
    mapi_free(bytes);
    SysFreeString(text);
    return hr;
}

static HRESULT import_text(struct message *self, const VARIANT *path)
{
    BYTE *bytes = NULL;
    WCHAR *text = NULL;
    ULONG size = 0;
    HRESULT hr = file_read_bytes(&self->base, path, &bytes, &size);

    if (SUCCEEDED(hr))
        hr = file_decode_text(bytes, size, &text);
    if (SUCCEEDED(hr))
        hr = message_body_put(self, MhFormatText, text);
    mapi_free(bytes);
    mapi_free(text);
    return hr;
}

/* ---- the members -------------------------------------------------------------------------------------------------------- */

HRESULT STDMETHODCALLTYPE message_SaveAs(IMhMessage *iface, VARIANT path, VARIANT type)
{
    struct message *self = message_from(iface);
    BSTR name = NULL;
    struct auto_call call;
    LONG kind = MhMsg;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &path);
    if (SUCCEEDED(hr))
        hr = file_path_arg(&self->base, &path, &name);
    if (SUCCEEDED(hr))
        hr = file_type(self, name, &type, &kind);
    if (SUCCEEDED(hr))
        hr = kind == MhMsg ? save_msg(self, name) : kind == MhEml ? save_eml(self, &path) : save_text(self, &path);
    SysFreeString(name);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE message_Import(IMhMessage *iface, VARIANT path, VARIANT type)
{
    struct message *self = message_from(iface);
    BSTR name = NULL;
    struct auto_call call;
    LONG kind = MhMsg;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    auto_arg_variant(&call, &path);
    if (SUCCEEDED(hr))
        hr = file_path_arg(&self->base, &path, &name);
    if (SUCCEEDED(hr))
        hr = file_type(self, name, &type, &kind);
    if (SUCCEEDED(hr)) {
        auto_close_children(&self->base); /* recipients and attachments are others afterwards */
        hr = kind == MhMsg ? import_msg(self, name) : kind == MhEml ? import_eml(self, &path) : import_text(self, &path);
    }
    message_changed(self);
    SysFreeString(name);
    return auto_leave(&call, hr);
}
