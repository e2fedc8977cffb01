/*
 * ab_personal.c: a session's rows of the personal address book, and finding entries in them. See ab_personal.h.
 *
 * Layer: provider, session part. Whether the rows are still true is asked of the directory's version of the book at each
 * use; after a change of the session's own, one row is made anew.
 */
#include <stdlib.h>
#include <string.h>
#include "ab_personal.h"
#include "store.h"
#include "text.h"

#define PR_SMTP_ADDRESS_UNICODE PROP_TAG(PT_UNICODE, 0x39FE)

struct personal_book {
    struct memory_data *rows; /* PR_INSTANCE_KEY is the entry's number */
    int64_t version;          /* of which they are; -1: none yet */
};

bool personal_available(const struct session *session)
{
    return session->user_id != 0;
}

void personal_book_free(struct personal_book *book)
{
    if (book != NULL)
        memory_data_release(book->rows);
    free(book);
}

/* ---- keeping the rows ---- */

static bool find_row(struct memory_data *rows, int64_t number, ULONG *place)
{
    SPropValue key = {.ulPropTag = PR_INSTANCE_KEY};
    key.Value.bin.cb = sizeof number;
    key.Value.bin.lpb = (BYTE *)&number;
    return memory_data_find(rows, &key, place);
}

/* Puts an entry's row in, or the new one in its place; takes the bag. */
static HRESULT put_row(struct session *session, int64_t number, struct propbag *props)
{
    struct memory_data *rows = session->personal->rows;
    SPropValue *values = NULL;
    ULONG count, place;
    HRESULT hr = personal_values(session, number, props, &count, &values);
    if (hr == S_OK)
        hr = find_row(rows, number, &place) ? memory_data_replace(rows, place, count, values, true)
                                            : memory_data_insert(rows, (ULONG)-1, count, values, true);
    MAPIFreeBuffer(values);
    return hr;
}

struct refresh {
    struct session *session;
    int64_t *present;
    ULONG count, room;
};

static HRESULT refresh_row(void *context, int64_t number, struct propbag **props)
{
    struct refresh *refresh = context;
    struct propbag *taken = *props;
    if (refresh->count == refresh->room) {
        int64_t *more = realloc(refresh->present, (refresh->room = 2 * refresh->room + 64) * sizeof *more);
        if (more == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        refresh->present = more;
    }
    refresh->present[refresh->count++] = number;
    *props = NULL;
    return put_row(refresh->session, number, taken);
}

static int64_t row_number(struct memory_data *rows, ULONG place)
{
    SPropValue *values = NULL;
    ULONG count;
    int64_t number = 0;
    if (memory_data_row(rows, place, &count, &values) == S_OK) {
        const SPropValue *key = PpropFindProp(values, count, PR_INSTANCE_KEY);
        if (key != NULL && key->Value.bin.cb == sizeof number)
            memcpy(&number, key->Value.bin.lpb, sizeof number);
    }
    MAPIFreeBuffer(values);
    return number;
}

static bool is_present(const struct refresh *refresh, int64_t number)
{
    for (ULONG i = 0; i < refresh->count; i++) {
        if (refresh->present[i] == number)
            return true;
    }
    return false;
}

/* Makes all rows anew. */
static HRESULT refresh_all(struct session *session, int64_t version)
{
    struct personal_book *book = session->personal;
    struct refresh refresh = {.session = session};
    HRESULT hr = directory_personal_each(session->dir, session->user_id, 0, refresh_row, &refresh);
    for (ULONG place = memory_data_count(book->rows); hr == S_OK && place > 0; place--) {
        if (!is_present(&refresh, row_number(book->rows, place - 1)))
            memory_data_remove(book->rows, place - 1, true);
    }
    free(refresh.present);
    book->version = hr == S_OK ? version : -1;
    return hr;
}

/* The rows, made or brought up to date; not referenced. */
static HRESULT current_rows(struct session *session, struct memory_data **out)
{
    struct personal_book *book = session->personal;
    int64_t version;
    HRESULT hr = S_OK;
    *out = NULL;
    if (!personal_available(session))
        return MAPI_E_NOT_FOUND;
    if (book == NULL) {
        if ((book = calloc(1, sizeof *book)) == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        book->version = -1;
        if ((hr = memory_data_create(PR_INSTANCE_KEY, &book->rows)) != S_OK) {
            free(book);
            return hr;
        }
        session->personal = book;
    }
    hr = directory_personal_version(session->dir, session->user_id, &version);
    if (hr == S_OK && version != book->version)
        hr = refresh_all(session, version);
    if (hr == S_OK)
        *out = book->rows;
    return hr;
}

HRESULT personal_changed(struct session *session, int64_t list, int64_t number)
{
    struct personal_book *book = session->personal;
    struct memory_data *rows;
    struct propbag *props = NULL;
    int64_t version;
    ULONG place;
    if (book == NULL) /* nobody has looked yet */
        return S_OK;
    HRESULT hr = directory_personal_version(session->dir, session->user_id, &version);
    if (hr != S_OK || book->version + 1 != version)
        return hr == S_OK ? current_rows(session, &rows) : hr;
    if (list != 0) { /* not in the rows */
        book->version = version;
        return S_OK;
    }
    hr = directory_personal_load(session->dir, session->user_id, number, NULL, &props);
    if (hr == S_OK)
        hr = put_row(session, number, props);
    else if (hr == MAPI_E_NOT_FOUND) {
        if (find_row(book->rows, number, &place))
            memory_data_remove(book->rows, place, true);
        hr = S_OK;
    }
    book->version = hr == S_OK ? version : -1;
    return hr;
}

/* Takes the source. */
static HRESULT table_by_name(struct object *parent, struct table_source *source, ULONG flags, IMAPITable **out)
{
    static const SizedSSortOrderSet(1, by_name) = {1, 0, 0, {{PR_DISPLAY_NAME_W, TABLE_SORT_ASCEND}}};
    HRESULT hr = source->ops->sort(source, (const SSortOrderSet *)&by_name);
    if (hr != S_OK)
        source->ops->destroy(source);
    return hr == S_OK ? table_create(parent, source, ab_default_columns(), flags, out) : hr;
}

HRESULT personal_table(struct object *parent, ULONG flags, IMAPITable **out)
{
    struct table_source *source = NULL;
    struct memory_data *rows;
    HRESULT hr = current_rows(parent->session, &rows);
    if (hr == S_OK)
        hr = memory_data_source(rows, &source);
    return hr == S_OK ? table_by_name(parent, source, flags, out) : hr;
}

struct members {
    struct session *session;
    struct table_source *source;
};

static HRESULT member_row(void *context, int64_t number, struct propbag **props)
{
    struct members *members = context;
    struct propbag *taken = *props;
    SPropValue *values = NULL;
    ULONG count;
    *props = NULL;
    HRESULT hr = personal_values(members->session, number, taken, &count, &values);
    if (hr == S_OK)
        hr = memory_rows_add(members->source, count, values);
    MAPIFreeBuffer(values);
    return hr;
}

HRESULT personal_members(struct object *parent, int64_t list, ULONG flags, IMAPITable **out)
{
    struct members members = {.session = parent->session};
    HRESULT hr = memory_rows_create(PR_INSTANCE_KEY, &members.source);
    if (hr != S_OK)
        return hr;
    if (list != 0) /* else it is not saved: nobody is in it */
        hr = directory_personal_each(parent->session->dir, parent->session->user_id, list, member_row, &members);
    if (hr == S_OK)
        return table_by_name(parent, members.source, flags, out);
    members.source->ops->destroy(members.source);
    return hr;
}

/* ---- finding ---- */

HRESULT personal_resolve(struct session *session, const WCHAR *text, bool whole_only, int64_t *number)
{
    struct anr_search search = {.text = text};
    struct memory_data *rows;
    ULONG count, place;
    *number = 0;
    HRESULT hr = current_rows(session, &rows);
    for (ULONG i = 0; hr == S_OK && i < memory_data_count(rows) && !search.exact; i++) {
        SPropValue *values = NULL;
        if ((hr = memory_data_row(rows, i, &count, &values)) == S_OK)
            anr_consider(&search, i, count, values, false);
        MAPIFreeBuffer(values);
    }
    if (hr == S_OK && (hr = anr_answer(&search, whole_only, &place)) == S_OK)
        *number = row_number(rows, place);
    return hr;
}

static const WCHAR *text_of(ULONG count, SPropValue *values, ULONG tag)
{
    const SPropValue *value = PpropFindProp(values, count, tag);
    return value != NULL ? value->Value.lpszW : L"";
}

HRESULT personal_find_address(struct session *session, const WCHAR *address, int64_t *number)
{
    struct memory_data *rows;
    ULONG count;
    *number = 0;
    HRESULT hr = current_rows(session, &rows);
    for (ULONG i = 0; hr == S_OK && i < memory_data_count(rows) && *number == 0; i++) {
        SPropValue *values = NULL;
        if ((hr = memory_data_row(rows, i, &count, &values)) == S_OK &&
            (text_compare(text_of(count, values, PR_EMAIL_ADDRESS_W), address) == 0 ||
             text_compare(text_of(count, values, PR_SMTP_ADDRESS_UNICODE), address) == 0))
            *number = row_number(rows, i);
        MAPIFreeBuffer(values);
    }
    return hr == S_OK && *number == 0 ? MAPI_E_NOT_FOUND : hr;
}

/* A NULL string is an empty one. */
static bool same_text(const WCHAR *a, const WCHAR *b)
{
    return text_compare(a != NULL ? a : L"", b != NULL ? b : L"") == 0;
}

HRESULT personal_find_duplicate(struct session *session, const struct propbag *props, bool strict, int64_t *number)
{
    static const ULONG tags[] = {PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W};
    struct memory_data *rows;
    ULONG count;
    *number = 0;
    HRESULT hr = current_rows(session, &rows);
    for (ULONG i = 0; hr == S_OK && i < memory_data_count(rows) && *number == 0; i++) {
        SPropValue *values = NULL;
        bool same = (hr = memory_data_row(rows, i, &count, &values)) == S_OK;
        for (size_t j = 0; j < (strict ? ARRAYSIZE(tags) : 1) && same; j++)
            same = same_text(text_of(count, values, tags[j]), propbag_string(props, tags[j]));
        if (same)
            *number = row_number(rows, i);
        MAPIFreeBuffer(values);
    }
    return hr;
}
