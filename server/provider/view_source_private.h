/*
 * view_source_private.h: what view_source.c (the rows) and view_watch.c (what changes in them) share.
 *
 * Layer: provider, store part.
 */
#ifndef PROVIDER_VIEW_SOURCE_PRIVATE_H
#define PROVIDER_VIEW_SOURCE_PRIVATE_H

#include "notify.h"
#include "store.h"
#include "view_source.h"

struct view_source {
    struct table_source base;
    struct mbx_view *view;
    struct mailbox *mbx; /* referenced: the view needs it to the end, also after a logoff */
    struct store *store; /* pinned by the table */
    enum mbx_view_kind kind;
    mbx_id folder;
    bool search;         /* the folder is a search folder */
    bool restricted, categorised;
    bool column_instances, order_instances; /* multi-values have a row for each value */
    struct view_names names; /* the context of view_entryid */
    IMAPITable *table;   /* while watched */
    struct watcher watcher;
    bool watching;
    int64_t since;       /* changes up to here are older than what is known of the rows */
    mbx_id *shown;       /* what is in the view, sorted, where changes alone do not tell what was */
    ULONG shown_count, shown_room;
    bool knows_shown;
};

/* table_source_ops.watch. */
HRESULT view_watch(struct table_source *source, IMAPITable *table, bool on);
/* After a new restriction: what is in the view is read again, where it has to be known. */
void view_watch_again(struct view_source *source);
void view_watch_end(struct view_source *source);

#endif
