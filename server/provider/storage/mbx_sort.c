/*
 * mbx_sort.c: see mbx_sort.h.
 *
 * Layer: portable.
 */
#include "mbx_sort.h"

HRESULT sort_forget(struct mailbox *mbx, mbx_id id)
{
    return db_run(mbx->db, "DELETE FROM sortkey WHERE id=? AND spec IN (SELECT id FROM sortspec)", "i", id);
}

HRESULT sort_remember(struct mailbox *mbx, mbx_id id)
{
    (void)mbx, (void)id;
    return S_OK;
}
