/*
 * mailbox_members.c: the members that Mailbox shares with InfoStore.
 *
 * Layer: server/object. Each opens the mailbox if need be and then asks InfoStore's implementation, or the Mailbox in
 * the worker that holds it. Objects below a worker's mailbox reach the client directly: only these calls pass through.
 */
#include "mailbox_members.h"
#include "object_util.h"

/*
 * Begins a member call and makes the mailbox usable; a failure is explained under the member's name. *remote is NULL when it is
 * here; otherwise it is held until finish: while another process works, this thread takes further calls (Close), but no
 * posted jobs (the worker's end, the client's), because a call is running.
 */
static HRESULT prepare(struct auto_call *call, IMhMailbox *iface, const char *function, IMhMailbox **remote)
{
    struct mailbox *self = mailbox_from(iface);
    HRESULT hr = auto_enter(call, &self->store.base, function);

    *remote = NULL;
    if (SUCCEEDED(hr))
        hr = mailbox_use(self);
    if (SUCCEEDED(hr) && self->remote.mailbox) {
        *remote = self->remote.mailbox;
        IMhMailbox_AddRef(*remote);
    }
    return hr;
}

/* Takes in what the mailbox in a worker answered: its error text, or the worker's end. */
static HRESULT take_in(struct mailbox *self, HRESULT answered)
{
    IErrorInfo *info = NULL;
    BSTR text = NULL;
    HRESULT hr = answered;

    if (SUCCEEDED(answered))
        return answered;
    GetErrorInfo(0, &info);
    if (session_workers_lost(answered)) {
        mailbox_lost(self);
        hr = mailbox_use(self);
    } else if (info && SUCCEEDED(IErrorInfo_GetDescription(info, &text)) && text)
        auto_fail(&self->store.base, hr, L"%ls.", text);
    SysFreeString(text);
    if (info)
        IErrorInfo_Release(info);
    return hr;
}

static HRESULT finish(struct auto_call *call, IMhMailbox *iface, IMhMailbox *remote, HRESULT hr)
{
    if (remote) {
        hr = take_in(mailbox_from(iface), hr);
        IMhMailbox_Release(remote);
    }
    return auto_leave(call, hr);
}

/* A property: here by InfoStore's getter, there by the remote Mailbox's. */
#define MEMBER_GET(name, type)                                                                                        \
    static HRESULT STDMETHODCALLTYPE mailbox_get_##name(IMhMailbox *iface, type *value)                               \
    {                                                                                                                  \
        IMhMailbox *remote;                                                                                            \
        struct auto_call call;                                                                                         \
        HRESULT hr = prepare(&call, iface, __func__, &remote);                                                         \
                                                                                                                       \
        *value = 0;                                                                                                    \
        if (SUCCEEDED(hr))                                                                                             \
            hr = remote ? IMhMailbox_get_##name(remote, value) : infostore_get_##name((IMhInfoStore *)iface, value);   \
        return finish(&call, iface, remote, hr);                                                                       \
    }

/* A method with one argument and an answer. */
#define MEMBER_CALL(name, type)                                                                                       \
    static HRESULT STDMETHODCALLTYPE mailbox_##name(IMhMailbox *iface, VARIANT argument, type *value)                 \
    {                                                                                                                  \
        IMhMailbox *remote;                                                                                            \
        struct auto_call call;                                                                                         \
        HRESULT hr = prepare(&call, iface, __func__, &remote);                                                         \
                                                                                                                       \
        *value = 0;                                                                                                    \
        if (SUCCEEDED(hr))                                                                                             \
            hr = remote ? IMhMailbox_##name(remote, argument, value)                                                   \
                        : infostore_##name((IMhInfoStore *)iface, argument, value);                                    \
        return finish(&call, iface, remote, hr);                                                                       \
    }

MEMBER_GET(ID, BSTR)
MEMBER_GET(Index, LONG)
MEMBER_GET(ProviderName, BSTR)
MEMBER_GET(RootFolder, IMhFolder *)
MEMBER_GET(Fields, IMhFields *)
MEMBER_GET(Inbox, IMhFolder *)
MEMBER_GET(Outbox, IMhFolder *)
MEMBER_GET(SentItems, IMhFolder *)
MEMBER_GET(DeletedItems, IMhFolder *)
MEMBER_GET(Drafts, IMhFolder *)
MEMBER_GET(Calendar, IMhFolder *)
MEMBER_GET(Contacts, IMhFolder *)
MEMBER_GET(Tasks, IMhFolder *)
MEMBER_GET(Notes, IMhFolder *)
MEMBER_GET(Journal, IMhFolder *)
MEMBER_GET(Size, double)
MEMBER_GET(Quota, double)
MEMBER_CALL(IsSameAs, VARIANT_BOOL)
MEMBER_CALL(GetFolderFromPath, IMhFolder *)
MEMBER_CALL(GetReceiveFolder, IMhFolder *)

const IMhMailboxVtbl mailbox_vtbl = {
    AUTO_HEAD,
    .get_Name = mailbox_get_Name,
    .get_ID = mailbox_get_ID,
    .get_Index = mailbox_get_Index,
    .get_ProviderName = mailbox_get_ProviderName,
    .get_RootFolder = mailbox_get_RootFolder,
    .get_Fields = mailbox_get_Fields,
    .IsSameAs = mailbox_IsSameAs,
    .get_Inbox = mailbox_get_Inbox,
    .get_Outbox = mailbox_get_Outbox,
    .get_SentItems = mailbox_get_SentItems,
    .get_DeletedItems = mailbox_get_DeletedItems,
    .get_Drafts = mailbox_get_Drafts,
    .get_Calendar = mailbox_get_Calendar,
    .get_Contacts = mailbox_get_Contacts,
    .get_Tasks = mailbox_get_Tasks,
    .get_Notes = mailbox_get_Notes,
    .get_Journal = mailbox_get_Journal,
    .GetFolderFromPath = mailbox_GetFolderFromPath,
    .GetReceiveFolder = mailbox_GetReceiveFolder,
    .get_Size = mailbox_get_Size,
    .get_Quota = mailbox_get_Quota,
    .Close = mailbox_Close,
    .get_Address = mailbox_get_Address,
    .get_DistinguishedName = mailbox_get_DistinguishedName,
    .get_Owner = mailbox_get_Owner,
    .get_LastLogon = mailbox_get_LastLogon,
    .get_ItemCount = mailbox_get_ItemCount,
    .Open = mailbox_Open,
    .get_IsOpen = mailbox_get_IsOpen,
    .get_ProcessID = mailbox_get_ProcessID,
};
