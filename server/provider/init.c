/*
 * init.c: MAPIInitialize and MAPIUninitialize, the per-thread rule, and thread queues. See init.h.
 *
 * Layer: provider. Limits: a thread that ends without MAPIUninitialize keeps its share of the process count,
 * as with Microsoft's MAPI, so that the last-resort clean-up does not happen under a caller that leaks.
 */
#include <stdlib.h>
#include "init.h"

#ifndef MAPI_NO_COINIT
#define MAPI_NO_COINIT 0x00000008
#endif
#define INIT_FLAGS (MAPI_MULTITHREAD_NOTIFICATIONS | MAPI_NO_COINIT | MAPI_NT_SERVICE)
#define LAST_CALLS 8

struct thread_state {
    LONG count;                 /* MAPIInitialize calls of this thread */
    LONG own;                   /* adopted by the provider */
    LONG co_count;              /* successful CoInitialize calls to undo */
    struct thread_queue *queue; /* NULL until asked for */
};

static HINSTANCE dll_instance;
static DWORD tls_index = TLS_OUT_OF_INDEXES;
static CRITICAL_SECTION init_lock;
static CONDITION_VARIABLE ended = CONDITION_VARIABLE_INIT;
static DWORD ending_thread; /* runs what the last MAPIUninitialize ends; 0: none */
static LONG process_count, multithread_count, generation;
static void (*last_calls[LAST_CALLS])(void);
static int last_call_count;

static const WCHAR queue_class_name[] = L"MapiHostThreadQueue";

void init_process_attach(HINSTANCE instance)
{
    dll_instance = instance;
    InitializeCriticalSection(&init_lock);
    tls_index = TlsAlloc();
}

void init_process_detach(void)
{
    init_thread_detach();
    UnregisterClassW(queue_class_name, dll_instance);
    TlsFree(tls_index);
    DeleteCriticalSection(&init_lock);
}

static struct thread_state *thread_state(bool create)
{
    struct thread_state *state;
    if (tls_index == TLS_OUT_OF_INDEXES)
        return NULL;
    state = TlsGetValue(tls_index);
    if (state == NULL && create && (state = calloc(1, sizeof *state)) != NULL)
        TlsSetValue(tls_index, state);
    return state;
}

bool mapi_thread_initialized(void)
{
    const struct thread_state *state = thread_state(false);
    return state != NULL && (state->count > 0 || state->own > 0);
}

void mapi_thread_adopt(bool own)
{
    struct thread_state *state = thread_state(true);
    if (state != NULL)
        state->own += own ? 1 : state->own > 0 ? -1 : 0;
}

bool mapi_multithread_notifications(void)
{
    return __atomic_load_n(&multithread_count, __ATOMIC_ACQUIRE) > 0;
}

LONG mapi_generation(void)
{
    return __atomic_load_n(&generation, __ATOMIC_ACQUIRE);
}

void mapi_at_last_uninitialize(void (*call)(void))
{
    EnterCriticalSection(&init_lock);
    int i = 0;
    while (i < last_call_count && last_calls[i] != call)
        i++;
    if (i == last_call_count && i < LAST_CALLS)
        last_calls[last_call_count++] = call;
    LeaveCriticalSection(&init_lock);
}

HRESULT WINAPI MAPIInitialize(LPVOID init)
{
    const MAPIINIT_0 *request = init;
    ULONG flags = request != NULL ? request->ulFlags : 0;
    struct thread_state *state;
    if (request != NULL && request->ulVersion != MAPI_INIT_VERSION)
        return MAPI_E_INVALID_PARAMETER;
    if (flags & ~(ULONG)INIT_FLAGS)
        return MAPI_E_UNKNOWN_FLAGS;
    if ((state = thread_state(true)) == NULL)
        return MAPI_E_SESSION_LIMIT;
    if (!(flags & MAPI_NO_COINIT)) {
        HRESULT hr = CoInitialize(NULL);
        if (SUCCEEDED(hr))
            state->co_count++;
        else if (hr != RPC_E_CHANGED_MODE) /* the thread is in the multithreaded apartment: COM is there */
            return hr;
    }
    state->count++;
    EnterCriticalSection(&init_lock);
    /* What begins now must not be ended with what was before. */
    while (ending_thread != 0 && ending_thread != GetCurrentThreadId())
        SleepConditionVariableCS(&ended, &init_lock, INFINITE);
    process_count++;
    if (flags & MAPI_MULTITHREAD_NOTIFICATIONS)
        __atomic_add_fetch(&multithread_count, 1, __ATOMIC_RELEASE);
    LeaveCriticalSection(&init_lock);
    return S_OK;
}

void WINAPI MAPIUninitialize(void)
{
    struct thread_state *state = thread_state(false);
    void (*calls[LAST_CALLS])(void);
    bool last = false;
    int count = 0;
    if (state == NULL || state->count == 0)
        return;
    EnterCriticalSection(&init_lock);
    if (--process_count == 0 && ending_thread == 0) {
        ending_thread = GetCurrentThreadId();
        for (count = 0; count < last_call_count; count++)
            calls[count] = last_calls[count];
        __atomic_store_n(&multithread_count, 0, __ATOMIC_RELEASE);
        last = true;
    }
    LeaveCriticalSection(&init_lock);
    /* Outside the lock: what is ended here may wait for a thread that asks mapi_… functions. */
    for (int i = count; i > 0; i--)
        calls[i - 1]();
    if (count > 0)
        __atomic_add_fetch(&generation, 1, __ATOMIC_RELEASE);
    if (last) {
        EnterCriticalSection(&init_lock);
        ending_thread = 0;
        LeaveCriticalSection(&init_lock);
        WakeAllConditionVariable(&ended);
    }
    state->count--;
    if (state->co_count > 0 && state->co_count > state->count) {
        state->co_count--;
        CoUninitialize();
    }
}

/* ---- thread queues
 * --------------------------------------------------------------------------------------------------- */

struct queued_call {
    void (*call)(void *context);
    void (*drop)(void *context);
    void *context;
    struct queued_call *next;
};

struct thread_queue {
    LONG refs; /* the thread's own and one per holder */
    CRITICAL_SECTION lock;
    struct queued_call *first, **end;
    HWND window; /* NULL: the thread is gone */
};

#define QUEUE_MESSAGE (WM_USER + 1)

static struct queued_call *queue_take(struct thread_queue *queue)
{
    EnterCriticalSection(&queue->lock);
    struct queued_call *item = queue->first;
    if (item != NULL && (queue->first = item->next) == NULL)
        queue->end = &queue->first;
    LeaveCriticalSection(&queue->lock);
    return item;
}

void thread_queue_dispatch(void)
{
    struct thread_state *state = thread_state(false);
    struct thread_queue *queue = state != NULL ? state->queue : NULL;
    struct queued_call *item;
    if (queue == NULL)
        return;
    __atomic_add_fetch(&queue->refs, 1, __ATOMIC_RELAXED);
    while ((item = queue_take(queue)) != NULL) {
        item->call(item->context);
        free(item);
    }
    thread_queue_release(queue);
}

static LRESULT CALLBACK queue_window_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == QUEUE_MESSAGE) {
        thread_queue_dispatch();
        return 0;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

static HWND queue_window_create(void)
{
    static LONG registered;
    if (!__atomic_load_n(&registered, __ATOMIC_ACQUIRE)) {
        WNDCLASSW cls = {
            .lpfnWndProc = queue_window_proc, .hInstance = dll_instance, .lpszClassName = queue_class_name};
        if (RegisterClassW(&cls) || GetLastError() == ERROR_CLASS_ALREADY_EXISTS)
            __atomic_store_n(&registered, 1, __ATOMIC_RELEASE);
    }
    return CreateWindowExW(0, queue_class_name, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, dll_instance, NULL);
}

struct thread_queue *thread_queue_current(void)
{
    struct thread_state *state = thread_state(true);
    struct thread_queue *queue;
    if (state == NULL)
        return NULL;
    if (state->queue == NULL) {
        if ((queue = calloc(1, sizeof *queue)) == NULL)
            return NULL;
        queue->refs = 1;
        queue->end = &queue->first;
        InitializeCriticalSection(&queue->lock);
        queue->window = queue_window_create();
        state->queue = queue;
    }
    __atomic_add_fetch(&state->queue->refs, 1, __ATOMIC_RELAXED);
    return state->queue;
}

static void queue_drop_all(struct thread_queue *queue)
{
    struct queued_call *item;
    while ((item = queue_take(queue)) != NULL) {
        if (item->drop != NULL)
            item->drop(item->context);
        free(item);
    }
}

void thread_queue_release(struct thread_queue *queue)
{
    if (queue == NULL || __atomic_sub_fetch(&queue->refs, 1, __ATOMIC_ACQ_REL) != 0)
        return;
    queue_drop_all(queue);
    DeleteCriticalSection(&queue->lock);
    free(queue);
}

HRESULT thread_queue_post(struct thread_queue *queue, void (*call)(void *context),
                          void (*drop)(void *context), void *context)
{
    struct queued_call *item = calloc(1, sizeof *item);
    if (item == NULL)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    item->call = call;
    item->drop = drop;
    item->context = context;
    EnterCriticalSection(&queue->lock);
    HWND window = queue->window;
    if (window != NULL) {
        *queue->end = item;
        queue->end = &item->next;
        PostMessageW(window, QUEUE_MESSAGE, 0, 0);
    }
    LeaveCriticalSection(&queue->lock);
    if (window == NULL) {
        if (drop != NULL)
            drop(context);
        free(item);
    }
    return S_OK;
}

void init_thread_detach(void)
{
    struct thread_state *state = thread_state(false);
    if (state == NULL)
        return;
    if (state->queue != NULL) {
        /* The window goes with its thread. */
        EnterCriticalSection(&state->queue->lock);
        state->queue->window = NULL;
        LeaveCriticalSection(&state->queue->lock);
        queue_drop_all(state->queue);
        thread_queue_release(state->queue);
    }
    TlsSetValue(tls_index, NULL);
    free(state);
}
