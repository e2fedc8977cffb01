/*
 * mbx_named.c: named properties: name ↔ id, the same for ever within a mailbox.
 *
 * Layer: portable. Names of PS_INTERNET_HEADERS do not depend on case (they are header names); all others do.
 */
#include <stdlib.h>
#include <string.h>
#include "mbx.h"
#include "text.h"

#define NAMED_FIRST 0x8000
#define NAMED_LAST 0xfffe

static const GUID internet_headers = {0x00020386, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};
static const GUID ps_mapi = {0x00020328, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

/* The name as it is kept. malloc. */
static HRESULT kept_name(const MAPINAMEID *name, WCHAR **out)
{
    *out = text_duplicate(name->Kind.lpwstrName);
    if (*out == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (memcmp(name->lpguid, &internet_headers, sizeof(GUID)) == 0)
        for (WCHAR *p = *out; *p; p++)
            *p = *p < 0x80 ? (WCHAR)text_fold(*p) : *p;
    return S_OK;
}

static HRESULT find_name(struct mailbox *mbx, const MAPINAMEID *name, const WCHAR *kept, int64_t *id)
{
    if (name->ulKind == MNID_ID)
        return db_int(mbx->db, id, "SELECT id FROM named WHERE guid=? AND number=?", "bi", (const void *)name->lpguid,
                      sizeof(GUID), (int64_t)name->Kind.lID);
    return db_int(mbx->db, id, "SELECT id FROM named WHERE guid=? AND name=?", "bw", (const void *)name->lpguid,
                  sizeof(GUID), kept);
}

static HRESULT create_name(struct mailbox *mbx, const MAPINAMEID *name, const WCHAR *kept, int64_t *id)
{
    HRESULT hr = mailbox_begin(mbx);
    if (FAILED(hr))
        return hr;
    /* Another process may have made it since. */
    hr = find_name(mbx, name, kept, id);
    if (hr == MAPI_E_NOT_FOUND) {
        hr = db_int(mbx->db, id, "SELECT ifnull(max(id)+1,?) FROM named", "i", (int64_t)NAMED_FIRST);
        if (SUCCEEDED(hr) && *id > NAMED_LAST)
            hr = MAPI_E_NAMED_PROP_QUOTA_EXCEEDED;
        if (SUCCEEDED(hr))
            hr = name->ulKind == MNID_ID
                     ? db_run(mbx->db, "INSERT INTO named VALUES(?,?,?,NULL)", "ibi", *id, (const void *)name->lpguid,
                              sizeof(GUID), (int64_t)name->Kind.lID)
                     : db_run(mbx->db, "INSERT INTO named VALUES(?,?,NULL,?)", "ibw", *id, (const void *)name->lpguid,
                              sizeof(GUID), kept);
    }
    if (SUCCEEDED(hr))
        return mailbox_commit(mbx);
    mailbox_rollback(mbx);
    return hr;
}

HRESULT mailbox_named_id(struct mailbox *mbx, const MAPINAMEID *name, bool create, ULONG *prop_id)
{
    WCHAR *kept = NULL;
    int64_t id = 0;
    *prop_id = 0;
    if (name->lpguid == NULL || (name->ulKind != MNID_ID && name->ulKind != MNID_STRING) ||
        (name->ulKind == MNID_STRING && name->Kind.lpwstrName == NULL))
        return MAPI_E_INVALID_PARAMETER;
    /* PS_MAPI names the properties whose ids are fixed. */
    if (name->ulKind == MNID_ID && memcmp(name->lpguid, &ps_mapi, sizeof(GUID)) == 0) {
        *prop_id = name->Kind.lID > 0 && name->Kind.lID < NAMED_FIRST ? (ULONG)name->Kind.lID : 0;
        return S_OK;
    }
    HRESULT hr = name->ulKind == MNID_STRING ? kept_name(name, &kept) : S_OK;
    if (FAILED(hr))
        return hr;
    db_lock(mbx->db);
    hr = find_name(mbx, name, kept, &id);
    if (hr == MAPI_E_NOT_FOUND)
        hr = create ? create_name(mbx, name, kept, &id) : S_OK;
    db_unlock(mbx->db);
    free(kept);
    if (SUCCEEDED(hr))
        *prop_id = (ULONG)id;
    return hr;
}

/* A row "id,guid,number,name" in malloc memory that ends with the struct's pointers. */
static HRESULT read_name(sqlite3_stmt *stmt, MAPINAMEID *out, GUID *guid, WCHAR **text)
{
    HRESULT hr = S_OK;
    memset(out, 0, sizeof *out);
    *text = NULL;
    if (sqlite3_column_bytes(stmt, 1) != sizeof *guid)
        return MAPI_E_CORRUPT_STORE;
    memcpy(guid, sqlite3_column_blob(stmt, 1), sizeof *guid);
    out->lpguid = guid;
    if (sqlite3_column_type(stmt, 2) != SQLITE_NULL) {
        out->ulKind = MNID_ID;
        out->Kind.lID = (LONG)sqlite3_column_int64(stmt, 2);
    } else {
        out->ulKind = MNID_STRING;
        hr = db_column_text(stmt, 3, text);
        out->Kind.lpwstrName = *text;
    }
    return hr;
}

/* Deep copy into one MAPI buffer. */
static HRESULT copy_name(const MAPINAMEID *name, MAPINAMEID **out)
{
    bool text = name->ulKind == MNID_STRING;
    size_t size = text ? (text_length(name->Kind.lpwstrName) + 1) * sizeof(WCHAR) : 0;
    struct {
        MAPINAMEID name;
        GUID guid;
        WCHAR text[];
    } *copy;
    SCODE sc = MAPIAllocateBuffer((ULONG)(sizeof *copy + size), (void **)&copy);
    if (sc != S_OK)
        return sc;
    copy->name = *name;
    copy->guid = *name->lpguid;
    copy->name.lpguid = &copy->guid;
    if (text) {
        memcpy(copy->text, name->Kind.lpwstrName, size);
        copy->name.Kind.lpwstrName = copy->text;
    }
    *out = &copy->name;
    return S_OK;
}

HRESULT mailbox_named_name(struct mailbox *mbx, ULONG prop_id, MAPINAMEID **out)
{
    sqlite3_stmt *stmt;
    MAPINAMEID name;
    GUID guid;
    WCHAR *text = NULL;
    bool row;
    *out = NULL;
    if (prop_id < NAMED_FIRST) {
        name = (MAPINAMEID){.lpguid = (GUID *)&ps_mapi, .ulKind = MNID_ID, .Kind.lID = (LONG)prop_id};
        return copy_name(&name, out);
    }
    db_lock(mbx->db);
    HRESULT hr = db_query(mbx->db, &stmt, "SELECT id,guid,number,name FROM named WHERE id=?", "i", (int64_t)prop_id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &row)))
        hr = row ? read_name(stmt, &name, &guid, &text) : MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = copy_name(&name, out);
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    free(text);
    return hr;
}

HRESULT mailbox_named_each(struct mailbox *mbx, const GUID *set,
                           HRESULT (*row)(void *context, ULONG prop_id, const MAPINAMEID *name), void *context)
{
    sqlite3_stmt *stmt;
    MAPINAMEID name;
    GUID guid;
    WCHAR *text;
    bool more;
    db_lock(mbx->db);
    HRESULT hr = set == NULL ? db_query(mbx->db, &stmt, "SELECT id,guid,number,name FROM named ORDER BY id", "")
                             : db_query(mbx->db, &stmt, "SELECT id,guid,number,name FROM named WHERE guid=? ORDER BY id", "b",
                                        (const void *)set, sizeof *set);
    while (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(mbx->db, stmt, &more)) && more) {
        hr = read_name(stmt, &name, &guid, &text);
        if (SUCCEEDED(hr))
            hr = row(context, (ULONG)sqlite3_column_int64(stmt, 0), &name);
        free(text);
    }
    db_release(mbx->db, stmt);
    db_unlock(mbx->db);
    return hr;
}
