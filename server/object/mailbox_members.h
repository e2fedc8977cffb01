/*
 * mailbox_members.h: the members of Mailbox, for its vtable. Private to mailbox.c and mailbox_members.c.
 *
 * Layer: server/object.
 */
#ifndef MAILBOX_MEMBERS_H
#define MAILBOX_MEMBERS_H

#include "mailbox.h"

static inline struct mailbox *mailbox_from(IMhMailbox *iface)
{
    return CONTAINING_RECORD(iface, struct mailbox, store.base);
}

extern const IMhMailboxVtbl mailbox_vtbl;

HRESULT STDMETHODCALLTYPE mailbox_get_Name(IMhMailbox *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE mailbox_get_Address(IMhMailbox *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE mailbox_get_DistinguishedName(IMhMailbox *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE mailbox_get_Owner(IMhMailbox *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE mailbox_get_LastLogon(IMhMailbox *iface, VARIANT *value);
HRESULT STDMETHODCALLTYPE mailbox_get_ItemCount(IMhMailbox *iface, LONG *value);
HRESULT STDMETHODCALLTYPE mailbox_Open(IMhMailbox *iface, VARIANT admin);
HRESULT STDMETHODCALLTYPE mailbox_Close(IMhMailbox *iface);
HRESULT STDMETHODCALLTYPE mailbox_get_IsOpen(IMhMailbox *iface, VARIANT_BOOL *value);
HRESULT STDMETHODCALLTYPE mailbox_get_ProcessID(IMhMailbox *iface, LONG *value);

#endif
