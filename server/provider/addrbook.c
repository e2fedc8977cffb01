/*
 * addrbook.c: IAddrBook. See addrbook.h.
 *
 * Layer: provider, session part. There is no window: Address and Details answer MAPI_E_NO_SUPPORT, NewEntry takes an entry
 * that is whole, a one-off, and makes it one of the personal address book or answers it as it is. Which containers are searched, default and personal is in
 * addrbook_path.c.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "addrbook_private.h"
#include "notify.h"
#include "profile.h"
#include "store.h"
#include "text.h"

/* ---- entries ---- */

HRESULT addrbook_open_entry(struct session *session, struct object *parent, ULONG cb, const ENTRYID *id, const IID *iid,
                            ULONG flags, ULONG *type, IUnknown **out)
{
    struct ab_id parsed = {0};
    struct ab_snapshot *snapshot = NULL;
    const struct ab_row *row;
    HRESULT hr;
    *type = 0;
    *out = NULL;
    if (cb == 0)
        return ab_container_open(session, parent, AB_ROOT, iid, 0, type, out);
    if ((hr = ab_id_parse(cb, id, &parsed)) != S_OK)
        return hr;
    bool container = parsed.kind != AB_ID_ONEOFF && parsed.display_type == AB_TYPE_CONTAINER;
    if (parsed.kind == AB_ID_PERSONAL)
        hr = container ? ab_container_open(session, parent, AB_PERSONAL, iid, flags, type, out)
                       : personal_entry_open(session, parent, parsed.dn, iid, flags, type, out);
    else if (flags & MAPI_MODIFY)
        hr = object_fail(parent, MAPI_E_NO_ACCESS, L"The address book is read-only.");
    else if (parsed.kind == AB_ID_ONEOFF)
        hr = ab_oneoff_open(session, parent, &parsed, iid, type, out);
    else if (container)
        hr = text_compare(parsed.dn, AB_DN_ROOT) == 0 || text_compare(parsed.dn, AB_DN_GAL) == 0
                 ? ab_container_open(session, parent, parsed.dn[0] == 0 ? AB_ROOT : AB_GAL, iid, 0, type, out)
                 : MAPI_E_NOT_FOUND;
    else if ((hr = ab_snapshot_get(session->dir, &snapshot)) == S_OK) {
        row = ab_snapshot_find(snapshot, parsed.dn);
        hr = row != NULL ? ab_entry_open(session, parent, snapshot, row, iid, type, out) : MAPI_E_NOT_FOUND;
    }
    ab_snapshot_release(snapshot);
    ab_id_clear(&parsed);
    return hr;
}

HRESULT addrbook_compare(ULONG cb1, const ENTRYID *id1, ULONG cb2, const ENTRYID *id2, ULONG *result)
{
    struct ab_id a = {0}, b = {0};
    HRESULT hr = ab_id_parse(cb1, id1, &a);
    if (hr == S_OK)
        hr = ab_id_parse(cb2, id2, &b);
    *result = hr == S_OK && ab_id_equal(&a, &b);
    ab_id_clear(&a);
    ab_id_clear(&b);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_OpenEntry(IAddrBook *self, ULONG cb, LPENTRYID id, LPCIID iid, ULONG flags,
                                                ULONG *type, LPUNKNOWN *out)
{
    struct address_book *book = addrbook_from(self);
    if (type != NULL)
        *type = 0;
    if (out == NULL || type == NULL || (cb != 0 && id == NULL))
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = addrbook_open_entry(addrbook_session(book), &book->prop.base, cb, id, iid, flags, type, out);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_CompareEntryIDs(IAddrBook *self, ULONG cb1, LPENTRYID id1, ULONG cb2,
                                                      LPENTRYID id2, ULONG flags, ULONG *result)
{
    struct address_book *book = addrbook_from(self);
    if (result == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *result = FALSE;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if (cb1 == 0 || cb2 == 0) /* the root is the entry id of no bytes */
        *result = cb1 == cb2;
    else
        hr = addrbook_compare(cb1, id1, cb2, id2, result);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_Advise(IAddrBook *self, ULONG cb, LPENTRYID id, ULONG mask, LPMAPIADVISESINK sink,
                                             ULONG_PTR *connection)
{
    struct address_book *book = addrbook_from(self);
    if (connection != NULL)
        *connection = 0;
    if (sink == NULL || connection == NULL || (cb != 0 && id == NULL))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    struct ab_id parsed = {.kind = AB_ID_ENTRY, .display_type = AB_TYPE_CONTAINER};
    if (cb != 0)
        hr = ab_id_parse(cb, id, &parsed);
    bool oneoff = parsed.kind == AB_ID_ONEOFF;
    ULONG type = parsed.display_type == AB_TYPE_CONTAINER ? MAPI_ABCONT
                 : parsed.display_type == DT_DISTLIST      ? MAPI_DISTLIST
                                                           : MAPI_MAILUSER;
    if (cb != 0 && hr == S_OK)
        ab_id_clear(&parsed);
    if (hr == S_OK) /* a one-off is nowhere but in its id: nothing can happen to it */
        hr = oneoff ? MAPI_E_NO_SUPPORT
                    : notify_advise_directory(&book->prop.base, type, cb, id, mask, sink, connection);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_Unadvise(IAddrBook *self, ULONG_PTR connection)
{
    struct address_book *book = addrbook_from(self);
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    object_leave(&book->prop.base);
    return notify_unadvise(&book->prop.base, connection);
}

/* ---- one-offs ---- */

static HRESULT STDMETHODCALLTYPE book_CreateOneOff(IAddrBook *self, LPTSTR name, LPTSTR addrtype, LPTSTR address,
                                                   ULONG flags, ULONG *cb, LPENTRYID *out)
{
    struct address_book *book = addrbook_from(self);
    WCHAR *wide_name = NULL, *wide_type = NULL, *wide_address = NULL;
    SBinary id = {0, NULL};
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    if (addrtype == NULL || address == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)(MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if ((hr = session_text_in(name != NULL ? name : address, flags, &wide_name)) == S_OK &&
        (hr = session_text_in(addrtype, flags, &wide_type)) == S_OK &&
        (hr = session_text_in(address, flags, &wide_address)) == S_OK)
        hr = ab_id_oneoff(wide_name, wide_type, wide_address, flags, NULL, &id);
    if (hr == S_OK) {
        *cb = id.cb;
        *out = (ENTRYID *)id.lpb;
    }
    free(wide_name);
    free(wide_type);
    free(wide_address);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_NewEntry(IAddrBook *self, ULONG_PTR ui, ULONG flags, ULONG cb_container,
                                               LPENTRYID container, ULONG cb_template, LPENTRYID template_id,
                                               ULONG *cb, LPENTRYID *out)
{
    struct address_book *book = addrbook_from(self);
    struct ab_id parsed = {0}, place = {0};
    (void)ui;
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if (cb_container != 0 && (hr = ab_id_parse(cb_container, container, &place)) == S_OK &&
        (place.kind != AB_ID_PERSONAL || place.display_type != AB_TYPE_CONTAINER))
        hr = object_fail(&book->prop.base, MAPI_E_NO_ACCESS, L"This container of the address book cannot be changed.");
    if (hr == S_OK && (cb_template == 0 || template_id == NULL))
        hr = object_fail(&book->prop.base, MAPI_E_NO_SUPPORT, L"A new entry without a template needs a dialog.");
    if (hr == S_OK && (hr = ab_id_parse(cb_template, template_id, &parsed)) == S_OK && parsed.kind != AB_ID_ONEOFF)
        hr = MAPI_E_INVALID_ENTRYID;
    if (hr == S_OK && cb_container != 0)
        hr = personal_add(&book->prop.base, cb_template, template_id, cb, out);
    else if (hr == S_OK && (hr = MAPIAllocateBuffer(cb_template, (void **)out)) == S_OK) {
        memcpy(*out, template_id, cb_template);
        *cb = cb_template;
    }
    ab_id_clear(&parsed);
    ab_id_clear(&place);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_ResolveName(IAddrBook *self, ULONG_PTR ui, ULONG flags, LPTSTR title,
                                                  LPADRLIST list)
{
    struct address_book *book = addrbook_from(self);
    enum ab_place places[AB_PLACES];
    ULONG *states, place_count;
    (void)ui, (void)title;
    if (list == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if ((states = malloc((list->cEntries + 1) * sizeof *states)) == NULL) {
        object_leave(&book->prop.base);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (ULONG i = 0; i < list->cEntries; i++) {
        const ADRENTRY *entry = &list->aEntries[i];
        const SPropValue *id = LpValFindProp(PR_ENTRYID, entry->cValues, entry->rgPropVals);
        states[i] = entry->rgPropVals == NULL || (id != NULL && PROP_TYPE(id->ulPropTag) == PT_BINARY &&
                                                  id->Value.bin.cb > 0)
                        ? MAPI_RESOLVED
                        : MAPI_UNRESOLVED;
    }
    hr = addrbook_search_places(addrbook_session(book), places, &place_count);
    if (hr == S_OK)
        hr = ab_resolve_list(addrbook_session(book), places, place_count, NULL, flags & MAPI_UNICODE, list, states);
    for (ULONG i = 0; i < list->cEntries && SUCCEEDED(hr); i++) {
        if (states[i] == MAPI_UNRESOLVED)
            hr = MAPI_E_NOT_FOUND;
        else if (states[i] == MAPI_AMBIGUOUS)
            hr = MAPI_E_AMBIGUOUS_RECIP;
    }
    free(states);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_PrepareRecips(IAddrBook *self, ULONG flags, LPSPropTagArray tags, LPADRLIST list)
{
    struct address_book *book = addrbook_from(self);
    if (list == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if (tags != NULL && tags->cValues > 0)
        hr = ab_prepare_list(addrbook_session(book), tags, flags, list);
    object_leave(&book->prop.base);
    return hr;
}

/* No transport here registers options of recipients. */
static HRESULT STDMETHODCALLTYPE book_RecipOptions(IAddrBook *self, ULONG_PTR ui, ULONG flags, LPADRENTRY recipient)
{
    struct address_book *book = addrbook_from(self);
    (void)ui, (void)flags;
    if (recipient == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    object_leave(&book->prop.base);
    return MAPI_W_NO_SERVICE;
}

static HRESULT STDMETHODCALLTYPE book_QueryDefaultRecipOpt(IAddrBook *self, LPTSTR addrtype, ULONG flags, ULONG *count,
                                                           LPSPropValue *out)
{
    struct address_book *book = addrbook_from(self);
    if (count == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *count = 0;
    *out = NULL;
    if (addrtype == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = MAPIAllocateBuffer(sizeof(SPropValue), (void **)out);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT no_window(struct address_book *book)
{
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = object_fail(&book->prop.base, MAPI_E_NO_SUPPORT, L"This MAPI has no dialogs.");
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_Address(IAddrBook *self, ULONG_PTR *ui, LPADRPARM parameters, LPADRLIST *list)
{
    (void)ui;
    if (parameters == NULL || list == NULL)
        return MAPI_E_INVALID_PARAMETER;
    return no_window(addrbook_from(self));
}

static HRESULT STDMETHODCALLTYPE book_Details(IAddrBook *self, ULONG_PTR *ui, LPFNDISMISS dismiss, LPVOID context,
                                              ULONG cb, LPENTRYID id, LPFNBUTTON button, LPVOID button_context,
                                              LPTSTR button_text, ULONG flags)
{
    (void)ui, (void)dismiss, (void)context, (void)cb, (void)button, (void)button_context, (void)button_text;
    (void)flags;
    if (id == NULL)
        return MAPI_E_INVALID_PARAMETER;
    return no_window(addrbook_from(self));
}

/* ---- the object ---- */

static HRESULT get_object_type(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object, (void)base;
    return value_long(out, tag, MAPI_ADDRBOOK);
}

static HRESULT get_name(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    (void)object;
    return value_string(out, tag, L"Address Book", base);
}

static const struct prop_handler book_handlers[] = {
    {PR_OBJECT_TYPE, get_object_type, NULL, NULL, PROP_COMPUTED},
    {PR_DISPLAY_NAME_W, get_name, NULL, NULL, PROP_COMPUTED},
    {0, NULL, NULL, NULL, 0},
};

/* Its other properties are the profile's: search path, default and personal container. */
static HRESULT book_load(struct prop_object *object)
{
    return object->props != NULL ? S_OK : addrbook_settings_load(object->base.session, &object->props);
}

static HRESULT book_changed(struct prop_object *object)
{
    struct session *session = object->base.session;
    return directory_section_save(session->dir, session->profile, &profile_section_uid, object->props);
}

static HRESULT book_save(struct prop_object *object, ULONG flags)
{
    (void)object, (void)flags; /* written at once */
    return S_OK;
}

static const struct prop_object_ops book_ops = {
    .handlers = book_handlers,
    .load = book_load,
    .changed = book_changed,
    .save = book_save,
};

static const IAddrBookVtbl book_vtbl = {
    PROP_OBJECT_VTBL,
    .OpenEntry = book_OpenEntry,
    .CompareEntryIDs = book_CompareEntryIDs,
    .Advise = book_Advise,
    .Unadvise = book_Unadvise,
    .CreateOneOff = book_CreateOneOff,
    .NewEntry = book_NewEntry,
    .ResolveName = book_ResolveName,
    .Address = book_Address,
    .Details = book_Details,
    .RecipOptions = book_RecipOptions,
    .QueryDefaultRecipOpt = book_QueryDefaultRecipOpt,
    .GetPAB = addrbook_GetPAB,
    .SetPAB = addrbook_SetPAB,
    .GetDefaultDir = addrbook_GetDefaultDir,
    .SetDefaultDir = addrbook_SetDefaultDir,
    .GetSearchPath = addrbook_GetSearchPath,
    .SetSearchPath = addrbook_SetSearchPath,
    .PrepareRecips = book_PrepareRecips,
};

static void book_destroy(void *object)
{
    notify_owner_gone(object);
    prop_object_destroy(object);
}

static const IID *const book_iids[] = {&IID_IAddrBook, &IID_IMAPIProp, NULL};
static const struct object_class book_class = {
    .name = "IAddrBook",
    .vtbl = &book_vtbl,
    .size = sizeof(struct address_book),
    .object_type = MAPI_ADDRBOOK,
    .iids = book_iids,
    .destroy = book_destroy,
};

HRESULT addrbook_create(struct session *session, const IID *iid, IAddrBook **out)
{
    struct address_book *book;
    *out = NULL;
    HRESULT hr = object_create(&book_class, &session->base, &book);
    if (hr != S_OK)
        return hr;
    book->prop.ops = &book_ops;
    book->prop.writable = true;
    if (!object_grants(&book->prop.base, iid)) {
        object_Release(book);
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    }
    *out = (IAddrBook *)book;
    return S_OK;
}
