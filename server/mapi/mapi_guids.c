/*
 * mapi_guids.c: the values of the interface ids and property sets that MAPI clients name.
 *
 * Layer: MAPI client. mapiguid.h defines what a USES_ symbol asks for; COM's own come from -luuid.
 */
#define USES_IID_IABContainer
#define USES_IID_IAddrBook
#define USES_IID_IAttachment
#define USES_IID_IDistList
#define USES_IID_IMAPIAdviseSink
#define USES_IID_IMAPIContainer
#define USES_IID_IMAPIFolder
#define USES_IID_IMAPIProp
#define USES_IID_IMAPISession
#define USES_IID_IMAPITable
#define USES_IID_IMailUser
#define USES_IID_IMessage
#define USES_IID_IMsgServiceAdmin
#define USES_IID_IMsgStore
#define USES_IID_IProfAdmin
#define USES_IID_IProfSect
#define USES_IID_IProviderAdmin
#define USES_PS_MAPI
#define USES_PS_PUBLIC_STRINGS
#include <windows.h>
#include <objbase.h>
#include <initguid.h>
#include "mapi_exchange.h"
