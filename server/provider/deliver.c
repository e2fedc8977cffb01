/*
 * deliver.c: routing, and delivery into local mailboxes. See deliver.h.
 *
 * Layer: provider, store part. A delivery into a mailbox is one transaction there: the copy, its flags and times, the
 * removal of Bcc recipients and the announcement of new mail.
 */
#include "deliver.h"
#include "mapi_exchange.h"
#include "submit.h"
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* ---- routing ---- */

static WCHAR *copy_text(const WCHAR *text)
{
    size_t cb = (size_t)(lstrlenW(text) + 1) * sizeof(WCHAR);
    WCHAR *copy = malloc(cb);
    return copy ? memcpy(copy, text, cb) : NULL;
}

static HRESULT add_text(WCHAR ***list, ULONG *count, const WCHAR *text)
{
    for (ULONG i = 0; i < *count; i++)
        if (!lstrcmpiW((*list)[i], text))
            return S_OK;
    WCHAR **grown = realloc(*list, (*count + 1) * sizeof(*grown));
    if (!grown)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    *list = grown;
    grown[*count] = copy_text(text);
    if (!grown[*count])
        return MAPI_E_NOT_ENOUGH_MEMORY;
    (*count)++;
    return S_OK;
}

static HRESULT copy_info(const struct mailbox_info *from, struct mailbox_info **out)
{
    struct mailbox_info *to = calloc(1, sizeof(*to));
    if (!to)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    to->guid = from->guid;
    to->display_name = from->display_name ? copy_text(from->display_name) : NULL;
    to->alias = from->alias ? copy_text(from->alias) : NULL;
    to->smtp = from->smtp ? copy_text(from->smtp) : NULL;
    to->dn = from->dn ? copy_text(from->dn) : NULL;
    size_t cb = from->path ? strlen(from->path) + 1 : 0;
    to->path = cb ? malloc(cb) : NULL;
    if (to->path)
        memcpy(to->path, from->path, cb);
    if ((from->display_name && !to->display_name) || (from->dn && !to->dn) || (from->smtp && !to->smtp) ||
        (from->alias && !to->alias) || !to->path) {
        mailbox_info_free(to);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    *out = to;
    return S_OK;
}

static HRESULT add_local(void *context, const struct mailbox_info *mailbox)
{
    struct route *route = context;
    for (ULONG i = 0; i < route->local_count; i++)
        if (IsEqualGUID(&route->local[i]->guid, &mailbox->guid))
            return S_OK;
    struct mailbox_info **grown = realloc(route->local, (route->local_count + 1) * sizeof(*grown));
    if (!grown)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    route->local = grown;
    HRESULT hr = copy_info(mailbox, &grown[route->local_count]);
    route->local_count += SUCCEEDED(hr);
    return hr;
}

static HRESULT add_remote(void *context, const WCHAR *smtp)
{
    struct route *route = context;
    return add_text(&route->remote, &route->remote_count, smtp);
}

static HRESULT add_failed_row(struct route *route, ULONG row)
{
    ULONG *grown = realloc(route->failed_rows, (route->failed_row_count + 1) * sizeof(*grown));
    if (!grown)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    route->failed_rows = grown;
    grown[route->failed_row_count++] = row;
    return S_OK;
}

HRESULT route_address(struct session *session, const WCHAR *type, const WCHAR *address, struct route *out)
{
    memset(out, 0, sizeof(*out));
    HRESULT hr = directory_route(session, type, address, NULL, add_local, add_remote, out);
    if (FAILED(hr))
        route_free(out);
    return hr;
}

HRESULT route_recipients(struct session *session, const struct mbx_message *msg, struct route *out)
{
    HRESULT hr = S_OK;
    memset(out, 0, sizeof(*out));
    for (ULONG i = 0; SUCCEEDED(hr) && i < msg->recipient_count; i++) {
        const struct propbag *row = msg->recipients[i];
        const WCHAR *type = propbag_string(row, PR_ADDRTYPE_W), *address = propbag_string(row, PR_EMAIL_ADDRESS_W);
        const struct propbag_entry *id = propbag_find(row, PROP_ID(PR_ENTRYID));
        const WCHAR *name = propbag_string(row, PR_DISPLAY_NAME_W);
        SBinary entryid = {0, NULL};
        if (id && !id->lazy && id->value.ulPropTag == PR_ENTRYID)
            entryid = id->value.Value.bin;
        hr = directory_route(session, type, address, entryid.cb ? &entryid : NULL, add_local, add_remote, out);
        if (hr == MAPI_E_NOT_FOUND || hr == MAPI_E_UNKNOWN_ENTRYID || hr == MAPI_E_INVALID_ENTRYID) {
            hr = add_text(&out->failed, &out->failed_count, address ? address : name ? name : L"?");
            if (SUCCEEDED(hr))
                hr = add_failed_row(out, i);
        }
    }
    if (FAILED(hr))
        route_free(out);
    return hr;
}

static void free_texts(WCHAR **list, ULONG count)
{
    for (ULONG i = 0; i < count; i++)
        free(list[i]);
    free(list);
}

void route_free(struct route *route)
{
    for (ULONG i = 0; i < route->local_count; i++)
        mailbox_info_free(route->local[i]);
    free(route->local);
    free_texts(route->remote, route->remote_count);
    free_texts(route->failed, route->failed_count);
    free(route->failed_rows);
    memset(route, 0, sizeof(*route));
}

/* ---- a local mailbox ---- */

static HRESULT set_bool(struct propbag *props, ULONG tag, bool yes)
{
    SPropValue value = {.ulPropTag = tag, .Value.b = yes};
    return propbag_set(props, &value);
}

/* Whether the mailbox is among the recipients of a type, by address. */
static bool addressed(const struct mbx_message *msg, LONG type, const struct mailbox_info *to)
{
    for (ULONG i = 0; i < msg->recipient_count; i++) {
        const WCHAR *address = propbag_string(msg->recipients[i], PR_EMAIL_ADDRESS_W);
        if (propbag_long(msg->recipients[i], PR_RECIPIENT_TYPE, MAPI_TO) == type && address &&
            ((to->smtp && !lstrcmpiW(address, to->smtp)) || (to->dn && !lstrcmpiW(address, to->dn))))
            return true;
    }
    return false;
}

bool is_report(const struct propbag *props)
{
    const WCHAR *class = propbag_string(props, PR_MESSAGE_CLASS_W);
    return class && !wcsncmp(class, L"REPORT.", 7);
}

/* A report's recipients are those it is about: its reader is the sender, who knows them. */
static void drop_bcc(struct mbx_message *msg)
{
    ULONG kept = 0;
    if (is_report(msg->props))
        return;
    for (ULONG i = 0; i < msg->recipient_count; i++) {
        if (propbag_long(msg->recipients[i], PR_RECIPIENT_TYPE, MAPI_TO) == MAPI_BCC)
            propbag_free(msg->recipients[i]);
        else
            msg->recipients[kept++] = msg->recipients[i];
    }
    msg->recipients_dirty = msg->recipients_dirty || kept != msg->recipient_count;
    msg->recipient_count = kept;
}

/* What makes the sender's copy a received message. */
static HRESULT as_received(struct mbx_message *msg, const struct mailbox_info *to, struct session *session)
{
    static const ULONG senders_own[] = {PR_SENTMAIL_ENTRYID, PR_DELETE_AFTER_SUBMIT, PR_SUBMIT_FLAGS};
    SPropValue value = {.ulPropTag = PR_MESSAGE_DELIVERY_TIME, .Value.ft = time_now()};
    ULONG flags = (ULONG)propbag_long(msg->props, PR_MESSAGE_FLAGS, 0) & MSGFLAG_HASATTACH;
    SBinary id;
    void *base;
    if (propbag_bool(msg->props, PR_READ_RECEIPT_REQUESTED, false))
        flags |= MSGFLAG_RN_PENDING;
    for (size_t i = 0; i < ARRAYSIZE(senders_own); i++)
        propbag_delete(msg->props, PROP_ID(senders_own[i]));
    if (MAPIAllocateBuffer(1, &base))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    HRESULT hr = propbag_set(msg->props, &value);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(msg->props, PR_MESSAGE_FLAGS, (LONG)flags);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(msg->props, PR_RECEIVED_BY_NAME_W, to->display_name ? to->display_name : L"");
    if (SUCCEEDED(hr))
        hr = propbag_set_string(msg->props, PR_RECEIVED_BY_ADDRTYPE_W, L"EX");
    if (SUCCEEDED(hr))
        hr = propbag_set_string(msg->props, PR_RECEIVED_BY_EMAIL_ADDRESS_W, to->dn ? to->dn : L"");
    if (SUCCEEDED(hr))
        hr = directory_user_entryid(session, to->dn ? to->dn : L"", base, &id);
    if (SUCCEEDED(hr)) {
        value.ulPropTag = PR_RECEIVED_BY_ENTRYID;
        value.Value.bin = id;
        hr = propbag_set(msg->props, &value);
    }
    if (SUCCEEDED(hr))
        hr = set_bool(msg->props, PR_MESSAGE_TO_ME, addressed(msg, MAPI_TO, to));
    if (SUCCEEDED(hr))
        hr = set_bool(msg->props, PR_MESSAGE_CC_ME, addressed(msg, MAPI_CC, to));
    if (SUCCEEDED(hr))
        hr = set_bool(msg->props, PR_MESSAGE_RECIP_ME, addressed(msg, MAPI_TO, to) || addressed(msg, MAPI_CC, to));
    if (SUCCEEDED(hr)) {
        drop_bcc(msg);
        hr = recipients_display(msg);
    }
    MAPIFreeBuffer(base);
    return hr;
}

static HRESULT receive_folder(struct mailbox *mbx, const WCHAR *message_class, mbx_id *folder)
{
    struct mbx_folder info;
    WCHAR *matched = NULL;
    HRESULT hr = mailbox_receive_folder_get(mbx, message_class, folder, &matched);
    MAPIFreeBuffer(matched);
    if (FAILED(hr) || FAILED(mailbox_folder_get(mbx, *folder, &info)))
        *folder = MBX_INBOX;
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr;
}

/* Whether the folder has a copy of this submission: its id and the time of the submission are those of no other. */
static HRESULT has_copy(struct mailbox *mbx, mbx_id folder, const struct mbx_message *message, bool *there)
{
    const struct propbag_entry *time = propbag_find(message->props, PROP_ID(PR_CLIENT_SUBMIT_TIME));
    const WCHAR *text = propbag_string(message->props, PR_INTERNET_MESSAGE_ID_W);
    SPropValue id = {.ulPropTag = PR_INTERNET_MESSAGE_ID_W, .Value.lpszW = (LPWSTR)text};
    SRestriction both[2] = {{.rt = RES_PROPERTY}, {.rt = RES_PROPERTY}}, all = {.rt = RES_AND};
    struct view_names names = {*mailbox_guid(mbx), 0};
    struct mbx_view *view = NULL;
    ULONG rows = 0;
    *there = false;
    if (!text || !time || time->lazy)
        return S_OK;
    SPropValue when = time->value;
    both[0].res.resProperty.relop = both[1].res.resProperty.relop = RELOP_EQ;
    both[0].res.resProperty.ulPropTag = when.ulPropTag;
    both[0].res.resProperty.lpProp = &when;
    both[1].res.resProperty.ulPropTag = id.ulPropTag;
    both[1].res.resProperty.lpProp = &id;
    all.res.resAnd.cRes = 2;
    all.res.resAnd.lpRes = both;
    HRESULT hr = mailbox_view_open(mbx, MBX_VIEW_CONTENTS, folder, view_entryid, &names, &view);
    if (SUCCEEDED(hr))
        hr = view_restrict(view, &all);
    if (SUCCEEDED(hr))
        hr = view_count(view, &rows);
    *there = rows > 0;
    view_close(view);
    return hr;
}

HRESULT deliver_local(struct store *store, const struct mbx_message *message, const WCHAR *message_class,
                      const struct mailbox_info *to, bool again)
{
    struct mailbox *mbx;
    struct mbx_message *msg = NULL;
    mbx_id folder = 0, made = 0;
    bool there = false;
    HRESULT hr = mailbox_open(to->path, store->prop.base.session, &mbx);
    if (FAILED(hr))
        return hr;
    hr = mailbox_begin(mbx);
    if (FAILED(hr)) {
        mailbox_close(mbx);
        return hr;
    }
    hr = receive_folder(mbx, message_class, &folder);
    if (SUCCEEDED(hr) && again)
        hr = has_copy(mbx, folder, message, &there);
    if (FAILED(hr) || there) {
        mailbox_rollback(mbx);
        mailbox_close(mbx);
        return hr;
    }
    hr = mailbox_message_copy(store->mbx, message->id, mbx, folder, NULL, &made);
    if (SUCCEEDED(hr))
        hr = mailbox_message_load(mbx, made, MBX_LOAD_RECIPIENTS, &msg);
    if (SUCCEEDED(hr))
        hr = as_received(msg, to, store->prop.base.session);
    if (SUCCEEDED(hr))
        hr = mailbox_message_save(mbx, msg, true);
    if (SUCCEEDED(hr))
        hr = mailbox_log_new_mail(mbx, made, folder);
    if (SUCCEEDED(hr))
        hr = mailbox_commit(mbx);
    else
        mailbox_rollback(mbx);
    mbx_message_free(msg);
    mailbox_close(mbx);
    return hr;
}
