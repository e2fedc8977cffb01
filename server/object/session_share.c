/*
 * session_share.c: asking the other sessions of the process to park a store.
 *
 * Layer: server/object. A session's stores are touched on its own thread only: the wish is posted there and waited for,
 * for a moment: a thread that is busy, or that waits for this one, does not answer in time, and counts as having none.
 */
#include "session_share.h"

#include "mapi_store.h"
#include "session.h"

#include <stdlib.h>

#define ANSWER_MS 500
#define HOMES_MAX 256

/* One wish, for one thread. Freed by whoever is last, the asker or the asked. */
struct wish {
    volatile LONG refs;
    HANDLE answered;
    volatile LONG parked;
    struct auto_home *home;
};

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

static void grant(void *context)
{
    struct wish *wish = context;

    wish->parked = park_here(wish->home);
    SetEvent(wish->answered);
    wish_release(wish);
}

struct others {
    struct auto_home *own, *homes[HOMES_MAX];
    size_t count;
};

static void collect(struct auto_home *home, void *context)
{
    struct others *others = context;

    if (home != others->own && home->post && home->root_count && others->count < HOMES_MAX)
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

    if (home == asking->wanted && !asking->posted)
        asking->posted = home->post(home, grant, asking->wish);
}

static bool ask_one(struct auto_home *home)
{
    struct wish *wish = calloc(1, sizeof *wish);
    struct asking asking = {.wanted = home, .wish = wish};
    bool parked = false;

    if (!wish || !(wish->answered = CreateEventW(NULL, TRUE, FALSE, NULL))) {
        free(wish);
        return false;
    }
    wish->refs = 2;
    wish->home = home;
    auto_home_visit(post_wish, &asking);
    if (asking.posted)
        parked = WaitForSingleObject(wish->answered, ANSWER_MS) == WAIT_OBJECT_0 && wish->parked;
    else
        wish_release(wish);
    wish_release(wish);
    return parked;
}

static bool ask_others(void)
{
    struct others others = {.own = auto_home_current()};
    bool parked = others.own && park_here(others.own);

    if (!parked)
        auto_home_visit(collect, &others);
    for (size_t i = 0; !parked && i < others.count; i++)
        parked = ask_one(others.homes[i]);
    return parked;
}

void session_share_setup(void)
{
    mapi_store_set_others(ask_others);
}
