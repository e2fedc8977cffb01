/*
 * message_copy.c: CopyTo and CopyProps of recipients, attachments and embedded messages.
 *
 * Layer: provider, store part. The target is only called through its interfaces, so that it may be of any provider.
 */
#include "mapi_exchange.h"
#include "message.h"
#include <stdlib.h>
#include <string.h>

/* Whether a part is to be copied: named in an include list, or not named in an exclude list. */
static bool taken(const SPropTagArray *tags, bool exclude, ULONG tag)
{
    bool listed = false;
    for (ULONG i = 0; tags && i < tags->cValues; i++)
        listed = listed || PROP_ID(tags->aulPropTag[i]) == PROP_ID(tag);
    return listed != exclude;
}

/* ---- recipients ---- */

static HRESULT copy_recipients(struct message *from, IMessage *to, bool replace)
{
    HRESULT hr = message_load_parts(from, MBX_LOAD_RECIPIENTS);
    ULONG n = from->msg->recipient_count;
    ADRLIST *list = SUCCEEDED(hr) ? calloc(1, CbNewADRLIST(n + 1)) : NULL;
    if (FAILED(hr))
        return hr;
    if (!list)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; SUCCEEDED(hr) && i < n; i++) {
        const struct propbag *row = from->msg->recipients[i];
        ULONG count = propbag_count(row), used = 0;
        SPropValue *values = calloc(count + 1, sizeof(*values));
        if (!values) {
            hr = MAPI_E_NOT_ENOUGH_MEMORY;
            break;
        }
        for (ULONG k = 0; k < count; k++) {
            const struct propbag_entry *entry = propbag_at(row, k);
            if (!entry->lazy && PROP_ID(entry->value.ulPropTag) != PROP_ID(PR_ROWID))
                values[used++] = entry->value;
        }
        list->aEntries[i].cValues = used;
        list->aEntries[i].rgPropVals = values;
        list->cEntries++;
    }
    if (SUCCEEDED(hr) && (n || replace))
        hr = to->lpVtbl->ModifyRecipients(to, replace ? 0 : MODRECIP_ADD, list);
    for (ULONG i = 0; i < list->cEntries; i++)
        free(list->aEntries[i].rgPropVals);
    free(list);
    return hr;
}

/* ---- attachments ---- */

static HRESULT copy_attachment(IMessage *from, ULONG number, IMessage *to)
{
    IAttach *source = NULL, *target = NULL;
    ULONG made;
    HRESULT hr = from->lpVtbl->OpenAttach(from, number, NULL, 0, &source);
    if (SUCCEEDED(hr))
        hr = to->lpVtbl->CreateAttach(to, NULL, 0, &made, &target);
    if (SUCCEEDED(hr))
        hr = source->lpVtbl->CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IAttachment, target, 0, NULL);
    if (SUCCEEDED(hr))
        hr = target->lpVtbl->SaveChanges(target, 0);
    if (target)
        IUnknown_Release((IUnknown *)target);
    if (source)
        IUnknown_Release((IUnknown *)source);
    return hr;
}

static HRESULT copy_attachments(struct message *from, IMessage *to)
{
    HRESULT hr = message_load_parts(from, MBX_LOAD_ATTACHMENTS);
    ULONG n = SUCCEEDED(hr) ? from->msg->attachment_count : 0;
    ULONG *numbers = calloc(n + 1, sizeof(*numbers)), used = 0;
    if (!numbers)
        return MAPI_E_NOT_ENOUGH_MEMORY;
    for (ULONG i = 0; i < n; i++)
        if (!from->msg->attachments[i].deleted)
            numbers[used++] = from->msg->attachments[i].number;
    for (ULONG i = 0; SUCCEEDED(hr) && i < used; i++)
        hr = copy_attachment((IMessage *)from, numbers[i], to);
    free(numbers);
    return hr;
}

static HRESULT delete_attachments(struct message *from)
{
    HRESULT hr = S_OK;
    while (SUCCEEDED(hr)) {
        ULONG i = 0;
        while (i < from->msg->attachment_count && from->msg->attachments[i].deleted)
            i++;
        if (i == from->msg->attachment_count)
            return S_OK;
        hr = message_DeleteAttach((IMessage *)from, from->msg->attachments[i].number, 0, NULL, 0);
    }
    return hr;
}

HRESULT message_copy_parts(struct prop_object *object, IMAPIProp *to, const SPropTagArray *tags, bool exclude, ULONG flags,
                           ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems)
{
    struct message *from = (struct message *)object;
    IMessage *target = NULL;
    ADRLIST none = {0};
    bool recipients = taken(tags, exclude, PR_MESSAGE_RECIPIENTS), attachments = taken(tags, exclude, PR_MESSAGE_ATTACHMENTS);
    HRESULT hr = S_OK;
    (void)ui, (void)progress;
    if (!recipients && !attachments)
        return S_OK;
    if (FAILED(to->lpVtbl->QueryInterface(to, &IID_IMessage, (void **)&target)))
        return exclude ? S_OK : prop_add_problem(problems, 0, PR_MESSAGE_RECIPIENTS, MAPI_E_INTERFACE_NOT_SUPPORTED);
    if (recipients)
        hr = copy_recipients(from, target, !(flags & MAPI_NOREPLACE));
    if (SUCCEEDED(hr) && attachments)
        hr = copy_attachments(from, target);
    if (SUCCEEDED(hr) && (flags & MAPI_MOVE)) {
        if (recipients)
            hr = message_ModifyRecipients((IMessage *)from, 0, &none);
        if (SUCCEEDED(hr) && attachments)
            hr = delete_attachments(from);
    }
    IUnknown_Release((IUnknown *)target);
    return hr;
}

HRESULT attach_copy_parts(struct prop_object *object, IMAPIProp *to, const SPropTagArray *tags, bool exclude, ULONG flags,
                          ULONG_PTR ui, IMAPIProgress *progress, SPropProblemArray **problems)
{
    struct attach *from = (struct attach *)object;
    struct mbx_attachment *entry = message_find_attachment(from->message->msg, from->number);
    IMessage *source = NULL, *target = NULL;
    (void)flags, (void)ui, (void)progress, (void)problems;
    if (!taken(tags, exclude, PR_ATTACH_DATA_OBJ) || !(from->embedded || (entry && entry->has_embedded)))
        return S_OK;
    HRESULT hr = attach_open_embedded(from, 0, &source);
    if (SUCCEEDED(hr))
        hr = to->lpVtbl->OpenProperty(to, PR_ATTACH_DATA_OBJ, &IID_IMessage, 0, MAPI_CREATE | MAPI_MODIFY,
                                      (IUnknown **)&target);
    if (SUCCEEDED(hr))
        hr = source->lpVtbl->CopyTo(source, 0, NULL, NULL, 0, NULL, &IID_IMessage, target, 0, NULL);
    if (SUCCEEDED(hr))
        hr = target->lpVtbl->SaveChanges(target, 0);
    if (target)
        IUnknown_Release((IUnknown *)target);
    if (source)
        IUnknown_Release((IUnknown *)source);
    return hr;
}
