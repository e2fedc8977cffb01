/*
 * test_arguments.c: walks the type library and gives every argument of every member wrong values, found by the argument's name:
 * indexes before the first and behind the last, names and ids that nothing has, ids of the wrong kind, damaged ids, numbers
 * that no enumeration has, files and clauses that are none. All other arguments are right. Each call must answer a defined error,
 * or do what is listed here as right; and every argument's name must be known here, so that none is forgotten.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include "walk_library.h"
#include <cmocka.h>

/* Ids of real things; texts of a value that name them. */
enum fixture { FOLDER_ID, MESSAGE_ID, STORE_ID, ENTRY_ID, FIXTURES };
static BSTR fixtures[FIXTURES];
#define FIXTURE(n) (const WCHAR *)(ULONG_PTR)(n + 1)

/* ---- wrong values ------------------------------------------------------------------------------------------------------ */

struct value {
    const WCHAR *label;
    VARTYPE type;
    double number;
    const WCHAR *text; /* VT_BSTR; a fixture's number + 1 for its id */
};

#define NUMBER(n) {L"" #n, VT_I4, n, NULL}
#define A_TEXT(t) {L"\"" t L"\"", VT_BSTR, 0, t}
#define NOTHING {L"Nothing", VT_DISPATCH, 0, NULL}
#define A_NULL {L"Null", VT_NULL, 0, NULL}
#define AN_OBJECT {L"another object", VT_DISPATCH, 1, NULL}
#define END {NULL, VT_EMPTY, 0, NULL}

#define STRANGE_ID L"an id that nobody gave"

static const struct value indexes[] = {NUMBER(0),  NUMBER(-1), NUMBER(1000000), NUMBER(2147483647), NUMBER(-2147483648.0),
                                       {L"1e300", VT_R8, 1e300, NULL},          A_TEXT(L"no such thing at all"),
                                       NOTHING,    A_NULL,     AN_OBJECT,       END};
static const struct value ids[] = {A_TEXT(L""),   A_TEXT(L"0"),    A_TEXT(L"zz"), A_TEXT(L"ABC"), A_TEXT(L"00000000"),
                                   {STRANGE_ID, VT_BSTR, 0, L"0000000000112233445566778899AABBCCDDEEFF0000000000112233445566778899AABBCCDDEEFF"},
                                   NUMBER(17),  NOTHING,       AN_OBJECT,   END};
static const struct value not_folders[] = {{L"a message's id", VT_BSTR, 0, FIXTURE(MESSAGE_ID)},
                                           {L"a store's id", VT_BSTR, 0, FIXTURE(STORE_ID)},
                                           {L"an address's id", VT_BSTR, 0, FIXTURE(ENTRY_ID)}, END};
static const struct value not_messages[] = {{L"a folder's id", VT_BSTR, 0, FIXTURE(FOLDER_ID)},
                                            {L"a store's id", VT_BSTR, 0, FIXTURE(STORE_ID)},
                                            {L"an address's id", VT_BSTR, 0, FIXTURE(ENTRY_ID)}, END};
static const struct value not_stores[] = {{L"a folder's id", VT_BSTR, 0, FIXTURE(FOLDER_ID)},
                                          {L"a message's id", VT_BSTR, 0, FIXTURE(MESSAGE_ID)},
                                          {L"an address's id", VT_BSTR, 0, FIXTURE(ENTRY_ID)}, END};
static const struct value not_entries[] = {{L"a folder's id", VT_BSTR, 0, FIXTURE(FOLDER_ID)},
                                           {L"a message's id", VT_BSTR, 0, FIXTURE(MESSAGE_ID)},
                                           {L"a store's id", VT_BSTR, 0, FIXTURE(STORE_ID)}, END};
static const struct value choices[] = {NUMBER(-7), NUMBER(4711), NUMBER(2147483647), A_TEXT(L"no number"), AN_OBJECT, END};
static const struct value objects_of_other_kinds[] = {NOTHING, NUMBER(1), A_TEXT(L"no object"), A_NULL, AN_OBJECT, END};
static const struct value tags[] = {NUMBER(0), NUMBER(65535), A_TEXT(L"no such name"), A_TEXT(L"{no guid}/0x8001"), A_TEXT(L""),
                                    NOTHING,   AN_OBJECT,     END};
static const struct value files[] = {A_TEXT(L""), A_TEXT(L"Z:\\no\\such\\folder\\file.txt"), A_TEXT(L"Z:\\"), A_TEXT(L"a*b?|"), NUMBER(5),
                                     NOTHING,   AN_OBJECT, END};
static const struct value clauses[] = {A_TEXT(L"[Subject"), A_TEXT(L"[No Such Name] = 1"), A_TEXT(L"[Size] = = 5"), A_TEXT(L"AND"),
                                       A_TEXT(L"[Size] = 'x' )"), NOTHING, AN_OBJECT, END};
static const struct value dates[] = {A_TEXT(L"no date"), NOTHING, AN_OBJECT, {L"1e300", VT_R8, 1e300, NULL}, END};
static const struct value counts[] = {NUMBER(-5), A_TEXT(L"no number"), AN_OBJECT, {L"1e300", VT_R8, 1e300, NULL}, END};
static const struct value no_objects[] = {AN_OBJECT, END};
static const struct value truths[] = {A_TEXT(L"no truth value"), AN_OBJECT, END};
static const struct value sets[] = {A_TEXT(L"no guid"), A_TEXT(L"{0002032}"), NUMBER(5), AN_OBJECT, END};

/* What an argument is, by its name; in one class or one member only, where those are given. The first row that fits counts. */
static const struct kind {
    const WCHAR *param, *coclass, *member;
    const struct value *wrong[2];
} kinds[] = {
    {L"Index", L"Fields", NULL, {tags}},
    {L"Index", NULL, NULL, {indexes}},
    {L"FolderID", NULL, NULL, {ids, not_folders}},
    {L"Folder", NULL, NULL, {ids, not_folders}},
    {L"MessageID", NULL, NULL, {ids, not_messages}},
    {L"IDs", NULL, NULL, {ids, not_messages}},
    {L"StoreID", NULL, NULL, {ids, not_stores}},
    {L"EntryID", NULL, NULL, {ids, not_entries}},
    {L"ID1", NULL, NULL, {ids}},
    {L"ID2", NULL, NULL, {ids}},
    {L"ParentIndex", NULL, NULL, {ids}},
    {L"ArticleID", NULL, NULL, {counts}},
    {L"Object", NULL, NULL, {objects_of_other_kinds}},
    {L"ObjectType", NULL, NULL, {choices}},
    {L"OptType", NULL, NULL, {choices}},
    {L"RespondType", NULL, NULL, {choices}},
    {L"SortOrder", NULL, NULL, {choices}},
    {L"Importance", NULL, NULL, {choices}},
    {L"Class", NULL, NULL, {choices}},
    {L"Type", L"Messages", NULL, {no_objects}},
    {L"Type", NULL, NULL, {choices}},
    {L"LocaleID", NULL, NULL, {counts}},
    {L"CodePageID", NULL, NULL, {counts}},
    {L"PropID", NULL, NULL, {tags}},
    {L"PropTag", NULL, NULL, {tags}},
    {L"Tag", NULL, NULL, {tags}},
    {L"Tags", NULL, NULL, {tags}},
    {L"Columns", NULL, NULL, {tags}},
    {L"PropsetID", NULL, NULL, {sets}},
    {L"FileName", NULL, NULL, {files}},
    {L"Path", NULL, NULL, {files}},
    {L"Source", L"Attachments", L"Add", {files}},
    {L"Source", NULL, NULL, {choices}},
    {L"Where", NULL, NULL, {clauses}},
    {L"Filter", NULL, NULL, {no_objects}},
    {L"StartTime", NULL, NULL, {dates}},
    {L"EndTime", NULL, NULL, {dates}},
    {L"Interval", NULL, NULL, {counts}},
    {L"MaxRows", NULL, NULL, {counts}},
    {L"StartRow", NULL, NULL, {counts}},
    {L"Count", NULL, NULL, {counts}},
    {L"Milliseconds", NULL, NULL, {counts}},
    {L"Position", NULL, NULL, {counts}},
    {L"Kind", NULL, NULL, {no_objects}},
    {L"Events", NULL, NULL, {choices}},
    {L"NameOrAddress", NULL, NULL, {ids}},
    {L"User", NULL, NULL, {ids}},
    {L"Server", NULL, NULL, {ids}},
    {L"Mailbox", NULL, NULL, {no_objects}},
    {L"MessageClass", NULL, NULL, {no_objects}},
    {L"Name", NULL, NULL, {no_objects}},
    {L"Names", NULL, NULL, {no_objects}},
    {L"Address", NULL, NULL, {no_objects}},
    {L"Emailtype", NULL, NULL, {no_objects}},
    {L"Subject", NULL, NULL, {no_objects}},
    {L"Text", NULL, NULL, {no_objects}},
    {L"Title", NULL, NULL, {no_objects}},
    {L"ToLabel", NULL, NULL, {no_objects}},
    {L"CcLabel", NULL, NULL, {no_objects}},
    {L"BccLabel", NULL, NULL, {no_objects}},
    {L"ProfileName", NULL, NULL, {no_objects}},
    {L"ProfilePassword", NULL, NULL, {no_objects}},
    {L"ProfileInfo", NULL, NULL, {no_objects}},
    {L"Recipients", NULL, NULL, {objects_of_other_kinds}},
    {L"RecipLists", NULL, NULL, {choices}},
    {L"ParentWindow", NULL, NULL, {no_objects}},
    {L"Bytes", NULL, NULL, {no_objects}},
    {L"Values", NULL, NULL, {no_objects}},
    {L"Value", NULL, NULL, {no_objects}},
    {L"OptValue", NULL, NULL, {no_objects}},
    {L"ShowDialog", NULL, NULL, {truths}},
    {L"NewSession", NULL, NULL, {truths}},
    {L"NoMail", NULL, NULL, {truths}},
    {L"OneAddress", NULL, NULL, {truths}},
    {L"ForceResolution", NULL, NULL, {truths}},
    {L"AsAdministrator", NULL, NULL, {truths}},
    {L"DeletedItems", NULL, NULL, {truths}},
    {L"DeleteHidden", NULL, NULL, {truths}},
    {L"CopySubfolders", NULL, NULL, {truths}},
    {L"OpenExisting", NULL, NULL, {truths}},
    {L"Recursive", NULL, NULL, {truths}},
    {L"Read", NULL, NULL, {truths}},
    {L"SaveCopy", NULL, NULL, {truths}},
    {L"MakePermanent", NULL, NULL, {truths}},
    {L"RefreshObject", NULL, NULL, {truths}},
    {L"Writable", NULL, NULL, {truths}},
    {L"UTC", NULL, NULL, {truths}},
    {L"value", NULL, NULL, {no_objects}},
};

/* Values that look wrong and are not. */
static const struct {
    const WCHAR *member, *param, *label; /* NULL: all of them; ".Sort": that of every class */
} right_after_all[] = {
    {NULL, L"StoreID", L"\"\""}, /* CDO: the default store, or the one of the object */
    {L".IsSameAs", L"Object", L"Nothing"}, /* nothing, and what is of another class, is not the same */
    {L".IsSameAs", L"Object", L"another object"},
    {L".GetFolderFromPath", L"Path", L"\"\""}, /* the root */
    {L".Sort", L"PropID", L"\"\""},            /* the default order */
    {L".Sort", L"PropTag", L"\"\""},
    {L"Messages.Item", L"Index", L"\"no such thing at all\""}, /* CDO: the next one in the order, from there on */
    {L"AddressEntries.Item", L"Index", L"\"no such thing at all\""},
    {L"Attachments.Add", L"Source", L"\"\""},                 /* as if missing */
    {L"Recipients.Add", L"EntryID", L"\"\""},
    {L"Session.GetFolder", L"FolderID", L"\"\""}, /* CDO: the root folder */
    {L"Session.CompareIDs", NULL, L"\"00000000\""}, /* ids of nothing are not the same as an id of something */
    {L"Session.CompareIDs", NULL, STRANGE_ID},
    {L"Session.CreateConversationIndex", L"ParentIndex", L"\"\""}, /* no parent: a new conversation */
    {L"Session.CreateConversationIndex", L"ParentIndex", L"\"00000000\""},
    {L"Session.CreateConversationIndex", L"ParentIndex", STRANGE_ID},
    {L"Fields.Item", L"Index", L"\"no such name\""}, /* CDO: a named property that is made when it gets a value */
};

/* ---- right values --------------------------------------------------------------------------------------------------------- */

static void set_text(VARIANT *value, const WCHAR *text)
{
    V_VT(value) = VT_BSTR;
    V_BSTR(value) = SysAllocString(text);
}

static void set_number(VARIANT *value, LONG number)
{
    V_VT(value) = VT_I4;
    V_I4(value) = number;
}

/* What a required argument takes while another one is wrong. */
static void make_right(VARIANT *value, const WCHAR *param, IDispatch *object)
{
    VariantInit(value);
    if (!wcscmp(param, L"FolderID") || !wcscmp(param, L"Folder") || !wcsncmp(param, L"ID1", 2))
        set_text(value, fixtures[!wcscmp(param, L"IDs") ? MESSAGE_ID : FOLDER_ID]);
    else if (!wcscmp(param, L"MessageID"))
        set_text(value, fixtures[MESSAGE_ID]);
    else if (!wcscmp(param, L"EntryID"))
        set_text(value, fixtures[ENTRY_ID]);
    else if (!wcscmp(param, L"Object")) {
        V_VT(value) = VT_DISPATCH;
        V_DISPATCH(value) = object;
        IDispatch_AddRef(object);
    } else if (!wcscmp(param, L"Tag") || !wcscmp(param, L"Tags") || !wcscmp(param, L"Columns"))
        set_number(value, 0x0037001F);
    else if (!wcscmp(param, L"StartTime") || !wcscmp(param, L"EndTime")) {
        V_VT(value) = VT_DATE;
        V_DATE(value) = param[0] == L'S' ? 46000 : 46001;
    } else if (!wcscmp(param, L"Interval"))
        set_number(value, 30);
    else if (!wcscmp(param, L"LocaleID"))
        set_number(value, 1033);
    else if (!wcscmp(param, L"CodePageID"))
        set_number(value, 1252);
    else if (!wcscmp(param, L"Class"))
        set_number(value, 8);
    else if (!wcscmp(param, L"Where"))
        set_text(value, L"[Subject] = 'walked'");
    else if (!wcscmp(param, L"Emailtype") || !wcscmp(param, L"Server"))
        set_text(value, param[0] == L'E' ? L"SMTP" : L"LOCAL");
    else
        set_text(value, L"walked");
}

static void make_value(VARIANT *value, const struct value *from, IDispatch *session)
{
    VariantInit(value);
    V_VT(value) = from->type;
    if (from->type == VT_BSTR)
        V_BSTR(value) = SysAllocString((ULONG_PTR)from->text <= FIXTURES ? fixtures[(ULONG_PTR)from->text - 1] : from->text);
    else if (from->type == VT_I4)
        V_I4(value) = (LONG)from->number;
    else if (from->type == VT_R8)
        V_R8(value) = from->number;
    else if (from->type == VT_DISPATCH) {
        V_DISPATCH(value) = from->number ? disp_object(session, L"Diagnostics", "") : NULL; /* it has no default member */
    }
}

/* ---- the walk ------------------------------------------------------------------------------------------------------------ */

static const struct kind *kind_of(const struct walk_member *member, const WCHAR *param)
{
    for (size_t i = 0; i < ARRAYSIZE(kinds); i++)
        if (!wcscmp(kinds[i].param, param) && (!kinds[i].coclass || !wcscmp(kinds[i].coclass, member->coclass)) &&
            (!kinds[i].member || !wcscmp(kinds[i].member, member->name)))
            return &kinds[i];
    return NULL;
}

static bool is_right(const struct walk_member *member, const WCHAR *param, const WCHAR *label)
{
    WCHAR name[100];

    _snwprintf(name, ARRAYSIZE(name), L"%ls.%ls", member->coclass, member->name);
    for (size_t i = 0; i < ARRAYSIZE(right_after_all); i++)
        if ((!right_after_all[i].member || !wcscmp(right_after_all[i].member, name) ||
             !wcscmp(right_after_all[i].member, wcschr(name, L'.'))) &&
            (!right_after_all[i].param || !wcscmp(right_after_all[i].param, param)) &&
            (!right_after_all[i].label || !wcscmp(right_after_all[i].label, label)))
            return true;
    return false;
}

static void call_with(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member, UINT at,
                      const struct value *wrong)
{
    VARIANT args[WALK_PARAMS];
    char what[200];
    HRESULT hr;

    for (UINT i = 0; i < member->count; i++) {
        VARIANT *value = &args[member->count - 1 - i];

        if (i == at)
            make_value(value, wrong, session);
        else if (i < member->required)
            make_right(value, member->params[i], object);
        else
            walk_missing(value);
    }
    hr = walk_invoke(object, member->function, args, member->count);
    walk->calls++;
    snprintf(what, sizeof what, "with %ls %.80ls", member->params[at], wrong->label);
    if (SUCCEEDED(hr) ? !is_right(member, member->params[at], wrong->label) : !disp_error_is_defined(hr))
        walk_complain(walk, member, what, hr);
    for (UINT i = 0; i < member->count; i++)
        VariantClear(&args[i]);
}

static void give_wrong_values(struct walk *walk, IDispatch *session, IDispatch *object, const struct walk_member *member)
{
    for (UINT i = 0; i < member->count; i++) {
        const struct kind *kind = kind_of(member, member->params[i]);

        if (!kind) {
            walk_complain(walk, member, "has an argument that test_arguments.c does not know", 0);
            print_message("#   %ls\n", member->params[i]);
            continue;
        }
        for (size_t set = 0; set < ARRAYSIZE(kind->wrong) && kind->wrong[set]; set++)
            for (const struct value *value = kind->wrong[set]; value->label; value++)
                call_with(walk, session, object, member, i, value);
    }
}

static void every_argument_of_a_wrong_value_answers_a_defined_error(void **state)
{
    struct walk walk;

    (void)state;
    walk_begin(&walk, NULL);
    walk_library(&walk, give_wrong_values, NULL, false);
    walk_end(&walk);
    print_message("# %u calls\n", walk.calls);
    assert_true(walk.calls > 600);
    assert_int_equal(walk.wrong, 0);
}

static BSTR id_of(IDispatch *session, const WCHAR *path)
{
    IDispatch *object = disp_path(session, path);
    VARIANT id;

    if (!object)
        return NULL;
    if (!wcscmp(path, L"Inbox.Messages.Add")) {
        disp_put(object, L"Subject", "s", L"walked"); /* walk_end deletes what is called so */
        disp_run(object, L"Update", "");
    }
    if (FAILED(disp_get(object, L"ID", &id, "")))
        V_BSTR(&id) = NULL;
    IDispatch_Release(object);
    return V_BSTR(&id);
}

static int take_ids(void **state)
{
    static const WCHAR *const paths[FIXTURES] = {L"Inbox", L"Inbox.Messages.Add", L"GetInfoStore", L"CurrentUser"};
    IDispatch *session = walk_session();

    (void)state;
    for (int i = 0; i < FIXTURES; i++)
        if (!(fixtures[i] = id_of(session, paths[i])))
            return -1;
    disp_run(session, L"Logoff", "");
    IDispatch_Release(session);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_argument_of_a_wrong_value_answers_a_defined_error),
    };
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, take_ids, NULL);
    CoUninitialize();
    return failed;
}
