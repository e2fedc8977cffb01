/*
 * lifetime.c: how long the server process lives.
 *
 * Layer: server/process. All holds together are one reference of COM's server count, which is given back after the
 * linger; CoReleaseServerProcess then suspends the class objects in one step with the decision to end.
 */
#include "lifetime.h"

#include <objbase.h>

#define LINGER_MS 1000

static SRWLOCK lock = SRWLOCK_INIT;
static LONG holds;
static bool referenced; /* COM's reference is taken */
static HANDLE idle;     /* set while nothing holds the process */
static HANDLE came;     /* set from the first hold on */

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

void lifetime_wait(DWORD first_client_ms)
{
    if (WaitForSingleObject(came, first_client_ms) == WAIT_TIMEOUT && try_end())
        return;
    do {
        WaitForSingleObject(idle, INFINITE);
        Sleep(LINGER_MS);
    } while (!try_end());
}
