/*
 * store_props.c: the properties of a store.
 *
 * Layer: provider, store part. What is computed here is computed at each question; the rest lives in the mailbox's
 * store row and is written at once.
 */
#include "store.h"
#include "mapi_exchange.h"
#include "table.h"
#include <string.h>

#ifndef STORE_UNICODE_OK
#define STORE_UNICODE_OK ((ULONG)0x00040000)
#endif
#ifndef STORE_HTML_OK
#define STORE_HTML_OK ((ULONG)0x00010000)
#endif

#define SUPPORT_READ \
    (STORE_ENTRYID_UNIQUE | STORE_SEARCH_OK | STORE_ATTACH_OK | STORE_OLE_OK | STORE_NOTIFY_OK | STORE_MV_PROPS_OK | \
     STORE_CATEGORIZE_OK | STORE_RTF_OK | STORE_RESTRICTION_OK | STORE_SORT_OK | STORE_HAS_SEARCHES | \
     STORE_UNICODE_OK | STORE_HTML_OK)

static struct store *store_of(struct prop_object *object)
{
    return object->base.store;
}

/* ---- default folders ---- */

static const struct {
    ULONG id;
    mbx_id folder;
} default_folders[] = {
    {PROP_ID(PR_IPM_SUBTREE_ENTRYID), MBX_IPM_SUBTREE},
    {PROP_ID(PR_IPM_OUTBOX_ENTRYID), MBX_OUTBOX},
    {PROP_ID(PR_IPM_WASTEBASKET_ENTRYID), MBX_WASTEBASKET},
    {PROP_ID(PR_IPM_SENTMAIL_ENTRYID), MBX_SENT},
    {PROP_ID(PR_VIEWS_ENTRYID), MBX_VIEWS},
    {PROP_ID(PR_COMMON_VIEWS_ENTRYID), MBX_COMMON_VIEWS},
    {PROP_ID(PR_FINDER_ENTRYID), MBX_FINDER},
    {PROP_ID(PR_IPM_APPOINTMENT_ENTRYID), MBX_CALENDAR},
    {PROP_ID(PR_IPM_CONTACT_ENTRYID), MBX_CONTACTS},
    {PROP_ID(PR_IPM_JOURNAL_ENTRYID), MBX_JOURNAL},
    {PROP_ID(PR_IPM_NOTE_ENTRYID), MBX_NOTES},
    {PROP_ID(PR_IPM_TASK_ENTRYID), MBX_TASKS},
    {PROP_ID(PR_IPM_DRAFTS_ENTRYID), MBX_DRAFTS},
};

mbx_id default_folder_of_tag(ULONG tag)
{
    for (size_t i = 0; i < ARRAYSIZE(default_folders); i++)
        if (default_folders[i].id == PROP_ID(tag))
            return default_folders[i].folder;
    return 0;
}

static HRESULT get_default_folder(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    return value_folder_entryid(object, CHANGE_PROP_TYPE(tag, PT_BINARY), default_folder_of_tag(tag), base, out);
}

/* ---- the store itself ---- */

static HRESULT get_size(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    int64_t bytes;
    ULONG items;
    (void)base;
    HRESULT hr = mailbox_size(store_of(object)->mbx, &bytes, &items);
    if (FAILED(hr))
        return hr;
    if (PROP_TYPE(tag) == PT_I8)
        return value_i8(out, PR_MESSAGE_SIZE_EXTENDED, bytes);
    return value_long(out, PR_MESSAGE_SIZE, bytes > 0x7fffffff ? 0x7fffffff : (LONG)bytes);
}

static HRESULT get_item_count(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    int64_t bytes;
    ULONG items;
    (void)base;
    HRESULT hr = mailbox_size(store_of(object)->mbx, &bytes, &items);
    return FAILED(hr) ? hr : value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), (LONG)items);
}

static HRESULT get_access(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), object->writable ? ACCESS_FOLDER_ALL : MAPI_ACCESS_READ);
}

static HRESULT get_object_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), MAPI_STORE);
}

static HRESULT get_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? entryid_store(store_guid(store_of(object)), store_of(object)->open_flags, base, &out->Value.bin) : S_OK;
}

static HRESULT get_provider_display(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object;
    return value_string(out, tag, L"MapiHost local store", base);
}

static HRESULT get_provider_dll(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object;
    return value_string(out, tag, L"mapilocal.dll", base);
}

static HRESULT get_default_store(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct mailbox_info *user = session_user(object->base.session);
    (void)base;
    return value_bool(out, CHANGE_PROP_TYPE(tag, PT_BOOLEAN),
                      user && IsEqualGUID(&user->guid, store_guid(store_of(object))));
}

static HRESULT get_support_mask(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    ULONG mask = SUPPORT_READ;
    (void)base;
    mask |= object->writable ? STORE_MODIFY_OK | STORE_CREATE_OK | STORE_SUBMIT_OK : STORE_READONLY;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), (LONG)mask);
}

static HRESULT get_state(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), (LONG)STORE_HAS_SEARCHES);
}

static HRESULT get_provider_uid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object;
    return value_binary(out, CHANGE_PROP_TYPE(tag, PT_BINARY), &provider_uid, sizeof(provider_uid), base);
}

static HRESULT get_receive_settings(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)tag, (void)base;
    return value_long(out, PR_RECEIVE_FOLDER_SETTINGS, 0);
}

static HRESULT get_valid_folders(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), 0xff);
}

static HRESULT get_user_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct mailbox_info *user = session_user(object->base.session);
    if (!user)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? directory_user_entryid(object->base.session, user->dn, base, &out->Value.bin) : S_OK;
}

static HRESULT get_user_name(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct mailbox_info *user = session_user(object->base.session);
    return user ? value_string(out, tag, user->display_name, base) : MAPI_E_NOT_FOUND;
}

static HRESULT get_owner_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base ? directory_user_entryid(object->base.session, store_of(object)->info->dn, base, &out->Value.bin) : S_OK;
}

static HRESULT get_owner_name(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    return value_string(out, tag, store_of(object)->info->display_name, base);
}

static HRESULT get_oof_state(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)tag, (void)base;
    return value_bool(out, PR_OOF_STATE, propbag_bool(object->props, PR_OOF_STATE, false));
}

#define C PROP_COMPUTED
static const struct prop_handler store_handlers[] = {
    {.tag = PR_MESSAGE_SIZE, .get = get_size, .flags = C},
    {.tag = PR_ACCESS, .get = get_access, .flags = C},
    {.tag = PR_ACCESS_LEVEL, .get = get_access_level, .flags = C},
    {.tag = PR_MAPPING_SIGNATURE, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_RECORD_KEY, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_STORE_RECORD_KEY, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_STORE_ENTRYID, .get = get_store_entryid, .flags = C},
    {.tag = PR_OBJECT_TYPE, .get = get_object_type, .flags = C},
    {.tag = PR_ENTRYID, .get = get_entryid, .flags = C},
    {.tag = PR_PROVIDER_DISPLAY_W, .get = get_provider_display, .flags = C},
    {.tag = PR_PROVIDER_DLL_NAME_W, .get = get_provider_dll, .flags = C},
    {.tag = PR_SEARCH_KEY, .get = get_mailbox_guid, .flags = C},
    {.tag = PR_DEFAULT_STORE, .get = get_default_store, .flags = C},
    {.tag = PR_STORE_SUPPORT_MASK, .get = get_support_mask, .flags = C},
    {.tag = PR_STORE_STATE, .get = get_state, .flags = C},
    {.tag = PR_MDB_PROVIDER, .get = get_provider_uid, .flags = C},
    {.tag = PR_RECEIVE_FOLDER_SETTINGS, .get = get_receive_settings, .flags = C},
    {.tag = PR_VALID_FOLDER_MASK, .get = get_valid_folders, .flags = C},
    {.tag = PR_IPM_SUBTREE_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_IPM_OUTBOX_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_IPM_WASTEBASKET_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_IPM_SENTMAIL_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_VIEWS_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_COMMON_VIEWS_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_FINDER_ENTRYID, .get = get_default_folder, .flags = C},
    {.tag = PR_CONTENT_COUNT, .get = get_item_count, .flags = C},
    {.tag = PR_USER_ENTRYID, .get = get_user_entryid, .flags = C},
    {.tag = PROP_TAG(PT_UNICODE, 0x661A) /* PR_USER_NAME */, .get = get_user_name, .flags = C},
    {.tag = PR_MAILBOX_OWNER_ENTRYID, .get = get_owner_entryid, .flags = C},
    {.tag = PR_MAILBOX_OWNER_NAME_W, .get = get_owner_name, .flags = C},
    {.tag = PR_OOF_STATE, .get = get_oof_state},
    {0},
};
#undef C

static HRESULT store_load(struct prop_object *object)
{
    struct propbag *props = NULL;
    HRESULT hr = mailbox_props_load(store_of(object)->mbx, MBX_STORE, NULL, &props);
    if (FAILED(hr))
        return hr;
    propbag_free(object->props);
    object->props = props;
    return S_OK;
}

static HRESULT store_changed(struct prop_object *object)
{
    return store_of(object)->mbx ? mailbox_props_save(store_of(object)->mbx, MBX_STORE, object->props)
                                 : MAPI_E_INVALID_OBJECT;
}

static HRESULT store_open_property(struct prop_object *object, ULONG tag, const IID *iid, ULONG interface_options,
                                   ULONG flags, IUnknown **out)
{
    (void)flags;
    if (tag != PR_RECEIVE_FOLDER_SETTINGS)
        return PROP_TYPE(tag) == PT_OBJECT ? MAPI_E_NOT_FOUND : MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (!IsEqualIID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    IMsgStore *store = (IMsgStore *)object;
    return store->lpVtbl->GetReceiveFolderTable(store, interface_options & MAPI_UNICODE, (IMAPITable **)out);
}

const struct prop_object_ops store_prop_ops = {
    .handlers = store_handlers,
    .load = store_load,
    .changed = store_changed,
    .open_property = store_open_property,
};
