/*
 * addrbook.c: IAddrBook. See addrbook.h.
 *
 * Layer: provider, session part. There is no window: Address and Details answer MAPI_E_NO_SUPPORT, NewEntry makes a one-off
 * from a one-off template. Which containers are searched, default and personal is kept in the profile.
 */
#include <stdlib.h>
#include <string.h>
#include "addrbook.h"
#include "profile.h"
#include "store.h"
#include "text.h"

#define PR_AB_SEARCH_PATH_MV PROP_TAG(PT_MV_BINARY, 0x3D05)
#define PR_AB_DEFAULT_DIR_B PROP_TAG(PT_BINARY, 0x3D06)
#define PR_AB_DEFAULT_PAB_B PROP_TAG(PT_BINARY, 0x3D07)

struct address_book {
    struct prop_object prop;
};

static struct address_book *book_from(IAddrBook *self)
{
    return (struct address_book *)self;
}

static struct session *session_of(struct address_book *book)
{
    return book->prop.base.session;
}

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
        return ab_container_open(session, parent, true, iid, type, out);
    if ((hr = ab_id_parse(cb, id, &parsed)) != S_OK)
        return hr;
    if (flags & MAPI_MODIFY)
        hr = object_fail(parent, MAPI_E_NO_ACCESS, L"The address book is read-only.");
    else if (parsed.kind == AB_ID_ONEOFF)
        hr = ab_oneoff_open(session, parent, &parsed, iid, type, out);
    else if (parsed.display_type == AB_TYPE_CONTAINER)
        hr = text_compare(parsed.dn, AB_DN_ROOT) == 0 || text_compare(parsed.dn, AB_DN_GAL) == 0
                 ? ab_container_open(session, parent, parsed.dn[0] == 0, iid, type, out)
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
    struct address_book *book = book_from(self);
    if (type != NULL)
        *type = 0;
    if (out == NULL || type == NULL || (cb != 0 && id == NULL))
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = addrbook_open_entry(session_of(book), &book->prop.base, cb, id, iid, flags, type, out);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_CompareEntryIDs(IAddrBook *self, ULONG cb1, LPENTRYID id1, ULONG cb2,
                                                      LPENTRYID id2, ULONG flags, ULONG *result)
{
    struct address_book *book = book_from(self);
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
    struct address_book *book = book_from(self);
    if (connection != NULL)
        *connection = 0;
    if (sink == NULL || connection == NULL || (cb != 0 && id == NULL))
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = notify_advise(&book->prop.base, NULL, 0, mask, sink, connection);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_Unadvise(IAddrBook *self, ULONG_PTR connection)
{
    struct address_book *book = book_from(self);
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
    struct address_book *book = book_from(self);
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
    struct address_book *book = book_from(self);
    struct ab_id parsed = {0};
    (void)ui, (void)container;
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if (cb_container != 0)
        hr = object_fail(&book->prop.base, MAPI_E_NO_ACCESS, L"No container of the address book can be changed.");
    else if (cb_template == 0 || template_id == NULL)
        hr = object_fail(&book->prop.base, MAPI_E_NO_SUPPORT, L"A new entry without a template needs a dialog.");
    else if ((hr = ab_id_parse(cb_template, template_id, &parsed)) == S_OK && parsed.kind != AB_ID_ONEOFF)
        hr = MAPI_E_INVALID_ENTRYID;
    if (hr == S_OK && (hr = MAPIAllocateBuffer(cb_template, (void **)out)) == S_OK) {
        memcpy(*out, template_id, cb_template);
        *cb = cb_template;
    }
    ab_id_clear(&parsed);
    object_leave(&book->prop.base);
    return hr;
}

/* ---- recipients ---- */

static HRESULT STDMETHODCALLTYPE book_ResolveName(IAddrBook *self, ULONG_PTR ui, ULONG flags, LPTSTR title,
                                                  LPADRLIST list)
{
    struct address_book *book = book_from(self);
    ULONG *states;
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
    hr = ab_resolve_list(session_of(book), NULL, flags & MAPI_UNICODE, list, states);
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
    struct address_book *book = book_from(self);
    if (list == NULL)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    if (tags != NULL && tags->cValues > 0)
        hr = ab_prepare_list(session_of(book), tags, flags, list);
    object_leave(&book->prop.base);
    return hr;
}

/* No transport here registers options of recipients. */
static HRESULT STDMETHODCALLTYPE book_RecipOptions(IAddrBook *self, ULONG_PTR ui, ULONG flags, LPADRENTRY recipient)
{
    struct address_book *book = book_from(self);
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
    struct address_book *book = book_from(self);
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
    return no_window(book_from(self));
}

static HRESULT STDMETHODCALLTYPE book_Details(IAddrBook *self, ULONG_PTR *ui, LPFNDISMISS dismiss, LPVOID context,
                                              ULONG cb, LPENTRYID id, LPFNBUTTON button, LPVOID button_context,
                                              LPTSTR button_text, ULONG flags)
{
    (void)ui, (void)dismiss, (void)context, (void)cb, (void)button, (void)button_context, (void)button_text;
    (void)flags;
    if (id == NULL)
        return MAPI_E_INVALID_PARAMETER;
    return no_window(book_from(self));
}

/* ---- containers of the profile ---- */

/* Loads the profile's own section, making it where it is missing. */
static HRESULT settings_load(struct session *session, struct propbag **out)
{
    struct dir_section section;
    HRESULT hr = directory_section_find(session->dir, session->profile, &profile_section_uid, &section);
    if (hr == MAPI_E_NOT_FOUND)
        hr = directory_section_create(session->dir, session->profile, &profile_section_uid, DIR_SECTION_PLAIN, NULL);
    return hr == S_OK ? directory_section_load(session->dir, session->profile, &profile_section_uid, out) : hr;
}

static HRESULT binary_out(const SBinary *bytes, ULONG *cb, ENTRYID **out)
{
    HRESULT hr = MAPIAllocateBuffer(bytes->cb, (void **)out);
    if (hr == S_OK) {
        memcpy(*out, bytes->lpb, bytes->cb);
        *cb = bytes->cb;
    }
    return hr;
}

/* A container that the profile names; by default the global address list, or (fallback false) none. */
static HRESULT container_get(IAddrBook *self, ULONG tag, bool fallback, ULONG *cb, ENTRYID **out)
{
    struct address_book *book = book_from(self);
    struct propbag *props = NULL;
    SBinary id = {0, NULL};
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = settings_load(session_of(book), &props);
    const struct propbag_entry *entry = hr == S_OK ? propbag_find(props, PROP_ID(tag)) : NULL;
    if (entry != NULL)
        hr = binary_out(&entry->value.Value.bin, cb, out);
    else if (hr == S_OK && fallback && (hr = ab_id_entry(AB_TYPE_CONTAINER, AB_DN_GAL, NULL, &id)) == S_OK) {
        *cb = id.cb;
        *out = (ENTRYID *)id.lpb;
    }
    propbag_free(props);
    object_leave(&book->prop.base);
    return hr;
}

/* A value for the profile; `count` 0 takes it away. Only containers can be set. */
static HRESULT containers_set(IAddrBook *self, ULONG tag, ULONG count, const SBinary *ids)
{
    struct address_book *book = book_from(self);
    struct propbag *props = NULL;
    SPropValue value = {.ulPropTag = tag};
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        struct ab_id parsed = {0};
        hr = ab_id_parse(ids[i].cb, (const ENTRYID *)ids[i].lpb, &parsed);
        if (hr == S_OK && (parsed.kind != AB_ID_ENTRY || parsed.display_type != AB_TYPE_CONTAINER))
            hr = MAPI_E_INVALID_ENTRYID;
        ab_id_clear(&parsed);
    }
    if (hr == S_OK)
        hr = settings_load(session_of(book), &props);
    if (hr == S_OK && count == 0) {
        hr = propbag_delete(props, PROP_ID(tag));
        if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK;
    } else if (hr == S_OK) {
        if (PROP_TYPE(tag) == PT_BINARY)
            value.Value.bin = ids[0];
        else {
            value.Value.MVbin.cValues = count;
            value.Value.MVbin.lpbin = (SBinary *)ids;
        }
        hr = propbag_set(props, &value);
    }
    if (hr == S_OK)
        hr = directory_section_save(session_of(book)->dir, session_of(book)->profile, &profile_section_uid, props);
    propbag_free(props);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_GetPAB(IAddrBook *self, ULONG *cb, LPENTRYID *out)
{
    return container_get(self, PR_AB_DEFAULT_PAB_B, false, cb, out);
}

static HRESULT STDMETHODCALLTYPE book_SetPAB(IAddrBook *self, ULONG cb, LPENTRYID id)
{
    SBinary bytes = {cb, (BYTE *)id};
    return containers_set(self, PR_AB_DEFAULT_PAB_B, cb != 0 && id != NULL, &bytes);
}

static HRESULT STDMETHODCALLTYPE book_GetDefaultDir(IAddrBook *self, ULONG *cb, LPENTRYID *out)
{
    return container_get(self, PR_AB_DEFAULT_DIR_B, true, cb, out);
}

static HRESULT STDMETHODCALLTYPE book_SetDefaultDir(IAddrBook *self, ULONG cb, LPENTRYID id)
{
    SBinary bytes = {cb, (BYTE *)id};
    return containers_set(self, PR_AB_DEFAULT_DIR_B, cb != 0 && id != NULL, &bytes);
}

/* Adds a row of the search path: what the container says of itself. */
static HRESULT path_row(struct session *session, const SBinary *id, ULONG flags, SRow *row)
{
    static const SizedSPropTagArray(5, tags_w) = {
        5, {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS}};
    static const SizedSPropTagArray(5, tags_a) = {
        5, {PR_ENTRYID, PR_DISPLAY_NAME_A, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_CONTAINER_FLAGS}};
    IMAPIProp *container = NULL;
    ULONG type;
    HRESULT hr = addrbook_open_entry(session, &session->base, id->cb, (ENTRYID *)id->lpb, NULL, 0, &type,
                                     (IUnknown **)&container);
    if (hr == S_OK) {
        hr = container->lpVtbl->GetProps(container, (SPropTagArray *)(flags & MAPI_UNICODE ? (void *)&tags_w : (void *)&tags_a),
                                         0, &row->cValues, &row->lpProps);
        object_Release(container);
    }
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_GetSearchPath(IAddrBook *self, ULONG flags, LPSRowSet *out)
{
    struct address_book *book = book_from(self);
    struct propbag *props = NULL;
    SBinary gal = {0, NULL};
    SRowSet *rows = NULL;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = settings_load(session_of(book), &props);
    if (hr == S_OK)
        hr = ab_id_entry(AB_TYPE_CONTAINER, AB_DN_GAL, NULL, &gal);
    if (hr == S_OK) {
        const struct propbag_entry *entry = propbag_find(props, PROP_ID(PR_AB_SEARCH_PATH_MV));
        ULONG count = entry != NULL ? entry->value.Value.MVbin.cValues : 1;
        const SBinary *ids = entry != NULL ? entry->value.Value.MVbin.lpbin : &gal;
        hr = MAPIAllocateBuffer(CbNewSRowSet(count + 1), (void **)&rows);
        if (hr == S_OK)
            rows->cRows = 0;
        for (ULONG i = 0; i < count && hr == S_OK; i++) {
            hr = path_row(session_of(book), &ids[i], flags, &rows->aRow[rows->cRows]);
            if (hr == S_OK)
                rows->cRows++;
        }
    }
    if (hr == S_OK)
        *out = rows;
    else
        FreeProws(rows);
    MAPIFreeBuffer(gal.lpb);
    propbag_free(props);
    object_leave(&book->prop.base);
    return hr;
}

static HRESULT STDMETHODCALLTYPE book_SetSearchPath(IAddrBook *self, ULONG flags, LPSRowSet path)
{
    SBinary *ids;
    HRESULT hr = S_OK;
    if (flags != 0)
        return MAPI_E_UNKNOWN_FLAGS;
    if (path == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if ((ids = calloc(path->cRows + 1, sizeof *ids)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < path->cRows && hr == S_OK; i++) {
        const SPropValue *id = PpropFindProp(path->aRow[i].lpProps, path->aRow[i].cValues, PR_ENTRYID);
        if (id == NULL)
            hr = MAPI_E_MISSING_REQUIRED_COLUMN;
        else
            ids[i] = id->Value.bin;
    }
    if (hr == S_OK)
        hr = containers_set(self, PR_AB_SEARCH_PATH_MV, path->cRows, ids);
    free(ids);
    return hr;
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
    return object->props != NULL ? S_OK : settings_load(object->base.session, &object->props);
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
    .GetPAB = book_GetPAB,
    .SetPAB = book_SetPAB,
    .GetDefaultDir = book_GetDefaultDir,
    .SetDefaultDir = book_SetDefaultDir,
    .GetSearchPath = book_GetSearchPath,
    .SetSearchPath = book_SetSearchPath,
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
