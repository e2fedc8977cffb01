/*
 * submit.c: SubmitMessage from start to end, sent-message processing, and read receipts.
 *
 * Layer: provider, store part. The message is saved with MSGFLAG_SUBMIT first and filed last: if the process
 * dies between, it is found in the outgoing queue (IMsgStore::GetOutgoingQueue) and sent on by the next that opens the
 * mailbox for writing (outgoing.c).
 */
#include "submit.h"
#include "deliver.h"
#include "mapi_exchange.h"
#include "outgoing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PR_SENDER_SMTP_ PROP_TAG(PT_UNICODE, 0x5D01)
#define PR_SENT_REPRESENTING_SMTP_ PROP_TAG(PT_UNICODE, 0x5D02)

static bool absent(const struct propbag *props, ULONG tag)
{
    return propbag_find(props, PROP_ID(tag)) == NULL;
}

static HRESULT set_binary(struct propbag *props, ULONG tag, const void *bytes, ULONG cb)
{
    SPropValue value = {.ulPropTag = tag, .Value.bin = {cb, (LPBYTE)bytes}};
    return propbag_set(props, &value);
}

static HRESULT set_time(struct propbag *props, ULONG tag, FILETIME time)
{
    SPropValue value = {.ulPropTag = tag, .Value.ft = time};
    return propbag_set(props, &value);
}

/* ---- who sends ---- */

struct sender_tags {
    ULONG name, type, address, entryid, key, smtp;
};

static const struct sender_tags sender = {PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W,
                                          PR_SENDER_ENTRYID, PR_SENDER_SEARCH_KEY, PR_SENDER_SMTP_};
static const struct sender_tags represented = {
    PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
    PR_SENT_REPRESENTING_ENTRYID, PR_SENT_REPRESENTING_SEARCH_KEY, PR_SENT_REPRESENTING_SMTP_};

static HRESULT set_sender(struct session *session, struct propbag *props, const struct mailbox_info *user,
                          const struct sender_tags *tags)
{
    char key[300];
    SBinary id;
    void *base;
    if (!user || !absent(props, tags->address) || !absent(props, tags->entryid))
        return S_OK;
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = absent(props, tags->name) ? propbag_set_string(props, tags->name, user->display_name) : S_OK;
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, tags->type, L"EX");
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, tags->address, user->dn);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, tags->smtp, user->smtp);
    if (SUCCEEDED(hr))
        hr = directory_user_entryid(session, user->dn, base, &id);
    if (SUCCEEDED(hr))
        hr = set_binary(props, tags->entryid, id.lpb, id.cb);
    if (SUCCEEDED(hr)) {
        int n = snprintf(key, sizeof(key), "EX:%ls", (const wchar_t *)user->dn);
        for (int i = 0; i < n && i < (int)sizeof(key); i++)
            if (key[i] >= 'a' && key[i] <= 'z')
                key[i] = (char)(key[i] - 32);
        if (n > 0 && n < (int)sizeof(key))
            hr = set_binary(props, tags->key, key, (ULONG)n + 1);
    }
    MAPIFreeBuffer(base);
    return hr;
}

static HRESULT set_message_id(struct propbag *props, const struct mailbox_info *user)
{
    WCHAR id[256], guid[40];
    const WCHAR *at = user && user->smtp ? user->smtp : L"";
    GUID unique;
    if (!absent(props, PR_INTERNET_MESSAGE_ID_W))
        return S_OK;
    HRESULT hr = CoCreateGuid(&unique);
    if (FAILED(hr) || !StringFromGUID2(&unique, guid, ARRAYSIZE(guid)))
        return MAPI_E_CALL_FAILED;
    while (*at && *at != '@')
        at++;
    guid[37] = 0; /* without the braces */
    lstrcpyW(id, L"<");
    lstrcatW(id, guid + 1);
    if (lstrlenW(at) > 1 && lstrlenW(at) < 200)
        lstrcatW(id, at);
    else
        lstrcatW(id, L"@localhost");
    lstrcatW(id, L">");
    return propbag_set_string(props, PR_INTERNET_MESSAGE_ID_W, id);
}

/* Entries of the sender's personal address book are nobody else's: lists become their members, and all have ids that others can
 * open. MAPI_E_NO_RECIPIENTS: nobody is left. */
static HRESULT publish_recipients(struct session *session, struct mbx_message *msg)
{
    HRESULT hr = S_OK;
    for (ULONG i = 0; SUCCEEDED(hr) && i < msg->recipient_count;) {
        struct propbag **rows;
        ULONG count;
        hr = directory_private_members(session, msg->recipients[i], &rows, &count);
        if (hr == S_OK)
            hr = recipients_replace(msg, i, rows, count);
        else if (hr == S_FALSE)
            hr = directory_publish_recipient(session, msg->recipients[i++], &msg->recipients_dirty);
        free(rows);
    }
    return SUCCEEDED(hr) && !msg->recipient_count ? MAPI_E_NO_RECIPIENTS : hr;
}

/* What a message gets when it is sent. */
static HRESULT prepare(struct message *message)
{
    struct store *store = message->prop.base.store;
    struct session *session = store->prop.base.session;
    struct propbag *props = message->msg->props;
    const struct mailbox_info *user = session_user(session);
    FILETIME now = time_now();
    ULONG flags = (ULONG)propbag_long(props, PR_MESSAGE_FLAGS, 0);
    HRESULT hr = set_sender(session, props, user ? user : store->info, &sender);
    if (SUCCEEDED(hr)) /* from another's mailbox: on its owner's behalf */
        hr = set_sender(session, props, store->info, &represented);
    if (SUCCEEDED(hr))
        hr = set_message_id(props, user ? user : store->info);
    if (SUCCEEDED(hr))
        hr = set_time(props, PR_CLIENT_SUBMIT_TIME, now);
    if (SUCCEEDED(hr))
        hr = set_time(props, PR_MESSAGE_DELIVERY_TIME, now);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(props, PR_MESSAGE_FLAGS,
                              (LONG)((flags | MSGFLAG_SUBMIT | MSGFLAG_READ | MSGFLAG_FROMME) & ~(ULONG)MSGFLAG_UNSENT));
    return SUCCEEDED(hr) ? message_save(&message->prop, 0) : hr;
}

/* ---- filing ---- */

/* The folder that PR_SENTMAIL_ENTRYID names, 0: none or not of this mailbox. */
static mbx_id sentmail_folder(struct store *store, const struct propbag *props)
{
    const struct propbag_entry *entry = propbag_find(props, PROP_ID(PR_SENTMAIL_ENTRYID));
    struct mbx_folder info;
    mbx_id id;
    if (!entry || entry->lazy || entry->value.ulPropTag != PR_SENTMAIL_ENTRYID ||
        FAILED(store_parse_entryid(store, MAPI_FOLDER, entry->value.Value.bin.cb,
                                   (const ENTRYID *)entry->value.Value.bin.lpb, &id)) ||
        FAILED(mailbox_folder_get(store->mbx, id, &info)))
        return 0;
    return id;
}

HRESULT submit_finished(struct store *store, mbx_id id)
{
    struct mbx_message *msg;
    HRESULT hr = mailbox_message_load(store->mbx, id, MBX_LOAD_PROPS, &msg);
    if (FAILED(hr))
        return hr;
    mbx_id sent = sentmail_folder(store, msg->props);
    bool gone = propbag_bool(msg->props, PR_DELETE_AFTER_SUBMIT, false);
    mbx_message_free(msg);
    hr = mailbox_begin(store->mbx);
    if (FAILED(hr))
        return hr;
    hr = mailbox_message_set_flags(store->mbx, id, PR_MESSAGE_FLAGS, MSGFLAG_READ, MSGFLAG_SUBMIT | MSGFLAG_UNSENT, NULL);
    if (SUCCEEDED(hr) && gone)
        hr = mailbox_message_delete(store->mbx, id, true);
    else if (SUCCEEDED(hr) && sent)
        hr = mailbox_message_move(store->mbx, id, sent);
    if (SUCCEEDED(hr))
        return mailbox_commit(store->mbx);
    mailbox_rollback(store->mbx);
    return hr;
}

HRESULT submit_abort(struct store *store, mbx_id id)
{
    struct mbx_message *msg;
    HRESULT hr = mailbox_message_load(store->mbx, id, MBX_LOAD_PROPS, &msg);
    if (FAILED(hr))
        return hr == MAPI_E_NOT_FOUND ? MAPI_E_NOT_IN_QUEUE : hr;
    ULONG flags = (ULONG)propbag_long(msg->props, PR_MESSAGE_FLAGS, 0);
    ULONG state = (ULONG)propbag_long(msg->props, PR_SUBMIT_FLAGS, 0);
    mbx_message_free(msg);
    if (!(flags & MSGFLAG_SUBMIT))
        return MAPI_E_NOT_IN_QUEUE;
    if (state & SUBMITFLAG_LOCKED)
        return MAPI_E_UNABLE_TO_ABORT;
    return mailbox_message_set_flags(store->mbx, id, PR_MESSAGE_FLAGS, MSGFLAG_UNSENT, MSGFLAG_SUBMIT, NULL);
}

HRESULT submit_lock(struct store *store, IMessage *object, bool lock)
{
    struct message *message = (struct message *)object;
    ULONG state = (ULONG)propbag_long(message->msg->props, PR_SUBMIT_FLAGS, 0);
    if (message->prop.base.store != store)
        return MAPI_E_INVALID_PARAMETER;
    HRESULT hr = propbag_set_long(message->msg->props, PR_SUBMIT_FLAGS,
                                  (LONG)(lock ? state | SUBMITFLAG_LOCKED : state & ~(ULONG)SUBMITFLAG_LOCKED));
    if (SUCCEEDED(hr))
        hr = message_save(&message->prop, 0);
    if (SUCCEEDED(hr))
        message->locked = lock;
    return hr;
}

/* ---- sending ---- */

static const WCHAR *sender_smtp(struct store *store)
{
    const struct mailbox_info *user = session_user(store->prop.base.session);
    return user && user->smtp ? user->smtp : store->info->smtp;
}

/* Tells the sender who could not be reached. */
static HRESULT report_failures(struct message *message, const struct route *route)
{
    static const WCHAR begin[] = L"Your message did not reach these recipients:\r\n\r\n";
    struct store *store = message->prop.base.store;
    const struct propbag *props = message->msg->props;
    size_t room = ARRAYSIZE(begin) + 1;
    if (!route->failed_count || is_report(props))
        return S_OK; /* no report about a report */
    if (!propbag_bool(props, PR_ORIGINATOR_NON_DELIVERY_REPORT_REQUESTED, true))
        return S_OK;
    for (ULONG i = 0; i < route->failed_count; i++)
        room += (size_t)lstrlenW(route->failed[i]) + 2;
    WCHAR *text = calloc(room, sizeof(WCHAR));
    if (!text)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    lstrcpyW(text, begin);
    for (ULONG i = 0; i < route->failed_count; i++) {
        lstrcatW(text, route->failed[i]);
        lstrcatW(text, L"\r\n");
    }
    struct report report = {.kind = L"NDR",
                            .prefix = L"Undeliverable: ",
                            .text = text,
                            .to_name = propbag_string(props, PR_SENDER_NAME_W),
                            .to_type = propbag_string(props, PR_SENDER_ADDRTYPE_W),
                            .to_address = propbag_string(props, PR_SENDER_EMAIL_ADDRESS_W),
                            .about = props,
                            .original = message,
                            .rows = route->failed_rows,
                            .row_count = route->failed_row_count};
    HRESULT hr = deliver_report(store, &report);
    free(text);
    return hr;
}

/* again: some of it may have been done by a process that has ended. */
static HRESULT deliver(struct message *message, const struct route *route, bool again)
{
    struct store *store = message->prop.base.store;
    const WCHAR *class = propbag_string(message->msg->props, PR_MESSAGE_CLASS_W);
    HRESULT hr = S_OK;
    if (route->remote_count)
        hr = deliver_pickup(message, sender_smtp(store), route);
    for (ULONG i = 0; SUCCEEDED(hr) && i < route->local_count; i++)
        hr = deliver_local(store, message->msg, class ? class : L"IPM.Note", route->local[i], again);
    return SUCCEEDED(hr) ? report_failures(message, route) : hr;
}

HRESULT submit_message(struct message *message, ULONG flags)
{
    struct store *store = message->prop.base.store;
    struct route route = {0};
    ULONG before = (ULONG)propbag_long(message->msg->props, PR_MESSAGE_FLAGS, 0);
    (void)flags;
    HRESULT hr = message_load_parts(message, MBX_LOAD_RECIPIENTS);
    if (SUCCEEDED(hr) && !message->msg->recipient_count)
        return MAPI_E_NO_RECIPIENTS;
    if (SUCCEEDED(hr) && message->locked)
        return MAPI_E_NO_ACCESS;
    if (SUCCEEDED(hr))
        hr = publish_recipients(store->prop.base.session, message->msg);
    if (SUCCEEDED(hr))
        hr = route_recipients(store->prop.base.session, message->msg, &route);
    if (SUCCEEDED(hr))
        hr = outgoing_begin(store);
    bool sending = SUCCEEDED(hr);
    if (SUCCEEDED(hr))
        hr = prepare(message);
    if (SUCCEEDED(hr)) {
        hr = deliver(message, &route, false);
        if (SUCCEEDED(hr)) {
            hr = submit_finished(store, message->msg->id);
        } else { /* it is not sent: the caller may try again */
            mailbox_message_set_flags(store->mbx, message->msg->id, PR_MESSAGE_FLAGS, before & MSGFLAG_UNSENT,
                                      MSGFLAG_SUBMIT, NULL);
            propbag_set_long(message->msg->props, PR_MESSAGE_FLAGS, (LONG)before);
        }
    }
    if (sending)
        outgoing_end(store);
    route_free(&route);
    return hr;
}

HRESULT submit_again(struct message *message)
{
    struct store *store = message->prop.base.store;
    struct route route = {0};
    if (propbag_long(message->msg->props, PR_SUBMIT_FLAGS, 0) & SUBMITFLAG_LOCKED)
        return MAPI_E_NO_ACCESS;
    HRESULT hr = message_load_parts(message, MBX_LOAD_RECIPIENTS);
    if (SUCCEEDED(hr))
        hr = route_recipients(store->prop.base.session, message->msg, &route);
    if (SUCCEEDED(hr))
        hr = deliver(message, &route, true);
    if (SUCCEEDED(hr))
        hr = submit_finished(store, message->msg->id);
    route_free(&route);
    return hr;
}

/* ---- read receipts ---- */

static HRESULT send_receipt(struct store *store, const struct propbag *props)
{
    struct report report = {.kind = L"IPNRN",
                            .prefix = L"Read: ",
                            .text = L"Your message was read.\r\n",
                            .to_name = propbag_string(props, PR_SENT_REPRESENTING_NAME_W),
                            .to_type = propbag_string(props, PR_SENT_REPRESENTING_ADDRTYPE_W),
                            .to_address = propbag_string(props, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W),
                            .about = props};
    if (!report.to_address) {
        report.to_name = propbag_string(props, PR_SENDER_NAME_W);
        report.to_type = propbag_string(props, PR_SENDER_ADDRTYPE_W);
        report.to_address = propbag_string(props, PR_SENDER_EMAIL_ADDRESS_W);
    }
    return report.to_address && report.to_type ? deliver_report(store, &report) : S_OK;
}

HRESULT submit_read_flags(struct store *store, mbx_id id, const struct propbag *props, ULONG flags, ULONG *set,
                          ULONG *clear)
{
    ULONG now = (ULONG)propbag_long(props, PR_MESSAGE_FLAGS, 0);
    bool wanted = propbag_bool(props, PR_READ_RECEIPT_REQUESTED, false) && (now & MSGFLAG_RN_PENDING) &&
                  !(now & (MSGFLAG_UNSENT | MSGFLAG_FROMME)) && !(now & MSGFLAG_READ) && id;
    bool receipt = wanted && !(flags & (SUPPRESS_RECEIPT | CLEAR_READ_FLAG | CLEAR_RN_PENDING));
    bool cancelled = (flags & SUPPRESS_RECEIPT) && (flags & GENERATE_RECEIPT_ONLY);
    *set = *clear = 0;
    if (flags & CLEAR_READ_FLAG)
        *clear |= MSGFLAG_READ;
    else if (!(flags & GENERATE_RECEIPT_ONLY) && !(flags & (CLEAR_RN_PENDING | CLEAR_NRN_PENDING)))
        *set |= MSGFLAG_READ;
    if ((flags & CLEAR_RN_PENDING) || receipt || cancelled)
        *clear |= MSGFLAG_RN_PENDING;
    if ((flags & CLEAR_NRN_PENDING) || receipt || cancelled)
        *clear |= MSGFLAG_NRN_PENDING;
    if (!receipt)
        return S_OK;
    /* A receipt that cannot be sent does not keep a message from being read. */
    send_receipt(store, props);
    return S_OK;
}
