/*
 * mbx_sort.h: sort indexes made on demand: for orders that no index of the item table gives.
 *
 * Layer: portable. An index is a row in sortspec (folder, kind, sort columns) and one row per item in sortkey. It is made
 * when a view first needs it and kept up to date by every write, in whatever process. The SORT_INDEXES_MAX most recently
 * made of a folder are kept.
 */
#ifndef STORAGE_MBX_SORT_H
#define STORAGE_MBX_SORT_H

#include "mbx.h"

#define SORT_INDEXES_MAX 12

/* Takes a message's keys out of all indexes before it changes, and puts them in again after. */
HRESULT sort_forget(struct mailbox *mbx, mbx_id id);
HRESULT sort_remember(struct mailbox *mbx, mbx_id id);
/* The index for a view's order, made if need be. *spec: the one that was found before, or 0. */
struct mbx_view;
HRESULT sort_index_open(struct mbx_view *view, int64_t *spec);

#endif
