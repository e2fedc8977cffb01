/*
 * imsg_win.c: OpenIMsgOnIStg and its companions: IMessage over a message file.
 *
 * Layer: provider; Windows alone. The message is the provider's own IMessage over a tree in memory that was
 * read from the storage; SaveChanges of the top message writes the whole tree back and commits the storage.
 * Limits: results are allocated with this DLL's allocator, whichever functions the caller names; attributes
 * are kept of the top message's properties alone.
 */
#include "istorage_win.h"
#include "../message.h"

#include <stdlib.h>
#include <string.h>

/* What a message file's objects hang from: the parent of its message. */
struct imsg_file {
    struct object base;
    IStorage *storage; /* NULL after its session was closed */
    struct msg_names names;
    struct msg_flags flags;
    bool commit; /* SaveChanges commits the storage */
    IMessage *message;
    MSGCALLRELEASE *on_release;
    ULONG caller_data;
    struct _MSGSESS *session;
    struct imsg_file *next; /* of the session */
};

/* LPMSGSESS: the messages that are closed together. */
struct _MSGSESS {
    CRITICAL_SECTION lock;
    struct imsg_file *first;
    LONG refs; /* the caller's and one for each message */
};

/* ---- sessions -------------------------------------------------------------------------------------------
 */

static void session_release(struct _MSGSESS *session)
{
    if (InterlockedDecrement(&session->refs) == 0) {
        DeleteCriticalSection(&session->lock);
        free(session);
    }
}

static void session_add(struct _MSGSESS *session, struct imsg_file *file)
{
    InterlockedIncrement(&session->refs);
    EnterCriticalSection(&session->lock);
    file->session = session;
    file->next = session->first;
    session->first = file;
    LeaveCriticalSection(&session->lock);
}

static void session_remove(struct imsg_file *file)
{
    struct _MSGSESS *session = file->session;
    EnterCriticalSection(&session->lock);
    struct imsg_file **link = &session->first;
    while (*link && *link != file)
        link = &(*link)->next;
    if (*link)
        *link = file->next;
    LeaveCriticalSection(&session->lock);
    session_release(session);
}

static void drop_storage(struct imsg_file *file)
{
    IStorage *storage = InterlockedExchangePointer((void *volatile *)&file->storage, NULL);
    if (storage)
        storage->lpVtbl->Release(storage);
}

STDAPI_(SCODE) OpenIMsgSession(LPMALLOC malloc_object, ULONG flags, LPMSGSESS *out)
{
    (void)malloc_object;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (flags)
        return MAPI_E_UNKNOWN_FLAGS;
    struct _MSGSESS *session = calloc(1, sizeof *session);
    if (!session)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection(&session->lock);
    session->refs = 1;
    *out = session;
    return S_OK;
}

STDAPI_(void) CloseIMsgSession(LPMSGSESS session)
{
    if (!session)
        return;
    EnterCriticalSection(&session->lock);
    for (struct imsg_file *file = session->first; file; file = file->next)
        drop_storage(file);
    LeaveCriticalSection(&session->lock);
    session_release(session);
}

/* ---- the file -------------------------------------------------------------------------------------------
 */

static void file_destroy(void *object)
{
    struct imsg_file *file = object;
    if (file->on_release)
        file->on_release(file->caller_data, file->message);
    if (file->session)
        session_remove(file);
    drop_storage(file);
    msg_names_free(&file->names);
    msg_flags_free(&file->flags);
}

static const IID *const file_iids[] = {NULL};
static const struct object_class file_class = {
    .name = "message file",
    .size = sizeof(struct imsg_file),
    .iids = file_iids,
    .destroy = file_destroy,
};

static struct imsg_file *file_of(const struct prop_object *object)
{
    return (struct imsg_file *)object->base.parent;
}

static HRESULT file_save(struct prop_object *object, ULONG flags)
{
    struct imsg_file *file = file_of(object);
    struct message *message = (struct message *)object;
    (void)flags;
    if (!file->storage)
        return MAPI_E_INVALID_OBJECT;
    HRESULT hr = message_compute(message);
    if (FAILED(hr))
        return hr;
    struct msg_dir root = istorage_dir(file->storage);
    hr = msg_write(&root, message->msg, &file->names, &file->flags);
    if (SUCCEEDED(hr) && file->commit)
        hr = file->storage->lpVtbl->Commit(file->storage, STGC_DEFAULT);
    return hr;
}

static HRESULT file_named_id(struct prop_object *object, const MAPINAMEID *name, bool create, ULONG *id)
{
    return msg_names_id(&file_of(object)->names, name, create, id);
}

/* A copy in one block, as prop_names.c frees it. */
static HRESULT file_named_name(struct prop_object *object, ULONG id, MAPINAMEID **out)
{
    const MAPINAMEID *name = msg_names_get(&file_of(object)->names, id);
    *out = NULL;
    if (!name)
        return MAPI_E_NOT_FOUND;
    size_t size =
        name->ulKind == MNID_STRING ? ((size_t)lstrlenW(name->Kind.lpwstrName) + 1) * sizeof(WCHAR) : 0;
    MAPINAMEID *copy;
    if (MAPIAllocateBuffer((ULONG)(sizeof *copy + sizeof(GUID) + size), (void **)&copy))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *copy = *name;
    copy->lpguid = (GUID *)(copy + 1);
    memcpy(copy->lpguid, name->lpguid, sizeof(GUID));
    if (size) {
        copy->Kind.lpwstrName = (WCHAR *)(copy->lpguid + 1);
        memcpy(copy->Kind.lpwstrName, name->Kind.lpwstrName, size);
    }
    *out = copy;
    return S_OK;
}

static HRESULT file_named_each(struct prop_object *object, const GUID *set,
                               HRESULT (*row)(void *context, ULONG id, const MAPINAMEID *name), void *context)
{
    const struct msg_names *names = &file_of(object)->names;
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < names->count && SUCCEEDED(hr); i++)
        if (!set || IsEqualGUID(set, names->names[i].lpguid))
            hr = row(context, 0x8000 + i, &names->names[i]);
    return hr;
}

/* The message's behaviour, but for saving and names. */
static const struct prop_object_ops *file_ops(void)
{
    static struct prop_object_ops ops;
    static volatile LONG made;
    if (!made) { /* threads that meet here write the same */
        ops = message_prop_ops;
        ops.save = file_save;
        ops.named_id = file_named_id;
        ops.named_name = file_named_name;
        ops.named_each = file_named_each;
        InterlockedExchange(&made, 1);
    }
    return &ops;
}

/* Reads the message; a storage that holds none yet gives an empty one. */
static HRESULT load(struct imsg_file *file, struct mbx_message **out)
{
    struct msg_dir root = istorage_dir(file->storage);
    struct bytebuf probe = {0};
    HRESULT hr = root.ops->read(&root, "__properties_version1.0", &probe);
    bytebuf_free(&probe);
    if (hr != MAPI_E_NOT_FOUND)
        return FAILED(hr) ? hr : msg_read(&root, out, &file->names, &file->flags);
    hr = mbx_message_new(0, false, out);
    if (SUCCEEDED(hr))
        (*out)->recipients_loaded = (*out)->attachments_loaded = true;
    return hr;
}

STDAPI_(SCODE)
OpenIMsgOnIStg(LPMSGSESS session, LPALLOCATEBUFFER allocate, LPALLOCATEMORE more, LPFREEBUFFER release,
               LPMALLOC malloc_object, LPVOID support, LPSTORAGE storage, MSGCALLRELEASE *on_release,
               ULONG caller_data, ULONG flags, LPMESSAGE *out)
{
    struct imsg_file *file = NULL;
    struct mbx_message *tree = NULL;
    STATSTG info;
    (void)allocate, (void)more, (void)release, (void)malloc_object, (void)support;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!storage)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(IMSG_NO_ISTG_COMMIT | MAPI_UNICODE))
        return MAPI_E_UNKNOWN_FLAGS;
    HRESULT hr = storage->lpVtbl->Stat(storage, &info, STATFLAG_NONAME);
    if (FAILED(hr))
        return hr;
    hr = object_create(&file_class, NULL, &file);
    if (FAILED(hr))
        return hr;
    storage->lpVtbl->AddRef(storage);
    file->storage = storage;
    file->commit = !(flags & IMSG_NO_ISTG_COMMIT);
    bool writable = (info.grfMode & (STGM_WRITE | STGM_READWRITE)) != 0;
    hr = load(file, &tree);
    if (SUCCEEDED(hr))
        hr = message_wrap(&file->base, tree, writable, NULL, out);
    if (SUCCEEDED(hr)) {
        ((struct message *)*out)->prop.ops = file_ops();
        file->message = *out;
        file->on_release = on_release;
        file->caller_data = caller_data;
        if (session)
            session_add(session, file);
    }
    object_Release(file); /* the message holds it */
    return hr;
}

/* ---- attributes -----------------------------------------------------------------------------------------
 */

/* The top message of a message file, or NULL; parts of one (attachments, messages in them) have a message as
 * ancestor. */
static struct message *top_message(void *object)
{
    struct message *message = object;
    if (!message_is_ours(object) || !message->prop.base.parent ||
        message->prop.base.parent->cls != &file_class)
        return NULL;
    return message;
}

STDAPI GetAttribIMsgOnIStg(LPVOID object, LPSPropTagArray tags, LPSPropAttrArray *out)
{
    struct message *message = top_message(object);
    SPropAttrArray *attributes;
    if (!out)
        return MAPI_E_INVALID_PARAMETER;
    *out = NULL;
    if (!message || !tags)
        return MAPI_E_INVALID_PARAMETER;
    if (MAPIAllocateBuffer(CbNewSPropAttrArray(tags->cValues + 1), (void **)&attributes))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    attributes->cValues = tags->cValues;
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < tags->cValues; i++) {
        ULONG id = PROP_ID(tags->aulPropTag[i]);
        bool present = propbag_find(message->msg->props, id) != NULL;
        attributes->aPropAttr[i] =
            present ? msg_flags_get(&file_of(&message->prop)->flags, id) : PROPATTR_NOT_PRESENT;
        if (!present)
            hr = MAPI_W_ERRORS_RETURNED;
    }
    *out = attributes;
    return hr;
}

STDAPI SetAttribIMsgOnIStg(LPVOID object, LPSPropTagArray tags, LPSPropAttrArray attributes,
                           LPSPropProblemArray *problems)
{
    struct message *message = top_message(object);
    SPropProblemArray *found = NULL;
    HRESULT hr = S_OK;
    if (problems)
        *problems = NULL;
    if (!message || !tags || !attributes || tags->cValues != attributes->cValues)
        return MAPI_E_INVALID_PARAMETER;
    if (MAPIAllocateBuffer(CbNewSPropProblemArray(tags->cValues + 1), (void **)&found))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    found->cProblem = 0;
    for (ULONG i = 0; i < tags->cValues && SUCCEEDED(hr); i++) {
        ULONG id = PROP_ID(tags->aulPropTag[i]);
        ULONG value =
            attributes->aPropAttr[i] & (PROPATTR_MANDATORY | PROPATTR_READABLE | PROPATTR_WRITEABLE);
        if (propbag_find(message->msg->props, id))
            hr = msg_flags_set(&file_of(&message->prop)->flags, id, value);
        else
            found->aProblem[found->cProblem++] = (SPropProblem){i, tags->aulPropTag[i], MAPI_E_NOT_FOUND};
    }
    if (SUCCEEDED(hr) && found->cProblem && problems)
        *problems = found;
    else
        MAPIFreeBuffer(found);
    return hr;
}
