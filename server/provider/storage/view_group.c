/*
 * view_group.c: categorised views: headers, expanding and collapsing, and the state of that as bytes.
 *
 * Layer: portable. A header's place is the part of the key that its rows have in common, so that it sorts just before
 * them. Headers are not stored: they follow from the rows as the walk meets them.
 */
#include <stdlib.h>
#include <string.h>
#include "propvalue.h"
#include "sortkey.h"
#include "view.h"

/* ---- prefixes --------------------------------------------------------------------------------------------------------- */

size_t group_prefix(const struct mbx_view *view, const uint8_t *key, size_t size, int level)
{
    size_t used = 0;
    for (int i = 0; i < view->part_count && view->parts[i].level <= level; i++)
        used += sortkey_component(key + used, size - used, view->parts[i].tag, view->parts[i].descending);
    return used;
}

static int find_toggled(const struct mbx_view *view, const uint8_t *prefix, size_t size)
{
    for (ULONG i = 0; i < view->toggled_count; i++)
        if (view->toggled[i].size == size && memcmp(view->toggled[i].data, prefix, size) == 0)
            return (int)i;
    return -1;
}

bool group_is_expanded(const struct mbx_view *view, const uint8_t *prefix, size_t size, int level)
{
    return ((ULONG)level < view->expanded_levels) != (find_toggled(view, prefix, size) >= 0);
}

/* The outermost collapsed category that holds this key, or -1; *size: of its prefix. Only levels below `below`. */
static int collapsed_level(const struct mbx_view *view, const struct bytebuf *key, int below, size_t *size)
{
    for (int level = 0; level < below; level++) {
        *size = group_prefix(view, key->data, key->size, level);
        if (!group_is_expanded(view, key->data, *size, level))
            return level;
    }
    return -1;
}

bool group_is_visible(const struct mbx_view *view, const struct view_row *row)
{
    size_t size;
    return collapsed_level(view, &row->key, row->level < 0 ? view->levels : row->level, &size) < 0;
}

/* ---- walking ------------------------------------------------------------------------------------------------------------ */

struct one_row {
    struct view_row row;
    bool found;
};

static HRESULT keep_one(void *context, const struct view_row *row, bool *stop)
{
    struct one_row *one = context;
    one->found = *stop = true;
    return view_row_set(&one->row, row->key.data, row->key.size, row->id, row->instance);
}

static HRESULT next_leaf(struct mbx_view *view, const struct mbx_pos *from, bool backward, struct one_row *out)
{
    out->found = false;
    return view_walk(view, from, backward, 1, NULL, keep_one, out);
}

/* Whether the place lies before a header with this key. */
static bool is_before(const struct mbx_pos *pos, const uint8_t *key, size_t size)
{
    if (pos->side == POS_BEGIN || pos->side == POS_END)
        return pos->side == POS_BEGIN;
    size_t common = pos->row.key.size < size ? pos->row.key.size : size;
    int order = common == 0 ? 0 : memcmp(pos->row.key.data, key, common);
    if (order == 0)
        order = pos->row.key.size < size ? -1 : pos->row.key.size > size;
    return order < 0 || (order == 0 && pos->row.level >= 0 && pos->side == POS_BEFORE);
}

static HRESULT set_place(struct mbx_pos *pos, enum pos_side side, const uint8_t *key, size_t size, int64_t id,
                         int64_t instance, int level)
{
    struct bytebuf copy = {0};
    /* key may be the place's own. */
    bytebuf_add(&copy, key, size);
    HRESULT hr = copy.failed ? MAPI_E_NOT_ENOUGH_MEMORY : view_row_set(&pos->row, copy.data, copy.size, id, instance);
    bytebuf_free(&copy);
    pos->side = side;
    pos->row.level = level;
    return hr;
}

/* Past all rows of a category: after every key that begins with its prefix. */
static HRESULT skip_category(struct mbx_pos *pos, const uint8_t *prefix, size_t size)
{
    struct bytebuf beyond = {0};
    bytebuf_add(&beyond, prefix, size);
    for (int i = 0; i <= VIEW_PARTS_MAX; i++)
        bytebuf_byte(&beyond, 0xff);
    HRESULT hr = beyond.failed ? MAPI_E_NOT_ENOUGH_MEMORY
                               : set_place(pos, POS_AFTER, beyond.data, beyond.size, INT64_MAX, INT64_MAX, -1);
    bytebuf_free(&beyond);
    return hr;
}

/* The first visible row after the place. */
static HRESULT step_forward(struct mbx_view *view, struct mbx_pos *pos, struct one_row *leaf, bool *found)
{
    HRESULT hr;
    *found = false;
    while (SUCCEEDED(hr = next_leaf(view, pos, false, leaf)) && leaf->found) {
        const struct bytebuf *key = &leaf->row.key;
        bool skipped = false;
        for (int level = 0; level < view->levels && !skipped; level++) {
            size_t size = group_prefix(view, key->data, key->size, level);
            if (is_before(pos, key->data, size)) {
                *found = true;
                return set_place(pos, POS_AFTER, key->data, size, 0, 0, level);
            }
            if (!group_is_expanded(view, key->data, size, level)) {
                skipped = true;
                if (FAILED(hr = skip_category(pos, key->data, size)))
                    return hr;
            }
        }
        if (!skipped) {
            *found = true;
            return set_place(pos, POS_AFTER, key->data, key->size, leaf->row.id, leaf->row.instance, -1);
        }
    }
    return hr;
}

/* The nearest visible row before the place: a header of what comes after it, or what comes before. */
static HRESULT step_backward(struct mbx_view *view, struct mbx_pos *pos, struct one_row *leaf, struct one_row *after,
                             bool *found)
{
    size_t size, collapsed;
    *found = false;
    HRESULT hr = next_leaf(view, pos, true, leaf);
    if (SUCCEEDED(hr))
        hr = next_leaf(view, pos, false, after);
    if (FAILED(hr))
        return hr;
    if (after->found && pos->side != POS_END) {
        const struct bytebuf *key = &after->row.key;
        int visible = collapsed_level(view, key, view->levels, &collapsed);
        for (int level = visible < 0 ? view->levels - 1 : visible; level >= 0; level--) {
            size = group_prefix(view, key->data, key->size, level);
            bool same = leaf->found && leaf->row.key.size >= size && memcmp(leaf->row.key.data, key->data, size) == 0;
            if (same)
                break; /* the header lies before rows that are nearer */
            if (!is_before(pos, key->data, size) && pos->side != POS_BEGIN) {
                *found = true;
                return set_place(pos, POS_BEFORE, key->data, size, 0, 0, level);
            }
        }
    }
    if (!leaf->found)
        return S_OK;
    *found = true;
    int level = collapsed_level(view, &leaf->row.key, view->levels, &size);
    if (level >= 0)
        return set_place(pos, POS_BEFORE, leaf->row.key.data, size, 0, 0, level);
    return set_place(pos, POS_BEFORE, leaf->row.key.data, leaf->row.key.size, leaf->row.id, leaf->row.instance, -1);
}

HRESULT group_walk(struct mbx_view *view, const struct mbx_pos *from, bool backward, int64_t max, view_each each, void *context)
{
    struct mbx_pos pos = {.side = POS_BEGIN, .generation = view->generation};
    struct one_row leaf = {0}, after = {0};
    bool found = true, stop = false;
    HRESULT hr = S_OK;
    if (from->generation == view->generation && from->side != POS_BEGIN)
        hr = set_place(&pos, from->side, from->row.key.data, from->row.key.size, from->row.id, from->row.instance,
                       from->row.level);
    while (SUCCEEDED(hr) && found && !stop && max-- > 0) {
        hr = backward ? step_backward(view, &pos, &leaf, &after, &found) : step_forward(view, &pos, &leaf, &found);
        if (SUCCEEDED(hr) && found)
            hr = each(context, &pos.row, &stop);
    }
    view_row_free(&pos.row);
    view_row_free(&leaf.row);
    view_row_free(&after.row);
    return hr;
}

/* ---- counting ------------------------------------------------------------------------------------------------------------- */

/* Rows with objects of a category that lie before a place within it. */
static HRESULT count_within(struct mbx_view *view, const struct bytebuf *prefix, const struct mbx_pos *pos, ULONG *rows)
{
    struct mbx_pos begin = {.side = POS_BEFORE, .generation = view->generation, .row = {.key = *prefix, .level = -1}};
    ULONG before;
    HRESULT hr = view_rows_before(view, pos, rows);
    if (SUCCEEDED(hr))
        hr = view_rows_before(view, &begin, &before);
    if (SUCCEEDED(hr))
        *rows -= before;
    return hr;
}

/* Category by category: one step for each, not for each row. */
HRESULT group_rows_before(struct mbx_view *view, const struct mbx_pos *pos, ULONG *rows)
{
    struct mbx_pos at = {.side = POS_BEGIN, .generation = view->generation};
    struct one_row leaf = {0};
    bool reached = pos->generation != view->generation || pos->side == POS_BEGIN;
    HRESULT hr = S_OK;
    *rows = 0;
    while (SUCCEEDED(hr) && !reached && SUCCEEDED(hr = next_leaf(view, &at, false, &leaf)) && leaf.found) {
        struct bytebuf prefix = leaf.row.key;
        bool expanded = true;
        for (int level = 0; level < view->levels && expanded && !reached; level++) {
            prefix.size = group_prefix(view, leaf.row.key.data, leaf.row.key.size, level);
            if (is_before(&at, prefix.data, prefix.size)) {
                reached = pos->side != POS_END && is_before(pos, prefix.data, prefix.size);
                *rows += !reached;
            }
            expanded = group_is_expanded(view, prefix.data, prefix.size, level);
        }
        if (reached)
            break;
        if (expanded) {
            ULONG within;
            reached = pos->side != POS_END && pos->row.key.size >= prefix.size &&
                      memcmp(pos->row.key.data, prefix.data, prefix.size) == 0;
            hr = reached ? count_within(view, &prefix, pos, &within) : view_leaf_count(view, &prefix, &within, NULL);
            *rows += within;
        }
        if (SUCCEEDED(hr) && !reached)
            hr = skip_category(&at, prefix.data, prefix.size);
    }
    view_row_free(&at.row);
    view_row_free(&leaf.row);
    return hr;
}

/* ---- expanding and collapsing --------------------------------------------------------------------------------------------- */

static HRESULT toggle(struct mbx_view *view, const uint8_t *prefix, size_t size)
{
    int at = find_toggled(view, prefix, size);
    if (at >= 0) {
        bytebuf_free(&view->toggled[at]);
        view->toggled[at] = view->toggled[--view->toggled_count];
        return S_OK;
    }
    struct bytebuf *grown = realloc(view->toggled, (view->toggled_count + 1) * sizeof *grown), copy = {0};
    if (grown == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    view->toggled = grown;
    bytebuf_add(&copy, prefix, size);
    if (copy.failed)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    view->toggled[view->toggled_count++] = copy;
    return S_OK;
}

/* Counts the rows until the category ends. */
struct inside {
    const struct view_row *header;
    ULONG count;
};

static HRESULT count_inside(void *context, const struct view_row *row, bool *stop)
{
    struct inside *inside = context;
    const struct bytebuf *prefix = &inside->header->key;
    if (row->key.size < prefix->size || memcmp(row->key.data, prefix->data, prefix->size) != 0)
        *stop = true;
    else
        inside->count++;
    return S_OK;
}

/* Brings a header into a state; *rows: how many rows appear or disappear with it. */
static HRESULT set_expanded(struct mbx_view *view, const SBinary *instance_key, bool expanded, ULONG *rows)
{
    struct view_row header = {0};
    *rows = 0;
    HRESULT hr = view->levels == 0 ? MAPI_E_NOT_FOUND : view_parse_instance_key(instance_key, &header);
    if (hr == MAPI_E_INVALID_PARAMETER || (SUCCEEDED(hr) && (header.level < 0 || header.level >= view->levels)))
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr) && group_is_expanded(view, header.key.data, header.key.size, header.level) != expanded &&
        SUCCEEDED(hr = db_read_begin(view->mbx->db))) {
        struct mbx_pos at = {.side = POS_AFTER, .generation = view->generation, .row = header};
        struct inside inside = {.header = &header};
        /* Counted while it is expanded. */
        if (expanded)
            hr = toggle(view, header.key.data, header.key.size);
        if (SUCCEEDED(hr))
            hr = group_walk(view, &at, false, MAXLONG, count_inside, &inside);
        if (SUCCEEDED(hr) && !expanded)
            hr = toggle(view, header.key.data, header.key.size);
        *rows = inside.count;
        db_read_end(view->mbx->db);
    }
    view_row_free(&header);
    return hr;
}

HRESULT view_expand(struct mbx_view *view, const SBinary *instance_key, ULONG *added)
{
    return set_expanded(view, instance_key, true, added);
}

HRESULT view_collapse(struct mbx_view *view, const SBinary *instance_key, ULONG *removed)
{
    return set_expanded(view, instance_key, false, removed);
}

/* ---- the state as bytes --------------------------------------------------------------------------------------------------- */

#define STATE_VERSION 1

HRESULT view_collapse_state(struct mbx_view *view, SBinary *out)
{
    struct bytebuf state = {0};
    memset(out, 0, sizeof *out);
    bytebuf_le32(&state, STATE_VERSION);
    bytebuf_le32(&state, (uint32_t)view->levels);
    bytebuf_le32(&state, (uint32_t)view->expanded_levels);
    bytebuf_le32(&state, (uint32_t)view->toggled_count);
    for (ULONG i = 0; i < view->toggled_count; i++) {
        bytebuf_le32(&state, (uint32_t)view->toggled[i].size);
        bytebuf_add(&state, view->toggled[i].data, view->toggled[i].size);
    }
    HRESULT hr = state.failed ? MAPI_E_NOT_ENOUGH_MEMORY : MAPIAllocateBuffer((ULONG)state.size, (void **)&out->lpb);
    if (SUCCEEDED(hr)) {
        out->cb = (ULONG)state.size;
        memcpy(out->lpb, state.data, state.size);
    }
    bytebuf_free(&state);
    return hr;
}

HRESULT view_set_collapse_state(struct mbx_view *view, const SBinary *state)
{
    uint32_t head[4], size;
    HRESULT hr = S_OK;
    if (state->cb < sizeof head)
        return MAPI_E_INVALID_PARAMETER;
    memcpy(head, state->lpb, sizeof head);
    if (head[0] != STATE_VERSION || head[1] != (uint32_t)view->levels || head[2] > head[1])
        return MAPI_E_INVALID_PARAMETER;
    while (view->toggled_count > 0)
        bytebuf_free(&view->toggled[--view->toggled_count]);
    view->expanded_levels = head[2];
    size_t at = sizeof head;
    for (uint32_t i = 0; SUCCEEDED(hr) && i < head[3]; i++) {
        if (state->cb - at < sizeof size)
            return MAPI_E_INVALID_PARAMETER;
        memcpy(&size, state->lpb + at, sizeof size);
        at += sizeof size;
        if (size > state->cb - at)
            return MAPI_E_INVALID_PARAMETER;
        if (find_toggled(view, state->lpb + at, size) < 0)
            hr = toggle(view, state->lpb + at, size);
        at += size;
    }
    return hr;
}
