/*
 * ab_personal_send.c: recipients of the personal address book in messages that are sent: nobody but their owner can open them,
 * so that they become the directory's or one-offs, and private distribution lists become their members. See provider.h.
 *
 * Layer: provider, session part.
 */
#include <stdlib.h>
#include "ab_personal.h"
#include "store.h"
#include "text.h"

static HRESULT set_missing(struct propbag *row, ULONG tag, const WCHAR *text)
{
    const WCHAR *there = propbag_string(row, tag);
    return (there == NULL || there[0] == 0) && text != NULL ? propbag_set_string(row, tag, text) : S_OK;
}

HRESULT directory_publish_recipient(struct session *session, struct propbag *row, bool *changed)
{
    const struct propbag_entry *entry = propbag_find(row, PROP_ID(PR_ENTRYID));
    SPropValue value = {.ulPropTag = PR_ENTRYID};
    struct ab_id id = {0};
    HRESULT hr = S_OK;
    if (entry == NULL || entry->lazy || entry->value.ulPropTag != PR_ENTRYID ||
        ab_id_parse(entry->value.Value.bin.cb, (const ENTRYID *)entry->value.Value.bin.lpb, &id) != S_OK)
        return S_OK;
    if (id.kind != AB_ID_PERSONAL)
        goto done;
    personal_address(session, id.dn, &id.addrtype, &id.address); /* it may be deleted by now: the row has what it had */
    if ((hr = set_missing(row, PR_ADDRTYPE_W, id.addrtype)) != S_OK ||
        (hr = set_missing(row, PR_EMAIL_ADDRESS_W, id.address)) != S_OK)
        goto done;
    const WCHAR *type = propbag_string(row, PR_ADDRTYPE_W), *address = propbag_string(row, PR_EMAIL_ADDRESS_W);
    const WCHAR *name = propbag_string(row, PR_DISPLAY_NAME_W);
    if (type == NULL || address == NULL)
        goto done;
    hr = text_compare(type, L"EX") == 0
             ? ab_id_entry((ULONG)propbag_long(row, PR_DISPLAY_TYPE, DT_MAILUSER), address, NULL, &value.Value.bin)
             : ab_id_oneoff(name != NULL ? name : address, type, address,
                            MAPI_UNICODE | (text_compare(type, L"SMTP") == 0 ? MAPI_SEND_NO_RICH_INFO : 0), NULL,
                            &value.Value.bin);
    if (hr == S_OK && (hr = propbag_set(row, &value)) == S_OK)
        *changed = true;
    MAPIFreeBuffer(value.Value.bin.lpb);
done:
    ab_id_clear(&id);
    return hr;
}

/* ---- the members of a list ---- */

struct member_walk {
    struct session *session;
    const struct propbag *list; /* the recipient */
    struct propbag **rows;
    ULONG count;
};

static HRESULT copy_value(const struct propbag *from, ULONG tag, struct propbag *to)
{
    const struct propbag_entry *entry = propbag_find(from, PROP_ID(tag));
    return entry != NULL && !entry->lazy ? propbag_set(to, &entry->value) : S_OK;
}

/* The recipient that a member is. */
static HRESULT member_fill(const struct member_walk *walk, int64_t number, const struct propbag *props, struct propbag *row)
{
    static const ULONG tags[] = {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PROP_TAG(PT_UNICODE, 0x39FE)};
    const WCHAR *type = propbag_string(props, PR_ADDRTYPE_W), *address = propbag_string(props, PR_EMAIL_ADDRESS_W);
    LONG display_type = propbag_long(props, PR_DISPLAY_TYPE, DT_MAILUSER);
    SPropValue value = {.ulPropTag = PR_ENTRYID};
    bool published = false;
    HRESULT hr = copy_value(walk->list, PR_RECIPIENT_TYPE, row);
    for (size_t i = 0; i < ARRAYSIZE(tags) && hr == S_OK; i++)
        hr = copy_value(props, tags[i], row);
    if (hr == S_OK)
        hr = propbag_set_long(row, PR_DISPLAY_TYPE, display_type);
    if (hr == S_OK)
        hr = propbag_set_long(row, PR_OBJECT_TYPE, display_type == DT_DISTLIST ? MAPI_DISTLIST : MAPI_MAILUSER);
    if (hr == S_OK && type != NULL && address != NULL) {
        value.ulPropTag = PR_SEARCH_KEY;
        if ((hr = ab_search_key(type, address, NULL, &value.Value.bin)) == S_OK)
            hr = propbag_set(row, &value);
        MAPIFreeBuffer(value.Value.bin.lpb);
    }
    value.ulPropTag = PR_ENTRYID;
    if (hr == S_OK && (hr = personal_id((ULONG)display_type, number, NULL, &value.Value.bin)) == S_OK) {
        hr = propbag_set(row, &value);
        MAPIFreeBuffer(value.Value.bin.lpb);
    }
    return hr == S_OK ? directory_publish_recipient(walk->session, row, &published) : hr;
}

static HRESULT add_member(void *context, int64_t number, struct propbag **props)
{
    struct member_walk *walk = context;
    struct propbag **more = realloc(walk->rows, (walk->count + 1) * sizeof *more);
    if (more == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    walk->rows = more;
    HRESULT hr = propbag_create(&more[walk->count]);
    if (hr == S_OK)
        hr = member_fill(walk, number, *props, more[walk->count++]);
    return hr;
}

HRESULT directory_private_members(struct session *session, const struct propbag *recipient, struct propbag ***rows,
                                  ULONG *count)
{
    const struct propbag_entry *entry = propbag_find(recipient, PROP_ID(PR_ENTRYID));
    struct member_walk walk = {.session = session, .list = recipient};
    struct propbag *props = NULL;
    struct ab_id id = {0};
    int64_t number;
    HRESULT hr = S_FALSE;
    *rows = NULL;
    *count = 0;
    if (entry == NULL || entry->lazy || entry->value.ulPropTag != PR_ENTRYID || !personal_available(session) ||
        ab_id_parse(entry->value.Value.bin.cb, (const ENTRYID *)entry->value.Value.bin.lpb, &id) != S_OK)
        return hr;
    if (id.kind == AB_ID_PERSONAL && personal_number(id.dn, &number)) {
        hr = directory_personal_load(session->dir, session->user_id, number, NULL, &props);
        if (hr == MAPI_E_NOT_FOUND || (hr == S_OK && propbag_long(props, PR_DISPLAY_TYPE, 0) != DT_PRIVATE_DISTLIST))
            hr = S_FALSE;
        if (hr == S_OK)
            hr = directory_personal_each(session->dir, session->user_id, number, add_member, &walk);
    }
    if (FAILED(hr)) {
        for (ULONG i = 0; i < walk.count; i++)
            propbag_free(walk.rows[i]);
        free(walk.rows);
        walk.rows = NULL;
        walk.count = 0;
    }
    *rows = walk.rows;
    *count = walk.count;
    propbag_free(props);
    ab_id_clear(&id);
    return hr;
}
