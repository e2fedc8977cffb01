/*
 * view_fixture.h: messages for views, and short ways to say what rows a view must have.
 *
 * Layer: tests (native). Include after storage_fixture.h.
 */
#ifndef VIEW_FIXTURE_H
#define VIEW_FIXTURE_H

#include "storage_fixture.h"
#include "propvalue.h"

/* The number of a row, kept in a property that has no column of its own. */
#define FIXTURE_TAG_NUMBER PROP_TAG(PT_LONG, 0x6700)

struct row_spec {
    const WCHAR *subject; /* NULL: none */
    LONG time;            /* delivery time, in minutes */
    LONG importance;
    LONG first;           /* added to the row's number */
};

HRESULT fixture_entryid(void *context, ULONG object_type, mbx_id id, void *base, SBinary *out);
struct mbx_view *fixture_view(struct fixture *f, enum mbx_view_kind kind, mbx_id folder); /* columns: the number */
void fixture_rows(struct fixture *f, mbx_id folder, const struct row_spec *rows, int count);
void fixture_rows_ids(struct fixture *f, mbx_id folder, const struct row_spec *rows, int count, mbx_id *ids);
/* Messages with subjects, importances, bodies and so on out of small sets, some absent. */
void fixture_random_rows(struct fixture *f, mbx_id folder, int count, unsigned seed);
void fixture_sort(struct mbx_view *view, ULONG tag1, ULONG order1, ULONG tag2, ULONG order2);
void fixture_expect_rows(struct mbx_view *view, struct mbx_pos *pos, LONG n, const char *numbers);
void fixture_expect_numbers(struct mbx_view *view, const char *name, const char *numbers);
void fixture_expect_backwards(struct mbx_view *view, const char *name, const char *numbers);
/* All rows, read by sevens in both directions, are in this order and are so many. */
void fixture_check_sorted(struct mbx_view *view, ULONG tag1, ULONG order1, ULONG tag2, ULONG order2, ULONG count);
/* Categories by subject as [subject count], by importance as (importance count), rows as their number. */
void fixture_expect_outline(struct mbx_view *view, const char *outline);
void fixture_instance_key(struct mbx_view *view, LONG row, SBinary *out /* MAPIFreeBuffer(lpb) */);
void fixture_free_rows(SRowSet *set);

#endif
