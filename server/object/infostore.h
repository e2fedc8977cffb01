/*
 * infostore.h: the InfoStore object, which Mailbox extends.
 *
 * Layer: server/object.
 */
#ifndef INFOSTORE_H
#define INFOSTORE_H

#include "auto.h"
#include "mapi_store.h"
#include "mapihost.h"

/* A Mailbox begins with one of these; its class has IID_IMhInfoStore as `also`. */
struct infostore {
    struct auto_object base;
    struct mapi_store *store; /* held; NULL when closed, and in a Mailbox that is not open */
    GUID fields_set;          /* the namespace of Fields */
};

extern const struct auto_class infostore_class;

/* Makes an InfoStore below parent on a store; takes the store's reference, also when it fails. */
HRESULT infostore_create(struct auto_object *parent, struct mapi_store *store, struct infostore **out);

/*
 * The InfoStore of a session for a store id: an open one with a new reference, or a new one below `parent` (the session).
 * id NULL: the default store.
 */
HRESULT infostore_open(struct auto_object *parent, const SBinary *id, struct infostore **out);

/* The members that Mailbox shares; each takes the store from `self` and works on an open one. */
HRESULT infostore_folder(struct infostore *self, const SBinary *id, IMhFolder **out);
/* One of the folders that PR_IPM_… properties of the store, the root or the Inbox name. CdoDefaultFolderTypes, or
 * INFOSTORE_DRAFTS. */
#define INFOSTORE_DRAFTS 100
HRESULT infostore_default_folder(struct infostore *self, LONG which, IMhFolder **out);

/* The vtable's entries from get_Name to Close in the order of IMhInfoStore, for Mailbox's vtable. */
#define INFOSTORE_MEMBERS                                                                                             \
    .get_Name = (void *)infostore_get_Name, .get_ID = (void *)infostore_get_ID,                                      \
    .get_Index = (void *)infostore_get_Index, .get_ProviderName = (void *)infostore_get_ProviderName,                \
    .get_RootFolder = (void *)infostore_get_RootFolder, .get_Fields = (void *)infostore_get_Fields,                  \
    .IsSameAs = (void *)infostore_IsSameAs, .get_Inbox = (void *)infostore_get_Inbox,                                \
    .get_Outbox = (void *)infostore_get_Outbox, .get_SentItems = (void *)infostore_get_SentItems,                    \
    .get_DeletedItems = (void *)infostore_get_DeletedItems, .get_Drafts = (void *)infostore_get_Drafts,              \
    .get_Calendar = (void *)infostore_get_Calendar, .get_Contacts = (void *)infostore_get_Contacts,                  \
    .get_Tasks = (void *)infostore_get_Tasks, .get_Notes = (void *)infostore_get_Notes,                              \
    .get_Journal = (void *)infostore_get_Journal, .GetFolderFromPath = (void *)infostore_GetFolderFromPath,          \
    .GetReceiveFolder = (void *)infostore_GetReceiveFolder, .get_Size = (void *)infostore_get_Size,                  \
    .get_Quota = (void *)infostore_get_Quota, .Close = (void *)infostore_Close

HRESULT STDMETHODCALLTYPE infostore_get_Name(IMhInfoStore *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE infostore_get_ID(IMhInfoStore *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE infostore_get_Index(IMhInfoStore *iface, LONG *value);
HRESULT STDMETHODCALLTYPE infostore_get_ProviderName(IMhInfoStore *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE infostore_get_RootFolder(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Fields(IMhInfoStore *iface, IMhFields **value);
HRESULT STDMETHODCALLTYPE infostore_IsSameAs(IMhInfoStore *iface, VARIANT object, VARIANT_BOOL *value);
HRESULT STDMETHODCALLTYPE infostore_get_Inbox(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Outbox(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_SentItems(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_DeletedItems(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Drafts(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Calendar(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Contacts(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Tasks(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Notes(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Journal(IMhInfoStore *iface, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_GetFolderFromPath(IMhInfoStore *iface, VARIANT path, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_GetReceiveFolder(IMhInfoStore *iface, VARIANT message_class, IMhFolder **value);
HRESULT STDMETHODCALLTYPE infostore_get_Size(IMhInfoStore *iface, double *value);
HRESULT STDMETHODCALLTYPE infostore_get_Quota(IMhInfoStore *iface, double *value);
HRESULT STDMETHODCALLTYPE infostore_Close(IMhInfoStore *iface);

#endif
