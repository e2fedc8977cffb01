/*
 * mapi_loader.h: finds and loads MAPI, once per process, and holds its entry points.
 *
 * Layer: MAPI client. The rest of the program calls MAPI through the table `mapi` and never links to a MAPI DLL.
 * Search order: see mapi_search.c. Limits: a loaded MAPI is never unloaded.
 */
#ifndef MAPI_LOADER_H
#define MAPI_LOADER_H

#include "mapi_abi.h"
#include <stdbool.h>

/* The entry points. Those after the first seven are NULL where a MAPI lacks them; everything is NULL before mapi_load. */
struct mapi_api {
    HRESULT(WINAPI *initialize)(void *init);
    void(WINAPI *uninitialize)(void);
    HRESULT(WINAPI *logon_ex)(ULONG_PTR window, LPTSTR profile, LPTSTR password, ULONG flags, IMAPISession **session);
    HRESULT(WINAPI *admin_profiles)(ULONG flags, IProfAdmin **admin);
    SCODE(WINAPI *allocate_buffer)(ULONG size, void **buffer);
    SCODE(WINAPI *allocate_more)(ULONG size, void *object, void **buffer);
    ULONG(WINAPI *free_buffer)(void *buffer);

    HRESULT(WINAPI *this_thread_advise_sink)(IMAPIAdviseSink *sink, IMAPIAdviseSink **wrapped);
    HRESULT(WINAPI *wrap_compressed_rtf)(IStream *compressed, ULONG flags, IStream **plain);
    HRESULT(WINAPI *rtf_sync)(IMessage *message, ULONG flags, BOOL *updated);
    SCODE(WINAPI *open_imsg_on_istg)(LPMSGSESS session, LPALLOCATEBUFFER allocate, LPALLOCATEMORE more,
                                     LPFREEBUFFER release, LPMALLOC malloc, LPVOID support, IStorage *storage,
                                     MSGCALLRELEASE *callback, ULONG caller_data, ULONG flags, IMessage **message);
    SCODE(WINAPI *open_imsg_session)(LPMALLOC malloc, ULONG flags, LPMSGSESS *session);
    void(WINAPI *close_imsg_session)(LPMSGSESS session);
    IMalloc *(WINAPI *default_malloc)(void);
};
extern struct mapi_api mapi;

/*
 * Finds and loads MAPI on the first call; later calls, from any thread, answer the same. Failures: ERROR_MOD_NOT_FOUND
 * (no MAPI anywhere), ERROR_BAD_EXE_FORMAT (only one of the other bitness), ERROR_PROC_NOT_FOUND (a DLL without MAPI's
 * entry points), as HRESULTs. mapi_load_error_text says it in a sentence.
 */
HRESULT mapi_load(void);

/* Frees a buffer of MAPI's; NULL is allowed, also before MAPI is loaded. */
void mapi_free(void *buffer);
/* Allocates with MAPI's allocator (parent NULL) or as part of `parent`. MAPI_E_NOT_ENOUGH_MEMORY; *out is cleared. */
HRESULT mapi_allocate(size_t size, void *parent, void *out);

enum mapi_step_result {
    MAPI_STEP_ABSENT,       /* this source names no DLL */
    MAPI_STEP_MISSING,      /* it names a file that does not exist */
    MAPI_STEP_WRONG_BITS,   /* the DLL is of the other bitness */
    MAPI_STEP_UNLOADABLE,   /* LoadLibrary failed: `error` says why */
    MAPI_STEP_NOT_MAPI,     /* the DLL lacks an entry point: `missing` names it */
    MAPI_STEP_LOADED,
};

/* One step of the search, in the order taken. */
struct mapi_step {
    WCHAR source[112];  /* where the path came from, for a person */
    WCHAR path[MAX_PATH];
    enum mapi_step_result result;
    DWORD error;         /* Win32 code for UNLOADABLE */
    int bits;            /* of the DLL: 32, 64 or 0 if unknown */
    const char *missing; /* entry point for NOT_MAPI */
};

/* What the search did. Filled by mapi_load; the steps live as long as the process. */
struct mapi_search {
    struct mapi_step steps[32];
    size_t count;
    const struct mapi_step *loaded; /* NULL if nothing was */
    HRESULT result;
};
const struct mapi_search *mapi_load_search(void);

/* One sentence about the search for an error text: what was found, of which bitness, what to do. */
void mapi_load_error_text(WCHAR *text, size_t count);
/* A step in words ("not there", "is 32-bit, this process is 64-bit" …). */
void mapi_step_text(const struct mapi_step *step, WCHAR *text, size_t count);

#endif
