/*
 * view.c: opening, sorting and restricting views; places in them. See storage.h and view.h.
 *
 * Layer: portable. A view holds no statement and no snapshot between calls.
 */
#include <stdlib.h>
#include <string.h>
#include "propvalue.h"
#include "sortkey.h"
#include "view.h"

#define SORT_AGGREGATE (TABLE_SORT_CATEG_MAX | TABLE_SORT_CATEG_MIN)

/* ---- opening ---------------------------------------------------------------------------------------------------------- */

static ULONG unicode_tag(ULONG tag)
{
    return (PROP_TYPE(tag) & ~(ULONG)MVI_FLAG) == PT_STRING8
               ? CHANGE_PROP_TYPE(tag, PT_UNICODE | (PROP_TYPE(tag) & MVI_FLAG))
               : tag;
}

static void forget_toggled(struct mbx_view *view)
{
    for (ULONG i = 0; i < view->toggled_count; i++)
        bytebuf_free(&view->toggled[i]);
    free(view->toggled);
    view->toggled = NULL;
    view->toggled_count = 0;
}

/* Everything that follows from the order and the columns. */
static HRESULT settle(struct mbx_view *view)
{
    const struct view_column *column = NULL;
    view->mvi = view->order_mvi;
    for (ULONG i = 0; view->mvi == 0 && view->columns != NULL && i < view->columns->cValues; i++)
        if ((PROP_TYPE(view->columns->aulPropTag[i]) & MVI_FLAG) == MVI_FLAG)
            view->mvi = unicode_tag(view->columns->aulPropTag[i]);
    if (view->folders || view->aggregated)
        view->mvi = 0;
    if (view->part_count == 1 && view->levels == 0 && view->mvi == 0 && !view->folders)
        column = view_column_find(false, view->parts[0].tag);
    view->hot = column != NULL && column->indexed ? column : NULL;
    view->reverse = view->hot != NULL && view->parts[0].descending;
    view->key_sql.size = 0;
    if (view->hot != NULL)
        bytebuf_format(&view->key_sql, "mapi_key(%s)", view->hot->sql);
    else if (view->part_count > 0)
        view_key_sql(view->folders, view->parts, view->part_count, "0", &view->key_sql);
    else
        bytebuf_text(&view->key_sql, view->kind == MBX_VIEW_FOLDERS_DEEP ? "d.path"
                                     : view->folders                     ? "mapi_key(f.name)"
                                                                         : "x''");
    bytebuf_byte(&view->key_sql, 0);
    view->spec = 0;
    aggregate_drop(view);
    view->generation++;
    return view->key_sql.failed ? MAPI_E_NOT_ENOUGH_MEMORY : S_OK;
}

HRESULT mailbox_view_open(struct mailbox *mbx, enum mbx_view_kind kind, mbx_id folder, mbx_entryid_fn entryid,
                          void *context, struct mbx_view **out)
{
    struct mbx_view *view = calloc(1, sizeof *view);
    *out = NULL;
    if (view == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    view->mbx = mbx;
    view->kind = kind;
    view->folders = kind >= MBX_VIEW_FOLDERS;
    view->item_kind = kind == MBX_VIEW_ASSOCIATED         ? ITEM_ASSOCIATED
                      : kind == MBX_VIEW_CONTENTS_DELETED ? ITEM_DELETED
                      : kind == MBX_VIEW_ASSOCIATED_DELETED ? ITEM_ASSOCIATED | ITEM_DELETED
                                                          : ITEM_MESSAGE;
    view->folder = folder;
    view->entryid = entryid;
    view->context = context;
    HRESULT hr = settle(view);
    if (FAILED(hr))
        view_close(view);
    else
        *out = view;
    return hr;
}

void view_close(struct mbx_view *view)
{
    if (view == NULL)
        return;
    aggregate_drop(view);
    free(view->columns);
    bytebuf_free(&view->key_sql);
    where_free(&view->where);
    MAPIFreeBuffer(view->restriction);
    forget_toggled(view);
    free(view);
}

HRESULT view_set_columns(struct mbx_view *view, const SPropTagArray *tags)
{
    size_t size = CbSPropTagArray(tags);
    ULONG mvi = 0;
    for (ULONG i = 0; i < tags->cValues; i++) {
        ULONG tag = unicode_tag(tags->aulPropTag[i]);
        if ((PROP_TYPE(tag) & MVI_FLAG) != MVI_FLAG)
            continue;
        /* One multi-value at a time has rows for its values. */
        if ((mvi != 0 && mvi != tag) || (view->order_mvi != 0 && view->order_mvi != tag))
            return MAPI_E_TOO_COMPLEX;
        mvi = tag;
    }
    SPropTagArray *copy = malloc(size);
    if (copy == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(copy, tags, size);
    free(view->columns);
    view->columns = copy;
    return mvi != view->mvi && view->order_mvi == 0 ? settle(view) : S_OK;
}

/* ---- sorting ---------------------------------------------------------------------------------------------------------- */

/* Reads the order into parts: first the columns of the categories, then those of the rows. */
static HRESULT read_order(const SSortOrderSet *order, struct sort_part *parts, int *count, int *levels, ULONG *mvi)
{
    ULONG categories = 0;
    *count = *levels = 0;
    *mvi = 0;
    if (order->cSorts > VIEW_PARTS_MAX)
        return MAPI_E_TOO_COMPLEX;
    if (order->cCategories > order->cSorts || order->cExpanded > order->cCategories)
        return MAPI_E_INVALID_PARAMETER;
    for (ULONG i = 0; i < order->cSorts; i++) {
        const SSortOrder *sort = &order->aSort[i];
        struct sort_part *part = &parts[(*count)++];
        *part = (struct sort_part){.tag = unicode_tag(sort->ulPropTag)};
        ULONG type = PROP_TYPE(part->tag);
        if (propvalue_type_of(part->tag)->form == PROPVALUE_NONE || type == PT_OBJECT)
            return MAPI_E_TOO_COMPLEX;
        part->descending = (sort->ulOrder & TABLE_SORT_DESCEND) != 0;
        if ((type & MVI_FLAG) == MVI_FLAG) {
            if (*mvi != 0 && *mvi != part->tag)
                return MAPI_E_TOO_COMPLEX;
            *mvi = part->tag;
        }
        if (sort->ulOrder & SORT_AGGREGATE) {
            /* Orders the categories of the level before by the greatest or least value of their rows. */
            if (*levels == 0)
                return MAPI_E_INVALID_PARAMETER;
            part->aggregate = (UCHAR)(sort->ulOrder & SORT_AGGREGATE);
            part->level = (UCHAR)(*levels - 1);
        } else if (categories < order->cCategories) {
            categories++;
            if (!(sort->ulOrder & TABLE_SORT_COMBINE) || *levels == 0)
                ++*levels;
            part->level = (UCHAR)(*levels - 1);
        } else {
            part->level = 0xff;
        }
    }
    for (int i = 0; i < *count; i++)
        if (parts[i].level == 0xff)
            parts[i].level = (UCHAR)*levels;
    /* By levels; what orders the categories of a level stands before its columns. */
    for (int i = 1; i < *count; i++) {
        struct sort_part part = parts[i];
        int at = i;
        while (at > 0 && (parts[at - 1].level > part.level ||
                          (parts[at - 1].level == part.level && part.aggregate != 0 && parts[at - 1].aggregate == 0))) {
            parts[at] = parts[at - 1];
            at--;
        }
        parts[at] = part;
    }
    return S_OK;
}

HRESULT view_sort(struct mbx_view *view, const SSortOrderSet *order)
{
    struct sort_part parts[VIEW_PARTS_MAX];
    int count = 0, levels = 0;
    ULONG mvi = 0;
    HRESULT hr = order == NULL ? S_OK : read_order(order, parts, &count, &levels, &mvi);
    if (FAILED(hr))
        return hr;
    if (view->folders && (levels > 0 || mvi != 0))
        return MAPI_E_TOO_COMPLEX;
    view->aggregated = false;
    for (int i = 0; i < count; i++)
        view->aggregated |= parts[i].aggregate != 0;
    if (view->aggregated && (view->folders || mvi != 0))
        return MAPI_E_TOO_COMPLEX;
    memcpy(view->parts, parts, sizeof parts);
    view->part_count = count;
    view->levels = levels;
    view->expanded_levels = levels == 0 ? 0 : order->cExpanded;
    view->order_mvi = mvi;
    forget_toggled(view);
    return settle(view);
}

HRESULT view_restrict(struct mbx_view *view, const SRestriction *restriction)
{
    struct bytebuf bytes = {0};
    SRestriction *copy = NULL;
    struct where where = {0};
    HRESULT hr = S_OK;
    if (restriction != NULL) {
        hr = restriction_check(restriction);
        if (SUCCEEDED(hr))
            hr = restriction_write(restriction, &bytes);
        if (SUCCEEDED(hr))
            hr = restriction_read(bytes.data, bytes.size, &copy);
        if (SUCCEEDED(hr))
            hr = where_compile(view, copy, WHERE_FIRST, &where);
        bytebuf_free(&bytes);
        if (FAILED(hr)) {
            MAPIFreeBuffer(copy);
            return hr;
        }
    }
    aggregate_drop(view);
    where_free(&view->where);
    MAPIFreeBuffer(view->restriction);
    view->where = where;
    view->restriction = copy;
    return S_OK;
}

/* ---- places ------------------------------------------------------------------------------------------------------------- */

static HRESULT pos_create(const struct mbx_view *view, enum pos_side side, struct mbx_pos **out)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*out)->side = side;
    (*out)->generation = view->generation;
    return S_OK;
}

HRESULT view_pos_begin(struct mbx_view *view, struct mbx_pos **out)
{
    return pos_create(view, POS_BEGIN, out);
}

HRESULT view_pos_end(struct mbx_view *view, struct mbx_pos **out)
{
    return pos_create(view, POS_END, out);
}

static HRESULT row_copy(struct view_row *to, const struct view_row *from)
{
    HRESULT hr = view_row_set(to, from->key.data, from->key.size, from->id, from->instance);
    to->level = from->level;
    return hr;
}

HRESULT view_pos_copy(const struct mbx_pos *pos, struct mbx_pos **out)
{
    HRESULT hr = MAPI_E_NOT_ENOUGH_MEMORY;
    struct mbx_pos *copy = calloc(1, sizeof *copy);
    *out = NULL;
    if (copy == NULL)
        return hr;
    copy->side = pos->side;
    copy->generation = pos->generation;
    if (FAILED(hr = row_copy(&copy->row, &pos->row)))
        view_pos_free(copy);
    else
        *out = copy;
    return hr;
}

void view_pos_free(struct mbx_pos *pos)
{
    if (pos == NULL)
        return;
    view_row_free(&pos->row);
    free(pos);
}

static HRESULT pos_set(const struct mbx_view *view, struct mbx_pos *pos, enum pos_side side, const struct view_row *row)
{
    pos->side = side;
    pos->generation = view->generation;
    return row == NULL ? S_OK : row_copy(&pos->row, row);
}

/* Headers and rows, or rows alone. */
static HRESULT walk(struct mbx_view *view, const struct mbx_pos *from, bool backward, int64_t max, view_each each, void *context)
{
    return view->levels > 0 ? group_walk(view, from, backward, max, each, context)
                            : view_walk(view, from, backward, max, NULL, each, context);
}

/* Counts rows and keeps the last. */
struct last_row {
    struct view_row row;
    LONG count;
};

static HRESULT keep_last(void *context, const struct view_row *row, bool *stop)
{
    struct last_row *last = context;
    (void)stop;
    last->count++;
    return row_copy(&last->row, row);
}

HRESULT view_count(struct mbx_view *view, ULONG *rows)
{
    struct mbx_pos end = {.side = POS_END, .generation = view->generation};
    return view_pos_row(view, &end, rows);
}

HRESULT view_pos_row(struct mbx_view *view, const struct mbx_pos *pos, ULONG *rows)
{
    *rows = 0;
    HRESULT hr = db_read_begin(view->mbx->db);
    if (FAILED(hr))
        return hr;
    hr = view->levels > 0 ? group_rows_before(view, pos, rows) : view_rows_before(view, pos, rows);
    db_read_end(view->mbx->db);
    return hr;
}

HRESULT view_seek(struct mbx_view *view, struct mbx_pos *pos, LONG n, LONG *moved)
{
    struct last_row last = {0};
    bool backward = n < 0;
    int64_t count = backward ? -(int64_t)n : n;
    *moved = 0;
    if (n == 0)
        return S_OK;
    HRESULT hr = db_read_begin(view->mbx->db);
    if (FAILED(hr))
        return hr;
    hr = walk(view, pos, backward, count, keep_last, &last);
    db_read_end(view->mbx->db);
    if (SUCCEEDED(hr)) {
        *moved = backward ? -last.count : last.count;
        if (last.count < count)
            hr = pos_set(view, pos, backward ? POS_BEGIN : POS_END, NULL);
        else
            hr = pos_set(view, pos, backward ? POS_BEFORE : POS_AFTER, &last.row);
    }
    view_row_free(&last.row);
    return hr;
}

HRESULT view_pos_settle(struct mbx_view *view, struct mbx_pos *pos, int64_t row[2])
{
    struct last_row last = {0};
    HRESULT hr = db_read_begin(view->mbx->db);
    if (FAILED(hr))
        return hr;
    hr = walk(view, pos, false, 1, keep_last, &last);
    db_read_end(view->mbx->db);
    if (SUCCEEDED(hr) && (last.count == 0 || last.row.level >= 0)) {
        hr = S_FALSE;
    } else if (SUCCEEDED(hr)) {
        row[0] = last.row.id;
        row[1] = last.row.instance;
        hr = pos_set(view, pos, POS_BEFORE, &last.row);
    }
    view_row_free(&last.row);
    return hr;
}

/* ---- finding -------------------------------------------------------------------------------------------------------------- */

struct found_row {
    struct mbx_view *view;
    struct view_row row;
    bool found;
};

static HRESULT keep_visible(void *context, const struct view_row *row, bool *stop)
{
    struct found_row *found = context;
    if (found->view->levels > 0 && !group_is_visible(found->view, row))
        return S_OK;
    found->found = *stop = true;
    return row_copy(&found->row, row);
}

/* A category header is found by its instance key alone. */
static bool header_of(const SRestriction *r, struct view_row *row)
{
    if (r->rt != RES_PROPERTY || r->res.resProperty.relop != RELOP_EQ || r->res.resProperty.ulPropTag != PR_INSTANCE_KEY ||
        FAILED(view_parse_instance_key(&r->res.resProperty.lpProp->Value.bin, row)))
        return false;
    return row->level >= 0;
}

HRESULT view_find(struct mbx_view *view, struct mbx_pos *pos, const SRestriction *restriction, bool backward)
{
    struct where where;
    struct found_row found = {.view = view};
    HRESULT hr = where_compile(view, restriction, WHERE_EXTRA, &where);
    if (FAILED(hr))
        return hr;
    if (view->levels > 0 && header_of(restriction, &found.row)) {
        found.found = true;
    } else if (SUCCEEDED(hr = db_read_begin(view->mbx->db))) {
        hr = view_walk(view, pos, backward, view->levels > 0 ? MAXLONG : 1, &where, keep_visible, &found);
        db_read_end(view->mbx->db);
    }
    if (SUCCEEDED(hr))
        hr = found.found ? pos_set(view, pos, POS_BEFORE, &found.row) : MAPI_E_NOT_FOUND;
    view_row_free(&found.row);
    where_free(&where);
    return hr;
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

/* Rows on their way into an SRowSet. */
struct row_list {
    struct mbx_view *view;
    struct view_row *rows;
    LONG count, capacity;
};

static HRESULT keep_row(void *context, const struct view_row *row, bool *stop)
{
    struct row_list *list = context;
    (void)stop;
    if (list->count == list->capacity) {
        LONG capacity = list->capacity == 0 ? 64 : list->capacity * 2;
        struct view_row *grown = realloc(list->rows, (size_t)capacity * sizeof *grown);
        if (grown == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->rows = grown;
        list->capacity = capacity;
    }
    list->rows[list->count] = (struct view_row){0};
    return row_copy(&list->rows[list->count++], row);
}

static void row_list_free(struct row_list *list)
{
    for (LONG i = 0; i < list->count; i++)
        view_row_free(&list->rows[i]);
    free(list->rows);
}

static HRESULT render_row(struct mbx_view *view, const struct view_row *row, SRow *out)
{
    ULONG columns = view->columns == NULL ? 0 : view->columns->cValues;
    void *base;
    SCODE sc = MAPIAllocateBuffer((columns == 0 ? 1 : columns) * sizeof(SPropValue), &base);
    if (sc != S_OK)
        return sc;
    HRESULT hr = view_render(view, row, base, base);
    if (FAILED(hr)) {
        MAPIFreeBuffer(base);
        return hr;
    }
    *out = (SRow){.cValues = columns, .lpProps = base};
    return S_OK;
}

static HRESULT render_all(struct mbx_view *view, const struct row_list *list, bool backward, SRowSet **out)
{
    SRowSet *set;
    HRESULT hr = MAPIAllocateBuffer((ULONG)CbNewSRowSet(list->count == 0 ? 1 : list->count), (void **)&set);
    if (hr != S_OK)
        return hr;
    set->cRows = 0;
    for (LONG i = 0; i < list->count && SUCCEEDED(hr); i++) {
        hr = render_row(view, &list->rows[backward ? list->count - 1 - i : i], &set->aRow[set->cRows]);
        if (SUCCEEDED(hr))
            set->cRows++;
        else if (hr == MAPI_E_NOT_FOUND)
            hr = S_OK; /* gone in between: its index entry was older than the transaction */
    }
    if (FAILED(hr)) {
        for (ULONG i = 0; i < set->cRows; i++)
            MAPIFreeBuffer(set->aRow[i].lpProps);
        MAPIFreeBuffer(set);
        return hr;
    }
    *out = set;
    return S_OK;
}

HRESULT view_rows(struct mbx_view *view, struct mbx_pos *pos, LONG n, bool advance, SRowSet **out)
{
    struct row_list list = {.view = view};
    bool backward = n < 0;
    *out = NULL;
    HRESULT hr = db_read_begin(view->mbx->db);
    if (FAILED(hr))
        return hr;
    hr = walk(view, pos, backward, backward ? -(int64_t)n : n, keep_row, &list);
    if (SUCCEEDED(hr))
        hr = render_all(view, &list, backward, out);
    db_read_end(view->mbx->db);
    if (SUCCEEDED(hr) && advance && list.count > 0)
        hr = pos_set(view, pos, backward ? POS_BEFORE : POS_AFTER, &list.rows[list.count - 1]);
    row_list_free(&list);
    return hr;
}

HRESULT view_row_of(struct mbx_view *view, mbx_id id, SRow *row, SBinary *prior_key, void *base)
{
    struct mbx_pos at = {.side = POS_BEFORE, .generation = view->generation};
    struct row_list before = {.view = view};
    ULONG columns = view->columns == NULL ? 0 : view->columns->cValues;
    memset(row, 0, sizeof *row);
    memset(prior_key, 0, sizeof *prior_key);
    HRESULT hr = db_read_begin(view->mbx->db);
    if (FAILED(hr))
        return hr;
    hr = view_locate(view, id, &at.row);
    if (SUCCEEDED(hr) && view->levels > 0 && !group_is_visible(view, &at.row))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = MAPIAllocateMore((columns == 0 ? 1 : columns) * sizeof(SPropValue), base, (void **)&row->lpProps);
    if (SUCCEEDED(hr) && SUCCEEDED(hr = view_render(view, &at.row, base, row->lpProps)))
        row->cValues = columns;
    if (SUCCEEDED(hr))
        hr = walk(view, &at, true, 1, keep_row, &before);
    if (SUCCEEDED(hr) && before.count > 0)
        hr = view_make_instance_key(view, &before.rows[0], base, prior_key);
    db_read_end(view->mbx->db);
    row_list_free(&before);
    view_row_free(&at.row);
    return hr;
}

HRESULT view_instance_key(struct mbx_view *view, mbx_id id, void *base, SBinary *out)
{
    struct view_row row = {.id = id, .level = -1};
    return view_make_instance_key(view, &row, base, out);
}

/* ---- ids --------------------------------------------------------------------------------------------------------------------- */

struct id_list {
    mbx_id *ids;
    ULONG count, capacity;
};

static HRESULT keep_id(void *context, const struct view_row *row, bool *stop)
{
    struct id_list *list = context;
    (void)stop;
    if (list->count == list->capacity) {
        ULONG capacity = list->capacity == 0 ? 256 : list->capacity * 2;
        mbx_id *grown = realloc(list->ids, capacity * sizeof *grown);
        if (grown == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        list->ids = grown;
        list->capacity = capacity;
    }
    list->ids[list->count++] = row->id;
    return S_OK;
}

HRESULT view_ids(struct mbx_view *view, mbx_id **ids, ULONG *count)
{
    struct mbx_pos begin = {.side = POS_BEGIN, .generation = view->generation};
    struct id_list list = {0};
    *ids = NULL;
    *count = 0;
    HRESULT hr = db_read_begin(view->mbx->db);
    if (FAILED(hr))
        return hr;
    hr = view_walk(view, &begin, false, INT64_MAX, NULL, keep_id, &list);
    db_read_end(view->mbx->db);
    if (FAILED(hr)) {
        free(list.ids);
        return hr;
    }
    *ids = list.ids;
    *count = list.count;
    return S_OK;
}
