/*
 * folder_open.c: folders found: by id, by what a member was given as a folder; and the store of an object or id.
 *
 * Layer: server/object.
 */
#include "folder.h"

#include "infostore.h"
#include "object_util.h"
#include "session.h"

struct infostore *object_infostore(struct auto_object *object)
{
    for (; object; object = object->parent)
        if (object->class->iid == &IID_IMhInfoStore || object->class->also == &IID_IMhInfoStore)
            return (struct infostore *)object;
    return NULL;
}

/* ---- finding ------------------------------------------------------------------------------------------------------- */

/* Opens the folder in one store, as a child of its InfoStore. */
static HRESULT open_in(struct infostore *infostore, const SBinary *id, struct folder **out)
{
    struct folder *folder = NULL;
    IMAPIFolder *mapi;
    HRESULT hr = folder_create(&infostore->base, infostore->store, id, NULL, &folder);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = folder_open(folder, &mapi);
    if (FAILED(hr)) {
        if (folder)
            auto_release(&folder->base);
        return hr;
    }
    *out = folder;
    return S_OK;
}

HRESULT infostore_of_entry(struct auto_object *self, const SBinary *id, const SBinary *store_id, struct infostore **out)
{
    struct mapi_session *session;
    SPropValue *found = NULL;
    IMAPIProp *object = NULL;
    HRESULT hr;

    *out = NULL;
    if (store_id)
        return infostore_open(&session_of(self)->base, store_id, out);
    hr = object_session(self, &session);
    if (SUCCEEDED(hr))
        hr = mapi_open_entry(session->session, id, 0, NULL, (IUnknown **)&object);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(object, PR_STORE_ENTRYID, &found);
    if (object)
        object->lpVtbl->Release(object);
    if (SUCCEEDED(hr))
        hr = infostore_open(&session_of(self)->base, &found->Value.bin, out);
    mapi_free(found);
    return hr;
}

HRESULT folder_open_by_id(struct auto_object *self, const SBinary *id, const SBinary *store_id, struct folder **out)
{
    struct infostore *infostore = store_id ? NULL : object_infostore(self);
    HRESULT hr;

    *out = NULL;
    if (infostore && SUCCEEDED(open_in(infostore, id, out)))
        return S_OK;
    infostore = NULL;
    hr = infostore_of_entry(self, id, store_id, &infostore);
    if (SUCCEEDED(hr))
        hr = open_in(infostore, id, out);
    if (infostore)
        auto_release(&infostore->base);
    return hr;
}

/* The root folder of a store, which is above InfoStore.RootFolder. */
static HRESULT open_root(struct infostore *infostore, struct folder **out)
{
    SPropValue *id = NULL;
    IMAPIProp *root = NULL;
    IMsgStore *mdb = NULL;
    ULONG type = 0;
    HRESULT hr = mapi_store_mdb(infostore->store, &mdb);

    if (SUCCEEDED(hr))
        hr = mdb->lpVtbl->OpenEntry(mdb, 0, NULL, NULL, 0, &type, (IUnknown **)&root);
    if (SUCCEEDED(hr))
        hr = mapi_prop_get(root, PR_ENTRYID, &id);
    if (SUCCEEDED(hr))
        hr = open_in(infostore, &id->Value.bin, out);
    mapi_free(id);
    if (root)
        root->lpVtbl->Release(root);
    return hr;
}

HRESULT folder_open_arg(struct auto_object *self, const VARIANT *id, const VARIANT *store_id, struct folder **out)
{
    SBinary folder = {0, NULL}, store = {0, NULL};
    struct infostore *infostore = object_infostore(self);
    HRESULT hr = S_OK;

    *out = NULL;
    if (!variant_blank(store_id))
        hr = object_id_arg(self, store_id, L"a store", &store);
    if (SUCCEEDED(hr) && variant_blank(id)) { /* CDO: the root folder of the store, above RootFolder */
        struct infostore *opened = NULL;
        if (store.cb)
            hr = infostore_open(&session_of(self)->base, &store, &opened);
        else if (!infostore)
            hr = infostore_open(&session_of(self)->base, NULL, &opened);
        if (SUCCEEDED(hr))
            hr = open_root(opened ? opened : infostore, out);
        if (opened)
            auto_release(&opened->base);
    } else if (SUCCEEDED(hr)) {
        hr = object_id_arg(self, id, L"a folder", &folder);
        if (SUCCEEDED(hr) && !store.cb) /* it may be one that this process would not find, or not open with the same rights */
            object_store_id_of(id, &store);
        if (SUCCEEDED(hr))
            hr = folder_open_by_id(self, &folder, store.cb ? &store : NULL, out);
    }
    mapi_free(folder.lpb);
    mapi_free(store.lpb);
    return hr;
}
