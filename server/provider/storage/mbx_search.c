/*
 * mbx_search.c: see mbx_search.h.
 *
 * Layer: portable.
 */
#include "mbx_search.h"

HRESULT search_update(struct mailbox *mbx, mbx_id id)
{
    (void)mbx, (void)id;
    return S_OK;
}

HRESULT search_leave(struct mailbox *mbx, mbx_id id)
{
    (void)mbx, (void)id;
    return S_OK;
}

HRESULT search_folder_moved(struct mailbox *mbx, mbx_id folder)
{
    (void)mbx, (void)folder;
    return S_OK;
}

HRESULT search_forget(struct mailbox *mbx, mbx_id search_folder)
{
    return db_run(mbx->db, "DELETE FROM item WHERE folder=?", "i", search_folder);
}
