/*
 * folder.h: the Folder object and what others do with folders.
 *
 * Layer: server/object.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include "auto.h"
#include "mapi_store.h"
#include "mapihost.h"

struct infostore;

struct folder {
    struct auto_object base;
    struct mapi_store *store; /* held */
    SBinary id;               /* malloc's */
    IMAPIFolder *mapi;        /* opened when it is first needed; pins the store, given back when that is parked */
    struct mapi_pin pin;
    WCHAR *name;              /* as a table showed it, or NULL */
    GUID fields_set;
};

extern const struct auto_class folder_class;

/* Makes a Folder below parent without opening it in MAPI. `name` may be NULL. */
HRESULT folder_create(struct auto_object *parent, struct mapi_store *store, const SBinary *id, const WCHAR *name,
                      struct folder **out);
/* Opens it in MAPI on first use; not referenced. */
HRESULT folder_open(struct folder *self, IMAPIFolder **out);

/*
 * The folder with an id, anywhere in the session: in the store `store_id`, or (NULL) in the store that the object `self`
 * belongs to, or in the store that the id belongs to. The Folder's parent is an InfoStore. It has been opened.
 */
HRESULT folder_open_by_id(struct auto_object *self, const SBinary *id, const SBinary *store_id, struct folder **out);
/* The same from arguments of CopyTo, MoveTo, GetFolder: an id or a Folder, and an optional store id or InfoStore. */
HRESULT folder_open_arg(struct auto_object *self, const VARIANT *id, const VARIANT *store_id, struct folder **out);

/* The subfolder with a name, made as a child of `parent`. MAPI_E_NOT_FOUND. */
HRESULT folder_find_child(struct folder *self, struct auto_object *parent, const WCHAR *name, struct folder **out);
/* The folder that holds it, opened in MAPI; the caller releases it. */
HRESULT folder_open_parent(struct folder *self, IMAPIFolder **out);

/* The InfoStore of the store `store_id`, or (NULL) of the one that the entry `id` belongs to, with a new reference. */
HRESULT infostore_of_entry(struct auto_object *self, const SBinary *id, const SBinary *store_id, struct infostore **out);

/* The InfoStore (or Mailbox) that an object belongs to, or NULL; not referenced. */
struct infostore *object_infostore(struct auto_object *object);

/* Deletes everything in a folder; `hidden` also hidden messages. */
HRESULT folder_empty(IMAPIFolder *folder, bool hidden);

/* The members in folder_actions.c. */
HRESULT STDMETHODCALLTYPE folder_CopyTo(IMhFolder *iface, VARIANT id, VARIANT store, VARIANT name, VARIANT deep,
                                        IMhFolder **value);
HRESULT STDMETHODCALLTYPE folder_MoveTo(IMhFolder *iface, VARIANT id, VARIANT store, IMhFolder **value);
HRESULT STDMETHODCALLTYPE folder_Delete(IMhFolder *iface, VARIANT deleted_items);
HRESULT STDMETHODCALLTYPE folder_Empty(IMhFolder *iface, VARIANT hidden);
HRESULT STDMETHODCALLTYPE folder_AddSearchFolder(IMhFolder *iface, VARIANT name, VARIANT where, VARIANT recursive,
                                                 IMhFolder **value);
HRESULT STDMETHODCALLTYPE folder_EmptyDeletedItems(IMhFolder *iface);
HRESULT STDMETHODCALLTYPE folder_SetReadFlags(IMhFolder *iface, VARIANT read);
struct folder *folder_from(IMhFolder *iface);

#endif
