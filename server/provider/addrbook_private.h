/*
 * addrbook_private.h: IAddrBook's object, for addrbook.c and addrbook_path.c.
 */
#ifndef PROVIDER_ADDRBOOK_PRIVATE_H
#define PROVIDER_ADDRBOOK_PRIVATE_H

#include "addrbook.h"

struct address_book {
    struct prop_object prop;
};

static inline struct address_book *addrbook_from(IAddrBook *self)
{
    return (struct address_book *)self;
}

static inline struct session *addrbook_session(struct address_book *book)
{
    return book->prop.base.session;
}

/* Loads the profile's own section, making it where it is missing. */
HRESULT addrbook_settings_load(struct session *session, struct propbag **out);

/* ---- members in addrbook_path.c ---- */

HRESULT STDMETHODCALLTYPE addrbook_GetPAB(IAddrBook *self, ULONG *cb, LPENTRYID *out);
HRESULT STDMETHODCALLTYPE addrbook_SetPAB(IAddrBook *self, ULONG cb, LPENTRYID id);
HRESULT STDMETHODCALLTYPE addrbook_GetDefaultDir(IAddrBook *self, ULONG *cb, LPENTRYID *out);
HRESULT STDMETHODCALLTYPE addrbook_SetDefaultDir(IAddrBook *self, ULONG cb, LPENTRYID id);
HRESULT STDMETHODCALLTYPE addrbook_GetSearchPath(IAddrBook *self, ULONG flags, LPSRowSet *out);
HRESULT STDMETHODCALLTYPE addrbook_SetSearchPath(IAddrBook *self, ULONG flags, LPSRowSet path);

#endif
