/*
 * entryid.c: see entryid.h.
 *
 * Layer: provider. Layout, little-endian: flags[4] uid[16] version type reserved[2] mailbox[16], then for a store
 * open flags[4], for others id[8].
 */
#include "entryid.h"
#include <string.h>

const MAPIUID provider_uid = {
    {0x4d, 0x61, 0x70, 0x69, 0x48, 0x6f, 0x73, 0x74, 0x9e, 0x21, 0x4b, 0x07, 0xa6, 0x5c, 0x13, 0xd2}};

enum { ENTRYID_VERSION = 1, ENTRYID_HEAD = 40, STORE_ID_SIZE = 44, OBJECT_ID_SIZE = 48, SOURCE_KEY_SIZE = 22 };

bool entryid_is_ours(ULONG cb, const ENTRYID *id)
{
    return id && cb >= 20 && !memcmp(((const BYTE *)id) + 4, &provider_uid, sizeof(provider_uid));
}

HRESULT entryid_parse(ULONG cb, const ENTRYID *id, struct entryid *out)
{
    const BYTE *bytes = (const BYTE *)id;
    memset(out, 0, sizeof(*out));
    if (!id || cb < 20)
        return MAPI_E_INVALID_ENTRYID;
    if (!entryid_is_ours(cb, id))
        return MAPI_E_UNKNOWN_ENTRYID;
    if (cb < ENTRYID_HEAD || bytes[20] != ENTRYID_VERSION)
        return MAPI_E_INVALID_ENTRYID;
    out->object_type = bytes[21];
    memcpy(&out->mailbox, bytes + 24, sizeof(out->mailbox));
    if (out->object_type == MAPI_STORE) {
        if (cb != STORE_ID_SIZE)
            return MAPI_E_INVALID_ENTRYID;
        out->id = MBX_STORE;
        memcpy(&out->open_flags, bytes + ENTRYID_HEAD, 4);
        return S_OK;
    }
    if (cb != OBJECT_ID_SIZE || (out->object_type != MAPI_FOLDER && out->object_type != MAPI_MESSAGE))
        return MAPI_E_INVALID_ENTRYID;
    memcpy(&out->id, bytes + ENTRYID_HEAD, 8);
    return out->id > 0 ? S_OK : MAPI_E_INVALID_ENTRYID;
}

static HRESULT make(const GUID *mailbox, ULONG object_type, const void *tail, ULONG cb, void *base, SBinary *out)
{
    out->cb = 0;
    if (MAPIAllocateMore(cb, base, (void **)&out->lpb))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memset(out->lpb, 0, cb);
    memcpy(out->lpb + 4, &provider_uid, sizeof(provider_uid));
    out->lpb[20] = ENTRYID_VERSION;
    out->lpb[21] = (BYTE)object_type;
    memcpy(out->lpb + 24, mailbox, sizeof(*mailbox));
    memcpy(out->lpb + ENTRYID_HEAD, tail, cb - ENTRYID_HEAD);
    out->cb = cb;
    return S_OK;
}

HRESULT entryid_store(const GUID *mailbox, ULONG open_flags, void *base, SBinary *out)
{
    return make(mailbox, MAPI_STORE, &open_flags, STORE_ID_SIZE, base, out);
}

HRESULT entryid_object(const GUID *mailbox, ULONG object_type, mbx_id id, void *base, SBinary *out)
{
    return make(mailbox, object_type, &id, OBJECT_ID_SIZE, base, out);
}

bool entryid_equal(ULONG cb1, const ENTRYID *id1, ULONG cb2, const ENTRYID *id2)
{
    struct entryid a, b;
    return SUCCEEDED(entryid_parse(cb1, id1, &a)) && SUCCEEDED(entryid_parse(cb2, id2, &b)) &&
           a.object_type == b.object_type && a.id == b.id && !memcmp(&a.mailbox, &b.mailbox, sizeof(GUID));
}

HRESULT sourcekey_make(const GUID *mailbox, mbx_id id, void *base, SBinary *out)
{
    out->cb = 0;
    if (MAPIAllocateMore(SOURCE_KEY_SIZE, base, (void **)&out->lpb))
        return MAPI_E_NOT_ENOUGH_MEMORY;
    memcpy(out->lpb, mailbox, sizeof(*mailbox));
    for (int i = 0; i < 6; i++)
        out->lpb[16 + i] = (BYTE)(id >> (8 * (5 - i)));
    out->cb = SOURCE_KEY_SIZE;
    return S_OK;
}

HRESULT sourcekey_parse(ULONG cb, const BYTE *key, GUID *mailbox, mbx_id *id)
{
    *id = 0;
    if (!key || cb != SOURCE_KEY_SIZE)
        return MAPI_E_INVALID_ENTRYID;
    memcpy(mailbox, key, sizeof(*mailbox));
    for (int i = 0; i < 6; i++)
        *id = *id << 8 | key[16 + i];
    return *id > 0 ? S_OK : MAPI_E_INVALID_ENTRYID;
}
