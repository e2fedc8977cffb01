/*
 * notify_thread.c: the process's notification thread: reads the change logs of the mailboxes that somebody listens to,
 * and calls sinks that take calls on any thread.
 *
 * Layer: provider, store part. Commits of this process wake it at once; those of other processes are noticed within
 * POLL_MS by SQLite's data_version. It runs from the first listener to the last MAPIUninitialize.
 */
#include "init.h"
#include "notify_private.h"
#include "provider.h"
#include "store.h"
#include <stdlib.h>
#include <string.h>

#define POLL_MS 100
#define DIRECTORY_TURNS 5
#define CHANGES_AT_ONCE 128
#define STOP_MS 10000 /* a sink that waits for the thread that ends MAPI must not hold it for ever */

struct pending {
    void *queued;
    struct pending *next;
};

static HANDLE thread, wake;
static volatile DWORD thread_id; /* of the thread that is to run, 0: none; any other ends */
static struct pending *first_pending, **end_pending = &first_pending; /* under the lock */

static bool stopping(void)
{
    return GetCurrentThreadId() != thread_id;
}

/* ---- one mailbox's changes ---- */

static void post_new_mail(struct registration *to, struct mailbox *mbx, const struct mbx_change *change, void *base)
{
    NOTIFICATION event = {.ulEventType = fnevNewMail};
    NEWMAIL_NOTIFICATION *mail = &event.info.newmail;
    struct mbx_message *msg = NULL;
    SBinary id, parent;
    if (FAILED(entryid_object(&to->mailbox, MAPI_MESSAGE, change->id, base, &id)) ||
        FAILED(entryid_object(&to->mailbox, MAPI_FOLDER, change->parent, base, &parent)))
        return;
    mail->cbEntryID = id.cb;
    mail->lpEntryID = (ENTRYID *)id.lpb;
    mail->cbParentID = parent.cb;
    mail->lpParentID = (ENTRYID *)parent.lpb;
    mail->ulFlags = MAPI_UNICODE;
    if (SUCCEEDED(mailbox_message_load(mbx, change->id, MBX_LOAD_PROPS, &msg))) {
        mail->lpszMessageClass = (LPTSTR)propbag_string(msg->props, PR_MESSAGE_CLASS_W);
        mail->ulMessageFlags = (ULONG)propbag_long(msg->props, PR_MESSAGE_FLAGS, 0);
    }
    advise_post(to->advise, &event);
    mbx_message_free(msg);
}

static bool set_id(const GUID *mailbox, ULONG type, mbx_id id, void *base, ULONG *cb, ENTRYID **out)
{
    SBinary made = {0, NULL};
    *cb = 0;
    *out = NULL;
    if (!id)
        return true;
    HRESULT hr = type == MAPI_STORE ? entryid_store(mailbox, 0, base, &made) : entryid_object(mailbox, type, id, base, &made);
    *cb = made.cb;
    *out = (ENTRYID *)made.lpb;
    return SUCCEEDED(hr);
}

static void post_object(struct registration *to, const struct mbx_change *change, void *base)
{
    NOTIFICATION event = {.ulEventType = change->event};
    OBJECT_NOTIFICATION *obj = &event.info.obj;
    obj->ulObjType = change->object_type;
    if (set_id(&to->mailbox, change->object_type, change->id, base, &obj->cbEntryID, &obj->lpEntryID) &&
        set_id(&to->mailbox, MAPI_FOLDER, change->parent, base, &obj->cbParentID, &obj->lpParentID) &&
        set_id(&to->mailbox, change->object_type, change->old_id, base, &obj->cbOldID, &obj->lpOldID) &&
        set_id(&to->mailbox, MAPI_FOLDER, change->old_parent, base, &obj->cbOldParentID, &obj->lpOldParentID))
        advise_post(to->advise, &event);
}

/* Registrations that a change concerns, copied out of the lock. */
static void tell_registrations(const GUID *mailbox, struct mailbox *mbx, const struct mbx_change *change)
{
    struct registration *copies = NULL;
    notify_lock();
    for (struct registration *one = notify_registrations; one; one = one->next) {
        if (!one->has_mailbox || !IsEqualGUID(&one->mailbox, mailbox) || !(one->mask & change->event) ||
            change->sequence <= one->since ||
            (one->id && one->id != change->id && one->id != change->parent && one->id != change->old_parent &&
             one->id != change->old_id))
            continue;
        struct registration *copy = malloc(sizeof(*copy));
        if (!copy)
            break;
        *copy = *one;
        copy->advise = advise_addref(one->advise);
        copy->next = copies;
        copies = copy;
    }
    notify_unlock();
    while (copies) {
        struct registration *one = copies;
        void *base;
        copies = one->next;
        if (!MAPIAllocateBuffer(1, &base)) {
            if (change->event == fnevNewMail)
                post_new_mail(one, mbx, change, base);
            else
                post_object(one, change, base);
            MAPIFreeBuffer(base);
        }
        advise_release(one->advise);
        free(one);
    }
}

static void tell_watchers(const GUID *mailbox, const struct mbx_change *changes, ULONG count)
{
    struct {
        struct watcher *watcher;
        struct object *object;
    } *found = NULL;
    ULONG n = 0, room = 0;
    notify_lock();
    for (struct watcher *one = notify_watchers; one; one = one->next)
        room++;
    found = room ? calloc(room, sizeof(*found)) : NULL;
    for (struct watcher *one = notify_watchers; found && one; one = one->next)
        if (IsEqualGUID(&one->mailbox, mailbox) && object_try_addref(one->object)) {
            found[n].watcher = one;
            found[n++].object = one->object;
        }
    notify_unlock();
    for (ULONG i = 0; i < n; i++) {
        found[i].watcher->changed(found[i].watcher, changes, count);
        object_Release(found[i].object);
    }
    free(found);
}

/* Reads what is new in one mailbox; the caller holds a reference to it. */
static void read_mailbox(const GUID *guid, struct mailbox *mbx, int64_t *sequence)
{
    struct mbx_change changes[CHANGES_AT_ONCE];
    ULONG count;
    do {
        if (FAILED(mailbox_changes(mbx, sequence, changes, CHANGES_AT_ONCE, &count)))
            return;
        for (ULONG i = 0; i < count; i++)
            tell_registrations(guid, mbx, &changes[i]);
        if (count)
            tell_watchers(guid, changes, count);
    } while (count == CHANGES_AT_ONCE && !stopping());
}

/* Reads one mailbox if there may be something new in it. */
static void look_at(const struct watched *snapshot, bool ours)
{
    int64_t sequence = snapshot->sequence;
    bool changed = ours;
    if (!changed && FAILED(mailbox_changed_elsewhere(snapshot->mbx, &changed)))
        changed = false;
    if (!changed)
        return;
    read_mailbox(&snapshot->guid, snapshot->mbx, &sequence);
    notify_lock();
    for (struct watched *one = notify_mailboxes; one; one = one->next)
        if (IsEqualGUID(&one->guid, &snapshot->guid) && one->sequence < sequence)
            one->sequence = sequence;
    notify_unlock();
}

/* All watched mailboxes; `ours`: this process has committed something. */
static void read_mailboxes(bool ours)
{
    struct watched *snapshot;
    size_t count = 0, n = 0;
    notify_lock();
    for (struct watched *one = notify_mailboxes; one; one = one->next)
        count++;
    snapshot = calloc(count + 1, sizeof(*snapshot));
    for (struct watched *one = notify_mailboxes; snapshot && one; one = one->next) {
        snapshot[n++] = *one;
        mailbox_addref(one->mbx);
    }
    notify_unlock();
    for (size_t i = 0; i < n; i++) {
        look_at(&snapshot[i], ours);
        mailbox_close(snapshot[i].mbx);
    }
    free(snapshot);
}

/* ---- the directory ---- */

struct listener {
    struct object *owner; /* referenced */
    struct advise *advise;
    int64_t version;
    bool personal;
};

static void tell_of_directory(const struct listener *listener, int64_t version)
{
    NOTIFICATION event = {.ulEventType = fnevObjectModified};
    BYTE *id = NULL;
    notify_lock();
    for (struct registration *one = notify_registrations; one; one = one->next)
        if (one->advise == listener->advise) {
            one->since = version;
            event.info.obj.ulObjType = one->object_type;
            if (one->entry.cb && (id = malloc(one->entry.cb)) != NULL) {
                memcpy(id, one->entry.lpb, one->entry.cb);
                event.info.obj.cbEntryID = one->entry.cb;
                event.info.obj.lpEntryID = (ENTRYID *)id;
            }
        }
    notify_unlock();
    if (event.info.obj.ulObjType)
        advise_post(listener->advise, &event);
    free(id);
}

/* Tells those who listen to entries of the address book that the directory has changed. */
static void read_directory(void)
{
    struct listener *listeners = NULL;
    size_t count = 0, n = 0;
    notify_lock();
    for (struct registration *one = notify_registrations; one; one = one->next)
        count += one->of_directory;
    listeners = count ? calloc(count, sizeof(*listeners)) : NULL;
    for (struct registration *one = notify_registrations; listeners && one; one = one->next)
        if (one->of_directory && (one->mask & fnevObjectModified) && object_try_addref(one->owner))
            listeners[n++] = (struct listener){one->owner, advise_addref(one->advise), one->since, one->of_personal};
    notify_unlock();
    for (size_t i = 0; i < n; i++) {
        int64_t version;
        if (SUCCEEDED(notify_directory_version(listeners[i].owner, listeners[i].personal, &version)) &&
            version != listeners[i].version)
            tell_of_directory(&listeners[i], version);
        advise_release(listeners[i].advise);
        object_Release(listeners[i].owner);
    }
    free(listeners);
}

/* ---- the thread ---- */

static void run_pending(void)
{
    for (;;) {
        notify_lock();
        struct pending *one = first_pending;
        if (one && !(first_pending = one->next))
            end_pending = &first_pending;
        notify_unlock();
        if (!one)
            return;
        advise_call(one->queued);
        free(one);
    }
}

static bool anybody(void)
{
    notify_lock();
    bool yes = notify_mailboxes != NULL;
    for (struct registration *one = notify_registrations; one && !yes; one = one->next)
        yes = one->of_directory;
    notify_unlock();
    return yes;
}

static DWORD WINAPI run(void *parameter)
{
    (void)parameter;
    notify_lock(); /* until thread_id is known */
    notify_unlock();
    mapi_thread_adopt(true);
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (unsigned turn = 1; !stopping(); turn++) {
        bool ours = WaitForSingleObject(wake, anybody() ? POLL_MS : INFINITE) == WAIT_OBJECT_0;
        if (!stopping())
            read_mailboxes(ours);
        if (!stopping() && turn % DIRECTORY_TURNS == 0)
            read_directory();
        run_pending();
    }
    run_pending();
    CoUninitialize();
    mapi_thread_adopt(false);
    return 0;
}

static void committed(void *context, const GUID *mailbox)
{
    (void)context, (void)mailbox;
    if (wake)
        SetEvent(wake);
}

/* The last MAPIUninitialize. */
static void stop(void)
{
    notify_lock();
    HANDLE ending = thread;
    DWORD id = thread_id;
    thread = NULL;
    thread_id = 0;
    notify_unlock();
    if (!ending)
        return;
    storage_set_commit_hook(NULL, NULL);
    SetEvent(wake);
    if (GetCurrentThreadId() != id) /* a callback may be the one that ends MAPI */
        WaitForSingleObject(ending, STOP_MS);
    CloseHandle(ending);
}

HRESULT notify_thread_wake(void)
{
    HRESULT hr = S_OK;
    notify_lock();
    if (!wake)
        wake = CreateEventW(NULL, FALSE, FALSE, NULL);
    if (!thread && wake) {
        DWORD id = 0;
        thread = CreateThread(NULL, 0, run, NULL, 0, &id);
        thread_id = id;
        if (thread)
            mapi_at_last_uninitialize(stop);
    }
    if (!thread)
        hr = MAPI_E_NOT_ENOUGH_RESOURCES;
    notify_unlock();
    if (SUCCEEDED(hr)) {
        storage_set_commit_hook(committed, NULL);
        SetEvent(wake);
    }
    return hr;
}

bool notify_thread_queue(void *queued)
{
    struct pending *one = calloc(1, sizeof(*one));
    if (!one)
        return false;
    one->queued = queued;
    notify_lock();
    *end_pending = one;
    end_pending = &one->next;
    notify_unlock();
    if (FAILED(notify_thread_wake())) {
        /* Without a thread nobody would ever call it: take it out again. */
        notify_lock();
        for (struct pending **link = &first_pending; *link; link = &(*link)->next)
            if (*link == one) {
                *link = one->next;
                break;
            }
        end_pending = &first_pending;
        while (*end_pending)
            end_pending = &(*end_pending)->next;
        notify_unlock();
        free(one);
        return false;
    }
    return true;
}
