/*
 * mbx_sort.h: sort indexes made on demand: for orders that no index of the item table gives.
 *
 * Layer: portable.
 */
#ifndef STORAGE_MBX_SORT_H
#define STORAGE_MBX_SORT_H

#include "mbx.h"

/* Takes a message's keys out of all indexes before it changes, and puts them in again after. */
HRESULT sort_forget(struct mailbox *mbx, mbx_id id);
HRESULT sort_remember(struct mailbox *mbx, mbx_id id);

#endif
