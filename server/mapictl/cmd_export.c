/*
 * cmd_export.c: export: the messages of a folder as .eml, .msg or mbox files. Layer: mapictl.
 */
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapictl.h"
#include "mime_mapi.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

enum format {
    FORMAT_EML,
    FORMAT_MSG,
    FORMAT_MBOX,
};

struct export
{
    enum format format;
    WCHAR *target;
    HANDLE mbox;
    IAddrBook *book; /* borrowed from the session */
    unsigned done, failed;
};

static HRESULT write_all(HANDLE file, const void *data, size_t size)
{
    const char *p = data;
    while (size > 0) {
        DWORD written, part = size > 0x1000000 ? 0x1000000 : (DWORD)size;
        if (!WriteFile(file, p, part, &written, NULL))
            return HRESULT_FROM_WIN32(GetLastError());
        p += written;
        size -= written;
    }
    return S_OK;
}

/* "target\00012 subject.eml": the number keeps names apart; characters that files cannot have become '_'. */
static WCHAR *file_path(const struct export *export, const WCHAR *subject)
{
    size_t size = wcslen(export->target) + 96;
    WCHAR *path = malloc(size * sizeof *path);
    if (!path)
        exit(EXIT_FAILED);
    int length = swprintf(path, size, L"%ls\\%05u ", export->target, export->done + export->failed + 1);
    for (size_t i = 0; i < 60 && subject[i]; i++)
        path[length++] = subject[i] < ' ' || wcschr(L"/\\:*?\"<>|", subject[i]) ? '_' : subject[i];
    while (path[length - 1] == ' ' || path[length - 1] == '.')
        length--;
    wcscpy(path + length, export->format == FORMAT_MSG ? L".msg" : L".eml");
    return path;
}

/* A message file (MS-OXMSG) through the MAPI that is loaded. */
static HRESULT export_msg(IMessage *message, const WCHAR *path)
{
    IStorage *storage = NULL;
    IMessage *copy = NULL;
    static const CLSID message_class = {
        0x00020D0B, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}}; /* CLSID_MailMessage */
    if (!mapi.open_imsg_on_istg || !mapi.default_malloc)
        return MAPI_E_NO_SUPPORT;
    HRESULT hr = StgCreateDocfile(path, STGM_CREATE | STGM_READWRITE | STGM_TRANSACTED | STGM_SHARE_EXCLUSIVE,
                                  0, &storage);
    if (SUCCEEDED(hr))
        hr = mapi.open_imsg_on_istg(NULL, (LPALLOCATEBUFFER)mapi.allocate_buffer,
                                    (LPALLOCATEMORE)mapi.allocate_more, (LPFREEBUFFER)mapi.free_buffer,
                                    mapi.default_malloc(), NULL, storage, NULL, 0, MAPI_UNICODE, &copy);
    if (SUCCEEDED(hr))
        hr = WriteClassStg(storage, &message_class);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->CopyTo(message, 0, NULL, NULL, 0, NULL, &IID_IMessage, copy, 0, NULL);
    if (SUCCEEDED(hr))
        hr = copy->lpVtbl->SaveChanges(copy, KEEP_OPEN_READWRITE);
    if (SUCCEEDED(hr))
        hr = storage->lpVtbl->Commit(storage, STGC_DEFAULT);
    if (copy)
        copy->lpVtbl->Release(copy);
    if (storage)
        storage->lpVtbl->Release(storage);
    return SUCCEEDED(hr) ? S_OK : hr;
}

/* An mbox entry: "From " line, lines that begin with "From " quoted, an empty line. */
static HRESULT append_mbox(HANDLE file, const struct bytebuf *mail)
{
    struct bytebuf out = {0};
    bool line_start = true;
    bytebuf_text(&out, "From MAPI Mon Jan  1 00:00:00 2001\n");
    for (size_t i = 0; i < mail->size; i++) {
        uint8_t c = mail->data[i];
        if (line_start) {
            size_t k = i;
            while (k < mail->size && mail->data[k] == '>')
                k++;
            if (mail->size - k >= 5 && !memcmp(mail->data + k, "From ", 5))
                bytebuf_byte(&out, '>');
        }
        line_start = c == '\n';
        if (c != '\r' || i + 1 >= mail->size || mail->data[i + 1] != '\n')
            bytebuf_byte(&out, c);
    }
    bytebuf_text(&out, line_start ? "\n" : "\n\n");
    HRESULT hr = out.failed ? MAPI_E_NOT_ENOUGH_MEMORY : write_all(file, out.data, out.size);
    bytebuf_free(&out);
    return hr;
}

static HRESULT export_mail(const struct export *export, IMessage *message, const WCHAR *path)
{
    struct bytebuf mail = {0};
    HRESULT hr = mime_export(message, export->book, &mail);
    if (SUCCEEDED(hr) && export->format == FORMAT_MBOX) {
        hr = append_mbox(export->mbox, &mail);
    } else if (SUCCEEDED(hr)) {
        HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
        hr = file == INVALID_HANDLE_VALUE ? HRESULT_FROM_WIN32(GetLastError())
                                          : write_all(file, mail.data, mail.size);
        if (file != INVALID_HANDLE_VALUE)
            CloseHandle(file);
    }
    bytebuf_free(&mail);
    return hr;
}

static void export_row(struct export *export, IMAPIFolder *folder, const SBinary *id, const WCHAR *subject)
{
    WCHAR *path = export->format == FORMAT_MBOX ? NULL : file_path(export, subject);
    IMessage *message = NULL;
    ULONG type;
    HRESULT hr =
        folder->lpVtbl->OpenEntry(folder, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type, (IUnknown **)&message);
    if (SUCCEEDED(hr))
        hr = export->format == FORMAT_MSG ? export_msg(message, path) : export_mail(export, message, path);
    if (message)
        message->lpVtbl->Release(message);
    if (SUCCEEDED(hr)) {
        export->done++;
    } else {
        char *text = narrow(subject);
        export->failed++;
        fail(hr, "export: the message \"%s\"", text);
        free(text);
    }
    free(path);
    if ((export->done + export->failed) % 20 == 0)
        progress("%u messages", export->done);
}

static HRESULT export_folder(struct export *export, IMAPIFolder *folder)
{
    enum { COL_ID, COL_SUBJECT, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {COL_COUNT, {PR_ENTRYID, PR_SUBJECT_W}};
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {{PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_ASCEND}}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, (SSortOrderSet *)&sort, 100, &rows);
    while (SUCCEEDED(hr) && rows->cRows > 0) {
        for (ULONG i = 0; i < rows->cRows; i++) {
            const SPropValue *row = rows->aRow[i].lpProps;
            bool has_subject = PROP_TYPE(row[COL_SUBJECT].ulPropTag) == PT_UNICODE;
            if (PROP_TYPE(row[COL_ID].ulPropTag) == PT_BINARY)
                export_row(export, folder, &row[COL_ID].Value.bin,
                           has_subject ? row[COL_SUBJECT].Value.lpszW : L"");
        }
        mapi_rows_clear(&rows);
        hr = mapi_table_next(table, 100, &rows);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

static HRESULT open_target(struct export *export)
{
    if (export->format == FORMAT_MBOX) {
        export->mbox = CreateFileW(export->target, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
        return export->mbox == INVALID_HANDLE_VALUE ? HRESULT_FROM_WIN32(GetLastError()) : S_OK;
    }
    if (!CreateDirectoryW(export->target, NULL) && GetLastError() != ERROR_ALREADY_EXISTS)
        return HRESULT_FROM_WIN32(GetLastError());
    return S_OK;
}

int run_export(const struct command *command, int argc, const char **argv)
{
    static const char *const formats[] = {"eml", "msg", "mbox"};
    const char *profile = NULL, *path = NULL, *format = "eml";
    const struct option options[] = {{"--profile", &profile, NULL},
                                     {"--folder", &path, NULL},
                                     {"--format", &format, NULL},
                                     {NULL, NULL, NULL}};
    struct export export = {.mbox = INVALID_HANDLE_VALUE};
    struct arguments arguments;
    struct mapi_session *session = NULL;
    IMsgStore *store = NULL;
    IMAPIFolder *folder = NULL;
    int code = EXIT_USAGE;
    unsigned found = 0;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count != 1)
        return usage_error(command, "a target is needed");
    while (found < ARRAYSIZE(formats) && strcmp(formats[found], format))
        found++;
    if (found == ARRAYSIZE(formats))
        return usage_error(command, "--format takes eml, msg or mbox");
    export.format = (enum format)found;
    if (FAILED(mapi_begin(profile, &session)))
        return EXIT_FAILED;
    export.target = wide(arguments.items[0]);
    HRESULT hr = mapi_session_open_default_store(session, 0, &store);
    if (SUCCEEDED(hr))
        hr = folder_open(store, path, false, &folder);
    if (FAILED(hr))
        fail(hr, "export: the folder %s", path ? path : "for received mail");
    else if (FAILED(hr = open_target(&export)))
        fail(hr, "export: %s", arguments.items[0]);
    else if (mapi_session_address_book(session, &export.book), FAILED(hr = export_folder(&export, folder)))
        fail(hr, "export: the list of messages");
    if (SUCCEEDED(hr)) {
        progress(NULL);
        say("%u messages exported, %u failed\n", export.done, export.failed);
    }
    if (export.mbox != INVALID_HANDLE_VALUE)
        CloseHandle(export.mbox);
    if (folder)
        folder->lpVtbl->Release(folder);
    mapi_store_close(store);
    free(export.target);
    mapi_end(session);
    return FAILED(hr) || export.failed ? EXIT_FAILED : EXIT_DONE;
}
