/*
 * clients.c: watches the client processes and ends the sessions of one that is gone.
 *
 * Layer: server/process. One wait of the system's thread pool per client process; the callback only posts to the
 * sessions' apartments, so a slow session delays no other one.
 */
#include "clients.h"
#include "apartment.h"

#include <stdlib.h>

struct client;

struct watched {
    struct auto_object *session;
    struct client *client; /* NULL when it is not watched */
    bool ending;           /* to be closed and disconnected */
    struct watched *next;
};

struct client {
    DWORD pid;
    HANDLE process, wait;
    unsigned sessions;
    bool dead;
    struct client *next;
};

static SRWLOCK lock = SRWLOCK_INIT;
static struct watched *sessions;
static struct client *clients;

/* On the session's thread: it may have ended by itself since this was posted. */
static void end_session(void *context)
{
    struct auto_object *session = context;
    struct watched *entry;

    AcquireSRWLockShared(&lock);
    for (entry = sessions; entry && entry->session != session; entry = entry->next)
        ;
    if (entry && !entry->ending)
        entry = NULL; /* a new session at the old one's address */
    ReleaseSRWLockShared(&lock);
    if (!entry)
        return;
    auto_addref(session);
    auto_close(session);
    auto_disconnect(session);
    auto_release(session);
}

/* Posts the end of the sessions of a client (NULL: of all). The lock is held. */
static void end_sessions(const struct client *client)
{
    struct watched *entry;

    for (entry = sessions; entry; entry = entry->next)
        if ((!client || entry->client == client) && !entry->ending) {
            entry->ending = true;
            auto_cancel(entry->session);
            entry->session->home->post(entry->session->home, end_session, entry->session);
        }
}

static void CALLBACK on_client_end(void *context, BOOLEAN timeout)
{
    struct client *client = context;

    (void)timeout;
    AcquireSRWLockExclusive(&lock);
    client->dead = true;
    end_sessions(client);
    ReleaseSRWLockExclusive(&lock);
}

void clients_end_all(void)
{
    AcquireSRWLockExclusive(&lock);
    end_sessions(NULL);
    ReleaseSRWLockExclusive(&lock);
}

/* The client entry of a process, made when it is new; NULL when it cannot be watched. The lock is held. */
static struct client *client_find(DWORD pid)
{
    struct client *client;

    for (client = clients; client; client = client->next)
        if (client->pid == pid && !client->dead)
            return client;
    if (!pid || !(client = calloc(1, sizeof *client)))
        return NULL;
    client->pid = pid;
    client->process = OpenProcess(SYNCHRONIZE, FALSE, pid);
    if (!client->process ||
        !RegisterWaitForSingleObject(&client->wait, client->process, on_client_end, client, INFINITE,
                                     WT_EXECUTEONLYONCE)) {
        if (client->process)
            CloseHandle(client->process);
        free(client);
        return NULL;
    }
    client->next = clients;
    clients = client;
    return client;
}

void clients_attach(struct auto_object *session, DWORD pid)
{
    struct watched *entry = calloc(1, sizeof *entry);

    if (!entry)
        return;
    AcquireSRWLockExclusive(&lock);
    entry->session = session;
    entry->client = client_find(pid);
    if (entry->client)
        entry->client->sessions++;
    entry->next = sessions;
    sessions = entry;
    ReleaseSRWLockExclusive(&lock);
}

/* Takes a client without sessions out of the list. The lock is held. */
static struct client *client_unlink(struct client *client)
{
    struct client **link;

    if (!client || --client->sessions)
        return NULL;
    for (link = &clients; *link != client; link = &(*link)->next)
        ;
    *link = client->next;
    return client;
}

void clients_forget(struct auto_object *session)
{
    struct client *gone = NULL;
    struct watched **link, *entry;

    AcquireSRWLockExclusive(&lock);
    for (link = &sessions; *link && (*link)->session != session; link = &(*link)->next)
        ;
    if ((entry = *link)) {
        *link = entry->next;
        gone = client_unlink(entry->client);
        free(entry);
    }
    ReleaseSRWLockExclusive(&lock);
    if (gone) {
        /* Waits for a running callback, which takes the lock: so it must not be held here. */
        UnregisterWaitEx(gone->wait, INVALID_HANDLE_VALUE);
        CloseHandle(gone->process);
        free(gone);
    }
}

DWORD clients_process_of(const struct auto_object *session)
{
    const struct watched *entry;
    DWORD pid = 0;

    AcquireSRWLockShared(&lock);
    for (entry = sessions; entry && entry->session != session; entry = entry->next)
        ;
    if (entry && entry->client)
        pid = entry->client->pid;
    ReleaseSRWLockShared(&lock);
    return pid;
}

unsigned clients_count(void)
{
    struct client *client;
    unsigned n = 0;

    AcquireSRWLockShared(&lock);
    for (client = clients; client; client = client->next)
        n++;
    ReleaseSRWLockShared(&lock);
    return n;
}
