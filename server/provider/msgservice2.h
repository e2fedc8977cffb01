/*
 * msgservice2.h: IMsgServiceAdmin2, which mingw-w64's MAPI headers lack (Microsoft's have it in MAPIAux.h).
 *
 * Layer: provider. CreateMsgServiceEx is CreateMsgService that also returns the uid of the new service.
 */
#ifndef PROVIDER_MSGSERVICE2_H
#define PROVIDER_MSGSERVICE2_H

#include "mapi_abi.h"

DEFINE_OLEGUID(IID_IMsgServiceAdmin2, 0x00020387, 0, 0);

#undef INTERFACE
#define INTERFACE IMsgServiceAdmin2
typedef struct IMsgServiceAdmin2 IMsgServiceAdmin2;
typedef struct IMsgServiceAdmin2Vtbl {
    BEGIN_INTERFACE
    MAPI_IUNKNOWN_METHODS(PURE)
    MAPI_IMSGSERVICEADMIN_METHODS(PURE)
    MAPIMETHOD(CreateMsgServiceEx)
    (THIS_ LPTSTR service, LPTSTR display_name, ULONG_PTR ui, ULONG flags, LPMAPIUID uid) PURE;
} IMsgServiceAdmin2Vtbl;
struct IMsgServiceAdmin2 {
    const IMsgServiceAdmin2Vtbl *lpVtbl;
};

#endif
