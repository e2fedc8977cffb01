/*
 * wrapmapi.c: a MAPI that is mapilocal.dll with tests' wishes: calls that hang, a store limit, a record of releases.
 *
 * Layer: tests. It loads the mapilocal.dll of the folder above its own. Objects are not wrapped: the static vtables that
 * they share are patched when the first object with one appears, so that nothing but the patched methods changes.
 * Limits: what mapilocal.dll calls itself through such a vtable comes by here too and is told apart by nesting.
 */
#include "mapi_loader.h"
#include "wrap_control.h"

#include <stdio.h>
#include <string.h>

#define VTABLES_MAX 64
#define OBJECTS_MAX 200000
#define BUCKETS     4096

enum kind { KIND_OBJECT, KIND_SESSION, KIND_STORE, KIND_FOLDER, KIND_MESSAGE, KIND_ATTACH, KIND_TABLE, KIND_BOOK };
static const char *const kind_names[] = {"Object",  "Session",    "MsgStore", "Folder",
                                         "Message", "Attachment", "Table",    "AddrBook"};

/* A copy of each patched vtable as it was. */
union vtable {
    void *slots[64];
    IUnknownVtbl unknown;
    IMAPISessionVtbl session;
    IMAPIPropVtbl prop;
    IMsgStoreVtbl store;
    IMAPIFolderVtbl folder;
    IMessageVtbl message;
    IMAPITableVtbl table;
    IAddrBookVtbl book;
};

struct patched {
    const void *vtbl;
    union vtable was;
};

/* An object that the client holds. */
struct tracked {
    void *object;
    enum kind kind;
    LONG serial, refs;
    struct tracked *next;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct patched patches[VTABLES_MAX];
static volatile LONG patch_count;
static struct tracked *buckets[BUCKETS];
static LONG last_serial, open_stores;
static struct mapi_api real;
static struct wrap_control *control;
static DWORD depth_slot, starts_slot; /* per thread: nesting of our hooks; calls of MAPIInitialize */

/* ---- per call ----------------------------------------------------------------------------------------------------- */

static LONG_PTR slot_add(DWORD slot, LONG_PTR change)
{
    LONG_PTR value = (LONG_PTR)TlsGetValue(slot) + change;

    TlsSetValue(slot, (void *)value);
    return value;
}

static void maybe_hang(const char *method)
{
    WCHAR name[80];
    HANDLE armed, hanging, go;

    _snwprintf(name, ARRAYSIZE(name), L"%ls%hs", WRAP_HANG_PREFIX, method);
    if (!(armed = OpenSemaphoreW(SYNCHRONIZE, FALSE, name)))
        return;
    if (WaitForSingleObject(armed, 0) == WAIT_OBJECT_0) {
        hanging = OpenEventW(EVENT_MODIFY_STATE, FALSE, WRAP_HANGING);
        go = OpenEventW(SYNCHRONIZE, FALSE, WRAP_GO);
        if (hanging && go) {
            SetEvent(hanging);
            WaitForSingleObject(go, INFINITE);
        }
        if (hanging)
            CloseHandle(hanging);
        if (go)
            CloseHandle(go);
    }
    CloseHandle(armed);
}

/* Begins a hooked call; true when the client made it, and not mapilocal.dll itself. */
static bool enter(const char *method)
{
    bool outer = slot_add(depth_slot, 1) == 1;

    if (outer) {
        if (control && !TlsGetValue(starts_slot))
            InterlockedIncrement(&control->foreign);
        maybe_hang(method);
    }
    return outer;
}

static void leave(void)
{
    slot_add(depth_slot, -1);
}

/* ---- who holds what ----------------------------------------------------------------------------------------------- */

static struct tracked **find(const void *object)
{
    struct tracked **link = &buckets[((ULONG_PTR)object >> 4) % BUCKETS];

    while (*link && (*link)->object != object)
        link = &(*link)->next;
    return link;
}

static void record(bool released, const struct tracked *entry, LONG parent)
{
    LONG at;
    struct wrap_record *to;

    if (!control || !control->recording)
        return;
    at = InterlockedIncrement(&control->count) - 1;
    if (at >= WRAP_RECORDS)
        return;
    to = &control->records[at];
    to->released = released;
    to->serial = entry->serial;
    to->parent = parent;
    to->process = GetCurrentProcessId();
    strcpy(to->what, kind_names[entry->kind]);
}

static void change_refs(void *object, LONG change)
{
    struct tracked **link, *entry;

    AcquireSRWLockExclusive(&lock);
    link = find(object);
    if ((entry = *link) && !(entry->refs += change)) {
        record(true, entry, 0);
        if (entry->kind == KIND_STORE)
            open_stores--;
        *link = entry->next;
        free(entry);
    }
    ReleaseSRWLockExclusive(&lock);
}

static void got(void *parent, enum kind kind, void *object)
{
    struct tracked **link, *entry, *owner;

    AcquireSRWLockExclusive(&lock);
    owner = parent ? *find(parent) : NULL;
    link = find(object);
    if ((entry = *link))
        entry->refs++;
    else if ((entry = calloc(1, sizeof *entry))) {
        entry->object = object;
        entry->kind = kind;
        entry->serial = ++last_serial;
        entry->refs = 1;
        *link = entry;
        if (kind == KIND_STORE)
            open_stores++;
        record(false, entry, owner ? owner->serial : 0);
    }
    ReleaseSRWLockExclusive(&lock);
}

/* ---- patching ------------------------------------------------------------------------------------------------------ */

static const union vtable *original(const void *object)
{
    const void *vtbl = *(const void *const *)object;

    for (LONG i = 0; i < patch_count; i++)
        if (patches[i].vtbl == vtbl)
            return &patches[i].was;
    abort();
}

static void patch(void *object, enum kind kind);

/* After a call that gives an object. */
static HRESULT given(bool outer, HRESULT hr, void *parent, enum kind kind, void *object)
{
    leave();
    if (SUCCEEDED(hr) && object) {
        patch(object, kind);
        if (outer)
            got(parent, kind, object);
    }
    return hr;
}

static enum kind kind_of_type(ULONG type)
{
    return type == MAPI_STORE ? KIND_STORE : type == MAPI_FOLDER ? KIND_FOLDER : type == MAPI_MESSAGE ? KIND_MESSAGE : KIND_OBJECT;
}

static HRESULT STDMETHODCALLTYPE hook_QueryInterface(IUnknown *self, REFIID iid, void **out)
{
    const union vtable *was = original(self);
    bool outer = slot_add(depth_slot, 1) == 1;
    HRESULT hr = was->unknown.QueryInterface(self, iid, out);

    leave();
    if (SUCCEEDED(hr) && outer && *out == self)
        change_refs(self, 1);
    return hr;
}

static ULONG STDMETHODCALLTYPE hook_AddRef(IUnknown *self)
{
    const union vtable *was = original(self);
    bool outer = slot_add(depth_slot, 1) == 1;
    ULONG refs;

    if (outer)
        change_refs(self, 1);
    refs = was->unknown.AddRef(self);
    leave();
    return refs;
}

static ULONG STDMETHODCALLTYPE hook_Release(IUnknown *self)
{
    const union vtable *was = original(self);
    bool outer = slot_add(depth_slot, 1) == 1;
    ULONG refs;

    if (outer)
        change_refs(self, -1);
    refs = was->unknown.Release(self);
    leave();
    return refs;
}

/* A method that gives an object: PARAMS and ARGS are those after `self`. */
#define PARAMS(...) , __VA_ARGS__
#define ARGS(...) , __VA_ARGS__
#define GIVES(iface, member, method, params, args, kind, object)                              \
    static HRESULT STDMETHODCALLTYPE hook_##member##_##method(iface *self params)             \
    {                                                                                         \
        const union vtable *was = original(self);                                             \
        bool outer = enter(#method);                                                          \
        HRESULT hr = was->member.method(self args);                                           \
                                                                                              \
        return given(outer, hr, self, kind, SUCCEEDED(hr) ? (void *)(object) : NULL);         \
    }
/* Another method, which may hang. */
#define PASSES(iface, member, method, params, args)                                           \
    static HRESULT STDMETHODCALLTYPE hook_##member##_##method(iface *self params)             \
    {                                                                                         \
        const union vtable *was = original(self);                                             \
        HRESULT hr;                                                                           \
                                                                                              \
        enter(#method);                                                                       \
        hr = was->member.method(self args);                                                   \
        leave();                                                                              \
        return hr;                                                                            \
    }

#define OPEN_ENTRY(iface, member)                                                                                     \
    GIVES(iface, member, OpenEntry,                                                                                    \
          PARAMS(ULONG size, ENTRYID *id, LPCIID iid, ULONG flags, ULONG *type, IUnknown **out),                       \
          ARGS(size, id, iid, flags, type, out), kind_of_type(*type), *out)
#define TABLE(iface, member, method)                                                                                  \
    GIVES(iface, member, method, PARAMS(ULONG flags, IMAPITable **out), ARGS(flags, out), KIND_TABLE, *out)
/* What all property objects have. */
#define PROP(iface, member)                                                                                           \
    PASSES(iface, member, SaveChanges, PARAMS(ULONG flags), ARGS(flags))                                               \
    PASSES(iface, member, GetProps, PARAMS(SPropTagArray *tags, ULONG flags, ULONG *count, SPropValue **values),       \
           ARGS(tags, flags, count, values))                                                                           \
    GIVES(iface, member, OpenProperty, PARAMS(ULONG tag, LPCIID iid, ULONG options, ULONG flags, IUnknown **out),      \
          ARGS(tag, iid, options, flags, out),                                                                         \
          iid &&IsEqualIID(iid, &IID_IMessage) ? KIND_MESSAGE : iid &&IsEqualIID(iid, &IID_IMAPITable) ? KIND_TABLE : KIND_OBJECT, \
          *out)
#define SET(member, method, function) v->slots[offsetof(union vtable, member.method) / sizeof(void *)] = function
#define PROP_HOOKS(member)                                                                                            \
    SET(member, SaveChanges, hook_##member##_SaveChanges);                                                               \
    SET(member, GetProps, hook_##member##_GetProps);                                                                     \
    SET(member, OpenProperty, hook_##member##_OpenProperty)

PROP(IMAPIProp, prop)
PROP(IMsgStore, store)
PROP(IMAPIFolder, folder)
PROP(IMessage, message)
OPEN_ENTRY(IMAPISession, session)
OPEN_ENTRY(IMsgStore, store)
OPEN_ENTRY(IMAPIFolder, folder)
OPEN_ENTRY(IAddrBook, book)
TABLE(IMAPISession, session, GetMsgStoresTable)
TABLE(IMAPISession, session, GetStatusTable)
TABLE(IMAPIFolder, folder, GetContentsTable)
TABLE(IMAPIFolder, folder, GetHierarchyTable)
TABLE(IMsgStore, store, GetReceiveFolderTable)
TABLE(IMessage, message, GetAttachmentTable)
TABLE(IMessage, message, GetRecipientTable)
GIVES(IMAPISession, session, OpenAddressBook, PARAMS(ULONG_PTR window, LPCIID iid, ULONG flags, IAddrBook **out),
      ARGS(window, iid, flags, out), KIND_BOOK, *out)
GIVES(IMAPISession, session, OpenProfileSection, PARAMS(MAPIUID *uid, LPCIID iid, ULONG flags, IProfSect **out),
      ARGS(uid, iid, flags, out), KIND_OBJECT, *out)
GIVES(IMAPIFolder, folder, CreateMessage, PARAMS(LPCIID iid, ULONG flags, IMessage **out), ARGS(iid, flags, out),
      KIND_MESSAGE, *out)
GIVES(IMAPIFolder, folder, CreateFolder,
      PARAMS(ULONG type, LPTSTR name, LPTSTR comment, LPCIID iid, ULONG flags, IMAPIFolder **out),
      ARGS(type, name, comment, iid, flags, out), KIND_FOLDER, *out)
GIVES(IMessage, message, OpenAttach, PARAMS(ULONG number, LPCIID iid, ULONG flags, IAttach **out),
      ARGS(number, iid, flags, out), KIND_ATTACH, *out)
GIVES(IMessage, message, CreateAttach, PARAMS(LPCIID iid, ULONG flags, ULONG *number, IAttach **out),
      ARGS(iid, flags, number, out), KIND_ATTACH, *out)
PASSES(IMAPIFolder, folder, DeleteMessages, PARAMS(ENTRYLIST *list, ULONG_PTR window, IMAPIProgress *progress, ULONG flags),
       ARGS(list, window, progress, flags))
PASSES(IMAPIFolder, folder, CopyMessages,
       PARAMS(ENTRYLIST *list, LPCIID iid, void *to, ULONG_PTR window, IMAPIProgress *progress, ULONG flags),
       ARGS(list, iid, to, window, progress, flags))
PASSES(IMessage, message, SubmitMessage, PARAMS(ULONG flags), ARGS(flags))
PASSES(IMAPITable, table, QueryRows, PARAMS(LONG count, ULONG flags, SRowSet **rows), ARGS(count, flags, rows))

/* The one with the limit. */
static HRESULT STDMETHODCALLTYPE hook_session_OpenMsgStore(IMAPISession *self, ULONG_PTR window, ULONG size, ENTRYID *id,
                                                           LPCIID iid, ULONG flags, IMsgStore **out)
{
    const union vtable *was = original(self);
    bool outer = enter("OpenMsgStore");
    HRESULT hr;

    if (outer && control && control->store_limit && open_stores >= control->store_limit) {
        leave();
        *out = NULL;
        return control->store_error;
    }
    hr = was->session.OpenMsgStore(self, window, size, id, iid, flags, out);
    return given(outer, hr, self, KIND_STORE, SUCCEEDED(hr) ? *out : NULL);
}

static void hook(union vtable *v, enum kind kind)
{
    SET(unknown, QueryInterface, hook_QueryInterface);
    SET(unknown, AddRef, hook_AddRef);
    SET(unknown, Release, hook_Release);
    switch (kind) {
    case KIND_SESSION:
        SET(session, OpenMsgStore, hook_session_OpenMsgStore);
        SET(session, OpenEntry, hook_session_OpenEntry);
        SET(session, OpenAddressBook, hook_session_OpenAddressBook);
        SET(session, OpenProfileSection, hook_session_OpenProfileSection);
        SET(session, GetMsgStoresTable, hook_session_GetMsgStoresTable);
        SET(session, GetStatusTable, hook_session_GetStatusTable);
        break;
    case KIND_STORE:
        PROP_HOOKS(store);
        SET(store, OpenEntry, hook_store_OpenEntry);
        SET(store, GetReceiveFolderTable, hook_store_GetReceiveFolderTable);
        break;
    case KIND_FOLDER:
        PROP_HOOKS(folder);
        SET(folder, OpenEntry, hook_folder_OpenEntry);
        SET(folder, GetContentsTable, hook_folder_GetContentsTable);
        SET(folder, GetHierarchyTable, hook_folder_GetHierarchyTable);
        SET(folder, CreateMessage, hook_folder_CreateMessage);
        SET(folder, CreateFolder, hook_folder_CreateFolder);
        SET(folder, DeleteMessages, hook_folder_DeleteMessages);
        SET(folder, CopyMessages, hook_folder_CopyMessages);
        break;
    case KIND_MESSAGE:
        PROP_HOOKS(message);
        SET(message, GetAttachmentTable, hook_message_GetAttachmentTable);
        SET(message, GetRecipientTable, hook_message_GetRecipientTable);
        SET(message, OpenAttach, hook_message_OpenAttach);
        SET(message, CreateAttach, hook_message_CreateAttach);
        SET(message, SubmitMessage, hook_message_SubmitMessage);
        break;
    case KIND_ATTACH:
        PROP_HOOKS(prop);
        break;
    case KIND_TABLE:
        SET(table, QueryRows, hook_table_QueryRows);
        break;
    case KIND_BOOK:
        SET(book, OpenEntry, hook_book_OpenEntry);
        break;
    case KIND_OBJECT:
        break;
    }
}

static size_t vtable_size(enum kind kind)
{
    switch (kind) {
    case KIND_SESSION:
        return sizeof(IMAPISessionVtbl);
    case KIND_STORE:
        return sizeof(IMsgStoreVtbl);
    case KIND_FOLDER:
        return sizeof(IMAPIFolderVtbl);
    case KIND_MESSAGE:
        return sizeof(IMessageVtbl);
    case KIND_ATTACH:
        return sizeof(IMAPIPropVtbl);
    case KIND_TABLE:
        return sizeof(IMAPITableVtbl);
    case KIND_BOOK:
        return sizeof(IAddrBookVtbl);
    default:
        return sizeof(IUnknownVtbl);
    }
}

static void patch(void *object, enum kind kind)
{
    void *vtbl = *(void **)object;
    size_t size = vtable_size(kind);
    union vtable changed;
    DWORD protection;
    LONG i;

    AcquireSRWLockExclusive(&lock);
    for (i = 0; i < patch_count && patches[i].vtbl != vtbl; i++)
        ;
    if (i == patch_count && i < VTABLES_MAX && VirtualProtect(vtbl, size, PAGE_READWRITE, &protection)) {
        patches[i].vtbl = vtbl;
        memcpy(&patches[i].was, vtbl, size);
        memcpy(&changed, vtbl, size);
        hook(&changed, kind);
        InterlockedIncrement(&patch_count); /* before the hooks can be called */
        memcpy(vtbl, &changed, size);
        VirtualProtect(vtbl, size, protection, &protection);
    }
    ReleaseSRWLockExclusive(&lock);
}

/* ---- the entry points ----------------------------------------------------------------------------------------------- */

static FARPROC bind_entry(HMODULE module, const char *name, void *entry)
{
    FARPROC found = GetProcAddress(module, name);

    memcpy(entry, &found, sizeof found);
    return found;
}

static BOOL CALLBACK load(INIT_ONCE *once, void *instance, void **context)
{
    WCHAR path[MAX_PATH] = L"", *slash;
    HANDLE section;
    HMODULE module;
    int up;

    (void)once, (void)context;
    GetModuleFileNameW(instance, path, MAX_PATH);
    for (up = 0; up < 2 && (slash = wcsrchr(path, L'\\')); up++)
        *slash = 0;
    wcscat(path, L"\\mapilocal.dll");
    module = LoadLibraryW(path);
    if (!module)
        return FALSE;
    bind_entry(module, "MAPIInitialize", &real.initialize);
    bind_entry(module, "MAPIUninitialize", &real.uninitialize);
    bind_entry(module, "MAPILogonEx", &real.logon_ex);
    bind_entry(module, "MAPIAdminProfiles", &real.admin_profiles);
    bind_entry(module, "MAPIAllocateBuffer", &real.allocate_buffer);
    bind_entry(module, "MAPIAllocateMore", &real.allocate_more);
    bind_entry(module, "MAPIFreeBuffer", &real.free_buffer);
    bind_entry(module, "HrThisThreadAdviseSink", &real.this_thread_advise_sink);
    bind_entry(module, "WrapCompressedRTFStream", &real.wrap_compressed_rtf);
    bind_entry(module, "RTFSync", &real.rtf_sync);
    bind_entry(module, "OpenIMsgOnIStg", &real.open_imsg_on_istg);
    bind_entry(module, "OpenIMsgSession", &real.open_imsg_session);
    bind_entry(module, "CloseIMsgSession", &real.close_imsg_session);
    bind_entry(module, "MAPIGetDefaultMalloc", &real.default_malloc);
    depth_slot = TlsAlloc();
    starts_slot = TlsAlloc();
    section = OpenFileMappingW(FILE_MAP_ALL_ACCESS, FALSE, WRAP_SECTION);
    if (section)
        control = MapViewOfFile(section, FILE_MAP_ALL_ACCESS, 0, 0, sizeof *control);
    return TRUE;
}

static HINSTANCE own_instance;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    (void)reason, (void)reserved;
    own_instance = instance;
    return TRUE;
}

HRESULT WINAPI MAPIInitialize(void *init)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    HRESULT hr;

    if (!InitOnceExecuteOnce(&once, load, own_instance, NULL))
        return MAPI_E_NOT_INITIALIZED;
    hr = real.initialize(init);
    if (SUCCEEDED(hr))
        slot_add(starts_slot, 1);
    return hr;
}

void WINAPI MAPIUninitialize(void)
{
    slot_add(starts_slot, -1);
    real.uninitialize();
}

HRESULT WINAPI MAPILogonEx(ULONG_PTR window, LPTSTR profile, LPTSTR password, ULONG flags, IMAPISession **session)
{
    bool outer = enter("MAPILogonEx");
    HRESULT hr = real.logon_ex(window, profile, password, flags, session);

    return given(outer, hr, NULL, KIND_SESSION, SUCCEEDED(hr) ? *session : NULL);
}

HRESULT WINAPI MAPIAdminProfiles(ULONG flags, IProfAdmin **admin)
{
    return real.admin_profiles(flags, admin);
}

SCODE WINAPI MAPIAllocateBuffer(ULONG size, void **buffer)
{
    return real.allocate_buffer(size, buffer);
}

SCODE WINAPI MAPIAllocateMore(ULONG size, void *object, void **buffer)
{
    return real.allocate_more(size, object, buffer);
}

ULONG WINAPI MAPIFreeBuffer(void *buffer)
{
    return real.free_buffer(buffer);
}

HRESULT WINAPI HrThisThreadAdviseSink(IMAPIAdviseSink *sink, IMAPIAdviseSink **wrapped)
{
    return real.this_thread_advise_sink(sink, wrapped);
}

HRESULT WINAPI WrapCompressedRTFStream(IStream *compressed, ULONG flags, IStream **plain)
{
    return real.wrap_compressed_rtf(compressed, flags, plain);
}

HRESULT WINAPI RTFSync(IMessage *message, ULONG flags, BOOL *updated)
{
    return real.rtf_sync(message, flags, updated);
}

SCODE WINAPI OpenIMsgOnIStg(LPMSGSESS session, LPALLOCATEBUFFER allocate, LPALLOCATEMORE more, LPFREEBUFFER release,
                            LPMALLOC malloc, LPVOID support, IStorage *storage, MSGCALLRELEASE *callback, ULONG data,
                            ULONG flags, IMessage **message)
{
    return real.open_imsg_on_istg(session, allocate, more, release, malloc, support, storage, callback, data, flags,
                                  message);
}

SCODE WINAPI OpenIMsgSession(LPMALLOC malloc, ULONG flags, LPMSGSESS *session)
{
    return real.open_imsg_session(malloc, flags, session);
}

void WINAPI CloseIMsgSession(LPMSGSESS session)
{
    real.close_imsg_session(session);
}

IMalloc *WINAPI MAPIGetDefaultMalloc(void)
{
    return real.default_malloc();
}
