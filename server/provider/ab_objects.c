/*
 * ab_objects.c: containers, distribution lists, mail users and one-offs of the address book.
 *
 * Layer: provider, session part. What comes from the directory is read-only for MAPI programs: mapictl administers it. The
 * personal address book's container hands what changes it to ab_personal_edit.c; its entries are in ab_personal_entry.c.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "ab_private.h"
#include "store.h"
#include "text.h"

#define PR_EMS_AB_MANAGER_O PROP_TAG(PT_OBJECT, 0x8005)
#define PR_EMS_AB_IS_MEMBER_OF_DL_O PROP_TAG(PT_OBJECT, 0x8008)
#define PR_EMS_AB_MEMBER_O PROP_TAG(PT_OBJECT, 0x8009)
#define PR_EMS_AB_REPORTS_O PROP_TAG(PT_OBJECT, 0x800E)
#define PR_EMS_AB_CONTAINERID PROP_TAG(PT_LONG, 0xFFFD)
#define PR_AB_PROVIDER_ID_B PROP_TAG(PT_BINARY, 0x3615)

/* The containers, by kind. */
static const struct container {
    const WCHAR *dn, *name;
    ULONG display_type, flags, access;
} containers[] = {
    [AB_ROOT] = {AB_DN_ROOT, L"Address Book", DT_NOT_SPECIFIC, AB_SUBCONTAINERS | AB_UNMODIFIABLE, MAPI_ACCESS_READ},
    [AB_GAL] = {AB_DN_GAL, L"Global Address List", DT_GLOBAL, AB_RECIPIENTS | AB_UNMODIFIABLE, MAPI_ACCESS_READ},
    [AB_PERSONAL] = {L"", L"Personal Address Book", DT_MODIFIABLE, AB_RECIPIENTS | AB_MODIFIABLE,
                     MAPI_ACCESS_READ | MAPI_ACCESS_CREATE_CONTENTS},
};

static struct ab_object *object_from(void *self)
{
    return self;
}

static HRESULT ab_load(struct prop_object *object)
{
    return object->props != NULL ? S_OK : propbag_create(&object->props);
}

static HRESULT ab_changed(struct prop_object *object)
{
    (void)object;
    return MAPI_E_NO_ACCESS;
}

static HRESULT ab_save(struct prop_object *object, ULONG flags)
{
    (void)object, (void)flags; /* nothing can have changed */
    return S_OK;
}

/* ---- tables ---- */

struct id_set {
    int64_t *ids;
    ULONG count;
};

static bool in_set(void *context, const struct ab_row *row)
{
    const struct id_set *set = context;
    for (ULONG i = 0; i < set->count; i++) {
        if (set->ids[i] == row->id)
            return true;
    }
    return false;
}

static HRESULT rows_table(struct ab_object *object, bool (*accept)(void *context, const struct ab_row *row),
                          void *context, ULONG flags, IMAPITable **out)
{
    struct ab_snapshot *snapshot = NULL;
    struct table_source *source;
    HRESULT hr = ab_snapshot_get(object->prop.base.session->dir, &snapshot);
    if (hr == S_OK && (hr = ab_snapshot_source(snapshot, accept, context, &source)) == S_OK)
        hr = table_create(&object->prop.base, source, ab_default_columns(), flags, out);
    ab_snapshot_release(snapshot);
    return hr;
}

static HRESULT contents_table(struct ab_object *object, ULONG flags, IMAPITable **out)
{
    struct id_set members = {NULL, 0};
    HRESULT hr = S_OK;
    if (object->kind == AB_GAL)
        return rows_table(object, NULL, NULL, flags, out);
    if (object->kind == AB_PERSONAL)
        return personal_table(&object->prop.base, flags, out);
    if (ab_is_private_list(object))
        return personal_members(&object->prop.base, object->personal, flags, out);
    if (object->kind == AB_LIST)
        hr = directory_members(object->prop.base.session->dir, object->id, &members.ids, &members.count);
    if (hr == S_OK)
        hr = rows_table(object, in_set, &members, flags, out);
    free(members.ids);
    return hr;
}

HRESULT ab_container_id(enum ab_kind kind, void *base, SBinary *out)
{
    return kind == AB_PERSONAL ? ab_id_personal(AB_TYPE_CONTAINER, containers[kind].dn, base, out)
                               : ab_id_entry(AB_TYPE_CONTAINER, containers[kind].dn, base, out);
}

static const SizedSPropTagArray(10, hierarchy_columns) = {
    10,
    {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_INSTANCE_KEY, PR_DEPTH, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS,
     PR_AB_PROVIDER_ID_B, PR_RECORD_KEY, PR_EMS_AB_CONTAINERID}};

static HRESULT hierarchy_row(struct table_source *source, enum ab_kind kind)
{
    const struct container *container = &containers[kind];
    SPropValue *row = NULL;
    SBinary id = {0, NULL};
    HRESULT hr = MAPIAllocateBuffer(10 * sizeof *row, (void **)&row);
    if (hr == S_OK && (hr = ab_container_id(kind, row, &id)) == S_OK &&
        (hr = value_string(&row[0], PR_DISPLAY_NAME_W, container->name, row)) == S_OK &&
        (hr = value_binary(&row[1], PR_ENTRYID, id.lpb, id.cb, row)) == S_OK &&
        (hr = value_binary(&row[2], PR_INSTANCE_KEY, kind == AB_GAL ? "GAL" : "PAB", 4, row)) == S_OK &&
        (hr = value_long(&row[3], PR_DEPTH, 0)) == S_OK &&
        (hr = value_long(&row[4], PR_OBJECT_TYPE, MAPI_ABCONT)) == S_OK &&
        (hr = value_long(&row[5], PR_DISPLAY_TYPE, (LONG)container->display_type)) == S_OK &&
        (hr = value_long(&row[6], PR_CONTAINER_FLAGS, (LONG)container->flags)) == S_OK &&
        (hr = value_binary(&row[7], PR_AB_PROVIDER_ID_B, kind == AB_GAL ? &ab_provider_uid : &ab_personal_uid,
                           sizeof(MAPIUID), row)) == S_OK &&
        (hr = value_binary(&row[8], PR_RECORD_KEY, id.lpb, id.cb, row)) == S_OK &&
        (hr = value_long(&row[9], PR_EMS_AB_CONTAINERID, 0)) == S_OK)
        hr = memory_rows_add(source, kind == AB_GAL ? 10 : 9, row); /* the last is Exchange's number of its list */
    MAPIFreeBuffer(row);
    return hr;
}

/* The root has its containers below it; they have none. */
static HRESULT hierarchy_table(struct ab_object *object, ULONG flags, IMAPITable **out)
{
    struct table_source *source = NULL;
    HRESULT hr = memory_rows_create(PR_INSTANCE_KEY, &source);
    if (hr == S_OK && object->kind == AB_ROOT)
        hr = hierarchy_row(source, AB_GAL);
    if (hr == S_OK && object->kind == AB_ROOT && personal_available(object->prop.base.session))
        hr = hierarchy_row(source, AB_PERSONAL);
    if (hr == S_OK) {
        hr = table_create(&object->prop.base, source, (const SPropTagArray *)&hierarchy_columns, flags, out);
        source = NULL;
    }
    if (source != NULL)
        source->ops->destroy(source);
    return hr;
}

/* The table behind an object property: members, memberships, manager, reports. MAPI_E_NOT_FOUND for others. */
static HRESULT relation_table(struct ab_object *object, ULONG tag, ULONG flags, IMAPITable **out)
{
    struct directory *dir = object->prop.base.session->dir;
    struct id_set set = {NULL, 0};
    struct dir_entry *entry = NULL;
    HRESULT hr = MAPI_E_NOT_FOUND;
    if (object->id == 0)
        return hr;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_EMS_AB_MEMBER_O):
        if (object->kind == AB_LIST)
            hr = directory_members(dir, object->id, &set.ids, &set.count);
        break;
    case PROP_ID(PR_EMS_AB_IS_MEMBER_OF_DL_O):
        hr = directory_member_of(dir, object->id, &set.ids, &set.count);
        break;
    case PROP_ID(PR_EMS_AB_MANAGER_O):
        if ((hr = directory_entry_get(dir, object->id, &entry)) == S_OK && entry->manager == 0)
            hr = MAPI_E_NOT_FOUND;
        if (hr == S_OK && (set.ids = malloc(sizeof *set.ids)) == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        if (hr == S_OK) {
            set.ids[0] = entry->manager;
            set.count = 1;
        }
        dir_entry_free(entry);
        break;
    case PROP_ID(PR_EMS_AB_REPORTS_O):
        hr = directory_reports(dir, object->id, &set.ids, &set.count);
        break;
    default:
        break;
    }
    if (hr == S_OK)
        hr = rows_table(object, in_set, &set, flags, out);
    free(set.ids);
    return hr;
}

HRESULT ab_open_property(struct prop_object *prop, ULONG tag, const IID *iid, ULONG interface_options, ULONG flags,
                         IUnknown **out)
{
    struct ab_object *object = (struct ab_object *)prop;
    (void)flags;
    if (!IsEqualIID(iid, &IID_IMAPITable))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_CONTAINER_CONTENTS):
        if (object->kind == AB_USER)
            return MAPI_E_NOT_FOUND;
        return contents_table(object, interface_options & MAPI_UNICODE, (IMAPITable **)out);
    case PROP_ID(PR_CONTAINER_HIERARCHY):
        if (object->kind == AB_USER || object->kind == AB_LIST)
            return MAPI_E_NOT_FOUND;
        return hierarchy_table(object, interface_options & MAPI_UNICODE, (IMAPITable **)out);
    case PROP_ID(PR_CREATE_TEMPLATES):
        return object->kind == AB_PERSONAL || ab_is_private_list(object)
                   ? personal_templates(&object->prop.base, object->kind == AB_PERSONAL, interface_options & MAPI_UNICODE,
                                        (IMAPITable **)out)
                   : MAPI_E_NOT_FOUND;
    default:
        return relation_table(object, tag, interface_options & MAPI_UNICODE, (IMAPITable **)out);
    }
}

static const struct prop_handler ab_handlers[] = {{0, NULL, NULL, NULL, 0}};

static const struct prop_object_ops ab_ops = {
    .handlers = ab_handlers,
    .load = ab_load,
    .changed = ab_changed,
    .save = ab_save,
    .open_property = ab_open_property,
};

/* ---- IABContainer and IDistList, which have the same methods ---- */

static HRESULT STDMETHODCALLTYPE ab_GetContentsTable(IABContainer *self, ULONG flags, LPMAPITABLE *out)
{
    struct ab_object *object = object_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | MAPI_ASSOCIATED))
        return MAPI_E_UNKNOWN_FLAGS;
    if (flags & MAPI_ASSOCIATED)
        return MAPI_E_NO_SUPPORT;
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = object->kind == AB_ROOT ? MAPI_E_NO_SUPPORT : contents_table(object, flags & MAPI_UNICODE, out);
    object_leave(&object->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE ab_GetHierarchyTable(IABContainer *self, ULONG flags, LPMAPITABLE *out)
{
    struct ab_object *object = object_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_DEFERRED_ERRORS | CONVENIENT_DEPTH))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = object->kind == AB_LIST ? MAPI_E_NO_SUPPORT : hierarchy_table(object, flags & MAPI_UNICODE, out);
    object_leave(&object->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE ab_OpenEntry(IABContainer *self, ULONG cb, LPENTRYID id, LPCIID iid, ULONG flags,
                                              ULONG *type, LPUNKNOWN *out)
{
    struct ab_object *object = object_from(self);
    if (type != NULL)
        *type = 0;
    if (out == NULL || type == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = addrbook_open_entry(object->prop.base.session, &object->prop.base, cb, id, iid, flags, type, out);
    object_leave(&object->prop.base);
    return hr;
}

/* What the directory does not offer to MAPI programs. */
static HRESULT refuse(struct ab_object *object, HRESULT error, const WCHAR *text)
{
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = object_fail(&object->prop.base, error, text);
    object_leave(&object->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE ab_SetSearchCriteria(IABContainer *self, LPSRestriction restriction,
                                                      LPENTRYLIST containers, ULONG flags)
{
    (void)restriction, (void)containers, (void)flags;
    return refuse(object_from(self), MAPI_E_NO_SUPPORT, L"Containers of the directory are no search containers.");
}

static HRESULT STDMETHODCALLTYPE ab_GetSearchCriteria(IABContainer *self, ULONG flags, LPSRestriction *restriction,
                                                      LPENTRYLIST *containers, ULONG *state)
{
    (void)flags;
    if (restriction != NULL)
        *restriction = NULL;
    if (containers != NULL)
        *containers = NULL;
    if (state != NULL)
        *state = 0;
    return refuse(object_from(self), MAPI_E_NO_SUPPORT, L"Containers of the directory are no search containers.");
}

static const WCHAR read_only_text[] = L"The directory is read-only; mapictl administers it.";

/* Why the container or list takes no entries; NULL: it does. */
static const WCHAR *why_fixed(const struct ab_object *object)
{
    if (object->kind == AB_PERSONAL)
        return NULL;
    if (!ab_is_private_list(object))
        return read_only_text;
    return object->personal != 0 ? NULL : L"The list is not saved yet.";
}

/* The private list that the object is, 0: it is the book itself. */
static int64_t list_of(const struct ab_object *object)
{
    return object->kind == AB_LIST ? object->personal : 0;
}

static HRESULT STDMETHODCALLTYPE ab_CreateEntry(IABContainer *self, ULONG cb, LPENTRYID id, ULONG flags,
                                                LPMAPIPROP *out)
{
    struct ab_object *object = object_from(self);
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (why_fixed(object) != NULL)
        return refuse(object, MAPI_E_NO_ACCESS, why_fixed(object));
    if (cb == 0 || id == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = personal_create(&object->prop.base, list_of(object), cb, id, flags, out);
    object_leave(&object->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE ab_CopyEntries(IABContainer *self, LPENTRYLIST entries, ULONG_PTR ui,
                                                LPMAPIPROGRESS progress, ULONG flags)
{
    struct ab_object *object = object_from(self);
    (void)ui, (void)progress; /* copies take no time that could be shown */
    if (entries == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (why_fixed(object) != NULL)
        return refuse(object, MAPI_E_NO_ACCESS, why_fixed(object));
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = personal_copy(&object->prop.base, list_of(object), entries, flags);
    object_leave(&object->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE ab_DeleteEntries(IABContainer *self, LPENTRYLIST entries, ULONG flags)
{
    struct ab_object *object = object_from(self);
    if (entries == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (why_fixed(object) != NULL)
        return refuse(object, MAPI_E_NO_ACCESS, why_fixed(object));
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    hr = personal_delete(object->prop.base.session, list_of(object), entries);
    object_leave(&object->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE ab_ResolveNames(IABContainer *self, LPSPropTagArray tags, ULONG flags,
                                                 LPADRLIST list, LPFlagList states)
{
    static const enum ab_place directory[] = {AB_IN_GAL, AB_ONE_OFFS}, personal[] = {AB_IN_PERSONAL};
    struct ab_object *object = object_from(self);
    if (list == NULL || states == NULL || states->cFlags < list->cEntries)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&object->prop.base);
    if (hr != S_OK)
        return hr;
    if (object->kind == AB_GAL || object->kind == AB_PERSONAL)
        hr = ab_resolve_list(object->prop.base.session, object->kind == AB_GAL ? directory : personal,
                             object->kind == AB_GAL ? 2 : 1, tags, flags, list, states->ulFlag);
    else
        hr = MAPI_E_NO_SUPPORT;
    object_leave(&object->prop.base);
    return hr;
}

static const IABContainerVtbl container_vtbl = {
    PROP_OBJECT_VTBL,
    .GetContentsTable = ab_GetContentsTable,
    .GetHierarchyTable = ab_GetHierarchyTable,
    .OpenEntry = ab_OpenEntry,
    .SetSearchCriteria = ab_SetSearchCriteria,
    .GetSearchCriteria = ab_GetSearchCriteria,
    .CreateEntry = ab_CreateEntry,
    .CopyEntries = ab_CopyEntries,
    .DeleteEntries = ab_DeleteEntries,
    .ResolveNames = ab_ResolveNames,
};
static const IMailUserVtbl user_vtbl = {PROP_OBJECT_VTBL};

static void ab_destroy(void *object)
{
    prop_object_destroy(object);
}

static const IID *const container_iids[] = {&IID_IABContainer, &IID_IMAPIContainer, &IID_IMAPIProp, NULL};
static const IID *const list_iids[] = {&IID_IDistList, &IID_IMAPIContainer, &IID_IMAPIProp, NULL};
static const IID *const user_iids[] = {&IID_IMailUser, &IID_IMAPIProp, NULL};

static const struct object_class container_class = {
    .name = "IABContainer", .vtbl = &container_vtbl, .size = sizeof(struct ab_object), .object_type = MAPI_ABCONT,
    .iids = container_iids, .destroy = ab_destroy};
static const struct object_class list_class = {
    .name = "IDistList", .vtbl = &container_vtbl, .size = sizeof(struct ab_object), .object_type = MAPI_DISTLIST,
    .iids = list_iids, .destroy = ab_destroy};
static const struct object_class user_class = {
    .name = "IMailUser", .vtbl = &user_vtbl, .size = sizeof(struct ab_object), .object_type = MAPI_MAILUSER,
    .iids = user_iids, .destroy = ab_destroy};

/* ---- opening ---- */

HRESULT ab_object_create(struct object *parent, enum ab_kind kind, struct ab_object **out)
{
    const struct object_class *cls = kind == AB_USER ? &user_class : kind == AB_LIST ? &list_class : &container_class;
    HRESULT hr = object_create(cls, parent, out);
    if (hr != S_OK)
        return hr;
    (*out)->prop.ops = &ab_ops;
    (*out)->kind = kind;
    if ((hr = propbag_create(&(*out)->prop.props)) != S_OK) {
        object_Release(*out);
        *out = NULL;
    }
    return hr;
}

static HRESULT set_long(struct ab_object *object, ULONG tag, LONG value)
{
    return propbag_set_long(object->prop.props, tag, value);
}

static HRESULT set_binary(struct ab_object *object, ULONG tag, const SBinary *bytes)
{
    SPropValue value = {.ulPropTag = tag};
    value.Value.bin = *bytes;
    return propbag_set(object->prop.props, &value);
}

HRESULT ab_object_grant(HRESULT hr, struct ab_object *object, const IID *iid, ULONG *type, IUnknown **out)
{
    if (hr == S_OK && !object_grants(&object->prop.base, iid))
        hr = MAPI_E_INTERFACE_NOT_SUPPORTED;
    if (hr != S_OK) {
        object_Release(object);
        return hr;
    }
    propbag_mark_clean(object->prop.props);
    *type = object->prop.base.cls->object_type;
    *out = (IUnknown *)object;
    return S_OK;
}

HRESULT ab_container_open(struct session *session, struct object *parent, enum ab_kind kind, const IID *iid, ULONG flags,
                          ULONG *type, IUnknown **out)
{
    const struct container *container = &containers[kind];
    struct ab_object *object;
    SBinary id = {0, NULL};
    if (kind == AB_PERSONAL && !personal_available(session))
        return MAPI_E_NOT_FOUND;
    if (kind != AB_PERSONAL && (flags & MAPI_MODIFY))
        return object_fail(parent, MAPI_E_NO_ACCESS, read_only_text);
    HRESULT hr = ab_object_create(parent, kind, &object);
    if (hr != S_OK)
        return hr;
    if ((hr = ab_container_id(kind, NULL, &id)) == S_OK && (hr = set_binary(object, PR_ENTRYID, &id)) == S_OK &&
        (hr = set_binary(object, PR_RECORD_KEY, &id)) == S_OK &&
        (hr = set_binary(object, PR_INSTANCE_KEY, &id)) == S_OK &&
        (hr = set_long(object, PR_OBJECT_TYPE, MAPI_ABCONT)) == S_OK &&
        (hr = set_long(object, PR_DISPLAY_TYPE, (LONG)container->display_type)) == S_OK &&
        (hr = set_long(object, PR_CONTAINER_FLAGS, (LONG)container->flags)) == S_OK &&
        (hr = set_long(object, PR_ACCESS, (LONG)container->access)) == S_OK &&
        (hr = set_long(object, PR_ACCESS_LEVEL, 0)) == S_OK)
        hr = propbag_set_string(object->prop.props, PR_DISPLAY_NAME_W, container->name);
    MAPIFreeBuffer(id.lpb);
    for (int list = 0; list < 2 && hr == S_OK && kind == AB_PERSONAL; list++) {
        if ((hr = personal_template_id(list != 0, NULL, &id)) == S_OK)
            hr = set_binary(object, list ? PR_DEF_CREATE_DL : PR_DEF_CREATE_MAILUSER, &id);
        MAPIFreeBuffer(id.lpb);
    }
    return ab_object_grant(hr, object, iid, type, out);
}

HRESULT ab_entry_open(struct session *session, struct object *parent, struct ab_snapshot *snapshot,
                      const struct ab_row *row, const IID *iid, ULONG *type, IUnknown **out)
{
    struct ab_object *object;
    bool list = row->kind == DIR_LIST;
    HRESULT hr = ab_object_create(parent, list ? AB_LIST : AB_USER, &object);
    (void)session, (void)snapshot;
    if (hr != S_OK)
        return hr;
    object->id = row->id;
    for (ULONG i = 0; i < row->count && hr == S_OK; i++)
        hr = propbag_set(object->prop.props, &row->values[i]);
    if (hr == S_OK)
        hr = set_long(object, PR_ACCESS, MAPI_ACCESS_READ);
    if (hr == S_OK)
        hr = set_long(object, PR_ACCESS_LEVEL, 0);
    return ab_object_grant(hr, object, iid, type, out);
}

HRESULT ab_oneoff_open(struct session *session, struct object *parent, const struct ab_id *id, const IID *iid, ULONG *type,
                       IUnknown **out)
{
    struct ab_object *object;
    SBinary bytes = {0, NULL}, key = {0, NULL};
    SPropValue rich = {.ulPropTag = PR_SEND_RICH_INFO};
    HRESULT hr = ab_object_create(parent, AB_USER, &object);
    (void)session;
    if (hr != S_OK)
        return hr;
    rich.Value.b = id->rich_info;
    if ((hr = ab_id_oneoff(id->name, id->addrtype, id->address,
                           (id->unicode ? MAPI_UNICODE : 0) | (id->rich_info ? 0 : MAPI_SEND_NO_RICH_INFO), NULL,
                           &bytes)) == S_OK &&
        (hr = ab_search_key(id->addrtype, id->address, NULL, &key)) == S_OK &&
        (hr = set_binary(object, PR_ENTRYID, &bytes)) == S_OK &&
        (hr = set_binary(object, PR_RECORD_KEY, &bytes)) == S_OK &&
        (hr = set_binary(object, PR_SEARCH_KEY, &key)) == S_OK &&
        (hr = set_long(object, PR_OBJECT_TYPE, MAPI_MAILUSER)) == S_OK &&
        (hr = set_long(object, PR_DISPLAY_TYPE, DT_MAILUSER)) == S_OK &&
        (hr = set_long(object, PR_ACCESS, MAPI_ACCESS_READ)) == S_OK &&
        (hr = propbag_set(object->prop.props, &rich)) == S_OK &&
        (hr = propbag_set_string(object->prop.props, PR_DISPLAY_NAME_W, id->name)) == S_OK &&
        (hr = propbag_set_string(object->prop.props, PR_TRANSMITABLE_DISPLAY_NAME_W, id->name)) == S_OK &&
        (hr = propbag_set_string(object->prop.props, PR_ADDRTYPE_W, id->addrtype)) == S_OK &&
        (hr = propbag_set_string(object->prop.props, PR_EMAIL_ADDRESS_W, id->address)) == S_OK &&
        text_compare(id->addrtype, L"SMTP") == 0)
        hr = propbag_set_string(object->prop.props, PROP_TAG(PT_UNICODE, 0x39FE), id->address);
    MAPIFreeBuffer(bytes.lpb);
    MAPIFreeBuffer(key.lpb);
    return ab_object_grant(hr, object, iid, type, out);
}
