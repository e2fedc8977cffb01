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
/* Another reference, unless the object is being destroyed: for those who know an object without holding it. */
bool object_try_addref(struct object *object);
/* Whether QueryInterface grants this interface; NULL: the object's own, always. For lpInterface parameters. */
bool object_grants(const struct object *object, const IID *iid);
/* Records hr and a text (may be NULL) for GetLastError and returns hr: `return object_fail(&self->base, hr, L"…")`. */
HRESULT object_fail(struct object *object, HRESULT hr, const WCHAR *text);
/* Every public method begins and ends with these. enter: MAPI_E_NOT_INITIALIZED on a thread without MAPIInitialize,
 * MAPI_E_INVALID_OBJECT after logoff of its session or store; takes the lock. */
HRESULT object_enter(struct object *object);
void object_leave(struct object *object);
/* The same for work on another object too, which may be of another session or provider: two threads that copy in opposite
 * directions do not wait for each other. *also is for object_leave_both. */
HRESULT object_enter_both(struct object *object, void *other, struct session **also);
void object_leave_both(struct object *object, struct session *also);
/* Live objects in this process, for leak tests: by class name; name NULL: all. */
LONG object_count(const char *class_name);

/* ---- IMAPIProp -------------------------------------------------------------------------------------------------------- */

struct prop_object;

enum prop_flags {
    PROP_STORED = 0,        /* plain: lives in the bag */
    PROP_COMPUTED = 1,      /* SetProps: S_OK with a problem MAPI_E_COMPUTED */
    PROP_READONLY = 2,      /* SetProps: problem MAPI_E_NO_ACCESS */
    PROP_HIDDEN = 4,        /* not listed by GetPropList */
    PROP_NOT_COPIED = 8,    /* CopyTo leaves it out (the target computes its own) */
};

/* One row per property with behaviour of its own; a property without a row is plain. get may return
 * MAPI_E_NOT_FOUND; it puts memory on `base` (MAPIAllocateMore), which is NULL when only the question is asked
 * whether there is a value: *out then holds the tag alone. get NULL: from the bag. set NULL: stored in the bag. del NULL:
 * deleted from the bag; a computed or read-only property is never deleted. */
struct prop_handler {
    ULONG tag;
    HRESULT (*get)(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
    HRESULT (*set)(struct prop_object *object, const SPropValue *value);
    HRESULT (*del)(struct prop_object *object, ULONG tag);
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
    /* Names ↔ ids; NULL: the store's, or MAPI_E_NO_SUPPORT without a store. They mean what the mailbox_named_…
     * functions of storage.h say. */
    HRESULT (*named_id)(struct prop_object *object, const MAPINAMEID *name, bool create, ULONG *prop_id);
    HRESULT (*named_name)(struct prop_object *object, ULONG prop_id, MAPINAMEID **name);
    HRESULT (*named_each)(struct prop_object *object, const GUID *set,
                          HRESULT (*row)(void *context, ULONG prop_id, const MAPINAMEID *name), void *context);
};

struct stream_data; /* stream.c */

struct prop_object {
    struct object base;
    const struct prop_object_ops *ops;
    struct propbag *props; /* loaded by ops->load */
    bool writable;         /* else SetProps etc. answer MAPI_E_NO_ACCESS */
    struct stream_data *streams; /* open writable streams on properties; not referenced */
};

void prop_object_destroy(struct prop_object *object); /* for the class's destroy: frees the bag */

/* For the object's own code; the caller is inside object_enter. */

/* One property by the rules of GetProps, its memory on base. tag may be PT_UNSPECIFIED (strings: Unicode). */
HRESULT prop_get(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
/* The same whatever its size. */
HRESULT prop_get_whole(struct prop_object *object, ULONG tag, void *base, SPropValue *out);
/* A value of the bag whatever its size, also a lazy one; memory on base. MAPI_E_NOT_FOUND. */
HRESULT prop_bag_value(struct prop_object *object, ULONG prop_id, void *base, SPropValue *out);
/* Sets one property by the rules of SetProps, without ops->changed. Returns what would be the problem's code. */
HRESULT prop_set(struct prop_object *object, const SPropValue *value);
const struct prop_handler *prop_handler_find(const struct prop_object *object, ULONG tag);
/* Converts a value to another type where MAPI does so: strings between ANSI and Unicode (multi-values too), integers
 * to a wider one. MAPI_E_NOT_FOUND otherwise. */
HRESULT prop_convert_type(SPropValue *value, ULONG type, void *base);
/* A stream on a string or binary property; flags and interface_options as OpenProperty takes them. */
HRESULT prop_open_stream(struct prop_object *object, ULONG tag, ULONG interface_options, ULONG flags, IStream **out);
/* Writes what direct streams hold into the bag. */
HRESULT prop_flush_streams(struct prop_object *object);
/* Adds one problem to an array that the caller frees by MAPIFreeBuffer; NULL arrays are made; problems NULL: ignored. */
HRESULT prop_add_problem(SPropProblemArray **problems, ULONG index, ULONG tag, SCODE code);

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

/* The first fourteen slots of any vtable that begins with IMAPIProp, as designated initialisers; without
 * QueryInterface for an object that has its own. */
#define PROP_OBJECT_VTBL_PROPS                                                                                         \
    .AddRef = (void *)object_AddRef, .Release = (void *)object_Release, .GetLastError = (void *)object_GetLastError,   \
    .SaveChanges = (void *)prop_SaveChanges, .GetProps = (void *)prop_GetProps,                                        \
    .GetPropList = (void *)prop_GetPropList, .OpenProperty = (void *)prop_OpenProperty,                                \
    .SetProps = (void *)prop_SetProps, .DeleteProps = (void *)prop_DeleteProps, .CopyTo = (void *)prop_CopyTo,         \
    .CopyProps = (void *)prop_CopyProps, .GetNamesFromIDs = (void *)prop_GetNamesFromIDs,                              \
    .GetIDsFromNames = (void *)prop_GetIDsFromNames
#define PROP_OBJECT_VTBL .QueryInterface = (void *)object_QueryInterface, PROP_OBJECT_VTBL_PROPS

#endif
