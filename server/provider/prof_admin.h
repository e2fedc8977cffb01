/*
 * prof_admin.h: administration objects of profiles.
 *
 * Layer: provider, session part.
 */
#ifndef PROVIDER_PROF_ADMIN_H
#define PROVIDER_PROF_ADMIN_H

#include "directory.h"
#include "object.h"
#include "table.h"

/* IMsgServiceAdmin (also IMsgServiceAdmin2) of a profile. parent: a session or the profile administration. */
HRESULT service_admin_create(struct object *parent, struct directory *dir, int64_t profile,
                             IMsgServiceAdmin **out);
/* IProviderAdmin of a service. */
HRESULT provider_admin_create(struct object *parent, struct directory *dir, int64_t profile,
                              const MAPIUID *service, IProviderAdmin **out);
/* The table of a profile's providers, of one service or (NULL) of all. */
HRESULT provider_table(struct object *parent, struct directory *dir, int64_t profile, const MAPIUID *service,
                       ULONG flags, IMAPITable **out);
/* Adds a row with the values that a section has for these columns, and its uid under uid_tag and
 * PR_INSTANCE_KEY. */
HRESULT section_row_add(struct table_source *source, struct directory *dir, int64_t profile,
                        const MAPIUID *uid, ULONG uid_tag, const SPropTagArray *columns, ULONG row_number);

#endif
