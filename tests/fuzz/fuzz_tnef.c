/*
 * fuzz_tnef.c: libFuzzer target: winmail.dat. Every value that is read is looked at.
 */
#include <stdlib.h>

#include "tnef.h"

static volatile unsigned tnef_seen;

static void look_at_props(const struct tnef_props *props)
{
    for (size_t i = 0; i < props->count; i++) {
        const SPropValue *value = &props->items[i].value;
        const MAPINAMEID *name = props->items[i].name;
        if (name)
            tnef_seen += name->lpguid->Data1 + (name->ulKind == MNID_STRING ? *name->Kind.lpwstrName : 0u);
        switch (PROP_TYPE(value->ulPropTag)) {
        case PT_UNICODE:
            for (const WCHAR *p = value->Value.lpszW; *p; p++)
                tnef_seen += *p;
            break;
        case PT_BINARY:
            for (ULONG k = 0; k < value->Value.bin.cb; k++)
                tnef_seen += value->Value.bin.lpb[k];
            break;
        case PT_MV_UNICODE:
            for (ULONG k = 0; k < value->Value.MVszW.cValues; k++)
                tnef_seen += *value->Value.MVszW.lppszW[k];
            break;
        case PT_MV_LONG:
            for (ULONG k = 0; k < value->Value.MVl.cValues; k++)
                tnef_seen += (unsigned)value->Value.MVl.lpl[k];
            break;
        case PT_STRING8:
        case PT_MV_STRING8:
            abort(); /* strings are Unicode */
        }
    }
}

static void look_at(const struct tnef_message *message)
{
    look_at_props(&message->props);
    for (size_t i = 0; i < message->recipient_count; i++)
        look_at_props(&message->recipients[i]);
    for (size_t i = 0; i < message->attachment_count; i++) {
        const struct tnef_attachment *attachment = &message->attachments[i];
        look_at_props(&attachment->props);
        for (size_t k = 0; k < attachment->size; k++)
            tnef_seen += attachment->data[k];
        if (attachment->message)
            look_at(attachment->message);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tnef *tnef = NULL;
    HRESULT hr = tnef_read(data, size, NULL, &tnef);
    if (hr == S_OK)
        look_at(&tnef->message);
    else if (hr != MAPI_E_CORRUPT_DATA || tnef)
        abort();
    tnef_free(tnef);
    return 0;
}
