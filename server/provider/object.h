/*
 * object.h: what every object of the embedded provider has in common, and IMAPIProp over property handlers.
 *
 * Layer: provider. Only this module implements IUnknown and the generic part of IMAPIProp. An object holds a
 * reference to its parent object and through it to its store, so that a store's logon slot stays taken while anything
 * opened from it is outstanding, as on Exchange. All objects may be called from any thread: the public methods take
 * the session's lock through object_enter/object_leave.
 */
#ifndef PROVIDER_OBJECT_H
#define PROVIDER_OBJECT_H

#include <stdbool.h>
#include "mapi_abi.h"
#include "propbag.h"

struct session; /* provider.h */
struct store;   /* store.h */

/* The kinds that an object answers to; a public method checks its pointer by it (MAPI_E_INVALID_OBJECT). */
struct object_class {
    const char *name;       /* for diagnostics: "IMAPIFolder" */
    const void *vtbl;
    size_t size;            /* of the struct that begins with struct object */
    ULONG object_type;      /* MAPI_FOLDER … or 0 */
    const IID *const *iids; /* the interfaces that QueryInterface grants, NULL-terminated; IUnknown is implied */
    void (*destroy)(void *object); /* frees what the object owns; not the object, not the parent */
};

struct object {
    const void *lpVtbl; /* first: a COM pointer to the object is a pointer to this */
    const struct object_class *cls;
    LONG refs;
    struct object *parent;   /* referenced; NULL for a session and free-standing objects */
    struct session *session; /* not referenced beyond the parent chain; NULL for free-standing objects */
    struct store *store;     /* as session */
    HRESULT last_error;
    WCHAR *last_text;        /* for GetLastError; owned, may be NULL */
};

/* Allocates zeroed memory of cls->size with one reference. parent may be NULL. */
HRESULT object_create(const struct object_class *cls, struct object *parent, void *out);
ULONG STDMETHODCALLTYPE object_AddRef(void *self);
ULONG STDMETHODCALLTYPE object_Release(void *self);
HRESULT STDMETHODCALLTYPE object_QueryInterface(void *self, REFIID iid, void **out);
HRESULT STDMETHODCALLTYPE object_GetLastError(void *self, HRESULT hr, ULONG flags, LPMAPIERROR *out);
/* Records hr and a text (may be NULL) for GetLastError and returns hr: `return object_fail(&self->base, hr, L"…")`. */
HRESULT object_fail(struct object *object, HRESULT hr, const WCHAR *text);
/* Every public method begins and ends with these. enter: MAPI_E_NOT_INITIALIZED on a thread without MAPIInitialize,
 * MAPI_E_INVALID_OBJECT after logoff of its session or store; takes the lock. */
HRESULT object_enter(struct object *object);
void object_leave(struct object *object);
/* Live objects in this process, for leak tests: by class name; name NULL: all. */
LONG object_count(const char *class_name);

/* ---- IMAPIProp -------------------------------------------------------------------------------------------------------- */

struct prop_object;

enum prop_flags {
    PROP_STORED = 0,        /* plain: lives in the bag */
    PROP_COMPUTED = 1,      /* SetProps: S_OK with a problem MAPI_E_COMPUTED */
    PROP_READONLY = 2,      /* SetProps: problem MAPI_E_NO_ACCESS */
    PROP_HIDDEN = 4,        /* not listed by GetPropList */
};

/* One row per property with behaviour of its own; a property without a row is plain. get may return
 * MAPI_E_NOT_FOUND; it puts memory on `base` (MAPIAllocateMore). set NULL: stored in the bag. */
struct prop_handler {
    ULONG tag;
    HRESULT (*get)(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
    HRESULT (*set)(struct prop_object *object, const SPropValue *value);
    ULONG flags;
};

struct prop_object_ops {
    const struct prop_handler *handlers; /* sorted by PROP_ID; ended by a row with tag 0 */
    /* Makes sure that the bag is loaded. */
    HRESULT (*load)(struct prop_object *object);
    /* Called after the bag has been changed by SetProps, DeleteProps or a stream's commit: folders and the store
     * persist at once, messages wait for SaveChanges. */
    HRESULT (*changed)(struct prop_object *object);
    HRESULT (*save)(struct prop_object *object, ULONG flags);
    /* PT_OBJECT properties and interfaces other than IStream (PR_ATTACH_DATA_OBJ, PR_MESSAGE_RECIPIENTS, tables …). */
    HRESULT (*open_property)(struct prop_object *object, ULONG tag, const IID *iid, ULONG interface_options, ULONG flags,
                             IUnknown **out);
    /* CopyTo/CopyProps of the parts that are not properties (recipients, attachments, subfolders); may be NULL. */
    HRESULT (*copy_parts)(struct prop_object *from, IMAPIProp *to, const SPropTagArray *exclude_or_include, bool exclude,
                          ULONG flags, ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems);
    /* Names ↔ ids; NULL: the store's, or MAPI_E_NO_SUPPORT without a store. */
    HRESULT (*named_id)(struct prop_object *object, const MAPINAMEID *name, bool create, ULONG *prop_id);
};

struct prop_object {
    struct object base;
    const struct prop_object_ops *ops;
    struct propbag *props; /* loaded by ops->load */
    bool writable;         /* else SetProps etc. answer MAPI_E_NO_ACCESS */
    bool closed;           /* SaveChanges without KEEP_OPEN flags: later calls are rejected as MAPI does */
};

void prop_object_destroy(struct prop_object *object); /* for the class's destroy: frees the bag */

/* The IMAPIProp methods for vtables (cast to the vtable's types). */
HRESULT STDMETHODCALLTYPE prop_SaveChanges(void *self, ULONG flags);
HRESULT STDMETHODCALLTYPE prop_GetProps(void *self, LPSPropTagArray tags, ULONG flags, ULONG *count, LPSPropValue *out);
HRESULT STDMETHODCALLTYPE prop_GetPropList(void *self, ULONG flags, LPSPropTagArray *out);
HRESULT STDMETHODCALLTYPE prop_OpenProperty(void *self, ULONG tag, LPCIID iid, ULONG interface_options, ULONG flags,
                                            LPUNKNOWN *out);
HRESULT STDMETHODCALLTYPE prop_SetProps(void *self, ULONG count, LPSPropValue values, LPSPropProblemArray *problems);
HRESULT STDMETHODCALLTYPE prop_DeleteProps(void *self, LPSPropTagArray tags, LPSPropProblemArray *problems);
HRESULT STDMETHODCALLTYPE prop_CopyTo(void *self, ULONG exclude_iid_count, LPCIID exclude_iids, LPSPropTagArray exclude,
                                      ULONG_PTR ui, LPMAPIPROGRESS progress, LPCIID iid, LPVOID to, ULONG flags,
                                      LPSPropProblemArray *problems);
HRESULT STDMETHODCALLTYPE prop_CopyProps(void *self, LPSPropTagArray include, ULONG_PTR ui, LPMAPIPROGRESS progress,
                                         LPCIID iid, LPVOID to, ULONG flags, LPSPropProblemArray *problems);
HRESULT STDMETHODCALLTYPE prop_GetNamesFromIDs(void *self, LPSPropTagArray *tags, LPGUID set, ULONG flags, ULONG *count,
                                               LPMAPINAMEID **names);
HRESULT STDMETHODCALLTYPE prop_GetIDsFromNames(void *self, ULONG count, LPMAPINAMEID *names, ULONG flags,
                                               LPSPropTagArray *out);

/* The first fourteen slots of any vtable that begins with IMAPIProp, as designated initialisers. */
#define PROP_OBJECT_VTBL                                                                                               \
    .QueryInterface = (void *)object_QueryInterface, .AddRef = (void *)object_AddRef,                                  \
    .Release = (void *)object_Release, .GetLastError = (void *)object_GetLastError,                                    \
    .SaveChanges = (void *)prop_SaveChanges, .GetProps = (void *)prop_GetProps,                                        \
    .GetPropList = (void *)prop_GetPropList, .OpenProperty = (void *)prop_OpenProperty,                                \
    .SetProps = (void *)prop_SetProps, .DeleteProps = (void *)prop_DeleteProps, .CopyTo = (void *)prop_CopyTo,         \
    .CopyProps = (void *)prop_CopyProps, .GetNamesFromIDs = (void *)prop_GetNamesFromIDs,                              \
    .GetIDsFromNames = (void *)prop_GetIDsFromNames

#endif
