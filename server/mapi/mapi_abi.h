/*
 * mapi_abi.h: the MAPI declarations, with the binary layout that Microsoft's headers have.
 *
 * Layer: everything that names a MAPI type includes this header and no MAPI header directly.
 *
 * mingw-w64's MAPI headers declare some pointer-sized values as ULONG (bookmarks, advise connections, message
 * tokens, window handles), which corrupts the stack with 64-bit MAPI. The build includes copies that
 * tools/fix-mapi-headers has corrected; the asserts below fail when an uncorrected header is found first.
 * Exchange's interfaces, which no free header declares, are in mapi_exchange.h.
 */
#ifndef MAPI_ABI_H
#define MAPI_ABI_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#ifndef CONST_VTABLE
#define CONST_VTABLE
#endif
#include <stddef.h>
#include <stdint.h>
#include <windows.h>
#include <objbase.h>
#include <mapidefs.h>
#include <mapicode.h>
#include <mapitags.h>
#include <mapiguid.h>
#include <mapix.h>
#include <mapiutil.h>
#include <mapispi.h>
#include <imessage.h>

#define MAPI_ABI_ASSERT(name, condition) _Static_assert(condition, name)

MAPI_ABI_ASSERT("BOOKMARK is pointer-sized", sizeof(BOOKMARK) == sizeof(void *));
MAPI_ABI_ASSERT("SPropValue has Microsoft's size", sizeof(SPropValue) == (sizeof(void *) == 8 ? 24 : 16));
MAPI_ABI_ASSERT("SPropValue.Value has Microsoft's offset", offsetof(SPropValue, Value) == 8);
MAPI_ABI_ASSERT("SRow has Microsoft's size", sizeof(SRow) == (sizeof(void *) == 8 ? 16 : 12));
MAPI_ABI_ASSERT("WCHAR is two bytes", sizeof(WCHAR) == 2);

/* The functions below are never called: a parameter list that differs from Microsoft's is a compile error. */
static inline void mapi_abi_check_connections(IMAPITable *table, IMsgStore *store, IMAPISession *session)
{
    HRESULT(STDMETHODCALLTYPE * table_advise)(IMAPITable *, ULONG, LPMAPIADVISESINK, ULONG_PTR *) =
        table->lpVtbl->Advise;
    HRESULT(STDMETHODCALLTYPE * table_unadvise)(IMAPITable *, ULONG_PTR) = table->lpVtbl->Unadvise;
    HRESULT(STDMETHODCALLTYPE * store_unadvise)(IMsgStore *, ULONG_PTR) = store->lpVtbl->Unadvise;
    HRESULT(STDMETHODCALLTYPE * session_unadvise)(IMAPISession *, ULONG_PTR) = session->lpVtbl->Unadvise;
    (void)table_advise, (void)table_unadvise, (void)store_unadvise, (void)session_unadvise;
}

#endif
