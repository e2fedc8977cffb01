/*
 * test_folders.c: IMAPIFolder: creating, copying, moving, deleting; messages in bulk; tables; search folders.
 */
#include "harness.h"

static IMAPIFolder *root;

static int setup(void **state)
{
    harness_setup(state);
    IMAPIFolder *top = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    root = make_folder(top, L"Folder tests");
    release(top);
    return 0;
}

static int teardown(void **state)
{
    release(root);
    return harness_teardown(state);
}

/* A list of one id. */
struct one {
    SBinary id;
    ENTRYLIST list;
    SPropValue *value;
};

static void one_of(struct one *one, void *object)
{
    one->value = get_prop(object, PR_ENTRYID);
    one->id = one->value->Value.bin;
    one->list.cValues = 1;
    one->list.lpbin = &one->id;
}

static void names_collide(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Twice"), *again = POISON;
    ULONG same = 0;
    (void)state;
    assert_hr(root->lpVtbl->CreateFolder(root, FOLDER_GENERIC, (LPTSTR)L"Twice", NULL, NULL, MAPI_UNICODE, &again),
              MAPI_E_COLLISION);
    assert_null(again);
    assert_hr(root->lpVtbl->CreateFolder(root, FOLDER_GENERIC, (LPTSTR)L"tWICE", NULL, NULL, MAPI_UNICODE | OPEN_IF_EXISTS,
                                         &again),
              S_OK);
    SPropValue *a = get_prop(folder, PR_ENTRYID), *b = get_prop(again, PR_ENTRYID);
    assert_hr(store->lpVtbl->CompareEntryIDs(store, a->Value.bin.cb, (ENTRYID *)a->Value.bin.lpb, b->Value.bin.cb,
                                             (ENTRYID *)b->Value.bin.lpb, 0, &same),
              S_OK);
    assert_int_equal(same, TRUE);
    free_mapi(a);
    free_mapi(b);
    release(again);
    assert_hr(root->lpVtbl->CreateFolder(root, FOLDER_GENERIC, NULL, NULL, NULL, 0, &again), MAPI_E_INVALID_PARAMETER);
    assert_hr(root->lpVtbl->CreateFolder(root, 77, (LPTSTR) "x", NULL, NULL, 0, &again), MAPI_E_INVALID_PARAMETER);
    assert_hr(root->lpVtbl->CreateFolder(root, FOLDER_GENERIC, (LPTSTR) "x", NULL, NULL, 0, NULL), MAPI_E_INVALID_PARAMETER);
    release(folder);
}

static void properties_persist_at_once(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Persist"), *again;
    struct one id;
    (void)state;
    one_of(&id, folder);
    set_string(folder, PR_COMMENT_W, L"a comment");
    set_string(folder, PR_DISPLAY_NAME_W, L"Renamed");
    again = (IMAPIFolder *)open_entry(store, &id.id, 0);
    assert_string(again, PR_COMMENT_W, L"a comment");
    assert_string(again, PR_DISPLAY_NAME_W, L"Renamed");
    assert_string(again, PR_CONTAINER_CLASS_W, L"IPF.Note");
    assert_int_equal(get_long(again, PR_FOLDER_TYPE), FOLDER_GENERIC);
    assert_int_equal(get_long(again, PR_CONTENT_COUNT), 0);
    release(again);
    IMAPIFolder *other = make_folder(root, L"Taken");
    SPropValue name = {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (LPWSTR)L"Renamed"};
    SPropProblemArray *problems = NULL;
    assert_hr(other->lpVtbl->SetProps(other, 1, &name, &problems), S_OK);
    assert_non_null(problems);
    assert_int_equal(problems->aProblem[0].scode, MAPI_E_COLLISION);
    free_mapi(problems);
    release(other);
    release(folder);
    free_mapi(id.value);
}

static void deletion_needs_flags(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Full"), *child = make_folder(folder, L"Child");
    IMessage *message = make_message(folder, L"inside");
    struct one id;
    ULONG type;
    IUnknown *gone = POISON;
    (void)state;
    release(message);
    release(child);
    one_of(&id, folder);
    release(folder);
    ULONG cb = id.id.cb;
    ENTRYID *entry = (ENTRYID *)id.id.lpb;
    assert_hr(root->lpVtbl->DeleteFolder(root, cb, entry, 0, NULL, 0), MAPI_E_HAS_MESSAGES);
    assert_hr(root->lpVtbl->DeleteFolder(root, cb, entry, 0, NULL, DEL_MESSAGES), MAPI_E_HAS_FOLDERS);
    folder = (IMAPIFolder *)open_entry(store, &id.id, 0);
    assert_int_equal(get_long(folder, PR_CONTENT_COUNT), 1);
    release(folder);
    assert_hr(root->lpVtbl->DeleteFolder(root, cb, entry, 0, NULL, DEL_MESSAGES | DEL_FOLDERS), S_OK);
    assert_hr(store->lpVtbl->OpenEntry(store, cb, entry, NULL, 0, &type, &gone), MAPI_E_NOT_FOUND);
    free_mapi(id.value);
    /* Default folders stay. */
    IMAPIFolder *top = open_folder(store, PR_IPM_SUBTREE_ENTRYID);
    one_of(&id, inbox);
    assert_true(FAILED(top->lpVtbl->DeleteFolder(top, id.id.cb, (ENTRYID *)id.id.lpb, 0, NULL, DEL_MESSAGES | DEL_FOLDERS)));
    free_mapi(id.value);
    release(top);
}

static void folders_move_and_copy(void **state)
{
    IMAPIFolder *a = make_folder(root, L"A"), *b = make_folder(a, L"B"), *c = make_folder(root, L"C");
    IMessage *message = make_message(b, L"deep");
    struct one id_a, id_b;
    (void)state;
    release(message);
    one_of(&id_a, a);
    one_of(&id_b, b);
    assert_hr(root->lpVtbl->CopyFolder(root, id_a.id.cb, (ENTRYID *)id_a.id.lpb, NULL, b, NULL, 0, NULL, FOLDER_MOVE),
              MAPI_E_FOLDER_CYCLE);
    assert_hr(root->lpVtbl->CopyFolder(root, id_a.id.cb, (ENTRYID *)id_a.id.lpb, NULL, b, NULL, 0, NULL, COPY_SUBFOLDERS),
              MAPI_E_FOLDER_CYCLE);
    assert_hr(root->lpVtbl->CopyFolder(root, id_a.id.cb, (ENTRYID *)id_a.id.lpb, NULL, c, (LPTSTR)L"Copy", 0, NULL,
                                       COPY_SUBFOLDERS | MAPI_UNICODE),
              S_OK);
    assert_hr(root->lpVtbl->CopyFolder(root, id_a.id.cb, (ENTRYID *)id_a.id.lpb, NULL, c, (LPTSTR) "Copy", 0, NULL, 0),
              MAPI_E_COLLISION);
    assert_hr(a->lpVtbl->CopyFolder(a, id_b.id.cb, (ENTRYID *)id_b.id.lpb, NULL, c, NULL, 0, NULL, FOLDER_MOVE), S_OK);
    IMAPITable *table = NULL;
    SizedSPropTagArray(3, columns) = {3, {PR_DISPLAY_NAME_W, PR_DEPTH, PR_CONTENT_COUNT}};
    assert_hr(c->lpVtbl->GetHierarchyTable(c, CONVENIENT_DEPTH, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 20);
    int names = 0;
    for (ULONG i = 0; i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        if (!lstrcmpW(row[0].Value.lpszW, L"B")) {
            assert_int_equal(row[2].Value.l, 1);
            names += row[1].Value.l; /* depth 1 and 2 */
        } else {
            assert_int_equal(lstrcmpW(row[0].Value.lpszW, L"Copy"), 0);
        }
    }
    assert_int_equal(rows->cRows, 3);
    assert_int_equal(names, 3);
    free_rows(rows);
    release(table);
    free_mapi(id_a.value);
    free_mapi(id_b.value);
    release(a);
    release(b);
    release(c);
}

static void messages_copy_move_and_delete(void **state)
{
    IMAPIFolder *from = make_folder(root, L"From"), *to = make_folder(root, L"To");
    IMessage *message = make_message(from, L"travels");
    struct one id;
    (void)state;
    add_recipient(message, MAPI_TO, L"Anna", L"SMTP", L"anna@example.test");
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    one_of(&id, message);
    release(message);
    assert_hr(from->lpVtbl->CopyMessages(from, NULL, NULL, to, 0, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(from->lpVtbl->CopyMessages(from, &id.list, NULL, NULL, 0, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(from->lpVtbl->CopyMessages(from, &id.list, NULL, to, 0, NULL, 0), S_OK);
    assert_int_equal(count_contents(from, 0), 1);
    assert_int_equal(count_contents(to, 0), 1);
    assert_hr(from->lpVtbl->CopyMessages(from, &id.list, &IID_IMAPIFolder, to, 0, NULL, MESSAGE_MOVE), S_OK);
    assert_int_equal(count_contents(from, 0), 0);
    assert_int_equal(count_contents(to, 0), 2);
    /* It is not there any more. */
    assert_hr(from->lpVtbl->DeleteMessages(from, &id.list, 0, NULL, 0), MAPI_W_PARTIAL_COMPLETION);
    IMAPITable *table = NULL;
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    assert_hr(to->lpVtbl->GetContentsTable(to, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    release(table);
    SBinary ids[2] = {rows->aRow[0].lpProps[0].Value.bin, rows->aRow[1].lpProps[0].Value.bin};
    ENTRYLIST both = {2, ids};
    assert_hr(to->lpVtbl->DeleteMessages(to, &both, 0, NULL, 0), S_OK);
    free_rows(rows);
    assert_int_equal(count_contents(to, 0), 0);
    assert_int_equal(count_contents(to, SHOW_SOFT_DELETES), 2);
    assert_hr(to->lpVtbl->EmptyFolder(to, 0, NULL, DELETE_HARD_DELETE), S_OK);
    assert_int_equal(count_contents(to, SHOW_SOFT_DELETES), 0);
    free_mapi(id.value);
    release(from);
    release(to);
}

static void read_state_and_status(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Read");
    IMessage *message = make_message(folder, L"unread");
    struct one id;
    ULONG status = 99;
    (void)state;
    one_of(&id, message);
    assert_hr(message->lpVtbl->SetReadFlag(message, CLEAR_READ_FLAG), S_OK);
    assert_int_equal(get_long(message, PR_MESSAGE_FLAGS) & MSGFLAG_READ, 0);
    assert_int_equal(get_long(folder, PR_CONTENT_UNREAD), 1);
    assert_hr(message->lpVtbl->SetReadFlag(message, SUPPRESS_RECEIPT | CLEAR_READ_FLAG), MAPI_E_INVALID_PARAMETER);
    release(message);
    assert_hr(folder->lpVtbl->SetReadFlags(folder, NULL, 0, NULL, 0), S_OK);
    assert_int_equal(get_long(folder, PR_CONTENT_UNREAD), 0);
    assert_hr(folder->lpVtbl->SetReadFlags(folder, &id.list, 0, NULL, CLEAR_READ_FLAG), S_OK);
    assert_int_equal(get_long(folder, PR_CONTENT_UNREAD), 1);
    assert_hr(folder->lpVtbl->GetMessageStatus(folder, id.id.cb, (ENTRYID *)id.id.lpb, 0, &status), S_OK);
    assert_int_equal(status, 0);
    assert_hr(folder->lpVtbl->SetMessageStatus(folder, id.id.cb, (ENTRYID *)id.id.lpb, MSGSTATUS_TAGGED, MSGSTATUS_TAGGED,
                                               &status),
              S_OK);
    assert_int_equal(status, 0);
    assert_hr(folder->lpVtbl->GetMessageStatus(folder, id.id.cb, (ENTRYID *)id.id.lpb, 0, &status), S_OK);
    assert_int_equal(status, MSGSTATUS_TAGGED);
    free_mapi(id.value);
    release(folder);
}

static void hidden_messages_have_a_table_of_their_own(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Hidden");
    IMessage *message = NULL;
    (void)state;
    assert_hr(folder->lpVtbl->CreateMessage(folder, NULL, MAPI_ASSOCIATED, &message), S_OK);
    set_string(message, PR_MESSAGE_CLASS_W, L"IPM.Configuration.Test");
    assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
    release(message);
    assert_int_equal(count_contents(folder, 0), 0);
    assert_int_equal(count_contents(folder, MAPI_ASSOCIATED), 1);
    assert_int_equal(get_long(folder, PR_ASSOC_CONTENT_COUNT), 1);
    /* Soft-deleted ones have one, too; emptying the folder for good takes all. */
    IMAPITable *table = NULL;
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    assert_hr(folder->lpVtbl->GetContentsTable(folder, MAPI_ASSOCIATED, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    ENTRYLIST list = {1, &rows->aRow[0].lpProps[0].Value.bin};
    assert_hr(folder->lpVtbl->DeleteMessages(folder, &list, 0, NULL, 0), S_OK);
    assert_int_equal(count_contents(folder, MAPI_ASSOCIATED), 0);
    assert_int_equal(count_contents(folder, MAPI_ASSOCIATED | SHOW_SOFT_DELETES), 1);
    assert_int_equal(count_contents(folder, SHOW_SOFT_DELETES), 0);
    assert_hr(folder->lpVtbl->EmptyFolder(folder, 0, NULL, DEL_ASSOCIATED | DELETE_HARD_DELETE), S_OK);
    assert_int_equal(count_contents(folder, MAPI_ASSOCIATED | SHOW_SOFT_DELETES), 0);
    free_rows(rows);
    release(table);
    release(folder);
}

/* ---- progress and the saved order ---- */

struct progress {
    IMAPIProgress iface;
    ULONG calls, last, min, max, flags;
    ULONG cancel_at; /* Progress fails from this call on; 0: never */
};

static HRESULT STDMETHODCALLTYPE progress_QueryInterface(IMAPIProgress *self, REFIID iid, void **out)
{
    (void)iid;
    *out = self;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE progress_refs(IMAPIProgress *self)
{
    (void)self;
    return 2;
}

static HRESULT STDMETHODCALLTYPE progress_Progress(IMAPIProgress *self, ULONG value, ULONG count, ULONG total)
{
    struct progress *progress = (struct progress *)self;
    progress->calls++;
    assert_true(value >= progress->last && value >= progress->min && value <= progress->max);
    assert_true(count <= total);
    progress->last = value;
    return progress->cancel_at && progress->calls >= progress->cancel_at ? MAPI_E_USER_CANCEL : S_OK;
}

static HRESULT STDMETHODCALLTYPE progress_GetFlags(IMAPIProgress *self, ULONG *flags)
{
    *flags = ((struct progress *)self)->flags;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE progress_GetMax(IMAPIProgress *self, ULONG *max)
{
    *max = ((struct progress *)self)->max;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE progress_GetMin(IMAPIProgress *self, ULONG *min)
{
    *min = ((struct progress *)self)->min;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE progress_SetLimits(IMAPIProgress *self, ULONG *min, ULONG *max, ULONG *flags)
{
    struct progress *progress = (struct progress *)self;
    progress->min = min ? *min : progress->min;
    progress->max = max ? *max : progress->max;
    progress->flags = flags ? *flags : progress->flags;
    return S_OK;
}

static const IMAPIProgressVtbl progress_vtbl = {
    progress_QueryInterface, progress_refs,   progress_refs,   progress_Progress,
    progress_GetFlags,       progress_GetMax, progress_GetMin, progress_SetLimits};

static void start_progress(struct progress *progress, ULONG min, ULONG max, ULONG cancel_at)
{
    memset(progress, 0, sizeof(*progress));
    progress->iface.lpVtbl = (void *)&progress_vtbl;
    progress->flags = MAPI_TOP_LEVEL;
    progress->min = min;
    progress->max = max;
    progress->cancel_at = cancel_at;
}

static void progress_is_told_and_may_cancel(void **state)
{
    IMAPIFolder *from = make_folder(root, L"Progress"), *to = make_folder(root, L"Progressed");
    SizedSPropTagArray(1, columns) = {1, {PR_ENTRYID}};
    SPropValue *id = get_prop(from, PR_ENTRYID);
    IMAPITable *table = NULL;
    struct progress progress;
    SBinary ids[250];
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(ids); i++) {
        IMessage *message = make_message(from, L"one of many");
        release(message);
    }
    assert_hr(from->lpVtbl->GetContentsTable(from, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, ARRAYSIZE(ids));
    assert_int_equal(rows->cRows, ARRAYSIZE(ids));
    for (size_t i = 0; i < ARRAYSIZE(ids); i++)
        ids[i] = rows->aRow[i].lpProps[0].Value.bin;
    ENTRYLIST list = {ARRAYSIZE(ids), ids};
    /* Only with the flag. */
    start_progress(&progress, 0, 1000, 0);
    assert_hr(from->lpVtbl->CopyMessages(from, &list, NULL, to, 0, &progress.iface, 0), S_OK);
    assert_int_equal(progress.calls, 0);
    start_progress(&progress, 100, 300, 0);
    assert_hr(from->lpVtbl->CopyMessages(from, &list, NULL, to, 0, &progress.iface, MESSAGE_DIALOG), S_OK);
    assert_true(progress.calls > 1);
    assert_int_equal(progress.last, 300);
    assert_int_equal(count_contents(to, 0), 2 * ARRAYSIZE(ids));
    /* Cancelled in the middle: what is done is done. */
    start_progress(&progress, 0, 1000, 1);
    assert_hr(from->lpVtbl->DeleteMessages(from, &list, 0, &progress.iface, MESSAGE_DIALOG), MAPI_W_PARTIAL_COMPLETION);
    assert_int_equal(progress.calls, 1);
    assert_in_range(count_contents(from, 0), 1, ARRAYSIZE(ids) - 1);
    start_progress(&progress, 0, 1000, 0);
    assert_hr(root->lpVtbl->CopyFolder(root, id->Value.bin.cb, (ENTRYID *)id->Value.bin.lpb, NULL, to, NULL, 0,
                                       &progress.iface, FOLDER_DIALOG),
              S_OK);
    assert_true(progress.calls > 0);
    assert_int_equal(progress.last, 1000);
    free_rows(rows);
    free_mapi(id);
    release(table);
    release(from);
    release(to);
}

static void a_saved_order_is_the_order_of_new_tables(void **state)
{
    static const WCHAR *const subjects[] = {L"b", L"c", L"a"};
    IMAPIFolder *folder = make_folder(root, L"Order"), *child = make_folder(folder, L"Below");
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_DESCEND}}};
    SizedSPropTagArray(1, columns) = {1, {PR_SUBJECT_W}};
    IMAPITable *table = NULL;
    SSortOrderSet *got = POISON;
    (void)state;
    assert_hr(folder->lpVtbl->SaveContentsSort(folder, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(folder->lpVtbl->SaveContentsSort(folder, (SSortOrderSet *)&order, 0x4000), MAPI_E_UNKNOWN_FLAGS);
    assert_hr(folder->lpVtbl->SaveContentsSort(folder, (SSortOrderSet *)&order, RECURSIVE_SORT), S_OK);
    for (int i = 0; i < 3; i++) {
        IMessage *message = make_message(child, subjects[i]);
        release(message);
    }
    assert_hr(child->lpVtbl->GetContentsTable(child, MAPI_UNICODE, &table), S_OK);
    assert_hr(table->lpVtbl->QuerySortOrder(table, &got), S_OK);
    assert_int_equal(got->cSorts, 1);
    assert_int_equal(got->aSort[0].ulPropTag, PR_SUBJECT_W);
    assert_int_equal(got->aSort[0].ulOrder, TABLE_SORT_DESCEND);
    free_mapi(got);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    for (int i = 0; i < 3; i++)
        assert_int_equal(rows->aRow[i].lpProps[0].Value.lpszW[0], 'c' - i);
    free_rows(rows);
    release(table);
    release(child);
    release(folder);
}

static void tables_sort_restrict_find_and_seek(void **state)
{
    static const WCHAR *const subjects[] = {L"delta", L"alpha", L"charlie", L"bravo", L"echo"};
    IMAPIFolder *folder = make_folder(root, L"Table");
    IMAPITable *table = NULL;
    SizedSPropTagArray(3, columns) = {3, {PR_SUBJECT_W, PR_INSTANCE_KEY, PROP_TAG(PT_LONG, 0x6FFF)}};
    SizedSSortOrderSet(1, order) = {1, 0, 0, {{PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    SPropValue match = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = (LPWSTR)L"a"};
    SRestriction contains = {.rt = RES_CONTENT};
    BOOKMARK mark = 0;
    LONG moved = 99;
    ULONG count = 0, row, numerator, denominator;
    SRowSet *rows = POISON;
    (void)state;
    for (size_t i = 0; i < ARRAYSIZE(subjects); i++) {
        IMessage *message = make_message(folder, subjects[i]);
        release(message);
    }
    contains.res.resContent.ulFuzzyLevel = FL_SUBSTRING | FL_IGNORECASE;
    contains.res.resContent.ulPropTag = PR_SUBJECT_W;
    contains.res.resContent.lpProp = &match;
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, NULL, 0), MAPI_E_INVALID_PARAMETER);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(table->lpVtbl->QueryRows(table, 0, 0, &rows), MAPI_E_INVALID_PARAMETER);
    assert_null(rows);
    rows = query_rows(table, 2);
    assert_int_equal(rows->cRows, 2);
    assert_int_equal(lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"alpha"), 0);
    assert_int_equal(rows->aRow[0].lpProps[2].ulPropTag, PROP_TAG(PT_ERROR, 0x6FFF));
    assert_int_equal(rows->aRow[0].lpProps[2].Value.err, MAPI_E_NOT_FOUND);
    free_rows(rows);
    assert_hr(table->lpVtbl->CreateBookmark(table, &mark), S_OK);
    assert_hr(table->lpVtbl->QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 2);
    assert_int_equal(denominator, 5);
    assert_hr(table->lpVtbl->SeekRow(table, BOOKMARK_CURRENT, 100, &moved), S_OK);
    assert_int_equal(moved, 3);
    rows = query_rows(table, 1);
    assert_int_equal(rows->cRows, 0);
    free_rows(rows);
    assert_hr(table->lpVtbl->SeekRow(table, mark, -1, &moved), S_OK);
    assert_int_equal(moved, -1);
    rows = query_rows(table, 1);
    assert_int_equal(lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"bravo"), 0);
    free_rows(rows);
    rows = query_rows(table, -2);
    assert_int_equal(rows->cRows, 2);
    assert_int_equal(lstrcmpW(rows->aRow[0].lpProps[0].Value.lpszW, L"alpha"), 0);
    free_rows(rows);
    assert_hr(table->lpVtbl->FindRow(table, &contains, BOOKMARK_BEGINNING, 0), S_OK);
    match.Value.lpszW = (LPWSTR)L"zulu";
    assert_hr(table->lpVtbl->FindRow(table, &contains, BOOKMARK_BEGINNING, 0), MAPI_E_NOT_FOUND);
    assert_hr(table->lpVtbl->FindRow(table, NULL, BOOKMARK_BEGINNING, 0), MAPI_E_INVALID_PARAMETER);
    match.Value.lpszW = (LPWSTR)L"CH";
    assert_hr(table->lpVtbl->Restrict(table, &contains, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 2);
    assert_hr(table->lpVtbl->SeekRow(table, mark, 0, NULL), MAPI_E_INVALID_BOOKMARK);
    assert_hr(table->lpVtbl->FreeBookmark(table, mark), MAPI_E_INVALID_BOOKMARK);
    assert_hr(table->lpVtbl->FreeBookmark(table, BOOKMARK_CURRENT), S_OK);
    assert_hr(table->lpVtbl->Restrict(table, NULL, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 5);
    /* A row by its instance key. */
    rows = query_rows(table, 3);
    SPropValue key = rows->aRow[2].lpProps[1];
    SRestriction same = {.rt = RES_PROPERTY};
    same.res.resProperty.relop = RELOP_EQ;
    same.res.resProperty.ulPropTag = PR_INSTANCE_KEY;
    same.res.resProperty.lpProp = &key;
    assert_hr(table->lpVtbl->FindRow(table, &same, BOOKMARK_BEGINNING, 0), S_OK);
    assert_hr(table->lpVtbl->QueryPosition(table, &row, &numerator, &denominator), S_OK);
    assert_int_equal(row, 2);
    free_rows(rows);
    release(table);
    release(folder);
}

static void categories_expand_and_collapse(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Groups");
    IMAPITable *table = NULL;
    SizedSPropTagArray(4, columns) = {4, {PR_IMPORTANCE, PR_ROW_TYPE, PR_INSTANCE_KEY, PR_CONTENT_COUNT}};
    SizedSSortOrderSet(2, order) = {2, 1, 0, {{PR_IMPORTANCE, TABLE_SORT_ASCEND}, {PR_SUBJECT_W, TABLE_SORT_ASCEND}}};
    ULONG count = 0, more = 0;
    (void)state;
    for (LONG i = 0; i < 6; i++) {
        IMessage *message = make_message(folder, L"x");
        set_long(message, PR_IMPORTANCE, i % 2 ? 2 : 0);
        assert_hr(message->lpVtbl->SaveChanges(message, 0), S_OK);
        release(message);
    }
    assert_hr(folder->lpVtbl->GetContentsTable(folder, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    assert_hr(table->lpVtbl->SortTable(table, (SSortOrderSet *)&order, 0), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 2);
    SRowSet *heads = query_rows(table, 10), *rows = POISON;
    assert_int_equal(heads->cRows, 2);
    assert_int_equal(heads->aRow[0].lpProps[1].Value.l, TBL_COLLAPSED_CATEGORY);
    assert_int_equal(heads->aRow[0].lpProps[3].Value.l, 3);
    const SBinary *key = &heads->aRow[1].lpProps[2].Value.bin;
    assert_hr(table->lpVtbl->ExpandRow(table, key->cb, key->lpb, 2, 0, &rows, &more), S_OK);
    assert_int_equal(more, 3);
    assert_int_equal(rows->cRows, 2);
    assert_int_equal(rows->aRow[0].lpProps[1].Value.l, TBL_LEAF_ROW);
    assert_int_equal(rows->aRow[0].lpProps[0].Value.l, 2);
    free_rows(rows);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    assert_int_equal(count, 5);
    assert_hr(table->lpVtbl->CollapseRow(table, key->cb, key->lpb, 0, &more), S_OK);
    assert_int_equal(more, 3);
    free_rows(heads);
    release(table);
    release(folder);
}

static void search_folders_follow_their_criteria(void **state)
{
    IMAPIFolder *folder = make_folder(root, L"Searched"), *finder = open_folder(store, PR_FINDER_ENTRYID), *search = NULL;
    SPropValue text = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = (LPWSTR)L"needle"};
    SRestriction contains = {.rt = RES_CONTENT}, *got = NULL;
    struct one id;
    ENTRYLIST *list = NULL;
    ULONG search_state = 0;
    (void)state;
    contains.res.resContent.ulFuzzyLevel = FL_SUBSTRING;
    contains.res.resContent.ulPropTag = PR_SUBJECT_W;
    contains.res.resContent.lpProp = &text;
    one_of(&id, folder);
    assert_hr(finder->lpVtbl->CreateFolder(finder, FOLDER_SEARCH, (LPTSTR) "Needles", NULL, NULL, 0, &search), S_OK);
    assert_hr(search->lpVtbl->GetSearchCriteria(search, 0, &got, &list, &search_state), MAPI_E_NOT_INITIALIZED);
    assert_hr(folder->lpVtbl->SetSearchCriteria(folder, &contains, &id.list, 0), MAPI_E_NO_SUPPORT);
    assert_hr(search->lpVtbl->SetSearchCriteria(search, &contains, &id.list, RESTART_SEARCH | STOP_SEARCH),
              MAPI_E_INVALID_PARAMETER);
    assert_hr(search->lpVtbl->SetSearchCriteria(search, &contains, &id.list, RESTART_SEARCH | SHALLOW_SEARCH), S_OK);
    IMessage *message = make_message(folder, L"a needle here");
    release(message);
    message = make_message(folder, L"only hay");
    release(message);
    assert_int_equal(count_contents(search, 0), 1);
    assert_hr(search->lpVtbl->GetSearchCriteria(search, MAPI_UNICODE, &got, &list, &search_state), S_OK);
    assert_int_equal(got->rt, RES_CONTENT);
    assert_int_equal(list->cValues, 1);
    assert_true(search_state & SEARCH_RUNNING);
    free_mapi(got);
    free_mapi(list);
    free_mapi(id.value);
    release(search);
    release(finder);
    release(folder);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_collide),
        cmocka_unit_test(properties_persist_at_once),
        cmocka_unit_test(deletion_needs_flags),
        cmocka_unit_test(folders_move_and_copy),
        cmocka_unit_test(messages_copy_move_and_delete),
        cmocka_unit_test(read_state_and_status),
        cmocka_unit_test(hidden_messages_have_a_table_of_their_own),
        cmocka_unit_test(progress_is_told_and_may_cancel),
        cmocka_unit_test(a_saved_order_is_the_order_of_new_tables),
        cmocka_unit_test(tables_sort_restrict_find_and_seek),
        cmocka_unit_test(categories_expand_and_collapse),
        cmocka_unit_test(search_folders_follow_their_criteria),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
