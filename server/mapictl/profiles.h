/*
 * profiles.h: making and deleting profiles through IProfAdmin, for more than one command. Layer: mapictl.
 */
#ifndef MAPICTL_PROFILES_H
#define MAPICTL_PROFILES_H

#include "mapictl.h"

#define LOCAL_SERVER "LOCAL" /* the name of mapilocal.dll's server */

/* They print what they did or what is wrong, and return an exit code. */
int profile_make(const char *name, const char *server, const char *mailbox, bool as_default);
int profile_remove(const char *name);
bool profile_exists(const WCHAR *name);

#endif
