/*
 * view_watch.c: table notifications: what a change in the mailbox means for a view that somebody listens to.
 *
 * Layer: provider. A change of one row is told as TABLE_ROW_ADDED, …MODIFIED or …DELETED. For a folder's plain view the
 * log of changes says which. For search folders, restrictions and deep hierarchies the ids of the rows are kept while
 * somebody listens, up to SHOWN_MAX. Where neither is so (categories, rows per value, views of what was deleted, more than
 * that, many changes at once) TABLE_CHANGED is told, on which a client reads the table again.
 */
#include "view_source_private.h"
#include "store.h"
#include <stdlib.h>
#include <string.h>

#define ROWS_AT_ONCE 64 /* more changes than that are one TABLE_CHANGED */
#define SHOWN_MAX 20000

/* ---- what is in the view ---- */

static int compare_ids(const void *a, const void *b)
{
    mbx_id x = *(const mbx_id *)a, y = *(const mbx_id *)b;
    return (x > y) - (x < y);
}

/* The first place whose id is not less. */
static ULONG shown_place(const struct view_source *source, mbx_id id)
{
    ULONG low = 0, high = source->shown_count;
    while (low < high) {
        ULONG middle = low + (high - low) / 2;
        if (source->shown[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_shown(const struct view_source *source, mbx_id id)
{
    ULONG at = shown_place(source, id);
    return at < source->shown_count && source->shown[at] == id;
}

static void forget_shown(struct view_source *source)
{
    free(source->shown);
    source->shown = NULL;
    source->shown_count = source->shown_room = 0;
    source->knows_shown = false;
}

/* Whether it is worth knowing: else the log tells, or rows are not told at all. */
static bool needs_shown(const struct view_source *source)
{
    return source->search || source->restricted || source->kind == MBX_VIEW_FOLDERS_DEEP;
}

static void read_shown(struct view_source *source)
{
    ULONG count = 0;
    forget_shown(source);
    if (FAILED(mailbox_change_last(source->mbx, &source->since)) || !needs_shown(source) ||
        FAILED(view_count(source->view, &count)) || count > SHOWN_MAX ||
        FAILED(view_ids(source->view, &source->shown, &source->shown_count)))
        return;
    qsort(source->shown, source->shown_count, sizeof(*source->shown), compare_ids);
    source->shown_room = source->shown_count;
    source->knows_shown = true;
}

static void add_shown(struct view_source *source, mbx_id id)
{
    ULONG at = shown_place(source, id);
    if (source->shown_count == source->shown_room) {
        ULONG room = source->shown_room * 2 + 16;
        mbx_id *grown = room < 2 * SHOWN_MAX ? realloc(source->shown, room * sizeof(*grown)) : NULL;
        if (!grown) {
            forget_shown(source);
            return;
        }
        source->shown = grown;
        source->shown_room = room;
    }
    memmove(&source->shown[at + 1], &source->shown[at], (source->shown_count++ - at) * sizeof(*source->shown));
    source->shown[at] = id;
}

static void remove_shown(struct view_source *source, mbx_id id)
{
    ULONG at = shown_place(source, id);
    memmove(&source->shown[at], &source->shown[at + 1], (--source->shown_count - at) * sizeof(*source->shown));
}

/* ---- telling ---- */

static void tell_changed(struct view_source *source)
{
    TABLE_NOTIFICATION told = {.ulTableEvent = TABLE_CHANGED, .hResult = S_OK};
    told.propIndex.ulPropTag = told.propPrior.ulPropTag = PR_NULL;
    table_notify(source->table, &told);
    if (source->knows_shown)
        read_shown(source);
}

/* Tells how the row of an object is now. was: it had one before; event: TABLE_ROW_ADDED or TABLE_ROW_MODIFIED for one that
 * is there. *is: it has one. */
static HRESULT tell_row(struct view_source *source, mbx_id id, bool was, ULONG event, bool *is)
{
    TABLE_NOTIFICATION told = {.hResult = S_OK};
    SBinary prior = {0, NULL}, key = {0, NULL};
    void *base;
    *is = false;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    told.propPrior.ulPropTag = PR_NULL;
    HRESULT hr = view_instance_key(source->view, id, base, &key);
    told.propIndex.ulPropTag = PR_INSTANCE_KEY;
    told.propIndex.Value.bin = key;
    if (SUCCEEDED(hr))
        hr = view_row_of(source->view, id, &told.row, &prior, base);
    if (hr == MAPI_E_NOT_FOUND) {
        told.ulTableEvent = TABLE_ROW_DELETED;
        told.row.cValues = 0;
        hr = S_OK;
    } else if (SUCCEEDED(hr)) {
        *is = true;
        told.ulTableEvent = event;
        if (prior.cb) {
            told.propPrior.ulPropTag = PR_INSTANCE_KEY;
            told.propPrior.Value.bin = prior;
        }
    }
    if (SUCCEEDED(hr) && (*is || was))
        table_notify(source->table, &told);
    MAPIFreeBuffer(base);
    return hr;
}

/* ---- plain views: the log tells ---- */

/* Whether a change is of the kind of objects that the view shows. */
static bool is_of_kind(const struct view_source *source, const struct mbx_change *change)
{
    bool folders = source->kind >= MBX_VIEW_FOLDERS;
    if (change->sequence <= source->since || change->object_type != (folders ? MAPI_FOLDER : MAPI_MESSAGE))
        return false;
    return folders || change->associated ==
                          (source->kind == MBX_VIEW_ASSOCIATED || source->kind == MBX_VIEW_ASSOCIATED_DELETED);
}

static bool concerns(const struct view_source *source, const struct mbx_change *change)
{
    if (!is_of_kind(source, change))
        return false;
    return source->search || source->kind == MBX_VIEW_FOLDERS_DEEP || change->parent == source->folder ||
           change->old_parent == source->folder;
}

static HRESULT tell_plain(struct view_source *source, const struct mbx_change *change)
{
    bool is;
    if (change->event == fnevNewMail) /* the message's creation has been told */
        return S_OK;
    return tell_row(source, change->id, true, change->event == fnevObjectModified ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED,
                    &is);
}

/* ---- views whose rows are known ---- */

static HRESULT tell_known(struct view_source *source, mbx_id id)
{
    bool was = is_shown(source, id), is;
    HRESULT hr = tell_row(source, id, was, was ? TABLE_ROW_MODIFIED : TABLE_ROW_ADDED, &is);
    if (SUCCEEDED(hr) && is && !was)
        add_shown(source, id);
    else if (SUCCEEDED(hr) && was && !is)
        remove_shown(source, id);
    return hr;
}

/* After a folder has gone: those below it have, too. */
static HRESULT tell_missing(struct view_source *source)
{
    mbx_id *before = source->shown;
    ULONG count = source->shown_count;
    HRESULT hr = S_OK;
    int64_t since = source->since;
    source->shown = NULL;
    read_shown(source);
    source->since = since; /* what came later is still to be told */
    for (ULONG i = 0; SUCCEEDED(hr) && source->knows_shown && i < count; i++)
        if (!is_shown(source, before[i])) {
            bool is;
            hr = tell_row(source, before[i], true, TABLE_ROW_MODIFIED, &is);
        }
    free(before);
    return hr;
}

/* The ids that changes name, each once, in their order; more than ROWS_AT_ONCE: MAPI_E_TOO_BIG. */
static HRESULT tell_ids(struct view_source *source, const struct mbx_change *changes, ULONG count)
{
    mbx_id ids[ROWS_AT_ONCE];
    ULONG n = 0, k;
    bool deep = source->kind == MBX_VIEW_FOLDERS_DEEP, missing = false;
    HRESULT hr = S_OK;
    for (ULONG i = 0; i < count; i++) {
        if (!concerns(source, &changes[i]))
            continue;
        if (deep && changes[i].event == fnevObjectMoved)
            return MAPI_E_TOO_BIG; /* what is below it has moved along */
        missing = missing || (deep && changes[i].event == fnevObjectDeleted);
        for (k = 0; k < n && ids[k] != changes[i].id; k++) {
        }
        if (k < n)
            continue;
        if (n == ROWS_AT_ONCE)
            return MAPI_E_TOO_BIG;
        ids[n++] = changes[i].id;
    }
    if (missing)
        hr = tell_missing(source);
    for (ULONG i = 0; SUCCEEDED(hr) && source->knows_shown && i < n; i++)
        hr = tell_known(source, ids[i]);
    return SUCCEEDED(hr) && !source->knows_shown ? MAPI_E_TOO_BIG : hr;
}

/* ---- the watcher ---- */

/* Whether rows are told one by one. */
static bool tells_rows(const struct view_source *source)
{
    return !source->categorised && !source->column_instances && !source->order_instances &&
           source->kind != MBX_VIEW_CONTENTS_DELETED &&
           source->kind != MBX_VIEW_ASSOCIATED_DELETED && source->kind != MBX_VIEW_FOLDERS_DELETED &&
           (source->knows_shown || !needs_shown(source));
}

static void changed(struct watcher *watcher, const struct mbx_change *changes, ULONG count)
{
    struct view_source *source = CONTAINING_RECORD(watcher, struct view_source, watcher);
    ULONG concerned = 0;
    bool anew = false;
    HRESULT hr = S_OK;
    if (FAILED(object_enter(watcher->object)))
        return;
    for (ULONG i = 0; i < count; i++) {
        concerned += concerns(source, &changes[i]);
        /* The search was made again, by new criteria or because folders have moved. */
        anew = anew || (source->search && changes[i].event == fnevSearchComplete && changes[i].id == source->folder &&
                        changes[i].sequence > source->since);
    }
    if (source->table && (concerned || anew)) {
        if (anew || !tells_rows(source))
            hr = MAPI_E_TOO_BIG;
        else if (source->knows_shown)
            hr = tell_ids(source, changes, count);
        else if (concerned > ROWS_AT_ONCE)
            hr = MAPI_E_TOO_BIG;
        for (ULONG i = 0; SUCCEEDED(hr) && !source->knows_shown && i < count; i++)
            if (concerns(source, &changes[i]))
                hr = tell_plain(source, &changes[i]);
        if (FAILED(hr))
            tell_changed(source);
    }
    object_leave(watcher->object);
}

HRESULT view_watch(struct table_source *base, IMAPITable *table, bool on)
{
    struct view_source *source = (struct view_source *)base;
    HRESULT hr = S_OK;
    source->table = on ? table : NULL;
    if (on && !source->watching) {
        source->watcher.mailbox = source->names.mailbox;
        source->watcher.changed = changed;
        source->watcher.object = (struct object *)table;
        read_shown(source);
        hr = notify_watch(&source->watcher, source->store->mbx);
        source->watching = SUCCEEDED(hr);
    } else if (!on) {
        view_watch_end(source);
    }
    return hr;
}

void view_watch_again(struct view_source *source)
{
    if (source->watching)
        read_shown(source);
}

void view_watch_end(struct view_source *source)
{
    if (source->watching)
        notify_unwatch(&source->watcher);
    source->watching = false;
    forget_shown(source);
}
