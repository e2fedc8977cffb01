/*
 * folder_props.c: the properties of a folder.
 *
 * Layer: provider, store part. Renaming is setting PR_DISPLAY_NAME. The Inbox and the root folder show the ids of the
 * other default folders, where Outlook looks for them.
 */
#include "folder.h"
#include "mapi_exchange.h"
#include "view_source.h"
#include <stdlib.h>
#include <string.h>

#define PR_SOURCE_KEY_ PROP_TAG(PT_BINARY, 0x65E0)
#define PR_PARENT_SOURCE_KEY_ PROP_TAG(PT_BINARY, 0x65E1)
#define PR_ADDITIONAL_REN_ENTRYIDS_ PROP_TAG(PT_MV_BINARY, 0x36D8)
#define PR_FREEBUSY_ENTRYIDS_       PROP_TAG(PT_MV_BINARY, 0x36E4)
#define PR_RIGHTS_ PROP_TAG(PT_LONG, 0x6639)

static struct folder *folder_of(struct prop_object *object)
{
    return (struct folder *)object;
}

static struct mailbox *mbx_of(struct prop_object *object)
{
    return object->base.store->mbx;
}

/* ---- ids ---- */

static HRESULT get_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    return value_folder_entryid(object, CHANGE_PROP_TYPE(tag, PT_BINARY), folder_of(object)->id, base, out);
}

static HRESULT get_instance_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    return value_binary(out, CHANGE_PROP_TYPE(tag, PT_BINARY), &folder_of(object)->id, sizeof(mbx_id), base);
}

static HRESULT get_info(struct prop_object *object, struct mbx_folder *info)
{
    return mailbox_folder_get(mbx_of(object), folder_of(object)->id, info);
}

static HRESULT get_parent_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct mbx_folder info;
    HRESULT hr = get_info(object, &info);
    mbx_id parent = SUCCEEDED(hr) && info.parent > MBX_STORE ? info.parent : folder_of(object)->id; /* the root: itself */
    return FAILED(hr) ? hr : value_folder_entryid(object, CHANGE_PROP_TYPE(tag, PT_BINARY), parent, base, out);
}

static HRESULT get_source_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct mbx_folder info;
    HRESULT hr = get_info(object, &info);
    if (FAILED(hr))
        return hr;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? sourcekey_make(store_guid(object->base.store),
                                 PROP_ID(tag) == PROP_ID(PR_PARENT_SOURCE_KEY_) ? info.parent : info.id, base, &out->Value.bin)
                : S_OK;
}

static HRESULT get_default_folder(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    mbx_id id = folder_of(object)->id;
    if (id != MBX_INBOX && id != MBX_ROOT)
        return prop_bag_value(object, PROP_ID(tag), base, out);
    return value_folder_entryid(object, CHANGE_PROP_TYPE(tag, PT_BINARY), default_folder_of_tag(tag), base, out);
}

/* Lists of ids in which each place has a meaning: of PR_ADDITIONAL_REN_ENTRYIDS conflicts, sync issues, local failures and
 * server failures, which are not kept here, and junk mail; of PR_FREEBUSY_ENTRYIDS three messages, which clients make, and their
 * folder. What a client has written into the latter stands. */
static HRESULT get_more_folders(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    bool freebusy = PROP_ID(tag) == PROP_ID(PR_FREEBUSY_ENTRYIDS_);
    ULONG last = freebusy ? 3 : 4;
    mbx_id id = folder_of(object)->id, other = freebusy ? MBX_FREEBUSY : MBX_JUNK;
    struct mbx_folder info;
    if ((id != MBX_INBOX && id != MBX_ROOT) || (freebusy && propbag_find(object->props, PROP_ID(tag))))
        return prop_bag_value(object, PROP_ID(tag), base, out);
    if (FAILED(mailbox_folder_get(mbx_of(object), other, &info)))
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_MV_BINARY);
    if (!base)
        return S_OK;
    if (MAPIAllocateMore((last + 1) * sizeof(SBinary), base, (void **)&out->Value.MVbin.lpbin))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(out->Value.MVbin.lpbin, 0, (last + 1) * sizeof(SBinary));
    out->Value.MVbin.cValues = last + 1;
    return entryid_object(store_guid(object->base.store), MAPI_FOLDER, other, base, &out->Value.MVbin.lpbin[last]);
}

/* ---- counts and state ---- */

static HRESULT get_count(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct mbx_folder info;
    (void)base;
    HRESULT hr = get_info(object, &info);
    if (FAILED(hr))
        return hr;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_FOLDER_TYPE): return value_long(out, PR_FOLDER_TYPE, (LONG)info.type);
    case PROP_ID(PR_CONTENT_COUNT): return value_long(out, PR_CONTENT_COUNT, (LONG)info.contents);
    case PROP_ID(PR_CONTENT_UNREAD): return value_long(out, PR_CONTENT_UNREAD, (LONG)info.unread);
    case PROP_ID(PR_SUBFOLDERS): return value_bool(out, PR_SUBFOLDERS, info.subfolders > 0);
    case PROP_ID(PR_ASSOC_CONTENT_COUNT): return value_long(out, PR_ASSOC_CONTENT_COUNT, (LONG)info.associated);
    default: return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), (LONG)info.subfolders);
    }
}

static HRESULT get_size(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct mbx_folder info;
    (void)base;
    HRESULT hr = get_info(object, &info);
    if (FAILED(hr))
        return hr;
    return PROP_TYPE(tag) == PT_I8
               ? value_i8(out, PR_MESSAGE_SIZE_EXTENDED, info.size)
               : value_long(out, PR_MESSAGE_SIZE, info.size > 0x7fffffff ? 0x7fffffff : (LONG)info.size);
}

static HRESULT get_deleted_count(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    mbx_id *ids = NULL;
    ULONG count = 0;
    (void)tag;
    HRESULT hr = base ? folder_message_ids(object->base.store, folder_of(object)->id, MBX_VIEW_CONTENTS_DELETED, &ids,
                                           &count)
                      : S_OK;
    free(ids);
    return FAILED(hr) ? hr : value_long(out, PR_DELETED_MSG_COUNT, (LONG)count);
}

static HRESULT get_access(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG),
                      object->base.store->writable ? ACCESS_FOLDER_ALL : MAPI_ACCESS_READ);
}

static HRESULT get_rights(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), object->base.store->delegate_reads ? RIGHTS_READ : RIGHTS_ALL);
}

static HRESULT get_constant(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_OBJECT_TYPE): return value_long(out, PR_OBJECT_TYPE, MAPI_FOLDER);
    case PROP_ID(PR_DISPLAY_TYPE): return value_long(out, PR_DISPLAY_TYPE, DT_FOLDER);
    case PROP_ID(PR_STATUS): return value_long(out, PR_STATUS, 0);
    default: return value_long(out, CHANGE_PROP_TYPE(tag, PT_OBJECT), 0);
    }
}

static HRESULT get_support_mask(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    return prop_get(&object->base.store->prop, tag, base, out);
}

/* ---- name and path ---- */

static HRESULT set_name(struct prop_object *object, const SPropValue *value)
{
    struct mbx_folder info;
    SPropValue text = *value;
    void *base;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = prop_convert_type(&text, PT_UNICODE, base);
    if (hr == MAPI_E_NOT_FOUND)
        hr = MAPI_E_UNEXPECTED_TYPE;
    if (SUCCEEDED(hr) && !*text.Value.lpszW)
        hr = MAPI_E_INVALID_PARAMETER;
    if (SUCCEEDED(hr))
        hr = get_info(object, &info);
    if (SUCCEEDED(hr))
        hr = mailbox_folder_move(mbx_of(object), info.id, info.parent, text.Value.lpszW);
    if (SUCCEEDED(hr))
        hr = propbag_set(object->props, &text);
    MAPIFreeBuffer(base);
    return hr;
}

static HRESULT name_of(struct mailbox *mbx, mbx_id id, struct propbag **props)
{
    static const SizedSPropTagArray(1, name) = {1, {PR_DISPLAY_NAME_W}};
    return mailbox_props_load(mbx, id, (const SPropTagArray *)&name, props);
}

/* "\Top of Information Store\Inbox": the names from below the root. */
static HRESULT get_path(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    enum { DEPTH = 64, ROOM = 4096 };
    mbx_id at = folder_of(object)->id, chain[DEPTH];
    WCHAR *path;
    int n = 0, used = 0;
    if (!base)
        return value_string(out, tag, NULL, NULL);
    for (struct mbx_folder info; n < DEPTH && at > MBX_ROOT; at = info.parent) {
        HRESULT hr = mailbox_folder_get(mbx_of(object), at, &info);
        if (FAILED(hr))
            return hr;
        chain[n++] = at;
    }
    path = calloc(ROOM, sizeof(WCHAR));
    if (!path)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    path[0] = '\\';
    HRESULT hr = S_OK;
    while (SUCCEEDED(hr) && n--) {
        struct propbag *props = NULL;
        hr = name_of(mbx_of(object), chain[n], &props);
        const WCHAR *name = SUCCEEDED(hr) ? propbag_string(props, PR_DISPLAY_NAME_W) : NULL;
        int length = name ? lstrlenW(name) : 0;
        if (used + length + 2 > ROOM)
            hr = MAPI_E_TOO_BIG;
        if (SUCCEEDED(hr)) {
            path[used++] = '\\';
            if (length)
                memcpy(path + used, name, (size_t)length * sizeof(WCHAR));
            used += length;
        }
        propbag_free(props);
    }
    if (SUCCEEDED(hr))
        hr = value_string(out, tag, path, base);
    free(path);
    return hr;
}

/* ---- the table ---- */

#define C PROP_COMPUTED
static const struct prop_handler folder_handlers[] = {
    {.tag = PR_MESSAGE_SIZE, .get = get_size, .flags = C},
    {.tag = PR_PARENT_ENTRYID, .get = get_parent_entryid, .flags = C},
    {.tag = PR_ACCESS, .get = get_access, .flags = C},
    {.tag = PR_INSTANCE_KEY, .get = get_instance_key, .flags = C},
    {.tag = PR_ACCESS_LEVEL, .get = get_access_level, .flags = C},
    {.tag = PR_MAPPING_SIGNATURE, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_RECORD_KEY, .get = get_entryid, .flags = C},
    {.tag = PR_STORE_RECORD_KEY, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_STORE_ENTRYID, .get = get_store_entryid, .flags = C},
    {.tag = PR_OBJECT_TYPE, .get = get_constant, .flags = C},
    {.tag = PR_ENTRYID, .get = get_entryid, .flags = C},
    {.tag = PR_DISPLAY_NAME_W, .set = set_name, .flags = PROP_NOT_COPIED},
    {.tag = PR_CREATION_TIME, .flags = C},
    {.tag = PR_LAST_MODIFICATION_TIME, .flags = C},
    {.tag = PR_SEARCH_KEY, .get = get_source_key, .flags = C},
    {.tag = PR_STORE_SUPPORT_MASK, .get = get_support_mask, .flags = C},
    {.tag = PR_FOLDER_TYPE, .get = get_count, .flags = C},
    {.tag = PR_CONTENT_COUNT, .get = get_count, .flags = C},
    {.tag = PR_CONTENT_UNREAD, .get = get_count, .flags = C},
    {.tag = PR_SUBFOLDERS, .get = get_count, .flags = C},
    {.tag = PR_STATUS, .get = get_constant, .flags = C},
    {.tag = PR_CONTAINER_HIERARCHY, .get = get_constant, .flags = C},
    {.tag = PR_CONTAINER_CONTENTS, .get = get_constant, .flags = C},
    {.tag = PR_FOLDER_ASSOCIATED_CONTENTS, .get = get_constant, .flags = C},
    {.tag = PR_ASSOC_CONTENT_COUNT, .get = get_count, .flags = C},
    {.tag = PR_IPM_APPOINTMENT_ENTRYID, .get = get_default_folder, .flags = PROP_NOT_COPIED},
    {.tag = PR_IPM_CONTACT_ENTRYID, .get = get_default_folder, .flags = PROP_NOT_COPIED},
    {.tag = PR_IPM_JOURNAL_ENTRYID, .get = get_default_folder, .flags = PROP_NOT_COPIED},
    {.tag = PR_IPM_NOTE_ENTRYID, .get = get_default_folder, .flags = PROP_NOT_COPIED},
    {.tag = PR_IPM_TASK_ENTRYID, .get = get_default_folder, .flags = PROP_NOT_COPIED},
    {.tag = PR_IPM_DRAFTS_ENTRYID, .get = get_default_folder, .flags = PROP_NOT_COPIED},
    {.tag = PR_ADDITIONAL_REN_ENTRYIDS_, .get = get_more_folders, .flags = PROP_NOT_COPIED},
    {.tag = PR_FREEBUSY_ENTRYIDS_, .get = get_more_folders, .flags = PROP_NOT_COPIED},
    {.tag = PR_DISPLAY_TYPE, .get = get_constant, .flags = C},
    {.tag = PR_SOURCE_KEY_, .get = get_source_key, .flags = C},
    {.tag = PR_PARENT_SOURCE_KEY_, .get = get_source_key, .flags = C},
    {.tag = PROP_TAG(PT_LONG, 0x6638) /* PR_FOLDER_CHILD_COUNT */, .get = get_count, .flags = C},
    {.tag = PR_RIGHTS_, .get = get_rights, .flags = C},
    {.tag = PR_DELETED_MSG_COUNT, .get = get_deleted_count, .flags = C},
    {.tag = PR_FOLDER_PATHNAME_W, .get = get_path, .flags = C | PROP_HIDDEN},
    {0},
};
#undef C

static HRESULT folder_load(struct prop_object *object)
{
    struct propbag *props = NULL;
    HRESULT hr = mailbox_props_load(mbx_of(object), folder_of(object)->id, NULL, &props);
    if (FAILED(hr))
        return hr == MAPI_E_NOT_FOUND ? MAPI_E_OBJECT_DELETED : hr;
    propbag_free(object->props);
    object->props = props;
    return S_OK;
}

static HRESULT folder_changed(struct prop_object *object)
{
    SPropValue time = {.ulPropTag = PR_LAST_MODIFICATION_TIME, .Value.ft = time_now()};
    if (!mbx_of(object))
        return MAPI_E_INVALID_OBJECT;
    HRESULT hr = propbag_set(object->props, &time);
    return FAILED(hr) ? hr : mailbox_props_save(mbx_of(object), folder_of(object)->id, object->props);
}

static HRESULT folder_open_property(struct prop_object *object, ULONG tag, const IID *iid, ULONG interface_options,
                                    ULONG flags, IUnknown **out)
{
    IMAPIFolder *self = (IMAPIFolder *)object;
    ULONG table_flags = interface_options & ~(ULONG)(MAPI_MODIFY | MAPI_CREATE);
    (void)flags;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_CONTAINER_HIERARCHY):
    case PROP_ID(PR_CONTAINER_CONTENTS):
    case PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS):
        break;
    default:
        return PROP_TYPE(tag) == PT_OBJECT ? MAPI_E_NOT_FOUND : MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    if (!IsEqualIID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (PROP_ID(tag) == PROP_ID(PR_CONTAINER_HIERARCHY))
        return folder_vtbl.GetHierarchyTable(self, table_flags, (IMAPITable **)out);
    if (PROP_ID(tag) == PROP_ID(PR_FOLDER_ASSOCIATED_CONTENTS))
        table_flags |= MAPI_ASSOCIATED;
    return folder_vtbl.GetContentsTable(self, table_flags, (IMAPITable **)out);
}

const struct prop_object_ops folder_prop_ops = {
    .handlers = folder_handlers,
    .load = folder_load,
    .changed = folder_changed,
    .open_property = folder_open_property,
    .copy_parts = folder_copy_parts,
};
