/*
 * bench_mapi.h: in-process MAPI for the benchmarks, as a plain MAPI program uses it.
 */
#ifndef BENCH_MAPI_H
#define BENCH_MAPI_H

#include "mapi_abi.h"

struct bench_mapi {
    HMODULE module;
    HRESULT(WINAPI *initialize)(void *);
    void(WINAPI *uninitialize)(void);
    HRESULT(WINAPI *logon)(ULONG_PTR, LPWSTR, LPWSTR, ULONG, IMAPISession **);
    ULONG(WINAPI *free_buffer)(void *);
    IMAPISession *session;
    IMsgStore *store;
    IMAPIFolder *inbox;
};

/* Loads MAPI, logs on, opens the default store and its receive folder. Close whatever it answers. */
HRESULT bench_mapi_open(const WCHAR *dll, const WCHAR *profile, struct bench_mapi *mapi);
void bench_mapi_close(struct bench_mapi *mapi);
void bench_mapi_free_rows(struct bench_mapi *mapi, SRowSet *rows);
/* The folder of this name below the Inbox, made if it is not there, with at least `messages` messages in it. */
HRESULT bench_mapi_fill(struct bench_mapi *mapi, const WCHAR *name, LONG messages, IMAPIFolder **folder);

#endif
