/*
 * auto_object.c: creation, references, parents and children, closing.
 *
 * Layer: server/com. See auto.h for the rules of lifetime.
 */
#include "auto_private.h"

#include <stdlib.h>

static SRWLOCK registry_lock = SRWLOCK_INIT;
static struct auto_home *homes;
static DWORD home_slot = TLS_OUT_OF_INDEXES;

void auto_registry_lock(void)
{
    AcquireSRWLockExclusive(&registry_lock);
}

void auto_registry_unlock(void)
{
    ReleaseSRWLockExclusive(&registry_lock);
}

HRESULT auto_start(HMODULE module, auto_error_lookup lookup)
{
    auto_errors_use(lookup);
    if (home_slot == TLS_OUT_OF_INDEXES && (home_slot = TlsAlloc()) == TLS_OUT_OF_INDEXES)
        return E_OUTOFMEMORY;
    return auto_types_load(module);
}

void auto_stop(void)
{
    auto_types_free();
}

/* ---- homes ------------------------------------------------------------------------------------------------ */

struct auto_home *auto_home_current(void)
{
    struct auto_home *home = TlsGetValue(home_slot);

    if (!home && (home = calloc(1, sizeof *home))) {
        home->thread_id = GetCurrentThreadId();
        TlsSetValue(home_slot, home);
        auto_registry_lock();
        home->next = homes;
        homes = home;
        auto_registry_unlock();
    }
    return home;
}

void auto_home_free(void)
{
    struct auto_home *home = TlsGetValue(home_slot), **link;

    if (!home)
        return;
    auto_registry_lock();
    for (link = &homes; *link && *link != home; link = &(*link)->next)
        ;
    if (*link)
        *link = home->next;
    auto_registry_unlock();
    auto_error_clear(home);
    TlsSetValue(home_slot, NULL);
    free(home);
}

void auto_home_visit(void (*visit)(struct auto_home *home, void *context), void *context)
{
    struct auto_home *home;

    auto_registry_lock();
    for (home = homes; home; home = home->next)
        visit(home, context);
    auto_registry_unlock();
}

void auto_visit(void (*visit)(const struct auto_object *object, void *context), void *context)
{
    const struct auto_object *object;
    const struct auto_home *home;

    auto_registry_lock();
    for (home = homes; home; home = home->next)
        for (object = home->objects; object; object = object->home_next)
            visit(object, context);
    auto_registry_unlock();
}

static void home_add(struct auto_home *home, struct auto_object *object)
{
    auto_registry_lock();
    object->home_next = home->objects;
    if (home->objects)
        home->objects->home_prev = object;
    home->objects = object;
    home->object_count++;
    auto_registry_unlock();
}

static void home_remove(struct auto_home *home, struct auto_object *object)
{
    auto_registry_lock();
    if (object->home_prev)
        object->home_prev->home_next = object->home_next;
    else
        home->objects = object->home_next;
    if (object->home_next)
        object->home_next->home_prev = object->home_prev;
    home->object_count--;
    auto_registry_unlock();
}

/* ---- creation and references ------------------------------------------------------------------------------ */

static void child_link(struct auto_object *parent, struct auto_object *child)
{
    child->older = parent->last;
    if (parent->last)
        parent->last->newer = child;
    else
        parent->first = child;
    parent->last = child;
}

static void child_unlink(struct auto_object *child)
{
    struct auto_object *parent = child->parent;

    if (!parent || (parent->first != child && !child->older))
        return; /* a root, or taken out when it was closed */
    if (child->older)
        child->older->newer = child->newer;
    else
        parent->first = child->newer;
    if (child->newer)
        child->newer->older = child->older;
    else
        parent->last = child->older;
    child->older = child->newer = NULL;
}

static void root_changed(struct auto_home *home, struct auto_object *root, int change)
{
    home->root_count += change;
    if (home->root_changed)
        home->root_changed(home, root, change);
}

HRESULT auto_create(const struct auto_class *class, struct auto_object *parent, void *out)
{
    struct auto_home *home = parent ? parent->home : auto_home_current();
    struct auto_object *object;

    *(void **)out = NULL;
    if (parent && parent->closed)
        return AUTO_E_CLOSED;
    if (!home || !(object = calloc(1, class->size)))
        return E_OUTOFMEMORY;
    object->vtbl = class->vtbl;
    object->support_iface.lpVtbl = (ISupportErrorInfoVtbl *)&auto_support_vtbl;
    object->class_info_iface.lpVtbl = (IProvideClassInfo2Vtbl *)&auto_class_info_vtbl;
    object->points_iface.lpVtbl = (IConnectionPointContainerVtbl *)&auto_points_vtbl;
    object->class = class;
    object->home = home;
    object->refs = 1;
    if (home->call) {
        object->creator = home->call->object->class;
        object->creator_function = home->call->function;
    }
    if (parent) {
        auto_addref(parent);
        object->parent = parent;
        child_link(parent, object);
    }
    home_add(home, object);
    if (!parent)
        root_changed(home, object, 1);
    *(void **)out = object;
    return S_OK;
}

void auto_addref(struct auto_object *object)
{
    InterlockedIncrement(&object->refs);
}

static void close_self(struct auto_object *object)
{
    if (object->closed)
        return;
    object->closed = true;
    child_unlink(object);
    auto_points_close(object);
    if (object->class->close)
        object->class->close(object);
}

void auto_release(struct auto_object *object)
{
    struct auto_object *parent;
    struct auto_home *home;

    if (!object || InterlockedDecrement(&object->refs) > 0)
        return;
    object->refs = 1; /* closing may hold and release it again */
    home = object->home;
    parent = object->parent;
    close_self(object);
    if (!parent)
        root_changed(home, object, -1);
    home_remove(home, object);
    if (object->class->destroy)
        object->class->destroy(object);
    auto_points_free(object);
    free(object->closed_label);
    free(object);
    if (parent)
        auto_release(parent);
}

void auto_return(struct auto_object *object, void *out)
{
    auto_addref(object);
    *(void **)out = object;
}

void auto_cancel(struct auto_object *root)
{
    InterlockedExchange(&root->cancelled, 1);
}

bool auto_is_cancelled(struct auto_object *object)
{
    return auto_root(object)->cancelled != 0;
}

/* ---- closing ---------------------------------------------------------------------------------------------- */

/* Notes in an object why it is closed: root is what the client closed. */
static void note_closer(struct auto_object *object, struct auto_object *root)
{
    const struct auto_call *call = object->home->call;
    const WCHAR *label = root->class->label ? root->class->label(root) : NULL;

    object->closed_class = root->class;
    object->closed_label = label ? _wcsdup(label) : NULL;
    if (call) {
        object->closer = call->object->class;
        object->closer_function = call->function;
    }
}

static void close_tree(struct auto_object *object, struct auto_object *root)
{
    struct auto_object *child;

    if (object->closed)
        return;
    auto_addref(object);
    while ((child = object->last))
        close_tree(child, root);
    note_closer(object, root);
    close_self(object);
    auto_release(object);
}

void auto_close(struct auto_object *object)
{
    if (object)
        close_tree(object, object);
}

void auto_close_children(struct auto_object *object)
{
    struct auto_object *child;

    auto_addref(object);
    while ((child = object->last))
        close_tree(child, object);
    auto_release(object);
}

void auto_side_add(struct auto_side *side, struct auto_object *object, void *identity)
{
    side->object = object;
    side->identity = identity;
    side->next = object->sides;
    object->sides = side;
}

void auto_side_remove(struct auto_side *side)
{
    struct auto_side **link;

    if (!side->object)
        return;
    for (link = &side->object->sides; *link != side; link = &(*link)->next)
        ;
    *link = side->next;
    side->object = NULL;
}

/* The caller holds the object. */
static void disconnect_sides(struct auto_object *object)
{
    struct auto_side *side;

    while ((side = object->sides)) {
        IUnknown *identity = side->identity;

        IUnknown_AddRef(identity);
        auto_side_remove(side);
        CoDisconnectObject(identity, 0);
        IUnknown_Release(identity);
    }
}

static bool is_below(const struct auto_object *object, const struct auto_object *ancestor)
{
    while (object && object != ancestor)
        object = object->parent;
    return object != NULL;
}

void auto_disconnect(struct auto_object *object)
{
    struct auto_home *home = object->home;
    struct auto_object **below, *other;
    LONG count = 0, i;

    auto_registry_lock();
    below = malloc((home->object_count + 1) * sizeof *below);
    for (other = home->objects; below && other; other = other->home_next)
        if (is_below(other, object)) {
            auto_addref(other);
            below[count++] = other;
        }
    auto_registry_unlock();
    for (i = 0; i < count; i++) {
        disconnect_sides(below[i]);
        CoDisconnectObject((IUnknown *)below[i], 0);
        auto_release(below[i]);
    }
    free(below);
}

/* ---- looking around --------------------------------------------------------------------------------------- */

struct auto_object *auto_root(struct auto_object *object)
{
    while (object->parent)
        object = object->parent;
    return object;
}

struct auto_object *auto_ancestor(struct auto_object *object, const struct auto_class *class)
{
    while (object && object->class != class)
        object = object->parent;
    return object;
}

struct auto_object *auto_find_child(struct auto_object *parent, const struct auto_class *class)
{
    struct auto_object *child = parent->last;

    while (child && child->class != class)
        child = child->older;
    if (child)
        auto_addref(child);
    return child;
}

HRESULT auto_from_unknown(IUnknown *unknown, const struct auto_class *class, struct auto_object **out)
{
    struct auto_object *object = NULL;

    *out = NULL;
    if (!unknown || FAILED(IUnknown_QueryInterface(unknown, &IID_AutoObject, (void **)&object)))
        return E_INVALIDARG;
    if (object->home != auto_home_current() || (class && object->class != class)) {
        auto_release(object);
        return E_INVALIDARG;
    }
    *out = object;
    return S_OK;
}
