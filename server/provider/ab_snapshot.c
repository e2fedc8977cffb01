/*
 * ab_snapshot.c: the directory as rows in memory, made once per version of the directory and shared. See addrbook.h.
 *
 * Layer: provider, session part. A directory of ten thousand entries takes about ten megabytes.
 */
#include <stdlib.h>
#include <string.h>
#include "addrbook.h"
#include "store.h"
#include "text.h"

#ifndef PR_SMTP_ADDRESS_W
#define PR_SMTP_ADDRESS_W PROP_TAG(PT_UNICODE, 0x39FE)
#endif
#define PR_EMS_AB_PROXY_ADDRESSES_W PROP_TAG(PT_MV_UNICODE, 0x800F)
#define PR_EMS_AB_HOME_MDB_W PROP_TAG(PT_UNICODE, 0x8006)
#define PR_EMS_AB_HOME_MTA_W PROP_TAG(PT_UNICODE, 0x8007)
#define PR_DISPLAY_TYPE_EX PROP_TAG(PT_LONG, 0x3905)
#define PR_7BIT_DISPLAY_NAME_W PROP_TAG(PT_UNICODE, 0x39FF)
#define PR_EMS_AB_OBJECT_GUID PROP_TAG(PT_BINARY, 0x8C6D)
#define DTE_SHARED 0x40000000
#define ROW_VALUES 64

struct ab_snapshot {
    LONG refs;
    int64_t version;
    char *folder; /* of the directory */
    struct ab_row *rows;
    ULONG count, room;
};

static SRWLOCK cache_lock = SRWLOCK_INIT;
static struct ab_snapshot *cached; /* the newest; referenced */

void ab_snapshot_release(void *opaque)
{
    struct ab_snapshot *snapshot = opaque;
    if (snapshot == NULL || InterlockedDecrement(&snapshot->refs) != 0)
        return;
    for (ULONG i = 0; i < snapshot->count; i++)
        MAPIFreeBuffer(snapshot->rows[i].values);
    free(snapshot->rows);
    free(snapshot->folder);
    free(snapshot);
}

/* ---- making rows ---- */

struct row_maker {
    SPropValue *values; /* the row's MAPI buffer, ROW_VALUES of them */
    ULONG count;
    HRESULT hr;
};

static void put_string(struct row_maker *maker, ULONG tag, const WCHAR *text)
{
    if (maker->hr == S_OK && text != NULL && text[0] != 0 && maker->count < ROW_VALUES)
        maker->hr = value_string(&maker->values[maker->count++], tag, text, maker->values);
}

static void put_long(struct row_maker *maker, ULONG tag, LONG value)
{
    if (maker->hr == S_OK)
        maker->hr = value_long(&maker->values[maker->count++], tag, value);
}

static void put_binary(struct row_maker *maker, ULONG tag, const void *bytes, ULONG cb)
{
    if (maker->hr == S_OK)
        maker->hr = value_binary(&maker->values[maker->count++], tag, bytes, cb, maker->values);
}

static void put_time(struct row_maker *maker, ULONG tag, int64_t time)
{
    SPropValue *value = &maker->values[maker->count++];
    value->ulPropTag = tag;
    value->Value.ft.dwLowDateTime = (DWORD)time;
    value->Value.ft.dwHighDateTime = (DWORD)((uint64_t)time >> 32);
}

/* "SMTP:first" and then "smtp:…" for the others, and the X500 form of the DN, as Exchange lists them. */
static void put_proxies(struct row_maker *maker, const struct dir_entry *entry)
{
    SPropValue *value = &maker->values[maker->count];
    WCHAR **list = NULL;
    if (maker->hr != S_OK || entry->address_count == 0)
        return;
    maker->hr = MAPIAllocateMore(entry->address_count * sizeof *list, maker->values, (void **)&list);
    for (ULONG i = 0; i < entry->address_count && maker->hr == S_OK; i++) {
        size_t length = text_length(entry->addresses[i]);
        maker->hr = MAPIAllocateMore((ULONG)((length + 6) * sizeof(WCHAR)), maker->values, (void **)&list[i]);
        if (maker->hr == S_OK) {
            memcpy(list[i], i == 0 ? L"SMTP:" : L"smtp:", 5 * sizeof(WCHAR));
            memcpy(list[i] + 5, entry->addresses[i], (length + 1) * sizeof(WCHAR));
        }
    }
    value->ulPropTag = PR_EMS_AB_PROXY_ADDRESSES_W;
    value->Value.MVszW.cValues = entry->address_count;
    value->Value.MVszW.lppszW = list;
    maker->count++;
}

static HRESULT add_row(void *context, struct dir_entry **opaque)
{
    struct ab_snapshot *snapshot = context;
    const struct dir_entry *entry = *opaque;
    struct row_maker maker = {NULL, 0, S_OK};
    SBinary id = {0, NULL}, key = {0, NULL};
    bool list = entry->kind == DIR_LIST, remote = entry->kind == DIR_CONTACT;
    const WCHAR *addrtype = remote ? L"SMTP" : L"EX", *address = remote ? entry->smtp : entry->dn;
    ULONG display_type = list ? DT_DISTLIST : remote ? DT_REMOTE_MAILUSER : DT_MAILUSER;
    if (snapshot->count == snapshot->room) {
        struct ab_row *rows = realloc(snapshot->rows, (snapshot->room = 2 * snapshot->room + 64) * sizeof *rows);
        if (rows == NULL)
            return MAPI_E_NOT_ENOUGH_MEMORY;
        snapshot->rows = rows;
    }
    if (MAPIAllocateBuffer(ROW_VALUES * sizeof(SPropValue), (void **)&maker.values) != S_OK)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(maker.values, 0, ROW_VALUES * sizeof(SPropValue));
    maker.hr = ab_id_entry(display_type, entry->dn, maker.values, &id);
    if (maker.hr == S_OK)
        maker.hr = ab_search_key(addrtype, address, maker.values, &key);
    put_string(&maker, PR_DISPLAY_NAME_W, entry->display_name);
    put_binary(&maker, PR_ENTRYID, id.lpb, id.cb);
    put_binary(&maker, PR_RECORD_KEY, id.lpb, id.cb);
    put_binary(&maker, PR_TEMPLATEID, id.lpb, id.cb);
    put_binary(&maker, PR_SEARCH_KEY, key.lpb, key.cb);
    put_binary(&maker, PR_INSTANCE_KEY, &entry->id, 4);
    put_binary(&maker, PR_MAPPING_SIGNATURE, &ab_provider_uid, sizeof ab_provider_uid);
    put_binary(&maker, PR_EMS_AB_OBJECT_GUID, &entry->guid, sizeof entry->guid);
    put_long(&maker, PR_OBJECT_TYPE, list ? MAPI_DISTLIST : MAPI_MAILUSER);
    put_long(&maker, PR_DISPLAY_TYPE, (LONG)display_type);
    put_long(&maker, PR_DISPLAY_TYPE_EX, (LONG)(DTE_SHARED | display_type));
    put_string(&maker, PR_ADDRTYPE_W, addrtype);
    put_string(&maker, PR_EMAIL_ADDRESS_W, address);
    put_string(&maker, PR_SMTP_ADDRESS_W, entry->smtp);
    put_string(&maker, PR_ACCOUNT_W, entry->alias);
    put_string(&maker, PR_TRANSMITABLE_DISPLAY_NAME_W, entry->display_name);
    put_string(&maker, PR_7BIT_DISPLAY_NAME_W, entry->display_name);
    if (entry->kind == DIR_MAILBOX)
        put_string(&maker, PR_EMS_AB_HOME_MDB_W, DIRECTORY_SERVER_DN L"/cn=Microsoft Private MDB");
    put_time(&maker, PR_CREATION_TIME, entry->created);
    put_long(&maker, PR_SEND_RICH_INFO, 1);
    maker.values[maker.count - 1].ulPropTag = PR_SEND_RICH_INFO;
    maker.values[maker.count - 1].Value.b = !remote;
    put_proxies(&maker, entry);
    for (ULONG i = 0; i < entry->attribute_count; i++)
        put_string(&maker, entry->attributes[i].tag, entry->attributes[i].value);
    if (maker.hr != S_OK) {
        MAPIFreeBuffer(maker.values);
        return maker.hr;
    }
    snapshot->rows[snapshot->count++] =
        (struct ab_row){entry->id, entry->kind, entry->hidden, maker.count, maker.values};
    return S_OK;
}

static int compare_names(const void *a, const void *b)
{
    const struct ab_row *x = a, *y = b;
    int order = propvalue_compare(&x->values[0], &y->values[0]);
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

HRESULT ab_snapshot_get(struct directory *dir, struct ab_snapshot **out)
{
    struct ab_snapshot *snapshot = NULL;
    int64_t version;
    HRESULT hr = directory_version(dir, &version);
    *out = NULL;
    if (hr != S_OK)
        return hr;
    AcquireSRWLockExclusive(&cache_lock);
    if (cached != NULL && cached->version == version && strcmp(cached->folder, directory_folder(dir)) == 0) {
        InterlockedIncrement(&cached->refs);
        *out = cached;
    }
    ReleaseSRWLockExclusive(&cache_lock);
    if (*out != NULL)
        return S_OK;
    if ((snapshot = calloc(1, sizeof *snapshot)) == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    snapshot->refs = 1;
    snapshot->version = version;
    if ((snapshot->folder = strdup(directory_folder(dir))) == NULL)
        hr = MAPI_E_NOT_ENOUGH_MEMORY;
    if (hr == S_OK)
        hr = directory_entry_each(dir, 1u << DIR_MAILBOX | 1u << DIR_LIST | 1u << DIR_CONTACT, add_row, snapshot);
    if (hr != S_OK) {
        ab_snapshot_release(snapshot);
        return hr;
    }
    if (snapshot->count > 1)
        qsort(snapshot->rows, snapshot->count, sizeof *snapshot->rows, compare_names);
    InterlockedIncrement(&snapshot->refs);
    AcquireSRWLockExclusive(&cache_lock);
    struct ab_snapshot *old = cached;
    cached = snapshot;
    ReleaseSRWLockExclusive(&cache_lock);
    ab_snapshot_release(old);
    *out = snapshot;
    return S_OK;
}

/* ---- finding ---- */

ULONG ab_snapshot_count(const struct ab_snapshot *snapshot)
{
    return snapshot->count;
}

const struct ab_row *ab_snapshot_row(const struct ab_snapshot *snapshot, ULONG i)
{
    return i < snapshot->count ? &snapshot->rows[i] : NULL;
}

const struct ab_row *ab_snapshot_by_id(const struct ab_snapshot *snapshot, int64_t id)
{
    for (ULONG i = 0; i < snapshot->count; i++) {
        if (snapshot->rows[i].id == id)
            return &snapshot->rows[i];
    }
    return NULL;
}

static const WCHAR *row_string(const struct ab_row *row, ULONG tag)
{
    const SPropValue *value = PpropFindProp(row->values, row->count, tag);
    return value != NULL ? value->Value.lpszW : NULL;
}

const struct ab_row *ab_snapshot_find(const struct ab_snapshot *snapshot, const WCHAR *name)
{
    for (ULONG i = 0; i < snapshot->count; i++) {
        const struct ab_row *row = &snapshot->rows[i];
        const WCHAR *email = row_string(row, PR_EMAIL_ADDRESS_W);
        bool exact = email != NULL && text_compare(email, name) == 0;
        if (!exact)
            anr_row_matches(row->count, row->values, name, &exact);
        if (exact)
            return row;
    }
    return NULL;
}

HRESULT ab_resolve_row(struct ab_snapshot *snapshot, const WCHAR *text, bool whole_only, const struct ab_row **found)
{
    struct anr_search search = {.text = text};
    ULONG place;
    *found = NULL;
    for (ULONG i = 0; i < snapshot->count && !search.exact; i++)
        anr_consider(&search, i, snapshot->rows[i].count, snapshot->rows[i].values, snapshot->rows[i].hidden);
    HRESULT hr = anr_answer(&search, whole_only, &place);
    if (hr == S_OK)
        *found = &snapshot->rows[place];
    return hr;
}

/* ---- tables ---- */

static const SizedSPropTagArray(12, default_columns) = {
    12,
    {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_OBJECT_TYPE, PR_DISPLAY_TYPE, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W,
     PR_SMTP_ADDRESS_W, PR_ACCOUNT_W, PR_INSTANCE_KEY, PR_RECORD_KEY, PR_SEARCH_KEY, PR_TITLE_W}};

const SPropTagArray *ab_default_columns(void)
{
    return (const SPropTagArray *)&default_columns;
}

static bool not_hidden(void *context, const struct ab_row *row)
{
    (void)context;
    return !row->hidden;
}

HRESULT ab_snapshot_source(struct ab_snapshot *snapshot, bool (*accept)(void *context, const struct ab_row *row),
                           void *context, struct table_source **out)
{
    struct memory_data *data = NULL;
    ULONG count = 0;
    SRow *rows = calloc((size_t)snapshot->count + 1, sizeof *rows);
    *out = NULL;
    if (rows == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < snapshot->count; i++) {
        if ((accept != NULL ? accept : not_hidden)(context, &snapshot->rows[i])) {
            rows[count].cValues = snapshot->rows[i].count;
            rows[count++].lpProps = snapshot->rows[i].values;
        }
    }
    InterlockedIncrement(&snapshot->refs);
    HRESULT hr = memory_data_borrow(rows, count, ab_snapshot_release, snapshot, &data);
    free(rows);
    if (hr != S_OK) {
        ab_snapshot_release(snapshot);
        return hr;
    }
    hr = memory_data_source(data, out);
    memory_data_release(data);
    return hr;
}
