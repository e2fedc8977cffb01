/*
 * sqlfunc.c: see sqlfunc.h.
 *
 * Layer: portable.
 */
#include <stdlib.h>
#include "db.h"
#include "pack.h"
#include "propvalue.h"
#include "restrict_sql.h"
#include "sortkey.h"
#include "sqlfunc.h"
#include "text.h"

static void give(sqlite3_context *context, struct bytebuf *key)
{
    if (key->failed)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_blob64(context, key->data, key->size, SQLITE_TRANSIENT);
    bytebuf_free(key);
}

static void func_key(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct bytebuf key = {0};
    (void)argc;
    switch (sqlite3_value_type(argv[0])) {
    case SQLITE_INTEGER:
        sortkey_int(&key, sqlite3_value_int64(argv[0]));
        break;
    case SQLITE_FLOAT:
        sortkey_double(&key, sqlite3_value_double(argv[0]));
        break;
    case SQLITE_TEXT:
        sortkey_utf8(&key, (const char *)sqlite3_value_text(argv[0]), (size_t)sqlite3_value_bytes(argv[0]));
        break;
    case SQLITE_BLOB:
        sortkey_bytes(&key, sqlite3_value_blob(argv[0]), (size_t)sqlite3_value_bytes(argv[0]));
        break;
    default:
        sortkey_absent(&key);
    }
    give(context, &key);
}

/* The property `tag` of a pack with this very type. */
static bool find(sqlite3_value **argv, struct pack_item *item)
{
    ULONG tag = (ULONG)sqlite3_value_int64(argv[1]);
    const void *pack = sqlite3_value_blob(argv[0]);
    return pack_find(pack, (size_t)sqlite3_value_bytes(argv[0]), PROP_ID(tag), item) &&
           PROP_TYPE(item->tag) == PROP_TYPE(tag);
}

/* Of a large value the beginning is enough. Multi-values that are so large sort as absent. */
static void key_of_blob(sqlite3 *handle, const struct pack_item *item, struct bytebuf *key)
{
    uint8_t bytes[TEXT_KEY_UNITS * sizeof(WCHAR)];
    sqlite3_blob *blob;
    if ((item->tag & MV_FLAG) || sqlite3_blob_open(handle, "main", "blob", "data", item->blob, 0, &blob) != SQLITE_OK) {
        sortkey_absent(key);
        return;
    }
    int size = sqlite3_blob_bytes(blob) < (int)sizeof bytes ? sqlite3_blob_bytes(blob) : (int)sizeof bytes;
    if (sqlite3_blob_read(blob, bytes, size, 0) != SQLITE_OK)
        sortkey_absent(key);
    else if (PROP_TYPE(item->tag) == PT_UNICODE)
        sortkey_text(key, (const WCHAR *)bytes, (size_t)size / sizeof(WCHAR));
    else
        sortkey_bytes(key, bytes, (size_t)size);
    sqlite3_blob_close(blob);
}

static void func_pack_key(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct bytebuf key = {0};
    struct pack_item item;
    SPropValue value, element;
    void *block = NULL;
    if (!find(argv, &item)) {
        sortkey_absent(&key);
    } else if (item.lazy) {
        key_of_blob(sqlite3_context_db_handle(context), &item, &key);
    } else if (argc == 2) {
        sortkey_packed(&key, item.tag, item.data, item.size);
    } else if (FAILED(pack_value_read(item.tag, item.data, item.size, &value, &block)) ||
               (ULONG)sqlite3_value_int64(argv[2]) >= propvalue_element_count(&value)) {
        sortkey_absent(&key);
    } else {
        propvalue_element(&value, (ULONG)sqlite3_value_int64(argv[2]), &element);
        sortkey_value(&key, &element);
    }
    free(block);
    give(context, &key);
}

static void func_mv_count(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct pack_item item;
    SPropValue value;
    void *block = NULL;
    int64_t count = 0;
    (void)argc;
    if (find(argv, &item) && !item.lazy && SUCCEEDED(pack_value_read(item.tag, item.data, item.size, &value, &block)))
        count = propvalue_element_count(&value);
    free(block);
    sqlite3_result_int64(context, count < 1 ? 1 : count);
}

static void func_key_invert(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct bytebuf key = {0};
    (void)argc;
    bytebuf_add(&key, sqlite3_value_blob(argv[0]), (size_t)sqlite3_value_bytes(argv[0]));
    sortkey_invert(&key, 0);
    give(context, &key);
}

static void func_join(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    struct bytebuf key = {0};
    for (int i = 0; i < argc; i++)
        bytebuf_add(&key, sqlite3_value_blob(argv[i]), (size_t)sqlite3_value_bytes(argv[i]));
    give(context, &key);
}

HRESULT sqlfunc_register(sqlite3 *handle)
{
    static const struct {
        const char *name;
        int arguments;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"mapi_key", 1, func_key},           {"mapi_pack_key", 2, func_pack_key},
        {"mapi_pack_key", 3, func_pack_key}, {"mapi_mv_count", 2, func_mv_count},
        {"mapi_key_invert", 1, func_key_invert}, {"mapi_join", -1, func_join},
    };
    int rc = SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions && rc == SQLITE_OK; i++)
        rc = sqlite3_create_function(handle, functions[i].name, functions[i].arguments,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, functions[i].call, NULL,
                                     NULL);
    if (rc == SQLITE_OK)
        rc = where_register(handle);
    return db_error(rc);
}
