/*
 * mailbox_members.c: the members that Mailbox shares with InfoStore.
 *
 * Layer: server/object. Each opens the mailbox if need be and then asks InfoStore's implementation, or the Mailbox in
 * the worker that holds it. Objects below a worker's mailbox reach the client directly: only these calls pass through.
 */
#include "mailbox_members.h"
#include "object_util.h"

/* Makes the mailbox usable; a failure is explained under the member's name. *remote is NULL when it is here. */
static HRESULT prepare(IMhMailbox *iface, const char *function, IMhMailbox **remote)
{
    struct mailbox *self = mailbox_from(iface);
    struct auto_call call;
    HRESULT hr = auto_enter(&call, &self->store.base, function);

    *remote = NULL;
    if (SUCCEEDED(hr))
        hr = mailbox_use(self);
    if (SUCCEEDED(hr))
        *remote = self->remote.mailbox;
    return auto_leave(&call, hr);
}

/* Takes in what the mailbox in a worker answered: its error text, or the worker's end. */
static HRESULT finish(IMhMailbox *iface, const char *function, HRESULT answered)
{
    struct mailbox *self = mailbox_from(iface);
    IErrorInfo *info = NULL;
    BSTR text = NULL;
    struct auto_call call;
    HRESULT hr;

    if (SUCCEEDED(answered))
        return answered;
    GetErrorInfo(0, &info);
    hr = auto_enter(&call, &self->store.base, function);
    if (SUCCEEDED(hr) && session_workers_lost(answered)) {
        mailbox_lost(self);
        hr = mailbox_use(self);
    } else if (SUCCEEDED(hr))
        hr = answered;
    if (info) {
        if (hr == answered && SUCCEEDED(IErrorInfo_GetDescription(info, &text)) && text)
            auto_fail(&self->store.base, hr, L"%ls.", text);
        SysFreeString(text);
        IErrorInfo_Release(info);
    }
    return auto_leave(&call, hr);
}

/* A property: here by InfoStore's getter, there by the remote Mailbox's. */
#define MEMBER_GET(name, type)                                                                                        \
    static HRESULT STDMETHODCALLTYPE mailbox_get_##name(IMhMailbox *iface, type *value)                               \
    {                                                                                                                  \
        IMhMailbox *remote;                                                                                            \
        HRESULT hr;                                                                                                    \
                                                                                                                       \
        *value = 0;                                                                                                    \
        hr = prepare(iface, __func__, &remote);                                                                        \
        if (SUCCEEDED(hr))                                                                                             \
            hr = remote ? finish(iface, __func__, IMhMailbox_get_##name(remote, value))                               \
                        : infostore_get_##name((IMhInfoStore *)iface, value);                                         \
        return hr;                                                                                                     \
    }

/* A method with one argument and an answer. */
#define MEMBER_CALL(name, type)                                                                                       \
    static HRESULT STDMETHODCALLTYPE mailbox_##name(IMhMailbox *iface, VARIANT argument, type *value)                 \
    {                                                                                                                  \
        IMhMailbox *remote;                                                                                            \
        HRESULT hr;                                                                                                    \
                                                                                                                       \
        *value = 0;                                                                                                    \
        hr = prepare(iface, __func__, &remote);                                                                        \
        if (SUCCEEDED(hr))                                                                                             \
            hr = remote ? finish(iface, __func__, IMhMailbox_##name(remote, argument, value))                         \
                        : infostore_##name((IMhInfoStore *)iface, argument, value);                                   \
        return hr;                                                                                                     \
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
