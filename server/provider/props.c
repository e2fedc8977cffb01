/*
 * props.c: IMAPIProp's GetProps, GetPropList, SetProps, DeleteProps and SaveChanges over property handlers.
 *
 * Layer: provider. A property is computed by its handler, or plain and lives in the object's bag. Limits: a string or
 * binary above 32 KB is not returned by GetProps (MAPI_E_NOT_ENOUGH_MEMORY): it is read as a stream.
 */
#include "object.h"
#include "provider.h"
#include "store.h"
#include <string.h>

#define LARGE_VALUE 32768

void prop_object_destroy(struct prop_object *object)
{
    propbag_free(object->props);
    object->props = NULL;
}

const struct prop_handler *prop_handler_find(const struct prop_object *object, ULONG tag)
{
    const struct prop_handler *row = object->ops->handlers;
    for (; row && row->tag; row++)
        if (PROP_ID(row->tag) == PROP_ID(tag))
            return row;
    return NULL;
}

static HRESULT load(struct prop_object *object)
{
    return object->ops->load ? object->ops->load(object) : S_OK;
}

/* ---- reading ---- */

static bool is_string(ULONG type)
{
    return type == PT_UNICODE || type == PT_STRING8;
}

HRESULT prop_bag_value(struct prop_object *object, ULONG prop_id, void *base, SPropValue *out)
{
    const struct propbag_entry *entry = propbag_find(object->props, prop_id);
    if (!entry)
        return MAPI_E_NOT_FOUND;
    if (!base) {
        out->ulPropTag = entry->value.ulPropTag;
        return S_OK;
    }
    if (!entry->lazy)
        return propvalue_copy_more(out, &entry->value, base);
    struct mailbox *mbx = object->base.store ? store_mailbox(object->base.store) : NULL;
    bool text = is_string(PROP_TYPE(entry->value.ulPropTag));
    BYTE *bytes;
    size_t got = 0;
    if (!mbx)
        return MAPI_E_CALL_FAILED;
    if (entry->size > 0x7fffffff || MAPIAllocateMore((ULONG)entry->size + sizeof(WCHAR), base, (void **)&bytes))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = mailbox_blob_read(mbx, entry->blob, 0, bytes, (size_t)entry->size, &got);
    if (FAILED(hr))
        return hr;
    memset(bytes + got, 0, sizeof(WCHAR));
    out->ulPropTag = entry->value.ulPropTag;
    if (text) {
        out->Value.lpszW = (LPWSTR)bytes;
    } else {
        out->Value.bin.cb = (ULONG)got;
        out->Value.bin.lpb = bytes;
    }
    return S_OK;
}

/* The size of a value that GetProps may be too small for; 0 for fixed types. */
static uint64_t value_size(const SPropValue *value)
{
    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_UNICODE:
        return value->Value.lpszW ? (uint64_t)lstrlenW(value->Value.lpszW) * sizeof(WCHAR) : 0;
    case PT_STRING8:
        return value->Value.lpszA ? strlen(value->Value.lpszA) : 0;
    case PT_BINARY:
        return value->Value.bin.cb;
    default:
        return 0;
    }
}

HRESULT prop_get_whole(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct prop_handler *row = prop_handler_find(object, tag);
    memset(out, 0, sizeof(*out));
    HRESULT hr = row && row->get ? row->get(object, tag, base, out)
                                 : prop_bag_value(object, PROP_ID(tag), base, out);
    return FAILED(hr) || !base ? hr : prop_convert_type(out, PROP_TYPE(tag), base);
}

HRESULT prop_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out)
{
    const struct prop_handler *row = prop_handler_find(object, tag);
    const struct propbag_entry *entry = row && row->get ? NULL : propbag_find(object->props, PROP_ID(tag));
    if (entry && entry->size > LARGE_VALUE && base)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = prop_get_whole(object, tag, base, out);
    return SUCCEEDED(hr) && base && value_size(out) > LARGE_VALUE ? MAPI_E_NOT_ENOUGH_MEMORY : hr;
}

/* PT_UNSPECIFIED strings take the width that flags ask for. */
static HRESULT get_by_flags(struct prop_object *object, ULONG tag, ULONG flags, void *base, SPropValue *out)
{
    HRESULT hr = prop_get(object, tag, base, out);
    if (SUCCEEDED(hr) && PROP_TYPE(tag) == PT_UNSPECIFIED && !(flags & MAPI_UNICODE)) {
        if (PROP_TYPE(out->ulPropTag) == PT_UNICODE)
            hr = prop_convert_type(out, PT_STRING8, base);
        else if (PROP_TYPE(out->ulPropTag) == PT_MV_UNICODE)
            hr = prop_convert_type(out, PT_MV_STRING8, base);
    }
    return hr;
}

static ULONG listed_tag(ULONG tag, ULONG flags)
{
    if (flags & MAPI_UNICODE)
        return tag;
    if (PROP_TYPE(tag) == PT_UNICODE)
        return CHANGE_PROP_TYPE(tag, PT_STRING8);
    if (PROP_TYPE(tag) == PT_MV_UNICODE)
        return CHANGE_PROP_TYPE(tag, PT_MV_STRING8);
    return tag;
}

/* The tags of everything that the object has: handlers that answer, then the bag, in order of id. */
static HRESULT list_tags(struct prop_object *object, ULONG flags, SPropTagArray **out)
{
    const struct prop_handler *row = object->ops->handlers;
    ULONG rows = 0, n = 0, bag = 0, in_bag = propbag_count(object->props);
    SPropTagArray *tags;
    while (row && row[rows].tag)
        rows++;
    if (MAPIAllocateBuffer(CbNewSPropTagArray(rows + in_bag + 1), (void **)&tags))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < rows || bag < in_bag;) {
        const struct propbag_entry *entry = propbag_at(object->props, bag);
        ULONG bag_id = entry ? PROP_ID(entry->value.ulPropTag) : 0x10000;
        ULONG row_id = i < rows ? PROP_ID(row[i].tag) : 0x10000;
        if (bag_id < row_id) {
            tags->aulPropTag[n++] = listed_tag(entry->value.ulPropTag, flags);
            bag++;
            continue;
        }
        SPropValue value = {.ulPropTag = row[i].tag};
        HRESULT hr = row[i].get                 ? row[i].get(object, row[i].tag, NULL, &value)
                     : bag_id == row_id && entry ? prop_bag_value(object, row_id, NULL, &value)
                                                 : MAPI_E_NOT_FOUND;
        if (SUCCEEDED(hr) && !(row[i].flags & PROP_HIDDEN))
            tags->aulPropTag[n++] = listed_tag(value.ulPropTag, flags);
        if (bag_id == row_id)
            bag++;
        /* Two rows of one id (PR_MESSAGE_SIZE and its 64-bit form) are one property. */
        do
            i++;
        while (i < rows && PROP_ID(row[i].tag) == row_id);
    }
    tags->cValues = n;
    *out = tags;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE prop_GetPropList(void *self, ULONG flags, LPSPropTagArray *out)
{
    struct prop_object *object = self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    hr = load(object);
    if (SUCCEEDED(hr))
        hr = prop_flush_streams(object);
    if (SUCCEEDED(hr))
        hr = list_tags(object, flags, out);
    object_leave(&object->base);
    return hr;
}

HRESULT STDMETHODCALLTYPE prop_GetProps(void *self, LPSPropTagArray tags, ULONG flags, ULONG *count, LPSPropValue *out)
{
    struct prop_object *object = self;
    SPropTagArray *all = NULL;
    SPropValue *values = NULL;
    bool errors = false;
    if (count)
        *count = 0;
    if (out)
        *out = NULL;
    if (!count || !out || (tags && (!tags->cValues || tags->cValues > 0xffff)))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    hr = load(object);
    if (SUCCEEDED(hr))
        hr = prop_flush_streams(object);
    if (SUCCEEDED(hr) && !tags) {
        hr = list_tags(object, flags, &all);
        tags = all;
    }
    if (FAILED(hr) || !tags->cValues)
        goto done;
    hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (MAPIAllocateBuffer(tags->cValues * sizeof(*values), (void **)&values))
        goto done;
    for (ULONG i = 0; i < tags->cValues; i++) {
        ULONG tag = tags->aulPropTag[i];
        HRESULT got = get_by_flags(object, tag, flags, values, &values[i]);
        if (FAILED(got)) {
            memset(&values[i], 0, sizeof(values[i]));
            values[i].ulPropTag = CHANGE_PROP_TYPE(tag, PT_ERROR);
            values[i].Value.err = got;
            errors = true;
        }
    }
    hr = errors ? MAPI_W_ERRORS_RETURNED : S_OK;
    *count = tags->cValues;
    *out = values;
done:
    MAPIFreeBuffer(all);
    object_leave(&object->base);
    return hr;
}

/* ---- writing ---- */

HRESULT prop_add_problem(SPropProblemArray **problems, ULONG index, ULONG tag, SCODE code)
{
    SPropProblemArray *grown;
    if (!problems)
        return S_OK;
    ULONG n = *problems ? (*problems)->cProblem : 0;
    if (MAPIAllocateBuffer(CbNewSPropProblemArray(n + 1), (void **)&grown))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (n)
        memcpy(grown->aProblem, (*problems)->aProblem, n * sizeof(SPropProblem));
    grown->cProblem = n + 1;
    grown->aProblem[n].ulIndex = index;
    grown->aProblem[n].ulPropTag = tag;
    grown->aProblem[n].scode = code;
    MAPIFreeBuffer(*problems);
    *problems = grown;
    return S_OK;
}

HRESULT prop_set(struct prop_object *object, const SPropValue *value)
{
    const struct prop_handler *row = prop_handler_find(object, value->ulPropTag);
    if (row && (row->flags & PROP_COMPUTED))
        return MAPI_E_COMPUTED;
    if (row && (row->flags & PROP_READONLY))
        return MAPI_E_NO_ACCESS;
    ULONG id = PROP_ID(value->ulPropTag);
    if (!id || id == 0xffff)
        return MAPI_E_INVALID_PARAMETER;
    if (PROP_TYPE(value->ulPropTag) == PT_NULL || PROP_TYPE(value->ulPropTag) == PT_UNSPECIFIED)
        return MAPI_E_INVALID_TYPE;
    return row && row->set ? row->set(object, value) : propbag_set(object->props, value);
}

/* Types that exist; others are refused before anything is changed. */
static bool known_type(ULONG type)
{
    switch (type) {
    case PT_NULL: case PT_I2: case PT_LONG: case PT_R4: case PT_DOUBLE: case PT_CURRENCY: case PT_APPTIME:
    case PT_ERROR: case PT_BOOLEAN: case PT_I8: case PT_STRING8: case PT_UNICODE: case PT_SYSTIME: case PT_CLSID:
    case PT_BINARY: case PT_UNSPECIFIED:
    case PT_MV_I2: case PT_MV_LONG: case PT_MV_R4: case PT_MV_DOUBLE: case PT_MV_CURRENCY: case PT_MV_APPTIME:
    case PT_MV_I8: case PT_MV_STRING8: case PT_MV_UNICODE: case PT_MV_SYSTIME: case PT_MV_CLSID: case PT_MV_BINARY:
        return true;
    default:
        return false;
    }
}

/* What SetProps refuses as a whole, by the reference. */
static HRESULT check_values(ULONG count, const SPropValue *values)
{
    for (ULONG i = 0; i < count; i++) {
        ULONG type = PROP_TYPE(values[i].ulPropTag);
        if (type == PT_OBJECT)
            return MAPI_E_INVALID_PARAMETER;
        if ((type & MV_FLAG) && !values[i].Value.MVl.cValues)
            return MAPI_E_INVALID_PARAMETER;
    }
    return S_OK;
}

/* Pointers that must not be NULL in a value. */
static HRESULT check_value(const SPropValue *value)
{
    ULONG type = PROP_TYPE(value->ulPropTag);
    if (!known_type(type))
        return MAPI_E_INVALID_TYPE;
    if ((type == PT_UNICODE || type == PT_STRING8) && !value->Value.lpszW)
        return MAPI_E_INVALID_PARAMETER;
    if (type == PT_CLSID && !value->Value.lpguid)
        return MAPI_E_INVALID_PARAMETER;
    if (type == PT_BINARY && value->Value.bin.cb && !value->Value.bin.lpb)
        return MAPI_E_INVALID_PARAMETER;
    if ((type & MV_FLAG) && !value->Value.MVl.lpl)
        return MAPI_E_INVALID_PARAMETER;
    return S_OK;
}

static HRESULT after_change(struct prop_object *object, bool changed)
{
    return changed && object->ops->changed ? object->ops->changed(object) : S_OK;
}

HRESULT STDMETHODCALLTYPE prop_SetProps(void *self, ULONG count, LPSPropValue values, LPSPropProblemArray *problems)
{
    struct prop_object *object = self;
    bool changed = false;
    if (problems)
        *problems = NULL;
    if (!count || !values)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = check_values(count, values);
    if (FAILED(hr))
        return hr;
    hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    hr = object->writable ? load(object) : MAPI_E_NO_ACCESS;
    if (FAILED(hr))
        goto done;
    for (ULONG i = 0; i < count; i++) {
        if (values[i].ulPropTag == PR_NULL || PROP_TYPE(values[i].ulPropTag) == PT_ERROR)
            continue;
        HRESULT set = check_value(&values[i]);
        if (SUCCEEDED(set))
            set = prop_set(object, &values[i]);
        if (SUCCEEDED(set))
            changed = true;
        else if (FAILED(hr = prop_add_problem(problems, i, values[i].ulPropTag, set)))
            goto done;
    }
    hr = after_change(object, changed);
done:
    if (FAILED(hr) && problems) {
        MAPIFreeBuffer(*problems);
        *problems = NULL;
    }
    object_leave(&object->base);
    return hr;
}

static HRESULT delete_one(struct prop_object *object, ULONG tag)
{
    const struct prop_handler *row = prop_handler_find(object, tag);
    if (row && (row->flags & PROP_COMPUTED))
        return MAPI_E_COMPUTED;
    if (row && (row->flags & PROP_READONLY))
        return MAPI_E_NO_ACCESS;
    return row && row->del ? row->del(object, tag) : propbag_delete(object->props, PROP_ID(tag));
}

HRESULT STDMETHODCALLTYPE prop_DeleteProps(void *self, LPSPropTagArray tags, LPSPropProblemArray *problems)
{
    struct prop_object *object = self;
    bool changed = false;
    if (problems)
        *problems = NULL;
    if (!tags || !tags->cValues)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    hr = object->writable ? load(object) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = prop_flush_streams(object);
    for (ULONG i = 0; SUCCEEDED(hr) && i < tags->cValues; i++) {
        HRESULT deleted = delete_one(object, tags->aulPropTag[i]);
        if (SUCCEEDED(deleted))
            changed = true;
        else
            hr = prop_add_problem(problems, i, tags->aulPropTag[i], deleted);
    }
    if (SUCCEEDED(hr))
        hr = after_change(object, changed);
    if (FAILED(hr) && problems) {
        MAPIFreeBuffer(*problems);
        *problems = NULL;
    }
    object_leave(&object->base);
    return hr;
}

HRESULT STDMETHODCALLTYPE prop_SaveChanges(void *self, ULONG flags)
{
    struct prop_object *object = self;
    const ULONG known = KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | MAPI_DEFERRED_ERRORS |
                        0x80 /* SPAMFILTER_ONSAVE */ | 0x1000 /* NON_EMS_XP_SAVE */;
    if (flags & ~known)
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = object_enter(&object->base);
    if (FAILED(hr))
        return hr;
    if (!object->ops->save) /* not transacted: everything is saved already */
        goto done;
    hr = object->writable ? prop_flush_streams(object) : MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = object->ops->save(object, flags);
    if (SUCCEEDED(hr) && (flags & KEEP_OPEN_READONLY) && !(flags & KEEP_OPEN_READWRITE))
        object->writable = false;
done:
    object_leave(&object->base);
    return hr;
}
