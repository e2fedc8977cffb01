/*
 * server.c: running as a COM server.
 *
 * Layer: server/process. The main thread joins the MTA, registers the class factory and then only waits for the end.
 */
#include "server.h"
#include "apartment.h"
#include "clients.h"
#include "lifetime.h"
#include "security.h"
#include "watchdog.h"
#include "wine_stubs.h"
#include "worker.h"

#define END_WAIT_MS 10000 /* for apartments that still release their MAPI */
#define LATE_MS     500   /* for a client that has the class object, but no session yet */

/* The client's standard handles are none of our business: a pipe must not stay open because the server runs on. */
static void leave_standard_handles(void)
{
    static const DWORD ids[] = {STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE};
    size_t i;

    for (i = 0; i < ARRAYSIZE(ids); i++) {
        HANDLE handle = GetStdHandle(ids[i]);

        SetStdHandle(ids[i], NULL);
        if (handle && handle != INVALID_HANDLE_VALUE)
            CloseHandle(handle);
    }
    FreeConsole();
}

static void on_session(struct auto_object *root, int change)
{
    if (change > 0)
        lifetime_hold();
    else {
        clients_forget(root);
        lifetime_release();
    }
}

HRESULT server_begin(const struct server_options *options)
{
    HRESULT hr;

    leave_standard_handles();
    hr = CoInitializeEx(NULL, COINIT_MULTITHREADED);
    if (SUCCEEDED(hr))
        hr = security_start(options->appid);
    if (SUCCEEDED(hr))
        wine_stubs_keep();
    if (SUCCEEDED(hr))
        hr = lifetime_start();
    worker_setup(options->is_worker ? 0 : options->settings->max_workers);
    if (SUCCEEDED(hr))
        apartment_setup(options->settings->max_apartments, on_session);
    if (SUCCEEDED(hr))
        watchdog_start(options->settings->call_timeout, options->is_worker);
    return hr;
}

void server_end(void)
{
    apartment_end_all(END_WAIT_MS);
    CoUninitialize();
}

HRESULT server_run(const struct server_options *options)
{
    DWORD cookie = 0;
    HRESULT hr = server_begin(options);

    if (SUCCEEDED(hr))
        hr = CoRegisterClassObject(options->clsid,
                                   (IUnknown *)factory_get(options->make, options->settings->isolate_sessions),
                                   CLSCTX_LOCAL_SERVER, REGCLS_MULTIPLEUSE | REGCLS_SUSPENDED, &cookie);
    if (SUCCEEDED(hr))
        hr = CoResumeClassObjects();
    if (SUCCEEDED(hr))
        lifetime_wait(options->first_client_ms, options->settings->linger_time);
    if (cookie)
        CoRevokeClassObject(cookie);
    /* Wine suspends no class objects: a client may have found this one just before, and be on its way. */
    if (cookie)
        lifetime_wait(LATE_MS, 0);
    server_end();
    return hr;
}
