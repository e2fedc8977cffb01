/*
 * member_ids.c: gives disp_call the dispids of the registered type library, so that a call by name is one call across the
 * processes and not two. A program that links this file uses them; one that does not asks each object, as a script does.
 *
 * Layer: tests. Limits: names that have different dispids in different classes are left to the objects.
 */
#include "dispatch.h"

#include "mapihost.h"
#include <stdlib.h>
#include <wchar.h>

#define MOST_NAMES 512

static struct {
    BSTR name;
    DISPID id;
    BOOL differs;
} names[MOST_NAMES];
static size_t name_count;

static int compare(const void *a, const void *b)
{
    return _wcsicmp(*(const BSTR *)a, *(const BSTR *)b);
}

static void note(BSTR name, DISPID id)
{
    for (size_t i = 0; i < name_count; i++)
        if (!_wcsicmp(names[i].name, name)) {
            names[i].differs |= names[i].id != id;
            SysFreeString(name);
            return;
        }
    if (name_count < MOST_NAMES) {
        names[name_count].name = name;
        names[name_count++].id = id;
    } else
        SysFreeString(name);
}

static void read_interface(ITypeInfo *type)
{
    TYPEATTR *attributes;

    if (FAILED(ITypeInfo_GetTypeAttr(type, &attributes)))
        return;
    for (UINT i = 0; attributes->typekind == TKIND_DISPATCH && i < attributes->cFuncs; i++) {
        FUNCDESC *function;
        BSTR name;

        if (FAILED(ITypeInfo_GetFuncDesc(type, i, &function)))
            continue;
        if (SUCCEEDED(ITypeInfo_GetDocumentation(type, function->memid, &name, NULL, NULL, NULL)) && name)
            note(name, function->memid);
        ITypeInfo_ReleaseFuncDesc(type, function);
    }
    ITypeInfo_ReleaseTypeAttr(type, attributes);
}

static BOOL CALLBACK read_library(INIT_ONCE *once, void *parameter, void **context)
{
    ITypeLib *library;

    (void)once, (void)parameter, (void)context;
    if (FAILED(LoadRegTypeLib(&LIBID_MapiHost, 1, 0, LOCALE_NEUTRAL, &library)))
        return TRUE;
    for (UINT i = 0; i < ITypeLib_GetTypeInfoCount(library); i++) {
        ITypeInfo *type;

        if (SUCCEEDED(ITypeLib_GetTypeInfo(library, i, &type))) {
            read_interface(type);
            ITypeInfo_Release(type);
        }
    }
    ITypeLib_Release(library);
    qsort(names, name_count, sizeof *names, compare);
    return TRUE;
}

static BOOL member_id(const WCHAR *name, DISPID *id)
{
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    size_t low = 0, high;

    InitOnceExecuteOnce(&once, read_library, NULL, NULL);
    for (high = name_count; low < high;) {
        size_t middle = (low + high) / 2;
        int order = _wcsicmp(names[middle].name, name);

        if (!order) {
            *id = names[middle].id;
            return !names[middle].differs;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return FALSE;
}

__attribute__((constructor)) static void use_member_ids(void)
{
    disp_member_id = member_id;
}
