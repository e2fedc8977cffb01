/*
 * session_slots.c: the store logon slots of the process. See provider.h.
 *
 * Layer: provider, session part. A logon is known to the server by one byte, of which 0xFF means "none": a
 * process has 255 store logons at most. The lowest free one is taken, as Exchange's client does, so that
 * numbers are used again. The last MAPIUninitialize frees them all; a late release by what was left over then
 * frees nothing.
 */
#include "init.h"
#include "provider.h"

#define SLOT_COUNT 255

static SRWLOCK slots_lock = SRWLOCK_INIT;
static struct session *slots[SLOT_COUNT]; /* who holds it; compared, never followed */

static void slots_reclaim(void)
{
    AcquireSRWLockExclusive(&slots_lock);
    for (int i = 0; i < SLOT_COUNT; i++)
        slots[i] = NULL;
    ReleaseSRWLockExclusive(&slots_lock);
}

HRESULT store_slot_acquire(struct session *session, bool separate_connection, int *slot)
{
    *slot = -1;
    if (separate_connection)
        return S_OK;
    mapi_at_last_uninitialize(slots_reclaim);
    AcquireSRWLockExclusive(&slots_lock);
    for (int i = 0; i < SLOT_COUNT && *slot < 0; i++) {
        if (slots[i] == NULL) {
            slots[i] = session;
            *slot = i;
        }
    }
    ReleaseSRWLockExclusive(&slots_lock);
    return *slot >= 0 ? S_OK : MAPI_E_FAILONEPROVIDER;
}

void store_slot_release(struct session *session, int slot)
{
    if (slot < 0 || slot >= SLOT_COUNT)
        return;
    AcquireSRWLockExclusive(&slots_lock);
    if (slots[slot] == session)
        slots[slot] = NULL;
    ReleaseSRWLockExclusive(&slots_lock);
}
