/*
 * own_data.c: see own_data.h.
 *
 * Layer: tests.
 */
#include "own_data.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <cmocka.h>

static bool mapictl(const WCHAR *arguments)
{
    WCHAR bin[MAX_PATH], line[MAX_PATH + 200];
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DWORD code = 1;

    if (!GetEnvironmentVariableW(L"MAPIHOST_TEST_BIN", bin, ARRAYSIZE(bin)))
        return false;
    _snwprintf(line, ARRAYSIZE(line), L"\"%ls\\mapictl.exe\" %ls", bin, arguments);
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return false;
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    return code == 0;
}

/*
 * These programs wait for the end of one server after the other: it ends soon, unless a test says otherwise (a setting of the
 * machine goes before one of the user). tools/run-suite takes it back.
 */
static void end_soon(void)
{
    DWORD milliseconds = 100;
    HKEY key;

    if (RegCreateKeyExW(HKEY_CURRENT_USER, L"Software\\MapiHost", 0, NULL, 0, KEY_SET_VALUE | KEY_WOW64_64KEY, NULL, &key, NULL))
        return;
    RegSetValueExW(key, L"LingerTime", 0, REG_DWORD, (const BYTE *)&milliseconds, sizeof milliseconds);
    RegCloseKey(key);
}

bool own_data_begin(unsigned count)
{
    WCHAR temp[MAX_PATH], data[MAX_PATH + 8], arguments[80];
    IDispatch *session = NULL;

    settings_clear(); /* of a test that was stopped: MapiHost's settings are the machine's */
    /* One that runs on other data ends before the first test. */
    if (SUCCEEDED(disp_create(L"MapiHost.Session", &session)))
        owner_end(session);
    end_soon();
    if (!GetEnvironmentVariableW(L"MAPIHOST_TEST_TEMP", temp, ARRAYSIZE(temp)))
        return false;
    _snwprintf(data, ARRAYSIZE(data), L"%ls\\data", temp);
    SetEnvironmentVariableW(L"MAPIHOST_DATA", data);
    _snwprintf(arguments, ARRAYSIZE(arguments), L"create-mailbox m --count %u", count);
    return mapictl(L"create-mailbox owner --address owner@example.test --default --admin") && mapictl(arguments);
}

IDispatch *owner_session(void)
{
    return session_on(L"owner");
}

void owner_end(IDispatch *session)
{
    HANDLE server = server_process(session);

    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
    settings_clear();
    assert_true(server_end(server)); /* nothing keeps it */
}

IDispatch *open_mailbox(IDispatch *session, int number)
{
    WCHAR name[16];

    _snwprintf(name, ARRAYSIZE(name), L"m%d", number);
    return disp_object(session, L"OpenMailbox", "sb", name, 1);
}

IDispatch *unsaved_message(IDispatch *mailbox)
{
    IDispatch *messages = disp_path(mailbox, L"Inbox.Messages"), *message;

    if (!messages)
        return NULL;
    message = disp_object(messages, L"Add", "s", L"not saved");
    IDispatch_Release(messages);
    return message;
}

int many(int wanted)
{
    WCHAR server[16];

    GetEnvironmentVariableW(L"MAPIHOST_TEST_SERVER", server, ARRAYSIZE(server));
    return wcscmp(server, L"i686") || wanted < 270 ? wanted : 270;
}

void release_all(IDispatch **objects, size_t count)
{
    while (count--) {
        if (objects[count])
            IDispatch_Release(objects[count]);
        objects[count] = NULL;
    }
}
