/*
 * event_kinds.c: MAPI's events as members of _IMhEvents, and back (for events that a worker relays).
 *
 * Layer: server/object.
 */
#include "event_kinds.h"
#include "hex.h"
#include "mapihost.h"
#include "variant.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* ---- kinds --------------------------------------------------------------------------------------------------------- */

static const struct event_kind kinds[] = {
    {fnevNewMail, 1, L"NewMail", "ssss"},
    {fnevObjectCreated, 2, L"ObjectCreated", "isss"},
    {fnevObjectDeleted, 3, L"ObjectDeleted", "isss"},
    {fnevObjectModified, 4, L"ObjectModified", "isss"},
    {fnevObjectMoved, 5, L"ObjectMoved", "isssss"},
    {fnevObjectCopied, 6, L"ObjectCopied", "isssss"},
    {fnevSearchComplete, 7, L"SearchComplete", "ss"},
    {fnevCriticalError, 8, L"ConnectionLost", "si"},
};

const struct event_kind *event_kind_find(ULONG fnev)
{
    for (size_t i = 0; i < ARRAYSIZE(kinds); i++)
        if (kinds[i].fnev == fnev)
            return &kinds[i];
    return NULL;
}

bool event_kinds_parse(const WCHAR *names, ULONG *mask)
{
    *mask = 0;
    while (*(names += wcsspn(names, L", ;"))) {
        size_t length = wcscspn(names, L", ;"), i;

        for (i = 0; i < ARRAYSIZE(kinds); i++)
            if (wcslen(kinds[i].name) == length && !_wcsnicmp(kinds[i].name, names, length))
                break;
        if (i == ARRAYSIZE(kinds))
            return false;
        *mask |= kinds[i].fnev;
        names += length;
    }
    return true;
}

ULONG event_kinds_of(LONG bits)
{
    ULONG mask = 0;

    for (size_t i = 0; i < ARRAYSIZE(kinds); i++)
        if (bits & 1L << (kinds[i].id - 1))
            mask |= kinds[i].fnev;
    return mask;
}

LONG event_object_class(ULONG type)
{
    switch (type) {
    case MAPI_STORE:
        return CdoInfoStore;
    case MAPI_FOLDER:
        return CdoFolder;
    case MAPI_MESSAGE:
        return CdoMsg;
    case MAPI_ATTACH:
        return CdoAttachment;
    case MAPI_ABCONT:
        return CdoAddressList;
    case MAPI_MAILUSER:
    case MAPI_DISTLIST:
        return CdoAddressEntry;
    default:
        return CdoUnknown;
    }
}

static void set_id(VARIANT *out, const SBinary *id)
{
    VariantInit(out);
    V_BSTR(out) = SysAllocStringLen(NULL, id->cb * 2);
    if (V_BSTR(out)) {
        V_VT(out) = VT_BSTR;
        hex_encode(id->lpb, id->cb, V_BSTR(out));
    }
}

UINT event_args(const struct mapi_event *event, const SBinary *store, VARIANT args[EVENT_MAX_ARGS])
{
    UINT count = 0;

    if (event->kind == fnevNewMail) {
        set_id(&args[count++], &event->id);
        set_id(&args[count++], &event->parent);
        set_id(&args[count++], store);
        variant_set_bstr(&args[count++], event->message_class);
    } else if (event->kind == fnevSearchComplete) {
        set_id(&args[count++], &event->id);
        set_id(&args[count++], store);
    } else if (event->kind == fnevCriticalError) {
        set_id(&args[count++], event_store(event, store));
        variant_set_long(&args[count++], event->error);
    } else {
        variant_set_long(&args[count++], event_object_class(event->object_type));
        set_id(&args[count++], &event->id);
        set_id(&args[count++], &event->parent);
        set_id(&args[count++], store);
        if (event->kind == fnevObjectMoved || event->kind == fnevObjectCopied) {
            set_id(&args[count++], &event->old_id);
            set_id(&args[count++], &event->old_parent);
        }
    }
    return count;
}

/* ---- back ---------------------------------------------------------------------------------------------------------- */

static ULONG object_type_of(LONG class)
{
    switch (class) {
    case CdoInfoStore:
        return MAPI_STORE;
    case CdoFolder:
        return MAPI_FOLDER;
    case CdoMsg:
        return MAPI_MESSAGE;
    case CdoAttachment:
        return MAPI_ATTACH;
    case CdoAddressList:
        return MAPI_ABCONT;
    case CdoAddressEntry:
        return MAPI_MAILUSER;
    default:
        return 0;
    }
}

void event_id_bytes(const WCHAR *hex, SBinary *out)
{
    size_t length = hex ? wcslen(hex) : 0;

    out->cb = 0;
    out->lpb = length ? malloc(length / 2 + 1) : NULL;
    if (!out->lpb)
        return;
    if (hex_decode(hex, length, out->lpb))
        out->cb = (ULONG)(length / 2);
    else {
        free(out->lpb);
        out->lpb = NULL;
    }
}

/* An event with room for its ids, which `texts` gives in the order id, parent, old id, old parent. */
static struct mapi_event *event_make(ULONG kind, const WCHAR *const texts[4], const WCHAR *message_class)
{
    size_t class_size = (wcslen(message_class) + 1) * sizeof(WCHAR), size = sizeof(struct mapi_event) + class_size;
    struct mapi_event *event;
    SBinary *ids[4];
    BYTE *at;

    for (int i = 0; i < 4; i++)
        size += texts[i] ? wcslen(texts[i]) / 2 : 0;
    if (!(event = calloc(1, size)))
        return NULL;
    event->kind = kind;
    event->message_class = (WCHAR *)(event + 1);
    memcpy(event->message_class, message_class, class_size);
    at = (BYTE *)(event + 1) + class_size;
    ids[0] = &event->id, ids[1] = &event->parent, ids[2] = &event->old_id, ids[3] = &event->old_parent;
    for (int i = 0; i < 4; i++) {
        size_t length = texts[i] ? wcslen(texts[i]) : 0;

        if (!length || !hex_decode(texts[i], length, at))
            continue;
        ids[i]->lpb = at;
        ids[i]->cb = (ULONG)(length / 2);
        at += length / 2;
    }
    return event;
}

struct mapi_event *event_lost(const SBinary *store, HRESULT error)
{
    struct mapi_event *event = calloc(1, sizeof *event + sizeof(WCHAR) + store->cb);

    if (!event)
        return NULL;
    event->kind = fnevCriticalError;
    event->object_type = MAPI_STORE;
    event->error = error;
    event->message_class = (WCHAR *)(event + 1);
    event->old_id.lpb = (BYTE *)(event->message_class + 1);
    event->old_id.cb = store->cb;
    if (store->cb)
        memcpy(event->old_id.lpb, store->lpb, store->cb);
    return event;
}

const SBinary *event_store(const struct mapi_event *event, const SBinary *store)
{
    return event->kind == fnevCriticalError && event->old_id.cb ? &event->old_id : store;
}

struct mapi_event *event_parse(DISPID id, const DISPPARAMS *params)
{
    const VARIANT *args[EVENT_MAX_ARGS];
    const WCHAR *texts[4] = {NULL, NULL, NULL, NULL};
    const struct event_kind *kind = NULL;
    struct mapi_event *event;
    UINT count = params->cArgs;

    for (size_t i = 0; i < ARRAYSIZE(kinds); i++)
        if (kinds[i].id == id)
            kind = &kinds[i];
    if (!kind || count != strlen(kind->types))
        return NULL;
    for (UINT i = 0; i < count; i++)
        args[i] = &params->rgvarg[count - 1 - i];
    for (UINT i = 0; i < count; i++)
        if (V_VT(args[i]) != (kind->types[i] == 'i' ? VT_I4 : VT_BSTR))
            return NULL;
    if (kind->fnev == fnevCriticalError) {
        SBinary store;

        event_id_bytes(V_BSTR(args[0]), &store);
        event = event_lost(&store, V_I4(args[1]));
        free(store.lpb);
        return event;
    }
    if (kind->fnev == fnevNewMail) {
        texts[0] = V_BSTR(args[0]);
        texts[1] = V_BSTR(args[1]);
        event = event_make(kind->fnev, texts, V_BSTR(args[3]) ? V_BSTR(args[3]) : L"");
        if (event)
            event->object_type = MAPI_MESSAGE;
        return event;
    }
    if (kind->fnev == fnevSearchComplete) {
        texts[0] = V_BSTR(args[0]);
        event = event_make(kind->fnev, texts, L"");
        if (event)
            event->object_type = MAPI_FOLDER;
        return event;
    }
    texts[0] = V_BSTR(args[1]);
    texts[1] = V_BSTR(args[2]);
    if (count == EVENT_MAX_ARGS) {
        texts[2] = V_BSTR(args[4]);
        texts[3] = V_BSTR(args[5]);
    }
    event = event_make(kind->fnev, texts, L"");
    if (event)
        event->object_type = object_type_of(V_I4(args[0]));
    return event;
}
