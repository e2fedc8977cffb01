/*
 * cmd_import.c: import: mails from files into a folder. Layer: mapictl.
 */
#include "mail_files.h"
#include "mapi_exchange.h"
#include "mapi_file.h"
#include "mapictl.h"
#include "msg_check.h"
#include "mime_mapi.h"

#include <stdlib.h>
#include <string.h>

struct import {
    IMAPIFolder *folder;
    bool read, quiet;
    unsigned imported, with_problems, failed;
    HRESULT fatal; /* ends the import: the disk is full, the store is gone */
};

/* Copies an Outlook message file, opened through the MAPI that is loaded, into a new message. */
static HRESULT import_msg(const WCHAR *path, struct mime_report *report, IMessage *message)
{
    IStorage *storage = NULL;
    IMessage *source = NULL;
    SPropProblemArray *problems = NULL;
    if (!mapi.open_imsg_on_istg || !mapi.default_malloc)
        return MAPI_E_NO_SUPPORT;
    HRESULT hr = mapi_file_open_storage(path, &storage);
    if (SUCCEEDED(hr))
        hr = mapi.open_imsg_on_istg(NULL, (LPALLOCATEBUFFER)mapi.allocate_buffer,
                                    (LPALLOCATEMORE)mapi.allocate_more, (LPFREEBUFFER)mapi.free_buffer,
                                    mapi.default_malloc(), NULL, storage, NULL, 0, 0, &source);
    if (SUCCEEDED(hr))
        hr = source->lpVtbl->CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IMessage, message, 0, &problems);
    for (ULONG i = 0; SUCCEEDED(hr) && problems && i < problems->cProblem; i++)
        if (problems->aProblem[i].scode != MAPI_E_COMPUTED)
            mime_report_add(report, "property 0x%08X could not be stored (0x%08X)",
                            (unsigned)problems->aProblem[i].ulPropTag, (unsigned)problems->aProblem[i].scode);
    mapi_free(problems);
    if (SUCCEEDED(hr)) {
        msg_check(storage, report);
        msg_check_copy(storage, message, report);
    }
    if (source)
        source->lpVtbl->Release(source);
    if (storage)
        storage->lpVtbl->Release(storage);
    return SUCCEEDED(hr) ? S_OK : hr;
}

static void print_report(const struct found_mail *mail, const struct mime_report *report)
{
    char *path = narrow(mail->path);
    for (size_t i = 0; i < report->count; i++) {
        if (mail->number)
            say("%s (mail %u): %s\n", path, mail->number, report->lines[i]);
        else
            say("%s: %s\n", path, report->lines[i]);
    }
    free(path);
}

static bool import_mail(void *context, const struct found_mail *mail)
{
    struct import *import = context;
    struct mime_report report = {.count = 0};
    struct mime_import options = {
        .now = mail->arrived, .read = import->read || mail->seen, .draft = mail->draft};
    IMessage *message = NULL;
    HRESULT hr = import->folder->lpVtbl->CreateMessage(import->folder, NULL, 0, &message);
    if (SUCCEEDED(hr))
        hr = mail->kind == MAIL_MSG    ? import_msg(mail->path, &report, message)
             : mail->kind == MAIL_TNEF ? mime_import_tnef(mail->text, mail->size, &options, &report, message)
                                       : mime_import(mail->text, mail->size, &options, &report, message);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->SaveChanges(message, 0);
    if (message)
        message->lpVtbl->Release(message);
    if (SUCCEEDED(hr)) {
        import->imported++;
        import->with_problems += report.count > 0;
        if (!import->quiet)
            print_report(mail, &report);
    } else {
        char *path = narrow(mail->path);
        import->failed++;
        fail(hr, "import: %s", path);
        free(path);
    }
    if (hr == MAPI_E_NOT_ENOUGH_DISK || hr == MAPI_E_STORE_FULL || hr == MAPI_E_NETWORK_ERROR)
        import->fatal = hr;
    mime_report_free(&report);
    if (!import->quiet && (import->imported + import->failed) % 20 == 0)
        progress("%u mails", import->imported);
    return SUCCEEDED(import->fatal);
}

static void unreadable(void *context, const WCHAR *path, DWORD error)
{
    struct import *import = context;
    char *name = narrow(path);
    import->failed++;
    fail(HRESULT_FROM_WIN32(error), "import: %s", name);
    free(name);
}

int run_import(const struct command *command, int argc, const char **argv)
{
    const char *profile = NULL, *folder = NULL;
    struct import import = {.folder = NULL};
    const struct option options[] = {{"--profile", &profile, NULL},
                                     {"--folder", &folder, NULL},
                                     {"--read", NULL, &import.read},
                                     {"--quiet", NULL, &import.quiet},
                                     {NULL, NULL, NULL}};
    const struct mail_visitor visitor = {import_mail, unreadable, &import};
    struct arguments arguments;
    struct mapi_session *session = NULL;
    IMsgStore *store = NULL;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    if (arguments.count == 0)
        return usage_error(command, "a file or folder is needed");
    if (FAILED(mapi_begin(profile, &session)))
        return EXIT_FAILED;
    HRESULT hr = mapi_session_open_default_store(session, MDB_WRITE, &store);
    if (FAILED(hr)) {
        fail(hr, "import: opening the mailbox");
    } else {
        hr = folder_open(store, folder, true, &import.folder);
        if (FAILED(hr))
            fail(hr, "import: the folder %s", folder ? folder : "for received mail");
    }
    for (int i = 0; SUCCEEDED(hr) && SUCCEEDED(import.fatal) && i < arguments.count; i++) {
        WCHAR *path = wide(arguments.items[i]);
        mail_files_visit(path, &visitor);
        free(path);
    }
    if (SUCCEEDED(hr)) {
        progress(NULL);
        say("%u mails imported, %u with problems, %u failed\n", import.imported, import.with_problems,
            import.failed);
    }
    if (import.folder)
        import.folder->lpVtbl->Release(import.folder);
    mapi_store_close(store);
    mapi_end(session);
    return FAILED(hr) || import.failed ? EXIT_FAILED : EXIT_DONE;
}
