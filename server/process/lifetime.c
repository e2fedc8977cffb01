/*
 * lifetime.c: how long the server process lives.
 *
 * Layer: server/process. All holds together are one reference of COM's server count, which is given back after the
 * linger; CoReleaseServerProcess then suspends the class objects in one step with the decision to end.
 */
#include "lifetime.h"

#include <objbase.h>

static SRWLOCK lock = SRWLOCK_INIT;
static LONG holds;
static bool referenced; /* COM's reference is taken */
static HANDLE idle;     /* set while nothing holds the process */
static HANDLE came;     /* set by every hold; reset by the one who waits for the next */

HRESULT lifetime_start(void)
{
    idle = CreateEventW(NULL, TRUE, TRUE, NULL);
    came = CreateEventW(NULL, TRUE, FALSE, NULL);
    return idle && came ? S_OK : E_OUTOFMEMORY;
}

void lifetime_hold(void)
{
    AcquireSRWLockExclusive(&lock);
    if (!holds++)
        ResetEvent(idle);
    if (!referenced) {
        referenced = true;
        CoAddRefServerProcess();
    }
    SetEvent(came);
    ReleaseSRWLockExclusive(&lock);
}

void lifetime_release(void)
{
    AcquireSRWLockExclusive(&lock);
    if (!--holds)
        SetEvent(idle);
    ReleaseSRWLockExclusive(&lock);
}

/* Gives COM's reference back if nothing holds the process; true when that was the last one. */
static bool try_end(void)
{
    bool end = false;

    AcquireSRWLockExclusive(&lock);
    if (!holds) {
        end = !referenced || CoReleaseServerProcess() == 0;
        referenced = false;
    }
    ReleaseSRWLockExclusive(&lock);
    return end;
}

/* From here on, `came` tells of new holds; one that is there already counts as new. */
static void forget_arrivals(void)
{
    AcquireSRWLockExclusive(&lock);
    if (!holds)
        ResetEvent(came);
    ReleaseSRWLockExclusive(&lock);
}

void lifetime_wait(DWORD first_client_ms, DWORD linger_ms)
{
    if (WaitForSingleObject(came, first_client_ms) == WAIT_TIMEOUT && try_end())
        return;
    do {
        do {
            WaitForSingleObject(idle, INFINITE);
            forget_arrivals();
        } while (WaitForSingleObject(came, linger_ms) == WAIT_OBJECT_0);
    } while (!try_end());
}
