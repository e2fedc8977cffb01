/*
 * session_share.c: asking the other sessions of the process to park a store.
 *
 * Layer: server/object. A session's stores are touched on its own thread only: the wish is posted there and waited for,
 * for a moment: a thread that is busy does not answer in time, and counts as having none. Two threads that ask each other
 * grant each other's wish while they wait. A session whose client is gone is about to give all it has: that is waited for longer.
 */
#include "session_share.h"

#include "mapi_store.h"
#include "session.h"

#include <stdlib.h>

#define ANSWER_MS 500  /* for a thread that works */
#define ENDING_MS 5000 /* for one that ends sessions; and for all together */
#define LOOK_MS   20   /* between looks for wishes of others */
#define HOMES_MAX 256

/* One wish, for one thread. Freed by whoever is last, the asker or the asked. */
struct wish {
    volatile LONG refs;
    volatile LONG taken; /* somebody grants it, or it is withdrawn */
    volatile LONG parked;
    HANDLE answered;
    struct auto_home *home;
    struct wish *next; /* of the open ones */
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct wish *open_wishes;

static void wish_release(struct wish *wish)
{
    if (InterlockedDecrement(&wish->refs))
        return;
    CloseHandle(wish->answered);
    free(wish);
}

/* Parks a store of any session of this thread's home. */
static bool park_here(struct auto_home *home)
{
    struct auto_object *object;

    for (object = home->objects; object; object = object->home_next) {
        struct session *session = object->class == &session_class ? (struct session *)object : NULL;

        if (session && session->mapi && mapi_store_park_oldest(session->mapi, true))
            return true;
    }
    return false;
}

static void grant(struct wish *wish)
{
    if (InterlockedExchange(&wish->taken, 1))
        return;
    wish->parked = park_here(wish->home);
    SetEvent(wish->answered);
}

static void run_grant(void *context)
{
    grant(context);
    wish_release(context);
}

/* Grants a wish that waits for this thread, which is in a call: what the call uses stays. */
static void grant_waiting(struct auto_home *home)
{
    struct wish *wish;

    AcquireSRWLockShared(&lock);
    for (wish = open_wishes; wish && (wish->home != home || wish->taken); wish = wish->next)
        ;
    if (wish)
        InterlockedIncrement(&wish->refs);
    ReleaseSRWLockShared(&lock);
    if (!wish)
        return;
    grant(wish);
    wish_release(wish);
}

struct others {
    struct auto_home *own, *homes[HOMES_MAX];
    bool ending[HOMES_MAX];
    size_t count;
    bool busy; /* wanted: those that are in a call or end sessions; or those that are not */
};

static bool ends_sessions(const struct auto_home *home)
{
    for (struct auto_object *object = home->objects; object; object = object->home_next)
        if (!object->parent && auto_is_cancelled(object))
            return true;
    return false;
}

static void collect(struct auto_home *home, void *context)
{
    struct others *others = context;
    bool ending;

    if (home == others->own || !home->post || !home->root_count || others->count == HOMES_MAX)
        return;
    ending = ends_sessions(home);
    if ((ending || home->busy_since) != others->busy)
        return;
    others->ending[others->count] = ending;
    others->homes[others->count++] = home;
}

struct asking {
    struct auto_home *wanted;
    struct wish *wish;
    bool posted;
};

/* Under the registry's lock, where a home that is in the list is alive. */
static void post_wish(struct auto_home *home, void *context)
{
    struct asking *asking = context;

    if (home == asking->wanted && home->post && !asking->posted)
        asking->posted = home->post(home, run_grant, asking->wish);
}

static bool wait_for(struct wish *wish, struct auto_home *own, DWORD milliseconds)
{
    ULONGLONG end = GetTickCount64() + milliseconds;

    while (WaitForSingleObject(wish->answered, LOOK_MS) == WAIT_TIMEOUT && GetTickCount64() < end)
        if (own)
            grant_waiting(own);
    if (InterlockedExchange(&wish->taken, 1)) /* granted, or just about to be */
        WaitForSingleObject(wish->answered, ENDING_MS);
    return wish->parked != 0;
}

static bool ask_one(struct auto_home *home, struct auto_home *own, DWORD milliseconds)
{
    struct wish *wish = calloc(1, sizeof *wish), **link;
    struct asking asking = {.wanted = home, .wish = wish};
    bool parked = false;

    if (!wish || !(wish->answered = CreateEventW(NULL, TRUE, FALSE, NULL))) {
        free(wish);
        return false;
    }
    wish->refs = 2;
    wish->home = home;
    AcquireSRWLockExclusive(&lock);
    wish->next = open_wishes;
    open_wishes = wish;
    ReleaseSRWLockExclusive(&lock);
    auto_home_visit(post_wish, &asking);
    if (asking.posted)
        parked = wait_for(wish, own, milliseconds);
    else
        wish_release(wish);
    AcquireSRWLockExclusive(&lock);
    for (link = &open_wishes; *link != wish; link = &(*link)->next)
        ;
    *link = wish->next;
    ReleaseSRWLockExclusive(&lock);
    wish_release(wish);
    return parked;
}

/* Those that are idle first, then those that may answer late. True also when a slot became free otherwise. */
static bool ask_others(void)
{
    struct others others = {.own = auto_home_current()};
    ULONGLONG end = GetTickCount64() + ENDING_MS, now;
    LONG used = mapi_slots_used();
    bool found = others.own && park_here(others.own);

    for (int pass = 0; !found && pass < 2; pass++) {
        others.busy = pass == 1;
        others.count = 0;
        auto_home_visit(collect, &others);
        for (size_t i = 0; !found && i < others.count && (now = GetTickCount64()) < end; i++) {
            DWORD most = others.ending[i] ? ENDING_MS : ANSWER_MS, left = (DWORD)(end - now);

            found = ask_one(others.homes[i], others.own, most < left ? most : left) || mapi_slots_used() < used;
        }
    }
    return found;
}

void session_share_setup(void)
{
    mapi_store_set_others(ask_others);
}
