/*
 * diagnostics.c: the Diagnostics object: what the process holds, and which member made each live object.
 *
 * Layer: server/object. Live objects are counted while the registry is locked, into a table of (kind, creator).
 */
#include "diagnostics.h"
#include "mapi_loader.h"
#include "mapi_store.h"
#include "variant.h"
#include "../version.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

struct diagnostics {
    struct auto_object base;
};

static struct diagnostics_sources sources;

void diagnostics_setup(const struct diagnostics_sources *wanted)
{
    sources = *wanted;
}

static struct auto_object *base_of(IMhDiagnostics *iface)
{
    return &CONTAINING_RECORD(iface, struct diagnostics, base)->base;
}

/* ---- counting ------------------------------------------------------------------------------------------------- */

#define GROUPS_MAX 512

struct group {
    const struct auto_class *class, *creator;
    const char *function;
    LONG count;
};

struct tally {
    bool by_creator;
    const WCHAR *kind; /* only this one, or NULL */
    size_t used;
    LONG total;
    struct group groups[GROUPS_MAX];
};

static void count_object(const struct auto_object *object, void *context)
{
    struct tally *tally = context;
    size_t i;

    if (tally->kind && _wcsicmp(tally->kind, object->class->name))
        return;
    tally->total++;
    for (i = 0; i < tally->used; i++)
        if (tally->groups[i].class == object->class &&
            (!tally->by_creator ||
             (tally->groups[i].creator == object->creator && tally->groups[i].function == object->creator_function)))
            break;
    if (i == GROUPS_MAX)
        return;
    if (i == tally->used) {
        tally->groups[i].class = object->class;
        tally->groups[i].creator = object->creator;
        tally->groups[i].function = object->creator_function;
        tally->used++;
    }
    tally->groups[i].count++;
}

static HRESULT put_cell(SAFEARRAY *array, LONG row, LONG column, VARIANT *value)
{
    LONG at[2] = {row, column};
    HRESULT hr = SafeArrayPutElement(array, at, value);

    VariantClear(value);
    return hr;
}

static HRESULT put_text(SAFEARRAY *array, LONG row, LONG column, const WCHAR *text)
{
    VARIANT value;
    HRESULT hr = variant_set_bstr(&value, text);

    return SUCCEEDED(hr) ? put_cell(array, row, column, &value) : hr;
}

static HRESULT tally_to_array(const struct tally *tally, VARIANT *value)
{
    SAFEARRAY *array = variant_rows((ULONG)tally->used, tally->by_creator ? 3 : 2);
    HRESULT hr = array ? S_OK : E_OUTOFMEMORY;
    WCHAR member[128];
    VARIANT count;
    LONG i, column;

    for (i = 0; SUCCEEDED(hr) && i < (LONG)tally->used; i++) {
        const struct group *group = &tally->groups[i];

        column = 0;
        hr = put_text(array, i, column++, group->class->name);
        if (SUCCEEDED(hr) && tally->by_creator) {
            if (group->creator)
                _snwprintf(member, ARRAYSIZE(member), L"%ls.%hs", group->creator->name,
                           auto_member_name(group->function));
            else
                wcscpy(member, L"CreateObject");
            hr = put_text(array, i, column++, member);
        }
        variant_set_long(&count, group->count);
        if (SUCCEEDED(hr))
            hr = put_cell(array, i, column, &count);
    }
    if (SUCCEEDED(hr))
        variant_set_array(value, VT_VARIANT, array);
    else if (array)
        SafeArrayDestroy(array);
    return hr;
}

static HRESULT tally_take(bool by_creator, const WCHAR *kind, struct tally **out)
{
    struct tally *tally = calloc(1, sizeof *tally);

    *out = tally;
    if (!tally)
        return E_OUTOFMEMORY;
    tally->by_creator = by_creator;
    tally->kind = kind;
    auto_visit(count_object, tally);
    return S_OK;
}

static HRESULT get_counts(IMhDiagnostics *iface, const char *function, bool by_creator, VARIANT *value)
{
    struct tally *tally = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, base_of(iface), function);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = tally_take(by_creator, NULL, &tally);
    if (SUCCEEDED(hr))
        hr = tally_to_array(tally, value);
    free(tally);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ObjectCounts(IMhDiagnostics *iface, VARIANT *value)
{
    return get_counts(iface, __func__, false, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_LiveObjects(IMhDiagnostics *iface, VARIANT *value)
{
    return get_counts(iface, __func__, true, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ObjectCount(IMhDiagnostics *iface, VARIANT kind, LONG *value)
{
    struct tally *tally = NULL;
    BSTR name = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, base_of(iface), __func__);

    *value = 0;
    auto_arg_variant(&call, &kind);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&kind, &name);
    if (SUCCEEDED(hr))
        hr = tally_take(false, SysStringLen(name) ? name : NULL, &tally);
    if (SUCCEEDED(hr))
        *value = tally->total;
    SysFreeString(name);
    free(tally);
    return auto_leave(&call, hr);
}

/* ---- the process and its MAPI --------------------------------------------------------------------------------- */

static HRESULT get_long(IMhDiagnostics *iface, const char *function, LONG known, LONG *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, base_of(iface), function);

    *value = SUCCEEDED(hr) ? known : 0;
    return auto_leave(&call, hr);
}

static HRESULT get_text(IMhDiagnostics *iface, const char *function, const WCHAR *known, BSTR *value)
{
    struct auto_call call;
    HRESULT hr = auto_enter(&call, base_of(iface), function);

    *value = NULL;
    if (SUCCEEDED(hr) && !(*value = SysAllocString(known)))
        hr = E_OUTOFMEMORY;
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ProcessID(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, (LONG)GetCurrentProcessId(), value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_Bitness(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, sizeof(void *) * 8, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_Version(IMhDiagnostics *iface, BSTR *value)
{
    return get_text(iface, __func__, L"" TEXT(MAPIHOST_VERSION_TEXT), value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ProviderPath(IMhDiagnostics *iface, BSTR *value)
{
    const struct mapi_step *loaded = mapi_load_search()->loaded;

    return get_text(iface, __func__, loaded ? loaded->path : L"", value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ProviderBitness(IMhDiagnostics *iface, LONG *value)
{
    const struct mapi_step *loaded = mapi_load_search()->loaded;

    return get_long(iface, __func__, loaded ? loaded->bits : 0, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ProviderStatus(IMhDiagnostics *iface, BSTR *value)
{
    WCHAR text[512] = L"";

    mapi_load();
    mapi_load_error_text(text, ARRAYSIZE(text));
    return get_text(iface, __func__, text, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ThreadCount(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, sources.threads ? (LONG)sources.threads() : 0, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_ClientCount(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, sources.clients ? (LONG)sources.clients() : 0, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_WorkerCount(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, sources.workers ? (LONG)sources.workers() : 0, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_WorkerLimit(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, sources.max_workers ? (LONG)sources.max_workers() : 0, value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_SlotsUsed(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, mapi_slots_used(), value);
}

static HRESULT STDMETHODCALLTYPE diagnostics_get_SlotsFree(IMhDiagnostics *iface, LONG *value)
{
    return get_long(iface, __func__, mapi_slots_limit() - mapi_slots_used(), value);
}

static const IMhDiagnosticsVtbl diagnostics_vtbl = {
    AUTO_HEAD,
    .get_ProcessID = diagnostics_get_ProcessID,
    .get_Bitness = diagnostics_get_Bitness,
    .get_Version = diagnostics_get_Version,
    .get_ObjectCount = diagnostics_get_ObjectCount,
    .get_ObjectCounts = diagnostics_get_ObjectCounts,
    .get_LiveObjects = diagnostics_get_LiveObjects,
    .get_ProviderPath = diagnostics_get_ProviderPath,
    .get_ProviderBitness = diagnostics_get_ProviderBitness,
    .get_ProviderStatus = diagnostics_get_ProviderStatus,
    .get_ThreadCount = diagnostics_get_ThreadCount,
    .get_ClientCount = diagnostics_get_ClientCount,
    .get_WorkerCount = diagnostics_get_WorkerCount,
    .get_WorkerLimit = diagnostics_get_WorkerLimit,
    .get_SlotsUsed = diagnostics_get_SlotsUsed,
    .get_SlotsFree = diagnostics_get_SlotsFree,
};

static const struct auto_class diagnostics_class = {
    .name = L"Diagnostics",
    .kind = MhDiagnostics,
    .iid = &IID_IMhDiagnostics,
    .coclass = &CLSID_Diagnostics,
    .size = sizeof(struct diagnostics),
    .vtbl = &diagnostics_vtbl,
};

HRESULT diagnostics_create(struct auto_object *session, IMhDiagnostics **out)
{
    return auto_create(&diagnostics_class, session, out);
}
