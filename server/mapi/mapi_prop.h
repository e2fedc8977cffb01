/*
 * mapi_prop.h: single properties of a MAPI object, short or long.
 *
 * Layer: MAPI client. Values that come back are MAPI memory: free them with mapi_free. A property that GetProps
 * reports as too big is read through a stream, so a caller never meets MAPI_E_NOT_ENOUGH_MEMORY for that reason.
 * Limits: a value read whole is at most 2 GB.
 */
#ifndef MAPI_PROP_H
#define MAPI_PROP_H

#include "mapi_loader.h"

#define MAPI_PROP(object) ((IMAPIProp *)(object))

/* Reads one property; *out is one SPropValue. The property's own error (MAPI_E_NOT_FOUND …) is returned. */
HRESULT mapi_prop_get(IMAPIProp *object, ULONG tag, SPropValue **out);

/* Reads several in the order of the tags, long ones through streams. Absent ones are PT_ERROR; S_OK even then. */
HRESULT mapi_prop_get_many(IMAPIProp *object, const SPropTagArray *tags, SPropValue **out);

/* Sets properties; the first problem is returned as the error. Strings and binaries that SetProps refuses for
 * their size are written through streams. */
HRESULT mapi_prop_set(IMAPIProp *object, const SPropValue *values, ULONG count);

HRESULT mapi_prop_set_string(IMAPIProp *object, ULONG tag, const WCHAR *text);
HRESULT mapi_prop_set_long(IMAPIProp *object, ULONG tag, LONG value);
HRESULT mapi_prop_set_bool(IMAPIProp *object, ULONG tag, bool value);

/* Deletes one property. MAPI_E_NOT_FOUND when it is absent and the provider says so. */
HRESULT mapi_prop_delete(IMAPIProp *object, ULONG tag);

/* A number (PT_LONG, PT_BOOLEAN, PT_I2), or `fallback` when it cannot be had. */
LONG mapi_prop_long(IMAPIProp *object, ULONG tag, LONG fallback);

/* Opens a property as a stream. `flags`: 0 to read, MAPI_MODIFY, MAPI_MODIFY | MAPI_CREATE. Unicode is asked for with
 * the tag's type. */
HRESULT mapi_prop_stream(IMAPIProp *object, ULONG tag, ULONG flags, IStream **out);

/* Reads a stream from its position to its end into MAPI memory with two zero bytes behind; *size is without them. */
HRESULT mapi_stream_read_all(IStream *stream, void *parent, BYTE **out, ULONG *size);
/* Writes everything; a short write is STG_E_MEDIUMFULL. */
HRESULT mapi_stream_write_all(IStream *stream, const void *bytes, size_t size);
/* Commits what was written; streams that write through need not know Commit. */
HRESULT mapi_stream_commit(IStream *stream);

/* Finds a tag's value in an array by id, with any type but PT_ERROR; NULL if it is not there. */
const SPropValue *mapi_prop_find(const SPropValue *values, ULONG count, ULONG tag);
/* Its Unicode string, or "". */
const WCHAR *mapi_prop_text(const SPropValue *values, ULONG count, ULONG tag);

/* SaveChanges with the flags of a program that keeps the object: KEEP_OPEN_READWRITE. */
HRESULT mapi_prop_save(IMAPIProp *object);

#endif
