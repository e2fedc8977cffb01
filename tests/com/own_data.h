/*
 * own_data.h: a data folder of the program's own with many mailboxes, for tests that need more than the demo's.
 *
 * Layer: tests. mapictl makes the mailboxes: m1, m2, … and "owner", whose profile is "owner" and who is an administrator.
 * The server finds the folder by the environment that it inherits from this program (as Wine starts servers).
 */
#ifndef TEST_OWN_DATA_H
#define TEST_OWN_DATA_H

#include "wrap.h"

/* Makes the folder and `count` mailboxes; ends a server that runs on other data. False when mapictl fails. */
bool own_data_begin(unsigned count);

/* A session on the profile "owner"; NULL on failure. */
IDispatch *owner_session(void);
/* Logs off, releases the session and waits for the end of its server, which no other session may use; and takes all
 * settings back. */
void owner_end(IDispatch *session);
/* Session.OpenMailbox("m<number>") with an administrator's rights; NULL on failure (disp_error). */
IDispatch *open_mailbox(IDispatch *session, int number);
/* A new message in the Inbox that is not saved: its store cannot be parked. */
IDispatch *unsaved_message(IDispatch *mailbox);
/* How many mailboxes a test takes: fewer where the server runs emulated, always more than one process can hold. */
int many(int wanted);
/* Releases objects; NULLs in the array are skipped. */
void release_all(IDispatch **objects, size_t count);

#endif
