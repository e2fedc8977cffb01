/*
 * worker.c: starting workers.
 *
 * Layer: server/process. The started process connects to a pipe of ours and writes its marshalled IMhWorker: the
 * length (4 bytes), then the bytes. The pipe has a random name, takes one local client and lives until then.
 */
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define START_MS     60000 /* for the worker to serve */
#define MESSAGE_MAX  65536

static volatile LONG count;
static LONG max_count = 16;

void worker_setup(unsigned max_workers)
{
    max_count = (LONG)max_workers;
}

unsigned worker_count(void)
{
    return (unsigned)count;
}

unsigned worker_limit(void)
{
    return (unsigned)max_count;
}

/* ---- the pipe -------------------------------------------------------------------------------------------------- */

static HRESULT pipe_create(WCHAR *name, size_t size, HANDLE *pipe)
{
    WCHAR text[40];
    GUID guid;
    HRESULT hr = CoCreateGuid(&guid);

    if (FAILED(hr))
        return hr;
    StringFromGUID2(&guid, text, ARRAYSIZE(text));
    _snwprintf(name, size, L"\\\\.\\pipe\\mapihost-%ls", text);
    *pipe = CreateNamedPipeW(name, PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
                             PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT, 1, 0, MESSAGE_MAX, 0, NULL);
    if (*pipe == INVALID_HANDLE_VALUE) {
        *pipe = NULL;
        return HRESULT_FROM_WIN32(GetLastError());
    }
    return S_OK;
}

/* Waits for an operation of the pipe that has been begun, or for the end of the process. */
static HRESULT pipe_wait(HANDLE pipe, HANDLE process, OVERLAPPED *overlapped, DWORD *done)
{
    HANDLE handles[2] = {overlapped->hEvent, process};
    DWORD result = WaitForMultipleObjects(2, handles, FALSE, START_MS);

    if (result != WAIT_OBJECT_0) {
        CancelIo(pipe);
        GetOverlappedResult(pipe, overlapped, done, TRUE);
        return HRESULT_FROM_WIN32(result == WAIT_TIMEOUT ? WAIT_TIMEOUT : ERROR_PROCESS_ABORTED);
    }
    return GetOverlappedResult(pipe, overlapped, done, TRUE) ? S_OK : HRESULT_FROM_WIN32(GetLastError());
}

static HRESULT pipe_accept(HANDLE pipe, HANDLE process, OVERLAPPED *overlapped)
{
    DWORD done;

    ResetEvent(overlapped->hEvent);
    if (ConnectNamedPipe(pipe, overlapped) || GetLastError() == ERROR_PIPE_CONNECTED)
        return S_OK;
    if (GetLastError() != ERROR_IO_PENDING)
        return HRESULT_FROM_WIN32(GetLastError());
    return pipe_wait(pipe, process, overlapped, &done);
}

static HRESULT pipe_read(HANDLE pipe, HANDLE process, OVERLAPPED *overlapped, void *buffer, DWORD size)
{
    BYTE *to = buffer;

    while (size) {
        DWORD done = 0;
        HRESULT hr = S_OK;

        ResetEvent(overlapped->hEvent);
        if (!ReadFile(pipe, to, size, &done, overlapped) && GetLastError() != ERROR_IO_PENDING)
            return HRESULT_FROM_WIN32(GetLastError());
        hr = pipe_wait(pipe, process, overlapped, &done);
        if (FAILED(hr))
            return hr;
        if (!done)
            return HRESULT_FROM_WIN32(ERROR_BROKEN_PIPE);
        to += done;
        size -= done;
    }
    return S_OK;
}

static HRESULT unmarshal(const void *bytes, ULONG size, IMhWorker **out)
{
    LARGE_INTEGER start = {.QuadPart = 0};
    IStream *stream = NULL;
    HRESULT hr = CreateStreamOnHGlobal(NULL, TRUE, &stream);

    if (SUCCEEDED(hr))
        hr = IStream_Write(stream, bytes, size, NULL);
    if (SUCCEEDED(hr))
        hr = IStream_Seek(stream, start, STREAM_SEEK_SET, NULL);
    if (SUCCEEDED(hr))
        hr = CoUnmarshalInterface(stream, &IID_IMhWorker, (void **)out);
    if (stream)
        IStream_Release(stream);
    return hr;
}

/* Takes the worker's interface from the pipe. */
static HRESULT receive(HANDLE pipe, HANDLE process, IMhWorker **out)
{
    OVERLAPPED overlapped = {.hEvent = CreateEventW(NULL, TRUE, FALSE, NULL)};
    BYTE *bytes = NULL;
    DWORD size = 0;
    HRESULT hr = overlapped.hEvent ? pipe_accept(pipe, process, &overlapped) : E_OUTOFMEMORY;

    if (SUCCEEDED(hr))
        hr = pipe_read(pipe, process, &overlapped, &size, sizeof size);
    if (SUCCEEDED(hr) && (!size || size > MESSAGE_MAX))
        hr = E_UNEXPECTED;
    if (SUCCEEDED(hr) && !(bytes = malloc(size)))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr))
        hr = pipe_read(pipe, process, &overlapped, bytes, size);
    if (SUCCEEDED(hr))
        hr = unmarshal(bytes, size, out);
    free(bytes);
    if (overlapped.hEvent)
        CloseHandle(overlapped.hEvent);
    return hr;
}

/* ---- the process ------------------------------------------------------------------------------------------------ */

/* A started process that counts as a worker until it ends. */
struct counted {
    HANDLE process, wait;
};

static void CALLBACK on_worker_end(void *context, BOOLEAN timeout)
{
    struct counted *counted = context;

    (void)timeout;
    InterlockedDecrement(&count);
    UnregisterWait(counted->wait);
    CloseHandle(counted->process);
    free(counted);
}

/* Counts a started process; its end is seen on a thread of the system's pool. */
static void count_until_end(HANDLE process)
{
    struct counted *counted = calloc(1, sizeof *counted);

    if (!counted || !DuplicateHandle(GetCurrentProcess(), process, GetCurrentProcess(), &counted->process, SYNCHRONIZE,
                                     FALSE, 0) ||
        !RegisterWaitForSingleObject(&counted->wait, counted->process, on_worker_end, counted, INFINITE,
                                     WT_EXECUTEONLYONCE)) {
        InterlockedDecrement(&count);
        if (counted && counted->process)
            CloseHandle(counted->process);
        free(counted);
    }
}

/* A process that has some time left. */
struct condemned {
    HANDLE process;
    DWORD milliseconds;
};

static DWORD WINAPI kill_if_running(void *context)
{
    struct condemned *condemned = context;

    if (WaitForSingleObject(condemned->process, condemned->milliseconds) == WAIT_TIMEOUT)
        TerminateProcess(condemned->process, ERROR_PROCESS_ABORTED);
    CloseHandle(condemned->process);
    free(condemned);
    return 0;
}

/* Gives a process the time to end by itself, on a thread of the pool. */
static void kill_later(HANDLE process, DWORD milliseconds)
{
    struct condemned *condemned = malloc(sizeof *condemned);

    if (!condemned)
        return;
    condemned->milliseconds = milliseconds;
    if (!DuplicateHandle(GetCurrentProcess(), process, GetCurrentProcess(), &condemned->process,
                         SYNCHRONIZE | PROCESS_TERMINATE, FALSE, 0)) {
        free(condemned);
        return;
    }
    if (!QueueUserWorkItem(kill_if_running, condemned, WT_EXECUTELONGFUNCTION)) {
        CloseHandle(condemned->process);
        free(condemned);
    }
}

static HRESULT launch(const WCHAR *pipe, bool bound, struct worker *worker)
{
    STARTUPINFOW startup = {.cb = sizeof startup};
    PROCESS_INFORMATION process;
    WCHAR exe[MAX_PATH], line[MAX_PATH + 160];

    if (!GetModuleFileNameW(NULL, exe, ARRAYSIZE(exe)))
        return HRESULT_FROM_WIN32(GetLastError());
    _snwprintf(line, ARRAYSIZE(line), L"\"%ls\" -Worker %ls %lu", exe, pipe, bound ? GetCurrentProcessId() : 0);
    if (!CreateProcessW(exe, line, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &process))
        return HRESULT_FROM_WIN32(GetLastError());
    CloseHandle(process.hThread);
    worker->process = process.hProcess;
    worker->process_id = process.dwProcessId;
    return S_OK;
}

HRESULT worker_start(bool bound, struct worker **out)
{
    struct worker *worker = calloc(1, sizeof *worker);
    HANDLE pipe = NULL;
    WCHAR name[80];
    HRESULT hr = S_OK;

    *out = NULL;
    if (!worker)
        return E_OUTOFMEMORY;
    if (InterlockedIncrement(&count) > max_count)
        hr = HRESULT_FROM_WIN32(ERROR_TOO_MANY_MODULES);
    if (SUCCEEDED(hr))
        hr = pipe_create(name, ARRAYSIZE(name), &pipe);
    if (SUCCEEDED(hr))
        hr = launch(name, bound, worker);
    if (worker->process)
        count_until_end(worker->process);
    else
        InterlockedDecrement(&count);
    if (SUCCEEDED(hr))
        hr = receive(pipe, worker->process, &worker->control);
    if (pipe)
        CloseHandle(pipe);
    if (FAILED(hr))
        worker_release(worker, 0);
    else
        *out = worker;
    return hr;
}

/* What a worker_watch calls. */
struct watching {
    void (*ended)(void *context);
    void *context;
};

static void CALLBACK on_watched_end(void *context, BOOLEAN timeout)
{
    const struct watching *watching = context;

    (void)timeout;
    watching->ended(watching->context);
}

HRESULT worker_watch(struct worker *worker, void (*ended)(void *context), void *context)
{
    struct watching *watching = calloc(1, sizeof *watching);

    if (!watching)
        return E_OUTOFMEMORY;
    watching->ended = ended;
    watching->context = context;
    if (!RegisterWaitForSingleObject(&worker->watch, worker->process, on_watched_end, watching, INFINITE,
                                     WT_EXECUTEONLYONCE)) {
        free(watching);
        return HRESULT_FROM_WIN32(GetLastError());
    }
    worker->watching = watching;
    return S_OK;
}

void worker_release(struct worker *worker, DWORD kill_after)
{
    if (!worker)
        return;
    if (worker->watch)
        UnregisterWaitEx(worker->watch, INVALID_HANDLE_VALUE); /* waits for a running callback */
    free(worker->watching);
    if (worker->control)
        IMhWorker_Release(worker->control);
    if (kill_after != INFINITE && worker->process)
        kill_later(worker->process, kill_after);
    if (worker->process)
        CloseHandle(worker->process);
    free(worker);
}
