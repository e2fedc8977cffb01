/*
 * restrict_sql.c: see restrict_sql.h.
 *
 * Layer: portable.
 */
#include <stdlib.h>
#include <string.h>
#include "pack.h"
#include "propvalue.h"
#include "recipients.h"
#include "sortkey.h"
#include "text.h"
#include "view.h"

#define LEAF_POINTER "mapi_leaf"
#define HINT_TEXT_MAX 100 /* units: longer texts are compared by the row only */

/* ---- sources of values ---------------------------------------------------------------------------------------------------- */

/* One value that is at hand. */
struct value_source {
    struct restriction_source base;
    const SPropValue *value;
};

static const SPropValue *single_value(struct restriction_source *base, ULONG tag)
{
    (void)tag;
    return ((struct value_source *)base)->value;
}

/* The properties of a pack; flags and status are columns. */
struct pack_values {
    struct restriction_source base;
    struct where_leaf *leaf;
    const void *pack;
    size_t size;
    sqlite3_value *flags, *status; /* NULL: in the pack */
    SPropValue value;
    void *block;                   /* the memory of value */
};

/* PR_SUBJECT of a message that has only its parts. */
static bool join_subject(struct pack_values *values)
{
    struct pack_item prefix, rest;
    struct bytebuf text = {0};
    if (!pack_find(values->pack, values->size, PROP_ID(PR_NORMALIZED_SUBJECT_W), &rest) || rest.lazy)
        return false;
    if (pack_find(values->pack, values->size, PROP_ID(PR_SUBJECT_PREFIX_W), &prefix) && !prefix.lazy)
        bytebuf_add(&text, prefix.data, prefix.size);
    bytebuf_add(&text, rest.data, rest.size);
    if (!text.failed)
        values->base.hr = pack_value_read(PR_SUBJECT_W, text.data, text.size, &values->value, &values->block);
    bytebuf_free(&text);
    return SUCCEEDED(values->base.hr);
}

static const SPropValue *packed_value(struct restriction_source *base, ULONG tag)
{
    struct pack_values *values = (struct pack_values *)base;
    sqlite3_value *column = PROP_ID(tag) == PROP_ID(PR_MESSAGE_FLAGS) ? values->flags
                            : PROP_ID(tag) == PROP_ID(PR_MSG_STATUS)  ? values->status
                                                                      : NULL;
    struct pack_item item;
    free(values->block);
    values->block = NULL;
    if (column != NULL) {
        values->value = (SPropValue){.ulPropTag = CHANGE_PROP_TYPE(tag, PT_LONG)};
        values->value.Value.l = sqlite3_value_int(column);
        return &values->value;
    }
    if (!pack_find(values->pack, values->size, PROP_ID(tag), &item))
        return PROP_ID(tag) == PROP_ID(PR_SUBJECT_W) && join_subject(values) ? &values->value : NULL;
    HRESULT hr = mbx_pack_value(values->leaf->view->mbx, &item, &values->value, &values->block);
    if (FAILED(hr)) {
        base->hr = hr;
        return NULL;
    }
    return &values->value;
}

/* ---- SQL functions ------------------------------------------------------------------------------------------------------------ */

static void give(sqlite3_context *context, HRESULT hr, bool match)
{
    if (hr == MAPI_E_NOT_ENOUGH_MEMORY)
        sqlite3_result_error_nomem(context);
    else if (FAILED(hr))
        sqlite3_result_error_code(context, hr == MAPI_E_CORRUPT_DATA ? SQLITE_CORRUPT : SQLITE_ERROR);
    else
        sqlite3_result_int(context, match);
}

/* A column's value as the property that it holds. */
static const SPropValue *column_value(sqlite3_value *sql, ULONG tag, SPropValue *out, void **block)
{
    *out = (SPropValue){.ulPropTag = tag};
    *block = NULL;
    if (sqlite3_value_type(sql) == SQLITE_NULL)
        return NULL;
    switch (PROP_TYPE(tag)) {
    case PT_UNICODE:
    case PT_STRING8:
        out->ulPropTag = CHANGE_PROP_TYPE(tag, PT_UNICODE);
        *block = text_from_utf8((const char *)sqlite3_value_text(sql), (size_t)sqlite3_value_bytes(sql), NULL);
        out->Value.lpszW = *block;
        return *block == NULL ? NULL : out;
    case PT_BINARY:
        out->Value.bin.lpb = (BYTE *)sqlite3_value_blob(sql);
        out->Value.bin.cb = (ULONG)sqlite3_value_bytes(sql);
        return out;
    case PT_BOOLEAN:
        out->Value.b = sqlite3_value_int(sql) != 0;
        return out;
    case PT_LONG:
        out->Value.l = sqlite3_value_int(sql);
        return out;
    default:
        out->Value.li.QuadPart = sqlite3_value_int64(sql);
        return out;
    }
}

/* mapi_leaf(leaf, value of the column) */
static void func_leaf(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct where_leaf *leaf = sqlite3_value_pointer(argv[0], LEAF_POINTER);
    struct value_source source = {.base = {.value = single_value}};
    SPropValue value;
    void *block;
    bool match = false;
    (void)argc;
    if (leaf == NULL) {
        sqlite3_result_error_code(context, SQLITE_MISUSE);
        return;
    }
    source.value = column_value(argv[1], leaf->tag, &value, &block);
    HRESULT hr = restriction_test(leaf->restriction, &source.base, &match);
    free(block);
    give(context, hr, match);
}

static HRESULT test_pack(struct where_leaf *leaf, const SRestriction *restriction, const void *pack, size_t size,
                         sqlite3_value *flags, sqlite3_value *status, bool *match)
{
    struct pack_values values = {
        .base = {.value = packed_value}, .leaf = leaf, .pack = pack, .size = size, .flags = flags, .status = status};
    HRESULT hr = restriction_test(restriction, &values.base, match);
    free(values.block);
    return hr;
}

/* mapi_leaf_pack(leaf, pack[, flags, status]) */
static void func_leaf_pack(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct where_leaf *leaf = sqlite3_value_pointer(argv[0], LEAF_POINTER);
    bool match = false;
    if (leaf == NULL) {
        sqlite3_result_error_code(context, SQLITE_MISUSE);
        return;
    }
    const void *pack = sqlite3_value_blob(argv[1]);
    HRESULT hr = test_pack(leaf, leaf->restriction, pack, (size_t)sqlite3_value_bytes(argv[1]), argc == 4 ? argv[2] : NULL,
                           argc == 4 ? argv[3] : NULL, &match);
    give(context, hr, match);
}

/* mapi_leaf_recipients(leaf, recipients): the leaf is what one recipient must match. */
static void func_leaf_recipients(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct where_leaf *leaf = sqlite3_value_pointer(argv[0], LEAF_POINTER);
    bool match = false;
    const void *pack, *all = sqlite3_value_blob(argv[1]);
    size_t size, all_size = (size_t)sqlite3_value_bytes(argv[1]);
    HRESULT hr = S_OK;
    (void)argc;
    if (leaf == NULL) {
        sqlite3_result_error_code(context, SQLITE_MISUSE);
        return;
    }
    for (ULONG i = 0; SUCCEEDED(hr) && !match && recipients_at(all, all_size, i, &pack, &size); i++)
        hr = test_pack(leaf, leaf->restriction, pack, size, NULL, NULL, &match);
    give(context, hr, match);
}

/* mapi_leaf_row(leaf, id, parent): a column that is computed from the ids. */
static void func_leaf_row(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct where_leaf *leaf = sqlite3_value_pointer(argv[0], LEAF_POINTER);
    struct value_source source = {.base = {.value = single_value}};
    struct view_row row = {.level = -1};
    SPropValue value;
    void *base = NULL;
    bool match = false;
    (void)argc;
    if (leaf == NULL) {
        sqlite3_result_error_code(context, SQLITE_MISUSE);
        return;
    }
    row.id = sqlite3_value_int64(argv[1]);
    HRESULT hr = MAPIAllocateBuffer(1, &base);
    if (SUCCEEDED(hr)) {
        hr = view_compute(leaf->view, leaf->tag, &row, sqlite3_value_int64(argv[2]), base, &value);
        source.value = SUCCEEDED(hr) ? &value : NULL;
        hr = SUCCEEDED(hr) || hr == MAPI_E_NOT_FOUND ? restriction_test(leaf->restriction, &source.base, &match) : hr;
    }
    MAPIFreeBuffer(base);
    give(context, hr, match);
}

int where_register(sqlite3 *handle)
{
    static const struct {
        const char *name;
        int arguments;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"mapi_leaf", 2, func_leaf},
        {"mapi_leaf_pack", 2, func_leaf_pack},
        {"mapi_leaf_pack", 4, func_leaf_pack},
        {"mapi_leaf_recipients", 2, func_leaf_recipients},
        {"mapi_leaf_row", 3, func_leaf_row},
    };
    int rc = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && rc == SQLITE_OK; i++)
        rc = sqlite3_create_function(handle, functions[i].name, functions[i].arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
                                     functions[i].call, NULL, NULL);
    return rc;
}

/* ---- hints --------------------------------------------------------------------------------------------------------------------- */

/* Everything whose key begins so. */
static void range_of_prefix(struct where *where, const struct bytebuf *prefix)
{
    bytebuf_add(&where->low, prefix->data, prefix->size);
    bytebuf_add(&where->high, prefix->data, prefix->size);
    bytebuf_byte(&where->high, 0xff);
}

/* Text: the letters without case and diacritics decide roughly. */
static bool hint_text(struct where *where, const WCHAR *text, ULONG relop, bool prefix)
{
    struct bytebuf key = {0};
    size_t units = text_length(text);
    if (units == 0 || units > HINT_TEXT_MAX)
        return false;
    bytebuf_byte(&key, 1);
    text_sort_prefix(text, units, &key);
    if (relop == RELOP_EQ && !prefix)
        bytebuf_byte(&key, 0);
    if (relop == RELOP_EQ) {
        range_of_prefix(where, &key);
    } else if (relop == RELOP_GT || relop == RELOP_GE) {
        bytebuf_add(&where->low, key.data, key.size);
        bytebuf_byte(&where->high, 0xff);
    } else {
        bytebuf_byte(&where->low, 1);
        bytebuf_add(&where->high, key.data, key.size);
        bytebuf_byte(&where->high, 0xff);
    }
    bytebuf_free(&key);
    return true;
}

static bool hint_number(struct where *where, const SPropValue *value, ULONG relop)
{
    struct bytebuf key = {0};
    sortkey_value(&key, value);
    if (relop == RELOP_EQ) {
        range_of_prefix(where, &key);
    } else if (relop == RELOP_GT || relop == RELOP_GE) {
        bytebuf_add(&where->low, key.data, key.size);
        bytebuf_byte(&where->high, 0xff);
    } else {
        bytebuf_byte(&where->low, 1);
        range_of_prefix(where, &key);
        where->low.size = 1;
    }
    bytebuf_free(&key);
    return true;
}

/* Takes a hint from a condition that every match must fulfil, unless there is one; that of read messages is the last
 * resort. */
static void take_hint(struct mbx_view *view, struct where *where, const SRestriction *r)
{
    if ((where->hint != NULL && where->hint != view_column_unread()) || view->folders)
        return;
    ULONG tag = r->rt == RES_CONTENT ? r->res.resContent.ulPropTag : r->res.resProperty.ulPropTag;
    const SPropValue *value = r->rt == RES_CONTENT ? r->res.resContent.lpProp : r->res.resProperty.lpProp;
    ULONG relop = r->rt == RES_CONTENT ? RELOP_EQ : r->res.resProperty.relop;
    const struct view_column *column = view_column_find(false, tag);
    bool found = false;
    if (column == NULL || !column->indexed || relop == RELOP_NE || relop == RELOP_RE)
        return;
    if (r->rt == RES_CONTENT && (r->res.resContent.ulFuzzyLevel & 0xffff) == FL_SUBSTRING)
        return;
    size_t low = where->low.size, high = where->high.size;
    if (PROP_TYPE(value->ulPropTag) == PT_UNICODE)
        found = hint_text(where, value->Value.lpszW, relop, r->rt == RES_CONTENT);
    else if (r->rt == RES_PROPERTY && PROP_TYPE(value->ulPropTag) != PT_BINARY && PROP_TYPE(value->ulPropTag) != PT_STRING8)
        found = hint_number(where, value, relop);
    if (!found)
        return;
    /* In place of what was there. */
    memmove(where->low.data, where->low.data + low, where->low.size -= low);
    memmove(where->high.data, where->high.data + high, where->high.size -= high);
    where->hint = column;
}

/* Read and unread messages are apart in an index of their own, since the flags are one number. */
static void take_flags_hint(struct mbx_view *view, struct where *where, const SRestriction *r)
{
    const SBitMaskRestriction *mask = &r->res.resBitMask;
    SPropValue value = {.ulPropTag = PR_MESSAGE_FLAGS, .Value.l = mask->relBMR == BMR_NEZ};
    if (where->hint != NULL || view->folders || mask->ulPropTag != PR_MESSAGE_FLAGS || !(mask->ulMask & MSGFLAG_READ) ||
        (mask->relBMR == BMR_NEZ && mask->ulMask != MSGFLAG_READ))
        return;
    if (hint_number(where, &value, RELOP_EQ))
        where->hint = view_column_unread();
}

/* PR_ENTRYID = value, where the id is one of the numbers within the value: found by making the entry id again. */
static bool id_of_value(struct mbx_view *view, ULONG tag, const SBinary *value, mbx_id *id)
{
    struct view_row row = {.level = -1};
    if (PROP_ID(tag) == PROP_ID(PR_INSTANCE_KEY)) {
        if (FAILED(view_parse_instance_key(value, &row)))
            return false;
        *id = row.level < 0 ? row.id : 0;
        view_row_free(&row);
        return row.level < 0;
    }
    for (ULONG at = 0; at + 8 <= value->cb; at++) {
        SPropValue made;
        void *base;
        memcpy(id, value->lpb + at, 8);
        if (*id <= 0 || *id > (int64_t)1 << 48 || MAPIAllocateBuffer(1, &base) != S_OK)
            continue;
        row.id = *id;
        bool same = SUCCEEDED(view_compute(view, tag, &row, 0, base, &made)) && made.Value.bin.cb == value->cb &&
                    memcmp(made.Value.bin.lpb, value->lpb, value->cb) == 0;
        MAPIFreeBuffer(base);
        if (same)
            return true;
    }
    return false;
}

/* ---- compiling ------------------------------------------------------------------------------------------------------------------ */

struct compiler {
    struct mbx_view *view;
    struct where *out;
    HRESULT hr;
};

/* Adds a leaf and gives the number of its parameter. */
static int add_leaf(struct compiler *c, const SRestriction *r, ULONG tag)
{
    struct where *w = c->out;
    struct where_leaf **grown = realloc(w->leaves, (size_t)(w->leaf_count + 1) * sizeof *grown);
    struct where_leaf *leaf = malloc(sizeof *leaf);
    if (w->leaf_count >= WHERE_EXTRA - WHERE_FIRST)
        c->hr = MAPI_E_TOO_COMPLEX;
    if (grown != NULL)
        w->leaves = grown;
    if (grown == NULL || leaf == NULL || FAILED(c->hr)) {
        if (SUCCEEDED(c->hr))
            c->hr = MAPI_E_NOT_ENOUGH_MEMORY;
        free(leaf);
        return 0;
    }
    *leaf = (struct where_leaf){r, tag, c->view};
    w->leaves[w->leaf_count++] = leaf;
    return w->first + w->leaf_count - 1;
}

/* A leaf on the pack. */
static void emit_pack(struct compiler *c, int parameter)
{
    if (c->view->folders)
        bytebuf_format(&c->out->sql, "mapi_leaf_pack(?%d,f.props)", parameter);
    else
        bytebuf_format(&c->out->sql, "mapi_leaf_pack(?%d,%s,i.flags,i.status)", parameter, view_pack_sql(false));
}

static void emit_leaf(struct compiler *c, const SRestriction *r, ULONG tag)
{
    bool folders = c->view->folders;
    const struct view_column *column = view_column_find(folders, tag);
    int parameter = add_leaf(c, r, column != NULL ? column->tag : tag);
    if (FAILED(c->hr))
        return;
    if (view_is_computed(c->view, tag)) {
        bytebuf_format(&c->out->sql, "mapi_leaf_row(?%d,%s)", parameter,
                       folders ? "f.id,f.parent" : "i.id,(SELECT p.folder FROM message p WHERE p.id=i.id)");
    } else if (column == NULL) {
        emit_pack(c, parameter);
    } else if (folders || (PROP_TYPE(column->tag) != PT_UNICODE && PROP_TYPE(column->tag) != PT_BINARY)) {
        bytebuf_format(&c->out->sql, "mapi_leaf(?%d,%s)", parameter, column->sql);
    } else {
        /* The column may be cut: then the pack has the whole value. */
        bytebuf_format(&c->out->sql, "CASE WHEN ifnull(length(%s),0)<127 THEN mapi_leaf(?%d,%s) ELSE ", column->sql, parameter,
                       column->sql);
        emit_pack(c, parameter);
        bytebuf_text(&c->out->sql, " END");
    }
}

static void emit_sub(struct compiler *c, const SRestriction *r)
{
    int parameter = add_leaf(c, r->res.resSub.lpRes, 0);
    if (FAILED(c->hr))
        return;
    if (c->view->folders)
        bytebuf_text(&c->out->sql, "0");
    else if (PROP_ID(r->res.resSub.ulSubObject) == PROP_ID(PR_MESSAGE_RECIPIENTS))
        bytebuf_format(&c->out->sql,
                       "mapi_leaf_recipients(?%d,(SELECT p.recipients FROM message p WHERE p.id=i.id))", parameter);
    else
        bytebuf_format(&c->out->sql,
                       "EXISTS(SELECT 1 FROM attachment a WHERE a.message=i.id AND mapi_leaf_pack(?%d,a.props))",
                       parameter);
}

static bool is_id_tag(ULONG tag)
{
    return PROP_ID(tag) == PROP_ID(PR_ENTRYID) || PROP_ID(tag) == PROP_ID(PR_INSTANCE_KEY) ||
           PROP_ID(tag) == PROP_ID(PR_RECORD_KEY);
}

/* required: every match fulfils this condition (it stands under ANDs only). */
static void emit(struct compiler *c, const SRestriction *r, bool required)
{
    struct bytebuf *sql = &c->out->sql;
    if (FAILED(c->hr))
        return;
    switch (r->rt) {
    case RES_AND:
    case RES_OR:
        bytebuf_text(sql, r->res.resAnd.cRes == 0 ? (r->rt == RES_AND ? "1" : "0") : "(");
        for (ULONG i = 0; i < r->res.resAnd.cRes; i++) {
            if (i > 0)
                bytebuf_text(sql, r->rt == RES_AND ? " AND " : " OR ");
            emit(c, &r->res.resAnd.lpRes[i], required && (r->rt == RES_AND || r->res.resOr.cRes == 1));
        }
        bytebuf_text(sql, r->res.resAnd.cRes == 0 ? "" : ")");
        break;
    case RES_NOT:
        bytebuf_text(sql, "NOT(");
        emit(c, r->res.resNot.lpRes, false);
        bytebuf_text(sql, ")");
        break;
    case RES_COMMENT:
        if (r->res.resComment.lpRes == NULL)
            bytebuf_text(sql, "1");
        else
            emit(c, r->res.resComment.lpRes, required);
        break;
    case RES_PROPERTY:
        if (required && r->res.resProperty.relop == RELOP_EQ && is_id_tag(r->res.resProperty.ulPropTag) &&
            PROP_TYPE(r->res.resProperty.ulPropTag) == PT_BINARY && !c->out->by_id) {
            c->out->by_id = true;
            if (!id_of_value(c->view, r->res.resProperty.ulPropTag, &r->res.resProperty.lpProp->Value.bin, &c->out->id))
                c->out->id = 0;
        }
        if (required)
            take_hint(c->view, c->out, r);
        emit_leaf(c, r, r->res.resProperty.ulPropTag);
        break;
    case RES_CONTENT:
        if (required)
            take_hint(c->view, c->out, r);
        emit_leaf(c, r, r->res.resContent.ulPropTag);
        break;
    case RES_BITMASK:
        if (required)
            take_flags_hint(c->view, c->out, r);
        emit_leaf(c, r, r->res.resBitMask.ulPropTag);
        break;
    case RES_SIZE:
        emit_leaf(c, r, r->res.resSize.ulPropTag);
        break;
    case RES_EXIST:
        emit_leaf(c, r, r->res.resExist.ulPropTag);
        break;
    case RES_COMPAREPROPS: {
        int parameter = add_leaf(c, r, 0);
        if (SUCCEEDED(c->hr))
            emit_pack(c, parameter);
        break;
    }
    default:
        emit_sub(c, r);
    }
}

HRESULT where_compile(struct mbx_view *view, const SRestriction *restriction, int first, struct where *out)
{
    struct compiler c = {.view = view, .out = out};
    memset(out, 0, sizeof *out);
    out->first = first;
    if (restriction == NULL)
        return S_OK;
    if (FAILED(c.hr = restriction_check(restriction)))
        return c.hr;
    emit(&c, restriction, true);
    bytebuf_byte(&out->sql, 0);
    if (SUCCEEDED(c.hr) && (out->sql.failed || out->low.failed || out->high.failed))
        c.hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (FAILED(c.hr))
        where_free(out);
    return c.hr;
}

void where_free(struct where *where)
{
    for (int i = 0; i < where->leaf_count; i++)
        free(where->leaves[i]);
    free(where->leaves);
    bytebuf_free(&where->sql);
    bytebuf_free(&where->low);
    bytebuf_free(&where->high);
    memset(where, 0, sizeof *where);
}

HRESULT where_bind(const struct where *where, sqlite3_stmt *stmt)
{
    int rc = SQLITE_OK;
    for (int i = 0; i < where->leaf_count && rc == SQLITE_OK; i++)
        rc = sqlite3_bind_pointer(stmt, where->first + i, where->leaves[i], LEAF_POINTER, NULL);
    return db_error(rc);
}
