/*
 * prof_sect.h: a profile section as IProfSect.
 *
 * Layer: provider, session part. Writes persist at once, as MAPI's profile provider does. Strings are kept as
 * Unicode.
 */
#ifndef PROVIDER_PROF_SECT_H
#define PROVIDER_PROF_SECT_H

#include "directory.h"
#include "object.h"

/*
 * Opens a section, making it when it is missing and flags has MAPI_MODIFY; uid NULL: the section of the
 * profile itself. parent: the session or the administration object. MAPI_E_NOT_FOUND, MAPI_E_NO_ACCESS (a
 * provider's section without MAPI_FORCE_ACCESS, when `guarded`).
 */
HRESULT prof_sect_open(struct object *parent, struct directory *dir, int64_t profile, const MAPIUID *uid,
                       const IID *iid, ULONG flags, bool guarded, IProfSect **out);

#endif
