/*
 * mapi_compose.c: replies and forwarded messages, as Outlook composes them.
 *
 * Layer: MAPI client. The quoted text is in mapi_compose_body.c.
 */
#include "mapi_compose.h"

#include "conversation_index.h"
#include "mapi_address.h"
#include "mapi_bag.h"
#include "mapi_compose_body.h"
#include "mapi_prop.h"
#include "mapi_recipients.h"
#include "mapi_table.h"
#include "mapi_value.h"
#include <stdlib.h>
#include <string.h>

#define PR_IN_REPLY_TO_ID_W       PROP_TAG(PT_UNICODE, 0x1042)
#define PR_INTERNET_REFERENCES_W_ PROP_TAG(PT_UNICODE, 0x1039)
#define PR_INTERNET_MESSAGE_ID_W_ PROP_TAG(PT_UNICODE, 0x1035)
#define PR_ATTACH_CONTENT_ID_W_   PROP_TAG(PT_UNICODE, 0x3712)

/* What of the original an answer needs; the order of `tags`. */
enum {
    ORIGINAL_SEARCH_KEY,
    ORIGINAL_TOPIC,
    ORIGINAL_NORMALIZED,
    ORIGINAL_INDEX,
    ORIGINAL_MESSAGE_ID,
    ORIGINAL_REFERENCES,
    ORIGINAL_SENSITIVITY,
    ORIGINAL_IMPORTANCE,
    ORIGINAL_SUBJECT,
    ORIGINAL_SUBMIT_TIME,
    ORIGINAL_COUNT
};
static const SizedSPropTagArray(ORIGINAL_COUNT, tags) = {
    ORIGINAL_COUNT,
    {PR_SEARCH_KEY, PR_CONVERSATION_TOPIC_W, PR_NORMALIZED_SUBJECT_W, PR_CONVERSATION_INDEX, PR_INTERNET_MESSAGE_ID_W_,
     PR_INTERNET_REFERENCES_W_, PR_SENSITIVITY, PR_IMPORTANCE, PR_SUBJECT_W, PR_CLIENT_SUBMIT_TIME}};

static bool has(const SPropValue *value)
{
    return PROP_TYPE(value->ulPropTag) != PT_ERROR;
}

/* ---- the thread ------------------------------------------------------------------------------------------------------ */

static HRESULT set_index(const SPropValue *parent, IMessage *answer)
{
    const uint8_t *bytes = has(parent) ? parent->Value.bin.lpb : NULL;
    size_t size = has(parent) ? parent->Value.bin.cb : 0, length = conversation_index_size(size);
    SPropValue value = {.ulPropTag = PR_CONVERSATION_INDEX};
    FILETIME now;
    GUID guid;
    HRESULT hr = CoCreateGuid(&guid);

    if (SUCCEEDED(hr) && !(value.Value.bin.lpb = malloc(length)))
        hr = E_OUTOFMEMORY;
    if (SUCCEEDED(hr)) {
        GetSystemTimeAsFileTime(&now);
        conversation_index_make(bytes, size, (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime,
                                (const uint8_t *)&guid, guid.Data4[7], value.Value.bin.lpb);
        value.Value.bin.cb = (ULONG)length;
        hr = mapi_prop_set(MAPI_PROP(answer), &value, 1);
    }
    free(value.Value.bin.lpb);
    return hr;
}

/* References: those of the original and its own id. */
static HRESULT set_references(const SPropValue *original, IMessage *answer)
{
    const WCHAR *id = mapi_prop_text(original, ORIGINAL_COUNT, PR_INTERNET_MESSAGE_ID_W_);
    const WCHAR *references = mapi_prop_text(original, ORIGINAL_COUNT, PR_INTERNET_REFERENCES_W_);
    size_t length = wcslen(id) + wcslen(references) + 2;
    WCHAR *all;
    HRESULT hr;

    if (!*id)
        return S_OK;
    all = malloc(length * sizeof *all);
    if (!all)
        return E_OUTOFMEMORY;
    wcscpy(all, references);
    if (*all)
        wcscat(all, L" ");
    wcscat(all, id);
    hr = mapi_prop_set_string(MAPI_PROP(answer), PR_IN_REPLY_TO_ID_W, id);
    if (SUCCEEDED(hr))
        hr = mapi_prop_set_string(MAPI_PROP(answer), PR_INTERNET_REFERENCES_W_, all);
    free(all);
    return hr;
}

/* Properties of the thread; those that a store refuses are not essential. */
static HRESULT set_thread(const SPropValue *original, enum mapi_answer how, IMessage *answer)
{
    const WCHAR *topic = mapi_prop_text(original, ORIGINAL_COUNT, PR_CONVERSATION_TOPIC_W);
    SPropValue value;
    HRESULT hr;

    if (!*topic)
        topic = mapi_prop_text(original, ORIGINAL_COUNT, PR_NORMALIZED_SUBJECT_W);
    hr = mapi_prop_set_string(MAPI_PROP(answer), PR_CONVERSATION_TOPIC_W, topic);
    if (SUCCEEDED(hr))
        hr = set_index(&original[ORIGINAL_INDEX], answer);
    if (SUCCEEDED(hr))
        hr = set_references(original, answer);
    if (SUCCEEDED(hr) && has(&original[ORIGINAL_SENSITIVITY]))
        hr = mapi_prop_set_long(MAPI_PROP(answer), PR_SENSITIVITY, original[ORIGINAL_SENSITIVITY].Value.l);
    if (SUCCEEDED(hr) && how == MAPI_ANSWER_FORWARD && has(&original[ORIGINAL_IMPORTANCE]))
        hr = mapi_prop_set_long(MAPI_PROP(answer), PR_IMPORTANCE, original[ORIGINAL_IMPORTANCE].Value.l);
    if (SUCCEEDED(hr) && has(&original[ORIGINAL_SEARCH_KEY])) {
        value = original[ORIGINAL_SEARCH_KEY];
        value.ulPropTag = PR_PARENT_KEY;
        mapi_prop_set(MAPI_PROP(answer), &value, 1);
    }
    if (SUCCEEDED(hr) && has(&original[ORIGINAL_SUBMIT_TIME])) {
        value = original[ORIGINAL_SUBMIT_TIME];
        value.ulPropTag = PR_ORIGINAL_SUBMIT_TIME;
        mapi_prop_set(MAPI_PROP(answer), &value, 1);
    }
    if (SUCCEEDED(hr))
        mapi_prop_set_string(MAPI_PROP(answer), PR_ORIGINAL_SUBJECT_W,
                             mapi_prop_text(original, ORIGINAL_COUNT, PR_SUBJECT_W));
    return hr;
}

/* ---- recipients ------------------------------------------------------------------------------------------------------ */

/* Adds a To recipient from PR_…_ENTRYID, _NAME, _ADDRTYPE, _EMAIL_ADDRESS. MAPI_E_NOT_FOUND when there is no such person. */
static HRESULT add_person(IAddrBook *book, IMessage *original, ULONG id, ULONG name, ULONG type, ULONG address,
                          IMessage *answer)
{
    SizedSPropTagArray(4, wanted) = {4, {id, name, type, address}};
    static const ULONG row_tags[] = {PR_ENTRYID, PR_DISPLAY_NAME_W, PR_ADDRTYPE_W, PR_EMAIL_ADDRESS_W};
    SPropValue *values = NULL, kind = {.ulPropTag = PR_RECIPIENT_TYPE, .Value.l = MAPI_TO};
    IMAPIProp *row = NULL;
    bool any = false;
    HRESULT hr = mapi_prop_get_many(MAPI_PROP(original), (SPropTagArray *)&wanted, &values);

    if (SUCCEEDED(hr))
        hr = mapi_bag_create(NULL, &row);
    for (ULONG i = 0; SUCCEEDED(hr) && i < 4; i++) {
        bool empty = !has(&values[i]) || (i == 0 && !values[i].Value.bin.cb) || (i > 0 && !*values[i].Value.lpszW);
        if (empty)
            continue;
        values[i].ulPropTag = row_tags[i];
        any = any || i == 0 || i == 3;
        hr = mapi_bag_put(row, &values[i], 1);
    }
    if (SUCCEEDED(hr) && !any)
        hr = MAPI_E_NOT_FOUND;
    if (SUCCEEDED(hr))
        hr = mapi_bag_put(row, &kind, 1);
    if (SUCCEEDED(hr))
        mapi_address_resolve(book, row, 0); /* without an id: an address that is taken as it is; Send says more */
    if (SUCCEEDED(hr))
        hr = mapi_recipients_add(answer, row);
    mapi_free(values);
    if (row)
        row->lpVtbl->Release(row);
    return hr;
}

/* Adds those whom the sender wants replies sent to. MAPI_E_NOT_FOUND when none are named. */
static HRESULT add_reply_recipients(IAddrBook *book, IMessage *original, IMessage *answer)
{
    SPropValue *value = NULL, kind = {.ulPropTag = PR_RECIPIENT_TYPE, .Value.l = MAPI_TO};
    const FLATENTRYLIST *list;
    const BYTE *at, *end;
    ULONG added = 0;
    HRESULT hr = mapi_prop_get(MAPI_PROP(original), PR_REPLY_RECIPIENT_ENTRIES, &value);

    if (FAILED(hr))
        return MAPI_E_NOT_FOUND;
    list = (const FLATENTRYLIST *)value->Value.bin.lpb;
    at = value->Value.bin.lpb + offsetof(FLATENTRYLIST, abEntries);
    end = value->Value.bin.lpb + value->Value.bin.cb;
    for (ULONG i = 0; SUCCEEDED(hr) && at + sizeof(ULONG) < end && i < list->cEntries; i++) {
        const FLATENTRY *entry = (const FLATENTRY *)at;
        SBinary id = {entry->cb, (BYTE *)entry->abEntry};
        SPropValue *values = NULL;
        IMAPIProp *row = NULL;
        ULONG count = 0;

        if (entry->cb > (size_t)(end - at) - sizeof(ULONG))
            break;
        at += (sizeof(ULONG) + entry->cb + 3) & ~(size_t)3;
        if (FAILED(mapi_address_row(book, &id, &values, &count)))
            continue;
        hr = mapi_bag_create(NULL, &row);
        if (SUCCEEDED(hr))
            hr = mapi_bag_put(row, values, count);
        if (SUCCEEDED(hr))
            hr = mapi_bag_put(row, &kind, 1);
        if (SUCCEEDED(hr))
            hr = mapi_recipients_add(answer, row);
        if (SUCCEEDED(hr))
            added++;
        if (row)
            row->lpVtbl->Release(row);
        mapi_free(values);
    }
    mapi_free(value);
    return SUCCEEDED(hr) && !added ? MAPI_E_NOT_FOUND : hr;
}

static HRESULT add_sender(IAddrBook *book, IMessage *original, IMessage *answer)
{
    HRESULT hr = add_reply_recipients(book, original, answer);

    if (hr == MAPI_E_NOT_FOUND)
        hr = add_person(book, original, PR_SENT_REPRESENTING_ENTRYID, PR_SENT_REPRESENTING_NAME_W,
                        PR_SENT_REPRESENTING_ADDRTYPE_W, PR_SENT_REPRESENTING_EMAIL_ADDRESS_W, answer);
    if (hr == MAPI_E_NOT_FOUND)
        hr = add_person(book, original, PR_SENDER_ENTRYID, PR_SENDER_NAME_W, PR_SENDER_ADDRTYPE_W,
                        PR_SENDER_EMAIL_ADDRESS_W, answer);
    return hr == MAPI_E_NOT_FOUND ? S_OK : hr; /* a draft has no sender */
}

static bool same_entry(IAddrBook *book, const SBinary *a, const SBinary *b)
{
    ULONG same = FALSE;

    return a->cb && b->cb &&
           SUCCEEDED(book->lpVtbl->CompareEntryIDs(book, a->cb, (ENTRYID *)a->lpb, b->cb, (ENTRYID *)b->lpb, 0, &same)) &&
           same;
}

/* Two recipients are one by their entries, or by their addresses. */
static bool same_person(IAddrBook *book, IMAPIProp *a, IMAPIProp *b)
{
    const SPropValue *values_a, *values_b;
    ULONG count_a = mapi_bag_values(a, &values_a), count_b = mapi_bag_values(b, &values_b);
    const SPropValue *id_a = mapi_prop_find(values_a, count_a, PR_ENTRYID);
    const SPropValue *id_b = mapi_prop_find(values_b, count_b, PR_ENTRYID);
    const WCHAR *address = mapi_prop_text(values_a, count_a, PR_EMAIL_ADDRESS_W);

    if (id_a && id_b && same_entry(book, &id_a->Value.bin, &id_b->Value.bin))
        return true;
    return *address && !lstrcmpiW(address, mapi_prop_text(values_b, count_b, PR_EMAIL_ADDRESS_W)) &&
           !lstrcmpiW(mapi_prop_text(values_a, count_a, PR_ADDRTYPE_W), mapi_prop_text(values_b, count_b, PR_ADDRTYPE_W));
}

static void free_rows(IMAPIProp **rows, ULONG count)
{
    for (ULONG i = 0; i < count; i++)
        rows[i]->lpVtbl->Release(rows[i]);
    free(rows);
}

static HRESULT own_row(IAddrBook *book, const SBinary *self, IMAPIProp **out)
{
    SPropValue *values = NULL;
    ULONG count = 0;
    HRESULT hr = mapi_bag_create(NULL, out);

    if (SUCCEEDED(hr) && self && SUCCEEDED(mapi_address_row(book, self, &values, &count)))
        hr = mapi_bag_put(*out, values, count);
    mapi_free(values);
    return hr;
}

/* To and Cc recipients of the original, but for oneself and those who are there already. */
static HRESULT add_others(IAddrBook *book, IMessage *original, const SBinary *self, IMessage *answer)
{
    IMAPIProp **rows = NULL, **there = NULL, *own = NULL;
    ULONG count = 0, there_count = 0;
    HRESULT hr = mapi_recipients_read(original, &rows, &count);

    if (SUCCEEDED(hr))
        hr = mapi_recipients_read(answer, &there, &there_count);
    if (SUCCEEDED(hr))
        hr = own_row(book, self, &own);
    for (ULONG i = 0; SUCCEEDED(hr) && i < count; i++) {
        LONG kind = mapi_prop_long(rows[i], PR_RECIPIENT_TYPE, MAPI_TO) & 0xFF;
        bool known = same_person(book, rows[i], own) || (kind != MAPI_TO && kind != MAPI_CC);

        for (ULONG k = 0; !known && k < there_count; k++)
            known = same_person(book, rows[i], there[k]);
        for (ULONG k = 0; !known && k < i; k++)
            known = same_person(book, rows[i], rows[k]);
        if (!known)
            hr = mapi_recipients_add(answer, rows[i]);
    }
    if (own)
        own->lpVtbl->Release(own);
    free_rows(rows, count);
    free_rows(there, there_count);
    return hr;
}

/* ---- attachments ------------------------------------------------------------------------------------------------------ */

static HRESULT copy_attachment(IMessage *from, ULONG number, IMessage *to)
{
    IAttach *source = NULL, *copy = NULL;
    ULONG copy_number = 0;
    HRESULT hr = from->lpVtbl->OpenAttach(from, number, NULL, 0, &source);

    if (SUCCEEDED(hr))
        hr = to->lpVtbl->CreateAttach(to, NULL, 0, &copy_number, &copy);
    if (SUCCEEDED(hr))
        hr = source->lpVtbl->CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IAttachment, copy, 0, NULL);
    if (SUCCEEDED(hr))
        hr = copy->lpVtbl->SaveChanges(copy, 0);
    if (copy)
        copy->lpVtbl->Release(copy);
    if (source)
        source->lpVtbl->Release(source);
    return FAILED(hr) ? hr : S_OK;
}

HRESULT mapi_compose_attachments(IMessage *from, bool inline_only, IMessage *to)
{
    static const SizedSPropTagArray(2, columns) = {2, {PR_ATTACH_NUM, PR_ATTACH_CONTENT_ID_W_}};
    IMAPITable *table = NULL;
    SRowSet *rows = NULL;
    HRESULT hr = from->lpVtbl->GetAttachmentTable(from, MAPI_UNICODE, &table);

    if (SUCCEEDED(hr))
        hr = mapi_table_query(table, (const SPropTagArray *)&columns, NULL, NULL, 0, &rows);
    for (ULONG i = 0; SUCCEEDED(hr) && i < rows->cRows; i++) {
        const SPropValue *row = rows->aRow[i].lpProps;
        if (!inline_only || *mapi_prop_text(row, rows->aRow[i].cValues, PR_ATTACH_CONTENT_ID_W_))
            hr = copy_attachment(from, (ULONG)row[0].Value.l, to);
    }
    mapi_rows_free(rows);
    if (table)
        table->lpVtbl->Release(table);
    return hr;
}

/* ---- the answer -------------------------------------------------------------------------------------------------------- */

HRESULT mapi_compose_answer(IAddrBook *book, IMessage *original, enum mapi_answer how, const SBinary *self,
                            IMessage *answer)
{
    SPropValue *values = NULL;
    bool html = false;
    HRESULT hr = mapi_prop_get_many(MAPI_PROP(original), (const SPropTagArray *)&tags, &values);

    if (SUCCEEDED(hr))
        hr = compose_subject(original, how == MAPI_ANSWER_FORWARD ? "FW: " : "RE: ", answer);
    if (SUCCEEDED(hr))
        hr = set_thread(values, how, answer);
    if (SUCCEEDED(hr))
        hr = compose_body(original, answer, &html);
    if (SUCCEEDED(hr) && how != MAPI_ANSWER_FORWARD)
        hr = add_sender(book, original, answer);
    if (SUCCEEDED(hr) && how == MAPI_ANSWER_REPLY_ALL)
        hr = add_others(book, original, self, answer);
    if (SUCCEEDED(hr) && (how == MAPI_ANSWER_FORWARD || html))
        hr = mapi_compose_attachments(original, how != MAPI_ANSWER_FORWARD, answer);
    mapi_free(values);
    return hr;
}
