/*
 * util_stream.h: IStream over a backend that reads and writes at offsets.
 *
 * Layer: provider. Used for files (OpenStreamOnFile) and for RTF that is packed when it is committed.
 */
#ifndef PROVIDER_UTIL_STREAM_H
#define PROVIDER_UTIL_STREAM_H

#include <stdbool.h>
#include "mapi_abi.h"

struct backend {
    /* All return S_OK or an error; *done may be less than size at the end. */
    HRESULT (*read)(void *context, uint64_t offset, void *to, ULONG size, ULONG *done);
    HRESULT (*write)(void *context, uint64_t offset, const void *from, ULONG size, ULONG *done);
    HRESULT (*size)(void *context, uint64_t *size);
    HRESULT (*set_size)(void *context, uint64_t size);
    HRESULT (*commit)(void *context);
    void (*close)(void *context); /* the last reference is gone: commits nothing */
};

/* Takes the context over (also on failure). mode: STGM_… for Stat; it decides whether the stream can be
 * written. */
HRESULT util_stream_create(const struct backend *backend, void *context, DWORD mode, IStream **out);

#endif
