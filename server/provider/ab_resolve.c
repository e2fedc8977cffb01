/*
 * ab_resolve.c: names of recipients to entries of the address book, and recipients with the properties that are asked for.
 *
 * Layer: provider, session part. A text that is an Internet address and of nobody here becomes a one-off, as in Outlook:
 * "a@b.test", "Name <a@b.test>", "SMTP:a@b.test" and "[SMTP:a@b.test]".
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "addrbook.h"
#include "store.h"
#include "text.h"

#ifndef EMS_AB_ADDRESS_LOOKUP
#define EMS_AB_ADDRESS_LOOKUP 0x00000001
#endif

static const SizedSPropTagArray(12, resolved_columns) = {
    12,
    {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W, PROP_TAG(PT_UNICODE, 0x39FE), PR_OBJECT_TYPE,
     PR_DISPLAY_TYPE, PR_SEARCH_KEY, PR_RECORD_KEY, PR_INSTANCE_KEY, PR_TRANSMITABLE_DISPLAY_NAME_W,
     PR_SEND_RICH_INFO}};

static ULONG string_type(ULONG tag, ULONG flags)
{
    ULONG type = PROP_TYPE(tag);
    if (type == PT_UNICODE && !(flags & MAPI_UNICODE))
        return CHANGE_PROP_TYPE(tag, PT_STRING8);
    return tag;
}

/*
 * A new property array for the recipient: the wanted properties of `object` first, then what the recipient had besides.
 * keep_missing: those that the object lacks are there as PT_ERROR.
 */
static HRESULT recipient_merge(ADRENTRY *recipient, IMAPIProp *object, const SPropTagArray *wanted, ULONG flags,
                               bool keep_missing)
{
    SPropValue *found = NULL, *merged = NULL;
    SPropTagArray *tags = NULL;
    ULONG count = 0, used = 0;
    HRESULT hr = MAPIAllocateBuffer(CbNewSPropTagArray(wanted->cValues + 1), (void **)&tags);
    if (hr != S_OK)
        return hr;
    tags->cValues = wanted->cValues;
    for (ULONG i = 0; i < wanted->cValues; i++)
        tags->aulPropTag[i] = keep_missing ? wanted->aulPropTag[i] : string_type(wanted->aulPropTag[i], flags);
    hr = object->lpVtbl->GetProps(object, tags, flags & MAPI_UNICODE, &count, &found);
    if (SUCCEEDED(hr))
        hr = MAPIAllocateBuffer((count + recipient->cValues + 1) * sizeof *merged, (void **)&merged);
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        SPropValue *given = LpValFindProp(found[i].ulPropTag, recipient->cValues, recipient->rgPropVals);
        bool missing = PROP_TYPE(found[i].ulPropTag) == PT_ERROR;
        if (missing && given != NULL && keep_missing)
            found[i] = *given;
        else if (missing && !keep_missing)
            continue;
        hr = PropCopyMore(&merged[used++], &found[i], (ALLOCATEMORE *)MAPIAllocateMore, merged);
    }
    for (ULONG i = 0; i < recipient->cValues && hr == S_OK; i++) {
        if (LpValFindProp(recipient->rgPropVals[i].ulPropTag, used, merged) == NULL)
            hr = PropCopyMore(&merged[used++], &recipient->rgPropVals[i], (ALLOCATEMORE *)MAPIAllocateMore, merged);
    }
    if (hr == S_OK) {
        MAPIFreeBuffer(recipient->rgPropVals);
        recipient->rgPropVals = merged;
        recipient->cValues = used;
    } else
        MAPIFreeBuffer(merged);
    MAPIFreeBuffer(found);
    MAPIFreeBuffer(tags);
    return hr;
}

/* ---- Internet addresses ---- */

/* local@domain, without spaces, with something on both sides. */
static bool address_valid(const WCHAR *text)
{
    const WCHAR *at = NULL;
    for (const WCHAR *p = text; *p != 0; p++) {
        if (*p <= ' ' || *p == '<' || *p == '>' || *p == '(' || *p == ')' || *p == ',' || *p == ';' || *p == '"' ||
            *p == '[' || *p == ']' || (*p == '@' && at != NULL))
            return false;
        if (*p == '@')
            at = p;
    }
    return at != NULL && at > text && at[1] != 0 && at[1] != '.' && at[text_length(at) - 1] != '.';
}

static WCHAR *part(const WCHAR *from, const WCHAR *to)
{
    while (from < to && (*from == ' ' || *from == '"' || *from == '\''))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '"' || to[-1] == '\''))
        to--;
    WCHAR *text = malloc(((size_t)(to - from) + 1) * sizeof *text);
    if (text != NULL) {
        memcpy(text, from, (size_t)(to - from) * sizeof *text);
        text[to - from] = 0;
    }
    return text;
}

static const WCHAR *find_char(const WCHAR *text, WCHAR c)
{
    while (*text != 0 && *text != c)
        text++;
    return *text != 0 ? text : NULL;
}

/* Takes a text apart into name, type and address; false: it is no address. All parts are malloc. */
static bool address_parse(const WCHAR *text, struct ab_id *out)
{
    const WCHAR *end = text + text_length(text), *open, *colon;
    memset(out, 0, sizeof *out);
    out->kind = AB_ID_ONEOFF;
    out->unicode = true;
    while (*text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    if (end > text && (end[-1] == '>' || end[-1] == ']')) { /* Name <address>, Name [TYPE:address] */
        open = find_char(text, end[-1] == '>' ? '<' : '[');
        if (open == NULL)
            return false;
        if (open > text)
            out->name = part(text, open);
        text = open + 1;
        end--;
    }
    colon = find_char(text, ':');
    if (colon != NULL && colon < end && colon > text) {
        out->addrtype = part(text, colon);
        text = colon + 1;
        for (WCHAR *p = out->addrtype; p != NULL && *p != 0; p++) {
            if (*p >= 'a' && *p <= 'z')
                *p -= 32;
        }
    } else
        out->addrtype = text_duplicate(L"SMTP");
    out->address = part(text, end);
    if (out->address != NULL && out->addrtype != NULL && out->address[0] != 0 &&
        (text_compare(out->addrtype, L"SMTP") != 0 || address_valid(out->address))) {
        if (out->name == NULL || out->name[0] == 0) {
            free(out->name);
            out->name = text_duplicate(out->address);
        }
        if (out->name != NULL)
            return true;
    }
    ab_id_clear(out);
    return false;
}

/* ---- resolving ---- */

/* What a place knows of a text: its entry, or of an address (parsed) the one-off. MAPI_E_NOT_FOUND, MAPI_E_AMBIGUOUS_RECIP.
 * whole_only: not by the beginning of a name; exact_only: by alias or address alone. */
static HRESULT resolve_in(struct session *session, enum ab_place place, struct ab_snapshot *snapshot, const WCHAR *text,
                          const struct ab_id *parsed, bool whole_only, bool exact_only, IMAPIProp **out)
{
    const struct ab_row *row = NULL;
    int64_t number = 0;
    HRESULT hr = MAPI_E_NOT_FOUND;
    ULONG type;
    bool exact = parsed != NULL || exact_only;
    if (parsed != NULL)
        text = parsed->address;
    switch (place) {
    case AB_IN_GAL:
        if (exact) {
            if ((row = ab_snapshot_find(snapshot, text)) != NULL)
                hr = S_OK;
        } else
            hr = ab_resolve_row(snapshot, text, whole_only, &row);
        return hr == S_OK ? ab_entry_open(session, &session->base, snapshot, row, NULL, &type, (IUnknown **)out) : hr;
    case AB_IN_PERSONAL:
        hr = exact ? personal_find_address(session, text, &number)
                   : personal_resolve(session, text, whole_only, &number);
        return hr == S_OK ? personal_number_open(session, &session->base, number, NULL, 0, &type, (IUnknown **)out) : hr;
    default:
        return parsed != NULL && !exact_only
                   ? ab_oneoff_open(session, &session->base, parsed, NULL, &type, (IUnknown **)out)
                   : hr;
    }
}

/* The entry or one-off that a text names: that of the first place that knows one. Where a place knows several, the next ones
 * are asked for whole names only. *state: MAPI_RESOLVED, MAPI_AMBIGUOUS or MAPI_UNRESOLVED. */
static HRESULT resolve_text(struct session *session, const enum ab_place *places, ULONG place_count,
                            struct ab_snapshot *snapshot, const WCHAR *text, bool exact_only, ULONG *state, IMAPIProp **out)
{
    struct ab_id parsed;
    bool address = address_parse(text, &parsed), ambiguous = false;
    HRESULT hr = S_OK;
    *state = MAPI_UNRESOLVED;
    *out = NULL;
    while (*text == ' ')
        text++;
    for (ULONG i = 0; i < place_count && hr == S_OK && *out == NULL && *text != 0; i++) {
        hr = resolve_in(session, places[i], snapshot, text, address ? &parsed : NULL, ambiguous, exact_only, out);
        ambiguous = ambiguous || hr == MAPI_E_AMBIGUOUS_RECIP;
        if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_AMBIGUOUS_RECIP)
            hr = S_OK;
    }
    if (address)
        ab_id_clear(&parsed);
    if (hr == S_OK && *out != NULL)
        *state = MAPI_RESOLVED;
    else if (ambiguous)
        *state = MAPI_AMBIGUOUS;
    return hr;
}

HRESULT ab_resolve_list(struct session *session, const enum ab_place *places, ULONG place_count, const SPropTagArray *tags,
                        ULONG flags, ADRLIST *list, ULONG *states)
{
    struct ab_snapshot *snapshot = NULL;
    const SPropTagArray *wanted = tags != NULL ? tags : (const SPropTagArray *)&resolved_columns;
    HRESULT hr = ab_snapshot_get(session->dir, &snapshot);
    for (ULONG i = 0; i < list->cEntries && hr == S_OK; i++) {
        ADRENTRY *entry = &list->aEntries[i];
        SPropValue *name;
        IMAPIProp *object = NULL;
        WCHAR *text = NULL;
        if (states[i] != MAPI_UNRESOLVED || entry->rgPropVals == NULL)
            continue;
        name = LpValFindProp(PR_DISPLAY_NAME, entry->cValues, entry->rgPropVals);
        if (name == NULL || (PROP_TYPE(name->ulPropTag) & ~1u) != PT_STRING8)
            continue;
        hr = session_text_in(name->Value.lpszA, PROP_TYPE(name->ulPropTag) == PT_UNICODE ? MAPI_UNICODE : 0, &text);
        if (hr == S_OK && text != NULL)
            hr = resolve_text(session, places, place_count, snapshot, text, (flags & EMS_AB_ADDRESS_LOOKUP) != 0,
                              &states[i], &object);
        if (hr == S_OK && object != NULL)
            hr = recipient_merge(entry, object, wanted, flags, tags != NULL);
        object_Release(object);
        free(text);
    }
    ab_snapshot_release(snapshot);
    return hr;
}

HRESULT ab_prepare_list(struct session *session, const SPropTagArray *tags, ULONG flags, ADRLIST *list)
{
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < list->cEntries && hr == S_OK; i++) {
        ADRENTRY *entry = &list->aEntries[i];
        SPropValue *id = LpValFindProp(PR_ENTRYID, entry->cValues, entry->rgPropVals);
        IUnknown *object = NULL;
        ULONG type;
        if (id == NULL || PROP_TYPE(id->ulPropTag) != PT_BINARY)
            continue;
        hr = addrbook_open_entry(session, &session->base, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, 0, &type,
                                 &object);
        if (hr == S_OK)
            hr = recipient_merge(entry, (IMAPIProp *)object, tags, flags, true);
        else if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_UNKNOWN_ENTRYID) /* as it is: others may know it */
            hr = S_OK;
        object_Release(object);
    }
    return hr;
}
