/*
 * bench_calls.c: what a member call costs beyond crossing the process boundary: MapiHost's Session.LoggedOn and Session.Version
 * against the same members of the no-op server, by IDispatch as scripts call. Rounds alternate, so that load on the machine
 * falls on both.
 */
#include "bench.h"

#define ROUNDS 31
#define CALLS 200

static HRESULT time_calls(IDispatch *object, DISPID id, double *seconds)
{
    DISPPARAMS none = {NULL, NULL, 0, 0};
    double start = bench_now();

    for (int i = 0; i < CALLS; i++) {
        VARIANT result;
        HRESULT hr;

        VariantInit(&result);
        hr = IDispatch_Invoke(object, id, &IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &none, &result, NULL, NULL);
        VariantClear(&result);
        if (FAILED(hr))
            return hr;
    }
    *seconds = bench_now() - start;
    return S_OK;
}

static HRESULT compare_member(IDispatch *ours, IDispatch *noop, const WCHAR *name, const char *title)
{
    double ratios[ROUNDS], mine, theirs;
    DISPID ours_id = 0, noop_id = 0;
    HRESULT hr;

    hr = IDispatch_GetIDsOfNames(ours, &IID_NULL, (LPOLESTR *)&name, 1, LOCALE_USER_DEFAULT, &ours_id);
    if (SUCCEEDED(hr))
        hr = IDispatch_GetIDsOfNames(noop, &IID_NULL, (LPOLESTR *)&name, 1, LOCALE_USER_DEFAULT, &noop_id);
    for (int round = 0; SUCCEEDED(hr) && round < ROUNDS; round++) {
        hr = time_calls(noop, noop_id, &theirs);
        if (SUCCEEDED(hr))
            hr = time_calls(ours, ours_id, &mine);
        if (SUCCEEDED(hr))
            ratios[round] = mine / theirs;
    }
    if (SUCCEEDED(hr))
        bench_result(title, bench_median(ratios, ROUNDS), BENCH_AT_MOST, 1.15);
    return hr;
}

HRESULT bench_calls(const struct bench_options *options)
{
    IDispatch *session = bench_logon(options->profile), *noop = NULL;
    HRESULT hr = session ? disp_create(L"NoopBench.Noop", &noop) : E_FAIL;

    if (SUCCEEDED(hr))
        hr = compare_member(session, noop, L"LoggedOn", "call: Session.LoggedOn / the same on a no-op server");
    if (SUCCEEDED(hr))
        hr = compare_member(session, noop, L"Version", "call: Session.Version / the same on a no-op server");
    if (noop)
        IDispatch_Release(noop);
    if (session) {
        disp_run(session, L"Logoff", "");
        IDispatch_Release(session);
    }
    return hr;
}
