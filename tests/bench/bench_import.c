/*
 * bench_import.c: importing mail with mapictl against writing the same bytes into plain SQLite: one table of blobs, one
 * commit per mail, the same durability (WAL, synchronous=FULL). Rounds alternate, so that load on the machine falls on both.
 */
#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define ROUNDS 3

struct files {
    WCHAR (*paths)[MAX_PATH];
    size_t count, room;
};

/* Collects the .eml files below a directory. */
static void collect(struct files *files, const WCHAR *directory)
{
    WIN32_FIND_DATAW found;
    WCHAR pattern[MAX_PATH], path[MAX_PATH];
    HANDLE search;

    _snwprintf(pattern, MAX_PATH, L"%ls\\*", directory);
    search = FindFirstFileW(pattern, &found);
    for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &found)) {
        if (found.cFileName[0] == L'.')
            continue;
        _snwprintf(path, MAX_PATH, L"%ls\\%ls", directory, found.cFileName);
        if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) {
            collect(files, path);
            continue;
        }
        if (files->count == files->room) {
            size_t room = files->room ? files->room * 2 : 256;
            void *grown = realloc(files->paths, room * sizeof *files->paths);

            if (!grown)
                break;
            files->paths = grown;
            files->room = room;
        }
        lstrcpynW(files->paths[files->count++], path, MAX_PATH);
    }
    if (search != INVALID_HANDLE_VALUE)
        FindClose(search);
}

static BOOL store_file(sqlite3 *db, sqlite3_stmt *insert, const WCHAR *path)
{
    FILE *file = _wfopen(path, L"rb");
    char *data = NULL;
    long size = 0;
    BOOL ok = file && !fseek(file, 0, SEEK_END) && (size = ftell(file)) >= 0 && !fseek(file, 0, SEEK_SET) &&
              (data = malloc((size_t)size + 1)) && fread(data, 1, (size_t)size, file) == (size_t)size;

    if (ok) {
        sqlite3_bind_blob(insert, 1, data, (int)size, SQLITE_STATIC);
        ok = sqlite3_step(insert) == SQLITE_DONE && sqlite3_reset(insert) == SQLITE_OK && sqlite3_get_autocommit(db);
    }
    free(data);
    if (file)
        fclose(file);
    return ok;
}

static HRESULT write_plain(const struct files *files, double *seconds)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *insert = NULL;
    double start = bench_now();
    BOOL ok;

    remove("bench-plain.db");
    ok = sqlite3_open("bench-plain.db", &db) == SQLITE_OK &&
         sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE mail(id INTEGER PRIMARY KEY, data)",
                      NULL, NULL, NULL) == SQLITE_OK &&
         sqlite3_prepare_v2(db, "INSERT INTO mail(data) VALUES(?)", -1, &insert, NULL) == SQLITE_OK;
    for (size_t i = 0; ok && i < files->count; i++)
        ok = store_file(db, insert, files->paths[i]);
    sqlite3_finalize(insert);
    sqlite3_close(db);
    *seconds = bench_now() - start;
    remove("bench-plain.db");
    return ok ? S_OK : E_FAIL;
}

static HRESULT import(const struct bench_options *options, double *seconds)
{
    WCHAR line[4 * MAX_PATH];
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    DWORD code = 1;
    double start = bench_now();

    _snwprintf(line, ARRAYSIZE(line), L"\"%ls\" import --quiet --profile %ls --folder \"Bench import\" \"%ls\"",
               options->mapictl, options->profile, options->maildir);
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return HRESULT_FROM_WIN32(GetLastError());
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    CloseHandle(process.hThread);
    CloseHandle(process.hProcess);
    *seconds = bench_now() - start;
    return code > 1 ? E_FAIL : S_OK; /* 1: some mails had problems */
}

HRESULT bench_import(const struct bench_options *options)
{
    struct files files = {0};
    double plain[ROUNDS], imported[ROUNDS];
    HRESULT hr;

    if (!options->maildir)
        return S_OK;
    collect(&files, options->maildir);
    hr = files.count ? S_OK : E_FAIL;
    for (int round = 0; SUCCEEDED(hr) && round < ROUNDS; round++) {
        hr = write_plain(&files, &plain[round]);
        if (SUCCEEDED(hr))
            hr = import(options, &imported[round]);
    }
    if (SUCCEEDED(hr))
        bench_result("import: mapictl import / writing the same bytes into plain SQLite",
                     bench_median(imported, ROUNDS) / bench_median(plain, ROUNDS), BENCH_AT_MOST, 4.0);
    free(files.paths);
    return hr;
}
