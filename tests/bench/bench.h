/*
 * bench.h: what the benchmarks share: the clock, the results, the session under test.
 *
 * Every figure is a ratio of two times (or of two sizes) measured in the same run on the same machine, so that it means the
 * same everywhere. A benchmark adds its ratios with bench_result and answers S_OK, or an HRESULT when it could not run.
 */
#ifndef BENCH_H
#define BENCH_H

#include "../support/dispatch.h"

struct bench_options {
    const WCHAR *mapi_dll; /* the MAPI to load in-process */
    const WCHAR *profile;  /* of the mailbox with the large folder */
    const WCHAR *maildir;  /* directory of .eml files to import; NULL: that part is skipped */
    const WCHAR *mapictl;  /* path of mapictl.exe */
    LONG messages;         /* in the large folder */
    LONG mailboxes;        /* to open at once, named bench0001 … */
};

enum bench_bound { BENCH_AT_MOST, BENCH_AT_LEAST };

/* Records and prints one ratio. The name is stable: it goes to bench.json. */
void bench_result(const char *name, double ratio, enum bench_bound kind, double bound);
/* Seconds since some start. */
double bench_now(void);
/* The median of n values; sorts them. */
double bench_median(double *values, size_t n);
/* A new MapiHost.Session that is logged on; NULL after a message to stderr. */
IDispatch *bench_logon(const WCHAR *profile);

HRESULT bench_calls(const struct bench_options *options);     /* bench_calls.c: a member call against the no-op server's */
HRESULT bench_rows(const struct bench_options *options);      /* bench_rows.c: GetRows, in-process MAPI, the loop */
HRESULT bench_mailboxes(const struct bench_options *options); /* bench_mailboxes.c: opening many, memory of each */
HRESULT bench_clients(const struct bench_options *options);   /* bench_clients.c: two clients against one */
HRESULT bench_import(const struct bench_options *options);    /* bench_import.c: import against plain SQLite */

#endif
