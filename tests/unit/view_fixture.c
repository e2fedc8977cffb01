/*
 * view_fixture.c: see view_fixture.h.
 *
 * Layer: tests (native).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "view_fixture.h"
#include "text.h"

HRESULT fixture_entryid(void *context, ULONG object_type, mbx_id id, void *base, SBinary *out)
{
    (void)context;
    HRESULT hr = MAPIAllocateMore(17, base, (void **)&out->lpb);
    if (FAILED(hr))
        return hr;
    memset(out->lpb, 0x5a, 17);
    out->lpb[4] = (BYTE)object_type;
    memcpy(out->lpb + 7, &id, sizeof id);
    out->cb = 17;
    return S_OK;
}

struct mbx_view *fixture_view(struct fixture *f, enum mbx_view_kind kind, mbx_id folder)
{
    static const SizedSPropTagArray(1, number) = {1, {FIXTURE_TAG_NUMBER}};
    struct mbx_view *view;
    assert_mapi(S_OK, mailbox_view_open(f->mbx, kind, folder, fixture_entryid, NULL, &view));
    assert_mapi(S_OK, view_set_columns(view, (const SPropTagArray *)&number));
    return view;
}

static void set_time(struct propbag *props, ULONG tag, LONG minutes)
{
    SPropValue value = {.ulPropTag = tag};
    uint64_t ticks = 130000000000000000ull + (uint64_t)minutes * 600000000u;
    value.Value.ft.dwLowDateTime = (DWORD)ticks;
    value.Value.ft.dwHighDateTime = (DWORD)(ticks >> 32);
    assert_mapi(S_OK, propbag_set(props, &value));
}

void fixture_rows_ids(struct fixture *f, mbx_id folder, const struct row_spec *rows, int count, mbx_id *ids)
{
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    for (int i = 0; i < count; i++) {
        struct mbx_message *message;
        assert_mapi(S_OK, mbx_message_new(folder, false, &message));
        if (rows[i].subject != NULL)
            assert_mapi(S_OK, propbag_set_string(message->props, PR_SUBJECT_W, rows[i].subject));
        set_time(message->props, PR_MESSAGE_DELIVERY_TIME, rows[i].time);
        assert_mapi(S_OK, propbag_set_long(message->props, PR_IMPORTANCE, rows[i].importance));
        assert_mapi(S_OK, propbag_set_long(message->props, FIXTURE_TAG_NUMBER, i + rows[i].first));
        assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
        if (ids != NULL)
            ids[i] = message->id;
        mbx_message_free(message);
    }
    assert_mapi(S_OK, mailbox_commit(f->mbx));
}

void fixture_rows(struct fixture *f, mbx_id folder, const struct row_spec *rows, int count)
{
    fixture_rows_ids(f, folder, rows, count, NULL);
}

/* xorshift: the same rows on every machine. */
static unsigned next_random(unsigned *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

void fixture_random_rows(struct fixture *f, mbx_id folder, int count, unsigned seed)
{
    static const WCHAR *const subjects[] = {L"Report", L"report 2", L"\x00c4nderung", L"anderung", L"\xd83d\xde00 smile",
                                            L"",       L"zebra",    L"\x0416\x0443\x043a", L"RE: x"};
    seed = seed * 2654435761u + 1;
    assert_mapi(S_OK, mailbox_begin(f->mbx));
    for (int i = 0; i < count; i++) {
        struct mbx_message *message;
        assert_mapi(S_OK, mbx_message_new(folder, false, &message));
        struct propbag *props = message->props;
        unsigned r = next_random(&seed);
        if (r % 11 != 0)
            propbag_set_string(props, PR_SUBJECT_W, subjects[r % 9]);
        if (r % 7 != 0)
            propbag_set_long(props, PR_IMPORTANCE, (LONG)(r >> 8) % 3);
        propbag_set_long(props, PR_MESSAGE_FLAGS, (LONG)(r >> 10 & 0x1f));
        propbag_set_long(props, PR_MESSAGE_SIZE, (LONG)(r >> 12 & 0xffff));
        propbag_set_long(props, FIXTURE_TAG_NUMBER, (LONG)(r >> 4) % 1000);
        set_time(props, PR_MESSAGE_DELIVERY_TIME, (LONG)(r >> 6) % 5000);
        if (r % 5 == 0)
            propbag_set_string(props, PR_SENDER_NAME_W, subjects[(r >> 3) % 9]);
        if (r % 3 == 0) {
            SPropValue value = {.ulPropTag = PR_HASATTACH, .Value.b = r >> 5 & 1};
            propbag_set(props, &value);
        }
        if (r % 13 == 0) {
            WCHAR *body = fixture_text(3000 + r % 100);
            body[0] = (WCHAR)('a' + r % 26);
            propbag_set_string(props, PR_BODY_W, body);
            free(body);
        } else if (r % 2 == 0) {
            propbag_set_string(props, PR_BODY_W, subjects[(r >> 7) % 9]);
        }
        assert_mapi(S_OK, mailbox_message_save(f->mbx, message, false));
        mbx_message_free(message);
    }
    assert_mapi(S_OK, mailbox_commit(f->mbx));
}

void fixture_sort(struct mbx_view *view, ULONG tag1, ULONG order1, ULONG tag2, ULONG order2)
{
    SizedSSortOrderSet(2, order) = {(tag1 != 0) + (tag2 != 0), 0, 0, {{tag1, order1}, {tag2, order2}}};
    assert_mapi(S_OK, view_sort(view, tag1 == 0 ? NULL : (SSortOrderSet *)&order));
}

void fixture_free_rows(SRowSet *set)
{
    for (ULONG i = 0; i < set->cRows; i++)
        MAPIFreeBuffer(set->aRow[i].lpProps);
    MAPIFreeBuffer(set);
}

static int column_of(const SRow *row, ULONG tag)
{
    for (ULONG i = 0; i < row->cValues; i++)
        if (PROP_ID(row->lpProps[i].ulPropTag) == PROP_ID(tag))
            return (int)i;
    return -1;
}

static void expect(struct mbx_view *view, struct mbx_pos *pos, LONG n, const char *name, const char *numbers)
{
    char got[64] = "";
    SRowSet *set;
    assert_mapi(S_OK, view_rows(view, pos, n, true, &set));
    for (ULONG i = 0; i < set->cRows && i < sizeof got - 1; i++) {
        got[i] = (char)('0' + set->aRow[i].lpProps[column_of(&set->aRow[i], FIXTURE_TAG_NUMBER)].Value.l);
        got[i + 1] = 0;
    }
    fixture_free_rows(set);
    if (strcmp(got, numbers) != 0)
        fail_msg("%s: rows %s, expected %s", name, got, numbers);
}

void fixture_expect_rows(struct mbx_view *view, struct mbx_pos *pos, LONG n, const char *numbers)
{
    expect(view, pos, n, "", numbers);
}

void fixture_expect_numbers(struct mbx_view *view, const char *name, const char *numbers)
{
    struct mbx_pos *pos;
    ULONG count;
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    expect(view, pos, 60, name, numbers);
    assert_mapi(S_OK, view_count(view, &count));
    assert_int_equal(count, strlen(numbers));
    view_pos_free(pos);
}

void fixture_expect_backwards(struct mbx_view *view, const char *name, const char *numbers)
{
    struct mbx_pos *pos;
    assert_mapi(S_OK, view_pos_end(view, &pos));
    for (size_t left = strlen(numbers); left > 0;) {
        size_t n = left < 2 ? left : 2;
        char part[3] = {0};
        ULONG row;
        memcpy(part, numbers + left - n, n);
        expect(view, pos, -(LONG)n, name, part);
        left -= n;
        assert_mapi(S_OK, view_pos_row(view, pos, &row));
        assert_int_equal(row, left);
    }
    view_pos_free(pos);
}

/* The value as the sort sees it: an error is absent, long texts count up to the key's length. */
static int compare_column(const SPropValue *a, const SPropValue *b)
{
    return propvalue_compare(PROP_TYPE(a->ulPropTag) == PT_ERROR ? NULL : a, PROP_TYPE(b->ulPropTag) == PT_ERROR ? NULL : b);
}

static int compare_rows(const SRow *a, const SRow *b, ULONG order1, ULONG order2)
{
    int order = compare_column(&a->lpProps[1], &b->lpProps[1]);
    if (order != 0)
        return order1 == TABLE_SORT_DESCEND ? -order : order;
    order = compare_column(&a->lpProps[2], &b->lpProps[2]);
    return order2 == TABLE_SORT_DESCEND ? -order : order;
}

void fixture_check_sorted(struct mbx_view *view, ULONG tag1, ULONG order1, ULONG tag2, ULONG order2, ULONG count)
{
    SizedSPropTagArray(4, tags) = {4, {FIXTURE_TAG_NUMBER, tag1, tag2 == 0 ? PR_NULL : tag2, PR_INSTANCE_KEY}};
    assert_mapi(S_OK, view_set_columns(view, (SPropTagArray *)&tags));
    for (int backward = 0; backward < 2; backward++) {
        SRowSet *last = NULL, *set;
        struct mbx_pos *pos;
        ULONG seen = 0;
        assert_mapi(S_OK, backward ? view_pos_end(view, &pos) : view_pos_begin(view, &pos));
        for (;;) {
            assert_mapi(S_OK, view_rows(view, pos, backward ? -7 : 7, true, &set));
            for (ULONG i = 1; i < set->cRows; i++)
                assert_true(compare_rows(&set->aRow[i - 1], &set->aRow[i], order1, order2) <= 0);
            if (last != NULL && set->cRows > 0) {
                const SRow *a = backward ? &set->aRow[set->cRows - 1] : &last->aRow[last->cRows - 1];
                const SRow *b = backward ? &last->aRow[0] : &set->aRow[0];
                assert_true(compare_rows(a, b, order1, order2) <= 0);
                assert_memory_not_equal(a->lpProps[3].Value.bin.lpb, b->lpProps[3].Value.bin.lpb, a->lpProps[3].Value.bin.cb);
            }
            if (last != NULL)
                fixture_free_rows(last);
            last = set;
            seen += set->cRows;
            if (set->cRows < 7)
                break;
        }
        fixture_free_rows(last);
        view_pos_free(pos);
        assert_int_equal(seen, count);
    }
}

/* ---- categories ------------------------------------------------------------------------------------------------------- */

static void outline_of(const SRowSet *set, char *text, size_t size)
{
    size_t at = 0;
    text[0] = 0;
    for (ULONG i = 0; i < set->cRows && at < size; i++) {
        const SPropValue *v = set->aRow[i].lpProps;
        const char *space = i == 0 ? "" : " ";
        char subject[32] = "";
        for (int k = 0; PROP_TYPE(v[1].ulPropTag) == PT_UNICODE && v[1].Value.lpszW[k] && k < 31; k++)
            subject[k] = (char)v[1].Value.lpszW[k];
        if (v[3].Value.l == TBL_LEAF_ROW)
            at += (size_t)snprintf(text + at, size - at, "%s%d", space, (int)v[0].Value.l);
        else if (v[4].Value.l == 0)
            at += (size_t)snprintf(text + at, size - at, "%s[%s %d]", space, subject, (int)v[5].Value.l);
        else
            at += (size_t)snprintf(text + at, size - at, "%s(%d %d)", space, (int)v[2].Value.l, (int)v[5].Value.l);
    }
}

static const SizedSPropTagArray(7, outline_tags) = {
    7, {FIXTURE_TAG_NUMBER, PR_SUBJECT_W, PR_IMPORTANCE, PR_ROW_TYPE, PR_DEPTH, PR_CONTENT_COUNT, PR_INSTANCE_KEY}};

void fixture_expect_outline(struct mbx_view *view, const char *outline)
{
    char forward[300], backward[300];
    struct mbx_pos *pos;
    SRowSet *set;
    ULONG count, total;
    assert_mapi(S_OK, view_set_columns(view, (const SPropTagArray *)&outline_tags));
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_rows(view, pos, 100, true, &set));
    outline_of(set, forward, sizeof forward);
    total = set->cRows;
    fixture_free_rows(set);
    if (strcmp(forward, outline) != 0)
        fail_msg("rows %s, expected %s", forward, outline);
    assert_mapi(S_OK, view_count(view, &count));
    assert_int_equal(count, total);
    /* Every row knows how many are before it, in both directions. */
    struct mbx_pos *walker;
    LONG moved;
    assert_mapi(S_OK, view_pos_begin(view, &walker));
    for (ULONG i = 1; i <= total; i++) {
        assert_mapi(S_OK, view_seek(view, walker, 1, &moved));
        assert_mapi(S_OK, view_pos_row(view, walker, &count));
        assert_int_equal(count, i);
    }
    for (ULONG i = total; i-- > 0;) {
        assert_mapi(S_OK, view_seek(view, walker, -1, &moved));
        assert_mapi(S_OK, view_pos_row(view, walker, &count));
        assert_int_equal(count, i);
    }
    view_pos_free(walker);
    /* Backwards, from the last row and from the end: the same rows. */
    assert_mapi(S_OK, view_rows(view, pos, -100, true, &set));
    outline_of(set, backward, sizeof backward);
    fixture_free_rows(set);
    assert_string_equal(backward, outline);
    view_pos_free(pos);
    assert_mapi(S_OK, view_pos_end(view, &pos));
    assert_mapi(S_OK, view_rows(view, pos, -100, true, &set));
    outline_of(set, backward, sizeof backward);
    fixture_free_rows(set);
    assert_string_equal(backward, outline);
    view_pos_free(pos);
}

void fixture_instance_key(struct mbx_view *view, LONG row, SBinary *out)
{
    struct mbx_pos *pos;
    LONG moved;
    SRowSet *set;
    assert_mapi(S_OK, view_pos_begin(view, &pos));
    assert_mapi(S_OK, view_seek(view, pos, row, &moved));
    assert_mapi(S_OK, view_rows(view, pos, 1, false, &set));
    const SBinary *key = &set->aRow[0].lpProps[6].Value.bin;
    out->cb = key->cb;
    assert_mapi(S_OK, MAPIAllocateBuffer(key->cb, (void **)&out->lpb));
    memcpy(out->lpb, key->lpb, key->cb);
    fixture_free_rows(set);
    view_pos_free(pos);
}
