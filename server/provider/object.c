/*
 * object.c: IUnknown, GetLastError, life and locking of every object of the provider.
 *
 * Layer: provider. Counting by class serves leak tests only. Limits: at most 64 classes are counted.
 */
#include "object.h"
#include "error_table.h"
#include "provider.h"
#include <stdlib.h>
#include <string.h>

/* ---- live objects by class ---- */

#define CLASS_COUNTERS 64

static struct class_counter {
    const struct object_class *volatile cls;
    volatile LONG live;
} counters[CLASS_COUNTERS];

static void count_object(const struct object_class *cls, LONG delta)
{
    for (int i = 0; i < CLASS_COUNTERS; i++) {
        const struct object_class *seen = counters[i].cls;
        if (!seen)
            seen = InterlockedCompareExchangePointer((void *volatile *)&counters[i].cls, (void *)cls, NULL);
        if (!seen || seen == cls) {
            InterlockedExchangeAdd(&counters[i].live, delta);
            return;
        }
    }
}

LONG object_count(const char *class_name)
{
    LONG live = 0;
    for (int i = 0; i < CLASS_COUNTERS && counters[i].cls; i++)
        if (!class_name || !strcmp(counters[i].cls->name, class_name))
            live += counters[i].live;
    return live;
}

/* ---- life ---- */

HRESULT object_create(const struct object_class *cls, struct object *parent, void *out)
{
    struct object *object = calloc(1, cls->size);
    *(void **)out = NULL;
    if (!object)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    object->lpVtbl = cls->vtbl;
    object->cls = cls;
    object->refs = 1;
    if (parent) {
        object_AddRef(parent);
        object->parent = parent;
        object->session = parent->session;
        object->store = parent->store;
    }
    count_object(cls, 1);
    *(void **)out = object;
    return S_OK;
}

ULONG STDMETHODCALLTYPE object_AddRef(void *self)
{
    struct object *object = self;
    return object ? (ULONG)InterlockedIncrement(&object->refs) : 0;
}

bool object_try_addref(struct object *object)
{
    LONG seen = object->refs;
    while (seen > 0) {
        LONG before = InterlockedCompareExchange(&object->refs, seen + 1, seen);
        if (before == seen)
            return true;
        seen = before;
    }
    return false;
}

ULONG STDMETHODCALLTYPE object_Release(void *self)
{
    struct object *object = self;
    if (!object)
        return 0;
    LONG refs = InterlockedDecrement(&object->refs);
    if (refs > 0)
        return (ULONG)refs;

    /* A session (which has no parent) destroys its own lock, so that it is not taken for it. */
    struct object *parent = object->parent;
    struct session *session = parent ? object->session : NULL;
    if (session)
        session_lock(session);
    if (object->cls->destroy)
        object->cls->destroy(object);
    if (session)
        session_unlock(session);
    count_object(object->cls, -1);
    free(object->last_text);
    free(object);
    object_Release(parent);
    return 0;
}

bool object_grants(const struct object *object, const IID *iid)
{
    if (!iid || IsEqualIID(iid, &IID_IUnknown))
        return true;
    for (const IID *const *granted = object->cls->iids; granted && *granted; granted++)
        if (IsEqualIID(*granted, iid))
            return true;
    return false;
}

HRESULT STDMETHODCALLTYPE object_QueryInterface(void *self, REFIID iid, void **out)
{
    struct object *object = self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!object || !iid)
        return MAPI_E_INVALID_PARAMETER;
    if (!object_grants(object, iid))
        return MAPI_E_INTERFACE_NOT_SUPPORTED;
    object_AddRef(object);
    *out = object;
    return S_OK;
}

/* ---- entering ---- */

HRESULT object_enter(struct object *object)
{
    if (!object)
        return MAPI_E_INVALID_OBJECT;
    if (!mapi_thread_initialized())
        return MAPI_E_NOT_INITIALIZED;
    if (!object->session)
        return S_OK;
    session_lock(object->session);
    if (!session_is_valid(object->session) || (object->store && !store_is_valid(object->store))) {
        session_unlock(object->session);
        return MAPI_E_INVALID_OBJECT;
    }
    return S_OK;
}

void object_leave(struct object *object)
{
    if (object->session)
        session_unlock(object->session);
}

HRESULT object_enter_both(struct object *object, void *other, struct session **also)
{
    struct object *second = other;
    *also = NULL;
    /* One of ours, known by its method. */
    if (second && (void *)((IUnknown *)second)->lpVtbl->QueryInterface == (void *)object_QueryInterface &&
        second->session != object->session)
        *also = second->session;
    /* Sessions are locked in the order of their addresses. */
    bool first = *also && (uintptr_t)*also < (uintptr_t)object->session;
    if (first)
        session_lock(*also);
    HRESULT hr = object_enter(object);
    if (SUCCEEDED(hr) && *also && !first)
        session_lock(*also);
    if (FAILED(hr)) {
        if (first)
            session_unlock(*also);
        *also = NULL;
    }
    return hr;
}

void object_leave_both(struct object *object, struct session *also)
{
    object_leave(object);
    if (also)
        session_unlock(also);
}

/* ---- errors ---- */

HRESULT object_fail(struct object *object, HRESULT hr, const WCHAR *text)
{
    WCHAR *copy = NULL;
    if (text) {
        size_t cb = (lstrlenW(text) + 1) * sizeof(WCHAR);
        copy = malloc(cb);
        if (copy)
            memcpy(copy, text, cb);
    }
    free(object->last_text);
    object->last_text = copy;
    object->last_error = hr;
    return hr;
}

/* A string in the form that flags ask for, linked to base. */
static LPTSTR error_string(const WCHAR *text, ULONG flags, void *base)
{
    void *out = NULL;
    if (flags & MAPI_UNICODE) {
        ULONG cb = (lstrlenW(text) + 1) * sizeof(WCHAR);
        if (MAPIAllocateMore(cb, base, &out))
            return NULL;
        memcpy(out, text, cb);
        return out;
    }
    int cb = WideCharToMultiByte(CP_ACP, 0, text, -1, NULL, 0, NULL, NULL);
    if (MAPIAllocateMore(cb > 0 ? cb : 1, base, &out))
        return NULL;
    *(char *)out = 0;
    WideCharToMultiByte(CP_ACP, 0, text, -1, out, cb, NULL, NULL);
    return out;
}

HRESULT STDMETHODCALLTYPE object_GetLastError(void *self, HRESULT hr, ULONG flags, LPMAPIERROR *out)
{
    struct object *object = self;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!object)
        return MAPI_E_INVALID_OBJECT;
    if (flags & ~MAPI_UNICODE)
        return MAPI_E_UNKNOWN_FLAGS;
    if (SUCCEEDED(hr))
        return S_OK;
    /* What was recorded with this error; else what is known of the code itself. */
    WCHAR known[256];
    const WCHAR *text = hr == object->last_error ? object->last_text : NULL;
    if (!text) {
        const struct error_row *row = error_table_find(hr);
        if (!row || !MultiByteToWideChar(CP_UTF8, 0, row->text, -1, known, 256))
            return S_OK;
        text = known;
    }
    MAPIERROR *error;
    if (MAPIAllocateBuffer(sizeof(*error), (void **)&error))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(error, 0, sizeof(*error));
    error->ulVersion = MAPI_ERROR_VERSION;
    error->lpszError = error_string(text, flags, error);
    error->lpszComponent = error_string(L"MapiHost local store", flags, error);
    error->ulLowLevelError = (ULONG)hr;
    *out = error;
    return S_OK;
}
