/*
 * messages_rows.c: the members of Messages that read or change many messages in one call.
 *
 * Layer: server/object.
 */
#include "messages_private.h"

#include "infostore.h"
#include "object_util.h"
#include <stdlib.h>
#include <string.h>

/* A table column of this length may be cut: Exchange cuts at 255 characters and 255 or 510 bytes. */
#define TABLE_LIMIT 254
#define ROWS_AT_ONCE 1000

/* ---- GetRows -------------------------------------------------------------------------------------------------------- */

static bool may_be_cut(const SPropValue *value)
{
    switch (PROP_TYPE(value->ulPropTag)) {
    case PT_UNICODE:
        return value->Value.lpszW && lstrlenW(value->Value.lpszW) >= TABLE_LIMIT;
    case PT_BINARY:
        return value->Value.bin.cb >= TABLE_LIMIT;
    case PT_ERROR: /* too long for a row at all */
        return value->Value.err == MAPI_E_NOT_ENOUGH_MEMORY;
    }
    return false;
}

/* Properties that tables usually do not hold: bodies and headers are read from the message. */
static bool is_long(ULONG tag)
{
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_BODY):
    case PROP_ID(PR_HTML):
    case PROP_ID(PR_RTF_COMPRESSED):
    case PROP_ID(PR_TRANSPORT_MESSAGE_HEADERS):
        return true;
    }
    return false;
}

/* Reads a cut value from its message; `message` is opened once per row. */
static HRESULT read_whole(struct messages *self, const SBinary *id, ULONG tag, IMessage **message, SPropValue **value)
{
    HRESULT hr = S_OK;

    *value = NULL;
    if (!*message)
        hr = mapi_store_open_entry(messages_folder(self)->store, id, NULL, (IUnknown **)message);
    return SUCCEEDED(hr) ? mapi_prop_get(MAPI_PROP(*message), tag, value) : hr;
}

/* Whether a row of these columns has something that must be read from its message. */
static bool needs_message(const SPropTagArray *tags, const SRow *row)
{
    for (ULONG column = 0; column < tags->cValues; column++)
        if (may_be_cut(&row->lpProps[column]))
            return true;
    return false;
}

/* One row of the result. id: the entry id, or NULL where nothing is read from the message. */
static HRESULT fill_row(struct messages *self, const SPropTagArray *tags, const SRow *row, const SPropValue *id, unsigned style,
                        VARIANT *cells, ULONG stride)
{
    IMessage *message = NULL;
    HRESULT hr = S_OK;

    for (ULONG column = 0; SUCCEEDED(hr) && column < tags->cValues; column++) {
        const SPropValue *value = &row->lpProps[column];
        VARIANT *cell = &cells[(size_t)column * stride];
        SPropValue *whole = NULL;

        if (id && (may_be_cut(value) || is_long(tags->aulPropTag[column])) && PROP_TYPE(id->ulPropTag) == PT_BINARY &&
            SUCCEEDED(read_whole(self, &id->Value.bin, tags->aulPropTag[column], &message, &whole)))
            value = whole;
        hr = mapi_variant_from_prop(value, style, cell);
        if (hr == MAPI_E_TYPE_NO_SUPPORT) {
            V_VT(cell) = VT_NULL;
            hr = S_OK;
        }
        if (whole)
            mapi_free(whole);
    }
    if (message)
        message->lpVtbl->Release(message);
    return hr;
}

/* A table of its own with the columns asked for, restricted and sorted as the collection is. */
static HRESULT open_rows(struct messages *self, const SPropTagArray *tags, IMAPITable **out)
{
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {self->order}};
    struct mem_arena arena = {NULL};
    SRestriction *made = NULL, *restriction = NULL;
    IMAPIFolder *mapi;
    HRESULT hr = folder_open(messages_folder(self), &mapi);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->GetContentsTable(mapi, MAPI_UNICODE | (self->hidden ? MAPI_ASSOCIATED : 0), out);
    if (SUCCEEDED(hr))
        hr = (*out)->lpVtbl->SetColumns(*out, (SPropTagArray *)tags, 0);
    if (SUCCEEDED(hr))
        hr = messages_restriction(self, &arena, &made, &restriction);
    if (SUCCEEDED(hr) && restriction)
        hr = (*out)->lpVtbl->Restrict(*out, restriction, 0);
    if (SUCCEEDED(hr) && self->order.ulPropTag)
        hr = (*out)->lpVtbl->SortTable(*out, (SSortOrderSet *)&sort, 0);
    mapi_free(made);
    mem_arena_free(&arena);
    if (FAILED(hr) && *out) {
        (*out)->lpVtbl->Release(*out);
        *out = NULL;
    }
    return hr;
}

/* The tags with PR_ENTRYID behind them. */
static HRESULT with_id(const SPropTagArray *tags, SPropTagArray **out)
{
    HRESULT hr = mapi_allocate(CbNewSPropTagArray(tags->cValues + 1), NULL, out);

    if (FAILED(hr))
        return hr;
    memcpy(*out, tags, CbNewSPropTagArray(tags->cValues));
    (*out)->aulPropTag[(*out)->cValues++] = PR_ENTRYID;
    return S_OK;
}

/*
 * A batch of rows from row `at` of the table on. Ids cost time, and most tables need none: they are read (`with`: the columns and
 * PR_ENTRYID) from the first batch on where something may be cut.
 */
static HRESULT next_rows(IMAPITable *table, const SPropTagArray *tags, const SPropTagArray *with, ULONG at, ULONG want, bool *ids,
                         SRowSet **rows)
{
    bool needed = false;
    HRESULT hr = mapi_table_next(table, (LONG)want, rows);

    for (ULONG i = 0; SUCCEEDED(hr) && !*ids && !needed && i < (*rows)->cRows; i++)
        needed = needs_message(tags, &(*rows)->aRow[i]);
    if (!needed)
        return hr;
    *ids = true;
    mapi_rows_clear(rows);
    hr = table->lpVtbl->SetColumns(table, (SPropTagArray *)with, 0);
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, (LONG)at, NULL);
    return SUCCEEDED(hr) ? mapi_table_next(table, (LONG)want, rows) : hr;
}

static bool any_long(const SPropTagArray *tags)
{
    for (ULONG i = 0; i < tags->cValues; i++)
        if (is_long(tags->aulPropTag[i]))
            return true;
    return false;
}

/* with: the same tags and PR_ENTRYID. */
static HRESULT read_rows(struct messages *self, const SPropTagArray *tags, const SPropTagArray *with, ULONG start, ULONG limit,
                         unsigned style, SAFEARRAY **out)
{
    SAFEARRAYBOUND bounds[2] = {{0, 0}, {tags->cValues, 0}};
    IMAPITable *table = NULL;
    SAFEARRAY *array = NULL;
    ULONG total = 0, count;
    bool ids = any_long(tags);
    HRESULT hr = open_rows(self, ids ? with : tags, &table);

    *out = NULL;
    if (SUCCEEDED(hr))
        hr = table->lpVtbl->GetRowCount(table, 0, &total);
    count = total > start ? total - start : 0;
    if (count > limit)
        count = limit;
    bounds[0].cElements = count;
    if (SUCCEEDED(hr) && count)
        hr = table->lpVtbl->SeekRow(table, BOOKMARK_BEGINNING, (LONG)start, NULL);
    if (SUCCEEDED(hr)) {
        array = SafeArrayCreate(VT_VARIANT, 2, bounds);
        hr = array ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    }
    for (ULONG done = 0; SUCCEEDED(hr) && done < count;) {
        ULONG want = count - done < ROWS_AT_ONCE ? count - done : ROWS_AT_ONCE;
        SRowSet *rows = NULL;

        hr = next_rows(table, tags, with, start + done, want, &ids, &rows);
        if (SUCCEEDED(hr) && !rows->cRows) { /* rows were deleted meanwhile: the array is shortened */
            bounds[0].cElements = done;
            mapi_rows_free(rows);
            break;
        }
        /* The first dimension (the row) runs fastest in memory. */
        for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows && done < count; i++, done++)
            hr = fill_row(self, tags, &rows->aRow[i], ids ? &rows->aRow[i].lpProps[tags->cValues] : NULL, style,
                          (VARIANT *)array->pvData + done, count);
        mapi_rows_free(rows);
    }
    if (SUCCEEDED(hr) && bounds[0].cElements < count) {
        SAFEARRAY *shorter = SafeArrayCreate(VT_VARIANT, 2, bounds);
        if (!shorter) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
        } else {
            ULONG kept = bounds[0].cElements;
            for (ULONG column = 0; column < tags->cValues; column++)
                for (ULONG i = 0; i < kept; i++) {
                    VARIANT *from = (VARIANT *)array->pvData + (size_t)column * count + i;
                    ((VARIANT *)shorter->pvData)[(size_t)column * kept + i] = *from;
                    V_VT(from) = VT_EMPTY;
                }
            SafeArrayDestroy(array);
            array = shorter;
        }
    }
    if (table)
        table->lpVtbl->Release(table);
    if (FAILED(hr)) {
        if (array)
            SafeArrayDestroy(array);
        return hr;
    }
    *out = array;
    return S_OK;
}

HRESULT STDMETHODCALLTYPE messages_GetRows(IMhMessages *iface, VARIANT columns, VARIANT max_rows, VARIANT start,
                                           VARIANT utc, VARIANT *value)
{
    struct messages *self = messages_from(iface);
    SPropTagArray *tags = NULL, *all = NULL;
    SAFEARRAY *array = NULL;
    IMAPIFolder *mapi;
    struct auto_call call;
    LONG limit = 0x7FFFFFFF, first = 1;
    bool in_utc = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    VariantInit(value);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&max_rows, 0x7FFFFFFF, &limit);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&start, 1, &first);
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&utc, false, &in_utc);
    if (SUCCEEDED(hr) && (limit < 0 || first < 1))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"MaxRows must be 0 or more, StartRow 1 or more");
    if (SUCCEEDED(hr))
        hr = folder_open(messages_folder(self), &mapi);
    if (SUCCEEDED(hr))
        hr = object_tags_arg(&self->base, MAPI_PROP(mapi), &messages_folder(self)->store->names, &columns, &tags);
    if (SUCCEEDED(hr))
        hr = with_id(tags, &all);
    if (SUCCEEDED(hr))
        hr = read_rows(self, tags, all, (ULONG)first - 1, (ULONG)limit,
                       MAPI_VARIANT_FIELDS | (in_utc ? MAPI_VARIANT_UTC : 0), &array);
    if (SUCCEEDED(hr)) {
        V_VT(value) = VT_ARRAY | VT_VARIANT;
        V_ARRAY(value) = array;
    }
    mapi_free(tags);
    mapi_free(all);
    return auto_leave(&call, hr);
}

/* ---- many messages by id ---------------------------------------------------------------------------------------------- */

static void free_list(ENTRYLIST *list)
{
    mapi_free(list);
}

/* The ids of an argument (an array of ids or objects, or one) as an ENTRYLIST in one allocation. */
static HRESULT read_ids(struct messages *self, const VARIANT *argument, ENTRYLIST **out)
{
    struct variant_list ids;
    ENTRYLIST *list = NULL;
    HRESULT hr;

    *out = NULL;
    if (variant_missing(argument))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the ids are missing");
    hr = variant_list_open(argument, &ids);
    if (SUCCEEDED(hr))
        hr = mapi_allocate(sizeof *list + (size_t)ids.count * sizeof(SBinary), NULL, &list);
    if (FAILED(hr))
        return hr;
    list->cValues = 0;
    list->lpbin = (SBinary *)(list + 1);
    for (LONG i = 0; SUCCEEDED(hr) && i < ids.count; i++) {
        SBinary id = {0, NULL};
        VARIANT element;

        VariantInit(&element);
        hr = variant_list_get(&ids, i, &element);
        if (SUCCEEDED(hr))
            hr = object_id_arg(&self->base, &element, L"a message", &id);
        VariantClear(&element);
        if (SUCCEEDED(hr))
            hr = mapi_allocate(id.cb, list, &list->lpbin[i].lpb);
        if (SUCCEEDED(hr)) {
            memcpy(list->lpbin[i].lpb, id.lpb, id.cb);
            list->lpbin[i].cb = id.cb;
            list->cValues++;
        }
        mapi_free(id.lpb);
    }
    if (FAILED(hr)) {
        mapi_free(list);
        return hr;
    }
    *out = list;
    return S_OK;
}

static HRESULT partly(struct messages *self, HRESULT hr)
{
    if (hr == MAPI_W_PARTIAL_COMPLETION)
        return auto_fail(&self->base, MAPI_E_UNABLE_TO_COMPLETE,
                         L"some of the messages were left as they are: they may have been deleted or moved before");
    return hr;
}

static HRESULT open_deleted_items(struct messages *self, IMhFolder **deleted, IMAPIFolder **mapi)
{
    struct infostore *infostore = object_infostore(&self->base);
    HRESULT hr = infostore ? infostore_default_folder(infostore, CdoDefaultFolderDeletedItems, deleted)
                           : MAPI_E_OBJECT_DELETED;

    return SUCCEEDED(hr) ? folder_open((struct folder *)*deleted, mapi) : hr;
}

HRESULT STDMETHODCALLTYPE messages_DeleteMany(IMhMessages *iface, VARIANT ids, VARIANT deleted_items, LONG *value)
{
    struct messages *self = messages_from(iface);
    IMhFolder *deleted = NULL;
    IMAPIFolder *mapi, *to = NULL;
    ENTRYLIST *list = NULL;
    struct auto_call call;
    bool keep = false;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = variant_get_bool(&deleted_items, false, &keep);
    if (SUCCEEDED(hr))
        hr = read_ids(self, &ids, &list);
    if (SUCCEEDED(hr))
        hr = folder_open(messages_folder(self), &mapi);
    if (SUCCEEDED(hr) && keep)
        hr = open_deleted_items(self, &deleted, &to);
    if (SUCCEEDED(hr) && list->cValues) {
        *value = (LONG)list->cValues;
        hr = keep ? mapi->lpVtbl->CopyMessages(mapi, list, NULL, to, 0, NULL, MESSAGE_MOVE)
                  : mapi->lpVtbl->DeleteMessages(mapi, list, 0, NULL, 0);
        hr = partly(self, hr);
        messages_moved(self);
    }
    if (deleted)
        IMhFolder_Release(deleted);
    free_list(list);
    return auto_leave(&call, hr);
}

HRESULT message_copy_list(IMAPIFolder *from, IMAPIFolder *to, ENTRYLIST *ids, ULONG flags)
{
    HRESULT hr = from->lpVtbl->CopyMessages(from, ids, NULL, to, 0, NULL, flags);

    return hr == MAPI_W_PARTIAL_COMPLETION ? MAPI_E_UNABLE_TO_COMPLETE : hr;
}

static HRESULT copy_many(struct messages *self, const char *function, const VARIANT *ids, const VARIANT *folder,
                         ULONG flags, LONG *value)
{
    struct folder *target = NULL;
    VARIANT no_store;
    IMAPIFolder *from, *to;
    ENTRYLIST *list = NULL;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, function);

    *value = 0;
    V_VT(&no_store) = VT_EMPTY;
    if (SUCCEEDED(hr) && variant_blank(folder))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the folder is missing");
    if (SUCCEEDED(hr))
        hr = read_ids(self, ids, &list);
    if (SUCCEEDED(hr))
        hr = folder_open_arg(&self->base, folder, &no_store, &target);
    if (SUCCEEDED(hr))
        hr = folder_open(target, &to);
    if (SUCCEEDED(hr))
        hr = folder_open(messages_folder(self), &from);
    if (SUCCEEDED(hr) && list->cValues) {
        *value = (LONG)list->cValues;
        hr = partly(self, from->lpVtbl->CopyMessages(from, list, NULL, to, 0, NULL, flags));
        messages_moved(self);
    }
    if (target)
        auto_release(&target->base);
    free_list(list);
    return auto_leave(&call, hr);
}

HRESULT STDMETHODCALLTYPE messages_MoveMany(IMhMessages *iface, VARIANT ids, VARIANT folder, LONG *value)
{
    return copy_many(messages_from(iface), __func__, &ids, &folder, MESSAGE_MOVE, value);
}

HRESULT STDMETHODCALLTYPE messages_CopyMany(IMhMessages *iface, VARIANT ids, VARIANT folder, LONG *value)
{
    return copy_many(messages_from(iface), __func__, &ids, &folder, 0, value);
}

/* Ids of all rows that pass filter and where clause. */
static HRESULT all_ids(struct messages *self, SRowSet **rows, ENTRYLIST **out)
{
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    IMAPITable *table = NULL;
    ENTRYLIST *list = NULL;
    HRESULT hr = open_rows(self, (SPropTagArray *)&columns, &table);

    *rows = NULL, *out = NULL;
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, NULL, NULL, NULL, 0, rows);
    if (SUCCEEDED(hr))
        hr = mapi_allocate(sizeof *list + (*rows)->cRows * sizeof(SBinary), NULL, &list);
    if (SUCCEEDED(hr)) {
        list->cValues = 0;
        list->lpbin = (SBinary *)(list + 1);
        for (ULONG i = 0; i < (*rows)->cRows; i++)
            if (PROP_TYPE((*rows)->aRow[i].lpProps[0].ulPropTag) == PT_BINARY)
                list->lpbin[list->cValues++] = (*rows)->aRow[i].lpProps[0].Value.bin;
        *out = list;
    }
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

HRESULT STDMETHODCALLTYPE messages_SetReadFlags(IMhMessages *iface, VARIANT read, VARIANT ids)
{
    struct messages *self = messages_from(iface);
    ENTRYLIST *list = NULL;
    SRowSet *rows = NULL;
    IMAPIFolder *mapi;
    struct auto_call call;
    bool mark_read = true;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = variant_get_bool(&read, true, &mark_read);
    if (SUCCEEDED(hr))
        hr = folder_open(messages_folder(self), &mapi);
    if (SUCCEEDED(hr))
        hr = variant_missing(&ids) ? all_ids(self, &rows, &list) : read_ids(self, &ids, &list);
    if (SUCCEEDED(hr) && list->cValues) {
        hr = partly(self, mapi->lpVtbl->SetReadFlags(mapi, list, 0, NULL,
                                                     mark_read ? SUPPRESS_RECEIPT : CLEAR_READ_FLAG));
        mapi_cursor_reset(&self->walk);
        mapi_cursor_reset(&self->cursor);
    }
    free_list(list);
    mapi_rows_free(rows);
    return auto_leave(&call, hr);
}

/* Deletes what the collection shows: with a filter or where clause only that. */
HRESULT STDMETHODCALLTYPE messages_Delete(IMhMessages *iface)
{
    struct messages *self = messages_from(iface);
    ENTRYLIST *list = NULL;
    SRowSet *rows = NULL;
    IMAPIFolder *mapi;
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    if (SUCCEEDED(hr))
        hr = folder_open(messages_folder(self), &mapi);
    if (SUCCEEDED(hr))
        hr = all_ids(self, &rows, &list);
    if (SUCCEEDED(hr) && list->cValues) {
        auto_close_children(&self->base); /* the Message objects of what is deleted now */
        hr = partly(self, mapi->lpVtbl->DeleteMessages(mapi, list, 0, NULL, 0));
        mapi_cursor_reset(&self->walk);
        mapi_cursor_reset(&self->cursor);
    }
    free_list(list);
    mapi_rows_free(rows);
    return auto_leave(&call, hr);
}
