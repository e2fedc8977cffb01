/*
 * messages.c: the Messages collection: a contents table that is read ahead.
 *
 * Layer: server/object. Messages come from table rows and are not opened for it. Filter, order and where
 * clause are in messages_filter.c; what changes or reads many messages at once is in messages_rows.c.
 */
#include "messages_private.h"

#include "auto_enum.h"
#include "cdo_dispid.h"
#include "collection.h"
#include "hex.h"
#include "object_util.h"
#include <string.h>
#include <wchar.h>

static const struct auto_class messages_class;
static const struct auto_class hidden_messages_class;

struct messages *messages_from(IMhMessages *iface)
{
    return CONTAINING_RECORD(iface, struct messages, base);
}

struct folder *messages_folder(struct messages *self)
{
    return (struct folder *)self->base.parent;
}

void messages_moved(struct messages *self)
{
    mapi_cursor_disturbed(&self->cursor);
    mapi_cursor_disturbed(&self->walk);
    messages_occurrences_stale(self);
}

void messages_disturbed(struct auto_object *collection)
{
    if (collection && (collection->class == &messages_class || collection->class == &hidden_messages_class))
        messages_moved((struct messages *)collection);
}

/* ---- the table
 * -------------------------------------------------------------------------------------------------------- */

HRESULT messages_restriction(struct messages *self, struct mem_arena *arena, SRestriction **made,
                             SRestriction **out)
{
    SRestriction *where = NULL, *both, *list;
    IMAPIFolder *mapi;
    HRESULT hr = folder_open(messages_folder(self), &mapi);

    *made = *out = NULL;
    if (SUCCEEDED(hr) && self->where) {
        VARIANT text;
        V_VT(&text) = VT_BSTR;
        V_BSTR(&text) = self->where;
        hr = object_where_arg(&self->base, MAPI_PROP(mapi), &text, arena, &where);
    }
    if (SUCCEEDED(hr) && self->criteria)
        hr = message_criteria_build(self->criteria, made);
    *out = where ? where : *made;
    if (FAILED(hr) || !where || !*made)
        return hr;
    both = mem_arena_alloc(arena, sizeof *both);
    list = mem_arena_alloc(arena, 2 * sizeof *list);
    if (!both || !list)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    list[0] = *where;
    list[1] = **made;
    both->rt = RES_AND;
    both->res.resAnd.cRes = 2;
    both->res.resAnd.lpRes = list;
    *out = both;
    return S_OK;
}

static HRESULT apply_restriction(struct messages *self)
{
    struct mem_arena arena = {NULL};
    SRestriction *made = NULL, *restriction = NULL;
    HRESULT hr = messages_restriction(self, &arena, &made, &restriction);

    if (SUCCEEDED(hr))
        hr = self->table->lpVtbl->Restrict(self->table, restriction, 0);
    if (SUCCEEDED(hr) && self->criteria)
        self->criteria_seen = message_criteria_changes(self->criteria);
    mapi_free(made);
    mem_arena_free(&arena);
    return hr;
}

static HRESULT apply_order(struct messages *self)
{
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {self->order}};

    return self->order.ulPropTag ? self->table->lpVtbl->SortTable(self->table, (SSortOrderSet *)&sort, 0)
                                 : S_OK;
}

static void drop_table(struct messages *self)
{
    if (!self->table)
        return;
    self->table->lpVtbl->Release(self->table);
    self->table = NULL;
    mapi_store_unpin(messages_folder(self)->store, &self->pin);
}

void messages_close_table(struct messages *self)
{
    mapi_cursor_reset(&self->cursor);
    mapi_cursor_reset(&self->walk);
    drop_table(self);
    self->parked = false;
}

static bool let_go(struct mapi_pin *pin, bool really)
{
    struct messages *self = CONTAINING_RECORD(pin, struct messages, pin);

    if (really) {
        drop_table(self);
        mapi_cursor_rebind(&self->cursor, NULL);
        mapi_cursor_rebind(&self->walk, NULL);
        self->parked = true;
    }
    return true;
}

static bool filter_changed(const struct messages *self)
{
    return self->criteria && message_criteria_changes(self->criteria) != self->criteria_seen;
}

HRESULT messages_table(struct messages *self)
{
    IMAPIFolder *mapi;
    HRESULT hr = S_OK;

    if ((self->table || self->parked) && filter_changed(self))
        messages_close_table(self); /* begin anew */
    if (self->table) {
        mapi_store_touch(messages_folder(self)->store);
        return S_OK;
    }
    hr = folder_open(messages_folder(self), &mapi);
    if (SUCCEEDED(hr))
        hr = mapi->lpVtbl->GetContentsTable(mapi, MAPI_UNICODE | (self->hidden ? MAPI_ASSOCIATED : 0),
                                            &self->table);
    if (hr == MAPI_E_BAD_CHARWIDTH)
        hr = mapi->lpVtbl->GetContentsTable(mapi, self->hidden ? MAPI_ASSOCIATED : 0, &self->table);
    if (SUCCEEDED(hr))
        mapi_store_pin(messages_folder(self)->store, &self->pin, let_go);
    else
        self->table = NULL;
    if (SUCCEEDED(hr))
        hr = self->table->lpVtbl->SetColumns(self->table, (SPropTagArray *)message_columns, 0);
    if (SUCCEEDED(hr) && (self->where || self->criteria))
        hr = apply_restriction(self);
    if (SUCCEEDED(hr))
        hr = apply_order(self);
    if (FAILED(hr)) {
        messages_close_table(self);
        return hr;
    }
    if (self->parked) {
        mapi_cursor_rebind(&self->cursor, self->table);
        mapi_cursor_rebind(&self->walk, self->table);
        self->parked = false;
        return S_OK;
    }
    mapi_cursor_init(&self->cursor, self->table, MESSAGE_COL_KEY);
    mapi_cursor_init(&self->walk, self->table, MESSAGE_COL_KEY);
    return S_OK;
}

/* ---- items
 * ---------------------------------------------------------------------------------------------------------------
 */

/* The object of a row; NULL for no row. */
static HRESULT item_of_row(struct messages *self, const SRow *row, IDispatch **out)
{
    struct message *message = NULL;
    HRESULT hr;

    *out = NULL;
    if (!row)
        return S_OK;
    hr = message_create_row(&self->base, messages_folder(self)->store, row, &message);
    if (SUCCEEDED(hr))
        *out = (IDispatch *)&message->base;
    return hr;
}

static HRESULT STDMETHODCALLTYPE messages_get_Count(IMhMessages *iface, LONG *value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    ULONG count = 0;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = 0;
    if (SUCCEEDED(hr))
        hr = messages_table(self);
    if (SUCCEEDED(hr))
        hr = messages_occurrences(self, OCCURRENCES_IF_STALE, value);
    if (SUCCEEDED(hr) && *value < 0) {
        hr = self->table->lpVtbl->GetRowCount(self->table, 0, &count);
        *value = (LONG)count;
    }
    return auto_leave(&call, FAILED(hr) ? hr : S_OK);
}

/* Item(searchValue): an id, or the next message from the current one on whose sort property is the text or
 * behind it. */
static HRESULT item_by_text(struct messages *self, const VARIANT *index, IDispatch **out)
{
    ULONG tag = self->order.ulPropTag && PROP_TYPE(self->order.ulPropTag) == PT_UNICODE
                    ? self->order.ulPropTag
                    : PR_SUBJECT_W;
    SPropValue value = {.ulPropTag = tag};
    SRestriction restriction = {.rt = RES_PROPERTY};
    struct message *message = NULL;
    SBinary id = {0, NULL};
    const SRow *row = NULL;
    BSTR text = NULL;
    HRESULT hr = variant_get_bstr(index, &text);

    if (FAILED(hr))
        return hr;
    if (SysStringLen(text) >= 40 && SUCCEEDED(mapi_hex_decode(text, &id)) &&
        SUCCEEDED(message_open_by_id(&self->base, &id, NULL, &message))) {
        *out = (IDispatch *)&message->base;
    } else {
        value.Value.lpszW = text ? text : (WCHAR *)L"";
        restriction.res.resProperty.relop = self->order.ulOrder == TABLE_SORT_DESCEND ? RELOP_LE : RELOP_GE;
        restriction.res.resProperty.ulPropTag = tag;
        restriction.res.resProperty.lpProp = &value;
        hr = mapi_cursor_find(&self->cursor, &restriction, &row);
        if (SUCCEEDED(hr) && !row)
            hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"no message follows");
        if (SUCCEEDED(hr))
            hr = item_of_row(self, row, out);
    }
    mapi_free(id.lpb);
    SysFreeString(text);
    return hr;
}

static HRESULT STDMETHODCALLTYPE messages_get_Item(IMhMessages *iface, VARIANT index, IDispatch **value)
{
    struct messages *self = messages_from(iface);
    const VARIANT *argument = variant_deref(&index);
    struct auto_call call;
    const SRow *row = NULL;
    ULONG number = 0;
    LONG listed = -1;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &index);
    if (SUCCEEDED(hr))
        hr = messages_table(self);
    if (SUCCEEDED(hr) && variant_is_text(argument)) {
        hr = item_by_text(self, argument, value);
        return auto_leave(&call, hr);
    }
    if (SUCCEEDED(hr))
        hr = collection_number(&self->base, argument, L"a number or a text", &number);
    if (SUCCEEDED(hr))
        hr = messages_occurrences(self, OCCURRENCES_IF_STALE, &listed);
    if (SUCCEEDED(hr) && listed < 0)
        hr = mapi_cursor_at(&self->walk, number - 1, &row);
    if (SUCCEEDED(hr) && (listed < 0 ? !row : number > (ULONG)listed))
        hr = auto_fail(&self->base, MAPI_E_NOT_FOUND, L"the collection has fewer than %lu messages", number);
    if (SUCCEEDED(hr))
        hr = listed < 0 ? item_of_row(self, row, value) : messages_occurrence(self, (LONG)number - 1, false, value);
    self->walked = 0;
    return auto_leave(&call, hr);
}

/* For Each goes from row to row, so that it loses none when the loop deletes or moves messages. */
static HRESULT enum_item(struct auto_object *collection, LONG index, VARIANT *out)
{
    struct messages *self = (struct messages *)collection;
    IDispatch *item = NULL;
    const SRow *row = NULL;
    LONG listed = -1;
    HRESULT hr = messages_table(self);

    if (SUCCEEDED(hr))
        hr = messages_occurrences(self, index == 1 ? OCCURRENCES_NEW : OCCURRENCES_KEEP, &listed);
    if (SUCCEEDED(hr) && listed >= 0) {
        hr = messages_occurrence(self, index - 1, false, &item);
        if (item)
            variant_set_dispatch(out, item);
        return SUCCEEDED(hr) && !item ? S_FALSE : hr;
    }
    if (SUCCEEDED(hr) && index == 1)
        hr = mapi_cursor_first(&self->walk, &row);
    else if (SUCCEEDED(hr) && index == self->walked + 1)
        hr = mapi_cursor_next(&self->walk, &row);
    else if (SUCCEEDED(hr))
        hr = mapi_cursor_at(&self->walk, (ULONG)index - 1, &row);
    self->walked = index;
    if (SUCCEEDED(hr) && !row)
        return S_FALSE;
    if (SUCCEEDED(hr))
        hr = item_of_row(self, row, &item);
    if (SUCCEEDED(hr))
        variant_set_dispatch(out, item);
    return hr;
}

static HRESULT STDMETHODCALLTYPE messages_get__NewEnum(IMhMessages *iface, IUnknown **value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = auto_enum_create(&self->base, enum_item, value);
    return auto_leave(&call, hr);
}

/* Whether a row has the message class that GetFirst asked for: that class or one below it. */
static bool class_matches(const struct messages *self, const SRow *row)
{
    const WCHAR *class_name = mapi_prop_text(row->lpProps, MESSAGE_COL_COUNT, PR_MESSAGE_CLASS_W);
    size_t length;

    if (!self->class_filter)
        return true;
    length = SysStringLen(self->class_filter);
    return !_wcsnicmp(class_name, self->class_filter, length) &&
           (!class_name[length] || class_name[length] == L'.');
}

/* One step in the list of a calendar's occurrences, which has `listed`. */
static HRESULT step_occurrences(struct messages *self, enum messages_step step, LONG listed, IDispatch **value)
{
    LONG place = messages_occurrence_place(self), places[] = {
        [STEP_FIRST] = 0, [STEP_LAST] = listed - 1, [STEP_NEXT] = place + 1, [STEP_PREVIOUS] = place - 1};

    return messages_occurrence(self, places[step], true, value);
}

/* One step, then further ones in the same direction to a row of the right class. */
HRESULT messages_step(struct messages *self, enum messages_step step, IDispatch **value)
{
    static const struct {
        HRESULT (*begin)(struct mapi_cursor *cursor, const SRow **row);
        HRESULT (*go_on)(struct mapi_cursor *cursor, const SRow **row);
    } moves[] = {
        [STEP_FIRST] = {mapi_cursor_first, mapi_cursor_next},
        [STEP_LAST] = {mapi_cursor_last, mapi_cursor_previous},
        [STEP_NEXT] = {mapi_cursor_next, mapi_cursor_next},
        [STEP_PREVIOUS] = {mapi_cursor_previous, mapi_cursor_previous},
    };
    bool anew = step == STEP_FIRST || step == STEP_LAST;
    const SRow *row = NULL;
    LONG listed = -1;
    HRESULT hr = messages_table(self);

    if (SUCCEEDED(hr))
        hr = messages_occurrences(self, anew ? OCCURRENCES_NEW : OCCURRENCES_KEEP, &listed);
    if (SUCCEEDED(hr) && listed >= 0)
        return step_occurrences(self, step, listed, value);
    if (SUCCEEDED(hr))
        hr = moves[step].begin(&self->cursor, &row);
    while (SUCCEEDED(hr) && row && !class_matches(self, row))
        hr = moves[step].go_on(&self->cursor, &row);
    return SUCCEEDED(hr) ? item_of_row(self, row, value) : hr;
}

static HRESULT set_class_filter(struct messages *self, const VARIANT *filter)
{
    SysFreeString(self->class_filter);
    self->class_filter = NULL;
    if (variant_blank(filter))
        return S_OK;
    if (!variant_is_text(variant_deref(filter)))
        return auto_fail(&self->base, MAPI_E_INVALID_PARAMETER, L"the filter must be a message class");
    return variant_get_bstr(filter, &self->class_filter);
}

static HRESULT STDMETHODCALLTYPE messages_GetFirst(IMhMessages *iface, VARIANT filter, IDispatch **value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = set_class_filter(self, &filter);
    if (SUCCEEDED(hr))
        hr = messages_step(self, STEP_FIRST, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE messages_GetLast(IMhMessages *iface, VARIANT filter, IDispatch **value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = set_class_filter(self, &filter);
    if (SUCCEEDED(hr))
        hr = messages_step(self, STEP_LAST, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE messages_GetNext(IMhMessages *iface, IDispatch **value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = messages_step(self, STEP_NEXT, value);
    return auto_leave(&call, hr);
}

static HRESULT STDMETHODCALLTYPE messages_GetPrevious(IMhMessages *iface, IDispatch **value)
{
    struct messages *self = messages_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    if (SUCCEEDED(hr))
        hr = messages_step(self, STEP_PREVIOUS, value);
    return auto_leave(&call, hr);
}

/* ---- making messages ---------------------------------------------------------------------------------------------------- */

static HRESULT STDMETHODCALLTYPE messages_Add(IMhMessages *iface, VARIANT subject, VARIANT text, VARIANT type,
                                              VARIANT importance, IDispatch **value)
{
    struct messages *self = messages_from(iface);
    struct message *message = NULL;
    SPropValue values[2];
    ULONG count = 0;
    BSTR subject_text = NULL, body = NULL, class_name = NULL;
    struct auto_call call;
    LONG level = CdoNormal;
    HRESULT hr = auto_enter(&call, &self->base, __func__);

    *value = NULL;
    auto_arg_variant(&call, &subject);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&subject, &subject_text);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&text, &body);
    if (SUCCEEDED(hr))
        hr = variant_get_bstr(&type, &class_name);
    if (SUCCEEDED(hr))
        hr = variant_get_long(&importance, CdoNormal, &level);
    if (SUCCEEDED(hr) && (level < CdoLow || level > CdoHigh))
        hr = auto_fail(&self->base, MAPI_E_INVALID_PARAMETER,
                       L"the importance must be CdoLow, CdoNormal or CdoHigh");
    if (SUCCEEDED(hr))
        hr = message_create_new(&self->base, messages_folder(self), class_name, self->hidden, &message);
    if (SUCCEEDED(hr)) {
        if (subject_text) {
            values[count].ulPropTag = PR_SUBJECT_W;
            values[count++].Value.lpszW = subject_text;
        }
        if (!variant_missing(&importance)) {
            values[count].ulPropTag = PR_IMPORTANCE;
            values[count++].Value.l = level;
        }
        if (count)
            hr = message_write(message, values, count);
    }
    if (SUCCEEDED(hr) && body)
        hr = message_body_put(message, MhFormatText, body);
    if (SUCCEEDED(hr))
        auto_return(&message->base, value);
    if (message)
        auto_release(&message->base);
    SysFreeString(subject_text);
    SysFreeString(body);
    SysFreeString(class_name);
    return auto_leave(&call, hr);
}

/* ---- the class
 * ------------------------------------------------------------------------------------------------------------------
 */

static void messages_close(struct auto_object *object)
{
    struct messages *self = (struct messages *)object;

    messages_occurrences_free(self);
    messages_close_table(self);
    message_criteria_free(self->criteria);
    self->criteria = NULL;
    SysFreeString(self->where);
    SysFreeString(self->class_filter);
    self->where = self->class_filter = NULL;
}

static const IMhMessagesVtbl messages_vtbl = {
    AUTO_HEAD,
    .get_Count = messages_get_Count,
    .get_Item = messages_get_Item,
    .get__NewEnum = messages_get__NewEnum,
    .get_Filter = messages_get_Filter,
    .put_Filter = messages_put_Filter,
    .Add = messages_Add,
    .Delete = messages_Delete,
    .GetFirst = messages_GetFirst,
    .GetNext = messages_GetNext,
    .GetLast = messages_GetLast,
    .GetPrevious = messages_GetPrevious,
    .Sort = messages_Sort,
    .Restrict = messages_Restrict,
    .Find = messages_Find,
    .GetRows = messages_GetRows,
    .DeleteMany = messages_DeleteMany,
    .MoveMany = messages_MoveMany,
    .CopyMany = messages_CopyMany,
    .SetReadFlags = messages_SetReadFlags,
};

#define MESSAGES_CLASS(class_kind)                                                                           \
    {                                                                                                        \
        .name = L"Messages", .kind = class_kind, .iid = &IID_IMhMessages, .coclass = &CLSID_Messages,        \
        .size = sizeof(struct messages), .vtbl = &messages_vtbl, .value_id = CDO_DISPID_ITEM,                \
        .close = messages_close,                                                                             \
    }
static const struct auto_class messages_class = MESSAGES_CLASS(CdoMessages);
static const struct auto_class hidden_messages_class = MESSAGES_CLASS(CdoHiddenMessages);

HRESULT messages_create(struct folder *parent, bool hidden, IMhMessages **out)
{
    struct messages *self = NULL;
    HRESULT hr = auto_create(hidden ? &hidden_messages_class : &messages_class, &parent->base, &self);

    *out = NULL;
    if (SUCCEEDED(hr)) {
        self->hidden = hidden;
        *out = (IMhMessages *)&self->base;
    }
    return hr;
}
