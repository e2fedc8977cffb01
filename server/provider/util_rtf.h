/*
 * util_rtf.h: what WrapCompressedRTFStreamEx takes and gives; mingw-w64's headers lack it.
 *
 * Layer: provider.
 */
#ifndef PROVIDER_UTIL_RTF_H
#define PROVIDER_UTIL_RTF_H

#include "mapi_abi.h"

#ifndef MAPI_NATIVE_BODY
#define MAPI_NATIVE_BODY                ((ULONG)0x00010000)
#define MAPI_NATIVE_BODY_TYPE_RTF       ((ULONG)0x00000001)
#define MAPI_NATIVE_BODY_TYPE_HTML      ((ULONG)0x00000002)
#define MAPI_NATIVE_BODY_TYPE_PLAINTEXT ((ULONG)0x00000004)
#endif

typedef struct {
    ULONG size;          /* of this struct */
    ULONG ulFlags;       /* MAPI_MODIFY, STORE_UNCOMPRESSED_RTF, MAPI_NATIVE_BODY (reading only) */
    ULONG ulInCodePage;  /* of the message, for MAPI_NATIVE_BODY */
    ULONG ulOutCodePage; /* of the returned stream, for MAPI_NATIVE_BODY */
} RTF_WCSINFO;

typedef struct {
    ULONG size;
    ULONG ulStreamFlags; /* MAPI_NATIVE_BODY_TYPE_… */
} RTF_WCSRETINFO;

HRESULT WINAPI WrapCompressedRTFStreamEx(LPSTREAM compressed, const RTF_WCSINFO *info, LPSTREAM *out,
                                         RTF_WCSRETINFO *returned);

#endif
