/*
 * prop_data.c: CreateIProp and IPropData: properties in memory with access rights per object and per
 * property.
 *
 * Layer: provider. Nothing is kept on disk; SaveChanges succeeds without doing anything. Memory goes out by
 * MAPI's own allocator.
 */
#include <stdlib.h>
#include <string.h>
#include "object.h"

/* What is known of one property beside its value. */
struct access {
    ULONG id;
    ULONG rights; /* IPROP_READONLY or IPROP_READWRITE */
    bool object;  /* a PT_OBJECT property of HrAddObjProps: listed, without a value */
    bool dirty;
    struct access *next;
};

struct prop_data {
    struct prop_object prop;
    struct access *list;
};

static struct prop_data *data_from(IPropData *self)
{
    return (struct prop_data *)self;
}

static struct access *access_find(const struct prop_data *data, ULONG tag)
{
    struct access *access = data->list;
    while (access != NULL && access->id != PROP_ID(tag))
        access = access->next;
    return access;
}

static struct access *access_make(struct prop_data *data, ULONG tag)
{
    struct access *access = access_find(data, tag);
    if (access == NULL && (access = calloc(1, sizeof *access)) != NULL) {
        access->id = PROP_ID(tag);
        access->rights = IPROP_READWRITE;
        access->next = data->list;
        data->list = access;
    }
    return access;
}

static void access_drop(struct prop_data *data, ULONG tag)
{
    struct access **link = &data->list, *found;
    while (*link != NULL && (*link)->id != PROP_ID(tag))
        link = &(*link)->next;
    if ((found = *link) != NULL) {
        *link = found->next;
        free(found);
    }
}

static bool access_flags_valid(ULONG access)
{
    ULONG rights = access & (IPROP_READONLY | IPROP_READWRITE), state = access & (IPROP_CLEAN | IPROP_DIRTY);
    return access == (rights | state) && (rights == IPROP_READONLY || rights == IPROP_READWRITE) &&
           (state == IPROP_CLEAN || state == IPROP_DIRTY);
}

/* ---- IMAPIProp, where rights matter ---- */

static HRESULT STDMETHODCALLTYPE data_SetProps(IPropData *self, ULONG count, LPSPropValue values,
                                               LPSPropProblemArray *problems)
{
    struct prop_data *data = data_from(self);
    SPropValue *allowed;
    ULONG *places, n = 0;
    SPropProblemArray *inner = NULL;
    if (problems != NULL)
        *problems = NULL;
    if (count == 0 || values == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG i = 0; i < count; i++)
        if (PROP_TYPE(values[i].ulPropTag) == PT_NULL && PROP_ID(values[i].ulPropTag) != PROP_ID_NULL)
            return MAPI_E_INVALID_PARAMETER; /* no value */
    if (!data->prop.writable)
        return MAPI_E_NO_ACCESS;
    allowed = calloc(count, sizeof *allowed);
    places = calloc(count, sizeof *places);
    HRESULT hr = allowed != NULL && places != NULL ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < count && hr == S_OK; i++) {
        const struct access *access = access_find(data, values[i].ulPropTag);
        if (access != NULL && access->rights == IPROP_READONLY)
            hr = prop_add_problem(problems, i, values[i].ulPropTag, MAPI_E_NO_ACCESS);
        else {
            places[n] = i;
            allowed[n++] = values[i];
        }
    }
    if (hr == S_OK && n > 0)
        hr = prop_SetProps(self, n, allowed, &inner);
    for (ULONG i = 0; inner != NULL && i < inner->cProblem && hr == S_OK; i++)
        hr = prop_add_problem(problems, places[inner->aProblem[i].ulIndex], inner->aProblem[i].ulPropTag,
                              inner->aProblem[i].scode);
    for (ULONG i = 0; i < n && hr == S_OK; i++) {
        struct access *access = access_make(data, allowed[i].ulPropTag);
        if (access == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            access->dirty = true;
    }
    MAPIFreeBuffer(inner);
    free(allowed);
    free(places);
    return hr;
}

static HRESULT STDMETHODCALLTYPE data_DeleteProps(IPropData *self, LPSPropTagArray tags,
                                                  LPSPropProblemArray *problems)
{
    struct prop_data *data = data_from(self);
    SPropTagArray *allowed;
    SPropProblemArray *inner = NULL;
    HRESULT hr = S_OK;
    if (problems != NULL)
        *problems = NULL;
    if (tags == NULL || tags->cValues == 0)
        return MAPI_E_INVALID_PARAMETER;
    if (!data->prop.writable)
        return MAPI_E_NO_ACCESS;
    ULONG *places = calloc(tags->cValues, sizeof *places);
    if ((allowed = malloc(CbNewSPropTagArray(tags->cValues))) == NULL || places == NULL) {
        free(allowed);
        free(places);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    allowed->cValues = 0;
    for (ULONG i = 0; i < tags->cValues && hr == S_OK; i++) {
        const struct access *access = access_find(data, tags->aulPropTag[i]);
        if (access != NULL && access->rights == IPROP_READONLY)
            hr = prop_add_problem(problems, i, tags->aulPropTag[i], MAPI_E_NO_ACCESS);
        else if (access != NULL && access->object)
            access_drop(data, tags->aulPropTag[i]);
        else {
            places[allowed->cValues] = i;
            allowed->aulPropTag[allowed->cValues++] = tags->aulPropTag[i];
        }
    }
    if (hr == S_OK && allowed->cValues > 0)
        hr = prop_DeleteProps(self, allowed, &inner);
    /* What is not there is deleted already: this object says nothing of it. */
    for (ULONG i = 0; inner != NULL && i < inner->cProblem && hr == S_OK; i++)
        if (inner->aProblem[i].scode != MAPI_E_NOT_FOUND)
            hr = prop_add_problem(problems, places[inner->aProblem[i].ulIndex], inner->aProblem[i].ulPropTag,
                              inner->aProblem[i].scode);
    for (ULONG i = 0; i < allowed->cValues && hr == S_OK; i++)
        access_drop(data, allowed->aulPropTag[i]);
    MAPIFreeBuffer(inner);
    free(allowed);
    free(places);
    return hr;
}

static HRESULT STDMETHODCALLTYPE data_GetPropList(IPropData *self, ULONG flags, LPSPropTagArray *out)
{
    struct prop_data *data = data_from(self);
    SPropTagArray *joined;
    ULONG extra = 0;
    HRESULT hr = prop_GetPropList(self, flags, out);
    for (const struct access *access = data->list; access != NULL; access = access->next)
        extra += access->object;
    if (hr != S_OK || extra == 0)
        return hr;
    if ((hr = MAPIAllocateBuffer(CbNewSPropTagArray((*out)->cValues + extra), (void **)&joined)) == S_OK) {
        memcpy(joined, *out, CbSPropTagArray(*out));
        for (const struct access *access = data->list; access != NULL; access = access->next) {
            if (access->object)
                joined->aulPropTag[joined->cValues++] = PROP_TAG(PT_OBJECT, access->id);
        }
    }
    MAPIFreeBuffer(*out);
    *out = hr == S_OK ? joined : NULL;
    return hr;
}

/* ---- IPropData ---- */

static HRESULT STDMETHODCALLTYPE data_HrSetObjAccess(IPropData *self, ULONG access)
{
    if (access != IPROP_READONLY && access != IPROP_READWRITE)
        return MAPI_E_INVALID_PARAMETER;
    data_from(self)->prop.writable = access == IPROP_READWRITE;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE data_HrSetPropAccess(IPropData *self, LPSPropTagArray tags, ULONG *access)
{
    struct prop_data *data = data_from(self);
    if (tags == NULL || access == NULL)
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG i = 0; i < tags->cValues; i++) {
        if (!access_flags_valid(access[i]))
            return MAPI_E_INVALID_PARAMETER;
    }
    for (ULONG i = 0; i < tags->cValues; i++) {
        struct access *entry = access_make(data, tags->aulPropTag[i]);
        if (entry == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        if (access[i] & (IPROP_READONLY | IPROP_READWRITE))
            entry->rights = access[i] & (IPROP_READONLY | IPROP_READWRITE);
        if (access[i] & (IPROP_CLEAN | IPROP_DIRTY))
            entry->dirty = (access[i] & IPROP_DIRTY) != 0;
    }
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE data_HrGetPropAccess(IPropData *self, LPSPropTagArray *out_tags,
                                                      ULONG **out_access)
{
    struct prop_data *data = data_from(self);
    SPropTagArray *tags = NULL;
    ULONG *access;
    if (out_tags == NULL || out_access == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out_access = NULL;
    /* With tags on entry: of those; else of all. */
    bool given = *out_tags != NULL;
    HRESULT hr = given ? S_OK : data_GetPropList(self, MAPI_UNICODE, &tags);
    if (given)
        tags = *out_tags;
    if (hr == S_OK)
        hr = MAPIAllocateBuffer((tags->cValues + 1) * sizeof *access, (void **)&access);
    if (hr != S_OK) {
        if (!given)
            MAPIFreeBuffer(tags);
        return hr;
    }
    for (ULONG i = 0; i < tags->cValues; i++) {
        const struct access *entry = access_find(data, tags->aulPropTag[i]);
        access[i] = entry != NULL ? entry->rights | (entry->dirty ? IPROP_DIRTY : IPROP_CLEAN)
                                  : IPROP_READWRITE | IPROP_CLEAN;
    }
    *out_tags = tags;
    *out_access = access;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE data_HrAddObjProps(IPropData *self, LPSPropTagArray tags,
                                                    LPSPropProblemArray *problems)
{
    struct prop_data *data = data_from(self);
    HRESULT hr = S_OK;
    ULONG others = 0;
    if (problems != NULL)
        *problems = NULL;
    if (tags == NULL)
        return MAPI_E_INVALID_PARAMETER;
    if (!data->prop.writable)
        return MAPI_E_NO_ACCESS;
    for (ULONG i = 0; i < tags->cValues; i++)
        others += PROP_TYPE(tags->aulPropTag[i]) != PT_OBJECT;
    if (others > 0 && others == tags->cValues)
        return MAPI_E_INVALID_TYPE;
    for (ULONG i = 0; i < tags->cValues && hr == S_OK; i++) {
        struct access *entry = NULL;
        if (PROP_TYPE(tags->aulPropTag[i]) != PT_OBJECT)
            hr = prop_add_problem(problems, i, tags->aulPropTag[i], MAPI_E_INVALID_TYPE);
        else if ((entry = access_make(data, tags->aulPropTag[i])) == NULL)
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        else
            entry->object = entry->dirty = true;
    }
    return hr == S_OK && others > 0 ? MAPI_W_PARTIAL_COMPLETION : hr;
}

static HRESULT data_load(struct prop_object *object)
{
    return object->props != NULL ? S_OK : propbag_create(&object->props);
}

static HRESULT data_changed(struct prop_object *object)
{
    (void)object;
    return S_OK;
}

static HRESULT data_save(struct prop_object *object, ULONG flags)
{
    (void)object, (void)flags;
    return S_OK;
}

static const struct prop_handler data_handlers[] = {{0, NULL, NULL, NULL, 0}};
static const struct prop_object_ops data_ops = {
    .handlers = data_handlers,
    .load = data_load,
    .changed = data_changed,
    .save = data_save,
};

static void data_destroy(void *object)
{
    struct prop_data *data = object;
    while (data->list != NULL)
        access_drop(data, PROP_TAG(PT_NULL, data->list->id));
    prop_object_destroy(&data->prop);
}

static const IPropDataVtbl data_vtbl = {
    .QueryInterface = (void *)object_QueryInterface,
    .AddRef = (void *)object_AddRef,
    .Release = (void *)object_Release,
    .GetLastError = (void *)object_GetLastError,
    .SaveChanges = (void *)prop_SaveChanges,
    .GetProps = (void *)prop_GetProps,
    .GetPropList = data_GetPropList,
    .OpenProperty = (void *)prop_OpenProperty,
    .SetProps = data_SetProps,
    .DeleteProps = data_DeleteProps,
    .CopyTo = (void *)prop_CopyTo,
    .CopyProps = (void *)prop_CopyProps,
    .GetNamesFromIDs = (void *)prop_GetNamesFromIDs,
    .GetIDsFromNames = (void *)prop_GetIDsFromNames,
    .HrSetObjAccess = data_HrSetObjAccess,
    .HrSetPropAccess = data_HrSetPropAccess,
    .HrGetPropAccess = data_HrGetPropAccess,
    .HrAddObjProps = data_HrAddObjProps,
};

static const IID *const data_iids[] = {&IID_IMAPIPropData, &IID_IMAPIProp, NULL};
static const struct object_class data_class = {
    .name = "IPropData",
    .vtbl = &data_vtbl,
    .size = sizeof(struct prop_data),
    .iids = data_iids,
    .destroy = data_destroy,
};

SCODE WINAPI CreateIProp(LPCIID iid, ALLOCATEBUFFER *allocate, ALLOCATEMORE *more, FREEBUFFER *release,
                         LPVOID reserved, LPPROPDATA *out)
{
    struct prop_data *data;
    (void)allocate, (void)more, (void)release, (void)reserved;
    if (out == NULL)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (iid != NULL && !IsEqualIID(iid, &IID_IMAPIPropData))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    HRESULT hr = object_create(&data_class, NULL, &data);
    if (hr != S_OK)
        return hr;
    data->prop.ops = &data_ops;
    data->prop.writable = true;
    *out = (IPropData *)data;
    return S_OK;
}
