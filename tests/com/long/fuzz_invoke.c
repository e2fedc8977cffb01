/*
 * fuzz_invoke.c: random calls: `make fuzz-com` makes many, the suite com a few thousand. Every member of every object that
 * turns up is called by IDispatch::Invoke with random argument counts and values: numbers, dates, texts up to a megabyte, arrays
 * of all kinds, Null, Nothing, objects of other kinds, stale objects. The server must live, answer defined errors only, and
 * hold nothing when the client is done.
 *
 * FUZZ_CALLS sets the number of calls (default 20,000), FUZZ_SEED the seed, which a failure prints. FUZZ_TRACE=1 prints each
 * call before it is made, so that the last line of a run that hangs names the member.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include "dispatch.h"
#include <cmocka.h>

#define POOL 24

/* Members that would end the run (dialogs, the session's own end) or write where they are told to. */
static const WCHAR *const left_out[] = {L"Logon",   L"LogonExchangeMailbox", L"AddressBook", L"Options", L"SaveAs",
                                        L"WriteToFile", L"Details",          L"Wait",        L"Send",    L"QueryInterface",
                                        L"AddRef",  L"Release",              L"GetTypeInfoCount", L"GetTypeInfo",
                                        L"GetIDsOfNames", L"Invoke"};

/* An interface as this process reads it from the registered library: asking each object for it would be many more calls
 * across processes than the calls to test. */
struct type {
    ITypeInfo *info;
    TYPEATTR *attributes;
    BSTR name;
    struct {
        FUNCDESC *function;
        BSTR name;
    } *members;
    UINT count;
};

struct item {
    IDispatch *object;
    const struct type *type;
};

struct fuzz {
    uint64_t random;
    IDispatch *session;
    struct item pool[POOL];
    struct type types[64];
    UINT type_count;
    unsigned calls, failures, wrong, logons;
    BOOL trace;
    WCHAR *long_text;
};

static uint32_t next(struct fuzz *fuzz)
{
    fuzz->random = fuzz->random * 6364136223846793005ull + 1442695040888963407ull;
    return (uint32_t)(fuzz->random >> 33);
}

static uint32_t below(struct fuzz *fuzz, uint32_t n)
{
    return next(fuzz) % n;
}

static void log_on(struct fuzz *fuzz)
{
    if (fuzz->session)
        IDispatch_Release(fuzz->session);
    fuzz->session = NULL;
    assert_int_equal(disp_create(L"MapiHost.Session", &fuzz->session), S_OK);
    assert_int_equal(disp_run(fuzz->session, L"Logon", "ssbb", L"demo", L"", 0, 1), S_OK);
    fuzz->logons++;
}

/* ---- the types ------------------------------------------------------------------------------------------------ */

static BOOL is_left_out(const WCHAR *name)
{
    for (size_t i = 0; i < ARRAYSIZE(left_out); i++)
        if (!_wcsicmp(name, left_out[i]))
            return TRUE;
    return FALSE;
}

static void read_type(struct type *type)
{
    ITypeInfo_GetDocumentation(type->info, MEMBERID_NIL, &type->name, NULL, NULL, NULL);
    type->members = calloc(type->attributes->cFuncs, sizeof *type->members);
    assert_non_null(type->members);
    for (UINT i = 0; i < type->attributes->cFuncs; i++) {
        FUNCDESC *function;
        BSTR name = NULL;

        assert_int_equal(ITypeInfo_GetFuncDesc(type->info, i, &function), S_OK);
        ITypeInfo_GetDocumentation(type->info, function->memid, &name, NULL, NULL, NULL);
        if (is_left_out(name)) {
            SysFreeString(name);
            ITypeInfo_ReleaseFuncDesc(type->info, function);
        } else {
            type->members[type->count].function = function;
            type->members[type->count++].name = name;
        }
    }
}

static void read_types(struct fuzz *fuzz)
{
    static const GUID id = {0x416e5801, 0xa113, 0x4d8c, {0x8c, 0xc8, 0x3b, 0xdb, 0x40, 0x64, 0xf2, 0x97}};
    ITypeLib *library = NULL;

    assert_int_equal(LoadRegTypeLib(&id, 1, 0, LOCALE_NEUTRAL, &library), S_OK);
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        struct type *type = &fuzz->types[fuzz->type_count];

        assert_true(fuzz->type_count < ARRAYSIZE(fuzz->types));
        assert_int_equal(ITypeLib_GetTypeInfo(library, i, &type->info), S_OK);
        assert_int_equal(ITypeInfo_GetTypeAttr(type->info, &type->attributes), S_OK);
        if (type->attributes->typekind == TKIND_DISPATCH && type->attributes->wTypeFlags & TYPEFLAG_FDUAL) {
            read_type(type);
            fuzz->type_count++;
        } else {
            ITypeInfo_ReleaseTypeAttr(type->info, type->attributes);
            ITypeInfo_Release(type->info);
        }
    }
    ITypeLib_Release(library);
}

static void free_types(struct fuzz *fuzz)
{
    for (struct type *type = fuzz->types; type < fuzz->types + fuzz->type_count; type++) {
        for (UINT i = 0; i < type->count; i++) {
            SysFreeString(type->members[i].name);
            ITypeInfo_ReleaseFuncDesc(type->info, type->members[i].function);
        }
        free(type->members);
        SysFreeString(type->name);
        ITypeInfo_ReleaseTypeAttr(type->info, type->attributes);
        ITypeInfo_Release(type->info);
    }
}

static const struct type *type_of(struct fuzz *fuzz, IDispatch *object)
{
    const struct type *found = NULL;
    ITypeInfo *info = NULL;
    TYPEATTR *attributes;

    if (FAILED(IDispatch_GetTypeInfo(object, 0, LOCALE_USER_DEFAULT, &info)))
        return NULL;
    if (SUCCEEDED(ITypeInfo_GetTypeAttr(info, &attributes))) {
        for (UINT i = 0; !found && i < fuzz->type_count; i++)
            if (IsEqualGUID(&fuzz->types[i].attributes->guid, &attributes->guid))
                found = &fuzz->types[i];
        ITypeInfo_ReleaseTypeAttr(info, attributes);
    }
    ITypeInfo_Release(info);
    return found;
}

/* Puts an object into the pool, in place of another; takes the reference. */
static void keep(struct fuzz *fuzz, IDispatch *object)
{
    struct item *item = &fuzz->pool[below(fuzz, POOL)];

    if (item->object)
        IDispatch_Release(item->object);
    item->object = object;
    item->type = type_of(fuzz, object);
    assert_non_null(item->type);
}

/* ---- values ----------------------------------------------------------------------------------------------------- */

static SAFEARRAY *random_array(struct fuzz *fuzz)
{
    static const VARTYPE types[] = {VT_VARIANT, VT_UI1, VT_I4, VT_BSTR, VT_DATE, VT_R8, VT_BOOL};
    SAFEARRAYBOUND bounds[3];
    UINT dimensions = 1 + below(fuzz, 10) / 8;
    VARTYPE type = types[below(fuzz, ARRAYSIZE(types))];
    SAFEARRAY *array;

    for (UINT i = 0; i < 3; i++) {
        bounds[i].cElements = below(fuzz, 5);
        bounds[i].lLbound = (LONG)below(fuzz, 3) - 1;
    }
    array = SafeArrayCreate(type, dimensions, bounds);
    if (array && type == VT_VARIANT && dimensions == 1) {
        VARIANT *values;

        if (SUCCEEDED(SafeArrayAccessData(array, (void **)&values))) {
            for (ULONG i = 0; i < bounds[0].cElements; i++) {
                V_VT(&values[i]) = VT_I4;
                V_I4(&values[i]) = (LONG)(below(fuzz, 2) ? next(fuzz) << 1 : 0x0037001F);
            }
            SafeArrayUnaccessData(array);
        }
    }
    return array;
}

static BSTR random_text(struct fuzz *fuzz)
{
    static const WCHAR *const texts[] = {
        L"", L"demo", L"Inbox", L"0", L"00", L"IPM.Note", L"SMTP:a@example.test", L"[Subject] LIKE '%a%'", L"[Subject",
        L"{00020329-0000-0000-C000-000000000046}/Keyword", L"0x0037001F", L"\x1\x7f\xd800\xffff", L"00000000",
        L"C:\\no\\such\\file", L"zz", L"2026-02-30", L"Top of Information Store\\Inbox",
    };
    WCHAR buffer[64];

    if (!below(fuzz, 200))
        return SysAllocStringLen(fuzz->long_text, 1 << 20);
    if (!below(fuzz, 4)) {
        UINT length = below(fuzz, ARRAYSIZE(buffer));

        for (UINT i = 0; i < length; i++)
            buffer[i] = (WCHAR)(below(fuzz, 2) ? L"0123456789ABCDEF"[below(fuzz, 16)] : next(fuzz));
        return SysAllocStringLen(buffer, length);
    }
    return SysAllocString(texts[below(fuzz, ARRAYSIZE(texts))]);
}

static void random_value(struct fuzz *fuzz, VARIANT *value)
{
    static const LONG numbers[] = {0, 1, 2, 3, -1, 100, 0x7fffffff, -0x7fffffff - 1, 65535, 65536, 0x0037001F, 0x0E080003};

    VariantInit(value);
    switch (below(fuzz, 14)) {
    case 0:
        V_VT(value) = VT_NULL;
        break;
    case 1:
        break; /* Empty */
    case 2:
    case 3:
        V_VT(value) = VT_ERROR;
        V_ERROR(value) = DISP_E_PARAMNOTFOUND;
        break;
    case 4:
    case 5:
        V_VT(value) = VT_I4;
        V_I4(value) = numbers[below(fuzz, ARRAYSIZE(numbers))];
        break;
    case 6:
        V_VT(value) = VT_I4;
        V_I4(value) = (LONG)next(fuzz);
        break;
    case 7:
        V_VT(value) = VT_BOOL;
        V_BOOL(value) = below(fuzz, 2) ? VARIANT_TRUE : VARIANT_FALSE;
        break;
    case 8:
        V_VT(value) = below(fuzz, 2) ? VT_DATE : VT_R8;
        V_R8(value) = below(fuzz, 2) ? 45000.5 : (double)next(fuzz) * 1e10;
        break;
    case 9:
        V_VT(value) = VT_DISPATCH;
        V_DISPATCH(value) = below(fuzz, 3) ? fuzz->pool[below(fuzz, POOL)].object : NULL;
        if (V_DISPATCH(value))
            IDispatch_AddRef(V_DISPATCH(value));
        break;
    case 10:
        V_ARRAY(value) = random_array(fuzz);
        if (V_ARRAY(value)) {
            VARTYPE type = VT_VARIANT;

            SafeArrayGetVartype(V_ARRAY(value), &type);
            V_VT(value) = VT_ARRAY | type;
        }
        break;
    default:
        V_VT(value) = VT_BSTR;
        V_BSTR(value) = random_text(fuzz);
        break;
    }
}

/* ---- calls ------------------------------------------------------------------------------------------------------ */

/* One random call of one function. */
static void call_once(struct fuzz *fuzz, IDispatch *object, const FUNCDESC *function, const WCHAR *type, const WCHAR *name)
{
    DISPID put = DISPID_PROPERTYPUT;
    VARIANT args[12], result;
    UINT count = function->cParams;
    DISPPARAMS params = {args, NULL, 0, 0};
    EXCEPINFO exception = {0};
    HRESULT hr;

    if (!below(fuzz, 8))
        count = below(fuzz, ARRAYSIZE(args));
    else if (below(fuzz, 3) && count)
        count = 1 + below(fuzz, count);
    if (count > ARRAYSIZE(args))
        count = ARRAYSIZE(args);
    for (UINT i = 0; i < count; i++)
        random_value(fuzz, &args[i]);
    params.cArgs = count;
    if (function->invkind & (INVOKE_PROPERTYPUT | INVOKE_PROPERTYPUTREF)) {
        params.rgdispidNamedArgs = &put;
        params.cNamedArgs = count ? 1 : 0;
    }
    VariantInit(&result);
    if (fuzz->trace) {
        print_message("# %lu %u %ls.%ls %u\n", (unsigned long)GetTickCount(), fuzz->calls, type, name, count);
        for (UINT i = count; i-- > 0;)
            print_message("#   %d %ls\n", V_VT(&args[i]), V_VT(&args[i]) == VT_BSTR && SysStringLen(V_BSTR(&args[i])) < 100 ? V_BSTR(&args[i]) : L"");
        fflush(stdout);
    }
    hr = IDispatch_Invoke(object, function->memid, &IID_NULL, LOCALE_USER_DEFAULT, (WORD)function->invkind, &params, &result,
                          &exception, NULL);
    disp_note_error(hr, &exception);
    fuzz->calls++;
    if (FAILED(hr)) {
        hr = disp_error()->hr;
        fuzz->failures++;
        if (!disp_error_is_defined(hr)) {
            print_message("# %ls.%ls with %u arguments: 0x%08lX \"%ls\"\n", type, name, count, (unsigned long)hr,
                          disp_error()->description);
            fuzz->wrong++;
        }
    } else if (V_VT(&result) == VT_DISPATCH && V_DISPATCH(&result)) {
        keep(fuzz, V_DISPATCH(&result));
        V_VT(&result) = VT_EMPTY;
    }
    VariantClear(&result);
    for (UINT i = 0; i < count; i++)
        VariantClear(&args[i]);
}

/* An object to call, held for the caller. */
static struct item pick(struct fuzz *fuzz)
{
    static const WCHAR *const paths[] = {L"Inbox",           L"Inbox.Messages",  L"Inbox.Messages.Add",  L"Inbox.Folders",
                                         L"InfoStores",      L"AddressLists",    L"Inbox.Messages.Filter", L"Inbox.Fields",
                                         L"Outbox.Messages", L"CurrentUser",     L"Diagnostics"};
    struct item item = fuzz->pool[below(fuzz, POOL)];

    if (!item.object || !below(fuzz, 10)) {
        item.object = disp_path(fuzz->session, paths[below(fuzz, ARRAYSIZE(paths))]);
        if (!item.object) {
            log_on(fuzz);
            item.object = fuzz->session;
            IDispatch_AddRef(item.object);
        }
        item.type = type_of(fuzz, item.object);
        assert_non_null(item.type);
        IDispatch_AddRef(item.object);
        keep(fuzz, item.object);
    } else
        IDispatch_AddRef(item.object);
    return item;
}

static void call_one(struct fuzz *fuzz)
{
    struct item item = pick(fuzz);
    UINT i = below(fuzz, item.type->count);
    const WCHAR *name = item.type->members[i].name;

    /* The session's end is for one call in two hundred: it makes all objects stale. */
    if (wcscmp(name, L"Logoff") || !below(fuzz, 200))
        call_once(fuzz, item.object, item.type->members[i].function, item.type->name, name);
    IDispatch_Release(item.object);
}

static LONG live_objects(void)
{
    IDispatch *session = NULL, *diagnostics;
    LONG count = -1;

    if (FAILED(disp_create(L"MapiHost.Session", &session)))
        return -1;
    diagnostics = disp_object(session, L"Diagnostics", "");
    if (diagnostics) {
        count = disp_long(diagnostics, L"ObjectCount", -1);
        IDispatch_Release(diagnostics);
    }
    IDispatch_Release(session);
    return count;
}

/* Names what is left: kinds, the members that made them, counts. */
static void show_live_objects(void)
{
    IDispatch *session = NULL, *diagnostics = NULL;
    VARIANT rows, cell;
    LONG last = -1, at[2];

    VariantInit(&rows);
    if (SUCCEEDED(disp_create(L"MapiHost.Session", &session)))
        diagnostics = disp_object(session, L"Diagnostics", "");
    if (diagnostics && SUCCEEDED(disp_get(diagnostics, L"LiveObjects", &rows, "")))
        SafeArrayGetUBound(V_ARRAY(&rows), 1, &last);
    for (at[0] = 0; at[0] <= last; at[0]++) {
        WCHAR line[200] = L"";

        for (at[1] = 0; at[1] < 3; at[1]++) {
            VariantInit(&cell);
            if (SUCCEEDED(SafeArrayGetElement(V_ARRAY(&rows), at, &cell)) &&
                SUCCEEDED(VariantChangeType(&cell, &cell, 0, VT_BSTR)))
                _snwprintf(line + wcslen(line), 60, L" %.50ls", V_BSTR(&cell));
            VariantClear(&cell);
        }
        print_message("# alive:%ls\n", line);
    }
    VariantClear(&rows);
    if (diagnostics)
        IDispatch_Release(diagnostics);
    if (session)
        IDispatch_Release(session);
}

static LONG number_from(const char *variable, LONG fallback)
{
    const char *text = getenv(variable);

    return text ? strtol(text, NULL, 0) : fallback;
}

static void random_calls_end_in_defined_errors_and_leak_nothing(void **state)
{
    LONG calls = number_from("FUZZ_CALLS", 20000), seed = number_from("FUZZ_SEED", (LONG)GetTickCount()), before, after;
    struct fuzz fuzz = {.random = (uint64_t)seed, .trace = number_from("FUZZ_TRACE", 0) != 0};
    IDispatch *holder = NULL;

    (void)state;
    print_message("# FUZZ_SEED=%ld FUZZ_CALLS=%ld\n", (long)seed, (long)calls);
    fuzz.long_text = malloc((1 << 20) * sizeof(WCHAR));
    assert_non_null(fuzz.long_text);
    for (LONG i = 0; i < 1 << 20; i++)
        fuzz.long_text[i] = (WCHAR)(L'a' + i % 26);
    assert_int_equal(disp_create(L"MapiHost.Session", &holder), S_OK); /* keeps the process alive for the count */
    before = live_objects();
    read_types(&fuzz);
    log_on(&fuzz);
    while (fuzz.calls < (unsigned)calls && fuzz.wrong < 20)
        call_one(&fuzz);
    for (size_t i = 0; i < POOL; i++)
        if (fuzz.pool[i].object)
            IDispatch_Release(fuzz.pool[i].object);
    disp_run(fuzz.session, L"Logoff", "");
    IDispatch_Release(fuzz.session);
    free(fuzz.long_text);
    free_types(&fuzz);
    after = live_objects();
    if (after != before)
        show_live_objects();
    IDispatch_Release(holder);
    print_message("# %u calls, %u of them failed, %u logons\n", fuzz.calls, fuzz.failures, fuzz.logons);
    assert_int_equal(fuzz.wrong, 0);
    assert_true(before >= 0);
    assert_int_equal(after, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_calls_end_in_defined_errors_and_leak_nothing)};
    int failed;

    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    CoUninitialize();
    return failed;
}
