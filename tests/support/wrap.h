/*
 * wrap.h: the server with other settings, or with wrapmapi.dll as its MAPI; and its processes, for tests in C.
 *
 * Layer: tests. A server reads its settings and loads its MAPI when it starts: so a test ends the running one first
 * (server_end), and again when it is done.
 */
#ifndef TEST_WRAP_H
#define TEST_WRAP_H

#include "dispatch.h"
#include "wrapmapi/wrap_control.h"

#include <stdbool.h>

/* Sets a DWORD of the server's settings; clears them all but the data folder again. */
void setting_set(const WCHAR *name, DWORD value);
void settings_clear(void);
/* Sets the text setting EventFile to a new file in the program's folder, and answers its path; NULL on failure. */
const WCHAR *setting_event_file(void);
/* Lines of such a file that have both texts (UTF-8; `also` may be NULL). */
int event_file_count(const WCHAR *path, const char *text, const char *also);

/*
 * Makes wrapmapi.dll the MAPI of the servers that start from now on, with a cleared control section (answered, unmapped
 * by wrap_end); NULL on failure. wrap_end takes that back.
 */
struct wrap_control *wrap_begin(void);
void wrap_end(void);
/* Arms the hang of the next call of that method; wrap_wait_hanging waits until one hangs, wrap_go lets it go on. */
void wrap_hang(const char *method);
bool wrap_wait_hanging(DWORD milliseconds);
void wrap_go(void);

/* A new session, logged on with a profile. NULL on failure. */
IDispatch *session_on(const WCHAR *profile);
/* The process of the server, or of a mailbox, to wait for or to kill; closed by the caller. */
HANDLE process_of(IDispatch *diagnostics_or_mailbox);
HANDLE server_process(IDispatch *session);
/*
 * Waits until no server runs any more, after the caller's last reference is released; kills it after half a minute and
 * answers false. Answers true at once when none runs.
 */
bool server_end(HANDLE server);
/* A number of Diagnostics, asked of any session. */
LONG diagnostic(IDispatch *session, const WCHAR *name);
/* Waits until a number of Diagnostics is `expected`, at most that long; answers the last one. The server has no event
 * for it. */
LONG diagnostic_settles(IDispatch *session, const WCHAR *name, LONG expected, DWORD milliseconds);

/* Prints the server's live objects, for a test that fails. */
void diagnostic_print(IDispatch *session);

/*
 * The open handles of a process, by NtQuerySystemInformation (GetProcessHandleCount answers 0 under Wine); 0 where the system does
 * not tell.
 */
DWORD handle_count(HANDLE process);

/* Starts this test program again with these arguments; closed by the caller. */
HANDLE start_self(const char *arguments);

#endif
