/*
 * bench_mapi.c: in-process MAPI for the benchmarks. See bench_mapi.h.
 */
#include "bench_mapi.h"

#include <stdio.h>
#include <wchar.h>

#ifndef MAPI_NO_COINIT
#define MAPI_NO_COINIT 0x8 /* missing in mingw-w64 */
#endif

void bench_mapi_free_rows(struct bench_mapi *mapi, SRowSet *rows)
{
    for (ULONG i = 0; rows && i < rows->cRows; i++)
        mapi->free_buffer(rows->aRow[i].lpProps);
    mapi->free_buffer(rows);
}

static HRESULT open_default_store(struct bench_mapi *mapi)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue yes = {.ulPropTag = PR_DEFAULT_STORE, .Value.b = TRUE};
    SRestriction is_default = {.rt = RES_PROPERTY,
                               .res.resProperty = {.relop = RELOP_EQ, .ulPropTag = PR_DEFAULT_STORE, .lpProp = &yes}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr;

    hr = mapi->session->lpVtbl->GetMsgStoresTable(mapi->session, 0, &table);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->Restrict(table, &is_default, 0);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->QueryRows(table, 1, 0, &rows);
    if (SUCCEEDED(hr) && !rows->cRows)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) {
        SBinary *id = &rows->aRow[0].lpProps[0].Value.bin;

        hr = mapi->session->lpVtbl->OpenMsgStore(mapi->session, 0, id->cb, (ENTRYID *)id->lpb, NULL,
                                                 MDB_NO_DIALOG | MDB_WRITE | MAPI_BEST_ACCESS, &mapi->store);
    }
    bench_mapi_free_rows(mapi, rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT bench_mapi_open(const WCHAR *dll, const WCHAR *profile, struct bench_mapi *mapi)
{
    MAPIINIT_0 init = {MAPI_INIT_VERSION, MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT};
    ENTRYID *id = NULL;
    ULONG size = 0, type = 0;
    HRESULT hr;

    memset(mapi, 0, sizeof *mapi);
    mapi->module = LoadLibraryW(dll);
    if (!mapi->module)
        return HRESULT_FROM_WIN32(GetLastError());
    mapi->initialize = (void *)GetProcAddress(mapi->module, "MAPIInitialize");
    mapi->uninitialize = (void *)GetProcAddress(mapi->module, "MAPIUninitialize");
    mapi->logon = (void *)GetProcAddress(mapi->module, "MAPILogonEx");
    mapi->free_buffer = (void *)GetProcAddress(mapi->module, "MAPIFreeBuffer");
    hr = mapi->initialize(&init);
    if (FAILED(hr)) {
        mapi->uninitialize = NULL;
        return hr;
    }
    hr = mapi->logon(0, (WCHAR *)profile, NULL, MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_UNICODE,
                     &mapi->session);
    if (SUCCEEDED(hr))
        hr = open_default_store(mapi);
    if (SUCCEEDED(hr))
        hr = mapi->store->lpVtbl->GetReceiveFolder(mapi->store, (LPTSTR)L"IPM.Note", MAPI_UNICODE, &size, &id, NULL);
    if (SUCCEEDED(hr))
        hr = mapi->store->lpVtbl->OpenEntry(mapi->store, size, id, NULL, MAPI_MODIFY, &type,
                                            (IUnknown **)&mapi->inbox);
    mapi->free_buffer(id);
    return hr;
}

void bench_mapi_close(struct bench_mapi *mapi)
{
    ULONG flags = LOGOFF_NO_WAIT;

    if (mapi->inbox)
        mapi->inbox->lpVtbl->Release(mapi->inbox);
    if (mapi->store) {
        mapi->store->lpVtbl->StoreLogoff(mapi->store, &flags);
        mapi->store->lpVtbl->Release(mapi->store);
    }
    if (mapi->session) {
        mapi->session->lpVtbl->Logoff(mapi->session, 0, 0, 0);
        mapi->session->lpVtbl->Release(mapi->session);
    }
    if (mapi->uninitialize)
        mapi->uninitialize();
    if (mapi->module)
        FreeLibrary(mapi->module);
    memset(mapi, 0, sizeof *mapi);
}

static HRESULT add_message(IMAPIFolder *folder, LONG n)
{
    WCHAR subject[64], sender[64];
    FILETIME time = {(DWORD)n * 10000000u, 0x01D80000u + (DWORD)n / 400};
    SPropValue values[] = {
        {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = subject},
        {.ulPropTag = PR_SENDER_NAME_W, .Value.lpszW = sender},
        {.ulPropTag = PR_SENDER_EMAIL_ADDRESS_W, .Value.lpszW = L"sender@example.test"},
        {.ulPropTag = PR_MESSAGE_DELIVERY_TIME, .Value.ft = time},
        {.ulPropTag = PR_CLIENT_SUBMIT_TIME, .Value.ft = time},
        {.ulPropTag = PR_IMPORTANCE, .Value.l = n % 3},
        {.ulPropTag = PR_BODY_W, .Value.lpszW = L"A body of a few words.\r\nAnd a second line."},
    };
    IMessage *message = NULL;
    HRESULT hr;

    _snwprintf(subject, ARRAYSIZE(subject), L"%lsBenchmark message %ld", n % 4 ? L"" : L"RE: ", (long)n);
    _snwprintf(sender, ARRAYSIZE(sender), L"Sender %ld", (long)n % 97);
    hr = folder->lpVtbl->CreateMessage(folder, NULL, 0, &message);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->SetProps(message, ARRAYSIZE(values), values, NULL);
    if (SUCCEEDED(hr))
        hr = message->lpVtbl->SaveChanges(message, 0);
    if (message)
        message->lpVtbl->Release(message);
    return hr;
}

HRESULT bench_mapi_fill(struct bench_mapi *mapi, const WCHAR *name, LONG messages, IMAPIFolder **folder)
{
    IMAPITable *table = NULL;
    ULONG count = 0;
    HRESULT hr;

    *folder = NULL;
    hr = mapi->inbox->lpVtbl->CreateFolder(mapi->inbox, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL,
                                           OPEN_IF_EXISTS | MAPI_UNICODE, folder);
    if (SUCCEEDED(hr))
        hr = (*folder)->lpVtbl->GetContentsTable(*folder, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->GetRowCount(table, 0, &count);
    if (table)
        table->lpVtbl->Release(table);
    if (SUCCEEDED(hr) && (LONG)count < messages)
        printf("making %ld messages\n", (long)(messages - (LONG)count));
    for (LONG n = (LONG)count; SUCCEEDED(hr) && n < messages; n++)
        hr = add_message(*folder, n);
    return hr;
}
