/*
 * bench.c: runs the benchmarks and writes the table and bench.json. See bench.h; `make bench` starts it.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define MAX_RESULTS 32

static struct {
    char name[96];
    double ratio, bound;
    enum bench_bound kind;
    BOOL ok;
} results[MAX_RESULTS];
static size_t result_count;

double bench_now(void)
{
    LARGE_INTEGER frequency, counter;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&counter);
    return (double)counter.QuadPart / (double)frequency.QuadPart;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double bench_median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, compare_doubles);
    return n ? values[n / 2] : 0;
}

void bench_result(const char *name, double ratio, enum bench_bound kind, double bound)
{
    BOOL ok = kind == BENCH_AT_MOST ? ratio <= bound : ratio >= bound;

    if (result_count < MAX_RESULTS) {
        lstrcpynA(results[result_count].name, name, ARRAYSIZE(results[0].name));
        results[result_count].ratio = ratio;
        results[result_count].bound = bound;
        results[result_count].kind = kind;
        results[result_count++].ok = ok;
    }
    printf("%-68s %10.3f  %s %-7g %s\n", name, ratio, kind == BENCH_AT_MOST ? "<=" : ">=", bound, ok ? "ok" : "OUT");
    fflush(stdout);
}

IDispatch *bench_logon(const WCHAR *profile)
{
    IDispatch *session = NULL;
    HRESULT hr = disp_create(L"MapiHost.Session", &session);

    if (SUCCEEDED(hr))
        hr = disp_run(session, L"Logon", "ssbb", profile, L"", 0, 1);
    if (FAILED(hr)) {
        fprintf(stderr, "bench: logon to %ls: 0x%08lX %ls\n", profile, (unsigned long)hr, disp_error()->description);
        if (session)
            IDispatch_Release(session);
        return NULL;
    }
    return session;
}

static int write_json(const WCHAR *path)
{
    FILE *file = _wfopen(path, L"w");

    if (!file) {
        fprintf(stderr, "bench: cannot write %ls\n", path);
        return 1;
    }
    fprintf(file, "[\n");
    for (size_t i = 0; i < result_count; i++)
        fprintf(file, "  {\"name\": \"%s\", \"ratio\": %.4f, \"bound\": %g, \"verdict\": \"%s\"}%s\n", results[i].name,
                results[i].ratio, results[i].bound, results[i].ok ? "ok" : "out", i + 1 < result_count ? "," : "");
    fprintf(file, "]\n");
    return fclose(file) ? 1 : 0;
}

/* The value of --name in the arguments, or fallback. */
static const WCHAR *option(int argc, WCHAR **argv, const WCHAR *name, const WCHAR *fallback)
{
    for (int i = 1; i + 1 < argc; i++)
        if (!wcscmp(argv[i], name))
            return argv[i + 1];
    return fallback;
}

int wmain(int argc, WCHAR **argv)
{
    static const struct {
        const char *name;
        HRESULT (*run)(const struct bench_options *);
    } parts[] = {
        {"calls", bench_calls},     {"rows", bench_rows},     {"mailboxes", bench_mailboxes},
        {"clients", bench_clients}, {"import", bench_import},
    };
    const WCHAR *only = option(argc, argv, L"--only", NULL);
    struct bench_options options = {
        .mapi_dll = option(argc, argv, L"--mapi", L"mapilocal.dll"),
        .profile = option(argc, argv, L"--profile", L"bench"),
        .maildir = option(argc, argv, L"--mail", NULL),
        .mapictl = option(argc, argv, L"--mapictl", L"mapictl.exe"),
        .messages = _wtol(option(argc, argv, L"--messages", L"10000")),
        .mailboxes = _wtol(option(argc, argv, L"--mailboxes", L"1000")),
    };
    int failures = 0;

    setvbuf(stdout, NULL, _IONBF, 0);
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (size_t i = 0; i < ARRAYSIZE(parts); i++) {
        WCHAR wide[32];
        HRESULT hr;

        MultiByteToWideChar(CP_ACP, 0, parts[i].name, -1, wide, ARRAYSIZE(wide));
        if (only && wcscmp(only, wide))
            continue;
        hr = parts[i].run(&options);
        if (FAILED(hr)) {
            fprintf(stderr, "bench: %s could not run: 0x%08lX %ls\n", parts[i].name, (unsigned long)hr,
                    disp_error()->description);
            failures++;
        }
    }
    failures += write_json(option(argc, argv, L"--json", L"bench.json"));
    for (size_t i = 0; i < result_count; i++)
        failures += !results[i].ok;
    printf("%u ratios, %d out of bounds or not measured\n", (unsigned)result_count, failures);
    CoUninitialize();
    return failures != 0;
}
