/*
 * view_source.c: the rows of a mailbox view as the source of a table, with notifications for what changes in it.
 *
 * Layer: provider. A change of one row is told as TABLE_ROW_ADDED, …MODIFIED or …DELETED; where that is not known (a
 * search folder, a restricted view, many changes at once) as TABLE_CHANGED, on which a client reads the table again.
 */
#include "view_source.h"
#include "notify.h"
#include "store.h"
#include <stdlib.h>
#include <string.h>

#define ROWS_AT_ONCE 64 /* more changes than that are one TABLE_CHANGED */

struct view_source {
    struct table_source base;
    struct mbx_view *view;
    struct mailbox *mbx; /* referenced: the view needs it to the end, also after a logoff */
    struct store *store; /* pinned by the table */
    enum mbx_view_kind kind;
    mbx_id folder;
    bool search;         /* the folder is a search folder */
    bool restricted, categorised;
    GUID mailbox;        /* the context of view_entryid */
    IMAPITable *table;   /* while watched */
    struct watcher watcher;
    bool watching;
};

static struct mbx_view *view_of(struct table_source *source)
{
    return ((struct view_source *)source)->view;
}

static void source_destroy(struct table_source *base)
{
    struct view_source *source = (struct view_source *)base;
    if (source->watching)
        notify_unwatch(&source->watcher);
    view_close(source->view);
    mailbox_close(source->mbx);
    free(source);
}

static HRESULT source_set_columns(struct table_source *source, const SPropTagArray *tags)
{
    return view_set_columns(view_of(source), tags);
}

static HRESULT source_all_columns(struct table_source *source, SPropTagArray **out)
{
    return view_all_columns(view_of(source), out);
}

static HRESULT source_sort(struct table_source *source, const SSortOrderSet *order)
{
    HRESULT hr = view_sort(view_of(source), order);
    if (SUCCEEDED(hr))
        ((struct view_source *)source)->categorised = order && order->cCategories;
    return hr;
}

static HRESULT source_restrict(struct table_source *source, const SRestriction *restriction)
{
    HRESULT hr = view_restrict(view_of(source), restriction);
    if (SUCCEEDED(hr))
        ((struct view_source *)source)->restricted = restriction != NULL;
    return hr;
}

static HRESULT source_count(struct table_source *source, ULONG *rows)
{
    return view_count(view_of(source), rows);
}

static HRESULT source_pos_begin(struct table_source *source, struct table_pos **out)
{
    return view_pos_begin(view_of(source), (struct mbx_pos **)out);
}

static HRESULT source_pos_end(struct table_source *source, struct table_pos **out)
{
    return view_pos_end(view_of(source), (struct mbx_pos **)out);
}

static HRESULT source_pos_copy(struct table_source *source, const struct table_pos *pos, struct table_pos **out)
{
    (void)source;
    return view_pos_copy((const struct mbx_pos *)pos, (struct mbx_pos **)out);
}

static void source_pos_free(struct table_source *source, struct table_pos *pos)
{
    (void)source;
    if (pos)
        view_pos_free((struct mbx_pos *)pos);
}

static HRESULT source_pos_row(struct table_source *source, const struct table_pos *pos, ULONG *row)
{
    return view_pos_row(view_of(source), (const struct mbx_pos *)pos, row);
}

static HRESULT source_seek(struct table_source *source, struct table_pos *pos, LONG n, LONG *moved)
{
    return view_seek(view_of(source), (struct mbx_pos *)pos, n, moved);
}

static HRESULT source_rows(struct table_source *source, struct table_pos *pos, LONG n, bool advance, SRowSet **out)
{
    return view_rows(view_of(source), (struct mbx_pos *)pos, n, advance, out);
}

static HRESULT source_find(struct table_source *source, struct table_pos *pos, const SRestriction *restriction,
                           bool backward)
{
    return view_find(view_of(source), (struct mbx_pos *)pos, restriction, backward);
}

static HRESULT source_expand(struct table_source *source, const SBinary *instance_key, ULONG *added)
{
    return view_expand(view_of(source), instance_key, added);
}

static HRESULT source_collapse(struct table_source *source, const SBinary *instance_key, ULONG *removed)
{
    return view_collapse(view_of(source), instance_key, removed);
}

static HRESULT source_collapse_state(struct table_source *source, SBinary *out)
{
    return view_collapse_state(view_of(source), out);
}

static HRESULT source_set_collapse_state(struct table_source *source, const SBinary *state)
{
    return view_set_collapse_state(view_of(source), state);
}

/* ---- notifications ---- */

/* Whether a change can concern this view, and whether its object is (not: was) in the folder. */
static bool concerns(const struct view_source *source, const struct mbx_change *change, bool *inside)
{
    ULONG wanted = source->kind >= MBX_VIEW_FOLDERS ? MAPI_FOLDER : MAPI_MESSAGE;
    bool associated = source->kind == MBX_VIEW_ASSOCIATED;
    *inside = true;
    if (change->object_type != wanted)
        return false;
    if (wanted == MAPI_MESSAGE && change->associated != associated)
        return false;
    if (source->search || source->kind == MBX_VIEW_FOLDERS_DEEP)
        return true;
    *inside = change->parent == source->folder && change->event != fnevObjectDeleted;
    return change->parent == source->folder || change->old_parent == source->folder;
}

static void tell_changed(struct view_source *source)
{
    TABLE_NOTIFICATION told = {.ulTableEvent = TABLE_CHANGED, .hResult = S_OK};
    told.propIndex.ulPropTag = told.propPrior.ulPropTag = PR_NULL;
    table_notify(source->table, &told);
}

static HRESULT tell_row(struct view_source *source, const struct mbx_change *change, bool inside)
{
    TABLE_NOTIFICATION told = {.hResult = S_OK};
    SBinary prior = {0, NULL}, key = {0, NULL};
    void *base;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    told.propIndex.ulPropTag = told.propPrior.ulPropTag = PR_NULL;
    HRESULT hr = view_instance_key(source->view, change->id, base, &key);
    told.propIndex.ulPropTag = PR_INSTANCE_KEY;
    told.propIndex.Value.bin = key;
    if (SUCCEEDED(hr) && inside)
        hr = view_row_of(source->view, change->id, &told.row, &prior, base);
    if (hr == MAPI_E_NOT_FOUND || (SUCCEEDED(hr) && !inside)) {
        told.ulTableEvent = TABLE_ROW_DELETED;
        told.row.cValues = 0;
        hr = S_OK;
    } else if (SUCCEEDED(hr)) {
        told.ulTableEvent = change->event == fnevObjectModified || change->event == fnevNewMail ? TABLE_ROW_MODIFIED
                                                                                                : TABLE_ROW_ADDED;
        if (prior.cb) {
            told.propPrior.ulPropTag = PR_INSTANCE_KEY;
            told.propPrior.Value.bin = prior;
        }
    }
    if (SUCCEEDED(hr))
        table_notify(source->table, &told);
    MAPIFreeBuffer(base);
    return hr;
}

static void source_changed(struct watcher *watcher, const struct mbx_change *changes, ULONG count)
{
    struct view_source *source = CONTAINING_RECORD(watcher, struct view_source, watcher);
    ULONG concerned = 0;
    bool inside;
    if (FAILED(object_enter(watcher->object)))
        return;
    for (ULONG i = 0; i < count; i++)
        concerned += concerns(source, &changes[i], &inside);
    if (source->table && concerned) {
        bool whole = source->search || source->categorised || source->restricted || concerned > ROWS_AT_ONCE ||
                     source->kind == MBX_VIEW_FOLDERS_DEEP || source->kind == MBX_VIEW_CONTENTS_DELETED;
        for (ULONG i = 0; i < count && !whole; i++)
            if (changes[i].event != fnevNewMail && concerns(source, &changes[i], &inside))
                whole = FAILED(tell_row(source, &changes[i], inside));
        if (whole)
            tell_changed(source);
    }
    object_leave(watcher->object);
}

static HRESULT source_watch(struct table_source *base, IMAPITable *table, bool on)
{
    struct view_source *source = (struct view_source *)base;
    HRESULT hr = S_OK;
    source->table = on ? table : NULL;
    if (on && !source->watching) {
        source->watcher.mailbox = source->mailbox;
        source->watcher.changed = source_changed;
        source->watcher.object = (struct object *)table;
        hr = notify_watch(&source->watcher, source->store->mbx);
        source->watching = SUCCEEDED(hr);
    } else if (!on && source->watching) {
        notify_unwatch(&source->watcher);
        source->watching = false;
    }
    return hr;
}

static const struct table_source_ops view_source_ops = {
    .destroy = source_destroy,
    .set_columns = source_set_columns,
    .all_columns = source_all_columns,
    .sort = source_sort,
    .restrict_rows = source_restrict,
    .count = source_count,
    .pos_begin = source_pos_begin,
    .pos_end = source_pos_end,
    .pos_copy = source_pos_copy,
    .pos_free = source_pos_free,
    .pos_row = source_pos_row,
    .seek = source_seek,
    .rows = source_rows,
    .find = source_find,
    .expand = source_expand,
    .collapse = source_collapse,
    .collapse_state = source_collapse_state,
    .set_collapse_state = source_set_collapse_state,
    .watch = source_watch,
};

/* ---- the tables ---- */

static const SPropTagArray *default_columns(enum mbx_view_kind kind)
{
    static const SizedSPropTagArray(26, contents) = {
        26,
        {PR_ENTRYID, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY,
         PR_OBJECT_TYPE, PR_SUBJECT_W, PR_NORMALIZED_SUBJECT_W, PR_MESSAGE_CLASS_W, PR_MESSAGE_FLAGS, PR_MSG_STATUS,
         PR_MESSAGE_SIZE, PR_HASATTACH, PR_IMPORTANCE, PR_SENSITIVITY, PR_SENDER_NAME_W, PR_SENT_REPRESENTING_NAME_W,
         PR_DISPLAY_TO_W, PR_DISPLAY_CC_W, PR_CLIENT_SUBMIT_TIME, PR_MESSAGE_DELIVERY_TIME, PR_CREATION_TIME,
         PR_LAST_MODIFICATION_TIME, PR_CONVERSATION_TOPIC_W, PR_MAPPING_SIGNATURE}};
    static const SizedSPropTagArray(19, hierarchy) = {
        19,
        {PR_ENTRYID, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_PARENT_ENTRYID, PR_STORE_ENTRYID, PR_STORE_RECORD_KEY,
         PR_OBJECT_TYPE, PR_DISPLAY_NAME_W, PR_DISPLAY_TYPE, PR_COMMENT_W, PR_FOLDER_TYPE, PR_CONTAINER_CLASS_W,
         PR_CONTENT_COUNT, PR_CONTENT_UNREAD, PR_ASSOC_CONTENT_COUNT, PR_SUBFOLDERS, PR_DEPTH, PR_ACCESS,
         PR_LAST_MODIFICATION_TIME}};
    return kind >= MBX_VIEW_FOLDERS ? (const SPropTagArray *)&hierarchy : (const SPropTagArray *)&contents;
}

HRESULT view_entryid(void *context, ULONG object_type, mbx_id id, void *base, SBinary *out)
{
    return object_type == MAPI_STORE ? entryid_store(context, 0, base, out)
                                     : entryid_object(context, object_type, id, base, out);
}

HRESULT view_table_open(struct object *parent, enum mbx_view_kind kind, mbx_id folder, bool search, ULONG flags,
                        IMAPITable **out)
{
    struct view_source *source = calloc(1, sizeof(*source));
    *out = NULL;
    if (!source)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    source->base.ops = &view_source_ops;
    source->store = parent->store;
    source->kind = kind;
    source->folder = folder;
    source->search = search;
    source->mailbox = *store_guid(parent->store);
    HRESULT hr = mailbox_view_open(parent->store->mbx, kind, folder, view_entryid, &source->mailbox, &source->view);
    if (FAILED(hr)) {
        free(source);
        return hr;
    }
    source->mbx = parent->store->mbx;
    mailbox_addref(source->mbx);
    return table_create(parent, &source->base, default_columns(kind), flags, out);
}
