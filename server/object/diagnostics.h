/*
 * diagnostics.h: the Diagnostics object.
 *
 * Layer: server/object. What only server/process knows comes in through diagnostics_setup.
 */
#ifndef DIAGNOSTICS_H
#define DIAGNOSTICS_H

#include "auto.h"
#include "mapihost.h"

/* Counters of the process; each may be NULL (then 0). */
struct diagnostics_sources {
    unsigned (*threads)(void);
    unsigned (*clients)(void);
    unsigned (*workers)(void);
    unsigned (*max_workers)(void);
};
void diagnostics_setup(const struct diagnostics_sources *sources);

/* A new Diagnostics object below a session. */
HRESULT diagnostics_create(struct auto_object *session, IMhDiagnostics **out);

#endif
