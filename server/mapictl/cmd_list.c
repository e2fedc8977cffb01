/*
 * cmd_list.c: list: profiles, mailboxes, the directory, members of a list, folders, messages. Layer: mapictl.
 */
#include "mapi_prop.h"
#include "mapi_table.h"
#include "mapictl.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MOST 64

static int list_profiles(void)
{
    struct mapi_profile_list *list = NULL;
    HRESULT hr = mapi_thread_start();
    if (FAILED(hr))
        return fail(hr, "list: MAPI cannot be used; mapictl doctor tells why");
    hr = mapi_profiles_list(&list);
    for (ULONG i = 0; SUCCEEDED(hr) && i < list->count; i++) {
        char *name = narrow(list->rows[i].name);
        say("%s%s\n", name, list->rows[i].is_default ? "  (default)" : "");
        free(name);
    }
    mapi_profiles_free(list);
    mapi_thread_stop();
    return FAILED(hr) ? fail(hr, "list profiles") : EXIT_DONE;
}

static HRESULT WINAPI print_mailbox(void *context, const struct mapilocal_mailbox *mailbox)
{
    char *alias = narrow(mailbox->alias), *name = narrow(mailbox->display_name),
         *smtp = narrow(mailbox->smtp);
    ++*(unsigned *)context;
    say("%-20s %-32s %s%s\n", alias, smtp ? smtp : "", name ? name : "",
        mailbox->admin ? "  (administrator)" : "");
    free(alias);
    free(name);
    free(smtp);
    return S_OK;
}

static int list_mailboxes(void)
{
    const struct mapilocal_admin *admin;
    unsigned count = 0;
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    HRESULT hr = admin->mailbox_each(print_mailbox, &count);
    if (FAILED(hr))
        return fail(hr, "list mailboxes");
    say("%u mailboxes\n", count);
    return EXIT_DONE;
}

static HRESULT WINAPI print_entry(void *context, const struct mapilocal_entry *entry)
{
    static const char *const kinds[] = {"", "mailbox", "list", "contact"};
    char *alias = narrow(entry->alias), *name = narrow(entry->display_name), *smtp = narrow(entry->smtp);
    ++*(unsigned *)context;
    say("%-8s %-20s %-32s %s%s\n", kinds[entry->kind], alias, smtp ? smtp : "", name ? name : "",
        entry->hidden ? "  (hidden)" : "");
    free(alias);
    free(name);
    free(smtp);
    return S_OK;
}

/* list NULL: all entries; else its members. */
static int list_entries(const char *list)
{
    const ULONG all = 1u << MAPILOCAL_MAILBOX | 1u << MAPILOCAL_LIST | 1u << MAPILOCAL_CONTACT;
    const struct mapilocal_admin *admin;
    unsigned count = 0;
    if (FAILED(local_admin(&admin)))
        return EXIT_FAILED;
    WCHAR *name = wide(list);
    HRESULT hr = name ? admin->member_each(name, print_entry, &count) : admin->entry_each(all, print_entry, &count);
    free(name);
    if (FAILED(hr))
        return list ? fail(hr, "list members: %s", list) : fail(hr, "list directory");
    say("%u entries\n", count);
    return EXIT_DONE;
}

static HRESULT print_folders(IMAPIFolder *folder, int depth)
{
    enum { COL_NAME, COL_ID, COL_COUNT_MESSAGES, COL_UNREAD, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {
        COL_COUNT, {PR_DISPLAY_NAME_W, PR_ENTRYID, PR_CONTENT_COUNT, PR_CONTENT_UNREAD}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = folder->lpVtbl->GetHierarchyTable(folder, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        IMAPIFolder *child = NULL;
        ULONG type;
        char *name = row_text(&row[COL_NAME]);
        LONG messages =
            PROP_TYPE(row[COL_COUNT_MESSAGES].ulPropTag) == PT_LONG ? row[COL_COUNT_MESSAGES].Value.l : 0;
        LONG unread = PROP_TYPE(row[COL_UNREAD].ulPropTag) == PT_LONG ? row[COL_UNREAD].Value.l : 0;
        say("%*s%s  %ld messages, %ld unread\n", depth * 2, "", name, messages, unread);
        free(name);
        if (depth < DEPTH_MOST && PROP_TYPE(row[COL_ID].ulPropTag) == PT_BINARY &&
            SUCCEEDED(folder->lpVtbl->OpenEntry(folder, row[COL_ID].Value.bin.cb,
                                                (ENTRYID *)row[COL_ID].Value.bin.lpb, NULL, 0, &type,
                                                (IUnknown **)&child))) {
            hr = print_folders(child, depth + 1);
            child->lpVtbl->Release(child);
        }
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

static HRESULT list_folders(IMsgStore *store)
{
    SPropValue *top = NULL;
    IMAPIFolder *folder = NULL;
    ULONG type;
    HRESULT hr = mapi_prop_get(MAPI_PROP(store), PR_IPM_SUBTREE_ENTRYID, &top);
    if (SUCCEEDED(hr))
        hr = store->lpVtbl->OpenEntry(store, top->Value.bin.cb, (ENTRYID *)top->Value.bin.lpb, NULL, 0, &type,
                                      (IUnknown **)&folder);
    if (SUCCEEDED(hr)) {
        hr = print_folders(folder, 0);
        folder->lpVtbl->Release(folder);
    }
    mapi_free(top);
    return hr;
}

static void print_time(const SPropValue *value)
{
    FILETIME local;
    SYSTEMTIME t;
    if (PROP_TYPE(value->ulPropTag) == PT_SYSTIME && FileTimeToLocalFileTime(&value->Value.ft, &local) &&
        FileTimeToSystemTime(&local, &t))
        say("%04d-%02d-%02d %02d:%02d  ", t.wYear, t.wMonth, t.wDay, t.wHour, t.wMinute);
    else
        say("%-18s", "");
}

static HRESULT list_messages(IMsgStore *store, const char *path, unsigned limit)
{
    enum { COL_TIME, COL_SENDER, COL_SUBJECT, COL_SIZE, COL_ATTACH, COL_COUNT };
    SizedSPropTagArray(COL_COUNT, columns) = {
        COL_COUNT, {PR_MESSAGE_DELIVERY_TIME, PR_SENDER_NAME_W, PR_SUBJECT_W, PR_MESSAGE_SIZE, PR_HASATTACH}};
    SizedSSortOrderSet(1, sort) = {1, 0, 0, {{PR_MESSAGE_DELIVERY_TIME, TABLE_SORT_DESCEND}}};
    IMAPIFolder *folder = NULL;
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = folder_open(store, path, false, &folder);
    if (SUCCEEDED(hr))
        hr = folder->lpVtbl->GetContentsTable(folder, MAPI_UNICODE, &table);
    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (SPropTagArray *)&columns, NULL, (SSortOrderSet *)&sort, limit, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        char *sender = row_text(&row[COL_SENDER]), *subject = row_text(&row[COL_SUBJECT]);
        print_time(&row[COL_TIME]);
        say("%-28.28s %8ld %c %s\n", sender,
            PROP_TYPE(row[COL_SIZE].ulPropTag) == PT_LONG ? row[COL_SIZE].Value.l : 0,
            PROP_TYPE(row[COL_ATTACH].ulPropTag) == PT_BOOLEAN && row[COL_ATTACH].Value.b ? '@' : ' ',
            subject);
        free(sender);
        free(subject);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    if (folder)
        folder->lpVtbl->Release(folder);
    return hr;
}

int run_list(const struct command *command, int argc, const char **argv)
{
    const char *profile = NULL, *folder = NULL, *limit = "50";
    const struct option options[] = {{"--profile", &profile, NULL},
                                     {"--folder", &folder, NULL},
                                     {"--limit", &limit, NULL},
                                     {NULL, NULL, NULL}};
    struct arguments arguments;
    struct mapi_session *session = NULL;
    IMsgStore *store = NULL;
    int code = EXIT_USAGE;
    if (!arguments_read(command, argc, argv, options, &arguments, &code))
        return code;
    const char *what = arguments.count > 0 ? arguments.items[0] : "";
    if (arguments.count == 2 && !strcmp(what, "members"))
        return list_entries(arguments.items[1]);
    if (arguments.count != 1)
        return usage_error(command, "say what to list");
    unsigned number = argument_number(limit, 1000000);
    if (!strcmp(what, "profiles"))
        return list_profiles();
    if (!strcmp(what, "mailboxes"))
        return list_mailboxes();
    if (!strcmp(what, "directory"))
        return list_entries(NULL);
    if (strcmp(what, "folders") && strcmp(what, "messages"))
        return usage_error(command, "%s cannot be listed", what);
    if (!number)
        return usage_error(command, "--limit takes a number");
    if (FAILED(mapi_begin(profile, &session)))
        return EXIT_FAILED;
    HRESULT hr = mapi_session_open_default_store(session, 0, &store);
    if (SUCCEEDED(hr))
        hr = !strcmp(what, "folders") ? list_folders(store) : list_messages(store, folder, number);
    code = FAILED(hr) ? fail(hr, "list %s", what) : EXIT_DONE;
    mapi_store_close(store);
    mapi_end(session);
    return code;
}
