/*
 * deliver_report.c: reports about messages: not delivered, read. See deliver.h.
 *
 * Layer: provider, store part. They have the properties that MAPI's reference lists under "Required Report
 * Message Properties" and "Recipient Properties for Delivery Status Reports"; a non-delivery report holds the
 * message itself, so that it can be sent again.
 */
#include "addrbook_id.h"
#include "deliver.h"
#include "mapi_exchange.h"
#include "submit.h"
#include <stdlib.h>
#include <string.h>

/* What the report says of the message, and where the message has it. */
static const struct {
    ULONG report, message;
} copied[] = {
    {PR_ORIGINAL_SUBJECT_W, PR_SUBJECT_W},
    {PR_ORIGINAL_SUBMIT_TIME, PR_CLIENT_SUBMIT_TIME},
    {PR_ORIGINAL_DISPLAY_TO_W, PR_DISPLAY_TO_W},
    {PR_ORIGINAL_DISPLAY_CC_W, PR_DISPLAY_CC_W},
    {PR_ORIGINAL_DISPLAY_BCC_W, PR_DISPLAY_BCC_W},
    {PR_ORIGINAL_SENDER_NAME_W, PR_SENDER_NAME_W},
    {PR_ORIGINAL_SENDER_ADDRTYPE_W, PR_SENDER_ADDRTYPE_W},
    {PR_ORIGINAL_SENDER_EMAIL_ADDRESS_W, PR_SENDER_EMAIL_ADDRESS_W},
    {PR_ORIGINAL_SENDER_ENTRYID, PR_SENDER_ENTRYID},
    {PR_ORIGINAL_SENDER_SEARCH_KEY, PR_SENDER_SEARCH_KEY},
    {PR_ORIGINAL_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_NAME_W},
    {PR_ORIGINAL_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_ADDRTYPE_W},
    {PR_ORIGINAL_SENT_REPRESENTING_EMAIL_ADDRESS_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W},
    {PR_ORIGINAL_SENT_REPRESENTING_ENTRYID, PR_SENT_REPRESENTING_ENTRYID},
    {PR_ORIGINAL_SENT_REPRESENTING_SEARCH_KEY, PR_SENT_REPRESENTING_SEARCH_KEY},
    {PR_CONVERSATION_TOPIC_W, PR_CONVERSATION_TOPIC_W},
    {PR_CONVERSATION_INDEX, PR_CONVERSATION_INDEX},
    {PR_REPORT_TAG, PR_REPORT_TAG},
    {PR_PARENT_KEY, PR_SEARCH_KEY},
    {PROP_TAG(PT_UNICODE, 0x1042) /* PR_IN_REPLY_TO_ID */, PR_INTERNET_MESSAGE_ID_W},
};

/* The same of each recipient. */
static const struct {
    ULONG report, recipient;
} copied_of_recipient[] = {
    {PR_DISPLAY_NAME_W, PR_DISPLAY_NAME_W},
    {PR_ADDRTYPE_W, PR_ADDRTYPE_W},
    {PR_EMAIL_ADDRESS_W, PR_EMAIL_ADDRESS_W},
    {PR_ENTRYID, PR_ENTRYID},
    {PR_SEARCH_KEY, PR_SEARCH_KEY},
    {PR_RECIPIENT_TYPE, PR_RECIPIENT_TYPE},
    {PR_OBJECT_TYPE, PR_OBJECT_TYPE},
    {PR_DISPLAY_TYPE, PR_DISPLAY_TYPE},
    {PR_ORIGINAL_DISPLAY_NAME_W, PR_DISPLAY_NAME_W},
    {PR_ORIGINAL_ENTRYID, PR_ENTRYID},
    {PR_ORIGINAL_SEARCH_KEY, PR_SEARCH_KEY},
};

static HRESULT copy_value(struct propbag *to, ULONG tag, const struct propbag *from, ULONG from_tag)
{
    const struct propbag_entry *entry = propbag_find(from, PROP_ID(from_tag));
    if (!entry || entry->lazy || PROP_TYPE(entry->value.ulPropTag) != PROP_TYPE(from_tag))
        return S_OK;
    SPropValue value = entry->value;
    value.ulPropTag = tag;
    return propbag_set(to, &value);
}

static HRESULT set_if(struct propbag *props, ULONG tag, const WCHAR *text)
{
    return text ? propbag_set_string(props, tag, text) : S_OK;
}

static HRESULT set_time(struct propbag *props, ULONG tag, FILETIME time)
{
    SPropValue value = {.ulPropTag = tag, .Value.ft = time};
    return propbag_set(props, &value);
}

/* a, b and c as one text; free it. */
static WCHAR *join(const WCHAR *a, const WCHAR *b, const WCHAR *c)
{
    WCHAR *text = calloc((size_t)(lstrlenW(a) + lstrlenW(b) + lstrlenW(c)) + 1, sizeof(WCHAR));
    if (text) {
        lstrcpyW(text, a);
        lstrcatW(text, b);
        lstrcatW(text, c);
    }
    return text;
}

/* ---- recipients ---- */

static HRESULT add_row(struct mbx_message *msg, struct propbag *row)
{
    HRESULT hr = propbag_set_long(row, PR_ROWID, (LONG)msg->recipient_count);
    if (SUCCEEDED(hr))
        msg->recipients[msg->recipient_count++] = row;
    else
        propbag_free(row);
    return hr;
}

static HRESULT add_receiver(struct mbx_message *msg, const struct report *report)
{
    struct propbag *row = NULL;
    HRESULT hr = propbag_create(&row);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(row, PR_RECIPIENT_TYPE, MAPI_TO);
    if (SUCCEEDED(hr))
        hr = set_if(row, PR_DISPLAY_NAME_W, report->to_name ? report->to_name : report->to_address);
    if (SUCCEEDED(hr))
        hr = set_if(row, PR_ADDRTYPE_W, report->to_type ? report->to_type : L"SMTP");
    if (SUCCEEDED(hr))
        hr = set_if(row, PR_EMAIL_ADDRESS_W, report->to_address);
    if (FAILED(hr)) {
        propbag_free(row);
        return hr;
    }
    return add_row(msg, row);
}

static HRESULT add_failed(struct mbx_message *msg, const struct propbag *recipient, FILETIME now)
{
    struct propbag *row = NULL;
    HRESULT hr = propbag_create(&row);
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(copied_of_recipient); i++)
        hr = copy_value(row, copied_of_recipient[i].report, recipient, copied_of_recipient[i].recipient);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(row, PR_NDR_REASON_CODE, 0 /* MAPI_REASON_TRANSFER_FAILED */);
    if (SUCCEEDED(hr))
        hr = propbag_set_long(row, PR_NDR_DIAG_CODE, 0 /* MAPI_DIAG_OR_NAME_UNRECOGNIZED */);
    if (SUCCEEDED(hr))
        hr = set_time(row, PR_REPORT_TIME, now);
    if (SUCCEEDED(hr))
        hr = propbag_set_string(row, PR_REPORT_TEXT_W, L"The address leads to no mailbox.");
    if (FAILED(hr)) {
        propbag_free(row);
        return hr;
    }
    return add_row(msg, row);
}

static HRESULT add_recipients(struct mbx_message *msg, const struct report *report, bool about, FILETIME now)
{
    HRESULT hr = S_OK;
    msg->recipients = calloc(report->row_count + 1, sizeof(*msg->recipients));
    msg->recipients_dirty = true;
    if (!msg->recipients)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (!about)
        return add_receiver(msg, report);
    for (ULONG i = 0; SUCCEEDED(hr) && i < report->row_count; i++)
        hr = add_failed(msg, report->original->msg->recipients[report->rows[i]], now);
    return hr;
}

/* ---- the report ---- */

/* Whom a report on delivery comes from: the machine. */
static HRESULT set_system_sender(struct store *store, struct propbag *props)
{
    static const WCHAR name[] = L"System Administrator";
    const WCHAR *domain = store->info->smtp ? store->info->smtp : L"";
    SPropValue value = {.ulPropTag = PR_SENDER_ENTRYID};
    SBinary key = {0, NULL};
    void *base;
    while (*domain && *domain != '@')
        domain++;
    WCHAR *address = join(L"postmaster", *domain ? domain : L"@localhost", L"");
    if (!address)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    if (MAPIAllocateBuffer(1, &base)) {
        free(address);
        return MAPI_E_NOT_ENOUGH_MEMORY;
    }
    HRESULT hr = ab_id_oneoff(name, L"SMTP", address, MAPI_UNICODE, base, &value.Value.bin);
    if (SUCCEEDED(hr))
        hr = propbag_set(props, &value);
    value.ulPropTag = PR_SENT_REPRESENTING_ENTRYID;
    if (SUCCEEDED(hr))
        hr = propbag_set(props, &value);
    static const ULONG tags[2][4] = {
        {PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W, PR_SENDER_EMAIL_ADDRESS_W, PR_SENDER_SEARCH_KEY},
        {PR_SENT_REPRESENTING_NAME_W, PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W,
         PR_SENT_REPRESENTING_SEARCH_KEY}};
    if (SUCCEEDED(hr))
        hr = ab_search_key(L"SMTP", address, base, &key);
    for (int i = 0; i < 2; i++) {
        value.ulPropTag = tags[i][3];
        value.Value.bin = key;
        if (SUCCEEDED(hr))
            hr = propbag_set_string(props, tags[i][0], name);
        if (SUCCEEDED(hr))
            hr = propbag_set_string(props, tags[i][1], L"SMTP");
        if (SUCCEEDED(hr))
            hr = propbag_set_string(props, tags[i][2], address);
        if (SUCCEEDED(hr))
            hr = propbag_set(props, &value);
    }
    MAPIFreeBuffer(base);
    free(address);
    return hr;
}

static HRESULT set_props(struct message *made, const struct report *report, FILETIME now)
{
    struct propbag *props = made->msg->props;
    const WCHAR *subject = propbag_string(report->about, PR_SUBJECT_W);
    const WCHAR *class = propbag_string(report->about, PR_MESSAGE_CLASS_W);
    SPropValue gone = {.ulPropTag = PR_DELETE_AFTER_SUBMIT, .Value.b = TRUE};
    WCHAR *line = join(report->prefix, subject ? subject : L"", L"");
    WCHAR *start = join(L"REPORT.", class ? class : L"IPM.Note", L"."),
          *whole = start ? join(start, report->kind, L"") : NULL;
    HRESULT hr = line && whole ? S_OK : MAPI_E_NOT_ENOUGH_MEMORY;
    for (size_t i = 0; SUCCEEDED(hr) && i < ARRAYSIZE(copied); i++)
        hr = copy_value(props, copied[i].report, report->about, copied[i].message);
    if (SUCCEEDED(hr)) {
        SPropValue value = {.ulPropTag = PR_SUBJECT_W, .Value.lpszW = line};
        hr = prop_set(&made->prop, &value);
    }
    if (SUCCEEDED(hr)) {
        SPropValue value = {.ulPropTag = PR_BODY_W, .Value.lpszW = (LPWSTR)report->text};
        hr = prop_set(&made->prop, &value);
    }
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, PR_REPORT_TEXT_W, report->text);
    if (SUCCEEDED(hr))
        hr = set_time(props, PR_REPORT_TIME, now);
    if (SUCCEEDED(hr) && !report->row_count) { /* on reading */
        hr = copy_value(props, PR_ORIGINAL_DELIVERY_TIME, report->about, PR_MESSAGE_DELIVERY_TIME);
        if (SUCCEEDED(hr))
            hr = set_time(props, PR_RECEIPT_TIME, now);
    }
    if (SUCCEEDED(hr))
        hr = propbag_set_string(props, PR_MESSAGE_CLASS_W, whole);
    if (SUCCEEDED(hr))
        hr = propbag_set(props, &gone);
    free(line);
    free(start);
    free(whole);
    return hr;
}

/* The message itself as an embedded one. */
static HRESULT attach_original(IMessage *report, IMessage *original, const WCHAR *subject)
{
    IAttach *attach = NULL;
    IMessage *inner = NULL;
    ULONG number;
    SPropValue values[3] = {
        {.ulPropTag = PR_ATTACH_METHOD, .Value.l = ATTACH_EMBEDDED_MSG},
        {.ulPropTag = PR_DISPLAY_NAME_W, .Value.lpszW = (LPWSTR)(subject ? subject : L"")},
        {.ulPropTag = PR_RENDERING_POSITION, .Value.l = -1}};
    HRESULT hr = report->lpVtbl->CreateAttach(report, NULL, 0, &number, &attach);
    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->SetProps(attach, ARRAYSIZE(values), values, NULL);
    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->OpenProperty(attach, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0,
                                          MAPI_CREATE | MAPI_MODIFY, (IUnknown **)&inner);
    if (SUCCEEDED(hr))
        hr = original->lpVtbl->CopyTo(original, 0, NULL, NULL, 0, NULL, &IID_IMessage, inner, 0, NULL);
    if (SUCCEEDED(hr))
        hr = inner->lpVtbl->SaveChanges(inner, 0);
    if (SUCCEEDED(hr))
        hr = attach->lpVtbl->SaveChanges(attach, 0);
    if (inner)
        object_Release(inner);
    if (attach)
        object_Release(attach);
    return hr;
}

/* Saves the report, puts it into the mailboxes and takes the saved one away, in the sender's own mailbox as
 * one step. */
static HRESULT deliver_now(struct store *store, struct message *made, const struct route *route)
{
    bool own = route->local_count == 1 && IsEqualGUID(&route->local[0]->guid, mailbox_guid(store->mbx));
    const WCHAR *class = propbag_string(made->msg->props, PR_MESSAGE_CLASS_W);
    HRESULT hr = own ? mailbox_begin(store->mbx) : S_OK;
    if (FAILED(hr))
        return hr;
    hr = message_save(&made->prop, 0);
    for (ULONG i = 0; SUCCEEDED(hr) && i < route->local_count; i++)
        hr = deliver_local(store, made->msg, class, route->local[i], false);
    if (made->msg->id) {
        HRESULT deleted = mailbox_message_delete(store->mbx, made->msg->id, true);
        hr = SUCCEEDED(hr) ? deleted : hr;
    }
    if (own && SUCCEEDED(hr))
        hr = mailbox_commit(store->mbx);
    else if (own)
        mailbox_rollback(store->mbx);
    return hr;
}

HRESULT deliver_report(struct store *store, const struct report *report)
{
    struct message *made = NULL;
    struct route route = {0};
    FILETIME now = time_now();
    HRESULT hr = S_OK;
    if (!report->to_address)
        return S_OK;
    if (report->row_count)
        hr = route_address(store->prop.base.session, report->to_type, report->to_address, &route);
    if (hr == MAPI_E_NOT_FOUND)
        return S_OK; /* nobody to tell */
    bool at_once = route.local_count && !route.remote_count;
    if (SUCCEEDED(hr))
        hr = message_create(&store->prop.base, MBX_OUTBOX, false, (IMessage **)&made);
    if (FAILED(hr))
        goto done;
    hr = set_props(made, report, now);
    if (SUCCEEDED(hr) && report->row_count)
        hr = set_system_sender(store, made->msg->props);
    if (SUCCEEDED(hr))
        hr = add_recipients(made->msg, report, at_once, now);
    if (SUCCEEDED(hr) && report->original)
        hr = attach_original((IMessage *)made, (IMessage *)report->original,
                             propbag_string(report->about, PR_SUBJECT_W));
    if (SUCCEEDED(hr) && at_once)
        hr = set_time(made->msg->props, PR_CLIENT_SUBMIT_TIME, now);
    if (SUCCEEDED(hr))
        hr = at_once ? deliver_now(store, made, &route) : submit_message(made, 0);
done:
    if (made)
        object_Release(made);
    route_free(&route);
    return hr;
}
