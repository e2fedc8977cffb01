/*
 * auto.h: the automation object that every class of the type library is built on.
 *
 * Layer: server/com. Knows COM and the type library, nothing of MAPI or of processes.
 *
 * An automation class is a struct whose first member is `struct auto_object base`, one `struct auto_class` that
 * describes it, and a vtable of the dual interface that begins with AUTO_HEAD(). IUnknown, IDispatch (by the type
 * library: named and optional arguments, default members), ISupportErrorInfo, IProvideClassInfo2 and connection
 * points exist here, once. A member reads:
 *
 *     static HRESULT STDMETHODCALLTYPE folder_get_Name(IMhFolder *iface, BSTR *value)
 *     {
 *         struct folder *self = folder_from(iface);
 *         struct auto_call call;
 *         HRESULT hr = auto_enter(&call, &self->base, __func__);
 *
 *         *value = NULL;
 *         if (SUCCEEDED(hr))
 *             hr = folder_read_name(self, value);
 *         return auto_leave(&call, hr);
 *     }
 *
 * The function's name gives the member's name in errors: what follows its last underscore that is followed by a
 * capital letter ("folder_get_Name" is Folder.Name).
 *
 * Lifetime: a child holds its parent. Closing an object closes its children first, newest first; each one's
 * `close` runs exactly once. A closed object lives on until its client releases it, and answers AUTO_E_CLOSED.
 *
 * Threads: an object belongs to the thread that made it (its home) and is used there only; auto_enter answers
 * RPC_E_WRONG_THREAD elsewhere. Limits: in-process callers must be in the object's apartment, as COM demands.
 */
#ifndef AUTO_H
#define AUTO_H

#ifndef COBJMACROS
#define COBJMACROS
#endif
#include <stdbool.h>
#include <windows.h>
#include <objbase.h>
#include <oleauto.h>
#include <ocidl.h>
#include <olectl.h>

/* What a closed object answers: the value of MAPI_E_OBJECT_DELETED. */
#define AUTO_E_CLOSED ((HRESULT)0x8004010AL)

struct auto_object;
struct auto_home;
struct auto_points;
struct auto_side;

/* Describes a class. Constant, one per class. */
struct auto_class {
    const WCHAR *name;    /* as in the type library and in Err.Source: L"Folder" */
    LONG kind;            /* value of the Class property (CdoObjectClass) */
    const IID *iid;       /* the dual interface */
    const IID *also;      /* a further interface with the same vtable prefix, or NULL (Mailbox is an InfoStore too) */
    const CLSID *coclass; /* the coclass of the type library, for IProvideClassInfo, or NULL */
    const IID *events;    /* the default source dispinterface, or NULL for none */
    size_t size;          /* of the whole struct */
    const void *vtbl;     /* of the dual interface */
    bool is_value;        /* passed as an argument, it stands for its default property (Field) */
    DISPID value_id;      /* a number that the default member has besides DISPID_VALUE, or 0 */

    /* Releases what the object has of the outside world (MAPI interfaces, in reverse order). Runs once: when the
     * object is closed, or before it is destroyed. The children are closed by then. May be NULL. */
    void (*close)(struct auto_object *);
    /* Frees what survives closing (strings). The last reference is gone. May be NULL. */
    void (*destroy)(struct auto_object *);
    /* The name of this object for a person ("Inbox"), or NULL. Must work after close. May be NULL. */
    const WCHAR *(*label)(struct auto_object *);
    /* Of a collection: collection(index) = value failed with `error` when it got the item; makes the item with that value.
     * S_FALSE: it is not to be made, `error` stands. May be NULL. */
    HRESULT (*add_item)(struct auto_object *, HRESULT error, const VARIANT *index, const VARIANT *value);
};

/* The first member of every automation struct. Fields are private to server/com but for those marked (read). */
struct auto_object {
    const void *vtbl; /* must be the first: a pointer to the struct is a pointer to its dual interface */
    ISupportErrorInfo support_iface;
    IProvideClassInfo2 class_info_iface;
    IConnectionPointContainer points_iface;
    const struct auto_class *class;          /* (read) */
    struct auto_home *home;                  /* (read) */
    struct auto_object *parent;              /* (read) held; NULL for a root */
    struct auto_object *first, *last;        /* open children in order of creation */
    struct auto_object *newer, *older;       /* siblings */
    struct auto_object *home_next, *home_prev;
    struct auto_points *points;              /* advised sinks, made on first use */
    struct auto_side *sides;                 /* COM objects of their own that hold this one */
    const struct auto_class *creator;        /* (read) class and function of the member that made the object */
    const char *creator_function;
    const struct auto_class *closed_class;   /* what was closed, and by which member */
    const struct auto_class *closer;
    const char *closer_function;
    WCHAR *closed_label;
    LONG refs;
    bool closed; /* (read) */
    volatile LONG cancelled; /* of a root: its client is gone, so calls that wait shall give up */
};

/* ---- the process and the thread -------------------------------------------------------------------------- */

/* Asks explain, when a member fails with an error that nobody has explained, for a sentence (malloc's) or NULL. */
void auto_set_explainer(WCHAR *(*explain)(struct auto_object *object, HRESULT hr));

/* What a person is told of an HRESULT. All may be NULL; static text. */
struct auto_error_text {
    const char *symbol; /* "MAPI_E_NOT_FOUND" */
    const char *reason; /* "the object or property does not exist", no full stop */
    const char *hint;   /* what to do, a sentence: "Check the id." */
};
/* Fills text for hr and answers true, or answers false for an HRESULT that it does not know. */
typedef bool (*auto_error_lookup)(HRESULT hr, struct auto_error_text *text);

/* Starts the layer: module holds the type library as resource 1; lookup may be NULL. Once per process. */
HRESULT auto_start(HMODULE module, auto_error_lookup lookup);
void auto_stop(void);

/* A thread's automation state: its objects, its running call, its last error. */
struct auto_home {
    DWORD thread_id;
    struct auto_call *call;        /* the innermost running call, or NULL */
    struct auto_object *objects;   /* live objects, newest first; guarded by the registry's lock */
    LONG object_count, root_count; /* root: an object without a parent */
    HRESULT error;                 /* the last failure, S_OK for none, and its two texts */
    BSTR description, source;
    ULONG_PTR serial; /* of the outermost call, or posted job, that runs or ran last */
    /* The running outermost call for a watchdog on another thread: tick of its start, 0 when idle. */
    volatile ULONGLONG busy_since;
    const struct auto_class *volatile busy_class;
    const char *volatile busy_function;
    /* The owner's (server/process): called on this thread when a root appears (+1) or goes (-1). */
    void *owner;
    void (*root_changed)(struct auto_home *home, struct auto_object *root, int change);
    /* Queues run(context) for this thread, outside any member call; called from any thread. False: not possible. NULL
     * (changed under the registry's lock) when the thread has no loop. */
    bool (*post)(struct auto_home *home, void (*run)(void *context), void *context);
    struct auto_home *next;
};

/* The calling thread's home, made on first use; NULL when memory is out. */
struct auto_home *auto_home_current(void);
/* Frees the calling thread's home at the thread's end. No object of it may be alive. */
void auto_home_free(void);
/* Calls visit for every home (on the caller's thread, under the registry's lock: visit must not call out). */
void auto_home_visit(void (*visit)(struct auto_home *home, void *context), void *context);

/* ---- lifetime -------------------------------------------------------------------------------------------- */

/*
 * Makes an object of class below parent (NULL for a root), zeroed beyond its base, with one reference in *out
 * (a pointer to the struct). AUTO_E_CLOSED when the parent is closed, E_OUTOFMEMORY.
 */
HRESULT auto_create(const struct auto_class *class, struct auto_object *parent, void *out);
void auto_addref(struct auto_object *object);
/* Releases a reference; NULL-safe. */
void auto_release(struct auto_object *object);
/* Closes the object after its children, newest first. A second close does nothing. NULL-safe. */
void auto_close(struct auto_object *object);
/* Closes the children alone (Session.Logoff, CloseAll). */
void auto_close_children(struct auto_object *object);
/* Cuts the remote references of the object and of all below it: for a client that is gone. Close first. */
void auto_disconnect(struct auto_object *object);
/* Tells the calls that wait in a root's objects to give up; any thread that knows the root to be alive. */
void auto_cancel(struct auto_object *root);
bool auto_is_cancelled(struct auto_object *object);
/* The topmost ancestor (the object itself for a root). */
struct auto_object *auto_root(struct auto_object *object);
/* The nearest ancestor of that class (the object itself counts), or NULL. */
struct auto_object *auto_ancestor(struct auto_object *object, const struct auto_class *class);
/* The newest open child of that class with a new reference, or NULL. */
struct auto_object *auto_find_child(struct auto_object *parent, const struct auto_class *class);
/*
 * The automation object behind an interface that a client passed, with a new reference; class NULL accepts any.
 * E_INVALIDARG when it is not one of this apartment's, or of another class.
 */
HRESULT auto_from_unknown(IUnknown *unknown, const struct auto_class *class, struct auto_object **out);
/* Hands the object out as an interface: *out gets a new reference. */
void auto_return(struct auto_object *object, void *out);

/* Name of a function's member: "folder_get_Name" gives "Name". A pointer into function. */
const char *auto_member_name(const char *function);
/* Calls visit for every live object of the process under the registry's lock; visit only reads. */
void auto_visit(void (*visit)(const struct auto_object *object, void *context), void *context);

/* ---- calls and errors ------------------------------------------------------------------------------------ */

#define AUTO_MAX_ARGS 4

/* One running member call; lives on the member's stack. */
struct auto_call {
    struct auto_object *object; /* held while the call runs */
    struct auto_call *outer;
    const char *function;
    struct {
        VARTYPE type; /* VT_BSTR, VT_I4, VT_VARIANT */
        const void *value;
        LONG number;
    } args[AUTO_MAX_ARGS];
    unsigned arg_count;
};

/*
 * Begins a member call: checks thread and closedness, notes the start for the watchdog, holds the object.
 * Whatever it answers, auto_leave must follow.
 */
HRESULT auto_enter(struct auto_call *call, struct auto_object *object, const char *function);
/* The same for members that must work on a closed object (Close, Parent). */
HRESULT auto_enter_closed(struct auto_call *call, struct auto_object *object, const char *function);
/* Asks allow before every call that auto_enter begins: a failure, explained by auto_fail, ends it. For the process. */
void auto_set_filter(HRESULT (*allow)(struct auto_object *object, const char *function));
/* Tells record of every call that succeeds, by the object's class and the member's function. For the process; for tests. */
void auto_set_recorder(void (*record)(const struct auto_class *class, const char *function));
/* Says that the running call of this thread waits on purpose (true), or goes on (false): no case for the watchdog. */
void auto_waiting(struct auto_object *object, bool waits);
/* The number of the calling thread's outermost member call: it changes from call to call, not within one. */
ULONG_PTR auto_call_serial(void);
/* Ends it. A failed hr that nobody has explained gets the table's text. Answers hr. */
HRESULT auto_leave(struct auto_call *call, HRESULT hr);
/* Notes arguments that an error text may show (never a password). What they point to must outlive the call. */
void auto_arg_text(struct auto_call *call, const WCHAR *text);
void auto_arg_number(struct auto_call *call, LONG number);
void auto_arg_variant(struct auto_call *call, const VARIANT *value);
/*
 * Explains a failure of the call that runs on the object's thread and answers hr: the error becomes
 * "[SYMBOL 0x…] Class.Member(args): reason. hint". format is wprintf's (use %ls and %hs) without a full stop;
 * with one, it is complete and the table's hint is left out. NULL: the table's reason.
 * hr must be a failure.
 */
HRESULT auto_fail(struct auto_object *object, HRESULT hr, const WCHAR *format, ...);

/* ---- the four members that every class has, and IDispatch ------------------------------------------------- */

HRESULT STDMETHODCALLTYPE auto_query_interface(void *iface, REFIID iid, void **out);
ULONG STDMETHODCALLTYPE auto_add_ref(void *iface);
ULONG STDMETHODCALLTYPE auto_release_ref(void *iface);
HRESULT STDMETHODCALLTYPE auto_get_type_info_count(void *iface, UINT *count);
HRESULT STDMETHODCALLTYPE auto_get_type_info(void *iface, UINT index, LCID lcid, ITypeInfo **out);
HRESULT STDMETHODCALLTYPE auto_get_ids_of_names(void *iface, REFIID iid, LPOLESTR *names, UINT count, LCID lcid,
                                                DISPID *ids);
HRESULT STDMETHODCALLTYPE auto_invoke(void *iface, DISPID id, REFIID iid, LCID lcid, WORD flags,
                                      DISPPARAMS *params, VARIANT *result, EXCEPINFO *exception, UINT *bad_arg);
HRESULT STDMETHODCALLTYPE auto_get_Application(void *iface, BSTR *value);
HRESULT STDMETHODCALLTYPE auto_get_Class(void *iface, LONG *value);
HRESULT STDMETHODCALLTYPE auto_get_Parent(void *iface, IDispatch **value);
HRESULT STDMETHODCALLTYPE auto_get_Session(void *iface, void *value);

/* The first eleven entries of every class's vtable: IUnknown, IDispatch and MH_OBJECT_MEMBERS of the IDL. */
#define AUTO_HEAD                                                                                                  \
    .QueryInterface = (void *)auto_query_interface, .AddRef = (void *)auto_add_ref,                                \
    .Release = (void *)auto_release_ref, .GetTypeInfoCount = (void *)auto_get_type_info_count,                     \
    .GetTypeInfo = (void *)auto_get_type_info, .GetIDsOfNames = (void *)auto_get_ids_of_names,                     \
    .Invoke = (void *)auto_invoke, .get_Application = (void *)auto_get_Application,                                \
    .get_Class = (void *)auto_get_Class, .get_Parent = (void *)auto_get_Parent,                                    \
    .get_Session = (void *)auto_get_Session

/* The type information of an interface or coclass of the library; the caller releases it. */
HRESULT auto_type_info(REFGUID guid, ITypeInfo **out);
/* The library itself; the caller releases it. */
HRESULT auto_type_lib(ITypeLib **out);
/* What the Session property of objects below this root answers instead of the root (a worker's mailbox). */
void auto_set_session(IDispatch *(*find)(struct auto_object *root));

#endif
