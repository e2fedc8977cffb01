/*
 * addrbook_path.c: IAddrBook's containers as the profile has them: the default and the personal one, the search path.
 *
 * Layer: provider, session part.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "addrbook_private.h"
#include "profile.h"

#define PR_AB_SEARCH_PATH_MV PROP_TAG(PT_MV_BINARY, 0x3D05)
#define PR_AB_DEFAULT_DIR_B PROP_TAG(PT_BINARY, 0x3D06)
#define PR_AB_DEFAULT_PAB_B PROP_TAG(PT_BINARY, 0x3D07)

HRESULT addrbook_settings_load(struct session *session, struct propbag **out)
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

/* A container that the profile names, or the one that stands for it by default. */
static HRESULT container_get(IAddrBook *self, ULONG tag, enum ab_kind fallback, ULONG *cb, ENTRYID **out)
{
    struct address_book *book = addrbook_from(self);
    struct propbag *props = NULL;
    SBinary id = {0, NULL};
    if (cb == NULL || out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *cb = 0;
    *out = NULL;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = addrbook_settings_load(addrbook_session(book), &props);
    const struct propbag_entry *entry = hr == S_OK ? propbag_find(props, PROP_ID(tag)) : NULL;
    if (entry != NULL)
        hr = binary_out(&entry->value.Value.bin, cb, out);
    else if (hr == S_OK && (fallback != AB_PERSONAL || personal_available(addrbook_session(book))) &&
             (hr = ab_container_id(fallback, NULL, &id)) == S_OK) {
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
    struct address_book *book = addrbook_from(self);
    struct propbag *props = NULL;
    SPropValue value = {.ulPropTag = tag};
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        struct ab_id parsed = {0};
        hr = ab_id_parse(ids[i].cb, (const ENTRYID *)ids[i].lpb, &parsed);
        if (hr == S_OK && (parsed.kind == AB_ID_ONEOFF || parsed.display_type != AB_TYPE_CONTAINER))
            hr = MAPI_E_INVALID_ENTRYID;
        ab_id_clear(&parsed);
    }
    if (hr == S_OK)
        hr = addrbook_settings_load(addrbook_session(book), &props);
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
        hr = directory_section_save(addrbook_session(book)->dir, addrbook_session(book)->profile, &profile_section_uid, props);
    propbag_free(props);
    object_leave(&book->prop.base);
    return hr;
}

HRESULT STDMETHODCALLTYPE addrbook_GetPAB(IAddrBook *self, ULONG *cb, LPENTRYID *out)
{
    return container_get(self, PR_AB_DEFAULT_PAB_B, AB_PERSONAL, cb, out);
}

HRESULT STDMETHODCALLTYPE addrbook_SetPAB(IAddrBook *self, ULONG cb, LPENTRYID id)
{
    SBinary bytes = {cb, (BYTE *)id};
    return containers_set(self, PR_AB_DEFAULT_PAB_B, cb != 0 && id != NULL, &bytes);
}

HRESULT STDMETHODCALLTYPE addrbook_GetDefaultDir(IAddrBook *self, ULONG *cb, LPENTRYID *out)
{
    return container_get(self, PR_AB_DEFAULT_DIR_B, AB_GAL, cb, out);
}

HRESULT STDMETHODCALLTYPE addrbook_SetDefaultDir(IAddrBook *self, ULONG cb, LPENTRYID id)
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

/* The containers that are searched, in order, on *base (MAPIFreeBuffer): what the profile names; otherwise, as GetSearchPath's
 * reference has it, the personal address book and then the global address list. */
static HRESULT path_ids(struct session *session, SBinary **base, ULONG *count)
{
    struct propbag *props = NULL;
    SBinary *ids = NULL;
    *base = NULL;
    *count = 0;
    HRESULT hr = addrbook_settings_load(session, &props);
    const struct propbag_entry *entry = hr == S_OK ? propbag_find(props, PROP_ID(PR_AB_SEARCH_PATH_MV)) : NULL;
    ULONG n = entry != NULL ? entry->value.Value.MVbin.cValues : personal_available(session) ? 2 : 1;
    if (hr == S_OK)
        hr = MAPIAllocateBuffer((n + 1) * sizeof *ids, (void **)&ids);
    for (ULONG i = 0; i < n && hr == S_OK; i++) {
        if (entry == NULL)
            hr = ab_container_id(i + 1 < n ? AB_PERSONAL : AB_GAL, ids, &ids[i]);
        else {
            const SBinary *id = &entry->value.Value.MVbin.lpbin[i];
            hr = MAPIAllocateMore(id->cb, ids, (void **)&ids[i].lpb);
            if (hr == S_OK)
                memcpy(ids[i].lpb, id->lpb, ids[i].cb = id->cb);
        }
    }
    propbag_free(props);
    if (hr != S_OK) {
        MAPIFreeBuffer(ids);
        return hr;
    }
    *base = ids;
    *count = n;
    return S_OK;
}

HRESULT addrbook_search_places(struct session *session, enum ab_place *places, ULONG *count)
{
    SBinary *ids;
    ULONG n;
    bool taken[AB_PLACES] = {false};
    *count = 0;
    HRESULT hr = path_ids(session, &ids, &n);
    if (hr != S_OK)
        return hr;
    for (ULONG i = 0; i < n; i++) {
        struct ab_id id = {0};
        if (ab_id_parse(ids[i].cb, (const ENTRYID *)ids[i].lpb, &id) == S_OK) {
            enum ab_place place = id.kind == AB_ID_PERSONAL ? AB_IN_PERSONAL : AB_IN_GAL;
            if (!taken[place])
                places[(*count)++] = place;
            taken[place] = true;
        }
        ab_id_clear(&id);
    }
    places[(*count)++] = AB_ONE_OFFS;
    MAPIFreeBuffer(ids);
    return S_OK;
}

HRESULT STDMETHODCALLTYPE addrbook_GetSearchPath(IAddrBook *self, ULONG flags, LPSRowSet *out)
{
    struct address_book *book = addrbook_from(self);
    SBinary *ids = NULL;
    SRowSet *rows = NULL;
    ULONG count = 0;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&book->prop.base);
    if (hr != S_OK)
        return hr;
    hr = path_ids(addrbook_session(book), &ids, &count);
    if (hr == S_OK)
        hr = MAPIAllocateBuffer(CbNewSRowSet(count + 1), (void **)&rows);
    if (hr == S_OK)
        rows->cRows = 0;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        hr = path_row(addrbook_session(book), &ids[i], flags, &rows->aRow[rows->cRows]);
        if (hr == S_OK)
            rows->cRows++;
        else if (hr == MAPI_E_NOT_FOUND) /* it is no more */
            hr = S_OK;
    }
    if (hr == S_OK)
        *out = rows;
    else
        FreeProws(rows);
    MAPIFreeBuffer(ids);
    object_leave(&book->prop.base);
    return hr;
}

HRESULT STDMETHODCALLTYPE addrbook_SetSearchPath(IAddrBook *self, ULONG flags, LPSRowSet path)
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
