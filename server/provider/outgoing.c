/*
 * outgoing.c: see outgoing.h.
 *
 * Layer: provider, store part. Who is sending is known by a file beside the mailbox's that is open meanwhile: shared by
 * those who submit, alone by the one that sends on what was left. The system closes it when a process ends, however.
 */
#include "outgoing.h"
#include "message.h"
#include "submit.h"
#include <stdlib.h>
#include <string.h>

#define WAIT_MS 30000
#define RETRY_MS 10

/* Opens the mailbox's ".sending" file. INVALID_HANDLE_VALUE: another has it in a way that excludes this one. */
static HANDLE open_mark(const struct store *store, bool alone)
{
    static const WCHAR suffix[] = L"-sending";
    int n = MultiByteToWideChar(CP_UTF8, 0, store->info->path, -1, NULL, 0);
    WCHAR *path = n > 0 ? malloc(n * sizeof(WCHAR) + sizeof(suffix)) : NULL;
    if (!path)
        return INVALID_HANDLE_VALUE;
    MultiByteToWideChar(CP_UTF8, 0, store->info->path, -1, path, n);
    memcpy(path + n - 1, suffix, sizeof(suffix));
    HANDLE file = CreateFileW(path, GENERIC_READ, alone ? 0 : FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                              FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD error = GetLastError();
    free(path);
    SetLastError(error);
    return file;
}

HRESULT outgoing_begin(struct store *store)
{
    if (store->sending_depth++)
        return S_OK;
    for (DWORD begin = GetTickCount();;) {
        store->sending = open_mark(store, false);
        if (store->sending != INVALID_HANDLE_VALUE)
            return S_OK;
        if (GetLastError() != ERROR_SHARING_VIOLATION)
            break; /* a folder that cannot be written: then neither can the mailbox */
        if (GetTickCount() - begin > WAIT_MS) {
            store->sending_depth--;
            return MAPI_E_TIMEOUT;
        }
        Sleep(RETRY_MS);
    }
    return S_OK;
}

void outgoing_end(struct store *store)
{
    if (--store->sending_depth)
        return;
    if (store->sending != INVALID_HANDLE_VALUE)
        CloseHandle(store->sending);
    store->sending = INVALID_HANDLE_VALUE;
}

static void send_all(struct store *store)
{
    mbx_id *ids = NULL;
    ULONG count = 0;
    IMessage *message = NULL;
    /* Asked again now that nobody else sends: what was on its way is through. */
    if (FAILED(mailbox_outgoing(store->mbx, &ids, &count)))
        return;
    for (ULONG i = 0; i < count; i++)
        if (SUCCEEDED(message_open(&store->prop.base, ids[i], MAPI_MODIFY, &message))) {
            submit_again((struct message *)message);
            IUnknown_Release((IUnknown *)message);
        }
    free(ids);
}

void outgoing_resume(struct store *store)
{
    mbx_id *ids = NULL;
    ULONG count = 0;
    if (!store->writable || FAILED(mailbox_outgoing(store->mbx, &ids, &count)))
        return;
    free(ids);
    if (!count)
        return;
    session_lock(store->prop.base.session);
    if (!store->sending_depth) {
        store->sending = open_mark(store, true);
        if (store->sending != INVALID_HANDLE_VALUE) {
            store->sending_depth++;
            send_all(store);
            outgoing_end(store);
        }
    }
    session_unlock(store->prop.base.session);
}
