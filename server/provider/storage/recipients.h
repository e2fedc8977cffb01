/*
 * recipients.h: the recipients of a message as one BLOB: a count, then size and pack of each.
 *
 * Layer: portable.
 */
#ifndef STORAGE_RECIPIENTS_H
#define STORAGE_RECIPIENTS_H

#include "bytebuf.h"
#include "propbag.h"

HRESULT recipients_write(struct propbag *const *recipients, ULONG count, struct bytebuf *out);
/* *recipients is malloc'd, each a clean bag. MAPI_E_CORRUPT_DATA. */
HRESULT recipients_read(const void *data, size_t size, struct propbag ***recipients, ULONG *count);
/* The i-th pack within the BLOB; false past the last. */
bool recipients_at(const void *data, size_t size, ULONG i, const void **pack, size_t *pack_size);

#endif
