/*
 * mapi_search.h: the places where a MAPI DLL may be named. Private to the loader.
 */
#ifndef MAPI_SEARCH_H
#define MAPI_SEARCH_H

#include "mapi_loader.h"

/*
 * Calls `visit` for each place in order until it answers true. `path` is "" where the place names nothing; `own` tells
 * the two ends of the list, our own registry value and mapilocal.dll, from MAPI installations.
 */
void mapi_search_places(bool (*visit)(void *context, const WCHAR *source, const WCHAR *path, bool own), void *context);

#endif
