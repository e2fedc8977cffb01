/*
 * mapi_loader.c: loads the first usable MAPI DLL that mapi_search.c names, and binds its entry points.
 *
 * Layer: MAPI client. An installed MAPI of the other bitness ends the search with an error: falling back to
 * mapilocal.dll would show somebody an empty mailbox instead of their mail.
 */
#include "mapi_loader.h"

#include "mapi_search.h"
#include "pe_file.h"
#include <stdio.h>
#include <string.h>
#include <wchar.h>

struct mapi_api mapi;

static struct mapi_search search;
static INIT_ONCE load_once = INIT_ONCE_STATIC_INIT;

/* The entry points by name; on x86 some MAPIs export them decorated with the size of their arguments. */
static const struct {
    const char *name;
    int argument_bytes; /* on x86 */
    size_t offset;      /* in struct mapi_api */
    bool required;
} entry_points[] = {
#define ENTRY(name, bytes, member, required) {name, bytes, offsetof(struct mapi_api, member), required}
    ENTRY("MAPIInitialize", 4, initialize, true),
    ENTRY("MAPIUninitialize", 0, uninitialize, true),
    ENTRY("MAPILogonEx", 20, logon_ex, true),
    ENTRY("MAPIAdminProfiles", 8, admin_profiles, true),
    ENTRY("MAPIAllocateBuffer", 8, allocate_buffer, true),
    ENTRY("MAPIAllocateMore", 12, allocate_more, true),
    ENTRY("MAPIFreeBuffer", 4, free_buffer, true),
    ENTRY("HrThisThreadAdviseSink", 8, this_thread_advise_sink, false),
    ENTRY("WrapCompressedRTFStream", 12, wrap_compressed_rtf, false),
    ENTRY("RTFSync", 12, rtf_sync, false),
    ENTRY("OpenIMsgOnIStg", 44, open_imsg_on_istg, false),
    ENTRY("OpenIMsgSession", 12, open_imsg_session, false),
    ENTRY("CloseIMsgSession", 4, close_imsg_session, false),
    ENTRY("MAPIGetDefaultMalloc", 0, default_malloc, false),
#undef ENTRY
};

static FARPROC find_entry(HMODULE module, const char *name, int argument_bytes)
{
    char decorated[64];
    FARPROC found = GetProcAddress(module, name);

    if (!found) {
        snprintf(decorated, sizeof decorated, "%s@%d", name, argument_bytes);
        found = GetProcAddress(module, decorated);
    }
    if (!found) {
        snprintf(decorated, sizeof decorated, "_%s@%d", name, argument_bytes);
        found = GetProcAddress(module, decorated);
    }
    return found;
}

/* Fills the table, or names the first required entry point that the module lacks. */
static const char *bind_module(HMODULE module)
{
    struct mapi_api table = {0};

    for (size_t i = 0; i < sizeof entry_points / sizeof entry_points[0]; i++) {
        FARPROC entry = find_entry(module, entry_points[i].name, entry_points[i].argument_bytes);
        if (!entry && entry_points[i].required)
            return entry_points[i].name;
        memcpy((char *)&table + entry_points[i].offset, &entry, sizeof entry);
    }
    mapi = table;
    return NULL;
}

static int file_bits(const WCHAR *path)
{
    BYTE head[PE_FILE_HEAD];
    DWORD size = 0;
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);

    if (file == INVALID_HANDLE_VALUE)
        return 0;
    if (!ReadFile(file, head, sizeof head, &size, NULL))
        size = 0;
    CloseHandle(file);
    return pe_file_bits(head, size);
}

/* Tries one DLL and notes the result in its step. */
static void try_step(struct mapi_step *step)
{
    HMODULE module;

    if (!step->path[0]) {
        step->result = MAPI_STEP_ABSENT;
        return;
    }
    if (GetFileAttributesW(step->path) == INVALID_FILE_ATTRIBUTES) {
        step->result = MAPI_STEP_MISSING;
        return;
    }
    step->bits = file_bits(step->path);
    if (step->bits && step->bits != (int)sizeof(void *) * 8) {
        step->result = MAPI_STEP_WRONG_BITS;
        return;
    }
    module = LoadLibraryExW(step->path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!module) {
        step->error = GetLastError();
        step->result = MAPI_STEP_UNLOADABLE;
        return;
    }
    step->missing = bind_module(module);
    step->result = step->missing ? MAPI_STEP_NOT_MAPI : MAPI_STEP_LOADED;
    if (step->missing)
        FreeLibrary(module);
}

/* Takes one place of the search; answers true to end it. */
static bool take_place(void *context, const WCHAR *source, const WCHAR *path, bool own)
{
    struct mapi_step *step = &search.steps[search.count];

    (void)context;
    if (search.count == sizeof search.steps / sizeof search.steps[0])
        return true;
    search.count++;
    lstrcpynW(step->source, source, sizeof step->source / sizeof step->source[0]);
    lstrcpynW(step->path, path, MAX_PATH);
    if (own && search.count > 2) { /* mapilocal.dll, the last resort: not in place of a MAPI that cannot be used */
        for (size_t i = 0; i + 1 < search.count; i++)
            if (search.steps[i].result == MAPI_STEP_WRONG_BITS) {
                search.count--;
                return true;
            }
    }
    try_step(step);
    if (step->result == MAPI_STEP_LOADED)
        search.loaded = step;
    /* A DLL that the administrator named is used or refused, never passed over. */
    return search.loaded || (own && step->result != MAPI_STEP_ABSENT);
}

static BOOL CALLBACK load(INIT_ONCE *once, void *parameter, void **context)
{
    (void)once, (void)parameter, (void)context;
    search.result = HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND);
    mapi_search_places(take_place, NULL);
    if (search.loaded) {
        search.result = S_OK;
        return TRUE;
    }
    for (size_t i = 0; i < search.count; i++) {
        if (search.steps[i].result == MAPI_STEP_WRONG_BITS)
            search.result = HRESULT_FROM_WIN32(ERROR_BAD_EXE_FORMAT);
        else if (search.steps[i].result == MAPI_STEP_NOT_MAPI)
            search.result = HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND);
        else if (search.steps[i].result == MAPI_STEP_UNLOADABLE)
            search.result = HRESULT_FROM_WIN32(search.steps[i].error);
    }
    return TRUE;
}

HRESULT mapi_load(void)
{
    InitOnceExecuteOnce(&load_once, load, NULL, NULL);
    return search.result;
}

const struct mapi_search *mapi_load_search(void)
{
    return &search;
}

void mapi_free(void *buffer)
{
    if (buffer && mapi.free_buffer)
        mapi.free_buffer(buffer);
}

HRESULT mapi_allocate(size_t size, void *parent, void *out)
{
    void *buffer = NULL;
    SCODE code;

    memset(out, 0, sizeof(void *));
    if (!mapi.allocate_buffer)
        return MAPI_E_NOT_INITIALIZED;
    if (size > 0x7FFFFFFF)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    code = parent ? mapi.allocate_more((ULONG)size, parent, &buffer) : mapi.allocate_buffer((ULONG)size, &buffer);
    if (code || !buffer)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(out, &buffer, sizeof buffer);
    return S_OK;
}

void mapi_step_text(const struct mapi_step *step, WCHAR *text, size_t count)
{
    int own_bits = (int)sizeof(void *) * 8;

    switch (step->result) {
    case MAPI_STEP_ABSENT:
        swprintf(text, count, L"not set");
        break;
    case MAPI_STEP_MISSING:
        swprintf(text, count, L"the file does not exist");
        break;
    case MAPI_STEP_WRONG_BITS:
        swprintf(text, count, L"is %d-bit, but this program is %d-bit", step->bits, own_bits);
        break;
    case MAPI_STEP_UNLOADABLE:
        swprintf(text, count, L"cannot be loaded (Windows error %lu)", step->error);
        break;
    case MAPI_STEP_NOT_MAPI:
        swprintf(text, count, L"is not a MAPI: it has no %hs", step->missing);
        break;
    case MAPI_STEP_LOADED:
        swprintf(text, count, L"loaded (%d-bit)", own_bits);
        break;
    }
}

void mapi_load_error_text(WCHAR *text, size_t count)
{
    const struct mapi_step *worst = NULL;
    WCHAR words[160];

    for (size_t i = 0; i < search.count; i++)
        if (search.steps[i].result != MAPI_STEP_ABSENT && (!worst || search.steps[i].result >= worst->result))
            worst = &search.steps[i];
    if (!worst) {
        swprintf(text, count, L"no MAPI is installed: install Outlook, or put mapilocal.dll beside the program");
        return;
    }
    mapi_step_text(worst, words, sizeof words / sizeof words[0]);
    swprintf(text, count, L"%ls (%ls) %ls%ls", worst->path, worst->source, words,
             worst->result == MAPI_STEP_WRONG_BITS ? L": use the program of the same bitness as Outlook" : L"");
}
