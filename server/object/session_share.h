/*
 * session_share.h: sessions of one process share its store logons: one that needs a logon asks the others for one that
 * they can do without.
 *
 * Layer: server/object.
 */
#ifndef SESSION_SHARE_H
#define SESSION_SHARE_H

/* Lets the stores of all sessions ask so; once per process. */
void session_share_setup(void);

#endif
