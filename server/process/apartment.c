/*
 * apartment.c: the STA threads that sessions live on.
 *
 * Layer: server/process. Jobs come in through a message-only window, because thread messages are lost when a call
 * that COM makes for the thread pumps messages. A job that arrives during such a nested loop waits until the running
 * member call is over.
 */
#include "apartment.h"

#include <stdlib.h>

#define WM_APARTMENT_JOB (WM_APP + 1)
#define RETRY_MS         20

struct apartment {
    HANDLE ready, thread;
    HWND window;
    struct auto_home *home;
    unsigned roots; /* sessions here or about to be made here; guarded by the lock */
    HRESULT result; /* of the thread's start */
    struct apartment *next;
};

struct job {
    void (*run)(void *context);
    void *context;
};

/* A job that apartment_place waits for. */
struct placing {
    HRESULT (*make)(void *context);
    void *context;
    HRESULT result;
    HANDLE done;
};

static SRWLOCK lock = SRWLOCK_INIT;
/* An apartment has ended, or one lost a session. */
static CONDITION_VARIABLE changed = CONDITION_VARIABLE_INIT;
static struct apartment *apartments;
static unsigned count, max_count = 1;
static bool ending; /* the process is: apartments without sessions end, and none waits for the next one */
static void (*session_changed)(struct auto_object *session, int change);
static ATOM window_class;

/* ---- the thread -------------------------------------------------------------------------------------------- */

static void job_run(HWND window, struct job *job)
{
    struct auto_home *home = auto_home_current();

    if (home && home->call) { /* a nested loop: not now */
        SetTimer(window, (UINT_PTR)job, RETRY_MS, NULL);
        return;
    }
    if (home)
        home->serial++; /* what it uses is no longer that of the last call */
    job->run(job->context);
    free(job);
}

static LRESULT CALLBACK window_proc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    if (message == WM_APARTMENT_JOB) {
        job_run(window, (struct job *)lparam);
        return 0;
    }
    if (message == WM_TIMER) {
        KillTimer(window, wparam);
        job_run(window, (struct job *)wparam);
        return 0;
    }
    return DefWindowProcW(window, message, wparam, lparam);
}

static void register_window_class(void)
{
    WNDCLASSW class = {.lpfnWndProc = window_proc, .hInstance = GetModuleHandleW(NULL), .lpszClassName = L"MapiHost"};

    if (!window_class)
        window_class = RegisterClassW(&class);
}

/* Counts sessions and reservations; the last one's end wakes the loop, which sees it. */
static void roots_add(struct apartment *self, int change)
{
    AcquireSRWLockExclusive(&lock);
    self->roots += change;
    if (!self->roots && self->window)
        PostMessageW(self->window, WM_NULL, 0, 0);
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&changed);
}

/* A session appeared or went on this thread. */
static void on_root_changed(struct auto_home *home, struct auto_object *root, int change)
{
    session_changed(root, change);
    roots_add(home->owner, change);
}

static bool on_post(struct auto_home *home, void (*run)(void *context), void *context)
{
    return apartment_post(home, run, context);
}

/* Takes an apartment without sessions out of the list when the process ends, so that nothing is placed there any more. */
static bool retire_if_empty(struct apartment *self)
{
    struct apartment **link;
    bool empty;

    AcquireSRWLockExclusive(&lock);
    empty = self->roots == 0 && (ending || FAILED(self->result));
    if (empty) {
        for (link = &apartments; *link && *link != self; link = &(*link)->next)
            ;
        if (*link)
            *link = self->next;
    }
    ReleaseSRWLockExclusive(&lock);
    return empty;
}

/* For a thread that could not start: waits until those who chose it have seen so. */
static void retire_when_empty(struct apartment *self)
{
    while (!retire_if_empty(self)) {
        AcquireSRWLockExclusive(&lock);
        if (self->roots)
            SleepConditionVariableSRW(&changed, &lock, INFINITE, 0);
        ReleaseSRWLockExclusive(&lock);
    }
}

/* Those who look at all homes see that this one takes no more jobs. */
static void end_posts(struct auto_home *home, void *own)
{
    if (home == own)
        home->post = NULL;
}

static void run_loop(struct apartment *self)
{
    MSG message;

    while (!retire_if_empty(self) && GetMessageW(&message, NULL, 0, 0) > 0) {
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
    /* What was posted before the retirement still runs. */
    auto_home_visit(end_posts, self->home);
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE))
        DispatchMessageW(&message);
}

static DWORD WINAPI apartment_thread(void *context)
{
    struct apartment *self = context;
    HRESULT hr = CoInitializeEx(NULL, COINIT_APARTMENTTHREADED);
    bool initialised = SUCCEEDED(hr);

    if (initialised) {
        self->window = CreateWindowExW(0, L"MapiHost", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL);
        self->home = auto_home_current();
        if (!self->window || !self->home)
            hr = E_OUTOFMEMORY;
    }
    if (SUCCEEDED(hr) && self->home) {
        self->home->owner = self;
        self->home->root_changed = on_root_changed;
        self->home->post = on_post;
    }
    self->result = hr;
    SetEvent(self->ready);
    if (SUCCEEDED(hr))
        run_loop(self);
    else
        retire_when_empty(self);
    if (self->window)
        DestroyWindow(self->window);
    auto_home_free();
    if (initialised)
        CoUninitialize();
    AcquireSRWLockExclusive(&lock);
    count--;
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&changed);
    CloseHandle(self->ready);
    CloseHandle(self->thread);
    free(self);
    return 0;
}

/* ---- placing sessions --------------------------------------------------------------------------------------- */

void apartment_setup(unsigned max_apartments, void (*changed_callback)(struct auto_object *session, int change))
{
    max_count = max_apartments ? max_apartments : 1;
    session_changed = changed_callback;
    register_window_class();
}

/* Starts a thread that holds one place for its first session. The lock is held. */
static struct apartment *apartment_start(void)
{
    struct apartment *self = calloc(1, sizeof *self);

    if (!self)
        return NULL;
    self->roots = 1;
    self->ready = CreateEventW(NULL, TRUE, FALSE, NULL);
    self->thread = self->ready ? CreateThread(NULL, 0, apartment_thread, self, CREATE_SUSPENDED, NULL) : NULL;
    if (!self->thread) {
        if (self->ready)
            CloseHandle(self->ready);
        free(self);
        return NULL;
    }
    self->next = apartments;
    apartments = self;
    count++;
    ResumeThread(self->thread);
    return self;
}

/* An apartment with a place reserved in it. */
static struct apartment *apartment_choose(void)
{
    struct apartment *self = NULL, *made = NULL, *other;

    AcquireSRWLockExclusive(&lock);
    for (other = apartments; other; other = other->next)
        if (!self || other->roots < self->roots)
            self = other;
    if (!self || (self->roots && count < max_count))
        made = apartment_start();
    if (made)
        self = made; /* with its place reserved */
    else if (self)
        self->roots++;
    ReleaseSRWLockExclusive(&lock);
    return self;
}

static void run_placing(void *context)
{
    struct placing *placing = context;

    placing->result = placing->make(placing->context);
    SetEvent(placing->done);
}

HRESULT apartment_place(HRESULT (*make)(void *context), void *context)
{
    struct apartment *self = apartment_choose();
    struct placing placing = {.make = make, .context = context};

    if (!self)
        return E_OUTOFMEMORY;
    WaitForSingleObject(self->ready, INFINITE); /* our reservation keeps self alive */
    placing.result = self->result;
    placing.done = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!placing.done)
        placing.result = E_OUTOFMEMORY;
    if (SUCCEEDED(placing.result)) {
        if (apartment_post(self->home, run_placing, &placing))
            WaitForSingleObject(placing.done, INFINITE);
        else
            placing.result = E_OUTOFMEMORY;
    }
    if (placing.done)
        CloseHandle(placing.done);
    roots_add(self, -1); /* the session, if there is one, counts for itself */
    return placing.result;
}

bool apartment_post(struct auto_home *home, void (*run)(void *context), void *context)
{
    struct apartment *self = home->owner;
    struct job *job = malloc(sizeof *job);

    if (!job)
        return false;
    job->run = run;
    job->context = context;
    if (!PostMessageW(self->window, WM_APARTMENT_JOB, 0, (LPARAM)job)) {
        free(job);
        return false;
    }
    return true;
}

unsigned apartment_count(void)
{
    unsigned n = 0;

    AcquireSRWLockShared(&lock);
    for (struct apartment *self = apartments; self; self = self->next)
        n += self->roots > 0;
    ReleaseSRWLockShared(&lock);
    return n;
}

bool apartment_end_all(DWORD milliseconds)
{
    bool ended = true;

    AcquireSRWLockExclusive(&lock);
    ending = true;
    for (struct apartment *self = apartments; self; self = self->next)
        if (self->window)
            PostMessageW(self->window, WM_NULL, 0, 0);
    while (count && ended)
        ended = SleepConditionVariableSRW(&changed, &lock, milliseconds, 0);
    ReleaseSRWLockExclusive(&lock);
    return ended;
}
