/*
 * harness.c: see harness.h.
 */
#include <windows.h>
#include <initguid.h>
#include "harness.h"
#include "mapilocal_admin.h"
#include <stdlib.h>

struct mapi_dll dll;
IMAPISession *session;
IMsgStore *store;
IMAPIFolder *inbox;

void check_hr(HRESULT got, HRESULT expected, const char *what, const char *file, int line)
{
    if (got == expected)
        return;
    print_error("%s: 0x%08lX, expected 0x%08lX\n", what, (unsigned long)got, (unsigned long)expected);
    _fail(file, line);
}

/* ---- the DLL, the data folder, the profile ---- */

static void *entry(const char *name)
{
    void *found = (void *)GetProcAddress(dll.module, name);
    if (!found)
        print_error("mapilocal.dll does not export %s\n", name);
    assert_non_null(found);
    return found;
}

void harness_load(void)
{
    WCHAR path[MAX_PATH];
    if (dll.module)
        return;
    assert_true(GetEnvironmentVariableW(L"MAPIHOST_TEST_BIN", path, MAX_PATH - 20) > 0);
    lstrcatW(path, L"\\mapilocal.dll");
    dll.module = LoadLibraryW(path);
    assert_non_null(dll.module);
    dll.initialize = entry("MAPIInitialize");
    dll.uninitialize = entry("MAPIUninitialize");
    dll.logon_ex = entry("MAPILogonEx");
    dll.admin_profiles = entry("MAPIAdminProfiles");
    dll.allocate = entry("MAPIAllocateBuffer");
    dll.free_buffer = entry("MAPIFreeBuffer");
}

static void delete_tree(const WCHAR *path)
{
    WCHAR pattern[MAX_PATH], child[MAX_PATH];
    WIN32_FIND_DATAW found;
    lstrcpyW(pattern, path);
    lstrcatW(pattern, L"\\*");
    HANDLE find = FindFirstFileW(pattern, &found);
    if (find == INVALID_HANDLE_VALUE)
        return;
    do {
        if (!lstrcmpW(found.cFileName, L".") || !lstrcmpW(found.cFileName, L".."))
            continue;
        lstrcpyW(child, path);
        lstrcatW(child, L"\\");
        lstrcatW(child, found.cFileName);
        if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
            delete_tree(child);
        else
            DeleteFileW(child);
    } while (FindNextFileW(find, &found));
    FindClose(find);
    RemoveDirectoryW(path);
}

static void make_mailboxes(void)
{
    static const struct mapilocal_mailbox boxes[] = {
        {L"demo", L"Demo User", L"demo@example.test", NULL, FALSE, 0},
        {L"anna", L"Anna Arnold", L"anna@example.test", NULL, FALSE, 0},
        {L"admin", L"Admin", L"admin@example.test", NULL, TRUE, 0},
    };
    mapilocal_admin_entry get = (mapilocal_admin_entry)entry(MAPILOCAL_ADMIN_ENTRY);
    const struct mapilocal_admin *admin = NULL;
    ULONG failed = 0;
    assert_hr(get(MAPILOCAL_ADMIN_VERSION, &admin), S_OK);
    assert_hr(admin->mailboxes_create(boxes, ARRAYSIZE(boxes), &failed), S_OK);
}

static void make_profile(const WCHAR *user)
{
    IProfAdmin *admin = NULL;
    IMsgServiceAdmin *services = NULL;
    IMAPITable *table = NULL;
    SPropValue *uid = NULL;
    SRowSet *rows = NULL;
    SPropValue settings[2] = {{.ulPropTag = CHANGE_PROP_TYPE(PR_PROFILE_UNRESOLVED_NAME, PT_UNICODE)},
                              {.ulPropTag = CHANGE_PROP_TYPE(PR_PROFILE_UNRESOLVED_SERVER, PT_UNICODE)}};
    settings[0].Value.lpszW = (LPWSTR)user;
    settings[1].Value.lpszW = (LPWSTR)L"local";
    assert_hr(dll.admin_profiles(0, &admin), S_OK);
    assert_hr(admin->lpVtbl->CreateProfile(admin, (LPTSTR)user, NULL, 0, MAPI_UNICODE), S_OK);
    assert_hr(admin->lpVtbl->AdminServices(admin, (LPTSTR)user, NULL, 0, MAPI_UNICODE, &services), S_OK);
    assert_hr(services->lpVtbl->CreateMsgService(services, (LPTSTR)L"MSEMS", (LPTSTR)L"Mailbox", 0, MAPI_UNICODE), S_OK);
    assert_hr(services->lpVtbl->GetMsgServiceTable(services, 0, &table), S_OK);
    rows = query_rows(table, 10);
    assert_int_equal(rows->cRows, 1);
    for (ULONG i = 0; i < rows->aRow[0].cValues; i++)
        if (rows->aRow[0].lpProps[i].ulPropTag == PR_SERVICE_UID)
            uid = &rows->aRow[0].lpProps[i];
    assert_non_null(uid);
    assert_hr(services->lpVtbl->ConfigureMsgService(services, (MAPIUID *)uid->Value.bin.lpb, 0, 0, 2, settings), S_OK);
    free_rows(rows);
    release(table);
    release(services);
    release(admin);
}

IMAPISession *harness_logon(const WCHAR *user)
{
    const ULONG flags = MAPI_EXTENDED | MAPI_NEW_SESSION | MAPI_EXPLICIT_PROFILE | MAPI_UNICODE | MAPI_NO_MAIL;
    IMAPISession *made = NULL;
    if (FAILED(dll.logon_ex(0, (LPTSTR)user, NULL, flags, &made))) {
        make_profile(user);
        assert_hr(dll.logon_ex(0, (LPTSTR)user, NULL, flags, &made), S_OK);
    }
    assert_non_null(made);
    return made;
}

IMsgStore *open_default_store(IMAPISession *of, ULONG flags)
{
    IMAPITable *table = NULL;
    IMsgStore *opened = NULL;
    SizedSPropTagArray(2, columns) = {2, {PR_ENTRYID, PR_DEFAULT_STORE}};
    assert_hr(of->lpVtbl->GetMsgStoresTable(of, 0, &table), S_OK);
    assert_hr(table->lpVtbl->SetColumns(table, (SPropTagArray *)&columns, 0), S_OK);
    SRowSet *rows = query_rows(table, 10);
    for (ULONG i = 0; i < rows->cRows && !opened; i++)
        if (rows->aRow[i].lpProps[1].ulPropTag == PR_DEFAULT_STORE && rows->aRow[i].lpProps[1].Value.b)
            assert_hr(of->lpVtbl->OpenMsgStore(of, 0, rows->aRow[i].lpProps[0].Value.bin.cb,
                                               (ENTRYID *)rows->aRow[i].lpProps[0].Value.bin.lpb, NULL, flags, &opened),
                      S_OK);
    assert_non_null(opened);
    free_rows(rows);
    release(table);
    return opened;
}

int harness_setup(void **state)
{
    WCHAR data[MAX_PATH];
    ULONG cb = 0;
    ENTRYID *id = NULL;
    ULONG type = 0;
    (void)state;
    harness_load();
    if (GetEnvironmentVariableW(L"MAPIHOST_DATA", data, MAX_PATH))
        delete_tree(data);
    make_mailboxes();
    assert_hr(dll.initialize(NULL), S_OK);
    session = harness_logon(L"demo");
    store = open_default_store(session, MDB_WRITE | MDB_NO_DIALOG);
    assert_hr(store->lpVtbl->GetReceiveFolder(store, NULL, 0, &cb, &id, NULL), S_OK);
    assert_hr(store->lpVtbl->OpenEntry(store, cb, id, NULL, MAPI_MODIFY, &type, (IUnknown **)&inbox), S_OK);
    assert_int_equal(type, MAPI_FOLDER);
    free_mapi(id);
    return 0;
}

int harness_teardown(void **state)
{
    (void)state;
    release(inbox);
    release(store);
    if (session)
        session->lpVtbl->Logoff(session, 0, 0, 0);
    release(session);
    dll.uninitialize();
    return 0;
}

/* ---- helpers ---- */

void free_rows(SRowSet *rows)
{
    if (!rows)
        return;
    for (ULONG i = 0; i < rows->cRows; i++)
        dll.free_buffer(rows->aRow[i].lpProps);
    dll.free_buffer(rows);
}

SRowSet *query_rows(IMAPITable *table, LONG n)
{
    SRowSet *rows = POISON;
    assert_hr(table->lpVtbl->QueryRows(table, n, 0, &rows), S_OK);
    return rows;
}

SPropValue *get_prop(void *object, ULONG tag)
{
    IMAPIProp *props = object;
    SizedSPropTagArray(1, tags) = {1, {tag}};
    SPropValue *value = POISON;
    ULONG count = 99;
    HRESULT hr = props->lpVtbl->GetProps(props, (SPropTagArray *)&tags, MAPI_UNICODE, &count, &value);
    if (hr == MAPI_W_ERRORS_RETURNED) {
        assert_int_equal(PROP_TYPE(value->ulPropTag), PT_ERROR);
        free_mapi(value);
        return NULL;
    }
    assert_hr(hr, S_OK);
    assert_int_equal(count, 1);
    return value;
}

LONG get_long(void *object, ULONG tag)
{
    SPropValue *value = get_prop(object, tag);
    assert_non_null(value);
    LONG result = PROP_TYPE(tag) == PT_BOOLEAN ? value->Value.b != 0 : value->Value.l;
    free_mapi(value);
    return result;
}

void set_string(void *object, ULONG tag, const WCHAR *text)
{
    IMAPIProp *props = object;
    SPropValue value = {.ulPropTag = tag, .Value.lpszW = (LPWSTR)text};
    SPropProblemArray *problems = POISON;
    assert_hr(props->lpVtbl->SetProps(props, 1, &value, &problems), S_OK);
    assert_null(problems);
}

void set_long(void *object, ULONG tag, LONG number)
{
    IMAPIProp *props = object;
    SPropValue value = {.ulPropTag = tag, .Value.l = number};
    SPropProblemArray *problems = POISON;
    if (PROP_TYPE(tag) == PT_BOOLEAN)
        value.Value.b = number != 0;
    assert_hr(props->lpVtbl->SetProps(props, 1, &value, &problems), S_OK);
    assert_null(problems);
}

void assert_string(void *object, ULONG tag, const WCHAR *expected)
{
    SPropValue *value = get_prop(object, tag);
    assert_non_null(value);
    if (lstrcmpW(value->Value.lpszW, expected))
        print_error("0x%08lX is \"%ls\", expected \"%ls\"\n", (unsigned long)tag, value->Value.lpszW, expected);
    assert_int_equal(lstrcmpW(value->Value.lpszW, expected), 0);
    free_mapi(value);
}

IUnknown *open_entry(IMsgStore *in, const SBinary *id, ULONG flags)
{
    IUnknown *object = NULL;
    ULONG type = 0;
    assert_hr(in->lpVtbl->OpenEntry(in, id->cb, (ENTRYID *)id->lpb, NULL, flags, &type, &object), S_OK);
    assert_non_null(object);
    return object;
}

IMAPIFolder *open_folder(IMsgStore *in, ULONG tag)
{
    SPropValue *id = get_prop(in, tag);
    assert_non_null(id);
    IMAPIFolder *folder = (IMAPIFolder *)open_entry(in, &id->Value.bin, MAPI_MODIFY);
    free_mapi(id);
    return folder;
}

IMAPIFolder *make_folder(IMAPIFolder *parent, const WCHAR *name)
{
    IMAPIFolder *folder = NULL;
    assert_hr(parent->lpVtbl->CreateFolder(parent, FOLDER_GENERIC, (LPTSTR)name, NULL, NULL, MAPI_UNICODE, &folder), S_OK);
    assert_non_null(folder);
    return folder;
}

IMessage *make_message(IMAPIFolder *folder, const WCHAR *subject)
{
    IMessage *message = NULL;
    assert_hr(folder->lpVtbl->CreateMessage(folder, NULL, 0, &message), S_OK);
    set_string(message, PR_SUBJECT_W, subject);
    assert_hr(message->lpVtbl->SaveChanges(message, KEEP_OPEN_READWRITE), S_OK);
    return message;
}

void add_recipient(IMessage *message, LONG type, const WCHAR *name, const WCHAR *addrtype, const WCHAR *address)
{
    SPropValue values[4] = {{.ulPropTag = PR_RECIPIENT_TYPE, .Value.l = type},
                            {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (LPWSTR)name},
                            {.ulPropTag = PR_ADDRTYPE_W, .Value.lpszW = (LPWSTR)addrtype},
                            {.ulPropTag = PR_EMAIL_ADDRESS_W, .Value.lpszW = (LPWSTR)address}};
    SizedADRLIST(1, list) = {1, {{0, 4, values}}};
    assert_hr(message->lpVtbl->ModifyRecipients(message, MODRECIP_ADD, (ADRLIST *)&list), S_OK);
}

ULONG count_contents(IMAPIFolder *folder, ULONG flags)
{
    IMAPITable *table = NULL;
    ULONG count = 0;
    assert_hr(folder->lpVtbl->GetContentsTable(folder, flags, &table), S_OK);
    assert_hr(table->lpVtbl->GetRowCount(table, 0, &count), S_OK);
    release(table);
    return count;
}

BOOL wait_for(volatile LONG *flag, DWORD seconds)
{
    DWORD end = GetTickCount() + seconds * 1000;
    MSG msg;
    while (!*flag && (LONG)(end - GetTickCount()) > 0) {
        MsgWaitForMultipleObjects(0, NULL, FALSE, 20, QS_ALLINPUT);
        while (PeekMessageW(&msg, NULL, 0, 0, PM_REMOVE))
            DispatchMessageW(&msg);
    }
    return *flag != 0;
}

/* ---- the sink ---- */

static HRESULT STDMETHODCALLTYPE sink_QueryInterface(IMAPIAdviseSink *self, REFIID iid, void **out)
{
    (void)iid;
    self->lpVtbl->AddRef(self);
    *out = self;
    return S_OK;
}

static ULONG STDMETHODCALLTYPE sink_AddRef(IMAPIAdviseSink *self)
{
    return (ULONG)InterlockedIncrement(&((struct sink *)self)->refs);
}

static ULONG STDMETHODCALLTYPE sink_Release(IMAPIAdviseSink *self)
{
    return (ULONG)InterlockedDecrement(&((struct sink *)self)->refs);
}

static ULONG STDMETHODCALLTYPE sink_OnNotify(IMAPIAdviseSink *self, ULONG count, LPNOTIFICATION notifications)
{
    struct sink *sink = (struct sink *)self;
    for (ULONG i = 0; i < count; i++) {
        sink->mask |= notifications[i].ulEventType;
        if (notifications[i].ulEventType == fnevTableModified)
            sink->table_events[notifications[i].info.tab.ulTableEvent & 15]++;
    }
    sink->thread = GetCurrentThreadId();
    InterlockedExchangeAdd(&sink->count, (LONG)count);
    return 0;
}

static const IMAPIAdviseSinkVtbl sink_vtbl = {sink_QueryInterface, sink_AddRef, sink_Release, sink_OnNotify};

void sink_init(struct sink *sink)
{
    memset(sink, 0, sizeof(*sink));
    sink->iface.lpVtbl = (void *)&sink_vtbl;
    sink->refs = 1;
}
