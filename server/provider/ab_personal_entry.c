/*
 * ab_personal_entry.c: entries of the personal address book as IMailUser, or IDistList of a list of the directory or of a
 * private one. See ab_personal.h.
 *
 * Layer: provider, session part. What is set stays in the object until SaveChanges, which checks a new entry for
 * duplicates as CreateEntry was told to. An entry has its id from its first SaveChanges on.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "ab_private.h"
#include "store.h"
#include "text.h"

#define PR_SMTP_ADDRESS_UNICODE PROP_TAG(PT_UNICODE, 0x39FE)

#define PRIVATE_LIST_TYPE L"MAPIPDL"

static struct ab_object *entry_from(struct prop_object *object)
{
    return (struct ab_object *)object;
}

/* ---- ids ---- */

bool personal_number(const WCHAR *dn, int64_t *number)
{
    *number = 0;
    for (; *dn >= '0' && *dn <= '9' && *number < INT64_MAX / 16; dn++)
        *number = *number * 10 + (*dn - '0');
    return *dn == 0 && *number != 0;
}

HRESULT personal_id(ULONG display_type, int64_t number, void *base, SBinary *out)
{
    WCHAR digits[24], *at = digits + 23;
    for (*at = 0; number > 0; number /= 10)
        *--at = (WCHAR)('0' + number % 10);
    return ab_id_personal(display_type, at, base, out);
}

/* ---- properties that follow from others ---- */

static ULONG display_type_of(const struct ab_object *entry)
{
    return (ULONG)propbag_long(entry->prop.props, PR_DISPLAY_TYPE, DT_MAILUSER);
}

static bool is_smtp(const struct ab_object *entry)
{
    const WCHAR *type = propbag_string(entry->prop.props, PR_ADDRTYPE_W);
    return type != NULL && text_compare(type, L"SMTP") == 0;
}

static HRESULT get_entryid(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct ab_object *entry = entry_from(object);
    if (entry->personal == 0)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base != NULL ? personal_id(display_type_of(entry), entry->personal, base, &out->Value.bin) : S_OK;
}

static HRESULT get_instance_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    struct ab_object *entry = entry_from(object);
    return entry->personal != 0 ? value_binary(out, CHANGE_PROP_TYPE(tag, PT_BINARY), &entry->personal,
                                               sizeof entry->personal, base)
                                : MAPI_E_NOT_FOUND;
}

static HRESULT get_search_key(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const WCHAR *type = propbag_string(object->props, PR_ADDRTYPE_W);
    const WCHAR *address = propbag_string(object->props, PR_EMAIL_ADDRESS_W);
    if (type == NULL || address == NULL)
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base != NULL ? ab_search_key(type, address, base, &out->Value.bin) : S_OK;
}

static HRESULT get_object_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG),
                      entry_from(object)->kind == AB_LIST ? MAPI_DISTLIST : MAPI_MAILUSER);
}

static HRESULT get_display_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), (LONG)display_type_of(entry_from(object)));
}

/* Where members of a private list are made of. */
static HRESULT get_template(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    if (!ab_is_private_list(entry_from(object)))
        return MAPI_E_NOT_FOUND;
    out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
    return base != NULL ? personal_template_id(false, base, &out->Value.bin) : S_OK;
}

static HRESULT get_container_flags(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)base;
    return ab_is_private_list(entry_from(object))
               ? value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), AB_RECIPIENTS | AB_MODIFIABLE)
               : MAPI_E_NOT_FOUND;
}

static HRESULT get_access(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, CHANGE_PROP_TYPE(tag, PT_LONG), MAPI_ACCESS_READ | MAPI_ACCESS_MODIFY | MAPI_ACCESS_DELETE);
}

/* What has been set; else for an Internet address that one. */
static HRESULT get_smtp(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const WCHAR *address = propbag_string(object->props, PR_EMAIL_ADDRESS_W);
    if (propbag_find(object->props, PROP_ID(tag)) != NULL)
        return prop_bag_value(object, PROP_ID(tag), base, out);
    return is_smtp(entry_from(object)) && address != NULL ? value_string(out, PR_SMTP_ADDRESS_UNICODE, address, base)
                                                          : MAPI_E_NOT_FOUND;
}

/* What has been set; else the display name. */
static HRESULT get_sent_name(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const WCHAR *name = propbag_string(object->props, PR_DISPLAY_NAME_W);
    if (propbag_find(object->props, PROP_ID(tag)) != NULL)
        return prop_bag_value(object, PROP_ID(tag), base, out);
    return name != NULL ? value_string(out, PR_TRANSMITABLE_DISPLAY_NAME_W, name, base) : MAPI_E_NOT_FOUND;
}

/* What has been set; else not to Internet addresses. */
static HRESULT get_rich_info(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    if (propbag_find(object->props, PROP_ID(tag)) != NULL)
        return prop_bag_value(object, PROP_ID(tag), base, out);
    return value_bool(out, PR_SEND_RICH_INFO, !is_smtp(entry_from(object)));
}

static const struct prop_handler entry_handlers[] = {
    {PR_ACCESS, get_access, NULL, NULL, PROP_COMPUTED},
    {PR_INSTANCE_KEY, get_instance_key, NULL, NULL, PROP_COMPUTED},
    {PR_ACCESS_LEVEL, get_access_level, NULL, NULL, PROP_COMPUTED},
    {PR_RECORD_KEY, get_entryid, NULL, NULL, PROP_COMPUTED},
    {PR_OBJECT_TYPE, get_object_type, NULL, NULL, PROP_COMPUTED},
    {PR_ENTRYID, get_entryid, NULL, NULL, PROP_COMPUTED},
    {PR_CREATION_TIME, NULL, NULL, NULL, PROP_COMPUTED},
    {PR_LAST_MODIFICATION_TIME, NULL, NULL, NULL, PROP_COMPUTED},
    {PR_SEARCH_KEY, get_search_key, NULL, NULL, PROP_COMPUTED},
    {PR_CONTAINER_FLAGS, get_container_flags, NULL, NULL, PROP_COMPUTED},
    {PR_DEF_CREATE_MAILUSER, get_template, NULL, NULL, PROP_COMPUTED},
    {PR_DISPLAY_TYPE, get_display_type, NULL, NULL, PROP_COMPUTED},
    {PR_SMTP_ADDRESS_UNICODE, get_smtp, NULL, NULL, 0},
    {PR_TRANSMITABLE_DISPLAY_NAME_W, get_sent_name, NULL, NULL, 0},
    {PR_SEND_RICH_INFO, get_rich_info, NULL, NULL, 0},
    {0, NULL, NULL, NULL, 0},
};

/* ---- saving ---- */

static bool is_empty(const WCHAR *text)
{
    return text == NULL || text[0] == 0;
}

/* Makes the properties of an entry whole that is about to be saved. */
static HRESULT complete(struct ab_object *entry)
{
    struct propbag *props = entry->prop.props;
    SPropValue now = {.ulPropTag = PR_LAST_MODIFICATION_TIME, .Value.ft = time_now()};
    const WCHAR *address = propbag_string(props, PR_EMAIL_ADDRESS_W);
    const WCHAR *smtp = propbag_string(props, PR_SMTP_ADDRESS_UNICODE);
    HRESULT hr = S_OK;
    if (is_empty(propbag_string(props, PR_DISPLAY_NAME_W))) {
        if (is_empty(address))
            return object_fail(&entry->prop.base, MAPI_E_MISSING_REQUIRED_COLUMN,
                               L"An entry needs a display name or an address.");
        hr = propbag_set_string(props, PR_DISPLAY_NAME_W, address);
    }
    if (hr == S_OK && (ab_is_private_list(entry) || is_empty(propbag_string(props, PR_ADDRTYPE_W))))
        hr = propbag_set_string(props, PR_ADDRTYPE_W, ab_is_private_list(entry) ? PRIVATE_LIST_TYPE : L"SMTP");
    /* The same address twice would stay when one is changed. */
    if (hr == S_OK && is_smtp(entry) && smtp != NULL && address != NULL && text_compare(smtp, address) == 0)
        hr = propbag_delete(props, PROP_ID(PR_SMTP_ADDRESS_UNICODE));
    if (hr == S_OK)
        hr = propbag_set(props, &now);
    now.ulPropTag = PR_CREATION_TIME;
    if (hr == S_OK && entry->personal == 0)
        hr = propbag_set(props, &now);
    return hr;
}

/* Saves a new entry, or in the place of its duplicate. */
static HRESULT save_new(struct ab_object *entry, struct session *session, int64_t *number)
{
    struct propbag *props = entry->prop.props;
    ULONG flags = entry->create_flags;
    HRESULT hr = directory_begin(session->dir);
    *number = 0;
    if (hr != S_OK)
        return hr;
    if (flags != 0 && entry->list == 0)
        hr = personal_find_duplicate(session, props, !(flags & CREATE_CHECK_DUP_LOOSE), number);
    if (hr == S_OK && *number != 0)
        hr = flags & CREATE_REPLACE
                 ? directory_personal_save(session->dir, session->user_id, *number, props, true)
                 : object_fail(&entry->prop.base, MAPI_E_COLLISION, L"The personal address book has this entry already.");
    else if (hr == S_OK &&
             (hr = directory_personal_add(session->dir, session->user_id, entry->list, props, number)) == MAPI_E_NOT_FOUND)
        hr = MAPI_E_OBJECT_DELETED; /* its list is no more */
    return directory_end(session->dir, hr);
}

static HRESULT entry_save(struct prop_object *object, ULONG flags)
{
    struct ab_object *entry = entry_from(object);
    struct session *session = object->base.session;
    int64_t number = entry->personal;
    (void)flags;
    if (number != 0 && !propbag_is_dirty(object->props))
        return S_OK;
    HRESULT hr = complete(entry);
    if (hr == S_OK && number == 0)
        hr = save_new(entry, session, &number);
    else if (hr == S_OK && (hr = directory_personal_save(session->dir, session->user_id, number, object->props, false)) ==
                               MAPI_E_NOT_FOUND)
        hr = MAPI_E_OBJECT_DELETED;
    if (hr != S_OK)
        return hr;
    entry->personal = number;
    entry->create_flags = 0;
    return personal_changed(session, entry->list, number);
}

static const struct prop_object_ops entry_ops = {
    .handlers = entry_handlers,
    .save = entry_save,
    .open_property = ab_open_property,
};

/* ---- making objects ---- */

/* The object of these properties; takes the bag. number 0: it is new. */
static HRESULT entry_make(struct object *parent, int64_t number, struct propbag *props, struct ab_object **out)
{
    LONG type = propbag_long(props, PR_DISPLAY_TYPE, DT_MAILUSER);
    bool list = type == DT_DISTLIST || type == DT_PRIVATE_DISTLIST;
    const WCHAR *dn = propbag_string(props, PR_EMAIL_ADDRESS_W);
    struct dir_entry *entry = NULL;
    HRESULT hr = ab_object_create(parent, list ? AB_LIST : AB_USER, out);
    if (hr != S_OK) {
        propbag_free(props);
        return hr;
    }
    if (list && dn != NULL && directory_entry_find(parent->session->dir, dn, &entry) == S_OK)
        (*out)->id = entry->id; /* else the list is no more: nobody is in it */
    dir_entry_free(entry);
    propbag_free((*out)->prop.props);
    (*out)->prop.props = props;
    (*out)->prop.ops = &entry_ops;
    (*out)->personal = number;
    return S_OK;
}

HRESULT personal_number_open(struct session *session, struct object *parent, int64_t number, const IID *iid, ULONG flags,
                             ULONG *type, IUnknown **out)
{
    struct propbag *props;
    struct ab_object *entry;
    int64_t list;
    if (!personal_available(session))
        return MAPI_E_NOT_FOUND;
    HRESULT hr = directory_personal_load(session->dir, session->user_id, number, &list, &props);
    if (hr == S_OK)
        hr = entry_make(parent, number, props, &entry);
    if (hr != S_OK)
        return hr;
    entry->list = list;
    entry->prop.writable = (flags & (MAPI_MODIFY | MAPI_BEST_ACCESS)) != 0;
    return ab_object_grant(S_OK, entry, iid, type, out);
}

HRESULT personal_entry_open(struct session *session, struct object *parent, const WCHAR *dn, const IID *iid, ULONG flags,
                            ULONG *type, IUnknown **out)
{
    int64_t number;
    return personal_number(dn, &number) ? personal_number_open(session, parent, number, iid, flags, type, out)
                                        : MAPI_E_NOT_FOUND;
}

static bool has_value(const SPropValue *value)
{
    return PROP_TYPE(value->ulPropTag) != PT_ERROR && PROP_TYPE(value->ulPropTag) != PT_OBJECT;
}

HRESULT personal_values(struct session *session, int64_t number, struct propbag *props, ULONG *count, SPropValue **out)
{
    struct ab_object *entry;
    ULONG kept = 0;
    *count = 0;
    *out = NULL;
    HRESULT hr = entry_make(&session->base, number, props, &entry);
    if (hr != S_OK)
        return hr;
    hr = prop_GetProps(entry, NULL, MAPI_UNICODE, count, out);
    for (ULONG i = 0; SUCCEEDED(hr) && i < *count; i++) {
        if (has_value(&(*out)[i]))
            (*out)[kept++] = (*out)[i];
    }
    *count = kept;
    object_Release(entry);
    return SUCCEEDED(hr) ? S_OK : hr;
}

/* What an entry computes itself is not taken over from another one. */
static bool is_computed(ULONG tag)
{
    for (const struct prop_handler *row = entry_handlers; row->tag != 0; row++) {
        if (PROP_ID(row->tag) == PROP_ID(tag))
            return (row->flags & PROP_COMPUTED) != 0;
    }
    return false;
}

static HRESULT take_props(struct propbag *props, IMAPIProp *source)
{
    SPropValue *values = NULL;
    ULONG count = 0;
    HRESULT hr = source->lpVtbl->GetProps(source, NULL, MAPI_UNICODE, &count, &values);
    if (SUCCEEDED(hr))
        hr = S_OK;
    for (ULONG i = 0; hr == S_OK && i < count; i++) {
        ULONG tag = values[i].ulPropTag;
        bool kind = tag == PR_DISPLAY_TYPE && values[i].Value.l != DT_MAILUSER; /* of a list, or a user elsewhere */
        if (has_value(&values[i]) && tag != PR_MAPPING_SIGNATURE && (kind || !is_computed(tag)))
            hr = propbag_set(props, &values[i]);
    }
    MAPIFreeBuffer(values);
    return hr;
}

HRESULT personal_entry_new(struct object *container, int64_t list, IMAPIProp *source, bool private_list,
                           ULONG create_flags, IMAPIProp **out)
{
    struct ab_object *entry = NULL;
    struct propbag *props = NULL;
    ULONG type;
    HRESULT hr = propbag_create(&props);
    if (hr != S_OK)
        return hr;
    if (source != NULL)
        hr = take_props(props, source);
    else
        hr = propbag_set_string(props, PR_ADDRTYPE_W, private_list ? PRIVATE_LIST_TYPE : L"SMTP");
    if (hr == S_OK && private_list)
        hr = propbag_set_long(props, PR_DISPLAY_TYPE, DT_PRIVATE_DISTLIST);
    if (hr != S_OK) {
        propbag_free(props);
        return hr;
    }
    if ((hr = entry_make(container, 0, props, &entry)) != S_OK)
        return hr;
    entry->prop.writable = true;
    entry->list = list;
    entry->create_flags = create_flags;
    return ab_object_grant(S_OK, entry, NULL, &type, (IUnknown **)out);
}

HRESULT personal_address(struct session *session, const WCHAR *dn, WCHAR **addrtype, WCHAR **address)
{
    struct propbag *props = NULL;
    int64_t number;
    *addrtype = *address = NULL;
    HRESULT hr = personal_available(session) && personal_number(dn, &number)
                     ? directory_personal_load(session->dir, session->user_id, number, NULL, &props)
                     : MAPI_E_NOT_FOUND;
    if (hr == S_OK && (is_empty(propbag_string(props, PR_ADDRTYPE_W)) || is_empty(propbag_string(props, PR_EMAIL_ADDRESS_W))))
        hr = MAPI_E_NOT_FOUND;
    if (hr == S_OK) {
        *addrtype = text_duplicate(propbag_string(props, PR_ADDRTYPE_W));
        *address = text_duplicate(propbag_string(props, PR_EMAIL_ADDRESS_W));
        if (*addrtype == NULL || *address == NULL) {
            free(*addrtype);
            free(*address);
            *addrtype = *address = NULL;
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        }
    }
    propbag_free(props);
    return hr;
}
