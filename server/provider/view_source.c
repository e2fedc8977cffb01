/*
 * view_source.c: the rows of a mailbox view as the source of a table. view_watch.c tells what changes in it.
 *
 * Layer: provider.
 */
#include "view_source_private.h"
#include "store.h"
#include <stdlib.h>
#include <string.h>

static struct mbx_view *view_of(struct table_source *source)
{
    return ((struct view_source *)source)->view;
}

static void source_destroy(struct table_source *base)
{
    struct view_source *source = (struct view_source *)base;
    view_watch_end(source);
    view_close(source->view);
    mailbox_close(source->mbx);
    free(source);
}

static bool has_instances(ULONG tag)
{
    return (PROP_TYPE(tag) & MVI_FLAG) == MVI_FLAG;
}

static HRESULT source_set_columns(struct table_source *base, const SPropTagArray *tags)
{
    struct view_source *source = (struct view_source *)base;
    HRESULT hr = view_set_columns(source->view, tags);
    if (FAILED(hr))
        return hr;
    source->column_instances = false;
    for (ULONG i = 0; i < tags->cValues; i++)
        source->column_instances = source->column_instances || has_instances(tags->aulPropTag[i]);
    return S_OK;
}

static HRESULT source_all_columns(struct table_source *source, SPropTagArray **out)
{
    return view_all_columns(view_of(source), out);
}

static HRESULT source_sort(struct table_source *base, const SSortOrderSet *order)
{
    struct view_source *source = (struct view_source *)base;
    HRESULT hr = view_sort(source->view, order);
    if (FAILED(hr))
        return hr;
    source->categorised = order && order->cCategories;
    source->order_instances = false;
    for (ULONG i = 0; order && i < order->cSorts; i++)
        source->order_instances = source->order_instances || has_instances(order->aSort[i].ulPropTag);
    return S_OK;
}

static HRESULT source_restrict(struct table_source *base, const SRestriction *restriction)
{
    struct view_source *source = (struct view_source *)base;
    HRESULT hr = view_restrict(source->view, restriction);
    if (FAILED(hr))
        return hr;
    source->restricted = restriction != NULL;
    view_watch_again(source);
    return S_OK;
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

static HRESULT source_pos_settle(struct table_source *source, struct table_pos *pos, int64_t row[2])
{
    return view_pos_settle(((struct view_source *)source)->view, (struct mbx_pos *)pos, row);
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
    .pos_settle = source_pos_settle,
    .pos_free = source_pos_free,
    .pos_row = source_pos_row,
    .seek = source_seek,
    .rows = source_rows,
    .find = source_find,
    .expand = source_expand,
    .collapse = source_collapse,
    .collapse_state = source_collapse_state,
    .set_collapse_state = source_set_collapse_state,
    .watch = view_watch,
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
    const struct view_names *names = context;
    return object_type == MAPI_STORE ? entryid_store(&names->mailbox, names->open_flags, base, out)
                                     : entryid_object(&names->mailbox, object_type, id, base, out);
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
    source->names = (struct view_names){*store_guid(parent->store), parent->store->open_flags};
    HRESULT hr = mailbox_view_open(parent->store->mbx, kind, folder, view_entryid, &source->names, &source->view);
    if (FAILED(hr)) {
        free(source);
        return hr;
    }
    source->mbx = parent->store->mbx;
    mailbox_addref(source->mbx);
    return table_create(parent, &source->base, default_columns(kind), flags, out);
}
