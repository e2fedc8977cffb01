/*
 * prop_names.c: IMAPIProp::GetIDsFromNames and GetNamesFromIDs.
 *
 * Layer: provider. One mapping per mailbox: a name has the same id on every object of a store, for ever. Objects
 * without a store have no named properties unless their class brings a mapping.
 */
#include "object.h"
#include "provider.h"
#include "store.h"
#include <string.h>

/* Whose mapping an object uses: its class's, its store's, or without either that of the object that holds it (parts of a
 * message file). */
static bool is_message_part(const struct object *object)
{
    return object && (object->cls->object_type == MAPI_MESSAGE || object->cls->object_type == MAPI_ATTACH);
}

static struct prop_object *names_owner(struct prop_object *object)
{
    while (!object->ops->named_id && !object->base.store && is_message_part(&object->base) &&
           is_message_part(object->base.parent))
        object = (struct prop_object *)object->base.parent;
    return object;
}

static HRESULT name_to_id(struct prop_object *object, const MAPINAMEID *name, bool create, ULONG *id)
{
    object = names_owner(object);
    if (object->ops->named_id)
        return object->ops->named_id(object, name, create, id);
    return mailbox_named_id(store_mailbox(object->base.store), name, create, id);
}

static HRESULT id_to_name(struct prop_object *object, ULONG id, MAPINAMEID **name)
{
    object = names_owner(object);
    if (object->ops->named_name)
        return object->ops->named_name(object, id, name);
    return mailbox_named_name(store_mailbox(object->base.store), id, name);
}

static bool has_names(struct prop_object *object)
{
    object = names_owner(object);
    return object->ops->named_id || object->base.store;
}

/* ---- all names of the mapping ---- */

struct name_list {
    GUID filter;
    bool filtered;
    ULONG flags;
    ULONG count, room;
    SPropTagArray *tags;
    MAPINAMEID **names; /* one block; the names are linked to it */
};

static HRESULT copy_name(const MAPINAMEID *from, void *base, MAPINAMEID **out)
{
    MAPINAMEID *to;
    if (MAPIAllocateMore(sizeof(*to), base, (void **)&to) ||
        MAPIAllocateMore(sizeof(GUID), base, (void **)&to->lpguid))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *to->lpguid = *from->lpguid;
    to->ulKind = from->ulKind;
    if (from->ulKind == MNID_ID) {
        to->Kind.lID = from->Kind.lID;
    } else {
        ULONG cb = (lstrlenW(from->Kind.lpwstrName) + 1) * sizeof(WCHAR);
        if (MAPIAllocateMore(cb, base, (void **)&to->Kind.lpwstrName))
            return MAPI_E_NOT_ENOUGH_MEMORY;
        memcpy(to->Kind.lpwstrName, from->Kind.lpwstrName, cb);
    }
    *out = to;
    return S_OK;
}

static HRESULT list_count(void *context, ULONG id, const MAPINAMEID *name)
{
    (void)id, (void)name;
    ((struct name_list *)context)->room++;
    return S_OK;
}

static HRESULT list_add(void *context, ULONG id, const MAPINAMEID *name)
{
    struct name_list *list = context;
    if (((list->flags & MAPI_NO_STRINGS) && name->ulKind == MNID_STRING) ||
        ((list->flags & MAPI_NO_IDS) && name->ulKind == MNID_ID) || list->count >= list->room)
        return S_OK;
    HRESULT hr = copy_name(name, list->names, &list->names[list->count]);
    if (SUCCEEDED(hr))
        list->tags->aulPropTag[list->count++] = PROP_TAG(PT_UNSPECIFIED, id);
    return hr;
}

static HRESULT each_name(struct prop_object *object, const GUID *set,
                         HRESULT (*row)(void *context, ULONG id, const MAPINAMEID *name), void *context)
{
    object = names_owner(object);
    if (object->ops->named_each)
        return object->ops->named_each(object, set, row, context);
    if (object->ops->named_id)
        return S_OK;
    return mailbox_named_each(store_mailbox(object->base.store), set, row, context);
}

/* The whole mapping (of one set): tags and names are MAPI memory, freed on failure. */
static HRESULT list_names(struct prop_object *object, const GUID *set, ULONG flags, struct name_list *list)
{
    memset(list, 0, sizeof(*list));
    list->flags = flags;
    HRESULT hr = each_name(object, set, list_count, list);
    if (FAILED(hr))
        return hr;
    if (MAPIAllocateBuffer(CbNewSPropTagArray(list->room + 1), (void **)&list->tags) ||
        MAPIAllocateBuffer((list->room + 1) * sizeof(*list->names), (void **)&list->names))
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    else
        hr = each_name(object, set, list_add, list);
    if (FAILED(hr)) {
        MAPIFreeBuffer(list->tags);
        MAPIFreeBuffer(list->names);
        memset(list, 0, sizeof(*list));
        return hr;
    }
    list->tags->cValues = list->count;
    return S_OK;
}

/* ---- GetIDsFromNames ---- */

static bool valid_name(const MAPINAMEID *name)
{
    return name && name->lpguid &&
           (name->ulKind == MNID_ID || (name->ulKind == MNID_STRING && name->Kind.lpwstrName && *name->Kind.lpwstrName));
}

/* Names of PS_MAPI are the property ids themselves. */
static bool is_ps_mapi_id(const MAPINAMEID *name, ULONG *id)
{
    if (!IsEqualGUID(name->lpguid, &PS_MAPI) || name->ulKind != MNID_ID || name->Kind.lID <= 0 ||
        name->Kind.lID >= 0x8000)
        return false;
    *id = (ULONG)name->Kind.lID;
    return true;
}

HRESULT STDMETHODCALLTYPE prop_GetIDsFromNames(void *self, ULONG count, LPMAPINAMEID *names, ULONG flags,
                                               LPSPropTagArray *out)
{
    struct prop_object *object = self;
    SPropTagArray *tags = NULL;
    bool errors = false;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if ((count && !names) || count > 0xffff || (!count && names))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_CREATE)
        return MAPI_E_UNKNOWN_FLAGS;
    for (ULONG i = 0; i < count; i++)
        if (!valid_name(names[i]))
            return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    if (!has_names(object)) {
        hr = MAPI_E_NO_SUPPORT;
        goto done;
    }
    if (!count) {
        struct name_list list;
        hr = list_names(object, NULL, 0, &list);
        if (SUCCEEDED(hr))
            *out = list.tags;
        MAPIFreeBuffer(list.names);
        goto done;
    }
    hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (MAPIAllocateBuffer(CbNewSPropTagArray(count), (void **)&tags))
        goto done;
    tags->cValues = count;
    for (ULONG i = 0; i < count; i++) {
        ULONG id = 0;
        HRESULT got = is_ps_mapi_id(names[i], &id) ? S_OK : name_to_id(object, names[i], flags & MAPI_CREATE, &id);
        if (got == MAPI_E_NOT_ENOUGH_MEMORY || got == MAPI_E_NOT_ENOUGH_DISK) {
            hr = got;
            goto done;
        }
        errors = errors || FAILED(got) || !id;
        tags->aulPropTag[i] = SUCCEEDED(got) && id ? PROP_TAG(PT_UNSPECIFIED, id) : PROP_TAG(PT_ERROR, 0);
    }
    *out = tags;
    tags = NULL;
    hr = errors ? MAPI_W_ERRORS_RETURNED : S_OK;
done:
    MAPIFreeBuffer(tags);
    object_leave(&object->base);
    return hr;
}

/* ---- GetNamesFromIDs ---- */

/* The names of given ids; NULL where there is none. */
static HRESULT names_of(struct prop_object *object, const SPropTagArray *tags, ULONG flags, MAPINAMEID ***out)
{
    MAPINAMEID **names;
    bool errors = false;
    if (MAPIAllocateBuffer(tags->cValues * sizeof(*names), (void **)&names))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(names, 0, tags->cValues * sizeof(*names));
    for (ULONG i = 0; i < tags->cValues; i++) {
        ULONG id = PROP_ID(tags->aulPropTag[i]);
        MAPINAMEID *name = NULL;
        MAPINAMEID fixed = {.lpguid = (GUID *)&PS_MAPI, .ulKind = MNID_ID, .Kind.lID = (LONG)id};
        HRESULT hr = id < 0x8000 ? S_OK : id_to_name(object, id, &name);
        const MAPINAMEID *found = id < 0x8000 ? &fixed : SUCCEEDED(hr) ? name : NULL;
        if (found && (((flags & MAPI_NO_STRINGS) && found->ulKind == MNID_STRING) ||
                      ((flags & MAPI_NO_IDS) && found->ulKind == MNID_ID)))
            found = NULL;
        hr = found ? copy_name(found, names, &names[i]) : S_OK;
        MAPIFreeBuffer(name);
        if (FAILED(hr)) {
            MAPIFreeBuffer(names);
            return hr;
        }
        errors = errors || !found;
    }
    *out = names;
    return errors ? MAPI_W_ERRORS_RETURNED : S_OK;
}

HRESULT STDMETHODCALLTYPE prop_GetNamesFromIDs(void *self, LPSPropTagArray *tags, LPGUID set, ULONG flags, ULONG *count,
                                               LPMAPINAMEID **names)
{
    struct prop_object *object = self;
    if (count)
        *count = 0;
    if (names)
        *names = NULL;
    if (!tags || !count || !names || (*tags && !(*tags)->cValues))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_NO_STRINGS | MAPI_NO_IDS))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    if (!has_names(object)) {
        hr = MAPI_E_NO_SUPPORT;
    } else if (*tags) {
        hr = names_of(object, *tags, flags, names);
        if (SUCCEEDED(hr))
            *count = (*tags)->cValues;
    } else {
        struct name_list list;
        hr = list_names(object, set, flags, &list);
        if (SUCCEEDED(hr)) {
            *tags = list.tags;
            *count = list.count;
            if (list.count)
                *names = list.names;
            else
                MAPIFreeBuffer(list.names);
        }
    }
    object_leave(&object->base);
    return hr;
}
