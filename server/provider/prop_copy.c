/*
 * prop_copy.c: IMAPIProp::CopyTo and CopyProps to any other object, also of another provider.
 *
 * Layer: provider. The target is only called through IMAPIProp. Named properties keep their names: ids are mapped
 * where the target has another mapping. What is not a property (recipients, attachments, subfolders) is copied by
 * ops->copy_parts.
 */
#include "mapi_exchange.h"
#include "object.h"
#include "provider.h"
#include "store.h"
#include <string.h>

#define STREAM_ABOVE 16384 /* bytes: larger values go through the target's OpenProperty */

struct copy {
    struct prop_object *from;
    IMAPIProp *to;
    bool no_replace;
    SPropTagArray *present;     /* no_replace: what the target has */
    SPropValue *values;         /* the batch for SetProps */
    ULONG *index;               /* of each value in the caller's list */
    ULONG *own_tag;             /* its tag in the source */
    ULONG count;
    SPropProblemArray **problems;
};

static bool lists_id(const SPropTagArray *tags, ULONG tag)
{
    for (ULONG i = 0; tags && i < tags->cValues; i++)
        if (PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag))
            return true;
    return false;
}

/* The id that the target has for a named property of the source. */
static HRESULT map_named(struct copy *copy, ULONG tag, ULONG *out)
{
    ULONG own = tag, n = 0;
    SPropTagArray one = {1, {own}}, *asked = &one, *mapped = NULL;
    MAPINAMEID **names = NULL;
    *out = tag;
    if (PROP_ID(tag) < 0x8000)
        return S_OK;
    HRESULT hr = prop_GetNamesFromIDs(copy->from, &asked, NULL, 0, &n, &names);
    if (hr != S_OK || !n || !names[0]) { /* no mapping here: the id is all there is */
        MAPIFreeBuffer(names);
        return S_OK;
    }
    hr = copy->to->lpVtbl->GetIDsFromNames(copy->to, 1, names, MAPI_CREATE, &mapped);
    if (hr == S_OK && PROP_ID(mapped->aulPropTag[0]))
        *out = PROP_TAG(PROP_TYPE(tag), PROP_ID(mapped->aulPropTag[0]));
    else
        hr = FAILED(hr) ? hr : MAPI_E_NOT_FOUND;
    MAPIFreeBuffer(mapped);
    MAPIFreeBuffer(names);
    return FAILED(hr) ? hr : S_OK;
}

static HRESULT put_as_stream(struct copy *copy, const SPropValue *value)
{
    IStream *stream = NULL;
    bool text = PROP_TYPE(value->ulPropTag) == PT_UNICODE;
    const void *bytes = text ? (const void *)value->Value.lpszW : value->Value.bin.lpb;
    ULONG cb = text ? lstrlenW(value->Value.lpszW) * sizeof(WCHAR) : value->Value.bin.cb, put = 0;
    HRESULT hr = copy->to->lpVtbl->OpenProperty(copy->to, value->ulPropTag, &IID_IStream, STGM_READWRITE,
                                        MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&stream);
    if (FAILED(hr))
        return copy->to->lpVtbl->SetProps(copy->to, 1, (SPropValue *)value, NULL);
    hr = IStream_Write(stream, bytes, cb, &put);
    if (SUCCEEDED(hr))
        hr = IStream_Commit(stream, STGC_DEFAULT);
    IStream_Release(stream);
    return hr;
}

/* The forms of a body are never large here: put one after another, the last would be the body and the others be lost. */
static bool is_large(const SPropValue *value)
{
    ULONG id = PROP_ID(value->ulPropTag);
    if (id == PROP_ID(PR_BODY_W) || id == PROP_ID(PR_RTF_COMPRESSED) || id == PROP_ID(PR_HTML))
        return false;
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        return (size_t)lstrlenW(value->Value.lpszW) * sizeof(WCHAR) > STREAM_ABOVE;
    return PROP_TYPE(value->ulPropTag) == PT_BINARY && value->Value.bin.cb > STREAM_ABOVE;
}

/* Reads one property and puts it into the batch, or large ones straight into the target. `whole`: from the bag. */
static HRESULT copy_one(struct copy *copy, ULONG tag, ULONG index, bool whole)
{
    SPropValue value;
    ULONG mapped = tag;
    HRESULT hr = map_named(copy, tag, &mapped);
    if (SUCCEEDED(hr) && lists_id(copy->present, mapped))
        return S_OK;
    if (SUCCEEDED(hr))
        hr = whole ? prop_bag_value(copy->from, PROP_ID(tag), copy->values, &value)
                   : prop_get_whole(copy->from, tag, copy->values, &value);
    if (FAILED(hr))
        return prop_add_problem(copy->problems, index, tag, hr);
    if (PROP_TYPE(value.ulPropTag) == PT_OBJECT)
        return S_OK;
    value.ulPropTag = PROP_TAG(PROP_TYPE(value.ulPropTag), PROP_ID(mapped));
    if (is_large(&value)) {
        hr = put_as_stream(copy, &value);
        return FAILED(hr) ? prop_add_problem(copy->problems, index, tag, hr) : S_OK;
    }
    copy->values[copy->count] = value;
    copy->index[copy->count] = index;
    copy->own_tag[copy->count++] = tag;
    return S_OK;
}

static HRESULT put_batch(struct copy *copy)
{
    SPropProblemArray *problems = NULL;
    HRESULT hr = S_OK;
    if (copy->count)
        hr = copy->to->lpVtbl->SetProps(copy->to, copy->count, copy->values, &problems);
    for (ULONG i = 0; SUCCEEDED(hr) && problems && i < problems->cProblem; i++) {
        ULONG at = problems->aProblem[i].ulIndex;
        if (at < copy->count)
            hr = prop_add_problem(copy->problems, copy->index[at], copy->own_tag[at], problems->aProblem[i].scode);
    }
    MAPIFreeBuffer(problems);
    return hr;
}

static HRESULT copy_begin(struct copy *copy, ULONG room)
{
    if (MAPIAllocateBuffer((room + 1) * sizeof(SPropValue), (void **)&copy->values) ||
        MAPIAllocateBuffer((room + 1) * sizeof(ULONG), (void **)&copy->index) ||
        MAPIAllocateBuffer((room + 1) * sizeof(ULONG), (void **)&copy->own_tag))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    return copy->no_replace ? copy->to->lpVtbl->GetPropList(copy->to, MAPI_UNICODE, &copy->present) : S_OK;
}

static void copy_end(struct copy *copy)
{
    MAPIFreeBuffer(copy->values);
    MAPIFreeBuffer(copy->index);
    MAPIFreeBuffer(copy->own_tag);
    MAPIFreeBuffer(copy->present);
}

/* MAPI_MOVE: what was copied goes from the source. */
static HRESULT delete_moved(struct prop_object *object, const SPropTagArray *tags)
{
    bool changed = false;
    if (!object->writable)
        return MAPI_E_NO_ACCESS;
    for (ULONG i = 0; i < tags->cValues; i++) {
        const struct prop_handler *row = prop_handler_find(object, tags->aulPropTag[i]);
        if (!row || !(row->flags & (PROP_COMPUTED | PROP_READONLY)))
            changed |= propbag_delete(object->props, PROP_ID(tags->aulPropTag[i])) == S_OK;
    }
    return changed && object->ops->changed ? object->ops->changed(object) : S_OK;
}

/* The bag's properties that CopyTo copies: computed ones are the target's own affair. */
static HRESULT copyable_tags(struct prop_object *object, const SPropTagArray *exclude, SPropTagArray **out)
{
    ULONG count = propbag_count(object->props), n = 0;
    SPropTagArray *tags;
    if (MAPIAllocateBuffer(CbNewSPropTagArray(count + 1), (void **)&tags))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < count; i++) {
        ULONG tag = propbag_at(object->props, i)->value.ulPropTag;
        const struct prop_handler *row = prop_handler_find(object, tag);
        if (lists_id(exclude, tag) || (row && (row->flags & (PROP_COMPUTED | PROP_READONLY | PROP_NOT_COPIED))))
            continue;
        tags->aulPropTag[n++] = tag;
    }
    tags->cValues = n;
    *out = tags;
    return S_OK;
}

static HRESULT check_target(void *self, const IID *iid, void *to, IUnknown **target)
{
    *target = NULL;
    if (!iid || !to)
        return MAPI_E_INVALID_PARAMETER;
    if (to == self)
        return MAPI_E_NO_ACCESS;
    return FAILED(IUnknown_QueryInterface((IUnknown *)to, iid, (void **)target)) ? MAPI_E_INTERFACE_NOT_SUPPORTED
                                                                                 : S_OK;
}

HRESULT STDMETHODCALLTYPE prop_CopyTo(void *self, ULONG exclude_iid_count, LPCIID exclude_iids, LPSPropTagArray exclude,
                                      ULONG_PTR ui, LPMAPIPROGRESS progress, LPCIID iid, LPVOID to, ULONG flags,
                                      LPSPropProblemArray *problems)
{
    struct prop_object *object = self;
    struct copy copy = {.from = object, .to = to, .no_replace = flags & MAPI_NOREPLACE, .problems = problems};
    SPropTagArray *tags = NULL;
    struct session *also = NULL;
    IUnknown *target = NULL;
    bool parts = true;
    if (problems)
        *problems = NULL;
    if ((exclude && !exclude->cValues) || lists_id(exclude, PR_NULL) || (exclude_iid_count && !exclude_iids))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DECLINE_OK | MAPI_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    for (ULONG i = 0; i < exclude_iid_count; i++) {
        if (IsEqualIID(&exclude_iids[i], &IID_IUnknown) || IsEqualIID(&exclude_iids[i], &IID_IMAPIProp))
            return MAPI_E_INTERFACE_NOT_SUPPORTED;
        parts = parts && !object_grants(&object->base, &exclude_iids[i]);
    }
    HRESULT hr = check_target(self, iid, to, &target);
    if (FAILED(hr))
        return hr;
    hr = object_enter_both(&object->base, to, &also);
    if (FAILED(hr)) {
        IUnknown_Release(target);
        return hr;
    }
    if ((flags & MAPI_MOVE) && !object->writable)
        hr = MAPI_E_NO_ACCESS;
    else
        hr = object->ops->load ? object->ops->load(object) : S_OK;
    if (SUCCEEDED(hr))
        hr = prop_flush_streams(object);
    if (SUCCEEDED(hr))
        hr = copyable_tags(object, exclude, &tags);
    if (SUCCEEDED(hr))
        hr = copy_begin(&copy, tags->cValues);
    for (ULONG i = 0; SUCCEEDED(hr) && i < tags->cValues; i++)
        hr = copy_one(&copy, tags->aulPropTag[i], i, true);
    if (SUCCEEDED(hr))
        hr = put_batch(&copy);
    if (SUCCEEDED(hr) && parts && object->ops->copy_parts)
        hr = object->ops->copy_parts(object, to, exclude, true, flags, ui, progress, problems);
    if (SUCCEEDED(hr) && (flags & MAPI_MOVE))
        hr = delete_moved(object, tags);
    copy_end(&copy);
    MAPIFreeBuffer(tags);
    if (FAILED(hr) && problems) {
        MAPIFreeBuffer(*problems);
        *problems = NULL;
    }
    object_leave_both(&object->base, also);
    IUnknown_Release(target);
    return hr;
}

HRESULT STDMETHODCALLTYPE prop_CopyProps(void *self, LPSPropTagArray include, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                         LPCIID iid, LPVOID to, ULONG flags, LPSPropProblemArray *problems)
{
    struct prop_object *object = self;
    struct copy copy = {.from = object, .to = to, .no_replace = flags & MAPI_NOREPLACE, .problems = problems};
    struct session *also = NULL;
    IUnknown *target = NULL;
    if (problems)
        *problems = NULL;
    if (!include || !include->cValues || lists_id(include, PR_NULL))
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(MAPI_MOVE | MAPI_NOREPLACE | MAPI_DECLINE_OK | MAPI_DIALOG))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = check_target(self, iid, to, &target);
    if (FAILED(hr))
        return hr;
    hr = object_enter_both(&object->base, to, &also);
    if (FAILED(hr)) {
        IUnknown_Release(target);
        return hr;
    }
    if ((flags & MAPI_MOVE) && !object->writable)
        hr = MAPI_E_NO_ACCESS;
    else
        hr = object->ops->load ? object->ops->load(object) : S_OK;
    if (SUCCEEDED(hr))
        hr = prop_flush_streams(object);
    if (SUCCEEDED(hr))
        hr = copy_begin(&copy, include->cValues);
    for (ULONG i = 0; SUCCEEDED(hr) && i < include->cValues; i++)
        if (PROP_TYPE(include->aulPropTag[i]) != PT_OBJECT)
            hr = copy_one(&copy, include->aulPropTag[i], i, false);
    if (SUCCEEDED(hr))
        hr = put_batch(&copy);
    if (SUCCEEDED(hr) && object->ops->copy_parts)
        hr = object->ops->copy_parts(object, to, include, false, flags, ui, progress, problems);
    if (SUCCEEDED(hr) && (flags & MAPI_MOVE))
        hr = delete_moved(object, include);
    copy_end(&copy);
    if (FAILED(hr) && problems) {
        MAPIFreeBuffer(*problems);
        *problems = NULL;
    }
    object_leave_both(&object->base, also);
    IUnknown_Release(target);
    return hr;
}
