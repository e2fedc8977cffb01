/*
 * watchdog.c: notices member calls that hang.
 *
 * Layer: server/process. It reads the start of each thread's running call, which the guard of com/ notes. Waiting is no
 * hanging: Subscription.Wait says so by clearing that note.
 */
#include "watchdog.h"
#include "auto.h"
#include "event_log.h"

#define LOOK_MS   500
#define CALLS_MAX 64 /* hanging calls that one look reports */

struct hanging {
    ULONGLONG since;
    const struct auto_class *class;
    const char *function;
    DWORD thread;
};

struct look {
    ULONGLONG before; /* calls that began before this hang */
    size_t count;
    struct hanging calls[CALLS_MAX];
};

static DWORD limit;
static bool ends_process;

static void look_at(struct auto_home *home, void *context)
{
    ULONGLONG since = home->busy_since;
    struct look *look = context;

    if (!since || since >= look->before || look->count == CALLS_MAX)
        return;
    look->calls[look->count].since = since;
    look->calls[look->count].class = home->busy_class;
    look->calls[look->count].function = home->busy_function;
    look->calls[look->count++].thread = home->thread_id;
}

static void report(const struct hanging *call)
{
    event_log_write(EVENT_CALL_HANGS, true, L"%ls.%hs has been running for more than %lu seconds on thread %lu of process %lu.%ls",
                    call->class->name, auto_member_name(call->function), limit, call->thread, GetCurrentProcessId(),
                    ends_process ? L" The worker process is ended." : L"");
}

static DWORD WINAPI watch(void *context)
{
    static struct look look;
    ULONGLONG reported = 0; /* start of the newest call that was reported: each is reported once */

    (void)context;
    for (;;) {
        size_t i;
        ULONGLONG newest = reported;

        Sleep(LOOK_MS);
        look.count = 0;
        look.before = GetTickCount64() - (ULONGLONG)limit * 1000;
        auto_home_visit(look_at, &look);
        for (i = 0; i < look.count; i++) {
            if (look.calls[i].since <= reported)
                continue;
            report(&look.calls[i]);
            if (look.calls[i].since > newest)
                newest = look.calls[i].since;
            if (ends_process)
                TerminateProcess(GetCurrentProcess(), ERROR_TIMEOUT);
        }
        reported = newest;
    }
    return 0;
}

void watchdog_start(DWORD seconds, bool end_process)
{
    HANDLE thread;

    if (!seconds)
        return;
    limit = seconds;
    ends_process = end_process;
    thread = CreateThread(NULL, 0, watch, NULL, 0, NULL);
    if (thread)
        CloseHandle(thread);
}
