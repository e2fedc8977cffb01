/*
 * object_util.c: what the classes of stores, folders, messages and fields share.
 *
 * Layer: server/object.
 */
#include "object_util.h"

#include "infostore.h"
#include "prop_ref.h"
#include "session.h"
#include "where.h"
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

HRESULT object_session(struct auto_object *object, struct mapi_session **out)
{
    struct session *session = session_of(object);
    HRESULT hr;

    *out = NULL;
    if (!session)
        return MAPI_E_NOT_INITIALIZED;
    hr = session_require(session);
    if (SUCCEEDED(hr))
        *out = session->mapi;
    return hr;
}

struct mapi_store *object_store(struct auto_object *object)
{
    for (; object; object = object->parent)
        if (object->class->iid == &IID_IMhInfoStore || object->class->also == &IID_IMhInfoStore)
            return ((struct infostore *)object)->store;
    return NULL;
}

HRESULT object_text_of(const SPropValue *value, BSTR *out)
{
    VARIANT text;
    HRESULT hr;

    *out = NULL;
    if (!value || (PROP_TYPE(value->ulPropTag) != PT_UNICODE && PROP_TYPE(value->ulPropTag) != PT_STRING8)) {
        *out = SysAllocString(L"");
        return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    hr = mapi_variant_from_prop(value, MAPI_VARIANT_FIELDS, &text);
    if (SUCCEEDED(hr))
        *out = V_BSTR(&text);
    return hr;
}

HRESULT object_hex_of(const SPropValue *value, BSTR *out)
{
    static const SBinary nothing = {0, NULL};
    bool binary = value && PROP_TYPE(value->ulPropTag) == PT_BINARY;

    *out = mapi_hex_bstr(binary ? &value->Value.bin : &nothing);
    return *out ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
}

HRESULT object_get_bstr(IMAPIProp *props, ULONG tag, BSTR *out)
{
    SPropValue *value = NULL;
    HRESULT hr = mapi_prop_get(props, tag, &value);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = object_text_of(value, out);
    mapi_free(value);
    return hr;
}

HRESULT object_get_text(IMAPIProp *props, ULONG tag, BSTR *out)
{
    HRESULT hr = object_get_bstr(props, tag, out);

    return hr == MAPI_E_NOT_FOUND ? object_text_of(NULL, out) : hr;
}

HRESULT object_get_id(IMAPIProp *props, ULONG tag, BSTR *out)
{
    SPropValue *value = NULL;
    HRESULT hr = mapi_prop_get(props, tag, &value);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = object_hex_of(value, out);
    mapi_free(value);
    return hr;
}

/* The property ID or StoreID of an object argument. */
static HRESULT id_of_dispatch(IDispatch *object, const WCHAR *property, BSTR *id)
{
    DISPPARAMS none = {0};
    VARIANT result;
    OLECHAR *name = (OLECHAR *)property;
    DISPID dispid;
    HRESULT hr = IDispatch_GetIDsOfNames(object, &IID_NULL, &name, 1, LOCALE_NEUTRAL, &dispid);

    *id = NULL;
    VariantInit(&result);
    if (SUCCEEDED(hr))
        hr = IDispatch_Invoke(object, dispid, &IID_NULL, LOCALE_NEUTRAL, DISPATCH_PROPERTYGET, &none, &result, NULL,
                              NULL);
    if (SUCCEEDED(hr) && V_VT(&result) == VT_BSTR) {
        *id = V_BSTR(&result);
        return S_OK;
    }
    VariantClear(&result);
    return FAILED(hr) ? hr : MAPI_E_INVALID_PARAMETER;
}

HRESULT object_id_arg(struct auto_object *self, const VARIANT *argument, const WCHAR *what, SBinary *out)
{
    const VARIANT *value = variant_deref(argument);
    BSTR text = NULL;
    HRESULT hr;

    out->cb = 0, out->lpb = NULL;
    if (variant_missing(value))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the id of %ls is missing", what);
    if (V_VT(value) == VT_DISPATCH || V_VT(value) == VT_UNKNOWN || V_VT(value) == (VT_BYREF | VT_DISPATCH)) {
        IDispatch *object = NULL;
        hr = variant_get_dispatch(value, &object);
        if (SUCCEEDED(hr) && object)
            hr = id_of_dispatch(object, L"ID", &text);
        if (object)
            IDispatch_Release(object);
        if (FAILED(hr) || !text)
            return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the object is not %ls", what);
    } else {
        if (!variant_is_text(value))
            return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the id of %ls must be a text of hex digits", what);
        hr = variant_get_bstr(value, &text);
        if (FAILED(hr))
            return hr;
    }
    hr = mapi_hex_decode(text, out);
    SysFreeString(text);
    if (hr == MAPI_E_INVALID_ENTRYID)
        return auto_fail(self, hr, L"the id of %ls must be a text of hex digits", what);
    return hr;
}

void object_store_id_of(const VARIANT *argument, SBinary *out)
{
    const VARIANT *value = variant_deref(argument);
    IDispatch *object = NULL;
    BSTR text = NULL;

    out->cb = 0, out->lpb = NULL;
    if (V_VT(value) != VT_DISPATCH && V_VT(value) != VT_UNKNOWN && V_VT(value) != (VT_BYREF | VT_DISPATCH))
        return;
    if (SUCCEEDED(variant_get_dispatch(value, &object)) && object && SUCCEEDED(id_of_dispatch(object, L"StoreID", &text)))
        mapi_hex_decode(text, out);
    SysFreeString(text);
    if (object)
        IDispatch_Release(object);
}

HRESULT object_tag_arg(struct auto_object *self, IMAPIProp *props, struct mapi_names *names, const VARIANT *argument,
                       const GUID *set, bool create, ULONG *tag)
{
    const VARIANT *value = variant_deref(argument);
    struct prop_ref ref;
    BSTR text = NULL;
    HRESULT hr;

    *tag = 0;
    if (variant_missing(value))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the property is missing");
    if (variant_is_number(value)) {
        double number = 0;
        hr = variant_get_double(value, 0, &number);
        if (FAILED(hr))
            return hr;
        if (number < -2147483648.0 || number > 4294967295.0 || number != (double)(LONGLONG)number)
            return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"a property tag is a 32-bit number");
        *tag = (ULONG)(LONGLONG)number;
        if (!PROP_ID(*tag))
            return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"0x%08X is no property tag", *tag);
        return S_OK;
    }
    if (!variant_is_text(value))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"a property is named by a tag or a text");
    hr = variant_get_bstr(value, &text);
    if (FAILED(hr))
        return hr;
    if (!text || !prop_ref_parse(text, SysStringLen(text), set, &ref)) {
        hr = auto_fail(self, MAPI_E_INVALID_PARAMETER, L"\"%ls\" names no property", text ? text : L"");
    } else {
        hr = mapi_names_tag(names, props, &ref, create, tag);
        if (hr == MAPI_E_NOT_FOUND)
            auto_fail(self, hr, L"there is no property \"%ls\"", text);
    }
    SysFreeString(text);
    return hr;
}

/* One column of a list of tags. */
static HRESULT add_tag(struct auto_object *self, IMAPIProp *props, struct mapi_names *names, const VARIANT *argument,
                       SPropTagArray *tags)
{
    ULONG tag;
    HRESULT hr = object_tag_arg(self, props, names, argument, NULL, false, &tag);

    if (hr == MAPI_E_NOT_FOUND) { /* a name that the store has never seen: every value is absent */
        tag = PR_NULL;
        hr = S_OK;
    }
    if (SUCCEEDED(hr))
        tags->aulPropTag[tags->cValues++] = mapi_tag_unicode(tag);
    return hr;
}

static HRESULT split_tags(struct auto_object *self, IMAPIProp *props, struct mapi_names *names, const WCHAR *text,
                          SPropTagArray *tags)
{
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && *text) {
        size_t length = wcscspn(text, L",;");
        const WCHAR *first = text, *end = text + length;
        VARIANT part;

        text = *end ? end + 1 : end;
        while (first < end && *first == ' ')
            first++;
        while (end > first && end[-1] == ' ')
            end--;
        V_VT(&part) = VT_BSTR;
        V_BSTR(&part) = SysAllocStringLen(first, (UINT)(end - first));
        hr = V_BSTR(&part) ? add_tag(self, props, names, &part, tags) : MAPI_E_NOT_ENOUGH_MEMORY;
        SysFreeString(V_BSTR(&part));
    }
    return hr;
}

HRESULT object_tags_arg(struct auto_object *self, IMAPIProp *props, struct mapi_names *names,
                        const VARIANT *argument, SPropTagArray **out)
{
    const VARIANT *value = variant_deref(argument);
    struct variant_list list;
    SPropTagArray *tags = NULL;
    BSTR text = NULL;
    size_t count;
    HRESULT hr;

    *out = NULL;
    if (variant_missing(value))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the properties are missing");
    hr = variant_list_open(value, &list);
    if (SUCCEEDED(hr) && !list.array && variant_is_text(value))
        hr = variant_get_bstr(value, &text);
    if (FAILED(hr))
        return auto_fail(self, hr, L"the properties must be a list of tags or names");
    count = text ? SysStringLen(text) + 1 : (size_t)list.count;
    hr = mapi_allocate(CbNewSPropTagArray(count), NULL, &tags);
    if (SUCCEEDED(hr))
        tags->cValues = 0;
    if (SUCCEEDED(hr) && text)
        hr = split_tags(self, props, names, text, tags);
    for (LONG i = 0; SUCCEEDED(hr) && !text && i < list.count; i++) {
        VARIANT element;
        VariantInit(&element);
        hr = variant_list_get(&list, i, &element);
        if (SUCCEEDED(hr))
            hr = add_tag(self, props, names, &element, tags);
        VariantClear(&element);
    }
    if (SUCCEEDED(hr) && !tags->cValues)
        hr = auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the list of properties is empty");
    SysFreeString(text);
    if (FAILED(hr)) {
        mapi_free(tags);
        return hr;
    }
    *out = tags;
    return S_OK;
}

bool object_same_id(struct auto_object *self, const SBinary *a, const SBinary *b)
{
    struct mapi_session *session = NULL;
    ULONG same = FALSE;

    if (!a->cb || !b->cb)
        return false;
    if (a->cb == b->cb && !memcmp(a->lpb, b->lpb, a->cb))
        return true;
    if (FAILED(object_session(self, &session)))
        return false;
    return SUCCEEDED(session->session->lpVtbl->CompareEntryIDs(session->session, a->cb, (ENTRYID *)a->lpb, b->cb,
                                                               (ENTRYID *)b->lpb, 0, &same)) &&
           same;
}

HRESULT object_is_same(struct auto_object *self, const VARIANT *argument, const SBinary *id,
                       HRESULT (*id_of)(struct auto_object *other, SBinary *id), VARIANT_BOOL *same)
{
    const VARIANT *value = variant_deref(argument);
    struct auto_object *other = NULL;
    IDispatch *dispatch = NULL;
    SBinary other_id = {0, NULL};
    HRESULT hr;

    *same = VARIANT_FALSE;
    if (!value || (V_VT(value) & VT_TYPEMASK) != VT_DISPATCH)
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the argument must be an object");
    hr = variant_get_dispatch(value, &dispatch);
    if (FAILED(hr) || !dispatch)
        return hr;
    if (SUCCEEDED(auto_from_unknown((IUnknown *)dispatch, self->class, &other))) {
        if (other == self)
            *same = VARIANT_TRUE;
        else if (SUCCEEDED(id_of(other, &other_id)))
            *same = object_same_id(self, id, &other_id) ? VARIANT_TRUE : VARIANT_FALSE;
        auto_release(other);
    }
    IDispatch_Release(dispatch);
    return S_OK;
}

HRESULT object_copy_id(const SBinary *id, SBinary *out)
{
    out->cb = id->cb;
    out->lpb = malloc(id->cb ? id->cb : 1);
    if (!out->lpb)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(out->lpb, id->lpb, id->cb);
    return S_OK;
}

HRESULT object_update_args(const VARIANT *permanent, const VARIANT *refresh, bool *save, bool *reload)
{
    HRESULT hr = variant_get_bool(permanent, true, save);

    return SUCCEEDED(hr) ? variant_get_bool(refresh, false, reload) : hr;
}

/* A property of Sort: a tag, a name that the tables know, or else one of PS_PUBLIC_STRINGS, as in CDO. */
static HRESULT sort_property(struct auto_object *self, IMAPIProp *props, const VARIANT *argument, ULONG *tag)
{
    const GUID *set = &prop_set_public_strings;
    struct prop_ref ref;
    BSTR text = NULL;

    if (variant_is_text(variant_deref(argument)) && SUCCEEDED(variant_get_bstr(argument, &text)) &&
        prop_ref_parse(text, SysStringLen(text), NULL, &ref))
        set = NULL;
    SysFreeString(text);
    return object_tag_arg(self, props, &object_store(self)->names, argument, set, false, tag);
}

HRESULT object_sort_args(struct auto_object *self, IMAPIProp *props, const VARIANT *order, const VARIANT *prop,
                         const VARIANT *prop_tag, ULONG fallback, SSortOrderSet *sort)
{
    const VARIANT *argument = variant_blank(prop) ? prop_tag : prop;
    LONG direction = CdoAscending;
    ULONG tag = fallback;
    HRESULT hr = variant_get_long(order, CdoAscending, &direction);

    if (FAILED(hr) || direction < CdoNone || direction > CdoDescending)
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"SortOrder must be CdoNone, CdoAscending or CdoDescending");
    if (direction == CdoNone)
        return S_FALSE;
    if (!variant_blank(argument))
        hr = sort_property(self, props, argument, &tag);
    if (SUCCEEDED(hr) && PROP_TYPE(tag) == PT_UNSPECIFIED)
        tag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
    sort->cSorts = 1;
    sort->cCategories = sort->cExpanded = 0;
    sort->aSort[0].ulPropTag = mapi_tag_unicode(tag);
    sort->aSort[0].ulOrder = direction == CdoDescending ? TABLE_SORT_DESCEND : TABLE_SORT_ASCEND;
    return hr;
}

struct where_names {
    struct mapi_names *names;
    IMAPIProp *props;
};

static HRESULT resolve_name(void *context, const struct prop_ref *ref, ULONG *tag)
{
    struct where_names *names = context;

    return mapi_names_tag(names->names, names->props, ref, false, tag);
}

static LONGLONG local_to_utc(void *context, LONGLONG local)
{
    FILETIME time = {(DWORD)local, (DWORD)((ULONGLONG)local >> 32)};
    SYSTEMTIME system, utc;

    (void)context;
    if (!FileTimeToSystemTime(&time, &system) || !TzSpecificLocalTimeToSystemTime(NULL, &system, &utc) ||
        !SystemTimeToFileTime(&utc, &time))
        return local;
    return (LONGLONG)((ULONGLONG)time.dwHighDateTime << 32 | time.dwLowDateTime);
}

HRESULT object_where_arg(struct auto_object *self, IMAPIProp *props, const VARIANT *where, struct mem_arena *arena,
                         SRestriction **out)
{
    struct where_names names = {&object_store(self)->names, props};
    struct where_context context = {resolve_name, local_to_utc, &names};
    struct where_error error;
    BSTR text = NULL;
    HRESULT hr;

    *out = NULL;
    if (variant_blank(where))
        return S_OK;
    if (!variant_is_text(variant_deref(where)))
        return auto_fail(self, MAPI_E_INVALID_PARAMETER, L"the where clause must be a text");
    hr = variant_get_bstr(where, &text);
    if (SUCCEEDED(hr)) {
        hr = where_parse(text, &context, arena, out, &error);
        if (FAILED(hr))
            auto_fail(self, hr, L"the where clause is wrong at character %u: %hs", (unsigned)error.position + 1,
                      error.text);
    }
    SysFreeString(text);
    return hr;
}
