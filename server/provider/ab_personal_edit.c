/*
 * ab_personal_edit.c: what changes the personal address book's container: CreateEntry, CopyEntries, DeleteEntries. See
 * ab_personal.h.
 *
 * Layer: provider, session part. Duplicates are entries of the same name (CREATE_CHECK_DUP_LOOSE), or of the same name,
 * address type and address (CREATE_CHECK_DUP_STRICT, and CREATE_REPLACE alone); the new one takes the first one's
 * place and id if it replaces it.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "ab_private.h"
#include "store.h"
#include "text.h"

#define TEMPLATE_DN  L"SMTP"
#define TEMPLATE_PDL L"MAPIPDL"
#define CREATE_FLAGS (CREATE_CHECK_DUP_STRICT | CREATE_CHECK_DUP_LOOSE | CREATE_REPLACE)

HRESULT personal_template_id(bool private_list, void *base, SBinary *out)
{
    return private_list ? ab_id_personal(DT_PRIVATE_DISTLIST, TEMPLATE_PDL, base, out)
                        : ab_id_personal(DT_MAILUSER, TEMPLATE_DN, base, out);
}

static HRESULT template_row(struct table_source *source, bool list)
{
    SPropValue *row = NULL;
    SBinary id = {0, NULL};
    HRESULT hr = MAPIAllocateBuffer(8 * sizeof *row, (void **)&row);
    if (hr == S_OK && (hr = personal_template_id(list, row, &id)) == S_OK &&
        (hr = value_string(&row[0], PR_DISPLAY_NAME_W, list ? L"Personal Distribution List" : L"Internet Address", row)) ==
            S_OK &&
        (hr = value_binary(&row[1], PR_ENTRYID, id.lpb, id.cb, row)) == S_OK &&
        (hr = value_binary(&row[2], PR_INSTANCE_KEY, id.lpb, id.cb, row)) == S_OK &&
        (hr = value_long(&row[3], PR_DEPTH, 0)) == S_OK &&
        (hr = value_long(&row[4], PR_OBJECT_TYPE, list ? MAPI_DISTLIST : MAPI_MAILUSER)) == S_OK &&
        (hr = value_long(&row[5], PR_DISPLAY_TYPE, list ? DT_PRIVATE_DISTLIST : DT_MAILUSER)) == S_OK &&
        (hr = value_bool(&row[6], PR_SELECTABLE, true)) == S_OK &&
        (hr = value_string(&row[7], PR_ADDRTYPE_W, list ? L"MAPIPDL" : L"SMTP", row)) == S_OK)
        hr = memory_rows_add(source, 8, row);
    MAPIFreeBuffer(row);
    return hr;
}

HRESULT personal_templates(struct object *container, bool lists, ULONG flags, IMAPITable **out)
{
    static const SizedSPropTagArray(8, columns) = {
        8,
        {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_INSTANCE_KEY, PR_DEPTH, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_SELECTABLE,
         PR_ADDRTYPE_W}};
    struct table_source *source = NULL;
    HRESULT hr = memory_rows_create(PR_INSTANCE_KEY, &source);
    if (hr == S_OK)
        hr = template_row(source, false);
    if (hr == S_OK && lists)
        hr = template_row(source, true);
    if (hr == S_OK) {
        hr = table_create(container, source, (const SPropTagArray *)&columns, flags, out);
        source = NULL;
    }
    if (source != NULL)
        source->ops->destroy(source);
    return hr;
}

HRESULT personal_create(struct object *container, int64_t list, ULONG cb, const ENTRYID *id, ULONG flags, IMAPIProp **out)
{
    struct ab_id parsed = {0};
    IMAPIProp *source = NULL;
    ULONG type = MAPI_MAILUSER;
    *out = NULL;
    if (flags & ~CREATE_FLAGS)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = ab_id_parse(cb, id, &parsed);
    if (hr != S_OK)
        return hr;
    bool personal = parsed.kind == AB_ID_PERSONAL;
    bool new_list = personal && text_compare(parsed.dn, TEMPLATE_PDL) == 0;
    bool template = new_list || (personal && text_compare(parsed.dn, TEMPLATE_DN) == 0);
    if (!template)
        hr = addrbook_open_entry(container->session, container, cb, id, NULL, 0, &type, (IUnknown **)&source);
    if (hr == S_OK && type != MAPI_MAILUSER && type != MAPI_DISTLIST)
        hr = object_fail(container, MAPI_E_INVALID_ENTRYID, L"A container is no template of an entry.");
    bool copied = hr == S_OK && personal && type == MAPI_DISTLIST && ab_is_private_list((const struct ab_object *)source);
    if (hr == S_OK && (copied || (new_list && list != 0)))
        hr = object_fail(container, MAPI_E_NO_SUPPORT,
                         L"Private distribution lists are not copied, and not put into one another.");
    if (hr == S_OK)
        hr = personal_entry_new(container, list, source, new_list, flags, out);
    object_Release(source);
    ab_id_clear(&parsed);
    return hr;
}

/* Makes and saves an entry of another one; made may be NULL. */
static HRESULT add_one(struct object *container, int64_t list, ULONG cb, const ENTRYID *id, ULONG flags, SBinary *made)
{
    IMAPIProp *entry = NULL;
    HRESULT hr = personal_create(container, list, cb, id, flags, &entry);
    if (hr == S_OK)
        hr = entry->lpVtbl->SaveChanges(entry, KEEP_OPEN_READONLY);
    if (hr == S_OK && made != NULL) {
        const struct ab_object *saved = (const struct ab_object *)entry;
        hr = personal_id((ULONG)propbag_long(saved->prop.props, PR_DISPLAY_TYPE, DT_MAILUSER), saved->personal, NULL, made);
    }
    object_Release(entry);
    return hr;
}

HRESULT personal_add(struct object *container, ULONG cb, const ENTRYID *id, ULONG *cb_made, ENTRYID **made)
{
    SBinary bytes = {0, NULL};
    if (!personal_available(container->session))
        return MAPI_E_NOT_FOUND;
    HRESULT hr = add_one(container, 0, cb, id, 0, &bytes);
    *cb_made = bytes.cb;
    *made = (ENTRYID *)bytes.lpb;
    return hr;
}

HRESULT personal_copy(struct object *container, int64_t list, const ENTRYLIST *entries, ULONG flags)
{
    bool partial = false;
    if (flags & ~CREATE_FLAGS) /* AB_NO_DIALOG is the same bit as CREATE_CHECK_DUP_STRICT */
        return MAPI_E_UNKNOWN_FLAGS;
    for (ULONG i = 0; i < entries->cValues; i++) {
        const SBinary *id = &entries->lpbin[i];
        HRESULT hr = add_one(container, list, id->cb, (const ENTRYID *)id->lpb, flags, NULL);
        if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
            return hr;
        partial = partial || (hr != S_OK && hr != MAPI_E_COLLISION); /* a duplicate is not copied */
    }
    return partial ? MAPI_W_PARTIAL_COMPLETION : S_OK;
}

HRESULT personal_delete(struct session *session, int64_t list, const ENTRYLIST *entries)
{
    int64_t number, last = 0;
    bool partial = false;
    HRESULT hr = directory_begin(session->dir);
    if (hr != S_OK)
        return hr;
    for (ULONG i = 0; i < entries->cValues && hr == S_OK; i++) {
        struct ab_id id = {0};
        bool ours = ab_id_parse(entries->lpbin[i].cb, (const ENTRYID *)entries->lpbin[i].lpb, &id) == S_OK &&
                    id.kind == AB_ID_PERSONAL && personal_number(id.dn, &number);
        if (ours)
            hr = directory_personal_remove(session->dir, session->user_id, list, number);
        if (!ours || hr == MAPI_E_NOT_FOUND) {
            partial = true;
            hr = S_OK;
        } else
            last = number;
        ab_id_clear(&id);
    }
    hr = directory_end(session->dir, hr);
    if (hr == S_OK && last != 0)
        hr = personal_changed(session, list, last);
    return hr == S_OK && partial ? MAPI_W_PARTIAL_COMPLETION : hr;
}
