/*
 * main.c: mapihost.exe: the command line, and what is wired to what.
 *
 * Layer: the top. It knows the classes that can be created and the processes that serve them; nothing knows it.
 */
#include "apartment.h"
#include "auto.h"
#include "clients.h"
#include "diagnostics.h"
#include "error_table.h"
#include "event_log.h"
#include "event_sinks.h"
#include "mapi_store.h"
#include "mailbox.h"
#include "mapi_exchange.h"
#include "mapihost.h"
#include "read_only.h"
#include "registration.h"
#include "server.h"
#include "session.h"
#include "session_share.h"
#include "session_workers.h"
#include "settings.h"
#include "call_record.h"
#include "worker.h"
#include "version.h"

#include <shellapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define FIRST_CLIENT_MS 60000 /* COM gives a server this long; so does the server */

static const WCHAR usage[] =
    L"MapiHost " TEXT(MAPIHOST_VERSION_TEXT) L": Extended MAPI in a process of its own, for automation clients.\n"
    L"\n"
    L"mapihost /RegServer [/PerUser]          registers the server, for the machine or for this user\n"
    L"mapihost /UnregServer [/PerUser]        takes that back\n"
    L"mapihost /RegFile FILE [EXE] [/PerUser] writes the registration as a .reg file (for the path EXE)\n"
    L"mapihost -Embedding                     serves clients; COM starts it so\n";

/* Writes to the console or file that started this program (a GUI program has none of its own). */
static void say(bool error, const WCHAR *format, ...)
{
    HANDLE out = GetStdHandle(error ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
    WCHAR text[2048];
    char bytes[4096];
    DWORD written;
    va_list args;
    int n;

    if (!out || out == INVALID_HANDLE_VALUE) {
        AttachConsole(ATTACH_PARENT_PROCESS);
        out = GetStdHandle(error ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
    }
    va_start(args, format);
    n = _vsnwprintf(text, ARRAYSIZE(text) - 1, format, args);
    va_end(args);
    text[n < 0 ? (int)ARRAYSIZE(text) - 1 : n] = 0;
    n = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (n > 1)
        WriteFile(out, bytes, n - 1, &written, NULL);
}

static bool lookup_error(HRESULT hr, struct auto_error_text *text)
{
    const struct error_row *row = error_table_find(hr);

    if (!row)
        return false;
    text->symbol = row->symbol;
    text->reason = row->text;
    text->hint = row->hint && *row->hint ? row->hint : NULL;
    return true;
}

static bool is_option(const WCHAR *arg, const WCHAR *name)
{
    return (arg[0] == '/' || arg[0] == '-') && !_wcsicmp(arg + 1, name);
}

/* Takes /PerUser out of the arguments; true if it was there. */
static bool take_per_user(int *argc, WCHAR **argv)
{
    int i, kept = 0;

    for (i = 0; i < *argc; i++)
        if (!is_option(argv[i], L"PerUser"))
            argv[kept++] = argv[i];
    if (kept == *argc)
        return false;
    *argc = kept;
    return true;
}

static int report(const WCHAR *what, HRESULT hr)
{
    if (SUCCEEDED(hr)) {
        say(false, L"mapihost: %ls\n", what);
        return 0;
    }
    if (hr == E_ACCESSDENIED)
        say(true, L"mapihost: not %ls: access denied. Run it as an administrator, or add /PerUser.\n", what);
    else
        say(true, L"mapihost: not %ls: error 0x%08lX.\n", what, (unsigned long)hr);
    return 1;
}

/* ---- what the layers tell each other through callbacks ------------------------------------------------------------ */

static HRESULT start_worker(void **worker, IMhWorker **control, DWORD *process_id)
{
    struct worker *made;
    HRESULT hr = worker_start(true, &made);

    *worker = NULL;
    *control = NULL;
    if (FAILED(hr))
        return hr;
    *worker = made;
    *control = made->control;
    IMhWorker_AddRef(made->control);
    *process_id = made->process_id;
    return S_OK;
}

static void release_worker(void *worker, DWORD milliseconds)
{
    worker_release(worker, milliseconds);
}

static HRESULT watch_worker(void *worker, void (*ended)(void *context), void *context)
{
    return worker_watch(worker, ended, context);
}

/* Who, what; the event log adds when. */
static void log_privileged_open(struct auto_object *session, const WCHAR *name, const WCHAR *dn, HRESULT result)
{
    WCHAR user[256];

    event_log_user(user, ARRAYSIZE(user));
    event_log_write(EVENT_PRIVILEGED_OPEN, FAILED(result),
                    L"%ls opened the mailbox \"%ls\" (%ls) with an administrator's rights, for the client process %lu: "
                    L"result 0x%08lX.",
                    user, name, dn, clients_process_of(session), (unsigned long)result);
}

/* As a server, or as a worker that hands itself over through a pipe. */
static int serve(const WCHAR *pipe, DWORD parent)
{
    struct settings settings;
    struct server_options options = {
        .clsid = &CLSID_Session,
        .appid = &APPID_MapiHost,
        .make = session_make,
        .settings = &settings,
        .is_worker = pipe && parent,
        .first_client_ms = FIRST_CLIENT_MS,
    };

    settings_read(&settings);
    call_record_start();
    mapi_slots_set_max((LONG)settings.max_stores_per_process);
    diagnostics_setup(&(struct diagnostics_sources){
        .threads = apartment_count, .clients = clients_count, .workers = worker_count, .max_workers = worker_limit});
    if (!pipe || !parent) /* a worker of a session has none of its own; an isolated session's process has */
        session_workers_setup(&(struct session_worker_source){
            .start = start_worker,
            .watch = watch_worker,
            .release = release_worker,
            .client = clients_process_of,
            .count = worker_count,
            .limit = worker_limit});
    mapi_store_set_calls(auto_call_serial);
    session_share_setup();
    auto_set_session(session_alias);
    event_sinks_setup();
    auto_set_explainer(session_explain);
    mailbox_set_audit(log_privileged_open);
    if (settings.separate_connections)
        session_set_connect_flags(CONNECT_USE_SEPARATE_CONNECTION);
    if (settings.read_only)
        read_only_enforce();
    return SUCCEEDED(pipe ? worker_run(&options, pipe, parent) : server_run(&options)) ? 0 : 1;
}

static int run(int argc, WCHAR **argv)
{
    bool per_user = take_per_user(&argc, argv);
    const WCHAR *command = argc > 1 ? argv[1] : L"/?";

    if (is_option(command, L"Embedding") || is_option(command, L"Automation"))
        return serve(NULL, 0);
    if (is_option(command, L"Worker") && argc > 3)
        return serve(argv[2], wcstoul(argv[3], NULL, 10));
    if (is_option(command, L"RegServer"))
        return report(L"registered", registration_add(per_user));
    if (is_option(command, L"UnregServer"))
        return report(L"unregistered", registration_remove(per_user));
    if (is_option(command, L"RegFile") && argc > 2)
        return report(L"written", registration_write(per_user, argv[2], argc > 3 ? argv[3] : NULL));
    say(!is_option(command, L"?"), L"%ls", usage);
    return is_option(command, L"?") ? 0 : 2;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, WCHAR *line, int show)
{
    WCHAR **argv;
    int argc, code;
    HRESULT hr;

    (void)previous, (void)line, (void)show;
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
    argv = CommandLineToArgvW(GetCommandLineW(), &argc);
    hr = auto_start(instance, lookup_error);
    if (!argv || FAILED(hr)) {
        say(true, L"mapihost: cannot start: error 0x%08lX.\n", (unsigned long)hr);
        return 1;
    }
    code = run(argc, argv);
    auto_stop();
    LocalFree(argv);
    return code;
}
