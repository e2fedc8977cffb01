/*
 * check_coverage.c TLB FOLDER: proves that every member of the type library was called by a test, by name.
 *
 * Walks the classes of the library. FOLDER holds what the servers of the suites com and clients wrote by the setting
 * RecordCalls (server/process/call_record.h): the members that were called and succeeded, by script, late and early bound, or
 * by vtable. One TAP case a class; a property that can be read and written needs both. What is recorded for one class does not
 * count for another one with the same member. Random calls and calls that must fail are no behaviour tests: the first are not
 * recorded (tools/run-suite), the latter never succeed.
 */
#ifndef COBJMACROS
#define COBJMACROS
#endif
#include <windows.h>
#include <oleauto.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LINE_MAX_CHARS 200

/* Members that cannot succeed here, each with its reason; other tests check their errors. */
static const struct {
    const WCHAR *class, *member, *reason;
} cannot[] = {
    {L"Session", L"AddressBook", L"shows a dialog of the MAPI system"},
    {L"AddressEntry", L"Details", L"shows a dialog of the MAPI system"},
    {L"Message", L"Options", L"shows a dialog of the MAPI system"},
    {L"AppointmentItem", L"Options", L"shows a dialog of the MAPI system"},
    {L"MeetingItem", L"Options", L"shows a dialog of the MAPI system"},
    {L"AddressEntries", L"Add", L"mapilocal.dll has no address list that can be changed"},
    {L"AddressEntries", L"Delete", L"mapilocal.dll has no address list that can be changed"},
    {L"AddressEntry", L"Name", L"mapilocal.dll has no address list that can be changed"},
    {L"AddressEntry", L"Address", L"mapilocal.dll has no address list that can be changed"},
    {L"AddressEntry", L"Type", L"mapilocal.dll has no address list that can be changed"},
    {L"AddressEntry", L"Delete", L"mapilocal.dll has no address list that can be changed"},
};

struct calls {
    WCHAR (*lines)[LINE_MAX_CHARS];
    size_t count, room;
};

static int compare(const void *a, const void *b)
{
    return _wcsicmp(a, b); /* a type library keeps one spelling of a name: value, Value */
}

static void add_file(struct calls *calls, const WCHAR *path)
{
    char line[LINE_MAX_CHARS];
    FILE *file = _wfopen(path, L"r");

    while (file && fgets(line, sizeof line, file)) {
        if (calls->count == calls->room) {
            calls->room = calls->room ? calls->room * 2 : 1024;
            calls->lines = realloc(calls->lines, calls->room * sizeof *calls->lines);
            if (!calls->lines)
                exit(2);
        }
        line[strcspn(line, "\r\n")] = 0;
        _snwprintf(calls->lines[calls->count++], LINE_MAX_CHARS, L"%hs", line);
    }
    if (file)
        fclose(file);
}

/* Reads the records of a folder and of the folders in it. */
static void add_folder(struct calls *calls, const WCHAR *folder)
{
    WCHAR path[MAX_PATH];
    WIN32_FIND_DATAW found;
    HANDLE search;

    _snwprintf(path, MAX_PATH, L"%ls\\*", folder);
    search = FindFirstFileW(path, &found);
    if (search == INVALID_HANDLE_VALUE)
        return;
    do {
        _snwprintf(path, MAX_PATH, L"%ls\\%ls", folder, found.cFileName);
        if (!(found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY))
            add_file(calls, path);
        else if (found.cFileName[0] != L'.')
            add_folder(calls, path);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

static BOOL was_called(const struct calls *calls, const WCHAR *class, const WCHAR *kind, const WCHAR *member)
{
    WCHAR line[LINE_MAX_CHARS];

    _snwprintf(line, LINE_MAX_CHARS, L"%ls %ls %ls", class, kind, member);
    return bsearch(line, calls->lines, calls->count, sizeof *calls->lines, compare) != NULL;
}

static const WCHAR *reason_of(const WCHAR *class, const WCHAR *member)
{
    for (size_t i = 0; i < ARRAYSIZE(cannot); i++)
        if (!wcscmp(cannot[i].class, class) && !wcscmp(cannot[i].member, member))
            return cannot[i].reason;
    return NULL;
}

/* Prints the case of a class; answers whether all its members were called. */
static BOOL check_class(const struct calls *calls, const WCHAR *class, ITypeInfo *info)
{
    unsigned members = 0, missing = 0, excused = 0;
    WCHAR list[8000] = L"";
    TYPEATTR *attributes;

    if (FAILED(ITypeInfo_GetTypeAttr(info, &attributes)))
        return FALSE;
    for (UINT i = 0; i < attributes->cFuncs; i++) {
        FUNCDESC *function;
        const WCHAR *kind;
        BSTR name = NULL;

        if (FAILED(ITypeInfo_GetFuncDesc(info, i, &function)))
            return FALSE;
        ITypeInfo_GetDocumentation(info, function->memid, &name, NULL, NULL, NULL);
        kind = function->invkind == INVOKE_PROPERTYGET ? L"get" : function->invkind == INVOKE_FUNC ? L"call" : L"put";
        /* IUnknown's and IDispatch's own members have these ids */
        if (!(function->memid >= 0x60000000 && function->memid < 0x60020000)) {
            members++;
            if (was_called(calls, class, kind, name))
                ;
            else if (reason_of(class, name))
                excused++;
            else {
                size_t length = wcslen(list);

                _snwprintf(list + length, ARRAYSIZE(list) - 1 - length, L"# never called: %ls %ls.%ls\n", kind, class, name);
                missing++;
            }
        }
        SysFreeString(name);
        ITypeInfo_ReleaseFuncDesc(info, function);
    }
    ITypeInfo_ReleaseTypeAttr(info, attributes);
    printf("%sok - every member of %ls is called by a test: %u of %u", missing ? "not " : "", class, members - missing - excused,
           members);
    printf(excused ? ", %u cannot succeed here\n%ls" : "\n%.0u%ls", excused, list);
    return !missing;
}

/* The default interface of a class. */
static ITypeInfo *default_interface(ITypeInfo *class, const TYPEATTR *attributes)
{
    for (UINT i = 0; i < attributes->cImplTypes; i++) {
        ITypeInfo *found = NULL;
        HREFTYPE reference;
        INT flags = 0;

        if (SUCCEEDED(ITypeInfo_GetImplTypeFlags(class, i, &flags)) && flags == IMPLTYPEFLAG_FDEFAULT &&
            SUCCEEDED(ITypeInfo_GetRefTypeOfImplType(class, i, &reference)) &&
            SUCCEEDED(ITypeInfo_GetRefTypeInfo(class, reference, &found)))
            return found;
    }
    return NULL;
}

static int check_library(ITypeLib *library, const struct calls *calls)
{
    unsigned classes = 0, failed = 0;

    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        ITypeInfo *class, *info = NULL;
        TYPEATTR *attributes;
        BSTR name = NULL;

        if (FAILED(ITypeLib_GetTypeInfo(library, i, &class)) || FAILED(ITypeInfo_GetTypeAttr(class, &attributes)))
            return 2;
        if (attributes->typekind == TKIND_COCLASS) {
            ITypeInfo_GetDocumentation(class, MEMBERID_NIL, &name, NULL, NULL, NULL);
            info = default_interface(class, attributes);
            if (!info || !check_class(calls, name, info))
                failed++;
            classes++;
            if (info)
                ITypeInfo_Release(info);
            SysFreeString(name);
        }
        ITypeInfo_ReleaseTypeAttr(class, attributes);
        ITypeInfo_Release(class);
    }
    printf("1..%u\n", classes);
    return failed > 0;
}

int wmain(int argc, WCHAR **argv)
{
    struct calls calls = {0};
    ITypeLib *library = NULL;
    int code;

    if (argc != 3) {
        fputs("usage: check_coverage TLB FOLDER\n", stderr);
        return 2;
    }
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    add_folder(&calls, argv[2]);
    if (!calls.count) {
        puts("1..0 # SKIP the suites com and clients have recorded nothing: run make check-com check-clients first");
        return 0;
    }
    qsort(calls.lines, calls.count, sizeof *calls.lines, compare);
    if (FAILED(LoadTypeLibEx(argv[1], REGKIND_NONE, &library))) {
        printf("1..1\nnot ok - the type library loads\n");
        return 1;
    }
    code = check_library(library, &calls);
    ITypeLib_Release(library);
    free(calls.lines);
    CoUninitialize();
    return code;
}
