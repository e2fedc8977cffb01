/*
 * bench_rows.c: reading a large folder: Messages.GetRows in one call, the same table in-process by MAPI, and a loop over
 * Messages(i) with one call per value, as old scripts do it.
 */
#include "bench.h"
#include "bench_mapi.h"

#include <stdio.h>

#define COLUMNS 8
#define ROUNDS 9
#define LOOP_ROWS 50 /* the loop is measured on some rows and scaled up: it is slow */

static const ULONG tags[COLUMNS] = {
    PR_SUBJECT_W, PR_SENDER_NAME_W, PR_SENDER_EMAIL_ADDRESS_W, PR_MESSAGE_DELIVERY_TIME,
    PR_CLIENT_SUBMIT_TIME, PR_IMPORTANCE, PR_MESSAGE_SIZE, PR_MESSAGE_FLAGS,
};

/* Reads the whole contents table in-process. */
static HRESULT read_in_process(struct bench_mapi *mapi, IMAPIFolder *folder, LONG expected, double *seconds)
{
    SizedSPropTagArray(COLUMNS, columns) = {COLUMNS, {0}};
    IMAPITable *table = NULL;
    LONG got = 0, batch = 1;
    double start = bench_now();
    HRESULT hr;

    for (int i = 0; i < COLUMNS; i++)
        columns.aulPropTag[i] = tags[i];
    hr = folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0);
    while (SUCCEEDED(hr) && batch > 0) {
        SRowSet *rows = NULL;

        hr = table->lpVtbl->QueryRows(table, 1000, 0, &rows);
        batch = SUCCEEDED(hr) ? (LONG)rows->cRows : 0;
        got += batch;
        bench_mapi_free_rows(mapi, rows);
    }
    if (table)
        table->lpVtbl->Release(table);
    *seconds = bench_now() - start;
    return SUCCEEDED(hr) && got != expected ? E_FAIL : hr;
}

static HRESULT column_array(VARIANT *out)
{
    SAFEARRAY *array = SafeArrayCreateVector(VT_VARIANT, 0, COLUMNS);
    VARIANT *values;

    if (!array || FAILED(SafeArrayAccessData(array, (void **)&values)))
        return E_OUTOFMEMORY;
    for (int i = 0; i < COLUMNS; i++) {
        V_VT(&values[i]) = VT_I4;
        V_I4(&values[i]) = (LONG)tags[i];
    }
    SafeArrayUnaccessData(array);
    V_VT(out) = VT_ARRAY | VT_VARIANT;
    V_ARRAY(out) = array;
    return S_OK;
}

static HRESULT read_by_rows(IDispatch *messages, const VARIANT *columns, LONG expected, double *seconds)
{
    double start = bench_now();
    LONG last = -1;
    VARIANT rows;
    HRESULT hr;

    hr = disp_get(messages, L"GetRows", &rows, "v", columns);
    *seconds = bench_now() - start;
    if (SUCCEEDED(hr) && V_ISARRAY(&rows))
        SafeArrayGetUBound(V_ARRAY(&rows), 1, &last);
    VariantClear(&rows);
    return SUCCEEDED(hr) && last + 1 != expected ? E_FAIL : hr;
}

static HRESULT read_by_loop(IDispatch *messages, double *seconds)
{
    static const WCHAR *const names[COLUMNS] = {L"Subject",  L"SenderName", L"SenderEmailAddress", L"TimeReceived",
                                                L"TimeSent", L"Importance", L"Size",               L"Unread"};
    double start = bench_now();
    HRESULT hr = S_OK;

    for (LONG i = 1; SUCCEEDED(hr) && i <= LOOP_ROWS; i++) {
        for (int c = 0; SUCCEEDED(hr) && c < COLUMNS; c++) {
            IDispatch *message = disp_object(messages, L"Item", "i", i);
            VARIANT value;

            hr = message ? disp_get(message, names[c], &value, "") : E_FAIL;
            if (SUCCEEDED(hr))
                VariantClear(&value);
            if (message)
                IDispatch_Release(message);
        }
    }
    *seconds = bench_now() - start;
    return hr;
}

static HRESULT compare(const struct bench_options *options, struct bench_mapi *mapi, IMAPIFolder *folder,
                       IDispatch *messages)
{
    double in_process[ROUNDS], by_rows[ROUNDS], ratio[ROUNDS], loop = 0;
    VARIANT columns;
    HRESULT hr = column_array(&columns);

    for (int round = 0; SUCCEEDED(hr) && round < ROUNDS; round++) {
        hr = read_in_process(mapi, folder, options->messages, &in_process[round]);
        if (SUCCEEDED(hr))
            hr = read_by_rows(messages, &columns, options->messages, &by_rows[round]);
        if (SUCCEEDED(hr))
            ratio[round] = by_rows[round] / in_process[round];
    }
    if (SUCCEEDED(hr))
        hr = read_by_loop(messages, &loop);
    if (SUCCEEDED(hr)) {
        bench_result("rows: GetRows / the same table read in-process by MAPI", bench_median(ratio, ROUNDS), BENCH_AT_MOST,
                     2.0);
        bench_result("rows: a loop over Messages(i).Property / GetRows",
                     loop * options->messages / LOOP_ROWS / bench_median(by_rows, ROUNDS), BENCH_AT_LEAST, 50);
    }
    VariantClear(&columns);
    return hr;
}

HRESULT bench_rows(const struct bench_options *options)
{
    IDispatch *session = NULL, *folders = NULL, *target = NULL, *messages = NULL;
    struct bench_mapi mapi;
    IMAPIFolder *folder = NULL;
    HRESULT hr = bench_mapi_open(options->mapi_dll, options->profile, &mapi);

    if (SUCCEEDED(hr))
        hr = bench_mapi_fill(&mapi, L"Bench", options->messages, &folder);
    if (SUCCEEDED(hr)) {
        session = bench_logon(options->profile);
        folders = session ? disp_path(session, L"Inbox.Folders") : NULL;
        target = folders ? disp_object(folders, L"Item", "s", L"Bench") : NULL;
        messages = target ? disp_object(target, L"Messages", "") : NULL;
        hr = messages ? compare(options, &mapi, folder, messages) : E_FAIL;
    }
    for (int i = 0; i < 3; i++) {
        IDispatch *object = i == 0 ? messages : i == 1 ? target : folders;

        if (object)
            IDispatch_Release(object);
    }
    if (session) {
        disp_run(session, L"Logoff", "");
        IDispatch_Release(session);
    }
    if (folder)
        folder->lpVtbl->Release(folder);
    bench_mapi_close(&mapi);
    return hr;
}
