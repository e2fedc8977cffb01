/*
 * deliver_pickup.c: mail for addresses that are not local, as .eml files in the pickup folder.
 *
 * Layer: provider, store part. One file per message: X-Sender and one X-Receiver line for each address, as the
 * pickup folders of Windows' mail servers take them, then the mail as RFC 822 text. The file is written under
 * a temporary name, flushed and renamed, so that whoever watches the folder never sees half a mail.
 */
#include "deliver.h"
#include "mime_mapi.h"
#include "charset.h"
#include <stdlib.h>
#include <string.h>

/* The MIME code calls MAPI through the client's table of entry points; here they are this library's own. */
static void bind_mapi(void)
{
    mapi.allocate_more = MAPIAllocateMore;
    mapi.free_buffer = MAPIFreeBuffer;
    mapi.allocate_buffer = MAPIAllocateBuffer;
}

static void add_line(struct bytebuf *out, const char *name, const WCHAR *address)
{
    bytebuf_text(out, name);
    bytebuf_text(out, ": ");
    for (const WCHAR *c = address; *c; c++) /* an address is one line, whatever is in it */
        if (*c >= 0x20 && *c < 0x7f)
            bytebuf_byte(out, (uint8_t)*c);
        else if (*c >= 0x80)
            charset_utf16_to_utf8(c, 1, out);
    bytebuf_text(out, "\r\n");
}

/* Takes the Bcc lines out of a mail's headers: the others are not to know. */
static void drop_bcc_lines(struct bytebuf *mail, size_t start)
{
    size_t from = start, to = start;
    bool dropping = false, headers = true;
    while (from < mail->size) {
        size_t end = from;
        while (end < mail->size && mail->data[end] != '\n')
            end++;
        end += end < mail->size;
        if (headers && (mail->data[from] == '\r' || mail->data[from] == '\n'))
            headers = dropping = false;
        else if (headers && mail->data[from] != ' ' && mail->data[from] != '\t')
            dropping = end - from > 4 && !_strnicmp((const char *)mail->data + from, "bcc:", 4);
        if (!dropping) {
            memmove(mail->data + to, mail->data + from, end - from);
            to += end - from;
        }
        from = end;
    }
    mail->size = to;
}

static HRESULT error_of_windows(void)
{
    switch (GetLastError()) {
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL: return MAPI_E_NOT_ENOUGH_DISK;
    case ERROR_ACCESS_DENIED:
    case ERROR_WRITE_PROTECT: return MAPI_E_NO_ACCESS;
    default: return MAPI_E_CALL_FAILED;
    }
}

static HRESULT write_file(const WCHAR *path, const struct bytebuf *bytes)
{
    size_t done = 0;
    HRESULT hr = S_OK;
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return error_of_windows();
    while (SUCCEEDED(hr) && done < bytes->size) {
        DWORD put = 0, now = bytes->size - done > 1u << 20 ? 1u << 20 : (DWORD)(bytes->size - done);
        if (!WriteFile(file, bytes->data + done, now, &put, NULL) || !put)
            hr = error_of_windows();
        done += put;
    }
    if (SUCCEEDED(hr) && !FlushFileBuffers(file))
        hr = error_of_windows();
    CloseHandle(file);
    if (FAILED(hr))
        DeleteFileW(path);
    return hr;
}

/* The name of the file: the mailbox, the message and the time of its submission, so that a submission that is sent on
 * after a crash has the same one. */
static bool file_name(const struct message *message, WCHAR *name /* 80 */)
{
    const struct propbag_entry *time = propbag_find(message->msg->props, PROP_ID(PR_CLIENT_SUBMIT_TIME));
    FILETIME when = time && !time->lazy ? time->value.Value.ft : (FILETIME){0};
    if (!StringFromGUID2(store_guid(message->prop.base.store), name, 40))
        return false;
    wsprintfW(name + lstrlenW(name), L"-%08lX-%08lX%08lX", (ULONG)message->msg->id, when.dwHighDateTime, when.dwLowDateTime);
    return true;
}

/* FOLDER\NAME.eml, written as FOLDER\NAME.tmp. */
static HRESULT put_mail(const char *folder, const struct message *message, const struct bytebuf *mail)
{
    WCHAR path[MAX_PATH], temporary[MAX_PATH], name[80];
    int n = MultiByteToWideChar(CP_UTF8, 0, folder, -1, path, MAX_PATH);
    if (n <= 1 || n > MAX_PATH - 90)
        return MAPI_E_NOT_FOUND;
    CreateDirectoryW(path, NULL); /* it may be there */
    if (!file_name(message, name))
        return MAPI_E_CALL_FAILED;
    lstrcatW(path, L"\\");
    lstrcatW(path, name);
    lstrcpyW(temporary, path);
    lstrcatW(path, L".eml");
    lstrcatW(temporary, L".tmp");
    HRESULT hr = write_file(temporary, mail);
    if (SUCCEEDED(hr) && !MoveFileExW(temporary, path, MOVEFILE_WRITE_THROUGH | MOVEFILE_REPLACE_EXISTING)) {
        hr = error_of_windows();
        DeleteFileW(temporary);
    }
    return hr;
}

HRESULT deliver_pickup(struct message *message, const WCHAR *sender, const struct route *route)
{
    struct session *session = message->prop.base.session;
    IMAPISession *mapi_session = session_interface(session);
    const char *folder = session_pickup_folder(session);
    IAddrBook *book = NULL;
    struct bytebuf mail = {0};
    if (!folder || !*folder)
        return MAPI_E_NOT_FOUND;
    bind_mapi();
    add_line(&mail, "X-Sender", sender ? sender : L"");
    for (ULONG i = 0; i < route->remote_count; i++)
        add_line(&mail, "X-Receiver", route->remote[i]);
    HRESULT hr = mapi_session->lpVtbl->OpenAddressBook(mapi_session, 0, NULL, AB_NO_DIALOG, &book);
    if (FAILED(hr))
        book = NULL; /* then addresses are as they are in the message */
    size_t start = mail.size;
    hr = mime_export((IMessage *)message, book, &mail);
    if (SUCCEEDED(hr) && mail.failed)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (SUCCEEDED(hr))
        drop_bcc_lines(&mail, start);
    if (SUCCEEDED(hr))
        hr = put_mail(folder, message, &mail);
    bytebuf_free(&mail);
    if (book)
        IUnknown_Release((IUnknown *)book);
    return hr;
}
