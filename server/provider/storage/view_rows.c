/*
 * view_rows.c: what the rows of a view hold: stored properties, and those that are made from ids.
 *
 * Layer: portable. A value that lies in the blob table is cut to TEXT_KEY_UNITS units or twice as many bytes, as
 * Exchange does: whoever needs all of it opens the object.
 */
#include <stdlib.h>
#include <string.h>
#include "pack.h"
#include "propvalue.h"
#include "text.h"
#include "view.h"

#define ACCESS_MESSAGE (MAPI_ACCESS_MODIFY | MAPI_ACCESS_READ | MAPI_ACCESS_DELETE)
#define ACCESS_FOLDER                                                                                                  \
    (ACCESS_MESSAGE | MAPI_ACCESS_CREATE_HIERARCHY | MAPI_ACCESS_CREATE_CONTENTS | MAPI_ACCESS_CREATE_ASSOCIATED)

/* ---- instance keys ---------------------------------------------------------------------------------------------------------- */

/* A letter, then the id and the instance, or the level and the key of a category header. */
#define KEY_ROW 'R'
#define KEY_HEADER 'H'

HRESULT view_make_instance_key(const struct mbx_view *view, const struct view_row *row, void *base, SBinary *out)
{
    struct bytebuf key = {0};
    SPropValue value = {.ulPropTag = PR_INSTANCE_KEY}, copy;
    if (row->level >= 0) {
        bytebuf_byte(&key, KEY_HEADER);
        bytebuf_byte(&key, (uint8_t)row->level);
        bytebuf_add(&key, row->key.data, row->key.size);
    } else {
        uint32_t instance = view->mvi == 0 ? 0 : (uint32_t)row->instance;
        bytebuf_byte(&key, KEY_ROW);
        bytebuf_add(&key, &row->id, sizeof row->id);
        bytebuf_le32(&key, instance);
    }
    value.Value.bin.cb = (ULONG)key.size;
    value.Value.bin.lpb = key.data;
    HRESULT hr = key.failed ? MAPI_E_NOT_ENOUGH_MEMORY : propvalue_copy_more(&copy, &value, base);
    if (SUCCEEDED(hr))
        *out = copy.Value.bin;
    bytebuf_free(&key);
    return hr;
}

HRESULT view_parse_instance_key(const SBinary *key, struct view_row *out)
{
    uint32_t instance;
    if (key->cb >= 2 && key->lpb[0] == KEY_HEADER) {
        HRESULT hr = view_row_set(out, key->lpb + 2, key->cb - 2, 0, 0);
        out->level = key->lpb[1];
        return hr;
    }
    if (key->cb != 1 + sizeof out->id + sizeof instance || key->lpb[0] != KEY_ROW)
        return MAPI_E_INVALID_PARAMETER;
    memcpy(&out->id, key->lpb + 1, sizeof out->id);
    memcpy(&instance, key->lpb + 9, sizeof instance);
    out->instance = instance;
    out->level = -1;
    return S_OK;
}

/* ---- computed columns ---------------------------------------------------------------------------------------------------------- */

static HRESULT entryid_value(struct mbx_view *view, ULONG type, mbx_id id, void *base, SPropValue *out)
{
    return view->entryid == NULL ? MAPI_E_NOT_FOUND : view->entryid(view->context, type, id, base, &out->Value.bin);
}

static HRESULT guid_value(struct mbx_view *view, void *base, SPropValue *out)
{
    SPropValue value = {.ulPropTag = out->ulPropTag};
    value.Value.bin.cb = sizeof(GUID);
    value.Value.bin.lpb = (BYTE *)&view->mbx->guid;
    return propvalue_copy_more(out, &value, base);
}

static HRESULT long_value(SPropValue *out, LONG value)
{
    out->Value.l = value;
    return S_OK;
}

bool view_is_computed(const struct mbx_view *view, ULONG tag)
{
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_RECORD_KEY):
    case PROP_ID(PR_INSTANCE_KEY):
    case PROP_ID(PR_PARENT_ENTRYID):
    case PROP_ID(PR_STORE_ENTRYID):
    case PROP_ID(PR_STORE_RECORD_KEY):
    case PROP_ID(PR_MAPPING_SIGNATURE):
    case PROP_ID(PR_OBJECT_TYPE):
    case PROP_ID(PR_ROW_TYPE):
    case PROP_ID(PR_DEPTH):
    case PROP_ID(PR_ACCESS):
        return true;
    case PROP_ID(PR_DISPLAY_TYPE):
        return view->folders;
    default:
        return false;
    }
}

HRESULT view_compute(struct mbx_view *view, ULONG tag, const struct view_row *row, mbx_id parent, void *base, SPropValue *out)
{
    ULONG type = view->folders ? MAPI_FOLDER : MAPI_MESSAGE;
    *out = (SPropValue){.ulPropTag = tag};
    switch (PROP_ID(tag)) {
    case PROP_ID(PR_ENTRYID):
    case PROP_ID(PR_RECORD_KEY):
        out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
        return entryid_value(view, type, row->id, base, out);
    case PROP_ID(PR_INSTANCE_KEY):
        out->ulPropTag = PR_INSTANCE_KEY;
        return view_make_instance_key(view, row, base, &out->Value.bin);
    case PROP_ID(PR_PARENT_ENTRYID):
        out->ulPropTag = PR_PARENT_ENTRYID;
        return entryid_value(view, MAPI_FOLDER, parent, base, out);
    case PROP_ID(PR_STORE_ENTRYID):
        out->ulPropTag = PR_STORE_ENTRYID;
        return entryid_value(view, MAPI_STORE, MBX_STORE, base, out);
    case PROP_ID(PR_STORE_RECORD_KEY):
    case PROP_ID(PR_MAPPING_SIGNATURE):
        out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_BINARY);
        return guid_value(view, base, out);
    case PROP_ID(PR_OBJECT_TYPE):
        out->ulPropTag = PR_OBJECT_TYPE;
        return long_value(out, (LONG)type);
    case PROP_ID(PR_ROW_TYPE):
        out->ulPropTag = PR_ROW_TYPE;
        return long_value(out, TBL_LEAF_ROW);
    case PROP_ID(PR_DEPTH):
        out->ulPropTag = PR_DEPTH;
        return long_value(out, view->folders ? (LONG)row->instance : view->levels);
    case PROP_ID(PR_ACCESS):
        out->ulPropTag = PR_ACCESS;
        return long_value(out, view->folders ? ACCESS_FOLDER : ACCESS_MESSAGE);
    case PROP_ID(PR_DISPLAY_TYPE):
        out->ulPropTag = PR_DISPLAY_TYPE;
        return view->folders ? long_value(out, DT_FOLDER) : MAPI_E_NOT_FOUND;
    default:
        return MAPI_E_NOT_FOUND;
    }
}

/* ---- stored columns --------------------------------------------------------------------------------------------------------------- */

/* The object of a row, read by one statement: its pack, its parent and the columns that SQL knows. */
struct stored_row {
    sqlite3_stmt *stmt;
    const void *pack;
    size_t size;
    mbx_id parent;
};

#define STORED_COLUMNS 2 /* before the columns of item_columns.def or of folders */

static HRESULT open_row(struct mbx_view *view, mbx_id id, struct stored_row *out)
{
    bool found = false;
    HRESULT hr =
        view->folders
            ? db_query(view->mbx->db, &out->stmt,
                       "SELECT f.props,f.parent,f.name,f.type,f.contents,f.unread,f.associated,f.size,f.size,"
                       "EXISTS(SELECT 1 FROM folder s WHERE s.parent=f.id AND s.deleted=0) FROM folder f WHERE f.id=?",
                       "i", id)
            : db_query(view->mbx->db, &out->stmt,
#define ITEM_COLUMN(column, tag, indexed) ",i." #column
                       "SELECT m.props,m.folder"
#include "item_columns.def"
#undef ITEM_COLUMN
                       ",i.size FROM item i CROSS JOIN message m ON m.id=i.id WHERE i.folder=? AND i.id=?",
                       "ii", view->folder, id);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_step(view->mbx->db, out->stmt, &found)) && !found)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr)) {
        out->pack = sqlite3_column_blob(out->stmt, 0);
        out->size = (size_t)sqlite3_column_bytes(out->stmt, 0);
        out->parent = sqlite3_column_int64(out->stmt, 1);
    }
    return hr;
}

/* A text as the column's type wants it; cut when units > 0. */
static HRESULT text_value(const WCHAR *text, ULONG wanted, void *base, SPropValue *out)
{
    SPropValue value = {.ulPropTag = CHANGE_PROP_TYPE(wanted, PT_UNICODE), .Value.lpszW = (WCHAR *)text};
    char *ansi = NULL;
    if (PROP_TYPE(wanted) == PT_STRING8) {
        if ((ansi = text_to_ansi(text)) == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        value.ulPropTag = wanted;
        value.Value.lpszA = ansi;
    }
    HRESULT hr = propvalue_copy_more(out, &value, base);
    free(ansi);
    return hr;
}

/* PT_MV_UNICODE → PT_MV_STRING8. */
static HRESULT ansi_texts(const SPropValue *texts, ULONG wanted, void *base, SPropValue *out)
{
    ULONG count = texts->Value.MVszW.cValues;
    HRESULT hr = MAPIAllocateMore((count == 0 ? 1 : count) * sizeof(char *), base, (void **)&out->Value.MVszA.lppszA);
    out->ulPropTag = CHANGE_PROP_TYPE(wanted, PT_MV_STRING8);
    out->Value.MVszA.cValues = count;
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        SPropValue one;
        hr = text_value(texts->Value.MVszW.lppszW[i], PROP_TAG(PT_STRING8, 0), base, &one);
        out->Value.MVszA.lppszA[i] = one.Value.lpszA;
    }
    return hr;
}

static bool type_fits(ULONG stored, ULONG wanted)
{
    ULONG base = wanted & ~(ULONG)MV_INSTANCE;
    return base == PT_UNSPECIFIED || base == stored || (stored == PT_UNICODE && base == PT_STRING8) ||
           (stored == PT_MV_UNICODE && base == PT_MV_STRING8);
}

/* The beginning of a value in the blob table. */
static HRESULT cut_value(struct mbx_view *view, const struct pack_item *item, SPropValue *out, void **block)
{
    size_t size = TEXT_KEY_UNITS * sizeof(WCHAR), got;
    if (item->tag & MV_FLAG)
        return mbx_pack_value(view->mbx, item, out, block);
    BYTE *bytes = calloc(1, size + sizeof(WCHAR));
    if (bytes == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = mailbox_blob_read(view->mbx, item->blob, 0, bytes, size, &got);
    *out = (SPropValue){.ulPropTag = item->tag};
    if (PROP_TYPE(item->tag) == PT_UNICODE) {
        out->Value.lpszW = (WCHAR *)bytes;
    } else {
        out->Value.bin.lpb = bytes;
        out->Value.bin.cb = (ULONG)got;
    }
    *block = bytes;
    return hr;
}

static HRESULT packed_column(struct mbx_view *view, const struct stored_row *stored, ULONG wanted, int64_t instance,
                             void *base, SPropValue *out)
{
    struct pack_item item;
    SPropValue value, element;
    void *block = NULL;
    if (!pack_find(stored->pack, stored->size, PROP_ID(wanted), &item) || !type_fits(PROP_TYPE(item.tag), PROP_TYPE(wanted)))
        return MAPI_E_NOT_FOUND;
    HRESULT hr = item.lazy ? cut_value(view, &item, &value, &block)
                           : pack_value_read(item.tag, item.data, item.size, &value, &block);
    if (SUCCEEDED(hr) && (PROP_TYPE(wanted) & MVI_FLAG) == MVI_FLAG) {
        wanted &= ~(ULONG)MVI_FLAG;
        if ((ULONG)instance < propvalue_element_count(&value)) {
            propvalue_element(&value, (ULONG)instance, &element);
            value = element;
        } else {
            hr = MAPI_E_NOT_FOUND;
        }
    }
    if (SUCCEEDED(hr)) {
        if (PROP_TYPE(value.ulPropTag) == PT_UNICODE)
            hr = text_value(value.Value.lpszW, PROP_TYPE(wanted) == PT_STRING8 ? wanted : value.ulPropTag, base, out);
        else if (PROP_TYPE(wanted) == PT_MV_STRING8)
            hr = ansi_texts(&value, wanted, base, out);
        else
            hr = propvalue_copy_more(out, &value, base);
    }
    free(block);
    return hr;
}

/* A column of the table: number i of view_column_find's array. */
static HRESULT sql_column(const struct stored_row *stored, int i, const struct view_column *column, ULONG wanted, void *base,
                          SPropValue *out)
{
    sqlite3_stmt *stmt = stored->stmt;
    WCHAR *text;
    HRESULT hr = S_OK;
    if (sqlite3_column_type(stmt, i) == SQLITE_NULL)
        return MAPI_E_NOT_FOUND;
    *out = (SPropValue){.ulPropTag = column->tag};
    switch (PROP_TYPE(column->tag)) {
    case PT_UNICODE:
        if (FAILED(hr = db_column_text(stmt, i, &text)))
            return hr;
        hr = text_value(text, PROP_TYPE(wanted) == PT_STRING8 ? wanted : column->tag, base, out);
        free(text);
        return hr;
    case PT_BINARY: {
        SPropValue value = {.ulPropTag = column->tag};
        value.Value.bin.lpb = (BYTE *)sqlite3_column_blob(stmt, i);
        value.Value.bin.cb = (ULONG)sqlite3_column_bytes(stmt, i);
        return propvalue_copy_more(out, &value, base);
    }
    case PT_BOOLEAN:
        out->Value.b = sqlite3_column_int(stmt, i) != 0;
        return S_OK;
    case PT_LONG:
        out->Value.l = (LONG)sqlite3_column_int64(stmt, i);
        return S_OK;
    default:
        out->Value.li.QuadPart = sqlite3_column_int64(stmt, i);
        return S_OK;
    }
}

static HRESULT column_value(struct mbx_view *view, const struct view_row *row, const struct stored_row *stored, ULONG wanted,
                            void *base, SPropValue *out)
{
    const struct view_column *first = view_column_first(view->folders), *column = view_column_find(view->folders, wanted);
    if (view_is_computed(view, wanted))
        return view_compute(view, wanted, row, stored->parent, base, out);
    if (column == NULL)
        return packed_column(view, stored, wanted, row->instance, base, out);
    /* The pack has what may be cut here. */
    if (!view->folders && (PROP_TYPE(column->tag) == PT_UNICODE || PROP_TYPE(column->tag) == PT_BINARY)) {
        HRESULT hr = packed_column(view, stored, wanted, 0, base, out);
        if (hr != MAPI_E_NOT_FOUND)
            return hr;
    }
    return sql_column(stored, STORED_COLUMNS + (int)(column - first), column, wanted, base, out);
}

/* ---- category headers ---------------------------------------------------------------------------------------------------------- */

static HRESULT first_row(void *context, const struct view_row *row, bool *stop)
{
    *stop = true;
    return view_row_set(context, row->key.data, row->key.size, row->id, row->instance);
}

/* Whether a column makes the categories of this or an outer level. */
static bool is_category_column(const struct mbx_view *view, ULONG tag, int level)
{
    for (int i = 0; i < view->part_count; i++)
        if (view->parts[i].level <= level && view->parts[i].aggregate == 0 && PROP_ID(view->parts[i].tag) == PROP_ID(tag))
            return true;
    return false;
}

static HRESULT header_column(struct mbx_view *view, const struct view_row *header, const struct view_row *first,
                             const struct stored_row *stored, const ULONG counts[2], ULONG wanted, void *base, SPropValue *out)
{
    switch (PROP_ID(wanted)) {
    case PROP_ID(PR_ROW_TYPE):
        *out = (SPropValue){.ulPropTag = PR_ROW_TYPE};
        return long_value(out, group_is_expanded(view, header->key.data, header->key.size, header->level)
                                   ? TBL_EXPANDED_CATEGORY
                                   : TBL_COLLAPSED_CATEGORY);
    case PROP_ID(PR_DEPTH):
        *out = (SPropValue){.ulPropTag = PR_DEPTH};
        return long_value(out, header->level);
    case PROP_ID(PR_CONTENT_COUNT):
        *out = (SPropValue){.ulPropTag = PR_CONTENT_COUNT};
        return long_value(out, (LONG)counts[0]);
    case PROP_ID(PR_CONTENT_UNREAD):
        *out = (SPropValue){.ulPropTag = PR_CONTENT_UNREAD};
        return long_value(out, (LONG)counts[1]);
    case PROP_ID(PR_INSTANCE_KEY):
        *out = (SPropValue){.ulPropTag = PR_INSTANCE_KEY};
        return view_make_instance_key(view, header, base, &out->Value.bin);
    case PROP_ID(PR_STORE_ENTRYID):
    case PROP_ID(PR_STORE_RECORD_KEY):
        return view_compute(view, wanted, header, 0, base, out);
    default:
        return is_category_column(view, wanted, header->level) ? column_value(view, first, stored, wanted, base, out)
                                                               : MAPI_E_NOT_FOUND;
    }
}

/* ---- rendering --------------------------------------------------------------------------------------------------------------------- */

HRESULT view_render(struct mbx_view *view, const struct view_row *row, void *base, SPropValue *values)
{
    struct stored_row stored = {0};
    struct view_row first = {0};
    const struct view_row *object = row;
    ULONG counts[2] = {0};
    HRESULT hr = S_OK;
    if (row->level >= 0) {
        /* The category's first row gives the values of its columns. */
        struct mbx_pos at = {.side = POS_BEFORE, .generation = view->generation, .row = *row};
        hr = view_walk(view, &at, false, 1, NULL, first_row, &first);
        if (SUCCEEDED(hr))
            hr = view_leaf_count(view, &row->key, &counts[0], &counts[1]);
        object = &first;
    }
    if (SUCCEEDED(hr))
        hr = open_row(view, object->id, &stored);
    for (ULONG i = 0; SUCCEEDED(hr) && view->columns != NULL && i < view->columns->cValues; i++) {
        ULONG wanted = view->columns->aulPropTag[i];
        hr = row->level >= 0 ? header_column(view, row, object, &stored, counts, wanted, base, &values[i])
                             : column_value(view, row, &stored, wanted, base, &values[i]);
        if (hr == MAPI_E_NOT_FOUND && PROP_TYPE(wanted) == PT_NULL) { /* a place that the caller keeps for later */
            values[i] = (SPropValue){.ulPropTag = wanted};
            hr = S_OK;
        } else if (hr == MAPI_E_NOT_FOUND) {
            values[i] = (SPropValue){.ulPropTag = CHANGE_PROP_TYPE(wanted, PT_ERROR)};
            values[i].Value.err = MAPI_E_NOT_FOUND;
            hr = S_OK;
        }
    }
    db_release(view->mbx->db, stored.stmt);
    view_row_free(&first);
    return hr;
}

/* ---- all columns --------------------------------------------------------------------------------------------------------------------- */

#define ALL_ROWS 200 /* so many of the view's rows are looked at for their properties */

/* A set of tags. */
struct tag_list {
    struct mbx_view *view;
    ULONG *tags;
    ULONG count, capacity;
};

static HRESULT add_tag(struct tag_list *list, ULONG tag)
{
    for (ULONG i = 0; i < list->count; i++)
        if (PROP_ID(list->tags[i]) == PROP_ID(tag))
            return S_OK;
    if (list->count == list->capacity) {
        ULONG capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        ULONG *grown = realloc(list->tags, capacity * sizeof *grown);
        if (grown == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->tags = grown;
        list->capacity = capacity;
    }
    list->tags[list->count++] = tag;
    return S_OK;
}

static HRESULT add_row_tags(void *context, const struct view_row *row, bool *stop)
{
    struct tag_list *list = context;
    struct stored_row stored = {0};
    struct pack_item item;
    (void)stop;
    HRESULT hr = open_row(list->view, row->id, &stored);
    for (ULONG i = 0; SUCCEEDED(hr) && pack_at(stored.pack, stored.size, i, &item); i++)
        hr = add_tag(list, item.tag);
    db_release(list->view->mbx->db, stored.stmt);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

HRESULT view_all_columns(struct mbx_view *view, SPropTagArray **out)
{
    static const ULONG computed[] = {PR_ENTRYID,          PR_RECORD_KEY, PR_INSTANCE_KEY,     PR_PARENT_ENTRYID,
                                     PR_STORE_ENTRYID,    PR_STORE_RECORD_KEY, PR_MAPPING_SIGNATURE, PR_OBJECT_TYPE,
                                     PR_ROW_TYPE,         PR_DEPTH,      PR_ACCESS};
    struct tag_list list = {.view = view};
    struct mbx_pos begin = {.side = POS_BEGIN, .generation = view->generation};
    HRESULT hr = S_OK;
    *out = NULL;
    for (size_t i = 0; SUCCEEDED(hr) && i < sizeof computed / sizeof *computed; i++)
        hr = add_tag(&list, computed[i]);
    const struct view_column *columns = view_column_first(view->folders);
    for (int i = 0; SUCCEEDED(hr) && i < view_column_count(view->folders); i++)
        hr = add_tag(&list, columns[i].tag);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = db_read_begin(view->mbx->db))) {
        hr = view_walk(view, &begin, false, ALL_ROWS, NULL, add_row_tags, &list);
        db_read_end(view->mbx->db);
    }
    if (SUCCEEDED(hr))
        hr = MAPIAllocateBuffer((ULONG)CbNewSPropTagArray(list.count), (void **)out);
    if (SUCCEEDED(hr)) {
        (*out)->cValues = list.count;
        memcpy((*out)->aulPropTag, list.tags, list.count * sizeof *list.tags);
    }
    free(list.tags);
    return hr;
}
