/*
 * mapi_profile.h: making and deleting of temporary profiles. Private to server/mapi.
 */
#ifndef MAPI_PROFILE_H
#define MAPI_PROFILE_H

#include "mapi_loader.h"

/* A copy in the ANSI code page, made with malloc; NULL for NULL, or when memory is out. */
char *profile_ansi(const WCHAR *text);

/* Makes a temporary profile for an Exchange mailbox; *name is its name, freed with free(). */
HRESULT profile_create_exchange(const WCHAR *server, const WCHAR *mailbox, ULONG connect_flags, WCHAR **name);

void profile_delete(const WCHAR *name);

#endif
