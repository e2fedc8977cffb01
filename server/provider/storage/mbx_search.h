/*
 * mbx_search.h: the results of search folders, kept up to date by every write.
 *
 * Layer: portable.
 */
#ifndef STORAGE_MBX_SEARCH_H
#define STORAGE_MBX_SEARCH_H

#include "mbx.h"

/* Puts a changed message into the search folders that it matches and takes it out of the others. */
HRESULT search_update(struct mailbox *mbx, mbx_id id);
/* Before a message is deleted: takes it out of the search folders. */
HRESULT search_leave(struct mailbox *mbx, mbx_id id);
/* A folder was moved or deleted: the recursive searches that see it (or saw it) are evaluated anew. */
HRESULT search_folder_moved(struct mailbox *mbx, mbx_id folder);
/* Takes all results out of a search folder, and the search itself. */
HRESULT search_forget(struct mailbox *mbx, mbx_id search_folder);

#endif
