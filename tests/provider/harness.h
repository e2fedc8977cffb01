/*
 * harness.h: what the provider's tests start from: mapilocal.dll loaded by path, a fresh data folder with
 * three mailboxes, a profile and a session. Only documented MAPI calls reach the DLL, except for making mailboxes.
 *
 * Mailboxes: demo (the profile's user), anna, and admin (an administrator). Environment: MAPIHOST_TEST_BIN and
 * MAPIHOST_DATA, set by tools/run-suite.
 */
#ifndef TESTS_HARNESS_H
#define TESTS_HARNESS_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "mapi_abi.h"
#include "mapi_exchange.h"
#include <cmocka.h>

struct mapi_dll {
    HMODULE module;
    HRESULT(WINAPI *initialize)(void *init);
    void(WINAPI *uninitialize)(void);
    HRESULT(WINAPI *logon_ex)(ULONG_PTR window, LPTSTR profile, LPTSTR password, ULONG flags, IMAPISession **session);
    HRESULT(WINAPI *admin_profiles)(ULONG flags, IProfAdmin **admin);
    SCODE(WINAPI *allocate)(ULONG size, void **buffer);
    ULONG(WINAPI *free_buffer)(void *buffer);
};
extern struct mapi_dll dll;

extern IMAPISession *session; /* demo's */
extern IMsgStore *store;      /* demo's mailbox, opened for writing */
extern IMAPIFolder *inbox;    /* opened with MAPI_MODIFY */

/* cmocka group fixtures: everything above is there between them. */
int harness_setup(void **state);
int harness_teardown(void **state);
/* The DLL alone, for a process that does not make the mailboxes. */
void harness_load(void);
/* A session of another user (a profile is made on first use). */
IMAPISession *harness_logon(const WCHAR *user);

/* Flags that mingw-w64's headers lack. */
#ifndef SHOW_SOFT_DELETES
#define SHOW_SOFT_DELETES ((ULONG)0x00000002)
#endif
#ifndef DELETE_HARD_DELETE
#define DELETE_HARD_DELETE ((ULONG)0x00000010)
#endif

/* A pointer that no out-parameter may keep. */
#define POISON ((void *)(ULONG_PTR)0xDEADBEE0u)

/* Checks an HRESULT and says both values in hex. */
#define assert_hr(expression, expected) check_hr((expression), (expected), #expression, __FILE__, __LINE__)
void check_hr(HRESULT got, HRESULT expected, const char *what, const char *file, int line);

/* MAPIFreeBuffer and Release, NULL-safe; they clear the variable. */
#define free_mapi(pointer) (dll.free_buffer(pointer), (pointer) = NULL)
#define release(object) ((object) ? (void)((IUnknown *)(object))->lpVtbl->Release((IUnknown *)(object)) : (void)0, (object) = NULL)
void free_rows(SRowSet *rows);

/* Failing versions for test bodies. */
IMAPIFolder *open_folder(IMsgStore *in, ULONG tag); /* by a …_ENTRYID property of the store */
IMAPIFolder *make_folder(IMAPIFolder *parent, const WCHAR *name);
IMessage *make_message(IMAPIFolder *folder, const WCHAR *subject); /* saved, kept open */
IUnknown *open_entry(IMsgStore *in, const SBinary *id, ULONG flags);
IMsgStore *open_default_store(IMAPISession *of, ULONG flags);
SPropValue *get_prop(void *object, ULONG tag); /* NULL: not there; free_mapi */
LONG get_long(void *object, ULONG tag);
void set_string(void *object, ULONG tag, const WCHAR *value);
void set_long(void *object, ULONG tag, LONG value);
void assert_string(void *object, ULONG tag, const WCHAR *expected);
void add_recipient(IMessage *message, LONG type, const WCHAR *name, const WCHAR *addrtype, const WCHAR *address);
SRowSet *query_rows(IMAPITable *table, LONG n);
ULONG count_contents(IMAPIFolder *folder, ULONG flags);
/* Runs the thread's message loop until *flag is not 0 or the seconds are over. */
BOOL wait_for(volatile LONG *flag, DWORD seconds);

/* An advise sink that counts what it is told and keeps the last event. */
struct sink {
    IMAPIAdviseSink iface;
    volatile LONG refs, count;
    ULONG mask;             /* all event types so far */
    ULONG table_events[16]; /* count per TABLE_… */
    DWORD thread;           /* of the last call */
};
void sink_init(struct sink *sink);

#endif
