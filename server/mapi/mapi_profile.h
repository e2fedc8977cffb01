/*
 * mapi_profile.h: making and deleting of profiles. For server/mapi and mapictl.
 */
#ifndef MAPI_PROFILE_H
#define MAPI_PROFILE_H

#include "mapi_loader.h"

/* A copy in the ANSI code page, made with malloc; NULL for NULL, or when memory is out. */
char *profile_ansi(const WCHAR *text);

/* Makes a profile of this name for an Exchange mailbox; nothing is left of it on a failure. MAPI_E_NO_ACCESS: the name is
 * taken. */
HRESULT profile_create_named(const WCHAR *profile, const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags);

/* Makes a temporary profile for an Exchange mailbox; *name is its name, freed with free(). */
HRESULT profile_create_exchange(const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags, WCHAR **name);

/* Adds CONNECT_ bits to the flags that a profile (NULL or "": the default one) connects with, for good. */
HRESULT profile_add_connect_flags(const WCHAR *profile, ULONG flags);

void profile_delete(const WCHAR *name);

#endif
