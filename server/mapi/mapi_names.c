/*
 * mapi_names.c: named properties of a store, remembered.
 *
 * Layer: MAPI client.
 */
#include "mapi_names.h"

#include "hex.h"
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct mapi_names_entry {
    GUID set;
    LONG lid;
    WCHAR *name; /* NULL: by lid */
    ULONG id;
};

void mapi_names_free(struct mapi_names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->entries[i].name);
    free(names->entries);
    memset(names, 0, sizeof *names);
}

static bool matches(const struct mapi_names_entry *entry, const struct prop_ref *ref)
{
    if (!guid_equal(&entry->set, &ref->set))
        return false;
    if (ref->kind == PROP_REF_NUMBER)
        return !entry->name && entry->lid == ref->lid;
    return entry->name && wcslen(entry->name) == ref->name_length &&
           !wmemcmp(entry->name, ref->name, ref->name_length);
}

/* Remembers an id; takes `name`. Running out of memory only costs the memory of the name. */
static void remember(struct mapi_names *names, const struct prop_ref *ref, WCHAR *name, ULONG id)
{
    struct mapi_names_entry *entry;

    if (names->count == names->capacity) {
        size_t capacity = names->capacity ? names->capacity * 2 : 32;
        struct mapi_names_entry *bigger = realloc(names->entries, capacity * sizeof *bigger);
        if (!bigger) {
            free(name);
            return;
        }
        names->entries = bigger;
        names->capacity = capacity;
    }
    entry = &names->entries[names->count++];
    entry->set = ref->set;
    entry->lid = ref->lid;
    entry->name = name;
    entry->id = id;
}

static HRESULT ask(IMAPIProp *object, MAPINAMEID *name, bool create, ULONG *id)
{
    SPropTagArray *tags = NULL;
    HRESULT hr = object->lpVtbl->GetIDsFromNames(object, 1, &name, create ? MAPI_CREATE : 0, &tags);

    if (SUCCEEDED(hr)) {
        *id = tags->cValues ? PROP_ID(tags->aulPropTag[0]) : 0;
        hr = *id && PROP_TYPE(tags->aulPropTag[0]) != PT_ERROR ? S_OK : MAPI_E_NOT_FOUND;
    }
    mapi_free(tags);
    return hr;
}

HRESULT mapi_names_tag(struct mapi_names *names, IMAPIProp *object, const struct prop_ref *ref, bool create,
                       ULONG *tag)
{
    MAPINAMEID name = {.lpguid = (GUID *)&ref->set, .ulKind = MNID_ID};
    WCHAR *text = NULL;
    ULONG id = 0;
    HRESULT hr;

    *tag = ref->tag;
    if (ref->kind == PROP_REF_TAG)
        return S_OK;
    for (size_t i = 0; i < names->count; i++)
        if (matches(&names->entries[i], ref)) {
            *tag = PROP_TAG(ref->type, names->entries[i].id);
            return S_OK;
        }
    name.Kind.lID = ref->lid;
    if (ref->kind == PROP_REF_STRING) {
        text = malloc((ref->name_length + 1) * sizeof *text);
        if (!text)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        wmemcpy(text, ref->name, ref->name_length);
        text[ref->name_length] = 0;
        name.ulKind = MNID_STRING;
        name.Kind.lpwstrName = text;
    }
    hr = ask(object, &name, create, &id);
    if (FAILED(hr)) {
        free(text);
        return hr;
    }
    remember(names, ref, text, id);
    *tag = PROP_TAG(ref->type, id);
    return S_OK;
}

HRESULT mapi_names_number(struct mapi_names *names, IMAPIProp *object, const GUID *set, LONG lid, ULONG type,
                          bool create, ULONG *tag)
{
    struct prop_ref ref = {.kind = PROP_REF_NUMBER, .type = type, .set = *set, .lid = lid};

    return mapi_names_tag(names, object, &ref, create, tag);
}

HRESULT mapi_names_string(struct mapi_names *names, IMAPIProp *object, const GUID *set, const WCHAR *name, ULONG type,
                          bool create, ULONG *tag)
{
    struct prop_ref ref = {
        .kind = PROP_REF_STRING, .type = type, .set = *set, .name = name, .name_length = wcslen(name)};

    return mapi_names_tag(names, object, &ref, create, tag);
}

HRESULT mapi_names_of(IMAPIProp *object, ULONG tag, MAPINAMEID **name)
{
    SizedSPropTagArray(1, wanted) = {1, {tag}};
    SPropTagArray *tags = (SPropTagArray *)&wanted;
    MAPINAMEID **found = NULL;
    ULONG count = 0;
    HRESULT hr;

    *name = NULL;
    if (PROP_ID(tag) < 0x8000)
        return MAPI_E_NOT_FOUND;
    hr = object->lpVtbl->GetNamesFromIDs(object, &tags, NULL, 0, &count, &found);
    if (SUCCEEDED(hr) && (!count || !found || !found[0]))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) { /* one allocation of our own: the answer is an array of pointers into its own */
        size_t length = found[0]->ulKind == MNID_STRING ? (wcslen(found[0]->Kind.lpwstrName) + 1) * sizeof(WCHAR) : 0;
        MAPINAMEID *copy;

        hr = mapi_allocate(sizeof *copy + sizeof(GUID) + length, NULL, &copy);
        if (SUCCEEDED(hr)) {
            *copy = *found[0];
            copy->lpguid = (GUID *)(copy + 1);
            *copy->lpguid = *found[0]->lpguid;
            if (length) {
                copy->Kind.lpwstrName = (WCHAR *)(copy->lpguid + 1);
                memcpy(copy->Kind.lpwstrName, found[0]->Kind.lpwstrName, length);
            }
            *name = copy;
        }
    }
    mapi_free(found);
    return FAILED(hr) ? hr : S_OK;
}
