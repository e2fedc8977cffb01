/*
 * profile.h: what a profile's sections mean: message services, their providers, and the Exchange mailbox.
 *
 * Layer: provider, session part. A profile has at most one mailbox service ("MSEMS" or "MapiLocal", which are
 * the same). Its providers are a store (the mailbox), an address book and a transport; further stores
 * ("EMSDelegate": the mailbox of another user) can be added. What concerns the whole profile lies in the
 * global section, where Exchange's clients look for it.
 */
#ifndef PROVIDER_PROFILE_H
#define PROVIDER_PROFILE_H

#include "directory.h"

extern const MAPIUID profile_global_uid;  /* pbGlobalProfileSectionGuid */
extern const MAPIUID profile_section_uid; /* the section of the profile itself (MUID_PROFILE_INSTANCE) */

/* PR_SERVICE_NAME of the services that can be made, in the order of the table of services. */
bool profile_service_known(const WCHAR *name);
/* Makes a service with its providers; not yet configured. display_name NULL: the service's own.
 * MAPI_E_NOT_FOUND: no such service; MAPI_E_NO_ACCESS: a second one of a service that is there once. */
HRESULT profile_service_create(struct directory *dir, int64_t profile, const WCHAR *name,
                               const WCHAR *display_name, MAPIUID *uid);
/* Sets properties of a service (strings Unicode or ANSI). PR_PROFILE_UNRESOLVED_NAME is resolved to a
 * mailbox: MAPI_E_NOT_FOUND: there is none; MAPI_E_AMBIGUOUS_RECIP: several. Without any name yet:
 * MAPI_E_UNCONFIGURED. */
HRESULT profile_service_configure(struct directory *dir, int64_t profile, const MAPIUID *uid, ULONG count,
                                  const SPropValue *values);
/* Makes a provider of a service: "EMSDelegate" with PR_PROFILE_MAILBOX. MAPI_E_NOT_FOUND: no such provider.
 */
HRESULT profile_provider_create(struct directory *dir, int64_t profile, const MAPIUID *service,
                                const WCHAR *name, ULONG count, const SPropValue *values, MAPIUID *uid);
/* Makes a profile for a mailbox in one go: the service, configured. MAPI_E_COLLISION. */
HRESULT profile_create_for(struct directory *dir, const WCHAR *name, const WCHAR *mailbox, int64_t *id);

/* The DN of the profile's mailbox, and its PR_PROFILE_CONNECT_FLAGS; *dn is NULL when the profile names none
 * (malloc). */
HRESULT profile_mailbox(struct directory *dir, int64_t profile, WCHAR **dn, ULONG *connect_flags);

#endif
