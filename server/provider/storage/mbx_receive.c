/*
 * mbx_receive.c: the receive folders: which folder takes incoming messages of a class.
 *
 * Layer: portable. Classes are compared without case and by whole dotted parts.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "text.h"

static HRESULT fold_class(const WCHAR *message_class, WCHAR **out)
{
    *out = text_duplicate(message_class == NULL ? L"" : message_class);
    if (*out == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (WCHAR *p = *out; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p += 32;
    return S_OK;
}

HRESULT mailbox_receive_folder_set(struct mailbox *mbx, const WCHAR *message_class, mbx_id folder)
{
    WCHAR *folded;
    HRESULT hr = fold_class(message_class, &folded);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = mailbox_begin(mbx))) {
        if (folder == 0)
            hr = db_run(mbx->db, "DELETE FROM receive WHERE class=?", "w", folded);
        else
            hr = db_run(mbx->db, "INSERT OR REPLACE INTO receive(class,folder,shown) VALUES(?,?,?)", "wiw", folded, folder,
                        message_class == NULL ? L"" : message_class);
        if (SUCCEEDED(hr))
            hr = mailbox_commit(mbx);
        else
            mailbox_rollback(mbx);
    }
    free(folded);
    return hr;
}

HRESULT mailbox_receive_folder_get(struct mailbox *mbx, const WCHAR *message_class, mbx_id *folder, WCHAR **matched)
{
    sqlite3_stmt *stmt = NULL;
    WCHAR *folded, *shown = NULL;
    bool row = false;
    *folder = 0;
    if (matched != NULL)
        *matched = NULL;
    HRESULT hr = fold_class(message_class, &folded);
    if (FAILED(hr))
        return hr;
    db_lock(mbx->db);
    /* The longest prefix that ends where a part ends; at last the empty one. */
    for (size_t n = text_length(folded);;) {
        folded[n] = 0;
        hr = db_query(mbx->db, &stmt, "SELECT folder,shown FROM receive WHERE class=?", "w", folded);
        if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)) && row) {
            *folder = sqlite3_column_int64(stmt, 0);
            hr = db_column_text(stmt, 1, &shown);
        }
        db_release(mbx->db, stmt);
        if (FAILED(hr) || row || n == 0)
            break;
        while (n > 0 && folded[--n] != '.')
            ;
    }
    db_unlock(mbx->db);
    if (SUCCEEDED(hr) && !row)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && matched != NULL) {
        size_t size = (text_length(shown) + 1) * sizeof(WCHAR);
        hr = MAPIAllocateBuffer((ULONG)size, (void **)matched);
        if (hr == S_OK)
            memcpy(*matched, shown, size);
    }
    free(folded);
    free(shown);
    return hr;
}

HRESULT mailbox_receive_folder_each(struct mailbox *mbx,
                                    HRESULT (*row)(void *context, const WCHAR *message_class, mbx_id folder),
                                    void *context)
{
    sqlite3_stmt *stmt;
    WCHAR *shown;
    bool more;
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT shown,folder FROM receive ORDER BY class", "");
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &more)) && more) {
        hr = db_column_text(stmt, 0, &shown);
        if (SUCCEEDED(hr))
            hr = row(context, shown, sqlite3_column_int64(stmt, 1));
        free(shown);
    }
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}
