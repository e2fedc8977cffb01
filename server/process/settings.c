/*
 * settings.c: the server's settings in the registry.
 *
 * Layer: server/process.
 */
#include "settings.h"

static DWORD read_value(const WCHAR *name, DWORD fallback, DWORD low, DWORD high)
{
    static const HKEY roots[] = {HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER};
    DWORD value = fallback, size = sizeof value;
    size_t i;

    for (i = 0; i < ARRAYSIZE(roots); i++) {
        HKEY key;
        LSTATUS status;

        if (RegOpenKeyExW(roots[i], L"Software\\MapiHost", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key))
            continue;
        size = sizeof value;
        status = RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, &value, &size);
        RegCloseKey(key);
        if (!status)
            break;
        value = fallback;
    }
    return value < low ? low : value > high ? high : value;
}

void settings_read(struct settings *settings)
{
    settings->max_stores_per_process = read_value(L"MaxStoresPerProcess", 240, 2, 100000);
    settings->max_workers = read_value(L"MaxWorkers", 16, 0, 1000);
    settings->max_apartments = read_value(L"MaxApartments", 48, 1, 1000);
    settings->call_timeout = read_value(L"CallTimeout", 0, 0, 86400);
    settings->linger_time = read_value(L"LingerTime", 2000, 0, 3600000);
    settings->isolate_sessions = read_value(L"Isolation", 0, 0, 1) == 1;
    settings->separate_connections = read_value(L"UseSeparateConnections", 0, 0, 1) != 0;
    settings->read_only = read_value(L"ReadOnly", 0, 0, 1) != 0;
}
